"""The same seed and the same typed answers give the same interview, word for word, in the app and in plain mode."""

import io

from simulator.interview.events import Phase
from simulator.interview.setup import Setup
from simulator.paths import user_paths
from simulator.plain import PlainInterview
from simulator.services import Services
from simulator.sessions.session import Mode
from simulator.settings import Settings
from simulator.tui.screens.interview import InterviewScreen
from simulator.tui.screens.report import ReportScreen
from simulator.tui.widgets.answer_box import AnswerBox
from tests.tui.driving import running

SETUP = Setup(mode=Mode.REALISTIC, count=5, seed=11, interviewer_ids=("ward-manager", "site-foreman", "head-teacher"))
SCRIPT = (
    "i grew up two streets from the depot and i trained as a cook",
    "because my mother was on a ward like this for six weeks",
    "i always try to stay friendly with everybody",
    "last spring i wrote a new rota and after a month sick days fell from nine to three",
    "i think i am good with people and i like to help",
    "there was this one evening when the oven failed and i split the trays and we fed everybody",
    "i once dropped a tray of forty plates and i told my boss before anybody asked",
    "may i pass on this one please",
    "what is the biggest challenge on the ward right now",
    "and which qualification matters most to you bill",
    "no thank you that was everything i wanted to know",
    "thank you all for your time",
)


def told_by_plain_mode() -> list[str]:
    services = Services(user_paths(), Settings(candidate_name="Sam"))
    conversation = services.interviews.begin(SETUP)
    out = io.StringIO()
    names = {interviewer.name for interviewer in conversation.interviewers}
    PlainInterview(services, conversation, iter(SCRIPT), out, interactive=False).run()
    services.close()
    lines = [line.partition(": ") for line in out.getvalue().splitlines()]
    return [text for speaker, _, text in lines if speaker in names]


async def told_by_the_app() -> list[str]:
    async with running(microphone=False, size=(120, 40), candidate_name="Sam") as driver:
        driver.app.open_interview(SETUP)
        await driver.until(lambda: isinstance(driver.app.screen, InterviewScreen), "the interview")
        screen = driver.app.screen
        assert isinstance(screen, InterviewScreen)
        for answer in SCRIPT:
            await driver.until(
                lambda: screen.conversation.state.phase in (Phase.INVITED, Phase.OVER), "the candidate's turn"
            )
            if screen.conversation.state.phase is Phase.OVER:
                break
            await driver.until(lambda: driver.typing, "typing")
            turns = len(screen.conversation.session.answers), len(driver.voice.said)
            screen.query_one(AnswerBox).text = answer
            await driver.press("enter")
            await driver.until(
                lambda: (
                    (len(screen.conversation.session.answers), len(driver.voice.said)) != turns
                    or screen.conversation.state.phase is Phase.OVER
                ),
                "what follows",
            )
        if screen.conversation.state.phase is not Phase.OVER:
            await driver.until(lambda: driver.typing, "the last word")
            await driver.press("f8")
        await driver.until(lambda: isinstance(driver.app.screen, ReportScreen), "the report")
        return [text for text, _ in driver.voice.said]


async def test_plain_mode_and_app_tell_the_same_interview_word_for_word() -> None:
    plain = told_by_plain_mode()
    assert await told_by_the_app() == plain
    assert len(plain) > 10
    assert "What is the best proof you can give me of that?" in plain

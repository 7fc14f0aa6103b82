"""Scenes of the app with an invented candidate of some weeks' practice, for pictures and for tests.

The day, the history and the words are always the same, so that a scene is drawn alike each time.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from math import sin
from typing import Any

from simulator.interview.events import Phase
from simulator.interview.setup import Setup
from simulator.sessions.session import Answer, Mode
from simulator.speech.ports import SoundLevel
from simulator.tui.screens.interview import InterviewScreen
from tests.fakes import spoken
from tests.sessions.made import CLOSING, STRONG, answered, practice
from tests.tui.driving import Driver, running
from tests.tui.material import DRAWN_TO, FAIR, keep_material

TODAY = date(2026, 11, 27)
BANK = "first-round-general"
SAID = (
    "last winter on the late shift a visitor was shouting at the desk because nobody had called him "
    "so i took him to the side room and i sat down with him and um i rang the ward myself "
    "he came back the next day to thank us and since then we call every family before eight"
)
THIN = "i am a natural leader and i work hard and people like me because i always give my best every day"
PRACTISED = (79, 78, 72, 66, 64, 58, 57, 51, 44, 43, 37, 36, 30, 29, 24, 22, 16, 15, 10, 8, 5, 3, 2, 1)
"""How many days ago the candidate practised."""


def keep_history(driver: Driver) -> None:
    """Twelve weeks of practice that slowly gets better, in the store."""
    services = driver.app.services
    bank = services.library.bank(BANK)
    examples = [question for question in bank.questions if question.rubrics == ("examples",)]
    motivation = [question for question in bank.questions if question.rubrics == ("motivation",)]
    closing = [question for question in bank.questions if question.rubrics == ("questions",)]
    for number, ago in enumerate(PRACTISED):
        day = TODAY - timedelta(days=ago)
        session_id = f"{day:%Y%m%d}-1805{number:02d}-7f3a"
        at = f"{day.isoformat()}T18:{5 + number % 4 * 11:02d}:09Z"
        end = datetime.fromisoformat(at) + timedelta(minutes=11 + number % 5 * 3)
        words = (THIN, FAIR, STRONG)[min(2, number * 3 // len(PRACTISED) + (number % 3 == 0))]
        said = [
            answered(session_id, 0, examples[number % len(examples)], words, answered_at=at),
            answered(
                session_id, 1, motivation[number % len(motivation)], (THIN, DRAWN_TO)[number % 2], answered_at=at
            ),
        ]
        if number % 3 == 1 and closing:
            said.append(answered(session_id, 2, closing[0], CLOSING, answered_at=at))
        services.data.store.begin(
            practice(
                session_id,
                started_at=at,
                finished_at=end.strftime("%Y-%m-%dT%H:%M:%SZ"),
                mode=(Mode.COACH, Mode.REALISTIC, Mode.DRILL)[number % 3],
                answers=tuple(said),
                bank_id=BANK,
                learned=(),
            )
        )


@asynccontextmanager
async def visiting(
    size: tuple[int, int] = (100, 30),
    theme: str = "dark",
    history: bool = True,
    material: bool = False,
    **settings: Any,
) -> AsyncIterator[Driver]:
    """The app of the invented candidate on the home screen, on a screen of `size`."""
    given: dict[str, Any] = {"theme": theme, "candidate_name": "Sam", "probes": False, **settings}
    async with running([spoken(SAID)], patient=True, size=size, **given) as driver:
        driver.app.today = lambda: TODAY
        if history:
            keep_history(driver)
        if material:
            keep_material(driver.app.services)
        driver.app.screen.on_screen_resume()  # type: ignore[attr-defined]
        await settled(driver)
        yield driver


async def settled(driver: Driver) -> None:
    """Wait until what threads read is shown."""
    await driver.until(lambda: all(worker.is_finished for worker in driver.app.workers), "what is read")
    for _ in range(6):
        await driver.pilot.pause(0.03)


async def home(driver: Driver) -> None:
    """The home screen."""


def screen_of(name: str) -> Callable[[Driver], Awaitable[None]]:
    """One of the named screens, everything read."""

    async def scene(driver: Driver) -> None:
        driver.app.go(name)
        await settled(driver)

    return scene


async def asked(driver: Driver, people: tuple[str, ...] = ("ward-manager",)) -> InterviewScreen:
    """An interview whose first question is being spoken."""
    driver.listener.answers[:] = [spoken(SAID)]
    driver.voice.said.clear()
    services = driver.app.services
    setup = Setup(count=3, seed=1, question_id="calm-a-situation", interviewer_ids=people)
    plan, seed = services.planner.plan(setup)
    question = services.library.bank().question("calm-a-situation")
    assert question
    driver.app.open_interview(setup, plan=plan.with_question(0, question), seed=seed)
    await driver.until(lambda: isinstance(driver.app.screen, InterviewScreen), "the interview")
    screen = driver.app.screen
    assert isinstance(screen, InterviewScreen)
    await driver.until(lambda: driver.voice.said, "the greeting")
    driver.voice.finish()
    await driver.until(lambda: len(driver.voice.said) > 1, "the question")
    await settled(driver)
    return screen


async def speaking(driver: Driver) -> None:
    """The interviewer asks."""
    await asked(driver)


async def panel(driver: Driver) -> None:
    """Three interviewers, one of whom asks."""
    await asked(driver, ("ward-manager", "finance-partner", "engineering-lead"))


async def answering(driver: Driver, people: tuple[str, ...] = ("ward-manager",)) -> None:
    """The candidate answers aloud."""
    screen = await asked(driver, people)
    while screen.conversation.state.phase is Phase.SPEAKING:
        driver.voice.finish()
        await settled(driver)
    await driver.press("enter")
    await driver.until(lambda: driver.listening, "the microphone")
    level = driver.listener.level
    assert level is not None
    for number in range(90):
        # Words of some syllables, and a breath after each few of them.
        loud = abs(sin(number / 1.7)) * (0.6 + 0.4 * sin(number / 5)) * (number % 23 > 2)
        level(SoundLevel(-54.0 + 38 * loud, 0.3, True))
        await driver.pilot.pause()
    await settled(driver)


async def feedback(driver: Driver) -> None:
    """What the answer was worth."""
    await answering(driver)
    screen = driver.app.screen
    assert isinstance(screen, InterviewScreen)
    await driver.press("enter")
    await driver.until(lambda: screen.conversation.state.phase is Phase.FEEDBACK, "feedback")
    await settled(driver)


async def report(driver: Driver) -> None:
    """The report at the end."""
    from simulator.tui.screens.report import ReportScreen

    driver.app.push_screen(ReportScreen(driver.app.services.data.store.summaries(limit=1)[0].id))
    await settled(driver)


async def transcript(driver: Driver) -> None:
    """An answer with its parts, its pace and its pauses."""
    from simulator.tui.screens.transcript import TranscriptScreen

    driver.app.push_screen(TranscriptScreen(latest(driver).id))
    await settled(driver)


def latest(driver: Driver) -> Answer:
    """The first answer of the latest session, with a pause in it."""
    store = driver.app.services.data.store
    session = store.session(store.summaries(limit=1)[0].id)
    return replace(session.answers[0])


async def review(driver: Driver) -> None:
    """One past session."""
    from simulator.tui.screens.session import SessionScreen

    driver.app.push_screen(SessionScreen(driver.app.services.data.store.summaries(limit=1)[0].id))
    await settled(driver)


async def compare(driver: Driver) -> None:
    """Two attempts at one question."""
    from simulator.tui.screens.compare import CompareScreen

    store = driver.app.services.data.store
    answers = [each for summary in store.summaries() for each in store.session(summary.id).answers]
    asked_twice = next(
        each for each in answers if sum(other.question.id == each.question.id for other in answers) > 1
    )
    driver.app.push_screen(CompareScreen(asked_twice.id))
    await settled(driver)


async def add_job(driver: Driver) -> None:
    """Where a posting is pasted."""
    from simulator.tui.screens.add_job import AddJobScreen

    driver.app.push_screen(AddJobScreen())
    await settled(driver)


async def class_table(driver: Driver) -> None:
    """A class at a glance."""
    from simulator.tui.screens.class_table import ClassScreen

    driver.app.push_screen(ClassScreen(driver.app.services.data.classes.get("").id))
    await settled(driver)


async def student(driver: Driver) -> None:
    """Everything one student practised."""
    from simulator.tui.screens.student import StudentScreen

    roster = driver.app.services.data.classes.get("")
    driver.app.push_screen(StudentScreen(roster.id, roster.students[0].id))
    await settled(driver)


async def coaching(driver: Driver) -> None:
    """A student's answer with what the coach said of it."""
    from simulator.tui.screens.coaching import CoachScreen

    classes = driver.app.services.data.classes
    driver.app.push_screen(CoachScreen(next(iter(classes.feedback.ids()))))
    await settled(driver)


async def letters(driver: Driver) -> None:
    """The letters after an interview."""
    from simulator.tui.screens.letters import LettersScreen

    driver.app.push_screen(LettersScreen(driver.app.services.data.repositories.debriefs.ids()[0]))
    await settled(driver)


async def references(driver: Driver) -> None:
    """What those who vouch for the candidate are told."""
    from simulator.tui.screens.references_notes import ReferenceNotesScreen

    driver.app.push_screen(ReferenceNotesScreen(driver.app.services.data.repositories.debriefs.ids()[0]))
    await settled(driver)


async def debrief(driver: Driver) -> None:
    """Notes on a real interview."""
    from simulator.tui.screens.debrief import DebriefScreen

    driver.app.push_screen(DebriefScreen())
    await settled(driver)


async def new_story(driver: Driver) -> None:
    """A story being written."""
    driver.app.go("stories")
    await settled(driver)
    await driver.press("n")
    await settled(driver)


async def help_page(driver: Driver) -> None:
    """The help of a screen with many keys."""
    await transcript(driver)
    await driver.press("f1")
    await settled(driver)


async def commands(driver: Driver) -> None:
    """The list of commands."""
    await driver.press("ctrl+p")
    await settled(driver)


SCENES: dict[str, Callable[[Driver], Awaitable[None]]] = {
    "home": home,
    "setup": screen_of("setup"),
    "speaking": speaking,
    "panel": panel,
    "answering": answering,
    "feedback": feedback,
    "report": report,
    "transcript": transcript,
    "review": review,
    "history": screen_of("history"),
    "progress": screen_of("progress"),
    "banks": screen_of("banks"),
    "settings": screen_of("settings"),
    "people": screen_of("people"),
    "stories": screen_of("stories"),
    "job": screen_of("job"),
    "followup": screen_of("followup"),
    "sound_check": screen_of("sound_check"),
    "phrases": screen_of("phrases"),
    "classes": screen_of("classes"),
    "class_table": class_table,
    "student": student,
    "coaching": coaching,
    "letters": letters,
    "references": references,
    "debrief": debrief,
    "new_story": new_story,
    "compare": compare,
    "add_job": add_job,
    "help": help_page,
    "commands": commands,
}

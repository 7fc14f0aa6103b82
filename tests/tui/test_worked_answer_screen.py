"""A strong answer, after the own try: seen, heard in another voice, and the next one."""

import re
from dataclasses import replace

import pytest
from textual.content import Content
from textual.widgets import Static

from simulator.interview.events import Phase
from simulator.interview.setup import Setup
from simulator.paths import user_paths
from simulator.questions.bank import Bank, Kind, Question, WorkedAnswer
from simulator.questions.editing import save_bank
from simulator.sessions.session import Mode
from simulator.speech.ports import Readiness
from simulator.tui.screens.interview import InterviewScreen
from simulator.tui.screens.transcript import TranscriptScreen
from simulator.tui.screens.worked_answer import WorkedAnswerScreen, show_worked_answers
from tests.questions.some_banks import NURSE, VAGUE
from tests.tui.driving import Driver, running

pytestmark = pytest.mark.thorough

ASKED = Question("nights", "What do you do on a long night?", Kind.BEHAVIOURAL, rubrics=("examples",))


def bank_with(*examples: WorkedAnswer) -> None:
    """A bank of one's own whose only question has these worked answers."""
    question = replace(ASKED, examples=examples)
    save_bank(Bank("night", "Night shift", (question,)), user_paths().banks / "night.yaml")


async def tried(driver: Driver) -> InterviewScreen:
    """The question was answered once, by typing, and the feedback is shown."""
    driver.app.open_interview(setup=Setup(bank_id="night", mode=Mode.DRILL, question_id="nights"))
    await driver.until(lambda: isinstance(driver.app.screen, InterviewScreen), "the interview")
    screen = driver.app.screen
    assert isinstance(screen, InterviewScreen)
    await driver.until(lambda: screen.conversation.state.phase is Phase.INVITED and driver.typing, "the box")
    assert "h" not in screen.active_bindings, "nothing is offered before the own try"
    await driver.type("last year i planned the move of our ward and it took two days")
    await driver.press("enter")
    await driver.until(lambda: screen.conversation.state.phase is Phase.FEEDBACK, "feedback")
    return screen


async def worked(driver: Driver) -> WorkedAnswerScreen:
    await driver.until(lambda: "h" in driver.app.screen.active_bindings, "the key for it")
    await driver.press("h")
    await driver.until(lambda: isinstance(driver.app.screen, WorkedAnswerScreen), "the worked answer")
    screen = driver.app.screen
    assert isinstance(screen, WorkedAnswerScreen)
    return screen


@pytest.mark.quick
async def test_after_the_own_try_strong_answers_are_shown_one_by_one_and_the_weak_one_says_so() -> None:
    bank_with(NURSE, VAGUE)
    async with running(microphone=False, probes=False) as driver:
        await tried(driver)
        await worked(driver)
        await driver.until_text(NURSE.answer)
        for words in (ASKED.ask, "A strong answer   1 of 2", NURSE.who, f"What makes it work: {NURSE.remark}"):
            assert words in driver.text()
        await driver.press("n")
        await driver.until_text("A weak answer, as many people give it   2 of 2")
        assert f"What is wrong with it: {VAGUE.remark}" in driver.text()
        await driver.press("left")
        await driver.until_text(NURSE.answer)
        await driver.press("escape")
        await driver.until(lambda: isinstance(driver.app.screen, InterviewScreen), "the feedback again")


async def test_it_is_said_in_another_voice_and_escape_silences_before_it_leaves() -> None:
    bank_with(NURSE)
    async with running(microphone=False, probes=False) as driver:
        interview = await tried(driver)
        screen = await worked(driver)
        driver.voice.patient = True
        await driver.press("space")
        said, style = driver.voice.said[-1]
        assert said == NURSE.answer
        assert style.gender != interview.conversation.speaker.voice.gender
        silenced = driver.voice.silenced
        await driver.press("escape")
        assert driver.voice.silenced == silenced + 1
        assert driver.app.screen is screen
        await driver.press("escape")
        await driver.until(lambda: driver.app.screen is interview, "the feedback again")


async def test_leaving_while_it_is_said_leaves_silence() -> None:
    bank_with(NURSE, VAGUE)
    async with running(microphone=False, probes=False) as driver:
        await tried(driver)
        await worked(driver)
        driver.voice.patient = True
        await driver.press("space")
        before = driver.voice.silenced
        await driver.press("n")
        await driver.until_text(VAGUE.answer)
        assert driver.voice.silenced == before + 1


async def test_the_transcript_offers_it_too() -> None:
    bank_with(NURSE)
    async with running(microphone=False, probes=False) as driver:
        interview = await tried(driver)
        driver.app.push_screen(TranscriptScreen(interview.conversation.session.answers[0].id))
        await driver.until(lambda: isinstance(driver.app.screen, TranscriptScreen), "the transcript")
        await driver.until(lambda: "h" in driver.app.screen.active_bindings, "the answer read")
        await worked(driver)
        await driver.until_text(NURSE.answer)


async def test_a_question_without_one_does_not_offer_it() -> None:
    bank_with()
    async with running(microphone=False, probes=False) as driver:
        interview = await tried(driver)
        await driver.rest()
        assert "h" not in interview.active_bindings
        driver.app.push_screen(TranscriptScreen(interview.conversation.session.answers[0].id))
        await driver.until(lambda: "e" in driver.app.screen.active_bindings, "the answer read")
        assert "h" not in driver.app.screen.active_bindings


@pytest.mark.parametrize("sound", ["on", "off"])
async def test_where_nothing_can_be_heard_nothing_is_offered_to_hear(sound: str) -> None:
    bank_with(NURSE)
    async with running(microphone=False, probes=False, sound=sound) as driver:
        driver.voice.readiness = Readiness.MISSING
        await tried(driver)
        said = len(driver.voice.said)
        screen = await worked(driver)
        assert "space" not in screen.active_bindings
        await driver.press("space")
        assert len(driver.voice.said) == said


PORTER = WorkedAnswer(
    "Last winter on the late shift a visitor was shouting at the desk because nobody had called him. I took him to "
    "the side room, sat down with him and rang the ward myself. He came back the next day to thank us, and since "
    "then we call every family before eight.",
    "Hospital porter, 51",
)


async def test_its_parts_are_named_as_in_feedback_what_was_done_before_what_came_of_it() -> None:
    bank_with(PORTER)
    async with running(microphone=False, probes=False) as driver:
        await tried(driver)
        screen = await worked(driver)
        await driver.until_text("✓ your own part")
        shown = str(screen.query_one("#answer", Static).content)
        assert "[✓ your own part]" in shown
        assert shown.index("[✓ your own part]") < shown.index("[✓ what came of it]")
        # Every name in the text stands in the list above it, too, whichever skill it belongs to.
        ticks = str(screen.query_one("#parts", Static).content)
        assert {f"✓ {name}" in ticks for name in re.findall(r"\[✓ ([a-z ]+)\]", shown)} == {True}
        content = screen.query_one("#answer", Static).content
        assert isinstance(content, Content)
        assert any("underline" in str(span.style) for span in content.spans)


async def test_the_words_heard_are_bold_among_the_underlined_ones() -> None:
    bank_with(PORTER)
    async with running(microphone=False, probes=False) as driver:
        await tried(driver)
        screen = await worked(driver)
        await driver.until_text("✓ your own part")
        driver.voice.patient = True
        await driver.press("space")

        def bold() -> str:
            content = screen.query_one("#answer", Static).content
            assert isinstance(content, Content)
            return " ".join(
                content.plain[span.start : span.end] for span in content.spans if "bold" in str(span.style)
            )

        half = PORTER.answer[: len(PORTER.answer) // 2].split()
        await driver.until(lambda: "Last winter" in bold(), "the first words bold")
        assert "shouting" in bold()
        assert "family" not in bold()
        assert len(bold().split()) >= len(half) - 1


async def test_an_example_shows_what_is_in_it_and_no_crosses() -> None:
    bank_with(
        replace(PORTER, answer="I say \"I can't start\", um, when I can't. It went well, mostly, on that one day.")
    )
    async with running(microphone=False, probes=False) as driver:
        await tried(driver)
        screen = await worked(driver)
        await driver.rest()
        assert not any(sign in str(screen.query_one("#parts", Static).content) for sign in "✗◐·")
        assert "I say \"I can't start\", um, when I can't" in str(screen.query_one("#answer", Static).content)


@pytest.mark.quick
async def test_the_parts_above_are_those_that_are_marked_in_the_words() -> None:
    async with running(microphone=False, size=(100, 60)) as driver:
        services, checked = driver.app.services, 0
        for question in services.library.bank("first-round-general").questions[:4]:
            show_worked_answers(driver.app, question, "first-round-general", "")
            await driver.rest()
            while isinstance(driver.app.screen, WorkedAnswerScreen):
                above = str(driver.app.screen.query_one("#parts", Static).content)
                below = str(driver.app.screen.query_one("#answer", Static).content)
                marked = set(re.findall(r"\[✓ ([^\]]+)\]", below))
                assert {each.strip() for each in re.split(r"✓|\n", above) if each.strip()} == marked
                checked += 1
                driver.app.pop_screen()
                await driver.rest()
        assert checked

"""The bank browser and the question form: real files in the test's own home, real keys."""

import stat
import sys
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import pytest
from textual.widgets import Input, OptionList, Select, Static

from simulator.assessment import score_answer
from simulator.errors import MissingPart
from simulator.interview.setup import Setup
from simulator.paths import user_paths
from simulator.questions.bank import Bank, Kind, Question, WorkedAnswer
from simulator.questions.bank_files import read_bank
from simulator.questions.editing import save_bank
from simulator.questions.search import QuestionHit
from simulator.scoring.scorer import AnswerContext
from simulator.sessions.session import Answer, Mode, Utterance
from simulator.speech.transcript import Transcript, typed
from simulator.tui.editor import editor_command
from simulator.tui.screens.bank_browsing import ALL
from simulator.tui.screens.banks import BanksScreen
from simulator.tui.screens.help import HelpScreen
from simulator.tui.screens.interview import InterviewScreen
from simulator.tui.screens.question_editor import QuestionEditorScreen
from simulator.tui.screens.record_form import RecordForm
from simulator.tui.screens.report import ReportScreen
from simulator.tui.screens.setup import SetupScreen
from simulator.tui.widgets.fields import Choice, TextField
from simulator.tui.widgets.picking import AskText, PickOne
from simulator.tui.widgets.question_list import QuestionList
from simulator.tui.widgets.worked_answers import WorkedAnswers
from tests.questions.some_banks import NURSE, VAGUE
from tests.tui.driving import Driver, lines_of, running

pytestmark = pytest.mark.thorough

FIRST = Question("first", "What draws you to nights?", Kind.MOTIVATION, rubrics=("motivation",), guidance="Your why.")
SECOND = Question("second", "Tell me about a long night.", Kind.BEHAVIOURAL, rubrics=("examples",), tags=("dark",))


def own_bank(bank_id: str = "night", title: str = "Night shift", *questions: Question) -> Bank:
    path = user_paths().banks / f"{bank_id}.yaml"
    return save_bank(Bank(bank_id, title, questions or (FIRST, SECOND)), path)


def broken_file() -> Path:
    text = "bank: oh\ntitle: Oh\nquestions:\n  - id: a\n    ask: Why?\n    kind: motivatoin\n"
    folder = user_paths().banks
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "oh.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def questions(screen: BanksScreen) -> QuestionList:
    return screen.query_one(QuestionList)


def marked_bank(screen: BanksScreen) -> str | None:
    """The id of the bank that is marked in the list."""
    option = screen.query_one("#banks", OptionList).highlighted_option
    return option.id if option else None


def broken(screen: BanksScreen) -> list[str]:
    """The banks that the list shows as broken."""
    return [str(each.prompt) for each in screen.query_one("#banks", OptionList).options if "✗" in str(each.prompt)]


async def opened(driver: Driver) -> BanksScreen:
    driver.app.go("banks")
    await driver.until(lambda: isinstance(driver.app.screen, BanksScreen), "the banks")
    screen = driver.app.screen
    assert isinstance(screen, BanksScreen)
    await driver.until(lambda: questions(screen).hits, "the banks read")
    return screen


async def marked(driver: Driver, screen: BanksScreen, bank_id: str, on_questions: bool = True) -> None:
    """Mark a bank, and go to its questions."""
    listing = screen.query_one("#banks", OptionList)
    listing.focus()
    listing.highlighted = listing.get_option_index(bank_id)
    await driver.until(
        lambda: not questions(screen).hits or questions(screen).hits[0].bank.id == bank_id or bank_id == ALL,
        "its questions",
    )
    if on_questions:
        await driver.press("enter")
        await driver.until(lambda: questions(screen).has_focus, "the questions marked")


async def editing(driver: Driver, *keys: str) -> QuestionEditorScreen:
    await driver.press(*keys)
    await driver.until(lambda: isinstance(driver.app.screen, QuestionEditorScreen), "the question form")
    form = driver.app.screen
    assert isinstance(form, QuestionEditorScreen)
    await driver.until(lambda: form.focused, "its first field")
    return form


def told(driver: Driver, words: str) -> bool:
    return any(words in notice for notice in driver.notices)


def asks(screen: BanksScreen) -> list[str]:
    return [hit.question.ask for hit in questions(screen).hits]


@pytest.mark.quick
async def test_all_banks_are_listed_and_a_question_shows_its_guidance_and_that_it_was_not_practised() -> None:
    own_bank()
    async with running(size=(120, 40)) as driver:
        screen = await opened(driver)
        everything = [
            question
            for bank in driver.app.services.library.banks()
            if isinstance(bank, Bank)
            for question in bank.questions
        ]
        assert len(questions(screen).hits) == len(everything)
        await marked(driver, screen, "night")
        await driver.until_text("Your why.")
        await driver.until_text("Not practised yet.")
        assert asks(screen) == [FIRST.ask, SECOND.ask]


@pytest.mark.quick
async def test_words_find_questions_in_all_banks_and_escape_closes_the_search() -> None:
    own_bank()
    async with running(size=(120, 40)) as driver:
        screen = await opened(driver)
        everything = len(questions(screen).hits)
        await driver.press("slash")
        await driver.type("long night")
        await driver.until(lambda: SECOND.ask in asks(screen) and len(asks(screen)) < everything, "the hits")
        await driver.until_text("found")
        screen.query_one("#search", Input).value = "zebra xylophone"
        await driver.until_text("No question has these words.")
        await driver.press("escape")
        await driver.until(lambda: len(questions(screen).hits) == everything, "all questions again")


async def test_l_shows_questions_like_the_marked_one_and_enter_goes_to_one() -> None:
    own_bank()
    near = Question("near", "Tell me about one long night.", Kind.BEHAVIOURAL, rubrics=("examples",))
    own_bank("far", "Far away", Question("same", SECOND.ask, Kind.BEHAVIOURAL, rubrics=("examples",)), near)
    async with running(size=(120, 40)) as driver:
        screen = await opened(driver)
        await marked(driver, screen, "night")
        await driver.press("down", "l")
        await driver.until(lambda: isinstance(driver.app.screen, PickOne), "the questions like it")
        offered = [str(each.prompt) for each in driver.app.screen.query_one(OptionList).options]
        assert offered[0] == f"{near.ask}\n  asks the same  ·  Far away"
        assert not any(SECOND.ask in each for each in offered)
        await driver.press("enter")
        await driver.until(lambda: (hit := questions(screen).hit) and hit.question == near, "that question")
        assert marked_bank(screen) == "far"


@pytest.mark.quick
async def test_enter_on_a_question_practises_it_at_once() -> None:
    own_bank()
    async with running([Transcript()]) as driver:
        screen = await opened(driver)
        await marked(driver, screen, "night")
        await driver.press("down", "enter")
        await driver.until(lambda: isinstance(driver.app.screen, InterviewScreen), "the interview")
        interview = driver.app.screen
        assert isinstance(interview, InterviewScreen)
        assert [turn.question.id for turn in interview.conversation.plan.turns] == ["second"]


async def test_after_practising_a_question_its_answer_is_there() -> None:
    own_bank()
    async with running(size=(120, 40), microphone=False, probes=False, think_seconds=0) as driver:
        screen = await opened(driver)
        await marked(driver, screen, "night")
        await driver.until_text("Not practised yet.")
        await driver.press("enter")
        await driver.until(lambda: isinstance(driver.app.screen, InterviewScreen) and driver.typing, "the box")
        await driver.type("one night")
        await driver.press("enter")
        await driver.until(
            lambda: "next" in {key.binding.description for key in driver.app.screen.active_bindings.values()},
            "feedback",
        )
        driver.app.clear_notifications()
        await driver.press("escape")
        await driver.until(lambda: isinstance(driver.app.screen, ReportScreen), "the report: its feedback was read")
        await driver.press("escape")
        await driver.until(lambda: driver.app.screen is screen, "the banks again")
        await driver.until_text("Your answers so far")


async def test_p_offers_an_interview_from_the_marked_bank() -> None:
    own_bank()
    async with running(size=(120, 40)) as driver:
        screen = await opened(driver)
        await marked(driver, screen, "night", on_questions=False)
        await driver.press("p")
        await driver.until(lambda: isinstance(driver.app.screen, SetupScreen), "the setup")
        setup = driver.app.screen
        assert isinstance(setup, SetupScreen)
        await driver.until(
            lambda: setup.query("#bank") and setup.query_one("#bank", Select).value == "night", "the bank chosen"
        )


async def test_past_levels_of_a_question_are_shown() -> None:
    own_bank()
    async with running(size=(120, 40)) as driver:
        text = (
            "Last winter I was alone on the ward and a patient fell. I called the doctor, I stayed with him and "
            "checked his pulse every minute, because he was afraid. In the end he was fine within two hours."
        )
        services = driver.app.services
        conversation = services.interviews.begin(Setup(bank_id="night", mode=Mode.DRILL, question_id="second"))
        transcript = typed(text)
        card = score_answer(transcript, AnswerContext(SECOND.ask, SECOND.kind.value, SECOND.rubrics))
        answer = Answer(
            id="a1", session_id=conversation.session.id, position=0, attempt=1, question=SECOND,
                interviewer_id="i", interviewer_name="I",
            answered_at="2026-11-20T10:00:00Z", utterances=(Utterance(SECOND.ask, transcript),), scorecard=card,
        )  # fmt: skip
        services.data.store.keep_answer(answer)
        screen = await opened(driver)
        await marked(driver, screen, "night")
        await driver.press("down")
        await driver.until_text("Fri 20 Nov  Concrete examples")


@pytest.mark.quick
async def test_a_question_is_changed_and_the_change_taken_back() -> None:
    bank = own_bank()
    assert bank.path is not None
    before = bank.path.read_bytes()
    async with running(size=(120, 40)) as driver:
        screen = await opened(driver)
        await marked(driver, screen, "night")
        form = await editing(driver, "e")
        form.query_one("#ask", TextField).text = "Why do you like nights?"
        await driver.until(lambda: "All fine" in driver.text(), "no fault")
        await driver.press("f9")
        await driver.until(lambda: "Why do you like nights?" in asks(screen), "the change in the list")
        assert read_bank(bank.path).questions[0].ask == "Why do you like nights?"
        await driver.rest()
        questions(screen).focus()
        await driver.press("u")
        await driver.until(lambda: FIRST.ask in asks(screen), "the question as before")
        assert bank.path.read_bytes() == before
        await driver.press("y")
        await driver.until(lambda: "Why do you like nights?" in asks(screen), "the change once more")


async def test_worked_answers_are_added_changed_and_removed_in_the_form() -> None:
    bank = own_bank("night", "Night shift", replace(FIRST, examples=(NURSE, VAGUE)))
    assert bank.path is not None
    path = bank.path
    async with running(size=(120, 40)) as driver:
        screen = await opened(driver)
        await marked(driver, screen, "night")
        form = await editing(driver, "e")
        field = form.query_one(WorkedAnswers)

        async def choose(*keys: str) -> None:
            field.focus()
            await driver.press("enter")
            await driver.until(lambda: isinstance(driver.app.screen, PickOne), "what can be done")
            await driver.press(*keys, "enter")

        await driver.until_text("Ward nurse, 34; Somebody in a hurry, 20 (weak)")
        await choose("end")
        await driver.until(lambda: field.value == (NURSE,), "one removed")
        await choose("down")
        await driver.until(lambda: isinstance(driver.app.screen, RecordForm), "the form of a worked answer")
        await driver.type("Baker, 44")
        await driver.press("f9")
        await driver.until_text("✗ Not saved yet. 'answer' is empty. The answer as it is spoken.")
        driver.app.screen.query_one("#answer", TextField).text = "I baked\nsixty loaves."
        await driver.press("f9")
        await driver.until(lambda: driver.app.screen is form, "the question form")
        baker = WorkedAnswer("I baked sixty loaves.", "Baker, 44")
        assert field.value == (NURSE, baker)
        await choose("home")
        await driver.until(lambda: isinstance(driver.app.screen, RecordForm), "the form of a worked answer")
        driver.app.screen.query_one("#remark", TextField).text = "Short."
        await driver.press("f9")
        await driver.until(lambda: driver.app.screen is form, "the question form")
        await driver.press("f9")
        await driver.until(lambda: driver.app.screen is screen, "the list")
        await driver.rest()
    assert read_bank(path).questions[0].examples == (replace(NURSE, remark="Short."), baker)


async def test_what_is_wrong_is_told_while_typing_and_not_kept() -> None:
    bank = own_bank()
    assert bank.path is not None
    before = bank.path.read_bytes()
    async with running(size=(120, 40)) as driver:
        screen = await opened(driver)
        await marked(driver, screen, "night")
        form = await editing(driver, "e")
        about = form.query_one("#about", Static)
        form.query_one("#target_seconds", Input).value = "5"
        await driver.until(lambda: "A good answer takes" in str(about.content), "the fault of the number")
        form.query_one("#id", Input).value = "second"
        await driver.until(lambda: "used in this bank already" in str(about.content), "the fault of the id")
        form.query_one("#ask", TextField).text = ""
        await driver.until(lambda: "What is asked" in str(about.content), "the fault of the empty question")
        await driver.press("f9")
        await driver.pilot.pause()
        assert driver.app.screen is form
        await driver.press("escape")
        await driver.pilot.pause()
        assert driver.app.screen is form, "one Esc must not throw away what was written"
        await driver.press("escape")
        await driver.until(lambda: driver.app.screen is screen, "the banks")
        assert bank.path.read_bytes() == before


async def test_a_voice_is_warned_for_and_the_question_can_be_kept_all_the_same() -> None:
    own_bank()
    async with running(size=(120, 40)) as driver:
        screen = await opened(driver)
        await marked(driver, screen, "night")
        form = await editing(driver, "e")
        form.query_one("#ask", TextField).text = "How do you write reports (e.g. charts)?"
        await driver.until_text("brackets")
        await driver.press("f9")
        await driver.until(lambda: driver.app.screen is screen, "the banks")
        await driver.until(lambda: any("charts" in ask for ask in asks(screen)), "the question kept")


async def test_kind_subject_and_id_of_a_new_question_follow_what_is_asked_until_chosen() -> None:
    own_bank()
    async with running(size=(120, 40)) as driver:
        screen = await opened(driver)
        await marked(driver, screen, "night")
        form = await editing(driver, "a")
        await driver.type("Why do you want to work with us")
        kind, name = form.query_one("#kind", Choice), form.query_one("#id", Input)
        await driver.until(lambda: kind.value == "motivation" and name.value, "the guesses")
        kind.value = "opening"
        await driver.pilot.pause()
        await driver.type(" now")
        await driver.until(lambda: "now" in form.question().ask, "the last word")
        assert kind.value == "opening"
        await driver.press("f9")
        await driver.until(lambda: len(asks(screen)) == 3, "the question added")
        assert asks(screen)[1] == "Why do you want to work with us now", "behind the marked one"
        await driver.until(lambda: questions(screen).marked == 1, "the new question marked")


async def test_a_shipped_bank_is_copied_before_it_is_changed() -> None:
    async with running(size=(120, 40)) as driver:
        shipped = driver.app.services.library.bank("first-round-general")
        assert shipped.path is not None
        original = shipped.path.read_bytes()
        screen = await opened(driver)
        await marked(driver, screen, "first-round-general")
        await driver.press("d")
        await driver.until(lambda: len(questions(screen).hits) == len(shipped.questions) + 1, "one question more")
        own = driver.app.services.library.bank("first-round-general")
        assert not own.shipped
        assert own.path is not None
        assert own.path.is_relative_to(user_paths().banks)
        assert shipped.path.read_bytes() == original
        await driver.rest()
        await driver.press("u")
        await driver.until(lambda: not own.path.exists(), "the copy gone")  # type: ignore[union-attr]
        assert driver.app.services.library.bank("first-round-general").shipped


async def test_a_question_moves_to_another_bank_and_up_and_down_in_its_own() -> None:
    own_bank()
    own_bank("day", "Day shift", Question("noon", "What do you do at noon?", Kind.SITUATIONAL, rubrics=("examples",)))
    async with running(size=(120, 40)) as driver:
        screen = await opened(driver)
        await marked(driver, screen, "night")
        await driver.press("ctrl+down")
        await driver.until(lambda: asks(screen) == [SECOND.ask, FIRST.ask], "the other order")
        await driver.rest()
        assert questions(screen).marked == 1, "the moved one still marked"
        await driver.press("m")
        await driver.until(lambda: isinstance(driver.app.screen, PickOne), "the list of banks")
        await driver.press("enter")
        await driver.until(lambda: asks(screen) == [SECOND.ask], "one question left")
        assert [question.id for question in driver.app.services.library.bank("day").questions] == ["noon", "first"]


async def test_another_bank_begins_with_its_first_question_and_a_deleted_one_leaves_the_mark_in_its_place() -> None:
    own_bank()
    own_bank("day", "Day shift", *(replace(FIRST, id=f"day-{n}", ask=f"What is number {n}?") for n in range(3)))
    async with running(size=(120, 40)) as driver:
        screen = await opened(driver)
        await marked(driver, screen, "night")
        await driver.press("down")
        await marked(driver, screen, "day")
        assert questions(screen).marked == 0
        await driver.press("down", "delete")
        await driver.until(lambda: len(questions(screen).hits) == 2, "two questions left")
        assert questions(screen).marked == 1


async def test_the_last_question_of_a_bank_is_not_deleted_and_the_bank_can_be() -> None:
    bank = own_bank("night", "Night shift", FIRST)
    assert bank.path is not None
    async with running(size=(120, 40)) as driver:
        screen = await opened(driver)
        await marked(driver, screen, "night")
        await driver.press("delete")
        await driver.until(lambda: told(driver, "last question"), "the refusal")
        assert bank.path.exists()
        await driver.rest()
        await marked(driver, screen, "night", on_questions=False)
        await driver.press("delete")
        await driver.until(lambda: not bank.path.exists(), "the bank gone")  # type: ignore[union-attr]
        await driver.rest()
        assert marked_bank(screen) == ALL
        await driver.press("u")
        await driver.until(lambda: bank.path.exists(), "the bank back")  # type: ignore[union-attr]


async def test_a_bank_made_from_nothing_is_marked_and_can_be_practised() -> None:
    async with running([Transcript()], size=(100, 30)) as driver:
        screen = await opened(driver)
        await driver.press("n")
        await driver.until(lambda: isinstance(driver.app.screen, AskText), "the title asked for")
        await driver.type("Bakery work")
        await editing(driver, "enter")
        await driver.type("Why do you want to bake?")
        await driver.press("f9")
        await driver.until(lambda: marked_bank(screen) == "bakery-work", "the new bank marked")
        assert driver.app.services.library.bank("bakery-work").title == "Bakery work"
        mode = stat.S_IMODE((user_paths().banks / "bakery-work.yaml").stat().st_mode)
        assert sys.platform == "win32" or mode & 0o077 == 0
        await driver.rest()
        screen.query_one("#banks", OptionList).focus()
        await driver.press("enter", "enter")
        await driver.until(lambda: isinstance(driver.app.screen, InterviewScreen), "the interview")


async def test_changes_on_disk_appear_by_themselves() -> None:
    bank = own_bank()
    assert bank.path is not None
    async with running(size=(120, 40)) as driver:
        screen = await opened(driver)
        await marked(driver, screen, "night")
        text = bank.path.read_text()
        bank.path.write_text(text.replace("a long night", "an endless night"))
        await driver.until(lambda: "Tell me about an endless night." in asks(screen), "the changed question")
        bank.path.write_text(text.replace("kind: behavioural", "kind: behaviour"))
        await driver.until(lambda: broken(screen), "the broken bank")


@pytest.mark.quick
async def test_a_broken_bank_shows_every_error_and_opens_in_the_editor_at_the_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = broken_file()
    editor = tmp_path / "vi"
    # A stand-in for the user's editor: notes how it was called and mends the file.
    editor.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/called\nsed -i s/motivatoin/motivation/ "$2"\n')
    editor.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(editor))
    async with running(size=(120, 40)) as driver:
        monkeypatch.setattr(driver.app, "suspend", nullcontext)
        screen = await opened(driver)
        listing = screen.query_one("#banks", OptionList)
        listing.highlighted = listing.get_option_index(str(path))
        await driver.until_text("Did you mean 'motivation'?")
        await driver.until_text("6:11")
        await driver.press("enter")
        await driver.until(lambda: (tmp_path / "called").exists(), "the editor")
        assert (tmp_path / "called").read_text().split() == ["+6", str(path)]
        await driver.until(lambda: not broken(screen), "the mended bank")
        await driver.until(lambda: marked_bank(screen) == "oh", "the mended bank still marked")


async def test_an_editor_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    path = broken_file()
    monkeypatch.setenv("EDITOR", "no-such-editor")
    async with running(size=(120, 40)) as driver:
        screen = await opened(driver)
        listing = screen.query_one("#banks", OptionList)
        listing.highlighted = listing.get_option_index(str(path))
        await driver.until_text("cannot be used")
        await driver.press("o")
        await driver.until(lambda: told(driver, "no-such-editor"), "the problem")


@pytest.mark.quick
def test_each_editor_is_given_the_line_in_its_own_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("simulator.tui.editor.shutil.which", lambda name: name)
    path = Path("b.yaml")
    assert editor_command(path, 7, 3, {"EDITOR": "nano -w"}) == ["nano", "-w", "+7", "b.yaml"]
    assert editor_command(path, 7, 3, {"VISUAL": "code", "EDITOR": "vi"}) == [
        "code",
        "--wait",
        "--goto",
        "b.yaml:7:3",
    ]
    assert editor_command(path, 7, 3, {"EDITOR": "code -w"}) == ["code", "-w", "--goto", "b.yaml:7:3"]
    assert editor_command(path, 7, 3, {"EDITOR": "hx"}) == ["hx", "b.yaml:7:3"]
    assert editor_command(path, 7, 3, {"EDITOR": "other"}) == ["other", "b.yaml"]
    monkeypatch.setattr("simulator.tui.editor.shutil.which", lambda name: None)
    with pytest.raises(MissingPart, match="at line 7"):
        editor_command(path, 7, 3, {})


async def test_only_the_lines_in_sight_are_drawn_of_fifty_thousand_questions() -> None:
    many = [Question(f"q-{n}", f"Question number {n}, what then?", Kind.BEHAVIOURAL) for n in range(50_000)]
    bank = Bank("huge", "Huge", tuple(many))
    async with running(size=(80, 24)) as driver:
        screen = await opened(driver)
        listing = screen.query_one(QuestionList)
        drawn: list[int] = []
        render = listing.render_line

        def counted(y: int) -> object:
            drawn.append(y)
            return render(y)

        listing.render_line = counted  # type: ignore[method-assign, assignment]
        listing.offer([QuestionHit(bank, question) for question in many], 49_999)
        await driver.pilot.pause()
        listing.focus()
        await driver.press("up")
        assert listing.hit is not None
        assert listing.hit.question.id == "q-49998"
        assert 0 < len(drawn) < 400


async def test_every_size_shows_both_lists_and_help_is_there() -> None:
    for size in ((80, 24), (200, 60)):
        async with running(size=size) as driver:
            screen = await opened(driver)
            assert screen.query_one("#banks").size.width >= 22
            assert screen.query_one(QuestionList).size.height >= 4
            await driver.press("question_mark")
            await driver.until(lambda: isinstance(driver.app.screen, HelpScreen), "help")


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
async def test_no_question_and_no_title_is_cut_in_the_lists(size: tuple[int, int]) -> None:
    long = "Tell me about a time when the ground you stood on at work suddenly changed, and what you did that day."
    title = "Teaching and working with young people after school"
    own_bank("night", title, FIRST, replace(SECOND, ask=long), replace(FIRST, id="third", ask="Why us?"))
    async with running(size=size) as driver:
        screen = await opened(driver)
        await marked(driver, screen, "night")
        await driver.press("down")
        await driver.pilot.pause()
        region = screen.query_one(QuestionList).region
        drawn = [line[region.x : region.right].strip("│ ›") for line in lines_of(driver.app.screen)]
        seen = " ".join(" ".join(drawn[region.y : region.bottom]).split())
        assert f"{FIRST.ask}" in seen
        assert long in seen.replace("  ", " ")
        listing = screen.query_one("#banks", OptionList)
        shown = str(listing.get_option("night").prompt)
        assert " ".join(shown.split()) == f"3 {title}"
        assert listing.show_vertical_scrollbar == (size[1] < 40)
        lines = [line for option in listing.options for line in str(option.prompt).split("\n")]
        assert max(map(len, lines)) <= listing.scrollable_content_region.width
        # The list goes question by question, whatever the lines of each.
        await driver.press("down")
        assert screen.query_one(QuestionList).hit.question.ask == "Why us?"  # type: ignore[union-attr]
        await driver.press("pageup")
        assert screen.query_one(QuestionList).hit.question.ask == FIRST.ask  # type: ignore[union-attr]


@pytest.mark.parametrize("name", ["~nosuchuser/list.csv", "long" * 100, "a/" * 400])
async def test_a_name_that_no_file_can_have_is_told(name: str) -> None:
    async with running([Transcript()], size=(100, 30)) as driver:
        await opened(driver)
        await driver.press("i")
        await driver.until(lambda: isinstance(driver.app.screen, AskText), "the name asked for")
        driver.app.screen.query_one(Input).value = name
        await driver.press("enter")
        await driver.until(lambda: driver.notices, "why not")
        assert "cannot be read" in driver.notices[0]

"""The letters in the app: edited, kept, looked through, saved, copied and marked as sent; real store, real keys."""

import asyncio

import pytest
from textual.widgets import OptionList, Static, TextArea

from simulator.errors import UserError
from simulator.followup.letter_drafts import LetterDrafts
from simulator.followup.timeline import StepKind, timeline_of
from simulator.tui.screens import mail_link
from simulator.tui.screens.letter_lines import LetterLinesScreen
from simulator.tui.screens.letters import LettersScreen
from simulator.tui.screens.mail_link import MailLink
from simulator.tui.widgets.fields import Choice
from simulator.tui.widgets.picking import PickOne
from tests.followup.made import LINES
from tests.tui.driving import Driver, current, running
from tests.tui.test_followup_screen import lines, noted, practised, told

pytestmark = pytest.mark.thorough

RUTH, MAREK = "ward-manager", "operations-director"


async def opened(driver: Driver, interviewer_id: str = "", id_: str = "") -> LettersScreen:
    """The letters of a practice (made when there is none of that id yet)."""
    if not id_:
        id_ = practised(driver).id
    screen = LettersScreen(id_, interviewer_id)
    driver.app.push_screen(screen)
    await driver.until(lambda: driver.app.screen is screen and text(driver), "the letter")
    await driver.until(lambda: "One moment" not in lines(driver, "notes"), "the letter looked through")
    return screen


def text(driver: Driver) -> str:
    return driver.app.screen.query_one("#letter", TextArea).text


def kept(driver: Driver, id_: str = "s") -> LetterDrafts:
    return driver.app.services.data.repositories.letters.get(id_)


def all_notes(driver: Driver) -> str:
    return "\n".join(lines(driver, "notes"))


@pytest.mark.quick
async def test_each_interviewer_has_a_letter_and_keys_go_to_the_next_and_back() -> None:
    async with running() as driver:
        await opened(driver, MAREK)
        assert text(driver).startswith("Dear Marek")
        await driver.press("f6")
        assert text(driver).startswith("Dear Ruth")
        await driver.press("f7")
        assert text(driver).startswith("Dear Marek")
        await driver.until_text("Letter to Marek Dvorsky, 2 of 2")


@pytest.mark.quick
async def test_every_claim_has_its_source_beside_it_and_enter_shows_its_place() -> None:
    async with running(size=(120, 40)) as driver:
        practised(driver)
        driver.app.services.data.repositories.letter_lines.save(LINES)
        screen = await opened(driver, id_="s")
        letter = screen.drafts.pages[0].letter
        sources = {each.source for each in letter.sentences if each.source}
        assert sources
        shown = all_notes(driver).lower()
        assert all(source.lower() in shown for source in sources)
        await driver.press("tab")
        notes = screen.query_one("#notes", OptionList)
        first = next(number for number, line in enumerate(lines(driver, "notes")) if line.startswith("· "))
        notes.highlighted = first
        await driver.press("enter")
        area = screen.query_one(TextArea)
        await driver.until(lambda: area.has_focus and area.selected_text, "the place marked")
        claimed = next(each.text for each in letter.sentences if each.source)
        assert area.selected_text.startswith(claimed)


async def test_a_source_is_not_claimed_for_a_sentence_that_was_taken_out() -> None:
    async with running(size=(120, 40)) as driver:
        practised(driver)
        driver.app.services.data.repositories.letter_lines.save(LINES)
        screen = await opened(driver, id_="s")
        assert "Where it comes from" in all_notes(driver)
        screen.query_one(TextArea).text = "Dear Ruth Adeyemi,\n\nThank you.\n\nKind regards\nSam Rivers\n"
        await driver.until(lambda: "Where it comes from" not in all_notes(driver), "the sources gone")


@pytest.mark.quick
async def test_what_is_odd_in_an_edited_letter_is_told_with_its_line_and_enter_goes_there() -> None:
    async with running() as driver:
        screen = await opened(driver)
        assert "✓ Nothing to correct" in all_notes(driver)
        area = screen.query_one(TextArea)
        area.insert("When I start I will bring [a plan]. ", (2, 0))
        await driver.until(lambda: "“When I start” takes for granted" in all_notes(driver), "the remark")
        assert "line 3" in all_notes(driver)
        await driver.press("tab")
        remark = next(number for number, line in enumerate(lines(driver, "notes")) if "[a plan]" in line)
        screen.query_one("#notes", OptionList).highlighted = remark
        await driver.press("enter")
        await driver.until(lambda: area.selected_text == "[a plan]", "the words marked")
        await driver.press("delete")
        await driver.until(lambda: "[a plan]" not in all_notes(driver), "the remark gone")


async def test_what_is_written_is_kept_after_a_moment_without_any_key() -> None:
    async with running() as driver:
        await opened(driver)
        await driver.type("Hello ")
        await driver.until(lambda: driver.app.services.data.repositories.letters.find("s"), "the letter kept")
        assert kept(driver).page(RUTH).edited.startswith("Hello Dear Ruth")
        assert not kept(driver).page(MAREK).edited
        await driver.until_text("edited")


@pytest.mark.one_in(5)
@pytest.mark.parametrize("key", ["f6", "escape", "f4", "f2", "f3"])
async def test_what_is_written_is_kept_before_a_key_takes_one_elsewhere(key: str) -> None:
    async with running() as driver:
        await opened(driver)
        await driver.press("H", "i", key)
        drafts = driver.app.services.data.repositories.letters.find("s")
        assert drafts is not None
        assert drafts.page(RUTH).edited.startswith("HiDear Ruth")


async def test_what_is_written_is_kept_when_the_app_is_quit_at_once() -> None:
    async with running() as driver:
        await opened(driver)
        await driver.press("H", "i")
        paths = driver.app.paths
        driver.app.exit()
        await asyncio.sleep(0)
    from simulator.services import Services

    services = Services(paths)
    try:
        assert services.data.repositories.letters.get("s").page(RUTH).edited.startswith("HiDear Ruth")
    finally:
        services.close()


@pytest.mark.quick
async def test_an_edited_letter_is_there_again_and_one_that_was_only_read_is_not_kept() -> None:
    async with running() as driver:
        screen = await opened(driver)
        await driver.press("f6", "f6", "escape")
        await driver.until(lambda: driver.app.screen is not screen, "left")
        assert not driver.app.services.data.repositories.letters.all()
        screen = await opened(driver, MAREK, "s")
        await driver.press("H", "i", "escape")
        await driver.until(lambda: driver.app.screen is not screen, "left")
        await opened(driver, MAREK, "s")
        assert text(driver).startswith("HiDear Marek")


async def test_a_letter_that_cannot_be_kept_stays_on_the_screen_and_the_reason_is_told() -> None:
    async with running() as driver:
        screen = await opened(driver)
        shelf = driver.app.services.data.repositories.letters

        def refuse(drafts: LetterDrafts) -> LetterDrafts:
            raise UserError("The disk is full.", "Make room, then go on.")

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(shelf, "save", refuse)
            await driver.press("H", "i", "escape")
            await driver.until(lambda: told(driver, "The disk is full."), "the problem")
        assert driver.app.screen is screen
        assert text(driver).startswith("HiDear")
        await driver.press("escape")
        await driver.until(lambda: driver.app.screen is not screen, "left")
        assert kept(driver).page(RUTH).edited.startswith("HiDear")


async def test_drafting_again_is_asked_for_twice_and_can_be_taken_back() -> None:
    async with running() as driver:
        screen = await opened(driver)
        draft = text(driver)
        await driver.press("f8")
        await driver.until(lambda: told(driver, "as it was drafted"), "nothing to draft again")
        await driver.press("H", "i", "f8")
        await driver.until(lambda: told(driver, "F8 once more"), "the question")
        assert text(driver).startswith("HiDear")
        await driver.press("f8")
        assert text(driver) == draft
        assert not kept(driver).page(RUTH).edited
        await driver.press("ctrl+z")
        await driver.until(lambda: text(driver).startswith("HiDear"), "the edit back")
        await driver.press("f8", "x", "f8")
        assert "x" in text(driver)
        assert text(driver) != draft, "writing on in between is no second yes"
        assert screen.is_current


async def test_the_letter_as_edited_is_copied() -> None:
    async with running() as driver:
        await opened(driver)
        await driver.press("H", "i", "f5")
        assert driver.app.clipboard == text(driver)
        assert driver.app.clipboard.startswith("HiDear Ruth")


@pytest.mark.one_in(4)
@pytest.mark.parametrize(
    ("downs", "names"),
    [
        (0, ["ruth-adeyemi.txt"]),
        (1, ["ruth-adeyemi.md"]),
        (2, ["marek-dvorsky.txt", "ruth-adeyemi.txt"]),
        (3, ["marek-dvorsky.md", "ruth-adeyemi.md"]),
    ],
)
async def test_letters_are_saved_in_the_exports_folder_and_the_path_is_told(downs: int, names: list[str]) -> None:
    async with running() as driver:
        await opened(driver)
        await driver.press("f2")
        await current(driver, PickOne)
        await driver.press(*["down"] * downs, "enter")
        folder = driver.app.paths.exports / "letters-s"
        await driver.until(lambda: told(driver, str(folder)), "the path")
        assert sorted(path.name for path in folder.iterdir()) == names
        ruth = next(path for path in folder.iterdir() if path.stem == "ruth-adeyemi").read_text(encoding="utf-8")
        assert "Dear Ruth" in ruth
        assert "Sam Rivers" in ruth
        assert folder.stat().st_mode & 0o077 == 0


async def test_a_letter_saved_once_more_after_an_edit_never_takes_the_place_of_the_first() -> None:
    async with running() as driver:
        await opened(driver)
        folder = driver.app.paths.exports / "letters-s"
        for typed in ("A", "", "B"):
            await driver.press(*typed, "f2")
            await current(driver, PickOne)
            await driver.press("enter")
            await driver.until(lambda: isinstance(driver.app.screen, LettersScreen), "saved")
        found = {path.name: path.read_text(encoding="utf-8")[:2] for path in folder.iterdir()}
        assert found == {"ruth-adeyemi.txt": "AD", "ruth-adeyemi-2.txt": "AB"}


async def test_a_letter_is_opened_in_the_mail_program_and_no_link_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    opened_outside: list[object] = []
    monkeypatch.setattr(mail_link, "opener", lambda: ["open"])
    monkeypatch.setattr(mail_link, "open_outside", opened_outside.append)
    async with running() as driver:
        await opened(driver, id_=noted(driver))
        await driver.press("f3")
        await driver.until(lambda: isinstance(driver.app.screen, MailLink), "the mail")
        await driver.rest()
        assert "%20" not in driver.text()
        await driver.press("o")
        assert opened_outside == [driver.app.clipboard]


async def test_without_a_desktop_the_mail_link_is_shown_and_copied(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail_link, "opener", lambda: None)
    async with running() as driver:
        await opened(driver, id_=noted(driver))
        await driver.press("f3")
        await current(driver, MailLink)
        assert driver.app.clipboard.startswith("mailto:hanna@example.org?subject=")
        assert "Dear%20Hanna" in driver.app.clipboard
        assert driver.app.clipboard in driver.text()


async def test_sent_letters_are_marked_and_the_last_one_ticks_that_step_off_where_dates_are_kept() -> None:
    async with running() as driver:
        from datetime import date

        timelines = driver.app.services.data.repositories.timelines
        timelines.save(timeline_of("s", "", date(2026, 11, 23)))
        await opened(driver)
        await driver.press("f4")
        await driver.until_text("✓ sent")
        assert kept(driver).page(RUTH).sent_on == date.today().isoformat()
        await driver.press("f4")
        assert not kept(driver).page(RUTH).sent_on
        await driver.press("f4")
        assert not any(step.done for step in timelines.get("s").steps)
        await driver.press("f6", "f4")
        assert [step.kind for step in timelines.get("s").steps if step.done] == [StepKind.THANKS]


async def test_where_nobody_is_known_by_name_the_screen_says_so_and_what_to_do() -> None:
    async with running() as driver:
        from simulator.followup.debrief import Debrief, Met
        from simulator.followup.saving_debriefs import keep_debrief

        services = driver.app.services
        debrief = Debrief("", "2026-11-21", met=(Met("", asked=("Why us?",)),))
        id_ = keep_debrief(
            debrief, services.data.repositories, services.library.banks(), services.paths.banks
        ).debrief.id
        screen = LettersScreen(id_)
        driver.app.push_screen(screen)
        await driver.until_text("Nobody is known by name who interviewed")
        await driver.press("f2", "f3", "f4", "f5", "f6", "f8", "tab", "escape")
        await driver.until(lambda: driver.app.screen is not screen, "left")


@pytest.mark.parametrize(("size", "beside"), [((80, 24), False), ((120, 40), True)])
async def test_the_notes_stand_beside_the_letter_where_there_is_room_and_under_it_where_not(
    size: tuple[int, int], beside: bool
) -> None:
    async with running(size=size) as driver:
        screen = await opened(driver)
        letter, notes = screen.query_one("#letter").region, screen.query_one("#notes").region
        assert (notes.x >= letter.right) == beside
        assert (notes.y >= letter.bottom) != beside
        assert notes.bottom <= size[1] - 1


async def lines_form(driver: Driver) -> LetterLinesScreen:
    """The form for the lines, opened from the letter."""
    await driver.press("f9")
    return await current(driver, LetterLinesScreen)


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
async def test_three_lines_typed_with_keys_alone_make_the_note_a_letter(size: tuple[int, int]) -> None:
    async with running(size=size) as driver:
        await opened(driver)
        await driver.until_text("short note")
        form = await lines_form(driver)
        assert "side room" in str(form.query_one("#told-words", Static).content)
        await driver.type("A visitor was shouting at the desk.")
        await driver.press("enter")
        await driver.type("I took him to the side room and listened.")
        await driver.press("down")
        await driver.type("He came back to thank us.")
        await driver.press("down")
        await driver.type("half the picture at night")
        await driver.press("down")
        await driver.type("I want to work here.")
        await driver.press("f9")
        await driver.until(lambda: "He came back to thank us." in text_of_letters(driver), "the letter")
        letter = text(driver)
        assert "A visitor was shouting at the desk. I took him to the side room and listened." in letter
        assert "half the picture at night" in letter
        assert "I want to work here." in letter
        assert driver.app.services.data.repositories.letter_lines.get("s").people[RUTH].why


def text_of_letters(driver: Driver) -> str:
    return text(driver) if isinstance(driver.app.screen, LettersScreen) else ""


async def test_another_story_can_be_chosen_and_no_line_written_before_is_lost() -> None:
    async with running() as driver:
        await opened(driver)
        form = await lines_form(driver)
        await driver.type("He was angry.")
        story = form.query_one("#story", Choice)
        first = story.value
        other = next(key for key in form.stories if key != first)
        story.value = other
        await driver.until(lambda: form.query_one("#problem", TextArea).text == "", "the other story's lines")
        story.value = first
        await driver.until(lambda: form.query_one("#problem", TextArea).text == "He was angry.", "its own lines")


async def test_what_is_odd_in_the_lines_is_told_while_one_types() -> None:
    async with running() as driver:
        await opened(driver)
        await lines_form(driver)
        await driver.press("down")
        await driver.type("rang the office")
        await driver.until_text("A letter tells what you did")


async def test_what_they_said_is_offered_with_a_key() -> None:
    async with running() as driver:
        await opened(driver)
        form = await lines_form(driver)
        await driver.press("f6")
        topic = form.query_one("#topic", TextArea)
        await driver.until(lambda: topic.text == "staying calm when several people need you at once", "their words")


async def test_an_edited_letter_stays_as_it_is_until_it_is_drafted_again() -> None:
    async with running() as driver:
        await opened(driver)
        await driver.press("H", "i")
        await lines_form(driver)
        await driver.type("It broke.")
        await driver.press("down")
        await driver.type("I mended it.")
        await driver.press("f9")
        await driver.until(lambda: told(driver, "F8 twice drafts it with them"), "what to do")
        await driver.until(lambda: text_of_letters(driver).startswith("HiDear"), "the letter as edited")
        await driver.press("f8", "f8")
        await driver.until(lambda: "It broke. I mended it." in text(driver), "the letter of the lines")

"""Importing in the app: looked at first, columns changed, kept, brought up to date; and whole banks changed."""

from pathlib import Path

import pytest
from textual.widgets import Input, OptionList, Static

from simulator.paths import user_paths
from simulator.questions.bank import Bank
from simulator.questions.bank_files import read_bank
from simulator.tui.screens.banks import BanksScreen
from simulator.tui.screens.import_preview import ColumnsScreen, ImportPreviewScreen, UnusedScreen
from simulator.tui.widgets.picking import AskText, PickOne
from simulator.tui.widgets.question_list import QuestionList
from tests.questions.samples import ADVICE, ENGLISH, zipped
from tests.tui.driving import Driver, running
from tests.tui.test_banks_screen import FIRST, SECOND, marked, opened, own_bank

pytestmark = pytest.mark.thorough


def a_list(folder: Path, rows: int = len(ENGLISH)) -> Path:
    path = folder / "ward.csv"
    lines = [f'"{ask}",{ADVICE.replace(",", ";")},90' for ask, _ in ENGLISH[:rows]]
    path.write_text("\n".join(["Question,Remarks for me,Points", *lines]), encoding="utf-8")
    return path


async def previewed(driver: Driver, screen: BanksScreen, path: Path) -> ImportPreviewScreen:
    screen.query_one("#banks", OptionList).focus()
    await driver.press("i")
    await driver.until(lambda: isinstance(driver.app.screen, AskText), "the file asked for")
    driver.app.screen.query_one(Input).value = str(path)
    await driver.press("enter")
    await driver.until(lambda: isinstance(driver.app.screen, ImportPreviewScreen), "the preview")
    preview = driver.app.screen
    assert isinstance(preview, ImportPreviewScreen)
    await driver.until(lambda: preview.query_one(QuestionList).hits, "the questions found")
    return preview


async def kept(driver: Driver, title: str) -> Bank:
    """Keep the import under a title."""
    await driver.press("f9")
    await driver.until(lambda: isinstance(driver.app.screen, AskText), "a title asked for")
    driver.app.screen.query_one(Input).value = title
    await driver.press("enter")
    path = user_paths().banks / f"{title}.yaml"
    await driver.until(path.exists, "the bank written")
    return read_bank(path)


async def columns_listed(driver: Driver) -> OptionList:
    """The list of the columns."""
    await driver.until(lambda: isinstance(driver.app.screen, ColumnsScreen), "the columns")
    return driver.app.screen.query_one(OptionList)


async def what_the_last_column_is(driver: Driver) -> OptionList:
    """The list of what the last column may be."""
    await columns_listed(driver)
    await driver.press("end", "enter")
    await driver.until(lambda: isinstance(driver.app.screen, PickOne) and "Points" in driver.text(), "what it is")
    return driver.app.screen.query_one(OptionList)


@pytest.mark.quick
async def test_a_list_is_looked_at_first_then_kept_and_taken_back(tmp_path: Path) -> None:
    async with running() as driver:
        screen = await opened(driver)
        preview = await previewed(driver, screen, a_list(tmp_path))
        assert [hit.question.ask for hit in preview.query_one(QuestionList).hits] == [ask for ask, _ in ENGLISH]
        assert not list(user_paths().banks.glob("*.yaml"))
        bank = await kept(driver, "ward")
        assert [question.kind for question in bank.questions] == [kind for _, kind in ENGLISH]
        await driver.until(lambda: driver.app.screen is screen, "the banks again")
        await driver.rest()
        await driver.press("u")
        await driver.until(lambda: not (user_paths().banks / "ward.yaml").exists(), "the import taken back")


async def test_what_a_column_is_can_be_changed(tmp_path: Path) -> None:
    async with running() as driver:
        preview = await previewed(driver, await opened(driver), a_list(tmp_path))
        await driver.press("c")
        picking = await what_the_last_column_is(driver)
        assert picking.highlighted == picking.get_option_index("leave out")
        picking.highlighted = picking.get_option_index("seconds")
        await driver.press("enter")
        told = preview.query_one("#told", Static)
        await driver.until(lambda: "read as" in str(told.content) and "not used" not in str(told.content), "read")
        columns = await columns_listed(driver)
        assert columns.highlighted == 2, "the list stays open, at its place"
        assert "Points”: seconds" in str(columns.get_option_at_index(2).prompt)
        again = await what_the_last_column_is(driver)
        assert again.highlighted == again.get_option_index("seconds")
        again.highlighted = again.get_option_index("leave out")
        await driver.press("enter")
        columns = await columns_listed(driver)
        await driver.until(lambda: "Points”: left out, as you said" in str(columns.get_option_at_index(2).prompt))
        again = await what_the_last_column_is(driver)
        again.highlighted = again.get_option_index("seconds")
        await driver.press("enter")
        columns = await columns_listed(driver)
        await driver.until(lambda: "Points”: seconds" in str(columns.get_option_at_index(2).prompt))
        await driver.press("escape")
        bank = await kept(driver, "ward")
        assert {question.target_seconds for question in bank.questions} == {90}


async def test_columns_with_one_heading_have_an_entry_each(tmp_path: Path) -> None:
    path = tmp_path / "ward.csv"
    rows = [f"{ask.replace(',', '')},Smile.,Room {number}" for number, (ask, _) in enumerate(ENGLISH[:4])]
    path.write_text("\n".join(["Question,Notes,Notes", *rows]), encoding="utf-8")
    async with running() as driver:
        preview = await previewed(driver, await opened(driver), path)
        await driver.press("c")
        picking = await columns_listed(driver)
        assert [str(option.prompt).partition("”")[0] for option in picking.options] == [
            "“Question", "“Notes (column 2)", "“Notes (column 3)",
        ]  # fmt: skip
        await driver.press("end", "enter")
        await driver.until(lambda: isinstance(driver.app.screen, PickOne) and "Room 0" in driver.text(), "what it is")
        await driver.press("end", "enter")
        told = preview.query_one("#told", Static)
        await driver.until(lambda: "read as" in str(told.content), "read again")
        await driver.press("escape")
        bank = await kept(driver, "ward")
        assert {question.guidance for question in bank.questions} == {"Smile."}


async def test_what_was_not_used_is_listed(tmp_path: Path) -> None:
    async with running() as driver:
        await previewed(driver, await opened(driver), a_list(tmp_path))
        await driver.press("n")
        await driver.until(lambda: isinstance(driver.app.screen, UnusedScreen), "what was not used")
        listed = driver.app.screen.query_one(OptionList)
        assert "column Points" in str(listed.get_option_at_index(0).prompt)


def listed(screen: BanksScreen) -> list[str | None]:
    """The ids of the banks in the list."""
    return [option.id for option in screen.query_one("#banks", OptionList).options]


@pytest.mark.parametrize("way", ["update", "copy"])
async def test_the_same_list_again_updates_its_bank_or_makes_another(tmp_path: Path, way: str) -> None:
    async with running() as driver:
        screen = await opened(driver)
        await previewed(driver, screen, a_list(tmp_path, rows=5))
        first = await kept(driver, "ward")
        await driver.until(lambda: driver.app.screen is screen, "the banks again")
        await driver.rest()
        await driver.until(lambda: "ward" in listed(screen), "the bank listed")
        await previewed(driver, screen, a_list(tmp_path))
        await driver.press("f9")
        await driver.until(lambda: isinstance(driver.app.screen, PickOne), "what to do")
        picking = driver.app.screen.query_one(OptionList)
        picking.highlighted = picking.get_option_index(way)
        await driver.press("enter")
        path = user_paths().banks / "ward.yaml"
        if way == "update":
            await driver.until(lambda: len(read_bank(path).questions) == len(ENGLISH), "the bank brought up to date")
            assert read_bank(path).questions[:5] == first.questions
        else:
            await driver.until(lambda: isinstance(driver.app.screen, AskText), "a title asked for")
            await driver.press("enter")
            await driver.until((user_paths().banks / "ward-2.yaml").exists, "another bank")
            assert len(read_bank(path).questions) == 5


def _told(driver: Driver, words: str) -> bool:
    return any(words in notice for notice in driver.notices)


@pytest.mark.quick
async def test_a_file_that_cannot_be_read_is_told_and_nothing_else_happens(tmp_path: Path) -> None:
    path = tmp_path / "talk.pptx"
    path.write_bytes(zipped({"ppt/presentation.xml": "x"}))
    async with running() as driver:
        screen = await opened(driver)
        await driver.press("i")
        await driver.until(lambda: isinstance(driver.app.screen, AskText), "the file asked for")
        driver.app.screen.query_one(Input).value = str(path)
        await driver.press("enter")
        await driver.until(lambda: any("PowerPoint" in notice for notice in driver.notices), "the reason")
        assert driver.app.screen is screen


async def test_a_package_is_installed_and_asks_before_it_replaces() -> None:
    own_bank("night", "Night shift", FIRST)
    folder = user_paths().data / "shared"
    folder.mkdir()
    path = folder / "night.zip"
    text = (user_paths().banks / "night.yaml").read_text(encoding="utf-8").replace("Night shift", "Nights")
    path.write_bytes(zipped({"night.yaml": text}))
    async with running() as driver:
        await opened(driver)
        await driver.press("i")
        await driver.until(lambda: isinstance(driver.app.screen, AskText), "the file asked for")
        driver.app.screen.query_one(Input).value = str(path)
        await driver.press("enter")
        await driver.until(lambda: isinstance(driver.app.screen, PickOne), "whether to install over it")
        await driver.press("enter")
        await driver.until(lambda: read_bank(user_paths().banks / "night.yaml").title == "Nights", "installed")
        assert (user_paths().banks / "night.yaml.before").exists()


async def test_a_bank_is_renamed_and_keeps_its_id() -> None:
    own_bank()
    async with running() as driver:
        await marked(driver, await opened(driver), "night", on_questions=False)
        await driver.press("r")
        await driver.until(lambda: isinstance(driver.app.screen, AskText), "its title")
        driver.app.screen.query_one(Input).value = "Late nights"
        await driver.press("enter")
        await driver.until(lambda: read_bank(user_paths().banks / "night.yaml").title == "Late nights", "renamed")
        assert read_bank(user_paths().banks / "night.yaml").id == "night"


async def test_two_banks_are_merged_without_asking_anything_twice() -> None:
    own_bank("night", "Night shift", FIRST, SECOND)
    own_bank("day", "Day shift", SECOND)
    async with running(notices=True) as driver:
        await marked(driver, await opened(driver), "night", on_questions=False)
        await driver.press("g")
        await driver.until(lambda: isinstance(driver.app.screen, PickOne), "into which")
        picking = driver.app.screen.query_one(OptionList)
        picking.highlighted = picking.get_option_index("day")
        await driver.press("enter")
        path = user_paths().banks / "day.yaml"
        await driver.until(lambda: len(read_bank(path).questions) == 2, "merged")
        assert {question.ask for question in read_bank(path).questions} == {FIRST.ask, SECOND.ask}
        assert len(read_bank(user_paths().banks / "night.yaml").questions) == 2
        await driver.until(lambda: driver.notices, "it is told")
        assert driver.notices == ["1 question put into 'Day shift', 1 was there. U takes it back."]
        await driver.rest()
        await driver.press("u")
        await driver.until(lambda: len(read_bank(path).questions) == 1, "taken back")
        await driver.until(lambda: driver.notices and "U takes" not in driver.notices[-1], "told in its place")
        assert [words.partition(":")[0] for words in driver.notices] == ["Undone"]


@pytest.mark.quick
@pytest.mark.thorough
async def test_fifty_thousand_questions_are_all_there(tmp_path: Path) -> None:
    path = tmp_path / "many.csv"
    path.write_text("Frage\n" + "".join(f"Was tun Sie bei Fall {n}?\n" for n in range(50_000)), encoding="utf-8")
    async with running() as driver:
        preview = await previewed(driver, await opened(driver), path)
        await driver.press("end")
        await driver.until(
            lambda: "Fall 49999" in str(preview.query_one("#about", Static).content), "the last question, in full"
        )

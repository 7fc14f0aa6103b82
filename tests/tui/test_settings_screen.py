"""The settings screen: changed in place, checked as one types, kept in the file at once."""

import pytest
from textual.widgets import Button, Input, Label, Static

from simulator.paths import user_paths
from simulator.settings import SCHEMA, Settings, load_settings, save_settings
from simulator.tui.screens.home import HomeScreen
from simulator.tui.screens.settings import ABOUT_WIPE, COLUMNS, WIPE_LABEL, SettingsScreen
from simulator.tui.themes import DARK, LIGHT
from simulator.tui.widgets.fields import Choice, OnOff
from simulator.tui.widgets.picking import PickOne, PickSome, Several
from tests.sessions.made import practice
from tests.tui.driving import Driver, lines_of, options_of, running

pytestmark = pytest.mark.thorough


async def opened(driver: Driver) -> SettingsScreen:
    driver.app.go("settings")
    await driver.until(lambda: isinstance(driver.app.screen, SettingsScreen), "the settings")
    screen = driver.app.screen
    assert isinstance(screen, SettingsScreen)
    await driver.until(lambda: screen.focused, "a marked setting")
    return screen


def kept() -> Settings:
    return load_settings(user_paths())


def about(screen: SettingsScreen) -> str:
    return str(screen.query_one("#about", Static).content)


async def test_every_setting_of_the_schema_that_is_not_hidden_is_there_and_can_be_reached_with_the_arrows() -> None:
    async with running() as driver:
        screen = await opened(driver)
        sections = [section for column in COLUMNS for section in column]
        shown = [spec for spec in SCHEMA.values() if not spec.hidden]
        wanted = [spec.name for spec in sorted(shown, key=lambda spec: sections.index(spec.section))]
        met = []
        for _ in wanted:
            assert screen.focused is not None
            met.append(screen.focused.id)
            words = SCHEMA[str(screen.focused.id)].help
            await driver.until(lambda: words in about(screen), words)
            await driver.press("down")
        assert met == wanted
        assert screen.focused is not None
        assert screen.focused.id == "wipe"
        await driver.press("down")
        assert screen.focused.id == wanted[0]


async def test_a_text_is_kept_with_enter_and_the_next_setting_is_marked() -> None:
    async with running() as driver:
        screen = await opened(driver)
        await driver.type("Kim")
        await driver.press("enter")
        await driver.until(lambda: kept().candidate_name == "Kim", "the name in the file")
        assert driver.app.services.settings.current.candidate_name == "Kim"
        assert screen.focused is not None
        assert screen.focused.id == "sound"
        assert str(screen.query_one("#label-sound", Label).content).startswith("›")


@pytest.mark.quick
async def test_a_number_out_of_bounds_is_told_while_typing_and_never_kept() -> None:
    async with running() as driver:
        screen = await opened(driver)
        box = screen.query_one("#questions", Input)
        box.focus()
        await driver.until(lambda: box.has_focus, "the number marked")
        box.value = ""
        await driver.type("51")
        await driver.until(lambda: "from 1 to 50" in about(screen) and "✗" in about(screen), "what is wrong")
        assert str(screen.query_one("#label-questions", Label).content).startswith("✗")
        await driver.press("down")
        await driver.until(lambda: box.value == "6", "the value that holds")
        assert kept().questions == 6
        box.focus()
        box.value = "8"
        await driver.press("escape")
        await driver.until(lambda: isinstance(driver.app.screen, HomeScreen), "home")
        assert kept().questions == 8


@pytest.mark.quick
async def test_a_switch_says_on_or_off_and_is_kept() -> None:
    async with running() as driver:
        screen = await opened(driver)
        switch = screen.query_one("#probes", OnOff)
        assert "[x]" in str(switch.render())
        assert "on" in str(switch.render())
        switch.focus()
        await driver.press("space")
        await driver.until(lambda: not kept().probes, "the switch in the file")
        assert "[ ]" in str(switch.render())
        assert "off" in str(switch.render())


async def test_themes_are_shown_while_moving_through_them_and_given_back_when_none_is_chosen() -> None:
    async with running() as driver:
        screen = await opened(driver)
        theme = screen.query_one("#theme", Choice)
        theme.focus()
        await driver.press("enter")
        await driver.until(lambda: theme.expanded, "the open list")
        await driver.press("down", "down")
        await driver.until(lambda: driver.app.theme == LIGHT.name, "the light theme as a preview")
        assert kept().theme == "auto"
        await driver.press("escape")
        await driver.until(lambda: driver.app.theme == DARK.name, "the theme as before")
        await driver.press("enter")
        await driver.until(lambda: theme.expanded, "the open list again")
        await driver.press("down", "down", "enter")
        await driver.until(lambda: kept().theme == "light", "the theme in the file")
        await driver.until(lambda: driver.app.theme == LIGHT.name, "the light theme")


async def test_a_theme_chosen_in_the_palette_is_kept_too() -> None:
    async with running() as driver:
        command = next(c for c in driver.app.get_system_commands(driver.app.screen) if c.title == "Colours: light")
        command.callback()
        assert driver.app.theme == LIGHT.name
        assert kept().theme == "light"


async def test_the_microphones_there_are_can_be_chosen_and_one_that_is_not_connected_stays() -> None:
    async with running(microphone=True) as driver:
        driver.app.use_settings(Settings(first_run_done=True, microphone="my headset"))
        screen = await opened(driver)
        choice = screen.query_one("#microphone", Choice)
        await driver.until(lambda: "a fake microphone" in choice.values, "the microphones")
        assert choice.value == "my headset"
        choice.value = "a fake microphone"
        await driver.until(lambda: kept().microphone == "a fake microphone", "the microphone in the file")


async def test_banks_are_offered_by_title_and_kept_by_id() -> None:
    async with running() as driver:
        screen = await opened(driver)
        choice = screen.query_one("#bank", Choice)
        await driver.until(
            lambda: any(words == "First round, any field" for words, _ in options_of(choice)), "the title"
        )
        assert choice.value == "first-round-general"


async def test_until_titles_are_known_no_id_stands_in_their_place() -> None:
    async with running() as driver:
        screen = await opened(driver)
        assert "first-round-general" not in [words for words, _ in options_of(screen.query_one("#bank", Choice))]


async def test_up_to_three_interviewers_are_marked_in_a_list() -> None:
    async with running(size=(100, 30)) as driver:
        screen = await opened(driver)
        field = screen.query_one(Several)
        await driver.until(lambda: len(field.options) > 3, "the interviewers")
        field.focus()
        await driver.press("enter")
        await driver.until(lambda: isinstance(driver.app.screen, PickSome), "the list")
        for _ in range(4):
            await driver.press("space", "down")
        await driver.until(lambda: "one too many" in driver.text(), "the limit told")
        await driver.press("f9")
        await driver.until(lambda: len(kept().interviewers) == 3, "three in the file")
        assert list(kept().interviewers) == [value for _, value in field.options[:3]]
        assert field.options[0][0].split(",")[0] in str(field.content)


async def test_f5_brings_back_the_default_of_the_marked_setting_alone() -> None:
    save_settings(Settings(questions=9, think_seconds=45), user_paths())
    async with running(questions=9, think_seconds=45) as driver:
        screen = await opened(driver)
        screen.query_one("#questions", Input).focus()
        await driver.press("f5")
        await driver.until(lambda: kept().questions == 6, "the default")
        assert kept().think_seconds == 45


async def test_a_folder_that_is_not_there_is_told(tmp_path: pytest.TempPathFactory) -> None:
    async with running(size=(120, 40)) as driver:
        screen = await opened(driver)
        box = screen.query_one("#bank_folders", Input)
        box.focus()
        box.value = f"{tmp_path}/nowhere"
        await driver.until(lambda: "There is no folder" in about(screen), "what is wrong")
        box.value = str(tmp_path)
        await driver.press("enter")
        await driver.until(lambda: kept().bank_folders == (str(tmp_path),), "the folder kept")


async def test_the_size_of_the_recordings_is_told() -> None:
    folder = user_paths().recordings / "one"
    folder.mkdir(parents=True)
    (folder / "01-1-answer-1.wav").write_bytes(b"x" * 2_500_000)
    async with running() as driver:
        screen = await opened(driver)
        line = screen.query_one("#recordings", Static)
        await driver.until(lambda: "1 recording kept, 2.5 MB" in str(line.content), "the size")
        assert "sessions wipe" not in driver.text()


async def test_all_sessions_and_recordings_are_deleted_from_here_once_that_was_asked() -> None:
    folder = user_paths().recordings / "one"
    folder.mkdir(parents=True)
    (folder / "01-1-answer-1.wav").write_bytes(b"x")
    async with running() as driver:
        store = driver.app.services.data.store
        store.begin(practice("one"))
        screen = await opened(driver)
        screen.query_one("#wipe", Button).press()
        await driver.until(lambda: isinstance(driver.app.screen, PickOne), "the question")
        await driver.press("enter")
        await driver.until(lambda: driver.app.screen is screen, "back, with nothing deleted")
        assert store.session_ids() == ["one"]
        screen.query_one("#wipe", Button).press()
        await driver.until(lambda: isinstance(driver.app.screen, PickOne), "the question again")
        await driver.press("down", "enter")
        await driver.until(lambda: not store.session_ids(), "all deleted")
        await driver.until_text("There are no recordings.")
        assert not folder.exists()


async def test_settings_open_at_their_first_row_each_time_and_its_title_is_in_sight() -> None:
    async with running(size=(80, 24)) as driver:
        first = await opened(driver)
        await driver.press("up")
        await driver.until(lambda: first.focused and first.focused.id == "wipe", "the last row")
        await driver.until_text(ABOUT_WIPE)
        assert first.query_one("#about").border_title == WIPE_LABEL
        await driver.until(lambda: not any("›" in line for line in lines_of(first)), "no other row marked")
        await driver.press("escape")
        again = await opened(driver)
        await driver.until(lambda: again.focused and again.focused.id == "candidate_name", "the first row")
        await driver.until(lambda: any("─ You ─" in line for line in lines_of(again)), "the first section")


async def test_going_up_brings_the_title_of_a_section_into_sight_with_its_first_row() -> None:
    async with running(size=(80, 24)) as driver:
        screen = await opened(driver)
        titles = {section for column in COLUMNS for section in column}
        firsts = {
            next(s.name for s in SCHEMA.values() if s.section == title and not s.hidden): title for title in titles
        }
        for _ in SCHEMA:
            await driver.press("up")
            await driver.rest()
            title = firsts.get(str(screen.focused.id if screen.focused else ""))
            if title:
                await driver.until(lambda: any(f"─ {title} ─" in line for line in lines_of(screen)), f"{title}")


@pytest.mark.quick
async def test_what_a_nought_stands_for_and_what_the_default_is_called_are_told() -> None:
    async with running() as driver:
        screen = await opened(driver)
        unit = screen.query_one("#unit-keep_recordings_days", Label)
        assert str(unit.content) == "= for ever"
        box = screen.query_one("#keep_recordings_days", Input)
        box.focus()
        box.value = "30"
        await driver.until(lambda: str(unit.content) == "days", "the unit")
        await driver.until(lambda: "Default: 0, for ever." in about(screen), "the default")
        screen.query_one("#think_seconds", Input).focus()
        await driver.until(lambda: "Who types sees none" in about(screen), "when there is no countdown")
        bank = screen.query_one("#bank", Choice)
        await driver.until(lambda: "First round, any field" in bank.titles.values(), "the banks")
        bank.focus()
        await driver.until(lambda: "Default: First round, any field." in about(screen), "its title")

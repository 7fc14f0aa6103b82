"""Home, setup, sound check and help: what a newcomer meets first."""

from textual.widgets import Button, Input, OptionList, Select, SelectionList

from simulator.settings import load_settings
from simulator.speech.transcript import Transcript
from simulator.tui.screens.help import HelpScreen
from simulator.tui.screens.home import HomeScreen
from simulator.tui.screens.interview import InterviewScreen
from simulator.tui.screens.setup import SetupScreen
from simulator.tui.screens.sound_check import SoundCheckScreen
from tests.fakes import spoken
from tests.tui.driving import Driver, running


async def test_start_practising_has_the_focus_and_enter_starts() -> None:
    async with running() as driver:
        menu = driver.app.screen.query_one("#menu", OptionList)
        assert menu.has_focus
        assert menu.highlighted == 0
        await driver.press("enter")
        await driver.until(lambda: isinstance(driver.app.screen, InterviewScreen), "the interview")


async def test_the_three_signs_say_in_words_what_is_ready() -> None:
    async with running(microphone=False) as driver:
        await driver.until_text("Voice: ready")
        await driver.until_text("Microphone: missing")
        await driver.until_text("Speech model: ready")


async def test_a_newcomer_is_welcomed_and_led_through_the_sound_check() -> None:
    async with running(first_run_done=False) as driver:
        await driver.until_text("Welcome.")
        await driver.press("enter")
        await driver.until(lambda: isinstance(driver.app.screen, SoundCheckScreen), "the sound check")
        name = driver.app.screen.query_one("#name", Input)
        for _ in range(12):
            if not name.has_focus:
                await driver.press("down")
        await driver.type("Sam")
        await driver.press("f9")
        await driver.until(lambda: isinstance(driver.app.screen, SetupScreen), "what will be asked, ready to start")
    kept = load_settings(driver.app.places)
    assert kept.first_run_done
    assert kept.candidate_name == "Sam"


async def test_the_sound_check_shows_what_it_heard() -> None:
    async with running([spoken("hello can you hear me")]) as driver:
        driver.app.go("sound_check")
        await driver.until(lambda: isinstance(driver.app.screen, SoundCheckScreen), "the sound check")
        say = driver.app.screen.query_one("#say", Button)
        say.press()
        await driver.until(lambda: str(say.label) == "I'm done", "listening")
        screen = driver.app.screen
        assert isinstance(screen, SoundCheckScreen)
        await driver.until(lambda: screen._hearing is not None, "the microphone")
        say.press()
        await driver.until_text("Heard: hello can you hear me")


async def test_the_voice_can_be_heard_in_the_sound_check() -> None:
    async with running() as driver:
        driver.app.go("sound_check")
        await driver.until(lambda: isinstance(driver.app.screen, SoundCheckScreen), "the sound check")
        driver.app.screen.query_one("#hear", Button).press()
        await driver.until(lambda: driver.voice.said, "the voice")


async def test_a_path_to_nothing_is_answered_with_a_sentence() -> None:
    async with running(microphone=False) as driver:
        driver.app.go("sound_check")
        await driver.until(lambda: isinstance(driver.app.screen, SoundCheckScreen), "the sound check")
        screen = driver.app.screen
        assert isinstance(screen, SoundCheckScreen)
        screen._fetch("/nowhere/model.zip")
        await driver.until_text("There is nothing at /nowhere/model.zip")


async def opened_setup(driver: Driver) -> SetupScreen:
    await driver.press("c")
    await driver.until(lambda: isinstance(driver.app.screen, SetupScreen), "the setup")
    screen = driver.app.screen
    assert isinstance(screen, SetupScreen)
    await driver.until(lambda: screen._plan is not None, "a plan")
    return screen


async def test_the_plan_is_shown_and_the_interview_follows_it() -> None:
    async with running(size=(100, 40)) as driver:
        screen = await opened_setup(driver)
        assert screen._plan is not None
        wanted = [turn.question.id for turn in screen._plan.turns]
        await driver.press("f9")
        await driver.until(lambda: isinstance(driver.app.screen, InterviewScreen), "the interview")
        interview = driver.app.screen
        assert isinstance(interview, InterviewScreen)
        assert [turn.question.id for turn in interview.conversation.plan.turns] == wanted


async def test_the_plan_can_be_changed_before_the_start() -> None:
    async with running(size=(100, 40)) as driver:
        screen = await opened_setup(driver)
        listing = screen.query_one("#plan", OptionList)
        listing.focus()
        assert screen._plan is not None
        before = [turn.question.id for turn in screen._plan.turns]
        listing.highlighted = 1
        await driver.press("delete")
        await driver.until(lambda: screen._plan and len(screen._plan.turns) == len(before) - 1, "one question less")
        listing.highlighted = 1
        await driver.press("ctrl+down")
        await driver.until(
            lambda: screen._plan and screen._plan.turns[2].question.id == before[2], "a question moved"
        )
        listing.highlighted = 0
        await driver.press("enter")
        await driver.until(lambda: screen._plan and screen._plan.turns[0].question.id != before[0], "another opening")


async def test_the_same_seed_plans_the_same_questions() -> None:
    async with running(size=(100, 40)) as driver:
        screen = await opened_setup(driver)
        screen.query_one("#seed", Input).value = "7"
        await driver.until(lambda: screen._seed == 7, "the seed")
        assert screen._plan is not None
        first = [turn.question.id for turn in screen._plan.turns]
        screen.query_one("#seed", Input).value = "8"
        await driver.until(lambda: screen._seed == 8, "another seed")
        screen.query_one("#seed", Input).value = "7"
        await driver.until(lambda: screen._seed == 7, "the first seed")
        assert [turn.question.id for turn in screen._plan.turns] == first


async def test_more_than_three_interviewers_are_taken_back() -> None:
    async with running(size=(100, 40)) as driver:
        screen = await opened_setup(driver)
        people = screen.query_one("#interviewers", SelectionList)
        people.select_all()
        await driver.until(lambda: len(people.selected) == 3, "three interviewers")
        await driver.until(lambda: screen._plan and len(screen._plan.interviewer_ids) == 3, "a panel of three")


async def test_a_drill_plans_one_question() -> None:
    async with running(size=(100, 40)) as driver:
        screen = await opened_setup(driver)
        screen.query_one("#mode", Select).value = "drill"
        await driver.until(lambda: screen._plan and len(screen._plan.turns) == 1, "one question")


async def test_help_is_there_for_each_screen_and_closes() -> None:
    async with running() as driver:
        await driver.press("question_mark")
        await driver.until(lambda: isinstance(driver.app.screen, HelpScreen), "help")
        await driver.press("escape")
        await driver.until(lambda: isinstance(driver.app.screen, HomeScreen), "home")


async def test_the_palette_offers_what_is_possible_here_and_nothing_of_elsewhere() -> None:
    async with running([Transcript()]) as driver:
        offered = {command.title for command in driver.app.get_system_commands(driver.app.screen)}
        assert "Choose what to practise" in offered
        assert "Try again" not in offered
        await driver.press("enter")
        await driver.until(lambda: isinstance(driver.app.screen, InterviewScreen), "the interview")
        offered = {command.title for command in driver.app.get_system_commands(driver.app.screen)}
        assert "Choose what to practise" not in offered
        assert "Help" in offered


async def test_every_size_from_the_smallest_shows_the_whole_menu() -> None:
    for size in ((80, 24), (200, 60)):
        async with running(size=size) as driver:
            menu = driver.app.screen.query_one("#menu", OptionList)
            assert menu.virtual_size.height <= menu.size.height


async def test_what_is_ticked_is_seen_without_colour() -> None:
    async with running(size=(100, 40)) as driver:
        screen = await opened_setup(driver)
        people = screen.query_one("#interviewers", SelectionList)
        drawn = [people.render_line(y).text for y in range(people.option_count)]
        ticked = [people.get_option_at_index(n).value in people.selected for n in range(people.option_count)]
        assert [line[1] == "X" for line in drawn] == ticked
        assert any(ticked)
        assert not all(ticked)


async def test_late_news_finds_no_screen_to_stand_on_once_the_app_has_ended() -> None:
    async with running() as driver:
        screen = driver.app.screen
        assert driver.app.shows(screen)
    assert not driver.app.shows(screen)

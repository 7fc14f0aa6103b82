"""Home, setup, sound check and help: what a newcomer meets first."""

from dataclasses import replace

import pytest
from textual.screen import Screen
from textual.widgets import Button, Input, OptionList, SelectionList, Static
from textual.widgets._footer import FooterKey

from simulator.preparation.people import PersonKind, new_person
from simulator.sessions.session import Mode
from simulator.settings import load_settings
from simulator.speech import sound_levels
from simulator.speech.model_files import sample_model_folder
from simulator.speech.ports import PartStatus, Readiness, SoundLevel
from simulator.speech.transcript import Transcript
from simulator.tui import due_today
from simulator.tui.app import SecondRound
from simulator.tui.due_today import due_lines
from simulator.tui.messages import LevelChanged, StatusKnown
from simulator.tui.routes import TITLES
from simulator.tui.screens.help import HelpScreen
from simulator.tui.screens.home import MENU, HomeScreen
from simulator.tui.screens.home_words import last_practice
from simulator.tui.screens.interview import InterviewScreen
from simulator.tui.screens.setup import SetupScreen
from simulator.tui.screens.sound_check import SoundCheckScreen
from simulator.tui.widgets.card import Card
from simulator.tui.widgets.fields import Choice
from simulator.tui.widgets.portrait import Portrait
from tests.fakes import spoken
from tests.sessions.made import CALM, WEAK, answered, practice
from tests.tui.driving import Driver, lines_of, running
from tests.tui.gallery import TODAY, settled, visiting

pytestmark = pytest.mark.thorough


@pytest.mark.quick
async def test_start_practising_has_the_focus_and_enter_starts() -> None:
    async with running() as driver:
        menu = driver.app.screen.query_one("#menu", OptionList)
        assert menu.has_focus
        assert menu.highlighted == 0
        await driver.press("enter")
        await driver.until(lambda: isinstance(driver.app.screen, InterviewScreen), "the interview")


class TakenDown(Static):
    """Notes, as it is taken down, whether the app would still show late news on a screen below."""

    def __init__(self, below: Screen[object]) -> None:
        super().__init__()
        self._below = below
        self.would_show: list[bool] = []

    def on_unmount(self) -> None:
        app = self.app
        assert isinstance(app, SecondRound)
        self.would_show.append(app.shows(self._below))


@pytest.mark.quick
async def test_no_late_news_is_shown_once_the_app_ends() -> None:
    async with running() as driver:
        home = driver.app.screen
        above = TakenDown(home)
        await driver.app.push_screen(Screen())
        await driver.app.screen.mount(above)
        assert driver.app.shows(home)
    assert above.would_show == [False]


async def test_the_three_signs_say_in_words_what_is_ready() -> None:
    async with running(microphone=False) as driver:
        await driver.until_text("Voice: ready")
        await driver.until_text("Microphone: missing")
        await driver.until_text("Speech model: ready")


async def test_where_all_is_ready_one_line_says_so() -> None:
    async with running() as driver:
        await driver.until_text("Ready to talk")
        assert "Voice:" not in driver.text()


@pytest.mark.quick
async def test_a_newcomer_is_welcomed_and_led_through_the_sound_check() -> None:
    async with running(first_run_done=False) as driver:
        await driver.until_text("Enter starts: first a short sound check, then you see what will be asked.")
        await driver.press("enter")
        await driver.until(lambda: isinstance(driver.app.screen, SoundCheckScreen), "the sound check")
        name = driver.app.screen.query_one("#name", Input)
        for _ in range(12):
            if not name.has_focus:
                await driver.press("down")
        await driver.type("Sam")
        await driver.press("f9")
        await driver.until(lambda: isinstance(driver.app.screen, SetupScreen), "what will be asked, ready to start")
    kept = load_settings(driver.app.paths)
    assert kept.first_run_done
    assert kept.candidate_name == "Sam"


@pytest.mark.quick
async def test_the_sound_check_shows_what_it_heard() -> None:
    async with running([spoken("hello can you hear me")]) as driver:
        driver.app.go("sound_check")
        await driver.until(lambda: isinstance(driver.app.screen, SoundCheckScreen), "the sound check")
        say = driver.app.screen.query_one("#say", Button)
        say.press()
        await driver.until(lambda: str(say.label) == "I'm done", "listening")
        screen = driver.app.screen
        assert isinstance(screen, SoundCheckScreen)
        await driver.until(lambda: driver.listening, "the microphone")
        say.press()
        await driver.until_text("Heard: hello can you hear me")


async def test_the_voice_can_be_heard_in_the_sound_check() -> None:
    async with running() as driver:
        driver.app.go("sound_check")
        await driver.until(lambda: isinstance(driver.app.screen, SoundCheckScreen), "the sound check")
        driver.app.screen.query_one("#hear", Button).press()
        await driver.until(lambda: driver.voice.said, "the voice")


async def test_the_voice_says_that_it_speaks_and_then_asks_whether_it_was_heard() -> None:
    async with running(patient=True) as driver:
        driver.app.go("sound_check")
        await driver.until(lambda: isinstance(driver.app.screen, SoundCheckScreen), "the sound check")
        driver.app.screen.query_one("#hear", Button).press()
        await driver.until_text("Speaking ...")
        driver.voice.silence()
        await driver.until(lambda: "Speaking ..." not in driver.text(), "silence")
        assert "Did you hear it?" not in driver.text()


async def test_enter_alone_leads_through_the_sound_check_where_there_is_no_sound() -> None:
    async with running(microphone=False, first_run_done=False) as driver:
        driver.voice.readiness = Readiness.MISSING
        driver.app.go("sound_check")
        await driver.until(lambda: isinstance(driver.app.screen, SoundCheckScreen), "the sound check")
        await driver.rest()
        screen = driver.app.screen
        assert screen.focused is not None
        assert screen.focused.id == "name", "whoever looks sees it, on the smallest screen too"
        assert isinstance(screen, SoundCheckScreen)
        assert screen.takes_once("enter"), "held down at home it does not leave at once"
        await driver.type("Sam")
        await driver.press("enter")
        await driver.until(
            lambda: driver.app.screen is not screen, "the end of the check, where nothing can be tried"
        )
    assert load_settings(driver.app.paths).candidate_name == "Sam"


async def test_the_sound_check_says_first_how_one_will_answer_and_has_one_key_onward() -> None:
    for microphone, words in (
        (False, "You are fine: you will type."),
        (True, "You can speak your answers"),
    ):
        async with running(size=(60, 20), microphone=microphone) as driver:
            driver.app.go("sound_check")
            await driver.until_text(words)
            assert [key.description for key in driver.app.screen.query(FooterKey)] == ["go on", "help"]
            await driver.press("f9")
            await driver.until(lambda: not isinstance(driver.app.screen, SoundCheckScreen), "on")


async def test_without_a_loudspeaker_trying_again_does_not_say_that_somebody_speaks() -> None:
    async with running(patient=True) as driver:
        driver.voice.readiness = Readiness.MISSING
        driver.app.go("sound_check")
        await driver.until(lambda: isinstance(driver.app.screen, SoundCheckScreen), "the sound check")
        hear = driver.app.screen.query_one("#hear", Button)
        await driver.until(lambda: str(hear.label) == "Try again", "what is known of the voice")
        hear.press()
        await driver.until(lambda: driver.voice.said, "another try")
        assert "Speaking ..." not in driver.text()


async def test_what_was_tried_leads_on_to_the_next_step() -> None:
    async with running([spoken("hello can you hear me")]) as driver:
        driver.app.go("sound_check")
        await driver.until(lambda: isinstance(driver.app.screen, SoundCheckScreen), "the sound check")
        await driver.rest()
        marks = []
        for wanted in ("hear", "say"):
            await driver.press("enter")
            await driver.until(lambda: driver.app.screen.focused and driver.app.screen.focused.id == wanted, wanted)
            marks.append(wanted)
        assert marks == ["hear", "say"]


@pytest.mark.quick
async def test_a_trial_that_went_well_ends_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sound_levels, "QUIET_AFTER", 0.0)
    async with running([spoken("good morning my name is ann")]) as driver:
        driver.app.go("sound_check")
        await driver.until(lambda: isinstance(driver.app.screen, SoundCheckScreen), "the sound check")
        driver.app.screen.query_one("#say", Button).press()
        screen = driver.app.screen
        assert isinstance(screen, SoundCheckScreen)
        await driver.until(lambda: driver.listening, "the microphone")
        assert driver.listener.level
        driver.listener.level(SoundLevel(-20.0, 0.4, True))
        await driver.until_text("good level")
        driver.listener.level(SoundLevel(-70.0, 0.01, False))
        await driver.until_text("✓ You sound fine.")


async def test_without_a_speech_model_the_trial_says_what_one_would_add() -> None:
    async with running([spoken("")]) as driver:
        driver.listener.model = Readiness.MISSING
        driver.app.go("sound_check")
        await driver.until(lambda: isinstance(driver.app.screen, SoundCheckScreen), "the sound check")
        say = driver.app.screen.query_one("#say", Button)
        say.press()
        await driver.until(lambda: driver.listening, "listening")
        assert driver.listener.trouble
        driver.listener.trouble("There is no speech model yet. Your answer is recorded; you can type it.")
        await driver.rest()
        # It stands in step 4, and the trial goes on.
        assert "Your answer is recorded" not in driver.text()
        assert "Say: " in driver.text()
        assert str(say.label) == "I'm done"
        assert driver.listener.level
        driver.listener.level(SoundLevel(-20.0, 0.4, True))
        await driver.until_text("good level")
        say.press()
        await driver.until_text("With a speech model (step 4) your words are written down as well.")


@pytest.mark.parametrize(
    ("level", "verdict"),
    [
        (SoundLevel(-96.0, 0.0, False, "silent"), "Nothing arrives: is the microphone muted"),
        (SoundLevel(-60.0, 0.01, False), "I hear the room, but nobody speaking"),
    ],
)
async def test_a_trial_in_which_nobody_is_heard_ends_by_itself_with_what_to_do(
    level: SoundLevel, verdict: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("NOTHING_AFTER", "NOBODY_AFTER"):
        monkeypatch.setattr(sound_levels, name, 0.0)
    async with running([spoken("")], size=(60, 20)) as driver:
        driver.listener.asleep = True
        driver.app.go("sound_check")
        await driver.until(lambda: isinstance(driver.app.screen, SoundCheckScreen), "the sound check")
        say = driver.app.screen.query_one("#say", Button)
        say.press()
        await driver.until(lambda: driver.listening, "listening")
        await driver.until(lambda: "I'm done" in "\n".join(lines_of(driver.app.screen)), "the other label")
        assert driver.listener.level
        for _ in range(2):
            driver.listener.level(level)
            await driver.pilot.pause()
        await driver.until_text(verdict)
        assert "No words were understood" not in driver.text()
        await driver.until(lambda: "Say something" in "\n".join(lines_of(driver.app.screen)), "the label")


async def test_a_button_keeps_the_room_that_its_longer_label_needs() -> None:
    async with running([spoken("")]) as driver:
        driver.app.go("sound_check")
        await driver.until(lambda: isinstance(driver.app.screen, SoundCheckScreen), "the sound check")
        say = driver.app.screen.query_one("#say", Button)
        say.press()
        await driver.until(lambda: "I'm done" in "\n".join(lines_of(driver.app.screen)), "the other label")
        assert say.size.width >= len("Say something")


async def test_what_was_set_up_elsewhere_shows_at_home() -> None:
    async with running() as driver:
        await driver.until_text("Ready to talk")
        driver.listener.model = Readiness.MISSING
        driver.app.go("sound_check")
        await driver.until(lambda: isinstance(driver.app.screen, SoundCheckScreen), "the sound check")
        await driver.press("escape")
        await driver.until_text("Speech model: missing")
        driver.listener.model = Readiness.READY
        driver.app.go("sound_check")
        await driver.until(lambda: isinstance(driver.app.screen, SoundCheckScreen), "the sound check")
        await driver.press("escape")
        await driver.until_text("Ready to talk")


async def test_what_the_field_for_a_model_takes_is_read_whole_on_a_small_screen() -> None:
    async with running(size=(60, 20), microphone=False) as driver:
        driver.listener.model = Readiness.MISSING
        driver.app.go("sound_check")
        await driver.until(lambda: isinstance(driver.app.screen, SoundCheckScreen), "the sound check")
        await driver.until_text("If you would like to speak")
        box = driver.app.screen.query_one("#model-path", Input)
        await driver.until(lambda: box.size.width, "its place")
        assert "path of a model" in box.placeholder
        assert len(box.placeholder) < box.size.width


async def fetch(screen: SoundCheckScreen, source: str) -> None:
    """Ask for the model of that folder or zip."""
    box = screen.query_one("#model-path", Input)
    box.value = source
    await box.action_submit()


@pytest.mark.quick
async def test_a_path_to_nothing_is_answered_with_a_sentence() -> None:
    async with running(microphone=False) as driver:
        driver.app.go("sound_check")
        await driver.until(lambda: isinstance(driver.app.screen, SoundCheckScreen), "the sound check")
        screen = driver.app.screen
        assert isinstance(screen, SoundCheckScreen)
        await fetch(screen, "/nowhere/model.zip")
        await driver.until_text("There is nothing at /nowhere/model.zip")


def planned(screen: SetupScreen) -> list[str]:
    """The questions of the plan, as they are listed."""
    return [line[0].split(". ", 1)[1] for line in plan_lines(screen)]


def plan_lines(screen: SetupScreen) -> list[list[str]]:
    """Question, kind and, in a panel, who asks it."""
    prompts = [str(option.prompt).splitlines() for option in screen.query_one("#plan", OptionList).options]
    return [[" ".join(map(str.strip, asked)), *told.strip().split("  ")] for *asked, told in prompts]


async def opened_setup(driver: Driver) -> SetupScreen:
    await driver.press("c")
    await driver.until(lambda: isinstance(driver.app.screen, SetupScreen), "the setup")
    screen = driver.app.screen
    assert isinstance(screen, SetupScreen)
    await driver.until(lambda: planned(screen), "a plan")
    return screen


@pytest.mark.quick
async def test_the_plan_is_shown_and_the_interview_follows_it() -> None:
    async with running(size=(100, 40)) as driver:
        screen = await opened_setup(driver)
        wanted = planned(screen)
        await driver.press("f9")
        await driver.until(lambda: isinstance(driver.app.screen, InterviewScreen), "the interview")
        interview = driver.app.screen
        assert isinstance(interview, InterviewScreen)
        assert [turn.question.ask for turn in interview.conversation.plan.turns] == wanted


async def test_the_plan_can_be_changed_before_the_start() -> None:
    async with running(size=(100, 40)) as driver:
        screen = await opened_setup(driver)
        listing = screen.query_one("#plan", OptionList)
        listing.focus()
        before = planned(screen)
        listing.highlighted = 1
        await driver.press("delete")
        await driver.until(lambda: len(planned(screen)) == len(before) - 1, "one question less")
        listing.highlighted = 1
        await driver.press("ctrl+down")
        await driver.until(lambda: planned(screen)[2:3] == before[2:3], "a question moved")
        listing.highlighted = 0
        await driver.press("enter")
        await driver.until(lambda: planned(screen)[:1] != before[:1], "another opening")


async def test_the_same_seed_plans_the_same_questions() -> None:
    async with running(size=(100, 40)) as driver:
        screen = await opened_setup(driver)
        plans = []
        for seed in ("7", "8", "7"):
            screen.query_one("#seed", Input).value = seed
            await driver.rest()
            plans.append(planned(screen))
        assert plans[0] == plans[2] != plans[1]


async def test_more_than_three_interviewers_are_taken_back() -> None:
    async with running(size=(100, 40)) as driver:
        screen = await opened_setup(driver)
        people = screen.query_one("#interviewers", SelectionList)
        people.select_all()
        await driver.until(lambda: len(people.selected) == 3, "three interviewers")
        await driver.until(
            lambda: len({line[2] for line in plan_lines(screen) if len(line) > 2}) == 3, "a panel of three"
        )


async def test_a_drill_plans_one_question() -> None:
    async with running(size=(100, 40)) as driver:
        screen = await opened_setup(driver)
        screen.query_one("#mode", Choice).value = "drill"
        await driver.until(lambda: len(planned(screen)) == 1, "one question")


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
        lines = [people.render_line(y).text for y in range(people.virtual_size.height)]
        drawn = [line for line in lines if line.startswith("[")]  # what is long goes on in a line without a box
        ticked = [people.get_option_at_index(n).value in people.selected for n in range(people.option_count)]
        assert [line.startswith("[x] ") for line in drawn] == ticked
        assert any(ticked)
        assert not all(ticked)


async def test_late_news_finds_no_screen_to_stand_on_once_the_app_has_ended() -> None:
    async with running() as driver:
        screen = driver.app.screen
        assert driver.app.shows(screen)
    assert not driver.app.shows(screen)


async def test_enter_right_after_a_trial_that_ended_by_itself_does_not_leave_before_the_verdict_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sound_levels, "QUIET_AFTER", -1.0)
    async with running([spoken("hello can you hear me")]) as driver:
        driver.app.go("sound_check")
        await driver.until(lambda: isinstance(driver.app.screen, SoundCheckScreen), "the sound check")
        screen = driver.app.screen
        assert isinstance(screen, SoundCheckScreen)
        say = screen.query_one("#say", Button)
        say.focus()
        say.press()
        await driver.until(lambda: driver.listening, "the microphone")
        screen.on_level_changed(LevelChanged(SoundLevel(-24.0, 0.3, True)))
        screen.on_level_changed(LevelChanged(SoundLevel(-60.0, 0.0, False)))
        await driver.until(lambda: screen.focused is screen.query_one("#done"), "the way on")
        await driver.press("enter")
        await driver.until_text("You sound fine.")
        assert driver.app.screen is screen


async def test_the_sound_check_ends_with_a_verdict_and_asks_whether_the_voice_was_heard() -> None:
    async with running([spoken("hello can you hear me")]) as driver:
        driver.app.go("sound_check")
        await driver.until(lambda: isinstance(driver.app.screen, SoundCheckScreen), "the sound check")
        screen = driver.app.screen
        assert isinstance(screen, SoundCheckScreen)
        screen.query_one("#hear", Button).press()
        await driver.until_text("Did you hear it?")
        say = screen.query_one("#say", Button)
        say.press()
        await driver.until(lambda: driver.listening, "the microphone")
        screen.on_level_changed(LevelChanged(SoundLevel(-24.0, 0.3, True)))
        say.press()
        await driver.until_text("You sound fine.")


async def test_a_model_put_in_place_in_the_sound_check_is_the_one_used_and_told_of_once() -> None:
    async with running(real=["listener"]) as driver:
        driver.app.go("sound_check")
        await driver.until(lambda: isinstance(driver.app.screen, SoundCheckScreen), "the sound check")
        screen = driver.app.screen
        assert isinstance(screen, SoundCheckScreen)
        await fetch(screen, str(sample_model_folder()))
        await driver.until(lambda: driver.app.settings.speech_model == "sample", "the model in the settings")
        await driver.until_text("Only the sample model")
        assert "in place" not in driver.text()
        assert "no speech model" not in driver.text()


@pytest.mark.quick
async def test_an_unfinished_interview_is_the_first_thing_on_home() -> None:
    async with running() as driver:
        await driver.press("enter")
        await driver.until(lambda: isinstance(driver.app.screen, InterviewScreen), "the interview")
        unfinished = driver.app.screen
        assert isinstance(unfinished, InterviewScreen)
        await driver.press("escape")
        await driver.until_text("Enter goes on")
        await driver.press("enter")
        await driver.until(lambda: isinstance(driver.app.screen, InterviewScreen), "the interview")
        again = driver.app.screen
        assert isinstance(again, InterviewScreen)
        assert again.conversation.session.id == unfinished.conversation.session.id


async def test_another_mode_leaves_the_questions_as_they_are() -> None:
    async with running(size=(100, 40)) as driver:
        screen = await opened_setup(driver)
        before = planned(screen)
        screen.query_one("#mode", Choice).value = "realistic"
        await driver.rest()
        assert planned(screen) == before


async def test_practising_with_invented_people_starts_no_letters_and_no_dates() -> None:
    async with visiting() as driver:
        driver.app.go("followup")
        await settled(driver)
        repositories = driver.app.services.data.repositories
        assert list(repositories.timelines.all()) == []
        assert driver.app.services.data.store.documents("letter") == {}
        assert due_lines(driver.app.services, TODAY) == ()


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (200, 60)])
async def test_home_shows_what_to_work_on_the_last_practice_and_the_weeks(size: tuple[int, int]) -> None:
    async with visiting(size=size) as driver:
        for words in ("Work on this", "Last practice", "20 min", "24 days"):
            await driver.until_text(words)
        # Everything has a place: nothing hangs over the lower edge.
        assert driver.app.screen.query_one("#side").max_scroll_y == 0


@pytest.mark.quick
async def test_one_key_starts_the_one_thing_to_work_on() -> None:
    async with visiting() as driver:
        named = str(driver.app.screen.query_one("#next", Card).content)
        await driver.press("p")
        await driver.until(lambda: isinstance(driver.app.screen, InterviewScreen), "the drill")
        screen = driver.app.screen
        assert isinstance(screen, InterviewScreen)
        assert screen.conversation.session.mode is Mode.DRILL
        ask = " ".join(named.split("?")[0].split()[-4:])
        await driver.until(lambda: ask in " ".join(driver.text().split()), f"the question that home named: {ask}")


async def test_what_needs_work_is_not_praised_beside_it() -> None:
    async with visiting() as driver:
        last = replace(driver.app.services.data.store.summaries()[0], levels={"examples": 3.0, "motivation": 3.5})
        assert "Best on average: " in str(last_practice((last,), TODAY)[0]), "a mean is told as one"
        assert "Motivation" in str(last_practice((last,), TODAY)[0])
        assert "Motivation" not in str(last_practice((last,), TODAY, "motivation")[0])
        assert "Best" not in str(last_practice((last,), TODAY, "motivation")[0]), "nor is what was less than that"
        even = replace(last, levels={"examples": 3.04, "motivation": 3.0})
        assert "Best" not in str(last_practice((even,), TODAY)[0]), "among equals nothing is best"


async def test_what_is_due_stands_on_home_each_thing_once(monkeypatch: pytest.MonkeyPatch) -> None:
    twice = ("One answer again", "One answer again")
    monkeypatch.setattr(due_today, "SOURCES", (lambda *_: iter(twice), lambda *_: iter(("A",))))
    async with visiting() as driver:
        await driver.until_text("· One answer again\n· A")
        assert driver.text().count("One answer again") == 1


async def test_home_leads_with_what_to_do_and_never_with_a_low_level() -> None:
    async with running() as driver:
        weak = answered("kept", 0, CALM, WEAK)
        assert weak.scorecard
        assert not weak.scorecard.level("examples")
        driver.app.services.data.store.begin(practice("kept", answers=(weak,)))
        driver.app.screen.on_screen_resume()  # type: ignore[attr-defined]
        await driver.until_text("Last practice")
        shown = [card for card in driver.app.screen.query(Card) if card.display]
        words = " ".join(str(card.content) for card in shown)
        assert "1 question answered" in words
        assert "This time, add: " in str(driver.app.screen.query_one("#next", Card).content)
        assert not {"0.0", "▱"} & {*words.split(), *words}


@pytest.mark.quick
async def test_the_menu_is_in_groups_and_has_every_place() -> None:
    async with running() as driver:
        menu = driver.app.screen.query_one("#menu", OptionList)
        assert [option.id for option in menu.options] == ["start", *(name for group in MENU for name in group)]
        assert {name for group in MENU for name in group} == set(TITLES)


@pytest.mark.parametrize("size", [(80, 24), (100, 34), (120, 40), (200, 60)])
async def test_no_panel_at_home_loses_its_lower_border(size: tuple[int, int]) -> None:
    async with visiting(size=size) as driver:
        await driver.until_text("Last practice")
        panels = [each for each in driver.app.screen.query(".panel") if each.is_on_screen]
        assert len(panels) >= 5
        assert {each.id: each.region.bottom for each in panels if each.region.bottom > size[1] - 1} == {}


@pytest.mark.parametrize("size", [(120, 40), (200, 60)])
async def test_the_faces_at_the_first_start_stand_above_their_names(size: tuple[int, int]) -> None:
    async with visiting(size=size, history=False) as driver:
        await driver.until(lambda: driver.app.screen.query("Guest Portrait"), "the faces")
        await settled(driver)
        for guest in driver.app.screen.query("Guest"):
            face = guest.query_one("Portrait").region
            assert abs((face.x + face.right) - (guest.region.x + guest.region.right)) <= 1
            assert face.bottom <= guest.query_one("Static").region.y


async def test_down_and_up_go_from_field_to_field_and_enter_opens_one_and_starts_only_on_start() -> None:
    async with running() as driver:
        driver.app.go("setup")
        screen = driver.app.screen
        await driver.until(lambda: screen.query_one("#plan", OptionList).option_count > 0, "a plan")
        people = screen.query_one("#interviewers", SelectionList)
        seen = []
        for _ in range(5):
            await driver.press("down")
            seen.append(screen.focused.id if screen.focused else None)
        assert seen == ["bank", "mode", "count", "weak", "interviewers"]
        await driver.press("up", "up", "up")
        mode = screen.query_one("#mode", Choice)
        assert mode.has_focus
        await driver.press("enter")
        await driver.until(lambda: mode.expanded, "the modes, opened")
        await driver.press("escape", "down", "down", "down")
        assert people.has_focus
        assert people.highlighted == 0
        await driver.press("down")
        assert people.highlighted == 1
        assert isinstance(driver.app.screen, SetupScreen)
        await driver.press("up", "up", "up", "up", "up", "up")
        assert screen.focused is screen.query_one("#start")
        await driver.press("enter")
        await driver.until(lambda: isinstance(driver.app.screen, InterviewScreen), "the interview")


async def test_back_at_home_the_mark_is_on_what_it_was_on_though_an_interview_was_left() -> None:
    async with running() as driver:
        menu = driver.app.screen.query_one("#menu", OptionList)
        before = [option.id for option in menu.options]
        await driver.press("down", "down")
        marked = menu.highlighted_option
        assert marked
        driver.app.open_interview()
        await driver.until(lambda: isinstance(driver.app.screen, InterviewScreen), "the interview")
        await driver.press("escape")
        await driver.until(lambda: menu.options[0].id == "resume", "what was left")
        assert menu.highlighted_option
        assert menu.highlighted_option.id == marked.id
        assert [option.id for option in menu.options][1 : len(MENU[0]) + 1] == before[1 : len(MENU[0]) + 1]


async def test_without_any_sound_home_says_that_one_can_type_and_shows_no_crosses() -> None:
    async with running(microphone=False) as driver:
        await driver.until_text("Voice: ready")
        await driver.rest()
        for part in ("voice", "model"):
            driver.app.screen.post_message(StatusKnown(PartStatus(part, Readiness.MISSING, "none here")))
        await driver.until_text("Ready to type")
        assert "missing" not in driver.text()


POSTING = """Front desk clerk
Northway Care, Preston

Your tasks:
- Answer the telephone and make appointments
- Keep the records of every visit in order

Requirements:
- Experience with people who wait
- Good listener
"""


async def test_who_was_noted_for_a_job_asks_when_it_is_practised() -> None:
    async with running() as driver:
        repositories = driver.app.services.data.repositories
        job = repositories.add_job(POSTING)
        repositories.people.save(new_person("Karen Brandt", PersonKind.INTERVIEWER, (), job_id=job.id))
        driver.app.push_screen(SetupScreen(job_id=job.id))
        await driver.until(lambda: isinstance(driver.app.screen, SetupScreen), "the choice")
        screen = driver.app.screen
        people = screen.query_one("#interviewers", SelectionList)
        await driver.until(lambda: people.option_count, "the people")
        first = people.get_option_at_index(0)
        assert "Karen Brandt" in str(first.prompt)
        assert people.selected == [first.value]
        await driver.until(lambda: screen.query_one("#plan", OptionList).option_count > 0, "a plan")
        await driver.press("f9")
        await driver.until(lambda: isinstance(driver.app.screen, InterviewScreen), "the interview")
        interview = driver.app.screen
        assert isinstance(interview, InterviewScreen)
        assert interview.conversation.session.interviewer_names == ("Karen Brandt",)


@pytest.mark.parametrize("size", [(60, 20), (80, 24)])
async def test_the_choices_have_one_scrollbar_and_the_marked_interviewer_is_always_seen(
    size: tuple[int, int],
) -> None:
    async with visiting(size=size) as driver:
        driver.app.go("setup")
        await settled(driver)
        people = driver.app.screen.query_one("#interviewers", SelectionList)
        form = driver.app.screen.query_one("#choices")
        people.focus()
        for key in ["down"] * (people.option_count + 1) + ["up"] * (people.option_count + 1):
            await settled(driver)
            if people.has_focus and people.highlighted is not None:
                name = str(people.get_option_at_index(people.highlighted).prompt).split(",")[0]
                assert any(name in line for line in lines_of(driver.app.screen)), name
            await driver.press(key)
        assert form.show_vertical_scrollbar
        assert not people.show_vertical_scrollbar


@pytest.mark.parametrize("size", [(60, 20), (80, 24)])
async def test_the_footer_says_what_enter_does_with_the_marked_entry(size: tuple[int, int]) -> None:
    async with running(size=size) as driver:

        def footer() -> str:
            return " ".join(lines_of(driver.app.screen)[-1].split())

        await driver.until(lambda: footer().startswith("Enter start "), "the main action")
        await driver.press("down")
        await driver.until(lambda: footer().startswith("Enter open "), "another entry")


@pytest.mark.parametrize("size", [(60, 20), (80, 24)])
@pytest.mark.parametrize(
    ("chosen", "told"),
    [
        (("site-foreman",), ("Bill Harrigan asks",)),
        (("site-foreman", "ward-manager", "people-partner"), ("Bill", "Ruth", "Noor")),
    ],
)
async def test_who_was_chosen_to_ask_is_in_sight(
    size: tuple[int, int], chosen: tuple[str, ...], told: tuple[str, ...]
) -> None:
    async with running(size=size, interviewers=chosen) as driver:
        driver.app.go("setup")
        await settled(driver)
        screen = driver.app.screen
        await driver.until(lambda: any(all(name in line for name in told) for line in lines_of(screen)), "who asks")
        people = driver.app.screen.query_one("#interviewers", SelectionList)
        first = {people.get_option_at_index(place).value for place in range(len(chosen))}
        assert first == set(chosen)


async def test_what_is_practised_is_chosen_anew_each_time() -> None:
    async with running() as driver:
        driver.app.go("setup")
        await settled(driver)
        await driver.press("escape")
        driver.app.keep_settings(replace(driver.app.settings, questions=3, mode="drill"))
        driver.app.go("setup")
        await settled(driver)
        await driver.until(lambda: driver.app.screen.query_one("#mode", Choice).value == "drill", "the mode now set")


async def test_the_face_at_the_sound_check_has_a_name_and_says_in_words_what_it_does() -> None:
    async with running(patient=True, size=(120, 40)) as driver:
        driver.app.go("sound_check")
        await settled(driver)
        screen = driver.app.screen
        await driver.until(
            lambda: any("─ Noor Haddad, human resources ─" in line for line in lines_of(screen)), "name"
        )
        driver.app.screen.query_one("#hear", Button).press()
        await driver.until(lambda: any("─ speaks ─" in line for line in lines_of(screen)), "what it does")
        assert screen.query_one(Portrait).mood == "speaking"
        driver.voice.finish()
        await driver.until(lambda: not any("─ speaks ─" in line for line in lines_of(screen)), "rest")

"""The stage's small parts: time warnings, portrait, meter, scorecard. No meaning by colour alone."""

from dataclasses import replace

import pytest
from textual.content import Content
from textual.widgets import Static

from simulator.interview.interviewer import Interviewer
from simulator.paths import user_paths
from simulator.scoring.scorecard import Quote, RubricScore, Scorecard
from simulator.services import Services
from simulator.sessions.session import Answer, Utterance
from simulator.sessions.times import clock
from simulator.speech.ports import SoundLevel, VoiceStyle
from simulator.tui.faces import (
    EXPRESSIONS,
    HEIGHT,
    LOOKS,
    SMALL_WIDTH,
    WIDTH,
    look_of,
    look_of_interviewer,
    picture,
    small_picture,
)
from simulator.tui.screens.interview import InterviewScreen
from simulator.tui.themes import THEMES, theme_for
from simulator.tui.widgets.meter import BARS, bar
from simulator.tui.widgets.meter import WORDS as MEANING
from simulator.tui.widgets.portrait import Portrait
from simulator.tui.widgets.scorecard_sections import scorecard_lines
from simulator.tui.widgets.stage import time_spent
from simulator.tui.widgets.waveform import Waveform
from tests.fakes import spoken
from tests.interview.people import QUESTIONS
from tests.tui.driving import lines_of, running
from tests.tui.gallery import answering, asked, visiting


@pytest.mark.parametrize(
    ("spent", "words"),
    [(30, ""), (89, ""), (90, "time to finish"), (120, "time to finish"), (135, "well over"), (900, "well over")],
)
def test_the_clock_warns_in_words_at_the_target_and_at_half_as_much_again(spent: float, words: str) -> None:
    shown = time_spent(spent, 90).plain
    assert words in shown
    assert bool(words) == ("of about 1:30" not in shown)


@pytest.mark.one_in(5)
@pytest.mark.parametrize(("spent", "limit"), [(40, False), (50, False), (500, False), (4000, False), (700, True)])
async def test_while_answering_the_key_that_matters_and_the_clock_are_read_whole_on_a_narrow_screen(
    spent: float, limit: bool
) -> None:
    async with visiting(size=(60, 20)) as driver:
        await answering(driver)
        screen = driver.app.screen
        assert isinstance(screen, InterviewScreen)

        def line() -> str:
            screen.stage.show_answer_time(spent, 600 if limit else 45, limit)
            return next(line for line in lines_of(screen) if "● " in line)

        await driver.until(lambda: f" {clock(spent)}" in line(), "the clock")
        assert "Enter when done " in line()


async def test_of_an_answer_without_an_end_the_stage_wraps_no_more_than_a_screen_holds() -> None:
    async with visiting() as driver:
        await answering(driver)
        screen = driver.app.screen
        assert isinstance(screen, InterviewScreen)
        screen.stage.show_words(" ".join(f"word{number}" for number in range(9000)))
        await driver.until(lambda: "word8999" in driver.text(), "the latest words")
        assert screen.query_one("#words", Static).size.height < 100


@pytest.mark.one_in(3)
@pytest.mark.parametrize(
    ("words", "hint", "level"),
    [
        ("One moment", "the microphone is starting", ""),
        ("Take your time", "Not heard? Come closer, or T to type", ""),
        ("Listening", "Enter when done", "quiet"),
    ],
)
async def test_the_time_gives_way_to_the_words_beside_it(words: str, hint: str, level: str) -> None:
    async with visiting(size=(60, 20)) as driver:
        await answering(driver)
        screen = driver.app.screen
        assert isinstance(screen, InterviewScreen)

        def line() -> str:
            screen.stage.show_answer_time(20, 90, False)
            screen.stage.show_turn("●", words, hint)
            screen.stage.show_level(SoundLevel(-50.0, 0.1, True, level))
            return next(line for line in lines_of(screen) if words in line)

        wanted = {hint, MEANING[level] if level else ""}
        await driver.until(lambda: all(each in line() for each in wanted) and "…" not in line(), "all the words")


def test_the_bar_rises_with_the_level() -> None:
    heights = [BARS.index(bar(dbfs)) for dbfs in (-96, -50, -35, -20, -6, 0)]
    assert heights == sorted(heights)
    assert heights[0] == 0
    assert heights[-1] == len(BARS) - 1


@pytest.mark.parametrize(
    ("hint", "words"),
    [("", "good level"), ("quiet", "come closer"), ("clipping", "too loud"), ("silent", "no sound")],
)
async def test_the_meter_says_in_words_what_the_level_means(hint: str, words: str) -> None:
    async with running() as driver:
        from simulator.tui.widgets.meter import MicrophoneMeter

        meter = MicrophoneMeter()
        await driver.app.screen.mount(meter)
        meter.show(SoundLevel(-20.0, 0.3, True, hint))
        assert words in str(meter.content)


async def test_with_less_motion_the_portrait_stands_still() -> None:
    async with running() as driver:
        still = Portrait(look_of("ward-manager"), still=True)
        await driver.app.screen.mount(still)
        still.mood = "speaking"
        first = still.face
        for _ in range(100):
            still.say((1.0, 0.0))
            still.next_frame()
            assert still.face == first


async def test_the_mouth_follows_the_loudness_of_the_voice_and_closes_in_between() -> None:
    async with running() as driver:
        face = Portrait(look_of("ward-manager"))
        await driver.app.screen.mount(face)
        face.mood = "speaking"
        face.say((0.0, 0.4, 1.0, 0.5))
        mouths = []
        for _ in range(6):
            face.next_frame()
            mouths.append(face.face[1])
        assert mouths == [0, 1, 3, 2, 0, 0]


async def test_without_a_voice_to_be_heard_the_mouth_still_moves_with_the_words() -> None:
    async with running() as driver:
        face = Portrait(look_of("ward-manager"))
        await driver.app.screen.mount(face)
        face.mood = "speaking"
        face.say(())
        face.next_frame()
        assert face.face[1] > 0


def test_everybody_of_the_app_looks_different_and_an_added_person_always_the_same() -> None:
    people = Services(user_paths()).interviewers.all()
    pictures = {picture(look_of(person.id, person.voice.gender)) for person in people}
    assert len(pictures) == len(people)
    assert set(LOOKS) == {person.id for person in people}
    added = {name: look_of(name, "female") for name in ("a-mason", "b-baker", "c-clerk", "d-driver")}
    assert added == {name: look_of(name, "female") for name in added}
    assert len(set(added.values())) > 1


@pytest.mark.parametrize("person", [*LOOKS])
def test_each_expression_and_each_mouth_is_a_picture_of_its_own(person: str) -> None:
    look = look_of(person)
    faces = [picture(look, expression) for expression in EXPRESSIONS] + [picture(look, "rest", n) for n in (1, 2, 3)]
    assert len(set(faces)) == len(faces)
    assert all(len(face) == HEIGHT and all(len(row) == WIDTH for row in face) for face in faces)


@pytest.mark.parametrize("lines", [1, 3, 5, 7])
async def test_a_loud_voice_fills_the_wave_and_silence_leaves_a_line(lines: int) -> None:
    async with running() as driver:
        wave = Waveform()
        await driver.app.screen.mount(wave)
        wave.styles.height, wave.styles.width = lines, 10
        await driver.until(lambda: wave.size == (10, lines), "the wave")
        for _ in range(5):
            wave.show(SoundLevel(-96.0, 0.0, False))
        for _ in range(5):
            wave.show(SoundLevel(0.0, 1.0, True))
        drawn = [wave.render_line(y).text for y in range(lines)]
        assert all(line.endswith("█████") for line in drawn)
        assert [line[:5] for line in drawn] == ["·····" if y == lines // 2 else "     " for y in range(lines)]
        assert drawn == drawn[::-1]


async def test_with_less_motion_the_wave_is_a_bar_that_stays_where_it_is() -> None:
    async with running() as driver:
        wave = Waveform(still=True)
        await driver.app.screen.mount(wave)
        wave.styles.height, wave.styles.width = 3, 10
        await driver.until(lambda: wave.size == (10, 3), "the wave")
        lengths = []
        for dbfs in (-96.0, -33.0, 0.0):
            for _ in range(3):
                wave.show(SoundLevel(dbfs, 0.5, True))
            lengths.append(wave.render_line(1).text.count("━"))
        assert lengths == [0, 5, 10]


def test_there_is_a_dark_a_light_and_a_high_contrast_theme() -> None:
    names = {theme.name for theme in THEMES}
    assert {theme_for("dark"), theme_for("light"), theme_for("high-contrast")} == names
    assert theme_for("auto") in names


def scored(level: int, text: str = "i led a team of six") -> Answer:
    card = Scorecard(
        True,
        None,
        {
            "examples": RubricScore(
                "examples", level, "complete", "One occasion.", (Quote(text, 0, 5, 9.0, 11.0, "own action"),),
                ("a number",), (), "Say how many.",
            )
        },
    )  # fmt: skip
    return Answer("s/01-1", "s", 0, 1, QUESTIONS[2], "ann", "Ann Lee", (Utterance("q", spoken(text)),), card)


def shown(answer: Answer, previous: Answer | None = None, width: int = 76) -> list[str]:
    return [line.plain for line in scorecard_lines(answer, previous, False, width)]


def test_a_scorecard_shows_level_anchor_quote_time_advice_and_what_is_missing() -> None:
    text = "\n".join(shown(scored(3)))
    for words in (
        "▰▰▰▱ Level 3 of 4  Concrete examples",
        "0:09",
        "“i led a team of six”",
        "own action",
        "Say how many.",
        "a number",
    ):
        assert words in text


def test_at_level_zero_nothing_is_quoted_as_earned() -> None:
    assert "own action" not in "\n".join(shown(scored(0)))


def test_before_and_after_are_said_in_words() -> None:
    assert "up from 1" in "\n".join(shown(scored(3), scored(1)))
    assert "as before" in "\n".join(shown(scored(2), scored(2)))


@pytest.mark.parametrize("width", [40, 76, 110])
def test_no_line_is_wider_than_the_screen_also_with_wide_characters(width: int) -> None:
    answer = scored(3, "去年の冬 " * 12 + "i led a team")
    assert all(line.cell_length <= width for line in scorecard_lines(answer, None, True, width))


def test_an_answer_that_was_not_scored_says_why() -> None:
    answer = scored(3)
    bare = Answer(
        "s/01-1", "s", 0, 1, QUESTIONS[2], "ann", "Ann Lee", answer.utterances, Scorecard(False, "Too little.", {})
    )
    assert any("Not scored" in line and "Too little." in line for line in shown(bare))


@pytest.mark.one_in(8)
@pytest.mark.parametrize(
    "size", [(60, 20), (80, 24), *(pytest.param(each, marks=pytest.mark.thorough) for each in ((120, 40), (200, 60)))]
)
@pytest.mark.parametrize("people", [("ward-manager",), ("ward-manager", "finance-partner", "engineering-lead")])
async def test_whoever_answers_still_sees_who_asked_and_the_bright_question(
    size: tuple[int, int], people: tuple[str, ...]
) -> None:
    async with visiting(size=size, history=False) as driver:
        await answering(driver, people)
        screen = driver.app.screen
        faces = [face for face in screen.query(Portrait) if face.region.area]
        assert screen.query_one("#speaker").region.area, "who asked, by name"
        assert len(faces) == (size[0] >= 76), "and, where there is room for it, the one face"
        assert all(face.region.width >= (WIDTH if size[1] >= 34 else SMALL_WIDTH) for face in faces)
        assert all(face.parent.content_size.width >= face.size.width for face in faces), "whole"  # type: ignore[union-attr]
        caption = screen.query_one("#caption")
        assert caption.region.right <= size[0], "whole"
        assert caption.rich_style.color == screen.rich_style.color, "as bright as what is said"
        assert screen.query_one("#words-scroll").region.height >= 5, "room for the words"


def test_the_small_faces_are_as_different_as_the_large_ones() -> None:
    assert len({small_picture(look) for look in LOOKS.values()}) == len(LOOKS)
    assert all(small_picture(look) != small_picture(look, mouth=2) for look in LOOKS.values())


async def test_a_word_that_is_being_said_brightens_as_a_whole() -> None:
    async with visiting() as driver:
        screen = await asked(driver)
        screen.stage.show_caption("I ask a few questions.", 10)
        caption = screen.query_one("#caption", Static).content
        assert isinstance(caption, Content)
        assert [caption.plain[span.start : span.end] for span in caption.spans] == ["I ask a few", " questions."]


def test_somebody_noted_never_has_the_face_of_who_plays_them() -> None:
    head = Interviewer("head-teacher", "Helen Marsh", "Head", voice=VoiceStyle(gender="male"), noted=True)
    faces = [look_of_interviewer(replace(head, name=name)) for name in ("Helen Marsh", "Mrs Marsh", "Mr Marsh")]
    assert LOOKS["head-teacher"] not in faces
    assert not faces[0].beard
    assert not faces[1].beard
    assert look_of_interviewer(replace(head, noted=False)) == LOOKS["head-teacher"]

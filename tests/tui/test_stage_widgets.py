"""The stage's small parts: time warnings, portrait, meter, scorecard. No meaning by colour alone."""

import pytest

from simulator.scoring.scorecard import Quote, RubricScore, Scorecard
from simulator.sessions.session import Answer, Utterance
from simulator.speech.ports import Level
from simulator.tui.themes import THEMES, theme_for
from simulator.tui.widgets.meter import BARS, bar
from simulator.tui.widgets.scorecard_view import scorecard_lines
from simulator.tui.widgets.stage import time_spent
from tests.fakes import spoken
from tests.interview.people import QUESTIONS
from tests.tui.driving import running


@pytest.mark.parametrize(
    ("spent", "words"),
    [(30, ""), (89, ""), (90, "round off"), (120, "round off"), (135, "well over"), (900, "well over")],
)
def test_the_clock_warns_in_words_at_the_target_and_at_half_as_much_again(spent: float, words: str) -> None:
    shown = time_spent(spent, 90).plain
    assert "of about 1:30" in shown
    assert words in shown
    assert bool(words) == ("," in shown)


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
        from simulator.tui.widgets.meter import LevelMeter

        meter = LevelMeter()
        await driver.app.screen.mount(meter)
        meter.show(Level(-20.0, 0.3, True, hint))
        assert words in str(meter.content)


async def test_with_less_motion_the_portrait_stands_still_and_still_shows_who_speaks() -> None:
    async with running() as driver:
        from simulator.tui.widgets.portrait import Portrait

        still = Portrait(still=True, name_below="Ruth")
        await driver.app.screen.mount(still)
        still.mood = "speaking"
        first = str(still.content)
        for _ in range(5):
            still._next_frame()
        assert str(still.content) == first
        assert "◆ Ruth" in first


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
        "▰▰▰▱  3 complete: One occasion.",
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
    assert "Up from 1 to 3." in "\n".join(shown(scored(3), scored(1)))
    assert "As before." in "\n".join(shown(scored(2), scored(2)))


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

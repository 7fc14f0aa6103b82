"""Exactly the words of quotes and of found parts are underlined: any text, any width, after a correction too."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, pairwise

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import App, ComposeResult

from simulator.assessment import score_answer
from simulator.sessions.correcting import with_correction
from simulator.sessions.highlights import WordMark, original_marks, quote_spans, word_marks
from simulator.sessions.session import Answer
from simulator.tui.widgets.marked_words import MarkedWords, WordPiece, layout, printable
from tests.generated import many
from tests.sessions.made import CALM, STRONG, WEAK, WORD_TEXTS, answered, context_of
from tests.sessions.test_highlights import quoted_answers

WIDTHS = st.integers(2, 92)
WIDE_TEXTS = st.text(st.sampled_from("日本語の答え字👩‍🔬éa\u0301ßﷺ한"), min_size=1, max_size=30)


def words_on(lines: Sequence[Sequence[WordPiece]]) -> list[str]:
    """The words as they stand on these lines, put together again where they were cut."""
    pieces = [piece for line in lines for piece in line]
    return ["".join(piece.text for piece in group) for _, group in groupby(pieces, key=lambda each: each.position)]


def marks_of(text: str) -> tuple[WordMark, ...]:
    return tuple(WordMark(n, word) for n, word in enumerate(text.split()))


@given(st.lists(WORD_TEXTS | WIDE_TEXTS, max_size=40), WIDTHS)
def test_every_word_is_there_once_and_in_order_and_no_line_is_too_long(texts: list[str], width: int) -> None:
    marks = tuple(WordMark(n, text) for n, text in enumerate(texts))
    lines = layout(marks, width)
    assert words_on(lines) == [printable(text) for text in texts]
    for line in lines:
        shown = " ".join(piece.text for piece in line)
        assert cell_len(shown) <= width


@given(st.lists(WORD_TEXTS, min_size=1, max_size=30), WIDTHS)
def test_a_line_is_only_ended_when_the_next_word_does_not_fit(texts: list[str], width: int) -> None:
    lines = layout(tuple(WordMark(n, text) for n, text in enumerate(texts)), width)
    for line, following in pairwise(lines):
        used = sum(piece.width + 1 for piece in line)
        assert used + following[0].width > width


def test_signs_stand_beside_words_and_are_none_of_them() -> None:
    marks = (
        WordMark(0, "um", hesitation=True),
        WordMark(1, "led", doubtful=True, pause_after=1.94),
        WordMark(2, "six"),
    )
    (line,) = layout(marks, 60)
    assert " ".join(piece.before + piece.text + piece.after for piece in line) == "‹um› led(?) [1.9 s] six"


def test_text_that_would_steer_the_terminal_is_made_harmless() -> None:
    assert printable("a\x1b[2Jb\x07") == "a�[2Jb�"
    assert printable("日本語") == "日本語"


class Shown(App[None]):
    """Nothing but the words."""

    def compose(self) -> ComposeResult:
        yield MarkedWords(id="words")


def drawn(widget: MarkedWords, answer: Answer, width: int) -> list[tuple[int, str, bool]]:
    """What the lines of the widget show: (word, its text on the screen, whether underlined), signs left out."""
    widget.show(word_marks(answer, exact=True))
    widget.lay_out(width)
    widget.move_to(-1)
    found: list[tuple[int, str, bool]] = []
    for y in range(len(widget.lines)):
        strip = widget.render_line(y)
        assert strip.cell_length == widget.size.width
        for segment in strip:
            meta = segment.style.meta if segment.style else {}
            if "word" in meta:
                assert segment.style
                found.append((meta["word"], segment.text, bool(segment.style.underline)))
    return found


def check(found: list[tuple[int, str, bool]], answer: Answer) -> None:
    assert answer.scorecard
    quoted = {position for quote in quote_spans(answer) for position in range(quote.first_word, quote.last_word + 1)}
    texts = [word.text for word in answer.transcript.words]
    on_screen: dict[int, str] = {}
    underlined: dict[int, str] = {}
    for position, text, under in found:
        on_screen[position] = on_screen.get(position, "") + text
        if under:
            underlined[position] = underlined.get(position, "") + text
    assert set(underlined) == quoted
    for position in quoted:
        assert underlined[position] == printable(texts[position])
    for position, text in enumerate(texts):
        assert printable(text) in on_screen[position]


async def test_exactly_the_quoted_words_are_underlined_on_the_screen_at_any_width() -> None:
    app = Shown()
    async with app.run_test(size=(120, 40)):
        widget = app.query_one(MarkedWords)

        @given(quoted_answers(), WIDTHS)
        @settings(max_examples=many(150), deadline=None, suppress_health_check=[HealthCheck.too_slow])
        def every_answer(answer: Answer, width: int) -> None:
            check(drawn(widget, answer, width), answer)

        every_answer()


async def test_also_after_an_edit_scored_by_the_real_scorer() -> None:
    app = Shown()
    async with app.run_test(size=(120, 40)):
        widget = app.query_one(MarkedWords)
        base = answered("s", 0, CALM, STRONG)
        words = STRONG.split()

        @given(st.lists(st.tuples(st.integers(0, len(words)), WORD_TEXTS | WIDE_TEXTS), max_size=12), WIDTHS)
        @example([(0, "昨年の冬"), (20, "👩‍🔬")], 7)
        @settings(max_examples=many(60), deadline=None)
        def every_edit(put_in: list[tuple[int, str]], width: int) -> None:
            mended = list(words)
            for place, text in put_in:
                mended.insert(place, text)
            answer = with_correction(
                base, 0, " ".join(mended), lambda new: score_answer(new.transcript, context_of(CALM))
            )
            assert answer.scorecard
            check(drawn(widget, answer, width), answer)

        every_edit()


def test_corrected_words_are_marked_on_both_sides() -> None:
    base = answered("s", 0, CALM, WEAK)
    changed = WEAK.replace("leader", "team lead")
    mended = with_correction(base, 0, changed, lambda new: score_answer(new.transcript, context_of(CALM)))
    assert [mark.text for mark in word_marks(mended, exact=True) if mark.changed] == ["team", "lead"]
    assert [mark.text for mark in original_marks(mended) if mark.changed] == ["leader"]
    assert " ".join(mark.text for mark in original_marks(mended)) == WEAK
    assert not [mark for mark in word_marks(base) if mark.changed]


async def test_up_and_down_go_to_the_word_above_and_below() -> None:
    app = Shown()
    async with app.run_test(size=(22, 5)):
        widget = app.query_one(MarkedWords)
        widget.show(marks_of("one two three four five six seven eight nine ten eleven twelve"))
        lines = [" ".join(piece.text for piece in line) for line in widget.lines]
        assert lines[0] == "one two three four"
        widget.move_to(2)
        widget.move_by_lines(1)
        assert widget.line_of(widget.cursor) == 1
        widget.move_by_lines(-1)
        assert widget.cursor == 2
        widget.move_by_lines(-1)
        assert widget.cursor == 2


async def test_the_word_that_is_heard_is_scrolled_into_view() -> None:
    app = Shown()
    async with app.run_test(size=(30, 6)) as pilot:
        widget = app.query_one(MarkedWords)
        widget.show(marks_of(" ".join(f"word{n}" for n in range(200))))
        await pilot.pause()
        assert max(sum(piece.width + 1 for piece in line) - 1 for line in widget.lines) < 30  # the scrollbar has one
        for position in (150, 10, 199):
            widget.hear(position)
            line = widget.line_of(position)
            for _ in range(400):
                if widget.scroll_y <= line < widget.scroll_y + widget.size.height:
                    break
                await pilot.pause()
            else:
                pytest.fail(f"line {line} is not in view from {widget.scroll_y}")
        widget.hear(None)
        assert widget.heard is None


def test_an_edit_changes_nothing_of_the_answer_it_came_from() -> None:
    base = answered("s", 0, CALM, WEAK)
    kept = replace(base)
    with_correction(base, 0, STRONG, lambda new: score_answer(new.transcript, context_of(CALM)))
    assert base == kept

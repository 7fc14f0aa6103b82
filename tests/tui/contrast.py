"""How well the words and lines on a screen are seen: the contrast of each with its ground, as it is really drawn."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from rich.color import Color
from rich.color_triplet import ColorTriplet
from textual.screen import Screen
from textual.widget import Widget

from tests.tui.driving import strips_of

LEAST = 4.5
"""What WCAG 2 asks of text (level AA)."""
LEAST_OF_LINES = 3.0
"""What WCAG 2 asks of what is no text and still means something: frames, and what separates."""
EDGES = "▔▁▏▕"
"""The thin blocks that draw a frame too."""
SIGNS = (("←", "⇿"), ("▲", "◿"), ("☀", "➿"))
"""Arrows, shapes, ticks and crosses: from each first to each last. The bars of a level have figures beside them."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """Words or a frame's line of one style on a line of the screen, and their contrast with what is behind them."""

    words: str
    line: int
    contrast: float
    colours: tuple[str, str]


def drawn(screen: Screen[object]) -> Iterator[Drawn]:
    """Everything with a letter, a digit or a sign that tells something, drawn on a screen, line by line."""
    return _drawn(screen, lambda char: char.isalnum() or any(first <= char <= last for first, last in SIGNS))


def lines(screen: Screen[object]) -> Iterator[Drawn]:
    """Everything with a sign in it that draws frames and separators."""
    return _drawn(screen, lambda char: "\u2500" <= char <= "\u257f" or char in EDGES)


def _drawn(screen: Screen[object], wanted: Callable[[str], bool]) -> Iterator[Drawn]:
    """What has a sign in it that is wanted.

    Of what lies over another screen only itself counts: the one below it is dimmed, so that nobody reads it.
    """
    own = [each.region for each in (screen.walk_children(Widget) if screen.is_modal else [screen])]
    for number, line in enumerate(strips_of(screen)):
        at = 0
        for segment in line:
            style, start = segment.style, at
            at += segment.cell_length
            if style is None or not any(map(wanted, segment.text)):
                continue
            if not any(region.contains(start, number) for region in own):
                continue
            assert style.color is not None, f"no colour for {segment.text!r}"
            assert style.bgcolor is not None, f"no ground for {segment.text!r}"
            ink, ground = style.color, style.bgcolor
            if style.reverse:
                ink, ground = ground, ink
            yield Drawn(
                segment.text.strip(), number, contrast(ink, ground), (_triplet(ink).hex, _triplet(ground).hex)
            )


def contrast(one: Color, other: Color) -> float:
    """The contrast of two colours, 1 to 21 (WCAG 2)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _triplet(colour: Color) -> ColorTriplet:
    return colour.get_truecolor()


def _luminance(colour: Color) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
        for part in (value / 255 for value in _triplet(colour))
    )
    return float(0.2126 * red + 0.7152 * green + 0.0722 * blue)

"""Small drawings for what is empty, done or over: half blocks, two pixels to a character, on any ground."""

from collections.abc import Mapping, Sequence

from textual.content import Content

_COLOURS: Mapping[str, str] = {
    "s": "#8b90a0", "c": "#c98d5f", "t": "#7a4a2b", "d": "#8f6a4a", "g": "#6f9a5c", "G": "#547a45", "b": "#8a5a3c",
    "r": "#b8524a", "R": "#d98a7e", "w": "#d8cfbd", "l": "#a08f76", "a": "#d99a5f", "y": "#f2cd72", "p": "#b0714a",
    "P": "#8f5836", "k": "#4f7a86",
}  # fmt: skip
_PIXELS: Mapping[str, Sequence[str]] = {
    "cup": (
        "...s...s......", "....s...s.....", "...s...s......", "..............", ".cccccccccc...", ".ctttttttcccc.",
        ".cccccccccc.c.", ".cccccccccccc.", "..cccccccc....", "dddddddddddd..",
    ),
    "apple": (
        "......gg......", ".....bg.......", "..rrr.b.rrr...", ".rrrrrrrrrrr..", ".rRrrrrrrrrr..", ".rRrrrrrrrrr..",
        ".rrrrrrrrrrr..", "..rrrrrrrrr...", "...rrr.rrr....", "..............",
    ),
    "plant": (
        ".....gg.......", "..gg.gg.GG....", "..ggg.g.GG....", "....ggGGG.....", "......G.......", "..pppppppppp..",
        "...pppppppp...", "...pppppppp...", "....PPPPPP....", "..............",
    ),
    "letter": (
        "wwwwwwwwwwwwww", "wlwwwwwwwwwwlw", "wwlwwwwwwwwlww", "wwwlwwwwwwlwww", "wwwwllwwllwwww", "wwwwwwllwwwwww",
        "wwwwwwwwwwwwww", "wwwwwwwwwwwwww",
    ),
    "lamp": (
        "....aaaaaa....", "...aaaaaaaa...", "..aaaaaaaaaa..", "..yyyyyyyyyy..", "......bb......", "......bb......",
        "......bb......", "......bb......", "....bbbbbb....", "..............",
    ),
    "books": (
        "..rrrrrrrrrr..", "..rwwwwwwwwr..", "..rrrrrrrrrr..", ".kkkkkkkkkkkk.", ".kwwwwwwwwwwk.", ".kkkkkkkkkkkk.",
        "..gggggggggg..", "..gwwwwwwwwg..", "..gggggggggg..", "..............",
    ),
}  # fmt: skip
GAP = 3
"""Columns between a drawing and the words beside it."""


def rows_of(name: str) -> list[list[tuple[str, str]]]:
    """A drawing line by line, each character with the colours of its upper and lower half, "" for none."""
    pixels = _PIXELS[name]
    return [
        [(_COLOURS.get(upper, ""), _COLOURS.get(lower, "")) for upper, lower in zip(*pair, strict=True)]
        for pair in zip(pixels[::2], pixels[1::2], strict=True)
    ]


def drawing(name: str) -> Content:
    """A drawing as lines of text."""
    return Content("\n").join(_line(row) for row in rows_of(name))


def drawing_beside(name: str, words: Content, width: int) -> Content:
    """A drawing with words at its right, at the height of its middle; `width` columns in all."""
    rows = rows_of(name)
    lines = words.wrap(max(16, width - len(rows[0]) - GAP))
    above = max(0, (len(rows) - len(lines)) // 2)
    blank = Content(" " * len(rows[0]))
    told = [Content("")] * above + lines
    pictured = [*map(_line, rows), *[blank] * (len(told) - len(rows))]
    told += [Content("")] * (len(pictured) - len(told))
    return Content("\n").join(
        picture + " " * GAP + line if line.cell_length else picture
        for picture, line in zip(pictured, told, strict=True)
    )


def _line(row: Sequence[tuple[str, str]]) -> Content:
    return Content.assemble(*(_cell(upper, lower) for upper, lower in row))


def _cell(upper: str, lower: str) -> tuple[str, str]:
    if not upper and not lower:
        return " ", ""
    if not upper:
        return "▄", lower
    return "▀", f"{upper} on {lower}" if lower else upper


def drawing_for_terminal(name: str) -> list[str]:
    """A drawing as lines for a terminal of 24-bit colour, for when the app has ended."""
    return ["".join(_escaped(upper, lower) for upper, lower in row) + "\x1b[0m" for row in rows_of(name)]


def _escaped(upper: str, lower: str) -> str:
    sign, style = _cell(upper, lower)
    colours = [colour for colour in style.split(" on ") if colour]
    codes = [
        f"{ground};2;{int(colour[1:3], 16)};{int(colour[3:5], 16)};{int(colour[5:7], 16)}"
        for ground, colour in zip((38, 48), colours, strict=False)
    ]
    return f"\x1b[0{''.join(f';{code}' for code in codes)}m{sign}"

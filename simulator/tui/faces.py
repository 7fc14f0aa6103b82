"""The interviewers' faces, drawn from a few parts: who somebody is, how they look at one, and the open mouth.

A face is a small picture of `WIDTH` by `HEIGHT` pixels, two of them one above the other in each character (half
blocks). The people of the app have looks of their own; whoever is added gets one that is always the same for them.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    from simulator.interview.interviewer import Interviewer

WIDTH, HEIGHT = 16, 18
SMALL_WIDTH, SMALL_HEIGHT = WIDTH // 2, HEIGHT // 2
"""Of the same face half as large, as it looks on beside the candidate's own words."""
MOUTHS = 4
"""Steps of the mouth, from closed to wide open."""
EXPRESSIONS = ("rest", "listening", "smile", "blink")

Pixel = str | None
"""A colour as #rrggbb; None where what is behind shows."""

_HEAD = (
    "................",
    "................",
    ".....ssssss.....",
    "....ssssssss....",
    "...ssssssssss...",
    "...ssssssssss...",
    "...ssssssssss...",
    "..essssssssssd..",
    "..essssssssssd..",
    "...ssssssssss...",
    "...sssssssssd...",
    "...ssssssssdd...",
    "....ssssssdd....",
    ".....ssssdd.....",
    "......dddd......",
    "....ccddddcc....",
    "..ccccccccccCC..",
    ".ccccccccccCCCC.",
)
_HAIR: Mapping[str, Sequence[str]] = {
    "bald": ("", "", "", "", "", "", "..h..........h..", "..h..........h.."),
    "cropped": (
        "", ".....hhhhhh.....", "....hhhhhhhh....", "...hhhhhhhhhh...", "...hh......hh...", "...h........h...",
    ),
    "parted": (
        "", "....hhhhhhhh....", "...hhhhhhhhhh...", "..hhhhhhhhhhhh..", "..hhhhhhh...hh..", "..hh.........h..",
        "..h..........h..",
    ),
    "swept": (
        "......hhhhhh....", "....hhhhhhhhh...", "...hhhhhhhhhhh..", "..hhhhhhhhhhhh..", "..hhh..hhhh..h..",
        "..hh.........h..", "..h..........h..",
    ),
    "bob": (
        "", ".....hhhhhh.....", "...hhhhhhhhhh...", "..hhhhhhhhhhhh..", "..hhhhh...hhhh..", "..hhh......hhh..",
        "..hh........hh..", "..hh........hh..", "..hh........hh..", "..hh........hh..", "..hh........hh..",
        "..hhh......hhh..", "..hhh......hhh..", "...hh......hh...",
    ),
    "long": (
        "", ".....hhhhhh.....", "...hhhhhhhhhh...", "..hhhhhhhhhhhh..", "..hhhh..hhhhhh..", "..hhh......hhh..",
        "..hh........hh..", "..hh........hh..", "..hh........hh..", "..hh........hh..", "..hh........hh..",
        "..hh........hh..", "..hhh......hhh..", "..hhhh....hhhh..", "..hhhh....hhhh..", "..hhh......hhh..",
        "..hh........hh..",
    ),
    "bun": (
        "......hhhh......", ".....hhhhhh.....", "....hhhhhhhh....", "...hhhhhhhhhh...", "...hhh....hhh...",
        "...hh......hh...", "...h........h...",
    ),
    "curls": (
        "....hh.hhh.h....", "..hhhhhhhhhhhh..", "..hhhhhhhhhhhhh.", ".hhhhhhhhhhhhhh.", ".hhhh.hh.hhhhhh.",
        ".hhh........hhh.", "..hh........hhh.", ".hh..........hh.", ".hhh........hhh.", "..hh........hh..",
    ),
    "afro": (
        "....hhhhhhhh....", "..hhhhhhhhhhhh..", ".hhhhhhhhhhhhhh.", ".hhhhhhhhhhhhhh.", ".hhhhh....hhhhh.",
        ".hhh........hhh.", ".hhh........hhh.", "..h..........h..",
    ),
    "scarf": (
        "", ".....kkkkkk.....", "...kkkkkkkkkk...", "..kkkkkkkkkkkk..", "..kkkkkkkkkkkk..", "..kkk......kkk..",
        "..kk........kk..", "..kk........kk..", "..kk........kk..", "..kk........kk..", "..kk........kK..",
        "..kkk......kKK..", "..kkkk....kKKK..", "...kkkkkkkKKK...", "...kkkkkkKKKK...", "..kkkkkkkkKKKK..",
    ),
}  # fmt: skip
_BEARDS: Mapping[str, Sequence[str]] = {
    "": (),
    "full": (*[""] * 9, "...h........h...", "...hhh....hhh...", "...hhhhhhhhhh...", "....hhhhhhhh....",
             ".....hhhhhh....."),
    "moustache": (*[""] * 10, ".....hhhhhh....."),
}  # fmt: skip
_GLASSES = (*[""] * 7, "...g...gg...g...", "....ggg..ggg....")
_LEFT_EYE, _RIGHT_EYE, _EYES_AT = (5, 6), (9, 10), 7
_MOUTH = range(6, 10)
_INSIDE = "#4a1f24"


@dataclass(frozen=True, slots=True)
class Look:
    """How somebody looks. `hair` is a style, `beard` too ("" none); colours as #rrggbb."""

    skin: str
    hair: str
    hair_colour: str
    clothes: str
    beard: str = ""
    glasses: bool = False


_SKINS = ("#f1c9a5", "#e3ac80", "#c98d5f", "#a0683f", "#7a4a2b", "#f6d7bd")
_HAIR_COLOURS = ("#3f3026", "#4a2f1c", "#7b4a22", "#b98b4e", "#8e8e92", "#37323a", "#a2452a")
_CLOTHES = ("#3f6a86", "#5b5f8c", "#4f7a5f", "#8a4f4f", "#6b5a7a", "#7a6a3f", "#37505f")
_STYLES = {
    "female": ("bob", "long", "bun", "curls", "afro", "scarf"),
    "male": ("cropped", "parted", "swept", "bald", "curls"),
    "": ("curls", "cropped"),
}
_TITLES = {"mr": "male", "ms": "female", "mrs": "female", "miss": "female"}

LOOKS: Mapping[str, Look] = {
    "council-officer": Look("#f6d7bd", "bob", "#8e8e92", "#5b5f8c", glasses=True),
    "engineering-lead": Look("#f1c9a5", "curls", "#a2452a", "#37505f"),
    "finance-partner": Look("#e9bd92", "parted", "#37323a", "#3b4664", glasses=True),
    "head-teacher": Look("#7a4a2b", "cropped", "#37323a", "#4f7a5f", beard="moustache"),
    "operations-director": Look("#f1c9a5", "bald", "#6b5a4a", "#37505f", beard="full"),
    "people-partner": Look("#c98d5f", "scarf", "#3f3026", "#6b5a7a"),
    "restaurant-manager": Look("#c98d5f", "swept", "#3f3026", "#8a4f4f"),
    "shop-owner": Look("#e3ac80", "long", "#4a2f1c", "#9a5a3c"),
    "site-foreman": Look("#f1c9a5", "cropped", "#b98b4e", "#a0742c", beard="full"),
    "training-officer": Look("#a0683f", "long", "#37323a", "#4f7a78"),
    "ward-manager": Look("#7a4a2b", "afro", "#3b2d2a", "#3f7186"),
    "workshop-head": Look("#f6d7bd", "bun", "#c9a15e", "#4a5a74"),
}


def look_of_interviewer(who: "Interviewer") -> Look:
    """How an interviewer looks; somebody noted has a face of their own, a neutral one where no title says more."""
    if who.noted:
        return look_of(who.name, _TITLES.get(who.name.split()[0].rstrip(".").lower(), ""))
    return look_of(who.id, who.voice.gender)


def look_of(person: str, gender: str = "") -> Look:
    """How the interviewer with this id looks; `gender` is that of the voice, "" not known."""
    known = LOOKS.get(person)
    if known is not None:
        return known
    chance = crc32(person.encode())

    def pick(choices: Sequence[str]) -> str:
        nonlocal chance
        chance, place = divmod(chance, len(choices))
        return choices[place]

    skin, hair, hair_colour, clothes = pick(_SKINS), pick(_STYLES[gender]), pick(_HAIR_COLOURS), pick(_CLOTHES)
    beard = pick(("", "", "full", "moustache")) if gender == "male" else ""
    return Look(skin, hair, hair_colour, clothes, beard, glasses=chance % 3 == 0)


@lru_cache(maxsize=256)
def picture(look: Look, expression: str = "rest", mouth: int = 0) -> tuple[tuple[Pixel, ...], ...]:
    """The face in rows of pixels. `mouth` is 0 (closed) to `MOUTHS` - 1; an open mouth goes before a smile."""
    rows = _head(look)
    _draw_eyes(rows, look, expression)
    if look.glasses:
        _lay_over(rows, _GLASSES, {"g": _darker(look.skin, 0.42)})
    rows[9][8] = _darker(look.skin, 0.86)
    _draw_mouth(rows, look, expression, mouth)
    return tuple(tuple(row) for row in rows)


@lru_cache(maxsize=256)
def small_picture(look: Look, expression: str = "rest", mouth: int = 0) -> tuple[tuple[Pixel, ...], ...]:
    """The face half as large: each pixel what most of its four were, eyes and mouth drawn for this size."""
    whole = _head(look)
    rows = [
        [
            # Where there are as many of one colour as of another, the one nearer to the middle, on both sides alike.
            Counter(
                whole[y][x] for x in sorted((left, left + 1), key=lambda x: abs(x - 7.5)) for y in (top + 1, top)
            ).most_common(1)[0][0]
            for left in range(0, WIDTH, 2)
        ]
        for top in range(0, HEIGHT, 2)
    ]
    eyes, lips = _EYES_AT // 2, 5
    for column in (2, 5):
        rows[eyes][column] = _darker(look.skin, 0.6) if expression == "blink" else "#1d1a1c"
        if look.glasses:
            rows[eyes + 1][column] = _darker(look.skin, 0.7)
    colour = _INSIDE if mouth > 0 else _lips(look)
    for column in (3, 4):
        rows[lips][column] = colour
    return tuple(tuple(row) for row in rows)


def _head(look: Look) -> list[list[Pixel]]:
    """Head, clothes, hair and beard, still without eyes and mouth."""
    shade = _darker(look.skin, 0.86)
    colours: dict[str, Pixel] = {
        ".": None, "s": look.skin, "e": _darker(look.skin, 0.93), "d": shade, "h": look.hair_colour,
        "c": look.clothes, "C": _darker(look.clothes, 0.84), "k": look.clothes, "K": _darker(look.clothes, 0.84),
    }  # fmt: skip
    rows = [[colours[sign] for sign in line] for line in _HEAD]
    if look.hair == "scarf":
        colours["k"], colours["K"] = _lighter(look.clothes, 0.25), look.clothes
    _lay_over(rows, _BEARDS[look.beard], colours)
    _lay_over(rows, _HAIR[look.hair], colours)
    return rows


def _lay_over(rows: list[list[Pixel]], lines: Sequence[str], colours: Mapping[str, Pixel]) -> None:
    for row, line in zip(rows, lines, strict=False):
        for column, sign in enumerate(line):
            if sign != ".":
                row[column] = colours[sign]


def _draw_eyes(rows: list[list[Pixel]], look: Look, expression: str) -> None:
    brows = _mixed(look.hair_colour, look.skin, 0.25)
    height = _EYES_AT - (3 if expression == "listening" else 2)
    for eye in (_LEFT_EYE, _RIGHT_EYE):
        for column in (min(eye) - (eye is _LEFT_EYE), *eye, max(eye) + (eye is _RIGHT_EYE)):
            rows[height][column] = brows
        if expression == "blink":
            for column in eye:
                rows[_EYES_AT][column] = _darker(look.skin, 0.6)
        else:
            white, pupil = eye if eye is _LEFT_EYE else (eye[1], eye[0])
            rows[_EYES_AT][white], rows[_EYES_AT][pupil] = "#f4f2ee", "#1d1a1c"


def _draw_mouth(rows: list[list[Pixel]], look: Look, expression: str, mouth: int) -> None:
    lips, inside = _lips(look), _INSIDE
    top = 11
    if mouth <= 0:
        for column in _MOUTH:
            rows[top][column] = lips
        if expression == "smile":
            rows[top - 1][_MOUTH[0] - 1] = rows[top - 1][_MOUTH[-1] + 1] = lips
        return
    columns = _MOUTH if mouth != 1 else _MOUTH[1:-1]
    for column in columns:
        rows[top][column] = inside
        if mouth >= 2:
            rows[top + 1][column] = inside if mouth >= 3 else lips
    if mouth == 1:
        rows[top][_MOUTH[0]] = rows[top][_MOUTH[-1]] = lips


def _lips(look: Look) -> str:
    return _mixed(_darker(look.skin, 0.72), "#b0454a", 0.45)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _darker(colour: str, share: float) -> str:
    return _mixed("#000000", colour, share)


def _lighter(colour: str, share: float) -> str:
    return _mixed(colour, "#ffffff", share)


def _mixed(one: str, other: str, share: float) -> str:
    """`share` of `other` in `one`."""
    pairs = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)

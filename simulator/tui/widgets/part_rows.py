"""The parts of an answer as a table: its sign, its name, and the words that are it or that it was not heard yet."""

import textwrap
from collections.abc import Iterator, Sequence

from textual.content import Content

from simulator.scoring.scorecard import Part, PartState
from simulator.sessions.answer_feedback import NOT_SURE, PART_SIGNS, came_in
from simulator.sessions.highlights import part_quote
from simulator.sessions.session import Answer
from simulator.tui.part_colours import part_colour

GAP = 2
NO_WORDS = {
    PartState.YES: "{heard}",
    PartState.NO: "not {heard} yet",
    PartState.SPARE: "optional",
    PartState.PERHAPS: NOT_SURE,
}
"""What stands in the place of words where there are none."""
LEAST = 20
ENOUGH = 36
"""Columns beside the names from which the words stand there; where there is less they stand below their name."""
UNDER = "  "


def part_style(part: Part) -> str:
    """How a part's name is drawn: in its colour where it was found, muted where it was not."""
    match part.found:
        case PartState.YES:
            return f"bold {part_colour(part.element, '$success')}"
        case PartState.PERHAPS:
            return part_colour(part.element, "$foreground")
        case _:
            return "$text-muted"


def sign_style(part: Part) -> str:
    """How its sign is drawn: a missing part has a colour that no part has."""
    return "bold $error" if part.found is PartState.NO else part_style(part)


def part_rows(answer: Answer, parts: Sequence[Part], width: int, lines: int = 1) -> Iterator[Content]:
    """A part and its words in `width` columns, in so many lines; words that do not fit give way to "…".

    Parts that are not needed stand together at the end.
    """
    spare = [part.name for part in parts if part.found is PartState.SPARE]
    parts = [part for part in parts if part.found is not PartState.SPARE]
    names = max((len(part.name) for part in parts), default=0)
    indent = len("✓ ") + names + GAP
    for part in parts:
        words = part_quote(answer, part)
        none = NO_WORDS.get(part.found, "").format(heard=came_in(answer))
        before = f"{NOT_SURE}: " if part.found is PartState.PERHAPS else ""
        quoted = f"{before}“{words.rstrip('.,;')}”" if words else none
        name = Content.styled(part.name, part_style(part)).pad_right(names - len(part.name) + GAP)
        first = Content.assemble((f"{PART_SIGNS[part.found]} ", sign_style(part)), name)
        below = bool(words) and lines > 1 and width - indent < ENOUGH
        if below:
            yield first
        behind = len(UNDER) if below else indent
        for number, line in enumerate(_fitted(quoted, max(LEAST, width - behind), lines)):
            yield (Content(" " * behind) if number or below else first) + Content.styled(line, "$text-muted")
    if spare:
        sign = PART_SIGNS[PartState.SPARE]
        words = f"{sign} {', '.join(spare)}: {NO_WORDS[PartState.SPARE]}"
        yield from Content.styled(words, "$text-muted").wrap(width)


def _fitted(words: str, room: int, lines: int) -> list[str]:
    wrapped = textwrap.wrap(words, room) or [""]
    if len(wrapped) > lines:
        cut = " …”" if words.endswith("”") else " …"
        last = textwrap.shorten(" ".join(wrapped[lines - 1 :]), room, placeholder=cut)
        wrapped = [*wrapped[: lines - 1], last]
    return wrapped

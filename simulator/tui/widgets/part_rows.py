"""The parts of an answer as a table: its sign, its name, and the words that are it or that it was not heard yet."""

from collections.abc import Iterator, Sequence

from textual.content import Content

from simulator.scoring.scorecard import Part, PartState
from simulator.sessions.highlights import passages
from simulator.sessions.report import PART_SIGNS, came_in
from simulator.sessions.session import Answer
from simulator.tui.parts import part_colour

GAP = 2
NO_WORDS = {PartState.NO: "not {heard} yet", PartState.SPARE: "optional", PartState.PERHAPS: "not clear"}
"""What stands in the place of words where there are none."""


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


def part_rows(answer: Answer, parts: Sequence[Part], width: int) -> Iterator[Content]:
    """One line a part, in `width` columns: the words give way with "…"."""
    found = {passage.element: passage.text for passage in reversed(passages(answer, parts)) if passage.element}
    names = max((len(part.name) for part in parts), default=0)
    for part in parts:
        words = found.get(part.element, "") if part.found in (PartState.YES, PartState.PERHAPS) else ""
        told = (
            Content(f"“{words.rstrip('.,;')}”")
            if words
            else Content(NO_WORDS.get(part.found, "").format(heard=came_in(answer)))
        )
        name = Content.styled(part.name, part_style(part)).pad_right(names - len(part.name) + GAP)
        row = Content.assemble((f"{PART_SIGNS[part.found]} ", sign_style(part)), name, told.stylize("$text-muted"))
        yield row.truncate(width, ellipsis=True)

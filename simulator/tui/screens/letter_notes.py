"""The notes beside a letter: remarks and sources, each with its place in the text."""

from dataclasses import dataclass

from textual.content import Content
from textual.widgets.text_area import Location

from simulator.followup.letter_remark import Remark


@dataclass(frozen=True, slots=True)
class LetterNote:
    """One line of the notes; `start` and `end` are its place in the letter, both 0 where it has none."""

    line: Content
    start: int = 0
    end: int = 0


def remark_note(remark: Remark) -> LetterNote:
    """A remark, with its hint and its line."""
    place = f"  line {remark.line}" if remark.words else ""
    line = Content.assemble(("! ", "bold $warning"), remark.says, (f" {remark.hint}", ""), (place, "$text-muted"))
    return LetterNote(line, remark.start, remark.end)


def claim_note(text: str, source: str, sentences: list[str]) -> LetterNote:
    """A source and the sentences made of it; its place is that of the first."""
    start = text.find(sentences[0])
    last = text.find(sentences[-1]) + len(sentences[-1])
    first = sentences[0] if len(sentences[0]) < 60 else f"{sentences[0][:58].rstrip()}…"
    more = f" and {len(sentences) - 1} more" if len(sentences) > 1 else ""
    heading = f"{source[:1].upper()}{source[1:]}"
    return LetterNote(
        Content.assemble("· ", heading, (f"\n  “{first}”{more}", "$text-muted")), start, max(start, last)
    )


def location(text: str, at: int) -> Location:
    """A place in a text as line and column."""
    before = text[:at]
    return before.count("\n"), len(before) - (before.rfind("\n") + 1)

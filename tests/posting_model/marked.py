"""The labelled postings: their format read, and their labels laid upon the pieces of a page."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from simulator.preparation.posting_layout import PostingPage, page_of

FOLDER = Path(__file__).parent / "postings"
KEPT_APART = Path(__file__).parent / "kept_apart"
"""Opened by the measure alone."""
LABELS = (
    "must",
    "nice",
    "duty",
    "soft",
    "qual",
    "qualnice",
    "term",
    "about",
    "apply",
    "noise",
    "head",
    "title",
    "not",
)
ASKED = ("must", "nice", "duty", "soft", "qual", "qualnice")
FACTS = ("role", "company", "place", "contact")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a line under one label; `goes_on` where it continues the part before."""

    label: str
    line: int
    start: int
    behind: int
    goes_on: bool


@dataclass(frozen=True, slots=True)
class Marked:
    """One labelled posting. `text` is the posting itself."""

    id: str
    layout: str
    facts: dict[str, str]
    text: str
    parts: tuple[Part, ...]

    def wishes(self) -> list[tuple[str, str]]:
        """What it asks for, in order: label and words, continued lines joined."""
        lines = self.text.split("\n")
        found: list[tuple[str, str]] = []
        for part in self.parts:
            words = " ".join(lines[part.line][part.start : part.behind].split())
            if part.goes_on and found and part.label == found[-1][0]:
                label, begun = found[-1]
                found[-1] = (label, f"{begun[:-1]}{words}" if re.search(r"[a-z]-$", begun) else f"{begun} {words}")
            else:
                found.append((part.label, words))
        return [(label, words) for label, words in found if label in ASKED]


def marked_in(path: Path) -> Iterator[Marked]:
    """The postings of one file."""
    for block in re.split(r"(?m)^(?=== )", path.read_text(encoding="utf-8"))[1:]:
        yield _marked(block, spaced=path.stem.split("-")[0] in ("yew", "lime"))


def marked(folder: Path = FOLDER) -> list[Marked]:
    """All postings of a folder."""
    return [each for path in sorted(folder.glob("*.txt")) for each in marked_in(path)]


def _marked(block: str, spaced: bool) -> Marked:
    head, *rest = block.rstrip("\n").split("\n")
    name, layout, *_ = (part.strip() for part in head.removeprefix("== ").split("|"))
    facts = dict.fromkeys(FACTS, "")
    while rest and (found := re.match(r"(role|company|place|contact):(.*)$", rest[0])):
        facts[found[1]] = found[2].strip()
        rest.pop(0)
    lines: list[str] = []
    parts: list[Part] = []
    for number, row in enumerate(rest):
        labels, _, text = row.partition("|")
        pieces = re.split(r" ?¦ ?" if spaced else "¦", text)
        names = [label.strip() for label in labels.split("¦")]
        if len(names) != len(pieces):
            raise ValueError(f"{name}, line {number + 1}: {len(names)} labels for {len(pieces)} parts")
        line = ""
        for label, piece in zip(names, pieces, strict=True):
            if spaced and line:
                line += " "
            start = len(line)
            line += piece
            if (bare := label.removesuffix("+")) != "blank":
                if bare not in LABELS:
                    raise ValueError(f"{name}, line {number + 1}: no label {label!r}")
                parts.append(Part(bare, number, start, len(line), label.endswith("+")))
        lines.append(line)
    return Marked(name, layout, facts, "\n".join(lines), tuple(parts))


def targets(posting: Marked) -> tuple[PostingPage, list[int], list[bool], int]:
    """The page of a posting; for each piece its label's number and whether a part begins with it; and how many
    parts begin inside a piece, where no cut can be made."""
    page = page_of(posting.text)
    by_line: dict[int, list[Part]] = {}
    for part in posting.parts:
        by_line.setdefault(part.line, []).append(part)
    labels, begins, lost = [], [], 0
    begun: set[Part] = set()
    for piece in page.pieces:
        line = page.lines[piece.line]
        here = by_line[line.number]
        middle = line.words[(piece.first + piece.behind - 1) // 2].start
        part = next((each for each in reversed(here) if each.start <= middle), here[0])
        labels.append(LABELS.index(part.label))
        begins.append(part not in begun and not part.goes_on)
        begun.add(part)
    lost = sum(
        part not in begun
        and part.label != "noise"
        and any(
            word.start >= part.start and word.behind <= part.behind
            for line in page.lines
            if line.number == part.line
            for word in line.words
        )
        for part in posting.parts
    )
    return page, labels, begins, lost

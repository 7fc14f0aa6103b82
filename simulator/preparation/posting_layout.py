"""How a posting stands on the page: lines, the pieces a line may be cut into, and what their layout tells.

A piece ends at a table cell, a full stop, a comma, a dash or "and"; which of these part two requirements is the
model's to say. Everything is linear in the length of the text.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Floats = NDArray[numpy.float32]

BULLET = re.compile(
    r"\s*(?:[-*+•·▪▫‣⁃◦●○■□◆◇–—➤➢►▶✓✔☑→»>~\U0001f300-\U0001faff\u2600-\u27bf\u2b50]+\ufe0f?|o)\s+|\s*\[[ xX]?\]\s+"
)
"""The mark before an entry of a list."""
CODE = re.compile(
    r"\s*(?:\(?\d{1,2}(?:\.\d{1,2}){0,2}[.)]?|\(?[A-Za-z]{1,3}\d{1,3}(?:\.\d{1,2})?[.):]?"
    r"|\(?[A-Za-z][.)]|\(?[ivx]{1,4}[.)])(?:\s+|\t)(?=\S)"
)
"""The number of an entry: "2.1", "B4", "(c)"."""
_CELLS = re.compile(r"\t+|(?<=\S) {2,}(?=\S)|\s*[|│]\s*")
_BREAK = re.compile(r"[.,;:!?)\]–—-]['\"”’]?$|^(?:/|·|•|\|)$")
_JOINING = frozenset({
    "and", "or", "but", "&", "+", "although", "though", "plus", "with", "while", "as", "so", "in", "at", "for",
})  # fmt: skip
_OPENING = re.compile(r"[(\[–—•·/]")
MARK = re.compile(r"[xX✓✔√✗●•*]|yes|y", re.IGNORECASE)
_MOST_MARK = 14
"""Characters of a cell that may be a mark ("E", "Desirable") rather than words."""


@dataclass(frozen=True, slots=True)
class PostingWord:
    """One word of a line, without the white space around it."""

    text: str
    start: int
    behind: int


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a row: where it stands in its line, and its column (a number of cells, or None where only the
    place on the page tells)."""

    start: int
    behind: int
    column: int | None


@dataclass(frozen=True, slots=True)
class PostingLine:
    """One line with words. `number` counts among all lines, `text` is as it was given, `body` is where it begins
    behind bullet and number."""

    number: int
    text: str
    body: int
    words: tuple[PostingWord, ...]
    cells: tuple[Cell, ...]
    header: tuple["Cell", ...]
    """The cells of the table's first row, where the line stands in a table."""
    header_text: str
    gap_before: bool
    gap_behind: bool


@dataclass(frozen=True, slots=True)
class PostingPiece:
    """The smallest part of a line that may be a requirement of its own: words `first` to before `behind`."""

    line: int
    first: int
    behind: int
    cell: int


@dataclass(frozen=True, slots=True)
class PostingPage:
    """A posting as lines and pieces, in order; `lines` holds only those with words."""

    lines: tuple[PostingLine, ...]
    pieces: tuple[PostingPiece, ...]

    def text(self, piece: PostingPiece) -> str:
        """A piece's words as they were given."""
        line = self.lines[piece.line]
        return line.text[line.words[piece.first].start : line.words[piece.behind - 1].behind]


def page_of(text: str) -> PostingPage:
    """A text as lines and pieces."""
    lines = tuple(_lines(text.split("\n")))
    pieces = tuple(piece for at, line in enumerate(lines) for piece in _pieces(at, line))
    return PostingPage(lines, pieces)


def _lines(raw: Sequence[str]) -> Iterator[PostingLine]:
    header: tuple[Cell, ...] = ()
    header_text = ""
    gap = True
    for number, text in enumerate(raw):
        words = tuple(PostingWord(found[0], found.start(), found.end()) for found in re.finditer(r"[^\s|│]+", text))
        if not any(char.isalnum() for word in words for char in word.text):
            gap = True
            if not text.strip():
                header, header_text = (), ""
            continue
        cells = _cells(text)
        if len(cells) < 2:
            header, header_text = (), ""
        elif not header:
            header, header_text = cells, text
        body = 0
        if bullet := BULLET.match(text):
            body = bullet.end()
        if code := CODE.match(text, body):
            body = code.end()
        behind = raw[number + 1] if number + 1 < len(raw) else ""
        yield PostingLine(
            number, text, body, words, cells, header, header_text, gap, not any(char.isalnum() for char in behind)
        )  # fmt: skip
        gap = False


def _cells(text: str) -> tuple[Cell, ...]:
    """The cells of a row; one for a line that is none."""
    counted = "\t" in text.strip() or text.strip().count("|") + text.count("│") > 1
    parts = re.split(r"\t|[|│]", text) if counted else None
    if parts is not None:
        if not parts[0].strip() and text.strip().startswith(("|", "│")):
            parts[0] = parts[0] + ""
        found, at = [], 0
        for column, part in enumerate(parts):
            if part.strip():
                lead = len(part) - len(part.lstrip())
                found.append(Cell(at + lead, at + len(part.rstrip()), column))
            at += len(part) + 1
        return tuple(found)
    body = bullet.end() if (bullet := BULLET.match(text)) else 0
    found, at = [], body + len(text[body:]) - len(text[body:].lstrip())
    for gap in _CELLS.finditer(text, at):
        if gap.start() > at:
            found.append(Cell(at, gap.start(), None))
        at = gap.end()
    if text[at:].strip():
        found.append(Cell(at, len(text.rstrip()), None))
    return tuple(found)


def _pieces(at: int, line: PostingLine) -> Iterator[PostingPiece]:
    first, cell = 0, 0
    for number, word in enumerate(line.words):
        here = cell
        while here + 1 < len(line.cells) and word.start >= line.cells[here + 1].start:
            here += 1
        before = line.words[number - 1] if number else None
        cut = here != cell or (
            before is not None
            and before.start >= line.body
            and any(char.isalnum() for other in line.words[first:number] for char in other.text)
            and (
                _BREAK.search(before.text) is not None
                or _OPENING.match(word.text) is not None
                or word.text.lower() in _JOINING
            )
        )
        if cut and number > first:
            yield PostingPiece(at, first, number, cell)
            first = number
        cell = here
    yield PostingPiece(at, first, len(line.words), cell)


# What the layout tells the model.


def marks_of(line: PostingLine) -> str:
    """The first letters of a row's marks ("E", "Desirable"); a cross stands for its column's heading."""
    if len(line.cells) < 2:
        return ""
    longest = max(line.cells, key=lambda cell: cell.behind - cell.start)
    found = []
    for cell in line.cells:
        text = line.text[cell.start : cell.behind]
        if cell.start <= longest.start or len(text) > _MOST_MARK:
            continue
        found.append((heading_of(line, cell) if MARK.fullmatch(text) else text)[:1])
    return "".join(found).lower()


def heading_of(line: PostingLine, cell: Cell) -> str:
    """The heading of a cell's column, "" where it has none."""
    if not line.header or line.header_text == line.text:
        return ""
    if cell.column is not None:
        at = [each for each in line.header if each.column == cell.column]
    else:
        at = sorted(line.header, key=lambda each: abs(each.start - cell.start))[:1]
        at = [each for each in at if abs(each.start - cell.start) <= 8]
    return line.header_text[at[0].start : at[0].behind] if at else ""


_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SEPARATORS = ("line", "cell", ".", ";", ",", ":", "-", "word", "(")
PIECE_FEATURES = 26 + 2 * len(_LETTERS) + len(_SEPARATORS)
WORD_FEATURES = 12


def piece_features(page: PostingPage) -> "Floats":
    """Pieces x `PIECE_FEATURES`: numbers about 0 to 1 that say how each piece stands on the page."""
    import numpy  # late

    rows = numpy.zeros((len(page.pieces), PIECE_FEATURES), numpy.float32)
    for row, piece in enumerate(page.pieces):
        line = page.lines[piece.line]
        before = page.lines[piece.line - 1] if piece.line else None
        after = page.lines[piece.line + 1] if piece.line + 1 < len(page.lines) else None
        text = page.text(piece)
        letters = [char for char in text if char.isalpha()]
        count = piece.behind - piece.first
        capitals = sum(word.text[0].isupper() for word in line.words[piece.first : piece.behind])
        indent = len(line.text) - len(line.text.lstrip())
        plain: Sequence[float] = (
            min(indent, 40) / 20,
            BULLET.match(line.text) is not None,
            CODE.match(line.text, BULLET.match(line.text).end() if BULLET.match(line.text) else 0) is not None,  # type: ignore[union-attr]
            piece.first == 0,
            piece.behind == len(line.words),
            line.gap_before,
            line.gap_behind,
            line.text.lstrip().startswith("#") or line.text.strip().startswith("**"),
            line.text.rstrip().endswith(":"),
            line.text.rstrip().endswith("?"),
            bool(letters) and all(char.isupper() for char in letters),
            capitals / count,
            min(len(line.words), 40) / 20,
            min(count, 20) / 10,
            min(len(line.cells), 5) / 5,
            min(piece.cell, 4) / 4,
            min(4 * sum(char.isdigit() for char in text) / max(len(text), 1), 1),
            any(char in "£$€¥" for char in text),
            "@" in text or "www." in text or "http" in text,
            sum(char.isdigit() for char in text) >= 8,
            text.endswith((".", "!", ";")),
            bool(text) and text[0].islower(),
            piece.line / len(page.lines),
            min(piece.line, 10) / 10,
            before is not None and min(len(before.text.rstrip()), 90) / 60,
            before is not None and before.text.rstrip().endswith("-"),
        )
        rows[row, : len(plain)] = plain
        at = len(plain)
        for letter in marks_of(line):
            if letter in _LETTERS:
                rows[row, at + _LETTERS.index(letter)] = 1
        at += len(_LETTERS)
        heading = heading_of(line, line.cells[piece.cell])[:1].lower() if len(line.cells) > 1 else ""
        if count == 1 and len(text) <= 2:
            # A mark on a line of its own.
            heading = text[:1].lower()
        if heading and heading in _LETTERS:
            rows[row, at + _LETTERS.index(heading)] = 1
        at += len(_LETTERS)
        rows[row, at + _SEPARATORS.index(_separator(page, row))] = 1
        del after
    return rows


def _separator(page: PostingPage, at: int) -> str:
    piece = page.pieces[at]
    if piece.first == 0:
        return "line"
    if page.pieces[at - 1].cell != piece.cell:
        return "cell"
    line = page.lines[piece.line]
    last = line.words[piece.first - 1].text.rstrip("'\"”’")[-1:]
    if last in "!?":
        return "."
    if last in "–—-/·•":
        return "-"
    if _OPENING.match(line.words[piece.first].text):
        return "("
    return last if last in _SEPARATORS else "word"


def word_features(line: PostingLine) -> "Floats":
    """Words x `WORD_FEATURES`: how each word is written, which the model's small letters do not show."""
    import numpy  # late

    rows = numpy.zeros((len(line.words), WORD_FEATURES), numpy.float32)
    for row, word in enumerate(line.words):
        text = word.text
        bare = text.strip("().,;:!?\"'“”")
        before = line.words[row - 1].text if row else ""
        rows[row] = (
            bare[:1].isupper(),
            len(bare) > 1 and bare.isupper(),
            any(char.isdigit() for char in bare),
            text.endswith(","),
            text.endswith((".", "!", "?")),
            text.endswith(":"),
            text.startswith("("),
            text.endswith(")"),
            row == 0,
            row + 1 == len(line.words),
            before.endswith((",", ":", "–", "-", "—")),
            word.start < line.body or not any(char.isalnum() for char in text),
        )
    return rows

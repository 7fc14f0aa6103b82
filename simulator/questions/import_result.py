"""What an import gives: the questions of a file, its columns, and what could not be used."""

from dataclasses import dataclass, field
from enum import StrEnum

from simulator.questions.bank import Bank, Question

_FORMAT_WORDS = {
    "markdown": "Markdown", "text": "text", "anki": "Anki cards", "gift": "Moodle GIFT", "moodle": "Moodle XML",
    "excel": "an Excel sheet", "word": "a Word file", "opendocument": "an OpenDocument file", "html": "a web page",
    "bank": "a question bank",
}  # fmt: skip
"""Formats whose name in capitals is not what they are called."""


class ImportFormat(StrEnum):
    """What a file of questions can be."""

    CSV = "csv"
    TSV = "tsv"
    MARKDOWN = "markdown"
    TEXT = "text"
    JSON = "json"
    ANKI = "anki"
    GIFT = "gift"
    MOODLE = "moodle"
    EXCEL = "excel"
    WORD = "word"
    OPENDOCUMENT = "opendocument"
    HTML = "html"
    BANK = "bank"

    @property
    def words(self) -> str:
        """What it is called where people read it."""
        return _FORMAT_WORDS.get(self.value, self.value.upper())


@dataclass(frozen=True, slots=True)
class Imported:
    """A question, the lines it came from (from 1), and the names of the fields that are guesses."""

    question: Question
    lines: tuple[int, ...]
    guessed: tuple[str, ...] = ()
    timed: bool = False
    """Whether the file says how long an answer takes."""


@dataclass(frozen=True, slots=True, order=True)
class Unused:
    """Something that no question could be made of, and why."""

    line: int
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class BankHead:
    """What a source says of itself; empty where it says nothing."""

    id: str = ""
    title: str = ""
    licence: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column of a table in the file: its name (the heading, with the number where two have the same one; the number
    alone without a heading), its number (from 1), its heading, the role it has ("" for none), how that is known, and
    a cell of it."""

    name: str
    number: int
    heading: str
    role: str
    how: str
    sample: str


@dataclass(frozen=True, slots=True)
class Import:
    """All that a file held. `structure` are lines that only say what others are: headings, fences, separators.

    `alike` are pairs of question ids, the earlier first, that ask the same in other words.
    """

    source: str
    format: ImportFormat
    questions: tuple[Imported, ...]
    unused: tuple[Unused, ...] = ()
    structure: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()
    head: BankHead = field(default_factory=BankHead)
    columns: tuple[TableColumn, ...] = ()
    alike: tuple[tuple[str, str], ...] = ()

    def bank(self, bank_id: str, title: str = "") -> Bank:
        """The questions as a bank of that id, with what the source says of itself."""
        return Bank(
            id=bank_id,
            title=title or self.head.title or bank_id.replace("-", " ").capitalize(),
            questions=tuple(imported.question for imported in self.questions),
            licence=self.head.licence,
            description=self.head.description,
        )

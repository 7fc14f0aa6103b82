"""Questions out of Markdown: list items, headings that ask, tables; and the form that `banks export` writes."""

import html
import re

from simulator.questions.gathering import Draft, Gathering
from simulator.questions.guessing import reads_as_answer, reads_as_question
from simulator.questions.import_headings import aside_of, is_aside_heading, kind_named, named_role
from simulator.questions.import_outline import Item, outline
from simulator.questions.import_rows import fill, gather_rows
from simulator.questions.import_text import (
    AN_ASIDE,
    BELOW_ASIDE,
    LINE_ENDS,
    NOT_A_QUESTION,
    behind_the_last,
    named_part,
    said_question,
    stands_apart,
    take_below,
    unquoted,
)

# Every pattern takes time in proportion to the line, whatever stands in it: no two repetitions of the same sign meet.
_HEADING = re.compile(r"^ {0,3}(#{1,6})\s+(.*)$")
_FENCE = re.compile(r"^\s{0,3}(?:```|~~~)")
_RULE = re.compile(r"^ {0,3}(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,}|=+)$")
_PAIR = re.compile(r"^([A-Za-z][A-Za-z0-9 _-]{0,40}):\s+(.*)$")
_SETEXT = re.compile(r"^ {0,3}(=+|-{2,})\s*$")
_BOLD = re.compile(r"^\s*(?:\*\*([^*]+)\*\*|__([^_]+)__):?\s*$")
_HEAD_COMMENT = re.compile(r"^<!--\s*bank:\s*([a-z0-9-]+);\s*licence:(.*)-->$")
_MARKS = re.compile("[\\\\`!\\[<*_&\ue000\ue001]")
LONGEST_LINE = 10_000
"""Signs of a line that may hold a question, marks included."""
_OWN_KEYS = ("id", "kind", "competency", "rubrics", "target", "tags")


def plain(text: str) -> str:
    """The words of a line of Markdown, without its marks."""
    if not _MARKS.search(text):
        return text.strip()
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        kept.append(found[1])
        return f"\ue000{len(kept) - 1}\ue001"

    text = re.sub(r"\\([!-/:-@\[-`{-~])", keep, text.replace("\ue000", "").replace("\ue001", ""))
    text = re.sub(r"`([^`]*)`", r"\1", text)
    text = re.sub(r"!?\[([^\[\]]*)\]\([^()]*\)", r"\1", text)
    text = re.sub(r"<(/?[A-Za-z][^<>]*|https?:[^<>]*)>", "", text)
    text = re.sub(r"\*\*([^*]+)\*\*|__([^_]+)__", lambda found: found[1] or found[2], text)
    text = re.sub(r"(?<!\w)[*_]([^*_]+)[*_](?!\w)", r"\1", text)
    text = html.unescape(text)
    return re.sub("\ue000(\\d+)\ue001", lambda found: kept[int(found[1])], text).strip()


class _Markdown:
    def __init__(self, lines: list[str], gathering: Gathering, every_line: bool, document: bool) -> None:
        self._to = gathering
        self._every = every_line
        self._document = document
        """Whether a line is a paragraph of its own, and none is parted from the one before by an empty line."""
        self._lines = lines
        self._items = outline(lines)
        self._drafts: dict[int, Draft] = {}
        """Questions by the lines of the items that ask them or stand below."""
        self._section = ""
        self._aside = False
        self._current: Draft | None = None
        self._own: Draft | None = None
        """The question whose heading stood last: fields and guidance below belong to it."""
        self._heading: tuple[int, str, int] | None = None
        self._table: list[tuple[list[int], list[str]]] = []

    def line(self, number: int, line: str) -> None:
        if line.lstrip().startswith("|") or (self._table and "|" in line):
            self._table.append(([number], _cells(line)))
            return
        self.end_table()
        bold = _BOLD.match(line)
        if found := _HEADING.match(line):
            self._take_heading(number, len(found[1]), plain(_without_closing_marks(found[2])))
        elif _RULE.match(line) or _SETEXT.match(line):
            self._to.structure(number)
        elif item := self._items.get(number):
            self._take_item(number, item)
        elif bold and not reads_as_question(plain(line)) and len(line.split()) <= 8 and not named_part(plain(line)):
            self._take_heading(number, 3, plain(line))
        else:
            self._take_text(number, line)

    def take_heading(self, number: int, level: int, line: str) -> None:
        """A heading that is underlined, not marked."""
        self.end_table()
        self._take_heading(number, level, plain(line))

    def _take_heading(self, number: int, level: int, words: str) -> None:
        self._current = self._own = None
        self._to.structure(number)
        words = self._numbered(words)
        if not words:
            return
        self._heading = (number, words, level)
        self._aside = is_aside_heading(words)
        asked = said_question(words)
        if asked or (reads_as_question(words) and level > 1 and not self._heads_questions(number, words)):
            self._own = self._current = self._to.draft(number, asked or words, self._section)
        elif level == 1 and not self._to.drafts and "title" not in self._to.head and kind_named(words) is None:
            self._to.head["title"] = words
        else:
            self._section = words

    def _heads_questions(self, number: int, words: str) -> bool:
        """Whether a heading like "Why us" only stands above questions: two or three words without an end."""
        if len(words.split()) > 3 or words.endswith((".", "?", "!")):
            return False
        below = next((line for line in self._lines[number:] if line.strip()), "")
        return not _HEADING.match(below) and reads_as_question(plain(below.lstrip(" \t>-*+[]xX()0123456789.")))

    @staticmethod
    def _numbered(words: str) -> str:
        """A heading without its number."""
        return re.sub(r"^\(?(?:\d{1,3}(?:\.\d{1,3}){0,4}[.):]?|[ivxIVX]{1,5}[.)]|[a-zA-Z][.)])\s+(?=\S)", "", words)

    def _take_item(self, number: int, item: Item) -> None:
        words = plain(item.words)
        pair = _PAIR.match(words)
        if pair and self._heading and self._own_field(number, pair):
            return
        parent = self._drafts.get(item.parent) if item.parent else self._own
        asked = said_question(words)
        if not words:
            self._to.structure(number)
        elif asked:
            self._begin(number, asked)
        elif self._every:
            self._begin(number, words)
        elif self._current and not item.parent and stands_apart(self._lines, self._items, self._to.drafts, number):
            self._to.leave(number, words, AN_ASIDE)
        elif self._current and not item.parent and (part := named_part(words)):
            self._current.lines.append(number)
            fill(self._current, number, [part])
        elif parent is not None:
            take_below(parent, number, words, item.style != "bullet" and not self._own)
            self._drafts[number] = parent
        elif self._aside:
            self._to.leave(number, words, BELOW_ASIDE)
        elif aside_of(words) is not None and not item.asked:
            self._to.leave(number, words, AN_ASIDE)
        elif reads_as_question(words) or (item.asked and not item.tick):
            self._begin(number, words)
        elif kind_named(words) and len(words.split()) <= 5:
            self._section = words
            self._to.structure(number)
        else:
            self._to.leave(number, words, NOT_A_QUESTION)

    def _own_field(self, number: int, pair: re.Match[str]) -> bool:
        """Take a field of the question that the heading asks; False where the item is none."""
        role = _own_role(pair[1])
        if not role or (self._own is None and role not in _OWN_KEYS and not role.startswith(("probe:", "example:"))):
            return False
        if self._own is None:
            # A heading with fields below is a question, whatever it reads like.
            assert self._heading
            line, asked, _ = self._heading
            self._own = self._current = self._to.draft(line, asked)
            if self._section == asked:
                self._section = ""
        self._own.lines.append(number)
        fill(self._own, number, [(role, pair[2])])
        return True

    def _begin(self, number: int, words: str) -> None:
        self._current = self._drafts[number] = self._to.draft(number, words, self._section)

    def _take_text(self, number: int, line: str) -> None:
        indented = line[:1].isspace()
        words = plain(line.lstrip(" \t>"))
        asked = said_question(words)
        part = named_part(words)
        quoted = line.lstrip().startswith(">")
        if not words:
            self._to.structure(number)
        elif self._own and (self._own.id or not (words.endswith("?") and reads_as_question(words))):
            self._own.lines.append(number)
            role = "answer" if reads_as_answer(words) and not self._own.id else "guidance"
            fill(self._own, number, [part if part and not self._own.id else (role, words)])
        elif "bank" in self._to.head and not self._heading_below_title():
            self._describe(number, words)
        elif asked:
            self._current, self._own = self._to.draft(number, asked, self._section), None
        elif self._current and stands_apart(self._lines, self._items, self._to.drafts, number):
            self._to.leave(number, words, AN_ASIDE)
        elif self._current and (part or indented or quoted or self._continues(number, words)):
            self._current.lines.append(number)
            role = "answer" if reads_as_answer(words) else "guidance"
            if self._current.lines == [number - 1, number] and not (part or quoted) and self._unended():
                self._current.ask += f" {words}"
            else:
                fill(self._current, number, [part or (role, words)])
        elif self._aside:
            self._to.leave(number, words, BELOW_ASIDE)
        elif not self._every and (quoted or aside_of(words) is not None):
            self._to.leave(number, words, "it is quoted, below no question" if quoted else AN_ASIDE)
        elif self._every or reads_as_question(words):
            self._current, self._own = self._to.draft(number, words, self._section), None
        elif len(words.split()) <= 6 and (words.endswith(":") or (kind_named(words) and not words.endswith("."))):
            self._take_heading(number, 3, words.rstrip(":"))
        elif not self._to.drafts and not self._section and "title" in self._to.head:
            self._describe(number, words)
        else:
            self._to.leave(number, words, NOT_A_QUESTION)

    def _continues(self, number: int, words: str) -> bool:
        """Whether a line right below a question belongs to it: neither asks, nor is a heading, nor a reminder."""
        return (
            self._current is not None
            and self._current.lines[-1] == number - 1
            and (self._unended() or not reads_as_question(words))
            and aside_of(words) is None
            and not (self._document and behind_the_last(self._lines, self._items, self._to.drafts, number))
            and not (kind_named(words) and len(words.split()) <= 5)
            and not (words.endswith(":") and len(words.split()) <= 6)
        )

    def _unended(self) -> bool:
        return self._current is not None and not self._current.ask.rstrip().endswith((".", "?", "!"))

    def _heading_below_title(self) -> bool:
        return self._heading is not None and self._heading[2] > 1

    def _describe(self, number: int, words: str) -> None:
        self._to.structure(number)
        self._to.head["description"] = f"{self._to.head.get('description', '')} {words}".strip()

    def end_table(self) -> None:
        """Gather the table that has ended, if there is one."""
        if not self._table:
            return
        rows, self._table = self._table, []
        for lines, cells in rows:
            if not cells:
                self._to.structure(lines[0])
        gather_rows([row for row in rows if row[1]], self._to, self._section)
        self._current = self._own = None


def gather_markdown(text: str, gathering: Gathering, every_line: bool = False, document: bool = False) -> None:
    """Gather the questions of a Markdown text, or of a document that was turned into one."""
    lines = unquoted(LINE_ENDS.split(text))
    markdown = _Markdown(lines, gathering, every_line, document)
    start = _front_matter(lines, gathering)
    fenced = commented = False
    for number, line in enumerate(lines[start:], start + 1):
        if _FENCE.match(line):
            fenced = not fenced
            gathering.structure(number)
        elif not line.strip():
            markdown.end_table()
        elif len(line) > LONGEST_LINE:
            gathering.leave(number, line[:80], "it is longer than any question")
        elif fenced:
            gathering.leave(number, line, "it stands in a block of code")
        elif found := _HEAD_COMMENT.match(line.strip()):
            gathering.head["bank"], gathering.head["licence"] = found[1], found[2].strip()
            gathering.structure(number)
        elif commented or line.lstrip().startswith("<!--"):
            commented = "-->" not in line
            gathering.leave(number, line, "it is a comment")
        elif underline := _underline(lines, number):
            markdown.take_heading(number, underline, line)
        else:
            markdown.line(number, line)
    markdown.end_table()


def _underline(lines: list[str], number: int) -> int:
    """The level of a heading that is underlined with = or -; 0 for any other line."""
    found = _SETEXT.match(lines[number]) if number < len(lines) else None
    before = lines[number - 2].strip() if number > 1 else ""
    line = lines[number - 1]
    if not found or before or line.lstrip().startswith(("|", ">", "-", "#", "*", "+")) or line[:1].isspace():
        return 0
    return 1 if found[1].startswith("=") else 2


def _front_matter(lines: list[str], gathering: Gathering) -> int:
    """Read the lines between two `---` at the very top; the number of lines taken."""
    if not lines or lines[0].strip() != "---" or "---" not in (line.strip() for line in lines[1:60]):
        return 0
    end = next(index for index, line in enumerate(lines[1:], 1) if line.strip() == "---")
    for number, line in enumerate(lines[: end + 1], 1):
        key, _, value = line.partition(":")
        if key.strip().lower() in ("title", "description", "licence", "license") and value.strip():
            gathering.head[key.strip().lower().replace("license", "licence")] = value.strip().strip("\"'")
            gathering.structure(number)
        elif line.strip() and line.strip() != "---":
            gathering.leave(number, line, "a bank has no place for it")
        else:
            gathering.structure(number)
    return end + 1


def _without_closing_marks(heading: str) -> str:
    """A heading's words without the "##" that may close it."""
    words = heading.rstrip()
    bare = words.rstrip("#")
    return bare.rstrip() if bare != words and (not bare or bare[-1].isspace()) else words


def _own_role(key: str) -> str:
    name = " ".join(key.lower().split())
    if name in _OWN_KEYS:
        return name
    return named_role(name)


def _cells(line: str) -> list[str]:
    """The cells of a table's row; none for the row of dashes."""
    if "-" in line and not line.strip(" \t|:-"):
        return []
    inner = line.strip().removeprefix("|")
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
    return [plain(cell.replace("\\|", "|")) for cell in re.split(r"(?<!\\)\|", inner)]

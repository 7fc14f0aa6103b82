"""Questions out of Markdown: list items, headings that ask, tables; and the form that `banks export` writes."""

import html
import re
from dataclasses import dataclass

from simulator.questions.gathering import Draft, Gathering
from simulator.questions.guessing import reads_as_question
from simulator.questions.import_rows import Table, fill, role_of, roles_by_content, roles_of_header
from simulator.questions.import_text import LINE_ENDS, NOT_A_QUESTION

_HEADING = re.compile(r"^ {0,3}(#{1,6})\s+(.*?)(?:\s+#+)?\s*$")
_ITEM = re.compile(r"^(\s*)(?:[-*+]|\d{1,6}[.)])\s+(?:\[[ xX]?\]\s+)?(.*)$")
_FENCE = re.compile(r"^\s{0,3}(?:```|~~~)")
_RULE = re.compile(r"^ {0,3}(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,}|=+)$")
_SEPARATOR = re.compile(r"^\s*\|?(?:\s*:?-+:?\s*\|)*\s*:?-+:?\s*\|?\s*$")
_PAIR = re.compile(r"^([A-Za-z][A-Za-z _-]{0,40}):\s+(.*)$")
_SAID = re.compile(r"^(q|a|question|answer|tip|hint|guidance|note)s?\s*\d{0,4}\s*[:.]\s+", re.IGNORECASE)
_HEAD_COMMENT = re.compile(r"^<!--\s*bank:\s*([a-z0-9-]+);\s*licence:\s*(.*?)\s*-->$")
_OWN_KEYS = ("id", "kind", "competency", "rubrics", "target", "tags")


def plain(text: str) -> str:
    """The words of a line of Markdown, without its marks."""
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        kept.append(found[1])
        return f"\ue000{len(kept) - 1}\ue001"

    text = re.sub(r"\\([!-/:-@\[-`{-~])", keep, text.replace("\ue000", "").replace("\ue001", ""))
    text = re.sub(r"`([^`]*)`", r"\1", text)
    text = re.sub(r"!\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"<(/?[A-Za-z][^<>]*|https?:[^<>]*)>", "", text)
    text = re.sub(r"\*\*([^*]+)\*\*|__([^_]+)__", lambda found: found[1] or found[2], text)
    text = re.sub(r"(?<!\w)[*_]([^*_]+)[*_](?!\w)", r"\1", text)
    text = html.unescape(text)
    return re.sub("\ue000(\\d+)\ue001", lambda found: kept[int(found[1])], text).strip()


@dataclass(slots=True)
class _Item:
    indent: int
    draft: Draft | None


class _Markdown:
    def __init__(self, gathering: Gathering, every_line: bool) -> None:
        self._to = gathering
        self._every = every_line
        self._section = ""
        self._current: Draft | None = None
        self._own: Draft | None = None
        """The question whose heading stood last: fields and guidance below belong to it."""
        self._heading: tuple[int, str, int] | None = None
        self._items: list[_Item] = []
        self._table: list[tuple[int, list[str]]] = []

    def line(self, number: int, line: str) -> None:
        if line.lstrip().startswith("|") or (self._table and "|" in line):
            self._table.append((number, _cells(line)))
            return
        self.end_table()
        if found := _HEADING.match(line):
            self._take_heading(number, len(found[1]), plain(found[2]))
        elif _RULE.match(line):
            self._to.structure(number)
        elif found := _ITEM.match(line):
            self._take_item(number, len(found[1].expandtabs(4)), found[2])
        else:
            self._take_text(number, line)

    def _take_heading(self, number: int, level: int, words: str) -> None:
        self._current = self._own = None
        self._items.clear()
        self._to.structure(number)
        if not words:
            return
        self._heading = (number, words, level)
        if reads_as_question(words) and level > 1:
            self._own = self._current = self._to.draft(number, words, self._section)
        elif level == 1 and not self._to.drafts and "title" not in self._to.head:
            self._to.head["title"] = words
        else:
            self._section = words

    def _take_item(self, number: int, indent: int, text: str) -> None:
        words = plain(text)
        pair = _PAIR.match(words)
        if pair and self._heading and (role := _own_role(pair[1])):
            if self._own is None:
                # A heading with fields below is a question, whatever it reads like.
                line, asked, _ = self._heading
                self._own = self._current = self._to.draft(line, asked)
                if self._section == asked:
                    self._section = ""
            self._own.lines.append(number)
            fill(self._own, number, [(role, pair[2])])
            return
        while self._items and self._items[-1].indent >= indent:
            self._items.pop()
        parent = self._items[-1].draft if self._items else self._own
        said = _SAID.match(words)
        if not words:
            self._to.structure(number)
        elif said and said[1].lower() in ("q", "question"):
            self._begin(number, indent, words[said.end() :])
        elif said and self._current:
            self._current.lines.append(number)
            self._current.guidance.append((number, words[said.end() :]))
        elif parent is not None and not self._every:
            parent.lines.append(number)
            if words.endswith("?"):
                parent.probes.append((number, None, words))
            else:
                parent.guidance.append((number, words))
            self._items.append(_Item(indent, parent))
        elif self._every or reads_as_question(words):
            self._begin(number, indent, words)
        else:
            self._items.append(_Item(indent, None))
            self._to.leave(number, words, NOT_A_QUESTION)

    def _begin(self, number: int, indent: int, words: str) -> None:
        self._current = self._to.draft(number, words, self._section)
        self._items.append(_Item(indent, self._current))

    def _take_text(self, number: int, line: str) -> None:
        indented = line[:1].isspace()
        words = plain(line.lstrip(" \t>"))
        said = _SAID.match(words)
        quoted = line.lstrip().startswith(">")
        if not indented and not quoted:
            self._items.clear()
        if not words:
            self._to.structure(number)
        elif self._own and (self._own.id or not (words.endswith("?") and reads_as_question(words))):
            self._own.lines.append(number)
            self._own.guidance.append((number, words))
        elif "bank" in self._to.head and not self._heading_below_title():
            self._describe(number, words)
        elif said and said[1].lower() in ("q", "question"):
            self._current = self._to.draft(number, words[said.end() :], self._section)
        elif self._current and (said or indented or quoted):
            self._current.lines.append(number)
            self._current.guidance.append((number, words[said.end() :] if said else words))
        elif self._every or reads_as_question(words):
            self._current, self._own = self._to.draft(number, words, self._section), None
        elif not self._to.drafts and not self._section and "title" in self._to.head:
            self._describe(number, words)
        else:
            self._to.leave(number, words, NOT_A_QUESTION)

    def _heading_below_title(self) -> bool:
        return self._heading is not None and self._heading[2] > 1

    def _describe(self, number: int, words: str) -> None:
        self._to.structure(number)
        self._to.head["description"] = f"{self._to.head.get('description', '')} {words}".strip()

    def end_table(self) -> None:
        rows = [(number, cells) for number, cells in self._table if cells]
        for number, cells in self._table:
            if not cells:
                self._to.structure(number)
        self._table = []
        if not rows:
            return
        first, heads = rows[0]
        roles = roles_of_header(heads)
        if roles is not None:
            self._to.structure(first)
            rows = rows[1:]
            if "ask" not in roles:
                content = roles_by_content([cells for _, cells in rows])
                if "ask" in content and content.index("ask") < len(roles):
                    roles[content.index("ask")] = "ask"
        else:
            roles = roles_by_content([cells for _, cells in rows])
        table = Table(self._to, roles, heads, first)
        for number, cells in rows:
            table.row([number], cells, self._section)
        table.finish()
        self._current = self._own = None


def gather_markdown(text: str, gathering: Gathering, every_line: bool = False) -> None:
    """Gather the questions of a Markdown text."""
    markdown = _Markdown(gathering, every_line)
    lines = LINE_ENDS.split(text)
    start = _front_matter(lines, gathering)
    fenced = commented = False
    for number, line in enumerate(lines[start:], start + 1):
        if _FENCE.match(line):
            fenced = not fenced
            gathering.structure(number)
        elif not line.strip():
            markdown.end_table()
        elif fenced:
            gathering.leave(number, line, "it stands in a block of code")
        elif found := _HEAD_COMMENT.match(line.strip()):
            gathering.head["bank"], gathering.head["licence"] = found[1], found[2]
            gathering.structure(number)
        elif commented or line.lstrip().startswith("<!--"):
            commented = "-->" not in line
            gathering.leave(number, line, "it is a comment")
        else:
            markdown.line(number, line)
    markdown.end_table()


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


def _own_role(key: str) -> str:
    name = " ".join(key.lower().split())
    if name in _OWN_KEYS:
        return name
    role = role_of(name)
    return role if role.startswith("probe:") else ""


def _cells(line: str) -> list[str]:
    """The cells of a table's row; none for the row of dashes."""
    if _SEPARATOR.match(line) and "-" in line:
        return []
    inner = line.strip().removeprefix("|")
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
    return [plain(cell.replace("\\|", "|")) for cell in re.split(r"(?<!\\)\|", inner)]

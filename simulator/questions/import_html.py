"""Web pages, and documents turned into HTML, as Markdown text: headings, lists, tables, paragraphs; one line each."""

import re
from html.parser import HTMLParser

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = {
    "p",
    "div",
    "section",
    "article",
    "blockquote",
    "dt",
    "dd",
    "pre",
    "body",
    "main",
    "header",
    "footer",
    "caption",
}
_SKIPPED = {"script", "style", "head", "template", "noscript", "svg"}
_DEEPEST = 12
"""Levels of lists that are told apart."""


def html_to_markdown(text: str) -> str:
    """The readable lines of a page. Never fails: what is no HTML is text."""
    reader = _QuestionsHtml()
    reader.feed(_without_open_comment(text))
    reader.close()
    reader.end_line()
    return "\n".join(reader.lines)


def _without_open_comment(text: str) -> str:
    """The text up to a comment that never ends: what follows is none of the page, and takes the parser for ever."""
    begin = text.find("<!--", text.rfind("-->") + 1)
    return text if begin < 0 else text[:begin]


class _QuestionsHtml(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self._parts: list[str] = []
        self._lists: list[tuple[str, int]] = []
        self._item = ""
        self._heading = 0
        self._skipped = 0
        self._bold = 0
        self._plain = False
        """Whether the line has words that are not bold."""
        self._quoted = 0
        self._cells: list[str] | None = None
        self._rows: list[list[str]] = []
        self._tables = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        if tag in _SKIPPED:
            self._skipped += 1
        elif tag in _HEADINGS:
            self.end_line()
            self._heading = _HEADINGS[tag]
        elif tag in ("ul", "ol"):
            self.end_line()
            self._lists.append((tag, 0))
        elif tag == "li":
            self.end_line()
            self._item = self._mark()
        elif tag in ("strong", "b"):
            self._bold += 1
        elif tag == "br":
            self.end_line()
        elif tag == "table":
            self.end_line()
            self._tables += 1
        elif tag == "tr" and self._tables:
            self._row()
            self._cells = []
        elif tag in ("td", "th") and self._cells is not None:
            self._parts = []
            self._cells.append("")
        elif tag in _BLOCKS:
            self.end_line()
            self._quoted += tag == "blockquote"

    def _mark(self) -> str:
        """The bullet or number of an item, below the items it stands in."""
        if not self._lists:
            return "- "
        kind, count = self._lists[-1]
        self._lists[-1] = (kind, count + 1)
        indent = "    " * min(_DEEPEST, len(self._lists) - 1)
        return f"{indent}{count + 1}. " if kind == "ol" else f"{indent}- "

    def handle_endtag(self, tag: str) -> None:
        """An element ends."""
        if tag in _SKIPPED:
            self._skipped = max(0, self._skipped - 1)
        elif tag in ("strong", "b"):
            self._bold = max(0, self._bold - 1)
        elif tag in ("td", "th") and self._cells:
            self._keep_cell()
        elif tag == "tr":
            self._row()
        elif tag == "table":
            self._row()
            self._tables = max(0, self._tables - 1)
            if not self._tables:
                self._table()
        elif tag in _HEADINGS or tag == "li" or tag in _BLOCKS:
            self.end_line()
            self._heading = 0
            self._quoted = max(0, self._quoted - (tag == "blockquote"))
        elif tag in ("ul", "ol"):
            self.end_line()
            if self._lists:
                self._lists.pop()

    def handle_data(self, data: str) -> None:
        """Words."""
        if not self._skipped:
            self._parts.append(data)
            self._plain = self._plain or (not self._bold and bool(data.strip()))

    def end_line(self) -> None:
        """The block ends, and with it the line."""
        if self._cells is not None:
            # A paragraph in a cell: the cell goes on.
            self._parts.append(" ")
            return
        words = re.sub(r"[^\S\t]+", " ", "".join(self._parts).replace("\n", " ")).strip()
        bold = not self._plain
        self._parts, self._plain = [], False
        if not words:
            return
        escaped = re.sub(r"([\\`_\[\]<>&]|\*(?=\S))", r"\\\1", words)
        if self._heading:
            self.lines += ["", f"{'#' * self._heading} {escaped}", ""]
        elif self._item or self._lists:
            # A second paragraph of an item stands below it.
            self.lines.append((self._item or "    " * min(_DEEPEST, len(self._lists))) + escaped)
        elif bold:
            self.lines.append(f"**{escaped}**")
        else:
            self.lines.append(f"> {escaped}" if self._quoted else escaped)
        self._item = ""

    def _keep_cell(self) -> None:
        if self._cells:
            self._cells[-1] = " ".join("".join(self._parts).split())
        self._parts, self._plain = [], False

    def _row(self) -> None:
        if self._cells:
            if self._parts and not self._cells[-1]:
                self._keep_cell()
            self._rows.append(self._cells)
        self._cells = None

    def _table(self) -> None:
        rows, self._rows = self._rows, []
        if rows and max(map(len, rows)) == 1:
            # One column is no table but a frame around text.
            self.lines += [row[0] for row in rows]
            return

        def escaped(cell: str) -> str:
            return re.sub(r"([\\`*_\[\]<>&|])", r"\\\1", cell)

        self.lines.append("")
        self.lines += ["| " + " | ".join(map(escaped, row)) + " |" for row in rows]
        self.lines.append("")

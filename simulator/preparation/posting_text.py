"""A posting as people have it, brought to plain lines: from HTML, Word, PDF and pasted text.

Also the gate: what is no posting (nothing, a novel, another language) is told in plain words.
"""

import html
import re
import unicodedata
from html.parser import HTMLParser
from pathlib import Path

from simulator.errors import UserError
from simulator.preparation.posting_files import pdf_text, word_text
from simulator.texts import read_bytes

MOST_BYTES = 1_000_000
"""A saved web page with its scripts may be this large; a posting's own text is never."""
FAR_TOO_LARGE = "That is far more than a posting: copy only its own words. Nothing was changed."
MOST_WORDS = 4_000
"""The longest postings (public service) have about 2,500 words."""
LEAST_WORDS = 12
_ENGLISH = frozenset({
    "the", "and", "to", "of", "a", "in", "for", "with", "you", "your", "we", "our", "is", "are", "will", "be",
    "on", "at", "as", "or", "have", "this", "an", "that", "from", "by", "their", "who", "must", "can", "not",
    "any", "all", "us",
})  # fmt: skip
_LEAST_ENGLISH, _SURELY_NOT_ENGLISH = 0.13, 0.04
"""Shares of such words. Keyword lists in English have .05 to .17, prose .35; other languages stay under .08."""
_OTHER_LANGUAGES = frozenset({
    "der", "die", "das", "und", "für", "mit", "wir", "sie", "ist", "eine", "einen", "zu", "auf", "ihre", "bei",
    "le", "la", "les", "des", "et", "pour", "vous", "nous", "une", "du", "dans", "est", "el", "los", "las", "y",
    "para", "con", "una", "del", "en", "se", "il", "di", "che", "per", "della", "e", "un", "het", "een", "van",
    "voor", "je", "wij", "zijn", "og", "på", "til", "vi", "av", "som", "att", "och", "med", "er", "os", "um", "uma",
    "com", "o", "da", "do", "na", "w", "z", "i", "oraz", "ve", "bir", "ja", "de", "te",
})  # fmt: skip
_ENGLISH_TRADE = frozenset({
    "experience", "skills", "work", "team", "job", "role", "knowledge", "ability", "years", "degree", "required",
    "requirements", "responsibilities", "duties", "essential", "desirable", "preferred", "qualification",
    "qualifications", "licence", "license", "certificate", "diploma", "specification", "management", "staff", "other",
    "more", "good", "strong", "excellent", "what", "if", "working", "looking", "per",
})  # fmt: skip

_BLOCKS = frozenset({
    "p", "div", "br", "li", "ul", "ol", "tr", "td", "th", "table", "section", "article", "header", "footer", "h1",
    "h2", "h3", "h4", "h5", "h6", "dt", "dd", "dl", "main", "aside", "form",
})  # fmt: skip
_SILENT = frozenset({
    "script", "style", "noscript", "template", "svg", "head", "nav", "button", "select", "option",
})  # fmt: skip
_HEADINGS = frozenset({
    "h1", "h2", "h3", "h4", "h5", "h6",
})  # fmt: skip
_TAG = re.compile(r"</?(?:p|div|br|li|ul|ol|h[1-6]|span|strong|b|section|html|body|table|a)\b[^>]{0,400}>", re.I)


def read_posting_file(path: Path) -> str:
    """The text of a posting's file: text, HTML, Word or PDF. Raises UserError for what cannot be read."""
    kind = path.suffix.lower()
    if kind in (".doc", ".odt", ".rtf", ".png", ".jpg", ".jpeg"):
        raise UserError(
            f"{path} is not a text file.",
            "Open it, copy the posting's text, and paste it in the app or save it as .txt.",
        )
    raw = read_bytes(path, MOST_BYTES, FAR_TOO_LARGE)
    if kind == ".docx":
        return word_text(raw, path)
    if kind == ".pdf":
        return pdf_text(raw, path)
    return decoded(raw, str(path))


def decoded(raw: bytes, where: str) -> str:
    """Bytes as text: UTF-8, UTF-16 with its mark, else Windows' Latin. Raises UserError for what is no text."""
    if len(raw) > MOST_BYTES:
        raise UserError(f"{where} has {len(raw) / 1_000_000:.1f} MB.", FAR_TOO_LARGE)
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", errors="replace")
    if b"\0" in raw:
        raise UserError(f"{where} is not a text file.", "Copy the posting's text into a .txt file.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def check_posting(text: str) -> str:
    """The text without HTML. Raises UserError for what is no posting in English."""
    if len(text) > MOST_BYTES:
        raise UserError(f"That text has {len(text) / 1_000_000:.1f} MB.", FAR_TOO_LARGE)
    plain = without_html(text)
    words = re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)?", plain)
    if not words:
        raise UserError("There is no text in it.", "Copy the posting's words and give them once more.")
    letters = [char for char in plain if char.isalpha()]
    if sum(char > "\u024f" for char in letters) > len(letters) / 2:
        # Another script: its words cannot be counted by spaces.
        raise _not_english()
    if len(words) < LEAST_WORDS:
        raise UserError(
            f"That is only {len(words)} words, too few for a posting.",
            "Paste the whole text, duties and requirements included.",
        )
    if len(words) > MOST_WORDS:
        raise UserError(
            f"That is {len(words):,} words; a posting has a few hundred.",
            f"Keep the part about one job, up to {MOST_WORDS:,} words. Nothing was changed.",
        )
    low = [word.lower() for word in words]
    english = sum(word in _ENGLISH or word in _ENGLISH_TRADE for word in low) / len(low)
    other = sum(word in _OTHER_LANGUAGES for word in low) / len(low)
    if english < _SURELY_NOT_ENGLISH or (english < _LEAST_ENGLISH and other > english):
        raise _not_english()
    return plain


def _not_english() -> UserError:
    return UserError(
        "That does not look like English.",
        "Postings are read in English only; translate it and give it once more.",
    )


def without_html(text: str) -> str:
    """Plain lines from pasted HTML; other text comes back as it is, entities resolved."""
    if len(_TAG.findall(text)) < 2:
        return _tidied(html.unescape(text) if "&" in text else text)
    reader = _PostingHtml()
    reader.feed(text)
    reader.close()
    return _tidied("".join(reader.parts))


class _PostingHtml(HTMLParser):
    """Writes the visible text of HTML as lines, with bullets and headings marked."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag in ("td", "th"):
            self.parts.append(" | ")
        elif tag in _BLOCKS:
            self.parts.append("\n\n## " if tag in _HEADINGS else "\n- " if tag == "li" else "\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in _BLOCKS and tag not in ("td", "th"):
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(re.sub(r"\s+", " ", data))


def _tidied(text: str) -> str:
    """One kind of line break, space and quote; nothing invisible."""
    text = unicodedata.normalize("NFKC", text.replace("\u2028", "\n").replace("\u2029", "\n"))
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("’", "'").replace("‘", "'")
    text = text.replace("“", '"').replace("”", '"')
    # No line of signs and no word of a thousand letters says anything; both cost time to search in.
    text = re.sub(r"([^\w\s])\1{9,}", r"\1\1\1", text)
    text = re.sub(r"(?:[^\w\s][ ]+){12,}", " ", text)
    text = re.sub(r"(\S{200})\S+", r"\1", text)
    return "".join(
        char if char in "\n\t" or char.isprintable() else " " if unicodedata.category(char) == "Zs" else ""
        for char in text
    )

"""Letters as Markdown, as files, and as a `mailto:` link that opens them in the mail program."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from urllib.parse import quote

from simulator.errors import UserError
from simulator.followup.letter_drafts import LetterDraft
from simulator.paths import private_folder, private_opener

_SAFE_IN_ADDRESS = "@!$'*+-._~"
"""What RFC 6068 lets stand in an address; the rest is percent-encoded."""


def as_markdown(page: LetterDraft, sources: bool = True) -> str:
    """A letter as Markdown: subject, text, and, where wanted, where each claim comes from."""
    letter = page.letter
    lines = [f"# To {_escaped(letter.to)}", "", f"**Subject:** {_escaped(letter.subject)}", ""]
    for blank, paragraph in groupby(page.text.strip().splitlines(), key=lambda line: not line.strip()):
        if not blank:
            # Two spaces keep the line break between the closing and the name.
            lines += ["  \n".join(_escaped(line) for line in paragraph), ""]
    if sources and letter.traced() and not page.edited:
        lines += ["## Where it comes from", "", *(f"- {_escaped(each)}" for each in letter.traced()), ""]
    if letter.hints:
        lines += ["## Before you send it", "", *(f"- {_escaped(each)}" for each in letter.hints), ""]
    return "\n".join(lines)


def mailto(page: LetterDraft) -> str:
    """The letter as a `mailto:` link (RFC 6068), to the address where one is known."""
    address = quote(page.letter.email, safe=_SAFE_IN_ADDRESS)
    body = page.text.replace("\r\n", "\n").replace("\n", "\r\n")
    return f"mailto:{address}?subject={quote(page.letter.subject, safe='')}&body={quote(body, safe='')}"


def files_of(pages: Sequence[LetterDraft], form: str) -> Iterator[tuple[str, str]]:
    """Each letter as a file name and its text; `form` is "text" or "md"."""
    taken: set[str] = set()
    for page in pages:
        base = re.sub(r"[^a-z0-9]+", "-", page.letter.to.lower()).strip("-") or "letter"
        name, number = base, 2
        while name in taken:
            name, number = f"{base}-{number}", number + 1
        taken.add(name)
        yield (f"{name}.md", as_markdown(page)) if form == "md" else (f"{name}.txt", page.text)


def write_file(folder: Path, name: str, text: str) -> Path:
    """Write a file for this user alone. Raises UserError where one of that name says something else already."""
    if not folder.exists():
        private_folder(folder)
    path = folder / name
    try:
        if path.exists():
            if path.read_text(encoding="utf-8") == text:
                return path
            raise UserError(f"{path} is there already and says something else.", "Name another folder, or move it.")
        with open(path, "x", encoding="utf-8", newline="", opener=private_opener) as file:
            file.write(text)
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"{path} cannot be written: {error}.", "Check its rights, or name another folder.") from None
    return path


def _escaped(text: str) -> str:
    return re.sub(r"([\\`*_\[\]<>#])", r"\\\1", text)

"""Questions out of plain text: one a line, numbered or not, with "Q:" and "A:", tips below, headings between."""

import re
from collections.abc import Mapping, Sequence

from simulator.questions.gathering import Draft, Gathering, clean, seconds_of
from simulator.questions.guessing import reads_as_answer, reads_as_question
from simulator.questions.import_headings import aside_of, is_aside_heading, kind_named, named_role
from simulator.questions.import_outline import Item, outline
from simulator.questions.import_rows import fill

LINE_ENDS = re.compile(r"\r\n|\r|\n")
DECORATION = re.compile(r"^\s*[-=*_#~+.•─━═]{3,}\s*$")
_QUESTION = re.compile(r"^(?:q|question|frage|pregunta|fråga)\s*\d{0,4}\s*[:.)–-]\s*", re.IGNORECASE)
_PAGE = re.compile(r"(?:^|\s{2,}|\t)\W{0,3}(?:[^\W\d_]{1,8}\.? )?\d{1,4} ?(?:/|[^\W\d_]{2,3}) ?\d{1,4}\W{0,3}$")
"""What a page says of itself at the end of a line or alone on one: "Page 2 of 3", "- 2/3 -"."""
_DASH = re.compile(r"(?<=[.?!])\s+[-–—]\s+(?=\S)")
_NAMED = re.compile(r"^([^\W\d_][^:\n]{0,40}?)\s?:\s*(.*)$")
NOT_A_QUESTION = "it does not read like a question"
AN_ASIDE = "it is a note or a reminder"
BELOW_ASIDE = "it stands under a heading that is not asked"


def named_part(words: str) -> tuple[str, str] | None:
    """A line that says what it is ("Tip: ...", "Nachfrage: ..."): the role and the rest; None for any other."""
    found = _NAMED.match(words)
    role = named_role(found[1]) if found else ""
    if found and not found[2] and is_aside_heading(found[1]):
        return None
    return (role, found[2]) if found and role and role not in ("ask", "number", "id") else None


def said_question(words: str) -> str | None:
    """What stands behind "Q3:" or "Frage 3:"; None where the line does not begin so."""
    found = _QUESTION.match(words)
    return words[found.end() :] if found else None


def take_cells(draft: Draft, number: int, cells: Sequence[str]) -> None:
    """What stands behind a question on its line, parted by tabs: its kind, its time, else what to look for."""
    for cell in cells:
        role = "kind" if kind_named(cell) else "target" if seconds_of(cell) else "answer"
        if cell.endswith("?"):
            role = "probe"
        fill(draft, number, [(role, cell)])


def take_below(draft: Draft, number: int, words: str, numbered: bool) -> None:
    """What stands below a question: another question follows up on it, all else says what to look for."""
    draft.lines.append(number)
    part = named_part(words)
    if part:
        fill(draft, number, [part])
    elif words.endswith("?") or (numbered and reads_as_question(words)):
        draft.probes.append((number, None, words))
    else:
        rest = aside_of(words)
        fill(draft, number, [("answer" if reads_as_answer(words) else "guidance", rest or words)])


def stands_apart(lines: Sequence[str], items: Mapping[int, Item], drafts: Sequence[Draft], number: int) -> bool:
    """Whether a note below the last of the questions so far is not about it: an empty line parts them, and the
    question is one of a list that ends there, or nothing is asked any more. Without an empty line (a program that
    has none between paragraphs) the list ends there and no other question of it has anything below."""
    draft, line = drafts[-1], lines[number - 1]
    words = bare_line(line)
    part = named_part(words)
    if line[:1].isspace() or (aside_of(words) is None and not (part and part[0] == "notes")):
        return False
    if draft.lines[-1] == number - 1:
        return behind_the_last(lines, items, drafts, number)
    after = next_line(lines, number)
    return draft.lines[0] in items or aside_of(after) is not None or not reads_as_question(after)


def behind_the_last(lines: Sequence[str], items: Mapping[int, Item], drafts: Sequence[Draft], number: int) -> bool:
    """Whether a line right below a question, at the margin, comes after the whole list: nothing is asked next, and
    the questions before have no such line below them (items of a list below one are another thing)."""
    *others, draft = drafts
    after = next((place for place, line in enumerate(lines[number:], number + 1) if line.strip()), 0)
    return (
        bool(others)
        and draft.ask.rstrip().endswith((".", "?", "!"))
        and not any(line not in items for other in drafts for line, _ in (*other.guidance, *other.answers))
        and not (after and (after in items or reads_as_question(bare_line(lines[after - 1]))))
    )


def bare_line(line: str) -> str:
    """A line without the marks at its beginning."""
    return line.lstrip(" \t>-*+")


def next_line(lines: Sequence[str], number: int) -> str:
    """The next line that is not empty, without its marks; "" at the end."""
    return bare_line(next((line for line in lines[number:] if line.strip()), ""))


def unquoted(lines: Sequence[str]) -> list[str]:
    """The lines of a text, without the "> " of a message that was passed on as a whole."""
    filled = [line for line in lines if line.strip()]
    if len(filled) > 2 and 10 * sum(line.startswith(">") for line in filled) > 8 * len(filled):
        return [re.sub(r"^>[> ]? ?", "", line) for line in lines]
    return list(lines)


def gather_text(text: str, gathering: Gathering, every_line: bool = False) -> None:
    """Gather the questions of a plain text. With `every_line` each line is one, whatever it reads like."""
    _TextReader(unquoted(LINE_ENDS.split(text)), gathering, every_line).gather()


class _TextReader:
    def __init__(self, lines: Sequence[str], gathering: Gathering, every_line: bool) -> None:
        self._lines, self._to, self._every = lines, gathering, every_line
        self._items = outline(lines)
        self._drafts: dict[int, Draft] = {}
        """Questions by the lines of the items that ask them."""
        self._current: Draft | None = None
        self._section = ""
        self._aside = False
        self._open = False
        """Whether what is asked may go on in the next line."""

    def gather(self) -> None:
        for number, line in enumerate(self._lines, 1):
            if not line.strip():
                self._open = False
            elif DECORATION.match(line):
                self._to.structure(number)
            elif words := _PAGE.sub("", line):
                self._take(number, words)
            else:
                self._to.structure(number)

    def _take(self, number: int, line: str) -> None:
        item = self._items.get(number)
        words, *cells = [part.strip() for part in re.split(r"\t+", (item.words if item else line).strip())]
        if not cells and (dash := _DASH.search(words)) and reads_as_question(words[: dash.start()]):
            # "Why here? - Knows the firm", as Quizlet writes a term and what stands behind it.
            words, cells = words[: dash.start()], [words[dash.end() :]]
        if said_question(words) is None and not item and kind_named(words) and cells:
            words, cells = cells[0], [words, *cells[1:]]
        asked = said_question(words)
        parent = self._drafts.get(item.parent) if item and item.parent else None
        if not words or asked == "":
            self._to.leave(number, line, "there are no words in it")
        elif self._every or asked:
            self._begin(number, asked or words, cells)
        elif self._current and stands_apart(self._lines, self._items, self._to.drafts, number):
            self._to.leave(number, words, AN_ASIDE)
        elif self._current and (part := named_part(words)):
            self._current.lines.append(number)
            fill(self._current, number, [part])
            self._open = False
        elif parent is not None:
            take_below(parent, number, " ".join([words, *cells]), item is not None and item.style != "bullet")
            self._drafts[number] = parent
            self._open = False
        elif self._goes_on(item):
            assert self._current
            self._current.ask += f" {words}"
            self._current.lines.append(number)
        elif self._current and line[:1].isspace() and not item:
            take_below(self._current, number, words, numbered=False)
            self._open = False
        elif self._aside and not _names_section(words, item):
            self._to.leave(number, words, BELOW_ASIDE)
        elif not (item and item.asked) and aside_of(words) is not None:
            self._take_aside(number, words)
        elif reads_as_question(words) or (item and item.asked):
            self._begin(number, words, cells)
        elif self._is_heading(number, words, item):
            self._take_heading(number, words)
        elif self._current and self._open and not item:
            self._current.lines.append(number)
            fill(self._current, number, [("answer", words)])
        else:
            self._to.leave(number, " ".join([words, *cells]), NOT_A_QUESTION)

    def _goes_on(self, item: Item | None) -> bool:
        """A question that was wrapped."""
        return bool(
            self._current and self._open and not item and not self._current.ask.rstrip().endswith((".", "?", "!"))
        )

    def _begin(self, number: int, words: str, cells: Sequence[str]) -> None:
        self._current = self._to.draft(number, words, self._section)
        self._drafts[number] = self._current
        take_cells(self._current, number, cells)
        self._open = not cells

    def _take_aside(self, number: int, words: str) -> None:
        if self._current and self._open:
            self._current.lines.append(number)
            fill(self._current, number, [("guidance", aside_of(words) or words)])
        elif is_aside_heading(words.strip(": ")):
            self._take_heading(number, words)
        else:
            self._to.leave(number, words, AN_ASIDE)
        self._open = False

    def _take_heading(self, number: int, words: str) -> None:
        if not self._to.drafts and "title" not in self._to.head and not words.endswith(":") and not kind_named(words):
            self._to.head["title"] = words
        self._section, self._current, self._open = words.strip(":# "), None, False
        self._aside = is_aside_heading(words)
        self._to.structure(number)

    def _is_heading(self, number: int, words: str, item: Item | None) -> bool:
        """A short line without a full stop, ended by a colon, in capitals, or with empty lines around it; an item
        of a list where it names a kind or others stand below it."""
        if len(words.split()) > 9 or words.endswith((".", "?", "!", ",", ";")):
            return False
        if item:
            return _names_section(words, item) or any(other.parent == number for other in self._near(number))
        before = self._lines[number - 2].strip() if number > 1 else ""
        after = self._lines[number].strip() if number < len(self._lines) else ""
        alone = not before and (not after or bool(DECORATION.match(after)) or number == 1)
        capitals = words.isupper() and len(words) > 3
        return words.endswith(":") or capitals or alone or (not before and bool(after)) or _names_section(words, item)

    def _near(self, number: int) -> list[Item]:
        return [self._items[line] for line in range(number + 1, number + 4) if line in self._items]


def _names_section(words: str, item: Item | None) -> bool:
    """Whether a line by itself can only be a heading: it names a kind, or what is not asked."""
    if len(words.split()) > 5 or words.endswith((".", "?", "!")):
        return False
    return (kind_named(words) is not None and not (item and item.asked)) or is_aside_heading(clean(words))

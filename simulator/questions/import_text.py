"""Questions out of plain text: one a line, numbered or not, with "Q:" and "A:", tips below, headings between."""

import re
from collections.abc import Sequence

from simulator.questions.gathering import Draft, Gathering
from simulator.questions.guessing import reads_as_question

LINE_ENDS = re.compile(r"\r\n|\r|\n")
BULLET = re.compile(r"^\s*(?:[-*+•–—▪●◦‣·○□☐✓]\s+(?:\[[ xX]?\]\s+)?|\(?\d{1,6}[.):\]]\s*(?=\D)|\(?[a-zA-Z][.)]\s+)")
DECORATION = re.compile(r"^\s*[-=*_#~+.•─━═]{3,}\s*$")
_QUESTION = re.compile(r"^(?:q|question)\s*\d{0,4}\s*[:.)–-]\s*", re.IGNORECASE)
_GUIDANCE = re.compile(
    r"^(?:a|answers?|tips?|hints?|guidance|advice|notes?|(?:good|strong|sample|model|possible) answers?|look for|"
    r"what to look for|why (?:we|they) ask)\s*:\s*",
    re.IGNORECASE,
)
_PROBE = re.compile(r"^(?:follow[- ]?ups?(?: questions?)?|probes?)\s*:\s*", re.IGNORECASE)
NOT_A_QUESTION = "it does not read like a question"


def gather_text(text: str, gathering: Gathering, every_line: bool = False) -> None:
    """Gather the questions of a plain text. With `every_line` each line is one, whatever it reads like."""
    lines = LINE_ENDS.split(text)
    current: Draft | None = None
    section = ""
    open_ask = False
    for number, line in enumerate(lines, 1):
        words = line.strip()
        if not words:
            open_ask = False
            continue
        if DECORATION.match(line):
            gathering.structure(number)
            continue
        item = BULLET.match(line)
        words = line[item.end() :].strip() if item else words
        said = _QUESTION.sub("", words)
        if not words or not said:
            gathering.leave(number, line, "there are no words in it")
        elif every_line or said != words:
            current, open_ask = gathering.draft(number, said, section), True
        elif current and (found := _GUIDANCE.match(words)):
            _add(current, number, guidance=words[found.end() :])
            open_ask = False
        elif current and (found := _PROBE.match(words)):
            _add(current, number, probe=words[found.end() :])
            open_ask = False
        elif current and open_ask and not item and not current.ask.rstrip().endswith((".", "?", "!")):
            # A question that was wrapped goes on.
            current.ask += f" {words}"
            current.lines.append(number)
        elif current and line[:1].isspace() and not item and not words.endswith("?"):
            _add(current, number, guidance=words)
            open_ask = False
        elif reads_as_question(words):
            current, open_ask = gathering.draft(number, words, section), True
        elif _is_heading(lines, number, words, bool(item)):
            if not gathering.drafts and "title" not in gathering.head and not words.endswith(":"):
                gathering.head["title"] = words
            section, current, open_ask = words.strip(":# "), None, False
            gathering.structure(number)
        elif current and open_ask and not item:
            _add(current, number, guidance=words)
            open_ask = False
        else:
            gathering.leave(number, words, NOT_A_QUESTION)


def _add(draft: Draft, number: int, guidance: str = "", probe: str = "") -> None:
    draft.lines.append(number)
    if guidance:
        draft.guidance.append((number, guidance))
    if probe:
        draft.probes.append((number, None, probe))


def _is_heading(lines: Sequence[str], number: int, words: str, item: bool) -> bool:
    """A short line without a full stop, ended by a colon, in capitals, or with empty lines around it."""
    if item or len(words.split()) > 9 or words.endswith((".", "?", "!", ",", ";")):
        return False
    before = lines[number - 2].strip() if number > 1 else ""
    after = lines[number].strip() if number < len(lines) else ""
    alone = not before and (not after or bool(DECORATION.match(after)) or number == 1)
    return words.endswith(":") or (words.isupper() and len(words) > 3) or alone or (not before and bool(after))

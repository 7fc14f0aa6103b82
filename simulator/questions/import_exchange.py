"""Questions out of the files of learning programs: Moodle's GIFT and XML, and Quizlet's text."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast
from xml.etree import ElementTree

from simulator.questions.gathering import Gathering, clean
from simulator.questions.import_markdown import plain
from simulator.questions.import_rows import draft_of
from simulator.questions.import_tables import field_words
from simulator.questions.import_text import LINE_ENDS
from simulator.yaml_nodes import BrokenFile, Finding
from simulator.zip_files import refuse_document_types

_CATEGORY = re.compile(r"^\s*\$CATEGORY:\s*(.*)$", re.IGNORECASE)
_TITLE = re.compile(r"^\s*::((?:[^\\:]|\\.|:(?!:))*)::\s*")
_FORMAT = re.compile(r"^\s*\[(html|moodle|plain|markdown)\]\s*")
_CHOICES = re.compile(r"(?<!\\)(?:~|->)|^\s*(?:T|F|TRUE|FALSE)\s*(?:#.*)?$", re.DOTALL)
A_CHOICE = "its answers are to be chosen from, nobody asks that aloud"
_ESCAPED = re.compile(r"\\([~=#{}:\\])")


def looks_like_gift(lines: list[str]) -> bool:
    """Whether the first lines are of a GIFT file."""
    return any(_CATEGORY.match(line) or (_TITLE.match(line) and "{" in line) for line in lines)


def gather_gift(text: str, gathering: Gathering) -> None:
    """Gather GIFT: blocks parted by empty lines, each a question with its answers in braces. A title, or what stands
    below closed braces, begins a block as well, where somebody left the empty lines out."""
    block: list[tuple[int, str]] = []
    section = ""
    for number, line in enumerate([*LINE_ENDS.split(text), ""], 1):
        if found := _CATEGORY.match(line):
            _gather_gift_block(block, gathering, section)
            block = []
            section = clean(found[1].replace("$course$", "").rpartition("/")[2])
            gathering.structure(number)
        elif line.lstrip().startswith("//"):
            gathering.leave(number, line, "it is a comment")
        elif line.strip():
            if block and (_TITLE.match(line) or (block[-1][1].rstrip().endswith("}") and not line[:1].islower())):
                _gather_gift_block(block, gathering, section)
                block = []
            block.append((number, line))
        else:
            _gather_gift_block(block, gathering, section)
            block = []


def _gather_gift_block(block: list[tuple[int, str]], gathering: Gathering, section: str) -> None:
    if not block:
        return
    numbers = [number for number, _ in block]
    whole = "\n".join(line for _, line in block)
    title = _TITLE.match(whole)
    rest = whole[title.end() :] if title else whole
    form = _FORMAT.match(rest)
    rest = rest[form.end() :] if form else rest
    start, end = _braces(rest)
    if start >= 0 and _CHOICES.search(rest[start + 1 : end - 1]):
        for number, line in block:
            gathering.leave(number, line, A_CHOICE)
        return
    asked = rest[:start] + (" ____ " if rest[end:].strip() else "") + rest[end:] if start >= 0 else rest
    if form and form[1] == "markdown":
        asked = plain(asked)
    values = [("ask", field_words(_bare(asked)) or _bare(title[1] if title else ""))]
    values += _gift_answers(rest[start + 1 : end - 1] if start >= 0 else "")
    if draft_of(gathering, numbers, values, section) is None:
        gathering.leave(numbers[0], whole, "no question in this block")


def _braces(text: str) -> tuple[int, int]:
    """Where the answers begin and end; (-1, -1) where there are none."""
    start = re.search(r"(?<!\\)\{", text)
    if not start:
        return -1, -1
    end = re.compile(r"(?<!\\)\}").search(text, start.end())
    return start.start(), end.end() if end else len(text)


def _gift_answers(inner: str) -> list[tuple[str, str]]:
    general = re.split(r"(?<!\\)####", inner, maxsplit=1)
    values: list[tuple[str, str]] = []
    for found in re.finditer(r"(?<!\\)=((?:[^\\~=]|\\.)*)", general[0]):
        answer, _, feedback = found[1].partition("#")
        values += [("answer", _bare(re.sub(r"^\s*%-?[\d.]+%", "", answer))), ("guidance", _bare(feedback))]
    values += [("guidance", _bare(part)) for part in general[1:]]
    return [(role, text) for role, text in values if text]


def _bare(text: str) -> str:
    return clean(_ESCAPED.sub(r"\1", text.replace("\\n", " ")))


def gather_moodle(text: str, gathering: Gathering, path: Path) -> None:
    """Gather a Moodle quiz. Raises BrokenFile where it is no XML, UserError where it declares a document type."""
    refuse_document_types(text.encode("utf-8", "replace"), str(path))
    parser: ElementTree.XMLPullParser[Any] = ElementTree.XMLPullParser(events=("start", "end"))
    try:
        # Fed by lines, so that each question's line is known.
        section, begun = "", 1
        for number, line in enumerate(re.sub(r"^\s*<\?xml[^>]*\?>", "", text).splitlines(keepends=True), 1):
            parser.feed(line)
            for event, element in cast("Iterator[tuple[str, ElementTree.Element]]", parser.read_events()):
                if element.tag != "question":
                    continue
                if event == "start":
                    begun = number
                else:
                    section = _moodle_question(element, gathering, section, begun)
                    element.clear()
        parser.close()
    except ElementTree.ParseError as error:
        at, column = error.position
        raise BrokenFile(path, [Finding(str(path), at, column + 1, "this cannot be read as XML.")]) from None


def _moodle_question(element: ElementTree.Element, gathering: Gathering, section: str, line: int) -> str:
    """Take one question; the category that stands from here on."""

    def words(name: str) -> str:
        return clean(field_words(element.findtext(f"{name}/text") or ""))

    if element.get("type") == "category":
        gathering.structure(line)
        return words("category").replace("$course$", "").rpartition("/")[2]
    if element.get("type") == "description":
        gathering.leave(line, words("questiontext") or words("name"), "it is shown and asks nothing")
        return section
    if element.get("type") in ("multichoice", "truefalse", "matching"):
        gathering.leave(line, words("questiontext") or words("name"), A_CHOICE)
        return section
    values = [("ask", words("questiontext") or words("name"))]
    for answer in element.findall("answer"):
        try:
            right = float(answer.get("fraction") or 0) >= 100
        except ValueError:
            right = False
        if right:
            values.append(("answer", clean(field_words(answer.findtext("text") or ""))))
    values += [("answer", words("graderinfo")), ("guidance", words("generalfeedback"))]
    values += [("guidance", clean(field_words(hint.findtext("text") or ""))) for hint in element.findall("hint")]
    values += [("tags", clean(tag.findtext("text") or "")) for tag in element.findall("tags/tag")]
    if draft_of(gathering, [line], [(role, text) for role, text in values if text], section) is None:
        gathering.leave(line, words("name") or element.get("type", "question"), "no question in this entry")
    return section

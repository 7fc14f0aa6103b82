"""Stories written in a file: YAML with the parts as keys, or Markdown with the parts as headings or labels.

    title: A calmer night shift                 # A calmer night shift
    situation: ...                              Situation: ...
    action: ...                                 ## Action
    result: ...                                 ...

Several stories stand in a YAML list, or each below a heading of its own.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from simulator.data_files import Checker, Field, Items, nearest, parse_yaml
from simulator.errors import UserError
from simulator.preparation.stories import LONGEST_PART, PARTS
from simulator.texts import read_bytes

MOST_BYTES = 1_000_000
_TEXTS = ("title", *PARTS, "numbers", "use", "witness")
FIELDS = (
    *(Field(name, longest=LONGEST_PART) for name in _TEXTS),
    Field("skills", "words", longest=80, examples=("planning", "first aid")),
)
_OTHER_NAMES = {
    "outcome": "result", "results": "result", "actions": "action", "what i did": "action", "background": "situation",
    "context": "situation", "number": "numbers", "skill": "skills", "challenge": "task", "what came of it": "result",
    "what happened": "situation", "witnesses": "witness",
}  # fmt: skip
_LABEL = re.compile(r"^\s*(?:[-*]\s+)?(?:\*\*|__)?([A-Za-z ]{3,20}?)(?:\*\*|__)?:(?:\*\*|__)?\s*(.*)$")

Parts = dict[str, object]
"""The fields of one story by name; texts, and `skills` as a tuple."""


def stories_in(text: str, path: Path) -> list[Parts]:
    """The stories of a file by its ending: Markdown and plain text by their headings, all else as YAML.

    Raises UserError (BrokenFile with line and column for YAML) for what is no story.
    """
    found = _from_markdown(text) if path.suffix.lower() in (".md", ".markdown", ".txt") else _from_yaml(text, path)
    if not found:
        raise UserError(
            f"No story was found in {path}.",
            "Write 'Situation:', 'Action:' and 'Result:' before its parts, or use the keys of a YAML file.",
        )
    return found


def read_stories(path: Path) -> list[Parts]:
    """The stories of a file on the disk. Raises UserError as `stories_in`, and where it cannot be read."""
    try:
        text = read_bytes(path, MOST_BYTES, "Stories are short; is it the right file?").decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UserError(f"{path} is not a text file in UTF-8.", "Save it as plain text.") from None
    return stories_in(text, path)


def _from_yaml(text: str, path: Path) -> list[Parts]:
    node = parse_yaml(text, path)
    checker = Checker(path)
    if isinstance(node, Items):
        records = [checker.record(each, FIELDS, "a story") for each in node.nodes]
    else:
        records = [checker.record(node, FIELDS, "a story")]
    checker.finish()
    return [dict(record.values) for record in records]


def _from_markdown(text: str) -> list[Parts]:
    found = []
    for lines in _apart(text.splitlines()):
        parts: dict[str, list[str]] = {}
        at = ""
        for line in lines:
            heading = _heading(line)
            named = _LABEL.match(line)
            if heading is not None and (name := _name(heading)):
                at = name
            elif heading is not None and "title" not in parts:
                parts["title"] = [heading]
                at = "situation"
            elif named and (name := _name(named[1])):
                at = name
                parts.setdefault(at, []).append(named[2])
            elif at and line.strip():
                parts.setdefault(at, []).append(re.sub(r"^\s*[-*]\s+", "", line).strip())
        story: Parts = {name: text for name, words in parts.items() if (text := " ".join(words).strip())}
        if "skills" in story:
            story["skills"] = tuple(word.strip() for word in str(story["skills"]).split(",") if word.strip())
        if any(part in story for part in PARTS):
            found.append(story)
    return found


def _apart(lines: list[str]) -> Iterator[list[str]]:
    """The lines of each story: a heading that names no part begins one."""
    current: list[str] = []
    for line in lines:
        heading = _heading(line)
        named = _LABEL.match(line)
        begins = (heading is not None and not _name(heading)) or (named and _name(named[1]) == "title")
        if begins and current:
            yield current
            current = []
        current.append(line)
    yield current


def _heading(line: str) -> str | None:
    """The words of a heading, without the marks around them; None for any other line."""
    found = re.match(r"^#{1,6}\s+(.*)$", line)
    return found[1].rstrip().rstrip("#").rstrip() if found else None


def _name(words: str) -> str:
    low = " ".join(words.lower().strip(" :*_").split())
    low = _OTHER_NAMES.get(low, low)
    return low if low in (*_TEXTS, "skills") else ""


def part_named(words: str) -> str:
    """The field of a story by its name as people write it. Raises UserError with the nearest one."""
    if name := _name(words):
        return name
    raise UserError(f"A story has no '{words}'.", nearest(words, (*_TEXTS, "skills")))

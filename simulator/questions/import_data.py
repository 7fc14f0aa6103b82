"""Questions out of JSON (lists of texts or objects, or lines of them) and YAML, another bank above all."""

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from simulator.questions.gathering import Gathering, clean
from simulator.questions.guessing import reads_as_question
from simulator.questions.import_columns import SEVERAL, Row, heading_at
from simulator.questions.import_headings import role_of
from simulator.questions.import_rows import draft_of, gather_rows, text_of, values_of
from simulator.texts import why_no_value
from simulator.yaml_nodes import BrokenFile, Entries, Finding, Items, Node, Text, parse_yaml

_HEAD = {"bank": "bank", "title": "title", "name": "title", "description": "description", "licence": "licence",
         "license": "licence"}  # fmt: skip
_CONTAINERS = ("questions", "items", "data", "cards", "notes", "banks", "sections", "categories", "groups", "decks",
               "list", "results", "entries", "rows")  # fmt: skip
_SECTION_NAMES = ("name", "title", "section", "heading", "group")
_IGNORED = ("language", "path", "shipped")
"""What `banks show --json` says of a bank, and what only its new place decides."""


class Placed:
    """A value and the line it begins on; lists and mappings hold placed values."""

    __slots__ = ("line", "value")

    def __init__(self, value: Any, line: int) -> None:
        self.value = value
        self.line = line


def gather_json(text: str, gathering: Gathering, path: Path) -> None:
    """Gather a JSON document, or lines of JSON. Raises BrokenFile where it is neither."""
    try:
        root = _Json(text).document()
    except RecursionError:
        raise BrokenFile(path, [Finding(str(path), 1, 1, "this is nested too deeply.")]) from None
    except json.JSONDecodeError as error:
        where = Finding(str(path), error.lineno, error.colno, f"this cannot be read as JSON: {error.msg}.")
        raise BrokenFile(path, [where]) from None
    except ValueError as error:
        why = f"this cannot be read as JSON: {why_no_value(error)}."
        raise BrokenFile(path, [Finding(str(path), 1, 1, why)]) from None
    _gather(root, gathering, "")


def gather_yaml(text: str, gathering: Gathering, path: Path) -> None:
    """Gather another bank, or any YAML list of questions. Raises BrokenFile where it is no YAML."""
    _gather(_placed(parse_yaml(text, path)), gathering, "")


def _gather(node: Placed, gathering: Gathering, section: str, depth: int = 0) -> None:
    if isinstance(node.value, list):
        rows = _rows(node)
        if heading_at(rows) is not None:
            gather_rows(rows, gathering, section)
            return
        for each in node.value:
            if isinstance(each.value, dict) and _holds_list(each.value):
                _gather(each, gathering, section, depth + 1)
            else:
                _gather_one(each, gathering, section)
        return
    if not isinstance(node.value, dict):
        _gather_one(node, gathering, section)
        return
    if _asks(node.value):
        _gather_one(node, gathering, section)
        return
    if node.value and all(reads_as_question(key) and len(key.split()) > 2 for key in node.value):
        # Each question with its answer.
        for key, each in node.value.items():
            inner = _bare(each)
            values, left = values_of(inner) if isinstance(inner, Mapping) else ([("answer", text_of(inner))], [])
            draft_of(gathering, [each.line], [("ask", key), *values], section)
            for name, text in left:
                gathering.leave(each.line, f"{name}: {text}", "a question has no place for it")
        return
    if numbered := _numbered(node.value):
        for key in numbered:
            _gather_one(node.value[key], gathering, section)
        node = Placed({key: each for key, each in node.value.items() if key not in numbered}, node.line)
    node = _with_heading(node)
    if columns := _columns(node.value):
        gather_rows(columns, gathering, section)
        return
    lists = {key: each for key, each in node.value.items() if isinstance(each.value, (list, dict))}
    named = next((text_of(each.value) for key, each in node.value.items() if role_of(key) in ("kind", "competency")
                  or key.lower() in _SECTION_NAMES), "") if gathering.drafts or section or depth else ""  # fmt: skip
    section = clean(named) or section
    for key, each in node.value.items():
        if key in lists and not depth and not gathering.drafts and _is_document(each, lists):
            _gather(each, gathering, "")
        elif key in lists:
            known = key.lower() in _CONTAINERS or role_of(key) == "ask" or bool(_rows(each))
            _gather(each, gathering, section if known else clean(key), depth + 1)
        elif named and text_of(each.value) == named:
            gathering.structure(each.line)
        elif key.lower() in _HEAD:
            gathering.head[_HEAD[key.lower()]] = text_of(each.value)
        elif key.lower() not in _IGNORED:
            gathering.leave(each.line, f"{key}: {text_of(each.value)}", "a bank has no place for it")


def _is_document(node: Placed, beside: Mapping[str, Placed]) -> bool:
    """Whether of several objects this alone holds lists, and says what it is called: the bank, with data about it."""
    holding = [each for each in beside.values() if isinstance(each.value, list) or _holds_list(each.value)]
    return holding == [node] and isinstance(node.value, dict) and any(key.lower() in _HEAD for key in node.value)


def _rows(node: Placed) -> list[Row]:
    """A list of lists of bare values as rows of a table; none where it is anything else."""
    lists = node.value if isinstance(node.value, list) else []
    if len(lists) < 2 or not all(isinstance(each.value, list) and each.value for each in lists):
        return []
    if any(isinstance(cell.value, (list, dict)) for each in lists for cell in each.value):
        return []
    return [([each.line], [text_of(cell.value) for cell in each.value]) for each in lists]


def _with_heading(node: Placed) -> Placed:
    """An object of headings and rows (`{"columns": [...], "data": [[...], ...]}`), the headings as the first row."""
    for key, each in node.value.items():
        rows = _rows(each)
        for name, heads in node.value.items() if rows else ():
            cells = heads.value if isinstance(heads.value, list) else []
            if len(cells) == len(rows[0][1]) and any(role_of(text_of(_bare(cell))) == "ask" for cell in cells):
                beside = {other: value for other, value in node.value.items() if other not in (key, name)}
                return Placed({**beside, key: Placed([heads, *each.value], heads.line)}, node.line)
    return node


def _columns(value: dict[str, Placed]) -> list[Row]:
    """The rows of an object that is a table column by column (`{"question": [...], "kind": [...]}`); else none."""
    columns = [list(each.value.values()) if isinstance(each.value, dict) else each.value for each in value.values()]
    if len(columns) < 2 or not any(role_of(key) == "ask" for key in value):
        return []
    if not all(isinstance(column, list) and len(column) == len(columns[0]) > 1 for column in columns):
        return []
    if any(isinstance(cell.value, (list, dict)) for column in columns for cell in column):
        return []
    names = [role_of(key) for key in value]
    if not all(names) or len(set(names)) != len(names):
        return []
    line = next(iter(value.values())).line
    rows = zip(*columns, strict=True)
    return [([line], list(value)), *(([row[0].line], [text_of(cell.value) for cell in row]) for row in rows)]


def _numbered(value: dict[str, Placed]) -> list[str]:
    """The keys of an object that are questions of their own, told apart by their numbers; none for a single one."""
    found: dict[str, list[str]] = {}
    for key, each in value.items():
        stem = re.sub(r"[\s_.#-]*\d+$", "", key)
        asks = _asks(each.value) if isinstance(each.value, dict) else _reads(each)
        if stem != key and role_of(key) in ("ask", "") and asks:
            found.setdefault(stem, []).append(key)
    return next((keys for keys in found.values() if len(keys) > 1), [])


def _asks(value: dict[str, Placed]) -> bool:
    """Whether an object is a question: its words stand in it, or in an object of their own (`{"text": ...}`)."""
    if _numbered(value):
        return False
    for key, each in value.items():
        if role_of(key) == "ask" and not isinstance(each.value, list):
            if not isinstance(each.value, dict):
                return True
            by_language = all(re.fullmatch("[a-z]{2}(?:[-_][A-Za-z]{2})?", name) for name in each.value)
            texts = _asking_texts(each)
            if key.lower() not in _CONTAINERS and (len(texts) == 1 or (texts and by_language)):
                return True
    return bool(_titled(value))


def _holds_list(value: dict[str, Placed]) -> bool:
    """Whether an entry is no question but a part with questions in it."""
    if _asks(value):
        return False
    return any(
        isinstance(each.value, (list, dict)) and each.value and role_of(key) not in SEVERAL
        for key, each in value.items()
    )


def _titled(value: dict[str, Placed]) -> str:
    """The key of a name that asks ("title" in a form), in an object with no questions below it; or ""."""
    below = [
        each for key, each in value.items() if role_of(key) not in SEVERAL and isinstance(each.value, (list, dict))
    ]
    listed = [each.value for node in below if isinstance(node.value, list) for each in node.value]
    if any(map(_asking_texts, below)) or any(isinstance(each, dict) and _asks(each) for each in listed):
        return ""
    return next((key for key in value if key.lower() in _SECTION_NAMES and _reads(value[key])), "")


def _reads(node: Placed) -> bool:
    return isinstance(node.value, str) and reads_as_question(node.value)


def _asking_texts(node: Placed) -> list[str]:
    """The texts in a value that read like questions, however deep."""
    if isinstance(node.value, (list, dict)):
        inner = node.value.values() if isinstance(node.value, dict) else node.value
        return [text for each in inner for text in _asking_texts(each)]
    return [node.value] if _reads(node) else []


def _gather_one(node: Placed, gathering: Gathering, section: str) -> None:
    value = _bare(node)
    if isinstance(value, Mapping):
        values, left = values_of(value)
        titled = _titled(node.value)
        if titled and not any(role == "ask" and reads_as_question(text) for role, text in values):
            values = [(role, text) for role, text in values if role != "ask"]
            values.append(("ask", text_of(value[titled])))
            left = [(name, text) for name, text in left if name != titled]
        if draft_of(gathering, [node.line], values, section) is None:
            gathering.leave(node.line, text_of(value), "no question in this entry")
            return
        for key, text in left:
            gathering.leave(node.line, f"{key}: {text}", "a question has no place for it")
    elif isinstance(value, Sequence) and not isinstance(value, str):
        parts = [text_of(each) for each in value]
        values = [("ask", parts[0]), *(("answer", part) for part in parts[1:])] if parts else []
        if draft_of(gathering, [node.line], values, section) is None:
            gathering.leave(node.line, text_of(value) or "[]", "no question in this entry")
    elif clean(text_of(value)):
        gathering.draft(node.line, text_of(value), section)
    else:
        gathering.leave(node.line, text_of(value) or "(empty)", "no question in this entry")


def _bare(node: Placed) -> Any:
    if isinstance(node.value, list):
        return [_bare(each) for each in node.value]
    if isinstance(node.value, dict):
        return {key: _bare(each) for key, each in node.value.items()}
    return node.value


def _placed(node: Node) -> Placed:
    if isinstance(node, Text):
        empty = node.plain and node.value in ("", "~", "null")
        return Placed(None if empty else node.value, node.line)
    if isinstance(node, Items):
        return Placed([_placed(each) for each in node.nodes], node.line)
    return Placed({key.value: _placed(each) for key, each in _pairs(node)}, node.line)


def _pairs(node: Entries) -> Sequence[tuple[Text, Node]]:
    return node.pairs


class _Json:
    """JSON whose lists and objects keep the lines of what is in them, two levels down and everything below at one."""

    _MOST_LEVELS = 4

    def __init__(self, text: str) -> None:
        self._text = text
        self._decoder = json.JSONDecoder()
        self._line, self._counted = 1, 0

    def document(self) -> Placed:
        placed, end = self._value(self._skip(0), 0)
        end = self._skip(end)
        if end == len(self._text):
            return placed
        # One value a line, as in a .jsonl file.
        values = [placed]
        while end < len(self._text):
            placed, end = self._value(end, 2)
            values.append(placed)
            end = self._skip(end)
        return Placed(values, 1)

    def _skip(self, at: int) -> int:
        while at < len(self._text) and self._text[at] in " \t\r\n":
            at += 1
        return at

    def _place(self, at: int) -> int:
        if at >= self._counted:
            self._line += self._text.count("\n", self._counted, at)
            self._counted = at
        return self._line

    def _value(self, at: int, level: int) -> tuple[Placed, int]:
        line = self._place(at)
        opened = self._text[at : at + 1]
        if level >= self._MOST_LEVELS or opened not in ("[", "{"):
            value, end = self._decoder.raw_decode(self._text, at)
            return Placed(_deep(value, line), line), end
        return self._list(at, level, line) if opened == "[" else self._object(at, level, line)

    def _list(self, at: int, level: int, line: int) -> tuple[Placed, int]:
        values: list[Placed] = []
        at = self._skip(at + 1)
        if self._text[at : at + 1] == "]":
            return Placed(values, line), at + 1
        while True:
            value, at = self._value(at, level + 1)
            values.append(value)
            at = self._skip(at)
            if self._text[at : at + 1] == "]":
                return Placed(values, line), at + 1
            at = self._skip(self._expect(at, ","))

    def _object(self, at: int, level: int, line: int) -> tuple[Placed, int]:
        values: dict[str, Placed] = {}
        at = self._skip(at + 1)
        if self._text[at : at + 1] == "}":
            return Placed(values, line), at + 1
        while True:
            self._check(at, '"', "a key in double quotes is expected")
            key, at = self._decoder.raw_decode(self._text, at)
            at = self._skip(self._expect(self._skip(at), ":"))
            value, at = self._value(at, level + 1)
            values[key] = value
            at = self._skip(at)
            if self._text[at : at + 1] == "}":
                return Placed(values, line), at + 1
            at = self._skip(self._expect(at, ","))

    def _expect(self, at: int, char: str) -> int:
        self._check(at, char, f"'{char}' is expected")
        return at + 1

    def _check(self, at: int, char: str, what: str) -> None:
        if self._text[at : at + 1] != char:
            raise json.JSONDecodeError(what, self._text, min(at, len(self._text)))


def _deep(value: Any, line: int) -> Any:
    """Values below the levels whose lines are kept, all on the line of what holds them."""
    if isinstance(value, list):
        return [Placed(_deep(each, line), line) for each in value]
    if isinstance(value, dict):
        return {key: Placed(_deep(each, line), line) for key, each in value.items()}
    return value

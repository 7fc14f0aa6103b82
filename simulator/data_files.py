"""Reads the data files people write (banks, interviewers, rubrics) and says exactly what is wrong where.

YAML is read by its event stream, so that every value keeps its line and column, nesting and
aliases stay bounded, and `no`, `1e3` or `12:30` stay the words that were typed: what a value means is
decided by the field it stands in, never guessed. All findings of a file come together.
"""

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from simulator.problems import Problem

MOST_BYTES = 32_000_000
MOST_DEPTH = 40
MOST_NODES = 2_000_000
"""Values of a file with its aliases written out; beyond that it is a trap, not a bank."""

SWITCHES = {"yes": True, "true": True, "on": True, "no": False, "false": False, "off": False}


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing wrong in a file. `line` and `column` count from 1; `instead` says what to write."""

    path: str
    line: int
    column: int
    what: str
    instead: str = ""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.what} {self.instead}".rstrip()


class BrokenFile(Problem):
    """A data file with errors; all of them are in `findings`."""

    def __init__(self, path: Path, findings: Sequence[Finding]) -> None:
        self.path = path
        self.findings = tuple(sorted(findings))
        more = f" (and {len(findings) - 1} more)" if len(findings) > 1 else ""
        super().__init__(f"{self.findings[0]}{more}")


@dataclass(slots=True)
class Text:
    """A scalar as it was written; `plain` when it had no quotes."""

    value: str
    line: int
    column: int
    plain: bool = True
    size: int = 1


@dataclass(slots=True)
class Items:
    """A sequence."""

    nodes: list["Node"]
    line: int
    column: int
    size: int = 1


@dataclass(slots=True)
class Entries:
    """A mapping, keys in the order written."""

    pairs: list[tuple[Text, "Node"]]
    line: int
    column: int
    size: int = 1


Node = Text | Items | Entries


def read_text(path: Path) -> str:
    """A file's text: UTF-8, with or without a byte order mark. Raises BrokenFile."""

    def broken(what: str, instead: str, line: int = 1, column: int = 1) -> BrokenFile:
        return BrokenFile(path, [Finding(str(path), line, column, what, instead)])

    try:
        if path.is_dir():
            raise broken("this is a folder, not a file.", "Name a file in it.")
        if path.stat().st_size > MOST_BYTES:
            raise broken(f"the file is larger than {MOST_BYTES // 1_000_000} MB.", "Split it.")
        raw = path.read_bytes()
    except OSError as error:
        raise broken(f"the file cannot be read: {error.strerror or error}.", "Check its name and rights.") from None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        line = before.count(b"\n") + 1
        column = error.start - (before.rfind(b"\n") + 1) + 1
        raise broken("this is not UTF-8 text.", "Save the file as UTF-8.", line, column) from None


def parse_yaml(text: str, path: Path) -> Node:
    """The YAML document of `text` with positions. Raises BrokenFile with the place of the first error."""
    import yaml

    name = str(path)
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    builder = _Builder(path)
    try:
        for event in yaml.parse(text, Loader=loader):
            builder.take(event, yaml)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        what = (error.problem or "this is not YAML").rstrip(".")
        raise BrokenFile(
            path, [Finding(name, line, column, f"this cannot be read as YAML: {what}.", _yaml_hint(text, line))]
        ) from None
    except yaml.YAMLError as error:
        line, column = _place_of(text, getattr(error, "position", 0))
        raise BrokenFile(
            path,
            [Finding(name, line, column, "a character stands here that YAML does not allow.", "Delete it.")],
        ) from None
    except (ValueError, OverflowError) as error:
        raise BrokenFile(path, [Finding(name, 1, 1, f"this cannot be read as YAML: {error}.")]) from None
    if builder.root is None:
        raise BrokenFile(path, [Finding(name, 1, 1, "the file is empty.", "'banks new' writes one to start from.")])
    return builder.root


def _place_of(text: str, position: object) -> tuple[int, int]:
    at = position if isinstance(position, int) else 0
    before = text[:at]
    return before.count("\n") + 1, at - (before.rfind("\n") + 1) + 1


def _yaml_hint(text: str, line: int) -> str:
    lines = text.splitlines()
    shown = lines[line - 1] if 0 < line <= len(lines) else ""
    if "\t" in shown[: len(shown) - len(shown.lstrip())]:
        return "Indent with spaces, not with tabs."
    if ": " in shown.partition(": ")[2]:
        return "Put the text in quotes: it has a colon in it."
    return "Look at this line and the one before: indentation, quotes, a missing colon."


class _Builder:
    """Builds nodes from parser events without recursion."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._open: list[tuple[Items | Entries, Text | None, str | None]] = []
        self._anchors: dict[str, Node] = {}
        self._documents = 0
        self.root: Node | None = None

    def take(self, event: Any, yaml: Any) -> None:
        mark = event.start_mark
        if isinstance(event, yaml.ScalarEvent):
            text = event.value
            plain = event.style is None or event.style == ""
            self._add(Text(text, mark.line + 1, mark.column + 1, plain), event.anchor)
        elif isinstance(event, yaml.SequenceStartEvent):
            self._begin(Items([], mark.line + 1, mark.column + 1), event)
        elif isinstance(event, yaml.MappingStartEvent):
            self._begin(Entries([], mark.line + 1, mark.column + 1), event)
        elif isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
            node, _, anchor = self._open.pop()
            self._add(node, anchor)
        elif isinstance(event, yaml.AliasEvent):
            known = self._anchors.get(event.anchor)
            if known is None:
                self._stop(mark, f"nothing is called '{event.anchor}' above.", "Write the text out.")
            else:
                self._add(known, None)
        elif isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                self._stop(mark, "a second document begins here ('---').", "Make it a file of its own.")

    def _begin(self, node: Items | Entries, event: Any) -> None:
        if len(self._open) >= MOST_DEPTH:
            self._stop(event.start_mark, "this is nested too deeply.", "A data file needs four levels at most.")
        self._open.append((node, None, event.anchor))

    def _add(self, node: Node, anchor: str | None) -> None:
        if anchor:
            self._anchors[anchor] = node
        if not self._open:
            self.root = node
            return
        parent, key, parent_anchor = self._open[-1]
        parent.size += node.size
        if parent.size > MOST_NODES:
            found = Finding(str(self._path), node.line, node.column, "aliases blow this file up.", "Write it out.")
            raise BrokenFile(self._path, [found])
        if isinstance(parent, Items):
            parent.nodes.append(node)
        elif key is None:
            # A key that is a list or a mapping becomes an unknown key, reported with its place.
            name = node if isinstance(node, Text) else Text("?", node.line, node.column)
            self._open[-1] = (parent, name, parent_anchor)
        else:
            parent.pairs.append((key, node))
            self._open[-1] = (parent, None, parent_anchor)

    def _stop(self, mark: Any, what: str, instead: str) -> None:
        raise BrokenFile(self._path, [Finding(str(self._path), mark.line + 1, mark.column + 1, what, instead)])


@dataclass(frozen=True, slots=True)
class Field:
    """One key of a record: what may stand there.

    `kind` is "text", "number", "decimal", "switch", "words" (a list of texts), "mapping" (text to
    text), "record" or "records" (a list of mappings with `fields`). `choices` bounds a text, the
    words of a list or the keys of a mapping. `longest` is in characters, `least` and `most` bound numbers.
    """

    name: str
    kind: str = "text"
    required: bool = False
    choices: tuple[str, ...] = ()
    longest: int = 4_000
    least: float | None = None
    most: float | None = None
    pattern: str = ""
    pattern_words: str = ""
    fields: tuple["Field", ...] = ()
    help: str = ""
    examples: tuple[str, ...] = ()


@dataclass(slots=True)
class Record:
    """The values of one mapping by field name, with the place of each and of the whole."""

    values: dict[str, Any]
    places: dict[str, tuple[int, int]] = field(default_factory=dict)
    line: int = 1
    column: int = 1

    def get(self, name: str, default: Any = None) -> Any:
        return self.values.get(name, default)


class Checker:
    """Turns nodes into records by their fields and collects everything that is wrong."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.findings: list[Finding] = []

    def find(self, node: Node | Record, what: str, instead: str = "") -> None:
        """Note something wrong at a node."""
        self.findings.append(Finding(str(self.path), node.line, node.column, what, instead))

    def find_at(self, place: tuple[int, int], what: str, instead: str = "") -> None:
        """Note something wrong at a line and column."""
        self.findings.append(Finding(str(self.path), *place, what, instead))

    def finish(self) -> None:
        """Raise BrokenFile when anything was found."""
        if self.findings:
            raise BrokenFile(self.path, self.findings)

    def record(self, node: Node, fields: Sequence[Field], what: str = "this file") -> Record:
        """A mapping as a record."""
        record = Record({}, {}, node.line, node.column)
        if not isinstance(node, Entries):
            keys = ", ".join(f"'{each.name}:'" for each in fields if each.required) or f"'{fields[0].name}:'"
            self.find(node, f"{what} should be a mapping of keys to values.", f"Begin with {keys}.")
            return record
        known = {each.name: each for each in fields}
        for key, value in node.pairs:
            if key.value in record.places:
                self.find(key, f"'{key.value}' stands here a second time.", "Keep one of the two.")
            elif key.value in known:
                record.places[key.value] = (value.line, value.column)
                checked = self._value(value, known[key.value])
                if checked is not None:
                    record.values[key.value] = checked
            else:
                self.find(key, f"'{key.value[:40]}' is not a key of {what}.", nearest(key.value, known))
        for each in fields:
            if each.required and each.name not in record.places:
                self.find(node, f"{what} has no '{each.name}'.", f"Add '{each.name}:'. {each.help}".rstrip())
        return record

    def _value(self, node: Node, spec: Field) -> Any:
        match spec.kind:
            case "text":
                return self._text(node, spec)
            case "number" | "decimal":
                return self._number(node, spec)
            case "switch":
                if isinstance(node, Text) and node.value.lower() in SWITCHES:
                    return SWITCHES[node.value.lower()]
                self.find(node, f"'{spec.name}' is a switch.", "Write yes or no.")
                return None
            case "words":
                return self._words(node, spec)
            case "mapping":
                return self._mapping(node, spec)
            case "record":
                return self.record(node, spec.fields, f"'{spec.name}'")
            case "records":
                return self._records(node, spec)
        raise ValueError(f"unknown kind of field: {spec.kind}")

    def _text(self, node: Node, spec: Field) -> str | None:
        if not isinstance(node, Text):
            self.find(node, f"'{spec.name}' should be a text.", "Write one text, in quotes if it has a colon.")
            return None
        value = " ".join(node.value.split())
        if not value or (node.plain and value in ("~", "null")):
            self.find(node, f"'{spec.name}' is empty.", spec.help or "Write something, or leave the key out.")
            return None
        if len(value) > spec.longest:
            self.find(node, f"'{spec.name}' has {len(value)} characters.", f"At most {spec.longest} fit here.")
        if spec.choices and value not in spec.choices:
            self.find(node, f"'{value[:40]}' is not a {spec.name} that is known.", nearest(value, spec.choices))
            return None
        if spec.pattern and not re.fullmatch(spec.pattern, value):
            self.find(node, f"'{value[:40]}' does not do as '{spec.name}'.", spec.pattern_words)
            return None
        return value

    def _number(self, node: Node, spec: Field) -> int | float | None:
        number: int | float | None = None
        if isinstance(node, Text):
            try:
                number = int(node.value) if spec.kind == "number" else float(node.value)
            except ValueError:
                number = None
        if number is None or number != number or number in (float("inf"), float("-inf")):
            whole = "a whole number" if spec.kind == "number" else "a number"
            self.find(node, f"'{spec.name}' should be {whole}.", f"Write {_range(spec) or 'digits'}.")
            return None
        if (spec.least is not None and number < spec.least) or (spec.most is not None and number > spec.most):
            self.find(node, f"'{spec.name}' cannot be {number}.", f"Write {_range(spec)}.")
            return None
        return number

    def _words(self, node: Node, spec: Field) -> tuple[str, ...] | None:
        if not isinstance(node, Items):
            self.find(
                node, f"'{spec.name}' should be a list.", f"Write [{', '.join(spec.examples or ('one', 'two'))}]."
            )
            return None
        one = Field(spec.name, choices=spec.choices, longest=spec.longest, pattern=spec.pattern,
                    pattern_words=spec.pattern_words)  # fmt: skip
        words = [self._text(each, one) for each in node.nodes]
        for index, word in enumerate(words):
            if word is not None and word in words[:index]:
                self.find(node.nodes[index], f"'{word[:40]}' stands in '{spec.name}' twice.", "Keep one.")
        return tuple(word for word in words if word is not None)

    def _mapping(self, node: Node, spec: Field) -> dict[str, str] | None:
        if not isinstance(node, Entries):
            keys = spec.choices[:3] or ("key",)
            self.find(
                node, f"'{spec.name}' should map keys to texts.", f"Write {', '.join(f'{k}: ...' for k in keys)}."
            )
            return None
        values: dict[str, str] = {}
        for key, value in node.pairs:
            if key.value in values:
                self.find(key, f"'{key.value}' stands here a second time.", "Keep one of the two.")
            elif spec.choices and key.value not in spec.choices:
                self.find(key, f"'{key.value[:40]}' is not a key of '{spec.name}'.", nearest(key.value, spec.choices))
            else:
                text = self._text(value, Field(key.value, longest=spec.longest))
                if text is not None:
                    values[key.value] = text
        return values

    def _records(self, node: Node, spec: Field) -> list[Record] | None:
        if not isinstance(node, Items):
            self.find(node, f"'{spec.name}' should be a list.", "Begin each entry with '- '.")
            return None
        if not node.nodes:
            self.find(node, f"'{spec.name}' is an empty list.", "Add one entry at least.")
        one = spec.name.removesuffix("s")
        return [self.record(each, spec.fields, f"a {one}") for each in node.nodes]


def nearest(word: str, known: Iterable[str] | Mapping[str, object]) -> str:
    """ "Did you mean ...?", or the list of what there is."""
    names = list(known)
    lower = {name.lower(): name for name in names}
    near = difflib.get_close_matches(word.lower(), lower, n=1)
    if near:
        return f"Did you mean '{lower[near[0]]}'?"
    return f"There is {', '.join(names)}." if len(names) <= 20 else ""


def _range(spec: Field) -> str:
    if spec.least is not None and spec.most is not None:
        return f"a number from {spec.least:g} to {spec.most:g}"
    if spec.least is not None:
        return f"a number from {spec.least:g} up"
    return f"a number up to {spec.most:g}" if spec.most is not None else ""

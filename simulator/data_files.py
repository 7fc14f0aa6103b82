"""What may stand in data files that people write (banks, interviewers, rubrics), what is wrong, and "Did you mean".

A file's keys are declared as fields; a checker turns the nodes of `yaml_nodes` into records by them.
All findings of a file come together.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from simulator.errors import UserError
from simulator.texts import did_you_mean
from simulator.yaml_nodes import BrokenFile, Entries, Finding, Items, Node, Text, parse_yaml, read_text

__all__ = [
    "BrokenFile", "Checker", "Entries", "Field", "Finding", "Items", "Node", "Record", "Text", "nearest",
    "parse_yaml", "read_text", "shown",
]  # fmt: skip

MOST_FINDINGS = 2_000
"""Findings told of one file; nobody reads more."""
SWITCHES = {"yes": True, "true": True, "on": True, "no": False, "false": False, "off": False}


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
        self.full = False
        """So much is wrong that the rest is not looked at."""

    def find(self, node: Node | Record, what: str, instead: str = "") -> None:
        """Note something wrong at a node."""
        self.find_at((node.line, node.column), what, instead)

    def find_at(self, place: tuple[int, int], what: str, instead: str = "") -> None:
        """Note something wrong at a line and column."""
        if self.full:
            return
        self.findings.append(Finding(str(self.path), *place, what, instead))
        if len(self.findings) == MOST_FINDINGS:
            self.full = True
            more = Finding(str(self.path), *place, "there may be more errors from here on.", "Mend these first.")
            self.findings.append(more)

    def finish(self) -> None:
        """Raise BrokenFile when anything was found."""
        if self.findings:
            raise BrokenFile(self.path, self.findings)

    def record(self, node: Node, fields: Sequence[Field], what: str = "this file") -> Record:
        """A mapping as a record."""
        return self._record(node, {each.name: each for each in fields}, what)

    def _record(self, node: Node, known: Mapping[str, Field], what: str) -> Record:
        record = Record({}, {}, node.line, node.column)
        if self.full:
            return record
        if not isinstance(node, Entries):
            keys = (
                ", ".join(f"'{each.name}:'" for each in known.values() if each.required) or f"'{next(iter(known))}:'"
            )
            self.find(node, f"{what} should be a mapping of keys to values.", f"Begin with {keys}.")
            return record
        for key, value in node.pairs:
            name = key.value
            if name in record.places:
                self.find(key, f"'{name}' stands here a second time.", "Keep one of the two.")
            elif name in known:
                record.places[name] = (value.line, value.column)
                checked = self._value(value, known[name])
                if checked is not None:
                    record.values[name] = checked
            elif name == "<<":
                self.find(key, "keys cannot be merged in with '<<' here.", "Write them out.")
            else:
                self.find(key, f"'{shown(name)}' is not a key of {what}.", nearest(name, known))
        for each in known.values():
            if each.required and each.name not in record.places:
                self.find(node, f"{what} has no '{each.name}'.", f"Add '{each.name}:'. {each.help}".rstrip())
        return record

    def _value(self, node: Node, spec: Field) -> Any:
        match spec.kind:
            case "text":
                return self._text(node, spec, spec.name, spec.choices)
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

    def _text(self, node: Node, spec: Field, name: str, choices: Sequence[str] = ()) -> str | None:
        if not isinstance(node, Text):
            self.find(node, f"'{name}' should be a text.", "Write one text, in quotes if it has a colon.")
            return None
        value = " ".join(node.value.split())
        if not value or (node.plain and value in ("~", "null")):
            help_words = spec.help if name == spec.name else ""
            self.find(node, f"'{name}' is empty.", help_words or "Write something, or leave the key out.")
            return None
        if not value.isprintable() and (hidden := _hidden(value)):
            self.find(node, f"'{name}' has the invisible character {hidden} in it.", "Delete it.")
            return None
        if len(value) > spec.longest:
            self.find(node, f"'{name}' has {len(value)} characters.", f"At most {spec.longest} fit here.")
            return None
        if choices and value not in choices:
            self.find(node, f"'{shown(value)}' is not a {name} that is known.", nearest(value, choices))
            return None
        if spec.pattern and not re.fullmatch(spec.pattern, value):
            self.find(node, f"'{shown(value)}' does not do as '{name}'.", spec.pattern_words)
            return None
        return value

    def _number(self, node: Node, spec: Field) -> int | float | None:
        number: int | float | None = None
        written = node.value.strip() if isinstance(node, Text) else ""
        if spec.kind == "number" and re.fullmatch(r"[+-]?[0-9]{1,15}", written):
            number = int(written)
        elif spec.kind == "decimal" and re.fullmatch(r"[+-]?([0-9]{1,15}\.?[0-9]{0,15}|\.[0-9]{1,15})", written):
            number = float(written)
        if number is None:
            whole = "a whole number" if spec.kind == "number" else "a number"
            self.find(node, f"'{spec.name}' should be {whole}.", f"Write {_range(spec) or 'digits'}.")
            return None
        if (spec.least is not None and number < spec.least) or (spec.most is not None and number > spec.most):
            self.find(node, f"'{spec.name}' cannot be {number}.", f"Write {_range(spec)}.")
            return None
        return number

    def _words(self, node: Node, spec: Field) -> tuple[str, ...] | None:
        if not isinstance(node, Items):
            words = ", ".join(spec.examples or ("one", "two"))
            self.find(node, f"'{spec.name}' should be a list.", f"Write [{words}].")
            return None
        found: dict[str, None] = {}
        for each in node.nodes:
            word = self._text(each, spec, spec.name, spec.choices)
            if word in found:
                self.find(each, f"'{shown(word)}' stands in '{spec.name}' twice.", "Keep one.")
            elif word is not None:
                found[word] = None
        return tuple(found)

    def _mapping(self, node: Node, spec: Field) -> dict[str, str] | None:
        if not isinstance(node, Entries):
            keys = spec.choices[:3] or ("key",)
            self.find(
                node, f"'{spec.name}' should map keys to texts.", f"Write {', '.join(f'{k}: ...' for k in keys)}."
            )
            return None
        values: dict[str, str] = {}
        seen: set[str] = set()
        for key, value in node.pairs:
            if key.value in seen:
                self.find(key, f"'{shown(key.value)}' stands here a second time.", "Keep one of the two.")
            elif spec.choices and key.value not in spec.choices:
                self.find(
                    key, f"'{shown(key.value)}' is not a key of '{spec.name}'.", nearest(key.value, spec.choices)
                )
            else:
                text = self._text(value, spec, key.value)
                if text is not None:
                    values[key.value] = text
            seen.add(key.value)
        return values

    def _records(self, node: Node, spec: Field) -> list[Record] | None:
        if not isinstance(node, Items):
            self.find(node, f"'{spec.name}' should be a list.", "Begin each entry with '- '.")
            return None
        if not node.nodes:
            self.find(node, f"'{spec.name}' is an empty list.", "Add one entry at least.")
        one = spec.name.removesuffix("s")
        what = f"an {one}" if one[0] in "aeiou" else f"a {one}"
        known = {each.name: each for each in spec.fields}
        return [self._record(each, known, what) for each in node.nodes]


JOINERS = "\u200c\u200d\ufe0e\ufe0f"
"""Invisible characters that emoji and some scripts need inside a word."""


def _hidden(value: str) -> str:
    """The first control or formatting character as "U+001B", "" where there is none."""
    odd = (char for char in value if not char.isprintable() and char not in JOINERS)
    return next((f"U+{ord(char):04X}" for char in odd if unicodedata.category(char) in ("Cc", "Cf", "Cs")), "")


def shown(value: str | None, longest: int = 40) -> str:
    """A text from a file as it may be shown in a message: short, and without characters that steer a terminal."""
    short = (value or "")[:longest]
    return "".join(char if char.isprintable() else "?" for char in short)


def nearest(word: str, known: Iterable[str] | Mapping[str, object]) -> str:
    """ "Did you mean ...?", or the list of what there is."""
    names = list(known)
    return did_you_mean(word, names, f"There is {', '.join(names)}." if len(names) <= 20 else "")


def begun(wanted: str, ids: Iterable[str], what: str) -> str | None:
    """The id meant: `wanted` itself, or the only one that begins so; None where there is none.

    Raises UserError where several begin so. `what` says what they are, in the plural.
    """
    found: list[str] = []
    for each in ids:
        if each == wanted:
            return each
        if wanted and each.startswith(wanted) and each not in found:
            found.append(each)
    if len(found) > 1:
        some = ", ".join(found[:5]) + (" and more" if len(found) > 5 else "")
        raise UserError(f"Several {what} begin with '{wanted}': {some}.", "Give more of the id.")
    return found[0] if found else None


def _range(spec: Field) -> str:
    if spec.least is not None and spec.most is not None:
        return f"a number from {spec.least:g} to {spec.most:g}"
    if spec.least is not None:
        return f"a number from {spec.least:g} up"
    return f"a number up to {spec.most:g}" if spec.most is not None else ""

"""Reads YAML by its events, so that every value keeps its line and column and no file can be a trap.

Nesting and aliases stay bounded, tags are not obeyed, and `no`, `1e3` or `12:30` stay the words that were
typed: what a value means is decided by the field it stands in (see `data_files`), never guessed.
"""

import gc
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simulator.errors import UserError

MOST_BYTES = 64_000_000
MOST_DEPTH = 40
MOST_NODES = 2_000_000
"""Values of a file with its aliases written out; beyond that it is a trap, not a bank."""


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


def in_short(findings: Sequence[Finding]) -> str:
    """The first of what is wrong in a file, and how many more there are."""
    more = f" (and {len(findings) - 1} more)" if len(findings) > 1 else ""
    return f"{findings[0]}{more}"


class BrokenFile(UserError):
    """A data file with errors; all of them are in `findings`."""

    def __init__(self, path: Path, findings: Sequence[Finding]) -> None:
        self.path = path
        self.findings = tuple(sorted(findings))
        super().__init__(in_short(self.findings))


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
    return decode_text(read_raw(path), path)


def read_raw(path: Path) -> bytes:
    """A file's bytes. Raises BrokenFile where it cannot be read or is too large."""
    try:
        if path.is_dir():
            raise _stop(path, 1, 1, "this is a folder, not a file.", "Name a file in it.")
        if path.is_symlink() and not path.exists():
            raise _stop(path, 1, 1, "this is a link that leads nowhere.", "Check where it leads.")
        if path.exists() and not path.is_file():
            raise _stop(path, 1, 1, "this is not a plain file.", "Copy its text into one.")
        if path.stat().st_size > MOST_BYTES:
            raise _stop(path, 1, 1, f"the file is larger than {MOST_BYTES // 1_000_000} MB.", "Split it.")
        return path.read_bytes()
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise _stop(path, 1, 1, f"the file cannot be read: {why}.", "Check its name and rights.") from None


def decode_text(raw: bytes, path: Path) -> str:
    """The text of a file's bytes. Raises BrokenFile at the first byte that is not UTF-8."""
    # Without its mark UTF-16 is known by the zeros that every other byte of English text then is.
    start = raw[:200]
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff") or abs(start[::2].count(0) - start[1::2].count(0)) > len(start) // 4:
        raise _stop(path, 1, 1, "this is UTF-16 text.", "Save the file as UTF-8.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8-sig")) + 1
        raise _stop(path, line, column, "this is not UTF-8 text.", "Save the file as UTF-8.") from None


def parse_yaml(text: str, path: Path) -> Node:
    """The YAML document of `text` with positions. Raises BrokenFile with the place of the first error."""
    import yaml  # late

    try:
        with quiet_collector(len(text)):
            root = _build(yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)), path)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        what = (error.problem or "this is not YAML").rstrip(".")
        raise _stop(path, line, column, f"this cannot be read as YAML: {what}.", _yaml_hint(text, line)) from None
    except yaml.YAMLError:
        line, column = _place_of(_FORBIDDEN.search(text), text)
        raise _stop(path, line, column, "a character stands here that YAML does not allow.", "Delete it.") from None
    except (ValueError, OverflowError) as error:
        raise _stop(path, 1, 1, f"this cannot be read as YAML: {error}.", "") from None
    if root is None:
        raise _stop(path, 1, 1, "the file is empty.", "Write into it, or remove it.")
    return root


@contextmanager
def quiet_collector(size: int) -> Iterator[None]:
    """Keep the garbage collector still while a large tree is built: it has no cycles, and is walked over and over.

    What was built meanwhile is not looked through afterwards either: that would hold up the keys for long.
    """
    if size < _LARGE or not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


_LARGE = 1_000_000


def let_go(root: Node) -> None:
    """Free a tree that is done with, entry by entry: freed at once a large one would hold up every other thread."""
    if isinstance(root, Entries):
        for _, value in root.pairs:
            if isinstance(value, Items):
                drop(value.nodes)


def drop(entries: list[Any]) -> None:
    """Empty a list one by one."""
    while entries:
        entries.pop()


_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\ufffe\uffff]")
"""What may not stand in YAML 1.1 (its production c-printable)."""


def _stop(path: Path, line: int, column: int, what: str, instead: str) -> BrokenFile:
    return BrokenFile(path, [Finding(str(path), line, column, what, instead)])


def _place_of(found: re.Match[str] | None, text: str) -> tuple[int, int]:
    before = text[: found.start()] if found else ""
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def _yaml_hint(text: str, line: int) -> str:
    lines = text.splitlines()
    shown = lines[line - 1] if 0 < line <= len(lines) else ""
    if "\t" in shown[: len(shown) - len(shown.lstrip())]:
        return "Indent with spaces, not with tabs."
    if ": " in shown.partition(": ")[2]:
        return "Put the text in quotes: it has a colon in it."
    return "Look at this line and the one before: indentation, quotes, a missing colon."


def _build(events: Iterable[Any], path: Path) -> Node | None:
    """Nodes from parser events, without recursion. Raises BrokenFile where a file is a trap."""
    import yaml  # late

    opened: list[tuple[Items | Entries, Text | None, str | None]] = []
    anchors: dict[str, Node] = {}
    root: Node | None = None
    documents = 0
    for event in events:
        happened = type(event)
        node: Node
        if happened is yaml.ScalarEvent:
            mark = event.start_mark
            node, anchor = Text(event.value, mark.line + 1, mark.column + 1, not event.style), event.anchor
        elif happened is yaml.MappingStartEvent or happened is yaml.SequenceStartEvent:
            mark = event.start_mark
            if len(opened) >= MOST_DEPTH:
                what = "this is nested too deeply."
                raise _stop(path, mark.line + 1, mark.column + 1, what, "A data file needs four levels at most.")
            of = Entries if happened is yaml.MappingStartEvent else Items
            opened.append((of([], mark.line + 1, mark.column + 1), None, event.anchor))
            continue
        elif happened is yaml.MappingEndEvent or happened is yaml.SequenceEndEvent:
            node, _, anchor = opened.pop()
        elif happened is yaml.AliasEvent:
            mark = event.start_mark
            if event.anchor not in anchors:
                what = f"nothing is called '{event.anchor}' above."
                raise _stop(path, mark.line + 1, mark.column + 1, what, "Write the text out.")
            node, anchor = anchors[event.anchor], None
        else:
            if happened is yaml.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    mark = event.start_mark
                    what = "a second document begins here ('---')."
                    raise _stop(path, mark.line + 1, mark.column + 1, what, "Make it a file of its own.")
            continue
        if anchor:
            anchors[anchor] = node
        if not opened:
            root = node
            continue
        parent, key, parent_anchor = opened[-1]
        parent.size += node.size
        if parent.size > MOST_NODES:
            raise _stop(path, node.line, node.column, "aliases blow this file up.", "Write the texts out.")
        if isinstance(parent, Items):
            parent.nodes.append(node)
        elif key is None:
            # A key that is a list or a mapping becomes an unknown key, reported with its place.
            name = node if isinstance(node, Text) else Text("?", node.line, node.column)
            opened[-1] = (parent, name, parent_anchor)
        else:
            parent.pairs.append((key, node))
            opened[-1] = (parent, None, parent_anchor)
    return root


def load_yaml(path: Path) -> Any:
    """The plain values of one of our own files, read with the C reader where there is one. Raises UserError."""
    import yaml  # late

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        with path.open("rb") as file:
            return yaml.load(file, Loader=loader)
    except OSError as error:
        raise UserError(
            f"{path} cannot be read: {error.strerror or error}.", "Check the file's name and rights."
        ) from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{path}:{mark.line + 1}:{mark.column + 1}" if mark else str(path)
        raise UserError(f"{place}: this is not YAML.", "Get the app's files anew.") from None

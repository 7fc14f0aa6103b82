"""Banks as YAML that people like to read, and changed banks written without losing their authors' comments."""

import re
import textwrap
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from simulator.data_files import Entries, Items, Node
from simulator.questions.bank import Bank, Question, WorkedAnswer
from simulator.yaml_nodes import drop

WIDTH = 100
Remarks = Mapping[tuple[str, str], str]
"""Comments to write behind a key, by question id and key."""

_PLAIN = re.compile(r"[A-Za-z0-9(/][^\x00-\x1f\x7f\x85\u2028\u2029\ufeff]*")
_HEAD = {"bank": "id", "title": "title", "language": "language", "licence": "licence", "description": "description"}
_KEYS = ("id", "ask", "kind", "competency", "rubrics", "target_seconds", "guidance", "probes", "tags", "examples")


def bank_to_yaml(bank: Bank, remarks: Remarks | None = None) -> str:
    """The whole bank as YAML."""
    lines: list[str] = []
    for key, name in _HEAD.items():
        lines += _key_lines(key, getattr(bank, name), 0)
    lines.append("questions:")
    for question in bank.questions:
        lines += question_lines(question, remarks or {})
    return "\n".join(lines) + "\n"


def question_lines(question: Question, remarks: Remarks) -> list[str]:
    """One entry of the list of questions."""
    lines: list[str] = []
    for key in _KEYS:
        part = _key_lines(key, getattr(question, key), 4)
        remark = remarks.get((question.id, key))
        if part and remark:
            part[0] += f"  # {remark}"
        lines += part
    lines[0] = f"  - {lines[0].lstrip()}"
    return lines


def _key_lines(key: str, value: Any, indent: int) -> list[str]:
    space = " " * indent
    if value in ("", (), {}) or value is None:
        return []
    if isinstance(value, Mapping):
        return [
            f"{space}{key}:",
            *(line for name, each in value.items() for line in _key_lines(name, each, indent + 2)),
        ]
    if isinstance(value, tuple) and isinstance(value[0], WorkedAnswer):
        return [f"{space}{key}:", *(line for each in value for line in _example_lines(each, indent + 2))]
    if isinstance(value, tuple):
        return [f"{space}{key}: [{', '.join(scalar(each, flow=True) for each in value)}]"]
    text = str(value)
    if isinstance(value, int):
        return [f"{space}{key}: {text}"]
    line = f"{space}{key}: {scalar(text)}"
    if len(line) <= WIDTH or not _folds(text):
        return [line]
    inner = " " * (indent + 2)
    folded = textwrap.wrap(text, WIDTH - len(inner), break_long_words=False, break_on_hyphens=False)
    return [f"{space}{key}: >-", *(inner + part for part in folded)]


def _example_lines(example: WorkedAnswer, indent: int) -> list[str]:
    lines = [line for key, text in example.entry().items() for line in _key_lines(key, text, indent + 2)]
    lines[0] = f"{' ' * indent}- {lines[0].lstrip()}"
    return lines


def scalar(text: str, flow: bool = False) -> str:
    """A text as YAML: without quotes where every reader takes it as the same text."""
    plain = (
        _PLAIN.fullmatch(text)
        and ": " not in text
        and " #" not in text
        and not text.endswith((":", " "))
        and not (flow and re.search(r"[\[\]{},?]", text))
        and _stays_text(text)
    )
    return text if plain else _quoted(text)


def _quoted(text: str) -> str:
    marks = {'"': '\\"', "\\": "\\\\", "\t": "\\t", "\n": "\\n"}
    return '"' + "".join(marks.get(char) or (char if _printable(char) else _escaped(char)) for char in text) + '"'


def _printable(char: str) -> bool:
    return " " <= char <= "~" or (
        char >= "\xa0" and char not in "\u2028\u2029\ufeff" and not "\ud800" <= char <= "\udfff"
    )


def _escaped(char: str) -> str:
    code = ord(char)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def _folds(text: str) -> bool:
    """Whether a text may be written over several lines and read back the same."""
    return "  " not in text and text == text.strip() and all(map(_printable, text)) and not text.startswith("#")


@lru_cache(maxsize=1)
def _resolver() -> Any:
    import yaml  # late

    return yaml.resolver.Resolver()


def _stays_text(text: str) -> bool:
    """Whether other YAML readers take it for a text too, not for a number, a date or a switch."""
    import yaml  # late

    if re.fullmatch(r"[-+]?[.\d][\w.:+-]*|[yYnN]", text):
        # Numbers of YAML 1.2 and switches of older readers, which the resolver of 1.1 does not know.
        return False
    return bool(_resolver().resolve(yaml.ScalarNode, text, (True, False)) == "tag:yaml.org,2002:str")


# Changed banks.


def changed_yaml(old: str, root: Node, bank: Bank, before: Bank) -> str | None:
    """The file's text with the bank's changes: what did not change keeps its lines, its comments, its order of keys.

    `root` is the document that `old` holds and `before` the bank in it. None where the old text is of a form
    that cannot be kept in part (flow style, anchors, tabs).
    """
    layout = _layout(old, root)
    if layout is None:
        return None
    head, entries, tail = layout
    lines = _head_lines(head, bank, before)
    named = {question.id: question for question in before.questions}
    blocks = dict(zip(named, entries, strict=True))
    for question in bank.questions:
        block = blocks.get(question.id)
        if block is None:
            lines += question_lines(question, {})
        elif question == named[question.id]:
            lines += block.lines
        else:
            lines += _changed_question(block, question, named[question.id])
    changed = "\n".join([*lines, *tail]).rstrip("\n") + "\n"
    blocks.clear()
    drop(entries)
    return changed


class _Block:
    """The lines of one mapping: those before its first key, then those of each key with what follows it."""

    def __init__(self, lines: list[str], before: list[str], keys: list[tuple[str, list[str]]]) -> None:
        self.lines = lines
        self.before = before
        self.keys = keys


def _changed_question(block: _Block, question: Question, before: Question) -> list[str]:
    fresh = {key: part for key in _KEYS if (part := _key_lines(key, getattr(question, key), 4))}
    lines: list[str] = []
    written: set[str] = set()
    for key, old in block.keys:
        written.add(key)
        if getattr(question, key) == getattr(before, key):
            lines += old
        elif key in fresh:
            lines += fresh[key] + _comments_below(old)
        else:
            lines += _comments_below(old)
    for key in _KEYS:
        if key in fresh and key not in written and getattr(question, key) != getattr(before, key):
            lines += fresh[key]
    first = next(index for index, line in enumerate(lines) if line.strip() and not line.lstrip().startswith("#"))
    opening = lines[first]
    lines[first] = opening if opening.lstrip().startswith("- ") else f"  - {opening.lstrip()}"
    for index, line in enumerate(lines):
        if index != first and line.startswith("  - "):
            # The key that stood first does so no more.
            lines[index] = f"    {line[4:]}"
    return block.before + lines


def _comments_below(lines: Sequence[str]) -> list[str]:
    """The comment lines that stand below a key's value, before the next key."""
    kept: list[str] = []
    for line in reversed(lines[1:]):
        if line.strip() and not line.lstrip().startswith("#"):
            break
        kept.insert(0, line)
    return kept


def _head_lines(head: _Block, bank: Bank, before: Bank) -> list[str]:
    lines = list(head.before)
    written: set[str] = set()
    for key, old in head.keys:
        written.add(key)
        name = _HEAD.get(key)
        if name is None or getattr(bank, name) == getattr(before, name):
            if key == "questions":
                for missing in (key for key in _HEAD if key not in written):
                    if getattr(bank, _HEAD[missing]) != getattr(before, _HEAD[missing]):
                        lines += _key_lines(missing, getattr(bank, _HEAD[missing]), 0)
            lines += old
        else:
            lines += _key_lines(key, getattr(bank, name), 0) + _comments_below(old)
    return lines


def _layout(text: str, root: Node) -> tuple[_Block, list[_Block], list[str]] | None:
    """A bank's text cut into its head, its questions and what follows; None where it cannot be cut."""
    lines = text.split("\n")
    if not isinstance(root, Entries) or "\t" in text or "\r" in text or _has_anchors(text):
        return None
    keys = [key.value for key, _ in root.pairs]
    if not keys or keys[-1] != "questions" or any(key.column != 1 for key, _ in root.pairs):
        return None
    questions = root.pairs[-1][1]
    if not isinstance(questions, Items) or not all(_is_block(entry, lines) for entry in questions.nodes):
        return None
    starts = [_with_comments(entry.line - 1, lines, 2) for entry in questions.nodes]
    end = _end_of(lines, questions.nodes[-1])
    head_keys = [(key.value, key.line - 1) for key, _ in root.pairs]
    head = _cut(lines, 0, starts[0], head_keys)
    entries = [
        _cut(lines, start, stop, [(key.value, key.line - 1) for key, _ in entry.pairs])
        for entry, start, stop in zip(questions.nodes, starts, [*starts[1:], end], strict=True)
        if isinstance(entry, Entries)
    ]
    return head, entries, lines[end:]


_ANCHOR = re.compile(r"[:\-]\s+[&*]\w")
_PIECE = 100_000
"""Characters looked through at a time: other threads wait until a search is over."""


def _has_anchors(text: str) -> bool:
    """Whether anchors or aliases may stand in a text."""
    if "&" not in text and "*" not in text:
        return False
    return any(_ANCHOR.search(text, at, at + _PIECE + WIDTH) for at in range(0, len(text), _PIECE))


def _is_block(entry: Node, lines: Sequence[str]) -> bool:
    """Whether an entry is written as "  - key: value" with one key a line, as we write it."""
    return (
        isinstance(entry, Entries)
        and bool(entry.pairs)
        and lines[entry.line - 1].startswith("  - ")
        and all(key.column == 5 for key, _ in entry.pairs)
        and len({key.line for key, _ in entry.pairs}) == len(entry.pairs)
    )


def _with_comments(start: int, lines: Sequence[str], indent: int) -> int:
    """Where an entry begins, the comments right above it (no deeper than it) included."""
    while start > 0 and re.match(rf" {{0,{indent}}}#", lines[start - 1]):
        start -= 1
    return start


def _end_of(lines: Sequence[str], entry: Node) -> int:
    """The line after the last question: trailing comments at the margin stay the file's."""
    end = len(lines)
    while end > entry.line and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
        end -= 1
    return end


def _cut(lines: Sequence[str], start: int, stop: int, keys: Sequence[tuple[str, int]]) -> _Block:
    ends = [line for _, line in keys[1:]] + [stop]
    parts = [(key, list(lines[line:end])) for (key, line), end in zip(keys, ends, strict=True)]
    return _Block(list(lines[start:stop]), list(lines[start : keys[0][1]]), parts)

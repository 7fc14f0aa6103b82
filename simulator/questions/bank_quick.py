"""A quick reader for banks in the plain layout that this app writes; the full reader knows all the rest.

What is read here is what the full reader would make of it; wherever a file holds anything else (another order of
keys, escapes, anchors, comments between keys, an error) nothing is made of it, and the full reader has its turn.
Of one pattern a question, it takes a third of the time that a YAML parser needs for its events alone.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from simulator.questions.bank import DEFAULT_RUBRICS, DEFAULT_TARGET_SECONDS, Bank, Kind, Probe, Question

# A text without quotes: it does not begin like anything else in YAML, has no ": " and no " #" in it, ends without
# a space or a colon, and is not the word for nothing.
_PLAIN = r"""(?!null\n)[^\s\-?:,\[\]{}#&*!|>'"%@`~][^:#\n]*(?:(?::(?=[^ \n])|(?<! )#)[^:#\n]*)*(?<! )"""
_TEXT = rf"""(?:{_PLAIN}|"[^"\\\n]*"|'[^'\n]*')"""
_FOLDED = r">-\n {6}[^ \n][^\n]*\n(?: {6}[^\n]*\n)*"
_REMARK = r"(?: +#[^\n]*)?"
_LIST = r"\[([A-Za-z0-9_][A-Za-z0-9_ -]*(?:, [A-Za-z0-9_][A-Za-z0-9_ -]*)*)\]"

_QUESTION = re.compile(
    r"  - id: (\"?)([a-z0-9][a-z0-9-]{0,80})\1\n"
    rf"    ask: ({_TEXT}\n|{_FOLDED})"
    rf"    kind: ({'|'.join(kind.value for kind in Kind)}){_REMARK}\n"
    rf"(?:    competency: ([a-z][a-z0-9-]{{0,59}}){_REMARK}\n)?"
    rf"(?:    rubrics: {_LIST}{_REMARK}\n)?"
    rf"(?:    target_seconds: ([1-9][0-9]{{1,2}}){_REMARK}\n)?"
    rf"(?:    guidance: ({_TEXT}\n|{_FOLDED}))?"
    rf"(?:    probes:\n((?:      (?:{'|'.join(probe.value for probe in Probe)}): {_TEXT}\n)+))?"
    rf"(?:    tags: {_LIST}\n)?"
    r"(?:(?:(?:  )?#[^\n]*)?\n)*"
)
_PROBE = re.compile(r"      ([a-z]+): ([^\n]*)\n")
_HEAD_END = re.compile(r"(?m)^questions:\n(?:(?:(?:  )?#[^\n]*)?\n)*")
_KINDS = {kind.value: kind for kind in Kind}
_PROBES = {probe.value: probe for probe in Probe}
_NOTHING = ("null", "~")


class _NotPlain(Exception):
    """The file is not in the plain layout, or not in order."""


def read_head(text: str) -> tuple[str, int] | None:
    """The lines of a bank before its questions, and where these begin; None where they cannot be told apart."""
    found = _HEAD_END.search(text)
    return (text[: found.start()], found.end()) if found else None


def read_quickly(text: str, start: int, head: Bank, longest: Mapping[str, int], path: Path) -> Bank | None:
    """The bank whose questions begin at `start`, or None where they are not all plain and in order.

    `head` is the bank without them, `longest` tells how long each text may be.
    """
    questions: list[Question] = []
    ids: set[str] = set()
    known: dict[str, tuple[str, ...]] = {}
    try:
        at = start
        while at < len(text):
            found = _QUESTION.match(text, at)
            if found is None or not found[0].replace("\n", "").isprintable():
                return None
            question = _question(found, longest, known)
            questions.append(question)
            ids.add(question.id)
            at = found.end()
    except _NotPlain:
        return None
    if not questions or len(ids) != len(questions):
        return None
    return replace(head, questions=tuple(questions), path=path)


def _question(found: re.Match[str], longest: Mapping[str, int], known: dict[str, tuple[str, ...]]) -> Question:
    _, identity, ask, kind_name, competency, rubrics, seconds, guidance, probes, tags = found.groups()
    kind = _KINDS[kind_name]
    target = int(seconds) if seconds else DEFAULT_TARGET_SECONDS
    if not 10 <= target <= 600 or competency in _NOTHING or identity in _NOTHING:
        raise _NotPlain
    return Question(
        identity,
        _text(ask, longest["ask"]),
        kind,
        competency or "",
        _words(rubrics, longest["rubrics"], known) if rubrics else DEFAULT_RUBRICS[kind],
        target,
        _text(guidance, longest["guidance"]) if guidance else "",
        _asked_after(probes, longest["probes"]) if probes else {},
        _words(tags, longest["tags"], known) if tags else (),
    )


def _text(written: str, longest: int) -> str:
    if written[0] == ">":
        text = " ".join(written[2:].split())
    else:
        text = written.rstrip("\n")
        if text[0] in "\"'":
            text = text[1:-1].strip()
        if "  " in text:
            text = " ".join(text.split())
    if not 0 < len(text) <= longest:
        raise _NotPlain
    return text


def _asked_after(written: str, longest: int) -> dict[Probe, str]:
    pairs = _PROBE.findall(written)
    probes = {_PROBES[name]: _text(words, longest) for name, words in pairs}
    if len(probes) != len(pairs):
        raise _NotPlain
    return probes


def _words(written: str, longest: int, known: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The words of a list; most lists come again and again, so each is kept."""
    words = known.get(written)
    if words is None:
        words = tuple(" ".join(word.split()) for word in written.split(","))
        if len(set(words)) != len(words) or any(word in _NOTHING or len(word) > longest for word in words):
            raise _NotPlain
        known[written] = words
    return words


def unknown_rubric(bank: Bank, rubrics: Sequence[str]) -> bool:
    """Whether a question names a rubric that is not among those."""
    return any(name not in rubrics for names in {question.rubrics for question in bank.questions} for name in names)

"""Reads the text file in which a person notes a real interview; the format is shown in `docs/following_up.md`.

company: St Anne's Hospital
role: Staff nurse
date: 2026-11-20

# Ruth Adeyemi, ward manager
- Tell me about a time you had to calm somebody.
priority: a calm handover
"""

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from simulator.errors import UserError
from simulator.followup.days import day_of
from simulator.followup.debrief import Debrief, Met
from simulator.texts import did_you_mean, read_bytes

MOST_CHARS = 50_000
MOST_BYTES = 4 * MOST_CHARS
_HEAD = {
    "company": "company", "at": "company", "employer": "company",
    "role": "role", "job": "role", "position": "role",
    "date": "on", "day": "on", "on": "on",
    "decision": "decision_on", "decision on": "decision_on", "decision date": "decision_on", "answer by":
    "decision_on",
    "reason": "reason", "my reason": "reason", "why": "reason",
}  # fmt: skip
_NOTE = {
    "asked": "asked", "question": "asked", "q": "asked",
    "priority": "priorities", "priorities": "priorities", "cares about": "priorities", "matters": "priorities",
    "problem": "problems", "pressing problem": "problems", "challenge": "problems",
    "fact": "facts", "learned": "facts", "note": "facts", "notes": "facts",
    "told": "told", "i told": "told", "my example": "told", "example": "told",
    "email": "email", "mail": "email",
}  # fmt: skip
_PERSON = ("interviewer", "who", "person")
_KEY = re.compile(r"([A-Za-z][A-Za-z ]{0,20}):\s*(.*)")


@dataclass(slots=True)
class _DebriefNotes:
    """What is being gathered for one person."""

    name: str = ""
    role: str = ""
    email: str = ""
    notes: dict[str, list[str]] = field(default_factory=dict)

    def met(self) -> Met:
        given = {kind: tuple(texts) for kind, texts in self.notes.items()}
        return Met(self.name, self.role, self.email, **given)


def read_debrief(path: Path) -> Debrief:
    """The debrief in a file, without an id yet. Raises UserError with the line of whatever is wrong."""
    raw = read_bytes(path, MOST_BYTES, "A debrief is a page or two; is it the right file?")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UserError(f"{path} is no text in UTF-8.", "Save it as plain text.") from None
    return parse_debrief(text, str(path))


def parse_debrief(text: str, where: str = "The debrief") -> Debrief:
    """The debrief in a text. Raises UserError with the line of whatever is wrong."""
    if len(text) > MOST_CHARS:
        raise UserError(
            f"{where} has {len(text)} characters; up to {MOST_CHARS} fit.",
            "A debrief is a page or two; leave the rest out.",
        )
    head: dict[str, str] = {}
    pages = [_DebriefNotes()]
    last = ""
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.strip()
        place = f"{where}, line {number}"
        if not line:
            last = ""
        elif line.startswith("#"):
            pages.append(_person(line.lstrip("# "), place))
            last = ""
        elif line[0] in "-*•" and line[1:2] in (" ", "\t"):
            last = _add(pages[-1], _bullet_kind(line[1:].strip()), _value(line[1:].strip()), place)
        elif (found := _KEY.match(line)) and (raw[:1] not in " \t" or found[1].strip().lower() in _KNOWN):
            key, value = found[1].strip().lower(), found[2].strip()
            if key in _PERSON:
                pages.append(_person(value, place))
                last = ""
            elif key in _HEAD and len(pages) == 1:
                head[_HEAD[key]] = value
                last = f"head {_HEAD[key]}"
            elif key in _NOTE:
                last = _add(pages[-1], _NOTE[key], value, place)
            else:
                raise UserError(f"{place}: there is no '{found[1]}' here.", _nearest(key, len(pages) == 1))
        elif last.startswith("head ") and raw[:1] in " \t":
            head[last.removeprefix("head ")] += f" {line}"
        elif last and raw[:1] in " \t":
            pages[-1].notes[last][-1] += f" {line}"
        else:
            raise UserError(
                f"{place}: “{line[:60]}” is not said to be anything.",
                "Begin it with '- ' for a question, or with 'priority:', 'problem:' or 'fact:'.",
            )
    on = _day(head.get("on", ""), "The date", where, ahead=False)
    if not on:
        raise UserError(
            f"{where} has no date.", "Write 'date: 23 November 2026' at the top: the day of the interview."
        )
    return Debrief(
        "",
        on,
        head.get("company", ""),
        head.get("role", ""),
        tuple(page.met() for page in pages if page.name or page.notes),
        _day(head.get("decision_on", ""), "The decision's date", where, since=date.fromisoformat(on)),
        head.get("reason", ""),
    )


_KNOWN = frozenset((*_HEAD, *_NOTE, *_PERSON))


def _person(text: str, place: str) -> _DebriefNotes:
    """ "Ruth Adeyemi, ward manager" or "Ruth Adeyemi (ward manager)"."""
    if text.strip().lower() in ("", "everybody", "all", "general", "in general"):
        return _DebriefNotes()
    name, _, role = re.sub(r"[(–—]", ",", " ".join(text.split()), count=1).partition(",")
    if not name.strip():
        raise UserError(f"{place}: “{text[:60]}” is no person.", "Write '# Name, role'.")
    return _DebriefNotes(name.strip(), role.strip().rstrip(")").strip())


def _bullet_kind(text: str) -> str:
    found = _KEY.match(text)
    return _NOTE.get(found[1].strip().lower(), "asked") if found else "asked"


def _value(text: str) -> str:
    found = _KEY.match(text)
    return found[2] if found and found[1].strip().lower() in _NOTE else text


def _add(page: _DebriefNotes, kind: str, value: str, place: str) -> str:
    """Note something; the kind that lines indented below go on with."""
    if not value:
        raise UserError(f"{place}: nothing is written there.", "Write it out, or take the line away.")
    if kind == "email":
        page.email = value
        return ""
    page.notes.setdefault(kind, []).append(value)
    return kind


def _nearest(key: str, at_top: bool) -> str:
    names = [*(_HEAD if at_top else ()), *_NOTE, *_PERSON]
    return did_you_mean(key, names, "It has asked, priority, problem, fact and told.")


def _day(text: str, what: str, where: str, ahead: bool = True, since: date | None = None) -> str:
    return day_of(text, f"{what} in {where}", ahead=ahead, since=since).isoformat() if text else ""

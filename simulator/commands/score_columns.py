"""Which column of a sheet, or key of a line of JSON, is what `score` needs: by its own name, else as `banks import`
knows the columns of a list of questions. No command itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simulator.console import tell
from simulator.errors import UserError
from simulator.questions.gathering import clean, seconds_of
from simulator.questions.import_columns import LEFT_OUT, fits, roles_by_heading, with_unit
from simulator.questions.import_headings import kind_named, named_role, role_of
from simulator.questions.import_rows import in_minutes

_ROLES = {"text": "answer", "question": "ask", "kind": "kind", "target_seconds": "target"}
"""What may be called otherwise, and the role that has in a list of questions."""
_WORDS = {"text": "the answer", "question": "the question", "kind": "its kind", "target_seconds": "the time for it"}
_TIMES = ("target", "minutes", "seconds")
_MOST = 300
"""Columns, and rows, that are looked at."""


@dataclass(frozen=True, slots=True)
class Columns:
    """What each column or key is called here, its own heading where it is the user's; and the role of those known by
    another heading."""

    names: Mapping[str, str]
    roles: Mapping[str, str]

    def renamed(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """A row by the names that are used here. In a column known by another heading, what names no kind, or is no
        time, says nothing."""
        return {self.names[heading]: _value(cell, self.roles.get(heading, "")) for heading, cell in row.items()}


def meant(rows: Sequence[Mapping[str, Any]], known: Sequence[str], path: Path, aside: Sequence[str] = ()) -> Columns:
    """What the columns of all rows are; those called as `aside` says are none of these. A column known by another
    heading is told. Raises UserError where two could be the same."""
    headings = list(dict.fromkeys(heading for row in rows for heading in row))
    small = {heading: heading.strip().lower() for heading in headings}
    names = {heading: small[heading] if small[heading] in known else heading for heading in headings}
    for name in known:
        ours = [heading for heading in headings if names[heading] == name]
        if len(ours) > 1:
            raise _either(path, name, ours)
    looked_at = headings[:_MOST]
    cells = [[str(row[each]) for row in rows[:_MOST] if _filled(row.get(each))] for each in looked_at]
    fixed = {
        at: _ROLES.get(names[each], LEFT_OUT)
        for at, each in enumerate(looked_at)
        if names[each] in (*known, *aside) or not _may_be(role_of(each), cells[at])
    }
    roles, _ = roles_by_heading(looked_at, cells, fixed)
    others = {}
    for name, wanted in _ROLES.items():
        if name in names.values():
            continue
        taken = [
            at
            for at, role in enumerate(roles)
            if at not in fixed and (role == wanted or (role in _TIMES and wanted == "target"))
        ]
        # The whole heading says more than a part of it, and that more than what it means.
        for surer in (named_role, role_of):
            taken = [at for at in taken if surer(headings[at]) == roles[at]] or taken
        if len(taken) > 1:
            raise _either(path, name, [headings[at] for at in taken])
        for at in taken:
            names[headings[at]] = name
            others[headings[at]] = with_unit(roles[at], cells[at])
    if others:
        told = ", ".join(f"'{clean(heading)[:60]}' is {_WORDS[names[heading]]}" for heading in others)
        tell(f"{path}: {told}.")
    return Columns(names, others)


def _value(cell: Any, role: str) -> Any:
    if role == "kind":
        return kind_named(str(cell)) or ""
    if role in _TIMES:
        return str(seconds_of(in_minutes(str(cell)) if role == "minutes" else str(cell)) or "")
    return cell


def _may_be(role: str, cells: Sequence[str]) -> bool:
    """Kinds and times are known by their values, too: a column of one's own may have such a heading."""
    return fits("target" if role in _TIMES else role, cells) if role in ("kind", *_TIMES) else True


def _filled(value: object) -> bool:
    return isinstance(value, (str, int, float)) and not isinstance(value, bool) and bool(str(value).strip())


def _either(path: Path, name: str, headings: Sequence[str]) -> UserError:
    return UserError(
        f"{path}: '{name}' could be any of the columns {', '.join(headings)}.",
        f"Call the one that is meant '{name}'.",
    )

"""Notes on a real interview as they are written into the fields of a form. Pure."""

import json
from collections.abc import Mapping
from datetime import date

from simulator.followup.days import day_of
from simulator.followup.debrief import Debrief, Met

PERSON_FIELDS = ("name", "role", "email", "asked", "priorities", "problems", "facts", "told")
_LINES = PERSON_FIELDS[3:]


def field_name(field: str, number: int) -> str:
    """The name of a field of the first, second, third person."""
    return f"{field}-{number}"


def people_in(values: Mapping[str, str]) -> int:
    """For how many people there are fields."""
    return sum(name.startswith("name-") for name in values)


def debrief_from(values: Mapping[str, str]) -> Debrief:
    """The notes as they stand in the fields, without an id. Raises UserError where a day is none.

    A person without a name is what nobody in particular asked and said; of several lines each is a note.
    """
    on = day_of(values.get("on", "") or "today", "The day of the interview", ahead=False)
    decision = values.get("decision_on", "")
    return Debrief(
        "",
        on.isoformat(),
        values.get("company", ""),
        values.get("position", ""),
        tuple(met for number in range(1, people_in(values) + 1) if (met := _met(values, number)) != Met("")),
        day_of(decision, "The day of their decision", since=on).isoformat() if decision else "",
        values.get("reason", ""),
    )


def _met(values: Mapping[str, str], number: int) -> Met:
    name, role, email = (values.get(field_name(field, number), "") for field in PERSON_FIELDS[:3])
    return Met(name, role, email, *(_lines(values.get(field_name(field, number), "")) for field in _LINES))


def _lines(text: str) -> tuple[str, ...]:
    """Each line a note, without the dash somebody put before it."""
    return tuple(told for line in text.splitlines() if (told := line.strip().lstrip("-•* ").strip()))


def kept_text(values: Mapping[str, str]) -> str:
    """What was written so far, to be put aside."""
    return json.dumps(dict(values), ensure_ascii=False)


def put_aside(text: str) -> dict[str, str]:
    """What was put aside; notes that are no fields, as an older version wrote them, stand under what was learned."""
    try:
        found = json.loads(text)
    except ValueError:
        found = None
    if isinstance(found, dict):
        return {str(name): str(value) for name, value in found.items()}
    return {"on": date.today().isoformat(), field_name("name", 1): "", field_name("facts", 1): text}

"""Rows of a table or a data file as questions: which column is what, whatever its heading is called."""

import re
from collections.abc import Mapping, Sequence

from simulator.questions.bank import Probe
from simulator.questions.gathering import Draft, Gathering, clean, kind_named
from simulator.questions.guessing import reads_as_question

_NAMES: dict[str, tuple[str, ...]] = {
    "ask": ("ask", "question", "questions", "interview question", "interview questions", "question text", "prompt",
            "text", "front", "q", "title of question", "item", "wording"),
    "id": ("id", "question id", "key", "slug"),
    "kind": ("kind", "type", "question type", "category", "kind of question", "class"),
    "competency": ("competency", "competence", "competencies", "skill", "topic", "area", "theme", "subject", "focus",
                   "dimension"),
    "rubrics": ("rubrics", "rubric", "scored by"),
    "target": ("target_seconds", "target seconds", "seconds", "time", "target", "target time", "duration", "sec",
               "answer time", "length"),
    "minutes": ("minutes", "min", "mins", "time (min)", "minutes to answer"),
    "guidance": ("guidance", "answer", "answers", "tip", "tips", "note", "notes", "hint", "hints", "back", "advice",
                 "sample answer", "model answer", "good answer", "strong answer", "what to look for", "look for",
                 "comment", "comments", "explanation", "a", "why we ask", "what a strong answer does"),
    "probe": ("probe", "probes", "follow up", "follow ups", "follow-up", "follow-ups", "followup", "followups",
              "follow up question", "follow-up question", "follow up questions", "follow-up questions"),
    "tags": ("tags", "tag", "labels", "label", "keywords"),
}  # fmt: skip
_ROLES = {name: role for role, names in _NAMES.items() for name in names}


def role_of(heading: str) -> str:
    """What a column holds, by its heading: a field of a question, "probe:result" and the like, or ""."""
    name = re.sub(r"[_\s]+", " ", clean(heading).lower()).strip(" :*#")
    probe = re.fullmatch(r"(?:probe|follow[- ]?up)s?(?: for)?[ :.(-]*(?:an? |the )?(\w+)\)?(?: is missing)?", name)
    if probe and probe[1] in list(Probe):
        return f"probe:{probe[1]}"
    return _ROLES.get(name, "")


def roles_of_header(cells: Sequence[str]) -> list[str] | None:
    """The roles of a header row; None where the row is no header."""
    roles = [role_of(cell) for cell in cells]
    if "ask" not in roles and sum(1 for role in roles if role) < 2:
        return None
    if any(reads_as_question(cell) for cell, role in zip(cells, roles, strict=True) if not role):
        return None
    seen: set[str] = set()
    for index, role in enumerate(roles):
        # Of two columns of one role the first counts; several of guidance, follow-ups and tags are welcome.
        if role in seen and role not in ("guidance", "probe", "tags"):
            roles[index] = ""
        seen.add(role)
    return roles


def roles_by_content(rows: Sequence[Sequence[str]]) -> list[str]:
    """The roles of columns without headings: the questions, their kinds, and the longest other text as guidance."""
    width = max((len(row) for row in rows), default=0)
    columns = [[row[index] if index < len(row) else "" for row in rows[:500]] for index in range(width)]
    roles = [""] * width
    if not columns:
        return roles
    asking = [sum(map(_asks, column)) + sum(map(len, column)) / 1e9 for column in columns]
    roles[asking.index(max(asking))] = "ask"
    for index, column in enumerate(columns):
        filled = [cell for cell in column if cell.strip()]
        if not roles[index] and filled and all(kind_named(cell) for cell in filled) and "kind" not in roles:
            roles[index] = "kind"
    free = [index for index, role in enumerate(roles) if not role]
    longest = max(free, key=lambda index: sum(map(len, columns[index])), default=None)
    if longest is not None and sum(len(cell.split()) for cell in columns[longest]) > 2 * len(columns[longest]):
        roles[longest] = "guidance"
    return roles


def _asks(cell: str) -> int:
    """How much a cell looks like a question."""
    return 2 * cell.rstrip().endswith("?") + reads_as_question(cell)


class Table:
    """Turns the rows of one table into drafts and remembers which columns had no place."""

    def __init__(self, gathering: Gathering, roles: Sequence[str], headings: Sequence[str], line: int) -> None:
        self._gathering = gathering
        self._roles = roles
        self._headings = headings
        self._line = line
        self._without_place: dict[int, int] = {}

    def row(self, lines: Sequence[int], cells: Sequence[str], section: str = "") -> Draft | None:
        """One row as a draft; None, and listed, where its question is empty."""
        values: list[tuple[str, str]] = []
        for index, cell in enumerate(cells):
            if not cell.strip():
                continue
            role = self._roles[index] if index < len(self._roles) else ""
            if role:
                values.append((role, cell))
            elif index < len(self._roles):
                self._without_place[index] = self._without_place.get(index, 0) + 1
            else:
                self._gathering.leave(lines[0], cell, "one cell more than the table has columns")
        draft = draft_of(self._gathering, lines, values, section)
        if draft is None:
            for line in lines:
                self._gathering.leave(
                    line, " | ".join(cell for cell in cells if cell.strip()), "no question in this row"
                )
        return draft

    def finish(self) -> None:
        """List the columns that had no place."""
        for index, count in sorted(self._without_place.items()):
            name = self._headings[index] if index < len(self._headings) else f"number {index + 1}"
            cells = "1 cell" if count == 1 else f"{count} cells"
            self._gathering.leave(self._line, f"column {clean(name)} ({cells})", "a bank has no place for it")


def draft_of(
    gathering: Gathering, lines: Sequence[int], values: Sequence[tuple[str, str]], section: str = ""
) -> Draft | None:
    """A draft of role and text pairs; None where there is no question among them."""
    ask = next((text for role, text in values if role == "ask" and clean(text)), "")
    if not ask:
        return None
    draft = gathering.draft(lines[0], ask, section)
    draft.lines = list(lines)
    fill(draft, lines[0], values)
    return draft


def fill(draft: Draft, line: int, values: Sequence[tuple[str, str]]) -> None:
    """Put texts into the fields that their roles name."""
    for role, text in values:
        match role.partition(":"):
            case ("id", _, _):
                draft.id = text.strip()
            case ("kind", _, _):
                draft.kind = text
            case ("competency", _, _):
                draft.competency = text
            case ("target", _, _):
                draft.target = text
            case ("minutes", _, _):
                draft.target = f"{text.strip()} min" if text.strip().replace(".", "").isdigit() else text
            case ("rubrics", _, _):
                draft.rubrics += _listed(text)
            case ("tags", _, _):
                draft.tags += _listed(text)
            case ("guidance", _, _):
                draft.guidance.append((line, text))
            case ("probe", _, name):
                draft.probes.append((line, Probe(name) if name else None, text))


def values_of(mapping: Mapping[str, object]) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Role and text pairs of one entry of a data file, and the keys that had no place, with their texts."""
    values: list[tuple[str, str]] = []
    left: list[tuple[str, str]] = []
    for key, value in mapping.items():
        role = role_of(key)
        if key == "probes" and isinstance(value, Mapping):
            for name, words in value.items():
                place = values if name in list(Probe) else left
                place.append((f"probe:{name}", text_of(words)))
        elif not role or isinstance(value, Mapping):
            if text_of(value):
                left.append((key, text_of(value)))
        elif isinstance(value, (list, tuple)) and role in ("probe", "guidance", "tags", "rubrics"):
            values.extend((role, text_of(each)) for each in value)
        else:
            values.append((role, text_of(value)))
    return values, left


def text_of(value: object) -> str:
    """A value of a data file as text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {text_of(each)}" for key, each in value.items())
    if isinstance(value, (list, tuple)):
        return "; ".join(text_of(each) for each in value)
    return str(value)


def _listed(text: str) -> list[str]:
    return [part for part in re.split(r"[;,|\n]", text) if part.strip()]

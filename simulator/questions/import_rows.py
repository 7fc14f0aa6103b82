"""Rows of a table, or entries of a data file, as drafts of questions."""

import re
from collections.abc import Iterator, Mapping, Sequence

from simulator.questions.bank import Probe
from simulator.questions.gathering import Draft, Gathering, clean
from simulator.questions.guessing import reads_as_question
from simulator.questions.import_columns import LEFT_OUT, SEVERAL, Row, a_question_alone, columns_of, heading_at
from simulator.questions.import_headings import role_of
from simulator.questions.import_result import TableColumn


def gather_rows(rows: Sequence[Row], gathering: Gathering, section: str = "") -> None:
    """Gather a table: rows of cells, each with the lines it came from. Titles above the heading are told apart."""
    rows = [(lines, cells) for lines, cells in rows if any(map(str.strip, cells))]
    if not rows:
        return
    at = heading_at(rows)
    headings: Sequence[str] = ()
    if at is not None:
        for place, (lines, cells) in enumerate(rows[: at + 1]):
            for line in lines:
                gathering.structure(line)
            if place < at and not gathering.drafts and "title" not in gathering.head:
                gathering.head["title"] = next(cell.strip() for cell in cells if cell.strip())
        headings = rows[at][1]
    first = rows[at or 0][0][0]
    body = rows[at + 1 :] if at is not None else rows
    columns = columns_of(headings, [cells for _, cells in body], gathering.mapping)
    gathering.note_columns(columns)
    table = Table(gathering, columns, len(headings), first)
    for lines, cells in body:
        only = [cell for cell in cells if cell.strip()]
        if len(only) == 1 and len(cells) > 1 and cells[0].strip() and not a_question_alone(only[0], columns):
            # A line across the table: the heading of the rows below it.
            section = clean(only[0])
            for line in lines:
                gathering.structure(line)
            continue
        table.row(lines, cells, section)
    table.finish()


class Table:
    """Turns the rows of one table into drafts and remembers which columns had no place."""

    def __init__(self, gathering: Gathering, columns: Sequence[TableColumn], headings: int, line: int) -> None:
        """`headings` is how many cells the heading has, 0 without one."""
        self._gathering = gathering
        self._columns = columns
        self._width = headings or len(columns)
        self._line = line
        self._without_place: dict[int, int] = {}

    def row(self, lines: Sequence[int], cells: Sequence[str], section: str = "") -> Draft | None:
        """One row as a draft; None, and listed, where its question is empty."""
        values: list[tuple[str, str]] = []
        for index, cell in enumerate(cells):
            if not cell.strip():
                continue
            role = self._columns[index].role if index < len(self._columns) else ""
            if role and role != LEFT_OUT:
                values.append((role, cell))
            elif index < self._width:
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
            column = self._columns[index]
            name = column.name if column.heading else f"number {column.name}"
            cells = "1 cell" if count == 1 else f"{count} cells"
            why = "left out as you said" if column.role == LEFT_OUT else "a bank has no place for it"
            self._gathering.leave(self._line, f"column {name} ({cells})", why)


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
            case ("target" | "seconds", _, _):
                draft.target = text
            case ("minutes", _, _):
                draft.target = in_minutes(text)
            case ("rubrics", _, _):
                draft.rubrics += _listed(text)
            case ("tags", _, _):
                draft.tags += _listed(text)
            case ("guidance" | "notes", _, _):
                draft.guidance.append((line, text))
            case ("answer", _, _):
                draft.answers.append((line, text))
            case ("probe", _, name):
                parts = [text] if name else re.split(r"(?<=\?)\s+|\n+|\s*;\s*(?=[A-ZÄÖÜÉ¿])", text)
                draft.probes.extend((line, Probe(name) if name else None, part) for part in parts if part.strip())
            case ("example", _, place):
                number, _, key = place.partition(":")
                draft.examples.setdefault(int(number), {})[key] = text


def in_minutes(text: str) -> str:
    """A bare number with its unit."""
    return f"{text.strip()} min" if re.fullmatch(r"[\d.,\s–-]+", text) else text


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
        elif key == "examples" and isinstance(value, (list, tuple)):
            for number, each in enumerate(value, 1):
                parts = each if isinstance(each, Mapping) else {"": each}
                for name, words in parts.items():
                    part = role_of(f"example {number} {name}")
                    (values if part else left).append((part or f"examples {name}".strip(), text_of(words)))
        elif isinstance(value, Mapping) and (role or any(role_of(inner) for inner in value)):
            # An object of its own, {"text": ..., "lang": ...}: what asks or is bare text in it is meant by the key.
            inner, beside = values_of(value)
            if role == "ask" and not any(each == "ask" for each, _ in inner):
                # In several languages, or deeper: the first words that ask.
                words = next(filter(reads_as_question, texts_in(value)), "")
                values.append((role, words))
                beside = [(name, text) for name, text in beside if text != words]
            values.extend((role if role and each in ("ask", "answer") else each, text) for each, text in inner)
            left.extend((f"{key} {name}", text) for name, text in beside)
        elif not role or role == "number":
            if text_of(value) and role != "number":
                left.append((key, text_of(value)))
        elif isinstance(value, (list, tuple)) and role in (*SEVERAL, "rubrics"):
            values.extend((role, _inner(each)) for each in value)
        else:
            values.append((role, text_of(value)))
    return values, left


def _inner(value: object) -> str:
    """A follow-up or tip that is an object of its own: its words."""
    if isinstance(value, Mapping):
        return next((text_of(each) for key, each in value.items() if role_of(key) == "ask"), text_of(value))
    return text_of(value)


def texts_in(value: object) -> Iterator[str]:
    """The texts in a value, however deep."""
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, (list, tuple)):
        for each in value:
            yield from texts_in(each)
    elif isinstance(value, str):
        yield value


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

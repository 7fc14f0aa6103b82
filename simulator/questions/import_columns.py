"""Which column of a table is what, whatever its heading is called.

A column is known by its heading (in five languages), else by what the heading means, else by its values; whoever
imports may say otherwise (`mapping`).
"""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from simulator.errors import MissingPart
from simulator.questions.gathering import clean, seconds_of
from simulator.questions.guessing import reads_as_answer, reads_as_question
from simulator.questions.import_headings import kind_named, meanings, named_role, role_of
from simulator.questions.import_result import TableColumn
from simulator.questions.kinds import vectors_of

SEVERAL = ("guidance", "notes", "probe", "tags", "answer")
"""Roles that more than one column may have."""
LEFT_OUT = "leave out"
CHOICES: Mapping[str, str] = {
    "question": "ask", "kind": "kind", "competency": "competency", "time": "target", "minutes": "minutes",
    "seconds": "seconds", "guidance": "guidance", "answer": "answer", "follow-up": "probe", "notes": "notes",
    "tags": "tags", "id": "id", LEFT_OUT: LEFT_OUT,
}  # fmt: skip
"""What a person may say that a column is, and the role it then has."""
_WORDS = {role: word for word, role in CHOICES.items()} | {
    "rubrics": "rubrics", "number": "number", LEFT_OUT: "left out"
}  # fmt: skip
_LIKE = 0.42
"""Cosine of a heading and what a role means from which the one is taken for the other, and how much it must be
ahead of the next role."""
_AHEAD = 0.05
_LIKE_WITH_VALUES = 0.35
"""Enough where the values have to fit as well, in roles that only certain values do."""
_TOLD_BY_VALUES = ("ask", "kind", "target", "guidance", "answer", "probe")
_LOOKED_AT = 300
_HEADING_AMONG = 12
"""Rows among which the heading is looked for; titles may stand above it."""

Row = tuple[Sequence[int], Sequence[str]]
"""The lines that a row came from, and its cells."""


def role_words(role: str) -> str:
    """A role as people call it; "" for a column that is not used."""
    head, _, name = role.partition(":")
    if head == "example":
        return "answer"
    return f"{_WORDS.get(head, '')} ({name})" if name and head == "probe" else _WORDS.get(role, "")


def holds_questions(rows: Sequence[Row]) -> bool:
    """Whether a sheet has a table of questions: a heading that says so, or a cell that asks."""
    filled = [(lines, cells) for lines, cells in rows if any(map(str.strip, cells))]
    at = heading_at(filled)
    if at is not None and any(role_of(cell) == "ask" for cell in filled[at][1]):
        return True
    asks = reads_as_question if at is not None else _ends_asking
    return any(asks(cell) for _, cells in filled for cell in cells)


def a_question_alone(cell: str, columns: Sequence[TableColumn]) -> bool:
    if reads_as_question(cell) or len(cell.split()) > 6 or not columns:
        return True
    if columns[0].role == "ask":
        return kind_named(cell) is None
    return columns[0].role not in ("kind", "number", "")


def heading_at(rows: Sequence[Row]) -> int | None:
    """The place of the heading row, None where there is none."""
    for place, (_, cells) in enumerate(rows[:_HEADING_AMONG]):
        filled = [cell for cell in cells if cell.strip()]
        named = [bool(role_of(cell)) for cell in filled]
        if len(filled) > 1 and _above_numbers(cells, [cells for _, cells in rows[place + 1 :]]):
            return place
        if len(filled) == 1 < len(cells) and any(len(cells) - cells.count("") > 1 for _, cells in rows[place + 1 :]):
            # A title above the table, whatever it reads like.
            if named_role(filled[0]) != "ask":
                continue
        elif any(
            len(cell) > 80 or (reads_as_question(cell) and not role) for cell, role in zip(filled, named, strict=True)
        ):
            return None
        whole = any(named_role(cell) == "ask" for cell in filled)
        if (whole and len(set(filled)) == len(filled)) or (sum(named) >= 2 and 2 * sum(named) >= len(filled)):
            return place
        if place == 0 and len(filled) > 1 and _unlike(cells, [cells for _, cells in rows[1:]]):
            return 0
    return None


def _above_numbers(cells: Sequence[str], rest: Sequence[Sequence[str]]) -> bool:
    """Whether words stand above a column of numbers or times: a heading, even one that reads like a question."""
    filled = [row for row in rest[:_LOOKED_AT] if sum(bool(cell.strip()) for cell in row) > 1]
    for index, cell in enumerate(cells):
        column = _column(filled, index)
        if not cell.strip() or len(cell) > 80 or len(column) < 2 or not all(map(_is_amount, column)):
            continue
        # "n/a" beside a question is no heading.
        named = role_of(cell) in ("number", "target", "minutes", "seconds")
        if not _is_amount(cell) and (named or not any(map(_ends_asking, cells))):
            return True
    return False


def _is_amount(cell: str) -> bool:
    return bool(re.fullmatch(r"\s*\d{1,4}(?:[.,]\d{1,3})?[.)]?\s*", cell)) or _is_time(cell)


def _unlike(first: Sequence[str], rest: Sequence[Sequence[str]]) -> bool:
    """Whether a first row of unknown words is a heading: short words over a column of questions."""
    if any(len(cell.split()) > 8 or cell.strip().isdigit() or kind_named(cell) for cell in first if cell.strip()):
        return False
    return any(
        cell.strip() and not reads_as_question(cell) and _share(reads_as_question, _column(rest, index)) > 0.7
        for index, cell in enumerate(first)
    )


def _column(rows: Sequence[Sequence[str]], index: int) -> list[str]:
    return [row[index].strip() for row in rows[:_LOOKED_AT] if index < len(row) and row[index].strip()]


def _share(test: object, cells: Sequence[str]) -> float:
    assert callable(test)
    return sum(bool(test(cell)) for cell in cells) / len(cells) if cells else 0.0


def columns_of(
    headings: Sequence[str], rows: Sequence[Sequence[str]], mapping: Mapping[str, str]
) -> list[TableColumn]:
    """What each column is, and how that is known."""
    width = max([len(headings), *(len(row) for row in rows[:_LOOKED_AT])], default=0)
    names = [clean(headings[index]) if index < len(headings) else "" for index in range(width)]
    called = [_called(index, names) for index in range(width)]
    cells = [_column(rows, index) for index in range(width)]
    fixed: dict[int, str] = {}
    for key, role in mapping.items():
        for index, name in enumerate(names):
            if key in (name.casefold(), called[index].casefold(), str(index + 1)):
                fixed = {other: its for other, its in fixed.items() if other != index and _free(role, [its])}
                fixed[index] = role
    roles, how = roles_by_heading(names, cells, fixed)
    open_ones = [index for index in range(width) if not roles[index] and index not in fixed]
    for index, role in _by_values(open_ones, cells, roles, bool(names and any(names))).items():
        roles[index], how[index] = role, "by its values"
    _right_ask(roles, how, cells, fixed)
    return [
        TableColumn(
            called[index],
            index + 1,
            names[index],
            with_unit(roles[index], cells[index]),
            how[index],
            cells[index][0][:200] if cells[index] else "",
        )
        for index in range(width)
    ]


def _called(index: int, names: Sequence[str]) -> str:
    """What a column is called: its heading, with its number where another has the same one."""
    name = names[index]
    return f"{name} (column {index + 1})" if names.count(name) > 1 and name else name or str(index + 1)


def roles_by_heading(
    names: Sequence[str], cells: Sequence[Sequence[str]], fixed: Mapping[int, str]
) -> tuple[list[str], list[str]]:
    """The role each column has by its heading, else by what that means, and how it is known; `fixed` are given."""
    roles = [fixed.get(index, "") for index in range(len(names))]
    how = ["as you said" if index in fixed else "" for index in range(len(names))]
    by_name = [named_role(name) or role_of(name) for name in names]
    # Of two columns for one thing, the one whose whole heading says so, then the first.
    for index in sorted(range(len(names)), key=lambda index: (not named_role(names[index]), index)):
        if index not in fixed and by_name[index] and _free(by_name[index], roles):
            roles[index], how[index] = by_name[index], "by its heading"
    unknown = [index for index, name in enumerate(names) if not roles[index] and name and not by_name[index]]
    for index, role in _by_meaning({index: names[index] for index in unknown}, cells).items():
        if _free(role, roles):
            roles[index], how[index] = role, "by what its heading means"
    return roles, how


def _right_ask(roles: list[str], how: list[str], cells: Sequence[Sequence[str]], fixed: Mapping[int, str]) -> None:
    """Give the question's role to a column of questions where the column that has it asks nothing, or only now and
    then ("If they get stuck, ask"), as follow-ups do."""
    asking = next((index for index, role in enumerate(roles) if role == "ask"), None)
    if asking is None or asking in fixed:
        return
    empty = not any(map(reads_as_question, cells[asking]))
    better = [
        index
        for index, role in enumerate(roles)
        if role in ("probe", "") and index not in fixed and _share(reads_as_question, cells[index]) > 0.6
        and (empty or len(cells[index]) > 1.5 * len(cells[asking]))
    ]  # fmt: skip
    if better:
        most = max(better, key=lambda index: len(cells[index]))
        roles[asking], how[asking] = ("", "") if empty else ("probe", "by its values")
        roles[most], how[most] = "ask", "by its values"


def _free(role: str, roles: Sequence[str]) -> bool:
    kin = ("target", "minutes", "seconds")
    taken = {each for role in roles for each in (kin if role in kin else (role,))}
    return role in (*SEVERAL, LEFT_OUT) or role not in taken


def _by_meaning(names: Mapping[int, str], cells: Sequence[Sequence[str]]) -> dict[int, str]:
    """Roles of English headings that stand in no list, by sentence vectors; none without the language model."""
    if not names:
        return {}
    known = [(role, words) for role, each in meanings().items() for words in each]
    try:
        vectors = vectors_of([*names.values(), *(words for _, words in known)])
    except MissingPart:
        return {}
    found: dict[int, str] = {}
    for row, index in enumerate(names):
        best: dict[str, float] = {}
        for (role, _), like in zip(known, vectors[len(names) :] @ vectors[row], strict=True):
            best[role] = max(best.get(role, 0.0), float(like))
        order = sorted(best, key=lambda role: -best[role])
        least = _LIKE_WITH_VALUES if order[0] in _TOLD_BY_VALUES else _LIKE
        if best[order[0]] >= least and best[order[0]] - best[order[1]] >= _AHEAD and fits(order[0], cells[index]):
            found[index] = order[0]
    return found


def fits(role: str, cells: Sequence[str]) -> bool:
    """Whether values could be what the heading seems to mean."""
    match role:
        case "ask":
            return _share(reads_as_question, cells) >= 0.5
        case "probe":
            return _share(lambda cell: "?" in cell or reads_as_question(cell), cells) >= 0.5
        case "target":
            return _share(_is_time, cells) >= 0.7
        case "kind":
            return _share(kind_named, cells) >= 0.5
        case "guidance" | "answer":
            return sum(len(cell.split()) for cell in cells) >= 4 * len(cells)
        case "competency" | "tags":
            return _share(lambda cell: len(cell.split()) <= 3, cells) >= 0.8
    return True


def _is_time(cell: str) -> bool:
    return seconds_of(cell) is not None


def _by_values(
    indexes: Sequence[int], cells: Sequence[Sequence[str]], roles: Sequence[str], headed: bool
) -> dict[int, str]:
    """Roles of columns that no heading tells, by the shape of what stands in them."""
    found: dict[int, str] = {}

    def free(role: str) -> bool:
        return _free(role, [*roles, *found.values()])

    asking = {
        index: _share(reads_as_question, cells[index]) + 0.5 * _share(_ends_asking, cells[index]) for index in indexes
    }
    order = sorted(indexes, key=lambda index: (-round(asking[index], 2), -sum(map(len, cells[index]))))
    if free("ask") and order and (not headed or asking[order[0]] >= 0.3 or len(order) == 1):
        found[order[0]] = "ask"
    elif free("ask") and order:
        found[max(order, key=lambda index: sum(map(len, cells[index])))] = "ask"
    for index in indexes:
        column = cells[index]
        if index in found or not column:
            continue
        if _counts_up(column) and free("number"):
            found[index] = "number"
        elif _share(kind_named, column) > 0.6 and free("kind"):
            found[index] = "kind"
        elif _share(_is_time, column) > 0.8 and free("target") and (not headed or _share(_has_unit, column) > 0.8):
            found[index] = "target"
        elif _share(_ends_asking, column) > 0.7:
            found[index] = "probe"
        elif _share(reads_as_answer, column) > 0.5:
            found[index] = "answer"
    left = [index for index in indexes if index not in found]
    longest = max(left, key=lambda index: sum(map(len, cells[index])), default=None)
    if (
        longest is not None
        and not headed
        and sum(len(cell.split()) for cell in cells[longest]) > 2 * len(cells[longest])
    ):
        found[longest] = "guidance"
    return found


def _ends_asking(cell: str) -> bool:
    return cell.rstrip().endswith("?")


def _has_unit(cell: str) -> bool:
    return bool(re.search(r"[a-z'′:]", cell.lower()))


def _counts_up(column: Sequence[str]) -> bool:
    numbers = [cell.strip(" .)#") for cell in column]
    return len(numbers) > 1 and all(
        number.isdecimal() and len(number) < 7 for number in numbers
    ) and all(int(b) == int(a) + 1 for a, b in pairwise(numbers))  # fmt: skip


def with_unit(role: str, cells: Sequence[str]) -> str:
    """A column of bare numbers is in minutes where all of them are small."""
    if role == "target":
        bare = [
            float(cell.replace(",", ".")) for cell in cells if re.fullmatch(r"\s*\d{1,4}(?:[.,]\d{1,3})?\s*", cell)
        ]
        if bare and max(bare) <= 10:
            return "minutes"
    return role

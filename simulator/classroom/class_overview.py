"""A class in numbers: students by rubrics, what changed, what is missing most, who has not practised; by question.

A student's first level is the mean of the first session that has one in the rubric, the latest that of the latest.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from simulator.classroom.classes import Classes, Roster, Student
from simulator.classroom.digests import SessionDigest
from simulator.sessions.progress import rubrics_in_order
from simulator.sessions.rubric_titles import rubric_title
from simulator.sheets import Cell


@dataclass(frozen=True, slots=True)
class Levels:
    """A student in one rubric: the mean level of the first and of the latest session with one."""

    first: float
    latest: float
    sessions: int

    @property
    def change(self) -> float | None:
        """How much later the level is above the first; None where there is one session only."""
        return self.latest - self.first if self.sessions > 1 else None


@dataclass(frozen=True, slots=True)
class StudentRow:
    """One student. `lacks` says how many answers lack which part."""

    student: Student
    levels: Mapping[str, Levels]
    sessions: int = 0
    minutes: float = 0.0
    answers: int = 0
    last_at: str = ""
    lacks: Mapping[str, int] = field(default_factory=dict)

    @property
    def missing(self) -> tuple[str, int]:
        """The part that is missing most, with how many answers lack it; ("", 0) for none."""
        return _first(self.lacks)


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """One question over the class: how many answers of how many students, the mean level in each rubric."""

    id: str
    ask: str
    answers: int
    students: int
    levels: Mapping[str, float]
    missing: tuple[str, int] = ("", 0)


@dataclass(frozen=True, slots=True)
class ClassOverview:
    """A class at a glance. `rubrics` are those in which anybody has a level, in their usual order."""

    roster: Roster
    rubrics: tuple[str, ...]
    lines: tuple[StudentRow, ...]
    sessions: Mapping[str, Sequence[SessionDigest]]
    """By student: what all of it was worked out from."""
    since: str = ""

    @property
    def questions(self) -> tuple[QuestionRow, ...]:
        """The class by question, those asked of most students first. Worked out anew each time."""
        return tuple(_questions(self.roster, self.sessions))

    @property
    def missing(self) -> tuple[tuple[str, int], ...]:
        """The parts that are missing, most often first, with how many answers lack them."""
        counted: dict[str, int] = {}
        for line in self.lines:
            for part, count in line.lacks.items():
                counted[part] = counted.get(part, 0) + count
        return _most(counted)

    @property
    def not_practised(self) -> tuple[Student, ...]:
        """Who has not practised, or not since the day asked for."""
        return tuple(line.student for line in self.lines if not line.sessions)

    def mean(self, rubric: str) -> Levels | None:
        """The class in a rubric: the means of those who have a level in it."""
        have = [line.levels[rubric] for line in self.lines if rubric in line.levels]
        if not have:
            return None
        return Levels(
            sum(each.first for each in have) / len(have),
            sum(each.latest for each in have) / len(have),
            max(each.sessions for each in have),
        )


def overview_of(
    classes: Classes, roster: Roster, since: str = "", until: str = "", assignment: str = ""
) -> ClassOverview:
    """Read a class; only sessions that began from `since` to `until` (dates), or of one assignment (its title)."""
    digests = classes.digests(roster.id)
    wanted = {
        student.id: [
            digest
            for digest in digests.get(student.id, ())
            if digest.started_at >= since
            and (not until or digest.started_at <= f"{until}\uffff")
            and (not assignment or digest.assignment == assignment)
        ]
        for student in roster.students
    }
    lines = tuple(_line(student, wanted[student.id]) for student in roster.students)
    return ClassOverview(
        roster,
        tuple(rubrics_in_order({rubric for line in lines for rubric in line.levels})),
        lines,
        wanted,
        since,
    )


def _line(student: Student, sessions: Sequence[SessionDigest]) -> StudentRow:
    means: dict[str, list[float]] = {}
    lacks: dict[str, int] = {}
    answers = 0
    for session in sessions:
        sums: dict[str, list[int]] = {}
        for answer in session.answers:
            answers += 1
            for rubric, level in answer.levels.items():
                sums.setdefault(rubric, []).append(level)
            for part in answer.missing:
                lacks[part] = lacks.get(part, 0) + 1
        for rubric, levels in sums.items():
            means.setdefault(rubric, []).append(sum(levels) / len(levels))
    return StudentRow(
        student,
        {rubric: Levels(found[0], found[-1], len(found)) for rubric, found in means.items()},
        len(sessions),
        sum(session.minutes for session in sessions),
        answers,
        sessions[-1].started_at if sessions else "",
        lacks,
    )


def _most(counted: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counted.items(), key=lambda each: (-each[1], each[0])))


def _first(counted: Mapping[str, int]) -> tuple[str, int]:
    return _most(counted)[0] if counted else ("", 0)


class _QuestionTally:
    """What came of one question so far."""

    __slots__ = ("answers", "levels", "missing", "students")

    def __init__(self) -> None:
        self.answers = 0
        self.students: set[str] = set()
        self.levels: dict[str, list[int]] = {}
        self.missing: dict[str, int] = {}


def _questions(roster: Roster, sessions: Mapping[str, Sequence[SessionDigest]]) -> Iterator[QuestionRow]:
    """The questions, those asked of most students first."""
    asked: dict[str, _QuestionTally] = {}
    for student_id, of_student in sessions.items():
        for session in of_student:
            for answer in session.answers:
                found = asked.get(answer.question)
                if found is None:
                    found = asked[answer.question] = _QuestionTally()
                found.answers += 1
                found.students.add(student_id)
                for part in answer.missing:
                    found.missing[part] = found.missing.get(part, 0) + 1
                for rubric, level in answer.levels.items():
                    found.levels.setdefault(rubric, []).append(level)
    for question, found in sorted(
        asked.items(), key=lambda each: (-len(each[1].students), -each[1].answers, each[0])
    ):
        yield QuestionRow(
            question,
            roster.questions.get(question, question),
            found.answers,
            len(found.students),
            {rubric: sum(levels) / len(levels) for rubric, levels in found.levels.items()},
            _first(found.missing),
        )


# As rows: for the terminal, CSV and Excel.


def most_missing(missing: tuple[str, int]) -> str:
    """The part that is missing most, with how often: "what came of it (7)"."""
    part, count = missing
    return f"{part} ({count})" if part else ""


def student_rows(overview: ClassOverview, names: bool = True) -> tuple[list[str], list[list[Cell]]]:
    """Header and rows, one a student; without `names` they are "student 1" and so on."""
    header = ["student"]
    for rubric in overview.rubrics:
        header.extend(f"{rubric_title(rubric)}: {what}" for what in ("first", "latest", "change"))
    header.extend(["sessions", "answers", "minutes", "last practised", "missing most often"])
    rows: list[list[Cell]] = []
    for number, line in enumerate(overview.lines, 1):
        row: list[Cell] = [line.student.name if names else f"student {number}"]
        for rubric in overview.rubrics:
            levels = line.levels.get(rubric)
            row.extend(_levels(levels))
        row.extend([line.sessions, line.answers, round(line.minutes), line.last_at[:10], most_missing(line.missing)])
        rows.append(row)
    return header, rows


def _levels(levels: Levels | None) -> list[Cell]:
    if levels is None:
        return [None, None, None]
    change = levels.change
    return [round(levels.first, 1), round(levels.latest, 1), None if change is None else round(change, 1)]


def question_rows(overview: ClassOverview) -> tuple[list[str], list[list[Cell]]]:
    """Header and rows, one a question."""
    header = ["question", *map(rubric_title, overview.rubrics), "answers", "students", "missing most often", "id"]
    rows: list[list[Cell]] = []
    for line in overview.questions:
        levels = [line.levels.get(rubric) for rubric in overview.rubrics]
        rounded = [None if level is None else round(level, 1) for level in levels]
        rows.append([line.ask, *rounded, line.answers, line.students, most_missing(line.missing), line.id])
    return header, rows

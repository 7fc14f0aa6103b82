"""HTML pages of a class and of one student: each one file that needs nothing else, to be printed or passed on."""

import html
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from simulator.classroom.agreement import without_names
from simulator.classroom.class_overview import ClassOverview, Levels, StudentRow, most_missing, question_rows
from simulator.classroom.classes import Classes, Roster, Student
from simulator.paths import private_folder
from simulator.sessions.answer_feedback import level_bar, level_words
from simulator.sessions.archive import written_whole
from simulator.sessions.export_html import coach_box, html_page
from simulator.sessions.highlights import readable_parts
from simulator.sessions.progress import rubrics_in_order
from simulator.sessions.report import session_report
from simulator.sessions.rubric_titles import rubric_title
from simulator.sessions.session import Answer, Session, shown_scores
from simulator.sheets import Cell
from simulator.texts import counted

MOST_MISSING = 5
NO_LEVEL = "–"


def class_page(overview: ClassOverview, today: str, names: bool = True) -> str:
    """The class at a glance. Without `names` students are numbered."""
    title = f"Class {overview.roster.name}"
    since = f", practice since {overview.since}" if overview.since else ""
    body = [f"<h1>{html.escape(title)}</h1>", f'<p class="muted">{html.escape(today + since)}</p>']
    body.extend(_class_in_words(overview, names))
    body.append("<h2>Students</h2>")
    body.append(_students(overview, names))
    body.append("<p>Levels (0 to 4): the mean of the first session → that of the latest.</p>")
    if overview.questions:
        body.append("<h2>Questions</h2>")
        header, rows = question_rows(overview)
        body.append(_table(header[:-1], [row[:-1] for row in rows]))
    return html_page(title, body)


def _class_in_words(overview: ClassOverview, names: bool) -> Iterator[str]:
    practised = len(overview.lines) - len(overview.not_practised)
    yield f"<p>{practised} of {len(overview.lines)} students have practised.</p>"
    for rubric in overview.rubrics:
        mean = overview.mean(rubric)
        if mean is not None:
            yield (
                f"<p>{html.escape(rubric_title(rubric))}: at first {mean.first:.1f}, "
                f'latest <span class="level">{mean.latest:.1f}</span> of 4 on average</p>'
            )
    if overview.missing:
        parts = "; ".join(most_missing(each) for each in overview.missing[:MOST_MISSING])
        yield f"<p>Missing most often (in so many answers): {html.escape(parts)}</p>"
    if overview.not_practised:
        listed = ", ".join(student.name for student in overview.not_practised)
        who_words = listed if names else counted(len(overview.not_practised), "student")
        yield f"<p>Not practised yet: {html.escape(who_words)}</p>"


def _students(overview: ClassOverview, names: bool) -> str:
    """The students with one column for each rubric: all of it fits on a printed page."""
    rows: list[list[Cell]] = []
    for number, line in enumerate(overview.lines, 1):
        levels = [_first_to_latest(line.levels.get(rubric)) for rubric in overview.rubrics]
        name = line.student.name if names else f"student {number}"
        missing = most_missing(line.missing)
        rows.append([name, *levels, line.sessions, round(line.minutes), line.last_at[:10] or "never", missing])
    return _table(
        ["student", *map(rubric_title, overview.rubrics), "sessions", "minutes", "last", "missing most often"], rows
    )


def _first_to_latest(levels: Levels | None) -> str:
    if levels is None:
        return NO_LEVEL
    if levels.change is None:
        return f"{levels.latest:.1f}"
    return f"{levels.first:.1f} → {levels.latest:.1f}"


def _table(header: Sequence[str], rows: Sequence[Sequence[Cell]]) -> str:
    head = "".join(f'<th scope="col">{html.escape(name)}</th>' for name in header)
    body = "".join("<tr>" + "".join(map(_cell, row)) + "</tr>" for row in rows)
    return f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def _cell(cell: Cell) -> str:
    if isinstance(cell, str):
        return f"<td>{html.escape(cell)}</td>"
    shown = NO_LEVEL if cell is None else f"{cell:.1f}" if isinstance(cell, float) else str(cell)
    return f'<td class="number">{shown}</td>'


def student_page(
    classes: Classes, roster: Roster, line: StudentRow, sessions: Sequence[Session], number: int, names: bool = True
) -> str:
    """One student: levels session by session, what to do next, what the coach spoke about, and all other answers.

    Without `names` they are "Student 3", and names are hidden in all texts.
    """
    clean = _cleaner(roster, sessions, names)
    who = line.student.name if names else f"Student {number}"
    title = f"{who}, class {roster.name}"
    body = [f"<h1>{html.escape(title)}</h1>"]
    if not sessions:
        return html_page(title, [*body, "<p>Not practised yet.</p>"])
    times = "1 session" if line.sessions == 1 else f"{line.sessions} sessions"
    answers = counted(line.answers, "answer")
    body.append(f"<p>{times}, {answers}, {line.minutes:.0f} minutes; last on {line.last_at[:10]}.</p>")
    body.append(_levels(line))
    if line.missing[0]:
        body.append(f"<p>Missing most often: {html.escape(most_missing(line.missing))}</p>")
    steps = session_report(sessions[-1]).next_steps
    if steps:
        items = "".join(f"<li>{html.escape(clean(step.advice))}</li>" for step in steps)
        body.append(f"<h2>What to do next</h2><ol>{items}</ol>")
    body.extend(_sessions(sessions, rubrics_in_order(line.levels)))
    body.extend(_answers(classes, sessions, clean))
    return html_page(title, body)


def _cleaner(roster: Roster, sessions: Sequence[Session], names: bool) -> Callable[[str], str]:
    if names:
        return str
    known = {student.name for student in roster.students}
    known |= {name for session in sessions for name in (session.candidate_name, *session.interviewer_names)}
    return lambda text: without_names(text, known)


def _levels(line: StudentRow) -> str:
    rows: list[list[Cell]] = []
    for rubric in rubrics_in_order(line.levels):
        levels = line.levels[rubric]
        change = levels.change
        rows.append(
            [
                rubric_title(rubric),
                levels.first,
                levels.latest,
                level_bar(levels.latest),
                "" if change is None else f"{change:+.1f}",
            ]
        )
    return _table(["", "first", "latest", "", "change"], rows)


def _sessions(sessions: Sequence[Session], rubrics: Sequence[str]) -> Iterator[str]:
    rows: list[list[Cell]] = []
    for session in reversed(sessions):
        means = {summary.rubric: summary.mean for summary in session_report(session).rubrics}
        what = session.bank_title or session.bank_id
        rows.append([session.started_at[:10], what, *(means.get(rubric) for rubric in rubrics)])
    yield "<h2>Session by session, the latest first</h2>"
    yield _table(["day", "what", *map(rubric_title, rubrics)], rows)


def _answers(classes: Classes, sessions: Sequence[Session], clean: Callable[[str], str]) -> Iterator[str]:
    """The answers that the coach spoke about, then all others by their sessions, the latest session first."""
    comments = {feedback.id: feedback for feedback in classes.feedback.all() if not feedback.empty}
    spoken = [answer for session in sessions for answer in session.answers if answer.id in comments]
    if spoken:
        yield "<h2>What the coach said</h2>"
    for answer in spoken:
        yield _answer(answer, clean, coach_box(comments[answer.id], answer, "The coach", clean))
    for session in reversed(sessions):
        others = [each for each in session.answers if each.id not in comments and not each.skipped]
        if others:
            title = f"{session.started_at[:10]}: {session.bank_title or session.bank_id}"
            yield f"<h2>{html.escape(title)}</h2>"
        for answer in others:
            yield _answer(answer, clean)


def _answer(answer: Answer, clean: Callable[[str], str], box: str = "") -> str:
    """What was asked and said, the app's levels, and what the coach said."""
    words = " ".join(readable_parts(answer)) or "(nothing was understood)"
    levels = "".join(
        f"<p>The app: {html.escape(rubric_title(score.rubric))} {level_words(score.level, perhaps=score.perhaps)}</p>"
        for score in shown_scores(answer)
        if score.level is not None
    )
    asked, said = html.escape(clean(answer.question.ask)), html.escape(clean(words))
    return f'<section><h3>{asked}</h3><p class="words">{said}</p>{levels}{box}</section>'


def page_name(student: Student, number: int, names: bool) -> str:
    """The file name of a student's page."""
    return f"{student.id if names else f'student-{number}'}.html"


def write_pages(
    classes: Classes, overview: ClassOverview, folder: Path, today: str, names: bool = True
) -> list[Path]:
    """Write the class's page and one for each student into a folder, for this user alone; the class's comes first.

    Raises UserError when one cannot be written.
    """
    private_folder(folder)
    roster = overview.roster
    written = [_written(folder / "class.html", class_page(overview, today, names))]
    for number, line in enumerate(overview.lines, 1):
        sessions = [
            each for each in classes.sessions_of(roster.id, line.student.id) if each.started_at >= overview.since
        ]
        page = student_page(classes, roster, line, sessions, number, names)
        written.append(_written(folder / page_name(line.student, number, names), page))
    return written


def _written(path: Path, page: str) -> Path:
    def write(file: BinaryIO) -> Path:
        file.write(page.encode())
        return path

    return written_whole(path, write)

"""The lines of the list of past sessions, and what the marked one was."""

from datetime import date

from textual.content import Content

from simulator.sessions.answer_feedback import shown_quotes
from simulator.sessions.rubric_titles import rubric_title
from simulator.sessions.session import Session, shown_scores
from simulator.sessions.store import AnswerHit, SessionSummary
from simulator.sessions.times import length_words, moment_words
from simulator.tui.widgets.level_bars import bar

LEVELS = ("examples", "motivation", "questions")
"""The rubrics that have a column of their own, where there is room for columns."""
INITIALS = "  ".join(f"{name[0].upper():<3}" for name in LEVELS).rstrip()
"""Over the levels where they stand in one column."""
INITIALS_MEAN = ", ".join(f"{name[0].upper()} {rubric_title(name)}" for name in LEVELS)
INITIALS_BRIEF = ", ".join(f"{name[0].upper()} {name}" for name in LEVELS)
"""The same on a narrow screen: the words of a rubric's name that begin with these letters."""


def row(summary: SessionSummary, today: date, wide: bool) -> list[str]:
    """A session's cells, its title whole."""
    when = moment_words(summary.started_at, today)
    if summary.broken:
        return [when, "", "broken: it can only be deleted", "", *([""] * (len(LEVELS) + 1 if wide else 1))]
    known = [f"{summary.levels[name]:.1f}" if name in summary.levels else "" for name in LEVELS]
    levels = known if wide else ["  ".join(level or " · " for level in known).rstrip(" ·")]
    notes = [note for note, on in (("sample", summary.sample), ("unfinished", not summary.finished)) if on]
    notes.extend(f"{rubric_title(name)} {mean:.1f}" for name, mean in summary.levels.items() if name not in LEVELS)
    length = length_words(summary.started_at, summary.finished_at)
    title = summary.bank_title or summary.bank_id
    if not wide:
        return [when, length, ", ".join([title, *notes]), summary.mode.value, *levels]
    return [when, length, title, summary.mode.value, *levels, ", ".join(notes)]


def preview(session: Session) -> Content:
    """Who asked, and question by question the level and the words that were best."""
    asked = f"With {', '.join(session.interviewer_names)}" if session.interviewer_names else ""
    lines = [Content.styled(asked, "$text-muted")]
    for answer in session.best_attempts():
        scores = [each for each in shown_scores(answer) if each.level is not None]
        how = bar(scores[0].level or 0) if scores else Content("    ")
        lines.append(Content.assemble(how, f" {answer.question.ask}"))
        quote = next((quote.text for each in scores for quote in shown_quotes(each)), "")
        if quote:
            lines.append(Content.styled(f"     “{quote}”", "$text-muted"))
    return Content("\n").join(lines if len(lines) > 1 else [*lines, Content("No question was answered yet.")])


def hit_content(hit: AnswerHit, today: date) -> Content:
    parts: list[str | tuple[str, str]] = [(f"{moment_words(hit.answered_at, today)}  {hit.question}\n", "bold")]
    for number, piece in enumerate(hit.context.replace("⟧", "⟦").split("⟦")):
        parts.append((piece, "underline bold") if number % 2 else piece)
    return Content.assemble(*parts)

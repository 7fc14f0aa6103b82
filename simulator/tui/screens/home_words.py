"""What the cards of the home screen say."""

from collections.abc import Sequence
from datetime import date

from textual.content import Content

from simulator.interview.interviewer import Interviewer
from simulator.sessions.progress import RubricProgress, Suggestion, lowest
from simulator.sessions.report import WORTH_QUOTING
from simulator.sessions.rubric_titles import rubric_title
from simulator.sessions.store import SessionSummary
from simulator.sessions.times import length_words, moment_words
from simulator.texts import counted
from simulator.tui.drawings import drawing_beside
from simulator.tui.widgets.level_bars import bar, change, long_bar

WELCOME = """An interviewer asks, you answer out loud, and then you see which of your own words worked and what to \
do better.

Enter starts: first a short sound check, then you see what will be asked. Without a microphone you can type.

Nobody else hears you: nothing leaves this computer. Stop whenever you like; what you said is kept."""
EACH = 3
"""Marks of a level in its bar."""
LATEST_BEFORE = 11
GUESTS = 3
WIDEST = 60


def unfinished(left: SessionSummary | None, today: date) -> Content:
    """The interview that was left; empty where there is none."""
    if left is None:
        return Content("")
    done = answered_words(left.answers) + (" so far" if left.answers else "")
    return Content.assemble(
        (left.bank_title or left.bank_id, "bold"),
        (f"  {moment_words(left.started_at, today)}, {done}", "$text-muted"),
        "\nEnter goes on where you stopped.",
    )


def work_on(suggested: Suggestion | None) -> tuple[Content, str]:
    """The one thing to work on, and the key that starts it for the border."""
    if suggested is None:
        return Content(""), ""
    why = f": {suggested.brief}" if suggested.brief else ""
    return Content.assemble((suggested.about, "bold"), why, "\n", suggested.to_do), "P starts it"


def last_practice(latest: Sequence[SessionSummary], today: date, work_on: str = "") -> tuple[Content, str]:
    """The last finished interview and what was best in it, with when it was for the border; `work_on` is the rubric
    beside it that needs work, and is not praised."""
    if not latest:
        return Content(""), ""
    last = latest[0]
    length = length_words(last.started_at, last.finished_at)
    lines = [Content.styled(last.bank_title or last.bank_id, "bold")]
    # What is low is told where there is room to say what to do about it.
    best = max(last.levels, key=lambda rubric: last.levels[rubric], default="")
    below = [-level for rubric, level in last.levels.items() if rubric != best]
    if best != work_on and lowest(-last.levels.get(best, 0), below) and last.levels[best] >= WORTH_QUOTING:
        lines.append(Content.assemble("Best on average: ", level_line(best, last.levels[best])))
    else:
        lines.append(Content.styled(answered_words(last.answers), "$text-muted"))
    return Content("\n").join(lines), ", ".join(
        part for part in (moment_words(last.started_at, today), length) if part
    )


def nothing_due() -> Content:
    """All that was due is done: a drawing, and leave to rest."""
    return drawing_beside("cup", Content("Nothing is due today.\nRest, or practise one thing you like."), WIDEST)


def level_line(rubric: str, level: float) -> Content:
    """A rubric with its level as a bar and a number."""
    return Content.assemble(bar(level), (f" {level:.1f}", "bold"), f"  {rubric_title(rubric)}")


def answered_words(count: int) -> str:
    """How many questions were answered."""
    return f"{counted(count, 'question')} answered" if count else "no answer yet"


def before_that(latest: Sequence[SessionSummary], today: date) -> Content:
    """The interviews before the last, one a line."""
    return Content("\n").join(
        Content.assemble(
            (f"{moment_words(each.started_at, today):<18}", "$text-muted"),
            f"{each.mode.value:<11}",
            (answered_words(each.answers), "$text-muted"),
        )
        for each in latest[1 : 1 + LATEST_BEFORE]
    )


def levels(rubrics: Sequence[RubricProgress]) -> Content:
    """Each rubric lately, and how much that is above or below the weeks before."""
    return Content("\n\n").join(
        Content.assemble(
            f"{rubric_title(each.rubric)}\n",
            long_bar(each.recent, EACH),
            (f"  {each.recent:.1f}  ", "bold"),
            change(each.change),
        )
        for each in rubrics
    )


def some_of(people: Sequence[Interviewer], today: date) -> Sequence[Interviewer]:
    """A few of the interviewers, others on another day."""
    first = today.toordinal() % len(people) if people else 0
    return [*people[first:], *people[:first]][:GUESTS]

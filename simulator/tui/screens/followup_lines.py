"""The lines of the screen after an interview, each with a sign for what is done."""

from collections.abc import Sequence
from datetime import date

from textual.content import Content

from simulator.followup.greeting import name_in_greeting
from simulator.followup.letter_drafts import LetterDraft
from simulator.followup.timeline import TimelineStep
from simulator.preparation.people import Person
from simulator.sessions.times import date_words, day_words, kept_day_words
from simulator.texts import listed
from simulator.tui.screens.followup_reading import InterviewEntry, InterviewFollowup
from simulator.tui.widgets.columns import Listed

NO_LETTERS = "Nobody is known by name here, so there is nobody to write to."
NO_ANSWER = "Nothing was answered in this practice, so no letter is drafted."
NO_REFERENCE = "Who would vouch for you? Enter notes somebody, and what they saw you do."


Lines = Sequence[tuple[str, Content | Listed]]
"""Lines of a list: the id of each, and what it shows."""


def entry_line(entry: InterviewEntry, today: date) -> Listed:
    """An interview in the list: what it was for; below, when and with whom."""
    sign, style = ("○", "$warning") if entry.due else (" ", "")
    who = listed(name_in_greeting(name, first_name=True) for name in entry.who)
    kind = "practice" if entry.practice else "interview"
    more = f"\n{kind}, {kept_day_words(entry.on, today)}" + (f"\n{who}" if who else "")
    return Listed(Content.styled(f"{sign} ", style), Content.assemble(entry.title, (more, "$text-muted")))


def facts(entry: InterviewEntry, seen: InterviewFollowup, today: date) -> str:
    """When and with whom it was, and when they decide."""
    kind = "Practice" if entry.practice else "Interview"
    with_whom = f" with {listed(entry.who)}" if entry.who else ""
    decided = seen.dates.shown and seen.timeline.decision_on
    # First, for a narrow panel shows no more.
    decision = f"They decide on {date_words(date.fromisoformat(decided), today)}  " if decided else ""
    return f"{decision}{kind} {kept_day_words(entry.on, today)}{with_whom}"


def letter_line(page: LetterDraft, today: date) -> Listed:
    """A letter, and whether it was sent."""
    sign, style = ("✓", "$success") if page.sent_on else ("○", "$warning")
    words = f"sent {kept_day_words(page.sent_on, today)}" if page.sent_on else "edited" if page.edited else "drafted"
    return Listed(Content.styled(f"{sign} ", style), Content.assemble(page.letter.to, (f"  {words}", "$text-muted")))


def step_line(step: TimelineStep, today: date) -> Listed:
    """A step, its day, and whether it is done."""
    late = not step.done and step.day <= today
    style = "$success" if step.done else "$warning" if late else "$text-muted"
    day = (f"{day_words(step.day, today):<10}  ", "$text-muted")
    words = Content.assemble(day, (step.title, "$text-muted" if step.done else ""))
    return Listed(Content.styled("✓ " if step.done else "○ ", style), words)


def reference_line(person: Person) -> Listed:
    """A reference, and whether they know."""
    sign, style = ("✓", "$success") if person.told else ("○", "$warning")
    words = "knows that they may be called" if person.told else "not told yet"
    return Listed(Content.styled(f"{sign} ", style), Content.assemble(person.name, (f"  {words}", "$text-muted")))


def sections(seen: InterviewFollowup, today: date) -> Sequence[tuple[str, Lines]]:
    """What belongs to an interview, under its headings; where there is nothing, a line says so."""
    nobody = "nobody to write to" if seen.record.answered else "nothing was answered"
    letters = [(f"letter:{page.letter.interviewer_id}", letter_line(page, today)) for page in seen.drafts.pages]
    dates = "What to do when"
    steps: Lines = [("nothing", _muted("no dates: this was a practice"))]
    if seen.dates.shown:
        dates = f"{dates}  {'home reminds you' if seen.dates.reminds else 'no reminders'}"
        steps = [(f"step:{step.kind.value}", step_line(step, today)) for step in seen.timeline.steps]
    people = [(f"reference:{person.id}", reference_line(person)) for person in seen.references]
    return (
        ("Letters", letters or [("nobody", _muted(nobody))]),
        (dates, steps),
        ("References", people or [("people", _muted("+ note a reference"))]),
    )


def _muted(words: str) -> Content:
    return Content.styled(words, "$text-muted")


def about(seen: InterviewFollowup, kind: str, id_: str) -> tuple[str, str]:
    """What is marked, a sentence or two on it, and what Enter does with it."""
    if kind == "letter":
        page = seen.drafts.page(id_)
        return f"Letter to {page.letter.to}", f"{page.letter.subject}. Enter opens the letter."
    if kind == "step":
        step = next(each for each in seen.timeline.steps if each.kind == id_)
        return step.title, f"{step.why} {'Enter opens it again.' if step.done else 'Enter ticks it off.'}"
    if kind == "nothing":
        return "Dates", "Nobody waits for anything after a practice. Press K to plan dates as after a real interview."
    if kind == "reference":
        person = next(each for each in seen.references if each.id == id_)
        return person.name, "A note on who may call, what they could say, and what went less well. Enter opens it."
    return ("References", NO_REFERENCE) if kind == "people" else ("Letters", no_letters(seen))


def no_letters(seen: InterviewFollowup) -> str:
    """Why there are no letters."""
    return NO_LETTERS if seen.record.answered else NO_ANSWER

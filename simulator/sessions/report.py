"""What a session shows for itself, in words: feedback on one answer, and the report at the end.

Pure functions; the plain mode, the commands, the exports and the app all use these.
"""

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from simulator.questions.bank import Kind
from simulator.scoring.scorecard import MAX_LEVEL, ClosingManner, Delivery, Measure, Quote, RubricScore, Scorecard
from simulator.sessions.session import Answer, Learned, LearnedKind, Mode, Session, is_closing

RUBRIC_TITLES = {
    "examples": "Concrete examples",
    "motivation": "Motivation",
    "questions": "Forward-looking questions",
}
RUBRIC_ORDER = ("examples", "motivation", "questions")
WIDTH = 80
TITLE = 26
NOT_ASKED = "not asked here"
MOST_QUOTES = 3
MOST_NEXT_STEPS = 3
WORTH_QUOTING = 2
"""The report quotes the best words of a rubric from this level on; below it there is nothing to be proud of."""


def rubric_title(rubric: str) -> str:
    """A rubric's name as shown: for one of the user's what its file says, or its id where that file is gone."""
    known = RUBRIC_TITLES.get(rubric)
    if known:
        return known
    from simulator.scoring.custom import custom_title

    return custom_title(rubric) or rubric.replace("_", " ").replace("-", " ").capitalize()


def level_bar(level: int) -> str:
    """A level as filled and empty marks, so that it reads without colour."""
    return "▰" * level + "▱" * (MAX_LEVEL - level)


def clock(seconds: float | None) -> str:
    """Seconds as minutes and seconds ("0:48"), "" for None."""
    if seconds is None:
        return ""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


_MEASURE_WORDS = {
    "pace": "{value} words a minute",
    "hesitations": "{value} um/uh a minute",
    "longest pause": "longest pause {value} s",
    "before the first word": "first word after {value} s",
}
"""How the measures of `scoring.delivery` are said; "time" is said as clock against target."""

NOT_MEASURABLE = {"hesitations": "um/uh: this speech model does not write them down"}


def measure_words(measure: Measure) -> str:
    """One measure of delivery in words: "148 words a minute, good"."""
    if measure.value is None:
        return NOT_MEASURABLE.get(measure.name, f"{measure.name}: {measure.band}")
    form = _MEASURE_WORDS.get(measure.name, f"{measure.name.replace('_', ' ')} {{value}} {measure.unit}")
    value = f"{measure.value:.0f}" if measure.value >= 10 else f"{measure.value:.1f}".removesuffix(".0")
    words = form.replace("{value}", value)
    return words if measure.band in ("", "noted") else f"{words}, {measure.band}"


def delivery_words(delivery: Delivery) -> list[str]:
    """Delivery as short phrases, the time against the target last."""
    words = [measure_words(measure) for measure in delivery.measures if "of the target" not in measure.unit]
    if delivery.seconds is not None and delivery.target_seconds:
        words.append(f"{clock(delivery.seconds)} of about {clock(delivery.target_seconds)}")
    return words


# Feedback on one answer.


def feedback_text(answer: Answer, previous: Answer | None = None, width: int = WIDTH) -> str:
    """One answer's feedback as plain text; `previous` is the attempt before, for a before and after."""
    card = answer.scorecard
    if card is None:
        return "This answer has no score yet."
    before = previous.scorecard if previous else None
    lines: list[str] = []
    if answer.probed:
        lines.append("Scored together with your reply to the follow-up.")
    lines.extend(card_lines(card, before, width, answer.question.rubrics))
    return "\n".join(lines)


def card_lines(
    card: Scorecard, before: Scorecard | None = None, width: int = WIDTH, asked_for: Sequence[str] = ()
) -> list[str]:
    """A scorecard as lines of plain text; rubrics that the question did not ask for in one line each."""
    lines: list[str] = []
    if card.scored:
        for rubric in ordered_rubrics(card):
            if asked_for and rubric not in asked_for:
                lines.extend(_titled(rubric_title(rubric), NOT_ASKED, width))
            else:
                lines.extend(_rubric_lines(card.rubrics[rubric], before, width))
    else:
        lines.extend(_wrapped(f"Not scored. {card.why_not or ''}".strip(), width))
    for asked in card.asked:
        lines.extend(_wrapped(f"{asked.level} “{asked.text}”: {asked.reason}", width, indent="  "))
    for words in _manner_words(card.closing):
        lines.extend(_wrapped(words, width))
    if card.tailoring.met:
        met = "; ".join(f"{wish} (“{words}”)" for wish, words in card.tailoring.met.items())
        lines.extend(_titled("Speaks to the job", met, width))
    if card.delivery.measures:
        lines.extend(_titled("Delivery", "; ".join(delivery_words(card.delivery)), width))
    return lines


def ordered_rubrics(card: Scorecard) -> list[str]:
    """The rubrics of a scorecard in the order in which they are always shown."""
    known = [rubric for rubric in RUBRIC_ORDER if rubric in card.rubrics]
    return [*known, *(rubric for rubric in card.rubrics if rubric not in known)]


def _rubric_lines(score: RubricScore, before: Scorecard | None, width: int) -> Iterator[str]:
    title = rubric_title(score.rubric)
    if score.level is None:
        yield from _titled(title, score.why_not or "not asked here", width)
        return
    change = ""
    earlier = before.level(score.rubric) if before else None
    if earlier is not None:
        step = score.level - earlier
        change = " As before." if step == 0 else f" {'Up' if step > 0 else 'Down'} from {earlier} to {score.level}."
    yield from _titled(title, f"{level_bar(score.level)} {score.level} {score.name}: {score.anchor}{change}", width)
    for quote in shown_quotes(score):
        at = f"{clock(quote.start)} " if quote.start is not None else ""
        yield from _wrapped(f"{at}“{quote.text}”: {quote.earns}", width, indent="    ")
    if score.missing:
        yield from _wrapped(missing_words(score), width, indent="  ")
    if score.advice:
        yield from _wrapped(f"Next: {score.advice}", width, indent="  ")


def shown_quotes(score: RubricScore) -> list[Quote]:
    """The quotes that feedback shows: those that earned most, in the order they were said."""
    return sorted(score.quotes[:MOST_QUOTES], key=lambda quote: quote.first_word)


def missing_words(score: RubricScore) -> str:
    """What the next levels ask for, as a sentence."""
    return f"Missing: {'; '.join(what.strip().rstrip('.') for what in score.missing)}."


def _manner_words(manner: ClosingManner) -> Iterator[str]:
    if manner.work_sample_offered:
        yield f"You offered a work sample (“{manner.work_sample_offered}”): good."
    if manner.availability_offered:
        yield f"You said you are available (“{manner.availability_offered}”): good."
    if manner.presuming:
        yield f"Careful: “{manner.presuming}” sounds as if the job were already yours."


def _titled(title: str, words: str, width: int) -> list[str]:
    first = f"{title:<{TITLE}} "
    return textwrap.wrap(words, width, initial_indent=first, subsequent_indent="    ") or [title]


def _wrapped(words: str, width: int, indent: str = "") -> list[str]:
    return textwrap.wrap(words, width, initial_indent=indent, subsequent_indent=indent + "  ")


# The report of a session.


@dataclass(frozen=True, slots=True)
class RubricSummary:
    """One rubric over a session: the levels of the last attempts, answer by answer, and the best words."""

    rubric: str
    levels: tuple[int, ...]
    best_quote: str = ""
    tries: tuple[str, ...] = ()
    """For each answer its level, and those of the attempts before: "1 → 4"."""

    @property
    def mean(self) -> float:
        return sum(self.levels) / len(self.levels)


@dataclass(frozen=True, slots=True)
class NextStep:
    """One useful thing to do next: about which question, and what."""

    question: str
    advice: str


@dataclass(frozen=True, slots=True)
class Report:
    """A session's report. `notes` are plain sentences about manner, panel and what was learned."""

    session: Session
    rubrics: tuple[RubricSummary, ...]
    next_steps: tuple[NextStep, ...]
    notes: tuple[str, ...]
    not_scored: tuple[str, ...]


def session_report(session: Session) -> Report:
    """The report of a session from its latest attempts."""
    answers = session.latest_attempts()
    return Report(
        session=session,
        rubrics=tuple(_summaries(answers, session)),
        next_steps=tuple(_next_steps(answers)),
        notes=tuple(_notes(session, answers)),
        not_scored=tuple(
            f"“{answer.question.ask}” {answer.scorecard.why_not or ''}".strip()
            for answer in answers
            if answer.scorecard and not answer.scorecard.scored
        ),
    )


def _scored(answers: Sequence[Answer]) -> Iterator[tuple[Answer, RubricScore, int]]:
    for answer in answers:
        if answer.scorecard and answer.scorecard.scored:
            for rubric in ordered_rubrics(answer.scorecard):
                score = answer.scorecard.rubrics[rubric]
                if score.level is not None:
                    yield answer, score, score.level


def _summaries(answers: Sequence[Answer], session: Session) -> Iterator[RubricSummary]:
    found: dict[str, list[tuple[int, RubricScore]]] = {}
    tries: dict[str, list[str]] = {}
    for answer, score, level in _scored(answers):
        if counts_for(answer, score.rubric):
            found.setdefault(score.rubric, []).append((level, score))
            tries.setdefault(score.rubric, []).append(_tries(answer, score.rubric, session))
    for rubric in [*RUBRIC_ORDER, *(name for name in found if name not in RUBRIC_ORDER)]:
        if rubric in found:
            level, best = max(found[rubric], key=lambda pair: pair[0])
            yield RubricSummary(
                rubric=rubric,
                levels=tuple(level for level, _ in found[rubric]),
                best_quote=best.quotes[0].text if best.quotes and level >= WORTH_QUOTING else "",
                tries=tuple(tries[rubric]),
            )


def _tries(latest: Answer, rubric: str, session: Session) -> str:
    """The levels of all attempts at an answer's question, in their order."""
    attempts = sorted(
        (each for each in session.answers if each.position == latest.position), key=lambda each: each.attempt
    )
    levels = [each.scorecard.level(rubric) for each in attempts if each.scorecard]
    return " → ".join(str(level) for level in levels if level is not None)


def counts_for(answer: Answer, rubric: str) -> bool:
    """Whether a question is meant for a rubric: an example question says nothing about motivation."""
    return not answer.question.rubrics or rubric in answer.question.rubrics


def _next_steps(answers: Sequence[Answer]) -> list[NextStep]:
    """The most useful things to do: weak and easy to mend first; the same advice once; each rubric before any again.

    Easy is what lacks little: a level 1 with one thing missing comes before a level 0 with three.
    """
    weak = sorted(
        (
            (-(MAX_LEVEL - level) / max(1, len(score.missing)), position, answer, score)
            for position, (answer, score, level) in enumerate(_scored(answers))
            if score.advice and level < MAX_LEVEL and counts_for(answer, score.rubric)
        ),
        key=lambda found: found[:2],
    )
    steps: list[NextStep] = []
    rubrics: set[str] = set()
    for again in (False, True):
        for _, _, answer, score in weak:
            step = NextStep(answer.question.ask, score.advice)
            if len(steps) < MOST_NEXT_STEPS and (again or score.rubric not in rubrics) and not _said(steps, step):
                steps.append(step)
                rubrics.add(score.rubric)
    return steps


def _said(steps: Sequence[NextStep], step: NextStep) -> bool:
    return any(known.advice == step.advice for known in steps)


def _notes(session: Session, answers: Sequence[Answer]) -> Iterator[str]:
    closing = next((answer for answer in answers if is_closing(answer)), None)
    cards = [answer.scorecard for answer in answers if answer.scorecard]
    if session.mode is not Mode.DRILL:
        if closing is None and _was_asked(session, Kind.CLOSING):
            yield "You asked nothing at the end. Prepare two questions about the first months or a pressing problem."
        yield from _manner_notes([card.closing for card in cards])
        yield from _left_out(session, cards)
    for learned in session.learned:
        yield _learned_words(learned)


def _was_asked(session: Session, kind: Kind) -> bool:
    return any(answer.question.kind is kind for answer in session.answers)


def _manner_notes(manners: Sequence[ClosingManner]) -> Iterator[str]:
    if not manners:
        return
    sample = next((manner.work_sample_offered for manner in manners if manner.work_sample_offered), "")
    available = next((manner.availability_offered for manner in manners if manner.availability_offered), "")
    presuming = next((manner.presuming for manner in manners if manner.presuming), "")
    thanks = next((manner.thanks for manner in manners if manner.thanks), "")
    if not thanks:
        yield "You did not thank anyone. A short thank-you at the end is remembered."
    yield (
        f"You offered a work sample (“{sample}”)."
        if sample
        else "You could offer to send something of your work: a sample, a plan, a reference."
    )
    if available:
        yield f"You said that you are available for more questions (“{available}”)."
    else:
        yield "You could say that you are easy to reach for more questions."
    if presuming:
        yield f"Careful: “{presuming}” sounds as if the job were already yours."


def _left_out(session: Session, cards: Sequence[Scorecard]) -> Iterator[str]:
    if len(session.interviewer_names) < 2:
        return
    named = {name for card in cards for name in card.closing.interviewer_named}
    missed = [name for name in session.interviewer_names if name not in named]
    if missed and len(missed) < len(session.interviewer_names):
        yield f"You spoke to {' and '.join(sorted(named))} by name, but not to {' and '.join(missed)}."
    elif missed:
        yield f"You called nobody by name. In the room were {', '.join(session.interviewer_names)}."


def _learned_words(learned: Learned) -> str:
    if learned.kind is LearnedKind.PRIORITY:
        return f"Learned: what matters to {learned.interviewer_name} is {learned.text.rstrip('.')}."
    return f"Learned from {learned.interviewer_name}: {learned.text.rstrip('.')}."


def as_text(report: Report, width: int = WIDTH, words: bool = True, named: bool = True) -> str:
    """The report as plain text; without `words`, the levels only and nothing that was said.

    With `named` it ends with the session's id, by which commands find it.
    """
    session = report.session
    lines = [f"Report: {session.bank_title or session.bank_id}, {session.mode.value}"]
    if session.sample:
        lines.append("This is the sample interview that comes with the app.")
    answered = [answer for answer in session.latest_attempts() if answer.scorecard]
    if not answered:
        lines.append("Nothing was answered, so there is nothing to score.")
    lines.append("")
    for summary in report.rubrics:
        levels = ", ".join(summary.tries or map(str, summary.levels))
        bar = level_bar(round(summary.mean))
        lines.append(f"{rubric_title(summary.rubric):<26} {bar} {summary.mean:.1f}   answer by answer: {levels}")
        if summary.best_quote and words:
            lines.extend(_wrapped(f"best: “{summary.best_quote}”", width, indent="    "))
    if report.next_steps and words:
        lines.extend(["", "To do next"])
        for number, step in enumerate(report.next_steps, 1):
            lines.extend(_wrapped(f"{number}. {step.advice}", width, indent="  "))
            lines.extend(_wrapped(f"(“{step.question}”)", width, indent="     "))
    if report.notes and words:
        lines.extend(["", "Noticed"])
        for note in report.notes:
            lines.extend(_wrapped(f"- {note}", width, indent="  "))
    for reason in report.not_scored:
        lines.extend(_wrapped(f"Not scored: {reason}", width))
    if named:
        lines.extend(["", f"Kept as session {session.id}."])
    return "\n".join(lines)

"""What a session shows for itself, in words: feedback on one answer, and the report at the end.

Pure functions; the plain mode, the commands, the exports and the app all use these.
"""

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from simulator.questions.bank import DEFAULT_RUBRICS, Kind
from simulator.scoring.scorecard import (
    MAX_LEVEL,
    ClosingManner,
    Delivery,
    Measure,
    Part,
    PartState,
    Quote,
    RubricScore,
    Scorecard,
)
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
    from simulator.custom_rubrics import CustomRubrics

    return CustomRubrics().title(rubric) or rubric.replace("_", " ").replace("-", " ").capitalize()


PART_SIGNS = {PartState.YES: "✓", PartState.NO: "✗", PartState.PERHAPS: "◐", PartState.SPARE: "·"}
"""The sign of a part beside its word: heard, not heard, not clear, not needed as it is."""
_PART_FORMS = {PartState.PERHAPS: "{name}, not clear", PartState.SPARE: "{name} (optional)"}
PARTS_LEGEND = "✓ heard   ✗ not heard   ◐ perhaps heard, not clear"

_TIED = "\u00a0"
"""A space at which no line is broken."""


def part_words(part: Part) -> str:
    """A part with its sign, and in words where that would not do: "✓ your own part", "◐ a lesson, not clear"."""
    return f"{PART_SIGNS[part.found]} {_PART_FORMS.get(part.found, '{name}').format(name=part.name)}"


def parts_to_show(score: RubricScore) -> tuple[Part, ...]:
    """The parts that are shown one by one: at the highest level nothing is missing, so only what was found."""
    return tuple(part for part in score.parts if score.level != MAX_LEVEL or part.found is PartState.YES)


def parts_line(score: RubricScore) -> str:
    """These parts in one line."""
    return "  ".join(part_words(part) for part in parts_to_show(score))


def parts_gained(before: RubricScore | None, after: RubricScore | None) -> tuple[Part, ...]:
    """The parts that were surely missing before and are found now."""
    if before is None or after is None:
        return ()
    lacked = {part.element for part in before.parts if part.found in (PartState.NO, PartState.SPARE)}
    return tuple(part for part in after.parts if part.found is PartState.YES and part.element in lacked)


def whole_verdict(scores: Sequence[RubricScore]) -> str:
    """One verdict for a whole answer: that of the leading rubric, and which other one lags far behind it."""
    leading = scores[0]
    said = leading.verdict or leading.anchor
    behind = helps_most(scores)
    return said if behind is leading else f"{said} What would help most now: {rubric_title(behind.rubric).lower()}."


def helps_most(scores: Sequence[RubricScore]) -> RubricScore:
    """The one rubric to do something for: the lowest of those that lag far behind the leading one, else that."""
    return min((each for each in scores[1:] if _lags(each, scores[0])), key=_level_of, default=scores[0])


def _level_of(score: RubricScore) -> int:
    return score.level or 0


def _lags(one: RubricScore, leading: RubricScore) -> bool:
    return one.level is not None and leading.level is not None and leading.level - one.level >= FAR_BEHIND


FAR_BEHIND = 2
"""So many levels below the leading rubric, another one is named in the verdict."""


def change_words(before: RubricScore | None, after: RubricScore) -> list[str]:
    """What changed since the attempt before: "up from 2", "now there: what came of it"."""
    if before is None or before.level is None or after.level is None:
        return []
    step = after.level - before.level
    words = ["as before" if step == 0 else f"{'up' if step > 0 else 'down'} from {before.level}"]
    for label, parts in (
        ("now there", parts_gained(before, after)),
        ("not heard this time", parts_gained(after, before)),
    ):
        if parts:
            words.append(f"{label}: {', '.join(part.name for part in parts)}")
    return [*words, EARLIER_COUNTS] if step < 0 else words


EARLIER_COUNTS = "your earlier try still counts"
"""The best attempt at a question does: a worse one costs nothing."""


def shown_scores(answer: Answer) -> list[RubricScore]:
    """The rubrics that an answer's question asks for, the leading one first.

    Further ones only where the question names them or the answer has something of them.
    """
    card = answer.scorecard
    if card is None:
        return []
    wanted = answer.question.rubrics or DEFAULT_RUBRICS[answer.question.kind]
    asked = [card.rubrics[rubric] for rubric in wanted if rubric in card.rubrics] or list(card.rubrics.values())
    return [*asked[:1], *(score for score in asked[1:] if score.level or answer.question.rubrics)]


def delivery_line(delivery: Delivery) -> str:
    """How it was said, in one line of plain words: only what is worth saying, "" for nothing."""
    bands = {measure.name: measure.band for measure in delivery.measures}
    if len(delivery.hesitation_words) < FEWEST_MANY:
        # By the minute, two in a short answer are many; to anybody who listens they are not.
        bands.pop("hesitations", None)
    said = [words for name, by_band in _DELIVERY_LINE.items() if (words := by_band.get(bands.get(name, "")))]
    if not said:
        return ""
    text = ", ".join(said)
    return f"{text[:1].upper()}{text[1:]}."


FEWEST_MANY = 4
"""Ums and uhs that are worth a word at all."""
_DELIVERY_LINE: Mapping[str, Mapping[str, str]] = {
    "pace": {"low": "rather slow", "high": "too fast to follow easily", "good": "at a good pace"},
    "hesitations": {"high": "many ums", "watch": "some ums"},
    "longest pause": {"watch": "one long silence"},
    "time": {"watch": "a little longer than it should be", "high": "much longer than it should be"},
}


def level_bar(level: float) -> str:
    """A level, or the mean of some to the nearest half, as full, half and empty marks: it reads without colour."""
    full, half = divmod(int(2 * level + 0.5), 2)
    return "▰" * full + "◧" * half + "▱" * (MAX_LEVEL - full - half)


def level_words(level: int) -> str:
    """A level with its bar, and of how many: "▰▰▱▱ 2 of 4"."""
    return f"{level_bar(level)} {level} of {MAX_LEVEL}"


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

_BAND_WORDS = {"watch": "worth a look"}
NOT_MEASURABLE = {"hesitations": "um/uh: this speech model does not write them down"}


def measure_words(measure: Measure) -> str:
    """One measure of delivery in words: "148 words a minute, good"."""
    if measure.value is None:
        return NOT_MEASURABLE.get(measure.name, f"{measure.name}: {measure.band}")
    form = _MEASURE_WORDS.get(measure.name, f"{measure.name.replace('_', ' ')} {{value}} {measure.unit}")
    value = f"{measure.value:.0f}" if measure.value >= 10 else f"{measure.value:.1f}".removesuffix(".0")
    words = form.replace("{value}", value)
    return words if measure.band in ("", "noted") else f"{words}, {_BAND_WORDS.get(measure.band, measure.band)}"


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
    lines.extend(card_lines(card, before, width, [score.rubric for score in shown_scores(answer)]))
    return "\n".join(lines)


def card_lines(
    card: Scorecard, before: Scorecard | None = None, width: int = WIDTH, asked_for: Sequence[str] = ()
) -> list[str]:
    """A scorecard as lines of plain text; rubrics that the question did not ask for in one line each.

    Of those it asked for, the first is the leading one: it alone is told part by part; one thing to do is told of one of them.
    """
    lines: list[str] = []
    if card.scored:
        wanted = [card.rubrics[rubric] for rubric in asked_for if rubric in card.rubrics]
        for score in wanted:
            brief, advised = score is not wanted[0], score is helps_most(wanted)
            lines.extend(_rubric_lines(score, before, width, brief, advised))
        for rubric in ordered_rubrics(card):
            if asked_for and rubric not in asked_for:
                lines.extend(_titled(rubric_title(rubric), NOT_ASKED, width))
            elif not asked_for:
                lines.extend(_rubric_lines(card.rubrics[rubric], before, width))
    else:
        lines.extend(_wrapped(f"Not scored. {card.why_not or ''}".strip(), width))
    for asked in card.asked:
        lines.extend(_wrapped(f"{asked.level} “{asked.text}”: {asked.reason}", width, indent="  "))
    for words in _manner_words(card.closing):
        lines.extend(_wrapped(words, width))
    if card.tailoring.met:
        met = "; ".join(f"{wish} (“{words}”)" for wish, words in card.tailoring.met.items())
        lines.extend(_titled("Fits this job", met, width))
    if card.delivery.measures:
        said = delivery_line(card.delivery)
        numbers = "; ".join(delivery_words(card.delivery))
        lines.extend(_titled("Delivery", f"{said} ({numbers})" if said else numbers, width))
    return lines


def ordered_rubrics(card: Scorecard) -> list[str]:
    """The rubrics of a scorecard in the order in which they are always shown."""
    known = [rubric for rubric in RUBRIC_ORDER if rubric in card.rubrics]
    return [*known, *(rubric for rubric in card.rubrics if rubric not in known)]


def _rubric_lines(
    score: RubricScore, before: Scorecard | None, width: int, brief: bool = False, advised: bool = True
) -> Iterator[str]:
    title = rubric_title(score.rubric)
    if score.level is None:
        yield from _titled(title, score.why_not or "not asked here", width)
        return
    changes = change_words(before.rubrics.get(score.rubric) if before else None, score)
    change = f" ({'; '.join(changes)})" if changes else ""
    said = score.verdict or f"{score.name}: {score.anchor}"
    yield from _titled(title, f"{level_words(score.level)}. {said}{change}", width)
    if not brief:
        yield from _found_lines(score, width)
    if score.advice and advised:
        yield from _wrapped(f"Next: {score.advice}", width, indent="  ")


def _found_lines(score: RubricScore, width: int) -> Iterator[str]:
    """The parts of an answer, the words that earned most, and what is missing."""
    if score.parts:
        whole = "  ".join(part_words(part).replace(" ", _TIED) for part in parts_to_show(score))
        yield from (line.replace(_TIED, " ") for line in _wrapped(whole, width, indent="  "))
    for quote in shown_quotes(score):
        at = f"{clock(quote.start)} " if quote.start is not None else ""
        yield from _wrapped(f"{at}“{quote.text}”: {quote.earns}", width, indent="    ")
    if score.missing and not score.parts:
        yield from _wrapped(missing_words(score), width, indent="  ")


def shown_quotes(score: RubricScore) -> list[Quote]:
    """The quotes that feedback shows: those that earned most, in the order they were said."""
    return sorted(score.quotes[:MOST_QUOTES], key=lambda quote: quote.first_word)


def missing_words(score: RubricScore) -> str:
    """What the next levels ask for, as a sentence."""
    return f"Not heard yet: {'; '.join(what.strip().rstrip('.') for what in score.missing)}."


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
    """One rubric over a session: the levels of the best attempts, question by question, and the best words."""

    rubric: str
    levels: tuple[int, ...]
    best_quote: str = ""
    tries: tuple[str, ...] = ()
    """For each question its level; where it was tried more than once, with those of all attempts."""

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
    """A session's report. `notes` are plain sentences about manner, panel and what was learned.

    `counted` says that best attempts count, where a question was tried more than once.
    """

    session: Session
    rubrics: tuple[RubricSummary, ...]
    next_steps: tuple[NextStep, ...]
    notes: tuple[str, ...]
    not_scored: tuple[str, ...]
    counted: str = ""


BEST_COUNTS = "Where you tried a question more than once, your best attempt counts."


def session_report(session: Session) -> Report:
    """The report of a session from the best attempt at each question."""
    answers = session.best_attempts()
    tried_again = any(len(session.attempts_at(answer.position)) > 1 for answer in answers)
    return Report(
        session=session,
        rubrics=tuple(_summaries(answers, session)),
        next_steps=tuple(_next_steps(answers)),
        notes=tuple(_notes(session, answers)),
        not_scored=tuple(
            f"“{answer.question.ask}” {answer.scorecard.why_not or ''}".strip()
            for answer in answers
            if answer.answered and answer.scorecard and not answer.scorecard.scored
        ),
        counted=BEST_COUNTS if tried_again else "",
    )


def _scored(answers: Sequence[Answer]) -> Iterator[tuple[Answer, RubricScore, int]]:
    for answer in answers:
        if answer.scorecard and answer.scorecard.scored:
            for rubric in ordered_rubrics(answer.scorecard):
                score = answer.scorecard.rubrics[rubric]
                # Who only said goodbye is not held to have asked nothing; a question asked on the way still counts.
                if score.level is not None and (answer.answered or score.level):
                    yield answer, score, score.level


def _summaries(answers: Sequence[Answer], session: Session) -> Iterator[RubricSummary]:
    found: dict[str, list[RubricScore]] = {}
    tries: dict[str, list[str]] = {}
    for answer in answers:
        attempts = list(_scored(session.attempts_at(answer.position)))
        for rubric in dict.fromkeys(score.rubric for _, score, _ in attempts if counts_for(answer, score.rubric)):
            scores = [(level, score) for _, score, level in attempts if score.rubric == rubric]
            level, best = max(reversed(scores), key=lambda each: each[0])
            found.setdefault(rubric, []).append(best)
            tries.setdefault(rubric, []).append(_tries([each for each, _ in scores], level))
    for rubric in [*RUBRIC_ORDER, *(name for name in found if name not in RUBRIC_ORDER)]:
        if rubric in found:
            levels = tuple(score.level or 0 for score in found[rubric])
            best = found[rubric][levels.index(max(levels))]
            quoted = best.quotes and max(levels) >= WORTH_QUOTING
            # The longest says most; the first one told is often no more than "last March".
            longest = max((quote.text for quote in best.quotes), key=len) if quoted else ""
            yield RubricSummary(rubric, levels, longest, tuple(tries[rubric]))


def _tries(levels: Sequence[int], best: int) -> str:
    """The level that counts, and those of all attempts: "4 (tries: 1, 4)"."""
    return str(best) if len(levels) < 2 else f"{best} (tries: {', '.join(map(str, levels))})"


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
        if (closing is None or not closing.answered) and _was_asked(session, Kind.CLOSING):
            yield "You left out your own questions. Prepare two, about the first months or a pressing problem."
        yield from _manner_notes([card.closing for card in cards], ended=_said_goodbye(session))
        yield from _left_out(session, cards)
    for learned in session.learned:
        yield _learned_words(learned)


def _was_asked(session: Session, kind: Kind) -> bool:
    return any(answer.question.kind is kind for answer in session.answers)


def _said_goodbye(session: Session) -> bool:
    """Whether the interview came to its last turn, and the candidate said anything in it."""
    return any(said.purpose == "goodbye" for answer in session.answers for said in answer.utterances)


def _manner_notes(manners: Sequence[ClosingManner], ended: bool) -> Iterator[str]:
    """What was said as one does at the end; what was not heard of it only where the interview `ended` with words."""
    sample = next((manner.work_sample_offered for manner in manners if manner.work_sample_offered), "")
    available = next((manner.availability_offered for manner in manners if manner.availability_offered), "")
    presuming = next((manner.presuming for manner in manners if manner.presuming), "")
    thanks = next((manner.thanks for manner in manners if manner.thanks), "")
    for words, there, not_heard in (
        (thanks, "", "I heard no thanks. A short thank-you at the end is remembered."),
        (
            sample,
            f"You offered a work sample (“{sample}”).",
            "You could offer to send something of your work: a sample, a plan, a reference.",
        ),
        (
            available,
            f"You said that you are available for more questions (“{available}”).",
            "You could say that you are easy to reach for more questions.",
        ),
    ):
        if words and there:
            yield there
        elif ended and not words:
            yield not_heard
    if presuming:
        yield f"Careful: “{presuming}” sounds as if the job were already yours."


def _left_out(session: Session, cards: Sequence[Scorecard]) -> Iterator[str]:
    if len(session.interviewer_names) < 2:
        return
    named = {name for card in cards for name in card.closing.interviewer_named}
    missed = [name for name in session.interviewer_names if name not in named]
    if missed and len(missed) < len(session.interviewer_names):
        yield f"I heard the name of {' and '.join(sorted(named))}, but not that of {' and '.join(missed)}."
    elif missed:
        yield f"I heard nobody's name. In the room were {', '.join(session.interviewer_names)}."


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
    if not any(answer.scorecard for answer in session.latest_attempts()):
        lines.append("Nothing was answered, so there is nothing to score.")
    lines.append("")
    for summary in report.rubrics:
        levels = ", ".join(summary.tries or map(str, summary.levels))
        bar = level_bar(summary.mean)
        mean = f"{bar} {summary.mean:.1f} of {MAX_LEVEL}"
        lines.append(f"{rubric_title(summary.rubric):<26} {mean}   question by question: {levels}")
        if summary.best_quote and words:
            lines.extend(_wrapped(f"best: “{summary.best_quote}”", width, indent="    "))
    if report.counted:
        lines.append(report.counted)
    if report.next_steps and words:
        lines.extend(["", "What to do next"])
        for number, step in enumerate(report.next_steps, 1):
            lines.extend(_wrapped(f"{number}. {step.advice}", width, indent="  "))
            lines.extend(_wrapped(f"(“{step.question}”)", width, indent="     "))
    if report.notes and words:
        lines.extend(["", "Also noticed"])
        for note in report.notes:
            lines.extend(_wrapped(f"- {note}", width, indent="  "))
    for reason in report.not_scored:
        lines.extend(_wrapped(f"Not scored: {reason}", width))
    if named:
        lines.extend(["", f"Saved as session {session.id}."])
    return "\n".join(lines)

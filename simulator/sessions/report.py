"""The report of a whole session, in words. Pure functions."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from simulator.questions.bank import Kind
from simulator.reading import elements as e
from simulator.scoring.scorecard import MAX_LEVEL, ClosingManner, RubricScore, Scorecard
from simulator.sessions.answer_feedback import NEW, WIDTH, answer_levels, change_words, level_words, wrapped
from simulator.sessions.rubric_titles import RUBRIC_ORDER, rubric_title
from simulator.sessions.session import Answer, Learned, LearnedKind, Mode, Session, counted_scores, is_closing

MOST_NEXT_STEPS = 3
WORTH_QUOTING = 2
"""The report quotes the best words of a rubric from this level on; below it there is nothing to be proud of."""


@dataclass(frozen=True, slots=True)
class RubricSummary:
    """One rubric over a session: the levels of the best attempts, question by question, and the best words."""

    rubric: str
    levels: tuple[int, ...]
    best_quote: str = ""
    tries: tuple[tuple[int, tuple[int, ...]], ...] = ()
    """For each question its number in the interview, and the levels of all attempts at it."""

    @property
    def mean(self) -> float:
        return sum(self.levels) / len(self.levels)

    @property
    def one_by_one(self) -> str:
        """The levels of every question: "question 2: 4; question 4: 3, then 4"; "" where the mean says it all."""
        if len(self.levels) == 1 and len(self.tries[0][1]) == 1:
            return ""
        each = ((number, ", then ".join(map(str, levels))) for number, levels in self.tries)
        return "; ".join(f"question {number}: {levels}" for number, levels in each)


@dataclass(frozen=True, slots=True)
class NextStep:
    """One useful thing to do next: about which question, and what."""

    question: str
    advice: str


@dataclass(frozen=True, slots=True)
class Change:
    """What got better from the first attempt at a question to the best one, or by adding to it, a rubric a line."""

    question: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A session's report. `notes` are plain sentences about manner, panel and what was learned.

    `counted` says that best attempts count, where a question was tried more than once; `changes` what got better
    then, question by question, and `skipped` which questions wait for an answer; `later` are the best answers to
    those that were skipped and answered in a later practice.
    """

    session: Session
    rubrics: tuple[RubricSummary, ...]
    next_steps: tuple[NextStep, ...]
    notes: tuple[str, ...]
    not_scored: tuple[str, ...]
    counted: str = ""
    changes: tuple[Change, ...] = ()
    skipped: tuple[Answer, ...] = ()
    later: tuple[Answer, ...] = ()

    @property
    def asked(self) -> list[Answer]:
        """Of each question the answer that counts, or that it was skipped, in the order asked."""
        return sorted((*self.session.best_attempts(), *self.skipped, *self.later), key=lambda each: each.position)


LATER = "Answered later"
BEST_COUNTS = "Where you tried a question more than once, your best try counts."


def session_report(session: Session, later: Mapping[str, Answer] | None = None) -> Report:
    """The report of a session from the best attempt at each question.

    `later` are answers, by the question's id, to questions that were skipped here.
    """
    later = later or {}
    skipped = session.never_answered()
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
        changes=tuple(_changes(answers, session)),
        skipped=tuple(each for each in skipped if each.question.id not in later),
        later=tuple(
            replace(later[each.question.id], position=each.position) for each in skipped if each.question.id in later
        ),
    )


def _changes(answers: Sequence[Answer], session: Session) -> Iterator[Change]:
    """What got better, in the words of feedback."""
    for best in answers:
        first = session.attempts_at(best.position)[0]
        if first.scorecard is None or best.scorecard is None:
            continue
        words = []
        for after, level in counted_scores(best):
            rubric, before = after.rubric, first.scorecard.rubrics.get(after.rubric)
            if before is None or before.level is None:
                continue
            began = min(before.level, first.levels_before.get(rubric, before.level))
            if level > began:
                _, *gained = change_words(before, after, best.scorecard.reading)
                better = f"{rubric_title(rubric)}: from level {began} to level {level}"
                if first.id == best.id:
                    better, gained = f"{better}, with what you added", []
                words.append("; ".join([better, *(each.replace(NEW, "new", 1) for each in gained)]) + ".")
        if words:
            yield Change(best.question.ask, tuple(words))


def rated_words(answer: Answer) -> str:
    """The levels of an answer that the candidate rated, each beside what was given; "" where none was."""
    return levels_told(answer, rated=True)


def levels_told(answer: Answer, rated: bool = False) -> str:
    """The levels that the feedback on an answer shows; of those only what the candidate `rated`."""
    levels = [pair for pair in answer_levels(answer) if pair[0] in answer.self_rating or not rated]
    return ". ".join(f"{rubric_title(rubric)}: {level}" for rubric, level in levels)


def _scored(answers: Sequence[Answer]) -> Iterator[tuple[Answer, RubricScore, int]]:
    for answer in answers:
        for score, level in counted_scores(answer):
            # Who only said goodbye is not held to have asked nothing; a question on the way that was kept counts.
            if answer.answered or level:
                yield answer, score, level


def _summaries(answers: Sequence[Answer], session: Session) -> Iterator[RubricSummary]:
    found: dict[str, list[RubricScore]] = {}
    tries: dict[str, list[tuple[int, tuple[int, ...]]]] = {}
    for answer in answers:
        attempts = list(_scored(session.attempts_at(answer.position)))
        for rubric in dict.fromkeys(score.rubric for _, score, _ in attempts):
            scores = [(level, score) for _, score, level in attempts if score.rubric == rubric]
            _, best = max(reversed(scores), key=lambda each: each[0])
            found.setdefault(rubric, []).append(best)
            tries.setdefault(rubric, []).append((answer.position + 1, tuple(level for level, _ in scores)))
    for rubric in [*RUBRIC_ORDER, *(name for name in found if name not in RUBRIC_ORDER)]:
        if rubric in found:
            levels = tuple(score.level or 0 for score in found[rubric])
            bests = (_best_words(score) for score in found[rubric] if score.level == max(levels))
            words = max(bests, key=len) if max(levels) >= WORTH_QUOTING else ""
            yield RubricSummary(rubric, levels, words, tuple(tries[rubric]))


def _best_words(score: RubricScore) -> str:
    """What the candidate did, where that is quoted, never what only happened to them; of several the longest."""
    deeds = [quote.text for quote in score.quotes if quote.element == e.OWN_ACTION]
    others = (quote.text for quote in score.quotes if quote.element != e.OCCASION)
    return max(deeds or others, key=len, default="")


def _next_steps(answers: Sequence[Answer]) -> list[NextStep]:
    """The most useful things to do: of the weakest rubric first, then weak and easy to mend; the same advice once;
    each rubric before any again.

    Easy is what lacks little: a level 1 with one thing missing comes before a level 0 with three.
    """
    levels: dict[str, list[int]] = {}
    for _, score, level in _scored(answers):
        levels.setdefault(score.rubric, []).append(level)
    weak = sorted(
        (
            (
                sum(levels[score.rubric]) / len(levels[score.rubric]),
                -(MAX_LEVEL - level) / max(1, len(score.missing)),
                position,
                answer,
                score,
            )
            for position, (answer, score, level) in enumerate(_scored(answers))
            if score.advice and level < MAX_LEVEL
        ),
        key=lambda found: found[:3],
    )
    steps: list[NextStep] = []
    rubrics: set[str] = set()
    for again in (False, True):
        for *_, answer, score in weak:
            step = NextStep(answer.question.ask, score.advice)
            if len(steps) < MOST_NEXT_STEPS and (again or score.rubric not in rubrics) and not _is_there(steps, step):
                steps.append(step)
                rubrics.add(score.rubric)
    return steps


def _is_there(steps: Sequence[NextStep], step: NextStep) -> bool:
    return any(known.advice == step.advice for known in steps)


def _notes(session: Session, answers: Sequence[Answer]) -> Iterator[str]:
    closing = next((answer for answer in answers if is_closing(answer)), None)
    goodbyes = (answer for answer in session.answers if answer.is_goodbye)
    cards = [answer.scorecard for answer in (*answers, *goodbyes) if answer.scorecard]
    if session.mode is not Mode.DRILL:
        if (closing is None or not closing.answered) and _was_asked(session, Kind.CLOSING):
            yield "You left out your own questions. Prepare two, about the first months or a pressing problem."
        yield from _manner_notes([card.closing for card in cards], _not_heard_at_the_end(session))
        yield from _left_out(session, cards)
    for learned in session.learned:
        yield _learned_words(learned)


def _was_asked(session: Session, kind: Kind) -> bool:
    return any(answer.question.kind is kind for answer in session.answers)


def _said_goodbye(session: Session) -> bool:
    """Whether the interview came to its last turn, and the candidate said anything in it."""
    return any(utterance.purpose == "goodbye" for answer in session.answers for utterance in answer.utterances)


def _not_heard_at_the_end(session: Session) -> frozenset[str]:
    """What one says at the end, and surely was not said from the candidate's own questions on.

    Nothing, where the interview did not come to its last words or they were not read.
    """
    last = [answer for answer in session.answers if is_closing(answer) and answer.utterances]
    readings = [answer.scorecard.reading for answer in last if answer.scorecard and answer.scorecard.reading]
    if not _said_goodbye(session) or len(readings) < len(last):
        return frozenset()
    perhaps = {each for reading in readings for each in (*reading.faint, *reading.not_ruled_out)}
    said = {span.element for reading in readings for span in reading.spans}
    return frozenset({e.THANKS, e.OFFER, e.AVAILABLE} - perhaps - said)


def _manner_notes(manners: Sequence[ClosingManner], not_heard: Collection[str]) -> Iterator[str]:
    """What was said as one does at the end, and what was not."""
    sample = next((manner.work_sample_offered for manner in manners if manner.work_sample_offered), "")
    available = next((manner.availability_offered for manner in manners if manner.availability_offered), "")
    presuming = next((manner.presuming for manner in manners if manner.presuming), "")
    thanks = next((manner.thanks for manner in manners if manner.thanks), "")
    for element, words, there, missing in (
        (e.THANKS, thanks, "", "I heard no thanks. A short thank-you at the end is remembered."),
        (
            e.OFFER,
            sample,
            f"You offered a work sample (“{sample}”).",
            "At the end, when you thank them, you could offer to send something of your work: a sample, a plan.",
        ),
        (
            e.AVAILABLE,
            available,
            f"You said that you are available for more questions (“{available}”).",
            "At the end you could also say that you are easy to reach for more questions.",
        ),
    ):
        if words and there:
            yield there
        elif element in not_heard and not words:
            yield missing
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
        return f"What matters to {learned.interviewer_name}: {learned.text.rstrip('.')}."
    return f"What {learned.interviewer_name} told you: {learned.text.rstrip('.')}."


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
        lines.append(f"{rubric_title(summary.rubric):<26} {level_words(summary.mean)}")
        lines.extend(wrapped(summary.one_by_one, width, indent="    "))
        if summary.best_quote and words:
            lines.extend(wrapped(f"best: “{summary.best_quote}”", width, indent="    "))
    if report.counted:
        lines.append(report.counted)
    if report.changes:
        lines.extend(["", "What got better"])
    for change in report.changes:
        lines.extend(wrapped(f"“{change.question}”", width, indent="  "))
        for better in change.words:
            lines.extend(wrapped(better, width, indent="    "))
    rated = [(answer, told) for answer in report.session.best_attempts() if (told := rated_words(answer))]
    if rated:
        lines.extend(["", "Your own rating"])
        for answer, told in rated:
            lines.extend(wrapped(f"“{answer.question.ask}” {told}.", width, indent="  "))
    if report.next_steps and words:
        lines.extend(["", "What to do next"])
        for number, step in enumerate(report.next_steps, 1):
            lines.extend(wrapped(f"{number}. {step.advice}", width, indent="  "))
            lines.extend(wrapped(f"(“{step.question}”)", width, indent="     "))
    if report.notes and words:
        lines.extend(["", "Also noticed"])
        for note in report.notes:
            lines.extend(wrapped(f"- {note}", width, indent="  "))
    for reason in report.not_scored:
        lines.extend(wrapped(f"Not scored: {reason}", width))
    for answer in report.skipped:
        lines.extend(wrapped(f"Skipped: “{answer.question.ask}”", width))
    for answer in report.later:
        told = levels_told(answer)
        lines.extend(wrapped(f"{LATER}: “{answer.question.ask}”{f' {told}.' if told else ''}", width))
    if named:
        lines.extend(["", f"Saved as session {session.id}."])
    return "\n".join(lines)

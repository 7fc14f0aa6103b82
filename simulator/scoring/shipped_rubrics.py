"""The three rubrics that come with the app, each from a reading to its score."""

from collections.abc import Mapping

from simulator.reading import elements as e
from simulator.reading.elements import elements
from simulator.reading.readable import readable
from simulator.reading.reading import Reading
from simulator.scoring import advice
from simulator.scoring.clause_bounds import asked_within
from simulator.scoring.levels import COMPLETE, examples_level, missing_elements, motivation_level, questions_level
from simulator.scoring.quotes import LONGEST_ASKED, best_questions, explained, quote_of, quotes_for
from simulator.scoring.rubric_words import shipped_rubric
from simulator.scoring.scorecard import AskedQuestion, RubricScore
from simulator.scoring.verdict import parts_of, questions_verdict, verdict_of
from simulator.speech.transcript import Transcript

EXAMPLES_FAMILY = (
    e.OCCASION, e.OWN_ACTION, e.GROUP_ACTION, e.OUTCOME, e.CHECKABLE, e.LESSON, e.EXPERIENCE, e.CLAIM,
)  # fmt: skip
MOTIVATION_FAMILY = (e.ATTRACTION, e.REASON, e.STEP, e.PLAN, e.STOCK)
PROBES: Mapping[str, str] = {
    e.OCCASION: "example",
    e.OWN_ACTION: "action",
    e.OUTCOME: "result",
    e.ATTRACTION: "reason",
    e.REASON: "reason",
}
"""Which follow-up question asks for a missing element."""


def examples_score(
    reading: Reading, transcript: Transcript, kind: str = "", question: str = "", instead: str = ""
) -> RubricScore:
    """Concrete examples. `kind` is that of the question, "" if unknown; `instead` what was told in place of it."""
    level = examples_level(reading)
    state = advice.examples_state(reading, level, kind, instead)
    words = advice.filled(shipped_rubric("examples"), state, reading, question)
    perhaps = examples_level(reading, with_doubtful=True)
    return _score("examples", level, perhaps, words, reading, transcript, kind)


def motivation_score(reading: Reading, transcript: Transcript, question: str = "", instead: str = "") -> RubricScore:
    """Motivation; `instead` is what was told in place of what the question asks."""
    level = motivation_level(reading)
    state = advice.motivation_state(reading, level, instead)
    words = advice.filled(shipped_rubric("motivation"), state, reading, question)
    return _score("motivation", level, motivation_level(reading, with_doubtful=True), words, reading, transcript)


def _score(
    rubric: str, level: int, perhaps: int, words: str, reading: Reading, transcript: Transcript, kind: str = ""
) -> RubricScore:
    of = shipped_rubric(rubric)
    shown = of.levels[level]
    parts = parts_of(of.parts, level, reading, kind)
    missing = missing_elements(rubric, level, reading)
    return RubricScore(
        rubric=rubric,
        level=level,
        name=shown.name,
        anchor=shown.anchor,
        quotes=quotes_for(rubric, level, reading, transcript),
        missing=tuple(elements()[element].missing for element in missing),
        missing_elements=missing,
        lacks=tuple(dict.fromkeys(PROBES[element] for element in missing if element in PROBES)),
        advice=words,
        cues=explained(EXAMPLES_FAMILY if rubric == "examples" else MOTIVATION_FAMILY, reading),
        verdict=verdict_of(rubric, level, of.verdict, parts, reading, kind),
        parts=parts,
        perhaps=perhaps if level < COMPLETE and perhaps > level else None,
    )


def questions_score(reading: Reading, transcript: Transcript) -> RubricScore:
    """Forward-looking questions: the best one counts."""
    rubric = shipped_rubric("questions")
    level = questions_level(reading)
    best_first = best_questions(reading)
    missing = () if level else (e.QUESTION,)
    next_anchor = rubric.levels[min(4, max(level + 1, 3))].anchor
    return RubricScore(
        rubric="questions",
        level=level,
        name=rubric.levels[level].name,
        anchor=rubric.levels[level].anchor,
        quotes=tuple(quote_of(span, reading, transcript, rubric.reasons[span.grade]) for span in best_first),
        missing=(f"{next_anchor[:1].lower()}{next_anchor[1:].rstrip('.')}",) if level < 4 else (),
        missing_elements=missing,
        advice=advice.filled(rubric, advice.questions_state(reading, level), reading),
        cues=explained((e.QUESTION, e.TIE), reading),
        verdict=questions_verdict(level, rubric.verdict, reading),
    )


def asked_questions(reading: Reading) -> tuple[AskedQuestion, ...]:
    """Every question the candidate asked, in order."""
    rubric = shipped_rubric("questions")
    found = []
    for span in sorted(best_questions(reading), key=lambda span: span.first_word):
        first, last = asked_within(reading, span, LONGEST_ASKED)
        found.append(
            AskedQuestion(
                text=readable(reading, first, last, quoted=True),
                first_word=first,
                last_word=last,
                level=span.level,
                reason=rubric.reasons[span.grade],
                topic=rubric.topics[span.grade],
            )
        )
    return tuple(found)

"""Sessions for tests: realistic ones scored by the real scorer, and any at all made by hypothesis."""

import re
from dataclasses import replace
from datetime import datetime
from typing import Any

from hypothesis import strategies as st

from simulator.assessment import score_answer
from simulator.questions.bank import Kind, Question
from simulator.scoring.scorecard import (
    AskedQuestion,
    ClosingManner,
    CueShare,
    Delivery,
    Measure,
    Part,
    PartState,
    Pause,
    Quote,
    RubricScore,
    Scorecard,
    Structure,
    Tailoring,
)
from simulator.scoring.scorer import AnswerContext
from simulator.sessions.session import Answer, Learned, LearnedKind, Mode, Session, Utterance, answer_id
from simulator.speech.transcript import Source, Transcript, Word, typed
from tests.fakes import spoken

STRONG = (
    "last winter on the late shift a visitor was shouting at the desk because nobody had called him so i took him to "
    "the side room and i explained what had happened and i called the ward in the end he came back the next day to "
    "thank us and we cut complaints by thirty percent"
)
WEAK = "i am a natural leader and i work hard and people like me because i always give my best every day"
CLOSING = "thank you what is the most pressing problem the new person should solve in the first three months"

CALM = Question("calm", "Tell me about a time you calmed someone.", Kind.BEHAVIOURAL, "conflict", ("examples",), 90)
WHY = Question("why", "Why do you want this work?", Kind.MOTIVATION, "motivation", ("motivation",), 60)
ASK = Question("ask", "What would you like to ask us?", Kind.CLOSING, "curiosity", ("questions",), 60)


def context_of(question: Question) -> AnswerContext:
    """What the scorer needs to know of a question."""
    return AnswerContext(question.ask, question.kind.value, question.rubrics, question.target_seconds)


def bare(text: str) -> str:
    """A readable text as its words alone, in small letters."""
    return re.sub(r"[^\w' ]", "", text).lower()


def answered(
    session_id: str,
    position: int,
    question: Question,
    words: Transcript | str,
    attempt: int = 1,
    answered_at: str = "2026-11-23T14:05:09Z",
) -> Answer:
    """An answer, scored by the real scorer."""
    transcript = spoken(words) if isinstance(words, str) else words
    return Answer(
        id=answer_id(session_id, position, attempt),
        session_id=session_id,
        position=position,
        attempt=attempt,
        question=question,
        interviewer_id="ann",
        interviewer_name="Ann Lee",
        utterances=(Utterance(question.ask, transcript, said_at=answered_at),),
        scorecard=score_answer(transcript, context_of(question)),
        answered_at=answered_at,
    )


def unasked(answer: Answer, rubric: str = "examples") -> Answer:
    """The same, with none of a rubric's parts asked for and none told."""
    assert answer.scorecard
    score = replace(answer.scorecard.rubrics[rubric], level=0, parts=(Part("outcome", "the end", PartState.SPARE),))
    card = replace(answer.scorecard, rubrics={**answer.scorecard.rubrics, rubric: score})
    return replace(answer, scorecard=card)


def practice(session_id: str = "20261123-140509-7f3a", **given: Any) -> Session:
    """A finished session of three questions; the first was tried twice. `given` replaces fields."""
    answers = (
        answered(session_id, 0, CALM, WEAK),
        answered(session_id, 0, CALM, STRONG, attempt=2, answered_at="2026-11-23T14:08:00Z"),
        answered(session_id, 1, WHY, typed(WEAK), answered_at="2026-11-23T14:11:00Z"),
        answered(session_id, 2, ASK, CLOSING, answered_at="2026-11-23T14:15:00Z"),
    )
    session = Session(
        id=session_id,
        started_at="2026-11-23T14:05:09Z",
        mode=Mode.COACH,
        bank_id="first-round-general",
        bank_title="First round, any field",
        interviewer_ids=("ann", "bob"),
        interviewer_names=("Ann Lee", "Bob Ray"),
        candidate_name="Sam",
        seed=7,
        finished_at="2026-11-23T14:20:00Z",
        answers=answers,
        learned=(Learned("ann", "Ann Lee", LearnedKind.PROBLEM, "The handover is too slow"),),
    )
    return replace(session, **given)


# Anything at all, for round trips and hostile text.

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
WORD_TEXTS = st.text(st.characters(exclude_categories=("Cs", "Z", "Cc")), min_size=1, max_size=8).filter(
    lambda text: len(text.split()) == 1
)
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "=HYPERLINK(1)",
    "`code` *bold* [a](b)",
    "--> NOTE",
    "日本語の答え 👩‍🔬 é",
    "a\nb\rc\x00d\u2028e",
)
TIMES = st.datetimes(datetime(1970, 1, 1), datetime(2199, 12, 31)).map(lambda at: f"{at:%Y-%m-%dT%H:%M:%SZ}")
MAYBE_TIMES = st.just("") | TIMES
SECONDS = st.floats(0, 10_000, allow_nan=False)
NAMES = st.sampled_from(("examples", "motivation", "questions", "own-rubric"))
MAYBE_SECONDS = st.none() | SECONDS


def words() -> st.SearchStrategy[Word]:
    return st.builds(Word, WORD_TEXTS, MAYBE_SECONDS, MAYBE_SECONDS, st.none() | st.floats(0, 1))


def transcripts() -> st.SearchStrategy[Transcript]:
    return st.builds(
        Transcript,
        st.lists(words(), max_size=5).map(tuple),
        st.sampled_from(Source),
        MAYBE_SECONDS,
        st.booleans(),
        TEXTS,
        TEXTS,
    )


@st.composite
def timed_transcripts(draw: st.DrawFn, least: int = 0) -> Transcript:
    """Spoken words whose times rise, as a transcriber gives them."""
    texts = draw(st.lists(WORD_TEXTS, min_size=least, max_size=30))
    at, made = 0.0, []
    for text in texts:
        at += draw(st.floats(0, 4))
        length = draw(st.floats(0.05, 0.8))
        made.append(Word(text, round(at, 3), round(at + length, 3), draw(st.none() | st.floats(0, 1))))
        at = made[-1].end or at
    return Transcript(tuple(made), Source.SPOKEN, at + 0.5, model="small")


def scorecards() -> st.SearchStrategy[Scorecard]:
    count = st.integers(0, 50)
    quotes = st.builds(Quote, TEXTS, count, count, MAYBE_SECONDS, MAYBE_SECONDS, TEXTS)
    shares = st.builds(CueShare, TEXTS, TEXTS, count, st.floats(-9, 9), st.lists(TEXTS, max_size=2).map(tuple))
    texts = st.lists(TEXTS, max_size=2).map(tuple)
    scores = st.builds(
        RubricScore,
        NAMES,
        st.none() | st.integers(0, 4),
        TEXTS,
        TEXTS,
        st.lists(quotes, max_size=2).map(tuple),
        texts,
        texts,
        TEXTS,
        st.none() | TEXTS,
        st.lists(shares, max_size=2).map(tuple),
    )
    measures = st.builds(Measure, TEXTS, st.none() | st.floats(-1e6, 1e6), TEXTS, TEXTS, TEXTS)
    delivery = st.builds(
        Delivery,
        count,
        MAYBE_SECONDS,
        st.none() | count,
        st.lists(measures, max_size=2).map(tuple),
        st.lists(st.builds(Pause, count, SECONDS, SECONDS), max_size=2).map(tuple),
        st.lists(count, max_size=3).map(tuple),
        st.dictionaries(TEXTS, count, max_size=2),
    )
    asked = st.builds(AskedQuestion, TEXTS, count, count, st.integers(0, 4), TEXTS, TEXTS)
    return st.builds(
        Scorecard,
        st.booleans(),
        st.none() | TEXTS,
        st.dictionaries(NAMES, scores, max_size=3),
        st.lists(asked, max_size=2).map(tuple),
        st.builds(Tailoring, st.dictionaries(TEXTS, TEXTS, max_size=2), texts, st.none() | TEXTS),
        st.builds(ClosingManner, TEXTS, texts, TEXTS, TEXTS, TEXTS, TEXTS),
        st.builds(Structure, texts, texts, TEXTS, st.none() | st.integers(0, 4), TEXTS),
        delivery,
        texts,
    )


def questions() -> st.SearchStrategy[Question]:
    from simulator.questions.bank import Probe

    return st.builds(
        Question,
        TEXTS,
        TEXTS,
        st.sampled_from(Kind),
        TEXTS,
        st.lists(NAMES, unique=True, max_size=2).map(tuple),
        st.integers(0, 999),
        TEXTS,
        st.dictionaries(st.sampled_from(Probe), TEXTS, max_size=3),
        st.lists(TEXTS, max_size=2).map(tuple),
    )


def utterances() -> st.SearchStrategy[Utterance]:
    return st.builds(Utterance, TEXTS, transcripts(), TEXTS, st.none() | transcripts(), MAYBE_TIMES, TEXTS)


@st.composite
def sessions(draw: st.DrawFn) -> Session:
    """Any session the types allow, its answers in order and of one id each."""
    session_id = draw(st.text("abc0123456789-", min_size=1, max_size=12))
    paths = draw(st.lists(st.tuples(st.integers(0, 5), st.integers(1, 3)), unique=True, max_size=3))
    answers = tuple(
        Answer(
            answer_id(session_id, position, attempt),
            session_id,
            position,
            attempt,
            draw(questions()),
            draw(TEXTS),
            draw(TEXTS),
            draw(st.lists(utterances(), max_size=2).map(tuple)),
            draw(st.none() | scorecards()),
            draw(st.dictionaries(NAMES, st.integers(0, 4), max_size=2)),
            draw(MAYBE_TIMES),
            draw(st.booleans()),
        )
        for position, attempt in sorted(paths)
    )
    learned = st.builds(Learned, TEXTS, TEXTS, st.sampled_from(LearnedKind), TEXTS)
    texts = st.lists(TEXTS, max_size=2).map(tuple)
    return Session(
        session_id,
        draw(TIMES),
        draw(st.sampled_from(Mode)),
        draw(TEXTS),
        draw(TEXTS),
        draw(texts),
        draw(texts),
        draw(TEXTS),
        draw(TEXTS),
        draw(st.none() | st.integers(0, 10**9)),
        draw(st.booleans()),
        draw(MAYBE_TIMES),
        answers,
        draw(st.lists(learned, max_size=3, unique_by=lambda x: (x.interviewer_id, x.kind, x.text)).map(tuple)),
        draw(TEXTS),
    )

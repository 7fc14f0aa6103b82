"""Marks: exactly the quotes' words, whatever the transcript, also after a correction."""

from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

from simulator.assessment import score_answer
from simulator.reading.reading import ElementSpan, Reading
from simulator.scoring.scorecard import Delivery, Part, PartState, Pause, Quote, RubricScore, Scorecard
from simulator.sessions.correcting import with_correction
from simulator.sessions.highlights import DOUBTFUL_BELOW, passages, quote_spans, readable_parts, word_marks
from simulator.sessions.session import Answer, Utterance
from simulator.speech.transcript import Transcript, Word, typed
from tests.sessions.made import CALM, STRONG, WEAK, WORD_TEXTS, answered, bare, context_of, timed_transcripts


@st.composite
def quoted_answers(draw: st.DrawFn) -> Answer:
    """An answer whose quotes lie anywhere in its transcript, overlapping as they like."""
    transcript = draw(timed_transcripts(least=1))
    count = len(transcript.words)
    rubrics = {}
    for rubric in draw(st.lists(st.sampled_from(("examples", "motivation", "questions")), unique=True)):
        quotes = []
        for first, last in draw(
            st.lists(st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)), max_size=4)
        ):
            first, last = min(first, last), max(first, last)
            words = transcript.words[first : last + 1]
            quotes.append(
                Quote(" ".join(word.text for word in words), first, last, words[0].start, words[-1].end, "own action")
            )
        rubrics[rubric] = RubricScore(rubric, 2, quotes=tuple(quotes))
    base = answered("s", 0, CALM, typed("x"))
    cut = draw(st.integers(0, count))
    # Two utterances, as after a probe: positions go on behind the first.
    parts = [replace(transcript, words=words) for words in (transcript.words[:cut], transcript.words[cut:])]
    utterances = tuple(Utterance("?", part) for part in parts)
    return replace(base, utterances=utterances, scorecard=Scorecard(True, None, rubrics))


@given(quoted_answers())
def test_the_marked_words_are_exactly_the_words_of_the_quotes(answer: Answer) -> None:
    assert answer.scorecard
    marks = word_marks(answer)
    assert [mark.text for mark in marks] == [word.text for word in answer.transcript.words]
    for rubric, score in answer.scorecard.rubrics.items():
        expected = {n for quote in score.quotes for n in range(quote.first_word, quote.last_word + 1)}
        assert {mark.position for mark in marks if rubric in dict(mark.earned)} == expected
        for quote in score.quotes:
            inside = marks[quote.first_word : quote.last_word + 1]
            assert " ".join(mark.text for mark in inside) == quote.text


@given(quoted_answers())
def test_spans_come_in_the_order_of_the_text(answer: Answer) -> None:
    spans = quote_spans(answer)
    assert [span.first_word for span in spans] == sorted(span.first_word for span in spans)
    assert answer.scorecard
    assert len(spans) == sum(len(score.quotes) for score in answer.scorecard.rubrics.values())


@given(st.lists(WORD_TEXTS, min_size=1, max_size=40))
def test_after_a_correction_the_marks_are_again_the_quotes_of_the_real_scorer(texts: list[str]) -> None:
    base = answered("s", 0, CALM, STRONG)
    new = f"{WEAK} {' '.join(texts)} {STRONG}"
    mended = with_correction(base, 0, new, lambda it: score_answer(it.transcript, context_of(CALM)))
    assert mended.scorecard
    assume(mended.scorecard.scored)
    marks = word_marks(mended, exact=True)
    assert [mark.text for mark in marks] == new.split()
    for rubric, score in mended.scorecard.rubrics.items():
        for quote in score.quotes:
            inside = marks[quote.first_word : quote.last_word + 1]
            assert all(rubric in dict(mark.earned) for mark in inside)
            shown = word_marks(mended)[quote.first_word : quote.last_word + 1]
            text = " ".join(mark.text for mark in shown if not mark.left_out)
            assert bare(text).split() == bare(quote.text).split()


def test_hesitations_pauses_and_doubtful_words_are_marked() -> None:
    words = (Word("um", 0.0, 0.3, 0.9), Word("well", 0.5, 0.9, DOUBTFUL_BELOW - 0.01), Word("yes", 5.0, 5.3, 1.0))
    base = answered("s", 0, CALM, typed("x"))
    delivery = Delivery(pauses=(Pause(1, 0.9, 4.1),), hesitation_words=(0,))
    answer = replace(
        base,
        utterances=(Utterance("?", Transcript(words)),),
        scorecard=Scorecard(False, "too little", {}, delivery=delivery),
    )
    um, well, yes = word_marks(answer)
    assert (um.hesitation, well.hesitation, yes.hesitation) == (True, False, False)
    assert (um.doubtful, well.doubtful, yes.doubtful) == (False, True, False)
    assert (um.pause_after, well.pause_after, yes.pause_after) == (None, 4.1, None)


def test_quotes_that_do_not_fit_the_transcript_mark_nothing() -> None:
    base = answered("s", 0, CALM, typed("only three words"))
    beyond = tuple(Quote("", first, last, None, None, "x") for first, last in ((2, 3), (-1, 0), (2, 1)))
    card = Scorecard(True, None, {"examples": RubricScore("examples", 1, quotes=beyond)})
    answer = replace(base, scorecard=card)
    assert quote_spans(answer) == ()
    assert not any(mark.earned for mark in word_marks(answer))


def test_an_answer_without_a_score_has_plain_words() -> None:
    answer = replace(answered("s", 0, CALM, STRONG), scorecard=None)
    assert [mark.text for mark in word_marks(answer)] == STRONG.split()
    assert quote_spans(answer) == ()


def test_the_readable_form_has_sentences_and_leaves_out_fillers() -> None:
    answer = answered("s", 0, CALM, "um " + STRONG)
    shown = [mark for mark in word_marks(answer) if not mark.left_out]
    assert shown[0].text == "Last"
    assert shown[-1].text.endswith(".")
    assert word_marks(answer)[0].left_out
    assert [mark.text for mark in word_marks(answer, exact=True)] == ["um", *STRONG.split()]
    assert readable_parts(answer) == (" ".join(mark.text for mark in shown),)


def test_an_answer_that_was_never_read_is_shown_as_recognised() -> None:
    unread = replace(answered("s", 0, CALM, STRONG), scorecard=None)
    assert readable_parts(unread) == (STRONG,)


def test_an_answer_is_told_in_passages_each_part_named_once_and_nothing_lost() -> None:
    answer = answered("s", 0, CALM, STRONG)
    assert answer.scorecard
    parts = answer.scorecard.rubrics["examples"].parts
    told = passages(answer, parts)
    shown = [mark.text for mark in word_marks(answer) if not mark.left_out]
    assert " ".join(passage.text for passage in told) == " ".join(shown)
    names = [name for passage in told for _, name in passage.labels]
    assert {"a particular event", "your own part", "what came of it"} <= {*names}
    assert all(name != before for name, before in zip(names[1:], names, strict=False))


def test_a_part_that_is_surely_there_is_underlined_where_it_likely_is_without_its_name() -> None:
    base = answered("s", 0, CALM, typed("I rang three firms. I called fourteen people myself."))
    assert base.scorecard
    figure = ElementSpan("checkable", 4, 8, 0.9, quotable=False, sure=True)
    spans = (ElementSpan("own_action", 0, 3, 0.9), figure)
    reading = Reading(tuple(word.text for word in base.transcript.words), spans)
    parts = (Part("own_action", "your part", PartState.YES), Part("checkable", "a figure", PartState.YES))
    score = replace(base.scorecard.rubrics["examples"], parts=parts, quotes=())
    answer = replace(base, scorecard=replace(base.scorecard, reading=reading, rubrics={"examples": score}))
    assert [(each.text, each.element, [*dict(each.labels)]) for each in passages(answer, parts)] == [
        ("I rang three firms.", "own_action", ["own_action"]),
        ("I called fourteen people myself.", "checkable", []),
    ]
    # In the review it can be gone to like what is quoted.
    assert [each.earns for each in quote_spans(answer)] == ["your part", "a figure"]
    doubted = replace(reading, spans=(replace(figure, sure=False),))
    unsure = replace(answer, scorecard=replace(base.scorecard, reading=doubted, rubrics={"examples": score}))
    assert [each.element for each in passages(unsure, parts)] == [""]


def test_a_mark_holds_whole_clauses_and_stops_where_something_else_is_told_or_a_turn_ends() -> None:
    words = "I tuned it all and my new string rang perfectly well. Then we moved it to the town hall stage,"
    base = answered("s", 0, CALM, typed(words))
    said = [word.text for word in base.transcript.words]
    assert base.scorecard

    def underlined(*spans: ElementSpan, turns: tuple[str, ...] = (words,)) -> list[str]:
        assert base.scorecard
        card = replace(base.scorecard, reading=Reading(tuple(said), spans))
        answer = replace(
            base,
            scorecard=card,
            utterances=tuple(replace(base.utterances[0], transcript=typed(turn)) for turn in turns),
        )
        parts = [Part(element, element, PartState.YES) for element in ("outcome", "own_action", "checkable")]
        return [each.text for each in passages(answer, parts) if each.element]

    at = said.index
    rang = ElementSpan("outcome", at("string"), at("perfectly"), 0.9)
    assert underlined(rang) == ["my new string rang perfectly well."]
    moved = ElementSpan("own_action", at("well."), at("hall"), 0.9)
    assert underlined(rang, moved)[0] == "my new string rang perfectly"
    few = replace(rang, element="checkable")
    assert underlined(few) == ["string rang perfectly"]
    turns = ("I tuned it all and my new", " ".join(said[at("string") :]))
    assert underlined(rang, turns=turns) == ["string rang perfectly well."]


def test_an_answer_without_a_reading_is_one_passage() -> None:
    answer = answered("s", 0, CALM, STRONG)
    assert len(passages(replace(answer, scorecard=None), ())) == 1


def test_a_label_never_parts_a_clause() -> None:
    base = answered("s", 0, CALM, typed("It was on a day nobody else wanted them, so I rang three firms myself."))
    assert base.scorecard
    spans = (ElementSpan("occasion", 4, 7, 0.9), ElementSpan("own_action", 10, 12, 0.9))
    reading = Reading(tuple(word.text for word in base.transcript.words), spans)
    answer = replace(base, scorecard=replace(base.scorecard, reading=reading))
    parts = [Part("occasion", "when", PartState.YES), Part("own_action", "part", PartState.YES)]
    behind = [passage.text for passage in passages(answer, parts) if passage.labels]
    assert [words.split()[-1] for words in behind] == ["them,", "myself."]


def test_a_label_waits_for_the_end_of_the_sentence_where_nothing_else_comes_before_it() -> None:
    base = answered("s", 0, CALM, typed("I'd like to cook for people who can't swallow well. So I rang them."))
    assert base.scorecard
    spans = (ElementSpan("plan", 0, 8, 0.9), ElementSpan("step", 11, 13, 0.9))
    # A comma that the reader would set counts for nothing beside those that were typed.
    reading = Reading(tuple(word.text for word in base.transcript.words), spans, commas=(8,))
    answer = replace(base, scorecard=replace(base.scorecard, reading=reading))
    parts = [Part("plan", "where it leads", PartState.YES), Part("step", "a step", PartState.YES)]
    behind = [passage.text for passage in passages(answer, parts) if passage.labels]
    assert [words.split()[-1] for words in behind] == ["well.", "them."]

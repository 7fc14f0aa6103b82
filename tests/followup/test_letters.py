"""Letters: one for each interviewer, only of what was said, without holes."""

from dataclasses import replace

from simulator.followup.letters import draft_letters
from simulator.scoring.scorecard import Quote, RubricScore, Scorecard
from simulator.sessions.session import Answer, Learned, LearnedKind, Mode, Session, Utterance
from simulator.speech.transcript import typed
from tests.interview.people import ANN, BOB, QUESTIONS


def answered(number: int, person: str, rubric: str, quote: str, level: int = 3) -> Answer:
    card = Scorecard(
        True, None, {rubric: RubricScore(rubric, level, quotes=(Quote(quote, 0, 5, None, None, "an outcome"),))}
    )
    utterance = Utterance("?", typed(quote))
    return Answer(f"s/{number}", "s", number, 1, QUESTIONS[number], person, person, (utterance,), card)


SESSION = Session(
    "s",
    "2026-11-23T10:00:00Z",
    Mode.COACH,
    "b",
    interviewer_ids=("ann", "bob"),
    candidate_name="Sam",
    answers=(
        answered(1, "ann", "motivation", "um because my mum was on this ward for six weeks"),
        answered(2, "ann", "examples", "and she still brings me coffee on fridays"),
        answered(3, "bob", "examples", "so the wrong orders stopped after that"),
    ),
    learned=(Learned("ann", "Ann Lee", LearnedKind.PROBLEM, "Our handover is too slow."),),
)


def test_there_is_one_letter_for_each_interviewer_and_they_differ() -> None:
    letters = draft_letters(SESSION, (ANN, BOB))
    assert [letter.to for letter in letters] == ["Ann Lee", "Bob Ray"]
    assert "she still brings me coffee on fridays" in letters[0].text
    assert "the wrong orders stopped" in letters[1].text
    assert "coffee" not in letters[1].text


def test_what_was_learned_from_a_person_is_in_that_persons_letter_only() -> None:
    ann, bob = draft_letters(SESSION, (ANN, BOB))
    assert "your handover is too slow" in ann.text
    assert "handover" not in bob.text


def test_the_reason_is_the_candidates_own_without_the_sounds_of_speech() -> None:
    assert "“my mum was on this ward for six weeks”" in draft_letters(SESSION, (ANN,))[0].text


def test_every_claim_names_its_source() -> None:
    for letter in draft_letters(SESSION, (ANN, BOB)):
        for sentence in letter.paragraphs[1]:
            assert sentence.source.startswith("your answer to")


def test_a_missing_fact_leaves_its_sentence_out_and_no_hole() -> None:
    bare = replace(SESSION, answers=(), learned=(), candidate_name="")
    text = draft_letters(bare, (ANN,))[0].text
    assert text == (
        "Dear Ann Lee,\n\nThank you for taking the time to speak with me.\n\n"
        "If anything is still open, you can reach me easily.\n\nKind regards\n"
    )


def test_a_weak_answer_is_not_put_into_a_letter() -> None:
    weak = replace(SESSION, answers=(answered(2, "ann", "examples", "i am very good with people i think", 1),))
    assert "good with people" not in draft_letters(weak, (ANN,))[0].text

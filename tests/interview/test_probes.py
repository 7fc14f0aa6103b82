"""Probes are asked exactly where an element is missing: thirty answers with the real scorer."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.assessment import score_answer
from simulator.interview.probes import (
    FORMS,
    WOULD_DO,
    asked_for,
    choose_probe,
    missing_piece,
    plainer_words,
    probe_words,
)
from simulator.questions.bank import Kind, Probe, Question
from simulator.reading.reading import Reading
from simulator.scoring.scorecard import Scorecard
from simulator.scoring.scorer import AnswerContext
from simulator.scoring.shipped_rubrics import PROBES, examples_score, motivation_score
from simulator.sessions.answer_feedback import helps_most
from simulator.sessions.session import scores_asked_for
from simulator.speech.transcript import typed
from tests.interview.people import question
from tests.reading.made import reading_of, transcript_of

SAID = {
    "occasion": "last june it broke",
    "own_action": "i rang them",
    "group_action": "we all ran",
    "outcome": "they came back",
    "checkable": "ten",
    "lesson": "now i ask first",
    "claim": "i am kind",
    "attraction": "another machine",
    "reason": "my mum was here",
    "step": "i did the course",
    "plan": "to run it",
}

TEAM = question(1, Kind.BEHAVIOURAL, ask="Tell me about a time you helped somebody at work.")
CALM = question(2, Kind.BEHAVIOURAL, ask="Tell me about a time you had to calm a difficult situation.")
WHY = question(3, Kind.MOTIVATION, ask="Why do you want to work here?")
STRENGTH = question(4, Kind.STRENGTH, ask="What are you better at than most people?")
ASK = question(5, Kind.CLOSING, ask="What would you like to ask us?")

TABLE: list[tuple[Question, str, Probe | None]] = [
    # No event at all: the interviewer asks for one.
    (TEAM, "i am a very helpful person and i always try to be there for my colleagues when "
        "they need me", Probe.EXAMPLE),
    (TEAM, "i would listen first and then i would try to find out what they need and help "
        "them with it", Probe.EXAMPLE),
    (TEAM, "in my shifts i usually help the new ones with the till and with the difficult customers", Probe.EXAMPLE),
    (CALM, "i think it is really important to stay calm because shouting back never helps anybody", Probe.EXAMPLE),
    (CALM, "i have dealt with lots of difficult people over the years so i know how to handle it", Probe.EXAMPLE),
    (CALM, "well i would take them aside and i would let them talk until they feel better", Probe.EXAMPLE),
    (STRENGTH, "i am good with people and i am organised and i learn fast and i never give up", Probe.EXAMPLE),
    (STRENGTH, "my greatest strength is communication i believe in open and honest communication at all "
        "times", Probe.EXAMPLE),
    # An event without what came of it.
    (TEAM, "last month a new colleague could not find his way with the orders so i sat down with him on "
        "my break and i showed him the whole list", Probe.RESULT),
    (CALM, "one evening in march a man was shouting at the desk so i took him to the side room and i "
        "gave him a glass of water and i listened to him", Probe.RESULT),
    (TEAM, "two weeks ago our driver was ill and i took over his round and i drove to all twelve farms "
        "myself", Probe.RESULT),
    (STRENGTH, "last summer i planned the whole move of our office i drew the plans and i rang the movers "
        "and i labelled every box", Probe.RESULT),
    # Complete: nothing is asked.
    (TEAM, "last spring a colleague was drowning in returns so i stayed two evenings and sorted them "
        "with her and by friday the shelf was empty and she still brings me coffee", None),
    (CALM, "last winter a visitor was shouting because nobody had called him so i took him aside and "
        "rang the ward myself and he came back the next day to thank us", None),
    (CALM, "there was this one lad who would not leave the shop so i asked him about his dog and we "
        "walked out together and he never came back drunk again", None),
    (TEAM, "in november our oven failed at noon and i split the trays over three small ones and we "
        "served all hundred and forty guests and since then i always check the fuse first", None),
    (TEAM, "when the new system came in i wrote a one page guide for the night staff and after that the "
        "wrong orders stopped and the manager put it on the wall", None),
    # Motivation: asked for the reason where there is none.
    (WHY, "i think it is a great company with a great reputation and it would be a great opportunity "
        "for me", Probe.REASON),
    (WHY, "i am passionate about this field and i really like working with people", Probe.REASON),
    (WHY, "i have a diploma in accounting and i have worked in two offices for five years", Probe.REASON),
    (WHY, "well i need a job to be honest and the pay is good and it is close to where i live", Probe.REASON),
    # Motivation: connected or compelling, nothing is asked.
    (WHY, "my mum was on this ward for six weeks and the nurses knew her name so i took an evening "
        "course in care and i volunteer on saturdays and i want to qualify in three years", None),
    # Never in the closing turn, and never when nothing was scored.
    (ASK, "how much is the salary and how many days of holiday do i get", None),
    (ASK, "no i think you covered everything thank you", None),
    (TEAM, "um yes", None),
    (TEAM, "", None),
    (CALM, "no idea", None),
    (WHY, "well", None),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "answer", "expected"), TABLE)
def test_the_probe_asks_for_what_is_missing(asked: Question, answer: str, expected: Probe | None) -> None:
    context = AnswerContext(question=asked.ask, kind=asked.kind.value, rubrics=asked.rubrics)
    assert choose_probe(asked, score_answer(typed(answer), context)) == expected


def test_there_are_many_of_them() -> None:
    assert len(TABLE) == 28


def test_a_question_without_a_probe_of_its_own_uses_the_general_words() -> None:
    plain = question(9, Kind.BEHAVIOURAL, probes={})
    assert probe_words(plain, Probe.RESULT) == "What came of it in the end?"
    assert probe_words(TEAM, Probe.RESULT) == "What came of it?"


def test_there_are_at_least_four_ways_to_ask_for_each_element() -> None:
    for element, forms in FORMS.items():
        assert len({asked_for(element, Reading(), position) for position in range(12)}) >= 3, element
        assert len({form.words for form in forms}) >= 4
        assert all("{said}" not in form.words or form.told for form in forms)


def test_what_somebody_would_do_is_followed_by_whether_it_ever_came_to_that() -> None:
    reading = reading_of("[claim:i would write it down]")
    words = asked_for("occasion", reading, 0, Kind.SITUATIONAL)
    assert words == "You said: “I would write it down.” Has it ever come to that? Tell us about it."
    assert "come to that" not in asked_for("occasion", reading, 0, Kind.BEHAVIOURAL)


def test_a_question_of_the_bank_that_would_ask_again_gives_way() -> None:
    own = question(9, Kind.BEHAVIOURAL, probes={Probe.EXAMPLE: "Can you give me one example?"})
    told = reading_of("[own_action:i rang them] and [outcome:they came back]")
    card = Scorecard(True, None, {"examples": examples_score(told, transcript_of(told))}, reading=told)
    assert probe_words(own, Probe.EXAMPLE, card) == "You said: “I rang them.” When was that, and where?"


WALK = question(
    10, Kind.OPENING, ask="How did you come here?", probes={Probe.REASON: "What made you take that last step?"}
)


@pytest.mark.parametrize(
    "answer",
    [
        "I am a friendly person and I like to work with people, I am looking for a new job because I want to learn.",
        "I worked in a hotel as a receptionist for six years. Then the hotel closed, so I decided to learn something "
        "new and now I am looking for work in an office.",
    ],
    ids=["no step was named", "the reason was told"],
)
def test_a_question_of_the_bank_that_points_at_nothing_or_at_what_was_told_gives_way(answer: str) -> None:
    card = score_answer(typed(answer), AnswerContext(question=WALK.ask, kind="opening", rubrics=WALK.rubrics))
    probe = choose_probe(WALK, card)
    assert probe is Probe.REASON
    assert probe_words(WALK, probe, card) in {form.words for form in FORMS["attraction"]}


def test_a_question_of_the_bank_that_fits_what_was_said_is_asked() -> None:
    told = reading_of("[experience:i was a waiter for years]")
    card = Scorecard(True, None, {"motivation": motivation_score(told, transcript_of(told))}, reading=told)
    assert probe_words(WALK, Probe.REASON, card) == "What made you take that last step?"


@pytest.mark.parametrize("element", FORMS)
def test_each_element_can_be_asked_for_in_plainer_words(element: str) -> None:
    assert plainer_words(element, Kind.BEHAVIOURAL) not in {form.words for form in FORMS[element]}
    assert plainer_words("own_action", Kind.SITUATIONAL) == WOULD_DO


def test_what_the_one_thing_to_do_asks_for_more_plainly_can_be_added() -> None:
    told = reading_of("[occasion:last june it broke] and [own_action:i rang them]", ("outcome",))
    card = Scorecard(True, None, {"examples": examples_score(told, transcript_of(told))}, reading=told)
    assert "how it ended" in card.rubrics["examples"].advice
    assert missing_piece(TEAM, card) == "outcome"


@given(st.sets(st.sampled_from(sorted(SAID))), st.sets(st.sampled_from(sorted(SAID))), st.integers(0, 20))
def test_there_are_words_whatever_was_told(told: set[str], faint: set[str], position: int) -> None:
    reading = reading_of(" ".join(f"[{name}:{SAID[name]}]" for name in sorted(told)) or "well", tuple(faint - told))
    for element in FORMS:
        for kind in (Kind.SITUATIONAL, Kind.BEHAVIOURAL):
            assert "{" not in asked_for(element, reading, position, kind)


def test_a_follow_up_ties_to_what_was_said_in_whole_words() -> None:
    reading = reading_of("[occasion:last june it broke] [own_action:i drove the parts over]")
    assert asked_for("outcome", reading, 0) == "You said: “I drove the parts over.” How did that end?"
    assert asked_for("outcome", reading, 0) == asked_for("outcome", reading, 0)
    assert "You said" not in asked_for("outcome", Reading(), 0)


def test_garbled_or_unsure_words_are_not_repeated() -> None:
    reading = reading_of("[own_action:i drove the parts over]")
    unsure = replace(reading, spans=tuple(replace(span, quotable=False) for span in reading.spans))
    for doubtful in (unsure, replace(reading, garbled=0.1)):
        assert all("“" not in asked_for("outcome", doubtful, position) for position in range(6))


@given(st.sets(st.sampled_from(sorted(SAID))), st.sets(st.sampled_from(sorted(SAID))))
def test_nothing_is_asked_for_that_was_told_or_may_have_been(told: set[str], faint: set[str]) -> None:
    reading = reading_of(" ".join(f"[{name}:{SAID[name]}]" for name in sorted(told)) or "well", tuple(faint - told))
    for asked, score in ((TEAM, examples_score), (WHY, motivation_score)):
        rubric = asked.rubrics[0]
        card = Scorecard(True, None, {rubric: score(reading, transcript_of(reading))}, reading=reading)
        assert missing_piece(asked, card) not in told, "what was told plainly is never asked for again"
        probe = choose_probe(replace(asked, probes={}), card)
        if probe:
            missing = {each for each in card.rubrics[rubric].missing_elements if PROBES.get(each) == probe.value}
            assert missing
            assert not missing & (told | faint)


def test_the_piece_asked_for_is_of_what_the_one_thing_to_do_is_about() -> None:
    told = (
        "I am not the boss but when the supervisor is sick they ask me. Last winter she was three weeks away and I "
        "made the plan who goes where. We finished all rooms every day and nobody complained."
    )
    lead = Question("q", "Tell us about the people you lead.", Kind.OPENING, rubrics=("examples", "motivation"))
    card = score_answer(typed(told), AnswerContext(lead.ask, lead.kind.value, lead.rubrics))
    assert helps_most(scores_asked_for(lead, card)).rubric == "motivation"
    assert missing_piece(lead, card) == "attraction"

"""Stories checked by the rubric of answers, and answers taken over as stories."""

from dataclasses import replace

import pytest

from simulator.errors import UserError
from simulator.followup.evidence_check import (
    NO_RESULT,
    best_answer,
    check_story,
    check_words,
    story_from_answer,
)
from simulator.preparation.stories import Story
from simulator.questions.bank import Kind, Question
from simulator.speech.transcript import typed
from tests.sessions.made import ASK, CALM, STRONG, WEAK, answered, practice

OVEN = (
    "In my second year at the bakery our oven broke on a Saturday. There were ninety orders waiting. I called three "
    "bakeries and I drove the dough to the one that said yes. In the end every order went out and my boss thanked me."
)
WHOLE = Story(
    "list",
    "The night list",
    situation="Last winter our evening sheets missed half of the drips on my ward.",
    action="I wrote a one-page list for the night nurses and I went through it with them at the bedside.",
    result="In the end missed doses fell from nine a month to one, and the other wards took the list over.",
)


def test_a_whole_story_is_good() -> None:
    check = check_story(WHOLE)
    assert check.level is not None
    assert check.level >= 3
    assert check.good
    assert NO_RESULT not in check.missing
    assert check_words(check).startswith(f"Level {check.level} of 4")


def test_a_story_without_an_outcome_is_told_so() -> None:
    for story in (replace(WHOLE, result=""), Story("s", "S", action=STRONG)):
        check = check_story(story)
        assert NO_RESULT in check.missing
        assert check.level is not None
        assert check.level <= 2
        assert not check.good
        assert "what came of it" in check_words(check).lower()


def test_a_claim_is_no_story() -> None:
    check = check_story(Story("s", "S", action=WEAK, result="People like me."))
    assert check.level is not None
    assert check.level <= 1
    assert not check.good
    assert check.missing
    assert check.advice


def test_a_few_words_are_not_scored_and_the_reason_is_told() -> None:
    check = check_story(Story("s", "S", action="Wrote it."))
    assert check.level is None
    assert check.why_not
    assert "Not scored yet" in check_words(check)


def test_the_same_story_always_gets_the_same_check() -> None:
    assert check_story(WHOLE) == check_story(WHOLE)


def test_an_answer_becomes_a_story_by_what_its_words_earned() -> None:
    answer = answered("s", 0, CALM, typed(OVEN))
    story = story_from_answer(answer, [])
    assert story.situation.startswith("In my second year at the bakery")
    assert "oven broke" in story.situation
    assert "I called three bakeries" in story.action
    assert "every order went out" in story.result
    assert story.source == answer.id
    assert story.missing() == ()


def test_a_skill_that_nobody_wrote_is_no_evidence_for_a_job() -> None:
    assert story_from_answer(answered("s", 0, CALM, typed(OVEN)), []).skills == ()


def test_nothing_is_added_and_nothing_is_lost() -> None:
    for words in (OVEN, STRONG, STRONG + " and i learned to ask first", OVEN.lower()):
        story = story_from_answer(answered("s", 0, CALM, typed(words)), [])
        told = " ".join((story.situation, story.action, story.result)).lower().replace(".", " ").replace(",", " ")
        said = words.lower().replace(".", " ").replace(",", " ")
        joints = {"and", "so", "but", "then", "because"}
        assert [word for word in told.split() if word not in joints] == [
            word for word in said.split() if word not in joints
        ]  # fmt: skip


def test_a_spoken_answer_is_written_as_one_writes() -> None:
    story = story_from_answer(answered("s", 0, CALM, STRONG), [])
    assert story.situation.startswith("Last winter")
    assert " i " not in f" {story.action} "


def test_an_answer_without_an_example_is_refused_with_a_way_on() -> None:
    claim = Question("strength", "What is your strength?", Kind.STRENGTH, "", ("examples",))
    for answer in (
        answered("s", 0, claim, typed("I am loyal and quick.")),
        answered("s", 0, ASK, typed("What next?")),
    ):
        with pytest.raises(UserError, match="no example") as problem:
            story_from_answer(answer, [])
        assert "Your stories" in problem.value.hint


def test_ids_of_stories_do_not_meet() -> None:
    answer = answered("s", 0, CALM, typed(OVEN))
    first = story_from_answer(answer, [])
    assert story_from_answer(answer, [first.id]).id == f"{first.id}-2"


def test_the_best_answer_of_a_session() -> None:
    session = practice()
    best = best_answer(session.latest_attempts())
    assert best is not None
    assert best.question == CALM
    assert best.attempt == 2
    assert best_answer(()) is None


def test_a_story_begins_where_it_is_told_surely_and_its_title_is_what_one_did() -> None:
    vague = "We had a project and I was kind of leading it. We all worked together and in the end it went well. "
    told = (
        "Last spring two of my colleagues at the dental front desk fell ill in the same week. I split the phones "
        "into two shifts and I called every patient of that week myself. In the end nobody missed an appointment."
    )
    story = story_from_answer(answered("s", 0, CALM, typed(vague + told)), [])
    assert story.title == "Split the phones into two shifts"
    assert story.situation.startswith("Last spring two of my colleagues")
    assert story.action.startswith("I split the phones")
    assert story.result == "In the end nobody missed an appointment."

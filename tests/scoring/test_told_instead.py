"""An answer of another kind than its question is noticed, and only where nothing in it answers that."""

import pytest

from simulator.scoring.scorer import AnswerContext, score_reading
from simulator.scoring.told_instead import told_instead
from tests.reading.made import reading_of, transcript_of

WHY = "Why do you want to work in our kitchen?"
ONE_TIME = "Tell me about a time you helped a colleague."
TALE = "[occasion:one evening the oven died] and [own_action:i borrowed a stove] so [outcome:all of them ate]"
SKILLS = (
    "[claim:i am quick and clean with the knife] [claim:i never come late] "
    "[experience:i was four years at the hotel on sauces] [claim:i am calm in every rush]"
)
MOTIVE = "[attraction:you bake your own bread here] and [reason:my father was a baker in our village]"


@pytest.mark.parametrize(
    ("marked", "question", "kind", "instead"),
    [
        (TALE, WHY, "motivation", "story"),
        (SKILLS, WHY, "motivation", "skills"),
        (MOTIVE, ONE_TIME, "behavioural", "motive"),
        # What was asked is there, or may be.
        (f"{TALE} and [attraction:i love to feed people]", WHY, "motivation", ""),
        (f"{SKILLS} [stock:it is a great place]", WHY, "motivation", ""),
        (
            f"{SKILLS} and the rent went up again last month so that i really have to find some work",
            WHY,
            "motivation",
            "",
        ),
        (f"{MOTIVE} and [claim:i help everybody]", ONE_TIME, "behavioural", "motive"),
        ("[claim:i help everybody] and [reason:my father was a baker]", ONE_TIME, "behavioural", ""),
        (f"{MOTIVE} and [outcome:she thanked me]", ONE_TIME, "behavioural", ""),
        (TALE, ONE_TIME, "behavioural", ""),
        (MOTIVE, WHY, "motivation", ""),
        # Too little to tell a list by.
        ("[claim:i am quick] and [claim:calm]", WHY, "motivation", ""),
        # Skills are asked for, wherever the question stands.
        (SKILLS, "Why should we hire you?", "motivation", ""),
        (TALE, "Tell me about yourself.", "opening", ""),
    ],
)
def test_what_was_told_in_place_of_what_was_asked(marked: str, question: str, kind: str, instead: str) -> None:
    assert told_instead(reading_of(marked), question, kind) == instead


@pytest.mark.parametrize(("marked", "faint"), [(TALE, "reason"), (SKILLS, "attraction"), (SKILLS, "step")])
def test_nothing_is_told_where_a_motive_is_faint(marked: str, faint: str) -> None:
    assert told_instead(reading_of(marked, faint=(faint,)), WHY, "motivation") == ""


def test_a_story_that_is_not_sure_is_not_told_as_one() -> None:
    assert told_instead(reading_of(f"so {TALE}"), WHY, "motivation") == "story"
    assert told_instead(reading_of("[occasion:one evening the oven died]"), WHY, "motivation") == ""


@pytest.mark.parametrize(
    ("marked", "question", "kind", "rubric"),
    [
        (TALE, WHY, "motivation", "motivation"),
        (SKILLS, WHY, "motivation", "motivation"),
        (MOTIVE, ONE_TIME, "behavioural", "examples"),
    ],
)
def test_it_is_the_one_thing_to_do_and_says_what_was_asked(
    marked: str, question: str, kind: str, rubric: str
) -> None:
    reading = reading_of(marked)
    card = score_reading(reading, transcript_of(reading), AnswerContext(question, kind))
    assert card.rubrics[rubric].advice.startswith(f"You were asked “{question.rstrip('.')}”. What I heard is ")
    assert card.as_json()["instead"] == card.instead != ""


def test_a_very_long_question_is_not_said_again() -> None:
    reading = reading_of(TALE)
    question = f"You have told us much about ovens, {'and about stoves, ' * 15}so why do you want to work here?"
    card = score_reading(reading, transcript_of(reading), AnswerContext(question, "motivation"))
    assert card.rubrics["motivation"].advice.startswith("You were asked why. What I heard is a story")


def test_praise_does_not_claim_that_the_question_was_answered() -> None:
    reading = reading_of(f"{TALE} with [checkable:forty plates] and [lesson:now i test it at noon]")
    card = score_reading(reading, transcript_of(reading), AnswerContext(ONE_TIME, "behavioural"))
    assert card.level("examples") == 4
    assert "other questions" not in card.rubrics["examples"].advice

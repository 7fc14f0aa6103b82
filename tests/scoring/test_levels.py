"""The levels follow from the elements by the anchors, and from nothing else."""

import pytest

from simulator.scoring.levels import examples_level, missing_elements, motivation_level, questions_level
from tests.reading.made import reading_of

OCCASION, ACTION, OUTCOME = "[occasion:last june it broke]", "[own_action:i rang them]", "[outcome:they came back]"
WHOLE = f"{OCCASION} {ACTION} {OUTCOME}"


@pytest.mark.parametrize(
    ("marked", "level"),
    [
        ("i am kind", 0),
        ("[claim:i am kind]", 0),
        ("[experience:i led teams]", 1),
        (OCCASION, 2),
        (ACTION, 2),
        (f"{OCCASION} {ACTION}", 2),
        (f"{OCCASION} {OUTCOME}", 2),
        (f"{ACTION} {OUTCOME}", 2),
        (f"{OCCASION} [group_action:we rang them] {OUTCOME}", 2),
        (WHOLE, 3),
        (f"{WHOLE} [checkable:ninety boxes]", 4),
        (f"{WHOLE} [lesson:since then i ring first]", 4),
        (f"{OCCASION} {ACTION} [checkable:ninety boxes] [lesson:since then i ring first]", 2),
    ],
)
def test_examples(marked: str, level: int) -> None:
    assert examples_level(reading_of(marked)) == level


@pytest.mark.parametrize(
    ("marked", "level"),
    [
        ("yes", 0),
        ("[stock:great opportunity]", 1),
        ("[plan:to run the night team]", 1),
        ("[attraction:every day another machine]", 2),
        ("[reason:my mum was here]", 2),
        ("[attraction:another machine] [reason:my mum was here]", 2),
        ("[reason:my mum was here] [step:i did the course]", 3),
        ("[attraction:another machine] [plan:to run the team]", 3),
        ("[attraction:another machine] [step:i did the course] [plan:to run the team]", 4),
    ],
)
def test_motivation(marked: str, level: int) -> None:
    assert motivation_level(reading_of(marked)) == level


@pytest.mark.parametrize(
    ("marked", "faint", "told", "perhaps"),
    [
        ("well", ("attraction",), 0, 2),
        ("[stock:great opportunity]", ("reason", "plan"), 1, 3),
        ("[reason:my mum was here]", ("plan",), 2, 3),
        ("[plan:to run the night team]", ("stock",), 1, 1),
    ],
)
def test_a_motive_in_doubt_may_lift_the_level(marked: str, faint: tuple[str, ...], told: int, perhaps: int) -> None:
    reading = reading_of(marked, faint)
    assert motivation_level(reading) == told
    assert motivation_level(reading, with_doubtful=True) == perhaps


@pytest.mark.parametrize(
    ("marked", "faint", "told", "perhaps"),
    [
        (f"{OCCASION} {ACTION}", ("outcome",), 2, 3),
        (f"{ACTION} {OUTCOME} [lesson:since then i ring first]", ("occasion",), 2, 4),
        ("well", ("own_action",), 0, 2),
        ("well", ("experience", "checkable"), 0, 0),
    ],
)
def test_a_part_of_a_story_in_doubt_may_lift_the_level(
    marked: str, faint: tuple[str, ...], told: int, perhaps: int
) -> None:
    reading = reading_of(marked, faint)
    assert examples_level(reading) == told
    assert examples_level(reading, with_doubtful=True) == perhaps


def test_the_best_question_counts() -> None:
    assert questions_level(reading_of("well no")) == 0
    assert questions_level(reading_of("[question.terms:what is the pay] [question.role:what comes first]")) == 3


def test_sentences_without_an_element_never_raise_a_level() -> None:
    for marked in ("", OCCASION, WHOLE):
        padded = f"well it was raining {marked} and that is how it is with rain you know every time"
        assert examples_level(reading_of(padded)) == examples_level(reading_of(marked or "well"))


def test_what_is_there_is_never_missing_and_what_may_be_there_is_not_denied() -> None:
    assert missing_elements("examples", 2, reading_of(f"{OCCASION} {ACTION}")) == ("outcome",)
    assert missing_elements("examples", 2, reading_of(f"{OCCASION} {ACTION}", faint=("outcome",))) == ()
    assert missing_elements("examples", 3, reading_of(WHOLE)) == ("lesson", "checkable")
    assert missing_elements("examples", 4, reading_of(f"{WHOLE} [checkable:ten boxes]")) == ()


def test_a_reason_without_an_attraction_lacks_the_attraction_first() -> None:
    assert missing_elements("motivation", 2, reading_of("[reason:my mum was here]"))[0] == "attraction"

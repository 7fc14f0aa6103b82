"""One thing to do, and never praise or blame for what is not there."""

from dataclasses import replace

import pytest

from simulator.paths import shipped
from simulator.reading.reading import Reading
from simulator.scoring.advice import examples_state, filled, motivation_state, questions_state
from simulator.scoring.levels import examples_level, motivation_level, questions_level
from simulator.scoring.rubric_words import shipped_rubric
from tests.reading.made import reading_of

SCENE, MINE, OURS, END = (
    "[occasion:last june it broke]",
    "[own_action:i rang them]",
    "[group_action:we all ran about]",
    "[outcome:they came back]",
)
TOLD = f"{SCENE} {MINE} and [own_action:i drove there] {END}"
ASIDE = "[aside:we were in portugal that june it was roasting and the dog got ill so we nearly stayed at home]"


@pytest.mark.parametrize(
    ("marked", "faint", "state"),
    [
        ("i do not know", (), "nothing_said"),
        ("[aside:can we skip this]", (), "nothing_said"),
        ("[claim:i am a team player]", (), "claims"),
        ("[stock:great company]", (), "no_example"),
        ("[experience:i usually calm people]", (), "in_general"),
        (f"{SCENE} {OURS}", (), "group_only"),
        (f"{SCENE} {OURS} {END}", (), "group_only"),
        (SCENE, (), "no_own_action"),
        (f"{SCENE} {END}", (), "outcome_without_action"),
        (f"{SCENE} {END}", ("own_action",), "plainer_own_action"),
        (f"{SCENE} {MINE}", (), "no_outcome"),
        (f"{SCENE} {MINE}", ("outcome",), "plainer_outcome"),
        (f"{SCENE} {MINE} [lesson:now i ask first]", (), "lesson_without_outcome"),
        (f"{MINE} {END}", (), "no_occasion"),
        (f"{SCENE} {MINE} {END}", (), "one_deed"),
        (TOLD, (), "nothing_to_check"),
        (f"{SCENE} {MINE} {END} {ASIDE}", (), "half_aside"),
        (f"{TOLD} for ten of us", (), "end_on_lesson"),
        (TOLD, ("lesson",), "no_figure"),
        (f"{TOLD} [checkable:ten]", (), "strong_no_lesson"),
        (f"{TOLD} [checkable:ten]", ("lesson",), "strong_no_lesson"),
        (f"{TOLD} [lesson:now i ask first]", (), "strong"),
        (f"{TOLD} [checkable:ten] {ASIDE}", (), "strong_but_aside"),
        (f"{SCENE} {MINE} {END} [checkable:ten]", (), "strong_but_brief"),
    ],
)
def test_an_example_is_told_what_it_needs_most(marked: str, faint: tuple[str, ...], state: str) -> None:
    reading = reading_of(marked, faint)
    assert examples_state(reading, examples_level(reading)) == state
    words = filled(shipped_rubric("examples"), state, reading)
    assert words
    assert "““" not in words
    assert "“”" not in words


@pytest.mark.parametrize(
    ("marked", "state"),
    [
        ("well", "nothing_said"),
        ("[claim:i am kind]", "no_motive"),
        ("[stock:great company]", "stock_only"),
        ("[step:i did the course]", "step_or_plan_only"),
        ("[reason:my mum was here]", "reason_only"),
        ("[attraction:another machine]", "no_step"),
        ("[attraction:another machine] [step:i did the course]", "no_plan"),
        ("[attraction:another machine] [plan:to run it]", "no_step"),
        ("[attraction:another machine] [plan:to run it] [step:i did the course]", "strong"),
    ],
)
def test_a_motive_is_told_what_it_needs_most(marked: str, state: str) -> None:
    reading = reading_of(marked)
    assert motivation_state(reading, motivation_level(reading)) == state
    assert "“”" not in filled(shipped_rubric("motivation"), state, reading)


@pytest.mark.parametrize(
    ("marked", "state"),
    [
        ("no thanks", "no_question"),
        ("[question.terms:what is the pay]", "terms_only"),
        ("[question.generic:what is the culture like]", "generic_only"),
        ("[question.role:what comes first]", "about_role"),
        ("[tie:of the sixty files] [question.role:how many would be mine]", "about_role_tied"),
        ("[question.step_ahead:how will you fill the two posts]", "one_step_ahead"),
        ("[question.step_ahead:how will you fill them] [question.role:what comes first]", "strong"),
    ],
)
def test_a_turn_of_questions_is_told_what_it_needs_most(marked: str, state: str) -> None:
    reading = reading_of(marked)
    assert questions_state(reading, questions_level(reading)) == state
    assert "“”" not in filled(shipped_rubric("questions"), state, reading)


@pytest.mark.parametrize(
    ("marked", "kind", "state"),
    [
        ("[claim:i am a bit of a perfectionist]", "weakness", "weakness"),
        ("[experience:i usually stay late]", "weakness", "weakness"),
        (SCENE, "weakness", "no_own_action"),
        ("[claim:i am careful]", "behavioural", "another_time"),
        ("[experience:i usually calm people]", "behavioural", "another_time"),
        ("[experience:i usually calm people]", "opening", "opening"),
        (TOLD, "opening", "opening_whole"),
        ("[experience:i usually stay late] [attraction:i love the mornings]", "opening", "opening"),
        ("[attraction:i love the mornings]", "opening", "opening_draw"),
    ],
)
def test_what_is_asked_decides_what_an_answer_without_a_story_needs(marked: str, kind: str, state: str) -> None:
    reading = reading_of(marked)
    assert examples_state(reading, examples_level(reading), kind) == state


def test_who_was_asked_for_one_time_and_told_none_is_told_what_was_asked() -> None:
    reading = reading_of("[claim:i am careful]")
    advice = filled(shipped_rubric("examples"), "another_time", reading, "Tell me about a mistake you made.")
    assert advice.startswith("You were asked “Tell me about a mistake you made”. Tell of one time like that")


def test_a_reason_that_may_be_there_is_not_asked_for_as_if_nothing_was_said() -> None:
    reading = reading_of("[experience:i make cheese at home] and your wheels taste of hay", faint=("attraction",))
    assert motivation_state(reading, motivation_level(reading)) == "plainer_reason"


def test_every_sentence_of_advice_is_used_by_a_state_and_opens_and_closes_its_quotes() -> None:
    for name in ("examples", "motivation", "questions"):
        for state, words in shipped_rubric(name).advice.items():
            assert words.count("“") == words.count("”"), state
            assert words[-1] in ".”", state
            assert "!" not in words


def test_every_sentence_with_words_of_the_candidate_has_one_for_where_none_can_be_repeated() -> None:
    for name in ("examples", "motivation"):
        rubric = shipped_rubric(name)
        assert {state for state, words in rubric.advice.items() if "{" in words} == {*rubric.advice_without_words}
        assert all("{" not in words for words in rubric.advice_without_words.values())


def test_words_that_break_off_in_the_middle_of_a_clause_are_not_repeated() -> None:
    reading = reading_of("[occasion:last june it broke] and [own_action:i carried them over to the] pizza place")
    words = filled(shipped_rubric("examples"), "no_outcome", reading)
    assert words.startswith("You said what you did.")
    assert "“" not in words.replace("“In the end ...”", "")


def test_what_begins_the_next_clause_is_left_out_and_of_the_deeds_the_last_that_tells_is_asked_about() -> None:
    rubric = shipped_rubric("examples")
    begun = reading_of("[own_action:i rang the baker and sometimes] i sang")
    assert "“I rang the baker”" in filled(rubric, "no_occasion", begun)
    two = reading_of("[own_action:i rang the baker] and [own_action:i wrote it down] and that was that")
    assert "“I rang the baker”" in filled(rubric, "no_outcome", two)
    later = "[own_action:i drove the forty loaves back to them myself] and [own_action:i did say so]"
    told = reading_of(f"[own_action:i had put the wrong flour into all of them] so {later}")
    assert "“I drove the forty loaves back to them myself”" in filled(rubric, "no_outcome", told)


def unsure(reading: Reading, element: str) -> Reading:
    """The reading with no span of an element sure enough to be named."""
    spans = (replace(span, quotable=span.element != element) for span in reading.spans)
    return replace(reading, spans=tuple(spans))


@pytest.mark.parametrize(
    ("sure", "words"),
    [
        (
            True,
            "You said: “I left because I was burned out”. Put beside it, in one plain sentence, what about this job",
        ),
        (False, "There may be a reason in “I left because I was burned out”, but I am not sure. Begin with it"),
    ],
)
def test_a_reason_alone_is_said_back_without_praise(sure: bool, words: str) -> None:
    told = reading_of("[reason:i left because i was burned out]")
    told = told if sure else unsure(told, "reason")
    state = motivation_state(told, motivation_level(told))
    assert filled(shipped_rubric("motivation"), state, told).startswith(words)


def test_who_may_not_have_told_of_one_time_has_first_to_choose_one() -> None:
    vague = replace(reading_of(SCENE), spans=tuple(replace(s, quotable=False) for s in reading_of(SCENE).spans))
    assert examples_state(vague, 2, "behavioural") == "another_time"
    assert examples_state(reading_of(SCENE), 2, "behavioural") == "no_own_action"


def test_a_weakness_of_which_something_was_learned_is_not_asked_for_that_again() -> None:
    told = reading_of("[experience:i stop too long] and [lesson:now i say when i must go]")
    assert examples_state(told, 1, "weakness") == "weakness_learned"
    assert "You said already what you do differently now" in filled(
        shipped_rubric("examples"), "weakness_learned", told
    )


def test_an_ending_that_is_not_sure_is_told_in_its_own_words() -> None:
    told = unsure(reading_of(f"{SCENE} {MINE} [outcome:he thanked me when he left]", ("lesson",)), "outcome")
    words = filled(shipped_rubric("examples"), examples_state(told, examples_level(told)), told)
    assert "You said “He thanked me when he left”. Say more plainly how it ended" in words


def test_words_in_praise_have_the_name_they_have_in_the_list_of_parts() -> None:
    told = reading_of("[reason:my mum was deaf] and [step:i took the course] and [plan:i want to run a desk]")
    words = filled(shipped_rubric("motivation"), motivation_state(told, motivation_level(told)), told)
    assert "why it matters to you (“My mum was deaf”)" in words
    assert "what draws you" not in words


def test_a_step_that_may_be_there_is_not_asked_for_as_if_it_were_missing() -> None:
    told = reading_of("[attraction:i like machines] and [reason:mum was deaf so i learned to sign]")
    assert motivation_state(told, 2) == "no_step"
    assert motivation_state(replace(told, faint=("step",)), 2) == "no_plan"


def test_what_is_praised_is_what_mended_it_and_not_the_mistake() -> None:
    mistake, mended = "[own_action:i had booked the wrong ward]", "[own_action:i rang round all four of them]"
    told = f"{SCENE} {mistake} {END} {mended} [checkable:ten] [own_action:i apologised]"
    words = filled(shipped_rubric("examples"), "strong_no_lesson", reading_of(told))
    assert "I rang round all four of them" in words


def test_no_sentence_is_one_that_was_read_twice() -> None:
    said = "".join(path.read_text(encoding="utf-8") for path in (shipped("assets") / "rubrics").glob("*.yaml"))
    for words in ("Say more of ", "miss elsewhere", "think of it, or of yourself"):
        assert words not in said

"""The verdict and the parts: what is there, what is missing, and never one for the other."""

from collections.abc import Callable
from dataclasses import replace
from itertools import product

import msgspec
import pytest

from simulator.interview.probes import missing_piece
from simulator.questions.bank import Kind, Question
from simulator.reading.reading import Reading
from simulator.scoring.advice import examples_state
from simulator.scoring.rubric_words import shipped_rubric
from simulator.scoring.scorecard import PartState, RubricScore, Scorecard
from simulator.scoring.shipped_rubrics import examples_score, motivation_score, questions_score
from simulator.scoring.verdict import parts_of
from simulator.sessions.answer_feedback import parts_line
from simulator.speech.transcript import Transcript, typed
from tests.reading.made import reading_of

SAID = {
    "occasion": "[occasion:last june it broke]",
    "own_action": "[own_action:i rang them]",
    "outcome": "[outcome:they came back]",
    "checkable": "[checkable:ten]",
    "lesson": "[lesson:now i ask first]",
    "attraction": "[attraction:another machine]",
    "reason": "[reason:my mum was here]",
    "step": "[step:i did the course]",
    "plan": "[plan:to run it]",
}
EXAMPLE = ("occasion", "own_action", "outcome", "checkable", "lesson")
MOTIVE = ("attraction", "reason", "step", "plan")


def example_of(marked: str, *faint: str) -> RubricScore:
    return scored(examples_score, reading_of(marked, faint))


def motive_of(marked: str, *faint: str) -> RubricScore:
    return scored(motivation_score, reading_of(marked, faint))


def scored(score: Callable[[Reading, Transcript], RubricScore], reading: Reading) -> RubricScore:
    return score(reading, typed(" ".join(reading.words)))


def test_a_verdict_says_what_is_there_and_then_what_is_missing() -> None:
    assert example_of(SAID["occasion"] + " " + SAID["own_action"]).verdict == (
        "A real story, and your own part in it is clear. I did not hear what came of it yet."
    )
    assert motive_of(SAID["attraction"] + " " + SAID["step"]).verdict == (
        "I heard what draws you and a step towards it. I did not hear where it leads yet."
    )


def test_a_level_that_hangs_on_what_is_in_doubt_says_so() -> None:
    assert motive_of("[stock:great opportunity]", "reason").perhaps == 2
    assert motive_of("[stock:great opportunity]").perhaps is None
    assert example_of("[occasion:last june] [own_action:i rang]", "outcome").perhaps == 3
    assert example_of("[occasion:last june] [own_action:i rang] [outcome:they came]", "lesson").perhaps is None


def test_of_what_is_faint_the_app_is_not_sure_and_it_is_not_missing() -> None:
    score = example_of(SAID["occasion"] + " " + SAID["own_action"], "outcome")
    assert score.verdict.endswith("I am not sure that I heard what came of it.")
    assert "missing" not in score.verdict
    assert {part.element: part.found for part in score.parts}["outcome"] is PartState.PERHAPS


@pytest.mark.parametrize(
    ("marked", "verdict"),
    [
        (
            "i do not know",
            "A story is what would help most. I did not hear a particular event or your own part yet.",
        ),
        (
            "[claim:i am kind]",
            "You give an opinion, or you describe yourself. I did not hear a particular event or your own part yet.",
        ),
        (
            "[experience:i usually calm people]",
            "I heard the general picture so far. I did not hear a particular event or your own part yet.",
        ),
        (
            "[occasion:last june it broke] [own_action:i rang them] [outcome:they came back]",
            "A whole story: what happened, what you did and what came of it. "
            "I heard no figure in it yet that could be checked.",
        ),
    ],
)
def test_it_fits_the_level(marked: str, verdict: str) -> None:
    assert example_of(marked).verdict == verdict


@pytest.mark.parametrize("states", list(product("yn?", repeat=5)))
def test_no_example_is_praised_for_what_is_not_there_or_blamed_for_what_is(states: tuple[str, ...]) -> None:
    check(states, EXAMPLE, "examples")


@pytest.mark.parametrize("states", list(product("yn?", repeat=4)))
def test_no_motive_is_either(states: tuple[str, ...]) -> None:
    check(states, MOTIVE, "motivation")


def check(states: tuple[str, ...], names: tuple[str, ...], rubric: str) -> None:
    by = dict(zip(names, states, strict=True))
    marked = " ".join(SAID[name] for name in names if by[name] == "y") or "well"
    faint = [name for name in names if by[name] == "?"]
    score = (example_of if rubric == "examples" else motive_of)(marked, *faint)
    nouns = shipped_rubric(rubric).verdict["nouns"]
    if by.get("lesson") == "y" and by["outcome"] == "n":
        # What has changed since then tells of an ending too.
        by["outcome"] = "?"
    lacking = [sentence for sentence in score.verdict.split(". ") if "missing" in sentence]
    unclear = [sentence for sentence in score.verdict.split(". ") if "not sure that I heard" in sentence]
    for part in score.parts:
        assert (part.found is PartState.YES) == (by[part.element] == "y")
        # A figure or a lesson that may be there is neither missed nor called unclear.
        perhaps = PartState.SPARE if part.element in ("checkable", "lesson") else PartState.PERHAPS
        assert by[part.element] != "?" or part.found is perhaps
        assert part.found is not PartState.PERHAPS or by[part.element] == "?"
        noun = nouns.get(part.element, part.name).lower()
        if by[part.element] != "n":
            assert not any(noun in sentence.lower() for sentence in lacking)
        if by[part.element] != "?":
            assert not any(noun in sentence.lower() for sentence in unclear)
        praised = score.verdict.split(". ")[0].split(", but ")[0]
        if by[part.element] != "y" and score.level and "general" not in praised:
            assert noun not in praised.lower()
    if "checkable" in by and by["checkable"] == "?":
        assert "no figure" not in score.verdict


def test_an_ending_told_as_what_has_changed_since_is_not_said_to_be_missing_but_can_be_added() -> None:
    reading = reading_of(" ".join(SAID[name] for name in ("occasion", "own_action", "lesson")))
    score = scored(examples_score, reading)
    assert score.verdict.endswith("I am not sure that I heard what came of it.")
    question = Question("q", "Tell me of a day.", Kind.BEHAVIOURAL, rubrics=("examples",))
    assert missing_piece(question, Scorecard(True, None, {"examples": score}, reading=reading)) == "outcome"


@pytest.mark.parametrize(
    ("marked", "verdict", "advice"),
    [
        (
            "[experience:i drove vans for years]",
            "You tell who you are. One day that shows it would stay in their minds.",
            "Add one thing that you have done and that shows you can do this job",
        ),
        (
            "[experience:i drove vans for years] [reason:my knees gave in]",
            "You tell who you are. One day that shows it would stay in their minds.",
            "Add one thing that you have done and that shows you can do this job",
        ),
        (
            "[reason:my knees gave in]",
            "You say what brought you here. One thing you have done yourself would stay in their minds.",
            "You said “My knees gave in”. Add one thing that you have done yourself, in any job",
        ),
    ],
)
def test_who_tells_about_themselves_is_not_said_to_lack_a_story(marked: str, verdict: str, advice: str) -> None:
    reading = reading_of(marked)
    score = examples_score(reading, typed(" ".join(reading.words)), "opening")
    assert score.verdict == verdict
    assert score.advice.startswith(advice)


def test_an_event_in_the_reasons_is_neither_praised_nor_missed() -> None:
    parts = {part.element: part.found for part in example_of("[reason:i carried the hose that night]").parts}
    assert parts["occasion"] is parts["own_action"] is PartState.PERHAPS


def test_of_two_parts_of_which_one_is_enough_the_other_is_not_missed() -> None:
    parts = {part.element: part.found for part in example_of(" ".join(SAID[name] for name in EXAMPLE[:4])).parts}
    assert parts["lesson"] is PartState.SPARE
    assert parts["checkable"] is PartState.YES


def test_what_somebody_would_do_is_no_claim_about_themselves_where_that_was_asked() -> None:
    reading = reading_of("[claim:i would write it down]")
    score = examples_score(reading, typed(" ".join(reading.words)), "situational")
    assert score.verdict == "You say what you would do."
    assert score.advice.startswith("You said “I would write it down”. Say it step by step")
    longer = reading_of("[claim:i would write it down] and then " + " ".join(f"word{n}" for n in range(60)))
    score = examples_score(longer, typed(" ".join(longer.words)), "situational")
    assert score.advice.startswith("You said “I would write it down”. If something like it")


@pytest.mark.parametrize("kind", ["situational", "opening"])
def test_no_part_of_a_story_is_missed_where_none_was_asked_for(kind: str) -> None:
    reading = reading_of("[claim:i would write it down]")
    score = examples_score(reading, typed(" ".join(reading.words)), kind)
    assert {part.found for part in score.parts} == {PartState.SPARE}


def test_nobody_who_says_a_number_is_told_that_there_is_none() -> None:
    told = f"{SAID['occasion']} {SAID['own_action']} and {SAID['outcome']}"
    assert "no figure" in example_of(told).verdict
    score = example_of(f"{told} at half past two for the baker's dozen")
    assert "figure" not in f"{score.verdict} {score.advice}"
    assert "checkable" not in score.missing_elements
    assert {part.element: part.found for part in score.parts}["checkable"] is PartState.SPARE


def test_a_strong_story_in_one_breath_is_called_short() -> None:
    score = example_of(" ".join(SAID[name] for name in EXAMPLE[:4]))
    assert score.level == 4
    assert score.verdict.startswith("Short, and all of it is there")
    assert score.advice.startswith("All of it is there, in few words.")


def test_questions_have_a_verdict_for_every_level() -> None:
    assert questions_score(reading_of("well"), typed("well")).verdict == "I heard no question of yours yet."
    assert {str(level) for level in range(5)} < {*shipped_rubric("questions").verdict}


def test_a_score_kept_before_there_were_verdicts_still_loads() -> None:
    kept = b'{"rubric": "examples", "level": 2, "name": "one event"}'
    score = msgspec.json.decode(kept, type=RubricScore)
    assert (score.verdict, score.parts) == ("", ())
    now = example_of(SAID["occasion"])
    assert msgspec.json.decode(msgspec.json.encode(now), type=RubricScore) == now


def test_what_cannot_be_pointed_at_counts_but_is_neither_praised_nor_missed() -> None:
    reading = reading_of(" ".join(SAID[name] for name in EXAMPLE[:4]))
    unsure = replace(
        reading, spans=tuple(replace(span, quotable=span.element != "outcome") for span in reading.spans)
    )
    score = scored(examples_score, unsure)
    assert score.level == 3
    assert "I am not sure that I heard what came of it" in score.verdict
    assert examples_state(unsure, 3) == "plainer_ending"
    assert {part.element: part.found for part in score.parts}["outcome"] is PartState.PERHAPS


def test_who_is_sure_of_no_part_does_not_say_that_all_is_there() -> None:
    reading = reading_of(" ".join(SAID[name] for name in EXAMPLE[:3]))
    reading = replace(reading, spans=tuple(replace(span, quotable=False) for span in reading.spans))
    score = scored(examples_score, reading)
    assert (score.level, score.verdict) == (3, "There may be a whole story in it, but I am not sure of any part.")


@pytest.mark.parametrize("states", list(product("yu-", repeat=5)))
def test_there_is_a_verdict_whatever_is_sure_and_unsure(states: tuple[str, ...]) -> None:
    by = dict(zip(EXAMPLE, states, strict=True))
    reading = reading_of(" ".join(SAID[name] for name in EXAMPLE if by[name] != "-") or "well")
    reading = replace(reading, spans=tuple(replace(span, quotable=by[span.element] == "y") for span in reading.spans))
    assert scored(examples_score, reading).verdict


def test_what_may_be_there_is_not_clear_rather_than_not_heard() -> None:
    told = reading_of("[reason:mum was deaf so i learned to sign]")
    names = {"step": "a step towards it", "plan": "where it leads"}
    assert [part.found for part in parts_of(names, 2, told)] == [PartState.NO, PartState.NO]
    assert [part.found for part in parts_of(names, 2, replace(told, faint=("step",)))] == [
        PartState.PERHAPS,
        PartState.NO,
    ]


def test_what_left_a_trace_is_no_longer_denied_and_still_asked_for() -> None:
    told = reading_of("[occasion:last june it broke] and [outcome:they came back]")
    names = {"own_action": "your own part"}
    assert [part.found for part in parts_of(names, 2, told)] == [PartState.NO]
    traced = replace(told, not_ruled_out=("own_action",))
    score = scored(examples_score, traced)
    assert score.verdict.endswith("I am not sure that I heard your own part.")
    assert score.missing_elements[0] == "own_action"
    assert score.advice == scored(examples_score, told).advice


def test_no_verdict_denies_or_claims_what_its_parts_leave_open() -> None:
    """Over all states: each part told, may be there, or not there; a verdict and its strip say the same."""
    scores = ((examples_score, EXAMPLE, "experience"), (motivation_score, MOTIVE, "stock"))
    for score, elements, general in scores:
        for states in product(("told", "faint", "trace", "no"), repeat=len(elements)):
            for said_generally in (False, True):
                told = [SAID[each] for each, state in zip(elements, states, strict=True) if state == "told"]
                told += [f"[{general}:i like it a lot]"] if said_generally else []
                faint = tuple(each for each, state in zip(elements, states, strict=True) if state == "faint")
                trace = tuple(each for each, state in zip(elements, states, strict=True) if state == "trace")
                words = " and ".join(told) or "well i do not know what to say"
                found = scored(score, replace(reading_of(words, faint), not_ruled_out=trace))
                head, _, denied = found.verdict.partition("I did not hear ")
                denied = denied.partition(". ")[0]
                for part in found.parts:
                    noun = shipped_rubric(found.rubric).verdict["nouns"].get(part.element, part.name)
                    if noun in denied:
                        assert part.found is PartState.NO, (found.verdict, found.parts)
                    claimed = head.partition("I am not sure ")[0]
                    if f"I heard {noun}" in claimed or f"and {noun}." in claimed:
                        assert part.found is PartState.YES, (found.verdict, found.parts)
                if found.verdict == shipped_rubric("motivation").verdict["there"]["nothing"]:
                    perhaps = [part for part in found.parts[:2] if part.found is PartState.PERHAPS]
                    assert not perhaps, (found.verdict, found.parts)


def test_a_level_stands_for_nothing_that_nobody_said() -> None:
    """Why a level: its words hold whichever of the elements that lead to it was told."""
    for marked in (f"{SAID['reason']} {SAID['step']}", f"{SAID['reason']} {SAID['step']} {SAID['plan']}"):
        assert motive_of(marked).anchor.startswith("What draws you or why it matters to you, ")
    assert "Interest, or something of your path" in motive_of(SAID["plan"]).anchor
    assert "or a deed of your own" in example_of(SAID["own_action"]).anchor


def test_at_the_highest_level_what_may_be_there_is_told_as_a_doubt() -> None:
    found = motive_of(f"{SAID['reason']} and {SAID['step']} and {SAID['plan']}", "attraction")
    assert found.level == 4
    assert "◐ what draws you (not sure)" in parts_line(found)

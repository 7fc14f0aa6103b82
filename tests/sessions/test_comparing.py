"""Comparing: what was gained and lost between two attempts, in words."""

from dataclasses import replace

from hypothesis import given

from simulator.reading.reading import ElementSpan, Reading
from simulator.scoring.scorecard import Delivery, Measure, Part, PartState, Quote, RubricScore, Scorecard
from simulator.sessions.answer_feedback import change_words
from simulator.sessions.comparing import (
    Comparison,
    RubricChange,
    attempt_title,
    compare,
    comparison_text,
    rescored_words,
    scores_beside,
)
from simulator.sessions.session import Answer
from simulator.speech.transcript import typed
from tests.sessions.made import CALM, STRONG, WEAK, WHY, answered, scorecards


def with_score(level: int | None, earned: dict[str, str], missing: tuple[str, ...] = ()) -> Answer:
    quotes = tuple(Quote(words, 0, 0, None, None, earns) for earns, words in earned.items())
    score = RubricScore("examples", level, quotes=quotes, missing=missing)
    return replace(answered("s", 0, CALM, WEAK), scorecard=Scorecard(True, None, {"examples": score}))


def test_a_single_attempt_is_not_counted() -> None:
    assert attempt_title(2, 3, "yesterday 14:08") == "Try 2 of 3, yesterday 14:08"
    assert attempt_title(1, 1, "yesterday 14:08") == "Yesterday 14:08"


def test_what_is_only_in_one_of_them_is_gained_or_lost() -> None:
    before = with_score(
        2, {"own action": "i drew a plan", "a scene": "at the depot"}, ("What came of it.", "A number.")
    )
    after = with_score(3, {"own action": "i called them", "an outcome": "four were late"}, ("A number.",))
    (change,) = compare(before, after).rubrics
    assert change.words == "Concrete examples: 2, now 3, up by 1"
    assert change.gained == ("an outcome, “four were late”", "what came of it")
    assert change.lost == (), "all is better: that other words are quoted is no loss"
    (back,) = compare(after, before).rubrics
    assert back.words == "Concrete examples: 3, now 2, down by 1"
    assert back.lost == change.gained
    assert back.gained == change.lost


def test_a_part_is_gained_with_the_words_that_tell_it_also_where_no_level_hangs_on_them() -> None:
    lesson = "since then i always call every family before eight"
    before, after = answered("s", 0, CALM, STRONG), answered("s", 0, CALM, f"{STRONG} {lesson}", attempt=2)
    assert after.scorecard
    unquoted = replace(
        after.scorecard.rubrics["examples"],
        quotes=tuple(each for each in after.scorecard.rubrics["examples"].quotes if each.element != "lesson"),
    )
    after = replace(after, scorecard=replace(after.scorecard, rubrics={"examples": unquoted}))
    (change,) = [each for each in compare(before, after).rubrics if each.rubric == "examples"]
    assert any(words.startswith("what you took from it, “") for words in change.gained)
    assert compare(before, after).words == "One part gained, nothing lost."
    assert compare(after, before).words == "Nothing gained, one part lost."


def test_the_same_attempt_gains_and_loses_nothing() -> None:
    answer = answered("s", 0, CALM, STRONG)
    (change,) = compare(answer, answer).rubrics
    assert change.words.endswith("as before")
    assert change.gained == change.lost == ()
    assert compare(answer, answer).delivery == ()


def test_the_real_scorer_finds_the_strong_attempt_better_in_its_own_words() -> None:
    weak = answered("s", 0, CALM, WEAK)
    strong = answered("s", 0, CALM, STRONG, attempt=2, answered_at="2026-11-23T14:08:00Z")
    (change,) = compare(weak, strong).rubrics
    assert change.before is not None
    assert change.after is not None
    assert change.after > change.before
    assert change.lost == ()
    assert [words.split(",")[0] for words in change.gained][:3] == [
        "a particular event",
        "your own part",
        "what came of it",
    ]
    assert all("“" in words for words in change.gained[:3])
    text = comparison_text(compare(weak, strong), (weak, strong), 60)
    assert all(len(line) <= 60 for line in text.splitlines())
    assert change.words in text
    assert "new in this try: your own part" in text
    assert "before: Try 1 of 2" in text
    assert "after: Try 2 of 2" in text
    assert "parts gained, nothing lost." in text


def test_an_attempt_that_was_not_scored_is_said_to_be_so() -> None:
    nothing, strong = answered("s", 0, CALM, typed("")), answered("s", 0, CALM, STRONG)
    (change,) = compare(nothing, strong).rubrics
    assert change.words == f"Concrete examples: no level, now {change.after}"
    assert compare(nothing, nothing).rubrics == ()
    assert "Neither try has a score" in comparison_text(compare(nothing, nothing))


def test_each_side_shows_every_level_that_the_comparison_names() -> None:
    question = replace(WHY, rubrics=())

    def told(level: int, part: PartState) -> Answer:
        examples = RubricScore("examples", level, parts=(Part("outcome", "the end", part),))
        card = Scorecard(True, None, {"motivation": RubricScore("motivation", 2), "examples": examples})
        return replace(answered("s", 0, question, WEAK), scorecard=card)

    for before, words in ((PartState.NO, "0, now 4, up by 4"), (PartState.SPARE, "no level, now 4")):
        found = compare(told(0, before), told(4, PartState.YES))
        assert found.rubrics[-1].words == f"Concrete examples: {words}"
        assert [score.level for score in scores_beside(found.before, found)] == [2, 0]
        assert [score.level for score in scores_beside(found.after, found)] == [2, 4]


def test_delivery_tells_only_what_changed() -> None:
    def said(pace: float, pause: float) -> Answer:
        measures = (Measure("pace", pace, "words a minute", "good"), Measure("longest pause", pause, "s", "good"))
        answer = with_score(2, {})
        assert answer.scorecard
        return replace(answer, scorecard=replace(answer.scorecard, delivery=Delivery(measures=measures)))

    assert compare(said(120, 1.0), said(150, 1.0)).delivery == (
        "120 words a minute, good; now 150 words a minute, good",
    )


@given(scorecards(), scorecards())
def test_any_two_scorecards_can_be_compared(one: Scorecard, other: Scorecard) -> None:
    base = answered("s", 0, CALM, WEAK)
    found = compare(replace(base, scorecard=one), replace(base, scorecard=other))
    assert comparison_text(found)
    for change in found.rubrics:
        assert not set(change.gained) & set(change.lost)


def test_the_sentence_never_contradicts_the_levels() -> None:
    def told(*pairs: tuple[str, int, int]) -> str:
        sample = answered("s", 0, CALM, WEAK)
        changes = tuple(RubricChange(name, before, after, (), ()) for name, before, after in pairs)
        return Comparison(sample, sample, changes, ()).words

    assert told(("examples", 0, 1), ("motivation", 4, 3)) == "Concrete examples went up, Motivation went down."
    assert told(("examples", 2, 2)).startswith("Nothing gained and nothing lost")


def test_a_correction_that_changes_a_part_and_no_level_says_which() -> None:
    def heard(state: PartState) -> Answer:
        part = Part("reason", "why it matters to you", state)
        score = RubricScore("examples", 2, parts=(part,))
        return replace(answered("s", 0, CALM, WEAK), scorecard=Scorecard(True, None, {"examples": score}))

    unclear, sure = heard(PartState.PERHAPS), heard(PartState.YES)
    assert rescored_words(unclear, sure) == "Concrete examples: 2, as before\nwhy it matters to you: now heard"
    assert rescored_words(sure, unclear).endswith("why it matters to you: now not sure")
    assert rescored_words(sure, sure) == "Scored again; levels and parts are as before."


def test_what_rose_without_a_part_is_named_beside_the_parts_gained() -> None:
    answer = answered("s", 0, CALM, WEAK)
    changes = (RubricChange("examples", 0, 4, (), ()), RubricChange("motivation", 1, 2, ("what draws you",), ()))
    words = Comparison(answer, answer, changes, ()).words
    assert words == "One part gained, nothing lost. Concrete examples went up."


def test_a_part_that_is_doubtful_or_that_a_better_answer_does_without_is_not_lost() -> None:
    def told(level: int, *states: PartState) -> Answer:
        parts = tuple(Part(name, name, state) for name, state in zip(("occasion", "outcome"), states, strict=True))
        score = RubricScore("examples", level, parts=parts)
        return replace(answered("s", 0, CALM, WEAK), scorecard=Scorecard(True, None, {"examples": score}))

    before = told(2, PartState.YES, PartState.YES)
    better, same = (told(level, PartState.PERHAPS, PartState.SPARE) for level in (3, 2))
    assert compare(before, better).words == "Concrete examples went up."
    assert compare(before, same).words == "Nothing gained, one part lost."
    assert compare(told(3, PartState.YES, PartState.YES), told(2, PartState.YES, PartState.SPARE)).rubrics[0].lost
    assert compare(before, told(2, PartState.NO, PartState.PERHAPS)).words == "Nothing gained, one part lost."


def test_a_level_that_falls_while_parts_are_gained_is_told_with_its_reason() -> None:
    def told(level: int, **states: PartState) -> Answer:
        parts = tuple(Part(name, f"the {name}", state) for name, state in states.items())
        score = RubricScore("examples", level, parts=parts)
        return replace(answered("s", 0, CALM, WEAK), scorecard=Scorecard(True, None, {"examples": score}))

    yes, no, perhaps = PartState.YES, PartState.NO, PartState.PERHAPS
    before = told(3, occasion=yes, outcome=yes, lesson=no)
    worse = compare(before, told(2, occasion=yes, outcome=perhaps, lesson=yes))
    assert worse.words == (
        "One part gained. Concrete examples went down: this time I am not sure that I heard the outcome."
    )
    assert "not sure this time: the outcome" in comparison_text(worse)
    assert "nothing lost" not in comparison_text(worse)
    assert worse.before.scorecard
    assert worse.after.scorecard
    scores = [card.rubrics["examples"] for card in (worse.before.scorecard, worse.after.scorecard)]
    assert change_words(scores[0], scores[1])[1:3] == [
        "new in this try: the lesson",
        "not sure this time: the outcome",
    ]
    # What only may have been there, and is surely not there now, is why as well.
    gone = compare(told(3, occasion=yes, outcome=perhaps, lesson=no), told(2, occasion=yes, outcome=no, lesson=no))
    assert gone.words == "Nothing gained, one part lost."
    # As sure as before in no part: then those that are not sure are named.
    still = compare(told(3, occasion=yes, outcome=perhaps), told(2, occasion=yes, outcome=perhaps))
    assert still.words == "Concrete examples went down: this time I am not sure that I heard the outcome."


def test_a_level_that_rises_although_a_part_is_lost_is_told() -> None:
    answer = answered("s", 0, CALM, WEAK)
    changes = (RubricChange("examples", 1, 3, ("a",), ("b",)),)
    assert (
        Comparison(answer, answer, changes, ()).words == "One part gained, one part lost. Concrete examples went up."
    )


def test_what_was_asked_for_is_told_first_and_what_is_only_guessed_is_no_gain() -> None:
    yes, no, perhaps, spare = PartState.YES, PartState.NO, PartState.PERHAPS, PartState.SPARE

    def score(level: int, missing: tuple[str, ...] = (), **states: PartState) -> RubricScore:
        parts = tuple(Part(name, f"the {name}", state) for name, state in states.items())
        return RubricScore("examples", level, parts=parts, missing_elements=missing)

    reading = Reading(
        ("five", "minutes", "i", "rang", "them", "all", "came"),
        (
            ElementSpan("checkable", 0, 1, 0.4, quotable=False, sure=True),
            ElementSpan("own_action", 2, 4, 0.9),
            ElementSpan("outcome", 5, 6, 0.9),
        ),
    )
    later = score(4, occasion=yes, own_action=yes, outcome=yes, checkable=yes)
    before = score(2, ("outcome",), occasion=yes, own_action=no, outcome=no, checkable=spare)
    assert change_words(before, later, reading, quoted=False)[1:] == ["new in this try: the outcome, the own_action"]
    unclear = score(2, occasion=yes, own_action=perhaps, outcome=yes, checkable=spare)
    assert change_words(unclear, later, reading)[1:] == ["plain now: the own_action, “I rang them all came”"]

    def told(score: RubricScore) -> Answer:
        card = Scorecard(True, None, {"examples": score}, reading=reading)
        return replace(answered("s", 0, CALM, WEAK), scorecard=card)

    both = compare(told(unclear), told(later))
    assert both.words == "One part plainer, nothing lost."
    assert [label for _, label, _ in both.rubrics[0].items] == ["plain now"]
    assert "checkable" not in comparison_text(both)

"""Feedback and report: the right words, at any width, from whatever was scored."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.questions.bank import GOODBYE
from simulator.questions.competencies import competency_name
from simulator.scoring.rubric_words import shipped_rubric
from simulator.scoring.scorecard import (
    ClosingManner,
    Delivery,
    Measure,
    Part,
    PartState,
    Quote,
    RubricScore,
    Scorecard,
)
from simulator.sessions.answer_feedback import (
    card_lines,
    feedback_text,
    helps_most,
    level_bar,
    parts_line,
    shown_quotes,
    whole_verdict,
)
from simulator.sessions.delivery_words import delivery_line, delivery_words
from simulator.sessions.report import BEST_COUNTS, MOST_NEXT_STEPS, as_text, session_report
from simulator.sessions.rubric_titles import RUBRIC_TITLES
from simulator.sessions.self_rating import rubrics_to_rate
from simulator.sessions.session import Answer, Learned, LearnedKind, Mode, Session
from simulator.sessions.times import clock
from simulator.speech.transcript import typed
from tests.sessions.made import ASK, CALM, CLOSING, STRONG, WEAK, WHY, answered, bare, practice, sessions, unasked


def scored(answer: Answer, **scores: RubricScore) -> Answer:
    return replace(answer, scorecard=Scorecard(True, None, scores))


def lacking(rubric: str, level: int, missing: tuple[str, ...], advice: str) -> RubricScore:
    return RubricScore(rubric, level, "name", "anchor", missing=missing, advice=advice)


def test_feedback_shows_level_anchor_quotes_and_one_thing_to_do() -> None:
    answer = answered("s", 0, CALM, STRONG)
    assert answer.scorecard
    score = answer.scorecard.rubrics["examples"]
    text = " ".join(feedback_text(answer).split())
    assert f"{level_bar(score.level or 0)} Level {score.level} of 4. {score.verdict}" in text
    assert parts_line(score).split("  ")[0] in text
    for quote in shown_quotes(score):
        assert f"{clock(quote.start)} “{quote.text}”: {quote.earns}" in text
    assert f"Next: {score.advice}" in text
    assert "150 words a minute, good" in text
    assert "of about 1:30" in text


def test_at_the_highest_level_no_part_reads_as_missing() -> None:
    parts = tuple(Part(str(found), f"part {found}", found) for found in PartState)
    told = {level: parts_line(RubricScore("examples", level, "name", "anchor", parts=parts)) for level in (2, 4)}
    assert told[4] == "✓ part yes  ◐ part perhaps (not sure)"
    assert told[2] == "✓ part yes  ✗ part no  ◐ part perhaps (not sure)  · part spare (optional)"


def test_quotes_come_in_the_order_they_were_said() -> None:
    answer = answered("s", 0, CALM, STRONG)
    assert answer.scorecard
    firsts = [quote.first_word for quote in shown_quotes(answer.scorecard.rubrics["examples"])]
    assert firsts == sorted(firsts)
    assert len(firsts) > 1


def test_what_was_not_asked_for_takes_one_line() -> None:
    assert "Motivation                 not asked here" in feedback_text(answered("s", 0, CALM, STRONG)).splitlines()


def test_a_before_and_after_says_up_down_or_as_before() -> None:
    weak, strong = answered("s", 0, CALM, WEAK), answered("s", 0, CALM, STRONG, attempt=2)
    assert weak.scorecard
    assert strong.scorecard
    low, high = weak.scorecard.level("examples"), strong.scorecard.level("examples")
    words = " ".join(feedback_text(strong, weak).split())
    assert f"(up from {low}; new in this try: a particular event, your own part, what came of it" in words
    assert f"(down from {high}; not heard this time: a particular event" in " ".join(
        feedback_text(weak, strong).split()
    )
    assert "(as before)" in " ".join(feedback_text(weak, weak).split())


def test_an_answer_with_too_little_says_why_it_is_not_scored() -> None:
    answer = answered("s", 0, CALM, typed(""))
    assert answer.scorecard
    assert feedback_text(answer).startswith("Not scored. ")
    assert (answer.scorecard.why_not or "") in " ".join(feedback_text(answer).split())
    assert feedback_text(replace(answer, scorecard=None)) == "This answer has no score yet."


@given(sessions(), st.integers(40, 120))
def test_no_line_is_wider_than_asked_for(session: Session, width: int) -> None:
    for answer in session.answers:
        for line in feedback_text(answer, width=width).splitlines():
            assert len(line) <= max(width, 27 + len(max(line.split(), key=len, default="")))


@given(sessions())
def test_any_session_has_a_report(session: Session) -> None:
    text = as_text(session_report(session))
    assert session.id in text


def test_measures_are_said_in_words_and_the_time_against_its_target() -> None:
    delivery = Delivery(
        seconds=58.0,
        target_seconds=90,
        measures=(
            Measure("pace", 148, "words a minute", "good"),
            Measure("hesitations", None, "a minute", "not measurable"),
            Measure("longest pause", 1.9, "s", "good"),
            Measure("before the first word", 2.0, "s", "noted"),
            Measure("time", 0.64, "of the target", "good"),
        ),
    )
    assert delivery_words(delivery) == [
        "148 words a minute, good",
        "um/uh: this speech model does not write them down",
        "longest pause 1.9 s, good",
        "first word after 2 s",
        "0:58 of about 1:30",
    ]


def test_the_report_takes_the_last_attempt_at_each_question() -> None:
    session = practice()
    last = session.answers[1].scorecard
    assert last
    (examples,) = (each for each in session_report(session).rubrics if each.rubric == "examples")
    assert examples.levels == (last.level("examples"),)
    assert bare(examples.best_quote) in STRONG


def test_the_report_quotes_nothing_that_is_nothing_to_be_proud_of() -> None:
    session = practice(answers=(answered("s", 0, CALM, WEAK),))
    assert all(not each.best_quote for each in session_report(session).rubrics)


def test_the_best_words_are_a_deed_and_never_what_only_happened() -> None:
    happened = Quote("Last Friday two cooks called sick before the service", 0, 8, None, None, "", "occasion")
    deed = Quote("I asked the waiters to help", 9, 14, None, None, "", "own_action")
    best = []
    for quotes in ((happened, deed), (happened,)):
        score = RubricScore("examples", 3, quotes=quotes)
        report = session_report(practice("s", answers=(scored(answered("s", 0, CALM, STRONG), examples=score),)))
        best.append(next(each.best_quote for each in report.rubrics if each.rubric == "examples"))
    assert best == [deed.text, ""]


def test_next_steps_are_weak_and_easy_first_each_once_each_rubric_before_any_again() -> None:
    base = practice()
    first, second, third = (replace(base.answers[0], position=n, id=f"a{n}") for n in range(3))
    session = replace(
        base,
        answers=(
            scored(replace(first, question=CALM), examples=lacking("examples", 0, ("a", "b", "c"), "hard")),
            scored(replace(second, question=CALM), examples=lacking("examples", 1, ("a",), "easy")),
            scored(replace(third, question=WHY), motivation=lacking("motivation", 3, ("a",), "nearly")),
        ),
    )
    assert [step.advice for step in session_report(session).next_steps] == ["easy", "nearly", "hard"]
    weakest = scored(replace(second, question=WHY), motivation=lacking("motivation", 1, ("a", "b", "c"), "weakest"))
    good = scored(replace(first, question=CALM), examples=lacking("examples", 2, ("a",), "easier"))
    steps = session_report(replace(base, answers=(good, weakest))).next_steps
    assert [step.advice for step in steps] == ["weakest", "easier"], "as home and progress have it"
    same = scored(replace(third, question=CALM), examples=lacking("examples", 0, ("a",), "easy"))
    twice = replace(session, answers=(*session.answers[:2], same))
    assert sorted(step.advice for step in session_report(twice).next_steps) == ["easy", "hard"]


def test_there_are_never_more_than_three_next_steps() -> None:
    base = practice()
    answers = tuple(
        scored(replace(base.answers[0], position=n, id=f"a{n}"), examples=lacking("examples", 1, (), f"do {n}"))
        for n in range(6)
    )
    assert len(session_report(replace(base, answers=answers)).next_steps) == MOST_NEXT_STEPS


def test_the_report_names_interviewers_who_were_left_out() -> None:
    base = practice()
    named = replace(
        base.answers[3], scorecard=Scorecard(True, None, {}, closing=ClosingManner("thanks", ("Ann Lee",)))
    )
    notes = session_report(replace(base, answers=(named,))).notes
    assert "I heard the name of Ann Lee, but not that of Bob Ray." in notes
    nobody = session_report(base).notes
    assert "I heard nobody's name. In the room were Ann Lee, Bob Ray." in nobody
    alone = session_report(replace(base, interviewer_names=("Ann Lee",))).notes
    assert not any("name" in note for note in alone)


def test_the_closing_manner_is_told_in_the_candidates_words() -> None:
    manner = ClosingManner(
        "thank you", ("Ann Lee", "Bob Ray"), "", "i can send a sample", "call me any time", "when i start"
    )
    base = practice()
    session = replace(base, answers=(replace(base.answers[3], scorecard=Scorecard(True, None, {}, closing=manner)),))
    notes = " ".join(session_report(session).notes)
    for words in ("“i can send a sample”", "“call me any time”", "“when i start” sounds as if the job were already"):
        assert words in notes
    assert "I heard no thanks" not in notes


def test_a_closing_that_was_skipped_is_noticed() -> None:
    base = practice()
    skipped = replace(base.answers[3], skipped=True, utterances=(), scorecard=None)
    notes = session_report(replace(base, answers=(base.answers[1], skipped))).notes
    assert any("left out your own questions" in note for note in notes)


def test_what_was_never_reached_is_not_held_against_anybody() -> None:
    """Ended before "what would you like to ask us", with a goodbye: that is kept with the question, and no answer."""
    base = practice()
    bye = answered(base.id, 2, ASK, "goodbye and have a good day all of you it was nice")
    said = replace(bye, utterances=tuple(replace(each, purpose="goodbye") for each in bye.utterances))
    ended = replace(base, answers=(*base.answers[:3], said))
    report = session_report(ended)
    assert "questions" not in [summary.rubric for summary in report.rubrics]
    assert not any("question ready" in step.advice for step in report.next_steps)
    assert ended.questions_answered == 2
    skipped = session_report(replace(base, answers=base.answers[:3]))
    assert not any("thanks" in note or "could" in note for note in skipped.notes)


def test_a_worse_try_costs_nothing_and_the_feedback_says_so() -> None:
    weak, strong = answered("s", 0, CALM, WEAK, attempt=2), answered("s", 0, CALM, STRONG)
    assert "your earlier try still counts" in " ".join(feedback_text(weak, strong).split())
    assert "still counts" not in feedback_text(strong, weak)


def test_two_ums_are_not_many() -> None:
    def line(count: int) -> str:
        measures = (Measure("hesitations", 14.0, "a minute", "high"),)
        return delivery_line(Delivery(measures=measures, hesitation_words=tuple(range(count))))

    assert line(2) == ""
    assert line(6) == "Many ums."


def test_one_verdict_names_what_lags_far_behind() -> None:
    strong = RubricScore("motivation", 4, verdict="Your reasons are clear.")
    verdict = whole_verdict([strong, RubricScore("examples", 1, verdict="In general.")])
    assert verdict == "Your reasons are clear. What would help most now: concrete examples."
    assert whole_verdict([strong, RubricScore("examples", 3)]) == "Your reasons are clear."


def test_the_one_thing_to_do_is_for_what_the_verdict_says_would_help_most() -> None:
    strong = RubricScore("motivation", 4, verdict="Clear.", advice="Keep it as it is.")
    weak = RubricScore("examples", 0, verdict="A story would help.", advice="Tell of one day.")
    assert helps_most([strong, weak]) is weak
    assert helps_most([strong, replace(weak, level=3)]) is strong
    card = Scorecard(True, None, {"motivation": strong, "examples": weak})
    text = " ".join(" ".join(card_lines(card, asked_for=("motivation", "examples"))).split())
    assert "Keep it" not in text
    assert "Next: Tell of one day." in text


def test_a_mean_is_drawn_to_the_nearest_half() -> None:
    assert [level_bar(level) for level in (2.2, 2.5, 3.0, 3.7, 4)] == ["▰▰▱▱", "▰▰◧▱", "▰▰▰▱", "▰▰▰◧", "▰▰▰▰"]


def test_a_drill_is_not_judged_as_an_interview() -> None:
    drill = practice(mode=Mode.DRILL, answers=(answered("s", 0, CALM, WEAK),), learned=())
    assert session_report(drill).notes == ()


def test_what_was_learned_is_told() -> None:
    assert "What Ann Lee told you: The handover is too slow." in as_text(session_report(practice()))
    why = Learned("ann", "Ann Lee", LearnedKind.PRIORITY, "knowing why you want this work")
    assert "What matters to Ann Lee: knowing why you want this work." in as_text(
        session_report(practice(learned=(why,)))
    )


def test_an_empty_session_says_that_there_is_nothing_to_score() -> None:
    assert "Nothing was answered" in as_text(session_report(practice(answers=())))


def test_a_report_without_words_holds_none() -> None:
    text = as_text(session_report(practice()), words=False)
    for word in ("thirty", "pressing", "side room"):
        assert word not in text
    assert "Concrete examples" in text


@pytest.mark.parametrize(
    ("seconds", "shown"), [(None, ""), (0, "0:00"), (59.9, "0:59"), (61, "1:01"), (3661, "61:01")]
)
def test_seconds_are_shown_as_a_clock(seconds: float | None, shown: str) -> None:
    assert clock(seconds) == shown


def test_the_questions_the_candidate_asked_are_graded_one_by_one() -> None:
    answer = answered("s", 0, ASK, CLOSING)
    assert answer.scorecard
    assert answer.scorecard.asked
    for asked in answer.scorecard.asked:
        assert f"{asked.level} “{asked.text}”: {asked.reason}" in " ".join(feedback_text(answer).split())


def test_every_attempt_is_shown_beside_the_one_that_counts() -> None:
    session = practice()
    first, last = session.answers[0].scorecard, session.answers[1].scorecard
    assert first
    assert last
    tries = f"question 1: {first.level('examples')}, then {last.level('examples')}"
    assert tries in as_text(session_report(session))
    assert "question 1:" not in as_text(session_report(practice("s", answers=session.answers[:1])))


def test_of_a_question_tried_again_the_best_attempt_counts_and_the_report_says_so() -> None:
    worse = (answered("s", 0, CALM, STRONG), answered("s", 0, CALM, WEAK, attempt=2))
    report = session_report(practice("s", answers=worse))
    (examples,) = [summary for summary in report.rubrics if summary.rubric == "examples"]
    assert worse[0].scorecard
    assert examples.levels == (worse[0].scorecard.level("examples"),)
    assert BEST_COUNTS in as_text(report)
    assert BEST_COUNTS not in as_text(session_report(practice("s", answers=worse[:1])))
    assert not any("one day that shows it" in step.advice for step in report.next_steps), "advice on the best attempt"


def test_only_commands_are_told_the_id_of_the_session() -> None:
    report = session_report(practice())
    assert "Saved as session" in as_text(report)
    assert "Saved as session" not in as_text(report, named=False)


def test_the_best_words_are_no_mere_opening() -> None:
    told = (
        Quote("Last March.", 0, 1, None, None, "a particular event"),
        Quote("I rang three firms myself.", 2, 6, None, None, "your own part"),
    )
    answer = scored(answered("s", 0, CALM, STRONG), examples=RubricScore("examples", 3, quotes=told))
    summary = session_report(replace(practice(), answers=(answer,))).rubrics[0]
    assert summary.best_quote == "I rang three firms myself."


def test_a_goodbye_is_no_try_at_a_question_and_its_thanks_are_still_noticed() -> None:
    asked = answered("s", 0, ASK, "what is the most pressing problem the new person should solve in the first months")
    bye = answered("s", 0, replace(ASK, ask=GOODBYE), "thank you so much for your time i am free any day", attempt=2)
    bye = replace(bye, utterances=tuple(replace(each, purpose="goodbye") for each in bye.utterances))
    for position in (0, 1):
        session = practice("s", answers=(asked, replace(bye, position=position)))
        report = session_report(session)
        assert session.attempt_words(asked) == ""
        assert [answer.id for answer in session.best_attempts()] == [asked.id]
        assert BEST_COUNTS not in as_text(report)
        assert not any("no thanks" in note for note in report.notes)
        offer = next(note for note in report.notes if "something of your work" in note)
        assert offer.startswith("At the end, when you thank them, "), "advice says where"


def test_the_report_has_the_levels_that_feedback_shows_and_no_other() -> None:
    both = replace(WHY, rubrics=("motivation", "examples"))
    answer = unasked(answered("s", 0, both, WEAK))
    assert "Level" not in feedback_text(answer).split("Concrete examples")[1]
    session = practice("s", answers=(answer,))
    report = session_report(session)
    assert [each.rubric for each in report.rubrics] == ["motivation"]
    assert answer.scorecard
    advice = answer.scorecard.rubrics["examples"].advice
    assert advice
    assert advice not in [step.advice for step in report.next_steps]
    assert rubrics_to_rate(answer) == ["motivation"]


def test_a_skipped_question_is_listed_until_it_is_answered() -> None:
    skipped = replace(answered("s", 1, WHY, WEAK), utterances=(), scorecard=None, skipped=True)
    session = practice("s", answers=(answered("s", 0, CALM, STRONG), skipped))
    assert session_report(session).skipped == (skipped,)
    assert f"Skipped: “{WHY.ask}”" in as_text(session_report(session))
    later = answered("t", 0, WHY, WEAK)
    known = session_report(session, {WHY.id: later})
    assert known.skipped == ()
    assert [each.id for each in known.asked] == [session.answers[0].id, later.id]
    assert f"Answered later: “{WHY.ask}” Motivation: Level" in as_text(known)
    back = session.with_answer(answered("s", 1, WHY, WEAK))
    assert session_report(back).skipped == ()
    again = session.with_answer(answered("s", 1, WHY, WEAK, attempt=2))
    assert session_report(again).skipped == ()


def test_the_report_says_what_got_better_with_a_second_try() -> None:
    first, second = answered("s", 0, CALM, WEAK), answered("s", 0, CALM, STRONG, attempt=2)
    report = session_report(practice("s", mode=Mode.DRILL, answers=(first, second)))
    assert [change.question for change in report.changes] == [CALM.ask]
    (words,) = report.changes[0].words
    assert first.scorecard
    assert second.scorecard
    before, after = first.scorecard.level("examples"), second.scorecard.level("examples")
    assert words.startswith(f"Concrete examples: from level {before} to level {after}; new: ")
    assert "your own part" in words
    assert "What got better" in as_text(report)
    # A worse second try is nothing to tell; the first counts.
    worse = (answered("s", 0, CALM, STRONG), answered("s", 0, CALM, WEAK, attempt=2))
    assert session_report(practice("s", mode=Mode.DRILL, answers=worse)).changes == ()


def test_what_got_better_by_adding_to_an_answer_is_told_too() -> None:
    added = replace(answered("s", 0, CALM, STRONG), levels_before={"examples": 2})
    assert added.scorecard
    now = added.scorecard.level("examples")
    report = session_report(practice("s", answers=(added,)))
    assert [each.words for each in report.changes] == [
        (f"Concrete examples: from level 2 to level {now}, with what you added.",)
    ]


def test_the_report_has_the_own_rating_beside_the_level() -> None:
    answer = replace(answered("s", 0, CALM, STRONG), self_rating={"examples": 2})
    text = " ".join(as_text(session_report(practice("s", answers=(answer,)))).split())
    assert "Concrete examples: Level 4 of 4, you gave yourself 2." in text
    assert "you gave yourself" not in as_text(session_report(practice()))


def test_each_rubric_has_one_name() -> None:
    for rubric, title in RUBRIC_TITLES.items():
        assert shipped_rubric(rubric).title == title
    assert competency_name("curiosity") == RUBRIC_TITLES["questions"].lower()


@pytest.mark.parametrize(
    ("turn", "bye", "denied"),
    [
        ("no", "Thanks Ann. Do look into the eels.", False),
        ("No, that's all, thank you. That was less painful than I thought.", "Do look into the eels.", False),
        ("When would I hear from you? no i am fine thanks", "bye", False),
        ("no", "Do look into the eels.", True),
    ],
)
def test_thanks_said_in_a_word_anywhere_at_the_end_are_never_denied(turn: str, bye: str, denied: bool) -> None:
    base = practice()
    goodbye = replace(ASK, id="goodbye", ask=GOODBYE)
    last = [answered(base.id, 2, ASK, turn), answered(base.id, 3, goodbye, bye)]
    last[1] = replace(last[1], utterances=tuple(replace(each, purpose="goodbye") for each in last[1].utterances))
    notes = session_report(replace(base, answers=(*base.answers[:2], *last))).notes
    assert ("I heard no thanks. A short thank-you at the end is remembered." in notes) == denied

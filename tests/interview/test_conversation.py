"""The conversation: what is asked when, what is kept first, and how an interview is resumed."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import pytest

from simulator.assessment import score_answer
from simulator.interview import closing
from simulator.interview.answer_scoring import Scorer
from simulator.interview.asides import Facts
from simulator.interview.asked_back import ANY_WORK, MEANT, WHAT_HELPS
from simulator.interview.conversation import Conversation
from simulator.interview.events import (
    AddPiece,
    AnswerBegun,
    AnswerTakenBack,
    Asked,
    Begin,
    Effect,
    Event,
    Finish,
    FinishEarly,
    GoBack,
    GoOn,
    HearAgain,
    Invite,
    KeepAnswer,
    KeepLearned,
    KeepState,
    LineFinished,
    PauseInterview,
    Phase,
    Prepare,
    Purpose,
    ResumeInterview,
    Say,
    ShowFeedback,
    Skip,
    TakenWrongly,
    TryAgain,
    UtteranceHeard,
)
from simulator.interview.interviewer_lines import NOT_UNDERSTOOD
from simulator.interview.plan import Plan, Turn
from simulator.interview.probes import FORMS, PLAINER_WORDS
from simulator.interview.setup import InterviewOptions
from simulator.interview.state import InterviewState
from simulator.questions.bank import Kind, Probe, WorkedAnswer
from simulator.sessions.session import Answer, LearnedKind, Mode, Session, is_closing
from simulator.speech.transcript import Transcript, typed
from tests.interview.people import ANN, BOB, QUESTIONS, score_by_words

AT = "2026-11-23T10:00:00Z"


def conversation(
    questions: Iterable[int] = (0, 2, 6),
    mode: Mode = Mode.COACH,
    panel: bool = False,
    candidate_name: str = "Sam",
    scorer: Scorer = score_by_words,
    **options: Any,
) -> Conversation:
    people = (ANN, BOB) if panel else (ANN,)
    turns = tuple(Turn(QUESTIONS[n], people[i % len(people)].id) for i, n in enumerate(questions))
    session = Session("s1", AT, mode, "bank", candidate_name=candidate_name)
    plan = Plan(turns, tuple(person.id for person in people))
    return Conversation(session, plan, people, InterviewOptions(**options), scorer=scorer)


class Run:
    """Drives a conversation as a face would, with answers given ahead; notes all that happened."""

    def __init__(self, talk: Conversation, answers: Iterable[str | Event]) -> None:
        self.talk = talk
        self.answers = list(answers)
        self.effects: list[Effect] = []
        self.said: list[str] = []

    def until(self, stop: Callable[[Effect], bool] = lambda effect: isinstance(effect, Finish)) -> Effect:
        waiting: list[Event] = [Begin()] if self.talk.state.phase is Phase.READY else [self.answers.pop(0)]  # type: ignore[list-item]
        while waiting:
            for effect in self.talk.advance(waiting.pop(0), AT):
                self.effects.append(effect)
                if stop(effect):
                    return effect
                if isinstance(effect, Say):
                    self.said.append(effect.line.text)
                    waiting.append(LineFinished())
                elif isinstance(effect, Invite):
                    given = self.answers.pop(0) if self.answers else FinishEarly()
                    waiting.append(UtteranceHeard(typed(given)) if isinstance(given, str) else given)
                elif isinstance(effect, ShowFeedback):
                    waiting.append(GoOn())
        raise AssertionError(f"the conversation stands still in {self.talk.state.phase}")


def run(talk: Conversation, *answers: str | Event) -> Run:
    driven = Run(talk, answers)
    driven.until()
    return driven


def test_greets_by_name_asks_in_order_and_ends_with_thanks() -> None:
    done = run(conversation(), "L3 a", "L3 b", Skip(), Skip())
    assert done.said == [
        "Hello, Sam. I am ann.",
        "Question 0?",
        "Question 2?",
        "Question 6?",
        "Thank you from ann.",
    ]
    assert done.talk.session.finished_at == AT


def test_a_name_that_is_not_known_leaves_no_hole_in_the_greeting() -> None:
    talk = conversation(candidate_name="")
    assert run(talk, Skip()).said[0] == "Hello. I am ann."


def test_an_answer_is_kept_before_it_is_scored_and_before_anything_is_shown() -> None:
    driven = Run(conversation(), ["L3 a"])
    driven.until(lambda effect: isinstance(effect, ShowFeedback))
    kinds = [type(effect) for effect in driven.effects]
    first = kinds.index(KeepAnswer)
    assert kinds[first : first + 4] == [KeepAnswer, KeepAnswer, KeepState, ShowFeedback]
    kept = [effect.answer for effect in driven.effects if isinstance(effect, KeepAnswer)]
    assert kept[0].scorecard is None
    assert kept[1].scorecard is not None


def test_worked_answers_are_kept_neither_with_an_answer_nor_with_the_place() -> None:
    told = replace(QUESTIONS[2], examples=(WorkedAnswer("I did it.", "Ann, 30"),))
    talk = Conversation(
        Session("s1", AT, Mode.COACH, "bank"), Plan((Turn(told, ANN.id),), (ANN.id,)), (ANN,), scorer=score_by_words
    )
    run = Run(talk, ["L3"])
    run.until(lambda effect: isinstance(effect, ShowFeedback))
    (kept, *_) = [effect.answer for effect in run.effects if isinstance(effect, KeepAnswer)]
    assert kept.question == QUESTIONS[2]
    assert "I did it." not in talk.state.to_json()


def test_a_place_kept_before_there_were_worked_answers_is_read() -> None:
    kept = conversation().state.to_json()
    assert InterviewState.from_json(kept.replace(',"examples":[]', "")) == InterviewState.from_json(kept)


def test_a_state_of_an_earlier_version_has_its_requirements_under_another_name() -> None:
    state = conversation().state
    turn, *others = state.plan.turns
    plan = replace(state.plan, turns=(replace(turn, requirement='Calm, "wish": and all'), *others))
    kept = replace(state, plan=plan).to_json()
    assert InterviewState.from_json(kept.replace('"requirement":', '"wish":')) == InterviewState.from_json(kept)
    assert InterviewState.from_json(kept).plan.turns[0].requirement == 'Calm, "wish": and all'
    assert ',"examples":[]' in kept


def test_the_next_question_is_made_ahead_while_the_current_one_is_spoken() -> None:
    talk = conversation()
    effects = talk.advance(Begin(), AT)
    ahead = next(effect for effect in effects if isinstance(effect, Prepare))
    assert [line.text for line in ahead.lines] == ["Question 0?", "Question 2?"]


def test_coach_mode_shows_feedback_after_each_answer_realistic_mode_after_none() -> None:
    coach = run(conversation(mode=Mode.COACH), "L3 a", "L3 b", "no", Skip())
    realistic = run(conversation(mode=Mode.REALISTIC), "L3 a", "L3 b", "no", Skip())
    assert sum(isinstance(effect, ShowFeedback) for effect in coach.effects) == 3
    assert not any(isinstance(effect, ShowFeedback) for effect in realistic.effects)


@pytest.mark.parametrize("said", ["asdf unscored", Skip()])
def test_nobody_is_thanked_or_praised_for_what_was_not_understood_or_not_said(said: str | Event) -> None:
    told = run(conversation(mode=Mode.REALISTIC), "L3 a", said, "no", Skip()).said
    answered, unheard = (next(line for line in told if f"Question {n}?" in line) for n in (2, 6))
    assert answered == "Thank you, Sam. Question 2?"
    assert unheard == f"{NOT_UNDERSTOOD} Question 6?"


def test_trying_again_keeps_both_attempts_and_shows_the_one_before() -> None:
    driven = Run(conversation(), ["L1 first", "L3 second"])
    driven.until(lambda effect: isinstance(effect, ShowFeedback))
    driven.answers.insert(0, TryAgain())
    shown = driven.until(lambda effect: isinstance(effect, ShowFeedback))
    assert isinstance(shown, ShowFeedback)
    assert shown.previous is not None
    assert (shown.previous.attempt, shown.answer.attempt) == (1, 2)
    assert len(driven.talk.session.answers) == 2


def test_a_drill_asks_one_question_again_and_ends_without_ceremony() -> None:
    talk = conversation(questions=(2,), mode=Mode.DRILL)
    driven = Run(talk, ["L3 a"])
    driven.until()
    assert driven.said == ["Question 2?"]


@pytest.mark.parametrize(
    ("answer", "probe"),
    [("L2 lacks result", "What came of it?"), ("L2 lacks action", "What did you do?"), ("L4 lacks result", None)],
)
def test_a_probe_asks_for_what_is_missing_and_only_then(answer: str, probe: str | None) -> None:
    done = run(conversation(questions=(2,)), answer, "L4 and so it ended", Skip())
    assert (probe in done.said) is (probe is not None)
    first = done.talk.session.answers[0]
    assert first.probed is (probe is not None)


def test_a_probe_comes_at_most_once_and_its_reply_is_scored_with_the_answer() -> None:
    done = run(conversation(questions=(2,)), "L2 lacks result", "L2 lacks result", Skip())
    assert done.said.count("What came of it?") == 1
    answer = done.talk.session.answers[0]
    assert answer.transcript.text == "L2 lacks result L2 lacks result"
    assert answer.utterances[1].prompt == "What came of it?"


def test_a_probe_may_be_left_unanswered() -> None:
    done = run(conversation(questions=(2,)), "L2 lacks result", Skip(), Skip())
    assert len(done.talk.session.answers[0].utterances) == 1
    assert not done.talk.session.answers[0].skipped


def test_no_probe_when_probes_are_off_or_nothing_was_scored() -> None:
    assert "What came of it?" not in run(conversation(questions=(2,), probes=False), "L2 lacks result", Skip()).said
    assert "What came of it?" not in run(conversation(questions=(2,)), "L2 lacks result unscored", Skip()).said


def test_in_the_closing_turn_questions_are_answered_until_there_are_none() -> None:
    done = run(conversation(questions=(6,)), "ask what is the biggest challenge", "ask what do you pay", "no", Skip())
    assert done.said[2:] == [
        "The handover is too slow.",
        "Is there anything else you would like to ask?",
        "I do not have the figure here, but I will make a note of it, and you will hear.",
        "What else would you like to know?",
        "Thank you from ann.",
    ]
    closing = done.talk.session.answers[0]
    assert [utterance.purpose for utterance in closing.utterances] == ["closing", "closing", "closing"]


def test_nobody_hears_the_same_neutral_reply_twice() -> None:
    happened = run(conversation(questions=(6,)), *["ask is the moon made of cheese"] * closing.MOST_ROUNDS, "no")
    unknown = closing.topics()[-1]
    neutral = [line for line in happened.said if line in (unknown.reply, *unknown.more_replies)]
    assert len(neutral) == len(set(neutral)) == closing.MOST_ROUNDS


def test_a_reply_comes_from_the_interviewer_who_knows_or_who_was_named() -> None:
    named = run(conversation(questions=(6,), panel=True), "ask bob what is the biggest challenge", "no", Skip())
    assert "The handover is too slow." not in named.said
    knows = run(conversation(questions=(6,), panel=True), "ask what is the salary", "no", Skip())
    assert "I would have to ask about that." in knows.said


def test_what_an_interviewer_gives_away_is_kept_once() -> None:
    done = run(
        conversation(questions=(6,)), "ask what is the biggest problem", "ask what is the problem", "no", Skip()
    )
    kept = [effect.learned for effect in done.effects if isinstance(effect, KeepLearned)]
    assert [(learned.kind, learned.text) for batch in kept for learned in batch] == [
        (LearnedKind.PROBLEM, "The handover is too slow")
    ]


def test_may_i_ask_is_answered_and_the_question_still_stands() -> None:
    done = run(conversation(questions=(2,)), Asked(typed("ask what matters most to you")), "L3 a", Skip())
    assert done.said[2:4] == ["What matters most to me? Calm under pressure.", "Now, back to my question."]
    assert done.talk.session.answers[0].transcript.text == "L3 a"
    assert len(done.talk.session.answers) == 1, "only the closing turn is for questions that count"
    assert [each.text for each in done.talk.session.learned] == ["calm under pressure"]


def test_saying_may_i_ask_in_place_of_an_answer_is_an_aside_too() -> None:
    done = run(conversation(questions=(2,)), "may i ask what the biggest challenge is", "L3 a", Skip())
    assert "The handover is too slow." in done.said
    assert done.talk.session.answers[0].transcript.text == "L3 a"


def test_a_goodbye_is_a_turn_of_its_own_and_counts_for_the_manner_of_the_closing() -> None:
    done = run(conversation(questions=(2, 6)), "L3 a", "no", "thank you ann")
    *_, closing, goodbye = done.talk.session.answers
    assert [(each.question.ask, each.transcript.text) for each in (closing, goodbye)] == [
        ("Question 6?", "no"),
        ("Goodbye", "thank you ann"),
    ]
    assert [(each.purpose, each.prompt_named) for each in goodbye.utterances] == [
        ("goodbye", "Goodbye: Thank you from ann.")
    ]
    assert done.talk.session.questions_answered == 2
    assert closing.question.id != goodbye.question.id, "no two attempts at one question"


def test_who_asks_for_the_goodbye_again_hears_it_again_and_nothing_is_kept_of_it() -> None:
    done = run(conversation(questions=(2,)), "L3 a", "could you say that again please", "thank you ann")
    assert done.said[-2:] == ["Thank you from ann.", "Of course. Thank you from ann."]
    assert [each.transcript.text for each in done.talk.session.answers] == ["L3 a", "thank you ann"]


def test_a_wish_to_hear_it_again_that_was_taken_for_a_question_is_taken_back() -> None:
    talk = conversation(questions=(6,))
    done = run(talk, "ask what did you want", TakenWrongly(), "ask what is the biggest challenge", "no", "bye ann")
    assert done.said[2:] == [
        done.said[2],
        "Is there anything else you would like to ask?",
        "Of course. Question 6?",
        "The handover is too slow.",
        "Is there anything else you would like to ask?",
        "Thank you from ann.",
    ]
    assert [each.transcript.text for each in talk.session.answers[0].utterances] == [
        "ask what is the biggest challenge",
        "no",
    ]
    left = run(conversation(questions=(6,)), "ask what did you want", TakenWrongly(), Skip(), Skip())
    assert [each.skipped for each in left.talk.session.answers] == [True], "nothing is left of what was no question"


def test_what_was_asked_in_the_closing_turn_counts_whatever_key_follows() -> None:
    for words in ("ask what happens if two managers disagree", "ask what do you pay"):
        talk = conversation(questions=(6,))
        Run(talk, [words]).until(lambda effect: isinstance(effect, Invite) and "else" in effect.prompt)
        assert talk.advance(TakenWrongly(), AT) == (), "there is nothing to take back"
        assert [each.transcript.text for each in talk.session.answers[0].utterances] == [words]


def test_a_question_that_was_taken_for_a_wish_to_hear_it_again_is_asked_after_all() -> None:
    done = run(conversation(questions=(6,)), "what do you mean by that", TakenWrongly(), "no", Skip())
    assert done.said[2] == f"{MEANT} {WHAT_HELPS[Kind.CLOSING]} So: Question 6?"
    assert done.said[4] == "Is there anything else you would like to ask?"
    assert done.talk.session.answers[0].utterances[0].transcript.text == "what do you mean by that"
    goodbye = run(conversation(questions=(2,)), "L3 a", "pardon", TakenWrongly())
    assert goodbye.talk.session.answers[-1].transcript.text == "pardon"


def test_what_was_taken_wrongly_can_be_said_after_coming_back_and_only_there() -> None:
    talk = conversation(questions=(6,))
    Run(talk, ["ask what did you want"]).until(lambda effect: isinstance(effect, Invite) and "else" in effect.prompt)
    again = reopened(talk)
    assert again.state.taken is not None
    assert any(isinstance(each, Say) for each in again.advance(TakenWrongly(), AT))
    assert conversation().advance(TakenWrongly(), AT) == ()


def test_a_skipped_question_is_kept_as_skipped() -> None:
    done = run(conversation(), Skip(), "L3 b", Skip(), Skip())
    assert [answer.skipped for answer in done.talk.session.answers] == [True, False, True]


def test_who_only_asks_back_gets_a_reply_and_the_question_still_stands() -> None:
    talk = conversation(questions=(0,), scorer=score_answer)
    done = run(talk, "What is the hardest problem of the team right now?", "L3 a")
    assert closing.BACK_TO_THE_QUESTION in done.said
    assert [answer.transcript.text for answer in talk.session.answers if answer.answered] == ["L3 a"]


@pytest.mark.parametrize("mode", [Mode.COACH, Mode.REALISTIC])
@pytest.mark.parametrize("asked", ["How do you measure success here?", "how do you measure success here?"])
def test_a_question_at_the_end_of_an_answer_gets_a_reply_before_it_goes_on(mode: Mode, asked: str) -> None:
    talk = conversation(questions=(2, 6), mode=mode, scorer=score_answer)
    answer = "I rang the dentist and asked what had to be out that night. He got his page at six."
    driven = Run(
        talk, [f"{answer if asked[0].isupper() else answer.lower()} {asked}", "He was glad.", Skip(), Skip()]
    )
    driven.until()
    reply = driven.said.index(closing.topics()[2].reply)
    assert reply == 2
    assert driven.said[reply + 1 :], "and it goes on"
    assert talk.session.answers[0].transcript.text.count(asked) == 1


@pytest.mark.parametrize("end", ["You know what I mean?", "So what did I do?", "Does that answer your question?"])
def test_what_only_sounds_like_asking_at_the_end_gets_no_reply(end: str) -> None:
    talk = conversation(questions=(2,), scorer=score_answer, probes=False)
    driven = Run(talk, [f"I rang the dentist and asked what had to be out that night. {end}"])
    driven.until(lambda effect: isinstance(effect, ShowFeedback))
    assert driven.said[2:] == []


def test_the_next_interviewer_thanks_by_name_before_asking() -> None:
    done = run(conversation(questions=(0, 2), panel=True), "L3 a", "L3 b", Skip())
    assert "Thank you, Sam. Question 2?" in done.said


def test_a_key_that_does_not_fit_the_moment_changes_nothing() -> None:
    talk = conversation()
    talk.advance(Begin(), AT)
    before = talk.state
    for event in (GoOn(), TryAgain(), HearAgain(), AnswerBegun(), ResumeInterview(), UtteranceHeard(typed("x"))):
        assert talk.advance(event, AT) == ()
    assert talk.state == before


def test_ending_early_leads_to_the_report_at_once() -> None:
    done = run(conversation(), "L3 a", FinishEarly())
    assert done.talk.state.phase is Phase.OVER
    assert "Thank you from ann." not in done.said
    assert len(done.talk.session.answers) == 1


def test_an_answer_begun_again_is_not_scored() -> None:
    talk = conversation(questions=(2,))
    driven = Run(talk, [AnswerBegun()])
    with pytest.raises(AssertionError, match="answering"):
        driven.until()
    assert [type(effect) for effect in talk.advance(AnswerTakenBack(), AT)] == [KeepState, Invite]
    assert talk.session.answers == ()


def reopened(talk: Conversation) -> Conversation:
    return Conversation(talk.session, Plan((), ()), talk.interviewers, talk.options, scorer=score_by_words)


def stop_after(effects: int) -> Callable[[Effect], bool]:
    left = iter(range(effects - 1, -1, -1))
    return lambda _effect: next(left) == 0


def test_an_interview_stopped_at_any_point_goes_on_there_with_nothing_lost_or_asked_twice() -> None:
    answers: list[str | Event] = [
        "L2 lacks result",
        "L3 it ended well",
        Asked(typed("ask what matters most")),
        "L3 b",
        "ask what is the biggest challenge",
        "no",
        "goodbye ann",
    ]
    whole = run(conversation(questions=(2, 3, 6)), *answers)
    for stop in range(1, len(whole.effects)):
        talk = conversation(questions=(2, 3, 6))
        first = Run(talk, answers)
        first.until(stop_after(stop))
        if talk.state.phase is Phase.OVER:
            continue
        cut_off = talk.state.phase is Phase.SPEAKING
        second = Run(reopened(talk), first.answers)
        waiting: list[Event] = []
        for effect in second.talk.resume():
            if isinstance(effect, Say):
                second.said.append(effect.line.text)
                waiting.append(LineFinished())
            elif isinstance(effect, Invite):
                given = first.answers[0]
                second.answers = first.answers[1:]
                waiting.append(UtteranceHeard(typed(given)) if isinstance(given, str) else given)
            elif isinstance(effect, ShowFeedback):
                waiting.append(GoOn())
        assert len(waiting) == 1, f"stopped after {stop} effects: nothing to go on with"
        second.answers.insert(0, waiting[0])
        second.until()
        assert second.talk.session.answers == whole.talk.session.answers
        assert second.talk.session.learned == whole.talk.session.learned
        # A line cut off in the middle is said anew: it was not heard to its end.
        heard = first.said[:-1] if cut_off else first.said
        heard_twice = [line for line in heard if line in second.said and whole.said.count(line) == 1]
        assert heard_twice == [], f"stopped after {stop} effects"


def test_a_pause_is_kept_and_lifted() -> None:
    talk = conversation()
    talk.advance(Begin(), AT)
    talk.advance(PauseInterview(), AT)
    assert reopened(talk).state.paused
    talk.advance(ResumeInterview(), AT)
    assert not talk.state.paused


@pytest.mark.parametrize("lines", [0, 99], ids=["while somebody speaks", "before an answer"])
def test_who_comes_back_to_a_paused_interview_finds_it_going_on(lines: int) -> None:
    talk = conversation()
    talk.advance(Begin(), AT)
    while lines and talk.state.phase is Phase.SPEAKING:
        talk.advance(LineFinished(), AT)
    talk.advance(PauseInterview(), AT)
    again = reopened(talk)
    assert isinstance(again.resume()[0], Invite if lines else Say)
    assert not again.state.paused


def test_the_candidates_turn_offers_time_to_think_only_before_a_question() -> None:
    driven = Run(conversation(questions=(2,), think_seconds=20), ["L2 lacks result", Skip(), Skip()])
    driven.until()
    invites = {e.purpose: e.think_seconds for e in driven.effects if isinstance(e, Invite)}
    assert invites[Purpose.QUESTION] == 20
    assert invites[Purpose.PROBE] == 0


def test_an_empty_transcript_is_kept_and_shown_as_not_scored() -> None:
    driven = Run(conversation(questions=(2,)), [UtteranceHeard(Transcript())])
    shown = driven.until(lambda effect: isinstance(effect, ShowFeedback))
    assert isinstance(shown, ShowFeedback)
    assert shown.answer.scorecard is not None
    assert not shown.answer.scorecard.scored


def test_one_can_go_back_to_a_question_left_out_and_then_goes_on_where_one_was() -> None:
    talk = conversation((0, 2, 3, 6))
    happened = run(talk, "zero L3", Skip(), GoBack(), "two L3", "three L3")
    assert [text for text in happened.said if "Question" in text] == [
        "Question 0?",
        "Question 2?",
        "Question 3?",
        "Of course, let us go back to that. Question 2?",
        "Question 3?",
        "Question 6?",
    ]
    assert [(answer.position, answer.attempt, answer.skipped) for answer in talk.session.answers] == [
        (0, 1, False),
        (1, 1, False),
        (2, 1, False),
    ]


def test_going_back_shows_the_former_answer_and_another_try_is_a_key_of_its_own() -> None:
    talk = conversation((0, 2, 3, 6))
    driven = Run(talk, ["zero L3"])
    driven.until(lambda effect: isinstance(effect, Invite) and talk.state.position == 1)
    (shown,) = (each for each in talk.advance(GoBack(), AT) if isinstance(each, ShowFeedback))
    assert shown.answer.transcript.text == "zero L3"
    assert (talk.state.position, talk.state.attempt) == (0, 1)
    assert any(isinstance(each, Say) for each in talk.advance(TryAgain(), AT))
    assert (talk.state.position, talk.state.attempt) == (0, 2)


def test_what_was_gone_back_to_is_left_with_the_next_question() -> None:
    talk = conversation((0, 2, 3, 6))
    happened = run(talk, "zero L3", GoBack(), "two L3")
    assert [(answer.position, answer.attempt) for answer in talk.session.answers] == [(0, 1), (1, 1)]
    assert happened.said.count("Question 2?") == 2


def test_there_is_no_way_back_before_the_first_question() -> None:
    talk = conversation()
    assert talk.earlier is None
    assert talk.advance(GoBack(), AT) == ()


@pytest.mark.parametrize(
    "words",
    [
        "Could you say that again please",
        "sorry, could you repeat the question?",
        "Pardon?",
        "What was the question again?",
        "I didn't catch that, can you say it once more please",
    ],
)
@pytest.mark.parametrize("how", [lambda words: words, lambda words: Asked(typed(words))], ids=["said", "asked"])
def test_who_asks_for_the_question_again_hears_it_again(words: str, how: Callable[[str], str | Event]) -> None:
    talk = conversation()
    happened = run(talk, "zero L3", how(words), "two L3")
    assert happened.said[2:4] == ["Question 2?", "Of course. Question 2?"]
    assert [answer.transcript.text for answer in talk.session.answers] == ["zero L3", "two L3"]


@pytest.mark.parametrize(
    "words", ["What do you mean?", "I don't understand the question", "what do you mean by that"]
)
def test_who_asks_what_is_meant_hears_what_the_question_is_after(words: str) -> None:
    asked = replace(QUESTIONS[2], guidance="One project, and your own part in it.")
    talk = conversation()
    turns = (replace(talk.plan.turns[0], question=asked), *talk.plan.turns[1:])
    talk.state = replace(talk.state, plan=replace(talk.plan, turns=turns))
    happened = run(talk, words, "two L3")
    assert happened.said[2] == "Let me put it another way. One project, and your own part in it. So: Question 2?"


@pytest.mark.parametrize(
    "words",
    [
        "I repeat the order to the guest",
        "Sorry I was late that day",
        "what do you mean to do about the rota",
        "I ask",
    ],
)
def test_an_answer_that_only_sounds_like_it_is_an_answer(words: str) -> None:
    talk = conversation()
    run(talk, words)
    assert talk.session.answers[0].transcript.text == words


@pytest.mark.parametrize(
    "words", ["Sorry, what do you mean with last step?", "which step?", "i am not sure what you are asking", "What?"]
)
@pytest.mark.parametrize("how", [lambda words: words, lambda words: Asked(typed(words))], ids=["said", "asked"])
def test_who_asks_back_in_a_follow_up_hears_it_in_plainer_words_and_still_has_the_turn(
    words: str, how: Callable[[str], str | Event]
) -> None:
    asked = replace(QUESTIONS[2], probes={Probe.RESULT: "What came of that last step?"})
    talk = conversation(questions=(2,))
    talk.state = replace(talk.state, plan=replace(talk.plan, turns=(replace(talk.plan.turns[0], question=asked),)))
    happened = run(talk, "L2 lacks result", how(words), "L3 they came back")
    plainer = f"{MEANT} {PLAINER_WORDS['outcome']}"
    assert happened.said[3] == ("Of course. What came of that last step?" if words == "What?" else plainer)
    assert talk.session.answers[0].transcript.text == "L2 lacks result L3 they came back"


def test_who_asks_back_where_a_piece_is_added_hears_it_in_plainer_words() -> None:
    going = with_feedback("L2 lacks result i rang them")
    going.answers = [AddPiece(), "what do you mean by that?", "L3 they came back"]
    shown = going.until(lambda effect: isinstance(effect, ShowFeedback))
    assert isinstance(shown, ShowFeedback)
    assert going.said[-1] == f"{MEANT} {PLAINER_WORDS['outcome']}"
    assert shown.answer.transcript.text == "L2 lacks result i rang them L3 they came back"


def test_who_asks_in_a_follow_up_which_place_is_meant_is_told() -> None:
    talk = conversation(questions=(2,), facts=Facts("Harbour Clinic"))
    happened = run(talk, "L2 lacks result", "Which place do you mean?", "L3 they came back")
    assert happened.said[3] == f"{MEANT} I mean Harbour Clinic. {PLAINER_WORDS['outcome']}"


def test_what_was_taken_for_asking_back_can_be_an_answer_after_all() -> None:
    talk = conversation(questions=(2,))
    run(talk, "L2 lacks result", "i am not sure what you are asking", TakenWrongly())
    assert talk.session.answers[0].transcript.text == "L2 lacks result i am not sure what you are asking"


def test_who_asks_which_work_is_meant_is_told_and_nothing_counts_as_a_question_of_the_closing_turn() -> None:
    why = replace(QUESTIONS[1], ask="What draws you to this kind of work?", guidance="Go back to the moment.")
    talk = conversation(questions=(1, 6), scorer=score_answer)
    talk.state = replace(
        talk.state, plan=replace(talk.plan, turns=(replace(talk.plan.turns[0], question=why), talk.plan.turns[1]))
    )
    words = "Excuse me, which kind of work do you mean?"
    happened = run(talk, words, "my mum was on this ward", "When will I hear from you?", "no", "bye")
    assert happened.said[2] == f"{MEANT} {ANY_WORK} Go back to the moment. So: What draws you to this kind of work?"
    (closing_answer,) = [each for each in talk.session.answers if is_closing(each) and not each.is_goodbye]
    assert closing_answer.scorecard
    assert [each.text for each in closing_answer.scorecard.asked] == ["When will I hear from you?"]


def test_who_asks_to_skip_goes_on_and_can_take_it_back() -> None:
    talk = conversation()
    happened = run(talk, "I'd rather skip that one", TakenWrongly(), "two L3")
    assert happened.said[1:4] == ["Question 0?", closing.LEFT_OUT, "Question 2?"]
    assert [(answer.transcript.text, answer.skipped) for answer in talk.session.answers] == [
        ("I'd rather skip that one", False),
        ("two L3", False),
    ]


def test_who_asks_to_skip_a_follow_up_keeps_the_answer_before_it_and_can_take_it_back() -> None:
    driven = Run(conversation(), ["zero L3", "L2 lacks result", "can we skip this"])
    driven.until(lambda effect: isinstance(effect, ShowFeedback) and effect.answer.position == 1)
    assert driven.talk.session.answers[1].transcript.text == "L2 lacks result"
    assert driven.talk.advance(TakenWrongly(), AT)
    assert driven.talk.session.answers[1].transcript.text == "L2 lacks result can we skip this"


def test_a_question_that_was_asked_to_be_skipped_is_kept_as_skipped() -> None:
    talk = conversation()
    run(talk, "zero L3", "can we skip this", Skip(), Skip())
    assert talk.session.answers[1].skipped
    drill = conversation(mode=Mode.DRILL)
    run(drill, "pass")
    assert drill.session.answers[0].transcript.text == "pass", "there is nothing to go on to"


@pytest.mark.parametrize(
    ("company", "told"), [("Harbour Clinic", "This is for Harbour Clinic."), ("", "No company was")]
)
def test_a_plain_fact_is_told_wherever_it_is_asked_for(company: str, told: str) -> None:
    asked = "which company is this for again?"
    talk = conversation(facts=Facts(company))
    happened = run(talk, asked, "zero L3", "two L3", f"ask {asked}", asked, "", asked, "thank you")
    assert sum(line.startswith(told) for line in happened.said) == 4
    assert happened.said[2].startswith(told)
    assert happened.said[3] == "Question 0?"
    assert talk.session.answers[0].transcript.text == "zero L3"


def test_what_was_taken_wrongly_is_past_once_the_answer_is_given() -> None:
    driven = Run(conversation(), ["which company is this for again?", "zero L3"])
    driven.until(lambda effect: isinstance(effect, ShowFeedback))
    assert driven.talk.advance(TakenWrongly(), AT) == ()


def test_what_was_taken_for_a_question_of_fact_can_be_an_answer() -> None:
    talk = conversation()
    run(talk, "which company is this for again?", TakenWrongly())
    assert talk.session.answers[0].transcript.text == "which company is this for again?"


# Adding the missing piece.


def with_feedback(answer: str, **options: Any) -> Run:
    talk = conversation((2, 3), probes=False, **options)
    going = Run(talk, [answer])
    going.until(lambda effect: isinstance(effect, ShowFeedback))
    return going


def test_the_missing_piece_is_asked_for_and_the_whole_answer_is_scored_anew() -> None:
    going = with_feedback("L2 lacks result i rang them")
    going.answers = [AddPiece(), "L3 they came back"]
    shown = going.until(lambda effect: isinstance(effect, ShowFeedback))
    assert isinstance(shown, ShowFeedback)
    assert going.said[-1] in {form.words for form in FORMS["outcome"]}
    assert shown.answer.transcript.text == "L2 lacks result i rang them L3 they came back"
    assert [utterance.purpose for utterance in shown.answer.utterances] == ["question", "piece"]
    assert shown.answer.attempt == 1
    assert shown.previous
    assert [levels(each) for each in (shown.previous, shown.answer)] == [2, 3]
    assert shown.answer.levels_before["examples"] == 2
    # Nothing is missing any more, so nothing can be added.
    assert going.talk.advance(AddPiece(), AT) == ()


def levels(answer: Answer) -> int | None:
    assert answer.scorecard
    return answer.scorecard.level("examples")


def test_a_piece_that_is_told_first_stands_before_the_answer() -> None:
    going = with_feedback("L2 lacks example i rang them")
    going.answers = [AddPiece(), "it was last june"]
    shown = going.until(lambda effect: isinstance(effect, ShowFeedback))
    assert isinstance(shown, ShowFeedback)
    assert shown.answer.transcript.text == "it was last june L2 lacks example i rang them"


def test_a_piece_left_out_leaves_the_answer_as_it_was() -> None:
    going = with_feedback("L2 lacks result i rang them")
    going.answers = [AddPiece(), Skip()]
    shown = going.until(lambda effect: isinstance(effect, ShowFeedback))
    assert isinstance(shown, ShowFeedback)
    assert len(shown.answer.utterances) == 1


def test_before_and_after_a_piece_are_there_again_after_resuming() -> None:
    going = with_feedback("L2 lacks result i rang them")
    going.answers = [AddPiece(), "L3 they came back"]
    shown = going.until(lambda effect: isinstance(effect, ShowFeedback))
    talk = going.talk
    again = Conversation(talk.session, talk.plan, (ANN,), scorer=score_by_words)
    assert again.resume()[0] == shown


def test_after_a_piece_the_whole_question_can_be_tried_again() -> None:
    going = with_feedback("L2 lacks result i rang them")
    going.answers = [AddPiece(), "L3 they came back"]
    going.until(lambda effect: isinstance(effect, ShowFeedback))
    going.answers = [TryAgain(), "L4 all of it"]
    shown = going.until(lambda effect: isinstance(effect, ShowFeedback))
    assert isinstance(shown, ShowFeedback)
    assert shown.answer.attempt == 2
    assert shown.previous
    assert levels(shown.previous) == 3


def test_where_nothing_is_missing_no_piece_is_asked_for() -> None:
    going = with_feedback("L4 all of it")
    assert going.talk.missing_piece == ""
    assert going.talk.advance(AddPiece(), AT) == ()

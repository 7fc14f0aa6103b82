"""The plain interview: lines in, the whole interview out, nothing lost."""

import io
from collections.abc import Iterable

import pytest

from simulator.interview.setup import Setup
from simulator.interview_control.supplied_answers import SuppliedAnswer, SuppliedAnswers
from simulator.paths import user_paths
from simulator.plain import Left, PlainInterview
from simulator.services import Services
from simulator.sessions.session import Mode, Session, counted_scores
from simulator.settings import Settings
from simulator.speech.transcript import typed

STORY = (
    "last spring at the depot i led a team of five and i rewrote the rota because two people were always alone "
    "and after a month sick days fell from nine to three"
)


def interview(
    lines: Iterable[str],
    interactive: bool = False,
    given: Iterable[SuppliedAnswer] = (),
    count: int = 3,
    mode: Mode = Mode.COACH,
    probes: bool = False,
    self_rating: bool = False,
    question_id: str = "",
) -> tuple[Session, str, Services]:
    """Run one; its session as the store has it, and all that was printed."""
    services = Services(user_paths(), Settings(probes=probes, candidate_name="Sam", self_rating=self_rating))
    conversation = services.interviews.begin(Setup(count=count, mode=mode, seed=4, question_id=question_id))
    out = io.StringIO()
    talk = PlainInterview(services, conversation, iter(lines), out, interactive, given)
    try:
        talk.run()
    except Left:
        out.write("LEFT")
    return services.data.store.session(conversation.session.id), out.getvalue(), services


def test_typed_lines_make_a_whole_interview_that_ends_with_a_report() -> None:
    session, out, _ = interview([STORY, STORY, "what is the biggest challenge for the team", "no thank you"])
    assert session.finished
    assert [answer.transcript.text for answer in session.answers[:2]] == [STORY, STORY]
    assert "Report: First round, any field" in out
    assert "Concrete examples" in out
    assert out.index("Report") < out.index("What to do next")


def test_the_end_of_the_input_ends_the_interview_with_what_there_is() -> None:
    session, out, _ = interview([STORY])
    assert session.finished
    assert len(session.answers) == 1
    assert "Report" in out


def test_no_answer_at_all_still_ends_in_a_plain_sentence() -> None:
    session, out, _ = interview([])
    assert session.finished
    assert "Nothing was answered" in out


def test_realistic_mode_shows_nothing_before_the_report() -> None:
    _, out, _ = interview([STORY, STORY, "no"], mode=Mode.REALISTIC)
    assert "Next:" not in out.partition("Report")[0]


def test_a_probe_is_asked_and_its_reply_counts() -> None:
    session, out, _ = interview(
        ["i am a good leader and i always work hard for my team", STORY], count=2, probes=True
    )
    assert session.answers[0].probed
    assert "Scored together with your reply" in out


@pytest.mark.parametrize(("line", "words"), [("/help", "/skip"), ("/nonsense", "/skip")])
def test_what_can_be_typed_is_listed_on_demand(line: str, words: str) -> None:
    _, out, _ = interview([line, STORY], interactive=True)
    assert words in out


def test_a_person_may_try_again_after_feedback() -> None:
    session, _, _ = interview(
        ["i am a hard worker and a team player", "/again", STORY, "", "/leave"], interactive=True
    )
    assert [answer.attempt for answer in session.answers] == [1, 2]


def test_a_person_may_add_what_is_missing() -> None:
    session, out, _ = interview(
        ["i am a hard worker and a team player", "/add", STORY, "", "/leave"], interactive=True
    )
    assert "/add adds the missing piece" in out
    (answer,) = [answer for answer in session.answers if answer.utterances]
    assert "piece" in [utterance.purpose for utterance in answer.utterances]


def test_leaving_keeps_the_interview_and_it_goes_on_there() -> None:
    session, out, services = interview([STORY, "", "/leave"], interactive=True)
    assert out.endswith("LEFT")
    assert not session.finished
    resumed = services.interviews.resume(session.id)
    again = io.StringIO()
    PlainInterview(services, resumed, iter([STORY, "no thank you"]), again, interactive=False).run(resumed=True)
    whole = services.data.store.session(session.id)
    assert whole.finished
    assert len(whole.answers) == 3
    assert session.answers[0].question.ask not in again.getvalue().partition("Report")[0]


def test_coming_back_one_hears_once_more_what_is_to_be_answered() -> None:
    session, _, services = interview([STORY, "", "/leave"], interactive=True)
    resumed = services.interviews.resume(session.id)
    recording = services.recordings.path_for(resumed)
    recording.write_bytes(b"x" * 2_000)
    again = io.StringIO()
    with pytest.raises(Left):
        PlainInterview(services, resumed, iter(["/leave"]), again, interactive=True).run(resumed=True)
    first = again.getvalue().splitlines()[0]
    assert first.endswith(resumed.question.ask)
    assert str(recording) in again.getvalue()


def test_asking_back_is_answered_before_the_answer_counts() -> None:
    session, out, _ = interview(["/ask what matters most to you", STORY], interactive=True)
    assert "Now, back to my question." in out
    assert session.answers[0].transcript.text == STORY
    assert session.learned


def test_answers_given_ahead_are_used_in_order_before_lines() -> None:
    session, _, _ = interview(
        ["typed later on by hand and it is long enough to be scored"], given=[SuppliedAnswer(typed(STORY), "a.wav")]
    )
    assert session.answers[0].transcript.text == STORY
    assert session.answers[0].utterances[0].recording == "a.wav"
    assert session.answers[1].transcript.text.startswith("typed later")


@pytest.mark.parametrize("probes", [True, False])
def test_each_given_answer_goes_to_its_question_and_follow_ups_take_none(probes: bool) -> None:
    thin = "It was fine and we got on with it, more or less, as one does."
    session, _, _ = interview(
        [], given=[SuppliedAnswer(typed(thin)), SuppliedAnswer(typed(STORY))], probes=probes, count=3
    )
    assert [answer.utterances[0].transcript.text for answer in session.answers[:2]] == [thin, STORY]
    assert [len(answer.utterances) for answer in session.answers[:2]] == [1, 1]


def test_an_answer_named_for_a_question_goes_to_that_one() -> None:
    plan = interview([], count=3)[2].planner.plan(Setup(count=3, seed=4))[0]
    second = plan.turns[1].question.id
    answers = SuppliedAnswers([SuppliedAnswer(typed("a"), question_id=second), SuppliedAnswer(typed("b"))], plan)
    assert answers.missing == [3]
    one = SuppliedAnswers([SuppliedAnswer(typed("a"))], plan)
    assert "questions 2 to 3 of this interview stay unanswered" in one.told()
    assert "question 3" in answers.told()
    more = SuppliedAnswers([SuppliedAnswer(typed(str(n))) for n in range(5)], plan)
    assert (more.unused, more.told()) == (2, "There are more answers than questions: the last 2 are not used.")
    alone = interview([], count=1)[2].planner.plan(Setup(count=1, seed=4))[0]
    two = [SuppliedAnswer(typed("a")), SuppliedAnswer(typed("b"))]
    assert "the last one is not used" in SuppliedAnswers(two, alone).told()
    assert SuppliedAnswers(two, alone, drill=True).told() == ""


def test_blank_lines_on_a_pipe_are_no_answers() -> None:
    session, _, _ = interview(["", "  ", STORY, "", STORY])
    assert [answer.transcript.text for answer in session.answers[:2]] == [STORY, STORY]
    assert not any(answer.skipped for answer in session.answers[:2])


def test_ending_early_gives_the_report() -> None:
    session, out, _ = interview([STORY, "", "/finish", "/skip"], interactive=True, count=5)
    assert session.finished
    assert "Report" in out
    assert len(session.answers) == 1


def test_where_wished_a_person_rates_each_answer_before_its_levels_are_shown() -> None:
    session, out, services = interview([STORY, "7", "2", "", "/leave"], interactive=True, self_rating=True)
    asked = out.index("How well do you think it went?")
    assert out.index("A number from 0 to 4") > asked
    assert out.index("Next:") > asked
    assert "0 not at all, 1 a little, 2 in part, 3 well, 4 very well" in out[asked:]
    assert "of 4, you gave yourself 2." in out[asked:]
    (answer,) = session.answers[:1]
    leading = counted_scores(answer)[0][0].rubric
    assert answer.self_rating == {leading: 2}, "what the feedback shows first is rated first"
    assert {point.self_level for point in services.data.store.levels_over_time(leading)} == {2}


def test_the_own_rating_can_be_left_out_and_is_off_unless_wished() -> None:
    session, out, _ = interview([STORY, "", "", "/leave"], interactive=True, self_rating=True)
    assert session.answers[0].self_rating == {}
    assert "How well do you think it went?" in out
    _, out, _ = interview([STORY, "", "/leave"], interactive=True)
    assert "How well do you think it went?" not in out


def test_in_realistic_mode_one_rates_oneself_before_the_report() -> None:
    lines = [STORY, STORY, "/skip", "/skip", "3", "1", "1", "1", "1"]
    session, out, _ = interview(lines, interactive=True, self_rating=True, mode=Mode.REALISTIC)
    assert session.finished
    assert out.index("How well do you think it went?") < out.index("Report")
    assert session.answers[0].self_rating[counted_scores(session.answers[0])[0][0].rubric] == 3
    assert session.answers[1].self_rating


def test_nobody_is_asked_where_lines_come_from_a_pipe() -> None:
    _, out, _ = interview([STORY, STORY, "no"], self_rating=True)
    assert "How well do you think it went?" not in out


def test_a_strong_answer_is_shown_after_the_own_try_when_asked_for_and_then_the_next() -> None:
    lines = [STORY, "/example", "/example", "/leave"]
    session, out, services = interview(lines, interactive=True, mode=Mode.DRILL, question_id="mistake")
    first, second, *_ = services.library.worked_answers(session.answers[0].question)
    before, _, after = out.partition("/example shows a strong answer")
    assert first.answer not in before
    assert after.index(f"A strong answer (1 of 4). {first.who}: {first.answer}") < after.index(second.answer)
    assert "It has: ✓ a particular event  ✓ your own part" in after


def test_a_worked_answer_is_spoken_by_somebody_else() -> None:
    services = Services(user_paths(), Settings(probes=False))
    conversation = services.interviews.begin(Setup(count=2, seed=4))
    said: list[tuple[str, str]] = []
    lines = iter([STORY, "/example", "/leave"])
    talk = PlainInterview(
        services, conversation, lines, io.StringIO(), True, aloud=lambda text, who: said.append((text, who))
    )
    with pytest.raises(Left):
        talk.run()
    asked = services.library.worked_answers(conversation.question)[0].answer
    (speaker,) = {who for text, who in said if text == asked}
    interviewer = services.interviewers.get(conversation.plan.interviewer_ids[0])
    assert services.interviewers.get(speaker).voice.gender != interviewer.voice.gender


def test_whoever_leans_on_enter_for_long_is_only_asked_again() -> None:
    session, out, _ = interview(["\n"] * 2000 + [STORY], interactive=True)
    assert session.answers[0].transcript.text == STORY
    assert out.endswith("LEFT")


@pytest.mark.one_in(3)
@pytest.mark.parametrize("line", ["", "/example", "/what"])
def test_the_same_line_a_thousand_times_over_is_no_trouble(line: str) -> None:
    """Also where somebody leans on a key: lines that bring the interview no further are read in a loop."""
    session, text, _ = interview([*[line] * 1200, "/leave"], interactive=True)
    assert not session.answers
    assert "Traceback" not in text

"""The plain interview: lines in, the whole interview out, nothing lost."""

import io
from collections.abc import Iterable

import pytest

from simulator.places import user_places
from simulator.plain import Given, Left, PlainInterview
from simulator.sessions.session import Mode, Session
from simulator.settings import Settings
from simulator.speech.transcript import typed
from simulator.studio import Setup, Studio

STORY = (
    "last spring at the depot i led a team of five and i rewrote the rota because two people were always alone "
    "and after a month sick days fell from nine to three"
)


def interview(
    lines: Iterable[str],
    interactive: bool = False,
    given: Iterable[Given] = (),
    count: int = 3,
    mode: Mode = Mode.COACH,
    probes: bool = False,
    self_rating: bool = False,
) -> tuple[Session, str, Studio]:
    """Run one; its session as the store has it, and all that was printed."""
    studio = Studio(user_places(), Settings(probes=probes, candidate_name="Sam", self_rating=self_rating))
    conversation = studio.begin(Setup(count=count, mode=mode, seed=4))
    out = io.StringIO()
    talk = PlainInterview(studio, conversation, iter(lines), out, interactive, given)
    try:
        talk.run()
    except Left:
        out.write("LEFT")
    return studio.store.session(conversation.session.id), out.getvalue(), studio


def test_typed_lines_make_a_whole_interview_that_ends_with_a_report() -> None:
    session, out, _ = interview([STORY, STORY, "what is the biggest challenge for the team", "no thank you"])
    assert session.finished
    assert [answer.transcript.text for answer in session.answers[:2]] == [STORY, STORY]
    assert "Report: First round, any field" in out
    assert "Concrete examples" in out
    assert out.index("Report") < out.index("To do next")


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


def test_an_empty_line_in_a_pipe_skips_the_question() -> None:
    session, _, _ = interview(["", STORY])
    assert [answer.skipped for answer in session.answers[:2]] == [True, False]


@pytest.mark.parametrize(("line", "words"), [("/help", "/skip"), ("/nonsense", "/skip")])
def test_what_can_be_typed_is_listed_on_demand(line: str, words: str) -> None:
    _, out, _ = interview([line, STORY], interactive=True)
    assert words in out


def test_a_person_may_try_again_after_feedback() -> None:
    session, _, _ = interview(
        ["i am a hard worker and a team player", "/again", STORY, "", "/leave"], interactive=True
    )
    assert [answer.attempt for answer in session.answers] == [1, 2]


def test_leaving_keeps_the_interview_and_it_goes_on_there() -> None:
    session, out, studio = interview([STORY, "", "/leave"], interactive=True)
    assert out.endswith("LEFT")
    assert not session.finished
    resumed = studio.resume(session.id)
    again = io.StringIO()
    PlainInterview(studio, resumed, iter([STORY, "no thank you"]), again, interactive=False).run(resumed=True)
    whole = studio.store.session(session.id)
    assert whole.finished
    assert len(whole.answers) == 3
    assert session.answers[0].question.ask not in again.getvalue().partition("Report")[0]


def test_asking_back_is_answered_before_the_answer_counts() -> None:
    session, out, _ = interview(["/ask what matters most to you", STORY], interactive=True)
    assert "Now, back to my question." in out
    assert session.answers[0].transcript.text == STORY
    assert session.learned


def test_answers_given_ahead_are_used_in_order_before_lines() -> None:
    session, _, _ = interview(
        ["typed later on by hand and it is long enough to be scored"], given=[Given(typed(STORY), "a.wav")]
    )
    assert session.answers[0].transcript.text == STORY
    assert session.answers[0].utterances[0].recording == "a.wav"
    assert session.answers[1].transcript.text.startswith("typed later")


def test_ending_early_gives_the_report() -> None:
    session, out, _ = interview([STORY, "", "/finish", "/skip"], interactive=True, count=5)
    assert session.finished
    assert "Report" in out
    assert len(session.answers) == 1


def test_where_wished_a_person_rates_each_answer_before_its_levels_are_shown() -> None:
    session, out, studio = interview([STORY, "7", "2", "", "/leave"], interactive=True, self_rating=True)
    asked = out.index("How do you think it went?")
    assert out.index("A number from 0 to 4") > asked
    assert out.index("Next:") > asked
    (answer,) = session.answers[:1]
    assert answer.self_rating == {"examples": 2}
    assert {point.self_level for point in studio.store.levels_over_time("examples")} == {2}


def test_the_own_rating_can_be_left_out_and_is_off_unless_wished() -> None:
    session, out, _ = interview([STORY, "", "", "/leave"], interactive=True, self_rating=True)
    assert session.answers[0].self_rating == {}
    assert "How do you think it went?" in out
    _, out, _ = interview([STORY, "", "/leave"], interactive=True)
    assert "How do you think it went?" not in out


def test_in_realistic_mode_one_rates_oneself_before_the_report() -> None:
    lines = [STORY, STORY, "/skip", "/skip", "3", "1", "1", "1", "1"]
    session, out, _ = interview(lines, interactive=True, self_rating=True, mode=Mode.REALISTIC)
    assert session.finished
    assert out.index("How do you think it went?") < out.index("Report")
    assert session.answers[0].self_rating["examples"] == 3
    assert session.answers[1].self_rating


def test_nobody_is_asked_where_lines_come_from_a_pipe() -> None:
    _, out, _ = interview([STORY, STORY, "no"], self_rating=True)
    assert "How do you think it went?" not in out

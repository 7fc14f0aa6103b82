"""The sample interview: real voices, the real recogniser, the three rubrics, kept as a sample."""

import io

import pytest

from simulator.paths import user_paths
from simulator.sample import run_sample_interview, sample_turns
from simulator.services import Services
from simulator.sessions.store import Store
from simulator.settings import Settings
from tests.fakes import fake_sound


def run(services: Services | None = None) -> str:
    out = io.StringIO()
    assert run_sample_interview(out, services) == 0
    return out.getvalue()


def test_it_is_spoken_heard_scored_and_kept() -> None:
    told = run()
    assert "this is the sample" in told
    for rubric in ("Concrete examples", "Motivation", "Forward-looking questions"):
        assert rubric in told
    assert "Next: " in told
    assert "transcribed offline" in told
    store = Store(user_paths().database)
    (summary,) = store.summaries()
    session = store.session(summary.id)
    store.close()
    assert session.sample
    assert session.finished
    for turn, answer in zip(sample_turns(), session.answers, strict=True):
        said, heard = turn.answer.split(), answer.transcript.text.split()
        assert len(set(said) - set(heard)) <= len(said) // 20, "the recogniser should hear its own sample"
        assert answer.transcript.timed
        assert (user_paths().recordings / answer.utterances[0].recording).is_file()


def test_the_strong_answer_scores_above_the_weak_one() -> None:
    run()
    store = Store(user_paths().database)
    session = store.session(store.summaries()[0].id)
    store.close()
    levels = {answer.question.id: answer.scorecard for answer in session.answers if answer.scorecard}
    strong, weak = (levels[name].level("examples") for name in ("led-others", "helped-somebody"))
    assert strong is not None
    assert weak is not None
    assert strong >= 3 > 2 > weak


def test_without_a_voice_it_says_so_and_goes_on_with_the_written_words(monkeypatch: pytest.MonkeyPatch) -> None:
    told = run(Services(user_paths(), Settings(), fake_sound()))
    assert "A fake voice saves nothing. Going on with the written words." in told
    assert told.count("Going on with the written words.") == 1
    assert "Forward-looking questions" in told

"""Recordings: within reach under either ending, made smaller one by one, nothing half done left behind."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from simulator.errors import UserError
from simulator.interview.setup import Setup
from simulator.locks import try_lock
from simulator.paths import AppPaths, user_paths
from simulator.services import Services
from simulator.sessions.export import sounds_in
from simulator.sessions.recordings import found, names_of, tidy, turn_into_flac, unkept
from simulator.sessions.session import Session
from simulator.sessions.sound_copies import copy_recordings
from simulator.sessions.store import Store
from simulator.speech.recording import Recorder
from tests.sessions.made import practice
from tests.speech.sounds import tone


@pytest.fixture
def paths(simulator_home: Path) -> AppPaths:
    simulator_home.mkdir()
    return user_paths()


@pytest.fixture
def store(paths: AppPaths) -> Iterator[Store]:
    opened = Store(paths.database)
    yield opened
    opened.close()


def recorded(folder: Path, name: str, seconds: float = 0.2) -> Path:
    recorder = Recorder(folder / name)
    recorder.write(tone(300, seconds))
    recorder.close()
    return recorder.path


def spoken_practice(folder: Path) -> Session:
    """A session with a recording of each of its answers."""
    answers = []
    for number, answer in enumerate(practice().answers):
        path = recorded(folder, f"{practice().id}/{number + 1:02d}-1-question-1.wav")
        name = path.relative_to(folder).as_posix()
        answers.append(replace(answer, utterances=(replace(answer.utterances[0], recording=name),)))
    return practice(answers=tuple(answers))


def test_a_recording_is_found_under_the_ending_that_is_there(tmp_path: Path) -> None:
    (tmp_path / "s").mkdir()
    for there, asked in (("a.flac", "s/a.wav"), ("b.wav", "s/b.flac"), ("c.wav", "s/c.wav")):
        (tmp_path / "s" / there).write_bytes(b"sound")
        assert found(tmp_path, asked) == tmp_path / "s" / there
        assert sounds_in(tmp_path)(asked) == b"sound"
    assert found(tmp_path, "s/d.wav") is None
    assert found(tmp_path, "") is None


def test_all_are_made_smaller_and_known_by_their_new_names(store: Store, paths: AppPaths) -> None:
    store.begin(spoken_practice(paths.recordings))
    assert turn_into_flac(store, paths.recordings, practice().id) == []
    names = names_of(store.session(practice().id).answers)
    assert len(names) == 4
    assert all(name.endswith(".flac") for name in names)
    assert sorted(path.name for path in (paths.recordings / practice().id).iterdir()) == sorted(
        name.partition("/")[2] for name in names
    )


@pytest.mark.parametrize("content", [b"", b"RIFF", b"no sound" * 100])
def test_one_that_is_broken_stays_and_stops_none_of_the_others(store: Store, paths: AppPaths, content: bytes) -> None:
    session = spoken_practice(paths.recordings)
    store.begin(session)
    first, *others = names_of(session.answers)
    (paths.recordings / first).write_bytes(content)
    (problem,) = turn_into_flac(store, paths.recordings, session.id)
    assert first in str(problem)
    assert names_of(store.session(session.id).answers) == [
        first,
        *(name.replace(".wav", ".flac") for name in others),
    ]
    assert (paths.recordings / first).read_bytes() == content


def test_what_changes_meanwhile_is_not_taken_back(store: Store, paths: AppPaths) -> None:
    """A word may be corrected while recordings are made smaller: only the name of the recording changes."""
    session = spoken_practice(paths.recordings)
    store.begin(session)
    answer = session.answers[0]
    store.keep_answer(replace(answer, answered_at="2026-11-23T18:00:00Z"))
    store.rename_recording(answer.id, answer.utterances[0].recording, "new.flac")
    kept = store.answer(answer.id)
    assert (kept.answered_at, kept.utterances[0].recording) == ("2026-11-23T18:00:00Z", "new.flac")


def test_what_a_kill_left_half_done_is_finished_at_the_next_start(store: Store, paths: AppPaths) -> None:
    session = spoken_practice(paths.recordings)
    store.begin(session)
    folder = paths.recordings / session.id
    (folder / "01-1-question-1.flac.part").write_bytes(b"half")
    (folder / "01-1-question-1.flac").write_bytes(b"made, but the store does not know of it")
    tidy(store, paths.recordings)
    assert {path.suffix for path in folder.iterdir()} == {".flac"}
    assert found(paths.recordings, names_of(store.session(session.id).answers)[0])


def test_a_part_that_is_being_written_is_left_alone(store: Store, paths: AppPaths) -> None:
    part = paths.recordings / "s" / "a.flac.part"
    part.parent.mkdir(parents=True)
    with part.open("wb") as file:
        assert try_lock(file)
        tidy(store, paths.recordings)
        assert part.exists()
    tidy(store, paths.recordings)
    assert not part.exists()


def test_copies_are_made_of_what_is_there(paths: AppPaths, tmp_path: Path) -> None:
    session = spoken_practice(paths.recordings)
    first = paths.recordings / names_of(session.answers)[0]
    first.rename(first.with_suffix(".flac"))
    assert len(copy_recordings(session, paths.recordings, tmp_path / "copies")) == 12


def test_every_recording_of_an_answer_cut_short_twice_is_offered_the_newest_first(paths: AppPaths) -> None:
    services = Services(paths)
    talk = services.interviews.begin(Setup(count=2, seed=1))
    wanted = services.recordings.path_for(talk)
    made = [recorded(wanted.parent, wanted.name) for _ in range(3)]
    recorded(wanted.parent, "02-1-question-1.wav")
    recorded(wanted.parent, wanted.name.replace(".wav", "-9.wav"), 0.0)
    assert [path.name for path in made] == [wanted.name, *(f"{wanted.stem}-{n}.wav" for n in (2, 3))]
    assert services.recordings.unkept(talk) == made[::-1]
    assert unkept(paths.recordings, wanted, spoken_practice(paths.data / "other")) == made[::-1]
    services.close()


def test_one_interview_is_open_in_one_place_only(paths: AppPaths) -> None:
    here, there = Services(paths), Services(paths)
    talk = here.interviews.begin(Setup(count=2, seed=1))
    with pytest.raises(UserError, match="is open in another Second Round"):
        there.interviews.resume(talk.session.id)
    here.interviews.leave(talk.session.id)
    assert there.interviews.resume(talk.session.id).session.id == talk.session.id
    with pytest.raises(UserError, match="is open in another Second Round"):
        here.interviews.resume(talk.session.id)
    there.close()
    assert here.interviews.resume(talk.session.id)
    here.close()
    assert list(paths.open_interviews.iterdir()) == []

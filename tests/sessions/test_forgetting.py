"""Keep or forget: old recordings go when that is wished, and a wipe leaves nothing."""

import sqlite3
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from simulator.paths import AppPaths, user_paths
from simulator.services import Services
from simulator.sessions.archive import write_archive
from simulator.sessions.forgetting import (
    copies_left,
    forget_old_recordings,
    forget_recordings,
    private_leftovers,
    wipe,
)
from simulator.sessions.session import Learned, LearnedKind
from simulator.sessions.store import Store
from simulator.sessions.store_documents import DELETED_WITH_A_SESSION
from simulator.settings import Settings
from simulator.speech.transcript import typed
from tests.sessions.made import CALM, answered, practice

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def paths(simulator_home: Path) -> AppPaths:
    simulator_home.mkdir()
    return user_paths()


def record(paths: AppPaths, session_id: str) -> Path:
    path = paths.recordings / session_id / "01-1-question-1.wav"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"x" * 1000)
    return path


def test_recordings_older_than_wished_go_and_words_stay(paths: AppPaths) -> None:
    store = Store(paths.database)
    for session_id, started, place in (
        ("old", "2026-10-01T10:00:00Z", ""),
        ("young", "2026-11-20T10:00:00Z", ""),
        ("unfinished", "2026-10-01T10:00:00Z", "{}"),
    ):
        store.begin(practice(session_id, started_at=started, place=place, finished_at="" if place else started))
    recorded = {each: record(paths, each) for each in ("old", "young", "unfinished", "unknown")}
    assert forget_old_recordings(store, paths.recordings, 0, NOW).files == 0
    gone = forget_old_recordings(store, paths.recordings, 30, NOW)
    assert (gone.files, gone.size) == (1, 1000)
    assert {each for each, path in recorded.items() if path.exists()} == {"young", "unfinished", "unknown"}
    assert store.session("old").answers[1].transcript.text
    assert forget_old_recordings(store, paths.recordings, 30, NOW).files == 0
    store.close()


def test_the_app_tidies_at_its_start_as_the_settings_say(paths: AppPaths) -> None:
    services = Services(paths, Settings(keep_recordings_days=7))
    services.data.store.begin(practice("old", started_at="2020-01-01T00:00:00Z"))
    services.data.store.begin(practice("deleted"))
    old, deleted = record(paths, "old"), record(paths, "deleted")
    services.data.store.delete("deleted")
    services.recordings.tidy()
    assert not old.exists()
    assert not deleted.exists()
    assert services.data.store.session("old")
    assert services.data.store.deleted() == []
    services.close()


@pytest.mark.parametrize("session_id", ["", "..", "../home", "a/b", "."])
def test_an_id_never_leads_out_of_the_recordings(paths: AppPaths, session_id: str) -> None:
    record(paths, "kept")
    (paths.recordings / "a" / "b").mkdir(parents=True)
    (paths.recordings / "a" / "b" / "x.wav").touch()
    outside = paths.data / "outside.txt"
    outside.touch()
    assert forget_recordings(paths.recordings, session_id).files == 0
    assert outside.exists()
    assert len(list(paths.recordings.rglob("*.wav"))) == 2


def test_a_wipe_leaves_nothing_of_the_practice_and_the_settings_alone(paths: AppPaths) -> None:
    store = Store(paths.database)
    store.begin(practice())
    store.keep_document("job", "nurse", "{}")
    store.close()
    paths.database.with_name("sessions-damaged-20261101-101010.sqlite3").write_bytes(b"old")
    paths.database.with_name("sessions-before-version-2.sqlite3").write_bytes(b"older")
    paths.log_file.write_text("log")
    record(paths, practice().id)
    paths.exports.mkdir()
    (paths.exports / "a.html").write_text("words")
    paths.spoken.mkdir(parents=True)
    (paths.spoken / "greeting-by-name.wav").write_bytes(b"sound")
    paths.sound_check.write_bytes(b"sound")
    kept = [paths.settings_file, paths.data / "sessions of my own.txt", paths.banks / "own.yaml"]
    paths.banks.mkdir()
    for path in kept:
        path.write_text("mine")
    gone = wipe(paths)
    assert gone.files == 8
    assert gone.size > 1000
    assert private_leftovers(paths) == []
    assert sorted(path for path in paths.data.rglob("*") if path.is_file()) == sorted(kept)


def test_after_a_deletion_no_word_of_it_is_in_any_table_or_file(paths: AppPaths) -> None:
    """All that can belong to a session is made, and then every byte that is left is read."""
    words = ("zanzibarian", "rutabaga", "whispering", "quixotic", "marzipan")
    services = Services(paths)
    services.data.store.begin(practice("kept"))
    secret = answered("gone", 0, CALM, typed("zanzibarian"))
    learned = (Learned("ann", "Ann Lee", LearnedKind.PROBLEM, "rutabaga"),)
    services.data.store.begin(practice("gone", answers=(secret,), learned=learned, candidate_name="quixotic"))
    services.data.store.keep_draft("gone", "whispering")
    for kind in DELETED_WITH_A_SESSION[1:]:
        services.data.store.keep_document(kind, "gone", '{"id": "marzipan"}')
    record(paths, "gone").write_bytes(b"whispering")
    paths.database.with_name("sessions-before-version-2.sqlite3").write_bytes(b"rutabaga")
    services.data.store.delete("gone")
    archive = paths.data.parent / "a.zip"
    write_archive(services.data.store, paths.recordings, archive)
    with zipfile.ZipFile(archive) as opened:
        assert not any(word.encode() in opened.read(name) for name in opened.namelist() for word in words)
    services.recordings.purge_deleted()
    services.close()
    with sqlite3.connect(paths.database) as db:
        for (table,) in db.execute("SELECT name FROM sqlite_master WHERE type='table'").fetchall():
            rows = str(db.execute(f'SELECT * FROM "{table}"').fetchall())
            assert not any(word in rows for word in (*words, "gone")), table
    for path in (each for each in paths.data.rglob("*") if each.is_file()):
        assert not any(word.encode() in path.read_bytes() for word in words), path


def test_a_deleted_session_says_which_files_may_still_hold_it(paths: AppPaths) -> None:
    made = [paths.exports / "gone.html", paths.data / "sessions-damaged-20261101-101010.sqlite3"]
    paths.exports.mkdir()
    for path in (*made, paths.exports / "other.html"):
        path.write_text("words")
    assert copies_left(paths, "gone") == sorted(made)


def test_a_wipe_follows_no_link(paths: AppPaths, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "precious.txt").write_text("x")
    paths.recordings.mkdir()
    (paths.recordings / "link").symlink_to(elsewhere)
    wipe(paths)
    assert (elsewhere / "precious.txt").exists()
    assert not paths.recordings.exists()

"""Keep or forget: old recordings go when that is wished, and a wipe leaves nothing."""

import sqlite3
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from simulator.places import Places, user_places
from simulator.sessions.archive import write_archive
from simulator.sessions.forgetting import (
    copies_left,
    forget_old_recordings,
    forget_recordings,
    private_leftovers,
    wipe,
)
from simulator.sessions.session import Learned, LearnedKind
from simulator.sessions.store import OF_A_SESSION, Store
from simulator.settings import Settings
from simulator.speech.transcript import typed
from simulator.studio import Studio
from tests.sessions.made import CALM, answered, practice

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def places(simulator_home: Path) -> Places:
    simulator_home.mkdir()
    return user_places()


def record(places: Places, session_id: str) -> Path:
    path = places.recordings / session_id / "01-1-question-1.wav"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"x" * 1000)
    return path


def test_recordings_older_than_wished_go_and_words_stay(places: Places) -> None:
    store = Store(places.database)
    for session_id, started, place in (
        ("old", "2026-10-01T10:00:00Z", ""),
        ("young", "2026-11-20T10:00:00Z", ""),
        ("unfinished", "2026-10-01T10:00:00Z", "{}"),
    ):
        store.begin(practice(session_id, started_at=started, place=place, finished_at="" if place else started))
    paths = {each: record(places, each) for each in ("old", "young", "unfinished", "unknown")}
    assert forget_old_recordings(store, places.recordings, 0, NOW).files == 0
    gone = forget_old_recordings(store, places.recordings, 30, NOW)
    assert (gone.files, gone.size) == (1, 1000)
    assert {each for each, path in paths.items() if path.exists()} == {"young", "unfinished", "unknown"}
    assert store.session("old").answers[1].transcript.text
    assert forget_old_recordings(store, places.recordings, 30, NOW).files == 0
    store.close()


def test_the_app_tidies_at_its_start_as_the_settings_say(places: Places) -> None:
    studio = Studio(places, Settings(keep_recordings_days=7))
    studio.store.begin(practice("old", started_at="2020-01-01T00:00:00Z"))
    studio.store.begin(practice("deleted"))
    old, deleted = record(places, "old"), record(places, "deleted")
    studio.store.delete("deleted")
    studio.tidy()
    assert not old.exists()
    assert not deleted.exists()
    assert studio.store.session("old")
    assert studio.store.deleted() == []
    studio.close()


@pytest.mark.parametrize("session_id", ["", "..", "../home", "a/b", "."])
def test_an_id_never_leads_out_of_the_recordings(places: Places, session_id: str) -> None:
    record(places, "kept")
    (places.recordings / "a" / "b").mkdir(parents=True)
    (places.recordings / "a" / "b" / "x.wav").touch()
    outside = places.data / "outside.txt"
    outside.touch()
    assert forget_recordings(places.recordings, session_id).files == 0
    assert outside.exists()
    assert len(list(places.recordings.rglob("*.wav"))) == 2


def test_a_wipe_leaves_nothing_of_the_practice_and_the_settings_alone(places: Places) -> None:
    store = Store(places.database)
    store.begin(practice())
    store.keep_document("job", "nurse", "{}")
    store.close()
    places.database.with_name("sessions-damaged-20261101-101010.sqlite3").write_bytes(b"old")
    places.database.with_name("sessions-before-version-2.sqlite3").write_bytes(b"older")
    places.log_file.write_text("log")
    record(places, practice().id)
    places.exports.mkdir()
    (places.exports / "a.html").write_text("words")
    kept = [places.settings_file, places.data / "sessions of my own.txt", places.banks / "own.yaml"]
    places.banks.mkdir()
    for path in kept:
        path.write_text("mine")
    gone = wipe(places)
    assert gone.files == 6
    assert gone.size > 1000
    assert private_leftovers(places) == []
    assert sorted(path for path in places.data.rglob("*") if path.is_file()) == sorted(kept)


def test_after_a_deletion_no_word_of_it_is_in_any_table_or_file(places: Places) -> None:
    """All that can belong to a session is made, and then every byte that is left is read."""
    words = ("zanzibarian", "rutabaga", "whispering", "quixotic", "marzipan")
    studio = Studio(places)
    studio.store.begin(practice("kept"))
    secret = answered("gone", 0, CALM, typed("zanzibarian"))
    learned = (Learned("ann", "Ann Lee", LearnedKind.PROBLEM, "rutabaga"),)
    studio.store.begin(practice("gone", answers=(secret,), learned=learned, candidate_name="quixotic"))
    studio.store.keep_draft("gone", "whispering")
    for kind in OF_A_SESSION[1:]:
        studio.store.keep_document(kind, "gone", '{"id": "marzipan"}')
    record(places, "gone").write_bytes(b"whispering")
    places.database.with_name("sessions-before-version-2.sqlite3").write_bytes(b"rutabaga")
    studio.store.delete("gone")
    archive = places.data.parent / "a.zip"
    write_archive(studio.store, places.recordings, archive)
    with zipfile.ZipFile(archive) as opened:
        assert not any(word.encode() in opened.read(name) for name in opened.namelist() for word in words)
    studio.purge_deleted()
    studio.close()
    with sqlite3.connect(places.database) as db:
        for (table,) in db.execute("SELECT name FROM sqlite_master WHERE type='table'").fetchall():
            rows = str(db.execute(f'SELECT * FROM "{table}"').fetchall())
            assert not any(word in rows for word in (*words, "gone")), table
    for path in (each for each in places.data.rglob("*") if each.is_file()):
        assert not any(word.encode() in path.read_bytes() for word in words), path


def test_a_deleted_session_says_which_files_may_still_hold_it(places: Places) -> None:
    made = [places.exports / "gone.html", places.data / "sessions-damaged-20261101-101010.sqlite3"]
    places.exports.mkdir()
    for path in (*made, places.exports / "other.html"):
        path.write_text("words")
    assert copies_left(places, "gone") == sorted(made)


def test_a_wipe_follows_no_link(places: Places, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "precious.txt").write_text("x")
    places.recordings.mkdir()
    (places.recordings / "link").symlink_to(elsewhere)
    wipe(places)
    assert (elsewhere / "precious.txt").exists()
    assert not places.recordings.exists()

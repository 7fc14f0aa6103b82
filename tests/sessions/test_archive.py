"""A history as an archive: away and back without loss, and safe to take from a stranger."""

import json
import stat
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.errors import UserError
from simulator.paths import AppPaths, user_paths
from simulator.preparation.people import Person, PersonKind
from simulator.preparation.stories import Story
from simulator.services import Services
from simulator.sessions.archive import SAFE_NAME, full_json, write_archive
from simulator.sessions.archive_reading import read_archive
from simulator.sessions.export import json_text
from simulator.sessions.forgetting import private_leftovers, wipe
from simulator.sessions.session import Session
from simulator.sessions.store import Store
from tests.generated import many
from tests.sessions.made import STRONG, TEXTS, practice, sessions

POSTING = """Ward nurse
We are a small hospital by the sea and look for a nurse who stays calm.
Your tasks
- Look after twelve patients on the late shift
- Train new colleagues and students
What we ask for
- A nursing diploma and two years of experience on a ward
- Good written English
We offer a permanent contract and a flat nearby.
"""


@pytest.fixture
def paths(simulator_home: Path) -> AppPaths:
    simulator_home.mkdir()
    return user_paths()


@pytest.fixture
def store(paths: AppPaths) -> Iterator[Store]:
    opened = Store(paths.database)
    yield opened
    opened.close()


def with_recording(paths: AppPaths, session: Session, sound: bytes = b"RIFF sound") -> Session:
    name = f"{session.id}/01-2-question-1.flac"
    (paths.recordings / session.id).mkdir(parents=True, exist_ok=True)
    (paths.recordings / name).write_bytes(sound)
    answer = session.answers[1]
    utterances = (replace(answer.utterances[0], recording=name),)
    answers = (session.answers[0], replace(answer, utterances=utterances), *session.answers[2:])
    return replace(session, answers=answers)


def all_json(store: Store) -> bytes:
    return b"".join(json_text(full_json(store.session(each))).encode() for each in store.session_ids())


def test_away_wiped_and_back_is_the_same_byte_for_byte(paths: AppPaths, tmp_path: Path) -> None:
    store = Store(paths.database)
    store.begin(with_recording(paths, practice("20261101-100000-aaaa")))
    store.begin(practice("20261102-100000-bbbb", finished_at="", place='{"phase": "invited"}'))
    store.keep_document("job", "nurse", '{"title": "Ward nurse, 夜勤"}')
    store.keep_document("story", "depot", "{}")
    before = all_json(store)
    first = tmp_path / "first.zip"
    write_archive(store, paths.recordings, first)
    store.close()
    wipe(paths)
    assert not paths.database.exists()
    store = Store(paths.database)
    counted = read_archive(first, store, paths.recordings)
    assert (counted.sessions, counted.recordings, counted.documents) == (2, 1, 2)
    assert all_json(store) == before
    assert store.all_documents() == {"job": {"nurse": '{"title": "Ward nurse, 夜勤"}'}, "story": {"depot": "{}"}}
    sound = paths.recordings / "20261101-100000-aaaa" / "01-2-question-1.flac"
    assert sound.read_bytes() == b"RIFF sound"
    assert stat.S_IMODE(sound.stat().st_mode) == 0o600
    second = tmp_path / "second.zip"
    write_archive(store, paths.recordings, second)
    assert second.read_bytes() == first.read_bytes()
    store.close()


def test_the_whole_desk_and_what_the_candidate_added_come_back_byte_for_byte(
    simulator_home: Path, tmp_path: Path
) -> None:
    """Jobs, stories, people and drafts as their own rooms keep them, corrections and own ratings besides."""
    services = Services()
    job = services.data.repositories.add_job(POSTING)
    session = with_recording(services.paths, practice(job_id=job.id))
    services.data.store.begin(session)
    services.rescoring.correct(session.answers[1], 0, f"indeed {STRONG}")
    services.data.store.rate_self(session.answers[1].id, {"examples": 2})
    services.data.repositories.stories.save(Story("depot", "The depot, 夜勤", skills=("calm",), numbers="30 %"))
    services.data.repositories.people.save(
        Person("ann", "Ann Lee", PersonKind.INTERVIEWER, role="Ward manager", job_id=job.id)
    )
    for kind in ("letters", "timeline", "debrief", "of-a-later-version"):
        services.data.store.keep_document(kind, "one", '{"text": "\\u2028 \\"quoted\\" é\\n"}')
    before, documents = all_json(services.data.store), json_text(services.data.store.all_documents()).encode()
    first, second = tmp_path / "first.zip", tmp_path / "second.zip"
    write_archive(services.data.store, services.paths.recordings, first)
    repositories = (
        services.data.repositories.jobs.all(),
        services.data.repositories.stories.all(),
        services.data.repositories.people.all(),
    )
    services.close()
    wipe(services.paths)
    assert not private_leftovers(services.paths)
    services = Services()
    read_archive(first, services.data.store, services.paths.recordings)
    assert all_json(services.data.store) == before
    assert json_text(services.data.store.all_documents()).encode() == documents
    assert (
        services.data.repositories.jobs.all(),
        services.data.repositories.stories.all(),
        services.data.repositories.people.all(),
    ) == repositories
    back = services.data.store.answer(session.answers[1].id)
    assert back.original_transcript == session.answers[1].transcript
    assert dict(back.self_rating) == {"examples": 2}
    write_archive(services.data.store, services.paths.recordings, second)
    assert second.read_bytes() == first.read_bytes()
    # What lists and progress are made of is there again too.
    assert services.data.store.search("indeed")
    assert [point.self_level for point in services.data.store.levels_over_time("examples")].count(2) == 1
    services.close()


@given(
    st.dictionaries(
        TEXTS.filter(bool), st.dictionaries(TEXTS.filter(bool), TEXTS, min_size=1, max_size=3), max_size=4
    )
)
@settings(max_examples=many(40), deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_documents_come_back_in_their_order(documents: dict[str, dict[str, str]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        here, there = Store(folder / "here.sqlite3"), Store(folder / "there.sqlite3")
        for kind, of_kind in documents.items():
            for document_id, text in of_kind.items():
                here.keep_document(kind, document_id, text)
        write_archive(here, folder / "recordings", folder / "history.zip")
        read_archive(folder / "history.zip", there, folder / "elsewhere")
        assert json_text(there.all_documents()) == json_text(here.all_documents())
        here.close()
        there.close()


@given(st.lists(sessions().filter(lambda s: bool(SAFE_NAME.fullmatch(s.id))), max_size=3, unique_by=lambda s: s.id))
@settings(max_examples=many(25), suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_any_sessions_come_back_from_an_archive(
    tmp_path_factory: pytest.TempPathFactory, made: list[Session]
) -> None:
    folder = tmp_path_factory.mktemp("any")
    here, there = Store(folder / "here.sqlite3"), Store(folder / "there.sqlite3")
    # A recording that is not the session's own is not taken along.
    clean = [
        replace(
            session,
            answers=tuple(
                replace(a, utterances=tuple(replace(u, recording="") for u in a.utterances)) for a in session.answers
            ),
        )
        for session in made
    ]
    for session in clean:
        here.begin(session)
    write_archive(here, folder / "recordings", folder / "history.zip")
    read_archive(folder / "history.zip", there, folder / "elsewhere")
    assert all_json(there) == all_json(here)
    here.close()
    there.close()


def test_the_archive_is_the_users_alone_and_holds_no_deleted_session(
    store: Store, paths: AppPaths, tmp_path: Path
) -> None:
    store.begin(practice("kept"))
    store.begin(practice("gone"))
    store.delete("gone")
    write_archive(store, paths.recordings, tmp_path / "history.zip")
    assert stat.S_IMODE((tmp_path / "history.zip").stat().st_mode) == 0o600
    with zipfile.ZipFile(tmp_path / "history.zip") as archive:
        assert "sessions/kept.json" in archive.namelist()
        assert "sessions/gone.json" not in archive.namelist()


def test_without_sound_no_recording_is_in_it(store: Store, paths: AppPaths, tmp_path: Path) -> None:
    store.begin(with_recording(paths, practice()))
    counted = write_archive(store, paths.recordings, tmp_path / "history.zip", sound=False)
    assert counted.recordings == 0
    with zipfile.ZipFile(tmp_path / "history.zip") as archive:
        assert not [name for name in archive.namelist() if name.startswith("recordings/")]


def test_what_is_here_and_the_same_is_known_and_what_differs_stays(
    store: Store, paths: AppPaths, tmp_path: Path
) -> None:
    store.begin(practice("same"))
    store.begin(practice("other"))
    write_archive(store, paths.recordings, tmp_path / "history.zip")
    changed = practice("other", candidate_name="Somebody else")
    store.replace(changed)
    counted = read_archive(tmp_path / "history.zip", store, paths.recordings)
    assert (counted.sessions, counted.known, counted.different) == (0, 1, ("other",))
    assert store.session("other") == changed
    counted = read_archive(tmp_path / "history.zip", store, paths.recordings, replace_known=True)
    assert (counted.sessions, counted.known, counted.different) == (1, 1, ())
    assert store.session("other") == practice("other")
    assert len(store.search("side room")) == 2


def test_a_deleted_session_comes_back_by_import(store: Store, paths: AppPaths, tmp_path: Path) -> None:
    store.begin(practice())
    write_archive(store, paths.recordings, tmp_path / "history.zip")
    store.delete(practice().id)
    assert read_archive(tmp_path / "history.zip", store, paths.recordings).sessions == 1
    assert store.session(practice().id) == practice()


def test_a_document_that_differs_stays(store: Store, paths: AppPaths, tmp_path: Path) -> None:
    store.keep_document("job", "nurse", "old")
    write_archive(store, paths.recordings, tmp_path / "history.zip")
    store.keep_document("job", "nurse", "new")
    assert read_archive(tmp_path / "history.zip", store, paths.recordings).different == ("job nurse",)
    assert store.document("job", "nurse") == "new"


def test_one_sessions_json_is_taken_in_too(store: Store, paths: AppPaths, tmp_path: Path) -> None:
    path = tmp_path / "one.json"
    path.write_text(json_text(full_json(practice())), encoding="utf-8")
    assert read_archive(path, store, paths.recordings).sessions == 1
    assert store.session(practice().id) == practice()


# From a stranger.


def archive_with(path: Path, files: dict[str, bytes]) -> Path:
    manifest = json.dumps({"format": "second-round-history", "version": 1}).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in {"manifest.json": manifest, "documents.json": b"{}", **files}.items():
            archive.writestr(name, content)
    return path


def altered(change: Callable[[dict[str, Any]], object]) -> bytes:
    document = json.loads(json_text(full_json(practice())))
    change(document)
    return json.dumps(document).encode()


def refuse_nothing(document: dict[str, Any]) -> None:
    """The session as it is."""


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda d: d.update(id="../../evil"), "no name for one"),
        (lambda d: d.update(id="/etc/x"), "no name for one"),
        (lambda d: d.update(id="a..b"), "no name for one"),
        (lambda d: d.update(id=""), "no name for one"),
        (lambda d: d["answers"][0].update(id="other/01-1"), "belongs to another session"),
        (lambda d: d["answers"][0].update(session_id="other"), "belongs to another session"),
        (lambda d: d.update(answers=7), "does not fit"),
        (lambda d: d.update(mode="wild"), "does not fit"),
        (lambda d: d.update(version=99), "newer Second Round"),
        (lambda d: d.update(format="something"), "no session of Second Round"),
        (lambda d: d.update(started_at=""), "'' is no time"),
        (lambda d: d.update(finished_at="2026-13-99T99:99:99Z"), "is no time"),
        (lambda d: d["answers"][0].update(answered_at="9999-12-31T23:59:59Z"), "is no time"),
        (lambda d: d["answers"][0].update(position=10**30), "far too large"),
        (lambda d: d["answers"][0].update(position=-1), "has no place in it"),
        (lambda d: d["answers"][0].update(self_rating={"examples": 5}), "level that does not exist"),
    ],
)
def test_a_session_that_does_not_belong_is_refused(
    store: Store, paths: AppPaths, tmp_path: Path, change: Callable[[dict[str, Any]], object], why: str
) -> None:
    path = archive_with(tmp_path / "bad.zip", {"sessions/x.json": altered(change)})
    with pytest.raises(UserError, match=why):
        read_archive(path, store, paths.recordings)
    assert store.count() == 0


@pytest.mark.parametrize(
    "name", ["../../evil.wav", "/etc/passwd", "other/1.wav", "x", "20261123-140509-7f3a/../e.wav"]
)
def test_no_recording_is_written_outside_its_sessions_folder(
    store: Store, paths: AppPaths, tmp_path: Path, name: str
) -> None:
    def lead_astray(document: dict[str, Any]) -> None:
        document["answers"][0]["utterances"][0]["recording"] = name

    files = {"sessions/x.json": altered(lead_astray), f"recordings/{name}": b"evil"}
    read_archive(archive_with(tmp_path / "bad.zip", files), store, paths.recordings)
    assert store.session(practice().id).answers[0].utterances[0].recording == ""
    for path in tmp_path.rglob("*"):
        assert (
            path.suffix in (".zip", "")
            or b"evil" not in path.read_bytes()
            or path.name.startswith("sessions.sqlite3")
        )
    assert not paths.recordings.exists() or not list(paths.recordings.rglob("*.wav"))


@pytest.mark.parametrize("content", [b"", b"no zip and no json", b"[]", b"{}", b"[" * 100_000, b'{"format": 1}'])
def test_a_file_that_is_none_of_ours_is_refused_in_a_sentence(
    store: Store, paths: AppPaths, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "some.file"
    path.write_bytes(content)
    with pytest.raises(UserError):
        read_archive(path, store, paths.recordings)


def test_a_zip_of_something_else_a_cut_and_a_flipped_one_are_refused(
    store: Store, paths: AppPaths, tmp_path: Path
) -> None:
    with zipfile.ZipFile(tmp_path / "photos.zip", "w") as archive:
        archive.writestr("beach.jpg", b"x")
    with pytest.raises(UserError, match="no history"):
        read_archive(tmp_path / "photos.zip", store, paths.recordings)
    whole = archive_with(tmp_path / "whole.zip", {"sessions/x.json": altered(refuse_nothing)}).read_bytes()
    (tmp_path / "cut.zip").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(UserError):
        read_archive(tmp_path / "cut.zip", store, paths.recordings)
    at = whole.index(b"visitor")
    (tmp_path / "flipped.zip").write_bytes(whole[:at] + b"V" + whole[at + 1 :])
    with pytest.raises(UserError, match="damaged"):
        read_archive(tmp_path / "flipped.zip", store, paths.recordings)
    assert store.count() == 0


def test_a_json_that_unpacks_without_end_is_refused(
    store: Store, paths: AppPaths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from simulator.sessions import archive_reading

    monkeypatch.setattr(archive_reading, "LONGEST_JSON", 10_000)
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("manifest.json", b" " * 5_000_000)
    with pytest.raises(UserError, match="too large"):
        read_archive(path, store, paths.recordings)


def test_a_missing_file_and_an_unwritable_place_are_told(store: Store, paths: AppPaths, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="There is no file"):
        read_archive(tmp_path / "nowhere.zip", store, paths.recordings)
    with pytest.raises(UserError, match="cannot be written"):
        write_archive(store, paths.recordings, tmp_path / "no" / "such" / "folder.zip")

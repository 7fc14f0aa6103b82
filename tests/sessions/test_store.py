"""The store: what went in comes out, nothing committed is lost, nothing damaged is overwritten."""

import hashlib
import json
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings

from simulator.assessment import score_answer
from simulator.errors import Unreadable, UserError
from simulator.followup.repositories import Repositories
from simulator.preparation.stories import Story
from simulator.questions.bank import GOODBYE
from simulator.sessions import schema
from simulator.sessions import store as store_module
from simulator.sessions.archive import write_archive
from simulator.sessions.correcting import with_correction
from simulator.sessions.session import Answer, Learned, LearnedKind, Session
from simulator.sessions.store import Store
from simulator.sessions.store_file import why
from simulator.speech.transcript import typed
from tests.generated import many
from tests.rights import mortal
from tests.sessions.made import (
    ASK,
    CALM,
    HOSTILE,
    STRONG,
    WEAK,
    WHY,
    answered,
    context_of,
    practice,
    sessions,
    unasked,
)

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="POSIX file modes")


@pytest.fixture
def connections(monkeypatch: pytest.MonkeyPatch) -> list[sqlite3.Connection]:
    """The connections that are opened from now on: some of what SQLite is told holds for one alone."""
    opened: list[sqlite3.Connection] = []
    connect = sqlite3.connect

    def remembered(*args: Any, **options: Any) -> sqlite3.Connection:
        opened.append(connect(*args, **options))
        return opened[-1]

    monkeypatch.setattr(sqlite3, "connect", remembered)
    return opened


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path / "sessions.sqlite3")
    yield opened
    opened.close()


def pragma(connection: sqlite3.Connection, name: str) -> object:
    return connection.execute(f"PRAGMA {name}").fetchall()[0][0]


def test_an_answer_kept_before_there_were_worked_answers_is_read(tmp_path: Path) -> None:
    path, session = tmp_path / "old.sqlite3", practice("s", answers=(answered("s", 0, CALM, STRONG),))
    opened = Store(path)
    opened.begin(session)
    opened.close()
    with sqlite3.connect(path) as connection:
        changed = connection.execute("UPDATE answer SET detail = replace(detail, ',\"examples\":[]', '')").rowcount
        (detail,) = connection.execute("SELECT detail FROM answer").fetchone()
    assert changed == 1
    assert '"examples":' not in detail
    again = Store(path)
    assert again.session(session.id) == session
    again.close()


@given(session=sessions())
@example(session=practice())
@settings(max_examples=many(60), suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_any_session_comes_out_as_it_went_in(tmp_path: Path, session: Session) -> None:
    path = tmp_path / "any.sqlite3"
    opened = Store(path)
    try:
        opened.begin(session)
        assert opened.session(session.id) == session
    finally:
        opened.close()
    again = Store(path)
    try:
        assert again.session(session.id) == session
        again.delete(session.id)
        again.purge()
    finally:
        again.close()


def test_writes_are_on_disk_when_the_call_returns(
    connections: list[sqlite3.Connection], store: Store, tmp_path: Path
) -> None:
    for connection in connections:
        assert pragma(connection, "journal_mode") == "wal"
        assert pragma(connection, "synchronous") == 2
        assert pragma(connection, "foreign_keys") == 1
        assert pragma(connection, "user_version") == len(schema.MIGRATIONS)
    store.begin(replace(practice(), answers=()))
    store.keep_answer(practice().answers[0])
    # Another connection sees it although this one is still open: nothing waits in memory.
    other = Store(tmp_path / "sessions.sqlite3")
    assert other.session(practice().id).answers == practice().answers[:1]
    other.close()


def test_what_was_kept_survives_the_death_of_the_process(tmp_path: Path) -> None:
    path = tmp_path / "killed.sqlite3"
    program = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from simulator.sessions.store import Store\n"
        "from tests.sessions.made import practice\n"
        "store = Store(Path(sys.argv[1]))\n"
        "store.begin(practice())\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    subprocess.run([sys.executable, "-c", program, str(path)], cwd=Path(__file__).parents[2], check=False)
    store = Store(path)
    assert store.session(practice().id) == practice()
    assert store.notice == ""
    store.close()


@posix_only
def test_the_file_is_the_users_alone_even_where_it_was_not(tmp_path: Path) -> None:
    path = tmp_path / "open.sqlite3"
    Store(path).close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.chmod(0o644)
    opened = Store(path)
    opened.begin(practice())
    for each in tmp_path.glob("open.sqlite3*"):
        assert stat.S_IMODE(each.stat().st_mode) == 0o600, each
    opened.close()


def test_an_answer_is_kept_unscored_first_and_scored_after(store: Store) -> None:
    session = practice()
    store.begin(replace(session, answers=()))
    bare = replace(session.answers[0], scorecard=None)
    store.keep_answer(bare)
    assert store.answer(bare.id) == bare
    assert store.levels_over_time() == []
    store.keep_answer(session.answers[0])
    assert store.answer(bare.id) == session.answers[0]
    assert [point.rubric for point in store.levels_over_time()] == ["examples"]


def test_a_mute_place_and_finish_are_kept(store: Store) -> None:
    store.begin(replace(practice(), finished_at="", place='{"a": 1}'))
    assert [summary.id for summary in store.summaries(finished=False)] == [practice().id]
    store.keep_step(practice().id, place='{"a": 2}')
    assert store.session(practice().id).place == '{"a": 2}'
    store.keep_step(practice().id, finished_at="2026-11-23T15:00:00Z")
    assert store.summaries(finished=False) == []
    assert store.session(practice().id).finished_at == "2026-11-23T15:00:00Z"
    assert store.session(practice().id).place == ""


def test_what_was_learned_twice_is_kept_once(store: Store) -> None:
    store.begin(practice())
    more = Learned("bob", "Bob Ray", LearnedKind.PRIORITY, "calm under pressure")
    store.keep_step(practice().id, learned=[*practice().learned, more])
    assert store.session(practice().id).learned == (*practice().learned, more)


# Finding.


def test_a_session_is_found_by_the_beginning_of_its_id(store: Store) -> None:
    store.begin(practice("20261123-140509-7f3a"))
    store.begin(practice("20261124-090000-11ab"))
    assert store.session("20261124").id == "20261124-090000-11ab"
    with pytest.raises(UserError, match="Several sessions"):
        store.session("2026112")
    with pytest.raises(UserError, match="Did you mean '20261124-090000-11ab'"):
        store.session("20261124-090000-11ac")
    with pytest.raises(UserError, match="no session ''"):
        store.session("")


def test_a_whole_id_is_found_even_where_it_begins_another(store: Store) -> None:
    store.begin(practice("mock"))
    store.begin(practice("mock-2"))
    assert store.session("mock").id == "mock"


def test_signs_of_like_patterns_are_just_signs(store: Store) -> None:
    store.begin(practice())
    for sign in ("%", "_", "*", "'"):
        with pytest.raises(UserError, match="no session"):
            store.session(sign)


def test_summaries_filter_and_page_the_newest_first(store: Store) -> None:
    for day in range(1, 6):
        store.begin(
            practice(
                f"s{day}",
                started_at=f"2026-11-0{day}T10:00:00Z",
                bank_id="a" if day % 2 else "b",
                job_id="nurse" if day == 3 else "",
                sample=day == 5,
            )
        )
    assert [each.id for each in store.summaries()] == ["s5", "s4", "s3", "s2", "s1"]
    assert [each.id for each in store.summaries(limit=2, offset=1)] == ["s4", "s3"]
    assert [each.id for each in store.summaries(bank_id="b")] == ["s4", "s2"]
    assert [each.id for each in store.summaries(job_id="nurse")] == ["s3"]
    assert [each.id for each in store.summaries(since="2026-11-04")] == ["s5", "s4"]
    assert [each.id for each in store.summaries(until="2026-11-02T23:59:59Z")] == ["s2", "s1"]
    assert [each.id for each in store.summaries(with_sample=False)] == ["s4", "s3", "s2", "s1"]
    assert [each.id for each in store.summaries(question_id="calm", limit=1)] == ["s5"]
    assert store.summaries(question_id="never-asked") == []
    assert store.count() == 5
    assert store.count(with_sample=False) == 4


def test_a_summary_averages_only_the_best_attempts_in_what_was_asked_for(store: Store) -> None:
    session = practice()
    weaker = answered(session.id, 0, CALM, WEAK, attempt=3)
    session = session.with_answer(weaker)
    store.begin(session)
    (summary,) = store.summaries()
    last = session.best_attempts()
    assert [answer.attempt for answer in last] == [2, 1, 1]
    by_hand = {
        rubric: answer.scorecard.level(rubric)
        for answer in last
        for rubric in answer.question.rubrics
        if answer.scorecard
    }
    assert summary.levels == {rubric: level for rubric, level in by_hand.items() if level is not None}
    assert set(summary.levels) == {"examples", "questions"} | {r for r in ("motivation",) if by_hand[r] is not None}
    assert summary.answers == 3


def test_attempts_at_a_question_come_the_newest_first(store: Store) -> None:
    store.begin(practice())
    assert [answer.attempt for answer in store.answers_to("calm")] == [2, 1]
    assert store.answers_to("nothing") == ()


def test_a_goodbye_kept_under_the_id_of_the_closing_question_is_no_attempt_at_it(store: Store) -> None:
    bye = answered(practice().id, 3, replace(ASK, ask=GOODBYE), "thank you and goodbye")
    turn = answered(practice().id, 4, ASK, "thank you and goodbye")
    no_answer = replace(turn, utterances=tuple(replace(each, purpose="goodbye") for each in turn.utterances))
    store.begin(practice().with_answer(bye).with_answer(no_answer))
    assert [answer.position for answer in store.answers_to(ASK.id)] == [2]


def test_a_skipped_question_is_found_answered_only_in_a_later_practice(store: Store) -> None:
    skipped = replace(answered("s", 1, WHY, ""), utterances=(), scorecard=None, skipped=True)
    session = practice("s", answers=(answered("s", 0, CALM, STRONG), skipped), started_at="2026-11-23T14:00:00Z")
    store.begin(session)
    store.begin(practice("early", answers=(answered("early", 0, WHY, WEAK, answered_at="2026-11-22T09:00:00Z"),)))
    assert store.answered_later(session) == {}
    later = answered("late", 0, WHY, WEAK, answered_at="2026-11-24T09:00:00Z")
    store.begin(practice("late", answers=(later,)))
    assert store.answered_later(session) == {WHY.id: later}


def test_search_finds_what_was_asked_and_said_in_context(store: Store) -> None:
    store.begin(practice())
    (hit,) = store.search("side room")
    assert hit.session_id == practice().id
    assert hit.answer_id == practice().answers[1].id
    assert "⟦side⟧ ⟦room⟧" in hit.context
    assert [each.answer_id for each in store.search("pressing prob")] == [practice().answers[3].id]
    assert {each.answer_id for each in store.search("calmed")} == {each.id for each in practice().answers[:2]}
    assert store.search("zebra") == []


def test_search_follows_a_correction(store: Store) -> None:
    store.begin(practice())
    answer = practice().answers[2]
    mended = with_correction(answer, 0, "i love orchids", lambda new: score_answer(new.transcript, context_of(WHY)))
    store.keep_answer(mended)
    assert [hit.answer_id for hit in store.search("orchids")] == [answer.id]
    assert store.answer(answer.id).original_transcript == answer.transcript


def test_a_newer_state_never_overwrites_what_was_said_since_it_was_read(store: Store) -> None:
    store.begin(practice())
    read = practice().answers[2]
    scored = replace(read, scorecard=None)
    store.keep_change(read, scored)
    assert store.answer(read.id) == scored
    more = replace(read, utterances=(*read.utterances, replace(read.utterances[0], purpose="probe")))
    store.keep_answer(more)
    with pytest.raises(UserError, match="changed meanwhile"):
        store.keep_change(read, scored)
    assert store.answer(read.id) == more


@pytest.mark.parametrize("column", ["started_at", "finished_at"])
def test_a_session_with_a_time_that_is_none_is_listed_as_broken(store: Store, column: str) -> None:
    store.begin(practice())
    with closing(sqlite3.connect(store.path)) as db, db:
        db.execute(f"UPDATE session SET {column}='2026-13-99T99:99:99Z'")
    assert [each.broken for each in store.summaries()] == [True]
    with pytest.raises(UserError, match="is no time"):
        store.session(practice().id)
    store.delete(practice().id)


@pytest.mark.parametrize("place", [-1, 9_999, 10**30])
def test_an_answer_whose_reading_leads_beside_its_words_is_broken_alone(store: Store, place: int) -> None:
    store.begin(practice())
    answer = practice().answers[1]
    with closing(sqlite3.connect(store.path)) as db, db:
        card = json.loads(db.execute("SELECT scorecard FROM answer WHERE id=?", (answer.id,)).fetchone()[0])
        card["reading"]["capitals"] = [place]
        db.execute("UPDATE answer SET scorecard=? WHERE id=?", (json.dumps(card), answer.id))
    assert store.unreadable_answers(practice().id) == (answer.id,)
    assert len(store.session(practice().id).answers) == len(practice().answers) - 1


@pytest.mark.parametrize(
    "words", ['"', "''", "a OR", "NEAR(", "*", "-", "ask:", "(", "a AND b", "^x", "é*", "\x00", *HOSTILE]
)
def test_no_search_words_break_the_search(store: Store, words: str) -> None:
    store.begin(practice())
    assert isinstance(store.search(words), list)


def test_accents_do_not_hide_a_word(store: Store) -> None:
    store.begin(practice(answers=(answered(practice().id, 0, CALM, typed("my résumé lists the café")),)))
    assert store.search("resume cafe")


# Deleting.


def test_a_deleted_session_is_gone_until_it_is_brought_back(store: Store) -> None:
    store.begin(practice())
    store.delete(practice().id)
    assert store.summaries() == []
    assert store.search("side room") == []
    assert store.levels_over_time() == []
    assert store.answers_to("calm") == ()
    with pytest.raises(UserError):
        store.session(practice().id)
    store.undelete(practice().id)
    assert store.session(practice().id) == practice()
    assert store.search("side room")


def test_letters_and_dates_go_with_their_session_and_nothing_else_does(store: Store) -> None:
    store.begin(practice("gone"))
    for kind in ("letters", "letter-lines", "timeline", "job"):
        store.keep_document(kind, "gone", "{}")
    store.keep_document("letters", "other", "{}")
    store.delete("gone")
    assert store.document("letters", "gone") == "{}", "it may still be taken back"
    store.purge()
    assert store.all_documents() == {"job": {"gone": "{}"}, "letters": {"other": "{}"}}


def test_a_purged_session_leaves_no_word_in_any_file(store: Store, tmp_path: Path) -> None:
    store.begin(practice("kept"))
    secret = answered("gone", 0, CALM, typed("zanzibarian rutabaga whispering"))
    store.begin(practice("gone", answers=(secret,)))
    store.delete("gone")
    assert store.purge() == ["gone"]
    assert store.session("kept")
    store.close()
    for path in tmp_path.iterdir():
        content = path.read_bytes()
        for word in (b"zanzibarian", b"rutabaga", b"whispering"):
            assert word not in content, path


# What is broken.


def spoil(store: Store, statement: str, *values: object) -> None:
    """Change a row as a damaged disk or a stranger's tool might."""
    with closing(sqlite3.connect(store.path)) as db, db:
        db.execute(statement, values)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE session SET detail='{' WHERE id='broken'",
        "UPDATE session SET detail=x'ff00' WHERE id='broken'",
        "UPDATE session SET mode='dance' WHERE id='broken'",
        "UPDATE session SET bank_title=x'ff' WHERE id='broken'",
        "UPDATE learned SET kind='secret' WHERE session_id='broken'",
    ],
)
def test_a_broken_session_is_told_and_deleted_and_the_rest_goes_on(
    store: Store, tmp_path: Path, statement: str
) -> None:
    store.begin(practice("broken"))
    store.begin(practice("whole"))
    spoil(store, statement)
    assert {each.id for each in store.summaries()} == {"broken", "whole"}
    with pytest.raises(Unreadable, match="sessions delete broken' removes it"):
        store.session("broken")
    assert store.session("whole") == practice("whole")
    counted = write_archive(store, tmp_path, tmp_path / "a.zip")
    assert (counted.sessions, counted.broken) == (1, ("broken",))
    store.delete("broken")
    assert store.purge() == ["broken"]
    assert [each.id for each in store.summaries()] == ["whole"]


@pytest.mark.parametrize("detail", ["{", "{}", "[]", b"\xff"])
def test_a_broken_answer_is_left_out_and_named(store: Store, detail: object) -> None:
    store.begin(practice())
    first, *others = practice().answers
    spoil(store, "UPDATE answer SET detail=? WHERE id=?", detail, first.id)
    assert store.session(practice().id).answers == tuple(others)
    assert store.unreadable_answers(practice().id) == (first.id,)
    assert store.answers_to(CALM.id) == (others[0],)
    with pytest.raises(UserError, match="is broken"):
        store.answer(first.id)


def test_what_a_shelf_cannot_read_is_told_and_can_be_discarded(store: Store) -> None:
    repositories = Repositories(store)
    kept = repositories.stories.save(Story("a", "A story"))
    store.keep_document("story", "b", "{}")
    assert repositories.stories.all() == [kept]
    assert list(repositories.stories.broken()) == ["b"]
    assert not repositories.stories.delete_broken("a")
    assert repositories.stories.delete_broken("b")
    assert repositories.stories.ids() == ["a"]


# Documents of other rooms.


def test_documents_are_kept_by_kind_and_id(store: Store) -> None:
    store.keep_document("job", "nurse", '{"title": "Nurse"}')
    store.keep_document("story", "nurse", "{}")
    store.keep_document("job", "cook", "{}")
    store.keep_document("job", "nurse", '{"title": "Ward nurse"}')
    assert store.document("job", "nurse") == '{"title": "Ward nurse"}'
    assert list(store.documents("job")) == ["nurse", "cook"]
    store.delete_document("job", "nurse")
    store.delete_document("job", "never")
    assert store.document("job", "nurse") is None
    assert store.document("story", "nurse") == "{}"


def test_a_self_rating_is_kept_beside_the_levels(store: Store) -> None:
    store.begin(practice())
    store.rate_self(practice().answers[1].id, {"examples": 2})
    assert store.answer(practice().answers[1].id) == replace(practice().answers[1], self_rating={"examples": 2})
    rated = [point for point in store.levels_over_time("examples") if point.self_level is not None]
    card = practice().answers[1].scorecard
    assert card
    assert [(point.self_level, point.level) for point in rated] == [(2, card.level("examples"))]


def test_levels_over_time_leave_out_the_sample_and_go_by_time(store: Store) -> None:
    store.begin(practice("b", answers=(answered("b", 0, CALM, WEAK, answered_at="2026-11-02T00:00:00Z"),)))
    store.begin(practice("a", answers=(answered("a", 0, CALM, STRONG, answered_at="2026-11-01T00:00:00Z"),)))
    store.begin(practice("s", sample=True))
    points = store.levels_over_time("examples")
    assert [point.answered_at[:10] for point in points] == ["2026-11-01", "2026-11-02"]
    assert points[0].level > points[1].level
    assert len(store.levels_over_time("examples", since="2026-11-02")) == 1
    assert store.levels_over_time(with_sample=True)[-1].bank_id == "first-round-general"


# Threads, processes, places.


def test_two_threads_write_and_read_at_once(store: Store) -> None:
    failures: list[BaseException] = []

    def write(name: str) -> None:
        try:
            for number in range(12):
                store.begin(practice(f"{name}{number:02d}"))
                assert store.session(f"{name}{number:02d}").answers
                assert store.search("side room")
        except BaseException as error:  # noqa: BLE001 - handed to the test
            failures.append(error)

    threads = [threading.Thread(target=write, args=(name,)) for name in ("a", "b", "c")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert store.count() == 36


def test_two_processes_that_make_the_store_at_once_both_get_it(tmp_path: Path) -> None:
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from simulator.sessions.store import Store\n"
        "store = Store(Path(sys.argv[1]))\n"
        "store.keep_document('job', sys.argv[2], '{}')\n"
        "store.close()\n"
    )
    running = [
        subprocess.Popen(
            [sys.executable, "-c", program, str(tmp_path / "shared.sqlite3"), str(number)],
            cwd=Path(__file__).parents[2],
            stderr=subprocess.PIPE,
        )
        for number in range(4)
    ]
    for each in running:
        _, said = each.communicate(timeout=60)
        assert each.returncode == 0, said.decode()
    store = Store(tmp_path / "shared.sqlite3")
    assert sorted(store.documents("job")) == ["0", "1", "2", "3"]
    store.close()


@posix_only
def test_a_read_only_home_is_told_in_a_sentence(tmp_path: Path) -> None:
    home = tmp_path / "locked"
    home.mkdir()
    home.chmod(0o500)
    try:
        done = subprocess.run(
            [*mortal(), sys.executable, "-m", "simulator", "sessions", "list"],
            cwd=Path(__file__).parents[2],
            env={**os.environ, "SIMULATOR_HOME": str(home)},
            capture_output=True,
            text=True,
        )
    finally:
        home.chmod(0o755)
    assert done.returncode == 1
    assert "cannot be made" in done.stderr
    assert "SIMULATOR_HOME" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_where_the_file_should_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "sessions.sqlite3").mkdir()
    with pytest.raises(UserError, match="is a folder"):
        Store(tmp_path / "sessions.sqlite3")


# Damage.


@pytest.mark.parametrize("damage", ["all", "header", "tables", "text", "schema"])
def test_a_damaged_file_is_set_aside_with_a_sentence_never_overwritten(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "sessions.sqlite3"
    store = Store(path)
    store.begin(practice())
    store.close()
    content = bytearray(path.read_bytes())
    match damage:
        case "all":
            content = bytearray(os.urandom(len(content)))
        case "header":
            content[:16] = b"\0" * 16
        case "tables":
            content[4096:] = b"\xff" * (len(content) - 4096)
        case "schema":
            # SQLite names the table in its message, as the bytes that are there now.
            at = content.index(b"CREATE TABLE session")
            content[at : at + 20] = b"CREATE TABLE \xd8\xff\xba\x81on"
        case "text":
            content = bytearray("This is no database at all.\n" * 300, "utf-8")
    path.write_bytes(content)
    store = Store(path)
    assert "damaged" in store.notice
    (aside,) = tmp_path.glob("sessions-damaged-*.sqlite3")
    assert str(aside) in store.notice
    assert aside.read_bytes() == bytes(content)
    store.begin(practice())
    assert store.session(practice().id)
    store.close()


def test_two_damaged_files_in_one_second_are_both_kept(tmp_path: Path) -> None:
    path = tmp_path / "sessions.sqlite3"
    for number in range(3):
        path.write_bytes(bytes([65 + number]) * 8192)
        Store(path).close()
        path.unlink()
    assert {each.read_bytes()[:1] for each in tmp_path.glob("sessions-damaged-*")} == {b"A", b"B", b"C"}


def test_damage_met_while_reading_is_told_and_set_aside_at_the_next_start(tmp_path: Path) -> None:
    path = tmp_path / "sessions.sqlite3"
    store = Store(path)
    for number in range(40):
        store.begin(practice(f"s{number:02d}"))
    store.close()
    store = Store(path)
    with path.open("r+b") as file:
        file.seek(4096 * 8)
        file.write(b"\xff" * (path.stat().st_size - 4096 * 8))

    def read_all() -> None:
        for number in range(40):
            store.session(f"s{number:02d}")

    with pytest.raises(UserError, match="cannot be read"):
        read_all()
    store.close()
    store = Store(path)
    assert "damaged" in store.notice
    store.close()


def test_an_empty_file_becomes_a_store(tmp_path: Path) -> None:
    (tmp_path / "sessions.sqlite3").touch()
    store = Store(tmp_path / "sessions.sqlite3")
    assert store.notice == ""
    assert store.summaries() == []
    store.close()


# Migrations.


def new_store_with(folder: Path, session: Session) -> Store:
    folder.mkdir()
    store = Store(folder / "sessions.sqlite3")
    store.begin(session)
    return store


def as_version_1(path: Path, session: Session) -> None:
    """A file as the first version of the schema had it, with every level of every answer."""
    newest = new_store_with(path.parent / "newest", session)
    newest.close()
    with sqlite3.connect(path) as connection:
        connection.executescript(schema.MIGRATIONS[0])
        connection.execute("ATTACH ? AS newest", (str(newest.path),))
        for table in ("session", "answer", "learned"):
            columns = ", ".join(row[1] for row in connection.execute(f"PRAGMA main.table_info({table})"))
            connection.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM newest.{table}")
        for answer in session.answers:
            for rubric, score in answer.scorecard.rubrics.items() if answer.scorecard else ():
                if score.level is not None:
                    connection.execute("INSERT INTO level VALUES (?,?,?)", (answer.id, rubric, score.level))
        connection.execute("PRAGMA user_version=1")
    connection.close()


def test_a_store_of_the_first_version_is_brought_up_after_a_backup(tmp_path: Path) -> None:
    path = tmp_path / "sessions.sqlite3"
    as_version_1(path, practice())
    store = Store(path)
    assert store.levels_over_time() == new_store_with(tmp_path / "new", practice()).levels_over_time()
    (summary,) = store.summaries()
    assert [summary] == new_store_with(tmp_path / "other", practice()).summaries()
    assert store.session(practice().id) == practice()
    assert store.search("side room")
    store.close()
    with sqlite3.connect(path) as connection:
        assert pragma(connection, "user_version") == len(schema.MIGRATIONS)
    connection.close()
    for number in range(2, len(schema.MIGRATIONS) + 1):
        backup = tmp_path / f"sessions-before-version-{number}.sqlite3"
        with sqlite3.connect(backup) as copy:
            assert copy.execute("PRAGMA user_version").fetchone()[0] == number - 1
            assert copy.execute("SELECT count(*) FROM answer").fetchone()[0] == 4
        copy.close()
        assert stat.S_IMODE(backup.stat().st_mode) == 0o600 or sys.platform == "win32"


def test_a_migration_that_fails_leaves_the_store_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "sessions.sqlite3"
    store = Store(path)
    store.begin(practice())
    store.close()
    broken = "CREATE TABLE half (a); INSERT INTO half VALUES (1); INSERT INTO session (id) VALUES (NULL);"
    monkeypatch.setattr(store_module, "MIGRATIONS", (*schema.MIGRATIONS, broken))
    with pytest.raises(UserError):
        Store(path)
    monkeypatch.undo()
    assert not list(tmp_path.glob("*damaged*"))
    store = Store(path)
    assert store.session(practice().id) == practice()
    store.close()
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT count(*) FROM sqlite_master WHERE name='half'").fetchone() == (0,)


STORES = Path(__file__).parents[1] / "fixtures" / "stores"
FROZEN = (
    "21fdd2b242529252",
    "13b236fae703c67d",
    "6a9455b7589d2611",
    "20369ce84bffb625",
    "d7f688627bef8468",
    "f6a0585f9374d2e7",
    "0142930ae87e46d5",
    "7cf5d3e6f86f8bd4",
    "f1fa6fccb2e2a0d4",
)


def test_released_migrations_are_never_changed() -> None:
    made = tuple(hashlib.sha256(script.encode()).hexdigest()[:16] for script in schema.MIGRATIONS)
    assert made[: len(FROZEN)] == FROZEN, "add a migration; a released one stays as it is"


@pytest.mark.parametrize("version", range(1, len(schema.MIGRATIONS)))
def test_every_older_form_of_the_store_opens(tmp_path: Path, version: int) -> None:
    path = tmp_path / "sessions.sqlite3"
    shutil.copy(STORES / f"version-{version}.sqlite3", path)
    store = Store(path)
    assert store.notice == ""
    session = store.session(practice().id)
    assert [answer.transcript.text for answer in session.answers][1] == STRONG
    assert store.search("side room")
    assert store.summaries()[0].levels
    newest = new_store_with(tmp_path / "new", session)
    assert store.rubric_counts() == newest.rubric_counts()
    assert store.competency_levels(12) == newest.competency_levels(12)
    newest.close()
    assert store.document("story", "a") == '{"id": "a", "title": "A story"}'
    store.close()


def test_in_an_older_store_too_the_best_attempt_comes_to_count(tmp_path: Path) -> None:
    path = tmp_path / "sessions.sqlite3"
    session = practice().with_answer(answered(practice().id, 0, CALM, WEAK, attempt=3))
    as_version_1(path, session)
    store = Store(path)
    best = session.answers[1].scorecard
    assert best
    assert store.summaries()[0].levels["examples"] == best.level("examples")
    store.close()


def test_what_a_coach_set_in_an_older_store_is_called_an_assignment(tmp_path: Path) -> None:
    path = tmp_path / "sessions.sqlite3"
    as_version_1(path, practice(bank_id="task:week-one-1a2b3c"))
    with sqlite3.connect(path) as connection:
        rows = [
            ("task", "week-one-1a2b3c", '{"id": "week-one-1a2b3c"}'),
            ("practised course", "ada", '[{"task":"Week one"}]'),
        ]
        connection.executemany("INSERT INTO document (kind, id, text) VALUES (?, ?, ?)", rows)
    connection.close()
    store = Store(path)
    (summary,) = store.summaries(bank_id="assignment:week-one-1a2b3c")
    assert summary.levels
    assert {each.bank_id for each in store.competency_levels(12)} == {"assignment:week-one-1a2b3c"}
    assert store.all_documents() == {
        "assignment": {"week-one-1a2b3c": '{"id": "week-one-1a2b3c"}'},
        "practised course": {"ada": '[{"assignment":"Week one"}]'},
    }
    store.close()


def test_a_level_that_feedback_does_not_show_counts_nowhere_nor_in_an_older_store(tmp_path: Path) -> None:
    path = tmp_path / "sessions.sqlite3"
    answer = unasked(answered(practice().id, 0, CALM, WEAK))
    store = Store(path)
    store.begin(practice(answers=(answer, *practice().answers[2:])))
    assert set(store.rubric_counts()) == set(store.summaries()[0].levels) == {"motivation", "questions"}
    store.close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(
            "INSERT INTO level (answer_id, rubric, level, session_id, bank_id, question_id, competency, answered_at)"
            " VALUES (?, 'examples', 0, ?, 'b', 'calm', '', '')",
            (answer.id, practice().id),
        )
        connection.execute(
            "INSERT INTO best_level VALUES (?, 0, 'examples', 0, 'b', 'calm', '', '', 1)", (practice().id,)
        )
        connection.execute("INSERT INTO session_level VALUES (?, 'examples', 0.0)", (practice().id,))
        connection.execute("PRAGMA user_version=8")
        connection.commit()
    store = Store(path)
    assert set(store.rubric_counts()) == set(store.summaries()[0].levels) == {"motivation", "questions"}
    store.close()


def test_a_new_store_backs_up_nothing(store: Store, tmp_path: Path) -> None:
    assert not list(tmp_path.glob("*before-version*"))


def test_an_interview_cut_off_before_it_was_marked_as_over_is_over_and_lost_drafts_go(tmp_path: Path) -> None:
    path = tmp_path / "sessions.sqlite3"
    as_version_1(path, practice(finished_at="", place=""))
    with sqlite3.connect(path) as connection:
        for session_id in ("gone", practice().id):
            connection.execute("INSERT INTO document (kind, id, text) VALUES ('draft', ?, 'words')", (session_id,))
    connection.close()
    store = Store(path)
    assert store.session(practice().id).finished_at == "2026-11-23T14:15:00Z"
    assert store.all_documents() == {"draft": {practice().id: "words"}}
    store.close()


def test_a_store_that_somebody_else_holds_is_not_called_a_full_disk(
    connections: list[sqlite3.Connection], store: Store
) -> None:
    for connection in connections:
        connection.execute("PRAGMA busy_timeout=1").fetchall()
    other = sqlite3.connect(store.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(UserError, match="another program is writing to it") as told:
        store.begin(practice())
    assert "disk" not in str(told.value)
    other.close()
    store.begin(practice())


def test_a_store_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "sessions.sqlite3"
    Store(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version=999")
    connection.close()
    with pytest.raises(UserError, match="newer Second Round"):
        Store(path)
    assert not list(tmp_path.glob("*damaged*"))


def test_an_answer_to_a_session_that_was_deleted_elsewhere_is_told_as_that(store: Store) -> None:
    with pytest.raises(UserError) as told:
        store.keep_answer(practice().answers[0])
    assert "not there any more" in str(told.value)
    assert "disk" not in str(told.value)


def test_a_full_disk_is_told_and_what_was_kept_stays(connections: list[sqlite3.Connection], store: Store) -> None:
    store.begin(practice("kept"))
    for connection in connections:
        connection.execute(f"PRAGMA max_page_count={pragma(connection, 'page_count')}").fetchall()
    big = replace(practice("big").answers[0], utterances=practice().answers[0].utterances * 400)
    with pytest.raises(UserError, match=r"could not be saved.*the disk is full"):
        store.begin(practice("big", answers=(big,)))
    assert [each.id for each in store.summaries()] == ["kept"]


def test_no_room_for_the_log_beside_the_store_is_a_full_disk() -> None:
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR_SHMSIZE
    assert why(error)[0] == "the disk is full"


def test_an_answer_without_its_session_is_refused(store: Store) -> None:
    orphan: Answer = answered("nowhere", 0, CALM, STRONG)
    with pytest.raises(UserError, match=r"could not be saved.*the session it belongs to is not there") as told:
        store.keep_answer(orphan)
    assert "disk" not in str(told.value)


def test_text_that_is_no_unicode_is_kept_readable(store: Store) -> None:
    """A byte that is no UTF-8 comes in as a lone surrogate; the answer around it is not lost."""
    store.begin(practice("odd", answers=(answered("odd", 0, CALM, typed("a caf\udce9 in paris")),)))
    assert store.session("odd").answers[0].transcript.text == "a caf\ufffd in paris"
    assert store.search("paris")

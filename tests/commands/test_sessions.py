"""`sessions`: what each action prints, writes and returns."""

import codecs
import csv
import io
import json
import sqlite3
import zipfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from simulator.cli import main
from simulator.errors import ExitCode
from simulator.paths import user_paths
from simulator.services import Services
from simulator.sessions.archive import full_json
from tests.sessions.made import STRONG, bare, practice
from tests.speech.sounds import tone, write_wav

OLD = "20261101-100000-aaaa"
NEW = "20261123-140509-7f3a"


@pytest.fixture(autouse=True)
def kept(simulator_home: Path) -> None:
    """Two sessions in the store, the newer with one recording."""
    services = Services()
    newer = practice(NEW)
    name = f"{NEW}/01-2-question-1.wav"
    (services.paths.recordings / NEW).mkdir(parents=True)
    write_wav(services.paths.recordings / name, tone(440, 2.0))
    answer = newer.answers[1]
    answer = replace(answer, utterances=(replace(answer.utterances[0], recording=name),))
    services.data.store.begin(replace(newer, answers=(newer.answers[0], answer, *newer.answers[2:])))
    services.data.store.begin(
        practice(OLD, started_at="2026-11-01T10:00:00Z", bank_id="other", answers=practice(OLD).answers[:1])
    )
    services.close()


def ids(capsys: pytest.CaptureFixture[str], *words: str) -> list[str]:
    assert main(["sessions", "list", "--json", *words]) == ExitCode.DONE
    return [each["id"] for each in json.loads(capsys.readouterr().out)]


def test_list_filters_and_sorts(capsys: pytest.CaptureFixture[str]) -> None:
    assert ids(capsys) == [NEW, OLD]
    assert ids(capsys, "--sort", "oldest") == [OLD, NEW]
    assert ids(capsys, "--sort", "best", "--rubric", "examples") == [NEW, OLD]
    assert ids(capsys, "--sort", "weakest", "--rubric", "examples") == [OLD, NEW]
    assert ids(capsys, "--rubric", "questions") == [NEW]
    assert ids(capsys, "--bank", "other") == [OLD]
    assert ids(capsys, "--since", "2026-11-02") == [NEW]
    assert ids(capsys, "--until", "2026-11-01") == [OLD]
    assert ids(capsys, "--question", "why") == [NEW]
    assert ids(capsys, "--limit", "1") == [NEW]
    # By a beginning, too.
    assert ids(capsys, "--bank", "oth") == [OLD]
    assert ids(capsys, "--question", "wh") == [NEW]
    assert ids(capsys, "--rubric", "quest") == [NEW]
    assert ids(capsys, "--job", "none") == []


def test_list_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sessions", "list"]) == ExitCode.DONE
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith(f"{NEW}  2026-11-23 14:05  First round, any field, coach  examples 4.0")
    assert second.startswith(OLD)
    assert main(["sessions", "list", "--bank", "none"]) == ExitCode.DONE
    assert "No session fits." in capsys.readouterr().err


def test_show_takes_the_beginning_of_an_id(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sessions", "show", "20261123"]) == ExitCode.DONE
    out = capsys.readouterr().out
    assert STRONG in bare(out)
    assert "What to do next" in out
    assert main(["sessions", "show", "20261123", "--json"]) == ExitCode.DONE
    assert json.loads(capsys.readouterr().out)["id"] == NEW


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (["show", "nowhere"], ExitCode.NOT_IN_ORDER),
        (["show", "2026"], ExitCode.NOT_IN_ORDER),
        (["delete", "nowhere"], ExitCode.NOT_IN_ORDER),
        (["export", "nowhere"], ExitCode.NOT_IN_ORDER),
        (["export", NEW, "--out", "/no/such/place.md"], ExitCode.NOT_IN_ORDER),
        (["export"], ExitCode.WRONG_USE),
        (["export", NEW, "--all"], ExitCode.WRONG_USE),
        (["export", OLD, "--format", "sound"], ExitCode.NOT_IN_ORDER),
        (["export", NEW, "--format", "sound", "--without", "words"], ExitCode.WRONG_USE),
        (["search", " "], ExitCode.WRONG_USE),
        (["compare", OLD], ExitCode.NOT_IN_ORDER),
        (["compare", "a", "b", "c"], ExitCode.WRONG_USE),
        (["compare", f"{NEW}/01-1", "nowhere"], ExitCode.NOT_IN_ORDER),
        (["import", "/no/such/file.zip"], ExitCode.WRONG_USE),
        (["wipe"], ExitCode.WRONG_USE),
    ],
)
def test_what_cannot_be_done_is_a_sentence_and_a_status(
    words: list[str], status: ExitCode, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())
    assert main(["sessions", *words]) == status
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.rstrip().endswith((".", "?"))


@pytest.mark.parametrize("words", [["list", "--sort", "wildest"], ["export", NEW, "--format", "doc"], [], ["bury"]])
def test_wrong_options_end_with_status_2(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["sessions", *words])
    assert ended.value.code == ExitCode.WRONG_USE


def test_search_shows_hits_in_context(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sessions", "search", "side", "room"]) == ExitCode.DONE
    assert "⟦side⟧ ⟦room⟧" in capsys.readouterr().out
    assert main(["sessions", "search", "side", "--json"]) == ExitCode.DONE
    assert [hit["session_id"] for hit in json.loads(capsys.readouterr().out)] == [NEW]
    assert main(["sessions", "search", "zebra"]) == ExitCode.DONE
    assert "Nothing with 'zebra'" in capsys.readouterr().err


def test_progress_tells_levels_and_what_to_practise(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sessions", "progress"]) == ExitCode.DONE
    out = capsys.readouterr().out
    assert "Concrete examples" in out
    assert "Practise next" in out
    assert main(["sessions", "progress", "--json"]) == ExitCode.DONE
    document = json.loads(capsys.readouterr().out)
    assert [each["rubric"] for each in document["rubrics"]] == ["examples", "motivation", "questions"]


def test_compare_tells_what_was_gained(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sessions", "compare", NEW]) == ExitCode.DONE
    by_session = capsys.readouterr().out
    assert main(["sessions", "compare", f"{NEW}/01-1", f"{NEW}/01-2"]) == ExitCode.DONE
    assert capsys.readouterr().out == by_session
    assert "Concrete examples: 0, now 4, up by 4" in by_session
    assert "new in this try: " in by_session


def test_compare_opens_on_the_latest_two_attempts_at_one_question(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sessions", "compare"]) == ExitCode.DONE
    latest = capsys.readouterr().out
    assert main(["sessions", "compare", f"{NEW}/01-1"]) == ExitCode.DONE
    assert capsys.readouterr().out == latest
    count = sum(each.question.id == "calm" for each in Services().data.store.latest_answers(99))
    assert f"before: Try {count - 1} of {count}" in latest
    assert f"after: Try {count} of {count}" in latest


def test_several_sessions_make_one_table_that_says_who_and_when(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "class.csv"
    assert main(["sessions", "export", "--all", "--out", str(path)]) == ExitCode.DONE
    rows = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
    assert len({row["session"] for row in rows}) == len(Services().data.store.session_ids())
    (new,) = {(row["candidate"], row["started_at"], row["session_minutes"]) for row in rows if row["session"] == NEW}
    assert new == ("Sam", "2026-11-23T14:05:09Z", "14.8")
    assert main(["sessions", "export", NEW, NEW[:6], "--format", "html"]) == ExitCode.WRONG_USE


def test_a_file_is_never_written_in_another_format_than_its_ending(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, words in (("a.html", ["--format", "md"]), ("a.xyz", []), ("a.csv", ["--format", "json"])):
        assert main(["sessions", "export", NEW, "--out", str(tmp_path / name), *words]) == ExitCode.WRONG_USE
        assert not (tmp_path / name).exists()
    assert main(["sessions", "export", NEW, "--out", str(tmp_path / "a.html")]) == ExitCode.DONE
    assert (tmp_path / "a.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert "Sam" in (tmp_path / "a.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("form", ["md", "html", "json", "csv", "vtt", "srt"])
def test_export_prints_and_writes_the_same(form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sessions", "export", NEW, "--format", form]) == ExitCode.DONE
    printed = capsys.readouterr().out
    path = tmp_path / "out"
    assert main(["sessions", "export", NEW, "--format", form, "--out", str(path)]) == ExitCode.DONE
    # A spreadsheet knows UTF-8 by the mark at the beginning.
    assert path.read_bytes().decode("utf-8-sig" if form == "csv" else "utf-8") == printed
    assert path.read_bytes().startswith(codecs.BOM_UTF8) == (form == "csv")
    assert path.stat().st_mode & 0o077 == 0
    assert capsys.readouterr().out == ""
    assert "visitor" in printed


def test_export_shares_only_what_was_chosen(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sessions", "export", NEW, "--format", "csv", "--without", "words"]) == ExitCode.DONE
    found = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert {row["text"] for row in found} == {""}
    assert "4" in {row["level"] for row in found}
    assert main(["sessions", "export", NEW, "--format", "html", "--with-sound"]) == ExitCode.DONE
    assert "<audio" in capsys.readouterr().out
    words = ["sessions", "export", NEW, "--format", "html", "--with-sound", "--without", "sound"]
    assert main(words) == ExitCode.DONE
    assert "<audio" not in capsys.readouterr().out


def test_export_copies_recordings_with_subtitles(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sessions", "export", NEW, "--format", "sound", "--out", str(tmp_path / "copies")]) == ExitCode.DONE
    paths = [Path(line) for line in capsys.readouterr().out.splitlines()]
    assert [path.name for path in paths] == [
        f"01-2-1-tell-me-about-a-time-you-calmed-someone.{ending}" for ending in ("wav", "vtt", "srt")
    ]
    assert paths[0].read_bytes() == (user_paths().recordings / NEW / "01-2-question-1.wav").read_bytes()
    assert "visitor" in paths[2].read_text()
    assert all(path.stat().st_mode & 0o077 == 0 for path in paths)


def test_history_exported_wiped_and_imported_is_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "history.zip"
    assert main(["sessions", "list", "--json"]) == ExitCode.DONE
    before = capsys.readouterr().out
    assert main(["sessions", "export", "--all", "--out", str(path)]) == ExitCode.DONE
    assert "2 sessions, 1 recording " in capsys.readouterr().err
    assert main(["sessions", "wipe", "--yes"]) == ExitCode.DONE
    assert "nothing of your practice is left" in capsys.readouterr().err
    assert main(["sessions", "list", "--json"]) == ExitCode.DONE
    assert json.loads(capsys.readouterr().out) == []
    assert main(["sessions", "import", str(path)]) == ExitCode.DONE
    assert "Taken in: 2 sessions, 1 recording," in capsys.readouterr().out
    assert main(["sessions", "list", "--json"]) == ExitCode.DONE
    assert capsys.readouterr().out == before
    assert main(["sessions", "import", str(path), "--json"]) == ExitCode.DONE
    assert json.loads(capsys.readouterr().out)["known"] == 2


def test_a_history_goes_to_the_exports_folder_by_default(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sessions", "export", "--all", "--without", "sound"]) == ExitCode.DONE
    path = Path(capsys.readouterr().out.strip())
    assert path.parent == user_paths().exports
    assert zipfile.is_zipfile(path)


def test_an_import_that_differs_ends_with_status_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sessions", "export", NEW, "--format", "json", "--out", str(tmp_path / "one.json")]) == ExitCode.DONE
    text = (tmp_path / "one.json").read_text().replace('"Sam"', '"Max"')
    (tmp_path / "one.json").write_text(text)
    assert main(["sessions", "import", str(tmp_path / "one.json")]) == ExitCode.NOT_IN_ORDER
    assert "--replace" in capsys.readouterr().err
    assert main(["sessions", "import", str(tmp_path / "one.json"), "--replace"]) == ExitCode.DONE


def test_delete_removes_the_recordings_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sessions", "delete", NEW]) == ExitCode.DONE
    assert not (user_paths().recordings / NEW).exists()
    assert ids(capsys) == [OLD]


def test_wipe_does_nothing_without_a_yes(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("wipe\n"))
    assert main(["sessions", "wipe"]) == ExitCode.WRONG_USE
    assert user_paths().database.exists()

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr("sys.stdin", Terminal("no\n"))
    assert main(["sessions", "wipe"]) == ExitCode.NOT_IN_ORDER
    assert user_paths().database.exists()
    monkeypatch.setattr("sys.stdin", Terminal("wipe\n"))
    assert main(["sessions", "wipe"]) == ExitCode.DONE
    assert not user_paths().database.exists()
    capsys.readouterr()
    assert main(["sessions", "wipe"]) == ExitCode.DONE
    assert "nothing to remove" in capsys.readouterr().err


def keep_for(days: int) -> None:
    from simulator.settings import Settings, save_settings

    save_settings(replace(Settings(), keep_recordings_days=days), user_paths())


@pytest.mark.parametrize("words", [["sessions", "show", NEW], ["practice", "--plain", "--answer", "none.txt"]])
def test_old_recordings_go_also_when_only_commands_are_used(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    keep_for(3650)
    services = Services()
    session = services.data.store.session(NEW)
    services.data.store.replace(replace(session, started_at="2010-11-23T14:05:09Z"))
    services.close()
    folder = user_paths().recordings / NEW
    assert folder.is_dir()
    main(words)
    assert not folder.exists()
    assert "Recordings older than 3650 days were removed, as your settings say: 1 (0.1 MB)" in capsys.readouterr().err
    services = Services()
    assert services.data.store.session(NEW).answers == session.answers
    services.close()


def test_without_that_wish_recordings_stay_and_the_list_shows_their_size(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sessions", "list"]) == ExitCode.DONE
    assert "Recordings: 1, 0.1 MB, kept until you delete them" in capsys.readouterr().err
    assert (user_paths().recordings / NEW).is_dir()
    assert main(["sessions", "list", "--json"]) == ExitCode.DONE
    assert "Recordings" not in "".join(capsys.readouterr())


# What does not fit, and what is broken.


def archive_of(path: Path, documents: dict[str, dict[str, str]], session: dict[str, object] | None = None) -> str:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("manifest.json", '{"format": "second-round-history", "version": 1}')
        archive.writestr("documents.json", json.dumps(documents))
        if session is not None:
            archive.writestr("sessions/x.json", json.dumps(session))
    return str(path)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        *((kind, "{}") for kind in ("job", "story", "person", "debrief", "letters", "timeline", "unkept-notes")),
        ("story", "["),
        ("story", '{"id": "other", "title": "A story"}'),
        ("spell", "abracadabra"),
    ],
)
def test_an_archive_with_one_document_that_does_not_fit_is_not_taken_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str, text: str
) -> None:
    documents = {"draft": {NEW: "words"}, kind: {"x": text}}
    assert main(["sessions", "import", archive_of(tmp_path / "a.zip", documents)]) == ExitCode.NOT_IN_ORDER
    assert "'x'" in (told := capsys.readouterr().err) or kind in told
    assert "is kept" not in told
    services = Services()
    assert services.data.store.all_documents() == {}
    services.close()
    for words in (["job", "list"], ["stories", "list"], ["followup", "debrief", "list"]):
        assert main(words) == ExitCode.DONE


@pytest.mark.parametrize("place", ["x", "{}", "[]", '{"plan": {"turns": [], "interviewer_ids": []}}'])
def test_a_session_that_stands_nowhere_is_not_taken_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], place: str
) -> None:
    session = full_json(practice("other", finished_at="", place=place))
    assert main(["sessions", "import", archive_of(tmp_path / "a.zip", {}, session)]) == ExitCode.NOT_IN_ORDER
    assert "Where this interview stands cannot be read" in capsys.readouterr().err
    assert set(ids(capsys)) == {NEW, OLD}


def test_a_place_that_leads_nowhere_is_told_when_it_is_gone_on_with(capsys: pytest.CaptureFixture[str]) -> None:
    services = Services()
    services.data.store.begin(practice("left", finished_at="", place='{"plan": 7}'))
    services.close()
    assert main(["practice", "--plain", "--resume", "left"]) == ExitCode.NOT_IN_ORDER
    assert "cannot be gone on with; its answers are kept" in capsys.readouterr().err
    assert main(["sessions", "show", "left"]) == ExitCode.DONE


def test_one_broken_session_is_listed_as_such_and_can_be_deleted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    services = Services()
    with closing(sqlite3.connect(services.data.store.path)) as db, db:
        db.execute("UPDATE session SET detail='{' WHERE id=?", (OLD,))
    services.close()
    assert main(["sessions", "list"]) == ExitCode.DONE
    assert f"{OLD}  (broken" in (out := capsys.readouterr().out)
    assert NEW in out
    assert main(["sessions", "show", NEW]) == ExitCode.DONE
    assert main(["sessions", "show", OLD]) == ExitCode.NOT_IN_ORDER
    assert main(["sessions", "export", "--all", "--out", str(tmp_path / "all.zip")]) == ExitCode.DONE
    assert OLD in capsys.readouterr().err
    assert main(["sessions", "progress"]) == ExitCode.DONE
    assert main(["sessions", "delete", OLD]) == ExitCode.DONE
    capsys.readouterr()
    assert ids(capsys) == [NEW]


def test_one_broken_document_is_listed_as_such_and_can_be_deleted(capsys: pytest.CaptureFixture[str]) -> None:
    services = Services()
    for kind in ("job", "story", "person", "debrief"):
        services.data.store.keep_document(kind, "x", "{}")
    services.close()
    for words in (["job"], ["stories"], ["job", "people"], ["followup", "debrief"]):
        assert main([*words, "list"]) == ExitCode.DONE
        assert f"'second-round {' '.join(words)} delete x' removes it" in capsys.readouterr().err
        assert main([*words, "delete", "x"]) == ExitCode.DONE
        capsys.readouterr()
        assert main([*words, "list"]) == ExitCode.DONE
        assert "'x'" not in capsys.readouterr().err

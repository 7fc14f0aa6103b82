"""`sessions`: what each action prints, writes and returns."""

import csv
import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from simulator.cli import main
from simulator.places import user_places
from simulator.problems import ExitCode
from simulator.studio import Studio
from tests.sessions.made import STRONG, practice
from tests.speech.sounds import tone, write_wav

OLD = "20261101-100000-aaaa"
NEW = "20261123-140509-7f3a"


@pytest.fixture(autouse=True)
def kept(simulator_home: Path) -> None:
    """Two sessions in the store, the newer with one recording."""
    studio = Studio()
    newer = practice(NEW)
    name = f"{NEW}/01-2-question-1.wav"
    (studio.places.recordings / NEW).mkdir(parents=True)
    write_wav(studio.places.recordings / name, tone(440, 2.0))
    answer = newer.answers[1]
    answer = replace(answer, utterances=(replace(answer.utterances[0], recording=name),))
    studio.store.begin(replace(newer, answers=(newer.answers[0], answer, *newer.answers[2:])))
    studio.store.begin(
        practice(OLD, started_at="2026-11-01T10:00:00Z", bank_id="other", answers=practice(OLD).answers[:1])
    )
    studio.close()


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
    assert STRONG in out
    assert "To do next" in out
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
        (["import", "/no/such/file.zip"], ExitCode.NOT_IN_ORDER),
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
    assert "Concrete examples: 1, now 4, up by 3" in by_session
    assert "gained  " in by_session


@pytest.mark.parametrize("form", ["md", "html", "json", "csv", "vtt", "srt"])
def test_export_prints_and_writes_the_same(form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sessions", "export", NEW, "--format", form]) == ExitCode.DONE
    printed = capsys.readouterr().out
    path = tmp_path / "out"
    assert main(["sessions", "export", NEW, "--format", form, "--out", str(path)]) == ExitCode.DONE
    assert path.read_bytes().decode() == printed
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
    assert paths[0].read_bytes() == (user_places().recordings / NEW / "01-2-question-1.wav").read_bytes()
    assert "visitor" in paths[2].read_text()
    assert all(path.stat().st_mode & 0o077 == 0 for path in paths)


def test_history_exported_wiped_and_imported_is_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "history.zip"
    assert main(["sessions", "list", "--json"]) == ExitCode.DONE
    before = capsys.readouterr().out
    assert main(["sessions", "export", "--all", "--out", str(path)]) == ExitCode.DONE
    assert "2 sessions, 1 recordings" in capsys.readouterr().err
    assert main(["sessions", "wipe", "--yes"]) == ExitCode.DONE
    assert "nothing of your practice is left" in capsys.readouterr().err
    assert main(["sessions", "list", "--json"]) == ExitCode.DONE
    assert json.loads(capsys.readouterr().out) == []
    assert main(["sessions", "import", str(path)]) == ExitCode.DONE
    assert "Taken in: 2 sessions, 1 recordings" in capsys.readouterr().out
    assert main(["sessions", "list", "--json"]) == ExitCode.DONE
    assert capsys.readouterr().out == before
    assert main(["sessions", "import", str(path), "--json"]) == ExitCode.DONE
    assert json.loads(capsys.readouterr().out)["known"] == 2


def test_a_history_goes_to_the_exports_folder_by_default(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sessions", "export", "--all", "--without", "sound"]) == ExitCode.DONE
    path = Path(capsys.readouterr().out.strip())
    assert path.parent == user_places().exports
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
    assert not (user_places().recordings / NEW).exists()
    assert ids(capsys) == [OLD]


def test_wipe_does_nothing_without_a_yes(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("wipe\n"))
    assert main(["sessions", "wipe"]) == ExitCode.WRONG_USE
    assert user_places().database.exists()

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr("sys.stdin", Terminal("no\n"))
    assert main(["sessions", "wipe"]) == ExitCode.NOT_IN_ORDER
    assert user_places().database.exists()
    monkeypatch.setattr("sys.stdin", Terminal("wipe\n"))
    assert main(["sessions", "wipe"]) == ExitCode.DONE
    assert not user_places().database.exists()
    capsys.readouterr()
    assert main(["sessions", "wipe"]) == ExitCode.DONE
    assert "nothing to remove" in capsys.readouterr().err


def keep_for(days: int) -> None:
    from simulator.settings import Settings, save_settings

    save_settings(replace(Settings(), keep_recordings_days=days), user_places())


@pytest.mark.parametrize("words", [["sessions", "show", NEW], ["practice", "--plain", "--answer", "none.txt"]])
def test_old_recordings_go_also_when_only_commands_are_used(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    keep_for(3650)
    studio = Studio()
    session = studio.store.session(NEW)
    studio.store.replace(replace(session, started_at="2010-11-23T14:05:09Z"))
    studio.close()
    folder = user_places().recordings / NEW
    assert folder.is_dir()
    main(words)
    assert not folder.exists()
    assert (
        "Recordings older than 3650 days were removed, as your settings wish: 1 (0.1 MB)" in capsys.readouterr().err
    )
    studio = Studio()
    assert studio.store.session(NEW).answers == session.answers
    studio.close()


def test_without_that_wish_recordings_stay_and_the_list_shows_their_size(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sessions", "list"]) == ExitCode.DONE
    assert "Recordings: 1, 0.1 MB, kept until you delete them" in capsys.readouterr().err
    assert (user_places().recordings / NEW).is_dir()
    assert main(["sessions", "list", "--json"]) == ExitCode.DONE
    assert "Recordings" not in "".join(capsys.readouterr())

"""`job`: what each action prints, keeps and returns."""

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from simulator.cli import main
from simulator.errors import ExitCode
from simulator.paths import user_paths
from simulator.services import Services
from tests.preparation.posting_cases import FOLDER, cases

POSTING = str(FOLDER / "nursing_a.md")
NURSE = "staff-nurse-st-annes-hospital"
Out = pytest.CaptureFixture[str]


def given(monkeypatch: pytest.MonkeyPatch, raw: bytes) -> None:
    """Pipe these bytes in."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw), encoding="utf-8"))


def document(capsys: Out, *words: str) -> Any:
    assert main(["job", *words, "--json"]) == ExitCode.DONE
    return json.loads(capsys.readouterr().out)


@pytest.fixture
def nurse(capsys: Out) -> str:
    assert main(["job", "add", POSTING]) == ExitCode.DONE
    capsys.readouterr()
    return NURSE


def test_add_prints_what_was_found(capsys: Out) -> None:
    assert main(["job", "add", POSTING]) == ExitCode.DONE
    out = capsys.readouterr().out
    assert f"Staff Nurse at St Anne's Hospital   ({NURSE})" in out
    assert "place: Leeds" in out
    assert "You keep calm when the list runs late   (soft skill)" in out
    assert out.index("What you would do") < out.index("What is needed") < out.index("Nice to have")


def test_postings_of_every_style_and_kind_of_file_are_added_and_kept(capsys: Out) -> None:
    kinds: dict[tuple[str, str], Path] = {}
    for case in cases(False):
        posting = next(each for each in FOLDER.glob(f"{case.name}.*") if not each.name.endswith(".yaml"))
        kinds.setdefault((case.style, posting.suffix), posting)
    for posting in kinds.values():
        job = document(capsys, "add", str(posting))
        assert document(capsys, "show", job["id"]) == job
    assert len(document(capsys, "list")) == len(kinds) > 4


def test_the_same_posting_is_kept_once_and_corrections_stay(capsys: Out, nurse: str) -> None:
    main(["job", "edit", nurse, "--remove", "r1"])
    capsys.readouterr()
    assert main(["job", "add", POSTING, "--json"]) == ExitCode.DONE
    captured = capsys.readouterr()
    assert "kept already" in captured.err
    assert "r1" not in [each["id"] for each in json.loads(captured.out)["requirements"]]
    assert len(document(capsys, "list")) == 1


def test_add_takes_standard_input(capsys: Out, monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, Path(POSTING).read_bytes())
    assert document(capsys, "add", "-", "--company", "North Ward")["company"] == "North Ward"


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"", "no text"),
        (b"Nurse wanted", "only 2 words"),
        ("Wir suchen eine Pflegekraft für unsere Station, die gern im Team arbeitet und Nachtdienste macht.".encode(),
         "English"),
        (b"It was a quiet morning and nobody had seen the old man since the evening. " * 500, "7,500 words"),
        (b"\0\1\2\3" * 99, "not a text file"),
        (b"a" * 5_000_000, "more than 1 MB"),
    ],
    ids=["empty", "two words", "German", "a novel", "binary", "5 MB"],
)  # fmt: skip
def test_what_is_no_posting_is_told_and_not_lost(
    raw: bytes, told: str, capsys: Out, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    given(monkeypatch, raw)
    assert main(["job", "add", "-"]) == ExitCode.NOT_IN_ORDER
    piped = capsys.readouterr().err
    assert told in piped
    if "kept in" in piped:
        kept = Path(piped.strip().rpartition("kept in ")[2].rstrip("."))
        assert kept.read_bytes() == raw
        if sys.platform != "win32":
            assert kept.stat().st_mode & 0o077 == 0
    else:
        assert told in ("no text", "not a text file", "more than 1 MB")
    file = tmp_path / "posting.txt"
    file.write_bytes(raw)
    assert main(["job", "add", str(file)]) == ExitCode.NOT_IN_ORDER
    assert told in capsys.readouterr().err
    assert file.read_bytes() == raw
    assert document(capsys, "list") == []


def test_wrong_use_is_told(capsys: Out, nurse: str) -> None:
    for words in (
        ["add"],
        ["add", POSTING, "--clipboard"],
        ["new"],
        ["edit", nurse, "--requirement", "r1"],
        ["edit", nurse, "--text", "x"],
        ["edit", nurse, "--must"],
        ["edit", nurse, "--requirement", "r1", "--text", "x", "--add", "y"],
    ):
        assert main(["job", *words]) == ExitCode.WRONG_USE, words
        assert capsys.readouterr().err


def test_a_requirement_is_corrected_added_and_removed(capsys: Out, nurse: str) -> None:
    job = document(capsys, "edit", nurse, "--requirement", "r7", "--text", "Drips", "--kind", "soft", "--nice")
    changed = {key: value for key, value in job["requirements"][6].items() if key != "source"}
    assert changed == {"id": "r7", "text": "Drips", "kind": "soft skill", "must": False}
    assert job["requirements"][6]["source"]
    job = document(
        capsys, "edit", nurse, "--add", "Work nights", "--kind", "duty", "--remove", "r1", "--role", "Nurse"
    )
    assert job["requirements"][-1]["text"] == "Work nights"
    assert job["requirements"][-1]["kind"] == "duty"
    assert "r1" not in [each["id"] for each in job["requirements"]]
    assert job["role"] == "Nurse"
    assert document(capsys, "show", nurse) == job


def test_a_failed_correction_changes_nothing(capsys: Out, nurse: str) -> None:
    before = document(capsys, "show", nurse)
    assert main(["job", "edit", nurse, "--role", "X", "--remove", "r99"]) == ExitCode.NOT_IN_ORDER
    assert "no requirement 'r99'" in capsys.readouterr().err
    assert document(capsys, "show", nurse) == before


def test_a_job_by_hand(capsys: Out) -> None:
    job = document(capsys, "new", "--role", "Cook", "--company", "The Blue Door")
    assert (job["id"], job["requirements"]) == ("cook-the-blue-door", [])
    assert main(["job", "show", job["id"]]) == ExitCode.DONE
    assert "--add TEXT" in capsys.readouterr().out
    assert document(capsys, "edit", job["id"], "--add", "Run the pass", "--kind", "duty")["requirements"]


def test_the_postings_own_text_is_kept(capsys: Out, nurse: str) -> None:
    assert main(["job", "show", nurse, "--posting"]) == ExitCode.DONE
    assert "recovery ward" in capsys.readouterr().out


def test_priorities_by_person_whatever_the_case_of_the_name(capsys: Out, nurse: str) -> None:
    main(["job", "people", "add", "Ann Lee", "--kind", "interviewer", "--job", nurse])
    main(["job", "priorities", nurse, "--of", "ann lee", "--add", "a clear handover"])
    main(["job", "priorities", nurse, "--add", "low overtime"])
    capsys.readouterr()
    assert document(capsys, "priorities", nurse) == {"Ann Lee": ["a clear handover"], "": ["low overtime"]}
    assert document(capsys, "priorities", nurse, "--remove", "low overtime") == {"Ann Lee": ["a clear handover"]}
    assert main(["job", "priorities", nurse, "--remove", "speed"]) == ExitCode.NOT_IN_ORDER


def test_coverage_without_stories_is_all_gaps(capsys: Out, nurse: str) -> None:
    coverage = document(capsys, "coverage", nurse)
    assert coverage["covered"] == 0
    assert len(coverage["gaps"]) == coverage["total"] == 11


def test_people_are_added_corrected_stepped_on_and_taken_off(capsys: Out, nurse: str) -> None:
    (tom,) = document(
        capsys, "people", "add", "Tom Lee", "--kind", "reference", "--job", nurse, "--knows", "the list"
    )
    assert (tom["id"], tom["job_id"], tom["told"]) == ("tom-lee", nurse, False)
    assert "Ask Tom" in tom["next_step"]
    (tom,) = document(capsys, "people", "done", "tom-lee")
    assert tom["told"]
    (tom,) = document(capsys, "people", "edit", "tom-lee", "--phone", "0 12", "--kind", "contact")
    assert (tom["phone"], tom["kind"], tom["knows"]) == ("0 12", "contact", "the list")
    assert main(["job", "people", "list"]) == ExitCode.DONE
    assert "next: Ask Tom what the work at St Anne's Hospital is really like" in capsys.readouterr().out
    assert document(capsys, "people", "list", "--kind", "alumnus") == []
    main(["job", "people", "delete", "tom-lee"])
    capsys.readouterr()
    assert document(capsys, "people", "list") == []


def test_people_need_a_job_and_an_interviewer_that_exist(capsys: Out) -> None:
    for words in (["--job", "none"], ["--interviewer", "nobody"], ["--email", "x"]):
        assert main(["job", "people", "add", "Tom", *words]) == ExitCode.NOT_IN_ORDER
        assert capsys.readouterr().err
    assert main(["job", "people", "edit", "tom"]) == ExitCode.WRONG_USE
    assert main(["job", "people", "done", "tom"]) == ExitCode.NOT_IN_ORDER


def test_a_deleted_job_leaves_people_and_practice_in_order(capsys: Out, nurse: str) -> None:
    main(["job", "people", "add", "Tom", "--kind", "reference", "--job", nurse])
    assert main(["job", "delete", nurse]) == ExitCode.DONE
    capsys.readouterr()
    assert document(capsys, "list") == []
    (tom,) = document(capsys, "people", "list")
    assert tom["job_id"] == ""
    assert main(["job", "delete", nurse]) == ExitCode.NOT_IN_ORDER


def answers(tmp_path: Path) -> list[str]:
    text = (
        "Last winter three bells rang at once. I looked in on each and told them who came first. Nobody waited long."
    )
    (tmp_path / "a.txt").write_text(text)
    return [str(tmp_path / "a.txt")] * 5


def test_a_tailored_practice_names_the_people_and_is_judged_by_the_job(
    capsys: Out, nurse: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given(monkeypatch, b"")
    main(["job", "people", "add", "Ann Lee", "--kind", "interviewer", "--role", "head nurse", "--job", nurse])
    main(["job", "priorities", nurse, "--of", "Ann Lee", "--add", "Not making the bells wait"])
    capsys.readouterr()
    words = ["practice", "--job", nurse, "--questions", "5", "--seed", "4", "--plain", "--mode", "realistic"]
    assert main([*words, "--answer", *answers(tmp_path)]) == ExitCode.DONE
    first = capsys.readouterr().out
    assert "I am Ann Lee, head nurse." in first
    assert "Ann Lee: " in first
    services = Services()
    (session_id,) = services.data.store.session_ids()
    session = services.data.store.session(session_id)
    assert session.job_id == nurse
    assert session.bank_title == "Staff Nurse at St Anne's Hospital"
    assert session.interviewer_names == ("Ann Lee",)
    assert services.panels.of_session(session)[0].name == "Ann Lee"
    told = session.answers[2].scorecard
    assert told is not None
    assert "Not making the bells wait" in told.tailoring.met
    worded = next(answer.question for answer in session.answers if answer.question.id.startswith(f"{nurse}-r"))
    services.close()
    # The same seed asks the same; a worded question can be drilled on its own.
    assert main([*words, "--answer", *answers(tmp_path)]) == ExitCode.DONE
    asked = [line for line in capsys.readouterr().out.splitlines() if line.startswith("Ann Lee: ")]
    assert asked == [line for line in first.splitlines() if line.startswith("Ann Lee: ")]
    drill = ["practice", "--mode", "drill", "--bank", f"job:{nurse}", "--question", worded.id, "--plain"]
    assert main([*drill, "--answer", answers(tmp_path)[0]]) == ExitCode.DONE
    assert worded.ask in capsys.readouterr().out


def test_answers_of_a_job_that_was_removed_can_still_be_corrected(
    capsys: Out, nurse: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given(monkeypatch, b"")
    main(["practice", "--job", nurse, "--questions", "3", "--plain", "--answer", *answers(tmp_path)])
    main(["job", "delete", nurse])
    services = Services()
    session = services.data.store.session(services.data.store.session_ids()[0])
    corrected = services.rescoring.correct(
        session.answers[0], 0, "I wrote the list myself and it helped everybody on the ward."
    )
    assert corrected.corrected
    assert services.library.bank(f"job:{nurse}").questions
    services.close()


def test_an_unknown_job_is_told_before_anything_is_asked(capsys: Out, monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, b"")
    assert main(["practice", "--job", "none", "--plain"]) == ExitCode.NOT_IN_ORDER
    assert "no job 'none'" in capsys.readouterr().err
    assert not list(user_paths().recordings.glob("*"))


def test_the_only_job_needs_no_id_and_a_part_of_the_id_is_enough(nurse: str, capsys: Out) -> None:
    assert document(capsys, "show") == document(capsys, "show", nurse) == document(capsys, "show", "nurse")


def test_without_any_job_that_is_said(capsys: Out) -> None:
    assert main(["job", "show"]) == ExitCode.NOT_IN_ORDER
    assert capsys.readouterr().err == "There is no job here yet.\n"


def test_a_part_of_the_id_is_enough_wherever_a_job_is_named(nurse: str, capsys: Out) -> None:
    main(["stories", "add", "--title", "The list", "--situation", "Doses were missed.", "--action", "I wrote it."])
    main(["job", "people", "add", "Ann Lee", "--kind", "interviewer", "--job", "nurse"])
    main(["references", "add", "Kim", "--job", "nurse"])
    assert main(["stories", "link", "list", "r1", "--job", "nurse"]) == ExitCode.DONE
    capsys.readouterr()
    listed = document(capsys, "people", "list", "--job", "nurse")
    assert {each["name"]: each["job_id"] for each in listed} == {"Ann Lee": nurse, "Kim": nurse}


def test_what_may_be_any_of_several_jobs_is_asked_back(nurse: str, capsys: Out) -> None:
    assert main(["job", "new", "--role", "Staff nurse", "--company", "Northway"]) == ExitCode.DONE
    for wanted, told in (((), "Which one: "), (("nurse",), "'nurse' may be any of: ")):
        assert main(["job", "show", *wanted]) != ExitCode.DONE
        error = capsys.readouterr().err
        assert told in error
        assert nurse in error


def test_a_part_of_an_id_never_deletes(nurse: str, capsys: Out) -> None:
    assert main(["job", "delete", "nurse"]) != ExitCode.DONE
    assert document(capsys, "show", nurse)

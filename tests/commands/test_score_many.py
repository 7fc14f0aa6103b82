"""`score` of many answers: tables, the user's own columns, order, and a run that was cut short."""

import csv
import io
import json
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from simulator.assessment import score_answer
from simulator.cli import main
from simulator.commands import score_many
from simulator.errors import ExitCode
from simulator.scoring.scorecard import Scorecard
from simulator.sheets import csv_text, rows_in

QUESTION = "Tell me about a time you helped somebody."
STRONG = (
    "last winter on the late shift a visitor was shouting at the desk because nobody had called him so i took him to "
    "the side room and got him a tea and he came back the next day to thank us"
)
WEAK = "i am a natural leader and people like me because i always give my best every day"
ROWS = [
    {"student": "Amara", "group": "a", "Question": QUESTION, "kind": "behavioural", "text": STRONG},
    {"student": "Bruno", "group": "=1+1", "Question": QUESTION, "kind": "", "text": WEAK},
    {"student": "Chiara", "group": "a", "Question": "", "kind": "", "text": WEAK},
]


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "class.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ROWS[0])
        writer.writeheader()
        writer.writerows(ROWS)
    return path


def test_a_table_for_people_tells_what_is_wrong_with_a_row(sheet: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["score", str(sheet)]) == ExitCode.NOT_IN_ORDER
    printed = capsys.readouterr()
    lines = printed.out.splitlines()
    assert lines[0].split()[:3] == ["student", "group", "examples"]
    assert [line.split()[0] for line in lines[1:]] == ["Amara", "Bruno", "Chiara"]
    assert "not scored" in lines[3]
    assert max(map(len, lines)) <= 100
    assert f"{sheet}:4: the question is missing" in printed.err


def test_csv_keeps_every_column_and_the_order_and_runs_no_formula(
    sheet: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["score", str(sheet), "--format", "csv"])
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["student"] for row in rows] == ["Amara", "Bruno", "Chiara"]
    assert rows[1]["group"] == "'=1+1"
    assert rows[0]["text"] == STRONG
    assert (rows[0]["examples_level"], rows[1]["examples_level"], rows[2]["scored"]) == ("3", "0", "no")


def test_json_lines_bring_the_users_own_keys_beside_the_result(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "study.jsonl"
    row = {"id": 7, "student": "Amara", "delivery": "by post", "question": QUESTION, "text": STRONG}
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    assert main(["score", str(path)]) == ExitCode.DONE
    result = json.loads(capsys.readouterr().out)
    assert (result["id"], result["student"], result["given_delivery"]) == (7, "Amara", "by post")
    assert result["delivery"]["words"] == len(STRONG.split())
    assert "text" not in result


def test_a_sheet_and_a_csv_file_score_alike(tmp_path: Path, sheet: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = Workbook()
    book.active.append(list(ROWS[0]))
    for row in ROWS:
        # A text, not a formula.
        book.active.append([cell if not cell.startswith("=") else f"'{cell}" for cell in row.values()])
    path = tmp_path / "class.xlsx"
    book.save(path)
    main(["score", str(path), "--format", "csv"])
    from_sheet = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    main(["score", str(sheet), "--format", "csv"])
    from_csv = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert from_sheet == from_csv


def test_one_question_for_all_needs_no_column(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "class.csv"
    path.write_text(f"student;text\nAmara;{STRONG}\n", encoding="utf-8")
    assert main(["score", str(path), "--question", QUESTION, "--format", "jsonl"]) == ExitCode.DONE
    assert json.loads(capsys.readouterr().out)["rubrics"]["examples"]["level"] == 3


@pytest.mark.parametrize(
    "headings", ["Schüler;Frage;Antwort", "élève;question;réponse", "student;Interview question;Answer (as typed)"]
)
def test_headings_are_known_as_those_of_a_list_of_questions_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], headings: str
) -> None:
    path = tmp_path / "class.csv"
    path.write_text(f"{headings}\nAmara;{QUESTION};{STRONG}\n", encoding="utf-8")
    assert main(["score", str(path), "--format", "csv"]) == ExitCode.DONE
    (row,) = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert list(row)[:3] == headings.split(";")
    assert row["examples_level"] == "3"


OTHERWISE = [
    {"prompt": QUESTION, "Student's answer": STRONG, "Type": "Behavioral", "time (min)": "1,5", "time": "noon"},
    {"prompt": QUESTION, "Student's answer": WEAK, "Type": "unclear", "time (min)": "", "time": "late"},
]


@pytest.mark.parametrize("ending", [".csv", ".jsonl"])
def test_kind_and_time_and_keys_of_json_are_known_as_in_a_list_of_questions(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], ending: str
) -> None:
    own = [
        {"question": QUESTION, "text": STRONG, "kind": "behavioural", "target_seconds": 90, "time": "noon"},
        {"question": QUESTION, "text": WEAK, "time": "late"},
    ]
    plain, other = tmp_path / "plain.jsonl", tmp_path / f"other{ending}"
    plain.write_text("".join(json.dumps(row) + "\n" for row in own), encoding="utf-8")
    if ending == ".csv":
        other.write_text(csv_text(list(OTHERWISE[0]), [list(row.values()) for row in OTHERWISE]), encoding="utf-8")
    else:
        other.write_text("".join(json.dumps(row) + "\n" for row in OTHERWISE), encoding="utf-8")
    assert main(["score", str(other), "--json"]) == ExitCode.DONE
    printed = capsys.readouterr()
    assert main(["score", str(plain), "--json"]) == ExitCode.DONE
    assert printed.out == capsys.readouterr().out
    for words in ("'prompt' is the question", "'Type' is its kind", "'time (min)' is the time for it"):
        assert words in printed.err
    assert "'time' is" not in printed.err


def test_a_column_of_ones_own_stays_that_whatever_it_is_called(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "study.jsonl"
    row = {"question": QUESTION, "text": STRONG, "type": "night shift", "answer": "B", "Model": "x", "time": "May"}
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    assert main(["score", str(path)]) == ExitCode.DONE
    printed = capsys.readouterr()
    result = json.loads(printed.out)
    assert [result[key] for key in ("type", "answer", "Model", "time")] == ["night shift", "B", "x", "May"]
    assert printed.err == ""


def test_kind_and_time_under_their_own_names_may_be_written_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "class.csv"
    path.write_text(
        f"question,text,kind,target_seconds\n{QUESTION},{STRONG},Behavioral,1:30\n{QUESTION},{STRONG},odd,90.0\n"
        f"{QUESTION},{STRONG},,soon\n",
        encoding="utf-8",
    )
    assert main(["score", str(path)]) == ExitCode.NOT_IN_ORDER
    told = capsys.readouterr().err
    assert f"{path}:2" not in told
    assert f"{path}:3: there is no such kind" in told
    assert f"{path}:4: the target should be seconds" in told


def test_how_many_were_scored_and_why_others_were_not(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "class.csv"
    texts = [STRONG, "i did", "no", QUESTION, "word " * 20_000]
    rows = "".join(f"{QUESTION};{text}\n" for text in texts)
    path.write_text(f"question;text\n{rows};{STRONG}\n", encoding="utf-8")
    assert main(["score", str(path), "--out", str(tmp_path / "scores.csv")]) == ExitCode.NOT_IN_ORDER
    told = capsys.readouterr().err.splitlines()[-1]
    assert "1 of 6 answers scored, 2 too short, 1 mostly the question, 1 too long, 1 not in order; written" in told


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "is empty"),
        ("name,words\na,b\n", "has no column 'text'; it has name, words"),
        ("Frage,Antwort,Musterantwort\na,b,c\n", "'text' could be any of the columns Antwort, Musterantwort"),
        ("text,text,question\na,b,c\n", "two columns are named 'text'"),
        ("Text,text,question\na,b,c\n", "'text' could be any of the columns Text, text"),
        ("text,question\na,b,c\n", "more cells than the header"),
        ('text,question\n"a,b\n', "is no CSV"),
    ],
)
def test_a_file_that_is_no_table_of_answers_is_told_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str, says: str
) -> None:
    path = tmp_path / "class.csv"
    path.write_text(content, encoding="utf-8")
    assert main(["score", str(path)]) == ExitCode.NOT_IN_ORDER
    printed = capsys.readouterr()
    assert says in printed.err
    assert printed.out == ""


def test_a_run_cut_short_goes_on_and_ends_like_one_that_was_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "study.jsonl"
    rows = [{"id": n, "question": QUESTION, "text": f"{STRONG} {n}"} for n in range(4)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    whole, cut = tmp_path / "whole.jsonl", tmp_path / "cut.jsonl"
    assert main(["score", str(path), "--out", str(whole)]) == ExitCode.DONE

    calls: list[object] = []

    def breaks_off(*given: Any, **named: Any) -> Scorecard:
        calls.append(given)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return score_answer(*given, **named)

    monkeypatch.setattr("simulator.commands.score_lines.score_answer", breaks_off)
    assert main(["score", str(path), "--out", str(cut)]) == 130
    assert not cut.exists()
    notes = cut.with_name(cut.name + score_many.NOTES)
    notes.write_text(notes.read_text(encoding="utf-8") + '{"key": "half a li', encoding="utf-8")
    capsys.readouterr()
    assert main(["score", str(path), "--out", str(cut)]) == ExitCode.DONE
    assert "2 of 4 answers were scored before" in capsys.readouterr().err
    assert len(calls) == 5
    assert cut.read_bytes() == whole.read_bytes()
    assert not notes.exists()


@pytest.mark.parametrize("notes", [b"[" * 5_000, b"\xff\xfe\n9\n[[]]", b'{"key": [], "text": 1, "wrong": 2}'])
def test_notes_that_are_none_are_passed_over(tmp_path: Path, notes: bytes) -> None:
    path, out = tmp_path / "study.jsonl", tmp_path / "scores.jsonl"
    path.write_text(json.dumps({"question": QUESTION, "text": STRONG}), encoding="utf-8")
    out.with_name(out.name + score_many.NOTES).write_bytes(notes)
    assert main(["score", str(path), "--out", str(out)]) == ExitCode.DONE
    assert json.loads(out.read_text())["scored"]


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no /dev/zero here")
def test_notes_without_an_end_are_not_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, out = tmp_path / "study.jsonl", tmp_path / "scores.jsonl"
    path.write_text(json.dumps({"question": QUESTION, "text": STRONG}), encoding="utf-8")
    out.with_name(out.name + score_many.NOTES).symlink_to("/dev/zero")
    assert main(["score", str(path), "--out", str(out)]) == ExitCode.WRONG_USE
    assert "not a file" in capsys.readouterr().err


@pytest.mark.thorough
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="children are found by /proc")
def test_killed_with_all_its_processes_at_work_it_goes_on_and_leaves_none_behind(tmp_path: Path) -> None:
    path, out = tmp_path / "study.jsonl", tmp_path / "scores.jsonl"
    rows = [{"id": n, "question": QUESTION, "text": f"{STRONG} {n}"} for n in range(600)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    notes = out.with_name(out.name + score_many.NOTES)
    run = subprocess.Popen([sys.executable, "-m", "simulator", "score", str(path), "--out", str(out)])
    until(lambda: notes.exists() and notes.stat().st_size > 1_000)
    workers = Path(f"/proc/{run.pid}/task/{run.pid}/children").read_text(encoding="ascii").split()
    run.kill()
    run.wait()
    until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in workers))
    assert len(workers) > 1
    assert notes.exists()
    assert not out.exists()


def until(true: Callable[[], bool]) -> None:
    """Wait for a condition, a minute at most."""
    for _ in range(600):
        if true():
            return
        time.sleep(0.1)
    raise AssertionError("it did not come to that within a minute")


def test_a_sheet_comes_out_as_a_sheet_with_all_columns(sheet: Path, tmp_path: Path) -> None:
    out = tmp_path / "scores.xlsx"
    assert main(["score", str(sheet), "--out", str(out)]) == ExitCode.NOT_IN_ORDER
    (number, first), *_ = rows_in(out)
    given = next(row for _, row in rows_in(sheet))
    assert number == 2
    assert list(first)[: len(given)] == list(given)
    assert first["examples_level"] in "01234"
    wrong = tmp_path / "scores.docx"
    assert main(["score", str(sheet), "--out", str(wrong)]) == ExitCode.WRONG_USE
    assert not wrong.exists()


def test_a_file_that_is_there_is_not_written_over(sheet: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = sheet.read_bytes()
    assert main(["score", str(sheet), "--out", str(sheet)]) == ExitCode.WRONG_USE
    assert sheet.read_bytes() == before


# The page about it.

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "scoring_many.md").read_text(encoding="utf-8")


def block(kind: str) -> str:
    found = re.search(rf"```{kind}[^\n]*\n(.*?)```", PAGE, re.DOTALL)
    assert found
    return found[1]


def test_the_example_of_the_page_runs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "class.csv"
    path.write_text(block("csv"), encoding="utf-8")
    assert main(["score", str(path), "--format", "csv"]) == ExitCode.DONE
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["student"] for row in rows] == ["Amara", "Bruno"]
    assert int(rows[0]["examples_level"]) > int(rows[1]["examples_level"])
    missing = [name for name in rows[0] if f"`{name.replace('examples', 'RUBRIC')}`" not in PAGE]
    assert missing in ([], ["motivation_level", "questions_level"])


def test_the_page_names_every_column() -> None:
    assert [name for name in score_many.COLUMNS if f"`{name}`" not in PAGE] == []


def test_the_scorer_of_the_page_gives_what_the_command_gives(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = block("python")
    function = code[code.index("def scored") : code.index("if __name__")]
    imports = "\n".join(line for line in code.splitlines() if line.startswith("from simulator"))
    names: dict[str, object] = {}
    exec(f"{imports}\n{function}", names)
    scored = names["scored"]
    assert callable(scored)
    rows = [
        {"id": n, "question": QUESTION, "kind": "behavioural", "text": text} for n, text in enumerate((STRONG, WEAK))
    ]
    path = tmp_path / "study.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    main(["score", str(path)])
    printed = capsys.readouterr().out.splitlines()
    assert [json.dumps(scored(row), ensure_ascii=False) for row in rows] == printed


def test_a_file_holds_every_letter_whatever_the_terminal_knows(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, out = tmp_path / "study.jsonl", tmp_path / "scores.jsonl"
    path.write_text(json.dumps({"id": 1, "école": "Orléans", "question": QUESTION, "text": WEAK}), encoding="utf-8")
    monkeypatch.setattr(score_many, "plain_signs", lambda: True)
    main(["score", str(path), "--out", str(out)])
    main(["score", str(path), "--json"])
    printed = capsys.readouterr().out
    written = out.read_text(encoding="utf-8")
    assert '"école": "Orléans"' in written
    assert printed.isascii()
    assert json.loads(printed) == json.loads(written)

"""`interviewers list` and `check`."""

import json
from pathlib import Path

import pytest

from simulator.cli import main
from tests.interview.test_interviewer import FILE, PEOPLE


def test_list_names_everybody_and_ones_own(simulator_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = simulator_home / "interviewers"
    folder.mkdir(parents=True)
    (folder / "ann.yaml").write_text(FILE)
    (folder / "bad.yaml").write_text("interviewer: x")
    assert main(["interviewers", "list"]) == 0
    out, err = capsys.readouterr()
    assert "Ann Lee, head of everything; warm; any field" in out
    assert f"broken: {folder / 'bad.yaml'}:1:1:" in out
    assert len(out.splitlines()) == len(PEOPLE) + 2
    assert str(folder) in err


def test_list_as_json_is_one_document(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["interviewers", "list", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert [person["id"] for person in document["interviewers"]] == [person.id for person in PEOPLE]
    assert document["broken"] == []


def test_check_tells_all_errors_of_all_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.yaml").write_text(FILE)
    (tmp_path / "b.yaml").write_text(FILE)
    (tmp_path / "c.yaml").write_text(FILE.replace("name:", "nam:"))
    assert main(["interviewers", "check", str(tmp_path)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.removeprefix(f"{tmp_path}/").split(" ")[0] for line in lines] == [
        "b.yaml:1:1:",
        "c.yaml:1:1:",
        "c.yaml:2:1:",
    ]


def test_check_of_a_file_in_order_and_of_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.yaml").write_text(FILE)
    assert main(["interviewers", "check", str(tmp_path / "a.yaml")]) == 0
    assert main(["interviewers", "check", str(tmp_path / "nothing.yaml"), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["findings"][0]["line"] == 1

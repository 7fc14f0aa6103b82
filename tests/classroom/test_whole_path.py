"""A coach and a class of twenty, from lists of eight kinds to the comment that is seen at home."""

import csv
import io
import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

from simulator.cli import main
from simulator.errors import ExitCode
from simulator.interview.setup import Setup
from simulator.sessions.session import Mode
from tests.classroom.twenty import BANK, NAMES, RUBRIC, answers_of, at_home, material, practise

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def opened(page: Path) -> str:
    """The page's document as a browser has it after it was opened."""
    assert CHROMIUM
    with tempfile.TemporaryDirectory() as profile:
        flags = (
            *("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"),
            *("--disable-component-update", "--disable-sync", f"--user-data-dir={profile}"),
        )
        done = subprocess.run(
            [CHROMIUM, *flags, "--dump-dom", page.as_uri()], capture_output=True, encoding="utf-8", timeout=120
        )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.thorough
def test_twenty_homes_one_class(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    homes = {name: tmp_path / f"home-{number}" for number, name in enumerate(NAMES)}
    coach = tmp_path / "coach"

    def ran(home: Path, *words: str) -> str:
        monkeypatch.setenv("SIMULATOR_HOME", str(home))
        capsys.readouterr()
        assert main(words) == ExitCode.DONE, capsys.readouterr().err
        return capsys.readouterr().out

    # Material of eight kinds, and a bank and a rubric of the coach's own.
    for folder, name, text in (("question_banks", "workshop", BANK), ("rubrics", "care_for_tools", RUBRIC)):
        (coach / folder).mkdir(parents=True, exist_ok=True)
        (coach / folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    lists = tmp_path / "lists"
    lists.mkdir()
    for path, kind in material(lists).items():
        ran(coach, "banks", "import", str(path), "--yes", "--id", path.stem)
        (question,) = json.loads(ran(coach, "banks", "show", path.stem, "--json"))["questions"]
        assert question["kind"] == kind, path.name

    # All of it in one bank, in the coach's order; one zip out.
    ran(coach, "banks", "merge", *(path.stem for path in lists.iterdir()), "--into", "workshop")
    ran(coach, "banks", "rename", "workshop", "The workshop, first round")
    ran(coach, "banks", "reorder", "workshop", "broke", "draws")
    bank = json.loads(ran(coach, "banks", "show", "workshop", "--json"))
    assert len(bank["questions"]) == 3 + 8
    assert [question["id"] for question in bank["questions"]][:2] == ["broke", "draws"]
    parcel = tmp_path / "parcel.zip"
    ran(coach, "banks", "export", "workshop", "--format", "zip", "--out", str(parcel))

    everything = Setup(bank_id="workshop", count=len(bank["questions"]), mode=Mode.REALISTIC, seed=1)

    # Twenty homes practise; all but one hand in, most of them twice.
    handed_in = tmp_path / "handed-in"
    handed_in.mkdir()
    for number, (name, home) in enumerate(homes.items()):
        ran(home, "banks", "install", str(parcel))
        for day, again in ((2, False), (9, True)):
            with at_home(home) as services:
                session = practise(services, name, answers_of(number, again), day, everything)
            assert {answer.question.id for answer in session.answers} == {each["id"] for each in bank["questions"]}
            target = handed_in / f"{session.id}.zip"
            ran(home, "sessions", "export", session.id, "--format", "zip", "--out", str(target))

    # Twenty exports in; one more is in the list and has not practised.
    roll = tmp_path / "names.txt"
    roll.write_text("\n".join([*NAMES, "Zora Absent"]), encoding="utf-8")
    ran(coach, "class", "new", "Evening course", "--students", str(roll))
    added = ran(coach, "class", "add", str(handed_in))
    assert len(added.splitlines()) == 2 * len(NAMES)
    assert ran(coach, "class", "add", str(handed_in)).count("1 here already") == 2 * len(NAMES)

    # The class as a table, and its files.
    table = ran(coach, "class", "show")
    assert all(name in table for name in NAMES)
    assert "Not practised: Zora Absent" in table
    assert max(map(len, table.splitlines())) <= 100
    rows = list(csv.DictReader(io.StringIO(ran(coach, "class", "show", "--format", "csv"))))
    assert [row["student"] for row in rows] == [*NAMES, "Zora Absent"]
    assert {row["sessions"] for row in rows[:-1]} == {"2"}
    better = [row["student"] for row in rows if float(row["Concrete examples: change"] or 0) > 0]
    assert len(better) >= len(NAMES) / 2
    assert "Care for tools: first" in rows[0]
    assert float(rows[0]["minutes"]) > 0
    questions = ran(coach, "class", "show", "--by", "questions")
    assert "Tell me about a time a machine broke down." in questions
    ran(coach, "class", "show", "--out", str(tmp_path / "class.xlsx"))
    from openpyxl import load_workbook

    book = load_workbook(tmp_path / "class.xlsx")
    assert [row[0].value for row in book["Students"].iter_rows(min_row=2)] == [*NAMES, "Zora Absent"]

    # The coach's own practice is as empty as before.
    assert json.loads(ran(coach, "sessions", "list", "--json")) == []

    # The coach says something of the first student's first answer, and hands it back.
    listed = ran(coach, "class", "show", "Amara Okoye")
    answer = next(word for line in listed.splitlines() for word in line.split() if word.endswith("/01-1"))
    ran(
        *(coach, "class", "comment", answer, "--level", "examples=3", "--mark", "1-3=A good beginning"),
        *("--text", "Tell one evening, from its start to its end."),
    )
    agreed = ran(coach, "class", "agreement")
    assert "Amara Okoye, examples: you 3, the app" in agreed
    returned = tmp_path / "returned"
    ran(coach, "class", "return", "--out", str(returned))
    assert [path.name for path in returned.iterdir()] == ["feedback-amara-okoye.zip"]

    # At home it is seen, as the coach's, beside the app's own.
    home = homes["Amara Okoye"]
    ran(home, "sessions", "import", str(returned / "feedback-amara-okoye.zip"))
    seen = ran(home, "sessions", "show", answer.split(".", 2)[2].split("/")[0])
    assert "Your coach" in seen
    assert "Tell one evening, from its start to its end." in seen
    assert "(the app: " in seen

    # Reports, opened in a browser.
    reports = tmp_path / "reports"
    ran(coach, "class", "report", "--out", str(reports))
    assert len(list(reports.glob("*.html"))) == len(NAMES) + 2
    without = tmp_path / "without"
    ran(coach, "class", "report", "--out", str(without), "--without-names")
    assert "Not practised yet: 1 student<" in (without / "class.html").read_text(encoding="utf-8")
    for page in without.glob("*.html"):
        told = page.read_text(encoding="utf-8")
        assert not [name for name in NAMES if name in told]
    if CHROMIUM and os.access(CHROMIUM, os.X_OK):
        of_class = opened(reports / "class.html")
        assert of_class.count("<tr>") >= len(NAMES)
        assert "Zora Absent" in of_class
        of_student = opened(reports / "amara-okoye.html")
        assert "Tell one evening, from its start to its end." in of_student
        # Two sessions, and each answer with its words.
        assert of_student.count('<p class="words">') == 2 * len(bank["questions"])

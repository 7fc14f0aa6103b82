"""The README and the docs are true: their files are made, their commands run, their output is compared."""

import importlib.util
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.docs_pages import PAGES, ROOT, Command, File, Reader, known, steps, words_of

NOT_RUN: Mapping[str, str] = {
    "": "the full-screen app, or the sample interview: tests/terminal and tests/test_sample.py start them",
    "test": "this suite",
    "benchmark": "takes minutes; the figures it prints have floors in tests/reading_model",
    "model install": "needs the network, or a model from it: tests/speech/test_model_install.py has one",
    "doctor": "tells of the machine: tests/test_doctor.py",
}
"""Commands that are only parsed (tests/test_docs_of_commands.py), by their first words."""

AT_HAND = {"README.md": "preparing.md"}
"""Pages whose commands take files that another page shows."""

STATUS: Mapping[str, int] = {
    "banks check my-bank.yaml": 1,
    "rubrics check broken_ear.yaml": 1,
    "followup check letter.txt": 1,
    "followup draft": 1,
    "references draft": 1,
}
"""Commands that end with a status of their own, by their first words: what they look at is not in order."""


def why_not(words: list[str]) -> str:
    """Why a command is not run; "" where it is."""
    line = " ".join(words)
    return next((why for start, why in NOT_RUN.items() if line == start or (start and line.startswith(start))), "")


def status_of(words: list[str]) -> set[int]:
    """How a command may end."""
    line = " ".join(words)
    return {0, *(status for start, status in STATUS.items() if line.startswith(start))}


def faults(page: str, reader: Reader) -> list[str]:
    """Everything that a page says and that is not so."""
    found: list[str] = []
    for step in steps(page):
        if isinstance(step, File):
            reader.write(step)
            continue
        words, _ = words_of(step.line)
        if why_not(words) or not known(words):
            continue
        status, printed = reader.do(step)
        if status not in status_of(words):
            found.append(f"line {step.number}, {step.line}\nended with {status}:\n" + "\n".join(printed))
        elif step.shown is not None and (told := reader.differs(step, printed)):
            found.append(told)
    return found


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_a_page_is_true(path: Path, tmp_path: Path, simulator_home: Path) -> None:
    folder = tmp_path / "reader"
    folder.mkdir()
    reader = Reader(folder, simulator_home)
    if path.name in AT_HAND:
        for step in steps((ROOT / "docs" / AT_HAND[path.name]).read_text(encoding="utf-8")):
            if isinstance(step, File):
                reader.write(step)
    found = faults(path.read_text(encoding="utf-8"), reader)
    assert not found, "\n\n".join(found)


PAGE = """\
```yaml bank.yaml
bank: ours
title: Ours
questions:
  - {id: why, ask: Why here?, kind: motivation}
```
```console
$ second-round banks check bank.yaml
bank.yaml: 1 question, in order.
$ second-round banks install bank.yaml
bank ours: ...
$ second-round banks list
...
ours                          1 question   Ours  (yours)
...
```
"""


def reader(tmp_path: Path) -> Reader:
    return Reader(tmp_path, tmp_path / "home")


def test_a_true_page_has_no_fault(tmp_path: Path) -> None:
    assert faults(PAGE, reader(tmp_path)) == []


@pytest.mark.parametrize(
    ("told", "instead", "fault"),
    [
        ("1 question, in", "2 questions, in", "shown:   bank.yaml: 2 questions"),
        ("bank ours: ...", "bank theirs: ...", "shown:   bank theirs"),
        ("(yours)", "(theirs)", "shown:   ours"),
        ("...\nours ", "ours ", "shown:   ours"),
        ("bank ours: ...", "bank ours: ...\nand more", "shown:   and more"),
        ("(yours)\n", "(yours)\n...\nand more\n", "shown:   and more"),
        ("banks list", "banks show theirs", "ended with 1"),
        ("kind: motivation", "kind: motive", "ended with 1"),
    ],
)
def test_a_page_that_is_not_true_is_told(told: str, instead: str, fault: str, tmp_path: Path) -> None:
    assert told in PAGE
    assert any(fault in each for each in faults(PAGE.replace(told, instead), reader(tmp_path)))


def test_what_is_printed_and_not_shown_is_told(tmp_path: Path) -> None:
    page = "```console\n$ second-round banks path\nAPP/question_banks\nHOME/question_banks\n```\n"
    assert faults(page, reader(tmp_path)) == []
    (fault,) = faults(page.replace("HOME/question_banks\n", ""), reader(tmp_path))
    assert "printed, not shown" in fault


def test_ids_are_followed_from_where_they_are_shown(tmp_path: Path) -> None:
    page = """```console
$ second-round practice --plain --bank first-round-general --questions 1 --seed 1
...
You: I stacked the shelves last May and we sold out by noon that day.
...
Saved as session 20261123-140509-7f3a.
$ second-round sessions show 20261123-140509-7f3a
...
$ second-round sessions show 20261123-140509-aaaa
...
```
"""
    (fault,) = faults(page, reader(tmp_path))
    assert "20261123-140509-aaaa\nended with 1" in fault


def test_every_exception_is_still_on_a_page() -> None:
    lines = [
        " ".join(words_of(step.line)[0])
        for path in PAGES
        for step in steps(path.read_text(encoding="utf-8"))
        if isinstance(step, Command)
    ]
    assert [start for start in NOT_RUN if not any(line.startswith(start) for line in lines)] == []
    assert [start for start in STATUS if not any(line.startswith(start) for line in lines)] == []


def test_modules_that_a_page_runs_are_there() -> None:
    named = {name for path in PAGES for name in re.findall(r"python -m ([\w.]+)", path.read_text(encoding="utf-8"))}
    assert len(named) > 5
    assert [name for name in sorted(named) if importlib.util.find_spec(name) is None] == []

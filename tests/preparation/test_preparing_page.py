"""The page docs/preparing.md: its posting is read and its commands run as they stand there, in their order."""

import io
import re
import shlex
import sys
from pathlib import Path

import pytest

from simulator.cli import main
from simulator.errors import ExitCode

PAGE = Path(__file__).parents[2] / "docs" / "preparing.md"


def test_the_commands_of_the_page_work_in_their_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = PAGE.read_text(encoding="utf-8")
    (posting,) = re.findall(r"```text posting\.txt\n(.*?)```", text, re.DOTALL)
    (tmp_path / "posting.txt").write_text(posting, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "stdin", io.StringIO("I wrote the list.\n" * 12))
    commands = [line for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL) for line in block.splitlines()]
    assert len(commands) >= 10
    for command in commands:
        words = shlex.split(command)
        assert words[0] == "second-round"
        assert main(words[1:]) == ExitCode.DONE, (command, capsys.readouterr().err)
    out = capsys.readouterr().out
    assert "Staff Nurse at St Anne's Hospital" in out
    assert "linked by you" in out
    assert "I am Ruth Adeyemi, ward manager." in out
    assert "Traceback" not in out

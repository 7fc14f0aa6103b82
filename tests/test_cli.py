"""The command line: what each way of calling it answers, and with which exit status."""

import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from simulator import __version__, cli
from simulator.problems import ExitCode, Missing, Problem, WrongUse


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The `doctor` command, to be given another `run`."""
    return import_module("simulator.commands.doctor")


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main(["--help"])
    assert left.value.code == 0
    text = capsys.readouterr().out
    assert all(f"\n  {name} " in text for name in cli.COMMANDS)


def test_version_is_the_packages(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main(["--version"])
    assert left.value.code == 0
    assert capsys.readouterr().out == f"second-round {__version__}\n"


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_every_command_has_help_with_an_example(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main([name, "--help"])
    assert left.value.code == 0
    text = capsys.readouterr().out
    assert f"usage: second-round {name}" in text
    example = text.split("example:")[1].strip()
    assert example.startswith(f"second-round {name}")


def test_a_mistyped_command_is_answered_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["docter"]) == ExitCode.WRONG_USE
    said = capsys.readouterr()
    assert "Did you mean 'doctor'?" in said.err
    assert said.out == ""


def test_a_strange_command_is_answered_with_the_way_to_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["xyzzy"]) == ExitCode.WRONG_USE
    assert "--help" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["--no-such-option"], ["settings"], ["settings", "set"], ["doctor", "--jsn"]])
def test_wrong_use_is_status_2_with_words_on_stderr_only(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main(words)
    assert left.value.code == ExitCode.WRONG_USE
    said = capsys.readouterr()
    assert said.out == ""
    assert "usage:" in said.err


@pytest.mark.parametrize(
    ("problem", "status"), [(Problem("It broke.", "Mend it."), 1), (WrongUse("Not so."), 2), (Missing("Gone."), 3)]
)
def test_a_problem_is_its_sentence_and_its_status(
    command: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    problem: Problem,
    status: int,
) -> None:
    def fail(args: object) -> int:
        raise problem

    monkeypatch.setattr(command, "run", fail)
    assert cli.main(["doctor"]) == status
    said = capsys.readouterr()
    assert said.err == f"{problem}\n"
    assert said.out == ""


def test_ctrl_c_is_status_130_and_no_traceback(
    command: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(args: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "run", interrupt)
    assert cli.main(["doctor"]) == 130
    assert "Stopped" in capsys.readouterr().err


def test_an_error_in_the_code_is_not_hidden(command: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down(args: object) -> int:
        raise ZeroDivisionError

    monkeypatch.setattr(command, "run", break_down)
    with pytest.raises(ZeroDivisionError):
        cli.main(["doctor"])


def test_output_into_a_closed_pipe_ends_quietly() -> None:
    script = (
        "import sys; from simulator import cli; from simulator.commands import settings;"
        "settings.run = lambda args: [print('x' * 1000) for _ in range(10000)] and 0;"
        "sys.exit(cli.main(['settings', 'show']))"
    )
    process = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.read(10)
    process.stdout.close()
    errors = process.stderr.read()
    process.stderr.close()
    assert process.wait(60) == 0
    assert errors == b""


# settings, the command.


def call(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    status = cli.main(["settings", *words])
    said = capsys.readouterr()
    return status, said.out, said.err


def test_settings_are_shown_set_and_reset(capsys: pytest.CaptureFixture[str], simulator_home: Path) -> None:
    assert call(capsys, "show", "think_seconds") == (0, "30\n", "")
    status, out, err = call(capsys, "set", "think-seconds", "45")
    assert (status, out) == (0, "")
    assert "45" in err
    assert call(capsys, "show", "think_seconds")[1] == "45\n"
    assert "think_seconds = 45  (changed)" in call(capsys, "show")[1]
    assert call(capsys, "reset", "think_seconds")[0] == 0
    assert call(capsys, "show", "think_seconds")[1] == "30\n"


def test_settings_as_json_are_one_document(capsys: pytest.CaptureFixture[str]) -> None:
    call(capsys, "set", "candidate_name", "Ana", "María")
    _, out, _ = call(capsys, "show", "--json")
    document = json.loads(out)
    assert document["candidate_name"] == "Ana María"
    assert document["interviewers"] == []


def test_a_setting_that_is_not_there_changes_nothing(
    capsys: pytest.CaptureFixture[str], simulator_home: Path
) -> None:
    status, _, err = call(capsys, "set", "think_second", "5")
    assert status == ExitCode.WRONG_USE
    assert "'think_seconds'" in err
    assert not simulator_home.exists()


def test_a_bank_that_is_not_there_is_kept_with_a_warning(capsys: pytest.CaptureFixture[str]) -> None:
    status, _, err = call(capsys, "set", "bank", "first-round-generall")
    assert status == 0
    assert "Kept, but" in err
    assert "first-round-general" in err
    assert "Kept" not in call(capsys, "set", "bank", "first-round-general")[2]


def test_the_paths_are_told(capsys: pytest.CaptureFixture[str], simulator_home: Path) -> None:
    assert call(capsys, "path")[1] == f"{simulator_home / 'settings.toml'}\n"
    paths = json.loads(call(capsys, "path", "--all", "--json")[1])
    assert paths["settings"] == str(simulator_home / "settings.toml")
    assert all(path.startswith(str(simulator_home)) for path in paths.values())
    assert len(paths) >= 8

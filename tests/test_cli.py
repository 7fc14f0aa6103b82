"""The command line: what each way of calling it answers, and with which exit status."""

import argparse
import ast
import json
import re
import shlex
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from simulator import __version__, cli
from simulator.commands import command_module
from simulator.errors import ExitCode, MissingPart, UserError, WrongUse, as_started


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
    ("problem", "status"),
    [(UserError("It broke.", "Mend it."), 1), (WrongUse("Not so."), 2), (MissingPart("Gone."), 3)],
)
def test_a_problem_is_its_sentence_and_its_status(
    command: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    problem: UserError,
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


def test_hints_name_commands_that_work_for_how_the_app_was_started(tmp_path: Path) -> None:
    hint = "Fetch one with 'second-round model install'."
    assert as_started(hint, "/usr/bin/second-round") == hint
    assert as_started("'banks list' shows them.", "/usr/bin/second-round") == "'second-round banks list' shows them."
    assert as_started("There is no 'banks of rivers'.", "/usr/bin/second-round") == "There is no 'banks of rivers'."
    source = str(Path(__file__).parents[1] / "simulator" / "__main__.py")
    assert as_started(hint, source) == "Fetch one with 'python3 run.py model install'."
    installed = str(tmp_path / "site-packages" / "simulator" / "__main__.py")
    assert as_started(hint, installed) == "Fetch one with 'python3 -m simulator model install'."


def actions() -> dict[str, set[str]]:
    """The actions of each command that has some, from the parsers themselves."""
    found: dict[str, set[str]] = {}
    for name in cli.COMMANDS:
        parser = argparse.ArgumentParser()
        command_module(name).add_arguments(parser)
        for each in parser._actions:
            if isinstance(each, argparse._SubParsersAction):
                found[name] = set(each.choices)
    return found


def test_every_command_that_is_named_in_quotes_gets_its_program() -> None:
    known, named = actions(), 0
    for path in sorted(Path(cli.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Constant) and isinstance(node.value, str)):
                continue
            for command, action in re.findall(r"'([a-z]+) ([a-z-]+)", node.value):
                if action in known.get(command, ()) or (command in cli.COMMANDS and action.startswith("--")):
                    named += 1
                    told = as_started(node.value, "/usr/bin/second-round")
                    assert f"'second-round {command} {action}" in told, f"{path.name}:{node.lineno}: {node.value}"
    assert named > 50


@pytest.mark.parametrize("shell", ["bash", "zsh", "tcsh"])
def test_completion_knows_every_command_and_its_actions(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["completion", shell]) == ExitCode.DONE
    told = capsys.readouterr().out
    for command, names in actions().items():
        assert command in told
        assert not [name for name in names if name not in told]


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash here")
def test_bash_completes_what_was_begun(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["completion", "bash"]) == ExitCode.DONE
    script = tmp_path / "completion.bash"
    script.write_text(capsys.readouterr().out, encoding="utf-8")
    ask = (
        f". {shlex.quote(str(script))}; COMP_WORDS=(second-round class sh); COMP_CWORD=2; "
        "$(complete -p second-round | sed 's/.*-F \\([^ ]*\\).*/\\1/'); echo ${COMPREPLY[@]}"
    )
    done = subprocess.run(["bash", "-c", ask], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.split() == ["show"]

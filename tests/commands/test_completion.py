"""`completion` knows every command, for each shell."""

import pytest

from simulator.cli import COMMANDS, main
from simulator.errors import ExitCode


@pytest.mark.parametrize("shell", ["bash", "zsh", "tcsh"])
def test_every_command_is_completed(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", shell]) == ExitCode.DONE
    script = capsys.readouterr().out
    assert [name for name in COMMANDS if name not in script] == []
    # For tcsh it names commands and what follows them, but no options of theirs.
    assert shell == "tcsh" or "--seed" in script

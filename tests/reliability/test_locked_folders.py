"""A folder that may not even be looked into (mode 000): what needs it says so, everything else works."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from simulator.paths import AppPaths
from tests.reliability.interviews import services_in
from tests.rights import mortal
from tests.sessions.made import practice

PROJECT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX file modes")

COMMANDS = (
    "sessions list", "sessions export --all", "banks list", "interviewers list", "rubrics list", "model list",
    "settings show", "job list", "practice --plain --questions 2 --seed 1", "sessions delete 20261123",
)  # fmt: skip
PLACES = (
    "recordings", "banks", "interviewers", "rubrics", "speech_models", "exports", "cache", "open_interviews",
    "settings_file", "database", "data",
)  # fmt: skip
OFTEN = ("recordings", "database", "data")
"""What is tried each time; the others with --all."""


@pytest.mark.parametrize(
    "name", [pytest.param(each, marks=() if each in OFTEN else pytest.mark.thorough) for each in PLACES]
)
def test_what_is_locked_is_told_and_the_rest_works(tmp_path: Path, name: str) -> None:
    home = tmp_path / "home"
    home.mkdir()
    services = services_in(home)
    services.data.store.begin(practice())
    services.close()
    path = getattr(AppPaths(home, home, home / "cache"), name)
    if path.suffix == ".toml":
        path.write_text("theme = 'dark'\n")
    elif not path.exists():
        path.mkdir()
    path.chmod(0)
    told, failed = [], []
    try:
        for command in COMMANDS:
            done = subprocess.run(
                [*mortal(), sys.executable, "-m", "simulator", *command.split()],
                cwd=PROJECT,
                env={**os.environ, "SIMULATOR_HOME": str(home)},
                input="i led a team of six at the depot\n" * 6,
                capture_output=True,
                text=True,
                timeout=120,
            )
            assert "Traceback" not in done.stderr, f"{command}: {done.stderr}"
            told.append(done.stderr)
            if done.returncode:
                failed.append(command)
                assert done.stderr.strip(), command
    finally:
        path.chmod(0o700)
    needs_it = {
        "data": len(COMMANDS),
        "database": 6,
        "recordings": 3,
        "exports": 1,
        "open_interviews": 1,
        "interviewers": 1,
        "rubrics": 1,
    }
    assert len(failed) <= needs_it.get(name, 0), (failed, told)

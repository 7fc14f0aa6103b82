"""A fresh clone, set up for real: every package of the lock, by the pip settings of this machine."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from simulator.first_start.pip_failures import FAILURES
from tests.packaging.little_checkout import BASE_PYTHON, ROOT

OFFLINE = next(failure.sentence for failure in FAILURES if failure.offline)


def clone(folder: Path) -> Path:
    """The files of the checkout as git knows them, with what was changed since."""
    listed = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        capture_output=True,
        encoding="utf-8",
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    return folder


@pytest.mark.thorough
def test_a_fresh_clone_sets_itself_up_and_a_typed_interview_is_possible(tmp_path: Path) -> None:
    checkout = clone(tmp_path / "second round")
    command = [BASE_PYTHON, str(checkout / "run.py"), "doctor", "--json"]

    def start(env: dict[str, str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            cwd=tmp_path,
            env=env,
            timeout=600,
        )

    mine = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    first = start(mine)
    if OFFLINE in first.stderr:
        pytest.skip("the package index cannot be reached, so nothing can be set up anew")
    assert first.returncode == 0, first.stderr
    findings = json.loads(first.stdout)
    assert findings["typed_interview"]
    python = next(part for part in findings["parts"] if part["part"] == "python")
    assert str(checkout / ".venv") in python["detail"]
    # From now on no network is needed.
    again = start(mine | {"PIP_INDEX_URL": "http://127.0.0.1:1/simple", "PIP_NO_INDEX": "1"})
    assert again.returncode == 0, again.stderr
    assert json.loads(again.stdout)["typed_interview"]
    assert "Setting up" not in again.stderr

"""No code is kept that nobody calls."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.thorough
def test_nothing_in_the_package_is_unused() -> None:
    done = subprocess.run([sys.executable, "-m", "vulture"], cwd=ROOT, capture_output=True, text=True, check=False)
    unused = [line for line in done.stdout.splitlines() if line.startswith(("simulator/", "run.py"))]
    assert not unused, "\n".join(["delete it, or name it in [tool.vulture] with a reason:", *unused])
    assert not done.stderr

"""The workflow for public checks: what it runs is there, and it runs what the README tells."""

import importlib.util
import re
import shutil
import subprocess
import tomllib
from typing import Any

import pytest
import yaml

from tests.packaging.little_checkout import ROOT
from tests.tui.screenshots import FOLDER

WORKFLOW: dict[Any, Any] = yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text(encoding="utf-8"))
STEPS = [step for job in WORKFLOW["jobs"].values() for step in job["steps"]]
SCRIPTS = [step["run"] for step in STEPS if "run" in step]


def test_three_systems_and_every_python_from_the_oldest_are_tried() -> None:
    tried = WORKFLOW["jobs"]["run"]["strategy"]["matrix"]
    assert {each.split("-")[0] for each in tried["os"]} == {"ubuntu", "macos", "windows"}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert f">={tried['python'][0]}" == project["requires-python"]
    assert tried["python"] == [f"3.{minor}" for minor in range(11, 11 + len(tried["python"]))]


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash here")
@pytest.mark.parametrize("script", SCRIPTS)
def test_every_script_is_one(script: str) -> None:
    done = subprocess.run(["bash", "-n"], input=re.sub(r"\$\{\{.*?\}\}", "x", script), encoding="utf-8", check=False)
    assert done.returncode == 0


def test_the_two_commands_of_the_readme_are_run() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    first, second = re.findall(r"^ {4}python3 (run\.py[^#\n]*?) *#", readme, re.MULTILINE)[:2]
    lines = [line for script in SCRIPTS for line in script.splitlines()]
    assert any(re.match(rf"python {re.escape(first)}( <|$)", line) for line in lines)
    assert any(line.startswith(f"python {second}") for line in lines)


def test_modules_and_folders_that_are_named_are_there() -> None:
    modules = re.findall(r"-m (tests[\w.]+)", "\n".join(SCRIPTS))
    assert modules
    assert all(importlib.util.find_spec(name) for name in modules)
    uploaded = [step["with"]["path"] for step in STEPS if "upload-artifact" in step.get("uses", "")]
    assert uploaded == [f"{FOLDER.relative_to(ROOT).as_posix()}/*.svg"]


def test_a_failure_within_a_pipe_is_one() -> None:
    # Without a named shell a pipe's status is that of its last command alone.
    piped = [step for step in STEPS if re.search(r"[^|]\|[^|]", step.get("run", ""))]
    assert piped
    assert all(step.get("shell") == "bash" for step in piped)

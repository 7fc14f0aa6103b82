"""What is shipped: the lock, the source archive and the wheel."""

import json
import os
import re
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.packaging.little_checkout import BASE_PYTHON, ROOT

LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def locked() -> list[tuple[Requirement, list[str]]]:
    """Each requirement of the lock with its hashes."""
    entries = re.sub(r"\\\n", " ", LOCK).splitlines()
    rows = [re.split(r"\s+--hash=", entry.strip()) for entry in entries if entry.strip()]
    return [(Requirement(row[0]), row[1:]) for row in rows]


def test_the_lock_names_no_address() -> None:
    assert not re.search(r"://|--(extra-)?index-url|--find-links|--trusted-host|@ ", LOCK)


def test_every_locked_package_has_one_version_and_hashes() -> None:
    for requirement, hashes in locked():
        assert re.fullmatch(r"==[^*,]+", str(requirement.specifier)), requirement
        assert hashes, f"{requirement.name} has no hash"
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", each) for each in hashes), requirement.name


SYSTEMS = [
    {"sys_platform": "linux", "platform_system": "Linux", "platform_machine": "x86_64", "os_name": "posix"},
    {"sys_platform": "linux", "platform_system": "Linux", "platform_machine": "aarch64", "os_name": "posix"},
    {"sys_platform": "darwin", "platform_system": "Darwin", "platform_machine": "arm64", "os_name": "posix"},
    {"sys_platform": "win32", "platform_system": "Windows", "platform_machine": "AMD64", "os_name": "nt"},
    {"sys_platform": "win32", "platform_system": "Windows", "platform_machine": "ARM64", "os_name": "nt"},
]


@pytest.mark.parametrize("python", ["3.11", "3.12", "3.14"])
@pytest.mark.parametrize(
    "system", SYSTEMS, ids=lambda system: f"{system['sys_platform']}-{system['platform_machine']}"
)
def test_the_lock_has_all_that_the_project_asks_for_on_every_system(system: dict[str, str], python: str) -> None:
    place: dict[str, Any] = {
        **default_environment(),
        **system,
        "python_version": python,
        "python_full_version": f"{python}.0",
    }

    def applies(requirement: Requirement) -> bool:
        return requirement.marker is None or requirement.marker.evaluate(place)

    there: dict[str, str] = {}
    for requirement, _ in locked():
        if applies(requirement):
            name = canonicalize_name(requirement.name)
            assert name not in there, f"{name} is locked twice"
            there[name] = next(iter(requirement.specifier)).version
    project = PROJECT["project"]
    for text in project["dependencies"] + project["optional-dependencies"]["dev"]:
        wanted = Requirement(text)
        if applies(wanted):
            version = there.get(canonicalize_name(wanted.name))
            assert version is not None, f"{wanted} is not locked"
            assert wanted.specifier.contains(version), f"{wanted}, but {version} is locked"


def shipped_files() -> set[str]:
    """What git knows below the folders of data; the working tree where there is no git."""
    folders = ("assets", "question_banks")
    listed = subprocess.run(["git", "-C", str(ROOT), "ls-files", *folders], capture_output=True, encoding="utf-8")
    if listed.returncode == 0:
        return {name for name in listed.stdout.splitlines() if (ROOT / name).is_file()}
    return {
        str(file.relative_to(ROOT)) for folder in folders for file in (ROOT / folder).rglob("*") if file.is_file()
    }


def build(target: str, project: Path, folder: Path) -> Path:
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(folder)],
        cwd=project,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    return next(folder.iterdir())


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("wheel", ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment outside the checkout with the wheel in it.

    The packages it needs are lent by the environment that runs the tests, so that nothing is fetched.
    """
    venv = tmp_path_factory.mktemp("elsewhere") / "venv"
    python = venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    base_has_pip = subprocess.run([BASE_PYTHON, "-m", "pip", "--version"], capture_output=True).returncode == 0
    subprocess.run([BASE_PYTHON, "-m", "venv", *(["--without-pip"] if base_has_pip else []), str(venv)], check=True)
    pip = [BASE_PYTHON, "-m", "pip", "--python", str(python)] if base_has_pip else [str(python), "-m", "pip"]
    subprocess.run([*pip, "install", "-q", "--no-deps", "--no-index", str(wheel)], check=True)
    packages = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stdout.strip()
    (Path(packages) / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return python


def test_the_wheel_holds_all_data_files_and_no_tests(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {f"simulator/{name}" for name in shipped_files()} <= names
    assert not [name for name in names if name.startswith("tests/") or "__pycache__" in name]


@pytest.mark.thorough
def test_a_wheel_made_from_the_source_archive_is_the_same(
    wheel: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = build("sdist", ROOT, tmp_path / "sdist")
    with tarfile.open(archive) as source:
        source.extractall(tmp_path / "unpacked")  # an archive of our own; filters came with Python 3.11.4
    project = next((tmp_path / "unpacked").iterdir())
    assert (project / "run.py").is_file()
    again = build("wheel", project, tmp_path / "again")
    assert set(zipfile.ZipFile(again).namelist()) == set(zipfile.ZipFile(wheel).namelist())


def alone(home: Path) -> dict[str, str]:
    """An environment without any way back to the checkout."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return kept | {"SIMULATOR_HOME": str(home)}


@pytest.mark.thorough
def test_installed_elsewhere_the_app_finds_its_data(installed: Path, tmp_path: Path) -> None:
    ask = (
        "import json, simulator; from simulator.paths import shipped;"
        "print(json.dumps([simulator.__file__, str(shipped('assets')), str(shipped('question_banks'))]))"
    )
    done = subprocess.run(
        [installed, "-c", ask], capture_output=True, encoding="utf-8", cwd=tmp_path, env=alone(tmp_path), check=True
    )
    package, assets, banks = (Path(path) for path in json.loads(done.stdout))
    assert installed.parents[1] in package.parents
    assert package.parent == assets.parent == banks.parent
    found = {
        str(file.relative_to(package.parent))
        for folder in (assets, banks)
        for file in folder.rglob("*")
        if file.is_file() and file.suffix != ".pyc"
    }
    assert found >= shipped_files()


def test_installed_elsewhere_the_command_works(installed: Path, tmp_path: Path) -> None:
    command = installed.with_name("second-round.exe" if os.name == "nt" else "second-round")

    def ran(*words: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [command, *words], input=typed, capture_output=True, encoding="utf-8", cwd=tmp_path,
            env=alone(tmp_path / "home"), timeout=120,
        )  # fmt: skip

    listed = ran("banks", "list", "--json")
    assert listed.returncode == 0, listed.stderr
    assert "first-round-general" in {bank["id"] for bank in json.loads(listed.stdout)}
    # The language model is there: an answer is read and scored.
    told = "Last May the oven broke at noon, so I took the panel off and changed the fuse. We served ninety guests."
    scored = ran("score", "-", "--question", "Tell me about a time you mended something.", "--json", typed=told)
    assert scored.returncode == 0, scored.stderr
    assert json.loads(scored.stdout)["rubrics"]["examples"]["level"] is not None
    # Cures name the command as it was called.
    unknown = ran("banks", "show", "nowhere")
    assert unknown.returncode == 1
    assert "'second-round banks list' shows those there are." in unknown.stderr

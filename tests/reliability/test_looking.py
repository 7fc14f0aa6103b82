"""Looking never writes, and whatever is written is the user's alone: a whole home, used once, then only looked at."""

import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from simulator.tui.routes import SCREEN_PLACES
from tests.reliability.scripted import LOOK, USE, pictured, run_lines, write_files
from tests.tui.driving import running

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="written for a POSIX shell")
IN_ORDER = ("model path", "rubrics check", "interviewers check", "sessions compare", "stories check")
"""Commands that rightly find something not in order here."""
AFTER_THE_INTERVIEW = "followup"


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `home`, in which everything was used once under umask 000, and the `files` beside it."""
    folder = tmp_path_factory.mktemp("used")
    write_files(folder / "files")
    for line, status, said in run_lines(folder / "home", folder / "files", USE, umask="000"):
        assert status == 0, f"{line}: {said}"
    return folder


def copied(used: Path, to: Path) -> Path:
    """The home, to be spoilt; with the times of the first."""
    return Path(shutil.copytree(used / "home", to))


def changes(before: Mapping[str, tuple[int, str]], after: Mapping[str, tuple[int, str]]) -> set[str]:
    """The files that are not as they were. That a folder was used for a moment counts for nothing."""
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)} - {
        name for name, (_, content) in {**before, **after}.items() if content == "folder"
    }


@posix_only
def test_commands_that_look_leave_every_file_alone(used: Path, tmp_path: Path) -> None:
    home = copied(used, tmp_path / "home")
    before = pictured(home)
    for line, status, said in run_lines(home, used / "files", LOOK):
        assert status == 0 or line.startswith(IN_ORDER), f"{line}: {said}"
        assert said.strip(), line
    assert changes(before, pictured(home)) == set()


@pytest.mark.one_in(6)
@pytest.mark.parametrize("name", [name for name in SCREEN_PLACES if name != AFTER_THE_INTERVIEW])
async def test_screens_that_are_looked_at_leave_every_file_alone(
    used: Path, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = copied(used, tmp_path / "looked at")
    monkeypatch.setenv("SIMULATOR_HOME", str(home))
    before = pictured(home)
    async with running(microphone=False, size=(100, 30)) as driver:
        driver.app.go(name)
        await driver.until(lambda: type(driver.app.screen).__name__ == SCREEN_PLACES[name][1], name)
        await driver.press("down", "up", "end", "home")
        await driver.pilot.pause()
    assert changes(before, pictured(home)) == set()


@posix_only
def test_whatever_the_umask_everything_written_is_the_users_alone(used: Path) -> None:
    paths = [used / "home", *(used / "home").rglob("*")]
    assert len(paths) > 12
    open_to_others = {
        str(path.relative_to(used)): oct(path.stat().st_mode & 0o777)
        for path in paths
        if path.stat().st_mode & 0o777 != (0o700 if path.is_dir() else 0o600)
    }
    assert open_to_others == {}
    # What was asked for by name has the rights that files of theirs have.
    assert (used / "files" / "hello.wav").stat().st_mode & 0o777 == 0o666

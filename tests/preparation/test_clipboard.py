"""The clipboard, read by the small programs of the system; here a script of our own stands for one."""

import sys
from pathlib import Path

import pytest

from simulator.errors import MissingPart, UserError
from simulator.preparation import clipboard

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="the script is one for a shell")


def program(folder: Path, script: str) -> None:
    path = folder / "xclip"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


@pytest.fixture
def only_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    return tmp_path


@POSIX
def test_what_the_program_prints_is_the_clipboard(only_ours: Path) -> None:
    program(only_ours, 'printf "caf\\303\\251 nurse"')
    assert clipboard.clipboard_text() == "café nurse"


@POSIX
def test_a_program_that_fails_is_told_with_its_words(only_ours: Path) -> None:
    program(only_ours, 'echo "no display" >&2; exit 1')
    with pytest.raises(UserError, match="xclip did not give the clipboard: no display"):
        clipboard.clipboard_text()


def test_without_a_program_the_way_round_is_told(only_ours: Path) -> None:
    with pytest.raises(MissingPart, match="xclip or xsel or wl-paste"):
        clipboard.clipboard_text()


def test_each_system_has_its_own_program() -> None:
    assert clipboard.reading_commands("darwin", {})[0][0] == "pbpaste"
    assert clipboard.reading_commands("win32", {})[0][0] == "powershell"
    assert clipboard.reading_commands("linux", {"WAYLAND_DISPLAY": "w"})[0][0] == "wl-paste"

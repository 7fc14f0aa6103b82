"""A file that a command is asked to write: whole or not at all, with its rights; what is no file stays what it is."""

import errno
import os
import stat
import sys
import threading
from pathlib import Path

import pytest

from simulator.cli import main
from simulator.errors import ExitCode
from simulator.services import Services
from tests.sessions.made import practice

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="rights and pipes are different there")
COMMANDS = (
    ["banks", "export", "first-round-general", "--replace", "--format", "csv", "--out"],
    ["banks", "export", "first-round-general", "--replace", "--format", "zip", "--out"],
    ["sessions", "export", practice().id, "--format", "md", "--out"],
    ["sessions", "export", practice().id, "--format", "zip", "--out"],
    ["sessions", "export", "--all", "--out"],
    ["doctor", "--report"],
)


@pytest.fixture(autouse=True)
def kept() -> None:
    services = Services()
    services.data.store.begin(practice())
    services.close()


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_on_a_full_disk_what_was_there_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    def full(number: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    path = tmp_path / "mine"
    path.write_text("old")
    assert main([*words, str(path)]) == ExitCode.NOT_IN_ORDER
    assert "No space left on device" in capsys.readouterr().err
    assert path.read_text() == "old"
    assert list(tmp_path.glob("*mine*")) == [path]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_pipe_or_a_device_stays_one_with_its_rights(tmp_path: Path, words: list[str]) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path, 0o666)
    path.chmod(0o666)
    before = path.stat()
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(path.read_bytes()), daemon=True)
    reader.start()
    main([*words, str(path)])
    reader.join(20)
    assert read[0]
    assert path.stat().st_ino == before.st_ino
    assert path.stat().st_mode == before.st_mode


@pytest.mark.parametrize(
    "words", [each for each in COMMANDS if "--all" not in each and "zip" not in each], ids=" ".join
)
def test_a_file_that_is_the_users_alone_stays_so(tmp_path: Path, words: list[str]) -> None:
    path = tmp_path / "mine"
    path.write_text("old")
    path.chmod(0o600)
    main([*words, str(path)])
    assert path.read_bytes() != b"old"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600

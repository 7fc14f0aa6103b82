"""What holds for every test: its own home, a scrubbed environment, no network beyond this machine."""

import contextlib
import gc
import ipaddress
import os
import shutil
import socket
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import hypothesis
import pytest

hypothesis.settings.register_profile("all", deadline=None, derandomize=True)
hypothesis.settings.register_profile("second-round", hypothesis.settings.get_profile("all"), max_examples=30)

SCRUBBED = (
    "NO_COLOR",
    "FORCE_COLOR",
    "CLICOLOR",
    "CLICOLOR_FORCE",
    "COLUMNS",
    "LINES",
    "EDITOR",
    "VISUAL",
    "VOSK_MODEL_PATH",
    "PYTHONWARNINGS",
    "PYTHONOPTIMIZE",
    "PYTHONDONTWRITEBYTECODE",
)
"""Variables of the developer's shell that change what is drawn, found, opened or compiled."""


def _scrub() -> None:
    for name in list(os.environ):
        if name in SCRUBBED or name.startswith("TEXTUAL"):
            del os.environ[name]


# At import, so that code that runs while tests are collected is caught too.
_scrub()
# What is compiled is kept: else each process that the tests start compiles the app anew.
sys.dont_write_bytecode = False
_outer_home = tempfile.TemporaryDirectory(prefix="second-round-tests-", ignore_cleanup_errors=True)
os.environ["SIMULATOR_HOME"] = _outer_home.name


ONE_ROW = {
    "tests/interview/test_tailored.py": "postings",
    "tests/preparation/test_posting.py": "postings",
    "tests/packaging/test_lock_and_wheel.py": "the wheel",
    "tests/reading_model/test_answers.py": "marked answers",
    "tests/reading_model/test_baselines.py": "marked answers",
    "tests/reading_model/test_shipped_reader.py": "marked answers",
    "tests/test_run_py.py": "a little checkout",
}
"""Tests that share what takes seconds to read or to build: in one process it is there once."""
# Five thousand tests are a million objects that stay: looked through again and again they took a quarter of the time.
gc.disable()


def pytest_collection_finish() -> None:
    gc.freeze()
    gc.enable()


def pytest_unconfigure() -> None:
    gc.freeze()
    _outer_home.cleanup()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--slow", action="store_true", help="run the tests that take a minute or more, too")
    parser.addoption("--all", action="store_true", help="run the thorough tests, too, and generated cases in full")


def pytest_configure(config: pytest.Config) -> None:
    hypothesis.settings.load_profile("all" if config.getoption("--all") else "second-round")
    if not hasattr(config, "workerinput"):
        _unlock_jack()


def _unlock_jack() -> None:
    """Remove JACK's own notes on clients: a program killed while it looks for sound leaves them locked, and then
    every program that looks for sound hangs until the computer is started anew."""
    if sys.platform != "linux":
        return
    names = set()
    for path in Path("/proc").glob("[0-9]*/comm"):
        with contextlib.suppress(OSError):  # It ended meanwhile.
            names.add(path.read_text(errors="replace").strip())
    if not names & {"jackd", "jackdbus"}:
        shutil.rmtree(f"/dev/shm/jack_db-{os.getuid()}", ignore_errors=True)


def _thorough(item: pytest.Item, cases_before: int) -> bool:
    """Whether only `--all` runs a test: see the markers in `pyproject.toml`."""
    own = {mark.name for mark in item.own_markers}
    share = item.get_closest_marker("one_in")
    if "thorough" in own or (share and cases_before % share.args[0]):
        return True
    return item.get_closest_marker("thorough") is not None and not own & {"quick", "one_in"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Where tests run side by side, those with sound stand in two rows: they listen to real time, and mostly wait.

    Each process has a sound server of its own; the app in a terminal is one row, its parts are the other. Tests that
    share what takes long to build stand in a row, too.
    """
    cases = Counter[str]()
    for item in items:
        test = item.nodeid.partition("[")[0]
        thorough = _thorough(item, cases[test])
        cases[test] += 1
        if item.get_closest_marker("slow") and not config.getoption("--slow"):
            item.add_marker(pytest.mark.skip(reason="takes a minute or more: --slow runs it"))
        if thorough and not config.getoption("--all"):
            item.add_marker(pytest.mark.skip(reason="thorough: --all runs it"))
        row = ONE_ROW.get(item.path.relative_to(config.rootpath).as_posix())
        if row:
            item.add_marker(pytest.mark.xdist_group(row))
        if item.get_closest_marker("sound"):
            row = "parts" if item.path.parent.name in ("commands", "speech") else "whole app"
            item.add_marker(pytest.mark.xdist_group(f"sound of the {row}"))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Side by side, a process that has no more sound to listen to lets those go first that have."""
    if "PYTEST_XDIST_WORKER" in os.environ and not item.get_closest_marker("sound"):
        _give_way()


@lru_cache(maxsize=1)
def _give_way() -> None:
    if hasattr(os, "nice"):
        os.nice(10)


@pytest.fixture(autouse=True)
def simulator_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The test's own `SIMULATOR_HOME`; nothing is in it yet, not even the folder."""
    home = tmp_path / "home"
    monkeypatch.setenv("SIMULATOR_HOME", str(home))
    return home


class NetworkUsed(BaseException):
    """A test reached for the network. No `except` in the code under test may hide that."""


def _is_this_machine(host: Any) -> bool:
    if host in (None, "", "localhost", b"localhost"):
        return True
    try:
        return ipaddress.ip_address(host.decode() if isinstance(host, bytes) else host).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True, scope="session")
def _this_machine_only() -> Iterator[None]:
    """Connections and look-ups beyond this machine fail the test. Names in `.invalid` do not resolve."""
    connect, lookup = socket.socket.connect, socket.getaddrinfo

    def guarded_connect(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_this_machine(address[0]):
            raise NetworkUsed(f"a test connected to {address}")
        connect(self, address)

    def guarded_lookup(host: Any, *rest: Any, **named: Any) -> Any:
        if not _is_this_machine(host):
            if str(host).endswith(".invalid"):
                raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
            raise NetworkUsed(f"a test looked up {host}")
        return lookup(host, *rest, **named)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded_connect)
        patch.setattr(socket, "getaddrinfo", guarded_lookup)
        yield

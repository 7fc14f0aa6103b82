"""Makes, mends and brings up to date the environment: what `requirements.lock` names, hash by hash.

Two starts at once wait for each other. An interrupted set-up is begun anew by the next start; one that
pip refused (no network, a wrong hash) changes nothing.
"""

import errno
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from simulator.first_start.environment import Environment, SetUpFailed, in_cache, in_checkout
from simulator.first_start.pip_failures import reason

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

LEAST_PYTHON = (3, 11)
PACKAGE = re.compile(r"(?:Collecting |Requirement already satisfied: )([\w.-]+)|Processing .*[/\\]([\w.]+)-")
"""What pip says when it comes to the next package."""


def set_up(may_be_older: bool) -> Environment:
    """Make or mend the environment and return it. Raises SetUpFailed.

    `may_be_older`: without network, an environment that was complete for an older lock will do.
    """
    environment = _writable_environment()
    with _only_one(environment) as held:
        if not environment.is_finished():
            _mend(environment, held, may_be_older)
    return environment


def _tell(text: str) -> None:
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def _writable_environment() -> Environment:
    """The checkout's own environment or, where that cannot be written to, the one in the user's cache."""
    environment = in_checkout()
    try:
        _open_workshop(environment)
    except OSError as error:
        environment = in_cache()
        _tell(f"{environment.checkout} cannot be written to ({error.strerror}); setting up in {environment.venv}.")
        try:
            _open_workshop(environment)
        except OSError as second:
            raise SetUpFailed(
                f"{environment.workshop} cannot be used: {second.strerror}. Set SIMULATOR_HOME to a folder of yours."
            ) from None
    return environment


def _open_workshop(environment: Environment) -> None:
    environment.workshop.mkdir(parents=True, exist_ok=True, mode=0o700)
    environment.log.open("a").close()
    if environment.venv.is_dir() and not os.access(environment.venv, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(environment.venv))


@contextmanager
def _only_one(environment: Environment) -> Iterator[int]:
    """Hold the lock of the set-up; wait while another start holds it. Gives the lock's descriptor."""
    handle = os.open(environment.workshop / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if not _lock(handle, wait=False):
            _tell("Another start is setting up; waiting for it.")
            _lock(handle, wait=True)
        yield handle
    finally:
        os.close(handle)


def _lock(handle: int, wait: bool) -> bool:
    """Lock until the descriptor, and every copy that a child process holds, is closed."""
    if sys.platform == "win32":
        while True:
            try:
                msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
                return True
            except OSError:
                if not wait:
                    return False
                time.sleep(0.5)
    else:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            # Some network folders know no locks; then two first starts at once are not told apart.
            return True
        return True


@dataclass(frozen=True, slots=True)
class _MadeEnvironment:
    """What a working environment says of itself."""

    version: str
    packages: Path
    has_pip: bool


def _mend(environment: Environment, held: int, may_be_older: bool) -> None:
    """Bring the environment to what the lock says: made anew, taken over, or brought up to date."""
    venv, stamp, unfinished = environment.venv, environment.stamp, environment.unfinished
    _delete_leftovers(venv)
    if unfinished.exists():
        _tell("The last set-up was interrupted; starting it again.")
        _discard(venv)
    environment.log.write_text("", encoding="utf-8")
    made = _look_at(environment)
    before = stamp.read_text(encoding="utf-8", errors="replace") if made and stamp.exists() else ""
    if made is None:
        _discard(venv)
        _tell("Setting up Second Round, this first time only. Some 110 MB are fetched,")
        _tell("which takes about a minute on a fast line. Ctrl+C stops it; the next start")
        _tell("goes on.")
    elif before:
        _tell("Bringing the parts of Second Round up to date.")
    else:
        _tell("Going on with the set-up of Second Round.")
    unfinished.touch()
    stamp.unlink(missing_ok=True)
    if made is None:
        made = _make(environment, held)
    try:
        _install(environment, made.has_pip, held)
    except SetUpFailed as failed:
        # pip said no before it changed anything, so what is there may be gone on with.
        unfinished.unlink()
        if not (before and failed.offline and may_be_older):
            raise
        _write(stamp, before)
        _tell(f"{failed}\nStarting with the parts of last time.")
        return
    _link_checkout(environment, made.packages)
    _write(stamp, f"{environment.wanted()} {made.version}\n")
    unfinished.unlink()
    _tell("Set up.")


def _look_at(environment: Environment) -> _MadeEnvironment | None:
    """The environment, or None when there is none that is of use."""
    ask = (
        "import sys, sysconfig, importlib.util as u; assert sys.prefix != sys.base_prefix;"
        "print(*sys.version_info[:2], sep='.'); print(u.find_spec('pip') is not None);"
        "print(sysconfig.get_path('purelib'))"
    )
    try:
        asked = subprocess.run(
            [str(environment.python), "-I", "-c", ask],
            capture_output=True,
            encoding="utf-8",
            stdin=subprocess.DEVNULL,
        )
    except OSError:
        return None
    answer = asked.stdout.splitlines()
    if asked.returncode or len(answer) != 3:
        return None
    version, has_pip, packages = answer
    if tuple(int(part) for part in version.split(".")) < LEAST_PYTHON:
        return None
    return _MadeEnvironment(version, Path(packages), has_pip == "True")


def _make(environment: Environment, held: int) -> _MadeEnvironment:
    """Make the environment: with a pip of its own where Python can, else with none."""
    own_pip = find_spec("ensurepip") is not None
    if find_spec("venv") is None or not (own_pip or find_spec("pip")):
        raise SetUpFailed(
            "This Python comes without the means to fetch packages. Install them "
            "(on Debian and Ubuntu: sudo apt-get install python3-venv) and start again."
        )
    command = [sys.executable, "-m", "venv", str(environment.venv)]
    status = _run(command if own_pip else [*command, "--without-pip"], environment, held, lambda line: None)
    made = _look_at(environment)
    if status or made is None:
        raise SetUpFailed(
            f"No Python environment could be made in {environment.venv}. What was said is in {environment.log}."
        )
    return made


def _install(environment: Environment, has_pip: bool, held: int) -> None:
    """Have pip install exactly what the lock names. The user's own pip settings (index, proxy, cache) hold."""
    python = str(environment.python)
    command = [python, "-m", "pip"] if has_pip else [sys.executable, "-m", "pip", "--python", python]
    command += ["--no-input", "--disable-pip-version-check", "install", "--progress-bar", "off"]
    command += ["--no-deps", "--require-hashes", "-r", str(environment.lock_file)]
    progress = PipProgress(_count_of_packages(environment))
    try:
        status = _run(command, environment, held, progress.follow)
    finally:
        progress.clear()
    if status:
        raise reason(environment.log.read_text(encoding="utf-8", errors="replace"), environment.log)


def _count_of_packages(environment: Environment) -> int:
    lines = environment.lock_file.read_text(encoding="utf-8").splitlines()
    return sum("==" in line and not line.startswith((" ", "#")) for line in lines)


def _run(command: Sequence[str], environment: Environment, held: int, follow: Callable[[str], None]) -> int:
    """Run one step, its words to the log and line by line to `follow`; its exit status.

    The step holds the set-up's lock too: should this process be killed, the next start waits for the step.
    """
    # Settings that would send packages elsewhere than into the environment.
    elsewhere = ("PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_DRY_RUN", "PIP_PYTHON")
    surroundings = {name: value for name, value in os.environ.items() if name not in elsewhere}
    surroundings.update(PIP_USER="0", PYTHONUNBUFFERED="1", PYTHONUTF8="1")
    with environment.log.open("a", encoding="utf-8") as log:
        log.write("$ " + " ".join(command) + "\n")
        log.flush()
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=surroundings,
            encoding="utf-8",
            errors="replace",
            pass_fds=() if sys.platform == "win32" else (held,),
        )
        assert process.stdout is not None
        try:
            for line in process.stdout:
                log.write(line)
                log.flush()
                follow(line.strip())
            return process.wait()
        except BaseException:
            process.terminate()
            process.wait()
            raise


class PipProgress:
    """What pip is at, in one line that is rewritten; nothing where stderr is no terminal, so that logs stay short."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._seen = 0
        self._live = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self._width = 0

    def follow(self, line: str) -> None:
        """Read one line of pip's."""
        if line.startswith("Ignoring "):
            self._total -= 1  # a package for another system
        elif found := PACKAGE.match(line):
            self._seen += 1
            self._show(f"  {self._seen} of {self._total}: {found[1] or found[2]}")
        elif "Retrying (" in line:
            self._show("  The network does not answer; trying again ...")
        elif line.startswith("Installing collected packages"):
            self._show("  Unpacking, which takes a few seconds ...")

    def _show(self, text: str) -> None:
        if self._live:
            sys.stderr.write("\r" + text.ljust(self._width))
            sys.stderr.flush()
            self._width = len(text)

    def clear(self) -> None:
        """Empty the line again."""
        self._show("")
        if self._live:
            sys.stderr.write("\r")


def _link_checkout(environment: Environment, packages: Path) -> None:
    """Let the environment import the checkout; by a relative path, so that the folder can be moved with all in it."""
    inside = environment.checkout in environment.venv.resolve().parents
    link = os.path.relpath(environment.checkout, packages.resolve()) if inside else environment.checkout
    # Python reads these files in the encoding of the system.
    _write(packages / "second-round.pth", f"{link}\n", encoding="locale")


def _write(path: Path, text: str, encoding: str = "utf-8") -> None:
    """Write a file: it is there with all of `text`, or not at all."""
    new = path.with_name(path.name + ".new")
    new.write_text(text, encoding=encoding)
    new.replace(path)


def _discard(folder: Path) -> None:
    """Take a folder away in one step, so that nobody meets half of it, then delete it."""
    if folder.is_symlink():
        folder.unlink()
    elif folder.exists():
        aside = folder.rename(f"{folder}.old-{os.getpid()}")
        _delete(aside)


def _delete_leftovers(venv: Path) -> None:
    """Delete what an interrupted `_discard` left."""
    for leftover in venv.parent.glob(venv.name + ".old-*"):
        _delete(leftover)


def _delete(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()

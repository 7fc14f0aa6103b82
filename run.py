#!/usr/bin/env python3
"""Sets Second Round up in this folder the first time, then starts it. Standard library only.

    python3 run.py                the app
    python3 run.py test [ARGS]    the tests, with --all the thorough ones, too; ARGS go to pytest
    python3 run.py COMMAND ...    any command; 'python3 run.py --help' lists them

Exit status of its own: 3 when the set-up is not possible, 130 when interrupted; else that of what was started.
Python 3.6 must still be able to read this file, to say in a sentence that it is too old.
"""

import os
import sys
from pathlib import Path

LEAST_PYTHON = (3, 11)
MISSING = 3
INTERRUPTED = 130
WINDOWS = sys.platform == "win32"
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.first_start.environment import Environment


def too_old(major: int, minor: int) -> str:
    """What to tell someone whose Python is too old: the command that works, where a newer one is installed."""
    if (major, minor) >= LEAST_PYTHON:
        return ""
    import shutil
    import subprocess

    said = f"Second Round needs Python {LEAST_PYTHON[0]}.{LEAST_PYTHON[1]} or newer; this is Python {major}.{minor}."
    for newer in range(19, LEAST_PYTHON[1] - 1, -1):
        name = f"python3.{newer}"
        # Some version managers put a name on the path behind which there is nothing; so it is tried.
        if shutil.which(name) and subprocess.call([name, "-c", ""], stderr=subprocess.DEVNULL) == 0:
            return f"{said} A newer one is here; run: {name} run.py"
    return f"{said} Get a newer one from your system's packages or from python.org, then run this again with it."


def start(python: Path, arguments: "Sequence[str]") -> int:
    """Become the environment's Python. `-P`: files in the current folder must not stand in for our modules."""
    command = [str(python), "-P", "-m", *arguments]
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()
    if not WINDOWS:
        os.execv(python, command)
    import subprocess

    process = subprocess.Popen(command)
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            pass  # the app hears it too, and decides


def start_here(environment: "Environment", arguments: "Sequence[str]") -> None:
    """Run the app in this process, with the environment's packages alone; comes back only where that cannot be.

    Most people start this way, and a second Python would take a tenth of the time until the first picture.
    """
    version = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    packages = environment.venv / "lib" / version / "site-packages"
    if WINDOWS or not packages.is_dir() or not environment.python.samefile(sys.executable):
        return
    import importlib
    import site

    library = Path(os.__file__).parent
    own = [path for path in sys.path if path.endswith(".zip") or Path(path) in (library, library / "lib-dynload")]
    wished = [] if sys.flags.ignore_environment else os.environ.get("PYTHONPATH", "").split(os.pathsep)
    # Neither the system's packages nor a file beside run.py may stand in for what the environment has.
    sys.path[:] = [*filter(None, wished), *own]
    site.addsitedir(str(packages))
    sys.prefix = sys.exec_prefix = str(environment.venv)
    sys.executable = str(environment.python)
    sys.argv[:] = [str(environment.checkout / "simulator" / "__main__.py"), *arguments]
    importlib.import_module("simulator.__main__")


def side_by_side(arguments: "Sequence[str]") -> list[str]:
    """Options by which the whole suite runs in several processes: one more than cores, as much of it is waiting.

    A choice of tests, or of one's own `-n`, runs as it is asked for; `--all` and `--slow` are no choice.
    """
    if any(argument not in ("--all", "--slow") and not argument.startswith("-r") for argument in arguments):
        return []
    return ["-n", str(min(4, 1 + (os.cpu_count() or 2))), "--dist", "loadgroup"]


def main(arguments: "Sequence[str]") -> int:
    """Set up where needed, then run the app, a command or the tests; the exit status."""
    from simulator.first_start.environment import SetUpFailed, finished_environment

    try:
        testing = list(arguments[:1]) == ["test"]
        place = finished_environment()
        if place is None:
            from simulator.first_start.set_up import set_up

            # The tests run with exactly what the lock names; a practice may start with the parts of last time.
            place = set_up(may_be_older=not testing)
        if testing:
            os.chdir(place.checkout)
            return start(place.python, ["pytest", *side_by_side(arguments[1:]), *arguments[1:]])
        with_sound = not arguments or arguments[0] in ("practice", "speak")
        if with_sound and sys.platform == "linux" and not place.sound_is_settled():
            from simulator.first_start.sound import offer_sound

            offer_sound(place)
        start_here(place, arguments)
        return start(place.python, ["simulator", *arguments])
    except SetUpFailed as failed:
        sys.stderr.write(str(failed) + "\n")
        return MISSING
    except KeyboardInterrupt:
        sys.stderr.write("\nStopped.\n")
        return INTERRUPTED


if __name__ == "__main__":
    if sys.version_info < LEAST_PYTHON:
        sys.stderr.write(too_old(*sys.version_info[:2]) + "\n")
        sys.exit(MISSING)
    sys.path.insert(0, str(Path(__file__).resolve().parent))
    sys.exit(main(sys.argv[1:]))

"""run.py: one command that sets up, repairs, and says plainly what it cannot do.

Most of it runs on a checkout in small with one tiny package, set up for real by venv and pip.
"""

import ast
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import run as run_py
from simulator.first_start import environment as place_module
from simulator.first_start import set_up as set_up_module
from simulator.first_start import sound
from simulator.first_start.environment import Environment, SetUpFailed
from simulator.first_start.pip_failures import FAILURES, reason
from tests.packaging.little_checkout import (
    BASE_PYTHON,
    ROOT,
    Gate,
    gated_index,
    make_checkout,
    make_wheel,
    run,
    surroundings,
    write_lock,
)

posix_only = pytest.mark.skipif(os.name == "nt", reason="POSIX signals and permissions")


@pytest.fixture(scope="module")
def wheelhouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheelhouse")
    make_wheel(folder, "1.0")
    return folder


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory, wheelhouse: Path) -> Path:
    """A checkout, in a folder with spaces, that was started once."""
    parent = tmp_path_factory.mktemp("my own programs")
    home = parent / "home"
    home.mkdir()
    checkout = make_checkout(parent / "second round", wheelhouse / "tiny-1.0-py3-none-any.whl")
    done = run(checkout, "first", env=surroundings(home, wheelhouse))
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["arguments"] == ["first"], "more than the app's own words came to stdout"
    assert "first time only" in done.stderr
    assert list(home.iterdir()) == [], "something was installed outside the checkout"
    return checkout


@pytest.fixture
def checkout(ready: Path, tmp_path: Path) -> Path:
    """A copy of it, to be spoilt. That it works at all shows that the folder can be moved."""
    return Path(shutil.copytree(ready, tmp_path / "moved here", symlinks=True))


@pytest.fixture
def fresh(tmp_path: Path, wheelhouse: Path) -> Path:
    """A checkout that was never started."""
    return make_checkout(tmp_path / "fresh", wheelhouse / "tiny-1.0-py3-none-any.whl")


@pytest.fixture
def online(tmp_path: Path, wheelhouse: Path) -> dict[str, str]:
    return surroundings(tmp_path, wheelhouse)


@pytest.fixture
def offline(tmp_path: Path) -> dict[str, str]:
    return surroundings(tmp_path, None)


def test_the_second_start_needs_no_network_says_nothing_and_passes_all_on(
    checkout: Path, offline: dict[str, str]
) -> None:
    done = run(checkout, "exit", "7", "two words", env=offline)
    assert done.returncode == 7
    assert done.stderr == ""
    answer = json.loads(done.stdout)
    assert answer["arguments"] == ["exit", "7", "two words"]
    assert answer["tiny"] == "1.0"
    assert Path(answer["prefix"]) == checkout / ".venv"


def test_the_second_start_starts_no_process_of_its_own(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*words: object, **named: object) -> None:
        raise AssertionError(f"a process was started: {words}")

    monkeypatch.setattr(subprocess, "Popen", refuse)
    monkeypatch.setattr(os, "posix_spawn", refuse)
    monkeypatch.setattr(os, "fork", refuse)
    assert Environment(checkout / ".venv", checkout).is_finished()


@posix_only
def test_the_second_start_stays_in_its_process_and_sees_the_locked_packages_alone(
    checkout: Path, offline: dict[str, str], tmp_path: Path
) -> None:
    (checkout / "simulator" / "__main__.py").write_text(
        "import importlib.util, json, sys, tiny\n"
        "print(json.dumps([sys.modules['__main__'].__file__, sys.argv, sys.executable, sys.path, sys.prefix,"
        " [bool(importlib.util.find_spec(name)) for name in ('named', 'simulator.first_start')]]))\n"
        "sys.exit(5)\n"
    )
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "named.py").touch()
    done = run(checkout, "a", "b c", env=offline | {"PYTHONPATH": str(tmp_path / "more")})
    assert done.returncode == 5, done.stderr
    program, argv, executable, path, prefix, found = json.loads(done.stdout)
    assert Path(program).name == "run.py"
    assert argv == [str(checkout / "simulator" / "__main__.py"), "a", "b c"]
    assert Path(executable) == checkout / ".venv" / "bin" / "python"
    assert Path(prefix) == checkout / ".venv"
    assert found == [True, True]
    packages = [each for each in path if each.endswith(("site-packages", "dist-packages"))]
    assert [Path(each).is_relative_to(checkout / ".venv") for each in packages] == [True]


def test_the_whole_suite_runs_side_by_side_and_a_choice_of_it_as_asked() -> None:
    for whole in ([], ["-ra"], ["--all"], ["--all", "-ra"], ["--all", "--slow"]):
        assert run_py.side_by_side(whole)[::2] == ["-n", "--dist"]
    for chosen in (["tests/scoring"], ["-x"], ["--all", "-x"], ["-n", "0"], ["-ra", "tests/test_cli.py"]):
        assert run_py.side_by_side(chosen) == []


def test_files_in_the_current_folder_do_not_stand_in_for_the_app(
    checkout: Path, offline: dict[str, str], tmp_path: Path
) -> None:
    trap = tmp_path / "trap"
    trap.mkdir()
    (trap / "tiny.py").write_text("raise SystemExit('the wrong tiny')")
    (trap / "simulator.py").write_text("raise SystemExit('the wrong simulator')")
    done = run(checkout, env=offline, cwd=trap)
    assert done.returncode == 0, done.stderr


@pytest.mark.thorough
def test_a_package_that_is_not_the_locked_one_is_refused(fresh: Path, tmp_path: Path) -> None:
    forged = make_wheel(tmp_path / "forged", "1.0", "print('forged')")
    done = run(fresh, env=surroundings(tmp_path, forged.parent))
    assert done.returncode == run_py.MISSING
    assert "is not the one that requirements.lock names" in done.stderr
    assert "set-up.log" in done.stderr
    assert "Traceback" not in done.stderr
    assert not list((fresh / ".venv").rglob("tiny.py"))
    assert not Environment(fresh / ".venv", fresh).is_finished()


@pytest.mark.thorough
def test_offline_is_a_sentence_and_the_next_start_with_a_network_goes_on(
    fresh: Path, offline: dict[str, str], online: dict[str, str]
) -> None:
    done = run(fresh, env=offline)
    assert done.returncode == run_py.MISSING
    assert done.stdout == ""
    assert "cannot be reached" in done.stderr
    log = fresh / ".venv.setup/set-up.log"
    assert str(log) in done.stderr
    assert "tiny" in log.read_text()
    again = run(fresh, env=online)
    assert again.returncode == 0, again.stderr
    assert not (fresh / ".venv.setup/unfinished").exists()


def test_a_changed_lock_brings_the_packages_up_to_date(checkout: Path, tmp_path: Path) -> None:
    newer = make_wheel(tmp_path / "newer", "2.0")
    write_lock(checkout, newer)
    done = run(checkout, env=surroundings(tmp_path, newer.parent))
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["tiny"] == "2.0"
    assert "up to date" in done.stderr


@pytest.mark.thorough
def test_a_changed_lock_without_network_starts_with_the_parts_of_last_time_but_does_not_test(
    checkout: Path, offline: dict[str, str], tmp_path: Path
) -> None:
    write_lock(checkout, make_wheel(tmp_path / "newer", "2.0"))
    for _ in range(2):
        done = run(checkout, env=offline)
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["tiny"] == "1.0"
        assert "parts of last time" in done.stderr
    assert run(checkout, "test", env=offline).returncode == run_py.MISSING


def thorough(case: str) -> Any:
    return pytest.param(case, marks=pytest.mark.thorough)


@pytest.mark.thorough
@pytest.mark.parametrize("damage", [thorough("half a package"), thorough("no interpreter behind it"), "a file"])
def test_an_interrupted_set_up_is_repaired_by_the_next_start(
    checkout: Path, online: dict[str, str], damage: str
) -> None:
    environment = Environment(checkout / ".venv", checkout)
    environment.stamp.unlink()
    environment.unfinished.touch()
    match damage:
        case "half a package":
            next(environment.venv.rglob("tiny.py")).write_text("VERSION =")
        case "no interpreter behind it":
            environment.python.unlink()
            environment.python.symlink_to(checkout / "gone")
        case _:
            environment.venv.rename(checkout / ".venv.old-1")
            environment.venv.write_text("")
    done = run(checkout, env=online)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["tiny"] == "1.0"
    assert environment.is_finished()
    assert not list(checkout.glob(".venv.old-*"))


@pytest.mark.thorough
def test_an_environment_of_the_developers_own_is_filled_not_thrown_away(
    checkout: Path, online: dict[str, str]
) -> None:
    (checkout / ".venv/second-round.stamp").unlink()
    mine = checkout / ".venv/mine.txt"
    mine.touch()
    done = run(checkout, env=online)
    assert done.returncode == 0, done.stderr
    assert mine.exists()


@pytest.fixture
def gate(wheelhouse: Path) -> Iterator[Gate]:
    with gated_index(wheelhouse) as gate:
        yield gate


def hear_ctrl_c() -> None:
    """In the new process: Ctrl+C counts, though the tests themselves may run in a background that ignores it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def begin(checkout: Path, env: dict[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [BASE_PYTHON, str(checkout / "run.py")],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env=env,
        preexec_fn=None if os.name == "nt" else hear_ctrl_c,
    )


def said(process: subprocess.Popen[str], words: str) -> bool:
    """Read what the process tells until `words` come; False when it ends without them."""
    assert process.stderr is not None
    return any(words in line for line in process.stderr)


@pytest.mark.thorough
@posix_only
def test_ctrl_c_in_the_set_up_stops_it_cleanly(fresh: Path, online: dict[str, str], gate: Gate) -> None:
    first = begin(fresh, online | {"PIP_FIND_LINKS": gate.address})
    assert gate.asked.wait(120), "pip never came to the index"
    first.send_signal(signal.SIGINT)
    out, err = first.communicate(timeout=120)
    assert first.returncode == run_py.INTERRUPTED
    assert "Stopped." in err
    assert "Traceback" not in err
    assert out == ""
    done = run(fresh, env=online)
    assert done.returncode == 0, done.stderr
    assert "interrupted" in done.stderr


@pytest.mark.thorough
@posix_only
def test_two_starts_at_once_set_up_once(fresh: Path, online: dict[str, str], gate: Gate) -> None:
    gated = online | {"PIP_FIND_LINKS": gate.address}
    first = begin(fresh, gated)
    assert gate.asked.wait(120), "pip never came to the index"
    second = begin(fresh, gated)
    assert said(second, "Another start is setting up")
    gate.opened.set()
    for process in (first, second):
        out, err = process.communicate(timeout=120)
        assert process.returncode == 0, err
        assert json.loads(out)["tiny"] == "1.0"
    assert (fresh / ".venv.setup/set-up.log").read_text().count("Successfully installed") == 1


@pytest.mark.thorough
@posix_only
def test_a_killed_start_does_not_let_the_next_one_work_against_its_pip(
    fresh: Path, online: dict[str, str], gate: Gate
) -> None:
    first = begin(fresh, online | {"PIP_FIND_LINKS": gate.address})
    assert gate.asked.wait(120), "pip never came to the index"
    first.kill()
    first.wait(60)
    second = begin(fresh, online)
    assert said(second, "Another start is setting up"), "the pip that goes on alone was not waited for"
    gate.opened.set()
    out, err = second.communicate(timeout=120)
    assert second.returncode == 0, err
    assert json.loads(out)["tiny"] == "1.0"
    for stream in (first.stdout, first.stderr):
        assert stream is not None
        stream.close()


def mortal() -> tuple[str, ...]:
    """Words before a command that make it heed write permissions, even for root."""
    if os.geteuid() != 0:
        return ()
    words = ("setpriv", "--bounding-set=-dac_override,-dac_read_search")
    if not shutil.which("setpriv") or subprocess.run([*words, "true"], capture_output=True).returncode:
        pytest.skip("root, and setpriv cannot give up root's rights here")
    return words


@pytest.fixture
def read_only() -> Iterator[list[Path]]:
    """Folders put in here are made read-only now and writable again at the end."""
    closed: list[Path] = []

    class Closing(list[Path]):
        def append(self, folder: Path) -> None:
            closed.append(folder)
            for path in [folder, *folder.rglob("*")]:
                if not path.is_symlink():
                    path.chmod(path.stat().st_mode & ~0o222)

    yield Closing()
    for folder in closed:
        for path in [folder, *folder.rglob("*")]:
            if not path.is_symlink():
                path.chmod(path.stat().st_mode | 0o200)


@posix_only
def test_a_read_only_folder_that_is_set_up_runs(
    checkout: Path, offline: dict[str, str], read_only: list[Path]
) -> None:
    read_only.append(checkout)
    done = run(checkout, env=offline, before=mortal())
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""


@pytest.mark.thorough
@posix_only
def test_a_read_only_folder_is_set_up_in_the_users_cache(
    fresh: Path, online: dict[str, str], tmp_path: Path, read_only: list[Path]
) -> None:
    cache = tmp_path / "cache"
    env = online | {"XDG_CACHE_HOME": str(cache)}
    env.pop("SIMULATOR_HOME")
    read_only.append(fresh)
    first = run(fresh, env=env, before=mortal())
    assert first.returncode == 0, first.stderr
    assert "cannot be written to" in first.stderr
    assert Path(json.loads(first.stdout)["prefix"]).parent == cache / "second-round"
    again = run(fresh, env=env | {"PIP_FIND_LINKS": "/nowhere"}, before=mortal())
    assert again.returncode == 0, again.stderr
    assert again.stderr == ""


@posix_only
def test_nowhere_to_write_is_a_sentence(
    fresh: Path, online: dict[str, str], tmp_path: Path, read_only: list[Path]
) -> None:
    home = tmp_path / "closed"
    home.mkdir()
    read_only.append(fresh)
    read_only.append(home)
    done = run(fresh, env=online | {"SIMULATOR_HOME": str(home)}, before=mortal())
    assert done.returncode == run_py.MISSING
    assert "Set SIMULATOR_HOME" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_checkout_without_its_lock_is_a_sentence(checkout: Path, online: dict[str, str]) -> None:
    (checkout / "requirements.lock").unlink()
    done = run(checkout, env=online)
    assert done.returncode == run_py.MISSING
    assert "requirements.lock cannot be read" in done.stderr
    assert "Traceback" not in done.stderr


def hide(tmp_path: Path, *modules: str) -> dict[str, str]:
    """An environment in which Python does not have these modules."""
    folder = tmp_path / "hiding"
    folder.mkdir()
    lines = "".join(f"sys.modules[{module!r}] = None\n" for module in modules)
    (folder / "sitecustomize.py").write_text(f"import sys\n{lines}")
    return {"PYTHONPATH": str(folder)}


@pytest.mark.thorough
def test_a_python_without_ensurepip_uses_its_own_pip(fresh: Path, online: dict[str, str], tmp_path: Path) -> None:
    if subprocess.run([BASE_PYTHON, "-m", "pip", "--version"], capture_output=True).returncode:
        pytest.skip("the Python that made this environment has no pip of its own")
    done = run(fresh, env=online | hide(tmp_path, "ensurepip"))
    assert done.returncode == 0, done.stderr
    assert not list((fresh / ".venv").rglob("pip")), "ensurepip was there after all"


def test_a_python_with_neither_pip_nor_ensurepip_is_told_what_to_install(
    fresh: Path, online: dict[str, str], tmp_path: Path
) -> None:
    done = run(fresh, env=online | hide(tmp_path, "ensurepip", "pip"))
    assert done.returncode == run_py.MISSING
    assert "python3-venv" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.thorough
def test_pip_settings_that_send_packages_elsewhere_do_not(
    fresh: Path, online: dict[str, str], tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    done = run(fresh, env=online | {"PIP_TARGET": str(elsewhere), "PIP_USER": "1"})
    assert done.returncode == 0, done.stderr
    assert not elsewhere.exists()


@pytest.mark.thorough
def test_another_python_behind_the_same_name_is_set_up_anew(checkout: Path, online: dict[str, str]) -> None:
    stamp = checkout / ".venv/second-round.stamp"
    environment = Environment(checkout / ".venv", checkout)
    stamp.write_text(f"{environment.wanted()} 3.10\n")
    done = run(checkout, env=online)
    assert done.returncode == 0, done.stderr
    assert stamp.read_text().split()[1] == f"{sys.version_info[0]}.{sys.version_info[1]}"


# Python too old.


def test_a_python_that_is_too_old_is_told_which_is_needed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "needs Python 3.11 or newer; this is Python 3.9." in run_py.too_old(3, 9)
    assert "python.org" in run_py.too_old(3, 9)
    assert run_py.too_old(*run_py.LEAST_PYTHON) == ""
    assert run_py.too_old(3, 14) == ""


@posix_only
def test_a_newer_python_on_the_path_is_named_if_it_works(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name, status in {"python3.13": 127, "python3.12": 0}.items():
        (tmp_path / name).write_text(f"#!/bin/sh\nexit {status}\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "run: python3.12 run.py" in run_py.too_old(3, 6)


def test_old_pythons_can_read_run_py() -> None:
    ast.parse((ROOT / "run.py").read_text(encoding="utf-8"), feature_version=(3, 6))


def test_old_pythons_that_are_installed_get_the_sentence() -> None:
    names = [name for name in (f"python3.{minor}" for minor in range(6, 11)) if shutil.which(name)]
    old = [name for name in names if subprocess.run([name, "-c", ""], capture_output=True).returncode == 0]
    if not old:
        pytest.skip("no old Python here to try it with")
    for name in old:
        done = subprocess.run([name, str(ROOT / "run.py")], capture_output=True, encoding="utf-8")
        assert done.returncode == run_py.MISSING
        assert "Second Round needs Python 3.11 or newer" in done.stderr
        assert "Traceback" not in done.stderr


# What pip says.


@pytest.mark.parametrize(
    ("said_by_pip", "told"),
    [
        ("WARNING: Retrying (Retry(total=0)) ... NewConnectionError('...')", "needs the network"),
        ("socket.timeout\npip._vendor...ReadTimeoutError: Read timed out.", "needs the network"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "not the one"),
        ("OSError: [Errno 28] No space left on device", "disk is full"),
        ("SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED]", "certificate"),
        ("ProxyError('Cannot connect to proxy.', ... Retrying (", "proxy"),
        ("ERROR: HTTP error 403 while getting https://...\n403 Client Error: Forbidden", "refused to give"),
        ("ERROR: No matching distribution found for vosk==0.3.45", "another Python"),
        ("something quite new", "could not be installed"),
    ],
)
def test_what_pip_says_becomes_a_sentence_that_names_the_log(said_by_pip: str, told: str) -> None:
    failed = reason(said_by_pip, Path("/x/set-up.log"))
    assert told in str(failed)
    assert "/x/set-up.log" in str(failed)
    assert failed.offline == ("needs the network" in told)


def test_each_failure_has_signs_and_a_sentence() -> None:
    assert all(failure.signs and failure.sentence.endswith((".", "FILE", "ADDRESS")) for failure in FAILURES)


def test_the_progress_line_counts_what_pip_comes_to(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal:
        text = ""

        def isatty(self) -> bool:
            return True

        def write(self, text: str) -> None:
            self.text += text

        def flush(self) -> None: ...

    terminal = Terminal()
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stderr", terminal)
    progress = set_up_module.PipProgress(4)
    for line in (
        "Ignoring colorama: markers 'sys_platform == \"win32\"' don't match your environment",
        "Collecting ast-serialize==0.13.1 (from -r requirements.lock (line 29))",
        "Processing /wheels/charset_normalizer-3.5.2-cp311-cp311-manylinux1.whl (from -r requirements.lock)",
        "Requirement already satisfied: mypy-extensions==1.2.0 in ./lib (from -r requirements.lock)",
    ):
        progress.follow(line)
    shown = [part.strip() for part in terminal.text.split("\r") if part.strip()]
    assert shown == ["1 of 3: ast-serialize", "2 of 3: charset_normalizer", "3 of 3: mypy-extensions"]


# Sound on Linux.


class Person:
    """A terminal with somebody at it who types `answer`."""

    def __init__(self, answer: str = "", there: bool = True) -> None:
        self.answer, self.there, self.asked = answer, there, 0

    def isatty(self) -> bool:
        return self.there

    def readline(self, size: int = -1) -> str:
        self.asked += 1
        return self.answer


@pytest.fixture
def silent_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Environment:
    """A place on a system without PortAudio, whose package manager leaves a file when run."""
    environment = Environment(tmp_path / ".venv", tmp_path)
    environment.venv.mkdir()
    monkeypatch.setattr(sound, "find_library", lambda name: None)
    monkeypatch.setattr(sound, "install_line", lambda *parts: f"touch {tmp_path}/{'+'.join(sorted(parts))}")
    monkeypatch.setattr(shutil, "which", lambda name: None)
    return environment


def answering(monkeypatch: pytest.MonkeyPatch, answer: str) -> Person:
    person = Person(answer)
    monkeypatch.setattr(sys, "stdin", person)
    return person


@pytest.mark.parametrize("answer", ["y\n", "YES\n"])
def test_sound_is_installed_by_the_line_shown_when_agreed_to(
    silent_place: Environment, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], answer: str
) -> None:
    answering(monkeypatch, answer)
    sound.offer_sound(silent_place)
    assert f"touch {silent_place.checkout}/espeak+portaudio" in capsys.readouterr().out
    assert (silent_place.checkout / "espeak+portaudio").exists()
    assert silent_place.sound_answer.exists()


@pytest.mark.parametrize("answer", ["\n", "n\n", "what\n", ""])
def test_without_a_clear_yes_nothing_is_run_and_it_is_not_asked_again(
    silent_place: Environment, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], answer: str
) -> None:
    person = answering(monkeypatch, answer)
    sound.offer_sound(silent_place)
    assert person.asked == 1
    assert not (silent_place.checkout / "espeak+portaudio").exists()
    assert "without sound" in capsys.readouterr().out
    assert silent_place.sound_is_settled()


def test_a_failing_line_goes_on_without_sound(
    silent_place: Environment, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sound, "install_line", lambda *parts: "false")
    answering(monkeypatch, "y\n")
    sound.offer_sound(silent_place)
    assert "did not work" in capsys.readouterr().out
    assert silent_place.sound_answer.exists()


@pytest.mark.parametrize("line", ["", "sudo apt-get install libportaudio2"])
def test_where_nothing_can_be_run_nothing_is_asked(
    silent_place: Environment, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    monkeypatch.setattr(sound, "install_line", lambda *parts: line)
    person = answering(monkeypatch, "y\n")
    sound.offer_sound(silent_place)
    assert person.asked == 0
    assert silent_place.sound_answer.exists()


def test_sound_that_is_there_is_remembered_without_a_word(
    silent_place: Environment, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sound, "find_library", lambda name: "libportaudio.so.2")
    sound.offer_sound(silent_place)
    assert capsys.readouterr().out == ""
    assert silent_place.sound_answer.exists()


@pytest.mark.parametrize(("stdin", "stdout"), [(True, False), (False, True), (False, False)])
def test_without_a_person_at_the_terminal_sound_is_never_offered(
    silent_place: Environment, monkeypatch: pytest.MonkeyPatch, stdin: bool, stdout: bool
) -> None:
    monkeypatch.setattr(sys, "stdin", Person(there=stdin))
    monkeypatch.setattr(sys, "stdout", Person(there=stdout))
    assert silent_place.sound_is_settled()
    monkeypatch.setattr(sys, "stdin", Person())
    monkeypatch.setattr(sys, "stdout", Person())
    assert not silent_place.sound_is_settled()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux leaves PortAudio to the system")
@pytest.mark.parametrize(
    ("arguments", "offered"),
    [([], 1), (["practice", "--plain"], 1), (["speak", "Hello."], 1), (["score", "-"], 0), (["test"], 0)],
)
def test_sound_is_offered_where_it_will_be_used(
    silent_place: Environment, monkeypatch: pytest.MonkeyPatch, arguments: list[str], offered: int
) -> None:
    offers: list[Environment] = []
    monkeypatch.setattr(sys, "stdin", Person())
    monkeypatch.setattr(sys, "stdout", Person())
    monkeypatch.setattr(place_module, "finished_environment", lambda: silent_place)
    monkeypatch.setattr(sound, "offer_sound", offers.append)
    monkeypatch.setattr(run_py, "start", lambda python, words: 0)
    monkeypatch.chdir(silent_place.checkout)
    assert run_py.main(arguments) == 0
    assert len(offers) == offered
    silent_place.sound_answer.touch()
    run_py.main(arguments)
    assert len(offers) == offered, "it was offered twice"


def test_the_cache_of_each_checkout_is_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    first = place_module.in_cache().venv
    monkeypatch.setattr(place_module, "CHECKOUT", tmp_path)
    assert place_module.in_cache().venv != first
    assert place_module.in_cache().venv.is_relative_to(os.environ["SIMULATOR_HOME"])


def test_a_missing_lock_raises_the_rooms_own_failure(tmp_path: Path) -> None:
    with pytest.raises(SetUpFailed, match="get the folder anew"):
        Environment(tmp_path / ".venv", tmp_path).wanted()

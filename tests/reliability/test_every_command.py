"""Every command of the parser, whatever its streams and words are and whichever folder is locked: no traceback.

By default some meet a fault, with `--all` every other one, with `RELIABILITY_CASES=100`, too, all of them.
"""

import io
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from simulator.cli import main
from simulator.paths import AppPaths
from tests.reliability.every_command import (
    FINDS_SOMETHING,
    LINES,
    SPOKEN,
    Furnished,
    commands,
    furnish,
)
from tests.rights import mortal

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="written for a POSIX shell")
Done = subprocess.CompletedProcess[str]
FULL = pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")

STREAMS = ("<&-", ">&-", "2>&-", "<&- >&- 2>&-", "| head -c 1")
LIMITED = ("bash", "-c", 'ulimit -v 4000000 -f 500000; exec "$@"', "bash")
"""Four gigabytes of addresses, half a gigabyte in a file: whatever has no end is neither read nor copied whole."""
NO_ROOM = ("File too large", "No space left")
BARE = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
"""A locale in which Python itself knows ASCII only."""
PIPED = (
    "score - --question Why?", "speak - --out {files}/said.wav", "stories add -", "job add -",
    "class comment {class_answer} --text -", "followup check - --session {session}", "practice --plain --questions 2",
)  # fmt: skip
"""What reads standard input."""
NAMED = (
    "score {odd}-answer.txt --question Why?", "banks import {odd}-list.csv --yes", "banks check {odd}-bank.yaml",
    "banks install {odd}-other.yaml", "stories add {odd}-story.yaml", "job add {odd}-posting.txt",
    "followup check {odd}-letter.txt --session {session}", "class add {odd}-history.zip --names-from-files",
    "practice --plain --questions 1 --answer {odd}-answer.txt", "sessions import {odd}-history.zip --replace",
    "class set ueberall --out {odd}-w.json", "sessions export {session} --out {odd}-w.md",
    "banks export ueberall --out {odd}-w.yaml",
    "job edit {job} --company {odd}", "stories edit {story} --title {odd}",
    "settings set candidate_name {odd}", "banks new --template --title {odd}", "class new {odd}",
)  # fmt: skip
"""What takes names of files, and words; `{odd}` holds a byte that is no text."""
FILES = (
    "practice --plain --answer {link}.txt", "practice --plain --answer {link}.wav",
    "practice --assignment {link}.json",
    "score {link}.txt --question Why?", "score {link}.jsonl", "score {link}.csv", "transcribe {link}.wav",
    "banks check {link}.yaml", "banks import {link}.csv", "banks import {link}.txt", "banks install {link}.yaml",
    "sessions import {link}.zip", "job add {link}.txt", "stories add {link}.yaml", "followup debrief add {link}.txt",
    "followup check {link}.txt --session {session}", "followup draft --lines {link}.json",
    "class new Spät --students {link}.txt", "class add {link}.zip",
    "class comment {class_answer} --sound {link}.wav", "rubrics check {link}.yaml", "interviewers check {link}.yaml",
    "model install {link}.zip", "model check {link}",
)  # fmt: skip
"""What reads a file."""
LOCKED = (
    "data", "database", "recordings", "classes", "open_interviews", "banks", "interviewers", "rubrics",
    "speech_models", "exports", "settings_file", "cache", "files",
)  # fmt: skip


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Furnished:
    """A home with something of everything."""
    return furnish(tmp_path_factory.mktemp("furnished"))


def share(fault: str, faults: tuple[str, ...], cases: int) -> list[str]:
    """The commands that meet this fault."""
    every = sorted(LINES)
    return every if cases >= 100 else every[faults.index(fault) :: 2 * len(faults)]


def side_by_side(
    furnished: Furnished, tmp_path: Path, lines: list[list[str]], **how: Any
) -> Iterator[tuple[list[str], Done]]:
    """Run each, in a home of its own; its words, and what came of it."""

    def one(number: int) -> Done:
        home = furnished.copied(tmp_path / str(number))
        words = [word.replace(str(furnished.folder), str(home.folder)) for word in lines[number]]
        try:
            return home.run(words, **how)
        finally:
            shutil.rmtree(home.folder)

    with ThreadPoolExecutor(2) as pool:
        yield from zip(lines, pool.map(one, range(len(lines))), strict=True)


def no_traceback(words: list[str], done: Done) -> None:
    said = done.stdout + done.stderr
    assert "Traceback" not in said, (words, said)
    assert "Exception" not in done.stderr, (words, said)
    assert done.returncode >= 0, (words, done.returncode)


def test_every_command_of_the_parser_is_tried() -> None:
    assert set(commands()) == set(LINES)


@pytest.mark.parametrize("command", sorted(LINES))
def test_without_a_fault_each_does_its_work(
    furnished: Furnished,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: str,
) -> None:
    home = furnished.copied(tmp_path / "used")
    monkeypatch.setenv("SIMULATOR_HOME", str(home.home))
    monkeypatch.setattr("sys.stdin", io.StringIO(SPOKEN * 8))
    status = main(home.words(command))
    out, told = capsys.readouterr()
    assert status == 0 or command in FINDS_SOMETHING, told
    assert (out + told).strip()


@pytest.mark.one_in(5)
@pytest.mark.parametrize("where", STREAMS)
def test_streams_that_are_closed(furnished: Furnished, tmp_path: Path, cases: int, where: str) -> None:
    lines = [furnished.words(command) for command in share(where, STREAMS, cases)]
    for words, done in side_by_side(furnished, tmp_path, lines, streams=where):
        no_traceback(words, done)
        assert done.returncode == 0 or " ".join(words).startswith(FINDS_SOMETHING), words


@pytest.mark.thorough
@FULL
def test_a_full_disk_behind_stdout(furnished: Furnished, tmp_path: Path, cases: int) -> None:
    lines = [furnished.words(command) for command in share("full", ("full", *STREAMS[:3]), cases)]
    for words, done in side_by_side(furnished, tmp_path, lines, streams=">/dev/full"):
        no_traceback(words, done)
        assert done.returncode == 0 or done.stderr.strip(), words


@pytest.mark.thorough
def test_a_locale_that_knows_ascii_only(furnished: Furnished, tmp_path: Path, cases: int) -> None:
    every = [command for command in sorted(LINES) if not LINES[command].isascii()]
    lines = [furnished.words(command) for command in every]
    for words, done in side_by_side(furnished, tmp_path, lines, environment=BARE):
        no_traceback(words, done)
        assert done.returncode == 0, (words, done.stderr)


@pytest.mark.thorough
@pytest.mark.parametrize(
    "source", ["<&-", "< <(head -c 3000 /dev/urandom)", pytest.param("</dev/zero", id="without an end")]
)
def test_whatever_comes_on_stdin(furnished: Furnished, tmp_path: Path, source: str) -> None:
    lines = [furnished.written(line) for line in PIPED]
    for words, done in side_by_side(furnished, tmp_path, lines, streams=source, before=LIMITED):
        no_traceback(words, done)
        assert done.returncode == 0 or done.stderr.strip(), words
        assert not any(said in done.stderr for said in NO_ROOM), words


@pytest.mark.thorough
def test_names_and_words_that_are_no_text(furnished: Furnished, tmp_path: Path) -> None:
    odd = Furnished(tmp_path / "odd", {**furnished.ids, "odd": f"{furnished.folder}/files/caf\udce9"})
    shutil.copytree(furnished.folder, odd.folder)
    files = odd.folder / "files"
    for file in [file for file in files.iterdir() if file.is_file()]:
        shutil.copy(file, f"{files}/caf\udce9-{file.name}")
    odd.ids["odd"] = f"{files}/caf\udce9"
    lines = [odd.written(line) for line in NAMED]
    for words, done in side_by_side(odd, tmp_path, lines):
        no_traceback(words, done)
        assert done.returncode == 0 or done.stderr.strip() or "check" in words, words


def _lock(home: Furnished, name: str) -> Path:
    path = getattr(AppPaths(home.home, home.home, home.home / "cache"), name, home.folder / "files")
    if path.suffix == ".toml":
        path.write_text("theme = 'dark'\n")
    elif not path.exists():
        path.mkdir()
    path.chmod(0)
    return path


@pytest.mark.thorough
@pytest.mark.parametrize("to", ["gone", pytest.param("/dev/zero", marks=pytest.mark.thorough)])
def test_links_that_lead_nowhere_and_files_without_an_end(furnished: Furnished, tmp_path: Path, to: str) -> None:
    home = Furnished(tmp_path / "linked", {**furnished.ids, "link": f"{furnished.folder}/files/link"})
    shutil.copytree(furnished.folder, home.folder)
    home.ids["link"] = f"{home.folder}/files/link"
    for ending in ("", ".txt", ".wav", ".json", ".jsonl", ".csv", ".yaml", ".zip"):
        Path(home.ids["link"] + ending).symlink_to(to)
    for words, done in side_by_side(home, tmp_path, [home.written(line) for line in FILES], before=LIMITED):
        no_traceback(words, done)
        assert done.returncode != 0, words
        said = (done.stdout + done.stderr).replace("files/link", "")
        assert to != "gone" or "link" in said, (words, said)
        assert not any(said_so in said for said_so in NO_ROOM), (words, said)


@pytest.mark.thorough
def test_names_that_are_too_long(furnished: Furnished, tmp_path: Path) -> None:
    home = Furnished(furnished.folder, {**furnished.ids, "link": f"{furnished.folder}/files/{'long' * 100}"})
    for words, done in side_by_side(home, tmp_path, [home.written(line) for line in FILES]):
        no_traceback(words, done)
        assert done.returncode != 0, words


@pytest.mark.one_in(13)
@pytest.mark.parametrize("name", LOCKED)
def test_a_folder_that_is_locked(furnished: Furnished, tmp_path: Path, cases: int, name: str) -> None:
    rights = mortal()
    for command in share(name, LOCKED, cases):
        home = furnished.copied(tmp_path / command)
        path = _lock(home, name)
        try:
            done = home.run(home.words(command), before=rights)
        finally:
            if path.exists():
                path.chmod(0o700)
        no_traceback([name, command], done)
        assert done.returncode == 0 or (done.stdout + done.stderr).strip(), command

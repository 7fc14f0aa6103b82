"""A home in which everything was used once, and the commands that only look at it."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

PROJECT = Path(__file__).parents[2]
STORY = (
    "title: The rota\nsituation: Two nurses were off.\naction: I rang everybody.\nresult: All shifts were filled.\n"
)
POSTING = "Ward nurse\n\nRequirements\n- Experience in leading a team\n- You can plan a rota\n"
BANK = "bank: mine\ntitle: Mine\nquestions:\n  - {id: why, ask: Why this work?, kind: motivation}\n"
SPOKEN = "i led a team of six at the depot last winter because nobody else could and we lost nobody for a year\n"

USE = (
    "practice --plain --questions 2 --seed 1", "practice --plain --questions 1 --seed 2 --mode drill",
    "settings set candidate_name Robin", "banks install {files}/mine.yaml",
    "banks import {files}/list.csv --id listed --yes",
    "stories add {files}/story.yaml", "job add {files}/posting.txt", "references add Kim --role manager",
    "sessions export --all", "sessions export {session} --format html", "speak Hello. --out {files}/hello.wav",
)  # fmt: skip
"""Everything that writes, once; `{files}` is a folder beside the home, `{session}` the latest session."""

LOOK = (
    "banks list", "banks list --json", "banks show mine", "banks search why", "banks check {files}/mine.yaml",
    "banks schema", "banks path", "job list", "job show {job}", "job coverage {job}",
    "stories list", "stories show {story}", "stories check", "stories coverage --job {job}", "references list",
    "rubrics list", "rubrics check {files}/mine.yaml",
    "interviewers list", "interviewers check {files}/mine.yaml", "model list", "model path",
    "settings show", "settings path", "sessions list", "sessions list --json", "sessions show {session}",
    "sessions search depot",
    "sessions progress",
    "sessions compare {session}", "score {files}/answer.txt --question Why?", "score {files}/class.jsonl",
    "transcribe {files}/speech.wav --model sample", "doctor", "--version", "--help",
)  # fmt: skip
"""Every command that only looks."""


def write_files(folder: Path) -> None:
    """The files that the commands name."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "mine.yaml").write_text(BANK)
    (folder / "list.csv").write_text("question,kind\nHow do you plan a week?,behavioural\n")
    (folder / "story.yaml").write_text(STORY)
    (folder / "posting.txt").write_text(POSTING)
    (folder / "answer.txt").write_text(SPOKEN)
    (folder / "class.jsonl").write_text('{"question": "Why?", "text": "i led a team because of it"}\n')
    (folder / "speech.wav").write_bytes((PROJECT / "assets" / "trial_speech.wav").read_bytes())


DRIVER = """
import io, os, sys
from simulator.cli import main
from simulator.paths import keep_to_oneself
from tests.reliability.scripted import SPOKEN, names
keep_to_oneself()
home, files, *lines = sys.argv[1:]
for line in lines:
    sys.stdin = io.StringIO(SPOKEN * 8)
    print("@begins", line, flush=True)
    try:
        status = main([word.format(files=files, **names()) for word in line.split()])
    except SystemExit as ended:
        status = ended.code
    sys.stdout.flush()
    # In one piece: the sound libraries print on the same line now and then.
    os.write(1, f"@ends {int(status or 0)} \\n".encode())
"""


def names() -> dict[str, str]:
    """The ids of what is there now, for the commands that name it."""
    from simulator.paths import user_paths
    from simulator.services import Services
    from simulator.settings import Settings

    if not user_paths().database.exists():
        return {"session": "none", "job": "none", "story": "none"}
    services = Services(user_paths(), Settings())
    try:
        found = {
            "session": next(iter(services.data.store.session_ids()), "none"),
            "job": next(iter(services.data.store.documents("job")), "none"),
            "story": next(iter(services.data.store.documents("story")), "none"),
        }
    finally:
        services.close()
    return found


def run_lines(home: Path, files: Path, lines: tuple[str, ...], umask: str = "022") -> list[tuple[str, int, str]]:
    """Run commands one after the other in one process; each with its exit status and what it printed."""
    done = subprocess.run(
        [
            "bash",
            "-c",
            f'umask {umask}; exec "$@"',
            "bash",
            sys.executable,
            "-c",
            DRIVER,
            str(home),
            str(files),
            *lines,
        ],
        cwd=PROJECT,
        env={**os.environ, "SIMULATOR_HOME": str(home), "HOME": str(files)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=300,
    )
    assert "Traceback" not in done.stdout, done.stdout
    told: list[tuple[str, int, str]] = []
    for part in done.stdout.split("@begins ")[1:]:
        line, _, rest = part.partition("\n")
        said, _, status = rest.rpartition("@ends ") if "@ends " in rest else (rest, "", "")
        assert status, f"{line} ended it all: {done.stdout[-2000:]}"
        told.append((line, int(status.split()[0]), said))
    return told


def pictured(home: Path) -> Mapping[str, tuple[int, str]]:
    """Every file and folder of a home: when it was changed, and what is in it."""
    return {
        str(path.relative_to(home)): (
            path.stat().st_mtime_ns,
            hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "folder",
        )
        for path in [home, *home.rglob("*")]
    }

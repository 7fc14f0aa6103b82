"""The pages for users as something to run: their files, their commands, and what they say is printed.

- A fenced block with a name behind its language (```` ```yaml my-bank.yaml ````) is a file of that name.
- In a ```` ```console ```` block, and in any that begins so, a line that begins with `$ ` is a command, and what
  follows is what it prints. With no line below, nothing is said about what it prints.
- Any other indented or fenced line that begins with the name of the program, and a command in a sentence that has no
  word in capitals for a value, is a command, too.
- What is shown behind `You: ` is typed.
- In what is shown, a line of three dots stands for any lines, and three dots at the end of a line for its rest.

`python -m tests.docs_pages docs/preparing.md` runs a page in a home of its own and prints what comes of it.
"""

import contextlib
import io
import os
import re
import shlex
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from pathlib import Path
from unittest import mock

from simulator.cli import COMMANDS, main
from simulator.errors import ExitCode

ROOT = Path(__file__).resolve().parents[1]
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
STARTS = ("second-round", "python3 run.py")
DOTS = "..."
TYPED = "You: "
FENCE = re.compile(r"^( *)```(\S*)[ ]*(\S*)$")
IN_CAPITALS = re.compile(r"(?<![\w.-])[A-Z]{2,}(?![\w.-])")
"""A word that stands for any value: `sessions show SESSION`."""
SESSION_ID = re.compile(r"\b\d{8}-\d{6}-[0-9a-f]{4}\b")
TODAY = "2026-11-23"
"""The day on which the pages were written, as far as they tell."""
DIFFERS = (
    (re.compile(r"\b\d\d:\d\d\b"), "TIME"),
    (re.compile(r"\b\d+(\.\d+)? (ms|s|GB|MB)\b"), "SIZE"),
)
"""What is different on every machine and day, besides ids, the day itself and the home."""


@dataclass(frozen=True)
class File:
    """A file that a page shows in full."""

    name: str
    text: str


@dataclass(frozen=True)
class Command:
    """A command as it stands on a page; `shown` is None where nothing is said about what it prints."""

    line: str
    number: int
    shown: tuple[str, ...] | None = None


def steps(page: str) -> Iterator[File | Command]:
    """Files and commands of a page, from its top to its end."""
    lines = page.splitlines()
    at = 0
    while at < len(lines):
        if fence := FENCE.match(lines[at]):
            end = next(n for n in range(at + 1, len(lines)) if lines[n].strip() == "```")
            yield from _of_block(fence[2], fence[3], lines[at + 1 : end], at + 2)
            at = end + 1
            continue
        if lines[at].startswith("    "):
            yield from _typed(lines[at].strip(), at + 1)
        else:
            for code in re.findall(r"`([^`]+)`", lines[at]):
                if not IN_CAPITALS.search(code) and DOTS not in code:
                    yield from _typed(code, at + 1)
        at += 1


def _of_block(language: str, name: str, lines: Sequence[str], number: int) -> Iterator[File | Command]:
    if name:
        yield File(name, "".join(f"{line}\n" for line in lines))
    elif language == "console" or (lines and lines[0].startswith("$ ")):
        starts = [n for n, line in enumerate(lines) if line.startswith("$ ")]
        for begin, end in zip(starts, [*starts[1:], len(lines)], strict=True):
            first = next(n for n in range(begin, end) if not lines[n].endswith("\\"))
            line = " ".join(part.removeprefix("$ ").removesuffix("\\").strip() for part in lines[begin : first + 1])
            shown = _trimmed(lines[first + 1 : end])
            yield Command(line, number + begin, tuple(shown) or None)
    else:
        for n, line in enumerate(lines):
            yield from _typed(line.strip(), number + n)


def _typed(code: str, number: int) -> Iterator[Command]:
    if any(code == start or code.startswith(f"{start} ") for start in STARTS):
        yield Command(re.split(r"\s+#\s", code)[0].strip(), number)


def _trimmed(lines: Sequence[str]) -> list[str]:
    """Without spaces at the ends, and without empty lines before and behind."""
    return "\n".join(line.rstrip() for line in lines).strip("\n").splitlines()


def words_of(line: str) -> tuple[list[str], dict[str, str]]:
    """The words behind the program's name, and where its streams go."""
    for start in STARTS:
        line = line.removeprefix(start)
    streams = dict(re.findall(r"(?:^|\s)([<>])\s*(\S+)", line))
    return shlex.split(re.sub(r"(?:^|\s)[<>]\s*\S+", " ", line)), streams


class _Clock:
    """Stands in for `datetime` where ids of sessions are made: each command is a second later than the one before."""

    def __init__(self) -> None:
        self.time = datetime.now(UTC)

    def now(self, zone: tzinfo) -> datetime:
        return self.time.astimezone(zone)

    def fromisoformat(self, text: str) -> datetime:
        return datetime.fromisoformat(text)


class Reader:
    """Somebody who does what a page says, in a folder with a home of their own."""

    def __init__(self, folder: Path, home: Path) -> None:
        self._folder = folder
        self._home = home
        self._ids: dict[str, str] = {}
        self._clock = _Clock()

    def write(self, file: File) -> None:
        """Make a file that the page shows."""
        path = self._folder / file.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(file.text, encoding="utf-8")

    def do(self, command: Command) -> tuple[int, list[str]]:
        """The status of a command and what it printed, both streams in their order."""
        words, streams = words_of(SESSION_ID.sub(lambda told: self._ids.get(told[0], told[0]), command.line))
        typed = "".join(f"{line.removeprefix(TYPED)}\n" for line in command.shown or () if line.startswith(TYPED))
        given = (self._folder / streams["<"]).read_bytes() if "<" in streams else typed.encode()
        out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
        stdin, there = sys.stdin, Path.cwd()
        sys.stdin = io.TextIOWrapper(io.BytesIO(given), encoding="utf-8")
        os.chdir(self._folder)
        self._clock.time += timedelta(seconds=1)
        try:
            with (
                mock.patch("simulator.clock.datetime", self._clock),
                contextlib.redirect_stdout(out),
                contextlib.redirect_stderr(out),
            ):
                status = int(main(words))
        except SystemExit as ended:
            status = int(ended.code or 0)
        finally:
            sys.stdin = stdin
            os.chdir(there)
        out.flush()
        printed = out.buffer.getvalue().decode("utf-8")
        if ">" in streams:
            (self._folder / streams[">"]).write_text(printed, encoding="utf-8")
            printed = ""
        return status, _trimmed(printed.splitlines())

    def differs(self, command: Command, printed: Sequence[str]) -> str:
        """The first line that is shown and was not printed so; "" where all is as shown.

        Ids of sessions on lines that are alike are taken to be the same from then on.
        """
        shown = command.shown or ()
        today = date.today().isoformat()
        there = [(self._plain(line), self._plain(line.replace(today, TODAY))) for line in printed]
        at, skipping = 0, False
        for line in shown:
            if line == DOTS:
                skipping = True
                continue
            places = range(at, len(there) if skipping else min(at + 1, len(there)))
            place = next((n for n in places if _same(self._plain(line), there[n])), None)
            if place is None:
                near = "\n         ".join(printed[at:] if skipping else printed[at : at + 3])
                return f"line {command.number}, {command.line}\nshown:   {line}\nprinted: {near or 'nothing more'}"
            self._ids.update(zip(SESSION_ID.findall(line), SESSION_ID.findall(printed[place]), strict=False))
            at, skipping = place + 1, False
        if shown and not skipping and at < len(there):
            return f"line {command.number}, {command.line}\nprinted, not shown: {printed[at]}"
        return ""

    def _plain(self, line: str) -> str:
        for told, kept in ((str(self._home), "HOME"), (str(self._folder) + "/", ""), (str(ROOT), "APP")):
            line = line.replace(told, kept)
        line = SESSION_ID.sub("SESSION", line.replace("python3 run.py", "second-round"))
        for pattern, word in DIFFERS:
            line = pattern.sub(word, line)
        return line


def _same(shown: str, printed: Sequence[str]) -> bool:
    """Whether a line is as shown, in one of the ways in which it may be told."""
    if shown.endswith(DOTS):
        return any(line.startswith(shown.removesuffix(DOTS)) for line in printed)
    return shown in printed


def known(words: Sequence[str]) -> bool:
    """Whether the first word is a command of the app (`test` is one of run.py alone)."""
    return bool(words) and words[0] in COMMANDS


def _print(path: Path) -> int:
    """Run a page and print it with what its commands print now."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder, "home")
        os.environ["SIMULATOR_HOME"] = str(home)
        reader = Reader(Path(folder, "work"), home)
        Path(folder, "work").mkdir()
        for step in steps(path.read_text(encoding="utf-8")):
            if isinstance(step, File):
                reader.write(step)
            elif known(words_of(step.line)[0]):
                status, printed = reader.do(step)
                print(f"$ {step.line}", *printed, f"[{status}]" if status else "", sep="\n")
                if told := reader.differs(step, printed):
                    print("DIFFERS", told)
    return ExitCode.DONE


if __name__ == "__main__":
    sys.exit(_print(Path(sys.argv[1])))

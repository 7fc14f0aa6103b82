"""Every command that the README and the docs name exists, with the options they give it."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from simulator.cli import COMMANDS, command_parser

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")])
STARTS = ("second-round ", "python3 run.py ")
OF_RUN_PY = {"test"}
WORDS_FOR = {"COMMAND": "practice", "FORMAT": "html"}
"""What stands in the docs for any value, and one such value."""


def code_of(page: str) -> Iterator[tuple[str, bool]]:
    """Lines of code and code in a sentence; and whether it is a whole line, to be typed as it stands."""
    blocks = re.sub(r"\\\n\s*", " ", page)
    in_fence = False
    for line in blocks.splitlines():
        if line.startswith("```"):
            in_fence = not in_fence
        elif in_fence or line.startswith("    "):
            yield line.strip().removeprefix("$ "), True
        else:
            yield from ((code, False) for code in re.findall(r"`([^`]+)`", line))


def commands_of(page: str) -> Iterator[tuple[list[str], bool]]:
    """The commands of a page as lists of arguments, and whether they are whole.

    In a sentence the name of the program may be left out.
    """
    for code, whole in code_of(page):
        told = next((code.removeprefix(start) for start in STARTS if code.startswith(start)), code)
        named = told != code
        told = re.split(r"\s#\s|[|<>]", told)[0]
        try:
            words = shlex.split(told)
        except ValueError:
            continue
        if not words or (not named and (words[0] not in COMMANDS or len(words) < 2)):
            continue
        # Three dots are the value of an option, or whatever else may follow.
        kept = [word for n, word in enumerate(words) if word != "..." or words[n - 1].startswith("--")]
        yield [WORDS_FOR.get(word, word) for word in kept], whole


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_the_commands_of_a_page_are_taken_as_they_stand(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = []
    for words, whole in commands_of(path.read_text(encoding="utf-8")):
        if words[0] in OF_RUN_PY or words[0].startswith("-"):
            continue
        if words[0] not in COMMANDS:
            wrong.append((words, "no such command"))
            continue
        try:
            command_parser(words[0]).parse_args(words[1:])
        except SystemExit as ended:
            if ended.code:
                said = capsys.readouterr().err.strip().splitlines()[-1]
                # A sentence may name a command or an option without all that goes with it.
                if whole or "are required" not in said:
                    wrong.append((words, said))
    assert wrong == []


def test_the_pages_name_every_command() -> None:
    named = {words[0] for path in PAGES for words, _ in commands_of(path.read_text(encoding="utf-8"))}
    assert sorted(set(COMMANDS) - named) == []

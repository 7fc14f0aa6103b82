"""A history that is in order but for one value of it: taken in, and then looked at by every command that shows it.

Spoilt bytes (`fuzzing.py`) mostly end in the reader. Here the form stays whole and a value is one that nobody would
write: what is taken in all the same must not break what shows it.
"""

import contextlib
import io
import json
import random
import shutil
import traceback
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from simulator.cli import main
from tests.reliability.every_command import LINES, SPOKEN, Furnished

BEFORE = (
    "followup draft {session}", "followup timeline {session} --start", "references draft {session}",
    "stories from-answer {session}", "stories link {story} r1 --job {job}",
    "sessions export --all --format zip --out {files}/whole.zip",
)  # fmt: skip
"""What is done in the home so that its history has something of everything."""
SHOWING = (
    "sessions list", "sessions show", "sessions search", "sessions progress", "sessions compare", "sessions export",
    "sessions rescore", "phrases", "job list", "job show", "job edit", "job coverage", "job people list",
    "stories list", "stories show", "stories check", "stories coverage", "stories unlink", "stories from-answer",
    "followup draft", "followup check", "followup timeline", "followup debrief list", "followup debrief show",
    "followup due", "references draft", "references list", "references told", "job delete", "stories delete",
    "followup debrief delete", "references delete", "sessions delete",
)  # fmt: skip
FORMS = ("md", "html", "json", "csv", "vtt")
VALUES: Sequence[Any] = (
    10**30, -(10**30), 2**63, 999_999, 400, -1, 0, "", "x" * 20_000, "\0", "\u202e\x1b[2J", 1e308, -1e308, 0.5, True,
    None, [], {}, "2026-13-99T99:99:99Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2026-11-31", "../../x",
    "[b]x[/b]", "a/b", "*",
)  # fmt: skip
Place = tuple[str | int, ...]


@dataclass(slots=True)
class Tried:
    """How many histories were tried and taken in, and what failed, by their numbers."""

    histories: int = 0
    taken: int = 0
    failed: dict[int, str] = field(default_factory=dict)


def complete(furnished: Furnished, patch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The history of a furnished home, member by member."""
    patch.setenv("SIMULATOR_HOME", str(furnished.home))
    for line in BEFORE:
        status, said = run(furnished.written(line))
        assert status == 0, f"{line}: {said}"
    with zipfile.ZipFile(furnished.folder / "files" / "whole.zip") as archive:
        members = {name: json.loads(archive.read(name)) for name in archive.namelist() if name.endswith(".json")}
    kinds = members["documents.json"]
    members["documents.json"] = {kind: {id_: json.loads(text) for id_, text in kinds[kind].items()} for kind in kinds}
    return members


def places(value: Any, here: Place = ()) -> Iterator[Place]:
    """Where every value within stands, of long lists the first few."""
    if here:
        yield here
    inside = value.items() if isinstance(value, dict) else enumerate(value[:3]) if isinstance(value, list) else ()
    for key, each in inside:
        yield from places(each, (*here, key))


def strange(whole: dict[str, Any], number: int) -> tuple[dict[str, Any], str]:
    """The same history with one value another, and in words which."""
    chance = random.Random(number)
    name = chance.choice([name for name in whole if name != "manifest.json"])
    place = chance.choice(list(places(whole[name])))
    changed = json.loads(json.dumps(whole))
    at = changed[name]
    for key in place[:-1]:
        at = at[key]
    # Mostly one of the same type: others end in the reader.
    alike = [each for each in VALUES if type(each) is type(at[place[-1]])]
    value = at[place[-1]] = chance.choice(alike if alike and chance.random() < 0.9 else VALUES)
    return changed, f"{name} {place}: {value!r:.60}"


def written(members: dict[str, Any], path: Path) -> None:
    """Write a history as an archive."""
    kinds = members["documents.json"]
    documents = {
        kind: {id_: json.dumps(each) for id_, each in of_kind.items()} if isinstance(of_kind, dict) else of_kind
        for kind, of_kind in kinds.items()
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**members, "documents.json": documents}.items():
            archive.writestr(name, json.dumps(content))


def run(words: Sequence[str]) -> tuple[int, str]:
    """Run a command here; its status and what it said."""
    said = io.StringIO()
    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        patch.setattr("sys.stdin", io.StringIO(SPOKEN * 8))
        try:
            status = main(list(words))
        except SystemExit as ended:
            status = int(ended.code or 0)
    return status, said.getvalue()


def try_histories(furnished: Furnished, whole: dict[str, Any], folder: Path, numbers: range) -> Iterator[Tried]:
    """Take in a strange history for each number, into an empty home, and look at it; what came of it so far."""
    tried = Tried()
    with pytest.MonkeyPatch.context() as patch:
        for number in numbers:
            home = folder / f"home-{number}"
            patch.setenv("SIMULATOR_HOME", str(home))
            members, what = strange(whole, number)
            archive = folder / "strange.zip"
            written(members, archive)
            tried.histories += 1
            failed = f"{what}, sessions import"
            try:
                tried.taken += run(["sessions", "import", str(archive)])[0] == 0
                for command in SHOWING:
                    line = LINES[command].replace("html", FORMS[number % len(FORMS)])
                    failed = f"{what}, {command}"
                    _, said = run(furnished.written(f"{command} {line}"))
                    assert "Traceback" not in said, said
            except Exception:  # noqa: BLE001 - this is what is looked for
                tried.failed[number] = f"{failed}\n{traceback.format_exc(limit=-4)}"
            shutil.rmtree(home, ignore_errors=True)
            yield tried

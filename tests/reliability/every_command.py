"""Every command of the parser with a line that works, and a home and files for them."""

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from simulator.cli import COMMANDS
from simulator.commands import command_module
from tests.docs_pages import File, steps
from tests.reliability.scripted import PROJECT, write_files

NOTES = (
    "company: Krankenhaus Süd\ndate: 2026-11-20\nreason: Ich möchte bleiben.\n\n"
    "# Ana Coşta, ward sister\n- Why here?\n"
)
LETTER = "Dear Ms Coşta,\n\nThank you for Friday. I led a team of six.\n\nKind regards\nZoë\n"
BANK = (
    "bank: ueberall\ntitle: Fragen für Ärzte\nquestions:\n"
    "  - {id: why, ask: Why do you want to work as an Ärztin in Łódź?, kind: motivation}\n"
    "  - {id: team, ask: When did you lead a naïve team?, kind: behavioural}\n"
)
SPOKEN = "i led a team of six at the café in łódź last winter because nobody else could – and we lost nobody\n"

LINES: Mapping[str, str] = {
    "practice": "--plain --questions 2 --seed 1 --bank ueberall",
    "score": "{files}/answer.txt --question Café?",
    "transcribe": "{files}/speech.wav --model sample",
    "speak": "Café. --out {files}/spoken.wav",
    "banks list": "",
    "banks show": "ueberall",
    "banks search": "Ärztin",
    "banks like": "why",
    "banks check": "{files}/bank.yaml",
    "banks new": "--title Müller --out {files}/new.yaml",
    "banks import": "{files}/list.csv --id listed --yes",
    "banks export": "ueberall --format yaml --out {files}/exported.yaml",
    "banks install": "{files}/other.yaml",
    "banks rename": "ueberall Übungen",
    "banks merge": "first-round-general --into ueberall",
    "banks reorder": "ueberall team why",
    "banks schema": "",
    "banks path": "",
    "sessions list": "",
    "sessions show": "{session}",
    "sessions search": "café",
    "sessions progress": "",
    "sessions compare": "{answer} {answer}",
    "sessions export": "{session} --format html --out {files}/session.html",
    "sessions import": "{files}/history.zip --replace",
    "sessions rescore": "{session}",
    "sessions delete": "{session}",
    "sessions wipe": "--yes",
    "phrases": "",
    "job add": "{files}/posting.txt --company Müller",
    "job new": "--role Ärztin --company Müller",
    "job list": "",
    "job show": "{job}",
    "job edit": "{job} --add Sprachgefühl",
    "job priorities": "{job} --add Übergabe",
    "job coverage": "{job}",
    "job delete": "{job}",
    "job people add": "Zoë --role Ärztin --job {job}",
    "job people edit": "{person} --note Çok",
    "job people list": "",
    "job people done": "{person}",
    "job people delete": "{person}",
    "stories add": "{files}/story.yaml",
    "stories from-answer": "{session}",
    "stories edit": "{story} --title Dienstplanübergabe",
    "stories list": "",
    "stories show": "{story}",
    "stories check": "{story}",
    "stories coverage": "--job {job}",
    "stories link": "{story} r1 --job {job}",
    "stories unlink": "{story} r1 --job {job}",
    "stories delete": "{story}",
    "followup draft": "{session} --why Übergabe",
    "followup check": "{files}/letter.txt --session {session}",
    "followup timeline": "{session} --start",
    "followup debrief add": "{files}/more.txt",
    "followup debrief list": "",
    "followup debrief show": "{debrief}",
    "followup debrief delete": "{debrief}",
    "followup due": "",
    "references draft": "{session}",
    "references add": "Søren --knows Übergaben",
    "references edit": "{reference} --note Çok",
    "references list": "",
    "references told": "{reference}",
    "references delete": "{reference}",
    "class new": "Abendkurs-Süd",
    "class list": "",
    "class add": "{files}/history.zip --name Łukasz",
    "class show": "",
    "class report": "--out {files}/pages",
    "class rename": "Zoë Noémie",
    "class remove": "Zoë --yes",
    "class delete": "--yes",
    "class answer": "{class_answer}",
    "class comment": "{class_answer} --text Schön",
    "class return": "--out {files}/back",
    "class agreement": "",
    "class set": "ueberall --out {files}/work.json --title Übung",
    "rubrics list": "",
    "rubrics check": "{files}/rubric.yaml",
    "interviewers list": "",
    "interviewers check": "{files}/interviewer.yaml",
    "model list": "",
    "model install": "{files}/no-model",
    "model check": "sample",
    "model path": "",
    "doctor": "",
    "settings show": "",
    "settings set": "candidate_name Zoë",
    "settings reset": "candidate_name",
    "settings path": "",
    "completion": "bash",
    "benchmark": "scoring --rated {files}/no-answers",
}
"""Words after each command. `{files}` is a folder beside the home; the others are ids of what is in it."""

FINDS_SOMETHING = ("stories check", "followup check", "model path", "model install", "benchmark")
"""Commands that rightly end with a status of their own here."""


def commands() -> Iterator[str]:
    """Every command that the parser knows, with its actions."""
    for name in COMMANDS:
        parser = argparse.ArgumentParser(prog=name)
        command_module(name).add_arguments(parser)
        yield from _leaves(parser, name)


def _leaves(parser: argparse.ArgumentParser, name: str) -> Iterator[str]:
    choices = [action.choices for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    if not choices:
        yield name
    for actions in choices:
        for word, below in actions.items():
            yield from _leaves(below, f"{name} {word}")


@dataclass(frozen=True)
class Furnished:
    """A home in which there is something of everything, the files beside it, and the ids."""

    folder: Path
    ids: dict[str, str]

    def copied(self, to: Path) -> "Furnished":
        """The same once more, to be spoilt."""
        return Furnished(Path(shutil.copytree(self.folder, to, symlinks=True)), self.ids)

    @property
    def home(self) -> Path:
        return self.folder / "home"

    def words(self, command: str) -> list[str]:
        """The command with its words, ids and paths written out."""
        return self.written(f"{command} {LINES[command]}")

    def written(self, line: str) -> list[str]:
        """A line with its words, ids and paths written out."""
        return [word.format(files=self.folder / "files", **self.ids) for word in line.split()]

    def run(
        self,
        words: Sequence[str],
        streams: str = "",
        before: tuple[str, ...] = (),
        environment: Mapping[str, str] | None = None,
    ) -> "subprocess.CompletedProcess[str]":
        """Run the words of a command in a process of its own, its streams redirected as a shell is told to."""
        shell = f'exec "$@" {streams}'
        return subprocess.run(
            ["bash", "-c", shell, "bash", *before, sys.executable, "-m", "simulator", *words],
            cwd=PROJECT,
            env={**os.environ, "SIMULATOR_HOME": str(self.home), **(environment or {})},
            input=SPOKEN * 8,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=120,
        )


FURNISH = """
import io, os, sys
from pathlib import Path
from simulator.cli import main
from tests.reliability.every_command import SPOKEN, _ids
for line in sys.argv[1:]:
    sys.stdin = io.StringIO(SPOKEN * 8)
    if "{" in line:
        line = line.format(**_ids(Path(os.environ["SIMULATOR_HOME"])))
    assert main(line.split()) == 0, line
"""


def furnish(folder: Path) -> Furnished:
    """Use everything once."""
    files = folder / "files"
    write_files(files)
    for name, text in (
        ("bank.yaml", BANK), ("other.yaml", BANK.replace("ueberall", "other")), ("notes.txt", NOTES),
        ("more.txt", NOTES.replace("-20", "-19")), ("letter.txt", LETTER), ("answer.txt", SPOKEN),
        ("story.yaml", (files / "story.yaml").read_text().replace("everybody", "Zoë – and Søren")),
        ("posting.txt", (files / "posting.txt").read_text() + "- Gespür für Übergaben\n"),
    ):  # fmt: skip
        (files / name).write_text(text, encoding="utf-8")
    docs = (PROJECT / "docs" / "rubrics.md").read_text(encoding="utf-8")
    rubric = next(step.text for step in steps(docs) if isinstance(step, File))
    (files / "rubric.yaml").write_text(rubric, encoding="utf-8")
    shutil.copy(PROJECT / "assets" / "interviewers" / "people-partner.yaml", files / "interviewer.yaml")
    home = folder / "home"
    lines = (
        f"banks install {files}/bank.yaml", "practice --plain --questions 2 --seed 1 --bank ueberall",
        f"stories add {files}/story.yaml", f"job add {files}/posting.txt --company Müller",
        "job people add Ana --kind interviewer --role Ärztin", "references add Kim --role manager",
        f"followup debrief add {files}/notes.txt", f"sessions export --all --format zip --out {files}/history.zip",
        "class new Früh", f"class add {files}/history.zip --name Zoë", "class comment {class_answer} --text Schön",
    )  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", FURNISH, *lines],
        cwd=PROJECT,
        env={**os.environ, "SIMULATOR_HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr
    return Furnished(folder, _ids(home))


def _ids(home: Path) -> dict[str, str]:
    from simulator.paths import AppPaths
    from simulator.services import Services
    from simulator.settings import Settings

    services = Services(AppPaths(home, home, home / "cache"), Settings())
    try:
        session = services.data.store.session(next(iter(services.data.store.session_ids())))
        people = services.data.repositories.people.all()
        learners = services.data.classes.store
        return {
            "session": session.id,
            "answer": session.answers[0].id,
            "job": services.data.repositories.jobs.all()[0].id,
            "story": services.data.repositories.stories.all()[0].id,
            "debrief": services.data.repositories.debriefs.all()[0].id,
            "person": next(each.id for each in people if each.name == "Ana"),
            "reference": next(each.id for each in people if each.name == "Kim"),
            "class_answer": learners.session(next(iter(learners.session_ids()))).answers[0].id,
        }
    finally:
        services.close()

"""Rubrics of the user: YAML files in their data folder, and the worked examples that come with the app.

A broken file is listed as broken with its reason; it never stands in the way of the others.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from simulator.paths import shipped, user_paths
from simulator.questions.bank_files import RUBRICS
from simulator.reading.reading import Reading
from simulator.scoring.own_rubric import score_by
from simulator.scoring.phrases import Phrases
from simulator.scoring.rubric import Rubric
from simulator.scoring.rubric_check import read_checked_rubric
from simulator.scoring.scorecard import RubricScore
from simulator.scoring.scorer import no_rubric
from simulator.speech.transcript import Transcript
from simulator.yaml_nodes import BrokenFile, Entries, Finding, Text, in_short, parse_yaml, read_text

ENDINGS = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class OwnRubric:
    """A rubric that is in order, with the phrases of each family ready to be looked for."""

    rubric: Rubric
    phrases: Mapping[str, Phrases]

    @property
    def id(self) -> str:
        return self.rubric.id

    @property
    def path(self) -> Path:
        assert self.rubric.path is not None  # it was read from a file
        return self.rubric.path


@dataclass(frozen=True, slots=True)
class BrokenRubric:
    """A rubric file with errors. `id` is what the file says, or its name."""

    id: str
    path: Path
    findings: tuple[Finding, ...]

    def __str__(self) -> str:
        return in_short(self.findings)


def rubric_files(folder: Path) -> list[Path]:
    """The rubric files of a folder, in the order of their names; none where there is no such folder."""
    if not folder.is_dir():
        return []
    return sorted(
        path for path in folder.iterdir() if path.suffix.lower() in ENDINGS and not path.name.startswith(".")
    )


class CustomRubrics:
    """The user's rubrics, in `folder` (in their data folder unless another is given), then the worked examples.

    Files are looked at anew each time, and read again only when they changed.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or user_paths().rubrics

    def all(self) -> list[OwnRubric | BrokenRubric]:
        """All of them, broken ones as broken.

        One of the user's stands in the place of an example of the same id; of two of the user's with one id the
        second is broken.
        """
        listed: list[OwnRubric | BrokenRubric] = []
        first: dict[str, Path] = {}
        for path, own in self._files():
            found = _read_or_broken(path)
            if found.id in first:
                if own:
                    finding = same_id(path, found.id, first[found.id])
                    listed.append(BrokenRubric(found.id, path, (finding,)))
                continue
            first[found.id] = path
            listed.append(found)
        return listed

    def find(self, name: str) -> OwnRubric | BrokenRubric | None:
        """The rubric of that id, as broken where its file is; None where there is none."""
        return next((found for found in self.all() if found.id == name), None)

    def title(self, name: str) -> str:
        """The title of a rubric; "" where there is none of that id in order."""
        found = self.find(name)
        return found.rubric.title if isinstance(found, OwnRubric) else ""

    def ids(self) -> tuple[str, ...]:
        """The rubrics that questions may name: the three, the user's own (broken ones too), the worked examples."""
        return tuple(dict.fromkeys((*RUBRICS, *(rubric.id for rubric in self.all()))))

    def score(self, name: str, reading: Reading, transcript: Transcript, kind: str) -> RubricScore:
        """One answer by the rubric of that name; not scored, with the reason, where there is none in order."""
        known = self.find(name)
        if known is None:
            return RubricScore(name, None, why_not=no_rubric(name))
        if isinstance(known, BrokenRubric):
            return RubricScore(name, None, why_not=f"The rubric '{name}' has an error: {known}")
        return score_by(known.rubric, known.phrases, reading, transcript, kind)

    def _files(self) -> Iterator[tuple[Path, bool]]:
        """Each file and whether it is the user's."""
        for path in rubric_files(self.folder):
            yield path, True
        for path in rubric_files(shipped("assets") / "rubrics" / "examples"):
            yield path, False


def same_id(path: Path, rubric_id: str, other: Path) -> Finding:
    """What is wrong when two rubric files have one id."""
    return Finding(str(path), 1, 1, f"the rubric '{rubric_id}' stands in {other} too.", "Give one another id.")


def _read_or_broken(path: Path) -> OwnRubric | BrokenRubric:
    try:
        status = path.stat()
    except OSError:
        # Gone this very moment, or a link that leads nowhere: reading it tells.
        return _read(path, ())
    return _read(path, (status.st_mtime_ns, status.st_size, status.st_ino))


@lru_cache(maxsize=256)
def _read(path: Path, _stamp: tuple[int, ...]) -> OwnRubric | BrokenRubric:
    """Read again only when the file has changed."""
    try:
        rubric = read_checked_rubric(path)
    except BrokenFile as broken:
        return BrokenRubric(_id_of_broken(path), path, broken.findings)
    return OwnRubric(rubric, {family.id: Phrases(family.phrases) for family in rubric.families if family.phrases})


def _id_of_broken(path: Path) -> str:
    """What a broken file calls itself, so that a question that names it is told why it is not scored."""
    try:
        root = parse_yaml(read_text(path), path)
    except BrokenFile:
        return path.stem
    if isinstance(root, Entries):
        for key, value in root.pairs:
            if key.value == "rubric" and isinstance(value, Text) and value.value.strip():
                return value.value.strip()
    return path.stem

"""Rubrics of the user: YAML files in their data folder, and the worked examples that come with the app."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from simulator.places import shipped, user_places
from simulator.problems import Problem
from simulator.scoring.cues import BadPhrase, PhraseTree
from simulator.scoring.rubric import Rubric, lexicon, read_rubric
from simulator.scoring.signals import SIGNALS

ENDINGS = (".yaml", ".yml")


def custom_files() -> Iterator[Path]:
    """The user's rubric files, then the shipped examples, each folder in the order of names."""
    for folder in (user_places().rubrics, shipped("assets") / "rubrics" / "examples"):
        if folder.is_dir():
            yield from sorted(path for path in folder.iterdir() if path.suffix in ENDINGS)


def find_custom(name: str) -> tuple[Rubric, PhraseTree] | None:
    """The rubric of that id with its phrases in a tree, or None. Raises Problem where its file is broken."""
    for path in custom_files():
        rubric, tree = _read(path, path.stat().st_mtime_ns)
        if rubric.id == name:
            return rubric, tree
    return None


@lru_cache(maxsize=64)
def _read(path: Path, _changed: int) -> tuple[Rubric, PhraseTree]:
    """Read again only when the file has changed."""
    rubric = read_rubric(path)
    unknown = [family.signal for family in rubric.families if family.signal and family.signal not in SIGNALS]
    if unknown:
        raise Problem(f"{path}: there is no signal '{unknown[0]}'.", f"Signals are {', '.join(sorted(SIGNALS))}.")
    try:
        tree = PhraseTree(
            ((f"{rubric.id}.{family.id}", family.phrases) for family in rubric.families if family.phrases), lexicon()
        )
    except BadPhrase as error:
        raise Problem(f"{path}: {error}", f"'second-round rubrics check {path}' shows where.") from None
    return rubric, tree

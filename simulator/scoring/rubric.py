"""A rubric as data: its levels and anchors, the cue families that speak for them, weights and cut points.

The shipped rubrics lie in `assets/rubrics/`; users' own in their data folder. The format is described in
`docs/scoring.md`. Reading is quick and trusting, for our own files; those of users are read by `rubric_check`,
which tells everything that is wrong with one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from simulator.places import shipped
from simulator.problems import Problem
from simulator.scoring.grammar import Lexicon
from simulator.yaml_nodes import BrokenFile, Items, Node, Text, parse_yaml, read_text

_PLAIN = ("stock_object", "everyday", "corporate", "adverb", "habit", "number", "stative")
STEPS = 4
"""From each level to the next: 0 to 1, 1 to 2, 2 to 3, 3 to 4."""


@dataclass(frozen=True, slots=True)
class Level:
    """One level's number, name and anchor (what an answer of that level does)."""

    level: int
    name: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Family:
    """Phrases that speak for (or, negative, against) a level.

    `label` is for the user. Findings above `cap` add nothing. `weight[k]` is what the capped count, divided
    by the cap, adds to the step from level k to k + 1; `unasked` is the same for questions that do not ask for what
    the rubric looks for. `signal` names a finding of the code in place of phrases. A finding that touches one of a
    family in `unless` does not count. A `quiet` one names a quote only where no other family was found in it.
    """

    id: str
    label: str
    cap: int
    weight: tuple[float, ...]
    phrases: tuple[str, ...] = ()
    signal: str = ""
    against: bool = False
    unasked: tuple[float, ...] = ()
    unless: tuple[str, ...] = ()
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Condition:
    """An anchor as a hard condition: `at_most` this level without any of the families `without`."""

    at_most: int
    without: tuple[str, ...]
    missing: str


@dataclass(frozen=True, slots=True)
class Floor:
    """An anchor met in so many words: at least this level where `within` tokens hold one family of each group.

    With `kinds` it holds only for answers to questions of those kinds; with `reached` only for answers that are
    weighed at that level at least.
    """

    at_least: int
    within: int
    groups: tuple[tuple[str, ...], ...]
    kinds: tuple[str, ...] = ()
    reached: int = 0


@dataclass(frozen=True, slots=True)
class Around:
    """Only what stands `within` so many tokens of one of the `families` counts."""

    families: tuple[str, ...]
    within: int


@dataclass(frozen=True, slots=True)
class Rubric:
    """One rubric. `cuts[k]` is the weighted sum from which the step from level k to k + 1 is taken."""

    id: str
    title: str
    levels: tuple[Level, ...]
    families: tuple[Family, ...]
    cuts: tuple[float, ...]
    conditions: tuple[Condition, ...] = ()
    prior: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    """What the kind of question alone adds to each step."""
    asked: tuple[str, ...] = ()
    """The kinds of question that ask for what the rubric looks for (none named: all)."""
    unasked_around: Around | None = None
    around: Around | None = None
    """What is read of an answer; `for_kind` sets it from `unasked_around`."""
    stretch: int = 0
    """Words within which levels 1 and 2 must be earned (0: anywhere)."""
    floors: tuple[Floor, ...] = ()
    description: str = ""
    advice: Mapping[str, str] = field(default_factory=dict)
    shipped: bool = False
    path: Path | None = None

    def family(self, family_id: str) -> Family | None:
        """The family of that id, or None."""
        return next((family for family in self.families if family.id == family_id), None)

    def for_kind(self, kind: str) -> "Rubric":
        """The rubric as it reads and weighs an answer to this kind of question ("": not known)."""
        if not kind or not self.asked or kind in self.asked:
            return self
        families = tuple(replace(family, weight=family.unasked or family.weight) for family in self.families)
        return replace(self, families=families, around=self.unasked_around)


def load_yaml(path: Path) -> Any:
    """One YAML document, read with the C reader where there is one. Raises Problem."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        with path.open("rb") as file:
            return yaml.load(file, Loader=loader)
    except OSError as error:
        raise Problem(
            f"{path} cannot be read: {error.strerror or error}.", "Check the file's name and rights."
        ) from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{path}:{mark.line + 1}:{mark.column + 1}" if mark else str(path)
        raise Problem(f"{place}: this is not YAML.", "'second-round rubrics check' says more.") from None


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The word classes that come with the app."""
    words = load_yaml(shipped("assets") / "rubrics" / "words.yaml")["words"]
    classes = {name: frozenset(str(word) for word in entries) for name, entries in words.items()}
    return Lexicon(
        classes=classes,
        past=classes["irregular_past"],
        same=classes["irregular_same"],
        not_past=classes["not_past"],
        common=classes["common"],
        known=frozenset().union(*classes.values()),
        plain=classes["common"].union(*(classes[name] for name in _PLAIN)),
    )


def rubric_from(root: Node, path: Path | None = None, ours: bool = False) -> Rubric:
    """A rubric from its parsed file. Raises KeyError, TypeError or ValueError where it is not one."""
    document = _values(root)
    levels = tuple(Level(int(number), entry["name"], entry["anchor"]) for number, entry in document["levels"].items())
    families = tuple(
        Family(
            id=name,
            label=entry["label"],
            cap=int(float(entry.get("cap", 3))),
            weight=_per_step(entry.get("weight", "1")),
            phrases=tuple(entry.get("phrases", ())),
            signal=entry.get("signal", ""),
            against=entry.get("against", "false") == "true",
            quiet=entry.get("quiet", "false") == "true",
            unless=tuple(entry.get("unless", ())),
            unasked=_per_step(entry["unasked"]) if "unasked" in entry else (),
        )
        for name, entry in document["cues"].items()
    )
    return Rubric(
        id=document["rubric"],
        title=document.get("title", document["rubric"]),
        levels=levels,
        families=families,
        cuts=_per_step(document["cuts"]),
        conditions=tuple(
            Condition(int(float(entry["at_most"])), tuple(entry["without"]), entry["missing"])
            for entry in document.get("conditions", ())
        ),
        prior={kind: _per_step(steps) for kind, steps in document.get("prior", {}).items()},
        unasked_around=_around(document.get("unasked_around")),
        asked=tuple(document.get("asked", ())),
        stretch=int(float(document.get("stretch", 0))),
        floors=tuple(
            Floor(
                int(float(entry["at_least"])),
                int(float(entry["within"])),
                tuple(map(tuple, entry["groups"])),
                tuple(entry.get("kinds", ())),
                int(float(entry.get("reached", 0))),
            )
            for entry in document.get("floors", ())
        ),
        description=document.get("description", ""),
        advice=document.get("advice", {}),
        shipped=ours,
        path=path,
    )


def _around(entry: Any) -> Around | None:
    return Around(tuple(entry["families"]), int(float(entry["within"]))) if entry else None


def _values(node: Node) -> Any:
    """A node as texts, lists and mappings: every value as it was typed, white space made one."""
    if isinstance(node, Text):
        return " ".join(node.value.split())
    if isinstance(node, Items):
        return [_values(each) for each in node.nodes]
    return {key.value: _values(value) for key, value in node.pairs}


def _per_step(value: str | Sequence[str]) -> tuple[float, ...]:
    if isinstance(value, str):
        return (float(value),) * STEPS
    steps = tuple(float(entry) for entry in value)
    if len(steps) != STEPS:
        raise ValueError(f"{STEPS} numbers are needed, one for each step from level to level")
    return steps


def read_rubric(path: Path, ours: bool = False) -> Rubric:
    """Read one rubric file of which it is known that it is in order. Raises Problem where it is not."""
    try:
        return rubric_from(parse_yaml(read_text(path), path), path, ours)
    except BrokenFile:
        raise
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Problem(
            f"{path} is not a rubric: {error}.", f"'second-round rubrics check {path}' lists what to mend."
        ) from None


@lru_cache(maxsize=16)
def shipped_rubric(name: str) -> Rubric:
    """One of the rubrics that come with the app, by the name of its file."""
    return read_rubric(shipped("assets") / "rubrics" / f"{name}.yaml", ours=True)

"""Answers with inline marks: reading the files that the reading model is trained and measured on.

`python -m tests.reading_model.marks FILE ...` checks files and prints counts; exit 1 with each fault named.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from simulator.reading.reader import HESITATIONS

MEASURING = (
    "maple,cypress,laurel,holly,walnut,chestnut,myrtle,mulberry,quince,sycamore,tamarisk,medlar,bramble,teasel,yarrow"
)
"""Hands that only measure: nothing is learned from them, and nothing fitted on them."""
LEFT_OUT = (
    f"{MEASURING},fir,aspen-5,aspen-6,aspen-7,aspen-8,beech-8,yew-6,yew-7,alder-6,alder-7,hawthorn-6,juniper-6,"
    "linden-6,oak-6,poplar-6,spruce-6,lime-6,acacia-7,elm-4"
)
"""On these a head trained again is compared: the answers on which bounds were fitted (a hand, long answers, a
quarter of the hard ones), and those that only measure."""
ELEMENTS = (
    "occasion",
    "own_action",
    "group_action",
    "outcome",
    "checkable",
    "lesson",
    "experience",
    "claim",
    "attraction",
    "reason",
    "step",
    "plan",
    "stock",
    "question",
    "tie",
    "thanks",
    "offer",
    "available",
    "presuming",
    "aside",
)
GRADES = ("terms", "generic", "role", "step_ahead")
KINDS = ("opening", "motivation", "behavioural", "situational", "strength", "weakness", "closing")
FORMS = ("spoken", "typed")
GROUPS = ("first_try", "short_typed", "why", "closing", "other_kind", "misleading", "told", "calibration", "worked")
HEAD = re.compile(r"^== (\S+) \| (\w+) \| (\w+) \| (\w+) \| ([\w= -]+) \| (.+)$")


@dataclass(frozen=True)
class Mark:
    """A marked stretch: `element` (a question with its grade), first and last word, counted from 0, inclusive."""

    element: str
    grade: str | None
    first: int
    last: int


@dataclass(frozen=True)
class MarkedAnswer:
    """One answer: its words as written (with punctuation), which of them a clean transcript drops, and its marks."""

    id: str
    kind: str
    form: str
    group: str
    levels: dict[str, int]
    occupation: str
    question: str
    heard: tuple[str, ...]
    words: tuple[str, ...]
    dropped: tuple[bool, ...]
    marks: tuple[Mark, ...]

    @property
    def text(self) -> str:
        """The words with punctuation and fillers, without marks."""
        return " ".join(self.words)


class Fault(ValueError):
    """What is wrong with one answer."""


def words_and_marks(text: str) -> tuple[list[str], list[bool], list[Mark]]:
    """Take the marks out of a text. Punctuation alone joins the word before it."""
    tokens = re.findall(r"\[[a-z_+.]+:|\]|\{|\}|[^\[\]{}\s]+", text)
    words: list[str] = []
    dropped: list[bool] = []
    marks: list[Mark] = []
    open_marks: list[tuple[list[str], int]] = []
    dropping = False
    for token in tokens:
        if token.startswith("[") and token.endswith(":") and len(token) > 2:
            open_marks.append((token[1:-1].split("+"), len(words)))
        elif token == "]":
            if not open_marks:
                raise Fault("a ] too many")
            names, first = open_marks.pop()
            if first == len(words):
                raise Fault(f"nothing stands in [{'+'.join(names)}:]")
            for name in names:
                element, _, grade = name.partition(".")
                if element not in ELEMENTS:
                    raise Fault(f"no element is called {element}")
                if (element == "question") != bool(grade) or (grade and grade not in GRADES):
                    raise Fault(f"{name}: a question, and only a question, has a grade of {', '.join(GRADES)}")
                marks.append(Mark(element, grade or None, first, len(words) - 1))
        elif token in "{}":
            if (token == "{") == dropping:
                raise Fault("braces do not match")
            dropping = token == "{"
        elif not re.search(r"\w", token):
            if words:
                words[-1] += token
        else:
            words.append(token)
            dropped.append(dropping)
    if open_marks or dropping:
        raise Fault("a mark or a brace is not closed")
    return words, dropped, sorted(marks, key=lambda mark: (mark.first, mark.last, mark.element))


def answer_of(block: str) -> MarkedAnswer:
    """One answer from its lines."""
    lines = [line.strip() for line in block.strip().splitlines()]
    head = HEAD.match(lines[0])
    if head is None:
        raise Fault("the first line is not '== id | kind | form | group | levels | occupation'")
    identity, kind, form, group, levels_told, occupation = head.groups()
    for value, known in ((kind, KINDS), (form, FORMS), (group, GROUPS)):
        if value not in known:
            raise Fault(f"{value} is none of {', '.join(known)}")
    levels = {name: int(value) for name, value in (pair.split("=") for pair in levels_told.split()) if value != "-"}
    if any(not 0 <= value <= 4 for value in levels.values()):
        raise Fault("levels go from 0 to 4")
    wanted = {"questions"} if kind == "closing" else {"examples", "motivation"}
    if not set(levels) <= wanted or (group != "calibration" and set(levels) != wanted):
        raise Fault(f"levels must be {' and '.join(sorted(wanted))}")
    if len(lines) < 3 or not lines[1].startswith("? "):
        raise Fault("the second line must be '? ' and the question")
    heard = tuple(line[2:] for line in lines[2:] if line.startswith("~ "))
    body = " ".join(line for line in lines[2:] if not line.startswith("~ "))
    words, dropped, marks = words_and_marks(body)
    if not words:
        raise Fault("there is no answer")
    return MarkedAnswer(
        identity,
        kind,
        form,
        group,
        levels,
        occupation,
        lines[1][2:],
        heard,
        tuple(words),
        tuple(dropped),
        tuple(marks),
    )


def blocks(path: Path) -> list[str]:
    """The texts of the answers of a file; what stands before the first '==' is a comment."""
    text = path.read_text(encoding="utf-8")
    return ["== " + part for part in re.split(r"(?m)^== ", text)[1:]]


def answers_in(path: Path) -> list[MarkedAnswer]:
    """All answers of a file. Raises Fault naming file and id."""
    found = []
    for block in blocks(path):
        try:
            found.append(answer_of(block))
        except (Fault, ValueError) as fault:
            raise Fault(f"{path.name}: {block.split('|')[0][3:].strip()}: {fault}") from None
    return found


def answers_of(folder: Path, without: Sequence[str] = (), only: Sequence[str] = ()) -> list[MarkedAnswer]:
    """The marked answers of a folder, by hand (`fir`) or file (`aspen-8`)."""
    found = []
    for path in sorted(folder.glob("*.txt")):
        names = {path.stem, path.stem.split("-")[0]}
        if not names & set(without) and (not only or names & set(only)):
            found.extend(answers_in(path))
    return found


def recognised(answer: MarkedAnswer) -> tuple[list[str], list[int]]:
    """The answer as a recogniser writes it (no fillers, no punctuation), and which written word each came from."""
    words: list[str] = []
    paths: list[int] = []
    for place, raw in enumerate(answer.words):
        for part in re.split(r"[-–—/]", raw.lower().replace("’", "'")):
            word = re.sub(r"[^\w']", "", part)
            if word and word not in HESITATIONS:
                words.append(word)
                paths.append(place)
    return words, paths


def as_read(answer: MarkedAnswer) -> str:
    """The words that the reader is given: what was spoken as a recogniser writes it."""
    return answer.text if answer.form == "typed" else " ".join(recognised(answer)[0])


def main(paths: list[str]) -> int:
    """Check files, print counts."""
    faults = 0
    seen: set[str] = set()
    elements: Counter[str] = Counter()
    groups: Counter[str] = Counter()
    levels: Counter[str] = Counter()
    occupations: set[str] = set()
    for name in paths:
        for block in blocks(Path(name)):
            identity = block.split("|")[0][3:].strip()
            try:
                answer = answer_of(block)
                if answer.id in seen:
                    raise Fault("this id is there twice")
                seen.add(answer.id)
            except (Fault, ValueError) as fault:
                faults += 1
                print(f"{name}: {identity}: {fault}")
                continue
            elements.update(mark.element + (f".{mark.grade}" if mark.grade else "") for mark in answer.marks)
            groups[answer.group] += 1
            levels.update(f"{rubric} {level}" for rubric, level in answer.levels.items())
            occupations.add(answer.occupation)
    print(f"{len(seen)} answers, {len(occupations)} occupations, {faults} faults")
    for counted in (groups, levels, elements):
        print("  " + ", ".join(f"{key} {count}" for key, count in sorted(counted.items())))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

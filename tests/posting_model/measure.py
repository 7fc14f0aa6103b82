"""How well labelled postings are read: `python -m tests.posting_model.measure` opens those kept apart."""

import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from simulator.errors import UserError
from simulator.preparation.job import Job, Requirement
from simulator.preparation.posting import KINDS, read_posting
from simulator.preparation.posting_model import FACTS, PostingModel
from tests.posting_model.marked import FOLDER, KEPT_APART, Marked, marked

_ALIKE = 0.6
"""Share of common words from which a requirement is the one that was labelled."""


@dataclass(slots=True)
class Tally:
    """Counts over postings; `facts` holds right, told wrong, left out, of all."""

    wanted: int = 0
    found: int = 0
    met: int = 0
    good: int = 0
    alike: int = 0
    noise: int = 0
    facts: dict[str, list[int]] = field(default_factory=lambda: {fact: [0, 0, 0, 0] for fact in FACTS})
    lost: list[str] = field(default_factory=list)

    def told(self) -> str:
        """The figures in two lines."""
        facts = "  ".join(f"{fact} {a}/{n} (wrong {b}, absent {c})" for fact, (a, b, c, n) in self.facts.items())
        return (
            f"precision {self.good / max(1, self.found):.3f}  recall {self.met / self.wanted:.3f}  "
            f"kind {self.alike / max(1, self.met):.3f}  site noise taken {self.noise}\n{facts}"
        )


def by_layout(text: str) -> Job:
    """The baseline: every line with a bullet is a duty that is needed, the first line is the role."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    asked = [found[1] for line in lines if (found := re.match(r"[-•*·–▪●◦]\s*(.+)", line))]
    return Job(
        "layout", lines[0], requirements=tuple(Requirement(f"r{n}", it, *KINDS["duty"]) for n, it in enumerate(asked))
    )


def measure(
    postings: Sequence[Marked], model: PostingModel | None = None, read: Callable[[str], Job] | None = None
) -> Tally:
    """Read each posting and count; `read` stands in for the app's reading."""
    tally = Tally()
    for posting in postings:
        try:
            job = read(posting.text) if read else read_posting(posting.text, model=model)
        except UserError as problem:
            tally.lost.append(f"{posting.id}: refused: {problem.message}")
            job = Job(posting.id)
        wanted = posting.wishes()
        tally.wanted += len(wanted)
        tally.found += len(job.requirements)
        used = set()
        for label, words in wanted:
            best = max(job.requirements, key=lambda each: _common(words, each.text), default=None)
            if best is None or _common(words, best.text) < _ALIKE:
                near = best.text[:60] if best else "nothing"
                tally.lost.append(f"{posting.id}: {label} {words[:70]} / {near}")
                continue
            tally.met += 1
            used.add(best.id)
            right = (best.kind, best.must) == KINDS[label]
            tally.alike += right
            if not right:
                tally.lost.append(f"{posting.id}: kind {label} as {best.kind}, {best.must}: {words[:70]}")
        for each in job.requirements:
            if each.id in used or any(_common(words, each.text) >= _ALIKE for _, words in wanted):
                tally.good += 1
            else:
                noise = _is_noise(posting, each)
                tally.noise += noise
                tally.lost.append(f"{posting.id}: {'NOISE' if noise else 'extra'} {each.text[:80]}")
        for fact, value in posting.facts.items():
            said = str(getattr(job, fact))
            right = is_fact(fact, said, value)
            counts = tally.facts[fact]
            counts[3] += 1
            counts[0] += right
            counts[1] += bool(said) and not right
            counts[2] += not said and not right
            if said and not right:
                tally.lost.append(f"{posting.id}: {fact} {said!r}, not {value!r}")
    return tally


def _is_noise(posting: Marked, found: Requirement) -> bool:
    lines = posting.text.split("\n")
    return any(
        part.label == "noise" and _common(found.text, lines[part.line][part.start : part.behind]) >= _ALIKE
        for part in posting.parts
    )


def is_fact(fact: str, said: str, value: str) -> bool:
    """Whether what was said of a fact is what was labelled."""
    return _plain(said) == _plain(value) if fact == "role" else _words(said) == _words(value)


def _plain(role: str) -> set[str]:
    """The words of a role without brackets and what stands behind a dash: "Assistant (Year 3) - Mornings"."""
    return _words(re.split(r"\s[–—-]\s|,\s", re.sub(r"\([^)]*\)", "", role))[0])


def _words(text: str) -> set[str]:
    return set(re.findall(r"[a-z0-9]+", text.lower()))


def _common(one: str, other: str) -> float:
    """How much of the shorter stands in the other; a tenth of it taken off where the other is twice as long."""
    first, second = _words(one), _words(other)
    least = min(len(first), len(second))
    if not least:
        return 0.0
    share = len(first & second) / least
    return share if 2.5 * least >= max(len(first), len(second)) else share / 2


if __name__ == "__main__":
    model = PostingModel(Path(sys.argv[2])) if len(sys.argv) > 2 else None
    hand = sys.argv[1] if len(sys.argv) > 1 else ""
    given = [each for each in marked(FOLDER) if each.id.startswith(hand)] if hand else marked(KEPT_APART)
    tally = measure(given, model)
    print(tally.told())
    print("baseline, every bullet a duty and the first line the role:\n" + measure(given, read=by_layout).told())
    if hand:
        print("\n".join(tally.lost))

"""Whether an answer speaks to the job's requirements, and to what the interviewers said matters to them.

How near a sentence is to a requirement is passed in: scoring itself knows no language model.
"""

from collections.abc import Sequence
from typing import Protocol

from simulator.reading.readable import readable, sentences
from simulator.reading.reading import Reading
from simulator.scoring.scorecard import Tailoring


class Spoken(Protocol):
    """Whether a requirement was spoken to, and in which words."""

    @property
    def strength(self) -> float: ...
    @property
    def answers(self) -> bool: ...
    @property
    def sure(self) -> bool: ...
    @property
    def words(self) -> str: ...


class SpeaksTo(Protocol):
    """For each requirement, whether one of the sentences speaks to it; `preparation.matching.matches` is one."""

    def __call__(self, requirements: Sequence[str], sentences: Sequence[str]) -> Sequence[Spoken]: ...


NOTHING_ASKED = "No posting, and nothing heard from the interviewer yet."


def tailoring_of(
    reading: Reading, requirements: Sequence[str], heard: Sequence[str], speaks_to: SpeaksTo
) -> Tailoring:
    """Which requirements the answer speaks to, the surest first, and with which sentence; of what was `heard` only
    what it surely does.

    What an interviewer said matters to them is wider than any requirement, and nobody has to speak to it.
    """
    wanted = tuple(dict.fromkeys((*requirements, *heard)))
    if not wanted:
        return Tailoring(why_not=NOTHING_ASKED)
    told = [readable(reading, first, last, quoted=True) for first, last in sentences(reading)]
    found = dict(zip(wanted, speaks_to(wanted, [each for each in told if each]), strict=True))
    met = {
        each: spoken.words
        for each, spoken in sorted(found.items(), key=lambda pair: -pair[1].strength)
        if (spoken.answers if each in requirements else spoken.sure)
    }
    return Tailoring(met=met, unmet=tuple(each for each in requirements if each not in met))

"""The result of scoring one answer: levels, the words that earned them, what is missing, what to do next.

`as_json` gives the documented form of `score --json`.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from simulator.reading.reading import Reading

MAX_LEVEL = 4


@dataclass(frozen=True, slots=True)
class Quote:
    """A clause of the answer that earned something, in readable form.

    `first_word` and `last_word` are positions in the transcript's words, both inclusive; `start`
    and `end` are seconds (None when typed). `earns` is plain ("your own part"), `element` its id.
    """

    text: str
    first_word: int
    last_word: int
    start: float | None
    end: float | None
    earns: str
    element: str = ""


@dataclass(frozen=True, slots=True)
class CueShare:
    """One element, or one cue family of the user's own rubrics: how often it was found, and the words found.

    `share` is the probability of the surest one; for cue families what they added to a step.
    """

    cue: str
    label: str
    count: int
    share: float
    found: tuple[str, ...] = ()


class PartState(StrEnum):
    """Whether a part is in an answer. `SPARE`: it is not, and another part stands for it."""

    YES = "yes"
    NO = "no"
    PERHAPS = "perhaps"
    SPARE = "spare"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of an answer: the element it is, its name for the user ("what came of it"), whether it was found."""

    element: str
    name: str
    found: PartState


@dataclass(frozen=True, slots=True)
class RubricScore:
    """One rubric's result. `level` 0 to 4, or None with `why_not` saying why it was not scored; `perhaps` is the
    level that it would have if what is in doubt was said, None where that is the same.

    `missing` lists what the next levels ask for, the most helpful first, `missing_elements` the same as ids;
    `lacks` names it as probe kinds ("example", "action", "result", "reason"), for the interviewer's follow-up.
    `verdict` says in plain words what is there and what is missing, `parts` the same one by one.
    """

    rubric: str
    level: int | None
    name: str = ""
    anchor: str = ""
    quotes: tuple[Quote, ...] = ()
    missing: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    advice: str = ""
    why_not: str | None = None
    cues: tuple[CueShare, ...] = ()
    missing_elements: tuple[str, ...] = ()
    verdict: str = ""
    parts: tuple[Part, ...] = ()
    perhaps: int | None = None

    @property
    def unasked(self) -> bool:
        """Whether the question asked for none of its parts and none was told: then the number says nothing."""
        return bool(self.parts) and all(part.found is PartState.SPARE for part in self.parts)


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """One question the candidate asked, graded on its own. `topic` names what it is about."""

    text: str
    first_word: int
    last_word: int
    level: int
    reason: str
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """One fact of delivery: value with unit, band ("good", "watch", "high", "low", "not measurable"), source."""

    name: str
    value: float | None
    unit: str
    band: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Pause:
    """Silence inside the answer, after word `after_word`. Seconds."""

    after_word: int
    start: float
    length: float


@dataclass(frozen=True, slots=True)
class Delivery:
    """How it was said, apart from the levels. Empty of measures when the answer was typed."""

    words: int = 0
    seconds: float | None = None
    target_seconds: int | None = None
    measures: tuple[Measure, ...] = ()
    pauses: tuple[Pause, ...] = ()
    hesitation_words: tuple[int, ...] = ()
    """Positions of um, uh, er in the transcript."""
    phrases: Mapping[str, int] = field(default_factory=dict)
    """ "like", "you know", "basically", ... with how often."""


@dataclass(frozen=True, slots=True)
class Structure:
    """Which parts of a story were found and in which order; a coarse band with low confidence."""

    found: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    band: str = ""
    level: int | None = None
    confidence: str = "low"


@dataclass(frozen=True, slots=True)
class Focus:
    """How much of an answer serves the question (`to_the_point`, 0 to 1), as a band, and the longest stretch that
    does not, with its words."""

    to_the_point: float = 1.0
    band: str = ""
    beside: str = ""
    first_word: int | None = None
    last_word: int | None = None


@dataclass(frozen=True, slots=True)
class Tailoring:
    """Whether the answer speaks to the job's requirements and to what the interviewers value.

    `met` maps each of these to the words that spoke to it, the surest first; `unmet` lists the job's requirements
    that are left.
    """

    met: Mapping[str, str] = field(default_factory=dict)
    unmet: tuple[str, ...] = ()
    why_not: str | None = None


@dataclass(frozen=True, slots=True)
class ClosingManner:
    """Warmth and offers, noticed anywhere but most of all at the end. Each holds the quoted words or ""."""

    thanks: str = ""
    interviewer_named: tuple[str, ...] = ()
    positive_words: str = ""
    work_sample_offered: str = ""
    availability_offered: str = ""
    presuming: str = ""
    interviewer_words: tuple[str, ...] = ()
    """How each of `interviewer_named` was called, in the candidate's own words."""


@dataclass(frozen=True, slots=True)
class Scorecard:
    """Everything known about one answer. `scored` is False where there is too little; `why_not` says so."""

    scored: bool
    why_not: str | None
    rubrics: Mapping[str, RubricScore]
    asked: tuple[AskedQuestion, ...] = ()
    tailoring: Tailoring = field(default_factory=Tailoring)
    closing: ClosingManner = field(default_factory=ClosingManner)
    structure: Structure = field(default_factory=Structure)
    delivery: Delivery = field(default_factory=Delivery)
    guards: tuple[str, ...] = ()
    """Plain names of the guards that took words out of account ("the same words said again")."""
    focus: Focus = field(default_factory=Focus)
    instead: str = ""
    """What was told in place of what was asked: "story", "skills" or "motive"; "" where nothing of that is sure."""
    reading: Reading | None = None
    """What everything above was worked out from; None in results of earlier versions."""

    def level(self, rubric: str) -> int | None:
        """The level of one rubric, None where it was not scored."""
        score = self.rubrics.get(rubric)
        return score.level if score else None

    def as_json(self, explain: bool = False) -> dict[str, Any]:
        """The documented JSON form. The measures of delivery also stand by name, under `JSON_MEASURES`.

        Of the reading it holds the elements and the version; all of it, word by word, only to `explain`.
        """
        document = asdict(self)
        if not explain:
            document["reading"] = {
                "version": self.reading.version if self.reading else "",
                "elements": [asdict(span) for span in self.reading.spans] if self.reading else [],
            }
        by_name = {measure.name: measure.value for measure in self.delivery.measures}
        for name, key in JSON_MEASURES.items():
            document["delivery"][key] = by_name.get(name)
        return document


JSON_MEASURES: Mapping[str, str] = {
    "pace": "words_per_minute",
    "hesitations": "hesitations_per_minute",
    "longest pause": "longest_pause_seconds",
    "before the first word": "seconds_to_first_word",
    "time": "share_of_target",
}
"""Names of measures as shown, and their keys in the JSON form."""

"""The result of scoring one answer: levels, the words that earned them, what is missing, what to do next.

`as_json` gives the documented form of `score --json`.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

MAX_LEVEL = 4


@dataclass(frozen=True, slots=True)
class Quote:
    """A clause of the answer that earned something.

    `first_word` and `last_word` are positions in the transcript's words, both inclusive; `start`
    and `end` are seconds (None when typed). `earns` is plain: "own action", "an outcome".
    """

    text: str
    first_word: int
    last_word: int
    start: float | None
    end: float | None
    earns: str


@dataclass(frozen=True, slots=True)
class CueShare:
    """One cue family's part in a level: how often it was found, what it added, the words found."""

    cue: str
    label: str
    count: int
    share: float
    found: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RubricScore:
    """One rubric's result. `level` 0 to 4, or None with `why_not` saying why it was not scored.

    `missing` lists what the next levels ask for, the most helpful first; `lacks` names the same
    as probe kinds ("example", "action", "result", "reason"), for the interviewer's follow-up.
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
class Tailoring:
    """Whether the answer speaks to the job's requirements and to what the interviewers value.

    `met` maps each wish to the words that spoke to it; `unmet` lists the others.
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
    """Plain names of the guards that held a level down ("keywords without a story")."""

    def level(self, rubric: str) -> int | None:
        """The level of one rubric, None where it was not scored."""
        score = self.rubrics.get(rubric)
        return score.level if score else None

    def as_json(self) -> dict[str, Any]:
        """The documented JSON form. The measures of delivery also stand by name, under `JSON_MEASURES`."""
        document = asdict(self)
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

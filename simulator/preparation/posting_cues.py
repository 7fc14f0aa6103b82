"""The cue lists by which postings are read, from `assets/preparation/posting_cues.yaml`."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from simulator.places import shipped


@dataclass(frozen=True, slots=True)
class Cues:
    """The cue lists of `assets/preparation/posting_cues.yaml`, ready to look for."""

    headings: Mapping[str, str]
    """Heading to section."""
    noise: re.Pattern[str]
    offers: re.Pattern[str]
    duty: re.Pattern[str]
    must: re.Pattern[str]
    nice: re.Pattern[str]
    soft: re.Pattern[str]
    hard: re.Pattern[str]
    heads: re.Pattern[str]


def _any_of(phrases: Iterable[str], start: str = r"(?<![\w])") -> re.Pattern[str]:
    ordered = sorted(map(str, phrases), key=len, reverse=True)
    return re.compile(start + "(?:" + "|".join(re.escape(phrase) for phrase in ordered) + r")(?![\w])", re.IGNORECASE)


@lru_cache(maxsize=1)
def cues() -> Cues:
    """The cue lists, read once."""
    import yaml

    with (shipped("assets") / "preparation" / "posting_cues.yaml").open(encoding="utf-8") as file:
        document = yaml.load(file, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    headings = {phrase: section for section, phrases in document["headings"].items() for phrase in phrases}
    return Cues(
        headings=headings,
        heads=_any_of(document["heads"], start="^"),
        **{name: _any_of(document[name]) for name in ("noise", "offers", "duty", "must", "nice", "soft", "hard")},
    )

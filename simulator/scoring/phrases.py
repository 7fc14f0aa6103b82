"""Finding the phrases of the user's own rubrics in an answer.

A phrase is words with spaces between them. Beside plain words it may hold

- `word*`: any word that begins so,
- `one/two`: either,
- `(word)`: may be left out,
- `...`: up to three words of any kind (`...6`: up to six).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from simulator.reading.reader import HESITATIONS, bare
from simulator.reading.reading import Reading

USUAL_GAP = 3
LONGEST_GAP = 12
_GAP = re.compile(r"\.\.\.(\d*)")
_OPTION = re.compile(r"[a-z0-9']+\*?")
_WRITTEN_OUT = (("n't", " not"), ("'m", " am"), ("'re", " are"), ("'ve", " have"), ("'ll", " will"))


class BadPhrase(ValueError):
    """A phrase that cannot be read; its text says what to write instead."""


@dataclass(frozen=True, slots=True)
class PhraseMatch:
    """Where a phrase stands: first and last word of the transcript, both inclusive."""

    first_word: int
    last_word: int


def pattern_of(phrase: str) -> str:
    """The phrase as a regular expression over words that each end with one space. Raises BadPhrase."""
    parts: list[str] = []
    must: list[bool] = []
    for written in phrase.lower().split():
        optional = written.startswith("(") and written.endswith(")")
        core = written[1:-1] if optional else written
        gap = _GAP.fullmatch(core)
        if gap:
            width = int(gap[1] or USUAL_GAP)
            if not 0 < width <= LONGEST_GAP or optional:
                raise BadPhrase(
                    f"the gap '{written}' cannot be read. Write ... or a number from ...1 to ...{LONGEST_GAP}."
                )
            parts.append(rf"(?:\S+ ){{0,{width}}}?")
            must.append(False)
            continue
        options = core.split("/")
        if not all(_OPTION.fullmatch(option) for option in options):
            raise BadPhrase(f"'{written}' cannot be read. Write words in small letters, word*, a/b or (a).")
        words = "|".join(
            re.escape(_plain(option.rstrip("*"))) + (r"\S*" if option.endswith("*") else "") for option in options
        )
        parts.append(rf"(?:(?:{words}) )" + ("?" if optional else ""))
        must.append(not optional)
    if not must or not any(must) or parts[0].startswith(r"(?:\S") or parts[-1].startswith(r"(?:\S"):
        raise BadPhrase(f"'{phrase}' has no word that must be there at its begin and end. Write at least one.")
    return "".join(parts)


class Phrases:
    """The phrases of one cue family, ready to be looked for."""

    def __init__(self, phrases: Sequence[str]) -> None:
        """Raises BadPhrase."""
        self._pattern = re.compile(r"(?<!\S)(?:" + "|".join(pattern_of(phrase) for phrase in phrases) + ")")

    def find(self, reading: Reading) -> tuple[PhraseMatch, ...]:
        """The places where one of the phrases stands, not overlapping."""
        text, paths = _text_of(reading.words)
        found = []
        for match in self._pattern.finditer(text):
            first = text.count(" ", 0, match.start())
            last = text.count(" ", 0, match.end()) - 1
            if last >= first:
                found.append(PhraseMatch(paths[first], paths[last]))
        return tuple(found)


def _plain(word: str) -> str:
    for ending, written in _WRITTEN_OUT:
        if word.endswith(ending):
            word = word.removesuffix(ending) + written
    return word.replace("'", "")


@lru_cache(maxsize=8)
def _text_of(spoken: tuple[str, ...]) -> tuple[str, list[int]]:
    """The words without hesitations, contractions written out, each with a space behind; and where each came from."""
    words: list[str] = []
    paths: list[int] = []
    for place, raw in enumerate(spoken):
        word = bare(raw)
        if word and word not in HESITATIONS:
            for part in _plain(word).split():
                words.append(part + " ")
                paths.append(place)
    return "".join(words), paths

"""One thing to look at in a letter."""

from dataclasses import dataclass
from enum import StrEnum


class RemarkKind(StrEnum):
    """What a remark is about."""

    LENGTH = "length"
    NAME = "name"
    PRESUMPTION = "presumption"
    GROUP = "group"
    HOLE = "hole"
    INVENTED = "invented"
    HANGING = "hanging"
    REPEATED = "repeated"
    CONTRARY = "contrary"
    LONG = "long"
    DOUBLED = "doubled"
    SLIP = "slip"
    BULLET = "bullet"
    THIRD_PERSON = "third person"
    SOMEBODY = "somebody"
    SAID = "said"


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to look at. `start` and `end` are character positions in the text, `line` counts from 1.

    `words` is the piece meant ("" for the letter as a whole), `says` what is odd, `hint` what to do.
    """

    kind: RemarkKind
    says: str
    hint: str = ""
    words: str = ""
    start: int = 0
    end: int = 0
    line: int = 1

    def __str__(self) -> str:
        return f"{self.says} {self.hint}".strip()


def noted(text: str, kind: RemarkKind, start: int, end: int, says: str, hint: str = "") -> Remark:
    """A remark on a piece of a text."""
    return Remark(kind, says, hint, " ".join(text[start:end].split()), start, end, text.count("\n", 0, start) + 1)

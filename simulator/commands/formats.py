"""Which format a file gets: the one that is wished, or that its ending names; never one under the other's name."""

import re
from collections.abc import Mapping
from pathlib import Path

from simulator.errors import WrongUse

_ENDING = re.compile(r"\.[a-z][a-z0-9]{1,4}")
"""What is meant as an ending; "notes.2026-11" has none."""


def format_for(out: Path | None, wished: str | None, endings: Mapping[str, str], otherwise: str) -> str:
    """The format to write; `endings` are those that name one, `otherwise` stands where neither file nor wish does.

    Raises WrongUse where the ending fits no format, or another one. `.txt` fits every format that is wished.
    """
    if out is None or not _ENDING.fullmatch(out.suffix.lower()):
        return wished or otherwise
    ending = out.suffix.lower()
    by_ending = endings.get(ending)
    if wished and by_ending != wished and ending != ".txt":
        raise WrongUse(
            f"{out} ends in {ending}, but --format says {wished}.",
            "Name the file for its format, or leave --format out.",
        )
    if not wished and by_ending is None:
        *others, last = endings
        if not others:
            raise WrongUse(f"{out} ends in {ending}; this is a {last} file.", f"Name it {out.stem}{last}.")
        raise WrongUse(
            f"What {out} should be is not clear from its ending.",
            f"Name it {', '.join(others)} or {last}, or add --format.",
        )
    return wished or by_ending or otherwise

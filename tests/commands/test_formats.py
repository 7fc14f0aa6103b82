"""A file gets the format of its ending, or a sentence that says why not."""

from pathlib import Path

import pytest

from simulator.commands.formats import format_for
from simulator.errors import WrongUse

ENDINGS = {".csv": "csv", ".xlsx": "xlsx", ".txt": "table"}


@pytest.mark.parametrize(
    ("out", "wished", "form"),
    [
        (None, None, "md"), (None, "csv", "csv"), ("a.CSV", None, "csv"), ("a.xlsx", "xlsx", "xlsx"),
        ("a.txt", "csv", "csv"), ("a.txt", None, "table"), ("results", None, "md"), ("notes.2026-11", "csv", "csv"),
    ],
)  # fmt: skip
def test_ending_and_wish_make_the_format(out: str | None, wished: str | None, form: str) -> None:
    assert format_for(Path(out) if out else None, wished, ENDINGS, "md") == form


@pytest.mark.parametrize(
    ("out", "wished", "says"),
    [("a.docx", None, "not clear"), ("a.docx", "csv", "says csv"), ("a.xlsx", "csv", "says csv")],
)
def test_an_ending_that_does_not_fit_is_told(out: str, wished: str | None, says: str) -> None:
    with pytest.raises(WrongUse, match=says):
        format_for(Path(out), wished, ENDINGS, "md")

"""A file gets the format of its ending, or a sentence that says why not."""

from pathlib import Path

import pytest

from simulator.cli import main
from simulator.commands.formats import format_for
from simulator.errors import ExitCode, WrongUse

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


def test_a_file_of_one_kind_alone_is_not_made_under_another_ones_ending() -> None:
    assert format_for(Path("work.json"), None, {".json": "json"}, "json") == "json"
    assert format_for(Path("work"), None, {".json": "json"}, "json") == "json"
    with pytest.raises(WrongUse, match=r"work.zip ends in .zip; this is a .json file") as told:
        format_for(Path("work.zip"), None, {".json": "json"}, "json")
    assert "Name it work.json." in str(told.value)


@pytest.mark.parametrize(
    ("command", "name"), [(("class", "set", "first-round-general"), "a.zip"), (("class", "agreement"), "a.csv")]
)
def test_assignments_and_calibration_are_not_written_under_another_ending(
    command: tuple[str, ...], name: str, tmp_path: Path
) -> None:
    assert main([*command, "--out", str(tmp_path / name)]) == ExitCode.WRONG_USE
    assert not list(tmp_path.glob("a.*"))


@pytest.mark.parametrize(
    ("out", "wished", "says"),
    [("a.docx", None, "not clear"), ("a.docx", "csv", "says csv"), ("a.xlsx", "csv", "says csv")],
)
def test_an_ending_that_does_not_fit_is_told(out: str, wished: str | None, says: str) -> None:
    with pytest.raises(WrongUse, match=says):
        format_for(Path(out), wished, ENDINGS, "md")

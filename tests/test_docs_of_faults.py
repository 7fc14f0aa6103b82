"""The table of faults in CONTRIBUTING.md names tests that there are, and leaves out none of those that spoil."""

import re
from pathlib import Path

TESTS = Path(__file__).parent
TABLE = (
    (TESTS.parent / "CONTRIBUTING.md").read_text(encoding="utf-8").partition("### Faults")[2].partition("\n## ")[0]
)
NAMED = set(re.findall(r"`([\w/]+\.py)`", TABLE))


def test_every_row_names_a_test_that_is_there() -> None:
    rows = [line for line in TABLE.split("\n") if line.startswith("| ") and "---" not in line][1:]
    assert len(rows) > 20
    assert [row for row in rows if not re.search(r"`[\w/]+\.py`", row)] == []
    assert [name for name in sorted(NAMED) if not (TESTS / name).is_file()] == []


def test_every_test_that_spoils_something_has_a_row() -> None:
    there = {f"reliability/{path.name}" for path in (TESTS / "reliability").glob("test_*.py")}
    assert there - NAMED == set()

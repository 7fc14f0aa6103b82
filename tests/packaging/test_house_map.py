"""The map of the house and the signposts in CONTRIBUTING.md are true."""

import re

import pytest

from tests.packaging.house_map import PAGE, ROOT, highest_first, imports, page

CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def test_the_map_is_as_the_code_is() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "python -m tests.packaging.house_map --write"


def test_no_parts_import_each_other_in_a_circle() -> None:
    assert list(highest_first(imports()))


def test_a_circle_is_told() -> None:
    with pytest.raises(ValueError, match="a, b"):
        list(highest_first({"a": {"b"}, "b": {"a"}}))


def _signposts() -> list[str]:
    part = CONTRIBUTING.split("## Where would I change", 1)[1].split("\n## ", 1)[0]
    return [row for row in part.splitlines() if row.startswith("| ") and "---" not in row][1:]


def test_ten_common_changes_have_their_file_and_their_test() -> None:
    rows = _signposts()
    assert len(rows) >= 10
    for row in rows:
        _, what, code, tests, _ = row.split("|")
        named = re.findall(r"`([^`]+)`", code), re.findall(r"`([^`]+)`", tests)
        assert all(named), what
        for path in (*named[0], *named[1]):
            assert (ROOT / path).exists(), f"{what.strip()}: {path}"

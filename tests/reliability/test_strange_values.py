"""Whatever the values of a history, it is refused in a sentence, or everything that shows it works."""

from pathlib import Path

import pytest

from tests.reliability.every_command import Furnished, furnish
from tests.reliability.strange_values import complete, try_histories


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Furnished:
    """A home with something of everything."""
    return furnish(tmp_path_factory.mktemp("furnished"))


@pytest.mark.thorough
def test_what_is_taken_in_breaks_nothing_that_shows_it(
    furnished: Furnished, tmp_path: Path, cases: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = complete(furnished, monkeypatch)
    *_, tried = try_histories(furnished, whole, tmp_path, range(cases))
    print(tried)
    assert tried.histories == cases
    assert not tried.failed, "\n".join(tried.failed.values())

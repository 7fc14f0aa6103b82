"""Screens that hold still look as they did: a change of the looks is seen, and taken on purpose.

`pytest tests/tui/test_pictures.py --snapshot-update` takes the screens as they are now.
"""

from pathlib import Path

import pytest

from tests.tui.driving import lines_of
from tests.tui.gallery import SCENES, visiting
from tests.tui.screenshots import FOLDER, PICTURES

STILL = (("home", (80, 24)), ("home", (60, 20)), ("history", (80, 24)), ("progress", (132, 36)))
"""Scenes without a clock in them."""


@pytest.fixture
def _in_utc(monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    monkeypatch.setenv("TZ", "UTC")
    if hasattr(time, "tzset"):
        time.tzset()


@pytest.mark.one_in(2)
@pytest.mark.usefixtures("_in_utc")
@pytest.mark.parametrize(("name", "size"), STILL)
async def test_the_screen_looks_as_before(name: str, size: tuple[int, int], snapshot: object) -> None:
    async with visiting(size=size, reduced_motion=True) as driver:
        await SCENES[name](driver)
        lines = [line.rstrip() for line in lines_of(driver.app.screen)]
    assert "\n".join(lines) == snapshot


def test_every_picture_that_is_shown_is_made_by_the_command() -> None:
    root = FOLDER.parents[1]
    shown = {
        name
        for page in (root / "README.md", *(root / "docs").glob("*.md"))
        for name in PICTURES
        if f"pictures/{name}.svg" in page.read_text(encoding="utf-8")
    }
    assert shown == set(PICTURES) == {path.stem for path in Path(FOLDER).glob("*.svg")}

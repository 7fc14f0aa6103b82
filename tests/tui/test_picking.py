"""Lists over a screen: the last line can be reached, and the heading read, however small the terminal."""

import pytest
from textual.screen import ModalScreen

from simulator.tui.widgets.picking import PickOne, PickSome
from tests.tui.driving import lines_of, running

HEADING = (
    "Which of the many banks that came with the app, or that are yours, is the one that these questions go into now?"
)
OPTIONS = [(f"line {number:02}", str(number)) for number in range(40)]


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
@pytest.mark.parametrize("some", [False, True])
async def test_the_last_line_and_the_whole_heading_are_seen(size: tuple[int, int], some: bool) -> None:
    async with running(size=size) as driver:
        picking: ModalScreen[str | None] | ModalScreen[tuple[str, ...] | None]
        picking = PickSome(HEADING, OPTIONS, (), 5) if some else PickOne(HEADING, OPTIONS)
        driver.app.push_screen(picking)

        def seen() -> str:
            return " ".join(" ".join(lines_of(driver.app.screen)).split())

        await driver.until(lambda: "line 00" in seen(), "the list")
        assert [word for word in HEADING.split() if word not in seen()] == []
        assert "0 of up to 5 marked" in seen() or not some
        await driver.press("end")
        await driver.until(lambda: "line 39" in seen(), "the last line")

"""Fields that are written in have edges on both sides, whatever the colours; boxes to tick say their state."""

import pytest
from textual.widgets import Input, Select, TextArea

from simulator.tui.widgets.ticks import Tick
from tests.tui.driving import lines_of
from tests.tui.gallery import settled, visiting

pytestmark = pytest.mark.thorough


@pytest.mark.one_in(3)
@pytest.mark.parametrize("name", ["settings", "setup", "sound_check"])
async def test_every_field_has_edges(name: str) -> None:
    async with visiting(size=(80, 24)) as driver:
        driver.app.go(name)
        await settled(driver)
        fields = [*driver.app.screen.query(Input), *driver.app.screen.query(TextArea)]
        assert fields
        assert [
            field.id for field in fields if "" in (field.styles.border_left[0], field.styles.border_right[0])
        ] == []


@pytest.mark.quick
async def test_a_form_has_edges_around_what_is_written_and_chosen() -> None:
    async with visiting(size=(80, 24)) as driver:
        driver.app.go("people")
        await settled(driver)
        await driver.press("n")
        await settled(driver)
        fields = [*driver.app.screen.query(Input), *driver.app.screen.query(Select)]
        lines = lines_of(driver.app.screen)
        for field in fields:
            assert "▌" in lines[field.region.y], field.id
            assert "▐" in lines[field.region.y], field.id


async def test_a_tick_is_seen_without_colour() -> None:
    async with visiting(size=(100, 34)) as driver:
        driver.app.go("setup")
        await settled(driver)
        tick = driver.app.screen.query_one("#weak", Tick)
        drawn = []
        for _ in range(2):
            await driver.pilot.pause()
            drawn.append(lines_of(driver.app.screen)[tick.region.y])
            tick.toggle()
        assert "[ ] Weak spots" in drawn[0]
        assert "[x] Weak spots" in drawn[1]


async def test_the_plan_hangs_its_words_under_each_other_and_shows_who_asks() -> None:
    async with visiting(size=(120, 40)) as driver:
        driver.app.go("setup")
        await settled(driver)
        screen = driver.app.screen
        await driver.until(lambda: screen.query("#who Portrait"), "who asks")
        await settled(driver)
        assert screen.query_one("#bank", Select).value
        plan = screen.query_one("#plan").region
        lines = [line[plan.x + 2 : plan.right - 2] for line in lines_of(screen)]
        words = lines[plan.y + 1 : plan.bottom - 1]
        assert all(line[:2].strip().rstrip(".").isdigit() or line.startswith("   ") for line in words), words
        assert screen.query_one("#who").region.bottom <= 39

"""A form says what it understood, and why it does not save."""

from threading import Event

import pytest
from textual.widgets import TextArea

from simulator.errors import UserError
from simulator.tui.screens.record_form import FieldOf, RecordForm
from tests.tui.driving import current, running

LOOKED = Event()
LOOK_ON = Event()


def kept(values: object) -> str:
    """Nothing that is written here can be saved."""
    raise UserError("The year 'soon' is no year.", "Write it as four digits.")


def looked_at(values: object) -> str:
    """Understood slowly, on a machine that is busy."""
    LOOKED.set()
    assert LOOK_ON.wait(60)
    return "Understood so far."


@pytest.mark.parametrize("is_looked_at", [True, False], ids=["while it is looked at", "before it is looked at"])
async def test_why_it_is_not_saved_stands_until_more_is_written(is_looked_at: bool) -> None:
    LOOKED.clear()
    LOOK_ON.clear()
    async with running() as driver:
        driver.app.push_screen(RecordForm("A year", [FieldOf("year", "Year")], kept, looked_at))
        await current(driver, RecordForm)
        await driver.type("soon")
        if is_looked_at:
            await driver.until(LOOKED.is_set, "a look at the fields")
        await driver.press("f9")
        await driver.until_text("Not saved yet. The year 'soon' is no year.")
        LOOK_ON.set()
        await driver.rest()
        assert "Not saved yet." in driver.text()
        await driver.type("er")
        await driver.until_text("Understood so far.")
        assert "Not saved yet." not in driver.text()


LONG = " ".join(["rang"] * 60)


async def test_arrows_walk_through_the_lines_of_a_field_before_they_leave_it() -> None:
    async with running() as driver:
        fields = [FieldOf("before", "Before"), FieldOf("told", "Told", LONG, lines=True), FieldOf("after", "After")]
        driver.app.push_screen(RecordForm("A day", fields, kept))
        form = await current(driver, RecordForm)
        text = form.query_one("#told", TextArea)
        lines = text.wrapped_document.height
        assert lines > 1
        await driver.press("down")
        for _ in range(lines):
            assert form.focused is text
            await driver.press("down")
        assert form.focused is form.query_one("#after")
        for _ in range(lines):
            await driver.press("up")
            assert form.focused is text
        await driver.press("up")
        assert form.focused is form.query_one("#before")


async def test_the_end_of_a_text_is_one_key_away() -> None:
    async with running() as driver:
        driver.app.push_screen(RecordForm("A day", [FieldOf("told", "Told", LONG, lines=True)], kept))
        form = await current(driver, RecordForm)
        await driver.press("ctrl+end", "backspace", "ctrl+home", "delete")
        assert form.values()["told"] == LONG[1:-1]


async def test_no_key_deletes_all_of_a_field_that_was_only_gone_to() -> None:
    async with running() as driver:
        driver.app.push_screen(
            RecordForm("A day", [FieldOf("one", "One"), FieldOf("skills", "Skills", "calm")], kept)
        )
        form = await current(driver, RecordForm)
        await driver.press("down", "backspace")
        assert form.values()["skills"] == "cal"

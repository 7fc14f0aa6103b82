"""What stands beside the menu at home: made after the first paint, since nothing is in it before."""

from collections.abc import Sequence

from textual.containers import Container, Vertical
from textual.widget import Widget

from simulator.tui.widgets.calendar import PracticeCalendar
from simulator.tui.widgets.card import Card
from simulator.tui.widgets.panel_portraits import PanelPortraits


def host() -> Widget:
    """One of the people, below the menu."""
    return PanelPortraits("Your interviewers", id="host")


def side() -> Sequence[Widget]:
    """The cards, the calendar and the people, all empty."""
    work_on = Card("Work on this", id="next")
    work_on.add_class("-lead")
    first = Vertical(
        work_on,
        Card("Due today", id="due"),
        Card("Due today", id="rest"),
        Card("Last practice", id="latest"),
        Card("Before that", id="recent"),
        id="first",
    )
    second = Vertical(PracticeCalendar(id="calendar"), Card("Your levels lately", id="levels"), id="second")
    unfinished = Card("Go on with your interview", id="unfinished")
    unfinished.add_class("-lead")
    return (
        Card("Welcome", id="welcome"),
        unfinished,
        Container(first, second, id="facts"),
        PanelPortraits("Your interviewers", id="room"),
    )

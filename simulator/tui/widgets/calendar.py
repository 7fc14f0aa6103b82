"""A calendar of practice: a column for each week, a square for each day that is the larger the more was practised."""

from collections.abc import Mapping
from datetime import date, timedelta

from textual.content import Content
from textual.widgets import Static

from simulator.sessions.times import DAYS, MONTHS
from simulator.texts import counted
from simulator.tui.widgets.css import css_beside

FEWEST_WEEKS, MOST_WEEKS = 12, 26
WIDEST = 3
"""Columns of a day at most."""
LABELS = 4
"""Columns before the weeks, for the names of the days."""
NONE, SIGNS = "·", ("▫", "▪", "■")
"""All in the middle of their line, so that a day stands beside its name."""
KEY = f" (few {' '.join(SIGNS)} many)"
TODAY = "◦"
STEPS = (1, 3, 6)
"""Answers on a day from which the sign is the first, second, third."""


class PracticeCalendar(Static):
    """Seven lines below a line with the months; twelve weeks, or half a year where there is room."""

    DEFAULT_CSS = css_beside(__file__)

    def __init__(self, id: str) -> None:
        super().__init__(id=id, classes="panel", markup=False)
        self._days: Mapping[date, int] = {}
        self._today: date | None = None

    def show(self, days: Mapping[date, int], today: date) -> None:
        """Draw `days` (answers on each) up to `today`."""
        self._days, self._today = days, today
        self._draw()

    def on_resize(self) -> None:
        self._draw()

    def _draw(self) -> None:
        if self._today is None:
            return
        room = (self.content_size.width or 28) - LABELS
        weeks = MOST_WEEKS if room >= MOST_WEEKS * 2 else FEWEST_WEEKS
        wide = max(2, min(WIDEST, room // weeks))
        self.border_title = "The last twelve weeks" if weeks == FEWEST_WEEKS else "The last six months"
        first = self._today - timedelta(days=self._today.weekday() + 7 * (weeks - 1))
        count = sum(1 for day, answers in self._days.items() if first <= day <= self._today and answers)
        self.border_subtitle = days_told(count, room + LABELS)
        whole = calendar_lines(self._days, self._today, weeks, wide)
        if 0 < self.content_size.height < len(whole):
            whole = week_lines(self._days, self._today, weeks, wide)
        self.update(Content("\n").join(whole))


def days_told(count: int, room: int) -> str:
    """How many days there were, and which sign is more, as far as there is room; "" for none."""
    days = counted(count, "day")
    told = (f"{days} of practice{KEY}", f"{days}{KEY}")
    return next((each for each in told if len(each) <= room), f"{days} of practice") if count else ""


def calendar_lines(days: Mapping[date, int], today: date, weeks: int, wide: int = 2) -> list[Content]:
    """The months, and Monday to Sunday, `weeks` weeks of `wide` columns each; days to come are blank."""
    first = today - timedelta(days=today.weekday() + 7 * (weeks - 1))
    mondays = [first + timedelta(days=7 * week) for week in range(weeks)]
    lines = [Content.styled(_months(mondays, wide), "$text-muted")]
    for weekday in range(7):
        line = Content.styled(f"{DAYS[weekday]:<{LABELS}}", "$text-muted")
        for monday in mondays:
            line += _cell(days.get(day := monday + timedelta(days=weekday), 0), day, today, wide)
        lines.append(line)
    return lines


def week_lines(days: Mapping[date, int], today: date, weeks: int, wide: int = 2) -> list[Content]:
    """Where there is no room for days: the months, and a sign for each week, that of its busiest day."""
    first = today - timedelta(days=today.weekday() + 7 * (weeks - 1))
    mondays = [first + timedelta(days=7 * week) for week in range(weeks)]
    line = Content(" " * LABELS)
    for monday in mondays:
        step = _step(max(days.get(monday + timedelta(days=weekday), 0) for weekday in range(7)))
        sign = SIGNS[step - 1] if step else NONE
        line += Content.styled(sign.ljust(wide), f"$heat-{step}" if step else "$line")
    return [Content.styled(_months(mondays, wide), "$text-muted"), line]


def _months(mondays: list[date], wide: int) -> str:
    """The name of each month above the first week that begins in it, where it has room."""
    line = " " * LABELS
    for week, monday in enumerate(mondays):
        at = LABELS + week * wide
        begins = monday.day <= 7 or week == 0
        # A month of which only the last days are shown leaves its room to the next one.
        soon = any(later.day <= 7 for later in mondays[week + 1 : week + 1 + -(-4 // wide)]) and week == 0
        if begins and not soon and len(line.rstrip()) < at:
            line = f"{line[:at]:<{at}}{MONTHS[monday.month - 1]}"
    return line


def _step(answers: int) -> int:
    return sum(answers >= least for least in STEPS)


def _cell(answers: int, day: date, today: date, wide: int) -> Content:
    if day > today:
        return Content(" " * wide)
    step = _step(answers)
    sign = SIGNS[step - 1] if step else TODAY if day == today else NONE
    style = f"$heat-{step}" if step else "$foreground" if day == today else "$line"
    return Content.styled(sign, f"{style} underline" if day == today and step else style) + " " * (wide - 1)

"""The table of past sessions: as many columns as the screen has room for, long titles over several lines."""

from collections.abc import Sequence
from datetime import date

from textual.content import Content

from simulator.sessions.store import SessionSummary
from simulator.sessions.times import moment_words
from simulator.tui.screens.history_words import INITIALS, INITIALS_BRIEF, INITIALS_MEAN, LEVELS, row
from simulator.tui.widgets.lists import RowTable

WIDE = 100
"""Columns of the screen from which each rubric has a column; below that the levels stand in one."""
USUAL = 76
"""Columns of the screen from which length and mode have their columns too."""
WHEN = 16
"""Columns of a day of this year with its time of day."""
WHAT = 2
"""The cell with the title."""


class SessionTable(RowTable):
    """Past sessions, one a row; `count` is how many are shown."""

    def __init__(self) -> None:
        super().__init__(cursor_type="row", id="table")
        self.count = 0
        self._wide = self._narrow = False
        self._room = 16
        self._older = 0
        """Columns that the days need beyond the usual."""

    def lay_out(self, width: int) -> None:
        """Empty, with the columns that a screen of that width has room for."""
        self.clear(columns=True)
        self._wide, self._narrow = width >= WIDE, width < USUAL
        self._room = max(16, width - (90 if self._wide else 38 if self._narrow else 57) - self._older)
        columns: tuple[str, ...] = ("when", "length", "what", "mode", INITIALS)
        if self._wide:
            columns = ("when", "length", "what", "mode", *LEVELS, "")
        elif self._narrow:
            columns = ("when", "what", INITIALS)
        self.border_subtitle = "" if self._wide else INITIALS_BRIEF if self._narrow else INITIALS_MEAN
        for column in columns:
            self.add_column(column, key=column or "note", width=self._room if column == "what" else None)

    def put(self, summaries: Sequence[SessionSummary], today: date, anew: bool) -> bool:
        """Show sessions, below those there are or in their place; the mark stays in its row.

        False where a day of another year needs more columns than there are: then it is to be laid out once more.
        """
        longest = max((len(moment_words(each.started_at, today)) for each in summaries), default=0)
        if longest - WHEN > self._older:
            self._older = longest - WHEN
            return False
        marked = self.cursor_row
        if anew:
            self.clear()
            self.count = 0
        for summary in summaries:
            cells = row(summary, today, self._wide)
            # A title too long for its column goes on in the next line.
            lines = len(Content(cells[WHAT]).wrap(self._room)) or 1
            if self._narrow:
                del cells[3], cells[1]
            self.add_row(*cells, key=summary.id, height=lines)
        self.count += len(summaries)
        if anew and self.count:
            self.move_cursor(row=min(marked, self.count - 1))
        return True

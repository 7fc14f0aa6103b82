"""Which sessions the store has: lists for screens and commands, filtered and sorted; it only reads."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any

from simulator.sessions.store_rows import SessionSummary, marks, summary_of

_MEAN = "(SELECT avg(mean) FROM session_level WHERE session_id=session.id {of})"
SORTS = {
    "newest": "started_at DESC, id DESC",
    "oldest": "started_at, id",
    "best": f"{_MEAN} DESC NULLS LAST, started_at DESC, id DESC",
    "weakest": f"{_MEAN} NULLS LAST, started_at DESC, id DESC",
}
"""How lists can be sorted; sessions without a level come last."""

MOST_VALUES = 500
"""How many values one query names at once (SQLite allows at least 999)."""


class SessionLists(ABC):
    """The part of the store that lists sessions."""

    @abstractmethod
    def _read(self, query: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query."""

    def has(self, session_id: str) -> bool:
        """Whether there is a session of exactly that id."""
        return bool(self._read("SELECT 1 FROM session WHERE id=? AND deleted_at=''", (session_id,)))

    def session_ids(self) -> list[str]:
        """The ids of all sessions, the oldest first."""
        return [row[0] for row in self._read("SELECT id FROM session WHERE deleted_at='' ORDER BY started_at, id")]

    def finished_before(self, until: str) -> list[str]:
        """The ids of sessions that began before that time of day and are over."""
        rows = self._read(
            "SELECT id FROM session WHERE started_at<? AND place='' AND deleted_at='' ORDER BY started_at", (until,)
        )
        return [row[0] for row in rows]

    def summaries(
        self,
        limit: int = 50,
        offset: int = 0,
        bank_id: str = "",
        job_id: str = "",
        since: str = "",
        until: str = "",
        question_id: str = "",
        with_sample: bool = True,
        finished: bool | None = None,
        session_ids: Sequence[str] = (),
        rubric: str = "",
        sort: str = "newest",
    ) -> list[SessionSummary]:
        """Sessions as lists show them; empty filters mean all. `sort` is "newest", "oldest", "best" or "weakest".

        `rubric` keeps those with a level in it; sorting by level then goes by this rubric, else by the mean of all.
        """
        conditions: list[str] = ["deleted_at=''"]
        values: list[object] = []
        for condition, value in (
            ("bank_id=?", bank_id),
            ("job_id=?", job_id),
            ("started_at>=?", since),
            ("started_at<=?", until),
        ):
            if value:
                conditions.append(condition)
                values.append(value)
        if question_id:
            conditions.append("id IN (SELECT session_id FROM answer WHERE question_id=?)")
            values.append(question_id)
        if rubric:
            conditions.append("id IN (SELECT session_id FROM session_level WHERE rubric=?)")
            values.append(rubric)
        if not with_sample:
            conditions.append("sample=0")
        if finished is not None:
            conditions.append("finished_at<>''" if finished else "finished_at='' AND place<>''")
        if session_ids:
            conditions.append(f"id IN ({marks(session_ids)})")
            values.extend(session_ids)
        order = SORTS[sort].format(of="AND rubric=?" if rubric else "")
        rows = self._read(
            "SELECT id, started_at, finished_at, mode, bank_id, bank_title, sample, job_id, detail,"
            " (SELECT count(DISTINCT position) FROM answer WHERE session_id=session.id AND answered=1)"
            f" FROM session WHERE {' AND '.join(conditions)} ORDER BY {order} LIMIT ? OFFSET ?",
            (*values, *([rubric] if rubric and sort in ("best", "weakest") else []), limit, offset),
        )
        levels = self._mean_levels([row[0] for row in rows])
        return [summary_of(row, levels[row[0]]) for row in rows]

    def _mean_levels(self, session_ids: Sequence[str]) -> dict[str, dict[str, float]]:
        found: dict[str, dict[str, float]] = {session_id: {} for session_id in session_ids}
        for first in range(0, len(session_ids), MOST_VALUES):
            some = session_ids[first : first + MOST_VALUES]
            rows = self._read(
                f"SELECT session_id, rubric, mean FROM session_level WHERE session_id IN ({marks(some)})"
                " ORDER BY session_id, rubric",
                some,
            )
            for session_id, rubric, mean in rows:
                found[session_id][rubric] = mean
        return found

    def count(self, with_sample: bool = True) -> int:
        """How many sessions there are."""
        only = "" if with_sample else " AND sample=0"
        return int(self._read(f"SELECT count(*) FROM session WHERE deleted_at=''{only}")[0][0])

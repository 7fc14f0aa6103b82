"""Looking things up in the store: words, and levels over time."""

import re
from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any

from simulator.sessions.store_rows import CompetencyLevel, DayLevel, Hit, LevelPoint


class Lookups(ABC):
    """The part of the store that searches and adds up; it only reads."""

    @abstractmethod
    def _read(self, query: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query."""

    def banks_practised(self) -> list[tuple[str, str]]:
        """The banks of all sessions, id and title, by title."""
        rows = self._read("SELECT bank_id, max(bank_title) FROM session WHERE deleted_at='' GROUP BY bank_id")
        return sorted(((row[0], row[1]) for row in rows), key=lambda bank: (bank[1], bank[0]))

    def jobs_practised(self) -> list[str]:
        """The ids of the jobs that sessions were practised for."""
        rows = self._read("SELECT DISTINCT job_id FROM session WHERE deleted_at='' AND job_id<>'' ORDER BY job_id")
        return [row[0] for row in rows]

    def rubrics_practised(self) -> list[str]:
        """The ids of the rubrics in which sessions have a level."""
        rows = self._read(
            "SELECT DISTINCT l.rubric FROM session_level l JOIN session s ON s.id = l.session_id"
            " WHERE s.deleted_at='' ORDER BY l.rubric"
        )
        return [row[0] for row in rows]

    def search(self, words: str, limit: int = 50) -> list[Hit]:
        """Answers in which all `words` were asked or said, the latest first; the last word may be a beginning."""
        # Only letters and digits are in the index; quotes and control signs would end the query.
        wanted = [word for word in re.sub(r'[\x00-\x1f"]', " ", words).split() if any(map(str.isalnum, word))]
        if not wanted:
            return []
        query = " ".join(f'"{word}"' for word in wanted[:-1]) + f' "{wanted[-1]}"*'
        rows = self._read(
            "SELECT a.session_id, a.id, a.ask, snippet(answer_words, -1, '⟦', '⟧', ' … ', 14), a.answered_at"
            " FROM answer_words JOIN answer a ON a.rowid = answer_words.rowid JOIN session s ON s.id = a.session_id"
            " WHERE answer_words MATCH ? AND s.deleted_at='' ORDER BY answer_words.rowid DESC LIMIT ?",
            (query.strip(), limit),
        )
        return [Hit(*row) for row in rows]

    def levels_over_time(
        self, rubric: str = "", since: str = "", with_sample: bool = False, latest: int = 0
    ) -> list[LevelPoint]:
        """Every level of every answer in the order of time; one rubric, or all; or only the `latest` so many.

        Only rubrics that the question is meant for count.
        """
        wishes, values = [] if with_sample else ["session_id NOT IN (SELECT id FROM session WHERE sample=1)"], []
        wishes.append("session_id NOT IN (SELECT id FROM session WHERE deleted_at<>'')")
        if rubric:
            wishes.append("rubric=?")
            values.append(rubric)
        if since:
            wishes.append("answered_at>=?")
            values.append(since)
        rows = self._read(
            "SELECT rubric, level, answered_at, question_id, competency, bank_id, answer_id, self_level FROM level"
            f" WHERE {' AND '.join(wishes)} ORDER BY answered_at DESC, answer_id DESC, rubric DESC LIMIT ?",
            [*values, latest or -1],
        )
        return [LevelPoint(*row) for row in reversed(rows)]

    _COUNTED = "session_id NOT IN (SELECT id FROM session WHERE sample=1 OR deleted_at<>'')"

    def daily_levels(self) -> list[DayLevel]:
        """Each rubric's mean level day by day, the sample left out."""
        rows = self._read(
            "SELECT rubric, substr(answered_at, 1, 10) AS day, avg(level), count(*) FROM level"
            f" WHERE {self._COUNTED} GROUP BY rubric, day ORDER BY day, rubric"
        )
        return [DayLevel(*row) for row in rows]

    def competency_levels(self, recent: int) -> list[CompetencyLevel]:
        """Every competency, its mean over the latest `recent` levels; the sample left out."""
        counts = self._read(
            "SELECT competency, count(*), max(answered_at) FROM level"
            f" WHERE competency<>'' AND {self._COUNTED} GROUP BY competency"
        )
        found = []
        for competency, count, last_at in counts:
            rows = self._read(
                "SELECT level, question_id, bank_id, rubric FROM level INDEXED BY level_by_competency"
                f" WHERE competency=? AND {self._COUNTED} ORDER BY answered_at DESC LIMIT ?",
                (competency, recent),
            )
            # The first of the lowest is the latest of them.
            _, question_id, bank_id, rubric = min(rows, key=lambda row: row[0])
            mean = sum(row[0] for row in rows) / len(rows)
            found.append(CompetencyLevel(competency, mean, count, last_at, question_id, bank_id, rubric))
        return found

    def count_answers(self) -> int:
        """How many answers were given, the sample left out."""
        return int(self._read(f"SELECT count(*) FROM answer WHERE skipped=0 AND {self._COUNTED}")[0][0])

"""Looking things up in the store: words, and levels over time."""

import re
from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any

from simulator.sessions.store_rows import AnswerHit, CompetencyLevel, DayLevel, LevelPoint, PartsTold, parts_of

LONGEST_SEARCH = 2_000
"""Characters of a search that count; the rest of what somebody pasted would find nothing else."""

COUNTED = "session_id NOT IN (SELECT id FROM session WHERE sample=1 OR deleted_at<>'')"
"""The condition that leaves out the sample and what was deleted."""


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

    def questions_asked(self, begin: str) -> list[str]:
        """The ids of questions of past interviews that begin so."""
        query = "SELECT DISTINCT question_id FROM answer WHERE substr(question_id, 1, ?)=? ORDER BY question_id"
        return [row[0] for row in self._read(query, (len(begin), begin))]

    def answer_ids(self, begin: str, limit: int = 20) -> list[str]:
        """The ids of answers that begin so, or one of whose parts between dots begins so (as in a class); else those
        whose session and whose number do: "2026/01"."""
        begins = "(substr(id, 1, ?)=? OR instr(id, ?)>0) AND instr(id, ?)>0"
        query = f"SELECT id FROM answer WHERE {begins} ORDER BY id LIMIT ?"
        session, _, number = begin.rpartition("/")
        for whole, behind in ((begin, "/"), (session, f"/{number}")):
            if whole and (rows := list(self._read(query, (len(whole), whole, f".{whole}", behind, limit)))):
                return [row[0] for row in rows]
        return []

    def search(self, words: str, limit: int = 50) -> list[AnswerHit]:
        """Answers in which all `words` were asked or said, the latest first; the last word may be a beginning."""
        # Only letters and digits are in the index; quotes and control signs would end the query.
        plain = re.sub(r'[\x00-\x1f"]', " ", words[:LONGEST_SEARCH]).split()
        wanted = list(dict.fromkeys(word for word in plain if any(map(str.isalnum, word))))
        if not wanted:
            return []
        query = " ".join(f'"{word}"' for word in wanted[:-1]) + f' "{wanted[-1]}"*'
        rows = self._read(
            "SELECT a.session_id, a.id, a.ask, snippet(answer_words, -1, '⟦', '⟧', ' … ', 14), a.answered_at"
            " FROM answer_words JOIN answer a ON a.rowid = answer_words.rowid JOIN session s ON s.id = a.session_id"
            " WHERE answer_words MATCH ? AND s.deleted_at='' ORDER BY answer_words.rowid DESC LIMIT ?",
            (query.strip(), limit),
        )
        return [AnswerHit(*row) for row in rows]

    def levels_over_time(
        self, rubric: str = "", since: str = "", with_sample: bool = False, latest: int = 0
    ) -> list[LevelPoint]:
        """Every level of every answer in the order of time; one rubric, or all; or only the `latest` so many.

        Only rubrics that the question is meant for count.
        """
        conditions, values = [] if with_sample else ["session_id NOT IN (SELECT id FROM session WHERE sample=1)"], []
        conditions.append("session_id NOT IN (SELECT id FROM session WHERE deleted_at<>'')")
        if rubric:
            conditions.append("rubric=?")
            values.append(rubric)
        if since:
            conditions.append("answered_at>=?")
            values.append(since)
        rows = self._read(
            "SELECT rubric, level, answered_at, question_id, competency, bank_id, answer_id, self_level FROM level"
            f" WHERE {' AND '.join(conditions)} ORDER BY answered_at DESC, answer_id DESC, rubric DESC LIMIT ?",
            [*values, latest or -1],
        )
        return [LevelPoint(*row) for row in reversed(rows)]

    # Of each question of each session the best try counts, as in a report.

    def daily_levels(self, since: str = "") -> list[DayLevel]:
        """Each rubric's mean level day by day from a day on, the sample left out."""
        rows = self._read(
            "SELECT rubric, substr(answered_at, 1, 10) AS day, avg(level), count(*) FROM best_level"
            f" WHERE answered_at>=? AND {COUNTED} GROUP BY rubric, day ORDER BY day, rubric",
            (since,),
        )
        return [DayLevel(*row) for row in rows]

    def rubric_counts(self) -> dict[str, int]:
        """How many questions have a level in each rubric, the sample left out."""
        return dict(self._read(f"SELECT rubric, count(*) FROM best_level WHERE {COUNTED} GROUP BY rubric"))

    def recent_levels(self, rubric: str, most: int) -> list[int]:
        """The latest levels of a rubric, the sample left out."""
        rows = self._read(
            f"SELECT level FROM best_level WHERE rubric=? AND {COUNTED} ORDER BY answered_at DESC LIMIT ?",
            (rubric, most),
        )
        return [row[0] for row in rows]

    def parts_told(self, latest: int) -> list[PartsTold]:
        """Which parts the latest answers had, rubric by rubric, in the order of time; the sample left out."""
        rows = self._read(
            "SELECT l.question_id, l.bank_id, a.ask, l.answered_at, l.rubric, a.scorecard"
            " FROM (SELECT * FROM level ORDER BY answered_at DESC, answer_id DESC, rubric DESC LIMIT ?) l"
            " JOIN answer a ON a.id = l.answer_id JOIN session s ON s.id = l.session_id"
            " WHERE s.sample=0 AND s.deleted_at='' AND a.scorecard IS NOT NULL"
            " ORDER BY l.answered_at, l.answer_id, l.rubric",
            (latest,),
        )
        return [parts for row in rows if (parts := parts_of(row)) is not None]

    def days_practised(self) -> list[str]:
        """The days with a level, the sample left out, the earliest first."""
        return [
            row[0]
            for row in self._read(
                "SELECT DISTINCT substr(started_at, 1, 10) AS day FROM session WHERE sample=0 AND deleted_at=''"
                " AND EXISTS (SELECT 1 FROM session_level WHERE session_id=session.id) ORDER BY day"
            )
        ]

    def competency_levels(self, recent: int) -> list[CompetencyLevel]:
        """Every competency, its mean over the latest `recent` levels; the sample left out."""
        counts = self._read(
            "SELECT competency, sum(counts), max(answered_at) FROM best_level"
            f" WHERE competency<>'' AND {COUNTED} GROUP BY competency"
        )
        found = []
        for competency, count, last_at in counts:
            rows = self._read(
                "SELECT level, question_id, bank_id, rubric FROM best_level"
                f" WHERE competency=? AND {COUNTED} ORDER BY answered_at DESC LIMIT ?",
                (competency, recent),
            )
            # The first of the lowest is the latest of them.
            _, question_id, bank_id, rubric = min(rows, key=lambda row: row[0])
            mean = sum(row[0] for row in rows) / len(rows)
            found.append(CompetencyLevel(competency, mean, count, last_at, question_id, bank_id, rubric))
        return found

    def answers_by_day(self, since: str) -> dict[str, int]:
        """How many questions were answered each day (where the user is) from `since` on, the sample left out."""
        rows = self._read(
            "SELECT date(answered_at, 'localtime') AS day, count(DISTINCT session_id || '/' || position) FROM answer"
            f" WHERE answered_at>=? AND answered=1 AND {COUNTED} AND day IS NOT NULL GROUP BY day",
            (since,),
        )
        return {row[0]: row[1] for row in rows}

    def count_answers(self) -> int:
        """How many questions were answered, however often each was tried; the sample left out."""
        # By the index alone: the rows hold all that was said.
        rows = self._read(
            "SELECT count(*) FROM (SELECT DISTINCT session_id, position FROM answer INDEXED BY answer_answered"
            f" WHERE answered=1 AND {COUNTED})"
        )
        return int(rows[0][0])

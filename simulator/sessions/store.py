"""The store: sessions, answers and the user's other documents in one SQLite file; deleting, and its undo.

Only this file and its parts, `store_*` and `schema`, know SQL, and only `store_file` opens the file. Everything is
committed before a call returns (WAL, synchronous=FULL), so that what was said survives a crash. Migrations go by
`user_version`, each after a backup beside the file. A damaged file is set aside, never overwritten.

One `Store` may be used from several threads.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from simulator.errors import Unreadable, UserError
from simulator.questions.bank import GOODBYE
from simulator.sessions.schema import BEST_LEVELS, MIGRATIONS, SESSION_LEVELS
from simulator.sessions.session import Answer, Learned, Session, counted_scores, leading_level
from simulator.sessions.store_documents import DELETED_WITH_A_SESSION, DRAFT, Documents
from simulator.sessions.store_file import StoreFile, Writer
from simulator.sessions.store_lists import SessionLists
from simulator.sessions.store_lookups import Lookups
from simulator.sessions.store_rows import (
    AnswerDetail,
    AnswerHit,
    CompetencyLevel,
    DayLevel,
    LevelPoint,
    SessionSummary,
    answer_of,
    decoded,
    encoded,
    learned_of,
    session_of,
)
from simulator.speech.transcript import Transcript
from simulator.texts import did_you_mean

__all__ = ["AnswerHit", "CompetencyLevel", "DayLevel", "LevelPoint", "SessionSummary", "Store"]


class Store(SessionLists, Lookups, Documents):
    """The user's sessions on disk. `notice` says in a sentence what had to be done on opening ("" usually)."""

    def __init__(self, path: Path) -> None:
        """Open or make the store. Raises UserError when the place cannot be used."""
        self._file = StoreFile(path, MIGRATIONS)

    @property
    def path(self) -> Path:
        return self._file.path

    @property
    def notice(self) -> str:
        return self._file.notice

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _writing(self) -> AbstractContextManager[Writer]:
        return self._file.writing()

    def _read(self, query: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        return self._file.read(query, values)

    # Sessions.

    _SESSION_COLUMNS = "id, started_at, finished_at, mode, bank_id, bank_title, sample, job_id, place, detail"

    def begin(self, *sessions: Session) -> None:
        """Keep new sessions (and their answers, if they bring any), all of them or none."""
        with self._writing() as db:
            for session in sessions:
                self._put_session(db, session)

    def replace(self, session: Session) -> None:
        """Keep a session that may be there already, also as a deleted one: this one then stands in its place."""
        with self._writing() as db:
            db.execute("DELETE FROM session WHERE id=?", (session.id,))
            self._put_session(db, session)

    def _put_session(self, db: Writer, session: Session) -> None:
        db.execute(
            f"INSERT INTO session ({self._SESSION_COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?,?)",
            (
                session.id,
                session.started_at,
                session.finished_at,
                session.mode.value,
                session.bank_id,
                session.bank_title,
                session.sample,
                session.job_id,
                session.place,
                encoded(
                    {
                        "interviewer_ids": session.interviewer_ids,
                        "interviewer_names": session.interviewer_names,
                        "candidate_name": session.candidate_name,
                        "seed": session.seed,
                    }
                ),
            ),
        )
        for answer in session.answers:
            self._put_answer(db, answer)
        self._put_learned(db, session.id, session.learned)

    def keep_answer(self, answer: Answer) -> None:
        """Keep an answer, or the newer state of one."""
        with self._writing() as db:
            self._put_answer(db, answer)

    def keep_change(self, before: Answer, after: Answer) -> None:
        """Keep a newer state of an answer that was read as `before`.

        Raises UserError, and writes nothing over, where something else was said or corrected in it since.
        """
        with self._writing() as db:
            rows = db.read(f"SELECT {self._ANSWER_COLUMNS} FROM answer WHERE id=?", (before.id,))
            if not rows or _words_of(answer_of(rows[0])) != _words_of(before):
                raise UserError(
                    f"The answer {before.id} was changed meanwhile, in another window or program.",
                    "Look at it again, then do it once more.",
                )
            self._put_answer(db, after)

    def keep_step(
        self,
        session_id: str,
        answers: Sequence[Answer] = (),
        learned: Sequence[Learned] = (),
        place: str | None = None,
        finished_at: str = "",
    ) -> None:
        """Keep one step of an interview, all of it or nothing: what was said and learned, and where it stands now.

        An answer that was handed in has no draft any more. With `finished_at` the interview is over.
        """
        with self._writing() as db:
            for answer in answers:
                self._put_answer(db, answer)
            for answer in answers:
                # One id for each turn: SESSION/01-1-question, SESSION/01-1-probe. What is skipped may come again.
                if not answer.skipped:
                    db.execute("DELETE FROM document WHERE kind=? AND id GLOB ?", (DRAFT, f"{answer.id}-*"))
            self._put_learned(db, session_id, learned)
            if place is not None:
                db.execute("UPDATE session SET place=? WHERE id=?", (place, session_id))
            if finished_at:
                db.execute("UPDATE session SET finished_at=?, place='' WHERE id=?", (finished_at, session_id))

    def keep_draft(self, draft_id: str, text: str) -> None:
        """Keep what was typed so far, as long as its session is there; without a text the draft goes.

        The id begins with the session's: "SESSION/01-1-question".
        """
        with self._writing() as db:
            db.execute("DELETE FROM document WHERE kind=? AND id=?", (DRAFT, draft_id))
            if text:
                db.execute(
                    "INSERT INTO document (kind, id, text) SELECT ?, ?, ? FROM session WHERE id=?",
                    (DRAFT, draft_id, text, draft_id.partition("/")[0]),
                )

    def rename_recording(self, answer_id: str, old: str, new: str) -> None:
        """A recording of an answer has another name from now on; nothing else of the answer changes."""
        with self._writing() as db:
            for (text,) in db.read("SELECT detail FROM answer WHERE id=?", (answer_id,)):
                detail = decoded(text, AnswerDetail)
                utterances = tuple(
                    replace(each, recording=new) if each.recording == old else each for each in detail.utterances
                )
                kept = encoded(replace(detail, utterances=utterances))
                db.execute("UPDATE answer SET detail=? WHERE id=?", (kept, answer_id))

    def _put_learned(self, db: Writer, session_id: str, learned: Sequence[Learned]) -> None:
        for each in learned:
            db.execute(
                "INSERT OR IGNORE INTO learned (session_id, interviewer_id, interviewer_name, kind, text)"
                " VALUES (?,?,?,?,?)",
                (session_id, each.interviewer_id, each.interviewer_name, each.kind.value, each.text),
            )

    def _put_answer(self, db: Writer, answer: Answer) -> None:
        db.execute(
            "INSERT INTO answer (id, session_id, position, attempt, question_id, kind, competency, ask, said,"
            " answered_at, skipped, answered, detail, scorecard, self_rating) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"
            " ON CONFLICT (id) DO UPDATE SET said=excluded.said, answered_at=excluded.answered_at,"
            " skipped=excluded.skipped, answered=excluded.answered, detail=excluded.detail,"
            " scorecard=excluded.scorecard,"
            # A newer state of an answer that brings no own rating does not take one away.
            " self_rating=CASE excluded.self_rating WHEN '{}' THEN self_rating ELSE excluded.self_rating END",
            (
                answer.id,
                answer.session_id,
                answer.position,
                answer.attempt,
                answer.question.id,
                answer.question.kind.value,
                answer.question.competency,
                answer.question.ask,
                answer.transcript.text,
                answer.answered_at,
                answer.skipped,
                answer.answered,
                encoded(
                    {
                        "question": answer.question,
                        "interviewer_id": answer.interviewer_id,
                        "interviewer_name": answer.interviewer_name,
                        "utterances": answer.utterances,
                        "levels_before": dict(answer.levels_before),
                    }
                ),
                encoded(answer.scorecard) if answer.scorecard else None,
                encoded(dict(answer.self_rating)),
            ),
        )
        db.execute("DELETE FROM level WHERE answer_id=?", (answer.id,))
        if answer.scorecard and not answer.skipped:
            for rubric, level in {score.rubric: level for score, level in counted_scores(answer)}.items():
                # A goodbye alone is not held to have asked nothing.
                if answer.answered or level:
                    db.execute(
                        "INSERT INTO level (answer_id, rubric, level, self_level, session_id, bank_id, question_id,"
                        " competency, answered_at)"
                        " SELECT a.id, ?, ?, json_extract(a.self_rating, ?), s.id, s.bank_id, ?, ?, ?"
                        " FROM answer a JOIN session s ON s.id=a.session_id WHERE a.id=?",
                        (
                            rubric,
                            level,
                            f'$."{rubric}"',
                            answer.question.id,
                            answer.question.competency,
                            answer.answered_at,
                            answer.id,
                        ),
                    )
        for table, levels in (("best_level", BEST_LEVELS), ("session_level", SESSION_LEVELS)):
            db.execute(f"DELETE FROM {table} WHERE session_id=?", (answer.session_id,))
            db.execute(f"INSERT INTO {table} {levels}", (answer.session_id,))

    def session(self, session_id: str) -> Session:
        """A whole session by its id or an unambiguous beginning of it, answers that are broken left out.

        Raises UserError when there is none, or when it cannot be read.
        """
        row = self._row(session_id)
        answers, _ = self._answers(row[0])
        learned = self._read(
            "SELECT interviewer_id, interviewer_name, kind, text FROM learned WHERE session_id=? ORDER BY rowid",
            (row[0],),
        )
        try:
            return session_of(row, answers, tuple(learned_of(each) for each in learned))
        except Unreadable as error:
            raise Unreadable(
                f"The session {row[0]} in {self.path} is broken and cannot be read: {error}.",
                f"'sessions delete {row[0]}' removes it.",
            ) from None

    def unreadable_answers(self, session_id: str) -> tuple[str, ...]:
        """The ids of a session's answers that are broken; `session` leaves them out."""
        return self._answers(session_id)[1]

    def _row(self, session_id: str) -> tuple[Any, ...]:
        """The row of the session of that id, or of the one whose id begins so. Raises UserError."""
        rows = self._read(
            f"SELECT {self._SESSION_COLUMNS} FROM session WHERE deleted_at='' AND substr(id, 1, ?) = ?"
            " ORDER BY id LIMIT 2",
            (len(session_id), session_id),
        )
        if not rows or not session_id:
            raise self._unknown(session_id)
        # A whole id comes before those that it begins.
        if len(rows) > 1 and rows[0][0] != session_id:
            raise UserError(f"Several sessions begin with '{session_id}'.", "Give more of the id.")
        return rows[0]

    def _unknown(self, session_id: str) -> UserError:
        known = [
            row[0] for row in self._read("SELECT id FROM session WHERE deleted_at='' ORDER BY id DESC LIMIT 500")
        ]
        return UserError(
            f"There is no session '{session_id}'.",
            did_you_mean(session_id, known, "'sessions list' shows those there are."),
        )

    _ANSWER_COLUMNS = "id, session_id, position, attempt, answered_at, skipped, detail, scorecard, self_rating"

    def _answers(self, session_id: str) -> tuple[tuple[Answer, ...], tuple[str, ...]]:
        """The answers of a session, and the ids of those that cannot be read."""
        rows = self._read(
            f"SELECT {self._ANSWER_COLUMNS} FROM answer WHERE session_id=? ORDER BY position, attempt", (session_id,)
        )
        return _readable_answers(rows)

    def answer(self, answer_id: str) -> Answer:
        """One answer. Raises UserError when there is none of that id."""
        rows = self._read(f"SELECT {self._ANSWER_COLUMNS} FROM answer WHERE id=?", (answer_id,))
        if not rows:
            raise UserError(f"There is no answer '{answer_id}'.")
        try:
            return answer_of(rows[0])
        except Unreadable as error:
            raise Unreadable(
                f"The answer {answer_id} in {self.path} is broken and cannot be read: {error}.",
                "Its session can be deleted; the other answers are whole.",
            ) from None

    def answers_to(self, question_id: str, limit: int = 50) -> tuple[Answer, ...]:
        """All attempts at a question, the newest first; a goodbye, which older stores keep under its id, is none."""
        return self._latest("a.question_id=? AND a.answered=1 AND a.ask<>?", (question_id, GOODBYE), limit)

    def answered_later(self, session: Session) -> dict[str, Answer]:
        """Of each question that was skipped in a session and answered in a later one the best answer, by its id."""
        found = {}
        for skipped in session.never_answered():
            later = (each for each in self.answers_to(skipped.question.id) if each.answered_at > session.started_at)
            tries = [each for each in later if each.session_id != session.id]
            if tries:
                found[skipped.question.id] = max(tries, key=leading_level)
        return found

    def latest_answers(self, limit: int) -> tuple[Answer, ...]:
        """The latest answers to any question, the newest first; the sample left out."""
        return self._latest("s.sample=0", (), limit)

    def _latest(self, wanted: str, values: Sequence[object], limit: int) -> tuple[Answer, ...]:
        rows = self._read(
            f"SELECT {', '.join('a.' + name.strip() for name in self._ANSWER_COLUMNS.split(','))} FROM answer a"
            f" JOIN session s ON s.id = a.session_id WHERE {wanted} AND s.deleted_at='' AND a.skipped=0"
            " ORDER BY a.answered_at DESC, a.attempt DESC LIMIT ?",
            (*values, limit),
        )
        return _readable_answers(rows)[0]

    def delete(self, session_id: str) -> str:
        """Hide a session; `undelete` brings it back until `purge`. Returns its id. Raises UserError when unknown."""
        whole_id = self._row(session_id)[0]
        with self._writing() as db:
            db.execute(
                "UPDATE session SET deleted_at=? WHERE id=?", (f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}", whole_id)
            )
        return str(whole_id)

    def undelete(self, session_id: str) -> None:
        """Bring a deleted session back."""
        with self._writing() as db:
            db.execute("UPDATE session SET deleted_at='' WHERE id=?", (session_id,))

    def deleted(self) -> list[str]:
        """The ids of sessions that were deleted and not yet purged."""
        return [row[0] for row in self._read("SELECT id FROM session WHERE deleted_at<>'' ORDER BY id")]

    def purge(self) -> list[str]:
        """Remove deleted sessions for good, and the documents that go with them. Returns the ids.

        Their recordings lie outside the store: the caller removes them before, so that a kill between loses no id.
        """
        ids = self.deleted()
        if ids:
            with self._writing() as db:
                for session_id in ids:
                    db.execute("DELETE FROM session WHERE id=? AND deleted_at<>''", (session_id,))
                    for kind in DELETED_WITH_A_SESSION:
                        db.execute(
                            "DELETE FROM document WHERE kind=? AND (id=? OR id GLOB ?)",
                            (kind, session_id, f"{session_id}/*"),
                        )
            self._file.forget_deleted()
        return ids

    def rate_self(self, answer_id: str, levels: dict[str, int]) -> None:
        """Keep the candidate's own rating of an answer. Raises UserError when there is none of that id."""
        self.answer(answer_id)
        with self._writing() as db:
            db.execute("UPDATE answer SET self_rating=? WHERE id=?", (encoded(levels), answer_id))
            db.execute("UPDATE level SET self_level=NULL WHERE answer_id=?", (answer_id,))
            for rubric, level in levels.items():
                db.execute("UPDATE level SET self_level=? WHERE answer_id=? AND rubric=?", (level, answer_id, rubric))


def _words_of(answer: Answer) -> list[Transcript]:
    return [each.transcript for each in answer.utterances]


def _readable_answers(rows: Sequence[tuple[Any, ...]]) -> tuple[tuple[Answer, ...], tuple[str, ...]]:
    """The answers in some rows, and the ids of those that cannot be read."""
    answers: list[Answer] = []
    broken: list[str] = []
    for row in rows:
        try:
            answers.append(answer_of(row))
        except Unreadable:
            broken.append(str(row[0]))
    return tuple(answers), tuple(broken)

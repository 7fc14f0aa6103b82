"""The store's documents of other packages: jobs, stories, drafts, letters, each under its kind and id."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Any

from simulator.sessions.store_file import Writer
from simulator.sessions.store_rows import marks

DRAFT = "draft"
"""The kind of document that holds what was typed and not handed in yet."""
COACH = "coach"
"""The kind of document that holds what a coach said of an answer, under the answer's id."""
DELETED_WITH_A_SESSION = (DRAFT, "letters", "letter-lines", "timeline", COACH)
"""Kinds of documents that are kept under a session's id and deleted with it; the tables delete all else (CASCADE)."""

SESSION_OF = "substr(id, 1, instr(id || '/', '/') - 1)"
"""The session of a document whose id begins with it ("SESSION" or "SESSION/01-1-question")."""


class Documents(ABC):
    """The part of the store that keeps documents."""

    @abstractmethod
    def _read(self, query: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query."""

    @abstractmethod
    def _writing(self) -> AbstractContextManager[Writer]:
        """One transaction."""

    def keep_document(self, kind: str, document_id: str, text: str) -> None:
        """Keep a document of another package under its kind and id."""
        with self._writing() as db:
            db.execute(
                "INSERT INTO document (kind, id, text) VALUES (?,?,?)"
                " ON CONFLICT (kind, id) DO UPDATE SET text=excluded.text",
                (kind, document_id, text),
            )

    def document(self, kind: str, document_id: str) -> str | None:
        """The document of that kind and id, or None."""
        rows = self._read("SELECT text FROM document WHERE kind=? AND id=?", (kind, document_id))
        return str(rows[0][0]) if rows else None

    def documents(self, kind: str) -> dict[str, str]:
        """All documents of a kind by id, in the order they were first kept."""
        return {
            row[0]: row[1] for row in self._read("SELECT id, text FROM document WHERE kind=? ORDER BY rowid", (kind,))
        }

    def all_documents(self) -> dict[str, dict[str, str]]:
        """All documents by kind and id, without those of deleted sessions."""
        found: dict[str, dict[str, str]] = {}
        rows = self._read(
            "SELECT kind, id, text FROM document"
            f" WHERE NOT (kind IN ({marks(DELETED_WITH_A_SESSION)}) AND {SESSION_OF}"
            " IN (SELECT id FROM session WHERE deleted_at<>''))"
            " ORDER BY kind, rowid",
            DELETED_WITH_A_SESSION,
        )
        for kind, document_id, text in rows:
            found.setdefault(kind, {})[document_id] = text
        return found

    def delete_document(self, kind: str, document_id: str) -> None:
        """Forget a document; nothing happens where there is none."""
        with self._writing() as db:
            db.execute("DELETE FROM document WHERE kind=? AND id=?", (kind, document_id))

"""What an archive may bring: documents of a known kind, in order, and interviews that can be gone on with."""

import msgspec

from simulator.errors import UserError
from simulator.interview.state import check_session_state
from simulator.services.data import Data
from simulator.sessions.archive_reading import Checks
from simulator.sessions.coach_feedback import coach_repository

NOTES = "unkept-notes"
DRAFT = "draft"


def import_checks(data: Data) -> Checks:
    """The checks of an archive that is read into this data folder."""

    def check_document(kind: str, document_id: str, text: str) -> None:
        """Raise UserError unless a document from elsewhere is what its kind says."""
        repositories = data.repositories
        for repository in (
            repositories.jobs,
            repositories.stories,
            repositories.people,
            repositories.debriefs,
            repositories.letters,
            repositories.timelines,
            repositories.letter_lines,
            data.assignments,
            coach_repository(data.store),
        ):
            if repository.kind == kind:
                repository.check(document_id, text)
                return
        if kind == NOTES:
            _check_notes(document_id, text)
        elif kind != DRAFT:
            raise UserError(f"'{kind}' is no kind of document that this version knows.", "Use the newest version.")

    return Checks(check_document, check_session_state)


def _check_notes(document_id: str, text: str) -> None:
    """Raise UserError unless these are notes on a real interview as they are put aside while somebody types."""
    try:
        fits = msgspec.json.decode(text, type=dict[str, str]).keys() == {"id", "text"}
    except (msgspec.MsgspecError, RecursionError):
        fits = False
    if not fits:
        raise UserError(f"The notes '{document_id}' cannot be read.", "Make the file anew.")

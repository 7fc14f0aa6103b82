"""The letters of one interview as drafted and as edited by the candidate, kept together."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from simulator.errors import UserError
from simulator.followup.letters import Letter


@dataclass(frozen=True, slots=True)
class LetterDraft:
    """One letter. `edited` is the candidate's text, "" while it is as drafted; `sent_on` the day it was sent."""

    letter: Letter
    edited: str = ""
    sent_on: str = ""

    @property
    def text(self) -> str:
        """What would be sent."""
        return self.edited or self.letter.text


@dataclass(frozen=True, slots=True)
class LetterDrafts:
    """All letters of one interview; `id` is that of its session or debrief."""

    id: str
    pages: tuple[LetterDraft, ...] = ()
    job_id: str = ""

    def page(self, interviewer_id: str) -> LetterDraft:
        """The letter to one interviewer. Raises UserError where there is none."""
        for page in self.pages:
            if page.letter.interviewer_id == interviewer_id:
                return page
        known = ", ".join(page.letter.interviewer_id for page in self.pages) or "nobody"
        raise UserError(f"There is no letter to '{interviewer_id}'.", f"There are letters to {known}.")

    def with_text(self, interviewer_id: str, text: str) -> "LetterDrafts":
        """The sheet with one letter edited; the drafted text itself (or nothing) is no edit."""
        page = self.page(interviewer_id)
        plain = text.strip()
        edited = "" if plain in ("", page.letter.text.strip()) else f"{plain}\n"
        return self._with(replace(page, edited=edited))

    def with_sent(self, interviewer_id: str, on: str) -> "LetterDrafts":
        """The sheet with one letter marked as sent on a day; "" takes the mark away."""
        return self._with(replace(self.page(interviewer_id), sent_on=on))

    def _with(self, page: LetterDraft) -> "LetterDrafts":
        same = page.letter.interviewer_id
        return replace(self, pages=tuple(page if each.letter.interviewer_id == same else each for each in self.pages))


def drafted(
    id_: str, letters: Sequence[Letter], kept: LetterDrafts | None = None, again: bool = False, job_id: str = ""
) -> LetterDrafts:
    """The letters as a sheet. What was edited or sent stays as it is, unless `again` asks to begin anew.

    A kept letter to somebody who is not among the interviewers any more stays too, when it was edited.
    """
    if kept is None or again:
        return LetterDrafts(id_, tuple(LetterDraft(letter) for letter in letters), job_id)
    old = {page.letter.interviewer_id: page for page in kept.pages}
    pages = [
        replace(old[letter.interviewer_id], letter=letter) if letter.interviewer_id in old else LetterDraft(letter)
        for letter in letters
    ]
    new = {letter.interviewer_id for letter in letters}
    gone = (page for key, page in old.items() if key not in new and (page.edited or page.sent_on))
    return LetterDrafts(id_, (*pages, *gone), job_id)

"""Letters kept: what was edited is never lost to a new draft."""

from dataclasses import replace
from urllib.parse import unquote

import pytest

from simulator.errors import UserError
from simulator.followup.interview_record import record_of_session
from simulator.followup.letter_drafts import drafted
from simulator.followup.letter_output import as_markdown, files_of, mailto
from simulator.followup.letters import draft_letters
from tests.followup.made import CAST, JOB, LINES, SESSION

LETTERS = draft_letters(record_of_session(SESSION, CAST, JOB).with_lines(LINES))
SHEET = drafted("s", LETTERS)


def test_what_was_edited_stays_when_drafted_again() -> None:
    edited = SHEET.with_text("ward-manager", "Dear Ruth,\n\nMine.")
    again = drafted("s", LETTERS, edited)
    assert again.page("ward-manager").text == "Dear Ruth,\n\nMine.\n"
    assert again.page("operations-director").text == LETTERS[1].text


def test_only_when_asked_does_a_draft_replace_what_was_edited() -> None:
    edited = SHEET.with_text("ward-manager", "Mine.")
    assert drafted("s", LETTERS, edited, again=True) == SHEET


def test_the_draft_itself_is_no_edit() -> None:
    assert SHEET.with_text("ward-manager", LETTERS[0].text) == SHEET
    assert SHEET.with_text("ward-manager", "Mine.").with_text("ward-manager", "") == SHEET


def test_an_edited_letter_to_somebody_who_is_gone_is_kept() -> None:
    edited = SHEET.with_text("operations-director", "Mine.").with_sent("operations-director", "2026-11-24")
    left = drafted("s", LETTERS[:1], edited)
    assert left.page("operations-director").text == "Mine.\n"
    assert left.page("operations-director").sent_on == "2026-11-24"


def test_a_letter_to_nobody_is_a_problem_that_names_who_there_is() -> None:
    with pytest.raises(UserError, match="ward-manager"):
        SHEET.with_text("bob", "Mine.")


def test_a_mail_link_carries_every_character_of_the_letter() -> None:
    letter = replace(LETTERS[0], email="ruth+ward@example.org", subject="Thank you & more: 100% “ä”?")
    page = replace(SHEET.pages[0], letter=letter, edited="Dear Ruth,\n\nä & b = c? #1 100%\n")
    link = mailto(page)
    address, _, rest = link.removeprefix("mailto:").partition("?")
    assert address == "ruth+ward@example.org"
    subject, _, body = rest.removeprefix("subject=").partition("&body=")
    assert unquote(subject) == letter.subject
    assert unquote(body) == "Dear Ruth,\r\n\r\nä & b = c? #1 100%\r\n"
    assert all(char.isascii() and char not in ' "<>\n' for char in link)


def test_markdown_shows_the_letter_and_where_it_comes_from() -> None:
    text = as_markdown(SHEET.pages[0])
    assert text.startswith("# To Ruth Adeyemi\n")
    assert f"{SHEET.pages[0].letter.bye}  \nSam Rivers" in text
    assert "comes from what Ruth Adeyemi said, in your own words" in text


def test_what_looks_like_markdown_in_a_letter_stays_as_it_was_written() -> None:
    page = SHEET.with_text("ward-manager", "Dear Ruth,\n\n*Not* a <b>list</b> [1].").pages[0]
    assert r"\*Not\* a \<b\>list\</b\> \[1\]." in as_markdown(page)


def test_each_letter_has_a_file_of_its_own() -> None:
    names = [name for name, _ in files_of((*SHEET.pages, SHEET.pages[0]), "text")]
    assert names == ["ruth-adeyemi.txt", "marek-dvorsky.txt", "ruth-adeyemi-2.txt"]

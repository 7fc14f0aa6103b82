"""How roles and places are named inside a sentence."""

from dataclasses import replace

import pytest

from simulator.followup.interview_record import record_of_session
from simulator.followup.letters import draft_letters
from simulator.followup.naming import place_in_text, role_in_text
from tests.followup.made import CAST, JOB, SESSION


@pytest.mark.parametrize(
    ("role", "inside"),
    [
        ("Staff nurse", "staff nurse"),
        ("Welsh teacher", "Welsh teacher"),
        ("Java developer", "Java developer"),
        ("Head of Sales", "Head of Sales"),
        ("Herdsperson", "herdsperson"),
    ],
)
def test_a_language_or_a_name_in_a_role_keeps_its_capital(role: str, inside: str) -> None:
    assert role_in_text(role) == inside


@pytest.mark.parametrize(
    "place",
    [
        "Museum of Salt",
        "Museum of Salt, Norwick",
        "University of Wexmouth",
        "Borough of Ellesmoor",
        "Parish of St Bride",
    ],
)
def test_what_is_named_by_what_it_is_has_an_article(place: str) -> None:
    assert place_in_text(place) == f"the {place}"


@pytest.mark.parametrize(
    "place",
    [
        "Redgate Fulfilment",
        "St Anne's Hospital",
        "Dorling & Pike",
        "The Belmont, Seacombe",
        "City of York Council",
        "Sound of Arran Ferries",
        "Isle of Mull Cheese",
        "Crumbs of Comfort",
        "Heart of Oak",
        "",
    ],
)
def test_any_other_name_has_none(place: str) -> None:
    assert place_in_text(place) == place


@pytest.mark.parametrize(
    ("place", "said", "inside"),
    [
        ("National Trust", "i have been a member of the national trust since i was six", "the National Trust"),
        ("Theatre Royal, Calder", "I saw it at the Theatre Royal.", "the Theatre Royal, Calder"),
        ("Bank of Aldmoor", "My mother worked for Bank of Aldmoor.", "Bank of Aldmoor"),
        ("Redgate", "I see the Redgate lorries every day.", "Redgate"),
    ],
)
def test_a_name_is_said_as_people_say_it(place: str, said: str, inside: str) -> None:
    assert place_in_text(place, [said]) == inside


def test_a_letter_names_the_place_with_its_article() -> None:
    record = replace(record_of_session(SESSION, CAST, JOB), company="Museum of Salt")
    assert all(
        " at the Museum of Salt" in each.text and each.subject.endswith(" at the Museum of Salt")
        for each in draft_letters(record)
    )

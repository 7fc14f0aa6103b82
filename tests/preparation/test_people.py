"""The people around an application, and what to do next about each."""

import pytest

from simulator.errors import UserError
from simulator.preparation.people import Person, PersonKind, changed_person, done, new_person, next_step


def test_a_person_has_a_name_an_id_and_what_is_known() -> None:
    person = new_person(" Tom  Lee ", PersonKind.REFERENCE, ["tom-lee"], phone="0 12", knows="the night list")
    assert person == Person("tom-lee-2", "Tom Lee", PersonKind.REFERENCE, phone="0 12", knows="the night list")


@pytest.mark.parametrize("address", ["tom", "tom@", "@place", "a b@c", "a@b@c"])
def test_an_address_that_cannot_be_one_is_told(address: str) -> None:
    with pytest.raises(UserError, match="no mail address"):
        new_person("Tom", PersonKind.CONTACT, [], email=address)


def test_nobody_is_without_a_name() -> None:
    with pytest.raises(UserError, match="needs a name"):
        new_person("  ", PersonKind.CONTACT, [])
    with pytest.raises(UserError, match="needs a name"):
        changed_person(new_person("Tom", PersonKind.CONTACT, []), name="")


def test_what_is_noted_can_be_corrected() -> None:
    tom = changed_person(new_person("Tom", PersonKind.CONTACT, []), kind="reference", email="tom@place")
    assert tom == Person("tom", "Tom", PersonKind.REFERENCE, email="tom@place")


def test_a_reference_is_asked_first_and_then_reachable() -> None:
    tom = new_person("Tom Lee", PersonKind.REFERENCE, [])
    assert next_step(tom, "Cook") == "Ask Tom before anybody calls, and say what the Cook job is about."
    tom = done(tom)
    assert tom.told
    assert next_step(tom) == "Note how Tom can be reached."
    assert next_step(changed_person(tom, phone="0 12")) == ""


@pytest.mark.parametrize("kind", [PersonKind.CONTACT, PersonKind.ALUMNUS])
def test_a_contact_is_written_to_once(kind: PersonKind) -> None:
    ann = new_person("Ann Bo", kind, [], company="Nordlicht")
    assert "Ann" in next_step(ann)
    assert "Nordlicht" in next_step(ann)
    assert next_step(done(ann)) == ""


def test_an_interviewers_role_is_found_out() -> None:
    ann = new_person("Ann Bo", PersonKind.INTERVIEWER, [])
    assert next_step(ann) == "Find out what Ann Bo does there."
    assert next_step(changed_person(ann, role="head nurse")) == ""

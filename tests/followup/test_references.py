"""Notes to references: who may call, what came up, what they could affirm."""

import re
from dataclasses import replace

from simulator.followup.interview_record import record_of_session
from simulator.followup.references import ReferenceNote, draft_notes, points_for, weak_spots, witnessed
from simulator.followup.told_stories import SourceKind
from simulator.preparation.people import Person, PersonKind
from simulator.preparation.stories import Story
from simulator.sessions.session import Session
from tests.followup.made import ANSWERS, CAST, JOB, LIST, SESSION

KARIN = Person("karin-holm", "Karin Holm", PersonKind.REFERENCE, "ward sister")
OTTO = Person("otto", "Otto Lang", PersonKind.REFERENCE, knows="calm with relatives on the late shift", told=True)
OCCASION = record_of_session(SESSION, CAST, JOB, (LIST,))


def note(
    person: Person = KARIN, session: Session | None = SESSION, stories: tuple[Story, ...] = (LIST,)
) -> ReferenceNote:
    return draft_notes(OCCASION, [person], stories, JOB, session)[0]


def test_a_note_says_who_may_call_and_about_what() -> None:
    text = note().text
    assert "for the role of staff nurse at St Anne's Hospital" in text
    assert "Ruth Adeyemi (ward manager) and Marek Dvorsky (operations director)" in text


def test_the_weak_spot_is_the_lowest_scored_answer_in_plain_words() -> None:
    spots = weak_spots(SESSION)
    assert spots[0].answer_id == ANSWERS[3].id
    assert re.fullmatch(
        r"When I was asked about a time I helped an unhappy customer, I (?:gave no|spoke in general and).* example\.",
        spots[0].says,
    )
    assert spots[0].says in note().text


def test_what_speaks_of_the_reference_as_she_is_left_out_of_the_note_and_that_is_told() -> None:
    about = "She was there when the list went up."
    karin = note(replace(KARIN, knows=f"{about} You read my plan for the nights."))
    assert about not in karin.text
    assert "You read my plan for the nights." in karin.text
    assert any(about in hint for hint in karin.hints)


def test_a_story_whose_deed_names_nobody_is_told_from_its_situation_on() -> None:
    story = replace(LIST, situation="A porter knew all the doors.", action="I asked him for a map.")
    assert "A porter knew all the doors. I asked him for a map." in note(stories=(story,)).text
    assert LIST.situation not in note().text


def test_without_a_weak_answer_or_scores_none_is_made_up() -> None:
    strong = replace(SESSION, answers=ANSWERS[1:3])
    assert weak_spots(strong) == ()
    assert "less well" not in note(session=strong).text
    assert "less well" not in note(session=None).text


def test_a_witness_is_asked_for_what_they_saw_that_the_job_asks_for() -> None:
    found = note()
    assert found.points[0].story_id == LIST.id
    assert found.points[0].requirement
    assert "I drew up a list of one page with the night staff." in found.text


def test_what_a_reference_is_noted_to_know_speaks_to_a_requirement() -> None:
    points = points_for(OTTO, (), ("Calm with relatives", "Driving licence"))
    assert [(point.requirement, point.seen) for point in points] == [("Calm with relatives", OTTO.knows)]


def test_a_story_is_only_claimed_for_those_who_saw_it() -> None:
    assert witnessed(KARIN, [LIST]) == (LIST,)
    assert witnessed(OTTO, [LIST]) == ()
    assert witnessed(replace(OTTO, knows="she made The handover list"), [LIST]) == (LIST,)
    assert witnessed(replace(KARIN, name="Karin Berg"), [LIST]) == ()
    assert len(witnessed(KARIN, [replace(LIST, witness="Karin")])) == 1


def test_without_anything_to_affirm_the_paragraph_is_left_out_and_the_user_told() -> None:
    found = note(stories=())
    assert "what you saw yourself" not in found.text
    assert any("Note what Karin Holm saw" in hint for hint in found.hints)


def test_who_was_not_asked_yet_may_say_no() -> None:
    assert "rather not be called" in note(KARIN).text
    assert "rather not be called" not in note(OTTO).text


def test_every_claim_of_a_note_has_a_place() -> None:
    paths = {LIST.id, OTTO.id, KARIN.id, JOB.id, SESSION.id, *(answer.id for answer in ANSWERS)}
    for person in (KARIN, OTTO):
        for part in note(person).paragraphs:
            for sentence in part:
                if sentence.kind is not SourceKind.COURTESY:
                    assert sentence.where in paths


def test_a_note_has_no_hole_where_nothing_is_known() -> None:
    bare = replace(OCCASION, role="", company="", candidate="", interviewers=())
    text = draft_notes(bare, [KARIN], (), None, None)[0].text
    assert text.startswith("Dear Karin Holm,\n\nI have had an interview, and somebody from there may call you.\n")
    assert "  " not in text
    assert text.endswith("Kind regards\n")


def test_markdown_has_the_same_words() -> None:
    found = note()
    assert found.markdown.startswith("# To Karin Holm\n")
    assert "Kind regards  \nSam Rivers" in found.markdown

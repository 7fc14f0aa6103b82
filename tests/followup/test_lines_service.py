"""The lines for letters: what is offered, kept for other letters, looked at, and read from a file."""

from dataclasses import replace
from pathlib import Path

import pytest

from simulator.errors import UserError
from simulator.followup.interview_record import (
    RecordedInterviewer,
    RecordedStatement,
    record_of_session,
)
from simulator.followup.lines_service import (
    Lines,
    apply,
    choices,
    keep,
    lines_from,
    looked_at,
    story_named,
    topics_offered,
    with_kept_lines,
    written_for,
)
from simulator.followup.repositories import Repositories
from simulator.followup.story_lines import LetterLines, Telling
from simulator.questions.bank import Kind
from simulator.sessions.session import LearnedKind
from simulator.sessions.store import Store
from tests.followup.made import CAST, JOB, LIST, MAREK, RUTH, SESSION, answered

PRACTICE = record_of_session(SESSION, CAST, JOB, (LIST,))
HER = PRACTICE.interviewers[0]


def said(text: str, kind: LearnedKind = LearnedKind.PRIORITY, aloud: bool = True) -> RecordedInterviewer:
    return RecordedInterviewer("x", "Xenia Lang", said=(RecordedStatement(kind, text, aloud),))


@pytest.mark.parametrize(
    ("text", "kind", "offered"),
    [
        ("I want somebody who picks up the phone.", LearnedKind.PRIORITY, "you want somebody who picks up the phone"),
        (
            "Our notes are one line or three pages.",
            LearnedKind.PROBLEM,
            "that your notes are one line or three pages",
        ),
        ("a calm handover", LearnedKind.PRIORITY, "a calm handover"),
        ("patience with those who wait for us", LearnedKind.PRIORITY, "patience with those who wait for you"),
        (
            "Two lorries leave half empty every Monday.",
            LearnedKind.PROBLEM,
            "that two lorries leave half empty every Monday",
        ),
        ("We're short of drivers.", LearnedKind.PROBLEM, "you're short of drivers"),
        (
            "Our parents nod in the clinic and then do no exercises. We start again.",
            LearnedKind.PROBLEM,
            "that your parents nod in the clinic and then do no exercises",
        ),
    ],
)
def test_what_they_said_is_offered_turned_to_you(text: str, kind: LearnedKind, offered: str) -> None:
    assert topics_offered(said(text, kind)) == (offered,)


@pytest.mark.parametrize(
    "text",
    [
        "We do one run, and then we never hear from them again, and nobody knows why that is.",
        "The surgeons shout at my nurses.",
        "Our boss blames us.",
        "Read the plan.",
        "Bikes come back. We fix a gear and they are in again in a week.",
        "The drivers of my three depots on the hill come back with every roster that my planner writes.",
        "No.",
    ],
)
def test_what_is_long_or_hurts_or_makes_no_sentence_is_not_offered(text: str) -> None:
    assert topics_offered(said(text)) == ()


def test_what_was_only_noted_is_not_offered_as_said() -> None:
    assert topics_offered(said("a calm handover", aloud=False)) == ()


def test_stories_can_be_named_by_number_or_id_and_something_else_is_always_possible() -> None:
    known = choices(PRACTICE, HER)
    assert story_named(PRACTICE, HER, "1") == known[0]
    assert story_named(PRACTICE, HER, "02-1").where == "s/02-1"
    assert known[-1].label == "something else you did"
    with pytest.raises(UserError, match="no story '99'"):
        story_named(PRACTICE, HER, "99")


def test_a_stored_story_and_a_well_written_answer_are_offered_as_lines_and_speech_is_not() -> None:
    stored = next(each for each in PRACTICE.told if each.where == LIST.id)
    assert written_for(PRACTICE, RUTH.id, stored)["did"] == LIST.action
    spoken = next(each for each in PRACTICE.told if each.where == "s/02-1")
    assert not any(written_for(PRACTICE, RUTH.id, spoken)[name] for name in ("problem", "did", "outcome"))
    text = (
        "In the second week of May two classes needed the same power packs at the same time. I made a simple grid "
        "for the prep room door. By week four, four of the five teachers filled it in."
    )
    typed = answered(2, text, "Tell me about a time you planned something.", Kind.BEHAVIOURAL, MAREK, "planning")
    record = record_of_session(replace(SESSION, answers=(typed,)), CAST, JOB)
    written = written_for(record, MAREK.id, record.told[0])
    assert [written[name].split()[0] for name in ("problem", "did", "outcome")] == ["In", "I", "By"]
    assert all(len(written[name].split()) <= 30 for name in ("problem", "did", "outcome"))


def test_no_line_is_offered_that_points_to_a_sentence_left_out() -> None:
    text = (
        "Listening to people is what I do best, also to those who feel they have nothing at all to say to anybody. "
        "There was a tiler who refused to be interviewed. I took him for a roll and asked what he had done the day "
        "before. He had spent two hours on one tile in a hospice, because a nurse had said the crack looked like a "
        "frown. I wrote that up as the lead story. Thirty in a hundred opened it."
    )
    typed = answered(2, text, "What are you better at than most?", Kind.BEHAVIOURAL, MAREK, "initiative")
    record = record_of_session(replace(SESSION, answers=(typed,)), CAST, JOB)
    written = written_for(record, MAREK.id, record.told[0])
    assert written["problem"] == "There was a tiler who refused to be interviewed."
    assert written["did"].startswith("I took him for a roll")
    assert "a frown. I wrote that up" in written["did"]


def test_a_typed_answer_in_whole_sentences_is_offered_part_by_part() -> None:
    text = (
        "At the pool the lockers were always full by nine. I counted the broken ones and wrote their numbers down. "
        "Most only lacked a key. I ordered forty keys and tried each of them. Since June nobody has had to wait."
    )
    typed = answered(2, text, "Tell me about something you improved.", Kind.BEHAVIOURAL, MAREK, "initiative")
    record = record_of_session(replace(SESSION, answers=(typed,)), CAST, JOB)
    written = written_for(record, MAREK.id, record.told[0])
    assert written["problem"].startswith("At the pool")
    assert written["did"].endswith("I ordered forty keys and tried each of them.")
    assert "lacked" not in written["did"]
    assert written["outcome"] == "Since June nobody has had to wait."


def test_the_form_shows_the_reason_that_stands_in_the_letter() -> None:
    noted = replace(PRACTICE, reason="I have lived beside the plant since I was nine.")
    assert written_for(noted, RUTH.id, None)["why"] == noted.reason
    assert written_for(noted, MAREK.id, None)["why"] == ""


def test_an_answer_whose_parts_were_not_all_found_is_not_offered_as_one_line() -> None:
    story = replace(PRACTICE.told[0], parts=("", "I weighed the bin. I moved the boxes.", "It was 40% less."))
    assert not any(written_for(PRACTICE, RUTH.id, story)[name] for name in ("problem", "did", "outcome"))


def test_a_story_is_asked_for_once_and_known_in_the_letters_of_another_interview(tmp_path: Path) -> None:
    repositories = Repositories(Store(tmp_path / "sessions.db"))
    told = LetterLines("s").with_telling(LIST.id, Telling("It was slow.", "I drew a list.", "It was quick."))
    keep(repositories, PRACTICE.with_lines(told))
    other = replace(PRACTICE, id="t")
    assert with_kept_lines(repositories, other).lines.telling(LIST.id).did == "I drew a list."
    assert with_kept_lines(repositories, replace(other, told=())).lines.tellings == {}


def looked(**values: str) -> str:
    story = next(each for each in PRACTICE.told if each.where == "s/03-1")
    return " ".join(looked_at(PRACTICE, HER, story, values))


def test_what_is_odd_in_the_lines_is_told_as_they_are_written() -> None:
    good = {
        "problem": "A visitor was shouting at the desk because nobody had called him.",
        "did": "I took him to the side room and told him everything that had happened.",
        "outcome": "He came back the next morning to thank us.",
    }
    assert looked(**good) == ""
    assert "“What you did” has 31 words" in looked(**good | {"did": "I " + "really " * 29 + "listened."})
    assert "Begin the line with “I”" in looked(**good | {"did": "Rang the office at once."})
    assert "what was wrong before or what came of it" in looked(did="I rang.")
    assert "Write “you” instead" in looked(**good | {"outcome": "Even Ruth thanked me."})
    assert "better not named" in looked(**good | {"problem": "Mrs Akhtar was shouting at the desk."})
    assert "number “thirty”" in looked(**good | {"outcome": "He thanked us with thirty cakes."})


def test_lines_come_from_a_file_for_several_letters_and_a_reason_for_nobody_goes_into_the_first() -> None:
    entries = lines_from(
        b'[{"to": "Ruth", "did": "I rang.", "outcome": "He came."}, {"why": "I like it."}]', "lines.json"
    )
    record = apply(PRACTICE, entries)
    assert record.lines.telling("s/03-1") == Telling("", "I rang.", "He came.")
    assert (record.lines.of(RUTH.id).why, record.lines.of(MAREK.id).why) == ("I like it.", "")
    assert apply(record, (Lines(to="Ruth", did="I called."),)).lines.telling("s/03-1").outcome == "He came."


@pytest.mark.parametrize("raw", [b"", b"{}", b"[1]", b'[{"to": 3}]', b"\xff", b"[" * 5000])
def test_a_file_that_holds_no_lines_is_told(raw: bytes) -> None:
    with pytest.raises(UserError, match="does not hold lines"):
        lines_from(raw, "lines.json")


def test_whose_letter_it_is_must_be_known() -> None:
    with pytest.raises(UserError, match="Whose letter"):
        apply(PRACTICE, (Lines(did="I rang."),))
    with pytest.raises(UserError, match="'Bob' did not interview"):
        apply(PRACTICE, (Lines(to="Bob", did="I rang."),))
    with pytest.raises(UserError, match="too long"):
        apply(PRACTICE, (Lines(to="Ruth", did="x" * 700),))

"""Interviewers' files: the shipped ones are different people, and mistakes in one's own are told with their place."""

import itertools
import re
from pathlib import Path

import pytest

from simulator.data_files import BrokenFile
from simulator.interview.interviewer import (
    CANDIDATE,
    MANNERS,
    TOPICS,
    Interviewer,
    broken_interviewers,
    find_interviewers,
    parse_interviewer,
    read_interviewer,
)
from simulator.paths import shipped
from simulator.questions.advice import private, spoken_notes
from simulator.questions.bank_files import COMPETENCIES

FOLDER = shipped("assets") / "interviewers"
PEOPLE = find_interviewers([FOLDER])
each_person = pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.id)

FILE = """\
interviewer: ann
name: Ann Lee
role: head of everything
manner: warm
greeting: Hello, {candidate}.
thanks: Thank you.
priorities: [calm]
pressing_problem: Too much noise.
"""


def test_all_shipped_files_are_in_order_and_named_after_their_ids() -> None:
    assert broken_interviewers([FOLDER]) == []
    assert {person.id for person in PEOPLE} == {path.stem for path in FOLDER.glob("*.yaml")}


def test_there_are_many_of_all_manners_both_genders_and_many_fields() -> None:
    assert len(PEOPLE) >= 8
    assert {person.manner for person in PEOPLE} == set(MANNERS)
    genders = [person.voice.gender for person in PEOPLE]
    assert min(genders.count("female"), genders.count("male")) >= 4
    assert len({person.field for person in PEOPLE}) >= 8
    assert (
        len({person.name for person in PEOPLE}) == len({person.pressing_problem for person in PEOPLE}) == len(PEOPLE)
    )


def test_any_two_voices_differ_audibly() -> None:
    """By gender, by 15 points of pitch, by 25 words a minute, or by two smaller differences at once."""
    for one, other in itertools.combinations(PEOPLE, 2):
        a, b = one.voice, other.voice
        pitch, rate = abs(a.pitch - b.pitch), abs(a.words_per_minute - b.words_per_minute)
        plain = a.gender != b.gender or pitch >= 15 or rate >= 25
        small = (pitch >= 8) + (rate >= 10) + (a.variant != b.variant) + (a.accent != b.accent)
        assert plain or small >= 2, f"{one.id} sounds like {other.id}"


def test_every_competency_has_somebody_who_asks_about_it() -> None:
    assert {name for person in PEOPLE for name in person.competencies} == set(COMPETENCIES)


@each_person
def test_a_shipped_interviewer_has_something_to_say_to_what_candidates_ask(person: Interviewer) -> None:
    assert {"first_months", "success", "team", "culture", "growth", "next_steps", "pay"} <= set(person.answers)
    assert len(person.priorities) >= 2
    assert len(person.acknowledgements) >= 3
    assert set(person.competencies) <= set(COMPETENCIES)


@each_person
def test_what_a_shipped_interviewer_says_can_be_said_and_is_nobodys_business(person: Interviewer) -> None:
    said = [
        person.greeting,
        person.thanks,
        *person.answers.values(),
        *person.acknowledgements,
        person.pressing_problem,
    ]
    for words in said:
        plain = words.replace(CANDIDATE, "Kim")
        assert [note for note in spoken_notes(plain) if "listener" not in note] == [], words
        assert len(plain.split()) <= 50, words
        assert private(plain) == [], words
        assert re.search(r"[.?]$", plain), words


def test_answers_are_each_persons_own() -> None:
    said = [words for person in PEOPLE for words in person.answers.values()]
    assert len(said) == len(set(said))


def test_what_may_be_left_out_has_a_sensible_default() -> None:
    person = parse_interviewer(FILE, Path("ann.yaml"))
    assert (person.id, person.voice.words_per_minute, person.answers, person.competencies) == ("ann", 165, {}, ())


@pytest.mark.parametrize(
    ("change", "place", "says"),
    [
        (("manner: warm", "manner: worm"), "4:9", "Did you mean 'warm'?"),
        (("{candidate}", "{name}"), "5:11", "Write {candidate}"),
        (("Too much noise", "Too much {noise}"), "8:19", "Write it out"),
        (("role:", "rolle:"), "3:1", "Did you mean 'role'?"),
        (("priorities: [calm]", "priorities: calm"), "7:13", "should be a list"),
        (("pressing_problem", "voice: {pitch: 101}\npressing_problem"), "8:16", "from 0 to 100"),
        (("pressing_problem", "answers: {salary: much}\npressing_problem"), "8:11", "not a key of 'answers'"),
        (("pressing_problem", "voice: {gender: robot}\npressing_problem"), "8:17", "female"),
    ],
)
def test_mistakes_are_told_with_their_place_and_what_to_write(change: tuple[str, str], place: str, says: str) -> None:
    with pytest.raises(BrokenFile) as caught:
        parse_interviewer(FILE.replace(*change), Path("ann.yaml"))
    assert any(str(each).startswith(f"ann.yaml:{place}:") and says in str(each) for each in caught.value.findings)


def test_the_topics_are_those_that_questions_are_sorted_into() -> None:
    from simulator.interview.closing import topics

    assert {topic.id for topic in topics()} <= set(TOPICS)


def test_ones_own_stands_in_the_place_of_a_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(FILE.replace("interviewer: ann", "interviewer: ward-manager"))
    people = {person.id: person for person in find_interviewers([FOLDER, tmp_path])}
    assert people["ward-manager"].name == "Ann Lee"
    assert len(people) == len(PEOPLE)


def test_two_of_ones_own_with_one_id_are_told(tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(FILE)
    assert [person.path for person in find_interviewers([tmp_path])] == [tmp_path / "a.yaml"]
    (broken,) = broken_interviewers([tmp_path])
    assert "is used by" in str(broken)


def test_a_broken_file_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("interviewer: [")
    (tmp_path / "b.yaml").write_text(FILE)
    assert [person.id for person in find_interviewers([tmp_path])] == ["ann"]
    assert [problem.path.name for problem in broken_interviewers([tmp_path])] == ["a.yaml"]


def test_a_file_reads_the_same_from_disk(tmp_path: Path) -> None:
    (tmp_path / "ann.yaml").write_text(FILE)
    assert read_interviewer(tmp_path / "ann.yaml") == parse_interviewer(FILE, tmp_path / "ann.yaml")

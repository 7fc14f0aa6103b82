"""Interviewers as the candidate noted them."""

from collections.abc import Sequence

import pytest

from simulator.assessment import alike
from simulator.interview import closing
from simulator.interview.interviewer import Interviewer
from simulator.interview.personas import as_persona, assign_personas, persona_panel
from simulator.interview.plan import MAX_INTERVIEWERS
from simulator.preparation.job import Job, Requirement, RequirementKind
from simulator.preparation.people import Person, PersonKind

WARD = Interviewer(
    "ward", "Ruth Adeyemi", "ward manager", "health", greeting="I am Ruth.", thanks="Ruth says thank you.",
    priorities=("calm",), answers={"priorities": "Calm.", "team": "We are eleven."},
)  # fmt: skip
MONEY = Interviewer("money", "Edmund Lau", "finance partner", "finance", priorities=("figures",))
SHOP = Interviewer("shop", "Lucia Ferrante", "shop owner", "retail")
DESK = Interviewer("desk", "Miriam Falk", "council officer", "public service")
EVERYBODY = (WARD, MONEY, SHOP, DESK)
JOB = Job("j", role="Nurse", priorities={"ann lee": ("a clear handover",)})


def person(name: str, role: str = "", plays: str = "") -> Person:
    return Person(name.lower(), name, PersonKind.INTERVIEWER, role=role, interviewer_id=plays)


def test_whoever_fits_the_role_plays_the_person() -> None:
    plays = assign_personas(
        [person("Ann Lee", "head of finance"), person("Bo", "runs the shop")], EVERYBODY, JOB, alike
    )
    assert {each: who.name for each, who in plays.items()} == {"money": "Ann Lee", "shop": "Bo"}


def test_the_candidates_own_choice_comes_first() -> None:
    plays = assign_personas(
        [person("Ann Lee", "head of finance"), person("Bo", plays="money")], EVERYBODY, JOB, alike
    )
    assert plays["money"].name == "Bo"
    assert "Ann Lee" in {who.name for who in plays.values()}


def test_a_panel_has_a_most() -> None:
    people = [person(f"Person {n}") for n in range(6)]
    assert len(assign_personas(people, EVERYBODY, JOB, alike)) == MAX_INTERVIEWERS


def test_without_a_model_the_first_who_is_free_plays() -> None:
    def nothing(one: str, others: Sequence[str]) -> list[float]:
        return [0.0] * len(others)

    plays = assign_personas([person("Ann Lee"), person("Bo")], EVERYBODY, JOB, nothing)
    assert list(plays) == ["ward", "money"]


def test_name_role_greeting_and_priorities_are_the_persons() -> None:
    ann = as_persona(WARD, person("Ann Lee", "head nurse"), JOB, {})
    assert (ann.id, ann.name, ann.role) == ("ward", "Ann Lee", "head nurse")
    assert "Ann Lee, head nurse" in ann.greeting
    assert ann.priorities == ("a clear handover",)
    assert "Ruth" not in f"{ann.greeting} {ann.thanks}"


KITCHEN = Interviewer(
    "kitchen", "Joao Teixeira", "restaurant manager", "hospitality", greeting="In my kitchen we are loud.",
    thanks="Back to the pots.", priorities=("clean knives",),
    pressing_problem="The dishwasher leaves us every March.",
    answers={topic.id: "In the kitchen it is hot." for topic in closing.topics()},
)  # fmt: skip


@pytest.mark.parametrize("question", ["What matters most to you?", "What is your hardest problem?", "And the team?",
                                      "What is the pay?", "What would my first week be?", "Purple?"])  # fmt: skip
def test_nobody_who_was_noted_tells_of_another_personas_work(question: str) -> None:
    bo = as_persona(KITCHEN, person("Bo Hart", "HR adviser"), JOB, {})
    reply = closing.reply_to(question, bo, ())
    assert reply.text
    said = f"{reply.text} {bo.greeting} {bo.thanks} {bo.role} {bo.priorities} {bo.pressing_problem}"
    assert not any(word in said for word in ("kitchen", "hot", "knives", "dishwasher", "pots", "restaurant"))


def test_of_a_person_nothing_is_known_of_the_posting_speaks_and_two_name_different_wishes() -> None:
    wishes = [
        ("r1", "Driving licence", RequirementKind.QUALIFICATION),
        ("r2", "calm with relatives", RequirementKind.SOFT),
        ("r3", "hand over to the next shift", RequirementKind.DUTY),
    ]
    job = Job("j", role="Nurse", company="St Anne's", requirements=tuple(Requirement(*each) for each in wishes))
    first, second = (as_persona(WARD, person("Bo"), job, {}, number) for number in (0, 1))
    assert first.role == "interviewer at St Anne's"
    assert first.priorities == ("calm with relatives", "hand over to the next shift")
    assert second.priorities == ("Driving licence",)
    reply = closing.reply_to("What matters most to you?", first, ())
    assert "calm with relatives" in reply.text
    assert [each.text for each in reply.learned] == list(first.priorities)


def test_what_presses_somebody_is_said_as_noted_and_not_as_a_priority() -> None:
    job = Job("j", priorities={"Ann Lee": ("a clear handover", "We lose a day a week.")})
    ann = as_persona(KITCHEN, person("Ann Lee"), job, {"Ann Lee": ("We lose a day a week.",)})
    assert ann.priorities == ("a clear handover",)
    assert closing.reply_to("What is your hardest problem?", ann, ()).text == "We lose a day a week."
    assert closing.reply_to("What matters most to you?", ann, ()).text == "What matters most to me? A clear handover."


def test_a_cast_is_those_noted_or_those_chosen() -> None:
    people = [person("Ann Lee", "head of finance")]
    assert [each.name for each in persona_panel((), people, EVERYBODY, JOB, alike, {})] == ["Ann Lee"]
    assert [each.name for each in persona_panel(("shop", "money"), people, EVERYBODY, JOB, alike, {})] == [
        "Lucia Ferrante", "Ann Lee",
    ]  # fmt: skip


@pytest.mark.parametrize("kind", list(RequirementKind))
def test_whatever_a_posting_asks_for_somebody_noted_for_the_job_can_ask_for_it(kind: RequirementKind) -> None:
    job = Job("j", role="Nurse", requirements=(Requirement("a", "Dress wounds", kind, True),))
    (host,) = persona_panel((), [person("Ann Lee", "ward sister")], EVERYBODY, job, alike, {})
    assert host.priorities == ("Dress wounds",)

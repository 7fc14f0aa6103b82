"""Interviewers as the candidate noted them."""

from simulator.interview.interviewer import Interviewer
from simulator.interview.noted import as_noted, noted_cast, who_plays
from simulator.interview.plan import MAX_INTERVIEWERS
from simulator.preparation.job import Job
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
    plays = who_plays([person("Ann Lee", "head of finance"), person("Bo", "runs the shop")], EVERYBODY, JOB)
    assert {each: who.name for each, who in plays.items()} == {"money": "Ann Lee", "shop": "Bo"}


def test_the_candidates_own_choice_comes_first() -> None:
    plays = who_plays([person("Ann Lee", "head of finance"), person("Bo", plays="money")], EVERYBODY, JOB)
    assert plays["money"].name == "Bo"
    assert "Ann Lee" in {who.name for who in plays.values()}


def test_a_panel_has_a_most() -> None:
    people = [person(f"Person {n}") for n in range(6)]
    assert len(who_plays(people, EVERYBODY, JOB)) == MAX_INTERVIEWERS


def test_name_role_greeting_and_priorities_are_the_persons() -> None:
    ann = as_noted(WARD, person("Ann Lee", "head nurse"), JOB.priorities)
    assert (ann.id, ann.name, ann.role) == ("ward", "Ann Lee", "head nurse")
    assert "Ann Lee, head nurse" in ann.greeting
    assert ann.priorities == ("a clear handover",)
    assert "priorities" not in ann.answers
    assert "Ruth" not in f"{ann.greeting} {ann.thanks}"


def test_what_is_not_known_stays() -> None:
    bo = as_noted(WARD, person("Bo"), {})
    assert bo.role == "ward manager"
    assert bo.priorities == ("calm",)
    assert bo.answers == WARD.answers


def test_a_cast_is_those_noted_or_those_chosen() -> None:
    people = [person("Ann Lee", "head of finance")]
    assert [each.name for each in noted_cast((), people, EVERYBODY, JOB)] == ["Ann Lee"]
    assert [each.name for each in noted_cast(("shop", "money"), people, EVERYBODY, JOB)] == [
        "Lucia Ferrante", "Ann Lee",
    ]  # fmt: skip

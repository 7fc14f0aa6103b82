"""The closing turn: what a question is about, who replies, and what is learned by it."""

import pytest

from simulator.interview import closing
from simulator.interview.interviewer import TOPICS
from simulator.sessions.session import LearnedKind
from tests.interview.people import ANN, BOB, interviewer

L = closing.LOOKED_UP


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("what is the biggest challenge for the new person", "challenge"),
        ("what keeps you awake at night about this ward", "challenge"),
        ("which qualification matters most to you", "priorities"),
        ("what are you looking for in the right person", "priorities"),
        ("how will you know after half a year that i did a good job", "success"),
        ("how do you measure success in this role", "success"),
        ("what would the first three months look like", "first_months"),
        ("who would i work with every day", "team"),
        ("is there room to grow into a lead role", "growth"),
        ("do you offer any training courses", "training"),
        ("what does a typical day look like", "day"),
        ("what do you like about working here", "culture"),
        ("are there any changes planned for next year", "change"),
        ("what happens next and when will i hear back", "next_steps"),
        ("how much is the salary and how many holidays", "pay"),
        ("when would I hear", "next_steps"),
        ("when can i expect an answer", "next_steps"),
        ("so who decides that", "deciding"),
        ("who would I actually be sitting next to", "team"),
        ("is the moon made of cheese", "unknown"),
    ],
)
def test_a_question_is_answered_by_its_topic(question: str, topic: str) -> None:
    assert closing.topic_of(question).id == topic


def test_every_topic_an_interviewer_may_answer_is_one_that_questions_have() -> None:
    known = {topic.id for topic in closing.topics()}
    assert set(TOPICS) - {"values"} <= known


def test_the_interviewers_own_words_come_before_the_general_ones() -> None:
    own = interviewer("cleo", answers={"pay": "We talk about that later."})
    assert closing.reply_to("what is the salary", own, ()).text == "We talk about that later."
    assert "make a note" in closing.reply_to("what is the salary", ANN, ()).text


def test_a_question_no_topic_is_known_for_gets_an_honest_reply() -> None:
    asked = "What would make you say after six months that the new person was the right choice?"
    reply = closing.reply_to(asked, ANN, ())
    assert reply.text == closing.topics()[-1].reply
    assert reply.learned == ()
    own = interviewer("cleo", answers={"unknown": "I cannot say."})
    assert closing.reply_to(asked, own, ()).text == "I cannot say."
    assert closing.reply_to(asked, own, ()).learned == ()


def test_asking_for_the_problem_or_the_priorities_teaches_them() -> None:
    (problem,) = closing.reply_to("what is the hardest problem", ANN, ()).learned
    (priority,) = closing.reply_to("what matters most to you", ANN, ()).learned
    assert (problem.kind, problem.text) == (LearnedKind.PROBLEM, "The handover is too slow")
    assert (priority.kind, priority.text) == (LearnedKind.PRIORITY, "calm under pressure")
    assert closing.reply_to("what is the hardest problem", ANN, (problem,)).learned == ()


def test_what_matters_most_reads_as_english_whatever_the_items_are() -> None:
    own = interviewer("cleo", priorities=("turning up", "how you get on with people", "somebody who asks"))
    assert closing.reply_to("what matters most to you", own, ()).text == (
        "What matters most to me? Turning up. How you get on with people. And somebody who asks."
    )


SIT = "You would sit with the team you work for."
ELEVEN = "We are eleven on the day side."


@pytest.mark.parametrize(
    ("question", "team", "reply"),
    [
        ("what is the size of the team and the starting date", SIT, f"How many exactly, and from when exactly: {L}"),
        ("How big is the team? When could I start?", ELEVEN, f"{ELEVEN} From when exactly: {L}"),
        ("how many people work here", SIT, f"How many exactly: {L}"),
        ("what is the team like", SIT, SIT),
        ("How big is the team, and do you have a dog?", ELEVEN, f"{ELEVEN} Your other question: {L}"),
        ("what are the strengths and weaknesses of the team", SIT, SIT),
    ],
)
def test_each_half_of_what_was_asked_is_answered_or_plainly_not_known(question: str, team: str, reply: str) -> None:
    assert closing.reply_to(question, interviewer("cleo", answers={"team": team}), ()).text == reply


def test_the_one_who_is_named_replies() -> None:
    assert closing.who_replies("bob what do you like here", (ANN, BOB), 0) is BOB


def test_the_one_who_asked_replies_to_an_aside() -> None:
    assert closing.who_replies("may i ask how big the team is", (ANN, BOB), 0, asker=BOB) is BOB


@pytest.mark.parametrize(
    "words", ["may i ask how many beds there are", "um sorry can i just ask what you mean by that"]
)
def test_asking_back_is_an_aside(words: str) -> None:
    assert closing.is_aside(words)


@pytest.mark.parametrize(
    "words",
    [
        "i asked my manager for help",
        "can i ask " + "and then i went on to tell them what had happened " * 6,
        "you may ask yourself why",
    ],
)
def test_an_answer_is_no_aside(words: str) -> None:
    assert not closing.is_aside(words)

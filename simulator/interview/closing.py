"""The turn in which the candidate asks: who replies, and with what.

The reply comes from the interviewer's own file, by topic; what it gives away (a priority, the
pressing problem) is noted, and from then on tailoring is judged against it.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from simulator.interview.interviewer import Interviewer
from simulator.paths import shipped
from simulator.sessions.session import Learned, LearnedKind
from simulator.texts import listed
from simulator.yaml_nodes import load_yaml

MOST_ROUNDS = 5
"""How often "anything else?" may be asked, so that a closing turn ends."""
MOST_REPLIES = 3
"""Questions replied to in one go; more would be a speech."""

ANYTHING_ELSE = (
    "Is there anything else you would like to ask?",
    "What else would you like to know?",
    "Anything more from your side?",
)
BACK_TO_THE_QUESTION = "Now, back to my question."
OF_COURSE = "Of course."
LEFT_OUT = "All right, we leave that one."
NOT_GUESSED = (
    "That is a good question, and I would rather find out than guess. What I can tell you is what matters most to me:"
)
MEANT = "Let me put it another way."
ONCE_MORE = "So:"
BACK_TO_BEFORE = "Of course, let us go back to that."

_ASIDE = re.compile(
    r"^(?:um |uh |er |well |so |sorry |but |excuse me |before (?:i|we) (?:answer|start|go on) )*"
    r"(?:may|can|could|might) i (?:please |just |quickly )?ask\b",
    re.IGNORECASE,
)
_ASIDE_WORDS = 45
"""An answer that begins with "may I ask" and is longer than this is an answer all the same."""


_AROUND = frozenset(
    re.findall(
        r"[a-z]+",
        "um uh er oh so well but sorry pardon excuse please kindly possibly just quite really im i am beg me my mind "
        "you your could can would will may might have did do does not didnt dont the that it this what was how "
        "question say saying said tell ask hear catch get repeat repeating again once more one time for to by mean "
        "exactly understand follow explain rephrase reword clarify",
    )
)
"""All the words of somebody who only asks back; any other one makes it an answer."""
_AGAIN = (
    *("again", "repeat", "pardon", "once more", "one more time", "not catch", "didnt catch"),
    *("not hear", "didnt hear", "not get", "didnt get"),
)
_MEANING = (
    *("do you mean", "does that mean", "not understand", "dont understand", "didnt understand", "dont follow"),
    *("not follow", "didnt follow", "you explain", "you rephrase", "you reword", "you clarify"),
)


class AskedBack(StrEnum):
    """What a candidate wants who did not get the question."""

    AGAIN = "again"
    MEANING = "meaning"


def asked_back(text: str) -> AskedBack | None:
    """Whether somebody asks for the question once more, or what is meant by it, and says nothing else."""
    words = _plain_words(text)
    if not words or not _AROUND.issuperset(words):
        return None
    plain = " ".join(word for word in words if word != "please")
    if any(phrase in plain for phrase in _MEANING):
        return AskedBack.MEANING
    return AskedBack.AGAIN if any(phrase in plain for phrase in _AGAIN) else None


def perhaps_asked_back(text: str) -> bool:
    """Whether a question may be only the wish to hear the prompt again, in other words ("What did you want?")."""
    others = [word for word in _plain_words(text) if word not in _AROUND]
    return len(others) <= 1 and topic_of(text) == topics()[-1]


def _plain_words(text: str) -> list[str]:
    return re.findall(r"[a-z]+", re.sub(r"['’]", "", text.lower()))


@dataclass(frozen=True, slots=True)
class Topic:
    """Something candidates ask about; `reply` is for interviewers who have none of their own."""

    id: str
    about: str
    words: tuple[str, ...]
    reply: str


@dataclass(frozen=True, slots=True)
class Reply:
    """What an interviewer says to one question, and what the candidate learned by it."""

    text: str
    topic: str
    interviewer_id: str
    learned: tuple[Learned, ...] = ()


@lru_cache(maxsize=1)
def topics() -> tuple[Topic, ...]:
    """The topics of `assets/topics.yaml`, in their order."""
    document = load_yaml(shipped("assets") / "topics.yaml")
    return tuple(
        Topic(entry["id"], entry["about"], tuple(entry["words"]), entry["reply"]) for entry in document["topics"]
    )


def topic_of(question: str) -> Topic:
    """What a candidate's question is about; the unknown topic when no word tells."""
    words = f" {' '.join(re.findall(r'[a-z]+', question.lower().replace(chr(39), '')))} "
    best = topics()[-1]
    most = 0
    for topic in topics():
        # A phrase tells more than a word.
        found = sum(1 + phrase.count(" ") for phrase in topic.words if f" {phrase} " in words)
        if found > most:
            best, most = topic, found
    return best


def is_aside(text: str) -> bool:
    """Whether the candidate asks back ("May I ask ...?") in place of answering."""
    return bool(_ASIDE.match(text.strip())) and len(text.split()) <= _ASIDE_WORDS


def who_replies(
    question: str, interviewers: Sequence[Interviewer], turn: int, asker: Interviewer | None = None
) -> Interviewer:
    """The interviewer addressed by name, else `asker`, else each in turn, but one who has something to say to it."""
    low = question.lower()
    for interviewer in interviewers:
        names = [part.lower() for part in interviewer.name.split() if len(part) > 2]
        if any(re.search(rf"\b{re.escape(name)}\b", low) for name in names):
            return interviewer
    if asker:
        return asker
    topic = topic_of(question)
    in_turn = [interviewers[(turn + step) % len(interviewers)] for step in range(len(interviewers))]
    return next((interviewer for interviewer in in_turn if own_words(topic, interviewer)), in_turn[0])


def reply_to(question: str, interviewer: Interviewer, known: Sequence[Learned]) -> Reply:
    """The interviewer's reply in character. Where nothing fits they say so and offer to find out.

    `known` is what the candidate has learned already, so that it is not noted twice.
    """
    topic = topic_of(question)
    return Reply(
        text=own_words(topic, interviewer) or topic.reply,
        topic=topic.id,
        interviewer_id=interviewer.id,
        learned=tuple(learned for learned in _given_away(topic, interviewer) if learned not in known),
    )


def replies(
    questions: Sequence[str],
    interviewers: Sequence[Interviewer],
    round_: int,
    asker: Interviewer | None,
    known: Sequence[Learned],
    plainly: Callable[[str, Interviewer], str] = lambda _question, _asked: "",
) -> list[Reply]:
    """The replies to what was asked in one go; `known` is what the candidate has learned already.

    `plainly` tells a fact that somebody asks for, "" where it is none.
    """
    learned = list(known)
    found: list[Reply] = []
    for number, question in enumerate(questions[:MOST_REPLIES]):
        who = who_replies(question, interviewers, round_ + number, asker)
        told = plainly(question, who)
        reply = Reply(told, "", who.id) if told else reply_to(question, who, learned)
        learned.extend(reply.learned)
        found.append(reply)
    return found


def said_again(wanted: AskedBack, prompt: str, guidance: str) -> str:
    """A prompt once more, after what it is meant to bring out where that is asked for and known."""
    if wanted is AskedBack.MEANING and guidance:
        return f"{MEANT} {guidance} {ONCE_MORE} {prompt}"
    return f"{OF_COURSE} {prompt}"


def own_words(topic: Topic, interviewer: Interviewer) -> str:
    """What this interviewer's file says to a topic, "" where it says nothing."""
    if own := interviewer.answers.get(topic.id):
        return own
    if topic.id == "priorities" and interviewer.priorities:
        return f"What matters most to me is {listed(interviewer.priorities)}."
    if topic.id == "challenge" and interviewer.pressing_problem:
        return _sentence(interviewer.pressing_problem)
    if topic == topics()[-1] and interviewer.priorities:
        # Nothing is made up: what this person does know is told.
        return f"{NOT_GUESSED} {listed(interviewer.priorities)}."
    return ""


def _given_away(topic: Topic, interviewer: Interviewer) -> tuple[Learned, ...]:
    told = topic == topics()[-1] and topic.id not in interviewer.answers
    if topic.id == "priorities" or told:
        return tuple(
            Learned(interviewer.id, interviewer.name, LearnedKind.PRIORITY, priority)
            for priority in interviewer.priorities
        )
    if topic.id == "challenge" and interviewer.pressing_problem:
        return (Learned(interviewer.id, interviewer.name, LearnedKind.PROBLEM, interviewer.pressing_problem),)
    return ()


def _sentence(text: str) -> str:
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?")) else ".")

"""The turn in which the candidate asks: who replies, and with what.

The reply comes from the interviewer's own file, by topic; what it gives away (a priority, the
pressing problem) is noted, and from then on tailoring is judged against it.
"""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

import msgspec

from simulator.errors import MissingPart
from simulator.interview.asked_back import AROUND, plain_words
from simulator.interview.interviewer import Interviewer
from simulator.language.vectors import shared_vectors
from simulator.paths import shipped
from simulator.reading.numbers_told import numbers_in
from simulator.sessions.session import Learned, LearnedKind
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
LEFT_OUT = "All right, we leave that one."
LEAST_LIKE = 0.68
"""How near in meaning a question must be to one that is known."""
MATTERS_MOST = "What matters most to me?"
LOOKED_UP = "I would have to look that up, and you will hear it from me."
BACK_TO_BEFORE = "Of course, let us go back to that."

_ASKS = re.compile(
    r"\s*(?:what|when|how|who|whom|where|which|why|is|are|do|does|can|could|would|will|should|may|have|has)\b",
    re.IGNORECASE,
)
_HALVES = re.compile(r"[?;]|,?\s+and\s+(?:also\s+)?", re.IGNORECASE)
_ASIDE = re.compile(
    r"^(?:um |uh |er |well |so |sorry |but |excuse me |before (?:i|we) (?:answer|start|go on) )*"
    r"(?:may|can|could|might) i (?:please |just |quickly )?ask\b",
    re.IGNORECASE,
)
_ASIDE_WORDS = 45
"""An answer that begins with "may I ask" and is longer than this is an answer all the same."""


def perhaps_asked_back(text: str) -> bool:
    """Whether a question may be only the wish to hear the prompt again, in other words ("What did you want?")."""
    others = [word for word in plain_words(text) if word not in AROUND]
    return len(others) <= 1 and topic_of(text) == topics()[-1]


@dataclass(frozen=True, slots=True)
class Topic:
    """Something candidates ask about, by `words` or nearly as `asked`; `reply`, or one of `more_replies` where that
    was said, is for interviewers who have none of their own.

    `number_in` is the topic whose answer tells it where there is a number in it; `looked_up` what an interviewer
    would have to look up, where nobody has a reply, or beside another.
    """

    id: str
    about: str
    words: tuple[str, ...]
    asked: tuple[str, ...] = ()
    reply: str = ""
    more_replies: tuple[str, ...] = ()
    number_in: str = ""
    looked_up: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """What an interviewer says to one question, and what the candidate learned by it."""

    text: str
    interviewer_id: str
    learned: tuple[Learned, ...] = ()


@lru_cache(maxsize=1)
def topics() -> tuple[Topic, ...]:
    """The topics of `assets/topics.yaml`, in their order."""
    document = load_yaml(shipped("assets") / "topics.yaml")
    return tuple(msgspec.convert(document["topics"], list[Topic]))


def topic_of(question: str) -> Topic:
    """What a candidate's question is about; the unknown topic when neither its meaning nor a word tells."""
    if near := _nearly_as_asked(question):
        return near
    words = f" {' '.join(re.findall(r'[a-z]+', question.lower().replace(chr(39), '')))} "
    best = topics()[-1]
    most = 0
    for topic in topics():
        # A phrase tells more than a word.
        found = sum(1 + phrase.count(" ") for phrase in topic.words if f" {phrase} " in words)
        if found > most:
            best, most = topic, found
    return best


def _nearly_as_asked(question: str) -> Topic | None:
    """The topic with a question that means the same; None where there is none, or no language model."""
    asked = [(topic, each) for topic in topics() for each in topic.asked]
    try:
        likeness = shared_vectors.of([each for _, each in asked]) @ shared_vectors.of([question])[0]
    except MissingPart:
        return None
    nearest = int(likeness.argmax())
    return asked[nearest][0] if likeness[nearest] >= LEAST_LIKE else None


def topics_of(question: str) -> list[Topic]:
    """What a question is about, which may be two things in one: each half that is a topic of its own."""
    halves = [half for half in _HALVES.split(question) if half.strip()]
    both_ask = all(map(_ASKS.match, halves))
    found = list(dict.fromkeys(topic for half in halves if (topic := topic_of(half)) != topics()[-1] or both_ask))
    return found if len(found) > 1 else [topic_of(question)]


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


def reply_to(question: str, interviewer: Interviewer, known: Sequence[Learned], said: Collection[str] = ()) -> Reply:
    """The interviewer's reply in character, to each half of what was asked; what they do not know they look up.

    `known` is what the candidate has learned already, so that it is not noted twice; `said` the replies they heard.
    """
    asked = topics_of(question)
    told: list[str] = []
    unknown: list[str] = []
    for topic in asked:
        words = own_words(topic, interviewer)
        if not words and topic.looked_up and (len(asked) > 1 or not topic.reply):
            unknown.append(topic.looked_up)
        else:
            told.append(words or _general_words(topic, said))
    if unknown:
        first, *more = unknown
        told.append(f"{', and '.join((first, *(each[:1].lower() + each[1:] for each in more)))}: {LOOKED_UP}")
    learned = (each for topic in asked for each in _given_away(topic, interviewer))
    return Reply(" ".join(told), interviewer.id, tuple(each for each in learned if each not in known))


def replies(
    questions: Sequence[str],
    interviewers: Sequence[Interviewer],
    round_: int,
    asker: Interviewer | None,
    known: Sequence[Learned],
    said: Collection[str] = (),
    plainly: Callable[[str, Interviewer], str] = lambda _question, _asked: "",
) -> list[Reply]:
    """The replies to what was asked in one go; `known` is what the candidate has learned already, `said`
    the replies they heard.

    `plainly` tells a fact that somebody asks for, "" where it is none.
    """
    learned = list(known)
    found: list[Reply] = []
    for number, question in enumerate(questions[:MOST_REPLIES]):
        who = who_replies(question, interviewers, round_ + number, asker)
        told = plainly(question, who)
        heard = (*said, *(each.text for each in found))
        reply = Reply(told, who.id) if told else reply_to(question, who, learned, heard)
        learned.extend(reply.learned)
        found.append(reply)
    return found


def _general_words(topic: Topic, said: Collection[str]) -> str:
    """What anybody may say to a topic: something that was not said yet, as long as there is anything."""
    return next((each for each in (topic.reply, *topic.more_replies) if each not in said), topic.reply)


def own_words(topic: Topic, interviewer: Interviewer) -> str:
    """What this interviewer's file says to a topic, "" where it says nothing."""
    if own := interviewer.answers.get(topic.id):
        return own
    if topic.number_in:
        nearby = interviewer.answers.get(topic.number_in, "")
        return nearby if numbers_in(nearby) else ""
    if topic.id == "priorities" and interviewer.priorities:
        # Each a sentence of its own: some are nouns and some are clauses.
        *before, last = interviewer.priorities
        ending = f"and {last}" if before and last[:1].islower() else last
        return " ".join((MATTERS_MOST, *map(_sentence, (*before, ending))))
    if topic.id == "challenge" and interviewer.pressing_problem:
        return _sentence(interviewer.pressing_problem)
    return ""


def _given_away(topic: Topic, interviewer: Interviewer) -> tuple[Learned, ...]:
    if topic.id == "priorities":
        return tuple(
            Learned(interviewer.id, interviewer.name, LearnedKind.PRIORITY, priority)
            for priority in interviewer.priorities
        )
    if topic.id == "challenge" and interviewer.pressing_problem:
        return (Learned(interviewer.id, interviewer.name, LearnedKind.PROBLEM, interviewer.pressing_problem),)
    return ()


def _sentence(text: str) -> str:
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?", "!")) else ".")

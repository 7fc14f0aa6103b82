"""A candidate who did not get the question asks back: whether the words are that, and what is said then."""

import re

from simulator.interview.asides import MOST_WORDS, Aside, Facts, aside_in, asks_about_the_work
from simulator.questions.advice import content_words
from simulator.questions.bank import Kind, Question

OF_COURSE = "Of course."
MEANT = "Let me put it another way."
EITHER = "Whichever you like: take the one that you can tell most about."
WIDELY = "Take it as widely as you like; whatever comes near it will do."
ONCE_MORE = "So:"
ANY_WORK = "Take any work that you have in mind: this job, or the one you want next."
ANY_PLACE = "Take any place that you have in mind: the one you would like to work for."
ONE_OF_YOURS = "One thing that you did is enough: what was going on, what you did yourself, and how it ended."
WHAT_HELPS = {
    Kind.OPENING: "Tell me in a few words what you do now, and what brings you here.",
    Kind.MOTIVATION: "I would like to hear one thing that you like about this work, and why it matters to you.",
    Kind.SITUATIONAL: "Think yourself into it, and tell me what you would do first and what after that.",
    Kind.STRENGTH: "Name one thing, and tell me of one day when it showed.",
    Kind.CLOSING: "Ask whatever you would like to know about the work, the people or what comes next.",
}
"""What a question without guidance is after, by its kind."""

AROUND = frozenset(
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
_WHAT_IS_MEANT = re.compile(
    r"(?:(?:um|uh|er|hm|oh|so|well|but|sorry|pardon|excuse me|please|and|my english is not (?:so|very) good) )*"
    r"(?:(?:what|which|how|whom?|where)(?: \w+){0,5} (?:do|did) you mean(?! to\b)(?: .+)?"
    r"|(?:can|could|would) you (?:please )?(?:explain|tell me|say) what (?:you|that|this) means?(?: .+)?"
    r"|what (?:does|do|did) (?:\w+ ){1,4}mean|what means (?:\w+ ?){1,4}|what is meant (?:by|with) .+"
    r"|(?:i )?(?:dont|do not|didnt|did not) (?:get|understand) (?:it|that|this|you|the question|this question))"
    r"(?: please| sorry)*"
)
_POINTING = frozenset({"what", "which", "the", "a", "an", "is", "are", "sorry", "excuse", "me"})
"""Besides these nothing but words of the interviewer: "Which step?"."""
_FEWEST_WORDS = 2
_MOST_WORDS_BACK = 30
"""Somebody may ask in so many words about those of the interviewer."""
_ALL_ASKED = re.compile(r"(?:[^.!?]+\?+\s*)+")
_OF_THE_PLACE = re.compile(r"\b(?:here|your|you(?! (?:mean|want|like|look|think)))\b", re.IGNORECASE)
_ALTERNATIVES = re.compile(r"\bor\b", re.IGNORECASE)
_ONLY_A_SOUND = re.compile(r"\s*(?:i'?m |i am )?(?:sorry|what|huh|hm+|excuse me|come again)\s*\?+\s*", re.IGNORECASE)
_WHICH = r"\b(?:which|what)(?: (?:kind|sort|type) of)? "
_WHICH_WORK = re.compile(rf"{_WHICH}(?:work|job|role|position|profession)\b", re.IGNORECASE)
_WHICH_PLACE = re.compile(rf"{_WHICH}(?:place|company|firm|employer|organi[sz]ation)\b", re.IGNORECASE)


ASKS_BACK = frozenset({Aside.AGAIN, Aside.MEANING})
"""What a candidate wants who did not get the question."""
_TO_THE_INTERVIEWER = re.compile(
    r"\?|\b(?:you|question|understand|hear|get|catch|sure|mean|means|again)\b", re.IGNORECASE
)
"""What is read by meaning has one of these, too."""


def asked_back(text: str, prompt: str = "", by_meaning: bool = False, only_asks: bool = False) -> Aside | None:
    """Whether somebody asks for the question once more, or what is meant by it, and says nothing else.

    Words of the `prompt` that was not understood may be asked about; `by_meaning` other ways of asking are
    understood, too. `only_asks`: it is known that these words are a question.
    """
    if _ONLY_A_SOUND.fullmatch(text):
        return Aside.AGAIN
    words = plain_words(text)
    if prompt and len(words) <= _MOST_WORDS_BACK and _WHAT_IS_MEANT.fullmatch(" ".join(words)):
        return Aside.MEANING
    if prompt and len(words) <= MOST_WORDS:
        said = _POINTING.union(re.findall(r"[a-z]+", prompt.lower()))
        asks = text.rstrip().endswith("?") and len(words) >= _FEWEST_WORDS and {"what", "which"}.intersection(words)
        if asks and said.issuperset(words):
            return Aside.MEANING
    if not words or not AROUND.issuperset(words):
        if not by_meaning:
            return None
        aside = aside_in(text) if _TO_THE_INTERVIEWER.search(text) else None
        if aside is None and (only_asks or _ALL_ASKED.fullmatch(text)) and _about_its_words(text, prompt):
            return Aside.MEANING
        return aside if aside in ASKS_BACK else None
    plain = " ".join(word for word in words if word != "please")
    if any(phrase in plain for phrase in _MEANING):
        return Aside.MEANING
    return Aside.AGAIN if any(phrase in plain for phrase in _AGAIN) else None


def _about_its_words(text: str, prompt: str) -> bool:
    """Whether a question is about the one that stands ("Rude in what way?"), and not about the place or the work."""
    if len(plain_words(text)) > _MOST_WORDS_BACK or not words_of_it(text, prompt):
        return False
    return not _OF_THE_PLACE.search(text) and not asks_about_the_work(text)


def words_of_it(text: str, prompt: str) -> frozenset[str]:
    """The words with a meaning of their own, as stems, that a text takes up from the prompt."""
    return (content_words(text) & content_words(prompt)) - AROUND


def plain_words(text: str) -> list[str]:
    """The words alone, in small letters."""
    return re.findall(r"[a-z]+", re.sub(r"['’]", "", text.lower()))


def said_again(prompt: str) -> str:
    """A prompt once more, in the same words."""
    return f"{OF_COURSE} {prompt}"


def explained(question: Question, asked: str, facts: Facts) -> str:
    """A question of the plan in other words: what it is after, what may be told, and the question once more."""
    which = _which_one(asked, facts)
    if not which and _ALTERNATIVES.search(asked):
        return f"{EITHER} {ONCE_MORE} {question.ask}"
    # What one should ask is not for the interviewer to say.
    guidance = question.guidance if question.kind is not Kind.CLOSING else ""
    plainly = WHAT_HELPS.get(question.kind, ONE_OF_YOURS)
    if not which and question.kind is not Kind.CLOSING and words_of_it(asked, question.ask):
        return f"{WIDELY} {plainly} {ONCE_MORE} {question.ask}"
    return " ".join(part for part in (MEANT, which, guidance or plainly, ONCE_MORE, question.ask) if part)


def in_plainer_words(prompt: str, asked: str, facts: Facts) -> str:
    """A follow-up in the words that were found for it."""
    which = _which_one(asked, facts)
    return " ".join(
        part for part in (EITHER if not which and _ALTERNATIVES.search(asked) else MEANT, which, prompt) if part
    )


def _which_one(asked: str, facts: Facts) -> str:
    """Which work or place is meant, where that was asked."""
    if _WHICH_WORK.search(asked):
        return f"I mean the work of this role: {facts.role}." if facts.role else ANY_WORK
    if _WHICH_PLACE.search(asked):
        return f"I mean {facts.company}." if facts.company else ANY_PLACE
    return ""

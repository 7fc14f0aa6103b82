"""How the line on what somebody said can stand in a sentence: as a noun, as a clause, or in their words.

"You told me about" takes a noun or an -ing phrase, "you said" a clause with a finite verb. Function words and endings
tell which of the two a line is; a whole sentence of theirs, repeated word for word, stands in quotation marks.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from simulator.followup.interview_record import RecordedInterviewer
from simulator.followup.story_lines import phrase_of
from simulator.followup.told_stories import likeness


class Form(StrEnum):
    """What a line is in the grammar of a sentence."""

    NAMED = "topic"
    CLAUSE = "said"
    QUOTED = "quoted"
    UNSURE = "unsure"
    """Neither a noun nor a clause for sure: the letter does without it."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """What somebody said, for a sentence. `elsewhere`: noted of them, and not said in this interview."""

    form: Form
    words: str
    elsewhere: bool = False


def reminder_of(line: str, person: RecordedInterviewer) -> Reminder | None:
    """The line on what a person said; None where there is none."""
    topic = phrase_of(line)
    if not topic:
        return None
    if theirs := _sentence_of_theirs(topic, [each.text for each in person.said if each.aloud]):
        return Reminder(Form.QUOTED, theirs)
    form = form_of(topic)
    words = topic.removeprefix("that ") if form is Form.CLAUSE else topic
    return Reminder(form, words, _is_only_noted(topic, person))


def form_of(topic: str) -> Form:
    """Whether a line is a clause, or something with a name: "you need somebody calm", "the long wait"."""
    words = re.findall(r"[\w'-]+", topic.lower().replace("’", "'"))
    first, *rest = words or [""]
    following = rest[0] if rest else ""
    if first == "that":
        return Form.CLAUSE
    if first.split("'")[0] in _SUBJECTS and following not in _OF_A_NOUN:
        return Form.NAMED if following.endswith("ing") and "'" not in first else Form.CLAUSE
    if first in _ANYBODY:
        return _of_anybody(following)
    if first in _ASKING:
        return Form.NAMED
    return Form.CLAUSE if _has_main_verb(words) else Form.NAMED


def _of_anybody(following: str) -> Form:
    """Of "somebody who stays" and "nobody wanting it", and of "nobody knows"."""
    if following in _OPENING or following in _OF_A_NOUN or following.endswith("ing"):
        return Form.NAMED
    return Form.CLAUSE if following in _FINITE or following.endswith(("s", "ed", "n't")) else Form.UNSURE


def _has_main_verb(words: Sequence[str]) -> bool:
    """Whether an auxiliary belongs to the line itself and not to something like "who", "when" or "you" inside it."""
    for place, word in enumerate(words):
        if word in _OPENING:
            return False
        if place and word in _SUBJECTS and words[0] not in _PREPOSITIONS:
            return False  # "the four thousand you have spent"
        if place and (word in _FINITE or word.endswith("n't") or re.fullmatch(r"\w+'(?:re|ll|ve)", word)):
            return True
    return False


def _sentence_of_theirs(topic: str, heard: Sequence[str]) -> str:
    """The sentence that a line repeats word for word; "" where it is none, or only a part of one."""
    plain = _bare(topic.removeprefix("that "))
    for text in heard:
        for sentence in re.findall(r"[A-Z][^.!?]*(?=[.!?])", text):
            if _bare(sentence) == plain:
                return str(sentence)
    return ""


def _bare(text: str) -> list[str]:
    return re.findall(r"[\w']+", text.lower().replace("’", "'"))


def _is_only_noted(topic: str, person: RecordedInterviewer) -> bool:
    """Whether it is nearer to something noted of this person before than to all they said and asked."""
    noted = [each.text for each in person.said if not each.aloud]
    aloud = [*(each.text for each in person.said if each.aloud), *person.asked]
    return bool(noted) and likeness(topic, noted) > likeness(topic, aloud)


_SUBJECTS = frozenset({"i", "you", "he", "she", "it", "we", "they", "there"})
_ANYBODY = frozenset({
    "nobody", "somebody", "everybody", "anybody", "someone", "everyone", "anyone", "nothing", "everything",
    "something",
})  # fmt: skip
_OF_A_NOUN = frozenset({"to", "with", "for", "from", "in", "on", "at", "of", "and", "else", "all", "both", "or"})
_OPENING = frozenset({
    "who", "that", "which", "whose", "when", "where", "what", "how", "why", "because", "if", "as", "after", "before",
    "until", "while", "since", "whether", "so", "though", "although", "unless", "whenever",
})  # fmt: skip
"""What opens a clause inside a line: a verb behind it is not the line's own."""
_ASKING = frozenset({"how", "what", "why", "where", "when", "who", "which", "whether"})
_PREPOSITIONS = frozenset(
    {"in", "on", "at", "for", "with", "by", "from", "after", "before", "during", "if", "sometimes"}
)
_FINITE = frozenset({
    "is", "are", "was", "were", "am", "has", "have", "had", "will", "would", "can", "could", "may", "might", "must",
    "shall", "should", "do", "does", "did", "cannot",
})  # fmt: skip

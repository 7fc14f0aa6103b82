"""How the line on what somebody said can stand in a sentence: as a noun, as a clause, or in their words.

"You told me about" takes a noun or an -ing phrase, "you said" a clause with a finite verb. Function words and endings
tell which of the two a line is; what may be either stands behind a colon, and so does what somebody wishes for: who
wants people that stay has not told about them. A whole sentence of theirs, word for word, stands in quotation marks.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from simulator.followup.dangling_references import FUNCTION_WORDS
from simulator.followup.interview_record import RecordedInterviewer, RecordedStatement
from simulator.followup.shapes import listed
from simulator.followup.story_lines import phrase_of
from simulator.followup.told_stories import likeness
from simulator.sessions.session import LearnedKind


class Form(StrEnum):
    """What a line is in the grammar of a sentence; the value names the sentence of a shape that takes it."""

    NAMED = "topic"
    CLAUSE = "said"
    QUOTED = "quoted"
    WISH = "wish"
    """What matters to them, with a name."""
    UNSURE = "open"
    """Neither a noun nor a clause for sure."""


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
    nearest = max(person.said, key=lambda each: likeness(topic, (each.text,)), default=None)
    wished = nearest is not None and nearest.kind is LearnedKind.PRIORITY
    if wished:
        topic = _as_wished(topic, nearest.text)  # type: ignore[union-attr]
    form = form_of(topic)
    if wished and form in (Form.NAMED, Form.UNSURE) and topic.split()[0] not in _ASKING:
        form = Form.WISH
    words = topic.removeprefix("that ") if form is Form.CLAUSE else topic
    return Reminder(form, words, _is_only_noted(topic, nearest, person))


def _as_wished(topic: str, theirs: str) -> str:
    """A line with their own "keeping your eyes" where it has "keep your eyes", which would be an order to them."""
    first, *rest = topic.split()
    doing, *following = phrase_of(theirs).split() or [""]
    doing = doing[:1].lower() + doing[1:]
    made = {f"{first}ing", f"{first}{first[-1]}ing", f"{first.removesuffix('e')}ing"}
    return " ".join([doing, *rest]) if doing in made and rest[:1] == following[:1] else topic


def form_of(topic: str) -> Form:
    """Whether a line is a clause, or something with a name: "you need somebody calm", "the long wait"."""
    words = re.findall(r"[\w'-]+", topic.lower().replace("’", "'"))
    first, *rest = words or [""]
    following = rest[0] if rest else ""
    if first == "that":
        return Form.NAMED if form_of(" ".join(rest)) is Form.NAMED else Form.CLAUSE
    if first.endswith("ing"):
        return Form.NAMED
    if first.split("'")[0] in _SUBJECTS and following not in _OF_A_NOUN:
        return Form.NAMED if following.endswith("ing") and "'" not in first else Form.CLAUSE
    if first in _ANYBODY:
        return _of_anybody(following)
    if first in _ASKING:
        return Form.NAMED
    if _has_main_verb(words):
        return Form.CLAUSE
    return Form.UNSURE if _may_have_verb(words) or _goes_on(words) else Form.NAMED


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
        if place and word in _SUBJECTS | _ANYBODY and words[0] not in PREPOSITIONS:
            return False  # "the four thousand you have spent", "a stone nobody had seen"
        if place and (word in _FINITE or word.endswith("n't") or re.fullmatch(r"\w+'(?:re|ll|ve)", word)):
            return True
    return False


def _may_have_verb(words: Sequence[str]) -> bool:
    """Whether two words may be a subject and its verb by their endings: "customers say", "a claim takes fifty days".

    They may also be a noun of two words ("overtime claims"); what stands in a clause of its own does not count.
    """
    plain = [*(word for word in words if word not in _ADVERBS), ""]
    for (before, word), following in zip(pairwise(plain), [*plain[2:], ""], strict=True):
        if word in _OPENING or word in _SUBJECTS:
            return False
        if not word or word in _NO_VERB or before in _NO_VERB or before[0].isdigit() or before.endswith("ing"):
            continue
        if (word.endswith("ing") and word not in VERBS) or (
            _ends_in_s(word) and (following in _OPENING or following.endswith("ing"))
        ):
            continue  # "overtime claims that reach you", "new clients waiting"
        many = before in _PLURAL or _ends_in_s(before)
        if word in VERBS or word in PASTS or word.endswith("ed") or many != _ends_in_s(word):
            return True
    return False


def _goes_on(words: Sequence[str]) -> bool:
    """Whether a verb may follow what "who" opens: "the people who get an offer never answer"."""
    opened = next((place for place, word in enumerate(words) if word in _OPENING), len(words))
    return any(word in _ADVERBS for word in words[opened + 2 :])


def _ends_in_s(word: str) -> bool:
    return word.endswith("s") and not word.endswith(("ss", "us", "is", "'s"))


def _sentence_of_theirs(topic: str, heard: Sequence[str]) -> str:
    """The sentence that a line repeats word for word; "" where it is none, or only a part of one."""
    plain = _bare(topic)
    for text in heard:
        for sentence in re.findall(r"[A-Z][^.!?]*(?=[.!?])", text):
            if _bare(sentence) == plain:
                return str(sentence)
    return ""


def _bare(text: str) -> list[str]:
    return re.findall(r"[\w']+", text.lower().replace("’", "'"))


def _is_only_noted(topic: str, nearest: RecordedStatement | None, person: RecordedInterviewer) -> bool:
    """Whether it is nearer to something noted of this person before than to all they said and asked."""
    noted = nearest is not None and not nearest.aloud
    return noted and likeness(topic, (nearest.text,)) > likeness(topic, person.asked)  # type: ignore[union-attr]


_SUBJECTS, _ANYBODY, _OF_A_NOUN = listed("subjects"), listed("anybody"), listed("of_a_noun")
_OPENING, _ASKING, PREPOSITIONS = listed("opening"), listed("asking"), listed("prepositions")
_FINITE, _PLURAL, _ADVERBS = listed("finite"), listed("plural"), listed("adverbs")
VERBS, PASTS = listed("verbs"), listed("pasts")
_MAY_DO = _PLURAL | VERBS | PASTS | (listed("people_unnamed") - _ANYBODY - _OPENING - _ASKING)
_NO_VERB = (FUNCTION_WORDS | _OF_A_NOUN | PREPOSITIONS | listed("no_verb")) - _MAY_DO

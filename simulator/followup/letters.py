"""Thank-you letters after an interview: one for each interviewer, of the candidate's own lines.

The app chooses the story by what the reader said, the candidate tells it again in three short lines, and a shape puts
them in order (`assets/letters/shapes.yaml`; no two people in one office get the same). Nothing that was said aloud is
printed, and nothing is hung on it. Without the lines the letter is a short note, and one question asks for them.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Any
from zlib import crc32

from simulator.followup.greeting import TITLES, bye_to, greeting_of
from simulator.followup.interview_record import InterviewRecord, RecordedInterviewer
from simulator.followup.reminders import Form, reminder_of
from simulator.followup.shapes import shapes
from simulator.followup.story_lines import Telling, phrase_of, sentence_of
from simulator.followup.told_stories import SourceKind, ToldStory, own_story, suggested
from simulator.followup.tracing import plain_words
from simulator.sessions.session import LearnedKind

ENOUGH = 90
"""Words from which a letter needs no second sentence of thanks."""
SHORT_ROLE = 3
"""Words of a role that can stand before "post": "the staff nurse post"."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a letter.

    `source` says in words where it comes from ("" for courtesy); `kind` and `where` say it for
    machines: the id of an answer, story, job or debrief, or the words that an interviewer said.
    """

    text: str
    source: str = ""
    kind: SourceKind = SourceKind.COURTESY
    where: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter to one interviewer. `hints` are for the candidate; `short`: a note without a story.

    `story` is the id of the story it tells, or would tell once the lines are there; "" for none.
    """

    interviewer_id: str
    to: str
    subject: str
    paragraphs: tuple[tuple[Sentence, ...], ...]
    signed: str = ""
    email: str = ""
    hints: tuple[str, ...] = ()
    greeting: str = ""
    bye: str = "Kind regards"
    shape: str = ""
    short: bool = False
    story: str = ""

    @property
    def text(self) -> str:
        """The letter as plain text."""
        body = "\n\n".join(" ".join(sentence.text for sentence in part) for part in self.paragraphs if part)
        name = f"\n{self.signed}" if self.signed else ""
        return f"{self.greeting or f'Dear {self.to},'}\n\n{body}\n\n{self.bye}{name}\n"

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences in order."""
        return tuple(sentence for part in self.paragraphs for sentence in part)

    def traced(self) -> tuple[str, ...]:
        """For each sentence that claims something, where it comes from, in words."""
        return tuple(f"“{each.text}” comes from {each.source}." for each in self.sentences if each.source)


def draft_letters(
    record: InterviewRecord, taken: Iterable[str] = (), given: Mapping[str, str] = MappingProxyType({})
) -> tuple[Letter, ...]:
    """One letter for each interviewer; they differ where the people do. Empty where nobody is known by name.

    `taken` are shapes that other people of the same office got in earlier letters, `given` those that the people
    of this interview have in letters that are kept, by id. A practice in which nothing was answered
    has nothing to thank for.
    """
    if not record.answered:
        return ()
    chosen, reasons = stories_for(record), reasons_for(record)
    found = _shapes_for(record, list(taken), given)
    return tuple(
        _Writer(record, person, shape, chosen.get(person.id), reasons[person.id]).letter()
        for person, shape in zip(record.interviewers, found, strict=True)
    )


def stories_for(record: InterviewRecord) -> dict[str, ToldStory]:
    """The story for each interviewer, by id: the one that was picked, or the one that suits best."""
    others = (own_story(person.id) for person in record.interviewers)
    by_id = {each.where: each for each in (*record.told, *others)}
    picked = {
        person.id: by_id[record.lines.of(person.id).story]
        for person in record.interviewers
        if record.lines.of(person.id).story in by_id
    }
    rest = [person.reader for person in record.interviewers if person.id not in picked]
    free = [each for each in record.told if each not in picked.values()]
    return {**suggested(rest, free), **picked}


def reasons_for(record: InterviewRecord) -> dict[str, str]:
    """The reason for each letter, by id; the same one never goes to two people, who may lay them side by side."""
    own = {person.id: record.lines.of(person.id).why.strip() for person in record.interviewers}
    given: set[str] = set()
    found: dict[str, str] = {}
    for person in sorted(record.interviewers, key=lambda each: not own[each.id]):
        reason = own[person.id] or record.reason.strip()
        found[person.id] = "" if plain_words(reason) in given else reason
        given.add(plain_words(reason))
    return found


def _shapes_for(record: InterviewRecord, taken: list[str], given: Mapping[str, str]) -> list[Mapping[str, Any]]:
    """A shape for each interviewer: by their name, and none that somebody else in the office has."""
    found = []
    known = shapes()
    for person in record.interviewers:
        start = crc32(person.name.encode()) % len(known)
        order = [known[(start + step) % len(known)] for step in range(len(known))]
        order.sort(key=partial(_is_not, given.get(person.id, "")))
        least = min(taken.count(each["shape"]) for each in order)
        chosen = next(each for each in order if taken.count(each["shape"]) == least)
        taken.append(chosen["shape"])
        found.append(chosen)
    return found


def _is_not(shape: str, other: Mapping[str, Any]) -> bool:
    return bool(other["shape"] != shape)


class _Writer:
    """Writes one letter."""

    def __init__(
        self,
        record: InterviewRecord,
        person: RecordedInterviewer,
        shape: Mapping[str, Any],
        story: ToldStory | None,
        why: str,
    ) -> None:
        self._record, self._person, self._shape, self._story = record, person, shape, story
        telling = record.lines.telling(story.where) if story else Telling()
        self._telling = telling if telling.complete else Telling()
        self._topic = phrase_of(record.lines.of(person.id).topic)
        self._reminder = reminder_of(self._topic, person)
        self._why = why

    def letter(self) -> Letter:
        """The letter, with what is to be told to the candidate beside it."""
        person, shape = self._person, self._shape
        parts: dict[str, Callable[[], Iterator[Sentence]]] = {
            "thanks": self._thanks,
            "topic": self._what_they_said,
            "story": self._telling_it,
            "why": self._reason,
            "close": self._close,
        }
        paragraphs = [[each for part in row for each in parts[part]()] for row in shape["order"]]
        paragraphs = [part for part in paragraphs if part]
        if self._words(paragraphs) < ENOUGH and "more" in shape:
            # After the thanks themselves, before anything of substance in the same paragraph.
            at = next((n for n, each in enumerate(paragraphs[0]) if each.source), len(paragraphs[0]))
            paragraphs[0].insert(at, Sentence(shape["more"]))
        return Letter(
            interviewer_id=person.id,
            to=person.name,
            subject=f"Thank you for our conversation{self._about()}",
            paragraphs=tuple(tuple(part) for part in paragraphs),
            signed=self._record.candidate,
            email=person.email,
            hints=tuple(self._hints()),
            greeting=greeting_of(person.name, shape["greet"] == "first"),
            bye=bye_to(shape["bye"], shape["us"], person.name),
            shape=shape["shape"],
            short=not self._telling.lines,
            story=self._story.where if self._story else "",
        )

    def _words(self, paragraphs: Iterable[Iterable[Sentence]]) -> int:
        return sum(len(each.text.split()) for part in paragraphs for each in part)

    def _about(self, form: str = "the role of {role}") -> str:
        """How the job is named. A long role, or one of several parts, is "the role of ..." in every voice."""
        role, company = role_in_text(self._record.role), self._record.company
        at = f" at {company}" if company else ""
        plain = len(role.split()) <= SHORT_ROLE and not re.search(r"\b(?:of|and|for)\b", role)
        named = (form if plain else "the role of {role}").replace("{role}", role)
        return f" about {named}{at}" if role else f" about the work{at}" if at else ""

    def _thanks(self) -> Iterator[Sentence]:
        yield Sentence(self._shape["thanks"].replace("{about}", self._about(self._shape["about"])))

    def _what_they_said(self) -> Iterator[Sentence]:
        frame = self._frame()
        if self._reminder and frame:
            source = f"what {self._person.name} said, in your own words"
            yield Sentence(frame.replace("{it}", self._reminder.words), source, SourceKind.LINE, self._topic)

    def _frame(self) -> str:
        """The sentence that the reminder goes into; "" where none takes it, or nothing would answer it."""
        said = self._reminder
        part = ""
        if said is None or said.form is Form.UNSURE:
            return part
        if not self._telling.lines:
            part = "noted" if said.form is Form.NAMED and not said.elsewhere else ""
        elif said.elsewhere:
            part = "kept" if said.form is Form.NAMED else "kept_said"
        else:
            part = (_AFTER if "after" in self._shape else _BEFORE)[said.form]
        return str(self._shape[part]) if part else ""

    def _telling_it(self) -> Iterator[Sentence]:
        story = self._story
        if story is None or not self._telling.lines:
            return
        known = story.told and self._person.reader.asked_for(story)
        reminded = "after" not in self._shape and self._frame()
        joint = self._shape[("again" if known else "joint") if reminded else "recall" if known else "alone"]
        if joint:
            yield Sentence(joint)
        for line in self._telling.lines:
            yield Sentence(line, f"your own lines on {story.label}", SourceKind.LINE, story.where)

    def _reason(self) -> Iterator[Sentence]:
        if not self._why:
            return
        first = self._why.split(" ", 1)[0].lower()
        text = sentence_of(self._why)
        if first == "because":
            text = sentence_of(f"I would like this job {phrase_of(self._why)}")
        elif first == "to":
            text = sentence_of(f"I want {phrase_of(self._why)}")
        elif self._is_noun(first):
            text = sentence_of(f"What draws me to this job is {phrase_of(self._why)}")
        elif not _WISHES.search(self._why):
            yield Sentence(self._shape["want"])
        yield Sentence(text, "your own line on why you want this job", SourceKind.LINE, self._record.id)

    def _is_noun(self, first: str) -> bool:
        """Whether the reason is no sentence but something with a name: "a small team", "your work for councils"."""
        if first in _OPEN_A_CLAUSE:
            return False
        return not _ONESELF.search(self._why) or (first in ("a", "an") and not self._why.endswith("."))

    def _close(self) -> Iterator[Sentence]:
        yield Sentence(self._shape["close"])

    # For the candidate only.

    def _hints(self) -> Iterator[str]:
        if not self._telling.lines:
            yield self._question()
        elif self._reminder is None:
            yield f"{self._heard}A line on one thing that {self._first_name} said would make the letter theirs."
        elif not self._why:
            yield "A line on why you want this job would round it off."
        if self._reminder and self._reminder.form is Form.UNSURE:
            yield f"“{self._topic}” fits no sentence. Name it (“the long wait”), or begin with “that”."
        for offered in self._record.offers:
            yield f"You offered something; you could attach it: “{offered}”"
        if not self._record.candidate:
            yield "Your name is not known here; sign by hand, or set it in the settings."

    def _question(self) -> str:
        """The one question that makes the note a letter."""
        story, theirs = self._story, self._heard
        if story is None:
            return (
                f"This is a short note. {theirs}Is there one thing you did that {self._first_name} should remember?"
            )
        told = f"your story from “{story.ask}”" if story.ask else story.label
        return f"This is a short note. {theirs}Would you like to add {told}, in three short lines?"

    @property
    def _heard(self) -> str:
        """What this person said, quoted for the candidate: their problem before anything else."""
        said = self._person.said
        matter = next((each for each in said if each.kind is LearnedKind.PROBLEM), said[0] if said else None)
        words = re.split(r"(?<=[.!?])\s", matter.text.strip())[0] if matter and matter.aloud else ""
        return f"{self._first_name} said: “{words.rstrip('.')}”. " if words else ""

    @property
    def _first_name(self) -> str:
        words = self._person.name.split()
        if words and words[0].rstrip(".") in TITLES:
            return greeting_of(self._person.name, first_name=False)[5:-1]
        return words[0] if words else "they"


_BEFORE = {Form.NAMED: "topic", Form.CLAUSE: "said", Form.QUOTED: "quoted"}
_AFTER = {Form.NAMED: "after", Form.CLAUSE: "after_said", Form.QUOTED: "after_quoted"}
"""Which sentence of a shape takes a reminder, before and after the story."""
_OPEN_A_CLAUSE = frozenset({
    "that", "you", "it", "there", "they", "he", "she", "it's", "there's", "you're", "they're", "you've", "nobody",
    "everybody", "somebody", "everyone", "someone",
})  # fmt: skip
"""With these words what was said is a clause, with others something with a name."""
_WISHES = re.compile(
    r"\bthis (?:job|work|role|post)\b|\byours?\b|\byou\b|\bwould like to do\b|\bI['’]d like to do\b",
    re.I,
)
"""A reason that has to do with this job in its own words; any other is told what it is first."""
_ONESELF = re.compile(r"\b(?:I|I'm|I'd|I've|I’m|I’d|I’ve|my|me|we|our)\b", re.IGNORECASE)


def role_in_text(role: str) -> str:
    """A role inside a sentence: "Staff nurse" is small there; "Head of Sales" is as its owner writes it."""
    rest = role[1:]
    return role[:1].lower() + rest if rest and rest == rest.lower() else role

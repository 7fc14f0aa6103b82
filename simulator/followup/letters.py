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

from simulator.followup.greeting import bye_to, greeting_of, name_in_greeting
from simulator.followup.interview_record import InterviewRecord, RecordedInterviewer
from simulator.followup.naming import at_the_place, role_in_text
from simulator.followup.reminders import Form, form_of, reminder_of
from simulator.followup.shapes import shapes
from simulator.followup.story_lines import Telling, phrase_of, sentence_of, unreported
from simulator.followup.told_stories import SourceKind, ToldStory, likeness, own_story, speaks_to, suggested
from simulator.followup.tracing import plain_words
from simulator.sessions.session import LearnedKind

ENOUGH = 90
"""Words from which a letter needs no second sentence of thanks."""
SHORT_ROLE = 3
"""Words of a role that can stand before "post": "the staff nurse post"."""
NEAR = 0.15
"""How well a story suits somebody who has none, so that it is worth a thought though another person has it."""
TOLD_AGAIN = 0.6
"""Likeness to an answer from which one's own lines tell the same."""


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
        _Writer(record, person, shape, chosen, reasons[person.id]).letter()
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


def _nearer(
    record: InterviewRecord, person: RecordedInterviewer, chosen: Mapping[str, ToldStory]
) -> ToldStory | None:
    """The story of another person's letter that is nearer to what this one said; None where none is."""
    found = {}
    for other in record.interviewers:
        story = chosen.get(other.id)
        if story and story.told and other is not person and other.said:
            mine, theirs = (likeness(f"{story.ask} {story.text}", each.priorities) for each in (person, other))
            found[story] = mine if mine > theirs else 0.0
    best = max(found, key=lambda each: found[each], default=None)
    return best if best and found[best] >= NEAR else None


def reasons_for(record: InterviewRecord) -> dict[str, str]:
    """The reason for each letter, by id; the same one never goes to two people, who may lay them side by side."""
    own = {person.id: record.lines.of(person.id).why.strip() for person in record.interviewers}
    given: set[str] = set()
    found: dict[str, str] = {}
    for person in sorted(record.interviewers, key=lambda each: not own[each.id]):
        reason = own[person.id] or unreported(record.reason.strip())
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
        chosen: Mapping[str, ToldStory],
        why: str,
    ) -> None:
        story = chosen.get(person.id)
        self._record, self._person, self._shape, self._story = record, person, shape, story
        self._elsewhere = _nearer(record, person, chosen)
        telling = record.lines.telling(story.where) if story else Telling()
        self._telling = telling if telling.complete else Telling()
        self._lost = bool(telling.lines and not telling.complete)
        self._topic = phrase_of(record.lines.of(person.id).topic)
        self._reminder = reminder_of(self._topic, person)
        self._frame = self._free_frame()
        # Beside each other they say that the one answers the other.
        joined = story and self._frame and speaks_to(self._topic, story, self._telling.lines)
        self._after = str(shape.get(f"after_{self._reminder.form}", "")) if joined and self._reminder else ""
        self._known = story is not None and self._is_known(story)
        self._joint = str(shape.get("again" if self._known else "joint", ""))
        # A story at once behind what they said would be taken for theirs.
        self._joined = bool(joined and (self._after or self._joint))
        self._why = why

    def _is_known(self, story: ToldStory) -> bool:
        """Whether this person asked for a story, or was told by an answer what one's own lines tell now."""
        asked = [each for each in self._record.told if each.told and self._person.reader.asked_for(each)]
        again = (
            not story.text and likeness(" ".join(self._telling.lines), [each.text for each in asked]) >= TOLD_AGAIN
        )
        return story in asked or again

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
        rows = list(shape["order"])
        if not self._joined:
            apart = [["topic"], ["story"]]
            rows = [new for row in rows for new in (apart if {"topic", "story"} <= set(row) else [row])]
        paragraphs = [[each for part in row for each in parts[part]()] for row in rows]
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
        role, at = role_in_text(self._record.role), at_the_place(self._record)
        plain = len(role.split()) <= SHORT_ROLE and not re.search(r"\b(?:of|and|for)\b", role)
        named = (form if plain else "the role of {role}").replace("{role}", role)
        return f" about {named}{at}" if role else f" about the work{at}" if at else ""

    def _thanks(self) -> Iterator[Sentence]:
        yield Sentence(self._shape["thanks"].replace("{about}", self._about(self._shape["about"])))

    def _what_they_said(self) -> Iterator[Sentence]:
        frame = (self._joined and self._after) or self._frame
        if self._reminder and frame:
            source = f"what {self._person.name} said, in your own words"
            yield Sentence(frame.replace("{it}", self._reminder.words), source, SourceKind.LINE, self._topic)

    def _free_frame(self) -> str:
        """The sentence that the reminder goes into; "" where none takes it."""
        said = self._reminder
        if said is None or not said.elsewhere:
            return str(self._shape[said.form]) if said else ""
        part = "kept_said" if said.form is Form.CLAUSE else "kept" if said.form is not Form.UNSURE else ""
        return str(self._shape[part]) if part and self._telling.lines else ""

    def _telling_it(self) -> Iterator[Sentence]:
        story = self._story
        if story is None or not self._telling.lines:
            return
        reminded = self._joined and not self._after
        yield Sentence(self._joint if reminded else self._shape["recall" if self._known else "alone"])
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
        elif form_of(phrase_of(self._why)) is Form.NAMED and self._is_named(first):
            text = sentence_of(f"What draws me to this job is {phrase_of(self._why)}")
        elif not _WISHES.search(text):
            yield Sentence(self._shape["want"])
        yield Sentence(text, "your own line on why you want this job", SourceKind.LINE, self._record.id)

    def _is_named(self, first: str) -> bool:
        """Whether the reason is no sentence about oneself: "a small team where I would see the whole thing"."""
        return not _ONESELF.search(self._why) or (first in ("a", "an") and not self._why.endswith("."))

    def _close(self) -> Iterator[Sentence]:
        yield Sentence(self._shape["close"])

    # For the candidate only.

    def _hints(self) -> Iterator[str]:
        if self._lost:
            yield "Your lines wait: a story needs what you did, and what was wrong before or what came of it."
        elif not self._telling.lines:
            yield self._question()
        elif self._stops_short():
            yield "The story stops before its end, which you told: a line on what came of it is missing."
        elif self._reminder is None:
            yield f"{self._heard}A line on one thing that {self._first_name} said would make the letter theirs."
        elif not self._why:
            yield "A line on why you want this job would round it off."
        if self._reminder and not self._frame:
            yield f"“{self._topic}” is not in the letter: you noted it before, and it was not said in this talk."
        for offered in self._record.offers:
            yield f"You offered something; you could attach it: “{offered}”"
        if not self._record.candidate:
            yield "Your name is not known here; sign by hand, or set it in the settings."

    def _stops_short(self) -> bool:
        """Whether what came of it is not in the lines, though it is known."""
        story = self._story
        if story is None or self._telling.outcome.strip():
            return False
        return story.whole if story.kind is SourceKind.ANSWER else bool(story.parts[2])

    def _question(self) -> str:
        """The one question that makes the note a letter."""
        story, theirs = self._story, self._heard
        if story is None and self._elsewhere:
            better = f"{_capital(self._elsewhere.label)} may suit {self._first_name} better; you may pick it here."
            return f"This is a short note. {theirs}{better}"
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
        return name_in_greeting(self._person.name, first_name=True) or "they"


_WISHES = re.compile(
    r"\bthis (?:job|work|role|post)\b|"
    r"\bI(?:['’]d| would)? (?:really )?(?:like|want|love)\b[^,;]*\b(?:yours?|you|here)\b|"
    r"\b(?:would|['’]d) like to do (?:this|that|it)\b",
    re.I,
)
"""A reason that says itself that one wants this job; before any other the letter says so."""
_ONESELF = re.compile(r"\b(?:I|I'm|I'd|I've|I’m|I’d|I’ve|my|me|we|our)\b", re.IGNORECASE)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]

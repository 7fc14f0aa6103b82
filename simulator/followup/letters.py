"""Thank-you letters after an interview: one for each interviewer, made only of what was said or stored.

Every sentence that claims something carries its source; where a fact is missing its sentence is left out, so that no
letter has a hole or an invention. The skeletons stand in `assets/letters/skeletons.yaml`: each has its own order and
voice, and no two people in one office get the same. What the candidate told stands in the candidate's own words.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Any
from zlib import crc32

from simulator.assessment import alike
from simulator.errors import MissingPart
from simulator.followup.asked import repeated
from simulator.followup.excerpt import Excerpt, SourceKind
from simulator.followup.greeting import TITLES, bye_to, greeting_of, in_passing
from simulator.followup.interview_record import InterviewRecord, RecordedInterviewer, RecordedStatement
from simulator.followup.skeletons import skeletons
from simulator.sessions.session import LearnedKind

FITS = 0.33
"""Likeness from which an example that somebody else asked for suits what is known to matter to a person."""
FITS_UNTOLD = 0.4
"""The same for a story that was not told at all; measured by `tests/benchmarks/letters_benchmark.py`."""
OWN = 0.25
"""How much nearer to what matters to a person an example must be that somebody else asked for."""
HELPS = 0.25
"""Likeness of an interviewer's problem to the role, or to the example told, from which a letter offers to help."""
SAYS_THE_SAME = 0.9
"""Likeness from which two sentences say the same."""
ENOUGH_LEFT_OUT = 2
"""What is not in a letter, and why: so much is told beside it, more would be a list."""
LONGEST_ASK = 22
"""Words of a question that is repeated in a letter."""


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
    """A letter to one interviewer. `attach` and `hints` are for the candidate: what to send along, what to add."""

    interviewer_id: str
    to: str
    subject: str
    paragraphs: tuple[tuple[Sentence, ...], ...]
    signed: str = ""
    email: str = ""
    attach: str = ""
    hints: tuple[str, ...] = ()
    greeting: str = ""
    bye: str = "Kind regards"
    skeleton: str = ""

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

    `taken` are skeletons that other people of the same office got in earlier letters, `given` those that the people
    of this interview have in letters that are kept, by id. A practice in which nothing was answered
    has nothing to thank for.
    """
    if not record.answered:
        return ()
    chosen = _examples(record)
    skeletons = _skeletons_for(record, list(taken), given)
    return tuple(
        _Writer(record, person, skeleton, chosen.get(person.id), number).letter()
        for number, (person, skeleton) in enumerate(zip(record.interviewers, skeletons, strict=True))
    )


def likeness(one: str, others: Sequence[str]) -> float:
    """The likeness of the nearest of some texts; 0 where there are none, or no model to tell."""
    try:
        return max(alike(one, others), default=0.0) if one else 0.0
    except MissingPart:
        return 0.0


def fits(person: RecordedInterviewer, excerpt: Excerpt) -> bool:
    """Whether an example belongs into a letter: the reader asked for it, or it speaks to what matters to them."""
    if excerpt.asked_by and excerpt.asked_by in (person.id, person.name):
        return True
    if excerpt.told:
        return likeness(excerpt.text, (*person.wishes, *person.asked)) >= FITS
    return likeness(excerpt.text, person.wishes) >= FITS_UNTOLD


def _examples(record: InterviewRecord) -> dict[str, Excerpt]:
    """To each interviewer the example that fits best, no two the same while there are others."""
    weighed = []
    for place, person in enumerate(record.interviewers):
        for at, each in enumerate(record.examples):
            if fits(person, each):
                own = each.asked_by in (person.id, person.name)
                near = likeness(each.text, person.wishes)
                weighed.append((-(near + OWN * own + 0.02 * each.weight - 0.2 * (not each.told)), place, at))
    weighed.sort()
    given: dict[int, int] = {}
    for fresh in (True, False):
        for _, place, at in weighed:
            if place not in given and (not fresh or at not in given.values()):
                given[place] = at
    return {record.interviewers[place].id: record.examples[at] for place, at in given.items()}


def _skeletons_for(record: InterviewRecord, taken: list[str], given: Mapping[str, str]) -> list[Mapping[str, Any]]:
    """A skeleton for each interviewer: by their name, and none that somebody else in the office has."""
    found = []
    known = skeletons()
    for person in record.interviewers:
        start = crc32(person.name.encode()) % len(known)
        order = [known[(start + step) % len(known)] for step in range(len(known))]
        order.sort(key=partial(_is_not, given.get(person.id, "")))
        least = min(taken.count(each["skeleton"]) for each in order)
        chosen = next(each for each in order if taken.count(each["skeleton"]) == least)
        taken.append(chosen["skeleton"])
        found.append(chosen)
    return found


def _is_not(skeleton: str, other: Mapping[str, Any]) -> bool:
    return bool(other["skeleton"] != skeleton)


class _Writer:
    """Writes one letter."""

    def __init__(
        self,
        record: InterviewRecord,
        person: RecordedInterviewer,
        skeleton: Mapping[str, Any],
        example: Excerpt | None,
        number: int,
    ) -> None:
        self._occasion, self._host, self._skeleton, self._example = record, person, skeleton, example
        self._reason = self._choose_reason(number)
        self._matter = self._choose_matter()

    def letter(self) -> Letter:
        """The letter, with what is to be told to the candidate beside it."""
        record, person, skeleton = self._occasion, self._host, self._skeleton
        parts: dict[str, Callable[[], Iterator[Sentence]]] = {
            "thanks": self._thanks,
            "matter": self._what_matters,
            "example": self._telling,
            "reason": self._why,
            "offer": self._offered,
            "interest": lambda: iter((Sentence(skeleton["interest"]),)),
            "close": lambda: iter((Sentence(skeleton["close"]),)),
        }
        order, told = skeleton["order"], self._example or self._reason or record.offer
        short = [["thanks", "matter" if self._matter else "interest", "close"]]
        paragraphs = [tuple(each for part in row for each in parts[part]()) for row in (order if told else short)]
        if not told:
            paragraphs = [paragraphs[0][:3]]  # a short thank-you, which pretends nothing
        return Letter(
            interviewer_id=person.id,
            to=person.name,
            subject=f"Thank you for our conversation{self._about()}",
            paragraphs=tuple(part for part in paragraphs if part),
            signed=record.candidate,
            email=person.email,
            attach=self._attachment(),
            hints=tuple(self._hints()),
            greeting=greeting_of(person.name, skeleton["greet"] == "first"),
            bye=bye_to(skeleton["bye"], person.name),
            skeleton=skeleton["skeleton"],
        )

    def _say(self, part: str, **facts: str) -> str:
        text = str(self._skeleton[part])
        for key, value in facts.items():
            text = text.replace(f"{{{key}}}", value)
        return text

    # Courtesy.

    def _about(self) -> str:
        role, company = role_in_text(self._occasion.role), self._occasion.company
        at = f" at {company}" if company else ""
        return f" about the role of {role}{at}" if role else f" about the work{at}" if at else ""

    def _thanks(self) -> Iterator[Sentence]:
        yield Sentence(self._say("thanks", about=self._about()))

    # What matters to this person.

    def _choose_matter(self) -> tuple[RecordedStatement, str] | None:
        """Of what is known to matter to them, what the letter takes up, and how; what was said aloud comes first."""
        usable = [
            (each, it)
            for each in self._host.said
            if (it := repeated(each.text, each.kind is LearnedKind.PROBLEM))
            and (not self._occasion.role or self._concerns(each))
        ]
        told = self._example.text if self._example else ""
        usable.sort(
            key=lambda pair: (
                not pair[0].aloud,
                -likeness(told, [pair[0].text]) if told else pair[0].kind is not LearnedKind.PROBLEM,
            )
        )
        return usable[0] if usable else None

    def _what_matters(self) -> Iterator[Sentence]:
        if self._matter is None:
            return
        said, it = self._matter
        problem = said.kind is LearnedKind.PROBLEM
        part = "problem" if problem else "priority" if said.aloud else "noted"
        label = (
            f"what {self._host.name} said in the interview" if said.aloud else f"what you noted of {self._host.name}"
        )
        yield Sentence(self._say(part, it=it), label, SourceKind.SAID, said.text)
        if said.aloud and self._concerns(said):
            yield Sentence(
                self._say("help_problem" if problem else "help_priority"), label, SourceKind.SAID, said.text
            )

    def _concerns(self, said: RecordedStatement) -> bool:
        """Whether this role has to do with what somebody said: a practice may be with people of another trade."""
        if said.kind is not LearnedKind.PROBLEM or not self._host.stands_in:
            return True
        told = (self._occasion.role, self._example.text if self._example else "")
        return likeness(said.text, [each for each in told if each]) >= HELPS

    # The example and the reason, in the candidate's own words.

    def _telling(self) -> Iterator[Sentence]:
        example = self._example
        if example is None:
            return
        asker = self._asker(example)
        own = asker is not None and asker.id == self._host.id
        ask = example.ask.strip() if len(example.ask.split()) <= LONGEST_ASK else ""
        if not example.told:
            lead = self._say("story")
        elif asker is None or not (example.topic or ask):
            lead = self._say("plain")
        elif example.topic:
            lead = self._say("asked" if own else "other", topic=example.topic, name=in_passing(asker.name))
        else:
            lead = self._say("asked_words" if own else "other_words", ask=ask, name=in_passing(asker.name))
        for text in (lead, *example.sentences):
            yield Sentence(text, example.label, example.kind, example.where)

    def _choose_reason(self, number: int) -> Excerpt | None:
        """Another one for each interviewer, where there are several; none that the example says already."""
        example = self._example.sentences if self._example else ()
        fresh = [
            each
            for each in self._occasion.reasons
            if not any(likeness(text, example) >= SAYS_THE_SAME for text in each.sentences)
        ]
        own = [each for each in fresh if each.asked_by in (self._host.id, self._host.name)]
        return own[0] if own else fresh[number % len(fresh)] if fresh else None

    def _why(self) -> Iterator[Sentence]:
        if reason := self._reason:
            asker = self._asker(reason)
            told = reason.sentences
            lead = self._say("reason")
            if asker and asker is not self._host and _TO_SOMEBODY.search(reason.text):
                # "Your" means whoever asked, so it stands as it was said to them.
                lead = self._say("reason_to", name=in_passing(asker.name))
                told = quoted(told)
            for text in (lead, *told):
                yield Sentence(text, reason.label, reason.kind, reason.where)

    def _asker(self, told: Excerpt) -> RecordedInterviewer | None:
        return next((each for each in self._occasion.interviewers if told.asked_by in (each.id, each.name)), None)

    def _offered(self) -> Iterator[Sentence]:
        if offer := self._occasion.offer:
            for text in offer.sentences:
                yield Sentence(text, offer.label, offer.kind, offer.where)

    # For the candidate only.

    def _attachment(self) -> str:
        """What was offered, or what a story that was written down can show; nothing is made up."""
        record, example = self._occasion, self._example
        if record.offer:
            return f"You offered it: “{record.offer.text}”"
        told = example.text if example else ""
        if told:
            for story in record.stories:
                if story.numbers and (story.id == example.where or likeness(story.text, [told]) >= 0.6):  # type: ignore[union-attr]
                    return f"Something that shows the figures of your story “{story.title}”: {story.numbers}."
        return ""

    def _hints(self) -> Iterator[str]:
        first = next(word for word in (*self._host.name.split(), "they") if word.rstrip(".") not in TITLES)
        unusable = [each.text for each in self._host.said if not repeated(each.text)]
        if not self._host.said:
            yield f"What matters most to {self._host.name}? If you know, add it in a sentence."
        elif self._matter is None and not unusable:
            yield (
                f"“{self._host.said[0].text}” is not in this letter, as nothing shows that this role has to do with "
                "it. Add it if it has."
            )
        elif self._matter is None:
            yield f"“{unusable[0]}” is not in this letter: who is meant? Note it as {first} said it."
        if self._example is None:
            yield "This letter has no example of yours. If you like, add what you did and what came of it."
            yield from self._left_out()
        elif self._example.spoken:
            yield "Your words are here as they were taken down: look over names, numbers and full stops."
        if self._reason is None:
            yield "This letter does not say why you want the work. A sentence on it would do."
        if not self._occasion.candidate:
            yield "Your name is not known here; sign by hand, or set it in the settings."

    def _left_out(self) -> Iterator[str]:
        """What was told and stands in no letter, and why; first what this person asked."""
        here = (self._host.id, self._host.name, "")
        told = sorted(self._occasion.unfit, key=lambda each: each.asked_by not in here)
        yield from (each.says for each in told[:ENOUGH_LEFT_OUT])


def quoted(sentences: Sequence[str]) -> tuple[str, ...]:
    """Sentences in quotation marks, those inside them in single ones."""
    told = [each.replace("“", "‘").replace("”", "’") for each in sentences]
    told[0] = f"“{told[0]}"
    return (*told[:-1], f"{told[-1]}”")


_TO_SOMEBODY = re.compile(r"\b(?:you|your|yours|you've|you're|you'd)\b", re.IGNORECASE)


def role_in_text(role: str) -> str:
    """A role inside a sentence: "Staff nurse" is small there; "Head of Sales" is as its owner writes it."""
    rest = role[1:]
    return role[:1].lower() + rest if rest and rest == rest.lower() else role

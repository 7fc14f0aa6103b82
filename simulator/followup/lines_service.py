"""The lines for the letters, for the app and the commands alike: what is offered, kept, and read from a file."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import msgspec

from simulator.errors import UserError
from simulator.followup.dangling_references import kept_whole
from simulator.followup.interview_record import InterviewRecord, RecordedInterviewer
from simulator.followup.letter_check import HURTING, check_letter
from simulator.followup.letters import draft_letters, reasons_for, stories_for
from simulator.followup.reminders import Form, form_of
from simulator.followup.repositories import Repositories
from simulator.followup.shapes import looked_for
from simulator.followup.story_lines import MOST_IN_LINE, TOPIC_WORDS, LetterLines, Telling
from simulator.followup.told_stories import SourceKind, ToldStory, by_fit, likeness, own_story
from simulator.sessions.session import LearnedKind

PARTS = ("problem", "did", "outcome")
FIELDS = (*PARTS, "topic", "why")
LONGEST = 600
"""Characters of one line."""
MOST_OFFERED = 3
LEAST_OF_MORE = 5
"""Words of a first sentence from which it is more than the opening of what follows."""


@dataclass(frozen=True, slots=True)
class Lines:
    """What is given for one letter; None leaves a line as it is kept."""

    to: str = ""
    story: str = ""
    problem: str | None = None
    did: str | None = None
    outcome: str | None = None
    topic: str | None = None
    why: str | None = None


def with_kept_lines(repositories: Repositories, record: InterviewRecord) -> InterviewRecord:
    """A record with the lines that are kept for it; a story told in other letters is told so here, too."""
    lines = repositories.letter_lines.find(record.id) or LetterLines(record.id)
    mine = {each.where for each in record.told}
    for other in repositories.letter_lines.all() if mine else ():
        known = {key: each for key, each in other.tellings.items() if key in mine and key not in lines.tellings}
        lines = replace(lines, tellings={**known, **lines.tellings})
    return record.with_lines(lines)


def choices(record: InterviewRecord, person: RecordedInterviewer) -> Sequence[ToldStory]:
    """All stories one can choose for a letter, those that suit best first."""
    return [*(story for _, story in by_fit(person.reader, record.told)), own_story(person.id)]


def story_named(record: InterviewRecord, person: RecordedInterviewer, wanted: str) -> ToldStory:
    """The story meant: by its number in `choices`, or its id or the end of it. Raises UserError."""
    known = choices(record, person)
    if wanted.isdecimal() and 0 < int(wanted) <= len(known):
        return known[int(wanted) - 1]
    found = [each for each in known if each.where == wanted] or [each for each in known if wanted in each.where]
    if len(found) == 1:
        return found[0]
    listed = "; ".join(f"{number} {each.label}" for number, each in enumerate(known, 1)) or "none"
    raise UserError(f"There is no story '{wanted}'.", f"Stories are: {listed}.")


def person_named(record: InterviewRecord, wanted: str) -> RecordedInterviewer:
    """The interviewer meant, by id or a part of the name; "" where there is only one. Raises UserError."""
    people = record.interviewers
    found = [each for each in people if wanted in (each.id, each.name)]
    found = found or [each for each in people if wanted.casefold() in each.name.casefold()]
    if len(found) == 1:
        return found[0]
    names = ", ".join(each.name for each in people) or "nobody"
    says = f"'{wanted}' may be more than one of them." if found and wanted else f"'{wanted}' did not interview."
    raise UserError(says if wanted else "Whose letter is it?", f"Interviewers were {names}.")


def written_for(record: InterviewRecord, person_id: str, story: ToldStory | None) -> Mapping[str, str]:
    """What stands in the fields of one letter: what is kept, else what can be offered of written words.

    Of an answer whose parts were not all found, one would be the whole story: nothing of it is offered.
    """
    lines, own = record.lines, record.lines.of(person_id)
    telling = lines.telling(story.where) if story else Telling()
    found = {"topic": own.topic, "why": reasons_for(record).get(person_id, "")}
    if not telling.lines and story and (all(story.parts) or story.kind is SourceKind.STORY):
        near_the_deed = ("did", "problem") if story.kind is SourceKind.ANSWER else ("did",)
        parts = zip(PARTS, story.parts, strict=True)
        return found | {name: kept_whole(part, MOST_IN_LINE, last=name in near_the_deed) for name, part in parts}
    return found | {name: getattr(telling, name) for name in PARTS}


def with_values(
    record: InterviewRecord, person: RecordedInterviewer, story: ToldStory | None, values: Mapping[str, str]
) -> InterviewRecord:
    """A record with what was written for one letter. Raises UserError for a line that is far too long."""
    for name in FIELDS:
        if len(values.get(name, "")) > LONGEST:
            raise UserError(
                f"A line of {len(values[name])} characters is too long.",
                f"{MOST_IN_LINE} words are enough; {LONGEST} characters fit.",
            )
    own = record.lines.of(person.id)
    own = replace(own, **{name: " ".join(values[name].split()) for name in ("topic", "why") if name in values})
    lines = record.lines
    if story is not None:
        picked = stories_for(record).get(person.id)
        own = replace(own, story=own.story if picked is story else story.where)
        telling = lines.telling(story.where)
        told = {name: " ".join(values[name].split()) for name in PARTS if name in values}
        lines = lines.with_telling(story.where, replace(telling, **told))
    return record.with_lines(lines.with_person(person.id, own))


def keep(repositories: Repositories, record: InterviewRecord) -> InterviewRecord:
    """Keep the lines of a record."""
    repositories.letter_lines.save(replace(record.lines, id=record.id))
    return record


def looked_at(
    record: InterviewRecord, person: RecordedInterviewer, story: ToldStory | None, values: Mapping[str, str]
) -> Sequence[str]:
    """What a careful friend would say of the lines as they stand, what matters most first."""
    found = [
        f"“{_CALLED[name]}” has {count} words; {MOST_IN_LINE} are enough. What can go?"
        for name in FIELDS
        if (count := len(values.get(name, "").split())) > MOST_IN_LINE
    ]
    telling = Telling(*(values.get(name, "") for name in PARTS))
    if any(telling.lines) and not telling.complete:
        found.append("A letter tells what you did, and what was wrong before or what came of it.")
    if telling.did and not _ONESELF.search(telling.did):
        found.append("Who did it? Begin the line with “I”.")
    record = with_values(record, person, story, values)
    letter = next(each for each in draft_letters(record) if each.interviewer_id == person.id)
    if telling.complete:
        found += [str(remark) for remark in check_letter(letter.text, person, record)]
    return tuple(dict.fromkeys(found))


_CALLED = {
    "problem": "What was wrong",
    "did": "What you did",
    "outcome": "What came of it",
    "topic": "You spoke about",
    "why": "Why this job",
}
_ONESELF = re.compile(r"\b(?:I|we|my|our)\b", re.IGNORECASE)


def topics_offered(person: RecordedInterviewer) -> Sequence[str]:
    """What this person said, where a whole sentence of it is short enough and can follow "you said" or "about".

    Nothing that hurts to read; of longer words the candidate makes a short line.
    """
    found: list[str] = []
    for said in person.said:
        whole = said.text.strip()
        sentence = re.split(r"(?<=[.!?])\s", whole)[0]
        opens = len(sentence.split()) < LEAST_OF_MORE and sentence != whole  # what matters comes after it
        sentence = sentence.rstrip(".! ")
        if not said.aloud or not sentence or opens or "," in sentence:
            continue
        theirs = _FIRST_PERSON.search(sentence) or said.kind is LearnedKind.PROBLEM
        if (theirs or not sentence[0].isupper()) and likeness(sentence, looked_for("hurts")) < HURTING:
            found.append(_to_you(sentence, whole[-1] in ".!") if theirs else sentence)
    fitting = (each for each in found if len(each.split()) in TOPIC_WORDS)
    return tuple(dict.fromkeys(fitting))[:MOST_OFFERED]


_FIRST_PERSON = re.compile(r"\b(?:I|we|us|me|our|my)\b", re.IGNORECASE)
_SHORT = {"m": "re"}


def _to_you(clause: str, whole: bool) -> str:
    """A clause as it can follow "you said": with "you" for "we" and "I"."""
    turned = re.sub(
        r"\b(?:I|we)['’](m|re|ve|d|ll)\b", lambda each: f"you'{_SHORT.get(each[1], each[1])}", clause, flags=re.I
    )
    turned = re.sub(r"\b(I|we) (?:am|are)\b", "you are", turned, flags=re.I)
    turned = re.sub(r"\b(?:I|we|us|me)\b", "you", turned, flags=re.I)
    turned = re.sub(r"\b(?:our|my)\b", "your", turned, flags=re.I)
    if re.match(r"you\b(?!r)", turned):
        return turned
    turned = turned[:1].lower() + turned[1:]
    # A problem is a whole sentence, whatever its words; what matters to somebody is often none.
    form = form_of(turned)
    return f"that {turned}" if form is Form.CLAUSE or (whole and form is Form.UNSURE) else turned


def lines_from(raw: bytes, where: str) -> tuple[Lines, ...]:
    """The lines in a JSON file, a list. Raises UserError."""
    try:
        return msgspec.json.decode(raw, type=tuple[Lines, ...])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UserError(
            f"{where} does not hold lines for letters: {error}.",
            "Write a JSON list; an entry has 'to', and any of 'story', 'problem', 'did', 'outcome', 'topic', 'why'.",
        ) from None


def apply(record: InterviewRecord, entries: Iterable[Lines]) -> InterviewRecord:
    """A record with the lines of a file or of options; one without a person says why in the first letter.

    Raises UserError.
    """
    for entry in entries:
        values = {name: value for name in FIELDS if (value := getattr(entry, name)) is not None}
        if not entry.to and not entry.story and set(values) <= {"why"}:
            people: Sequence[RecordedInterviewer] = record.interviewers[:1]
        else:
            people = (person_named(record, entry.to),)
        for person in people:
            story = story_named(record, person, entry.story) if entry.story else stories_for(record).get(person.id)
            tells = any(values.get(name) for name in PARTS)
            record = with_values(record, person, story or (own_story(person.id) if tells else None), values)
    return record

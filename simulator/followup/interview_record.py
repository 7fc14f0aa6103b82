"""One interview as letters need it: who was met, what they said, what the candidate told them, and what is stored.

Made from a practice or from the debrief of a real interview. Everything that a letter may claim stands in
`InterviewRecord.sources`, with the place it comes from.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from simulator.assessment import read_answer, sentence_ends
from simulator.errors import MissingPart
from simulator.followup.asked import asked_about
from simulator.followup.dangling_references import dangles
from simulator.followup.debrief import Debrief, Met
from simulator.followup.excerpt import Excerpt, Lack, SourceKind, example_in, is_reason, offer_in, reason_in
from simulator.followup.sentence_ends import composed
from simulator.interview.interviewer import Interviewer
from simulator.preparation.job import Job
from simulator.preparation.stories import Story
from simulator.questions.bank import Kind
from simulator.reading.readable import readable, sentences
from simulator.reading.reading import Reading
from simulator.scoring.levels import COMPLETE, examples_level, motivation_level
from simulator.sessions.session import Answer, LearnedKind, Session, is_closing
from simulator.speech.transcript import typed

_OF_REASONS = (Kind.MOTIVATION, Kind.OPENING)
"""Questions that ask why, or who one is; the others ask for what was done."""
_FOR_EXAMPLES = (Kind.BEHAVIOURAL, Kind.STRENGTH, Kind.SITUATIONAL)
_ASKED_WHY = "Why do you want this work?"
_ASKED_WHAT = "Tell me about a time when you did something that matters for this job."


@dataclass(frozen=True, slots=True)
class StoredSource:
    """Something that was said or is stored: its place, what it is called, and the words."""

    kind: SourceKind
    where: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class RecordedStatement:
    """What is known to matter to an interviewer. `aloud`: said in this interview; else it was noted before."""

    kind: LearnedKind
    text: str
    aloud: bool = True


@dataclass(frozen=True, slots=True)
class RecordedInterviewer:
    """Somebody who interviewed. `asked` are their questions, `wishes` all that is known to matter to them.

    `stands_in`: one of the app's interviewers, who may be of another trade than the job.
    """

    id: str
    name: str
    role: str = ""
    email: str = ""
    said: tuple[RecordedStatement, ...] = ()
    asked: tuple[str, ...] = ()
    stands_in: bool = False

    @property
    def wishes(self) -> tuple[str, ...]:
        """What matters to them, said or noted."""
        return tuple(each.text for each in self.said)


@dataclass(frozen=True, slots=True)
class Unfit:
    """What was told and cannot stand in a letter, and why."""

    says: str
    asked_by: str = ""


@dataclass(frozen=True, slots=True)
class InterviewRecord:
    """One interview; `id` is that of its session or debrief. `unfit` is what is in no letter, and why."""

    id: str
    on: str
    candidate: str = ""
    role: str = ""
    company: str = ""
    interviewers: tuple[RecordedInterviewer, ...] = ()
    examples: tuple[Excerpt, ...] = ()
    reasons: tuple[Excerpt, ...] = ()
    offer: Excerpt | None = None
    stories: tuple[Story, ...] = ()
    sources: tuple[StoredSource, ...] = ()
    unfit: tuple[Unfit, ...] = ()
    job_id: str = ""
    practice: bool = True
    finished: bool = True
    answered: bool = True

    @property
    def about(self) -> str:
        """Role and company as far as they are known."""
        return " at ".join(part for part in (self.role, self.company) if part)


def record_of_session(
    session: Session, panel: Sequence[Interviewer], job: Job | None = None, stories: Sequence[Story] = ()
) -> InterviewRecord:
    """A practice as an occasion. `panel` are its interviewers with the names they had in it."""
    examples, reasons, unfit = [], [], []
    offer = None
    written = {story.source: story for story in stories if story.source}
    for answer in session.latest_attempts():
        label = f"your answer to “{answer.question.ask}”"
        about = {
            "asked_by": answer.interviewer_id,
            "topic": asked_about(answer.question.ask),
            "ask": answer.question.ask,
            "spoken": any(word.end is not None for word in answer.transcript.words),
        }
        reading = _reading_of(answer)
        if reading is None:
            continue
        ends = _ends(reading.words, answer.question.ask)
        if answer.question.kind in _FOR_EXAMPLES:
            found = example_in(reading, ends)
            kind, where = SourceKind.ANSWER, answer.id
            level = _level(answer, "examples", examples_level(reading))
            if level < COMPLETE and not isinstance(found, Lack):
                found = Lack.WEAK
            if (story := written.get(answer.id)) and (story_text := _told_in(story)):
                found, kind, where, label = story_text, SourceKind.STORY, story.id, f"your story “{story.title}”"
            if isinstance(found, Lack):
                says = f"Your answer to “{answer.question.ask}” is not in this letter: {found.value}."
                unfit.append(Unfit(says, answer.interviewer_id))
            else:
                examples.append(_excerpt(kind, where, label, found, level, about))
        elif answer.question.kind in _OF_REASONS:
            if is_reason(reading) and (reason := reason_in(reading, ends)):
                level = _level(answer, "motivation", motivation_level(reading))
                reasons.append(_excerpt(SourceKind.ANSWER, answer.id, label, reason, level, about))
        elif is_closing(answer) and (offered := offer_in(reading, ends)):
            offer = _excerpt(SourceKind.ANSWER, answer.id, label, offered, 0, about)
    taken = {each.where for each in examples}
    return InterviewRecord(
        session.id,
        (session.finished_at or session.started_at)[:10],
        session.candidate_name.strip(),
        _plain_role(job.role) if job else "",
        job.company if job else "",
        tuple(_interviewer_of_panel(each, session, job) for each in panel),
        (*examples, *_untold(stories, taken)),
        tuple(sorted(reasons, key=lambda each: -each.weight)),
        offer,
        tuple(stories),
        (*_answers_known(session), *_stored(stories, job)),
        tuple(unfit),
        job.id if job else "",
        finished=session.finished,
        answered=bool(session.learned)
        or any(each.transcript.text.strip() for each in session.answers if not each.skipped),
    )


def record_of_debrief(
    debrief: Debrief, candidate: str = "", job: Job | None = None, stories: Sequence[Story] = ()
) -> InterviewRecord:
    """A real interview as an occasion."""
    excerpts, unfit = [], []
    for met in debrief.met:
        for text in met.told:
            found = _note_told(text)
            if isinstance(found, str):
                unfit.append(Unfit(found, met.name))
            else:
                label = "what you told them, from your notes"
                excerpts.append(Excerpt(SourceKind.DEBRIEF, debrief.id, label, found, met.name))
    reasons = []
    if debrief.reason:
        label = "the reason in your notes"
        if re.search(r"\b(?:I|my|me)\b", debrief.reason) and not dangles([debrief.reason]):
            reasons.append(Excerpt(SourceKind.DEBRIEF, debrief.id, label, (_ended(debrief.reason),)))
        else:
            unfit.append(Unfit("The reason in your notes is no sentence that can stand alone; write it with “I”."))
    known = [
        StoredSource(SourceKind.SAID, text, f"what {each.name or 'they'} said in the interview", text)
        for each in debrief.met
        for text in (*each.priorities, *each.problems, *each.facts, *each.asked)
    ]
    known += [
        StoredSource(SourceKind.DEBRIEF, debrief.id, "what you told them, from your notes", text)
        for each in debrief.met
        for text in each.told
    ]
    if debrief.reason:
        known.append(StoredSource(SourceKind.DEBRIEF, debrief.id, "the reason in your notes", debrief.reason))
    return InterviewRecord(
        debrief.id,
        debrief.on,
        candidate.strip(),
        _plain_role(debrief.role or (job.role if job else "")),
        debrief.company or (job.company if job else ""),
        tuple(_interviewer_met(each, job) for each in debrief.people),
        (*excerpts, *_untold(stories, set())),
        tuple(reasons),
        None,
        tuple(stories),
        (*known, *_stored(stories, job)),
        tuple(unfit),
        job.id if job else "",
        practice=False,
    )


def _excerpt(
    kind: SourceKind, where: str, label: str, sentences: tuple[str, ...], level: int, about: dict[str, object]
) -> Excerpt:
    return Excerpt(kind, where, label, sentences, weight=float(level), **about)  # type: ignore[arg-type]


def _level(answer: Answer, rubric: str, read: int) -> int:
    """The level that an answer was given, or what its reading comes to where it was not scored for that."""
    given = answer.scorecard.level(rubric) if answer.scorecard else None
    return read if given is None else given


def _reading_of(answer: Answer) -> Reading | None:
    """The reading kept with an answer, or a new one; None where there is none to be had."""
    if answer.scorecard and answer.scorecard.reading:
        return answer.scorecard.reading
    try:
        return read_answer(answer.transcript, answer.question.ask)
    except MissingPart:
        return None


def _ends(words: tuple[str, ...], question: str) -> tuple[float, ...]:
    try:
        return sentence_ends(words, question)
    except MissingPart:
        return ()


def _read(text: str, question: str) -> Reading | None:
    try:
        return read_answer(typed(text), question)
    except MissingPart:
        return None


def _note_told(text: str) -> tuple[str, ...] | str:
    """A note on what was told, where it can stand in a letter; else what to do about it."""
    start = f"“{text if len(text) <= 60 else f'{text[:57]}...'}” is in no letter: "
    reading = _read(text, _ASKED_WHAT)
    found = (
        example_in(reading, _ends(reading.words, _ASKED_WHAT), outcome_needed=False) if reading else Lack.NO_ACTION
    )
    if found is Lack.NO_ACTION and reading and (composed(reading) or _WITH_I.match(text)):
        # The candidate noted it as told; that is all a letter says of it.
        whole = tuple(readable(reading, *each) for each in sentences(reading))
        found = Lack.HANGS if dangles(whole, opens=True) else whole
    if isinstance(found, Lack):
        return f"{start}{found.value}."
    return found if _in_first_person(found) else f"{start}write it in whole sentences, with “I”."


_WITH_I = re.compile(r"I(?:'m|'ve|'d)? \w+ \w+")


def _told_in(story: Story) -> tuple[str, ...] | None:
    """A story as it can stand in a letter: written in whole sentences, with an action and what came of it."""
    if not (story.action and story.result and _in_first_person((story.action,))):
        return None
    parts = tuple(_ended(part) for part in (story.situation, story.task, story.action, story.result) if part)
    return None if dangles(parts, opens=True) or len(" ".join(parts).split()) > 130 else parts


def _in_first_person(texts: Iterable[str]) -> bool:
    return bool(re.search(r"\b(?:I|I'd|I've|we|my)\b", " ".join(texts)))


def _untold(stories: Sequence[Story], taken: set[str]) -> Iterable[Excerpt]:
    """The stories that were not told in this interview."""
    for story in stories:
        if story.id not in taken and (sentences := _told_in(story)):
            label = f"your story “{story.title}”, which you did not tell in this interview"
            yield Excerpt(SourceKind.STORY, story.id, label, sentences, told=False)


def _ended(text: str) -> str:
    """A text as a sentence: what was written into a field often has no capital and no full stop."""
    plain = " ".join(text.split())
    plain = plain[:1].upper() + plain[1:]
    return plain if plain.endswith((".", "!", "?")) else f"{plain}."


def _interviewer_of_panel(interviewer: Interviewer, session: Session, job: Job | None) -> RecordedInterviewer:
    statements = [
        RecordedStatement(each.kind, each.text) for each in session.learned if each.interviewer_id == interviewer.id
    ]
    heard = {each.text for each in statements}
    statements += [each for each in _noted(interviewer.name, job) if each.text not in heard]
    asked = [each.question.ask for each in session.answers if each.interviewer_id == interviewer.id]
    stands_in = bool(interviewer.field)  # who was noted for the job has its field
    return RecordedInterviewer(
        interviewer.id, interviewer.name, interviewer.role, "", tuple(statements), tuple(asked), stands_in
    )


def _interviewer_met(met: Met, job: Job | None) -> RecordedInterviewer:
    statements = [
        *(RecordedStatement(LearnedKind.PROBLEM, text) for text in met.problems),
        *(RecordedStatement(LearnedKind.PRIORITY, text) for text in met.priorities),
    ]
    heard = {each.text for each in statements}
    statements += [each for each in _noted(met.name, job) if each.text not in heard]
    return RecordedInterviewer(met.name, met.name, met.role, met.email, tuple(statements), met.asked)


def _noted(name: str, job: Job | None) -> list[RecordedStatement]:
    """What the candidate had noted of somebody before."""
    texts = (
        [text for who, texts in job.priorities.items() if who.casefold() == name.casefold() for text in texts]
        if job
        else []
    )
    return [RecordedStatement(LearnedKind.PRIORITY, text, aloud=False) for text in texts]


def _answers_known(session: Session) -> list[StoredSource]:
    own_answers = [
        StoredSource(SourceKind.ANSWER, each.id, f"your answer to “{each.question.ask}”", _as_read(each))
        for each in session.answers
        if not each.skipped
    ]
    heard = [
        StoredSource(SourceKind.SAID, each.text, f"what {each.interviewer_name} said in the interview", each.text)
        for each in session.learned
    ]
    asked = [
        StoredSource(SourceKind.SAID, each.question.ask, f"what {each.interviewer_name} asked", each.question.ask)
        for each in session.answers
    ]
    return [*own_answers, *heard, *asked]


def _as_read(answer: Answer) -> str:
    """An answer's words with their sentence ends, where they are known."""
    reading = answer.scorecard.reading if answer.scorecard else None
    return readable(reading) if reading and reading.words else answer.transcript.text


def _stored(stories: Sequence[Story], job: Job | None) -> list[StoredSource]:
    kept = [
        StoredSource(
            SourceKind.STORY,
            story.id,
            f"your story “{story.title}”",
            ". ".join(part for part in (story.text, story.title, story.numbers, story.use, story.witness) if part),
        )
        for story in stories
    ]
    if job:
        requirements = ". ".join((job.role, job.company, job.place, *(each.text for each in job.requirements)))
        kept.append(StoredSource(SourceKind.JOB, job.id, "the job's posting", f"{requirements}. {job.posting}"))
        kept.extend(
            StoredSource(SourceKind.SAID, text, f"what you noted of {name or job.company}", text)
            for name, texts in job.priorities.items()
            for text in texts
        )
    return kept


def _plain_role(role: str) -> str:
    """A role without what postings add to it: "Staff nurse (m/f/d), full time" is "Staff nurse"."""
    return re.split(r"[(\[|/,]|\s[-–—]\s", " ".join(role.split()))[0].strip()


__all__ = [
    "Excerpt",
    "InterviewRecord",
    "RecordedInterviewer",
    "RecordedStatement",
    "SourceKind",
    "StoredSource",
    "record_of_debrief",
    "record_of_session",
]

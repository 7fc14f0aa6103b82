"""One interview as letters need it: who was met, what they said, what the candidate told them, and what is stored.

Made from a practice or from the debrief of a real interview. Everything that a letter may claim stands in
`InterviewRecord.sources`, with the place it comes from.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from simulator.assessment import read_answer
from simulator.errors import MissingPart
from simulator.followup.dangling_references import dangles, sentences_of
from simulator.followup.debrief import Debrief, Met
from simulator.followup.story_lines import LetterLines
from simulator.followup.told_stories import Reader, SourceKind, ToldStory, is_touchy
from simulator.interview.interviewer import Interviewer
from simulator.preparation.job import Job
from simulator.preparation.stories import Story
from simulator.questions.advice import content_words
from simulator.questions.bank import Kind
from simulator.reading import elements as e
from simulator.reading.readable import readable
from simulator.reading.reading import Reading
from simulator.sessions.session import Answer, LearnedKind, Session, is_closing

_ABOUT_ONESELF = (Kind.MOTIVATION, Kind.OPENING, Kind.CLOSING)
"""Questions that ask why, or who one is; the others ask for what was done."""
LEAST_TOLD = 12
"""Words of an answer in which there may be a story."""
LIKELY_OFFER = 0.75


@dataclass(frozen=True, slots=True)
class StoredSource:
    """Something that was said or is stored: its place, what it is called, and the words.

    `written`: somebody chose the spelling, and no recogniser.
    """

    kind: SourceKind
    where: str
    label: str
    text: str
    written: bool = True


@dataclass(frozen=True, slots=True)
class RecordedStatement:
    """What is known to matter to an interviewer. `aloud`: said in this interview; else it was noted before."""

    kind: LearnedKind
    text: str
    aloud: bool = True


@dataclass(frozen=True, slots=True)
class RecordedInterviewer:
    """Somebody who interviewed. `asked` are their questions, `priorities` all that is known to matter to them.

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
    def priorities(self) -> tuple[str, ...]:
        """What matters to them, said or noted."""
        return tuple(each.text for each in self.said)

    @property
    def reader(self) -> Reader:
        """This person as the reader of a letter."""
        return Reader(self.id, self.name, self.priorities)


@dataclass(frozen=True, slots=True)
class InterviewRecord:
    """One interview; `id` is that of its session or debrief. `told` are the stories for a letter, `lines` those
    in which the candidate tells them again; `offers` what was offered to be sent, `reason`
    what the notes on a real interview say of wanting the job."""

    id: str
    on: str
    candidate: str = ""
    role: str = ""
    company: str = ""
    interviewers: tuple[RecordedInterviewer, ...] = ()
    told: tuple[ToldStory, ...] = ()
    offers: tuple[str, ...] = ()
    reason: str = ""
    stories: tuple[Story, ...] = ()
    sources: tuple[StoredSource, ...] = ()
    lines: LetterLines = field(default_factory=lambda: LetterLines(""), hash=False)
    job_id: str = ""
    practice: bool = True
    finished: bool = True
    answered: bool = True

    @property
    def about(self) -> str:
        """Role and company as far as they are known."""
        return " at ".join(part for part in (self.role, self.company) if part)

    def with_lines(self, lines: LetterLines) -> "InterviewRecord":
        """With the candidate's own lines, which are a source of what a letter says."""
        others = tuple(each for each in self.sources if each.kind is not SourceKind.LINE)
        own = (StoredSource(SourceKind.LINE, self.id, "your own line", each) for each in lines.all)
        return replace(self, lines=lines, sources=(*others, *own))

    def person(self, id_: str) -> "RecordedInterviewer | None":
        """One of the interviewers; None where there is none of that id."""
        return next((each for each in self.interviewers if each.id == id_), None)


def record_of_session(
    session: Session, panel: Sequence[Interviewer], job: Job | None = None, stories: Sequence[Story] = ()
) -> InterviewRecord:
    """A practice as an occasion. `panel` are its interviewers with the names they had in it."""
    told: list[ToldStory] = []
    offers: list[str] = []
    for answer in session.latest_attempts():
        if answer.skipped or not answer.transcript.text.strip():
            continue
        if is_closing(answer):
            offers.extend(_offers(answer))
        elif answer.question.kind not in _ABOUT_ONESELF and (story := _story_of(answer)):
            told.append(story)
    told_here = {each.where for each in told}
    return InterviewRecord(
        session.id,
        (session.finished_at or session.started_at)[:10],
        session.candidate_name.strip(),
        _plain_role(job.role) if job else "",
        job.company if job else "",
        tuple(_interviewer_of_panel(each, session, job) for each in panel),
        (*told, *_untold(story for story in stories if story.source not in told_here)),
        tuple(offers),
        "",
        tuple(stories),
        (*_answers_known(session), *_stored(stories, job)),
        job_id=job.id if job else "",
        finished=session.finished,
        answered=bool(session.learned)
        or any(each.transcript.text.strip() for each in session.answers if not each.skipped),
    )


def record_of_debrief(
    debrief: Debrief, candidate: str = "", job: Job | None = None, stories: Sequence[Story] = ()
) -> InterviewRecord:
    """A real interview as an occasion."""
    notes = [(met.name, text) for met in debrief.met for text in met.told]
    label = "what you told them, from your notes"
    told = [
        ToldStory(SourceKind.DEBRIEF, f"{debrief.id}/{number}", label, text, name, parts=_noted_parts(text))
        for number, (name, text) in enumerate(notes, 1)
    ]
    known = [
        StoredSource(SourceKind.SAID, text, f"what {each.name or 'they'} said in the interview", text)
        for each in debrief.met
        for text in (*each.priorities, *each.problems, *each.facts, *each.asked)
    ]
    known += [StoredSource(SourceKind.DEBRIEF, debrief.id, label, text) for _, text in notes]
    if debrief.reason:
        known.append(StoredSource(SourceKind.DEBRIEF, debrief.id, "the reason in your notes", debrief.reason))
    return InterviewRecord(
        debrief.id,
        debrief.on,
        candidate.strip(),
        _plain_role(debrief.role or (job.role if job else "")),
        debrief.company or (job.company if job else ""),
        tuple(_interviewer_met(each, job) for each in debrief.people),
        (*told, *_named_in(notes, stories)),
        (),
        debrief.reason,
        tuple(stories),
        (*known, *_stored(stories, job)),
        job_id=job.id if job else "",
        practice=False,
    )


def _story_of(answer: Answer) -> ToldStory | None:
    """What an answer may tell; None where it is too short for that."""
    if len(answer.transcript.text.split()) < LEAST_TOLD:
        return None
    ask = answer.question.ask.strip()
    reading = _reading_of(answer)
    return ToldStory(
        SourceKind.ANSWER,
        answer.id,
        f"your answer to “{ask}”",
        readable(reading) if reading and reading.words else answer.transcript.text,
        answer.interviewer_id,
        ask,
        touchy=answer.question.kind is Kind.WEAKNESS or is_touchy(ask),
        whole=reading is None or (reading.has(e.OWN_ACTION) and reading.has(e.OUTCOME)),
        parts=_written_parts(answer, reading) if reading else ("", "", ""),
    )


def _written_parts(answer: Answer, reading: Reading) -> tuple[str, str, str]:
    """The parts of an answer that was typed in whole sentences; nothing of one that was spoken.

    What one did are the sentences that tell a deed of one's own, and those that they point to; before the first
    stands what was wrong, and behind the last what came of it. Where one of these is missing, the first or the last
    sentence is it.
    """
    text = answer.transcript.text
    if not _is_written(answer):
        return ("", "", "")
    sentences = sentences_of(text)
    ends = [len(" ".join(sentences[: number + 1]).split()) for number in range(len(sentences))]
    middles = [(span.first_word + span.last_word) // 2 for span in reading.of(e.OWN_ACTION)]
    own = sorted({next((n for n, end in enumerate(ends) if middle < end), 0) for middle in middles})
    inner = range(1, len(sentences) - 1)
    own = [number for number in own if number in inner] or list(inner[:1])
    if not own:
        return ("", "", "")
    needed = {number - 1 for number in own[1:] if dangles([sentences[number]], after=True)}
    did = " ".join(sentences[number] for number in sorted({*own, *needed}))
    return (" ".join(sentences[: own[0]]), did, " ".join(sentences[own[-1] + 1 :]))


def _is_written(answer: Answer) -> bool:
    """Whether an answer was typed, in whole sentences."""
    spoken = any(word.end is not None for word in answer.transcript.words)
    return not spoken and bool(_WRITTEN.match(answer.transcript.text))


_WRITTEN = re.compile(r"[A-Z“\"'](?=.*[.!?] [A-Z])(?!.*\bi\b)(?!.*[.!?] [a-z]).*[.!?]\s*$", re.DOTALL)
"""Begins with a capital and ends with a stop, and has whole sentences in between."""


def _noted_parts(text: str) -> tuple[str, str, str]:
    """A note in whole sentences as what was done, and what came of it."""
    did, *came = sentences_of(text)
    return ("", did, " ".join(came)) if came else ("", "", "")


def _offers(answer: Answer) -> Iterable[str]:
    """What the candidate offered to send or to show."""
    reading = _reading_of(answer)
    for span in reading.of(e.OFFER) if reading else ():
        if span.probability >= LIKELY_OFFER:
            yield readable(reading, span.first_word, span.last_word, quoted=True)  # type: ignore[arg-type]


def _reading_of(answer: Answer) -> Reading | None:
    """The reading kept with an answer, or a new one; None where there is none to be had."""
    if answer.scorecard and answer.scorecard.reading:
        return answer.scorecard.reading
    try:
        return read_answer(answer.transcript, answer.question.ask)
    except MissingPart:
        return None


def _untold(stories: Iterable[Story]) -> Iterable[ToldStory]:
    """The stories that were not told in this interview."""
    for story in map(_stored_story, stories):
        yield replace(story, label=f"{story.label}, which you did not tell in this interview")


def _stored_story(story: Story) -> ToldStory:
    parts = (story.situation or story.task, story.action, story.result)
    label = f"your story “{story.title}”"
    return ToldStory(SourceKind.STORY, story.id, label, story.text, told=False, parts=parts)


def _named_in(notes: Sequence[tuple[str, str]], stories: Iterable[Story]) -> Iterable[ToldStory]:
    """The stories, told to whoever the notes say so of; notes are not all that was said, so none is called untold."""
    for story in stories:
        title = content_words(story.title)
        to = next((name for name, text in notes if title and title <= content_words(text)), None)
        yield replace(_stored_story(story), told=to is not None, asked_by=to or "")


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
        StoredSource(
            SourceKind.ANSWER, each.id, f"your answer to “{each.question.ask}”", _as_read(each), _is_written(each)
        )
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

"""One interview as letters need it: who was met, what they said, what the candidate told them, and what is stored.

Made from a practice or from the debrief of a real interview. Everything that a letter may claim stands in
`Occasion.sources`, with the place it comes from.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from simulator.followup.debrief import Debrief, Met
from simulator.followup.telling import Evidence, Reason, SourceKind, answer_evidence, reason_of, story_evidence
from simulator.interview.interviewer import Interviewer
from simulator.preparation.job import Job
from simulator.preparation.stories import Story
from simulator.questions.bank import Kind
from simulator.sessions.session import Answer, LearnedKind, Session, is_closing

GOOD_EXAMPLE, GOOD_REASON = 3, 2
"""The levels from which an answer's example, or its motive, may stand in a letter; its words decide the rest."""
_OF_REASONS = (Kind.MOTIVATION, Kind.OPENING)
"""Questions that ask why, or who one is; the others ask for what was done."""


@dataclass(frozen=True, slots=True)
class Known:
    """Something that was said or is stored: its place, what it is called, and the words."""

    kind: SourceKind
    where: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Said:
    """What an interviewer gave away."""

    kind: LearnedKind
    text: str


@dataclass(frozen=True, slots=True)
class Host:
    """Somebody who interviewed. `wishes` is all that is known to matter to them, said or not; it only chooses."""

    id: str
    name: str
    role: str = ""
    email: str = ""
    said: tuple[Said, ...] = ()
    wishes: tuple[str, ...] = ()
    competencies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Occasion:
    """One interview; `id` is that of its session or debrief. `unfit` is what was told but cannot be sent as it is."""

    id: str
    on: str
    candidate: str = ""
    role: str = ""
    company: str = ""
    hosts: tuple[Host, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    reason: Reason | None = None
    offer: Reason | None = None
    sources: tuple[Known, ...] = ()
    unfit: tuple[str, ...] = ()
    job_id: str = ""
    practice: bool = True

    @property
    def about(self) -> str:
        """Role and company as far as they are known."""
        return " at ".join(part for part in (self.role, self.company) if part)


def occasion_of_session(
    session: Session, cast: Sequence[Interviewer], job: Job | None = None, stories: Sequence[Story] = ()
) -> Occasion:
    """A practice as an occasion. `cast` are its interviewers with the names they had in it."""
    names = _names(job, [each.name for each in cast], session.candidate_name, stories)
    answers = [answer for answer in session.latest_attempts() if answer.scorecard and answer.scorecard.scored]
    told = [answer for answer in answers if not is_closing(answer)]
    evidence, unfit = [], []
    for answer in told:
        if (
            answer.question.kind in _OF_REASONS
            or ((answer.scorecard and answer.scorecard.level("examples")) or 0) < GOOD_EXAMPLE
        ):
            continue
        if found := answer_evidence(answer, names):
            evidence.append(found)
        else:
            unfit.append(
                f"The words of your answer to “{answer.question.ask}” are too broken to be sent; "
                "say what you did and what came of it in two sentences of your own."
            )
    reason, reason_unfit = _reason(told, names)
    taken = {answer.id for answer in told}
    return Occasion(
        session.id,
        (session.finished_at or session.started_at)[:10],
        session.candidate_name.strip(),
        _plain_role(job.role) if job else "",
        job.company if job else "",
        tuple(_host_of_cast(each, session, job) for each in cast),
        _with_stories(evidence, stories, names, taken),
        reason,
        _offer(answers, names),
        (*_answers_known(session), *_stored(stories, job)),
        (*unfit, *reason_unfit),
        job.id if job else "",
    )


def occasion_of_debrief(
    debrief: Debrief, candidate: str = "", job: Job | None = None, stories: Sequence[Story] = ()
) -> Occasion:
    """A real interview as an occasion."""
    names = _names(job, [each.name for each in debrief.people], candidate, stories, debrief.company)
    reason = reason_of(debrief.reason, SourceKind.DEBRIEF, debrief.id, "the reason in your notes", names)
    told = [
        replace(found, asked_by=each.name)
        for each in debrief.met
        for number, text in enumerate(each.told)
        if (found := _told(text, f"{debrief.id}#{each.name}#{number}", each, names))
    ]
    unfit = () if reason or not debrief.reason else (_REASON_UNFIT.format(what="The reason in your notes"),)
    notes = (
        Known(SourceKind.SAID, text, f"what {each.name or 'they'} said in the interview", text)
        for each in debrief.met
        for text in (*each.priorities, *each.problems, *each.facts, *each.asked)
    )
    own = (
        Known(SourceKind.DEBRIEF, f"{debrief.id}#{each.name}#{number}", "what you told them, from your notes", text)
        for each in debrief.met
        for number, text in enumerate(each.told)
    )
    why = (
        [Known(SourceKind.DEBRIEF, debrief.id, "the reason in your notes", debrief.reason)] if debrief.reason else []
    )
    return Occasion(
        debrief.id,
        debrief.on,
        candidate.strip(),
        _plain_role(debrief.role or (job.role if job else "")),
        debrief.company or (job.company if job else ""),
        tuple(_host_met(each, debrief) for each in debrief.people),
        _with_stories(told, stories, names, set()),
        reason,
        None,
        (*notes, *own, *why, *_stored(stories, job)),
        unfit,
        job.id if job else "",
        practice=False,
    )


_REASON_UNFIT = "{what} is too broken to be sent; say in one sentence of your own why you want this work."


def _host_of_cast(interviewer: Interviewer, session: Session, job: Job | None) -> Host:
    said = tuple(
        Said(learned.kind, learned.text) for learned in session.learned if learned.interviewer_id == interviewer.id
    )
    noted = tuple(job.priorities.get(interviewer.name, ())) if job else ()
    wishes = (*(each.text for each in said), *noted, *interviewer.priorities, interviewer.pressing_problem)
    return Host(
        interviewer.id,
        interviewer.name,
        interviewer.role,
        said=said,
        wishes=tuple(dict.fromkeys(wish for wish in wishes if wish)),
        competencies=interviewer.competencies,
    )


def _host_met(met: Met, debrief: Debrief) -> Host:
    said = (
        *(Said(LearnedKind.PRIORITY, text) for text in met.priorities),
        *(Said(LearnedKind.PROBLEM, text) for text in met.problems),
    )
    wishes = (*(each.text for each in said), *met.facts, *met.asked)
    return Host(met.name, met.name, met.role, met.email, said, tuple(dict.fromkeys(wishes)))


def _told(text: str, where: str, met: Met, names: Sequence[str]) -> Evidence | None:
    """Something noted as told in the interview, as evidence."""
    found = story_evidence(Story(where, "what you told them", action=text), names)
    return replace(found, kind=SourceKind.DEBRIEF, label="what you told them, from your notes") if found else None


def _with_stories(
    evidence: Sequence[Evidence], stories: Sequence[Story], names: Sequence[str], told: set[str]
) -> tuple[Evidence, ...]:
    """The answers' examples and the stories'; where a story was taken from an answer, its written words stand."""
    written = [(story, found) for story in stories if (found := story_evidence(story, names))]
    taken_over = {story.source: story for story, _ in written if story.source in told}
    from_answers = [each for each in evidence if each.where not in taken_over]
    by_id = {each.where: each for each in evidence}
    from_stories = [
        replace(found, asked_by=by_id[story.source].asked_by, ask=by_id[story.source].ask)
        if story.source in by_id
        else found
        for story, found in written
    ]
    return (*from_answers, *from_stories)


def _reason(answers: Sequence[Answer], names: Sequence[str]) -> tuple[Reason | None, tuple[str, ...]]:
    """The best motive that can be sent; and, where none can, what to do."""
    scored = [
        (level, answer)
        for answer in answers
        if answer.question.kind in _OF_REASONS
        and answer.scorecard
        and (level := answer.scorecard.level("motivation") or 0) >= GOOD_REASON
    ]
    scored.sort(key=lambda pair: -pair[0])
    found: list[tuple[float, Reason]] = []
    for level, answer in scored:
        label = f"your answer to “{answer.question.ask}”"
        words = [word.text for word in answer.transcript.words]
        quotes = answer.scorecard.rubrics["motivation"].quotes if answer.scorecard else ()
        if reason := reason_of(" ".join(words), SourceKind.ANSWER, answer.id, label, names, quotes):
            found.append((reason.weight + level, reason))
    if found:
        return max(found, key=lambda pair: pair[0])[1], ()
    return None, tuple(
        _REASON_UNFIT.format(what=f"The reason you gave to “{answer.question.ask}”") for _, answer in scored[:1]
    )


def _offer(answers: Sequence[Answer], names: Sequence[str]) -> Reason | None:
    """A work sample that the candidate offered in their own words ("I can send you the plan I made")."""
    from simulator.followup.said import written

    for answer in answers:
        if not (answer.scorecard and answer.scorecard.closing.work_sample_offered):
            continue
        for clause in written(answer.transcript.text, names):
            if clause.fit and re.match(
                r"I (?:can|could|will|would be (?:glad|happy) to) (?:send|share|show)\b", clause.text
            ):
                text = re.split(r",? and (?=I(?:'m| am)\b)", clause.text)[0].rstrip(".")
                return Reason(text, SourceKind.ANSWER, answer.id, f"your answer to “{answer.question.ask}”")
    return None


def _answers_known(session: Session) -> list[Known]:
    told = [
        Known(SourceKind.ANSWER, answer.id, f"your answer to “{answer.question.ask}”", answer.transcript.text)
        for answer in session.answers
        if not answer.skipped
    ]
    heard = [
        Known(SourceKind.SAID, each.text, f"what {each.interviewer_name} said in the interview", each.text)
        for each in session.learned
    ]
    asked = [
        Known(SourceKind.SAID, answer.question.ask, f"what {answer.interviewer_name} asked", answer.question.ask)
        for answer in session.answers
    ]
    return [*told, *heard, *asked]


def _stored(stories: Sequence[Story], job: Job | None) -> list[Known]:
    kept = [
        Known(
            SourceKind.STORY,
            story.id,
            f"your story “{story.title}”",
            " ".join((story.searched, story.numbers, story.use, story.witness)),
        )
        for story in stories
    ]
    if job:
        wishes = " ".join((job.role, job.company, job.place, *(each.text for each in job.requirements)))
        kept.append(Known(SourceKind.JOB, job.id, "the job's posting", f"{wishes} {job.posting}"))
        kept.extend(
            Known(SourceKind.SAID, text, f"what was noted of {name or job.company}", text)
            for name, texts in job.priorities.items()
            for text in texts
        )
    return kept


def _names(
    job: Job | None, people: Sequence[str], candidate: str, stories: Sequence[Story], company: str = ""
) -> tuple[str, ...]:
    """Names that are written large wherever they occur."""
    from_stories = (
        word
        for story in stories
        for part in (story.situation, story.task, story.action, story.result)
        for word in re.findall(r"(?<=[a-z,] )[A-Z]\w+", part)
    )
    return (*people, candidate, company, *((job.company, job.place, job.contact) if job else ()), *from_stories)


def _plain_role(role: str) -> str:
    """A role without what postings add to it: "Staff nurse (m/f/d), full time" is "Staff nurse"."""
    return re.split(r"\s*[(\[|/]|,\s|\s[-–—]\s", role.strip())[0].strip()


__all__ = [
    "Evidence",
    "Host",
    "Known",
    "Occasion",
    "Reason",
    "Said",
    "SourceKind",
    "occasion_of_debrief",
    "occasion_of_session",
]

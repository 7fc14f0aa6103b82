"""What is kept around an application: jobs, stories, people, debriefs, letters and dates."""

from dataclasses import replace

from simulator.clock import is_day, now
from simulator.errors import UserError
from simulator.followup.debrief import Debrief
from simulator.followup.letter_drafts import LetterDrafts
from simulator.followup.story_lines import LetterLines
from simulator.followup.timeline import Timeline
from simulator.preparation.job import Job, with_link
from simulator.preparation.people import Person, PersonKind
from simulator.preparation.stories import Story
from simulator.sessions.json_repository import JsonRepository
from simulator.sessions.store import Store

LINES = "letter-lines"
"""The kind of document with the candidate's own lines for letters."""


def _days_fit(kept: Debrief | Timeline) -> None:
    """Raise UserError where a day is none: dates are worked out from it."""
    first = kept.on if isinstance(kept, Debrief) else kept.interview_on
    steps = kept.steps if isinstance(kept, Timeline) else ()
    for day in (first, *([kept.decision_on] if kept.decision_on else []), *(step.on for step in steps)):
        if not is_day(day):
            raise UserError(f"'{day[:40]}' is no day")


class Repositories:
    """All repositories, over an open store."""

    def __init__(self, store: Store) -> None:
        self.jobs = JsonRepository(store, "job", Job, "job", "'job list'")
        self.stories = JsonRepository(store, "story", Story, "story", "'stories list'")
        self.people = JsonRepository(store, "person", Person, "person", "'job people'")
        self.debriefs = JsonRepository(store, "debrief", Debrief, "debrief", "'followup debrief list'", _days_fit)
        self.letter_lines = JsonRepository(store, LINES, LetterLines, "letter lines", "'followup draft'")
        self.letters = JsonRepository(store, "letters", LetterDrafts, "letters", "'followup draft'")
        self.timelines = JsonRepository(store, "timeline", Timeline, "timeline", "'followup timeline'", _days_fit)

    def add_job(self, posting: str) -> Job:
        """Take a posting apart and keep it; one that is kept already comes back as it was corrected.

        Raises UserError when it cannot be one.
        """
        from simulator.preparation.posting import read_posting  # late

        job = read_posting(posting, self.jobs.ids(), now())
        known = next((each for each in self.jobs.all() if each.posting == job.posting), None)
        return known or self.jobs.save(job)

    def requirements_of(self, job_id: str) -> tuple[str, ...]:
        """What answers are judged against for a job; nothing without one, or when it was removed since."""
        job = self.jobs.find(job_id)
        return job.requirement_texts() if job else ()

    def delete_job(self, job_id: str) -> Job:
        """Remove a job. The people noted for it stay on the list, for no job in particular. Raises UserError."""
        job = self.jobs.delete(job_id)
        for person in self.people.all():
            if person.job_id == job_id:
                self.people.save(replace(person, job_id=""))
        return job

    def delete_story(self, story_id: str) -> Story:
        """Remove a story and the links to it. Raises UserError when there is none."""
        story = self.stories.delete(story_id)
        for job in self.jobs.all():
            if any(link.story_id == story_id for link in job.links):
                self.jobs.save(replace(job, links=tuple(each for each in job.links if each.story_id != story_id)))
        return story

    def link(self, job_id: str, requirement_id: str, story_id: str, linked: bool) -> Job:
        """Save the user's word on a requirement and a story. Raises UserError for what is not there."""
        story = self.stories.resolve(story_id)
        return self.jobs.save(with_link(self.jobs.resolve(job_id), requirement_id, story.id, linked))

    def interviewers_for(self, job_id: str) -> list[Person]:
        """The people who interview for a job, as far as they are known."""
        return [each for each in self.people.all() if each.job_id == job_id and each.kind is PersonKind.INTERVIEWER]

    def references(self, job_id: str = "") -> list[Person]:
        """The references: those noted for the job, and those noted for no job in particular."""
        return [
            each for each in self.people.all() if each.kind is PersonKind.REFERENCE and each.job_id in ("", job_id)
        ]

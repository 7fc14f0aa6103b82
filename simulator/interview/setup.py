"""What the candidate chose before an interview, and how it runs."""

from dataclasses import dataclass

from simulator.interview.asides import NOTHING_NOTED, Facts
from simulator.sessions.session import Mode

JOB_BANK = "job:"
"""Before a job's id: the questions of all banks, and those that were worded for the job."""


@dataclass(frozen=True, slots=True)
class Setup:
    """What the candidate chose before an interview. Empty values mean: as in the settings."""

    bank_id: str = ""
    count: int = 0
    mode: Mode | None = None
    interviewer_ids: tuple[str, ...] = ()
    seed: int | None = None
    question_id: str = ""
    """Drill: the one question."""
    weak_first: bool = False
    job_id: str = ""
    requirements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class InterviewOptions:
    """How this interview runs, apart from its questions. `requirements` and `facts` are the job's.

    Assignments: without `second_try` each question is answered once, and with `limits` its seconds are a limit.
    """

    probes: bool = True
    think_seconds: int = 30
    requirements: tuple[str, ...] = ()
    facts: Facts = NOTHING_NOTED
    second_try: bool = True
    limits: bool = False

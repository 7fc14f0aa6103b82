"""How a job is covered by stories, printed: for `stories coverage --job ID` and `job coverage ID`."""

import argparse

import msgspec

from simulator.console import say, say_json, tell
from simulator.errors import ExitCode
from simulator.preparation.coverage import Coverage, Row, coverage_of
from simulator.preparation.job import Job
from simulator.services import Services

MOST_STEPS = 5


def say_coverage(args: argparse.Namespace, services: Services) -> int:
    """Print how the job `args.id` is covered."""
    job = services.data.repositories.jobs.resolve(args.id)
    coverage = coverage_of(job, services.data.repositories.stories.all())
    if args.json:
        say_json(coverage_json(job, coverage))
        return ExitCode.DONE
    total = len(coverage.rows)
    say(f"{job.title}: {coverage.covered} of {total} requirements have a story")
    for row in coverage.rows:
        _say_row(row)
    if coverage.next_steps:
        say("\nWhat to prepare next")
    for step in coverage.next_steps[:MOST_STEPS]:
        say(f"  {step}")
    if not total:
        tell(f"Nothing is noted yet of what this job asks for: job edit {job.id} --add TEXT")
    return ExitCode.DONE


def _say_row(row: Row) -> None:
    importance = "needed" if row.requirement.must else "welcome"
    say(f"\n  {row.requirement.id:<4} {row.requirement.text}   ({row.requirement.kind.value}, {importance})")
    for match in row.stories:
        why = "linked by you" if match.linked else "answers it" if match.answers else "touches it"
        words = f": “{match.words}”" if match.words and not match.linked else ""
        say(f"       {'+' if match.answers else '~'} {match.title} ({match.story_id})   {why}{words}")
    if row.gap:
        say("       - no story yet")


def coverage_json(job: Job, coverage: Coverage) -> dict[str, object]:
    """The documented JSON form of a coverage."""
    return {
        "job": job.id,
        "title": job.title,
        "covered": coverage.covered,
        "total": len(coverage.rows),
        "requirements": [{**msgspec.to_builtins(row), "gap": row.gap} for row in coverage.rows],
        "gaps": [requirement.id for requirement in coverage.gaps],
        "next_steps": list(coverage.next_steps),
    }

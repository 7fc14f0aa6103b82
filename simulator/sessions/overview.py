"""What the home screen tells: the last practice, what to work on next, what was left unfinished."""

from dataclasses import dataclass

from simulator.sessions.progress import READ_BACK, suggestion
from simulator.sessions.report import level_bar, rubric_title
from simulator.sessions.store import SessionSummary, Store


@dataclass(frozen=True, slots=True)
class Overview:
    """Plain words for the home screen; "" where there is nothing to tell. `unfinished` is a session id."""

    latest: str
    next_step: str
    unfinished: str
    notice: str = ""


def overview(store: Store) -> Overview:
    """Read the overview from the store."""
    finished = store.summaries(limit=1, finished=True, with_sample=False)
    unfinished = store.summaries(limit=1, finished=False, with_sample=False)
    suggested = suggestion(store.levels_over_time(latest=READ_BACK))
    return Overview(
        latest=_latest_words(finished[0]) if finished else "",
        next_step=f"Work on next\n{suggested.why}" if suggested else "",
        unfinished=unfinished[0].id if unfinished else "",
        notice=store.notice,
    )


def _latest_words(summary: SessionSummary) -> str:
    lines = [f"Last practice: {summary.started_at[:10]}, {summary.bank_title}"]
    lines.extend(
        f"  {rubric_title(rubric):<26} {level_bar(round(level))} {level:.1f}"
        for rubric, level in summary.levels.items()
    )
    return "\n".join(lines)

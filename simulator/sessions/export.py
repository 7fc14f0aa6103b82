"""A session for somebody else's eyes: Markdown, one HTML file, JSON, CSV, WebVTT, SubRip.

The formats are described in `docs/export.md`.
"""

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Any

import msgspec

from simulator.scoring.scorecard import PartState, RubricScore, Scorecard
from simulator.sessions.answer_feedback import feedback_text
from simulator.sessions.coach_feedback import CoachFeedback
from simulator.sessions.export_html import SoundOf, as_html
from simulator.sessions.highlights import readable_parts
from simulator.sessions.recordings import found
from simulator.sessions.report import as_text, session_report
from simulator.sessions.session import Answer, Session, lasted, shown_scores
from simulator.sessions.times import clock, length_words
from simulator.sheets import Row, csv_text
from simulator.speech.subtitles import srt, vtt
from simulator.speech.transcript import Source, Transcript, joined

JSON_VERSION = 1
"""Counts up when a field of the JSON changes its meaning or goes; new fields do not count it up."""


class SessionFormat(StrEnum):
    """What a session can be exported as."""

    MD = "md"
    HTML = "html"
    JSON = "json"
    CSV = "csv"
    VTT = "vtt"
    SRT = "srt"


def export(
    session: Session,
    form: SessionFormat,
    words: bool = True,
    sound_of: SoundOf | None = None,
    coach: Mapping[str, CoachFeedback] | None = None,
) -> str:
    """The session as text in that format.

    Without `words`: levels only and nothing that was said. `sound_of` puts the recordings into the HTML page, `coach`
    what a coach said of the answers.
    """
    shown = session if words else without_words(session)
    match form:
        case SessionFormat.MD:
            return as_markdown(shown, words)
        case SessionFormat.HTML:
            return as_html(shown, words, sound_of if words else None, coach)
        case SessionFormat.JSON:
            return json_text(as_json(shown))
        case SessionFormat.CSV:
            return as_csv([shown])
        case SessionFormat.VTT:
            return as_vtt(shown)
        case SessionFormat.SRT:
            return srt(timeline(shown))


def json_text(document: Any) -> str:
    """A document as JSON to be read by people too."""
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode() + "\n"


def sounds_in(folder: Path) -> SoundOf:
    """Reads recordings from the folder of recordings; one that is gone or unreadable is None."""

    def sound_of(recording: str) -> bytes | None:
        path = found(folder, recording)
        try:
            return path.read_bytes() if path is not None else None
        except OSError:
            return None

    return sound_of


def without_words(session: Session) -> Session:
    """The session with levels and advice, but without anything that was said or recorded."""
    return replace(session, answers=tuple(_mute(answer) for answer in session.answers), place="")


def _mute(answer: Answer) -> Answer:
    if answer.scorecard is None:
        return replace(answer, utterances=())
    rubrics = {
        # Advice may quote the candidate; only level and anchor are free of words.
        name: replace(score, quotes=(), cues=(), advice="")
        for name, score in answer.scorecard.rubrics.items()
    }
    # Phrases are words too.
    delivery = replace(answer.scorecard.delivery, phrases={})
    muted = Scorecard(answer.scorecard.scored, answer.scorecard.why_not, rubrics, delivery=delivery)
    return replace(answer, utterances=(), scorecard=muted)


def as_json(session: Session) -> dict[str, Any]:
    """The documented JSON form of a session."""
    built: dict[str, Any] = msgspec.to_builtins(session)
    built.pop("place", None)
    for answer, built_answer in zip(session.answers, built["answers"], strict=True):
        built_answer["text"] = answer.transcript.text
        built_answer["readable"] = " ".join(readable_parts(answer))
    return {"format": "second-round-session", "version": JSON_VERSION, **built}


def as_markdown(session: Session, words: bool = True) -> str:
    """A readable report in Markdown, answer by answer."""
    lines = [f"# Practice of {session.started_at[:10]}: {_md(session.bank_title or session.bank_id)}", ""]
    lines.extend(
        [
            *([f"- Candidate: {_md(session.candidate_name)}"] if session.candidate_name else []),
            f"- When: {when_words(session)}",
            f"- Mode: {session.mode.value}",
            f"- Interviewers: {_md(', '.join(session.interviewer_names))}",
            f"- Session: {session.id}",
            "",
            "```",
            as_text(session_report(session), words=words).replace("```", "'''"),
            "```",
            "",
        ]
    )
    for answer in session.answers:
        attempt = f" ({words_of})" if (words_of := session.attempt_words(answer)) else ""
        lines.extend([f"## {_md(answer.question.ask)}{attempt}", ""])
        if answer.skipped:
            lines.extend(["Skipped.", ""])
            continue
        if words:
            for utterance, words_shown in zip(answer.utterances, readable_parts(answer), strict=True):
                if utterance.prompt != answer.question.ask:
                    lines.extend([f"*{_md(utterance.prompt)}*", ""])
                lines.extend([f"> {_md(words_shown) or '(nothing was understood)'}", ""])
        if answer.scorecard:
            lines.extend(["```", feedback_text(answer).replace("```", "'''"), "```", ""])
    return "\n".join(lines)


def when_words(session: Session) -> str:
    """When a session was and how long it took: "2026-11-23 14:05 UTC, 12 min"."""
    length = length_words(session.started_at, session.finished_at) or "not finished"
    return f"{session.started_at[:16].replace('T', ' ')} UTC, {length}"


def _md(text: str) -> str:
    """Text that stays text in Markdown and in what it is turned into."""
    escaped = "".join(f"\\{char}" if char in "\\`*_[]<>#|" else char for char in text)
    return " ".join(escaped.splitlines())


_CSV_COLUMNS = (
    "session", "started_at", "bank", "mode", "position", "attempt", "question", "kind", "competency", "rubric",
    "level", "name", "advice", "words_per_minute", "text",
    "verdict", "parts", "candidate", "finished_at", "session_minutes", "answered_at", "answer_seconds",
)  # fmt: skip


def as_csv(sessions: list[Session]) -> str:
    """One row for each answer and rubric."""
    rows: list[Row] = []
    for session in sessions:
        for answer in session.answers:
            scores = {score.rubric: score for score in shown_scores(answer) if not score.unasked}
            pace = _pace(answer)
            for name, score in scores.items() or {"": None}.items():
                rows.append((
                    session.id, session.started_at, session.bank_id, session.mode.value, answer.position + 1,
                    answer.attempt, answer.question.ask, answer.question.kind.value, answer.question.competency,
                    name, "" if score is None or score.level is None else score.level, score.name if score else "",
                    score.advice if score else "", pace, answer.transcript.text,
                    score.verdict if score else "", _parts_found(score), session.candidate_name, session.finished_at,
                    _minutes(session), answer.answered_at, _spoken_seconds(answer),
                ))  # fmt: skip
    return csv_text(_CSV_COLUMNS, rows)


def _minutes(session: Session) -> str:
    seconds = lasted(session.started_at, session.finished_at)
    return "" if seconds is None else f"{seconds / 60:.1f}"


def _spoken_seconds(answer: Answer) -> str:
    """How long was spoken; "" for what was typed."""
    spoken = [each.transcript.duration for each in answer.utterances if each.transcript.source is Source.SPOKEN]
    return f"{sum(seconds or 0.0 for seconds in spoken):.0f}" if spoken else ""


def _parts_found(score: RubricScore | None) -> str:
    return "; ".join(part.name for part in score.parts if part.found is PartState.YES) if score else ""


def _pace(answer: Answer) -> str:
    measures = answer.scorecard.delivery.measures if answer.scorecard else ()
    return next((f"{m.value:.0f}" for m in measures if "minute" in m.unit and "word" in m.unit and m.value), "")


def timeline(session: Session) -> Transcript:
    """All recordings of a session one behind the other, as one transcript."""
    spoken = (
        utterance.transcript
        for answer in session.answers
        for utterance in answer.utterances
        if utterance.transcript.source is Source.SPOKEN
    )
    return joined(spoken)


def as_vtt(session: Session) -> str:
    """WebVTT of all recordings one behind the other; a note names each question and its recording."""
    # What stands behind WEBVTT on its line is a title.
    who = ", ".join(each for each in (session.candidate_name, session.started_at) if each)
    title = f"WEBVTT {' '.join(who.split()).replace('-->', '->')}".rstrip()
    parts, offset = [title, ""], 0.0
    for answer in session.answers:
        for utterance in answer.utterances:
            transcript = utterance.transcript
            if transcript.source is not Source.SPOKEN:
                continue
            note = f"{utterance.prompt} (recording: {utterance.recording or 'none'}, from {clock(offset)})"
            # A note ends at an empty line and must not look like a cue.
            parts.extend([f"NOTE {' '.join(note.split()).replace('-->', '->')}", ""])
            shifted = joined([Transcript(duration=offset), transcript])
            parts.extend(vtt(shifted).splitlines()[2:])
            parts.append("")
            offset += transcript.duration or 0.0
    return "\n".join(parts).rstrip("\n") + "\n"

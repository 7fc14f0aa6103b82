"""A session for somebody else's eyes: Markdown, one HTML file, JSON, CSV, WebVTT."""

import csv
import html
import io
from dataclasses import replace
from enum import StrEnum
from typing import Any

import msgspec

from simulator.sessions.report import as_text, clock, feedback_text, rubric_title, session_report
from simulator.sessions.session import Answer, Session
from simulator.sessions.subtitles import as_vtt

JSON_VERSION = 1
"""Counts up when a field of the JSON changes its meaning or goes; new fields do not count it up."""


class Format(StrEnum):
    """What a session can be exported as."""

    MD = "md"
    HTML = "html"
    JSON = "json"
    CSV = "csv"
    VTT = "vtt"


def export(session: Session, form: Format, words: bool = True) -> str:
    """The session as text in that format; without `words`, levels and advice only and nothing that was said."""
    shown = session if words else without_words(session)
    match form:
        case Format.MD:
            return as_markdown(shown, words)
        case Format.HTML:
            return as_html(shown, words)
        case Format.JSON:
            return msgspec.json.format(msgspec.json.encode(as_json(shown)), indent=2).decode() + "\n"
        case Format.CSV:
            return as_csv([shown])
        case Format.VTT:
            return _vtt(shown)


def without_words(session: Session) -> Session:
    """The session with levels and advice, but without anything that was said or recorded."""
    return replace(session, answers=tuple(_mute(answer) for answer in session.answers))


def _mute(answer: Answer) -> Answer:
    if answer.scorecard is None:
        return replace(answer, utterances=())
    rubrics = {
        # Advice may quote the candidate; only level and anchor are free of words.
        name: replace(score, quotes=(), cues=(), advice="")
        for name, score in answer.scorecard.rubrics.items()
    }
    muted = type(answer.scorecard)(
        answer.scorecard.scored, answer.scorecard.why_not, rubrics, delivery=answer.scorecard.delivery
    )
    return replace(answer, utterances=(), scorecard=muted)


def as_json(session: Session) -> dict[str, Any]:
    """The documented JSON form of a session."""
    built: dict[str, Any] = msgspec.to_builtins(session)
    built.pop("place", None)
    for answer, built_answer in zip(session.answers, built["answers"], strict=True):
        built_answer["text"] = answer.transcript.text
    return {"format": "second-round-session", "version": JSON_VERSION, **built}


def as_markdown(session: Session, words: bool = True) -> str:
    """A readable report in Markdown, answer by answer."""
    lines = [f"# Practice of {session.started_at[:10]}: {_md(session.bank_title or session.bank_id)}", ""]
    lines.extend(
        [
            f"- Mode: {session.mode.value}",
            f"- Interviewers: {_md(', '.join(session.interviewer_names))}",
            f"- Session: {session.id}",
            "",
            "```",
            as_text(session_report(session)).replace("```", "'''"),
            "```",
            "",
        ]
    )
    for answer in session.answers:
        attempt = f" (attempt {answer.attempt})" if answer.attempt > 1 else ""
        lines.extend([f"## {_md(answer.question.ask)}{attempt}", ""])
        if answer.skipped:
            lines.extend(["Skipped.", ""])
            continue
        if words:
            for utterance in answer.utterances:
                if utterance.prompt != answer.question.ask:
                    lines.extend([f"*{_md(utterance.prompt)}*", ""])
                lines.extend([f"> {_md(utterance.transcript.text) or '(nothing was understood)'}", ""])
        if answer.scorecard:
            lines.extend(["```", feedback_text(answer).replace("```", "'''"), "```", ""])
    return "\n".join(lines)


def _md(text: str) -> str:
    """Text that stays text in Markdown and in what it is turned into."""
    escaped = "".join(f"\\{char}" if char in "\\`*_[]<>#|" else char for char in text)
    return escaped.replace("\n", " ")


_STYLE = """
:root { color-scheme: light dark; }
body { font: 17px/1.55 system-ui, sans-serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2.2rem; }
.words { border-left: 3px solid #8888; padding-left: 1rem; }
mark { background: none; color: inherit; text-decoration: underline 2px; text-underline-offset: 3px; }
.level { font-weight: 600; } .muted { opacity: .7; }
table { border-collapse: collapse; } td, th { text-align: left; padding: .2rem .8rem .2rem 0; vertical-align: top; }
@media print { body { margin: 0; max-width: none; } h2 { break-after: avoid; } section { break-inside: avoid; } }
"""


def as_html(session: Session, words: bool = True) -> str:
    """One self-contained page: no script, nothing fetched, everything escaped."""
    report = session_report(session)
    title = html.escape(f"Practice of {session.started_at[:10]}")
    parts = [
        "<!doctype html>",
        f'<html lang="en"><head><meta charset="utf-8"><title>{title}</title>',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<style>{_STYLE}</style></head><body>",
        f"<h1>{title}: {html.escape(session.bank_title or session.bank_id)}</h1>",
        f'<p class="muted">{html.escape(", ".join(session.interviewer_names))} · {session.mode.value}</p>',
        "<table>",
    ]
    for summary in report.rubrics:
        parts.append(
            f"<tr><th>{html.escape(rubric_title(summary.rubric))}</th><td>{summary.mean:.1f} of 4</td>"
            f"<td>{', '.join(str(level) for level in summary.levels)}</td></tr>"
        )
    parts.append("</table>")
    if words and report.next_steps:
        items = "".join(f"<li>{html.escape(step.advice)}</li>" for step in report.next_steps)
        parts.append(f"<h2>To do next</h2><ol>{items}</ol>")
    for answer in session.answers:
        parts.append(_html_answer(answer, words))
    parts.append("</body></html>")
    return "\n".join(parts) + "\n"


def _html_answer(answer: Answer, words: bool) -> str:
    parts = [f"<section><h2>{html.escape(answer.question.ask)}</h2>"]
    if answer.skipped:
        return f'{parts[0]}<p class="muted">Skipped.</p></section>'
    if words:
        parts.append(f'<p class="words">{_marked_words(answer)}</p>')
    if answer.scorecard:
        if not answer.scorecard.scored:
            parts.append(f"<p>Not scored. {html.escape(answer.scorecard.why_not or '')}</p>")
        for name, score in answer.scorecard.rubrics.items():
            if score.level is None:
                continue
            level = html.escape(f"{rubric_title(name)}: {score.level} {score.name}")
            parts.append(f'<p><span class="level">{level}</span> {html.escape(score.anchor)}</p>')
            quotes = "".join(
                f"<li>{clock(quote.start)} “{html.escape(quote.text)}” <em>{html.escape(quote.earns)}</em></li>"
                for quote in score.quotes
            )
            if quotes:
                parts.append(f"<ul>{quotes}</ul>")
            if score.advice:
                parts.append(f"<p>Next: {html.escape(score.advice)}</p>")
    return "\n".join([*parts, "</section>"])


def _marked_words(answer: Answer) -> str:
    """The words of an answer; those that earned something are marked, what they earned is their title."""
    earned: dict[int, str] = {}
    if answer.scorecard:
        for score in answer.scorecard.rubrics.values():
            for quote in score.quotes:
                for position in range(quote.first_word, quote.last_word + 1):
                    earned.setdefault(position, quote.earns)
    return " ".join(
        f'<mark title="{html.escape(earned[position])}">{html.escape(word.text)}</mark>'
        if position in earned
        else html.escape(word.text)
        for position, word in enumerate(answer.transcript.words)
    )


_CSV_COLUMNS = (
    "session", "started_at", "bank", "mode", "position", "attempt", "question", "kind", "competency", "rubric",
    "level", "name", "advice", "words_per_minute", "text",
)  # fmt: skip


def as_csv(sessions: list[Session]) -> str:
    """One row for each answer and rubric."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_CSV_COLUMNS)
    for session in sessions:
        for answer in session.answers:
            scores = answer.scorecard.rubrics if answer.scorecard else {}
            pace = _pace(answer)
            for name, score in scores.items() or {"": None}.items():
                row = (
                    session.id, session.started_at, session.bank_id, session.mode.value, answer.position + 1,
                    answer.attempt, answer.question.ask, answer.question.kind.value, answer.question.competency,
                    name, "" if score is None or score.level is None else score.level, score.name if score else "",
                    score.advice if score else "", pace, answer.transcript.text,
                )  # fmt: skip
                writer.writerow([_harmless(value) for value in row])
    return out.getvalue()


def _pace(answer: Answer) -> str:
    measures = answer.scorecard.delivery.measures if answer.scorecard else ()
    return next((f"{m.value:.0f}" for m in measures if "minute" in m.unit and "word" in m.unit and m.value), "")


def _harmless(value: object) -> object:
    """Text that a spreadsheet would run as a formula gets an apostrophe before it."""
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return f"'{value}"
    return value


def _vtt(session: Session) -> str:
    spoken = [answer for answer in session.answers if answer.transcript.timed]
    parts = ["WEBVTT", ""]
    for answer in spoken:
        parts.extend([f"NOTE {answer.question.ask.replace('-->', '->')}", ""])
        parts.extend(as_vtt(answer.transcript).splitlines()[2:])
    return "\n".join(parts) + "\n"

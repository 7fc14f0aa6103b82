"""A session as one HTML page that needs nothing else: readable on a phone, printable, dark or light.

Everything that was asked, said or named is escaped, and the page's own policy lets no other script
or style in and fetches nothing. With sound, each utterance has its recording inside the page, and a
click on a word plays from there.
"""

import base64
import hashlib
import html
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from simulator.sessions.answer_feedback import NOT_ASKED, level_bar, level_of, missing_words, parts_line
from simulator.sessions.coach_feedback import CoachFeedback, coach_lines
from simulator.sessions.delivery_words import delivery_words
from simulator.sessions.highlights import WordMark, word_marks
from simulator.sessions.report import session_report
from simulator.sessions.rubric_titles import ordered_rubrics, rubric_title
from simulator.sessions.session import Answer, Session, shown_scores
from simulator.sessions.times import clock, length_words

SoundOf = Callable[[str], bytes | None]
"""Gives the bytes of a recording by its name as sessions keep it, None where it is gone."""

SOUND_TYPES = {".wav": "audio/wav", ".flac": "audio/flac", ".ogg": "audio/ogg", ".mp3": "audio/mpeg"}

_STYLE = """
:root { color-scheme: light dark; }
body { font: 17px/1.55 system-ui, sans-serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem;
  overflow-wrap: break-word; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2.2rem; } h3 { font-size: 1rem; margin-bottom: .2rem; }
.words { border-left: 3px solid #8888; padding-left: 1rem; white-space: pre-wrap; }
.prompt { font-style: italic; }
mark { background: none; color: inherit; text-decoration: underline 2px; text-underline-offset: 3px; }
.hesitation { font-style: italic; opacity: .7; } .doubtful { border-bottom: 1px dotted; }
.pause, .muted { opacity: .7; } .level { font-weight: 600; } .bar { letter-spacing: .1em; }
table { border-collapse: collapse; } td, th { text-align: left; padding: .2rem .8rem .2rem 0; vertical-align: top; }
body:has(.wide) { max-width: 60rem; }
.wide { overflow-x: auto; } .wide table { font-size: .85rem; } .wide thead th { border-bottom: 1px solid; }
.wide td { white-space: nowrap; } .wide td:first-child, .wide td:last-child { white-space: normal; }
.number { text-align: right; font-variant-numeric: tabular-nums; } .coach { border: 1px solid; padding: 0 1rem; }
audio { width: 100%; margin-top: .5rem; } [data-at] { cursor: pointer; } .heard { outline: 2px solid; }
@media print {
  body { margin: 0; max-width: none; font-size: 11pt; } audio { display: none; }
  .wide { overflow-x: visible; } .wide table { font-size: 8.5pt; } .wide td, .wide th { padding-right: .4rem; }
  .coach { break-inside: avoid; }
  h2 { break-after: avoid; } li, tr { break-inside: avoid; }
}
"""

_SCRIPT = """
document.querySelectorAll('audio').forEach(function (sound) {
  var words = Array.from(document.querySelectorAll('[data-sound="' + sound.id + '"]'));
  words.forEach(function (word) {
    word.addEventListener('click', function () {
      sound.currentTime = parseFloat(word.dataset.at); sound.play();
    });
  });
  sound.addEventListener('timeupdate', function () {
    var now = null;
    words.forEach(function (word) { if (parseFloat(word.dataset.at) <= sound.currentTime) { now = word; } });
    words.forEach(function (word) { word.classList.toggle('heard', word === now && !sound.paused); });
  });
});
"""


def _when(session: Session) -> str:
    when = session.started_at[:16].replace("T", " ")
    return ", ".join(filter(None, (f"{when} UTC", length_words(session.started_at, session.finished_at))))


def as_html(
    session: Session,
    words: bool = True,
    sound_of: SoundOf | None = None,
    coach: Mapping[str, CoachFeedback] | None = None,
) -> str:
    """The page. Without `words` levels only; with `sound_of` the recordings, with `coach` their feedback is in it."""
    report = session_report(session)
    title = f"Practice of {session.started_at[:10]}"
    body = [
        f"<h1>{html.escape(title)}: {html.escape(session.bank_title or session.bank_id)}</h1>",
        f'<p class="muted">{html.escape(" · ".join(filter(None, (session.candidate_name, _when(session)))))}</p>',
        f'<p class="muted">{html.escape(", ".join(session.interviewer_names))} · {session.mode.value}</p>',
        "<table>",
    ]
    for summary in report.rubrics:
        levels = html.escape(summary.one_by_one)
        body.append(
            f'<tr><th scope="row">{html.escape(rubric_title(summary.rubric))}</th>'
            f'<td><span class="bar" aria-hidden="true">{level_bar(summary.mean)}</span></td>'
            f"<td>{level_of(summary.mean)}</td><td>{levels}</td></tr>"
        )
    body.append("</table>")
    if report.counted:
        body.append(f'<p class="muted">{html.escape(report.counted)}</p>')
    if words and report.next_steps:
        body.append(f"<h2>What to do next</h2>{_list('ol', [step.advice for step in report.next_steps])}")
    if words and report.notes:
        body.append(f"<h2>Noticed</h2>{_list('ul', report.notes)}")
    sounds = 0
    for answer in session.answers:
        part, heard = _answer(answer, session.attempt_words(answer), words, sound_of, sounds)
        sounds += heard
        body.append(part)
        if words and coach and answer.id in coach:
            body.append(coach_box(coach[answer.id], answer))
    return html_page(title, body, _SCRIPT if sounds else "")


def html_page(title: str, body: Sequence[str], script: str = "") -> str:
    """A whole page of `body` (markup that is safe already), under a policy that lets nothing else in."""
    return "\n".join(
        [
            "<!doctype html>",
            f'<html lang="en"><head><meta charset="utf-8"><title>{html.escape(title)}</title>',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f'<meta http-equiv="Content-Security-Policy" content="{_policy(script)}">',
            f"<style>{_STYLE}</style></head><body>",
            *body,
            *([f"<script>{script}</script>"] if script else []),
            "</body></html>",
            "",
        ]
    )


def _policy(script: str) -> str:
    """Only this page's own style and script, known by their sums, and sound that is inside the page."""
    allowed = ["default-src 'none'", "media-src data:", f"style-src '{_sum(_STYLE)}'"]
    if script:
        allowed.append(f"script-src '{_sum(script)}'")
    return "; ".join(allowed)


def _sum(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _list(tag: str, items: Iterator[str] | list[str] | tuple[str, ...]) -> str:
    return f"<{tag}>" + "".join(f"<li>{html.escape(item)}</li>" for item in items) + f"</{tag}>"


def _answer(answer: Answer, tried: str, words: bool, sound_of: SoundOf | None, sounds: int) -> tuple[str, int]:
    """One answer, and how many recordings are in it; they are numbered on from `sounds`."""
    attempt = f' <span class="muted">{tried}</span>' if tried else ""
    parts = [f"<section><h2>{html.escape(answer.question.ask)}{attempt}</h2>"]
    if answer.skipped:
        return f'{parts[0]}<p class="muted">Skipped.</p></section>', 0
    heard = 0
    if words:
        marks, first = word_marks(answer), 0
        for utterance in answer.utterances:
            count = len(utterance.transcript.words)
            sound = sound_of(utterance.recording) if sound_of and utterance.recording else None
            name = ""
            if sound is not None:
                heard += 1
                name = f"sound-{sounds + heard}"
            if utterance.prompt and utterance.prompt != answer.question.ask:
                parts.append(f'<p class="prompt">{html.escape(utterance.prompt)}</p>')
            # Times count from the start of each recording; the marks are of the whole answer.
            times = [word.start for word in utterance.transcript.words]
            here = zip(marks[first : first + count], times, strict=True)
            spans = [_word(mark, name, at) for mark, at in here if not mark.left_out]
            parts.append(f'<p class="words">{" ".join(spans) or "(nothing was understood)"}</p>')
            if sound is not None:
                parts.append(_player(name, utterance.recording, sound))
            first += count
    parts.extend(_scores(answer))
    return "\n".join([*parts, "</section>"]), heard


def coach_box(feedback: CoachFeedback, answer: Answer, whose: str = "", clean: Callable[[str], str] = str) -> str:
    """A coach's feedback in a frame of its own; `clean` goes over every text."""
    title, *lines = coach_lines(feedback, answer, 10_000, whose)
    items = "".join(f"<p>{html.escape(clean(line.strip()))}</p>" for line in lines)
    return f'<div class="coach"><h3>{html.escape(clean(title))}</h3>{items}</div>'


def _player(name: str, recording: str, sound: bytes) -> str:
    # It may lie there under the other ending.
    ending = ".flac" if sound.startswith(b"fLaC") else PurePosixPath(recording).suffix.lower()
    kind = SOUND_TYPES.get(ending, "audio/wav")
    source = f"data:{kind};base64,{base64.b64encode(sound).decode()}"
    return f'<audio id="{name}" controls preload="metadata" src="{source}"></audio>'


def _word(mark: WordMark, sound: str, at: float | None) -> str:
    classes = [name for name, on in (("hesitation", mark.hesitation), ("doubtful", mark.doubtful)) if on]
    about = [f"{earns} ({rubric_title(rubric)})" for rubric, earns in mark.earned]
    about.extend(["perhaps misheard"] if mark.doubtful else [])
    attributes = f' class="{" ".join(classes)}"' if classes else ""
    if about:
        attributes += f' title="{html.escape("; ".join(about))}"'
    if sound and at is not None:
        attributes += f' data-sound="{sound}" data-at="{at:.3f}"'
    tag = "mark" if mark.earned else "span"
    text = html.escape(mark.text)
    word = f"<{tag}{attributes}>{text}</{tag}>" if mark.earned or attributes else text
    return f'{word} <span class="pause">[{mark.pause_after:.1f} s of silence]</span>' if mark.pause_after else word


def _scores(answer: Answer) -> Iterator[str]:
    card = answer.scorecard
    if card is None:
        yield '<p class="muted">No score yet.</p>'
        return
    if not card.scored:
        yield f"<p>Not scored. {html.escape(card.why_not or '')}</p>"
        return
    shown = [score for score in shown_scores(answer) if score.level is not None]
    told = {score.rubric for score in shown}
    for score in (*shown, *(card.rubrics[name] for name in ordered_rubrics(card) if name not in told)):
        title = html.escape(rubric_title(score.rubric))
        if score.level is None or score.rubric not in told:
            why = NOT_ASKED if score.level is not None else score.why_not or NOT_ASKED
            yield f'<p class="muted">{title}: {html.escape(why)}</p>'
            continue
        level = (
            f': <span class="bar" aria-hidden="true">{level_bar(score.level)}</span>'
            f' <span class="level">{level_of(score.level, perhaps=score.perhaps)}, {html.escape(score.name)}</span>'
        )
        yield (f"<h3>{title}{'' if score.unasked else level}</h3><p>{html.escape(score.verdict or score.anchor)}</p>")
        if score.parts:
            yield f'<p class="parts">{html.escape(parts_line(score))}</p>'
        quotes = [
            f"{clock(quote.start)} “{quote.text}”: {quote.earns}".strip()
            for quote in sorted(score.quotes, key=lambda quote: quote.first_word)
        ]
        if quotes:
            yield _list("ul", quotes)
        if score.missing and not score.parts:
            yield f"<p>{html.escape(missing_words(score))}</p>"
        if score.advice:
            yield f"<p>Next: {html.escape(score.advice)}</p>"
    if card.delivery.measures:
        yield f'<p class="muted">Delivery: {html.escape("; ".join(delivery_words(card.delivery)))}</p>'

"""Transcripts as subtitles: WebVTT and SubRip, cut at pauses into lines short enough to read."""

from collections.abc import Iterator, Sequence

from simulator.speech.transcript import Transcript, Word

MOST_WORDS = 10
PAUSE_SECONDS = 0.6
"""A pause of this length starts a new line (clauses are cut at the same pauses in scoring)."""


def _stamp(seconds: float, comma: bool) -> str:
    whole, thousandths = divmod(round(seconds * 1000), 1000)
    text = f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}.{thousandths:03d}"
    return text.replace(".", ",") if comma else text


def cue_lines(words: Sequence[Word]) -> Iterator[tuple[float, float, str]]:
    """Start, end (seconds) and text of each line; words without a time are left out."""
    line: list[Word] = []
    for word in words:
        if word.start is None or word.end is None:
            continue
        if line and (len(line) == MOST_WORDS or word.start - (line[-1].end or 0.0) >= PAUSE_SECONDS):
            yield _line(line)
            line = []
        line.append(word)
    if line:
        yield _line(line)


def _line(words: Sequence[Word]) -> tuple[float, float, str]:
    return words[0].start or 0.0, words[-1].end or 0.0, " ".join(word.text for word in words)


def as_vtt(transcript: Transcript) -> str:
    """WebVTT of one transcript."""
    lines = ["WEBVTT", ""]
    for start, end, text in cue_lines(transcript.words):
        escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        lines.extend([f"{_stamp(start, False)} --> {_stamp(end, False)}", escaped, ""])
    return "\n".join(lines)


def as_srt(transcript: Transcript) -> str:
    """SubRip of one transcript."""
    lines: list[str] = []
    for number, (start, end, text) in enumerate(cue_lines(transcript.words), 1):
        lines.extend([str(number), f"{_stamp(start, True)} --> {_stamp(end, True)}", text, ""])
    return "\n".join(lines)

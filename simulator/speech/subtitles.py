"""A transcript as subtitles: SubRip (.srt) and WebVTT (.vtt)."""

from collections.abc import Iterator

from simulator.speech.transcript import Transcript

MOST_CHARACTERS = 42
MOST_SECONDS = 6.0
"""A cue's limits, as broadcasters use them: one line of 42 characters, six seconds."""

BREAK_SECONDS = 1.0
"""A pause of this length ends a cue."""


def srt(transcript: Transcript) -> str:
    """The transcript as SubRip; words without times are left out."""
    cues = [
        f"{number}\n{_clock(start, ',')} --> {_clock(end, ',')}\n{text}\n"
        for number, (start, end, text) in enumerate(cues_of(transcript), 1)
    ]
    return "\n".join(cues)


def vtt(transcript: Transcript) -> str:
    """The transcript as WebVTT; words without times are left out."""
    cues = [
        f"{_clock(start, '.')} --> {_clock(end, '.')}\n{_escaped(text)}\n" for start, end, text in cues_of(transcript)
    ]
    return "\n".join(["WEBVTT\n", *cues])


def cues_of(transcript: Transcript) -> Iterator[tuple[float, float, str]]:
    """(start, end, text) of each cue, in seconds."""
    texts: list[str] = []
    begin = end = 0.0
    for word in transcript.words:
        if word.start is None or word.end is None:
            continue
        too_long = len(" ".join([*texts, word.text])) > MOST_CHARACTERS or word.end - begin > MOST_SECONDS
        if texts and (too_long or word.start - end >= BREAK_SECONDS):
            yield begin, end, " ".join(texts)
            texts = []
        if not texts:
            begin = word.start
        texts.append(word.text)
        end = word.end
    if texts:
        yield begin, end, " ".join(texts)


def _clock(second: float, point: str) -> str:
    whole = round(second * 1000)
    return f"{whole // 3_600_000:02d}:{whole // 60_000 % 60:02d}:{whole // 1000 % 60:02d}{point}{whole % 1000:03d}"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

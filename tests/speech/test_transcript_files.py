"""Transcripts go out as JSON and subtitles and come back the same."""

import json
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.errors import UserError
from simulator.speech.subtitles import MOST_CHARACTERS, cues_of, srt, vtt
from simulator.speech.transcript import Source, Transcript, Word, typed
from simulator.speech.transcript_files import transcript_document, transcript_from

TIMES = st.floats(0, 5).map(lambda second: round(second, 3))


@st.composite
def spoken(draw: st.DrawFn) -> Transcript:
    words, now = [], 0.0
    for text in draw(st.lists(st.from_regex(r"[a-z'<&é]{1,15}", fullmatch=True), max_size=40)):
        start = round(now + draw(TIMES), 3)
        now = round(start + draw(TIMES) + 0.01, 3)
        words.append(Word(text, start, now, draw(st.floats(0, 1))))
    return Transcript(
        tuple(words),
        Source.SPOKEN,
        now + 1,
        draw(st.booleans()),
        "vosk-model",
        draw(st.sampled_from(["", "It stopped."])),
    )


@given(spoken())
def test_a_spoken_transcript_comes_back_the_same(transcript: Transcript) -> None:
    assert transcript_from(json.loads(json.dumps(transcript_document(transcript))), "x") == transcript


def test_a_typed_transcript_comes_back_the_same() -> None:
    transcript = typed("I led a team of six.")
    assert transcript_from(transcript_document(transcript), "x") == transcript


def test_vosks_own_result_is_read() -> None:
    result = {"result": [{"conf": 0.9, "start": 0.1, "end": 0.4, "word": "hello"}], "text": "hello"}
    transcript = transcript_from(result, "x")
    assert transcript.words == (Word("hello", 0.1, 0.4, 0.9),)
    assert transcript.source is Source.SPOKEN
    assert transcript.duration == 0.4
    assert not transcript.hesitations_heard


@pytest.mark.parametrize(
    ("document", "says"),
    [
        ([], "not a transcript"),
        ({"text": "hello"}, "not a transcript"),
        ({"words": "hello"}, "not a transcript"),
        ({"words": [{"start": 1}]}, "word 1: a word needs a text"),
        ({"words": ["a", 5]}, "word 2"),
        ({"words": [{"text": "a", "start": "soon"}]}, '"start" is not a number'),
        ({"words": [{"text": "a", "start": -1}]}, '"start" is not a number'),
        ({"words": [{"text": "a", "end": float("nan")}]}, '"end" is not a number'),
        ({"words": [], "duration": True}, '"duration" is not a number'),
    ],
)
def test_what_is_no_transcript_is_told_with_its_place(document: object, says: str) -> None:
    with pytest.raises(UserError, match=says) as caught:
        transcript_from(document, "answer.json")
    assert "answer.json" in str(caught.value)


@given(spoken())
def test_cues_hold_every_word_once_in_order_and_never_overlap(transcript: Transcript) -> None:
    cues = list(cues_of(transcript))
    assert " ".join(text for _, _, text in cues) == transcript.text
    for start, end, text in cues:
        assert start < end
        assert len(text) <= MOST_CHARACTERS or " " not in text
    assert all(cue[1] <= following[0] for cue, following in pairwise(cues))


@given(spoken())
def test_subtitles_are_well_formed(transcript: Transcript) -> None:
    clock = r"\d\d:\d\d:\d\d[,.]\d\d\d"
    for made in (srt(transcript), vtt(transcript)):
        assert len(re.findall(rf"^{clock} --> {clock}$", made, re.M)) == len(list(cues_of(transcript)))
    assert "<" not in vtt(transcript).replace("-->", "")


def test_hours_are_counted() -> None:
    late = Transcript((Word("late", 3723.5, 3724.0, 1.0),), Source.SPOKEN, 4000.0)
    assert "01:02:03,500 --> 01:02:04,000" in srt(late)
    assert "01:02:03.500 --> 01:02:04.000" in vtt(late)


def test_typed_words_have_no_subtitles() -> None:
    assert srt(typed("hello there")) == ""
    assert vtt(typed("hello there")) == "WEBVTT\n"

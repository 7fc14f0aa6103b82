"""Correcting: the new words, times kept where words stayed, the original one step away."""

from hypothesis import given
from hypothesis import strategies as st

from simulator.assessment import score_answer
from simulator.scoring.scorecard import Scorecard
from simulator.sessions.correcting import corrected, with_correction
from simulator.sessions.session import Answer
from simulator.speech.transcript import Transcript, Word, typed
from tests.fakes import spoken
from tests.sessions.made import CALM, STRONG, WEAK, WORD_TEXTS, answered, context_of, timed_transcripts


def rescored(answer: Answer) -> Scorecard:
    return score_answer(answer.transcript, context_of(CALM))


@st.composite
def edits(draw: st.DrawFn) -> tuple[Transcript, str]:
    """A transcript, and its text with some words taken out, put in or changed."""
    transcript = draw(timed_transcripts())
    kept: list[str] = []
    for word in transcript.words:
        match draw(st.sampled_from(("keep", "keep", "keep", "drop", "change", "add"))):
            case "keep":
                kept.append(word.text)
            case "change":
                kept.append(draw(WORD_TEXTS))
            case "add":
                kept.extend([draw(WORD_TEXTS), word.text])
    return transcript, draw(st.sampled_from((" ", "\n", "  "))).join(kept)


@given(edits())
def test_the_words_are_those_of_the_correction_and_times_still_rise(edit: tuple[Transcript, str]) -> None:
    old, text = edit
    new = corrected(old, text)
    assert [word.text for word in new.words] == text.split()
    assert (new.source, new.duration, new.model) == (old.source, old.duration, old.model)
    before = 0.0
    for word in new.words:
        assert word.start is not None
        assert word.end is not None
        assert before <= word.start + 0.002
        assert word.start <= word.end
        before = word.start


@given(edits())
def test_words_that_stayed_keep_their_times(edit: tuple[Transcript, str]) -> None:
    old, text = edit
    known = set(old.words)
    stayed = [word for word in corrected(old, text).words if word in known]
    # At least what the two texts begin and end with in common.
    common = 0
    for word, now in zip(old.words, text.split(), strict=False):
        if word.text != now:
            break
        common += 1
    assert len(stayed) >= common


@given(timed_transcripts())
def test_the_same_words_change_nothing(transcript: Transcript) -> None:
    assert corrected(transcript, transcript.text) == transcript


def test_a_changed_word_takes_the_place_of_the_old_one_and_is_certain() -> None:
    old = spoken("i led a teem of six")
    new = corrected(old, "i led a team of six")
    assert new.words[3] == Word("team", old.words[3].start, old.words[3].end, 1.0)
    assert new.words[:3] + new.words[4:] == old.words[:3] + old.words[4:]


def test_added_words_share_the_gap_they_fill() -> None:
    old = Transcript((Word("we", 0.0, 0.2), Word("won", 2.0, 2.4)))
    new = corrected(old, "we really did won")
    assert [word.text for word in new.words] == ["we", "really", "did", "won"]
    assert new.words[1].start == 0.2
    assert new.words[2].end == 2.0
    assert new.words[1].end == new.words[2].start


def test_typed_words_have_no_times_after_a_correction_either() -> None:
    new = corrected(typed("i led a teem"), "i led a team today")
    assert all(word.start is None for word in new.words)


def test_a_correction_keeps_the_original_and_the_recording_and_scores_anew() -> None:
    answer = answered("s", 0, CALM, WEAK)
    mended = with_correction(answer, 0, STRONG, rescored)
    assert mended.corrected
    assert mended.original_transcript == answer.transcript
    assert mended.utterances[0].recording == answer.utterances[0].recording
    assert mended.scorecard == rescored(mended)
    assert mended.scorecard != answer.scorecard


def test_a_second_correction_starts_from_what_was_first_heard() -> None:
    answer = answered("s", 0, CALM, WEAK)
    once = with_correction(answer, 0, f"yes {WEAK}", rescored)
    twice = with_correction(once, 0, f"{WEAK} indeed", rescored)
    assert twice.original_transcript == answer.transcript
    assert twice.transcript.words[: len(answer.transcript.words)] == answer.transcript.words


def test_correcting_back_to_what_was_heard_is_no_correction() -> None:
    answer = answered("s", 0, CALM, WEAK)
    once = with_correction(answer, 0, STRONG, rescored)
    assert with_correction(once, 0, WEAK, rescored) == answer


def test_the_same_words_are_not_scored_again() -> None:
    answer = answered("s", 0, CALM, WEAK)

    def never(_: Answer) -> Scorecard:
        raise AssertionError("scored although nothing changed")

    assert with_correction(answer, 0, f"  {WEAK}\n", never) is answer


def test_everything_can_be_deleted() -> None:
    answer = answered("s", 0, CALM, WEAK)
    mended = with_correction(answer, 0, "", rescored)
    assert mended.transcript.words == ()
    assert mended.scorecard
    assert not mended.scorecard.scored

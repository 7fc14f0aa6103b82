"""What one of two recordings lacks is told from what the other lacks."""

import pytest

from tests.reliability.scripted import PROJECT
from tests.speech.sounds import endless_talk, silence
from tests.speech.two_recordings import compared

SECONDS = 40.0
TALK = endless_talk(PROJECT / "tests" / "fixtures" / "sound", SECONDS)


def without(pcm: bytes, begin: float, end: float, instead: bytes = b"") -> bytes:
    """The sound with a stretch cut out, or with another in its place."""
    return pcm[: int(begin * 16_000) * 2] + instead + pcm[int(end * 16_000) * 2 :]


def test_two_that_have_all_lack_nothing() -> None:
    found = compared(silence(0.7) + TALK, silence(0.3) + TALK, SECONDS)
    assert (found.lost, found.other_lost) == ((), 0)
    assert found.compared > 10 * SECONDS - 10


@pytest.mark.parametrize(("begin", "end"), [(10.03, 10.33), (10.0, 12.57), (5.0, 25.0)])
def test_what_ours_lacks_is_lost_and_no_more(begin: float, end: float) -> None:
    found = compared(without(TALK, begin, end), TALK, SECONDS)
    assert abs(len(found.lost) - 10 * (end - begin)) <= 2 + 0.1 * (end - begin)
    assert all(begin - 0.2 < at < end + 0.2 for at in found.lost)
    assert found.other_lost < 0.1


@pytest.mark.parametrize(("begin", "end"), [(10.03, 10.33), (10.0, 12.57), (5.0, 25.0)])
def test_what_the_other_recorder_lacks_is_not_held_against_ours(begin: float, end: float) -> None:
    found = compared(TALK, without(TALK, begin, end), SECONDS)
    assert found.lost == ()
    assert abs(found.other_lost - (end - begin)) < 0.05


def test_silence_in_place_of_sound_is_lost() -> None:
    found = compared(without(TALK, 10.0, 10.5, silence(0.5)), TALK, SECONDS)
    assert 4 <= len(found.lost) <= 6


def test_where_both_lose_each_its_own_only_ours_counts() -> None:
    ours = without(without(TALK, 30.0, 30.4), 12.0, 12.2, silence(0.2))
    theirs = without(without(TALK, 21.0, 24.0), 5.0, 5.1)
    found = compared(ours, theirs, SECONDS)
    assert 5 <= len(found.lost) <= 9
    assert abs(found.other_lost - 3.1) < 0.1


def test_where_the_mouth_stood_still_nothing_is_compared() -> None:
    stuttered = without(TALK, 10.0, 10.0, silence(1.0))
    assert compared(stuttered, stuttered, SECONDS + 1).lost == ()

"""The candidate's lines: as sentences, inside sentences, kept for an interview."""

import pytest

from simulator.followup.story_lines import LetterLines, PersonLines, Telling, phrase_of, sentence_of


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("i rang  the nurse", "I rang the nurse."),
        ("- I rang her.", "I rang her."),
        ("1. I rang her", "I rang her."),
        ("She said “yes.”", "She said “yes.”"),
        ("Was it right?", "Was it right?"),
        ("4 of 5 filled it in", "4 of 5 filled it in."),
        ("19 people rang", "Nineteen people rang."),
        ("It rang. 60 parents came, 14 again.", "It rang. Sixty parents came, 14 again."),
        ("3 pm was late", "3 pm was late."),
        ("120 people rang", "120 people rang."),
        ("it took forty five minutes", "It took forty-five minutes."),
        ("on friday i left, and i'm glad .", "On Friday I left, and I'm glad."),
        ("  ", ""),
    ],
)
def test_a_line_becomes_a_sentence(line: str, sentence: str) -> None:
    assert sentence_of(line) == sentence


@pytest.mark.parametrize(
    ("line", "phrase"),
    [
        ("The long wait.", "the long wait"),
        ("Ballyfinn's waiting room", "Ballyfinn's waiting room"),
        ("“you need somebody calm”", "you need somebody calm"),
        ("I was glad", "I was glad"),
    ],
)
def test_inside_a_sentence_a_line_has_no_full_stop_and_only_names_a_capital(line: str, phrase: str) -> None:
    assert phrase_of(line) == phrase


def test_a_story_is_told_once_there_is_a_deed_and_something_around_it() -> None:
    assert Telling("It broke.", "I mended it.").complete
    assert Telling(did="I mended it.", outcome="It runs.").complete
    assert not Telling(did="I mended it.").complete
    assert not Telling("It broke.", "", "It runs.").complete


def test_lines_are_put_in_and_taken_out_and_all_of_them_are_a_source() -> None:
    lines = (
        LetterLines("s").with_telling("a", Telling(did="i did it")).with_person("p", PersonLines(topic="the wait"))
    )
    assert lines.all == ("I did it.", "the wait")
    assert lines.with_telling("a", Telling()).tellings == {}
    assert lines.telling("b") == Telling()

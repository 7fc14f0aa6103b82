"""What was heard, as one would write it."""

import pytest

from simulator.assessment import read_answer, sentence_ends
from simulator.followup.excerpt import Lack, example_in, reason_in
from simulator.followup.heard import as_told
from simulator.speech.transcript import typed

WHAT, WHY = "Tell me about a time you solved a problem.", "Why do you want to work here?"


def told(text: str) -> tuple[str, ...] | Lack:
    reading = read_answer(typed(text), WHAT)
    return example_in(reading, sentence_ends(reading.words, WHAT))


def test_a_sentence_that_goes_on_with_and_is_written_as_several() -> None:
    found = told(
        "last autumn i had a request for a left wrist and the patient kept holding her right arm so before i did "
        "anything i rang the ward and asked the doctor to come down and it turned out the form was wrong and he "
        "changed it on the spot and thanked me in front of everyone"
    )
    assert found == (
        "Last autumn I had a request for a left wrist.",
        "The patient kept holding her right arm.",
        "So before I did anything I rang the ward and asked the doctor to come down.",
        "It turned out the form was wrong.",
        "He changed it on the spot and thanked me in front of everyone.",
    )


def test_a_clause_belongs_to_the_noun_it_is_about() -> None:
    found = told(
        "we had a wedding order for two hundred coffees and the machine died the night before and i drove to three "
        "cafes i used to work at and one of them lent me theirs and i had it set up by seven"
    )
    assert "I drove to three cafes I used to work at and one of them lent me theirs." in found


def test_a_number_said_three_times_is_never_shortened() -> None:
    text = "last may a man fell in the hall so i rang nine nine nine and held his hand and he came home in a week"
    found = told(text)
    assert not isinstance(found, Lack)
    assert "I rang nine nine nine" in " ".join(found)


@pytest.mark.parametrize(
    ("heard", "written"),
    [
        ("I said can we count them, and we counted them.", "I said, “Can we count them?” and we counted them."),
        ("In the end she said why don't you just train.", "In the end she said, “Why don't you just train?”"),
        ("Then I thought I want to be part of that.", "Then I thought, “I want to be part of that.”"),
        ("The week after they played each other.", "The week after, they played each other."),
        ("I rang them, not texting actually ringing.", "I rang them, not texting, actually ringing."),
        ("It was a dialect I dont speak", "It was a dialect I don't speak."),
    ],
)  # fmt: skip
def test_speech_inside_a_story_is_marked_and_no_word_changed(heard: str, written: str) -> None:
    assert as_told(heard) == written


@pytest.mark.parametrize("said", ["I said I'd be there at nine.", "She said no more.", "I thought it was the valve."])
def test_what_is_reported_stays_as_it_is(said: str) -> None:
    assert as_told(said) == said


def test_a_story_is_never_cut_before_what_came_of_it() -> None:
    found = told(
        "on the rig we had a pump panel to change in a six hour window and i drew the whole thing out the night "
        "before and labelled every wire and we had it back on in four hours and nobody touched it again in two years"
    )
    assert found[-1] == "Nobody touched it again in two years."


def test_what_was_acted_out_is_told_whole_and_in_the_same_words() -> None:
    found = told(
        "yeah so there was this little girl she was about seven and she would not get in the chair and i just sat on "
        "the floor next to her and i asked her what her rabbit was called and we counted its teeth with a mirror and "
        "after that she let the dentist count hers"
    )
    assert found[:2] == ("There was this little girl.", "She was about seven, and she would not get in the chair.")
    assert found[-1] == "After that she let the dentist count hers."


def test_an_answer_that_trails_off_ends_before_it_does() -> None:
    why = "i've built frames since i was twelve and i always liked that you mend things here so yeah that's why"
    reading = read_answer(typed(why), WHY)
    assert reason_in(reading, sentence_ends(reading.words, WHY))[-1].endswith("you mend things here.")


def test_what_somebody_answered_last_is_no_trailing_off() -> None:
    found = told("last may i asked the boss for a new ladder and i showed him the crack in it and he said yes")
    assert found[-1].endswith("he said yes.")


def test_a_reason_is_told_whole_even_where_it_is_short() -> None:
    why = "i like it when things come out right to the penny"
    assert reason_in(read_answer(typed(why), WHY)) == ("I like it when things come out right to the penny.",)


def test_where_somebody_comes_from_is_no_reason_without_what_they_want() -> None:
    reading = read_answer(typed("i grew up in a flat in coventry so it wasn't in the family"), WHY)
    assert reason_in(reading, sentence_ends(reading.words, WHY)) == ()


def test_a_short_typed_reason_is_taken_whole() -> None:
    text = (
        "My first job was carrying plates at my cousin's wedding, which you catered. Nobody hurried us and nobody "
        "shouted. I have worked for four companies since and have not seen that again."
    )
    assert " ".join(reason_in(read_answer(typed(text), WHY))) == text


def test_typed_words_without_a_last_full_stop_keep_the_others() -> None:
    text = "i came here at nine. nobody should need a child for that, so i want to do it myself"
    assert reason_in(read_answer(typed(text), WHY))[0] == "I came here at nine."


def test_what_has_been_done_since_counts_as_what_came_of_it() -> None:
    text = (
        "In my first year I dispensed 50 mg instead of 15 mg because I had misheard the doctor on the phone. I "
        "reported it the same hour and asked to speak at the next meeting. Since then the whole department reads "
        "numbers back digit by digit."
    )
    assert told(text) == tuple(part if part.endswith(".") else f"{part}." for part in text.split(". "))

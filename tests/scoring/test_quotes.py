"""What is quoted carries the level, reads well and stands where it says."""

from simulator.reading.reading import ElementSpan, Reading
from simulator.scoring.quotes import LONGEST_QUOTE, asked_within, quotes_for, told_words, within
from tests.reading.made import reading_of, transcript_of

STORY = reading_of(
    "so [occasion:last june the boiler broke] and [own_action:i rang three firms] then [own_action:i drove over] "
    "and [outcome:we had heat by nine] with [checkable:forty rooms] yes [lesson:since then i keep a list]"
)


def test_quotes_are_in_the_order_told_with_their_label_and_element() -> None:
    quotes = quotes_for("examples", 4, STORY, transcript_of(STORY))
    assert [quote.element for quote in quotes] == ["occasion", "own_action", "outcome", "checkable"]
    assert quotes[1].text == "I rang three firms."
    assert quotes[1].earns == "your own part"
    assert STORY.words[quotes[1].first_word : quotes[1].last_word + 1] == ("i", "rang", "three", "firms")


def test_where_a_level_needs_little_a_second_deed_is_quoted_too() -> None:
    told = reading_of("[own_action:i rang three firms] and [own_action:i drove over]")
    assert len(quotes_for("examples", 2, told, transcript_of(told))) == 2


def test_level_0_quotes_nothing() -> None:
    told = reading_of("[claim:i am a team player]")
    assert quotes_for("examples", 0, told, transcript_of(told)) == ()


def test_a_long_span_is_cut_where_a_clause_ends() -> None:
    words = tuple(f"w{n}" for n in range(40))
    long = Reading(words=words, spans=(ElementSpan("outcome", 0, 39, 0.9),), commas=(14,))
    assert within(long, long.spans[0], LONGEST_QUOTE) == (0, 14)


def test_words_repeated_in_advice_have_no_full_stop() -> None:
    assert told_words(STORY, "own_action") == "I rang three firms"
    assert told_words(STORY, "reason") == ""


def test_words_cut_out_of_because_are_not_quoted_back() -> None:
    told = reading_of("i want to leave because [experience:at work i sit in meetings]")
    assert told_words(told, "experience") == ""
    assert told_words(reading_of("i want it because [reason:my mum was here]"), "reason") == "My mum was here"


def test_what_is_left_of_the_sentence_before_is_not_quoted() -> None:
    text = "Two things, if there is time. First, who reads the weekly report and why? I ask"
    told = Reading(words=tuple(text.split()), spans=(ElementSpan("question", 4, 14, 0.9, "role"),))
    assert within(told, told.spans[0], LONGEST_QUOTE) == (6, 13)
    assert asked_within(told, told.spans[0], LONGEST_QUOTE) == (6, 13)


def test_of_what_leads_up_to_a_question_and_the_question_the_question_is_quoted() -> None:
    text = "your report goes to eleven hospitals who decides with it"
    span = ElementSpan("question", 0, 9, 0.9, "role")
    told = Reading(words=tuple(text.split()), spans=(span,), stops=(5, 9), asks=(9,))
    assert asked_within(told, told.spans[0], LONGEST_QUOTE) == (6, 9)

"""What was said, as one reads it."""

from dataclasses import replace

from simulator.reading.readable import readable, sentences
from simulator.reading.reading import Disfluency, ElementSpan, Reading

SAID = Reading(
    words=("um", "last", "june", "i", "i", "rang", "anna", "and", "she", "came", "what", "a", "day"),
    disfluencies=(Disfluency("filler", 0, 0), Disfluency("repetition", 3, 3)),
    stops=(9,),
    commas=(2,),
    capitals=(2, 6),
)


def test_fillers_go_sentences_begin_with_a_capital_and_end_with_a_stop() -> None:
    assert readable(SAID) == "Last June, I rang Anna and she came. What a day."


def test_a_quote_is_one_closed_sentence() -> None:
    assert readable(SAID, 4, 6, quoted=True) == "I rang Anna."
    assert readable(SAID, 7, 9, quoted=True) == "And she came."


def test_what_was_typed_with_signs_stands_exactly_as_typed() -> None:
    words = ["As", "I", "said,", "people", "who", "um", "start", "late", "thank", "you", "for", "every", "page."]
    typed = Reading(tuple(words), (), (Disfluency("filler", 5, 5),), stops=(7, 12), commas=(4,), capitals=(3,))
    assert readable(typed) == " ".join(words)
    assert readable(typed, 3, 4, quoted=True) == "people who"
    assert readable(typed, 1, 2, quoted=True) == "I said"


def test_what_is_quoted_of_typed_words_has_no_sounds_of_thinking() -> None:
    typed = Reading(
        ("Um,", "I", "rang", "um", "her", "myself."),
        disfluencies=(Disfluency("filler", 0, 0), Disfluency("filler", 3, 3)),
    )
    assert readable(typed) == "Um, I rang um her myself."
    assert readable(typed, 0, 5, quoted=True) == "I rang her myself."


def test_of_words_heard_and_typed_only_the_heard_ones_are_made_readable() -> None:
    both = Reading(("i", "rang", "her", "it", "was", "fine,", "really."), stops=(2, 6), typed=(3, 4, 5, 6))
    assert readable(both) == "I rang her. it was fine, really."
    assert readable(replace(both, typed=())).startswith("I rang her. It was")


def test_a_question_ends_with_its_mark() -> None:
    asked = Reading(words=("what", "comes", "first"), stops=(2,), asks=(2,))
    assert readable(asked, quoted=True) == "What comes first?"


def test_sentences_are_told_apart() -> None:
    assert sentences(SAID) == ((0, 9), (10, 12))


def test_what_was_found_before_a_piece_was_added_is_kept() -> None:
    before = Reading(("i", "rang", "them"), (ElementSpan("own_action", 0, 2, 0.9),))
    after = Reading(("last", "june", "i", "rang", "them", "twice"), faint=("own_action",))
    kept = after.keeping(before)
    assert [(span.first_word, span.last_word) for span in kept.of("own_action")] == [(2, 4)]
    assert kept.faint == ()
    changed = Reading(("i", "never", "rang", "them"))
    assert changed.keeping(before).spans == (), "not the same words any more"


def test_what_was_surely_there_stays_sure_where_words_are_added() -> None:
    sure = ElementSpan("own_action", 0, 2, 0.9, sure=True)
    before = Reading(("i", "rang", "them"), (sure,))
    unsure = ElementSpan("own_action", 0, 4, 0.5, quotable=False)
    after = Reading(("i", "rang", "them", "and", "waited"), (unsure,))
    assert after.keeping(before).spans == (sure,)
    surer = Reading(after.words, (replace(unsure, quotable=True, sure=True),))
    assert surer.keeping(Reading(before.words, (replace(sure, quotable=False),))).spans == surer.spans

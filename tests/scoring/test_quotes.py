"""What is quoted carries the level, reads well and stands where it says."""

from dataclasses import replace

from simulator.reading.reading import ElementSpan, Reading
from simulator.scoring.clause_bounds import LONGEST_QUOTE, asked_within, within
from simulator.scoring.quotes import (
    explained,
    quotes_for,
    told_words,
    words_shown,
)
from simulator.scoring.shipped_rubrics import asked_questions, questions_score
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


def asked_in(text: str, *spans: ElementSpan, stops: tuple[int, ...] = (), asks: tuple[int, ...] = ()) -> list[str]:
    """The questions of an answer as they are told; written with signs where the text has any."""
    words = tuple(text.split())
    told = Reading(words=words, spans=spans, stops=stops, asks=asks)
    return [each.text for each in asked_questions(told)]


def test_a_statement_is_never_told_as_the_question_that_follows_it() -> None:
    text = "Your ward has nine new nurses. Who looks after them at night, and may I join them?"
    spans = ElementSpan("question", 0, 5, 0.9, "step_ahead"), ElementSpan("question", 6, 16, 0.9, "role")
    # The model's own signs do not count where somebody wrote theirs.
    told = Reading(words=tuple(text.split()), spans=spans, stops=(5, 11, 16), asks=(5, 16))
    asked = asked_questions(told)
    assert [(each.text, each.level) for each in asked] == [("Who looks after them at night, and may I join them?", 4)]
    assert questions_score(told, transcript_of(told)).advice.startswith(
        "You asked “Who looks after them at night, and may I join them?”."
    )


def test_a_statement_alone_gets_no_question_mark() -> None:
    text = "I would like to know who plans the rounds. Is it you?"
    told = Reading(words=tuple(text.split()), spans=(ElementSpan("question", 0, 8, 0.9, "role"),))
    assert "“I would like to know who plans the rounds”." in questions_score(told, transcript_of(told)).advice


def test_a_question_begun_and_asked_anew_is_told_once_as_it_was_asked() -> None:
    begun = replace(ElementSpan("question", 1, 3, 0.65, "terms"), quotable=False)
    asked = ElementSpan("question", 4, 7, 0.95, "terms")
    assert asked_in("maybe just the car is there a car", begun, asked, stops=(3, 7), asks=(7,)) == ["Is there a car?"]


def test_a_question_that_a_span_breaks_off_is_told_to_its_end() -> None:
    span = ElementSpan("question", 1, 5, 0.9, "role")
    assert asked_in("well who trains the new drivers first then", span, stops=(7,), asks=(6,)) == [
        "Who trains the new drivers first?"
    ]


def test_two_parts_of_one_written_question_are_told_once_and_whole() -> None:
    text = "And if I came in May, what would you want done by June?"
    spans = ElementSpan("question", 1, 5, 0.9, "role"), ElementSpan("question", 6, 12, 0.9, "role")
    assert asked_in(text, *spans, stops=(5, 12), asks=(5, 12)) == [text]


def test_a_long_question_breaks_off_at_a_comma() -> None:
    text = (
        "Who decides which of the many wards gets the new beds first, and could I perhaps see how that is done here?"
    )
    told = Reading(words=tuple(text.split()), spans=(ElementSpan("question", 0, 21, 0.9, "role"),))
    assert asked_within(told, told.spans[0], 16) == (0, 11)


def typed_reading(text: str, *spans: ElementSpan) -> Reading:
    words = tuple(text.split())
    stops = tuple(n for n, word in enumerate(words) if word[-1] in ".?!")
    return Reading(words=words, spans=spans, stops=stops, typed=tuple(range(len(words))))


def test_what_is_shown_is_a_whole_clause_though_the_span_begins_or_ends_inside_one() -> None:
    told = typed_reading(
        "I was afraid, because my grandmother was deaf and nobody took time. I like a challenge. I think it is fun.",
        ElementSpan("reason", 2, 11, 0.9),
        ElementSpan("claim", 15, 17, 0.9),
    )
    stock = typed_reading("I like a challenge. I think it is fun.", ElementSpan("stock", 2, 3, 0.9))
    assert words_shown(told, "reason") == "my grandmother was deaf and nobody took time."
    assert words_shown(told, "claim") == "I think it is fun."
    assert words_shown(stock, "stock") == "I like a challenge."


def test_the_last_word_of_a_sentence_is_not_taken_for_one_that_joins_the_next() -> None:
    told = typed_reading("We worked and in the end it went well. Then I left.", ElementSpan("outcome", 3, 7, 0.9))
    assert words_shown(told, "outcome") == "in the end it went well."


def test_a_scrap_is_quoted_only_where_nothing_says_more() -> None:
    scrap, whole = ElementSpan("plan", 0, 2, 0.99), ElementSpan("plan", 6, 12, 0.8)
    told = typed_reading("In five years, who knows. Well, I want to run a front desk.", scrap, whole)
    assert words_shown(told, "plan") == "I want to run a front desk."
    transcript = transcript_of(told)
    assert [each.text for each in quotes_for("motivation", 1, told, transcript)][-1] == "I want to run a front desk."
    assert words_shown(typed_reading("In five years, who knows.", scrap), "plan") == "In five years"


def test_words_that_are_somebodys_own_part_are_not_told_as_a_claim_too() -> None:
    told = typed_reading(
        "I told her I would not hand it out. I am honest.",
        ElementSpan("own_action", 0, 8, 0.9),
        ElementSpan("claim", 3, 8, 0.8),
        ElementSpan("claim", 9, 11, 0.7),
    )
    found = {cue.cue: cue.found for cue in explained(("own_action", "claim"), told)}
    assert found == {"own_action": ("I told her I would not hand it out.",), "claim": ("I am honest.",)}


def test_a_lead_in_is_shown_with_what_it_leads_to_and_never_beside_it() -> None:
    told = reading_of("[attraction:i like that] and [plan:in five years] [plan:i want to run a desk]")
    assert words_shown(told, "plan") == "In five years I want to run a desk."
    quotes = quotes_for("motivation", 3, told, transcript_of(told))
    assert [each.text for each in quotes] == ["I like that.", "In five years I want to run a desk."]


def test_words_that_are_cut_do_not_end_on_one_that_joins_another_clause() -> None:
    told = reading_of(
        "[reason:in my shop a woman came in every week for a long talk and tea and cake and i liked it]"
    )
    assert told_words(told, "reason") == "In my shop a woman came in every week for a long talk and tea ..."
    told = reading_of("[reason:in my old shop a woman came in every week for a long talk and tea and cake and more]")
    assert told_words(told, "reason") == "In my old shop a woman came in every week for a long talk and tea ..."


def test_what_leads_in_the_next_clause_is_not_quoted_with_the_one_before() -> None:
    course = "[step:i have taken an evening course and every saturday]"
    told = reading_of(f"{course} i help on the ward")
    assert words_shown(told, "step") == "I have taken an evening course."
    ended = reading_of(f"{course} and then nothing")
    assert words_shown(ended, "step") == "I have taken an evening course and every saturday."


def test_a_part_that_begins_within_another_is_not_quoted_where_there_is_a_better_one() -> None:
    text = "i help on the ward in five years i want to lead the transport here"
    step = ElementSpan("step", 0, 4, 0.9)
    crossing = ElementSpan("plan", 2, 7, 0.95)
    whole = ElementSpan("plan", 8, 14, 0.9)
    reading = Reading(words=tuple(text.split()), spans=(step, crossing, whole))
    assert words_shown(reading, "plan") == "I want to lead the transport here."
    alone = Reading(words=tuple(text.split()), spans=(step, crossing))
    assert words_shown(alone, "plan")


def test_an_event_is_quoted_with_what_happened_in_it() -> None:
    reading = reading_of("well [occasion:in my old job] i drove the van over the moor and [own_action:i rang them]")
    quotes = {quote.element: quote.text for quote in quotes_for("examples", 2, reading, transcript_of(reading))}
    assert quotes["occasion"] == "In my old job I drove the van over the moor."


def test_of_a_long_event_the_surest_words_are_quoted() -> None:
    general = "in my town i have my own shop with my brother for dresses and coats and bags and hats"
    once = "one time the mother of the bride she came in the morning and the wedding was that night"
    reading = reading_of(f"[occasion:{general} and {once}] and [own_action:i rang them]")
    start = len(general.split()) + 1
    sure = tuple(
        {"occasion": 0.9 if start <= n < start + len(once.split()) else 0.4} for n in range(len(reading.words))
    )
    reading = replace(reading, likely=sure)
    quotes = {quote.element: quote.text for quote in quotes_for("examples", 2, reading, transcript_of(reading))}
    assert quotes["occasion"].startswith("One time the mother of the bride")


def test_what_one_did_is_quoted_from_where_one_does_it() -> None:
    reading = reading_of("[occasion:last june it broke] so [own_action:when he fell off it i ran over at once]")
    quotes = {quote.element: quote.text for quote in quotes_for("examples", 2, reading, transcript_of(reading))}
    assert quotes["own_action"] == "I ran over at once."


def test_what_one_did_is_not_cut_to_what_stood_in_the_way() -> None:
    reading = reading_of("[occasion:last june it broke] so [own_action:rang her at home although i was not on shift]")
    quotes = {quote.element: quote.text for quote in quotes_for("examples", 2, reading, transcript_of(reading))}
    assert quotes["own_action"] == "Rang her at home although I was not on shift."


def test_a_quote_does_not_end_on_who_begins_the_next_clause() -> None:
    reading = reading_of("[occasion:last june it broke] so [own_action:i rang the intern at home and i] well went")
    reading = replace(reading, commas=(len(reading.words) - 3,))
    quotes = {quote.element: quote.text for quote in quotes_for("examples", 2, reading, transcript_of(reading))}
    assert quotes["own_action"] == "I rang the intern at home."


def test_what_leads_to_somebodys_words_is_not_quoted_without_them() -> None:
    reading = reading_of(
        "[occasion:last june it broke] so [own_action:i rang the intern and he said] wait until nine"
    )
    reading = replace(reading, commas=(reading.words.index("said"),))
    quotes = {quote.element: quote.text for quote in quotes_for("examples", 2, reading, transcript_of(reading))}
    assert quotes["own_action"] == "I rang the intern."


def test_a_quote_that_is_cut_says_so() -> None:
    many = " ".join(f"box{number}" for number in range(LONGEST_QUOTE + 10))
    reading = reading_of(f"[occasion:last june it broke] and [own_action:i carried {many}]")
    quotes = {quote.element: quote.text for quote in quotes_for("examples", 2, reading, transcript_of(reading))}
    assert quotes["own_action"].endswith(" ...")
    assert not quotes["occasion"].endswith("...")


def test_a_question_is_quoted_with_whoever_asks() -> None:
    reading = reading_of("yes please i [question.role:want to know what comes first]")
    (asked,) = asked_questions(reading)
    assert asked.text.startswith("I want to know what comes first")

"""Stories matched with wishes: measured on made-up cases, and what is shown of a match."""

from simulator.preparation.matching import TOUCHES, match, matches, nearness
from tests.preparation.matching_measure import KEPT_APART, agreement, app, fields, shared_words


def test_stories_it_learned_from_meet_the_wishes_a_careful_reader_would_name() -> None:
    measured = agreement(app)
    assert measured.auc >= 0.99
    assert measured.first >= 0.98
    assert measured.precision >= 0.97
    assert measured.touched >= 0.92
    assert measured.stray <= 0.03


def test_unseen_stories_are_found_and_better_by_the_skills_named_beside_them() -> None:
    bare, skilled = agreement(app, KEPT_APART), agreement(app, KEPT_APART, with_skills=True)
    assert bare.auc >= 0.9
    assert bare.first >= 0.7
    assert skilled.auc >= 0.96
    assert skilled.first >= 0.86
    assert min(bare.precision, skilled.precision) >= 0.95
    assert skilled.touched >= 0.86
    assert skilled.recall > bare.recall
    assert max(bare.stray, skilled.stray) <= 0.03


def test_it_beats_counting_shared_words() -> None:
    ours, theirs = agreement(app), agreement(shared_words)
    assert ours.auc > theirs.auc
    assert ours.first > theirs.first


def test_the_cases_come_from_at_least_ten_fields() -> None:
    assert len(fields()) >= 10


def test_the_sentence_that_matched_is_shown_as_it_was_told() -> None:
    told = "My first year was quiet. I trained the two apprentices in the kitchen every morning. We moved in May."
    found = match("Train two apprentices", told)
    assert found.answers
    assert found.words == "I trained the two apprentices in the kitchen every morning."


def test_one_word_in_common_is_no_answer() -> None:
    for wish, text in (
        ("Two years in a warehouse", "I count my teeth twice a day."),
        ("Enhanced DBS check", "I checked the till every evening and wrote the sum into the book."),
        ("A valid food hygiene certificate", "I rolled back the release after the alarm at midnight."),
    ):
        assert not match(wish, text).answers, wish


def test_what_is_said_in_other_words_answers() -> None:
    assert match(
        "Calm angry customers", "A man shouted at me about his bill, and I listened until he was quiet."
    ).enough


def test_empty_texts_match_nothing() -> None:
    assert match("Train two apprentices", "").strength == 0
    assert matches([], ["I cooked."]) == []
    assert 0 <= match("", "anything at all").strength < TOUCHES


def test_the_nearest_text_is_found() -> None:
    texts = ["I cooked for ninety people.", "I wrote a page for the night shift and handed over at the bedside."]
    near = nearness("Hand over to the next shift in writing", texts)
    assert near[1] > near[0]

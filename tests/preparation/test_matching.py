"""Stories matched with wishes: measured on made-up cases of twelve fields, and the words that made it so."""

from simulator.preparation.matching import Matcher, stem
from tests.preparation.matching_measure import KEPT_APART, agreement, app, fields, shared_words


def test_stories_meet_the_wishes_a_careful_reader_would_name() -> None:
    measured = agreement(app)
    assert measured.auc >= 0.85
    assert measured.first >= 0.75
    assert measured.precision >= 0.7
    assert measured.recall >= 0.7
    assert measured.stray <= 0.1


def test_unseen_stories_are_found_by_the_skills_named_beside_them() -> None:
    bare, skilled = agreement(app, path=KEPT_APART), agreement(app, path=KEPT_APART, with_skills=True)
    assert skilled.auc >= 0.7
    assert skilled.auc > bare.auc
    assert skilled.recall > bare.recall
    assert max(bare.stray, skilled.stray) <= 0.1


def test_it_beats_counting_shared_words() -> None:
    ours, theirs = agreement(app), agreement(shared_words)
    assert ours.auc > theirs.auc
    assert ours.first > theirs.first


def test_the_cases_come_from_at_least_ten_fields() -> None:
    assert len(fields()) >= 10


def test_a_match_shows_the_words_as_they_were_told() -> None:
    wish, text = "Train two apprentices", "I showed a new apprentice how to hold the knife."
    match = Matcher([wish, text]).match(wish, text)
    assert match.enough
    assert "apprentice" in match.words
    for word in match.words:
        assert word in text


def test_a_text_about_something_else_does_not_match() -> None:
    wish, text = "A valid food hygiene certificate", "I rolled back the release after the alarm at midnight."
    match = Matcher([wish, text]).match(wish, text)
    assert not match.enough
    assert match.words == ()


def test_empty_texts_match_nothing() -> None:
    matcher = Matcher([])
    assert matcher.match("", "anything at all").strength == 0
    assert matcher.match("Train two apprentices", "").strength == 0
    assert matcher.best("Train two apprentices", []) == (-1, matcher.match("", ""))


def test_common_words_alone_are_no_match() -> None:
    wish, text = "Good experience in the team", "I had a good experience."
    assert not Matcher([wish, text, "Weld pipes", "Sell shoes"]).match(wish, text).words


def test_the_best_text_is_found() -> None:
    wish = "Hand over to the next shift in writing"
    texts = ["I cooked for ninety people.", "I wrote a page for the night shift and handed over at the bedside."]
    at, match = Matcher([wish, *texts]).best(wish, texts)
    assert at == 1
    assert match.enough


def test_forms_of_a_word_share_a_stem() -> None:
    for forms in (("teach", "teaching", "teaches"), ("plan", "planned", "planning"), ("carry", "carries", "carried")):
        assert len({stem(form) for form in forms}) == 1, forms

"""List marks, words written twice, and names of other people in a letter."""

import pytest

from simulator.followup.wording_check import bullets, doubled, names_of_others, slips, spelled_otherwise


@pytest.mark.parametrize("text", ["- remote 3 days", "Dear X,\n\n• one", "It is so. 2. The next", "(3) And more"])
def test_list_marks_are_found(text: str) -> None:
    assert len(list(bullets(text))) == 1


@pytest.mark.parametrize("text", ["a well-known firm", "It took 9 days.", "from 2 to 5 - a lot"])
def test_a_hyphen_or_a_number_is_no_list_mark(text: str) -> None:
    assert list(bullets(text)) == []


def test_words_written_twice_are_found_but_those_that_may() -> None:
    text = "in the in Portugal, and and then I had had enough, so I said that that was it. In in it"
    assert [text[start:end] for start, end in doubled(text)] == ["and and", "In in"]


@pytest.mark.parametrize(
    ("sentence", "twice"),
    [("I gave her her coat.", False), ("I went in her her car.", True), ("I told her her.", True)],
)
def test_her_may_stand_twice_where_the_second_owns_something(sentence: str, twice: bool) -> None:
    assert bool(list(doubled(sentence))) == twice


@pytest.mark.parametrize(
    ("sentence", "slip"),
    [
        ("She send me a card.", "She send"),
        ("Then he come back.", "he come"),
        ("We was late.", "We was"),
        ("I seen it.", "I seen"),
        ("I have rode since I was six.", "I have rode"),
        ("We had went home.", "We had went"),
        ("I wear glasses since I was four.", "I wear glasses since I was"),
        ("It was full. Me and my friend ran.", "Me and my friend ran"),
        ("You told me about the lorries are late.", "You told me about the lorries are late"),
    ],
)
def test_a_verb_that_does_not_go_with_its_subject_is_found(sentence: str, slip: str) -> None:
    found = [sentence[start:end] for start, end in slips(sentence)]
    assert [each.lower() for each in found] == [slip.lower()]


@pytest.mark.parametrize(
    "sentence",
    [
        "She sent me a card.",
        "Did she send it?",
        "Could he come?",
        "I let her go.",
        "Never had I seen it.",
        "You told me about the long wait.",
        "He was there, and she left.",
        "I have worn glasses since I was four.",
        "She told me and my friend.",
        "I have written it, and he had taken it.",
    ],
)
def test_sound_grammar_is_no_slip(sentence: str) -> None:
    assert list(slips(sentence)) == []


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Mrs Akhtar came in.", "Mrs Akhtar"),
        ("I helped Denise with her order.", "Denise"),
        ("Callum asked me twice.", "Callum"),
        ("On Monday I asked Priya Nair about it.", "Priya Nair"),
    ],
)
def test_a_name_of_somebody_else_is_found(sentence: str, name: str) -> None:
    assert [sentence[start:end] for start, end in names_of_others(sentence, ())] == [name]


@pytest.mark.parametrize(
    "sentence",
    [
        "I saw the bank at Coombe House.",
        "We opened in Leeds on Monday and Tuesday.",
        "The SENCO called him, and I asked IT for help.",
        "He came back with a box of Roses.",
        "I did it with Photoshop and told him so.",
        "He said so. If asked, my answer is no.",
        "I told Ruth so.",
        "I've done it because I like it.",
    ],
)
def test_a_place_a_day_or_somebody_known_is_not(sentence: str) -> None:
    assert list(names_of_others(sentence, ("Ruth Adeyemi",))) == []


@pytest.mark.parametrize(
    ("sentence", "said", "other"),
    [
        ("You spoke about what people do with there eyes.", "What people do with their eyes all day.", "their"),
        ("Seven of them were lose.", "Seven of them were loose.", "loose"),
        ("I put it in somebodys hand.", "The right book in somebody's hand.", "somebody's"),
    ],
)
def test_a_word_that_was_another_when_it_was_said_is_told(sentence: str, said: str, other: str) -> None:
    assert [each[2] for each in spelled_otherwise(sentence, [said])] == [other]


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("I keep my eyes open.", "Keeping my eyes open."),
        ("I wrote it down.", "I write it down."),
        ("The horses were lame.", "The horse were lame."),
        ("I told them then.", "I told then then."),
        ("It was in a quiet street.", "She said it was quite late."),
        ("He said that this works.", "He said that these works."),
    ],
)
def test_another_form_of_a_word_or_other_words_around_it_are_none(sentence: str, said: str) -> None:
    assert not list(spelled_otherwise(sentence, [said]))

"""Phrases of one's own rubrics are found where they stand."""

import pytest

from simulator.scoring.phrases import BadPhrase, Phrases, pattern_of
from tests.reading.made import reading_of


def found(phrase: str, text: str) -> list[str]:
    reading = reading_of(text)
    return [" ".join(reading.words[each.first_word : each.last_word + 1]) for each in Phrases([phrase]).find(reading)]


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("in the end", "so in the end it held", ["in the end"]),
        ("in the end", "so, in the end, it held", ["in the end,"]),
        ("apprentic*", "my apprenticeship and two apprentices", ["apprenticeship", "apprentices"]),
        ("came/went back", "he came back and she went back", ["came back", "went back"]),
        ("i (really) like", "i like it and i really like it", ["i like", "i really like"]),
        ("never ... again", "it never once leaked again", ["never once leaked again"]),
        ("never ... again", "never did it leak in all that time again", []),
        (
            "never ...8 again",
            "never did it leak in all that time again",
            ["never did it leak in all that time again"],
        ),
        ("i am", "I'm here and i am there", ["I'm", "i am"]),
        ("did not", "she didn't and he did not", ["didn't", "did not"]),
        ("the end", "we um the um end", ["the um end"]),
    ],
)
def test_a_phrase_is_found_where_it_stands(phrase: str, text: str, expected: list[str]) -> None:
    assert found(phrase, text) == expected


@pytest.mark.parametrize(
    "phrase", ["<number> of", "... again", "again ...", "(a)", "(a b) c", "one...two", "a ...99 b", ""]
)
def test_a_phrase_that_cannot_be_read_is_refused(phrase: str) -> None:
    with pytest.raises(BadPhrase):
        pattern_of(phrase)

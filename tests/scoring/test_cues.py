"""Phrases of the rubric files are found where they stand."""

import pytest

from simulator.scoring.cues import BadPhrase, PhraseTree, Span, parse_phrase
from simulator.scoring.rubric import lexicon
from simulator.scoring.tokens import tokens_of
from simulator.speech.transcript import typed


def found(phrase: str, text: str) -> list[str]:
    tree = PhraseTree([("it", [phrase])], lexicon())
    tokens = tokens_of(typed(text))
    spans: list[Span] = tree.find(tree.read(tokens)).get("it", [])
    return [" ".join(tokens.text[span.first : span.last + 1]) for span in spans]


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("in the end", "so in the end it held", ["in the end"]),
        ("last <period>", "last winter and last tuesday", ["last winter"]),
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
        ("so <i_did>", "so fixed and so i fixed it", []),
        ("<i_did> it", "i fixed it and he fixed it", ["fixed it"]),
        ("<number> of them", "twelve of them and 30 of them", ["twelve of them", "30 of them"]),
    ],
)
def test_a_phrase_is_found_where_it_stands(phrase: str, text: str, expected: list[str]) -> None:
    assert found(phrase, text) == expected


def test_the_longest_reading_is_taken_and_places_do_not_overlap() -> None:
    tree = PhraseTree([("it", ["on time", "on", "time"])], lexicon())
    tokens = tokens_of(typed("we came on time"))
    assert tree.find(tree.read(tokens))["it"] == [Span(2, 3)]


@pytest.mark.parametrize(
    "phrase", ["<nothing_so>", "... again", "again ...", "(a)", "(a b) c", "one...two", "a ...99 b", ""]
)
def test_a_phrase_that_cannot_be_read_is_refused(phrase: str) -> None:
    with pytest.raises(BadPhrase):
        parse_phrase(phrase, lexicon().classes)

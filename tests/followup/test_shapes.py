"""The shapes of a letter, and their sentences known again."""

import re

from simulator.followup.shapes import is_stock, shapes, stock_lines


def test_every_shape_has_every_part_once() -> None:
    for shape in shapes():
        parts = [part for row in shape["order"] for part in row]
        assert sorted(parts) == ["close", "story", "thanks", "topic", "why"]
        assert parts[0] == "thanks"
        assert parts[-1] == "close"
        known = {
            "shape",
            "order",
            "greet",
            "bye",
            "us",
            "about",
            "thanks",
            "kept",
            "kept_said",
            "want",
        }
        known |= {"alone", "recall", "close"}
        known |= {"topic", "said", "open", "quoted", "wish"}
        after = {f"after_{part}" for part in ("topic", "said", "quoted", "wish")}
        placed = set() if "joint" in shape else after
        known |= set() if ". " in shape["thanks"] else {"more"}  # one thanks is enough
        assert set(shape) - {"joint", "again"} == known | placed
        assert "joint" in shape or "again" not in shape


def test_it_made_me_think_stands_only_behind_what_was_said() -> None:
    for shape in shapes():
        for part in ("alone", "recall"):
            assert not re.search(r"\b(?:it|that) made me\b", shape[part], re.IGNORECASE)


def test_after_what_was_said_nothing_follows_that_needs_a_comma_closed() -> None:
    for shape in shapes():
        for line in (each for each in shape.values() if "{it}" in each):
            assert re.search(r"\{it\}(?:\.|\.”|, )", line), line


def test_the_apps_own_sentences_are_known_with_whatever_stands_in_them() -> None:
    assert is_stock("Thank you for taking the time to talk with me about the role of porter at St Anne's.")
    assert is_stock("You told me about the long wait, and it made me think.")
    assert is_stock("In our talk you said: “Read the plan.”")
    assert not is_stock("I led a team of forty.")
    assert stock_lines()

"""The shapes of a letter, and their sentences known again."""

from simulator.followup.shapes import is_stock, shapes, stock_lines


def test_every_shape_has_every_part_once() -> None:
    for shape in shapes():
        parts = [part for row in shape["order"] for part in row]
        assert sorted(parts) == ["close", "story", "thanks", "topic", "why"]
        assert parts[0] == "thanks"
        assert parts[-1] == "close"
        known = {"thanks", "more", "note", "want", "alone", "again", "close", "greet", "bye", "us", "shape", "order"}
        placed = {"after", "after_said"} if "after" in shape else {"topic", "said", "joint"}
        assert set(shape) == known | placed


def test_the_apps_own_sentences_are_known_with_whatever_stands_in_them() -> None:
    assert is_stock("Thank you for taking the time to talk with me about the role of porter at St Anne's.")
    assert is_stock("You spoke about the long wait.")
    assert not is_stock("I led a team of forty.")
    assert stock_lines()

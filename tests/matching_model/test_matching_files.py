"""What matching learned from, its files, and what comes of damaged ones."""

from pathlib import Path

import pytest

from simulator.errors import MissingPart
from simulator.paths import shipped
from simulator.preparation.matching import match, matches, weights_in
from tests.matching_model.data import asked_and_answered, stories

SHIPPED = shipped("assets") / "matching"


def test_it_learned_from_many_stories_of_many_fields_each_with_right_and_wrong_wishes() -> None:
    given = stories()
    assert len(given) >= 1420
    assert len({story.group for story in given}) >= 330
    assert all(set(story.labels) >= {1.0, -1.0} for story in given if story.kind == "field")
    assert all(len(story.labels) == len(story.wishes) for story in given)
    assert len(asked_and_answered()) >= 700


def test_the_files_are_small_and_nearness_speaks_for_a_requirement() -> None:
    assert (SHIPPED / "upper.onnx").stat().st_size <= 8_000_000
    weights = weights_in(SHIPPED / "weights.json")
    assert weights.bare[0] > 0
    assert min(weights.skilled[:2]) > 0


@pytest.mark.parametrize(
    "content",
    [b"", b"no weights", b"[1]", b'{"usual": 0, "bare": [1], "skilled": [1, 1, 1]}', b'{"usual": 0, "bare": 1}'],
)
def test_damaged_weights_are_told_as_a_missing_part(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "weights.json"
    path.write_bytes(content)
    with pytest.raises(MissingPart, match="Stories cannot be matched"):
        weights_in(path)


def test_skills_count_beside_the_text() -> None:
    wishes = ["Calm people who are upset", "Forklift licence"]
    told = ["She shouted about her bill and I listened until she was done."]
    bare, skilled = (matches(wishes, told, skills) for skills in ((), ("calming angry customers",)))
    assert skilled[0].strength > bare[0].strength
    assert skilled[0].strength > skilled[1].strength


def test_a_story_of_which_only_skills_are_known_is_matched_by_them() -> None:
    assert match("Speak Spanish", "", ["Spanish"]).words == "Spanish"

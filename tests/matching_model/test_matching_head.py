"""The head that matches stories: what it learned from, its file, and what comes of a damaged one."""

from pathlib import Path

import numpy
import pytest

from simulator.errors import MissingPart
from simulator.preparation.matching_head import head_from, matching_head
from tests.matching_model.data import asked_and_answered, stories
from tests.matching_model.train import RANK, STATES, WEIGHTS


def test_it_learned_from_many_stories_of_many_fields_each_with_right_and_wrong_wishes() -> None:
    given = stories()
    assert len(given) >= 360
    assert len({story.group for story in given}) >= 140
    assert all(set(story.labels) >= {1.0, -1.0} for story in given if story.kind == "field")
    assert all(len(story.labels) == len(story.wishes) for story in given)
    assert len(asked_and_answered()) >= 700


def test_the_weights_are_small_and_have_the_sizes_that_are_trained() -> None:
    assert WEIGHTS.stat().st_size <= 400_000
    head = matching_head()
    assert head.requirement_map.shape == head.story_map.shape == (STATES, RANK)
    assert (head.bare.shape, head.skilled.shape) == ((4,), (7,))


@pytest.mark.parametrize("content", [b"", b"no weights"])
def test_damaged_weights_are_told_as_a_missing_part(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "head.npz"
    path.write_bytes(content)
    with pytest.raises(MissingPart, match="Stories cannot be matched"):
        head_from(path)


def test_skills_count_beside_the_text() -> None:
    head = matching_head()
    wishes = ["Calm people who are upset", "Forklift licence"]
    told = ["She shouted about her bill and I listened until she was done."]
    bare, skilled = (head.compare(wishes, told, skills) for skills in ((), ("calming angry customers",)))
    assert numpy.array_equal(bare.story, skilled.story)
    assert head.weighed(skilled)[0] > head.weighed(bare)[0]
    assert head.weighed(skilled)[0] > head.weighed(skilled)[1]

"""Stories: their parts, and the files they come from."""

from pathlib import Path

import pytest

from simulator.data_files import BrokenFile
from simulator.errors import UserError
from simulator.preparation.stories import LONGEST_PART, Story, changed, new_story
from simulator.preparation.story_files import part_named, read_stories, stories_in


def test_a_story_is_told_in_the_order_of_its_parts() -> None:
    story = new_story("", [], situation="The oven broke", action="I rang three bakeries.", result="All was sold")
    assert story.text == "The oven broke. I rang three bakeries. All was sold."
    assert story.id == "the-oven-broke"
    assert story.missing() == ()


def test_numbers_are_told_where_no_part_has_them() -> None:
    story = Story("s", "S", action="I rang three bakeries", numbers="three bakeries; ninety orders")
    assert story.text == "I rang three bakeries. ninety orders."


def test_a_title_is_made_of_the_first_words_and_not_broken_off() -> None:
    assert new_story("", [], situation="In my second year at the bakery our oven broke").title == "In my second year"
    assert new_story("", [], action="Wrote it").title == "Wrote it"


def test_what_is_missing_is_named() -> None:
    assert new_story("T", [], situation="The oven broke").missing() == ("action", "result")


def test_an_empty_or_endless_story_is_refused() -> None:
    with pytest.raises(UserError, match="Nothing is written"):
        new_story("Only a title", [], numbers="7")
    with pytest.raises(UserError, match="action has 2001"):
        new_story("T", [], action="x" * (LONGEST_PART + 1))


def test_parts_are_changed_and_others_refused() -> None:
    story = new_story("T", [], action="I wrote", skills=("a", " a ", ""))
    assert story.skills == ("a",)
    assert changed(story, {"result": " It  worked "}).result == "It worked"
    with pytest.raises(UserError, match="no 'id'"):
        changed(story, {"id": "other"})


MARKDOWN = """# The night list

Our evening sheets missed half of the drips.

## What I did
- I wrote a page for the night nurses
- and went through it at the bedside.

**Outcome:** Missed doses fell from nine to one.
Skills: handover, writing

# Three bells
Situation: Three bells rang at once.
Action: I told each
who came first.
"""


def test_markdown_with_headings_and_labels() -> None:
    night, bells = stories_in(MARKDOWN, Path("stories.md"))
    assert night == {
        "title": "The night list",
        "situation": "Our evening sheets missed half of the drips.",
        "action": "I wrote a page for the night nurses and went through it at the bedside.",
        "result": "Missed doses fell from nine to one.",
        "skills": ("handover", "writing"),
    }
    assert bells == {
        "title": "Three bells",
        "situation": "Three bells rang at once.",
        "action": "I told each who came first.",
    }


def test_yaml_of_one_and_of_many() -> None:
    one = "title: A\nsituation: It broke\naction: I fixed it\nskills: [repair]\n"
    assert stories_in(one, Path("a.yaml")) == [
        {"title": "A", "situation": "It broke", "action": "I fixed it", "skills": ("repair",)}
    ]
    assert len(stories_in("- action: I wrote\n- action: I read\n", Path("a.yaml"))) == 2


def test_a_wrong_key_is_told_with_its_place_and_the_right_one() -> None:
    with pytest.raises(BrokenFile) as broken:
        stories_in("title: A\nsituaton: x\n", Path("a.yaml"))
    assert "a.yaml:2:1" in str(broken.value)
    assert "Did you mean 'situation'?" in str(broken.value)


@pytest.mark.parametrize("text", ["", "Just a paragraph about me.", "# A heading\n"])
def test_markdown_without_a_story_is_told(text: str) -> None:
    with pytest.raises(UserError, match="No story was found"):
        stories_in(text, Path("a.md"))


def test_files_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    (tmp_path / "latin.md").write_bytes(b"Situation: caf\xe9")
    (tmp_path / "big.md").write_bytes(b"x" * 1_000_001)
    for name, told in (("latin.md", "UTF-8"), ("big.md", "more than 1 MB"), ("none.md", "There is no file")):
        with pytest.raises(UserError, match=told):
            read_stories(tmp_path / name)


def test_parts_by_the_names_people_use() -> None:
    assert part_named("Outcome:") == "result"
    with pytest.raises(UserError, match="no 'sitation'"):
        part_named("sitation")

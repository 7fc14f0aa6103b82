"""A question named in passing."""

import pytest

from simulator.followup.asked import asked_about


@pytest.mark.parametrize(
    ("question", "about"),
    [
        ("Tell me about a time you led a team.", "a time I led a team"),
        ("Can you tell us about a time others relied on you?", "a time others relied on me"),
        ("Tell me about a time you were wrong.", "a time I was wrong"),
        ("Describe a mistake that taught you something.", "a mistake that taught me something"),
        (
            "Tell me about a time you did it although it slowed you down.",
            "a time I did it although it slowed me down",
        ),
        ("Tell me about your biggest achievement.", "my biggest achievement"),
        ("Give me an example of a plan you changed.", "an example of a plan I changed"),
        ("Tell me about yourself.", ""),
        ("How do you handle paperwork?", ""),
        ("Give me a reason. Then another.", ""),
        ("Tell me about " + "a very " * 9 + "long day.", ""),
    ],
)
def test_what_was_asked_is_told_by_the_one_who_was_asked(question: str, about: str) -> None:
    assert asked_about(question) == about

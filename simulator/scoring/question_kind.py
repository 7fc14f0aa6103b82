"""What kind of question was asked, read off its words where nobody says (`assets/rubrics/question_kinds.yaml`)."""

import re
from functools import lru_cache

from simulator.paths import shipped
from simulator.questions.bank import Kind
from simulator.yaml_nodes import load_yaml


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    document = load_yaml(shipped("assets") / "rubrics" / "question_kinds.yaml")
    return tuple((entry["kind"], re.compile("|".join(entry["patterns"]))) for entry in document["kinds"])


@lru_cache(maxsize=256)
def kind_of(question: str, given: str = "") -> str:
    """The kind of a question: as given where it is one of ours, else by its words ("" where they do not tell)."""
    if given in list(Kind):
        return str(given)
    low = question.lower().replace("’", "'").strip(" ?.!")
    return next((kind for kind, pattern in _patterns() if pattern.search(low)), "")

"""The words on the screens: what readers stumbled on stays away."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.packaging.little_checkout import ROOT

UNCLEAR = (
    "you are on",
    "may i ask",
    "leave, kept",
    "leave out",
    "of late",
    "own eye",
    "eye gets better",
    "the last one yours",
    "round off",
    "the same number",
    "ex.",
    "mot.",
    "qu.",
)


def shown_words(path: Path) -> Iterator[str]:
    """Every text in a module that is no docstring."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.value


MODULES = [
    *(ROOT / "simulator" / "tui").rglob("*.py"),
    *(
        ROOT / "simulator" / "sessions" / f"{name}.py"
        for name in ("report", "progress", "home_overview", "self_rating")
    ),
    ROOT / "simulator" / "plain.py",
]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_no_screen_says_what_was_found_unclear(path: Path) -> None:
    words = [text.lower() for text in shown_words(path)]
    assert [(phrase, text) for phrase in UNCLEAR for text in words if _says(text, phrase)] == []


def test_no_page_of_help_says_it_either() -> None:
    pages = {page.name: page.read_text(encoding="utf-8").lower() for page in (ROOT / "assets" / "help").glob("*.md")}
    assert pages
    assert [(name, phrase) for phrase in UNCLEAR for name, text in pages.items() if _says(text, phrase)] == []


def _says(text: str, phrase: str) -> bool:
    """Whether the phrase is there as words of its own."""
    return f" {phrase} " in f" {text} ".replace("\n", " ")


def test_no_measure_is_told_by_the_name_of_its_band() -> None:
    from simulator.scoring.scorecard import Measure
    from simulator.sessions.delivery_words import measure_words

    assert measure_words(Measure("pace", 120, "words/min", "watch")) == "120 words a minute, worth a look"


def test_no_module_of_the_app_styles_itself_in_line() -> None:
    for path in (ROOT / "simulator" / "tui").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert "    CSS = " not in text, path
        assert ".styles." not in text.replace(".styles.clear_rule", ""), path


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_a_key_is_named_as_the_row_of_keys_names_it(path: Path) -> None:
    small = re.compile(r"\b(?:press|then) [a-z](?: to| when| again|\.|$)", re.IGNORECASE)
    named = [
        found[0] for text in shown_words(path) for found in small.finditer(text) if found[0].split()[1].islower()
    ]
    assert named == []

"""What every program of this kind writes again and again stands in one place here, and is used from there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

ONCE = {
    "YAML is read": (r"\byaml\.(?:safe_)?(?:load|parse)\(", {"simulator/yaml_nodes.py"}),
    "a near name is looked for": (
        r"\bget_close_matches\(",
        # A letter's check compares words of a letter with names; it offers no name.
        {"simulator/texts.py", "simulator/followup/letter_check.py"},
    ),
    "number words are listed": (r"\btwo[\"',| ]+three\b", {"simulator/reading/numbers_told.py"}),
    "words are cut to their stems": (
        r"ing\|ed|\bword\[:(?:[3-9]|_STEM)\]",
        # The second learned its weights from the first letters of words.
        {"simulator/questions/advice.py", "simulator/questions/kind_model.py"},
    ),
    "a file is replaced in one step": (
        r"\bmkstemp\(",
        {"simulator/paths.py"},
    ),
    "a zip is opened to be read": (
        r"\bZipFile\((?![^)\n]*\"w\")",
        # The second reads what `check_archive` has looked through.
        {"simulator/zip_files.py", "simulator/questions/import_office.py"},
    ),
    "a widget's own style is read from the file beside it": (
        r"Path\(module\)\.with_suffix",
        {"simulator/tui/widgets/css.py"},
    ),
    "the row at the top of a screen": (r"\"title-row\"", {"simulator/tui/widgets/title_row.py"}),
    "a deletion is taken back": (
        r"Press U to undo that\.",
        {"simulator/tui/undo.py"},
    ),
    "a screen asks for the app as its own": (r"-> \"?(?:BaseApp|SecondRound)\"?:", {"simulator/tui/base_app.py"}),
}


@pytest.mark.parametrize("what", ONCE)
def test_it_is_written_once(what: str) -> None:
    pattern, places = ONCE[what]
    found = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "simulator").rglob("*.py")
        if re.search(pattern, path.read_text("utf-8"))
    }
    assert found == places


def test_no_style_is_written_among_the_code() -> None:
    inline = re.compile(r"\bCSS *(?::[^=]*)?= *f?[\"']{3}")
    assert not [path for path in (ROOT / "simulator").rglob("*.py") if inline.search(path.read_text("utf-8"))]

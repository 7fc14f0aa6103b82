"""Export and import again: the same bank, up to what each format says it carries."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from simulator.paths import shipped
from simulator.questions.bank import Bank, Kind, Question
from simulator.questions.bank_files import bank_paths, read_bank
from simulator.questions.exporting import ExportFormat, export_text
from simulator.questions.importing import ImportFormat, import_text
from tests.generated import many
from tests.questions.some_banks import LETTERS, NURSE, VAGUE, bank, banks, question, texts

FORMATS = {
    ExportFormat.CSV: ImportFormat.CSV,
    ExportFormat.MARKDOWN: ImportFormat.MARKDOWN,
    ExportFormat.ANKI: ImportFormat.ANKI,
    ExportFormat.JSON: ImportFormat.JSON,
    ExportFormat.YAML: ImportFormat.BANK,
}
SIMPLE_TAGS = texts(20, LETTERS.filter(lambda char: char not in ",;|"))


def back(original: Bank, form: ExportFormat) -> Bank:
    """The bank after a journey there and back."""
    found = import_text(export_text(original, form), Path("x"), FORMATS[form])
    assert found.unused == ()
    assert all(not imported.guessed or imported.guessed == ("competency",) for imported in found.questions)
    return found.bank(found.head.id or original.id, found.head.title or original.title)


def carried(original: Bank, form: ExportFormat) -> Bank:
    """What the format says it carries."""
    if form in (ExportFormat.MARKDOWN, ExportFormat.JSON, ExportFormat.YAML):
        return original
    kept = replace(original, licence="", description="")
    if form is ExportFormat.CSV:
        return kept
    return replace(
        kept,
        title=" ".join(original.title.split()),
        questions=tuple(replace(each, probes={}, examples=()) for each in original.questions),
    )


def without_guesses(made: Bank, original: Bank) -> Bank:
    """A competency is guessed where the bank has none."""
    pairs = zip(made.questions, original.questions, strict=True)
    return replace(
        made,
        questions=tuple(new if old.competency else replace(new, competency="") for new, old in pairs),
    )


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("path", bank_paths(shipped("question_banks")), ids=lambda path: path.stem)
def test_every_shipped_bank_travels_whole(path: Path, form: ExportFormat) -> None:
    original = replace(read_bank(path), path=None)
    made = back(original, form)
    assert made.questions == carried(original, form).questions
    if form in (ExportFormat.MARKDOWN, ExportFormat.JSON, ExportFormat.YAML):
        assert made == original


@pytest.mark.one_in(4)
@pytest.mark.parametrize("form", [ExportFormat.MARKDOWN, ExportFormat.JSON, ExportFormat.CSV, ExportFormat.YAML])
@given(original=banks(SIMPLE_TAGS))
@settings(max_examples=150)
def test_any_bank_travels(form: ExportFormat, original: Bank) -> None:
    # A number before a question is a list's own, one in brackets behind it is none of its words.
    asked = [each for each in original.questions if each.ask[:1].isalpha() and not each.ask.endswith(")")]
    assume(asked)
    distinct = {"".join(filter(str.isalnum, each.ask.casefold())): each for each in asked}
    original = replace(original, questions=tuple(distinct.values()))
    if form is ExportFormat.MARKDOWN:
        # A comment holds the licence, and no comment may hold its own end.
        original = replace(original, licence="".join(filter(str.isalnum, original.licence)))
    made = without_guesses(back(original, form), original)
    assert made.questions == carried(original, form).questions
    assert (made.id, made.description) == (original.id, carried(original, form).description)


def test_spreadsheets_run_nothing_of_an_exported_bank() -> None:
    dangerous = replace(bank(), questions=(question("a", ask="=HYPERLINK(1)?", guidance="@SUM(1)", tags=("-x",)),))
    text = export_text(dangerous, ExportFormat.CSV)
    assert "'=HYPERLINK" in text
    assert "'@SUM" in text
    assert back(dangerous, ExportFormat.CSV).questions == dangerous.questions


def test_a_spreadsheet_has_a_column_for_each_part_of_a_worked_answer() -> None:
    told = replace(bank(), questions=(question("a"), question("b", ask="Why?", examples=(NURSE, VAGUE))))
    heads = export_text(told, ExportFormat.CSV).partition("\n")[0]
    assert heads.endswith(
        "tags,example_1_who,example_1_level,example_1_answer,example_1_remark,"
        "example_2_who,example_2_level,example_2_answer,example_2_remark"
    )
    assert "example_1" not in export_text(bank(), ExportFormat.CSV).partition("\n")[0]


def test_the_json_of_a_bank_is_its_whole_document() -> None:
    made = replace(bank(), questions=(question(examples=(VAGUE,)),))
    document = json.loads(export_text(made, ExportFormat.JSON))
    assert document["bank"] == "night-shift"
    assert document["questions"][0]["rubrics"] == ["examples"]
    assert document["questions"][0]["examples"] == [VAGUE.entry()]


@given(st.lists(st.from_regex(r"[a-z\u00e9]{1,8}( [a-z]{1,8}){0,2}", fullmatch=True), max_size=3, unique=True))
@settings(max_examples=many(60))
def test_anki_carries_everything_but_follow_ups(tags: list[str]) -> None:
    original = replace(bank(), questions=(question("a", competency="conflict", tags=tuple(tags), guidance="x"),))
    assert back(original, ExportFormat.ANKI).questions == original.questions


def test_a_bank_whose_title_asks_travels_as_a_bank() -> None:
    asked = Bank("mine", "Do you have any questions?", (Question("q", "A", Kind.OPENING, rubrics=("examples",)),))
    made = without_guesses(back(asked, ExportFormat.YAML), asked)
    assert (made.title, made.questions) == (asked.title, asked.questions)

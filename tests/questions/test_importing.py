"""Import: files as they are found in the wild, with nothing lost and every guess marked."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.errors import UserError
from simulator.questions.bank import Kind, Probe, WorkedAnswer
from simulator.questions.bank_files import parse_bank
from simulator.questions.bank_text import bank_to_yaml
from simulator.questions.import_text import LINE_ENDS
from simulator.questions.importing import Import, ImportFormat, find_format, import_text, read_import
from simulator.yaml_nodes import BrokenFile
from tests.generated import many


def imported(text: str, form: ImportFormat | None = None, **more: Any) -> Import:
    return import_text(text, Path("list.x"), form, **more)


def asks(found: Import) -> list[str]:
    return [each.question.ask for each in found.questions]


# Tables.


def test_csv_with_any_sensible_headings() -> None:
    found = imported(
        "Question,Category,Skill,Time,What to look for,Follow-up,Labels\n"
        '"Tell me about a mistake, please.",Behavioral,Problem solving,2 min,Owns it,What came of it?,"hr; first"\n'
        "Why us?,Motivational,,,,,\n",
        ImportFormat.CSV,
    )
    one, two = (each.question for each in found.questions)
    assert (one.ask, one.kind, one.competency) == (
        "Tell me about a mistake, please.", Kind.BEHAVIOURAL, "problem-solving",
    )  # fmt: skip
    assert (one.target_seconds, one.guidance, one.tags) == (120, "Owns it", ("hr", "first"))
    assert one.probes == {Probe.RESULT: "What came of it?"}
    assert found.questions[0].guessed == ("probes",)
    assert (two.kind, found.questions[1].guessed) == (Kind.MOTIVATION, ("competency",))
    assert found.unused == ()


@pytest.mark.parametrize(
    "table",
    [
        "Bereich;Frage;Zeit (Min.)\nTeam;Erzählen Sie von einem Konflikt.;1,5\nMotivation;Warum wir?;2\n",
        "Rubrique;Question posée;Durée (minutes)\nÉquipe;Racontez un conflit.;1,5\nMotivation;Nous ?;2\n",
    ],
)
def test_a_topic_that_names_a_kind_says_the_kind(table: str) -> None:
    found = imported(table, ImportFormat.CSV)
    assert [each.question.kind for each in found.questions] == [Kind.BEHAVIOURAL, Kind.MOTIVATION]
    assert [each.question.target_seconds for each in found.questions] == [90, 120]
    assert found.questions[1].question.competency == "motivation"
    assert found.unused == ()


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_out(delimiter: str) -> None:
    rows = [["question", "type"], ["Why here?", "motivation"], ["Who are you, really?", "opening"]]
    text = "\r\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)
    assert [each.question.kind for each in imported(text, ImportFormat.CSV).questions] == [
        Kind.MOTIVATION,
        Kind.OPENING,
    ]


def test_a_table_without_headings_is_understood_by_its_content() -> None:
    found = imported(
        "1;Why do you want this job?;Say what draws you here, in your own words\n"
        "2;What did you build?;Tell one thing that you made from nothing\n",
        ImportFormat.CSV,
    )
    assert asks(found) == ["Why do you want this job?", "What did you build?"]
    assert found.questions[0].question.guidance == "Say what draws you here, in your own words"
    assert found.unused == ()


def test_columns_and_cells_without_a_place_are_listed() -> None:
    found = imported("question,difficulty\nWhy here?,hard\nWhat now?,easy,extra\n,only this\n", ImportFormat.CSV)
    assert {(unused.line, unused.text) for unused in found.unused} == {
        (1, "column difficulty (3 cells)"), (3, "extra"), (4, "only this"),
    }  # fmt: skip


def test_a_category_that_is_no_kind_is_kept_as_a_tag() -> None:
    (one,) = imported("question,category\nWhat is a deadlock?,Operating systems\n", ImportFormat.CSV).questions
    assert one.question.tags == ("Operating systems",)
    assert "kind" in one.guessed


def test_fields_over_several_lines_keep_their_lines() -> None:
    (one, two) = imported(
        'question,notes\n"Tell me\nabout a day.","line one\nline two"\nWhat then?,x\n', ImportFormat.CSV
    ).questions
    assert (one.question.ask, one.lines) == ("Tell me about a day.", (2, 3, 4))
    assert two.lines == (5,)


def test_a_quote_that_nobody_closes_costs_its_line_and_not_the_file() -> None:
    rest = "".join(f"What about number {n}?,x\n" for n in range(200))
    found = imported(f'question,notes\n"Why is this open?,x\n{rest}', ImportFormat.CSV)
    assert len(found.questions) == 201
    assert "Line 2" in found.notes[0]


def test_a_file_of_open_quotes_does_not_hang() -> None:
    found = imported("question,notes\n" + '"Why is this open,x\n' * 20_000, ImportFormat.CSV)
    assert {line for each in found.questions for line in each.lines} | {
        unused.line for unused in found.unused
    } == set(range(2, 20_002))


def test_excel_hints_and_guards_are_taken_off() -> None:
    found = imported("sep=;\nask;guidance\n'=What is it?;'-no\n", ImportFormat.CSV)
    assert (found.questions[0].question.ask, found.questions[0].question.guidance) == ("=What is it?", "-no")


def test_a_very_long_cell_is_listed_as_too_long() -> None:
    found = imported("question\n" + "why " * 60_000 + "?\nWhy not?\n", ImportFormat.CSV)
    assert asks(found) == ["Why not?"]
    assert "longer than" in found.unused[0].why


# Anki.

ANKI = """\
#separator:tab
#html:true
#deck:Interviews::First
#tags column:4
#notetype column:3
Why <b>here</b>?&nbsp;<br>	"One fact <i>you</i> looked up"	Basic	kind::motivation night_shift
{{c1::Who}} are you? [sound:a.mp3]	short	Basic	\x20
# a remark
	nothing in front	Basic	\x20
"""


def test_anki_exports_come_without_their_marks() -> None:
    found = imported(ANKI)
    assert found.format is ImportFormat.ANKI
    one, two = (each.question for each in found.questions)
    assert (one.ask, one.guidance, one.kind, one.tags) == (
        "Why here?", "One fact you looked up", Kind.MOTIVATION, ("night shift",),
    )  # fmt: skip
    assert two.ask == "Who are you?"
    assert [unused.line for unused in found.unused if "Basic" in unused.text or unused.text.startswith("#")] != []
    assert found.head.title == "Interviews, First"


# Text.

TEXT = """\
Questions for the night shift
=============================

Motivation:
1. Why do you want to work
   at night?
2) What draws you here?
   Tip: one true thing
   Follow-up: Why is that?
- Be on time.

Q3: Tell me about a night
that went wrong.
A: What happened and what you did.

CLOSING QUESTIONS
What would you like to ask us?
\tThink of two.
"""


def test_plain_text_as_people_write_it() -> None:
    found = imported(TEXT, ImportFormat.TEXT)
    assert asks(found) == [
        "Why do you want to work at night?",
        "What draws you here?",
        "Tell me about a night that went wrong.",
        "What would you like to ask us?",
    ]
    second, third, last = (each.question for each in found.questions[1:])
    assert (second.guidance, second.probes) == ("one true thing", {Probe.REASON: "Why is that?"})
    assert third.guidance == "What happened and what you did."
    assert (last.kind, last.guidance) == (Kind.CLOSING, "Think of two.")
    assert [(unused.line, unused.text) for unused in found.unused] == [(10, "Be on time.")]
    assert found.head.title == "Questions for the night shift"


def test_long_lists_are_numbered_with_many_digits() -> None:
    found = import_text("9999. Why us?\n10000. Tell me about a bad day.\n", Path("a.txt"))
    assert [each.question.ask for each in found.questions] == ["Why us?", "Tell me about a bad day."]


def test_every_line_may_be_a_question_when_asked_for() -> None:
    found = imported("Your strengths\nYour weaknesses\n", ImportFormat.TEXT, every_line=True)
    assert asks(found) == ["Your strengths", "Your weaknesses"]


def test_the_same_question_is_taken_once_and_the_second_listed() -> None:
    found = imported("Why here?\nWhat else?\n- why HERE\n", ImportFormat.TEXT)
    assert len(found.questions) == 2
    assert "line 1" in found.unused[0].why


# Markdown.

MARKDOWN = """\
---
title: Ward questions
author: Ann
---
# Ignored title?

Some words about the list.

## Motivation
- [ ] **Why** do you want [this](http://x.org) job?
  - What is the reason?
  - Look for one true thing.
- Bring a pen.

1. Tell me about a *time* you failed.

   > What was learned counts.

| Question | Type |
|---|:--:|
| What would you do \\| say if a guest shouts? | situational |

## How do you handle pressure?
Keep calm.

```python
print("why?")
```
<!-- a
remark -->
What would you like to ask us?
"""


def test_markdown_lists_headings_tables_and_quotes() -> None:
    found = imported(MARKDOWN, ImportFormat.MARKDOWN)
    assert asks(found) == [
        "Why do you want this job?",
        "Tell me about a time you failed.",
        "What would you do | say if a guest shouts?",
        "How do you handle pressure?",
        "What would you like to ask us?",
    ]
    first, second, third, fourth = (each.question for each in found.questions[:4])
    assert first.guidance == "Look for one true thing."
    assert first.probes == {Probe.REASON: "What is the reason?"}
    assert second.guidance == "What was learned counts."
    assert third.kind is Kind.SITUATIONAL
    assert fourth.guidance == "Keep calm."
    assert {unused.line for unused in found.unused} == {3, 7, 13, 27, 29, 30}
    assert found.head.title == "Ward questions"


# JSON and YAML.


@pytest.mark.parametrize(
    "document",
    [
        ["Why here?", "What now?"],
        [{"question": "Why here?"}, {"prompt": "What now?"}],
        {"questions": ["Why here?", "What now?"]},
        {"motivation": ["Why here?"], "closing": [{"text": "What now?"}]},
        {"data": {"list one": [["Why here?", "say why"], ["What now?"]]}},
    ],
)
@pytest.mark.parametrize("indent", [None, 2])
def test_json_in_any_sensible_shape(document: object, indent: int | None) -> None:
    assert asks(imported(json.dumps(document, indent=indent), ImportFormat.JSON)) == ["Why here?", "What now?"]


def test_json_keeps_lines_and_lists_what_has_no_place() -> None:
    found = imported(
        '[\n  {"question": "Why here?", "level": 3},\n\n  "What now?",\n  {"x": 1}\n]', ImportFormat.JSON
    )
    assert [each.lines for each in found.questions] == [(2,), (4,)]
    assert [(unused.line, unused.text) for unused in found.unused] == [(2, "level: 3"), (5, "x: 1")]


def test_lines_of_json_are_read_too() -> None:
    assert asks(imported('{"ask": "Why here?"}\n{"ask": "What now?"}\n', ImportFormat.JSON)) == [
        "Why here?",
        "What now?",
    ]


@pytest.mark.parametrize(
    "text", ["{", '["a" "b"]', '{"a": tru}', "[" * 100_000, '{"a":' * 100_000, "[" + "9" * 10_000 + "]", ""]
)
def test_json_that_is_none_is_told_with_its_place(text: str) -> None:
    with pytest.raises(BrokenFile, match=r"list\.x:\d+:\d+: ") as broken:
        imported(text, ImportFormat.JSON)
    assert "sys." not in str(broken.value)


def test_a_bank_with_errors_gives_what_is_in_order_and_lists_the_rest() -> None:
    found = imported(
        "bank: night\ntitle: Night\nquestions:\n"
        "  - {id: a, ask: Why at night?, kind: funny, colour: blue}\n  - {id: b}\n",
        ImportFormat.BANK,
    )
    (one,) = found.questions
    assert (one.question.id, one.question.tags, one.guessed[0]) == ("a", ("funny",), "kind")
    assert [(unused.line, unused.text) for unused in found.unused] == [(4, "colour: blue"), (5, "id: b")]
    assert (found.head.id, found.head.title) == ("night", "Night")


def test_worked_answers_that_are_not_in_order_are_listed_with_the_reason() -> None:
    found = imported(
        "- ask: Why at night?\n  examples:\n"
        "    - {who: 'Ann, 30', answer: I like it., mood: calm}\n"
        "    - {answer: Just so.}\n    - {who: 'Bo, 20', answer: Well., level: middling}\n"
        f"    - {{who: 'Cy, 40', answer: {'x' * 2001}}}\n    - only words\n",
        ImportFormat.BANK,
    )
    (one,) = found.questions
    assert one.question.examples == (WorkedAnswer("I like it.", "Ann, 30"),)
    assert {unused.why for unused in found.unused} == {
        "a question has no place for it",
        "a worked answer has an answer and says who gives it",
        "a worked answer is strong or weak",
        "its 'answer' is longer than 2000 characters",
    }
    assert {unused.text for unused in found.unused if "no place" in unused.why} == {
        "examples: only words", "examples mood: calm",
    }  # fmt: skip


# What a file is.


@pytest.mark.parametrize(
    ("text", "suffix", "form"),
    [
        ("x", ".csv", ImportFormat.CSV),
        ("x", ".tsv", ImportFormat.TSV),
        ("x", ".md", ImportFormat.MARKDOWN),
        ("x", ".yml", ImportFormat.BANK),
        ("#separator:tab\n", ".txt", ImportFormat.ANKI),
        ("a\tb\nc\td", ".txt", ImportFormat.TSV),
        ("bank: x\n", "", ImportFormat.BANK),
        ('[{"a": 1}]', ".txt", ImportFormat.JSON),
        ("# Title\n\n- Why?", ".txt", ImportFormat.MARKDOWN),
        ("Question,Type\nWhy?,opening", "", ImportFormat.CSV),
        ("Why here, of all places?\nWho, then?", ".txt", ImportFormat.TEXT),
        ("[why] is this so?", ".txt", ImportFormat.TEXT),
        ("", ".txt", ImportFormat.TEXT),
    ],
)
def test_the_format_is_found_out(text: str, suffix: str, form: ImportFormat) -> None:
    assert find_format(text, suffix) is form


@pytest.mark.parametrize(
    ("raw", "says"), [(b"PK\x03\x04...", "not a zip"), (b"%PDF-1.7", "PDF"), (b"\xd0\xcf\x11\xe0", "old Word"),
                      (b"abc\0\0\0def", "not text"), (b"{\\rtf1 x", "RTF")],
)  # fmt: skip
def test_files_of_other_programs_are_told_by_name(tmp_path: Path, raw: bytes, says: str) -> None:
    path = tmp_path / "list.txt"
    path.write_bytes(raw)
    with pytest.raises(UserError, match=says):
        read_import(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_encodings_from_the_wild(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "list.txt"
    path.write_bytes("What is a café for?\r\nWhy “there”?\r\n".encode(encoding))
    found = read_import(path)
    assert asks(found) == ["What is a café for?", "Why “there”?"]
    assert bool(found.notes) == (encoding == "cp1252")


def test_old_mac_line_ends_count_as_lines() -> None:
    assert [each.lines for each in imported("Why here?\rWhat now?\r", ImportFormat.TEXT).questions] == [(1,), (2,)]


@pytest.mark.parametrize("megabytes", [1, pytest.param(9, marks=pytest.mark.thorough)])
def test_megabytes_are_read(tmp_path: Path, megabytes: int) -> None:
    path = tmp_path / "large.csv"
    with path.open("w") as file:
        file.write("question,notes\n")
        for number in range(megabytes * 10_000):
            file.write(f"What would you do about number {number}?,{'a note that says a lot of things ' * 2}\n")
    assert path.stat().st_size > megabytes * 1_000_000
    assert len(read_import(path).questions) == megabytes * 10_000


# What always holds.

LINE = st.one_of(
    st.sampled_from(
        [
            "",
            "# Title",
            "## Why?",
            "- Why here?",
            "  - deeper",
            "1. Tell me more",
            "> quote",
            "| a | b |",
            "|--|--|",
            "---",
            "```",
            "<!--",
            "-->",
            "Q: what?",
            "A: that",
            "Closing:",
            "STRENGTHS",
            "\tindented",
            '"open',
            "id: x",
            "- id: a",
            "- kind: closing",
            "Tip: short",
            "a,b,c",
            "question,kind",
            "#html:true",
            "***",
            "Follow-up: and?",
        ]
    ),
    st.text(
        st.characters(codec="utf-8", exclude_characters="\r\n", exclude_categories=("Cs", "Cn", "Co")), max_size=30
    ),
)


@given(
    st.lists(LINE, max_size=14),
    st.sampled_from(
        [ImportFormat.TEXT, ImportFormat.MARKDOWN, ImportFormat.CSV, ImportFormat.TSV, ImportFormat.ANKI]
    ),
    st.booleans(),
)
@settings(max_examples=many(600))
def test_no_line_is_ever_lost(lines: list[str], form: ImportFormat | None, every_line: bool) -> None:
    text = "\n".join(lines)
    found = imported(text, form, every_line=every_line)
    accounted = set(found.structure) | {unused.line for unused in found.unused}
    accounted |= {line for each in found.questions for line in each.lines}
    blank = {
        number
        for number, line in enumerate(LINE_ENDS.split(text), 1)
        if not line.strip(" \t,;|\"'\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0") or not line.strip()
    }
    assert set(range(1, len(LINE_ENDS.split(text)) + 1)) - blank <= accounted


@given(
    st.lists(LINE, max_size=14),
    st.sampled_from(
        [ImportFormat.TEXT, ImportFormat.MARKDOWN, ImportFormat.CSV, ImportFormat.TSV, ImportFormat.ANKI]
    ),
)
@settings(max_examples=many(300))
def test_what_comes_out_is_always_a_bank_in_order(lines: list[str], form: ImportFormat | None) -> None:
    found = imported("\n".join(lines), form, rubrics=("examples", "motivation", "questions"))
    if found.questions:
        made = found.bank("made")
        assert [q.ask for q in parse_bank(bank_to_yaml(made), Path("made.yaml")).questions] == asks(found)


@given(st.text(max_size=200), st.sampled_from([ImportFormat.JSON, ImportFormat.BANK]))
@settings(max_examples=many(300))
def test_data_files_are_read_or_told_with_a_place(text: str, form: ImportFormat | None) -> None:
    try:
        imported(text, form)
    except BrokenFile as broken:
        paths = [(finding.line, finding.column) for finding in broken.findings]
    else:
        paths = [(1, 1)]
    assert min(map(min, paths)) >= 1

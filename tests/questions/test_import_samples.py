"""Import of files of every kind, in five languages of headings: every question, no heading, kinds, answers."""

from pathlib import Path

import pytest

from simulator.errors import UserError
from simulator.questions.bank import Kind
from simulator.questions.importing import read_import
from tests.questions.samples import ENGLISH, Sample, docx, odt, samples, write, xlsx, zipped

ALL = samples()


@pytest.mark.parametrize("sample", ALL, ids=[sample.name for sample in ALL])
def test_every_question_is_found_and_nothing_else(tmp_path: Path, sample: Sample) -> None:
    found = read_import(write(tmp_path, sample))
    questions = [imported.question for imported in found.questions]
    assert [question.ask for question in questions] == [ask for ask, _ in sample.asked]
    assert sum(len(question.examples) for question in questions) == sample.answers
    assert sum(len(question.probes) for question in questions) == sample.follow_ups


def test_nearly_all_kinds_are_right(tmp_path: Path) -> None:
    right = wrong = 0
    for sample in ALL:
        for imported, (_, kind) in zip(read_import(write(tmp_path, sample)).questions, sample.asked, strict=True):
            right, wrong = right + (imported.question.kind is kind), wrong + (imported.question.kind is not kind)
    print(f"kinds right: {right} of {right + wrong}")
    assert right >= 0.98 * (right + wrong)


@pytest.mark.parametrize(
    "name", ["coach.csv", "trainer.csv", "formation.tsv", "preguntas.xlsx", "fragor.xlsx", "sheet.ods"]
)
def test_times_are_read_in_minutes_or_seconds(tmp_path: Path, name: str) -> None:
    (sample,) = [each for each in ALL if each.name == name]
    assert {each.question.target_seconds for each in read_import(write(tmp_path, sample)).questions} == {90}


def test_the_closing_is_never_scored_by_examples(tmp_path: Path) -> None:
    for sample in ALL:
        last = read_import(write(tmp_path, sample)).questions[-1].question
        assert (last.kind, last.rubrics) == (Kind.CLOSING, ("questions",)), sample.name


def test_what_a_markdown_file_says_beside_is_listed(tmp_path: Path) -> None:
    (sample,) = [each for each in ALL if each.name == "clinic.md"]
    unused = [each.text for each in read_import(write(tmp_path, sample)).unused]
    assert {"Book the small room", "Print the CVs", "Remember to switch off the phone."} <= set(unused)
    assert "The form is on the shared drive." in unused


def test_columns_say_what_they_are_taken_for_and_how_that_is_known(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Frage,Schwierigkeit,Zeit\nWarum wir?,hoch,2 Min.\nWer sind Sie?,hoch,90 s\n", encoding="utf-8")
    found = read_import(path)
    assert [(column.heading, column.role) for column in found.columns] == [
        ("Frage", "ask"),
        ("Schwierigkeit", ""),
        ("Zeit", "target"),
    ]
    assert [each.question.target_seconds for each in found.questions] == [120, 90]


def test_what_a_heading_nearly_means_counts_where_the_values_fit(tmp_path: Path) -> None:
    rows = [
        ("Ask the candidate", "What I listen for", "Source", "Region"),
        ("Why do you want to join us?", "A reason of their own, and what they tried.", "Ann", "North"),
        ("What are you good at?", "One thing, with a day on which it helped.", "Ben", "South"),
    ]
    path = tmp_path / "list.csv"
    path.write_text("\n".join(";".join(row) for row in rows), encoding="utf-8")
    found = read_import(path)
    assert [column.role for column in found.columns] == ["ask", "guidance", "", ""]
    path.write_text("\n".join(";".join((*row[:1], "high", *row[2:])) for row in rows), encoding="utf-8")
    assert "guidance" not in [column.role for column in read_import(path).columns]


def test_a_mapping_stands_above_what_is_guessed(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Frage,Schwierigkeit,Zeit\nWarum wir?,hoch,2 Min.\n", encoding="utf-8")
    found = read_import(path, mapping={"schwierigkeit": "tags", "3": "leave out"})
    (one,) = (each.question for each in found.questions)
    assert (one.tags, one.target_seconds) == (("hoch",), 75)
    assert [(each.text, each.why) for each in found.unused] == [("column Zeit (1 cell)", "left out as you said")]


def test_columns_with_one_heading_are_told_apart_by_their_numbers(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Question,Notes,Notes,Points\nWhy us?,Smile.,Room 4,3\nWho are you?,Nod.,Room 5,3\n", "utf-8")
    assert [column.name for column in read_import(path).columns] == [
        "Question", "Notes (column 2)", "Notes (column 3)", "Points",
    ]  # fmt: skip
    found = read_import(path, mapping={"Notes (column 3)": "leave out"})
    assert [each.question.guidance for each in found.questions] == ["Smile.", "Nod."]
    left = [each.text for each in found.unused]
    assert left == ["column Notes (column 3) (2 cells)", "column Points (2 cells)"]
    both = read_import(path, mapping={"notes": "tags"})
    assert both.questions[0].question.tags == ("Smile.", "Room 4")


def test_one_column_alone_asks_and_the_last_word_counts(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Question,Also\nWhy us?,Why now?\nWho are you?,Where from?\n", encoding="utf-8")
    found = read_import(path, mapping={"Question": "ask", "Also": "ask"})
    assert [each.question.ask for each in found.questions] == ["Why now?", "Where from?"]
    assert found.columns[0].role != "ask"
    again = read_import(path, mapping={"Also": "ask", "Question": "ask"})
    assert [each.question.ask for each in again.questions] == ["Why us?", "Who are you?"]


def test_two_questions_that_mean_the_same_are_told(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text(
        "What is your greatest weakness?\nWhat is your biggest weakness?\nWhy this town?\n", encoding="utf-8"
    )
    found = read_import(path)
    assert [(one, other) for one, other in found.alike] == [
        (found.questions[0].question.id, found.questions[1].question.id)
    ]


@pytest.mark.parametrize(
    "raw",
    [
        docx(["p|Why here?"]),
        odt("<text:p>Why here?</text:p>"),
        xlsx({"a": [["Question"], ["Why here?"]]}),
    ],
    ids=["docx", "odt", "xlsx"],
)
def test_a_document_type_is_refused(tmp_path: Path, raw: bytes) -> None:
    import io
    import zipfile

    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa">]>'
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    name = next(each for each in files if each.endswith(("document.xml", "content.xml", "sheet1.xml")))
    files[name] = bomb.encode() + files[name].replace(b'<?xml version="1.0"?>', b"")
    path = tmp_path / "list.bin"
    path.write_bytes(zipped(files))
    with pytest.raises(UserError, match="document type"):
        read_import(path)


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({"ppt/presentation.xml": "x"}, "PowerPoint"),
        ({"a.png": "x"}, "zip file"),
        ({"manifest.json": "x", "sessions/s1.json": "x"}, "no list of questions"),
        ({"bank.yaml": "bank: x"}, "banks install"),
        ({"Index/Document.iwa": "x"}, "Pages, Numbers"),
        ({"mimetype": "application/epub+zip"}, "e-book"),
    ],
)
def test_other_zips_are_named_with_a_way_out(tmp_path: Path, files: dict[str, str], says: str) -> None:
    path = tmp_path / "list.zip"
    path.write_bytes(zipped(files))
    with pytest.raises(UserError, match=says):
        read_import(path)


def test_a_damaged_package_is_told(tmp_path: Path) -> None:
    (deck,) = [each for each in ALL if each.name == "new.apkg"]
    path = tmp_path / "new.apkg"
    path.write_bytes(zipped({"collection.anki21b": b"(\xb5/\xfdnothing"}))
    with pytest.raises(UserError, match="damaged"):
        read_import(path)
    path.write_bytes(deck.raw[: len(deck.raw) // 2])
    with pytest.raises(UserError):
        read_import(path)


def test_typical_questions_are_found_without_their_marks(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    marks = ("1)", "(2)", "III.", "d)", "•", "☐", "7 -")
    path.write_text(
        "\n".join(f"{mark} {ask}" for mark, (ask, _) in zip(marks, ENGLISH, strict=True)), encoding="utf-8"
    )
    assert not [each.question.ask for each in read_import(path).questions if each.question.ask[0] in "(1I•☐7d)"]

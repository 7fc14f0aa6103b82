"""JSON of whatever shape other programs write, and headings and sheets that are easily mistaken."""

import json
from pathlib import Path

import pytest

from simulator.questions.bank import Kind
from simulator.questions.importing import read_import
from tests.questions.samples import docx, xlsx

ASKED = ["Tell me about yourself.", "Why this school?", "Tell me about a lesson that went wrong."]
KINDS = ["opening", "motivation", "behavioural"]
SHAPES: dict[str, object] = {
    "numbered texts": {f"q{number}": ask for number, ask in enumerate(ASKED, 1)},
    "numbered texts beside a title": {
        "title": "School", **{f"question{number}": ask for number, ask in enumerate(ASKED, 1)}
    },
    "numbered objects": {
        f"q{number}": {"text": ask, "type": kind} for number, (ask, kind) in enumerate(zip(ASKED, KINDS, strict=True))
    },
    "a sheet's values": {
        "range": "A1:B4", "values": [["Question", "Kind"], *map(list, zip(ASKED, KINDS, strict=True))]
    },
    "headings and rows": {"columns": ["Question", "Kind"], "data": list(map(list, zip(ASKED, KINDS, strict=True)))},
    "columns as lists": {"Question": ASKED, "Kind": KINDS},
    "columns as objects": {
        "Question": {str(row): ask for row, ask in enumerate(ASKED)},
        "Kind": {str(row): kind for row, kind in enumerate(KINDS)},
    },
    "a form's fields": {
        "title": "School", "fields": [{"id": "1", "title": ask, "type": "long_text", "ref": {}} for ask in ASKED],
    },
    "a form's items": {
        "info": {"title": "School"},
        "items": [
            {"itemId": "1", "title": ask, "questionItem": {"question": {"questionId": "2", "required": True}}}
            for ask in ASKED
        ],
    },
    "a survey's pages": {"pages": [{"elements": [{"type": "comment", "name": "n", "title": ask} for ask in ASKED]}]},
    "with answers to choose from": {"questions": [{"title": ask, "choices": ["Yes", "No"]} for ask in ASKED]},
    "records with fields": {"records": [{"id": "r", "fields": {"Question": ask, "Minutes": 2}} for ask in ASKED]},
    "words far below": {"results": [{"Question": {"title": [{"plain_text": ask}]}} for ask in ASKED]},
    "two languages": [{"text": {"en": ask, "de": "Und warum das?"}} for ask in ASKED],
    "a page of questions": {
        "mainEntity": [{"name": ask, "acceptedAnswer": {"text": "One day, from start to end."}} for ask in ASKED]
    },
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_every_question_of_a_shape_and_nothing_else(tmp_path: Path, shape: str) -> None:
    path = tmp_path / "list.json"
    path.write_text(json.dumps(SHAPES[shape]), encoding="utf-8")
    found = read_import(path)
    assert [each.question.ask for each in found.questions] == ASKED
    if '"Kind"' in path.read_text(encoding="utf-8") or "numbered objects" in shape:
        assert [(each.question.kind, "kind" in each.guessed) for each in found.questions] == [
            (Kind(kind), False) for kind in KINDS
        ]


def test_a_name_over_questions_stays_a_heading(tmp_path: Path) -> None:
    path = tmp_path / "list.json"
    path.write_text(json.dumps([{"title": "Why do you apply here?", "questions": ASKED}]), encoding="utf-8")
    assert [each.question.ask for each in read_import(path).questions] == ASKED


def test_a_sheet_that_only_explains_levels_asks_nothing(tmp_path: Path) -> None:
    path = tmp_path / "guide.xlsx"
    path.write_bytes(
        xlsx(
            {
                "Guide": [
                    ("Question posée", "Éléments attendus"),
                    (ASKED[0], "Un exemple"),
                    (ASKED[1], "Une raison"),
                ],
                "Barème": [("Niveau", "Sens"), (0, "rien"), (4, "complet")],
            }
        )
    )
    found = read_import(path)
    assert [each.question.ask for each in found.questions] == ASKED[:2]
    assert [each.question.guidance for each in found.questions] == ["Un exemple", "Une raison"]
    assert "4 | complet" in [each.text for each in found.unused]


def test_words_lists_of_the_second_level_are_follow_ups(tmp_path: Path) -> None:
    path = tmp_path / "guide.docx"
    path.write_bytes(docx([f"n0|{ASKED[2]}", "s2|What did you do?", "s3|What came of it?", f"n0|{ASKED[1]}"]))
    found = read_import(path)
    assert [each.question.ask for each in found.questions] == [ASKED[2], ASKED[1]]
    assert sorted(found.questions[0].question.probes.values()) == ["What came of it?", "What did you do?"]


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("Listen for", "guidance"),
        ("Worauf es ankommt", "guidance"),
        ("Points à observer", "guidance"),
        ("Qué buscar", "guidance"),
        ("Att lyssna efter", "guidance"),
        ("Temps imparti", "minutes"),
        ("Tidsåtgång", "minutes"),
        ("Noteringar", "notes"),
    ],
)
def test_headings_as_coaches_word_them(tmp_path: Path, heading: str, role: str) -> None:
    path = tmp_path / "list.csv"
    cell = "2" if role == "minutes" else "One day, own part"
    path.write_text("".join(f"{ask};{value}\n" for ask, value in [("Frage", heading), *((a, cell) for a in ASKED)]),
                    encoding="utf-8")  # fmt: skip
    assert [column.role for column in read_import(path).columns] == ["ask", role]

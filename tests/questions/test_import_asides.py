"""What stands in lists for whoever holds the interview: it is not asked, and listed with the reason.

And what belongs to a question: ideal answers in five languages, what to listen for, cells and entries apart."""

import json
from pathlib import Path

import pytest

from simulator.questions.import_result import Import
from simulator.questions.importing import import_text, read_import
from tests.questions.samples import docx


def read(text: str, name: str = "list.md") -> Import:
    return import_text(text, Path(name))


def asked(found: Import) -> list[str]:
    return [each.question.ask for each in found.questions]


def guidance(found: Import) -> list[str]:
    return [each.question.guidance for each in found.questions]


@pytest.mark.parametrize("name", ["list.md", "list.txt"])
@pytest.mark.parametrize(
    "note", ["Note: do not ask both.", "Notes: water is there.", "Hinweis: Wasser holen.", "Remarque : fin à midi."]
)
def test_a_note_below_a_list_is_not_about_its_last_question(name: str, note: str) -> None:
    found = read(f"# Ward\n\n- Why do you want this job?\n- What are you good at?\n\n{note}\n", name)
    assert guidance(found) == ["", ""]
    assert [(each.text, each.why) for each in found.unused] == [(note, "it is a note or a reminder")]


def test_a_note_without_a_full_stop_is_no_heading_for_what_follows() -> None:
    found = read(
        "Ward\n\nNote: keep calm\nWhy do you want this job?\nNote: for the panel\nWhat are you good at?\n", "list.txt"
    )
    assert asked(found) == ["Why do you want this job?", "What are you good at?"]


def test_a_note_right_below_a_question_is_about_it() -> None:
    found = read(
        "- Why do you want this job?\n  Note: let them think.\n- What are you good at?\n  - Note: one thing.\n"
    )
    assert guidance(found) == ["let them think.", "one thing."]


def test_notes_between_questions_are_about_the_one_above_and_the_one_behind_the_last_is_not() -> None:
    between = "Why do you want this job?\n\nNote: let them think.\n\nWhat are you good at?\n\nNote: end at noon.\n"
    found = read(between)
    assert guidance(found) == ["let them think.", ""]
    assert [each.text for each in found.unused] == ["Note: end at noon."]


WORD = docx(
    ["h1|Bakery", "n0|Why do you want this job?", "n1|What would you miss?", "n0|What are you good at?",
     "p|Note: Maria has the form."]
)  # fmt: skip
PARAGRAPHS = docx(["p|Why do you want this job?", "p|What are you good at?", "p|Note: Maria has the form."])
PAGE = b"<ol><li>Why do you want this job?</li><li>What are you good at?</li></ol><p>Note: Maria has the form.</p>"
COPIED = b"1.\tWhy do you want this job?\n2.\tWhat are you good at?\nNote: Maria has the form.\n"


@pytest.mark.parametrize(
    ("name", "raw"),
    [("a.docx", WORD), ("b.docx", PARAGRAPHS), ("c.html", PAGE), ("d.txt", COPIED)],
    ids=["numbered Word", "Word", "page", "copied"],
)
def test_a_note_right_behind_the_last_question_of_a_document_is_about_none(
    tmp_path: Path, name: str, raw: bytes
) -> None:
    (tmp_path / name).write_bytes(raw)
    found = read_import(tmp_path / name)
    assert (len(found.questions), guidance(found)) == (2, ["", ""])
    assert [each.text for each in found.unused] == ["Note: Maria has the form."]


def test_a_closing_line_is_about_no_question_where_others_have_a_list_below_them(tmp_path: Path) -> None:
    path = tmp_path / "ward.docx"
    path.write_bytes(
        docx(
            [
                "h1|Ward",
                "n0|Tell me about a hard shift.",
                "n1|Stay concrete.",
                "n0|Why nursing?",
                "p|Thank you for your time.",
            ]
        )
    )
    found = read_import(path)
    assert guidance(found) == ["Stay concrete.", ""]
    assert [each.text for each in found.unused] == ["Thank you for your time."]


def test_what_stands_below_each_question_of_a_document_stays_with_it(tmp_path: Path) -> None:
    below = [
        "n0|Why do you want this job?",
        "p|Note: let them think.",
        "n0|What are you good at?",
        "p|Note: one thing.",
    ]
    (tmp_path / "a.docx").write_bytes(docx(below))
    assert guidance(read_import(tmp_path / "a.docx")) == ["let them think.", "one thing."]
    (tmp_path / "b.docx").write_bytes(docx([*below[:1], *below[2:3], "p|Hand the sheet back.", "p|Thank you all."]))
    found = read_import(tmp_path / "b.docx")
    assert (guidance(found), len(found.unused)) == (["", ""], 2)


@pytest.mark.parametrize(
    "heading",
    ["Reminders for interviewers", "Notes for the panel", "Interviewer notes", "Checklist before you start",
     "After the interview (10 minutes)", "Hinweise für Interviewer", "Checkliste vor dem Gespräch",
     "Notas para el jurado",
     "Rappels pour le recruteur", "Anteckningar för intervjuaren"],
)  # fmt: skip
def test_what_stands_below_a_heading_for_interviewers_is_not_asked(heading: str) -> None:
    for text, name in ((f"## {heading}\n", "list.md"), (f"{heading}:\n", "list.txt")):
        found = read(f"# Ward\n\n- Why do you want this job?\n\n{text}- Is the room booked?\n", name)
        assert asked(found) == ["Why do you want this job?"]
        assert [each.why for each in found.unused] == ["it stands under a heading that is not asked"]


@pytest.mark.parametrize("heading", ["Important questions", "Preparation questions", "Questions for the panel"])
def test_headings_of_questions_stay_headings(heading: str) -> None:
    assert asked(read(f"## {heading}\n- Why do you want this job?\n")) == ["Why do you want this job?"]


@pytest.mark.parametrize(
    "line",
    ["Thank the candidate for coming. Explain that notes are taken.",
     "Tell the candidate when they will hear from you.",
     "Describe the role to the applicant.", "Explain the salary band if they ask.", "Erklären Sie den Ablauf.",
     "Introduce yourself and tell them who is on the panel.", "Stellen Sie dem Bewerber die Runde vor.",
     "Expliquez au candidat la suite.", "Explique al candidato los próximos pasos.",
     "Berätta för kandidaten vad som sker."],
)  # fmt: skip
def test_what_the_interviewer_does_is_not_asked(line: str) -> None:
    assert asked(read(f"# Ward\n\n## Start\n\n{line}\n\n- Why do you want this job?\n")) == [
        "Why do you want this job?"
    ]


@pytest.mark.parametrize(
    "line",
    ["Tell us why you are the candidate we should choose.", "Describe a candidate you turned down.",
     "Expliquez pourquoi vous êtes le candidat idéal.", "Describe a day on which you were proud."],
)  # fmt: skip
def test_what_is_said_to_the_candidate_is_asked(line: str) -> None:
    assert asked(read(f"## Start\n- {line}\n")) == [line]


@pytest.mark.parametrize(
    ("heading", "answer"),
    [
        ("Model answer", "I worked six years in a bakery in Hull, and ran the night shift."),
        ("Musterantwort", "Ich habe sechs Jahre in einer Bäckerei gearbeitet und dort die Nachtschicht geleitet."),
        ("Réponse modèle", "Je suis resté six ans dans une boulangerie de Lyon comme chef de nuit."),
        ("Respuesta modelo", "Trabajé seis años en una panadería y allí dirigí el turno de noche."),
        ("Exempelsvar", "Jag arbetade sex år på ett bageri och ledde nattskiftet där."),
    ],
)
def test_an_ideal_answer_of_any_language_is_a_worked_answer(heading: str, answer: str) -> None:
    (found,) = read(f"Question;{heading}\nTell me about yourself.;{answer}\n", "list.csv").questions
    assert [each.answer for each in found.question.examples] == [answer]


@pytest.mark.parametrize(
    "advice",
    ["One particular day, what came of it, and how it ended.", "I want to hear one day from start to end.",
     "Un día concreto, qué hizo el candidato y cómo terminó todo.", "Ich achte auf einen Tag, von Anfang bis Ende."],
)  # fmt: skip
def test_advice_is_no_worked_answer(advice: str) -> None:
    (found,) = read(f"Question;Answer\nTell me about yourself.;{advice}\n", "list.csv").questions
    assert (found.question.examples, found.question.guidance) == ((), advice)


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("Listening for", "guidance"),
        ("Ce qu'on veut entendre", "guidance"),
        ("Qué esperamos oír", "guidance"),
        ("Det vi lyssnar efter", "guidance"),
        ("Remarques du jury", "notes"),
        ("Bemerkungen der Jury", "notes"),
    ],
)
def test_headings_of_what_is_listened_for(heading: str, role: str) -> None:
    found = read(f"Question;{heading}\nWhy do you want this job?;calm\nWhat are you good at?;\n", "list.csv")
    assert [column.role for column in found.columns] == ["ask", role]


def test_two_cells_and_two_entries_stay_apart() -> None:
    table = read("Question;Look for;Notes\nWhy do you want this job?;one reason;be calm\n", "list.csv")
    data = read(
        json.dumps([{"question": "Why do you want this job?", "tips": ["one reason", "be calm"]}]), "list.json"
    )
    assert guidance(table) == guidance(data) == ["one reason; be calm"]


def test_a_moodle_description_asks_nothing_and_its_lists_keep_their_entries() -> None:
    quiz = (
        '<quiz><question type="description"><name><text>a</text></name><questiontext><text>Explain how you work.'
        '</text></questiontext></question>\n<question type="essay"><name><text>b</text></name><questiontext><text>'
        "Describe a time you were late.</text></questiontext><graderinfo><text><![CDATA[<ul><li>Says sorry</li>"
        "<li>Mended it</li></ul>]]></text></graderinfo></question></quiz>"
    )
    found = read(quiz, "quiz.xml")
    assert (asked(found), guidance(found)) == (["Describe a time you were late."], ["Says sorry; Mended it"])
    assert [each.text for each in found.unused] == ["Explain how you work."]


@pytest.mark.parametrize(
    "text",
    ["Why do you want this job? - One true reason\nTell me about a quarrel. - Own part first\n",
     "Why do you want this job?\tOne true reason;Tell me about a quarrel.\tOwn part first;"],
)  # fmt: skip
def test_quizlet_with_other_signs_between(text: str) -> None:
    found = read(text, "set.txt")
    assert asked(found) == ["Why do you want this job?", "Tell me about a quarrel."]
    assert guidance(found) == ["One true reason", "Own part first"]

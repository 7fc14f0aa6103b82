"""Lists as people really keep them, untidy in ways of their own: every question, its follow-ups and its kind."""

from pathlib import Path

import pytest
import yaml

from simulator.questions.importing import import_text, read_import
from tests.questions.samples import docx, odt, xlsx

UNTIDY = Path(__file__).parent / "untidy"
EXPECTED: dict[str, list[list[str]]] = yaml.safe_load((UNTIDY / "expected.yaml").read_text(encoding="utf-8"))


def paragraph(words: str) -> str:
    return f"<text:p>{words}</text:p>"


PACKED = {
    "panel_sheet.xlsx": xlsx(
        {
            "Instructions": [
                ("How to use this workbook",),
                ("Score each candidate from 1 to 5.",),
                ("Do not share.",),
            ],
            "Round 1": [
                ("Panel interview - Assistant Lab Technician", None, None, None, None, None, None),
                (None,) * 7,
                (
                    "#",
                    "Ask the candidate",
                    "What are we testing?",
                    "Good answers mention...",
                    "If they get stuck, ask",
                    "Time",
                    "Score (1-5)",
                ),
                ("Warm up", None, None, None, None, None, None),
                (
                    1,
                    "Walk me through your CV, please",
                    "Communication",
                    "Relevant lab work first",
                    "Which job taught you most?",
                    "2 min",
                    None,
                ),
                (
                    2,
                    "What made you apply to us rather than to a hospital?",
                    "Motivation",
                    "Knows what we make",
                    "",
                    "1 min 30",
                    None,
                ),
                ("Experience", None, None, None, None, None, None),
                (
                    3,
                    "Give an example of a measurement that went wrong and how you noticed",
                    "Rigour",
                    "Repeats, calibrates, tells others",
                    "What did you change afterwards?",
                    "3",
                    None,
                ),
                (
                    4,
                    "Your colleague labels a sample wrongly. How do you react?",
                    "Teamwork",
                    "Talks to the person first",
                    None,
                    "2",
                    None,
                ),
                ("You", None, None, None, None, None, None),
                (
                    5,
                    "Name three things your last supervisor would praise you for",
                    "Self-knowledge",
                    "Concrete, with example",
                    None,
                    "2",
                    None,
                ),
                (
                    6,
                    "And what would that supervisor like you to improve?",
                    "Self-knowledge",
                    "Honest, has a plan",
                    None,
                    "2",
                    None,
                ),
                (7, "Anything you would like to know from us?", "Interest", "Asks about the work", None, "5", None),
            ],
        }
    ),
    "apprentice.docx": docx(
        [
            "h1|Interview guide: apprentice electrician",
            "p|Version 3, last changed by Ms Obi on 12 May",
            "p|Please offer water and introduce everybody before you start.",
            "h1|Part A – Getting to know each other",
            "n0|Tell us how you got into electrical work",
            "n1|Who encouraged you?",
            "n1|What did you find hard at first?",
            "n0|Why our firm and not one of the bigger ones?",
            "h1|Part B – On site",
            "n0|Talk me through a job where something was not wired as in the plan",
            "n1|How did you find out?",
            "n1|Whom did you inform, and when?",
            "n0|The customer asks you to skip the insulation test because he is in a hurry. What do you do?",
            "p|Interviewer: listen for refusal with an explanation.",
            "h1|Part C – Strong and weak sides",
            "n0|In which tasks do others ask you for help?",
            "n0|What is something at work you still have to learn?",
            "h1|Part D – Wrap up",
            "n0|What should we tell you about the apprenticeship?",
            "p|Thank the candidate. We write within ten days.",
        ]
    ),
    "entretien.odt": odt(
        '<text:h text:outline-level="1">Grille d’entretien – vendeur</text:h>'
        + paragraph("À remplir par le recruteur")
        + '<text:h text:outline-level="2">1. Présentation</text:h>'
        + paragraph("1.1 Pouvez-vous vous présenter en deux minutes ?")
        + '<text:h text:outline-level="2">2. Motivation</text:h>'
        + paragraph("2.1 Pourquoi notre magasin ?")
        + paragraph("a) Qu’avez-vous remarqué en entrant ?")
        + '<text:h text:outline-level="2">3. Expérience</text:h>'
        + paragraph("3.1 Racontez-moi une vente difficile.")
        + paragraph("a) Qu’avez-vous dit au client ?")
        + paragraph("b) Et le résultat ?")
        + '<text:h text:outline-level="2">4. Mise en situation</text:h>'
        + paragraph("4.1 Un client veut rendre un article sans ticket. Que faites-vous ?")
        + '<text:h text:outline-level="2">5. Points forts et points faibles</text:h>'
        + paragraph("5.1 Quelle est votre plus grande qualité ?")
        + paragraph("5.2 Sur quoi devez-vous progresser ?")
        + '<text:h text:outline-level="2">6. Fin</text:h>'
        + paragraph("6.1 Avez-vous des questions ?")
        + paragraph("Remercier le candidat.")
    ),
    "guion.docx": docx(
        [
            "h1|Guion de entrevista",
            "b|Apertura",
            "p|P1. Hábleme de usted.",
            "b|Motivación",
            "p|P2. ¿Por qué quiere trabajar en nuestra cocina?",
            "b|Experiencia",
            "p|P3. Cuénteme una ocasión en que un servicio salió mal.",
            "p|– ¿Qué hizo usted?",
            "p|– ¿Cómo terminó?",
            "b|Situación",
            "p|P4. Falta un cocinero el sábado por la noche. ¿Qué haría?",
            "b|Puntos fuertes",
            "p|P5. ¿Qué se le da mejor?",
            "b|Puntos débiles",
            "p|P6. ¿Qué le cuesta más?",
            "b|Cierre",
            "p|P7. ¿Qué le gustaría preguntarnos?",
        ]
    ),
}


def path_of(name: str, folder: Path) -> Path:
    if name not in PACKED:
        return UNTIDY / name
    (folder / name).write_bytes(PACKED[name])
    return folder / name


@pytest.mark.parametrize("name", EXPECTED)
def test_untidy_lists_give_what_a_coach_expects(tmp_path: Path, name: str) -> None:
    questions = [imported.question for imported in read_import(path_of(name, tmp_path)).questions]
    assert [[each.ask, *sorted(each.probes.values())] for each in questions] == [row[1:] for row in EXPECTED[name]]


def test_nine_kinds_of_ten_in_untidy_lists_are_right(tmp_path: Path) -> None:
    right = [
        imported.question.kind == row[0]
        for name, rows in EXPECTED.items()
        for imported, row in zip(read_import(path_of(name, tmp_path)).questions, rows, strict=True)
    ]
    print(f"kinds right: {sum(right)} of {len(right)}")
    assert sum(right) >= 0.95 * len(right)


def test_what_is_not_asked_in_them_is_listed_with_the_reason(tmp_path: Path) -> None:
    def why(name: str) -> dict[str, str]:
        return {each.text: each.why for each in read_import(path_of(name, tmp_path)).unused}

    assert why("panel_sheet.xlsx")["How to use this workbook"] == "the sheet Instructions has no questions"
    assert any("to be chosen from" in each for each in why("exam.gift").values())
    assert why("notes.md")["TODO: ask Sam for the rota"] == "it is a note or a reminder"


def test_times_behind_questions_and_in_objects_of_their_own_are_times(tmp_path: Path) -> None:
    seconds = {
        imported.question.ask: imported.question.target_seconds
        for name in ("notes.md", "export.json", "leitfaden.csv", "panel_sheet.xlsx")
        for imported in read_import(path_of(name, tmp_path)).questions
    }
    assert seconds["How did you get here today – and how did you get into coffee?"] == 120
    assert seconds["What should we know about you?"] == 60
    assert seconds["Eine Angehörige beschwert sich lautstark. Wie gehen Sie vor?"] == 150
    assert seconds["What made you apply to us rather than to a hospital?"] == 90


def test_a_missing_time_in_the_first_row_makes_no_heading_of_it() -> None:
    text = "What is your part in a team?;n/a\nWhy do you apply here?;2\nWhat are you good at?;3\n"
    assert len(import_text(text, Path("list.csv")).questions) == 3

"""`check` over files and folders: errors across files, and notes that do not keep a bank from being used."""

from dataclasses import replace
from pathlib import Path

from simulator.questions.advice import near_duplicates, private, question_notes, spoken_notes
from simulator.questions.checking import check_banks
from tests.questions.some_banks import BANK, bank, question


def test_the_same_bank_id_in_two_files_is_an_error_in_the_second(tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(BANK)
    checked = check_banks([tmp_path], None)
    (finding,) = checked.findings
    assert str(finding) == (
        f"{tmp_path}/b.yaml:1:1: the bank id 'night-shift' is used by {tmp_path}/a.yaml too. "
        "Give one of them another id."
    )


def test_errors_of_all_files_come_in_one_go(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("bank: [")
    (tmp_path / "b.yaml").write_text(BANK.replace("ask:", "aks:"))
    checked = check_banks([tmp_path, tmp_path / "nothing.yaml"], None)
    assert len({finding.path for finding in checked.findings}) == 3


def test_nearly_the_same_question_in_two_banks_is_noted(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(BANK)
    other = BANK.replace("night-shift", "other").replace("Tell me about a night.", "Can you tell me about one night?")
    (tmp_path / "b.yaml").write_text(other)
    checked = check_banks([tmp_path], None)
    assert checked.findings == ()
    assert "nearly the same as 'first'" in checked.notes[0]


def test_near_duplicates_are_pairs_of_the_same_words() -> None:
    one = bank()
    asks = [
        "Tell me about a mistake you made.",
        "Tell us about the mistakes that you made",
        "Tell me about a plan you made.",
    ]
    paths = [(one, question(str(number), ask=ask)) for number, ask in enumerate(asks)]
    assert [(a[1].id, b[1].id) for a, b in near_duplicates(paths)] == [("0", "1")]


def test_what_a_voice_stumbles_on_is_noted() -> None:
    for text, word in (
        ("Tell me about it (briefly).", "brackets"),
        ("Name a tool, e.g. a hammer.", "abbreviation"),
        ("What did you and/or your team do?", "slash"),
        ("Did it rise by 5 %?", "sign"),
        ("What is a KPI to you?", "capitals"),
        ("See www.x.org, what do you think?", "web address"),
        ("And then ...", "pause"),
        ("why " * 41, "41 words"),
    ):
        assert any(word in note for note in spoken_notes(text)), text
    assert spoken_notes("What should we know that is not in your CV?") == []


def test_what_an_employer_may_not_ask_is_noted_and_what_they_may_is_not() -> None:
    for text in (
        "How old are you?",
        "Do you have children?",
        "Are you married?",
        "What is your religion?",
        "Where are you really from?",
        "Do you plan to have a family?",
        "Have you had an illness? Tell me about your health.",
        "Are you a union member?",
    ):
        assert private(text), text
    for text in (
        "How do you teach children to read?",
        "Tell me about a family you supported.",
        "What does good health care mean?",
        "Where did you learn that?",
        "How do you work with people of every age?",
    ):
        assert private(text) == [], text


def test_notes_name_the_probe_they_are_about() -> None:
    from simulator.questions.bank import Probe

    (note,) = question_notes(question(probes={Probe.RESULT: "And the result (in numbers)?"}))
    assert note.startswith("the probe 'And the result")


def test_twenty_thousand_alike_do_not_hang() -> None:
    many = bank(*(f"n{number}" for number in range(20_000)))
    same = [
        (many, replace(each, ask="Tell me about the number of the words that follow it.")) for each in many.questions
    ]
    assert sum(1 for _ in near_duplicates(same)) == len(same) - 1


def test_notes_can_be_left_out(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(BANK.replace("Tell me about a night.", "Do you have children?"))
    assert check_banks([tmp_path], None).notes
    assert check_banks([tmp_path], None, notes=False).notes == ()

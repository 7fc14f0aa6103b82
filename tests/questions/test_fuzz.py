"""Thousands of mangled files: never a traceback, never a hang, always a position."""

import random
from pathlib import Path

import pytest

from simulator.data_files import BrokenFile
from simulator.interview.interviewer import parse_interviewer
from simulator.paths import shipped
from simulator.questions.bank_files import parse_bank
from simulator.questions.import_result import ImportFormat
from simulator.questions.importing import TEXTS, import_text
from simulator.scoring.rubric_check import parse_rubric
from simulator.yaml_nodes import decode_text
from tests.generated import many
from tests.questions.some_banks import BANK

HERE = Path("b.yaml")
SCRAPS = (
    *"\t\n\r :-[]{},&*#!|>'\"%@`?~\\\0\x07\x1b\x85\u2028\ufeff\ud7ff\ufffe",
    "- ",
    ": ",
    "\n  ",
    "\n---\n",
    "\n...\n",
    "&a ",
    "*a",
    "<<: ",
    "!!binary ",
    "!!set ",
    "? ",
    "[[[[[[",
    "{{{{",
    "null",
    "~",
    "1e3",
    "no",
    "''",
    '"',
    '"\\',
    "|-\n",
    ">+9\n",
    "%YAML 1.2\n",
    "kind: ",
    "questions: ",
    "id: first",
    "\x1b[2J",
    "9" * 400,
    "😀",
    "é",
    "\u202e",
    "a" * 3000,
)
INTERVIEWER = (shipped("assets") / "interviewers" / "ward-manager.yaml").read_text(encoding="utf-8")
RUBRIC = (shipped("assets") / "rubrics" / "examples" / "safety_awareness.yaml").read_text(encoding="utf-8")
GENERAL = (shipped("question_banks") / "first_round_general.yaml").read_text(encoding="utf-8")[:3500]


def mangled(text: str, chance: random.Random) -> str:
    """The text with a few things deleted, doubled, swapped or put in."""
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(text) + 1)
        end = min(len(text), at + chance.choice((1, 2, 5, 30)))
        match chance.randrange(5):
            case 0:
                text = text[:at] + text[end:]
            case 1:
                text = text[:end] + text[at:]
            case 2:
                text = text[:at] + chance.choice(SCRAPS) + text[at:]
            case 3:
                lines = text.split("\n")
                chance.shuffle(lines)
                text = "\n".join(lines)
            case 4:
                text = text[:at] + chance.choice(SCRAPS) + text[end:]
    return text


def check_places(broken: BrokenFile, text: str) -> None:
    lines = text.count("\n") + text.count("\r") + text.count("\x85") + text.count("\u2028") + 2
    for finding in broken.findings:
        assert 1 <= finding.line <= lines
        assert finding.column >= 1
        assert finding.what
        assert finding.what.isprintable()


@pytest.mark.parametrize("seed", range(6))
def test_mangled_banks_are_read_or_told_with_a_place(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(many(500)):
        text = mangled(chance.choice((BANK, GENERAL)), chance)
        try:
            parse_bank(text, HERE, ["examples", "motivation"])
        except BrokenFile as broken:
            check_places(broken, text)


def test_mangled_interviewers_are_read_or_told_with_a_place() -> None:
    chance = random.Random(99)
    for _ in range(many(700)):
        text = mangled(INTERVIEWER, chance)
        try:
            parse_interviewer(text, HERE)
        except BrokenFile as broken:
            check_places(broken, text)


def test_mangled_rubrics_are_read_or_told_with_a_place() -> None:
    chance = random.Random(5)
    for _ in range(many(1_500)):
        text = mangled(RUBRIC, chance)
        try:
            parse_rubric(text, HERE)
        except BrokenFile as broken:
            check_places(broken, text)


def test_mangled_bytes_are_read_or_told_with_a_place() -> None:
    chance = random.Random(7)
    raw = ("# é 😀\n" + BANK).encode()
    for _ in range(many(800)):
        broken_raw = bytearray(raw)
        for _ in range(chance.randint(1, 4)):
            broken_raw[chance.randrange(len(raw))] = chance.randrange(256)
        try:
            parse_bank(decode_text(bytes(broken_raw), HERE), HERE)
        except BrokenFile as broken:
            check_places(broken, bytes(broken_raw).decode("latin-1"))


@pytest.mark.one_in(5)
@pytest.mark.parametrize("form", TEXTS)
def test_mangled_imports_are_read_or_told(form: ImportFormat) -> None:
    chance = random.Random(form.value)
    for _ in range(many(150)):
        text = mangled(GENERAL, chance)
        try:
            import_text(text, HERE, form)
        except BrokenFile as broken:
            check_places(broken, text)


@pytest.mark.parametrize("scrap", SCRAPS)
def test_long_runs_of_one_thing_neither_hang_nor_crash(scrap: str) -> None:
    run = scrap * (60_000 // len(scrap))
    for text in (run, f"bank: {run}", f"rubric: {run}", BANK + run, RUBRIC + run):
        for parse in (parse_bank, parse_rubric, parse_interviewer):
            try:
                parse(text, HERE)
            except BrokenFile as broken:
                check_places(broken, text)

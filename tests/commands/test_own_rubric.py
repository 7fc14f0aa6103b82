"""A coach's own rubric from its file to the progress: scored, quoted, reported and exported as the three are."""

import io
import json
import re
import sys
from pathlib import Path

import pytest

from simulator.assessment import score_answer
from simulator.cli import main
from simulator.custom_rubrics import CustomRubrics
from simulator.paths import shipped
from simulator.scoring.rubric_check import parse_rubric
from simulator.scoring.scorer import AnswerContext
from simulator.speech.transcript import typed
from tests.docs_pages import File, steps

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "rubrics.md").read_text(encoding="utf-8")
FILES = {step.name: step.text for step in steps(PAGE) if isinstance(step, File)}
RUBRIC, BANK = FILES["customer_ear.yaml"], FILES["market.yaml"]
HEARD = (
    "last summer an old man asked me for a strong cheese but he really wanted one that his wife could eat so i "
    "cut him three pieces and let him taste and the next week he came back and thanked me"
)
CLAIM = "listening is very important to me and i am good with people and i always understand what customers want"


@pytest.fixture
def stall(simulator_home: Path, tmp_path: Path) -> Path:
    """The worked example of the docs, installed from one folder; the answer's file."""
    shared = tmp_path / "shared"
    shared.mkdir()
    (shared / "rubric.yaml").write_text(RUBRIC, encoding="utf-8")
    (shared / "bank.yaml").write_text(BANK, encoding="utf-8")
    assert main(["banks", "install", str(shared)]) == 0
    answer = tmp_path / "answer.txt"
    answer.write_text(HEARD, encoding="utf-8")
    return answer


def practised(answer: Path, capsys: pytest.CaptureFixture[str]) -> tuple[str, str]:
    """What the plain interview shows, and the id of its session."""
    capsys.readouterr()
    assert main(["practice", "--bank", "market", "--plain", "--questions", "1",
                 "--answer", str(answer), "--answer", str(answer)]) == 0  # fmt: skip
    shown = capsys.readouterr().out
    found = re.search(r"Saved as session (\S+)\.", shown)
    assert found
    return shown, found[1]


def test_the_worked_example_is_in_order_and_tells_answers_apart(stall: Path) -> None:
    assert parse_rubric(RUBRIC, Path("docs")).id == "customer_ear"
    context = AnswerContext("Tell me about a customer.", "behavioural", rubrics=("customer_ear",))
    assert score_answer(typed(CLAIM), context, custom_rubrics=CustomRubrics()).level("customer_ear") == 1
    heard = score_answer(typed(HEARD), context, custom_rubrics=CustomRubrics()).rubrics["customer_ear"]
    assert heard.level == 4
    assert heard.advice == "Keep this story as it is."
    assert "asked me for" in " ".join(quote.text for quote in heard.quotes)


def test_the_page_names_every_key() -> None:
    from simulator.scoring import rubric_check

    for key in (
        *rubric_check._TOP,
        *rubric_check._CUE,
        *rubric_check._CONDITION,
        "name",
        "anchor",
    ):
        assert f"`{key}`" in PAGE, key


def test_it_is_shown_by_its_title_with_quotes_in_the_plain_mode_and_the_report(
    stall: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shown, _ = practised(stall, capsys)
    feedback, _, report = shown.partition("Report:")
    assert "An ear for customers       ▰▰▰▰ Level 4 of 4. came back: Heard" in feedback
    assert "sked me for" in feedback
    assert "An ear for customers       ▰▰▰▰ Level 4.0 of 4" in report


@pytest.mark.parametrize("form", ["md", "html", "json", "csv"])
def test_it_is_in_every_export_that_has_levels(
    stall: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    _, session = practised(stall, capsys)
    out = tmp_path / f"out.{form}"
    assert main(["sessions", "export", session, "--format", form, "--out", str(out)]) == 0
    text = out.read_text(encoding="utf-8-sig")
    assert ("An ear for customers" if form in ("md", "html") else "customer_ear") in text
    if form == "json":
        card = json.loads(text)["answers"][0]["scorecard"]["rubrics"]["customer_ear"]
        assert (card["level"], card["name"]) == (4, "came back")


def test_it_is_in_the_progress_and_stays_after_its_file_is_gone(
    stall: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    practised(stall, capsys)
    assert main(["sessions", "progress"]) == 0
    assert "An ear for customers" in capsys.readouterr().out
    found = CustomRubrics().find("customer_ear")
    assert found
    found.path.unlink()
    assert main(["sessions", "progress"]) == 0
    assert re.search(r"Customer ear .*4\.0 lately", capsys.readouterr().out)


def test_a_rubric_that_breaks_in_the_middle_costs_no_answer(stall: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = CustomRubrics().find("customer_ear")
    assert found
    found.path.write_text(RUBRIC.replace("title:", "titel:"), encoding="utf-8")
    shown, _ = practised(stall, capsys)
    assert "Concrete examples          ▰▰▰" in shown
    assert "'titel' is not a key of a rubric" in " ".join(shown.split())


def test_score_takes_it_from_the_command_line(
    stall: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(HEARD))
    assert main(["score", "-", "--question", "Tell me about a customer.", "--rubric", "customer_ear", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["rubrics"]["customer_ear"]["level"] == 4


def test_the_shipped_example_may_be_named_at_once(tmp_path: Path, simulator_home: Path) -> None:
    path = tmp_path / "site.yaml"
    path.write_text(BANK.replace("customer_ear", "safety_awareness"), encoding="utf-8")
    assert main(["banks", "check", str(path)]) == 0
    assert (shipped("assets") / "rubrics" / "examples" / "safety_awareness.yaml").is_file()

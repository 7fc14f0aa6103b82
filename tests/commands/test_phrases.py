"""`phrases`: all phrases, the places of one, and what a shell completes."""

import json

import pytest

from simulator.cli import main
from simulator.errors import ExitCode
from simulator.services import Services
from tests.sessions.made import CALM, answered, practice

WORDS = "um last winter a visitor was shouting so um i took him to the side room and i guess i explained it"


@pytest.fixture
def _kept() -> None:
    services = Services()
    services.data.store.begin(practice("kept", answers=(answered("kept", 0, CALM, WORDS),)))
    services.close()


@pytest.mark.usefixtures("_kept")
def test_all_phrases_are_listed_with_how_often(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["phrases"]) == ExitCode.DONE
    shown = capsys.readouterr().out
    assert "Fillers" in shown
    assert "2 times in 1 answer" in shown
    assert "I guess" in shown


@pytest.mark.usefixtures("_kept")
def test_one_phrase_is_shown_wherever_it_was_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["phrases", "i guess"]) == ExitCode.DONE
    shown = capsys.readouterr().out
    assert "‹i guess›" in shown
    assert "kept/01-1 at 0:06" in shown
    assert CALM.ask in shown


@pytest.mark.usefixtures("_kept")
def test_json_has_every_place(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["phrases", "um", "--json"]) == ExitCode.DONE
    (phrase,) = json.loads(capsys.readouterr().out)["phrases"]
    assert phrase["kind"] == "filler"
    assert [place["first_word"] for place in phrase["places"]] == [0, 8]


@pytest.mark.usefixtures("_kept")
def test_what_is_no_phrase_of_theirs_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["phrases", "zebra"]) != ExitCode.DONE
    assert "none of your phrases" in capsys.readouterr().err


def test_without_answers_it_says_how_to_begin(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["phrases"]) == ExitCode.DONE
    assert "practice" in capsys.readouterr().out


@pytest.mark.parametrize("shell", ["bash", "zsh", "tcsh"])
def test_every_command_is_completed(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", shell]) == ExitCode.DONE
    shown = capsys.readouterr().out
    assert "phrases" in shown
    assert "class" in shown

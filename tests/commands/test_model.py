"""`model`: list, install, path."""

import json
from pathlib import Path

import pytest

from simulator.cli import main
from simulator.paths import user_paths
from simulator.speech.model_files import sample_model
from tests.speech.model_server import zip_of
from tests.speech.sounds import copy_of_model

NAME = "vosk-model-small-en-test"


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "somebody"))


@pytest.fixture
def model(tmp_path: Path) -> Path:
    return copy_of_model(tmp_path / NAME, sample_model())


def test_without_a_model_the_path_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["model", "path"]) == 3
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "model install" in printed.err
    assert main(["model", "path", "--json"]) == 3
    assert json.loads(capsys.readouterr().out) == {"path": None, "name": None}


@pytest.mark.parametrize("form", ["zip", "folder"])
def test_installed_then_listed_and_used(
    model: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    source = model if form == "folder" else zip_of(model, tmp_path / "brought.zip", NAME)
    assert main(["model", "install", str(source)]) == 0
    place = user_paths().speech_models / NAME
    assert capsys.readouterr().out == f"{place}\n"
    assert main(["model", "path"]) == 0
    assert capsys.readouterr().out == f"{place}\n"
    assert main(["model", "list"]) == 0
    out = capsys.readouterr().out
    assert f"* {NAME}" in out
    assert str(place) in out


def test_the_list_as_json_tells_found_and_official(model: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["model", "install", str(model), "--json"]) == 0
    installed = json.loads(capsys.readouterr().out)
    assert installed["used"] is True
    assert main(["model", "list", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    found = {entry["name"]: entry for entry in document["found"]}
    assert found[NAME] == installed
    assert found["sample"]["sample"] is True
    assert found["sample"]["used"] is False
    official = {entry["name"]: entry for entry in document["official"]}
    assert official["vosk-model-small-en-us-0.15"]["bytes"] == 41_205_931
    assert official["vosk-model-en-us-0.22"]["fetched_by_install"] is False


def test_a_broken_model_is_listed_as_broken(capsys: pytest.CaptureFixture[str]) -> None:
    broken = user_paths().speech_models / "vosk-model-small-en-us-0.15"
    (broken / "am").mkdir(parents=True)
    assert main(["model", "list"]) == 0
    out = capsys.readouterr().out
    assert "! vosk-model-small-en-us-0.15" in out
    assert "broken, lacks am/final.mdl" in out
    assert main(["model", "path"]) == 3


def test_without_a_model_the_list_says_how_to_get_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["model", "list"]) == 0
    out = capsys.readouterr().out
    assert "second-round model install" in out
    assert "vosk-model-en-us-0.22-lgraph" in out
    assert "sample interview only" in out


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["install", "no-such-model"], 2, "neither a model"),
        (["install", "vosk-model-en-us-0.22"], 3, "Download https"),
    ],
)
def test_what_cannot_be_installed_is_a_sentence(
    capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, says: str
) -> None:
    assert main(["model", *arguments]) == code
    assert says in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["fetch"]])
def test_a_missing_or_unknown_action_is_wrong_use(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["model", *arguments])
    assert caught.value.code == 2

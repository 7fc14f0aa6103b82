"""doctor: what is there is told as ready, what is missing with its hint, and the exit status follows."""

import json
from pathlib import Path

import pytest

from simulator import cli
from simulator.doctor import CheckedPart, Findings, State, check_parts
from simulator.errors import ExitCode
from simulator.paths import user_paths
from simulator.settings import Settings, save_settings


def part(findings: Findings, name: str) -> CheckedPart:
    return next(each for each in findings.parts if each.part == name)


def test_on_a_fresh_machine_a_typed_interview_works() -> None:
    findings = check_parts()
    assert findings.typed_interview
    assert [each.part for each in findings.parts if each.needed and each.state is not State.READY] == []
    assert "first-round-general" in part(findings, "banks").detail


def test_every_part_that_is_not_ready_has_a_hint() -> None:
    for each in check_parts().parts:
        assert each.detail, each.part
        assert each.state is State.READY or each.hint, f"{each.part}: {each.detail}"


def test_without_sound_and_model_it_says_so_and_typing_works(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from simulator.errors import MissingPart
    from simulator.speech import devices

    def without_portaudio() -> object:
        raise MissingPart("PortAudio, the library for sound, is not installed.", "Install it with: this line")

    monkeypatch.setattr(devices, "portaudio", without_portaudio)
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    findings = check_parts()
    assert findings.typed_interview
    assert not findings.spoken_interview
    for name in ("voice", "speaker", "microphone"):
        assert part(findings, name).state is State.MISSING
        assert "Install it with: this line" in part(findings, name).hint
    assert "model install" in part(findings, "model").hint


def test_a_home_that_cannot_be_used_is_missing_and_status_3(
    simulator_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    simulator_home.write_text("a file")
    assert cli.main(["doctor", "--json"]) == ExitCode.MISSING
    document = json.loads(capsys.readouterr().out)
    assert not document["typed_interview"]
    data = next(each for each in document["parts"] if each["part"] == "data")
    assert data["state"] == "missing"
    assert "file" in data["detail"]
    assert data["hint"]


def test_a_broken_settings_file_is_told_and_nothing_else_suffers(simulator_home: Path) -> None:
    simulator_home.mkdir()
    (simulator_home / "settings.toml").write_text("theme = ")
    findings = check_parts()
    assert part(findings, "settings").state is State.ATTENTION
    assert "broken" in part(findings, "settings").detail
    assert findings.typed_interview


def test_a_chosen_bank_that_is_broken_is_missing_with_the_way_to_its_errors(
    simulator_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = user_paths()
    paths.banks.mkdir(parents=True)
    (paths.banks / "mine.yaml").write_text("bank: mine\ntitle: Mine\nquestions: 3\n")
    assert "mine" in part(check_parts(), "banks").detail
    assert part(check_parts(), "banks").state is State.ATTENTION
    save_settings(Settings(bank="mine"), paths)
    findings = check_parts()
    assert part(findings, "banks").state is State.MISSING
    assert not findings.typed_interview
    assert cli.main(["doctor"]) == ExitCode.MISSING
    assert "Missing: Question banks." in capsys.readouterr().out


def test_an_interviewer_that_is_not_there_is_missing() -> None:
    save_settings(Settings(interviewers=("nobody",)), user_paths())
    found = part(check_parts(), "interviewers")
    assert found.state is State.MISSING
    assert "nobody" in found.detail


def test_a_named_speech_model_that_is_not_one_is_told(simulator_home: Path, tmp_path: Path) -> None:
    save_settings(Settings(speech_model=str(tmp_path)), user_paths())
    model = part(check_parts(), "model")
    assert model.state is not State.READY
    assert model.hint


@pytest.mark.parametrize(
    ("editor", "state", "said"),
    [("sh -c", State.READY, "sh (EDITOR)"), ("no-such-editor --wait", State.ATTENTION, "no-such-editor")],
)
def test_the_editor_is_the_one_that_is_set(
    monkeypatch: pytest.MonkeyPatch, editor: str, state: State, said: str
) -> None:
    monkeypatch.setenv("EDITOR", editor)
    found = part(check_parts(), "editor")
    assert found.state is state
    assert said in found.detail


def test_the_text_fits_the_width_and_breaks_no_word(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    cli.main(["doctor"])
    lines = capsys.readouterr().out.splitlines()
    assert all(len(line) <= 80 or max(map(len, line.split())) > 40 for line in lines), "only a path may be longer"
    assert lines[0].startswith("Second Round")
    assert any(line.split()[:2] == ["ready", "Python"] for line in lines)


def test_the_json_has_state_detail_and_hint_of_each_part(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["doctor", "--json"]) == ExitCode.DONE
    document = json.loads(capsys.readouterr().out)
    assert document["typed_interview"] is True
    names = [each["part"] for each in document["parts"]]
    assert {"python", "terminal", "data", "settings", "banks", "voice", "speaker", "microphone", "model"} <= set(
        names
    )
    assert {each["state"] for each in document["parts"]} <= {"ready", "attention", "missing"}


def test_a_store_is_written_and_read_and_nothing_of_it_stays(simulator_home: Path) -> None:
    assert "written and read" in part(check_parts(), "data").detail
    assert not [path for path in simulator_home.iterdir() if path.name.startswith(".trial")]


def test_the_recogniser_hears_a_sentence_with_the_sample_model() -> None:
    assert part(check_parts(), "recogniser").figures["words_right"] >= 12  # type: ignore[operator]


def test_a_damaged_recogniser_is_told_with_a_hint(monkeypatch: pytest.MonkeyPatch) -> None:
    from simulator.speech import self_test
    from simulator.speech.transcript import typed

    monkeypatch.setattr(self_test, "transcribe_file", lambda path, model: typed("the the the"))
    found = part(check_parts(), "recogniser")
    assert found.state is State.ATTENTION
    assert "model check" in found.hint


def test_the_report_holds_figures_and_no_word_about_the_person(
    simulator_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path / "home of zebulon" / "Zebulon's things"
    monkeypatch.setenv("SIMULATOR_HOME", str(home))
    monkeypatch.setenv("HOME", str(home.parent))
    monkeypatch.setenv("LOGNAME", "zebulonius")
    monkeypatch.setattr("socket.gethostname", lambda: "tower-of-zebulonda")
    paths = user_paths()
    paths.banks.mkdir(parents=True)
    (paths.banks / "at-zebulons.yaml").write_text("bank: at-zebulons\ntitle: Z\nquestions: 3\n")
    wishes = Settings(
        candidate_name="Zebulon Quist", bank="at-zebulons", speech_model=str(home / "quist models"),
        microphone="Zebulon's headset", interviewers=("aunt-zebulina",),
    )  # fmt: skip
    save_settings(wishes, paths)
    monkeypatch.setenv("EDITOR", f"'{home}/zebulons-editor")
    path = tmp_path / "report.json"
    assert cli.main(["doctor", "--report", str(path)]) == ExitCode.MISSING
    told = capsys.readouterr()
    assert "zebulon" in told.out.lower(), "what is told to the person names the places"
    written = path.read_text(encoding="utf-8")
    for word in ("zebul", "quist", str(tmp_path), "headset", "tower", "zebulina"):
        assert word not in written.lower(), written
    document = json.loads(written)
    assert document["libraries"]["textual"]
    states = {each["part"]: each["state"] for each in document["parts"]}
    assert states["banks"] == "missing"
    assert states["editor"] == "attention", "an open quote in it"
    assert all(each["detail"] for each in document["parts"] if each["state"] != "ready")


def test_a_report_that_cannot_be_written_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["doctor", "--report", str(tmp_path)]) == ExitCode.NOT_IN_ORDER
    assert "cannot be written" in capsys.readouterr().err

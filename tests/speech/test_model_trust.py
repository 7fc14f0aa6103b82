"""A damaged speech model is found before it is loaded; after a crash all the same, the next start offers typing."""

import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from simulator.cli import main
from simulator.errors import ExitCode, UserError
from simulator.paths import AppPaths, user_paths
from simulator.speech import model_trust
from simulator.speech.listening import MicrophoneListener
from simulator.speech.model_files import ModelFolder, Origin, sample_model_folder
from simulator.speech.model_install import install
from simulator.speech.ports import Readiness
from simulator.speech.transcriber import SpeechModel, transcribe_file

PROJECT = Path(__file__).parents[2]
SENTENCE = PROJECT / "tests" / "fixtures" / "sound" / "led_a_team.wav"


@pytest.fixture
def paths(simulator_home: Path) -> AppPaths:
    simulator_home.mkdir()
    return user_paths()


@pytest.fixture
def foreign(tmp_path: Path) -> ModelFolder:
    """A model nobody vouches for: not the sample, as its acoustic model has another length."""
    path = tmp_path / "vosk-model-own"
    shutil.copytree(sample_model_folder(), path)
    (path / model_trust.SUMS).unlink()
    with (path / "am" / "final.mdl").open("ab") as file:
        file.write(b"\0")
    return ModelFolder(path, Origin.CHOSEN)


def flip_bits(path: Path, seed: int = 0) -> None:
    content, chance = bytearray(path.read_bytes()), random.Random(seed)
    for _ in range(20):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    path.write_bytes(content)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:1500])


DAMAGES = [("graph/HCLG.fst", flip_bits), ("graph/phones/word_boundary.int", cut)]


@pytest.mark.parametrize(("name", "damage"), DAMAGES, ids=["flipped", "cut"])
def test_a_damaged_model_that_nobody_knows_is_found_in_a_process_that_may_die(
    paths: AppPaths, foreign: ModelFolder, name: str, damage: Callable[[Path], object]
) -> None:
    damage(foreign.path / name)
    model = SpeechModel(foreign)
    for _ in range(2):
        with pytest.raises(UserError, match="speech model") as told:
            model.load()
        assert "type your answers" in str(told.value).casefold()


def test_a_model_that_nobody_knows_is_tried_once(
    paths: AppPaths, foreign: ModelFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert transcribe_file(SENTENCE, SpeechModel(foreign)).text
    monkeypatch.setattr(model_trust, "trial", lambda path: pytest.fail("tried again"))
    SpeechModel(foreign).load()
    monkeypatch.undo()
    flip_bits(foreign.path / "graph" / "HCLG.fst")
    with pytest.raises(UserError):
        SpeechModel(foreign).load()


@pytest.mark.parametrize(("name", "damage"), DAMAGES, ids=["flipped", "cut"])
def test_an_installed_model_is_known_by_the_checksums_of_its_files(
    paths: AppPaths, foreign: ModelFolder, name: str, damage: Callable[[Path], object]
) -> None:
    installed = install(str(foreign.path), paths)
    assert (installed.path / model_trust.SUMS).is_file()
    SpeechModel(installed).load()
    damage(installed.path / name)
    with pytest.raises(UserError, match=f"{name} has changed"):
        SpeechModel(installed).load()


def test_a_damaged_model_is_not_installed(paths: AppPaths, foreign: ModelFolder) -> None:
    flip_bits(foreign.path / "graph" / "HCLG.fst")
    with pytest.raises(UserError, match=f"model {foreign.name} is damaged: it crashed when it was tried"):
        install(str(foreign.path), paths)
    assert not [path for path in paths.speech_models.iterdir() if not path.name.startswith(".")]


def test_a_damaged_copy_of_the_sample_is_found(paths: AppPaths, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(sample_model_folder(), copy)
    SpeechModel(ModelFolder(copy, Origin.CHOSEN)).load()
    flip_bits(copy / "graph" / "HCLG.fst")
    with pytest.raises(UserError, match=r"HCLG\.fst has changed"):
        SpeechModel(ModelFolder(copy, Origin.CHOSEN)).load()


def test_the_samples_checksums_are_those_of_its_files() -> None:
    assert model_trust.read_sums(sample_model_folder() / model_trust.SUMS) == model_trust.sums_of(
        sample_model_folder()
    )


CRASH = """
import ctypes, sys
from pathlib import Path
from simulator.paths import user_paths
from simulator.speech import model_trust
from simulator.speech.model_files import ModelFolder, Origin
model_trust.watch(ModelFolder(Path(sys.argv[1]), Origin.CHOSEN), user_paths())
code = compile("import ctypes\\ndef load(): ctypes.string_at(0)", sys.argv[2], "exec")
names = {}
exec(code, names)
names["load"]()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit there")
def test_on_a_full_disk_nothing_is_noted_and_the_model_is_used(tmp_path: Path) -> None:
    full = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))\n"
    script = full + CRASH.partition("code =")[0] + "print('loaded')"
    done = subprocess.run([sys.executable, "-c", script, str(tmp_path)], cwd=PROJECT, capture_output=True, timeout=60)
    assert done.stdout.strip() == b"loaded", done.stderr


def crash(model: Path, within: str) -> None:
    """Die in native code that is called from a file of that name."""
    done = subprocess.run(
        [sys.executable, "-c", CRASH, str(model), within], cwd=PROJECT, stdout=subprocess.DEVNULL, timeout=60
    )
    assert done.returncode < 0


def test_after_a_crash_in_native_code_the_next_start_says_so_and_offers_typing(
    paths: AppPaths, foreign: ModelFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    crash(foreign.path, "/packages/vosk/__init__.py")
    for _ in range(3):
        listener = MicrophoneListener(foreign)
        assert listener.wait_until_loaded(20)
        status = listener.model_status()
        assert status.readiness is Readiness.MISSING
        assert "ended suddenly" in status.detail
        assert "Type your answers" in status.hint
        listener.close()
    assert main(["model", "check", str(foreign.path)]) == ExitCode.DONE
    SpeechModel(foreign).load()


@pytest.mark.parametrize("within", ["/packages/sounddevice.py", "/packages/simulator/tui/app.py"])
def test_a_crash_in_other_native_code_is_not_the_models(paths: AppPaths, foreign: ModelFolder, within: str) -> None:
    crash(foreign.path, within)
    assert not model_trust.crashed(foreign, paths)


def test_a_killed_app_did_not_crash(paths: AppPaths, foreign: ModelFolder) -> None:
    script = CRASH.partition("code = ")[0] + "import os; os.kill(os.getpid(), 9)"
    subprocess.run([sys.executable, "-c", script, str(foreign.path)], cwd=PROJECT, timeout=60)
    assert model_trust.crash_note(paths).exists()
    assert not model_trust.crashed(foreign, paths)

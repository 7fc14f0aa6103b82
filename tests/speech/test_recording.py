"""Recordings survive what machines do to them."""

import os
import signal
import subprocess
import sys
import wave
from pathlib import Path

import pytest
import soundfile

from simulator.errors import UserError
from simulator.speech.recording import Recorder, to_flac
from simulator.speech.sound_files import read_sound
from tests.speech.sounds import hiss, tone

PROJECT = Path(__file__).parents[2]


def test_what_was_written_is_read_back(tmp_path: Path) -> None:
    sound = hiss(2.0)
    recorder = Recorder(tmp_path / "recordings" / "a.wav")
    for start in range(0, len(sound), 1600):
        recorder.write(sound[start : start + 1600])
    assert recorder.seconds == 2.0
    recorder.close()
    with wave.open(str(recorder.path)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, 16_000)
        assert file.readframes(file.getnframes()) == sound


def test_every_reader_can_read_it_while_it_is_being_written(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "a.wav")
    for seconds in (1, 2, 3):
        recorder.write(tone(300, 1.0))
        with wave.open(str(recorder.path)) as file:
            assert file.getnframes() == seconds * 16_000
        assert soundfile.info(str(recorder.path)).frames == seconds * 16_000
    recorder.close()


def test_recordings_are_the_users_alone(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "recordings" / "a.wav")
    recorder.write(tone(300, 0.1))
    recorder.close()
    flac = to_flac(recorder.path)
    assert flac.stat().st_mode & 0o777 == 0o600
    assert flac.parent.stat().st_mode & 0o777 == 0o700


def test_a_recording_is_never_written_over(tmp_path: Path) -> None:
    paths = []
    for hertz in (200, 300, 400):
        recorder = Recorder(tmp_path / "a.wav")
        recorder.write(tone(hertz, 0.1))
        recorder.close()
        paths.append(recorder.path)
    assert [path.name for path in paths] == ["a.wav", "a-2.wav", "a-3.wav"]
    assert len({path.read_bytes() for path in paths}) == 3


def test_kill_9_keeps_all_that_was_written(tmp_path: Path) -> None:
    script = (
        "import sys, time\nfrom pathlib import Path\nfrom simulator.speech.recording import Recorder\n"
        "recorder = Recorder(Path(sys.argv[1]))\n"
        "for number in range(100):\n"
        "    recorder.write(number.to_bytes(2, 'little') * 800); print(number, flush=True)\n"
        "time.sleep(600)"
    )
    path = tmp_path / "a.wav"
    app = subprocess.Popen([sys.executable, "-c", script, str(path)], stdout=subprocess.PIPE, text=True, cwd=PROJECT)
    assert app.stdout is not None
    for line in app.stdout:
        if int(line) == 66:
            break
    os.kill(app.pid, signal.SIGKILL)
    app.wait()
    app.stdout.close()
    sound = b"".join(read_sound(path))
    assert len(sound) >= 67 * 1600
    assert sound == b"".join(number.to_bytes(2, "little") * 800 for number in range(len(sound) // 1600))


def test_a_full_disk_is_told_and_what_was_written_stays_whole(tmp_path: Path) -> None:
    """The limit on file size stands in for the end of the disk: the system refuses the same write."""
    script = (
        "import resource, sys\nfrom pathlib import Path\nfrom simulator.errors import UserError\n"
        "from simulator.speech.recording import Recorder\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (50_001, 50_001))\n"
        "recorder = Recorder(Path(sys.argv[1]))\n"
        "try:\n    while True: recorder.write(bytes([1, 2]) * 800)\n"
        "except UserError as problem: print(problem)\n"
    )
    path = tmp_path / "a.wav"
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)], capture_output=True, text=True, cwd=PROJECT, timeout=60
    )
    assert "cannot be written: File too large" in done.stdout
    assert done.stderr == ""
    with wave.open(str(path)) as file:
        assert file.getnframes() == (50_001 - 44) // 2
        assert file.readframes(100) == bytes([1, 2]) * 100


def test_a_folder_that_cannot_be_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "recordings").write_text("")
    with pytest.raises(UserError, match="is a file"):
        Recorder(tmp_path / "recordings" / "a.wav")


def test_flac_holds_the_same_samples_in_less_room(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "a.wav")
    sound = hiss(3.0, 0.02)
    recorder.write(sound)
    recorder.close()
    size = recorder.path.stat().st_size
    flac = to_flac(recorder.path)
    assert flac == tmp_path / "a.flac"
    assert recorder.path.exists(), "it goes when the new name is kept"
    assert flac.stat().st_size < 0.8 * size
    assert b"".join(read_sound(flac)) == sound
    assert sorted(tmp_path.iterdir()) == [flac, recorder.path]


@pytest.mark.parametrize("content", [b"", b"RIFF", b"this is no sound at all" * 10])
def test_what_cannot_be_converted_stays_as_it_is(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(content)
    with pytest.raises(UserError):
        to_flac(path)
    assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


def test_a_recording_cut_off_in_mid_block_converts(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "a.wav")
    recorder.write(tone(300, 1.0))
    with recorder.path.open("ab") as file:
        file.write(b"\1\2\3")  # written, but the header did not come to know of it
    assert soundfile.info(str(to_flac(recorder.path))).frames == 16_000

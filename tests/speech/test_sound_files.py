"""Any usual sound file is read rightly; anything else is a sentence."""

import shlex
import struct
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile

from simulator.errors import UserError, WrongUse
from simulator.speech.recording import to_flac
from simulator.speech.sound_files import Resampler, convert, open_recording, read_sound, sound_seconds
from simulator.speech.transcriber import SpeechModel, transcribe_file
from tests.speech.conftest import FIXTURES
from tests.speech.sounds import hiss, loudest_hertz, place_of, samples, tone, write_wav

PROJECT = Path(__file__).parents[2]


def whole(path: Path) -> bytes:
    return b"".join(read_sound(path))


@pytest.mark.parametrize(
    ("name", "form", "subtype"),
    [
        ("a.wav", "WAV", "PCM_16"),
        ("a.wav", "WAV", "PCM_U8"),
        ("a.wav", "WAV", "PCM_24"),
        ("a.wav", "WAV", "FLOAT"),
        ("a.wav", "WAV", "ULAW"),
        ("a.flac", "FLAC", "PCM_16"),
        ("a.ogg", "OGG", "VORBIS"),
        ("a.opus", "OGG", "OPUS"),
        ("a.mp3", "MP3", "MPEG_LAYER_III"),
        ("a.aiff", "AIFF", "PCM_16"),
    ],
)
@pytest.mark.parametrize(("rate", "channels"), [(48_000, 2), (16_000, 1), (8_000, 1)])
def test_every_kind_rate_and_number_of_channels(
    tmp_path: Path, name: str, form: str, subtype: str, rate: int, channels: int
) -> None:
    mono = samples(tone(440, 2.0, rate))
    path = tmp_path / name
    soundfile.write(str(path), np.stack([mono] * channels, axis=1), rate, format=form, subtype=subtype)
    pcm = whole(path)
    assert len(pcm) / 32_000 == pytest.approx(2.0, abs=0.1)
    assert loudest_hertz(pcm, 16_000) == pytest.approx(440, abs=2)
    assert np.sqrt(np.mean(samples(pcm) ** 2)) == pytest.approx(0.5 / np.sqrt(2), rel=0.1)


def test_16_khz_mono_comes_through_unchanged(tmp_path: Path) -> None:
    sound = hiss(1.0)
    assert whole(write_wav(tmp_path / "a.wav", sound)) == sound


def test_stereo_is_mixed_not_cut(tmp_path: Path) -> None:
    left, right = samples(tone(300, 1.0)), samples(tone(700, 1.0))
    soundfile.write(str(tmp_path / "a.wav"), np.stack([left, right], axis=1), 16_000)
    spectrum = np.abs(np.fft.rfft(samples(whole(tmp_path / "a.wav"))))
    assert spectrum[300] == pytest.approx(spectrum[700], rel=0.01)


@pytest.mark.parametrize(("rate", "channels", "subtype"), [(44_100, 2, "PCM_16"), (16_000, 1, "PCM_U8")])
def test_real_speech_of_other_kinds_is_understood(
    tmp_path: Path, sample: SpeechModel, rate: int, channels: int, subtype: str
) -> None:
    speech = Resampler(16_000, rate).take(whole(FIXTURES / "led_a_team.wav"), last=True)
    path = tmp_path / "a.wav"
    soundfile.write(str(path), np.stack([samples(speech)] * channels, axis=1), rate, subtype=subtype)
    assert transcribe_file(path, sample).text == (FIXTURES / "led_a_team.txt").read_text().strip()


def test_ten_minutes_are_read_whole(tmp_path: Path) -> None:
    path = write_wav(tmp_path / "a.wav", hiss(10.0) * 60, 16_000)
    assert sum(map(len, read_sound(path))) == 600 * 32_000


def test_values_that_are_no_numbers_become_silence(tmp_path: Path) -> None:
    sound = np.full(16_000, 0.1, dtype=np.float32)
    sound[100], sound[200], sound[300] = np.nan, np.inf, -np.inf
    soundfile.write(str(tmp_path / "a.wav"), sound, 16_000, subtype="FLOAT")
    read = np.frombuffer(whole(tmp_path / "a.wav"), dtype=np.int16)
    assert (read[100], read[200], read[300]) == (0, 32767, -32768)


def test_reading_from_a_second_starts_at_that_sample(tmp_path: Path) -> None:
    sound = hiss(3.0)
    path = write_wav(tmp_path / "a.wav", sound)
    with open_recording(path, 1.25) as opened:
        assert b"".join(opened.blocks()) == sound[int(1.25 * 32_000) :]
        assert opened.seconds == 3.0
    with open_recording(path, 99) as opened:
        assert b"".join(opened.blocks()) == b""


def header_without_sound() -> bytes:
    return struct.pack("<4sI4s4sIHHIIHH4sI", b"RIFF", 36, b"WAVE", b"fmt ", 16, 1, 1, 16000, 32000, 2, 16, b"data", 0)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"I am a text file, not a sound.\n" * 50, "cannot be read as sound"),
        (b"RIFF\x10\0\0\0WAVE", "cannot be read as sound"),
        (b"\0" * 5000, "cannot be read as sound"),
        (header_without_sound(), "its length is zero"),
        (b"fLaC" + bytes(100), "cannot be read as sound"),
        (b"OggS" + bytes(100), "cannot be read as sound"),
        (bytes(4) + b"ftypM4A " + bytes(500), "cannot be read as sound"),
    ],
)
def test_what_is_no_sound_is_a_sentence(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "answer.wav"
    path.write_bytes(content)
    with pytest.raises(UserError, match=says) as caught:
        whole(path)
    assert str(path) in caught.value.message
    assert caught.value.hint


def test_a_file_that_is_not_there_is_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match="There is no file"):
        whole(tmp_path / "none.wav")
    with pytest.raises(WrongUse, match="is a folder"):
        whole(tmp_path)


def test_a_file_that_may_not_be_read_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Root may read everything, so the system's refusal is played back here."""
    path = write_wav(tmp_path / "a.wav", tone(300, 0.1))

    def refused(self: Path, *rest: object, **named: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refused)
    with pytest.raises(UserError, match="Permission denied"):
        whole(path)


def test_a_truncated_file_gives_what_is_left(tmp_path: Path) -> None:
    path = tmp_path / "a.flac"
    soundfile.write(str(path), samples(hiss(4.0)), 16_000)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    damage: list[str] = []
    seconds = len(b"".join(read_sound(path, damage.append))) / 32_000
    assert 1.0 < seconds < 2.5
    assert f"only its first {seconds:.1f} seconds" in damage[0]
    with pytest.raises(UserError, match="is damaged"):
        convert(path, tmp_path / "b.wav")
    assert not (tmp_path / "b.wav").exists()


def test_a_readers_own_errors_are_not_taken_for_the_files(tmp_path: Path) -> None:
    path = write_wav(tmp_path / "a.wav", tone(300, 0.1))
    with pytest.raises(OSError, match="disk full"), open_recording(path):
        raise OSError(28, "disk full")


def test_seconds_are_told_without_reading(tmp_path: Path) -> None:
    assert sound_seconds(write_wav(tmp_path / "a.wav", tone(300, 1.5))) == 1.5


@pytest.mark.parametrize("rate", [8_000, 22_050, 44_100, 48_000])
def test_resampling_in_blocks_has_no_seams(rate: int) -> None:
    sound = tone(500, 1.0, rate)
    resampler = Resampler(rate, 16_000)
    made = b"".join(resampler.take(sound[at : at + 700]) for at in range(0, len(sound), 700))
    made += resampler.take(b"", last=True)
    assert len(made) / 32_000 == pytest.approx(1.0, abs=0.005)
    assert place_of(tone(500, 0.9), made)[1] > 0.999


def test_converting_writes_all_or_nothing(tmp_path: Path) -> None:
    source = write_wav(tmp_path / "a.wav", hiss(1.0))
    (tmp_path / "old.flac").write_bytes(b"old")
    convert(source, tmp_path / "old.flac")
    assert whole(tmp_path / "old.flac") == hiss(1.0)
    bad = tmp_path / "bad.wav"
    bad.write_bytes(b"nothing")
    with pytest.raises(UserError):
        convert(bad, tmp_path / "new.flac")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.wav", "bad.wav", "old.flac"]


def wav_with(rate: int, channels: int, frames: int = 50) -> bytes:
    """A WAV file whose header claims that rate and so many channels."""
    data = b"\1" * (frames * channels * 2)
    bytes_a_second = min(0xFFFF_FFFF, rate * channels * 2)
    head = (b"fmt ", 16, 1, channels, rate, bytes_a_second, channels * 2, 16, b"data", len(data))
    return struct.pack("<4sI4s4sIHHIIHH4sI", b"RIFF", 36 + len(data), b"WAVE", *head) + data


@pytest.mark.skipif(sys.platform == "win32", reason="limits as POSIX has them")
@pytest.mark.parametrize(("rate", "channels"), [(2_000_000_000, 1), (1_000_000_000, 64), (384_000, 1000), (10, 1)])
def test_a_header_that_claims_too_much_is_not_believed(tmp_path: Path, rate: int, channels: int) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(wav_with(rate, channels))
    script = (
        "import resource, sys\nfrom pathlib import Path\nfrom simulator.errors import UserError\n"
        "import numpy, soundfile, soxr\nfrom simulator.speech.sound_files import read_sound\n"
        "resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))\n"
        "try: list(read_sound(Path(sys.argv[1])))\n"
        "except UserError as problem: print(problem)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)], capture_output=True, text=True, cwd=PROJECT, timeout=60
    )
    assert "damaged" in done.stdout or "cannot be read" in done.stdout
    assert done.stderr == ""


@pytest.mark.parametrize("name", ["a.wav", "it's; rm -rf mine.wav"])
def test_the_advice_to_convert_works_as_it_is_and_writes_over_nothing(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"no sound")
    with pytest.raises(UserError) as told:
        list(read_sound(path))
    words = shlex.split(told.value.hint.partition(": ")[2])
    assert words[:4] == ["ffmpeg", "-n", "-i", str(path)]
    assert words[4:] == [str(path.with_name(f"{path.stem}-converted.wav"))]


def test_a_link_that_leads_nowhere_is_called_one(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    path.symlink_to(tmp_path / "gone.wav")
    with pytest.raises(UserError, match="is a link to a file that is not there"):
        list(read_sound(path))


def test_a_header_that_leads_out_of_the_file_prints_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, sound = tmp_path / "rf64.wav", tone(300, 0.25)
    sizes = b"ds64" + struct.pack("<IQQQI", 28, 2**62, 2**62, 2**61, 0)
    form = b"fmt " + struct.pack("<IHHIIHH", 16, 1, 1, 16_000, 32_000, 2, 16)
    path.write_bytes(b"RF64\xff\xff\xff\xffWAVE" + sizes + form + b"data\xff\xff\xff\xff" + sound)
    assert whole(path) == sound
    assert capsys.readouterr() == ("", "")


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX limits")
@pytest.mark.parametrize("ending", [".wav", ".flac", ".ogg"])
def test_what_finds_no_room_is_told_and_prints_no_traceback(
    tmp_path: Path, ending: str, capsys: pytest.CaptureFixture[str]
) -> None:
    import resource

    source, target = write_wav(tmp_path / "a.wav", hiss(20.0)), tmp_path / f"b{ending}"
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, before[1]))
    try:
        with pytest.raises(UserError, match="File too large"):
            convert(source, target)
        with pytest.raises(UserError, match="could not be made smaller: File too large"):
            to_flac(source)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert [path.name for path in tmp_path.iterdir()] == ["a.wav"]
    assert capsys.readouterr().err == ""

"""Reads sound files of any usual kind as PCM16 mono: WAV, FLAC, OGG, Opus, MP3, AIFF, any rate, any channels."""

import os
import shlex
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from simulator.errors import MissingPart, UserError, WrongUse
from simulator.paths import whole_file
from simulator.speech.ports import SAMPLE_RATE
from simulator.texts import not_there, unreadable

BLOCK_SECONDS = 0.25
RATES = (1_000, 384_000)
"""Samples a second, from worse than any telephone to the best studio; a damaged header can claim billions."""
MOST_CHANNELS = 32
LONGEST_SECONDS = 6 * 3600
"""Longer files are taken for a mistake (a damaged header can claim years)."""


class Resampler:
    """PCM16 mono from one rate to another, block by block, without seams. Does nothing where the rates agree."""

    def __init__(self, rate: int, wanted: int) -> None:
        self._stream: Any = None
        if rate != wanted:
            import soxr  # late

            self._stream = soxr.ResampleStream(rate, wanted, 1, dtype="int16")

    def take(self, pcm: bytes, last: bool = False) -> bytes:
        """The next block at the wanted rate; the last call also gives what was held back."""
        if self._stream is None:
            return pcm
        import numpy as np  # late

        return bytes(self._stream.resample_chunk(np.frombuffer(pcm, dtype=np.int16), last=last).tobytes())


class SteadyFile:
    """An open file for libsndfile, in whose call-backs an error would be printed as a traceback and then forgotten.

    What could not be read or written is kept in `problem`. Where a damaged header leads out of the file, the place
    stays as it was.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._file: Any = file
        self.problem: OSError | None = None

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go there, if that can be; where it is then."""
        with suppress(OSError, ValueError, OverflowError):
            self._file.seek(offset, whence)
        return self.tell()

    def tell(self) -> int:
        """Where it is."""
        return int(self._file.tell())

    def readinto(self, buffer: Any) -> int:
        """Read as much as the buffer takes; how much it was, 0 also for an error."""
        try:
            return int(self._file.readinto(buffer) or 0)
        except OSError as error:
            self.problem = self.problem or error
            return 0

    def write(self, data: bytes) -> int:
        """Write that; how much it was, 0 for an error."""
        try:
            return int(self._file.write(data) or 0)
        except OSError as error:
            self.problem = self.problem or error
            return 0

    def raise_problem(self) -> None:
        """Raise what could not be read or written, if anything."""
        if self.problem is not None:
            raise self.problem


class OpenSound:
    """A sound file being read. `rate` in Hz, `seconds` its length as its header says.

    `damage` is a sentence once `blocks` has met the place from which on the file cannot be read, else "".
    """

    def __init__(self, path: Path, file: Any, raw: SteadyFile) -> None:
        self._path, self._file, self._raw = path, file, raw
        self.rate = int(file.samplerate)
        self.seconds = float(file.frames / file.samplerate)
        self.damage = ""

    def blocks(self) -> Iterator[bytes]:
        """PCM16 mono blocks at `rate`, channels averaged, as far as the file can be read.

        Raises UserError when nothing of it can.
        """
        import numpy as np  # late
        import soundfile  # late

        size = max(1, int(self.rate * BLOCK_SECONDS))
        read = 0
        while True:
            try:
                block = self._file.read(size, dtype="float32", always_2d=True)
                if len(block) == 0:
                    self._raw.raise_problem()
                    return
            except (soundfile.LibsndfileError, OSError) as error:
                if not read:
                    raise _unreadable(self._path, getattr(error, "strerror", None) or str(error)) from None
                seconds = read / self.rate
                self.damage = f"{self._path} is damaged: only its first {seconds:.1f} seconds could be read."
                return
            read += len(block)
            mono = np.nan_to_num(block.mean(axis=1), nan=0.0, posinf=1.0, neginf=-1.0)
            yield (mono.clip(-1.0, 32767 / 32768) * 32768).round().astype(np.int16).tobytes()


@contextmanager
def open_recording(path: Path, from_second: float = 0.0) -> Iterator[OpenSound]:
    """Open a sound file at `from_second` (past the end counts as the end).

    Raises WrongUse when there is no such file, UserError when it cannot be read as sound.
    """
    with ExitStack() as open_things:
        # Only what goes wrong while opening is told here; what goes wrong while reading belongs to the reader.
        file, raw = _opened(path, from_second, open_things)
        yield OpenSound(path, file, raw)


def _opened(path: Path, from_second: float, open_things: ExitStack) -> tuple[Any, SteadyFile]:
    soundfile = _soundfile()
    try:
        raw = open_things.enter_context(path.open("rb"))
        if not raw.read(1):
            raise UserError(f"{path} is empty.", "Record it again or choose another file.")
        raw.seek(0)
        steady = SteadyFile(raw)
        file = open_things.enter_context(soundfile.SoundFile(steady))
        # Before anything is made in the size that the header claims.
        if not RATES[0] <= file.samplerate <= RATES[1] or not 1 <= file.channels <= MOST_CHANNELS:
            raise UserError(
                f"{path} claims {file.samplerate:,} samples a second in {file.channels} channels: a damaged header.",
                "Save it anew.",
            )
        if file.frames <= 0:
            raise UserError(f"{path} holds no sound: its length is zero.", "Choose another file.")
        if file.frames / file.samplerate > LONGEST_SECONDS:
            raise UserError(f"{path} claims to last over six hours; its header is damaged.", "Save it anew.")
        if from_second > 0:
            # Rounded: 2.3 s at 16,000 Hz is sample 36,800, and a little less in floating point.
            file.seek(min(round(from_second * file.samplerate), file.frames))
        # soundfile seeks after every block of a file that can seek, which tears holes into MP3.
        file.seekable = lambda: False
        return file, steady
    except FileNotFoundError:
        raise not_there(path) from None
    except IsADirectoryError:
        raise WrongUse(f"{path} is a folder.", "Name a sound file in it.") from None
    except OSError as error:
        raise unreadable(path, error) from None
    except (soundfile.LibsndfileError, TypeError) as error:
        raise _unreadable(path, str(error)) from None


def read_sound(path: Path, on_damage: Callable[[str], None] = lambda sentence: None) -> Iterator[bytes]:
    """The whole file as PCM16 mono blocks at 16,000 Hz. Raises like `open_recording`, at the first block.

    Where a damaged file can be read only in part, that part is given and `on_damage` called.
    """
    with open_recording(path) as sound:
        resampler = Resampler(sound.rate, SAMPLE_RATE)
        for block in sound.blocks():
            ready = resampler.take(block)
            if ready:
                yield ready
        rest = resampler.take(b"", last=True)
        if rest:
            yield rest
        if sound.damage:
            on_damage(sound.damage)


def sound_seconds(path: Path) -> float:
    """How long a sound file lasts. Raises like `open_recording`."""
    with open_recording(path) as sound:
        return sound.seconds


def convert(source: Path, target: Path) -> None:
    """Write `source` as `target`, in the format of its ending (.wav, .flac, .ogg). Raises UserError or WrongUse.

    The target appears whole or not at all.
    """
    soundfile = _soundfile()
    formats = {".wav": "WAV", ".flac": "FLAC", ".ogg": "OGG"}
    kind = formats.get(target.suffix.lower())
    if kind is None:
        raise WrongUse(f"Sound cannot be saved as {target.name}.", "Use a name ending in .wav, .flac or .ogg.")
    if target.is_dir():
        raise WrongUse(f"{target} is a folder.", "Name a file in it.")
    try:
        with open_recording(source) as sound, whole_file(target, keep_mode=True) as raw:
            steady = SteadyFile(raw)
            with soundfile.SoundFile(steady, "w", samplerate=sound.rate, channels=1, format=kind) as out:
                for block in sound.blocks():
                    out.buffer_write(block, dtype="int16")
                    steady.raise_problem()
            steady.raise_problem()
            if sound.damage:
                raise UserError(sound.damage, f"{target.name} was not written.")
    except FileNotFoundError:
        raise WrongUse(f"There is no folder {target.parent}.", "Make it first, or choose another place.") from None
    except (OSError, soundfile.LibsndfileError) as error:
        why = getattr(error, "strerror", None) or error
        raise UserError(f"{target} cannot be written: {why}.", "Choose another place.") from None


def _soundfile() -> Any:
    try:
        import soundfile  # late
    except OSError:
        raise MissingPart(
            "The library for sound files (libsndfile) is missing.", "Install libsndfile for your system."
        ) from None
    return soundfile


def _unreadable(path: Path, reason: str) -> UserError:
    short = reason.removeprefix("Error opening ").split(": ", 1)[-1].strip().rstrip(".")
    target = path.with_name(f"{path.stem}-converted.wav")
    return UserError(
        f"{path} cannot be read as sound ({short}).",
        f"Convert it first, for example: ffmpeg -n -i {shlex.quote(str(path))} {shlex.quote(str(target))}",
    )

"""Recordings: WAV that is whole on disk after every block, FLAC once the answer is over.

The header is brought up to date with each block and nothing is buffered in this process, so that a
recording cut off by `kill -9` plays up to the last block written. Files are the user's alone.
"""

import hashlib
import os
import struct
import sys
from pathlib import Path
from typing import IO, Any

from simulator.errors import UserError
from simulator.locks import try_lock
from simulator.paths import private_folder, private_opener
from simulator.speech.ports import SAMPLE_RATE
from simulator.speech.sound_files import SteadyFile, open_recording

HEADER = struct.Struct("<4sI4s4sIHHIIHH4sI")
MOST_BYTES = 0xFFFF_FFFF - HEADER.size
"""What a WAV file can hold: 37 hours."""


class Recorder:
    """Writes PCM16 mono at 16,000 Hz to a new WAV file as it comes. Belongs to one thread."""

    def __init__(self, path: Path) -> None:
        """Makes the file (never over another: a number is added to the name). Raises UserError where it cannot."""
        private_folder(path.parent)
        try:
            self.path, self._file = _made_new(path)
            self._bytes = 0
            self._file.write(_header(0))
        except OSError as error:
            raise _unwritable(path, error) from None

    @property
    def seconds(self) -> float:
        """Seconds recorded so far."""
        return self._bytes / 2 / SAMPLE_RATE

    def write(self, pcm: bytes) -> None:
        """Add a block. Raises UserError when the disk is full or gone; what was written before stays whole."""
        room = MOST_BYTES - self._bytes
        try:
            block = memoryview(pcm)[:room]
            while block:
                written = self._file.write(block)
                self._bytes += written
                block = block[written:]
        except OSError as error:
            self._bytes -= self._bytes % 2
            raise _unwritable(self.path, error) from None
        finally:
            self._bring_header_up_to_date()

    def close(self) -> None:
        """End the file and have it on the disk."""
        try:
            os.fsync(self._file.fileno())
        except OSError as error:
            raise _unwritable(self.path, error) from None
        finally:
            self._file.close()

    def _bring_header_up_to_date(self) -> None:
        # Overwrites bytes that are on the disk already, so that it works on a full disk too.
        self._file.seek(0)
        self._file.write(_header(self._bytes))
        self._file.seek(HEADER.size + self._bytes)


PART = ".flac.part"


def to_flac(wav: Path) -> Path:
    """Write a finished recording as FLAC beside it and compare the two sample by sample. The WAV stays.

    Whoever keeps the recording's name removes the WAV, once the new name is kept. Returns the FLAC's path.
    Raises UserError when that cannot be done.
    """
    import soundfile  # late

    part = wav.with_suffix(PART)
    try:
        with open(part, "ab+", opener=private_opener) as raw:
            if not try_lock(raw):
                raise UserError(f"The recording {wav} is being made smaller by another Second Round.")
            try:
                _write_flac(wav, part, raw)
                part.replace(wav.with_suffix(".flac"))
            finally:
                part.unlink(missing_ok=True)
        _have_on_disk(wav.parent)
    except (OSError, soundfile.LibsndfileError) as error:
        raise UserError(
            f"The recording {wav} could not be made smaller: {getattr(error, 'strerror', None) or error}.",
            "It is kept as WAV.",
        ) from None
    return wav.with_suffix(".flac")


def _write_flac(wav: Path, part: Path, raw: IO[bytes]) -> None:
    import soundfile  # late

    raw.truncate(0)
    with part.open("r+b") as file, open_recording(wav) as sound:
        written = hashlib.sha256()
        steady = SteadyFile(file)
        with soundfile.SoundFile(steady, "w", samplerate=sound.rate, channels=1, format="FLAC") as out:
            for block in sound.blocks():
                out.buffer_write(block, dtype="int16")
                steady.raise_problem()
                written.update(block)
        steady.raise_problem()
        file.flush()
        os.fsync(file.fileno())
    read_back = hashlib.sha256()
    with open_recording(part) as made:
        for block in made.blocks():
            read_back.update(block)
    if sound.damage or made.damage or read_back.digest() != written.digest():
        raise UserError(f"The recording {wav} did not survive its conversion to FLAC.", "The WAV file is kept.")


def _have_on_disk(folder: Path) -> None:
    """Have new names in a folder on the disk, where the system can be asked for that."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _made_new(path: Path) -> tuple[Path, Any]:
    number = 1
    while True:
        candidate = path if number == 1 else path.with_name(f"{path.stem}-{number}{path.suffix}")
        try:
            return candidate, open(candidate, "xb", buffering=0, opener=private_opener)
        except FileExistsError:
            number += 1


def _header(data_bytes: int) -> bytes:
    return HEADER.pack(
        b"RIFF", 36 + data_bytes, b"WAVE", b"fmt ", 16, 1, 1, SAMPLE_RATE, SAMPLE_RATE * 2, 2, 16, b"data", data_bytes
    )


def _unwritable(path: Path, error: OSError) -> UserError:
    return UserError(
        f"The recording {path} cannot be written: {error.strerror or error}.",
        "Your words are still written down; free some space to keep the sound too.",
    )

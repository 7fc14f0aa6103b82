"""Large banks once read are kept, checked, for the next time: 50,000 questions in a blink.

Kept by the bytes of the file and the rules it was read by, so that neither a changed file nor a changed
program ever meets an old result. What cannot be read is made anew.
"""

import hashlib
import os
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import msgspec

from simulator.problems import Problem
from simulator.questions.bank import Bank, Question
from simulator.yaml_nodes import Finding, quiet_collector

LARGE = 256_000
"""Bytes from which a bank is kept. A smaller one is read in a few milliseconds."""
MOST_KEPT = 12
"""Files in the cache; the oldest go first."""

_RULES = (
    "yaml_nodes.py", "data_files.py", "questions/bank.py", "questions/bank_files.py", "questions/bank_quick.py",
    "questions/bank_cache.py",
)  # fmt: skip


PIECE = 1_000
"""Questions that are packed or unpacked at a time: all at once would hold up the app's keys."""


class _Kept(msgspec.Struct, frozen=True):
    """A bank without its questions, these packed in pieces; or what is wrong in its file."""

    bank: Bank | None
    questions: tuple[bytes, ...]
    findings: tuple[Finding, ...]


_QUESTIONS = msgspec.msgpack.Decoder(list[Question])
_ENCODER = msgspec.msgpack.Encoder()


class BankCache:
    """The banks kept in one folder of the user's cache."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load(self, raw: bytes, path: Path) -> Bank | tuple[Finding, ...] | None:
        """The bank in these bytes, or what is wrong in them; None where it is not known yet."""
        if len(raw) < LARGE:
            return None
        try:
            packed = self._file(raw).read_bytes()
            with quiet_collector(len(packed)):
                kept = msgspec.msgpack.decode(packed, type=_Kept)
                questions: list[Question] = []
                for piece in kept.questions:
                    questions.extend(_QUESTIONS.decode(piece))
        except (OSError, msgspec.DecodeError):
            return None
        if kept.bank is not None:
            return replace(kept.bank, questions=tuple(questions), path=path)
        return tuple(replace(finding, path=str(path)) for finding in kept.findings)

    def keep(self, raw: bytes, bank: Bank | None, findings: tuple[Finding, ...] = ()) -> None:
        """Keep a bank, or its findings. A cache that cannot be written costs time, nothing else."""
        if len(raw) < LARGE:
            return
        from simulator.places import private_folder, private_opener

        every = bank.questions if bank else ()
        pieces = tuple(_ENCODER.encode(every[at : at + PIECE]) for at in range(0, len(every), PIECE))
        head = replace(bank, questions=(), path=None, shipped=False) if bank else None
        packed = _ENCODER.encode(_Kept(head, pieces, findings))
        target = self._file(raw)
        unfinished = target.with_suffix(f".{os.getpid()}")
        try:
            private_folder(self._folder)
            with open(unfinished, "wb", opener=private_opener) as file:
                file.write(packed)
            unfinished.replace(target)
            self._make_room()
        except (OSError, Problem):
            with suppress(OSError):
                unfinished.unlink()

    def _file(self, raw: bytes) -> Path:
        digest = hashlib.blake2b(raw, key=_rules(), digest_size=16)
        return self._folder / f"{digest.hexdigest()}.msgpack"

    def _make_room(self) -> None:
        kept = sorted(self._folder.glob("*.msgpack"), key=lambda file: file.stat().st_mtime_ns, reverse=True)
        for file in kept[MOST_KEPT:]:
            file.unlink(missing_ok=True)


@lru_cache(maxsize=1)
def _rules() -> bytes:
    """What banks are read by: changes with the program."""
    package = Path(__file__).resolve().parents[1]
    files = [package / name for name in _RULES]
    stamps = [f"{file.name} {file.stat().st_size} {file.stat().st_mtime_ns}" for file in files]
    return hashlib.blake2b("\n".join(stamps).encode()).digest()[:64]

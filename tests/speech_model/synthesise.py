"""Speech from espeak-ng, with the time of every word and every phoneme.

espeak-ng is called through ctypes, because only its own interface tells where each phoneme lies. The
library is the one in the espeakng-loader wheel, so that a build does not depend on the system's.
"""

import ctypes
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from .phones import SILENCE, simplified

Samples = npt.NDArray[np.float64]

ESPEAK_RATE = 22_050
"""Samples a second of everything espeak-ng says."""

_SYNCHRONOUS = 2
_WITH_PHONEMES = 1
_RATE, _PITCH = 1, 3
_UTF8 = 1
_CHARACTERS = 1
_WORDS = re.compile(r"[A-Za-z']+")
_LIST_END, _WORD, _PHONEME = 0, 1, 7


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that begins `at` seconds: a phone, or a word."""

    at: float
    what: str


@dataclass(frozen=True, slots=True)
class SpokenWords:
    """A word with its phones, or the few words that espeak-ng runs together ("in the") with theirs."""

    words: tuple[str, ...]
    sounds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spoken:
    """One utterance as espeak-ng said it: `samples` at `ESPEAK_RATE`, and what lies where.

    Of words run together only the first is in `word_starts`.
    """

    samples: Samples
    phones: tuple[Moment, ...]
    word_starts: tuple[Moment, ...]
    words: tuple[SpokenWords, ...]


class _EventName(ctypes.Union):
    _fields_ = (("number", ctypes.c_int), ("string", ctypes.c_char * 8), ("name", ctypes.c_char_p))


class _Event(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("milliseconds", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _EventName),
    )


_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event))


class Espeak:
    """The synthesiser. One per process: the library keeps a single voice for all its callers."""

    def __init__(self) -> None:
        import espeakng_loader

        self._library = ctypes.CDLL(espeakng_loader.get_library_path())
        data = espeakng_loader.get_data_path().encode()
        rate = self._library.espeak_Initialize(_SYNCHRONOUS, 0, data, _WITH_PHONEMES)
        if rate != ESPEAK_RATE:
            raise RuntimeError(f"espeak-ng could not be started with the data in {data.decode()}")
        # The breath in some voices is random, and differs from run to run unless seeded.
        self._library.espeak_ng_SetRandSeed(ctypes.c_long(1))
        self._blocks: list[npt.NDArray[np.int16]] = []
        self._events: list[tuple[int, float, str, int]] = []
        # Kept in the object: ctypes does not hold the callback alive by itself.
        self._callback: Callable[..., Any] = _Callback(self._collect)
        self._library.espeak_SetSynthCallback(self._callback)

    def speak(self, text: str, voice: str, words_per_minute: int, pitch: int) -> Spoken:
        """Say `text`. `pitch` is 0 to 100; 50 is the voice's own. Raises ValueError for an unknown voice."""
        self._blocks.clear()
        self._events.clear()
        if self._library.espeak_SetVoiceByName(voice.encode()) != 0:
            raise ValueError(f"espeak-ng has no voice {voice!r}")
        self._library.espeak_SetParameter(_RATE, words_per_minute, 0)
        self._library.espeak_SetParameter(_PITCH, pitch, 0)
        encoded = text.encode()
        self._library.espeak_Synth(encoded, len(encoded) + 1, 0, _CHARACTERS, 0, _UTF8, None, None)
        self._library.espeak_Synchronize()
        samples = np.concatenate(self._blocks).astype(np.float64) if self._blocks else np.zeros(0)
        return self._understood(text, samples)

    def _collect(self, wave: Any, count: int, events: Any) -> int:
        if wave and count > 0:
            self._blocks.append(np.ctypeslib.as_array(wave, (count,)).copy())
        index = 0
        while events[index].type != _LIST_END:
            event = events[index]
            if event.type in (_WORD, _PHONEME):
                name = event.id.string.decode("utf-8", "replace") if event.type == _PHONEME else ""
                self._events.append((event.type, event.milliseconds / 1000, name, event.text_position))
            index += 1
        return 0

    def _understood(self, text: str, samples: Samples) -> Spoken:
        written = {match.start(): match.group() for match in _WORDS.finditer(text)}
        phones: list[Moment] = []
        starts: list[tuple[int, float]] = []
        sounds: list[list[str]] = []
        for kind, at, name, position in self._events:
            if kind == _WORD:
                if position - 1 in written:
                    starts.append((position - 1, at))
                    sounds.append([])
                continue
            phone = simplified(name)
            phones.append(Moment(at, phone))
            if phone != SILENCE and sounds:
                sounds[-1].append(phone)
        groups: list[SpokenWords] = []
        for index, (start, _) in enumerate(starts):
            end = starts[index + 1][0] if index + 1 < len(starts) else len(text)
            together = tuple(word for place, word in written.items() if start <= place < end)
            groups.append(SpokenWords(together, tuple(sounds[index])))
        return Spoken(
            samples=samples,
            phones=tuple(phones),
            word_starts=tuple(Moment(at, written[start]) for start, at in starts),
            words=tuple(groups),
        )

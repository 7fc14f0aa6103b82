"""The process that makes sound files of texts with pyttsx3. Run as a script, not imported by the app.

It is a process of its own because a synthesiser may hang, print, exit or crash, and because macOS
wants the main thread for it. Speaks JSON, one document a line: first a hello
`{"driver", "version", "voices"}` or `{"missing"}`, then for each request
`{"text", "file", "gender", "accent", "variant", "rate", "pitch"}` an answer
`{"seconds", "rate", "voice", "marks"}` (marks: [character, second] of words) or `{"error"}`, with the system's
`{"errno"}` where the file could not be written.
Ends when its stdin closes. The one argument is "system" or "bundled": which espeak library to load.

Imports nothing of the app, so that it starts fast.
"""

import ctypes
import json
import os
import platform
import queue
import re
import sys
import threading
import wave
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

PIECE = 3000
"""Characters given to the synthesiser at once. espeak-ng 1.51 crashes at 16 kB."""

FEMALE_VARIANTS = ("+f3", "+f2", "+f4", "+f1")
MALE_VARIANTS = ("", "+m3", "+m7", "+m1", "+m2", "+m4")
"""Variants that espeak-ng has in every version, told apart easily, clearest first."""
ESPEAK_RATE = 22050

ESPEAK_ACCENTS = {"us": ("gmw/en-us", "en-us"), "gb": ("gmw/en", "en")}


def main(library: str) -> None:
    """Serve requests until stdin closes."""
    # pyttsx3 prints on stdout; the protocol gets a descriptor of its own.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    requests: queue.Queue[str] = queue.Queue()
    threading.Thread(target=_read_requests, args=(requests,), daemon=True).start()

    def answer(document: Mapping[str, Any]) -> None:
        answers.write(json.dumps(document) + "\n")
        answers.flush()

    try:
        speaker = SynthesisEngine(library)
    except Exception as error:  # noqa: BLE001 - the boundary of this process: told to the app, which tells the user
        answer({"missing": f"{type(error).__name__}: {error}"})
        return
    answer({"driver": speaker.driver, "version": speaker.version, "voices": len(speaker.voices)})
    while True:
        try:
            answer(speaker.make(json.loads(requests.get())))
        except OSError as error:
            answer({"error": f"{type(error).__name__}: {error}", "errno": error.errno})
        except Exception as error:  # noqa: BLE001 - the boundary of this process: told to the app, which tells the user
            answer({"error": f"{type(error).__name__}: {error}"})


def _read_requests(requests: "queue.Queue[str]") -> None:
    """Take lines from stdin; leave at once when the app is gone, even in the middle of a text."""
    for line in sys.stdin:
        requests.put(line)
    os._exit(0)


class SynthesisEngine:
    """One pyttsx3 engine and what is known about its voices. Raises RuntimeError or OSError without one."""

    def __init__(self, library: str) -> None:
        if sys.platform.startswith("linux"):
            _load_espeak(library)
        import pyttsx3  # late
        from pyttsx3.engine import engines_by_sys_platform  # late

        failures = []
        for name in engines_by_sys_platform():
            if name == "avspeech":
                continue
            try:
                self.engine = pyttsx3.init(name)
            except Exception as error:  # noqa: BLE001 - each driver fails in its own way; the next one may work
                failures.append(f"{name}: {error}")
                continue
            self.driver = name
            break
        else:
            raise RuntimeError("; ".join(failures))
        self.voices: Sequence[Any] = self.engine.getProperty("voices") or ()
        self._espeak: Any = None
        self._marks: list[tuple[int, float]] = []
        self._sound = b""
        if self.driver == "espeak":
            self._tame_espeak()
        self.version = self._version()

    def make(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """Make the sound file `request["file"]`; the answer's fields."""
        file, text = Path(request["file"]), str(request["text"])
        voice = self._choose_voice(request["gender"], request["accent"], int(request["variant"]))
        marks: list[tuple[int, float]] = []
        rate, sound = 0, b""
        for start, piece in pieces(text):
            if not piece.strip():
                continue
            rate, more = self._make_piece(piece, file, int(request["rate"]), int(request["pitch"]))
            before = len(sound) / 2 / rate
            marks += [(start + at, round(before + second, 4)) for at, second in self._marks]
            sound += more
        if not sound or not any(sound):
            raise RuntimeError("the synthesiser made no sound")
        with wave.open(str(file), "wb") as out:
            out.setnchannels(1)
            out.setsampwidth(2)
            out.setframerate(rate)
            out.writeframes(sound)
        return {"seconds": len(sound) / 2 / rate, "rate": rate, "voice": voice, "marks": marks}

    def _make_piece(self, text: str, file: Path, words_per_minute: int, pitch: int) -> tuple[int, bytes]:
        self._marks, self._sound = [], b""
        file.unlink(missing_ok=True)
        self.engine.setProperty("rate", words_per_minute)
        if self._espeak is not None:
            self.engine.setProperty("pitch", max(0, min(99, pitch)))
            # The driver keeps to itself what goes wrong with its file: the sound is taken as it comes.
            self.engine.save_to_file(text, os.devnull)
            self.engine.runAndWait()
            self._espeak.Synchronize()  # runAndWait returns before espeak is done
            return ESPEAK_RATE, self._sound
        # AIFF is what macOS writes whatever the name says.
        self.engine.save_to_file(text, str(file.absolute()))
        self.engine.runAndWait()
        return _read_any(file)

    def _tame_espeak(self) -> None:
        """Keep the driver from cancelling what it just queued; keep the sound, and the times of words it drops."""
        from pyttsx3.drivers import _espeak  # late

        self._espeak = _espeak
        driver = self.engine.proxy._driver
        driver.stop = lambda: None
        drivers_own = driver._onSynth

        def on_synthesis(sound: Any, samples: int, events: Any) -> int:
            index = 0
            while events[index].type != _espeak.EVENT_LIST_TERMINATED:
                event = events[index]
                if event.type == _espeak.EVENT_WORD and event.length > 0:
                    self._marks.append((event.text_position - 1, event.audio_position / 1000))
                index += 1
            if samples > 0:
                self._sound += ctypes.string_at(sound, samples * 2)
            return int(drivers_own(sound, samples, events))

        _espeak.SetSynthCallback(on_synthesis)

    def _choose_voice(self, gender: str, accent: str, variant: int) -> str:
        """Set the voice nearest to the wish and return its id."""
        driver = self.engine.proxy._driver
        if self.driver == "espeak":
            variants = FEMALE_VARIANTS if gender == "female" else MALE_VARIANTS
            suffix = variants[variant % len(variants)]
            for base in (*ESPEAK_ACCENTS.get(accent, ()), "gmw/en-us", "en-us", "gmw/en", "en"):
                try:
                    driver.setProperty("voice", base + suffix)
                except ValueError:
                    continue
                return str(base + suffix)
            return "default"
        wanted = ranked_voices(self.voices, gender, accent)
        if not wanted:
            return "default"
        chosen = wanted[variant % len(wanted)]
        driver.setProperty("voice", chosen.id)
        return str(chosen.id)

    def _version(self) -> str:
        if self._espeak is not None:
            info = self._espeak.dll.espeak_Info
            info.restype = ctypes.c_char_p
            version = info(ctypes.byref(ctypes.c_char_p()))
            return bytes(version).decode("ascii", "replace")
        return platform.mac_ver()[0] or platform.version()


def ranked_voices(voices: Sequence[Any], gender: str, accent: str) -> list[Any]:
    """English voices of one gender, the wished accent first; all English ones where no gender fits."""
    english = [voice for voice in voices if _languages(voice).startswith("en")]
    fitting = [voice for voice in english if gender and str(voice.gender or "").lower().endswith(gender)]
    # "VoiceGenderFemale" ends with "male" too.
    if gender == "male":
        fitting = [voice for voice in fitting if not str(voice.gender).lower().endswith("female")]
    return sorted(fitting or english, key=lambda voice: bool(accent) and accent not in _languages(voice))


def _languages(voice: Any) -> str:
    """The voice's first language, as in "en-us"."""
    first = next(iter(voice.languages or ()), "")
    return str(first).replace("_", "-").lower()


def pieces(text: str, limit: int = PIECE) -> list[tuple[int, str]]:
    """`text` in pieces of at most `limit` characters, cut after sentences or else words; with their starts."""
    found, start = [], 0
    while len(text) - start > limit:
        window = text[start : start + limit]
        ends = [match.end() for match in re.finditer(r"[.!?]\s+", window)] or [
            match.end() for match in re.finditer(r"\s+", window)
        ]
        cut = ends[-1] if ends else limit
        found.append((start, window[:cut]))
        start += cut
    found.append((start, text[start:]))
    return found


def _load_espeak(library: str) -> None:
    """Load the espeak library that pyttsx3 will then find by its name. Raises OSError when there is none."""
    if library == "system":
        try:
            ctypes.CDLL("libespeak-ng.so.1")
        except OSError:
            ctypes.CDLL("libespeak.so.1")
        return
    import espeakng_loader  # late

    os.environ["ESPEAK_DATA_PATH"] = espeakng_loader.get_data_path()
    ctypes.CDLL(espeakng_loader.get_library_path())


def _read_any(file: Path) -> tuple[int, bytes]:
    """Rate and PCM16 mono of any sound file (AIFF from macOS, WAV from Windows)."""
    import soundfile  # late

    sound, rate = soundfile.read(str(file), dtype="int16", always_2d=True)
    return int(rate), sound[:, 0].tobytes()


if __name__ == "__main__":
    main(sys.argv[1])

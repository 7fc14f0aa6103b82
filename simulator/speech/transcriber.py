"""Speech to words with Vosk, offline, as the sound comes.

A `SpeechModel` is loaded once and shared; each answer has a `Transcriber` of its own (0.2 ms). Vosk's
calls release Python's lock, loading included, so a thread is enough.
"""

import contextlib
import ctypes
import json
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

from simulator.errors import MissingPart, UserError
from simulator.paths import AppPaths, user_paths
from simulator.speech import model_trust
from simulator.speech.model_files import ModelFolder, wanted_model
from simulator.speech.ports import SAMPLE_RATE
from simulator.speech.sound_files import read_sound, sound_seconds
from simulator.speech.sound_levels import LevelMeter
from simulator.speech.transcript import Source, Transcript, Word

DEAF_SECONDS = 3.0
"""After so much speech without a word, the model is to blame."""


class SpeechModel:
    """One speech model in memory. `load` may take seconds for a large one; it is safe from any thread."""

    def __init__(self, folder: ModelFolder) -> None:
        self.folder = folder
        self._model: Any = None
        self._problem: UserError | None = None
        self._lock = threading.Lock()
        self._done = threading.Event()
        self.hesitations_heard = False
        """Whether the model has words for "um" and "uh"; known after loading."""

    @property
    def loaded(self) -> bool:
        return self._model is not None

    @property
    def problem(self) -> UserError | None:
        """Why loading failed, if it did."""
        return self._problem

    def load(self) -> None:
        """Load the model unless it is there. Raises Missing without Vosk, UserError for a broken model."""
        with self._lock:
            if self._problem is not None:
                raise self._problem
            if self._model is not None:
                return
            try:
                self._model = self._loaded()
            except UserError as problem:
                self._problem = problem
                raise
            finally:
                self._done.set()
            found = self._model.vosk_model_find_word
            self.hesitations_heard = found("um") >= 0 and found("uh") >= 0

    def load_in_background(self) -> None:
        """Begin loading; `wait` tells when it is done."""
        threading.Thread(target=self._load_quietly, name="load speech model", daemon=True).start()

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until loading has ended, well or not; True when it has."""
        return self._done.wait(timeout)

    def transcriber(self) -> "Transcriber":
        """A transcriber for one answer; loads the model if need be. Raises like `load`."""
        self.load()
        return Transcriber(self._model, self.folder.name, self.hesitations_heard)

    def _load_quietly(self) -> None:
        with contextlib.suppress(UserError):  # kept in `problem`, which the model's status shows
            self.load()

    def _loaded(self) -> Any:
        # Vosk takes anything for a model, downloads, or exits: it only ever gets a folder that was looked through.
        self.folder.check()
        vosk, paths = vosk_library(), user_paths()
        model_trust.check(self.folder, paths)
        model_trust.watch(self.folder, paths)
        try:
            return vosk.Model(str(self.folder.path))
        except Exception as error:  # noqa: BLE001 - Vosk raises bare Exception; told as a Problem
            raise UserError(
                f"The speech model {self.folder.path} cannot be loaded ({error}).",
                "Install it anew with 'second-round model install'.",
            ) from None


LONG_UTTERANCE = 100
"""Words without a pause for which Vosk needs some 30 MB for a moment."""
STEP_BYTES = SAMPLE_RATE // 10 * 2
"""Sound is given to Vosk in steps of 0.1 s, however it comes: it looks for the end of a sentence after each, so that
steps of other lengths, as on a busy machine, would give other words."""


class Transcriber:
    """Words of one answer. Belongs to one thread."""

    def __init__(self, model: Any, name: str, hesitations_heard: bool) -> None:
        self._recognizer = vosk_library().KaldiRecognizer(model, SAMPLE_RATE)
        self._recognizer.SetWords(True)
        self._name, self._hesitations_heard = name, hesitations_heard
        self._words: list[Word] = []
        self._samples = 0
        self._waiting = bytearray()
        """Less than a step of sound."""
        self._long = False
        """Whether the utterance before was a long one."""

    @property
    def words(self) -> tuple[Word, ...]:
        """The words that are final."""
        return tuple(self._words)

    def take(self, pcm: bytes) -> bool:
        """Hear a block (PCM16 mono, 16,000 Hz); True when more words became final. Raises UserError if Vosk fails."""
        self._samples += len(pcm) // 2
        self._waiting += pcm
        found = False
        while len(self._waiting) >= STEP_BYTES:
            step = bytes(self._waiting[:STEP_BYTES])
            del self._waiting[:STEP_BYTES]
            found = self._accept(step) or found
        return found

    def _accept(self, pcm: bytes) -> bool:
        try:
            complete = self._recognizer.AcceptWaveform(pcm)
        except Exception as error:  # noqa: BLE001 - Vosk raises bare Exception; told as a Problem
            raise UserError(
                f"The recogniser failed: {error}.", "Your recording is kept; you can type the rest."
            ) from None
        if self._long:  # with the next step Vosk lets go of the rest of it
            self._long = False
            give_back_memory()
        if not complete:
            return False
        # Vosk thinks an utterance is over. The answer is not: its words are kept and listening goes on.
        self._keep(self._recognizer.Result())
        return True

    def text_so_far(self) -> str:
        """All words until now, the last of them still subject to change."""
        partial = json.loads(self._recognizer.PartialResult()).get("partial", "")
        spoken = [word.text for word in self._words]
        return " ".join([*spoken, *(part for part in partial.split() if not _is_mark(part))])

    def finish(self) -> Transcript:
        """Transcribe what is left and give the whole answer."""
        if self._waiting:
            self._accept(bytes(self._waiting))
            self._waiting.clear()
        self._keep(self._recognizer.FinalResult())
        return Transcript(
            words=tuple(self._words),
            source=Source.SPOKEN,
            duration=self._samples / SAMPLE_RATE,
            hesitations_heard=self._hesitations_heard,
            model=self._name,
        )

    def _keep(self, result: str) -> None:
        # Without words there is no "result" key at all.
        words = json.loads(result).get("result", ())
        for word in words:
            if not _is_mark(word["word"]):
                self._words.append(Word(word["word"], word["start"], word["end"], word["conf"]))
        self._long = len(words) >= LONG_UTTERANCE
        if self._long:
            give_back_memory()


_shared: list[SpeechModel] = []
"""The model used last: loading one takes up to seconds, and one is all that is ever needed at a time."""
_sharing = threading.Lock()


def shared_model(folder: ModelFolder) -> SpeechModel:
    """The speech model of that folder, the same one as long as no other is asked for and it could be loaded."""
    with _sharing:
        for model in _shared:
            if model.folder.path.resolve() == folder.path.resolve() and model.problem is None:
                return model
        _shared[:] = [SpeechModel(folder)]
        return _shared[0]


def transcribe_file(
    path: Path,
    model: SpeechModel | Path | str = "",
    paths: AppPaths | None = None,
    on_progress: Callable[[float], None] = lambda share: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Transcript:
    """The words of a sound file of any kind. Blocks.

    `model` is a model, or the path or name of one, or "" for the one a practice would use. `on_progress` gets
    the share done, 0 to 1. Raises UserError or WrongUse for a file that cannot be read (see `open_recording`),
    Missing or UserError for the model, UserError when `cancelled`. A file that is damaged somewhere gives the words
    before that, and the transcript's `trouble` says so.
    """
    seconds = sound_seconds(path)
    if not isinstance(model, SpeechModel):
        model = shared_model(wanted_model(str(model), paths or user_paths()))
    transcriber = model.transcriber()
    done = 0
    damage: list[str] = []
    meter, spoken = LevelMeter(), 0
    for block in read_sound(path, damage.append):
        if cancelled():
            raise UserError("Stopped before the end.")
        transcriber.take(block)
        spoken += len(block) // 2 if meter.take(block).speech else 0
        done += len(block) // 2
        on_progress(min(1.0, done / SAMPLE_RATE / seconds))
    transcript = transcriber.finish()
    if not transcript.words and not damage:
        damage.append(deaf(model.folder.name, spoken / SAMPLE_RATE))
    return replace(transcript, trouble=" ".join(damage))


def deaf(model: str, spoken: float) -> str:
    """What to say where not one word was heard in so many seconds of speech; "" where that is no wonder."""
    if spoken < DEAF_SECONDS:
        return ""
    return (
        f"Not a word was understood in {spoken:.0f} seconds of speech: the speech model {model} may be broken, or "
        "made for another language. 'second-round model check' tries it."
    )


def give_back_memory() -> None:
    """Give the system what was used for a moment; glibc keeps it otherwise, and others take none of it."""
    if sys.platform == "linux" and hasattr(library := ctypes.CDLL(None), "malloc_trim"):
        library.malloc_trim(0)


def _is_mark(word: str) -> bool:
    """Whether a "word" is a model's mark for what is no word, such as "[unk]" or "<unk>"."""
    return word[:1] in "[<"


def vosk_library() -> Any:
    """Vosk itself, without the library by which it would fetch models: that opens a socket when it is imported.

    Raises Missing where it is not available.
    """
    unused = "requests"
    stands_in = sys.modules.setdefault(unused, ModuleType(unused))
    try:
        import vosk  # late
    except (ImportError, OSError):
        raise MissingPart(
            "The recogniser Vosk is not available for this computer.", "Answers can be typed."
        ) from None
    finally:
        if not hasattr(stands_in, "get"):
            sys.modules.pop(unused, None)
    vosk.SetLogLevel(-1)
    return vosk

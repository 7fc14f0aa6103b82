"""The shipped language model: one encoder, and the head that reads answers with it.

`LanguageModel` is one loaded model (23 MB encoder, 0.1 s to load); `LateModel` loads it once, in the background.
Every text is encoded by itself, never padded beside others: int8 arithmetic scales by the whole input, so that a
neighbour would change the result.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any

from simulator.errors import MissingPart
from simulator.paths import shipped

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Floats = NDArray[numpy.float32]

MOST_PIECES = 260
"""Word pieces of a text that has one vector, and of words whose states are asked for."""
READ_AT_ONCE = 340
"""Word pieces of an answer read at once. The encoder takes 510, but the head learned from few answers above 250 words
and reads longer ones better in parts."""
PROMPT_PIECES = 80
"""Word pieces of the question (and of what was heard) that are read beside the answer."""
OVERLAP = 25
"""Words of context that a window of a long answer has on each side of what is taken from it."""
MOST_OF_A_WORD = 12
"""Word pieces read of one word."""
STATE = 384
"""Numbers in the state of one word piece after one layer."""
DIGITS = 2
"""Decimals of a probability: rounded before it meets a bound, so that every machine decides alike."""
_CLS, _SEP, _UNKNOWN = 101, 102, 100

NO_MODEL = "Answers cannot be read here, so they are kept without levels"


class Encoder:
    """all-MiniLM-L6-v2 with its tokenizer, loaded. Safe to call from several threads.

    Its lower layers are shared by the reading head and by sentence vectors; the upper ones, as they were or
    tuned, are loaded when the first vector by them is asked for.
    """

    def __init__(self, folder: Path, threads: int = 1) -> None:
        """Raises Missing where ONNX Runtime or a file is not there or does not load."""
        self._folder, self._threads = folder, threads
        self._uppers: dict[Path, Any] = {}
        with _told_as_missing(folder):
            from tokenizers import Tokenizer  # late

            self._tokenizer: Any = Tokenizer.from_file(str(folder / "tokenizer.json"))
            self._lower = _session(folder / "lower.onnx", threads)

    def _upper(self, path: Path) -> Any:
        if path not in self._uppers:
            with _told_as_missing(path):
                self._uppers[path] = _session(path, self._threads)
        return self._uppers[path]

    def sentence_vectors(self, texts: Sequence[str], upper: Path | None = None) -> "Floats":
        """One vector of length 1 for each text (384 numbers); their products are cosines.

        `upper` is a file with upper layers that were tuned to something."""
        import numpy  # late

        layers = self._upper(upper or self._folder / "upper.onnx")
        vectors = numpy.zeros((len(texts), STATE), numpy.float32)
        for row, text in enumerate(texts):
            (last,) = layers.run(None, {"states": self.text_states(text)})
            mean = last[0].mean(axis=0)
            vectors[row] = mean / max(float(numpy.linalg.norm(mean)), 1e-9)
        return vectors

    def text_states(self, text: str, most: int = MOST_PIECES) -> "Floats":
        """The states of a text by itself after the shared layers: 1 x pieces x 384."""
        pieces = self._pieces(text)[:most]
        return self.lower_states([_CLS, *pieces, _SEP], [0] * (len(pieces) + 2))

    def lower_states(self, ids: Sequence[int], types: Sequence[int]) -> "Floats":
        """The states after the shared layers: 1 x pieces x 384."""
        import numpy  # late

        states: Floats
        (states,) = self._lower.run(None, {"ids": numpy.array([ids]), "types": numpy.array([types])})
        return states

    def word_states(self, words: Sequence[str]) -> "Floats":
        """For each word the mean of its pieces' states after the shared layers (words x 384), read in their line."""
        import numpy  # late

        spelt = self.spelt("", words)
        found = numpy.zeros((len(words), STATE), numpy.float32)
        for window in windows([len(pieces) for pieces in spelt.words], MOST_PIECES):
            sizes = [len(pieces) for pieces in spelt.words[window.first : window.behind]]
            ids = [piece for pieces in spelt.words[window.first : window.behind] for piece in pieces]
            states = self.lower_states([_CLS, *ids, _SEP], [0] * (len(ids) + 2))[0, 1:-1]
            starts = numpy.cumsum([0, *sizes[:-1]])
            means = numpy.add.reduceat(states, starts, axis=0) / numpy.array(sizes, numpy.float32)[:, None]
            kept = slice(window.kept_first - window.first, window.kept_behind - window.first)
            found[window.kept_first : window.kept_behind] = means[kept]
        return found

    def spelt(self, prompt: str, words: Sequence[str]) -> "Spelt":
        """The prompt's and each word's pieces."""
        return Spelt(
            tuple(self._pieces(prompt)[:PROMPT_PIECES]),
            tuple(tuple(self._pieces(word)[:MOST_OF_A_WORD] or [_UNKNOWN]) for word in words),
        )

    def _pieces(self, text: str) -> list[int]:
        readable = text.encode("utf-8", "replace").decode()  # a lone surrogate is no text to the tokenizer
        ids: list[int] = self._tokenizer.encode(readable, add_special_tokens=False).ids
        return ids


@dataclass(frozen=True, slots=True)
class Spelt:
    """A prompt and words as word pieces."""

    prompt: tuple[int, ...]
    words: tuple[tuple[int, ...], ...]

    def fed(self, first: int, behind: int) -> tuple[list[int], list[int], list[int]]:
        """What is fed to the encoder for the words `first` to before `behind`: pieces, their types (0 for the
        prompt, 1 for the answer), and where each word's first piece stands."""
        ids = [_CLS, *self.prompt, _SEP]
        types = [0] * len(ids)
        positions = []
        for pieces in self.words[first:behind]:
            positions.append(len(ids))
            ids.extend(pieces)
        ids.append(_SEP)
        types.extend([1] * (len(ids) - len(types)))
        return ids, types, positions


class LanguageModel:
    """The encoder and the reading head, loaded. Safe to call from several threads."""

    def __init__(self, encoder: Encoder, head: Path, threads: int = 1) -> None:
        """Raises Missing where the head does not load."""
        self._encoder = encoder
        with _told_as_missing(head):
            self._head = _session(head, threads)
            notes = self._head.get_modelmeta().custom_metadata_map
            self.labels: tuple[str, ...] = tuple(notes["labels"].split())
            self.version: str = notes["version"]

    def read_words(self, prompt: str, words: Sequence[str]) -> "Floats":
        """For each word the probability of each label, rounded: words x labels. `prompt` is what was asked.

        Long answers are read in windows that overlap; each word is taken from where it has most around it.
        """
        import numpy  # late

        spelt = self._encoder.spelt(prompt, words)
        found = numpy.zeros((len(words), len(self.labels)), numpy.float32)
        for window in windows([len(pieces) for pieces in spelt.words], READ_AT_ONCE - len(spelt.prompt) - 1):
            ids, types, positions = spelt.fed(window.first, window.behind)
            fed = {"states": self._encoder.lower_states(ids, types), "places": numpy.array([positions])}
            (block,) = self._head.run(None, fed)
            kept = slice(window.kept_first - window.first, window.kept_behind - window.first)
            found[window.kept_first : window.kept_behind] = block[0][kept]
        rounded: Floats = numpy.round(found.astype(numpy.float64), DIGITS).astype(numpy.float32)
        return rounded

    def word_states(self, words: Sequence[str]) -> "Floats":
        """The state of each word of a line; see `Encoder.word_states`."""
        return self._encoder.word_states(words)

    def sentence_vectors(self, texts: Sequence[str], upper: Path | None = None) -> "Floats":
        """One vector of length 1 for each text; see `Encoder.sentence_vectors`."""
        return self._encoder.sentence_vectors(texts, upper)


@contextmanager
def _told_as_missing(path: Path) -> Iterator[None]:
    try:
        yield
    except ImportError as error:
        raise MissingPart(
            f"{NO_MODEL}: {error.name or 'a library'} does not load ({error}).",
            "Delete the folder .venv and start again; on Windows, install Microsoft's Visual C++ runtime.",
        ) from None
    except Exception as error:  # noqa: BLE001 - the libraries raise bare kinds of their own for each broken file
        raise MissingPart(
            f"{NO_MODEL}: the language model at {path} does not load ({type(error).__name__}).",
            "Get the app's files anew: a part of them is damaged or missing.",
        ) from None


def _session(path: Path, threads: int) -> Any:
    # By default it keeps an id of this machine and notes on its use, and sends them to its makers.
    # It looks at this when it is imported.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime  # late

    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 4
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


@dataclass(frozen=True, slots=True)
class Window:
    """Words fed to the encoder at once (`first` to before `behind`), and those whose states are kept from it."""

    first: int
    behind: int
    kept_first: int
    kept_behind: int


def windows(sizes: Sequence[int], room: int) -> list[Window]:
    """Windows over words of so many pieces each, `room` pieces at most in one; they overlap by `OVERLAP` words."""
    found: list[Window] = []
    first = kept = 0
    while kept < len(sizes):
        behind, used = first, 0
        while behind < len(sizes) and used + sizes[behind] <= room:
            used += sizes[behind]
            behind += 1
        if behind == len(sizes):
            found.append(Window(first, behind, kept, behind))
            break
        shared = min(OVERLAP, (behind - first) // 4)
        found.append(Window(first, behind, kept, behind - shared))
        kept = behind - shared
        first = kept - shared
    return found


class LateModel:
    """The shipped model, loaded once, when first asked for or in the background.

    The thread that loads is a daemon: closing the app never waits for it.
    """

    def __init__(self, load: Callable[[], LanguageModel] | None = None) -> None:
        self._load = load or load_shipped
        self._lock = Lock()
        self._model: LanguageModel | None = None
        self._missing: MissingPart | None = None

    def begin_loading(self) -> None:
        """Load in the background; what goes wrong is told by `get`."""
        if self._model is None and self._missing is None:
            Thread(target=self._load_quietly, name="language-model", daemon=True).start()

    def _load_quietly(self) -> None:
        try:
            self.get()
        except MissingPart:
            return  # kept, and raised again where the model is needed

    def get(self) -> LanguageModel:
        """The model; waits while it loads. Raises Missing, the same each time."""
        with self._lock:
            if self._missing is not None:
                raise self._missing
            if self._model is None:
                try:
                    self._model = self._load()
                except MissingPart as missing:
                    self._missing = missing
                    raise
            return self._model


def load_shipped() -> LanguageModel:
    """The model that comes with the app. `SECOND_ROUND_THREADS` sets its threads. Raises Missing."""
    assets = shipped("assets")
    threads = os.environ.get("SECOND_ROUND_THREADS", "1")
    count = int(threads) if threads.isdigit() else 1
    return LanguageModel(Encoder(assets / "language_model", count), assets / "reading" / "head.onnx", count)


late_model = LateModel()
"""The one model of this process."""

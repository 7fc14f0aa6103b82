"""Finds speech models: where this app keeps them, where Vosk's users keep them, and the sample that comes along.

Installing one is in `model_install`. What a whole model folder holds is described at
https://alphacephei.com/vosk/models.
"""

import os
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from simulator.errors import MissingPart, UserError
from simulator.paths import AppPaths, expanded, shipped
from simulator.texts import refuse_dead_link

DEFAULT_MODEL = "vosk-model-small-en-us-0.15"
"""What is fetched when no other is asked for."""

SAMPLE_FOLDER = "assets/sample_speech_model"


class Origin(StrEnum):
    """Where a model was found; also the order in which they are preferred."""

    CHOSEN = "chosen"
    VOSK_MODEL_PATH = "VOSK_MODEL_PATH"
    INSTALLED = "installed"
    SYSTEM = "system"
    VOSK_CACHE = "vosk cache"
    SAMPLE = "sample"


@dataclass(frozen=True, slots=True)
class OfficialModel:
    """A model of the Vosk project. `size` in bytes, 0 when not known exactly; `sha256` "" when not pinned.

    `wer_read` and `wer_talks` are its word error rates in percent on LibriSpeech test-clean and TED-LIUM.
    """

    name: str
    language: str
    about: str
    size: int
    unpacked: int
    sha256: str
    url: str
    wer_read: float
    wer_talks: float

    @property
    def pinned(self) -> bool:
        """Whether it can be fetched here: its size and checksum are known."""
        return bool(self.sha256 and self.size)


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """A folder that should hold a speech model."""

    path: Path
    origin: Origin

    @property
    def name(self) -> str:
        """The model's name: its folder's, or "sample"."""
        return "sample" if self.is_sample else self.path.resolve().name

    @property
    def is_sample(self) -> bool:
        """Whether this is the tiny model that comes with the app, or a copy of it."""
        if self.path.resolve() == sample_model_folder().resolve():
            return True
        own, sample = self.path / "am" / "final.mdl", sample_model_folder() / "am" / "final.mdl"
        try:
            return own.stat().st_size == sample.stat().st_size and own.read_bytes() == sample.read_bytes()
        except OSError:
            return False

    @property
    def language(self) -> str:
        """The language in its name ("en", "de"), "" when the name does not tell."""
        if self.is_sample:
            return "en"
        found = re.match(r"vosk-model(?:-small|-spk)?-([a-z]{2,3})(?=-|$)", self.name)
        return found.group(1) if found else ""

    def missing(self) -> list[str]:
        """What a whole model has and this folder lacks; empty when it is whole."""
        if not self.path.is_dir():
            return ["the folder itself"]
        flat = not (self.path / "am").is_dir() and _filled(self.path / "final.mdl")
        am, conf, graph = (self.path,) * 3 if flat else (self.path / "am", self.path / "conf", self.path / "graph")
        wanted = [am / "final.mdl", conf / "mfcc.conf"]
        if not flat:
            wanted.append(conf / "model.conf")
        if not _filled(graph / "HCLG.fst"):
            wanted += [graph / "HCLr.fst", graph / "Gr.fst"]
        else:
            wanted.append(graph / "words.txt")
        # Without it Vosk gives words without times.
        wanted.append(self.path / "word_boundary.int" if flat else graph / "phones" / "word_boundary.int")
        if (self.path / "ivector").is_dir():
            wanted.append(self.path / "ivector" / "final.ie")
        return [str(file.relative_to(self.path)) for file in wanted if not _filled(file)]

    def check(self) -> None:
        """Raise UserError when the folder is not a whole model."""
        missing = self.missing()
        if missing:
            raise UserError(
                f"{self.path} is not a whole speech model: it lacks {', '.join(missing)}.",
                "Unpack or install it anew ('second-round model install').",
            )

    @property
    def bytes_on_disk(self) -> int:
        return sum(file.stat().st_size for file in self.path.rglob("*") if file.is_file())


def official_models() -> list[OfficialModel]:
    """The Vosk project's models this app knows, best suited first (`assets/speech_models.toml`)."""
    with shipped("assets/speech_models.toml").open("rb") as file:
        table = tomllib.load(file)
    return [OfficialModel(**row) for row in table["models"]]


def sample_model_folder() -> Path:
    """Where the sample model lies: for the sample interview and tests, never silently for a practice."""
    return shipped(SAMPLE_FOLDER)


def sample_model() -> ModelFolder:
    """The sample model as one of those found."""
    return ModelFolder(sample_model_folder(), Origin.SAMPLE)


def find_models(paths: AppPaths, chosen: str = "") -> list[ModelFolder]:
    """All models to be found, most preferred first, broken ones included (see `ModelFolder.missing`).

    `chosen` is the path or name from the settings. The sample is last.
    """
    found: list[ModelFolder] = []
    if chosen:
        found += _from_choice(chosen, paths)
    for place in os.environ.get("VOSK_MODEL_PATH", "").split(os.pathsep):
        if place:
            found += _in_or_at(expanded(place), Origin.VOSK_MODEL_PATH)
    found += sorted(_below(paths.speech_models, Origin.INSTALLED), key=_error_rate)
    found += sorted(_below(Path("/usr/share/vosk"), Origin.SYSTEM), key=_error_rate)
    for folder in (Path.home() / ".cache/vosk", Path.home() / "AppData/Local/vosk"):
        found += sorted(_below(folder, Origin.VOSK_CACHE), key=_error_rate)
    found.append(sample_model())
    unique: dict[Path, ModelFolder] = {}
    for model in found:
        # Copies of the sample are one model, wherever they lie.
        unique.setdefault(sample_model_folder() if model.is_sample else model.path.resolve(), model)
    return list(unique.values())


def choose_model(paths: AppPaths, chosen: str = "", language: str = "en") -> ModelFolder | None:
    """The model a practice uses, None when there is none.

    What the user named (settings, VOSK_MODEL_PATH) counts before anything found; a found one must be whole and
    speak `language`. The sample is used only where it was named.
    """
    for model in find_models(paths, chosen):
        if model.origin in (Origin.CHOSEN, Origin.VOSK_MODEL_PATH):
            if not model.missing():
                return model
        elif not model.is_sample and model.language in (language, "") and not model.missing():
            return model
    return None


def wanted_model(choice: str, paths: AppPaths) -> ModelFolder:
    """The model named by path or name ("sample" too), or the one a practice would use where `choice` is "".

    Raises Missing for none, UserError for a broken one.
    """
    if not choice:
        best = choose_model(paths)
        if best is None:
            raise no_model()
        return best
    found = _from_choice(choice, paths)
    if not found:
        refuse_dead_link(expanded(choice))
        raise MissingPart(f"There is no speech model {choice}.", "'second-round model list' shows what there is.")
    found[0].check()
    return found[0]


def no_model() -> MissingPart:
    """The problem to raise where a practice needs a speech model and none is there."""
    return MissingPart(
        "There is no speech model yet.",
        "Fetch one with 'second-round model install' (41 MB).",
    )


def _from_choice(chosen: str, paths: AppPaths) -> list[ModelFolder]:
    if chosen == "sample":
        return [ModelFolder(sample_model_folder(), Origin.CHOSEN)]
    path = expanded(chosen)
    if path.is_dir():
        return _in_or_at(path, Origin.CHOSEN)
    if path.name == chosen:
        return [
            ModelFolder(folder / chosen, Origin.CHOSEN)
            for folder in (paths.speech_models, Path("/usr/share/vosk"), Path.home() / ".cache/vosk")
            if (folder / chosen).is_dir()
        ]
    return []


def _in_or_at(path: Path, origin: Origin) -> list[ModelFolder]:
    """The model at `path`, or those inside it (Vosk's own reading of VOSK_MODEL_PATH)."""
    if looks_like_a_model(path):
        return [ModelFolder(path, origin)]
    inside = sorted(_below(path, origin), key=_error_rate)
    return inside or ([ModelFolder(path, origin)] if path.is_dir() else [])


def _below(folder: Path, origin: Origin) -> Iterator[ModelFolder]:
    try:
        children = sorted(folder.iterdir())
    except OSError:
        return  # not there, or not ours to read
    for child in children:
        if child.is_dir() and not child.name.startswith(".") and looks_like_a_model(child):
            yield ModelFolder(child, origin)


def looks_like_a_model(path: Path) -> bool:
    """Whether a folder is meant as a model, be it whole or not."""
    return any(
        (path / part).exists() for part in ("am", "final.mdl", "graph/HCLG.fst", "graph/HCLr.fst")
    ) or path.name.startswith("vosk-model-")


def _error_rate(model: ModelFolder) -> float:
    known = {official.name: official.wer_talks for official in official_models()}
    return known.get(model.name, 50.0)


def _filled(file: Path) -> bool:
    try:
        return file.is_file() and file.stat().st_size > 0
    except OSError:
        return False

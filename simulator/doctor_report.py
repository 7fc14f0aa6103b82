"""A report of `doctor` to hand on: versions, states and figures, without a word about the person.

Details name folders, devices and banks. Here they are left out where a part works; where one does not, its sentence
is kept, and every path, and every name that is the user's own, is taken out of it.
"""

import getpass
import os
import platform
import re
import shutil
import socket
import sys
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, metadata, requires, version
from pathlib import Path
from typing import Any

from simulator import __version__
from simulator.doctor import CheckedPart, Findings, State
from simulator.errors import UserError
from simulator.paths import AppPaths
from simulator.settings import Settings, load_settings
from simulator.speech.devices import input_names

LEFT_OUT = "(left out)"
_PATH = re.compile(r"[^\s,;:()'\"“”]*[/\\~][^\s,;:()'\"“”]*")
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_SHORTEST = 3
"""Letters of a name from which it is looked for: shorter ones would be taken out of other words."""


def report(findings: Findings, paths: AppPaths) -> dict[str, Any]:
    """The report as a JSON document."""
    own = own_words(paths)
    return {
        "second_round": __version__,
        "python": platform.python_version(),
        "system": platform.system(),
        "release": platform.release(),
        "machine": platform.machine(),
        "processors": os.cpu_count(),
        "encoding": sys.stdout.encoding,
        "terminal": {"kind": os.environ.get("TERM", ""), "size": list(shutil.get_terminal_size())},
        "libraries": dict(_libraries()),
        "typed_interview": findings.typed_interview,
        "spoken_interview": findings.spoken_interview,
        "parts": [_part(part, own) for part in findings.parts],
    }


def _part(part: CheckedPart, own: Iterable[str]) -> dict[str, Any]:
    described: dict[str, Any] = {"part": part.part, "state": part.state.value, "figures": part.figures}
    if part.state is not State.READY:
        described |= {"detail": without(part.detail, own), "hint": without(part.hint, own)}
    return described


def without(text: str, own: Iterable[str]) -> str:
    """The text without paths, addresses and those words."""
    for word in sorted(own, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", LEFT_OUT, text, flags=re.IGNORECASE)
    return _PATH.sub(LEFT_OUT, _ADDRESS.sub(LEFT_OUT, text))


def own_words(paths: AppPaths) -> frozenset[str]:
    """Names that are the user's: of account, computer, folders, devices, banks, people of their own."""
    try:
        settings = load_settings(paths, lambda words: None)
    except UserError:
        settings = Settings()
    persons = [settings.candidate_name, _account(), socket.gethostname(), Path.home().name]
    chosen = {settings.microphone, settings.speaker, settings.speech_model, settings.bank, *settings.interviewers}
    usual = Settings()
    things = [
        *chosen - {usual.microphone, usual.speaker, usual.speech_model, usual.bank, *usual.interviewers},
        *settings.bank_folders, *map(str, (Path.home(), paths.data, paths.config, paths.cache)), *_devices(),
        *(file.stem for folder in (paths.banks, paths.interviewers, paths.rubrics) for file in _files(folder)),
    ]  # fmt: skip
    words = {*things, *persons, *(part for name in persons for part in re.split(r"[\W_]+", name))}
    return frozenset(word for word in words if len(word) >= _SHORTEST)


def _account() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""


def _devices() -> list[str]:
    try:
        return [device.name for device in input_names()]
    except UserError:
        return []


def _files(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []


def _libraries() -> Iterable[tuple[str, str]]:
    """What the app needs, each with its version here."""
    try:
        wanted = requires(metadata("second-round")["Name"]) or []
    except PackageNotFoundError:
        wanted = list(USED)
    for line in wanted:
        name = re.split(r"[^\w.-]", line, maxsplit=1)[0]
        try:
            yield name, version(name)
        except PackageNotFoundError:
            yield name, "not here"


USED = (
    "textual", "pyttsx3", "espeakng-loader", "vosk", "sounddevice", "soundfile", "soxr", "msgspec", "pyyaml",
    "platformdirs", "onnxruntime", "tokenizers", "numpy", "fsrs",
)  # fmt: skip
"""Where the app runs from its checkout and was never installed."""

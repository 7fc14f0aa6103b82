"""The user's settings: one schema from which the file, the command and the settings screen are made.

Kept as TOML in `paths.settings_file`, for the user alone. Only what differs from the defaults is
written, keys this version does not know are kept, and a file that cannot be read as TOML is set
aside under another name before anything new is written.
"""

import os
import sys
import time
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, TypeVar

from simulator.errors import UserError, WrongUse
from simulator.paths import AppPaths, private_folder, whole_file
from simulator.texts import did_you_mean, why_no_value

Value = str | int | bool | tuple[str, ...]
T = TypeVar("T", str, int, bool, tuple[str, ...])

MOST_BYTES = 32_000
"""No settings are that long; the standard library takes time by the square of some lines' length."""
HEADER = (
    "# The settings of Second Round. 'settings show' explains them, 'settings set NAME VALUE' changes one.\n"
    "# Keys it does not know are kept; comments of your own are not.\n\n"
)


def _setting(
    default: T,
    section: str,
    label: str,
    text: str,
    *,
    choices: tuple[str, ...] = (),
    least: int | None = None,
    most: int | None = None,
    unit: str = "",
    at_zero: str = "",
    hidden: bool = False,
) -> T:
    """A field of Settings with the words and limits that belong to it."""
    metadata = {
        "section": section,
        "label": label,
        "help": text,
        "choices": choices,
        "least": least,
        "most": most,
        "unit": unit,
        "at_zero": at_zero,
        "hidden": hidden,
    }
    made: Any = field(default=default, metadata=metadata)
    return made  # type: ignore[no-any-return]


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user chose. Each field's words, choices and limits are in SCHEMA."""

    candidate_name: str = _setting("", "You", "Your name", "What the interviewer calls you. Optional.")
    sound: str = _setting(
        "on", "Sound", "Interviewer's voice",
        "on: questions are spoken, with captions. captions: captions at reading pace, no sound. "
        "off: each question is shown at once.",
        choices=("on", "captions", "off"),
    )  # fmt: skip
    microphone: str = _setting(
        "", "Sound", "Microphone", "The name of the device that hears you. Empty: the system's choice."
    )
    speaker: str = _setting(
        "", "Sound", "Loudspeaker", "The name of the device that speaks. Empty: the system's choice."
    )
    voice_speed: int = _setting(
        100, "Sound", "Speed of the voice", "100 is each interviewer's own speed, 80 is slower, 120 faster.",
        least=50, most=200, unit="%",
    )  # fmt: skip
    speech_model: str = _setting(
        "",
        "Sound",
        "Speech model",
        "What turns your voice into words. Empty: the best one found. The sound check installs others.",
    )
    mode: str = _setting(
        "coach", "Interview", "Mode",
        "coach: feedback after each answer. realistic: feedback at the end. drill: one question again and again.",
        choices=("coach", "realistic", "drill"),
    )  # fmt: skip
    bank: str = _setting("first-round-general", "Interview", "Question bank", "Where the questions come from.")
    questions: int = _setting(
        6, "Interview", "Questions", "How many there are in an interview, the closing one included.",
        least=1, most=50,
    )  # fmt: skip
    interviewers: tuple[str, ...] = _setting(
        (),
        "Interview",
        "Interviewers",
        "Up to three who ask. Empty: one is chosen.",
        most=3,
    )
    probes: bool = _setting(
        True,
        "Interview",
        "Follow-up questions",
        "The interviewer may ask back once, where something is missing.",
    )
    think_seconds: int = _setting(
        30, "Interview", "Time to think",
        "A countdown before each answer that you speak; it never forces you. Who types sees none.",
        least=0, most=300, unit="seconds", at_zero="no countdown",
    )  # fmt: skip
    self_rating: bool = _setting(
        False, "Interview", "Rate yourself first", "Ask how you think it went, before the feedback is shown."
    )
    theme: str = _setting(
        "auto", "Look", "Theme", "auto leaves the choice to the app.",
        choices=("auto", "dark", "light", "high-contrast"),
    )  # fmt: skip
    reduced_motion: bool = _setting(False, "Look", "Less motion", "No animation: faces and captions do not move.")
    keep_recordings_days: int = _setting(
        0, "Storage", "Keep recordings for",
        "Older ones are deleted; words and scores stay. 0: for ever, until you delete them.",
        least=0, most=3650, unit="days", at_zero="for ever",
    )  # fmt: skip
    bank_folders: tuple[str, ...] = _setting(
        (), "Storage", "More bank folders", "More folders in which to look for question banks."
    )
    first_run_done: bool = _setting(
        False, "Storage", "Welcome shown", "Whether the welcome of the first start was left behind.", hidden=True
    )


@dataclass(frozen=True, slots=True)
class SettingSpec:
    """One setting as the command and the screen show it.

    `kind` is "text", "number", "switch", "choice" or "list". `least` and `most` bound a number, in `unit`; a list
    holds up to `most`. Hidden ones are the app's own memory and are not offered for change on the screen.
    """

    name: str
    kind: str
    section: str
    label: str
    help: str
    default: Value
    choices: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None
    unit: str = ""
    at_zero: str = ""
    """What 0 stands for, where it is no number like the others."""
    hidden: bool = False

    def check(self, value: object) -> Value:
        """`value` as this setting keeps it (a list becomes a tuple). Raises WrongUse when it does not fit."""
        match self.kind:
            case "switch":
                if isinstance(value, bool):
                    return value
            case "number":
                if isinstance(value, int) and not isinstance(value, bool) and self._in_bounds(value):
                    return value
            case "list":
                longest = self.most or sys.maxsize
                if isinstance(value, (list, tuple)) and len(value) <= longest and all(type(w) is str for w in value):
                    return tuple(value)
            case "choice":
                if value in self.choices and isinstance(value, str):
                    return value
            case _:
                if isinstance(value, str) and "\n" not in value:
                    return value
        raise WrongUse(f"The setting '{self.name}' cannot be {_shown(value)}.", f"It is {self.expected}.")

    def parse(self, text: str) -> Value:
        """The value that someone typed. Lists are separated by commas. Raises WrongUse when it does not fit."""
        text = text.strip()
        match self.kind:
            case "switch":
                known = {"on": True, "yes": True, "true": True, "off": False, "no": False, "false": False}
                return self.check(known.get(text.casefold(), text))
            case "number":
                bare = text.removesuffix(self.unit).strip() if self.unit else text
                return self.check(int(bare) if bare.lstrip("-").isdecimal() else text)
            case "list":
                return self.check([part.strip() for part in text.split(",") if part.strip()])
            case "choice":
                return self.check(text.casefold())
            case _:
                return self.check(text)

    @property
    def expected(self) -> str:
        """What it may be, for a sentence: "one of on, captions, off"."""
        match self.kind:
            case "switch":
                return "on or off"
            case "number":
                return f"a number from {self.least} to {self.most}{f' ({self.unit})' if self.unit else ''}"
            case "list":
                return f"a list{f' of up to {self.most}' if self.most else ''}, separated by commas"
            case "choice":
                return f"one of {', '.join(self.choices)}"
            case _:
                return "one line of text"

    def as_text(self, value: Value) -> str:
        """A value as `parse` reads it back."""
        if isinstance(value, bool):
            return "on" if value else "off"
        return ", ".join(value) if isinstance(value, tuple) else str(value)

    def _in_bounds(self, number: int) -> bool:
        return (self.least is None or number >= self.least) and (self.most is None or number <= self.most)


def _shown(value: object) -> str:
    return f"'{value}'" if isinstance(value, str) else str(value)


def _spec(name: str, default: Any, metadata: Mapping[str, Any]) -> SettingSpec:
    kind = {bool: "switch", int: "number", str: "text", tuple: "list"}[type(default)]
    return SettingSpec(name=name, kind="choice" if metadata["choices"] else kind, default=default, **metadata)


SCHEMA: Mapping[str, SettingSpec] = {
    each.name: _spec(each.name, each.default, each.metadata) for each in fields(Settings)
}
"""Every setting by its name, in the order in which they are shown."""


def spec_of(name: str) -> SettingSpec:
    """The setting of that name ("think-seconds" is "think_seconds"). Raises WrongUse with the nearest name."""
    spec = SCHEMA.get(name.replace("-", "_").casefold())
    if spec is not None:
        return spec
    raise WrongUse(
        f"There is no setting '{name}'.", did_you_mean(name.replace("-", "_"), SCHEMA, "'settings show' lists them.")
    )


def with_value(settings: Settings, name: str, text: str) -> Settings:
    """`settings` with one value as someone typed it. Raises WrongUse for an unknown name or an unfit value."""
    spec = spec_of(name)
    return replace(settings, **{spec.name: spec.parse(text)})  # type: ignore[arg-type]


def _to_stderr(sentence: str) -> None:
    sys.stderr.write(sentence + "\n")


def load_settings(paths: AppPaths, tell: Callable[[str], None] = _to_stderr) -> Settings:
    """The user's settings; defaults for what is not set.

    What is wrong in the file goes to `tell` as plain sentences and the default is used: a typing error
    must not keep anyone from practising. A file that is no TOML is set aside under another name.
    So is whatever else stands there that can never be read: a folder, a pipe, a device.
    """
    path = paths.settings_file
    try:
        raw = _read(path, tell)
    except UserError as problem:
        tell(f"{problem} Until then the defaults are used.")
        raw = {}
    known: dict[str, Value] = {}
    for name, value in raw.items():
        spec = SCHEMA.get(name)
        if spec is None:
            if hint := did_you_mean(name, SCHEMA):
                tell(f"{path}: there is no setting '{name}'. {hint}")
            continue
        try:
            known[name] = spec.check(value)
        except WrongUse as wrong:
            tell(f"{path}: {wrong} Until then it is {spec.as_text(spec.default) or 'empty'}.")
    return Settings(**known)  # type: ignore[arg-type]


def _read(path: Path, tell: Callable[[str], None]) -> dict[str, Any]:
    try:
        if path.exists() and not path.is_file():
            raise ValueError("it is no plain file")
        if path.exists() and path.stat().st_size > MOST_BYTES:
            raise ValueError(f"it has more than {MOST_BYTES // 1000} kB")
        text = path.read_bytes().decode("utf-8-sig")
        document = tomllib.loads(text)
        str(document)  # raises for a number that is written short (0xff...) and has thousands of digits
        return document
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (ValueError, RecursionError) as error:
        # ValueError is also what is no UTF-8, no TOML, or a number of thousands of digits.
        why = "it is nested too deeply" if isinstance(error, RecursionError) else why_no_value(error)
        aside = _set_aside(path)
        tell(f"The settings in {path} could not be read ({why}); the file is now {aside.name}. Defaults are used.")
        return {}
    except OSError as error:
        raise UserError(
            f"The settings in {path} cannot be read: {error.strerror or error}.",
            "Make the file readable, or set SIMULATOR_HOME to another folder.",
        ) from None


def _set_aside(path: Path) -> Path:
    stamp = time.strftime("%Y%m%d-%H%M%S")
    aside = path.with_name(f"{path.stem}.broken-{stamp}{path.suffix}")
    count = 1
    while aside.exists():
        count += 1
        aside = path.with_name(f"{path.stem}.broken-{stamp}-{count}{path.suffix}")
    try:
        path.rename(aside)
    except OSError as error:
        raise UserError(
            f"The settings in {path} could not be read, nor set aside: {error.strerror or error}.",
            "Mend or remove that file.",
        ) from None
    return aside


def save_settings(settings: Settings, paths: AppPaths) -> None:
    """Write the settings, all or nothing. Keys of other versions and values not changed stay as they are in the file.

    Raises UserError when the file cannot be written.
    """
    import tomli_w  # late

    # A symbolic link (settings kept among dotfiles) is followed, not replaced.
    path = Path(os.path.realpath(paths.settings_file))
    raw = _read(path, _to_stderr)
    for name, spec in SCHEMA.items():
        value = getattr(settings, name)
        if value != _effective(spec, raw):
            raw[name] = list(value) if isinstance(value, tuple) else value
    private_folder(paths.config)
    try:
        with whole_file(path) as file:
            file.write((HEADER + tomli_w.dumps(raw)).encode())
    except OSError as error:
        raise UserError(
            f"The settings cannot be written to {path}: {error.strerror or error}.",
            "Make the folder writable, or set SIMULATOR_HOME to another one.",
        ) from None


def _effective(spec: SettingSpec, raw: Mapping[str, Any]) -> Value:
    """The value that holds while `raw` is in the file."""
    try:
        return spec.check(raw[spec.name]) if spec.name in raw else spec.default
    except WrongUse:
        return spec.default

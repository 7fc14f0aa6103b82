"""The people who interview: who they are, what they value, what they say when asked.

One YAML file each, in `assets/interviewers/` or the user's own folder; described in
`docs/interviewers.md`. None of them exists.
"""

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from simulator.data_files import BrokenFile, Checker, Field, Finding, Record, parse_yaml, read_text
from simulator.speech.ports import VoiceStyle

CANDIDATE = "{candidate}"
MANNERS = ("warm", "brisk", "sceptical", "quiet")
TOPICS = (
    "first_months", "success", "team", "size", "start", "challenge", "priorities", "culture", "growth", "training",
    "day", "change", "values", "next_steps", "deciding", "pay", "terms", "unknown",
)  # fmt: skip
"""What candidates ask about (the topics of `assets/topics.yaml`); a file may answer any of them."""

_VOICE = (
    Field("gender", choices=("female", "male"), help="female or male."),
    Field("words_per_minute", "number", least=90, most=260),
    Field("pitch", "number", least=0, most=100),
    Field("variant", "number", least=0, most=9),
    Field("accent", choices=("us", "gb")),
)

FIELDS = (
    Field("interviewer", required=True, pattern=r"[a-z0-9][a-z0-9-]{0,60}", help="An id, such as ward-manager.",
          pattern_words="Write small letters, digits and hyphens."),
    Field("name", required=True, longest=60),
    Field("role", required=True, longest=80),
    Field("field", longest=60, help="The field of work, such as health."),
    Field("manner", required=True, choices=MANNERS),
    Field("voice", "record", fields=_VOICE),
    Field("greeting", required=True, longest=400, help="What this person says first; {candidate} becomes the name."),
    Field("thanks", required=True, longest=400, help="What this person says last."),
    Field("acknowledgements", "words", longest=120),
    Field("priorities", "words", required=True, longest=160, help="What matters most to this person."),
    Field("pressing_problem", required=True, longest=300),
    Field("competencies", "words", longest=60),
    Field("answers", "mapping", choices=TOPICS, longest=600),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Interviewer:
    """One interviewer. `answers` maps topics to what they say about them; see TOPICS."""

    id: str
    name: str
    role: str
    field: str = ""
    manner: str = "warm"
    voice: VoiceStyle = dataclasses.field(default_factory=VoiceStyle)
    greeting: str = ""
    thanks: str = ""
    acknowledgements: tuple[str, ...] = ()
    priorities: tuple[str, ...] = ()
    pressing_problem: str = ""
    competencies: tuple[str, ...] = ()
    answers: Mapping[str, str] = dataclasses.field(default_factory=dict)
    path: Path | None = None
    noted: bool = False
    """Somebody whom the candidate noted: only voice and manner are the app's."""


def read_interviewer(path: Path) -> Interviewer:
    """The interviewer in a file. Raises BrokenFile with everything that is wrong in it."""
    return parse_interviewer(read_text(path), path)


def parse_interviewer(text: str, path: Path) -> Interviewer:
    """The interviewer in a text; `path` is what findings name."""
    checker = Checker(path)
    record = checker.record(parse_yaml(text, path), FIELDS, "an interviewer's file")
    _check_places(record, checker)
    checker.finish()
    voice = record.get("voice")
    return Interviewer(
        id=record.get("interviewer"),
        voice=VoiceStyle(**voice.values) if voice else VoiceStyle(),
        path=path,
        **{
            each.name: record.values[each.name]
            for each in FIELDS[1:]
            if each.name in record.values and each.name != "voice"
        },
    )


def _check_places(record: Record, checker: Checker) -> None:
    """The only thing filled in is {candidate}, and only in the greeting and the thanks; nobody says braces aloud."""
    for name, value in record.values.items():
        texts = value.values() if isinstance(value, Mapping) else value if isinstance(value, tuple) else (value,)
        allowed = CANDIDATE if name in ("greeting", "thanks") else ""
        for text in texts:
            if isinstance(text, str) and set("{}") & set(text.replace(allowed, "") if allowed else text):
                instead = f"Write {CANDIDATE} for the candidate's name." if allowed else "Write it out."
                checker.find_at(record.places[name], f"'{name}' has braces that nothing is filled into.", instead)


def find_interviewers(folders: Iterable[Path]) -> list[Interviewer]:
    """All interviewers that can be read; files with errors are left to `broken_interviewers`.

    Of two with one id the one of the later folder counts, so that a shipped one may be replaced by one's own.
    """
    return _find(folders)[0]


def broken_interviewers(folders: Iterable[Path]) -> list[BrokenFile]:
    """The files of interviewers that cannot be used, with their errors."""
    return _find(folders)[1]


def same_id(path: Path, interviewer_id: str, other: Path | None) -> Finding:
    """What is wrong when two interviewers have one id."""
    what = f"the id '{interviewer_id}' is used by {other} too."
    return Finding(str(path), 1, 1, what, "Give one of them another id.")


def _find(folders: Iterable[Path]) -> tuple[list[Interviewer], list[BrokenFile]]:
    found: dict[str, tuple[int, Interviewer]] = {}
    broken: list[BrokenFile] = []
    for number, folder in enumerate(folders):
        try:
            paths = interviewer_paths(folder)
        except PermissionError:
            locked = Finding(str(folder), 1, 1, "this folder may not be looked into.", "Check its rights.")
            broken.append(BrokenFile(folder, [locked]))
            continue
        for path in paths:
            try:
                interviewer = read_interviewer(path)
            except BrokenFile as problem:
                broken.append(problem)
                continue
            there = found.get(interviewer.id)
            if there and there[0] == number:
                broken.append(BrokenFile(path, [same_id(path, interviewer.id, there[1].path)]))
            else:
                found[interviewer.id] = (number, interviewer)
    return [interviewer for _, interviewer in found.values()], broken


def interviewer_paths(folder: Path) -> list[Path]:
    """The interviewers' files of a folder, in order."""
    if not folder.is_dir():
        return []
    return sorted(
        path
        for path in folder.iterdir()
        if path.suffix.lower() in (".yaml", ".yml") and not path.name.startswith(".") and not path.is_dir()
    )

"""The people who interview: who they are, what they value, what they say when asked.

One YAML file each, in `assets/interviewers/` or the user's own folder; described in
`docs/interviewers.md`. None of them exists.
"""

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from simulator.data_files import BrokenFile, Checker, Field, parse_yaml, read_text
from simulator.speech.ports import VoiceStyle

MANNERS = ("warm", "brisk", "sceptical", "quiet")
TOPICS = (
    "first_months", "success", "team", "challenge", "priorities", "culture", "growth", "training", "day", "change",
    "values", "next_steps", "pay", "unknown",
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


def read_interviewer(path: Path) -> Interviewer:
    """The interviewer in a file. Raises BrokenFile with everything that is wrong in it."""
    checker = Checker(path)
    record = checker.record(parse_yaml(read_text(path), path), FIELDS, "an interviewer's file")
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


def find_interviewers(folders: Iterable[Path]) -> list[Interviewer]:
    """All interviewers that can be read; a file with errors is left to `interviewers check`, which names them."""
    found: dict[str, Interviewer] = {}
    for folder in folders:
        for path in sorted(folder.glob("*.y*ml")) if folder.is_dir() else ():
            try:
                interviewer = read_interviewer(path)
            except BrokenFile:
                continue
            found.setdefault(interviewer.id, interviewer)
    return list(found.values())


def broken_interviewers(folders: Iterable[Path]) -> list[BrokenFile]:
    """The files of interviewers that cannot be read, with their errors."""
    broken: list[BrokenFile] = []
    for folder in folders:
        for path in sorted(folder.glob("*.y*ml")) if folder.is_dir() else ():
            try:
                read_interviewer(path)
            except BrokenFile as problem:
                broken.append(problem)
    return broken

"""Question banks on disk: reading, finding and checking them. The format is in `docs/question_banks.md`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from simulator.data_files import Checker, Field, Record, nearest, shown
from simulator.questions.bank import (
    DEFAULT_RUBRICS,
    DEFAULT_TARGET_SECONDS,
    Bank,
    Kind,
    Probe,
    Question,
    WorkedAnswer,
)
from simulator.yaml_nodes import (
    BrokenFile,
    Finding,
    Node,
    drop,
    in_short,
    let_go,
    parse_yaml,
    quiet_collector,
    read_text,
)

COMPETENCIES = (
    "self-presentation", "motivation", "teamwork", "leadership", "conflict", "initiative", "problem-solving",
    "learning", "reliability", "customer-care", "communication", "planning", "pressure", "integrity", "safety",
    "adaptability", "expertise", "curiosity", "self-awareness",
)  # fmt: skip
"""What the shipped banks use; a bank of your own may use other words."""

RUBRICS = ("examples", "motivation", "questions")
ENDINGS = (".yaml", ".yml")
ID_PATTERN = r"[a-z0-9][a-z0-9-]{0,80}"
ID_WORDS = "Write small letters, digits and hyphens, such as first-day."

EXAMPLE_FIELDS = (
    Field("who", required=True, longest=120, help="Who says it, such as Ward nurse, 34."),
    Field("level", choices=("strong", "weak"), help="A weak one shows what to avoid; strong where it is left out."),
    Field("answer", required=True, longest=2_000, help="The answer as it is spoken."),
    Field("remark", longest=300, help="What makes it work, or what is wrong with it, in a sentence."),
)

QUESTION_FIELDS = (
    Field("id", required=True, pattern=ID_PATTERN, pattern_words=ID_WORDS, help="A short name of its own."),
    Field("ask", required=True, longest=600, help="The words that are spoken."),
    Field("kind", required=True, choices=tuple(kind.value for kind in Kind)),
    Field("competency", longest=60, pattern=r"[a-z][a-z0-9-]*", pattern_words="Write it like problem-solving.",
          help="What the question is about.", examples=COMPETENCIES),
    Field("rubrics", "words", longest=60, help="Which rubrics score the answer; by default those of the kind.",
          examples=RUBRICS),
    Field("target_seconds", "number", least=10, most=600, help="What a good spoken answer takes."),
    Field("guidance", longest=1_200, help="What a strong answer does, in two or three sentences."),
    Field("probes", "mapping", choices=tuple(probe.value for probe in Probe), longest=300,
          help="What the interviewer asks when that part is missing."),
    Field("tags", "words", longest=40),
    Field("examples", "records", fields=EXAMPLE_FIELDS, help="Worked answers, offered after the own first try."),
)  # fmt: skip

BANK_FIELDS = (
    Field("bank", required=True, pattern=ID_PATTERN, pattern_words=ID_WORDS, help="The id of the bank."),
    Field("title", required=True, longest=120),
    Field("language", choices=("en",), help="Only English is scored."),
    Field("licence", longest=80),
    Field("description", longest=1_200),
    Field("questions", "records", required=True, fields=QUESTION_FIELDS),
)


@dataclass(frozen=True, slots=True)
class BrokenBank:
    """A bank with errors, listed as broken with its reason. `id` is its file's name."""

    id: str
    path: Path
    findings: tuple[Finding, ...]

    def __str__(self) -> str:
        return in_short(self.findings)


def read_bank(path: Path, rubrics: Sequence[str] | None = None) -> Bank:
    """The bank in a file. `rubrics` are the names known (None: any). Raises BrokenFile with all that is wrong."""
    return parse_bank(read_text(path), path, rubrics)


def parse_bank(text: str, path: Path, rubrics: Sequence[str] | None = None) -> Bank:
    """The bank in a text; `path` is what findings name."""
    with quiet_collector(len(text)):
        root = parse_yaml(text, path)
        try:
            return bank_of(root, path, rubrics)
        finally:
            let_go(root)


def bank_of(root: Node, path: Path, rubrics: Sequence[str] | None = None) -> Bank:
    """The bank in a document that was parsed already."""
    checker = Checker(path)
    record = checker.record(root, BANK_FIELDS, "a question bank")
    entries: list[Record] = record.get("questions") or []
    _check_ids(entries, checker)
    if rubrics is not None:
        _check_rubrics(entries, rubrics, checker)
    checker.finish()
    questions = tuple(_question(entry) for entry in entries)
    drop(entries)
    return Bank(
        id=record.get("bank"),
        title=record.get("title"),
        language=record.get("language", "en"),
        licence=record.get("licence", ""),
        description=record.get("description", ""),
        questions=questions,
        path=path,
    )


def _check_ids(entries: Sequence[Record], checker: Checker) -> None:
    seen: dict[str, int] = {}
    for entry in entries:
        question_id = entry.get("id")
        if question_id in seen:
            place = entry.places["id"]
            checker.find_at(
                place, f"the id '{question_id}' is used on line {seen[question_id]} too.", "Choose another."
            )
        elif question_id:
            seen[question_id] = entry.places["id"][0]


def _check_rubrics(entries: Sequence[Record], known: Sequence[str], checker: Checker) -> None:
    for entry in entries:
        for name in entry.get("rubrics") or ():
            if name not in known:
                checker.find_at(entry.places["rubrics"], f"there is no rubric '{shown(name)}'.", nearest(name, known))


def _question(entry: Record) -> Question:
    kind = Kind(entry.get("kind"))
    return Question(
        id=entry.get("id"),
        ask=entry.get("ask"),
        kind=kind,
        competency=entry.get("competency", ""),
        rubrics=entry.get("rubrics") or DEFAULT_RUBRICS[kind],
        target_seconds=entry.get("target_seconds", DEFAULT_TARGET_SECONDS),
        guidance=entry.get("guidance", ""),
        probes={Probe(name): words for name, words in (entry.get("probes") or {}).items()},
        tags=entry.get("tags") or (),
        examples=tuple(_example(each) for each in entry.get("examples") or ()),
    )


def _example(entry: Record) -> WorkedAnswer:
    weak = entry.get("level") == "weak"
    return WorkedAnswer(entry.get("answer"), entry.get("who"), entry.get("remark", ""), weak)


def find_banks(folders: Iterable[Path]) -> list[Bank | BrokenBank]:
    """All banks in the folders, in the order of the folders and file names; broken ones as broken.

    The first folder is the shipped one. A bank of the user's with the id of a shipped one stands in its
    place; of two others with one id the second is listed as broken.
    """
    found: dict[str, Bank] = {}
    listed: list[Bank | BrokenBank] = []
    for number, folder in enumerate(folders):
        try:
            paths = bank_paths(folder)
        except OSError as error:
            what = f"this folder cannot be read: {error.strerror or error}."
            listed.append(BrokenBank(folder.name, folder, (Finding(str(folder), 1, 1, what, "Check its rights."),)))
            continue
        for path in paths:
            bank = _remembered(path)
            if isinstance(bank, Bank):
                bank = replace(bank, shipped=True) if number == 0 else bank
                other = found.get(bank.id)
                if other is None:
                    found[bank.id] = bank
                elif other.shipped and number > 0:
                    found[bank.id] = bank
                    listed[listed.index(other)] = bank
                    continue
                elif other.path is not None and path.resolve() == other.path.resolve():
                    continue
                else:
                    bank = BrokenBank(bank.id, path, (same_id(bank, other),))
            listed.append(bank)
    return listed


def same_id(bank: Bank, other: Bank) -> Finding:
    """What is wrong when two banks have one id."""
    what = f"the bank id '{bank.id}' is used by {other.path} too."
    return Finding(str(bank.path), 1, 1, what, "Give one of them another id.")


def bank_paths(folder: Path) -> list[Path]:
    """The bank files of a folder, in order; a link that leads nowhere too, so that it is told of. Raises OSError."""
    if not folder.exists():
        return []
    return sorted(
        path
        for path in folder.iterdir()
        if path.suffix.lower() in ENDINGS and not path.name.startswith(".") and not path.is_dir()
    )


last_read: dict[Path, tuple[tuple[int, int, int], Bank | BrokenBank]] = {}
"""What each file held when it was read last, by its time, size and number: an unchanged one is not read again."""


def _remembered(path: Path) -> Bank | BrokenBank:
    try:
        status = path.stat()
    except OSError:
        return _read_or_broken(path)
    stamp = (status.st_mtime_ns, status.st_size, status.st_ino)
    known = last_read.get(path)
    if known is None or known[0] != stamp:
        known = last_read[path] = (stamp, _read_or_broken(path))
    return known[1]


def _read_or_broken(path: Path) -> Bank | BrokenBank:
    try:
        return read_bank(path)
    except BrokenFile as broken:
        return BrokenBank(path.stem, path, broken.findings)

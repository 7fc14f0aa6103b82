"""Every reader of files, a file in order for each, and what spoils it.

`test_fuzz.py` tries a few spoilt files on each reader, `python -m tests.reliability --fuzz 1000000` as many as one
likes, in turn, and prints what was slow, large or no `UserError`.
"""

import io
import json
import random
import signal
import sys
import time
import traceback
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from simulator.classroom.assignment import assignment_text, make_assignment, read_assignment
from simulator.commands.score_lines import Defaults, scored_line
from simulator.errors import UserError
from simulator.followup.debrief_file import read_debrief
from simulator.interview.interviewer import read_interviewer
from simulator.paths import user_paths
from simulator.preparation.posting_text import check_posting, read_posting_file
from simulator.preparation.story_files import read_stories
from simulator.questions.bank_files import parse_bank, read_bank
from simulator.questions.importing import read_import
from simulator.questions.installing import read_package
from simulator.scoring.rubric_check import check_rubric
from simulator.sessions.archive import full_json, write_archive
from simulator.sessions.archive_reading import read_archive
from simulator.sessions.store import Store
from simulator.settings import load_settings
from simulator.sheets import rows_in, sheet_bytes
from simulator.speech.model_archives import unpack_model
from simulator.speech.recording import to_flac
from simulator.speech.sound_files import read_sound
from simulator.speech.transcript_files import transcript_from
from simulator.texts import read_json, read_plain_text
from tests.questions.samples import docx, samples
from tests.questions.some_banks import BANK
from tests.reliability.scripted import POSTING, PROJECT, STORY
from tests.sessions.made import practice
from tests.speech.sounds import tone, write_wav

SCRAPS = (
    b"",
    b"\0",
    b"\xff",
    b"\xed\xa0\x80",
    b"\\ud800",
    b"[" * 300,
    b'{"a":' * 300,
    b"9" * 5_000,
    b"-1",
    b"1e999",
    b"NaN",
    b"null",
    b"true",
    b'""',
    b"[]",
    b"{}",
    b"\n",
    b"\r\n",
    b"\t",
    b": ",
    b"- ",
    b"'",
    b'"',
    b"&a ",
    b"*a",
    b"PK\x03\x04",
    b"\x80" * 40,
    b"/../../",
    b"\xe2\x80\xae",
    b"\x1b[2J",
    b"a" * 5_000,
)


@dataclass(frozen=True)
class Reader:
    """A file's name, what is in one that is in order, and what reads it."""

    name: str
    whole: Callable[[], bytes]
    read: Callable[[Path], object]


def with_store(work: Callable[[Store], object]) -> None:
    """Do something with a store in the test's home."""
    paths = user_paths()
    paths.data.mkdir(parents=True, exist_ok=True)
    store = Store(paths.database)
    try:
        work(store)
    finally:
        store.close()


def take_in(path: Path) -> None:
    with_store(lambda store: read_archive(path, store, user_paths().recordings))


def open_store(path: Path) -> None:
    store = Store(path)
    try:
        for summary in store.summaries():
            store.session(summary.id)
        store.search("team")
        store.documents("story")
    finally:
        store.close()


def put_settings(path: Path) -> None:
    paths = user_paths()
    paths.config.mkdir(parents=True, exist_ok=True)
    paths.settings_file.write_bytes(path.read_bytes())
    load_settings(paths, lambda words: None)


def transcript(path: Path) -> None:
    transcript_from(read_json(read_plain_text(path), "It", ""), "It")


def score_lines(path: Path) -> None:
    defaults = Defaults("Why?", "", (), None, (), ())
    for line in read_plain_text(path).split("\n")[:20]:
        # Too short to be read by the model: the line's form is what is tried here.
        assert scored_line(line, defaults) is not None


def unpack(path: Path) -> None:
    folder = path.with_suffix("")
    folder.mkdir(exist_ok=True)
    unpack_model(path, folder, lambda done, total: None, lambda: False)


def history() -> bytes:
    target = user_paths().data / "history.zip"

    def write(store: Store) -> None:
        store.replace(practice())
        store.keep_document("note", "a", "some words")
        write_archive(store, user_paths().recordings, target)

    with_store(write)
    return target.read_bytes()


def store_file() -> bytes:
    with_store(lambda store: store.replace(practice()))
    return user_paths().database.read_bytes()


def packed(*names: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, content)
    return out.getvalue()


def model() -> bytes:
    """An archive with the names of a model's files, each of some bytes."""
    folder = PROJECT / "assets" / "sample_speech_model"
    names = [f"model/{path.relative_to(folder)}" for path in folder.rglob("*") if path.is_file()]
    return packed(*names, content=bytes(range(64)))


def shipped_text(name: str) -> Callable[[], bytes]:
    return lambda: (PROJECT / name).read_bytes()


def sheet() -> bytes:
    return sheet_bytes([("Class", ("question", "text"), [("Why?", "i led a team because of it"), ("How?", 7)])])


def flac() -> bytes:
    paths = user_paths()
    paths.data.mkdir(parents=True, exist_ok=True)
    return to_flac(write_wav(paths.data / "tone.wav", tone(300, 0.5))).read_bytes()


def assignment() -> bytes:
    return assignment_text(make_assignment(parse_bank(BANK, Path("bank.yaml"))), {}).encode()


def pdf() -> bytes:
    """A page with the words of a posting."""
    lines = "".join(f"({line}) Tj T* " for line in WANTED.split("\n"))
    stream = f"BT /F1 12 Tf 14 TL 40 700 Td {lines}ET"
    objects = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    out, paths = "%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        paths.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in paths)
    end = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return f"{out}xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{end}".encode()


def posting(path: Path) -> None:
    check_posting(read_posting_file(path))


def table(path: Path) -> None:
    for _ in rows_in(path):
        pass


WORDS = b'{"words": [{"text": "i", "start": 0.5, "end": 1}, "led", "it"], "duration": 2.0}'
LINE = b'{"id": 1, "question": "Why?", "kind": "motivation", "text": "i did", "heard": ["a"], "target_seconds": 60}\n'
WANTED = f"{POSTING}- You will work with the doctors and the families on our ward at night\n" * 4
DEBRIEF = b"date: 2026-11-20\n# Anna Berg, ward manager\n- They need somebody for nights.\n"
READERS = (
    Reader("bank.yaml", BANK.encode, read_bank),
    Reader("interviewer.yaml", shipped_text("assets/interviewers/ward-manager.yaml"), read_interviewer),
    Reader("rubric.yaml", shipped_text("assets/rubrics/examples/safety_awareness.yaml"), check_rubric),
    Reader("stories.yaml", STORY.encode, read_stories),
    Reader("stories.md", lambda: b"# The rota\nSituation: a\nAction: b\nResult: c\n", read_stories),
    Reader("list.csv", lambda: b"question,kind\nHow do you plan?,behavioural\n", read_import),
    Reader("list.md", lambda: b"# Some\n- Why?\n- [ ] **How** [a](b)?\n| a | b |\n|---|---|\n", read_import),
    Reader("list.json", lambda: b'[{"ask": "Why?", "tags": ["a"]}, "How so?"]', read_import),
    Reader("list.txt", lambda: b"#separator:tab\n#html:true\nWhy?\t<b>x</b>\n", read_import),
    Reader("banks.zip", lambda: packed("b.yaml", content=BANK.encode()), read_package),
    Reader("settings.toml", lambda: b"questions = 5\nmode = 'drill'\nbank_folders = ['~/a']\n", put_settings),
    Reader("transcript.json", lambda: WORDS, transcript),
    Reader("class.jsonl", lambda: LINE * 3, score_lines),
    Reader("session.json", lambda: json.dumps(full_json(practice())).encode(), take_in),
    Reader("history.zip", history, take_in),
    Reader("model.zip", model, unpack),
    Reader("sound.wav", shipped_text("assets/trial_speech.wav"), lambda path: sum(map(len, read_sound(path)))),
    Reader("sound.flac", flac, lambda path: sum(map(len, read_sound(path)))),
    Reader("store.sqlite3", store_file, open_store),
    Reader("assignment.json", assignment, read_assignment),
    Reader("debrief.md", lambda: DEBRIEF, read_debrief),
    Reader("posting.pdf", pdf, posting),
    Reader("posting.docx", lambda: docx([f"p|{line}" for line in WANTED.split("\n")]), posting),
    Reader("posting.html", lambda: f"<ul><li>{WANTED}</li></ul>".encode(), posting),
    Reader("class.csv", lambda: b"question,text\nWhy?,i led it\n", table),
    Reader("class.xlsx", sheet, table),
    *(Reader(each.name, lambda raw=each.raw: raw, read_import) for each in samples()),  # type: ignore[misc]
)


def spoilt(whole: bytes, chance: random.Random) -> bytes:
    """The bytes with some things changed, cut out, doubled or put in; in a zip, sometimes inside one of its files."""
    if whole[:2] == b"PK" and chance.random() < 0.7:
        return _spoilt_inside(whole, chance)
    raw = bytearray(whole)
    for _ in range(chance.randint(1, 5)):
        at = chance.randrange(len(raw) + 1)
        to = min(len(raw), at + chance.choice((1, 1, 2, 8, 64, 1024)))
        match chance.randrange(6):
            case 0:
                raw[at:to] = bytes(chance.randrange(256) for _ in range(to - at))
            case 1:
                del raw[at:to]
            case 2:
                raw[at:at] = raw[at:to]
            case 3:
                del raw[at:]
            case 4:
                raw[at:to] = chance.choice(SCRAPS)
            case _:
                raw[at:at] = chance.choice(SCRAPS)
    return bytes(raw)


def _spoilt_inside(whole: bytes, chance: random.Random) -> bytes:
    """The same zip, in order, with one of its files spoilt."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        names = source.namelist()
        chosen = chance.choice(names)
        for name in names:
            content = source.read(name)
            target.writestr(name, spoilt(content, chance) if name == chosen else content)
    return out.getvalue()


# Many.

SLOW_SECONDS = 5.0
LARGE_MB = 500.0
HANGS_SECONDS = 60


@dataclass(slots=True)
class Tried:
    """What came of the inputs of one reader."""

    inputs: int = 0
    read: int = 0
    slowest: float = 0.0
    slow: list[int] = field(default_factory=list)
    """The numbers of those that took too long; `spoilt` makes the same from the same number."""
    failed: dict[int, str] = field(default_factory=dict)
    """Those that ended in anything but a UserError, and how."""


def fuzz(folder: Path, inputs: int, first: int = 0, turn_seconds: float = 1.0) -> Iterator[dict[str, Tried]]:
    """Try spoilt inputs on every reader, each for the same time in turn; what came of them after each round."""
    wholes = {reader.name: reader.whole() for reader in READERS}
    tried = {reader.name: Tried() for reader in READERS}
    while sum(each.inputs for each in tried.values()) < inputs:
        for reader in READERS:
            one, until = tried[reader.name], time.monotonic() + turn_seconds
            while time.monotonic() < until:
                _try_one(reader, folder / reader.name, wholes[reader.name], first + one.inputs, one)
        yield tried


def _try_one(reader: Reader, path: Path, whole: bytes, number: int, one: Tried) -> None:
    write_spoilt(path, whole, number)
    one.inputs += 1
    # The processor's time: on a busy machine the clock tells of the others.
    began = time.process_time()
    try:
        with _at_most(HANGS_SECONDS):
            reader.read(path)
        one.read += 1
    except UserError:
        pass
    except Exception:  # noqa: BLE001 - this is what is looked for
        one.failed[number] = traceback.format_exc()
    took = time.process_time() - began
    one.slowest = max(one.slowest, took)
    if took > SLOW_SECONDS:
        one.slow.append(number)


def write_spoilt(path: Path, whole: bytes, number: int) -> None:
    """Write the input of that number, and nothing beside it."""
    for side in ("-wal", "-shm", "-check"):
        path.with_name(path.name + side).unlink(missing_ok=True)
    path.write_bytes(spoilt(whole, random.Random(number)))


@contextmanager
def _at_most(seconds: int) -> Iterator[None]:
    """End what takes so long (of the processor: on a busy machine the clock tells of the others)."""
    if not hasattr(signal, "SIGPROF"):
        yield
        return

    def too_long(*_: object) -> None:
        raise TimeoutError(f"it took more than {seconds} s")

    before = signal.signal(signal.SIGPROF, too_long)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def most_memory() -> float:
    """The most memory that this process has had, in MB; 0 where the system does not tell."""
    if sys.platform == "win32":
        return 0.0
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)

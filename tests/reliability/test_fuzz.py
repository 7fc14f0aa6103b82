"""Whatever the bytes: every reader gives what is in a file, or a sentence; never a traceback.

A few seeds by default; `RELIABILITY_CASES=10000` tries as many on each reader.
"""

import io
import json
import random
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from simulator.commands.score_lines import Defaults, scored_line
from simulator.errors import UserError
from simulator.interview.interviewer import read_interviewer
from simulator.paths import user_paths
from simulator.preparation.story_files import read_stories
from simulator.questions.bank_files import read_bank
from simulator.questions.importing import read_import
from simulator.questions.installing import read_package
from simulator.scoring.rubric_check import check_rubric
from simulator.sessions.archive import full_json, read_archive, write_archive
from simulator.sessions.store import Store
from simulator.settings import load_settings
from simulator.speech.model_archives import unpack_model
from simulator.speech.sound_files import read_sound
from simulator.speech.transcript_files import transcript_from
from simulator.texts import read_json, read_plain_text
from tests.questions.some_banks import BANK
from tests.reliability.scripted import PROJECT, STORY
from tests.sessions.made import practice

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


WORDS = b'{"words": [{"text": "i", "start": 0.5, "end": 1}, "led", "it"], "duration": 2.0}'
LINE = b'{"id": 1, "question": "Why?", "kind": "motivation", "text": "i did", "heard": ["a"], "target_seconds": 60}\n'
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
    Reader("store.sqlite3", store_file, open_store),
)


def spoilt(whole: bytes, chance: random.Random) -> bytes:
    """The bytes with some things changed, cut out, doubled or put in."""
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


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_a_spoilt_file_is_read_or_told_in_a_sentence(reader: Reader, tmp_path: Path, cases: int) -> None:
    whole = reader.whole()
    path = tmp_path / reader.name
    path.write_bytes(whole)
    reader.read(path)  # as it is, it is in order

    @seed(7)
    @settings(max_examples=5 * cases, deadline=None, database=None)
    @given(st.integers(0, 2**32))
    def try_one(number: int) -> None:
        for side in ("-wal", "-shm", "-check"):
            path.with_name(path.name + side).unlink(missing_ok=True)
        path.write_bytes(spoilt(whole, random.Random(number)))
        try:
            reader.read(path)
        except UserError as problem:
            words = str(problem)
            assert 0 < len(words) < 3_000
            assert "Traceback" not in words

    try_one()

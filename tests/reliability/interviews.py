"""Whole interviews in which every answer follows from its prompt, so that two of them can be compared."""

import io
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from simulator.interview.conversation import Conversation
from simulator.interview.events import Phase
from simulator.paths import AppPaths
from simulator.plain import PlainInterview
from simulator.services import Services
from simulator.sessions.session import Session
from simulator.sessions.store_file import StoreFile
from simulator.settings import Settings

WORDS = "last winter i led a team of four and i wrote a new rota because of that we lost nobody for a year"


def words_for(conversation: Conversation) -> str:
    """What is answered where the interview stands: always the same to the same prompt, and known by it."""
    place = conversation.state
    if place.phase is Phase.FEEDBACK:
        return ""
    prompt = place.prompt.text if place.prompt else ""
    number = sum(map(ord, prompt)) % 900 + 100
    return f"{WORDS} with {number} people" if place.rounds == 0 else "no thank you that was everything"


def typed_lines(conversation: Conversation) -> Iterator[str]:
    """Somebody who types as long as they are asked."""
    while True:
        yield words_for(conversation)


def hold_plain(services: Services, conversation: Conversation, interactive: bool, resumed: bool = False) -> Session:
    """Hold an interview, or the rest of one, as text."""
    interview = PlainInterview(services, conversation, typed_lines(conversation), io.StringIO(), interactive)
    return interview.run(resumed)


def services_in(folder: Path) -> Services:
    """The parts of an interview over a home of its own."""
    return Services(AppPaths(folder, folder, folder / "cache"), Settings(candidate_name="Sam", think_seconds=0))


@contextmanager
def copies_after_each_commit(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Path]]:
    """Homes with the store as it was on the disk after each commit, as a kill right then leaves it."""
    homes: list[Path] = []
    writing = StoreFile.writing

    @contextmanager
    def copied(self: StoreFile) -> Iterator[object]:
        with writing(self) as db:
            yield db
        home = folder / f"{len(homes):03d}"
        home.mkdir(parents=True)
        with sqlite3.connect(self.path) as source, sqlite3.connect(home / self.path.name) as copy:
            source.backup(copy)
        source.close()
        copy.close()
        homes.append(home)

    with monkeypatch.context() as patch:
        patch.setattr(StoreFile, "writing", copied)
        yield homes


def said(session: Session) -> list[tuple[str, list[str]]]:
    """All that was said, answer by answer."""
    return [(answer.id, [each.transcript.text for each in answer.utterances]) for answer in session.answers]


def fresh_copy(home: Path, name: str) -> Path:
    """The same home once more."""
    return Path(shutil.copytree(home, home.with_name(f"{home.name}-{name}")))

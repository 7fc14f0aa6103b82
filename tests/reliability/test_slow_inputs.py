"""No text takes more than its share of time: every reader takes ten times as long for ten times as much.

No time is asserted: what is measured (in seconds of the processor, which a busy machine does not stretch) stands
beside what reading an ordinary question bank of the same size takes here and now.
"""

import time
from collections.abc import Callable
from functools import lru_cache, partial
from pathlib import Path

import pytest

from simulator.assessment import MOST_WORDS, score_answer
from simulator.classroom.assignment import read_assignment
from simulator.errors import UserError
from simulator.followup.debrief_file import parse_debrief
from simulator.followup.interview_record import InterviewRecord, RecordedInterviewer
from simulator.followup.letter_check import check_letter
from simulator.interview.interviewer import parse_interviewer
from simulator.paths import user_paths
from simulator.preparation.posting_text import check_posting, without_html
from simulator.preparation.stories import new_story
from simulator.preparation.story_files import stories_in
from simulator.questions.advice import private, spoken_notes
from simulator.questions.bank_files import parse_bank
from simulator.questions.importing import ImportFormat, find_format, import_text
from simulator.scoring.rubric_check import parse_rubric
from simulator.scoring.scorer import AnswerContext
from simulator.sessions.archive_reading import read_archive
from simulator.sessions.correcting import corrected
from simulator.sessions.store import Store
from simulator.settings import load_settings
from simulator.speech.captions import caption_track
from simulator.speech.transcript import typed
from simulator.speech.transcript_files import transcript_from
from simulator.texts import read_json
from simulator.yaml_nodes import parse_yaml
from tests.questions.some_banks import BANK

SIZE = 200_000
SHORT = SIZE // 10
MOST_BASELINES = 30.0
"""How many times an ordinary bank of that size a text may take; by the square it would be hundreds."""
HERE = Path("b.yaml")
ANNA = RecordedInterviewer("anna", "Anna Berg", "ward manager", asked=("Why?",))
RECORD = InterviewRecord("20261123-140509-7f3a", "2026-11-23", "Sam", interviewers=(ANNA,))
QUESTIONS = "bank: a\ntitle: A\nquestions:\n"


def settings(text: str) -> None:
    paths = user_paths()
    paths.settings_file.parent.mkdir(parents=True, exist_ok=True)
    paths.settings_file.write_text(text, encoding="utf-8")
    load_settings(paths, lambda words: None)


def session(text: str) -> None:
    paths = user_paths()
    paths.data.mkdir(parents=True, exist_ok=True)
    file = paths.data / "session.json"
    file.write_text(text, encoding="utf-8")
    store = Store(paths.database)
    try:
        read_archive(file, store, paths.recordings)
    finally:
        store.close()


def search(text: str) -> None:
    paths = user_paths()
    store = Store(paths.database)
    try:
        store.search(text)
    finally:
        store.close()


def assignment(text: str) -> None:
    file = user_paths().data / "work.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    read_assignment(file)


def import_as(form: ImportFormat, text: str) -> object:
    return import_text(text, Path("a"), form)


FILES_ONLY = (ImportFormat.EXCEL, ImportFormat.WORD, ImportFormat.OPENDOCUMENT)
"""Packed files, not text: their sizes are bounded before they are unpacked."""
READERS: dict[str, Callable[[str], object]] = {
    **{
        f"import {form}": partial(import_as, form)
        for form in ImportFormat
        if form not in FILES_ONLY
    },
    "find format": find_format,
    "stories in Markdown": lambda text: stories_in(text, Path("a.md")),
    "stories in YAML": lambda text: stories_in(text, HERE),
    "bank": lambda text: parse_bank(text, HERE, None),
    "bank, its questions": lambda text: parse_bank(QUESTIONS + text, HERE, None),
    "bank, a question": lambda text: parse_bank(f"{QUESTIONS}  - id: a\n    ask: {text}", HERE, None),
    "rubric": lambda text: parse_rubric(text, HERE),
    "interviewer": lambda text: parse_interviewer(text, HERE),
    "settings": settings,
    "transcript": lambda text: transcript_from(read_json(text, "It", ""), "It"),
    "session": session,
    "search": search,
    "debrief": lambda text: parse_debrief(f"date: 2026-11-20\n# Anna Berg\n{text}"),
    "posting": lambda text: check_posting(without_html(text)),
    "letter": lambda text: check_letter(text, ANNA, RECORD),
    "assignment": assignment,
    "notes on a question": lambda text: (spoken_notes(text), private(text)),
    "correction": lambda text: corrected(typed("i led it " * 100), text),
    "captions": lambda text: caption_track(text, 60.0),
    "what was asked": lambda text: score_answer(typed("i led it because it was due"), AnswerContext(text)),
    "an answer": lambda text: score_answer(typed(" ".join(text.split()[:50])), AnswerContext("Why?")),
    "a long answer": lambda text: score_answer(typed(f"{text} {'word ' * (MOST_WORDS + 1)}"), AnswerContext("Why?")),
}  # fmt: skip

UNITS = (
    "# A heading\n", '{"ask":[', "[", " ", '"', "**Situas: a\n", "[a](", "<!-- ", "a.a.",
    "- - ", "|a|b|\n", "a\n===\n",
    "(", "{", "]", "\n", "\t", "#", "*", "_", "`", "```\n", "~", "\\", "&a [*a, ", "<a ",
    "- a\n", ": ", "a: b\n", "? ",
    "Why? ", ".", "1) a\n", "![a](", "[a](b) ", "*a ", "%", "=", "a", "word ", "9", "Q: a\nA: b\n", "Situation: a\n",
    "\n# ", "\r", "\0", "é", "\U0001f600", "e\u0301", "\u200d", '""', '",', "a,b\n", "a\tb\n",
    "#separator:tab\n", "|-", ">",
    "{a: ", "<br>", "&amp;", "- [ ] a\n", "  - id: a\n    ask: b\n    kind: opening\n", "      a\n", '"k": [',
    "[[a]]\n",
    "a=1\n", '"""', "e.g. ", "www.", "A", "--", "'",
)  # fmt: skip
"""What is repeated: first what once took long somewhere."""
BEGINS = ("", "# a", "- ", '"', '["', "| ", "a: ", "<!-- bank: a; licence:")
ENDS = ("", "b)c\n")


def texts_like(unit: str, begin: str, end: str) -> tuple[str, str]:
    """A short text and a long one."""
    return begin + unit * (SHORT // len(unit)) + end, begin + unit * (SIZE // len(unit)) + end


def cost(read: Callable[[str], object], text: str) -> float:
    """Seconds of the processor that a text takes. Anything but a UserError is a fault."""
    began = time.process_time()
    try:
        read(text)
    except UserError as problem:
        assert 0 < len(str(problem)) < 2_000  # noqa: PT017
    return time.process_time() - began


@lru_cache(maxsize=1)
def baseline() -> float:
    """What the values of an ordinary bank of the same size take, each with its place."""
    score_answer(typed("i led it because it was due"), AnswerContext("Why?"))  # loads the model
    head, _, questions = BANK.partition("questions:\n")
    many = "".join(questions.replace("id: ", f"id: n{number}-") for number in range(SIZE // len(questions)))
    text = f"{head}questions:\n{many}"
    return min(cost(lambda each: parse_yaml(each, HERE), text) for _ in range(3))


@pytest.mark.one_in(8)
@pytest.mark.parametrize("reader", READERS)
def test_a_long_text_is_read_in_proportion_to_its_length(reader: str, cases: int) -> None:
    read = READERS[reader]
    cost(read, "Why?")  # what is loaded once, at first use, is not the text's
    most = MOST_BASELINES * baseline()
    shapes = [(unit, begin, end) for begin in BEGINS for end in ENDS for unit in UNITS]
    for unit, begin, end in shapes if cases >= 100 else [*shapes[:9], *shapes[9 :: len(shapes) // cases]]:
        short, long = texts_like(unit, begin, end)
        if cost(read, short) > most:
            pytest.fail(f"{reader}: {SHORT} characters of {begin!r} {unit!r} {end!r} take too long by themselves")
        # A second look where the first was slow: something else may have had the processor's caches.
        took = min(cost(read, long) for _ in range(2)) if cost(read, long) > most else 0
        assert took <= most, f"{reader}: {begin!r}, {unit!r} again and again, {end!r}"


def test_many_stories_at_once_are_kept_in_proportion_to_their_number() -> None:
    def ids(count: int) -> float:
        taken: set[str] = set()
        began = time.process_time()
        for number in range(count):
            taken.add(new_story(f"Night number {number}", taken, action="I moved it").id)
        assert len(taken) == count
        return time.process_time() - began

    few = min(ids(500) for _ in range(3))
    assert min(ids(5_000) for _ in range(3)) < 3 * 10 * few

"""`score FILE.jsonl`: one JSON result a line, in the order of the file; on all cores where there are many lines."""

import argparse
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Thread

from simulator.assessment import score_answer
from simulator.commands.score_input import transcript_of, with_own
from simulator.custom_rubrics import CustomRubrics
from simulator.errors import UserError
from simulator.questions.bank import Kind
from simulator.questions.gathering import seconds_of
from simulator.questions.import_headings import kind_named
from simulator.scoring.scorer import AnswerContext
from simulator.texts import read_json, read_plain_text

WORTH_PROCESSES = 40
"""Lines from which it pays to start one process a core, each with a model of its own."""
LINES_AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class Defaults:
    """What holds for lines that do not say it themselves."""

    question: str | None
    kind: str
    rubrics: tuple[str, ...]
    target_seconds: int | None
    requirements: tuple[str, ...]
    heard: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """One line's result as JSON, or what is wrong with the line."""

    text: str
    wrong: str = ""


def defaults_of(args: argparse.Namespace, requirements: tuple[str, ...]) -> Defaults:
    """What the command line says for all lines."""
    return Defaults(args.question, args.kind, tuple(args.rubric), args.target, requirements, tuple(args.heard))


def json_lines(path: Path) -> list[tuple[int, str]]:
    """The lines of a .jsonl file with their numbers; empty ones are left out."""
    return [(n, line) for n, line in enumerate(read_plain_text(path).split("\n"), 1) if line.strip()]


def scored(lines: list[str], defaults: Defaults) -> Iterator[Result]:
    """The results of all lines, in their order, each as soon as it and those before it are there."""
    cores = os.cpu_count() or 1
    if len(lines) < WORTH_PROCESSES or cores == 1:
        yield from map(partial(scored_line, defaults=defaults), lines)
        return
    from concurrent.futures import ProcessPoolExecutor  # late
    from multiprocessing import get_context  # late

    with ProcessPoolExecutor(cores, mp_context=get_context("spawn"), initializer=_end_with_parent) as pool:
        yield from pool.map(partial(scored_line, defaults=defaults), lines, chunksize=LINES_AT_ONCE)


def _end_with_parent() -> None:
    """Let this process end when the one that started it is killed; it would wait for more lines for ever."""
    from multiprocessing import parent_process  # late

    parent = parent_process()
    assert parent is not None

    def wait() -> None:
        parent.join()
        os._exit(1)

    Thread(target=wait, daemon=True).start()


def scored_line(line: str, defaults: Defaults) -> Result:
    """One line's result. What is wrong with a line is told, never raised."""
    try:
        return Result(_document(line, defaults))
    except (UserError, _WrongLine) as error:
        return Result("", str(error))


class _WrongLine(ValueError):
    """What is wrong with a line, and what to write instead."""


def _document(line: str, defaults: Defaults) -> str:
    entry = read_json(line, "this line", "Write the line anew.")
    if not isinstance(entry, dict):
        raise _WrongLine('this line is not an object. Write {"id": ..., "question": ..., "text": ...}.')
    question = entry.get("question") or defaults.question
    if not isinstance(question, str):
        raise _WrongLine('the question is missing. Give it under "question", or give --question.')
    if not {"words", "result"} & set(entry) and not isinstance(entry.get("text"), str):
        raise _WrongLine('the text is missing. Give it under "text".')
    kind = entry.get("kind") or defaults.kind
    kind = str(kind_named(kind) or kind) if isinstance(kind, str) else kind
    if kind not in ("", *Kind):
        raise _WrongLine(f'there is no such kind. Give under "kind" one of {", ".join(Kind)}.')
    target = entry.get("target_seconds") or defaults.target_seconds
    target = seconds_of(target) or 0 if isinstance(target, str) else target
    if target is not None and (isinstance(target, bool) or not isinstance(target, int) or target < 1):
        raise _WrongLine('the target should be seconds. Give under "target_seconds" a number such as 90.')
    context = AnswerContext(
        question=question,
        kind=kind,
        rubrics=_texts(entry, "rubrics") or with_own(list(defaults.rubrics), question, kind),
        target_seconds=target,
        requirements=(*defaults.requirements, *_texts(entry, "requirements")),
        heard=(*defaults.heard, *_texts(entry, "heard")),
        interviewers=_texts(entry, "interviewers"),
    )
    card = score_answer(transcript_of(entry, "this line"), context, custom_rubrics=CustomRubrics())
    return json.dumps({"id": entry.get("id"), **card.as_json()}, ensure_ascii=False)


def _texts(entry: dict[str, object], key: str) -> tuple[str, ...]:
    """A list of texts in a line; none where it is left out."""
    values = entry.get(key) or []
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise _WrongLine(f'"{key}" should be a list of texts.')
    return tuple(values)

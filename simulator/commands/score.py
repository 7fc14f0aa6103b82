"""`score`: levels with reasons for one answer, or for a file of them."""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from simulator.console import say, say_json, tell
from simulator.problems import ExitCode, Problem, WrongUse
from simulator.questions.bank import Kind
from simulator.scoring.scorecard import Scorecard
from simulator.scoring.scorer import AnswerContext, score_answer
from simulator.speech.transcript import Transcript, typed
from simulator.speech.transcript_files import transcript_from

SUMMARY = "Score one answer: a text, a transcript with word times, or a sound file. A .jsonl file holds many."
EXAMPLE = 'second-round score answer.txt --question "Tell me about a time you helped a customer." --explain'

TEXT_ENDINGS = (".txt", ".md", "")
SOUND_ENDINGS = (".wav", ".flac", ".ogg", ".mp3", ".aif", ".aiff", ".opus")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `score`."""
    parser.add_argument(
        "file",
        metavar="FILE",
        help="a .txt file, a transcript as .json, a .jsonl file of answers, a sound file, or - for stdin",
    )
    parser.add_argument("--question", metavar="TEXT", help="what was asked (in a .jsonl file each line has its own)")
    parser.add_argument(
        "--kind", choices=[kind.value for kind in Kind], default="", help="kind of question, if known"
    )
    parser.add_argument(
        "--rubric", metavar="ID", action="append", default=[], help="a rubric of yours; may be repeated"
    )
    parser.add_argument("--heard", metavar="TEXT", action="append", default=[], help="what an interviewer said")
    parser.add_argument(
        "--job", metavar="FILE", type=Path, help="a job description: its requirements count as wishes"
    )
    parser.add_argument("--target", metavar="SECONDS", type=int, help="how long the answer should take")
    parser.add_argument("--model", metavar="PATH", default="", help="speech model for sound files")
    parser.add_argument("--json", action="store_true", help="print the scorecard as JSON")
    parser.add_argument("--explain", action="store_true", help="list every cue with its share")


def run(args: argparse.Namespace) -> int:
    """Score and print. Exit status 0, also where an answer could not be scored: the scorecard says why."""
    requirements = _requirements(args.job) if args.job else ()
    path = Path(args.file)
    if args.file != "-" and path.suffix == ".jsonl":
        return _score_many(path, args, requirements)
    if not args.question:
        raise WrongUse("The question is missing.", 'Add --question "..." with the words of the interviewer.')
    transcript = _from_stdin() if args.file == "-" else _from_file(path, args.model)
    context = AnswerContext(
        question=args.question,
        kind=args.kind,
        rubrics=_with_own(args.rubric, args.question, args.kind),
        target_seconds=args.target,
        requirements=requirements,
        heard=tuple(args.heard),
    )
    card = score_answer(transcript, context)
    if args.json:
        say_json(card.as_json())
    else:
        _show(card, args.explain)
    return ExitCode.DONE


def _with_own(own: list[str], question: str, kind: str) -> tuple[str, ...]:
    """The rubrics of the kind of question, and the user's own beside them."""
    if not own:
        return ()
    from simulator.scoring.assemble import meant_rubrics

    return (*meant_rubrics(AnswerContext(question=question, kind=kind)), *own)


def _show(card: Scorecard, explain: bool) -> None:
    from simulator.sessions.report import card_lines

    for line in card_lines(card):
        say(line)
    if card.guards:
        say(f"Held down by: {', '.join(card.guards)}.")
    if not explain:
        return
    for score in card.rubrics.values():
        if score.level is None:
            continue
        say()
        say(f"{score.rubric}: every cue, with what it adds to a step on average")
        for cue in score.cues:
            words = "; ".join(f"“{words}”" for words in cue.found)
            say(f"  {cue.share:+.2f}  {cue.label} ({cue.count}): {words}")
    say()
    parts = ", ".join(card.structure.found) or "none"
    say(f"Structure (a rough reading): {card.structure.band}. Parts in order: {parts}.")


def _requirements(path: Path) -> tuple[str, ...]:
    from simulator.preparation.posting import read_posting

    return read_posting(_read_text(path)).wishes()


def _from_stdin() -> Transcript:
    text = sys.stdin.read()
    if text.lstrip().startswith("{"):
        return _transcript_from_json(text, "stdin")
    return typed(text)


def _from_file(path: Path, model: str) -> Transcript:
    if path.suffix.lower() in SOUND_ENDINGS:
        return _from_sound(path, model)
    text = _read_text(path)
    if path.suffix.lower() == ".json":
        return _transcript_from_json(text, str(path))
    if path.suffix.lower() not in TEXT_ENDINGS:
        raise WrongUse(
            f"{path} is neither text, a transcript nor a sound file.",
            f"Give a .txt, .json, .jsonl or one of {', '.join(SOUND_ENDINGS)}.",
        )
    return typed(text)


def _from_sound(path: Path, model: str) -> Transcript:
    from simulator.places import user_places
    from simulator.settings import load_settings
    from simulator.speech.quiet import native_stderr_dropped
    from simulator.speech.transcriber import transcribe_file

    if not path.exists():
        raise WrongUse(f"There is no file {path}.", "Check its name.")
    places = user_places()
    with native_stderr_dropped():
        return transcribe_file(path, model or load_settings(places).speech_model, places)


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise WrongUse(f"There is no file {path}.", "Check its name.") from None
    except UnicodeDecodeError:
        raise Problem(f"{path} is not UTF-8 text.", "Save it as UTF-8 and try again.") from None
    except OSError as error:
        raise Problem(f"{path} cannot be read: {error.strerror or error}.", "Check its rights.") from None


def _transcript_from_json(text: str, name: str) -> Transcript:
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        raise Problem(
            f"{name}:{error.lineno}:{error.colno}: this is not JSON.", "Write the transcript anew."
        ) from None
    return _transcript_of(document, name)


def _transcript_of(document: Any, name: str) -> Transcript:
    """Words with their times where there are any, else the text as if typed."""
    if (
        isinstance(document, dict)
        and not {"words", "result"} & set(document)
        and isinstance(document.get("text"), str)
    ):
        return typed(document["text"])
    return transcript_from(document, name)


def _score_many(path: Path, args: argparse.Namespace, requirements: tuple[str, ...]) -> int:
    """One JSON result a line, in the order of the file; broken lines are told and left out."""
    broken = 0
    for number, line in enumerate(_lines(path), 1):
        if not line.strip():
            continue
        try:
            say(json.dumps(_scored_line(line, args, requirements), ensure_ascii=False))
        except (ValueError, TypeError, Problem) as error:
            broken += 1
            tell(f"{path}:{number}: {error}")
    return ExitCode.NOT_IN_ORDER if broken else ExitCode.DONE


def _lines(path: Path) -> Iterator[str]:
    yield from _read_text(path).splitlines()


def _scored_line(line: str, args: argparse.Namespace, requirements: tuple[str, ...]) -> Mapping[str, Any]:
    entry = json.loads(line)
    if not isinstance(entry, dict):
        raise ValueError('this line is not an object. Write {"id": ..., "question": ..., "text": ...}.')
    question = entry.get("question") or args.question
    if not isinstance(question, str):
        raise ValueError('the question is missing. Write "question": "..." or give --question.')
    if not {"words", "result"} & set(entry) and not isinstance(entry.get("text"), str):
        raise ValueError('the text is missing. Write "text": "...".')
    transcript = _transcript_of(entry, "this line")
    kind = entry.get("kind") or args.kind
    context = AnswerContext(
        question=question,
        kind=kind,
        rubrics=tuple(entry.get("rubrics") or _with_own(args.rubric, question, kind)),
        target_seconds=entry.get("target_seconds") or args.target,
        requirements=(*requirements, *entry.get("requirements", ())),
        heard=(*args.heard, *entry.get("heard", ())),
        interviewers=tuple(entry.get("interviewers", ())),
    )
    return {"id": entry.get("id"), **score_answer(transcript, context).as_json()}

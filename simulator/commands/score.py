"""`score`: levels with reasons for one answer, or for a file of them."""

import argparse
from pathlib import Path

from simulator.assessment import score_answer
from simulator.commands.score_input import transcript_of, with_own
from simulator.console import say, say_json
from simulator.custom_rubrics import CustomRubrics
from simulator.errors import ExitCode, WrongUse
from simulator.paths import user_paths
from simulator.questions.bank import Kind
from simulator.scoring.scorecard import Scorecard
from simulator.scoring.scorer import AnswerContext
from simulator.scoring.told_instead import IN_WORDS
from simulator.speech.quiet import native_stderr_dropped
from simulator.speech.transcript import Transcript, typed
from simulator.texts import not_there, piped_text, read_json, read_plain_text

SUMMARY = "Score one answer: a text, a transcript with word times, or a sound file. Many: .jsonl, .csv, .xlsx."
EXAMPLE = 'second-round score answer.txt --question "Tell me about a time you helped a customer." --explain'

TEXT_ENDINGS = (".txt", ".md", "")
SOUND_ENDINGS = (".wav", ".flac", ".ogg", ".mp3", ".aif", ".aiff", ".opus")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `score`."""
    parser.add_argument(
        "file",
        metavar="FILE",
        help="a .txt file, a transcript as .json, many answers as .jsonl, .csv or .xlsx, sound, or - for stdin",
    )
    parser.add_argument("--question", metavar="TEXT", help="what was asked (in a .jsonl file each line has its own)")
    parser.add_argument(
        "--kind", choices=[kind.value for kind in Kind], default="", help="kind of question, if known"
    )
    parser.add_argument(
        "--rubric", metavar="ID", action="append", default=[], help="a rubric of yours; may be repeated"
    )
    parser.add_argument("--heard", metavar="TEXT", action="append", default=[], help="what an interviewer said")
    parser.add_argument("--job", metavar="FILE", type=Path, help="a job posting: what an answer may speak to")
    parser.add_argument("--target", metavar="SECONDS", type=int, help="how long the answer should take")
    parser.add_argument("--model", metavar="PATH", default="", help="speech model for sound files")
    parser.add_argument("--json", action="store_true", help="print the scorecard as JSON")
    parser.add_argument(
        "--format", choices=("table", "csv", "jsonl", "xlsx"),
        help="many answers: how the results are written (default: by the ending of --out, else a table, "
        "and JSON lines from a .jsonl file into a pipe)",
    )  # fmt: skip
    parser.add_argument(
        "--out", metavar="FILE", type=Path, help="many answers: a file; a run cut short goes on there"
    )
    parser.add_argument("--explain", action="store_true", help="list every element found, with its probability")


def run(args: argparse.Namespace) -> int:
    """Score and print. Exit status 0, also where an answer could not be scored: the scorecard says why."""
    requirements = _requirements(args.job) if args.job else ()
    path = Path(args.file)
    if args.file != "-" and path.suffix.lower() in (".jsonl", ".csv", ".xlsx"):
        from simulator.commands.score_many import score_many  # late

        return score_many(path, args, requirements)
    if args.format or args.out:
        raise WrongUse("--format and --out are for many answers.", "Give a .jsonl, .csv or .xlsx file.")
    if not args.question:
        raise WrongUse("The question is missing.", 'Add --question "..." with the words of the interviewer.')
    transcript = _from_stdin() if args.file == "-" else _from_file(path, args.model)
    context = AnswerContext(
        question=args.question,
        kind=args.kind,
        rubrics=with_own(args.rubric, args.question, args.kind),
        target_seconds=args.target,
        requirements=requirements,
        heard=tuple(args.heard),
    )
    card = score_answer(transcript, context, custom_rubrics=CustomRubrics())
    if args.json:
        say_json(card.as_json(explain=args.explain))
    else:
        _show(card, args.explain)
    return ExitCode.DONE


def _show(card: Scorecard, explain: bool) -> None:
    from simulator.sessions.answer_feedback import card_lines  # late

    for line in card_lines(card):
        say(line)
    if card.guards:
        say(f"Not counted: {', '.join(card.guards)}.")
    if not explain:
        return
    for score in card.rubrics.values():
        if score.level is None:
            continue
        say()
        say(f"{score.rubric}: what was found, how often, and how sure")
        for cue in score.cues:
            words = "; ".join(f"“{words}”" for words in cue.found)
            say(f"  {cue.share:.2f}  {cue.label} ({cue.count}): {words}")
    say()
    say(f"To the point: {card.focus.band}." + (f" Beside it: “{card.focus.beside}”" if card.focus.beside else ""))
    if card.instead:
        say(f"In place of what was asked: {IN_WORDS[card.instead]}.")
    parts = ", ".join(card.structure.found) or "none"
    say(f"Structure: {card.structure.band}. Parts in order: {parts}.")
    if card.reading:
        say(f"Read by version {card.reading.version} of the reader.")


def _requirements(path: Path) -> tuple[str, ...]:
    from simulator.preparation.posting import read_posting  # late

    return read_posting(read_plain_text(path)).requirement_texts()


def _from_stdin() -> Transcript:
    text = piped_text()
    if text.lstrip().startswith("{"):
        return _transcript_from_json(text, "What came on stdin")
    return typed(text)


def _from_file(path: Path, model: str) -> Transcript:
    if path.suffix.lower() in SOUND_ENDINGS:
        return _from_sound(path, model)
    text = read_plain_text(path)
    if path.suffix.lower() == ".json":
        return _transcript_from_json(text, str(path))
    if path.suffix.lower() not in TEXT_ENDINGS:
        raise WrongUse(
            f"{path} is neither text, a transcript nor a sound file.",
            f"Give a .txt, .json, .jsonl or one of {', '.join(SOUND_ENDINGS)}.",
        )
    return typed(text)


def _from_sound(path: Path, model: str) -> Transcript:
    from simulator.settings import load_settings  # late
    from simulator.speech.transcriber import transcribe_file  # late

    if not path.exists():
        raise not_there(path)
    paths = user_paths()
    with native_stderr_dropped():
        return transcribe_file(path, model or load_settings(paths).speech_model, paths)


def _transcript_from_json(text: str, name: str) -> Transcript:
    return transcript_of(read_json(text, name, "Write the transcript anew."), name)

"""`transcribe`: writes down what is said in a sound file, offline."""

import argparse
from pathlib import Path

from simulator.console import ProgressLine, say, say_json, tell, write
from simulator.errors import ExitCode
from simulator.paths import user_paths
from simulator.settings import load_settings
from simulator.speech.model_files import wanted_model
from simulator.speech.quiet import native_stderr_dropped
from simulator.speech.sound_files import sound_seconds
from simulator.speech.subtitles import srt, vtt
from simulator.speech.transcriber import SpeechModel, transcribe_file
from simulator.speech.transcript import Transcript
from simulator.speech.transcript_files import transcript_document

SUMMARY = "Write down what is said in a sound file, offline."
EXAMPLE = "second-round transcribe answer.wav --format srt > answer.srt"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `transcribe`."""
    parser.add_argument("file", metavar="FILE", type=Path, help="WAV, FLAC, OGG, Opus, MP3 or AIFF; any rate")
    parser.add_argument("--model", metavar="PATH", default="", help="speech model: a folder, a name, or 'sample'")
    parser.add_argument(
        "--format", choices=["text", "json", "srt", "vtt"], default="text", help="json has each word's time"
    )
    parser.add_argument("--json", action="store_const", const="json", dest="format", help="the same as --format json")


def run(args: argparse.Namespace) -> int:
    """Transcribe and print. Missing (3) without a speech model."""
    # The file first: that it cannot be read should not be told only after a model was fetched.
    sound_seconds(args.file)
    paths = user_paths()
    folder = wanted_model(args.model or load_settings(paths).speech_model, paths)
    if folder.is_sample:
        tell("This is the sample model: it knows a few hundred words and takes all others for one of them.")
    with native_stderr_dropped() as stderr:
        progress = ProgressLine("Transcribed", stderr)
        transcript = transcribe_file(
            args.file, SpeechModel(folder), on_progress=lambda share: progress.show(share, 1)
        )
        progress.clear()
    if transcript.trouble:
        tell(transcript.trouble)
    if not transcript.words:
        tell("No words were heard.")
    _print(transcript, args.format)
    return ExitCode.DONE


def _print(transcript: Transcript, form: str) -> None:
    match form:
        case "json":
            say_json(transcript_document(transcript))
        case "srt":
            write(srt(transcript))
        case "vtt":
            write(vtt(transcript))
        case _:
            say(transcript.text)

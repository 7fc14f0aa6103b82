"""`speak`: a text in the interviewer's voice, aloud or into a sound file."""

import argparse
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.console import tell
from simulator.errors import ExitCode, MissingPart, WrongUse
from simulator.paths import as_the_user_wishes, user_paths
from simulator.settings import load_settings
from simulator.speech.ports import Readiness, VoiceStyle
from simulator.speech.quiet import native_stderr_dropped
from simulator.texts import piped_text

if TYPE_CHECKING:
    from simulator.speech.voice import SpokenVoice

SUMMARY = "Say a text in the interviewer's voice, or save it as a sound file."
EXAMPLE = 'second-round speak "What attracts you to this work?" --out question.wav --voice female'


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `speak`."""
    parser.add_argument("text", metavar="TEXT", help="what to say; - reads it from stdin")
    parser.add_argument("--out", metavar="FILE", type=Path, help="save it (.wav, .flac or .ogg) and stay silent")
    parser.add_argument("--voice", choices=["female", "male"], default="", help="default: the system's own")
    parser.add_argument("--accent", choices=["us", "gb"], default="", help="default: the system's own")
    parser.add_argument(
        "--rate", metavar="N", type=int, default=165, help="words per minute, 80 to 400 (default 165)"
    )
    parser.add_argument("--pitch", metavar="N", type=int, default=50, help="0 to 99, 50 is the voice's own")


def run(args: argparse.Namespace) -> int:
    """Say or save it. Missing (3) without a synthesiser, or without a loudspeaker and without --out."""
    text = piped_text() if args.text == "-" else args.text
    if not 80 <= args.rate <= 400:
        raise WrongUse(f"--rate is a number of words per minute from 80 to 400, not {args.rate}.")
    if not 0 <= args.pitch <= 99:
        raise WrongUse(f"--pitch is a number from 0 to 99, not {args.pitch}.")
    style = VoiceStyle(gender=args.voice, words_per_minute=args.rate, pitch=args.pitch, accent=args.accent)
    from simulator.speech.voice import SpokenVoice, sayable  # late

    if not sayable(text):
        raise WrongUse("There is nothing to say in that text.", "Give some words.")
    paths = user_paths()
    voice = SpokenVoice(paths.spoken, device=load_settings(paths).speaker)
    try:
        if args.out is not None:
            new = not args.out.exists()
            seconds = voice.save(text, style, args.out)
            if new:
                as_the_user_wishes(args.out)
            tell(f"Saved {seconds:.1f} seconds of speech in {args.out}.")
            return ExitCode.DONE
        # ALSA prints pages of warnings where there is no sound card.
        with native_stderr_dropped():
            return _aloud(voice, text, style)
    finally:
        voice.close()


def _aloud(voice: "SpokenVoice", text: str, style: VoiceStyle) -> int:
    status = voice.settled_status()
    if status.readiness is not Readiness.READY:
        raise MissingPart(status.detail.removeprefix("Captions only: "), status.hint)
    over = threading.Event()
    voice.speak(text, style, lambda caption: None, lambda to_the_end: over.set())
    while not over.wait(0.2):
        pass
    status = voice.status()
    if status.readiness is not Readiness.READY:
        raise MissingPart(status.detail.removeprefix("Captions only: "), status.hint)
    return ExitCode.DONE

"""`phrases`: what the candidate says again and again, and where."""

import argparse
from dataclasses import asdict, replace

from simulator.console import say, say_json
from simulator.errors import ExitCode, UserError
from simulator.services import Services
from simulator.sessions.my_phrases import LATEST, PhraseUse, my_phrases, phrases_text, places_text
from simulator.sessions.recordings import found

SUMMARY = "Your phrases over all answers: fillers, hedges, 'we' without your own part, and the words you say most."
EXAMPLE = 'second-round phrases "you know"'


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """A phrase, and how to show it."""
    parser.add_argument("phrase", nargs="?", default="", help="one of them, to see every place where you said it")
    parser.add_argument("--latest", type=int, default=0, metavar="N", help="only so many of your latest answers")
    parser.add_argument("--json", action="store_true")


def run(args: argparse.Namespace) -> int:
    """Print all phrases, or the places of one."""
    services = Services()
    try:
        seen = my_phrases(services.data.store.latest_answers(max(1, args.latest or LATEST)))
        if args.phrase:
            wanted = args.phrase.casefold().strip()
            chosen = tuple(each for each in seen.phrases if each.words.casefold() == wanted)
            if not chosen:
                raise UserError(f"'{args.phrase}' is none of your phrases.", "'second-round phrases' lists them.")
            seen = replace(seen, phrases=chosen)
        if args.json:
            say_json(asdict(seen))
            return ExitCode.DONE
        if not args.phrase:
            say(phrases_text(seen))
            return ExitCode.DONE

        def recording_of(place: PhraseUse) -> str:
            name = services.data.store.answer(place.answer_id).utterances[place.utterance].recording
            return str(found(services.paths.recordings, name) or "")

        say("\n\n".join(places_text(each, recording_of) for each in seen.phrases))
        return ExitCode.DONE
    finally:
        services.close()

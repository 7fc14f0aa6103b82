"""`model`: the speech model, which writes down what is said: list, install, check, path."""

import argparse

from simulator.console import ProgressLine, say, say_json, tell
from simulator.errors import ExitCode
from simulator.paths import user_paths
from simulator.settings import load_settings
from simulator.speech.model_files import (
    DEFAULT_MODEL,
    ModelFolder,
    choose_model,
    find_models,
    no_model,
    official_models,
    wanted_model,
)

SUMMARY = "The speech model, which writes down what you say: list, install, check, path."
EXAMPLE = "second-round model install"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `model`."""
    actions = parser.add_subparsers(dest="action", metavar="list|install|check|path", required=True)
    listing = actions.add_parser("list", help="models found here, and those that can be fetched")
    listing.add_argument("--json", action="store_true", help="one JSON document on stdout")
    installing = actions.add_parser(
        "install",
        help="fetch a model, or take a zip or folder",
        description="Fetch an official model (asked for, checked, resumable), or take a zip or folder.",
        epilog="example:\n  second-round model install ~/Downloads/vosk-model-small-en-us-0.15.zip",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    installing.add_argument(
        "source",
        metavar="NAME|ZIP|FOLDER",
        nargs="?",
        default=DEFAULT_MODEL,
        help=f"default: {DEFAULT_MODEL} (41 MB)",
    )
    installing.add_argument("--json", action="store_true", help="one JSON document on stdout")
    checking = actions.add_parser("check", help="try a model in a process of its own; exit status 1 if it is damaged")
    checking.add_argument("model", metavar="NAME|FOLDER", nargs="?", default="", help="default: the one in use")
    where = actions.add_parser("path", help="the folder of the model a practice uses; exit status 3 if there is none")
    where.add_argument("--json", action="store_true", help="one JSON document on stdout")


def run(args: argparse.Namespace) -> int:
    """List, install, check, or tell the path."""
    return {"list": _list, "install": _install, "check": _check, "path": _path}[args.action](args)


def _list(args: argparse.Namespace) -> int:
    paths = user_paths()
    chosen = load_settings(paths).speech_model
    found, used = find_models(paths, chosen), choose_model(paths, chosen)
    there = {model.name for model in found if not model.missing()}
    fetchable = [model for model in official_models() if model.name not in there]
    if args.json:
        say_json(
            {
                "found": [_described(model, used) for model in found],
                "official": [
                    {
                        "name": model.name,
                        "language": model.language,
                        "about": model.about,
                        "bytes": model.size or None,
                        "sha256": model.sha256 or None,
                        "url": model.url,
                        "word_error_rate": {"read": model.wer_read, "talks": model.wer_talks},
                        "fetched_by_install": model.pinned,
                    }
                    for model in fetchable
                ],
            }
        )
        return ExitCode.DONE
    say("Found here")
    for model in found:
        lacking = model.missing()
        sign = "*" if used is not None and model.path == used.path else "!" if lacking else " "
        note = f"broken, lacks {', '.join(lacking)}" if lacking else "for the sample interview only"
        say(f"  {sign} {model.name:<30} {model.origin:<16} {note if lacking or model.is_sample else ''}".rstrip())
        say(f"      {model.path}")
    say("  * is used for a practice" if used is not None else f"  No model for a practice yet. {no_model().hint}")
    if fetchable:
        say()
        say("Can be had from the Vosk project")
        for official in fetchable:
            size = f"{official.size / 1e6:.0f} MB" if official.size else "by hand"
            say(f"    {official.name:<30} {size:>8}   {official.wer_talks:.1f} % of words wrong   {official.about}")
    return ExitCode.DONE


def _install(args: argparse.Namespace) -> int:
    from simulator.speech.model_install import install  # late

    paths = user_paths()
    progress = ProgressLine(f"Installing {args.source}:")
    try:
        model = install(args.source, paths, progress.show)
    finally:
        progress.clear()
    if args.json:
        say_json(_described(model, choose_model(paths, load_settings(paths).speech_model)))
    else:
        tell(f"The speech model {model.name} is in place.")
        say(str(model.path))
    return ExitCode.DONE


def _check(args: argparse.Namespace) -> int:
    from simulator.speech import model_trust  # late
    from simulator.speech.transcriber import vosk_library  # late

    paths = user_paths()
    vosk_library()
    model = wanted_model(args.model or load_settings(paths).speech_model, paths)
    model_trust.trial(model.path)
    model_trust.forgive(paths)
    model_trust.check(model, paths)
    tell(f"The speech model {model.name} works.")
    return ExitCode.DONE


def _path(args: argparse.Namespace) -> int:
    paths = user_paths()
    model = choose_model(paths, load_settings(paths).speech_model)
    if args.json:
        say_json({"path": str(model.path) if model else None, "name": model.name if model else None})
    if model is None:
        raise no_model()
    if not args.json:
        say(str(model.path))
    return ExitCode.DONE


def _described(model: ModelFolder, used: ModelFolder | None) -> dict[str, object]:
    return {
        "name": model.name,
        "path": str(model.path),
        "origin": model.origin.value,
        "language": model.language,
        "sample": model.is_sample,
        "used": used is not None and model.path == used.path,
        "lacks": model.missing(),
    }

"""`settings`: show them, change one, find the file."""

import argparse
import shutil
import textwrap
from dataclasses import replace

from simulator.console import say, say_json, tell
from simulator.errors import ExitCode, UserError
from simulator.paths import user_paths
from simulator.settings import SCHEMA, Settings, load_settings, save_settings, spec_of, with_value
from simulator.speech.model_files import wanted_model

SUMMARY = "The settings: show them with what they mean, change or reset one, say where they are kept."
EXAMPLE = "second-round settings set think_seconds 45"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The actions of `settings`."""
    actions = parser.add_subparsers(dest="action", metavar="show|set|reset|path", required=True)
    show = actions.add_parser("show", help="all settings, or one")
    show.add_argument("name", nargs="?", help="one setting: its value alone")
    show.add_argument("--json", action="store_true", help="one JSON document on stdout")
    change = actions.add_parser("set", help="change one setting")
    change.add_argument("name")
    change.add_argument("value", nargs="*", help="nothing: empty; several words need no quotes; lists with commas")
    reset = actions.add_parser("reset", help="back to the default, one setting or more")
    reset.add_argument("names", nargs="+", metavar="name")
    path = actions.add_parser("path", help="the file of the settings")
    path.add_argument("--all", action="store_true", help="every folder and file in which data is kept")
    path.add_argument("--json", action="store_true", help="one JSON document on stdout")


def run(args: argparse.Namespace) -> int:
    """Do what the action says."""
    match args.action:
        case "show":
            _show(load_settings(user_paths()), args.name, args.json)
        case "set":
            _set(args.name, " ".join(args.value))
        case "reset":
            _reset(args.names)
        case _:
            _path(args.all, args.json)
    return ExitCode.DONE


def _show(settings: Settings, name: str | None, as_json: bool) -> None:
    values = {key: getattr(settings, key) for key in ([spec_of(name).name] if name else SCHEMA)}
    if as_json:
        say_json(values)
    elif name:
        spec = spec_of(name)
        say(spec.as_text(values[spec.name]))
    else:
        section = ""
        for spec in SCHEMA.values():
            if spec.hidden:
                continue
            if spec.section != section:
                section = spec.section
                say(f"{section}:")
            changed = "" if values[spec.name] == spec.default else "  (changed)"
            say(f"  {spec.name} = {spec.as_text(values[spec.name])}{changed}".rstrip())
            say(_wrapped(f"{spec.label}: {spec.expected}. {spec.help}"))


def _wrapped(text: str) -> str:
    width = min(shutil.get_terminal_size().columns, 110)
    return textwrap.fill(text, max(width, 40), initial_indent=" " * 6, subsequent_indent=" " * 6)


def _set(name: str, text: str) -> None:
    paths, spec = user_paths(), spec_of(name)
    settings = with_value(load_settings(paths), name, text)
    save_settings(settings, paths)
    tell(f"{spec.label}: {spec.as_text(getattr(settings, spec.name)) or 'empty'}.")
    _warn_of_unknown(spec.name, settings)


def _reset(names: list[str]) -> None:
    paths = user_paths()
    specs = [spec_of(name) for name in names]
    settings = load_settings(paths)
    for spec in specs:
        settings = replace(settings, **{spec.name: spec.default})  # type: ignore[arg-type]
        tell(f"{spec.label}: {spec.as_text(spec.default) or 'empty'}.")
    save_settings(settings, paths)


def _warn_of_unknown(name: str, settings: Settings) -> None:
    """Say so when a bank, interviewer or model that was named is not there. It is kept: it may come later."""
    paths = user_paths()
    try:
        if name == "speech_model" and settings.speech_model:
            wanted_model(settings.speech_model, paths)
        elif name in ("bank", "interviewers"):
            from simulator.services import Services  # late

            services = Services(paths, settings)
            if name == "bank":
                services.library.bank()
            else:
                services.panels.chosen()
    except UserError as problem:
        tell(f"Kept, but: {problem}")


def _path(everything: bool, as_json: bool) -> None:
    paths = user_paths()
    folders = {"settings": paths.settings_file}
    if everything:
        folders |= {
            "sessions": paths.database,
            "recordings": paths.recordings,
            "question banks": paths.banks,
            "interviewers": paths.interviewers,
            "speech models": paths.speech_models,
            "exports": paths.exports,
            "cache": paths.cache,
            "log": paths.log_file,
        }
    if as_json:
        say_json({name: str(path) for name, path in folders.items()})
    elif everything:
        for name, path in folders.items():
            say(f"{name + ':':<16} {path}")
    else:
        say(str(paths.settings_file))

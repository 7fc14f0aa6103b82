"""`stories`: the candidate's own evidence: write it, take it over from an answer, check it, hold it against a job."""

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from simulator.clock import now
from simulator.commands.broken import discarded, tell_broken
from simulator.commands.coverage import say_coverage
from simulator.console import asked, say, say_json, tell
from simulator.errors import ExitCode, UserError, WrongUse
from simulator.followup.evidence_check import best_answer, check_story, check_words, story_from_answer
from simulator.preparation.stories import PARTS, Story, changed, new_story
from simulator.preparation.story_files import read_stories, stories_in
from simulator.services import Services
from simulator.texts import piped_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from simulator.followup.evidence_check import StoryCheck
    from simulator.sessions.session import Answer, Session

SUMMARY = "Your own evidence: what you did and what came of it, and which requirement of a job it answers."
EXAMPLE = 'second-round stories add --situation "The oven broke" --action "I rang three bakeries" --result "All sold"'

TEXTS = ("title", *PARTS, "numbers", "use", "witness")
_ASKED = {
    "title": "A short title",
    "situation": "What was the situation?",
    "task": "What was your task in it? (Enter leaves it out)",
    "action": "What did you do yourself?",
    "result": "What came of it?",
    "numbers": "A number that could be checked? (Enter leaves it out)",
    "skills": "Skills it shows, with commas? It is found by them. (Enter leaves it out)",
    "use": "How would it help in the job you aim at? (Enter leaves it out)",
}
_HELP = {
    "use": "how it would help in the job aimed at",
    "witness": "who saw it and could vouch for it",
    "numbers": "a number that could be checked",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The actions of `stories`."""
    actions = parser.add_subparsers(dest="do", required=True, metavar="ACTION")
    add = actions.add_parser("add", help="by options, from a YAML or Markdown file, or asked here")
    add.add_argument("file", metavar="FILE", nargs="?", default="", help="or - for standard input")
    taken = actions.add_parser("from-answer", help="take a good answer over as a story")
    taken.add_argument("session", help="a session's id, or the beginning of it")
    taken.add_argument("answer", nargs="?", default="", help="its number in the session, as 2 or 2-1; else the best")
    taken.add_argument("--title", metavar="TEXT")
    edit = actions.add_parser("edit", help="write some parts anew")
    for action in (add, edit):
        for name in TEXTS:
            action.add_argument(f"--{name}", metavar="TEXT", help=_HELP.get(name))
        action.add_argument("--skill", metavar="WORD", action="append", help="may be given several times")
    listing = actions.add_parser("list", help="all stories")
    show = actions.add_parser("show", help="one story")
    check = actions.add_parser("check", help="score a story by the rubric of answers; without an id all of them")
    check.add_argument("id", nargs="?", default="", help="the story's id")
    coverage = actions.add_parser("coverage", help="which stories answer which requirement of a job")
    link = actions.add_parser("link", help="this story answers that requirement, whatever the words say")
    unlink = actions.add_parser("unlink", help="it does not")
    for action in (link, unlink):
        action.add_argument("story", help="the story's id")
        action.add_argument("requirement", help="such as r3")
    for action in (coverage, link, unlink):
        action.add_argument("--job", metavar="ID", required=True)
    delete = actions.add_parser("delete", help="remove a story and the links to it")
    for action in (edit, show, delete):
        action.add_argument("id", help="the story's id")
    for action in (add, taken, edit, listing, show, check, coverage, link, unlink, delete):
        action.add_argument("--json", action="store_true")


def run(args: argparse.Namespace) -> int:
    """Do one action."""
    actions: Mapping[str, Callable[[argparse.Namespace, Services], int]] = {
        "add": _add,
        "from-answer": _from_answer,
        "edit": _edit,
        "list": _list,
        "show": _show,
        "check": _check,
        "coverage": _coverage,
        "link": _link,
        "unlink": _link,
        "delete": _delete,
    }
    services = Services()
    try:
        return actions[args.do](args, services)
    finally:
        services.close()


def _options(args: argparse.Namespace) -> dict[str, object]:
    given: dict[str, object] = {name: value for name in TEXTS if (value := getattr(args, name)) is not None}
    if args.skill is not None:
        given["skills"] = tuple(args.skill)
    return given


def _add(args: argparse.Namespace, services: Services) -> int:
    given = _options(args)
    if args.file and given:
        raise WrongUse("'stories add' takes a file or options, not both.")
    if args.file:
        stories = _of_file(args.file)
    elif given:
        stories = [given]
    elif sys.stdin.isatty():
        stories = [_asked()]
    else:
        raise WrongUse("'stories add' takes a FILE, - for standard input, or options such as --action and --result.")
    # All are checked before the first is kept, so that a file is taken whole or not at all.
    taken = set(services.data.repositories.stories.ids())
    made: list[Story] = []
    for parts in stories:
        title = str(parts.pop("title", ""))
        made.append(new_story(title, taken, **parts, added_at=now()))
        taken.add(made[-1].id)
    for story in made:
        services.data.repositories.stories.save(story)
    return _say_stories(made, args.json, checked=True)


def _of_file(name: str) -> list[dict[str, object]]:
    if name != "-":
        return read_stories(Path(name))
    text = piped_text()
    markdown = text.lstrip().startswith("#") and "\n" in text and ":" not in text.splitlines()[0]
    return stories_in(text, Path("standard input.md" if markdown else "standard input.yaml"))


def _asked() -> dict[str, object]:
    """The parts, asked one after the other."""
    parts: dict[str, object] = {}
    for name, question in _ASKED.items():
        line = asked(question)
        if line is None:
            raise UserError("The story was not finished, so it is not kept.", "Begin once more with 'stories add'.")
        parts[name] = line
    parts["skills"] = tuple(str(parts["skills"]).split(","))
    return parts


def _from_answer(args: argparse.Namespace, services: Services) -> int:
    answer = _answer(services.data.store.session(args.session), args.answer)
    known = next((story for story in services.data.repositories.stories.all() if story.source == answer.id), None)
    if known:
        raise UserError(
            f"That answer is taken over already, as '{known.id}'.", f"'stories edit {known.id}' changes it."
        )
    story = story_from_answer(answer, services.data.repositories.stories.ids())
    if args.title:
        story = changed(story, {"title": args.title})
    story = services.data.repositories.stories.save(replace(story, added_at=now()))
    return _say_stories([story], args.json, checked=True)


def _answer(session: "Session", wanted: str) -> "Answer":
    """The answer of a session by its number; without one the best told."""
    latest = session.latest_attempts()
    if not wanted:
        best = best_answer(latest)
        if best is None:
            raise UserError(f"No answer of the session {session.id} has an example in it.", "Practise once more.")
        return best
    number, _, attempt = wanted.rpartition("/")[2].partition("-")
    for answer in reversed(session.answers):
        if str(answer.position + 1) == number.lstrip("0") and attempt in ("", str(answer.attempt)):
            return answer
    numbers = ", ".join(str(answer.position + 1) for answer in latest) or "none"
    raise UserError(f"The session {session.id} has no answer '{wanted}'.", f"It has {numbers}.")


def _edit(args: argparse.Namespace, services: Services) -> int:
    given = _options(args)
    if not given:
        raise WrongUse(f"What should change? Use {', '.join(f'--{name}' for name in TEXTS)} or --skill.")
    story = services.data.repositories.stories.save(
        changed(services.data.repositories.stories.resolve(args.id), given)
    )
    return _say_stories([story], args.json, checked=True)


def _list(args: argparse.Namespace, services: Services) -> int:
    stories = services.data.repositories.stories.all()
    tell_broken(services.data.repositories.stories, "stories delete")
    if args.json:
        say_json([{**msgspec.to_builtins(story), "missing": list(story.missing())} for story in stories])
        return ExitCode.DONE
    if not stories:
        tell("No story is kept yet. 'stories add' writes one; 'stories from-answer SESSION' takes an answer over.")
    for story in stories:
        missing = f"   no {' and no '.join(story.missing())} yet" if story.missing() else ""
        say(f"{story.id:<36} {story.title}{missing}")
    return ExitCode.DONE


def _show(args: argparse.Namespace, services: Services) -> int:
    return _say_stories([services.data.repositories.stories.resolve(args.id)], args.json, checked=False)


def _say_stories(stories: list[Story], as_json: bool, checked: bool) -> int:
    """Print stories; `checked` adds what the rubric says, on stderr beside JSON."""
    if as_json:
        say_json(msgspec.to_builtins(stories[0]) if len(stories) == 1 else msgspec.to_builtins(stories))
    for story in stories:
        if not as_json:
            say(f"{story.title}   ({story.id})")
            for name in TEXTS[1:]:
                if text := getattr(story, name):
                    say(f"  {name:<10} {text}")
            if story.skills:
                say(f"  {'skills':<10} {', '.join(story.skills)}")
            for name in story.missing():
                say(f"  {name:<10} not told yet")
        if checked:
            tell(check_words(check_story(story)))
    return ExitCode.DONE


def _check(args: argparse.Namespace, services: Services) -> int:
    repository = services.data.repositories.stories
    stories = [repository.get(args.id)] if args.id else repository.all()
    checks = [check_story(story) for story in stories]
    if args.json:
        documents = [_as_json(check) for check in checks]
        say_json(documents[0] if args.id else documents)
    else:
        if not checks:
            tell("No story is kept yet.")
        for check in checks:
            say(f"{check.title} ({check.story_id})")
            say(f"  {check_words(check)}")
    return ExitCode.DONE if all(check.good for check in checks) else ExitCode.NOT_IN_ORDER


def _as_json(check: "StoryCheck") -> dict[str, object]:
    return {**msgspec.to_builtins(check), "good": check.good}


def _coverage(args: argparse.Namespace, services: Services) -> int:
    args.id = args.job
    return say_coverage(args, services)


def _link(args: argparse.Namespace, services: Services) -> int:
    services.data.repositories.link(args.job, args.requirement, args.story, args.do == "link")
    return _coverage(args, services)


def _delete(args: argparse.Namespace, services: Services) -> int:
    if discarded(services.data.repositories.stories, args.id):
        return ExitCode.DONE
    story = services.data.repositories.delete_story(args.id)
    if args.json:
        say_json(msgspec.to_builtins(story))
    tell(f"Removed: {story.title}, and the links to it.")
    return ExitCode.DONE

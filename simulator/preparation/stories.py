"""The candidate's own evidence: one story each, in the parts an interviewer listens for."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace

from simulator.errors import UserError
from simulator.preparation.job import new_id

PARTS = ("situation", "task", "action", "result")
LONGEST_PART = 2_000


@dataclass(frozen=True, slots=True)
class Story:
    """One thing the candidate did, told in parts; any of them may be "" until it is found.

    `use` says how it would help in the job aimed at, `witness` who saw it and could vouch for it.
    `source` is the id of the answer it was taken from, "" when written.
    """

    id: str
    title: str
    situation: str = ""
    task: str = ""
    action: str = ""
    result: str = ""
    numbers: str = ""
    skills: tuple[str, ...] = ()
    use: str = ""
    witness: str = ""
    source: str = ""
    added_at: str = ""

    @property
    def text(self) -> str:
        """The story as one would tell it: the parts one after the other, numbers last where no part has them."""
        text = " ".join(_ended(part) for part in (self.situation, self.task, self.action, self.result) if part)
        pieces = (piece.strip(" .") for piece in self.numbers.split(";"))
        new = "; ".join(piece for piece in pieces if piece and piece.lower() not in text.lower())
        return f"{text} {_ended(new)}".strip() if new else text

    @property
    def searched(self) -> str:
        """All words by which it may answer a requirement: the telling, the title and the skills."""
        return " ".join(part for part in (self.title, self.text, ", ".join(self.skills)) if part)

    def missing(self) -> tuple[str, ...]:
        """The parts that are not there yet, by name. A task is often inside the situation and not asked for."""
        return tuple(part for part in PARTS if part != "task" and not getattr(self, part))


def new_story(title: str, taken: Iterable[str], **parts: object) -> Story:
    """A story with an id of its own. Raises UserError when there is nothing in it."""
    story = Story(id="", title=_clean(title), **parts)  # type: ignore[arg-type]
    story = checked(story)
    return replace(story, id=new_id(story.title, taken, "story"))


def checked(story: Story) -> Story:
    """The story with its white space in order; untitled ones get their first words. Raises UserError."""
    parts = {name: _clean(getattr(story, name)) for name in (*PARTS, "numbers", "use", "witness", "title")}
    for name, text in parts.items():
        if len(text) > LONGEST_PART:
            raise UserError(
                f"The {name} has {len(text)} characters.",
                f"Up to {LONGEST_PART} fit; a story is told in two minutes.",
            )
    if not any(parts[name] for name in PARTS):
        raise UserError("The story is empty.", "Write at least what happened or what you did.")
    title = parts.pop("title") or _beginning(next(parts[name] for name in PARTS if parts[name]))
    skills = tuple(dict.fromkeys(skill for each in story.skills if (skill := _clean(each))))
    return replace(story, title=title, skills=skills, **parts)


_NO_END = frozenset({
    "a", "an", "the", "of", "in", "on", "at", "to", "for", "with", "and", "or", "my", "our", "their", "his", "her",
    "was", "were", "that", "which", "who", "because", "when", "i", "we",
})  # fmt: skip


def _beginning(text: str) -> str:
    """The first words of a text as a title, not broken off at a small word."""
    words = re.split(r"[.!?;,](?:\s|$)", text)[0].split()[:6] or text.split()[:6]
    while len(words) > 2 and words[-1].lower() in _NO_END:
        words.pop()
    return " ".join(words)


def changed(story: Story, values: Mapping[str, object]) -> Story:
    """The story with some fields replaced. Raises UserError for a field it does not have, or an empty story."""
    known = {field.name for field in fields(Story)} - {"id", "source", "added_at"}
    for name in values:
        if name not in known:
            raise UserError(f"A story has no '{name}'.", f"It has {', '.join(sorted(known))}.")
    return checked(replace(story, **values))  # type: ignore[arg-type]


def _clean(text: str) -> str:
    return " ".join(str(text).split())


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."

"""The sentences of the app's own in a letter, and how they are known again in one that was edited."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from simulator.paths import shipped
from simulator.yaml_nodes import load_yaml


@lru_cache(maxsize=1)
def skeletons() -> Sequence[Mapping[str, Any]]:
    """All skeletons, in their order."""
    document: Sequence[Mapping[str, Any]] = load_yaml(shipped("assets") / "letters" / "skeletons.yaml")
    return document


@lru_cache(maxsize=1)
def skeleton_lines() -> tuple[str, ...]:
    """The sentences of all skeletons, up to where a fact is filled in, the longest first; they claim nothing."""
    found = {re.split(r"\{\w+\}", part)[0].strip() for part in _stock_sentences()}
    return tuple(sorted((line for line in found if _is_stock(line)), key=lambda line: (-len(line), line)))


@lru_cache(maxsize=1)
def stock_patterns() -> tuple[re.Pattern[str], ...]:
    """What each sentence of the skeletons looks like with its facts filled in, the longest first."""
    whole = sorted({part for part in _stock_sentences() if _is_stock(part)}, key=lambda line: (-len(line), line))
    return tuple(_with_facts(part) for part in whole)


_ANNOUNCE = {
    "reason": ("reason", "reason_to"),
    "example": ("asked", "asked_words", "other", "other_words", "plain", "story"),
}


@lru_cache(maxsize=1)
def _announcements() -> tuple[tuple[re.Pattern[str], re.Pattern[str], str], ...]:
    """Of each announcement what the whole of it looks like, and its last sentence."""
    lines = [(str(each[line]), part) for each in skeletons() for part, names in _ANNOUNCE.items() for line in names]
    return tuple(
        (_with_facts(line), _with_facts(re.split(r"(?<=[.”]) (?=[A-Z])", line)[-1]), part)
        for line, part in sorted(lines, key=lambda each: -len(each[0]))
    )


def announcing(sentence: str, before: str = "") -> tuple[str, str]:
    """The words in which a letter announces a "reason" or an "example", and which; both "" where it does not.

    `before`: the sentence before it, which may be a part of the announcement.
    """
    for whole, last, part in _announcements():
        if (found := last.match(sentence)) and whole.search(f"{before} {sentence}"):
            return found[0], part
    return "", ""


def _with_facts(line: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\\{\w+\\\}", "[^:“]{1,200}?", re.escape(line)))


def _is_stock(line: str) -> bool:
    return len(line.split()) > 2 or line.endswith(":")


def _stock_sentences() -> list[str]:
    lines = [line for each in skeletons() for line in each.values() if isinstance(line, str)]
    return [part.strip() for line in lines for part in re.split(r"(?<=[.:]) ", line)]

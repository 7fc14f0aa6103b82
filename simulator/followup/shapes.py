"""The shapes of a letter, how their sentences are known again in an edited one, and what words are looked for."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from simulator.paths import shipped
from simulator.yaml_nodes import load_yaml


@lru_cache(maxsize=1)
def shapes() -> Sequence[Mapping[str, Any]]:
    """All shapes, in their order."""
    document: Sequence[Mapping[str, Any]] = load_yaml(shipped("assets") / "letters" / "shapes.yaml")
    return document


@lru_cache(maxsize=64)
def listed(name: str) -> frozenset[str]:
    """A class of English words."""
    return frozenset(load_yaml(shipped("assets") / "letters" / "word_classes.yaml")[name].split())


@lru_cache(maxsize=16)
def looked_for(name: str) -> tuple[str, ...]:
    """Patterns or sentences that a letter is held against."""
    return tuple(load_yaml(shipped("assets") / "letters" / "looked_for.yaml")[name])


@lru_cache(maxsize=1)
def stock_lines() -> tuple[str, ...]:
    """The sentences of all shapes, up to where a fact is filled in, the longest first; they claim nothing."""
    found = {re.split(r"\{\w+\}", line)[0].strip() for line in _sentences()}
    return tuple(sorted((line for line in found if len(line.split()) > 1), key=lambda line: (-len(line), line)))


@lru_cache(maxsize=2)
def _patterns(claims: bool) -> tuple[re.Pattern[str], ...]:
    lines = sorted({line for line in _sentences() if claims or "{it}" not in line})
    return tuple(re.compile(re.sub(r"\\\{\w+\\\}", "[^“]{1,200}?", re.escape(line))) for line in lines)


def is_stock(sentence: str) -> bool:
    """Whether a sentence is the app's own, with whatever facts filled in."""
    return any(each.fullmatch(sentence) for each in _patterns(True))


def is_courtesy(sentence: str) -> bool:
    """Whether it is one that claims nothing: what somebody is said to have said is a claim."""
    return any(each.fullmatch(sentence) for each in _patterns(False))


def _sentences() -> list[str]:
    lines = [line for each in shapes() for line in each.values() if isinstance(line, str)]
    return [part.strip() for line in lines for part in re.split(r"(?<=[.]) ", line) if len(part.split()) > 1]

"""Lists as people number them: 1., 1.1, a), iv., bullets and boxes to tick; what stands below what, and which items
are asked although they do not read like a question."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from simulator.questions.guessing import reads_as_question

# Every pattern takes time in proportion to the line: no two repetitions of the same sign meet.
_MARK = re.compile(
    r"""(?P<indent>\s*)(?:
      (?P<bullet>[-*+•–—▪●◦‣·○»►▶])\s+(?:(?P<tick>\[[ xX]?\])\s+)? | (?P<box>[□☐☑☒✓✔])\s* |
      \(?(?P<number>\d{1,6}(?:\.\d{1,3}){0,5})(?:[.):\]]\s*(?=\D|$)|(?=\t)|[ ]?[-–—]\s+) |
      (?P<dotted>\d{1,3}(?:\.\d{1,3}){1,5})\s+ | (?P<plain>\d{1,4})\s+(?=\S) |
      (?P<label>[^\W\d_]{1,12}\.?[ ]?(?P<nth>\d{1,3}))[.):]\s+(?=\S) |
      \(?(?P<roman>[ivx]{1,5}|[IVX]{1,5})[.)]\s+ | \(?(?P<letter>[a-zA-Z])[.)]\s+
    )""",
    re.VERBOSE,
)
_LEAST_PLAIN = 3
"""Numbers without a sign behind them that follow one another, from which they are a numbering."""


@dataclass(slots=True)
class Item:
    """One item of a list: its words without its mark, and the line of the item it stands below."""

    line: int
    indent: int
    style: str
    words: str
    parent: int | None = None
    asked: bool = False
    """Numbered beside questions, or with nothing else that it could be: a question, whatever it reads like."""
    tick: bool = False


def item_of(line: str, number: int = 0, plain: bool = False) -> Item | None:
    """The item in a line, None where it bears no mark; with `plain` numbers without a sign behind them, or behind a
    word ("P1.", "Item 3:"), are marks too."""
    found = _MARK.match(line)
    if not found or ((found["plain"] or found["label"]) and not plain):
        return None
    indent = len(found["indent"].expandtabs(4))
    words = line[found.end() :].strip()
    dotted = found["dotted"] or (found["number"] if found["number"] and "." in found["number"] else "")
    if dotted:
        style = f"dotted {dotted.count('.')}"
    elif found["number"] or found["plain"]:
        style = "number"
    elif found["label"]:
        style = f"label {found['label'].rstrip('0123456789. ').lower()}"
    elif found["roman"] or found["letter"]:
        sign = found["roman"] or found["letter"]
        style = ("roman" if found["roman"] else "letter") + (" capital" if sign.isupper() else "")
    else:
        style = "bullet"
    return Item(number, indent, style, words, tick=bool(found["tick"] or found["box"]))


def outline(lines: Sequence[str]) -> dict[int, Item]:
    """All items by their line numbers (from 1)."""
    plain = _plain_numbers(lines)
    below = _below_numbers(lines, plain)
    items: dict[int, Item] = {}
    stack: list[Item] = []
    empty = False
    for number, line in enumerate(lines, 1):
        item = item_of(line, number, number in plain)
        if item is None:
            if not line.strip():
                empty = True
            elif not line[:1].isspace() and (empty or line.startswith("#")):
                # A new paragraph at the margin ends the list.
                stack.clear()
            continue
        _same_letters(item, stack)
        while stack and not (number in below and stack[-1].style != "bullet") and not _below(item, stack):
            stack.pop()
        item.parent = stack[-1].line if stack else None
        stack.append(item)
        items[number] = item
        empty = False
    _find_asked(items)
    return items


def _same_letters(item: Item, stack: Sequence[Item]) -> None:
    """ "i." behind "h." is a letter."""
    if item.style.startswith("roman"):
        letter = item.style.replace("roman", "letter")
        if any(each.style == letter and each.indent == item.indent for each in stack) and len(stack) and (
            stack[-1].style == letter or all(each.style != item.style for each in stack)
        ):  # fmt: skip
            item.style = letter


def _below(item: Item, stack: Sequence[Item]) -> bool:
    top = stack[-1]
    if item.style == top.style:
        return item.indent > top.indent + 1
    if any(each.style == item.style and abs(each.indent - item.indent) <= 1 for each in stack):
        return False
    if item.indent > top.indent + 1:
        return True
    if item.indent < top.indent - 1:
        return False
    depth = _depth(item.style)
    return depth > _depth(top.style) and depth > 0


def _depth(style: str) -> int:
    """How deep a style of numbers usually stands."""
    if style.startswith("dotted"):
        return int(style.split()[1])
    return {"number": 0, "letter": 2, "roman": 3}.get(style, 0)


def _below_numbers(lines: Sequence[str], plain: set[int]) -> set[int]:
    """The bullets that stand between the numbers of one numbering, without being further in: they are below these."""
    kept: set[int] = set()
    waiting: list[int] = []
    before = 0
    for place, line in enumerate(lines, 1):
        found = _MARK.match(line)
        nth = found and (found["number"] or found["nth"] or found["plain"])
        if found and found["bullet"]:
            waiting.append(place)
        elif nth and nth.isdigit() and (place in plain or (found and found["number"])):
            if int(nth) == before + 1 and before:
                kept.update(waiting)
            waiting, before = [], int(nth)
        elif line.startswith("#"):
            waiting, before = [], 0
    if kept:
        # Those below the last number, as below the ones before it.
        kept.update(waiting)
    return kept


def _plain_numbers(lines: Sequence[str]) -> set[int]:
    by_word: dict[str, list[tuple[int, int]]] = {}
    for place, line in enumerate(lines, 1):
        found = _MARK.match(line)
        if found and (found["plain"] or found["label"]):
            word = (found["label"] or "").rstrip("0123456789. ").lower()
            by_word.setdefault(word, []).append((place, int(found["plain"] or found["nth"])))
    kept: set[int] = set()
    for numbered in by_word.values():
        follow = sum(later[1] == earlier[1] + 1 for earlier, later in pairwise(numbered))
        if follow + 1 >= _LEAST_PLAIN:
            kept |= {place for place, _ in numbered}
    return kept


def _find_asked(items: dict[int, Item]) -> None:
    """Mark numbered items whose neighbours are mostly questions, and which are no headings of those below them."""
    children: dict[int | None, list[Item]] = {}
    groups: list[list[Item]] = []
    open_group: dict[tuple[int | None, str], list[Item]] = {}
    last = 0
    for item in items.values():
        children.setdefault(item.parent, []).append(item)
        key = (item.parent, item.style)
        if item.parent is None and item.line - last > 30:
            open_group.pop(key, None)
        if key not in open_group:
            open_group[key] = []
            groups.append(open_group[key])
        open_group[key].append(item)
        last = item.line
    for group in groups:
        if group[0].style == "bullet":
            continue
        asking = sum(reads_as_question(item.words) for item in group)
        for item in group:
            below = children.get(item.line, [])
            heads = bool(below) and any(reads_as_question(each.words) for each in below)
            item.asked = asking * 2 >= len(group) and not (heads and not reads_as_question(item.words))

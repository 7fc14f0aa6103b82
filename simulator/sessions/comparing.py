"""Two attempts at a question side by side: what was gained and lost per rubric, in parts and in words. Pure."""

import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from simulator.reading.reading import Reading
from simulator.scoring.scorecard import Part, PartState, RubricScore, Scorecard
from simulator.sessions.answer_feedback import (
    DOUBTED,
    NEW,
    NOT_NOW,
    NOT_SURE,
    PLAIN,
    gains,
    parts_in_doubt,
    parts_lost,
    with_words,
)
from simulator.sessions.delivery_words import delivery_words
from simulator.sessions.rubric_titles import rubric_title
from simulator.sessions.session import Answer, counted_scores, shown_scores
from simulator.texts import listed


@dataclass(frozen=True, slots=True)
class RubricChange:
    """One rubric before and after. `gained` and `lost`: what was earned only then, with the words that earned it.

    `doubted` is what is not as sure as before, where the level went down; `plain` what is surer.
    """

    rubric: str
    before: int | None
    after: int | None
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    doubted: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()
    asked_first: bool = True
    """Whether what was asked for is in `gained`, not in `plain`."""

    @property
    def fell(self) -> bool:
        """Whether the level went down."""
        return (-1 if self.before is None else self.before) > (-1 if self.after is None else self.after)

    @property
    def items(self) -> Iterator[tuple[str, str, str]]:
        """What changed in it, one by one: with a sign, and what is to be said of it."""
        better = [("+", NEW, self.gained), ("+", PLAIN, self.plain)]
        worse = [("-", NOT_NOW, self.lost), ("◐", DOUBTED, self.doubted)]
        for sign, label, told in (*(better if self.asked_first else better[::-1]), *worse):
            yield from ((sign, label, item) for item in told)

    @property
    def told_by_parts(self) -> bool:
        """Whether what was gained and lost already says which way the level went."""
        before, after = (-1 if level is None else level for level in (self.before, self.after))
        if before == after:
            return True
        better = self.gained or self.plain
        return bool(better and not self.lost) if after > before else bool(self.lost and not better)

    @property
    def words(self) -> str:
        """ "Concrete examples: 1, now 3, up by 2"."""
        title = rubric_title(self.rubric)
        if self.before is None or self.after is None:
            shown = ["no level" if level is None else str(level) for level in (self.before, self.after)]
            return f"{title}: {shown[0]}, now {shown[1]}"
        step = self.after - self.before
        if step == 0:
            return f"{title}: {self.after}, as before"
        return f"{title}: {self.before}, now {self.after}, {'up' if step > 0 else 'down'} by {abs(step)}"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two attempts, rubric by rubric; `delivery` says what changed in how it was said."""

    before: Answer
    after: Answer
    rubrics: tuple[RubricChange, ...]
    delivery: tuple[str, ...]

    @property
    def words(self) -> str:
        """What changed, in a sentence: "One part gained, nothing lost."; never against what the levels say."""
        if not self.rubrics:
            return "Neither try has a score to compare."
        gained = sum(len(change.gained) for change in self.rubrics)
        lost = sum(len(change.lost) for change in self.rubrics)
        plain = sum(len(change.plain) for change in self.rubrics)
        if not gained and not lost and not plain:
            return self._steps(self.rubrics) or "Nothing gained and nothing lost: the same parts were heard."
        better = [f"{_counted(number)} {how}" for number, how in ((gained, "gained"), (plain, "plainer")) if number]
        parts = ", ".join(better) or "nothing gained"
        less = f"{_counted(lost)} lost" if lost else "nothing lost"
        # Where a level fell, something was lost, if only in being sure.
        worse = not lost and any(change.fell for change in self.rubrics)
        text = f"{parts}." if worse else f"{parts}, {less}."
        others = self._steps(change for change in self.rubrics if not change.told_by_parts)
        return f"{text[:1].upper()}{text[1:]} {others}".strip()

    @staticmethod
    def _steps(changes: Iterable[RubricChange]) -> str:
        """Which levels rose and which fell, where no part was surely gained or lost, and why; "" for none."""
        titles: dict[bool, list[str]] = {True: [], False: []}
        doubted: dict[str, None] = {}
        for change in changes:
            if change.before != change.after:
                titles[change.fell].append(rubric_title(change.rubric))
                doubted.update(dict.fromkeys(change.doubted))
        parts = [
            f"{' and '.join(titles[down])} went {'down' if down else 'up'}" for down in (False, True) if titles[down]
        ]
        why = f": this time I am not sure that I heard {listed([*doubted], 'and')}" if doubted else ""
        return f"{', '.join(parts)}{why}." if parts else ""


def _counted(number: int) -> str:
    return "one part" if number == 1 else f"{number} parts"


def in_order(attempts: Iterable[Answer]) -> tuple[Answer, ...]:
    """Attempts at one question, of any session, the first one first: their numbers are their places."""
    return tuple(sorted(attempts, key=lambda each: (each.answered_at, each.session_id, each.attempt)))


def attempt_title(number: int, attempts: int, when: str) -> str:
    """ "Try 3 of 4, yesterday 14:08"; of a single one, when it was."""
    return f"Try {number} of {attempts}, {when}" if attempts > 1 else f"{when[:1].upper()}{when[1:]}"


def compare(before: Answer, after: Answer) -> Comparison:
    """What `after` gained and lost against `before`."""
    return Comparison(before, after, tuple(_changes(before, after)), tuple(_delivery(before, after)))


def scores_beside(answer: Answer, comparison: Comparison) -> list[RubricScore]:
    """The scores of one of two attempts: those it shows alone, and any whose level the comparison names."""
    card = answer.scorecard
    shown = shown_scores(answer)
    named = [card.rubrics[each.rubric] for each in comparison.rubrics if each.rubric in card.rubrics] if card else []
    return [*shown, *(score for score in named if score not in shown)]


def _changes(before: Answer, after: Answer) -> Iterator[RubricChange]:
    cards = [answer.scorecard for answer in (before, after)]
    for name in dict.fromkeys(score.rubric for answer in (after, before) for score, _ in counted_scores(answer)):
        old, new = (card.rubrics.get(name) if card and card.scored else None for card in cards)
        was, now = (None if score is None or score.unasked else score.level for score in (old, new))
        if was is None and now is None:
            continue
        told = dict(gains(old, new, _reading(cards[1])))
        yield RubricChange(
            name,
            was,
            now,
            gained=tuple(_only_in(new, old, told.get(NEW, ()), _reading(cards[1]))),
            lost=tuple(_only_in(old, new, parts_lost(old, new), _reading(cards[0]))),
            doubted=tuple(part.name for part in parts_in_doubt(old, new)),
            plain=tuple(with_words(part, _reading(cards[1])) for part in told.get(PLAIN, ())),
            asked_first=next(iter(told), NEW) == NEW,
        )


_NOW = {
    PartState.YES: "heard",
    PartState.PERHAPS: NOT_SURE,
    PartState.NO: "not heard",
    PartState.SPARE: "optional",
}


def rescored_words(before: Answer, after: Answer) -> str:
    """What the same answer has otherwise after a correction: its levels, its parts, or nothing."""
    lines: list[str] = []
    for change in compare(before, after).rubrics:
        old, new = (card.rubrics.get(change.rubric) if card else None for card in (before.scorecard, after.scorecard))
        states = {part.element: part.found for part in old.parts} if old else {}
        moved = [
            f"{part.name}: now {_NOW[part.found]}"
            for part in (new.parts if new else ())
            if part.found is not states.get(part.element, part.found)
        ]
        if moved or change.before != change.after:
            lines.extend((change.words, *moved))
    return "\n".join(lines) or "Scored again; levels and parts are as before."


def _reading(card: Scorecard | None) -> Reading | None:
    return card.reading if card else None


def _only_in(
    one: RubricScore | None, other: RubricScore | None, parts: Iterable[Part], reading: Reading | None
) -> Iterator[str]:
    """What was earned in `one` and not in `other`: these `parts`, each with the words that earned it."""
    if one is None:
        return
    if one.parts and other and other.parts:
        for part in parts:
            yield with_words(part, reading)
        return
    if other and (one.level or 0) <= (other.level or 0):
        # Without parts only a few words are quoted, those that carry the level: others may have been there, too.
        return
    known = {quote.earns.casefold() for quote in other.quotes} if other else set()
    for quote in one.quotes:
        if quote.earns.casefold() not in known:
            known.add(quote.earns.casefold())
            yield f"{quote.earns}, “{quote.text}”"
    # What the other lacked and this one does not: it may have been earned by words that were quoted before.
    known.update(_named(what) for what in one.missing)
    yield from (what for what in map(_named, other.missing if other else ()) if what not in known)


def _named(missing: str) -> str:
    """What was missing, as one names it where it is there."""
    named = missing.strip().rstrip(".")
    return f"{named[:1].lower()}{named[1:]}"


def _delivery(before: Answer, after: Answer) -> Iterator[str]:
    """Each measure of the later attempt that was also taken before, with both values, where the words differ."""
    if before.scorecard is None or after.scorecard is None:
        return
    olds = {measure.name: measure for measure in before.scorecard.delivery.measures}
    for new in after.scorecard.delivery.measures:
        old = olds.get(new.name)
        if old is None or old.value is None or new.value is None or old.value == new.value or new.name == "time":
            continue
        (was,), (now,) = (
            delivery_words(type(after.scorecard.delivery)(measures=(measure,))) for measure in (old, new)
        )
        yield f"{was}; now {now}"


def comparison_text(comparison: Comparison, attempts: Iterable[Answer] = (), width: int = 80) -> str:
    """A comparison as plain text. `attempts` are all at this question, to number the two."""
    lines = textwrap.wrap(comparison.after.question.ask, width)
    tries = in_order(attempts)
    ids = [each.id for each in tries]
    lines.extend(
        f"  {label}: {attempt_title(ids.index(each.id) + 1, len(ids), each.answered_at[:16].replace('T', ' '))}"
        for label, each in (("before", comparison.before), ("after", comparison.after))
        if each.id in ids
    )
    lines.extend(["", comparison.words])
    for change in comparison.rubrics:
        lines.append(change.words)
        for _, label, item in change.items:
            lines.extend(textwrap.wrap(f"{label}: {item}", width, initial_indent="  ", subsequent_indent="    "))
    if comparison.delivery:
        lines.append("Delivery")
        for words in comparison.delivery:
            lines.extend(textwrap.wrap(words, width, initial_indent="  ", subsequent_indent="    "))
    return "\n".join(lines)

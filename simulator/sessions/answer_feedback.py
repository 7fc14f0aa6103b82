"""The feedback on one answer, in words: levels, parts, quotes, what is missing and what to do next.

Pure functions; the plain mode, the commands, the exports and the app all use these.
"""

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence

from simulator.reading.reading import Reading
from simulator.scoring.quotes import words_shown
from simulator.scoring.scorecard import (
    MAX_LEVEL,
    ClosingManner,
    Part,
    PartState,
    Quote,
    RubricScore,
    Scorecard,
)
from simulator.sessions.delivery_words import delivery_line, delivery_words
from simulator.sessions.rubric_titles import ordered_rubrics, rubric_title
from simulator.sessions.session import Answer, counted_scores, shown_scores
from simulator.sessions.times import clock
from simulator.speech.transcript import Source

WIDTH = 80
TITLE = 26
NOT_ASKED = "not asked here"
MOST_QUOTES = 3

PART_SIGNS = {PartState.YES: "✓", PartState.NO: "✗", PartState.PERHAPS: "◐", PartState.SPARE: "·"}
"""The sign of a part beside its word: heard, not heard, not surely heard, not needed as it is."""
NOT_SURE = "not sure"
"""What is said of a part that may be there."""
_PART_FORMS = {PartState.PERHAPS: f"{{name}} ({NOT_SURE})", PartState.SPARE: "{name} (optional)"}


def came_in(answer: Answer) -> str:
    """What one says of the words of an answer: "heard", or of what was typed "found"."""
    return "found" if answer.transcript.source is Source.TYPED else "heard"


def unsure_words(scores: Iterable[RubricScore]) -> str:
    """What the sign of a part that may be there asks for; "" where there is none, or nothing is to be done."""
    below = (part for score in scores if score.level != MAX_LEVEL for part in score.parts)
    if all(part.found is not PartState.PERHAPS for part in below):
        return ""
    return f"{PART_SIGNS[PartState.PERHAPS]} A part so marked may be there: say it more plainly."


_TIED = "\u00a0"
"""A space at which no line is broken."""


def part_words(part: Part) -> str:
    """A part with its sign, and in words where that would not do: "✓ your own part", "◐ a lesson (not sure)"."""
    return f"{PART_SIGNS[part.found]} {_PART_FORMS.get(part.found, '{name}').format(name=part.name)}"


def parts_to_show(score: RubricScore) -> tuple[Part, ...]:
    """The parts that are shown one by one: at the highest level none is missing or needed, so only what was found."""
    found = (PartState.YES, PartState.PERHAPS)
    return tuple(part for part in score.parts if score.level != MAX_LEVEL or part.found in found)


def parts_line(score: RubricScore) -> str:
    """These parts in one line."""
    return "  ".join(part_words(part) for part in parts_to_show(score))


def parts_gained(
    before: RubricScore | None, after: RubricScore | None, reading: Reading | None = None
) -> tuple[Part, ...]:
    """The parts that were surely missing before and are found now, those first that were asked for.

    With the `reading` of the later one, none whose words are only guessed.
    """
    if before is None or after is None:
        return ()
    lacked = {part.element for part in before.parts if part.found in (PartState.NO, PartState.SPARE)}
    asked = [*before.missing_elements, *lacked]
    found = (part for part in after.parts if part.element in lacked and _found_in_words(part, reading))
    return tuple(sorted(found, key=lambda part: asked.index(part.element)))


def parts_cleared(
    before: RubricScore | None, after: RubricScore | None, reading: Reading | None = None
) -> tuple[Part, ...]:
    """The parts that were to be said more plainly, and are found in plain words now."""
    if before is None or after is None or before.level == MAX_LEVEL or fell(before, after):
        return ()
    doubted = {part.element for part in before.parts if part.found is PartState.PERHAPS}
    return tuple(part for part in after.parts if part.element in doubted and _found_in_words(part, reading))


def _found_in_words(part: Part, reading: Reading | None) -> bool:
    """Whether a part was found and, where the reading is known, in which words is sure too."""
    return part.found is PartState.YES and (reading is None or reading.shows(part.element))


def gains(
    before: RubricScore | None, after: RubricScore | None, reading: Reading | None = None
) -> tuple[tuple[str, tuple[Part, ...]], ...]:
    """What is new in the later try and what is plain now, each under its label; first what was asked for."""
    new, plain = parts_gained(before, after, reading), parts_cleared(before, after, reading)
    asked = before is not None and any(part.element in before.missing_elements for part in new)
    both = ((NEW, new), (PLAIN, plain)) if asked else ((PLAIN, plain), (NEW, new))
    return tuple((label, parts) for label, parts in both if parts)


def parts_lost(before: RubricScore | None, after: RubricScore | None) -> tuple[Part, ...]:
    """The parts that were found before and are surely missing now; in a better answer not what it can do without.

    In a worse one also what only may have been there: that is why it is worse.
    """
    if before is None or after is None:
        return ()
    better = (after.level or 0) > (before.level or 0)
    spare = {part.element for part in after.parts if part.found is PartState.SPARE}
    lost = tuple(part for part in parts_gained(after, before) if not (better and part.element in spare))
    if lost or not fell(before, after):
        return lost
    doubted = {part.element for part in before.parts if part.found is PartState.PERHAPS}
    absent = (PartState.NO, PartState.SPARE)
    return tuple(part for part in after.parts if part.found in absent and part.element in doubted)


def parts_in_doubt(before: RubricScore | None, after: RubricScore | None) -> tuple[Part, ...]:
    """The parts that are not as sure as they were, and why an answer is worse; none where it is not."""
    if before is None or after is None or not fell(before, after):
        return ()
    unsure = [part for part in after.parts if part.found is PartState.PERHAPS]
    sure = {part.element for part in before.parts if part.found is PartState.YES}
    less = tuple(part for part in unsure if part.element in sure)
    return less or (() if parts_lost(before, after) else tuple(unsure))


def fell(before: RubricScore, after: RubricScore) -> bool:
    """Whether the level went down."""
    return before.level is not None and after.level is not None and after.level < before.level


def whole_verdict(scores: Sequence[RubricScore]) -> str:
    """One verdict for a whole answer: that of the leading rubric, and which other one lags far behind it."""
    leading = scores[0]
    verdict = leading.verdict or leading.anchor
    behind = helps_most(scores)
    return (
        verdict
        if behind is leading
        else f"{verdict} What would help most now: {rubric_title(behind.rubric).lower()}."
    )


def helps_most(scores: Sequence[RubricScore]) -> RubricScore:
    """The one rubric to do something for: the lowest of those that lag far behind the leading one, else that."""
    return min((each for each in scores[1:] if _lags(each, scores[0])), key=_level_of, default=scores[0])


def thing_to_do(answer: Answer) -> str:
    """The one thing that feedback on an answer asks for; "" where it asks for none."""
    shown = shown_scores(answer) if answer.scorecard and answer.scorecard.scored else []
    todo = helps_most(shown) if shown else None
    return todo.advice if todo and todo.level is not None and todo.level < MAX_LEVEL else ""


def _level_of(score: RubricScore) -> int:
    return score.level or 0


def _lags(one: RubricScore, leading: RubricScore) -> bool:
    return one.level is not None and leading.level is not None and leading.level - one.level >= FAR_BEHIND


FAR_BEHIND = 2
"""So many levels below the leading rubric, another one is named in the verdict."""


NEW, PLAIN, NOT_NOW, DOUBTED = "new in this try", "plain now", "not heard this time", "not sure this time"
"""What is said of a part that only one of two tries has, or has more or less surely."""
GAINS = (NEW, PLAIN)


def change_words(
    before: RubricScore | None, after: RubricScore, reading: Reading | None = None, quoted: bool = True
) -> list[str]:
    """What changed since the try before: "up from 2", "new in this try: what came of it".

    With the `reading` of the later one nothing guessed is told and, `quoted`, a single new part with its words.
    """
    if before is None or before.level is None or after.level is None:
        return []
    step = after.level - before.level
    words = ["as before" if step == 0 else f"{'up' if step > 0 else 'down'} from {before.level}"]
    for label, parts in (
        *gains(before, after, reading),
        (NOT_NOW, parts_lost(before, after)),
        (DOUBTED, parts_in_doubt(before, after)),
    ):
        if parts:
            alone = parts[0] if quoted and label in GAINS and len(parts) == 1 else None
            words.append(f"{label}: {with_words(alone, reading) if alone else ', '.join(p.name for p in parts)}")
    return [*words, EARLIER_COUNTS] if step < 0 else words


def with_words(part: Part, reading: Reading | None) -> str:
    """A part and the words that tell it: "something to check, “fourteen people”"."""
    words = words_shown(reading, part.element).rstrip(".,;") if reading else ""
    return f"{part.name}, “{words}”" if words else part.name


EARLIER_COUNTS = "your earlier try still counts"
"""The best attempt at a question does: a worse one costs nothing."""


def level_bar(level: float) -> str:
    """A level, or the mean of some to the nearest half, as full, half and empty marks: it reads without colour."""
    full, half = divmod(int(2 * level + 0.5), 2)
    return "▰" * full + "◧" * half + "▱" * (MAX_LEVEL - full - half)


def level_of(level: float, own: int | None = None, perhaps: int | None = None) -> str:
    """A level or a mean, of how many, the level it has if what is in doubt was said, and what the candidate gave:
    "Level 1 of 4, perhaps 2, you gave yourself 3"."""
    number = f"Level {level if isinstance(level, int) else f'{level:.1f}'} of {MAX_LEVEL}"
    told = number if perhaps is None else f"{number}, perhaps {perhaps}"
    return told if own is None else f"{told}, you gave yourself {own}"


def answer_levels(answer: Answer) -> Iterator[tuple[str, str]]:
    """The rubrics of an answer that have a level, each with that and what the candidate gave, in words."""
    for score, level in counted_scores(answer):
        yield score.rubric, level_of(level, answer.self_rating.get(score.rubric), score.perhaps)


def level_words(level: float, own: int | None = None, perhaps: int | None = None) -> str:
    """The same with its bar: "▰▰▱▱ Level 2 of 4"."""
    return f"{level_bar(level)} {level_of(level, own, perhaps)}"


SKIPPED = "You skipped this question."


FITS = "Fits this job"
MOST_FITS = 2


def fits_of(card: Scorecard, width: int) -> list[tuple[str, str]]:
    """What the job asks for that the answer surely speaks to, each in one line, with the words that do."""
    met = list(card.tailoring.met.items())[:MOST_FITS]
    return [(textwrap.shorten(asked, width, placeholder=" …"), words) for asked, words in met]


PIECE_FIRST = "What you added stands first: it reads as a beginning."


def feedback_text(answer: Answer, previous: Answer | None = None, width: int = WIDTH) -> str:
    """One answer's feedback as plain text; `previous` is the attempt before, for a before and after."""
    card = answer.scorecard
    if card is None:
        return SKIPPED if answer.skipped else "This answer has no score yet."
    before = previous.scorecard if previous else None
    lines: list[str] = []
    if answer.probed:
        lines.append("Scored together with your reply to the follow-up.")
    if answer.begins_with_piece:
        lines.append(PIECE_FIRST)
    lines.extend(
        card_lines(card, before, width, [score.rubric for score in shown_scores(answer)], answer.self_rating)
    )
    return "\n".join(lines)


def card_lines(
    card: Scorecard,
    before: Scorecard | None = None,
    width: int = WIDTH,
    asked_for: Sequence[str] = (),
    own: Mapping[str, int] | None = None,
) -> list[str]:
    """A scorecard as lines of plain text; rubrics that the question did not ask for in one line each.

    Of those it asked for, the first is the leading one: it alone is told part by part. One has its thing to do.
    `own` are the levels that the candidate gave.
    """
    own = own or {}
    lines: list[str] = []
    if card.scored:
        wanted = [card.rubrics[rubric] for rubric in asked_for if rubric in card.rubrics]
        for score in wanted:
            brief, advised = score is not wanted[0], score is helps_most(wanted)
            rated = own.get(score.rubric)
            lines.extend(_rubric_lines(score, before, width, brief, advised, rated, card.reading))
        for rubric in ordered_rubrics(card):
            if asked_for and rubric not in asked_for:
                lines.extend(_titled(rubric_title(rubric), NOT_ASKED, width))
            elif not asked_for:
                lines.extend(_rubric_lines(card.rubrics[rubric], before, width))
        told = wanted[:1] if asked_for else [score for score in card.rubrics.values() if score.level is not None]
        lines.extend(wrapped(unsure_words(told), width))
    else:
        lines.extend(wrapped(f"Not scored. {card.why_not or ''}".strip(), width))
    for question in card.asked:
        lines.extend(wrapped(f"{question.level} “{question.text}”: {question.reason}", width, indent="  "))
    for words in _manner_words(card.closing):
        lines.extend(wrapped(words, width))
    if card.tailoring.met:
        met = "; ".join(f"{asked} (“{words}”)" for asked, words in fits_of(card, width))
        lines.extend(_titled(FITS, met, width))
    if card.delivery.measures:
        in_words = delivery_line(card.delivery)
        numbers = "; ".join(delivery_words(card.delivery))
        lines.extend(_titled("Delivery", f"{in_words} ({numbers})" if in_words else numbers, width))
    return lines


def _rubric_lines(
    score: RubricScore,
    before: Scorecard | None,
    width: int,
    brief: bool = False,
    advised: bool = True,
    own: int | None = None,
    reading: Reading | None = None,
) -> Iterator[str]:
    title = rubric_title(score.rubric)
    if score.level is None:
        yield from _titled(title, score.why_not or "not asked here", width)
        return
    changes = change_words(before.rubrics.get(score.rubric) if before else None, score, reading)
    change = f" ({'; '.join(changes)})" if changes else ""
    verdict = score.verdict or f"{score.name}: {score.anchor}"
    level = "" if score.unasked else f"{level_words(score.level, own, score.perhaps)}. "
    yield from _titled(title, f"{level}{verdict}{change}", width)
    if not brief:
        yield from _found_lines(score, width)
    if score.advice and advised:
        yield from wrapped(f"Next: {score.advice}", width, indent="  ")


def _found_lines(score: RubricScore, width: int) -> Iterator[str]:
    """The parts of an answer, the words that earned most, and what is missing."""
    if score.parts:
        whole = "  ".join(part_words(part).replace(" ", _TIED) for part in parts_to_show(score))
        yield from (line.replace(_TIED, " ") for line in wrapped(whole, width, indent="  "))
    for quote in shown_quotes(score):
        at = f"{clock(quote.start)} " if quote.start is not None else ""
        yield from wrapped(f"{at}“{quote.text}”: {quote.earns}", width, indent="    ")
    if score.missing and not score.parts:
        yield from wrapped(missing_words(score), width, indent="  ")


def shown_quotes(score: RubricScore) -> list[Quote]:
    """The quotes that feedback shows: those that earned most, in the order they were said."""
    return sorted(score.quotes[:MOST_QUOTES], key=lambda quote: quote.first_word)


def missing_words(score: RubricScore) -> str:
    """What the next levels ask for, as a sentence."""
    return f"Not heard yet: {'; '.join(what.strip().rstrip('.') for what in score.missing)}."


def _manner_words(manner: ClosingManner) -> Iterator[str]:
    if manner.work_sample_offered:
        yield f"You offered a work sample (“{manner.work_sample_offered}”): good."
    if manner.availability_offered:
        yield f"You said you are available (“{manner.availability_offered}”): good."
    if manner.presuming:
        yield f"Careful: “{manner.presuming}” sounds as if the job were already yours."


def _titled(title: str, words: str, width: int) -> list[str]:
    first = f"{title:<{TITLE}} "
    return textwrap.wrap(words, width, initial_indent=first, subsequent_indent="    ") or [title]


def wrapped(words: str, width: int, indent: str = "") -> list[str]:
    return textwrap.wrap(words, width, initial_indent=indent, subsequent_indent=indent + "  ")

"""The parts of a scorecard as lines: the verdict, the answer with its parts marked, one thing to do, and why."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from textual.content import Content

from simulator.reading import elements as e
from simulator.reading.elements import elements
from simulator.scoring.levels import earns
from simulator.scoring.scorecard import MAX_LEVEL, CueShare, Part, PartState, RubricScore, Scorecard
from simulator.sessions.answer_feedback import (
    EARLIER_COUNTS,
    FITS,
    GAINS,
    NOT_ASKED,
    PART_SIGNS,
    PIECE_FIRST,
    came_in,
    change_words,
    fell,
    fits_of,
    helps_most,
    level_of,
    part_words,
    parts_to_show,
    shown_quotes,
    unsure_words,
    whole_verdict,
)
from simulator.sessions.delivery_words import delivery_words
from simulator.sessions.highlights import is_quotable, passages
from simulator.sessions.rubric_titles import RUBRIC_TITLES, rubric_title
from simulator.sessions.session import Answer, shown_scores
from simulator.sessions.times import clock
from simulator.tui.part_colours import part_colour
from simulator.tui.widgets.columns import flowing, hanging
from simulator.tui.widgets.level_bars import bar
from simulator.tui.widgets.part_rows import part_rows, part_style, sign_style

TITLE_WIDTH = 20
QUOTE_WIDTH = 9
ADVICE_WIDTH = 9
KEEP = "Keep it"
LONGEST_QUOTE = 26
"""Words; in the transcript all of them are underlined anyway."""
MOST_REASONS = 6
"""What weighed most tells why; `score --explain` lists all."""
MOST_FOUND = 4
LEAST_SHARE = 0.05
"""A cue that adds less of a step hardly counts."""
COUNTED, UNSURE, AGAINST, NOTHING = "Counted", "Not sure", "Held it back", "Did not count"
NOTHING_SURE = f"nothing for sure: a part marked {PART_SIGNS[PartState.PERHAPS]} counts once it is said more plainly."
"""What level 0 stands for where there may be something: not that there is nothing."""
"""How what was found weighed: for the level, for it though not clearly, against it, or not at all by itself."""
WEIGHED_WIDTH = 15
MOST_COLUMNS = 96
"""Longer lines are hard to read."""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the scorecard: its name (also that of its panel), the panel's title, its lines."""

    name: str
    title: str
    lines: tuple[Content, ...]


def scorecard_lines(answer: Answer, previous: Answer | None, explain: bool, width: int) -> list[Content]:
    """The lines of an answer's scorecard without frames, styled and wrapped to `width` columns."""
    return [line for section in sections(answer, previous, explain, width) for line in section.lines]


def sections(
    answer: Answer, previous: Answer | None, explain: bool, width: int, framed: bool = False, part_lines: int = 1
) -> list[Section]:
    """The scorecard: the verdict first, then the answer itself with its parts, one thing to do.

    `framed` leaves out what the panels' titles and borders say already; a part's words take so many lines at most.
    """
    card = answer.scorecard
    if answer.skipped:
        return []
    if card is None:
        return [Section("verdict", "", (Content("This answer has no score yet."),))]
    before = previous.scorecard if previous else None
    shown = shown_scores(answer) if card.scored else []
    verdict: list[Content] = []
    if not card.scored:
        verdict.extend(_titled("Not scored", Content(card.why_not or ""), width))
    if shown:
        verdict.extend(_verdict(shown, answer, before, width, part_lines))
    for score in shown[1:]:
        verdict.extend(_beside(score, answer, before, width))
    noticed = [*_questions_asked(card, width), *_closing(card, width)]
    why: list[Content] = []
    if explain:
        for score in shown:
            why.extend(_why(score, answer, width))
        why.extend(_numbers(card, [score.rubric for score in shown], width))
    words = [line for score in shown[:1] for line in _words(score, answer, width)]
    if words and answer.begins_with_piece:
        words = [*Content.styled(PIECE_FIRST, "$text-muted").wrap(width), *words]
    todo = helps_most(shown) if shown else None
    advice = [*_advice(todo, answer, width, framed)] if todo else []
    top = todo is not None and todo.level == MAX_LEVEL
    made = (
        Section("verdict", "How it went", tuple(verdict)),
        Section("noticed", "Also noticed", tuple(noticed)),
        Section("why", "Why", tuple(why)),
        Section("answer", "Your answer", tuple(words)),
        Section("advice", KEEP if top else "One thing to do", tuple(advice)),
        Section("fits", FITS, tuple(_fits(card, width))),
    )
    return [section for section in made if section.lines]


def _numbers(card: Scorecard, shown: Sequence[str], width: int) -> Iterator[Content]:
    """The measures behind the line on delivery, and what the question did not ask for."""
    if card.delivery.measures:
        numbers = ", ".join(delivery_words(card.delivery))
        yield from _titled("How you spoke", Content.styled(numbers, "$text-muted"), width)
    others = [rubric_title(rubric) for rubric in card.rubrics if rubric not in shown]
    if card.scored and others:
        yield from _titled("Not asked for here", Content.styled(", ".join(others), "$text-muted"), width)


def _titled(title: str, body: Content, width: int) -> Iterator[Content]:
    return hanging(Content.styled(title, "bold"), body, TITLE_WIDTH, width)


def _verdict(
    shown: Sequence[RubricScore], answer: Answer, before: Scorecard | None, width: int, part_lines: int
) -> Iterator[Content]:
    score = shown[0]
    title = rubric_title(score.rubric)
    if score.level is None:
        yield from _titled(title, Content.styled(score.why_not or NOT_ASKED, "$text-muted"), width)
        return
    yield from Content.styled(whole_verdict(shown), "bold").wrap(width)
    parts = parts_to_show(score)
    yield from flowing([*_level(score, answer, before)], width)
    yield from part_rows(answer, parts, width, part_lines)
    if unsure := unsure_words([score]):
        yield from Content.styled(unsure, "$text-muted").wrap(width)


def parts_strip(parts: Iterable[Part]) -> list[Content]:
    """Each part with its sign, in its colour."""
    return [
        Content.assemble((sign, sign_style(part)), (f" {name}", part_style(part)))
        for part in parts
        for sign, _, name in [part_words(part).partition(" ")]
    ]


def _words(score: RubricScore, answer: Answer, width: int) -> Iterator[Content]:
    """The answer with its parts marked or, where a rubric knows no parts, the words that earned the level."""
    if score.level is None:
        return
    if score.parts:
        yield from answer_words(answer, parts_to_mark(answer)).wrap(width)
    elif score.level:
        # At level 0 nothing was earned, so nothing is quoted.
        for quote in shown_quotes(score):
            words = Content.assemble((f"“{_short(quote.text)}”", "underline"), "  ", (quote.earns, "$success"))
            yield from hanging(Content.styled(f"  {clock(quote.start):>5}", "$text-muted"), words, QUOTE_WIDTH, width)


BESIDE_PARTS = (e.EXPERIENCE, e.CLAIM, e.STOCK)
"""What is no part of a strong answer, and the best there is in a weak one."""


def parts_to_mark(answer: Answer) -> list[Part]:
    """The parts of all shown rubrics; where none of them was heard, what was said in general."""
    leading, *others = [each.parts for each in shown_scores(answer)] or [()]
    parts = [*leading, *(part for each in others for part in each)]
    reading = answer.scorecard.reading if answer.scorecard else None
    if reading is None or any(part.found is PartState.YES for part in parts):
        # Those of the leading rubric are listed above the answer; of the others only what is named behind its words.
        return [part for part in parts if part in leading or is_quotable(answer, part)]
    return [Part(each, elements()[each].name, PartState.YES) for each in BESIDE_PARTS if reading.tells(each)]


def _advice(score: RubricScore, answer: Answer, width: int, framed: bool) -> Iterator[Content]:
    if score.level is None:
        return
    label, indent = Content.styled(KEEP if score.level == MAX_LEVEL else "To do", "bold $accent"), ADVICE_WIDTH
    if framed:
        label, indent = Content(""), 0
    if score.advice:
        yield from hanging(label, Content(score.advice), indent, width)
    if score.missing and not score.parts:
        missing = Content.styled(f"not {came_in(answer)} yet: {', '.join(score.missing)}", "$text-muted")
        yield from hanging(Content(""), missing, indent, width)


def _beside(score: RubricScore, answer: Answer, before: Scorecard | None, width: int) -> Iterator[Content]:
    """A further rubric of the question: its level and verdict, where the answer has any of it or it was asked for."""
    if score.level or (score.level == 0 and answer.question.rubrics):
        yield from flowing([*_level(score, answer, before), Content(score.verdict or score.anchor)], width)


def _level(score: RubricScore, answer: Answer, before: Scorecard | None) -> Iterator[Content]:
    """The level, what the candidate thought, and the change since the attempt before."""
    assert score.level is not None
    if not score.unasked:
        level = level_of(score.level, answer.self_rating.get(score.rubric), score.perhaps)
        yield Content.assemble(bar(score.level), (f" {level}", "bold"), f"  {rubric_title(score.rubric)}")
    earlier = before.rubrics.get(score.rubric) if before else None
    worse = earlier is not None and fell(earlier, score)
    reading = answer.scorecard.reading if answer.scorecard else None
    for words in change_words(earlier, score, reading, quoted=False):
        good = words.startswith(GAINS) or words == EARLIER_COUNTS or not (worse or words.startswith("not "))
        yield Content.styled(words, "$success" if good else "$warning")


NEXT_PARAGRAPH = "\n\n"


def answer_words(answer: Answer, parts: Sequence[Part], heard: int = 0) -> Content:
    """The answer as one reads it: its parts underlined, with the app's notes of what they are behind them; what is
    beside the point muted; a follow-up stands apart, with its own words before the reply.

    So many of its words as were `heard` are bold.
    """
    pieces: list[str | tuple[str, str]] = []
    for passage in passages(answer, parts):
        if passage.prompt:
            pieces.append((f"{NEXT_PARAGRAPH if pieces else ''}{passage.prompt}\n", "italic $text-muted"))
        elif pieces:
            pieces.append(" ")
        colour = part_colour(passage.element)
        style = f"underline {colour}" if colour else "$text-muted" if passage.element == e.ASIDE else ""
        words = passage.text.rstrip(".,;") if passage.labels else passage.text
        bold, rest = _split(words, heard)
        heard -= len(passage.text.split())
        pieces.extend(((bold, f"{style} bold".strip()), (rest, style)))
        for element, name in passage.labels:
            sign = "" if element in BESIDE_PARTS else f"{PART_SIGNS[PartState.YES]} "
            colour = part_colour(element, "$text-muted")
            pieces.extend((" ", (f"[{sign}", colour), (name, "italic $text-muted"), ("]", colour)))
        pieces.append(passage.text[len(words) :])
    return Content.assemble(*pieces)


def _split(words: str, count: int) -> tuple[str, str]:
    """The first so many words, and the rest with the space before it."""
    words_shown = words.split()
    first = " ".join(words_shown[: max(0, count)])
    return first, words[len(first) :]


def _why(score: RubricScore, answer: Answer, width: int) -> Iterator[Content]:
    """What the level stands for, and what of the answer counted for it and what did not."""
    if score.level is None:
        return
    doubted = any(part.found is PartState.PERHAPS for part in score.parts)
    anchor = f"0 {NOTHING_SURE}" if doubted and not score.level else f"{score.level} {score.name}: {score.anchor}"
    yield from hanging(Content.styled("Why", "bold"), Content(anchor), ADVICE_WIDTH, width)
    if answer.probed:
        yield from hanging(
            Content(""), Content("Scored together with your reply to the follow-up."), ADVICE_WIDTH, width
        )
    for head, cues in weighed(score):
        for number, cue in enumerate(cues):
            found = f": {', '.join(f'“{words}”' for words in cue.found[:MOST_FOUND])}" if cue.found else ""
            first = Content.styled("" if number else head, "$text-muted")
            yield from hanging(first, Content.styled(f"{cue.label}{found}", "$text-muted"), WEIGHED_WIDTH, width)


def weighed(score: RubricScore) -> Iterator[tuple[str, list[CueShare]]]:
    """What there was in an answer, the weightiest first: what helped to its level and what did not."""
    own = score.rubric not in RUBRIC_TITLES
    states = {part.element: part.found for part in score.parts}
    groups: dict[str, list[CueShare]] = {COUNTED: [], UNSURE: [], AGAINST: [], NOTHING: []}
    for cue in sorted(score.cues, key=lambda cue: -abs(cue.share)):
        if own:
            if abs(cue.share) >= LEAST_SHARE:
                groups[COUNTED if cue.share > 0 else AGAINST].append(cue)
        elif score.rubric != "questions" and not earns(score.rubric, score.level or 0, cue.cue):
            groups[NOTHING].append(cue)
        else:
            groups[COUNTED if states.get(cue.cue, PartState.YES) is PartState.YES else UNSURE].append(cue)
    room = MOST_REASONS
    for head, cues in groups.items():
        if cues[:room]:
            yield head, cues[:room]
        room = max(0, room - len(cues))


def _short(quote: str) -> str:
    """A quote as it can be taken in at a glance: of a very long one its beginning and its end."""
    words = quote.split()
    return quote if len(words) <= LONGEST_QUOTE else f"{' '.join(words[:14])} … {' '.join(words[-8:])}"


def _questions_asked(card: Scorecard, width: int) -> Iterator[Content]:
    for asked in card.asked:
        first = Content.assemble("  ", bar(asked.level), f" {asked.level}")
        yield from hanging(
            first, Content.assemble(f"“{_short(asked.text)}”", "  ", (asked.reason, "$success")), 9, width
        )


def _closing(card: Scorecard, width: int) -> Iterator[Content]:
    manner = card.closing
    noticed = [
        ("thanks", manner.thanks),
        ("by name", ", ".join(manner.interviewer_words or manner.interviewer_named)),
        ("warm words", manner.positive_words),
        ("work sample offered", manner.work_sample_offered),
        ("availability offered", manner.availability_offered),
    ]
    found = [f"{label} (“{words}”)" for label, words in noticed if words]
    if found:
        yield from _titled("Manner", Content("; ".join(found)), width)
    if manner.presuming:
        words = Content.assemble((f"“{manner.presuming}”", "underline"), " sounds as if the job were already yours.")
        yield from _titled("Careful", words, width)


def _fits(card: Scorecard, width: int) -> Iterator[Content]:
    """Last, and short: what to do comes before what is well."""
    if card.tailoring.met:
        yield Content.styled(FITS, "bold")
    for asked, words in fits_of(card, width):
        yield Content(asked)
        yield from hanging(Content("  "), Content.styled(f"“{_short(words)}”", "$text-muted"), 2, width)

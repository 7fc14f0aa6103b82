"""One answer's scorecard: level, anchor, the words that earned it, what is missing, one thing to do."""

from collections.abc import Iterator

from textual.content import Content
from textual.widgets import Static

from simulator.scoring.scorecard import RubricScore, Scorecard
from simulator.sessions.report import NOT_ASKED, clock, delivery_words, level_bar, rubric_title
from simulator.sessions.session import Answer

MOST_QUOTES = 3
TITLE_WIDTH = 20
QUOTE_WIDTH = 9
LONGEST_QUOTE = 26
"""Words; in the transcript all of them are underlined anyway."""
MOST_REASONS = 5
"""What weighed most tells why; `score --explain` lists all."""
MOST_COLUMNS = 110
"""Longer lines are hard to read."""


class ScorecardView(Static):
    """Draws a scorecard; the attempt before is shown beside each level when there was one."""

    DEFAULT_CSS = """
    ScorecardView { height: auto; padding: 0 1; }
    """

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
        self._shown: tuple[Answer, Answer | None, bool] | None = None

    def show(self, answer: Answer, previous: Answer | None = None, explain: bool = False) -> None:
        """Draw the scorecard of `answer`."""
        self._shown = (answer, previous, explain)
        self._draw()

    def on_resize(self) -> None:
        self._draw()

    def _draw(self) -> None:
        if self._shown is None:
            return
        answer, previous, explain = self._shown
        width = min(MOST_COLUMNS, self.content_size.width or 76)
        self.update(Content("\n").join(scorecard_lines(answer, previous, explain, width)))


def scorecard_lines(answer: Answer, previous: Answer | None, explain: bool, width: int) -> list[Content]:
    """The lines of an answer's scorecard, styled and wrapped to `width` columns."""
    card = answer.scorecard
    if card is None:
        return [Content("This answer has no score yet.")]
    before = previous.scorecard if previous else None
    lines: list[Content] = []
    if answer.probed:
        lines.append(Content.styled("Scored together with your reply to the follow-up.", "$text-muted"))
    if not card.scored:
        lines.extend(_titled("Not scored", Content(card.why_not or ""), width))
    wanted = answer.question.rubrics
    asked = [score for score in card.rubrics.values() if not wanted or score.rubric in wanted]
    if card.scored:
        for score in asked:
            lines.extend(_rubric(score, before, explain, width))
    lines.extend(_questions_asked(card, width))
    lines.extend(_closing(card, width))
    if card.delivery.measures:
        lines.extend(_titled("Delivery", Content(", ".join(delivery_words(card.delivery))), width))
    others = [rubric_title(score.rubric) for score in card.rubrics.values() if score not in asked]
    if card.scored and others:
        lines.extend(_titled("Not asked here", Content.styled(", ".join(others), "$text-muted"), width))
    return lines


def hanging(first: Content, body: Content, indent: int, width: int) -> Iterator[Content]:
    """`body` behind `first`; lines that follow begin under the body."""
    room = max(20, width - indent)
    if first.cell_length >= indent:
        # Too long to stand beside it: on a line of its own.
        yield first
        first = Content("")
    for number, line in enumerate(body.wrap(room)):
        yield (first.pad_right(max(0, indent - first.cell_length)) if not number else Content(" " * indent)) + line


def _titled(title: str, body: Content, width: int) -> Iterator[Content]:
    return hanging(Content.styled(title, "bold"), body, TITLE_WIDTH, width)


def _rubric(score: RubricScore, before: Scorecard | None, explain: bool, width: int) -> Iterator[Content]:
    title = rubric_title(score.rubric)
    if score.level is None:
        yield from _titled(title, Content.styled(score.why_not or NOT_ASKED, "$text-muted"), width)
        return
    body = Content.assemble(
        (level_bar(score.level), "$accent"),
        (f"  {score.level} {score.name}", "bold"),
        f": {score.anchor}",
        (_change(score, before), "$success"),
    )
    yield from _titled(title, body, width)
    # At level 0 nothing was earned, so nothing is quoted.
    for quote in sorted(score.quotes[: MOST_QUOTES if score.level else 0], key=lambda each: each.first_word):
        words = Content.assemble((f"“{_short(quote.text)}”", "underline"), "  ", (quote.earns, "$success"))
        yield from hanging(Content.styled(f"  {clock(quote.start):>5}", "$text-muted"), words, QUOTE_WIDTH, width)
    if score.advice:
        yield from hanging(Content.styled("   Next", "bold $accent"), Content(score.advice), QUOTE_WIDTH, width)
    if score.missing:
        missing = Content.styled(f"missing: {', '.join(score.missing)}", "$text-muted")
        yield from hanging(Content(""), missing, QUOTE_WIDTH, width)
    if explain:
        yield from _why(score, width)
    yield Content("")


def _why(score: RubricScore, width: int) -> Iterator[Content]:
    """What counted for the level and what against it, the weightiest first."""
    weighed = sorted((cue for cue in score.cues if weight_sign(cue.share)), key=lambda cue: -abs(cue.share))
    weighed = weighed[:MOST_REASONS]
    if not weighed:
        return
    legend = "+ counted for it, − against it; three signs weigh most"
    yield from hanging(
        Content.styled("   Why", "bold $accent"), Content.styled(legend, "$text-muted"), QUOTE_WIDTH, width
    )
    for cue in weighed:
        found = f": {', '.join(f'“{words}”' for words in cue.found[:4])}" if cue.found else ""
        sign = Content.styled(f"{weight_sign(cue.share):>6}", "$text-muted")
        yield from hanging(sign, Content.styled(f"{cue.label}{found}", "$text-muted"), QUOTE_WIDTH, width)


def weight_sign(share: float) -> str:
    """A cue's share of a step in one to three signs; "" where it hardly counts."""
    size = abs(share)
    count = 3 if size >= 0.75 else 2 if size >= 0.25 else 1 if size >= 0.05 else 0
    return ("+" if share > 0 else "−") * count


def _short(quote: str) -> str:
    """A quote as it can be taken in at a glance: of a very long one its beginning and its end."""
    words = quote.split()
    return quote if len(words) <= LONGEST_QUOTE else f"{' '.join(words[:14])} … {' '.join(words[-8:])}"


def _change(score: RubricScore, before: Scorecard | None) -> str:
    earlier = before.level(score.rubric) if before else None
    if earlier is None or score.level is None:
        return ""
    if earlier == score.level:
        return "  As before."
    return f"  {'Up' if score.level > earlier else 'Down'} from {earlier} to {score.level}."


def _questions_asked(card: Scorecard, width: int) -> Iterator[Content]:
    for asked in card.asked:
        first = Content.styled(f"  {level_bar(asked.level)} {asked.level}", "$accent")
        yield from hanging(
            first, Content.assemble(f"“{_short(asked.text)}”", "  ", (asked.reason, "$success")), 9, width
        )


def _closing(card: Scorecard, width: int) -> Iterator[Content]:
    manner = card.closing
    noticed = [
        ("thanks", manner.thanks),
        ("by name", ", ".join(manner.interviewer_named)),
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
    if card.tailoring.met:
        met = "; ".join(f"{wish} (“{words}”)" for wish, words in card.tailoring.met.items())
        yield from _titled("Speaks to the job", Content(met), width)
    elif card.tailoring.unmet:
        yield from _titled(
            "Speaks to the job", Content("nothing yet that the job or an interviewer asked for"), width
        )

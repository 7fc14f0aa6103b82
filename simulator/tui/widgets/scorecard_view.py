"""One answer's scorecard: level, anchor, the words that earned it, what is missing, one thing to do."""

from collections.abc import Iterator

from textual.content import Content
from textual.widgets import Static

from simulator.scoring.scorecard import RubricScore, Scorecard
from simulator.sessions.report import NOT_ASKED, clock, delivery_words, level_bar, rubric_title
from simulator.sessions.session import Answer

MOST_QUOTES = 3
TITLE_WIDTH = 26


class ScorecardView(Static):
    """Draws a scorecard; the attempt before is shown beside each level when there was one."""

    DEFAULT_CSS = """
    ScorecardView { height: auto; padding: 0 1; }
    """

    def show(self, answer: Answer, previous: Answer | None = None, explain: bool = False) -> None:
        """Draw the scorecard of `answer`."""
        card = answer.scorecard
        if card is None:
            self.update(Content("This answer was not scored yet."))
            return
        before = previous.scorecard if previous else None
        self.update(Content("\n").join(scorecard_lines(card, answer, before, explain)))


def scorecard_lines(
    card: Scorecard, answer: Answer, before: Scorecard | None = None, explain: bool = False
) -> list[Content]:
    """The lines of a scorecard, styled."""
    lines: list[Content] = []
    if answer.probed:
        lines.append(Content.styled("Scored together with your reply to the follow-up.", "$text-muted"))
    if not card.scored:
        lines.append(Content.assemble(("Not scored. ", "bold"), card.why_not or ""))
    else:
        for score in card.rubrics.values():
            if answer.question.rubrics and score.rubric not in answer.question.rubrics:
                title = f"{rubric_title(score.rubric):<{TITLE_WIDTH}}"
                lines.append(Content.assemble((title, "bold"), (NOT_ASKED, "$text-muted")))
                continue
            lines.extend(_rubric(score, before.level(score.rubric) if before else None, before is not None, explain))
    lines.extend(_questions_asked(card))
    lines.extend(_closing(card))
    lines.extend(_delivery(card))
    return lines


def _rubric(score: RubricScore, earlier: int | None, compared: bool, explain: bool) -> Iterator[Content]:
    title = rubric_title(score.rubric)
    if score.level is None:
        yield Content.assemble(
            (f"{title:<{TITLE_WIDTH}}", "bold"), (score.why_not or "not asked here", "$text-muted")
        )
        return
    change = ""
    if compared and earlier is not None and earlier != score.level:
        change = f"   before: {earlier}, now {abs(score.level - earlier)} {'up' if score.level > earlier else 'down'}"
    elif compared and earlier == score.level:
        change = "   as before"
    yield Content.assemble(
        (f"{title:<{TITLE_WIDTH}}", "bold"),
        (level_bar(score.level), "$accent"),
        (f"  {score.level} {score.name}", "bold"),
        (f": {score.anchor}", ""),
        (change, "$success"),
    )
    for quote in score.quotes[:MOST_QUOTES]:
        yield Content.assemble(
            (f"  {clock(quote.start):>5}  ", "$text-muted"),
            (f"“{quote.text}”", "underline"),
            (f"  {quote.earns}", "$success"),
        )
    if score.advice:
        yield Content.assemble(("  Next   ", "bold $accent"), score.advice)
    if score.missing:
        yield Content.styled(f"  Missing: {', '.join(score.missing)}.", "$text-muted")
    if explain:
        for cue in score.cues:
            if cue.count or cue.share:
                words = ", ".join(cue.found[:4])
                yield Content.styled(f"  {cue.share:+.2f}  {cue.label} ({cue.count}) {words}", "$text-muted")
    yield Content("")


def _questions_asked(card: Scorecard) -> Iterator[Content]:
    for asked in card.asked:
        yield Content.assemble(
            (f"  {level_bar(asked.level)} {asked.level}  ", "$accent"), f"“{asked.text}”", (f"  {asked.reason}", "")
        )


def _closing(card: Scorecard) -> Iterator[Content]:
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
        yield Content.assemble((f"{'Manner':<{TITLE_WIDTH}}", "bold"), "; ".join(found))
    if manner.presuming:
        yield Content.assemble(
            (f"{'Careful':<{TITLE_WIDTH}}", "bold $warning"),
            f"“{manner.presuming}” sounds as if the job were already yours.",
        )
    if card.tailoring.met or card.tailoring.unmet:
        met = "; ".join(f"{wish} (“{words}”)" for wish, words in card.tailoring.met.items())
        yield Content.assemble(
            (f"{'Speaks to the job':<{TITLE_WIDTH}}", "bold"), met or "nothing the job or interviewer asked for yet"
        )


def _delivery(card: Scorecard) -> Iterator[Content]:
    if not card.delivery.measures:
        return
    words = delivery_words(card.delivery)
    yield Content.assemble((f"{'Delivery':<{TITLE_WIDTH}}", "bold"), words[0])
    for line in words[1:]:
        yield Content(f"{'':<{TITLE_WIDTH}}{line}")

"""What the bank browser tells of a question, a bank, or what is wrong in one."""

from collections.abc import Sequence
from datetime import date

from textual.content import Content

from simulator.errors import as_started
from simulator.questions.bank import Bank
from simulator.questions.bank_files import RUBRICS, BrokenBank
from simulator.questions.competencies import competency_name
from simulator.questions.likeness import Like
from simulator.questions.search import QuestionHit
from simulator.sessions.rubric_titles import rubric_title
from simulator.sessions.session import Answer
from simulator.sessions.times import kept_day_words
from simulator.texts import counted
from simulator.tui.widgets.columns import aligned
from simulator.tui.widgets.level_bars import named

MOST_FINDINGS = 50
Parts = list[str | tuple[str, str]]


def about_question(hit: QuestionHit, with_bank: bool) -> Content:
    """The whole question, its guidance and probes."""
    question = hit.question
    rubrics = [rubric_title(rubric) for rubric in question.rubrics]
    # A kind, a competency and a rubric may have the same name.
    about = {each.casefold(): each for each in (question.kind.value, competency_name(question.competency), *rubrics)}
    facts = [*about.values(), f"about {question.target_seconds} seconds"]
    if with_bank:
        facts.append(f"from '{hit.bank.title}'")
    parts: Parts = [(question.ask, "bold"), ("\n" + "  ·  ".join(filter(None, facts)), "$text-muted")]
    for rubric in question.rubrics:
        if rubric not in RUBRICS and (wrong := _wrong_with(rubric)):
            parts.extend([("\n✗ ", "$error"), wrong])
    if question.guidance:
        parts.append(f"\n\n{question.guidance}")
    for number, (probe, words) in enumerate(question.probes.items()):
        parts.extend([("" if number else "\n", ""), (f"\nIf there is no {probe.value}: ", "$text-muted"), words])
    return Content.assemble(*parts)


def about_like(like: Like) -> Content:
    """A question like another, how near it is, and its bank."""
    hit = like.hit
    return Content.assemble(hit.question.ask, (f"\n  {like.degree}  ·  {hit.bank.title}", "$text-muted"))


def _wrong_with(rubric: str) -> str:
    """Why answers are not scored by a rubric of the user's; "" where they are."""
    from simulator.custom_rubrics import BrokenRubric, CustomRubrics  # late

    found = CustomRubrics().find(rubric)
    if found is None:
        return f"There is no rubric '{rubric}', so answers are not scored by it."
    if isinstance(found, BrokenRubric):
        return f"The rubric '{rubric}' has an error, so answers are not scored by it: {found}"
    return ""


def about_bank(bank: Bank) -> Content:
    """A bank's description and where it lies."""
    whose = "comes with the app; a change makes a copy of your own" if bank.shipped else "yours"
    facts = "  ·  ".join(filter(None, (counted(len(bank.questions), "question"), bank.licence, whose)))
    parts: Parts = [(bank.title, "bold"), (f"\n{facts}", "$text-muted")]
    if bank.description:
        parts.append(f"\n{bank.description}")
    if bank.path is not None:
        parts.append((f"\n{bank.path}", "$text-muted"))
    return Content.assemble(*parts)


def about_broken(bank: BrokenBank) -> Content:
    """Everything wrong in a bank, each with its line."""
    count = len(bank.findings)
    parts: Parts = [
        (f"✗ {bank.path.name} cannot be used: {count} error{'s' * (count > 1)}", "bold"),
        ("\nEnter opens it in your editor at the first one. It is read again when you save it.", "$text-muted"),
    ]
    for finding in bank.findings[:MOST_FINDINGS]:
        parts.extend([(f"\n{finding.line}:{finding.column}  ", "bold"), f"{finding.what} {finding.instead}".rstrip()])
    if count > MOST_FINDINGS:
        parts.append(as_started(f"\nand {count - MOST_FINDINGS} more; 'banks check' lists them all."))
    return Content.assemble(*parts)


def past_levels(answers: Sequence[Answer], today: date, room: int) -> Content:
    """How earlier answers to a question went, the latest first."""
    if not answers:
        return Content.styled("Not practised yet.", "$text-muted")
    rows: list[tuple[Content, Content]] = []
    for answer in answers:
        card = answer.scorecard
        levels = Content("")
        if card is not None and card.scored:
            levels = named((each, card.level(each)) for each in card.rubrics if each in answer.question.rubrics)
        when = kept_day_words(answer.answered_at, today)
        rows.append((Content.styled(when, "$text-muted"), levels if levels.plain else Content("not scored")))
    return Content("\n").join([Content.styled("Your answers so far", "bold"), *aligned(rows, room, gives=1)])

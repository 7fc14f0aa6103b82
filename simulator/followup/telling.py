"""What the candidate told, in the few sentences that can stand in a letter: one example, one reason.

Only whole clauses of what was said or stored are taken, in their order; none is made up or put together anew.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations, pairwise

from simulator.followup.evidence_check import part_of
from simulator.followup.numbers_told import numbers_in
from simulator.followup.said import Clause, clauses_of, to_the_reader, written
from simulator.followup.said_words import PAST_WORDS
from simulator.preparation.stories import Story
from simulator.scoring.scorecard import Quote
from simulator.sessions.session import Answer

MOST_EXAMPLE_WORDS, LEAST_EXAMPLE_WORDS, LEAST_SPOKEN_WORDS = 80, 9, 22
_MOST_CLAUSES = 6
_MOST_CONSIDERED = 14
"""Clauses that are weighed against each other; of a long answer those that earned something."""
_RESULT = 2
_LEAST_REASON_WORDS, _MOST_REASON_WORDS = 7, 30


class SourceKind(StrEnum):
    """Where a sentence of a letter comes from."""

    COURTESY = "courtesy"
    """Claims nothing."""
    ANSWER = "answer"
    STORY = "story"
    SAID = "said"
    """By an interviewer."""
    JOB = "job"
    DEBRIEF = "debrief"
    """The candidate's own notes on a real interview."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One example, ready to be sent. `where` is the id of its answer or story; `asked_by` who asked for it."""

    kind: SourceKind
    where: str
    label: str
    sentences: tuple[str, ...]
    searched: str
    level: int = 0
    competency: str = ""
    asked_by: str = ""
    ask: str = ""
    use: str = ""
    spoken: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence of the candidate's, without its full stop. `plain` is False where it is best quoted.

    `weight` tells how much of a reason it is, to compare those of several answers.
    """

    text: str
    kind: SourceKind
    where: str
    label: str
    plain: bool = True
    weight: float = 0.0


def answer_evidence(answer: Answer, names: Iterable[str] = ()) -> Evidence | None:
    """The example in an answer; None where its words are not fit to be sent."""
    score = answer.scorecard.rubrics.get("examples") if answer.scorecard else None
    if score is None:
        return None
    words = [word.text for word in answer.transcript.words]
    clauses = clauses_of(words, names)
    parts = [_part_of_clause(clause, score.quotes) for clause in clauses]
    numbered = [any("number" in each.earns for each in _quotes_in(clause, score.quotes)) for clause in clauses]
    chosen = _best_telling(clauses, parts, numbered)
    if not chosen:
        return None
    return Evidence(
        SourceKind.ANSWER,
        answer.id,
        f"your answer to “{answer.question.ask}”",
        tuple(chosen),
        f"{answer.transcript.text} {answer.question.competency.replace('-', ' ')}",
        score.level or 0,
        answer.question.competency,
        answer.interviewer_id,
        answer.question.ask,
        spoken=not any(char in answer.transcript.text for char in ".,;"),
    )


def story_evidence(story: Story, names: Iterable[str] = ()) -> Evidence | None:
    """The example in a story; None where its words are not fit to be sent."""
    names = tuple(names)
    clauses: list[Clause] = []
    parts: list[int | None] = []
    for number, text in enumerate((story.situation, story.task, story.action, story.result)):
        for clause in written(_ended(_with_subject(text) if number in (1, 2) else text), names):
            clauses.append(clause)
            parts.append((0, 0, 1, 2)[number])
    whole = all(clause.fit for clause in clauses) and any(part == 1 for part in parts) and clauses[0].alone
    if whole and sum(len(clause.text.split()) for clause in clauses) <= MOST_EXAMPLE_WORDS:
        chosen: list[str] | None = [clause.text for clause in clauses]
    else:
        chosen = _best_telling(clauses, parts, [bool(numbers_in(clause.text)) for clause in clauses], True)
    if not chosen:
        return None
    return Evidence(
        SourceKind.STORY,
        story.id,
        f"your story “{story.title}”",
        tuple(chosen),
        story.searched,
        3 if story.result else 2,
        use=_use(story.use, names),
    )


def reason_of(
    text: str, kind: SourceKind, where: str, label: str, names: Iterable[str] = (), quotes: Sequence[Quote] = ()
) -> Reason | None:
    """The sentence that says best why, in the candidate's own words; None where none can be sent."""
    best: tuple[float, int, Clause] | None = None
    for number, clause in enumerate(written(text, names)):
        if (
            not (clause.fit and clause.alone)
            or not _LEAST_REASON_WORDS <= len(clause.text.split()) <= _MOST_REASON_WORDS
        ):
            continue
        weight = _reason_weight(clause, quotes)
        if weight > 0 and (best is None or weight > best[0]):
            best = (weight, number, clause)
    if best is None:
        return None
    words = to_the_reader(best[2].text).rstrip(".!")
    return Reason(words, kind, where, label, bool(_WANTING.match(words)), best[0])


# Choosing clauses.


def _quotes_in(clause: Clause, quotes: Sequence[Quote]) -> list[Quote]:
    """The quotes most of whose words lie in the clause, and outcomes that it is a whole part of."""
    found = []
    for quote in quotes:
        first, last = max(quote.first_word, clause.first_word), min(quote.last_word, clause.last_word)
        most = last - first + 1 >= (quote.last_word - quote.first_word + 1) / 2
        within = quote.first_word <= clause.first_word and clause.last_word <= quote.last_word
        if most or (within and clause.last_word - clause.first_word >= 3 and part_of(quote) == _RESULT):
            found.append(quote)
    return found


def _part_of_clause(clause: Clause, quotes: Sequence[Quote]) -> int | None:
    """0 situation, 1 action, 2 result, None where no quote tells."""
    parts = [part for quote in _quotes_in(clause, quotes) if (part := part_of(quote)) is not None]
    return max(parts, default=None)


def _best_telling(
    clauses: Sequence[Clause], parts: Sequence[int | None], numbered: Sequence[bool], composed: bool = False
) -> list[str] | None:
    """Up to six clauses, in order, that tell what was done and what came of it, and can be understood.

    What was composed in writing may end without a result; of what was said, a piece without one is only a piece.
    """
    fit = [at for at, clause in enumerate(clauses) if clause.fit]
    if len(fit) > _MOST_CONSIDERED:
        earning = [at for at in fit if parts[at] is not None]
        fit = sorted(set([*earning, *fit][:_MOST_CONSIDERED]))
    best: tuple[float, tuple[int, ...]] | None = None
    for count in range(1, _MOST_CLAUSES + 1):
        for chosen in combinations(fit, count):
            weight = _telling_weight(chosen, clauses, parts, numbered, composed)
            if weight is not None and (best is None or weight > best[0]):
                best = (weight, chosen)
    return _tied(best[1], clauses) if best else None


_MOST_TIED_WORDS = 30


def _tied(chosen: Sequence[int], clauses: Sequence[Clause]) -> list[str]:
    """The clauses as sentences; short ones that were said in one breath stay one sentence."""
    found: list[str] = []
    ties = 0
    for place, at in enumerate(chosen):
        clause = clauses[at]
        follows = place > 0 and at == chosen[place - 1] + 1
        words = len(clause.text.split()) + (len(found[-1].split()) if found else 0)
        if (
            follows
            and clause.joint
            and not ties
            and words <= _MOST_TIED_WORDS
            and not re.match(r"When|After", clause.text)
        ):
            found[-1] = f"{found[-1].rstrip('.')}, {clause.joint} {clause.inner}."
            ties = 1
        else:
            found.append(clause.text)
            ties = 0
    return found


_PERSON = re.compile(r"\b(?:he|she|him|her|his|hers|he's|she's|he'd|she'd)\b", re.IGNORECASE)
_MANY = re.compile(r"\b(?:they|them|their|they'd|they're|those|these|it|its|it's|that's)\b", re.IGNORECASE)
_DID = re.compile(
    rf"\b(?:I|we|I'd|we'd|I've|we've)(?: (?:\w+ly|then|just|also|never|had|have|wasn't|didn't))? "
    rf"(?:(?!hundred)\w+ed|{'|'.join(sorted(PAST_WORDS))}|didn't|couldn't|wouldn't)\b"
)
"""Something that was done, by the one who tells it."""
_SOMEBODY = re.compile(
    r"\b(?:man|woman|lady|gentleman|boy|girl|child|kid|lad|guy|patient|customer|client|guest|visitor|resident|pupil|"
    r"student|colleague|boss|manager|nurse|doctor|driver|trainee|apprentice|neighbour|mother|father|mum|dad|brother|"
    r"sister|son|daughter|friend|tenant|passenger|caller|member|person|somebody|someone|one of|nan|gran|bride|chef|"
    r"teacher|parent|owner|chap|supplier|electrician|farmer|cook|foreman|lead|worker)\b|\b(?!(?:Mon|Tues|Wednes|"
    r"Thurs|Fri|Satur|Sun)days?|[A-Z]\w*(?:ber|ary|uary)\b|Christmas|Easter|March|April|May|June|July|"
    r"August)[A-Z][a-z]+\b",
)


def _telling_weight(
    chosen: Sequence[int],
    clauses: Sequence[Clause],
    parts: Sequence[int | None],
    numbered: Sequence[bool],
    composed: bool,
) -> float | None:
    told = [clauses[at] for at in chosen]
    kinds = [parts[at] for at in chosen]
    words = sum(len(clause.text.split()) for clause in told)
    own = [
        at
        for at in chosen
        if parts[at] == 1 or (parts[at] is None and re.match(r"I\b|When .*\bI\b", clauses[at].text))
    ]
    least = LEAST_EXAMPLE_WORDS if composed else LEAST_SPOKEN_WORDS
    if not told[0].alone or not own or not least <= words <= MOST_EXAMPLE_WORDS:
        return None
    if not any(_DID.search(clauses[at].text) for at in own) or not (_RESULT in kinds or composed):
        return None
    if not composed and chosen[0] > 2 and kinds[0] != 0:
        # What was said before, and cannot be sent, told where and when; without it the rest hangs in the air.
        return None
    before = ""
    for place, clause in enumerate(told):
        follows = place > 0 and chosen[place] == chosen[place - 1] + 1
        text = clause.text[0].lower() + clause.text[1:]
        if (found := _PERSON.search(text)) and not _SOMEBODY.search(before + text[: found.start()]):
            return None
        if not clause.alone and not follows and not _PERSON.match(text):
            return None
        if (found := _MANY.search(text)) and not follows and place == 0 and not _noun_before(text, found.start()):
            return None
        before += f"{text} "
    weight = 0.0
    weight += 3.0 * any(parts[at] == 1 for at in own) + 1.0
    weight += 3.0 * (2 in kinds) + 1.0 * (0 in kinds) + 1.0 * any(numbered[at] for at in chosen)
    weight += 1.0 * (chosen[0] == 0)
    weight += 0.8 * (parts[chosen[-1]] == 2 and 2 not in parts[chosen[-1] + 1 :])
    last_own = max(own)
    if 2 in kinds and max(at for at, kind in zip(chosen, kinds, strict=True) if kind == 2) < last_own:
        weight -= 1.0
    # What is left out in the middle may have been what made it clear.
    gaps = sum(later - earlier > 1 for earlier, later in pairwise(chosen))
    if gaps > 1:
        return None
    weight -= 2.0 * gaps
    return weight - 0.01 * words


def _noun_before(text: str, at: int) -> bool:
    """Whether something stands before the pronoun that it may point to."""
    return len(text[:at].split()) >= 4


_WANTING = re.compile(
    r"(?:(?:In|After) \w+ (?:years|months) )?(?:I|I'd|I've|I'm)(?: \w+){0,2} (?:want|like|love|miss|enjoy|"
    r"looking|hope|keen|drawn|"
    r"wanted|liked|loved|care|came|applied|decided)\b|I'd (?:like|love)\b|What (?:draws|drew|attracts|attracted|I|"
    r"brought|appeals)\b|My (?:reason|aim|goal|wish)\b|The (?:reason|thing)\b"
)
_WISH = re.compile(
    r"\b(?:want|would like|I'd (?:like|love)|love to|hope to|what draws me|drew me|attract|I miss|came to you|"
    r"applied|"
    r"looking for|my aim|my goal|drawn to|the reason)\b",
    re.IGNORECASE,
)
_STOCK = re.compile(
    r"\b(?:passionate|synerg|dynamic|market leader|reputation|perfect fit|opportunit|track record|next step in|"
    r"career path|"
    r"challenge myself|add value|great company|good company|people person|"
    r"for a few years|hold the floor|pay|salary|money|hours|parking|close "
    r"to (?:my )?home|"
    r"fast.paced|world.class|nice environment|hard worker|team player)",
    re.IGNORECASE,
)
_ADRIFT = re.compile(
    r"\b(?:do|doing|with|for|like|know|hold|of|want|see|to|from|at|in|about|have|keep|make|get|love|miss) "
    r"(?:that|this|it|those|there|them|one)\b(?! \w+ing)|"
    r"\b(?:the next one|that one|on top of that|(?:new|other|those|these|old|young|such) ones?)\b",
    re.IGNORECASE,
)
"""Words that point to what was said before, which the letter does not have."""
_WANTED = frozenset(
    {
        "wanting this very work",
        "wanting this work",
        "wanting the job",
        "being drawn to it",
        "what draws you in particular",
    }
)
_OWN_PATH = frozenset({
    "something of your own life", "a turning point", "a reason explained", "something particular about this employer",
    "a step you have taken", "where it leads", "a particular object of the attraction", "what you did about it",
    "something of this employer's that you named", "a link to your own path", "what you mean to do",
})  # fmt: skip


def _reason_weight(clause: Clause, quotes: Sequence[Quote]) -> float:
    text = clause.text
    if (
        _STOCK.search(text)
        or _ADRIFT.search(text)
        or ((person := _PERSON.search(text)) and not _SOMEBODY.search(text[: person.start()]))
        or not re.search(r"\b(?:I|my|me|I'd|I've|I'm|what draws)\b", text)
    ):
        return 0.0
    labels = {quote.earns for quote in _quotes_in(clause, quotes)}
    weight = 0.0
    if _WISH.search(text):
        weight += 3.0 + 2.0 * bool(re.search(r"\bbecause\b", text))
    if quotes and not labels and not weight:
        return 0.0
    weight += 2.0 * bool(labels & _WANTED) + 1.0 * min(2, len(labels & _OWN_PATH))
    if quotes and weight < (2.0 if _WANTING.match(text) else 3.0):
        return 0.0
    if not quotes and not weight:
        # Noted as the reason: any sentence of the candidate's own will do.
        weight = 1.0
    return weight + 0.01 * min(20, len(text.split()))


def _ended(text: str) -> str:
    """A part of a story as a sentence: what was written into a field often has no full stop."""
    told = text.strip()
    return f"{told}." if told and not told.endswith((".", "!", "?")) else told


def _with_subject(text: str) -> str:
    """ "Rang three bakeries" is what one writes of oneself; in a letter it needs its "I"."""
    first = text.split()[0].strip(",.") if text.split() else ""
    if first.lower() in PAST_WORDS or re.fullmatch(r"[A-Za-z]{3,}ed", first):
        return f"I {first.lower()}{text[len(first) :]}" if not text.lower().startswith("i ") else text
    return text


def _use(text: str, names: Iterable[str]) -> str:
    """How a story would be used in the job, where it is written as a sentence of one's own."""
    found = [
        clause
        for clause in written(text, names)
        if clause.fit and re.match(r"I(?:'d| would| could| can)\b", clause.text)
    ]
    return found[0].text if found else ""

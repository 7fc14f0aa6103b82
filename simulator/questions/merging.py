"""Banks brought together: a list that was imported before and comes again, and two banks made one."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from simulator.questions.bank import DEFAULT_RUBRICS, Bank, Question
from simulator.questions.guessing import Ids
from simulator.questions.import_result import Imported

SAME_LIST = 0.5
"""Share of a list's questions that a bank asks already, from which the list is the one the bank was made of."""

TITLE_ROOM = 120
"""Letters of a title."""


@dataclass(frozen=True, slots=True)
class Update:
    """A bank brought up to date, and how many of its questions are new, changed, the same, or only in the bank."""

    bank: Bank
    added: int = 0
    changed: int = 0
    same: int = 0
    kept: int = 0

    def __str__(self) -> str:
        return (
            f"{self.added} new, {self.changed} changed, {self.same} the same, {self.kept} only in the bank and kept"
        )


def same_words(ask: str) -> str:
    """What is asked, to be compared: small letters, no signs."""
    return " ".join(re.findall(r"\w+", ask.casefold()))


def made_of(banks: Sequence[Bank], asks: Sequence[str], bank_id: str = "") -> Bank | None:
    """The user's bank that was made of this list earlier: the one that asks most of it, at least half; the id that
    the list gives itself decides between equals."""
    wanted = {same_words(ask) for ask in asks}
    best: Bank | None = None
    most = (SAME_LIST, False)
    for bank in banks:
        if bank.shipped or not wanted:
            continue
        share = len(wanted & {same_words(question.ask) for question in bank.questions}) / len(wanted)
        if (share, bank.id == bank_id) >= most:
            best, most = bank, (share, bank.id == bank_id)
    return best


def free_title(wanted: str, banks: Iterable[Bank]) -> str:
    """The title, with a number behind it where one of the banks is called so: two alike cannot be told apart."""
    taken = {same_words(bank.title) for bank in banks}
    title, number = wanted[:TITLE_ROOM], 2
    while same_words(title) in taken:
        behind = f" ({number})"
        title = f"{wanted[: TITLE_ROOM - len(behind)]}{behind}"
        number += 1
    return title


def updated(bank: Bank, imported: Sequence[Imported]) -> Update:
    """The bank with what a list says by now. Questions are known by id or by their words and keep their ids;
    guesses change nothing, and what the list does not say stays."""
    questions = list(bank.questions)
    by_id = {question.id: place for place, question in enumerate(questions)}
    by_words = {same_words(question.ask): place for place, question in enumerate(questions)}
    ids = Ids(frozenset(by_id))
    added = changed = same = 0
    met: set[int] = set()
    for each in imported:
        place = by_words.get(same_words(each.question.ask), by_id.get(each.question.id))
        if place is None or place in met:
            new_id = each.question.id if ids.take(each.question.id) else ids.make(each.question.ask)
            questions.append(replace(each.question, id=new_id))
            added += 1
            continue
        met.add(place)
        now = _joined(bank.questions[place], each)
        changed, same = changed + (now != questions[place]), same + (now == questions[place])
        questions[place] = now
    kept = len(bank.questions) - len(met)
    return Update(replace(bank, questions=tuple(questions)), added, changed, same, kept)


def _joined(there: Question, each: Imported) -> Question:
    """A question as the list has it by now, with what only the bank knows."""
    question = each.question
    sure: Mapping[str, object] = {
        name: getattr(question, name)
        for name in ("ask", "kind", "competency", "guidance", "probes", "tags", "examples")
        if getattr(question, name) and name not in each.guessed
    }
    if "kind" in sure and question.kind is not there.kind and there.rubrics == DEFAULT_RUBRICS[there.kind]:
        sure = {**sure, "rubrics": DEFAULT_RUBRICS[question.kind]}
    if each.timed:
        sure = {**sure, "target_seconds": question.target_seconds}
    return replace(there, **sure)  # type: ignore[arg-type]  # the names are fields, the values of the same sort


def merged(target: Bank, source: Bank) -> Update:
    """The target with all questions of the source that it does not ask yet; ids that are taken change."""
    asked = {same_words(question.ask) for question in target.questions}
    ids = Ids(frozenset(question.id for question in target.questions))
    new: list[Question] = []
    for question in source.questions:
        words = same_words(question.ask)
        if words not in asked:
            asked.add(words)
            new_id = question.id if ids.take(question.id) else ids.make(question.id.replace("-", " "), words=12)
            new.append(replace(question, id=new_id))
    bank = replace(target, questions=(*target.questions, *new))
    return Update(bank, added=len(new), same=len(source.questions) - len(new))

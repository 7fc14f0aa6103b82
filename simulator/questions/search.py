"""Searches all banks at once, quick enough for each key that is typed over 50,000 questions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from simulator.questions.bank import Bank, Kind, Question


@dataclass(frozen=True, slots=True)
class QuestionHit:
    """A question that was found and its bank."""

    bank: Bank
    question: Question


class QuestionIndex:
    """The words of all questions of some banks. Make a new one when banks change."""

    def __init__(self, banks: Iterable[Bank]) -> None:
        self._hits: list[QuestionHit] = []
        self._asks: list[str] = []
        self._all: list[str] = []
        for bank in banks:
            head = f"{bank.id} {bank.title}".casefold()
            for question in bank.questions:
                self._hits.append(QuestionHit(bank, question))
                ask = question.ask.casefold()
                self._asks.append(ask)
                tags = " ".join(question.tags)
                words = f"{question.id} {question.kind.value} {question.competency} {tags} {question.guidance}"
                self._all.append(f"{ask}\n{words.casefold()}\n{head}")

    def __len__(self) -> int:
        return len(self._hits)

    def search(
        self, words: str, kind: Kind | None = None, competency: str = "", most: int | None = None
    ) -> list[QuestionHit]:
        """Questions that have all the words, wherever; those that have them in what is asked come first.

        A part of a word is enough. Without words, all questions of that kind and competency.
        """
        # The longest word leaves the fewest questions to look at for the others.
        wanted = sorted(words.casefold().split(), key=len, reverse=True)
        found: Sequence[int] = range(len(self._all))
        for word in wanted:
            found = [index for index in found if word in self._all[index]]
        asked = [index for index in found if all(word in self._asks[index] for word in wanted)]
        first = set(asked)
        hits = (self._hits[index] for index in (*asked, *(index for index in found if index not in first)))
        chosen = [
            hit
            for hit in hits
            if (kind is None or hit.question.kind is kind)
            and (not competency or hit.question.competency == competency)
        ]
        return chosen[:most]

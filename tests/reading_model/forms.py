"""The forms one marked answer is trained in: as written, as a recogniser writes it, and as it mishears.

Every form keeps, word by word, the labels that training needs. All chance comes from the generator passed in.
"""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.reading_model.marks import ELEMENTS, GRADES, MarkedAnswer

PLAIN = tuple(element for element in ELEMENTS if element != "question")
LABELS = (
    *PLAIN,
    *(f"question.{grade}" for grade in GRADES),
    "begin",
    "dropped",
    "stop",
    "asks",
    "comma",
    "capital",
    "garbled",
)
"""One output of the head each: the elements, then where a mark begins, what a clean transcript drops, what
punctuation follows a word (`stop`: the sentence ends, `asks`: with a question mark), which word has a capital, and
which word is a mistake of the recogniser (`garbled`)."""
INDEX = {label: place for place, label in enumerate(LABELS)}
NEVER_BEGIN = frozenset({"checkable", "tie"})
FILLERS = frozenset({"um", "uh", "er", "erm", "ehm", "hm", "mm", "ah"})
_ENDS = ".!?"


@dataclass(frozen=True)
class Form:
    """Words and, for each, the set of labels that hold (as places in LABELS)."""

    words: tuple[str, ...]
    labels: tuple[frozenset[int], ...]


def labels_of(answer: MarkedAnswer) -> list[set[int]]:
    """The labels of each word of an answer as written."""
    labels: list[set[int]] = [set() for _ in answer.words]
    for mark in answer.marks:
        name = mark.element if mark.grade is None else f"question.{mark.grade}"
        for place in range(mark.first, mark.last + 1):
            labels[place].add(INDEX[name])
        if mark.element not in NEVER_BEGIN:
            labels[mark.first].add(INDEX["begin"])
    for place, (word, dropped) in enumerate(zip(answer.words, answer.dropped, strict=True)):
        if dropped:
            labels[place].add(INDEX["dropped"])
        tail = re.sub(r"\w", "", word[-2:])
        if any(mark in tail for mark in _ENDS):
            labels[place].add(INDEX["stop"])
        if "?" in tail:
            labels[place].add(INDEX["asks"])
        if "," in tail or ";" in tail or ":" in tail:
            labels[place].add(INDEX["comma"])
        if word[:1].isupper():
            labels[place].add(INDEX["capital"])
    _carry_ends_over_dropped(labels)
    return labels


def _carry_ends_over_dropped(labels: list[set[int]]) -> None:
    """The end of a sentence that stands on a dropped word belongs to the kept word before it."""
    for name in ("stop", "asks", "comma"):
        place = INDEX[name]
        for at in range(len(labels) - 1, 0, -1):
            if place in labels[at] and INDEX["dropped"] in labels[at] and INDEX["dropped"] not in labels[at - 1]:
                if name != "comma":
                    labels[at - 1].add(place)
                labels[at].discard(place)


def as_written(answer: MarkedAnswer) -> Form:
    """The answer with its punctuation."""
    return Form(answer.words, tuple(frozenset(labels) for labels in labels_of(answer)))


def in_small_letters(answer: MarkedAnswer) -> Form:
    """As somebody types in a hurry: no capitals, most commas left out."""
    words = tuple(word.lower().rstrip(",;:") for word in answer.words)
    return Form(words, tuple(frozenset(labels) for labels in labels_of(answer)))


def _number(word: str) -> list[str]:
    if not word[:1].isdigit():
        return [word]
    from num2words import num2words  # for training only

    plain = word.replace(",", "")
    if re.fullmatch(r"\d{4}", plain) and 1900 <= int(plain) < 2100:
        return re.split(r"[ -]", num2words(int(plain), to="year"))
    if re.fullmatch(r"\d+(\.\d+)?", plain):
        spoken = num2words(float(plain) if "." in plain else int(plain))
        return [part.strip(",") for part in re.split(r"[ -]", spoken)]
    return [word]


def as_recognised(answer: MarkedAnswer, chance: random.Random, keep_fillers: float = 0.35) -> Form:
    """Small letters, no punctuation, numbers as words, most fillers lost."""
    words: list[str] = []
    labels: list[frozenset[int]] = []
    for raw, found in zip(answer.words, labels_of(answer), strict=True):
        low = raw.lower().replace("’", "'").replace("£", "").replace("$", "")
        if low.rstrip(".,").endswith("%"):
            low = low.replace("%", "-percent")
        parts = [part for piece in re.split(r"[-–—/]", low) for part in _number(piece.strip('.,;:!?"()…'))]
        parts = [cleaned for part in parts if (cleaned := re.sub(r"[^\w']", "", part))]
        if not parts or (len(parts) == 1 and parts[0] in FILLERS and chance.random() > keep_fillers):
            continue
        last = {INDEX[name] for name in ("stop", "asks", "comma")}
        first = {INDEX["begin"], INDEX["capital"]}
        for place, part in enumerate(parts):
            words.append(part)
            held = {
                label
                for label in found
                if (label not in last or place == len(parts) - 1) and (label not in first or place == 0)
            }
            labels.append(frozenset(held))
    return Form(tuple(words), tuple(labels))


def misheard(
    form: Form, chance: random.Random, share: float, vocabulary: Mapping[tuple[str, int], Sequence[str]]
) -> Form:
    """Some words lost, said twice, or taken for another that begins alike."""
    words: list[str] = []
    labels: list[frozenset[int]] = []
    for word, found in zip(form.words, form.labels, strict=True):
        roll = chance.random()
        if roll < share * 0.3 and len(form.words) > 4:
            continue
        if roll < share * 0.8:
            near = vocabulary.get((word[:1], len(word)), ()) if chance.random() < 0.6 else ()
            pool = near or vocabulary[("", 0)]
            heard = chance.choice(pool)
            if heard != word:
                found = found | {INDEX["garbled"]}
            word = heard
        words.append(word)
        labels.append(found)
        if share * 0.8 <= roll < share:
            words.append(word)
            labels.append(found | {INDEX["dropped"]})
    return Form(tuple(words), tuple(labels)) if words else form


def vocabulary_of(forms: Sequence[Form]) -> dict[tuple[str, int], list[str]]:
    """Words by first letter and length (and all of them under ("", 0)), as often as they occur."""
    table: dict[tuple[str, int], list[str]] = {("", 0): []}
    for form in forms:
        for word in form.words:
            table.setdefault((word[:1], len(word)), []).append(word)
            table[("", 0)].append(word)
    return table


def salad(forms: Sequence[Form], chance: random.Random) -> Form:
    """Words that make no sense together: one answer's words shuffled, or words of many answers strung together."""
    if chance.random() < 0.5:
        words = list(chance.choice(forms).words)
        chance.shuffle(words)
    else:
        words = []
        for _ in range(chance.randint(6, 30)):
            form = chance.choice(forms)
            at = chance.randrange(len(form.words))
            words.extend(form.words[at : at + chance.choice((1, 1, 2, 2, 3, 4))])
    words = words[:160]
    return Form(tuple(words), (frozenset({INDEX["garbled"]}),) * len(words))


def sentences_of(form: Form) -> list[Form]:
    """The form cut where sentences end."""
    cuts = [place + 1 for place, labels in enumerate(form.labels) if INDEX["stop"] in labels]
    bounds = sorted({0, *cuts, len(form.words)})
    return [Form(form.words[a:b], form.labels[a:b]) for a, b in itertools.pairwise(bounds)]


def excerpt(form: Form, chance: random.Random) -> Form:
    """One to three neighbouring sentences: what is added to an answer, or said to a follow-up, is short."""
    sentences = sentences_of(form)
    at = chance.randrange(len(sentences))
    return joined(sentences[at : at + chance.randint(1, 3)])


def joined(forms: Sequence[Form]) -> Form:
    """Forms one after another."""
    return Form(
        tuple(word for form in forms for word in form.words), tuple(found for form in forms for found in form.labels)
    )


def lengthened(form: Form, others: Sequence[Form], chance: random.Random, most_words: int) -> Form:
    """The answer as somebody who rambles gives it: told in two or three stretches, with others' general talk around.

    `others` are answers that carry next to nothing; they stay in their own order.
    """
    own = sentences_of(form)
    talk = [sentence for other in others for sentence in sentences_of(other)]
    parts = min(len(own), chance.choice((1, 1, 2, 3)))
    own_cuts = [0, *sorted(chance.sample(range(1, len(own)), parts - 1)), len(own)]
    talk_cuts = sorted(chance.randint(0, len(talk)) for _ in range(parts))
    pieces: list[Form] = []
    at = 0
    for part, until in enumerate(talk_cuts):
        pieces += talk[at:until] + own[own_cuts[part] : own_cuts[part + 1]]
        at = until
    pieces += talk[at:]
    length = len(form.words)
    kept = []
    own_words = set(map(id, own))
    for piece in pieces:
        if id(piece) not in own_words:
            if length + len(piece.words) > most_words:
                continue
            length += len(piece.words)
        kept.append(piece)
    return joined(kept)


def phrases_strung_together(forms: Sequence[Form], chance: random.Random) -> Form:
    """Real phrases of many answers with no story between them: each makes sense, all of it none."""
    words: list[str] = []
    for _ in range(chance.randint(8, 30)):
        form = chance.choice(forms)
        begins = [place for place, labels in enumerate(form.labels) if INDEX["begin"] in labels] or [0]
        at = chance.choice(begins)
        words.extend(form.words[at : at + chance.choice((2, 3, 3, 4, 4, 5, 6))])
    words = words[:160]
    return Form(tuple(words), (frozenset({INDEX["garbled"]}),) * len(words))


def question_said_back(question: str, chance: random.Random) -> Form:
    """The words of a question as the answer to one: no element, and nothing wrong with the words."""
    said = [re.sub(r"[^\w']", "", word.lower()) for word in question.split()]
    lead = chance.choice(("", "", "so", "okay so", "you are asking me", "well", "hm"))
    tail = chance.choice(("", "", "that's a good question", "let me think", "hm"))
    words = [*lead.split(), *(word for word in said if word), *tail.split()]
    return Form(tuple(words), (frozenset(),) * len(words))


def foreign_form(lines: Sequence[str], chance: random.Random) -> Form:
    """A stretch of another language, or of two."""
    words = [word for line in chance.sample(list(lines), chance.choice((1, 1, 2))) for word in line.split()]
    first = chance.randrange(max(1, len(words) - 9))
    words = words[first : first + chance.randint(8, 40)]
    return Form(tuple(words), (frozenset({INDEX["garbled"]}),) * len(words))

"""The candidate's own phrases over kept answers: fillers, hedges, "we" where the own part is short, words said most.

Pure, from the readings that are kept with the answers. Each phrase knows every place where it was said, and when, so
that it can be looked up and heard.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from simulator.errors import as_started
from simulator.paths import shipped
from simulator.reading.elements import GROUP_ACTION, OWN_ACTION
from simulator.reading.reader import HESITATIONS, bare
from simulator.reading.reading import Reading
from simulator.scoring.phrases import Phrases
from simulator.sessions.delivery_words import NOT_MEASURABLE
from simulator.sessions.session import Answer, answered_words
from simulator.sessions.times import clock
from simulator.yaml_nodes import load_yaml

LATEST = 300
"""How many of the latest answers are read: some months of practice."""
MOST_OF_A_KIND = 12
FEWEST_FILLERS = 2
MOSTLY_FILLER = 0.4
"""Words are called a filler where they are one in this share of the places at which they are said."""
FEWEST_SAID = 3
"""Of words said most, and said in answers to at least two questions: what one story needs is no habit."""
TIMES_USUAL = 2.0
"""What everybody says is told only from so many times the usual on."""
EVERYBODYS = 30.0
"""A word said so often in 10,000 is nobody's own, however often it is said."""
_LONGEST_RUN, _SHORTEST_RUN = 6, 3
_SHORTEST_WORD = 3
_AROUND = 5
"""Words shown on either side."""
_WE = frozenset({"we", "us", "our", "we'd", "we'll", "we're", "we've", "ourselves"})


class PhraseKind(StrEnum):
    """Why a phrase is listed."""

    FILLER = "filler"
    HEDGE = "hedge"
    GROUP = "we"
    OFTEN = "often"


TITLES: Mapping[PhraseKind, str] = {
    PhraseKind.FILLER: "Fillers",
    PhraseKind.HEDGE: "Words that sound less sure",
    PhraseKind.GROUP: "“We”, where your own part is missing or shorter",
    PhraseKind.OFTEN: "Said most",
}


@dataclass(frozen=True, slots=True)
class PhraseUse:
    """One place where a phrase was said: the answer, the words around it, and when.

    `second` counts in the recording of the utterance; None where the answer was typed.
    """

    answer_id: str
    question: str
    question_id: str
    attempt: int
    answered_at: str
    first_word: int
    last_word: int
    before: str
    words: str
    after: str
    utterance: int
    second: float | None


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase and every place of it, the latest first. Of `PhraseKind.GROUP` there is one, its places clauses."""

    kind: PhraseKind
    words: str
    places: tuple[PhraseUse, ...]

    @property
    def count(self) -> int:
        return len(self.places)

    @property
    def answers(self) -> int:
        """In how many answers it was said."""
        return len({place.answer_id for place in self.places})

    @property
    def often(self) -> str:
        """ "3 times in 2 answers"."""
        if self.count == 1:
            return "once"
        return f"{self.count} times in {self.answers} {'answer' if self.answers == 1 else 'answers'}"


@dataclass(frozen=True, slots=True)
class MyPhrases:
    """All phrases, kind by kind, the commonest first; from so many answers of so many words, `answered` counted as in
    a report.

    `hesitations_heard` is False where no speech model that was used writes "um" and "uh" down.
    """

    phrases: tuple[Phrase, ...]
    answers: int
    words: int
    answered: str
    hesitations_heard: bool = True

    def of(self, kind: PhraseKind) -> tuple[Phrase, ...]:
        """Those of one kind."""
        return tuple(phrase for phrase in self.phrases if phrase.kind is kind)


Found = dict[str, list[tuple["_ReadAnswer", int, int]]]


class _ReadAnswer:
    """One answer with its reading."""

    def __init__(self, answer: Answer, reading: Reading) -> None:
        self.answer, self.reading = answer, reading
        self.bare = [bare(word) for word in reading.words]

    def place(self, first: int, last: int) -> PhraseUse:
        words = self.reading.words
        utterance, within = self._utterance(first)
        answer = self.answer
        return PhraseUse(
            answer.id, answer.question.ask, answer.question.id, answer.attempt, answer.answered_at, first, last,
            " ".join(words[max(0, first - _AROUND) : first]),
            " ".join(words[first : last + 1]),
            " ".join(words[last + 1 : last + 1 + _AROUND]),
            utterance,
            answer.utterances[utterance].transcript.words[within].start,
        )  # fmt: skip

    def _utterance(self, word: int) -> tuple[int, int]:
        """The utterance in which a word of the whole answer stands, and its place there."""
        for number, each in enumerate(self.answer.utterances):
            if word < len(each.transcript.words):
                return number, word
            word -= len(each.transcript.words)
        raise IndexError(word)


def my_phrases(answers: Iterable[Answer]) -> MyPhrases:
    """The phrases of these answers, given the latest first. Answers that were never read are left out."""
    read = [each for answer in answers if (each := _read(answer)) is not None]
    words = sum(len(each.reading.words) for each in read)
    spoken = [utterance.transcript for each in read for utterance in each.answer.utterances]
    hedges = _hedges(read)
    phrases = (
        *_made(PhraseKind.FILLER, _fillers(read), FEWEST_FILLERS),
        *_made(PhraseKind.HEDGE, hedges),
        *_made(PhraseKind.GROUP, _group(read)),
        *_made(PhraseKind.OFTEN, _often(read, words, _words_of(hedges))),
    )
    heard = not spoken or any(transcript.hesitations_heard for transcript in spoken)
    return MyPhrases(phrases, len(read), words, answered_words(each.answer for each in read), heard)


def _read(answer: Answer) -> _ReadAnswer | None:
    reading = answer.scorecard.reading if answer.scorecard else None
    if reading is None or not reading.words:
        return None
    fits = reading.words == tuple(word.text for word in answer.transcript.words)
    return _ReadAnswer(answer, reading) if fits else None


def _made(kind: PhraseKind, found: Found, fewest: int = 1) -> Iterator[Phrase]:
    common = sorted(
        (name for name in found if len(found[name]) >= fewest), key=lambda name: (-len(found[name]), name)
    )
    for name in common[:MOST_OF_A_KIND]:
        yield Phrase(kind, name, tuple(answer.place(first, last) for answer, first, last in found[name]))


def _fillers(answers: Sequence[_ReadAnswer]) -> Found:
    """What the reading leaves out as filler: each "um" by itself, other words as they stand together."""
    found: Found = defaultdict(list)
    for each in answers:
        for gap in each.reading.disfluencies:
            first = gap.first_word
            while first <= gap.last_word:
                last = first
                hesitation = each.bare[first] in HESITATIONS
                while not hesitation and last < gap.last_word and each.bare[last + 1] not in HESITATIONS:
                    last += 1
                words = " ".join(filter(None, each.bare[first : last + 1]))
                # Of a false start only its "um" is a filler.
                if words and (hesitation or gap.kind == "filler"):
                    found[words].append((each, first, last))
                first = last + 1
    whole = _whole(found)
    times_said = _times_said(answers, whole)
    return {name: places for name, places in whole.items() if len(places) >= MOSTLY_FILLER * times_said[name]}


def _times_said(answers: Sequence[_ReadAnswer], names: Iterable[str]) -> Mapping[str, int]:
    """How often each of these is said at all."""
    texts = [f" {'  '.join(each.bare)} " for each in answers]
    return {name: sum(text.count(f" {name.replace(' ', '  ')} ") for text in texts) for name in names}


def _whole(found: Found) -> Found:
    """Where only a part of a filler was left out ("know" of "you know"), it counts as the whole."""
    whole: Found = defaultdict(list)
    for name, places in found.items():
        for each, first, last in places:
            wider = ((max(0, first - 1), last), (first, min(len(each.bare) - 1, last + 1)))
            texts = [(" ".join(each.bare[one : other + 1]), one, other) for one, other in wider]
            text, one, other = next(
                (wide for wide in texts if len(found.get(wide[0], ())) > len(places)), (name, first, last)
            )
            whole[text].append((each, one, other))
    return whole


@lru_cache(maxsize=1)
def hedge_phrases() -> tuple[tuple[str, Phrases, Phrases | None], ...]:
    """Each hedge by its name: where it is said, and where the same words mean something else."""
    document = load_yaml(shipped("assets") / "reading" / "hedges.yaml")
    return tuple(
        (entry["name"], Phrases(entry["says"]), Phrases(entry["except"]) if entry["except"] else None)
        for entry in document["hedges"]
    )


def _hedges(answers: Sequence[_ReadAnswer]) -> Found:
    found: Found = defaultdict(list)
    for each in answers:
        dropped = each.reading.dropped
        for name, says, otherwise in hedge_phrases():
            meant = otherwise.find(each.reading) if otherwise else ()
            for place in says.find(each.reading):
                other = any(one.first_word <= place.last_word and place.first_word <= one.last_word for one in meant)
                # Left out of the readable form, it is a filler already.
                if not other and place.last_word not in dropped:
                    found[name].append((each, place.first_word, place.last_word))
    return found


def _group(answers: Sequence[_ReadAnswer]) -> Found:
    """Clauses with "we" in answers that tell less of what the candidate did than of what all did."""
    found: Found = defaultdict(list)
    for each in answers:
        group = [span for span in each.reading.of(GROUP_ACTION) if span.quotable]
        if len(each.reading.of(OWN_ACTION)) >= len(group):
            continue
        for span in group:
            if _WE & {*each.bare[span.first_word : span.last_word + 1]}:
                found["we"].append((each, span.first_word, span.last_word))
    return found


@lru_cache(maxsize=1)
def usual_words() -> Mapping[str, float]:
    """How often in 10,000 words everybody says a word, or three words in a row."""
    document = load_yaml(shipped("assets") / "reading" / "usual_words.yaml")
    return {str(text): float(rate) for text, rate in document.items()}


def runs(words: Sequence[str], size: int) -> Iterator[str]:
    """So many words in a row, from each place."""
    for first in range(len(words) - size + 1):
        yield " ".join(words[first : first + size])


def _words_of(found: Found) -> set[tuple[str, int]]:
    """The words at these places, each by its answer and its place there."""
    return {
        (each.answer.id, place)
        for places in found.values()
        for each, first, last in places
        for place in range(first, last + 1)
    }


def _often(answers: Sequence[_ReadAnswer], total: int, told_already: set[tuple[str, int]]) -> Found:
    """Words and runs of words said in answers to several questions and more often than is usual."""
    single: Found = defaultdict(list)
    rows: Found = defaultdict(list)
    for each in answers:
        for sentence in _sentences(each, told_already):
            for n, first in enumerate(sentence):
                if len(each.bare[first]) >= _SHORTEST_WORD and each.bare[first].isalpha():
                    single[each.bare[first]].append((each, first, first))
                for size in range(_SHORTEST_RUN, min(_LONGEST_RUN, len(sentence) - n) + 1):
                    places = sentence[n : n + size]
                    rows[" ".join(each.bare[place] for place in places)].append((each, first, places[-1]))
    rows = {text: places for text, places in rows.items() if _unusual(text, places, total)}
    taken: Found = {}
    for text in sorted(rows, key=lambda text: (-len(text.split()), text)):
        # Of a run and its beginning said as often, the whole run is the phrase.
        longer = (each for each in taken if f" {text} " in f" {each} ")
        if all(len(rows[text]) > len(taken[each]) for each in longer):
            taken[text] = rows[text]
    for word, alone in single.items():
        within = sum(len(taken[each]) for each in taken if word in each.split())
        if _unusual(word, alone, total) and len(alone) > within:
            taken[word] = alone
    return taken


def _sentences(each: _ReadAnswer, told_already: set[tuple[str, int]]) -> Iterator[list[int]]:
    """The places of the words of each sentence, without what was left out; what is a hedge ends one."""
    current: list[int] = []
    dropped, stops = each.reading.dropped, frozenset(each.reading.stops)
    for place, word in enumerate(each.bare):
        hedge = (each.answer.id, place) in told_already
        if word and not hedge and place not in dropped:
            current.append(place)
        if hedge or place in stops or each.reading.words[place][-1:] in ".?!":
            yield current
            current = []
    yield current


def _unusual(text: str, places: Sequence[tuple[_ReadAnswer, int, int]], total: int) -> bool:
    if len(places) < FEWEST_SAID or len({answer.answer.question.id for answer, _, _ in places}) < 2:
        return False
    words = text.split()
    # What holds three words that are usual is no more of a habit than they are.
    known = [usual_words().get(run, 0.0) for run in runs(words, _SHORTEST_RUN)] or [usual_words().get(text, 0.0)]
    rate = min(known)
    return rate < EVERYBODYS and len(places) / total * 10_000 >= TIMES_USUAL * rate


NONE_YET = "There are no answers yet. 'second-round practice' makes the first."
NOTHING_FOUND = "Nothing stands out in your answers so far."


def counted_words(found: MyPhrases) -> str:
    """What all of it was counted in: "24 questions in 30 tries, 3,120 words"."""
    return ", ".join(filter(None, (found.answered, f"{found.words:,} words")))


def unheard_words(found: MyPhrases) -> str:
    """That the speech model hears no hesitations, where that is so."""
    return "" if found.hesitations_heard else f"{NOT_MEASURABLE['hesitations'].capitalize()}."


def place_words(place: PhraseUse) -> str:
    """The words of a place with those around them, the phrase itself between marks."""
    return " ".join(filter(None, (place.before, f"‹{place.words}›", place.after)))


def phrases_text(found: MyPhrases) -> str:
    """All phrases as plain text."""
    if not found.answers:
        return as_started(NONE_YET)
    lines = [f"From your latest answers: {counted_words(found)}. {unheard_words(found)}".rstrip()]
    if not found.phrases:
        lines.append(NOTHING_FOUND)
    for kind in PhraseKind:
        if of_kind := found.of(kind):
            lines.extend(["", TITLES[kind]])
            lines.extend(f"  {phrase.words:<26} {phrase.often}" for phrase in of_kind)
    return "\n".join(lines)


def places_text(phrase: Phrase, recording_of: Callable[[PhraseUse], str]) -> str:
    """Every place of one phrase as plain text: the answer, when it was said, and the recording where there is one."""
    lines = [f"{phrase.words}: {phrase.often}"]
    for place in phrase.places:
        at = f" at {clock(place.second)}" if place.second is not None else ""
        sound = recording_of(place)
        lines.extend(
            [
                "",
                f"{place.question} (try {place.attempt}, {place.answered_at[:10]})",
                f"  {place_words(place)}",
                f"  {place.answer_id}{at}{f' of {sound}' if sound else ''}",
            ]
        )
    return "\n".join(lines)

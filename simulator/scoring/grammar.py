"""Who does what in an answer: a light reading of spoken English, without a dictionary of the language.

For every finite verb that can be made out, a `Deed`: who (the speaker, the speaker's group, somebody
else), what verb, and in which frame: it happened, it is happening as the story is told, it is usual,
it is only imagined, it is planned. Recogniser text has no punctuation, so sentences are read from
pronouns, helping verbs and the forms of verbs alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from simulator.scoring.tokens import Tokens


class Doer(StrEnum):
    """Whose verb it is."""

    SPEAKER = "i"
    GROUP = "we"
    OTHER = "they"
    YOU = "you"
    THING = "it"


class Frame(StrEnum):
    """Whether the thing happened."""

    PAST = "past"
    PERFECT = "perfect"
    PRESENT = "present"
    PROGRESSIVE = "progressive"
    FUTURE = "future"
    IMAGINED = "imagined"
    ABLE = "able"
    USED_TO = "used_to"


class Sort(StrEnum):
    """What kind of verb it is."""

    ACTION = "action"
    STATE = "state"
    COURSE = "course"
    """The verbs of a curriculum vitae: worked, studied, moved, got."""


@dataclass(frozen=True, slots=True)
class Deed:
    """One verb with its doer. `at` and `subject` are token positions (subject -1 where it is left out)."""

    doer: Doer
    verb: str
    frame: Frame
    sort: Sort
    subject: int
    at: int
    negated: bool
    usual: bool


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The word classes of `assets/rubrics/words.yaml`."""

    classes: Mapping[str, frozenset[str]]
    past: frozenset[str]
    same: frozenset[str]
    not_past: frozenset[str]
    common: frozenset[str]
    plain: frozenset[str]
    """Words that any answer may have: everyday words, and those any applicant uses."""
    known: frozenset[str]
    """Every word of every class."""


_SUBJECTS: dict[str, Doer] = {
    "i": Doer.SPEAKER, "we": Doer.GROUP, "he": Doer.OTHER, "she": Doer.OTHER, "they": Doer.OTHER,
    "everyone": Doer.OTHER, "everybody": Doer.OTHER, "someone": Doer.OTHER, "somebody": Doer.OTHER,
    "nobody": Doer.OTHER, "who": Doer.OTHER, "you": Doer.YOU,
    "it": Doer.THING, "this": Doer.THING, "that": Doer.THING, "which": Doer.THING,
    "there": Doer.THING, "everything": Doer.THING, "nothing": Doer.THING,
}  # fmt: skip
_MODALS = {
    "would": Frame.IMAGINED, "'d": Frame.IMAGINED, "should": Frame.IMAGINED, "might": Frame.IMAGINED,
    "may": Frame.IMAGINED, "must": Frame.IMAGINED, "could": Frame.ABLE, "can": Frame.ABLE, "will": Frame.FUTURE,
    "shall": Frame.FUTURE,
}  # fmt: skip
_STOP = frozenset({
    "the", "a", "an", "my", "your", "his", "our", "their", "its", "this", "these", "those", "in", "on", "at", "to",
    "for", "with", "from", "by", "about", "of", "into", "and", "but", "or", "so", "because", "if", "when", "where",
    "what", "how", "why", "than", "as", "me", "him", "her", "us", "them", "no", "yes", "okay", "well", "very", "more",
    "most", "any", "some", "every", "each", "one", "two", "three", "'s", "over", "up", "down", "out", "off", "there",
    "here", "after", "before", "until", "while", "since", "through", "between", "during", "without", "under",
})  # fmt: skip
_COORDINATORS = frozenset({"and", "then", "but", "or", "so"})
_OPENERS = frozenset(
    {
        "so",
        "well",
        "okay",
        "right",
        "yes",
        "oh",
        "and",
        "but",
        "then",
        "yeah",
        "no",
        "sure",
        "um",
        "anyway",
        "basically",
    }
)
_BREAKS = frozenset({
    "and", "but", "so", "because", "then", "that", "which", "who", "when", "where", "while", "if", "as",
    "until", "before", "after", "since", "than", "what", "how", "why", "whose", "or", "is", "was", "were", "are",
})  # fmt: skip
_AFTER_VERB = frozenset({
    "the", "a", "my", "it", "him", "her", "them", "to", "up", "out", "on", "with", "at", "what", "their", "that",
    "his", "me", "us", "for", "about", "back", "down", "if", "how", "away", "this", "into",
})  # fmt: skip
"""Words that show the one before to be a verb."""
_PRESENT_TOO = frozenset({"put", "set", "read", "run", "come", "become"})
_REACH = 6
"""Tokens after a subject within which its verb is looked for."""
_NOT_NOUN_BEFORE_PAST = frozenset({
    "is", "are", "was", "were", "be", "been", "being", "am", "get", "got", "gets", "getting", "have", "has",
    "had", "having", "to", "the", "a", "an", "my", "your", "his", "our", "their", "very", "so", "more", "most",
    "as", "too", "and", "or", "but", "not", "of", "by", "with", "in", "for", "really", "quite", "well", "newly",
    "highly", "him", "me", "us", "them", "feel", "felt", "become", "became", "keep", "kept", "stay", "stayed",
    "how", "what", "some", "any", "no", "these", "those", "if", "because", "pretty",
})  # fmt: skip


def _past_habit(text: tuple[str, ...], deed: Deed, before: list[Deed]) -> Deed:
    """ "I would go between the two sides" amid past verbs tells what one used to do, not what one would do."""
    if deed.frame is not Frame.IMAGINED or deed.doer is Doer.YOU or deed.usual:
        return deed
    if (
        not any(word in ("would", "'d") for word in text[deed.subject : deed.at])
        or "if" in text[max(0, deed.at - 14) : deed.at]
    ):
        return deed
    recent = before[-4:]
    past = sum(1 for each in recent if each.frame in (Frame.PAST, Frame.USED_TO))
    return replace(deed, frame=Frame.USED_TO) if len(recent) >= 2 and past * 2 > len(recent) else deed


class Reader:
    """Reads tokens into deeds with one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._adverbs = lexicon.classes["adverb"]
        self._habit = lexicon.classes["habit"]
        self._stative = lexicon.classes["stative"]
        self._course = lexicon.classes["cv"]
        self._base = lexicon.classes["base_verb"]
        self._participle = lexicon.classes["participle"]
        self._telling = lexicon.classes["communication"]

    def is_past(self, word: str) -> bool:
        """Whether a word can be a verb's past form."""
        if word in self._lexicon.past:
            return True
        return len(word) > 3 and word.endswith("ed") and word not in self._lexicon.not_past

    def sort_of(self, verb: str) -> Sort:
        """Action, state, or course of life."""
        if verb in self._stative:
            return Sort.STATE
        return Sort.COURSE if verb in self._course else Sort.ACTION

    def deeds(self, tokens: Tokens) -> list[Deed]:
        """Every finite verb that can be made out, in order."""
        text = tokens.text
        found: list[Deed] = []
        last: Deed | None = None
        taken = -1
        opening = next((i for i, token in enumerate(text[:4]) if token not in _OPENERS), 0)
        for i, token in enumerate(text):
            if i <= taken:
                continue
            if i == opening and self.is_past(token) and text[i + 1 : i + 2] and text[i + 1] not in ("and", "but"):
                # "Had a lady collapse on the bus": the speaker is left out.
                deed = Deed(Doer.SPEAKER, token, Frame.PAST, self.sort_of(token), -1, i, False, False)
                found.append(deed)
                last, taken = deed, i
                continue
            doer = _SUBJECTS.get(token)
            if doer is not None:
                own = self._after_subject(text, i, doer)
                if own is not None:
                    last = _past_habit(text, own, found)
                    found.append(last)
                    taken = last.at
                continue
            if token in _COORDINATORS and last is not None:
                further = self._carried_on(text, i, last)
                if further is not None:
                    found.append(further)
                    last, taken = further, further.at
                continue
            nouns = self._after_noun(text, i, last)
            if nouns is not None:
                found.append(nouns)
                last, taken = nouns, i
        return self._same_forms_told(found)

    def _after_noun(self, text: tuple[str, ...], at: int, last: Deed | None) -> Deed | None:
        """A past verb without a pronoun before it: "the oven tripped", or a further verb of the last doer."""
        token = text[at]
        if not at or not self.is_past(token) or text[at - 1] in _NOT_NOUN_BEFORE_PAST:
            return None
        noun = at - 1
        while noun > 0 and text[noun] in self._adverbs:
            noun -= 1
        before = text[noun]
        if last is not None and self._goes_on(text, last, at):
            return Deed(last.doer, token, Frame.PAST, self.sort_of(token), -1, at, False, last.usual)
        if last is not None and noun == last.at and last.doer is not Doer.OTHER and self.is_past(before):
            # "This guy I had never met walked over": the verb after a relative clause is the other's.
            return Deed(Doer.OTHER, token, Frame.PAST, self.sort_of(token), -1, at, False, False)
        if before in _NOT_NOUN_BEFORE_PAST or before in _STOP or before in _SUBJECTS or self.is_past(before):
            return None
        return Deed(Doer.OTHER, token, Frame.PAST, self.sort_of(token), noun, at, False, False)

    def _same_forms_told(self, found: list[Deed]) -> list[Deed]:
        """ "I put", "he cut": the past where most of the telling is in the past."""
        past = sum(1 for deed in found if deed.frame is Frame.PAST)
        present = sum(1 for deed in found if deed.frame is Frame.PRESENT and deed.sort is Sort.ACTION)
        if past < 2 or past < present:
            return found
        return [
            replace(deed, frame=Frame.PAST)
            if deed.frame is Frame.PRESENT and deed.verb in self._lexicon.same and not deed.usual
            else deed
            for deed in found
        ]

    def _goes_on(self, text: tuple[str, ...], last: Deed, at: int) -> bool:
        """ "I pulled the trays got two lads": a further verb of the same doer, without a word between them."""
        if last.frame is not Frame.PAST or last.sort is Sort.STATE or last.verb in self._telling or at - last.at > 7:
            return False
        between = text[last.at + 1 : at]
        if len(between) < 2 or any(word in _BREAKS or word in _SUBJECTS or self.is_past(word) for word in between):
            return False
        return text[at - 1] not in _NOT_NOUN_BEFORE_PAST - {"him", "me", "us", "them", "in", "well", "really"}

    def _after_subject(self, text: tuple[str, ...], at: int, doer: Doer) -> Deed | None:
        frame = Frame.PRESENT
        negated = usual = False
        have = be = ""
        limit = min(len(text), at + 1 + _REACH)
        usual = at > 0 and text[at - 1] in self._habit
        i = at + 1
        while i < limit:
            word = text[i]
            if word in _MODALS:
                frame = _MODALS[word]
                if (
                    word == "'d"
                    and i + 1 < len(text)
                    and (self.is_past(text[i + 1]) or text[i + 1] in ("been", "done"))
                ):
                    frame, have = Frame.PERFECT, "had"
            elif word in ("not", "never"):
                negated = True
            elif word in self._habit:
                usual = True
            elif word in ("do", "does", "did") and i + 1 < limit and (
                text[i + 1] == "not" or (text[i + 1] not in _STOP and text[i + 1] not in _SUBJECTS
                                         and not self.is_past(text[i + 1]) and text[i + 1] not in self._adverbs)
            ):  # fmt: skip
                frame = Frame.PAST if word == "did" else Frame.PRESENT
                if word == "did":
                    have = "did"
            elif (
                word in ("have", "has", "had")
                and not have
                and i + 1 < limit
                and self._participle_follows(text, i + 1)
            ):
                have, frame = word, Frame.PERFECT
            elif word == "had" and text[i + 1 : i + 2] == ("to",):
                frame = Frame.PAST if frame is Frame.PRESENT else frame
                have = "did"
                i += 1
            elif word in ("have", "has", "need") and text[i + 1 : i + 2] == ("to",) and i + 2 < limit:
                i += 1
            elif word == "used" and text[i + 1 : i + 2] == ("to",):
                frame, usual = Frame.USED_TO, True
                i += 1
            elif word == "going" and be and text[i + 1 : i + 2] == ("to",):
                frame = Frame.FUTURE
                i += 1
            elif (
                word in ("am", "is", "are", "was", "were", "been", "be")
                and i + 1 < limit
                and self._ing_follows(text, i + 1)
            ):
                be = word
                if frame is Frame.PRESENT:
                    frame = Frame.PAST if word in ("was", "were") else Frame.PROGRESSIVE
            elif word in self._adverbs:
                pass
            elif word in _STOP or word in _SUBJECTS:
                return None
            else:
                verb_frame = frame
                bare = frame is Frame.PRESENT and not have and not be and not negated
                if doer in (Doer.YOU, Doer.THING) and bare and not self._is_verb(word):
                    return None
                if frame is Frame.PRESENT and (self.is_past(word) or word in ("was", "were")):
                    verb_frame = Frame.PAST
                if bare and word in self._participle and word not in _PRESENT_TOO:
                    # "I done", "she seen": the past in many mouths.
                    verb_frame = Frame.PAST
                return Deed(doer, word, verb_frame, self.sort_of(word), at, i, negated, usual)
            i += 1
        return None

    def _is_verb(self, word: str) -> bool:
        """Whether a word can be a finite verb by its form or the list of base forms."""
        if self.is_past(word) or word in self._base or word in self._stative:
            return True
        return word.endswith("s") and (
            word[:-1] in self._base or word[:-2] in self._base or word[:-3] + "y" in self._base
        )

    def _participle_follows(self, text: tuple[str, ...], at: int) -> bool:
        for word in text[at : at + 3]:
            if word in self._adverbs or word in ("not", "never", "always", "been"):
                if word == "been":
                    return True
                continue
            return self.is_past(word) or word in self._participle
        return False

    def _ing_follows(self, text: tuple[str, ...], at: int) -> bool:
        for word in text[at : at + 3]:
            if word in self._adverbs or word in ("not", "always", "usually", "constantly"):
                continue
            return (
                word.endswith("ing")
                and len(word) > 4
                and word not in ("something", "nothing", "everything", "anything")
            )
        return False

    def _carried_on(self, text: tuple[str, ...], at: int, last: Deed) -> Deed | None:
        """ "... and moved the chairs": the verb goes on with the last doer."""
        i = at + 1
        while i < len(text) and i <= at + 3 and (text[i] in self._adverbs or text[i] in _COORDINATORS):
            i += 1
        if i >= len(text):
            return None
        word = text[i]
        if word in _STOP or word in _SUBJECTS or word in _MODALS or word in self._habit:
            return None
        if last.frame in (Frame.PAST, Frame.PERFECT) and (self.is_past(word) or word in self._lexicon.same):
            return Deed(last.doer, word, Frame.PAST, self.sort_of(word), -1, i, False, last.usual)
        if last.frame in (Frame.PRESENT, Frame.IMAGINED, Frame.FUTURE, Frame.ABLE) and not self.is_past(word) and (
            at - last.at <= 8 and (text[i + 1] if i + 1 < len(text) else "") in _AFTER_VERB
        ):  # fmt: skip
            return Deed(last.doer, word, last.frame, self.sort_of(word), -1, i, False, last.usual)
        return None

"""Signals of a story: own actions, a story told as it happens, what others did, how it ended, numbers, names."""

from collections.abc import Sequence

from simulator.scoring.cues import Heard, Span
from simulator.scoring.grammar import Deed, Doer, Frame, Sort
from simulator.scoring.tokens import is_number

_REAL = (Frame.PAST, Frame.PERFECT)
_MINE = (Doer.SPEAKER, Doer.GROUP)
_FREE_LENGTH = 60
_LENGTH_STEP = 40
_ENDING_SHARE = 0.3
_ENDING_TOKENS = 14
_LATER_HALF = 0.5
_TOLD_NOW_FROM = 2.0
_TOLD_NOW_PLAINLY = 1.5
"""Where no word of habit stands beside it."""
_ONE_TIME = (
    ("one", ("time", "day", "night", "morning")),
    ("that", ("day", "time")),
    ("this", ("time",)),
    ("last", ("week", "year", "month")),
    ("there", ("was",)),
)
_AROUND = (("twenty", "four", "seven"), ("half",), ("double",), ("twice",), ("quarter",))
"""Numbers that say nothing of their own."""
_NOT_NAMED_BY = frozenset({"i", "we", "they", "he", "she", "and"})
_NO_NAME = frozenset({"me", "him", "her", "us", "them", "the", "in", "out", "up", "for", "to", "a", "my"})


def span_of(deed: Deed) -> Span:
    """The words of a deed, from its subject where that stands close by."""
    return Span(deed.subject if 0 <= deed.subject >= deed.at - 5 else deed.at, deed.at)


def first_of_each_verb(deeds: Sequence[Deed]) -> list[Span]:
    """One span for each verb, the first."""
    seen: set[str] = set()
    spans = []
    for deed in deeds:
        if deed.verb not in seen:
            seen.add(deed.verb)
            spans.append(span_of(deed))
    return spans


def is_told_now(heard: Heard) -> bool:
    """Whether a story is told in the present tense ("so this guy comes in and I tell him").

    One person's doings, one after the other, and no word of habit: that is a story. "I always check" is not.
    """
    text, classes = heard.text, heard.lexicon.classes
    others = steps = mine = 0
    for deed in heard.deeds:
        if deed.frame is not Frame.PRESENT or deed.usual or deed.sort is not Sort.ACTION:
            continue
        if deed.doer is Doer.OTHER and deed.subject >= 0 and text[deed.subject] in ("he", "she"):
            others += 1
        elif deed.doer is Doer.SPEAKER:
            mine += not deed.negated
            steps += deed.subject > 0 and text[deed.subject - 1] in ("so", "then")
    telling = classes["telling_now"]
    for i, word in enumerate(text[:-2]):
        # "This lady comes", "one old man comes".
        if word in ("this", "one") and (text[i + 2] in telling or text[min(i + 3, len(text) - 1)] in telling):
            others += 2
        steps += 2 * any(word == first and text[i + 1] in seconds for first, seconds in _ONE_TIME)
    past = sum(1 for deed in heard.deeds if deed.frame is Frame.PAST and deed.sort is Sort.ACTION)
    habit = sum(1 for word in text if word in classes["telling_habit"])
    if past > others + mine or not (others or steps >= 2 or (steps and mine >= 2 and not habit)):
        return False
    return others + 0.5 * mine + 0.5 * steps - 1.5 * habit >= (_TOLD_NOW_FROM if habit else _TOLD_NOW_PLAINLY)


def own_action(heard: Heard) -> list[Span]:
    """What the speaker did: "I called", "and moved", in a story told now "I tell him"."""

    def happened(deed: Deed) -> bool:
        told = heard.told_now and deed.frame is Frame.PRESENT
        return deed.frame is Frame.PAST or ((told or deed.frame is Frame.USED_TO) and not deed.usual)

    return first_of_each_verb(
        [
            deed
            for deed in heard.deeds
            if deed.doer is Doer.SPEAKER and deed.sort is Sort.ACTION and not deed.negated and happened(deed)
        ]
    )


def _acted(heard: Heard, doer: Doer) -> list[Span]:
    return first_of_each_verb(
        [deed for deed in heard.deeds if deed.doer is doer and deed.frame is Frame.PAST and deed.sort is Sort.ACTION]
    )


def we_action(heard: Heard) -> list[Span]:
    """What the group did."""
    return _acted(heard, Doer.GROUP)


def others_acted(heard: Heard) -> list[Span]:
    """What others did."""
    return _acted(heard, Doer.OTHER)


def own_record(heard: Heard) -> list[Span]:
    """What the speaker has done or been in general: "I have led", "I worked as", "I used to"."""
    return [
        span_of(deed)
        for deed in heard.deeds
        if deed.doer is Doer.SPEAKER
        and (
            (deed.frame is Frame.PERFECT and deed.sort is not Sort.STATE)
            or (deed.frame is Frame.PAST and deed.sort is Sort.COURSE)
            or deed.frame is Frame.USED_TO
        )
    ]


def past_scene(heard: Heard) -> list[Span]:
    """Everything that happened, whoever did it."""
    return first_of_each_verb(
        [deed for deed in heard.deeds if deed.frame is Frame.PAST and deed.sort is Sort.ACTION and not deed.usual]
    )


def story_now(heard: Heard) -> list[Span]:
    """The doings of a story told as it happens."""
    if not heard.told_now:
        return []
    return [
        span_of(deed)
        for deed in heard.deeds
        if deed.frame is Frame.PRESENT and deed.sort is Sort.ACTION and deed.doer in (Doer.SPEAKER, Doer.OTHER)
    ]


def change_after(heard: Heard) -> list[Span]:
    """What others did, or what became of the thing, after the speaker had acted."""
    own = [
        deed.at
        for deed in heard.deeds
        if deed.doer in _MINE and deed.sort is Sort.ACTION and (deed.frame is Frame.PAST or heard.told_now)
    ]
    if not own:
        return []
    from_here = max(own[0], int(len(heard.text) * _LATER_HALF))
    spans = []
    for deed in heard.deeds:
        if deed.at <= from_here or deed.usual or deed.doer not in (Doer.OTHER, Doer.THING):
            continue
        state = deed.sort is Sort.STATE
        if (deed.frame in _REAL or (deed.frame is Frame.PRESENT and not state)) and not (
            state and deed.doer is Doer.THING
        ):
            spans.append(span_of(deed))
    return spans


def ending(heard: Heard) -> list[Span]:
    """What happened in the last part of a story in which the speaker or the group did something."""
    if not any(deed.doer in _MINE and deed.frame is Frame.PAST for deed in heard.deeds):
        return []
    length = len(heard.text)
    begin = length - max(_ENDING_TOKENS, int(length * _ENDING_SHARE))
    return [
        span_of(deed)
        for deed in heard.deeds
        if deed.at >= begin and deed.frame in _REAL and not deed.usual and deed.doer is not Doer.YOU
    ]


def achieved(heard: Heard) -> list[Span]:
    """Verbs of reaching something: "won", "passed", "saved"."""
    verbs = heard.lexicon.classes["achieve"]
    return [span_of(deed) for deed in heard.deeds if deed.verb in verbs and deed.frame in _REAL and not deed.negated]


def imagined(heard: Heard) -> list[Span]:
    """What one would or will do, without polite forms ("I would say")."""
    polite = heard.lexicon.classes["polite_would"]
    return [
        span_of(deed)
        for deed in heard.deeds
        if deed.doer in (*_MINE, Doer.YOU)
        and (deed.frame is Frame.FUTURE or (deed.frame is Frame.IMAGINED and deed.verb not in polite))
    ]


def usual(heard: Heard) -> list[Span]:
    """What one usually does: "I always check", and plain present where no story is told."""
    return [
        span_of(deed)
        for deed in heard.deeds
        if deed.usual
        or (
            not heard.told_now
            and deed.frame is Frame.PRESENT
            and deed.sort is Sort.ACTION
            and deed.doer in (*_MINE, Doer.YOU)
        )
    ]


def number(heard: Heard) -> list[Span]:
    """Numbers that say something of the story: no years of experience, no per cent of effort, no age."""
    text = heard.text
    numbers = heard.lexicon.classes["number"]

    def counts(at: int) -> bool:
        return at < len(text) and (text[at] in numbers or is_number(text[at]))

    spans: list[Span] = []
    i = 0
    while i < len(text):
        if not counts(i):
            i += 1
            continue
        first = i
        while counts(i) or (i < len(text) and text[i] in ("and", "point", "a") and counts(i + 1)):
            i += 1
        if not _says_nothing(text, first, i):
            spans.append(Span(first, min(i, len(text) - 1)))
    return spans


def _says_nothing(text: Sequence[str], first: int, end: int) -> bool:
    words, after = tuple(text[first:end]), tuple(text[end : end + 4])
    experience = "experience" in after or after[:2] in (("years", "in"), ("years", "as"))
    effort = after[:1] == ("percent",) and "hundred" in words
    age = after[:2] == ("years", "old") or tuple(text[max(0, first - 2) : first]) == ("i", "am")
    of_us = words in (("two",), ("three",)) and after[:1] == ("of",)
    return experience or effort or age or of_us or words in _AROUND


def name(heard: Heard) -> list[Span]:
    """Names that could be checked: places, months, what something is called."""
    text, classes = heard.text, heard.lexicon.classes
    spans = []
    for i, word in enumerate(text):
        if word in classes["place_name"] or (word in classes["month"] and word not in ("may", "march")):
            spans.append(Span(i, i))
        elif (
            word in ("called", "named")
            and 0 < i < len(text) - 1
            and text[i - 1] not in _NOT_NAMED_BY
            and text[i + 1] not in _NO_NAME
        ):
            spans.append(Span(i, i + 1))
    return spans


def length(heard: Heard) -> list[Span]:
    """Every forty words beyond the first sixty: long answers collect cues, and length must not earn a level."""
    return [Span(i - 5, i) for i in range(_FREE_LENGTH, len(heard.text), _LENGTH_STEP)]

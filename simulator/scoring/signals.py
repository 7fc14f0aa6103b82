"""Findings that no list of phrases can make: own actions, a story told as it happens, what changed afterwards.

Each signal is a list of spans in token positions, named as in the rubric files (`signal: own_action`).
"""

from collections.abc import Callable, Mapping

from simulator.scoring.cues import Reading, Span
from simulator.scoring.grammar import Deed, Doer, Frame, Lexicon, Sort
from simulator.scoring.tokens import is_number

_REAL = (Frame.PAST, Frame.PERFECT)
_POLITE_WOULD = frozenset({"say", "like", "love", "think", "consider", "describe", "call", "guess", "have", "be", "prefer",
                           "want", "hope", "argue", "imagine", "add", "rather", "mention", "choose", "pick"})  # fmt: skip
_TELLING_NOW = frozenset({"says", "goes", "tells", "asks", "comes", "walks", "starts", "gets", "looks", "rings", "calls",
                          "turns", "runs", "shouts", "wants", "stands", "sits", "puts", "takes", "gives", "falls", "keeps",
                          "leaves", "stops", "opens", "brings", "drops", "throws", "phones", "refuses"})  # fmt: skip
_ONE_TIME = frozenset({("one", "time"), ("one", "day"), ("one", "night"), ("one", "morning"), ("that", "day"), ("that", "time"),
                       ("there", "was"), ("this", "time"), ("last", "week"), ("last", "year"), ("last", "month")})  # fmt: skip
_FREE_LENGTH = 60
_LENGTH_STEP = 40
_HABIT_WORDS = frozenset(
    {
        "always",
        "usually",
        "whenever",
        "normally",
        "generally",
        "often",
        "typically",
        "sometimes",
        "if",
        "tend",
        "would",
    }
)
_ENDING_SHARE = 0.3
_ENDING_TOKENS = 14


def _span(deed: Deed) -> Span:
    return Span(deed.subject if 0 <= deed.subject >= deed.at - 5 else deed.at, deed.at)


def is_told_now(deeds: tuple[Deed, ...], text: tuple[str, ...]) -> bool:
    """Whether a story is told in the present tense ("so this guy comes in and I tell him").

    One person's doings, one after the other, and no word of habit: that is a story. "I always check" is not.
    """
    others = steps = mine = 0
    for deed in deeds:
        if deed.frame is not Frame.PRESENT or deed.usual or deed.sort is not Sort.ACTION or deed.negated:
            continue
        if deed.doer is Doer.OTHER and deed.subject >= 0 and text[deed.subject] in ("he", "she"):
            others += 1
        elif deed.doer is Doer.SPEAKER:
            mine += 1
            if deed.subject > 0 and text[deed.subject - 1] in ("so", "then"):
                steps += 1
    for i in range(len(text) - 2):
        if text[i] in ("this", "one") and (
            text[i + 2] in _TELLING_NOW or text[min(i + 3, len(text) - 1)] in _TELLING_NOW
        ):
            others += 2
    for i in range(len(text) - 1):
        if text[i : i + 2] in _ONE_TIME:
            steps += 2
    habit = sum(1 for word in text if word in _HABIT_WORDS)
    past = sum(1 for deed in deeds if deed.frame is Frame.PAST and deed.sort is Sort.ACTION)
    if past > others + mine:
        return False
    return (others >= 1 or steps >= 2) and others + 0.5 * mine + 0.5 * steps - 1.5 * habit >= 2


def _own_action(reading: Reading, told_now: bool) -> list[Span]:
    seen: set[str] = set()
    spans: list[Span] = []
    for deed in reading.deeds:
        real = deed.frame is Frame.PAST or (told_now and deed.frame is Frame.PRESENT and not deed.usual)
        real = real or (deed.frame is Frame.USED_TO and not deed.usual)
        if (
            deed.doer is Doer.SPEAKER
            and real
            and deed.sort is Sort.ACTION
            and not deed.negated
            and deed.verb not in seen
        ):
            seen.add(deed.verb)
            spans.append(_span(deed))
    return spans


def _by(reading: Reading, doer: Doer, sorts: tuple[Sort, ...] = (Sort.ACTION,)) -> list[Span]:
    seen: set[str] = set()
    spans = []
    for deed in reading.deeds:
        if deed.doer is doer and deed.frame is Frame.PAST and deed.sort in sorts and deed.verb not in seen:
            seen.add(deed.verb)
            spans.append(_span(deed))
    return spans


def _own_record(reading: Reading) -> list[Span]:
    """What the speaker has done or been in general: "I have led", "I worked as", "I used to"."""
    return [
        _span(deed)
        for deed in reading.deeds
        if deed.doer is Doer.SPEAKER
        and (
            (deed.frame is Frame.PERFECT and deed.sort is not Sort.STATE)
            or (deed.frame is Frame.PAST and deed.sort is Sort.COURSE)
            or (deed.frame is Frame.USED_TO)
        )
    ]


def _past_scene(reading: Reading) -> list[Span]:
    seen: set[str] = set()
    spans = []
    for deed in reading.deeds:
        if deed.frame is Frame.PAST and deed.sort is Sort.ACTION and not deed.usual and deed.verb not in seen:
            seen.add(deed.verb)
            spans.append(_span(deed))
    return spans


def _story_now(reading: Reading, told_now: bool) -> list[Span]:
    if not told_now:
        return []
    return [
        _span(deed)
        for deed in reading.deeds
        if deed.frame is Frame.PRESENT and deed.sort is Sort.ACTION and deed.doer in (Doer.SPEAKER, Doer.OTHER)
    ]


def _after_own_action(reading: Reading, told_now: bool) -> list[Span]:
    """What others did, or what became of the thing, after the speaker had acted."""
    own = [deed.at for deed in reading.deeds if deed.doer in (Doer.SPEAKER, Doer.GROUP) and deed.sort is Sort.ACTION
           and (deed.frame is Frame.PAST or told_now)]  # fmt: skip
    if not own:
        return []
    from_here = max(own[0], int(len(reading.tokens) * 0.5))
    spans = []
    for deed in reading.deeds:
        if deed.at <= from_here or deed.usual or deed.doer in (Doer.SPEAKER, Doer.YOU):
            continue
        if deed.doer in (Doer.OTHER, Doer.THING) and (
            deed.frame in _REAL or (deed.frame is Frame.PRESENT and deed.sort is not Sort.STATE)
        ):
            if deed.doer is Doer.THING and deed.sort is Sort.STATE:
                continue
            spans.append(_span(deed))
    return spans


def _ending(reading: Reading) -> list[Span]:
    length = len(reading.tokens)
    own = any(deed.doer in (Doer.SPEAKER, Doer.GROUP) and deed.frame is Frame.PAST for deed in reading.deeds)
    if not own:
        return []
    begin = length - max(_ENDING_TOKENS, int(length * _ENDING_SHARE))
    return [
        _span(deed)
        for deed in reading.deeds
        if deed.at >= begin and deed.frame in _REAL and not deed.usual and deed.doer is not Doer.YOU
    ]


def _achieved(reading: Reading, achieve: frozenset[str]) -> list[Span]:
    return [
        _span(deed) for deed in reading.deeds if deed.verb in achieve and deed.frame in _REAL and not deed.negated
    ]


def _imagined(reading: Reading) -> list[Span]:
    spans = []
    for deed in reading.deeds:
        if deed.doer in (Doer.SPEAKER, Doer.GROUP, Doer.YOU) and deed.frame in (Frame.IMAGINED, Frame.FUTURE):
            if deed.frame is Frame.IMAGINED and deed.verb in _POLITE_WOULD:
                continue
            spans.append(_span(deed))
    return spans


def _usual(reading: Reading, told_now: bool) -> list[Span]:
    if told_now:
        return [_span(deed) for deed in reading.deeds if deed.usual]
    return [
        _span(deed)
        for deed in reading.deeds
        if deed.usual
        or (
            deed.frame is Frame.PRESENT
            and deed.sort is Sort.ACTION
            and deed.doer in (Doer.SPEAKER, Doer.GROUP, Doer.YOU)
        )
    ]


def _numbers(reading: Reading, numbers: frozenset[str]) -> list[Span]:
    """Numbers that say something of the story: no years of experience, no per cent of effort, no age."""
    text = reading.tokens.text
    spans: list[Span] = []
    i = 0
    while i < len(text):
        if not (text[i] in numbers or is_number(text[i])):
            i += 1
            continue
        first = i
        while i < len(text) and (text[i] in numbers or is_number(text[i]) or (text[i] in ("and", "point", "a") and i + 1 < len(text)
                                 and (text[i + 1] in numbers or is_number(text[i + 1])))):  # fmt: skip
            i += 1
        last = i - 1
        after = text[i : i + 4]
        words = text[first : last + 1]
        experience = "experience" in after or after[:2] == ("years", "in") or after[:2] == ("years", "as")
        effort = after[:1] == ("percent",) and "hundred" in words
        age = after[:2] == ("years", "old") or (first >= 2 and text[first - 2 : first] == ("i", "am"))
        around = words in (("twenty", "four", "seven"), ("half",), ("double",), ("twice",)) or (words == ("quarter",))
        of_us = words in (("two",), ("three",)) and after[:1] == ("of",)
        if not (experience or effort or age or around or of_us):
            spans.append(Span(first, min(last + 1, len(text) - 1)))
    return spans


def _names(reading: Reading, lexicon: Lexicon) -> list[Span]:
    text = reading.tokens.text
    places = lexicon.classes["place_name"]
    months = lexicon.classes["month"] - {"may", "march"}
    spans = [Span(i, i) for i, word in enumerate(text) if word in places or word in months]
    spans.extend(Span(i, i + 1) for i, word in enumerate(text[:-1]) if word in ("called", "named") and i and text[i - 1] not in ("i", "we", "they", "he", "she", "and")
                 and text[i + 1] not in ("me", "him", "her", "us", "them", "the", "in", "out", "up", "for", "to", "a", "my"))  # fmt: skip
    return sorted(spans, key=lambda span: span.first)


_STEP_VERBS = frozenset({"trained", "volunteered", "started", "joined", "studied", "completed", "qualified", "did", "done", "studying",
                         "training", "volunteering", "doing", "learning", "spent", "began", "interned", "attended"})  # fmt: skip
_PLAN_AFTER = frozenset(
    {"want", "hope", "plan", "aim", "intend", "hoping", "planning", "aiming", "wanting", "intending"}
)


def _own_step(reading: Reading) -> list[Span]:
    """What the speaker did or is doing of their own accord: "I asked", "I have booked", "I am studying"."""
    seen: set[str] = set()
    spans = []
    for deed in reading.deeds:
        real = deed.frame in (Frame.PAST, Frame.PERFECT, Frame.PROGRESSIVE) and not deed.negated
        if deed.doer is not Doer.SPEAKER or not real or deed.verb in seen or deed.verb in _PLAN_AFTER:
            continue
        if deed.sort is Sort.ACTION or deed.verb in _STEP_VERBS:
            if deed.verb in (
                "looking",
                "applying",
                "applied",
                "thinking",
                "talking",
                "saying",
                "going",
                "getting",
                "said",
            ):
                continue
            seen.add(deed.verb)
            spans.append(_span(deed))
    return spans


def _own_plan(reading: Reading) -> list[Span]:
    """What the speaker means to do: "I will", "I am going to", "I want to run", "I would like to become"."""
    text = reading.tokens.text
    spans = []
    for deed in reading.deeds:
        if deed.doer is not Doer.SPEAKER or deed.negated:
            continue
        wants = deed.verb in _PLAN_AFTER or (deed.frame is Frame.IMAGINED and deed.verb in ("like", "love"))
        if deed.frame is Frame.FUTURE and deed.verb not in ("say", "admit", "tell", "be", "be honest"):
            spans.append(_span(deed))
        elif wants and text[deed.at + 1 : deed.at + 2] == ("to",):
            spans.append(Span(deed.subject if deed.subject >= 0 else deed.at, min(deed.at + 2, len(text) - 1)))
    return spans


def _work_told(reading: Reading, plain: frozenset[str]) -> list[Span]:
    """What the work or its people are like, told as a fact: "horses do not lie to you", "people tell you more at night"."""
    text = reading.tokens.text
    spans = []
    for deed in reading.deeds:
        if deed.doer in (Doer.SPEAKER, Doer.GROUP) or deed.frame not in (Frame.PRESENT, Frame.ABLE, Frame.PAST):
            continue
        if (
            deed.doer is Doer.YOU
            and text[max(0, deed.subject - 1)] in ("that", "and", "if")
            and deed.sort is Sort.STATE
        ):
            continue
        end = min(deed.at + 6, len(text) - 1)
        if any(len(word) > 3 and word not in plain for word in text[deed.at : end + 1]):
            spans.append(Span(max(0, deed.subject), end))
    return spans


def _length(reading: Reading) -> list[Span]:
    """Every forty words beyond the first sixty: long answers collect cues, and length must not earn a level."""
    return [Span(i - 5, i) for i in range(_FREE_LENGTH, len(reading.tokens), _LENGTH_STEP)]


def _addressed(reading: Reading, plain: frozenset[str]) -> list[Span]:
    """Something of the employer's, spoken to directly: "your pond", "your open morning"."""
    text = reading.tokens.text
    return [
        Span(i, i + 1)
        for i, word in enumerate(text[:-1])
        if word == "your"
        and text[i + 1] not in plain
        and text[i + 1] not in ("own", "hands", "head", "feet", "eyes", "job", "best")
    ]


def _recital(reading: Reading) -> list[Span]:
    """Skills and posts one after the other: "I can do the till", "I am punctual", "I have had my licence since"."""
    spans = []
    for deed in reading.deeds:
        if deed.doer is not Doer.SPEAKER or deed.negated:
            continue
        listed = deed.frame is Frame.ABLE or (
            deed.frame is Frame.PRESENT and deed.verb in ("am", "have", "know", "do", "speak")
        )
        if listed or (
            deed.frame is Frame.PERFECT
            and deed.verb in ("got", "had", "done", "worked", "run", "driven", "been", "led", "used")
        ):
            spans.append(_span(deed))
    return spans


def _plain_words(lexicon: Lexicon) -> frozenset[str]:
    names = ("stock_object", "everyday", "corporate", "adverb", "habit", "number", "stative")
    return lexicon.common.union(*(lexicon.classes[name] for name in names))


def _particular(reading: Reading, lexicon: Lexicon) -> list[Span]:
    """Words that name something: neither everyday words nor those any applicant uses."""
    plain = _plain_words(lexicon)
    return [Span(i, i) for i, word in enumerate(reading.tokens.text) if len(word) > 3 and word not in plain]


def objects_of(reading: Reading, attractions: list[Span], lexicon: Lexicon) -> list[Span]:
    """What the attraction is to, where it is something particular: words that few others would say."""
    stock = lexicon.classes["stock_object"] | lexicon.classes["corporate"]
    common = lexicon.common
    adverbs = lexicon.classes["adverb"]
    text = reading.tokens.text
    spans = []
    for span in attractions:
        begin = span.last + 1
        end = begin
        particular = 0
        while end < len(text) and end < begin + 12 and not (reading.tokens.cut[end] and end > begin):
            word = text[end]
            if len(word) > 2 and word not in stock and word not in common and word not in adverbs:
                particular += 1
            end += 1
        if particular >= 3 and end > begin:
            spans.append(Span(begin, end - 1))
    return spans


def find_signals(reading: Reading, found: Mapping[str, list[Span]], lexicon: Lexicon) -> dict[str, list[Span]]:
    """All signals of an answer, by name. `found` are the families' phrases already found in it."""
    told_now = is_told_now(reading.deeds, reading.tokens.text)
    classes = lexicon.classes
    attractions = found.get("motivation.attraction", [])
    makers: dict[str, Callable[[], list[Span]]] = {
        "own_action": lambda: _own_action(reading, told_now),
        "we_action": lambda: _by(reading, Doer.GROUP),
        "own_record": lambda: _own_record(reading),
        "others_acted": lambda: _by(reading, Doer.OTHER),
        "past_scene": lambda: _past_scene(reading),
        "story_now": lambda: _story_now(reading, told_now),
        "change_after": lambda: _after_own_action(reading, told_now),
        "ending": lambda: _ending(reading),
        "achieved": lambda: _achieved(reading, classes["achieve"]),
        "imagined": lambda: _imagined(reading),
        "usual": lambda: _usual(reading, told_now),
        "number": lambda: _numbers(reading, classes["number"]),
        "name": lambda: _names(reading, lexicon),
        "object": lambda: objects_of(reading, attractions, lexicon),
        "own_step": lambda: _own_step(reading),
        "own_plan": lambda: _own_plan(reading),
        "length": lambda: _length(reading),
        "addressed": lambda: _addressed(reading, _plain_words(lexicon)),
        "recital": lambda: _recital(reading),
        "work_told": lambda: _work_told(reading, _plain_words(lexicon)),
        "particular": lambda: _particular(reading, lexicon),
        "story": lambda: [] if attractions or found.get("motivation.wish") else _past_scene(reading),
    }
    return {name: make() for name, make in makers.items()}


SIGNALS = frozenset(
    {
        "achieved",
        "addressed",
        "change_after",
        "ending",
        "imagined",
        "length",
        "name",
        "number",
        "object",
        "others_acted",
        "own_action",
        "own_plan",
        "own_record",
        "own_step",
        "particular",
        "past_scene",
        "recital",
        "story",
        "story_now",
        "usual",
        "we_action",
        "work_told",
    }
)
"""The names a rubric file may use."""

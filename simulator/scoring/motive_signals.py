"""Signals of a motive: what somebody is drawn to, has done about it, means to do, and says of the work."""

from simulator.scoring.cues import Heard, Span
from simulator.scoring.grammar import Doer, Frame, Sort
from simulator.scoring.story_signals import past_scene, span_of

_OBJECT_TOKENS = 12
_OBJECT_WORDS = 3
"""Words of its own that make the object of an attraction a particular one."""
_FIELD_BEFORE = 6
_FIELD_AFTER = 10
"""Tokens before and after a wanting in which the field of work is looked for."""
_CAUSE_BEFORE = 6
_CAUSE_AFTER = 25
"""Tokens before and after something of one's own life in which it is told as a cause."""
_SINCE = (("since", "then"), ("ever", "since"), ("so", "i"), ("for", "that"))
_REAL_SHORT = 3
_LISTED_NOW = frozenset({"am", "have", "know", "do", "speak"})
_LISTED_SO_FAR = frozenset({"got", "had", "done", "worked", "run", "driven", "been", "led", "used"})


def own_step(heard: Heard) -> list[Span]:
    """What the speaker did or is doing of their own accord: "I asked", "I have booked", "I am studying"."""
    classes = heard.lexicon.classes
    seen: set[str] = set()
    spans = []
    for deed in heard.deeds:
        real = deed.frame in (Frame.PAST, Frame.PERFECT, Frame.PROGRESSIVE) and not deed.negated
        if deed.doer is not Doer.SPEAKER or not real or deed.verb in seen:
            continue
        if deed.verb in classes["meaning_to"] or deed.verb in classes["no_step"]:
            continue
        if deed.sort is Sort.ACTION or deed.verb in classes["step_verb"]:
            seen.add(deed.verb)
            spans.append(span_of(deed))
    return spans


def own_plan(heard: Heard) -> list[Span]:
    """What the speaker means to do: "I will", "I am going to", "I want to run", "I would like to become"."""
    text = heard.text
    meaning_to = heard.lexicon.classes["meaning_to"]
    spans = []
    for deed in heard.deeds:
        if deed.doer is not Doer.SPEAKER or deed.negated:
            continue
        wants = deed.verb in meaning_to or (deed.frame is Frame.IMAGINED and deed.verb in ("like", "love"))
        if deed.frame is Frame.FUTURE and deed.verb not in ("say", "admit", "tell", "be"):
            spans.append(span_of(deed))
        elif wants and text[deed.at + 1 : deed.at + 2] == ("to",):
            spans.append(Span(deed.subject if deed.subject >= 0 else deed.at, min(deed.at + 2, len(text) - 1)))
    return spans


def work_told(heard: Heard) -> list[Span]:
    """What the work or its people are like, told as a fact: "horses do not lie to you"."""
    text, plain = heard.text, heard.lexicon.plain
    spans = []
    for deed in heard.deeds:
        if deed.doer in (Doer.SPEAKER, Doer.GROUP) or deed.frame not in (Frame.PRESENT, Frame.ABLE, Frame.PAST):
            continue
        before = text[deed.subject - 1] if deed.subject > 0 else ""
        if deed.doer is Doer.YOU and deed.sort is Sort.STATE and before in ("that", "and", "if"):
            continue
        if before in heard.lexicon.classes["helping"]:
            # "Do you see": asked, not told.
            continue
        end = min(deed.at + 6, len(text) - 1)
        if any(len(word) > _REAL_SHORT and word not in plain for word in text[deed.at : end + 1]):
            spans.append(Span(max(0, deed.subject), end))
    return spans


def addressed(heard: Heard) -> list[Span]:
    """Something of the employer's, spoken to directly: "your pond", "your open morning"."""
    text = heard.text
    theirs = heard.lexicon.plain | heard.lexicon.classes["own_body"]
    return [Span(i, i + 1) for i, word in enumerate(text[:-1]) if word == "your" and text[i + 1] not in theirs]


def recital(heard: Heard) -> list[Span]:
    """Skills and posts one after the other: "I can do the till", "I am punctual", "I have had my licence since"."""
    return [
        span_of(deed)
        for deed in heard.deeds
        if deed.doer is Doer.SPEAKER
        and not deed.negated
        and (
            deed.frame is Frame.ABLE
            or (deed.frame is Frame.PRESENT and deed.verb in _LISTED_NOW)
            or (deed.frame is Frame.PERFECT and deed.verb in _LISTED_SO_FAR)
        )
    ]


def particular(heard: Heard) -> list[Span]:
    """Words that name something: neither everyday words nor those any applicant uses."""
    plain = heard.lexicon.plain
    return [Span(i, i) for i, word in enumerate(heard.text) if len(word) > _REAL_SHORT and word not in plain]


def object_of_attraction(heard: Heard) -> list[Span]:
    """What the attraction is to, where it is something particular: words that few others would say."""
    classes, text = heard.lexicon.classes, heard.text
    plain = classes["stock_object"] | classes["corporate"] | heard.lexicon.common | classes["adverb"]
    spans = []
    for span in heard.found.get("motivation.attraction", ()):
        begin = end = span.last + 1
        while end < min(len(text), begin + _OBJECT_TOKENS) and not (heard.cut[end] and end > begin):
            end += 1
        own = sum(1 for word in text[begin:end] if len(word) > 2 and word not in plain)
        if own >= _OBJECT_WORDS:
            spans.append(Span(begin, end - 1))
    return spans


def life_reason(heard: Heard) -> list[Span]:
    """Something of one's own life that is told as a cause: "my gran was on one", and "since then" soon after."""
    text = heard.text
    causes = (*heard.found.get("motivation.turning", ()), *heard.found.get("motivation.reason", ()))
    spans = []
    for span in heard.found.get("motivation.life_fact", ()):
        near = range(span.first - _CAUSE_BEFORE, span.last + _CAUSE_AFTER)
        told = any(cause.first in near for cause in causes)
        since = any(text[i : i + 2] in _SINCE for i in near if 0 <= i < len(text))
        if told or since:
            spans.append(span)
    return spans


def wanted_field(heard: Heard) -> list[Span]:
    """The field of work where it is what is wanted: its words beside a wanting, in the same breath."""
    fields, text = heard.lexicon.classes["modern_work"], heard.text
    spans: list[Span] = []
    for span in (*heard.found.get("motivation.motive", ()), *heard.found.get("motivation.attraction", ())):
        first = span.first
        while first > max(0, span.first - _FIELD_BEFORE) and not heard.cut[first]:
            first -= 1
        last = span.last
        while last + 1 < min(len(text), span.last + 1 + _FIELD_AFTER) and not heard.cut[last + 1]:
            last += 1
        spans.extend(Span(i, i) for i in range(first, last + 1) if text[i] in fields)
    return sorted(set(spans), key=lambda each: each.first)


def story_without_motive(heard: Heard) -> list[Span]:
    """A story in which nobody is drawn to anything."""
    drawn = heard.found.get("motivation.attraction") or heard.found.get("motivation.wish")
    return [] if drawn else past_scene(heard)

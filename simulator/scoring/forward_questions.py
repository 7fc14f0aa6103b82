"""The questions a candidate asks: cut out of a turn without punctuation, each graded on its own.

Self-serving (1), generic (2), about the role (3); a question about the role or a coming challenge that is tied to
what was heard, to the job description or to the candidate's own experience is a step ahead (4).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from simulator.scoring.cues import Reading, Span
from simulator.scoring.grammar import Doer, Frame, Lexicon
from simulator.scoring.tailoring import stems_of

GOOD = 3
"""From this level on a question counts as a good one."""
_NEAR_LEAD = 6
_FIRST_WORDS = frozenset({"what", "which", "how", "who", "why", "where", "when"})
_TELLERS = frozenset({"i", "you", "we", "they", "he", "she", "it"})
_PLEASE = frozenset({"tell", "walk", "give", "could", "can", "would"})
_ASKED_OF = frozenset({"you", "anybody", "anyone", "somebody", "someone"})
"""After a helping verb these make a question wherever they stand."""
_JOINING = frozenset({"and", "or", "so", "but"})
_REFERRING = frozenset({"it", "this", "that", "they", "these", "those", "them", "one", "ones", "so"})
_SHORTEST = 3
_SHORT_TAIL = 9
_SHARED_STEMS = 2
"""Words a question must share with what was heard to be tied to it; or one of these letters:"""
_TELLING_STEM = 6
_GENERIC = 2
_EARLY = 15
"""Tokens within which a candidate who has no questions says so."""
_NAMED_MATTER = 2
"""Particular words that make a question one about a named matter."""
_TOPIC = {"ahead": "challenge", "role": "role", "generic": "workplace", "self_serving": "terms"}


@dataclass(frozen=True, slots=True)
class FoundQuestion:
    """One question: tokens of the question, of what leads up to it, its level and why."""

    span: Span
    lead_in: Span | None
    level: int
    reason: str
    topic: str
    cues: Mapping[str, tuple[Span, ...]]


def split_questions(reading: Reading, openers: Sequence[Span], leads: Sequence[Span], lexicon: Lexicon) -> list[Span]:
    """Where each question of a turn stands, in order."""
    text = reading.tokens.text
    helping, joints = lexicon.classes["helping"], lexicon.classes["question_joint"]
    starts = sorted({(span.first, False) for span in openers} | {(span.first, True) for span in leads})
    first = next((i for i, word in enumerate(text) if word not in joints or word in helping), 0)
    if text and text[first] in helping and text[first : first + 3] != ("do", "you", "know"):
        starts = sorted({(first, False), *starts})
    begun: list[int] = []
    lead_at = -99
    for at, is_lead in starts:
        if begun and at - begun[-1] < _SHORTEST and not is_lead:
            continue
        if at - lead_at <= _NEAR_LEAD:
            if is_lead:
                lead_at = at
            continue
        if not is_lead and text[at] in helping and not _opens(reading, at, joints):
            continue
        if not is_lead and text[at] in _FIRST_WORDS and _tells(text, at):
            continue
        if is_lead and (not _asks(text, at, lexicon) or text[max(0, at - 2) : at] == ("going", "to")):
            continue
        begun.append(at)
        if is_lead:
            lead_at = at
    spans = []
    for index, at in enumerate(begun):
        end = begun[index + 1] - 1 if index + 1 < len(begun) else len(text) - 1
        for i in range(at + _SHORTEST, end + 1):
            if reading.tokens.cut[i] and text[i] not in _JOINING:
                end = i - 1
                break
        spans.append(Span(at, end))
    return [span for span in spans if span.last - span.first >= 1]


def without_joint(span: Span, text: Sequence[str]) -> Span:
    """A question as it is shown: without the "and" that leads on to the next."""
    last = span.last
    while last > span.first and text[last] in _JOINING:
        last -= 1
    return Span(span.first, last)


def _opens(reading: Reading, at: int, joints: frozenset[str]) -> bool:
    """Whether a helping verb stands where a question can begin: at the start, after a joint, after a cut."""
    text = reading.tokens.text
    turned = text[at + 1 : at + 2] and text[at + 1] in _ASKED_OF
    return at == 0 or reading.tokens.cut[at] or text[at - 1] in joints or bool(turned)


def _tells(text: Sequence[str], at: int) -> bool:
    """ "that is why", "same as what I have been doing": a question word inside a statement."""
    if at >= 2 and text[at - 1] in ("is", "was") and text[at - 2] in ("that", "this", "it", "which"):
        return True
    return text[at + 1] in _TELLERS if at + 1 < len(text) else True


def _asks(text: Sequence[str], at: int, lexicon: Lexicon) -> bool:
    """Whether something is asked soon after "I was wondering", "a question", "could you tell me"."""
    if text[at] in _PLEASE:
        return True
    return any(word in lexicon.classes["asking"] for word in text[at + 1 : at + _NEAR_LEAD + 2])


def _inside(spans: Sequence[Span], place: Span) -> tuple[Span, ...]:
    return tuple(span for span in spans if place.first <= span.first and span.last <= place.last)


def grade_questions(
    reading: Reading,
    found: Mapping[str, Sequence[Span]],
    heard: Sequence[str],
    lexicon: Lexicon,
) -> list[FoundQuestion]:
    """Every question of the turn with its level. `heard` is what the candidate could tie it to."""
    questions = _with_follow_ons(
        split_questions(reading, found.get("questions.openers", ()), found.get("questions.leads", ()), lexicon),
        reading,
        found,
    )
    questions = _without_declined(questions, reading, found.get("questions.decline", ()))
    known = {stem for text in heard for stem in stems_of(text.lower().split(), lexicon.common)}
    graded: list[FoundQuestion] = []
    end_before = -1
    for span in questions:
        lead_in = Span(end_before + 1, span.first - 1) if span.first > end_before + 1 else None
        end_before = span.last
        whole = Span(lead_in.first if lead_in else span.first, span.last)
        cues = {name: _inside(found.get(f"questions.{name}", ()), span) for name in (*_TOPIC, "step_ahead")}
        tied = bool(_inside(found.get("questions.ties", ()), whole)) or _tells_of_own(reading, whole, lexicon)
        common_stems = known & stems_of(reading.tokens.text[whole.first : whole.last + 1], lexicon.common)
        shared = len(common_stems) >= _SHARED_STEMS or any(len(each) >= _TELLING_STEM for each in common_stems)
        # "How do you handle that": what is meant stands in the words before.
        refers = any(word in _REFERRING for word in reading.tokens.text[span.first : span.last + 1])
        about = whole if refers else span
        own = particular_words(reading.tokens.text[about.first : about.last + 1], lexicon)
        if graded and not any(cues.values()) and not shared and not tied:
            # A further part without a matter of its own goes on with the question before.
            level, reason, topic = graded[-1].level, graded[-1].reason, graded[-1].topic
        else:
            level, reason, topic = _grade(cues, tied, shared, own, not heard)
        graded.append(FoundQuestion(span, lead_in, level, reason, topic, cues))
    return _with_their_neighbours(graded)


def _with_their_neighbours(graded: Sequence[FoundQuestion]) -> list[FoundQuestion]:
    """A question without a matter of its own, before one about terms, is about them too ("is it four on")."""
    settled = list(graded)
    for index in range(len(graded) - 2, -1, -1):
        after = settled[index + 1]
        if after.level == 1 and settled[index].level == _GENERIC and not any(settled[index].cues.values()):
            settled[index] = replace(settled[index], level=1, reason=after.reason, topic=after.topic)
    return settled


def _without_declined(questions: Sequence[Span], reading: Reading, declined: Sequence[Span]) -> list[Span]:
    """ "No, I was going to ask about the rota but you said": what stands before the last "no" is not asked."""
    early = [span for span in declined if span.first <= _EARLY]
    if not early:
        return list(questions)
    last = max(span.last for span in declined)
    return [span for span in questions if span.first >= last]


def _tells_of_own(reading: Reading, place: Span, lexicon: Lexicon) -> bool:
    """Whether the speaker tells of something they did or went through, in or before the question."""
    polite = lexicon.classes["asking_politely"]
    return any(
        place.first <= deed.at <= place.last
        and deed.doer in (Doer.SPEAKER, Doer.GROUP)
        and deed.frame in (Frame.PAST, Frame.PERFECT, Frame.USED_TO)
        and deed.verb not in polite
        for deed in reading.deeds
    )


def particular_words(words: Sequence[str], lexicon: Lexicon) -> int:
    """How many words name a matter, beyond those of any question."""
    plain = lexicon.common | lexicon.classes["stock_object"] | lexicon.classes["everyday"] | lexicon.classes["adverb"]
    return len(
        {
            word
            for word in words
            if len(word) > 2 and word not in plain and word not in lexicon.classes["question_word"]
        }
    )


def _with_follow_ons(spans: Sequence[Span], reading: Reading, found: Mapping[str, Sequence[Span]]) -> list[Span]:
    """ "... is it enforced", "... and how does this work": no question of its own, but the tail of the last."""
    joined: list[Span] = []
    for span in spans:
        words = reading.tokens.text[span.first : span.last + 1]
        topical = any(_inside(found.get(f"questions.{name}", ()), span) for name in _TOPIC)
        refers = any(word in _REFERRING for word in words[:6])
        anew = reading.tokens.cut[span.first] and words[0] in _FIRST_WORDS and not refers
        adjoins = joined and joined[-1].last == span.first - 1 and not anew
        if adjoins and len(words) <= _SHORT_TAIL and (refers or not topical):
            joined[-1] = Span(joined[-1].first, span.last)
        else:
            joined.append(span)
    return joined


def _grade(
    cues: Mapping[str, Sequence[Span]], tied: bool, shared: bool, particular: int, nothing_heard: bool
) -> tuple[int, str, str]:
    counts = {name: len(spans) for name, spans in cues.items()}
    forward = counts["role"] + counts["ahead"] + counts["step_ahead"]
    if counts["self_serving"] and counts["self_serving"] >= forward:
        return 1, "about what you get, or when you will hear", "terms"
    if counts["generic"] and counts["generic"] >= forward:
        return 2, "could be asked anywhere", "workplace"
    topic = "challenge" if counts["ahead"] else "role"
    if forward or particular >= _NAMED_MATTER:
        if shared:
            return 4, "tied to what you heard", topic
        if tied:
            return 4, "tied to your own experience or to what was said", topic
        if counts["step_ahead"] and nothing_heard:
            return 4, "a pressing problem or the coming months of this job", topic
        if counts["ahead"]:
            return 3, "about a challenge of the job; tie it to what you heard", topic
        return 3, "about the role" if forward else "about a named matter of the work", topic
    if shared or tied:
        return 3, "about a matter that came up", "role"
    return 2, "could be asked anywhere", "workplace"

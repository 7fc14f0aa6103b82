"""When an interviewer asks one short follow-up, and for what.

At most one probe per answer, and never when the answer was complete: a probe asks for the element whose absence
holds the level down, never for one that was told or is faint. The same words ask for the piece that the candidate
adds after the feedback.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from simulator.interview.plan import PROBE_WORDS
from simulator.questions.bank import Kind, Probe, Question
from simulator.reading import elements as e
from simulator.reading.reading import Reading
from simulator.scoring.quotes import Pick, echo
from simulator.scoring.scorecard import MAX_LEVEL, PartState, Scorecard
from simulator.scoring.shipped_rubrics import PROBES
from simulator.sessions.answer_feedback import helps_most
from simulator.sessions.session import scores_asked_for

COMPLETE = 3
"""At this level only an element that was not said in so many words is asked for; above it nothing."""

_LEADING_RUBRIC = {
    Kind.MOTIVATION: "motivation",
    Kind.OPENING: "motivation",
}
_NEVER_PROBED = (Kind.CLOSING,)


@dataclass(frozen=True, slots=True)
class ProbeWording:
    """One way to ask for a missing element. It fits where `told` was surely told and nothing of `untold` was.

    "{said}" are whole words of `told`, as a sentence of their own.
    """

    words: str
    told: str = ""
    untold: tuple[str, ...] = ()


_ENOUGH_TIED = 2
"""From so many forms that tie to the answer on, none of the others is used."""
_AN_EVENT = (e.OWN_ACTION, e.OUTCOME, e.GROUP_ACTION)
WOULD = "would"
"""Stands for a claim that answers "What would you do?"."""

FORMS: Mapping[str, tuple[ProbeWording, ...]] = {
    e.OCCASION: (
        ProbeWording("You said: “{said}” Can you tell us about one day when that showed?", e.CLAIM, _AN_EVENT),
        ProbeWording("When did that last show? Take us to that day.", e.CLAIM, _AN_EVENT),
        ProbeWording("You said: “{said}” Has it ever come to that? Tell us about it.", WOULD, _AN_EVENT),
        ProbeWording("Have you been in a situation like that? What happened?", WOULD, _AN_EVENT),
        ProbeWording("You said: “{said}” Can you pick out one time and tell us about it?", e.EXPERIENCE, _AN_EVENT),
        ProbeWording("You said: “{said}” When was that, and where?", e.OWN_ACTION),
        ProbeWording("When was that, and where were you?", e.OWN_ACTION),
        ProbeWording("What was going on at the time?", e.OWN_ACTION),
        ProbeWording("How did it come to that?", e.OWN_ACTION),
        ProbeWording("When was that, and how did it come about?", e.OUTCOME, (e.OWN_ACTION,)),
        ProbeWording("When was that, and where did it happen?", e.GROUP_ACTION, (e.OWN_ACTION,)),
        ProbeWording("Can you think of one particular time?", "", _AN_EVENT),
        ProbeWording("Is there one day that comes to mind?", "", _AN_EVENT),
        ProbeWording("Could you tell us about one time in particular?", "", _AN_EVENT),
        ProbeWording("Can you take one day of that and tell us about it?", e.EXPERIENCE, _AN_EVENT),
    ),
    e.OWN_ACTION: (
        ProbeWording("You said: “{said}” Which part of that was yours?", e.GROUP_ACTION),
        ProbeWording("And in all of that, what did you do yourself?", e.GROUP_ACTION),
        ProbeWording("You said: “{said}” What had you done to get there?", e.OUTCOME, (e.GROUP_ACTION,)),
        ProbeWording("And what did you do?", e.OCCASION, (e.GROUP_ACTION,)),
        ProbeWording("So there you were. What did you do yourself?", e.OCCASION, (e.GROUP_ACTION,)),
        ProbeWording("What was your own part in it?"),
        ProbeWording("What was the first thing you did?"),
        ProbeWording("What exactly did you do yourself?"),
        ProbeWording("And you, what did you do about it?"),
    ),
    e.OUTCOME: (
        ProbeWording("You said: “{said}” How did that end?", e.OWN_ACTION),
        ProbeWording("So that is what you did. What came of it?", e.OWN_ACTION),
        ProbeWording("And when you had all done that, how did it end?", e.GROUP_ACTION, (e.OWN_ACTION,)),
        ProbeWording("And that one time, how did it end?", e.LESSON),
        ProbeWording("What came of it in the end?"),
        ProbeWording("How did it turn out?"),
        ProbeWording("And then what happened?", "", (e.LESSON,)),
        ProbeWording("What was different afterwards?", "", (e.LESSON,)),
    ),
    e.ATTRACTION: (
        ProbeWording("You said: “{said}” What is it about this job that goes with that?", e.REASON),
        ProbeWording("And what is it about this job in particular?", e.REASON),
        ProbeWording("You have already done something about it. What do you like about the work itself?", e.STEP),
        ProbeWording("You know where you want to go. What draws you to the work itself?", e.PLAN),
        ProbeWording("What is there in this work that you would miss in another job?", e.STOCK),
        ProbeWording("And what draws you to this work more than to any other?", e.STOCK, (e.REASON,)),
        ProbeWording("What is it about this work that draws you?"),
        ProbeWording("What would you look forward to here on a Monday morning?"),
        ProbeWording("Which part of the work would you enjoy most?"),
        ProbeWording("Of all the jobs there are, why this one?", "", (e.REASON,)),
    ),
    e.REASON: (
        ProbeWording("You said: “{said}” Why does that matter to you?", e.ATTRACTION),
        ProbeWording("Where in your own life does that come from?", e.STOCK),
        ProbeWording("Why does this work matter to you?"),
        ProbeWording("What in your own life brought you to this?"),
        ProbeWording("Where does your interest come from?"),
        ProbeWording("When did you first think of doing this work?"),
    ),
    e.STEP: (
        ProbeWording("You said: “{said}” What have you done about that so far?", e.ATTRACTION),
        ProbeWording("What have you already done to get there?", e.PLAN),
        ProbeWording("And what have you done because of that?", e.REASON),
        ProbeWording("What have you done about it so far?"),
        ProbeWording("Have you been able to try it out yet, and how?"),
        ProbeWording("What was your first step towards it?"),
        ProbeWording("What have you read or learned because of it, or whom have you asked?"),
    ),
    e.PLAN: (
        ProbeWording("You said: “{said}” Where should that lead?", e.STEP),
        ProbeWording("Where would you like that to lead?", e.ATTRACTION),
        ProbeWording("Where would you like to be with it in a few years?"),
        ProbeWording("What do you hope to be doing once you know the job well?"),
        ProbeWording("Where should it lead in the end?"),
        ProbeWording("What would you like to be able to do here in three years' time?"),
    ),
    e.CHECKABLE: (
        ProbeWording("How many were there, or how long did it take?"),
        ProbeWording("Can you put a number to any of that?"),
        ProbeWording("Is there a figure in that: how many, how long, how much?"),
        ProbeWording("How long did all of that take?"),
    ),
    e.LESSON: (
        ProbeWording("And what have you done differently since then?", e.OUTCOME),
        ProbeWording("What did you take from it?"),
        ProbeWording("What would you do the same way again?"),
        ProbeWording("What do you do differently today because of it?"),
        ProbeWording("What did that teach you?"),
    ),
}
"""How each missing element is asked for: what ties most closely to the answer first."""

_ASKS_AGAIN: Mapping[str, tuple[str, ...]] = {
    e.OCCASION: _AN_EVENT,
    e.OUTCOME: (e.LESSON,),
    e.ATTRACTION: (e.REASON,),
}
"""Where one of these was told, or a reason may have been, a question's own probe would ask for it again."""
_POINTS_BACK = re.compile(r"\b(?:that|those)\b", re.IGNORECASE)
_ASKS_WHY = re.compile(r"\b(?:why|what (?:made|makes|brought|kept|pulled))\b", re.IGNORECASE)
_SAID_WHY = re.compile(
    r"\bbecause\b|\bso (?:i|we|that i|that we|that is|thats)\b|\b(?:that|this|which)(?: i|')s why\b|\bthe reason\b",
    re.IGNORECASE,
)
_TO_POINT_AT = (e.OCCASION, *_AN_EVENT, e.EXPERIENCE, e.ATTRACTION, e.REASON, e.STEP, e.PLAN)
"""What "that" in a question's own probe for a reason can mean; where nothing of it was told, it fits no answer."""
PLAINER_WORDS: Mapping[str, str] = {
    e.OCCASION: "Can you tell me about one day: what was going on, and where?",
    e.OWN_ACTION: "What did you do yourself, one thing after the other?",
    e.OUTCOME: "What happened in the end?",
    e.ATTRACTION: "What do you like about the work that you are applying for? One thing is enough.",
    e.REASON: "Why is this important to you? It may be something from your own life.",
    e.STEP: "What have you already done to get there? A course, a visit or a talk with somebody counts.",
    e.PLAN: "What would you like to be doing in a few years?",
    e.CHECKABLE: "Roughly how many were there, or how long did it take? A guess will do.",
    e.LESSON: "What do you do in another way since then, or again in the same way?",
}
"""What each element is asked for with, where somebody did not understand a follow-up."""
WOULD_DO = "What would you do first, and what after that?"
HAPPENED_TO_YOU = "Has something like this ever happened to you? What did you do then?"


def choose_probe(question: Question, card: Scorecard) -> Probe | None:
    """The probe for this answer, or None where it is complete or was not scored."""
    if question.kind in _NEVER_PROBED:
        return None
    rubric = _LEADING_RUBRIC.get(question.kind, "examples")
    score = card.rubrics.get(rubric)
    if not card.scored or score is None or score.level is None or score.level > COMPLETE:
        return None
    if question.kind is Kind.OPENING and (card.level("examples") or 0) >= COMPLETE:
        return None
    if question.kind is Kind.SITUATIONAL and score.level == 0 and Probe.EXAMPLE not in question.probes:
        # A situational question invites "I would"; only its own probe may ask for a real case.
        return None
    known = {probe.value: probe for probe in Probe}
    return next((known[lack] for lack in score.lacks if lack in known), None)


def probe_words(question: Question, probe: Probe, card: Scorecard | None = None, position: int = 0) -> str:
    """What the interviewer says: the question's own probe, or, where that asks again for what was told, a form."""
    element = probed_element(question, probe, card)
    reading = card.reading if card else None
    own = question.probes.get(probe, "")
    if own and (reading is None or _fits_what_was_said(own, element, reading)):
        return own
    return asked_for(element, reading, position, question.kind) if element and reading else PROBE_WORDS[probe]


def probed_element(question: Question, probe: Probe, card: Scorecard | None) -> str:
    """The missing element that a probe asks for, "" where that is not known."""
    score = card.rubrics.get(_LEADING_RUBRIC.get(question.kind, "examples")) if card else None
    return next((each for each in score.missing_elements if PROBES.get(each) == probe), "") if score else ""


def _fits_what_was_said(words: str, element: str, reading: Reading) -> bool:
    """Whether a question's own probe neither asks again for what may have been told nor points at what was not."""
    asks_again = _ASKS_AGAIN.get(element, ())
    if PROBES.get(element) != Probe.REASON:
        return not any(map(reading.has, asks_again))
    if any(reading.has(told) or told in reading.faint for told in asks_again):
        return False
    if _ASKS_WHY.search(words) and _SAID_WHY.search(" ".join(reading.words)):
        return False
    return not _POINTS_BACK.search(words) or any(map(reading.has, _TO_POINT_AT))


def plainer_words(element: str, kind: Kind) -> str:
    """A follow-up once more, in plainer words, for whoever did not understand it."""
    if kind is Kind.SITUATIONAL and element in (e.OCCASION, e.OWN_ACTION):
        return HAPPENED_TO_YOU if element == e.OCCASION else WOULD_DO
    return PLAINER_WORDS[element]


_PLAINER = (e.OWN_ACTION, e.OUTCOME, e.OCCASION, e.ATTRACTION, e.REASON, e.STEP, e.PLAN)
"""What an answer may tell without being sure to, in the order in which it is asked for."""


def missing_piece(question: Question, card: Scorecard | None) -> str:
    """The element that the candidate can add to this answer in one sentence, "" where nothing is missing.

    It is of the rubric that the one thing to do is about.
    """
    if card is None or not card.scored or question.kind in _NEVER_PROBED:
        return ""
    shown = scores_asked_for(question, card)
    if not shown:
        return ""
    score = helps_most(shown)
    spared = {part.element for part in score.parts if part.found in (PartState.YES, PartState.SPARE)}
    # What could be plainer can be added too, as the one thing to do asks for it: when and where it was, last.
    unsure = {part.element for part in score.parts if part.found is PartState.PERHAPS}
    plainer = (element for element in _PLAINER if element in unsure)
    asked = (*score.missing_elements, *(plainer if score.level is not None and score.level < MAX_LEVEL else ()))
    return next((element for element in asked if element in FORMS and element not in spared), "")


def asked_for(element: str, reading: Reading, position: int, kind: Kind | None = None) -> str:
    """The words that ask for a missing element: forms that fit what was told, in turns by the question's place."""
    fitting = [form for form in FORMS[element] if _fits(form, reading, kind)]
    tied = [form for form in fitting if form.told]
    plain = [form for form in fitting if not form.told] or [form for form in FORMS[element] if not form.told]
    forms = tied if len(tied) >= _ENOUGH_TIED else [*tied, *plain]
    form = forms[position % len(forms)]
    return form.words.format(said=_quoted_words(form, reading))


def _fits(form: ProbeWording, reading: Reading, kind: Kind | None) -> bool:
    if any(reading.has(element) or element in reading.faint for element in form.untold):
        return False
    if form.told in (WOULD, e.CLAIM) and (kind is Kind.SITUATIONAL) != (form.told == WOULD):
        return False
    if not form.told:
        return True
    return bool(_quoted_words(form, reading)) if "{said}" in form.words else reading.tells(_element(form))


def _quoted_words(form: ProbeWording, reading: Reading) -> str:
    return echo(reading, _element(form), Pick.DEED if form.told == e.OWN_ACTION else Pick.SUREST)


def _element(form: ProbeWording) -> str:
    return e.CLAIM if form.told == WOULD else form.told

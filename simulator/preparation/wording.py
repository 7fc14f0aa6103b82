"""How an interviewer asks about a requirement: its own words in quotation marks, and a question that suits any form.

Papers and conditions are no matter for an anecdote; they become one plain question. What cannot be said aloud (signs,
abbreviations, half a page) is not asked.
"""

import re
from dataclasses import dataclass

from simulator.preparation.job import RequirementKind
from simulator.preparation.matching import nearness
from simulator.questions.advice import spoken_notes

MOST_WORDS = 24
"""Words that may be quoted in one breath before the question itself."""
TEMPLATES = {
    "duty": (
        "The advert says of this job: “{it}” Tell me about a time you did something close to that.",
        "One part of the job is put like this: “{it}” What have you done before that comes nearest to it?",
        "Our advert says: “{it}” Tell me about one time you did that kind of work, and how it went.",
    ),
    "experience": (
        "The advert asks for this: “{it}” Tell me about a time when you needed it.",
        "One line of our advert reads: “{it}” Which piece of your own work comes nearest to that?",
        "We wrote in the advert: “{it}” Take me through one time when that counted.",
    ),
    "soft": (
        "We wrote in the advert: “{it}” Tell me about a day that shows this of you.",
        "One thing we look for is put like this: “{it}” When did that last matter in your work?",
    ),
    "paper": ("The advert asks for this: “{it}” Where do you stand with that?",),
    "condition": ("The advert says: “{it}” How would that suit you?",),
    "welcome": ("The advert names this as welcome, not as a must: “{it}” What do you bring that comes close to it?",),
    "motivation": (
        "What draws you to the post of {role} at {company}?",
        "Of all the places you could apply to, why {company}, and why as {role}?",
    ),
    "motivation_company": ("Of all the places you could apply to, why {company}?",),
    "motivation_role": ("What draws you to the post of {role}?",),
}
GUIDANCE = {
    "duty": "Choose the time that comes nearest, even from another field. Say what you did yourself and what came of "
    "it, then how it would carry over.",
    "experience": "Name one piece of work, your own part in it, and what came of it. Where you have less than is "
    "asked, say so and show how fast you learned.",
    "soft": "One day that shows it is worth more than the word. Say what happened, what you did, and how one could "
    "see it.",
    "paper": "Say plainly whether you have it, or when you will. Nobody needs a story here.",
    "condition": "Say plainly whether it suits you, and what you would need. Nobody needs a story here.",
    "welcome": "If you have it, one example. If not, what comes nearest and how you would get there.",
    "motivation": "One thing about this work or this place that you could not say of any other, and one thing you "
    "did that shows it is true.",
}
COMPETENCY = {"duty": "expertise", "soft": "reliability", "welcome": "learning"}
"""By group, where no question of the banks lends one; else "expertise"."""
PLAIN = ("paper", "condition")
"""Groups that are asked about in one plain question."""
_CONDITIONS = (
    "Able to work nights, weekends and shifts",
    "Willing to travel and stay away overnight",
    "Has a car or lives nearby",
    "Can start early in the morning",
    "Happy to work outdoors in all weathers",
    "Fit to lift heavy loads and stand all day",
)
_LIKE_A_CONDITION = 0.5
"""Nearness to one of them from which a requirement is a condition: one agrees to it, no story shows it."""
_SPELT = (
    (re.compile(r"\s*[(\[][^()\[\]]*[)\]]"), ""),
    (re.compile(r"\s*&\s*"), " and "),
    (re.compile(r"\b(\d+)\s*\+"), r"\1 or more"),
    (re.compile(r"\be\.?g\.(?=\s|,|$)", re.I), "for example"),
    (re.compile(r"\by(?:ea)?rs?\b\.?", re.I), "years"),
    (re.compile(r"(?<=[A-Za-z])\s*/\s*(?=[A-Za-z])"), " or "),
    (re.compile(r"\s[–—-]\s"), ", "),
)
_CAPITALS = "has capitals"


@dataclass(frozen=True, slots=True)
class Wording:
    """A requirement ready for a template: the template's group, and the words that stand for `{it}`."""

    group: str
    it: str


def wording_of(text: str, kind: RequirementKind, must: bool = True) -> Wording | None:
    """How a requirement may be asked; None where it cannot be said. Raises Missing without the language model."""
    it = sayable(text)
    if it is None:
        return None
    if kind is RequirementKind.QUALIFICATION:
        return Wording("paper", it) if must else None
    if kind is RequirementKind.EXPERIENCE and max(nearness(it, _CONDITIONS)) >= _LIKE_A_CONDITION:
        return Wording("condition", it) if must else None
    if not must:
        return Wording("welcome", it)
    groups = {RequirementKind.DUTY: "duty", RequirementKind.SOFT: "soft"}
    return Wording(groups.get(kind, "experience"), it)


def sayable(text: str) -> str | None:
    """A requirement as a voice can say it, one closed sentence; None where it cannot."""
    plain = " ".join(text.split())
    for pattern, spelt in _SPELT:
        plain = pattern.sub(spelt, plain)
    plain = " ".join(plain.split()).strip(" .,;:-–—\"'“”")
    if not plain or not re.search(r"[A-Za-z]{2}", plain) or len(plain.split()) > MOST_WORDS:
        return None
    if any(not note.startswith(_CAPITALS) for note in spoken_notes(plain)) or re.search(
        r"[“”\"<>;]|\.\s|\d{5}", plain
    ):
        return None
    return f"{plain[0].upper()}{plain[1:]}{'' if plain.endswith(('?', '!')) else '.'}"

"""Words a requirement as an interviewer's question, where its grammar is safe; the rest is left to the banks.

The templates and the words they may be used with stand in `assets/preparation/question_templates.yaml`.
A question that sounds wrong is worse than one that is general, so whatever is in doubt is not worded.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from simulator.places import shipped
from simulator.preparation.job import RequirementKind
from simulator.preparation.posting_facts import ROLE_WORD

MOST_WORDS = 22
"""Words of a requirement that may be said in one breath before the question itself."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A requirement ready for a template: the template's group, and the words that stand for `{it}`."""

    group: str
    it: str


@dataclass(frozen=True, slots=True)
class Templates:
    """The document of `question_templates.yaml`."""

    templates: Mapping[str, tuple[str, ...]]
    guidance: Mapping[str, str]
    competency: Mapping[str, str]
    words: Mapping[str, frozenset[str]]


@lru_cache(maxsize=1)
def templates() -> Templates:
    """The templates, read once."""
    import yaml

    with (shipped("assets") / "preparation" / "question_templates.yaml").open(encoding="utf-8") as file:
        document = yaml.load(file, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    lists = (
        "verbs",
        "states",
        "both",
        "adjectives_too",
        "qualities",
        "shown",
        "experience",
        "with_article",
        "grades",
        "papers",
    )
    return Templates(
        templates={group: tuple(texts) for group, texts in document["templates"].items()},
        guidance=document["guidance"],
        competency=document["competency"],
        words={name: frozenset(map(str, document[name])) for name in lists},
    )


def wording_of(text: str, kind: RequirementKind, must: bool = True) -> Wording | None:
    """How a requirement may be asked; None where no template is safe for it."""
    told = _plain(text)
    if told is None:
        return None
    if kind is RequirementKind.DUTY:
        return _duty(told)
    found = _people(told) or _thing(told, kind)
    if found is None or must or found.group == "paper":
        return found
    return Wording("people_welcome" if found.group == "people" else "welcome", found.it)


_SUBORDINATORS = (
    "that", "which", "who", "whose", "whom", "when", "whenever", "where", "wherever", "if", "as", "while", "until",
    "before", "after", "because", "than", "what", "how", "why", "whether", "so that", "once", "unless", "whatever",
)  # fmt: skip
_FINITE = re.compile(
    r"\b(?:is|are|was|were|am|will|would|could|should|must|may|might|has|had|does|did|do not|don't|means|includes|"
    r"isn't|aren't|won't)\b|\b(?:helps|counts|matters)$",
    re.IGNORECASE,
)
_SUBORDINATE = re.compile(rf"\b(?:{'|'.join(_SUBORDINATORS)})\b", re.IGNORECASE)
_PRONOUN = re.compile(r"\b(?:you|we|i|they|it|he|she)\b", re.IGNORECASE)


def _plain(text: str) -> str | None:
    """The requirement as it may stand inside a sentence; None where it is a sentence itself, or hard to say."""
    told = " ".join(text.split()).strip(" .;,:")
    told = re.sub(r"\s*\([^)]*\)$", "", told)
    told = re.sub(r"^(?:to|also|ideally|preferably)\s+(?=[a-z])", "", told, flags=re.IGNORECASE)
    told = re.sub(r"^(\d+)\s*\+ years?\b", r"\1 or more years", told)
    words = told.split()
    if (
        not words
        or len(words) > MOST_WORDS
        or re.search(r"[;:()\[\]{}<>|/\\•“”\"!?=*#]|\.\s|\s[-–—]\s|\+|etc\b", told)
    ):
        return None
    verbs = templates().words["verbs"]
    for word in words[1:-2]:
        low = word.lower()
        if word[0].isupper() and low not in _NAMES and (low in verbs or _is_form_in_ing(low)):
            # Two lines that were pasted into one.
            return None
    for found in _FINITE.finditer(told):
        if not _SUBORDINATE.search(told[: found.start()]):
            return None
    for found in _PRONOUN.finditer(told):
        before = told[: found.start()].split()
        if found[0].lower() == "it" and before and before[-1].lower() not in ("and", "or", "but"):
            continue
        if not before or before[-1].lower() not in _SUBORDINATORS:
            return None
    for found in re.finditer(r"\b(?:them|these|those)\b", told, re.IGNORECASE):
        if not re.search(r"\w[^s\W]s\b|\b(?:children|people|men|women)\b", told[: found.start()]):
            # Whoever "them" are was said in the sentence before.
            return None
    return told


def _lowered(told: str) -> str:
    """The first letter small, unless the word is written with capitals for itself (SQL, German)."""
    first = told.split()[0]
    bare = first.strip(",")
    letter = len(bare) == 1 and bare.isupper() and bare not in "AI"
    if letter or any(char.isupper() for char in bare[1:]) or bare.lower() in _NAMES:
        return told
    return told[0].lower() + told[1:]


_NAMES = frozenset({
    "english", "german", "french", "dutch", "spanish", "italian", "polish", "swedish", "danish", "portuguese",
    "welsh", "excel", "python", "java", "linux", "react", "aat", "acca", "european", "british", "american", "irish",
})  # fmt: skip


def _duty(told: str) -> Wording | None:
    first, _ = _first_two(told)
    if _is_verb(told):
        return Wording("duty", _lowered(told)) if not _mixed(told) else None
    if first.endswith("ing") and _is_form_in_ing(first) and not _base_goes_on(told):
        return Wording("doing", _lowered(told))
    return None


def _is_verb(told: str) -> bool:
    """Whether it begins with a verb, also where the word may be a noun ("support for customers")."""
    words = templates().words
    first, second = _first_two(told)
    if first not in words["verbs"] | words["states"]:
        return False
    if first not in words["both"] or (first, second) == ("care", "for"):
        return True
    pieces = told.lower().split()
    if second == "and":
        return len(pieces) > 2 and pieces[2].strip(",") in words["verbs"]
    if pieces[0].endswith(",") or (len(pieces) > 1 and pieces[1].endswith(",")):
        # A list of verbs, or of what the verb is done to.
        return second not in ("of", "for")
    several = second.endswith("s") and not second.endswith(("ss", "sis", "skills"))
    return second in _AFTER_VERB or several


_AFTER_VERB = frozenset({
    "a", "an", "the", "our", "your", "their", "his", "her", "its", "this", "these", "all", "any", "each", "every",
    "both", "with", "to", "on", "in", "at", "under", "by", "up", "out", "about", "as", "over", "after", "closely",
    "together", "independently", "alone", "well", "quickly", "people", "children", "staff", "new", "two", "three",
    "several", "other", "others", "across", "around", "alongside", "from", "onto", "what", "how", "safely", "nights",
    "evenings", "shifts",
})  # fmt: skip


def _mixed(told: str) -> bool:
    """Whether a list goes on in another form: "plan the week and checking deliveries", "answer for X and for Y"."""
    return bool(
        re.search(r"(?:,|\band)\s+(?:for|responsible|in charge|to be|\w+ing)\b(?! (?:room|point|list))", told)
    ) and bool(re.search(r"(?:,|\band)\s+(?:for|responsible|in charge)\b", told) or _ing_goes_on(told))


def _base_goes_on(told: str) -> bool:
    """ "providing support and liaise with suppliers", "working knowledge": no list of forms in -ing."""
    words = templates().words
    after = re.findall(r"(?:,|\band)\s+(\w+)", told.lower())
    return _first_two(told)[1] in words["experience"] or any(word in words["verbs"] - words["both"] for word in after)


def _ing_goes_on(told: str) -> bool:
    return any(_is_form_in_ing(found) for found in re.findall(r"(?:,|\band)\s+(\w+ing)\b", told.lower()))


def _is_form_in_ing(word: str) -> bool:
    base = word[:-3]
    verbs = templates().words["verbs"]
    return base in verbs or f"{base}e" in verbs or (len(base) > 2 and base[-1] == base[-2] and base[:-1] in verbs)


def _people(told: str) -> Wording | None:
    """What may stand behind "people who"."""
    if re.search(r"\b(?:you|your|yours|yourself)\b", told, re.IGNORECASE):
        return None
    words = templates().words
    first, _ = _first_two(told)
    if able := re.match(
        r"(?:(?:the )?ability to|(?:be )?able to|can|capable of)\s+(?:be able to )?(\w+)", told, re.I
    ):
        rest = told[able.start(1) :]
        if able[1].lower() in words["verbs"] | words["states"] and not _mixed(rest):
            return Wording("people", f"can {rest}")
        return None
    if _is_verb(told) and first not in words["adjectives_too"]:
        return Wording("people", _lowered(told)) if not _mixed(told) else None
    bare = first.rstrip(",")
    if bare in words["qualities"] and not re.search(r"\b(?:do|don't|have|has|with a|with an)\b", told):
        if _noun_follows(told):
            return None
        two = re.sub(r"^([^, ]+), ([^, ]+)$", r"\1 and \2", _lowered(told))
        return Wording("people", f"are {two}")
    return None


_AFTER_QUALITY = frozenset({
    "and", "or", "with", "in", "at", "to", "of", "about", "when", "even", "towards", "toward", "under", "on", "but",
    "as", "enough", "by", "from", "around", "for", "if", "because", "who",
})  # fmt: skip


def _noun_follows(told: str) -> bool:
    """ "friendly manner", "positive attitude": an adjective before its noun says nothing about people."""
    pieces = told.split()
    for word, after in zip(pieces, (*pieces[1:], ""), strict=True):
        bare = word.lower().rstrip(",")
        if bare == "physically":
            continue
        if bare not in templates().words["qualities"] and bare not in ("fit", "and", "or", "sceptical", "quick"):
            return bare not in _AFTER_QUALITY
        if word.endswith(","):
            continue
        if not after:
            return False
    return False


_SMALL = frozenset({"with", "in", "of", "on", "for", "from", "by", "under", "without", "and", "or", "no", "not"})
_PERSON = re.compile(
    r"(?:riser|player|listener|thinker|worker|communicator|person|leader|learner|starter|someone|somebody|solver|"
    r"speaker|driver|writer|reader|rider|organi[sz]er|member|professional|personality|individual|nurse|teacher)s?$"
)
_GOES_ON = (
    "in|of|with|as|to|for|on|at|and|or|about|from|using|under|when|towards|above|within|across|over|how|managing|not"
)


def _thing(told: str, kind: RequirementKind) -> Wording | None:
    """What one shows, has done, or holds, as words that may stand behind "We look for"."""
    words = templates().words
    low = told.lower()
    first, _ = _first_two(told)
    head = re.split(r"\s(?:of|in|with|as|for|on|to|from|at|that|who|which|and|or|not|above)\s|,", low)[0]
    article = first in (
        "a",
        "an",
        "the",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "several",
        "at",
        "some",
        "any",
    )
    soft = kind is RequirementKind.SOFT
    if re.search(r"\byour(?:self|s)?\b", low):
        return None
    paper = bool(set(head.split()) & words["papers"])
    if first in _SMALL or _PERSON.search(head) or (ROLE_WORD.search(head) and not paper):
        return None
    if paper:
        it = _lowered(told) if article or first.isdigit() else f"{_article(told)} {_lowered(told)}"
        return Wording("paper", it) if not head.endswith("s") else None
    if first.isdigit() or (article and (first != "at" or low.startswith("at least "))):
        if re.match(r"(?:the )?\w+ (?:and|or)$", low):
            return None
        return Wording("shown" if soft else "experience", _lowered(told))
    for name, group in (("shown", "shown"), ("experience", "shown" if soft else "experience")):
        if any(re.match(rf"{re.escape(each)}(?:$|,| (?:{_GOES_ON})\b)", low) for each in words[name]):
            return Wording(group, _lowered(told))
    grade = next((each for each in sorted(words["grades"], key=len, reverse=True) if low.startswith(f"{each} ")), "")
    if grade:
        rest = head[len(grade) :].split()
        if rest and " ".join(rest[-2:]) in words["with_article"] | {rest[-1]} and rest[-1] in words["with_article"]:
            return Wording("shown" if soft else "experience", f"{_article(told)} {_lowered(told)}")
        if rest and rest[-1] in words["experience"] | words["shown"]:
            return Wording("shown" if soft else "experience", _lowered(told))
    return None


def _first_two(told: str) -> tuple[str, str]:
    words = [word.lower().strip(",") for word in told.split()[:2]]
    return words[0], words[1] if len(words) > 1 else ""


def _article(told: str) -> str:
    first = told.split()[0]
    if first.isupper() and len(first) > 1:
        return "an" if first[0] in "AEFHILMNORSX" else "a"
    return "an" if first[0].lower() in "aeiou" and not re.match(r"(?:uni|eu|one\b)", first, re.IGNORECASE) else "a"

"""Takes a job posting apart: role, company, place, contact, and the wishes with the words they came from.

Sections are told by their headings, sentences by cue words; both stand in
`assets/preparation/posting_cues.yaml`. Nothing is guessed that the posting does not say.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from simulator.preparation.job import LONGEST_TEXT, Job, Requirement, RequirementKind, job_id_for
from simulator.preparation.posting_cues import cues
from simulator.preparation.posting_facts import ROLE_WORD, facts_of
from simulator.preparation.posting_headings import heading_of
from simulator.preparation.posting_text import Line, check_posting, lines_of
from simulator.problems import Problem

MOST_REQUIREMENTS = 80
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"'(\d])")
_ABBREVIATION = re.compile(
    r"\b(?:e\.g|i\.e|etc|approx|min|max|incl|no|nr|st|dr|mr|mrs|ms|inc|ltd|co|vs|resp)\.$", re.I
)
_LEAD = re.compile(
    r"^(?:(?:and|also|in addition|additionally|furthermore|finally|plus|but|however|of course|above all|ideally|"
    r"preferably|most importantly|it is (?:essential|important|required) that|for this)\b,?\s+)*"
    r"(?:(?:please\s+)?(?:you(?:'ll| will| must| should| would)?(?: also| ideally| already)? (?:have|bring|hold|need"
    r"|possess)(?: to(?= (?:be|have)))?(?: had)?"
    r"|you(?:'ve| have)(?: got)?|you must|you should|you(?:'re| are)|you"
    r"|we(?:'re| are) (?:now )?(?:looking for|searching for|after)(?: (?:somebody|someone|a person|people"
    r"|candidates))?(?: who(?: is| has| can)?| with)?|who(?: is| has)?"
    r"|we (?:expect|need|require|ask for|want|would like|seek)(?: you to (?:have|be)| to see| somebody who"
    r"| someone who)?"
    r"|(?:the )?(?:ideal|successful|right) (?:candidate|applicant|person)(?: will| must| should)?(?: have| be"
    r"| has| is)?"
    r"|(?:candidates|applicants) (?:must|should|will|need to) (?:have|be|hold)"
    r"|must[- ]haves?|must be|must|required|essential|desirable|preferred|nice[- ]to[- ]have|bonus|optional"
    r"|minimum of)"
    r"(?:\s*:)?\s+)",
    re.IGNORECASE,
)  # fmt: skip
_DUTY_LEAD = re.compile(
    r"^(?:(?:in this role|in this position|in your role|day to day|every day|as (?:our |an? |the )?[\w -]{2,40}"
    r"|here|there|and|also|then)"
    r",?\s+)*"
    r"(?:(?:you(?:'ll| will| would)(?: also| then| mainly)?(?: be)?(?: responsible for| in charge of)?"
    r"|you(?:'re| are) responsible for|you|your (?:main )?(?:tasks?|job|role|work|duties)(?: will)?(?: also)?(?: is"
    r"| are| be| includes?)?"
    r"|(?:the )?(?:main )?(?:duties|tasks|responsibilities|work|job|role|position)(?: will)?(?: also)? (?:includes?"
    r"|involves?|are|is)"
    r"|(?:the )?(?:successful (?:candidate|applicant)|post ?holder) will(?: be)?(?: responsible for)?"
    r"|responsible for)(?:\s*:)?\s+(?:to\s+)?)",
    re.IGNORECASE,
)  # fmt: skip
_TAIL = re.compile(
    r"[\s,;(-]*(?:(?:is|are|would be|will be)\s+)?(?:(?:a|an|of)\s+)?"
    r"(?:nice[- ]to[- ]have|(?:big |real |definite )?(?:plus|bonus|advantage|asset)|preferred|desirable|desired|"
    r"advantageous|beneficial|helpful|welcome(?:,? but not (?:needed|required|essential|a must))?|optional|"
    r"(?:but )?not (?:essential|required|a must|necessary)|essential|required|mandatory|a must|must|great|ideal"
    r"|useful)"
    r"[\s)]*$",
    re.IGNORECASE,
)
_STRONG_MUST = re.compile(
    r"\b(?:must|required|essential|mandatory|you (?:will )?(?:need|have|bring|hold)|you'(?:ll need|ve)"
    r"|we (?:expect|need)"
    r"|at least|minimum)\b",
    re.IGNORECASE,
)
_WILL = re.compile(
    r"^(?:\W*(?:in this role|day to day|here"
    r"|(?:as|from|on|in|at|every|each|once|twice|during|between|after) [^,.;]{2,40}?)"
    r",?\s+)?you(?:'ll| will| would|'d)\b"
    r"(?! (?:also |already |ideally |probably )*(?:need|have(?! to)|hold|bring|possess|know"
    r"|be (?:able|comfortable|confident|familiar|fluent|educated|qualified|well on)))",
    re.IGNORECASE,
)


def read_posting(text: str, taken: Iterable[str] = (), added_at: str = "") -> Job:
    """A posting as a job; `taken` are the ids there are. Raises Problem for what is no posting (`check_posting`)."""
    plain = check_posting(text)
    lines = lines_of(plain)
    facts = facts_of(lines)
    requirements = _numbered(_wishes(lines))
    if not requirements:
        raise Problem(
            "No duty and no wish was found in that text.",
            "Paste the whole posting, or add what the job asks for by hand with 'job new'.",
        )
    return Job(
        id=job_id_for(facts.role, facts.company, taken),
        role=facts.role,
        company=facts.company,
        place=facts.place,
        contact=facts.contact,
        email=facts.email,
        requirements=requirements,
        posting=plain.strip(),
        added_at=added_at,
    )


@dataclass(frozen=True, slots=True)
class _Wish:
    text: str
    kind: RequirementKind
    must: bool
    source: str


def _numbered(wishes: Iterable[_Wish]) -> tuple[Requirement, ...]:
    """Wishes with ids, none twice."""
    found: dict[str, Requirement] = {}
    for wish in wishes:
        key = re.sub(r"\W+", " ", wish.text.lower()).strip()
        if key and key not in found and len(found) < MOST_REQUIREMENTS:
            found[key] = Requirement(f"r{len(found) + 1}", wish.text, wish.kind, wish.must, wish.source)
    return tuple(found.values())


def _wishes(lines: Sequence[Line]) -> Iterable[_Wish]:
    section = ""
    bullets_follow = asked = False
    for number, line in enumerate(lines):
        bullets_next = number + 1 < len(lines) and lines[number + 1].bullet
        told, rest = heading_of(line, bullets_next)
        if told is not None:
            section, bullets_follow = told, True
            if not rest:
                continue
            for wish in _of_text(rest, told, listed=True):
                asked = asked or wish.kind is not RequirementKind.DUTY
                yield wish
            continue
        if section == "ignore" and line.bullet:
            continue
        if line.after_gap and not line.bullet and section and not bullets_follow and _is_prose(line.text):
            # A paragraph after a list: the list's heading says nothing about it any more.
            section = "" if section != "ignore" else section
        if line.bullet and not section and not asked and not _is_prose(line.text) and number > 1:
            # A list before any wish, below a heading that says nothing ("Description"): what one does there.
            yield from _of_text(line.text, "duty", listed=True)
            continue
        listed = line.bullet or (bool(section) and not _is_prose(line.text) and number > 0)
        bullets_follow = bullets_follow and not line.bullet and not listed
        for wish in _of_text(line.text, section, listed, asked):
            asked = asked or wish.kind is not RequirementKind.DUTY
            yield wish


def _is_prose(text: str) -> bool:
    """Whether a line is one or more whole sentences, not an entry of a list."""
    words = len(text.split())
    return (text.endswith((".", "!", "?")) and words > 9) or words > 26


def sentences_of(text: str) -> list[str]:
    """The sentences of a line; abbreviations end none."""
    found: list[str] = []
    for piece in _SENTENCE.split(text):
        if (
            found
            and _ABBREVIATION.search(found[-1])
            and not (found[-1].lower().endswith("no.") and piece[:1].isalpha())
        ):
            found[-1] = f"{found[-1]} {piece}"
        else:
            found.append(piece)
    return [piece.strip() for piece in found if piece.strip()]


def _of_text(text: str, section: str, listed: bool, asked: bool = False) -> Iterable[_Wish]:
    for sentence in sentences_of(text):
        told = _sort_of(sentence, section, listed, asked)
        if told is None:
            continue
        asked = asked or told[0] == "wish"
        sort, must = told
        parts = _parts(sentence, sort)
        shared = section == "nice" or (not must and _nice_for_all(parts))
        for part in parts:
            if len(part) > 3 * LONGEST_TEXT:
                continue
            cleaned = _cleaned(part, sort)
            if len(cleaned) < 3 or len(cleaned) > LONGEST_TEXT or not re.search(r"[A-Za-z]{2}", cleaned):
                continue
            kind = RequirementKind.DUTY if sort == "duty" else _kind(part, section)
            yield _Wish(cleaned, kind, sort == "duty" or not (shared or _is_nice(part)), sentence)


def _nice_for_all(parts: Sequence[str]) -> bool:
    """Whether "ideally ..." before a list, or "... would be a plus" behind it, was said of every part."""
    nice = [_is_nice(part) for part in parts]
    found = cues().nice.search(parts[0])
    if found and found.start() < 12:
        return True
    return nice[-1] and not any(cues().must.search(part) for part in parts)


def _sort_of(sentence: str, section: str, listed: bool, asked_before: bool = False) -> tuple[str, bool] | None:
    """ "wish" or "duty", and whether it is needed; None where the sentence asks for nothing.

    `asked_before` is whether the posting has begun to tell its wishes; duties come first in most.
    """
    cue = cues()
    words = len(sentence.split())
    asks = bool(cue.must.search(sentence))
    nice = _is_nice(sentence)
    if _COUNTED.search(sentence) or (not listed and _HOW_TO_APPLY.match(sentence)):
        return None
    if section == "ignore" or _OFFERS_FIRST.match(sentence) or _CATCH_ALL.match(sentence):
        return None
    if cue.noise.search(sentence) and not (listed and words > 6 and (asks or section)):
        return None
    offers = bool(cue.offers.search(sentence))
    will = bool(_WILL.match(sentence))
    if section in ("must", "nice", "soft"):
        if offers and not listed and not asks:
            return None
        if will and not listed:
            return "duty", True
        if not listed and _about_the_firm(sentence) and not nice:
            return None
        return "wish", section != "nice" and not nice
    if section == "duty" and listed:
        if will or not (nice or (_STRONG_MUST.search(sentence) and not cue.duty.search(sentence))):
            return None if offers and not cue.duty.search(sentence) else ("duty", True)
        return "wish", not nice
    # The sentence speaks for itself.
    if _about_the_firm(sentence) or _only_hires(sentence) or _is_heading_like(sentence, listed):
        return None
    if offers and not (cue.hard.search(sentence) and _STRONG_MUST.search(sentence)):
        return None
    if will:
        return "duty", True
    if nice and words <= 25:
        return "wish", False
    duty = bool(cue.duty.search(sentence))
    if asks and words >= 3 and not (duty and not _STRONG_MUST.search(sentence)):
        return "wish", True
    if duty and words >= 4:
        return "duty", True
    if re.match(r"(?:then |and |also )?you\b", sentence, re.I) and words >= 4:
        # "You type fast." after the wishes have begun is one of them; before, it is a duty.
        return ("wish" if asked_before else "duty"), True
    return None


_COUNTED = re.compile(r"\b(?:\d+|first|many)\+? applicants\b", re.IGNORECASE)
_HOW_TO_APPLY = re.compile(
    r"(?:please )?(?:write to|ring|call|email|e-mail|phone|pop in|send (?:us|your|a|an)|click|contact"
    r"|apply (?:by|to|now|at|with|via))\b",
    re.IGNORECASE,
)
_CATCH_ALL = re.compile(
    r"(?:perform |undertake |carry out )?(?:any )?other (?:reasonable )?(?:duties|tasks)\b", re.IGNORECASE
)
_OFFERS_FIRST = re.compile(
    r"(?:in return,? )?(?:we|you(?:'ll| will)?) (?:also )?(?:offer|pay|provide|get|receive|are paid)\b", re.IGNORECASE
)
_NICE_FIRST = re.compile(r"\b(?:ideally|preferably|preferred)\b", re.IGNORECASE)


def _is_nice(text: str) -> bool:
    """Whether all of it is welcome, not needed; "three years, ideally in a hotel" still needs the three years."""
    found = cues().nice.search(text)
    if found is None:
        return False
    late = _NICE_FIRST.fullmatch(found[0]) and len(text[: found.start()].split()) >= 3
    return not late or bool(re.search(r"\b(?:is|are)\s+$", text[: found.start()]))


def _only_hires(sentence: str) -> bool:
    """ "The Blue Door is looking for a cook in Leeds": names the role and asks for nothing else."""
    hires = re.search(r"\b(?:looking for|searching for|seeks?|seeking|needs?|hiring|recruiting)\b", sentence, re.I)
    if not hires or re.search(r"\byou(?:r|'ll)?\b", sentence, re.I):
        return False
    rest = sentence[hires.end() :]
    if re.search(r"\bto join (?:our|the|us|a)\b", rest) and not re.search(r"\b(?:who|with|able to)\b", rest):
        return bool(ROLE_WORD.search(rest))
    if cues().soft.search(rest) or cues().hard.search(rest):
        return False
    return bool(ROLE_WORD.search(rest)) and not re.search(r"\b(?:who|whose|able to)\b", rest)


def _is_heading_like(sentence: str, listed: bool) -> bool:
    """A title such as "Experienced cook" without a verb or an end."""
    return (
        not listed
        and len(sentence.split()) <= 5
        and not sentence.endswith((".", "!"))
        and "you" not in (sentence.lower().split())
    )


def _about_the_firm(sentence: str) -> bool:
    """ "We are a family business", "Our team is ...": tells of the company and asks for nothing."""
    if re.match(
        r"(?:The )?[A-Z][\w&'-]+(?: [A-Z&][\w&'-]*)* (?:makes|runs|provides|supplies|was|were|offers|helps|serves"
        r"|builds|sells|employs|has been|has grown)\b",
        sentence,
    ) and not re.search(r"\byou\b", sentence, re.I):
        return True
    return bool(
        re.match(
            r"(?:we (?:are|'re|have|run|make|build|help|serve|believe|work|know|understand)|we've|we're|our|us"
            r"|founded"
            r"|with over|since|the (?:company|firm|team|school|hospital|hotel|shop|clinic|practice) )\b",
            sentence,
            re.I,
        )
    ) and not re.match(r"we(?:'re| are) (?:now )?(?:looking for|searching for|after)\b", sentence, re.I)


def _parts(sentence: str, sort: str) -> list[str]:
    """A sentence's wishes, one by one: cut at semicolons, and at commas and "and" before a new beginning."""
    bare = sentence.rstrip(".;! ")
    pieces = [piece for piece in re.split(r"\s*;\s*", bare) if piece.strip()]
    if sort == "duty":
        return pieces
    found: list[str] = []
    for piece in pieces:
        found.extend(_listed(piece))
    return found


_WHO = re.compile(r"who (?:is|isn't|has|can|will|does|\w+s)\b", re.IGNORECASE)
"""A part of "somebody who stays calm, who can be trusted, and who is not afraid"."""
_SEPARATOR = re.compile(r"(,\s+(?:and\s+|as well as\s+|plus\s+)?|\s+and\s+|\s+as well as\s+|\s+plus\s+)")
_WEAK_HEADS = frozenset({
    "a", "an", "one", "two", "three", "four", "five", "first", "have", "can", "are", "must", "like", "know",
    "some", "many", "several", "speak", "hold", "full", "good",
})  # fmt: skip
"""Beginnings that make a wish of its own only together with a word that tells one."""


def _listed(text: str) -> list[str]:
    pieces = _SEPARATOR.split(text)
    joined = [pieces[0]]
    for separator, piece in zip(pieces[1::2], pieces[2::2], strict=True):
        if _stands_alone(piece, joined[-1]):
            joined.append(piece)
        else:
            joined[-1] += separator + piece
    return [piece.strip() for piece in joined if piece.strip()]


def _stands_alone(piece: str, before: str) -> bool:
    """Whether a part of a list is a wish of its own."""
    cue = cues()
    if re.match(
        r"you(?:'re|'ll|'ve| are| have| can| will| should| must| hold| bring| keep| know| speak)\b", piece, re.I
    ):
        return True
    if _WHO.match(piece) and re.search(
        r"\b(?:some(?:body|one)|person|people|candidate) (?:\w+ ){0,2}who\b|^who\b", before, re.I
    ):
        return True
    head = cue.heads.match(piece)
    if head is None or len(piece.split()) < 2 or len(before.split()) < 2:
        return False
    if re.search(r"\b(?:between|both)\s[^,]*$|\([^)]*$", before, re.I):
        return False
    if head[0].lower() == "at least":
        return bool(cue.hard.search(piece))
    if head[0].lower() in _WEAK_HEADS:
        return any(bool(told.search(piece)) for told in (cue.hard, cue.soft, cue.must))
    return True


def _kind(part: str, section: str) -> RequirementKind:
    hard, soft = bool(cues().hard.search(part)), bool(cues().soft.search(part))
    if section == "soft":
        return RequirementKind.SOFT
    return RequirementKind.SOFT if soft and not hard else RequirementKind.QUALIFICATION


def _cleaned(part: str, sort: str) -> str:
    """A wish without what stands around it: "You have a degree in law." is "A degree in law"."""
    text = part.strip(" .;,:-–—!\"'")
    text = re.sub(r"^(?:and|or|as well as|plus)\s+", "", text, flags=re.IGNORECASE)
    lead = _DUTY_LEAD if sort == "duty" else _LEAD
    shorter = lead.sub("", text, count=1)
    if len(shorter.split()) >= 1 and shorter != text and len(shorter) >= 4:
        text = shorter
    if sort != "duty":
        shorter = _TAIL.sub("", text)
        if len(shorter) >= 4:
            text = shorter
        text = re.sub(r"^(?:ideally|preferably|also),?\s+", "", text, flags=re.IGNORECASE)
        text = re.sub(r"^(?:have|has|hold|bring|be|to have|to be)\s+(?=\w+\s)", "", text, flags=re.IGNORECASE)
    text = text.strip(" .;,:-–—!")
    if text.count("(") != text.count(")"):
        text = text.replace("(", "").replace(")", "")
    return text[:1].upper() + text[1:]

"""What a careful friend would say of a letter before it is sent: length, names, presumption, holes, invented facts.

Pure; for a letter as drafted or as edited by the candidate. Each remark has its place in the text.
"""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from simulator.followup.claims import Tracer
from simulator.followup.occasion import Host, Occasion
from simulator.problems import Problem

LEAST_WORDS, MOST_WORDS = 80, 250
"""A letter of half a page: shorter says nothing of its own, longer is not read to the end."""


class RemarkKind(StrEnum):
    """What a remark is about."""

    LENGTH = "length"
    NAME = "name"
    PRESUMPTION = "presumption"
    GROUP = "group"
    HOLE = "hole"
    INVENTED = "invented"


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to look at. `start` and `end` are character positions in the text, `line` counts from 1.

    `words` is the piece meant ("" for the letter as a whole), `says` what is odd, `cure` what to do.
    """

    kind: RemarkKind
    says: str
    cure: str = ""
    words: str = ""
    start: int = 0
    end: int = 0
    line: int = 1

    def __str__(self) -> str:
        return f"{self.says} {self.cure}".strip()


def check_letter(text: str, host: Host, occasion: Occasion) -> tuple[Remark, ...]:
    """All remarks on a letter to `host`, in the order of the text."""
    found = [
        *_length(text),
        *_salutation(text, host, occasion),
        *_names(text, occasion),
        *_presumption(text),
        *_group(text),
        *_holes(text),
        *_invented(text, occasion),
    ]
    return tuple(sorted(set(found), key=lambda remark: (remark.start, remark.kind)))


def host_of_letter(text: str, occasion: Occasion) -> Host:
    """The interviewer a letter is to, by its salutation. Raises Problem where it is to none of them."""
    found = _DEAR.search(text)
    said = found["who"].strip() if found else ""
    for host in occasion.hosts:
        if _is_name_of(said, host.name):
            return host
    names = [host.name for host in occasion.hosts]
    near = difflib.get_close_matches(said, [*names, *(name.split()[-1] for name in names)], n=1, cutoff=0.6)
    if near:
        return next(host for host in occasion.hosts if near[0] in (host.name, host.name.split()[-1]))
    if len(names) == 1:
        return occasion.hosts[0]
    known = ", ".join(names) or "nobody"
    raise Problem(f"The letter is to '{said}', who did not interview.", f"Interviewers were {known}.")


_DEAR = re.compile(
    r"^[ \t#>*]*(?:dear|hello|hi|good (?:morning|afternoon|evening|day))\b[ \t]*(?P<who>[^,:\n]*)", re.I | re.M
)
_TITLES = r"(?:mr|mrs|ms|miss|mx|dr|prof|professor|sister|chef|sir|madam)\.? "


def _at(text: str, kind: RemarkKind, start: int, end: int, says: str, cure: str = "") -> Remark:
    return Remark(kind, says, cure, " ".join(text[start:end].split()), start, end, text.count("\n", 0, start) + 1)


def _length(text: str) -> Iterator[Remark]:
    count = len(text.split())
    if count < LEAST_WORDS:
        yield Remark(
            RemarkKind.LENGTH,
            f"The letter has {count} words, which is short.",
            "Add what you remember of this person, or one example of yours.",
        )
    elif count > MOST_WORDS:
        yield Remark(
            RemarkKind.LENGTH,
            f"The letter has {count} words; few read more than {MOST_WORDS}.",
            "Keep one example and leave the rest for the next conversation.",
        )


def _salutation(text: str, host: Host, occasion: Occasion) -> Iterator[Remark]:
    found = _DEAR.search(text)
    if not found or not found["who"].strip():
        yield Remark(
            RemarkKind.NAME, "The letter does not greet anybody by name.", f"Begin with 'Dear {host.name},'."
        )
        return
    said = found["who"].strip()
    if _GROUP.search(f"Dear {said}"):
        return
    start = found.start("who")
    if _is_name_of(said, host.name):
        return
    other = next((each.name for each in occasion.hosts if each is not host and _is_name_of(said, each.name)), "")
    says = (
        f"This letter is to {host.name}, but greets {other}."
        if other
        else f"'{said}' is not how {host.name} is spelled."
    )
    yield _at(text, RemarkKind.NAME, start, start + len(said), says, f"Write 'Dear {host.name},'.")


def _is_name_of(said: str, name: str) -> bool:
    """The whole name, the first or the last one, with or without a title."""
    plain = re.sub(rf"^{_TITLES}", "", f"{said.strip()} ", flags=re.IGNORECASE).strip()
    parts = name.split()
    return bool(plain) and plain in (name, parts[0], parts[-1], " ".join(parts[1:]))


def _names(text: str, occasion: Occasion) -> Iterator[Remark]:
    """Words that are nearly, but not quite, a name that is known."""
    names = [(host.name, word) for host in occasion.hosts for word in host.name.split()]
    names += [(occasion.company, word) for word in occasion.company.split()]
    names += [(occasion.candidate, word) for word in occasion.candidate.split()]
    spelled = {word.strip(".,").replace("’", "'") for _, word in names}
    known = {re.sub(r"\W", "", word).lower() for word in spelled}
    tracer = {word.lower() for each in occasion.sources for word in re.findall(r"[^\W\d_]+", each.text)}
    greeting = _DEAR.search(text)
    for found in re.finditer(r"[^\W\d_][\w'’.-]*[^\W_]", text):
        word = re.sub(r"['’]s$", "", found[0])
        plain = re.sub(r"\W", "", word).lower()
        if found[0].replace("’", "'") in spelled or word in spelled:
            continue
        if not word[0].isupper() or len(plain) < 4 or (plain in tracer and plain not in known):
            continue
        if greeting and greeting.start("who") <= found.start() < greeting.end("who"):
            continue
        near = difflib.get_close_matches(plain, sorted(known), n=1, cutoff=0.78)
        if near:
            whole = next(name for name, each in names if re.sub(r"\W", "", each).lower() == near[0])
            yield _at(
                text,
                RemarkKind.NAME,
                found.start(),
                found.start() + len(word),
                f"'{word}' looks like a misspelling.",
                f"The name is {whole}.",
            )


_PRESUMING = re.compile(
    r"\blook(?:ing)? forward to (?:start|join|work|being part|beginning|coming on|seeing (?:you|the team) (?:on|"
    r"at|in)|my first|"
    r"our next|the (?:second|next)|the offer|your offer|receiving (?:the|your|an) (?:offer|contract))\w*"
    r"|\b(?:when|once|as soon as|after) I (?:start|join|begin|am hired|have joined|have started|get the job|"
    r"come on board|am part)\b"
    r"|\bwhen you (?:hire|offer|call) me\b|\bmy (?:new|future) (?:job|role|colleagues|team|desk|office|employer|"
    r"boss)\b"
    r"|\b(?:in|at|for|during) (?:the|my|our) (?:second|next) (?:round|interview)\b|\bsee you (?:next|soon|on|at|"
    r"in|then)\b"
    r"|\bI (?:will|'ll|shall) (?:start|join|be starting|be joining|begin)\b|\bI(?:'ll| will) be (?:a|the|your) "
    r"(?:great|perfect|best|new)\b"
    r"|\bI(?:'m| am) (?:sure|certain|confident) (?:that )?(?:you(?:'ll| will)|I(?:'ll| will| am the)|to (?:get|"
    r"be))\w*"
    r"|\b(?:I|we) (?:will|'ll) (?:talk|speak|meet) (?:again )?(?:soon|next)\b|\bwhen we work together\b|\bI "
    r"expect (?:to hear|an answer|your)\b"
    r"|\bthank you for (?:hiring|choosing|the offer)\b",
    re.IGNORECASE,
)
_GROUP = re.compile(
    r"\b(?:dear|hello|hi) (?:all|everyone|everybody|team|both|colleagues|hiring (?:team|manager|committee)|"
    r"committee|panel|"
    r"ladies and gentlemen|sirs?(?: or madam)?|madam|interviewers|friends)\b|\bto whom it may concern\b",
    re.IGNORECASE,
)
_TO_MANY = re.compile(r"\b(?:all of you|each of you|you all|both of you|the two of you|you both)\b", re.IGNORECASE)
_HOLES = re.compile(
    r"\[[^\]\n]*\]|\{[^}\n]*\}|<[^>\n]{1,40}>|_{2,}|\bx{3,}\b|\bT\.?B\.?[DA]\b|\bTODO\b|\bN/A\b|\bNone\b(?= "
    r"(?:at|of the role))|\?{2,}|"
    r"\bDear\s*(?:,|$)|\bat ?[.,](?=\s)|\bof ?[.,](?=\s)|\bas an? ?[.,]|“\s*”|\b(?:your|insert|company|"
    r"interviewer) name here\b|\blorem ipsum\b",
    re.IGNORECASE | re.MULTILINE,
)


def _presumption(text: str) -> Iterator[Remark]:
    for found in _PRESUMING.finditer(text):
        yield _at(
            text,
            RemarkKind.PRESUMPTION,
            *found.span(),
            f"“{' '.join(found[0].split())}” takes for granted what is not decided yet.",
            "Say what you would do, not what you will, or leave it out.",
        )


def _group(text: str) -> Iterator[Remark]:
    cure = "Write to each person alone, by name."
    for found in (*_GROUP.finditer(text), *_TO_MANY.finditer(text)):
        yield _at(text, RemarkKind.GROUP, *found.span(), f"“{' '.join(found[0].split())}” speaks to a group.", cure)
    greeting = _DEAR.search(text)
    if greeting and re.search(r"\S (?:and|&) \S", greeting["who"]):
        yield _at(text, RemarkKind.GROUP, *greeting.span("who"), "The letter greets more than one person.", cure)


def _holes(text: str) -> Iterator[Remark]:
    for found in _HOLES.finditer(text):
        yield _at(
            text,
            RemarkKind.HOLE,
            *found.span(),
            f"“{' '.join(found[0].split())}” looks like something that was to be filled in.",
            "Fill it in, or take the sentence out.",
        )


_INVENTED = {
    "number": "Nothing you said or stored has the number “{words}”.",
    "name": "“{words}” is named nowhere in what you said or stored.",
    "deed": "Nothing you said or stored tells this: “{words}”",
    "said": "Nobody is noted to have said this: “{words}”",
}


def _invented(text: str, occasion: Occasion) -> Iterator[Remark]:
    tracer = _tracer(occasion)
    for start, end in sentence_places(text):
        sentence = text[start:end]
        for claim in tracer.unknown(" ".join(sentence.split())):
            at = sentence.find(claim.words) if claim.kind in ("number", "name") else 0
            place = (start + at, start + at + len(claim.words)) if at > 0 else (start, end)
            cure = (
                "Keep it only if it is true, and note it as a story." if claim.kind != "said" else "Check your notes."
            )
            yield _at(text, RemarkKind.INVENTED, *place, _INVENTED[claim.kind].format(words=claim.words), cure)


@lru_cache(maxsize=4)
def _tracer(occasion: Occasion) -> Tracer:
    return Tracer(occasion)


_CLOSINGS = re.compile(
    r"^[ \t]*(?:kind regards|best regards|regards|best wishes|yours sincerely|sincerely|yours|warm regards|with "
    r"thanks|many thanks|"
    r"thank you)[ \t]*,?[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)


def sentence_places(text: str) -> list[tuple[int, int]]:
    """Where the sentences of a letter's body begin and end; without the greeting, the closing and the name."""
    start = 0
    if (greeting := _DEAR.search(text)) and greeting.start() < 400:
        line_end = text.find("\n", greeting.end())
        start = line_end + 1 if line_end >= 0 else greeting.end()
    end = len(text)
    for closing in _CLOSINGS.finditer(text, start):
        end = closing.start()
    return [
        found.span()
        for found in re.finditer(
            r"[^\s](?:[^.!?\n]|[.!?](?![\s”\"')])|\n(?!\s*\n))*(?:[.!?]+[”\"')]*|(?=\n\s*\n)|$)", text[:end]
        )
        if found.start() >= start and re.search(r"\w", found[0])
    ]

"""Phrases in a letter that take an offer for granted, speak to a group, or were to be filled in."""

import re
from collections.abc import Iterator

from simulator.followup.letter_remark import Remark, RemarkKind, noted

GREETING = re.compile(
    r"^[ \t#>*]{0,9}(?:dear|hello|hi|good (?:morning|afternoon|evening|day))\b(?P<who>[^,:\n]{0,120})", re.I | re.M
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
GROUP = re.compile(
    r"\b(?:dear|hello|hi) (?:all|everyone|everybody|team|both|colleagues|hiring (?:team|manager|committee)|"
    r"committee|panel|"
    r"ladies and gentlemen|sirs?(?: or madam)?|madam|interviewers|friends)\b|\bto whom it may concern\b",
    re.IGNORECASE,
)
_TO_MANY = re.compile(r"\b(?:all of you|each of you|you all|both of you|the two of you|you both)\b", re.IGNORECASE)
_HOLES = re.compile(
    r"\[[^\]\n]*\]|\{[^}\n]*\}|<[^>\n]{1,40}>|_{2,}|\bx{3,}\b|\bT\.?B\.?[DA]\b|\bTODO\b|\bN/A\b|\bNone\b(?= "
    r"(?:at|of the role))|\?{2,}|"
    r"\bDear\s*(?:,|$)|\b(?:at|of|as an?) [.,](?=\s)|\b(?:role of|work at|as an?)[.,](?=\s)|“\s*”|"
    r"\b(?:your|insert|company|interviewer) name here\b|\blorem ipsum\b",
    re.IGNORECASE | re.MULTILINE,
)


def presumption(text: str) -> Iterator[Remark]:
    """What takes for granted that the job is theirs."""
    for found in _PRESUMING.finditer(text):
        yield noted(
            text,
            RemarkKind.PRESUMPTION,
            *found.span(),
            f"“{' '.join(found[0].split())}” takes for granted what is not decided yet.",
            "Say what you would do, not what you will, or leave it out.",
        )


def group(text: str) -> Iterator[Remark]:
    """What speaks to more than one person."""
    hint = "Write to each person alone, by name."
    for found in (*GROUP.finditer(text), *_TO_MANY.finditer(text)):
        yield noted(text, RemarkKind.GROUP, *found.span(), f"“{' '.join(found[0].split())}” speaks to a group.", hint)
    greeting = GREETING.search(text)
    if greeting and re.search(r"\S (?:and|&) \S", greeting["who"]):
        yield noted(text, RemarkKind.GROUP, *greeting.span("who"), "The letter greets more than one person.", hint)


def holes(text: str) -> Iterator[Remark]:
    """What was to be filled in."""
    for found in _HOLES.finditer(text):
        yield noted(
            text,
            RemarkKind.HOLE,
            *found.span(),
            f"“{' '.join(found[0].split())}” looks like something that was to be filled in.",
            "Fill it in, or take the sentence out.",
        )

"""Small turns of grammar for letters: an interviewer's words repeated to them, a question named in passing."""

import re

from simulator.followup.said_words import word_set

_FROM_OUTSIDE = {
    "our": "your", "ours": "yours", "we": "you", "us": "you", "my": "your", "mine": "yours", "i": "you", "me": "you",
    "we're": "you're", "we've": "you've", "we'd": "you'd", "we'll": "you'll", "i'm": "you're", "i've": "you've",
    "i'd": "you'd", "i'll": "you'll", "ourselves": "yourselves", "myself": "yourself",
}  # fmt: skip
_FROM_INSIDE = {
    "you": "I", "your": "my", "yours": "mine", "yourself": "myself", "you've": "I've", "you'd": "I'd",
    "you're": "I'm",
    "you'll": "I'll",
}  # fmt: skip
_SMALL = word_set(
    "a an the he she our your my their his her its we you they it there this that these those people somebody "
    "someone nobody everybody everyone half one two three four five six seven eight nine ten most some many "
    "few good what how when where while after before in on at as if because every each all both knowing "
    "finding looking staying telling turning having being keeping talking noticing asking saying writing "
    "leaving patience decisions kindness calm numbers time last clear honest reliable safety order punctuality "
)
_STATEMENT = re.compile(
    r"(?:(?:we|i|they|it|there|nobody|everybody|he|she)\b.*|.*\b(?:is|are|was|were|has|have|had|do|does|did|"
    r"don't|doesn't|"
    r"can|cannot|can't|will|would|need|needs|leave|leaves|lose|loses|take|takes|wait|waits|stands?|comes?|goes|"
    r"go|want|wants|"
    r"keeps?|gets?|never|know|knows|changes|send|sends|start|starts|happens?)\b.*)",
    re.IGNORECASE | re.DOTALL,
)
_HEADS = re.compile(
    r"(?:people|somebody|someone|anybody|those|what|how|whether|that|knowing|having|being|\w+ing)\b", re.IGNORECASE
)


def from_outside(text: str) -> str:
    """An interviewer's words as the candidate repeats them: "our handover" becomes "your handover"."""

    def turned(found: re.Match[str]) -> str:
        word = _FROM_OUTSIDE[found[0].lower().replace("’", "'")]
        return word.capitalize() if found[0][0].isupper() and found.start() == 0 else word

    pattern = "|".join(sorted(map(re.escape, _FROM_OUTSIDE), key=len, reverse=True)).replace("'", "['’]")
    text = re.sub(rf"\b(?:{pattern})\b(?![’'])", turned, " ".join(text.split()), flags=re.IGNORECASE)
    return re.sub(r"\byou (am|was)\b", lambda found: "you are" if found[1] == "am" else "you were", text)


def asked_about(question: str) -> str:
    """A question named in passing, as the one who answers it says it: "a time I led a team"; "" where unsure."""
    told = " ".join(question.split()).rstrip(" .?!")
    found = re.fullmatch(
        r"(?:(?:can|could|would) you )?(?:please )?(?:tell (?:me|us) about|describe|give (?:me|us)|talk (?:me|"
        r"us) through|"
        r"share|think of|recall)(?: an example of)? "
        r"((?:a|an|the last|one) (?:specific |particular |recent )?(?:time|day|situation|occasion|moment|"
        r"example|problem|"
        r"decision|mistake|conflict|project|goal|customer|colleague)\b.*)",
        told,
        re.IGNORECASE,
    )
    if not found or re.search(r"[.?!:;]", found[1]) or len(found[1].split()) > 14:
        return ""
    pattern = "|".join(sorted(map(re.escape, _FROM_INSIDE), key=len, reverse=True))
    words = re.sub(
        rf"\b(?:{pattern})\b(?!')", lambda each: _FROM_INSIDE[each[0].lower()], found[1], flags=re.IGNORECASE
    )
    words = re.sub(
        r"\b(for|to|with|of|from|on|at|by|about|let|asked|helped|told|gave|taught|made) I\b", r"\1 me", words
    )
    words = re.sub(r"\bI (are|were)\b", lambda each: "I am" if each[1] == "are" else "I was", words)
    words = re.sub(r"^(?:an )?example of ", "", words)
    words = re.sub(r"^when ", "a time when ", words)
    return words[0].lower() + words[1:]


def is_statement(text: str) -> bool:
    """Whether somebody's words are a sentence ("we lose a day a week") and not a thing ("turning up")."""
    told = text.strip()
    if re.match(
        r"(?:we|i|they|it|there|nobody|everybody|our|my|half|one|a|the|good|people wait)\b", told, re.IGNORECASE
    ):
        return bool(_STATEMENT.fullmatch(told)) and not re.match(r"(?:the|a) same\b", told, re.IGNORECASE)
    return not _HEADS.match(told) and told[:1].isupper() and told.endswith(".") and bool(_STATEMENT.fullmatch(told))


def in_a_sentence(text: str) -> str:
    """Words as they stand inside a sentence: the first letter small unless it is a name or I; no full stop."""
    told = text.strip().rstrip(" .;:,")
    first = re.match(r"[\w'’]+", told)
    if not first or first[0] in ("I", "I'm", "I'd", "I've", "I'll") or any(char.isupper() for char in first[0][1:]):
        return told
    # A word that is written large may be a name; only those that never are become small.
    return told[0].lower() + told[1:] if first[0].lower() in _SMALL else told


def role_in_text(role: str) -> str:
    """A role inside a sentence: "Staff nurse" is small there; "Head of Sales" is as its owner writes it."""
    words = role.split()
    if (
        words
        and not any(char.isupper() for char in words[0][1:])
        and not any(word[0].isupper() for word in words[1:])
    ):
        return role[0].lower() + role[1:]
    return role


def a_or_an(role: str) -> str:
    """A role with its article, small where it is no abbreviation: "a staff nurse", "an IT officer"."""
    words = [word if any(char.isupper() for char in word[1:]) else word.lower() for word in role.split()]
    first = words[0]
    if first.isupper() and len(first) > 1:
        article = "an" if first[0] in "AEFHILMNORSX" else "a"
    else:
        article = "an" if first[0] in "aeiou" and not re.match(r"(?:uni|use|eu|one\b)", first) else "a"
    return f"{article} {' '.join(words)}"

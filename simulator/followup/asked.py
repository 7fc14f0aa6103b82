"""A question named in passing: to the one who was asked, "Tell me about a time you led." is about "a time I led"."""

import re

MOST_WORDS = 14
_ASKED = re.compile(
    r"(?:(?:can|could|would) you )?(?:please )?"
    r"(?:(?:tell|talk to) (?:me|us) about|describe|(?:give|share with) (?:me|us)(?= (?:a|an|one) )) "
    r"(?P<what>[^.?!:;]+)[.?]?",
    re.IGNORECASE,
)
_TURNED = {
    "you": "I", "your": "my", "yours": "mine", "yourself": "myself", "you've": "I've", "you'd": "I'd",
    "you're": "I'm",
}  # fmt: skip
_BEFORE_ME = (
    "for|to|with|of|from|on|at|by|about|let|asked|helped|told|gave|taught|made|put|saw|without|than|against|behind"
)


def asked_about(question: str) -> str:
    """What a question was about, to follow "about"; "" where its own words say it better."""
    found = _ASKED.fullmatch(" ".join(question.replace("’", "'").split()))
    if not found or len(found["what"].split()) > MOST_WORDS:
        return ""
    pattern = "|".join(sorted(_TURNED, key=len, reverse=True))
    told = re.sub(rf"\b(?:{pattern})\b(?!')", lambda each: _TURNED[each[0].lower()], found["what"], flags=re.I)
    told = re.sub(rf"\b({_BEFORE_ME}) I\b", r"\1 me", told)
    told = re.sub(r"\bI$", "me", told)
    told = re.sub(r"\bI (are|were)\b", lambda each: "I am" if each[1] == "are" else "I was", told)
    return "" if told == "myself" else told[:1].lower() + told[1:]

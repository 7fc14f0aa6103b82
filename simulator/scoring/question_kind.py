"""What kind of question was asked, read off its words where nobody says."""

import re

from simulator.questions.bank import Kind

_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        (Kind.CLOSING, r"(?:questions?|like to (?:ask|know)|want to (?:ask|know)|ask) .{0,30}\b(?:us|me|for us|about us|about the (?:job|role))\b.{0,25}$|"
                       r"(?:do you have|any|what|which) (?:other |more |further )?questions|your turn to ask|ask (?:us|me)\b|"
                       r"anything (?:else )?you(?:'d| would)? (?:like|want) to (?:ask|know)|what can (?:i|we) (?:tell|answer)"),
        (Kind.WEAKNESS, r"weakness|fail(?:ed|ure)|improve (?:about|on) yourself|get(?:ting)? better at|struggle with|would you change about yourself|criticism|development area"),
        (Kind.BEHAVIOURAL, r"\b(?:a|one|any|the last|another) (?:time|situation|occasion|moment|example|project|case|mistake|customer|day)\b|"
                           r"\b(?:example|instance) of|describe (?:a|how you (?:handled|dealt))|when (?:did|have) you|have you ever|(?:tell me|talk) about something you"),
        (Kind.SITUATIONAL, r"what would you do|how would you|what if|imagine|suppose|if (?:a|you|your|the|one)\b"),
        (Kind.MOTIVATION, r"\bwhy (?:do you want|did you (?:apply|choose|leave|decide|become|pick)|are you (?:leaving|interested|applying|here|changing)|this|us|our|here|now|have you|do you (?:like|enjoy|wish)|a\b|would you (?:like|want)|"
                          r"you want|work|\w+ing\b|nursing|teaching)|what (?:draws|drew|attract|brings|brought|interests|appeals|made you|makes you (?:want|interested|apply)|motivates|excites|keeps you|do you know about)|"
                          r"where do you see|five years|career|what are you looking for|what do you (?:enjoy|like|love|hope|want)|how did you (?:get into|come to|end up)|coming back|return|interested in"),
        (Kind.STRENGTH, r"strength|hire you|good at|best at|proud|right (?:person|for)|bring to|offer us|set you apart|skills|choose you|what makes you"),
        (Kind.OPENING, r"about yourself|about you\b|introduce|walk me through|your background|who (?:are you|is)|your story"),
    )
)  # fmt: skip


def kind_of(question: str, given: str = "") -> str:
    """The kind of a question: as given where it is one of ours, else by its words ("" where they do not tell)."""
    if given in list(Kind):
        return str(given)
    low = question.lower().replace("’", "'").strip(" ?.!")
    for kind, pattern in _KINDS:
        if pattern.search(low):
            return kind.value
    return ""

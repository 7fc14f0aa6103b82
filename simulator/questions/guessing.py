"""Guesses for questions that come without a competency, probes or an id, from their words.

Used by the import, which marks every guess, and by forms that offer one. The words lie in
`assets/question_words.yaml`.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from simulator.paths import shipped
from simulator.questions.bank import Kind, Probe
from simulator.questions.bank_files import ID_PATTERN
from simulator.yaml_nodes import load_yaml

_COMPETENCY_OF_KIND = {
    Kind.OPENING: "self-presentation",
    Kind.MOTIVATION: "motivation",
    Kind.STRENGTH: "self-awareness",
    Kind.WEAKNESS: "self-awareness",
    Kind.CLOSING: "curiosity",
}

_ASKING = re.compile(
    r"[¿(]?(?:please |now |so |and |then |finally |first |also |well |okay |bitte |und |también |y |et |och )*"
    r"(?:tell|describe|give|walk|talk|explain|share|imagine|suppose|think|name|list|how|what|whats|why|when|where|who|"
    r"whom|whose|which|would|could|can|do|did|does|have|has|had|are|is|was|were|if|show|convince|sell|introduce|"
    r"picture|recall|outline|discuss|let us|let me|say|in what|on what|at what|for what|with what|to what|from what|"
    r"in which|on which|will|should|may|summari[sz]e|pick|choose|take me|take us|compare|define|"
    r"(?:erzählen|beschreiben|nennen|schildern|erläutern|erklären|stellen|geben|haben|können|"
    r"würden|führen|denken) sie|"
    r"wie|warum|wieso|weshalb|wann|welche[rsn]?|worauf|woran|angenommen|"
    r"parlez|décrivez|racontez|donnez|présentez|expliquez|citez|imaginez|pourquoi|comment|quel(?:le)?s?|avez-vous|"
    r"pouvez-vous|que (?:feriez|savez|souhaitez|pensez|devez)|qu'|qu’|où|"
    r"hábl(?:eme|enos|ame|anos)|cuént(?:eme|enos|ame|anos)|describ[ae]|expli(?:que|ca)|d[eé](?:me|nos)|preséntese|"
    r"imagínese|por qué|qué|cómo|cuál(?:es)?|cuándo|dónde|"
    r"berätta|beskriv|förklara|nämn|ge (?:ett|exempel|oss|mig)|varför|hur|vad|vilken|vilka|tänk dig|föreställ dig)\b"
)
_TOLD = re.compile(r"(?:what|how|why|when|where|who|which) (?:you|we|i|to|they|the interviewer|the candidate)\b")
"""Headings and advice that begin like a question ("How to prepare", "What we look for")."""
_TO_THE_INTERVIEWER = re.compile(
    r"(?:please |then |now |first |finally |bitte |dann )*"
    r"(?:(?:tell|ask|give|show|offer|thank|welcome|greet|remind) (?:the (?:candidate|applicant|interviewee)s?|"
    r"them|him|her)|introduce yourself and (?:the|your|tell them)|explain (?:that|the (?:format|interview|agenda))|"
    r"[a-zäöüß]+ sie (?:den|dem|allen) (?:bewerber|kandidat)|erklären sie (?:den ablauf|das verfahren)|"
    r"[a-zéè]+ (?:le|la|au|à la|aux) candidat|[a-zéá]+ (?:al?|a la) (?:candidat|aspirante)|"
    r"[a-zåäö]+ (?:för )?kandidaten)\b"
)
"""What is to be done in the interview, not said: "Tell the candidate when they will hear from us." """
_OF_THE_CANDIDATE = re.compile(
    r"\b(?:(?:the|each) (?:candidate|applicant|interviewee)s?|(?:den|dem) (?:bewerber|kandidat)\w*|if they ask|"
    r"(?:le|la|au|les|aux) candidate?s?|(?:el|al|los) candidatos?|kandidaten)\b"
)
_YOU = r"you|your|yours|ihre?n?|vous|votre|usted|su|du|din|ditt"
_TO_THE_CANDIDATE = re.compile(rf"\b(?:{_YOU})\b")
_TO_FILL_IN = re.compile(r"_{4}|\.{6}")
"""A blank of a form ("Name of candidate: ______"): nobody says that."""


@lru_cache(maxsize=1)
def _words() -> Mapping[str, Any]:
    words: Mapping[str, Any] = load_yaml(shipped("assets") / "question_words.yaml")
    return words


@lru_cache(maxsize=8)
def word_patterns(head: str) -> Sequence[tuple[str, re.Pattern[str]]]:
    """The patterns under one head of `assets/question_words.yaml`, by name; for words in small letters."""
    return [
        (name, re.compile(rf"\b(?:{'|'.join(pieces)})" if head == "private" else "|".join(pieces)))
        for name, pieces in _words()[head].items()
    ]


def _first(head: str, low: str, otherwise: str) -> str:
    return next((name for name, pattern in word_patterns(head) if pattern.search(low)), otherwise)


def reads_as_question(text: str) -> bool:
    """Whether a line found somewhere reads like something an interviewer says."""
    low = _plain(text)
    if len(low) <= 5 or " " not in low or _TO_FILL_IN.search(low):
        return False
    if low.rstrip(" \"'”’)»").endswith("?"):
        return True
    if _TO_THE_INTERVIEWER.match(low) or (_OF_THE_CANDIDATE.search(low) and not _TO_THE_CANDIDATE.search(low)):
        return False
    return any(_ASKING.match(part) and not _TOLD.match(part) for part in re.split(r"[.!?:] +", low))


def guess_competency(ask: str, kind: Kind) -> str:
    """The most likely competency, "" where nothing tells."""
    if kind in (Kind.OPENING, Kind.CLOSING):
        return _COMPETENCY_OF_KIND[kind]
    return _first("competencies", _plain(ask), _COMPETENCY_OF_KIND.get(kind, ""))


def guess_probe(words: str) -> Probe:
    """What a follow-up question asks for; an example where nothing tells."""
    return Probe(_first("probes", _plain(words), Probe.EXAMPLE))


_OWN_WORDS = re.compile(
    r"\b(?:i|i'm|i've|my|me|ich|mich|mir|mein\w*|je|j'\w+|mon|ma|mes|yo|mi|mis|jag|min|mitt|mina|we|our)\b"
)
_TOLD_BY_ONESELF = re.compile(
    r"\b(?:i|i'm|i've|ich|je|j'\w+|yo|jag|fui|hice|tuve|estuve|pude|dije|puse|quise|"
    r"(?!(?:aquí|allí|ahí|así|qué|porqué|café|esté|también)\b)[a-zñ]{3,}[éí])\b"
)
"""Somebody who tells of themselves; Spanish says it by the verb's end alone ("trabajé", "dirigí")."""
_WANTED = re.compile(
    r"\b(?:i|ich|je|j'|yo|jag) ?(?:want|look|listen|expect|hope|would|will|möchte|achte|erwarte|höre|suche|attends|"
    r"cherche|veux|voudrais|aimerais|quiero|espero|busco|vill|lyssnar|letar|väntar)\b"
)
"""Somebody who says what they would like to hear."""
_YOUR_WORDS = re.compile(rf"\b(?:{_YOU}|candidates?|sie)\b")


def reads_as_answer(text: str) -> bool:
    """Whether a text is said by somebody of themselves, as an ideal answer is, and is not advice about one."""
    low = _plain(text[:1000])
    own, yours = len(_OWN_WORDS.findall(low)), len(_YOUR_WORDS.findall(low))
    telling = own >= 2 or bool(_TOLD_BY_ONESELF.search(low) and not yours and not _WANTED.search(low))
    return len(low.split()) >= 8 and telling and (own > yours or not yours)


class Ids:
    """Makes short ids out of texts, each only once. A frozen set of those taken is not copied."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = taken if isinstance(taken, frozenset) else frozenset(taken)
        self._made: set[str] = set()
        self._next: dict[str, int] = {}

    def take(self, wanted: str) -> bool:
        """Take this very id; False where it is taken or will not do as one."""
        if wanted in self._taken or wanted in self._made or not re.fullmatch(ID_PATTERN, wanted):
            return False
        self._made.add(wanted)
        return True

    def make(self, text: str, words: int = 5) -> str:
        """An id out of a text's telling words: "disagreed-boss", "disagreed-boss-2"."""
        ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
        all_words = re.findall(r"[a-z0-9]+", ascii_text.lower().replace("'", ""))
        telling = [word for word in all_words if word not in _words()["small"]] or all_words
        base = "-".join(telling[:words])[:60].strip("-") or "question"
        made, number = base, self._next.get(base, 2)
        while made in self._taken or made in self._made:
            made, number = f"{base}-{number}", number + 1
        self._next[base] = number
        self._made.add(made)
        return made


def _plain(text: str) -> str:
    return " ".join(text.lower().replace("’", "'").replace("'s", "s").split()).lstrip("\"'“‘(-–—• ")

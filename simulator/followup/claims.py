"""Whether a sentence of a letter claims something, and whether what it claims was said or stored anywhere.

A claim is a number, a name, a deed of one's own, or what somebody is said to have said. It is traced when its
telling words stand together in one source. Words alone are compared: a remark asks to look, it proves nothing.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from simulator.followup.numbers_told import numbers_in, numbers_of
from simulator.followup.occasion import Known, Occasion
from simulator.followup.said import known_names
from simulator.preparation.matching import stem, terms_of

ENOUGH_OF_A_DEED = 0.6
"""The share of a claim's telling words that must stand in one source."""


def _stems(words: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words.split())


_COURTESY = _stems(
    "thank thanks time taking took talk talking talked speak speaking spoke conversation interview interviewed "
    "meeting met meet role position job work working team company place letter mail email phone telephone call "
    "write writing written answer answered question questions asked ask told tell said say mentioned example "
    "thing things remember like glad happy grateful pleased enjoyed enjoy appreciate appreciated interested "
    "interest interesting hope would could wish want wanted feel felt think thought thinking learn learned "
    "know send sent sending attach attached enclosed page brief short account first thoughts problem described "
    "use useful help helpful open easy reach further information please let stronger true before after today "
    "yesterday tomorrow week day morning afternoon forward hearing hear kind best regards sincerely much very "
    "really good great lot more most matter matters important reason reasons same still again also stayed "
    "opportunity chance consider considering part own made make done do way moment bring share describe speaks "
    "add added leave somebody people person away offer offered nobody everybody up no not only just any one two "
)
"""Words that a letter has for politeness; they claim nothing."""
_DEED = re.compile(
    r"\b(?:I|we)(?:'ve|'d|'m)?(?: (?:also|once|then|just|myself|personally|have|had|was|am|were|already|\w+ly))* "
    r"(?:\w+ed\b|was|were|am\b|have\b|had|did|got|went|took|made|came|gave|kept|found|put|ran|drew|sent|wrote|"
    r"held|began|built|"
    r"knew|saw|brought|stood|sat|rang|spoke|taught|bought|paid|led|won|grew|sold|worked|speak|hold|run|lead|"
    r"manage|know how)|"
    r"\bmy (?:team|degree|diploma|licence|license|years|experience|company|project|last job|former|previous|"
    r"record|results)\b",
    re.IGNORECASE,
)
_FEELING = re.compile(
    r"\bI(?:'m| am| was| have been|'d be| would be) (?:very |really |most |still |so |more |truly )*(?:glad|"
    r"happy|grateful|"
    r"thankful|interested|keen|available|free|easy|sorry|pleased|delighted|impressed|excited|sure|looking "
    r"forward|able to)\b|"
    r"\bI (?:really |very much |much |truly |also )*(?:enjoyed|appreciated|liked|hoped|wanted to|wished|"
    r"wondered|thought about|"
    r"have thought|attached|have attached|enclosed|have enclosed|took away|noticed how|learned a lot|left "
    r"(?:the|our))\b",
    re.IGNORECASE,
)
_SAID = re.compile(
    r"\b(?:you|he|she|they|[A-Z]\w+) (?:also |both )?(?:said|told|mentioned|explained|described|promised|"
    r"offered|spoke of|asked|"
    r"put|pointed out|stressed)\b|\bas you (?:said|know|put)\b|\bwhat matters most to you\b"
)
_BECAUSE = re.compile(r"\bI\b.*\bbecause\b|\bmy reason\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Claim:
    """Something in a sentence that no source tells: the words, and what it is ("number", "name", "deed", "said")."""

    kind: str
    words: str


class Tracer:
    """All that was said and stored around one interview, ready to be searched."""

    def __init__(self, occasion: Occasion) -> None:
        self._sources = occasion.sources
        texts = [known.text for known in occasion.sources]
        people = [*(host.name for host in occasion.hosts), *(host.role for host in occasion.hosts)]
        own = [occasion.candidate, occasion.role, occasion.company]
        everything = " ".join((*texts, *people, *own))
        self._words = {
            word.lower().removesuffix("'s") for word in re.findall(r"[^\W\d_][\w'-]*", everything.replace("’", "'"))
        }
        self._numbers = frozenset(number for text in (*texts, *own) for number in numbers_in(text))
        self._stems = [frozenset(_telling(known.text)) for known in occasion.sources]
        self._said = frozenset(
            word
            for known, stems in zip(self._sources, self._stems, strict=True)
            if known.kind.value in ("said", "job")
            for word in stems
        )
        self._always = _COURTESY | frozenset(_telling(" ".join((*people, *own))))

    def unknown(self, sentence: str) -> tuple[Claim, ...]:
        """What a sentence claims that nothing tells."""
        found = [Claim("number", words) for words, value in numbers_of(sentence) if value not in self._numbers]
        found.extend(Claim("name", name) for name in self._strange_names(sentence))
        if _SAID.search(sentence) and not self._was_said(sentence):
            found.append(Claim("said", sentence))
        elif self._is_deed(sentence) and self.source(sentence) is None:
            found.append(Claim("deed", sentence))
        return tuple(found)

    def source(self, sentence: str) -> Known | None:
        """The source that tells most of a sentence; None where none tells enough of it."""
        wanted = frozenset(_telling(sentence)) - self._always
        if not wanted:
            return self._sources[0] if self._sources else None
        shares = [(len(wanted & stems) / len(wanted), at) for at, stems in enumerate(self._stems)]
        best = max(shares, default=(0.0, -1))
        return self._sources[best[1]] if best[0] >= ENOUGH_OF_A_DEED else None

    def _is_deed(self, sentence: str) -> bool:
        if _BECAUSE.search(sentence):
            return True
        rest = _FEELING.sub(" ", sentence)
        return bool(_DEED.search(rest)) and bool(frozenset(_telling(rest)) - self._always)

    def _was_said(self, sentence: str) -> bool:
        """Reported speech may be put together from several things heard, and one's own example."""
        wanted = frozenset(_telling(sentence)) - self._always
        if not wanted:
            return True
        if len(wanted & self._said) / len(wanted) >= ENOUGH_OF_A_DEED:
            return True
        return self.source(sentence) is not None

    def _strange_names(self, sentence: str) -> Iterable[str]:
        common = known_names(())
        for found in re.finditer(r"[^\W\d_][\w'’-]*", sentence):
            word = found[0].replace("’", "'").removesuffix("'s")
            before = sentence[: found.start()].rstrip(" “\"'(")
            opens = not before or before[-1] in ".!?:"
            if not word[0].isupper() or word in (
                "I",
                "I'm",
                "I'd",
                "I've",
                "I'll",
                "Dear",
                "Kind",
                "Mr",
                "Mrs",
                "Ms",
                "Dr",
            ):
                continue
            low = word.lower()
            if (
                opens
                or low in self._words
                or low in common
                or low in ("may", "march", "august")
                or stem(low) in self._always
            ):
                # A word that opens a sentence is large anyway and says nothing.
                continue
            yield word


@lru_cache(maxsize=4_000)
def _telling(text: str) -> tuple[str, ...]:
    return tuple(term for each in terms_of(text.lower()) if not each.common for term in each.stem.split())

"""An answer's words brought to one spelling, so that typed text and recogniser text read alike.

Recognisers write "i'm", "im", "i m" or "i am" for the same thing, numbers as words, no punctuation,
and leave fillers and false starts in. Tokens are lower case, contractions are written out
("didn't", "didnt", "did n't" become "did not"), hesitations and words said twice are left out.
Each token knows the word of the transcript it came from.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from simulator.speech.transcript import Transcript

CUT_PAUSE_SECONDS = 0.6
"""A pause this long ends a clause."""

HESITATIONS = frozenset({
    "um", "umm", "ummm", "uh", "uhh", "uhm", "uhmm", "er", "erm", "ehm", "hm", "hmm", "mm", "mmm", "mhm", "ah",
    "eh",
})  # fmt: skip
"""Sounds of thinking: left out of the tokens and counted by delivery."""

_WRITTEN_OUT: dict[str, str] = {
    "i'm": "i am", "im": "i am", "i've": "i have", "ive": "i have", "i'll": "i will", "i'd": "i 'd",
    "you're": "you are", "youre": "you are", "you've": "you have", "youve": "you have", "you'll": "you will",
    "youll": "you will", "you'd": "you 'd", "youd": "you 'd", "we're": "we are", "we've": "we have",
    "weve": "we have",
    "we'll": "we will", "we'd": "we 'd", "they're": "they are", "theyre": "they are", "they've": "they have",
    "theyve": "they have", "they'll": "they will", "theyll": "they will", "they'd": "they 'd", "theyd": "they 'd",
    "he's": "he is", "hes": "he is", "she's": "she is", "shes": "she is", "it's": "it is", "he'd": "he 'd",
    "she'd": "she 'd", "it'd": "it 'd", "he'll": "he will", "she'll": "she will", "it'll": "it will",
    "that's": "that is", "thats": "that is", "that'll": "that will", "there's": "there is", "theres": "there is",
    "here's": "here is", "heres": "here is", "what's": "what is", "whats": "what is", "who's": "who is",
    "whos": "who is", "where's": "where is", "wheres": "where is", "how's": "how is", "hows": "how is",
    "when's": "when is", "why's": "why is", "let's": "let us", "lets": "let us",
    "don't": "do not", "dont": "do not", "doesn't": "does not", "doesnt": "does not", "didn't": "did not",
    "didnt": "did not", "can't": "can not", "cant": "can not", "cannot": "can not", "couldn't": "could not",
    "couldnt": "could not", "won't": "will not", "wont": "will not", "wouldn't": "would not",
    "wouldnt": "would not", "shouldn't": "should not", "shouldnt": "should not", "isn't": "is not",
    "isnt": "is not", "aren't": "are not", "arent": "are not", "wasn't": "was not", "wasnt": "was not",
    "weren't": "were not", "werent": "were not", "haven't": "have not", "havent": "have not",
    "hasn't": "has not", "hasnt": "has not", "hadn't": "had not", "hadnt": "had not", "ain't": "is not",
    "aint": "is not", "gonna": "going to", "wanna": "want to", "gotta": "got to", "kinda": "kind of",
    "cos": "because", "cuz": "because", "coz": "because", "cus": "because", "'cause": "because", "cause": "because",
    "'cos": "because", "'coz": "because", "y'all": "you", "mum's": "mum 's", "ok": "okay", "could've": "could have",
    "would've": "would have", "should've": "should have", "gon": "going", "em": "them", "'em": "them",
    "yeah": "yes", "yep": "yes", "yup": "yes", "til": "until", "till": "until", "'til": "until",
    "per cent": "percent", "&": "and", "%": "percent", "everyone's": "everyone is", "everybody's": "everybody is",
}  # fmt: skip

_SPLIT_TAIL: dict[str, str] = {
    "m": "am", "ve": "have", "re": "are", "ll": "will", "d": "'d", "n't": "not", "nt": "not",
    "'m": "am", "'ve": "have", "'re": "are", "'ll": "will", "'d": "'d",
}  # fmt: skip
_S_IS_AFTER = frozenset({"he", "she", "it", "that", "there", "here", "what", "who", "where", "how", "when"})
_PRONOUNS = frozenset({"i", "you", "we", "they", "he", "she", "it", "that", "there", "who"})
_BEFORE_SPLIT_T = {"don": "do", "didn": "did", "doesn": "does", "can": "can", "couldn": "could", "wouldn": "would",
                   "shouldn": "should", "isn": "is", "aren": "are", "wasn": "was", "weren": "were", "haven": "have",
                   "hasn": "has", "hadn": "had", "won": "will", "ain": "is"}  # fmt: skip
_BEFORE_NOUN_CAUSE = frozenset({"the", "a", "root", "good", "main", "to", "it", "they", "can", "will", "not"})
_MAY_REPEAT = frozenset({"had", "that", "very", "really", "so", "long", "many", "bye"})

_EDGES = "\"'“”‘’`«»()[]{}<>*_~|\\-–—…"
_STOPS = ".!?;:,"
_NUMBER = re.compile(r"[£$€]?\d[\d,.]*(?:st|nd|rd|th|k|m|pm|am|%|h)?")


@dataclass(frozen=True, slots=True)
class Tokens:
    """`text[i]` is the i-th token, `word[i]` its position in the transcript's words.

    `cut[i]` says that a clause surely ends before token i: a pause, or punctuation in typed text.
    `spoken` counts the transcript's words that are not hesitations.
    """

    text: tuple[str, ...]
    word: tuple[int, ...]
    cut: tuple[bool, ...]
    spoken: int

    def __len__(self) -> int:
        return len(self.text)


@lru_cache(maxsize=8192)
def _plain(raw: str) -> tuple[str, bool]:
    """One word without case and edges, and whether punctuation that ends a clause follows it."""
    low = raw.lower().replace("’", "'").replace("‘", "'")
    stop = low.rstrip(_EDGES)[-1:] in _STOPS if low else False
    core = low.strip(_STOPS + _EDGES)
    if low.startswith("'") and ("'" + core) in _WRITTEN_OUT:
        core = "'" + core
    return core, stop


def tokens_of(transcript: Transcript) -> Tokens:
    """Read the transcript's words into tokens."""
    raw: list[str] = []
    where: list[int] = []
    cuts: list[bool] = []
    spoken = 0
    pending_cut = False
    previous_end: float | None = None
    for position, word in enumerate(transcript.words):
        core, stop = _plain(word.text)
        if word.start is not None and previous_end is not None and word.start - previous_end >= CUT_PAUSE_SECONDS:
            pending_cut = True
        previous_end = word.end if word.end is not None else previous_end
        if not core or core in HESITATIONS:
            pending_cut = pending_cut or stop
            continue
        spoken += 1
        for part in _parts(core):
            raw.append(part)
            where.append(position)
            cuts.append(pending_cut)
            pending_cut = False
        pending_cut = pending_cut or stop
    return _without_repeats(*_joined_contractions(raw, where, cuts), spoken)


def _parts(core: str) -> list[str]:
    if "-" in core or "/" in core or "–" in core or "—" in core:
        return [part for part in re.split(r"[-/–—]+", core) if part]
    return [core]


def _joined_contractions(
    raw: list[str], where: list[int], cuts: list[bool]
) -> tuple[list[str], list[int], list[bool]]:
    """Write contractions out, also those a recogniser split in two ("i m", "did n't", "don t")."""
    text: list[str] = []
    word: list[int] = []
    cut: list[bool] = []

    def add(token: str, at: int) -> None:
        text.append(token)
        word.append(where[at])
        cut.append(cuts[at] if not word or len(word) < 2 or word[-2] != where[at] else False)

    for i, token in enumerate(raw):
        before = text[-1] if text else ""
        after = raw[i + 1] if i + 1 < len(raw) else ""
        if token in ("t", "'t") and raw[i - 1] in _BEFORE_SPLIT_T and i:
            text[-1] = _BEFORE_SPLIT_T[raw[i - 1]]
            add("not", i)
        elif token in _SPLIT_TAIL and (before in _PRONOUNS or token in ("n't", "nt")):
            add(_SPLIT_TAIL[token], i)
        elif token in ("s", "'s") and before in _S_IS_AFTER:
            add("is", i)
        elif token == "cause" and (before in _BEFORE_NOUN_CAUSE or after == "of"):
            add(token, i)
        elif token == "im" and before == "i":
            add("am", i)
        elif token == "lets" and before in ("it", "he", "she", "that", "which", "who"):
            add(token, i)
        elif token in ("cant", "wont") or token in _WRITTEN_OUT:
            for part in _WRITTEN_OUT[token].split():
                add(part, i)
        elif token.endswith("'s") and len(token) > 3:
            add(token[:-2], i)
            add("'s", i)
        elif _NUMBER.fullmatch(token):
            if token.endswith("%"):
                add(token[:-1], i)
                add("percent", i)
            else:
                add(token, i)
        else:
            add(token, i)
    return text, word, cut


def _without_repeats(text: list[str], word: list[int], cut: list[bool], spoken: int) -> Tokens:
    """Leave out words and pairs said twice in a row ("i i think", "it was it was")."""
    keep_text: list[str] = []
    keep_word: list[int] = []
    keep_cut: list[bool] = []
    for token, at, ends in zip(text, word, cut, strict=True):
        if keep_text and token == keep_text[-1] and token not in _MAY_REPEAT and not ends:
            keep_word[-1] = at
            continue
        keep_text.append(token)
        keep_word.append(at)
        keep_cut.append(ends)
        if len(keep_text) >= 4 and keep_text[-4:-2] == keep_text[-2:]:
            del keep_text[-4:-2], keep_word[-4:-2], keep_cut[-2:]
    return Tokens(tuple(keep_text), tuple(keep_word), tuple(keep_cut), spoken)


def is_number(token: str) -> bool:
    """Whether a token is written in digits ("12", "£400", "3pm")."""
    return bool(token) and (token[0].isdigit() or token[0] in "£$€") and bool(_NUMBER.fullmatch(token))

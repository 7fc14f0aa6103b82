"""The readable form of what was said: sentences with capitals and full stops, without fillers.

That is for what was heard. What somebody typed with signs of their own is shown exactly as they typed it.
"""

from collections.abc import Iterator

from simulator.reading.reader import HESITATIONS, bare
from simulator.reading.reading import Reading

_OWN_MARKS = ".,;:!?…"
_ENDS = ".!?…"


def readable(reading: Reading, first: int = 0, last: int | None = None, quoted: bool = False) -> str:
    """The words from `first` to `last` as one would read them; what was heard is quoted as a closed sentence."""
    words = [word for _, word in readable_words(reading, first, last, quoted)]
    return " ".join(words)


def readable_words(
    reading: Reading, first: int = 0, last: int | None = None, quoted: bool = False
) -> Iterator[tuple[int, str]]:
    """As `readable`, word by word, each with its place in the transcript.

    Where a sentence ends and which words have a capital was decided when the answer was read (`reader.reading_of`);
    added here are only a capital where a sentence begins and for "I", and a full stop at the very end.
    """
    last = len(reading.words) - 1 if last is None else last
    written = reading.written
    if quoted:
        # What was typed is shown as it stands, but nobody's best words begin with "um".
        written -= {place for place in written if bare(reading.words[place]) in HESITATIONS}
    dropped = reading.dropped - written
    kept = [
        place
        for place in range(first, last + 1)
        if place in written or (place not in dropped and reading.words[place].strip(_OWN_MARKS))
    ]
    stops, asks, commas = frozenset(reading.stops), frozenset(reading.asks), frozenset(reading.commas)
    capitals = frozenset(reading.capitals)
    begins = quoted or first == 0
    for number, place in enumerate(kept):
        word = reading.words[place]
        if place in written:
            if place in reading.ends and word[-1].isalnum():
                word += "."
            yield place, word.rstrip(",;:") or word if quoted and number == len(kept) - 1 else word
            begins = word[-1:] in tuple(_ENDS)
            continue
        if not begins and number == 0:
            begins = _ends_before(reading, place, stops)
        own = word[-1] in _OWN_MARKS
        plain = word.rstrip(_OWN_MARKS)
        if begins or place in capitals or plain.lower() == "i" or plain.lower().startswith("i'"):
            word = word[:1].upper() + word[1:]
        is_last = number == len(kept) - 1
        behind = range(place, kept[number + 1] if not is_last else place + 1)
        ended = any(each in stops for each in behind) or (own and word[-1] in _ENDS)
        if is_last and quoted:
            word = word.rstrip(",;:")
            if word[-1] not in _ENDS:
                word += "?" if any(each in asks for each in behind) else "."
        elif not own and ended:
            word += "?" if any(each in asks for each in behind) else "."
        elif not own and not is_last and place in commas:
            word += ","
        elif is_last and not quoted and last == len(reading.words) - 1 and word[-1] not in _OWN_MARKS:
            word += "."
        yield place, word
        begins = ended


def _ends_before(reading: Reading, place: int, stops: frozenset[int]) -> bool:
    """Whether a sentence ends just before a word (words left out between do not count)."""
    dropped = reading.dropped
    for before in range(place - 1, -1, -1):
        if before in stops or reading.words[before][-1:] in (".", "!", "?"):
            return True
        if before not in dropped:
            return False
    return True


def sentences(reading: Reading) -> tuple[tuple[int, int], ...]:
    """Every sentence, as the places of its first and its last word; together they are all words of the answer.

    One ends at a stop that the reader found or a sign that was typed. A hesitation behind that begins the next.
    """
    ends = sorted({*reading.stops, *(n for n, word in enumerate(reading.words) if word[-1:] in (".", "!", "?"))})
    found = []
    first = 0
    for end in ends:
        if end >= first:
            found.append((first, end))
            first = end + 1
    if first < len(reading.words):
        found.append((first, len(reading.words) - 1))
    return tuple(found)

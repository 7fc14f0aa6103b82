"""Finding the rubrics' phrases in an answer.

A phrase is words with spaces between them. Beside plain words it may hold

- `<name>`: any word of that class of `words.yaml` (or a class of the reader of sentences: `<i_did>`,
  `<number>`, ...),
- `word*`: any word that begins so,
- `one/two`: either,
- `(word)`: may be left out,
- `...`: up to three words of any kind (`...6`: up to six).

All phrases of all families are kept in one tree, so that an answer is read once, however many there are.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from simulator.scoring.grammar import Deed, Doer, Frame, Lexicon, Reader, Sort
from simulator.scoring.tokens import Tokens, is_number

USUAL_GAP = 3
_GAP = re.compile(r"\.\.\.(\d*)")
_ELEMENT = re.compile(r"<[a-z_]+>|[a-z0-9']+\*?")
LONGEST_GAP = 12

SENTENCE_CLASSES = frozenset(
    {f"{who}_{what}" for who in ("i", "we", "they", "it") for what in
     ("did", "felt", "do", "have_done", "am_doing", "would", "will", "can", "used_to", "not_did", "usually")}
    | {"number", "digits", "past", "ing", "any"}
)  # fmt: skip
"""Classes that the reader of sentences sets on the verb of each deed, beside those of words.yaml."""


class BadPhrase(ValueError):
    """A phrase that cannot be read; its text says what to write instead."""


@dataclass(frozen=True, slots=True)
class Span:
    """Tokens `first` to `last`, both inclusive."""

    first: int
    last: int


@dataclass(slots=True)
class _Node:
    """A place within phrases: where each mark leads, what begins after a gap, which families end here."""

    next: dict[str, list["_Node"]] = field(default_factory=dict)
    gaps: list[tuple[int, "_Node"]] = field(default_factory=list)
    ends: list[str] = field(default_factory=list)
    shared: dict[tuple[str, ...], "_Node"] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Piece:
    """One place of a phrase: any of `options`; `gap` words of any kind where it is not 0."""

    options: tuple[str, ...]
    optional: bool = False
    gap: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """An answer read once: its tokens, what each may count as, who did what."""

    tokens: Tokens
    marks: tuple[tuple[str, ...], ...]
    deeds: tuple[Deed, ...]


@dataclass(frozen=True, slots=True)
class Heard:
    """What signals are found in: the words, the deeds, the families' phrases found so far.

    `told_now` says that a story is told in the present tense.
    """

    text: tuple[str, ...]
    cut: tuple[bool, ...]
    deeds: tuple[Deed, ...]
    found: Mapping[str, list[Span]]
    lexicon: Lexicon
    told_now: bool = False


def parse_phrase(phrase: str, classes: Mapping[str, object]) -> list[Piece]:
    """The pieces of a phrase. Raises BadPhrase."""
    pieces: list[Piece] = []
    for written in phrase.lower().split():
        optional = written.startswith("(") and written.endswith(")")
        core = written[1:-1] if optional else written
        gap = _GAP.fullmatch(core)
        if gap:
            width = int(gap[1] or USUAL_GAP)
            if not 0 < width <= LONGEST_GAP or optional:
                raise BadPhrase(
                    f"the gap '{written}' cannot be read. Write ... or a number from ...1 to ...{LONGEST_GAP}."
                )
            pieces.append(Piece((), gap=width))
            continue
        options = tuple(core.split("/"))
        for option in options:
            if not _ELEMENT.fullmatch(option):
                raise BadPhrase(
                    f"'{written}' cannot be read. Write words in small letters, <class>, word*, a/b or (a)."
                )
            if option[0] == "<" and option[1:-1] not in classes and option[1:-1] not in SENTENCE_CLASSES:
                raise BadPhrase(f"there is no word class {option}. Write one of those in words.yaml.")
        pieces.append(Piece(options, optional))
    must = [piece for piece in pieces if not piece.optional and not piece.gap]
    if not must or pieces[0].gap or pieces[-1].gap:
        raise BadPhrase(f"'{phrase}' has no word that must be there at its begin and end. Write at least one.")
    return pieces


class PhraseTree:
    """All phrases of all families in one tree."""

    def __init__(self, families: Iterable[tuple[str, Sequence[str]]], lexicon: Lexicon) -> None:
        self._root = _Node()
        self._lexicon = lexicon
        self._reader = Reader(lexicon)
        self._symbols: set[str] = set()
        self._prefixes: set[str] = set()
        self._known: dict[str, tuple[str, ...]] = {}
        for family, phrases in families:
            for phrase in phrases:
                self._add(family, parse_phrase(phrase, lexicon.classes))
        self._longest_prefix = max((len(prefix) for prefix in self._prefixes), default=0)
        self._class_of: dict[str, tuple[str, ...]] = {}
        by_word: dict[str, list[str]] = {}
        for name, words in sorted(lexicon.classes.items()):
            if f"<{name}>" in self._symbols:
                for word in sorted(words):
                    by_word.setdefault(word, []).append(f"<{name}>")
        self._class_of = {word: tuple(names) for word, names in by_word.items()}

    def _add(self, family: str, pieces: Sequence[Piece]) -> None:
        frontier = [self._root]
        for piece in pieces:
            if piece.gap:
                then = _Node()
                for node in frontier:
                    node.gaps.append((piece.gap, then))
                frontier = [then]
                continue
            then = self._step(frontier, piece.options)
            frontier = [*frontier, then] if piece.optional else [then]
        for node in frontier:
            if node is not self._root and family not in node.ends:
                node.ends.append(family)

    def _step(self, frontier: Sequence[_Node], options: tuple[str, ...]) -> _Node:
        """The node after one piece; phrases that begin alike share their nodes."""
        alone = frontier[0] if len(frontier) == 1 else None
        if alone is not None and options in alone.shared:
            return alone.shared[options]
        then = _Node()
        if alone is not None:
            alone.shared[options] = then
        for option in options:
            if option.endswith("*"):
                self._prefixes.add(option[:-1])
            self._symbols.add(option)
            for node in frontier:
                node.next.setdefault(option, []).append(then)
        return then

    def read(self, tokens: Tokens) -> Reading:
        """Read an answer's sentences and mark each token with all it may count as."""
        deeds = self._reader.deeds(tokens)
        extra: dict[int, list[str]] = {}
        for deed in deeds:
            for mark in _marks_of(deed):
                if mark in self._symbols:
                    extra.setdefault(deed.at, []).append(mark)
        marks = []
        for i, token in enumerate(tokens.text):
            known = self._known.get(token)
            if known is None:
                known = self._known[token] = self._of_word(token)
            more = extra.get(i)
            marks.append((*known, *more) if more else known)
        return Reading(tokens, tuple(marks), tuple(deeds))

    def _of_word(self, token: str) -> tuple[str, ...]:
        marks = [token] if token in self._symbols else []
        marks.extend(self._class_of.get(token, ()))
        for length in range(3, min(len(token), self._longest_prefix) + 1):
            if token[:length] in self._prefixes:
                marks.append(token[:length] + "*")
        if is_number(token):
            marks.extend(name for name in ("<number>", "<digits>") if name in self._symbols and name not in marks)
        if "<past>" in self._symbols and self._reader.is_past(token):
            marks.append("<past>")
        if "<ing>" in self._symbols and token.endswith("ing") and len(token) > 4:
            marks.append("<ing>")
        if "<any>" in self._symbols:
            marks.append("<any>")
        return tuple(marks)

    def find(self, reading: Reading) -> dict[str, list[Span]]:
        """Per family the places where one of its phrases stands, not overlapping, the longest first."""
        longest: dict[str, dict[int, int]] = {}
        marks = reading.marks
        root = self._root.next
        for start, names in enumerate(marks):
            for name in names:
                for node in root.get(name, ()):
                    self._walk(node, start, start + 1, marks, longest)
        found: dict[str, list[Span]] = {}
        for family, ends in longest.items():
            spans: list[Span] = []
            for first, last in sorted(ends.items()):
                if spans and first <= spans[-1].last:
                    continue
                spans.append(Span(first, last))
            found[family] = spans
        return found

    def _walk(
        self,
        node: _Node,
        start: int,
        at: int,
        marks: tuple[tuple[str, ...], ...],
        longest: dict[str, dict[int, int]],
    ) -> None:
        for family in node.ends:
            ends = longest.setdefault(family, {})
            if ends.get(start, -1) < at - 1:
                ends[start] = at - 1
        if at >= len(marks):
            return
        if node.next:
            for name in marks[at]:
                for then in node.next.get(name, ()):
                    self._walk(then, start, at + 1, marks, longest)
        for width, then in node.gaps:
            for skip in range(width + 1):
                if at + skip >= len(marks):
                    break
                for name in marks[at + skip]:
                    for further in then.next.get(name, ()):
                        self._walk(further, start, at + skip + 1, marks, longest)


_WHO = {Doer.SPEAKER: "i", Doer.GROUP: "we", Doer.OTHER: "they", Doer.THING: "it"}
_WHAT = {
    Frame.PERFECT: "have_done",
    Frame.PRESENT: "do",
    Frame.PROGRESSIVE: "am_doing",
    Frame.FUTURE: "will",
    Frame.IMAGINED: "would",
    Frame.ABLE: "can",
    Frame.USED_TO: "used_to",
}


def _marks_of(deed: Deed) -> list[str]:
    who = _WHO.get(deed.doer)
    if who is None:
        return []
    if deed.usual and deed.frame in (Frame.PRESENT, Frame.USED_TO):
        return [f"<{who}_usually>", f"<{who}_do>"]
    if deed.frame is Frame.PAST:
        if deed.negated:
            return [f"<{who}_not_did>"]
        return [f"<{who}_felt>"] if deed.sort is Sort.STATE else [f"<{who}_did>"]
    return [f"<{who}_{_WHAT[deed.frame]}>"]

"""What an import gathers from a file: questions, with guesses marked as such, and every line it could not use."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from simulator.data_files import JOINERS
from simulator.questions.bank import DEFAULT_RUBRICS, Bank, Kind, Probe, Question
from simulator.questions.bank_files import COMPETENCIES, ID_PATTERN, QUESTION_FIELDS
from simulator.questions.guessing import Ids, guess_competency, guess_kind, guess_probe

TARGETS = {Kind.OPENING: 90, Kind.MOTIVATION: 75, Kind.BEHAVIOURAL: 90, Kind.CLOSING: 60}
"""Seconds for an answer where the source does not say; 75 for the other kinds."""

_LONGEST = {each.name: each.longest for each in QUESTION_FIELDS}
_KIND_WORDS: dict[str, Kind] = {
    "opening": Kind.OPENING, "intro": Kind.OPENING, "introduction": Kind.OPENING, "introductory": Kind.OPENING,
    "icebreaker": Kind.OPENING, "icebreakers": Kind.OPENING, "warm-up": Kind.OPENING, "warmup": Kind.OPENING,
    "motivation": Kind.MOTIVATION, "motivational": Kind.MOTIVATION, "motives": Kind.MOTIVATION,
    "behavioural": Kind.BEHAVIOURAL, "behavioral": Kind.BEHAVIOURAL, "behaviour": Kind.BEHAVIOURAL,
    "behavior": Kind.BEHAVIOURAL, "star": Kind.BEHAVIOURAL, "competency-based": Kind.BEHAVIOURAL,
    "situational": Kind.SITUATIONAL, "situation": Kind.SITUATIONAL, "hypothetical": Kind.SITUATIONAL,
    "scenario": Kind.SITUATIONAL, "scenarios": Kind.SITUATIONAL,
    "strength": Kind.STRENGTH, "strengths": Kind.STRENGTH,
    "weakness": Kind.WEAKNESS, "weaknesses": Kind.WEAKNESS, "failure": Kind.WEAKNESS, "failures": Kind.WEAKNESS,
    "closing": Kind.CLOSING, "ending": Kind.CLOSING, "reverse": Kind.CLOSING,
}  # fmt: skip
_COMPETENCY_WORDS = {
    "customer-service": "customer-care", "service": "customer-care", "customers": "customer-care",
    "team-work": "teamwork", "team": "teamwork", "collaboration": "teamwork", "management": "leadership",
    "problem-solving-skills": "problem-solving", "time-management": "planning", "organisation": "planning",
    "organization": "planning", "stress": "pressure", "ethics": "integrity", "honesty": "integrity",
    "flexibility": "adaptability", "communication-skills": "communication", "conflicts": "conflict",
    "conflict-resolution": "conflict", "conflict-management": "conflict", "technical": "expertise",
    "technical-skills": "expertise",
}  # fmt: skip


class Format(StrEnum):
    """What a file of questions can be."""

    CSV = "csv"
    TSV = "tsv"
    MARKDOWN = "markdown"
    TEXT = "text"
    JSON = "json"
    ANKI = "anki"
    BANK = "bank"


@dataclass(frozen=True, slots=True)
class Imported:
    """A question, the lines it came from (from 1), and the names of the fields that are guesses."""

    question: Question
    lines: tuple[int, ...]
    guessed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Unused:
    """Something that no question could be made of, and why."""

    line: int
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Head:
    """What a source says of itself; empty where it says nothing."""

    id: str = ""
    title: str = ""
    licence: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Import:
    """All that a file held. `structure` are lines that only say what others are: headings, fences, separators."""

    source: str
    format: Format
    questions: tuple[Imported, ...]
    unused: tuple[Unused, ...] = ()
    structure: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()
    head: Head = field(default_factory=Head)

    def bank(self, bank_id: str, title: str = "") -> Bank:
        """The questions as a bank of that id, with what the source says of itself."""
        return Bank(
            id=bank_id,
            title=title or self.head.title or bank_id.replace("-", " ").capitalize(),
            questions=tuple(imported.question for imported in self.questions),
            licence=self.head.licence,
            description=self.head.description,
        )


@dataclass(slots=True)
class Draft:
    """A question that is being gathered; texts as found."""

    lines: list[int]
    ask: str
    id: str = ""
    kind: str = ""
    competency: str = ""
    rubrics: list[str] = field(default_factory=list)
    target: str = ""
    guidance: list[tuple[int, str]] = field(default_factory=list)
    probes: list[tuple[int, Probe | None, str]] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    section: str = ""


class Gathering:
    """Collects drafts and leftovers of one file, then makes an `Import` of them."""

    def __init__(self, source: str, rubrics: Sequence[str] | None = None) -> None:
        self.source = source
        self.drafts: list[Draft] = []
        self.head: dict[str, str] = {}
        self.notes: list[str] = []
        self._rubrics = rubrics
        self._unused: list[Unused] = []
        self._structure: set[int] = set()
        self._asked: dict[str, int] = {}

    def draft(self, line: int, ask: str, section: str = "") -> Draft:
        """A new question found at a line."""
        draft = Draft([line], ask, section=section)
        self.drafts.append(draft)
        return draft

    def leave(self, line: int, text: str, why: str) -> None:
        """List something as unused."""
        self._unused.append(Unused(line, clean(text)[:200], why))

    def structure(self, line: int) -> None:
        """Note a line as one that only says what others are."""
        self._structure.add(line)

    def finish(self, form: Format) -> Import:
        """Check, complete and name the questions."""
        given = [draft.id for draft in self.drafts]
        ids = Ids()
        taken = {draft.id: draft for draft in reversed(self.drafts) if draft.id}
        free = {each for each in given if each and ids.take(each)}
        questions = []
        for draft in self.drafts:
            keeps_id = draft.id in free and taken[draft.id] is draft
            imported = self._imported(draft, ids, draft.id if keeps_id else "")
            if imported:
                questions.append(imported)
        head = {name: clean(text) for name, text in self.head.items()}
        return Import(
            source=self.source,
            format=form,
            questions=tuple(questions),
            unused=tuple(sorted(self._unused)),
            structure=tuple(sorted(self._structure)),
            notes=tuple(self.notes),
            head=Head(
                id=head.get("bank", "") if re.fullmatch(ID_PATTERN, head.get("bank", "")) else "",
                title=head.get("title", "")[:120],
                licence=head.get("licence", "")[:80],
                description=head.get("description", "")[:1200],
            ),
        )

    def _imported(self, draft: Draft, ids: Ids, own_id: str) -> Imported | None:
        ask = clean(draft.ask)
        why = ""
        same = " ".join(re.findall(r"\w+", ask.casefold()))
        if not same:
            why = "there are no words in it"
        elif len(ask) > _LONGEST["ask"]:
            why = f"longer than {_LONGEST['ask']} characters, nobody asks that aloud"
        elif same in self._asked:
            why = f"the same question as on line {self._asked[same]}"
        if why:
            self._leave_draft(draft, ask, why)
            return None
        self._asked[same] = draft.lines[0]
        guessed: list[str] = []
        by_words = guess_kind(ask)
        kind = kind_named(draft.kind)
        if kind is None:
            # A heading stands for all below it; where the words say otherwise it is a guess too.
            kind = kind_named(draft.section) or by_words
            if not kind_named(draft.section) or kind is not by_words:
                guessed.append("kind")
        competency = self._competency(draft)
        if not competency and (competency := guess_competency(ask, kind)):
            guessed.append("competency")
        probes, sure = self._probes(draft)
        if not sure:
            guessed.append("probes")
        question = Question(
            id=own_id or ids.make(ask),
            ask=ask,
            kind=kind,
            competency=competency,
            rubrics=self._known_rubrics(draft) or DEFAULT_RUBRICS[kind],
            target_seconds=self._target(draft, kind),
            guidance=self._guidance(draft),
            probes=probes,
            tags=self._tags(draft, kind),
        )
        return Imported(question, tuple(sorted(set(draft.lines))), tuple(guessed))

    def _leave_draft(self, draft: Draft, ask: str, why: str) -> None:
        self.leave(draft.lines[0], ask, why)
        for line in sorted(set(draft.lines) - {draft.lines[0]}):
            parts = [text for at, text in draft.guidance if at == line]
            parts += [text for at, _, text in draft.probes if at == line]
            self.leave(line, " ".join(parts) or ask, "belongs to a question that was left out")

    def _competency(self, draft: Draft) -> str:
        named = slug(draft.competency)
        if draft.competency and not named:
            self.leave(draft.lines[0], draft.competency, "no competency can be called that")
        if named:
            # One that is written as ours are is meant as it stands.
            return named if named == draft.competency else _COMPETENCY_WORDS.get(named, named)
        words = slug(draft.section)
        known = _COMPETENCY_WORDS.get(words, words)
        return known if known in COMPETENCIES else ""

    def _known_rubrics(self, draft: Draft) -> tuple[str, ...]:
        names = list(dict.fromkeys(clean(name) for name in draft.rubrics if clean(name)))
        if self._rubrics is not None:
            for name in [name for name in names if name not in self._rubrics]:
                self.leave(draft.lines[0], name, "there is no such rubric")
                names.remove(name)
        return tuple(names)

    def _target(self, draft: Draft, kind: Kind) -> int:
        seconds = seconds_of(draft.target)
        if seconds and 10 <= seconds <= 600:
            return seconds
        if draft.target.strip():
            self.leave(draft.lines[0], draft.target, "not a time between 10 seconds and 10 minutes")
        return TARGETS.get(kind, 75)

    def _guidance(self, draft: Draft) -> str:
        kept: list[str] = []
        size = 0
        for line, text in draft.guidance:
            part = clean(text)
            if not part:
                continue
            if size + len(part) + 1 > _LONGEST["guidance"]:
                self.leave(line, part, f"guidance has room for {_LONGEST['guidance']} characters")
                continue
            kept.append(part)
            size += len(part) + 1
        return " ".join(kept)

    def _probes(self, draft: Draft) -> tuple[dict[Probe, str], bool]:
        probes: dict[Probe, str] = {}
        sure = True
        for line, probe, text in draft.probes:
            words = clean(text)
            if not words:
                continue
            asked = probe or guess_probe(words)
            if asked in probes or len(words) > _LONGEST["probes"]:
                full = "there is a follow-up of this sort already" if asked in probes else "too long for a follow-up"
                self.leave(line, words, full)
                continue
            sure = sure and probe is not None
            probes[asked] = words
        return {probe: probes[probe] for probe in Probe if probe in probes}, sure

    def _tags(self, draft: Draft, kind: Kind) -> tuple[str, ...]:
        tags = [clean(tag) for tag in draft.tags]
        if draft.kind.strip() and kind_named(draft.kind) is None:
            # A category we have no kind for is kept as a tag.
            tags.append(clean(draft.kind))
        for tag in [tag for tag in tags if len(tag) > _LONGEST["tags"]]:
            self.leave(draft.lines[0], tag, "too long for a tag")
            tags.remove(tag)
        return tuple(dict.fromkeys(tag for tag in tags if tag))


def clean(text: str) -> str:
    """A text on one line, without control characters."""
    if not text.isprintable():
        text = "".join(
            char if char in JOINERS or unicodedata.category(char) not in ("Cf", "Cs", "Co", "Cn")
            else "" for char in (" " if unicodedata.category(each) == "Cc" else each for each in text)
        )  # fmt: skip
    return " ".join(text.split())


def slug(text: str) -> str:
    """A competency's name: "Customer care" is "customer-care"; "" where nothing can be made of it."""
    if re.fullmatch(r"[a-z][a-z0-9-]{0,59}", text):
        return text
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    made = "-".join(re.findall(r"[a-z0-9]+", ascii_text))
    return made if re.fullmatch(r"[a-z][a-z0-9-]{0,59}", made) else ""


def kind_named(text: str) -> Kind | None:
    """The kind that a column or a heading names ("Behavioral questions"), None where it names none or two."""
    words = re.findall(r"[a-z]+(?:-[a-z]+)*", text.lower())
    named: Iterable[Kind] = {_KIND_WORDS[word] for word in words if word in _KIND_WORDS}
    return next(iter(named)) if len(set(named)) == 1 and len(words) <= 6 else None


def seconds_of(text: str) -> int | None:
    """ "90", "90 s", "1.5 min", "1:30" in seconds; None where it is no time."""
    low = text.strip().lower().replace(",", ".")
    if found := re.fullmatch(r"(\d{1,2}):(\d\d)(?: ?min)?", low):
        return int(found[1]) * 60 + int(found[2])
    found = re.fullmatch(r"(?:about |~ ?)?(\d{1,4}(?:\.\d+)?) ?(s|sec|secs|seconds?|m|min|mins|minutes?|)\.?", low)
    if not found:
        return None
    return round(float(found[1]) * (60 if found[2].startswith("m") else 1))

"""What an import gathers from a file: questions, with guesses marked as such, and every line it could not use."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from simulator.data_files import JOINERS
from simulator.questions.bank import DEFAULT_RUBRICS, Kind, Probe, Question, WorkedAnswer
from simulator.questions.bank_files import COMPETENCIES, EXAMPLE_FIELDS, ID_PATTERN, QUESTION_FIELDS
from simulator.questions.guessing import Ids, guess_competency, guess_probe, reads_as_answer
from simulator.questions.import_headings import kind_named
from simulator.questions.import_result import BankHead, Import, Imported, ImportFormat, TableColumn, Unused
from simulator.questions.kind_model import guess_kind
from simulator.questions.kinds import guess_kinds, same_meaning

TARGETS = {Kind.OPENING: 90, Kind.MOTIVATION: 75, Kind.BEHAVIOURAL: 90, Kind.CLOSING: 60}
"""Seconds for an answer where the source does not say; 75 for the other kinds."""

_LONGEST = {each.name: each.longest for each in (*QUESTION_FIELDS, *EXAMPLE_FIELDS)}
_COMPETENCY_WORDS = {
    "customer-service": "customer-care", "service": "customer-care", "customers": "customer-care",
    "team-work": "teamwork", "team": "teamwork", "collaboration": "teamwork", "management": "leadership",
    "problem-solving-skills": "problem-solving", "time-management": "planning", "organisation": "planning",
    "organization": "planning", "stress": "pressure", "ethics": "integrity", "honesty": "integrity",
    "flexibility": "adaptability", "communication-skills": "communication", "conflicts": "conflict",
    "conflict-resolution": "conflict", "conflict-management": "conflict", "technical": "expertise",
    "technical-skills": "expertise",
}  # fmt: skip


FROM_LIST = "From the list"
"""Who says an ideal answer that came with a list."""


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
    answers: list[tuple[int, str]] = field(default_factory=list)
    """What stands as the answer: an ideal one where somebody says it of themselves, else advice."""
    examples: dict[int, dict[str, str]] = field(default_factory=dict)
    """Worked answers by their number, each part by its key."""


class Gathering:
    """Collects drafts and leftovers of one file, then makes an `Import` of them."""

    def __init__(
        self, source: str, rubrics: Sequence[str] | None = None, mapping: Mapping[str, str] | None = None
    ) -> None:
        self.source = source
        self.mapping = {key.casefold(): role for key, role in (mapping or {}).items()}
        """Roles that somebody chose for columns, by name, heading or number; the last word counts."""
        self._columns: dict[str, TableColumn] = {}
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
        self._unused.append(Unused(line, clean(text[:1_000])[:200], why))

    def structure(self, line: int) -> None:
        """Note a line as one that only says what others are."""
        self._structure.add(line)

    def note_columns(self, columns: Sequence[TableColumn]) -> None:
        """Remember what the columns of a table are taken for."""
        for column in columns:
            self._columns.setdefault(column.name, column)

    def finish(self, form: ImportFormat) -> Import:
        """Check, complete and name the questions."""
        for draft in self.drafts:
            _part_time(draft)
        # Of a question that comes twice the first one stands, with the heading above it.
        unnamed = [draft for draft in reversed(self.drafts) if kind_named(draft.kind) is None]
        above = {clean(draft.ask): clean(_over(draft)) for draft in unnamed}
        self._kinds = dict(zip(above, guess_kinds(list(above), list(above.values())), strict=True))
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
            head=BankHead(
                id=head.get("bank", "") if re.fullmatch(ID_PATTERN, head.get("bank", "")) else "",
                title=head.get("title", "")[:120],
                licence=head.get("licence", "")[:80],
                description=head.get("description", "")[:1200],
            ),
            columns=tuple(self._columns.values()),
            alike=tuple(
                (questions[one].question.id, questions[other].question.id)
                for one, other in same_meaning([imported.question.ask for imported in questions])
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
        kind = kind_named(draft.kind)
        if kind is None:
            by_words = self._kinds[ask]
            # A heading stands for all below it, but what the candidate would ask is the closing wherever it stands.
            by_section = kind_named(_over(draft))
            ends = by_words is Kind.CLOSING is guess_kind(ask)
            # "Introduction" and "Closing" tell a place in the interview, where questions of any kind may stand.
            elsewhere = by_section in (Kind.OPENING, Kind.CLOSING) and by_words is guess_kind(ask)
            kind = by_words if ends or elsewhere else by_section or by_words
            if by_section is not kind or kind is not by_words:
                guessed.append("kind")
        competency = self._competency(draft)
        if not competency and (competency := guess_competency(ask, kind)):
            guessed.append("competency")
        self._place_answers(draft)
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
            examples=self._examples(draft),
        )
        timed = seconds_of(draft.target) is not None
        return Imported(question, tuple(sorted(set(draft.lines))), tuple(guessed), timed)

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

    def _place_answers(self, draft: Draft) -> None:
        """Ideal answers become worked answers; what is advice in truth becomes guidance."""
        for line, text in draft.answers:
            words = clean(text)
            if reads_as_answer(words):
                draft.examples[max(draft.examples, default=0) + 1] = {"answer": words, "who": FROM_LIST}
            else:
                draft.guidance.append((line, words))

    def _guidance(self, draft: Draft) -> str:
        kept: list[str] = []
        size = before = 0
        for line, text in draft.guidance:
            part = clean(text)
            if not part:
                continue
            if size + len(part) + 2 > _LONGEST["guidance"]:
                self.leave(line, part, f"guidance has room for {_LONGEST['guidance']} characters")
                continue
            if kept and line == before and kept[-1][-1] not in ".!?;:,":
                # Two cells or two entries of a list, not a line that goes on.
                kept[-1] += ";"
                size += 1
            kept.append(part)
            size += len(part) + 1
            before = line
        return " ".join(kept)

    def _probes(self, draft: Draft) -> tuple[dict[Probe, str], bool]:
        probes: dict[Probe, str] = {}
        sure = True
        for line, probe, text in sorted(draft.probes, key=lambda each: each[1] is None):
            words = clean(text)
            if not words:
                continue
            free = [each for each in Probe if each not in probes]
            asked = probe or guess_probe(words)
            if asked in probes and probe is None and free:
                # A list has follow-ups as they come; each finds a place while there is one.
                asked = free[0]
            if asked in probes or len(words) > _LONGEST["probes"]:
                sort = "of this sort" if free else "of every sort"
                full = f"there is a follow-up {sort} already" if asked in probes else "too long for a follow-up"
                self.leave(line, words, full)
                continue
            sure = sure and probe is not None
            probes[asked] = words
        return {probe: probes[probe] for probe in Probe if probe in probes}, sure

    def _examples(self, draft: Draft) -> tuple[WorkedAnswer, ...]:
        made: list[WorkedAnswer] = []
        for _, written in sorted(draft.examples.items()):
            parts = {key: clean(text) for key, text in written.items() if clean(text)}
            level = parts.get("level", "strong").lower()
            long = [key for key, text in parts.items() if len(text) > _LONGEST[key]]
            if long:
                why = f"its '{long[0]}' is longer than {_LONGEST[long[0]]} characters"
            elif "answer" not in parts or "who" not in parts:
                why = "a worked answer has an answer and says who gives it"
            elif level not in ("strong", "weak"):
                why = "a worked answer is strong or weak"
            else:
                made.append(WorkedAnswer(parts["answer"], parts["who"], parts.get("remark", ""), level == "weak"))
                continue
            self.leave(draft.lines[0], "; ".join(f"{key}: {text}" for key, text in parts.items()), why)
        return tuple(made)

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


_CLOCK = re.compile(r"(?:0{1,2}:)?(\d{1,2}):(\d\d)(?: ?min\w*\.?)?")
_TIME = re.compile(r"(\d{1,4}(?:\.\d{1,3})?)(?: ?(?:-|–|to|bis|a|à|till) ?(\d{1,4}(?:\.\d{1,3})?))? ?"
                   r"(s|sec|secs|seconds?|sek|sekunde[nr]?|secondes?|seg|segundos?|''|″|"
                   r"m|min|mins|minut[aeo]?[nrs]?|'|′|)\.?(?: ?(\d{1,2}) ?(?:s|sec|sek|seg)?\w*)?")  # fmt: skip
_ABOUT = re.compile(r"(?:about|approx\.?|circa|ca\.?|etwa|environ|unos|cirka|up to|max\.?|~|≈|c\.) ?")


def seconds_of(text: str) -> int | None:
    """ "90", "90 s", "1,5 Min.", "1:30", "2-3 min" (the middle) in seconds; None where it is no time."""
    if len(text) > 60:
        return None
    low = _ABOUT.sub("", " ".join(text.lower().replace(",", ".").split()), count=1)
    if found := _CLOCK.fullmatch(low):
        return int(found[1]) * 60 + int(found[2])
    found = _TIME.fullmatch(low)
    if not found:
        return None
    amount = (float(found[1]) + float(found[2] or found[1])) / 2
    minutes = found[3].startswith("m") or found[3] in ("'", "′")
    return round(amount * (60 if minutes else 1)) + (int(found[4]) if found[4] and minutes else 0)


_TIME_BEHIND = re.compile(r"\s*(?:[(\[]([^()\[\]]{1,24})[)\]]|(?<=[?!.])\s*[-–—|]?\s*([^?!()\[\]]{1,16}))\s*$")


def _over(draft: Draft) -> str:
    """The heading over a question; where it names no kind, a topic of one word ("Motivation") that does."""
    topic = draft.competency if len(draft.competency.split()) == 1 and kind_named(draft.competency) else ""
    return draft.section if kind_named(draft.section) or not topic else topic


def _part_time(draft: Draft) -> None:
    """Take a time that stands behind a question ("... (2 min)") for its time; it is not spoken."""
    end = draft.ask[-60:]
    found = _TIME_BEHIND.search(end)
    if found and seconds_of((found[1] or found[2]).strip()) is not None:
        draft.ask = draft.ask[: len(draft.ask) - len(end) + found.start()]
        draft.target = draft.target or (found[1] or found[2]).strip()

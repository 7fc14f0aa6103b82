"""Takes a job posting apart: role, company, place, contact, and the requirements with the words they came from.

What each part of a page is, the posting model says (`posting_model`); here parts are joined to requirements, and
cleaned of what the layout put around them. Nothing is guessed that the posting does not say.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.errors import UserError
from simulator.preparation.job import LONGEST_TEXT, Job, Requirement, RequirementKind, job_id_for
from simulator.preparation.posting_facts import facts_in
from simulator.preparation.posting_layout import MARK, PostingLine, PostingPage, PostingPiece, heading_of, page_of
from simulator.preparation.posting_model import LABELS, PostingGuess, PostingModel, shipped_posting_model
from simulator.preparation.posting_text import check_posting

if TYPE_CHECKING:
    from simulator.preparation.posting_model import Floats

MOST_REQUIREMENTS = 80
_BEGINS = 0.55
"""From this probability on a part begins something of its own."""
_MAY_BEGIN = 0.25
_ASKS = 0.5
"""From this probability on a part asks for something at all."""
_ASKS_OF_FEW = 0.3
"""The same where nothing reaches it: of a few lines without the rest of a page the network is less sure."""
KINDS = {
    "must": (RequirementKind.EXPERIENCE, True),
    "nice": (RequirementKind.EXPERIENCE, False),
    "duty": (RequirementKind.DUTY, True),
    "soft": (RequirementKind.SOFT, True),
    "qual": (RequirementKind.QUALIFICATION, True),
    "qualnice": (RequirementKind.QUALIFICATION, False),
}
_EITHER = (RequirementKind.EXPERIENCE, RequirementKind.QUALIFICATION)
"""Kinds that may be welcome rather than needed."""
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_EDGE = " \t.;,:·•|/–—-*_#~>\"'“”"
_MARK = re.compile(
    r"\s*[(\[](?:essential|desirable|required|preferred|optional|must|[a-z]{1,2}(?:\s*/\s*[a-z]{1,2})*)[)\]]\s*$",
    re.IGNORECASE,
)
"""A mark behind a requirement: "(desirable)", "(A/I)"."""


_BULLETS = "•▪●◦‣"
_INNER_BULLET = re.compile(rf"(?<=\S)\s+(?=[{_BULLETS}]\s)")
_NEEDED = re.compile(r"e|ess\.?|essential|required|must", re.IGNORECASE)
_WELCOME = re.compile(r"d|des\.?|desirable|preferred|optional|nice to have", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FoundRequirement:
    """One thing a posting asks for; `source` are the lines it came from."""

    text: str
    kind: RequirementKind
    must: bool
    source: str


def read_posting(text: str, taken: Iterable[str] = (), added_at: str = "", model: PostingModel | None = None) -> Job:
    """A posting as a job; `taken` are the ids there are. Raises UserError for what is no posting (`check_posting`),
    Missing without the language model."""
    plain = _plain(text)
    page = page_of(plain)
    guess = (model or shipped_posting_model()).guess(page)
    requirements = _numbered(requirements_in(page, guess))
    facts = {fact: as_fact(fact, words) for fact, words in facts_in(page, guess).items()}
    role = facts["role"]
    if len(requirements) == 1 and not role:
        requirements = ()
    if not requirements:
        raise UserError(
            "No duty and no requirement was found in that text.",
            "Paste the whole posting, or add what the job asks for by hand with 'job new'.",
        )
    email = _EMAIL.search(plain)
    return Job(
        id=job_id_for(role, facts["company"], taken),
        role=role.capitalize() if role.isupper() and len(role) > 5 else role[:1].upper() + role[1:],
        company=facts["company"],
        place=facts["place"],
        contact=facts["contact"],
        email=email[0].rstrip(".") if email else "",
        requirements=requirements,
        posting=plain.expandtabs(4).strip(),
        added_at=added_at,
    )


def page_of_posting(text: str) -> PostingPage:
    """A posting as the network sees it."""
    return page_of(_plain(text))


def _plain(text: str) -> str:
    return "\n".join(_unjoined(_single_spaced(check_posting(text)).split("\n")))


def _single_spaced(text: str) -> str:
    """The text without the empty line that some pages put behind each line; larger gaps stay as much smaller."""
    gaps = [len(gap) - 1 for gap in re.findall(r"\n+", text.strip("\n"))]
    doubled = gaps and min(gaps) >= 1 < max(gaps)
    return re.sub(r"\n\n", "\n", text) if doubled else text


def _unjoined(lines: Iterable[str]) -> Iterator[str]:
    """Entries of a list that were pasted into one line, each on a line of its own."""
    for line in lines:
        if line.lstrip()[:1] in _BULLETS and line.strip():
            yield from _INNER_BULLET.split(line)
        else:
            yield line


def requirements_in(page: PostingPage, guess: PostingGuess) -> list[FoundRequirement]:
    """What the pieces of a page ask for, each requirement once as it stands there."""
    return _requirements_from(page, guess, _ASKS) or _requirements_from(page, guess, _ASKS_OF_FEW)


def _requirements_from(page: PostingPage, guess: PostingGuess, bound: float) -> list[FoundRequirement]:
    """The same, of pieces that ask for something with at least this probability."""
    found = []
    for kind, must, pieces in _pieces_together(page, guess, bound):
        words = _cleaned(_joined(page, pieces))
        if 3 <= len(words) <= LONGEST_TEXT and re.search(r"[A-Za-z]{2}", words):
            lines = dict.fromkeys(piece.line for piece in pieces)
            source = " ".join(" ".join(page.lines[at].text[page.lines[at].body :].split()) for at in lines)
            source = re.sub(r"\*\*|__|`", "", source)
            if (marked := _marked(page, pieces)) is not None:
                must = marked
            found.append(FoundRequirement(words, kind, must, source))
    return found


def _pieces_together(
    page: PostingPage, guess: PostingGuess, bound: float
) -> Iterator[tuple[RequirementKind, bool, list[PostingPiece]]]:
    """Pieces that belong together, with what they ask for."""
    asked = [number for number, label in enumerate(LABELS) if label in KINDS]
    runs: list[list[int]] = []
    before = False
    for at, piece in enumerate(page.pieces):
        asks, begins = float(guess.labels[at][asked].sum()) >= bound, float(guess.begins[at])
        # In the middle of a line a change of mind alone cuts nothing off: "A certificate | in pain management".
        same = runs and begins < _BEGINS and (asks == before or (piece.first > 0 and begins < _MAY_BEGIN))
        if same:
            runs[-1].append(at)
        else:
            runs.append([at])
            before = asks
    for run in runs:
        sizes = [page.pieces[at].behind - page.pieces[at].first for at in run]
        likely = sum(size * guess.labels[at] for at, size in zip(run, sizes, strict=True)) / sum(sizes)
        if max(float(likely[asked].sum()), float(guess.labels[run[0]][asked].sum())) >= bound:
            yield (*_kind_of(likely), [page.pieces[at] for at in run])


def _kind_of(likely: "Floats") -> tuple[RequirementKind, bool]:
    """The likeliest kind, and whether it is needed: each by all labels that say so."""
    of_kind = dict.fromkeys(RequirementKind, 0.0)
    needed = welcome = 0.0
    for label, (kind, must) in KINDS.items():
        chance = float(likely[LABELS.index(label)])
        of_kind[kind] += chance
        if kind in _EITHER:
            needed, welcome = needed + chance * must, welcome + chance * (not must)
    kind = max(of_kind, key=of_kind.__getitem__)
    return kind, kind not in _EITHER or needed >= welcome


def _joined(page: PostingPage, pieces: Iterable[PostingPiece]) -> str:
    """The words of pieces, of a table's row only those of the cell that says most."""
    text = ""
    for piece in pieces:
        line = page.lines[piece.line]
        if len(line.cells) > 1 and line.cells[piece.cell] != _fullest(line):
            continue
        words = " ".join(word.text for word in line.words[piece.first : piece.behind] if word.start >= line.body)
        text = f"{text[:-1]}{words}" if re.search(r"[a-z]-$", text) and piece.first == 0 else f"{text} {words}"
    return text.strip()


def _marked(page: PostingPage, pieces: Iterable[PostingPiece]) -> bool | None:
    """What the marks in a table's row say: True for essential, False for desirable, None where there are none."""
    for line in dict.fromkeys(page.lines[piece.line] for piece in pieces):
        for cell in line.cells if len(line.cells) > 1 else ():
            text = line.text[cell.start : cell.behind]
            heading = heading_of(line, cell) if MARK.fullmatch(text) else text
            if _NEEDED.fullmatch(heading):
                return True
            if _WELCOME.fullmatch(heading):
                return False
    return None


def _fullest(line: PostingLine) -> object:
    return max(line.cells, key=lambda cell: cell.behind - cell.start)


def _cleaned(words: str) -> str:
    """A requirement without signs and joining words at its ends."""
    text = _MARK.sub("", words.strip(_EDGE)).strip(_EDGE)
    text = re.sub(r"\*\*|__|`", "", text)
    text = re.sub(r"^(?:and|or|as well as|plus|also|with|but)\s+", "", text, flags=re.IGNORECASE)
    if text.count("(") != text.count(")"):
        text = text.replace("(", "").replace(")", "")
    return text[:1].upper() + text[1:]


def as_fact(fact: str, words: str) -> str:
    """Words of a posting as role, company, place or contact: without signs at their ends."""
    text = " ".join(words.split()).strip(' \t.;,:·•|/–—-*_#~>"“”')
    if text.count("(") != text.count(")"):
        text = text.replace("(", "").replace(")", "")
    # "Cook (part-time)", "Nurse, Day Surgery"
    return re.sub(r"\s*\([^)]*\)|,\s.*", "", text) if fact == "role" else text


def _numbered(requirements: Iterable[FoundRequirement]) -> tuple[Requirement, ...]:
    """Requirements with ids, none twice."""
    found: dict[str, Requirement] = {}
    for requirement in requirements:
        key = re.sub(r"\W+", " ", requirement.text.lower()).strip()
        if key and key not in found and len(found) < MOST_REQUIREMENTS:
            found[key] = Requirement(
                f"r{len(found) + 1}", requirement.text, requirement.kind, requirement.must, requirement.source
            )
    return tuple(found.values())

"""Thank-you letters after an interview: one for each interviewer, made only of what was said or stored.

Every sentence that claims something carries its source; where a fact is missing its sentence is left
out, so that no letter has a hole or an invention. The sentences stand in `assets/letters/sentences.yaml`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from simulator.followup.occasion import Host, Occasion, Said
from simulator.followup.pronouns import a_or_an, asked_about, from_outside, in_a_sentence, is_statement, role_in_text
from simulator.followup.telling import Evidence, SourceKind
from simulator.places import shipped
from simulator.preparation.matching import Matcher
from simulator.sessions.session import LearnedKind

MOST_PRIORITIES = 1
"""What one letter takes up of what was said to matter; more would be a list."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a letter.

    `source` says in words where it comes from ("" for courtesy); `kind` and `where` say it for
    machines: the id of an answer, story, job or debrief, or the words that an interviewer said.
    """

    text: str
    source: str = ""
    kind: SourceKind = SourceKind.COURTESY
    where: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter to one interviewer. `attach` and `hints` are for the candidate: what to send along, what to add."""

    interviewer_id: str
    to: str
    subject: str
    paragraphs: tuple[tuple[Sentence, ...], ...]
    signed: str = ""
    email: str = ""
    attach: str = ""
    hints: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The letter as plain text."""
        body = "\n\n".join(" ".join(sentence.text for sentence in part) for part in self.paragraphs if part)
        name = f"\n{self.signed}" if self.signed else ""
        return f"Dear {self.to},\n\n{body}\n\nKind regards{name}\n"

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences in order."""
        return tuple(sentence for part in self.paragraphs for sentence in part)

    def traced(self) -> tuple[str, ...]:
        """For each sentence that claims something, where it comes from, in words."""
        return tuple(f"“{each.text}” comes from {each.source}." for each in self.sentences if each.source)


def draft_letters(occasion: Occasion) -> tuple[Letter, ...]:
    """One letter for each interviewer; they differ where the people do. Empty where nobody is known by name."""
    examples = _examples(occasion)
    return tuple(_letter(occasion, host, number, examples.get(host.id)) for number, host in enumerate(occasion.hosts))


# The examples: to each interviewer the one that fits best, no two the same while there are others.


@dataclass(frozen=True, slots=True)
class _Fit:
    """An example for an interviewer; `wish` is what they said that it speaks to, "" where it does not."""

    evidence: Evidence
    wish: str = ""


def _examples(occasion: Occasion) -> dict[str, _Fit]:
    if not occasion.evidence:
        return {}
    matcher = Matcher(
        (*(each.searched for each in occasion.evidence), *(wish for host in occasion.hosts for wish in host.wishes))
    )
    weighed = sorted(
        (
            (-_weight(matcher, host, each), place, at)
            for place, host in enumerate(occasion.hosts)
            for at, each in enumerate(occasion.evidence)
        ),
    )
    given: dict[int, int] = {}
    for fresh in (True, False):
        for _, place, at in weighed:
            if place not in given and (not fresh or at not in given.values()):
                given[place] = at
    return {
        occasion.hosts[place].id: _fit(matcher, occasion.hosts[place], occasion.evidence[at])
        for place, at in given.items()
    }


def _weight(matcher: Matcher, host: Host, evidence: Evidence) -> float:
    """How well an example suits an interviewer: their wishes first, then what they asked for, then its level."""
    match = max((matcher.match(wish, evidence.searched).strength for wish in host.wishes), default=0.0)
    said = max((matcher.match(each.text, evidence.searched).strength for each in host.said), default=0.0)
    own = evidence.asked_by in (host.id, host.name) and bool(evidence.asked_by)
    return 2 * match + 2 * said + 0.6 * (evidence.competency in host.competencies) + 0.5 * own + 0.2 * evidence.level


def _fit(matcher: Matcher, host: Host, evidence: Evidence) -> _Fit:
    said = [(matcher.match(each.text, evidence.searched), each.text) for each in host.said]
    best = max(said, key=lambda pair: pair[0].strength, default=None)
    return _Fit(evidence, best[1] if best and best[0].enough else "")


# One letter.


def _letter(occasion: Occasion, host: Host, number: int, fit: _Fit | None) -> Letter:
    words = _Words(occasion, number)
    said = _taken_up(host, fit)
    example = tuple(_example(words, occasion, host, said, fit)) if fit else ()
    return Letter(
        interviewer_id=host.id,
        to=host.name,
        subject=f"Thank you for our conversation about the role of {role_in_text(occasion.role)}"
        if occasion.role
        else "Thank you for our conversation",
        paragraphs=tuple(
            part
            for part in (
                (*_thanks(words, occasion), *_matter(words, host, said)),
                example,
                tuple(_reason(words, occasion)),
                tuple(_offer(words, occasion, host, said, fit)),
            )
            if part
        ),
        signed=occasion.candidate,
        email=host.email,
        attach=_attachment(occasion, said, fit),
        hints=tuple(_hints(occasion, host, fit)),
    )


def _taken_up(host: Host, fit: _Fit | None) -> tuple[Said, ...]:
    """What of all that was said the letter takes up: the problem, and the priority nearest to the example."""
    priorities = [each for each in host.said if each.kind is LearnedKind.PRIORITY]
    problems = [each for each in host.said if each.kind is LearnedKind.PROBLEM]
    wish = fit.wish if fit else ""
    priorities.sort(key=lambda each: each.text != wish)
    problems.sort(key=lambda each: each.text != wish)
    return (*priorities[:MOST_PRIORITIES], *problems[:1])


def _thanks(words: "_Words", occasion: Occasion) -> Iterator[Sentence]:
    yield Sentence(words.of("thanks", role=role_in_text(occasion.role), company=occasion.company))


def _matter(words: "_Words", host: Host, said: Sequence[Said]) -> Iterator[Sentence]:
    """What this person said matters to them, and that the role could help with it."""
    a_role = words.a_role
    for place, each in enumerate(said):
        it = in_a_sentence(from_outside(each.text))
        if each.kind is LearnedKind.PRIORITY:
            name = "priority_statement" if is_statement(each.text) else "priority_thing"
        else:
            name = "problem_also" if place else "problem"
        if each.kind is LearnedKind.PROBLEM and not is_statement(each.text):
            name, it = "priority_thing", it
        yield Sentence(words.of(name, it=it), _said_by(host), SourceKind.SAID, each.text)
    if said:
        last = said[-1]
        name = "help_problem" if last.kind is LearnedKind.PROBLEM else "help_priority"
        yield Sentence(words.of(name, a_role=a_role), _said_by(host), SourceKind.SAID, last.text)


def _example(words: "_Words", occasion: Occasion, host: Host, said: Sequence[Said], fit: _Fit) -> Iterator[Sentence]:
    evidence = fit.evidence
    asker = next((each for each in occasion.hosts if evidence.asked_by in (each.id, each.name)), None)
    ask = asked_about(evidence.ask) if evidence.kind is not SourceKind.STORY or asker else ""
    own = asker is not None and asker.id == host.id
    matched = bool(fit.wish) and any(each.text == fit.wish for each in said)
    if ask and own and matched:
        lead = words.of("lead_asked_matched", ask=ask)
    elif ask and own:
        lead = words.of("lead_asked", ask=ask)
    elif matched:
        lead = words.of("lead_matched")
    elif ask and asker:
        lead = words.of("lead_other", ask=ask, name=asker.name)
    else:
        lead = words.of("lead_plain")
    yield Sentence(lead, evidence.label, evidence.kind, evidence.where)
    for text in evidence.sentences:
        yield Sentence(text, evidence.label, evidence.kind, evidence.where)
    if evidence.use:
        yield Sentence(evidence.use, evidence.label, evidence.kind, evidence.where)


def _reason(words: "_Words", occasion: Occasion) -> Iterator[Sentence]:
    reason = occasion.reason
    if reason is None:
        yield Sentence(words.of("interest", role=role_in_text(occasion.role)))
        return
    name, it = ("reason_statement", in_a_sentence(reason.text)) if reason.plain else ("reason_quote", reason.text)
    yield Sentence(words.of(name, it=it), reason.label, reason.kind, reason.where)
    yield Sentence(words.of("renewed"))


def _offer(
    words: "_Words", occasion: Occasion, host: Host, said: Sequence[Said], fit: _Fit | None
) -> Iterator[Sentence]:
    problem = next((each for each in said if each.kind is LearnedKind.PROBLEM and is_statement(each.text)), None)
    if occasion.offer:
        offer = occasion.offer
        yield Sentence(words.of("offer_said", it=in_a_sentence(offer.text)), offer.label, offer.kind, offer.where)
    elif problem:
        yield Sentence(
            words.of("offer_problem", it=in_a_sentence(from_outside(problem.text))),
            _said_by(host),
            SourceKind.SAID,
            problem.text,
        )
    elif fit:
        yield Sentence(words.of("offer_example"), fit.evidence.label, fit.evidence.kind, fit.evidence.where)
    yield Sentence(words.of("availability"))


def _said_by(host: Host) -> str:
    return f"what {host.name} said in the interview"


# For the candidate only.


def _attachment(occasion: Occasion, said: Sequence[Said], fit: _Fit | None) -> str:
    """What could be sent along: what was offered, a short brief on the pressing problem, or a work sample."""
    if occasion.offer:
        return f"You offered it: “{occasion.offer.text}.”"
    problem = next((each for each in said if each.kind is LearnedKind.PROBLEM), None)
    if problem:
        return (
            f"A brief of one page on “{problem.text.rstrip('.')}”: what you would find out first, what you "
            f"would try, "
            "and how one would see that it works."
        )
    if fit:
        return f"Something that shows {fit.evidence.label}: a photo, a plan, a page of the work itself."
    return ""


def _hints(occasion: Occasion, host: Host, fit: _Fit | None) -> Iterator[str]:
    if not host.said:
        yield f"You did not note what matters most to {host.name}; if you know, say it in a sentence."
    if fit is None:
        yield "There is no example in this letter: no answer or story of yours can be sent as it stands. Add one."
    elif fit.evidence.spoken:
        yield "The example is in your words as they were taken down: check its names and numbers."
    if occasion.reason is None:
        yield "Your own reason for wanting this work is missing; say it in one sentence."
    yield from occasion.unfit
    if not occasion.candidate:
        yield "Your name is not known: set it with 'settings set candidate_name NAME', or sign by hand."


# The sentences.


@lru_cache(maxsize=1)
def _sentences() -> Mapping[str, Any]:
    import yaml

    with (shipped("assets") / "letters" / "sentences.yaml").open(encoding="utf-8") as file:
        document: Mapping[str, Any] = yaml.load(file, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return document


class _Words:
    """Sentences filled in for one letter; `number` chooses among those that say the same."""

    def __init__(self, occasion: Occasion, number: int) -> None:
        self._number = number
        self.a_role = a_or_an(occasion.role) if occasion.role else ""

    def of(self, sentence: str, /, **facts: str) -> str:
        """The sentence of that name. Where it depends on facts, the fullest whose facts are all known."""
        entry = _sentences()[sentence]
        choice = next(
            (each["say"] for each in entry if isinstance(each, dict) and all(facts.get(key) for key in each["when"])),
            entry,
        )
        text = str(choice[self._number % len(choice)])
        for key, value in facts.items():
            text = text.replace(f"{{{key}}}", value)
        return re.sub(r"([.!?])”?\.$", lambda found: found[0][:-1], text)

"""One answer read with all shipped rubrics at once; the reading is shared by every part of the scorecard."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from simulator.places import shipped
from simulator.scoring.clauses import cut_clauses
from simulator.scoring.cues import PhraseTree, Reading, Span
from simulator.scoring.rubric import Rubric, lexicon, load_yaml, shipped_rubric
from simulator.scoring.signals import find_signals
from simulator.scoring.tokens import Tokens


@dataclass(frozen=True, slots=True)
class Analysis:
    """Tokens, sentences, clauses, and the places of every family ("examples.outcome") in one answer."""

    tokens: Tokens
    reading: Reading
    clauses: tuple[Span, ...]
    found: Mapping[str, list[Span]]

    def of(self, rubric: Rubric) -> dict[str, list[Span]]:
        """The families of one rubric with their places.

        Left out are places that touch one of an `unless` family, and those too far from what the rubric reads around.
        """
        found = {
            family.id: self.found.get(f"signal.{family.signal}" if family.signal else f"{rubric.id}.{family.id}", [])
            for family in rubric.families
        }
        for family in rubric.families:
            ruled_out = [span for name in family.unless for span in found.get(name, ())]
            if ruled_out:
                found[family.id] = [
                    span
                    for span in found[family.id]
                    if not any(span.first <= other.last and other.first <= span.last for other in ruled_out)
                ]
        if rubric.around is None:
            return found
        middles = [span for name in rubric.around.families for span in found[name]]
        within = rubric.around.within
        return {
            name: [
                span
                for span in spans
                if any(
                    middle.first - within <= span.first and span.last <= middle.last + within for middle in middles
                )
            ]
            for name, spans in found.items()
        }


@lru_cache(maxsize=1)
def filler_phrases() -> tuple[str, ...]:
    """ "like", "you know", ...: listed apart from hesitations."""
    return tuple(load_yaml(shipped("assets") / "rubrics" / "manner.yaml")["phrases_apart"])


@lru_cache(maxsize=1)
def _question_document() -> Mapping[str, list[str]]:
    document: Mapping[str, list[str]] = load_yaml(shipped("assets") / "rubrics" / "questions.yaml")
    return document


@lru_cache(maxsize=1)
def shipped_tree() -> PhraseTree:
    """The phrases of all shipped rubrics in one tree. Built once, at the first answer."""
    families: list[tuple[str, tuple[str, ...]]] = []
    for name in ("examples", "motivation"):
        rubric = shipped_rubric(name)
        families.extend((f"{rubric.id}.{family.id}", family.phrases) for family in rubric.families if family.phrases)
    questions = _question_document()
    for part in ("openers", "leads", "decline", "step_ahead", "ties"):
        families.append((f"questions.{part}", tuple(questions[part])))
    for name, entry in questions["cues"].items():  # type: ignore[attr-defined]
        families.append((f"questions.{name}", tuple(entry["phrases"])))
    manner = load_yaml(shipped("assets") / "rubrics" / "manner.yaml")
    for group in (manner["manner"], manner["structure"]):
        families.extend((f"manner.{name}", tuple(phrases)) for name, phrases in group.items())
    return PhraseTree(families, lexicon())


def analyse(tokens: Tokens) -> Analysis:
    """Read one answer."""
    tree = shipped_tree()
    reading = tree.read(tokens)
    found = tree.find(reading)
    signals = find_signals(reading, found, lexicon())
    found.update((f"signal.{name}", spans) for name, spans in signals.items())
    return Analysis(tokens, reading, tuple(cut_clauses(tokens)), found)

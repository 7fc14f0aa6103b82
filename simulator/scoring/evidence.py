"""The words that earned a level: clauses of the answer with their place, time and what they earned."""

from collections.abc import Mapping, Sequence

from simulator.scoring.clauses import clause_at
from simulator.scoring.cues import Span
from simulator.scoring.rubric import STEPS, Rubric
from simulator.scoring.scorecard import CueShare, Quote
from simulator.scoring.tokens import Tokens
from simulator.speech.transcript import Transcript

MOST_QUOTES = 5
SHOWN_WORDS = 60
"""Letters of a found phrase kept for `--explain`."""


def words_of(transcript: Transcript, tokens: Tokens, span: Span) -> tuple[int, int, str]:
    """First and last word of the transcript, and the text as said, for a span of tokens."""
    first, last = tokens.word[span.first], tokens.word[span.last]
    return first, last, " ".join(word.text for word in transcript.words[first : last + 1])


def quote_of(transcript: Transcript, tokens: Tokens, span: Span, earns: str) -> Quote:
    """A quote with its word positions and times."""
    first, last, text = words_of(transcript, tokens, span)
    return Quote(text, first, last, transcript.words[first].start, transcript.words[last].end, earns)


def quotes_for(
    rubric: Rubric,
    found: Mapping[str, Sequence[Span]],
    transcript: Transcript,
    tokens: Tokens,
    clauses: Sequence[Span],
    level: int,
) -> tuple[Quote, ...]:
    """The clauses that weigh most, the heaviest first; each says what it earned most by."""
    weights: dict[int, dict[str, float]] = {}
    for family in rubric.families:
        if family.against:
            continue
        worth = sum(family.weight[: max(1, min(STEPS, level + 1))]) / family.cap
        if worth <= 0:
            continue
        for span in found.get(family.id, ()):
            here = weights.setdefault(clause_at(clauses, span.first), {})
            here[family.id] = max(here.get(family.id, 0.0), worth)
    ranked = sorted(weights.items(), key=lambda item: (-sum(item[1].values()), item[0]))
    labels = {family.id: family.label for family in rubric.families}
    quiet = {family.id for family in rubric.families if family.quiet}

    def earned_most(cues: Mapping[str, float]) -> str:
        return labels[max(sorted(cues), key=lambda name: (name not in quiet, cues[name]))]

    return tuple(
        quote_of(transcript, tokens, clauses[index], earned_most(cues)) for index, cues in ranked[:MOST_QUOTES]
    )


def cue_shares(
    rubric: Rubric,
    found: Mapping[str, Sequence[Span]],
    counts: Mapping[str, int],
    shares: Mapping[str, float],
    transcript: Transcript,
    tokens: Tokens,
) -> tuple[CueShare, ...]:
    """Every cue found, the heaviest first, with its words."""
    rows = []
    for family in rubric.families:
        if not counts.get(family.id):
            continue
        words = []
        for span in found.get(family.id, ()):
            text = words_of(transcript, tokens, span)[2][:SHOWN_WORDS]
            if text not in words:
                words.append(text)
        rows.append(CueShare(family.id, family.label, counts[family.id], shares.get(family.id, 0.0), tuple(words)))
    return tuple(sorted(rows, key=lambda row: (-abs(row.share), row.cue)))

"""What is not scored at all, and what holds a level down however many cues there are.

Words without sentences, the question read back, the same thing said again, cue words strung together:
none of them may earn a level. Thresholds are measured on the rated answers (docs/scoring.md).
"""


from simulator.scoring.grammar import Lexicon
from simulator.scoring.tokens import Tokens
from simulator.speech.transcript import Transcript

FEWEST_WORDS = 8
LEAST_ENGLISH = 0.28
"""Share of everyday English words below which the answer is another language or noise."""
LEAST_CONFIDENCE = 0.45
"""Mean word confidence of the speech model below which the words are guesses."""

TOO_LITTLE = "Too little was said to score."
NOT_ENGLISH = "These words do not read as English, so they are not scored."
UNINTELLIGIBLE = "Most words were hard to make out, so they are not scored."


def why_not_scored(
    transcript: Transcript, tokens: Tokens, lexicon: Lexicon, fewest: int = FEWEST_WORDS
) -> str | None:
    """Why an answer cannot be scored, in a plain sentence, or None."""
    if tokens.spoken < fewest:
        return TOO_LITTLE
    known = [word.confidence for word in transcript.words if word.confidence is not None]
    if len(known) >= fewest and sum(known) / len(known) < LEAST_CONFIDENCE:
        return UNINTELLIGIBLE
    everyday = lexicon.classes["everyday"]
    if sum(1 for token in tokens.text if token in everyday) < LEAST_ENGLISH * len(tokens):
        return NOT_ENGLISH
    return None

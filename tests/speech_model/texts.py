"""The words: what the model is trained to know, and the many ways in which they are spoken to it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parent.parent
SAMPLE_INTERVIEW = PROJECT / "assets" / "samples" / "sample_interview.yaml"

HESITATIONS = ("um", "uh")
_NOT_IN_WORDS = re.compile(r"[^a-z' ]")


@dataclass(frozen=True, slots=True)
class Texts:
    """Sentences in lower case. `training` holds the sample interview's own lines as well."""

    training: tuple[str, ...]
    sample_answers: tuple[str, ...]
    heldout: tuple[str, ...]

    @property
    def vocabulary(self) -> tuple[str, ...]:
        """Every word of the training text, sorted."""
        return tuple(sorted({word for sentence in self.training for word in sentence.split()}))


def read_texts() -> Texts:
    """The texts beside this file and the sample interview. Raises ValueError for a held-out word not trained."""
    interview: dict[str, Any] = yaml.safe_load(SAMPLE_INTERVIEW.read_text(encoding="utf-8"))
    answers = tuple(plain(turn["answer"]) for turn in interview["turns"])
    questions = tuple(plain(turn["question"]) for turn in interview["turns"])
    texts = Texts(
        training=(*_lines(HERE / "sentences.txt"), *questions, *answers),
        sample_answers=answers,
        heldout=_lines(HERE / "heldout.txt"),
    )
    unknown = {word for sentence in texts.heldout for word in sentence.split()} - set(texts.vocabulary)
    if unknown:
        raise ValueError(f"heldout.txt has words that are in no training sentence: {', '.join(sorted(unknown))}")
    return texts


def plain(text: str) -> str:
    """The text as the recogniser would write it: lower case words, single spaces."""
    return " ".join(_NOT_IN_WORDS.sub(" ", text.lower()).split())


def hesitating(sentence: str, chance: np.random.Generator) -> str:
    """The sentence with an "um" or "uh" somewhere before its last word."""
    words = sentence.split()
    words.insert(int(chance.integers(len(words))), str(chance.choice(HESITATIONS)))
    return " ".join(words)


def spoken_lines(texts: Texts, chance: np.random.Generator) -> list[str]:
    """What is said in one pass: every sentence once, and every word once out of context.

    Long texts are cut, some sentences hesitate, some are joined, and commas make pauses in odd
    places. The words out of context teach each word apart from its usual neighbours.
    """
    lines: list[str] = []
    for sentence in texts.training:
        for piece in _pieces(sentence.split(), chance):
            line = hesitating(piece, chance) if chance.random() < 0.2 else piece
            line = _with_pauses(line, chance)
            if lines and chance.random() < 0.12:
                lines[-1] = f"{lines[-1]} {line}"
            else:
                lines.append(line)
    shuffled = chance.permutation(np.array(texts.vocabulary)).tolist()
    lines += [_with_pauses(piece, chance) for piece in _pieces(shuffled, chance)]
    return lines


def _pieces(words: Sequence[str], chance: np.random.Generator) -> list[str]:
    """Cut into stretches of 6 to 16 words."""
    pieces: list[str] = []
    start = 0
    while start < len(words):
        end = start + int(chance.integers(6, 17))
        if len(words) - end < 3:
            end = len(words)
        pieces.append(" ".join(words[start:end]))
        start = end
    return pieces


def _with_pauses(line: str, chance: np.random.Generator) -> str:
    words = line.split()
    if chance.random() < 0.3:
        words[int(chance.integers(len(words)))] += ","
    return " ".join(words) + str(chance.choice(["", ".", "?", ","], p=[0.5, 0.3, 0.1, 0.1]))


def _lines(path: Path) -> tuple[str, ...]:
    return tuple(line.strip() for line in path.read_text(encoding="utf-8").splitlines() if line.strip())

"""What the pieces of a posting are, by a small network over the language model's words and the page's layout.

Words (their states in the language model, and how they are written) are looked at with their neighbours and pooled
to pieces; a recurrent layer runs over the pieces of the whole posting in both directions. For each piece it says
which kind of thing it is and whether something new begins with it; for each word whether role, company, place or
contact begins or ends there. `tests/posting_model/train.py` makes the weights.
"""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.errors import MissingPart
from simulator.language.model import LateModel, late_model
from simulator.paths import shipped
from simulator.preparation.posting_layout import PostingPage, piece_features, word_features

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Floats = NDArray[numpy.float32]

LABELS = (
    "must",
    "nice",
    "duty",
    "soft",
    "qual",
    "qualnice",
    "term",
    "about",
    "apply",
    "noise",
    "head",
    "title",
    "not",
)
"""What a piece of a posting may be.

Asked for: experience and skills that are needed (must) or welcome (nice), papers and checks alike (qual, qualnice),
what one will do (duty), what one should be like (soft). All else is not: what is offered (term), who they are
(about), how to apply (apply), what the page puts around it (noise), a heading (head), the role's name (title), and
what is said not to be needed (not).
"""
FACTS = ("role", "company", "place", "contact")


@dataclass(frozen=True, slots=True)
class PostingGuess:
    """What the network says of a page: pieces x labels (probabilities), pieces (whether something begins), and for
    words x facts the logarithms of beginning and of ending there, the last row for "it is not told"."""

    labels: "Floats"
    begins: "Floats"
    starts: "Floats"
    ends: "Floats"


class PostingModel:
    """The network, loaded; several of its kind that were trained apart are averaged."""

    def __init__(self, path: Path, model: LateModel = late_model) -> None:
        self._path, self._model = path, model

    @cached_property
    def _heads(self) -> list[dict[str, "Floats"]]:
        import numpy  # late

        heads: dict[str, dict[str, Floats]] = {}
        try:
            with numpy.load(self._path) as arrays:
                for name in arrays.files:
                    head, _, weight = name.partition("/")
                    heads.setdefault(head, {})[weight] = arrays[name].astype(numpy.float32)
        except (OSError, ValueError, KeyError) as error:
            raise MissingPart(
                f"Postings cannot be taken apart: {self._path} does not load ({type(error).__name__}).",
                "Get the app's files anew: a part of them is damaged or missing.",
            ) from None
        return list(heads.values())

    def guess(self, page: PostingPage) -> PostingGuess:
        """What each piece of a page is. Raises Missing where a model does not load."""
        import numpy  # late

        model = self._model.get()
        states = []
        for line in page.lines:
            words = model.word_states([word.text for word in line.words])
            states.append(numpy.hstack([words, word_features(line)]))
        return self.guess_from(page, states)

    def guess_from(self, page: PostingPage, states: "list[Floats]") -> PostingGuess:
        """As `guess`, with the states and features of each line's words given."""
        import numpy  # late

        gap = numpy.zeros((1, states[0].shape[1]), numpy.float32)
        rows = numpy.vstack([row for each in states for row in (each, gap)])
        real = numpy.concatenate([flag for each in states for flag in (numpy.ones(len(each), bool), [False])])
        sizes = numpy.array([piece.behind - piece.first for piece in page.pieces])
        features = piece_features(page)
        seen = [_run(head, rows, real.astype(bool), sizes, features) for head in self._heads]
        # Rounded before anything is decided, so that another order of sums on another machine changes nothing.
        labels, begins, starts, ends = (numpy.round(sum(each) / len(seen), 3) for each in zip(*seen, strict=True))
        return PostingGuess(labels, begins, starts, ends)


def _run(
    head: dict[str, "Floats"], rows: "Floats", real: Any, sizes: Any, features: "Floats"
) -> tuple["Floats", "Floats", "Floats", "Floats"]:
    """One network over one page; see `Net` in the training for the same in another library."""
    import numpy  # late

    words = _relu(_linear(head, "word", rows)) * real[:, None]
    edge = numpy.zeros((1, words.shape[1]), numpy.float32)
    beside = numpy.hstack([numpy.vstack([edge, words[:-1]]), words, numpy.vstack([words[1:], edge])])
    words = (words + _relu(_linear(head, "conv", beside)))[real]
    firsts = numpy.concatenate([[0], numpy.cumsum(sizes)[:-1]])
    pooled = numpy.hstack(
        [
            numpy.maximum.reduceat(words, firsts),
            numpy.add.reduceat(words, firsts) / sizes[:, None].astype(numpy.float32),
        ]
    )
    given = numpy.hstack([pooled, features])
    run = numpy.hstack([_recurrent(head, given, ""), _recurrent(head, given[::-1], "_reverse")[::-1]])
    joined = numpy.hstack([run, pooled])
    labels = _softmax(_linear(head, "lab", joined))
    begins: Any = 1 / (1 + numpy.exp(-_linear(head, "beg", joined)[:, 0]))
    piece_of = numpy.repeat(numpy.arange(len(sizes)), sizes)
    hidden = _relu(_linear(head, "fh", numpy.hstack([words, run[piece_of], labels[piece_of]])))
    spans = _linear(head, "span", hidden)
    untold = numpy.repeat(_linear(head, "null", run.max(axis=0)[None]), 2, axis=1)
    logs = numpy.log(_softmax(numpy.vstack([spans, untold]).T).T + 1e-9)
    found: tuple[Floats, Floats, Floats, Floats] = (labels, begins, logs[:, 0::2], logs[:, 1::2])
    return found


def _linear(head: dict[str, "Floats"], name: str, rows: "Floats") -> "Floats":
    found: Floats = rows @ head[f"{name}.weight"].T + head[f"{name}.bias"]
    return found


def _relu(rows: "Floats") -> "Floats":
    found: Floats = rows.clip(0)
    return found


def _softmax(rows: "Floats") -> "Floats":
    import numpy  # late

    high = numpy.exp(rows - rows.max(axis=-1, keepdims=True))
    found: Floats = high / high.sum(axis=-1, keepdims=True)
    return found


def _recurrent(head: dict[str, "Floats"], rows: "Floats", way: str) -> "Floats":
    """An LSTM over the rows."""
    import numpy  # late

    given = rows @ head[f"lstm.weight_ih_l0{way}"].T + head[f"lstm.bias_ih_l0{way}"] + head[f"lstm.bias_hh_l0{way}"]
    back = head[f"lstm.weight_hh_l0{way}"].T
    size = back.shape[0]
    state = memory = numpy.zeros(size, numpy.float32)
    out = numpy.zeros((len(rows), size), numpy.float32)
    for at, row in enumerate(given):
        gates = row + state @ back
        let_in, forget, let_out = (
            1 / (1 + numpy.exp(-gates[first : first + size])) for first in (0, size, 3 * size)
        )  # fmt: skip
        memory = forget * memory + let_in * numpy.tanh(gates[2 * size : 3 * size])
        state = let_out * numpy.tanh(memory)
        out[at] = state
    return out


@lru_cache(maxsize=1)
def shipped_posting_model() -> PostingModel:
    """The network that comes with the app."""
    return PostingModel(shipped("assets") / "posting" / "head.npz")

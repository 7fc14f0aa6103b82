"""The files that Vosk reads, written byte by byte in Kaldi's and OpenFst's formats.

Nothing of Kaldi is needed to write them. All numbers are little-endian.
"""

import math
import struct
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from .acoustic_model import CONTEXT, AcousticModel, Layer
from .graph import EPSILON, Graph
from .phones import PhoneTable
from .sound import COEFFICIENTS, HIGHEST_HERTZ, LOWEST_HERTZ, SAMPLE_RATE

_FST_MAGIC = 2_125_659_606
_FST_VERSION = 2
_FST_EXPANDED = 1
_INFINITE = float("inf")

MFCC_CONF = f"""\
--sample-frequency={SAMPLE_RATE}
--use-energy=false
--num-mel-bins={COEFFICIENTS}
--num-ceps={COEFFICIENTS}
--low-freq={LOWEST_HERTZ}
--high-freq={HIGHEST_HERTZ}
--dither=0
--allow-downsample=true
"""

MODEL_CONF = """\
--min-active=200
--max-active=3000
--beam=13.0
--lattice-beam=5.0
--acoustic-scale=0.35
--frame-subsampling-factor=3
--determinize-max-delay=10
--determinize-min-chunk-size=5
--endpoint.silence-phones=1
--endpoint.rule2.min-trailing-silence=0.5
--endpoint.rule3.min-trailing-silence=0.75
--endpoint.rule4.min-trailing-silence=1.0
--endpoint.rule5.min-utterance-length=120
"""
"""Rule 5 ends an utterance after 20 s unless told otherwise, in the middle of a word: an answer without a
pause would lose a word there."""


class _Writer:
    """Collects a Kaldi binary file: tokens end in a space, numbers are preceded by their size."""

    def __init__(self) -> None:
        self.content = bytearray(b"\0B")

    def token(self, *tokens: str) -> None:
        for token in tokens:
            self.content += token.encode() + b" "

    def integer(self, *values: int) -> None:
        for value in values:
            self.content += struct.pack("<bi", 4, value)

    def real(self, value: float) -> None:
        self.content += struct.pack("<bf", 4, value)

    def double(self, value: float) -> None:
        self.content += struct.pack("<bd", 8, value)

    def integers(self, values: Sequence[int]) -> None:
        self.content += struct.pack("<bi", 4, len(values)) + np.asarray(values, "<i4").tobytes()

    def vector(self, values: npt.ArrayLike) -> None:
        numbers = np.asarray(values, "<f4")
        self.token("FV")
        self.integer(len(numbers))
        self.content += numbers.tobytes()

    def matrix(self, values: npt.NDArray[np.float32]) -> None:
        """A compressed matrix: 16 bits a number, evenly between the least and the greatest."""
        least, greatest = float(values.min()), float(values.max())
        steps = np.round((values.astype(np.float64) - least) / (greatest - least) * 65_535)
        self.token("CM2")
        self.content += struct.pack("<ffii", least, greatest - least, *values.shape)
        self.content += steps.astype("<u2").tobytes()


def acoustic_model_file(model: AcousticModel, phones: PhoneTable) -> bytes:
    """`am/final.mdl`: the transition model, the network and the priors."""
    writer = _Writer()
    _transition_model(writer, phones)
    _network(writer, model.layers)
    writer.token("<LeftContext>")
    writer.integer(CONTEXT)
    writer.token("<RightContext>")
    writer.integer(CONTEXT)
    writer.token("<Priors>")
    # No phone is so rare that dividing by its share would make it loud.
    writer.vector(np.maximum(model.priors, 1e-4))
    return bytes(writer.content)


def graph_file(graph: Graph) -> bytes:
    """`graph/HCLG.fst`: OpenFst's "const" type over the tropical semiring."""
    states, arcs = bytearray(), bytearray()
    position = 0
    for number, leaving in enumerate(graph.arcs):
        silent_inputs = sum(arc.input == EPSILON for arc in leaving)
        silent_outputs = sum(arc.output == EPSILON for arc in leaving)
        weight = 0.0 if number in graph.final else _INFINITE
        states += struct.pack("<fIIII", weight, position, len(leaving), silent_inputs, silent_outputs)
        for arc in leaving:
            arcs += struct.pack("<iifi", arc.input, arc.output, arc.cost, arc.target)
        position += len(leaving)
    header = struct.pack("<i", _FST_MAGIC)
    for name in (b"const", b"standard"):
        header += struct.pack("<i", len(name)) + name
    header += struct.pack("<iiQqqq", _FST_VERSION, 0, _FST_EXPANDED, 0, len(graph.arcs), position)
    return header + bytes(states) + bytes(arcs)


def words_file(words: Sequence[str]) -> str:
    """`graph/words.txt`: every word with its number; 0 is the empty word."""
    return "".join(f"{word} {number}\n" for number, word in enumerate(("<eps>", *words)))


def write_model(
    folder: Path, model: AcousticModel, graph: Graph, words: Sequence[str], phones: PhoneTable
) -> dict[str, int]:
    """Write all files of the model below `folder`; returns the size of each in bytes."""
    files = {
        "am/final.mdl": acoustic_model_file(model, phones),
        "graph/HCLG.fst": graph_file(graph),
        "graph/words.txt": words_file(words).encode(),
        "graph/phones/word_boundary.int": phones.word_boundaries().encode(),
        "conf/mfcc.conf": MFCC_CONF.encode(),
        "conf/model.conf": MODEL_CONF.encode(),
    }
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return {name: len(content) for name, content in files.items()}


def _transition_model(writer: _Writer, phones: PhoneTable) -> None:
    """One emitting state per phone, which may repeat; the next state is the end."""
    every_phone = range(1, phones.phone_count + 1)
    writer.token("<TransitionModel>", "<Topology>")
    writer.integers(list(every_phone))
    # Which topology each phone has; phone 0 has none.
    writer.integers([-1, *(0 for _ in every_phone)])
    # One topology of two states. The first emits class 0 and has two transitions.
    writer.integer(1, 2, 0, 2)
    for target in (0, 1):
        writer.integer(target)
        writer.real(0.5)
    # The second emits nothing and has no transitions.
    writer.integer(-1, 0)
    writer.token("</Topology>", "<Triples>")
    writer.integer(phones.phone_count)
    for phone in every_phone:
        writer.integer(phone, 0, phones.output(phone))
    writer.token("</Triples>", "<LogProbs>")
    writer.vector([0.0] + [math.log(0.5)] * (2 * phones.phone_count))
    writer.token("</LogProbs>", "</TransitionModel>")


def _network(writer: _Writer, layers: Sequence[Layer]) -> None:
    lines = [f"input-node name=input dim={COEFFICIENTS}"]
    below = "input"
    for number, layer in enumerate(layers, start=1):
        affine, activation = _names(number, len(layers))
        lines.append(f"component-node name={affine} component={affine} input={_spliced(below, layer.offsets)}")
        lines.append(f"component-node name={activation} component={activation} input={affine}")
        below = activation
    lines.append(f"output-node name=output input={below} objective=linear")
    writer.token("<Nnet3>")
    writer.content += ("\n" + "\n".join(lines) + "\n\n").encode()
    writer.token("<NumComponents>")
    writer.integer(2 * len(layers))
    for number, layer in enumerate(layers, start=1):
        affine, activation = _names(number, len(layers))
        writer.token("<ComponentName>", affine, "<FixedAffineComponent>", "<LinearParams>")
        writer.matrix(layer.weights)
        writer.token("<BiasParams>")
        writer.vector(layer.bias)
        writer.token("</FixedAffineComponent>")
        kind = "LogSoftmaxComponent" if number == len(layers) else "RectifiedLinearComponent"
        writer.token("<ComponentName>", activation, f"<{kind}>", "<Dim>")
        writer.integer(len(layer.bias))
        # Training statistics, which a finished network has no use for.
        for statistic in ("<ValueAvg>", "<DerivAvg>"):
            writer.token(statistic)
            writer.vector([])
        writer.token("<Count>")
        writer.double(0.0)
        writer.token(f"</{kind}>")
    writer.token("</Nnet3>")


def _names(number: int, count: int) -> tuple[str, str]:
    if number == count:
        return "output.affine", "output.log-softmax"
    return f"tdnn{number}.affine", f"tdnn{number}.relu"


def _spliced(source: str, offsets: Sequence[int]) -> str:
    """Kaldi's words for "these frames of the layer below, side by side"."""
    if len(offsets) == 1:
        return source
    parts = [source if offset == 0 else f"Offset({source}, {offset})" for offset in offsets]
    return f"Append({', '.join(parts)})"

"""The network that tells from a sixth of a second of sound which phone is being spoken.

A time-delay network of four layers: plain convolutions over time, wider apart in the upper layers.
It sees `CONTEXT` frames to either side. Small enough to be trained on two cores in a few minutes.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

from .corpus import Example
from .phones import SILENCE
from .sound import COEFFICIENTS

Array = npt.NDArray[np.float32]

OFFSETS = ((-2, -1, 0, 1, 2), (-3, 0, 3), (-3, 0, 3), (0,))
"""Which frames of the layer below each layer looks at."""

CONTEXT = sum(max(offsets) for offsets in OFFSETS)

_CHUNK = 100
_THREADS = 2
_IGNORED = -1


@dataclass(frozen=True, slots=True)
class Layer:
    """An affine map over the spliced frames `offsets` of the layer below: `weights` is (out, in * offsets)."""

    offsets: tuple[int, ...]
    weights: Array
    bias: Array


@dataclass(frozen=True, slots=True)
class AcousticModel:
    """A trained network. `priors` tells how common each of the `sounds` is in the training speech."""

    sounds: tuple[str, ...]
    layers: tuple[Layer, ...]
    priors: Array


def train(
    examples: Sequence[Example], width: int, epochs: int, seed: int, report: Callable[[str], None]
) -> AcousticModel:
    """Train on all examples; `report` gets one line per epoch."""
    torch.manual_seed(seed)
    torch.use_deterministic_algorithms(True)
    # Sums depend on how many threads share them, so their number is fixed.
    torch.set_num_threads(_THREADS)
    counts = Counter(label for example in examples for label in example.labels)
    sounds = (SILENCE, *sorted(set(counts) - {SILENCE}))
    mean, deviation = _statistics(examples)
    inputs, targets = _chunks(examples, sounds, mean, deviation)
    network = _network(width, len(sounds))
    batch = 64
    steps = epochs * -(-len(inputs) // batch)
    optimizer = torch.optim.AdamW(network.parameters(), lr=2e-3, weight_decay=1e-3)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 6e-3, total_steps=steps, pct_start=0.15)
    judge = nn.CrossEntropyLoss(ignore_index=_IGNORED)
    for epoch in range(epochs):
        order = torch.randperm(len(inputs))
        loss_sum, right, known = 0.0, 0, 0
        for start in range(0, len(order), batch):
            chosen = order[start : start + batch]
            scores = network(inputs[chosen])
            loss = judge(scores, targets[chosen])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            counted = targets[chosen] != _IGNORED
            loss_sum += loss.item() * int(counted.sum())
            right += int(((scores.argmax(1) == targets[chosen]) & counted).sum())
            known += int(counted.sum())
        report(f"epoch {epoch + 1}/{epochs}: loss {loss_sum / known:.3f}, frames right {right / known:.1%}")
    total = sum(counts.values())
    return AcousticModel(
        sounds=sounds,
        layers=_exported(network, mean, deviation),
        priors=np.array([counts[sound] / total for sound in sounds], dtype=np.float32),
    )


def _statistics(examples: Sequence[Example]) -> tuple[Array, Array]:
    rows = np.concatenate([example.features for example in examples])
    return rows.mean(0), rows.std(0)


def _chunks(
    examples: Sequence[Example], sounds: tuple[str, ...], mean: Array, deviation: Array
) -> tuple[torch.Tensor, torch.Tensor]:
    """Stretches of equal length, each with its context to both sides; the rest of the last one is ignored."""
    number = {sound: index for index, sound in enumerate(sounds)}
    inputs: list[Array] = []
    targets: list[npt.NDArray[np.int64]] = []
    for example in examples:
        length = len(example.labels)
        padding = -length % _CHUNK
        rows = (example.features - mean) / deviation
        # Vosk repeats the first and the last frame where the context reaches beyond the sound.
        rows = np.pad(rows, ((CONTEXT, CONTEXT + padding), (0, 0)), mode="edge")
        labels = np.full(length + padding, _IGNORED, dtype=np.int64)
        labels[:length] = [number[label] for label in example.labels]
        for start in range(0, length, _CHUNK):
            inputs.append(rows[start : start + _CHUNK + 2 * CONTEXT].T)
            targets.append(labels[start : start + _CHUNK])
    return torch.from_numpy(np.stack(inputs)), torch.from_numpy(np.stack(targets))


def _network(width: int, outputs: int) -> nn.Sequential:
    modules: list[nn.Module] = []
    size = COEFFICIENTS
    for index, offsets in enumerate(OFFSETS):
        last = index == len(OFFSETS) - 1
        dilation = offsets[1] - offsets[0] if len(offsets) > 1 else 1
        following = outputs if last else width
        modules.append(nn.Conv1d(size, following, len(offsets), dilation=dilation))
        if not last:
            modules.append(nn.ReLU())
        size = following
    return nn.Sequential(*modules)


def _exported(network: nn.Sequential, mean: Array, deviation: Array) -> tuple[Layer, ...]:
    layers: list[Layer] = []
    convolutions = [module for module in network if isinstance(module, nn.Conv1d)]
    for index, (convolution, offsets) in enumerate(zip(convolutions, OFFSETS, strict=True)):
        assert convolution.bias is not None
        kernel = convolution.weight.detach().numpy().astype(np.float64)
        bias = convolution.bias.detach().numpy().astype(np.float64)
        if index == 0:
            # The features reach Vosk's network as they are; their scaling becomes part of the first layer.
            kernel = kernel / deviation[None, :, None]
            bias = bias - np.einsum("oik,i->o", kernel, mean.astype(np.float64))
        spliced = np.concatenate([kernel[:, :, k] for k in range(kernel.shape[2])], axis=1)
        layers.append(Layer(offsets, spliced.astype(np.float32), bias.astype(np.float32)))
    return tuple(layers)

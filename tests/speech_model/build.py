"""Build the sample speech model: `python -m tests.speech_model.build`.

From sentences to a folder that `vosk.Model` loads, in a few minutes on two cores and without any
network: speak, train, write. See README.md beside this file.
"""

import argparse
import time
from pathlib import Path

from simulator.speech.model_trust import keep_sums

from .acoustic_model import train
from .corpus import make_corpus
from .graph import build_graph
from .kaldi_files import write_model
from .language_model import learn
from .lexicon import learn_pronunciations
from .phones import PhoneTable
from .texts import PROJECT, read_texts


def build(folder: Path, *, passes: int, epochs: int, width: int, seed: int, workers: int) -> None:
    """Build the model into `folder`, reporting each step."""
    started = time.monotonic()

    def report(line: str) -> None:
        print(f"{time.monotonic() - started:6.0f} s  {line}", flush=True)

    texts = read_texts()
    words = texts.vocabulary
    corpus = make_corpus(passes, seed, workers)
    report(f"{len(words)} words, {len(corpus.examples)} utterances, {corpus.hours:.1f} hours of speech")

    model = train(corpus.examples, width, epochs, seed, report)
    phones = PhoneTable(model.sounds)
    lexicon = learn_pronunciations(words, corpus.heard)
    graph = build_graph(words, lexicon, learn(texts.training), phones)
    report(
        f"{len(model.sounds)} sounds, {sum(map(len, lexicon.values()))} pronunciations, "
        f"{len(graph.arcs)} states, {sum(map(len, graph.arcs))} arcs"
    )

    sizes = write_model(folder, model, graph, words, phones)
    keep_sums(folder)
    for name, size in sizes.items():
        report(f"{size:8} bytes  {name}")
    report(f"{sum(sizes.values()):8} bytes in all, in {folder}")


def main() -> None:
    """Read the choices and build."""
    parser = argparse.ArgumentParser(description="Build the sample speech model.")
    parser.add_argument("--folder", type=Path, default=PROJECT / "assets" / "sample_speech_model")
    parser.add_argument("--passes", type=int, default=12, help="how often every sentence is spoken")
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--width", type=int, default=144, help="units in each hidden layer of the network")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--workers", type=int, default=2, help="processes that synthesise")
    choices = parser.parse_args()
    build(
        choices.folder,
        passes=choices.passes,
        epochs=choices.epochs,
        width=choices.width,
        seed=choices.seed,
        workers=choices.workers,
    )


if __name__ == "__main__":
    main()

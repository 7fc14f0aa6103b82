"""The language model: words to probabilities, sentences to vectors, the same on every machine."""

import subprocess
import sys
from pathlib import Path
from threading import Event

import numpy
import pytest

from simulator.errors import MissingPart
from simulator.language.model import (
    DIGITS,
    Encoder,
    LanguageModel,
    LateModel,
    late_model,
    load_shipped,
    windows,
)
from simulator.paths import shipped

SAID = "last winter i rang every customer myself and two of them came back the week after"
WORDS = tuple(SAID.split())


@pytest.fixture(scope="module")
def model() -> LanguageModel:
    return late_model.get()


def test_every_word_gets_a_probability_for_every_label(model: LanguageModel) -> None:
    found = model.read_words("Tell me about a time.", WORDS)
    assert found.shape == (len(WORDS), len(model.labels))
    assert ((found >= 0) & (found <= 1)).all()
    assert numpy.array_equal(found, numpy.round(found.astype(numpy.float64), DIGITS).astype(numpy.float32))


def test_no_words_are_no_rows(model: LanguageModel) -> None:
    assert model.read_words("Why?", []).shape == (0, len(model.labels))


def test_odd_words_are_read_like_any_others(model: LanguageModel) -> None:
    odd = ["\u200b", "caf\udce9", "…", "x" * 5_000, "🙂", "ﬁ", "-"]
    assert model.read_words("?", odd).shape == (len(odd), len(model.labels))


def test_a_long_answer_is_read_to_its_end_in_overlapping_windows(model: LanguageModel) -> None:
    long = WORDS * 60
    found = model.read_words("Tell me about a time.", long)
    assert len(found) == len(long)
    own_action = found[:, model.labels.index("own_action")]
    assert own_action[-len(WORDS) :].max() > 0.2


def test_windows_cover_every_word_once_and_never_exceed_their_room() -> None:
    for sizes in ([1] * 1_000, [12] * 300, [3, 9, 1] * 150):
        taken: list[int] = []
        for window in windows(sizes, 200):
            assert sum(sizes[window.first : window.behind]) <= 200
            assert window.first <= window.kept_first < window.kept_behind <= window.behind
            taken.extend(range(window.kept_first, window.kept_behind))
        assert taken == list(range(len(sizes)))


def test_sentences_that_mean_the_same_are_nearer_than_others(model: LanguageModel) -> None:
    vectors = model.sentence_vectors(
        ["I rang the pharmacist about the chart.", "She called the chemist to ask.", "The roof was painted blue."]
    )
    assert numpy.allclose(numpy.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2] + 0.2


def test_one_and_two_threads_read_alike() -> None:
    encoder, head = shipped("assets") / "language_model", shipped("assets") / "reading" / "head.onnx"
    one, two = (LanguageModel(Encoder(encoder, n), head, n) for n in (1, 2))
    for question in ("Tell me about a time.", "Why here?"):
        assert numpy.array_equal(one.read_words(question, WORDS), two.read_words(question, WORDS))


@pytest.mark.parametrize("name", ["lower.onnx", "tokenizer.json"])
def test_a_damaged_file_is_told_with_a_hint(tmp_path: Path, name: str) -> None:
    source = shipped("assets") / "language_model"
    for path in ("lower.onnx", "tokenizer.json"):
        (tmp_path / path).write_bytes(b"damaged" if path == name else (source / path).read_bytes())
    with pytest.raises(MissingPart, match="does not load") as missing:
        Encoder(tmp_path)
    assert missing.value.hint


def test_the_model_is_loaded_once_in_the_background_and_its_absence_is_told_each_time() -> None:
    loaded, calls = Event(), []

    def load() -> LanguageModel:
        calls.append(1)
        loaded.set()
        raise MissingPart("No model here.", "Get one.")

    late = LateModel(load)
    late.begin_loading()
    assert loaded.wait(10)
    for _ in range(2):
        with pytest.raises(MissingPart, match="No model here"):
            late.get()
    assert len(calls) == 1


def test_without_onnx_runtime_the_app_says_so_and_names_the_hint() -> None:
    code = (
        "import sys; sys.modules['onnxruntime'] = None\n"
        "from simulator.language.model import load_shipped\n"
        "from simulator.errors import MissingPart\n"
        "try: load_shipped()\n"
        "except MissingPart as missing: print(missing)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "onnxruntime" in done.stdout
    assert ".venv" in done.stdout


def test_the_shipped_model_names_its_version() -> None:
    assert load_shipped().version

"""The marked answers are in order, and as many and as varied as the docs say."""

from collections import Counter
from pathlib import Path

import pytest

from simulator.reading.reader import prompt_of
from tests.reading_model.forms import LABELS, as_recognised, as_written, labels_of, misheard, vocabulary_of
from tests.reading_model.marks import Fault, MarkedAnswer, answer_of, answers_in

HERE = Path(__file__).parent
FOLDERS = ("answers", "kept_apart", "second_reader")


def everything(folder: str) -> list[MarkedAnswer]:
    return [answer for path in sorted((HERE / folder).glob("*.txt")) for answer in answers_in(path)]


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_answer_can_be_read_and_has_an_id_of_its_own(folder: str) -> None:
    found = everything(folder)
    assert found
    assert max(Counter(answer.id for answer in found).values()) == 1


def test_there_are_as_many_as_promised() -> None:
    trained, apart = everything("answers"), everything("kept_apart")
    both = [*trained, *apart]
    groups = Counter(answer.group for answer in both)
    assert len(both) >= 1_600
    assert len(apart) >= 220
    assert len({answer.occupation for answer in both}) >= 140
    assert len({answer.id.split("-")[0] for answer in both}) >= 10
    assert groups["first_try"] >= 600
    assert groups["short_typed"] >= 250
    assert sum(answer.kind == "motivation" for answer in both) >= 350
    assert sum(answer.kind == "closing" for answer in both) >= 300
    assert groups["other_kind"] >= 150
    assert groups["misleading"] >= 150
    assert len(everything("second_reader")) >= 200


def test_nothing_kept_apart_is_trained_on() -> None:
    trained = {answer.text for answer in everything("answers")}
    assert not any(answer.text in trained for answer in everything("kept_apart"))


def test_the_second_reader_read_the_same_words() -> None:
    first = {answer.id: answer for answer in everything("kept_apart")}
    for answer in everything("second_reader"):
        assert answer.words == first[answer.id].words, answer.id


def test_marks_are_taken_out_of_the_words() -> None:
    answer = answer_of(
        "== x-1 | behavioural | spoken | told | examples=3 motivation=0 | baker\n"
        "? What went wrong?\n"
        "{Um,} [occasion:one night] [own_action+checkable:I threw out [checkable:forty loaves]].\n"
    )
    assert answer.words == ("Um,", "one", "night", "I", "threw", "out", "forty", "loaves.")
    assert answer.dropped[0]
    assert [(mark.element, mark.first, mark.last) for mark in answer.marks] == [
        ("occasion", 1, 2),
        ("checkable", 3, 7),
        ("own_action", 3, 7),
        ("checkable", 6, 7),
    ]


@pytest.mark.parametrize(
    "body",
    ["[deed:I rang]", "[own_action:I rang", "I rang]", "[own_action:]", "{um", "[question:why]", "[claim.role:x]"],
)
def test_a_fault_in_the_marks_is_told(body: str) -> None:
    with pytest.raises(Fault):
        answer_of(f"== x-1 | behavioural | spoken | told | examples=3 motivation=0 | baker\n? Why?\n{body}\n")


def test_forms_keep_word_and_label_together() -> None:
    import random

    answer = next(
        each for each in everything("answers") if each.form == "spoken" and not any(map(str.isdigit, each.text))
    )
    assert len(as_written(answer).words) == len(as_written(answer).labels) == len(labels_of(answer))
    heard = as_recognised(answer, random.Random(1))
    assert all(word == word.lower() and not set(word) & set(".,?!") for word in heard.words)
    rough = misheard(heard, random.Random(1), 0.3, vocabulary_of([heard]))
    assert len(rough.words) == len(rough.labels)
    assert all(0 <= label < len(LABELS) for labels in rough.labels for label in labels)
    assert prompt_of("Why?", ("So.",)) == "Why? So."

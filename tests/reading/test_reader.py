"""From probabilities to a reading."""

from collections.abc import Sequence

import pytest

from simulator.reading.elements import GRADES, elements
from simulator.reading.reader import FAINT_FROM, Bounds, denied_below, read, reading_of, shipped_bounds, trimmed
from simulator.reading.reading import Reading
from simulator.speech.transcript import typed

LABELS = (
    *(element for element in elements() if element != "question"),
    *(f"question.{grade}" for grade in GRADES),
    *("begin", "dropped", "stop", "asks", "comma", "capital", "garbled"),
)
EVEN = Bounds(
    inside=dict.fromkeys([*LABELS, "question"], 0.5),
    there=dict.fromkeys([*LABELS, "question"], 0.6),
    quoted=dict.fromkeys([*LABELS, "question"], 0.7),
    sure=dict.fromkeys([*LABELS, "question"], 0.65),
    word=dict.fromkeys(LABELS, 0.5),
)


def read_rows(text: str, **columns: Sequence[float]) -> Reading:
    words = tuple(text.split())
    told = {name.replace("__", "."): values for name, values in columns.items()}
    rows = [[float(told[label][n]) if label in told else 0.0 for label in LABELS] for n in range(len(words))]
    return reading_of(words, LABELS, rows, "test", EVEN)


def spans(reading: Reading) -> list[tuple[str, str, float]]:
    return [
        (span.element, " ".join(reading.words[span.first_word : span.last_word + 1]), span.probability)
        for span in reading.spans
    ]


def test_a_stretch_of_sure_words_is_a_span_with_the_probability_of_its_surest() -> None:
    assert spans(read_rows("so i rang her yes", own_action=(0.1, 0.9, 0.8, 0.7, 0.2))) == [
        ("own_action", "i rang her", 0.8)
    ]


def test_one_unsure_word_does_not_end_a_span_but_two_do() -> None:
    held = read_rows("i rang her up twice", own_action=(0.9, 0.9, 0.3, 0.9, 0.9))
    assert [words for _, words, _ in spans(held)] == ["i rang her up twice"]
    parted = read_rows("i rang and then i drove", own_action=(0.9, 0.9, 0.1, 0.1, 0.9, 0.9))
    assert [words for _, words, _ in spans(parted)] == ["i rang", "i drove"]


def test_a_new_beginning_parts_two_deeds_told_in_one_breath() -> None:
    reading = read_rows("i rang her i drove over", own_action=(0.9,) * 6, begin=(0.9, 0, 0, 0.9, 0, 0))
    assert [words for _, words, _ in spans(reading)] == ["i rang her", "i drove over"]


def test_an_element_not_sure_enough_is_neither_there_nor_denied() -> None:
    reading = read_rows("i rang her", own_action=(0.55, 0.55, 0.55), outcome=(0.1, 0.1, 0.1))
    assert not reading.has("own_action")
    assert reading.faint == ("own_action",)
    traced = read_rows("i rang her", own_action=(0.25, 0.25, 0.25), outcome=(0.15, 0.15, 0.15))
    assert traced.faint == ("own_action",)
    assert traced.not_ruled_out == ("outcome",), "a trace is enough not to deny it"


@pytest.mark.parametrize("element", ["own_action", "step", "attraction", "outcome", "occasion"])
def test_from_what_trace_on_an_element_is_not_denied(element: str) -> None:
    bound = denied_below(element)
    assert bound < FAINT_FROM
    assert read_rows("i rang her", **{element: (bound,) * 3}).not_ruled_out == (element,)
    assert read_rows("i rang her", **{element: (bound - 0.02,) * 3}).not_ruled_out == ()


def test_a_question_of_any_grade_that_may_be_there_is_not_denied() -> None:
    reading = read_rows("what comes first", question__role=(0.2, 0.2, 0.2), question__generic=(0.1, 0.1, 0.1))
    assert not reading.questions
    assert "question" in reading.faint


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("we met at the the depot", "we met at the depot"),
        ("it is on the on the website", "it is on the website"),
        ("that's that's all i'm i'm done", "that's all i'm done"),
        ("we had a we had a day of it", "we had a day of it"),
        ("i had had it very very well", "i had had it very very well"),
        ("i said that that was new", "i said that that was new"),
    ],
)
def test_words_said_again_at_once_are_left_out_unless_people_say_them_twice(said: str, left: str) -> None:
    reading = read_rows(said)
    kept = [word for place, word in enumerate(reading.words) if place not in reading.dropped]
    assert " ".join(kept) == left


def test_a_question_takes_the_grade_that_is_likeliest() -> None:
    reading = read_rows("what comes first", question__role=(0.6, 0.7, 0.6), question__generic=(0.2, 0.1, 0.2))
    assert [(span.element, span.grade, span.level) for span in reading.questions] == [("question", "role", 3)]


def test_a_sure_question_needs_little_to_end_with_its_mark() -> None:
    asked = read_rows("what comes first", question__role=(0.8, 0.8, 0.8), asks=(0, 0, 0.15))
    unsure = read_rows("what comes first", question__role=(0.65, 0.65, 0.65), asks=(0, 0, 0.15))
    assert (asked.asks, unsure.asks) == ((2,), ())


@pytest.mark.parametrize(
    ("text", "act", "own"),
    [
        ("because a fitter had come and moved the pump", "moved the pump", False),
        ("the fitter moved the pump", "moved the pump", False),
        ("because a fitter had come and i moved the pump", "moved the pump", True),
        ("i came in and moved the pump", "moved the pump", True),
        ("A fitter had come. Moved the pump", "Moved the pump", True),
        ("and then moved the pump", "moved the pump", True),
    ],
)
def test_an_act_without_i_that_goes_on_about_somebody_else_is_not_ones_own(text: str, act: str, own: bool) -> None:
    words = text.split()
    first = words.index(act.split()[0])
    row = [0.9 if first <= n < first + 3 else 0.0 for n in range(len(words))]
    assert read_rows(text, own_action=row).has("own_action") is own


def test_what_goes_on_from_an_act_of_ones_own_is_ones_own() -> None:
    row = (0.9, 0.9, 0.9, 0.0, 0.0, 0.9, 0.9, 0.9)
    assert len(read_rows("stopped the pump and then closed the valve", own_action=row).of("own_action")) == 2


def test_joints_and_sounds_of_thinking_at_the_ends_belong_to_no_span() -> None:
    assert trimmed(["and", "um", "i", "rang", "her", "and", "so"], 0, 6) == (2, 4)


def test_disfluencies_have_their_kind() -> None:
    reading = read_rows("um i i rang i went no she came", dropped=(0.9, 0.9, 0, 0, 0.9, 0.9, 0.9, 0, 0))
    assert [each.kind for each in reading.disfluencies] == ["repetition", "false start"]
    assert read_rows("well um yes").disfluencies[0].kind == "filler"


def test_the_words_likely_to_be_an_element_are_told_one_by_one() -> None:
    assert read_rows("i rang", own_action=(0.9, 0.1)).likely == ({"own_action": 0.9}, {})


def test_no_words_give_an_empty_reading() -> None:
    class Nothing:
        labels = tuple(LABELS)
        version = "test"

        def read_words(self, prompt: str, words: Sequence[str]) -> list[list[float]]:
            return []

    assert read(typed(""), "Why?", Nothing()).spans == ()


@pytest.mark.parametrize("kind", ["inside", "there", "quoted", "sure"])
def test_every_element_has_its_bounds(kind: str) -> None:
    assert set(getattr(shipped_bounds(), kind)) == set(elements())

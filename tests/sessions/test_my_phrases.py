"""My phrases: what is said again and again, each place of it true and to be heard."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from simulator.assessment import score_answer
from simulator.questions.bank import Kind, Question
from simulator.scoring.phrases import Phrases
from simulator.sessions.my_phrases import (
    MOST_OF_A_KIND,
    MyPhrases,
    PhraseKind,
    hedge_phrases,
    my_phrases,
    phrases_text,
    usual_words,
)
from simulator.sessions.session import Answer, Utterance
from simulator.sessions.store import Store
from simulator.speech.transcript import typed
from tests.fakes import spoken
from tests.reading_model import usual_words as counting
from tests.sessions.made import CALM, STRONG, answered, context_of, practice

GROUP = (
    "last october we had the church in malden the whole north side was rotten so we worked two weekends straight we "
    "put the scaffolding up ourselves and we got it done a day early"
)


def asked(number: int) -> Question:
    return Question(f"q{number}", f"Question {number}?", Kind.BEHAVIOURAL, "conflict", ("examples",), 90)


def said(*answers: str) -> tuple[Answer, ...]:
    """Answers to as many questions."""
    return tuple(answered("kept", number, asked(number), words) for number, words in enumerate(answers))


def times(found: MyPhrases, kind: PhraseKind) -> dict[str, int]:
    return {phrase.words: phrase.count for phrase in found.of(kind)}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path / "sessions.sqlite3")
    yield opened
    opened.close()


def test_fillers_are_those_that_the_reading_leaves_out() -> None:
    oven = "um so like last winter the oven stopped and you know i ran next door and um yeah they let me use theirs"
    rota = "uh last spring the rota was wrong and you know i wrote a new one and um they all liked it in the end"
    found = my_phrases(said(oven, rota))
    fillers = times(found, PhraseKind.FILLER)
    assert fillers["um"] == 3
    assert fillers["you know"] == 2
    assert "uh" not in fillers, "once is no habit"


def test_a_word_that_is_rarely_a_filler_is_not_called_one() -> None:
    words = "last spring i like to think the guests like what i like to cook and they like my soup and like um paid"
    assert "like" not in times(my_phrases(said(words)), PhraseKind.FILLER)


def test_hedges_are_told_from_the_same_words_with_another_meaning() -> None:
    found = my_phrases(
        said(
            "i had just started and it was that kind of shift so i took the keys just in time a sort of relief",
            "i was just like the others and i just like people and i just always did",
            "i just told her that i guess the kind of night was over and it was kind of my fault",
        )
    )
    assert times(found, PhraseKind.HEDGE) == {"I guess": 1, "just": 3, "kind of": 1}


def test_every_hedge_of_the_file_can_be_found() -> None:
    assert len(hedge_phrases()) > 8
    assert all(isinstance(says, Phrases) for _, says, _ in hedge_phrases())


def test_we_is_told_only_where_the_own_part_is_missing_or_shorter() -> None:
    (group,) = my_phrases(said(GROUP, STRONG)).of(PhraseKind.GROUP)
    assert group.answers == 1
    assert all("we" in place.words.split() for place in group.places)
    assert any("put the scaffolding up" in place.words for place in group.places)


def test_words_said_most_are_habits_and_not_the_words_of_one_story() -> None:
    habit = "last winter the oven stopped at the end of the day i phoned the shop and at the end of the day it ran"
    found = my_phrases(
        said(
            habit,
            "at the end of the day i wrote a new rota and they liked it honestly",
            "the oven the oven the oven broke and i mended it myself",
        )
    )
    often = times(found, PhraseKind.OFTEN)
    assert often["at the end of the day"] == 3
    assert "end of the day" not in often, "the whole of it is the phrase"
    assert not {"the", "and", "was"} & often.keys(), "everybody says them"


@pytest.mark.thorough
def test_what_everybody_says_is_counted_in_the_marked_answers() -> None:
    assert usual_words()["the"] > usual_words()["because"] > usual_words()["a lot of"] > 0
    written = (Path("assets") / "reading" / "usual_words.yaml").read_text(encoding="utf-8")
    assert counting.usual(counting.marked()) == written


def test_each_place_leads_to_the_sound() -> None:
    answer = answered("kept", 0, CALM, "um last winter i took him to the side room")
    behind = Utterance("And then?", spoken("i um called the ward um myself"), recording="kept/2.flac")
    both = replace(answer, utterances=(*answer.utterances, behind))
    both = replace(both, scorecard=score_answer(both.transcript, context_of(CALM)))
    (um, *_) = my_phrases((both,)).of(PhraseKind.FILLER)
    assert [(place.utterance, place.second) for place in um.places] == [(0, 0.0), (1, 0.4), (1, 2.0)]
    assert um.often == "3 times in 1 answer"
    assert um.places[1].before.endswith("room i")


def test_what_was_typed_has_no_second_and_what_was_not_read_is_left_out() -> None:
    typed_answer = answered("kept", 0, CALM, typed("um i took the keys and um i left"))
    unread = replace(answered("kept", 1, CALM, STRONG), scorecard=None)
    changed = replace(typed_answer, id="other", utterances=(Utterance("", typed("something else")),))
    found = my_phrases((typed_answer, unread, changed))
    assert found.answers == 1
    assert {place.second for phrase in found.phrases for place in phrase.places} == {None}


def test_the_list_stays_short_and_says_in_how_many_answers() -> None:
    found = my_phrases(said(*[f"um i guess i just moved box {n} and um kind of waited maybe" for n in range(30)]))
    assert all(len(found.of(kind)) <= MOST_OF_A_KIND for kind in PhraseKind)
    text = phrases_text(found)
    assert "60 times in 30 answers" in text
    assert "From your latest answers: 30 questions, " in text


def test_a_speech_model_without_hesitations_is_not_taken_for_a_clean_speaker() -> None:
    deaf = replace(spoken(STRONG), hesitations_heard=False)
    assert "does not write them down" in phrases_text(my_phrases((answered("kept", 0, CALM, deaf),)))


def test_nothing_said_yet_is_told_with_the_way_to_start() -> None:
    assert "practice" in phrases_text(my_phrases(()))


def test_the_latest_answers_come_without_the_sample_and_without_what_was_skipped(store: Store) -> None:
    store.begin(practice("20261123-140509-7f3a"))
    store.begin(practice("20261124-140509-7f3a", sample=True, answers=()))
    kept = store.latest_answers(3)
    assert [answer.answered_at[11:16] for answer in kept] == ["14:15", "14:11", "14:08"]
    assert {answer.session_id for answer in kept} == {"20261123-140509-7f3a"}

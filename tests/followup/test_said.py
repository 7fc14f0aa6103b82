"""Spoken words as written sentences: what is taken out, what is kept, what is not fit to be sent."""

import json
from pathlib import Path

import pytest

from simulator.followup.said import known_names, to_the_reader, written

CALIBRATION = Path(__file__).resolve().parents[1] / "calibration" / "answers_b.jsonl"


def sentences(text: str, *names: str) -> list[str]:
    return [clause.text for clause in written(text, names) if clause.fit]


def test_hesitations_fillers_and_false_starts_are_taken_out():
    told = "um so i i took him to the you know side room and uh basically i I'd told him everything"
    assert sentences(told) == ["I took him to the side room.", "I'd told him everything."]


def test_a_run_of_speech_is_cut_where_a_new_statement_begins():
    told = (
        "i drew up a list and stuck it on the wall so nobody had to ask "
        "and it was mostly small things i learned a lot there"
    )
    assert sentences(told) == [
        "I drew up a list and stuck it on the wall.",
        "Nobody had to ask.",
        "It was mostly small things.",
        "I learned a lot there.",
    ]


def test_a_clause_that_opens_with_when_stays_with_what_it_opens():
    told = "when our machine broke down two days before the holidays i drew a plan on the wall and moved two people"
    assert sentences(told) == [
        "When our machine broke down two days before the holidays, I drew a plan on the wall and moved two people."
    ]


def test_names_are_written_large_and_other_words_are_not():
    told = "i worked with ruth adeyemi at the depot every monday until march"
    assert sentences(told, "Ruth Adeyemi") == ["I worked with Ruth Adeyemi at the depot every Monday until march."]


def test_a_name_that_is_a_word_too_stays_small():
    assert "will" not in known_names(["Will Grace", "Anna"])
    assert known_names(["Anna Berg"])["berg"] == "Berg"


@pytest.mark.parametrize(
    "told",
    [
        "i was going to the",
        "we was all running up and down",
        "he was effing and blinding at the desk",
        "i pulled the trays got two men to cut it small",
        "because is all in english and",
        "because i",
        "i asked her would she [company] then",
        "what did i do with it then?",
        "somebody s face when",
    ],
)
def test_what_would_look_broken_on_paper_is_not_fit(told: str):
    assert sentences(told) == []


def test_written_sentences_stay_as_they_were_written():
    told = "The heating failed on a Sunday. I rang Karin, the caretaker, and we carried the beds. Nobody went cold."
    assert sentences(told) == [
        "The heating failed on a Sunday.",
        "I rang Karin, the caretaker, and we carried the beds.",
        "Nobody went cold.",
    ]


def test_the_place_is_named_from_the_readers_side():
    assert to_the_reader("I want to work here because this hospital helped us.") == (
        "I want to work with you because your hospital helped us."
    )


def test_no_word_is_added_but_those_that_speech_left_out():
    for line in CALIBRATION.read_text(encoding="utf-8").splitlines():
        text = json.loads(line)["text"]
        said = set("".join(char if char.isalnum() else " " for char in text.lower().replace("'", "")).split())
        for clause in written(text):
            words = clause.text.lower().replace("'", "").replace("’", "")
            for word in "".join(char if char.isalnum() else " " for char in words).split():
                known = word in said or word in ("had", "because") or any(word.startswith(each) for each in said)
                assert known, (word, clause.text)


def test_clauses_keep_their_order_and_do_not_overlap():
    for line in CALIBRATION.read_text(encoding="utf-8").splitlines()[:80]:
        last = -1
        for clause in written(json.loads(line)["text"]):
            assert last < clause.first_word <= clause.last_word
            last = clause.last_word


def test_a_composed_sentence_may_begin_and_end_as_its_writer_likes():
    told = "From March on nobody waited. I sat beside her and wrote down every question she had."
    assert sentences(told) == [
        "From March on nobody waited.",
        "I sat beside her and wrote down every question she had.",
    ]


def test_deeds_told_in_a_list_are_one_statement():
    (clause,) = written("I dressed the wound, rang the doctor and changed the care plan.")
    assert clause.fit
    (run_on,) = written("i pulled the trays got two people from the next ward")
    assert not run_on.fit

"""What the scorer promises about any answer."""

import json
import re
import subprocess
import sys
from typing import Any

import pytest

from simulator.assessment import score_answer
from simulator.errors import MissingPart
from simulator.language.model import LanguageModel, LateModel
from simulator.reading.elements import elements
from simulator.scoring.scorecard import Scorecard, Tailoring
from simulator.scoring.scorer import AnswerContext
from simulator.speech.transcript import Source, Transcript, Word, typed

ASKED = "Tell me about a time you had to calm somebody down. What did you do?"
WHY = "Why do you want to work here?"
VISITOR = (
    "last winter on the late shift a visitor was shouting at the desk because nobody had called him so i took him to "
    "the side room and got him a tea and he came back the next day to thank us"
)
HYPOTHETICAL = "i would stay calm and i would listen and then i would try to find a solution that works for everybody"
HABITUAL = "well i usually check everything twice and i always make sure that my colleagues know what is going on"


def scored(text: str, question: str = ASKED, kind: str = "behavioural", **more: Any) -> Scorecard:
    return score_answer(typed(text), AnswerContext(question, kind, **more))


def test_an_occasion_with_an_own_action_and_an_outcome_is_complete() -> None:
    assert (scored(VISITOR).level("examples") or 0) >= 3


def test_a_whole_story_counts_whatever_the_question() -> None:
    story = (
        "last winter the waiting list at our clinic was nine weeks long so i rang all the patients myself and moved "
        "forty bookings and by march the list was down to half"
    )
    asked = scored(story, "What should we know about you that your papers do not say?", "opening")
    assert (asked.level("examples") or 0) >= 3


def test_what_was_said_is_not_called_missing() -> None:
    told = scored("i took him aside and i rang the ward and i found him a chair")
    assert "what you did yourself" not in told.rubrics["examples"].missing


def test_a_step_and_a_plan_that_were_said_are_not_asked_for() -> None:
    text = (
        "my mum was on this ward for six weeks so i did the first aid course and i have been coming in on saturdays "
        "with the tea and in five years i would like to be a nurse here"
    )
    for kind in ("motivation", "opening"):
        card = score_answer(typed(text), AnswerContext("Why do you want this job?", kind))
        missing = " ".join(card.rubrics["motivation"].missing)
        assert (card.level("motivation") or 0) >= 3
        assert "already done" not in missing
        assert "leads" not in missing


def test_the_occasion_alone_is_particular_at_most() -> None:
    text = "last winter on the late shift a visitor was shouting at the desk because nobody had called him"
    assert (scored(text).level("examples") or 0) <= 2


@pytest.mark.parametrize("text", [HYPOTHETICAL, HABITUAL])
def test_what_one_would_or_usually_does_is_no_example(text: str) -> None:
    assert (scored(text).level("examples") or 0) <= 1


@pytest.mark.parametrize(
    "text",
    [
        "so i'm a second year i play the guitar a bit i love the frisbee team and this summer i hope to go camping",
    ],
)
def test_liking_ones_free_time_is_no_reason_for_the_work(text: str) -> None:
    context = AnswerContext("Tell me about yourself.", "opening")
    assert (score_answer(typed(text), context).level("motivation") or 0) <= 1


def test_length_never_earns_a_level() -> None:
    long = " ".join(
        [HYPOTHETICAL, HABITUAL, "i think it is important to be polite and i am a very patient person"] * 6
    )
    assert (scored(long).level("examples") or 0) <= 1


def test_the_same_answer_gives_the_same_scorecard_in_another_process() -> None:
    code = (
        "import json, sys; from simulator.assessment import score_answer\n"
        "from simulator.scoring.scorer import AnswerContext\n"
        "from simulator.speech.transcript import typed\n"
        "print(json.dumps(score_answer(typed(sys.argv[1]), AnswerContext(sys.argv[2], 'behavioural')).as_json()))"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", code, VISITOR, ASKED],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "PATH": ""},
            cwd=".",
        ).stdout
        for seed in ("1", "2", "77")
    }
    assert len(seen) == 1
    assert json.loads(seen.pop()) == json.loads(json.dumps(scored(VISITOR).as_json()))


@pytest.mark.parametrize(
    "text",
    ["", "um", "yes", "i do not really know", "letztes jahr hatten wir ein großes problem mit einem kunden im laden"],
)
def test_too_little_or_another_language_is_not_scored_and_says_so(text: str) -> None:
    card = scored(text)
    assert not card.scored
    assert card.why_not
    assert all(score.level is None and score.why_not for score in card.rubrics.values())


def test_words_hard_to_make_out_are_not_scored() -> None:
    words = tuple(Word(word, i * 0.4, i * 0.4 + 0.3, 0.2) for i, word in enumerate(VISITOR.split()))
    card = score_answer(Transcript(words, Source.SPOKEN, duration=20.0), AnswerContext(ASKED, "behavioural"))
    assert not card.scored
    assert "hard to make out" in (card.why_not or "")


def test_quotes_are_the_candidates_words_at_their_place_and_time() -> None:
    words = tuple(Word(word, i * 0.4, i * 0.4 + 0.3) for i, word in enumerate(VISITOR.split()))
    transcript = Transcript(words, Source.SPOKEN, duration=20.0)
    quotes = score_answer(transcript, AnswerContext(ASKED, "behavioural")).rubrics["examples"].quotes
    assert quotes
    for quote in quotes:
        said = " ".join(word.text for word in words[quote.first_word : quote.last_word + 1])
        assert re.sub(r"[^\w' ]", "", quote.text).lower() == said
        assert quote.text[0].isupper()
        assert quote.text[-1] == "."
        assert quote.start == words[quote.first_word].start
        assert quote.end == words[quote.last_word].end
        assert quote.element in elements()
        assert quote.earns == elements()[quote.element].name


def test_typed_quotes_have_no_times() -> None:
    assert all(quote.start is None for quote in scored(VISITOR).rubrics["examples"].quotes)


def test_advice_names_the_candidates_own_words() -> None:
    score = scored("last spring we had a flood in the store and i carried all the stock upstairs").rubrics["examples"]
    assert score.level == 2
    assert "“I carried all the stock upstairs”" in score.advice
    assert score.missing_elements == ("outcome",)


def test_below_complete_the_missing_part_is_named_for_the_probe() -> None:
    assert scored(HYPOTHETICAL).rubrics["examples"].lacks[0] == "example"
    assert scored("i like the job", WHY, "motivation").rubrics["motivation"].level is None  # too short to score
    stock = scored("i am very passionate about this great opportunity and i love new challenges", WHY, "motivation")
    assert stock.rubrics["motivation"].lacks == ("reason",)


def test_what_was_not_asked_is_not_held_against_the_answer() -> None:
    motivation = scored(VISITOR).rubrics["motivation"]
    assert motivation.level is None
    assert motivation.why_not == "Not asked here."


def test_the_kind_is_read_off_the_question_where_nobody_gives_it() -> None:
    card = scored("what is the hardest part of the night shift right now", "What would you like to ask us?", "")
    assert card.level("questions") is not None
    assert card.level("examples") is None


def test_json_has_the_documented_form() -> None:
    document = scored(VISITOR).as_json()
    assert document["scored"] is True
    assert document["why_not"] is None
    assert set(document["rubrics"]) == {"examples", "motivation", "questions"}
    example = document["rubrics"]["examples"]
    assert {"level", "name", "anchor", "quotes", "missing", "missing_elements", "advice"} <= set(example)
    assert {"text", "start", "end", "first_word", "last_word", "earns", "element"} <= set(example["quotes"][0])
    assert document["rubrics"]["questions"]["why_not"]
    assert "words_per_minute" in document["delivery"]
    assert document["reading"]["version"]
    assert {"element", "first_word", "last_word", "probability", "grade"} <= set(document["reading"]["elements"][0])
    assert "likely" not in document["reading"]
    assert len(scored(VISITOR).as_json(explain=True)["reading"]["likely"]) == len(VISITOR.split())


def test_tailoring_meets_a_wish_by_the_stem_of_its_words() -> None:
    wishes = ("calming upset visitors", "driving licence")
    tailoring = scored(VISITOR, requirements=wishes).tailoring
    assert list(tailoring.met) == ["calming upset visitors"]
    assert tailoring.unmet == ("driving licence",)
    wish = "training new staff"
    met = scored("i trained two new starters on the till last month and both passed", requirements=(wish,))
    assert "trained two new starters" in met.tailoring.met[wish]


def test_what_only_touches_a_requirement_fits_no_job() -> None:
    wish = "They want somebody who goes out with the wardens and does not write from a desk"
    read = (
        "I like about this place that you work with councils, and I followed the business with the sluice in the "
        "paper for two years. When I was nineteen I rang the council all winter about a blocked culvert and they dug "
        "it out."
    )
    assert scored(read, requirements=(wish,)).tailoring.unmet == (wish,)


def test_without_a_job_description_tailoring_says_so() -> None:
    assert scored(VISITOR).tailoring.why_not


def test_warmth_offers_and_presuming_are_noticed_with_their_words() -> None:
    text = (
        "Thank you so much, Mrs Okafor, it was lovely to meet you. I can send you the plan I drew if you want "
        "to see it. Please call me any time if you have more questions. And when I start here in March I bring cake."
    )
    closing = scored(text, "Anything else?", "closing", interviewers=("Grace Okafor",)).closing
    assert closing.thanks
    assert closing.interviewer_named == ("Grace Okafor",)
    assert closing.interviewer_words == ("Okafor",), "what was said is quoted, not the whole name"
    assert "plan I drew" in closing.work_sample_offered
    assert "all me" in closing.availability_offered
    assert "start" in closing.presuming


def test_thanks_are_a_whole_clause_of_the_closing_turn() -> None:
    told = "As I said, people who start late thank you for every page. I like to explain it to them slowly."
    assert scored(told).closing.thanks == ""
    closing = scored(
        "Well, thank you very much for your time today. I liked it here.", "Anything else?", "closing"
    ).closing
    assert closing.thanks == "thank you very much for your time today."


def test_without_them_warmth_and_offers_are_empty() -> None:
    closing = scored(VISITOR).closing
    assert (closing.work_sample_offered, closing.availability_offered, closing.presuming) == ("", "", "")


def test_offers_and_presuming_are_looked_for_in_the_closing_turn_only() -> None:
    told = "when i worked in a cafe the second till broke so i sent my boss photos and called the man who mends them"
    closing = scored(told).closing
    assert (closing.work_sample_offered, closing.availability_offered, closing.presuming) == ("", "", "")
    asked = "when i was at school i asked this too what does the second shift need most do you see what i mean"
    assert not scored(asked, "What would you like to ask us?", "closing").closing.presuming


def test_structure_is_coarse_and_says_so() -> None:
    structure = scored(VISITOR).structure
    assert structure.confidence == "low"
    assert "action" in structure.found
    assert "result" in structure.found


def test_no_joint_hangs_at_the_end_of_what_is_quoted_back() -> None:
    told = (
        "i'm hugely passionate about storytelling and it has been a dream of mine "
        "to work for such a respected title and i'm"
    )
    for score in scored(told, "Why do you want to work here?", "motivation").rubrics.values():
        assert not re.search(r" (?:and|so|the)(?: \.\.\.)?”", score.advice)


def test_who_has_no_example_ready_is_told_how_to_find_one() -> None:
    card = scored("um i don't know i can't think of one right now to be honest can we skip this one")
    assert card.level("examples") == 0
    assert card.rubrics["examples"].advice.startswith("Have one day ready")


def test_what_is_beside_the_point_is_told_with_its_words_and_is_no_level() -> None:
    told = "sorry my dog is barking in the garden he always does that when the post comes anyway " + VISITOR
    card = scored(told)
    assert card.level("examples") == scored(VISITOR).level("examples")
    assert card.focus.beside
    assert card.focus.to_the_point < 1


def test_where_the_language_model_is_missing_the_answer_is_kept_unscored_with_the_hint() -> None:
    def broken() -> LanguageModel:
        raise MissingPart("Answers cannot be read here: ONNX Runtime does not load.", "Delete the folder .venv.")

    card = score_answer(typed(VISITOR), AnswerContext(ASKED, "behavioural"), LateModel(broken))
    assert not card.scored
    assert card.why_not == "Answers cannot be read here: ONNX Runtime does not load. Delete the folder .venv."
    assert card.delivery.words == len(VISITOR.split())


STATION = (
    "Last Friday two cooks called sick before the evening service. My station was dirty because the new colleague "
    "had left it like this. I talked with her and we agreed that who closes the station cleans it. It is clean now."
)


def test_what_an_interviewer_values_is_told_only_where_the_answer_surely_speaks_to_it() -> None:
    unlike, why, calm = (
        "how you get on with people who are unlike you",
        "finding out why before fixing",
        "staying calm when several people need you at once",
    )
    assert scored(STATION, heard=(unlike, why, calm)).tailoring == Tailoring()
    three = (
        "Last winter three patients rang at the same time while my colleague was away. I stayed calm, went first to "
        "the one who had pain and told the others how long it takes. All were seen in ten minutes."
    )
    assert list(scored(three, heard=(unlike, calm)).tailoring.met) == [calm]

"""Letters: one for each interviewer, only of what was said or stored, without holes."""

import re
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.followup.debrief import Debrief, Met
from simulator.followup.letter_check import RemarkKind, check_letter
from simulator.followup.letters import Letter, draft_letters
from simulator.followup.occasion import Occasion, SourceKind, occasion_of_debrief, occasion_of_session
from simulator.interview.interviewer import find_interviewers
from simulator.preparation.job import Job
from simulator.preparation.stories import Story
from simulator.questions.bank import Kind
from simulator.sessions.session import Learned, LearnedKind, Session
from tests.followup.made import ANSWERS, CAST, CLOSING, JOB, LEARNED, LIST, MAREK, RUTH, SESSION, answered

EVERYBODY = find_interviewers([Path(__file__).resolve().parents[2] / "assets" / "interviewers"])


def letters(session: Session = SESSION, job: Job | None = JOB, stories: tuple[Story, ...] = ()) -> tuple[Letter, ...]:
    return draft_letters(occasion_of_session(session, CAST, job, stories))


def example(letter: Letter) -> str:
    """The sentences of the letter that come from an answer about something done, or from a story."""
    return " ".join(each.text for each in letter.sentences if each.where in ("s/02-1", "s/03-1", LIST.id))


def test_there_is_one_letter_for_each_interviewer_to_that_person_alone():
    ruth, marek = letters()
    assert (ruth.to, marek.to) == ("Ruth Adeyemi", "Marek Dvorsky")
    assert ruth.text.startswith("Dear Ruth Adeyemi,\n")
    assert ruth.text.endswith("Kind regards\nSam Rivers\n")


def test_each_letter_tells_another_example_that_suits_its_reader():
    ruth, marek = letters()
    assert "side room" in example(ruth)
    assert "side room" not in marek.text
    assert "nine hundred boxes" in example(marek)
    assert "boxes" not in ruth.text


def test_two_letters_share_no_sentence_but_the_reason():
    ruth, marek = letters()
    assert not {each.text for each in ruth.sentences} & {each.text for each in marek.sentences}


def test_what_a_person_said_is_in_that_persons_letter_only():
    ruth, marek = letters()
    assert "your handover between shifts loses too much" in ruth.text
    assert "handover" not in marek.text
    assert "numbers you can check" in marek.text


def test_the_reason_is_the_candidates_own_without_the_sounds_of_speech():
    assert (
        "I want to work with you because your hospital looked after my grandmother for three weeks"
        in letters()[0].text
    )


def test_a_story_is_told_where_it_suits_better_than_any_answer():
    ruth, _ = letters(stories=(LIST,))
    assert "went down from nine to two" in ruth.text


def test_what_the_candidate_offered_to_send_is_offered_again_in_their_words():
    session = replace(SESSION, answers=(*ANSWERS, CLOSING))
    assert "I can send you the plan I made." in letters(session)[0].text


def test_an_attachment_is_suggested_that_fits_what_was_said():
    ruth, marek = letters()
    assert "one page" in ruth.attach
    assert "handover" in ruth.attach
    assert marek.attach


def test_a_weak_answer_is_not_put_into_a_letter():
    assert all("one of my strengths" not in letter.text for letter in letters())


def test_a_missing_fact_leaves_its_sentence_out_and_no_hole():
    bare = replace(SESSION, answers=(), learned=(), candidate_name="")
    text = letters(bare, None)[0].text
    assert text == (
        "Dear Ruth Adeyemi,\n\nThank you for taking the time to talk with me.\n\n"
        "I am still very interested in this work.\n\n"
        "If anything is still open, I am glad to answer it, in writing, by telephone or in another conversation.\n\n"
        "Kind regards\n"
    )


def test_words_too_broken_to_be_sent_are_left_out_and_the_user_is_told_what_to_add():
    broken = answered(
        2,
        "so they was all like shouting and i says to him get out and he goes no and then i seen the boss and "
        "the thing was like forty two boxes and we was there till nine and i done it all me self in the end",
        "Tell me about a time you helped a team.",
        Kind.BEHAVIOURAL,
        RUTH,
    )
    card = broken.scorecard
    assert card
    lifted = replace(card, rubrics={**card.rubrics, "examples": replace(card.rubrics["examples"], level=3)})
    letter = letters(replace(SESSION, answers=(replace(broken, scorecard=lifted),), learned=()))[0]
    assert "boss" not in letter.text
    assert any("too broken to be sent" in hint for hint in letter.hints)


def test_the_role_is_named_without_what_the_posting_adds_to_it():
    assert "the role of staff nurse at St Anne's Hospital" in letters()[0].text


def known_places(occasion: Occasion, session: Session | None = None, stories: tuple[Story, ...] = ()) -> set[str]:
    found = {each.where for each in occasion.sources}
    if session:
        found |= {answer.id for answer in session.answers} | {learned.text for learned in session.learned}
    return found | {story.id for story in stories}


FACTS = ("role", "company", "name", "why", "led", "calmed", "priority", "problem", "other", "story", "offer")


@settings(max_examples=150)
@given(
    there=st.sets(st.sampled_from(FACTS)),
    people=st.permutations(EVERYBODY),
    count=st.integers(1, 3),
)
def test_no_letter_has_a_hole_or_an_invention_whatever_is_missing(there, people, count):
    people = people[:count]
    one, last = people[0], people[-1]
    told = (
        (ANSWERS[0], "why", one),
        (ANSWERS[1], "led", last),
        (ANSWERS[2], "calmed", one),
        (CLOSING, "offer", last),
    )
    answers = [
        replace(answer, interviewer_id=host.id, interviewer_name=host.name)
        for answer, fact, host in told
        if fact in there
    ]
    learned = [
        Learned(host.id, host.name, kind, text)
        for host in people
        for fact, kind, text in (
            ("priority", LearnedKind.PRIORITY, host.priorities[0]),
            ("other", LearnedKind.PRIORITY, host.priorities[-1]),
            ("problem", LearnedKind.PROBLEM, host.pressing_problem),
        )
        if fact in there
    ]
    session = replace(
        SESSION,
        interviewer_ids=tuple(host.id for host in people),
        interviewer_names=tuple(host.name for host in people),
        answers=tuple(answers),
        learned=tuple(learned),
        candidate_name="Sam Rivers" if "name" in there else "",
    )
    job = Job("j", "Shift lead" if "role" in there else "", "Northgate Care" if "company" in there else "")
    stories = (LIST,) if "story" in there else ()
    occasion = occasion_of_session(session, people, job, stories)
    drafted = draft_letters(occasion)
    assert len(drafted) == len(people)
    for letter, host in zip(drafted, occasion.hosts, strict=True):
        assert not re.search(r"[{}\[\]<>_]|\bNone\b|\(\)|  | [.,;:]|\.\.|,\.|“”", letter.text), letter.text
        assert all(sentence.text[0].isupper() for sentence in letter.sentences), letter.text
        assert all(sentence.text[-1] in ".”" for sentence in letter.sentences), letter.text
        for sentence in letter.sentences:
            if sentence.kind is not SourceKind.COURTESY:
                assert sentence.source
                assert sentence.where in known_places(occasion, session, stories), sentence
        remarks = [each for each in check_letter(letter.text, host, occasion) if each.kind is not RemarkKind.LENGTH]
        assert not remarks, (letter.text, remarks)


def test_courtesy_claims_nothing():
    for letter in letters(stories=(LIST,)):
        for sentence in letter.sentences:
            if sentence.kind is SourceKind.COURTESY:
                assert not re.search(r"\d|\byou (?:said|told)\b|because", sentence.text)


def test_a_full_letter_has_the_length_of_half_a_page():
    for letter in letters(stories=(LIST,)):
        assert 80 <= len(letter.text.split()) <= 250


DEBRIEF = Debrief(
    "2026-11-20-north",
    "2026-11-20",
    "Northgate",
    "Shift lead",
    (
        Met(
            "Ana Costa",
            "plant manager",
            priorities=("We need people who stay.",),
            told=("I led the night shift for two years.",),
        ),
        Met("Ib Sand", "", problems=("the late lorries",)),
    ),
    reason="I have lived beside the plant since I was nine.",
)


def test_after_a_real_interview_each_person_noted_gets_a_letter_from_the_notes():
    occasion = occasion_of_debrief(DEBRIEF, "Sam Rivers", None, (LIST,))
    ana, ib = draft_letters(occasion)
    assert "you need people who stay" in ana.text
    assert "the late lorries" in ib.text
    assert "I have lived beside the plant since I was nine" in ana.text
    for letter in (ana, ib):
        for sentence in letter.sentences:
            if sentence.kind is not SourceKind.COURTESY:
                assert sentence.where in known_places(occasion)


def test_nobody_known_by_name_gets_no_letter():
    nobody = replace(DEBRIEF, met=(Met("", asked=("Why us?",)),))
    assert draft_letters(occasion_of_debrief(nobody)) == ()


def test_the_interviewers_words_are_turned_round():
    session = replace(
        SESSION, learned=(Learned(MAREK.id, MAREK.name, LearnedKind.PROBLEM, "My team and I wait for us."),)
    )
    assert "your team and you wait for you" in letters(session)[1].text


def test_learned_is_used_as_it_was_said():
    heard = {each.text for each in LEARNED}
    used = {each.where for letter in letters() for each in letter.sentences if each.kind is SourceKind.SAID}
    assert used
    assert used <= heard


def test_a_story_written_in_short_notes_is_told_as_whole_sentences():
    oven = Story(
        "oven",
        "The broken oven",
        situation="The oven broke on the morning of a wedding",
        action="rang three bakeries and drove the dough over myself",
        result="all ninety plates went out on time",
        use="I would keep a list of neighbours who can help",
    )
    letter = letters(replace(SESSION, answers=()), None, (oven,))[0]
    assert (
        "The oven broke on the morning of a wedding. I rang three bakeries and drove the dough over myself. "
        "All ninety plates went out on time. I would keep a list of neighbours who can help."
    ) in letter.text


def test_a_story_taken_over_from_an_answer_stands_in_its_written_words():
    story = replace(LIST, source=ANSWERS[2].id)
    ruth = letters(stories=(story,))[0]
    assert "went down from nine to two" in ruth.text
    assert "side room" not in ruth.text
    assert "you asked about a time I calmed somebody" in ruth.text


def test_of_several_reasons_the_one_that_says_why_is_told():
    plan = (
        "what i miss on the ward is time with one person and i read that your nurses have forty minutes for a visit "
        "so i rang one of them and went along for a day and in two years i want to train new ones here"
    )
    why = "i want to visit people at home because my gran could stay at home to the end thanks to her nurse"
    answers = (
        answered(1, why, "Why this work?", Kind.MOTIVATION, RUTH),
        answered(2, plan, "Why us?", Kind.MOTIVATION, RUTH),
    )
    for order in (answers, answers[::-1]):
        assert "because my gran could stay" in letters(replace(SESSION, answers=order))[0].text


def test_an_outcome_told_over_two_statements_counts_for_both():
    wound = (
        "last winter a patient's wound opened at night so i dressed it and rang the doctor and changed the care plan "
        "with her daughter and it healed in three weeks and since then we photograph every wound"
    )
    asked = answered(1, wound, "Tell me about a hard night.", Kind.BEHAVIOURAL, RUTH)
    assert "It healed in three weeks" in letters(replace(SESSION, answers=(asked,)))[0].text

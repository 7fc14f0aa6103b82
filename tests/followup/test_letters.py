"""Letters: one for each interviewer, only of what was said or stored, without holes."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.followup.asked import repeated
from simulator.followup.debrief import Debrief, Met
from simulator.followup.greeting import bye_to, greeting_of
from simulator.followup.interview_record import InterviewRecord, SourceKind, record_of_debrief, record_of_session
from simulator.followup.letter_check import RemarkKind, check_letter
from simulator.followup.letters import Letter, draft_letters, quoted
from simulator.interview.interviewer import Interviewer, find_interviewers
from simulator.preparation.job import Job
from simulator.preparation.stories import Story
from simulator.questions.bank import Kind
from simulator.sessions.session import Learned, LearnedKind, Session
from tests.followup.made import ANSWERS, CAST, CLOSING, JOB, LEARNED, LIST, MAREK, RUTH, SESSION, answered
from tests.followup.practices import occasion_of, practices

EVERYBODY = find_interviewers([Path(__file__).resolve().parents[2] / "assets" / "interviewers"])


def letters(session: Session = SESSION, job: Job | None = JOB, stories: tuple[Story, ...] = ()) -> tuple[Letter, ...]:
    return draft_letters(record_of_session(session, CAST, job, stories))


def example(letter: Letter) -> str:
    """The sentences of the letter that come from an answer about something done, or from a story."""
    return " ".join(each.text for each in letter.sentences if each.where in ("s/02-1", "s/03-1", LIST.id))


def test_there_is_one_letter_for_each_interviewer_to_that_person_alone() -> None:
    ruth, marek = letters()
    assert (ruth.to, marek.to) == ("Ruth Adeyemi", "Marek Dvorsky")
    assert ruth.text.startswith("Dear Ruth")
    assert ruth.text.rstrip().endswith("Sam Rivers")


def test_each_letter_tells_the_example_that_its_reader_asked_for_where_two_would_do() -> None:
    ruth, marek = letters()
    assert "side room" in example(ruth)
    assert "side room" not in marek.text
    assert "nine hundred boxes" in example(marek)
    assert "boxes" not in ruth.text


def test_two_letters_of_one_interview_never_have_one_skeleton_and_share_no_sentence_but_the_reason() -> None:
    ruth, marek = letters()
    assert ruth.skeleton != marek.skeleton
    reason = ANSWERS[0].id
    mine, others = ({each.text for each in letter.sentences if each.where != reason} for letter in (ruth, marek))
    assert mine & others == set()


def test_a_skeleton_that_somebody_else_in_the_office_has_is_not_given_again_and_ones_own_stays() -> None:
    first = letters()[0].skeleton
    record = record_of_session(SESSION, CAST, JOB)
    assert draft_letters(record, taken=[first])[0].skeleton != first
    assert draft_letters(record, given={RUTH.id: "formal"})[0].skeleton == "formal"


def test_what_a_person_said_is_in_that_persons_letter_only() -> None:
    ruth, marek = letters()
    assert "Our handover between shifts loses too much" in ruth.text
    assert "handover" not in marek.text
    assert "numbers you can check" in marek.text


def test_an_interviewers_words_are_not_turned_round_but_quoted_where_they_say_we() -> None:
    assert repeated("Our handover loses too much.") == "“Our handover loses too much.”"
    assert repeated("you lost three officers this year") == "you lost three officers this year."
    assert repeated("numbers you can check") == "numbers you can check."
    assert repeated("They lost three officers.") == ""
    assert repeated("...") == ""


@pytest.mark.parametrize(
    ("name", "full", "first"),
    [
        ("Jane Okafor", "Dear Jane Okafor,", "Dear Jane,"),
        ("Ms Jane Okafor", "Dear Ms Okafor,", "Dear Ms Okafor,"),
        ("Ms. Okafor", "Dear Ms. Okafor,", "Dear Ms. Okafor,"),
        ("Dr Keith van der Volt", "Dear Dr Volt,", "Dear Dr Volt,"),
        ("Sir Alan Carr", "Dear Sir Alan,", "Dear Sir Alan,"),
        ("Jane", "Dear Jane,", "Dear Jane,"),
    ],
)
def test_a_title_never_stands_with_first_and_last_name(name: str, full: str, first: str) -> None:
    assert greeting_of(name, first_name=False) == full
    assert greeting_of(name, first_name=True) == first


def test_whoever_is_written_with_an_american_full_stop_gets_an_american_closing() -> None:
    assert bye_to("Yours sincerely,", "Ms. Okafor") == "Sincerely,"
    assert bye_to("Yours sincerely,", "Ms Okafor") == "Yours sincerely,"
    assert bye_to("Best wishes,", "Ms. Okafor") == "Best wishes,"


def test_a_problem_of_another_trade_is_in_no_letter_and_the_user_is_told_so() -> None:
    lorries = Learned(MAREK.id, MAREK.name, LearnedKind.PROBLEM, MAREK.pressing_problem)
    marek = letters(replace(SESSION, answers=(), learned=(lorries,)))[1]
    assert "One delivery in twelve" not in marek.text
    assert any("nothing shows that this role has to do with it" in hint for hint in marek.hints)


def test_the_reason_is_the_candidates_own_without_the_sounds_of_speech() -> None:
    assert (
        "I want to work here because this hospital looked after my grandmother for three weeks. "
        "Everybody who pushed her bed knew her name." in letters()[0].text
    )


def test_a_story_that_was_not_told_is_in_a_letter_only_where_it_speaks_to_what_the_person_said() -> None:
    bare_of_examples = replace(SESSION, answers=ANSWERS[:1])
    ruth, marek = letters(bare_of_examples, stories=(LIST,))
    assert "went down from nine to two" in ruth.text
    assert "went down" not in marek.text
    unrelated = Story("cat", "The cat", action="I carried a cat down from a tree.", result="It slept all day.")
    assert all("cat" not in letter.text for letter in letters(bare_of_examples, stories=(unrelated,)))


def test_what_the_candidate_offered_to_send_is_offered_again_in_their_words_and_suggested_to_attach() -> None:
    text = "Which part would you want the new person to fix first? I can send you the plan I made. Thank you."
    offer = answered(5, text, "What would you like to ask us?", Kind.CLOSING, RUTH)
    ruth = letters(replace(SESSION, answers=(*ANSWERS, offer)))[0]
    assert "I can send you the plan I made." in ruth.text
    assert "I can send you the plan I made." in ruth.attach


def test_nothing_is_suggested_to_attach_where_there_is_nothing() -> None:
    assert [letter.attach for letter in letters()] == ["", ""]


def test_an_opinion_is_never_told_as_work_that_was_done_and_the_user_is_told_what_is_missing() -> None:
    only_opinions = replace(SESSION, answers=(ANSWERS[3],))
    for letter in letters(only_opinions, None):
        assert "strengths" not in letter.text
        assert any("no one thing in it that you did yourself" in hint for hint in letter.hints)


def test_faultless_english_without_an_outcome_is_told_so_and_not_called_broken() -> None:
    plain = answered(
        2, "Last May I rewrote the rota for our ward and asked every nurse about her nights.",
        "Tell me about a time you planned something.", Kind.BEHAVIOURAL, RUTH,
    )  # fmt: skip
    hints = " ".join(letters(replace(SESSION, answers=(plain,)), None)[0].hints)
    assert "did not find what came of it" in hints
    assert not re.search("broken|misheard", hints)


def test_nobody_is_told_that_nothing_was_noted_of_a_person_of_whom_a_priority_is_noted() -> None:
    job = replace(JOB, priorities={MAREK.name: ("people who stay",)})
    marek = letters(replace(SESSION, learned=()), job)[1]
    assert "people who stay" in marek.text
    assert "you said" not in marek.text.lower()
    assert not any("What matters most" in hint for hint in marek.hints)


def test_a_missing_fact_leaves_its_sentence_out_and_no_hole() -> None:
    bare = replace(SESSION, answers=ANSWERS[3:], learned=(), candidate_name="")
    letter = letters(bare, None)[0]
    assert all(each.kind is SourceKind.COURTESY for each in letter.sentences)
    assert len(letter.sentences) == 3
    assert letter.text.startswith("Dear Ruth")


def test_the_role_is_named_without_what_the_posting_adds_to_it() -> None:
    assert "the role of staff nurse at St Anne's Hospital" in letters()[0].text


def known_places(
    record: InterviewRecord, session: Session | None = None, stories: tuple[Story, ...] = ()
) -> set[str]:
    found = {each.where for each in record.sources}
    if session:
        found |= {answer.id for answer in session.answers} | {learned.text for learned in session.learned}
    return found | {story.id for story in stories}


FACTS = ("role", "company", "name", "why", "led", "calmed", "priority", "problem", "other", "story", "offer")


@settings(max_examples=40, deadline=None)
@given(
    there=st.sets(st.sampled_from(FACTS)),
    people=st.permutations(EVERYBODY),
    count=st.integers(1, 3),
)
def test_no_letter_has_a_hole_or_an_invention_whatever_is_missing(
    there: set[str], people: list[Interviewer], count: int
) -> None:
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
    record = record_of_session(session, people, job, stories)
    drafted = draft_letters(record)
    assert len(drafted) == (len(people) if answers or learned else 0)
    if not drafted:
        return
    for letter, host in zip(drafted, record.interviewers, strict=True):
        assert not re.search(r"[{}\[\]<>_]|\bNone\b|\(\)|  | [.,;:]|\.\.|,\.|“”", letter.text), letter.text
        assert all(sentence.text[0].isupper() for sentence in letter.sentences), letter.text
        assert all(sentence.text[-1] in ".”:" for sentence in letter.sentences), letter.text
        for sentence in letter.sentences:
            if sentence.kind is not SourceKind.COURTESY:
                assert sentence.source
                assert sentence.where in known_places(record, session, stories), sentence
        remarks = [each for each in check_letter(letter.text, host, record) if each.kind is not RemarkKind.LENGTH]
        assert not remarks, (letter.text, remarks)


def test_courtesy_claims_nothing() -> None:
    for letter in letters(stories=(LIST,)):
        for sentence in letter.sentences:
            if sentence.kind is SourceKind.COURTESY:
                assert not re.search(r"\d|\byou (?:said|told)\b|because", sentence.text)


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
            told=("In May I led the night shift through the flood. Nobody was hurt.",),
        ),
        Met("Ib Sand", "", problems=("the late lorries",), told=("my story",)),
    ),
    reason="I have lived beside the plant since I was nine.",
)


def test_after_a_real_interview_each_person_noted_gets_a_letter_from_the_notes() -> None:
    record = record_of_debrief(DEBRIEF, "Sam Rivers", None, (LIST,))
    ana, ib = draft_letters(record)
    assert "“We need people who stay.”" in ana.text
    assert "In May I led the night shift through the flood. Nobody was hurt." in ana.text
    assert "the late lorries" in ib.text
    assert "I have lived beside the plant since I was nine." in ana.text
    for letter in (ana, ib):
        for sentence in letter.sentences:
            if sentence.kind is not SourceKind.COURTESY:
                assert sentence.where in known_places(record)


def test_a_note_that_is_no_sentence_is_in_no_letter_and_the_user_is_told_so() -> None:
    record = record_of_debrief(DEBRIEF)
    assert any("“my story” is in no letter" in each for each in (hint.says for hint in record.unfit))


def test_nobody_known_by_name_gets_no_letter() -> None:
    nobody = replace(DEBRIEF, met=(Met("", asked=("Why us?",)),))
    assert draft_letters(record_of_debrief(nobody)) == ()


def test_learned_is_used_as_it_was_said() -> None:
    heard = {each.text for each in LEARNED}
    used = {each.where for letter in letters() for each in letter.sentences if each.kind is SourceKind.SAID}
    assert used
    assert used <= heard


def test_a_story_taken_over_from_an_answer_stands_in_its_written_words() -> None:
    story = replace(LIST, source=ANSWERS[2].id)
    ruth = letters(stories=(story,))[0]
    assert "went down from nine to two" in ruth.text
    assert "side room" not in ruth.text


def test_an_answer_kept_without_a_reading_is_read_anew() -> None:
    card = ANSWERS[2].scorecard
    assert card
    old = replace(ANSWERS[2], scorecard=replace(card, reading=None))
    assert "side room" in letters(replace(SESSION, answers=(old,)))[0].text


def test_of_twenty_practices_no_two_letters_of_an_office_are_alike_and_no_untold_story_slips_in() -> None:
    for practice in practices()[::4]:
        record = occasion_of(practice)
        one, two = draft_letters(record)
        assert one.skeleton != two.skeleton
        for letter, host in ((one, record.interviewers[0]), (two, record.interviewers[1])):
            assert not check_letter(letter.text, host, record), letter.text
            assert "SQL" not in letter.text
            assert "hamster" not in letter.text


def test_a_story_acted_out_is_told_whole_in_its_own_words() -> None:
    spoken = (
        "it's the second act and the desk just froze and we're in this blue state so i ran to the dimmers and i "
        "pulled the channels down by hand and nobody in the audience knew"
    )
    asked = answered(2, spoken, "Tell me about something that went wrong.", Kind.BEHAVIOURAL, MAREK, "pressure")
    marek = letters(replace(SESSION, answers=(asked,)))[1]
    assert "about something that went wrong" in marek.text
    assert "nobody in the audience knew." in marek.text


def test_nothing_is_pointed_at_that_does_not_stand_in_the_letter() -> None:
    opinions = "i think listening is important and i would always stay calm with everybody who is upset"
    asked = answered(3, opinions, "Tell me about a time you calmed somebody.", Kind.BEHAVIOURAL, RUTH, "pressure")
    why = "the hours suit me and the parking is good"
    reason = answered(1, why, "Why do you want to work here?", Kind.MOTIVATION, RUTH, "motivation")
    ruth = letters(replace(SESSION, answers=(reason, asked)))[0]
    assert len(ruth.sentences) == 3
    assert ruth.sentences[1].kind is SourceKind.SAID
    assert not re.search("calmed|reason|why|asked", ruth.text)
    assert any("does not say why you want the work" in hint for hint in ruth.hints)


def test_a_reason_that_speaks_to_whoever_asked_stands_as_said_to_them_in_the_letter_to_somebody_else() -> None:
    why = "Your paper printed my grandmother's recipe in 2009, and I have wanted to write for you since."
    asked = answered(1, why, "Why do you want to work here?", Kind.MOTIVATION, RUTH, "motivation")
    ruth, marek = letters(replace(SESSION, answers=(asked,)))
    assert f"“{why}”" not in ruth.text
    assert why in ruth.text
    assert f"“{why}”" in marek.text
    assert "Ruth Adeyemi" in marek.text


def test_what_was_only_noted_of_somebody_is_not_said_to_be_known_of_them() -> None:
    job = replace(JOB, priorities={MAREK.name: ("quotes that hold",)})
    marek = letters(replace(SESSION, learned=()), job)[1]
    assert "quotes that hold" in marek.text
    assert not re.search(r"you (?:said|told me what|care)|counts for you|I know|heard", marek.text)


def test_speech_inside_what_is_quoted_has_single_marks() -> None:
    assert quoted(("I asked.", "She said, “Go.”")) == ("“I asked.", "She said, ‘Go.’”")


def test_a_problem_told_by_somebody_noted_for_the_job_is_taken_up_whatever_its_words() -> None:
    noted = replace(MAREK, field="")
    told = Learned(MAREK.id, MAREK.name, LearnedKind.PROBLEM, "nobody answers the phone at five")
    session = replace(SESSION, answers=(), learned=(told,))
    marek = draft_letters(record_of_session(session, (RUTH, noted), JOB))[1]
    assert "“Nobody answers the phone at five.”" in marek.text or "nobody answers the phone at five." in marek.text


def test_a_note_on_a_real_interview_is_taken_as_told_where_it_can_stand_alone() -> None:
    told = "I compared what each bearing cost us over a year. The cheapest was the third most expensive."
    debrief = Debrief("d", "2026-11-20", "Marlow", "Buyer", (Met("Ann Lee", told=(told,)),))
    assert told in draft_letters(record_of_debrief(debrief))[0].text


def test_a_practice_without_an_answer_has_no_letter() -> None:
    silent = replace(SESSION, learned=(), answers=(replace(ANSWERS[0], utterances=(), scorecard=None, skipped=True),))
    assert letters(silent) == ()
    assert letters(replace(silent, answers=())) == ()


STORY = (
    "Last November our booking system crashed on a Monday morning with forty patients waiting. I wrote all names on "
    "paper and sorted them by time because I like order. By noon everybody had been seen."
)


@pytest.mark.parametrize(
    "why",
    [
        STORY,
        "I am a people person. I left my last job because the boss was difficult and I want to grow.",
        "I left because I was burned out and had conflicts. Now I want something calmer.",
        "It is close to my home and I want a job.",
    ],
)
def test_an_answer_that_is_no_reason_is_never_given_as_one(why: str) -> None:
    asked = answered(1, why, "Why do you want this job?", Kind.MOTIVATION, RUTH, "motivation")
    ruth = letters(replace(SESSION, answers=(asked, ANSWERS[2])))[0]
    assert why.split(".")[0] not in ruth.text
    assert any("does not say why you want the work" in hint for hint in ruth.hints)


def test_a_weak_answer_is_no_example_and_a_good_one_begins_where_it_is_told_surely() -> None:
    weak = answered(
        2, "We had a project and I was kind of leading it. We all worked together and in the end it went well.",
        "Tell me about a time you led a team.", Kind.BEHAVIOURAL, RUTH,
    )  # fmt: skip
    assert "project" not in letters(replace(SESSION, answers=(weak,)))[0].text
    told = f"{weak.transcript.text} {STORY}"
    good = answered(2, told, "Tell me about a time you led a team.", Kind.BEHAVIOURAL, RUTH)
    text = letters(replace(SESSION, answers=(good,)))[0].text
    assert "Last November our booking system" in text
    assert "project" not in text


def test_a_problem_is_taken_up_kindly_in_every_voice() -> None:
    debrief = Debrief(
        "d", "2026-11-20", "Marlow", "Buyer", (Met("Ann Lee", problems=("two people left last month",)),)
    )
    for skeleton in ("steady", "warm", "plain", "brisk", "reasons-first", "listener", "formal", "short-lines"):
        text = draft_letters(record_of_debrief(debrief), given={"Ann Lee": skeleton})[0].text
        assert "two people left last month." in text
        assert not re.search(r"problem you have|help (?:you )?with (?:that|it)", text)


def test_a_short_note_of_what_was_told_with_i_is_in_the_letter() -> None:
    debrief = Debrief(
        "d", "2026-11-20", "Marlow", "Clerk", (Met("Ann Lee", told=("I learned sign language last year",)),)
    )
    assert "I learned sign language last year." in draft_letters(record_of_debrief(debrief))[0].text

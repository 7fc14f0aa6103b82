"""Letters: one for each interviewer, of the candidate's own lines, in a shape of its own."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.followup.debrief import Debrief, Met
from simulator.followup.greeting import bye_to, greeting_of
from simulator.followup.interview_record import InterviewRecord, record_of_debrief, record_of_session
from simulator.followup.letter_check import check_letter
from simulator.followup.letter_remark import RemarkKind
from simulator.followup.letters import Letter, draft_letters
from simulator.followup.shapes import shapes
from simulator.followup.story_lines import LetterLines, PersonLines, Telling
from simulator.followup.told_stories import SourceKind
from simulator.preparation.stories import Story
from simulator.questions.bank import Kind
from simulator.sessions.session import Session
from tests.followup.made import ANSWERS, CALMED_TOLD, CAST, JOB, LED_TOLD, LINES, LIST, MAREK, RUTH, SESSION, answered
from tests.followup.practices import occasion_of, practices
from tests.generated import many

NO_LINES = LetterLines("s")
SHAPES = [str(each["shape"]) for each in shapes()]


def record(
    session: Session = SESSION, lines: LetterLines = LINES, stories: tuple[Story, ...] = ()
) -> InterviewRecord:
    return record_of_session(session, CAST, JOB, stories).with_lines(lines)


def letters(
    session: Session = SESSION, lines: LetterLines = LINES, stories: tuple[Story, ...] = ()
) -> tuple[Letter, ...]:
    return draft_letters(record(session, lines, stories))


def to_ruth(lines: PersonLines, shape: str = "steady", told: bool = True) -> Letter:
    kept = LetterLines("s", {"s/03-1": CALMED_TOLD} if told else {}, {RUTH.id: lines})
    return draft_letters(record(lines=kept), given={RUTH.id: shape})[0]


def test_there_is_one_letter_for_each_interviewer_to_that_person_alone() -> None:
    ruth, marek = letters()
    assert (ruth.to, marek.to) == ("Ruth Adeyemi", "Marek Dvorsky")
    assert ruth.text.startswith("Dear Ruth")
    assert ruth.text.rstrip().endswith("Sam Rivers")


def test_each_letter_tells_the_story_that_suits_its_reader_in_the_candidates_own_lines() -> None:
    ruth, marek = letters()
    assert " ".join(CALMED_TOLD.lines) in ruth.text
    assert " ".join(LED_TOLD.lines) in marek.text
    assert "side room" not in marek.text


def test_nothing_that_was_spoken_is_ever_printed() -> None:
    for letter in letters(lines=NO_LINES):
        assert all(each.kind is SourceKind.COURTESY for each in letter.sentences)
        assert not re.search("grandmother|boxes|side room|handover|numbers you can", letter.text)


def test_without_lines_it_is_a_short_note_of_three_to_five_lines_and_one_question_tells_what_to_add() -> None:
    for letter in letters(lines=NO_LINES):
        assert letter.short
        assert 3 <= len(re.findall(r"[.!?](?= |\n)", letter.text.split("\n\n", 1)[1])) <= 5
        questions = [hint for hint in letter.hints if "?" in hint]
        assert len(questions) == 1
        assert "in three short lines?" in questions[0]
    assert "a short note" in letters(lines=NO_LINES)[0].hints[0]
    assert not letters()[0].short


def test_the_story_that_was_picked_is_told_and_the_other_person_gets_another_one() -> None:
    picked = replace(LINES, people={RUTH.id: PersonLines(story="s/02-1")})
    ruth, marek = letters(lines=picked)
    assert "nine hundred boxes" in ruth.text
    assert marek.story != "s/02-1"


def test_a_story_told_nowhere_before_can_be_written_for_one_letter() -> None:
    own = LetterLines(
        "s",
        {f"own/{RUTH.id}": Telling("The dryer was broken.", "I mended it.", "It has run since then.")},
        {RUTH.id: PersonLines(story=f"own/{RUTH.id}")},
    )
    ruth = letters(lines=own)[0]
    assert "The dryer was broken. I mended it. It has run since then." in ruth.text
    assert "example I gave" not in ruth.text


def test_two_letters_of_one_interview_never_have_one_shape_and_share_no_sentence_but_the_reason() -> None:
    ruth, marek = letters()
    assert ruth.shape != marek.shape
    reason = LINES.of(RUTH.id).why
    mine, others = ({each.text for each in letter.sentences if each.text != reason} for letter in (ruth, marek))
    assert mine & others == set()


def test_there_are_at_least_six_shapes_and_no_two_share_a_sentence_of_substance() -> None:
    assert len(SHAPES) >= 6
    for part in ("thanks", "close", "want", "topic", "said", "open", "quoted", "wish"):
        assert len({each[part] for each in shapes()}) == len(SHAPES), part
    for part in ("again", "alone", "joint", "recall", "more"):
        lines = [each[part] for each in shapes() if each.get(part)]
        assert len(set(lines)) == len(lines), part


def test_a_shape_that_somebody_else_in_the_office_has_is_not_given_again_and_ones_own_stays() -> None:
    first = letters()[0].shape
    assert draft_letters(record(), taken=[first])[0].shape != first
    assert draft_letters(record(), given={RUTH.id: "formal"})[0].shape == "formal"


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(
    ("topic", "stands"),
    [
        ("the long wait at the desk", "the long wait at the desk."),
        ("The long wait.", "the long wait."),
        ("you need somebody calm", " you need somebody calm."),
        ("that nobody tells the night staff", " nobody tells the night staff."),
        ("It is loud at night", " it is loud at night."),
        ("“how hard it is to stay calm”", "how hard it is to stay calm."),
    ],
)
def test_what_they_said_stands_in_a_whole_sentence_in_every_voice(shape: str, topic: str, stands: str) -> None:
    text = to_ruth(PersonLines(topic=topic), shape).text
    found = re.search(rf"[^.\n]*{re.escape(stands.strip().rstrip('.'))}[^.\n]*\.", text)
    assert found, text
    clause = topic.split()[0].lower() in ("you", "that", "it")
    before = found[0].split(stands.strip().rstrip("."))[0].rstrip()
    assert before.endswith("that" if clause else ("about", ":")), found[0]
    assert "that that" not in text


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("topic", ["the long wait at the desk", "you need somebody calm", "parents ring at seven"])
def test_without_a_story_a_reminder_is_whole_by_itself(shape: str, topic: str) -> None:
    letter = to_ruth(PersonLines(topic=topic), shape, False)
    assert topic in next(each.text for each in letter.sentences if each.source)
    assert not re.search(r"\babout parents ring", letter.text)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_line_that_may_be_noun_or_clause_stands_behind_a_colon(shape: str) -> None:
    assert ": everyone late again." in to_ruth(PersonLines(topic="everyone late again"), shape).text


@pytest.mark.parametrize("shape", SHAPES)
def test_a_story_that_does_not_surely_answer_what_was_said_stands_apart_without_a_link(shape: str) -> None:
    letter = to_ruth(PersonLines(topic="the price of coffee in the canteen"), shape)
    words = [" ".join(each.text for each in part) for part in letter.paragraphs]
    (topic,) = (part for part in words if "price of coffee" in part)
    assert "side room" not in topic
    assert not re.search(r"I thought of|made me think of|came back to me when|example to add", letter.text)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_story_never_begins_without_a_sentence_of_the_candidates_own_before_it(shape: str) -> None:
    for told_to in (RUTH, MAREK):
        topic = PersonLines("s/03-1", topic="staying calm when a visitor is shouting at the desk")
        kept = LetterLines("s", {"s/03-1": CALMED_TOLD}, {told_to.id: topic})
        written = draft_letters(record(lines=kept), given={told_to.id: shape})
        sentences = next(each for each in written if each.interviewer_id == told_to.id).sentences
        at = [each.text for each in sentences].index(CALMED_TOLD.lines[0])
        assert not sentences[at - 1].source


def test_lines_that_make_no_story_yet_are_not_dropped_in_silence() -> None:
    kept = LetterLines("s", {"s/03-1": Telling("It was loud.", "", "It was quiet.")})
    assert "Your lines wait" in letters(lines=kept)[0].hints[0]


def test_an_end_that_was_told_and_is_not_in_the_lines_is_asked_for() -> None:
    kept = LINES.with_telling("s/03-1", replace(CALMED_TOLD, outcome=""))
    assert "what came of it is missing" in letters(lines=kept)[0].hints[0]
    own = LINES.with_telling(f"own/{RUTH.id}", replace(CALMED_TOLD, outcome=""))
    own = own.with_person(RUTH.id, replace(LINES.of(RUTH.id), story=f"own/{RUTH.id}"))
    assert not letters(lines=own)[0].hints


def test_a_story_nearer_to_somebody_else_is_named_to_them_too() -> None:
    only = replace(SESSION, answers=(ANSWERS[2],), learned=(*SESSION.learned[:2], SESSION.learned[2]))
    near = replace(SESSION.learned[2], text="somebody who calms a visitor who shouts at the desk")
    first = replace(SESSION.learned[0], text="clean drawers")
    hints = [each.hints[0] for each in letters(replace(only, learned=(first, near)), NO_LINES)]
    assert sum("calmed somebody" in hint for hint in hints) == 2 or "calmed somebody" in hints[1]


@pytest.mark.parametrize(
    ("why", "stands"),
    [
        ("I'd like to do more of the nursing side", "I'd like to do more of the nursing side."),
        ("Because it pained me to see that", "I would like this job because it pained me to see that."),
        ("to learn the walling", "I want to learn the walling."),
        ("a small team where I would see the whole thing", "What draws me to this job is a small team where I would"),
        ("your work for councils", "What draws me to this job is your work for councils."),
        ("You're a co-op with no boss", "You're a co-op with no boss."),
        ("My brother works here.", "I would like to do this work. My brother works here."),
        ("You are the only ones with a lift.", "I would like to do this work. You are the only ones with a lift."),
        ("My aunt has known you for years", "I would like to do this work. My aunt has known you for years."),
    ],
)
def test_a_reason_stands_in_a_whole_sentence_however_it_was_typed(why: str, stands: str) -> None:
    assert stands in to_ruth(PersonLines(why=why)).text


def test_a_reason_stays_in_the_letter_it_was_written_for_and_never_goes_to_two() -> None:
    why = LINES.of(RUTH.id).why
    ruth, marek = letters()
    assert why in ruth.text
    assert why not in marek.text
    both = LINES.with_person(MAREK.id, replace(LINES.of(MAREK.id), why=why))
    assert why not in letters(lines=both)[1].text


def test_one_story_goes_to_one_person_unless_it_is_picked_for_both() -> None:
    only = replace(SESSION, answers=(ANSWERS[2],))
    told = LetterLines("s", {"s/03-1": CALMED_TOLD})
    assert sorted(letter.short for letter in letters(only, told)) == [False, True]
    picked = replace(told, people={each.id: PersonLines(story="s/03-1") for each in CAST})
    assert not any(letter.short for letter in letters(only, picked))


@pytest.mark.parametrize("shape", SHAPES)
def test_a_closing_line_is_a_paragraph_of_its_own(shape: str) -> None:
    assert len(to_ruth(PersonLines(why="I want to work here."), shape).paragraphs[-1]) == 1


def test_the_job_is_named_in_several_ways_and_a_long_role_always_in_one() -> None:
    named = {re.findall(r"the [\w ]*staff nurse(?: \w+)?", to_ruth(PersonLines(), shape).text)[0] for shape in SHAPES}
    assert len(named) >= 3


@pytest.mark.parametrize("shape", SHAPES)
def test_a_letter_with_all_its_lines_has_90_to_170_words_in_every_voice(shape: str) -> None:
    own = LINES.of(RUTH.id)
    for told in (CALMED_TOLD, LED_TOLD):
        lines = LetterLines("s", {"s/03-1": told}, {RUTH.id: own})
        letter = draft_letters(record(lines=lines), given={RUTH.id: shape})[0]
        assert 90 <= len(letter.text.split()) <= 170
        assert not check_letter(letter.text, record(lines=lines).interviewers[0], record(lines=lines)), letter.text


@pytest.mark.parametrize(
    ("name", "full", "first"),
    [
        ("Ms Jane Okafor", "Dear Ms Okafor,", "Dear Ms Okafor,"),
        ("Ms. Okafor", "Dear Ms. Okafor,", "Dear Ms. Okafor,"),
        ("Dr Keith van der Volt", "Dear Dr van der Volt,", "Dear Dr van der Volt,"),
        ("Prof Anwar Sheikh OBE", "Dear Prof Sheikh,", "Dear Prof Sheikh,"),
        ("Prof Dr Anna Weber", "Dear Prof Weber,", "Dear Prof Weber,"),
        ("The Reverend Sue Lamb", "Dear Reverend Lamb,", "Dear Reverend Lamb,"),
        ("Lady Harriet Thornley", "Dear Lady Harriet,", "Dear Lady Harriet,"),
        ("Lady Thornley", "Dear Lady Thornley,", "Dear Lady Thornley,"),
        ("Sir Alan Carr", "Dear Sir Alan,", "Dear Sir Alan,"),
        ("Cllr Ann Shaw", "Dear Cllr Shaw,", "Dear Cllr Shaw,"),
        ("Sgt. Ann Shaw", "Dear Sgt. Shaw,", "Dear Sgt. Shaw,"),
        ("Nurse Ann Shaw", "Dear Nurse Shaw,", "Dear Nurse Shaw,"),
        ("Coach Errol Bryce", "Dear Coach Bryce,", "Dear Coach Bryce,"),
        ("Chief Ranger Nils Berg", "Dear Chief Ranger Berg,", "Dear Chief Ranger Berg,"),
        ("Canon Peter Oyelowo", "Dear Canon Peter Oyelowo,", "Dear Canon Peter Oyelowo,"),
        ("Big Mo Rafiq", "Dear Big Mo,", "Dear Big Mo,"),
        ("Auntie Flo Bassett", "Dear Auntie Flo,", "Dear Auntie Flo,"),
        ("Robert “Bob” Hale", "Dear Bob Hale,", "Dear Bob,"),
        ("Sam Reed (they/them)", "Dear Sam Reed,", "Dear Sam,"),
        ("Ann Shaw PhD", "Dear Ann Shaw,", "Dear Ann,"),
        ("J. Okafor", "Dear J. Okafor,", "Dear J. Okafor,"),
        ("Mary Ann Shaw", "Dear Mary Ann Shaw,", "Dear Mary Ann Shaw,"),
        ("Wee Mark", "Dear Wee Mark,", "Dear Wee Mark,"),
        ("Old Pete Tranter", "Dear Old Pete,", "Dear Old Pete,"),
        ("Jane Okafor", "Dear Jane Okafor,", "Dear Jane,"),
        ("Jane", "Dear Jane,", "Dear Jane,"),
    ],
)
def test_a_title_or_a_byname_never_stands_with_first_and_last_name(name: str, full: str, first: str) -> None:
    assert greeting_of(name, first_name=False) == full
    assert greeting_of(name, first_name=True) == first


def test_whoever_is_written_with_an_american_full_stop_gets_an_american_closing() -> None:
    assert bye_to("Yours sincerely,", "Sincerely,", "Ms. Okafor") == "Sincerely,"
    assert bye_to("Yours sincerely,", "Sincerely,", "Ms Okafor") == "Yours sincerely,"


def test_what_the_candidate_offered_to_send_is_suggested_to_attach() -> None:
    text = (
        "Which part would you want the new person to fix first? I can send you a copy of the plan I made. Thank you."
    )
    offer = answered(5, text, "What would you like to ask us?", Kind.CLOSING, RUTH)
    ruth = letters(replace(SESSION, answers=(*ANSWERS, offer)))[0]
    assert any("I can send you a copy of the plan I made." in hint for hint in ruth.hints)
    assert not any("attach" in hint for hint in letters()[0].hints)


def test_a_mistake_or_a_quarrel_is_told_only_where_it_was_picked() -> None:
    wrong = "Last May I ran a whole plate with the wrong buffer. I told my lead the same day. We lost one day."
    asked = answered(2, wrong, "Tell me about a mistake you made.", Kind.BEHAVIOURAL, MAREK, "integrity")
    told = LetterLines("s", {"s/02-1": Telling("A plate went wrong.", "I told my lead.", "We lost one day.")})
    marek = letters(replace(SESSION, answers=(asked,)), told)[1]
    assert marek.short
    picked = told.with_person(MAREK.id, PersonLines(story="s/02-1"))
    assert "A plate went wrong." in letters(replace(SESSION, answers=(asked,)), picked)[1].text


def test_lines_of_ones_own_that_tell_an_answer_again_are_no_news_to_who_heard_it() -> None:
    again = Telling("A visitor was shouting at the desk.", "I took him to the side room and told him everything.")
    other = Telling("A pipe burst in the cellar.", "I turned the water off.", "The floor stayed dry.")
    for told, known in ((again, True), (other, False)):
        own = LetterLines("s", {f"own/{RUTH.id}": told}, {RUTH.id: PersonLines(story=f"own/{RUTH.id}")})
        letter = draft_letters(record(lines=own), given={RUTH.id: "listener"})[0]
        assert ("the example I told you about" in letter.text) is known


def test_a_hint_names_what_is_missing_one_thing_at_a_time() -> None:
    without_topic = LetterLines("s", LINES.tellings, {RUTH.id: PersonLines(why="I want to work here.")})
    hints = letters(lines=without_topic)[0].hints
    assert ["line on one thing that Ruth said" in hint for hint in hints] == [True]
    assert not letters()[0].hints


def test_the_role_is_named_without_what_the_posting_adds_to_it() -> None:
    assert all(re.search(r"staff nurse (?:\w+ )?at St Anne's Hospital", each.text) for each in letters())


WORDS = st.sampled_from(
    ["", "the late lorries", "I mended it", "Because it is near", "you said so", "Nine. Ten", "- a"]
)


@settings(max_examples=many(60), deadline=None)
@given(lines=st.tuples(*[WORDS] * 5), shape=st.sampled_from(SHAPES), name=st.sampled_from(["Sam Rivers", ""]))
def test_no_letter_has_a_hole_whatever_was_typed(lines: tuple[str, ...], shape: str, name: str) -> None:
    problem, did, outcome, topic, why = lines
    kept = LetterLines("s", {"s/03-1": Telling(problem, did, outcome)}, {RUTH.id: PersonLines(topic=topic, why=why)})
    session = replace(SESSION, candidate_name=name)
    letter = draft_letters(record(session, kept), given={RUTH.id: shape})[0]
    assert not re.search(r"[{}\[\]<>_]|\bNone\b|\(\)|  | [.,;:]|\.\.|,\.|“”|^- ", letter.text, re.MULTILINE), (
        letter.text
    )
    for sentence in letter.sentences:
        assert sentence.text[0].isupper(), letter.text
        assert sentence.text[-1] == ".", letter.text
        assert bool(sentence.source) == (sentence.kind is not SourceKind.COURTESY)


def test_courtesy_claims_nothing() -> None:
    for letter in letters():
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
        Met("Ib Sand", "", problems=("the late lorries",)),
    ),
    reason="I have lived beside the plant since I was nine.",
)


def test_after_a_real_interview_the_noted_reason_is_used_and_what_was_told_is_the_story() -> None:
    noted = record_of_debrief(DEBRIEF, "Sam Rivers", None, (LIST,))
    ana, ib = draft_letters(noted)
    assert DEBRIEF.reason in ana.text
    assert DEBRIEF.reason not in ib.text
    assert ana.story == "2026-11-20-north/1"
    told = LetterLines(DEBRIEF.id, {ana.story: Telling("", "In May I led the night shift.", "Nobody was hurt.")})
    assert "In May I led the night shift. Nobody was hurt." in draft_letters(noted.with_lines(told))[0].text


@pytest.mark.parametrize(
    ("noted", "written"),
    [
        ("I told her the pumps should run all night.", "The pumps should run all night."),
        ("She said that the plant would suit me.", ""),
    ],
)
def test_a_reason_noted_as_a_report_is_said_to_the_person_or_left_out(noted: str, written: str) -> None:
    ana = draft_letters(record_of_debrief(replace(DEBRIEF, reason=noted)))[0]
    assert noted not in ana.text
    assert written in ana.text


def test_a_story_that_the_notes_name_was_told_and_of_no_other_is_it_denied() -> None:
    met = replace(DEBRIEF.met[0], told=("I told her about the lists for the handover, and that I cycle.",))
    flood = replace(LIST, id="flood", title="The flood in the cellar")
    _, named, other = record_of_debrief(replace(DEBRIEF, met=(met,)), stories=(LIST, flood)).told
    assert (named.told, named.asked_by) == (True, "Ana Costa")
    assert not other.told
    assert "did not tell" not in named.label + other.label


def test_nobody_known_by_name_gets_no_letter() -> None:
    nobody = replace(DEBRIEF, met=(Met("", asked=("Why us?",)),))
    assert draft_letters(record_of_debrief(nobody)) == ()


def test_a_practice_without_an_answer_has_no_letter() -> None:
    silent = replace(SESSION, learned=(), answers=(replace(ANSWERS[0], utterances=(), scorecard=None, skipped=True),))
    assert letters(silent) == ()
    assert letters(replace(silent, answers=())) == ()


def test_of_twenty_practices_no_two_letters_of_an_office_are_alike_and_the_check_finds_nothing() -> None:
    for practice in practices()[::4]:
        occasion = occasion_of(practice)
        one, two = draft_letters(occasion)
        assert one.shape != two.shape
        for letter, host in ((one, occasion.interviewers[0]), (two, occasion.interviewers[1])):
            kinds = {each.kind for each in check_letter(letter.text, host, occasion)}
            assert kinds <= {RemarkKind.LENGTH}, letter.text

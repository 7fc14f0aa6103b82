"""What is said of a letter before it is sent."""

from dataclasses import replace

import pytest

from simulator.errors import UserError
from simulator.followup.interview_record import record_of_session
from simulator.followup.letter_check import check_letter, interviewer_of_letter, sentence_places
from simulator.followup.letter_remark import Remark, RemarkKind
from simulator.followup.letters import draft_letters
from simulator.followup.story_lines import PersonLines
from simulator.questions.bank import Kind
from simulator.reading.numbers_told import numbers_in
from tests.followup import made
from tests.followup.made import CAST, JOB, LINES, LIST, SESSION, answered

OCCASION = record_of_session(SESSION, CAST, JOB, (LIST,)).with_lines(LINES)
RUTH = OCCASION.interviewers[0]
LETTER = draft_letters(OCCASION)[0]
DRAFT = LETTER.text


def remarks(text: str) -> tuple[Remark, ...]:
    return check_letter(text, RUTH, OCCASION)


def kinds(text: str) -> set[RemarkKind]:
    return {remark.kind for remark in remarks(text)}


def with_sentence(sentence: str) -> str:
    closing = f"\n\n{LETTER.bye}"
    assert closing in DRAFT
    return DRAFT.replace(closing, f" {sentence}{closing}")


def test_a_letter_as_drafted_is_in_order() -> None:
    assert remarks(DRAFT) == ()


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("I look forward to starting in your team.", RemarkKind.PRESUMPTION),
        ("When I start, I will bring cake.", RemarkKind.PRESUMPTION),
        ("I am glad about my new colleagues.", RemarkKind.PRESUMPTION),
        ("See you in the second round.", RemarkKind.PRESUMPTION),
        ("I would be glad to meet all of you again.", RemarkKind.GROUP),
        ("I have worked at [company] before.", RemarkKind.HOLE),
        ("The role of {role} suits me.", RemarkKind.HOLE),
        ("I can do ___ well.", RemarkKind.HOLE),
        ("Your St Annes Hospital is close to my heart.", RemarkKind.NAME),
        ("Please greet Mr Dvorsky and Mrs Adayemi.", RemarkKind.NAME),
        ("I led a team of forty at the docks.", RemarkKind.INVENTED),
        ("I am a certified diver and speak Japanese.", RemarkKind.INVENTED),
        ("We cut the costs by 35 percent.", RemarkKind.INVENTED),
        ("You said that overtime is paid double.", RemarkKind.INVENTED),
        ("My friend Leonora at Microsoft says hello.", RemarkKind.INVENTED),
    ],
)
def test_what_is_odd_is_told_with_its_place(sentence: str, kind: RemarkKind) -> None:
    text = with_sentence(sentence)
    found = [remark for remark in remarks(text) if remark.kind is kind]
    assert found
    start = text.index(sentence)
    assert all(start <= remark.start < remark.end <= start + len(sentence) for remark in found)
    assert all(text[remark.start : remark.end] and remark.line == text.count("\n", 0, start) + 1 for remark in found)


@pytest.mark.parametrize(
    "sentence",
    [
        "I would be glad to hear from you.",
        "I really enjoyed our conversation.",
        "We sent out 900 boxes by hand.",
        "I drew a plan on the wall at the depot.",
        "You said that the night staff start with half the picture.",
        "I look forward to hearing from you.",
        "I am free on Thursday, and I have attached one page.",
        "Your hospital looked after my grandmother for three weeks.",
        "Marek Dvorsky asked me about the boxes too.",
    ],
)
def test_courtesy_and_what_was_said_in_other_words_raise_nothing(sentence: str) -> None:
    assert remarks(with_sentence(sentence)) == ()


@pytest.mark.parametrize(
    "greeting", ["Dear all,", "Dear hiring team,", "Dear Ruth and Marek,", "To whom it may concern,"]
)
def test_a_letter_to_a_group_is_flagged(greeting: str) -> None:
    assert RemarkKind.GROUP in kinds(DRAFT.replace(LETTER.greeting, greeting))


@pytest.mark.parametrize("greeting", ["Dear Ruth Adeyami,", "Dear Rut,", "Dear Marek Dvorsky,", "Dear ,"])
def test_a_name_that_is_not_hers_is_flagged(greeting: str) -> None:
    assert RemarkKind.NAME in kinds(DRAFT.replace(LETTER.greeting, greeting))


@pytest.mark.parametrize(
    ("name", "greeting", "odd"),
    [
        ("Cllr Ann Shaw", "Dear Cllr,", True),
        ("Cllr Ann Shaw", "Dear Cllr Shaw,", False),
        ("Wee Mark", "Dear Wee,", True),
        ("Wee Mark", "Dear Wee Mark,", False),
        ("Coach Errol Bryce", "Dear Coach Errol Bryce,", True),
        ("Coach Errol Bryce", "Dear Coach Bryce,", False),
        ("Coach Errol Bryce", "Dear Errol,", False),
        ("Big Mo Rafiq", "Dear Big Mo Rafiq,", True),
        ("Big Mo Rafiq", "Dear Big Mo,", False),
        ("Big Mo Rafiq", "Dear Mo,", False),
        ("Dr Ada van der Meer", "Dear Dr Ada van der Meer,", True),
        ("Dr Ada van der Meer", "Dear Dr van der Meer,", False),
        ("Team Leader Shaz Iqbal", "Dear Team Leader Iqbal,", False),
        ("Associate Professor Lin Zhao", "Dear Associate Professor Zhao,", False),
        ("The Reverend Sue Lamb", "Dear Reverend Lamb,", False),
    ],
)
def test_a_title_or_a_nickname_is_no_name_alone(name: str, greeting: str, odd: bool) -> None:
    person = replace(RUTH, name=name)
    record = replace(OCCASION, interviewers=(person,))
    found = check_letter(DRAFT.replace(LETTER.greeting, greeting), person, record)
    assert (RemarkKind.NAME in {each.kind for each in found}) == odd
    assert {each.kind for each in found} <= {RemarkKind.NAME}


def test_a_knight_is_no_group() -> None:
    knight = replace(RUTH, name="Sir Malcolm Adeyemi")
    for greeting, odd in (("Sir Malcolm", False), ("Sir", True), ("Sir or Madam", True), ("Sirs", True)):
        found = check_letter(DRAFT.replace("Dear Ruth", f"Dear {greeting}", 1), knight, OCCASION)
        assert any(each.kind is RemarkKind.GROUP for each in found) is odd


def test_a_role_without_its_capital_and_a_slip_of_grammar_are_told() -> None:
    record = replace(OCCASION, role="Welsh teacher")
    text = with_sentence("He come back for the welsh teacher post.")
    assert {RemarkKind.NAME, RemarkKind.SLIP} <= {each.kind for each in check_letter(text, RUTH, record)}


@pytest.mark.parametrize("greeting", ["Dear Ruth,", "Dear Mrs Adeyemi,", "Hello Ruth,"])
def test_her_name_with_or_without_title_is_right(greeting: str) -> None:
    assert remarks(DRAFT.replace(LETTER.greeting, greeting)) == ()


def test_too_short_and_too_long_are_told() -> None:
    assert RemarkKind.LENGTH in kinds("Dear Ruth,\n\nThank you.\n\nKind regards\nSam Rivers\n")
    assert RemarkKind.LENGTH in kinds(with_sentence("Thank you very much. " * 60))


def test_whose_letter_it_is_is_known_by_its_greeting() -> None:
    assert interviewer_of_letter("Dear Mr Dvorsky,\nhello", OCCASION).id == "operations-director"
    assert interviewer_of_letter("Dear Ruth Adayemi,\nhello", OCCASION).id == "ward-manager"
    with pytest.raises(UserError, match="did not interview"):
        interviewer_of_letter("Dear Bob,\nhello", OCCASION)


def test_numbers_count_by_value() -> None:
    assert numbers_in("nine hundred boxes, 12,500 pounds and forty-two lorries") == {900.0, 12500.0, 42.0}
    assert numbers_in("two thousand and six") == {2006.0}
    assert numbers_in("one page from one of us") == frozenset()


def test_the_sentences_of_the_body_are_found_in_place() -> None:
    text = "Dear Ruth,\n\nOne here. Two\nover lines.\n\nThree.\n\nKind regards\nSam. R.\n"
    assert [text[start:end] for start, end in sentence_places(text)] == ["One here.", "Two\nover lines.", "Three."]


def test_any_text_can_be_checked() -> None:
    for text in (
        "",
        "\n\n",
        "Dear",
        "Dear Ruth",
        "...",
        "[",
        "Dear Ruth,\n" + "x" * 50_000,
        "🙂" * 300,
        "Dear Ruth,\r\n\r\nHi.\r\n",
    ):
        assert all(remark.says for remark in remarks(text))


def test_part_of_a_long_sentence_is_not_the_opposite_of_a_not_that_stands_elsewhere_in_it() -> None:
    why = (
        "i have been a barista for five years and i got to the point where i wanted to know why the bean tastes "
        "different and nobody at the cafe could tell me"
    )
    asked = answered(1, why, "Why do you want to work here?", Kind.MOTIVATION, made.RUTH, "motivation")
    record = record_of_session(replace(SESSION, answers=(asked,)), CAST, JOB)
    text = DRAFT.replace("\n\n", "\n\nI wanted to know why the bean tastes different.\n\n", 1)
    found = check_letter(text, record.interviewers[0], record)
    assert RemarkKind.CONTRARY not in {each.kind for each in found}


@pytest.mark.parametrize(
    ("sentence", "contrary"),
    [
        ("I couldn't get the session to stay after refresh on the login page.", False),
        ("I got the session to stay after refresh on the login page.", True),
        ("I could get the session to stay after refresh on the login page.", True),
        ("On the login page I could not keep anything, and I told nobody for two days.", False),
        ("I asked for help on the first day and kept a list of everything.", False),
    ],
)
def test_only_a_not_between_the_same_words_is_the_opposite(sentence: str, contrary: bool) -> None:
    told = "We built a site. I couldnt get the session to stay after refresh on the login page. "
    told += "I asked for help on the first day, instead of a form nobody read, and kept a list of everything."
    asked = answered(2, told, "Tell me about a problem.", Kind.BEHAVIOURAL, made.MAREK, "planning")
    record = record_of_session(replace(SESSION, answers=(asked,)), CAST, JOB)
    text = DRAFT.replace("\n\n", f"\n\n{sentence}\n\n", 1)
    found = check_letter(text, record.interviewers[0], record)
    assert (RemarkKind.CONTRARY in {each.kind for each in found}) == contrary


@pytest.mark.parametrize("sentence", ["Since we spoke I have thought about it.", "It is the story they laughed at."])
def test_common_words_are_neither_a_name_nor_a_hole(sentence: str) -> None:
    vince = replace(OCCASION, interviewers=(replace(OCCASION.interviewers[0], name="Vince Hartley"),))
    found = check_letter(f"Dear Vince Hartley,\n\n{sentence}\n\nKind regards,\nSam\n", vince.interviewers[0], vince)
    assert {RemarkKind.NAME, RemarkKind.HOLE} & {each.kind for each in found} == set()


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Ruth Adeyemi was kind to me.", RemarkKind.THIRD_PERSON),
        ("I was was glad.", RemarkKind.DOUBLED),
        ("- I was glad.", RemarkKind.BULLET),
        ("I was glad " + "and glad to be there " * 6 + "again.", RemarkKind.LONG),
        ("I helped Mrs Penrose to the door.", RemarkKind.SOMEBODY),
        ("He came back the next morning to thank us.", RemarkKind.REPEATED),
    ],
)
def test_what_a_careful_friend_would_mend_is_told(sentence: str, kind: RemarkKind) -> None:
    assert kind in kinds(with_sentence(sentence))


def test_a_colleague_who_speaks_in_what_was_told_is_named_wherever_the_name_stands() -> None:
    told = "I could not lift it. I asked Callum for help. We carried it together and it was done."
    asked = answered(2, told, "Tell me about a problem.", Kind.BEHAVIOURAL, made.MAREK, "planning")
    record = record_of_session(replace(SESSION, answers=(asked,)), CAST, JOB)
    text = DRAFT.replace("\n\n", "\n\nI carried it with Callum to the box of Roses.\n\n", 1)
    found = [each.words for each in check_letter(text, record.interviewers[0], record) if each.kind == "somebody"]
    assert found == ["Callum"]


def test_a_story_that_begins_with_somebody_nobody_has_named_is_told() -> None:
    text = DRAFT.replace("On a late shift a visitor was", "He was")
    assert RemarkKind.HANGING in kinds(text)
    assert RemarkKind.HANGING not in kinds(DRAFT)


def test_a_sentence_that_lost_the_one_it_points_to_is_told() -> None:
    told = "A tiler spent two hours on one tile. I wrote that up as the lead story. Many people opened it."
    asked = answered(2, told, "Tell me about something you wrote.", Kind.BEHAVIOURAL, made.RUTH, "initiative")
    record = record_of_session(replace(SESSION, answers=(asked,)), CAST, JOB)
    for before, hangs in (("Our newsletter was dull.", True), ("A tiler spent two hours on one tile.", False)):
        text = f"Dear Ruth,\n\n{before} I wrote that up as the lead story.\n\nKind regards,\nSam\n"
        found = {each.kind for each in check_letter(text, record.interviewers[0], record)}
        assert (RemarkKind.HANGING in found) is hangs


def test_a_reason_that_speaks_of_the_addressee_as_she_is_told() -> None:
    why = "I told her that I like the nights."
    record = OCCASION.with_lines(LINES.with_person(RUTH.id, PersonLines(why=why)))
    found = check_letter(draft_letters(record)[0].text, RUTH, record)
    assert [each.words for each in found if each.kind is RemarkKind.THIRD_PERSON] == [why]


def test_an_addressee_whose_name_is_the_firms_may_stand_in_it() -> None:
    rob = replace(RUTH, name="Rob Tolland")
    record = replace(OCCASION, company="Tolland and Sons", interviewers=(rob,))
    text = "Dear Rob,\n\nThank you for our talk about Tolland and Sons.\n\nKind regards,\nSam\n"
    assert RemarkKind.THIRD_PERSON not in {each.kind for each in check_letter(text, rob, record)}


@pytest.mark.parametrize(
    ("topic", "odd"),
    [
        ("the night staff starting with half the picture", False),
        ("handover", True),
        ("the football match on Sunday", True),
        ("people shouting at each other in the handover", True),
    ],
)
def test_what_they_said_is_short_theirs_and_does_not_hurt(topic: str, odd: bool) -> None:
    record = OCCASION.with_lines(LINES.with_person(RUTH.id, PersonLines(topic=topic)))
    text = draft_letters(record)[0].text
    assert (RemarkKind.SAID in {each.kind for each in check_letter(text, RUTH, record)}) == odd

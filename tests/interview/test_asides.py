"""What is said in place of an answer is read by meaning; answers that use the same words stay answers."""

import pytest

from simulator.interview.asides import Aside, Facts, aside_in, fact_told
from simulator.interview.asked_back import EITHER, MEANT, ONE_OF_YOURS, WIDELY, asked_back, explained
from simulator.questions.bank import Kind, Question
from tests.interview.people import ANN

WANTED = {
    Aside.SKIP: (
        "I'd rather skip that one",
        "can we skip this",
        "pass",
        "sorry, let me leave that one out",
        "could we go on to the next",
        "I would like to come back to this question later please",
        "hmm, I think I will pass on that",
        "please ask me a different question",
        "I do not wish to talk about this",
    ),
    Aside.COMPANY: (
        "which company is this for again?",
        "remind me, what was the firm called?",
        "who is the employer again",
    ),
    Aside.ROLE: ("what position was this again?", "sorry, what job are we talking about"),
    Aside.INTERVIEWER: ("what was your name again?", "sorry, who are you"),
    Aside.ANYTHING: ("could i take something that happened at school", "do you mean in my job or outside of it"),
    Aside.LEFT: ("how many more questions are coming?", "is this the last one?"),
}
ANSWERS = (
    "I passed my driving test at the second try",
    "I would pass the message on to the night shift",
    "I never skip the check of the brakes",
    "We skipped lunch so that the order went out in time",
    "I left the company because I wanted to move on",
    "I told the guest that we could come back to it later",
    "I refused to answer his questions and called the manager",
    "I'd rather not work with people who lie",
    "I would go on to the next patient and come back",
    "I would leave that one for the electrician",
    "The company was a small bakery in Leeds",
    "The job was to count the stock",
    "I don't know",
    "No, never",
    "ten years",
    "Because of the people",
    "What would the first week look like?",
    "Who would I report to?",
    "How do you measure success?",
    "What is the pay?",
    "no questions from my side",
    "thank you for your time",
)


@pytest.mark.parametrize(("words", "wanted"), [(words, wanted) for wanted in WANTED for words in WANTED[wanted]])
def test_what_is_wanted_in_place_of_answering_is_understood(words: str, wanted: Aside) -> None:
    assert aside_in(words) is wanted


@pytest.mark.parametrize("words", ANSWERS)
def test_an_answer_with_the_same_words_stays_an_answer(words: str) -> None:
    assert aside_in(words) is None


LAST_STEP = "What made you take that last step?"


@pytest.mark.parametrize(
    "words",
    [
        "Sorry, what do you mean with last step?",
        "Excuse me, which kind of work do you mean?",
        "which step?",
        "what does deadline mean?",
        "i don't get it",
        "I'm not sure what you are asking",
        "can you say it in easier words",
        "what kind of answer do you want",
    ],
)
def test_asking_what_is_meant_is_understood_in_many_words(words: str) -> None:
    assert asked_back(words, LAST_STEP, by_meaning=True) is Aside.MEANING


@pytest.mark.parametrize(
    "words",
    [
        *ANSWERS,
        "half an answer of a few words",
        "I asked the customer what he meant",
        "what do you mean to do about the rota",
        "It means a lot to me",
        "They did not hear me",
        "I gave her an example",
        "I would ask what they mean",
        "What kind of work would I do?",
    ],
)
def test_an_answer_in_such_words_asks_nothing_back(words: str) -> None:
    assert asked_back(words, LAST_STEP, by_meaning=True) is None


def test_who_says_much_answers() -> None:
    assert aside_in("Can we skip this question? " * 5) is None
    assert aside_in("  ") is None


def test_a_fact_is_told_or_that_it_was_not_noted() -> None:
    facts = Facts("Harbour Clinic", "ward nurse")
    assert fact_told(Aside.COMPANY, facts, ANN, 0) == "This is for Harbour Clinic."
    assert fact_told(Aside.ROLE, facts, ANN, 0) == "We are talking about the role of ward nurse."
    assert fact_told(Aside.INTERVIEWER, facts, ANN, 0) == "I am Ann Lee, team lead."
    assert fact_told(Aside.COMPANY, Facts(), ANN, 0).startswith("No company was noted")
    assert fact_told(Aside.ROLE, Facts(), ANN, 0).startswith("No job was noted")
    assert fact_told(Aside.LEFT, facts, ANN, 1) == "After this there is 1 more question."
    assert fact_told(Aside.LEFT, facts, ANN, 0) == "After this there are no more questions."


RUDE = "Tell me about a time when a customer was rude to you."
BETTER = "What are you better at than most people you have worked with?"


@pytest.mark.parametrize(
    ("prompt", "words"),
    [
        (BETTER, "What do you mean by most people, most people at my agency or most people in general?"),
        ("Tell us about the people you lead.", "sorry what do you mean with lead. i am not a boss until now"),
        (RUDE, "Rude in what way?"),
        (RUDE, "Do you mean rude to me or rude to somebody else?"),
        (RUDE, "Does a patient count as a customer?"),
        ("What is your greatest weakness?", "A weakness as a person? Or one in my skills?"),
        ("Tell me about a conflict in your team.", "Would a small conflict do as well?"),
    ],
)
def test_a_question_about_words_of_the_question_asks_back(prompt: str, words: str) -> None:
    assert asked_back(words, prompt, by_meaning=True) in (Aside.MEANING, Aside.ANYTHING)


@pytest.mark.parametrize(
    ("prompt", "words"),
    [
        (RUDE, "How often are customers rude here?"),
        (RUDE, "A customer was rude. What would you do, I asked my boss."),
        ("Where do you see yourself in five years?", "Where will the company be in five years?"),
        ("What would you do in your first week?", "Who would show me round in the first week?"),
        ("Why do you want to work in this hospital?", "What does the hospital pay?"),
    ],
)
def test_a_question_about_the_work_does_not_ask_back_whatever_its_words(prompt: str, words: str) -> None:
    assert asked_back(words, prompt, by_meaning=True, only_asks=words.endswith("?")) is None


def test_of_what_is_named_either_will_do_and_other_words_may_be_taken_widely() -> None:
    question = Question("q", RUDE, Kind.BEHAVIOURAL, guidance="Start with the noise.")
    either = explained(question, "Do you mean rude to me or rude to somebody else?", Facts())
    assert either == f"{EITHER} So: {RUDE}"
    assert explained(question, "Rude in what way?", Facts()) == f"{WIDELY} {ONE_OF_YOURS} So: {RUDE}"
    assert explained(question, "What do you mean?", Facts()) == f"{MEANT} Start with the noise. So: {RUDE}"

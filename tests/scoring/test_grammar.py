"""Who did what is read from speech without punctuation."""

import pytest

from simulator.scoring.grammar import Deed, Doer, Frame, Reader, Sort
from simulator.scoring.rubric import lexicon
from simulator.scoring.tokens import tokens_of
from simulator.speech.transcript import typed


def deeds(text: str) -> list[Deed]:
    return Reader(lexicon()).deeds(tokens_of(typed(text)))


def the(text: str, verb: str) -> Deed:
    found = [deed for deed in deeds(text) if deed.verb == verb]
    assert found, f"'{verb}' was not found in: {text}"
    return found[0]


@pytest.mark.parametrize(
    ("text", "verb", "doer", "frame"),
    [
        ("i called the supplier", "called", Doer.SPEAKER, Frame.PAST),
        ("so i just quickly rang her daughter", "rang", Doer.SPEAKER, Frame.PAST),
        ("we moved the beds", "moved", Doer.GROUP, Frame.PAST),
        ("she thanked me", "thanked", Doer.OTHER, Frame.PAST),
        ("the inspector signed it", "signed", Doer.OTHER, Frame.PAST),
        ("i would call the manager", "call", Doer.SPEAKER, Frame.IMAGINED),
        ("i usually check the list", "check", Doer.SPEAKER, Frame.PRESENT),
        ("i have led several projects", "led", Doer.SPEAKER, Frame.PERFECT),
        ("i will finish my training", "finish", Doer.SPEAKER, Frame.FUTURE),
        ("i am going to apply", "apply", Doer.SPEAKER, Frame.FUTURE),
        ("i used to drive a van", "drive", Doer.SPEAKER, Frame.USED_TO),
        ("i had to drain the pipe", "drain", Doer.SPEAKER, Frame.PAST),
        ("i did not open it", "open", Doer.SPEAKER, Frame.PAST),
        ("i was mixing the plaster", "mixing", Doer.SPEAKER, Frame.PAST),
    ],
)
def test_a_verb_has_its_doer_and_frame(text: str, verb: str, doer: Doer, frame: Frame) -> None:
    deed = the(text, verb)
    assert (deed.doer, deed.frame) == (doer, frame)


def test_a_verb_after_and_goes_on_with_the_last_doer() -> None:
    assert the("i called him and asked for the key", "asked").doer is Doer.SPEAKER


def test_states_are_no_actions() -> None:
    assert the("i felt tired", "felt").sort is Sort.STATE
    assert the("i worked in a bank", "worked").sort is Sort.COURSE
    assert the("i fixed the pump", "fixed").sort is Sort.ACTION


def test_a_not_is_seen() -> None:
    assert the("i did not open it", "open").negated


def test_would_amid_past_verbs_tells_what_one_used_to_do() -> None:
    text = "they argued and the two sides stopped talking so i would go between them"
    assert the(text, "go").frame is Frame.USED_TO
    assert the("if a customer shouted i would stay calm", "stay").frame is Frame.IMAGINED

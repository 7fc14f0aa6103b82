"""What the screen says of a turn: which question it belongs to, whose turn it is, and the key that matters now."""

from simulator.interview.conversation import Conversation
from simulator.interview.events import Phase, Purpose
from simulator.interview_control.spoken_answer import Silence
from simulator.sessions.session import Mode

YOUR_TURN = {Purpose.CLOSING: "Your questions", Purpose.GOODBYE: "A last word?"}
TO_START = {
    Purpose.CLOSING: "Enter to ask, F8 if you have none",
    Purpose.GOODBYE: "Enter to speak, F8 shows your report",
    Purpose.PIECE: "Enter starts; say only this part",
}
TO_TYPE = {Purpose.CLOSING: "Ask your question", Purpose.PROBE: "Type your reply"}
BESIDES = {Purpose.CLOSING: "F8 if none"}
AT_GOODBYE = (("A last word?", "or just Enter for your report"), ("A last word", "Enter says it, then your report"))
"""With an empty field, and with words in it."""
OF_SILENCE = {
    Silence.MUTED: ("Nothing arrives: is it muted?", "T to type"),
    Silence.UNHEARD: ("Take your time", "Not heard? Come closer, or T to type"),
    Silence.STOPPED: ("The microphone stopped", "T to type"),
    Silence.NOTHING_TO_SEND: ("Nothing heard yet", "Enter again sends it"),
}
TURNS_OF_THEIR_OWN = {
    Purpose.PROBE: "Follow-up to question",
    Purpose.PIECE: "Adding to question",
    Purpose.GOODBYE: "Goodbye",
}
"""Turns that are no question of the plan."""


def where(conversation: Conversation) -> str:
    """Which question of how many, and what interview this is.

    What changes comes first: where there is little room, the bank's title is cut and not the question's number.
    """
    state, session = conversation.state, conversation.session
    count, drill = len(conversation.plan.turns), session.mode is Mode.DRILL
    number = state.position + 1
    words = [] if drill else [f"question {min(number, count)} of {count}"]
    # Feedback is about the whole answer.
    if state.turn in TURNS_OF_THEIR_OWN and state.phase is not Phase.FEEDBACK:
        turn = TURNS_OF_THEIR_OWN[state.turn]
        words = [turn if state.turn is Purpose.GOODBYE else f"{turn} {number}"]
    words += [f"try {state.attempt}"] if state.attempt > 1 and state.turn is not Purpose.GOODBYE else []
    words += [session.mode.value, session.bank_title]
    return "   ".join(words)


def named(purpose: Purpose) -> str:
    """What stands before the interviewer's name, so that one sees at once that something new is asked."""
    return "A follow-up from" if purpose is Purpose.PROBE else ""


def what_comes_next(conversation: Conversation, types: bool) -> str:
    """How the interview goes on after feedback, for whoever speaks or `types`; its keys stand below the screen."""
    left = len(conversation.plan.turns) - conversation.state.position - 1
    more = "One more question" if left == 1 else f"{left} more questions"
    breath = f"Take a breath first{'' if types else ': nothing is being recorded'}."
    ahead = f"{more} to come. {breath}" if left > 0 else f"That was the last question. {breath}"
    if conversation.session.mode is Mode.DRILL:
        ahead = f"The same question once more makes it yours. {breath}"
    return ahead


def to_start(purpose: Purpose) -> tuple[str, str]:
    """Whose turn it is before a word was said, and the key that matters."""
    return YOUR_TURN.get(purpose, "Your turn"), TO_START.get(purpose, "Enter starts your answer")


def of_silence(silence: Silence, heard: bool) -> tuple[str, str]:
    """Why nothing is heard, and the key that helps; what was `heard` already is not typed anew."""
    words, key = OF_SILENCE[silence]
    return words, "Enter sends what you said" if silence is Silence.STOPPED and heard else key


def while_speaking(heard: bool, types: bool) -> tuple[str, str]:
    """That an interviewer speaks, or is only to be read, and the keys that help whoever is to speak or `types`."""
    if heard:
        return "is speaking", "Enter stops it, or answer now" if types else "any key stops the voice"
    return "writes", "goes on by itself, or answer now" if types else "goes on by itself, or Enter"


def to_type(purpose: Purpose, asking: bool, written: bool, empty: bool, again: bool = False) -> tuple[str, str]:
    """What is to be typed, and the keys. `written`: words stand in the field; `empty`: Enter was pressed on none;
    `again`: there are words of the try before."""
    if purpose is Purpose.GOODBYE and not asking:
        return AT_GOODBYE[written]
    what = "Ask your question" if asking else TO_TYPE.get(purpose, "Type your answer")
    if empty:
        return "Your turn", f"{what} here, then Enter"
    if again and not written and not asking:
        return what, "F3 brings your last words"
    besides = "Esc drops it" if asking else BESIDES.get(purpose, "Ctrl+J new line")
    return what, f"Enter sends it, {besides}"

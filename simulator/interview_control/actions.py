"""Which of the candidate's keys fit the moment: only these are shown and work."""

from simulator.interview.events import Phase, Purpose
from simulator.interview_control.controller import InterviewController
from simulator.sessions.session import Mode
from simulator.speech.transcript import Source

AFTER_FEEDBACK = ("next", "again", "piece", "worked_answer")
"""What is mostly done after feedback."""


def fits(action: str, at: InterviewController, wanted: str = "") -> bool:
    """Whether this action of the interview screen can be taken now; any that is not known here always can.

    `wanted` is the turn that a key is named for ("closing", "goodbye"), "" for all others.
    """
    phase, turn, talk = at.phase, at.turn, at.conversation
    named = talk.state.turn.value if talk.state.turn in (Purpose.CLOSING, Purpose.GOODBYE) else ""
    waiting = phase is Phase.INVITED and not turn.typing
    writing = phase is Phase.INVITED and turn.typing
    match action:
        case "start_answer":
            return waiting and not at.paused and wanted == named
        case "finish_answer":
            return phase is Phase.ANSWERING and not at.paused
        case "pause" | "resume":
            stops = phase in (Phase.SPEAKING, Phase.ANSWERING) or waiting
            return stops and at.paused == (action == "resume")
        case "hear_again":
            return waiting and not at.paused
        case "skip":
            return phase is Phase.INVITED and not at.paused and wanted == named
        case "skip_letter":
            return waiting and not at.paused
        case "take_the_other_way":
            waits = phase in (Phase.INVITED, Phase.FEEDBACK) and not at.paused
            taken = talk.state.taken if waits else None
            how = "answer" if taken and taken.turn else named or "answer"
            return taken is not None and wanted == ("asked" if taken.asked else how)
        case "type":
            unheard = phase is Phase.ANSWERING and not (turn.answer and turn.answer.heard)
            before = phase is Phase.SPEAKING and not turn.will_type
            return (waiting or unheard or before) and not at.paused
        case "speak":
            return writing and turn.can_speak
        case "find_microphone":
            return writing and turn.may_find_microphone
        case "last_words":
            return (waiting or writing) and not at.paused and not turn.asking and bool(turn.last_words)
        case "ask":
            purpose = turn.invite.purpose if turn.invite else None
            return waiting and not at.paused and purpose in (Purpose.QUESTION, Purpose.PROBE)
        case "drop_question":
            return turn.asking and phase in (Phase.INVITED, Phase.ANSWERING)
        case "leave":
            return not (turn.asking and phase in (Phase.INVITED, Phase.ANSWERING))
        case "finish":
            return phase is not Phase.READY and talk.state.turn is not Purpose.GOODBYE
        case "earlier":
            return writing and bool(turn.unkept.earlier)
        case "back":
            return phase in (Phase.INVITED, Phase.FEEDBACK) and not at.paused and talk.earlier is not None
        case "back_letter":
            return not writing and fits("back", at)
        case "next" | "explain":
            return phase is Phase.FEEDBACK
        case "again":
            return phase is Phase.FEEDBACK and talk.options.second_try
        case "piece":
            return phase is Phase.FEEDBACK and bool(talk.missing_piece)
        case "listen":
            return phase is Phase.FEEDBACK and bool(at.recording())
        case "worked_answer":
            return phase is Phase.FEEDBACK and at.example
        case "correct":
            return phase is Phase.FEEDBACK and bool(at.feedback and at.feedback.answer.utterances)
        case _:
            return True


def why_idle(key: str, at: InterviewController) -> str:
    """What a key is for that does nothing just now, "" for keys that need no word."""
    feedback = at.phase is Phase.FEEDBACK
    typed = at.feedback is not None and at.feedback.answer.transcript.source is Source.TYPED
    match key:
        case "a" | "p" | "h" if feedback and not at.conversation.options.second_try:
            return "In an assignment each question is answered once. Enter goes on."
        case "p" if feedback:
            return "P adds one thing that is missing. Here I miss none that can be added."
        case "h" if feedback:
            return "H shows how somebody else might answer. To this question there is no such answer yet."
        case "l" if feedback:
            return f"L plays what you said. {'You typed this answer' if typed else 'No recording of it was kept'}."
        case "f2" if feedback:
            return "F2 is for speaking in place of typing, when you are asked. Enter goes on."
        case "f2" if at.turn.will_type:
            return "F2 is for speaking. It needs a speech model: the sound check gets one."
        case "f2":
            return "F2 is for speaking again after typing. You speak already."
        case "f3":
            return "F3 brings the words of your last try, when you answer the same question again."
        case "f6":
            return "F6 helps when what you said was taken for something else. That did not happen here."
        case "f7" if at.conversation.session.mode is Mode.DRILL:
            return "F7 goes to the previous question. A drill has only this one."
        case "f7" if not at.conversation.state.position:
            return "F7 goes to the previous question. This is the first."
        case "f7":
            return "F7 goes to the previous question. Here each is answered once."
        case "f8" if feedback:
            return "F8 skips a question. This one is answered: Enter goes on."
        case "f9":
            return "F9 brings back an answer that was cut short. None was."
        case "f10":
            return "F10 ends the interview. This is its end: Enter does that."
    return ""

"""Which of the candidate's keys fit the moment: only these are shown and work."""

from simulator.interview.events import Phase, Purpose
from simulator.interview_control.controller import InterviewController


def fits(action: str, at: InterviewController) -> bool:
    """Whether this action of the interview screen can be taken now; any that is not known here always can."""
    phase, turn, talk = at.phase, at.turn, at.conversation
    waiting = phase is Phase.INVITED and not turn.typing
    writing = phase is Phase.INVITED and turn.typing
    match action:
        case "start_answer":
            return waiting
        case "finish_answer":
            return phase is Phase.ANSWERING
        case "pause":
            return phase in (Phase.SPEAKING, Phase.INVITED, Phase.ANSWERING) and not turn.typing
        case "hear_again" | "skip":
            return waiting and not at.paused
        case "type":
            unheard = phase is Phase.ANSWERING and not (turn.answer and turn.answer.heard)
            return (phase is Phase.INVITED or unheard) and not at.paused
        case "ask":
            purpose = turn.invite.purpose if turn.invite else None
            return waiting and not at.paused and purpose in (Purpose.QUESTION, Purpose.PROBE)
        case "skip_typing":
            return writing
        case "earlier":
            return writing and bool(turn.recovered.earlier)
        case "back":
            return (waiting or phase is Phase.FEEDBACK) and not at.paused and talk.earlier is not None
        case "back_typing":
            return writing and talk.earlier is not None
        case "next" | "explain":
            return phase is Phase.FEEDBACK
        case "again":
            return phase is Phase.FEEDBACK and talk.manner.second_try
        case "piece":
            return phase is Phase.FEEDBACK and bool(talk.missing_piece)
        case "listen":
            return phase is Phase.FEEDBACK and bool(at.recording())
        case "correct" | "worked_answer":
            return phase is Phase.FEEDBACK and bool(at.feedback and at.feedback.answer.utterances)
        case _:
            return True

"""The interview on stdin and stdout: for screen readers, pipes and places without a full screen.

It drives the same conversation as the app and prints the same lines. A line typed is an answer;
lines that begin with "/" are commands.
"""

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol, TextIO

from simulator.interview.conversation import Conversation
from simulator.interview.events import (
    Asked,
    Begin,
    Effect,
    Event,
    Finish,
    FinishEarly,
    GoOn,
    HearAgain,
    Invite,
    LineFinished,
    Phase,
    Purpose,
    Say,
    ShowFeedback,
    Skip,
    TryAgain,
    UtteranceHeard,
)
from simulator.sessions.report import as_text, feedback_text, rubric_title, session_report
from simulator.sessions.self_rating import ENDS, rating_of, rubrics_to_rate
from simulator.sessions.session import Answer, Mode, Session
from simulator.speech.transcript import Transcript, typed
from simulator.studio import Studio, now

HELP = """Type your answer and press Enter. What you can type besides:
  /hear       the question once more
  /skip       leave this question out; when you are asked for questions: I have none
  /ask TEXT   ask the interviewer something now
  /again      after feedback: try the same question again
  /finish     end the interview now, with the report
  /leave      stop here; it is kept, and you can go on later
  /help       this list"""


@dataclass(frozen=True, slots=True)
class Given:
    """An answer given ahead (`--answer FILE`): its transcript, and where its sound is kept."""

    transcript: Transcript
    recording: str = ""


class Speaker(Protocol):
    """Says a line aloud and returns when it is over."""

    def __call__(self, text: str, interviewer_id: str) -> None: ...


class Left(Exception):
    """The candidate leaves; the interview is kept as it stands."""


class PlainInterview:
    """Runs one interview on text streams.

    `interactive` asks a person (feedback waits for a key press); otherwise lines are taken as they
    come, and the end of the input ends the interview. `given` answers are used up first.
    """

    def __init__(
        self,
        studio: Studio,
        conversation: Conversation,
        lines: Iterable[str],
        out: TextIO,
        interactive: bool,
        given: Iterable[Given] = (),
        aloud: Speaker | None = None,
        hush: bool = False,
    ) -> None:
        self._studio = studio
        self._conversation = conversation
        self._lines = iter(lines)
        self._out = out
        self._interactive = interactive
        self._given = iter(given)
        self._aloud = aloud
        self._hush = hush
        self._finished = False
        self._asked_about: set[str] = set()

    def run(self, resumed: bool = False) -> Session:
        """The whole interview; returns its session. Raises Left when the candidate leaves."""
        waiting = self._carry_out(self._conversation.resume()) if resumed else self._send(Begin())
        while not self._finished:
            waiting = self._send(waiting) if waiting else self._send(self._next_event())
        return self._conversation.session

    def _send(self, event: Event) -> Event | None:
        effects = self._conversation.advance(event, now())
        if not effects and isinstance(event, (TryAgain, Skip, HearAgain, GoOn)):
            self._print("That does not fit here. /help lists what does.")
        return self._carry_out(effects)

    def _carry_out(self, effects: Iterable[Effect]) -> Event | None:
        """Do what the conversation asks; the event that follows by itself, if any."""
        follows: Event | None = None
        for effect in effects:
            if self._studio.save(self._conversation.session.id, effect):
                continue
            match effect:
                case Say(line):
                    self._say_line(line.text, line.interviewer_id)
                    follows = LineFinished()
                case ShowFeedback(answer, previous):
                    self._rate(answer)
                    if not self._hush:
                        self._print()
                        self._print(feedback_text(answer, previous=previous))
                        self._print()
                    if not self._interactive:
                        follows = GoOn()
                case Invite() as invite:
                    self._offer(invite)
                case Finish():
                    self._finished = True
                    if self._conversation.session.mode is Mode.REALISTIC:
                        # Otherwise each was asked about before its own feedback.
                        for answer in self._conversation.session.latest_attempts():
                            self._rate(answer)
                    self._print()
                    self._print(as_text(session_report(self._conversation.session)))
                case _:
                    pass
        return follows

    def _rate(self, answer: Answer) -> None:
        """Ask a person how it went, before the levels are shown; once for each answer, and only where wished."""
        if not (self._interactive and self._studio.settings.self_rating) or answer.id in self._asked_about:
            return
        self._asked_about.add(answer.id)
        rubrics = rubrics_to_rate(answer)
        given: dict[str, int] = {}
        if rubrics:
            self._print()
            self._print(f"How do you think it went? {answer.question.ask}")
        for rubric in rubrics:
            level = self._own_level(rubric)
            if level is None:
                # Left out: the rest is not asked for either.
                break
            given[rubric] = level
        if given:
            self._studio.store.rate_self(answer.id, given)

    def _own_level(self, rubric: str) -> int | None:
        """The own level of a rubric; None when it is left out (an empty line) or nobody is there any more."""
        ends = " to ".join(f"{level} ({words})" for level, words in ENDS.items())
        while True:
            line = self._read(f"{rubric_title(rubric)}, {ends}; Enter leaves it out: ")
            if not line:
                return None
            level = rating_of(line)
            if level is not None:
                return level
            self._print(f"A number from {min(ENDS)} to {max(ENDS)}, or Enter.")

    def _say_line(self, text: str, interviewer_id: str) -> None:
        who = next(each for each in self._conversation.interviewers if each.id == interviewer_id)
        self._print(f"{who.name}: {text}")
        if self._aloud:
            self._aloud(text, interviewer_id)

    def _offer(self, invite: Invite) -> None:
        if not self._interactive:
            return
        if invite.purpose is Purpose.GOODBYE:
            self._print("(A last word, or /skip.)")
        elif invite.purpose is Purpose.CLOSING:
            self._print("(Your question, or /skip when you have none.)")

    def _next_event(self) -> Event:
        phase = self._conversation.place.phase
        if phase in (Phase.INVITED, Phase.ANSWERING):
            given = next(self._given, None)
            if given is not None:
                self._print(f"You: {given.transcript.text or '(nothing was understood)'}")
                return UtteranceHeard(given.transcript, given.recording)
        line = self._read("You: " if phase is not Phase.FEEDBACK else "Enter goes on, /again tries again: ")
        if line is None:
            if self._interactive:
                raise Left
            return GoOn() if phase is Phase.FEEDBACK else FinishEarly()
        if line.startswith("/"):
            return self._command(line)
        if phase is Phase.FEEDBACK:
            return GoOn()
        if not line:
            if not self._interactive:
                return Skip()
            self._print("Type your answer and press Enter, or /skip.")
            return self._next_event()
        if not self._interactive:
            self._print(f"You: {line}")
        return UtteranceHeard(typed(line))

    def _command(self, line: str) -> Event:
        word, _, rest = line.partition(" ")
        simple: dict[str, Callable[[], Event]] = {
            "/hear": HearAgain,
            "/skip": Skip,
            "/again": TryAgain,
            "/next": GoOn,
            "/finish": FinishEarly,
        }
        if word in simple:
            return simple[word]()
        if word == "/ask" and rest.strip():
            return Asked(typed(rest))
        if word == "/leave":
            raise Left
        self._print(HELP)
        return self._next_event()

    def _read(self, prompt: str) -> str | None:
        """The next line without its end; None at the end of the input."""
        if self._interactive:
            self._out.write(prompt)
            self._out.flush()
        line = next(self._lines, None)
        return None if line is None else line.strip()

    def _print(self, text: str = "") -> None:
        self._out.write(text + "\n")
        self._out.flush()


def stdin_lines(first: str = "") -> Iterator[str]:
    """The lines of standard input, `first` before them; bytes that are no UTF-8 are replaced."""
    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(errors="replace")
    if first:
        yield first
    yield from sys.stdin

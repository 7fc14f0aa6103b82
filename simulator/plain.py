"""The interview on stdin and stdout: for screen readers, pipes and places without a full screen.

It drives the same conversation as the app and prints the same lines. A line typed is an answer;
lines that begin with "/" are commands.
"""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol, TextIO

from simulator.errors import UserError
from simulator.interview.conversation import Conversation
from simulator.interview.events import (
    AddPiece,
    Asked,
    Begin,
    Event,
    FinishEarly,
    GoBack,
    GoOn,
    HearAgain,
    Invite,
    Line,
    LineFinished,
    Phase,
    Purpose,
    ShowFeedback,
    Skip,
    TakenWrongly,
    TryAgain,
    UtteranceHeard,
)
from simulator.interview_control.backend import InterviewBackend
from simulator.interview_control.runner import InterviewRunner
from simulator.interview_control.supplied_answers import SuppliedAnswer, SuppliedAnswers
from simulator.services import Services
from simulator.sessions.answer_feedback import feedback_text, parts_line
from simulator.sessions.report import as_text, session_report
from simulator.sessions.rubric_titles import rubric_title
from simulator.sessions.self_rating import HOW, HOW_WELL, rating_of, rubrics_to_rate
from simulator.sessions.session import Answer, Mode, Session, shown_scores
from simulator.sessions.times import clock
from simulator.speech.transcript import typed

MOST_IN_A_LINE = 4_000_000
"""Characters; far beyond any answer."""
HELP = """Type your answer and press Enter. What you can type besides:
  /hear       the question once more
  /skip       skip this question; when you are asked for questions: I have none
  /back       the previous question: one you skipped, or another try
  /wrong      what you just said was taken for a question and was none, or the other way round
  /ask TEXT   ask the interviewer something now
  /again      after feedback: try the same question again
  /example    a strong answer to this question, best after your own first try; once more for the next
  /add        after feedback: add only the one thing that is missing
  /finish     end the interview now, with the report
  /leave      save and leave; you can go on later
  /help       this list"""


class LineSpeaker(Protocol):
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
        services: Services,
        conversation: Conversation,
        lines: Iterable[str],
        out: TextIO,
        interactive: bool,
        given: Iterable[SuppliedAnswer] = (),
        aloud: LineSpeaker | None = None,
        hush: bool = False,
        follow_ups: bool = False,
    ) -> None:
        self._backend = InterviewBackend(services, conversation)
        self._runner = InterviewRunner(conversation, self._backend, self)
        self._conversation = conversation
        self._lines = iter(lines)
        self._out = out
        self._interactive = interactive
        state = conversation.state
        self.given = SuppliedAnswers(
            given, state.plan, state.position, follow_ups, conversation.session.mode is Mode.DRILL
        )
        self._aloud = aloud
        self._hush = hush
        self._finished = False
        self._follows: Event | None = None
        """What comes next by itself, without a line from the candidate."""
        self._asked_about: set[str] = set()
        self._shown: dict[str, int] = {}
        """How many worked answers were shown, by question."""

    def run(self, resumed: bool = False) -> Session:
        """The whole interview; returns its session. Raises Left when the candidate leaves."""
        if resumed:
            self._go_on()
        else:
            self._send(Begin())
        while not self._finished:
            self._send(self._follows or self._next_event())
        return self._conversation.session

    def _go_on(self) -> None:
        state = self._conversation.state
        if state.phase in (Phase.INVITED, Phase.ANSWERING) and state.prompt:
            # It was said before; whoever comes back needs to know what to answer.
            self._say_line(state.prompt)
            self._tell_unkept()
        self._runner.resume()

    def _tell_unkept(self) -> None:
        for path in self._backend.unkept_recordings():
            self._print(f"(Your answer was cut short. What was recorded of it is in {path}.)")

    def _send(self, event: Event) -> None:
        self._follows = None
        fits = self._runner.send(event)
        if not fits and isinstance(event, (TryAgain, AddPiece, TakenWrongly, Skip, GoBack, HearAgain, GoOn)):
            self._print("That does not fit here. /help lists what does.")

    # What the conversation asks for.

    def not_kept(self, problem: UserError) -> None:
        """The command ends with it; the interview can be gone on with."""
        raise problem

    def prepare(self, lines: Sequence[Line]) -> None:
        """Nothing is made ahead here."""

    def say(self, line: Line) -> None:
        """The interviewer speaks."""
        self._say_line(line)
        self._follows = LineFinished()

    def feed_back(self, feedback: ShowFeedback) -> None:
        """An answer was scored."""
        self._rate(self._runner.to_rate_first(feedback.answer))
        if not self._hush:
            self._print()
            self._print(feedback_text(self._runner.as_rated(feedback).answer, previous=feedback.previous))
            self._print()
        if not self._interactive:
            self._follows = GoOn()

    def finish(self) -> None:
        """The interview is over."""
        self._finished = True
        self._rate(self._runner.to_rate_at_the_end())
        self._print()
        self._print(as_text(session_report(self._conversation.session)))

    def _rate(self, answers: Sequence[Answer]) -> None:
        """Ask a person how it went, before the levels are shown; once for each answer."""
        for answer in answers if self._interactive else ():
            if answer.id not in self._asked_about:
                self._asked_about.add(answer.id)
                self._rate_one(answer)

    def _rate_one(self, answer: Answer) -> None:
        rubrics = rubrics_to_rate(answer)
        given: dict[str, int] = {}
        if rubrics:
            self._print()
            self._print(f"{HOW} {answer.question.ask}")
            levels = ", ".join(f"{level} {words}" for level, words in enumerate(HOW_WELL))
            self._print(f"({levels}; Enter skips it.)")
        for rubric in rubrics:
            level = self._own_level(rubric)
            if level is None:
                # Left out: the rest is not asked for either.
                break
            given[rubric] = level
        if given:
            self._runner.rated(answer, given)

    def _own_level(self, rubric: str) -> int | None:
        """The own level of a rubric; None when it is left out (an empty line) or nobody is there any more."""
        while True:
            line = self._read(f"{rubric_title(rubric)}: ")
            if not line:
                return None
            level = rating_of(line)
            if level is not None:
                return level
            self._print(f"A number from 0 to {len(HOW_WELL) - 1}, or Enter.")

    def _say_line(self, line: Line) -> None:
        self._print(f"{self._backend.speaker(line.interviewer_id).name}: {line.text}")
        if self._aloud:
            self._aloud(line.text, line.interviewer_id)

    def invite(self, invite: Invite) -> None:
        """It is the candidate's turn: what is special about it."""
        if not self._interactive:
            return
        if invite.limit and invite.purpose in (Purpose.QUESTION, Purpose.CLOSING):
            self._print(f"(Spoken, up to {clock(invite.target_seconds)}.)")
        if invite.purpose is Purpose.GOODBYE:
            self._print("(Goodbye: a last word, or just Enter.)")
        elif invite.purpose is Purpose.CLOSING:
            self._print("(Your question, or /skip when you have none.)")
        if taken := self._conversation.state.taken:
            meant = {Purpose.CLOSING: "you only meant to ask that", Purpose.GOODBYE: "you only meant to say goodbye"}
            was = "that was your answer" if taken.turn else meant.get(invite.purpose, "that was your answer")
            self._print(f"(If {'you only meant to hear it again' if taken.asked else was}, /wrong.)")

    def _next_event(self) -> Event:
        # A loop, not a call within the call: somebody may lean on Enter for long.
        event = None
        while event is None:
            event = self._read_event()
        return event

    def _read_event(self) -> Event | None:
        """What the next line is; None for a line that only asked for help or said nothing."""
        phase = self._conversation.state.phase
        if phase in (Phase.INVITED, Phase.ANSWERING):
            given = self.given.take(self._conversation.state)
            if given is not None:
                self._print(f"You: {given.transcript.text or '(nothing was understood)'}")
                return UtteranceHeard(given.transcript, given.recording)
        line = self._read("You: " if phase is not Phase.FEEDBACK else self._after_feedback())
        if line is None:
            if self._interactive:
                raise Left
            if phase is Phase.FEEDBACK:
                return GoOn()
            # A follow-up without an answer is passed over; so is a question, where another has one.
            return Skip() if self._conversation.state.turn is Purpose.PROBE or self.given.left else FinishEarly()
        if line.startswith("/"):
            return self._command(line)
        if phase is Phase.FEEDBACK:
            return GoOn()
        if not line:
            if self._conversation.state.turn is Purpose.GOODBYE:
                return Skip()
            if self._interactive:
                self._print("Type your answer and press Enter, or /skip.")
            return None
        if not self._interactive:
            self._print(f"You: {line}")
        return UtteranceHeard(typed(line))

    def _after_feedback(self) -> str:
        if not self._conversation.options.second_try:
            return "Enter goes on: "
        add = ", /add adds the missing piece" if self._conversation.missing_piece else ""
        return f"Enter goes on, /again tries again{add}, /example shows a strong answer: "

    def _command(self, line: str) -> Event | None:
        word, _, rest = line.partition(" ")
        simple: dict[str, Callable[[], Event]] = {
            "/hear": HearAgain,
            "/skip": Skip,
            "/back": GoBack,
            "/again": TryAgain,
            "/add": AddPiece,
            "/next": GoOn,
            "/wrong": TakenWrongly,
            "/finish": FinishEarly,
        }
        if word in simple:
            return simple[word]()
        if word == "/ask" and rest.strip():
            return Asked(typed(rest))
        if word == "/example":
            self._show_example()
            return None
        if word == "/leave":
            raise Left
        self._print(HELP)
        return None

    def _show_example(self) -> None:
        """The next worked answer to the question, in a second voice where questions are spoken."""
        talk = self._conversation
        if not talk.options.second_try:
            self._print("Not during an assignment.")
            return
        examples = self._backend.worked_answers()
        if not examples:
            self._print("There is no worked answer to this question yet.")
            return
        at = self._shown.get(talk.question.id, 0) % len(examples)
        self._shown[talk.question.id] = at + 1
        example = examples[at]
        what = "A weak answer, as many people give it" if example.weak else "A strong answer"
        count = f" ({at + 1} of {len(examples)})" if len(examples) > 1 else ""
        self._print(f"{what}{count}. {example.who}: {example.answer}")
        answer = self._backend.worked_as_given(example)
        for score in shown_scores(answer)[:1]:
            if score.parts:
                self._print(f"It has: {parts_line(score)}")
        if example.remark:
            self._print(f"{'What is wrong with it' if example.weak else 'What makes it work'}: {example.remark}")
        if self._aloud:
            self._aloud(example.answer, self._backend.second_voice())

    def _read(self, prompt: str) -> str | None:
        """The next line without its end; None at the end of the input."""
        if self._interactive:
            self._write(prompt)
        line = next(self._lines, None)
        return None if line is None else line.strip()

    def _print(self, text: str = "") -> None:
        self._write(text + "\n")

    def _write(self, text: str) -> None:
        try:
            self._out.write(text)
            self._out.flush()
        except BrokenPipeError:
            raise
        except OSError:
            # A full disk behind stdout: what is shown is lost, the interview is not.
            return


def stdin_lines(first: str = "") -> Iterator[str]:
    """The lines of standard input, `first` before them; bytes that are no UTF-8 are replaced."""
    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(errors="replace")
    if first:
        yield first
    try:
        while line := sys.stdin.readline(MOST_IN_A_LINE):
            if len(line) == MOST_IN_A_LINE:
                # A device without an end, say: it would be read until no memory is left.
                raise UserError("A line of what was typed has no end.", "Give an answer a line.")
            yield line
    except OSError as error:
        raise UserError(f"What was typed cannot be read: {error.strerror or error}.", "Give lines of text.") from None

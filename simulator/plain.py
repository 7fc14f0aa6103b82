"""The interview on stdin and stdout: for screen readers, pipes and places without a full screen.

It drives the same conversation as the app and prints the same lines. A line typed is an answer;
lines that begin with "/" are commands.
"""

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol, TextIO

from simulator.assessment import worked_as_given
from simulator.clock import now
from simulator.errors import UserError
from simulator.interview.conversation import Conversation
from simulator.interview.events import (
    AddPiece,
    Asked,
    Begin,
    Effect,
    Event,
    Finish,
    FinishEarly,
    GoBack,
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
from simulator.interview.plan import Plan
from simulator.interview.state import InterviewState
from simulator.services import Services
from simulator.sessions.report import (
    as_text,
    clock,
    feedback_text,
    parts_line,
    rubric_title,
    session_report,
    shown_scores,
)
from simulator.sessions.self_rating import ENDS, rating_of, rubrics_to_rate
from simulator.sessions.session import Answer, Mode, Session
from simulator.speech.transcript import Transcript, typed

MOST_IN_A_LINE = 4_000_000
"""Characters; far beyond any answer."""
HELP = """Type your answer and press Enter. What you can type besides:
  /hear       the question once more
  /skip       skip this question; when you are asked for questions: I have none
  /back       the previous question: one you skipped, or another try
  /ask TEXT   ask the interviewer something now
  /again      after feedback: try the same question again
  /example    a strong answer to this question, best after your own first try; once more for the next
  /add        after feedback: add only the one thing that is missing
  /finish     end the interview now, with the report
  /leave      save and leave; you can go on later
  /help       this list"""


@dataclass(frozen=True, slots=True)
class SuppliedAnswer:
    """An answer given ahead (`--answer FILE`): its transcript, and where its sound is kept."""

    transcript: Transcript
    recording: str = ""
    question_id: str = ""
    """The question it is given for; "" for the next one that has none."""


class SuppliedAnswers:
    """Which given answer goes to which question: those named for one to that, the others in order, one a question.

    With `follow_ups` every turn of the candidate takes the next one; in a drill every attempt does.
    """

    def __init__(
        self, answers: Iterable[SuppliedAnswer], plan: Plan, first: int = 0, follow_ups: bool = False
    ) -> None:
        self._follow_ups = follow_ups
        ids = {turn.question.id: place for place, turn in enumerate(plan.turns) if place >= first}
        self._for: dict[int, SuppliedAnswer] = {}
        self._rest: list[SuppliedAnswer] = []
        for answer in answers:
            place = None if follow_ups else ids.get(answer.question_id)
            if place is None or place in self._for:
                self._rest.append(answer)
            else:
                self._for[place] = answer
        self._in_order = follow_ups or len(plan.turns) == 1
        if not self._in_order:
            open_places = [place for place in range(first, len(plan.turns)) if place not in self._for]
            self._for.update(zip(open_places, self._rest, strict=False))
            self.missing = [place - first + 1 for place in open_places[len(self._rest) :]]
            self.unused = max(0, len(self._rest) - len(open_places))
            self._rest = []
        else:
            self.missing, self.unused = [], 0

    @property
    def left(self) -> bool:
        """Whether answers wait for later questions."""
        return bool(self._for or self._rest)

    def take(self, place: InterviewState) -> SuppliedAnswer | None:
        """The answer for the candidate's turn, each only once."""
        asked = place.turn is Purpose.QUESTION or (place.turn is Purpose.CLOSING and place.rounds == 0)
        if self._in_order:
            return self._rest.pop(0) if self._rest and (asked or self._follow_ups) else None
        return self._for.pop(place.position, None) if asked else None

    def told(self) -> str:
        """What of the answers does not fit the questions; "" where all do."""
        if self.missing:
            which = ", ".join(map(str, self.missing))
            return f"There are fewer answers than questions: question {which} of this interview stays unanswered."
        if self.unused:
            which = "the last one is" if self.unused == 1 else f"the last {self.unused} are"
            return f"There are more answers than questions: {which} not used."
        return ""


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
        self._services = services
        self._conversation = conversation
        self._lines = iter(lines)
        self._out = out
        self._interactive = interactive
        place = conversation.place
        self.given = SuppliedAnswers(given, place.plan, place.position, follow_ups)
        self._aloud = aloud
        self._hush = hush
        self._finished = False
        self._asked_about: set[str] = set()
        self._shown: dict[str, int] = {}
        """How many worked answers were shown, by question."""

    def run(self, resumed: bool = False) -> Session:
        """The whole interview; returns its session. Raises Left when the candidate leaves."""
        waiting = self._go_on() if resumed else self._send(Begin())
        while not self._finished:
            waiting = self._send(waiting) if waiting else self._send(self._next_event())
        return self._conversation.session

    def _go_on(self) -> Event | None:
        place = self._conversation.place
        if place.phase in (Phase.INVITED, Phase.ANSWERING) and place.prompt:
            # It was said before; whoever comes back needs to know what to answer.
            self._say_line(place.prompt.text, place.prompt.interviewer_id)
            self._tell_unkept()
        return self._carry_out(self._conversation.resume())

    def _tell_unkept(self) -> None:
        for path in self._services.recordings.unkept(self._conversation):
            self._print(f"(Your answer was cut short. What was recorded of it is in {path}.)")

    def _send(self, event: Event) -> Event | None:
        effects = self._conversation.advance(event, now())
        if not effects and isinstance(event, (TryAgain, AddPiece, Skip, GoBack, HearAgain, GoOn)):
            self._print("That does not fit here. /help lists what does.")
        return self._carry_out(effects)

    def _carry_out(self, effects: Iterable[Effect]) -> Event | None:
        """Do what the conversation asks; the event that follows by itself, if any."""
        follows: Event | None = None
        effects = tuple(effects)
        self._services.steps.save(self._conversation.session.id, effects)
        for effect in effects:
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
        if not (self._interactive and self._services.settings.current.self_rating) or answer.id in self._asked_about:
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
            self._services.data.store.rate_self(answer.id, given)

    def _own_level(self, rubric: str) -> int | None:
        """The own level of a rubric; None when it is left out (an empty line) or nobody is there any more."""
        ends = " to ".join(f"{level} ({words})" for level, words in ENDS.items())
        while True:
            line = self._read(f"{rubric_title(rubric)}, {ends}; Enter skips it: ")
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
        if invite.limit and invite.purpose in (Purpose.QUESTION, Purpose.CLOSING):
            self._print(f"(Spoken, up to {clock(invite.target_seconds)}.)")
        if invite.purpose is Purpose.GOODBYE:
            self._print("(A last word, or /skip.)")
        elif invite.purpose is Purpose.CLOSING:
            self._print("(Your question, or /skip when you have none.)")

    def _next_event(self) -> Event:
        # A loop, not a call within the call: somebody may lean on Enter for long.
        event = None
        while event is None:
            event = self._read_event()
        return event

    def _read_event(self) -> Event | None:
        """What the next line is; None for a line that only asked for help or said nothing."""
        phase = self._conversation.place.phase
        if phase in (Phase.INVITED, Phase.ANSWERING):
            given = self.given.take(self._conversation.place)
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
            return Skip() if self._conversation.place.turn is Purpose.PROBE or self.given.left else FinishEarly()
        if line.startswith("/"):
            return self._command(line)
        if phase is Phase.FEEDBACK:
            return GoOn()
        if not line:
            if self._interactive:
                self._print("Type your answer and press Enter, or /skip.")
            return None
        if not self._interactive:
            self._print(f"You: {line}")
        return UtteranceHeard(typed(line))

    def _after_feedback(self) -> str:
        if not self._conversation.manner.second_try:
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
        if not talk.manner.second_try:
            self._print("Not during set work.")
            return
        examples = self._services.library.worked_answers(talk.question, talk.session.bank_id)
        if not examples:
            self._print("There is no worked answer to this question yet.")
            return
        at = self._shown.get(talk.question.id, 0) % len(examples)
        self._shown[talk.question.id] = at + 1
        example = examples[at]
        what = "A weak answer, as many people give it" if example.weak else "A strong answer"
        count = f" ({at + 1} of {len(examples)})" if len(examples) > 1 else ""
        self._print(f"{what}{count}. {example.who}: {example.answer}")
        answer = worked_as_given(talk.question, example, self._services.rubrics)
        for score in shown_scores(answer)[:1]:
            if score.parts:
                self._print(f"It has: {parts_line(score)}")
        if example.remark:
            self._print(f"{'What is wrong with it' if example.weak else 'What makes it work'}: {example.remark}")
        if self._aloud:
            self._aloud(example.answer, self._services.interviewers.second_voice(talk.speaker.id).id)

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

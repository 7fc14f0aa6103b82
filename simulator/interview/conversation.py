"""The heart of an interview: a state machine without I/O.

`advance(event, at)` takes what happened and the time of day, and returns what the user interface is to do.
The full-screen app, the plain mode and the tests drive the same one. All state is in `session`
(the answers so far) and `place` (where the interview stands); both are saved by effects after every
step, so that an interview left or killed is resumed at the same point.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from simulator.assessment import score_answer
from simulator.interview import closing
from simulator.interview.adding_piece import with_piece
from simulator.interview.events import (
    AddPiece,
    AnswerBegun,
    AnswerTakenBack,
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
    KeepAnswer,
    KeepLearned,
    KeepState,
    Line,
    LineFinished,
    PauseInterview,
    Phase,
    Prepare,
    Purpose,
    ResumeInterview,
    Say,
    ShowFeedback,
    Skip,
    TryAgain,
    UtteranceHeard,
)
from simulator.interview.interviewer import Interviewer
from simulator.interview.plan import CLOSING_QUESTION, Plan
from simulator.interview.probes import asked_for, choose_probe, missing_piece, probe_words
from simulator.interview.state import Continuation, InterviewState
from simulator.questions.bank import Kind, Question
from simulator.reading.reading import Reading
from simulator.scoring.scorecard import Scorecard
from simulator.scoring.scorer import AnswerContext
from simulator.sessions.session import Answer, Mode, Session, Utterance, answer_id
from simulator.speech.transcript import Transcript, joined

Scorer = Callable[[Transcript, AnswerContext], Scorecard]


@dataclass(frozen=True, slots=True)
class InterviewOptions:
    """How this interview runs, apart from its questions. `requirements` are the job's wishes.

    Set work: without `second_try` each question is answered once, and with `limits` its seconds are a limit.
    """

    probes: bool = True
    think_seconds: int = 30
    requirements: tuple[str, ...] = ()
    second_try: bool = True
    limits: bool = False


class Conversation:
    """One interview. Feed it events; carry out the effects it returns, in their order."""

    def __init__(
        self,
        session: Session,
        plan: Plan,
        interviewers: Sequence[Interviewer],
        manner: InterviewOptions | None = None,
        scorer: Scorer = score_answer,
    ) -> None:
        """A new interview, or, where the session brings a place and its plan, one to resume."""
        self.session = session
        self.place = InterviewState.from_json(session.place) if session.place else InterviewState(plan=plan.bare())
        self.manner = manner or InterviewOptions()
        self._cast: Mapping[str, Interviewer] = {interviewer.id: interviewer for interviewer in interviewers}
        self._score = scorer

    # What the user interface may ask about.

    @property
    def plan(self) -> Plan:
        """The questions and who asks them."""
        return self.place.plan

    @property
    def interviewers(self) -> tuple[Interviewer, ...]:
        """Those in the room, the lead first."""
        return tuple(self._cast[interviewer_id] for interviewer_id in self.plan.interviewer_ids)

    @property
    def question(self) -> Question:
        """The question the interview stands at."""
        return self.plan.turns[self.place.position].question

    @property
    def earlier(self) -> int | None:
        """The question one can go back to: the one before, or at the goodbye the last one."""
        back = self.place.position - (self.place.turn is not Purpose.GOODBYE)
        if back < 0 or self.session.mode is Mode.DRILL or not (self.manner.second_try or self._left_out(back)):
            return None
        return back

    def _left_out(self, position: int) -> bool:
        """Whether a question was passed over, and never answered."""
        answers = [answer for answer in self.session.answers if answer.position == position]
        return all(answer.skipped for answer in answers)

    @property
    def speaker(self) -> Interviewer:
        """Who speaks now, or spoke last."""
        line = self.place.lines[0] if self.place.lines else self.place.prompt
        wanted = line.interviewer_id if line else self.plan.turns[self.place.position].interviewer_id
        return self._cast[wanted]

    @property
    def missing_piece(self) -> str:
        """The element that can be added to the answer whose feedback is shown, "" for none."""
        if not self.manner.second_try:
            return ""
        answer = self._answer()
        return missing_piece(answer.question, answer.scorecard)

    def resume(self) -> tuple[Effect, ...]:
        """What to do first when an unfinished interview is opened again: nothing is asked twice."""
        place = self.place
        if place.phase is Phase.READY:
            # Cut short before the first line; `Begin` needs no time of day.
            return self.advance(Begin(), "")
        if place.phase is Phase.SPEAKING:
            return (Say(place.lines[0]), *self._ahead())
        if place.phase is Phase.FEEDBACK:
            answer = self._answer()
            return (ShowFeedback(answer, self._before(answer), self._is_last()), *self._ahead())
        if place.phase is Phase.OVER:
            return (Finish(self.session.finished_at),)
        # An answer cut short is begun anew; what was recorded of it is offered by the user interface.
        self.place = replace(place, phase=Phase.INVITED, paused=False)
        return (self._invite(), *self._ahead())

    def advance(self, event: Event, at: str) -> tuple[Effect, ...]:
        """Take one event at the time of day `at` (ISO 8601, UTC); the effects, in order.

        An event that does not fit the moment (a key pressed twice) changes nothing and has no effect.
        """
        before = self.place
        effects = self._effects(event, at)
        if self.place != before or effects:
            kept = self.place.to_json()
            self.session = replace(self.session, place="" if self.place.phase is Phase.OVER else kept)
            # The place is saved after the answers it speaks of, and before anything is said or shown.
            saves = tuple(effect for effect in effects if isinstance(effect, (KeepAnswer, KeepLearned)))
            others = tuple(effect for effect in effects if not isinstance(effect, (KeepAnswer, KeepLearned)))
            # `Finish` ends the place too: were it ended first, a kill in between would leave the interview nowhere.
            place = () if self.place.phase is Phase.OVER else (KeepState(kept),)
            return (*saves, *place, *others)
        return ()

    def _effects(self, event: Event, at: str) -> tuple[Effect, ...]:
        phase = self.place.phase
        match event:
            case Begin() if phase is Phase.READY:
                return self._begin()
            case LineFinished() if phase is Phase.SPEAKING:
                return self._line_finished(at)
            case AnswerBegun() if phase is Phase.INVITED:
                self.place = replace(self.place, phase=Phase.ANSWERING)
            case AnswerTakenBack() if phase is Phase.ANSWERING:
                self.place = replace(self.place, phase=Phase.INVITED)
                return (self._invite(),)
            case UtteranceHeard(transcript, recording) if phase in (Phase.INVITED, Phase.ANSWERING):
                return self._utterance_heard(transcript, recording, at)
            case Asked(transcript, recording) if phase in (Phase.INVITED, Phase.ANSWERING):
                return self._asked(transcript, recording, at)
            case TryAgain() if phase is Phase.FEEDBACK and self.manner.second_try:
                return self._ask_again()
            case AddPiece() if phase is Phase.FEEDBACK and self.missing_piece:
                return self._ask_for_piece()
            case GoOn() if phase is Phase.FEEDBACK:
                return self._next_question(at)
            case GoOn() | Skip() if phase is Phase.INVITED:
                return self._skip(at)
            case GoBack() if phase in (Phase.INVITED, Phase.FEEDBACK) and self.earlier is not None:
                return self._go_back(self.earlier)
            case HearAgain() if phase is Phase.INVITED and self.place.prompt:
                return self._say((self.place.prompt,), Continuation.INVITE)
            case PauseInterview():
                self.place = replace(self.place, paused=True)
            case ResumeInterview() if self.place.paused:
                self.place = replace(self.place, paused=False)
            case FinishEarly() if phase not in (Phase.READY, Phase.OVER):
                return self._finish(at)
            case _:
                pass
        return ()

    # Saying lines.

    def _begin(self) -> tuple[Effect, ...]:
        self._take_up_question()
        if self.session.mode is Mode.DRILL:
            return self._say((self._question_line(),), Continuation.INVITE)
        greetings = tuple(
            Line(self._named(interviewer.greeting), interviewer.id, Purpose.GREETING)
            for interviewer in self.interviewers
        )
        return self._say((*greetings, self._question_line()), Continuation.INVITE)

    def _say(self, lines: tuple[Line, ...], after: Continuation) -> tuple[Effect, ...]:
        self.place = replace(self.place, phase=Phase.SPEAKING, lines=lines, after=after)
        return (Say(lines[0]), *self._ahead())

    def _ahead(self) -> tuple[Effect, ...]:
        """What to make ready while something else goes on: the next lines, the next question."""
        lines = list(self.place.lines[1:])
        if (following := self._following()) is not None:
            lines.append(self._question_line(following))
        return (Prepare(tuple(lines)),) if lines else ()

    def _line_finished(self, at: str) -> tuple[Effect, ...]:
        said, *rest = self.place.lines
        if rest:
            self.place = replace(self.place, lines=tuple(rest))
            return (Say(rest[0]), *self._ahead())
        if self.place.after is Continuation.FINISH:
            return self._finish(at)
        prompt = self.place.prompt if self.place.after is Continuation.RETURN else said
        self.place = replace(self.place, phase=Phase.INVITED, lines=(), prompt=prompt)
        return (self._invite(),)

    def _invite(self) -> Invite:
        prompt = self.place.prompt
        words, asker = (prompt.text, prompt.interviewer_id) if prompt else (self.question.ask, self.speaker.id)
        first = self.place.turn is Purpose.QUESTION
        return Invite(
            prompt=words,
            interviewer_id=asker,
            purpose=self.place.turn,
            target_seconds=self.question.target_seconds if first or self.place.turn is Purpose.CLOSING else 45,
            think_seconds=self.manner.think_seconds if first else 0,
            limit=self.manner.limits,
        )

    def _question_line(self, position: int | None = None) -> Line:
        at = self.place.position if position is None else position
        turn = self.plan.turns[at]
        words = turn.question.ask
        first_try = self.place.attempt == 1 or at != self.place.position
        if first_try and self.session.mode is Mode.REALISTIC and at > 0:
            words = f"{self._acknowledgement(at)} {words}"
        elif first_try and at > 0 and turn.interviewer_id != self.plan.turns[at - 1].interviewer_id:
            words = f"{self._thank_you()} {words}"
        purpose = Purpose.CLOSING if turn.question.kind is Kind.CLOSING else Purpose.QUESTION
        return Line(words, turn.interviewer_id, purpose)

    def _acknowledgement(self, position: int) -> str:
        said = self._cast[self.plan.turns[position].interviewer_id].acknowledgements
        return said[position % len(said)] if said else self._thank_you()

    def _thank_you(self) -> str:
        return f"Thank you, {self.session.candidate_name}." if self.session.candidate_name else "Thank you."

    def _named(self, words: str) -> str:
        """Fill the candidate's name in, or leave its place out."""
        name = self.session.candidate_name
        if name:
            return words.replace("{candidate}", name)
        return words.replace(", {candidate}", "").replace(" {candidate}", "").replace("{candidate}", "")

    # Hearing answers.

    def _answer(self) -> Answer:
        """The answer the interview stands at; a new one when nothing was said yet."""
        place, turn = self.place, self.plan.turns[self.place.position]
        known = self.session.answer(answer_id(self.session.id, place.position, place.attempt))
        return known or self._new_answer(place.position, place.attempt, turn.question, turn.interviewer_id)

    def _new_answer(self, position: int, attempt: int, question: Question, interviewer_id: str) -> Answer:
        return Answer(
            id=answer_id(self.session.id, position, attempt),
            session_id=self.session.id,
            position=position,
            attempt=attempt,
            question=question,
            interviewer_id=interviewer_id,
            interviewer_name=self._cast[interviewer_id].name,
        )

    def _previous(self, answer: Answer) -> Answer | None:
        return self.session.answer(answer_id(self.session.id, answer.position, answer.attempt - 1))

    def _before(self, answer: Answer) -> Answer | None:
        """What an answer is held against: itself before a piece was added, else the attempt before."""
        pieces = [each for each in answer.utterances if each.purpose == Purpose.PIECE]
        if self.place.turn is not Purpose.PIECE or not pieces:
            return self._previous(answer)
        last = max(pieces, key=lambda each: each.said_at)
        without = replace(answer, utterances=tuple(each for each in answer.utterances if each is not last))
        return replace(without, scorecard=self._score(without.transcript, self._context(answer.question)))

    def _context(self, question: Question) -> AnswerContext:
        return AnswerContext(
            question=question.ask,
            kind=question.kind.value,
            rubrics=question.rubrics,
            target_seconds=question.target_seconds,
            requirements=self.manner.requirements,
            heard=tuple(learned.text for learned in self.session.learned),
            interviewers=tuple(interviewer.name for interviewer in self.interviewers),
        )

    def _keep(self, answer: Answer, utterance: Utterance, piece: str = "") -> tuple[Answer, tuple[Effect, ...]]:
        """Add what was said; it is saved once as heard, before scoring, and once with its scorecard.

        `piece` is the element that was asked for alone: it goes where such a thing is told.
        """
        said = with_piece(answer, utterance, piece) if piece else (*answer.utterances, utterance)
        heard = replace(answer, utterances=said, answered_at=utterance.said_at, skipped=False)
        context = self._context(heard.question)
        if piece and answer.scorecard:
            context = replace(context, before=answer.scorecard.reading)
        scored = replace(heard, scorecard=self._score(heard.transcript, context))
        self.session = self.session.with_answer(scored)
        return scored, (KeepAnswer(replace(heard, scorecard=None)), KeepAnswer(scored))

    def read_ahead(self, transcript: Transcript) -> None:
        """Score what was just said, from a thread that draws nothing: handed in, it is read already."""
        if self.place.turn is not Purpose.GOODBYE:
            answer = self._answer()
            told = joined((*(each.transcript for each in answer.utterances), transcript))
            self._score(told, self._context(answer.question))

    def take_correction(self, answer: Answer) -> None:
        """An answer was corrected and kept: go on with it as it is now."""
        self.session = self.session.with_answer(answer)

    def _utterance(self, transcript: Transcript, recording: str, at: str, purpose: Purpose) -> Utterance:
        prompt = self.place.prompt.text if self.place.prompt else self.question.ask
        return Utterance(prompt=prompt, transcript=transcript, recording=recording, said_at=at, purpose=purpose.value)

    def _utterance_heard(self, transcript: Transcript, recording: str, at: str) -> tuple[Effect, ...]:
        turn = self.place.turn
        if turn is not Purpose.GOODBYE and (back := closing.asked_back(transcript.text)):
            return self._say_again(back)
        if turn is Purpose.QUESTION and closing.is_aside(transcript.text):
            return self._asked(transcript, recording, at)
        utterance = self._utterance(transcript, recording, at, turn)
        if turn is Purpose.GOODBYE:
            _, kept = self._keep(self._closing_answer(), utterance)
            return (*kept, *self._finish(at))
        piece = self.missing_piece if turn is Purpose.PIECE else ""
        answer, kept = self._keep(self._answer(), utterance, piece)
        if turn is Purpose.CLOSING:
            return (*kept, *self._closing_heard(transcript, at))
        return (*kept, *self._answer_heard(answer, at))

    def _answer_heard(self, answer: Answer, at: str) -> tuple[Effect, ...]:
        if self.manner.probes and self.place.turn is Purpose.QUESTION and answer.scorecard:
            probe = choose_probe(answer.question, answer.scorecard)
            if probe:
                self.place = replace(self.place, turn=Purpose.PROBE)
                words = probe_words(answer.question, probe, answer.scorecard, self.place.position)
                line = Line(words, answer.interviewer_id, Purpose.PROBE)
                return self._say((line,), Continuation.INVITE)
        return self._answered(answer, at)

    def _answered(self, answer: Answer, at: str) -> tuple[Effect, ...]:
        if self.session.mode is Mode.REALISTIC:
            return self._next_question(at)
        self.place = replace(self.place, phase=Phase.FEEDBACK, lines=())
        return (ShowFeedback(answer, self._before(answer), self._is_last()), *self._ahead())

    def _is_last(self) -> bool:
        return self._following() is None

    # Moving on.

    def _next_question(self, at: str) -> tuple[Effect, ...]:
        following = self._following()
        if following is None or self.session.mode is Mode.DRILL:
            return self._farewell(at)
        self.place = replace(self.place, position=following, attempt=1, rounds=0)
        return self._ask()

    def _following(self) -> int | None:
        """The next question that was neither answered nor left out; None when there is no more."""
        later = range(self.place.position + 1, len(self.plan.turns))
        return next((position for position in later if not self._attempts(position)), None)

    def _attempts(self, position: int) -> int:
        """How often a question was answered or left out. What was asked aside is no answer to it."""
        return max(
            (
                answer.attempt
                for answer in self.session.answers
                if answer.position == position
                and (answer.skipped or any(each.purpose != Purpose.ASIDE for each in answer.utterances))
            ),
            default=0,
        )

    def _go_back(self, position: int) -> tuple[Effect, ...]:
        attempt = self._attempts(position)
        answer = self.session.answer(answer_id(self.session.id, position, attempt))
        answered = answer is not None and not answer.skipped
        if answered and self.session.mode is Mode.REALISTIC:
            attempt += 1
        self.place = replace(self.place, position=position, attempt=max(1, attempt), rounds=0)
        self._take_up_question()
        if answer and answered and self.session.mode is not Mode.REALISTIC:
            # The former answer is there to be read; another attempt is a key of its own.
            return self._answered(answer, "")
        turn = self.plan.turns[position]
        line = Line(f"{closing.BACK_TO_BEFORE} {turn.question.ask}", turn.interviewer_id, self.place.turn)
        return self._say((line,), Continuation.INVITE)

    def _take_up_question(self) -> None:
        turn = Purpose.CLOSING if self.question.kind is Kind.CLOSING else Purpose.QUESTION
        self.place = replace(self.place, turn=turn)

    def _ask(self) -> tuple[Effect, ...]:
        self._take_up_question()
        return self._say((self._question_line(),), Continuation.INVITE)

    def _ask_again(self) -> tuple[Effect, ...]:
        self.place = replace(self.place, attempt=self.place.attempt + 1, rounds=0)
        return self._ask()

    def _ask_for_piece(self) -> tuple[Effect, ...]:
        """One thing more to the same answer."""
        answer = self._answer()
        reading = answer.scorecard.reading if answer.scorecard else None
        words = asked_for(self.missing_piece, reading or Reading(), self.place.position, answer.question.kind)
        self.place = replace(self.place, turn=Purpose.PIECE)
        return self._say((Line(words, answer.interviewer_id, Purpose.PIECE),), Continuation.INVITE)

    def _skip(self, at: str) -> tuple[Effect, ...]:
        if self.place.turn is Purpose.GOODBYE:
            return self._finish(at)
        answer = self._answer()
        if answer.utterances:
            # A probe left unanswered, or no further question in the closing turn.
            return self._answered(answer, at)
        skipped = replace(answer, skipped=True, answered_at=at)
        self.session = self.session.with_answer(skipped)
        return (KeepAnswer(skipped), *self._next_question(at))

    def _farewell(self, at: str) -> tuple[Effect, ...]:
        if self.session.mode is Mode.DRILL:
            return self._finish(at)
        thanks = tuple(
            Line(self._named(interviewer.thanks), interviewer.id, Purpose.THANKS)
            for interviewer in reversed(self.interviewers)
        )
        self.place = replace(self.place, turn=Purpose.GOODBYE)
        return self._say(thanks, Continuation.INVITE)

    def _finish(self, at: str) -> tuple[Effect, ...]:
        self.place = replace(self.place, phase=Phase.OVER, lines=())
        self.session = replace(self.session, finished_at=at)
        return (Finish(at),)

    # The candidate asks.

    def _closing_answer(self) -> Answer:
        """The answer that holds what the candidate asks, thanks and offers outside its own questions."""
        last = len(self.plan.turns) - 1
        if self.plan.turns[last].question.kind is Kind.CLOSING:
            attempt = self.place.attempt if self.place.position == last else 1
            question, asker = self.plan.turns[last].question, self.plan.turns[last].interviewer_id
        else:
            last, attempt = last + 1, 1
            question, asker = CLOSING_QUESTION, self.plan.interviewer_ids[0]
        known = self.session.answer(answer_id(self.session.id, last, attempt))
        return known or self._new_answer(last, attempt, question, asker)

    def _questions_in(self, transcript: Transcript) -> tuple[str, ...]:
        context = replace(self._context(CLOSING_QUESTION), rubrics=("questions",))
        return tuple(asked.text for asked in self._score(transcript, context).asked if asked.level > 0)

    def _replies(self, questions: Sequence[str], asker: Interviewer | None) -> tuple[list[Line], tuple[Effect, ...]]:
        lines: list[Line] = []
        learned = list(self.session.learned)
        for turn, question in enumerate(questions[: closing.MOST_REPLIES]):
            who = closing.who_replies(question, self.interviewers, self.place.rounds + turn, asker)
            reply = closing.reply_to(question, who, learned)
            learned.extend(reply.learned)
            line = Line(reply.text, who.id, Purpose.REPLY)
            if line not in lines:
                lines.append(line)
        new = tuple(learned[len(self.session.learned) :])
        self.session = replace(self.session, learned=tuple(learned))
        return lines, ((KeepLearned(new),) if new else ())

    def _closing_heard(self, transcript: Transcript, at: str) -> tuple[Effect, ...]:
        asked = self._questions_in(transcript)
        if not asked or self.place.rounds >= closing.MOST_ROUNDS:
            return self._answered(self._answer(), at)
        lines, kept = self._replies(asked, None)
        again = closing.ANYTHING_ELSE[self.place.rounds % len(closing.ANYTHING_ELSE)]
        lines.append(Line(again, self.plan.turns[self.place.position].interviewer_id, Purpose.CLOSING))
        self.place = replace(self.place, rounds=self.place.rounds + 1)
        return (*kept, *self._say(tuple(lines), Continuation.INVITE))

    def _say_again(self, wanted: closing.AskedBack) -> tuple[Effect, ...]:
        """The question once more, or what it is after; neither is an answer, nor a question about the work."""
        standing = self.place.prompt
        words = self.question.ask if standing is None or self.place.turn is Purpose.QUESTION else standing.text
        asker = standing.interviewer_id if standing else self.speaker.id
        if wanted is closing.AskedBack.MEANING and self.place.turn is Purpose.QUESTION and self.question.guidance:
            said = f"{closing.MEANT} {self.question.guidance} {closing.ONCE_MORE} {words}"
        else:
            said = f"{closing.OF_COURSE} {words}"
        return self._say((Line(said, asker, Purpose.ASIDE),), Continuation.RETURN)

    def _asked(self, transcript: Transcript, recording: str, at: str) -> tuple[Effect, ...]:
        """ "May I ask ...?": reply, then back to the question that stands."""
        if self.place.turn in (Purpose.CLOSING, Purpose.GOODBYE) or closing.asked_back(transcript.text):
            return self._utterance_heard(transcript, recording, at)
        standing = self.place.prompt
        _, saved = self._keep(self._closing_answer(), self._utterance(transcript, recording, at, Purpose.ASIDE))
        asker = self._cast[standing.interviewer_id] if standing else None
        lines, kept = self._replies(self._questions_in(transcript) or (transcript.text,), asker)
        back = Line(closing.BACK_TO_THE_QUESTION, lines[-1].interviewer_id, Purpose.ASIDE)
        effects = self._say((*lines, back), Continuation.RETURN)
        return (*saved, *kept, *effects)

"""The interview as a state machine without I/O.

`advance(event, at)` takes what happened and the time of day, and returns what the user interface is to do.
The full-screen app, the plain mode and the tests drive the same one. All state is in `session`
(the answers so far) and `place` (where the interview stands); both are saved by effects after every
step, so that an interview left or killed is resumed at the same point.

One class, because every step reads and changes that state; what is said, scored and asked is worked out elsewhere
(`interviewer_lines.py`, `answer_scoring.py`, `closing.py`).
"""

from collections.abc import Sequence
from dataclasses import replace

from simulator.assessment import score_answer
from simulator.interview import closing
from simulator.interview.answer_scoring import AnswerScoring, Scorer
from simulator.interview.asides import Aside, aside_in, fact_told
from simulator.interview.asked_back import ASKS_BACK, asked_back, explained, in_plainer_words, said_again
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
    TakenWrongly,
    TryAgain,
    UtteranceHeard,
    saves_first,
)
from simulator.interview.interviewer import Interviewer
from simulator.interview.interviewer_lines import InterviewerLines
from simulator.interview.plan import Plan, Turn
from simulator.interview.probes import (
    asked_for,
    choose_probe,
    missing_piece,
    plainer_words,
    probe_words,
    probed_element,
)
from simulator.interview.progression import (
    answer_at,
    attempts,
    goodbye_turn,
    left_out,
    next_open,
    understood_before,
)
from simulator.interview.setup import InterviewOptions
from simulator.interview.state import Continuation, InterviewState, Taken
from simulator.questions.bank import Question
from simulator.reading.reading import Reading
from simulator.sessions.session import Answer, Mode, Session, Utterance, answer_id
from simulator.speech.transcript import Transcript


class Conversation:
    """One interview. Feed it events; carry out the effects it returns, in their order."""

    def __init__(
        self,
        session: Session,
        plan: Plan,
        interviewers: Sequence[Interviewer],
        options: InterviewOptions | None = None,
        scorer: Scorer = score_answer,
    ) -> None:
        """A new interview, or, where the session brings a place and its plan, one to resume."""
        self.session = session
        self.state = InterviewState.from_json(session.place) if session.place else InterviewState(plan=plan.bare())
        self.options = options or InterviewOptions()
        by_id = {interviewer.id: interviewer for interviewer in interviewers}
        self._lines = InterviewerLines(self.plan, by_id, session.mode, session.candidate_name)
        names = tuple(interviewer.name for interviewer in self.interviewers)
        self._scoring = AnswerScoring(scorer, self.options.requirements, names)

    # What the user interface may ask about.

    @property
    def plan(self) -> Plan:
        """The questions and who asks them."""
        return self.state.plan

    @property
    def interviewers(self) -> tuple[Interviewer, ...]:
        """The panel, the lead first."""
        return self._lines.panel

    @property
    def question(self) -> Question:
        """The question the interview stands at."""
        return self.state.question

    @property
    def earlier(self) -> int | None:
        """The question one can go back to: the one before, or at the goodbye the last one."""
        back = self.state.position - (self.state.turn is not Purpose.GOODBYE)
        allowed = self.options.second_try or left_out(self.session, back)
        return back if back >= 0 and self.session.mode is not Mode.DRILL and allowed else None

    @property
    def last_try(self) -> Answer | None:
        """The try before, of a question that is answered anew after its feedback was seen."""
        again = self.state.attempt > 1 and self.state.turn in (Purpose.QUESTION, Purpose.CLOSING)
        return self._previous(self._answer()) if again and self.options.second_try else None

    @property
    def speaker(self) -> Interviewer:
        """Who speaks now, or spoke last."""
        return self._lines.interviewers[self.state.speaker_id]

    @property
    def missing_piece(self) -> str:
        """The element that can be added to the answer whose feedback is shown, "" for none."""
        if not self.options.second_try:
            return ""
        answer = self._answer()
        return missing_piece(answer.question, answer.scorecard)

    def resume(self) -> tuple[Effect, ...]:
        """What to do first when an unfinished interview is opened again: nothing is asked twice, no pause goes on."""
        self.state = state = replace(self.state, paused=False)
        if state.phase is Phase.READY:
            # Cut short before the first line; `Begin` needs no time of day.
            return self.advance(Begin(), "")
        if state.phase is Phase.SPEAKING:
            return (Say(state.lines[0]), *self._ahead())
        if state.phase is Phase.FEEDBACK:
            answer = self._answer()
            return (ShowFeedback(answer, self._before(answer), self._is_last()), *self._ahead())
        if state.phase is Phase.OVER:
            return (Finish(self.session.finished_at),)
        # An answer cut short is begun anew; what was recorded of it is offered by the user interface.
        self.state = replace(state, phase=Phase.INVITED)
        return (self.state.invite(self.options), *self._ahead())

    def advance(self, event: Event, at: str) -> tuple[Effect, ...]:
        """Take one event at the time of day `at` (ISO 8601, UTC); the effects, in order.

        An event that does not fit the moment (a key pressed twice) changes nothing and has no effect.
        """
        before = self.state
        effects = self._effects(event, at)
        if self.state != before or effects:
            kept = self.state.to_json()
            self.session = replace(self.session, place="" if self.state.phase is Phase.OVER else kept)
            # `Finish` ends the place too: were it ended first, a kill in between would leave the interview nowhere.
            return saves_first(effects, None if self.state.phase is Phase.OVER else KeepState(kept))
        return ()

    def _effects(self, event: Event, at: str) -> tuple[Effect, ...]:
        phase = self.state.phase
        match event:
            case Begin() if phase is Phase.READY:
                return self._begin()
            case LineFinished() if phase is Phase.SPEAKING:
                return self._line_finished(at)
            case AnswerBegun() if phase is Phase.INVITED:
                self.state = replace(self.state, phase=Phase.ANSWERING)
            case AnswerTakenBack() if phase is Phase.ANSWERING:
                self.state = replace(self.state, phase=Phase.INVITED)
                return (self.state.invite(self.options),)
            case UtteranceHeard(transcript, recording) if phase in (Phase.INVITED, Phase.ANSWERING):
                return self._utterance_heard(transcript, recording, at)
            case Asked(transcript, recording) if phase in (Phase.INVITED, Phase.ANSWERING):
                return self._asked(transcript, recording, at)
            case TakenWrongly() if phase in (Phase.INVITED, Phase.FEEDBACK) and self.state.taken:
                return self._take_the_other_way(self.state.taken, at)
            case TryAgain() if phase is Phase.FEEDBACK and self.options.second_try:
                return self._ask_again()
            case AddPiece() if phase is Phase.FEEDBACK and self.missing_piece:
                return self._ask_for_piece()
            case GoOn() if phase is Phase.FEEDBACK:
                return self._next_question(at)
            case GoOn() | Skip() if phase is Phase.INVITED:
                return self._skip(at)
            case GoBack() if phase in (Phase.INVITED, Phase.FEEDBACK) and self.earlier is not None:
                return self._go_back(self.earlier)
            case HearAgain() if phase is Phase.INVITED and self.state.prompt:
                return self._say((self.state.prompt,), Continuation.INVITE, self.state.taken)
            case PauseInterview():
                self.state = replace(self.state, paused=True)
            case ResumeInterview() if self.state.paused:
                self.state = replace(self.state, paused=False)
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
        return self._say((*self._lines.greetings(), self._question_line()), Continuation.INVITE)

    def _say(self, lines: tuple[Line, ...], after: Continuation, taken: Taken | None = None) -> tuple[Effect, ...]:
        self.state = replace(self.state, phase=Phase.SPEAKING, lines=lines, after=after, taken=taken)
        return (Say(lines[0]), *self._ahead())

    def _saying_first(self, lines: Sequence[Line], effects: tuple[Effect, ...]) -> tuple[Effect, ...]:
        """What was to come next, after these lines."""
        if not lines:
            return effects
        if self.state.phase is Phase.FEEDBACK:
            return self._say(tuple(lines), Continuation.FEEDBACK)
        return self._say((*lines, *self.state.lines), self.state.after)

    def _ahead(self) -> tuple[Effect, ...]:
        """What to make ready while something else goes on: the next lines, the next question."""
        lines = list(self.state.lines[1:])
        if (following := self._following()) is not None:
            lines.append(self._question_line(following))
        return (Prepare(tuple(lines)),) if lines else ()

    def _line_finished(self, at: str) -> tuple[Effect, ...]:
        spoken, *rest = self.state.lines
        if rest:
            self.state = replace(self.state, lines=tuple(rest))
            return (Say(rest[0]), *self._ahead())
        if self.state.after is Continuation.FINISH:
            return self._finish(at)
        if self.state.after is Continuation.FEEDBACK:
            return self._answered(self._answer(), at)
        prompt = self.state.prompt if self.state.after is Continuation.RETURN else spoken
        self.state = replace(self.state, phase=Phase.INVITED, lines=(), prompt=prompt)
        return (self.state.invite(self.options),)

    def _question_line(self, position: int | None = None) -> Line:
        at = self.state.position if position is None else position
        first_try = self.state.attempt == 1 or at != self.state.position
        return self._lines.question(at, first_try, understood=understood_before(self.session, at))

    # Hearing answers.

    def _answer(self) -> Answer:
        """The answer the interview stands at; a new one when nothing was said yet."""
        turn = self.plan.turns[self.state.position]
        return self._answer_to(turn, self.state.position, self.state.attempt)

    def _answer_to(self, turn: Turn, position: int, attempt: int) -> Answer:
        return answer_at(self.session, turn, self._lines.interviewers[turn.interviewer_id].name, position, attempt)

    def _previous(self, answer: Answer) -> Answer | None:
        return self.session.answer(answer_id(self.session.id, answer.position, answer.attempt - 1))

    def _before(self, answer: Answer) -> Answer | None:
        """What an answer is held against: itself before a piece was added, else the attempt before."""
        if self.state.turn is Purpose.PIECE:
            return self._scoring.without_last_piece(answer, self.session.learned) or self._previous(answer)
        return self._previous(answer)

    def _keep(self, answer: Answer, utterance: Utterance, piece: str = "") -> tuple[Answer, tuple[Effect, ...]]:
        """Add what was said; it is saved once as heard, before scoring, and once with its scorecard."""
        scored = self._scoring.with_utterance(answer, utterance, piece, self.session.learned)
        self.session = self.session.with_answer(scored)
        return scored, (KeepAnswer(replace(scored, scorecard=None)), KeepAnswer(scored))

    def read_ahead(self, transcript: Transcript) -> None:
        """Score what was just said, from a thread that draws nothing: handed in, it is read already."""
        if self.state.turn is not Purpose.GOODBYE:
            self._scoring.read_ahead(self._answer(), transcript, self.session.learned)

    def take_changed(self, answer: Answer) -> None:
        """An answer was corrected or rated, and kept: go on with it as it is now."""
        self.session = self.session.with_answer(answer)

    def _utterance(self, transcript: Transcript, recording: str, at: str, purpose: Purpose) -> Utterance:
        prompt = self.state.prompt.text if self.state.prompt else self.question.ask
        return Utterance(prompt=prompt, transcript=transcript, recording=recording, said_at=at, purpose=purpose.value)

    def _asks_back(self, text: str, only_asks: bool = False) -> Aside | None:
        """Whether the candidate asks for the prompt again or what it means; of a reply one may ask that, too."""
        if self.state.turn is Purpose.GOODBYE or (self.state.turn is Purpose.CLOSING and self.state.rounds):
            return asked_back(text)
        prompt = self.state.prompt.text if self.state.prompt else self.question.ask
        return asked_back(text, prompt, self.state.turn is not Purpose.CLOSING, only_asks)

    def _utterance_heard(self, transcript: Transcript, recording: str, at: str) -> tuple[Effect, ...]:
        only_asks = self.state.turn is Purpose.QUESTION and self._scoring.only_asks(transcript, self.session.learned)
        if back := self._asks_back(transcript.text, only_asks):
            return self._say_again(back, transcript, recording)
        if self.state.turn is Purpose.QUESTION and closing.is_aside(transcript.text):
            return self._asked(transcript, recording, at)
        # What is asked in the closing turn is what that turn is for.
        aside = aside_in(transcript.text) if self.state.turn is not Purpose.CLOSING else None
        if aside is Aside.SKIP and self.state.turn is not Purpose.GOODBYE and self.session.mode is not Mode.DRILL:
            return self._leave_out(transcript, recording, at)
        if aside and aside is not Aside.SKIP and aside not in ASKS_BACK:
            return self._tell_fact(transcript, recording)
        if only_asks:
            return self._asked(transcript, recording, at)
        return self._take(transcript, recording, at)

    def _take(self, transcript: Transcript, recording: str, at: str, surely: bool = False) -> tuple[Effect, ...]:
        """These words are what the turn is for; `surely` where the candidate said so."""
        turn = self.state.turn
        utterance = self._utterance(transcript, recording, at, turn)
        if turn is Purpose.GOODBYE:
            _, kept = self._keep(self._answer_to(*goodbye_turn(self.plan)), utterance)
            return (*kept, *self._finish(at))
        piece = self.missing_piece if turn is Purpose.PIECE else ""
        answer, kept = self._keep(self._answer(), utterance, piece)
        if turn is Purpose.CLOSING:
            return (*kept, *self._closing_heard(transcript, recording, at, surely))
        asked = self._scoring.asked_at_the_end(transcript, self.session.learned)
        asker = self._lines.interviewers[answer.interviewer_id]
        lines, learned = self._replies((asked,), asker) if asked and not surely else ([], ())
        return (*kept, *learned, *self._saying_first(lines, self._answer_heard(answer, at)))

    def _answer_heard(self, answer: Answer, at: str) -> tuple[Effect, ...]:
        if self.options.probes and self.state.turn is Purpose.QUESTION and answer.scorecard:
            probe = choose_probe(answer.question, answer.scorecard)
            if probe:
                self.state = replace(self.state, turn=Purpose.PROBE)
                words = probe_words(answer.question, probe, answer.scorecard, self.state.position)
                line = Line(words, answer.interviewer_id, Purpose.PROBE)
                return self._say((line,), Continuation.INVITE)
        return self._answered(answer, at)

    def _answered(self, answer: Answer, at: str) -> tuple[Effect, ...]:
        if self.session.mode is Mode.REALISTIC:
            return self._next_question(at)
        self.state = replace(self.state, phase=Phase.FEEDBACK, lines=(), taken=None)
        return (ShowFeedback(answer, self._before(answer), self._is_last()), *self._ahead())

    def _is_last(self) -> bool:
        return self._following() is None

    # Moving on.

    def _next_question(self, at: str) -> tuple[Effect, ...]:
        following = self._following()
        if following is None or self.session.mode is Mode.DRILL:
            return self._farewell(at)
        self.state = replace(self.state, position=following, attempt=1, rounds=0)
        return self._ask()

    def _following(self) -> int | None:
        return next_open(self.session, self.plan, self.state.position)

    def _go_back(self, position: int) -> tuple[Effect, ...]:
        attempt = attempts(self.session, position)
        answer = self.session.answer(answer_id(self.session.id, position, attempt))
        answered = answer is not None and not answer.skipped
        if answered and self.session.mode is Mode.REALISTIC:
            attempt += 1
        self.state = replace(self.state, position=position, attempt=max(1, attempt), rounds=0)
        self._take_up_question()
        if answer and answered and self.session.mode is not Mode.REALISTIC:
            # The former answer is there to be read; another attempt is a key of its own.
            return self._answered(answer, "")
        return self._say((self._lines.question_gone_back_to(position),), Continuation.INVITE)

    def _take_up_question(self) -> None:
        self.state = replace(self.state, turn=self._lines.purpose(self.state.position))

    def _ask(self) -> tuple[Effect, ...]:
        self._take_up_question()
        return self._say((self._question_line(),), Continuation.INVITE)

    def _ask_again(self) -> tuple[Effect, ...]:
        self.state = replace(self.state, attempt=self.state.attempt + 1, rounds=0)
        return self._ask()

    def _ask_for_piece(self) -> tuple[Effect, ...]:
        """One thing more to the same answer."""
        answer = self._answer()
        reading = answer.scorecard.reading if answer.scorecard else None
        words = asked_for(self.missing_piece, reading or Reading(), self.state.position, answer.question.kind)
        self.state = replace(self.state, turn=Purpose.PIECE)
        return self._say((Line(words, answer.interviewer_id, Purpose.PIECE),), Continuation.INVITE)

    def _skip(self, at: str) -> tuple[Effect, ...]:
        if self.state.turn is Purpose.GOODBYE:
            return self._finish(at)
        answer = self._answer()
        if answer.utterances:
            # A probe left unanswered, or no further question in the closing turn.
            return self._answered(answer, at)
        skipped = replace(answer, skipped=True, answered_at=at)
        self.session = self.session.with_answer(skipped)
        return (KeepAnswer(skipped), *self._next_question(at))

    def _leave_out(self, transcript: Transcript, recording: str, at: str) -> tuple[Effect, ...]:
        """The candidate said that they would rather not answer: as with the key, and it can be taken back."""
        here = self.state
        effects = self._skip(at)
        said = here.prompt or self._question_line(here.position)
        taken = Taken(transcript, recording, False, said, here.turn, here.position, here.attempt)
        if self.state.phase is not Phase.SPEAKING:
            self.state = replace(self.state, taken=taken)
            return effects
        kept = tuple(effect for effect in effects if isinstance(effect, KeepAnswer))
        lines = (Line(closing.LEFT_OUT, said.interviewer_id, Purpose.ASIDE), *self.state.lines)
        return (*kept, *self._say(lines, self.state.after, taken))

    def _farewell(self, at: str) -> tuple[Effect, ...]:
        if self.session.mode is Mode.DRILL:
            return self._finish(at)
        self.state = replace(self.state, turn=Purpose.GOODBYE)
        return self._say(self._lines.thanks(), Continuation.INVITE)

    def _finish(self, at: str) -> tuple[Effect, ...]:
        self.state = replace(self.state, phase=Phase.OVER, lines=())
        self.session = replace(self.session, finished_at=at)
        return (Finish(at),)

    # The candidate asks.

    def _questions_in(self, transcript: Transcript) -> tuple[str, ...]:
        return self._scoring.questions_in(transcript, self.session.learned)

    def _replies(self, questions: Sequence[str], asker: Interviewer | None) -> tuple[list[Line], tuple[Effect, ...]]:
        known = self.session.learned
        state = self.state
        replies = closing.replies(
            questions, self.interviewers, state.rounds, asker, known, state.replied, self._fact_in
        )
        self.state = replace(state, replied=tuple(dict.fromkeys((*state.replied, *(each.text for each in replies)))))
        lines = list(dict.fromkeys(Line(reply.text, reply.interviewer_id, Purpose.REPLY) for reply in replies))
        learned = tuple(each for reply in replies for each in reply.learned)
        self.session = replace(self.session, learned=(*self.session.learned, *learned))
        return lines, ((KeepLearned(learned),) if learned else ())

    def _closing_heard(self, transcript: Transcript, recording: str, at: str, surely: bool) -> tuple[Effect, ...]:
        surely = surely or self._fact_in(transcript.text, self.speaker) != ""
        asked = self._questions_in(transcript) or ((transcript.text,) if surely else ())
        if not asked or self.state.rounds >= closing.MOST_ROUNDS:
            return self._answered(self._answer(), at)
        lines, kept = self._replies(asked, None)
        again = closing.ANYTHING_ELSE[self.state.rounds % len(closing.ANYTHING_ELSE)]
        lines.append(Line(again, self.plan.turns[self.state.position].interviewer_id, Purpose.CLOSING))
        standing = self.state.prompt
        unsure = standing is not None and closing.perhaps_asked_back(transcript.text)
        taken = Taken(transcript, recording, True, standing) if standing and unsure else None
        self.state = replace(self.state, rounds=self.state.rounds + 1)
        return (*kept, *self._say(tuple(lines), Continuation.INVITE, taken))

    def _take_the_other_way(self, taken: Taken, at: str) -> tuple[Effect, ...]:
        """What was taken for a question is no question, and the prompt comes again; or the other way round."""
        self.state = replace(self.state, prompt=taken.standing, taken=None)
        if taken.turn:
            back = replace(self.state, position=taken.position, attempt=taken.attempt, turn=taken.turn)
            self.state = replace(back, phase=Phase.INVITED)
        if not taken.asked:
            return self._take(taken.transcript, taken.recording, at, surely=True)
        self.state = replace(self.state, rounds=self.state.rounds - 1)
        answer = self._scoring.without_last(self._answer(), self.session.learned)
        self.session = self.session.with_answer(answer)
        return (KeepAnswer(answer), *self._say_again(Aside.AGAIN, taken.transcript, taken.recording))

    def _fact_in(self, question: str, asked: Interviewer) -> str:
        """The plain fact that somebody asks for, "" where it is none."""
        wanted = aside_in(question)
        to_come = len(self.plan.turns) - 1 - self.state.position
        return fact_told(wanted, self.options.facts, asked, to_come) if wanted else ""

    def _tell_fact(self, transcript: Transcript, recording: str) -> tuple[Effect, ...]:
        """A fact, and the prompt once more; that is neither an answer nor a question about the work."""
        standing = self.state.prompt or self._question_line()
        asked = self._lines.interviewers[standing.interviewer_id]
        told = self._fact_in(transcript.text, asked)
        lines = (Line(told, asked.id, Purpose.ASIDE), Line(standing.text, asked.id, Purpose.ASIDE))
        return self._say(lines, Continuation.RETURN, Taken(transcript, recording, False, standing))

    def _say_again(self, wanted: Aside, transcript: Transcript, recording: str) -> tuple[Effect, ...]:
        """The prompt once more, or other words that then stand; what was said counts as nothing."""
        standing = self.state.prompt
        asker = standing.interviewer_id if standing else self.speaker.id
        taken = Taken(transcript, recording, False, standing) if standing else None
        if wanted is Aside.MEANING and (words := self._in_other_words(transcript.text)):
            return self._say((Line(words, asker, self.state.turn),), Continuation.INVITE, taken)
        words = self.question.ask if standing is None or self.state.turn is Purpose.QUESTION else standing.text
        return self._say((Line(said_again(words), asker, Purpose.ASIDE),), Continuation.RETURN, taken)

    def _in_other_words(self, asked: str) -> str:
        """What stands, for whoever `asked` what it means; "" where there are no other words for it."""
        if self.state.turn is Purpose.QUESTION or (self.state.turn is Purpose.CLOSING and not self.state.rounds):
            return explained(self.question, asked, self.options.facts)
        element = self._element_asked_for()
        words = plainer_words(element, self.question.kind) if element else ""
        return in_plainer_words(words, asked, self.options.facts) if words else ""

    def _element_asked_for(self) -> str:
        """What the follow-up that stands asks for, "" where none stands."""
        if self.state.turn is Purpose.PIECE:
            return self.missing_piece
        answer = self._answer()
        if self.state.turn is not Purpose.PROBE or answer.scorecard is None:
            return ""
        probe = choose_probe(answer.question, answer.scorecard)
        return probed_element(answer.question, probe, answer.scorecard) if probe else ""

    def _asked(self, transcript: Transcript, recording: str, at: str) -> tuple[Effect, ...]:
        """ "May I ask ...?": reply, then back to the question that stands.

        Only questions of the closing turn count, so nothing is kept but what was learned.
        """
        if self.state.turn in (Purpose.CLOSING, Purpose.GOODBYE):
            return self._utterance_heard(transcript, recording, at)
        if wanted := self._asks_back(transcript.text, only_asks=True):
            return self._say_again(wanted, transcript, recording)
        standing = self.state.prompt or self._question_line()
        asker = self._lines.interviewers[standing.interviewer_id]
        lines, kept = self._replies(self._questions_in(transcript) or (transcript.text,), asker)
        back = Line(closing.BACK_TO_THE_QUESTION, asker.id, Purpose.ASIDE)
        taken = Taken(transcript, recording, False, standing)
        return (*kept, *self._say((*lines, back), Continuation.RETURN, taken))

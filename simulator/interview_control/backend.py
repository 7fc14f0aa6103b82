"""What an interview needs of the services: the one place of this package that calls them."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.assessment import worked_as_given
from simulator.clock import now
from simulator.interview.conversation import Conversation
from simulator.interview.events import Effect, Line
from simulator.interview.interviewer import Interviewer
from simulator.language.model import late_model
from simulator.questions.bank import WorkedAnswer
from simulator.services import Services
from simulator.sessions.recordings import found
from simulator.sessions.session import Answer
from simulator.speech.ports import Caption

if TYPE_CHECKING:
    from simulator.speech.ports import Listener, Voice


class InterviewBackend:
    """The services, for one interview. Whatever of it touches the disk may raise UserError."""

    def __init__(self, services: Services, conversation: Conversation) -> None:
        self._services = services
        self._conversation = conversation

    # Parts. They are asked for anew each time: other settings make other parts.

    @property
    def voice(self) -> "Voice":
        """Speaks the interviewer's lines."""
        return self._services.sound.voice

    @property
    def voice_heard(self) -> bool:
        """Whether the interviewer can be heard just now; else the captions are all."""
        return self._services.sound.voice_heard

    @property
    def listener(self) -> "Listener":
        """Hears the candidate."""
        return self._services.sound.listener

    @property
    def self_rating(self) -> bool:
        """Whether the candidate wishes to be asked how it went."""
        return self._services.settings.current.self_rating

    def load_reader(self) -> None:
        """Begin to load the model that reads answers, in the background."""
        late_model.begin_loading()

    # The interview.

    def now(self) -> str:
        """The time of day, as sessions keep it."""
        return now()

    def save(self, effects: Sequence[Effect]) -> None:
        """Keep what these effects ask to be kept; what fails is kept with the next ones."""
        self._services.steps.save(self._conversation.session.id, effects)

    @property
    def all_kept(self) -> bool:
        """Whether all that was said so far is on the disk."""
        return self._services.steps.all_kept(self._conversation.session.id)

    def leave(self) -> None:
        """This interview is no longer open here."""
        self._services.interviews.leave(self._conversation.session.id)

    def rate_self(self, answer: Answer, levels: dict[str, int]) -> None:
        """Keep how the candidate rates an answer."""
        self._services.data.store.rate_self(answer.id, levels)

    # What is said by the interviewers.

    def speaker(self, interviewer_id: str) -> Interviewer:
        """Who speaks. From the conversation: for a job they have the names that were noted."""
        return next(each for each in self._conversation.interviewers if each.id == interviewer_id)

    def prepare(self, lines: Sequence[Line]) -> None:
        """Make these lines ahead."""
        for line in lines:
            self.voice.prepare(line.text, self.speaker(line.interviewer_id).voice)

    def speak(self, line: Line, on_caption: Callable[[Caption], None], on_finished: Callable[[bool], None]) -> None:
        """Say this line; both call-backs come on another thread."""
        self.voice.speak(line.text, self.speaker(line.interviewer_id).voice, on_caption, on_finished)

    def worked_answers(self) -> tuple[WorkedAnswer, ...]:
        """How others answer the question the interview stands at."""
        return self._services.library.worked_answers(self._conversation.question, self._conversation.session.bank_id)

    def worked_as_given(self, example: WorkedAnswer) -> Answer:
        """A worked answer to that question, scored as if the candidate had given it."""
        return worked_as_given(self._conversation.question, example, self._services.rubrics)

    def second_voice(self) -> str:
        """The id of an interviewer who sounds unlike the one who speaks now."""
        return self._services.interviewers.second_voice(self._conversation.speaker.id).id

    # What the candidate says.

    def recording_path(self) -> Path:
        """Where the next spoken answer is recorded."""
        return self._services.recordings.path_for(self._conversation)

    def relative_recording(self, path: Path | None) -> str:
        """A recording's path as sessions keep it."""
        return self._services.recordings.relative(path)

    def recording_of(self, answer: Answer) -> Path | None:
        """The first recording of an answer that is still there."""
        folder = self._services.paths.recordings
        there = (found(folder, utterance.recording) for utterance in answer.utterances)
        return next((path for path in there if path is not None), None)

    def unkept_recordings(self) -> list[Path]:
        """What was recorded of an answer that was cut short, the newest first."""
        return self._services.recordings.unkept(self._conversation)

    def transcribe(self, path: Path) -> str:
        """The words of a recording. Blocks."""
        from simulator.speech.transcriber import transcribe_file  # late

        return transcribe_file(path, self._services.settings.current.speech_model, self._services.paths).text

    # Drafts.

    def document(self, kind: str, document_id: str) -> str:
        """What was kept, "" for nothing."""
        return self._services.data.store.document(kind, document_id) or ""

    def keep_draft(self, draft_id: str, text: str) -> None:
        """Keep what is typed, from any thread."""
        self._services.data.store.keep_draft(draft_id, text)

    def delete_document(self, kind: str, document_id: str) -> None:
        """It is not needed any more."""
        self._services.data.store.delete_document(kind, document_id)

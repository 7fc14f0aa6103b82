"""One spoken answer, from the microphone's blocks to the transcript.

The device's call-back puts blocks on a queue. One thread takes them: recording first, then the level;
a second one transcribes, so that a slow model never holds up the recording. Sound is taken in from the
first moment, even while the speech model is still loading: the words catch up.
"""

import queue
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from simulator.errors import UserError
from simulator.speech import devices
from simulator.speech.microphone import Converter, Microphone
from simulator.speech.model_files import no_model
from simulator.speech.ports import SAMPLE_RATE, HeardAnswer, SoundLevel
from simulator.speech.recording import Recorder
from simulator.speech.sound_levels import LOWEST, LevelMeter
from simulator.speech.transcriber import SpeechModel, Transcriber, deaf
from simulator.speech.transcript import Source, Transcript, Word

TAIL_SECONDS = 0.12
"""Sound still taken in after "finish" or "pause": the last word is then on its way through the device (44 to
88 ms from mouth to call-back, measured)."""

REOPEN_EVERY = 1.0
"""Seconds between attempts to open a microphone that stopped."""

PARTIAL_EVERY = 0.1
PARTIAL_WHILE_BEHIND = 0.3
"""Seconds between partial results; seldomer while the transcriber catches up, since each costs time."""

OUTAGE_BYTES = SAMPLE_RATE * 2
"""A second of nothing but zeros: no room is that silent, so it is no pause of the speaker."""

CATCH_UP_BYTES = SAMPLE_RATE * 2
"""At most a second of sound is given to Vosk at once."""


class _Command(StrEnum):
    PAUSE = "pause"
    RESUME = "resume"
    FINISH = "finish"
    CANCEL = "cancel"


@dataclass(frozen=True, slots=True)
class _Opened:
    """The microphone has been opened, or could not be. `again` marks a further attempt."""

    again: bool
    problem: UserError | None


class AnswerHearing:
    """One answer being listened to: the real Hearing. Its public calls return at once, from any thread."""

    def __init__(
        self,
        microphone: Microphone,
        model: SpeechModel | None,
        recording: Path | None,
        on_level: Callable[[SoundLevel], None],
        on_partial: Callable[[str], None],
        on_heard: Callable[[HeardAnswer], None],
        on_trouble: Callable[[str], None],
    ) -> None:
        self._microphone = microphone
        microphone.on_block = self._on_block
        self._model = model
        self._wanted = recording
        self._on_level, self._on_partial = on_level, on_partial
        self._on_heard, self._on_trouble = on_heard, on_trouble
        self._queue: queue.SimpleQueue[bytes | _Command | _Opened] = queue.SimpleQueue()
        self._sound: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._put_off: deque[_Command | _Opened] = deque()
        """What came while sound was still being taken in after an order; its turn is next."""
        self._taking = True
        self._cancelled = False
        self._meter = LevelMeter()
        self._converter: Converter | None = None
        self._opener: threading.Thread | None = None
        self._recorder: Recorder | None = None
        self._recording_failed = False
        self._troubles: list[str] = []
        self._samples = 0
        self._spoken = 0
        """Samples in which somebody spoke, by their level."""
        self._dead = 0
        self._breaks: list[float] = []
        self._ear = threading.Thread(target=self._hear, name="listening", daemon=True)
        self._scribe = threading.Thread(target=self._transcribe, name="transcribing", daemon=True)

    # For the owner, any thread.

    def pause(self) -> None:
        self._queue.put(_Command.PAUSE)

    def resume(self) -> None:
        self._queue.put(_Command.RESUME)

    def finish(self) -> None:
        self._queue.put(_Command.FINISH)

    def cancel(self) -> None:
        self._cancelled = True
        self._queue.put(_Command.CANCEL)

    @property
    def seconds(self) -> float:
        """Seconds of sound taken in so far."""
        return self._samples / SAMPLE_RATE

    @property
    def recording(self) -> Path | None:
        """The file that is written; None before the first sound, and where nothing is kept."""
        return self._recorder.path if self._recorder else None

    @property
    def overflows(self) -> int:
        """How often the system said that sound was lost."""
        return self._microphone.overflows

    @property
    def running(self) -> bool:
        return self._ear.is_alive() or self._scribe.is_alive()

    def start(self) -> None:
        self._ear.start()
        self._scribe.start()

    def join(self, timeout: float) -> None:
        """Wait until everything is over."""
        self._ear.join(timeout)
        self._scribe.join(timeout)

    # On PortAudio's thread.

    def _on_block(self, block: bytes) -> None:
        if self._taking:
            self._queue.put(block)

    # On the thread "listening".

    def _hear(self) -> None:
        try:
            self._listen_until_told()
        finally:
            self._taking = False
            # The last words are worked out while the device and the recording are closed.
            self._sound.put(None)
            self._microphone.close(wait=0)
            self._end_recording()

    def _listen_until_told(self) -> None:
        self._open()
        reopen_at = time.monotonic() + REOPEN_EVERY
        paused = False
        while True:
            item = self._next(0.2)
            if isinstance(item, bytes):
                if not paused:
                    self._take(item)
            elif isinstance(item, _Opened):
                self._tell_opened(item)
            elif item is _Command.CANCEL:
                return
            elif item is _Command.FINISH:
                if not paused:
                    self._take_tail()
                if self._converter is not None:
                    self._keep(self._converter.rest())
                return
            elif item is _Command.PAUSE and not paused:
                self._take_tail()
                self._taking, paused = False, True
                self._microphone.close()
            elif item is _Command.RESUME and paused:
                self._drop_queued_blocks()
                self._taking, paused = True, False
                self._breaks.append(self.seconds)
                self._open()
            elif not paused and self._microphone.stalled:
                self._tell_stalled()
            if not paused and not self._microphone.active and not self._opening() and time.monotonic() >= reopen_at:
                self._open(again=True)
                reopen_at = time.monotonic() + REOPEN_EVERY

    def _next(self, timeout: float) -> bytes | _Command | _Opened | None:
        if self._put_off:
            return self._put_off.popleft()
        return self._next_queued(timeout)

    def _next_queued(self, timeout: float) -> bytes | _Command | _Opened | None:
        try:
            return self._queue.get(timeout=timeout)
        except queue.Empty:
            return None

    def _open(self, again: bool = False) -> None:
        """Have the microphone opened on a thread of its own: a hanging sound server must not hold up the answer."""

        def open_now() -> None:
            problem = None
            try:
                if again:
                    devices.relist()
                self._microphone.open()
            except UserError as met:
                problem = met
            self._queue.put(_Opened(again, problem))

        self._opener = threading.Thread(target=open_now, name="open microphone", daemon=True)
        self._opener.start()

    def _opening(self) -> bool:
        return self._opener is not None and self._opener.is_alive()

    def _tell_opened(self, opened: _Opened) -> None:
        if opened.problem is None and opened.again:
            self._breaks.append(self.seconds)
            self._tell(f"Listening again, with {self._microphone.name}.")
        elif opened.problem is not None and not opened.again:
            self._tell(str(opened.problem))

    def _tell_stalled(self) -> None:
        self._on_level(SoundLevel(LOWEST, 0.0, False, "stalled"))
        kept = " What you said so far is kept." if self._samples else ""
        self._tell(f"The microphone {'stopped' if self._samples else 'gives no sound'}. It is tried again.{kept}")
        self._microphone.close(wait=0)

    def _take_tail(self) -> None:
        """Take in what is still on its way through the device."""
        until = time.monotonic() + TAIL_SECONDS
        while self._microphone.active and (left := until - time.monotonic()) > 0:
            item = self._next_queued(left)
            if isinstance(item, bytes):
                self._take(item)
            elif item is not None:
                self._put_off.append(item)

    def _drop_queued_blocks(self) -> None:
        """Blocks that came between the pause and the device's end belong to the pause."""
        while not self._queue.empty():
            item = self._queue.get()
            if not isinstance(item, bytes):
                self._put_off.append(item)

    def _take(self, block: bytes) -> None:
        kind = (self._microphone.rate, self._microphone.channels)
        if self._converter is None or self._converter.kind != kind:
            self._converter = Converter(*kind)
        self._keep(self._converter.take(block))

    def _keep(self, pcm: bytes) -> None:
        if not pcm:
            return
        self._note_outage(pcm)
        self._samples += len(pcm) // 2
        self._record(pcm)
        self._sound.put(pcm)
        level = self._meter.take(pcm)
        self._spoken += len(pcm) // 2 if level.speech else 0
        self._on_level(level)

    def _note_outage(self, pcm: bytes) -> None:
        """Sound that comes back after zeros from a dead device was not a pause of the speaker."""
        if pcm.count(0) == len(pcm):
            self._dead += len(pcm)
            return
        if self._dead >= OUTAGE_BYTES:
            self._breaks.append(self.seconds)
        self._dead = 0

    def _record(self, pcm: bytes) -> None:
        if self._wanted is None or self._recording_failed:
            return
        try:
            if self._recorder is None:
                self._recorder = Recorder(self._wanted)
            self._recorder.write(pcm)
        except UserError as problem:
            self._recording_failed = True
            self._tell(str(problem))

    def _end_recording(self) -> None:
        if self._recorder is not None:
            try:
                self._recorder.close()
            except UserError as problem:
                self._tell(str(problem))

    def _tell(self, sentence: str) -> None:
        if sentence not in self._troubles:
            self._troubles.append(sentence)
        self._on_trouble(sentence)

    # On the thread "transcribing".

    def _transcribe(self) -> None:
        words: tuple[Word, ...] = ()
        try:
            words = self._words(self._transcriber())
            model, spoken = self._model, self._spoken / SAMPLE_RATE
            silent = not words and not self._troubles and not self._cancelled
            if silent and model is not None and (trouble := deaf(model.folder.name, spoken)):
                self._tell(trouble)
        finally:
            self._ear.join()
            if not self._cancelled:
                recorder = self._recorder
                kept = recorder.path if recorder is not None and recorder.seconds > 0 else None
                self._on_heard(HeardAnswer(self._transcript(words), kept))

    def _transcriber(self) -> Transcriber | None:
        """Waits for the model while sound piles up; None when there is none."""
        if self._model is None:
            missing = no_model()
            self._tell(f"{missing.message} Your answer is recorded; you can type it.")
            return None
        try:
            return self._model.transcriber()
        except UserError as problem:
            self._tell(str(problem))
            return None

    def _words(self, transcriber: Transcriber | None) -> tuple[Word, ...]:
        words: tuple[Word, ...] = ()
        ended, shown, shown_at = False, "", 0.0
        while not ended:
            sound, ended = self._gathered()
            if self._cancelled:
                return ()
            if transcriber is None or not sound:
                continue
            try:
                transcriber.take(sound)
            except UserError as problem:
                self._tell(str(problem))
                words, transcriber = transcriber.words, None
                continue
            now = time.monotonic()
            if not ended and now - shown_at >= (PARTIAL_EVERY if self._sound.empty() else PARTIAL_WHILE_BEHIND):
                shown_at = now
                text = transcriber.text_so_far()
                if text != shown:
                    shown = text
                    self._on_partial(text)
        return transcriber.finish().words if transcriber is not None else words

    def _gathered(self) -> tuple[bytes, bool]:
        """The next block and what is waiting behind it; whether that was the end."""
        blocks: list[bytes] = []
        size = 0
        while size < CATCH_UP_BYTES and (not blocks or not self._sound.empty()):
            block = self._sound.get()
            if block is None:
                return b"".join(blocks), True
            blocks.append(block)
            size += len(block)
        return b"".join(blocks), False

    def _transcript(self, words: tuple[Word, ...]) -> Transcript:
        model = self._model
        return Transcript(
            words=words,
            source=Source.SPOKEN,
            duration=self._samples / SAMPLE_RATE,
            hesitations_heard=model.hesitations_heard if model is not None else False,
            model=model.folder.name if model is not None else "",
            trouble=" ".join(self._troubles),
            breaks=tuple(self._breaks),
        )

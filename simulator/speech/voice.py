"""The interviewer's voice: texts made ahead, played at once, silenced at once, captions following the words.

What is missing (synthesiser, loudspeaker, PortAudio) is told by `status`; the captions run all the same,
at reading pace.
"""

import itertools
import math
import queue
import threading
import time
import wave
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

from simulator.errors import UserError, WrongUse
from simulator.paths import AppPaths
from simulator.settings import Settings
from simulator.speech import devices
from simulator.speech.captions import CaptionTrack, caption_track, reading_seconds
from simulator.speech.loudness import slices_of
from simulator.speech.playback import Loudspeaker, Playing
from simulator.speech.ports import SLICE_SECONDS, Caption, PartStatus, Readiness, VoiceStyle
from simulator.speech.sound_files import convert
from simulator.speech.synthesis import SpokenText, Synthesizer

NOW, AHEAD = 0, 1
"""Order of what is to be made: what is spoken now goes before what is made ahead."""

CAPTION_STEP = 0.04
"""Seconds between looks at the position while speaking."""


class SpokenVoice:
    """The real Voice: pyttsx3 makes the sound, sounddevice plays it.

    `cache` keeps spoken texts; `device` is the loudspeaker's name ("" the system's choice). `sound` is the
    user's wish: "on", "captions" (at reading pace, nothing played) or "off" (the words stand there at once).
    `speed` is in percent of each style's own speech rate.
    """

    def __init__(
        self,
        cache: Path,
        device: str = "",
        sound: str = "on",
        speed: int = 100,
        synthesizer: Synthesizer | None = None,
        speaker: Loudspeaker | None = None,
    ) -> None:
        self._synthesizer = synthesizer or Synthesizer(cache)
        self._speaker = speaker or Loudspeaker(device)
        self._sound, self._speed = sound, speed
        self._orders: queue.PriorityQueue[tuple[int, int, _SynthesisOrder | None]] = queue.PriorityQueue()
        self._numbers = itertools.count()
        self._lock = threading.Lock()
        self._maker: threading.Thread | None = None
        self._current: _Speech | None = None
        self._closed = False
        self._checked = threading.Event()
        self._synthesis_problem: UserError | None = None
        self._sound_problem: UserError | None = None
        self._detail, self._technical = "", ""

    def status(self) -> PartStatus:
        """Returns at once; the first call begins looking for the parts and says "loading" until that is done."""
        self._start()
        if self._sound != "on":
            return PartStatus("voice", Readiness.READY, "Captions only, as you chose.")
        if not self._checked.is_set():
            return PartStatus("voice", Readiness.LOADING, "Looking for a voice and a loudspeaker.")
        problems = [problem for problem in (self._synthesis_problem, self._sound_problem) if problem]
        if problems:
            return PartStatus(
                "voice",
                Readiness.MISSING,
                "Captions only: " + " ".join(problem.message for problem in problems),
                " ".join(dict.fromkeys(problem.hint for problem in problems if problem.hint)),
            )
        return PartStatus("voice", Readiness.READY, self._detail, technical=self._technical)

    def settled_status(self, timeout: float = 30.0) -> PartStatus:
        """Like `status`, but waits until the parts have been looked for. For commands, not for the UI thread."""
        self._start()
        self._checked.wait(timeout)
        return self.status()

    def prepare(self, text: str, style: VoiceStyle) -> None:
        if self._sound == "on":
            self._order(text, style, AHEAD)

    def speak(
        self,
        text: str,
        style: VoiceStyle,
        on_caption: Callable[[Caption], None],
        on_finished: Callable[[bool], None],
    ) -> None:
        with self._lock:
            before = self._current
            if before is not None:
                before.silence()
            self._current = _Speech(self, before, text, style, on_caption, on_finished)
            self._current.start()

    def silence(self) -> None:
        current = self._current
        if current is not None:
            current.silence()

    def save(self, text: str, style: VoiceStyle, path: Path) -> float:
        if not sayable(text):
            raise WrongUse("There is nothing to say in that text.", "Give some words.")
        spoken = self.make(text, style)
        convert(spoken.path, path)
        return spoken.seconds

    def make(self, text: str, style: VoiceStyle) -> SpokenText:
        """The spoken text as a cached sound file. Blocks; raises like `save`."""
        return self._synthesizer.make(text, self._paced(style))

    def close(self) -> None:
        """Silence, end the worker process, give the device back."""
        with self._lock:
            self._closed = True
        self.silence()
        current = self._current
        if current is not None:
            current.join(2.0)
        self._orders.put((NOW, next(self._numbers), None))
        self._synthesizer.close()

    def _start(self) -> None:
        """Have the thread that makes sound files running; looking for the parts is the first thing it does."""
        with self._lock:
            if self._maker is None and not self._closed:
                self._maker = threading.Thread(target=self._make_in_order, name="voice", daemon=True)
                self._maker.start()

    def _order(self, text: str, style: VoiceStyle, urgency: int) -> "_SynthesisOrder":
        order = _SynthesisOrder(text, self._paced(style))
        if self._closed:
            order.future.set_exception(UserError("The voice was switched off."))
            return order
        self._orders.put((urgency, next(self._numbers), order))
        self._start()
        return order

    def _paced(self, style: VoiceStyle) -> VoiceStyle:
        """The style at the user's speed, within what synthesisers can do."""
        return replace(style, words_per_minute=min(450, max(80, style.words_per_minute * self._speed // 100)))

    def _make_in_order(self) -> None:
        self._look_for_parts()
        while True:
            _, _, order = self._orders.get()
            if order is None or self._closed:
                return
            try:
                made = self._synthesizer.make(order.text, order.style)
            except UserError as problem:
                order.future.set_exception(problem)
            else:
                order.future.set_result(made)

    def _look_for_parts(self) -> None:
        if self._sound == "on":
            try:
                self._synthesizer.start()
            except UserError as problem:
                self._synthesis_problem = problem
            try:
                loudspeaker = self._speaker.name()
                self._detail = "The computer's voice, on " + devices.in_words(loudspeaker, "the system's loudspeaker")
                self._technical = f"{self._synthesizer.driver} {self._synthesizer.version} on {loudspeaker}".strip()
            except UserError as problem:
                self._sound_problem = problem
        self._checked.set()


def open_voice(paths: AppPaths, settings: Settings) -> SpokenVoice:
    """The voice as the user's settings want it."""
    return SpokenVoice(paths.spoken, settings.speaker, settings.sound, settings.voice_speed)


class _SynthesisOrder:
    """A text to be made, and the promise of it."""

    def __init__(self, text: str, style: VoiceStyle) -> None:
        self.text, self.style = text, style
        self.future: Future[SpokenText] = Future()


class _Speech:
    """One text being spoken, on a thread of its own that begins when the one before has ended."""

    def __init__(
        self,
        voice: SpokenVoice,
        before: "_Speech | None",
        text: str,
        style: VoiceStyle,
        on_caption: Callable[[Caption], None],
        on_finished: Callable[[bool], None],
    ) -> None:
        self._voice, self._before, self._text, self._style = voice, before, text, style
        self._on_caption, self._on_finished = on_caption, on_finished
        self._silenced = False
        self._wake = threading.Event()
        self._playing: Playing | None = None
        self._shown = -1
        self._loudness: tuple[float, ...] = ()
        """Of the whole text, in slices; () where nothing is played."""
        self._thread = threading.Thread(target=self._run, name="speaking", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def join(self, timeout: float) -> None:
        self._thread.join(timeout)

    def silence(self) -> None:
        self._silenced = True
        playing = self._playing
        if playing is not None:
            playing.stop()
        self._wake.set()

    def _run(self) -> None:
        try:
            if self._before is not None:
                self._before.join(2.0)
                self._before = None
            if not self._silenced:
                self._show(0)
                self._say()
        finally:
            self._on_finished(not self._silenced)

    def _say(self) -> None:
        if self._voice._sound == "off":
            self._show(len(self._text))
            return
        spoken = self._made() if sayable(self._text) and self._voice._sound == "on" else None
        playing = self._open(spoken) if spoken is not None and not self._silenced else None
        if spoken is None or playing is None:
            seconds = reading_seconds(self._text)
            self._follow(caption_track(self._text, seconds), _Clock(), seconds)
        else:
            track = caption_track(self._text, spoken.seconds, spoken.marks)
            try:
                spoken_whole = self._follow(track, playing, spoken.seconds)
            finally:
                playing.close()
            if not spoken_whole and not self._silenced:
                self._finish_unheard()
        if not self._silenced:
            self._show(len(self._text))

    def _made(self) -> SpokenText | None:
        """The sound file, before anything that is only made ahead; None if it cannot be made or was silenced."""
        order = self._voice._order(self._text, self._style, NOW)
        order.future.add_done_callback(lambda _: self._wake.set())
        self._wake.wait()
        if self._silenced or not order.future.done():
            return None
        self._wake.clear()
        try:
            made = order.future.result()
        except UserError as problem:
            self._voice._synthesis_problem = problem
            return None
        self._voice._synthesis_problem = None
        return made

    def _open(self, spoken: SpokenText) -> Playing | None:
        try:
            with wave.open(str(spoken.path), "rb") as sound:
                pcm, rate = sound.readframes(sound.getnframes()), sound.getframerate()
            playing = self._voice._speaker.play(pcm, rate)
        except UserError as problem:
            self._voice._sound_problem = problem
            return None
        self._playing = playing
        self._loudness = slices_of(pcm, rate)
        self._voice._sound_problem = None
        if self._silenced:
            playing.stop()
        return playing

    def _follow(self, track: CaptionTrack, clock: "Playing | _Clock", seconds: float) -> bool:
        """Show the words as `clock` reaches them; True when the text came to its end, False when cut short."""
        while not self._silenced:
            position = clock.position
            if clock.heard:
                self._show(track.shown_at(position), self._loudness_until(track, position))
            if clock.over.is_set():
                return isinstance(clock, Playing) and clock.played_to_end
            if isinstance(clock, _Clock):
                if position >= seconds:
                    return True
            elif clock.stalled:
                return False
            change = track.next_change(position)
            wait = min(CAPTION_STEP, change - position) if change is not None else CAPTION_STEP
            clock.over.wait(max(0.005, wait))
        return False

    def _finish_unheard(self) -> None:
        """The loudspeaker went away in the middle: the remaining words are shown at reading pace."""
        self._voice._sound_problem = UserError("The loudspeaker stopped.", "Check it; captions go on without it.")
        shown = max(0, self._shown)
        seconds = reading_seconds(self._text[shown:])
        track = caption_track(self._text[shown:], seconds)
        shifted = CaptionTrack(track.starts, tuple(end + shown for end in track.ends))
        self._follow(shifted, _Clock(), seconds)

    def _loudness_until(self, track: CaptionTrack, position: float) -> tuple[float, ...]:
        """How loud the voice is from now until the next word."""
        change = track.next_change(position)
        end = len(self._loudness) if change is None else math.ceil(change / SLICE_SECONDS)
        return self._loudness[int(position / SLICE_SECONDS) : end]

    def _show(self, shown: int, loudness: tuple[float, ...] = ()) -> None:
        if shown > self._shown:
            self._shown = shown
            self._on_caption(Caption(self._text, shown, loudness))


class _Clock:
    """Stands in for a sound being played where there is none: its position is the time passed."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self.heard = True
        self.over = threading.Event()

    @property
    def position(self) -> float:
        return time.monotonic() - self._began


def sayable(text: str) -> bool:
    """Whether there is anything in `text` that can be pronounced."""
    return any(character.isalnum() for character in text)

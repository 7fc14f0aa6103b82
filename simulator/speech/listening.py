"""Microphone, recording and transcriber as one: listens to spoken answers (each of them a `Hearing`)."""

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from simulator.errors import MissingPart, UserError, as_started
from simulator.paths import AppPaths
from simulator.settings import Settings
from simulator.speech import devices
from simulator.speech.hearing import AnswerHearing
from simulator.speech.microphone import Microphone
from simulator.speech.model_files import ModelFolder, choose_model, no_model
from simulator.speech.ports import HeardAnswer, InputDevice, PartStatus, Readiness, SoundLevel
from simulator.speech.transcriber import shared_model

GLANCE_SECONDS = 0.04
"""How long a status may wait for its answer; less than a frame anyone notices."""


class MicrophoneListener:
    """The real Listener. `model` is None where there is no speech model; `device` is the microphone's name."""

    def __init__(self, model: ModelFolder | None, device: str = "") -> None:
        self.device = device
        self._model = shared_model(model) if model is not None else None
        self._loading = False
        self._lock = threading.Lock()
        self._probe: threading.Thread | None = None
        self._microphone: PartStatus | None = None
        self._hearings: list[AnswerHearing] = []

    def microphone_status(self) -> PartStatus:
        """The first call begins looking for a microphone; says "loading" where that takes longer than a glance."""
        with self._lock:
            if self._microphone is None and self._probe is None:
                self._look_again()
            known, probe = self._microphone, self._probe
        if known is None and probe is not None:
            probe.join(GLANCE_SECONDS)
        return self._microphone or PartStatus("microphone", Readiness.LOADING, "Looking for a microphone.")

    def settled_microphone_status(self, timeout: float = 20.0) -> PartStatus:
        """Like `microphone_status`, but waits for the answer. For commands, not for the UI thread."""
        self.microphone_status()
        probe = self._probe
        if probe is not None:
            probe.join(timeout)
        return self.microphone_status()

    def look_again(self) -> PartStatus:
        """The microphone's status after the sound system was asked anew. Blocks: not for the UI thread."""
        try:
            devices.relist()
        except UserError as problem:
            return PartStatus("microphone", Readiness.MISSING, problem.message, problem.hint)
        self.use_device(self.device)
        return self.settled_microphone_status()

    def model_status(self) -> PartStatus:
        model = self._model
        if model is None:
            missing = no_model()
            return PartStatus("model", Readiness.MISSING, missing.message, missing.hint)
        if model.problem is not None:
            return PartStatus("model", Readiness.MISSING, model.problem.message, model.problem.hint)
        if self._loading and not model.loaded:
            return PartStatus("model", Readiness.LOADING, f"Loading {model.folder.name}.")
        if model.folder.is_sample:
            return PartStatus(
                "model",
                Readiness.SAMPLE,
                "Only the sample model, which knows a few hundred words.",
                as_started("Fetch a real one with 'second-round model install'."),
            )
        return PartStatus("model", Readiness.READY, model.folder.name)

    def devices(self) -> Sequence[InputDevice]:
        """The microphones there are now, listed anew. Blocks (some 50 ms): not for the UI thread.

        Raises Missing without PortAudio.
        """
        devices.relist()
        return devices.input_names()

    def use_device(self, name: str) -> None:
        """Listen with another microphone from the next answer on."""
        self.device = name
        with self._lock:
            self._microphone = None
            self._look_again()

    def warm_up(self) -> None:
        model = self._model
        if model is not None and not self._loading:
            self._loading = True
            model.load_in_background()
        self.microphone_status()

    def wait_until_loaded(self, timeout: float | None = None) -> bool:
        """Wait until the model has been loaded, well or not (see `model_status`). Blocks."""
        self.warm_up()
        return self._model is None or self._model.wait(timeout)

    def listen(
        self,
        recording: Path | None,
        on_level: Callable[[SoundLevel], None],
        on_partial: Callable[[str], None],
        on_heard: Callable[[HeardAnswer], None],
        on_trouble: Callable[[str], None],
    ) -> AnswerHearing:
        """Hear one answer; see the port. Returns at once: the microphone is live with the first level.

        Raises Missing when no microphone was found when last looked for (and looks again meanwhile). With
        `recording` None nothing is kept, for a sound check. Without a speech model the sound is recorded all the
        same and `on_heard` gets a transcript without words, its `trouble` saying why.
        """
        with self._lock:
            known = self._microphone
            if known is not None and known.readiness is Readiness.MISSING:
                self._look_again()
                raise MissingPart(known.detail, known.hint)
        self.warm_up()
        hearing = AnswerHearing(
            Microphone(self.device), self._model, recording, on_level, on_partial, on_heard, on_trouble
        )
        with self._lock:
            self._hearings = [*(other for other in self._hearings if other.running), hearing]
        hearing.start()
        return hearing

    def close(self) -> None:
        """Give the microphone back; what is being recorded stays on disk, its words are dropped."""
        with self._lock:
            hearings = list(self._hearings)
        for hearing in hearings:
            hearing.cancel()
        for hearing in hearings:
            hearing.join(2.0)
        self._model = None

    def _look_again(self) -> None:
        self._probe = threading.Thread(target=self._look_for_microphone, name="look for microphone", daemon=True)
        self._probe.start()

    def _look_for_microphone(self) -> None:
        try:
            there = devices.inputs()
            if not there:
                devices.relist()
                there = devices.inputs()
            device = devices.pick(there, self.device)
            if device is None:
                raise MissingPart("No microphone was found.", "Connect one, or type your answers.")
            plain = devices.in_words(device.name, "The system's microphone")
            technical = device.name if plain != device.name else ""
            status = PartStatus("microphone", Readiness.READY, plain, technical=technical)
            if self.device and devices.named(there, self.device) is None:
                status = PartStatus("microphone", Readiness.READY, f"{plain} (your {self.device} is not connected)")
        except UserError as problem:
            status = PartStatus("microphone", Readiness.MISSING, problem.message, problem.hint)
        with self._lock:
            self._microphone = status


def open_listener(paths: AppPaths, settings: Settings) -> MicrophoneListener:
    """The listener as the user's settings want it, with the best speech model found."""
    return MicrophoneListener(choose_model(paths, settings.speech_model), settings.microphone)

"""Sound check: microphone, voice and speech model, each tried once. All of it can be skipped.

One screen for the three, because the outcome of one changes what is offered for the next.
"""

import contextlib
import time
from dataclasses import replace
from threading import Event
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Center, Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, Input, ProgressBar, Select, Static

from simulator.errors import UserError
from simulator.paths import expanded, private_folder
from simulator.settings import save_settings
from simulator.speech.model_files import DEFAULT_MODEL, ModelFolder, choose_model
from simulator.speech.ports import Caption, Hearing, Readiness, VoiceStyle
from simulator.speech.sound_levels import SoundTrial
from simulator.speech.transcript import Transcript
from simulator.tui.base_app import AppScreen
from simulator.tui.faces import look_of
from simulator.tui.messages import (
    LevelChanged,
    ListeningFailed,
    ListeningStarted,
    ListeningTroubled,
    PartialHeard,
    StatusKnown,
    UtteranceFinished,
)
from simulator.tui.screens.sound_words import (
    BEFORE,
    FETCH,
    HEAR,
    LATER,
    SENTENCE,
    TRIAL,
    TYPING,
    ready_words,
    status_words,
)
from simulator.tui.widgets.card import panel, retitle
from simulator.tui.widgets.fields import Choice, FieldForm, LineField
from simulator.tui.widgets.footer import Keys
from simulator.tui.widgets.meter import MicrophoneMeter
from simulator.tui.widgets.portrait import Portrait
from simulator.tui.widgets.title_row import title_row
from simulator.tui.widgets.waveform import Waveform

MEANT_FOR_THE_TRIAL = 2.0
"""Seconds after a trial that ended by itself in which Enter is still meant as "I'm done", and leads no further."""
SYSTEM_CHOICE = ""
TRIED_BY = {"hear": "voice", "say": "microphone"}
"""The buttons that try something, in their order, and what they try."""
GREETER = "people-partner"
"""Whose face is shown where there is room for one: somebody is there while one tries."""
MOODS = {"rest": "", "speaking": "speaks", "listening": "listens"}


class SoundCheckScreen(AppScreen[None]):
    """The first-time check, and any time after."""

    CSS_PATH = "sound_check.tcss"
    HELP_TOPIC = "sound_check"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f9", "done", "go on", id="sound.done"),
        Binding("escape", "done", "go on", show=False, id="sound.skip"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._hearing: Hearing | None = None
        self._trial = SoundTrial()
        self._ending = False
        """Whether the trial has ended by itself and its words are being written down."""
        self._ended_itself_at = -MEANT_FOR_THE_TRIAL
        self._turn = 0
        self._cancelled = Event()
        self._downloading = False
        self._greeter = ""
        self._found: dict[str, Readiness] = {}
        """How far each part is, as far as one knows."""

    def compose(self) -> ComposeResult:
        yield title_row("Sound check")
        with Horizontal(id="columns"):
            with FieldForm(id="steps"):
                yield Static(ready_words({}), id="ready", markup=False)
                with panel(Vertical(), "1  What should the interviewer call you? (optional)"):
                    yield LineField(self._app.settings.candidate_name, "name")
                with panel(Vertical(), "2  The interviewer's voice"):
                    yield Static("looking", id="voice-status", markup=False)
                    with Horizontal(classes="row"):
                        yield Button(HEAR, id="hear", compact=True)
                    yield Static("", id="voice-note", markup=False)
                with panel(Vertical(), "3  Your microphone"):
                    yield Choice([("the system's choice", SYSTEM_CHOICE)], SYSTEM_CHOICE, id="device")
                    yield Static("looking", id="microphone-status", markup=False)
                    with Horizontal(classes="row"):
                        yield Button("Say something", id="say", compact=True)
                        yield MicrophoneMeter(width=24, id="meter")
                    yield Static("", id="heard", markup=False)
                with panel(Vertical(), "4  The speech model, which writes down what you say"):
                    yield Static("looking", id="model-status", markup=False)
                    with Horizontal(classes="row", id="model-row"):
                        yield Button(FETCH, id="fetch", compact=True)
                        yield LineField("", "model-path", "or the path of a model")
                    yield ProgressBar(id="progress", show_eta=True)
                    yield Static("", id="model-note", markup=False)
                yield Button("Go on", id="done", variant="primary", compact=True)
            with Vertical(id="side"):
                with panel(Vertical(id="listener"), ""), Center():
                    yield Portrait(look_of(GREETER), self._app.settings.reduced_motion, id="face")
                with panel(Vertical(id="verdict"), "How you sound"):
                    yield Waveform(self._app.settings.reduced_motion, id="wave")
                    yield Static(BEFORE, id="verdict-words", markup=False)
        yield Keys()

    def takes_once(self, key: str) -> bool:
        """Enter held down at home does not leave at once."""
        return key == "enter"

    def on_mount(self) -> None:
        self.query_one("#progress").display = False
        for name in ("voice-note", "heard", "model-note"):
            self._note(name, "")
        self.query_one("#name").focus(scroll_visible=False)
        self._look()

    def _lead_on(self, behind: str) -> None:
        """From a step that is over to the next that can be tried, in the end to "Go on": Enter leads through."""
        if self.focused is not None and self.focused.id == behind:
            self.query_one(f"#{self._after(behind)}").focus()

    def _after(self, behind: str) -> str:
        tries = list(TRIED_BY)[list(TRIED_BY).index(behind) + 1 :] if behind in TRIED_BY else list(TRIED_BY)
        return next((button for button in tries if not self._is_missing(TRIED_BY[button])), "done")

    def _is_missing(self, part: str) -> bool:
        return self._found.get(part) is Readiness.MISSING

    @work(thread=True, group="statuses", exit_on_error=False)
    def _look(self) -> None:
        services = self._app.services
        greeter = next((who for who in services.interviewers.all() if who.id == GREETER), None)
        if greeter is not None:
            self.app.call_later(self._introduce, f"{greeter.name}, {greeter.role}")
        listener = services.sound.listener
        try:
            devices = [device.name for device in listener.devices()]
        except UserError:
            # The microphone's status says it better, with the hint.
            devices = []
        self.app.call_later(self._show_devices, devices)
        listener.warm_up()
        for status in (services.sound.voice.status(), listener.microphone_status(), listener.model_status()):
            self.post_message(StatusKnown(status))

    def _show_devices(self, names: list[str]) -> None:
        if not self._app.shows(self):
            return
        remembered = self._app.settings.microphone
        listed = [name for name in dict.fromkeys([*names, remembered]) if name]
        choices = [("the system's choice", SYSTEM_CHOICE), *((name, name) for name in listed)]
        self.query_one("#device", Choice).offer(choices, remembered)

    def on_status_known(self, message: StatusKnown) -> None:
        status = message.status
        missing = status.readiness is Readiness.MISSING
        self._found[status.part] = status.readiness
        self.query_one("#ready", Static).update(ready_words(self._found))
        if status.part == "model" and status.readiness is Readiness.MISSING:
            status = replace(status, hint="If you would like to speak, download one below. Typing works without.")
        elif status.part == "model" and status.readiness is Readiness.SAMPLE:
            status = replace(status, hint="Download a full one below.")
        self.query_one(f"#{status.part}-status", Static).update(status_words(status))
        if status.part == "microphone" and status.readiness is Readiness.MISSING:
            self.query_one("#verdict-words", Static).update(TYPING)
        if status.part == "voice":
            self.query_one("#hear", Button).label = "Try again" if missing else HEAR
        if status.part == "model":
            self.query_one("#model-row").display = status.readiness in (Readiness.MISSING, Readiness.SAMPLE)
        if status.readiness is Readiness.LOADING:
            self.set_timer(0.3, self._look_again)

    @work(thread=True, exclusive=True, group="again", exit_on_error=False)
    def _look_again(self) -> None:
        if self._app.shows(self):
            services = self._app.services
            self.post_message(StatusKnown(services.sound.voice.status()))
            self.post_message(StatusKnown(services.sound.listener.model_status()))

    def _note(self, name: str, words: Content | str) -> None:
        """Write what is to be told; where that is nothing, it takes no line."""
        note = self.query_one(f"#{name}", Static)
        note.update(words)
        note.display = bool(str(words))

    # Voice.

    def on_button_pressed(self, event: Button.Pressed) -> None:
        match event.button.id:
            case "hear":
                style = VoiceStyle()
                heard = not self._is_missing("voice")
                self._note("voice-note", "Speaking ..." if heard else "")
                self._face_is("speaking" if heard else "rest")
                self._app.services.sound.voice.speak(SENTENCE, style, self._caption, self._voice_over)
                self._look()
            case "say":
                self._say()
            case "fetch":
                self._fetch("")
            case "done" if time.monotonic() - self._ended_itself_at >= MEANT_FOR_THE_TRIAL:
                self.action_done()

    def _face_is(self, mood: str) -> None:
        """The face speaks, listens or rests; words in its frame say so too."""
        self.query_one(Portrait).mood = mood
        retitle(self.query_one("#listener"), self._greeter, MOODS[mood])

    def _introduce(self, name: str) -> None:
        if self._app.shows(self):
            self._greeter = name
            self._face_is(self.query_one(Portrait).mood)

    def _caption(self, caption: Caption) -> None:
        self.app.call_later(self._move_mouth, caption)

    def _move_mouth(self, caption: Caption) -> None:
        if self._app.shows(self):
            self.query_one(Portrait).say(caption.loudness)

    def _voice_over(self, to_the_end: bool) -> None:
        self.app.call_later(self._ask_whether_heard, to_the_end)

    def _ask_whether_heard(self, to_the_end: bool) -> None:
        if not self._app.shows(self):
            return
        self._face_is("rest")
        missing = self._app.services.sound.voice.status().readiness is Readiness.MISSING
        if to_the_end and not missing:
            self._lead_on("hear")
        asked = "Did you hear it? If not, turn the volume up, or choose another loudspeaker in the settings."
        self._note("voice-note", asked if to_the_end and not missing else "")
        self._look_again()

    # Microphone.

    def on_select_changed(self, event: Select.Changed) -> None:
        name = str(event.value)
        if name != self._app.settings.microphone:
            self._stop()
            self._keep(microphone=name)
            self._look()

    def _keep(self, **values: str | bool) -> None:
        settings = replace(self._app.settings, **values)  # type: ignore[arg-type]
        self._app.use_settings(settings)
        try:
            save_settings(settings, self._app.paths)
        except UserError as problem:
            self._app.tell(problem)

    def _say(self) -> None:
        if self._hearing is not None:
            self._finish(self._hearing)
            return
        self._app.services.sound.voice.silence()
        self._turn += 1
        self._trial, self._ending = SoundTrial(), False
        self._face_is("listening")
        self._note("heard", f"Say: “{TRIAL}”")
        self.query_one("#verdict-words", Static).update(f"Say: “{TRIAL}”")
        self.query_one("#say", Button).label = "I'm done"
        self._listen(self._turn)

    @work(thread=True, group="answer", exit_on_error=False)
    def _listen(self, turn: int) -> None:
        paths = self._app.paths
        try:
            hearing = self._app.services.sound.listener.listen(
                private_folder(paths.cache) / paths.sound_check.name,
                lambda level: self._tell(LevelChanged(level)),
                lambda text: self._tell(PartialHeard(turn, text)),
                lambda heard: self._tell(UtteranceFinished(turn, heard)),
                lambda why: self._tell(ListeningTroubled(turn, why)),
            )
        except UserError as problem:
            self.post_message(ListeningFailed(turn, str(problem)))
            return
        self.post_message(ListeningStarted(turn, hearing))

    def _tell(self, message: LevelChanged | PartialHeard | UtteranceFinished | ListeningTroubled) -> None:
        self.post_message(message)

    @work(thread=True, group="answer", exit_on_error=False)
    def _finish(self, hearing: Hearing) -> None:
        hearing.finish()
        # Nobody hears it again: words and level were what was wanted.
        with contextlib.suppress(OSError):
            self._app.paths.sound_check.unlink(missing_ok=True)

    def on_listening_started(self, message: ListeningStarted) -> None:
        if message.turn == self._turn:
            self._hearing = message.hearing
        else:
            message.hearing.cancel()

    def on_listening_failed(self, message: ListeningFailed) -> None:
        self._face_is("rest")
        self._note("heard", message.why)
        self.query_one("#say", Button).label = "Say something"

    def on_listening_troubled(self, message: ListeningTroubled) -> None:
        """The trial goes on; that there is no model stands in step 4 and keeps nobody from trying the microphone."""
        if message.turn == self._turn and self._has_model:
            self._note("heard", message.why)

    @property
    def _has_model(self) -> bool:
        return self._app.services.sound.listener.model_status().readiness is not Readiness.MISSING

    def on_level_changed(self, message: LevelChanged) -> None:
        if self._hearing is not None:
            self.query_one(MicrophoneMeter).show(message.level)
            self.query_one(Waveform).show(message.level)
            now = time.monotonic()
            if self._trial.over(message.level, now) and not self._ending:
                self._ending, self._ended_itself_at = True, now
                self._finish(self._hearing)

    def on_partial_heard(self, message: PartialHeard) -> None:
        if message.turn == self._turn and message.text:
            self._note("heard", Content.styled(message.text, "italic"))

    def on_utterance_finished(self, message: UtteranceFinished) -> None:
        self._hearing = None
        self.query_one("#say", Button).label = "Say something"
        verdict, heard = self._trial.verdict, message.heard.transcript
        words = self._words_heard(heard) if verdict.spoken or heard.text else ""
        sign = "✓ " if verdict.fine else ""
        self._note("heard", f"{sign}{verdict.words()}\n{words}".strip())
        style = "bold $success" if verdict.fine else "bold $warning"
        self.query_one("#verdict-words", Static).update(Content.styled(f"{sign}{verdict.words()}", style))
        self.query_one(MicrophoneMeter).clear()
        self._face_is("rest")
        if verdict.fine:
            self._lead_on("say")

    def _words_heard(self, heard: Transcript) -> str:
        if not self._has_model:
            return "With a speech model (step 4) your words are written down as well."
        return f"Heard: {heard.text}" if heard.text else heard.trouble or "No words were understood."

    def _stop(self) -> None:
        self._turn += 1
        if self._hearing is not None:
            self._hearing.cancel()
            self._hearing = None

    # Speech model.

    def on_input_submitted(self, event: Input.Submitted) -> None:
        if event.input.id == "name" and self._after("name") == "done":
            # Nothing can be tried, so nothing else is to be done here.
            self.action_done()
        elif event.input.id == "name":
            self._lead_on("name")
        elif event.value.strip():
            self._fetch(event.value.strip())

    def _fetch(self, source: str) -> None:
        if self._downloading:
            self._cancelled.set()
            return
        self._cancelled.clear()
        self._downloading = True
        self._note("model-note", "")
        self.query_one("#progress").display = True
        self.query_one("#fetch", Button).label = "Stop"
        self._install(source)

    @work(thread=True, group="download", exit_on_error=False)
    def _install(self, source: str) -> None:
        try:
            if source and not expanded(source).exists():
                raise UserError(f"There is nothing at {source}.", "Give the path of a zip or a folder.")
            from simulator.speech.model_install import install  # late

            model = install(source or DEFAULT_MODEL, self._app.paths, self._progress, self._cancelled.is_set)
        except UserError as problem:
            message = str(problem) if source else f"{problem.message} {LATER}"
            self.app.call_later(self._installed, message, None)
        else:
            self.app.call_later(self._installed, "", model)

    def _progress(self, done: int, total: int) -> None:
        self.app.call_later(self._show_progress, done, total)

    def _show_progress(self, done: int, total: int) -> None:
        if self._app.shows(self):
            self.query_one(ProgressBar).update(total=total or None, progress=done)

    def _installed(self, words: str, model: ModelFolder | None) -> None:
        """Show why it did not work, or use the model; that it is there is told by its status alone."""
        self._downloading = False
        if not self._app.shows(self):
            return
        self.query_one("#progress").display = False
        self.query_one("#fetch", Button).label = FETCH
        self._note("model-note", words)
        if model is not None:
            if choose_model(self._app.paths, self._app.settings.speech_model) != model:
                self._keep(speech_model="sample" if model.is_sample else str(model.path))
            self._app.services.sound.forget_listener()
            self._look()

    # Leaving.

    def action_done(self) -> None:
        """Keep what was chosen and go home."""
        self._stop()
        self._cancelled.set()
        self._app.services.sound.voice.silence()
        self._keep(candidate_name=self.query_one("#name", Input).value.strip(), first_run_done=True)
        self.dismiss(None)

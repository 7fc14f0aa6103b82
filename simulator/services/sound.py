"""Voice, listener and player: made when first asked for, and anew when a setting of theirs changes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.paths import AppPaths
from simulator.services.late import Late
from simulator.services.settings_in_use import SettingsInUse
from simulator.settings import Settings
from simulator.speech.ports import Readiness

if TYPE_CHECKING:
    from simulator.speech.ports import Listener, Player, Voice


def _open_voice(paths: AppPaths, settings: Settings) -> "Voice":
    from simulator.speech.voice import open_voice  # late

    return open_voice(paths, settings)


def _open_listener(paths: AppPaths, settings: Settings) -> "Listener":
    from simulator.speech.listening import open_listener  # late

    return open_listener(paths, settings)


def _open_player(_paths: AppPaths, settings: Settings) -> "Player":
    from simulator.speech.playback import RecordingPlayer  # late

    return RecordingPlayer(settings.speaker)


@dataclass(frozen=True, slots=True)
class SoundFactories:
    """What makes voice, listener and player."""

    voice: "Callable[[AppPaths, Settings], Voice]" = _open_voice
    listener: "Callable[[AppPaths, Settings], Listener]" = _open_listener
    player: "Callable[[AppPaths, Settings], Player]" = _open_player


_SETTINGS_OF_VOICE = ("sound", "speaker", "voice_speed")
_SETTINGS_OF_LISTENER = ("microphone", "speech_model")
_SETTINGS_OF_PLAYER = ("speaker",)


class Sound:
    """The interviewer's voice, the candidate's microphone, and recordings played."""

    def __init__(self, paths: AppPaths, settings: SettingsInUse, factories: SoundFactories) -> None:
        self._settings = settings
        self._voice = Late(lambda: factories.voice(paths, settings.current))
        self._listener = Late(lambda: factories.listener(paths, settings.current))
        self._player = Late(lambda: factories.player(paths, settings.current))
        settings.follow(self._follow)

    @property
    def voice(self) -> "Voice":
        """The interviewer's voice; captions alone where there is no sound output."""
        return self._voice.get()

    @property
    def voice_heard(self) -> bool:
        """Whether a voice can be heard just now; else there are only words to read."""
        return self._settings.current.sound == "on" and self.voice.status().readiness is not Readiness.MISSING

    @property
    def listener(self) -> "Listener":
        """Microphone, recording and transcriber."""
        return self._listener.get()

    @property
    def player(self) -> "Player":
        """Plays recordings."""
        return self._player.get()

    def forget_listener(self) -> None:
        """Another speech model is there: the listener is made anew when next asked for."""
        self._listener.forget(lambda part: part.close())

    def _follow(self, old: Settings, new: Settings) -> None:
        def changed(names: tuple[str, ...]) -> bool:
            return any(getattr(old, name) != getattr(new, name) for name in names)

        if changed(_SETTINGS_OF_LISTENER):
            self.forget_listener()
        if changed(_SETTINGS_OF_VOICE):
            self._voice.forget(lambda part: part.close())
        if changed(_SETTINGS_OF_PLAYER):
            self._player.forget(lambda part: part.close())

    def close(self) -> None:
        """Close what was made."""
        self._voice.forget(lambda part: part.close())
        self._listener.forget(lambda part: part.close())
        self._player.forget(lambda part: part.close())

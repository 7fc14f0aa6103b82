"""The microphone's level: a moving bar of the last blocks, and what it means in words."""

from collections import deque

from textual.widgets import Static

from simulator.speech.ports import SoundLevel
from simulator.tui.widgets.css import css_beside

BARS = "▁▂▃▄▅▆▇█"
LOWEST_DBFS = -60.0
"""Below this the bar is empty; speech into a usual microphone lies between -40 and -12."""
WORDS = {
    "": "good level",
    "quiet": "quiet, come closer",
    "clipping": "too loud, lean back",
    "silent": "no sound",
    "stalled": "it stopped",
}


def bar(dbfs: float) -> str:
    """One level as a block character."""
    share = (max(LOWEST_DBFS, min(0.0, dbfs)) - LOWEST_DBFS) / -LOWEST_DBFS
    return BARS[min(len(BARS) - 1, int(share * len(BARS)))]


class MicrophoneMeter(Static):
    """Shows levels as they come; the words never leave the meaning to the bars' look."""

    DEFAULT_CSS = css_beside(__file__)

    def __init__(self, width: int = 12, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
        self._levels: deque[float] = deque([LOWEST_DBFS] * width, maxlen=width)

    def show(self, level: SoundLevel) -> None:
        """Add one level."""
        self._levels.append(level.dbfs)
        hint = WORDS.get(level.hint, level.hint)
        if not level.hint and not level.speech and max(self._levels) < -50:
            hint = "listening"
        self.update(f"{''.join(bar(value) for value in self._levels)}  {hint}", layout=False)

    def clear(self, words: str = "") -> None:
        """Empty bars, and `words` in place of a hint."""
        self._levels.extend([LOWEST_DBFS] * (self._levels.maxlen or 0))
        self.update(words, layout=False)

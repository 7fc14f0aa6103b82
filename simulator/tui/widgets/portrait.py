"""The interviewer as a small face in text, that speaks and listens."""

from textual.reactive import reactive
from textual.widgets import Static

_EYES = {"warm": "•  •", "brisk": "▪  ▪", "sceptical": "¬  •", "quiet": "·  ·"}
_REST = {"warm": "‿", "brisk": "─", "sceptical": "╶", "quiet": "‿"}
_MOUTHS = ("─", "o", "▫", "O")
_BLINK = "-  -"
FRAME_SECONDS = 0.18


class Portrait(Static):
    """Five lines, eleven columns. `mood` is "rest", "speaking" or "listening".

    With `still` the face does not move; who speaks is always said in words beside it too.
    """

    DEFAULT_CSS = """
    Portrait { width: 11; height: 5; }
    """

    mood: reactive[str] = reactive("rest")
    manner: reactive[str] = reactive("warm")

    def __init__(self, still: bool = False, name_below: str = "", id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
        self._name_below = name_below
        self._still = still
        self._frame = 0

    def on_mount(self) -> None:
        if not self._still:
            self.set_interval(FRAME_SECONDS, self._next_frame)
        self._draw()

    def watch_mood(self) -> None:
        self._draw()

    def watch_manner(self) -> None:
        self._draw()

    def _next_frame(self) -> None:
        if self.mood == "rest":
            return
        self._frame += 1
        self._draw()

    def _draw(self) -> None:
        eyes = _EYES.get(self.manner, _EYES["warm"])
        mouth = _REST.get(self.manner, "‿")
        if self.mood == "speaking":
            mouth = "o" if self._still else _MOUTHS[self._frame % len(_MOUTHS)]
        elif self.mood == "listening" and not self._still and self._frame % 22 == 0:
            eyes = _BLINK
        # Who speaks is said in words too: a mark before the name.
        mark = {"speaking": "◆ "}.get(self.mood, "")
        below = f"\n{mark}{self._name_below}"[:12] if self._name_below else ""
        self.update(f"╭───────╮\n│ {eyes.center(5)} │\n│   {mouth}   │\n╰───────╯{below}", layout=False)

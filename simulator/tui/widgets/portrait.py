"""An interviewer's portrait, that speaks with the voice and listens."""

from collections import deque
from collections.abc import Sequence

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.reactive import reactive
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget

from simulator.tui.faces import HEIGHT, MOUTHS, SMALL_HEIGHT, SMALL_WIDTH, WIDTH, Look, Pixel, picture, small_picture
from simulator.tui.widgets.css import css_beside

FRAME_SECONDS = 0.1
"""How long a mouth keeps its shape: also how long a slice of loudness is (`speech.ports.SLICE_SECONDS`)."""
BLINK_EVERY, BLINK_FRAMES = 42, 2
MOUTH_WITHOUT_VOICE = (0.5, 0.8, 0.3, 0.0)
"""How the mouth moves for a word where there is no voice to move with."""


class Portrait(Widget):
    """Half blocks, `WIDTH` columns by half of `HEIGHT` lines. `mood` is "rest", "speaking" or "listening".

    While speaking the mouth follows the loudness it is given; with `still` nothing moves at all. Who speaks is said
    in words beside it too.
    """

    DEFAULT_CSS = css_beside(__file__)

    mood: reactive[str] = reactive("rest")

    def __init__(self, look: Look, still: bool = False, id: str | None = None) -> None:
        super().__init__(id=id)
        self.look = look
        self._still = still
        self._frame = 0
        self._coming: deque[float] = deque()
        self._timer: Timer | None = None
        self.face = ("rest", 0)
        """The expression and the step of the mouth that are drawn."""

    def on_mount(self) -> None:
        if not self._still:
            self._timer = self.set_interval(FRAME_SECONDS, self.next_frame, pause=self.mood == "rest")

    def watch_mood(self) -> None:
        self._coming.clear()
        if self._timer is not None:
            self._timer.pause() if self.mood == "rest" else self._timer.resume()
        self._draw(0)

    def say(self, loudness: Sequence[float]) -> None:
        """A word is being said: its loudness (0 to 1) slice by slice; () where that is not known."""
        self._coming = deque(loudness or MOUTH_WITHOUT_VOICE)

    def next_frame(self) -> None:
        """The next shape of the mouth, and now and then a blink."""
        self._frame += 1
        loud = self._coming.popleft() if self._coming else 0.0
        self._draw(min(MOUTHS - 1, round(loud * (MOUTHS - 1))))

    def _draw(self, mouth: int) -> None:
        expression = {"speaking": "rest", "listening": "listening"}.get(self.mood, "smile")
        if self._still:
            mouth = 1 if self.mood == "speaking" else 0
        elif self._frame % BLINK_EVERY < BLINK_FRAMES and self._frame >= BLINK_FRAMES:
            expression = "blink"
        if (expression, mouth) != self.face:
            self.face = (expression, mouth)
            self.refresh()

    def render_line(self, y: int) -> Strip:
        behind = self.background_colors[1].rich_color
        rows = picture(self.look, *self.face)
        if self.size.width < WIDTH:
            # Half as large: an odd number of rows, so the first stands in the lower half of its line.
            rows = ((None,) * SMALL_WIDTH, *small_picture(self.look, *self.face))
            pairs = zip(rows[y * 2], rows[y * 2 + 1], strict=True) if y <= SMALL_HEIGHT // 2 else ()
            segments = [_cell(upper, lower, behind) for upper, lower in pairs]
        elif self.size.width >= WIDTH * 2 and self.size.height >= HEIGHT:
            # Twice as large: a line for each row of pixels, two columns for each pixel.
            row = rows[y] if y < HEIGHT else ()
            segments = [_cell(pixel, pixel, behind, "  ") for pixel in row]
        else:
            # Where there is little room, the face without its shoulders.
            y += max(0, min(1, HEIGHT // 2 - self.size.height))
            pairs = zip(rows[y * 2], rows[y * 2 + 1], strict=True) if y < HEIGHT // 2 else ()
            segments = [_cell(upper, lower, behind) for upper, lower in pairs]
        return Strip(segments).adjust_cell_length(self.size.width, Style(bgcolor=behind))


def _cell(upper: Pixel, lower: Pixel, behind: Color | None, blank: str = " ") -> Segment:
    """Two pixels, one above the other, as a character; where they are alike, as `blank` on their colour."""
    if upper == lower:
        return Segment(blank, Style(bgcolor=upper or behind))
    if upper is None:
        return Segment("▄", Style(color=lower, bgcolor=behind))
    return Segment("▀", Style(color=upper, bgcolor=lower or behind))

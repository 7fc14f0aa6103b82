"""Two columns of panels whose lower edges are at one height: in the shorter one a panel is as long as it takes."""

from textual.containers import Container


class EvenColumns(Container):
    """Holds `.main` and `.side`, side by side where it is `-beside`; the panels that give way are `.gives`."""

    DEFAULT_CSS = """
    EvenColumns .main, EvenColumns .side { height: auto; }
    EvenColumns.-beside.-longer-main .side, EvenColumns.-beside.-longer-side .main { height: 100%; }
    EvenColumns.-beside.-longer-main .side .gives, EvenColumns.-beside.-longer-side .main .gives { height: 1fr; }
    """

    def on_resize(self) -> None:
        self.even_edges()

    def even_edges(self) -> None:
        """Look anew which column is the longer one."""
        self.remove_class("-longer-main", "-longer-side")
        self.call_after_refresh(self._lengthen)

    def _lengthen(self) -> None:
        if self.is_attached and self.has_class("-beside"):
            main, side = self.query_one(".main").size.height, self.query_one(".side").size.height
            self.set_class(main > side, "-longer-main")
            self.set_class(side > main, "-longer-side")

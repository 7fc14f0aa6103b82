"""Two columns of panels whose lower edges are at one height: in the shorter one a panel is as long as it takes."""

from textual.containers import Container, Vertical

from simulator.tui.widgets.css import css_beside


class Column(Vertical):
    """One of the columns: what changes its height is looked at by the container."""

    def on_resize(self) -> None:
        columns = next((each for each in self.ancestors if isinstance(each, EvenColumns)), None)
        if columns is not None:
            columns.lengthen()


class EvenColumns(Container):
    """Holds columns `.main` and `.side`, side by side where it is `-beside`; panels that give way are `.gives`."""

    DEFAULT_CSS = css_beside(__file__)

    def even_edges(self) -> None:
        """Other words are shown: each column is as long as they are, then the shorter one is lengthened anew."""
        self.remove_class("-longer-main", "-longer-side")
        self.call_after_refresh(self.lengthen)

    def lengthen(self) -> None:
        """Make the shorter column as long as the longer one; columns that are even stay as they are."""
        if not (self.is_attached and self.has_class("-beside")):
            return
        main, side = self.query_one(".main").size.height, self.query_one(".side").size.height
        if main != side:
            self.set_class(main > side, "-longer-main")
            self.set_class(side > main, "-longer-side")

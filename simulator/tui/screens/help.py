"""Help for where you are: what this screen is for, and its keys in groups, named as in the row of keys."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.screen import ModalScreen, Screen
from textual.widget import Widget
from textual.widgets import Markdown

from simulator.paths import shipped
from simulator.tui.key_names import key_name
from simulator.tui.widgets.card import panel
from simulator.tui.widgets.columns import aligned
from simulator.tui.widgets.footer import Keys

KEY_ROWS = re.compile(r"(?:^## (?P<title>.+)\n\n)?^\| Key \| More \|\n\|.+\n(?P<rows>(?:\|.*\n?)+)", re.MULTILINE)
"""A table of keys on a page of help, with the heading of its group."""
EVERYWHERE = (("F1", "help", ""), ("Ctrl+P", "commands", "everything that is possible here"), ("Ctrl+Q", "quit", ""))
"""Key, name and what else there is to say, for keys that every screen has."""


@dataclass(frozen=True, slots=True)
class Group:
    """Keys that belong together, each with what there is to say beyond its name."""

    title: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A page of help taken apart: `before` and `after` the keys stand words."""

    title: str
    before: str
    groups: tuple[Group, ...]
    after: str


def help_page(topic: str) -> Page:
    """The page of a topic (`assets/help/TOPIC.md`); without one there are only keys."""
    path = shipped("assets") / "help" / f"{topic}.md"
    if not path.is_file():
        return Page("Keys", "", (Group("", ()),), "")
    head, _, text = path.read_text(encoding="utf-8").partition("\n")
    tables = list(KEY_ROWS.finditer(text))
    groups = tuple(Group(table["title"] or "", tuple(_rows(table["rows"]))) for table in tables)
    first, last = (tables[0].start(), tables[-1].end()) if tables else (len(text), len(text))
    return Page(head.removeprefix("# "), text[:first].strip(), groups or (Group("", ()),), text[last:].strip())


def _rows(table: str) -> Iterable[tuple[str, str]]:
    for line in table.splitlines():
        _, keys, more, _ = line.split("|")
        yield keys.strip(), more.strip()


def names_of(bindings: Iterable[BindingType]) -> dict[str, str]:
    """What each key does, in the words of the row of keys; of a key that does several things all of them."""
    names: dict[str, list[str]] = {}
    for binding in Binding.make_bindings(bindings):
        descriptions = names.setdefault(key_name(binding.key), [])
        if binding.description and binding.description not in descriptions:
            descriptions.append(binding.description)
    return {key: ", ".join(descriptions) for key, descriptions in names.items()}


def named(page: Page, names: Mapping[str, str]) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """The groups of a page with key, name and more in each row; what no row tells comes into the first."""
    listed = {key for group in page.groups for keys, _ in group.rows for key in _each(keys)}
    # A second key for the same is not told again.
    done = {names[key] for key in listed if key in names}
    groups: list[tuple[str, list[tuple[str, str, str]]]] = []
    for group in page.groups:
        rows = [(keys, names.get(keys, ""), more) for keys, more in group.rows]
        if not groups:
            rows += [(key, name, "") for key, name in names.items() if key not in listed and name not in done]
        groups.append((group.title, [row for row in rows if row[1] or row[2]]))
    return [*groups, ("On every screen", list(EVERYWHERE))]


def _each(keys: str) -> list[str]:
    return keys.replace("Arrows", "Left, Right, Up, Down").split(", ")


class KeyGroup(Widget):
    """One group of keys in columns as wide as there is room."""

    def __init__(self, title: str, rows: list[tuple[str, str, str]]) -> None:
        super().__init__()
        self._title, self._rows = title, rows

    def _drawn(self, width: int) -> Content:
        rows = [
            (
                Content.styled(keys, "bold $accent"),
                Content.assemble(
                    (name, "bold"), "  " if name and more else "", (more, "$text-muted" if name else "")
                ),
            )
            for keys, name, more in self._rows
        ]
        lines = aligned(rows, width, gives=1) if rows else []
        return Content("\n").join([*([Content.styled(self._title, "$text-muted")] if self._title else []), *lines])

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the rows take at this width."""
        return len(self._drawn(width).split())

    def render(self) -> Content:
        return self._drawn(self.content_size.width)


class HelpScreen(ModalScreen[None]):
    """One page of help over the screen it is about."""

    CSS_PATH = "help.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (76, "-usual"), (100, "-broad")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,q", "dismiss(None)", "close", id="help.close"),
    ]

    def __init__(self, about: Screen[Any]) -> None:
        super().__init__()
        self.page = help_page(getattr(about, "HELP_TOPIC", ""))
        focused = [active.binding for active in about.active_bindings.values() if active.node is about.focused]
        self.names = names_of([*about.BINDINGS, *(each for each in focused if each.show)])

    def compose(self) -> ComposeResult:
        with panel(VerticalScroll(classes="dialog"), self.page.title):
            if self.page.before:
                yield Markdown(self.page.before)
            with Container(id="groups"):
                for title, rows in named(self.page, self.names):
                    if rows:
                        yield KeyGroup(title, rows)
            if self.page.after:
                yield Markdown(self.page.after)
        yield Keys()

    def on_mount(self) -> None:
        self.query_one(VerticalScroll).focus()

"""Help for where you are: what this screen is for, and its keys in groups, named as in the row of keys."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from textual.actions import parse
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
class HelpPage:
    """A page of help taken apart: `before` and `after` the keys stand words."""

    title: str
    before: str
    groups: tuple[Group, ...]
    after: str


def help_page(topic: str) -> HelpPage:
    """The page of a topic (`assets/help/TOPIC.md`); without one there are only keys."""
    path = shipped("assets") / "help" / f"{topic}.md"
    if not path.is_file():
        return HelpPage("Keys", "", (Group("", ()),), "")
    head, _, text = path.read_text(encoding="utf-8").partition("\n")
    tables = list(KEY_ROWS.finditer(text))
    groups = tuple(Group(table["title"] or "", tuple(_rows(table["rows"]))) for table in tables)
    first, last = (tables[0].start(), tables[-1].end()) if tables else (len(text), len(text))
    return HelpPage(head.removeprefix("# "), text[:first].strip(), groups or (Group("", ()),), text[last:].strip())


def _rows(table: str) -> Iterable[tuple[str, str]]:
    for line in table.splitlines():
        _, keys, more, _ = line.split("|")
        yield keys.strip(), more.strip()


Names = dict[str, list[str]]
"""What each key does, in the words of the row of keys; of a key that does several things all of them."""


def names_of(bindings: Iterable[BindingType]) -> Names:
    """The names of these keys."""
    names: Names = {}
    for binding in Binding.make_bindings(bindings):
        descriptions = names.setdefault(key_name(binding.key), [])
        if binding.description and binding.description not in descriptions:
            descriptions.append(binding.description)
    return {key: descriptions for key, descriptions in names.items() if descriptions}


def named(page: HelpPage, names: Names, asleep: Collection[str] = ()) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """The groups of a page with key, name and more in each row; what no row tells comes into the first.

    Keys that are `asleep` do nothing now, and are left out.
    """
    listed = {key for group in page.groups for keys, _ in group.rows for key in _each(keys)}
    # A second key for the same is not told again.
    done = {name for key in listed for name in names.get(key, ())}
    groups: list[tuple[str, list[tuple[str, str, str]]]] = []
    for group in [group for group in page.groups if not _sleeps(group, names, asleep)] or page.groups:
        rows = [
            row for keys, more in group.rows if keys not in asleep for row in _told(keys, names.get(keys, []), more)
        ]
        if not groups:
            others = [(key, each) for key, each in names.items() if key not in listed and not done.issuperset(each)]
            rows += [row for key, each in others for row in _told(key, each, "")]
        groups.append((group.title, [row for row in rows if row[1] or row[2]]))
    return [*groups, ("On every screen", list(EVERYWHERE))]


def _sleeps(group: Group, names: Names, asleep: Collection[str]) -> bool:
    """Whether all keys of a group do nothing now."""
    keys = {key for keys, _ in group.rows for key in _each(keys)}
    return not keys.isdisjoint(asleep) and keys.isdisjoint(names)


def _told(keys: str, names: list[str], more: str) -> Iterable[tuple[str, str, str]]:
    """A row for each thing a key does; of several, `more` says "name: what there is to say; name: ..."."""
    parts = dict(part.partition(": ")[::2] for part in more.split("; "))
    if len(names) < 2:
        yield keys, "".join(names), parts.get("".join(names), more)
        return
    for name in names:
        yield keys, name, parts.get(name, "")


def _each(keys: str) -> list[str]:
    return keys.replace("Arrows", "Left, Right, Up, Down").split(", ")


def _is_of_use(screen: Screen[Any], binding: Binding) -> bool:
    """Whether a key does anything on a screen as it is now."""
    _, name, parameters = parse(binding.action)
    return screen.check_action(name, parameters) is not False


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
                    (name, "bold"), ": " if name and more else "", (more, "$text-muted" if name else "")
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
        own = list(Binding.make_bindings(about.BINDINGS))
        works = [each for each in own if _is_of_use(about, each)]
        self.names = names_of([*works, *(each for each in focused if each.show)])
        self.asleep = set(names_of(own)) - set(self.names)

    def compose(self) -> ComposeResult:
        with panel(VerticalScroll(classes="dialog"), self.page.title):
            if self.page.before:
                yield Markdown(self.page.before)
            with Container(id="groups"):
                for title, rows in named(self.page, self.names, self.asleep):
                    if rows:
                        yield KeyGroup(title, rows)
            if self.page.after:
                yield Markdown(self.page.after)
        yield Keys()

    def on_mount(self) -> None:
        self.query_one(VerticalScroll).focus()

"""What an import found, before anything is written: every question, what each column is, and what was not used."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Label, OptionList, Static
from textual.widgets.option_list import Option

from simulator.errors import UserError
from simulator.questions.bank import Bank
from simulator.questions.search import QuestionHit
from simulator.texts import words_of_name
from simulator.tui.base_app import AppScreen
from simulator.tui.widgets.card import panel
from simulator.tui.widgets.footer import Keys
from simulator.tui.widgets.picking import AskText, PickOne
from simulator.tui.widgets.question_list import QuestionList
from simulator.tui.widgets.title_row import title_row

if TYPE_CHECKING:
    from simulator.questions.importing import Import, TableColumn
    from simulator.services import Services

MOST_UNUSED = 2_000
"""Lines not used that are listed; the file itself shows the rest."""
_UPDATE, _COPY = "update", "copy"

Kept = tuple[Bank | None, Bank]
"""A bank as it was (None for a new one) and as it is to be."""


class ImportPreviewScreen(AppScreen[Kept | None]):
    """All questions of a list; the marked one in full below. Gives the bank to keep, None where it was left."""

    CSS_PATH = "import_preview.tcss"
    HELP_TOPIC = "import"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f9", "keep", "save", id="import.keep"),
        Binding("c", "columns", "columns", id="import.columns"),
        Binding("n", "unused", "not used", id="import.unused"),
        Binding("escape", "leave", "leave without saving", id="import.leave"),
    ]

    def __init__(self, found: "Import", path: Path, banks: list[Bank], taken: list[str]) -> None:
        """`banks` are those there are, one of which the list may have made before; `taken` all ids, of broken ones
        too."""
        super().__init__()
        self._found, self._path, self._banks, self._taken = found, path, banks, taken
        self._mapping: dict[str, str] = {}
        self._read_with = self._mapping
        """What the columns were said to be when the file was last read."""

    def compose(self) -> ComposeResult:
        yield title_row(f"Import of {self._path.name}")
        yield Static("", id="told", markup=False)
        yield panel(QuestionList(id="questions"), "Questions")
        with panel(VerticalScroll(id="about-scroll", can_focus=False), "The question"):
            yield Static("", id="about", markup=False)
        yield Keys()

    def on_mount(self) -> None:
        self.query_one(QuestionList).focus()
        self._show()

    def _show(self) -> None:
        found = self._found
        bank = found.bank("import")
        listing = self.query_one(QuestionList)
        listing.guessed = frozenset(each.question.id for each in found.questions if "kind" in each.guessed)
        self.query_one("#told", Static).update(_found_words(found))
        listing.offer([QuestionHit(bank, question) for question in bank.questions])
        self._by_id = {each.question.id: each for each in found.questions}
        self._alike = {other: one for one, other in found.alike}
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        match action:
            case "columns":
                return bool(self._found.columns)
            case "unused":
                return bool(self._found.unused or self._found.notes)
            case "keep":
                return bool(self._found.questions)
        return True

    @on(QuestionList.Marked)
    def _describe(self, event: QuestionList.Marked) -> None:
        about = self.query_one("#about", Static)
        if event.hit is None:
            about.update("No question was found in this file.")
            return
        from simulator.tui.screens.bank_words import about_question  # late

        each = self._by_id[event.hit.question.id]
        fields = ", ".join("follow-ups" if field == "probes" else field for field in each.guessed)
        guessed = f"Guessed: {fields}. You can change all of it later." if fields else ""
        same = self._alike.get(event.hit.question.id)
        like = f"It means nearly the same as: {self._by_id[same].question.ask}" if same else ""
        lines = "lines" if len(each.lines) > 1 else "line"
        where = f"From {lines} {', '.join(map(str, each.lines[:8]))} of the file."
        notes = "  ".join(filter(None, (where, guessed, like)))
        about.update(Content.assemble(about_question(event.hit, with_bank=False), (f"\n{notes}", "$text-muted")))
        self.query_one("#about-scroll").scroll_home(animate=False)

    # Changing what a column is.

    def action_columns(self) -> None:
        """What each column is; each change reads the file again behind the list, which stays until one is done."""
        self.app.push_screen(ColumnsScreen(self._found.columns, self._change))

    def _change(self, column: "TableColumn", role: str) -> None:
        self._mapping = {name: each for name, each in self._mapping.items() if name != column.name}
        self._mapping[column.name] = role
        self.query_one("#told", Static).update("reading the file again …")
        self._read_again(self._mapping)

    @work(thread=True, exclusive=True, group="import", exit_on_error=False)
    def _read_again(self, mapping: dict[str, str]) -> None:
        from simulator.questions.importing import read_import  # late

        found: Import | UserError
        try:
            found = read_import(self._path, None, self._app.services.rubrics.ids(), mapping=mapping)
        except UserError as problem:
            found = problem
        self.app.call_later(self._show_again, found, mapping)

    def _show_again(self, found: "Import | UserError", mapping: dict[str, str]) -> None:
        if not self.is_attached or mapping is not self._mapping:
            return  # left, or changed once more since
        if isinstance(found, UserError):
            self._mapping = self._read_with
            self._app.tell(found)
        else:
            self._found, self._read_with = found, mapping
        self._show()
        if isinstance(self.app.screen, ColumnsScreen):
            self.app.screen.show(self._found.columns)

    def action_unused(self) -> None:
        """Everything in the file that no question was made of."""
        self.app.push_screen(UnusedScreen(self._found))

    # Keeping.

    def action_keep(self) -> None:
        """Keep it as a new bank, or bring the one up to date that was made of this list before."""
        from simulator.questions.merging import made_of, updated  # late

        found = self._found
        there = made_of(self._banks, [each.question.ask for each in found.questions], found.head.id)
        if there is None:
            self._ask_title()
            return
        update = updated(there, found.questions)

        def chosen(way: str | None) -> None:
            if way == _UPDATE:
                self.dismiss((there, update.bank))
            elif way == _COPY:
                self._ask_title()

        options = [(f"Bring it up to date: {update}", _UPDATE), ("Make a new bank beside it", _COPY)]
        self.app.push_screen(PickOne(f"Your bank '{there.title}' has these questions already.", options), chosen)

    def _ask_title(self) -> None:
        from simulator.questions.guessing import Ids  # late
        from simulator.questions.merging import free_title  # late

        found = self._found
        wanted = found.head.title or words_of_name(self._path)
        free = free_title(wanted, self._banks)

        def named(title: str | None) -> None:
            if title:
                ids = Ids(self._taken)
                words = wanted if title == free else title
                bank_id = found.head.id if found.head.id and ids.take(found.head.id) else ids.make(words)
                self.dismiss((None, found.bank(bank_id, title)))

        self.app.push_screen(AskText("The bank's title:", free), named)

    def action_leave(self) -> None:
        """Leave; nothing is kept."""
        self.dismiss(None)


class ColumnsScreen(ModalScreen[None]):
    """What each column of the list is; Enter changes one, and `change` is called with its new role."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,f9,c", "dismiss(None)", "done", id="columns.done")]

    def __init__(self, columns: Sequence["TableColumn"], change: Callable[["TableColumn", str], None]) -> None:
        super().__init__()
        self._columns, self._change = columns, change

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Label("What the columns are. Enter changes one.", classes="heading", markup=False)
            yield OptionList()
        yield Keys()

    def on_mount(self) -> None:
        self.show(self._columns)

    def show(self, columns: Sequence["TableColumn"]) -> None:
        """The columns as they are now, the cursor where it was."""
        self._columns = columns
        listing = self.query_one(OptionList)
        marked = listing.highlighted or 0
        listing.clear_options()
        listing.add_options(Option(Content(_column_words(column))) for column in columns)
        listing.highlighted = min(marked, len(columns) - 1) if columns else None

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Ask what a column is."""
        from simulator.questions.import_columns import CHOICES, LEFT_OUT  # late

        column = self._columns[event.option_index]

        def chosen(word: str | None) -> None:
            if word is not None:
                self._change(column, CHOICES[word])

        title = f"{_column_name(column)} is" + (f" (such as “{column.sample[:40]}”)" if column.sample else "")
        now = next((word for word, role in CHOICES.items() if role == (column.role or LEFT_OUT)), LEFT_OUT)
        self.app.push_screen(PickOne(title, [(word, word) for word in CHOICES], now), chosen)


class UnusedScreen(ModalScreen[None]):
    """The lines that no question was made of, each with the reason, and what else was noticed."""

    CSS_PATH = "import_preview.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,n", "dismiss(None)", "close", id="unused.close")]

    def __init__(self, found: "Import") -> None:
        super().__init__()
        self._found = found

    def compose(self) -> ComposeResult:
        unused = self._found.unused
        lines = [Option(Content(note)) for note in self._found.notes]
        lines += [
            Option(Content.assemble((f"line {each.line}  ", "bold"), each.text, (f"  {each.why}", "$text-muted")))
            for each in unused[:MOST_UNUSED]
        ]
        if len(unused) > MOST_UNUSED:
            lines.append(Option(Content(f"and {len(unused) - MOST_UNUSED:,} more lines."), disabled=True))
        with Vertical(classes="dialog"):
            yield Label("Not used, and why", classes="heading")
            yield OptionList(*lines)
        yield Keys()


def _found_words(found: "Import") -> str:
    """What was found, in a line or two."""
    guesses = sum(1 for each in found.questions if each.guessed)
    many = "1 question" if len(found.questions) == 1 else f"{len(found.questions):,} questions"
    parts = [f"{many}, read as {found.format.words}."]
    if guesses:
        parts.append(f"In {guesses:,} something is guessed; a guessed kind has a question mark.")
    if found.unused:
        were = "1 line or cell was" if len(found.unused) == 1 else f"{len(found.unused):,} lines or cells were"
        parts.append(f"{were} not used: N shows what and why.")
    open_columns = sum(1 for column in found.columns if not column.role)
    if open_columns:
        are = "is" if open_columns == 1 else "are"
        parts.append(
            f"{open_columns} of {len(found.columns)} columns {are} not used: C shows what each is taken for."
        )
    return " ".join(parts)


def _column_name(column: "TableColumn") -> str:
    return f"“{column.name}”" if column.heading else f"Column {column.name}"


def _column_words(column: "TableColumn") -> str:
    from simulator.questions.import_columns import role_words  # late

    return f"{_column_name(column)}: {f'{role_words(column.role)}, {column.how}' if column.role else 'not used'}"


def read_in_background(
    screen: Screen[None], path: Path, services: "Services", on_read: Callable[["Import | UserError"], None]
) -> None:
    """Read a file in a thread of the screen's; `on_read` gets what was found, or why nothing was."""
    app = screen.app

    def read() -> None:
        from simulator.questions.importing import read_import  # late

        try:
            found: Import | UserError = read_import(path, None, services.rubrics.ids())
        except UserError as problem:
            found = problem
        app.call_later(on_read, found)

    screen.run_worker(
        read, thread=True, exclusive=True, group="import", exit_on_error=False, description="read a list"
    )

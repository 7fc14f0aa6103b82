"""One class: its students by rubrics, its questions, and how far the coach and the app agree."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import DataTable, Static

from simulator.classroom.agreement import agreements, pairs_of
from simulator.classroom.class_overview import ClassOverview, most_missing, overview_of
from simulator.classroom.handing_back import feedback_for, write_feedback
from simulator.classroom.pages import write_pages
from simulator.classroom.taking_in import files_in, gather
from simulator.errors import UserError, as_started
from simulator.paths import expanded, private_folder
from simulator.questions.bank import Bank
from simulator.sessions.rubric_titles import rubric_title
from simulator.texts import counted, words_of_name
from simulator.tui.base_app import AppScreen
from simulator.tui.garbage_collection import settle_garbage_collector
from simulator.tui.screens.class_words import (
    LAST,
    MINUTES,
    TIMES,
    agreement_lines,
    cells,
    last_days,
    question_lines,
    shortened,
    summary,
    summary_line,
)
from simulator.tui.screens.student import StudentScreen
from simulator.tui.widgets.card import panel, retitle
from simulator.tui.widgets.empty_state import EmptyState
from simulator.tui.widgets.footer import Keys
from simulator.tui.widgets.level_bars import for_table
from simulator.tui.widgets.lists import RowTable
from simulator.tui.widgets.picking import AskText, PickOne
from simulator.tui.widgets.title_row import title_row

if TYPE_CHECKING:
    from simulator.classroom.agreement import Pair
    from simulator.classroom.taking_in import Gathered

VIEWS = {"students": "Students", "questions": "Question by question", "agreement": "You and the app"}
WIDE = 100
FEW_RUBRICS, MORE_RUBRICS = 2, 3
"""So many are written out with their bars; so many have bars where there is room for them."""
BARS_FROM = 118
NAME, NAME_WHERE_WIDE = 15, 20
"""Columns of a name; it takes more of them where they are free."""
PANEL = 5
"""Columns that the panel and a scrollbar take."""


class ClassScreen(AppScreen[None]):
    """The class as a table; V shows it by question, then how far the coach and the app agree."""

    HELP_TOPIC = "class_table"
    CSS_PATH = "class_table.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "add", "add files", id="class.add"),
        Binding("v", "view", "other view", id="class.view"),
        Binding("h", "hand_back", "hand back", id="class.hand_back"),
        Binding("x", "report", "reports", id="class.report"),
        Binding("w", "assign", "assign", id="class.assign"),
        Binding("escape", "app.pop_screen", "back", id="class.back"),
    ]

    def __init__(self, class_id: str) -> None:
        super().__init__()
        self._class_id = class_id
        self._view = "students"
        self._overview: ClassOverview | None = None
        self._unnamed: list[Path] = []

    def compose(self) -> ComposeResult:
        yield title_row()
        yield panel(
            RowTable(cursor_type="row", cursor_foreground_priority="renderable", fixed_columns=1, id="table"),
            "Students",
        )
        with panel(VerticalScroll(id="scroll", can_focus=True), ""):
            yield Static("", id="text", markup=False)
        yield EmptyState(
            "Nobody is in this class yet",
            "Students export a session, or all of them, and give you the file. Take in one file or a whole folder.",
            "Add files",
            ("Amara Okoye   ▰▰▰▱ 3.0  up 1.0   3 sessions", "Bruno Silva   ▰▰▱▱ 2.1           2 sessions"),
            picture="apple",
            id="no-students",
        )
        with Horizontal(id="below"):
            yield panel(Static("", id="summary", markup=False), "The class")
            with panel(VerticalScroll(id="asked", can_focus=False), "Question by question"):
                yield Static("", id="asked-words", markup=False)
        yield Keys()

    def on_mount(self) -> None:
        self.query_one("#scroll").display = False
        self.app.theme_changed_signal.subscribe(self, lambda _theme: self.on_resize())
        self._read()

    def on_screen_resume(self) -> None:
        """Back from a student: what was commented counts."""
        if self._overview is not None:
            self._read()

    def on_resize(self) -> None:
        """A screen that became wider has room for more."""
        if self._overview is not None and self._view == "students":
            self._draw()

    @work(thread=True, exclusive=True, group="read", exit_on_error=False)
    def _read(self) -> None:
        classes = self._app.services.data.classes
        try:
            roster = classes.rosters.get(self._class_id)
            overview = overview_of(classes, roster)
            pairs = pairs_of(classes, roster) if self._view == "agreement" else []
        except UserError as problem:
            self.app.call_later(self._app.tell, problem)
            return
        self.app.call_later(self._show, overview, pairs)

    def _show(self, overview: ClassOverview, pairs: "list[Pair]") -> None:
        if not self._app.shows(self):
            return
        self._overview = overview
        empty = not overview.lines
        self.query_one("#where", Static).update(overview.roster.name)
        self.query_one(EmptyState).stand_in(empty, self.query_one("#table"), focus=self.query_one("#table"))
        self.query_one("#table").display = not empty and self._view == "students"
        self.query_one("#scroll").display = not empty and self._view != "students"
        self.set_class(self._view != "students", "-other-view")
        retitle(self.query_one("#scroll"), VIEWS[self._view])
        self._draw()
        asked = self.query_one("#asked-words", Static)
        asked.update(Content("\n").join(question_lines(overview, max(40, self.app.size.width * 3 // 5 - 8))))
        if self._view == "questions":
            self.query_one("#text", Static).update(
                Content("\n").join(question_lines(overview, min(96, self.app.size.width - 8)))
            )
        elif self._view == "agreement":
            self.query_one("#text", Static).update(Content("\n").join(agreement_lines(agreements(pairs), pairs)))
        short = self.has_class("-short")
        width = max(30, self.app.size.width * 2 // 5 - 6)
        self.query_one("#summary", Static).update(summary_line(overview) if short else summary(overview, width))
        self.query_one("#below").display = not empty
        (self.query_one("#table") if self._view == "students" else self.query_one("#scroll")).focus()
        self.refresh_bindings()
        settle_garbage_collector("class")

    def _draw(self) -> None:
        """The table of students, as the screen has room for it."""
        assert self._overview is not None
        today = self._app.today()
        table, colours = self.query_one("#table", DataTable), self.app.theme_variables
        marked = table.cursor_row
        table.clear(columns=True)
        wide = self.app.size.width >= WIDE
        titles = [rubric_title(rubric) for rubric in self._overview.rubrics]
        whole = wide and len(titles) <= FEW_RUBRICS
        roomy = whole or (self.app.size.width >= BARS_FROM and len(titles) <= MORE_RUBRICS)
        lines = self._overview.lines
        spoken = any(line.minutes >= 1 for line in lines)
        heads = ["student", *(title if whole else title.split()[0].split("-")[0][:10] for title in titles), TIMES]
        heads += [MINUTES] if spoken else []
        rows = [cells(line, self._overview.rubrics, roomy, spoken) for line in lines]
        # Each column has a space on both sides.
        widths = [
            max([cell_len(head), *(cell.cell_length for cell in column)]) + 2
            for head, *column in zip(heads, *rows, strict=True)
        ]
        longest, width = widths[0] - 2, NAME_WHERE_WIDE if wide else NAME
        room = self.app.size.width - PANEL - sum(widths[1:]) - width - 2
        if days := last_days(lines, room - 2, today):
            heads.append(LAST)
            room -= max(map(cell_len, (LAST, *days))) + 2
        width = max(width, min(longest, width + (0 if wide else room)))
        table.add_column(heads[0], width=width)
        for place, head in enumerate([*heads[1:], *(["missing most"] if wide else [])]):
            table.add_column(head, key=titles[place] if place < len(titles) else None)
        for number, line in enumerate(lines):
            name, *facts = rows[number]
            more = [*days[number : number + 1], *([most_missing(line.missing)] if wide else [])]
            row = [Content(shortened(name.plain, width)), *facts, *map(Content, more)]
            table.add_row(*(for_table(cell, colours) for cell in row), key=line.student.id)
        if self._overview.lines:
            table.move_cursor(row=min(marked, len(self._overview.lines) - 1))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("view", "report", "hand_back"):
            return self._overview is not None and bool(self._overview.lines)
        return True

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        """A student's answers."""
        if event.row_key.value and self.app.screen is self:  # Enter held down opens it once
            self.app.push_screen(StudentScreen(self._class_id, event.row_key.value))

    def action_view(self) -> None:
        """Students, questions, agreement, and round again."""
        names = list(VIEWS)
        self._view = names[(names.index(self._view) + 1) % len(names)]
        self._read()

    # Files in.

    def on_button_pressed(self) -> None:
        """The one button there is, while nobody is in the class."""
        self.action_add()

    def action_add(self) -> None:
        """Take in what students exported."""
        self.app.push_screen(
            AskText("Which folder or file? (sessions or histories of students)", longest=1000), self._add
        )

    def _add(self, named: str | None) -> None:
        if named is not None:
            self.notify("Taking it in.")
            self._gather([expanded(named)], "")

    @work(thread=True, group="gather", exit_on_error=False)
    def _gather(self, paths: list[Path], name: str) -> None:
        unnamed: list[Path] = []

        def later(path: Path, _name: str) -> str:
            unnamed.append(path)
            return ""

        try:
            found = list(gather(self._app.services.data.classes, self._class_id, files_in(paths), name, later))
        except UserError as problem:
            self.app.call_later(self._app.tell, problem)
            return
        self.app.call_later(self._gathered, [each for each in found if each.path not in unnamed], unnamed)

    def _gathered(self, found: "list[Gathered]", unnamed: list[Path]) -> None:
        if not self._app.shows(self):
            return
        new = sum(each.new for each in found)
        troubles = [each.told_as(each.path.name) for each in found if each.left_out]
        troubles += [f"{each.path.name}: {note}" for each in found for note in each.notes]
        students, known = len({each.student for each in found if each.student}), sum(each.known for each in found)
        if known and not new:
            self.notify(f"Nothing new: {counted(known, 'session')} {'is' if known == 1 else 'are'} here already.")
        elif students:
            self.notify(f"{counted(new, 'new session')} of {counted(students, 'student')}.")
        if troubles:
            self._app.tell(f"Left out: {' '.join(troubles[:3])}" + (" and more." if len(troubles) > 3 else ""))
        self._unnamed.extend(unnamed)
        self._read()
        self._ask_next()

    def _ask_next(self) -> None:
        """Whose the next file is that does not tell."""
        if not self._unnamed:
            return
        path = self._unnamed.pop(0)

        def named(name: str | None) -> None:
            if name is not None:
                self._gather([path], name)
            else:
                self._ask_next()

        self.app.push_screen(AskText(f"Whose is {path.name}? (Esc leaves it out)", words_of_name(path), 80), named)

    # Files out.

    def action_report(self) -> None:
        """HTML pages of the class and of each student, with names or without."""
        choices = [("With names", "names"), ("Without names: students are numbered", "")]

        def chosen(names: str | None) -> None:
            if names is not None:
                self._write_reports(names)

        self.app.push_screen(PickOne("Pages of the class and of each student", choices), chosen)

    @work(thread=True, group="report", exit_on_error=False)
    def _write_reports(self, names: str) -> None:
        assert self._overview is not None
        folder = self._app.paths.exports / f"class-{self._class_id}{'' if names else '-without-names'}"
        try:
            private_folder(self._app.paths.exports)
            written = write_pages(
                self._app.services.data.classes, self._overview, folder, date.today().isoformat(), bool(names)
            )
        except UserError as problem:
            self.app.call_later(self._app.tell, problem)
            return
        self.app.call_later(self._tell, f"{len(written)} pages are in {folder}; class.html is the class.")

    def action_hand_back(self) -> None:
        """One file for each student of whom something was said."""
        self._hand_back()

    @work(thread=True, group="hand_back", exit_on_error=False)
    def _hand_back(self) -> None:
        classes, written = self._app.services.data.classes, 0
        try:
            roster = classes.rosters.get(self._class_id)
            private_folder(self._app.paths.exports)
            folder = private_folder(self._app.paths.exports / f"feedback-{self._class_id}")
            for student in roster.students:
                if feedback_for(classes, roster, student):
                    write_feedback(classes, roster, student, folder / f"feedback-{student.id}.zip")
                    written += 1
        except UserError as problem:
            self.app.call_later(self._app.tell, problem)
            return
        if written:
            what = "1 file is" if written == 1 else f"{written} files are"
            how = as_started("Students take theirs in with I among past sessions, or 'sessions import FILE'.")
            self.app.call_later(self._tell, f"{what} in {folder}. {how}")
        else:
            self.app.call_later(
                self._tell, "You have said nothing of an answer yet. Enter on a student, then on an answer."
            )

    def _tell(self, words: str) -> None:
        self.notify(words, markup=False, timeout=10)

    def action_assign(self) -> None:
        """Choose a bank to set as an assignment; the rules are the strict ones, 'class set' has others."""
        there = [bank for bank in self._app.services.library.banks() if isinstance(bank, Bank) and bank.questions]
        banks = [
            (bank.title, bank.id) for bank in sorted(there, key=lambda bank: bank.shipped)
        ]  # the coach's own first

        def chosen(bank_id: str | None) -> None:
            if bank_id is not None:
                self._set(bank_id)

        title = "Assign which bank? All of it, one try, no follow-ups"
        self.app.push_screen(PickOne(title, banks), chosen)

    @work(thread=True, group="set", exit_on_error=False)
    def _set(self, bank_id: str) -> None:
        from simulator.classroom.handing_out import hand_out  # late

        try:
            path = hand_out(
                self._app.services.data.classes, self._app.services.library.bank(bank_id), self._app.paths.exports
            )
        except UserError as problem:
            self.app.call_later(self._app.tell, problem)
            return
        how = as_started("Students take it in with I among past sessions, or 'practice --assignment FILE'.")
        self.app.call_later(self._tell, f"Hand out {path}. {how}")

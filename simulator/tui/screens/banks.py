"""Question banks: read, searched, practised from, and changed, with every change to be taken back.

Looking through banks is in `bank_browsing.py`; here is one short method for each change, all through `_change`.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from simulator.errors import UserError
from simulator.interview.setup import Setup
from simulator.paths import expanded
from simulator.questions.bank import Bank, Question
from simulator.questions.bank_files import BrokenBank
from simulator.questions.changes import Changes
from simulator.questions.editing import (
    add_question,
    change_bank,
    change_question,
    duplicate_question,
    move_question,
    remove_question,
    reorder_question,
)
from simulator.questions.guessing import Ids
from simulator.questions.installing import AlreadyThere
from simulator.questions.merging import merged
from simulator.sessions.session import Mode
from simulator.texts import counted
from simulator.tui.editor import open_in_editor
from simulator.tui.screens.bank_browsing import BrowsingScreen, Seen
from simulator.tui.screens.import_preview import ImportPreviewScreen, read_in_background
from simulator.tui.widgets.picking import AskText, PickOne
from simulator.tui.widgets.question_list import QuestionList

if TYPE_CHECKING:
    from simulator.questions.importing import Import

NO_OTHER_BANK = "There is no other bank. N makes one, when a bank is marked."


class BanksScreen(BrowsingScreen):
    """Banks on the left, their questions on the right, and below what a strong answer does."""

    CSS_PATH = "banks.tcss"
    HELP_TOPIC = "banks"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "practise", "practise it", id="banks.practise"),
        Binding("p", "interview", "interview", id="banks.interview"),
        Binding("e", "edit", "edit", id="banks.edit"),
        Binding("a", "add", "add", id="banks.add"),
        Binding("n", "new_bank", "new bank", id="banks.new"),
        Binding("i", "import_list", "import", id="banks.import"),
        Binding("o", "open", "open in editor", id="banks.open"),
        Binding("slash", "search", "search", id="banks.search"),
        Binding("l", "like", "like this", id="banks.like"),
        Binding("u", "undo", "undo", id="banks.undo"),
        Binding("d", "duplicate", "duplicate", show=False, id="banks.duplicate"),
        Binding("m", "move", "move to another bank", show=False, id="banks.move"),
        Binding("r", "rename", "rename", show=False, id="banks.rename"),
        Binding("g", "merge", "merge into another", show=False, id="banks.merge"),
        Binding("delete", "delete", "delete", show=False, id="banks.delete"),
        Binding("y", "redo", "redo", show=False, id="banks.redo"),
        Binding("ctrl+up", "reorder(-1)", "further up", show=False, id="banks.up"),
        Binding("ctrl+down", "reorder(1)", "further down", show=False, id="banks.down"),
        Binding("escape", "back", "back", id="banks.back"),
    ]

    def on_mount(self) -> None:
        self._changes = Changes(self._app.paths.banks)
        self._there: Callable[[AlreadyThere], None] | None = None

    # What is possible now.

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if not self.is_mounted:
            return True
        on_question = self._questions.has_focus and self._questions.hit is not None
        on_bank = self._listing.has_focus
        listed = self._listed
        match action:
            case "practise" | "edit" | "duplicate" | "move" | "like":
                return on_question and not self._busy
            case "reorder":
                plain = not self.query_one("#search", Input).value
                return on_question and not self._busy and plain and isinstance(listed, Bank)
            case "interview" | "add":
                return (on_question or (on_bank and isinstance(listed, Bank))) and not self._busy
            case "new_bank" | "import_list":
                return on_bank and not self._busy
            case "rename" | "merge":
                return on_bank and isinstance(listed, Bank) and not self._busy
            case "open":
                return on_bank and listed is not None and not self._busy
            case "delete":
                return (on_question or (on_bank and listed is not None)) and not self._busy
            case "undo":
                return self._changes.can_undo and not self._busy
            case "redo":
                return self._changes.can_redo and not self._busy
        return True

    # Practising.

    @on(QuestionList.Chosen)
    def action_practise(self) -> None:
        """Practise the marked question now, until it sits."""
        if hit := self._questions.hit:
            try:
                setup = Setup(bank_id=hit.bank.id, mode=Mode.DRILL, question_id=hit.question.id)
                self._app.open_interview(setup=setup)
            except UserError as problem:
                self._app.tell(problem)

    def action_interview(self) -> None:
        """An interview from the marked bank."""
        from simulator.tui.screens.setup import SetupScreen  # late

        if bank := self._bank():
            self.app.push_screen(SetupScreen(bank_id=bank.id))

    def _bank(self) -> Bank | None:
        """The bank of the marked question, or the marked bank."""
        if self._questions.has_focus and self._questions.hit:
            return self._questions.hit.bank
        return self._listed if isinstance(self._listed, Bank) else None

    # Changing. Each change is made in a thread: a large bank takes its time to be written and checked.

    def _change(self, words: str, make: Callable[[], tuple[tuple[Bank | None, Bank], ...]], mark: str = "") -> None:
        """Make a change to one bank or two; `make` gives each as it was read and as it is to be."""
        copied: list[str] = []

        def work() -> str:
            changed = make()
            copied.extend(before.title for before, _ in changed if before is not None and before.shipped)
            self._changes.keep(words, *changed)
            own = "".join(f" You have a copy of '{title}' of your own now, used in its place." for title in copied)
            return f"{words}.{own} U takes it back."

        self._begin(work, mark)

    def _begin(
        self, work: Callable[[], str], mark: str = "", there: Callable[[AlreadyThere], None] | None = None
    ) -> None:
        self._there = there
        self._busy = True
        self.query_one("#count", Static).update("keeping the change …")
        self.refresh_bindings()
        self._carry_out(work, mark)

    @work(thread=True, group="change", exit_on_error=False)
    def _carry_out(self, work: Callable[[], str], mark: str) -> None:
        try:
            outcome: str | UserError = work()
        except UserError as problem:
            outcome = problem
        self.app.call_later(self._carried_out, outcome, mark, self._read_now())

    def _carried_out(self, outcome: str | UserError, mark: str, seen: Seen) -> None:
        self._busy = False
        self.query_one("#count", Static).update("")
        # What was told of the change before is over.
        self.app.clear_notifications()
        if isinstance(outcome, UserError):
            if isinstance(outcome, AlreadyThere) and self._there is not None:
                self._there(outcome)
            else:
                self._app.tell(outcome)
        elif outcome:
            self.notify(outcome, markup=False)
        if self._app.shows(self):
            self._wanted_question = mark
            self._show(seen)
            self.refresh_bindings()

    def action_edit(self) -> None:
        """Change the marked question."""
        hit = self._questions.hit
        if hit is None:
            return
        bank, old = hit.bank, hit.question

        def keep(question: Question | None) -> None:
            if question is not None and question != old:
                self._change(
                    "Question changed", lambda: ((bank, change_question(bank, old.id, question)),), question.id
                )

        self._edit(bank, old, keep)

    def action_add(self) -> None:
        """A new question in the bank, behind the marked one."""
        bank = self._bank()
        if bank is not None:
            self._add_to(bank)

    def _add_to(self, bank: Bank, new: bool = False) -> None:
        hit = self._questions.hit if self._questions.has_focus else None
        at = None
        if hit and hit.bank is bank:
            # By identity: comparing 50,000 questions would be felt.
            at = next((n for n, each in enumerate(bank.questions, 1) if each is hit.question), None)

        def keep(question: Question | None) -> None:
            if question is not None:
                before = None if new else bank
                words = f"Bank '{bank.title}' made" if new else "Question added"
                self._wanted_bank = bank.id if new else ""
                self._change(words, lambda: ((before, add_question(bank, question, at)),), question.id)

        self._edit(bank, None, keep)

    def _edit(self, bank: Bank, question: Question | None, keep: Callable[[Question | None], None]) -> None:
        from simulator.tui.screens.question_editor import QuestionEditorScreen  # late

        self.app.push_screen(QuestionEditorScreen(bank, question, self._app.services.rubrics.ids()), keep)

    def action_duplicate(self) -> None:
        """A copy of the marked question, right behind it."""
        if hit := self._questions.hit:
            changed, copy = duplicate_question(hit.bank, hit.question.id)
            bank = hit.bank
            self._change("Question duplicated", lambda: ((bank, changed),), copy.id)

    def action_reorder(self, by: int) -> None:
        """Move the marked question up or down in its bank."""
        if hit := self._questions.hit:
            bank, question = hit.bank, hit.question
            if bank.questions[0 if by < 0 else -1] is not question:
                self._change(
                    "Question moved", lambda: ((bank, reorder_question(bank, question.id, by)),), question.id
                )

    def action_move(self) -> None:
        """Move the marked question to another bank."""
        hit = self._questions.hit
        if hit is None or self._seen is None:
            return
        targets = {bank.id: bank for bank in self._seen.banks if isinstance(bank, Bank) and bank.id != hit.bank.id}
        if not targets:
            self.notify(NO_OTHER_BANK)
            return
        source, question_id = hit.bank, hit.question.id

        def move(target_id: str | None) -> None:
            if target_id:
                target = targets[target_id]

                def make() -> tuple[tuple[Bank | None, Bank], ...]:
                    left, other = move_question(source, target, question_id)
                    return (source, left), (target, other)

                self._change(f"Question moved to '{target.title}'", make)

        options = [
            (f"{bank.title}, {counted(len(bank.questions), 'question')}", bank.id) for bank in targets.values()
        ]
        self.app.push_screen(PickOne("Move the question to", options), move)

    def action_delete(self) -> None:
        """Delete the marked question, or the marked bank of the user's."""
        hit, listed = self._questions.hit, self._listed
        if self._questions.has_focus and hit:
            bank, question_id = hit.bank, hit.question.id
            self._change("Question deleted", lambda: ((bank, remove_question(bank, question_id)),))
        elif isinstance(listed, Bank):
            deleted = listed

            def work() -> str:
                self._changes.delete(deleted)
                return f"'{deleted.title}' deleted. U brings it back."

            self._begin(work)
        elif listed is not None:
            self.notify("A broken file is left to you: O opens it.")

    def action_new_bank(self) -> None:
        """A bank of the user's own: its title, then its first question."""

        def named(title: str | None) -> None:
            if title and self._seen is not None:
                bank_id = Ids(bank.id for bank in self._seen.banks).make(title)
                self._add_to(Bank(bank_id, title, (), path=None), new=True)

        self.app.push_screen(AskText("What is the new bank about? Its title:"), named)

    # Lists and packages from elsewhere, and whole banks.

    def action_import_list(self) -> None:
        """A list of questions or a shared package, from a file: looked at first, then kept."""

        def named(text: str | None) -> None:
            from simulator.sharing import is_package  # late

            if not text:
                return
            path = expanded(text.strip("'\""))
            if is_package(path):
                self._install(path)
                return
            self.query_one("#count", Static).update("reading the file …")
            read_in_background(self, path, self._app.services, lambda found: self._preview(found, path))

        title = "A file with questions, or a package that was shared:"
        self.app.push_screen(AskText(title, longest=1_000), named)

    def _preview(self, found: "Import | UserError", path: Path) -> None:
        self.query_one("#count", Static).update("")
        if isinstance(found, UserError):
            self._app.tell(found)
        elif self._seen is not None and self._app.shows(self):
            whole = [bank for bank in self._seen.banks if isinstance(bank, Bank)]
            taken = [bank.id for bank in self._seen.banks]
            self.app.push_screen(ImportPreviewScreen(found, path, whole, taken), self._keep_import)

    def _keep_import(self, kept: "tuple[Bank | None, Bank] | None") -> None:
        if kept is not None:
            before, bank = kept
            self._wanted_bank = bank.id
            words = f"Bank '{bank.title}' {'made' if before is None else 'brought up to date'}"
            self._change(words, lambda: (kept,))

    def _install(self, path: Path, replacing: bool = False) -> None:
        def work() -> str:
            from simulator.sharing import install_shared  # late

            package, installed = install_shared(path, self._app.services, replacing)
            left = f" {len(package.left_out)} other files were left out." if package.left_out else ""
            names = ", ".join(f"{each.kind} '{each.id}'" for each in installed[:6])
            return f"Installed: {names}{' and more' if len(installed) > 6 else ''}.{left}"

        def there(found: AlreadyThere) -> None:
            def chosen(way: str | None) -> None:
                if way:
                    self._install(path, replacing=True)

            options = [("Install over it; what you have is kept aside", "replace")]
            self.app.push_screen(PickOne(f"You have {found.names} already.", options), chosen)

        self._begin(work, there=there)

    def action_rename(self) -> None:
        """Another title for the marked bank; its id stays, so that past results are found."""
        bank = self._listed
        if not isinstance(bank, Bank):
            return

        def named(title: str | None) -> None:
            if title and title != bank.title:
                self._wanted_bank = bank.id
                self._change(f"Bank renamed to '{title}'", lambda: ((bank, change_bank(bank, title=title)),))

        self.app.push_screen(AskText("The bank's new title:", bank.title), named)

    def action_merge(self) -> None:
        """Put the questions of the marked bank into another that does not ask them yet; the marked one stays."""
        source = self._listed
        if not isinstance(source, Bank) or self._seen is None:
            return
        targets = {bank.id: bank for bank in self._seen.banks if isinstance(bank, Bank) and bank.id != source.id}
        if not targets:
            self.notify(NO_OTHER_BANK)
            return

        def chosen(target_id: str | None) -> None:
            if target_id:
                target = targets[target_id]
                update = merged(target, source)
                if not update.added:
                    self.notify(f"'{target.title}' asks all of these questions already.", markup=False)
                    return
                self._wanted_bank = target.id
                there = f", {update.same} {'was' if update.same == 1 else 'were'} there" if update.same else ""
                words = f"{counted(update.added, 'question')} put into '{target.title}'{there}"
                self._change(words, lambda: ((target, update.bank),))

        options = [
            (f"{bank.title}, {counted(len(bank.questions), 'question')}", bank.id) for bank in targets.values()
        ]
        self.app.push_screen(PickOne(f"Put the questions of '{source.title}' into", options), chosen)

    def action_undo(self) -> None:
        """Take the last change back."""
        self._begin(lambda: _done_words("Undone", self._changes.undo()))

    def action_redo(self) -> None:
        """Make the change that was taken back again."""
        self._begin(lambda: _done_words("Redone", self._changes.redo()))

    # The file itself.

    def action_open(self) -> None:
        """Open the bank's file in the user's editor, a broken one at its first error."""
        listed = self._listed
        try:
            if isinstance(listed, BrokenBank):
                first = listed.findings[0]
                open_in_editor(self.app, listed.path, first.line, first.column)
            elif listed is not None:
                open_in_editor(self.app, self._changes.copy_file(listed))
        except UserError as problem:
            self._app.tell(problem)
        self._read()

    # Searching and leaving.

    def action_search(self) -> None:
        """Search the marked bank, or all banks."""
        box = self.query_one("#search", Input)
        box.display = True
        box.focus()

    def action_back(self) -> None:
        """Close the search, go back to the banks, or leave."""
        box = self.query_one("#search", Input)
        if box.display:
            box.value = ""
            box.display = False
            (self._questions if self._questions.hits else self._listing).focus()
        elif self._questions.has_focus:
            self._listing.focus()
        else:
            self.app.pop_screen()


def _done_words(what: str, words: str) -> str:
    return f"{what}: {words}." if words else ""

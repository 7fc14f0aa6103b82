"""Question banks: read, searched, practised from, and changed, with every change to be taken back."""

from collections.abc import Callable
from typing import ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from simulator.problems import Problem
from simulator.questions.bank import Bank, Question
from simulator.questions.bank_files import BrokenBank
from simulator.questions.changes import Changes
from simulator.tui.screens.bank_browsing import BrowsingScreen, Seen
from simulator.tui.widgets.picking import AskText, PickOne
from simulator.tui.widgets.question_list import QuestionList


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
        Binding("o", "open", "open in editor", id="banks.open"),
        Binding("slash", "search", "search", id="banks.search", key_display="/"),
        Binding("u", "undo", "undo", id="banks.undo"),
        Binding("d", "duplicate", "duplicate", show=False, id="banks.duplicate"),
        Binding("m", "move", "move to another bank", show=False, id="banks.move"),
        Binding("delete", "delete", "delete", show=False, id="banks.delete"),
        Binding("y", "redo", "redo", show=False, id="banks.redo"),
        Binding("ctrl+up", "reorder(-1)", "further up", show=False, id="banks.up"),
        Binding("ctrl+down", "reorder(1)", "further down", show=False, id="banks.down"),
        Binding("escape", "back", "back", id="banks.back"),
    ]

    def on_mount(self) -> None:
        self._changes = Changes(self._app.places.banks)

    # What is possible now.

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if not self.is_mounted:
            return True
        on_question = self._questions.has_focus and self._questions.hit is not None
        on_bank = self._listing.has_focus
        listed = self._listed
        match action:
            case "practise" | "edit" | "duplicate" | "move":
                return on_question and not self._busy
            case "reorder":
                plain = not self.query_one("#search", Input).value
                return on_question and not self._busy and plain and isinstance(listed, Bank)
            case "interview" | "add":
                return (on_question or (on_bank and isinstance(listed, Bank))) and not self._busy
            case "new_bank":
                return on_bank and not self._busy
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
        from simulator.sessions.session import Mode
        from simulator.studio import Setup

        if hit := self._questions.hit:
            try:
                setup = Setup(bank_id=hit.bank.id, mode=Mode.DRILL, question_id=hit.question.id)
                self._app.open_interview(setup=setup)
            except Problem as problem:
                self._app.tell(problem)

    def action_interview(self) -> None:
        """An interview from the marked bank."""
        from simulator.tui.screens.setup import SetupScreen

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

    def _begin(self, work: Callable[[], str], mark: str = "") -> None:
        self._busy = True
        self.query_one("#count", Static).update("keeping the change …")
        self.refresh_bindings()
        self._carry_out(work, mark)

    @work(thread=True, group="change", exit_on_error=False)
    def _carry_out(self, work: Callable[[], str], mark: str) -> None:
        try:
            told: str | Problem = work()
        except Problem as problem:
            told = problem
        self.app.call_later(self._carried_out, told, mark, self._read_now())

    def _carried_out(self, told: str | Problem, mark: str, seen: Seen) -> None:
        self._busy = False
        if isinstance(told, Problem):
            self._app.tell(told)
        elif told:
            self.notify(told, markup=False)
        if self._app.shows(self):
            self._wanted_question = mark
            self._show(seen)
            self.refresh_bindings()

    def action_edit(self) -> None:
        """Change the marked question."""
        hit = self._questions.hit
        if hit is None:
            return
        from simulator.questions.editing import change_question

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
        from simulator.questions.editing import add_question

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
        from simulator.tui.screens.question_editor import QuestionEditorScreen

        self.app.push_screen(QuestionEditorScreen(bank, question, self._app.studio.rubric_ids()), keep)

    def action_duplicate(self) -> None:
        """A copy of the marked question, right behind it."""
        from simulator.questions.editing import duplicate_question

        if hit := self._questions.hit:
            changed, copy = duplicate_question(hit.bank, hit.question.id)
            bank = hit.bank
            self._change("Question duplicated", lambda: ((bank, changed),), copy.id)

    def action_reorder(self, by: int) -> None:
        """Move the marked question up or down in its bank."""
        from simulator.questions.editing import reorder_question

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
            self.notify("There is no other bank. N makes one, when a bank is marked.")
            return
        source, question_id = hit.bank, hit.question.id

        def move(target_id: str | None) -> None:
            from simulator.questions.editing import move_question

            if target_id:
                target = targets[target_id]

                def make() -> tuple[tuple[Bank | None, Bank], ...]:
                    left, other = move_question(source, target, question_id)
                    return (source, left), (target, other)

                self._change(f"Question moved to '{target.title}'", make)

        options = [(f"{bank.title} ({len(bank.questions)})", bank.id) for bank in targets.values()]
        self.app.push_screen(PickOne("Move the question to", options), move)

    def action_delete(self) -> None:
        """Delete the marked question, or the marked bank of the user's."""
        from simulator.questions.editing import remove_question

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
                from simulator.questions.guessing import Ids

                bank_id = Ids(bank.id for bank in self._seen.banks).make(title)
                self._add_to(Bank(bank_id, title, (), path=None), new=True)

        self.app.push_screen(AskText("What is the new bank about? Its title:"), named)

    def action_undo(self) -> None:
        """Take the last change back."""
        self._begin(lambda: _told("Taken back", self._changes.undo()))

    def action_redo(self) -> None:
        """Make the change that was taken back again."""
        self._begin(lambda: _told("Done again", self._changes.redo()))

    # The file itself.

    def action_open(self) -> None:
        """Open the bank's file in the user's editor, a broken one at its first error."""
        from simulator.tui.editor import open_in_editor

        listed = self._listed
        try:
            if isinstance(listed, BrokenBank):
                first = listed.findings[0]
                open_in_editor(self.app, listed.path, first.line, first.column)
            elif listed is not None:
                open_in_editor(self.app, self._changes.copy_file(listed))
        except Problem as problem:
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


def _told(what: str, words: str) -> str:
    return f"{what}: {words}." if words else ""

"""Question banks: read, searched, practised from, and changed, with every change to be taken back."""

import gc
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, Input, OptionList, Static
from textual.widgets.option_list import Option
from textual.worker import get_current_worker

from simulator.problems import Problem
from simulator.questions.bank import Bank, Question
from simulator.questions.bank_files import BrokenBank, bank_paths
from simulator.questions.changes import Changes
from simulator.questions.search import Hit, QuestionIndex
from simulator.tui.screens.bank_words import about_bank, about_broken, about_question, past_levels
from simulator.tui.widgets.picking import AskText, PickOne
from simulator.tui.widgets.question_list import QuestionList

if TYPE_CHECKING:
    from simulator.tui.app import SecondRound

ALL = "all banks"
LOOK_EVERY = 1.0
"""Seconds between looks at the folders for files changed by other programs."""
LARGE = 5_000
"""Questions from which on garbage collection is told to leave them alone."""
PAST = 4
"""Earlier answers to a question that are shown."""

Listed = Bank | BrokenBank
Stamps = frozenset[tuple[str, int, int]]


@dataclass(frozen=True, slots=True)
class _Seen:
    """All banks as they were read at one time, with the index to search them and the stamps of their files."""

    banks: tuple[Listed, ...]
    index: QuestionIndex
    stamps: Stamps


class BanksScreen(Screen[None]):
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

    def __init__(self) -> None:
        super().__init__()
        self._seen: _Seen | None = None
        self._busy = False
        self._wanted_question = ""
        self._wanted_bank = ""

    @property
    def _app(self) -> "SecondRound":
        return cast("SecondRound", self.app)

    def compose(self) -> ComposeResult:
        with Horizontal(classes="title-row"):
            yield Static("Second Round", classes="name")
            yield Static("Question banks", classes="where", id="where", markup=False)
            yield Static("", classes="right muted", id="count", markup=False)
        with Horizontal(id="columns"):
            yield OptionList(id="banks")
            with Vertical(id="right"):
                yield Input(placeholder="words in the question, its guidance or tags", id="search", compact=True)
                yield QuestionList(id="questions")
                yield Static("", classes="empty", id="empty", markup=False)
                with VerticalScroll(id="about-scroll", can_focus=False):
                    yield Static("reading the banks", id="about", markup=False)
                    yield Static("", id="past", markup=False)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self._changes = Changes(self._app.places.banks)
        self.query_one("#empty").display = False
        self._listing.focus()
        self._read()
        self.set_interval(LOOK_EVERY, self._look)

    def on_unmount(self) -> None:
        # A screen that was left is freed late or never; 50,000 questions must not wait for that.
        self._seen = None

    @property
    def _listing(self) -> OptionList:
        return self.query_one("#banks", OptionList)

    @property
    def _questions(self) -> QuestionList:
        return self.query_one(QuestionList)

    # Reading, and reading again when files change.

    @work(thread=True, exclusive=True, group="read", exit_on_error=False)
    def _read(self) -> None:
        seen = self._read_now()
        self.app.call_later(self._show, seen)

    def _read_now(self) -> _Seen:
        stamps = _stamps(self._app.studio.bank_folders())
        # What needs the user's eye comes first, then what is theirs, then what came with the app.
        banks = tuple(sorted(self._app.studio.banks(), key=lambda bank: isinstance(bank, Bank) + _is_shipped(bank)))
        index = QuestionIndex(bank for bank in banks if isinstance(bank, Bank))
        if len(index) > LARGE:
            # So much stays for long; looking through it for garbage again and again would be felt.
            gc.freeze()
        return _Seen(banks, index, stamps)

    def _look(self) -> None:
        if self._seen is not None and not self._busy and self.is_current:
            self._look_for_changes(self._seen.stamps)

    @work(thread=True, exclusive=True, group="look", exit_on_error=False)
    def _look_for_changes(self, known: Stamps) -> None:
        if _stamps(self._app.studio.bank_folders()) != known:
            self.app.call_later(self._read)

    def _show(self, seen: _Seen) -> None:
        if not self._app.shows(self):
            return
        listing, before = self._listing, self._listed
        marked = self._wanted_bank or self._marked_bank_key()
        self._seen, self._wanted_bank = seen, ""
        keys = [ALL, *(_key(bank) for bank in seen.banks)]
        listing.clear_options()
        listing.add_options(_options(seen))
        if marked not in keys and before is not None:
            # A broken bank that was mended, or one that broke, is still the same file.
            marked = next((_key(bank) for bank in seen.banks if bank.path == before.path), ALL)
        listing.highlighted = listing.get_option_index(marked if marked in keys else ALL)
        self._fill()

    def _marked_bank_key(self) -> str:
        listing = self._listing
        if listing.highlighted is None:
            return ALL
        return str(listing.get_option_at_index(listing.highlighted).id)

    @property
    def _listed(self) -> Listed | None:
        """The bank that is marked; None for all of them."""
        key = self._marked_bank_key()
        return next((bank for bank in self._seen.banks if _key(bank) == key), None) if self._seen else None

    def on_option_list_option_highlighted(self) -> None:
        self._fill()

    def on_option_list_option_selected(self) -> None:
        """Enter on a bank goes to its questions; a broken one opens in the editor."""
        if isinstance(self._listed, BrokenBank):
            self.action_open()
        elif self._questions.hits:
            self._questions.focus()

    def on_input_changed(self) -> None:
        self._fill()

    def on_input_submitted(self) -> None:
        self._questions.focus()

    def _fill(self) -> None:
        if self._seen is not None:
            self._find(self._seen, self._listed, self.query_one("#search", Input).value)

    # Described, or else Textual would describe the worker by the whole of its arguments: 50,000 questions.
    @work(thread=True, exclusive=True, group="find", exit_on_error=False, description="find questions")
    def _find(self, seen: _Seen, listed: Listed | None, words: str) -> None:
        if listed is None:
            hits = seen.index.search(words)
        elif isinstance(listed, BrokenBank):
            hits = []
        elif words.strip():
            hits = [hit for hit in seen.index.search(words) if hit.bank is listed]
        else:
            hits = [Hit(listed, question) for question in listed.questions]
        if not get_current_worker().is_cancelled:
            self.app.call_later(self._show_hits, hits, listed, words.strip())

    def _show_hits(self, hits: Sequence[Hit], listed: Listed | None, words: str) -> None:
        if not self._app.shows(self) or (listed is not self._listed):
            return
        questions = self._questions
        wanted = self._wanted_question or (questions.hit.question.id if questions.hit else "")
        place = next(
            (n for n, hit in enumerate(hits) if hit.question.id == wanted), questions.marked if wanted else 0
        )
        self._wanted_question = ""
        if questions.has_focus and not hits:
            self._listing.focus()
        questions.display = bool(hits)
        empty = self.query_one("#empty", Static)
        empty.display = bool(words) and not hits and not isinstance(listed, BrokenBank)
        empty.update("No question has these words." if words else "")
        self.query_one("#count", Static).update(f"{len(hits)} found" if words else "")
        questions.offer(hits, place)

    @on(QuestionList.Marked)
    def _question_marked(self, event: QuestionList.Marked) -> None:
        self._describe()

    def on_descendant_focus(self) -> None:
        self._describe()
        self.refresh_bindings()

    def _describe(self) -> None:
        """Below the lists: the marked question, the marked bank, or what is wrong in it."""
        if self._seen is None:
            return
        about, listed, hit = self.query_one("#about", Static), self._listed, self._questions.hit
        self.query_one("#past", Static).update("")
        if isinstance(listed, BrokenBank):
            about.update(about_broken(listed))
        elif hit and (self._questions.has_focus or listed is None or self.query_one("#search", Input).value):
            about.update(about_question(hit, with_bank=listed is None))
            self._read_past(hit.question.id)
        elif isinstance(listed, Bank):
            about.update(about_bank(listed))
        else:
            about.update("There is no question bank. N makes one.")
        self.query_one("#about-scroll").scroll_home(animate=False)
        self.refresh_bindings()

    @work(thread=True, exclusive=True, group="past", exit_on_error=False)
    def _read_past(self, question_id: str) -> None:
        try:
            answers = self._app.studio.store.answers_to(question_id, PAST)
        except Problem as problem:
            self.app.call_later(self._app.tell, problem)
            return
        if not get_current_worker().is_cancelled:
            self.app.call_later(self._show_past, question_id, past_levels(answers))

    def _show_past(self, question_id: str, words: Content) -> None:
        hit = self._questions.hit if self._app.shows(self) else None
        if hit and hit.question.id == question_id:
            self.query_one("#past", Static).update(words)

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

    def _carried_out(self, told: str | Problem, mark: str, seen: _Seen) -> None:
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


def _is_shipped(bank: Listed) -> bool:
    return isinstance(bank, Bank) and bank.shipped


def _key(bank: Listed) -> str:
    """What a bank is found again by: its id, which an own copy shares; a broken one by its file."""
    return bank.id if isinstance(bank, Bank) else str(bank.path)


def _options(seen: _Seen) -> Iterator[Option]:
    """The lines of the list of banks: broken ones, those of the user's and those of the app under headings."""
    yield Option(Content.assemble(_count(len(seen.index)), ("All banks", "bold")), id=ALL)
    heading = ""
    for bank in seen.banks:
        broken = isinstance(bank, BrokenBank)
        wanted = "Not in order" if broken else "With the app" if _is_shipped(bank) else "Yours"
        if wanted != heading:
            heading = wanted
            yield Option(Content.styled(f" {heading}", "$text-muted italic"), disabled=True)
        if isinstance(bank, BrokenBank):
            yield Option(Content.assemble(("    ✗  ", "$error"), bank.id), id=_key(bank))
        else:
            yield Option(Content.assemble(_count(len(bank.questions)), bank.title), id=_key(bank))


def _count(number: int) -> tuple[str, str]:
    return (f"{number:>5}  ", "$text-muted")


def _stamps(folders: Sequence[Path]) -> Stamps:
    """Name, time and size of every bank file, to see whether anything changed."""
    found: set[tuple[str, int, int]] = set()
    for folder in folders:
        try:
            for path in bank_paths(folder):
                status = path.stat() if path.exists() else path.lstat()
                found.add((str(path), status.st_mtime_ns, status.st_size))
        except OSError:
            # A folder that cannot be read, or a file gone this very moment: reading the banks tells of it.
            found.add((str(folder), 0, 0))
    return frozenset(found)

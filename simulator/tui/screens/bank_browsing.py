"""Looking through question banks: all of them on the left, their questions and what is known of one on the right.

Files changed by other programs are read again, broken banks are shown with what is wrong, and every word of a search
narrows the questions. Reading and searching are done in threads: a bank may have 50,000 questions.
"""

import gc
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option
from textual.worker import get_current_worker

from simulator.errors import UserError
from simulator.questions.bank import Bank
from simulator.questions.bank_files import BrokenBank, bank_paths
from simulator.questions.likeness import Like, questions_like
from simulator.questions.search import QuestionHit, QuestionIndex
from simulator.tui.base_app import AppScreen
from simulator.tui.screens.bank_words import about_bank, about_broken, about_like, about_question, past_levels
from simulator.tui.widgets.card import panel, retitle
from simulator.tui.widgets.footer import Keys
from simulator.tui.widgets.picking import PickOne
from simulator.tui.widgets.question_list import QuestionList
from simulator.tui.widgets.title_row import title_row

ALL = "all banks"
LOOK_EVERY = 1.0
"""Seconds between looks at the folders for files changed by other programs."""
LARGE = 5_000
"""Questions from which on garbage collection is told to leave them alone."""
ROOM_FOR_PAST = 60
COUNT_WIDTH = 6
"""Columns of the number of questions before a bank's title."""
PAST = 4
"""Earlier answers to a question that are shown."""

Listed = Bank | BrokenBank
Stamps = frozenset[tuple[str, int, int]]


@dataclass(frozen=True, slots=True)
class Seen:
    """All banks as they were read at one time, with the index to search them and the stamps of their files."""

    banks: tuple[Listed, ...]
    index: QuestionIndex
    stamps: Stamps


class BrowsingScreen(AppScreen[None]):
    """The lists and the search of the screen of question banks."""

    def __init__(self) -> None:
        super().__init__()
        self._seen: Seen | None = None
        self._busy = False
        self._wanted_question = ""
        self._wanted_bank = ""
        self._listed_before = ""
        """Which bank's questions are shown, and of which search."""

    def compose(self) -> ComposeResult:
        yield title_row("Question banks", Static("", classes="right muted", id="count", markup=False))
        with Horizontal(id="columns"):
            yield panel(OptionList(id="banks"), "Banks", "questions in each")
            with Vertical(id="right"):
                yield Input(placeholder="words in the question, its guidance or tags", id="search", compact=True)
                yield panel(QuestionList(id="questions"), "Questions")
                yield Static("", classes="empty", id="empty", markup=False)
                with panel(VerticalScroll(id="about-scroll", can_focus=False), ""):
                    yield Static("reading the banks", id="about", markup=False)
                    yield Static("", id="past", markup=False)
        yield Keys()

    def on_mount(self) -> None:
        self.query_one("#empty").display = False
        self._listing.focus()
        self._read()
        self.set_interval(LOOK_EVERY, self._look)

    def on_screen_resume(self) -> None:
        # Another answer may have been given meanwhile.
        if self._seen is not None:
            self._describe()

    def on_resize(self) -> None:
        """Another width has other lines."""
        if self._seen is not None:
            self.call_after_refresh(self._show, self._seen)

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

    def action_open(self) -> None:
        """The marked bank's file in the user's editor."""
        raise NotImplementedError

    def _read_now(self) -> Seen:
        stamps = _stamps(self._app.services.library.bank_folders())
        # What needs the user's eye comes first, then what is theirs, then what came with the app.
        banks = tuple(
            sorted(self._app.services.library.banks(), key=lambda bank: isinstance(bank, Bank) + _is_shipped(bank))
        )
        index = QuestionIndex(bank for bank in banks if isinstance(bank, Bank))
        if len(index) > LARGE:
            # So much stays for long; looking through it for garbage again and again would be felt.
            gc.freeze()
        return Seen(banks, index, stamps)

    def _look(self) -> None:
        if self._seen is not None and not self._busy and self.is_current:
            self._look_for_changes(self._seen.stamps)

    @work(thread=True, exclusive=True, group="look", exit_on_error=False)
    def _look_for_changes(self, known: Stamps) -> None:
        if _stamps(self._app.services.library.bank_folders()) != known:
            self.app.call_later(self._read)

    def _show(self, seen: Seen) -> None:
        if not self._app.shows(self):
            return
        listing, before = self._listing, self._listed
        marked = self._wanted_bank or self._marked_bank_key()
        self._seen, self._wanted_bank = seen, ""
        keys = [ALL, *(_key(bank) for bank in seen.banks)]
        listing.clear_options()
        listing.add_options(_options(seen, self._room_for_titles))
        if marked not in keys and before is not None:
            # A broken bank that was mended, or one that broke, is still the same file.
            marked = next((_key(bank) for bank in seen.banks if bank.path == before.path), ALL)
        listing.highlighted = listing.get_option_index(marked if marked in keys else ALL)
        self._fill()

    @property
    def _room_for_titles(self) -> int:
        listing = self._listing
        return listing.content_region.width - listing.scrollbar_size_vertical

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
    def _find(self, seen: Seen, listed: Listed | None, words: str) -> None:
        if listed is None:
            hits = seen.index.search(words)
        elif isinstance(listed, BrokenBank):
            hits = []
        elif words.strip():
            hits = [hit for hit in seen.index.search(words) if hit.bank is listed]
        else:
            hits = [QuestionHit(listed, question) for question in listed.questions]
        if not get_current_worker().is_cancelled:
            self.app.call_later(self._show_hits, hits, listed, words.strip())

    def _show_hits(self, hits: Sequence[QuestionHit], listed: Listed | None, words: str) -> None:
        if not self._app.shows(self) or (listed is not self._listed):
            return
        questions = self._questions
        wanted = self._wanted_question or (questions.hit.question.id if questions.hit else "")
        shown = f"{self._marked_bank_key()} {words}"
        # What came in the place of a question that went; another bank, or search, begins with its first.
        place = questions.marked if wanted and shown == self._listed_before else 0
        place = next((n for n, hit in enumerate(hits) if hit.question.id == wanted), place)
        self._wanted_question, self._listed_before = "", shown
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
            title = "Not in order"
            about.update(about_broken(listed))
        elif hit and (self._questions.has_focus or listed is None or self.query_one("#search", Input).value):
            title = "The question"
            about.update(about_question(hit, with_bank=listed is None))
            self._read_past(hit.question.id)
        elif isinstance(listed, Bank):
            title = listed.title
            about.update(about_bank(listed))
        else:
            title = "No bank yet"
            about.update("There is no question bank. N makes one.")
        retitle(self.query_one("#about-scroll"), title)
        self.query_one("#about-scroll").scroll_home(animate=False)
        self.refresh_bindings()

    def action_like(self) -> None:
        """The questions of all banks that mean nearly the same as the marked one; Enter goes to one of them."""
        if self._seen is not None and (hit := self._questions.hit):
            self.query_one("#count", Static).update("comparing …")
            self._find_like(self._seen, hit)

    @work(thread=True, exclusive=True, group="like", exit_on_error=False, description="find questions like one")
    def _find_like(self, seen: Seen, hit: QuestionHit) -> None:
        try:
            found = questions_like(hit.question.ask, seen.index.search(""))
        except UserError as problem:
            self.app.call_later(self._app.tell, problem)
            found = None
        if not get_current_worker().is_cancelled:
            self.app.call_later(self._show_like, hit, found)

    def _show_like(self, hit: QuestionHit, found: Sequence[Like] | None) -> None:
        if not self._app.shows(self) or self._questions.hit is not hit:
            return
        self.query_one("#count", Static).update("")
        if found:
            options = [(about_like(like), str(place)) for place, like in enumerate(found)]
            self.app.push_screen(PickOne("Questions like this one", options), lambda at: self._go_to(found, at))
        elif found is not None:
            self.notify("No other question comes near it.")

    def _go_to(self, found: Sequence[Like], chosen: str | None) -> None:
        if chosen is not None and self._seen is not None:
            hit = found[int(chosen)].hit
            self.query_one("#search", Input).value = ""
            self._wanted_bank, self._wanted_question = hit.bank.id, hit.question.id
            self._show(self._seen)

    @work(thread=True, exclusive=True, group="past", exit_on_error=False)
    def _read_past(self, question_id: str) -> None:
        try:
            answers = self._app.services.data.store.answers_to(question_id, PAST)
        except UserError as problem:
            self.app.call_later(self._app.tell, problem)
            return
        room = self.query_one("#past").content_size.width or ROOM_FOR_PAST
        if not get_current_worker().is_cancelled:
            self.app.call_later(self._show_past, question_id, past_levels(answers, self._app.today(), room))

    def _show_past(self, question_id: str, words: Content) -> None:
        hit = self._questions.hit if self._app.shows(self) else None
        if hit and hit.question.id == question_id:
            self.query_one("#past", Static).update(words)


def _is_shipped(bank: Listed) -> bool:
    return isinstance(bank, Bank) and bank.shipped


def _key(bank: Listed) -> str:
    """What a bank is found again by: its id, which an own copy shares; a broken one by its file."""
    return bank.id if isinstance(bank, Bank) else str(bank.path)


def _options(seen: Seen, room: int) -> Iterator[Option]:
    """The lines of the list of banks: broken ones, those of the user's and those of the app under headings."""
    yield Option(Content.assemble(_count(len(seen.index)), ("All banks", "bold")), id=ALL)
    heading = ""
    for bank in seen.banks:
        broken = isinstance(bank, BrokenBank)
        wanted = "Not in order" if broken else "With the app" if _is_shipped(bank) else "Yours"
        if wanted != heading:
            heading = wanted
            yield Option(Content.styled(f" {heading}", "bold $text-muted"), disabled=True)
        if isinstance(bank, BrokenBank):
            yield Option(Content.assemble(("   ✗  ", "$error"), bank.id), id=_key(bank))
        else:
            # No title is cut; the lines that follow its first begin below it.
            title = Content("\n" + " " * COUNT_WIDTH).join(Content(bank.title).wrap(max(8, room - COUNT_WIDTH)))
            yield Option(Content.assemble(_count(len(bank.questions)), title), id=_key(bank))


def _count(number: int) -> tuple[str, str]:
    return (f"{number:>{COUNT_WIDTH - 2}}  ", "$text-muted")


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

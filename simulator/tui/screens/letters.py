"""The letters of one interview: a page for each interviewer, with its sources and what to look at."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content
from textual.timer import Timer
from textual.widgets import OptionList, Static, TextArea
from textual.widgets.option_list import Option
from textual.widgets.text_area import Selection

from simulator.errors import UserError
from simulator.followup.interview_record import InterviewRecord, RecordedInterviewer
from simulator.followup.letter_check import check_letter
from simulator.followup.letter_drafts import LetterDraft, LetterDrafts
from simulator.followup.letter_output import files_of, mailto
from simulator.followup.letter_remark import Remark
from simulator.followup.lines_service import keep
from simulator.followup.repositories import Repositories
from simulator.followup.service import UNFINISHED, drafts_of, keep_letter, mark_sent, none_of
from simulator.sessions.times import kept_day_words
from simulator.tui.base_app import AppScreen
from simulator.tui.screens.followup_reading import grouped, letters_folder, write_free
from simulator.tui.screens.letter_notes import LetterNote, claim_note, location, remark_note
from simulator.tui.screens.mail_link import MailLink
from simulator.tui.widgets.card import panel
from simulator.tui.widgets.footer import Keys
from simulator.tui.widgets.picking import PickOne
from simulator.tui.widgets.title_row import title_row

KEEP_AFTER, CHECK_AFTER = 0.8, 0.4
"""Seconds without a key before what was written is kept, and before it is looked through."""
WIDE = 100
"""Columns from which the notes stand beside the letter; below that, under it."""


class LettersScreen(AppScreen[None]):
    """Begins with the letter to `interviewer_id`, or the first. What is written is kept as one goes."""

    HELP_TOPIC = "letters"
    CSS_PATH = "letters.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f9", "lines", "your lines", id="letters.lines", priority=True),
        Binding("f2", "save", "save", id="letters.save"),
        Binding("f3", "mail", "mail", id="letters.mail"),
        Binding("f4", "sent", "mark as sent", id="letters.sent"),
        Binding("f5", "copy", "copy", id="letters.copy"),
        Binding("f6", "other(1)", "next", id="letters.next", priority=True),
        Binding("f7", "other(-1)", "previous letter", show=False, id="letters.previous", priority=True),
        Binding("f8", "draft_again", "draft again", show=False, id="letters.again"),
        Binding("tab", "switch", "notes", id="letters.notes", priority=True),
        Binding("escape", "back", "back", id="letters.back"),
    ]

    def __init__(self, id_: str, interviewer_id: str = "") -> None:
        super().__init__()
        self.interview_id, self._wanted = id_, interviewer_id
        self.drafts = LetterDrafts(id_)
        # Held, not looked up: what was written is still to be had when the screen is taken down.
        self._text = TextArea(id="letter", soft_wrap=True)
        self._record: InterviewRecord | None = None
        self._at = 0
        self._remarks: tuple[Remark, ...] | None = None
        self._notes: dict[str, LetterNote] = {}
        self._keeping: Timer | None = None
        self._checking: Timer | None = None
        self._asked_again = self._gone = False

    def compose(self) -> ComposeResult:
        yield title_row("Letters", Static("", id="state", classes="right muted", markup=False))
        yield Static("", id="to", classes="muted", markup=False)
        with Container(id="sheet"):
            yield panel(self._text, "Letter")
            yield panel(OptionList(id="notes"), "Notes: Enter goes to the place")
        yield Static("", id="nobody", classes="empty", markup=False)
        yield Keys()

    @property
    def _list(self) -> OptionList:
        return self.query_one("#notes", OptionList)

    @property
    def _page(self) -> LetterDraft | None:
        return self.drafts.pages[self._at] if self.drafts.pages else None

    def on_mount(self) -> None:
        self.query_one("#sheet").display = False
        self._read()

    def on_resize(self) -> None:
        """Notes stand beside the letter where there is room."""
        self.set_class(self.app.size.width >= WIDE, "-beside")

    # Reading and showing.

    @work(thread=True, exclusive=True, group="read", exit_on_error=False)
    def _read(self) -> None:
        services = self._app.services
        try:
            record = services.interview_records.get(self.interview_id)
            drafts = drafts_of(services.data.repositories, record)
        except UserError as problem:
            self.app.call_later(self._unreadable, problem)
            return
        self.app.call_later(self._show, record, drafts)

    def _unreadable(self, problem: UserError) -> None:
        if self._app.shows(self):
            self.query_one("#nobody", Static).update(str(problem))

    def _show(self, record: InterviewRecord, drafts: LetterDrafts) -> None:
        if not self._app.shows(self):
            return
        self._record, self.drafts = record, drafts
        if not drafts.pages:
            self.query_one("#nobody", Static).update(" ".join(none_of(record)))
            self.refresh_bindings()
            return
        self.query_one("#nobody").display = False
        self.query_one("#sheet").display = True
        ids = [page.letter.interviewer_id for page in drafts.pages]
        self._at = ids.index(self._wanted) if self._wanted in ids else 0
        self._draw()
        self._text.focus()

    def _draw(self) -> None:
        """The page as it is kept."""
        page = self._page
        assert page is not None
        self._remarks = None
        with self.prevent(TextArea.Changed):
            self._text.text = page.text
        self._text.scroll_home(animate=False)
        self._head()
        self._fill()
        self._list.scroll_home(animate=False)
        self._check_now()
        self.refresh_bindings()

    def _head(self) -> None:
        page = self._page
        assert page is not None
        letter, count = page.letter, len(self.drafts.pages)
        number = f", {self._at + 1} of {count}" if count > 1 else ""
        self.query_one("#where", Static).update(f"Letter to {letter.to}{number}")
        sent = f"✓ sent {kept_day_words(page.sent_on, self._app.today())}"
        drafted = "short note" if page.letter.short else "as drafted"
        words = sent if page.sent_on else "edited" if page.edited else drafted
        self.query_one("#state", Static).update(words)
        to = f"To {letter.to} <{letter.email}>" if letter.email else f"To {letter.to}"
        self.query_one("#to", Static).update(f"{to}   Subject: {letter.subject}")

    # The notes: what to look at, where it comes from, what to do before it is sent.

    def _fill(self) -> None:
        listing, before = self._list, self._list.highlighted
        self._notes = {}
        options: list[Option] = []
        for heading, notes in self._sections():
            options.append(Option(Content.styled(heading, "bold $text-muted"), disabled=True))
            for note in notes:
                key = f"note-{len(self._notes)}"
                self._notes[key] = note
                options.append(Option(note.line, id=key))
        listing.clear_options()
        listing.add_options(options)
        if before is not None and before < len(options) and not options[before].disabled:
            listing.highlighted = before

    def _sections(self) -> Iterator[tuple[str, list[LetterNote]]]:
        page, text = self._page, self._text.text
        assert page is not None
        if self._remarks is None:
            yield "One moment", []
        elif self._remarks:
            yield f"{len(self._remarks)} to look at", [remark_note(each) for each in self._remarks]
        elif self._addressee() is None:
            yield "Not looked through: this person is not among the interviewers any more", []
        else:
            yield "✓ Nothing to correct; read it once more yourself", []
        claims = [(each.text, each.source) for each in page.letter.sentences if each.source and each.text in text]
        if claims:
            yield (
                "Where it comes from",
                [claim_note(text, source, sentences) for source, sentences in grouped(claims).items()],
            )
        hints = [Content(f"· {hint}") for hint in page.letter.hints]
        if self._record is not None and not self._record.finished:
            hints.insert(0, Content(f"· {UNFINISHED}"))
        if hints:
            yield "Before you send it", [LetterNote(hint) for hint in hints]

    def _addressee(self) -> RecordedInterviewer | None:
        page = self._page
        if page is None or self._record is None:
            return None
        return next((person for person in self._record.interviewers if person.id == page.letter.interviewer_id), None)

    def _check_now(self) -> None:
        person, record = self._addressee(), self._record
        if person is None or record is None:
            self._remarks = ()
            self._fill()
            return
        self._check(self._text.text, person, record)

    @work(thread=True, exclusive=True, group="check", exit_on_error=False)
    def _check(self, text: str, person: RecordedInterviewer, record: InterviewRecord) -> None:
        self.app.call_later(self._checked, text, check_letter(text, person, record))

    def _checked(self, text: str, remarks: tuple[Remark, ...]) -> None:
        # Remarks on a text that was changed meanwhile would stand at wrong places; the next ones are on their way.
        if self._app.shows(self) and text == self._text.text:
            self._remarks = remarks
            self._fill()

    @on(OptionList.OptionSelected, "#notes")
    def _go_to_place(self, event: OptionList.OptionSelected) -> None:
        """Enter on a note goes to its place in the letter."""
        note = self._notes.get(str(event.option_id))
        if note is None or note.end <= note.start:
            return
        text = self._text.text
        self._text.focus()
        self._text.selection = Selection(location(text, note.start), location(text, note.end))
        self._text.scroll_cursor_visible()

    # Writing.

    @on(TextArea.Changed, "#letter")
    def _written(self) -> None:
        self._asked_again = False
        for timer in (self._keeping, self._checking):
            if timer is not None:
                timer.stop()
        self._keeping = self.set_timer(KEEP_AFTER, self._keep_text)
        self._checking = self.set_timer(CHECK_AFTER, self._check_now)

    def _keep_text(self) -> bool:
        """Keep the page as it stands; whether that went well. Nothing is written where nothing was changed."""
        if self._keeping is not None:
            self._keeping.stop()
            self._keeping = None
        page = self._page
        if page is None:
            return True
        return self._change(
            lambda: keep_letter(self._repositories, self.drafts, page.letter.interviewer_id, self._text.text)
        )

    @property
    def _repositories(self) -> Repositories:
        return self._app.services.data.repositories

    def _change(self, do: Callable[[], LetterDrafts]) -> bool:
        """Do something with the letters that are kept; whether that went well."""
        try:
            self.drafts = do()
        except UserError as problem:
            self._app.tell(problem)
            return False
        if not self._gone:
            self._head()
        return True

    def on_unmount(self) -> None:
        """However the screen is left, the app quit included: what was written is kept."""
        self._gone = True
        self._keep_text()

    # Keys.

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("save", "mail", "sent", "copy", "draft_again", "switch"):
            return self._page is not None
        if action == "lines":
            return self._addressee() is not None
        if action == "other":
            return len(self.drafts.pages) > 1
        return True

    def action_other(self, step: int) -> None:
        """The letter to the next interviewer, or the one before."""
        if self._keep_text():
            self._at = (self._at + step) % len(self.drafts.pages)
            self._draw()

    def action_lines(self) -> None:
        """The candidate's own lines for this letter."""
        from simulator.tui.screens.letter_lines import LetterLinesScreen  # late

        person, record = self._addressee(), self._record
        if person is not None and record is not None and self._keep_text():
            self.app.push_screen(LetterLinesScreen(record, person), self._with_lines)

    def _with_lines(self, record: InterviewRecord | None) -> None:
        """Draft anew with the lines; what was edited stays until F8."""
        page = self._page
        if record is None or page is None:
            return
        try:
            keep(self._repositories, record)
        except UserError as problem:
            self._app.tell(problem)
            return
        if page.edited:
            self.notify("Your lines are saved. This letter stays as you edited it; F8 twice drafts it with them.")
        self._wanted = page.letter.interviewer_id
        self._read()

    def action_switch(self) -> None:
        """From the letter to its notes, and back."""
        if self._text.has_focus:
            self._list.focus()
            if self._list.highlighted is None:
                self._list.action_first()
        else:
            self._text.focus()

    def action_copy(self) -> None:
        """Copy the letter as it stands."""
        self.app.copy_to_clipboard(self._text.text)
        self.notify("The letter is copied.")

    def action_sent(self) -> None:
        """Mark the letter as sent today, or take the mark away."""
        page = self._page
        if page is None or not self._keep_text():
            return
        sent_on = None if page.sent_on else date.today()
        if not self._change(lambda: mark_sent(self._repositories, self.drafts, page.letter.interviewer_id, sent_on)):
            return
        words = "Marked as sent today. F4 once more takes that back." if sent_on else "Not sent yet."
        self.notify(words)

    def action_draft_again(self) -> None:
        """Put the draft in place of what was edited; asked for twice."""
        page = self._page
        if page is None or not self._keep_text():
            return
        page = self._page
        assert page is not None
        if not page.edited:
            self.notify("This letter is as it was drafted.")
            return
        if not self._asked_again:
            self._asked_again = True
            self.notify("F8 once more puts the draft in place of what you edited.", severity="warning")
            return
        self._text.replace(page.letter.text, (0, 0), self._text.document.end)
        self._keep_text()
        self.notify("The draft again. Ctrl+Z brings back what you had.")

    def action_save(self) -> None:
        """Write the letter, or all of them, to files."""
        if not self._keep_text():
            return
        options = [("This letter as text", "text"), ("This letter as Markdown, with its sources", "md")]
        if len(self.drafts.pages) > 1:
            options += [("All letters as text", "all text"), ("All letters as Markdown", "all md")]
        self.app.push_screen(PickOne("Save to a file", options), self._save_as)

    def _save_as(self, chosen: str | None) -> None:
        page = self._page
        if chosen is None or page is None:
            return
        form = chosen.rpartition(" ")[2]
        files = list(files_of(self.drafts.pages, form))
        try:
            folder = letters_folder(self._app.paths, self.interview_id)
            wanted = files if chosen.startswith("all") else [files[self._at]]
            paths = [write_free(folder, name, text) for name, text in wanted]
        except UserError as problem:
            self._app.tell(problem)
            return
        message = f"Saved as {paths[0]}" if len(paths) == 1 else f"{len(paths)} letters are saved in {folder}"
        self.notify(message, timeout=12, markup=False)

    def action_mail(self) -> None:
        """The letter for the mail program, as a link: opened there, or copied."""
        if self._keep_text() and self._page is not None:
            link = mailto(self._page)
            self.app.copy_to_clipboard(link)
            self.app.push_screen(MailLink(self._page.letter.to, self._page.letter.email, link))

    def action_back(self) -> None:
        """From the notes to the letter, from there back; stays where the text could not be kept."""
        if self._list.has_focus:
            self._text.focus()
        elif self._keep_text():
            self.dismiss()

"""Your phrases: what is said again and again, where it was said, and its sound with a key."""

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from simulator.errors import UserError
from simulator.sessions.my_phrases import (
    LATEST,
    NOTHING_FOUND,
    TITLES,
    MyPhrases,
    Phrase,
    PhraseKind,
    PhraseUse,
    counted_words,
    my_phrases,
    unheard_words,
)
from simulator.sessions.session import Answer
from simulator.sessions.times import clock, kept_day_words
from simulator.tui.base_app import AppScreen
from simulator.tui.garbage_collection import settle_garbage_collector
from simulator.tui.screens.answer_player import AnswerPlayer, Heard, Silent
from simulator.tui.widgets.empty_state import EmptyState
from simulator.tui.widgets.footer import Keys
from simulator.tui.widgets.lists import OpeningList
from simulator.tui.widgets.title_row import title_row

BEFORE, AFTER = 1.5, 2.5
"""Seconds that are heard before and behind a phrase."""


class PhrasesScreen(AppScreen[None]):
    """Phrases on one side, the places of the marked one on the other; Space plays one, Enter opens its answer."""

    HELP_TOPIC = "phrases"
    CSS_PATH = "phrases.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,l", "listen", "hear it", id="phrases.listen", priority=True),
        Binding("right,tab", "places", "where you said it", id="phrases.places", priority=True),
        Binding("left,shift+tab", "phrases", "phrases", id="phrases.phrases", priority=True),
        Binding("escape", "app.pop_screen", "back", id="phrases.back"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._found: MyPhrases | None = None
        self._answers: dict[str, Answer] = {}
        self._until: tuple[int, float] | None = None

    def compose(self) -> ComposeResult:
        yield title_row("Your phrases")
        with Container(id="sides"):
            phrases = OptionList(id="phrases", classes="panel")
            phrases.border_title = "What you say"
            yield phrases
            places = OpeningList(id="places", classes="panel")
            places.border_title = "Where you said it"
            yield places
        yield Static("", classes="empty", id="empty", markup=False)
        yield EmptyState(
            "No answers yet",
            "After the first practice you see here what you say again and again: fillers, words that sound less "
            "sure, “we” where your own part is short, and the words you say most.",
            "Start practising",
            ("you know     ▪▪▪▪▪▪▪▪▪  9 times in 4 answers", "basically    ▪▪▪▪       4 times in 3 answers"),
            picture="books",
            id="no-answers",
        )
        yield Keys()

    def on_mount(self) -> None:
        self._replay = AnswerPlayer(self._app.services, self.post_message)
        self.query_one("#sides").display = False
        self.query_one("#empty").display = False
        self._read()

    def on_button_pressed(self) -> None:
        """The one button there is, while nothing is practised."""
        self._app.go("setup")

    def on_unmount(self) -> None:
        """Whichever way the screen is left, nothing plays on."""
        self._replay.stop()

    @work(thread=True, exclusive=True, group="read", exit_on_error=False)
    def _read(self) -> None:
        try:
            answers = self._app.services.data.store.latest_answers(LATEST)
        except UserError as problem:
            self.app.call_later(self._app.tell, problem)
            return
        self.app.call_later(self._show, my_phrases(answers), {answer.id: answer for answer in answers})

    def _show(self, found: MyPhrases, answers: dict[str, Answer]) -> None:
        if not self._app.shows(self):
            return
        self._found, self._answers = found, answers
        empty = not found.phrases
        self.query_one("#sides").display = not empty
        self.query_one("#empty").display = empty and bool(found.answers)
        self.query_one("#empty", Static).update(NOTHING_FOUND)
        if not found.answers:
            self.query_one(EmptyState).stand_in(True, self.query_one("#sides"), focus=self.query_one("#phrases"))
        self.query_one("#where", Static).update(
            f"Your phrases   {counted_words(found)}" if found.answers else "Your phrases"
        )
        options = self.query_one("#phrases", OptionList)
        options.clear_options()
        if unheard := unheard_words(found):
            options.add_option(Option(Content.styled(unheard, "$text-muted"), disabled=True))
        for kind in PhraseKind:
            of_kind = found.of(kind)
            if of_kind:
                options.add_option(Option(Content.styled(TITLES[kind], "bold $text-muted"), disabled=True))
            for phrase in of_kind:
                line = Content.assemble((f"  {phrase.words:<18} ", "bold"), (phrase.often, "$text-muted"))
                options.add_option(Option(line, id=f"{kind.value}:{phrase.words}"))
        if not empty:
            options.highlighted = 1
            options.focus()
        self.refresh_bindings()
        settle_garbage_collector("phrases")

    def _phrase(self) -> Phrase | None:
        options = self.query_one("#phrases", OptionList)
        if self._found is None or options.highlighted is None:
            return None
        chosen = options.get_option_at_index(options.highlighted).id
        return next((each for each in self._found.phrases if f"{each.kind.value}:{each.words}" == chosen), None)

    def _place(self) -> PhraseUse | None:
        """The marked place; of a phrase just chosen the first."""
        phrase, at = self._phrase(), self.query_one("#places", OptionList).highlighted
        return phrase.places[at or 0] if phrase and (at or 0) < phrase.count else None

    @on(OptionList.OptionHighlighted, "#phrases")
    def _phrase_marked(self) -> None:
        places, phrase = self.query_one("#places", OptionList), self._phrase()
        places.clear_options()
        if phrase is None:
            return
        places.border_subtitle = phrase.often
        today = self._app.today()
        for place in phrase.places:
            day = kept_day_words(place.answered_at, today)
            facts = ", ".join(filter(None, (day, f"try {place.attempt}", clock(place.second))))
            words = Content.assemble(
                f"{place.before} ", (place.words, "bold underline $success"), f" {place.after}\n",
                (f"  {facts}  {place.question}", "$text-muted"),
            )  # fmt: skip
            places.add_option(Option(words))
        places.highlighted = 0
        self.refresh_bindings()

    @on(OptionList.OptionHighlighted, "#places")
    def _place_marked(self) -> None:
        self.refresh_bindings()

    @on(OptionList.OptionSelected)
    def _open(self) -> None:
        """The answer with the marked words."""
        from simulator.tui.screens.transcript import TranscriptScreen  # late

        place = self._place()
        if place is not None:
            self._replay.stop()
            self.app.push_screen(TranscriptScreen(place.answer_id, word=place.first_word))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "listen":
            return self._hearable()
        at_places = self.focused is not None and self.focused.id == "places"
        if action in ("places", "phrases"):
            return self._found is not None and bool(self._found.phrases) and at_places == (action == "phrases")
        return True

    def _hearable(self) -> bool:
        place = self._place() if self._found and self._found.phrases else None
        answer = self._answers.get(place.answer_id) if place else None
        if place is None or answer is None or place.second is None:
            return False
        self._replay.use(answer)
        return self._replay.has(place.utterance)

    def action_listen(self) -> None:
        """Hear the marked words with what stands around them; once more stops it."""
        place = self._place()
        if self._replay.playing or place is None or place.second is None:
            self._replay.stop()
            return
        words = self._answers[place.answer_id].utterances[place.utterance].transcript.words
        last = next((word.end for word in words if word.end and word.end > place.second), place.second)
        length = (place.last_word - place.first_word) * 0.5
        self._until = (place.utterance, max(last, place.second + length) + AFTER)
        self._replay.play(place.utterance, max(0.0, place.second - BEFORE))

    def on_heard(self, message: Heard) -> None:
        if self._until and message.utterance == self._until[0] and message.second >= self._until[1]:
            self._replay.stop()

    def on_silent(self, message: Silent) -> None:
        if message.why:
            self._app.tell(message.why)

    def action_places(self) -> None:
        """To the places of the marked phrase."""
        self.query_one("#places").focus()
        self.refresh_bindings()

    def action_phrases(self) -> None:
        """Back to the phrases."""
        self.query_one("#phrases").focus()
        self.refresh_bindings()

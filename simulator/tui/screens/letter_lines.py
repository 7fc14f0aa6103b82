"""The lines for a letter: a story told again in three of them, what was said that stayed, and why this job."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static, TextArea

from simulator.followup.interview_record import InterviewRecord, RecordedInterviewer
from simulator.followup.letters import stories_for
from simulator.followup.lines_service import (
    PARTS,
    choices,
    looked_at,
    topics_offered,
    with_values,
    written_for,
)
from simulator.followup.told_stories import ToldStory
from simulator.tui.screens.record_form import FieldOf, RecordForm, Values
from simulator.tui.widgets.card import panel
from simulator.tui.widgets.fields import Choice, FieldForm

_LABELS = {
    "problem": ("What was wrong", "Where, and what was wrong? At most 30 words"),
    "did": ("What you did", "I ..."),
    "outcome": ("What came of it", "with a number if there is one; the best of it last"),
    "topic": ("You spoke about", "3 to 12 words, if something stayed with you"),
    "why": ("Why this job", "one sentence, in your own words"),
}


class LetterLinesScreen(RecordForm[InterviewRecord]):
    """The lines of one letter; gives the record with them, to be kept."""

    HELP_TOPIC = "letter_lines"
    begins_with = "problem"
    BINDINGS: ClassVar[list[BindingType]] = [
        *RecordForm.BINDINGS,
        Binding("enter", "next_line", "next line", show=False, id="lines.next", priority=True),
        Binding("f6", "offer", "their words", id="lines.offer", priority=True),
    ]

    def __init__(self, record: InterviewRecord, person: RecordedInterviewer) -> None:
        self._occasion, self._person = record, person
        self.stories = {each.where: each for each in choices(record, person)}
        usual = stories_for(record).get(person.id) or next(iter(self.stories.values()))
        self._story: ToldStory = self.stories.get(usual.where, usual)
        options = tuple((self._named(each), each.where) for each in self.stories.values())
        written = written_for(record, person.id, self._story)
        fields = [FieldOf("story", "Story", self._story.where, options=options)]
        fields += [FieldOf(name, label, written[name], hint, lines=True) for name, (label, hint) in _LABELS.items()]
        super().__init__(f"Your lines to {person.name}", fields, self._with, self._said_of)

    def compose(self) -> ComposeResult:
        yield from super().compose()
        told = VerticalScroll(Static("", id="told-words", markup=False), id="told", can_focus=True)
        yield panel(told, "What you told")

    def on_mount(self) -> None:
        self._tell_story()

    def _named(self, story: ToldStory) -> str:
        if not story.text:
            return "Something else you did"
        return story.ask or story.label.split(", which")[0].removeprefix("your story ").strip("“”").capitalize()

    def _tell_story(self) -> None:
        """Their own words, and what the addressee said, beside the lines."""
        said = [
            Content.assemble(("They said: ", "bold"), each.text, "\n") for each in self._person.said if each.aloud
        ]
        noted = [
            Content.assemble(("You noted: ", "bold"), each.text, "\n") for each in self._person.said if not each.aloud
        ]
        told = Content.assemble(("You told: ", "bold"), self._story.text, "\n") if self._story.text else Content("")
        self.query_one("#told-words", Static).update(Content.assemble(told, *said, *noted))

    @on(Choice.Changed, "#story")
    def _other_story(self, event: Choice.Changed) -> None:
        """Another story brings its own lines; those written for the one before are not lost."""
        chosen = self.stories.get(str(event.value))
        if chosen is None or chosen is self._story:
            return
        self._occasion = with_values(self._occasion, self._person, self._story, self._lines())
        self._story = chosen
        written = written_for(self._occasion, self._person.id, chosen)
        for name in PARTS:
            self.query_one(f"#{name}", TextArea).text = written[name]
        self._tell_story()

    def _lines(self) -> dict[str, str]:
        return {name: value for name, value in self.values().items() if name != "story"}

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enter opens the list of stories; in a line it goes to the next one, for each is one sentence."""
        return action != "next_line" or isinstance(self.focused, TextArea)

    def action_next_line(self) -> None:
        """To the next line."""
        self.query_one(FieldForm).action_step(1)

    def action_offer(self) -> None:
        """Put what the addressee said into the line for it; once more the next thing they said."""
        offered = topics_offered(self._person)
        field = self.query_one("#topic", TextArea)
        if not offered:
            self.notify("What they said is too long or too sharp to be repeated; name it in a few words of yours.")
            return
        at = offered.index(field.text) + 1 if field.text in offered else 0
        field.text = offered[at % len(offered)]
        field.focus()

    def _said_of(self, values: Values) -> str:
        found = looked_at(self._occasion, self._person, self._story, values)
        more = f" And {len(found) - 1} more." if len(found) > 1 else ""
        if found:
            return f"! {found[0]}{more}"
        told = any(values.get(name) for name in PARTS)
        return "✓ Nothing to correct. F9 saves it." if told else "Tell it again in three short lines. F9 saves them."

    def _with(self, values: Values) -> InterviewRecord:
        return with_values(
            self._occasion, self._person, self._story, {k: v for k, v in values.items() if k != "story"}
        )

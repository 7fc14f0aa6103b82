"""One question of a bank, written or changed, checked with each key."""

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.screen import Screen
from textual.suggester import SuggestFromList
from textual.widgets import Input, Label, Static, TextArea

from simulator.questions.advice import question_notes
from simulator.questions.bank import DEFAULT_RUBRICS, DEFAULT_TARGET_SECONDS, Bank, Kind, Probe, Question
from simulator.questions.bank_files import COMPETENCIES
from simulator.questions.editing import Fault, new_question_id, question_faults
from simulator.questions.guessing import guess_competency
from simulator.questions.kind_model import guess_kind
from simulator.sessions.rubric_titles import rubric_title
from simulator.tui.widgets.card import panel
from simulator.tui.widgets.fields import Choice, FieldForm, LineField, TextField
from simulator.tui.widgets.footer import Keys
from simulator.tui.widgets.picking import Several
from simulator.tui.widgets.title_row import title_row
from simulator.tui.widgets.worked_answers import WorkedAnswers

LABELS = {
    "ask": "What is asked",
    "kind": "Kind",
    "competency": "About",
    "rubrics": "Scored by",
    "target_seconds": "A good answer takes",
    "guidance": "What a strong answer does",
    **{f"probe-{probe.value}": f"If there is no {probe.value}" for probe in Probe},
    "examples": "Worked answers",
    "tags": "Tags",
    "id": "Id",
}


class QuestionEditorScreen(Screen[Question | None]):
    """The question as it is to be kept, or None when it was left.

    `question` is None for a new one; then kind, subject and id follow what is asked until they are chosen.
    """

    CSS_PATH = "question_editor.tcss"
    HELP_TOPIC = "question_editor"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f9", "keep", "save", id="question.keep"),
        Binding("escape", "leave", "leave without saving", id="question.leave"),
    ]

    def __init__(self, bank: Bank, question: Question | None, rubrics: Sequence[str]) -> None:
        super().__init__()
        self._bank, self._rubrics = bank, rubrics
        self._new = question is None
        kind = Kind.BEHAVIOURAL
        self._was = question or Question("", "", kind, "", DEFAULT_RUBRICS[kind], DEFAULT_TARGET_SECONDS)
        # A frozen set: it is asked with each key, and there may be 50,000.
        self._others = frozenset(each.id for each in bank.questions if question is None or each.id != question.id)
        self._guessed: dict[str, str] = {}
        self._leaving = False

    def compose(self) -> ComposeResult:
        was = self._was
        doing = "A new question in" if self._new else "A question of"
        yield title_row(f"{doing} '{self._bank.title}'", id=None)
        with panel(FieldForm(id="form"), "The question"):
            yield from self._row("ask", TextField(was.ask, id="ask", compact=True))
            kinds = [(kind.value, kind.value) for kind in Kind]
            yield from self._row("kind", Choice(kinds, was.kind.value, id="kind"))
            subjects = SuggestFromList(COMPETENCIES, case_sensitive=False)
            yield from self._row(
                "competency",
                LineField(was.competency, "competency", "such as teamwork", suggester=subjects),
            )
            yield from self._row("rubrics", Several(LABELS["rubrics"], was.rubrics, "as its kind", id="rubrics"))
            seconds = LineField(str(was.target_seconds), "target_seconds", restrict="[0-9]*")
            yield from self._row("target_seconds", seconds, "seconds")
            yield from self._row("guidance", TextField(was.guidance, id="guidance", compact=True))
            for probe in Probe:
                name = f"probe-{probe.value}"
                yield from self._row(name, LineField(was.probes.get(probe, ""), name, "the interviewer asks"))
            yield from self._row("examples", WorkedAnswers(was.examples, id="examples"))
            yield from self._row("tags", LineField(", ".join(was.tags), "tags", "one, two"))
            yield from self._row("id", LineField(was.id, "id"))
        yield panel(Static("", id="about", markup=False), "So far")
        yield Keys()

    def _row(
        self, name: str, field: TextField | Choice | Input | Several | WorkedAnswers, unit: str = ""
    ) -> ComposeResult:
        with Horizontal(classes="row"):
            yield Label(f"  {LABELS[name]}", id=f"label-{name}", classes="label", markup=False)
            yield field
            if unit:
                yield Label(unit, classes="unit muted")

    def on_mount(self) -> None:
        self.query_one(Several).offer([(rubric_title(rubric), rubric) for rubric in self._rubrics])
        self._check()

    # What is written.

    def question(self) -> Question:
        """The question as it stands in the form; empty where nothing was written."""
        seconds = self._text("target_seconds")
        probes = {probe: words for probe in Probe if (words := self._text(f"probe-{probe.value}"))}
        return replace(
            self._was,
            id=self._text("id"),
            ask=" ".join(self.query_one("#ask", TextField).text.split()),
            kind=Kind(str(self.query_one("#kind", Choice).value)),
            competency=self._text("competency"),
            rubrics=self.query_one(Several).value,
            target_seconds=int(seconds) if seconds.isdecimal() and len(seconds) < 9 else 0,
            guidance=" ".join(self.query_one("#guidance", TextField).text.split()),
            probes=probes,
            examples=self.query_one(WorkedAnswers).value,
            tags=tuple(dict.fromkeys(tag for part in self._text("tags").split(",") if (tag := part.strip()))),
        )

    def _text(self, name: str) -> str:
        return " ".join(self.query_one(f"#{name}", Input).value.split())

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(Choice.Changed)
    @on(Several.Changed)
    @on(WorkedAnswers.Edited)
    def _written(self) -> None:
        self._leaving = False
        if self._new:
            self._guess()
        self._check()

    def _guess(self) -> None:
        """Kind, subject, rubrics and id of a new question follow what is asked, until the user says otherwise."""
        ask = " ".join(self.query_one("#ask", TextField).text.split())
        if not ask:
            return
        kind_field = self.query_one("#kind", Choice)
        if str(kind_field.value) == self._guessed.get("kind", Kind.BEHAVIOURAL.value):
            kind_field.value = self._guessed["kind"] = guess_kind(ask).value
        kind = Kind(str(kind_field.value))
        rubrics = self.query_one(Several)
        if ", ".join(rubrics.value) == self._guessed.get("rubrics", ", ".join(DEFAULT_RUBRICS[Kind.BEHAVIOURAL])):
            self._guessed["rubrics"] = ", ".join(DEFAULT_RUBRICS[kind])
            rubrics.choose(DEFAULT_RUBRICS[kind])
        guesses = {"competency": guess_competency(ask, kind), "id": new_question_id(self._bank, ask, self._others)}
        for name, guess in guesses.items():
            box = self.query_one(f"#{name}", Input)
            if box.value == self._guessed.get(name, ""):
                self._guessed[name] = guess
                box.value = guess

    def _faults(self) -> tuple[Fault, ...]:
        return question_faults(self.question(), self._others, self._rubrics)

    def _check(self) -> None:
        """Below the form: what is wrong, else what might trouble somebody, else that all is in order."""
        question, faults = self.question(), self._faults()
        wrong = {_label_of(fault): fault for fault in reversed(faults)}
        for name, label in LABELS.items():
            self.query_one(f"#label-{name}", Label).update(f"{'✗' if name in wrong else ' '} {label}")
        parts: list[str | tuple[str, str]] = []
        for name, fault in reversed(wrong.items()):
            parts.extend([("✗ ", "$error"), f"{LABELS.get(name, name)}: {fault}\n"])
        notes = question_notes(question) if question.ask else []
        for note in notes:
            parts.extend([("◦ ", "$warning"), f"{note[:1].upper()}{note[1:]}\n"])
        if not parts:
            parts.extend([("✓ ", "$success"), "All fine. F9 saves it."])
        self.query_one("#about", Static).update(Content.assemble(*parts).rstrip())

    # Keys.

    def action_keep(self) -> None:
        """Keep the question, when nothing is wrong with it."""
        faults = self._faults()
        if faults:
            self.query_one(f"#{_label_of(faults[0])}").focus()
            self.notify(f"Not saved yet. {faults[0]}", severity="warning", markup=False)
            return
        self.dismiss(self.question())

    def action_leave(self) -> None:
        """Leave without keeping; asked for twice where something was written."""
        if not self._leaving and self.question() != self._was:
            self._leaving = True
            self.notify("Esc again leaves without saving. F9 saves.")
            return
        self.dismiss(None)


def _label_of(fault: Fault) -> str:
    """The field of the form that a fault is about; a probe's name stands in quotes in its words."""
    if fault.field == "probes":
        named = [probe.value for probe in Probe if f"'{probe.value}'" in fault.what]
        return f"probe-{(named or [Probe.EXAMPLE.value])[0]}"
    return fault.field

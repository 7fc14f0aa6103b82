"""A form field for the worked answers of a question: Enter lists what can be done with them."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Static

from simulator.errors import UserError
from simulator.questions.bank import WorkedAnswer
from simulator.questions.editing import example_faults
from simulator.tui.widgets.picking import PickOne

ADD = "add"
NEW = WorkedAnswer("", "")
LEVELS = (("strong", "strong"), ("weak, to show what to avoid", "weak"))


class WorkedAnswers(Static, can_focus=True):
    """Says who gives the worked answers; Enter adds one, changes or removes one."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,space", "choose", "choose", show=False)]

    class Edited(Message):
        """One was added, changed or removed."""

    def __init__(self, value: Sequence[WorkedAnswer], id: str) -> None:
        super().__init__(id=id, markup=False)
        self.value = tuple(value)

    def on_mount(self) -> None:
        self._show()

    def _show(self) -> None:
        self.update(f"{'; '.join(map(_name, self.value)) or 'none yet'}  …")

    def on_click(self) -> None:
        self.action_choose()

    def action_choose(self) -> None:
        """What can be done; where there is none yet, write the first."""
        if not self.value:
            self._open(None)
            return
        names = [(str(at), _name(example)) for at, example in enumerate(self.value)]
        options = [
            *((f"Change: {name}", at) for at, name in names),
            ("Add one", ADD),
            *((f"Remove: {name}", f"-{at}") for at, name in names),
        ]
        self.app.push_screen(PickOne("Worked answers", options), self._picked)

    def _picked(self, chosen: str | None) -> None:
        if chosen == ADD:
            self._open(None)
        elif chosen and chosen.startswith("-"):
            at = int(chosen[1:])
            self._use((*self.value[:at], *self.value[at + 1 :]))
        elif chosen:
            self._open(int(chosen))

    def _open(self, at: int | None) -> None:
        from simulator.tui.screens.record_form import FieldOf, RecordForm, Values  # late

        example = NEW if at is None else self.value[at]

        def made(given: Values) -> WorkedAnswer:
            parts = {name: " ".join(text.split()) for name, text in given.items()}
            changed = WorkedAnswer(parts["answer"], parts["who"], parts["remark"], parts["level"] == "weak")
            if faults := example_faults(changed):
                raise UserError(faults[0])
            return changed

        def kept(changed: WorkedAnswer | None) -> None:
            if changed is not None:
                place = len(self.value) if at is None else at
                self._use((*self.value[:place], changed, *self.value[place + 1 :]))

        fields = (
            FieldOf("who", "Who says it", example.who, "Ward nurse, 34"),
            FieldOf("answer", "The answer, as spoken", example.answer, "60 to 130 words", lines=True),
            FieldOf("remark", "What makes it work", example.remark, "one sentence, optional", lines=True),
            FieldOf("level", "It is", "weak" if example.weak else "strong", options=LEVELS),
        )
        title = "A new worked answer" if at is None else f"A worked answer: {example.who}"
        about = "F9 adds it to the question; F9 there saves the question."
        self.app.push_screen(RecordForm(title, fields, made, about=about), kept)

    def _use(self, value: tuple[WorkedAnswer, ...]) -> None:
        self.value = value
        self._show()
        self.post_message(self.Edited())


def _name(example: WorkedAnswer) -> str:
    return f"{example.who} (weak)" if example.weak else example.who

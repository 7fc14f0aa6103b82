"""Choose what to practise: bank, interviewers, number, mode; the plan is shown and can be changed."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, Input, Label, OptionList, SelectionList, Static
from textual.widgets.option_list import Option
from textual.widgets.selection_list import Selection

from simulator.classroom.assignment import ASSIGNMENT, Assignment
from simulator.errors import UserError
from simulator.interview.plan import MAX_INTERVIEWERS, Plan
from simulator.interview.setup import JOB_BANK, Setup
from simulator.questions.bank import Bank, Kind, Question
from simulator.questions.competencies import competency_name
from simulator.sessions.session import Mode
from simulator.tui.base_app import AppScreen
from simulator.tui.widgets.card import panel, retitle
from simulator.tui.widgets.columns import hanging
from simulator.tui.widgets.fields import Choice, FieldForm
from simulator.tui.widgets.footer import Keys
from simulator.tui.widgets.panel_portraits import PanelPortraits
from simulator.tui.widgets.ticks import Tick, TickList
from simulator.tui.widgets.title_row import title_row

if TYPE_CHECKING:
    from simulator.interview.interviewer import Interviewer
    from simulator.preparation.job import Job

MODES = {
    Mode.COACH: "Coach: feedback each time",
    Mode.REALISTIC: "Realistic: feedback last",
    Mode.DRILL: "Drill: one question only",
}
ROOM_FOR_PLAN = 0.4
"""How much of the screen's height the questions may take with a line between them."""
NEXT_LINE = "\n"
MODE_TITLE = "Mode: when feedback comes"
ADVICE_TITLE = "What a strong answer does"
COUNTS = (3, 4, 5, 6, 8, 10, 12)


class SetupScreen(AppScreen[None]):
    """What to practise. F9 starts from anywhere on the screen."""

    CSS_PATH = "setup.tcss"
    HELP_TOPIC = "setup"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f9", "start", "start", id="setup.start"),
        Binding("f5", "shuffle", "new questions", id="setup.shuffle"),
        Binding("delete", "leave_out", "remove question", id="setup.leave_out"),
        Binding("ctrl+up", "move(-1)", "move up", id="setup.up"),
        Binding("ctrl+down", "move(1)", "move down", show=False, id="setup.down"),
        Binding("escape", "app.pop_screen", "back", id="setup.back"),
    ]

    def __init__(self, bank_id: str = "", question_id: str = "", job_id: str = "") -> None:
        super().__init__()
        self._bank_id = bank_id
        self._question_id = question_id
        self._job_id = self._people_of = job_id
        self._plan: Plan | None = None
        self._asking: Mapping[str, Interviewer] = {}
        self._seed: int | None = None
        self._wanted_seed: int | None = None
        self._bank: Bank | None = None
        self._assignment: Assignment | None = None
        self._turn = 0

    def compose(self) -> ComposeResult:
        settings = self._app.settings
        yield title_row("Choose what to practise")
        with Horizontal(id="columns"):
            with FieldForm(id="choices", classes="panel") as choices:
                choices.border_title = "Your choices"
                yield Button("Start", id="start", variant="primary", compact=True)
                yield Label("Questions from this bank", classes="heading")
                yield Choice([("looking for banks", "")], "", id="bank")
                yield Label(MODE_TITLE, classes="heading", id="mode-title")
                mode = Mode.DRILL.value if self._question_id else settings.mode
                yield Choice([(words, each.value) for each, words in MODES.items()], mode, id="mode")
                yield Label("How many questions", classes="heading")
                counts = sorted({*COUNTS, settings.questions})
                yield Choice([(str(n), str(n)) for n in counts], str(settings.questions), id="count")
                yield Tick("Weak spots first", id="weak", compact=True)
                yield Label(f"Interviewers, up to {MAX_INTERVIEWERS}", classes="heading")
                yield TickList(id="interviewers", compact=True)
                yield Label("A friend's questions", classes="heading")
                yield Input(placeholder="a number you share", id="seed", type="integer", compact=True)
            with Vertical(id="plan-side"):
                yield panel(OptionList(id="plan"), "Your questions")
                yield panel(Static("", id="guidance", markup=False), ADVICE_TITLE)
                yield PanelPortraits("Who asks", id="who")
        yield Keys()

    def on_mount(self) -> None:
        self.query_one("#start").focus()
        self._read_files()

    def on_resize(self) -> None:
        """Another width has other lines."""
        if self._plan is not None:
            marked = self._marked() or 0
            self.call_after_refresh(self._draw_plan, self._plan, marked)

    @work(thread=True, exclusive=True, group="files", exit_on_error=False)
    def _read_files(self) -> None:
        services = self._app.services
        banks = [bank for bank in services.library.banks() if isinstance(bank, Bank) and bank.questions]
        everybody, cast_ids = self._who(self._job_id)
        jobs = [(f"For the job: {job.title}", f"{JOB_BANK}{job.id}") for job in self._jobs()]
        assigned = [(f"Assignment: {assignment.title}", assignment.bank.id) for assignment in self._waiting()]
        offered = [*assigned, *jobs, *((bank.title, bank.id) for bank in banks)]
        self.app.call_later(self._show_files, offered, everybody, cast_ids)

    def _who(self, job_id: str) -> tuple[list[tuple[str, str]], list[str]]:
        """Who can ask, and the ids of those who do as a rule: for a job, the people who were noted for it."""
        services = self._app.services
        try:
            chosen = {person.id: person for person in services.panels.chosen(job_id=job_id)}
        except UserError as problem:
            self.app.call_later(self._app.tell, problem)
            chosen = {}
        everybody = sorted(
            (chosen.get(person.id, person) for person in services.interviewers.all()),
            key=lambda person: person.id not in chosen,
        )
        return [(f"{person.name}, {person.role}", person.id) for person in everybody], list(chosen)

    @work(thread=True, exclusive=True, group="who", exit_on_error=False)
    def _look_who(self, job_id: str) -> None:
        self.app.call_later(self._show_people, *self._who(job_id))

    def _show_people(self, everybody: list[tuple[str, str]], chosen: list[str]) -> None:
        if not self._app.shows(self):
            return
        people = self.query_one("#interviewers", SelectionList)
        with self.prevent(SelectionList.SelectedChanged):
            people.clear_options()
            people.add_options([Selection(words, person, person in chosen) for words, person in everybody])
        self._make_plan()

    def _waiting(self) -> list[Assignment]:
        """Assignments that wait."""
        services = self._app.services
        try:
            return [
                assignment
                for assignment in services.data.assignments.all()
                if assignment.rules.second_try or services.assignments.done_in(assignment) is None
            ]
        except UserError as problem:
            self.app.call_later(self._app.tell, problem)
            return []

    def _jobs(self) -> "list[Job]":
        try:
            return self._app.services.data.repositories.jobs.all()
        except UserError as problem:
            self.app.call_later(self._app.tell, problem)
            return []

    def _show_files(self, banks: list[tuple[str, str]], everybody: list[tuple[str, str]], chosen: list[str]) -> None:
        if not self._app.shows(self):
            return
        people = self.query_one("#interviewers", SelectionList)
        people.add_options([Selection(words, person, person in chosen) for words, person in everybody])
        ids = [bank_id for _, bank_id in banks]
        for_job = f"{JOB_BANK}{self._job_id}" if self._job_id else ""
        assigned = next((bank_id for bank_id in ids if bank_id.startswith(ASSIGNMENT)), "")
        wanted = self._bank_id or for_job or assigned or self._app.settings.bank
        if ids:
            self.query_one("#bank", Choice).offer(banks, wanted if wanted in ids else ids[0])
            self._make_plan()
        else:
            self.query_one("#guidance", Static).update(
                "There is no question bank. 'Question banks' helps to make one."
            )

    def _setup(self) -> Setup:
        bank = self.query_one("#bank", Choice).value
        seed = self.query_one("#seed", Input).value
        return Setup(
            bank_id=str(bank) if isinstance(bank, str) else "",
            count=int(str(self.query_one("#count", Choice).value)),
            mode=Mode(str(self.query_one("#mode", Choice).value)),
            interviewer_ids=tuple(self.query_one("#interviewers", SelectionList).selected),
            seed=int(seed) if seed.lstrip("-").isdecimal() else self._wanted_seed,
            question_id=self._question_id if self._bank_id == bank else "",
            weak_first=self.query_one("#weak", Tick).value,
            job_id="" if isinstance(bank, str) and bank.startswith(JOB_BANK) else self._job_id,
        )

    def on_button_pressed(self) -> None:
        """Enter starts, unless something else was gone to first."""
        self.action_start()

    def on_select_changed(self, event: Choice.Changed) -> None:
        bank = str(event.value)
        job_id = bank.removeprefix(JOB_BANK) if bank.startswith(JOB_BANK) else ""
        if event.select.id == "bank" and bank and job_id != self._people_of:
            self._people_of = job_id  # other people ask for another job
            self._look_who(job_id)
        else:
            self._make_plan()

    def on_selection_list_selected_changed(self, event: SelectionList.SelectedChanged[str]) -> None:
        if len(event.selection_list.selected) > MAX_INTERVIEWERS:
            event.selection_list.deselect(event.selection_list.selected[0])
            self.notify(f"At most {MAX_INTERVIEWERS} interviewers; the first one was removed.")
            return
        self._make_plan()

    def on_checkbox_changed(self) -> None:
        self._make_plan()

    def on_input_changed(self) -> None:
        self._make_plan()

    def _make_plan(self) -> None:
        if not self.query_one("#bank", Choice).value:
            return
        self._turn += 1
        self._plan_in_background(self._setup(), self._turn)

    @work(thread=True, exclusive=True, group="plan", exit_on_error=False)
    def _plan_in_background(self, setup: Setup, turn: int) -> None:
        try:
            plan, seed = self._app.services.planner.plan(setup)
            bank = self._app.services.library.bank(setup.bank_id)
        except UserError as problem:
            self.app.call_later(self._app.tell, problem)
            return
        who = self._app.services.panels.chosen(plan.interviewer_ids, setup.job_id or self._people_of)
        self.app.call_later(self._show_plan, plan, seed, bank, turn, who)

    def _show_plan(self, plan: Plan, seed: int | None, bank: Bank, turn: int, who: "Sequence[Interviewer]") -> None:
        if self._app.shows(self) and turn == self._turn:
            # Another choice changes what it must, and no question by chance.
            self._bank, self._seed, self._wanted_seed = bank, seed, seed
            self._assignment = (
                self._app.services.data.assignments.find(bank.id.removeprefix(ASSIGNMENT))
                if bank.id.startswith(ASSIGNMENT)
                else None
            )
            self._offer_choices()
            self._asking = {person.id: person for person in who}
            self._draw_plan(plan, 0)

    def _offer_choices(self) -> None:
        """What can be chosen: an assignment sets most of it, and its rules are in sight in every size."""
        fixed = self._fixed
        self.set_class(fixed, "-assigned")
        for each in self.query("#count, #weak, #interviewers, #seed"):
            each.disabled = fixed
        self.query_one("#mode-title", Label).update("Mode: as set, or a drill" if fixed else MODE_TITLE)
        retitle(self.query_one("#guidance"), ADVICE_TITLE if self._assignment is None else "The assignment")
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action not in ("shuffle", "leave_out", "move") or not (self.is_mounted and self._fixed)

    def _draw_plan(self, plan: Plan, marked: int) -> None:
        self._plan = plan
        who = [self._asking[each] for each in plan.interviewer_ids if each in self._asking]
        self.query_one("#who", PanelPortraits).show(who)
        # In sight in every size, also where the list of people is below the fold.
        note = f"{who[0].name} asks" if len(who) == 1 else ", ".join(person.name.split()[0] for person in who)
        retitle(self.query_one("#plan"), "Your questions", note)
        options = self.query_one("#plan", OptionList)
        names = {person.id: person.name for person in who} if len(who) > 1 else {}
        roomy, last = not self.has_class("-short"), len(plan.turns)
        width = (options.content_size.width or 40) - 2
        options.clear_options()
        drawn: list[Content] = []
        for number, turn in enumerate(plan.turns, 1):
            details = "  ".join(filter(None, (_what_it_looks_for(turn.question), names.get(turn.interviewer_id, ""))))
            ask = Content(turn.question.ask) + Content.styled(
                f"{NEXT_LINE if roomy else '  '}{details}", "$text-muted"
            )
            lines = list(hanging(Content.styled(f"{number}.", "bold"), ask, len(f"{last}. "), width))
            drawn.append(Content("\n").join(lines))
        # A line between them, where all of them still have room.
        lines_taken = sum(each.plain.count("\n") + 2 for each in drawn)
        between = "\n" if roomy and lines_taken < self.size.height * ROOM_FOR_PLAN else ""
        options.add_options([Option(each + (between if each is not drawn[-1] else "")) for each in drawn])
        options.highlighted = min(marked, len(plan.turns) - 1)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        if self._plan and event.option_index < len(self._plan.turns):
            turn = self._plan.turns[event.option_index]
            asked_for = f"Asked for: {turn.requirement}\n" if turn.requirement else ""
            words = f"{asked_for}{turn.question.guidance}"
            if self._assignment is not None:
                # What a strong answer does is not told before an assignment.
                words = "\n".join(filter(None, (self._assignment.note, self._assignment.rules.words)))
            self.query_one("#guidance", Static).update(words)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter on a question puts another one of its kind in its place."""
        if self._plan is None or self._bank is None or self._fixed:
            return
        current = self._plan.turns[event.option_index].question
        used = {turn.question.id for turn in self._plan.turns}
        other = self._another(current, used)
        if other is None:
            self.notify("The bank has no other question of this kind.")
            return
        self._draw_plan(self._plan.with_question(event.option_index, other), event.option_index)

    def _another(self, current: Question, used: set[str]) -> Question | None:
        assert self._bank
        alike = [q for q in self._bank.questions if _place_of(q) == _place_of(current)]
        after = [i for i, q in enumerate(alike) if q.id == current.id]
        start = after[0] + 1 if after else 0
        return next((q for q in alike[start:] + alike[:start] if q.id not in used), None)

    def _marked(self) -> int | None:
        return self.query_one("#plan", OptionList).highlighted

    @property
    def _fixed(self) -> bool:
        """Whether the plan is an assignment, which nobody changes."""
        return self._assignment is not None and self._setup().mode is not Mode.DRILL

    def action_leave_out(self) -> None:
        """Take the marked question out of the plan."""
        marked = self._marked()
        if self._plan and marked is not None:
            self._draw_plan(self._plan.without(marked), marked)

    def action_move(self, by: int) -> None:
        """Move the marked question."""
        marked = self._marked()
        if self._plan and marked is not None:
            self._draw_plan(self._plan.moved(marked, by), max(0, min(len(self._plan.turns) - 1, marked + by)))

    def action_shuffle(self) -> None:
        """Another plan by chance."""
        self._wanted_seed = None
        self.query_one("#seed", Input).value = ""
        self._make_plan()

    def action_start(self) -> None:
        """Start the interview as planned."""
        if self._plan is None:
            return
        try:
            self._app.pop_screen()
            self._app.open_interview(self._setup(), plan=self._plan, seed=self._seed)
        except UserError as problem:
            self._app.tell(problem)


def _what_it_looks_for(question: Question) -> str:
    """Under the name that progress gives it; its kind where the bank names none."""
    return competency_name(question.competency) or question.kind.value


def _place_of(question: Question) -> str:
    """Openings are exchanged for openings, closings for closings, all others among themselves."""
    return question.kind.value if question.kind in (Kind.OPENING, Kind.CLOSING) else "middle"

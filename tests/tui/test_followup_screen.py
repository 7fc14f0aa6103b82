"""After an interview, in the app: interviews, dates, references and notes on a real one; real store, real keys."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from textual.widgets import Input, OptionList, Static, TextArea

from simulator.errors import UserError
from simulator.followup.debrief import Debrief, Met
from simulator.followup.due_steps import due_steps
from simulator.followup.saving_debriefs import keep_debrief
from simulator.followup.timeline import StepKind, timeline_of
from simulator.preparation.people import PersonKind, new_person
from simulator.questions.bank import Bank
from simulator.sessions.session import Session
from simulator.sessions.times import kept_day_words
from simulator.tui.screens.debrief import DebriefScreen
from simulator.tui.screens.followup import FollowupScreen
from simulator.tui.screens.followup_reading import UNKEPT_ID, unkept_notes
from simulator.tui.screens.home import HomeScreen
from simulator.tui.screens.letters import LettersScreen
from simulator.tui.screens.people import PeopleScreen
from simulator.tui.screens.references_notes import ReferenceNotesScreen
from simulator.tui.screens.report import ReportScreen
from simulator.tui.widgets.fields import Choice
from tests.followup.made import SESSION
from tests.tui.driving import Driver, current, running

pytestmark = pytest.mark.thorough

POSTING = """Community Nurse
Northway Care, Preston

Your tasks:
- Dress wounds and give injections
- Write up every visit before you drive on

Requirements:
- Nursing diploma
- Good listener
"""
NOTES = {
    "company": "Northway Care",
    "position": "Community nurse",
    "on": "2026-11-20",
    "name-1": "Hanna Brandt",
    "role-1": "team lead",
    "email-1": "hanna@example.org",
    "asked-1": "Tell me about a wound that would not heal.",
    "priorities-1": "finishing the notes on the same day",
    "told-1": "I wrote up forty visits in a week. Nothing was left open on Friday.",
}


def write(screen: DebriefScreen, notes: Mapping[str, str]) -> None:
    """Fill fields in."""
    for name, text in notes.items():
        field = screen.query_one(f"#{name}")
        if isinstance(field, TextArea):
            field.text = text
        else:
            assert isinstance(field, Input)
            field.value = text


def practised(driver: Driver, session_id: str = "s", **given: Any) -> Session:
    """A finished practice with Ruth Adeyemi and Marek Dvorsky, in the store."""
    session = replace(
        SESSION,
        id=session_id,
        job_id="",
        answers=tuple(
            replace(each, id=each.id.replace("s/", f"{session_id}/"), session_id=session_id)
            for each in SESSION.answers
        ),
        **given,
    )
    driver.app.services.data.store.begin(session)
    return session


def noted(driver: Driver, on: str = "2026-11-21", decision_on: str = "") -> str:
    """A real interview, noted; its id."""
    met = Met("Hanna Brandt", "team lead", "hanna@example.org", ("Why us?",), ("calm",))
    debrief = Debrief("", on, "Northway Care", "Community nurse", (met,), decision_on)
    services = driver.app.services
    return keep_debrief(
        debrief, services.data.repositories, services.library.banks(), services.paths.banks
    ).debrief.id


async def opened(driver: Driver, session_id: str = "") -> FollowupScreen:
    """The screen, with what is marked read and the right side focused."""
    screen = FollowupScreen(session_id)
    driver.app.push_screen(screen)
    await current(driver, FollowupScreen)
    await driver.rest()
    if not session_id:
        await driver.press("enter")
    await driver.until(lambda: listing(driver, "things").has_focus, "the right side")
    return screen


def listing(driver: Driver, name: str) -> OptionList:
    return driver.app.screen.query_one(f"#{name}", OptionList)


def lines(driver: Driver, name: str = "things") -> list[str]:
    return [str(option.prompt) for option in listing(driver, name).options]


async def mark(driver: Driver, key: str) -> None:
    """Go down to a line of the right side by its id."""
    things = listing(driver, "things")
    for _ in range(things.option_count):
        option = things.highlighted_option
        if option and option.id == key:
            return
        await driver.press("down")
    raise AssertionError(f"no line {key}")


def told(driver: Driver, words: str) -> bool:
    return any(words in notice for notice in driver.notices)


async def test_without_an_interview_the_screen_says_what_it_is_for_and_enter_notes_one() -> None:
    async with running() as driver:
        driver.app.go("followup")
        await driver.until_text("Have you had a real interview?")
        await driver.press("enter")
        await current(driver, DebriefScreen)


@pytest.mark.quick
async def test_practices_and_real_interviews_are_listed_the_newest_first_with_who_was_there() -> None:
    async with running() as driver:
        practised(driver, finished_at="2026-11-20T10:30:00Z")
        practised(driver, "open", finished_at="")
        noted(driver)
        driver.app.go("followup")
        await driver.until(
            lambda: len(lines(driver, "interviews")) == 3, "two interviews and the entry for a new one"
        )
        real, practice, _ = lines(driver, "interviews")
        assert "Community nurse at Northway Care" in real
        assert "interview, Sat 21 Nov" in real
        assert "Hanna" in real
        assert "practice, Fri 20 Nov" in practice
        assert "Ruth and Marek" in practice


async def test_the_marked_interview_shows_its_letters_dates_and_references() -> None:
    async with running() as driver:
        practised(driver)
        noted(driver, on="2026-11-24")
        driver.app.go("followup")
        await driver.until(lambda: any("Hanna Brandt" in line for line in lines(driver)), "the newest one's letters")
        when = kept_day_words("2026-11-24", date.today())
        assert any(f"{when:<10}  Send a thank-you letter" in line for line in lines(driver))
        await driver.press("down")
        await driver.until(lambda: any("Ruth Adeyemi" in line for line in lines(driver)), "the other one's letters")
        assert not any("Hanna" in line for line in lines(driver))
        assert not any("Send a thank-you letter" in line for line in lines(driver))
        assert any("no dates: this was a practice" in line for line in lines(driver))
        assert lines(driver)[-1] == "+ note a reference"


async def test_from_the_report_it_opens_on_that_session_with_its_letters_at_hand() -> None:
    async with running() as driver:
        practised(driver, "older")
        practised(driver, "newer", finished_at="2026-11-25T10:30:00Z")
        driver.app.push_screen(ReportScreen("older"))
        await current(driver, ReportScreen)
        await driver.press("f")
        await current(driver, FollowupScreen)
        await driver.until(lambda: listing(driver, "things").has_focus, "the right side")
        await driver.press("enter")
        letters = await current(driver, LettersScreen)
        assert letters.interview_id == "older"


async def planned(driver: Driver) -> FollowupScreen:
    """A practice for which dates were asked for; it has none by itself."""
    practised(driver)
    screen = await opened(driver)
    await driver.press("k")
    await driver.until(lambda: driver.app.services.data.repositories.timelines.find("s"), "the dates kept")
    await driver.rest()
    return screen


@pytest.mark.quick
async def test_looking_keeps_nothing_and_a_step_is_ticked_off_and_opened_again() -> None:
    async with running() as driver:
        practised(driver)
        await opened(driver)
        repositories = driver.app.services.data.repositories
        assert not repositories.timelines.all()
        assert not repositories.letters.all()
        await driver.press("k")
        await driver.until(lambda: any("Go on applying" in line for line in lines(driver)), "the dates")
        await mark(driver, "step:apply")
        await driver.press("space")
        await driver.until(lambda: any(step.done for step in repositories.timelines.get("s").steps), "ticked off")
        done = [step.kind for step in repositories.timelines.get("s").steps if step.done]
        assert done == [StepKind.APPLY]
        line = f"✓ {kept_day_words('2026-11-25', date.today()):<10}  Go on applying"
        await driver.until(lambda: any(each.startswith(line) for each in lines(driver)), "the sign")
        await driver.press("enter")
        await driver.until(
            lambda: not any(step.done for step in repositories.timelines.get("s").steps), "the step open again"
        )


def what_k_does(driver: Driver) -> str:
    return driver.app.screen.active_bindings["k"].binding.description


async def test_k_switches_reminders_on_and_off_and_what_is_done_stays_done() -> None:
    async with running() as driver:
        screen = await planned(driver)
        timelines = driver.app.services.data.repositories.timelines
        await driver.until(lambda: what_k_does(driver) == "no reminders", "the key")
        assert any("home reminds you" in line for line in lines(driver))
        timelines.save(timelines.get("s").with_done(StepKind.THANKS))
        screen.on_screen_resume()
        await driver.rest()
        before = timelines.get("s")
        await driver.press("k")
        await driver.until(lambda: not timelines.get("s").reminds, "no reminders")
        assert not due_steps(driver.app.services.data.repositories, date(2026, 11, 26))
        await driver.until(lambda: what_k_does(driver) == "remind me", "the other key")
        await driver.press("k")
        await driver.until(lambda: timelines.get("s") == before, "as it was")


async def test_a_decision_moves_the_inquiry_and_a_day_that_is_none_is_told() -> None:
    async with running() as driver:
        await planned(driver)
        await driver.press("d", *"2026-12-04", "enter")
        await driver.until_text("They decide on Fri 4 Dec")
        steps = {step.kind: step.on for step in driver.app.services.data.repositories.timelines.get("s").steps}
        assert steps[StepKind.INQUIRY] == "2026-12-08"
        await driver.press("d", "backspace", "x", "enter")
        await driver.until(lambda: told(driver, "is no day"), "the problem")
        assert driver.app.services.data.repositories.timelines.get("s").decision_on == "2026-12-04"
        await driver.press("d", *["backspace"] * 10, *"none", "enter")
        await driver.until(
            lambda: not driver.app.services.data.repositories.timelines.get("s").decision_on, "the decision forgotten"
        )


async def test_i_writes_a_calendar_of_the_open_steps_and_tells_where() -> None:
    async with running() as driver:
        await planned(driver)
        path = driver.app.paths.exports / "letters-s" / "dates.ics"
        for _ in range(2):
            await driver.press("i")
            await driver.until(lambda: told(driver, str(path)), "the path")
        text = path.read_text(encoding="utf-8")
        assert text.count("BEGIN:VEVENT") == 5
        assert [each.name for each in path.parent.iterdir()] == ["dates.ics"]


async def test_home_tells_quietly_what_is_due_today_and_only_of_kept_dates() -> None:
    async with running() as driver:
        today = date.today()
        repositories = driver.app.services.data.repositories
        repositories.timelines.save(timeline_of("one", "Nurse at Northway Care", today))
        repositories.timelines.save(timeline_of("two", "Cook at the Anchor", today + timedelta(days=3)))
        await opened_and_left(driver)
        await driver.until_text("Send a thank-you letter to each interviewer: Nurse at Northway Care")
        assert "Cook" not in driver.text()
        repositories.timelines.save(repositories.timelines.get("one").with_done(StepKind.THANKS))
        await opened_and_left(driver)
        await driver.until(lambda: "due today" not in driver.text(), "nothing due")


async def test_dates_of_a_practice_without_a_job_are_called_by_its_bank() -> None:
    async with running() as driver:
        today = date.today()
        for name in ("one", "two"):
            finished = f"{today.isoformat()}T10:30:00Z"
            practised(driver, name, started_at=finished, finished_at=finished, bank_title="First round, any field")
            await opened(driver, name)
            await driver.press("k")
            await driver.until(lambda: driver.app.services.data.repositories.timelines.find(name), "the dates kept")
            await driver.rest()
        await driver.press("escape", "escape", "escape", "escape")
        line = "Send a thank-you letter to each interviewer: First round, any field"
        await driver.until(lambda: isinstance(driver.app.screen, HomeScreen) and line in driver.text(), "the line")
        assert driver.text().count(line) == 1


async def opened_and_left(driver: Driver) -> None:
    driver.app.go("people")
    await current(driver, PeopleScreen)
    await driver.press("escape")
    await current(driver, HomeScreen)


@pytest.mark.quick
async def test_notes_on_a_real_interview_lead_to_its_letters_and_feed_the_next_practice() -> None:
    async with running() as driver:
        driver.app.go("followup")
        await driver.until_text("Have you had a real interview?")
        await driver.press("n")
        screen = await current(driver, DebriefScreen)
        write(screen, NOTES)
        await driver.until_text("✓ Community nurse at Northway Care, Fri 20 Nov with Hanna Brandt: 1 question")
        await driver.press("f9")
        letters = await current(driver, LettersScreen)
        await driver.until(lambda: "Dear Hanna" in letters.query_one(TextArea).text, "the letter")
        services = driver.app.services
        (debrief,) = services.data.repositories.debriefs.all()
        assert debrief.added_at
        assert services.data.repositories.timelines.get(debrief.id).interview_on == "2026-11-20"
        bank = next(bank for bank in services.library.banks() if bank.id == debrief.bank_id)
        assert isinstance(bank, Bank)
        assert "wound that would not heal" in bank.questions[0].ask
        await driver.press("escape")
        await current(driver, FollowupScreen)
        await driver.until(lambda: any("Hanna" in line for line in lines(driver)), "the interview in the list")


async def test_notes_that_cannot_be_kept_stay_and_say_why() -> None:
    async with running() as driver:
        driver.app.push_screen(DebriefScreen())
        screen = await current(driver, DebriefScreen)
        write(screen, NOTES | {"decision_on": "someday"})
        await driver.press("f9")
        await driver.until_text("Not saved yet. The day of their decision 'someday' is no day.")
        assert screen.query_one("#company", Input).value == "Northway Care"
        assert not driver.app.services.data.repositories.debriefs.all()


async def test_fields_left_empty_are_left_out_and_each_line_of_a_field_is_a_note() -> None:
    async with running() as driver:
        driver.app.push_screen(DebriefScreen())
        screen = await current(driver, DebriefScreen)
        await driver.until(lambda: screen.focused, "a field to write in")
        await driver.press("f9")
        await driver.until_text("Nothing is noted yet.")
        write(screen, {"name-1": "Hanna Brandt", "asked-1": "Why us?\n- Why now?\n"})
        await driver.press("f4")
        await driver.until(lambda: screen.focused and screen.focused.id == "name-2", "fields for one more person")
        write(screen, {"name-2": "Bill Osei", "problems-2": "two people left"})
        await driver.press("f9")
        await driver.until(lambda: driver.app.services.data.repositories.debriefs.all(), "the notes kept")
        (debrief,) = driver.app.services.data.repositories.debriefs.all()
        assert debrief.met == (
            Met("Hanna Brandt", asked=("Why us?", "Why now?")),
            Met("Bill Osei", problems=("two people left",)),
        )


async def test_leaving_written_notes_is_asked_for_twice() -> None:
    async with running() as driver:
        driver.app.push_screen(DebriefScreen())
        screen = await current(driver, DebriefScreen)
        await driver.type("Northway")
        await driver.press("escape")
        await driver.until(lambda: told(driver, "Esc again"), "the question")
        assert driver.app.screen is screen
        await driver.press("escape")
        await driver.until(lambda: driver.app.screen is not screen, "left")


async def test_notes_that_were_begun_are_there_again_after_a_quit_until_they_are_kept_or_left() -> None:
    async with running() as driver:
        driver.app.push_screen(DebriefScreen())
        await current(driver, DebriefScreen)
        await driver.type("Northway")
        driver.app.exit()
    async with running() as driver:
        driver.app.push_screen(DebriefScreen())
        screen = await current(driver, DebriefScreen)
        await driver.until(lambda: screen.query_one("#company", Input).value == "Northway", "the notes begun")
        await driver.press("escape", "escape")
        await driver.until(lambda: driver.app.screen is not screen, "left on purpose")
        screen = DebriefScreen()
        driver.app.push_screen(screen)
        await driver.until(lambda: driver.app.screen is screen and screen.focused, "the form")
        write(screen, NOTES)
        await driver.until(lambda: unkept_notes(driver.app.services.data.store).find(UNKEPT_ID), "put aside")
        await driver.press("f9")
        await driver.until(lambda: driver.app.services.data.repositories.debriefs.all(), "kept")
        await driver.until(lambda: driver.app.screen is not screen, "the letters")
        assert not unkept_notes(driver.app.services.data.store).all()


async def test_a_job_fills_in_company_role_and_people_and_gets_what_was_learned() -> None:
    async with running() as driver:
        repositories = driver.app.services.data.repositories
        job = repositories.add_job(POSTING)
        who = new_person("Hanna Brandt", PersonKind.INTERVIEWER, (), role="team lead", job_id=job.id)
        repositories.people.save(who)
        driver.app.push_screen(DebriefScreen())
        screen = await current(driver, DebriefScreen)
        await driver.until(lambda: screen.query("#job_id"), "the jobs")
        screen.query_one("#job_id", Choice).value = job.id
        await driver.until(lambda: screen.query_one("#name-1", Input).value == "Hanna Brandt", "who is noted for it")
        assert screen.query_one("#company", Input).value == job.company
        assert screen.query_one("#position", Input).value == job.role
        write(screen, {"priorities-1": "calm"})
        await driver.press("f9")
        await driver.until(lambda: repositories.debriefs.all(), "the notes kept")
        assert "calm" in str(repositories.jobs.get(job.id).priorities)
        assert [person.name for person in repositories.interviewers_for(job.id)] == ["Hanna Brandt"]


async def test_deleted_notes_come_back_with_their_letters_and_dates() -> None:
    async with running() as driver:
        id_ = noted(driver)
        repositories = driver.app.services.data.repositories
        timeline = repositories.timelines.get(id_)
        driver.app.go("followup")
        await driver.until(lambda: any("Hanna Brandt" in line for line in lines(driver)), "the interview")
        await driver.press("delete")
        await driver.until(lambda: len(lines(driver, "interviews")) == 1, "gone")
        assert not repositories.debriefs.all()
        assert not repositories.timelines.all()
        await driver.press("u")
        await driver.until(lambda: len(lines(driver, "interviews")) == 2, "back")
        assert repositories.timelines.get(id_) == timeline


async def test_a_practice_is_not_deleted_here() -> None:
    async with running() as driver:
        practised(driver)
        await opened(driver)
        await driver.press("escape", "delete")
        await driver.pilot.pause()
        assert driver.app.services.data.store.session("s").finished


@pytest.mark.quick
async def test_a_reference_gets_a_note_to_be_copied_saved_and_ticked_off() -> None:
    async with running() as driver:
        practised(driver)
        people = driver.app.services.data.repositories.people
        karin = new_person("Karin Holm", PersonKind.REFERENCE, (), knows="how I led six people at the depot")
        people.save(karin)
        people.save(new_person("Tom Reed", PersonKind.REFERENCE, [karin.id]))
        await opened(driver)
        await mark(driver, f"reference:{karin.id}")
        await driver.press("enter")
        await current(driver, ReferenceNotesScreen)
        await driver.until_text("Dear Karin Holm")
        await driver.press("c")
        await driver.until(lambda: "how I led six people" in driver.app.clipboard, "the copy")
        await driver.press("s")
        path = driver.app.paths.exports / "letters-s" / f"reference-{karin.id}.txt"
        await driver.until(lambda: told(driver, str(path)), "the path")
        assert path.read_text(encoding="utf-8") == driver.app.clipboard
        await driver.press("t")
        await driver.until_text("✓ knows that they may be called")
        assert people.get(karin.id).told
        await driver.press("n")
        await driver.until_text("Dear Tom Reed")


async def test_a_reference_is_noted_right_there_without_the_company_of_the_job() -> None:
    async with running() as driver:
        practised(driver)
        await opened(driver)
        await mark(driver, "people")
        await driver.until_text("Who would vouch for you?")
        await driver.press("enter")
        await driver.until(lambda: driver.app.screen.query("#kind"), "the form")
        assert driver.app.screen.query_one("#company", Input).value == ""
        driver.app.screen.query_one("#name", Input).value = "Moira Pell"
        await driver.press("f9")
        await driver.until(lambda: any("Moira Pell" in line for line in lines(driver)), "the reference")
        (moira,) = driver.app.services.data.repositories.people.all()
        assert moira.kind is PersonKind.REFERENCE


async def test_an_interview_that_cannot_be_read_is_told_and_the_others_stay_open() -> None:
    async with running() as driver:
        practised(driver)
        practised(driver, "broken", finished_at="2026-11-25T10:30:00Z")
        services = driver.app.services
        whole = services.interview_records.get

        def record(wanted: str) -> object:
            if wanted == "broken":
                raise UserError("That one cannot be read.", "It is kept as it is.")
            return whole(wanted)

        services.interview_records.get = record  # type: ignore[method-assign, assignment]
        driver.app.go("followup")
        await driver.until_text("That one cannot be read.")
        await driver.press("down")
        await driver.until(lambda: any("Ruth Adeyemi" in line for line in lines(driver)), "the other one")


async def test_the_words_at_the_right_follow_the_mark() -> None:
    async with running(size=(120, 40)) as driver:
        practised(driver)
        await opened(driver)
        about = driver.app.screen.query_one("#about", Static)
        assert "Enter opens the letter" in str(about.content)
        await driver.press("k")
        await driver.until(lambda: any("ask" in line.lower() for line in lines(driver)), "the dates")
        await mark(driver, "step:inquiry")
        await driver.until(lambda: "One short question is welcome" in str(about.content), "why then")


async def test_of_an_interviewer_whose_file_is_gone_the_letter_is_drafted_by_name() -> None:
    async with running() as driver:
        practised(driver, interviewer_ids=("gone", "ward-manager"), interviewer_names=("Ann Lee", "Ruth Adeyemi"))
        await opened(driver)
        await driver.until(lambda: any("Ann Lee" in line for line in lines(driver)), "her letter")
        assert any("Ruth Adeyemi" in line for line in lines(driver))
        assert "There is no interviewer" not in driver.text()

"""Jobs, stories and people in the app: real store, real keys."""

from pathlib import Path
from typing import Any

import pytest
from textual.screen import Screen
from textual.widgets import Input, OptionList, TextArea

from simulator.preparation.coverage import Row
from simulator.preparation.job import Requirement, RequirementKind, with_link
from simulator.preparation.people import PersonKind, new_person
from simulator.preparation.stories import Story, new_story
from simulator.tui.screens.add_job import AddJobScreen
from simulator.tui.screens.help import HelpScreen
from simulator.tui.screens.interview import InterviewScreen
from simulator.tui.screens.job import JobScreen
from simulator.tui.screens.job_words import about_requirement
from simulator.tui.screens.people import PeopleScreen
from simulator.tui.screens.record_form import RecordForm
from simulator.tui.screens.setup import SetupScreen
from simulator.tui.screens.stories import StoriesScreen
from simulator.tui.screens.transcript import TranscriptScreen
from simulator.tui.widgets.fields import Choice
from simulator.tui.widgets.picking import PickSome
from tests.sessions.made import CALM, STRONG, answered, practice
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

Nice to have:
- Palliative care training
"""
WOUND = {
    "situation": "Last winter a patient's wound opened at night",
    "action": "I dressed the wound and rang the doctor",
    "result": "It healed in three weeks",
}


async def shown(driver: Driver, name: str, kind: type[Screen[Any]]) -> Screen[Any]:
    driver.app.go(name)
    return await current(driver, kind)


def story_kept(driver: Driver, **parts: str) -> Story:
    story = new_story("Night wound", driver.app.services.data.repositories.stories.ids(), **(parts or WOUND))
    return driver.app.services.data.repositories.stories.save(story)


async def with_job(driver: Driver) -> str:
    """A job on the desk, its screen open, the requirements marked."""
    job = driver.app.services.data.repositories.add_job(POSTING)
    await shown(driver, "job", JobScreen)
    await driver.until(lambda: requirements(driver), "the requirements")
    await driver.press("enter")
    await driver.until(lambda: listing(driver, "requirements").has_focus, "the requirements marked")
    return job.id


def listing(driver: Driver, name: str) -> OptionList:
    return driver.app.screen.query_one(f"#{name}", OptionList)


def lines(driver: Driver, name: str) -> list[str]:
    return [str(option.prompt) for option in listing(driver, name).options]


def requirements(driver: Driver) -> list[str]:
    return [line for line in lines(driver, "requirements") if line.startswith(("✓", "○"))]


@pytest.mark.quick
async def test_a_pasted_posting_is_taken_apart_and_shown_with_its_gaps() -> None:
    async with running() as driver:
        await shown(driver, "job", JobScreen)
        await driver.until_text("Start from the real job")
        await driver.press("n")
        screen = await current(driver, AddJobScreen)
        screen.query_one(TextArea).insert(POSTING)
        await driver.press("f9")
        await current(driver, JobScreen)
        await driver.until(lambda: len(requirements(driver)) == 5, "what it asks for")
        assert "Nice to have" in lines(driver, "requirements")
        await driver.until_text("Community Nurse at Northway Care")
        await driver.until_text("0 of 5 have a story")
        await driver.until_text("Prepare next")


async def test_a_posting_that_cannot_be_one_stays_in_the_box_and_says_why() -> None:
    async with running() as driver:
        await shown(driver, "job", JobScreen)
        await driver.press("n")
        screen = await current(driver, AddJobScreen)
        screen.query_one(TextArea).insert(
            "Wir suchen eine Pflegekraft, die gerne mit Menschen arbeitet und Nachtdienst macht."
        )
        await driver.press("f9")
        await driver.until_text("✗")
        assert "Pflegekraft" in screen.query_one(TextArea).text
        await driver.press("escape")
        assert driver.app.screen is screen, "asked for twice"
        await driver.press("escape")
        await current(driver, JobScreen)
        assert driver.app.services.data.repositories.jobs.ids() == []


async def test_a_file_is_read_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "a posting.txt"
    path.write_text(POSTING, encoding="utf-8")
    async with running() as driver:
        await shown(driver, "job", JobScreen)
        await driver.press("n")
        screen = await current(driver, AddJobScreen)
        screen.query_one(TextArea).insert(str(path))
        await driver.press("f9")
        await current(driver, JobScreen)
        await driver.until(lambda: len(requirements(driver)) == 5, "what it asks for")


async def test_a_requirement_is_corrected_added_deleted_and_taken_back() -> None:
    async with running() as driver:
        job_id = await with_job(driver)
        repositories = driver.app.services.data.repositories
        await driver.press("enter")
        form = await current(driver, RecordForm)
        form.query_one("#text", TextArea).text = "Dress wounds of all kinds"
        form.query_one("#must", Choice).value = "no"
        await driver.press("f9")
        await current(driver, JobScreen)
        changed = repositories.jobs.get(job_id).requirement("r1")
        assert (changed.text, changed.must) == ("Dress wounds of all kinds", False)
        await driver.until(lambda: any("of all kinds" in line for line in requirements(driver)), "it shows")
        await driver.press("a")
        form = await current(driver, RecordForm)
        form.query_one("#text", TextArea).text = "Own car"
        await driver.press("f9")
        await current(driver, JobScreen)
        await driver.until(lambda: any("Own car" in line for line in requirements(driver)), "the new one")
        await driver.until(lambda: listing(driver, "requirements").highlighted_option.id == "r6", "it is marked")  # type: ignore[union-attr]
        await driver.press("delete")
        await driver.until(lambda: not any("Own car" in line for line in requirements(driver)), "it is gone")
        await driver.press("u")
        await driver.until(lambda: any("Own car" in line for line in requirements(driver)), "it is back")


async def test_requirements_are_deleted_one_after_another_from_one_place() -> None:
    async with running() as driver:
        job_id = await with_job(driver)
        kept, marked = driver.app.services.data.repositories.jobs, listing(driver, "requirements")
        ids = [str(option.id) for option in marked.options if option.id is not None]

        def stands_at(requirement_id: str) -> bool:
            return marked.highlighted_option is not None and marked.highlighted_option.id == requirement_id

        await driver.press("down")
        assert stands_at(ids[1])
        for following in ids[2:]:
            await driver.press("delete")
            assert stands_at(following)
        await driver.until(lambda: len(requirements(driver)) == 2, "three are gone")
        assert stands_at(ids[4])
        assert [each.id for each in kept.get(job_id).requirements if each.id not in (ids[0], ids[4])] == []
        assert driver.notices == ["The requirement is gone. Press U to undo that."]
        await driver.press("delete")
        assert stands_at(ids[0]), "behind the last there is only the one above"
        kept.save(with_link(kept.get(job_id), ids[0], "night-wound", True))
        for gone in (ids[4], *reversed(ids[1:4])):
            await driver.press("u")
            await driver.until(lambda gone=gone: stands_at(gone), "the last one that went is back")  # type: ignore[misc]
        job = kept.get(job_id)
        assert [option.id for option in marked.options if option.id is not None] == ids
        assert len(job.links) == 1, "what was done meanwhile stays"


async def test_a_form_with_something_written_is_left_only_when_asked_twice() -> None:
    async with running() as driver:
        job_id = await with_job(driver)
        await driver.press("f")
        form = await current(driver, RecordForm)
        form.query_one("#place", Input).value = "Leeds"
        form.query_one("#priorities", TextArea).text = "Calm on the phone\nRuth: handovers that lose nothing"
        await driver.press("escape")
        assert driver.app.screen is form
        await driver.press("f9")
        await current(driver, JobScreen)
        job = driver.app.services.data.repositories.jobs.get(job_id)
        assert job.place == "Leeds"
        assert job.priorities == {"": ("Calm on the phone",), "Ruth": ("handovers that lose nothing",)}


async def test_coverage_shows_the_words_that_met_and_the_users_word_stands_above_them() -> None:
    async with running() as driver:
        story_kept(driver)
        job_id = await with_job(driver)
        await driver.until(lambda: any(line.startswith("✓ Dress wounds") for line in requirements(driver)), "covered")
        await driver.until_text("answers it: “I dressed the wound")
        await driver.press("l")
        await current(driver, PickSome)
        await driver.press("space", "f9")
        await current(driver, JobScreen)
        await driver.until(lambda: all(line.startswith("○") for line in requirements(driver)), "unlinked")
        assert driver.app.services.data.repositories.jobs.get(job_id).links[0].linked is False
        await driver.press("l")
        await current(driver, PickSome)
        await driver.press("space", "f9")
        await current(driver, JobScreen)
        await driver.until_text("you linked it")


@pytest.mark.quick
async def test_one_key_leads_to_an_interview_made_for_the_job() -> None:
    async with running() as driver:
        await with_job(driver)
        await driver.press("p")
        setup = await current(driver, SetupScreen)
        await driver.until(lambda: setup.query_one("#plan", OptionList).option_count > 2, "the plan")
        asked = " ".join(str(option.prompt) for option in setup.query_one("#plan", OptionList).options)
        assert any(words in asked for words in ("Northway Care", "nursing diploma", "visit", "wounds")), asked
        await driver.press("f9")
        await driver.until(lambda: isinstance(driver.app.screen, InterviewScreen), "the interview")
        (left,) = driver.app.services.data.store.summaries(limit=5, finished=False)
        assert left.job_id


async def test_a_deleted_job_comes_back() -> None:
    async with running() as driver:
        job_id = await with_job(driver)
        await driver.press("escape")
        await driver.until(lambda: listing(driver, "jobs").has_focus, "the jobs")
        await driver.press("delete")
        await driver.until_text("Start from the real job")
        assert driver.app.services.data.repositories.jobs.ids() == []
        await driver.press("u")
        await driver.until(lambda: len(requirements(driver)) == 5, "it is back")
        assert driver.app.services.data.repositories.jobs.ids() == [job_id]


@pytest.mark.quick
async def test_a_story_is_checked_as_it_is_written_and_kept() -> None:
    async with running() as driver:
        await shown(driver, "stories", StoriesScreen)
        await driver.until_text("What have you done")
        await driver.press("n")
        form = await current(driver, RecordForm)
        await driver.type("Night wound")
        form.query_one("#situation", TextArea).text = WOUND["situation"]
        form.query_one("#action", TextArea).text = WOUND["action"]
        await driver.until_text("what came of it")
        form.query_one("#result", TextArea).text = WOUND["result"]
        await driver.until(lambda: "Missing: what came of it" not in driver.text(), "the outcome noticed")
        await driver.press("f9")
        await current(driver, StoriesScreen)
        await driver.until(lambda: any("Night wound" in line for line in lines(driver, "stories")), "the story")
        (story,) = driver.app.services.data.repositories.stories.all()
        assert (story.title, story.result) == ("Night wound", WOUND["result"])


async def test_a_story_without_an_outcome_says_so_in_the_list() -> None:
    async with running() as driver:
        story_kept(driver, situation=WOUND["situation"], action=WOUND["action"])
        await shown(driver, "stories", StoriesScreen)
        await driver.until(lambda: any("no outcome yet" in line for line in lines(driver, "stories")), "the sign")


async def test_an_empty_story_is_not_kept_and_says_why() -> None:
    async with running() as driver:
        await shown(driver, "stories", StoriesScreen)
        await driver.press("n")
        form = await current(driver, RecordForm)
        await driver.press("f9")
        await driver.until_text("Nothing is written yet.")
        assert driver.app.screen is form
        assert driver.app.services.data.repositories.stories.ids() == []


async def test_a_deleted_story_comes_back_with_its_links() -> None:
    async with running() as driver:
        story = story_kept(driver)
        job = driver.app.services.data.repositories.add_job(POSTING)
        driver.app.services.data.repositories.link(job.id, "r3", story.id, True)
        await shown(driver, "stories", StoriesScreen)
        await driver.until_text("Nursing diploma")
        await driver.press("delete")
        await driver.until_text("What have you done")
        await driver.press("u")
        await driver.until_text("Nursing diploma")
        assert driver.app.services.data.repositories.jobs.get(job.id).links[0].story_id == story.id


async def test_a_good_answer_becomes_a_story_with_one_key() -> None:
    async with running() as driver:
        session = practice(answers=(answered(practice().id, 0, CALM, STRONG),))
        driver.app.services.data.store.begin(session)
        driver.app.push_screen(TranscriptScreen(session.answers[0].id))
        await driver.until(lambda: isinstance(driver.app.screen, TranscriptScreen), "the transcript")
        await driver.until(lambda: driver.app.screen.query_one("#words").size.height, "the answer")
        await driver.rest()
        await driver.press("t")
        form = await current(driver, RecordForm)
        assert form.query_one("#action", TextArea).text
        await driver.press("f9")
        await driver.until(lambda: isinstance(driver.app.screen, TranscriptScreen), "back")
        (story,) = driver.app.services.data.repositories.stories.all()
        assert story.source == session.answers[0].id


@pytest.mark.quick
async def test_people_are_noted_with_their_next_step_which_is_done_with_a_key() -> None:
    async with running() as driver:
        await shown(driver, "people", PeopleScreen)
        await driver.until_text("who would")
        await driver.press("n")
        form = await current(driver, RecordForm)
        form.query_one("#name", Input).value = "Ana Sousa"
        form.query_one("#kind", Choice).value = PersonKind.REFERENCE.value
        form.query_one("#email", Input).value = "ana@example.org"
        await driver.press("f9")
        await current(driver, PeopleScreen)
        await driver.until_text("Ask Ana before anybody calls")
        await driver.press("d")
        await driver.until_text("knows that they may be called")
        assert driver.app.services.data.repositories.people.all()[0].told
        await driver.press("delete")
        await driver.until_text("who would")
        await driver.press("u")
        await driver.until_text("Ana Sousa")


async def test_a_mail_address_that_cannot_be_one_is_told_and_nothing_typed_is_lost() -> None:
    async with running() as driver:
        person = driver.app.services.data.repositories.people.save(new_person("Ana Sousa", PersonKind.CONTACT, ()))
        await shown(driver, "people", PeopleScreen)
        await driver.until_text("Ana Sousa")
        await driver.press("enter")
        form = await current(driver, RecordForm)
        form.query_one("#email", Input).value = "nowhere"
        await driver.press("f9")
        await driver.until_text("is no mail address")
        assert form.query_one("#email", Input).value == "nowhere"
        assert driver.app.services.data.repositories.people.get(person.id).email == ""


@pytest.mark.parametrize(
    ("name", "kind", "words"),
    [
        ("job", JobScreen, "Before the interview"),
        ("stories", StoriesScreen, "Your stories"),
        ("people", PeopleScreen, "Contacts and references"),
    ],
)
async def test_each_screen_has_its_own_help(name: str, kind: type[Screen[object]], words: str) -> None:
    async with running() as driver:
        await shown(driver, name, kind)
        await driver.press("question_mark")
        await driver.until(lambda: isinstance(driver.app.screen, HelpScreen), "help")
        await driver.until(lambda: words in driver.app.screen.page.title, "its page")  # type: ignore[attr-defined]


def test_a_licence_asks_for_a_yes_and_no_story() -> None:
    licence = Row(Requirement("r1", "A full driving licence", RequirementKind.QUALIFICATION))
    assert "It needs no story" in about_requirement(licence).plain
    duty = Row(Requirement("r2", "Dress wounds", RequirementKind.DUTY))
    assert "No story yet" in about_requirement(duty).plain

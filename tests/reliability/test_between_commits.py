"""Killed between any two commits, in any mode, an interview goes on in any face: nothing is lost or said twice."""

from pathlib import Path

import pytest

from simulator.interview.events import Phase
from simulator.interview.setup import Setup
from simulator.paths import user_paths
from simulator.sessions.session import Mode, Session
from simulator.tui.screens.interview import InterviewScreen
from simulator.tui.screens.report import ReportScreen
from simulator.tui.widgets.answer_box import AnswerBox
from tests.reliability.interviews import (
    copies_after_each_commit,
    fresh_copy,
    hold_plain,
    said,
    services_in,
    words_for,
)
from tests.tui.driving import Driver, running


def setup(mode: Mode) -> Setup:
    return Setup(mode=mode, count=3, seed=5, interviewer_ids=("ward-manager", "site-foreman"))


def held_with_copies(folder: Path, mode: Mode, monkeypatch: pytest.MonkeyPatch) -> tuple[Session, list[Path]]:
    """A whole interview, and the homes that a kill after each of its commits leaves behind."""
    with copies_after_each_commit(folder / "copies", monkeypatch) as homes:
        services = services_in(folder / "whole")
        whole = hold_plain(services, services.interviews.begin(setup(mode)), interactive=True)
        services.close()
    return whole, homes


@pytest.mark.one_in(3)
@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize("interactive", [True, False], ids=["typed", "piped"])
def test_as_text_it_goes_on_to_the_same_end(
    tmp_path: Path, mode: Mode, interactive: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, homes = held_with_copies(tmp_path, mode, monkeypatch)
    assert len(homes) > (3 if mode is Mode.DRILL else 8)
    for number, home in enumerate(homes):
        services = services_in(fresh_copy(home, "again"))
        left = [each.id for each in services.data.store.summaries(finished=False)]
        if left:
            rest = hold_plain(services, services.interviews.resume(left[0]), interactive, resumed=True)
            assert said(rest) == said(whole), f"after commit {number + 1} of {len(homes)}"
        (kept,) = [services.data.store.session(session_id) for session_id in services.data.store.session_ids()]
        assert kept.finished, f"after commit {number + 1} of {len(homes)}"
        assert said(kept) == said(whole)
        services.close()


async def to_the_report(driver: Driver, screen: InterviewScreen) -> None:
    """Answer all that is asked, as one who types."""
    await driver.until(lambda: screen.conversation.state.phase is not Phase.SPEAKING, "the voice")
    while not isinstance(driver.app.screen, ReportScreen):
        place = screen.conversation.state
        if place.phase is Phase.FEEDBACK:
            await driver.press("enter")
        elif place.phase is Phase.INVITED:
            await driver.until(lambda: driver.typing, "typing")
            screen.query_one(AnswerBox).text = words_for(screen.conversation)
            await driver.press("enter")
        await driver.until(
            lambda: (
                isinstance(driver.app.screen, ReportScreen)
                or (screen.conversation.state != place and screen.conversation.state.phase is not Phase.SPEAKING)
            ),
            "what follows",
        )


@pytest.mark.one_in(3)
@pytest.mark.parametrize(
    "mode", [pytest.param(mode, marks=[] if mode is Mode.DRILL else pytest.mark.thorough) for mode in Mode]
)
async def test_in_full_screen_it_goes_on_to_the_same_end(
    tmp_path: Path, mode: Mode, cases: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, homes = held_with_copies(tmp_path, mode, monkeypatch)
    # The first and the last are those in which nothing was said yet, and in which nothing is left to be said.
    some = {*homes[:1], *homes[-2:], *homes[1 : -2 : max(1, len(homes) // cases)]}
    for number, home in enumerate(homes):
        if home not in some:
            continue
        monkeypatch.setenv("SIMULATOR_HOME", str(fresh_copy(home, "again")))
        async with running(microphone=False, size=(110, 40), candidate_name="Sam") as driver:
            store = driver.app.services.data.store
            for left in store.summaries(finished=False):
                driver.app.open_interview(resume=left.id)
                await driver.until(lambda: isinstance(driver.app.screen, InterviewScreen), "the interview")
                assert isinstance(driver.app.screen, InterviewScreen)
                await to_the_report(driver, driver.app.screen)
            (kept,) = [store.session(session_id) for session_id in store.session_ids()]
            assert kept.finished, f"after commit {number + 1} of {len(homes)}"
            assert said(kept) == said(whole)
    assert user_paths().data.is_dir()

"""In a real terminal: after a practice a letter is edited, looked through and kept; a real interview is noted."""

from pathlib import Path

import pytest

from simulator.paths import AppPaths
from simulator.services import Services
from tests.followup.made import SESSION
from tests.terminal.tmux import app_in, choose_at_home, why_not

pytestmark = [pytest.mark.terminal, pytest.mark.skipif(bool(why_not()), reason=why_not())]

SETTINGS = """
first_run_done = true
sound = "off"
candidate_name = "Sam Rivers"
"""


@pytest.mark.thorough
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_a_letter_is_edited_and_kept_and_a_real_interview_is_noted(tmp_path: Path, size: tuple[int, int]) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "settings.toml").write_text(SETTINGS, encoding="utf-8")
    paths = AppPaths(home, home, home / "cache")
    services = Services(paths)
    services.data.store.begin(SESSION)
    services.close()
    terminal = app_in(home, size)
    try:
        choose_at_home(terminal, "After the interview")
        terminal.until_shows("Ruth Adeyemi drafted", "Marek Dvorsky drafted", "no dates: this was a practice")
        terminal.press("w")
        terminal.until_shows(
            "Letter to Ruth Adeyemi, 1 of 2", "Dear Ruth", "Nothing to correct", "F9 your lines", "F1"
        )
        terminal.type("When I start I will bring cake. ")
        terminal.until_shows("When I start I will bring cake.", "takes for granted", "edited")
        terminal.press("F6")
        terminal.until_shows("Letter to Marek Dvorsky, 2 of 2", "Dear Marek", "short note")
        terminal.press("F4")
        terminal.until_shows("✓ sent")
        terminal.press("Escape")
        terminal.until_shows("Ruth Adeyemi edited", "Marek Dvorsky sent")
        terminal.press("k")
        terminal.until_shows("Go on applying")

        terminal.press("n")
        terminal.until_shows("Company", "They decide by", "F9 save")
        terminal.type("Northway Care")
        for _ in range(5):
            terminal.press("Down")
        terminal.type("Hanna Brandt")
        terminal.until_shows("with Hanna Brandt")
        terminal.press("F9")
        terminal.until_shows("Letter to Hanna Brandt", "Dear Hanna")
        terminal.press("Escape")
        terminal.until_shows("Hanna Brandt drafted", "Northway Care")
        terminal.press("C-q")
        assert terminal.exit_status() == 0
    finally:
        terminal.close()

    services = Services(paths)
    try:
        drafts = services.data.repositories.letters.get(SESSION.id)
        assert drafts.page("ward-manager").edited.startswith("When I start I will bring cake. Dear Ruth")
        assert drafts.page("operations-director").sent_on
        (debrief,) = services.data.repositories.debriefs.all()
        assert (debrief.company, [each.name for each in debrief.people]) == ("Northway Care", ["Hanna Brandt"])
        assert {each.id for each in services.data.repositories.timelines.all()} == {SESSION.id, debrief.id}
    finally:
        services.close()

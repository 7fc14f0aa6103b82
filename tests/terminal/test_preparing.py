"""In a real terminal: from a pasted posting through a panel interview to three letters of thanks."""

import time
from pathlib import Path

import pytest

from simulator.followup.letters import Letter, draft_letters
from simulator.followup.told_stories import SourceKind
from simulator.paths import AppPaths
from simulator.services import Services
from simulator.tui.app import HELD_WITHIN
from tests.terminal.tmux import Terminal, app_in, choose_at_home, running_text, why_not

pytestmark = [pytest.mark.terminal, pytest.mark.skipif(bool(why_not()), reason=why_not())]

SETTINGS = """
first_run_done = true
sound = "off"
think_seconds = 0
mode = "realistic"
questions = 4
probes = false
candidate_name = "Sam"
interviewers = ["ward-manager", "site-foreman", "people-partner"]
"""
POSTING = """Skip to main content
COMMUNITY NURSE (m/f/d)
Northway Care • Preston • Full-time
RESPONSIBILITIES:
• Dress wounds and give injections  • Agree care plans with doctors and relatives
• Write up every visit on a tablet before you drive on
REQUIREMENTS:
• Nursing diploma  • Full driving licence
• Good listener
NICE TO HAVE:
• Palliative care training
Show more
"""
STORY = (
    "Night wound",
    "Last winter a patient's wound opened at night",
    "nobody else was on shift",
    "I dressed the wound, rang the doctor and changed the care plan",
    "It healed in three weeks",
)
NO_MORE = "F8 if none"
ANSWERS = (
    "i have been a nurse for nine years and i want to visit people at home because my gran could stay at home to "
    "the end thanks to her nurse so last year i did the palliative course and one day i want to lead home nurses",
    "what i miss on the ward is time with one person and i read that your nurses have forty minutes for a visit so "
    "i rang one of them and went along for a day and in two years i want to train new ones here",
    "last winter a patient's wound opened at night so i dressed it and rang the doctor and changed the care plan "
    "with her daughter and it healed in three weeks and since then we photograph every wound",
)


@pytest.mark.thorough
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_from_a_pasted_posting_through_a_panel_that_asks_for_its_wishes_to_three_letters(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "settings.toml").write_text(SETTINGS, encoding="utf-8")
    terminal = app_in(home, size)
    try:
        choose_at_home(terminal, "Before the interview")
        terminal.until_shows("Start from the real job")
        terminal.press("n")
        terminal.until_shows("Paste the posting")
        terminal.paste(POSTING)
        terminal.until_shows("Palliative care training", "Show more")
        terminal.press("F9")
        terminal.until_shows("Northway Care", "0 of 7 have a story", "○ Dress wounds and give injections")

        terminal.press("s")
        terminal.until_shows("Your stories", "Write a story")
        terminal.press("n")
        terminal.until_shows("A new story", "What you did yourself")
        for text in STORY:
            terminal.type(text)
            terminal.until_shows(" ".join(text.split()[-3:]))
            terminal.press("Down")
        terminal.until_shows("of 4,")
        terminal.press("F9")
        terminal.until_shows("Your stories", "N new story", "Night wound", "It healed")
        terminal.press("Escape")
        terminal.until_shows("✓ Dress wounds", "○ Nursing diploma")

        terminal.press("p")
        terminal.until_shows("For the job: Community", "1. ", "3. ")
        terminal.press("F9")
        terminal.until_shows("question 1 of 4")
        for number, answer in enumerate(ANSWERS, 1):
            answered(terminal, answer, f"question {number + 1} of 4")
        answered(
            terminal, "what is your hardest problem now and what should the new nurse solve first", "anything else"
        )
        ready(terminal, NO_MORE)
        terminal.press("F8")
        ready(terminal, "or just Enter for your report")
        time.sleep(HELD_WITHIN)  # sooner, the key would count as still held
        terminal.press("F8")
        terminal.until_shows("Report", "You answered")
        shown = letters_from_the_report(terminal)
    finally:
        terminal.close()

    services = Services(AppPaths(home, home, home / "cache"))
    try:
        session = services.data.store.session(services.data.store.summaries()[0].id)
        drafts = draft_letters(services.interview_records.get(session.id))
    finally:
        services.close()
    assert session.job_id == "community-nurse-northway-care"
    assert len(session.interviewer_ids) == 3
    asked = " ".join(answer.question.ask for answer in session.answers).lower()
    assert any(
        wish in asked for wish in ("diploma", "licence", "listen", "tablet", "palliative", "care plans", "wounds")
    ), asked
    story = session.answers[2].scorecard
    assert story is not None
    assert "Agree care plans with doctors and relatives" in str(story.tailoring)

    assert {each.to for each in drafts} == set(shown)
    for draft in drafts:
        assert f"Dear {draft.to.split()[0]}" in shown[draft.to]
        assert opening_words(draft) in shown[draft.to], "the letter on the screen is the one drafted"
        assert all(each.source and each.where for each in draft.sentences if each.kind is not SourceKind.COURTESY)
    assert len({draft.shape for draft in drafts}) == 3, "the letters differ in order and voice"


def letters_from_the_report(terminal: Terminal) -> dict[str, str]:
    """What the screen shows of each interviewer's letter, by name; begins at the report."""
    terminal.press("f")
    terminal.until_shows("After the interview", "drafted", "no dates: this was a practice")
    terminal.press("w")
    letters = {}
    for number in (1, 2, 3):
        heading = f"{number} of 3"
        shown = terminal.until_shows(heading, "Dear ", "short note")
        name = shown.split("Letter to ", 1)[1].split(",", 1)[0]
        letters[name] = " ".join(terminal.until_shows(f"Dear {name.split()[0]}").split())
        terminal.press("F6")
    return letters


def opening_words(letter: Letter) -> str:
    """The first words of a letter: as many as stand in one line of a narrow screen."""
    return " ".join(letter.paragraphs[0][0].text.split()[:6])


def answered(terminal: Terminal, text: str, then: str) -> None:
    """Type an answer and hand it in; what is said in between is silenced."""
    ready(terminal, "Enter sends it")
    terminal.type(text)
    last = " ".join(text.split()[-3:])
    terminal.until_shows(last)
    terminal.press("Enter")
    terminal.until(lambda shown: last not in running_text(shown), "the answer to be taken")
    ready(terminal, then)


def ready(terminal: Terminal, words: str) -> None:
    """Silence what is being said until these words stand there."""
    terminal.until(
        lambda shown: words in running_text(shown) or terminal.silences(shown),
        words,
    )

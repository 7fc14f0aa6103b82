"""A panel of three in a real terminal: three voices, probes, and a closing turn with replies."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from simulator.paths import AppPaths
from simulator.sessions.store import Store
from tests.sound_devices import SoundDevices
from tests.terminal.tmux import app_in, running_text, why_not

pytestmark = [
    pytest.mark.thorough,
    pytest.mark.sound,
    pytest.mark.terminal,
    pytest.mark.skipif(bool(why_not()), reason=why_not()),
]

RATE = 16_000
PANEL = {"Ruth": "ward-manager", "Bill": "site-foreman", "Joao": "restaurant-manager"}
SETTINGS = f"""
first_run_done = true
think_seconds = 0
candidate_name = "Sam"
interviewers = {list(PANEL.values())}
"""
CLAIM = "i am a very helpful person and i always try to be there for my colleagues"
PATH = (
    "what draws me is that every evening on the line is different and my mother ran a kitchen so i grew up in one "
    "and last year i took an evening course in pastry and in five years i want to lead my own kitchen"
)
STORY = (
    "last spring a colleague was drowning in returns so i stayed two evenings and sorted them with her "
    "and by friday the shelf was empty and she still brings me coffee"
)
ASKED = (
    ("how much is the salary and how many days of holiday do i get", 1, ("pay",)),
    ("what is the culture like here", 2, ("culture",)),
    ("what would you expect from the new person in the first three months", 3, ("first_months",)),
    ("which qualification matters most to you", 3, ("priorities",)),
    (
        "you said that handover matters and i read that things get lost at night so what is hardest about it "
        "right now and what have you tried so far",
        3,
        ("challenge",),
    ),
)


def pitch(pcm: bytes) -> float:
    """The median fundamental frequency of the voiced frames, in Hz."""
    samples = np.frombuffer(pcm, np.int16).astype(float)
    length, found = int(0.04 * RATE), []
    for start in range(0, len(samples) - length, length // 2):
        frame = samples[start : start + length]
        frame = frame - frame.mean()
        if np.abs(frame).max() < 1_000:
            continue
        likeness = np.correlate(frame, frame, "full")[length - 1 :]
        shortest, longest = RATE // 400, RATE // 60
        period = shortest + int(np.argmax(likeness[shortest:longest]))
        if likeness[period] > 0.5 * likeness[0]:
            found.append(RATE / period)
    return float(np.median(found))


def test_three_voices_probes_where_something_is_missing_and_a_closing_turn_with_replies(
    tmp_path: Path, sound_devices: SoundDevices
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "settings.toml").write_text(SETTINGS, encoding="utf-8")
    arguments = ("practice", "--questions", "3", "--seed", "5", "--mode", "realistic")
    terminal = app_in(home, (120, 40), arguments, **sound_devices.environment)
    try:
        ends: list[int] = []
        with sound_devices.captured(rate=RATE) as heard:
            for name in PANEL:
                terminal.until_shows(f"◆ {name}")
                ends.append(len(heard.pcm))
            terminal.until_shows("◆ Ruth")
            ends.append(len(heard.pcm))
            terminal.press("Home")
            speech = heard.pcm
        voices = [pitch(speech[start:end]) for start, end in pairwise(ends)]
        for one, other in ((0, 1), (0, 2), (1, 2)):
            assert abs(voices[one] / voices[other] - 1) > 0.15, f"voices too much alike: {voices}"

        def answer(text: str) -> None:
            terminal.until_shows("Enter sends it")
            terminal.type(text)
            last = " ".join(text.split()[-2:])
            terminal.until_shows(last)
            terminal.press("Enter")
            terminal.until(lambda shown: last not in running_text(shown), "the answer to be taken")

        def silence_until(*words: str) -> None:
            """Silence what is being said until these words stand there."""
            terminal.until(
                lambda shown: all(word in running_text(shown) for word in words) or terminal.silences(shown),
                str(words),
            )

        # Opening: complete, no probe. Then a claim: probed once, and only once.
        answer(PATH)
        silence_until("question 2 of 3", "Enter sends it")
        answer(CLAIM)
        silence_until("Follow-up to question 2", "Enter sends it")
        answer(STORY)
        silence_until("question 3 of 3", "Enter sends it")
        for text, _, _ in ASKED:
            answer(text)
            silence_until("Enter sends it")
        answer("no thank you that was everything")
        silence_until("or just Enter for your report")
        terminal.press("F8")
        terminal.until_shows("Report", "You answered")
    finally:
        terminal.close()

    store = Store(AppPaths(home, home, home / "cache").database)
    session = store.session(store.summaries()[0].id)
    store.close()
    opening, behavioural, closing = session.answers
    assert behavioural.probed
    assert not opening.probed
    assert closing.scorecard is not None
    assert (closing.scorecard.level("questions") or 0) >= 3
    graded = {asked.text: asked.level for asked in closing.scorecard.asked}
    for text, level, _ in ASKED:
        assert any(level == found and set(words.split()) & set(text.split()) for words, found in graded.items()), (
            f"no question of level {level} among {graded}"
        )
    assert {learned.kind.value for learned in session.learned} == {"priority", "problem"}

"""Each part may be missing, alone or with all the others: it is told, and a typed interview works to the end."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from simulator.paths import user_paths
from simulator.sessions.store import Store
from simulator.tui.widgets.answer_box import AnswerBox

BROKEN = {
    "PortAudio": "missing('sounddevice', OSError('PortAudio library not found'))",
    "pyttsx3": "missing('pyttsx3', ImportError('No module named pyttsx3'))",
    "vosk": "missing('vosk', ImportError('No module named vosk'))",
    "soundfile": "missing('soundfile', OSError('sndfile library not found'))",
    "device": "os.environ['PULSE_SERVER'] = 'unix:/nonexistent/pulse'",
    "espeak": "no_library('espeak'); missing('espeakng_loader', ImportError('No module named espeakng_loader'))",
    "model": "os.environ['HOME'] = os.environ['SIMULATOR_HOME']",
}
"""Ways to take a part away in a fresh Python."""

PRELUDE = """
import ctypes, ctypes.util, importlib.abc, os, sys

def missing(name, error):
    class Finder(importlib.abc.MetaPathFinder):
        def find_spec(self, wanted, path=None, target=None):
            if wanted == name or wanted.startswith(name + "."):
                raise error
    sys.meta_path.insert(0, Finder())

def no_library(part):
    load, find = ctypes.CDLL.__init__, ctypes.util.find_library
    def refused(self, name, *rest, **named):
        if part in str(name):
            raise OSError(f"{name}: cannot open shared object file")
        load(self, name, *rest, **named)
    ctypes.CDLL.__init__ = refused
    ctypes.cdll.LoadLibrary = lambda name: ctypes.CDLL(name)
    ctypes.util.find_library = lambda name: None if part in name else find(name)
"""

PRACTICE = """
from simulator.cli import main
sys.exit(main())
"""

ANSWERS = (
    "i trained as a cook and last spring i led a team of five and after a month sick days fell by half\n"
    "there was one evening when the oven failed and i split the trays and we fed everybody\n"
    "what is the biggest challenge for the team\nno thank you\n"
)

OFTEN = ("device",)
"""What is missing most often; the others are tried one by one with --all, and all together each time."""
CASES = [
    *[pytest.param((name,), marks=() if name in OFTEN else pytest.mark.thorough) for name in BROKEN],
    tuple(BROKEN),
]
IDS = [*BROKEN, "all together"]


def run(parts: tuple[str, ...], *arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    code = PRELUDE + "\n".join(BROKEN[part] for part in parts) + PRACTICE
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        input=given,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        cwd=Path(__file__).parents[1],
        env=dict(os.environ),
    )


@pytest.mark.parametrize("parts", CASES, ids=IDS)
def test_a_typed_interview_works_to_the_end(parts: tuple[str, ...]) -> None:
    done = run(parts, "practice", "--plain", "--questions", "3", given=ANSWERS)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert "Report" in done.stdout
    store = Store(user_paths().database)
    (summary,) = store.summaries()
    store.close()
    assert summary.finished


@pytest.mark.parametrize("parts", CASES, ids=IDS)
def test_doctor_names_what_is_missing_and_the_hint(parts: tuple[str, ...]) -> None:
    done = run(parts, "doctor", "--json")
    assert "Traceback" not in done.stderr
    assert done.returncode == 0, "a typed interview works"
    document = json.loads(done.stdout)
    lacking = [part for part in document["parts"] if part["state"] == "missing"]
    assert lacking
    for part in lacking:
        assert part["detail"]
        assert part["hint"]


@pytest.mark.parametrize("parts", CASES, ids=IDS)
def test_the_sample_interview_runs_with_what_there_is(parts: tuple[str, ...]) -> None:
    done = run(parts)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert "Forward-looking questions" in done.stdout


async def typed_in_full_screen() -> None:
    """In the fresh Python: the real app with its real parts, as far as they are there."""
    from simulator.interview.events import Phase
    from simulator.paths import private_folder
    from simulator.tui.app import SecondRound
    from simulator.tui.screens.interview import InterviewScreen

    paths = user_paths()
    private_folder(paths.config)
    paths.settings_file.write_text('first_run_done = true\nprobes = false\nsound = "off"\n')
    app = SecondRound(paths)
    app.held_within = 0.0  # keys come faster here than from a hand
    async with app.run_test(size=(80, 24)) as pilot:

        async def until(condition: Callable[[], object]) -> None:
            for _ in range(2_000):
                await pilot.pause(0.01)
                if condition():
                    return
            raise AssertionError(f"waited in vain; phase {getattr(app.screen, 'conversation', None)}")

        await until(lambda: app.screen.query("#menu"))
        await pilot.press("enter")
        await until(lambda: isinstance(app.screen, InterviewScreen) and app.screen.query_one(AnswerBox).display)
        screen = app.screen
        assert isinstance(screen, InterviewScreen)
        screen.query_one(AnswerBox).text = ANSWERS.splitlines()[0]
        await pilot.press("enter")
        await until(lambda: screen.conversation.state.phase is Phase.FEEDBACK)


@pytest.mark.parametrize("parts", CASES, ids=IDS)
def test_the_app_offers_typing(parts: tuple[str, ...]) -> None:
    code = (
        PRELUDE
        + "\n".join(BROKEN[part] for part in parts)
        + "\nimport asyncio\nfrom tests.test_missing_parts import typed_in_full_screen"
        + "\nasyncio.run(typed_in_full_screen())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        cwd=Path(__file__).parents[1],
    )
    assert done.returncode == 0, done.stderr[-2_000:]

"""What is heavy is imported only when it is used: starting stays quick, and each package keeps to its libraries."""

import json
import subprocess
import sys

import pytest

from tests.packaging.little_checkout import ROOT

HEAVY = (
    "vosk",
    "sounddevice",
    "soundfile",
    "pyttsx3",
    "numpy",
    "soxr",
    "requests",
    "espeakng_loader",
    "tqdm",
    "srt",
    "onnxruntime",
    "tokenizers",
)


def imported_by(script: str) -> set[str]:
    """The modules that are there after `script`, in a Python of its own."""
    done = subprocess.run(
        [sys.executable, "-c", f"{script}\nimport json, sys\nprint(json.dumps(list(sys.modules)))"],
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout.splitlines()[-1]))


def test_the_command_line_imports_nothing_heavy_and_no_textual() -> None:
    modules = imported_by("import simulator.cli; simulator.cli.build_parser()")
    assert not modules & {*HEAVY, "textual", "rich", "yaml", "sqlite3"}


@pytest.mark.parametrize("command", ["practice", "sessions", "banks", "settings", "doctor", "score"])
def test_loading_a_command_imports_nothing_heavy(command: str) -> None:
    modules = imported_by(f"import simulator.commands.{command}")
    assert not modules & {*HEAVY, "textual"}


FIRST_PAINT = """
import asyncio, sys
from simulator.tui import start
from simulator.tui.app import SecondRound

display, seen = SecondRound._display, []

def first_paint(self, screen, renderable):
    if renderable is not None and type(screen).__name__ == "HomeScreen" and not seen:
        seen.extend(sys.modules)
    display(self, screen, renderable)

SecondRound._display = first_paint

async def run():
    async with SecondRound().run_test(size=(80, 24)) as pilot:
        while not seen:
            await pilot.pause()

asyncio.run(run())
heavy = [name for name in %r if name in seen]
assert not heavy, heavy
"""


def test_the_app_is_painted_before_anything_heavy_is_imported() -> None:
    imported_by(FIRST_PAINT % (HEAVY,))


def test_the_first_start_needs_nothing_but_the_standard_library() -> None:
    script = f"""
import json, sys
sys.path.insert(0, {str(ROOT)!r})
import simulator.first_start.set_up, simulator.first_start.sound
tops = {{name.split(".")[0] for name in sys.modules}}
print(json.dumps(sorted(tops - set(sys.stdlib_module_names))))
"""
    done = subprocess.run([sys.executable, "-I", "-S", "-c", script], capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    assert set(json.loads(done.stdout)) <= {"simulator", "__main__"}

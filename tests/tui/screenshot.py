"""Makes the picture in the README from the app itself: `python -m tests.tui.screenshot`.

A real interview screen with a scripted answer, so that levels and quotes are those the scorer gives.
"""

import asyncio
import os
import re
import tempfile
from pathlib import Path

from simulator.interview.events import Phase
from simulator.studio import Setup
from simulator.tui.screens.interview import InterviewScreen
from tests.fakes import spoken
from tests.tui.driving import running

TARGET = Path(__file__).resolve().parents[2] / "docs" / "screenshot.svg"
ANSWER = (
    "last winter on the late shift a visitor was shouting at the desk because nobody had called him "
    "so i took him to the side room and i sat down with him and i rang the ward myself "
    "he came back the next day to thank us and since then we call every family before eight"
)


async def take() -> str:
    """The feedback screen as SVG."""
    async with running([spoken(ANSWER)], size=(100, 30), probes=False) as driver:
        setup = Setup(count=3, seed=1, question_id="calm-a-situation", interviewer_ids=("ward-manager",))
        studio = driver.app.studio
        plan, seed = studio.plan(setup)
        question = studio.bank().question("calm-a-situation")
        assert question
        driver.app.open_interview(setup, plan=plan.with_question(0, question), seed=seed)
        await driver.until(lambda: isinstance(driver.app.screen, InterviewScreen), "the interview")
        screen = driver.app.screen
        assert isinstance(screen, InterviewScreen)
        await driver.until(lambda: screen.conversation.place.phase is Phase.INVITED, "the candidate's turn")
        await driver.press("enter")
        await driver.until(lambda: screen._hearing is not None, "the microphone")
        await driver.press("enter")
        await driver.until(lambda: screen.conversation.place.phase is Phase.FEEDBACK, "feedback")
        await driver.pilot.pause(0.3)
        return driver.app.export_screenshot(title="Second Round")


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        os.environ["SIMULATOR_HOME"] = home
        picture = asyncio.run(take())
    TARGET.parent.mkdir(exist_ok=True)
    # No font is fetched by whoever looks at the picture: the viewer's own monospace serves.
    picture = re.sub(r"@font-face\s*{[^}]*}", "", picture).replace("Fira Code", "DejaVu Sans Mono")
    TARGET.write_text(picture, encoding="utf-8")


if __name__ == "__main__":
    main()

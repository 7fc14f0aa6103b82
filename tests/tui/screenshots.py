"""Makes the pictures in README and docs from the app itself: `python -m tests.tui.screenshots`.

Real screens with the history of an invented candidate, so that levels and quotes are those the scorer gives.
"""

import asyncio
import os
import re
import tempfile
from pathlib import Path

from tests.tui.gallery import SCENES, visiting

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "pictures"
PICTURES = {
    "home": (100, 30),
    "setup": (100, 30),
    "panel": (100, 30),
    "answering": (100, 30),
    "feedback": (100, 36),
    "report": (100, 36),
    "transcript": (100, 30),
    "progress": (132, 36),
}
"""The scenes that are shown, and the size of the screen of each."""


async def picture(name: str) -> str:
    """One of the scenes as SVG."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["SIMULATOR_HOME"] = home
        async with visiting(size=PICTURES[name]) as driver:
            await SCENES[name](driver)
            drawn = driver.app.export_screenshot(title="Second Round")
    # No font is fetched by whoever looks at the picture: the viewer's own monospace serves.
    return re.sub(r"@font-face\s*{[^}]*}", "", drawn).replace("Fira Code", "DejaVu Sans Mono")


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for name in PICTURES:
        (FOLDER / f"{name}.svg").write_text(asyncio.run(picture(name)), encoding="utf-8")
        print(f"docs/pictures/{name}.svg")


if __name__ == "__main__":
    main()

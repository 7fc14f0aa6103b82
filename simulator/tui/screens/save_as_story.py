"""A good answer taken over as a story: its words in the parts of a story, to be looked over and kept."""

from typing import TYPE_CHECKING

from simulator.errors import UserError
from simulator.sessions.session import Answer
from simulator.tui.base_app import BaseApp

if TYPE_CHECKING:
    from simulator.preparation.stories import Story


def save_as_story(app: BaseApp, answer: Answer) -> None:
    """Show the answer as a story that is not kept yet; F9 keeps it. An answer without an example is told so."""
    from simulator.followup.evidence_check import story_from_answer  # late
    from simulator.tui.screens.stories import story_form  # late

    stories = app.services.data.repositories.stories

    def kept(story: "Story | None") -> None:
        if story is not None:
            stories.save(story)
            app.notify(f"'{story.title}' is among your stories now.", markup=False)

    try:
        known = stories.all()
        before = next((story for story in known if story.source == answer.id), None)
        taken = [story.id for story in known]
        story = before or story_from_answer(answer, taken)
        app.push_screen(story_form(story, taken, "" if before else "A story from this answer"), kept)
    except UserError as problem:
        app.tell(problem)

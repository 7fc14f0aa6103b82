"""Findings that no list of phrases can make, by the names that rubric files use (`signal: own_action`)."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from simulator.scoring import motive_signals, story_signals
from simulator.scoring.cues import Heard, Reading, Span
from simulator.scoring.grammar import Lexicon

SIGNALS: Mapping[str, Callable[[Heard], list[Span]]] = {
    "own_action": story_signals.own_action,
    "we_action": story_signals.we_action,
    "others_acted": story_signals.others_acted,
    "own_record": story_signals.own_record,
    "past_scene": story_signals.past_scene,
    "story_now": story_signals.story_now,
    "change_after": story_signals.change_after,
    "ending": story_signals.ending,
    "achieved": story_signals.achieved,
    "imagined": story_signals.imagined,
    "usual": story_signals.usual,
    "number": story_signals.number,
    "name": story_signals.name,
    "length": story_signals.length,
    "own_step": motive_signals.own_step,
    "own_plan": motive_signals.own_plan,
    "work_told": motive_signals.work_told,
    "addressed": motive_signals.addressed,
    "recital": motive_signals.recital,
    "particular": motive_signals.particular,
    "object": motive_signals.object_of_attraction,
    "life_reason": motive_signals.life_reason,
    "wanted_field": motive_signals.wanted_field,
    "story": motive_signals.story_without_motive,
}
"""Each signal and what finds it."""


def find_signals(reading: Reading, found: Mapping[str, list[Span]], lexicon: Lexicon) -> dict[str, list[Span]]:
    """All signals of an answer, by name. `found` are the families' phrases already found in it."""
    heard = Heard(reading.tokens.text, reading.tokens.cut, reading.deeds, found, lexicon)
    heard = replace(heard, told_now=story_signals.is_told_now(heard))
    return {name: find(heard) for name, find in SIGNALS.items()}

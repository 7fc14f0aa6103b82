"""The command palette: what can be done from here, and nothing else."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from textual.app import SystemCommand
from textual.screen import Screen

from simulator.tui.base_app import BaseApp
from simulator.tui.routes import TITLES
from simulator.tui.themes import THEMES, setting_for


def palette(app: BaseApp, screen: Screen[Any]) -> Iterator[SystemCommand]:
    """Commands for the screen shown: its own actions first, then where to go, then the app's."""
    own = {active.binding.action: active for active in reversed(screen.active_bindings.values())}
    for active in own.values():
        binding = active.binding
        elsewhere = binding.action.startswith("go(") or binding.action == "app.quit"  # listed below, by their titles
        if (
            not elsewhere
            and active.enabled
            and (binding.show or binding.id)
            and binding.description
            and active.node is screen
        ):
            yield SystemCommand(
                binding.description.capitalize(),
                app.get_key_display(binding),
                lambda action=binding.action: app.call_later(screen.run_action, action),
            )
    if not getattr(screen, "IN_INTERVIEW", False):
        for name, title in TITLES.items():
            if screen.__class__.__name__.lower() != f"{name.replace('_', '')}screen":
                yield SystemCommand(title, "Go there", lambda name=name: app.go(name))
    for theme in THEMES:
        if app.theme != theme.name:
            label = theme.name.removeprefix("second-round-").replace("-", " ")
            yield SystemCommand(f"Colours: {label}", "Change the theme", lambda name=theme.name: _use(app, name))
    yield SystemCommand("Help", "What you can do here", app.action_help)
    yield SystemCommand("Quit", "Leave Second Round; everything is saved", app.action_quit)


def _use(app: BaseApp, theme: str) -> None:
    """Change the theme, and keep it."""
    app.keep_settings(replace(app.settings, theme=setting_for(theme)))

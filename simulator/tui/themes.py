"""The app's own themes: dark, light and high contrast.

Colour is never the only sign: levels carry their number, quotes their underline, hints their words.
"""

from textual.theme import Theme

DARK = Theme(
    name="second-round-dark",
    primary="#7fb4ca",
    secondary="#9cabca",
    accent="#e0a458",
    warning="#e6c384",
    error="#e46876",
    success="#98bb6c",
    foreground="#dcd7ba",
    background="#16161d",
    surface="#1f1f28",
    panel="#2a2a37",
    dark=True,
)

LIGHT = Theme(
    name="second-round-light",
    primary="#2d5b7a",
    secondary="#5d5791",
    accent="#a35400",
    warning="#8a5a00",
    error="#b3262e",
    success="#3f6b1f",
    foreground="#22242b",
    background="#faf8f3",
    surface="#f1eee6",
    panel="#e4e0d5",
    dark=False,
)

HIGH_CONTRAST = Theme(
    name="high-contrast",
    primary="#ffff00",
    secondary="#00ffff",
    accent="#ffff00",
    warning="#ffff00",
    error="#ff8080",
    success="#80ff80",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#1a1a1a",
    dark=True,
    variables={"border": "#ffffff", "text-muted": "#ffffff", "text-disabled": "#d0d0d0"},
)

THEMES = (DARK, LIGHT, HIGH_CONTRAST)

_BY_SETTING = {"dark": DARK.name, "light": LIGHT.name, "high-contrast": HIGH_CONTRAST.name}


def theme_for(setting: str) -> str:
    """The theme's name for the `theme` setting; the dark one where the setting says "auto" or is unknown."""
    return _BY_SETTING.get(setting, DARK.name)


def setting_for(theme: str) -> str:
    """The `theme` setting that stands for one of the app's themes."""
    return next(setting for setting, name in _BY_SETTING.items() if name == theme)

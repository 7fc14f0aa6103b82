"""The app's own themes: dark, light and high contrast, and the names by which everything else asks for a colour.

One accent, four colours for the parts of an answer, and words that are never lighter than what they say needs.
Colour is never the only sign: levels carry their number, parts their name, hints their words. Every pair of words and
ground has a contrast of 4.5 to 1 at least, of a frame's line and its ground 3 to 1; a test looks at what is drawn.
"""

from textual.color import Color
from textual.theme import Theme


def _between(one: str, other: str, share: float) -> str:
    return Color.parse(one).blend(Color.parse(other), share).hex


def _theme(
    name: str,
    *,
    dark: bool,
    ground: str,
    surface: str,
    panel: str,
    words: str,
    muted: str,
    line: str,
    accent: str,
    on_accent: str,
    cursor: str,
    resting: str,
    selection: str,
    success: str,
    warning: str,
    error: str,
    parts: tuple[str, str, str, str],
) -> Theme:
    """A theme from few colours: what Textual would mix itself is named, so that nothing is left to chance.

    `line` draws borders and separators, `cursor` is the ground of the marked line, `resting` of one in a list without
    the focus, `parts` are the four parts of an answer in the order of a story: when, what you did, what came of it,
    what it taught.
    """
    occasion, action, outcome, lesson = parts
    return Theme(
        name=name,
        primary=accent,
        secondary=muted,
        accent=accent,
        warning=warning,
        error=error,
        success=success,
        foreground=words,
        background=ground,
        surface=surface,
        panel=panel,
        dark=dark,
        variables={
            "text": words,
            "text-muted": muted,
            "text-disabled": muted,
            "text-primary": accent,
            "text-accent": accent,
            "text-success": success,
            "text-warning": warning,
            "text-error": error,
            "border": accent,
            "border-blurred": line,
            "line": line,
            "heat-1": _between(ground, success, 0.6),
            "heat-2": _between(ground, success, 0.8),
            "heat-3": success,
            "level-low": error,
            "level-middle": warning,
            "level-high": success,
            "part-occasion": occasion,
            "part-action": action,
            "part-outcome": outcome,
            "part-lesson": lesson,
            "block-cursor-foreground": words,
            "block-cursor-background": cursor,
            "block-cursor-text-style": "none",
            "block-cursor-blurred-foreground": words,
            "block-cursor-blurred-background": resting,
            "block-cursor-blurred-text-style": "none",
            "block-hover-background": resting,
            "input-selection-background": selection,
            "input-cursor-background": accent,
            "input-cursor-foreground": on_accent,
            "footer-background": surface,
            "footer-foreground": muted,
            "footer-description-foreground": muted,
            "footer-key-foreground": accent,
            "button-color-foreground": on_accent,
            "button-foreground": words,
            "button-focus-text-style": "bold underline",
            "scrollbar": line,
            "scrollbar-hover": muted,
            "scrollbar-active": accent,
            "scrollbar-background": ground,
            "scrollbar-background-hover": ground,
            "scrollbar-background-active": ground,
            "scrollbar-corner-color": ground,
            "markdown-h1-color": accent,
            "markdown-h2-color": accent,
            "markdown-h3-color": words,
            "markdown-h2-text-style": "bold",
        },
    )


DARK = _theme(
    "second-round-dark",
    dark=True,
    ground="#15171e",
    surface="#1b1e27",
    panel="#232733",
    words="#e9e4d8",
    muted="#adb3c1",
    line="#6d758b",
    accent="#f0b47c",
    on_accent="#1b1408",
    cursor="#573f26",
    resting="#31374a",
    selection="#4a4453",
    success="#a3cf8f",
    warning="#f2cd72",
    error="#f39a92",
    parts=("#8fc4ef", "#7fd6cf", "#cdb0f0", "#f0a8cd"),
)

LIGHT = _theme(
    "second-round-light",
    dark=False,
    ground="#faf7f1",
    surface="#f3eee5",
    panel="#e9e2d6",
    words="#29262b",
    muted="#5c5661",
    line="#857b6b",
    accent="#8f4210",
    on_accent="#fffaf2",
    cursor="#f0d2ac",
    resting="#e6ded0",
    selection="#e6d3ea",
    success="#2c5f22",
    warning="#6f4a00",
    error="#9c2426",
    parts=("#17558a", "#0b5f5c", "#6a3a9c", "#96246b"),
)

HIGH_CONTRAST = _theme(
    "high-contrast",
    dark=True,
    ground="#000000",
    surface="#000000",
    panel="#1a1a1a",
    words="#ffffff",
    muted="#ffffff",
    line="#ffffff",
    accent="#ffe14d",
    on_accent="#000000",
    cursor="#4a4a00",
    resting="#303030",
    selection="#00457a",
    success="#7dff7d",
    warning="#ffe14d",
    error="#ff9c9c",
    parts=("#7fd4ff", "#6ff0e0", "#e3b8ff", "#ffb0e0"),
)

THEMES = (DARK, LIGHT, HIGH_CONTRAST)

_BY_SETTING = {"dark": DARK.name, "light": LIGHT.name, "high-contrast": HIGH_CONTRAST.name}


def theme_for(setting: str) -> str:
    """The theme's name for the `theme` setting; the dark one where the setting says "auto" or is unknown."""
    return _BY_SETTING.get(setting, DARK.name)


def setting_for(theme: str) -> str:
    """The `theme` setting that stands for one of the app's themes."""
    return next(setting for setting, name in _BY_SETTING.items() if name == theme)

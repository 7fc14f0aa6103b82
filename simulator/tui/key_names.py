"""Key names, written one way everywhere: in the row of keys, in the help, in the list of commands."""

_NAMES = {"escape": "Esc", "delete": "Del", "pageup": "Page up", "pagedown": "Page down"}
_SIGNS = {"slash": "/", "question_mark": "?"}


def key_name(key: str) -> str:
    """A key as it is written on screens: "Enter", "Esc", "Ctrl+Up", "F1", "A"."""
    *held, last = key.split("+")
    named = _SIGNS.get(last) or _NAMES.get(last) or last.capitalize()
    return "+".join([*(each.capitalize() for each in held), named])

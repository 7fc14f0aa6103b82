"""The style of a widget lies beside it, in a file of the same name."""

from pathlib import Path


def css_beside(module: str) -> str:
    """The style sheet beside a module, given as its `__file__`."""
    return Path(module).with_suffix(".tcss").read_text("utf-8")

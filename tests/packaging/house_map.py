"""The map of the house, drawn from the code: every part and every module, what it is for, and what parts import.

python -m tests.packaging.house_map           prints it
python -m tests.packaging.house_map --write   writes it into docs/house_map.md
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import grimp

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "simulator"
PAGE = ROOT / "docs" / "house_map.md"
HEAD = """# The map of the house

Drawn from the code by `python -m tests.packaging.house_map --write`; a test says so when it is no longer true. Every
part of `simulator/`, highest first: what it is for, in the words of its own docstring, and which parts it imports.
Imports run downward only. Below stands every module with one line: search it for a word of what you look for
("silence", "footer", "held down").

| part | what it is for | imports |
| --- | --- | --- |
"""


def parts() -> list[str]:
    """Names of the packages and top-level modules of `simulator`."""
    found = [path.parent.name for path in PACKAGE.glob("*/__init__.py")]
    return sorted(
        [*found, *(path.stem for path in PACKAGE.glob("*.py") if path.stem not in ("__init__", "__main__"))]
    )


def purpose(part: str) -> str:
    """The first paragraph of a part's docstring."""
    path = PACKAGE / part / "__init__.py"
    return first_paragraph(path if path.exists() else PACKAGE / f"{part}.py")


def first_paragraph(path: Path) -> str:
    """What a module says it is for."""
    text = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
    return " ".join(text.split("\n\n")[0].split()).replace("|", "\\|")


def modules(part: str) -> list[str]:
    """A row for each module of a package."""
    folder = PACKAGE / part
    found = sorted(path for path in folder.rglob("*.py") if path.name != "__init__.py")
    return [f"| `{path.relative_to(folder).as_posix()}` | {first_paragraph(path)} |" for path in found]


def imports() -> dict[str, set[str]]:
    """For each part the other parts that anything in it imports."""
    graph = grimp.build_graph("simulator")
    found: dict[str, set[str]] = {part: set() for part in parts()}
    for module in graph.modules:
        here = _part(module)
        for other in graph.find_modules_directly_imported_by(module):
            if here in found and (there := _part(other)) in found and there != here:
                found[here].add(there)
    return found


def _part(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def highest_first(found: dict[str, set[str]]) -> Iterator[str]:
    """The parts, each before all that it imports; a circle of imports raises ValueError."""
    waiting = dict(found)
    while waiting:
        imported = set().union(*waiting.values())
        free = sorted(part for part in waiting if part not in imported)
        if not free:
            raise ValueError(f"these import each other in a circle: {', '.join(sorted(waiting))}")
        for part in free:
            yield part
            del waiting[part]


def page() -> str:
    """The page as it should be."""
    found = imports()
    rows = []
    for part in highest_first(found):
        name = f"`{part}/`" if (PACKAGE / part).is_dir() else f"`{part}.py`"
        rows.append(f"| {name} | {purpose(part)} | {', '.join(sorted(found[part])) or 'nothing'} |")
    packages = (part for part in highest_first(found) if (PACKAGE / part).is_dir())
    tables = (
        f"\n## {part}/\n| module | what it is for |\n| --- | --- |\n" + "\n".join(modules(part)) for part in packages
    )
    return HEAD + "\n".join(rows) + "\n" + "\n".join(tables) + "\n"


if __name__ == "__main__":
    if "--write" in sys.argv[1:]:
        PAGE.write_text(page(), encoding="utf-8")
    else:
        sys.stdout.write(page())

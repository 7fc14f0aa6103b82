"""An import inside a function is marked `# late`: it loads, only when it is used, what would make starting slow.

What a module loads anyway, or what is as good as nothing, is imported at its top. What is never loaded before it is
used (sound, the language model, Textual in commands ...) is held by `tests/test_import_hygiene.py`.
"""

import ast
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
MARK = re.compile(r"^\s+(?:import|from) .*  # late$")
WORTH_IT = 3
"""Modules that an import must add where it adds no library: less than that is loaded in a millisecond or two."""
SLOW_OF_PYTHON = {"ctypes", "multiprocessing", "concurrent.futures"}
"""One module of the standard library by name, but ten behind it."""


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


MODULES = {name_of(path): ast.parse(path.read_text("utf-8")) for path in (ROOT / "simulator").rglob("*.py")}


def imported(node: ast.AST) -> Iterator[str]:
    """The modules that one statement imports."""
    match node:
        case ast.Import(names=names):
            yield from (each.name for each in names)
        case ast.ImportFrom(module=str(module), names=names):
            whole = [f"{module}.{each.name}" for each in names]
            yield from (name if name in MODULES else module for name in whole)


def at_top(body: Sequence[ast.stmt]) -> Iterator[str]:
    """What is imported when a module is: all but what stands in functions, or is for types alone."""
    for node in body:
        yield from imported(node)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            yield from at_top(node.orelse)
        elif not isinstance(node, FUNCTIONS):
            for field in ("body", "orelse", "finalbody"):
                yield from at_top(getattr(node, field, []))
            for handler in getattr(node, "handlers", []):
                yield from at_top(handler.body)


TOP = {module: set(at_top(tree.body)) for module, tree in MODULES.items()}


@cache
def loaded_with(module: str) -> set[str]:
    """Every module that is there once `module` is imported."""
    found: set[str] = set()
    waiting = [module]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(TOP.get(name, ()))
            waiting.extend(name[:at] for at, char in enumerate(name) if char == ".")
    return found


def late_imports(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """The lines of imports inside functions, and what they import."""
    for function in ast.walk(tree):
        if isinstance(function, FUNCTIONS):
            for node in ast.walk(function):
                yield from ((node.lineno, name) for name in imported(node) if isinstance(node, ast.stmt))


def test_nothing_is_imported_late_that_is_loaded_anyway() -> None:
    found = {
        f"{module.replace('.', '/')}.py:{line}: {name}"
        for module, tree in MODULES.items()
        for line, name in late_imports(tree)
        if name in loaded_with(module)
    }
    assert not found, "\n".join(["it is loaded anyway, import it at the top:", *sorted(found)])


def is_worth_it(module: str, name: str) -> bool:
    """Whether starting is quicker because `module` imports that late: it brings a library, or several modules."""
    new = loaded_with(name) - loaded_with(module)
    libraries = {each.split(".")[0] for each in new} - {*sys.stdlib_module_names, "simulator"}
    return bool(libraries or new & SLOW_OF_PYTHON) or len(new) >= WORTH_IT


def test_nothing_is_imported_late_that_is_next_to_nothing() -> None:
    found = {
        f"{module.replace('.', '/')}.py:{line}: {name}"
        for module, tree in MODULES.items()
        for line, name in late_imports(tree)
        if not is_worth_it(module, name)
    }
    assert not found, "\n".join(["it takes no time, import it at the top:", *sorted(found)])


def test_a_late_import_is_marked_and_no_other() -> None:
    wrong = []
    for path in (ROOT / "simulator").rglob("*.py"):
        text = path.read_text("utf-8")
        late = {line for line, _ in late_imports(ast.parse(text))}
        marked = {number for number, line in enumerate(text.splitlines(), 1) if MARK.search(line)}
        wrong += [f"{path.relative_to(ROOT)}:{line}" for line in sorted(late ^ marked)]
    assert not wrong, "\n".join(["mark an import in a function with '# late', and no other:", *wrong])


def test_what_stands_in_a_function_is_found() -> None:
    tree = ast.parse("import re\ndef read():\n    import numpy\n    from simulator.texts import read_plain_text\n")
    assert list(at_top(tree.body)) == ["re"]
    assert list(late_imports(tree)) == [(3, "numpy"), (4, "simulator.texts")]


def all_of(tree: ast.Module) -> set[str]:
    """Every module a module names, at its top, in functions, or for types alone."""
    return {name for node in ast.walk(tree) for name in imported(node) if name in MODULES}


def circles(named: Mapping[str, set[str]]) -> list[list[str]]:
    """The groups of modules that name each other, over any number of steps."""
    order: list[str] = []
    seen: set[str] = set()
    back: dict[str, set[str]] = {name: set() for name in named}
    for name, others in named.items():
        for other in others:
            back[other].add(name)

    def walk(start: str, edges: Mapping[str, set[str]], into: list[str]) -> None:
        stack = [(start, iter(sorted(edges[start])))]
        seen.add(start)
        while stack:
            name, others = stack[-1]
            for other in others:
                if other not in seen:
                    seen.add(other)
                    stack.append((other, iter(sorted(edges[other]))))
                    break
            else:
                stack.pop()
                into.append(name)

    for name in named:
        if name not in seen:
            walk(name, named, order)
    seen.clear()
    groups: list[list[str]] = []
    for name in reversed(order):
        if name not in seen:
            groups.append([])
            walk(name, back, groups[-1])
    return [sorted(group) for group in groups if len(group) > 1]


def test_no_modules_import_each_other_late_or_for_types() -> None:
    assert circles({name: all_of(tree) - {name} for name, tree in MODULES.items()}) == []


def test_a_circle_is_found() -> None:
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) == [["a", "b", "c"]]

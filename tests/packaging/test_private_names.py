"""Tests go by what a caller sees: none touches a private name of what it tests, but for the exceptions told here."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

EXCEPTIONS = {
    ("tests/reliability/killing.py", "_exit"): "the only way to end a process at once",
    ("tests/benchmarks/start_benchmark.py", "_base_executable"): "Python tells nowhere else where it was made from",
    ("tests/packaging/little_checkout.py", "_base_executable"): "Python tells nowhere else where it was made from",
    ("tests/speech/test_model_install.py", "_replace"): "a named tuple's public method",
    ("tests/reliability/every_command.py", "_actions"): "argparse tells its options nowhere else",
    ("tests/reliability/every_command.py", "_SubParsersAction"): "argparse tells its commands nowhere else",
    ("tests/test_cli.py", "_actions"): "argparse tells its options nowhere else",
    ("tests/test_cli.py", "_SubParsersAction"): "argparse tells its commands nowhere else",
    ("tests/tui/driving.py", "_compositor"): "Textual keeps what it has drawn to itself",
    ("tests/tui/driving.py", "_notifications"): "Textual keeps the messages that are shown to itself",
    ("tests/tui/driving.py", "_options"): "Textual keeps a field's options to itself",
    ("tests/commands/test_own_rubric.py", "_TOP"): "every key of a rubric file, for the page that must name them",
    ("tests/commands/test_own_rubric.py", "_CUE"): "every key of a rubric file, for the page that must name them",
    (
        "tests/commands/test_own_rubric.py",
        "_CONDITION",
    ): "every key of a rubric file, for the page that must name them",
}
PATCHING = ("setattr", "getattr", "delattr", "hasattr", "patch")


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")


def private_names(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """The lines on which a private name of something else is used, and the name."""
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Name(id="self" | "cls") | ast.Call(func=ast.Name(id="super"))):
                pass
            case ast.Attribute(attr=name) if is_private(name):
                yield node.lineno, name
            case ast.ImportFrom(module=str(module), names=names) if module.split(".")[0] == "simulator":
                yield from ((node.lineno, each.name) for each in names if is_private(each.name))
            case ast.Call(func=ast.Attribute(attr=called) | ast.Name(id=called), args=args) if called in PATCHING:
                for each in args[:2]:
                    if isinstance(each, ast.Constant) and isinstance(each.value, str):
                        name = each.value.rpartition(".")[2]
                        if is_private(name):
                            yield node.lineno, name


@pytest.mark.parametrize(
    "code",
    [
        "screen._words",
        "self.screen._words",
        "from simulator.texts import _read",
        "monkeypatch.setattr(Transcriber, '_keep', None)",
        "monkeypatch.setattr('simulator.texts._read', None)",
    ],
)
def test_a_private_name_is_found(code: str) -> None:
    assert list(private_names(ast.parse(code)))


@pytest.mark.parametrize(
    "code", ["self._words", "super()._words", "text.__doc__", "from textual import _wait", "_own()"]
)
def test_what_is_a_tests_own_may_be_private(code: str) -> None:
    assert not list(private_names(ast.parse(code)))


def test_no_test_touches_a_private_name_of_what_it_tests() -> None:
    unused = set(EXCEPTIONS)
    found = []
    for path in sorted((ROOT / "tests").rglob("*.py")):
        file = path.relative_to(ROOT).as_posix()
        for line, name in private_names(ast.parse(path.read_text("utf-8"))):
            unused.discard((file, name))
            if (file, name) not in EXCEPTIONS:
                found.append(f"{file}:{line}: {name}")
    assert not found, "\n".join(["give it from outside, or use a public name:", *found])
    assert not unused, f"exceptions that nobody needs any more: {unused}"

"""The house keeps its own rules: one name for one thing, and values that say what they are."""

from __future__ import annotations

import ast
import re
from collections import Counter
from functools import cache
from importlib import import_module
from pathlib import Path

import grimp
import pytest

from support import ROOT

PACKAGE = ROOT / "plugins" / "wardblog"
MODULES = sorted(PACKAGE.rglob("*.py"))
# A value with more fields than this is made with keywords only.
MOST_BY_POSITION = 4


@cache
def classes() -> list[tuple[Path, ast.ClassDef]]:
    return [
        (path, node)
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    ]


def test_no_two_public_classes_have_the_same_name() -> None:
    names = Counter(node.name for _, node in classes() if not node.name.startswith("_"))
    assert [name for name, times in names.items() if times > 1] == []


def test_no_modules_import_each_other_in_a_circle() -> None:
    """Late imports count as well; a module is in a circle if it is imported by what it imports."""
    graph = grimp.build_graph("wardblog", cache_dir=None)
    circles = [
        f"{module} and {imported}"
        for module in sorted(graph.modules)
        for imported in sorted(graph.find_modules_directly_imported_by(module))
        if graph.find_shortest_chain(imported, module)
    ]
    assert circles == []


def test_each_name_that_a_room_exports_is_there() -> None:
    missing = []
    for path in MODULES:
        if path.stem == "__main__":
            continue  # it would run a command
        module = ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)
        room = import_module(module.removesuffix(".__init__"))
        missing += [
            f"{room.__name__}.{name}"
            for name in getattr(room, "__all__", ())
            if not hasattr(room, name)
        ]
    assert missing == []


def fields_of(node: ast.ClassDef) -> list[str]:
    return [
        line.target.id
        for line in node.body
        if isinstance(line, ast.AnnAssign)
        and isinstance(line.target, ast.Name)
        and "ClassVar" not in ast.unparse(line.annotation)
    ]


def many_fields() -> dict[str, bool]:
    """The values with many fields, by name; whether each is a named tuple."""
    wide = {}
    for _, node in classes():
        decorators = [ast.unparse(one) for one in node.decorator_list]
        is_tuple = "NamedTuple" in map(ast.unparse, node.bases)
        is_value = is_tuple or any(one.startswith("dataclass") for one in decorators)
        if is_value and len(fields_of(node)) > MOST_BY_POSITION:
            wide[node.name] = is_tuple
            assert is_tuple or any("kw_only=True" in one for one in decorators), node.name
    return wide


def called_name(node: ast.Call) -> str:
    """The last part of the name of what is called."""
    called = node.func
    if isinstance(called, ast.Attribute):
        return called.attr
    return called.id if isinstance(called, ast.Name) else ""


@pytest.mark.parametrize("folder", ["plugins/wardblog", "tests"])
def test_values_with_many_fields_are_made_with_keywords(folder: str) -> None:
    """The type checker sees to dataclasses; a named tuple could be made by position."""
    tuples = {name for name, is_tuple in many_fields().items() if is_tuple}
    assert tuples, "there are named tuples, or this test has nothing to check"
    named = re.compile(rf"\b(?:{'|'.join(tuples)})\b")
    by_position = [
        f"{path.relative_to(ROOT)}:{node.lineno}: {name}"
        for path in sorted((ROOT / folder).rglob("*.py"))
        if named.search(text := path.read_text(encoding="utf-8"))
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call)
        and (name := called_name(node)) in tuples
        and any(not isinstance(value, ast.Starred) for value in node.args)
    ]
    assert by_position == []

"""Which lines of the software the tests run in their own processes.

Each module of ours is compiled with marks: `__run__[12] = 1` stands before the statement in line
12, and counts for all lines of it. A mark costs a few nanoseconds, and calls nothing that a time
limit could interrupt. Python keeps the marked code beside its own, under another name.
"""

from __future__ import annotations

import ast
import hashlib
import sys
from collections.abc import Iterator, Sequence
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from itertools import chain
from pathlib import Path
from types import ModuleType
from typing import Any

PACKAGE = Path(__file__).resolve().parents[1] / "plugins/wardblog"
# At least so many percent of the lines are run.
FLOOR = 94
# What marks were set by is part of the name under which Python keeps the marked code.
_MARKED = f".{hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:8]}.pyc"

# For each file that was imported, a number for each line: 1 where a mark was passed.
_run: dict[str, list[int]] = {}


def watch() -> None:
    """From now on, what is imported of ours is marked."""
    sys.meta_path.insert(0, _Finder())


def lines_run() -> dict[str, list[int]]:
    """The lines of each file whose marks were passed."""
    return {file: [n for n, was_run in enumerate(run) if was_run] for file, run in _run.items()}


def percent_run(processes: Sequence[dict[str, list[int]]], package: Path = PACKAGE) -> float:
    """How many percent of all lines were run in any of the processes."""
    total = run = 0
    for file in package.rglob("*.py"):
        begun = set(chain.from_iterable(process.get(str(file), ()) for process in processes))
        for statement in chain.from_iterable(_bodies(ast.parse(file.read_bytes()))):
            if _counts(statement):
                lines = _end(statement) - statement.lineno + 1
                total += lines
                run += lines if statement.lineno in begun else 0
    return 100 * run / total


def marked(source: bytes) -> ast.Module:
    """The same module with its marks."""
    tree = ast.parse(source)
    for body in list(_bodies(tree)):
        with_marks = ((_mark(one), one) if _counts(one) else (one,) for one in body)
        body[:] = list(chain.from_iterable(with_marks))
    return tree


def _mark(statement: ast.stmt) -> ast.stmt:
    mark = ast.parse(f"__run__[{statement.lineno}] = 1").body[0]
    for node in ast.walk(mark):
        ast.copy_location(node, statement)
    return mark


def _bodies(node: ast.AST) -> Iterator[list[ast.stmt]]:
    """The lists of statements of a module, also of those inside of others."""
    for name in ("body", "orelse", "finalbody"):
        body: list[ast.stmt] = getattr(node, name, [])
        if body:
            yield body
        for statement in body:
            if _counts(statement):
                yield from _bodies(statement)
    for part in (*getattr(node, "handlers", ()), *getattr(node, "cases", ())):
        yield from _bodies(part)


def _end(statement: ast.stmt) -> int:
    """The last line of it, without the statements inside."""
    inside = [body[0].lineno for body in _bodies(statement)]
    return max(min(inside) - 1, statement.lineno) if inside else statement.end_lineno or 0


def _counts(statement: ast.stmt) -> bool:
    """Whether it does anything: not a docstring, a directive or what only mypy reads."""
    match statement:
        case ast.Expr(ast.Constant()) | ast.ImportFrom("__future__"):
            return False
        case ast.If(ast.Name("TYPE_CHECKING")):
            return False
        case _:
            return True


class _Finder:
    @staticmethod
    def find_spec(name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        if name.partition(".")[0] != PACKAGE.name:
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec and isinstance(spec.loader, SourceFileLoader):
            spec.loader = _Loader(spec.loader.name, spec.loader.path)
        return spec


class _Loader(SourceFileLoader):
    def exec_module(self, module: ModuleType) -> None:
        file = str(Path(self.path).resolve())
        if file not in _run:
            _run[file] = [0] * (self.get_data(self.path).count(b"\n") + 2)
        vars(module)["__run__"] = _run[file]
        super().exec_module(module)

    def source_to_code(  # type: ignore[override]  # other loaders have it as a static method
        self, data: Any, path: Any, *, _optimize: int = -1
    ) -> Any:
        tree: Any = marked(data)
        return compile(tree, path, "exec", dont_inherit=True, optimize=_optimize)

    def get_data(self, path: str) -> bytes:
        return super().get_data(_apart(path))

    def set_data(self, path: str, data: Any, **options: Any) -> None:
        super().set_data(_apart(path), data, **options)


def _apart(path: str) -> str:
    return path.removesuffix(".pyc") + _MARKED if path.endswith(".pyc") else path

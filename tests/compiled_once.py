"""Each template is compiled once for all tests of a process, which is most of a small build."""

from __future__ import annotations

from collections.abc import Hashable
from functools import cache
from typing import Any

import pytest
from jinja2 import Environment, meta, nodes


def compile_templates_once(patch: pytest.MonkeyPatch) -> None:
    """What Jinja makes of the same text with the same options is the same; it is kept by both."""
    compiled: dict[Hashable, Any] = {}
    trees: dict[Hashable, nodes.Template] = {}
    compile_template, parse = Environment.compile, Environment.parse

    def compile_once(self: Environment, source: Any, *names: Any, **options: Any) -> Any:
        if not isinstance(source, str):
            return compile_template(self, source, *names, **options)
        key = (_options_of(self), source, names, tuple(options.items()))
        if key not in compiled:
            compiled[key] = compile_template(self, source, *names, **options)
        return compiled[key]

    def parse_once(self: Environment, source: str, *names: Any) -> nodes.Template:
        key = (_options_of(self), source, names)
        if key not in trees:
            trees[key] = parse(self, source, *names)
        return trees[key]

    patch.setattr(Environment, "compile", compile_once)
    patch.setattr(Environment, "parse", parse_once)
    patch.setattr(meta, "find_undeclared_variables", cache(meta.find_undeclared_variables))


def _options_of(environment: Environment) -> Hashable:
    """All that the code of a template depends on besides its text."""
    return (
        type(environment),
        *(getattr(environment, name) for name in _OPTIONS),
        frozenset(environment.filters),
        frozenset(environment.tests),
        frozenset(environment.extensions),
    )


_OPTIONS = (
    "block_start_string", "block_end_string", "variable_start_string", "variable_end_string",
    "comment_start_string", "comment_end_string", "line_statement_prefix", "line_comment_prefix",
    "trim_blocks", "lstrip_blocks", "newline_sequence", "keep_trailing_newline", "optimized",
    "autoescape", "finalize", "undefined", "is_async",
)  # fmt: skip

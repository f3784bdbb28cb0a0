"""What axe finds wrong with a page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

# The rest of its answer is long: what passed, and how each fault is fixed.
_VIOLATIONS = """([left_out, options]) => axe.run(left_out.length ? {exclude: left_out} : document,
  {resultTypes: ["violations"], ...options}).then(({violations}) =>
    violations.flatMap(({id, nodes}) => nodes.map(({html}) => [id, html])))"""


class Violation(NamedTuple):
    """A rule, and the HTML of an element that breaks it."""

    rule: str
    html: str


def violations(
    page: Page, options: Mapping[str, Any] | None = None, left_out: str = ""
) -> list[Violation]:
    """What breaks a rule; `left_out` selects what is not looked at, and `options` are axe's own."""
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(AXE_SCRIPT)
    given = [[[left_out]] if left_out else [], dict(options or {})]
    return [Violation(*found) for found in page.evaluate(_VIOLATIONS, given)]

"""What a rule is: a name, a question to the whole site, and whether an author may answer it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from wardblog.model import Site
from wardblog.problems import Problem


@dataclass(frozen=True, slots=True)
class Rule:
    """`Allow: name because ...` in a post silences a rule that is `answerable`."""

    name: str
    check: Callable[[Site], Iterable[Problem]]
    answerable: bool = False

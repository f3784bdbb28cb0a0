"""What a rule is: a name, a question, and whether an author may answer it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from wardblog.model import Post, Site
from wardblog.problems import Problem


@dataclass(frozen=True, slots=True)
class Rule:
    """A question to the whole site.

    `Allow: name because ...` in a post silences a rule that is `answerable`.
    """

    name: str
    check: Callable[[Site], Iterable[Problem]]
    answerable: bool = False


@dataclass(frozen=True, slots=True)
class PostRule:
    """A question to one post or page alone, so that it need not be asked again of the same."""

    name: str
    check: Callable[[Post], Iterable[Problem]]

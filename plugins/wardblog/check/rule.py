"""What a rule is: a name, a question, why it is asked, and whether an author may answer it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import wraps
from itertools import islice

from wardblog.check.built.file import BuiltFile
from wardblog.model import Post, Site
from wardblog.model.outputs import Addresses
from wardblog.problems import Problem, Severity

# How many times one rule speaks of one post; once those are mended it may speak again.
MOST_REPORTED = 5


def few(check: Callable[[Post], Iterable[Problem]]) -> Callable[[Post], Iterable[Problem]]:
    """A question to a post whose first answers are enough."""

    @wraps(check)
    def asked(post: Post) -> Iterable[Problem]:
        return islice(check(post), MOST_REPORTED)

    return asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What the table says of a rule.

    `reason` says in one line what a broken rule would do, `source` is where that can be read: a
    URL, or a section of our own docs/. `Allow: name because ...` in a post silences a rule that
    is `answerable`; `former` is a name by which older posts may call it.
    """

    name: str
    severity: Severity
    reason: str
    source: str
    answerable: bool = False
    former: str = ""

    def named(self, problems: Iterable[Problem]) -> Iterator[Problem]:
        """Its problems, with its name and its severity."""
        return (replace(p, rule=self.name, severity=self.severity) for p in problems)


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteRule(Rule):
    """A question to the whole site.

    One that `needs_settings` is not asked where ward.toml has a mistake: it says what is public, so
    that the answer could be a consequence of that mistake.
    """

    check: Callable[[Site], Iterable[Problem]] = lambda _: ()
    needs_settings: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressRule(Rule):
    """A question to the whole site and its addresses.

    `check_file` asks the same of each file as it would be published.
    """

    check: Callable[[Site, Addresses], Iterable[Problem]] = lambda _, __: ()
    check_file: Callable[[BuiltFile], Iterable[Problem]] = lambda _: ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PostRule(Rule):
    """A question to one post or page alone, so that it need not be asked again of the same."""

    check: Callable[[Post], Iterable[Problem]] = lambda _: ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltRule(Rule):
    """A question to one file as it would be published."""

    check: Callable[[BuiltFile], Iterable[Problem]] = lambda _: ()

"""The tags given to `make new`: issues with their declared names, and other words."""

from __future__ import annotations

from collections.abc import Sequence

from wardblog.model import GENERAL
from wardblog.problems import nearest
from wardblog.support.late_dataclass import dataclass
from wardblog.text.slugs import singular_or_plural_of, slugify


@dataclass(frozen=True, slots=True)
class Tags:
    """Tags for a new post: `written` for its line, and `plain` the words that are not issues.

    `guesses` has the issue that such a word was probably meant to be.
    """

    written: str
    plain: tuple[str, ...]
    guesses: dict[str, str]
    has_issue: bool


def tags_for(given: str, issues: Sequence[str]) -> Tags:
    """The tags with each issue named as declared, whatever its case, hyphens or number."""
    declared = {slugify(issue): issue for issue in issues}
    names: dict[str, None] = {}
    plain: list[str] = []
    has_issue = False
    for part in given.split(";" if ";" in given else ","):
        name = " ".join(part.split())
        slug = slugify(name)
        issue = declared.get(slug) or declared.get(singular_or_plural_of(slug, declared) or "")
        if not slug:
            continue
        names[issue or name] = None
        has_issue = has_issue or bool(issue) or slug == GENERAL
        if not issue and slug != GENERAL:
            plain.append(name)
    guesses = {name: best for name in plain if (best := nearest(name, issues))}
    between = "; " if any("," in name for name in names) else ", "
    return Tags(between.join(names), tuple(plain), guesses, has_issue)

"""Check that the lines of redirects.csv lead to a page, feed or file."""

from __future__ import annotations

from collections.abc import Iterator

from wardblog.content.files import REDIRECTS_FILE
from wardblog.model import Redirect, Site
from wardblog.model.addresses import feed_formats, feed_path, follow_page, index_of
from wardblog.model.outputs import Addresses, OutputKind
from wardblog.problems import Problem, did_you_mean

# So many lines are named in one message.
_MOST_NAMED = 8


def lost_redirects(site: Site, addresses: Addresses) -> Iterator[Problem]:
    """One problem for all lines that lead nowhere, since one mistake is often in many of them.

    What a draft will bring is not a problem: its old addresses wait for it.
    """
    old = {row.old for row in site.redirects}
    old.update(alias for post in (*site.posts, *site.pages) for alias in post.aliases)
    old.update(alias for issue in site.issues for alias in issue.aliases)
    waiting = frozenset(_waiting(site))
    lost = [
        row
        for row in site.redirects
        if _target(row) not in old and not _exists(_target(row).lstrip("/"), addresses, waiting)
    ]
    if lost:
        yield _problem(lost, addresses)


def _target(row: Redirect) -> str:
    return row.new.partition("#")[0]


def _exists(address: str, addresses: Addresses, waiting: frozenset[str]) -> bool:
    kind = addresses.kind_at(index_of(address))
    return kind not in (None, OutputKind.NOT_FOUND, OutputKind.HOST) or address in waiting


def _waiting(site: Site) -> Iterator[str]:
    """The addresses that there will be once all posts and pages are published."""
    yield from (file for file in site.files if file.startswith("images/"))
    for post in (*site.posts, *site.pages):
        if not post.visibility.is_waiting:
            continue
        yield post.address
        yield from post.files
        yield f"{post.date:%Y}/"
        yield f"{post.date:%Y}/{post.date:%m}/"
        for tag in post.tags:
            yield f"tags/{tag.slug}/"
            yield follow_page(tag.slug)
            yield from (feed_path(tag.slug, form) for form in feed_formats(tag.slug))


def _problem(lost: list[Redirect], addresses: Addresses) -> Problem:
    first, *others = lost
    message = f'there is nothing at "{first.new}"'
    if others:
        lines = ", ".join(str(row.line) for row in others[:_MOST_NAMED])
        more = f" and {len(others) - _MOST_NAMED:,} more" if len(others) > _MOST_NAMED else ""
        message += f", nor at the new addresses in {'line' if len(others) == 1 else 'lines'} "
        message += f"{lines}{more}"
    known = (f"/{address}" for address in addresses.linkable())
    return Problem(
        file=REDIRECTS_FILE,
        line=first.line,
        message=message,
        hint=did_you_mean(
            first.new,
            known,
            'Correct the column "new", or remove the line: residents get "not found".',
        ),
    )

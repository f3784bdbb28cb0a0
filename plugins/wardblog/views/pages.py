"""The list of issues, the "not found" page, and the pages at old addresses."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from wardblog.model import Site
from wardblog.model.addresses import Move, index_of, moves
from wardblog.model.outputs import OutputKind
from wardblog.views.lists import issue_lines
from wardblog.views.output import Page, Values, without_posts
from wardblog.views.sharing import shared_picture


def own_pages(site: Site) -> Iterator[Page]:
    for path, kind, address, template in (
        ("issues/index.html", OutputKind.INDEX, "issues/", "issues"),
        ("404.html", OutputKind.NOT_FOUND, "404.html", "404"),
    ):
        yield Page(
            path=path, kind=kind, site=without_posts(site), posts=site.published, address=address,
            template=template, values=_issues, in_sitemap=kind is OutputKind.INDEX,
        )  # fmt: skip


def _issues(part: Site) -> Values:
    return {"issues": issue_lines(part), "card": shared_picture(part)}


def moved(site: Site) -> Iterator[Page]:
    """A page at each old address that forwards at once, for hosts without redirects."""
    own = without_posts(site)
    for move in moves(site):
        yield Page(
            path=index_of(move.old),
            kind=OutputKind.MOVED,
            site=own,
            extra=move,
            address=move.address,
            template="moved",
            values=partial(_moved, move=move),
        )


def _moved(part: Site, move: Move) -> Values:
    return {"target": move, "card": shared_picture(part)}

"""The list of issues, the figures, the "not found" page, and the pages at old addresses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from wardblog.model import Site
from wardblog.model.addresses import FIGURES, Move, has_figures, index_of, moves
from wardblog.model.outputs import OutputKind
from wardblog.views.faces import faces_of
from wardblog.views.issue_lines import issue_lines
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
    return {"issues": issue_lines(part), "faces": faces_of(part), "card": shared_picture(part)}


def figures(site: Site) -> Iterator[Page]:
    """The page of counts; there is none before the first report or count of casework."""
    if has_figures(site):
        own = replace(without_posts(site), casework=site.casework)
        yield Page(
            path=index_of(FIGURES), kind=OutputKind.LIST, site=own,
            posts=site.published, address=FIGURES, template="figures", values=_figures,
            in_sitemap=True,
        )  # fmt: skip


def _figures(part: Site) -> Values:
    # late import: see docs/architecture.md
    from wardblog.views.casework_figures import casework_tables
    from wardblog.views.figures import figures_page

    has_reports = any(post.progress for post in part.published)
    return {
        "figures": figures_page(part) if has_reports else None,
        "casework": casework_tables(part),
        "card": shared_picture(part),
    }


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

"""The list of issues, the search, the figures, the own pages, and the pages at old addresses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from wardblog.content.markdown.html_links import with_resolved
from wardblog.model import Post, Site, Tag, Visibility
from wardblog.model.addresses import (
    FIGURES,
    PRIVACY,
    SEARCH,
    has_figures,
    has_privacy_notice,
    index_of,
    months,
)
from wardblog.model.outputs import OutputKind
from wardblog.views.coming import date_rows
from wardblog.views.faces import faces_of
from wardblog.views.issue_lines import issue_lines
from wardblog.views.links import Links
from wardblog.views.output import Page, Values, without_posts
from wardblog.views.posts import lead_picture
from wardblog.views.sharing import shared_picture

if TYPE_CHECKING:
    from wardblog.views.privacy_notice import PrivacyNotice

# The page that the menu links to; it shows the councillors.
_ABOUT = "about"


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


def search(site: Site) -> Iterator[Page]:
    """The page on which words are looked up; what is found is added by a script."""
    choices = {
        "issues": tuple(Tag(i.name, i.slug) for i in site.issues if site.posts_on(i)),
        "years": tuple(dict.fromkeys(address[:4] for address in months(site))),
        "has_waiting": any(post.waits for post in (*site.posts, *site.pages)),
    }
    yield Page(
        path=index_of(SEARCH), kind=OutputKind.INDEX, site=without_posts(site), extra=choices,
        address=SEARCH, template="search",
        values=lambda part: {**choices, "card": shared_picture(part)},
    )  # fmt: skip


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


def written_pages(site: Site) -> Iterator[Page]:
    """A page for each of the councillor's own pages."""
    own, links = without_posts(site), Links(site)
    for page in site.pages:
        if not page.visibility.is_waiting:
            urls = links.of(page)
            notice = _notice(site) if page.address == PRIVACY else None
            yield Page(
                path=index_of(page.address),
                kind=OutputKind.PAGE,
                site=own,
                texts=(page,),
                extra=(urls, notice),
                address=page.address,
                template="page",
                values=partial(_page, page=page, urls=urls, notice=notice),
                in_sitemap=page.visibility is Visibility.PUBLISHED,
            )


def _notice(site: Site) -> PrivacyNotice | None:
    """What is added to the councillor's page about privacy, if residents write to us."""
    if not has_privacy_notice(site):
        return None
    # late import: see docs/architecture.md
    from wardblog.views.privacy_notice import notice_of

    return notice_of(site)


def _page(part: Site, page: Post, urls: Mapping[str, str], notice: PrivacyNotice | None) -> Values:
    return {
        "page": page,
        "notice": notice,
        "lead": lead_picture(part, page),
        "text": with_resolved(page.html, urls),
        "faces": faces_of(part) if page.slug == _ABOUT else (),
        "coming": tuple(date_rows(part, page)),
        "card": shared_picture(part, page),
    }

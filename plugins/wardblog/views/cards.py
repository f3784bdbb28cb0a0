"""The social cards of the site, of each issue, and of each post with `Card: map`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from wardblog.model import Dataset, Issue, Post, Site
from wardblog.model.addresses import card_path
from wardblog.model.map_figure import Card, Dot, MapFigure
from wardblog.support.colours import LIGHT, readable
from wardblog.views.dots import open_dots, post_dots
from wardblog.views.output import CardFile, without_posts
from wardblog.views.places import dots_of, figure, ground_credits, issue_lists
from wardblog.views.sharing import first_issue, has_own_card


def cards(site: Site) -> Iterator[CardFile]:
    own = without_posts(site)
    posts = tuple(p for p in site.published if p.places)
    yield CardFile(path=card_path(""), site=own, posts=posts, card=_of_site)
    for issue in site.issues:
        path = card_path(f"issues/{issue.slug}/")
        about = tuple(p for p in site.posts_on(issue) if p.places)
        card = partial(_of_issue, issue=issue)
        yield CardFile(path=path, site=own, posts=about, extra=issue.slug, card=card)
    for post in site.posts:
        if has_own_card(post) and not post.visibility.is_waiting:
            path, card = card_path(post.address), partial(_of_post, post=post)
            yield CardFile(path=path, site=own, posts=(post,), card=card)


def _of_site(part: Site) -> Card:
    whose = f"{part.ward.name} ward, {part.ward.council}"
    return _card(part, "", whose, part.title, readable(part.accent, LIGHT), open_dots(part))


def _of_issue(part: Site, issue: Issue) -> Card:
    dots = dots_of(issue_lists(part, issue))
    colour = readable(issue.colour, LIGHT)
    address = f"issues/{issue.slug}/"
    return _card(part, address, part.title, issue.name, colour, dots, issue.lists)


def _of_post(part: Site, post: Post) -> Card:
    issue = first_issue(part, post)
    colour = readable(issue.colour if issue else part.accent, LIGHT)
    dots = tuple(post_dots(part, (post,)))
    return _card(part, post.address, part.title, post.title, colour, dots)


def _card(
    site: Site,
    address: str,
    site_title: str,
    title: str,
    colour: str,
    dots: tuple[Dot, ...],
    datasets: tuple[Dataset, ...] = (),
) -> Card:
    shown = figure(site, address, title, dots, datasets)
    if shown is None and site.ward.boundary:
        shown = MapFigure(
            address=address,
            label=title,
            dots=(),
            boundary=site.ward.boundary,
            settings=site.map,
            credits=ground_credits(site),
        )
    return Card(
        path=card_path(address),
        site_title=site_title,
        title=title,
        colour=colour,
        figure=shown,
        imprint=site.imprint.sentence,
    )

"""Which picture stands for a page when its address is shared: its own, its issue's, the ward's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from wardblog.addresses import card_path
from wardblog.figures import Card, Dot, MapFigure
from wardblog.model import Dataset, Issue, Post, Site
from wardblog.views.colours import LIGHT, readable
from wardblog.views.places import dots_of, figure, ground_credits, issue_lists, open_dots, post_dots


@dataclass(frozen=True, slots=True)
class SharedPicture:
    """What a page says of its picture; width and height in pixels, 0 where they are not known."""

    url: str
    alt: str
    width: int = 0
    height: int = 0


def cards(site: Site) -> Iterator[Card]:
    """One for the whole site, one for each issue, and one for each post that asks for it."""
    accent = readable(site.accent, LIGHT)
    whose = f"{site.ward.name} ward, {site.ward.council}"
    yield _card(site, "", whose, site.title, accent, open_dots(site))
    for issue in site.issues:
        dots = dots_of(issue_lists(site, issue))
        colour = readable(issue.colour, LIGHT)
        address = f"issues/{issue.slug}/"
        yield _card(site, address, site.title, issue.name, colour, dots, issue.datasets)
    for post in site.posts:
        if _has_own(post) and not post.visibility.is_waiting:
            issue_of = _first_issue(site, post)
            colour = readable(issue_of.colour, LIGHT) if issue_of else accent
            dots = tuple(post_dots(site, (post,)))
            yield _card(site, post.address, site.title, post.title, colour, dots)


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
        shown = MapFigure(address, title, (), site.ward.boundary, site.map, ground_credits(site))
    return Card(card_path(address), site_title, title, colour, shown, site.imprint.sentence)


def _has_own(post: Post) -> bool:
    return post.card == "map" and not post.image


def _first_issue(site: Site, post: Post) -> Issue | None:
    first = post.issues[0] if post.issues else ""
    return next((issue for issue in site.issues if issue.slug == first), None)


def shared_picture(
    site: Site, post: Post | None = None, issue: Issue | None = None
) -> SharedPicture:
    """The picture of a post or an issue; without either, that of the whole site."""
    if post is not None and post.image:
        return SharedPicture(site.absolute(quote(post.image)), "")
    if post is not None and _has_own(post):
        return _made(site, post.address, f"{post.title} – {site.title}")
    issue = issue or (_first_issue(site, post) if post else None)
    if issue is not None:
        return _made(site, f"issues/{issue.slug}/", f"{issue.name} – {site.title}")
    return _made(site, "", site.title)


def _made(site: Site, address: str, alt: str) -> SharedPicture:
    return SharedPicture(site.absolute(card_path(address)), alt, Card.WIDTH, Card.HEIGHT)

"""Chooses the picture shown when a page is shared: its own, its issue's or the site's."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from wardblog.content.picture_versions import page_picture
from wardblog.model import Issue, Post, Site
from wardblog.model.addresses import card_path
from wardblog.model.map_figure import Card
from wardblog.photos import published_path


@dataclass(frozen=True, slots=True)
class SharedPicture:
    """The picture named in a page's metadata; width and height in pixels, 0 if unknown."""

    url: str
    alt: str
    width: int = 0
    height: int = 0


def has_own_card(post: Post) -> bool:
    return post.card == "map" and not post.image


def first_issue(site: Site, post: Post) -> Issue | None:
    first = post.issues[0] if post.issues else ""
    return next((issue for issue in site.issues if issue.slug == first), None)


def shared_picture(
    site: Site, post: Post | None = None, issue: Issue | None = None
) -> SharedPicture:
    """The picture of a post or an issue; without either, that of the whole site."""
    if post is not None and post.image:
        return _of_post(site, post)
    if post is not None and has_own_card(post):
        return _made(site, post.address, f"{post.title} – {site.title}")
    issue = issue or (first_issue(site, post) if post else None)
    if issue is not None:
        return _made(site, f"issues/{issue.slug}/", f"{issue.name} – {site.title}")
    return _made(site, "", site.title)


def _of_post(site: Site, post: Post) -> SharedPicture:
    """The picture that a post names in its header; its size is known unless it is a drawing."""
    url, size = site.absolute(quote(published_path(post.image))), (0, 0)
    if post.lead is not None and post.lead.file == post.image:
        shown = page_picture("", post.lead)
        size = (shown.width, shown.height)
    return SharedPicture(url, post.image_alt, *size)


def _made(site: Site, address: str, alt: str) -> SharedPicture:
    return SharedPicture(site.absolute(card_path(address)), alt, Card.WIDTH, Card.HEIGHT)

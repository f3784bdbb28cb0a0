"""What readers share and send: the picture of a page, links that pass it on, and e-mails about it.

The links are plain ones, which need no script and load nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

from wardblog.content.picture_versions import page_picture
from wardblog.model import Issue, Post, Site
from wardblog.model.addresses import card_path
from wardblog.model.map_figure import Card
from wardblog.photos import published_path
from wardblog.support.late_dataclass import dataclass
from wardblog.text.directions import isolated, marked

# The longest subject of an e-mail: Windows opens addresses of up to 2,048 characters, and each of
# these may take twelve.
_SUBJECT = 150


@dataclass(frozen=True, slots=True)
class ShareLinks:
    """The address of a post, to be copied, and links that pass it on."""

    address: str
    whatsapp: str
    email: str
    facebook: str


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
        return _made(site, post.address, f"{isolated(post.title, post.lang)} – {site.title}")
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


def share_links(site: Site, post: Post) -> ShareLinks:
    """The address is on a line of its own, so that it is a link whatever the title ends with."""
    url, title = site.absolute(post.address), marked(post.title, post.lang)
    quoted = quote(url, safe="")
    return ShareLinks(
        address=url,
        whatsapp=f"https://wa.me/?text={quote(title, safe='')}%0A{quoted}",
        email=mailto((), title, url),
        facebook=f"https://www.facebook.com/sharer/sharer.php?u={quoted}",
    )


def letter_about(site: Site, post: Post) -> str:
    """A link that begins an e-mail about a post to the councillors; "" if none has an address."""
    addresses = [councillor.email for councillor in site.councillors if councillor.email]
    return mailto(addresses, marked(post.title, post.lang)) if addresses else ""


def shortened(text: str, most: int) -> str:
    """The text, if it has more than `most` characters cut at a word."""
    if len(text) <= most:
        return text
    return f"{text[: most - 1].rpartition(' ')[0] or text[: most - 1]}…"


def mailto(addresses: Iterable[str], subject: str, body: str = "") -> str:
    """The address of an e-mail (RFC 6068), with a subject that is not too long.

    Lines of the body end with CR LF.
    """
    to = ",".join(quote(address, safe="@") for address in addresses)
    subject = shortened(subject, _SUBJECT)
    more = f"&body={quote(body, safe='')}" if body else ""
    return f"mailto:{to}?subject={quote(subject, safe='')}{more}"


def calendar_app(url: str) -> str:
    """The address that subscribes to a calendar in the calendar program of the device."""
    return f"webcal:{url.partition(':')[2]}"

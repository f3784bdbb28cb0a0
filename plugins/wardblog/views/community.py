"""The other sites of the neighbourhood: their page, and the list that feed readers import."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from wardblog.model import COMMUNITY_KINDS, CommunitySite, Site
from wardblog.model.addresses import COMMUNITY, COMMUNITY_OPML, index_of
from wardblog.model.outputs import OutputKind
from wardblog.support.late_dataclass import dataclass
from wardblog.support.urls import short_host
from wardblog.views.feeds.opml import opml
from wardblog.views.output import File, Page, Values, without_posts
from wardblog.views.sharing import shared_picture


@dataclass(frozen=True, slots=True, kw_only=True)
class CommunityLine:
    """A site of the page; `host` is where its link leads."""

    name: str
    url: str
    host: str
    about: str
    feed: str


@dataclass(frozen=True, slots=True)
class CommunityGroup:
    """The sites of one kind, in the councillor's order."""

    kind: str
    title: str
    sites: tuple[CommunityLine, ...]


def community(site: Site) -> Iterator[Page | File]:
    """The page and the OPML file, if community.toml has an entry."""
    own = replace(without_posts(site), community=tuple(map(_published, site.community)))
    yield Page(
        path=index_of(COMMUNITY), kind=OutputKind.LIST, site=own, address=COMMUNITY,
        template="community", values=_page, in_sitemap=True,
    )  # fmt: skip
    yield File(path=COMMUNITY_OPML, kind=OutputKind.MACHINE, site=own, content=_opml)


def _published(one: CommunitySite) -> CommunitySite:
    """What residents see of an entry, without the councillor's own notes."""
    return replace(one, rules="", when="", checked=None, allow="", line=0, lines={})


def groups_of(sites: tuple[CommunitySite, ...]) -> tuple[CommunityGroup, ...]:
    """The sites by kind, without the kinds that have none."""
    groups = (
        CommunityGroup(kind, title, tuple(_line(one) for one in sites if one.kind == kind))
        for kind, title in COMMUNITY_KINDS.items()
    )
    return tuple(group for group in groups if group.sites)


def _line(one: CommunitySite) -> CommunityLine:
    host = short_host(one.url)
    return CommunityLine(name=one.name, url=one.url, host=host, about=one.about, feed=one.feed)


def _page(part: Site) -> Values:
    return {
        "groups": groups_of(part.community),
        "card": shared_picture(part),
        "opml": COMMUNITY_OPML,
    }


def _outline(one: CommunitySite) -> dict[str, str]:
    """What the OPML file says about a site."""
    entry = {"text": one.name, "title": one.name, "category": f"/{COMMUNITY_KINDS[one.kind]}"}
    if one.about:
        entry["description"] = one.about
    if one.feed:
        return {"type": "rss", **entry, "xmlUrl": one.feed, "htmlUrl": one.url}
    return {"type": "link", **entry, "url": one.url}


def _opml(part: Site) -> bytes:
    return opml(part, f"Local sites: {part.title}", map(_outline, part.community))

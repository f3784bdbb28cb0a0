"""Which feeds are read: those of community.toml, and those of private/listen.opml."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from wardblog.model import CommunitySite
from wardblog.office.listening.addresses import canonical_address
from wardblog.office.listening.feed_addresses import advice_about, feed_of_page
from wardblog.problems import CommandError, display_path
from wardblog.support.late_dataclass import dataclass
from wardblog.support.urls import is_web_address, parts_of
from wardblog.text.plain_text import plain

OPML_FILE = "listen.opml"
_MOST_BYTES = 5_000_000
_EXPORT_AGAIN = "Export the list of feeds from your feed reader again, as OPML."


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedFeed:
    """A feed to read: its name, as the councillor lists it, and its address."""

    name: str
    url: str

    @property
    def host(self) -> str:
        return parts_of(self.url).netloc


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedList:
    """The feeds, each once, and a sentence for each site or line that has none.

    `fault` is why the OPML file cannot be read, if it cannot.
    """

    feeds: tuple[ListedFeed, ...]
    left_out: tuple[str, ...] = ()
    fault: CommandError | None = None


def listed_feeds(community: Iterable[CommunitySite], private: Path) -> FeedList:
    """The feeds of the sites, then those of the OPML file."""
    feeds: dict[str, ListedFeed] = {}
    left_out: list[str] = []
    without: list[str] = []
    for site in community:
        url = site.feed or feed_of_page(site.url)
        if url:
            feeds.setdefault(canonical_address(url), ListedFeed(name=site.name, url=url))
        elif advice := advice_about(site.url):
            left_out.append(f"{site.name}: {advice}")
        else:
            without.append(site.name)
    if without:
        left_out.append(
            f"No feed is listed for {', '.join(without)}. If there is one, add it to the site in "
            'community.toml: feed = "https://..."'
        )
    fault = None
    try:
        for feed in _in_opml(private / OPML_FILE, left_out):
            feeds.setdefault(canonical_address(feed.url), feed)
    except CommandError as error:
        fault = error
    return FeedList(feeds=tuple(feeds.values()), left_out=tuple(left_out), fault=fault)


def _in_opml(path: Path, left_out: list[str]) -> Iterator[ListedFeed]:
    """The feeds of an OPML file (http://opml.org/spec2.opml), if it is there."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return
    except OSError as error:
        raise CommandError(f"{display_path(path)} cannot be read ({error.strerror})") from None
    if len(data) > _MOST_BYTES:
        raise CommandError(f"{display_path(path)} is longer than 5 MB", _EXPORT_AGAIN)
    # late import: see docs/architecture.md
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        where = f"{display_path(path)}:{error.lineno or 1}"
        raise CommandError(f"{where}: this is not OPML", _EXPORT_AGAIN) from None
    for outline in root.iter("outline"):
        url = _plain(outline.get("xmlUrl") or outline.get("xmlurl"))
        if not url:
            continue
        if url.startswith("feed:"):
            url = "http:" + url.removeprefix("feed:").removeprefix("http:")
        if not is_web_address(url):
            where = f"{display_path(path)}:{outline.sourceline}"
            left_out.append(f"{where}: {url[:60]} is not the address of a feed")
            continue
        name = plain(_plain(outline.get("title") or outline.get("text"))) or parts_of(url).netloc
        yield ListedFeed(name=name[:80], url=url)


def _plain(value: object) -> str:
    return " ".join(str(value or "").split())

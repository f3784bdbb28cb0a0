"""The feeds of a site, their entries, and how they are divided into documents and archives."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cached_property

from wardblog.model import Issue, Site
from wardblog.model.addresses import EVERYTHING, FeedFormat, cached_for_site, feed_names, feed_path
from wardblog.support.late_dataclass import dataclass
from wardblog.text.words import sentence
from wardblog.views.feeds.entries import PostItem, feed_items

# The number of entries in a feed, and in each archive of its older entries.
ENTRIES = 30
# The largest size that RSS allows for the picture of a feed, in pixels.
ICON_SIZE = 144
# The date of an empty feed.
_NEVER = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class FeedChannel:
    """A feed in any format, with its entries, newest first.

    `page` is the address of the page that it is about. `name` is the name of its issue or tag, and
    empty for the feed of the whole blog.
    """

    slug: str
    name: str
    title: str
    about: str
    page: str
    entries: tuple[PostItem, ...]
    issue: Issue | None = None

    @cached_property
    def updated(self) -> datetime:
        return _newest(self.entries)


@dataclass(frozen=True)
class FeedDocument:
    """A part of a feed: its newest entries or, if `archive` is 1 or more, an archive of older ones.

    Archives are numbered from the oldest entries on and are always full, so that new posts never
    change them (RFC 5005, section 4). `last` is the number of the newest archive, or 0.
    """

    channel: FeedChannel
    entries: tuple[PostItem, ...]
    archive: int
    last: int

    @cached_property
    def updated(self) -> datetime:
        return self.channel.updated if self.archive == 0 else _newest(self.entries)

    @property
    def before(self) -> int:
        """The number of the archive with the next older entries; 0 for none."""
        return self.archive - 1 if self.archive else self.last

    @property
    def after(self) -> int:
        """The number of the next newer archive; 0 for none.

        Only the first archive names it, since it has no older one to name. The others do not,
        because they would change when the next archive is made.
        """
        return 2 if self.archive == 1 else 0

    def path_in(self, form: FeedFormat) -> str:
        return feed_path(self.channel.slug, form, self.archive)

    def path_of(self, form: FeedFormat, archive: int) -> str:
        """Another document of the same feed; 0 is the newest."""
        return feed_path(self.channel.slug, form, archive)


@cached_for_site
def channels(site: Site) -> tuple[FeedChannel, ...]:
    """The whole blog, then the issues as declared, then the tags by name."""
    names = feed_names(site)
    issues = {issue.slug: issue for issue in site.issues}
    found: dict[str, list[PostItem]] = {slug: [] for slug in names}
    everything = [item for post in site.published for item in feed_items(site, post)]
    everything.sort(key=lambda item: item.published, reverse=True)
    for item in everything:
        for tag in item.post.tags:
            if tag.slug in found and tag.slug != EVERYTHING:
                found[tag.slug].append(item)
    found[EVERYTHING] = everything
    return tuple(
        _channel(site, slug, name, issues.get(slug), tuple(found[slug]))
        for slug, name in names.items()
    )


def feed_title(site: Site, name: str) -> str:
    """The title of the feed of an issue or tag; with an empty name, of the whole blog."""
    return f"{name[:1].upper()}{name[1:]} – {site.title}" if name else site.title


def _channel(
    site: Site, slug: str, name: str, issue: Issue | None, entries: tuple[PostItem, ...]
) -> FeedChannel:
    if issue is not None:
        about, page = issue.about or name, f"issues/{slug}/"
    elif name:
        about, page = f"Posts about {name}", f"tags/{slug}/"
    else:
        about, page = site.description or site.title, ""
    return FeedChannel(
        slug=slug,
        name=name,
        title=feed_title(site, name),
        about=about,
        page=page,
        entries=entries,
        issue=issue,
    )


def documents(channel: FeedChannel) -> Iterator[FeedDocument]:
    """The feed itself, then its archives."""
    total = len(channel.entries)
    last = 1 - (-(total - ENTRIES) // ENTRIES) if total > ENTRIES else 0
    yield FeedDocument(channel, channel.entries[:ENTRIES], 0, last)
    for number in range(1, last + 1):
        newest, oldest = total - _up_to(number), total - _up_to(number - 1)
        yield FeedDocument(channel, channel.entries[newest:oldest], number, last)


def _up_to(archive: int) -> int:
    """The number of entries from the oldest to the end of an archive.

    The first two archives are half as long, since feed readers expect an archive to link to
    another one.
    """
    return ENTRIES // 2 * archive if archive < 2 else ENTRIES * (archive - 1)


def feed_description(site: Site, channel: FeedChannel) -> str:
    """The description of a feed, with the imprint."""
    return f"{sentence(channel.about)} {site.imprint.sentence}"


def rights(site: Site, document: FeedDocument) -> str:
    """The copyright line: the year of the newest entry, the councillors, and the imprint."""
    names = " and ".join(councillor.name for councillor in site.councillors)
    year = f"{document.updated.year} " if document.entries else ""
    return f"© {year}{names}. {site.imprint.sentence}"


def _newest(entries: tuple[PostItem, ...]) -> datetime:
    return max((entry.updated for entry in entries), default=_NEVER)

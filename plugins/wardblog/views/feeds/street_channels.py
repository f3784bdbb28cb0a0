"""The feeds of streets: the posts that name a street, and news about them."""

from __future__ import annotations

from wardblog.model import Site
from wardblog.model.addresses import street_feed, street_page
from wardblog.views.feeds.channels import FeedChannel, feed_title
from wardblog.views.feeds.entries import PostItem, feed_items
from wardblog.views.street_items import StreetItems, street_items


def street_channels(site: Site) -> tuple[FeedChannel, ...]:
    """A feed for each street that has a page, so that it can be followed from then on."""
    return tuple(_with_entries(site, items) for items in street_items(site).values())


def street_feed_names(site: Site) -> dict[str, str]:
    """Slug and name of each street's feed."""
    return {street_feed(slug): items.name for slug, items in street_items(site).items()}


def street_channel(site: Site, items: StreetItems, entries: tuple[PostItem, ...]) -> FeedChannel:
    slug = items.street.slug
    return FeedChannel(
        slug=street_feed(slug),
        name=items.name,
        title=feed_title(site, items.name),
        about=f"News about {items.name}",
        page=street_page(slug),
        entries=entries,
    )


def _with_entries(site: Site, items: StreetItems) -> FeedChannel:
    entries = [item for post in items.posts for item in feed_items(site, post)]
    entries.sort(key=lambda item: item.published, reverse=True)
    return street_channel(site, items, tuple(entries))

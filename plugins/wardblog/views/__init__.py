"""Turns the model into outputs. Views are pure: no disk, clock, network or randomness."""

from __future__ import annotations

from wardblog.views.addresses import SiteAddresses
from wardblog.views.every_page import (
    colour_rules,
    content_security_policy,
    election_banner,
    issue_colours,
)
from wardblog.views.feeds import ICON_SIZE, FeedLink, feed_links
from wardblog.views.output import CardFile, File, Files, Output, Page, Values, frame, without_posts
from wardblog.views.table import VIEWS, View, output_at, outputs, redirects

__all__ = [
    "ICON_SIZE",
    "VIEWS",
    "CardFile",
    "FeedLink",
    "File",
    "Files",
    "Output",
    "Page",
    "SiteAddresses",
    "Values",
    "View",
    "colour_rules",
    "content_security_policy",
    "election_banner",
    "feed_links",
    "frame",
    "issue_colours",
    "output_at",
    "outputs",
    "redirects",
    "without_posts",
]

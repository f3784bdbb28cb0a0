"""The preview: the site on the councillor's own computer, updated whenever a file is saved."""

from wardblog.preview.handler import Receiver
from wardblog.preview.listen_pages import LISTEN
from wardblog.preview.live_source import LiveSource
from wardblog.preview.pages import Preview
from wardblog.preview.server import make_server, serve
from wardblog.preview.share_pages import SHARE
from wardblog.preview.stats_pages import STATS

__all__ = [
    "LISTEN",
    "SHARE",
    "STATS",
    "LiveSource",
    "Preview",
    "Receiver",
    "make_server",
    "serve",
]

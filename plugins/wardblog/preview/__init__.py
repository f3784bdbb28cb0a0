"""The site on the councillor's own machine, shown again whenever she saves."""

from wardblog.preview.server import make_server, serve
from wardblog.preview.shown import LiveSource, Preview

__all__ = ["KeptSite", "Preview", "make_server", "serve"]

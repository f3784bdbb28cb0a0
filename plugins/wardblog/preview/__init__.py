"""The site on the councillor's own machine, built again whenever she saves."""

from wardblog.preview.server import make_server, serve

__all__ = ["make_server", "serve"]

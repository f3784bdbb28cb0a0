"""The site on the councillor's own machine, built again whenever she saves."""

from wardblog.preview.server import serve

__all__ = ["serve"]

"""Photographs as residents get them: upright, small, and without what the camera wrote into them.

Pure functions of bytes; the one room, beside `maps`, that knows Pillow.
"""

from wardblog.photos.containers import bare
from wardblog.photos.kinds import PUBLISHED, is_picture, kind_of
from wardblog.photos.look import LARGE, LARGEST, look
from wardblog.photos.make import published, recipe
from wardblog.photos.versions import Version, versions_of

__all__ = [
    "LARGE",
    "LARGEST",
    "PUBLISHED",
    "Version",
    "bare",
    "is_picture",
    "kind_of",
    "look",
    "published",
    "recipe",
    "versions_of",
]

"""Photographs as residents get them: upright, small, and without what the camera wrote into them.

Pure functions of bytes; the one room, beside `maps`, that knows Pillow.
"""

from wardblog.photos.containers import bare
from wardblog.photos.kinds import (
    PUBLISHED,
    READABLE,
    is_named_so,
    is_picture,
    kind_of,
    original_of,
    published_path,
)
from wardblog.photos.look import LARGE, LARGEST, look
from wardblog.photos.make import published, recipe
from wardblog.photos.versions import Version, versions_of

__all__ = [
    "LARGE",
    "LARGEST",
    "PUBLISHED",
    "READABLE",
    "Version",
    "bare",
    "is_named_so",
    "is_picture",
    "kind_of",
    "look",
    "original_of",
    "published",
    "published_path",
    "recipe",
    "versions_of",
]

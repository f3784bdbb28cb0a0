"""Photographs as residents get them: upright, small, and without what the camera wrote into them.

Pure functions of bytes; the one room, beside `maps`, that knows Pillow.
"""

from wardblog.photos.containers import bare
from wardblog.photos.inspect import LARGE, LARGEST, inspect_picture
from wardblog.photos.kinds import (
    PUBLISHED,
    READABLE,
    has_matching_name,
    is_picture,
    kind_of,
    original_of,
    published_path,
)
from wardblog.photos.make import published, recipe
from wardblog.photos.versions import PictureVersion, versions_of

__all__ = [
    "LARGE",
    "LARGEST",
    "PUBLISHED",
    "READABLE",
    "Version",
    "bare",
    "inspect_picture",
    "is_named_so",
    "is_picture",
    "kind_of",
    "original_of",
    "published",
    "published_path",
    "recipe",
    "versions_of",
]

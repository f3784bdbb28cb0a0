"""Photographs as residents get them: upright, small, and without what the camera wrote into them.

Pure functions of bytes; the one room, beside `maps`, that knows Pillow. `inspect`, `make` and
`containers` are imported where a picture is inspected or made: most runs need none of them.
"""

from wardblog.photos.kinds import (
    LARGE,
    PUBLISHED,
    READABLE,
    has_matching_name,
    is_picture,
    kind_of,
    original_of,
    published_path,
)
from wardblog.photos.versions import PictureVersion, versions_of

__all__ = [
    "LARGE",
    "PUBLISHED",
    "READABLE",
    "Version",
    "is_named_so",
    "is_picture",
    "kind_of",
    "original_of",
    "published_path",
    "versions_of",
]

"""Inspects pictures and makes their published versions: upright, small and without metadata.

Pure functions of bytes; with `maps`, the only package that imports Pillow. `inspect`, `make` and
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
    "PictureVersion",
    "has_matching_name",
    "is_picture",
    "kind_of",
    "original_of",
    "published_path",
    "versions_of",
]

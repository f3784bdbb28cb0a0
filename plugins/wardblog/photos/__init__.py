"""Inspects pictures and makes their published versions: upright, small and without metadata.

Pure functions of bytes; with `maps`, the only package that imports Pillow.
"""

from wardblog.photos.containers import without_metadata
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
from wardblog.photos.make import make_versions, recipe
from wardblog.photos.versions import PictureVersion, versions_of

__all__ = [
    "LARGE",
    "LARGEST",
    "PUBLISHED",
    "READABLE",
    "PictureVersion",
    "has_matching_name",
    "inspect_picture",
    "is_picture",
    "kind_of",
    "make_versions",
    "original_of",
    "published_path",
    "recipe",
    "versions_of",
    "without_metadata",
]

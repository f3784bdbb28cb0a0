"""Checks the pictures embedded in a drawing, and removes their metadata."""

from __future__ import annotations

import base64
import binascii
import re
from urllib.parse import unquote_to_bytes

from wardblog.photos import PUBLISHED, kind_of
from wardblog.photos.containers import without_metadata
from wardblog.support.late_regex import late_regex

_DATA = late_regex(r"data:image/[\w.+-]+(?:;[\w=-]+)*?(?P<coded>;base64)?,(?P<data>.*)", re.DOTALL)


def bare_raster(address: str) -> str | None:
    """Return a `data:` URL of a picture without its metadata; None if it is not a picture."""
    found = _DATA.fullmatch(address)
    if found is None:
        return None
    data = unquote_to_bytes(found["data"])
    try:
        data = base64.b64decode(b"".join(data.split()), validate=True) if found["coded"] else data
        kind = kind_of(data)
        plain = without_metadata(kind, data) if kind in PUBLISHED else b""
    except (binascii.Error, ValueError):
        return None
    if not plain:
        return None
    return f"data:image/{kind.lower()};base64,{base64.b64encode(plain).decode()}"

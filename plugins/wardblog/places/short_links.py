"""Decodes OpenStreetMap's short links, such as https://osm.org/go/0EEQjEEb--, which need no server.

The form is described in https://wiki.openstreetmap.org/wiki/Shortlink.
"""

from __future__ import annotations

from wardblog.support.late_regex import late_regex

_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_~"
_CODE = late_regex(r"^([A-Za-z0-9_~@]{1,12})([-=]*)")


def short_link_middle(code: str) -> tuple[str, str, str] | None:
    """Return latitude, longitude and zoom of the code in a short link; None if it is not a code.

    Each letter has six bits, in turn of the longitude and of the latitude. Hyphens at the end lower
    the zoom.
    """
    match = _CODE.match(code)
    if match is None:
        return None
    across = up = 0
    for letter in match[1].replace("@", "~"):
        bits = _DIGITS.index(letter)
        for shift in (4, 2, 0):
            across = across << 1 | bits >> shift + 1 & 1
            up = up << 1 | bits >> shift & 1
    count = 3 * len(match[1])
    latitude = (up + 0.5) / (1 << count) * 180 - 90
    longitude = (across + 0.5) / (1 << count) * 360 - 180
    zoom = max(count - 8 - -len(match[2]) % 3, 0)
    return f"{latitude:.6f}", f"{longitude:.6f}", str(zoom)

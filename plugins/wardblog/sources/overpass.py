"""Asks OpenStreetMap's Overpass service for a map, and reads its answer.

The language is explained at https://wiki.openstreetmap.org/wiki/Overpass_API/Overpass_QL, the
answer at https://wiki.openstreetmap.org/wiki/OSM_JSON.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from wardblog.report import ParseError
from wardblog.sources.map_rows import MapRow, NamedPlace
from wardblog.sources.osm_objects import read_objects
from wardblog.sources.osm_tags import (
    WANTED_AREAS,
    WANTED_LANDMARKS,
    WANTED_LINES,
    WANTED_SITES,
)

# Seconds that the service may work, and bytes of its memory: what it is asked for less than its
# defaults, it grants sooner.
_TIMEOUT, _MEMORY = 90, 256 * 1024 * 1024
TRY_LATER = "Try again in a few minutes: the service is shared by many people."


def query(box: tuple[float, float, float, float]) -> str:
    """Return the question for a box in degrees: south, west, north, east."""
    multipolygon = 'relation["type"="multipolygon"]'
    asked = [
        *_each("way", WANTED_LINES),
        *(line for kind in ("way", multipolygon) for line in _each(kind, WANTED_AREAS)),
        *(f'{kind}["building"];' for kind in ("way", multipolygon)),
        *(line for kind in ("node", "way") for line in _each(f'{kind}["name"]', WANTED_LANDMARKS)),
        *_each(f'{multipolygon}["name"]', WANTED_SITES),
    ]
    sides = ",".join(f"{side:.6f}" for side in box)
    return (
        f"[out:json][timeout:{_TIMEOUT}][maxsize:{_MEMORY}][bbox:{sides}];\n"
        "(\n" + "\n".join(asked) + "\n);\nout geom qt;\n"
    )


def _each(kind: str, wanted: Mapping[str, Iterable[str]]) -> list[str]:
    return [f'{kind}["{key}"~"^({"|".join(values)})$"];' for key, values in wanted.items()]


def read_overpass(answer: bytes) -> tuple[list[MapRow], list[NamedPlace]]:
    """Return what is on the map; raises `ParseError` for anything but a whole answer."""
    return read_objects(_elements(answer))


def _elements(answer: bytes) -> list[dict[str, Any]]:
    text = answer.decode("utf-8-sig", errors="replace").strip()
    if not text:
        raise ParseError("the map service sent an empty answer", TRY_LATER)
    if text.startswith("<"):
        raise _from_page(text)
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        if not text.startswith("{"):
            raise ParseError("this is not an answer from Overpass", TRY_LATER) from None
        raise ParseError("the answer of the map service is cut off", TRY_LATER) from None
    elements = data.get("elements") if isinstance(data, dict) else None
    if not isinstance(elements, list):
        raise ParseError("this is not an answer from Overpass: it has no elements", TRY_LATER)
    remark = data.get("remark")
    if isinstance(remark, str) and "error" in remark.casefold():
        raise _from_remark(remark)
    if not elements:
        raise ParseError(
            "the map service has nothing in this area",
            "Check the outline of the ward: is it in the right place?",
        )
    return [element for element in elements if isinstance(element, dict)]


def _from_remark(remark: str) -> ParseError:
    """The error for a remark, which is at the end of an incomplete answer."""
    words = remark.casefold()
    if "timed out" in words or "timeout" in words:
        return ParseError("the map service ran out of time, so its answer is incomplete", TRY_LATER)
    if "memory" in words:
        return ParseError(
            "the map service ran out of memory, so its answer is incomplete",
            "Download a map of your area as a file, and use that.",
        )
    return ParseError(f'the map service stopped with an error: "{_short(remark)}"', TRY_LATER)


def _from_page(text: str) -> ParseError:
    """The error for a web page, which the service sends when it is busy, also with status 200."""
    words = re.sub(r"<(style|script|head)\b.*?</\1>|<[^>]*>", " ", text, flags=re.S | re.I)
    words = " ".join(words.split())
    if re.search(r"too busy|rate_limited|too many requests|timeout|timed out", words, re.I):
        return ParseError("the map service is busy", TRY_LATER)
    if text.startswith("<?xml") and "<osm" in text[:1000]:
        return ParseError(
            "this answer is OSM XML, not JSON", "Save it with the ending .osm, or ask for JSON."
        )
    said = f': "{_short(words)}"' if words else ""
    return ParseError(f"the map service sent a web page instead of a map{said}", TRY_LATER)


def _short(words: str) -> str:
    return words if len(words) <= 120 else words[:119] + "…"

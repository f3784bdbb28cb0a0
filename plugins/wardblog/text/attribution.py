"""Recognises the licences of councils' data, and writes the sentences that they require."""

from __future__ import annotations

import re

from wardblog.model import Dataset
from wardblog.support.late_regex import late_regex
from wardblog.text.words import sentence

_OGL = "Contains public sector information licensed under the Open Government Licence v{}.0."
_OGL_NAMES = late_regex(r"open.government.licen[cs]e|\bogl\b|\boglv|ogl-uk", re.IGNORECASE)
_OSM_NAMES = late_regex(r"\bodbl\b|open database licen[cs]e|openstreetmap", re.IGNORECASE)
# Licences for which the name is enough as attribution.
_OTHERS = late_regex(
    r"creative.?commons|\bcc[ -]?(?:by|0|zero)\b|public.domain|\bpddl\b|\bodc[ -]|open data commons"
    r"|opendata licen[cs]e|non-commercial government licen[cs]e",
    re.IGNORECASE,
)


def is_open_government(licence: str) -> bool:
    return bool(_OGL_NAMES.search(licence))


def is_openstreetmap(licence: str) -> bool:
    return bool(_OSM_NAMES.search(licence))


def is_known_licence(licence: str) -> bool:
    found = is_open_government(licence) or is_openstreetmap(licence)
    return found or bool(_OTHERS.search(licence))


def licence_sentence(licence: str) -> str:
    """Return the sentence that a licence requires, else its name; "" if there is none."""
    if is_open_government(licence):
        version = re.search(r"[123]", licence)
        return _OGL.format(version[0] if version else "3")
    if is_openstreetmap(licence):
        return "© OpenStreetMap contributors"
    return f"Licence: {licence}." if licence else ""


def attribution(dataset: Dataset) -> str:
    """Return the councillor's own attribution, else the one that the licence requires, or its name.

    The sentence of the Open Government Licence is always included.
    """
    own, usual = dataset.attribution, licence_sentence(dataset.licence)
    if own and is_open_government(dataset.licence) and not is_open_government(own):
        return f"{sentence(own)} {usual}"
    return own or usual


def source_of(dataset: Dataset) -> str:
    """Return the title and source of a data set; "" if it names no source."""
    return f"{dataset.title}: {dataset.source}." if dataset.source else ""

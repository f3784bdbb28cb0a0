"""The sentences that the licences of councils' data ask for, wherever the data is shown."""

from __future__ import annotations

import re

from wardblog.model import Dataset

_OGL = "Contains public sector information licensed under the Open Government Licence v{}.0."
_OGL_NAMES = re.compile(r"open.government.licen[cs]e|\bogl\b|\boglv|ogl-uk", re.IGNORECASE)
_OSM_NAMES = re.compile(r"\bodbl\b|open database licen[cs]e|openstreetmap", re.IGNORECASE)


def attribution(dataset: Dataset) -> str:
    """The councillor's own words, else the sentence that the licence asks for, or its name."""
    licence = dataset.licence
    if dataset.attribution:
        return dataset.attribution
    if _OGL_NAMES.search(licence):
        version = re.search(r"[123]", licence)
        return _OGL.format(version[0] if version else "3")
    if _OSM_NAMES.search(licence):
        return "© OpenStreetMap contributors"
    return f"Licence: {licence}." if licence else ""


def source_of(dataset: Dataset) -> str:
    """The title and the source of a data set, where it has one."""
    return f"{dataset.title}: {dataset.source}." if dataset.source else ""

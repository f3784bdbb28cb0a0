"""The sentences that the licences of councils' data ask for, wherever the data is shown."""

from __future__ import annotations

from wardblog.model import Dataset

OGL = "Contains public sector information licensed under the Open Government Licence v3.0."


def attribution(dataset: Dataset) -> str:
    """The sentence that the licence asks for, or the licence's name where it asks for none."""
    licence = dataset.licence.casefold()
    if "open government licence" in licence or licence in ("ogl", "ogl v3.0", "ogl 3.0"):
        return OGL
    return f"Licence: {dataset.licence}." if dataset.licence else ""


def credit(dataset: Dataset) -> str:
    """Source and licence of a data set in one line."""
    source = f"{dataset.title}: {dataset.source}." if dataset.source else ""
    return f"{source} {attribution(dataset)}".strip()

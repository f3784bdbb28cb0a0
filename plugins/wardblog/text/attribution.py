"""Attribution sentences that the licences of councils' data require wherever it is shown."""

from __future__ import annotations

from wardblog.model import Dataset
from wardblog.text.licences import is_open_government, licence_sentence
from wardblog.text.words import sentence


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

"""The sentences that the licences of councils' data ask for, wherever the data is shown."""

from __future__ import annotations

from wardblog.model import Dataset
from wardblog.text.licences import is_open_government, licence_sentence
from wardblog.text.words import sentence


def attribution(dataset: Dataset) -> str:
    """The councillor's own words, else the sentence that the licence asks for, or its name.

    The Open Government Licence asks for its sentence beside all others.
    """
    own, usual = dataset.attribution, licence_sentence(dataset.licence)
    if own and is_open_government(dataset.licence) and not is_open_government(own):
        return f"{sentence(own)} {usual}"
    return own or usual


def source_of(dataset: Dataset) -> str:
    """The title and the source of a data set, where it has one."""
    return f"{dataset.title}: {dataset.source}." if dataset.source else ""

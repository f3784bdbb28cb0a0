"""Posts that refer to an entry of a list: the entry shows their progress, and links to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from wardblog.model import Dataset, ListEntry, Post, Progress
from wardblog.support.late_dataclass import dataclass

Reports = Mapping[ListEntry, "EntryReport"]


@dataclass(frozen=True, slots=True)
class EntryReport:
    """The post that an entry of a list links to, and the progress that it shows."""

    post: Post
    progress: Progress | None


def reports_of(posts: Iterable[Post]) -> Reports:
    """The reports on entries of lists, by entry; `posts` are the newest first.

    Of several posts about one entry the newest with a progress counts, or else the newest.
    """
    found: dict[ListEntry, EntryReport] = {}
    for post in posts:
        for place in post.places:
            if place.entry is None:
                continue
            known = found.get(place.entry)
            if known is None or (known.progress is None and place.progress):
                found[place.entry] = EntryReport(post, place.progress)
    return found


def with_progress(dataset: Dataset, reports: Reports) -> Dataset:
    """The list with the progress of the reports on its entries."""
    found = {key.number: one.progress for key, one in reports.items()
             if key.dataset == dataset.slug and one.progress}  # fmt: skip
    if not found:
        return dataset
    places = tuple(
        replace(place, progress=found[number]) if number in found else place
        for number, place in enumerate(dataset.places)
    )
    return replace(dataset, places=places)

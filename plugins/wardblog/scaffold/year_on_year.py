"""`make new FROM=...`: a draft about what has changed in a council's list since the last one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from wardblog.model import Dataset, Issue, Place, Site
from wardblog.model.map_figure import DotShape, PlaceChange
from wardblog.problems import UsageError, did_you_mean
from wardblog.support.late_dataclass import dataclass
from wardblog.text.slugs import slugify
from wardblog.views.changes import Comparison, compare

_MOST_NAMED = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The header values of a new post, and its text in Markdown; `lines` are further headers."""

    title: str
    tags: str
    summary: str
    text: str
    lines: tuple[tuple[str, str], ...] = ()


def year_on_year(site: Site, name: str) -> Draft:
    """A draft about the changes in the data set, or the issue, of this name.

    Raises `UsageError` if there is no such list, or nothing to compare it with.
    """
    issue, dataset = _find(site, name)
    comparison = compare(dataset)
    if comparison is None:
        raise UsageError(
            f'issues.toml does not say which list came before "{dataset.title}"',
            "Put last year's list into content/data, and name it in issues.toml: "
            f'previous = "data/{dataset.slug}-last-year.csv"',
        )
    if not comparison.sentence:
        raise UsageError(
            f'Neither "{dataset.title}" nor the previous list has a place in {site.ward.name} ward'
        )
    return Draft(
        title=f"{dataset.title}: what changed",
        tags=issue.name,
        summary=f"{_capital(comparison.sentence)} since the previous list.",
        text="\n".join(_text(site, issue, dataset, comparison)),
    )


def _find(site: Site, name: str) -> tuple[Issue, Dataset]:
    slug = slugify(name.removeprefix("data/").rsplit(".", 1)[0])
    datasets = [(issue, d) for issue in site.issues for d in issue.lists]
    for issue, dataset in datasets:
        if slug == dataset.slug:
            return issue, dataset
    of_issue = [(i, d) for i, d in datasets if slug == i.slug]
    with_previous = [pair for pair in of_issue if pair[1].previous]
    if of_issue:
        return (with_previous or of_issue)[0]
    names = [d.slug for _, d in datasets]
    listed = f"The lists are: {', '.join(names)}." if names else "issues.toml names no list yet."
    raise UsageError(f'There is no list called "{name}"', did_you_mean(name, names, listed))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _text(site: Site, issue: Issue, dataset: Dataset, comparison: Comparison) -> Iterator[str]:
    source = f" from {plain_markdown(dataset.source)}" if dataset.source else ""
    where = "" if dataset.show_all else f" in {plain_markdown(site.ward.name)} ward"
    counts = f"Compared with the previous list{where}: {comparison.sentence}."
    yield f"The new list{source} is out. {counts}"
    changed = [
        (change, plain_markdown(place.name))
        for place, change, shown in zip(
            dataset.places, comparison.changes, comparison.shown, strict=True
        )
        if shown and change
    ]
    yield from _section("New", (name for change, name in changed if change.mark is DotShape.NEW))
    yield from _section(
        "Moved", (_moved(c, name) for c, name in changed if c.mark is DotShape.MOVED)
    )
    yield from _section("Gone", (_left(place, change) for place, change in comparison.gone))
    yield f"\nAll of them are [on the map and in the list](/issues/{issue.slug}/)."


def _moved(change: PlaceChange, name: str) -> str:
    return f"{name}, {change.metres:,} m from where it was"


def _left(place: Place, change: PlaceChange) -> str:
    name = plain_markdown(place.name)
    return f"{name}, {change.words}" if change.metres else name


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    items = list(lines)
    if not items:
        return
    yield f"\n## {title}\n"
    yield from (f"- {line}" for line in items[:_MOST_NAMED])
    if len(items) > _MOST_NAMED:
        yield f"- and {len(items) - _MOST_NAMED:,} more"


def plain_markdown(words: str) -> str:
    """Words with Markdown's special characters escaped."""
    words = re.sub(r"([\\`*_\[\]])", r"\\\1", words.replace("<", "&lt;"))
    # Characters that would begin a list, a heading or a quotation.
    return re.sub(r"^(\d*)([.#>+-])", r"\1\\\2", words)

"""Check that the source of data is named wherever the data is shown."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from wardblog.check.built.file import BuiltFile
from wardblog.check.built.imprint import drawn_words
from wardblog.model import Dataset, Site
from wardblog.model.addresses import downloads_of
from wardblog.problems import Problem
from wardblog.text.attribution import attribution

_HINT = (
    "Its licence requires these words wherever the data is shown. Put them back into the template."
)


def missing_attribution(file: BuiltFile) -> Iterator[Problem]:
    due = tuple(dict.fromkeys((*file.credits, *_due(file.site, file.path))))
    words = _words(file) if due else ""
    for credit in due:
        if "".join(credit.split()) not in words:
            yield Problem(
                file=file.about,
                line=None,
                message=f'{file.address} shows data without saying "{credit}"',
                hint=_HINT,
            )


def _due(site: Site, path: str) -> Iterable[str]:
    """The attributions that the lists on a page, or a downloaded list, require."""
    for issue in site.issues:
        is_about = path.endswith("index.html") and path.startswith(
            (f"issues/{issue.slug}/", f"map/{issue.slug}/", "map/index.html")
        )
        for dataset in issue.datasets:
            if is_about or path in _downloads(dataset):
                yield attribution(dataset)


def _downloads(dataset: Dataset) -> tuple[str, ...]:
    table, map_data, _ = downloads_of(dataset)
    return table, map_data


def _words(file: BuiltFile) -> str:
    """The text of a file without spaces."""
    if file.is_page:
        return "".join(file.page.words.split())
    if file.path.endswith((".svg", ".png")):
        return drawn_words(file)
    if file.path.endswith("json"):
        return "".join(" ".join(_strings(json.loads(file.content))).split())
    # A table doubles the quotation marks in its cells (RFC 4180).
    return "".join(file.text.replace('""', '"').split())


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _strings(part)

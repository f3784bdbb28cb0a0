"""Whoever made data, maps and postcodes is named wherever they are shown, as their licences ask."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wardblog.check.councils import host_of
from wardblog.content.files import ISSUES_FILE, SETTINGS_FILE
from wardblog.model import Dataset, Site
from wardblog.problems import Problem
from wardblog.text.licences import is_known_licence, is_open_government, is_openstreetmap

_OGL_LINE = 'licence = "Open Government Licence v3.0"'
_ORDNANCE = re.compile(
    r"ordnance survey|\bOS (?:open|data|mastermap|grid|zoomstack|boundary|names|code)"
)


def attribution(site: Site) -> Iterator[Problem]:
    for dataset in (d for issue in site.issues for d in issue.datasets):
        year = (dataset.as_of or site.today).year
        for message, hint in (*_of_licence(dataset), *_of_others_in_it(dataset, year)):
            yield Problem(file=ISSUES_FILE, line=dataset.line, message=message, hint=hint)
    yield from _of_tiles(site)
    if site.ward.boundary and not site.ward.boundary.attribution:
        yield Problem(
            file=SETTINGS_FILE,
            line=site.lines.get("ward.boundary"),
            message="nothing says who made the outline of the ward, or under which licence",
            hint='Add a line below [ward] that does: boundary_attribution = "Ward boundary: ..."',
        )


def _of_licence(dataset: Dataset) -> Iterator[tuple[str, str]]:
    """What lacks about where a list comes from; the councillor's own words stand for all of it."""
    named, licence = f'the list "{dataset.title}"', dataset.licence
    if dataset.attribution:
        return
    if not dataset.source and not licence:
        yield (
            f"{named} says neither where it comes from nor under which licence",
            f'Add lines below its [[dataset]]: source = "Wandsworth Council", and {_OGL_LINE}',
        )
    elif not licence:
        yield (
            f"{named} does not say under which licence it may be published",
            f"Add a line below its [[dataset]]. Most councils have: {_OGL_LINE}",
        )
    elif not is_known_licence(licence):
        yield (
            f'{named} has a licence that is not known here, "{licence}"',
            (
                "Write what it asks you to say, or who said that you may publish it: "
                'attribution = "..."'
            ),
        )
    elif not dataset.source and not is_openstreetmap(licence):
        asks = (
            "which asks you to name the source" if is_open_government(licence) else "and no source"
        )
        yield (
            f'{named} has the licence "{licence}", {asks}',
            'Add a line below its [[dataset]], such as: source = "Wandsworth Council"',
        )


def _of_others_in_it(dataset: Dataset, year: int) -> Iterator[tuple[str, str]]:
    """Those from whom a council has a part of its list."""
    said = dataset.attribution.casefold()
    if dataset.has_postcodes and "royal mail" not in said:
        yield (
            f'the list "{dataset.title}" has postcodes in it, which are Royal Mail\'s',
            (
                'Add a line below its [[dataset]]: attribution = "Contains Royal Mail data © Royal '
                f'Mail copyright and database right {year}"'
            ),
        )
    if _ORDNANCE.search(f"{dataset.source} {dataset.licence}") and "crown copyright" not in said:
        yield (
            f'the list "{dataset.title}" has data of the Ordnance Survey in it',
            (
                'Add a line below its [[dataset]]: attribution = "Contains OS data © Crown '
                f'copyright and database right {year}"'
            ),
        )


def _of_tiles(site: Site) -> Iterator[Problem]:
    """The street map is credited to whoever it comes from; unless said, that is OpenStreetMap."""
    settings, host = site.map, host_of(site.map.tile_url)
    if settings.tiles == "none":
        return
    said = settings.tile_attribution if "map.tile_attribution" in site.lines else ""
    if "openstreetmap" in host:
        if said and "openstreetmap" not in said.casefold():
            yield Problem(
                file=SETTINGS_FILE,
                line=site.lines.get("map.tile_attribution"),
                message="the street map is OpenStreetMap's, and its attribution does not say so",
                hint='It asks for: tile_attribution = "© OpenStreetMap contributors"',
            )
    elif not said:
        yield Problem(
            file=SETTINGS_FILE,
            line=site.lines.get("map.tile_url"),
            message=f"the street map comes from {host}, but only OpenStreetMap is named for it",
            hint="Write below [map] what its provider asks you to say, such as: "
            'tile_attribution = "© OpenStreetMap contributors, tiles by ..."',
        )

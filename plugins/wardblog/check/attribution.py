"""Check that the sources of data, maps and postcodes are named, as their licences require."""

from __future__ import annotations

from collections.abc import Iterator

from wardblog.check.councils import web_host
from wardblog.content.files import ISSUES_FILE, SETTINGS_FILE
from wardblog.model import Dataset, Site
from wardblog.problems import Problem
from wardblog.support.late_regex import late_regex
from wardblog.text.attribution import is_known_licence, is_open_government, is_openstreetmap

_OGL_LINE = 'licence = "Open Government Licence v3.0"'
_ORDNANCE = late_regex(
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
            message="the outline of the ward has no attribution",
            hint="Add a line below [ward] that says who made it: "
            'boundary_attribution = "Ward boundary: ..."',
        )


def _of_licence(dataset: Dataset) -> Iterator[tuple[str, str]]:
    """A missing source or licence of a list; the councillor's own attribution replaces both."""
    named, licence = f'the list "{dataset.title}"', dataset.licence
    if dataset.attribution:
        return
    if not dataset.source and not licence:
        yield (
            f"{named} has no source and no licence",
            f'Add lines below its [[dataset]]: source = "Wandsworth Council", and {_OGL_LINE}',
        )
    elif not licence:
        yield (
            f"{named} does not say under which licence it may be published",
            f"Add a line below its [[dataset]]. Most councils have: {_OGL_LINE}",
        )
    elif not is_known_licence(licence):
        yield (
            f'{named} has a licence that this software does not know, "{licence}"',
            ('Write the words that it requires, or who gave you permission: attribution = "..."'),
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
    """Data of others, such as Royal Mail, in a council's list."""
    credited = dataset.attribution.casefold()
    if dataset.has_postcodes and "royal mail" not in credited:
        yield (
            f'the list "{dataset.title}" has postcodes in it, which are Royal Mail\'s',
            (
                'Add a line below its [[dataset]]: attribution = "Contains Royal Mail data © Royal '
                f'Mail copyright and database right {year}"'
            ),
        )
    if (
        _ORDNANCE.search(f"{dataset.source} {dataset.licence}")
        and "crown copyright" not in credited
    ):
        yield (
            f'the list "{dataset.title}" contains Ordnance Survey data',
            (
                'Add a line below its [[dataset]]: attribution = "Contains OS data © Crown '
                f'copyright and database right {year}"'
            ),
        )


def _of_tiles(site: Site) -> Iterator[Problem]:
    """The attribution of the street map, which comes from OpenStreetMap by default."""
    settings, host = site.map, web_host(site.map.tile_url)
    if settings.tiles == "none":
        return
    credited = settings.tile_attribution if "map.tile_attribution" in site.lines else ""
    if "openstreetmap" in host:
        if credited and "openstreetmap" not in credited.casefold():
            yield Problem(
                file=SETTINGS_FILE,
                line=site.lines.get("map.tile_attribution"),
                message="the street map comes from OpenStreetMap, but its attribution does not "
                "say so",
                hint='OpenStreetMap requires: tile_attribution = "© OpenStreetMap contributors"',
            )
    elif not credited:
        yield Problem(
            file=SETTINGS_FILE,
            line=site.lines.get("map.tile_url"),
            message=f"the street map comes from {host}, but its attribution only names "
            "OpenStreetMap",
            hint="Write below [map] the words that its provider requires, such as: "
            'tile_attribution = "© OpenStreetMap contributors, tiles by ..."',
        )

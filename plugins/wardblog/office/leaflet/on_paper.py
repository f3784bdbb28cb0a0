"""The words of a leaflet or a poster on its paper, as the values that its template receives."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wardblog.model import Site
from wardblog.office.leaflet.choose import PosterEvent
from wardblog.office.leaflet.content import (
    LeafletWords,
    day_of,
    frame_of,
    has_photos,
    level_values,
    photos_for,
    sections_for,
    surgeries_of,
    written_in,
)
from wardblog.office.leaflet.nodes import with_headings
from wardblog.office.leaflet.papers import A5_WIDTH, FOLD, Paper
from wardblog.office.leaflet.pictures import MOST_NUMBERED, PictureFiles, map_of_posts, map_of_venue
from wardblog.office.leaflet.plan import Measured, Plan


class LeafletOnPaper:
    """A leaflet's words on its paper."""

    template = "leaflet.typ"

    def __init__(self, site: Site, words: LeafletWords, paper: Paper, files: PictureFiles) -> None:
        self.site, self.words, self.paper, self.files = site, words, paper, files
        self.sides = words.sides if words.sides in paper.sides else None
        self.written = written_in(words)

    def values(self) -> dict[str, Any]:
        site, words, paper, files = self.site, self.words, self.paper, self.files
        posts = words.posts
        figure = map_of_posts(site, posts) if words.has_map else None
        width = round((paper.inner - 5) * (0.5 if paper.width > A5_WIDTH + 1 else 0.45), 2)
        shown = paper.inner if paper.name == FOLD else width
        drawn = files.map(figure, site, shown) if figure else None
        has_numbers = figure is not None and 1 < len(figure.dots) <= MOST_NUMBERED
        empty = {"file": "", "alt": ""}
        return {
            **frame_of(site, words, paper, files, "leaflet"),
            "author": [one.name for one in site.councillors],
            "fold": paper.name == FOLD,
            "map": drawn,
            "map-width": width,
            "surgeries": surgeries_of(site),
            "sections": sections_for(site, words, files, has_numbers=has_numbers),
            "photos": [empty if has else None for has in has_photos(words)],
            "levels": [level_values(level) for level in paper.levels],
        }

    def planned(self, plan: Plan, measured: Sequence[Measured]) -> dict[str, Any]:
        band, closing = measured[plan.level].band, measured[plan.end].closing
        sides = [
            {"first": n == 0, "columns": side, "band": band, "closing": closing}
            for n, side in enumerate(plan.sides)
        ]
        level = self.paper.levels[plan.level]
        photos = photos_for(self.words, self.paper, level, self.files)
        decided = {"level": plan.level, "end": plan.end, "sides": sides}
        return {"plan": decided, "photos": photos}


class PosterOnPaper:
    """A poster's words on its paper."""

    template = "poster.typ"
    sides = 1

    def __init__(
        self,
        site: Site,
        words: LeafletWords,
        paper: Paper,
        files: PictureFiles,
        poster: PosterEvent,
    ) -> None:
        self.site, self.words, self.paper, self.files = site, words, paper, files
        self.poster = poster
        self.written = written_in(words)

    def values(self) -> dict[str, Any]:
        site, words, paper, files = self.site, self.words, self.paper, self.files
        event = self.poster.event
        figure = map_of_venue(site, event.where) if words.has_map and event.where else None
        return {
            **frame_of(site, words, paper, files, "poster"),
            "author": [one.name for one in site.councillors],
            "day": day_of(event),
            "map": files.map(figure, site, paper.inner / 2) if figure else None,
            "nodes": [
                node for section in words.sections for node in with_headings(section.nodes, 2)
            ],
            "levels": [level_values(level) for level in paper.levels],
            "scale": paper.width / 210,
        }

    def planned(self, plan: Plan, _: Sequence[Measured]) -> dict[str, Any]:
        return {"plan": {"level": plan.level}}

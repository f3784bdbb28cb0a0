"""What the interactive map is drawn from, as JSON: text that no script or template ever sees."""

from __future__ import annotations

import json

from wardblog.model import MapFigure


def map_data(figure: MapFigure) -> bytes:
    """The places column by column, in the order of the lists on the page; degrees in WGS84."""
    dots = figure.dots
    issues = list(dict.fromkeys((d.issue, d.issue_name) for d in dots))
    numbers = {issue: n for n, issue in enumerate(issues)}
    places = [d.place for d in dots]
    data = {
        "boundary": [
            [[p.latitude, p.longitude] for p in ring.points]
            for ring in (figure.boundary.rings if figure.boundary else ())
        ],
        "issues": [{"slug": slug, "name": name} for slug, name in issues],
        "places": {
            "name": [p.name for p in places],
            "lat": [p.point.latitude for p in places],
            "lon": [p.point.longitude for p in places],
            "radius": [p.precision.radius for p in places],
            "issue": [numbers[d.issue, d.issue_name] for d in dots],
            "open": [p.progress is None or p.progress.is_open for p in places],
            "progress": [f"{p.progress.sign} {p.progress.value}" if p.progress else ""
                         for p in places],
            "when": [d.when for d in dots],
            "url": [d.url for d in dots],
        },
    }  # fmt: skip
    return (json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n").encode("utf-8")

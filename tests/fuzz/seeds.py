"""Files as councillors have them, to begin with."""

from __future__ import annotations

import io
from collections.abc import Mapping

from PIL import Image

from support import DATASET, ISSUES, POST, SHAPE, SQUARE, WARD

HEADER = """\
Title: Two bins
Date: 2026-11-20 09:00
Tags: grit bins, winter
Summary: One *sentence*.
Places: Eland Road | 51.46671, -0.15602
        Acanthus Road | TQ 277 757 | fixed
        The depot | https://www.google.com/maps/place/A/@51.4,-0.1,9z/data=!3d51.4652!4d-0.1609
        The hall | N51 27.912 W0 9.654
        St John's Rd | SW11 5JY
        Grit bins 12
Precision: street
Progress: in progress
Updated: 2026-11-21 10:00 | fixed | Done
Reference: 2026/1234
Deadline: 2026-12-05 | Comments close
Event: first Saturday of the month 10:00 - 11:30 | Surgery | Library | except 2027-01-02, August
Aliases: /2020/01/old/
Allow: personal-data because she asked
Position: object
Lang: cy
Card: map
Modified: 2026-11-21

"""
BODY = """\
## A heading {#here}

Words *and* **more**, `code`, [a link](fine.md#here "t"),
![A bin](../images/bin.jpg) and a note.[^1]

- one
    1. two

Term
:   What it means

| a | b |
|:--|--:|
| 1 | <b>2</b> |

<div markdown="1">*x*</div> <!-- a note --> &amp; &#1; &copy;

    code

> Mrs Khan, 14 Eland Road, SW11 5BS, 07700 900123, jo at example dot org, QQ 12 34 56 C, AB12 CDE

Tomorrow, Friday 20 November 2026. *[AB]: abbr

[^1]: The note.
"""
TABLE = '''\
Name,Latitude,Longitude,Creator,Ref
"Eland Road, ""top""",51.4665,-0.1600,jo,1
Lavender Hill,527700,175700,,2
,TQ 277 757,,x,3
'''
POINT = (
    '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": '
    '{"Map_ID": 1, "Description": "A", "Creator": "jo"}, "geometry": '
    '{"type": "Point", "coordinates": [-0.16, 51.465]}}]}'
)
LINE = (
    '{"type": "Feature", "properties": {"name": "Eland Road", "attribution": "OS"}, "geometry": '
    '{"type": "LineString", "coordinates": [[-0.16, 51.465], [-0.161, 51.466]]}}'
)
SETTINGS = (
    WARD
    + """
[map]
tiles = "ask"
tile_url = "https://tile.example.org/{z}/{x}/{y}.png"

[[surgery]]
when = "every second Thursday 18:00"
where = "Library"
from = 2026-11-01
except = [2027-01-02, "August"]

[guard]
allow = ["020 8871 6000", "@example.org"]

[election]
notice = 2026-11-01
poll = 2026-12-05

[publish]
to = "s3"
bucket = "b"
"""
)


def picture(kind: str) -> bytes:
    file = io.BytesIO()
    Image.effect_noise((24, 16), 60).convert("RGB").save(file, kind)
    return file.getvalue()


SEEDS: Mapping[str, tuple[bytes, ...]] = {
    "post": (POST.encode(), (HEADER + BODY).encode()),
    "page": (b"Title: About\n\n" + BODY.encode(),),
    "settings": (WARD.encode(), SETTINGS.encode()),
    "issues": (ISSUES.encode(), (ISSUES + DATASET).encode()),
    "table": (TABLE.encode(), TABLE.replace(",", ";").encode("utf-16")),
    "places": (POINT.encode(), POINT.replace("-0.16", "527700").encode()),
    "boundary": (SQUARE.encode(), f'{{"type": "Feature", "geometry": {SHAPE}}}'.encode()),
    "streets": (LINE.encode(),),
    "picture": tuple(picture(kind) for kind in ("JPEG", "PNG", "WEBP", "GIF", "BMP")),
}


def _numbered(form: str, count: int) -> str:
    return "".join(form.format(number) for number in range(count))


def _crossing(count: int) -> str:
    """An outline that crosses itself all over."""
    points = (
        (-0.16 + n * 7919 % 1000 / 1e4, 51.46 + n * 104729 % 1000 / 1e4) for n in range(count)
    )
    ring = ", ".join(f"[{x:.4f}, {y:.4f}]" for x, y in points)
    geometry = f'{{"type": "Polygon", "coordinates": [[{ring}]]}}'
    return f'{{"type": "Feature", "properties": {{"name": "A"}}, "geometry": {geometry}}}'


# What has kept a reader busy for minutes, or might: the text of a post, and other files whole.
SLOW_TEXTS: Mapping[str, str] = {
    "footnotes": _numbered("[^{}]: x\n", 8000),
    "one footnote again and again": "[^n]: x\n" * 9250,
    "underlined headings": "a\n=\n" * 20_000,
    "meanings": "a\n: " * 12_500,
    "code in one line": "``a`" * 12_500,
    "quotations in quotations": "> " * 25_000 + "x",
    "brackets": "[" * 50_000,
    "stars": "*a **a " * 7000,
    "notes to oneself": "<!--" * 12_000,
    "pictures": "![](" * 12_000,
    "deep lists": _numbered("{0:>{0}}- a\n", 250),
    "bars": "|" * 50_000,
    "small tables": "a|b\n-|-\n" * 8000,
    "addresses of links": _numbered("[a{}]: /x\n", 8000),
    "titles of links": '[a](b "' * 8000,
    "attributes": "<p " + "a='b' " * 12_000 + ">",
    "abbreviations": _numbered("*[A{}]: x\n", 900) + "A1 " * 20_000,
    "long figures": "07700 900 " * 6000,
    "tags that are not closed": "<p>" + _numbered("<i id=a{}>", 150) + "</p>" + "<p>x" * 60_000,
    "Word's bullets": "• a\no\tb\n" * 8000,
    "bare addresses": "www.example.org/(" * 3000,
    "short lines": "Ab\n" * 20_000,
}
SLOW_FILES: Mapping[str, tuple[str, str]] = {
    "a key with many dots": ("settings", WARD + ".".join(["a"] * 50_000) + " = 1\n"),
    "many keys": ("settings", WARD + _numbered("k{} = 1\n", 50_000)),
    "deep JSON": ("places", '{"a":' * 50_000),
    "a long list": ("table", "Name,Latitude,Longitude\n" + "A,51.46,-0.16\n" * 400_000),
    "one long row": ("table", "Name,Latitude,Longitude\n" + "07700 900 " * 100_000),
    "an outline that crosses itself": ("boundary", _crossing(20_000)),
    "a header with many lines": ("post", "Title: A\n" + "Places: A | 51.46, -0.16\n" * 50_000),
    "a header between lines": ("post", "---\ntitle: A\n" + "a: [\n" * 50_000 + "---\n"),
}

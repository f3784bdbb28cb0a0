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

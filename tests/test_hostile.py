"""Content that nobody would write on purpose gives a site or a clear message, never a crash."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from support import (
    DATASET,
    ISSUES,
    POST,
    ROOT,
    SHAPE,
    WARD,
    files_of,
    picture,
    read_all,
    write_site,
)
from wardblog.build import build_site
from wardblog.problems import has_errors, render

GEOJSON = ISSUES + DATASET.replace("bins.csv", "bins.geojson")
OUTLINED = WARD.replace("[[councillor]]", 'boundary = "data/ward.geojson"\n[[councillor]]')


def body(text: str) -> dict[str, str]:
    return {"posts/fine.md": POST.replace("Some text.", text)}


def header(lines: str) -> dict[str, str]:
    return {"posts/fine.md": POST.replace("\n\nSome", f"\n{lines}\n\nSome")}


def points(feature: str) -> dict[str, str]:
    return {"issues.toml": GEOJSON, "data/bins.geojson": feature}


def point(coordinates: str, properties: str = '{"Name": "A"}') -> dict[str, str]:
    return points(
        f'{{"type": "Feature", "properties": {properties}, '
        f'"geometry": {{"type": "Point", "coordinates": {coordinates}}}}}'
    )


def outline(geometry: str) -> dict[str, str]:
    return {"ward.toml": OUTLINED, "data/ward.geojson": geometry}


def ring(coordinates: str) -> dict[str, str]:
    return outline(f'{{"type": "Polygon", "coordinates": [{coordinates}]}}')


def table(text: str) -> dict[str, str]:
    return {"issues.toml": ISSUES + DATASET, "data/bins.csv": text}


TAGS = ", ".join(f"t{n}" for n in range(1000))
CASES: dict[str, Mapping[str, str | bytes]] = {
    "an address no browser reads": body("[a](http://[bad) ![b](http://[x) <http://[y>"),
    "a hostname that changes": body("[a](http://a℀b/)"),
    "a bad site address": {
        "ward.toml": WARD.replace("ward.example.org", "[bad"), **body("[a](/b)"),
    },
    "bad tiles": {"ward.toml": WARD + '[map]\ntiles = "ask"\ntile_url = "https://[x/{z}"\n'},
    "controls in settings": {"ward.toml": WARD.replace("Shaftesbury ward", r"\u0001\uffff")},
    "a surrogate in settings": {"ward.toml": WARD.replace("Shaftesbury ward", r"\ud800")},
    "an impossible zone": header("Modified: 2026-11-20 09:00 +99:99"),
    "a title of 5,000 letters": {"posts/fine.md": POST.replace("A fine post", "x" * 5000)},
    "a tag of 5,000 letters": {"posts/fine.md": POST.replace("bins", "bins," + "x" * 5000)},
    "an issue of 5,000 letters": {"issues.toml": ISSUES + f'[[issue]]\nname = "{"x" * 5000}"\n'},
    "a number of 5,000 figures": {"ward.toml": WARD.replace('"Wandsworth"', "9" * 5000)},
    "a long hexadecimal": {"ward.toml": WARD.replace('"Wandsworth"', "0x" + "f" * 5000)},
    "deep brackets in TOML": {"ward.toml": WARD + "x = " + "[" * 3000},
    "tables where words should be": {"ward.toml": WARD.replace('"Wandsworth"', "{a = 1}")},
    "arrays where tables should be": {"ward.toml": "site = [1]\nward = 5\ncouncillor = 7\n"},
    "dotted keys": {"ward.toml": 'site.title = "A"\nward.name = "B"\nward.council = "C"\n'},
    "400 figures in a point": point(f"[{'9' * 400}, 1]"),
    "NaN in a point": point("[NaN, Infinity]"),
    "words in a point": point('["a", "b"]'),
    "a point in three dimensions": point("[-0.15, 51.46, 12]"),
    "no geometry": points('{"type": "Feature", "properties": {"Name": "A"}, "geometry": null}'),
    "no features": points('{"type": "FeatureCollection", "features": []}'),
    "a list for features": points('{"type": "FeatureCollection", "features": {"a": 1}}'),
    "deep JSON": points("[" * 100_000),
    "surrogates in properties": point(
        "[-0.15, 51.46]", r'{"Name": "\ud800", "progress": "\ud800"}'
    ),
    "lists in properties": point("[-0.15, 51.46]", '{"Name": ["A"], "x": {"y": 1}}'),
    "a flat boundary": ring("[[-0.17, 51.46], [-0.15, 51.46], [-0.17, 51.46], [-0.17, 51.46]]"),
    "a boundary of one point": ring("[[-0.17, 51.46], [-0.17, 51.46], [-0.17, 51.46]]"),
    "a boundary of two points": ring("[[-0.17, 51.46], [-0.15, 51.46]]"),
    "a boundary round the world": ring("[[-0.17, 51.46], [0, 0], [170, -80], [-0.17, 51.46]]"),
    "a boundary without end": ring("[" * 500 + "]" * 500),
    "a boundary of huge numbers": ring(f"[[{'9' * 400}, 1], [2, 3], [4, 5], [6, 7]]"),
    "a boundary with a surrogate": outline(
        r'{"type": "Feature", "properties": {"attribution": "\ud800"}, "geometry": ' + SHAPE + "}"
    ),
    "20,000 stars": body("* " * 20_000 + "x"),
    "400 nested lists": body("\n".join("  " * n + "* x" for n in range(400))),
    "spaces in coordinates": header("Places: X | 1" + " " * 50_000 + "x"),
    "8,000 lines of prose": {"posts/fine.md": "Words and more words.\n" * 8000 + "Title: x\n"},
    "20,000 open paragraphs": body("<div>\n" + "<p>" * 20_000),
    "20,000 guillemets": body("<div>" + "‹ " * 20_000),
    "15,000 columns": table("Name,Name," + ",".join(map(str, range(15_000))) + "\n1,2,3\n"),
    "unbalanced quotes": table('Name,Lat,Lon\nA,51.46,-0.16\n"B,51.46,-0.16\nC,51.46,-0.16\n'),
    "ragged rows": table("Name,Lat,Lon\nA,51.46\nB,51.46,-0.15,x,y\n\n,,,,\n"),
    "NUL bytes": table("Name,Lat,Lon\nA\0,51.46,-0.15\n"),
    "only quotes": table('"""'),
    "1,000 tags": {"posts/fine.md": POST.replace("grit bins", "grit bins, " + TAGS)},
    "hostile names": {
        **table("Name,Lat,Lon\n\"</td><img src=x>${x}`'\u2028\u202e\",51.46,-0.15\n"),
        **header("Places: <img src=x>${x} | 51.46, -0.15\nSummary: </title><img src=x>"),
        "ward.toml": WARD.replace('"Wandsworth"', "'</p><img src=x>'"),
    },
    "names that run": {
        **table("Name,Lat,Lon\n<script>x()</script>,51.46,-0.15\n"),
        **header("Places: <img onload=x()> | 51.46, -0.15\nSummary: </title><script>x()"),
        "ward.toml": WARD.replace('"Wandsworth"', "'<iframe src=x>'"),
    },
    "a bracket in a title": body('<a title="a>b" href="{static}/data/bins.csv">x</a>'),
    "an unknown mark": body("[a]({foo}bar)"),
    "names with spaces and signs": {
        **body("![A bin](../images/a%20b.png) [c](c%20d.md)"),
        "images/a b.png": picture(),
        "posts/c d.md": POST.replace("fine", "other"),
    },
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_it_is_built_or_reported(case: str, tmp_path: Path) -> None:
    content = write_site(tmp_path / "content", CASES[case])
    _, problems = read_all(content)
    output = tmp_path / "output"
    if has_errors(problems):
        told = render(problems, content)
        assert all(p.file for p in problems)
        assert len(told) < 20_000
        return
    build_site(ROOT / "pelicanconf.py", content, output)
    for path, data in files_of(output).items():
        if path.endswith((".html", ".xml", ".svg")):
            assert b"<script>x()" not in data, path
            assert b"<img src=x" not in data, path


LEAKS: dict[str, Mapping[str, str | bytes]] = {
    "a draft linked as a file": {
        **body("[x]({static}d.md)"),
        "posts/d.md": "Title: D\nStatus: draft\nPlaces: A | 51.41111, -0.12222\n\nsecret",
    },
    "a post of a later day linked as a file": {
        **body("[x]({attach}d.md)"),
        "posts/d.md": POST.replace("2026-11-20", "2027-01-01").replace("Some", "secret"),
    },
    "a source among the pictures": {**body("x"), "images/d.md": "secret 51.41111"},
    "a council's list by a roundabout path": {
        "issues.toml": ISSUES + DATASET.replace('"data/', '"./data/../data/'),
        "data/bins.csv": "Name,Lat,Lon,Phone\nA,51.46,-0.15,secret\n",
        **body("[list](../data/bins.csv) [list]({attach}../data/bins.csv)"),
    },
    "a council's list among the pictures": {
        "issues.toml": ISSUES + DATASET.replace('"data/', '"images/'),
        "images/bins.csv": "Name,Lat,Lon,Phone\nA,51.46,-0.15,secret\n",
    },
    "a file in the place of the feed": {
        **body("[x]({static}/feeds/all.rss.xml)"),
        "feeds/all.rss.xml": "secret",
    },
    "a file in the place of a page": {
        **body("[x]({attach}/files/index.html)"),
        "files/index.html": "secret",
    },
    "an empty precision": header("Places: A | 51.41111, -0.12222\nPrecision:"),
}


@pytest.mark.parametrize("case", LEAKS)
def test_personal_data_and_drafts_are_not_published(case: str, tmp_path: Path) -> None:
    content = write_site(tmp_path / "content", LEAKS[case])
    _, problems = read_all(content)
    if has_errors(problems):
        return
    build_site(ROOT / "pelicanconf.py", content, tmp_path / "output")
    for path, data in files_of(tmp_path / "output").items():
        assert b"41111" not in data, path
        assert b"secret" not in data, path


def test_a_folder_that_contains_itself_is_reported(tmp_path: Path) -> None:
    content = write_site(tmp_path / "content")
    (content / "posts/again").symlink_to(content / "posts")
    (content / "posts/more").symlink_to(content / "posts")
    _, problems = read_all(content)
    assert [(p.file, p.message) for p in problems] == [
        ("posts/again", "this is a link to a folder above it"),
        ("posts/more", "this is a link to a folder above it"),
    ]

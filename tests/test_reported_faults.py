"""Faults that were found by using it, each as a small site of our own with the right result.

The rooms that they were in have tests of their own for the rest of each kind.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from support import EPOCH, ISSUES, POST, ROOT, WARD, files_of, picture, write_site
from wardblog import build
from wardblog.problems import ContentError, Problem

Files = dict[str, str | bytes]


def with_list(rows: str, name: str = "list.csv", issue: str = "Grit bins") -> Files:
    data_set = f'\n[[dataset]]\nissue = "{issue}"\nfile = "data/{name}"\ntitle = "List"\n'
    more = 'source = "Council"\nlicence = "Open Government Licence v3.0"\nshow = "all"\n'
    issues = ISSUES if issue == "Grit bins" else f'{ISSUES}\n[[issue]]\nname = "{issue}"\n'
    return {"issues.toml": f"{issues}{data_set}{more}", f"data/{name}": rows}


def with_ward(code: str, key: str) -> Files:
    """A ward whose code is in the file under an unusual name."""
    ring = "[[[-0.17, 51.46], [-0.15, 51.46], [-0.15, 51.48], [-0.17, 51.48], [-0.17, 51.46]]]"
    ward = f'council = "Wandsworth"\nboundary = "data/w.geojson"\ncode = "{code}"\n'
    ward += 'boundary_attribution = "Outline: a sketch."'
    shape = f'"geometry": {{"type": "Polygon", "coordinates": {ring}}}'
    one = f'{{"type": "Feature", "properties": {{"{key}": "{code}"}}, {shape}}}'
    other = f'{{"type": "Feature", "properties": {{"{key}": "X"}}, {shape}}}'
    return {
        "ward.toml": WARD.replace('council = "Wandsworth"', ward),
        "data/w.geojson": f'{{"type": "FeatureCollection", "features": [{one}, {other}]}}',
    }


def post(body: str, lines: str = "") -> Files:
    text = POST.replace("\n\nSome text.", f"{lines}\n\n{body}")
    return {"posts/fine.md": text}


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Files], dict[str, str]]:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    monkeypatch.chdir(tmp_path)

    def make(files: Files) -> dict[str, str]:
        content = write_site(tmp_path / "content", files)
        build.build_site(ROOT / "pelicanconf.py", content, tmp_path / "out")
        found = files_of(tmp_path / "out")
        return {name: data.decode("utf-8", "replace") for name, data in found.items()}

    return make


Build = Callable[[Files], dict[str, str]]
PAGE = "2026/11/a-fine-post/index.html"


def rows(outputs: dict[str, str], name: str = "list") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(outputs[f"data/{name}.csv"].lstrip("\ufeff"))))


def test_a_draft_below_a_blank_line_is_not_published(built: Build) -> None:
    with pytest.raises(ContentError) as stopped:
        built({"posts/fine.md": "title: Bins\ndate: 2026-11-20\ntags: grit bins\n\n"
               "status: draft\nprecision: area\n\nNot ready."})  # fmt: skip
    assert [(p.line, p.message) for p in stopped.value.problems] == [
        (5, '"Status" and "Precision" are below a blank line, and would be printed as text')
    ]


def test_bude_holsworthy_and_crediton_are_in_the_united_kingdom(built: Build) -> None:
    places = (
        "\nPlaces: Belle Vue, Bude | 50.8299, -4.5447\n        Holsworthy | SS 342 038\n"
        "        Crediton | 283400, 100300"
    )
    assert "Belle Vue, Bude" in built(post("A bin in each.", places))[PAGE]


def test_a_download_has_a_byte_order_mark(built: Build) -> None:
    outputs = built(with_list("Location,Latitude,Longitude\nFfordd y Môr,51.4665,-0.1600\n"))
    assert outputs["data/list.csv"].startswith("\ufeffidentifier,")
    assert rows(outputs)[0]["name"] == "Ffordd y Môr"


def test_a_footnote_mark_is_not_part_of_a_summary(built: Build) -> None:
    body = "The bins cost £500[^1] and we have 5[^2].\n\n[^1]: Budget.\n\n[^2]: Plan."
    assert 'content="The bins cost £500 and we have 5."' in built(post(body))[PAGE]


def test_the_irish_grid_is_read_where_the_file_names_it(built: Build) -> None:
    crs = '"crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::29902"}}'
    point = '{"type": "Point", "coordinates": [333700, 373300]}'
    one = f'{{"type": "Feature", "properties": {{"name": "Botanic Avenue"}}, "geometry": {point}}}'
    text = f'{{"type": "FeatureCollection", {crs}, "features": [{one}]}}'
    (row,) = rows(built(with_list(text, "list.geojson")))
    assert abs(float(row["latitude"]) - 54.5903) < 0.0005
    assert abs(float(row["longitude"]) + 5.9325) < 0.0005


def test_eastings_of_belfast_are_read_on_the_irish_grid(built: Build) -> None:
    files = with_list("Name,Easting,Northing\nStranmillis Road,333500,372200\n")
    ward = WARD.replace("Wandsworth", "Belfast City Council")
    (row,) = rows(built({**files, "ward.toml": ward}))
    assert row["latitude"].startswith("54.58")


def test_the_names_of_licence_holders_are_on_no_map(built: Build) -> None:
    outputs = built(with_list(
        "Licence Number,Licence Holder Name,HMO Address,Easting,Northing\n"
        "H1,Mr John Smithson,12 Eland Road,527960,175700\n"
        "H2,Sample Lettings Ltd,14 Elsley Road,528000,175720\n"
    ))  # fmt: skip
    assert [row["name"] for row in rows(outputs)] == ["12 Eland Road", "14 Elsley Road"]
    assert not any("Smithson" in text for text in outputs.values())


def test_reports_of_a_sensitive_issue_lose_their_pins_and_words(built: Build) -> None:
    table = (
        "Report ID,Title,Category,Latitude,Longitude\n"
        "1,Dog of Mrs Smithson at number 12,Dog fouling,51.466512,-0.160034\n"
    )
    outputs = built(with_list(table, issue="Dog fouling"))
    everything = "".join(outputs.values())
    for told in ("Smithson", "number 12", "51.466512", "466512"):
        assert told not in everything
    assert rows(outputs)[0]["name"] == "Dog fouling"


def test_lists_need_no_blank_line_before_them(built: Build) -> None:
    body = (
        "What we asked for:\n- salt\n- a lid\n\nRoads:\n\n- North\n  - Eland Road\n- South\n\n"
        "Next:\n1. Write\n2. Wait\n\n• From Word\n• Another"
    )
    page = built(post(body))[PAGE]
    text = page[page.index('class="text"') :]
    assert text.count("<ul>") == 4
    assert text.count("<ol>") == 1
    assert re.search(r"<li>North\s*<ul>\s*<li>Eland Road</li>\s*</ul>\s*</li>", text)


def test_an_accent_stored_by_a_mac_is_the_same(built: Build) -> None:
    outputs = built({**post("![Y bin](../images/M\u00f4r.png)"), "images/Mo\u0302r.png": picture()})
    assert "images/M\u00f4r.png" in outputs


def test_a_row_whose_position_is_words_is_left_out(built: Build) -> None:
    table = (
        "Location,Latitude,Longitude\nEland Road,NULL,NULL\nHeathwall Street,51.46671,-0.15602\n"
        "A,#N/A,#N/A\nB,0,0\n"
    )
    assert [row["name"] for row in rows(built(with_list(table)))] == ["Heathwall Street"]


def test_a_pasted_address_can_be_followed(built: Build) -> None:
    page = built(post("Have your say at https://council.example.net/consultation by Friday."))[PAGE]
    assert '<a href="https://council.example.net/consultation">' in page


@pytest.mark.parametrize(
    "table",
    [
        "Location,Grid Ref X,Grid Ref Y\nEland Road,527960,175700\n",
        "Site Name;geo_point_2d\nEland Road;51.4665, -0.1600\n",
        'Name,Location\nEland Road,"(51.4665, -0.1600)"\n',
        "name,point\nEland Road,POINT (-0.1600 51.4665)\n",
    ],
)
def test_a_position_may_be_in_one_column(table: str, built: Build) -> None:
    (row,) = rows(built(with_list(table)))
    assert row["name"] == "Eland Road"
    assert abs(float(row["latitude"]) - 51.466) < 0.001
    assert abs(float(row["longitude"]) + 0.1596) < 0.001


def test_pounds_and_halves_are_words_in_an_address(built: Build) -> None:
    files: Files = {"posts/fine.md": POST.replace("A fine post", "£5,000 for ½ mile of path")}
    pages = [name for name in built(files) if re.fullmatch(r"2026/11/[^/]+/index\.html", name)]
    assert pages == ["2026/11/5000-pounds-for-half-mile-of-path/index.html"]


def test_arabic_in_feeds_reads_from_right_to_left(built: Build) -> None:
    outputs = built(post("نص عربي", "\nLang: ar"))
    assert '<div lang="ar" dir="rtl">' in outputs["feeds/all.json"].replace('\\"', '"')
    assert '&lt;div lang="ar" dir="rtl"&gt;' in outputs["feeds/all.atom.xml"]
    assert '&lt;div lang="ar" dir="rtl"&gt;' in outputs["feeds/all.rss.xml"]


def test_an_event_may_last_several_days(built: Build) -> None:
    event = "\nEvent: 2026-12-07 - 2026-12-09 | Road closed | Eland Road"
    outputs = built(post("Text.", event))
    assert "7 to 9 December 2026" in outputs["index.html"]
    assert "DTSTART;VALUE=DATE:20261207" in outputs["calendar.ics"]
    assert "DTEND;VALUE=DATE:20261210" in outputs["calendar.ics"]


@pytest.mark.parametrize(
    ("code", "key"),
    [("E05015239", "area_code"), ("N10000303", "DEACODE"), ("E58000001", "CED21CD")],
)
def test_the_code_of_a_ward_may_be_under_any_column_name(code: str, key: str, built: Build) -> None:
    assert "index.html" in built(with_ward(code, key))


def test_names_come_before_streets(built: Build) -> None:
    stops = "ATCOCode,CommonName,Street,Longitude,Latitude\n1,Post Office,Elm Road,-0.16,51.4665\n"
    assert [row["name"] for row in rows(built(with_list(stops)))] == ["Post Office"]


def test_a_header_in_yaml_is_read_in_full(built: Build) -> None:
    header = '---\ntitle: "Grit bins: where"\ndate: 2026-11-20 09:00:00 +0000\n'
    outputs = built({"posts/fine.md": f"{header}tags: [grit bins, winter]\n---\n\nText."})
    page = outputs["2026/11/grit-bins-where/index.html"]
    assert "<title>Grit bins: where –" in page
    assert "/tags/winter/" in page


def test_the_column_used_for_names_is_reported(tmp_path: Path) -> None:
    files = with_list("venuename,address,lon,lat\nThe Sample Hotel,1 North Parade,-0.16,51.4665\n")
    content = write_site(tmp_path / "content", files)
    found: list[Problem] = build.check(ROOT / "pelicanconf.py", content, None)
    assert 'the names of the places come from the column "venuename"' in [p.message for p in found]

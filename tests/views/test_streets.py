"""The list of streets, their pages and feeds, and the files behind "What is near me?"."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import feedparser
import pytest

from support import (
    DATASET,
    ISSUES,
    POST,
    ROOT,
    SQUARE,
    WARD,
    files_in,
    files_of,
    pages_in,
    read_fine,
    write_site,
)
from wardblog.build import build_site
from wardblog.model import Gazetteer, GazetteerEntry, Site
from wardblog.views import Page, outputs
from wardblog.views.nearby import where_data
from wardblog.views.street_items import street_items, street_names

GAZETTEER = """\
kind,name,lat,lon
street,Acre Lane,51.4600,-0.1570
street,Dorothy Road,51.4650,-0.1610
street,Eland Road,51.4660,-0.1600
street,Mill Lane,51.4610,-0.1600
street,Sabine Road,51.4680,-0.1560
postcode,SW11 5JY,51.4661,-0.1601
postcode,SW11 5JZ,51.4671,-0.1611
postcode,SW4 7AA,51.4601,-0.1501
"""
MAP = (
    '\n[map]\ngazetteer = "data/streets.csv"\nbase = "data/base.geojson"\n'
    'gazetteer_attribution = "Streets: a sketch."\nbase_attribution = "Roads: a sketch."\n'
)
BASE_MAP = json.dumps(
    {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"kind": "road", "name": name},
                "geometry": {"type": "LineString", "coordinates": line},
            }
            for name, line in (
                ("Eland Road", [[-0.162, 51.466], [-0.158, 51.466]]),
                ("Dorothy Road", [[-0.161, 51.464], [-0.161, 51.4655]]),
            )
        ],
    }
)
FILES = {
    "ward.toml": WARD.replace("[[coun", 'boundary = "data/ward.geojson"\n[[coun') + MAP,
    "issues.toml": ISSUES + DATASET + '\n[[issue]]\nname = "Dog fouling"\n',
    "data/streets.csv": GAZETTEER,
    "data/base.geojson": BASE_MAP,
    "data/ward.geojson": SQUARE,
    "data/bins.csv": "Name,Lat,Lon\nEland Road at Dorothy Road,51.4655,-0.1605\n",
    "posts/fine.md": POST.replace("Some text", "Works in Eland Road"),
    "posts/dark.md": (
        "Title: Dark corner\nDate: 2026-11-10\nTags: potholes\nProgress: reported\n"
        "Places: Eland Road | 51.4662, -0.1599\nDeadline: 2026-12-05 | Say what you think\n\n"
        "It is dark in Eland Rd.\n"
    ),
}


def post(text: str, tags: str = "grit bins", lines: str = "") -> str:
    return f"Title: Another\nDate: 2026-11-12\nTags: {tags}\n{lines}\n{text}\n"


def site_with(folder: Path, **more: str) -> Site:
    return read_fine(folder, {**FILES, **{f"posts/{name}.md": text for name, text in more.items()}})


def pages(site: Site) -> dict[str, Page]:
    return {
        one.address: one
        for one in outputs(site)
        if isinstance(one, Page) and one.address.startswith("streets/")
    }


def opened(site: Site) -> Any:
    return json.loads(files_in(outputs(site))["streets/open.json"])


def test_each_street_with_something_on_it_has_a_page(tmp_path: Path) -> None:
    found = pages(site_with(tmp_path))
    assert set(found) == {"streets/", "streets/dorothy-road/", "streets/eland-road/"}
    street: Any = found["streets/eland-road/"].values(found["streets/eland-road/"].part)["street"]
    assert [line.title for line in street.posts] == ["A fine post", "Dark corner"]
    assert [row.words for row in street.coming] == ["Say what you think"]
    assert [places.title for places in street.lists] == ["In posts", "Bins"]
    assert [row.number for places in street.lists for row in places.rows] == [0, 1]
    assert street.figure.credits[-1] == "Streets: a sketch."


def test_the_map_shows_the_whole_street(tmp_path: Path) -> None:
    found = pages_in(site_with(tmp_path))
    street: Any = found["streets/eland-road/"]["street"]
    corners = [(point.latitude, point.longitude) for point in street.figure.focus]
    assert corners == [(51.466, -0.162), (51.466, -0.158)]


def test_a_page_with_little_on_it_is_not_for_search_engines(tmp_path: Path) -> None:
    output = tmp_path / "output"
    content = write_site(tmp_path / "content", FILES)
    build_site(ROOT / "pelicanconf.py", content, output, tmp_path / "cache")
    pages = {name: (output / f"streets/{name}/index.html").read_text() for name in
             ("eland-road", "dorothy-road")}  # fmt: skip
    assert "noindex" in pages["dorothy-road"]
    assert "noindex" not in pages["eland-road"]
    sitemap = (output / "sitemap.xml").read_text()
    assert "/streets/eland-road/" in sitemap
    assert "/streets/dorothy-road/" not in sitemap
    assert 'href="/streets/"' in (output / "index.html").read_text()
    fine = (output / "2026/11/a-fine-post/index.html").read_text()
    assert 'Street: <a href="/streets/eland-road/">Eland Road</a></p>' in fine
    hub = (output / "issues/grit-bins/index.html").read_text()
    assert '<a class="elsewhere" href="/streets/dorothy-road/">Dorothy Road</a>' in hub


@pytest.mark.parametrize(
    "tags", ["dog fouling", "grit bins, dog fouling", "grit bins, noisy nights"]
)
def test_a_street_with_only_complaints_has_no_page(tags: str, tmp_path: Path) -> None:
    site = site_with(tmp_path, other=post("It is bad in Sabine Road.", tags))
    assert site.posts[1].streets == ("sabine-road",)
    found = pages(site)
    assert "streets/sabine-road/" not in found
    assert b"Another" not in b"".join(
        content for path, content in files_in(outputs(site)).items() if "feeds/streets/" in path
    )
    view: Any = pages_in(site)["2026/11/another/"]["view"]
    assert view.streets == ()


@pytest.mark.parametrize("status", ["draft", "hidden"])
def test_what_is_not_in_lists_makes_no_page(status: str, tmp_path: Path) -> None:
    text = post("Works in Sabine Road.", lines=f"Status: {status}\n")
    site = site_with(tmp_path, other=text)
    assert "streets/sabine-road/" not in pages(site)
    if status == "hidden":
        view: Any = pages_in(site)["2026/11/another/"]["view"]
        assert view.streets == ()


def test_without_a_gazetteer_there_are_no_streets(tmp_path: Path) -> None:
    assert not [one.path for one in outputs(read_fine(tmp_path)) if "streets" in one.path]


def test_all_streets_are_listed_by_their_letters(tmp_path: Path) -> None:
    index: Any = pages_in(site_with(tmp_path))["streets/"]["index"]
    assert [letter.letter for letter in index.letters] == ["A", "D", "E", "M", "S"]
    assert [(line.name, line.address, line.about) for line in index.letters[2].lines] == [
        ("Eland Road", "streets/eland-road/", "2 posts, 1 place")
    ]
    assert [(line.name, line.address) for line in index.letters[3].lines] == [("Mill Lane", "")]


def test_two_streets_of_one_name_are_told_apart(tmp_path: Path) -> None:
    twins = GAZETTEER + "street,Mill Lane,51.4660,-0.1609\nstreet,Mill Lane,51.4600,-0.1500\n"
    site = read_fine(tmp_path, {**FILES, "data/streets.csv": twins})
    names = [name for name in street_names(site).values() if name.startswith("Mill")]
    assert names == [
        "Mill Lane (near SW4 7AA)",
        "Mill Lane (near SW11 5JY)",
        "Mill Lane (near SW11 5JY) (2)",
    ]


def test_a_street_has_feeds_with_its_posts_and_their_news(tmp_path: Path) -> None:
    found = files_in(outputs(site_with(tmp_path)))
    feed = feedparser.parse(found["feeds/streets/eland-road.rss.xml"])
    assert feed.feed.title == "Eland Road – Shaftesbury ward blog"
    assert feed.feed.link == "https://ward.example.org/streets/eland-road/"
    assert [entry.title for entry in feed.entries] == ["A fine post", "Dark corner"]
    assert not [path for path in found if re.search(r"^feeds/streets/.*(atom\.xml|json)$", path)]
    assert not feedparser.parse(found["feeds/streets/dorothy-road.rss.xml"]).entries
    assert b"streets" not in found["feeds.opml"]


def test_an_edit_makes_only_its_own_streets_again(tmp_path: Path) -> None:
    content = write_site(
        tmp_path / "content", {**FILES, "posts/other.md": post("Works in Sabine Road.")}
    )
    output, cache = tmp_path / "output", tmp_path / "cache"
    build_site(ROOT / "pelicanconf.py", content, output, cache)

    def changed_by(text: str) -> set[str]:
        (content / "posts/fine.md").write_text(text)
        run = build_site(ROOT / "pelicanconf.py", content, output, cache)
        assert run.reading.read == {"posts/fine.md"}
        return {path for path in run.folder.changed if "streets/" in path}

    fine = FILES["posts/fine.md"]
    feeds = {"feeds/streets/eland-road.rss.xml"}
    assert changed_by(f"{fine}\nIt is done.\n") == feeds
    pages = {"streets/eland-road/index.html"}
    assert changed_by(fine.replace("A fine post", "A good post")) == pages | feeds
    moved = changed_by(fine.replace("Eland", "Dorothy"))
    assert "streets/index.html" in moved
    assert not [path for path in moved if "sabine" in path]
    assert {path for path in moved if path.endswith("index.html")} == {
        "streets/index.html", "streets/eland-road/index.html", "streets/dorothy-road/index.html",
    }  # fmt: skip
    before = files_of(output)
    fresh = tmp_path / "fresh"
    build_site(ROOT / "pelicanconf.py", content, fresh, None)
    after = files_of(fresh)
    assert {p: c for p, c in before.items() if "streets" in p} == {
        p: c for p, c in after.items() if "streets" in p
    }


def test_the_positions_of_streets_and_postcodes_are_whole(tmp_path: Path) -> None:
    site = site_with(tmp_path)
    found = files_in(outputs(site))
    path = next(path for path in found if re.fullmatch(r"streets/where\.[0-9a-f]{12}\.json", path))
    where = json.loads(found[path])
    assert where["streets"]["name"][2] == "Eland Road"
    assert where["postcodes"]["code"] == {"SW11": "5JY5JZ", "SW4": "7AA"}
    latitude = sum(where["postcodes"]["lat"][:2]) / where["perDegree"]
    assert latitude == pytest.approx(51.4671, abs=1e-4)


def test_the_file_of_a_whole_ward_is_small() -> None:
    streets = tuple(GazetteerEntry(f"Street {n}", 51.4 + n / 1e5, -0.1) for n in range(700))
    codes = tuple(GazetteerEntry(f"SW11 {n // 400}{chr(65 + n % 20)}{chr(65 + n // 20 % 20)}",
                                 51.4, -0.1) for n in range(1000))  # fmt: skip
    gazetteer = Gazetteer(streets=streets, postcodes=codes)
    assert len(where_data(gazetteer, [s.name for s in streets])) < 30_000


def test_what_is_open_is_shown_as_exactly_as_it_is_published(tmp_path: Path) -> None:
    more = post(
        "Mess.", "grit bins", "Places: Near the park | 51.46789, -0.15678\nPrecision: street\n"
        "Progress: reported\n",
    )  # fmt: skip
    fixed = post("Done.", lines="Places: Here | 51.466, -0.16\nProgress: fixed\n").replace(
        "Another", "Over"
    )
    items = opened(site_with(tmp_path, mess=more, fixed=fixed))["items"]
    assert [(item["title"], item["words"], item["radius"]) for item in items] == [
        ("Another", "○ reported", 100),
        ("Dark corner", "○ reported", 0),
    ]
    assert (items[0]["lat"], items[0]["lon"]) != (51.46789, -0.15678)
    assert opened(site_with(tmp_path, mess=more))["streets"] == {
        "Dorothy Road": "dorothy-road",
        "Eland Road": "eland-road",
    }


def test_a_notice_is_open_until_its_day(tmp_path: Path) -> None:
    notice = post(
        "Flats.", lines="Places: The depot | 51.466, -0.16\nDeadline: 2026-12-01 | Comment\n"
    )
    over = notice.replace("2026-12-01", "2026-11-13").replace("Another", "Over")
    items = opened(site_with(tmp_path, notice=notice, over=over))["items"]
    assert [item["words"] for item in items if item["title"] == "Another"] == [
        "Deadline: Tuesday 1 December 2026"
    ]
    assert "Over" not in [item["title"] for item in items]


def test_an_event_that_is_called_off_is_not_what_is_near(tmp_path: Path) -> None:
    off = "Event: 2026-12-01 18:00 | Walk | The depot | cancelled\n"
    stall = "Event: 2026-12-02 18:00 | Stall | The depot\n"
    for lines, words in (
        (off + stall, "Wednesday 2 December 2026, 6pm"),
        (off, "Cancelled: Tuesday 1 December 2026, 6pm"),
    ):
        walk = post("Flats.", lines=f"Places: The depot | 51.466, -0.16\n{lines}")
        items = opened(site_with(tmp_path / words[:4], walk=walk))["items"]
        assert [item["words"] for item in items if item["title"] == "Another"] == [words]


def test_streets_come_in_the_order_of_the_gazetteer(tmp_path: Path) -> None:
    assert list(street_items(site_with(tmp_path))) == ["dorothy-road", "eland-road"]


def test_complaints_are_not_found_by_a_street(tmp_path: Path) -> None:
    lines = "Places: Sabine Road\nProgress: reported\nDeadline: 2026-12-05 | Say so\n"
    for tags in ("dog fouling", "potholes, dog fouling", "potholes, noise"):
        site = site_with(tmp_path, mess=post("Mess in Mill Lane.", tags, lines))
        assert [item["title"] for item in opened(site)["items"]] == ["Dark corner"]
        found = pages(site)
        assert set(found) == {"streets/", "streets/dorothy-road/", "streets/eland-road/"}
        index: Any = found["streets/"].values(found["streets/"].part)["index"]
        assert [row.dot.place.name for row in index.places] == ["Eland Road"]


@pytest.mark.parametrize("change", ['precision = "street"\n', 'title = "Noise complaints"\n'])
def test_a_list_like_complaints_is_on_no_street(change: str, tmp_path: Path) -> None:
    dataset = DATASET.replace('title = "Bins"\n', "") + change
    site = read_fine(tmp_path, {**FILES, "issues.toml": ISSUES + dataset})
    assert not any(items.entries for items in street_items(site).values())


def test_news_of_a_later_day_makes_no_page_of_a_street(tmp_path: Path) -> None:
    later = post(
        "Work.", "potholes", "Progress: reported\nUpdated: 2026-12-20 | fixed | Sabine Road\n"
    )
    assert "streets/sabine-road/" not in pages(site_with(tmp_path, later=later))
    due = later.replace("2026-12-20", "2026-11-20")
    assert "streets/sabine-road/" in pages(site_with(tmp_path, later=due))


def test_of_many_postcodes_the_nearest_tells_streets_apart(tmp_path: Path) -> None:
    far = [GazetteerEntry(f"SW{n}", 51.4 + n / 1000, -0.2) for n in range(100)]
    twins = (
        GazetteerEntry("Mill Lane", 51.45, -0.1, "a"),
        GazetteerEntry("Mill Lane", 51.5, 0, "b"),
    )
    near = GazetteerEntry("SW11 5JY", 51.453, -0.1), GazetteerEntry("SE1 1AA", 51.44, -0.01)
    site = replace(site_with(tmp_path), gazetteer=Gazetteer(streets=twins, postcodes=(*near, *far)))
    assert list(street_names(site).values()) == [
        "Mill Lane (near SW11 5JY)", "Mill Lane (near SE1 1AA)",
    ]  # fmt: skip

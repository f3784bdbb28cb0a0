"""A post that names an entry of a list is shown with that entry, not beside it."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from support import DATASET, ISSUES, POST, SQUARE, WARD, files_in, pages_in, read_fine
from wardblog.model import Progress, Site
from wardblog.model.addresses import PLACES_ON_A_PAGE
from wardblog.views import outputs
from wardblog.views.dots import open_dots
from wardblog.views.hubs import hub_page
from wardblog.views.lists import home, home_page
from wardblog.views.overview import everything
from wardblog.views.places import count_listed, dots_of, issue_lists

BINS = "Map ID,Location,Latitude,Longitude\n" + "".join(
    f"{n},Bin {n},51.46{n},-0.16{n}\n" for n in range(1, 4)
)


def site_with(folder: Path, *posts: tuple[str, str], bins: str = BINS) -> Site:
    """A site whose posts have these tags and places, the newest first."""
    days = range(20, 20 - len(posts), -1)
    texts = {
        f"posts/{day}.md": POST.replace("fine post", f"post {day}")
        .replace("2026-11-20", f"2026-11-{day}")
        .replace("grit bins", tags)
        .replace("\n\n", f"\nPlaces: {place}\n\n", 1)
        for day, (tags, place) in zip(days, posts, strict=True)
    }
    return read_fine(
        folder,
        {
            "ward.toml": WARD.replace("[[coun", 'boundary = "data/ward.geojson"\n[[coun'),
            "issues.toml": ISSUES + DATASET,
            "data/ward.geojson": SQUARE,
            "data/bins.csv": bins,
            "posts/fine.md": POST.replace("2026-11-20", "2026-10-01"),
            **texts,
        },
    )


def test_the_entry_is_one_mark_with_the_progress_of_the_post_and_a_link(tmp_path: Path) -> None:
    site = site_with(tmp_path, ("grit bins", "Grit bins 2 | in progress"))
    for lists in (issue_lists(site, site.issues[0]), everything(site)):
        dots = dots_of(lists)
        assert [dot.place.name for dot in dots] == ["Bin 1", "Bin 2", "Bin 3"]
        assert [dot.place.progress for dot in dots] == [None, Progress.IN_PROGRESS, None]
        assert [dot.url for dot in dots] == ["", "/2026/11/a-post-20/", ""]
        assert dots[1].when == "20 November 2026"
    assert [places.title for places in issue_lists(site, site.issues[0])] == ["Bins"]


def test_on_pages_of_other_issues_it_is_a_place_of_the_post(tmp_path: Path) -> None:
    site = site_with(tmp_path, ("potholes, grit bins", "Grit bins 2 | fixed"))
    dots = dots_of(issue_lists(site, site.issues[1]))
    assert [(dot.place.name, dot.place.progress) for dot in dots] == [("Bin 2", Progress.FIXED)]
    assert len(dots_of(everything(site))) == 3


@pytest.mark.parametrize(
    ("newer", "older", "progress", "day"),
    [
        (" | fixed", " | reported", Progress.FIXED, 20),
        ("", " | reported", Progress.REPORTED, 19),
        ("", "", None, 20),
    ],
)
def test_of_several_posts_the_newest_with_a_progress_counts(
    newer: str, older: str, progress: Progress | None, day: int, tmp_path: Path
) -> None:
    site = site_with(
        tmp_path, ("grit bins", f"Grit bins 2{newer}"), ("grit bins", f"Grit bins 2{older}")
    )
    dot = dots_of(issue_lists(site, site.issues[0]))[1]
    assert (dot.place.progress, dot.url) == (progress, f"/2026/11/a-post-{day}/")


@pytest.mark.parametrize(
    ("newer", "open_places"), [("in progress", ["Bin 2", "Bin 3"]), ("fixed", ["Bin 3"])]
)
def test_open_reports_have_an_entry_once_if_its_newest_report_is_open(
    newer: str, open_places: list[str], tmp_path: Path
) -> None:
    site = site_with(
        tmp_path,
        ("grit bins", f"Grit bins 2\nProgress: {newer}"),
        ("grit bins", "Grit bins 2\nProgress: reported"),
        ("grit bins", "Grit bins 3\nProgress: reported"),
    )
    assert [dot.place.name for dot in open_dots(site)] == open_places


def test_home_shows_all_places_once_if_no_report_is_open(tmp_path: Path) -> None:
    site = site_with(
        tmp_path,
        ("potholes, grit bins", "Grit bins 2 | fixed"),
        ("grit bins", "Elm Road | 51.462, -0.161"),
    )
    shown, (page,) = home_page(site), tuple(home(site))
    assert shown.map_words == "Places in Shaftesbury ward"
    named = [row.dot.place.name for row in shown.places]
    assert named == ["Elm Road", "Bin 1", "Bin 2", "Bin 3"]
    assert (shown.count, page.figure) == (4, "home")


def test_drafts_and_hidden_posts_change_no_list(tmp_path: Path) -> None:
    for status in ("draft", "hidden"):
        site = site_with(tmp_path, ("grit bins", f"Grit bins 2 | fixed\nStatus: {status}"))
        assert all(not dot.url for dot in dots_of(issue_lists(site, site.issues[0])))
        assert "fixed" not in files_in(outputs(site))["data/bins.csv"].decode()


def test_the_downloads_have_the_progress(tmp_path: Path) -> None:
    files = files_in(outputs(site_with(tmp_path, ("grit bins", "Grit bins 2 | fixed"))))
    rows = csv.DictReader(files["data/bins.csv"].decode("utf-8-sig").splitlines())
    assert [row["progress"] for row in rows] == ["", "fixed", ""]
    features = json.loads(files["data/bins.geojson"])["features"]
    assert [one["properties"]["progress"] for one in features] == [None, "fixed", None]


def test_the_counts_of_pages_agree_with_their_lists(tmp_path: Path) -> None:
    site = site_with(
        tmp_path,
        ("grit bins", "Grit bins 2 | fixed\n        The depot | 51.465, -0.155"),
        ("potholes, grit bins", "Grit bins 3"),
    )
    for issue in site.issues:
        assert count_listed(site, issue) == len(dots_of(issue_lists(site, issue)))
    assert len(dots_of(everything(site))) == 4


def test_the_page_of_the_post_shows_the_entry_as_its_list_does(tmp_path: Path) -> None:
    site = site_with(tmp_path, ("grit bins", "Grit bins 2 | fixed"))
    view: Any = pages_in(site)["2026/11/a-post-20/"]["view"]
    (row,) = view.places
    assert row.dot.place.point == site.issues[0].datasets[0].places[1].point


def test_the_list_on_the_hub_links_to_the_post(tmp_path: Path) -> None:
    site = site_with(tmp_path, ("grit bins", "Grit bins 2 | fixed"))
    (page,) = hub_page(site, site.issues[0]).pages
    assert [row.dot.url for places in page.lists for row in places.rows][1] == "/2026/11/a-post-20/"


def test_an_entry_does_not_make_a_list_longer(tmp_path: Path) -> None:
    """The pages of a list are counted before they are made."""
    bins = (
        BINS.splitlines()[0]
        + "\n"
        + "".join(f"{n},Bin {n},51.461,-0.16\n" for n in range(PLACES_ON_A_PAGE))
    )
    pages = pages_in(site_with(tmp_path, ("grit bins", "Grit bins 2"), bins=bins))
    assert not [address for address in pages if "places/2" in address]

"""Places that a post gives by the name of a street, a place or a list's entry, or by a postcode."""

from __future__ import annotations

from pathlib import Path

import pytest

from support import DATASET, ISSUES, POST, SQUARE, WARD, read_all, read_fine, write_site
from wardblog.model import ListEntry, Place, Point, Precision, Progress
from wardblog.problems import Problem
from wardblog.views.posts import post_figure

NAMES = """\
kind,name,lat,lon
street,Eland Road,51.46655,-0.16022
street,Heathwall Street,51.46712,-0.15602
street,St John's Road,51.4612,-0.1645
street,Church Road,51.4690,-0.1650
street,Church Road,51.4612,-0.1520
street,A205,51.4630,-0.1600
street,A3,51.4630,-0.1600
place,Lavender Hill Library,51.4651,-0.1601
place,Clapham Junction,51.4620,-0.1550
postcode,SW11 5JY,51.4688,-0.1642
postcode,SW11 1AA,51.4615,-0.1522
"""
BINS = """\
Map ID,Location,Latitude,Longitude
11,Dorothy Road,51.4661,-0.1611
12,Outside the depot,51.4662,-0.1612
013,Outside the school,51.4663,-0.1613
14,Twice,51.4664,-0.1614
15,Twice,51.4665,-0.1615
16,Eland Road,51.4666,-0.1616
17,Far away,51.4901,-0.2001
"""


def files(lines: str, tags: str = "grit bins") -> dict[str, str]:
    post = POST.replace("grit bins", tags).replace("\n\n", f"\n{lines}\n\n", 1)
    outlined = WARD.replace("[[councillor]]", 'boundary = "data/ward.geojson"\n\n[[councillor]]')
    return {
        "ward.toml": outlined + '[map]\ngazetteer = "data/names.csv"\n',
        "issues.toml": ISSUES + DATASET,
        "data/ward.geojson": SQUARE,
        "data/names.csv": NAMES,
        "data/bins.csv": BINS,
        "posts/fine.md": post,
    }


def places(tmp_path: Path, lines: str, tags: str = "grit bins") -> tuple[Place, ...]:
    (post,) = read_fine(tmp_path, files(lines, tags)).posts
    return post.places


def problems(tmp_path: Path, lines: str, tags: str = "grit bins") -> list[Problem]:
    return read_all(write_site(tmp_path, files(lines, tags)))[1]


@pytest.mark.parametrize(
    ("written", "name", "point", "street"),
    [
        ("Eland Road", "Eland Road", (51.467, -0.16), "eland-road"),
        ("eland rd.", "Eland Road", (51.467, -0.16), "eland-road"),
        ("St Johns Rd", "St John's Road", (51.461, -0.164), "st-johns-road"),
        ("A205", "A205", (51.463, -0.16), "a205"),
        ("A3", "A3", (51.463, -0.16), "a3"),
        ("Roadworks | a3", "Roadworks", (51.463, -0.16), "a3"),
        ("Roadworks | A205", "Roadworks", (51.463, -0.16), "a205"),
        ("The dip | Eland Rd", "The dip", (51.467, -0.16), "eland-road"),
        ("Lavender Hill Library", "Lavender Hill Library", (51.465, -0.16), ""),
        ("The steps | lavender hill library", "The steps", (51.465, -0.16), ""),
        ("SW11 5JY", "SW11 5JY", (51.469, -0.164), ""),
        ("sw115jy", "SW11 5JY", (51.469, -0.164), ""),
        ("The depot | sw11 5jy", "The depot", (51.469, -0.164), ""),
        ("Heathwall St | SW11 5JY", "Heathwall Street", (51.469, -0.164), "heathwall-street"),
        ("Heathwall Street, SW11 5JY", "Heathwall Street", (51.469, -0.164), "heathwall-street"),
        ("Heathwall Street SW115JY", "Heathwall Street", (51.469, -0.164), "heathwall-street"),
        ("Church Road | SW11 5JY", "Church Road", (51.469, -0.164), "church-road-2"),
        ("Church Rd | SW11 1AA", "Church Road", (51.462, -0.152), "church-road"),
        ("Church Road | Clapham Junction", "Church Road", (51.461, -0.152), "church-road"),
        ("Church Road, Clapham Junction", "Church Road", (51.461, -0.152), "church-road"),
        ("Church Road | north-west", "Church Road", (51.469, -0.165), "church-road-2"),
    ],
)
def test_a_name_or_a_postcode_says_where_a_place_is(
    written: str, name: str, point: tuple[float, float], street: str, tmp_path: Path
) -> None:
    (place,) = places(tmp_path, f"Places: {written}", tags="potholes")
    assert place == Place(name=name, point=Point(*point), precision=Precision.STREET, street=street)


@pytest.mark.parametrize("written", ["Eland Road", "SW11 5JY", "Lavender Hill Library"])
@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("Precision: exact", Precision.STREET),
        ("Precision: street", Precision.STREET),
        ("Precision: area", Precision.AREA),
    ],
)
def test_a_name_is_never_shown_more_exactly_than_its_street(
    written: str, line: str, shown: Precision, tmp_path: Path
) -> None:
    (place,) = places(tmp_path, f"Places: {written}\n{line}", tags="potholes")
    assert place.precision is shown
    assert place.point.latitude == round(place.point.latitude, 3)


def test_the_progress_may_follow_a_name(tmp_path: Path) -> None:
    found = places(
        tmp_path,
        "Places: Eland Road | in progress\n    Heathwall Street | SW11 5JY | fixed\n"
        "    Church Rd | north-west | fixed\n    Lavender Hill Library | | fixed\n"
        "    SW11 5JY\nProgress: reported",
        tags="potholes",
    )
    words = [place.progress and place.progress.value for place in found]
    assert words == ["in progress", "fixed", "fixed", "fixed", "reported"]


@pytest.mark.parametrize(
    ("written", "name", "number"),
    [
        ("Grit bins 12", "Outside the depot", 1),
        ("grit bin 12", "Outside the depot", 1),
        ("Grit bin no. 12", "Outside the depot", 1),
        ("Bins #13", "Outside the school", 2),
        ("Outside the depot", "Outside the depot", 1),
        ("outside the  Depot", "Outside the depot", 1),
        ("Grit bins 14", "Twice", 3),
        ("Dorothy Road", "Dorothy Road", 0),
        ("Grit bins Eland Road", "Eland Road", 5),
        ("The broken one | Grit bins 12", "The broken one", 1),
    ],
)
def test_a_place_may_be_an_entry_of_a_list(
    written: str, name: str, number: int, tmp_path: Path
) -> None:
    (place,) = places(tmp_path, f"Places: {written} | in progress")
    assert place.name == name
    assert place.entry == ListEntry("bins", number)
    assert place.precision is Precision.EXACT
    assert place.progress is Progress.IN_PROGRESS


def test_an_entry_that_the_map_does_not_show_is_a_place_of_the_post(tmp_path: Path) -> None:
    (post,) = read_all(write_site(tmp_path, files("Places: Grit bins 17")))[0].posts
    assert post.places[0].name == "Far away"
    assert post.places[0].entry is None


def test_a_place_of_the_gazetteer_may_begin_like_a_list(tmp_path: Path) -> None:
    given = files("Places: Bins Corner", tags="potholes")
    given["data/names.csv"] += "place,Bins Corner,51.4651,-0.1601\n"
    (post,) = read_fine(tmp_path, given).posts
    assert post.places[0].name == "Bins Corner"


@pytest.mark.parametrize("written", ["M25 J10", "B224", "1st Avenue", "The A4", "2 Elm"])
def test_a_name_with_figures_is_no_position(written: str, tmp_path: Path) -> None:
    for line in (written, f"Roadworks | {written}"):
        (problem,) = problems(tmp_path, f"Places: {line}")
        assert problem.message.startswith(f'cannot find "{written}"')


def test_marks_that_are_not_seen_do_not_matter(tmp_path: Path) -> None:
    found = places(
        tmp_path,
        "Places: Eland\u00a0Road\n    A | \u202a51.4652, -0.1609\u202c\n"
        "    B | \u200e51.4652°N 0.1609°W\u200e\n    C | https://maps.google.com/?q=51.4652,-0.1609\u200b",
        tags="potholes",
    )
    assert [place.name for place in found] == ["Eland Road", "A", "B", "C"]


def test_a_street_comes_before_an_entry_of_the_same_name(tmp_path: Path) -> None:
    (post,) = read_all(write_site(tmp_path, files("Places: Eland Road")))[0].posts
    assert (post.places[0].street, post.places[0].entry) == ("eland-road", None)


def test_a_short_plus_code_is_the_nearest_to_the_ward(tmp_path: Path) -> None:
    (place,) = places(tmp_path, "Places: The depot | FR8Q+2X London")
    assert (place.point.latitude, place.point.longitude) == pytest.approx(
        (51.4650, -0.1600), abs=0.001
    )


@pytest.mark.parametrize(
    ("line", "is_credited"), [("Places: Eland Road", True), ("Places: A | 51.465, -0.16", False)]
)
def test_the_gazetteer_is_credited_where_a_place_is_from_it(
    line: str, is_credited: bool, tmp_path: Path
) -> None:
    given = files(line, tags="potholes")
    given["ward.toml"] += 'gazetteer_attribution = "Names: OS."\n'
    site = read_fine(tmp_path, given)
    figure = post_figure(site, site.posts[0])
    assert figure is not None
    assert ("Names: OS." in figure.credits) is is_credited


@pytest.mark.parametrize(
    ("written", "message", "hint"),
    [
        (
            "Eland Road | done",
            '"done" is neither a place that the gazetteer has nor a progress',
            "Progress is one of: reported, acknowledged, in progress, fixed, not possible.",
        ),
        (
            "Eland Road | fixed | SW11 5JY",
            'the progress "fixed" is not at the end',
            'Write "Eland Road | SW11 5JY | fixed".',
        ),
        (
            "Bin | what3words: filled.count.soap",
            "what3words is not open: only its owner's service can tell where three words are",
            None,
        ),
        (
            "Bin | w3w ///Filled.Count.Soap",
            "what3words is not open: only its owner's service can tell where three words are",
            None,
        ),
        (
            "Grit bins 99",
            'the list "Bins" has no entry that "Grit bins 99" could be',
            (
                'Write the number or the name as in the list, such as "Bins 11". A row without a '
                "position does not count."
            ),
        ),
        (
            "Eland Road, Leeds",
            'cannot find "Eland Road, Leeds": the gazetteer has no street or place of that name',
            None,
        ),
    ],
)
def test_what_is_wrong_is_reported(
    written: str, message: str, hint: str | None, tmp_path: Path
) -> None:
    (problem,) = problems(tmp_path, f"Places: {written}")
    assert problem.message == message
    assert hint is None or problem.hint == hint


@pytest.mark.parametrize(
    "written", ["Heathwall Street, Wandsworth", "HEATHWALL ST, Shaftesbury, Wandsworth"]
)
def test_the_councils_name_may_stand_behind_a_street(written: str, tmp_path: Path) -> None:
    assert [place.street for place in places(tmp_path, f"Places: {written}")] == [
        "heathwall-street"
    ]


def test_without_postcodes_the_message_says_so(tmp_path: Path) -> None:
    without = "".join(row for row in NAMES.splitlines(True) if not row.startswith("postcode"))
    site = files("Places: The corner | SW11 5JY") | {"data/names.csv": without}
    (problem,) = read_all(write_site(tmp_path, site))[1]
    assert problem.message == 'cannot find "SW11 5JY": the gazetteer has no postcodes'

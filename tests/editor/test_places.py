"""Places are found, named, and written so that the reader reads them back as they were meant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.running import RunningEditor, running_editor
from support import ISSUES, ROOT, WARD, read_all, write_site
from wardblog.content.base_site import read_base_site
from wardblog.content.files import scan
from wardblog.model import Point, Precision, Site
from wardblog.preview.editor.place_find import PlaceFinder
from wardblog.preview.editor.place_lines import PlacePin
from wardblog.preview.editor.place_reader import PostLines
from wardblog.preview.editor.places import PlaceDesk

GAZETTEER = """\
kind,name,lat,lon
street,Eland Road,51.46572,-0.16
street,Heathwall Street,51.46671,-0.15602
street,Church Road,51.4700,-0.1600
street,Church Road,51.4600,-0.1600
street,Kathleen Road,51.46480,-0.16330
place,The old depot,51.4652,-0.1609
postcode,SW11 5JY,51.46700,-0.15800
postcode,SW11 5JZ,51.46010,-0.16010
"""
BINS = "ref,name,latitude,longitude\n12,Bin at the school,51.46600,-0.15900\n"
LISTS = """
[[issue]]
name = "Dog fouling"

[[dataset]]
issue = "Grit bins"
file = "data/bins.csv"
title = "Bins"
source = "Wandsworth Council"
licence = "Open Government Licence v3.0"
"""
SQUARE = (
    '{"type": "Feature", "properties": {"attribution": "OS"}, "geometry": {"type": "Polygon", '
    '"coordinates": [[[-0.17,51.455],[-0.15,51.455],[-0.15,51.475],[-0.17,51.475],'
    "[-0.17,51.455]]]}}"
)
ROADS = (
    '{"type": "FeatureCollection", "attribution": "Made up", "features": ['
    '{"type": "Feature", "properties": {"kind": "road", "name": "Eland Road"}, "geometry": '
    '{"type": "LineString", "coordinates": [[-0.16,51.4640],[-0.16,51.4675]]}},'
    '{"type": "Feature", "properties": {"kind": "road", "name": "Long Lane"}, "geometry": '
    '{"type": "LineString", "coordinates": [[-0.1690,51.4560],[-0.1510,51.4560]]}},'
    '{"type": "Feature", "properties": {"kind": "green", "name": "Elsley Gardens"}, "geometry": '
    '{"type": "Polygon", "coordinates": [[[-0.166,51.470],[-0.162,51.470],[-0.162,51.473],'
    "[-0.166,51.473],[-0.166,51.470]]]}}]}"
)
MAP = WARD.replace('council = "Wandsworth"', 'council = "Wandsworth"\nboundary = "data/w.geojson"')
FILES = {
    "ward.toml": f'{MAP}\n[map]\nbase = "data/roads.geojson"\ngazetteer = "data/gazetteer.csv"\n',
    "issues.toml": ISSUES + LISTS,
    "data/gazetteer.csv": GAZETTEER,
    "data/roads.geojson": ROADS,
    "data/w.geojson": SQUARE,
    "data/bins.csv": BINS,
}
POTHOLE = PostLines(tags="potholes")


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_site(tmp_path_factory.mktemp("places") / "content", FILES)


@pytest.fixture(scope="module")
def site(content: Path) -> Site:
    base = read_base_site(content, scan(content))
    assert not base.problems
    return base.site


@pytest.fixture(scope="module")
def finder(site: Site) -> PlaceFinder:
    return PlaceFinder(site)


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RunningEditor]:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795305600")
    monkeypatch.chdir(tmp_path)
    content = write_site(tmp_path / "content", FILES)
    with running_editor(content, tmp_path / "private", tmp_path / "output") as running:
        yield running


def found(finder: PlaceFinder, words: str, post: PostLines = POTHOLE) -> list[tuple[str, str]]:
    return [(one.spot.name, one.spot.where) for one in finder.find(words, post).spots]


def values(finder: PlaceFinder, spot: PlacePin, post: PostLines = POTHOLE) -> list[tuple[str, str]]:
    return [(way.value, way.precision) for way in finder.lines.ways(spot, post)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Eland Road", [("Eland Road", "Eland Road")]),
        ("ela", [("Eland Road", "Eland Road")]),
        ("eland rd", [("Eland Road", "Eland Road")]),
        ("Elandd Road", [("Eland Road", "Eland Road")]),
        ("elnd", [("Eland Road", "Eland Road")]),
        ("elamd road", [("Eland Road", "Eland Road")]),
        ("kathlene road", [("Kathleen Road", "Kathleen Road")]),
        ("depot", [("The old depot", "The old depot")]),
        ("12 Eland Road", [("Eland Road", "Eland Road")]),
        ("corner of Eland Rd and Heathwall St",
         [("Eland Road", "Eland Road"), ("Heathwall Street", "Heathwall Street")]),
        ("sw115jy", [("SW11 5JY", "SW11 5JY")]),
        ("SW11 5J", [("SW11 5JY", "SW11 5JY"), ("Church Road", "SW11 5JZ")]),
        ("Church Road", [("Church Road", "SW11 5JZ"), ("Church Road", "SW11 5JY")]),
        ("The depot | SW11 5JY | fixed", [("The depot", "SW11 5JY")]),
        ("Bins 12", [("Bin at the school", "")]),
    ],
)  # fmt: skip
def test_what_is_typed_finds_a_place(
    finder: PlaceFinder, words: str, expected: list[tuple[str, str]]
) -> None:
    assert found(finder, words) == expected


POSITIONS = (
    "51.4652, -0.1609", "TQ 27849 75629", "527849, 175629", "51°27'54.72\"N 0°09'39.24\"W",
    "https://www.openstreetmap.org/#map=18/51.4652/-0.1609", "9C3XFR8Q+3J", "FR8Q+3J London",
    "https://www.google.com/maps/@51.4652,-0.1609,18z", "geo:51.4652,-0.1609",
)  # fmt: skip


@pytest.mark.parametrize("words", POSITIONS)
def test_a_position_in_any_notation_is_found(finder: PlaceFinder, words: str) -> None:
    (one,) = finder.find(words, POTHOLE).spots
    assert one.spot.point.metres_to(Point(51.4652, -0.1609)) < 10
    assert (one.spot.name, one.spot.where) == ("", "")
    assert one.about.endswith(", in Shaftesbury ward")


@pytest.mark.parametrize(
    ("words", "message", "hint"),
    [
        ("", "Type a street, a postcode or a position, or paste a link to a map.", ""),
        ("Nowhere Mews",
         'Cannot find "Nowhere Mews": the gazetteer has no street or place of that name.',
         "Check the spelling, or click on the map where it is."),
        ("SW19 1AA", '"SW19 1AA" is not among the postcodes of the gazetteer.',
         "Check the spelling, or click on the map where it is."),
        ("SW19", '"SW19" is a whole district, not one place.',
         'Write a full postcode ("SW11 5JY"), the name of a street, or where it is on a map.'),
        ("40.1, 3.0", "40.1, 3 is outside the United Kingdom.",
         "Check the figures: latitude comes first, then longitude."),
        ("-0.1609, 51.4652", "Latitude and longitude are swapped: -0.1609, 51.4652.",
         'Latitude comes first. Write "51.4652, -0.1609".'),
    ],
)  # fmt: skip
def test_what_is_not_found_says_why(
    finder: PlaceFinder, words: str, message: str, hint: str
) -> None:
    answer = finder.find(words, POTHOLE)
    assert (answer.spots, answer.message, answer.hint) == ((), message, hint)


def test_the_number_of_a_house_is_left_out(finder: PlaceFinder) -> None:
    assert finder.find("12 Eland Road", POTHOLE).message == (
        "The number of a house is left out, since it would show whose home it is."
    )
    assert finder.find("Eland Road", POTHOLE).message == ""


def test_how_a_place_lies_to_the_ward(finder: PlaceFinder) -> None:
    assert finder.lies(Point(51.46, -0.16)) == "in Shaftesbury ward"
    assert finder.lies(Point(51.4765, -0.16)) == "170 m outside Shaftesbury ward"
    assert finder.lies(Point(51.565, -0.16)) == "10 km outside Shaftesbury ward"


def test_an_entry_is_meant_only_in_a_post_about_its_issue(finder: PlaceFinder) -> None:
    assert found(finder, "Bins 12", PostLines(tags="Grit bins")) == [
        ("Bin at the school", "Bins 12")
    ]
    assert found(finder, "Bins 12") == [("Bin at the school", "")]


def test_a_street_is_written_by_its_name(finder: PlaceFinder) -> None:
    spot = PlacePin(point=Point(51.46572, -0.16), name="Eland Road", where="Eland Road")
    assert values(finder, spot) == [
        ("Eland Road | 51.46572, -0.16", ""),
        ("Eland Road", ""),
        ("Eland Road", "area"),
    ]


def test_another_name_for_a_street(finder: PlaceFinder) -> None:
    spot = PlacePin(point=Point(51.4657, -0.16), name="The dip in the road", progress="fixed")
    assert values(finder, spot) == [
        ("The dip in the road | 51.4657, -0.16 | fixed", ""),
        ("The dip in the road | Eland Road | fixed", ""),
        ("The dip in the road | Eland Road | fixed", "area"),
    ]


def test_a_pin_far_from_the_middle_of_its_street_is_written_as_a_position(
    finder: PlaceFinder,
) -> None:
    """Its circle would not have the pin in it. The position is no more exact than is shown."""
    spot = PlacePin(point=Point(51.45604, -0.16812), name="Long Lane")
    assert values(finder, spot) == [
        ("Long Lane | 51.45604, -0.16812", ""),
        ("Long Lane | 51.456, -0.168", "street"),
        ("Long Lane | 51.455, -0.17", "area"),
    ]


def test_one_of_two_streets_of_a_name_is_chosen(finder: PlaceFinder) -> None:
    spot = PlacePin(point=Point(51.46, -0.16), name="Church Road", where="SW11 5JZ")
    assert values(finder, spot)[1] == ("Church Road | SW11 5JZ", "")
    clicked = PlacePin(point=Point(51.4601, -0.1601), name="Church Road")
    (_, street, _) = finder.lines.ways(clicked, POTHOLE)
    assert street.value == "Church Road | SW11 5JZ"
    assert street.place is not None
    assert street.place.street == "church-road"


def test_an_entry_of_a_list_is_shown_as_in_its_list(finder: PlaceFinder) -> None:
    post = PostLines(tags="Grit bins", precision="area", others=("Eland Road",))
    spot = PlacePin(
        point=Point(51.466, -0.159), name="Bin at the school", where="Bins 12", progress="fixed"
    )
    (way,) = finder.lines.ways(spot, post)
    assert (way.value, way.precision, way.choice) == ("Bins 12 | fixed", "", Precision.EXACT)


def test_the_line_with_the_precision_changes_only_if_it_has_to(finder: PlaceFinder) -> None:
    spot = PlacePin(point=Point(51.46572, -0.16), name="Eland Road", where="Eland Road")
    precisions = {
        before: [p for _, p in values(finder, spot, PostLines(tags="potholes", precision=before))]
        for before in ("", "exact", "street", "area", "Street ")
    }
    assert precisions == {
        "": ["", "", "area"],
        "exact": ["exact", "exact", "area"],
        "street": ["exact", "street", "area"],
        "area": ["exact", "street", "area"],
        "Street ": ["exact", "Street ", "area"],
    }


def test_a_place_without_a_name_cannot_be_written(finder: PlaceFinder) -> None:
    for way in finder.lines.ways(PlacePin(point=Point(51.466, -0.159), name=" "), POTHOLE):
        assert (way.value, way.place) == ("", None)
        assert way.problems[0].message == "this place has no name"


def rules(finder: PlaceFinder, spot: PlacePin, post: PostLines) -> list[list[str]]:
    return [[problem.rule for problem in way.problems] for way in finder.lines.ways(spot, post)]


def test_the_guard_says_at_once_what_it_would_stop(finder: PlaceFinder) -> None:
    spot = PlacePin(point=Point(51.46572, -0.16), name="Eland Road")
    assert rules(finder, spot, PostLines(tags="dog fouling")) == [["exact-pin"], [], []]
    assert rules(finder, spot, PostLines(tags="general, noise")) == [["exact-pin"], [], []]
    assert rules(finder, spot, POTHOLE) == [[], [], []]
    far = PlacePin(point=Point(51.6, -0.16), name="Far")
    assert rules(finder, far, POTHOLE) == [["far-away"]] * 3
    home = PlacePin(point=Point(51.46572, -0.16), name="Mrs Jane Smith's house")
    assert rules(finder, home, POTHOLE) == [["personal-data"]] * 3


def test_an_answer_of_the_post_counts(finder: PlaceFinder) -> None:
    spot = PlacePin(point=Point(51.46572, -0.16), name="Eland Road")
    post = PostLines(tags="dog fouling", allow=("exact-pin because it is the park's own bin",))
    (exact, _, _) = finder.lines.ways(spot, post)
    assert [(p.rule, p.answer) for p in exact.problems] == [
        ("exact-pin", "it is the park's own bin")
    ]


def test_the_words_of_the_guard_are_those_of_a_saved_post(
    finder: PlaceFinder, tmp_path: Path
) -> None:
    spot = PlacePin(point=Point(51.46572, -0.16), name="Eland Road")
    (exact, _, _) = finder.lines.ways(spot, PostLines(tags="dog fouling"))
    post = f"Title: Fouling\nDate: 2026-11-20\nTags: dog fouling\nPlaces: {exact.value}\n\nText.\n"
    _, problems = read_all(write_site(tmp_path, {**FILES, "posts/fouling.md": post}))
    assert [(p.message, p.hint) for p in exact.problems] == [
        (p.message, p.hint) for p in problems if p.rule == "exact-pin"
    ]


NAMES = st.one_of(
    st.sampled_from(["Eland Road", "Church Road", "The depot", "fixed", "A3", "SW11 5JY", "Bins 12",
                     "Heol y Parc", "51.4, -0.1", "https://example.org/", "x|y", "¦", "Mill Lane 2",
                     "Lôn Ddŵr / Water Lane", "12 Eland Road", "# 1", "Tags: x"]),
    st.text(max_size=40),
)  # fmt: skip
WHERES = st.sampled_from(
    ["", "Eland Road", "SW11 5JY", "The old depot", "Bins 12", "north", "Nowhere"]
)


@given(
    latitude=st.floats(51.45, 51.48),
    longitude=st.floats(-0.18, -0.14),
    name=NAMES,
    where=WHERES,
    progress=st.sampled_from(["", "fixed", "in progress"]),
    precision=st.sampled_from(["", "exact", "street", "area"]),
    tags=st.sampled_from(["potholes", "Grit bins", "dog fouling", ""]),
)
def test_each_value_is_read_back_as_it_was_meant(
    finder: PlaceFinder,
    latitude: float,
    longitude: float,
    name: str,
    where: str,
    progress: str,
    precision: str,
    tags: str,
) -> None:
    post = PostLines(tags=tags, precision=precision)
    spot = PlacePin(
        point=Point(round(latitude, 6), round(longitude, 6)),
        name=name,
        where=where,
        progress=progress,
    )
    for way in finder.lines.ways(spot, post):
        if not way.value:
            assert way.problems
            continue
        assert "\n" not in way.value
        after = PostLines(tags=tags, precision=way.precision)
        place = finder.lines.reader.read(way.value, after)
        assert place == way.place
        assert place.precision is way.choice
        assert (place.progress.value if place.progress else "") == progress
        if not (place.entry or place.identifier):
            assert place.point.metres_to(spot.point) <= max(way.choice.radius, 1)


def ask(places: RunningEditor, route: str, **given: Any) -> Mapping[str, Any]:
    said = places.post(f"places/{route}", {"fields": {}, "before": "", **given})
    assert said.status == 200, said.data
    return said.data


def test_a_pin_is_named_by_the_map(places: RunningEditor) -> None:
    def name(lat: float, lng: float) -> object:
        return ask(places, "name", lat=lat, lng=lng, name="", where="", progress="")["name"]

    assert name(51.4660, -0.1603) == "Eland Road"
    assert name(51.4715, -0.1640) == "Elsley Gardens"
    assert name(51.4668, -0.1558) == "Heathwall Street"  # only in the gazetteer
    assert name(51.4900, -0.1500) == ""


def test_a_complaint_is_shown_vaguely_unless_the_councillor_says_otherwise(
    places: RunningEditor,
) -> None:
    pin = {"lat": 51.466, "lng": -0.1601, "name": "", "where": "", "progress": ""}
    fouling = ask(places, "name", **pin, fields={"Tags": ["dog fouling"]})
    assert fouling["choice"] == "street"
    assert fouling["ways"][0]["messages"] == [
        {
            "severity": "stop",
            "message": 'The place "Eland Road" is shown exactly, in a post about "Dog fouling".',
            "hint": 'Choose "This street" (about 100 m) or "This part of the ward" (about 500 m), '
            "so that no pin shows somebody's front door.",
        }
    ]
    assert ask(places, "name", **pin, fields={"Tags": ["potholes"]})["choice"] == "exact"
    area = ask(places, "name", **pin, fields={"Tags": ["noise"], "Precision": ["area"]})
    assert area["choice"] == "area"


def test_another_precision_changes_the_other_places(places: RunningEditor) -> None:
    pin = {"lat": 51.466, "lng": -0.1601, "name": "", "where": "", "progress": ""}
    fields = {"Tags": ["potholes"], "Places": ["Heathwall Street", "Eland Road", ""]}
    said = ask(places, "name", **pin, fields=fields, before="Eland Road")
    assert [way["note"] for way in said["ways"]] == [
        "",
        "",
        "A post shows all its places in the same way, so this changes the other place as well.",
    ]


def test_a_place_is_read_again(places: RunningEditor) -> None:
    said = ask(places, "read", value="The dip | Eland Road | fixed", fields={"Tags": ["potholes"]})
    wanted = {"name": "The dip", "where": "Eland Road", "progress": "fixed", "shown": "street"}
    assert {key: said[key] for key in wanted} == wanted
    said = ask(places, "read", value="The dip | TQ 27849 75629", fields={"Precision": ["area"]})
    assert (said["where"], said["shown"]) == ("", "area")
    assert said["lat"] == pytest.approx(51.4652, abs=1e-4)  # where it is, not where it is shown
    wrong = places.post("places/read", {"fields": {}, "before": "", "value": "Nowhere Mews"})
    assert "ways" not in wrong.data
    assert wrong.data["message"].startswith('Cannot find "Nowhere Mews"')


@pytest.mark.parametrize(
    "data",
    [
        {"words": "x"},
        {"words": 1, "fields": {}, "before": ""},
        {"words": "x", "fields": [], "before": ""},
        {"words": "x", "fields": {"Tags": "bins"}, "before": ""},
        {"words": "x", "fields": {"Tags": [1]}, "before": ""},
        {"words": "x" * 6001, "fields": {}, "before": ""},
    ],
)
def test_a_wrong_request_is_refused(places: RunningEditor, data: Mapping[str, Any]) -> None:
    assert places.post("places/find", data).status == 400


@pytest.mark.parametrize(("lat", "lng"), [(91, 0), (51.4, 181), ("51", 0), (None, 0), (True, 0)])
def test_what_is_no_position_is_refused(places: RunningEditor, lat: object, lng: object) -> None:
    pin = {"lat": lat, "lng": lng, "name": "", "where": "", "progress": ""}
    assert places.post("places/name", {"fields": {}, "before": "", **pin}).status == 400


def test_a_pin_is_in_the_united_kingdom(places: RunningEditor) -> None:
    said = ask(places, "name", lat=48.85, lng=2.35, name="Paris", where="", progress="")
    assert said == {
        "message": "48.85, 2.35 is outside the United Kingdom.",
        "hint": "Check the figures: latitude comes first, then longitude.",
    }


def test_the_map_is_drawn_from_the_kits_own_files(places: RunningEditor) -> None:
    said = places.get("places/map").data
    assert said["words"] == ""
    assert said["bounds"] == [[51.455, -0.17], [51.475, -0.15]]
    assert {layer["kind"] for layer in places.get("places/base").data["layers"]} == {
        "road",
        "green",
    }
    leaflet = ROOT / "theme" / "static" / "leaflet"
    for name in ("leaflet.js", "leaflet.css"):
        assert places.get(f"places/leaflet/{name}").body == (leaflet / name).read_bytes()
    assert places.get("places/leaflet/LICENSE").status == 404
    assert places.get("places/leaflet/..").status >= 400
    assert b"export{WardGround," in places.get("places/map.js").body


def _without(*lines: str) -> str:
    return "".join(
        f"{line}\n" for line in FILES["ward.toml"].splitlines() if not line.startswith(lines)
    )


@pytest.mark.parametrize(
    ("ward", "words", "name"),
    [
        (_without("base"), "The streets of your ward are not here yet", "Eland Road"),
        (_without("base", "gazetteer"), "The streets of your ward are not here yet", ""),
        (_without("base", "gazetteer", "boundary"), "There is no map of your ward yet.", ""),
        (_without("base", "boundary"), "There is no map of your ward yet.", "Eland Road"),
        (_without("gazetteer", "boundary"), "", "Eland Road"),
    ],
)
def test_a_ward_whose_map_is_not_there(tmp_path: Path, ward: str, words: str, name: str) -> None:
    from wardblog.preview.editor.place_map import base_map, map_values

    content = write_site(tmp_path, {**FILES, "ward.toml": ward})
    site = read_base_site(content, scan(content)).site
    values = map_values(site)
    assert values["words"].startswith(words)
    assert bool(values["words"]) is bool(words)
    assert b'"layers"' in base_map(site)
    finder = PlaceFinder(site)
    assert finder.lines.names.nearest(Point(51.4658, -0.16)) == name
    spot = PlacePin(point=Point(51.4658, -0.16), name="The depot")
    assert all(way.value for way in finder.lines.ways(spot, POTHOLE))
    assert finder.lies(spot.point) == ("in Shaftesbury ward" if site.ward.boundary else "")
    missing = finder.find("Nowhere Mews", POTHOLE)
    assert ("make ward" in missing.hint) is not bool(site.gazetteer.streets)


def test_a_broken_post_does_not_stop_places(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The site was never read without a problem, but its streets are known."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795305600")
    monkeypatch.chdir(tmp_path)
    content = write_site(tmp_path / "content", {**FILES, "posts/broken.md": "Title: x\n\nText.\n"})
    with running_editor(content, tmp_path / "private", tmp_path / "output") as running:
        assert running.editor.desk.live.shown_site() is None
        assert ask(running, "find", words="ela")["results"][0]["name"] == "Eland Road"


def test_the_tables_are_kept_while_only_posts_change(places: RunningEditor) -> None:
    desk = places.editor.desk
    kept = desk.keep(PlaceDesk)
    before = kept.finder()
    post = places.content / "posts" / "fine.md"
    post.write_text(post.read_text(encoding="utf-8") + "\nMore.\n", encoding="utf-8")
    desk.live.update([post])
    assert kept.finder() is before
    streets = places.content / "data" / "gazetteer.csv"
    streets.write_text(f"{GAZETTEER}street,New Road,51.4650,-0.1650\n", encoding="utf-8")
    desk.live.update([streets])
    assert found(kept.finder(), "new road") == [("New Road", "New Road")]


def test_wales_and_northern_ireland(tmp_path: Path) -> None:
    gazetteer = (
        "kind,name,lat,lon\nstreet,Heol y Bont / Bridge Road,54.5973,-5.9301\n"
        "street,Lôn Ddŵr,54.5990,-5.9290\n"
    )
    ward = FILES["ward.toml"].replace('"Wandsworth"', '"Belfast"').replace("SW11 0XX", "BT1 5GS")
    ward = ward.replace('boundary = "data/w.geojson"\n', "").replace(
        'base = "data/roads.geojson"\n', ""
    )
    content = write_site(tmp_path, {**FILES, "ward.toml": ward, "data/gazetteer.csv": gazetteer})
    finder = PlaceFinder(read_base_site(content, scan(content)).site)
    assert found(finder, "lon ddwr") == [("Lôn Ddŵr", "Lôn Ddŵr")]
    assert found(finder, "bridge road") == [
        ("Heol y Bont / Bridge Road", "Heol y Bont / Bridge Road")
    ]
    spot = PlacePin(point=Point(54.5990, -5.9290), name="Lôn Ddŵr", where="Lôn Ddŵr")
    assert values(finder, spot)[1] == ("Lôn Ddŵr", "")
    (irish,) = finder.find("J 338 740", POTHOLE).spots
    assert irish.spot.point.metres_to(Point(54.597, -5.93)) < 500


def test_a_saved_post_has_the_place_that_was_shown(finder: PlaceFinder, tmp_path: Path) -> None:
    """Read by the reader of whole files, with the line of the precision."""
    pins = (
        PlacePin(point=Point(51.46572, -0.16), name="Eland Road", where="Eland Road"),
        PlacePin(point=Point(51.46123, -0.15432), name="The dip: by the bins", progress="fixed"),
        PlacePin(point=Point(51.467, -0.158), name="The depot", where="SW11 5JY"),
        PlacePin(point=Point(51.46, -0.16), name="Church Road", where="SW11 5JZ"),
        PlacePin(point=Point(51.466, -0.159), name="Bin at the school", where="Bins 12"),
    )
    post = PostLines(tags="Grit bins")
    ways = [way for pin in pins for way in finder.lines.ways(pin, post)]
    assert len(ways) == 13
    files = {
        f"posts/{number:02}.md": f"Title: Place {number}\nDate: 2026-11-20\nTags: Grit bins\n"
        f"Places: {way.value}\n"
        + (f"Precision: {way.precision}\n" if way.precision else "")
        + "\nSome text about it.\n"
        for number, way in enumerate(ways)
    }
    site, problems = read_all(write_site(tmp_path, {**FILES, **files}))
    assert [p for p in problems if p.file in files] == []
    read = {one.file: one.places for one in site.posts if one.file in files}
    assert [read[file] for file in sorted(files)] == [(way.place,) for way in ways]

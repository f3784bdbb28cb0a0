"""Positions of places in all the forms in which people have them."""

from __future__ import annotations

import pytest

from many_cases import in_one_test
from wardblog.content.header.fields import HeaderContext
from wardblog.content.header.place_line import parse_place
from wardblog.model import Point, Precision
from wardblog.places.map_links import link_in, position_in_link
from wardblog.places.plus_codes import plus_code_point
from wardblog.places.short_links import short_link_middle
from wardblog.report import ParseError

FIGURES = """\
51.4652, -0.1609
51.4652,-0.1609
51.4652 -0.1609
51.4652; -0.1609
+51.4652, −0.1609
(51.4652, -0.1609)
51.4652°, -0.1609°
51.4652°N 0.1609°W
51.4652 N, 0.1609 W
51.4652n 0.1609w
N 51.4652 W 0.1609
N51.4652° W0.1609°
N51.4652, W0.1609
0.1609 W, 51.4652 N
W0.1609 N51.4652
51.4652 North, 0.1609 West
51° 27′ 54.72″ N, 0° 9′ 39.24″ W
51°27'54.72"N 0°09'39.24"W
51º27’54.72”N 0º09’39.24”W
51°27´54.72´´N, 0°09´39.24´´W
N 51° 27' 54.72", W 000° 09' 39.24"
51 27 54.72 N 0 9 39.24 W
51 deg 27 min 54.72 sec N, 0 deg 9 min 39.24 sec W
N51 27.912 W0 9.654
N 51° 27.912' W 000° 09.654'
51° 27.912' N, 0° 9.654' W
lat 51.4652 lon -0.1609
lat: 51.4652, long: -0.1609
Latitude: 51.4652, Longitude: -0.1609
Latitude 51.4652 N, Longitude 0.1609 W
lon -0.1609 lat 51.4652
{"lat": 51.4652, "lng": -0.1609}
lat=51.4652&lon=-0.1609
TQ 27849 75629
tq2784975629
TQ2784975629
TQ 27849, 75629
OS grid ref: TQ 27849 75629
OS grid reference TQ 27849 75629
NGR TQ2784975629
527849, 175629
E 527849, N 175629
527849 175629
9C3XFR8Q+3J
9C3XFR8Q+3JQ
""".splitlines()
LINKS = """\
https://www.google.com/maps/@51.4652,-0.1609,18z
https://www.google.com/maps/@51.4652,-0.1609,18z?entry=ttu
https://www.google.co.uk/maps/@51.4652,-0.1609,325m/data=!3m1!1e3
https://www.google.com/maps/@51.4652,-0.1609,3a,75y,90h,90t/data=!3m6!1e1!3m4!1sabc
https://www.google.com/maps/place/Depot/@51.4791,-0.1579,15z/data=!4m6!3m5!8m2!3d51.4652!4d-0.1609!16s
https://www.google.com/maps/place/Depot/@51.4791,-0.1579,9z/data=!4m6!3m5!8m2!3d51.4652!4d-0.1609
https://www.google.com/maps/place/51%C2%B027'54.7%22N+0%C2%B009'39.2%22W/@51.5,-0.2,17z
https://www.google.com/maps/place/51.4652,-0.1609/@51.5,-0.2,17z
https://maps.google.com/?q=51.4652,-0.1609
https://maps.google.com/?q=51.4652%2C-0.1609
https://maps.google.com/maps?q=loc:51.4652,-0.1609(Depot)&z=17
https://maps.google.com/maps?q=51.4652,-0.1609+(Depot)&ll=51.5,-0.2
https://maps.google.com/?ll=51.4652,-0.1609&z=16
https://www.google.com/maps/search/?api=1&query=51.4652%2C-0.1609
https://www.google.com/maps/search/51.4652,+-0.1609?entry=tts
https://www.google.com/maps/@?api=1&map_action=map&center=51.4652%2C-0.1609&zoom=18
https://www.google.com/maps/@?api=1&map_action=pano&viewpoint=51.4652%2C-0.1609
https://www.google.com/maps/d/viewer?mid=1abc&ll=51.4652%2C-0.1609&z=17
https://www.google.com/maps/embed?pb=!1m18!1m12!1m3!1d2484!2d-0.1609!3d51.4652!2m3!1f0
https://consent.google.com/m?continue=https://maps.google.com/maps?q%3D51.4652,-0.1609&gl=GB
https://www.google.com/url?q=https://www.google.com/maps/@51.4652,-0.1609,18z&sa=D
https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.google.com%2Fmaps%2F%4051.4652%2C-0.1609%2C18z&data=05
https://www.openstreetmap.org/#map=18/51.4652/-0.1609
https://www.openstreetmap.org/#map=18/51.4652/-0.1609&layers=N
www.openstreetmap.org/#map=17.50/51.4652/-0.1609
https://www.openstreetmap.org/?mlat=51.4652&mlon=-0.1609#map=16/51.5/-0.2
https://www.openstreetmap.org/?mlat=51.4652&amp;mlon=-0.1609
https://www.openstreetmap.org/?lat=51.4652&lon=-0.1609&zoom=17&layers=M
https://www.openstreetmap.org/way/123#map=19/51.4652/-0.1609
https://www.openstreetmap.org/note/123#map=19/51.4652/-0.1609
https://www.openstreetmap.org/search?query=51.4652%2C%20-0.1609
https://www.openstreetmap.org/export/embed.html?bbox=-1,51,0,52&marker=51.4652%2C-0.1609
https://www.bing.com/maps?cp=51.4652~-0.1609&lvl=17.3
https://www.bing.com/maps?cp=51.4652%7E-0.1609&lvl=17&style=r
https://bing.com/maps/default.aspx?cp=51.5~-0.2&sp=point.51.4652_-0.1609_Depot___
https://www.bing.com/maps?q=51.4652%2C-0.1609&cp=51.5~-0.2
https://maps.apple.com/?ll=51.4652,-0.1609&q=Depot&t=m
https://maps.apple.com/?q=51.4652,-0.1609
https://maps.apple.com/?sll=51.4652,-0.1609&q=Depot
https://maps.apple.com/place?coordinate=51.4652%2C-0.1609&name=Depot
https://maps.apple.com/frame?center=51.4652%2C-0.1609&span=0.01%2C0.01
https://explore.osmaps.com/pin?lat=51.4652&lon=-0.1609&zoom=17.5
https://streetmap.co.uk/map?x=527849&y=175629&z=110
https://www.fixmystreet.com/around?latitude=51.4652&longitude=-0.1609
geo:51.4652,-0.1609
geo:51.4652,-0.1609;u=35
geo:0,0?q=51.4652,-0.1609(Depot)
google.com/maps/@51.4652,-0.1609,18z
maps.google.com?q=51.4652,-0.1609
See <https://www.google.com/maps/@51.4652,-0.1609,18z>.
[on the map](https://www.openstreetmap.org/#map=18/51.4652/-0.1609)
Dropped pin https://www.google.com/maps/place/51.4652,-0.1609,
""".splitlines()


@in_one_test("written", [*FIGURES, *LINKS])
def test_a_position_is_read_in_each_of_its_forms(written: str) -> None:
    place = parse_place(f"The depot | {written} | fixed", HeaderContext(in_ireland=False))
    found = (place.point.latitude, place.point.longitude)
    assert found == pytest.approx((51.4652, -0.1609), abs=5e-5)
    assert place.name == "The depot"
    assert place.precision is Precision.EXACT


@pytest.mark.parametrize(
    "link",
    [
        "https://www.google.com/maps/@51.4652,-0.1609,18z",
        "geo:51.4652,-0.1609",
    ],
)
@pytest.mark.parametrize(
    "form",
    [
        "The depot | {}",
        "The depot {}",
        "The depot: {}",
        "The depot ({})",
        "The depot – <{}>",
    ],
)
def test_a_link_may_follow_its_name_in_any_way(form: str, link: str) -> None:
    place = parse_place(form.format(link), HeaderContext())
    assert (place.name, place.point) == ("The depot", Point(51.4652, -0.1609))


def test_a_position_is_shown_as_the_post_says() -> None:
    link = "The depot | https://www.google.com/maps/@51.4652,-0.1609,18z"
    place = parse_place(link, HeaderContext(precision=Precision.AREA))
    assert (place.point, place.precision) == (Point(51.465, -0.16), Precision.AREA)


@pytest.mark.parametrize(
    "written",
    [
        "J 335 722",
        "IJ 335 722",
        "j335722",
        "Irish grid J 33500 72200",
        "333500, 372200",
        "54.580442 N, 5.936034 W",
    ],
)
def test_a_position_in_northern_ireland(written: str) -> None:
    point = parse_place(f"The park | {written}", HeaderContext(in_ireland=True)).point
    assert (point.latitude, point.longitude) == pytest.approx((54.580442, -5.936034), abs=2e-6)


@pytest.mark.parametrize(
    ("code", "latitude", "longitude"),
    [  # https://github.com/google/open-location-code/blob/main/test_data/decoding.csv
        ("7FG49QCJ+2V", 20.3700625, 2.7821875),
        ("7FG49QCJ+2VX", 20.3701125, 2.782234375),
        ("7FG49QCJ+2VXGJ", 20.3701135, 2.78223535156),
        ("8FVC2222+22", 47.0000625, 8.0000625),
        ("4VCPPQGP+Q9", -41.2730625, 174.7859375),
        ("62H22222+22", 1.0000625, -179.9999375),
    ],
)
def test_whole_plus_codes_are_decoded(code: str, latitude: float, longitude: float) -> None:
    point = plus_code_point(code, None)
    assert (point.latitude, point.longitude) == pytest.approx((latitude, longitude), abs=1e-6)


@pytest.mark.parametrize(
    ("short", "near", "whole"),
    [  # https://github.com/google/open-location-code/blob/main/test_data/shortCodeTests.csv
        ("9QCJ+2VX", Point(20.3701125, 2.78223), "7FG49QCJ+2VX"),
        ("CJ+2VX", Point(20.3708675, 2.78223), "7FG49QCJ+2VX"),
        ("9QCJ+2VX", Point(20.8701125, 2.2923), "7FG49QCJ+2VX"),
        ("FR8Q+3M", Point(51.5074, -0.1278), "9C3XFR8Q+3M"),
        # The nearest may be across a line of whole degrees.
        ("2222+22", Point(51.99, 0.99), "9F432222+22"),
    ],
)
def test_short_plus_codes_mean_the_nearest_place(short: str, near: Point, whole: str) -> None:
    found, expected = plus_code_point(short, near), plus_code_point(whole, None)
    assert found.metres_to(expected) < 1


def test_the_short_links_of_openstreetmap_are_decoded() -> None:
    """The examples are from the tests of its own encoder (short_link_test.rb)."""
    for code, latitude, longitude, zoom in (
        ("0EEQjEEb", 51.510998, 0.055153, "16"),
        ("0EEQjE--", 51.510772, 0.054931, "9"),
    ):
        found = short_link_middle(code)
        assert found is not None
        assert float(found[0]) == pytest.approx(latitude, abs=0.001)
        assert float(found[1]) == pytest.approx(longitude, abs=0.002)
        assert found[2] == zoom


@pytest.mark.parametrize(
    "link",
    [
        "https://[::1",
        "https://",
        "http://%",
        "geo:",
        "www.google.com/maps/@,",
        "https://maps.google.com/?q=%ff%fe",
        "https://osm.org/go/",
        "https://www.openstreetmap.org/go/!!!",
    ],
)
def test_a_broken_link_is_refused_in_words(link: str) -> None:
    with pytest.raises(ParseError):
        position_in_link(link)


def test_links_that_lead_to_each_other_end() -> None:
    link = "https://www.google.com/url?q=https://maps.google.com/"
    for _ in range(20):
        link = f"https://www.google.com/url?q={link.replace('?', '%3F').replace('&', '%26')}"
    with pytest.raises(ParseError):
        position_in_link(link)


@pytest.mark.parametrize(
    "text",
    [
        "Eland Road",
        "St John's Road",
        "The A205/A3 junction",
        "8 am: bins",
        "Eland Rd / Dorothy Rd",
        "Where? Here",
    ],
)
def test_names_are_no_links(text: str) -> None:
    assert link_in(text) == ""

"""The base map on the interactive map in Chromium: areas, names, colours, and doing without it."""

from __future__ import annotations

import itertools
import json
import math
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.conftest import Visit, served, visitor
from browser.live_map import HUB, live, until
from support import DATASET, ISSUES, ROOT, WARD, write_site
from wardblog.build import build_site

pytestmark = pytest.mark.browser

# Where things are, as latitude and longitude. The pond is far from the first corner of its park.
PARK, POND, OUTSIDE = (51.4631, -0.1549), (51.4651, -0.1549), (51.4699, -0.1649)


def ring(south: float, west: float, north: float, east: float) -> list[list[float]]:
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def feature(kind: str, name: str, form: str, positions: Any) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {"kind": kind, "name": name},
        "geometry": {"type": form, "coordinates": positions},
    }


def street(name: str, *positions: tuple[float, float], kind: str = "road") -> dict[str, Any]:
    """A line through positions of latitude and longitude."""
    return feature(kind, name, "LineString", [[lon, lat] for lat, lon in positions])


def base_map() -> str:
    """A park with a hole in it, and streets: straight, bent, to the north, and side by side."""
    arc = [
        (51.4602 + 0.0006 * math.sin(step / 8 * math.pi), -0.1690 + step / 8 * 0.004)
        for step in range(9)
    ]
    park = [ring(51.4625, -0.157, 51.4661, -0.153), ring(51.4645, -0.156, 51.4657, -0.154)]
    return json.dumps(
        {
            "type": "FeatureCollection",
            "attribution": "Base map: made up.",
            "features": [
                feature("green", "Sample Park", "Polygon", park),
                street("High Street", (51.4662, -0.150), (51.4662, -0.170), kind="road-major"),
                street("Bow Street", *arc),
                street("North Street", (51.4660, -0.1602), (51.4610, -0.1600)),
                *(
                    street(f"{name} Road", (lat, -0.1690), (lat + 0.0002, -0.1610))
                    for name, lat in zip(
                        ("Ash", "Birch", "Cedar", "Elm", "Fir", "Hazel"),
                        (51.4615 + 0.00025 * n for n in range(6)),
                        strict=True,
                    )
                ),
            ],
        }
    )


@pytest.fixture(scope="module")
def based(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site with that base map, and three places, two of them at one spot."""
    folder = tmp_path_factory.mktemp("based")
    outline = feature("", "Shaftesbury", "Polygon", [ring(51.4595, -0.171, 51.467, -0.149)])
    content = write_site(
        folder / "content",
        {
            "ward.toml": WARD.replace("[[coun", 'boundary = "data/ward.geojson"\n[[coun')
            + '[map]\nbase = "data/base.geojson"\n',
            "issues.toml": f'{ISSUES}{DATASET}show = "all"\n',
            "data/ward.geojson": json.dumps({"type": "FeatureCollection", "features": [outline]}),
            "data/base.geojson": base_map(),
            "data/bins.csv": "Name,Latitude,Longitude\nThe well,51.4610,-0.1520\n"
            "The old well,51.4610,-0.1520\nThe gate,51.4640,-0.1665\n",
        },
    )
    build_site(ROOT / "pelicanconf.py", content, folder / "output")
    with served(folder / "output") as address:
        yield address


@pytest.fixture
def visit_based(browser: Browser, based: str) -> Iterator[Visit]:
    with visitor(browser, based) as open_page:
        yield open_page


class Written(NamedTuple):
    """A text on the canvas: its middle in pixels, its angle in radians, its width."""

    text: str
    x: float
    y: float
    angle: float
    width: float

    def points(self) -> list[tuple[float, float]]:
        """Points along the text, every four pixels."""
        steps = [4 * n for n in range(int(-self.width / 8), int(self.width / 8) + 1)]
        across, down = math.cos(self.angle), math.sin(self.angle)
        return [(self.x + step * across, self.y + step * down) for step in steps]


def written(page: Page, zoom: float | None = None) -> list[Written]:
    """All texts that are written on the canvas when it is drawn, at this zoom."""
    found = page.evaluate(
        """async (zoom) => {
          const {map} = ward.live;
          if (zoom) map.setZoom(zoom, {animate: false});
          const found = [];
          const canvas = CanvasRenderingContext2D.prototype;
          const {fillText} = canvas;
          canvas.fillText = function (text, x, y) {
            const now = this.getTransform();
            const at = now.transformPoint({x, y});
            const {width} = this.measureText(text);
            const middle = {left: width / 2, right: -width / 2, center: 0}[this.textAlign];
            found.push([String(text), at.x + middle, at.y, Math.atan2(now.b, now.a), width]);
            fillText.call(this, text, x, y);
          };
          map.fire("cover");
          await new Promise((resolve) => setTimeout(resolve, 150));
          canvas.fillText = fillText;
          return found;
        }""",
        zoom,
    )
    return list(itertools.starmap(Written, found))


def pixel(page: Page, place: tuple[float, float]) -> list[int]:
    """Red, green, blue and opacity of the canvas at a place."""
    found: list[int] = page.evaluate(
        """async ([lat, lon]) => {
          await new Promise((resolve) => setTimeout(resolve, 150));
          const {map} = ward.live;
          const {_bounds, _container} = map.options.renderer;
          const at = map.latLngToLayerPoint([lat, lon]).subtract(_bounds.min);
          const sharp = _container.width / _bounds.getSize().x;
          const copy = document.createElement("canvas").getContext("2d");
          copy.drawImage(_container, at.x * sharp, at.y * sharp, 1, 1, 0, 0, 1, 1);
          return [...copy.getImageData(0, 0, 1, 1).data];
        }""",
        place,
    )
    return found


@pytest.mark.long
def test_areas_are_filled_but_for_their_holes_and_the_ground_outside_is_dimmed(
    visit_based: Visit,
) -> None:
    page = live(visit_based(HUB, color_scheme="light"))
    expect(page.locator("figure.has-ground")).to_have_count(1)
    park = pixel(page, PARK)
    assert park[3] == 255
    assert pixel(page, POND) == [0, 0, 0, 0]
    assert 60 < pixel(page, OUTSIDE)[3] < 200
    page.emulate_media(color_scheme="dark")
    dark = pixel(page, PARK)
    assert dark != park
    assert dark[3] == 255


def test_names_are_along_the_streets_and_never_overlap_or_stand_upside_down(
    visit_based: Visit,
) -> None:
    page = live(visit_based(HUB, viewport={"width": 1280, "height": 800}))
    far, near = written(page, 14), written(page, 16.5)
    streets = [one for one in near if one.text.endswith((" Road", " Street", " Park"))]
    assert {"North Street", "Sample Park", "Elm Road"} <= {one.text for one in streets}
    assert "High Street" in [one.text for one in far]
    assert len([one for one in far if one.text.endswith("Road")]) < len(
        [one for one in near if one.text.endswith("Road")]
    )
    assert all(-math.pi / 2 - 0.21 < one.angle < math.pi / 2 - 0.19 for one in near)
    north = next(one for one in streets if one.text == "North Street")
    assert north.angle == pytest.approx(-math.pi / 2, abs=0.1)
    names = [one for one in near if len(one.text) > 2]
    for one, other in itertools.combinations(names, 2):
        nearest = min(math.dist(a, b) for a in one.points() for b in other.points())
        assert nearest > 8, (one, other)


@pytest.mark.long
def test_a_name_follows_a_gentle_bend_letter_by_letter(visit_based: Visit) -> None:
    page = live(visit_based(HUB, viewport={"width": 1280, "height": 800}))
    page.evaluate("ward.live.map.setView([51.4606, -0.167], 17.5, {animate: false})")
    letters = [one for one in written(page) if len(one.text) == 1 and one.text.isalpha()]
    assert "".join(one.text for one in letters) == "BowStreet"
    assert all(one.x < other.x for one, other in itertools.pairwise(letters))
    assert letters[0].angle < -0.05 < 0.05 < letters[-1].angle


@pytest.mark.long
def test_places_at_one_spot_are_one_mark_with_its_name_and_a_count(visit_based: Visit) -> None:
    page = live(visit_based(HUB))
    texts = [one.text for one in written(page)]
    assert texts.count("2") == 1  # the count; the second place has no number of its own
    assert "The well" in texts
    assert "The gate" in texts
    assert "The old well" not in texts


@pytest.mark.long
def test_a_map_without_its_base_map_works(browser: Browser, based: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.route("**/base.*.json", lambda route: route.abort())
    page.route("**/base-*.json", lambda route: route.abort())
    page.goto(f"{based}{HUB}", wait_until="networkidle")
    live(page)
    expect(page.locator("figure.has-ground")).to_have_count(0)
    page.locator("#place-3").get_by_role("link", name="show on map").click()
    expect(page.get_by_role("dialog", name="The gate")).to_be_visible()
    assert errors == []
    context.close()


@pytest.mark.long
def test_another_script_can_ask_for_what_is_near(visit_based: Visit) -> None:
    page = visit_based(HUB, viewport={"width": 360, "height": 300})
    page.evaluate("ward.near(51.4630, -0.1600, 300)")
    expect(page.locator("figure.is-live")).to_have_count(1)
    circles = "Object.values(map._layers).filter((one) => one.getRadius?.() === 300)"
    until(page, f"{circles}.length === 1 && map.getBounds().contains({circles}[0].getBounds())")
    page.evaluate("ward.near(51.4640, -0.1620, 300)")
    until(page, f"{circles}.length === 1 && {circles}[0].getLatLng().lng === -0.162")


@pytest.mark.long
@pytest.mark.parametrize("has_scripts", [True, pytest.param(False, marks=pytest.mark.long)])
def test_credits_are_one_line_with_more(has_scripts: bool, visit_based: Visit) -> None:
    page = visit_based(HUB, java_script_enabled=has_scripts, viewport={"width": 360, "height": 700})
    folded = page.locator(".map-credits")
    rest = folded.locator("> small").first
    expect(folded.locator("summary")).to_contain_text("Base map: made up.")
    expect(rest).not_to_be_visible()
    height = folded.bounding_box()
    assert height is not None
    assert height["height"] < 36
    page.emulate_media(media="print")
    expect(rest).to_be_visible()
    page.emulate_media(media="screen")
    folded.locator("summary").click()
    expect(rest).to_be_visible()


@pytest.mark.long
def test_odd_base_maps_are_drawn(visit_based: Visit) -> None:
    """Positions that coincide, shapes far larger than the map, no shapes, and unknown kinds."""
    page = live(visit_based(HUB))
    drawn = page.evaluate(
        """async () => {
          const {map} = ward.live;
          const dots = Object.values(map._layers).find((one) => one.groups);
          const layer = (kind, area, step) => ({kind, area, names: ["", "Elm Road"], name: [1, 1],
            size: [3, 3], lat: [5146500, step, 0, 0, -step, 0],
            lon: [-16200, 0, step, step, 0, -step]});
          const layers = Object.keys(wardKinds).flatMap((kind) => [true, false].flatMap(
            (area) => [0, 1, 50000].map((step) => layer(kind, area, step))));
          const none = {names: [], name: [], size: [], lat: [], lon: []};
          const empty = {kind: "green", area: true, ...none};
          const odd = [empty, layer("tram", false, 5)];
          const ground = new WardGround(wardGround({perDegree: 1e5, layers: [...odd, ...layers]}));
          dots.names = ground.names;
          ground.addTo(map);
          for (const zoom of [10, 15, 19]) {
            map.setZoom(zoom, {animate: false});
            await new Promise(requestAnimationFrame);
          }
          return [ground.ground.layers.length, wardGround({perDegree: 1e5, layers: odd})];
        }"""
    )
    assert drawn[0] > 40
    assert drawn[1] is None


@pytest.mark.long
def test_a_place_has_its_name_wherever_its_mark_is_on_the_grid(visit_based: Visit) -> None:
    """The grid of what is taken must not count a name as touching its own mark."""
    page = live(visit_based(HUB))
    counts = page.evaluate(
        """() => {
          const {map} = ward.live;
          let dots;
          map.eachLayer((layer) => { if (layer.labels) dots = layer; });
          const {_ctx: context, _bounds: {min, max}} = dots._renderer;
          const steps = [0, 0.7, 1.4, 2.1, 2.8, 3.5, 4.2];
          return steps.flatMap((across) => steps.map((down) => {
            const room = new WardRoom(L.bounds(min.subtract([across, down]), max));
            return dots.labels(context, room, dots.heads).length;
          }));
        }"""
    )
    assert set(counts) == {2}  # one mark for the two wells, and one for the gate

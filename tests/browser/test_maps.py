"""Maps and their lists in Chromium: drawing, popups, loading, and failures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from browser.conftest import Visit, served, visitor
from browser.live_map import HUB, click_on_map, live, place
from support import DATASET, ISSUES, ROOT, WARD, mostly_long, picture, unhashed, write_site
from wardblog.build import build_site
from wardblog.support.colours import contrast

pytestmark = pytest.mark.browser

POST_PAGE = "/2026/11/two-grit-bins-moved-on-the-estate/"


@pytest.mark.long
@pytest.mark.parametrize(
    ("path", "places"),
    [
        ("/map/", 24),
        # The same script draws these, and every kind of page with a map is opened for its look.
        *(
            pytest.param(*page, marks=pytest.mark.long)
            for page in ((HUB, 6), (POST_PAGE, 2), ("/", 4), ("/map/grit-bins/", 6))
        ),
    ],
)
def test_a_map_is_drawn_with_every_place(path: str, places: int, visit: Visit) -> None:
    page = live(visit(path))
    expect(page.locator(".map-tools")).to_have_attribute("data-places", str(places))
    expect(page.locator(".map-picture")).not_to_be_visible()
    colours = page.evaluate(
        """() => {
          const canvas = document.querySelector(".map-live canvas");
          const data = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
          const seen = new Set();
          for (let i = 0; i < data.length; i += 4) {
            if (data[i + 3] === 255) seen.add(data.slice(i, i + 3).join(" "));
          }
          return [...seen];
        }"""
    )
    assert "138 90 0" in colours  # the issue's own colour, #8a5a00


def test_the_map_is_loaded_only_when_the_reader_does_something(visit: Visit) -> None:
    """Also where it is on the screen: the picture is enough for somebody who only looks."""
    page = visit("/map/", viewport={"width": 1280, "height": 800})
    page.wait_for_timeout(300)
    assert page.evaluate("typeof L") == "undefined"
    page.keyboard.press("Tab")
    expect(page.locator("figure.is-live")).to_have_count(1)


def test_the_map_is_loaded_only_when_it_is_nearly_on_the_screen(visit: Visit) -> None:
    page = visit(POST_PAGE, viewport={"width": 360, "height": 300})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rsplit("/", 1)[-1]))
    expect(page.locator("figure.is-live")).to_have_count(0)
    assert page.evaluate("typeof L") == "undefined"
    live(page)
    assert "leaflet.js" in map(unhashed, asked)


def test_from_the_list_to_the_map_and_back(visit: Visit) -> None:
    page = visit(HUB)
    link = place(page, 3).get_by_role("link", name="show on map")
    link.focus()
    page.keyboard.press("Enter")
    popup = page.get_by_role("dialog", name="Ashley Crescent at Lavender Hill")
    expect(popup).to_be_visible()
    expect(popup).to_contain_text("○ reported")
    expect(popup).to_contain_text("17 October 2026")
    expect(popup.locator(".map-place")).to_be_focused()
    page.keyboard.press("Escape")
    expect(popup).not_to_be_visible()
    expect(link).to_be_focused()
    link.click()
    popup.get_by_role("link", name="In the list").click()
    expect(popup).not_to_be_visible()
    expect(place(page, 3)).to_be_focused()


def test_a_popup_closes_by_its_button_and_links_to_the_post(visit: Visit) -> None:
    page = visit(HUB)
    link = place(page, 3).get_by_role("link", name="show on map")
    link.click()
    page.get_by_role("button", name="Close popup").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(link).to_be_focused()
    link.click()
    page.get_by_role("link", name="Read the post").click()
    expect(page.locator("h1")).to_have_text("Getting the grit bins ready for the new winter")


@pytest.mark.long
def test_places_at_the_same_position_are_shown_one_by_one(visit: Visit) -> None:
    page = live(visit("/issues/fly-tipping/"))
    click_on_map(page, 51.467, -0.16)  # both posts are about one spot, shown to about 100 m
    popup = page.get_by_role("dialog")
    expect(popup).to_contain_text("1 of 2 here")
    expect(popup).to_contain_text("26 February 2026")
    expect(popup).to_contain_text("not possible")
    popup.get_by_role("button", name="Next").click()
    expect(popup).to_contain_text("2 of 2 here")
    expect(popup).to_contain_text("11 December 2025")
    expect(popup).not_to_contain_text("not possible")
    expect(popup.get_by_role("button", name="Next")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".map-live")).to_be_focused()


@pytest.mark.long
def test_yearly_changes_are_marked_on_the_map_and_in_the_list(visit: Visit) -> None:
    page = live(visit(HUB))
    expect(page.locator(".map-key")).to_contain_text("new since the previous list")
    for number, words in ((2, "▲ moved 140 m"), (3, "◆ new"), (6, "◌ gone")):
        expect(place(page, number)).to_contain_text(words)
        place(page, number).get_by_role("link", name="show on map").click()
        expect(page.get_by_role("dialog")).to_contain_text(words)


def test_the_filter_works_without_javascript(visit: Visit) -> None:
    page = visit("/map/", java_script_enabled=False)
    page.get_by_role("link", name="Dog fouling").first.click()
    expect(page.locator(".places > li")).to_have_count(3)
    expect(page.locator(".map-picture")).to_be_visible()


@pytest.mark.long
def test_a_map_that_cannot_be_loaded_leaves_its_picture(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.route("**/map.*.json", lambda route: route.abort())
    page.goto(f"{address}{HUB}", wait_until="networkidle")
    place(page, 5).get_by_role("link", name="show on map").click()
    expect(page.locator(".map-picture")).to_be_visible()
    expect(page.locator("figure.is-live")).to_have_count(0)
    context.close()


@pytest.mark.long
def test_the_picture_prints_even_when_the_map_is_live(visit: Visit) -> None:
    page = live(visit(HUB))
    page.emulate_media(media="print")
    expect(page.locator(".map-picture")).to_be_visible()
    expect(page.locator(".map-tools")).not_to_be_visible()
    expect(page.locator("figcaption")).to_contain_text("Open Government Licence v3.0.")


@pytest.fixture(scope="module")
def real_site(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The council's own list and the ward's legal boundary."""
    folder = tmp_path_factory.mktemp("real")
    ward = WARD.replace(
        'council = "Wandsworth"',
        'council = "Wandsworth"\nboundary = "data/wards.geojson"\ncode = "E05000623"',
    )
    content = write_site(
        folder / "content",
        {
            "ward.toml": ward,
            "issues.toml": ISSUES + DATASET.replace("bins.csv", "bins.geojson"),
            "data/bins.geojson": (real_data / "wandsworth-grit-bins.geojson").read_bytes(),
            "data/wards.geojson": (real_data / "wandsworth-wards-2013.geojson").read_bytes(),
        },
    )
    build_site(ROOT / "pelicanconf.py", content, folder / "output")
    with served(folder / "output") as address:
        yield address


@pytest.mark.long
def test_real_bins_are_on_the_map_with_their_licences(browser: Browser, real_site: str) -> None:
    with visitor(browser, real_site) as visit:
        page = live(visit(HUB))
        expect(page.locator(".map-tools")).to_have_attribute("data-places", "5")
        expect(page.locator("figcaption")).to_contain_text(
            "Contains public sector information licensed under the Open Government Licence v3.0."
        )
        expect(page.locator("figcaption")).to_contain_text(
            "Source: Office for National Statistics licensed under the Open Government Licence "
            "v.3.0. Contains OS data © Crown copyright and database right 2013."
        )
        place(page, 1).get_by_role("link", name="show on map").click()
        expect(page.get_by_role("dialog")).to_contain_text("Grit bins")


@pytest.mark.parametrize("is_live", [True, False], ids=["live", "still a picture"])
def test_street_tiles_are_loaded_only_on_request(
    is_live: bool, browser: Browser, address: str
) -> None:
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []

    def tile(route: Any) -> None:
        asked.append(route.request.url)
        route.fulfill(status=200, content_type="image/png", body=b"")

    page.route("https://tile.openstreetmap.org/**", tile)
    page.goto(f"{address}/issues/grit-bins/", wait_until="networkidle")
    button = page.get_by_role("button", name="Show street map (from openstreetmap.org)")
    if is_live:
        live(page)
        assert asked == []
        button.click()
    else:
        assert asked == []
        button.evaluate("button => { button.click(); button.click(); }")
    expect(page.locator(".leaflet-control-attribution")).to_have_text(
        "© OpenStreetMap contributors"
    )
    page.wait_for_timeout(300)
    assert asked
    context.close()


@pytest.mark.long
def test_a_failed_street_map_shows_a_message_and_can_be_tried_again(
    browser: Browser, address: str
) -> None:
    context = browser.new_context()
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    tiles = "https://tile.openstreetmap.org/**"
    page.route(tiles, lambda route: route.abort("internetdisconnected"))
    page.goto(f"{address}/issues/grit-bins/", wait_until="networkidle")
    live(page)
    page.get_by_role("button", name="Show street map").click()
    status = page.get_by_role("status")
    expect(status).to_have_text("The street map could not be loaded.")
    expect(page.locator("figure.has-tiles")).to_have_count(0)  # our own streets are there again
    again = page.get_by_role("button", name="Try again")
    expect(page.locator(".map-note")).to_contain_text("openstreetmap.org did not answer.")
    again.click()
    expect(again).to_be_visible()  # still no network
    page.unroute(tiles)
    page.route(
        tiles, lambda route: route.fulfill(status=200, content_type="image/png", body=picture())
    )
    again.focus()
    page.keyboard.press("Enter")
    expect(again).to_have_count(0)
    expect(page.locator(".map-status")).to_have_text("")
    expect(page.locator("figure.has-tiles")).to_have_count(1)
    expect(page.locator(".leaflet-container")).to_be_focused()
    assert errors == []
    context.close()


@pytest.mark.long
@pytest.mark.parametrize(
    "name",
    mostly_long(
        ("leaflet.*.js", "leaflet.*.css", "theme/map.*.js", "grit-bins/map.*.js", "map.*.json"),
        "leaflet.*.js",
    ),
)  # fmt: skip
def test_an_interrupted_map_is_loaded_at_the_next_try(
    name: str, browser: Browser, address: str
) -> None:
    context = browser.new_context()
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.route(f"**/{name}", lambda route: route.abort(), times=1)
    page.goto(f"{address}{HUB}", wait_until="networkidle")
    link = place(page, 5).get_by_role("link", name="show on map")
    link.click()
    failed = page.locator(".map-status", has_text="could not be loaded")
    # A script that was asked for early and failed may have come by itself by then.
    expect(failed.or_(page.get_by_role("dialog"))).to_be_visible()
    link.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert errors == []
    context.close()


@pytest.mark.long
def test_a_reader_who_has_moved_on_is_not_taken_back(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    held: list[Any] = []
    page.route("**/leaflet.*.js", lambda route: held.append(route))
    page.goto(f"{address}{HUB}", wait_until="domcontentloaded")
    place(page, 5).get_by_role("link", name="show on map").click()
    expect(page.locator(".map-status")).to_have_text("Loading the map.")
    page.get_by_role("link", name="Ways to follow").focus()
    for route in held:
        route.continue_()
    expect(page.locator("figure.is-live")).to_have_count(1)
    expect(page.get_by_role("link", name="Ways to follow")).to_be_focused()
    expect(page.get_by_role("dialog")).to_have_count(0)
    context.close()


def test_a_place_in_the_address_is_shown(visit: Visit) -> None:
    page = visit(f"{HUB}?place=4#ward-map")
    expect(page.get_by_role("dialog", name="Heathwall Street at Eland Road")).to_be_visible()


@pytest.mark.long
def test_the_map_works_without_intersection_observer_and_trusted_types(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    page.add_init_script("delete window.IntersectionObserver; delete window.trustedTypes;")
    page.goto(f"{address}{HUB}", wait_until="networkidle")
    live(page)
    place(page, 5).get_by_role("link", name="show on map").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    context.close()


@pytest.mark.long
def test_the_credit_of_tiles_is_readable_in_dark_mode(browser: Browser, address: str) -> None:
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.route(
        "https://tile.openstreetmap.org/**",
        lambda route: route.fulfill(body=picture(), content_type="image/png"),
    )
    page.goto(f"{address}{HUB}", wait_until="networkidle")
    live(page)
    page.get_by_role("button", name="Show street map").click()
    colours = page.locator(".leaflet-control-attribution").evaluate(
        "e => [getComputedStyle(e).color, getComputedStyle(e).backgroundColor]"
    )
    assert colours == ["rgb(27, 30, 32)", "rgb(255, 255, 255)"]
    context.close()


@pytest.mark.long
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_circle_of_an_approximate_place_is_seen(
    visit: Visit, sample: Path, scheme: str
) -> None:
    """WCAG 2.2, 1.4.11 Non-text Contrast: 3 to 1 against the land."""
    found = next(one for one in sorted(sample.glob("2026/*/*/index.html"))
                 if 'class="map-area' in one.read_text("utf-8"))  # fmt: skip
    page = visit(f"/{found.parent.relative_to(sample).as_posix()}/", color_scheme=scheme)
    stroke, opacity, width, land = page.locator(".map-area").first.evaluate(
        """(one) => {
          const style = getComputedStyle(one);
          return [style.stroke, style.strokeOpacity, parseFloat(style.strokeWidth),
                  style.getPropertyValue("--map-land").trim()];
        }"""
    )
    red, green, blue = (int(part) for part in re.findall(r"\d+", stroke)[:3])
    assert opacity == "1"
    assert width >= 2
    assert contrast(f"#{red:02x}{green:02x}{blue:02x}", land) >= 3

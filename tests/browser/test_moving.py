"""Maps used by touch, keyboard, wheel and mouse, on screens of every size."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from browser.conftest import Visit
from browser.live_map import HUB, live, place, settled, until, view
from support import mostly_long

pytestmark = pytest.mark.browser

MOST_TAB_STOPS = 8
ARROWS = "Arrows to move the map"


def with_arrows(page: Page) -> Page:
    """A live map with its arrows, which are shown on request."""
    live(page).get_by_role("button", name=ARROWS).click()
    return page


@pytest.mark.long
def test_a_map_has_few_tab_stops_and_every_one_has_a_name(visit: Visit) -> None:
    page = live(visit(HUB))
    place(page, 5).get_by_role("link", name="show on map").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    stops = page.locator("figure.map :is(a[href], button, [tabindex='0'])").filter(visible=True)
    names = [
        stop.get_attribute("aria-label") or stop.inner_text()
        for stop in stops.all()
        if stop.get_attribute("tabindex") != "-1"
    ]
    assert len(names) <= MOST_TAB_STOPS
    assert all(names)


def test_buttons_zoom_and_move_the_map_with_keys_alone(visit: Visit) -> None:
    page = live(visit(HUB, reduced_motion="no-preference"))
    zoom, latitude, longitude = view(page)
    page.get_by_role("button", name="Zoom in").focus()
    page.keyboard.press("Enter")
    until(page, f"map.getZoom() === {zoom} + 1")
    page.keyboard.press("End")
    expect(page.get_by_role("button", name=ARROWS, expanded=False)).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("End")
    expect(page.get_by_role("button", name="Move right")).to_be_focused()
    page.keyboard.press("Enter")
    until(page, f"map.getCenter().lng > {longitude}")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("button", name="Whole map")).to_be_focused()
    page.keyboard.press("Enter")
    until(page, f"map.getZoom() === {zoom}")
    assert view(page)[1] == pytest.approx(latitude, abs=1e-4)


@pytest.mark.long
def test_controls_are_large_enough_for_a_finger(visit: Visit) -> None:
    page = with_arrows(visit(HUB, viewport={"width": 320, "height": 640}))
    place(page, 5).get_by_role("link", name="show on map").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    for control in page.locator("figure.map :is(button, a.leaflet-popup-close-button)").all():
        box = control.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 43.9, control.inner_text()


@pytest.mark.long
def test_the_wheel_scrolls_the_page_and_with_ctrl_the_map(visit: Visit) -> None:
    page = live(visit(HUB, viewport={"width": 1280, "height": 600}))
    before = view(page)
    page.locator(".map-live").hover()
    scrolled = page.evaluate("scrollY")
    page.mouse.wheel(0, 120)
    until(page, f"scrollY > {scrolled}")
    assert view(page) == before
    expect(page.locator(".map-hint")).to_have_text("Hold Ctrl and scroll to zoom the map")
    page.locator(".map-live").hover()
    page.keyboard.down("Control")
    page.mouse.wheel(0, -120)
    until(page, f"map.getZoom() > {before[0]}")
    page.keyboard.up("Control")


@pytest.mark.long
def test_a_mouse_drags_the_map(visit: Visit) -> None:
    page = live(visit(HUB))
    before = view(page)
    box = page.locator(".map-live").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 60, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 160, box["y"] + 110, steps=5)
    page.mouse.up()
    assert view(page)[2] < before[2]


class Fingers:
    """Fingers on the screen, as the browser itself would report them."""

    def __init__(self, page: Page) -> None:
        self._session = page.context.new_cdp_session(page)

    def move(self, *starts: tuple[float, float], by: tuple[float, float]) -> None:
        """All of them together, in steps, and off the screen again."""
        for step in range(9):
            points = [
                {"x": x + by[0] * step / 8, "y": y + by[1] * step / 8, "id": number}
                for number, (x, y) in enumerate(starts)
            ]
            self._send("touchMove" if step else "touchStart", points)
        self._send("touchEnd", [])

    def _send(self, kind: str, points: list[dict[str, float]]) -> None:
        self._session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


@pytest.mark.long
def test_one_finger_scrolls_the_page_and_two_move_the_map(visit: Visit) -> None:
    page = live(visit(HUB, viewport={"width": 360, "height": 640}, has_touch=True, is_mobile=True))
    page.locator("figure.map").evaluate("figure => figure.scrollIntoView()")
    fingers, before = Fingers(page), view(page)
    box = page.locator(".map-live").bounding_box()
    assert box is not None
    scrolled = page.evaluate("scrollY")
    fingers.move((180, box["y"] + 150), by=(0, -120))
    until(page, f"scrollY > {scrolled} + 40")
    assert view(page) == before
    expect(page.locator(".map-hint")).to_have_text("Use two fingers to move the map")
    page.locator("figure.map").evaluate("figure => figure.scrollIntoView()")
    box = settled(page).locator(".map-live").bounding_box()
    assert box is not None
    y = max(box["y"], 0) + 60
    fingers.move((100, y), (180, y), by=(80, 0))
    until(page, f"map.getCenter().lng < {before[2]}")


@pytest.mark.long
def test_the_filter_of_the_map_is_made_of_links_and_keeps_the_view(visit: Visit) -> None:
    page = live(visit("/map/"))
    page.get_by_role("button", name="Zoom in").click()
    until(page, "location.hash.startsWith('#at=')")
    before = view(settled(page))
    page.locator(".filter").get_by_role("link", name="Planning").click()
    live(page)
    expect(page.locator("h1")).to_have_text("Planning on the map")
    expect(page.locator("[aria-current=page]")).to_contain_text("Planning")
    assert view(page) == pytest.approx(before, abs=1e-3)


def in_view(page: Page, selector: str) -> bool:
    box = page.locator(selector).first.bounding_box()
    size = page.viewport_size
    assert box is not None
    assert size is not None
    right, bottom = box["x"] + box["width"], box["y"] + box["height"]
    return box["x"] >= 0 and box["y"] >= 0 and right <= size["width"] and bottom <= size["height"]


@pytest.mark.long
@pytest.mark.parametrize(
    "size",
    [
        (320, 256),
        *(
            pytest.param(size, marks=pytest.mark.long)
            for size in ((320, 640), (640, 360), (360, 740), (1280, 600))
        ),
    ],
)
def test_a_place_shown_on_the_map_is_scrolled_into_view(
    size: tuple[int, int], visit: Visit
) -> None:
    page = visit(HUB, viewport={"width": size[0], "height": size[1]})
    for number in (1, 3, 6):
        place(page, number).get_by_role("link", name="show on map").click()
        expect(page.get_by_role("dialog")).to_be_visible()
        settled(page)
        assert in_view(page, ".map-place strong")
        assert in_view(page, ".leaflet-popup-close-button")


@pytest.mark.long
@pytest.mark.parametrize(
    "odd",
    mostly_long(
        ("#at=15/51.46/-.", "#at=1.2.3/51.46/-0.16", f"#at=15/{'9' * 400}/0", "?place=1.5",
         "?place=x", "?place=0", "?place=999", "?place=-1"),
        "?place=999",
    ),
)  # fmt: skip
def test_an_invalid_view_in_the_address_shows_the_whole_map(odd: str, visit: Visit) -> None:
    page = live(visit(f"/map/{odd}"))
    assert page.get_by_role("dialog").count() == 0
    place(page, 3).get_by_role("link", name="show on map").click()
    expect(page.get_by_role("dialog")).to_be_visible()


@pytest.mark.long
def test_a_fine_wheel_zooms_finely(visit: Visit) -> None:
    page = live(visit(HUB))
    zoom = view(page)[0]
    page.locator(".map-live").hover()
    page.keyboard.down("Control")
    for _ in range(12):
        page.mouse.wheel(0, -1.2)
    page.keyboard.up("Control")
    assert view(settled(page))[0] <= zoom + 0.5


@pytest.mark.long
def test_a_popup_that_was_moved_out_of_sight_is_closed(visit: Visit) -> None:
    page = with_arrows(visit(HUB))
    place(page, 5).get_by_role("link", name="show on map").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    for _ in range(4):
        page.get_by_role("button", name="Move right").click()
        settled(page)
    expect(page.get_by_role("dialog")).to_have_count(0)


@pytest.mark.long
def test_the_toolbar_stays_one_tab_stop_and_leaves_keys_of_the_browser_alone(visit: Visit) -> None:
    page = with_arrows(visit(HUB))
    for name in ("Move up", "Move left", "Zoom out"):
        page.get_by_role("button", name=name).click()
        page.keyboard.press("ArrowRight")
    expect(page.locator(".map-tools button[tabindex='0']")).to_have_count(1)

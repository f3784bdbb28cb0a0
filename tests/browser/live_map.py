"""A live map as tests ask for it: come, looked at, waited for and clicked."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

HUB = "/issues/grit-bins/"


def live(page: Page) -> Page:
    """Goes to the map as a reader does, with a hand on the mouse, and waits for it."""
    page.locator("figure.map").scroll_into_view_if_needed()
    page.mouse.move(1, 1)
    page.mouse.move(2, 2)
    expect(page.locator("figure.is-live")).to_have_count(1)
    return page


def place(page: Page, number: int) -> Locator:
    """A place's line in the list, by its number from 1."""
    return page.locator(f"#place-{number}")


def view(page: Page) -> Any:
    """Zoom, latitude and longitude of the live map."""
    return page.evaluate(
        "(({map}) => [map.getZoom(), map.getCenter().lat, map.getCenter().lng])(ward.live)"
    )


def until(page: Page, condition: str) -> None:
    """Waits for a condition on `map`; the pages' policy forbids Playwright's own way of it."""
    for _ in range(50):
        if page.evaluate(f"(({{map}}) => {condition})(ward.live)"):
            return
        page.wait_for_timeout(100)
    pytest.fail(f"never true: {condition}")


def settled(page: Page) -> Page:
    """Waits until neither the page nor the map has moved for half a second."""
    states: list[Any] = []
    for _ in range(100):
        states.append(page.evaluate("[scrollX, scrollY, ward.live?.map.getCenter()]"))
        if len(states) > 3 and all(state == states[-1] for state in states[-4:]):
            return page
        page.wait_for_timeout(170)
    pytest.fail(f"still moving: {states[-4:]}")


def click_on_map(page: Page, latitude: float, longitude: float) -> None:
    x, y = page.evaluate(
        """([lat, lon]) => {
          const {map} = ward.live;
          const at = map.latLngToContainerPoint([lat, lon]);
          const box = map.getContainer().getBoundingClientRect();
          return [box.x + at.x, box.y + at.y];
        }""",
        [latitude, longitude],
    )
    page.mouse.click(x, y)

"""The sample in Chromium: privacy, printing, and use without JavaScript."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from browser.conftest import Visit
from browser.live_map import live
from look import SCHEMES
from support import mostly_long

pytestmark = pytest.mark.browser

PAGES = {
    "home": "/",
    "post": "/2026/11/two-grit-bins-moved-on-the-estate/",
    "hub": "/issues/grit-bins/",
    "map": "/map/",
    "filtered map": "/map/grit-bins/",
}


@pytest.mark.parametrize("kind", mostly_long(PAGES, "home", "hub"))
def test_without_javascript_the_picture_and_the_list_are_shown(kind: str, visit: Visit) -> None:
    page = visit(PAGES[kind], java_script_enabled=False)
    expect(page.locator(".map-picture")).to_be_visible()
    assert page.locator(".places > li").count() >= 2
    expect(page.locator(".map-note")).not_to_be_visible()


def test_nothing_is_stored_on_the_device(visit: Visit) -> None:
    page = visit("/issues/grit-bins/")
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


def test_the_site_runs_under_its_own_policy_sent_as_a_header(
    browser: Browser, address: str
) -> None:
    """The strictest that a host may set: `default-src 'self'`, and nothing more."""
    context = browser.new_context()
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))

    def with_policy(route: Any) -> None:
        answer = route.fetch()
        headers = {**answer.headers, "content-security-policy": "default-src 'self'"}
        route.fulfill(response=answer, headers=headers)

    page.route("**/*", with_policy)
    page.goto(f"{address}/issues/grit-bins/", wait_until="networkidle")
    live(page)
    assert complaints == []
    context.close()


@pytest.mark.parametrize("scheme", mostly_long(SCHEMES, "dark"))
def test_pages_print_as_leaflets_with_picture_imprint_and_address(
    scheme: Any, visit: Visit
) -> None:
    page = live(visit(PAGES["post"], color_scheme=scheme))
    page.emulate_media(media="print", color_scheme=scheme)
    expect(page.locator("nav").first).not_to_be_visible()
    expect(page.locator(".map-picture")).to_be_visible()
    expect(page.locator(".map-live")).not_to_be_visible()
    expect(page.locator(".printed-address")).to_have_text(
        "https://ward.example.org/2026/11/two-grit-bins-moved-on-the-estate/"
    )
    expect(page.locator(".imprint")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_with_the_keyboard_the_first_stop_skips_to_the_text(visit: Visit) -> None:
    page = visit("/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to the main text")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#ward-main$"))

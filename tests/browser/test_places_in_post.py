"""A place is put into a post from the post's own page, and is saved as the reader wants it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.editor_page import FILE, PHONE, editor_on, faults, opened, post_address, ready
from browser.test_places_dialog import content_of
from editor.running import RunningEditor

pytestmark = pytest.mark.browser

POST = """\
Title: Dog mess again
Date: 2026-11-20 09:00
Tags: Dog fouling
Places: Heathwall Street | fixed

The bins are full.
"""


@pytest.fixture
def running(tmp_path: Path) -> Iterator[RunningEditor]:
    maps = content_of(tmp_path / "maps")
    files: dict[str, str | bytes] = {
        path.relative_to(maps).as_posix(): path.read_bytes()
        for path in maps.rglob("*")
        if path.is_file() and path.parent != maps / "posts"
    }
    with editor_on(tmp_path, files | {FILE: POST}) as running:
        yield running


def saved(page: Page, running: RunningEditor) -> str:
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#state")).to_contain_text("Saved at")
    return (running.content / FILE).read_text(encoding="utf-8")


def map_of(page: Page, number: int) -> None:
    """Open the dialog of the place with this number."""
    page.get_by_role("button", name="Choose on the map").nth(number).click()
    expect(page.locator(".place-figure.is-live")).to_have_count(1)


@pytest.mark.long
def test_a_complaint_gets_a_place_that_the_guard_accepts(
    browser: Browser, running: RunningEditor
) -> None:
    with opened(browser, post_address(running), **PHONE) as page:
        ready(page).get_by_role("button", name="Add another place").tap()
        expect(page.locator(".place-figure.is-live")).to_have_count(1)
        page.locator("#place-map").tap(position={"x": 150, "y": 120})
        expect(page.get_by_role("radio", name="This street (about 100 m)")).to_be_checked()
        assert faults(page) == ""
        page.get_by_label("Name of the place").fill("By the bench")
        page.get_by_role("button", name="Use this place").tap()
        text = saved(page, running)
        assert "Places: Heathwall Street | fixed\n" in text
        assert "By the bench | " in text
        expect(page.get_by_text("is shown exactly")).to_have_count(0)


@pytest.mark.long
def test_a_place_of_a_post_is_changed(browser: Browser, running: RunningEditor) -> None:
    with opened(browser, post_address(running)) as page:
        told = ready(page).locator("#field-Places .told")
        expect(told).to_contain_text("On the map: the street Heathwall Street (51.")
        # It describes the fields and the buttons, and only what changes is read out.
        expect(told).to_have_attribute("aria-live", "off")
        for name in ("Choose on the map", "Remove this place"):
            button = page.get_by_role("button", name=name)
            expect(button).to_have_accessible_description(re.compile("the street Heathwall Street"))
        page.evaluate("() => { window.told = document.querySelector('#field-Places .told'); }")
        map_of(page, 0)
        expect(page.get_by_label("Name of the place")).to_have_value("Heathwall Street")
        page.get_by_role("combobox", name="Street or postcode").fill("Eland Road")
        page.keyboard.press("Enter")
        expect(page.get_by_label("Name of the place")).to_have_value("Eland Road")
        expect(page.locator(".place-label")).to_have_text("Eland Road")
        expect(page.locator(".place-label")).to_be_visible()
        page.get_by_role("radio", name="This part of the ward (about 500 m)").check()
        page.get_by_role("button", name="Use this place").click()
        expect(told).to_contain_text("On the map: the street Eland Road (51.")
        expect(told).to_have_attribute("aria-live", "polite")
        assert told.evaluate("(one) => one === window.told"), "it stayed in the page"
        expect(page.get_by_label("How exactly the place is shown")).to_have_value("area")
        page.locator("#field-Places").get_by_label("Name", exact=True).fill("Nowhere Lane")
        expect(told).to_be_empty()
        page.locator("#field-Places").get_by_label("Name", exact=True).fill("Eland Road")
        expect(told).to_contain_text("the street Eland Road")
        assert faults(page) == ""
        text = saved(page, running)
        assert "Places: Eland Road | fixed\n" in text
        assert "Precision: area\n" in text


@pytest.mark.long
def test_a_place_that_is_only_looked_at_changes_nothing(
    browser: Browser, running: RunningEditor
) -> None:
    with opened(browser, post_address(running)) as page:
        map_of(ready(page), 0)
        expect(page.locator(".place-pin")).to_be_visible()
        page.get_by_role("button", name="Use this place").click()
        expect(page.locator("dialog")).to_have_count(0)
        assert (running.content / FILE).read_text(encoding="utf-8") == POST

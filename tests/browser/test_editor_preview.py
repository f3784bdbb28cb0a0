"""The preview beside a post: on its way, not there, back again, and what must be fixed."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from browser.editor_page import FILE, POST, editor_on, faults, opened, post_address, ready
from editor.running import RunningEditor

pytestmark = pytest.mark.browser

PAGES = re.compile(r"/2026/")
COMING = "The preview is loading."
BAD = "Title: A\nDate: 2026-13-01\nTags: Grit bins\n\nWords.\n"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningEditor]:
    with editor_on(tmp_path_factory.mktemp("preview")) as running:
        yield running


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    expected = ("Failed to load",)
    with opened(browser, "about:blank", expected, viewport={"width": 1280, "height": 900}) as page:
        yield page


def shown(page: Page) -> None:
    """The page is in the frame, and nothing is said of it any more."""
    frame = page.frame_locator("#preview iframe")
    expect(frame.get_by_text("The council has moved")).to_be_visible()
    expect(page.locator("#preview .frame-note")).to_be_hidden()


@pytest.mark.long
def test_a_preview_that_is_being_built_is_announced_quietly(
    page: Page, running: RunningEditor
) -> None:
    waiting: list[Route] = []
    page.route(PAGES, lambda route: waiting.append(route))
    page.goto(post_address(running))
    note = ready(page).locator("#preview .frame-note")
    expect(note).to_have_text(re.compile(COMING))
    expect(note.get_by_role("status")).to_have_attribute("aria-live", "off")
    expect(note.get_by_role("button")).to_be_hidden()
    for route in waiting:
        route.continue_()
    shown(page)
    # Later, the earlier page stays while the new one is on its way.
    waiting.clear()
    page.get_by_role("textbox", name="Text", exact=True).click()
    page.keyboard.type("New words. ")
    expect(note).to_be_visible()
    frame = page.frame_locator("#preview iframe:not(.arriving)")
    expect(frame.locator("h1").first).to_be_visible()
    page.unroute(PAGES)  # which lets those that wait go on
    expect(frame.get_by_text("New words.")).to_be_visible()
    expect(note).to_be_hidden()


@pytest.mark.long
def test_a_lost_preview_comes_back_by_itself(page: Page, running: RunningEditor) -> None:
    page.route(PAGES, lambda route: route.abort())
    page.route("**/session", lambda route: route.abort())
    page.goto(post_address(running))
    note = ready(page).locator("#preview .frame-note")
    expect(note).to_contain_text("There is no preview now")
    expect(note.get_by_role("status")).to_have_attribute("aria-live", "polite")
    assert faults(page) == ""
    again = note.get_by_role("button", name="Try again")
    again.click()
    expect(note).to_contain_text("There is no preview now")
    page.unroute(PAGES)
    page.unroute("**/session")
    shown(page)


@pytest.mark.long
def test_try_again_shows_it_at_once(page: Page, running: RunningEditor) -> None:
    page.clock.install()
    page.route(PAGES, lambda route: route.abort())
    page.route("**/session", lambda route: route.abort())
    page.goto(post_address(running))
    ready(page)
    page.clock.run_for(100)
    again = page.get_by_role("button", name="Try again")
    expect(again).to_be_visible()
    page.unroute(PAGES)
    page.unroute("**/session")
    again.click()
    shown(page)


@pytest.mark.long
def test_a_page_that_never_comes_is_asked_for_again(page: Page, running: RunningEditor) -> None:
    page.clock.install()
    waiting: list[Route] = []
    page.route(PAGES, lambda route: waiting.append(route))
    page.goto(post_address(running))
    note = ready(page).locator("#preview .frame-note")
    page.clock.run_for(1000)
    expect(note).to_have_text(re.compile(COMING))
    assert len(waiting) == 1
    page.unroute(PAGES)
    page.clock.run_for(30_000)
    shown(page)


def test_a_link_in_the_preview_that_leads_nowhere_leads_back(
    page: Page, running: RunningEditor
) -> None:
    page.goto(post_address(running))
    ready(page)
    shown(page)
    page.route(re.compile(r":\d+/$"), lambda route: route.abort())
    home = page.frame_locator("#preview iframe").get_by_role("link", name="Shaftesbury ward blog")
    home.first.click()
    expect(page.frame_locator("#preview iframe").locator("body")).to_have_count(1)
    shown(page)


@pytest.mark.long
def test_what_stops_the_site_is_listed_with_links_in_place_of_the_preview(
    page: Page, running: RunningEditor
) -> None:
    path = running.content / "posts/bad.md"
    path.write_text(BAD, encoding="utf-8")
    running.editor.desk.preview.update([path])
    try:
        page.goto(post_address(running))
        first = ready(page).get_by_role("region", name="Fix this first")
        expect(first.get_by_role("listitem")).to_have_count(1)
        expect(page.locator("#preview iframe")).to_have_count(0)
        assert faults(page) == ""
        with page.expect_popup() as popup:
            page.get_by_role("link", name="See the site").click()
        expect(popup.value.get_by_role("heading", name="Fix this first")).to_be_visible()
        popup.value.close()
        first.get_by_role("link").first.click()
        page.wait_for_url(re.compile(r"#line-2$"))
        # The mistake is on the page itself now: the button leads to its field.
        page.get_by_role("region", name="Fix this first").get_by_role("button").first.click()
        expect(page.locator("#field-Date :focus")).to_have_count(1)
        page.goto(post_address(running))
        expect(ready(page).get_by_role("region", name="Fix this first")).to_be_visible()
    finally:
        path.unlink()
        running.editor.desk.preview.update()
    # The next words show the site again.
    page.get_by_role("textbox", name="Text", exact=True).click()
    page.keyboard.type("Again. ")
    expect(page.frame_locator("#preview iframe").get_by_text("Again.")).to_be_visible()
    assert (running.content / FILE).read_text(encoding="utf-8") == POST

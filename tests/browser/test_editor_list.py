"""The first page of the editor: searching, filtering, a new post, and a first day without posts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from browser.editor_page import (
    FILE,
    FORMS,
    PHONE,
    POST,
    editor_on,
    faults,
    opened,
    post_address,
    ready,
)
from browser.test_editor_post import overflow

pytestmark = pytest.mark.browser

FILES = {
    "posts/2026-11-21-pothole.md": POST.replace("Two grit bins moved", "A pothole in Eland Road")
    .replace("Grit bins, winter", "Potholes")
    .replace("Slug: two-grit-bins-moved\n", "Status: draft\n"),
    "posts/2026-11-22-fete.md": "Title: Fête\nDate: 2027-11-22\nTags: general\n\nCome along.\n",
    "posts/2026-11-23-odd.md": "Title: Odd\nDate: never\nTags: general\n\nText.\n",
}


@pytest.fixture(scope="module")
def page(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with (
        editor_on(tmp_path_factory.mktemp("list"), FILES) as running,
        opened(browser, running.url) as page,
    ):
        yield page


def shown(page: Page) -> list[str]:
    return page.locator("#list a").all_inner_texts()


@pytest.mark.long
@pytest.mark.parametrize(
    ("search", "issue", "state", "titles"),
    [
        ("", "", "", None),
        ("ELAND pot", "", "", ["A pothole in Eland Road"]),
        ("fete", "", "", ["Fête"]),
        ("winter", "", "", ["Two grit bins moved"]),
        ("2026-11-20", "", "", ["Two grit bins moved", "A pothole in Eland Road"]),
        ("nowhere", "", "", []),
        ("", "Potholes", "", ["A pothole in Eland Road"]),
        ("", "", "draft", ["A pothole in Eland Road"]),
        ("", "", "scheduled", ["Fête"]),
        ("", "", "broken", ["Odd"]),
        ("", "Grit bins", "published", ["Two grit bins moved"]),
        ("", "general", "scheduled", ["Fête"]),
        ("", "Grit bins", "draft", []),
    ],
)
def test_posts_are_found_as_somebody_types(
    page: Page, search: str, issue: str, state: str, titles: list[str] | None
) -> None:
    page.get_by_label("Search").fill(search)
    page.locator("#by-issue").select_option(issue)
    page.locator("#by-state").select_option(state)
    found = shown(page)
    if titles is None:
        assert {"Odd", "Fête", "A pothole in Eland Road", "Two grit bins moved"} <= set(found)
    else:
        assert sorted(found) == sorted(titles)
    count = page.locator("#count").inner_text()
    assert count.startswith("Nothing" if titles == [] else str(len(found)))


@pytest.mark.long
def test_what_is_wrong_is_reported_first_and_leads_to_its_post(page: Page) -> None:
    notes = page.get_by_role("region", name="What needs your attention")
    expect(notes).to_contain_text('Cannot read "never" as a date.')
    odd = notes.get_by_role("listitem").filter(has_text='Cannot read "never" as a date.')
    odd.get_by_role("link").first.click()
    ready(page)
    expect(page.locator("#field-Date .wrong")).to_contain_text('Cannot read "never" as a date')
    page.go_back()


def test_a_new_post_needs_only_a_title_and_the_keyboard(browser: Browser, tmp_path: Path) -> None:
    with editor_on(tmp_path) as running, opened(browser, running.url) as page:
        page.get_by_label("Title").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert")).to_contain_text("Write a title first")
        page.keyboard.type("A new crossing")
        page.keyboard.press("Tab")
        page.keyboard.type("Pot")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_url("**/post/*")
        ready(page)
        expect(page.get_by_label("Title", exact=True)).to_have_value("A new crossing")
        expect(page.get_by_label("Potholes")).to_be_checked()
        page.keyboard.type("It is by the school.")  # the text has the focus
        expect(page.locator(".cm-content")).to_have_text("It is by the school.")
        expect(page.locator(".badge")).to_contain_text("Draft")
        expect(page.get_by_label("Who can see it")).to_have_value("draft")
        made = next(iter(running.content.glob("posts/*a-new-crossing.md")))
        assert "Status: draft\n" in made.read_text()
        page.get_by_role("button", name="Remove this draft").click()
        page.get_by_role("button", name="Remove it").click()
        page.wait_for_url(running.url)
        assert not made.exists()


def test_the_preview_of_a_draft_that_is_removed_is_not_asked_for(
    browser: Browser, tmp_path: Path
) -> None:
    """Its page would not be there any more."""
    draft, removals = "posts/2026-11-21-pothole.md", list[Route]()
    with (
        editor_on(tmp_path, {draft: FILES[draft]}) as running,
        opened(browser, post_address(running, draft)) as page,
    ):
        ready(page)
        expect(page.locator("#preview iframe:not(.arriving)")).to_have_count(1)
        page.route(lambda url: "/_write/" not in url, lambda _: None)  # it never arrives
        page.route("**/post/remove", lambda route: removals.append(route))
        page.locator(".cm-content").click()
        page.keyboard.type("More words. ")
        arriving = page.locator("#preview iframe.arriving")
        expect(arriving).to_have_count(1)
        page.get_by_role("button", name="Remove this draft").click()
        page.get_by_role("button", name="Remove it").click()
        expect(arriving).to_have_count(0)
        while not removals:
            page.wait_for_timeout(20)
        removals[0].continue_()
        page.wait_for_url(running.url)


def test_the_preview_of_a_draft_that_could_not_be_removed_comes_back(
    browser: Browser, tmp_path: Path
) -> None:
    draft, removals = "posts/2026-11-21-pothole.md", list[Route]()

    def hold(route: Route) -> None:
        if removals:
            route.continue_()

    def refuse(route: Route) -> None:
        removals.append(route)
        route.fulfill(status=500, json={"message": "The disk is full."})

    with (
        editor_on(tmp_path, {draft: FILES[draft]}) as running,
        opened(browser, post_address(running, draft), ("Failed to load resource",)) as page,
    ):
        ready(page)
        expect(page.locator("#preview iframe:not(.arriving)")).to_have_count(1)
        page.route(lambda url: "/_write/" not in url, hold)
        page.route("**/post/remove", refuse)
        page.locator(".cm-content").click()
        page.keyboard.type("More words. ")
        expect(page.locator("#preview iframe.arriving")).to_have_count(1)
        page.get_by_role("button", name="Remove this draft").click()
        page.get_by_role("button", name="Remove it").click()
        expect(page.locator("#said")).to_contain_text("The disk is full.")
        expect(page.frame_locator("#preview iframe").last.locator("main")).to_contain_text(
            "More words."
        )


@pytest.mark.long
def test_a_first_day_says_what_to_do(browser: Browser, tmp_path: Path) -> None:
    files = {"issues.toml": ""}
    with editor_on(tmp_path, files) as running:
        (running.content / FILE).unlink()
        running.editor.desk.live.update()
        for scheme in ("light", "dark"):
            options: dict[str, Any] = {"color_scheme": scheme, **PHONE}
            with opened(browser, running.url, **options) as page:
                expect(page.locator("main")).to_contain_text("name the first in the settings")
                assert faults(page) == ""
                assert overflow(page) == []


@pytest.mark.long
@pytest.mark.parametrize(("phone", "scheme"), FORMS)
def test_axe_finds_nothing(browser: Browser, tmp_path: Path, phone: bool, scheme: str) -> None:
    options: dict[str, Any] = {"color_scheme": scheme, **(PHONE if phone else {})}
    with (
        editor_on(tmp_path, FILES) as running,
        opened(browser, running.url, **options) as page,
    ):
        assert faults(page) == ""
        page.get_by_role("button", name="Write it").click()
        expect(page.get_by_role("alert")).not_to_be_empty()
        assert faults(page) == ""
        page.get_by_label("Search").fill("nowhere")
        assert faults(page) == ""
        if phone:
            assert overflow(page) == []

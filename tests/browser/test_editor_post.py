"""The page of a post: form, text, messages, saving, and what happens when something goes wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Request, Route, expect

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
from editor.running import RunningEditor

pytestmark = pytest.mark.browser

KEPT = re.compile(r"^Not saved yet; kept on this computer at \d\d:\d\d:\d\d$")
# A link with these words is reported by the guard, which says so with the line.
VAGUE = "See [here](https://example.org/)."


@pytest.fixture
def running(tmp_path: Path) -> Iterator[RunningEditor]:
    with editor_on(tmp_path) as running:
        yield running


@pytest.fixture
def page(browser: Browser, running: RunningEditor) -> Iterator[Page]:
    """The page of the post of `editor_page.POST`."""
    with opened(browser, post_address(running), viewport={"width": 1280, "height": 900}) as page:
        yield ready(page)


def text_of(page: Page) -> Any:
    return page.get_by_role("textbox", name="Text", exact=True)


def state(page: Page, words: str | re.Pattern[str]) -> None:
    expect(page.locator("#state")).to_have_text(words)


def sent(page: Page, route: str) -> list[Request]:
    """The requests to a route from now on."""
    requests: list[Request] = []
    page.on("request", lambda one: requests.append(one) if one.url.endswith(route) else None)
    return requests


def file_of(running: RunningEditor, file: str = FILE) -> str:
    return (running.content / file).read_bytes().decode()


@pytest.mark.long
def test_a_post_that_is_only_looked_at_stays_as_it_is(page: Page, running: RunningEditor) -> None:
    requests = sent(page, "post/draft") + sent(page, "post/save")
    text_of(page).click()
    for name in ("Title", "Date", "What ends then"):
        page.get_by_label(name, exact=True).focus()
    page.wait_for_timeout(800)
    assert requests == []
    expect(page.get_by_role("button", name="Save")).to_be_disabled()
    assert file_of(running) == POST


@pytest.mark.long
def test_only_what_is_edited_changes(page: Page, running: RunningEditor) -> None:
    page.get_by_label("What ends then").fill("Comments on the bins close")
    state(page, KEPT)
    page.keyboard.press("Control+s")
    state(page, re.compile(r"^Saved at \d\d:\d\d$"))
    after = POST.replace("| Comments close", "| Comments on the bins close")
    assert file_of(running) == after
    text_of(page).click()
    page.keyboard.press("Control+End")
    page.keyboard.type("More.")
    page.get_by_role("button", name="Save").click()
    state(page, re.compile(r"^Saved at"))
    assert file_of(running).startswith(after.rstrip("\n"))
    assert file_of(running).rstrip("\n").endswith("More.")


@pytest.mark.long
def test_issues_are_boxes_and_other_tags_stay(page: Page, running: RunningEditor) -> None:
    expect(page.get_by_label("Grit bins")).to_be_checked()
    expect(page.get_by_label("Other tags")).to_have_value("winter")
    page.get_by_label("Potholes").check()
    page.get_by_label("Grit bins").uncheck()
    page.keyboard.press("Control+s")
    state(page, re.compile("^Saved at"))
    assert file_of(running) == POST.replace("Grit bins, winter", "winter, Potholes")


@pytest.mark.long
def test_an_added_line_is_asked_for_in_parts(page: Page, running: RunningEditor) -> None:
    page.get_by_role("button", name="Add place").click()
    page.get_by_role("dialog").get_by_role("button", name="Cancel").click()
    expect(page.get_by_label("Name", exact=True)).to_be_focused()
    page.get_by_label("Name", exact=True).fill("Eland Road")
    page.get_by_label("Where it is").fill("51.4665, -0.1600")
    page.get_by_label("Progress here").select_option("fixed")
    page.get_by_role("button", name="Add another deadline").click()
    page.keyboard.type("01152027")
    page.get_by_label("What ends then").nth(1).fill("The survey ends")
    page.keyboard.press("Control+s")
    state(page, re.compile("^Saved at"))
    assert "Places: Eland Road | 51.4665, -0.1600 | fixed\n" in file_of(running)
    assert "| The survey ends" in file_of(running)


def test_a_message_is_at_its_line_and_leads_there(page: Page) -> None:
    text_of(page).click()
    page.keyboard.press("Control+End")
    page.keyboard.type(f"\n{VAGUE}")
    summary = page.locator("#messages summary")
    expect(summary).to_contain_text("to think about")
    expect(page.locator(".codemirror .cm-lint-marker")).to_have_count(1)
    expect(page.locator(".codemirror .cm-lintRange")).to_be_visible()
    summary.click()
    page.get_by_label("Title", exact=True).focus()
    page.get_by_role("button", name="Show it in the text").first.click()
    expect(text_of(page)).to_be_focused()
    page.keyboard.type("See [the council's list](https://example.org/).")
    expect(page.locator(".codemirror .cm-lint-marker")).to_have_count(0)
    expect(summary).to_have_text("Nothing to fix")


@pytest.mark.long
def test_a_message_is_at_its_field(page: Page) -> None:
    words = page.get_by_label("What ends then")
    words.fill("")
    expect(words).to_have_attribute("aria-invalid", "true")
    described = words.get_attribute("aria-describedby") or ""
    texts = [page.locator(f"[id='{one}']").inner_text() for one in described.split()]
    assert any("Cannot read the deadline" in text for text in texts)
    page.locator("#messages summary").click()
    page.get_by_role("button", name="Go to “Deadline”").click()
    expect(page.locator("#field-Deadline").get_by_label("Day", exact=True)).to_be_focused()
    words.fill("Comments close")
    expect(words).not_to_have_attribute("aria-invalid", "true")


@pytest.mark.long
def test_typing_does_not_wait_for_a_draft(page: Page) -> None:
    waiting: list[Route] = []
    page.route("**/post/draft", lambda route: waiting.append(route))
    text_of(page).click()
    page.keyboard.press("Control+End")
    page.keyboard.type("\nFirst words.")
    page.wait_for_timeout(700)
    assert len(waiting) == 1
    page.keyboard.type(" Second words.")
    expect(text_of(page)).to_contain_text("First words. Second words.")
    page.wait_for_timeout(700)
    assert len(waiting) == 1, "one draft at a time"
    page.unroute("**/post/draft")  # which lets it go on
    state(page, KEPT)


@pytest.mark.long
def test_a_stopped_editor_loses_nothing_and_goes_on(
    browser: Browser, running: RunningEditor
) -> None:
    with opened(browser, post_address(running), expected=("Failed to load",)) as page:
        stop_and_go_on(ready(page), running)


def stop_and_go_on(page: Page, running: RunningEditor) -> None:
    text_of(page).click()
    page.route("**/post/*", lambda route: route.abort())
    page.keyboard.press("Control+End")
    page.keyboard.type("Words without a server.")
    page.keyboard.press("Control+s")
    expect(page.locator("#state")).to_contain_text("The editor does not answer")
    expect(text_of(page)).to_contain_text("Words without a server.")
    assert page.evaluate("() => !dispatchEvent(new Event('beforeunload', {cancelable: true}))"), (
        "closing the page asks first"
    )
    page.unroute("**/post/*")
    state(page, re.compile("^Saved at"))
    assert "Words without a server." in file_of(running)
    assert page.evaluate("() => dispatchEvent(new Event('beforeunload', {cancelable: true}))")


@pytest.mark.long
def test_the_keyboard_does_everything(page: Page) -> None:
    text_of(page).focus()
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+b")
    expect(text_of(page)).to_contain_text("**The council")
    page.keyboard.press("Control+End")
    page.keyboard.press("Control+k")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.type("the list")
    page.keyboard.press("Tab")
    page.keyboard.type("www.example.org/list")
    page.keyboard.press("Enter")
    expect(text_of(page)).to_contain_text("[the list](https://www.example.org/list)")
    expect(text_of(page)).to_be_focused()
    page.keyboard.press("Control+z")
    expect(text_of(page)).not_to_contain_text("[the list]")
    page.keyboard.press("Tab")
    expect(text_of(page)).not_to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(text_of(page)).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("button", name="Table")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(text_of(page)).to_contain_text("| Heading 1 | Heading 2 |")


@pytest.mark.long
def test_spelling_is_that_of_the_browser(page: Page) -> None:
    expect(text_of(page)).to_have_attribute("spellcheck", "true")


def test_a_plain_field_remains_without_codemirror(browser: Browser, running: RunningEditor) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.route("**/codemirror.js", lambda route: route.abort())
    page.goto(post_address(running))
    ready(page)
    field = page.locator("textarea.plain")
    expect(field).to_be_visible()
    assert faults(page) == ""
    field.focus()
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+b")
    page.keyboard.press("Control+End")
    page.keyboard.type(f"\n\n{VAGUE}")
    expect(page.locator("#messages summary")).to_contain_text("to think about")
    page.locator("#messages summary").click()
    page.get_by_role("button", name="Show it in the text").first.click()
    assert page.evaluate("() => getSelection().toString()") == "here"
    page.keyboard.press("Control+s")
    state(page, re.compile("^Saved at"))
    assert VAGUE in file_of(running)
    assert "**The council" in file_of(running)
    context.close()


@pytest.mark.long
def test_a_draft_becomes_public_beside_the_button_that_saves(
    page: Page, running: RunningEditor
) -> None:
    badge, publish = page.locator("#badge"), page.get_by_role("link", name="Publish").last
    status = page.get_by_label("Who can see it")
    expect(badge).to_have_text("Everybody, after you publish")
    expect(publish).to_be_visible()
    status.select_option("draft")
    page.get_by_role("button", name="Save").click()
    expect(badge).to_have_text("Draft")
    expect(page.locator("#publish")).to_be_hidden()
    assert "Status: draft\n" in file_of(running)
    status.select_option(label="Everybody, after you publish")
    page.get_by_role("button", name="Save").click()
    expect(badge).to_have_text("Everybody, after you publish")
    assert file_of(running) == POST
    page.locator("#publish").click()
    page.wait_for_url("**/publish")


@pytest.mark.long
def test_a_value_that_does_not_split_is_one_field(browser: Browser, tmp_path: Path) -> None:
    odd = POST.replace("2026-12-05 | Comments close", "5 December|Comments")
    with (
        editor_on(tmp_path, {FILE: odd}) as running,
        opened(browser, post_address(running)) as page,
    ):
        ready(page)
        expect(page.get_by_label("Deadline", exact=True)).to_have_value("5 December|Comments")
        expect(page.get_by_label("What ends then")).to_have_count(0)


STATES = ("as it is", "messages", "more lines", "dialog", "preview", "gone", "table")


@pytest.mark.parametrize(("phone", "scheme"), FORMS)
def test_axe_finds_nothing(
    browser: Browser, running: RunningEditor, phone: bool, scheme: str
) -> None:
    options: dict[str, Any] = {"color_scheme": scheme, **(PHONE if phone else {})}
    options["expected"] = ("Failed to load",)  # in the state "gone"
    with opened(browser, post_address(running), **options) as page:
        ready(page)
        for name in STATES:
            bring(page, name, phone)
            assert f"{name}: {faults(page)}" == f"{name}: "
            if phone:
                assert overflow(page) == []
        page.unroute("**/post/*")


def bring(page: Page, name: str, phone: bool) -> None:
    """Brings the page into one of its states."""
    if name == "messages":
        text_of(page).click()
        page.keyboard.press("Control+End")
        page.keyboard.type(f"\n{VAGUE}")
        page.get_by_label("What ends then").fill("")
        expect(page.locator("#messages summary")).to_contain_text("1 to fix")
        page.locator("#messages summary").click()
    elif name == "more lines":
        for name in ("More lines", "Event", "Earlier web address"):
            page.locator("summary").get_by_text(name, exact=True).press("Enter")
    elif name == "dialog":
        page.get_by_role("button", name="Link", exact=True).click()
    elif name == "preview":
        page.keyboard.press("Escape")
        if phone:
            page.get_by_role("button", name="Preview", exact=True).tap()
            expect(page.locator("iframe")).to_be_visible()
    elif name == "gone":
        if phone:
            page.get_by_role("button", name="Write", exact=True).tap()
        page.route("**/post/*", lambda route: route.fulfill(status=503, json={"message": "No."}))
        page.get_by_role("button", name="Save").click()
        expect(page.locator("#state")).to_contain_text("No.")
    elif name == "table":
        page.get_by_role("button", name="Table", exact=True).click()


def overflow(page: Page) -> list[str]:
    """Controls that are too small to touch, and what is wider than the window."""
    found: list[str] = page.evaluate(
        """() => {
        const faults = [];
        const width = document.documentElement.clientWidth;
        if (document.documentElement.scrollWidth > width) faults.push("scrolls sideways");
        const all = "button, summary, input:not([type=checkbox]), select, textarea, .boxes label";
        for (const one of document.querySelectorAll(all)) {
          if (!one.checkVisibility()) continue;
          const box = one.getBoundingClientRect();
          if (box.height < 43.5 || box.right > width + 1) {
            faults.push(`${one.outerHTML.slice(0, 80)} ${box.height} ${box.right}`); } }
        return faults; }"""
    )
    return found

"""What was typed and not saved, in the browser: no key, window or button loses a word of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.editor_page import FILE, editor_on, opened, post_address, ready
from browser.test_editor_post import KEPT, file_of, state, text_of
from editor.running import RunningEditor

pytestmark = pytest.mark.browser

ODD = b"Title: A\nDate: 2026-11-20\n\nCaf\xe9 one, na\xefve two\nline with \x81 byte"


@pytest.fixture
def running(tmp_path: Path) -> Iterator[RunningEditor]:
    with editor_on(tmp_path, {"posts/odd.md": ODD}) as running:
        yield running


def window(browser: Browser, running: RunningEditor, path: str = FILE) -> Any:
    return opened(browser, post_address(running, path), viewport={"width": 1280, "height": 900})


def write(page: Page, words: str) -> None:
    text_of(page).click()
    page.keyboard.press("Control+End")
    page.keyboard.type(words)
    state(page, KEPT)


def box(page: Page) -> Any:
    return page.locator("#recovered")


def leave_words(browser: Browser, running: RunningEditor, words: str) -> None:
    with window(browser, running) as page:
        write(ready(page), words)
        page.goto("about:blank")


@pytest.mark.long
def test_keys_leave_the_recovered_text_alone(browser: Browser, running: RunningEditor) -> None:
    leave_words(browser, running, "WORDS FROM BEFORE")
    with window(browser, running) as page:
        write(ready(page), "x")
        page.keyboard.press("Backspace")
        state(page, "Nothing changed yet")
        write(page, "TYPED SINCE")
        box(page).get_by_role("button", name="Use that text").click()
        expect(box(page)).to_be_hidden()
        expect(text_of(page)).to_contain_text("WORDS FROM BEFORE")
        state(page, KEPT)
        page.get_by_role("button", name="Save", exact=True).click()
        state(page, "Saved at " + page.evaluate("new Date().toLocaleTimeString('en-GB',"
              "{hour:'2-digit',minute:'2-digit'})"))  # fmt: skip
    assert "WORDS FROM BEFORE" in file_of(running)
    with window(browser, running) as page:  # what was replaced is offered in its turn
        box(ready(page)).get_by_role("button", name="Use that text").click()
        expect(text_of(page)).to_contain_text("TYPED SINCE")


@pytest.mark.long
def test_two_windows_keep_their_own_words(browser: Browser, running: RunningEditor) -> None:
    with window(browser, running) as first, window(browser, running) as second:
        write(ready(first), "FIRST WINDOW")
        write(ready(second), "SECOND WINDOW")
        text_of(second).click()
        for _ in "SECOND WINDOW":
            second.keyboard.press("Backspace")
        state(second, "Nothing changed yet")
        with window(browser, running) as third:
            expect(box(ready(third)).get_by_role("button", name="Use that text")).to_have_count(1)
        write(second, "SECOND AGAIN")
        with window(browser, running) as third:
            expect(box(ready(third))).to_contain_text("FIRST WINDOW")
            expect(box(third)).to_contain_text("SECOND AGAIN")
            box(third).get_by_role("button", name="Discard it").first.click()
            expect(box(third).get_by_role("button", name="Discard it")).to_have_count(1)
    aside = running.private / "editor" / "kept"
    assert any("SECOND AGAIN" in path.read_text() for path in aside.iterdir())


@pytest.mark.long
@pytest.mark.parametrize("is_plain", [False, True])
def test_bytes_that_are_no_text_come_back_from_the_browser(
    browser: Browser, running: RunningEditor, is_plain: bool
) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    if is_plain:
        page.route("**/codemirror.js", lambda route: route.abort())
    page.goto(post_address(running, "posts/odd.md"))
    write(ready(page), "!")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#state")).to_contain_text("Saved at")
    context.close()
    assert (running.content / "posts/odd.md").read_bytes() == ODD + b"!"

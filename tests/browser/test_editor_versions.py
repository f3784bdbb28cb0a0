"""Words that were not saved, files that changed elsewhere, a restarted editor, and the preview."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.editor_page import (
    FILE,
    ISSUES,
    PHONE,
    POST,
    editor_on,
    faults,
    opened,
    post_address,
    ready,
)
from browser.test_editor_post import file_of, overflow, state, text_of
from editor.running import RunningEditor
from support import ROOT, write_site

pytestmark = pytest.mark.browser

KEPT = re.compile(r"^Not saved yet; kept on this computer at [\d:]+$")


@pytest.fixture
def running(tmp_path: Path) -> Iterator[RunningEditor]:
    with editor_on(tmp_path) as running:
        yield running


def write(page: Page, words: str) -> None:
    text_of(page).click()
    page.keyboard.press("Control+End")
    page.keyboard.type(words)


def leave_unsaved(browser: Browser, running: RunningEditor) -> None:
    with opened(browser, post_address(running)) as page:
        write(ready(page), "Words that were not saved.")
        page.get_by_label("Title", exact=True).fill("A new title")
        state(page, KEPT)


@pytest.mark.long
@pytest.mark.parametrize(
    "phone", [pytest.param(False, marks=pytest.mark.long), True], ids=["wide", "phone"]
)
def test_unsaved_words_are_offered_again(
    browser: Browser, running: RunningEditor, phone: bool
) -> None:
    leave_unsaved(browser, running)
    with opened(browser, running.url) as page:
        expect(page.locator("main")).to_contain_text("A new title has text from")
        assert faults(page) == ""
    with opened(browser, post_address(running), **(PHONE if phone else {})) as page:
        ready(page)
        offer = page.get_by_role("region", name="Text that was not saved")
        expect(offer).to_contain_text(re.compile(r"You have text from \d\d:\d\d"))
        expect(text_of(page)).not_to_contain_text("Words that were not saved.")
        assert faults(page) == ""
        if phone:
            assert overflow(page) == []
        offer.get_by_role("button", name="Use that text").click()
        expect(text_of(page)).to_contain_text("Words that were not saved.")
        expect(page.get_by_label("Title", exact=True)).to_have_value("A new title")
        page.get_by_role("button", name="Save").click()
        state(page, re.compile("^Saved at"))
    assert file_of(running) == POST.replace("Two grit bins moved", "A new title") + (
        "Words that were not saved."
    )


@pytest.mark.long
def test_unsaved_words_can_be_discarded(browser: Browser, running: RunningEditor) -> None:
    leave_unsaved(browser, running)
    with opened(browser, post_address(running)) as page:
        ready(page)
        page.get_by_role("button", name="Discard it").click()
        expect(page.get_by_role("region", name="Text that was not saved")).to_be_hidden()
        page.reload()
        ready(page)
        expect(page.get_by_role("region", name="Text that was not saved")).to_be_hidden()
    assert file_of(running) == POST


ELSEWHERE = POST.replace("Residents asked for it.", "Residents wanted this.")


@pytest.mark.long
@pytest.mark.parametrize(
    ("button", "expected"),
    [
        pytest.param(
            "Save my version, and keep the other aside",
            POST.replace("two bins.", "three bins."),
            marks=pytest.mark.long,
        ),
        ("Use the other version, and keep mine aside", ELSEWHERE),
        ("Save what I chose below", ELSEWHERE.replace("two bins.", "three bins.")),
    ],
)
def test_both_versions_are_shown_and_none_is_lost(
    browser: Browser, running: RunningEditor, button: str, expected: str
) -> None:
    with opened(browser, post_address(running), expected=("Failed to load",)) as page:
        text_of(ready(page)).click()
        page.keyboard.press("Control+Home")
        page.keyboard.press("End")
        for _ in range(9):
            page.keyboard.press("Backspace")
        page.keyboard.type("three bins.")
        state(page, KEPT)
        (running.content / FILE).write_text(ELSEWHERE)
        page.keyboard.press("Control+s")
        both = page.get_by_role("region", name="Two versions")
        expect(both.get_by_role("heading")).to_be_focused()
        expect(both).to_contain_text("Residents wanted this.")
        expect(both).to_contain_text("three bins.")
        assert faults(page) == ""
        if button.endswith("below"):
            both.get_by_label("Use here").nth(1).select_option("theirs")
        both.get_by_role("button", name=button).click()
        expect(both).to_be_hidden()
        ready(page)
        expect(page.locator("#state")).to_have_text(re.compile("^(Saved at|Nothing changed)"))
    assert file_of(running) == expected
    kept = "".join(path.read_text() for path in (running.private / "editor/kept").iterdir())
    assert "Residents wanted this." in kept
    assert "three bins." in kept + file_of(running)


@contextmanager
def made_to_write(folder: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    """`make write` as a process of its own, which is killed at the end of the block."""
    command = [sys.executable, "-m", "wardblog", "write", "--no-browser", f"--port={port}"]
    with subprocess.Popen(
        [*command, "--content", str(folder / "content"), "--output", str(folder / "output")],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT / "plugins"), "PRIVATE": str(folder / "private")},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def address_of(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    for line in process.stdout:
        if found := re.search(r"http://localhost:\S+", line):
            return found[0]
    raise AssertionError("it ended")


def test_an_open_page_goes_on_after_kill_9(browser: Browser, tmp_path: Path) -> None:
    write_site(tmp_path / "content", {"issues.toml": ISSUES, FILE: POST})
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    context = browser.new_context()
    page = context.new_page()
    with made_to_write(tmp_path, port) as process:
        page.goto(address_of(process))
        page.get_by_role("link", name="Two grit bins moved").click()
        write(ready(page), "Before. ")
        state(page, KEPT)
    write(page, "While it was stopped.")
    expect(page.locator("#state")).to_contain_text("The editor does not answer")
    page.keyboard.press("Control+s")
    with made_to_write(tmp_path, port) as process:
        address_of(process)
        state(page, re.compile("^Saved at"))
        saved = (tmp_path / "content" / FILE).read_text()
        assert saved == f"{POST}Before. While it was stopped."
        context.close()


@pytest.mark.long
def test_the_preview_shows_what_is_typed_and_stays_where_it_is(
    browser: Browser, tmp_path: Path
) -> None:
    long = POST + "\n".join(f"\nParagraph {number}." for number in range(60))
    with (
        editor_on(tmp_path, {FILE: long}) as running,
        opened(browser, post_address(running), viewport={"width": 1280, "height": 800}) as page,
    ):
        ready(page)
        frame = page.frame_locator("#preview iframe:not(.arriving)")
        expect(frame.get_by_text("Paragraph 5.", exact=True)).to_be_attached()
        height = "document.querySelector('#preview iframe:not(.arriving)').contentWindow.scrollY"
        page.evaluate(height.replace("scrollY", "scrollTo({top: 900, behavior: 'instant'})"))
        write(page, "\n\nWords that nobody has saved.")
        expect(frame.get_by_text("Words that nobody has saved.")).to_be_attached()
        expect(page.locator("#preview iframe")).to_have_count(1)
        assert page.evaluate(height) == 900
        assert "nobody has saved" not in file_of(running)
        assert page.locator("#preview iframe").get_attribute("sandbox") == "allow-same-origin"


@pytest.mark.long
def test_a_file_that_is_no_form_is_written_as_text(browser: Browser, tmp_path: Path) -> None:
    with (
        editor_on(tmp_path) as running,
        opened(browser, post_address(running)) as page,
    ):
        ready(page)
        page.get_by_role("link", name="Show the file as text").click()
        page.wait_for_url("**as=text")
        ready(page)
        expect(text_of(page)).to_contain_text("Deadline: 2026-12-05 | Comments close")
        assert faults(page) == ""
        write(page, "At the end.")
        page.keyboard.press("Control+s")
        state(page, re.compile("^Saved at"))
        assert file_of(running) == f"{POST}At the end."
        page.get_by_role("link", name="Show the form").click()
        ready(page)
        expect(page.get_by_label("Title", exact=True)).to_have_value("Two grit bins moved")

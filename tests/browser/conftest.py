"""A real Chromium, folders served on the loopback, and a visitor who notes every complaint."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from install_programs import playwright_chromium, system_chromium
from static_server import static_server

QUIET = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"]
# How many milliseconds a page may take to show what is expected: other programs may have the
# processors meanwhile. Nothing is slower for it, as long as the tests pass.
PATIENT = 120_000
Visit = Callable[..., Page]


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """What drives browsers; a process can have one of it."""
    expect.set_options(timeout=PATIENT)
    with sync_playwright() as playwright:
        yield playwright


def launched(playwright: Playwright, *arguments: str) -> Browser:
    path = system_chromium() or playwright_chromium()
    assert path, "no Chromium: run make test, which installs it"
    return playwright.chromium.launch(executable_path=path, args=[*QUIET, *arguments])


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    chromium = launched(playwright)
    yield chromium
    chromium.close()


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a folder that is served on the loopback."""
    server = static_server(folder)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def visitor(browser: Browser, address: str) -> Iterator[Visit]:
    """Opens pages; fails at the end if one complained, or asked anybody else for anything.

    Maps jump instead of gliding, so that a busy machine does not click at what is still moving.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(path: str, **options: Any) -> Page:
        context = browser.new_context(**{"reduced_motion": "reduce", **options})
        context.set_default_timeout(PATIENT)
        contexts.append(context)
        page = context.new_page()

        def watch(url: str) -> None:
            if not url.startswith((address, "data:")):
                complaints.append(f"asked for {url}")

        page.on("dialog", lambda dialog: complaints.append(dialog.message))
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: watch(request.url))
        page.on("requestfailed", lambda request: complaints.append(f"failed: {request.url}"))
        answer = page.goto(address + path, wait_until="networkidle")
        assert answer is not None
        assert answer.ok
        return page

    yield open_page
    for context in contexts:
        assert context.cookies() == []
    said = list(complaints)  # before the pages are closed, which cuts off what they still load
    for context in contexts:
        context.close()
    assert said == []


@pytest.fixture(scope="session")
def address(sample: Path) -> Iterator[str]:
    """Where the sample is served."""
    with served(sample) as address:
        yield address


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    with visitor(browser, address) as open_page:
        yield open_page

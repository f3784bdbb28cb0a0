"""The message and its preview in Chromium, in light and dark."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from browser.axe import violations
from browser.conftest import served
from look import SCHEMES
from office.letters import full_issue
from support import picture
from wardblog.office.newsletter.finished import FinishedIssue
from wardblog.office.newsletter.preview import write_preview

pytestmark = pytest.mark.browser

WIDTHS = (320, 360, 600, 768, 1280)


@pytest.fixture(scope="module")
def issue(tmp_path_factory: pytest.TempPathFactory) -> FinishedIssue:
    return full_issue(tmp_path_factory.mktemp("issue"))


@pytest.fixture(scope="module")
def folder(issue: FinishedIssue, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `make newsletter` writes, with a picture that is there."""
    private = tmp_path_factory.mktemp("private")
    local = issue.html.replace("https://ward.example.org/images", ".")
    without = replace(issue, html=local)
    page = write_preview(without, "Robin Sample <news@ward.example.org>", ["A note."], private)
    return page.parent


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 320, "height": 800})
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    (folder / "bin.jpg").write_bytes(picture(1200, 800, "JPEG"))
    with served(folder) as address:
        yield address


@pytest.mark.long
@pytest.mark.parametrize("file", ["issue.html", "index.html"])
def test_axe_finds_nothing(page: Page, address: str, file: str) -> None:
    page.goto(f"{address}/{file}")
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        assert violations(page, {"iframes": file != "index.html"}) == [], scheme


@pytest.mark.parametrize("file", ["issue.html", "index.html"])
def test_nothing_is_wider_than_the_window(page: Page, address: str, file: str) -> None:
    page.goto(f"{address}/{file}")
    wide = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        wide[width] = page.evaluate("document.documentElement.scrollWidth")
    assert wide == {width: width for width in WIDTHS}


def test_the_column_is_at_most_600_pixels_wide(page: Page, address: str) -> None:
    page.goto(f"{address}/issue.html")
    widths = {}
    for width in (320, 600, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        box = page.locator(".column").bounding_box()
        assert box is not None
        widths[width] = box["width"]
    assert widths == {320: 320, 600: 600, 1280: 600}


@pytest.mark.long
def test_dark_is_dark_and_light_stays_light(page: Page, address: str) -> None:
    seen = {}
    for file in ("issue.html", "light.html", "dark.html"):
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.goto(f"{address}/{file}")
            colour = page.locator(".column").evaluate("e => getComputedStyle(e).backgroundColor")
            seen[file, scheme] = colour
    paper, night = "rgb(255, 253, 248)", "rgb(24, 22, 19)"
    assert seen == {
        ("issue.html", "light"): paper, ("issue.html", "dark"): night,
        ("light.html", "light"): paper, ("light.html", "dark"): paper,
        ("dark.html", "light"): night, ("dark.html", "dark"): night,
    }  # fmt: skip


@pytest.mark.long
def test_the_preview_shows_each_view_and_the_text(page: Page, address: str, folder: Path) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{address}/index.html", wait_until="networkidle")
    frames = {f.url.rsplit("/", 1)[-1]: f.locator("h1").inner_text() for f in page.frames[1:]}
    assert set(frames) == {"light.html", "dark.html"}
    assert len(page.frames) == 5
    assert set(frames.values()) == {"Winter"}
    widths = [box["width"] for e in page.locator("iframe").all() if (box := e.bounding_box())]
    assert widths == [375, 375, 720, 720]
    text = (folder / "issue.txt").read_text(encoding="utf-8")
    assert page.locator("pre").inner_text().split() == text.split()

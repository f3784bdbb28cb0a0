"""The sample in a real Chromium: drawn, silent, private, and whole without JavaScript."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from install_browser import playwright_chromium, system_chromium
from support import DATASET, ISSUES, POST, ROOT, write_site
from wardblog.build import build_site
from wardblog.preview.server import make_server

pytestmark = pytest.mark.browser

PAGES = {
    "home": "/",
    "post": "/2026/11/two-grit-bins-moved-on-the-estate/",
    "hub": "/issues/grit-bins/",
}
QUIET = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = system_chromium() or playwright_chromium()
    assert path, "no Chromium: run make test, which installs it"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield chromium
        chromium.close()


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a folder that is served on the loopback."""
    server = make_server(folder, "", 0)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture(scope="module")
def address(sample: Path) -> Iterator[str]:
    with served(sample) as address:
        yield address


Visit = Callable[..., Page]


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    """Opens a page; fails at the end if it complained, or asked anybody else for anything."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(path: str, **options: Any) -> Page:
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()

        def watch(url: str) -> None:
            if not url.startswith((address, "data:")):
                complaints.append(f"asked for {url}")

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
        context.close()
    assert complaints == []


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
@pytest.mark.parametrize("width", [320, 360, 1280])
def test_pages_fit_their_screen(path: str, width: int, visit: Visit) -> None:
    page = visit(path, viewport={"width": width, "height": 800})
    expect(page.locator("h1")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(
    ("path", "places"),
    [("/issues/grit-bins/", 11), ("/2026/11/two-grit-bins-moved-on-the-estate/", 2), ("/", 6)],
)
def test_a_map_is_drawn_with_every_place(path: str, places: int, visit: Visit) -> None:
    page = visit(path)
    expect(page.locator("figure.is-live")).to_have_count(1)
    expect(page.locator(".map-live path.leaflet-interactive")).to_have_count(places)
    expect(page.locator(".map-picture")).not_to_be_visible()
    labels = page.locator(".map-count").all_inner_texts()
    numbers = [number for label in labels for number in label.split(", ")]
    assert sorted(numbers, key=int) == [str(n + 1) for n in range(places)]


def test_a_place_tells_its_name_and_leads_to_its_post(visit: Visit) -> None:
    page = visit("/issues/grit-bins/")
    page.locator(".map-count", has_text="5, 10").click(force=True)
    popup = page.locator(".leaflet-popup-content")
    # The report, and below it the bin of the council's list at the same spot.
    expect(popup).to_contain_text("Heathwall Street at Eland Road")
    expect(popup).to_contain_text("○ reported")
    expect(popup).to_contain_text("1 November 2026")
    popup.get_by_role("link", name="Read the post").click()
    expect(page.locator("h1")).to_have_text("Grit bins: ready for the new winter?")


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_without_javascript_the_picture_and_the_list_stand(path: str, visit: Visit) -> None:
    page = visit(path, java_script_enabled=False)
    expect(page.locator(".map-picture")).to_be_visible()
    assert page.locator(".places > li").count() >= 2
    expect(page.locator(".map-note")).to_have_count(0)


def test_nothing_is_kept_on_the_device(visit: Visit) -> None:
    page = visit("/issues/grit-bins/")
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


def test_street_tiles_come_only_when_they_are_asked_for(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []

    def tile(route: Any) -> None:
        asked.append(route.request.url)
        route.fulfill(status=200, content_type="image/png", body=b"")

    page.route("https://tile.openstreetmap.org/**", tile)
    page.goto(f"{address}/issues/grit-bins/", wait_until="networkidle")
    assert asked == []
    page.get_by_role("button", name="Show street map (from openstreetmap.org)").click()
    expect(page.locator(".leaflet-control-attribution")).to_have_text(
        "© OpenStreetMap contributors"
    )
    page.wait_for_timeout(300)
    assert asked
    context.close()


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
    expect(page.locator("figure.is-live")).to_have_count(1)
    assert complaints == []
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_print_as_leaflets_with_picture_imprint_and_address(
    scheme: Any, visit: Visit
) -> None:
    page = visit(PAGES["post"], color_scheme=scheme)
    expect(page.locator("figure.is-live")).to_have_count(1)
    page.emulate_media(media="print", color_scheme=scheme)
    expect(page.locator("nav").first).not_to_be_visible()
    expect(page.locator(".map-picture")).to_be_visible()
    expect(page.locator(".map-live")).not_to_be_visible()
    expect(page.locator(".printed-address")).to_have_text(
        "https://ward.example.org/2026/11/two-grit-bins-moved-on-the-estate/"
    )
    expect(page.locator(".imprint")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


@pytest.mark.parametrize("path", [*PAGES.values(), "/issues/", "/subscribe/"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(path: str, scheme: Any, browser: Browser, address: str) -> None:
    """WCAG 2.0 to 2.2, A and AA, and best practice. The policy keeps out axe's own script."""
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.goto(address + path, wait_until="networkidle")
    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": rules}})
    assert [(v["id"], v["nodes"][0]["html"]) for v in found.response["violations"]] == []
    context.close()


HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)>${alert(3)}`'"


def test_hostile_names_are_shown_as_they_are_written(browser: Browser, tmp_path: Path) -> None:
    content = write_site(
        tmp_path / "content",
        {
            "issues.toml": ISSUES + DATASET,
            "data/bins.csv": f"Ref,Name,Lat,Lon\n1,{HOSTILE},51.46,-0.15\n2,B,51.47,-0.16\n",
            "posts/fine.md": POST.replace(
                "\n\nSome", f"\nPlaces: {HOSTILE} | 51.465, -0.155\nProgress: reported\n\nSome"
            )
            .replace("A fine post", f"A {HOSTILE}")
            .replace("Tags", "Slug: x\nTags"),
        },
    )
    build_site(ROOT / "pelicanconf.py", content, tmp_path / "output")
    complaints: list[str] = []
    context = browser.new_context()
    page = context.new_page()
    page.on("dialog", lambda dialog: complaints.append(dialog.message))
    page.on("console", lambda message: complaints.append(message.text))
    with served(tmp_path / "output") as address:
        for path in ("/", "/2026/11/x/", "/issues/grit-bins/"):
            page.goto(address + path, wait_until="networkidle")
            assert HOSTILE in page.locator("main").inner_text()
        expect(page.locator("figure.is-live")).to_have_count(1)
        for mark in page.locator(".map-live path.leaflet-interactive").all():
            mark.click(force=True)
            expect(page.locator(".leaflet-popup-content strong").last).to_be_visible()
        assert page.locator(".leaflet-popup-content :is(script, img)").count() == 0
    context.close()
    assert complaints == []


def test_with_the_keyboard_the_first_stop_skips_to_the_text(visit: Visit) -> None:
    page = visit("/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to the main text")
    page.keyboard.press("Enter")
    assert page.url.endswith("#ward-main")

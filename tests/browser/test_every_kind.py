"""What holds on every kind of page, whatever it looks like: each is opened once, on a phone.

A long run opens those with pictures or maps on a desktop as well, where they come late, too, and
looks at all of them in the dark.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, ViewportSize, expect

from browser.axe import Violation, violations
from browser.conftest import served
from look import without_redirect
from looked_at import SITES
from nu_checker import faults_in, has_java
from page_kinds import kinds_of
from support import ROOT, run

pytestmark = pytest.mark.browser

# Each site, and which of its kinds of page are looked at: all, or those named.
LOOKED_AT: dict[str, tuple[str, ...]] = {
    "odd": (),
    "first-day": ("home", "hub", "subscribe", "search", "all"),
    "long-list": ("places",),
}
KINDS = {
    "home", "post", "right-to-left-post", "odd-post", "hub", "places", "map", "issue-map", "street",
    "streets", "issues", "tag", "month", "year", "subscribe", "follow", "not-found", "about",
    "moved", "open-question", "closed-question", "report-to-join", "questions", "privacy",
    "search", "all",
}  # fmt: skip
# A long run looks at these as well: pages of text alone, from the template of the page "about",
# posts that have nothing that the others have not, and pages that are the same on the first day.
LIKE_OTHERS = (
    "odd accessibility", "odd letter-depot", "odd picture-post", "odd plain-post",
    "odd foreign-post", "first-day subscribe", "first-day search", "first-day all",
)  # fmt: skip
# Between them they have every class that a page has: a long run alone looks at the others in the
# dark.
IN_THE_DARK = (
    "odd home", "odd post", "odd odd-post", "odd dated-post", "odd hub", "odd map", "odd street",
    "odd streets", "odd figures", "odd closed-question", "odd search", "odd issues",
    "odd community", "odd all", "odd follow", "odd questions", "first-day home",
    "long-list places",
)  # fmt: skip
# Tall, so that all of a page is in view and whatever moves counts.
SIZES = ((390, 4000), (1280, 2500))
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What depends on the colours, and is looked at again in the dark.
OF_COLOURS = ["color-contrast", "link-in-text-block"]
PICTURES = re.compile(r"\.(png|jpe?g|webp|gif|svg)$")
DOCUMENTS = re.compile(r"(/|\.html)$")
SHIFTS = """
window.shifts = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    window.shifts.push(`${entry.value.toFixed(4)}: ${entry.sources.map(({node}) =>
      node?.outerHTML?.slice(0, 80) ?? node?.nodeName).join(", ")}`);
  }
}).observe({type: "layout-shift", buffered: true});
"""
PAINTED = """() => new Promise((done) => {
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)));
})"""
CLASSES = """() => [...document.querySelectorAll("[class]")].flatMap(
  (element) => [...element.classList])"""
LOADED = """() => Promise.all([...document.images].map((image) => {
  image.loading = "eager";
  return image.decode().catch(() => {});
}))"""


@dataclass
class Seen:
    """What was noticed on one page."""

    titles: int
    shifts: list[str]
    wide: list[int]
    classes: set[str]
    light: list[Violation]
    dark: list[Violation]


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return {site: _built(site, tmp_path_factory.mktemp(site)) for site in LOOKED_AT}


@pytest.fixture(scope="module")
def seen(
    browser: Browser, outputs: dict[str, Path], request: pytest.FixtureRequest
) -> dict[str, Seen]:
    """Each kind of page of each site, by its site and kind; a page of two kinds is opened once."""
    pages: dict[str, Seen] = {}
    is_long = request.config.getoption("--long")
    screens = [Screen(browser, size) for size in (SIZES if is_long else SIZES[:1])]
    for site, output in outputs.items():
        kinds = kinds_of(output)
        left_out = () if is_long else LIKE_OTHERS
        in_the_dark = {
            path for kind, path in kinds.items() if is_long or f"{site} {kind}" in IN_THE_DARK
        }
        with served(output) as address:
            look = cache(
                lambda path, address=address, in_the_dark=in_the_dark: _looked_at(
                    screens, address + path, path in in_the_dark
                )
            )
            for kind in LOOKED_AT[site] or kinds:
                if (name := f"{site} {kind}") not in left_out:
                    pages[name] = look(kinds[kind])
    for screen in screens:
        screen.page.context.close()
    return pages


def _built(site: str, folder: Path) -> Path:
    content = SITES[site](ROOT / "content", folder / "content")
    done = run("html", "--content", str(content), "--output", str(folder / "output"))
    assert done.returncode == 0, done.stderr
    return folder / "output"


class Screen:
    """A page of one width, which shows one address after the other."""

    def __init__(self, browser: Browser, size: tuple[int, int]) -> None:
        # The policy keeps out axe's own script.
        self.page = browser.new_context(bypass_csp=True, reduced_motion="reduce").new_page()
        self._size = ViewportSize(width=size[0], height=size[1])
        self._held: list[Route] | None = None
        self.page.add_init_script(SHIFTS)
        self.page.route(PICTURES, self._hold)
        self.page.route(DOCUMENTS, without_redirect)

    def open(self, url: str) -> list[str]:
        """Opens a page whose pictures come after its first paint; what moved in it."""
        page, self._held = self.page, []
        page.set_viewport_size(self._size)
        page.emulate_media(color_scheme="light")
        page.goto(url, wait_until="domcontentloaded")
        page.evaluate(PAINTED)
        held, self._held = self._held, None
        for route in held:
            route.continue_()
        page.evaluate(LOADED)
        if page.locator("figure.map").count():
            page.mouse.move(2, 2)
            page.mouse.move(1, 1)
            expect(page.locator("figure.is-live")).to_have_count(1)
        page.evaluate(PAINTED)
        return list(page.evaluate("window.shifts"))

    def _hold(self, route: Route) -> None:
        if self._held is None:
            route.continue_()
        else:
            self._held.append(route)


def _looked_at(screens: Sequence[Screen], url: str, in_the_dark: bool) -> Seen:
    phone, *others = screens
    shifts, page = phone.open(url), phone.page
    titles = page.locator("h1").count()
    light = violations(page, {"runOnly": {"type": "tag", "values": RULES}})
    dark = []
    if in_the_dark:
        page.emulate_media(color_scheme="dark")
        dark = violations(page, {"runOnly": {"type": "rule", "values": OF_COLOURS}})
    classes = set(page.evaluate(CLASSES))
    wide = [size for size in ((320, 800), (320, 256), (360, 800)) if _is_wide(page, size)]
    if page.locator("img, figure.map").count():
        for screen in others:
            shifts += screen.open(url)
    return Seen(titles, shifts, [width for width, _ in wide], classes, light, dark)


def _is_wide(page: Page, size: tuple[int, int]) -> bool:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    return bool(page.evaluate("document.documentElement.scrollWidth") > size[0])


def test_every_kind_of_page_is_looked_at(seen: dict[str, Seen]) -> None:
    assert {name.partition(" ")[2] for name in seen} >= KINDS


def test_every_page_has_one_title(seen: dict[str, Seen]) -> None:
    assert {name: page.titles for name, page in seen.items() if page.titles != 1} == {}


def test_nothing_moves_while_pictures_and_the_map_load(seen: dict[str, Seen]) -> None:
    assert {name: page.shifts for name, page in seen.items() if page.shifts} == {}


def test_no_page_is_wider_than_a_small_phone_or_a_screen_at_400_percent(
    seen: dict[str, Seen],
) -> None:
    """1280 by 1024 pixels enlarged four times are 320 by 256 (WCAG 2.2, 1.4.10)."""
    assert {name: page.wide for name, page in seen.items() if page.wide} == {}


def test_axe_finds_no_accessibility_problem(seen: dict[str, Seen]) -> None:
    """WCAG 2.0 to 2.2, A and AA, and best practice."""
    assert {name: page.light for name, page in seen.items() if page.light} == {}


def test_every_part_of_a_page_is_looked_at_in_the_dark(seen: dict[str, Seen]) -> None:
    """A rule for a class gives the same colours on every page."""
    found = {one for name in IN_THE_DARK for one in seen[name].classes}
    assert {name: page.classes - found for name, page in seen.items() if page.classes - found} == {}


def test_axe_finds_no_accessibility_problem_in_the_dark(seen: dict[str, Seen]) -> None:
    assert {name: page.dark for name, page in seen.items() if page.dark} == {}


@pytest.mark.skipif(not has_java(), reason="the Nu HTML checker needs Java")
def test_every_page_is_valid_html(outputs: dict[str, Path]) -> None:
    """All pages of the first site, and of the others those that it has not."""
    others = [
        outputs[site] / kinds_of(outputs[site])[kind].strip("/") / "index.html"
        for site, kinds in LOOKED_AT.items()
        for kind in kinds
    ]
    assert faults_in([outputs["odd"], *others]) == []

"""The bytes and requests that a page with a map needs, counted in the browser."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import brotli
import pytest
from playwright.sync_api import Browser, expect

from browser.conftest import served
from browser.live_map import live
from support import DATASET, ISSUES, ROOT, WARD, unhashed, write_site
from wardblog.build import build_site
from wardblog.model.addresses import PLACES_ON_A_PAGE

pytestmark = pytest.mark.browser

STREETS = (
    "Lavender Hill", "Acanthus Road", "Eland Road", "Heathwall Street", "Latchmere Road",
    "Sabine Road", "Tyneham Road", "Gideon Road", "Wickersley Road", "Grayshott Road",
    "Kathleen Road", "Stormont Road", "Elspeth Road", "Dorothy Road", "Marney Road",
    "Sugden Road", "Nansen Road", "Taybridge Road", "Jedburgh Street", "Garfield Road",
)  # fmt: skip
HUB = "/issues/grit-bins/"
HOME = 150_000  # bytes that the first view of the home page transfers, pictures included
# What comes after the first view, beside Leaflet.
LATER = ("/map.js", "/map.json", "/live.css")


def built(folder: Path, places: int) -> Path:
    """A site with a data set of so many places at street corners of the ward."""
    chance = random.Random(1)  # noqa: S311 - the same in every run, not a secret
    rows = "".join(
        f"{n + 1},{chance.choice(STREETS)} at {chance.choice(STREETS)},"
        f"{51.461 + chance.random() / 100:.6f},{-0.168 + chance.random() / 60:.6f}\n"
        for n in range(places)
    )
    content = write_site(
        folder / "content",
        {
            "ward.toml": WARD.replace("[[coun", 'boundary = "data/ward.geojson"\n[[coun'),
            "issues.toml": ISSUES + DATASET + 'as_of = 2026-11-01\nshow = "all"\n',
            "data/ward.geojson": (ROOT / "content/data/ward.geojson").read_bytes(),
            "data/bins.csv": "Map ID,Location,Latitude,Longitude\n" + rows,
        },
    )
    build_site(ROOT / "pelicanconf.py", content, folder / "output")
    return folder / "output"


@dataclass(frozen=True)
class Sized:
    """A site with so many places, and where it is served."""

    places: int
    output: Path
    address: str

    def weight(self, url: str) -> int:
        """Bytes as compressed by brotli, which every browser reads."""
        path = self.output / url.strip("/")
        return len(brotli.compress((path / "index.html" if path.is_dir() else path).read_bytes()))


@pytest.fixture(
    scope="module",
    params=[50, 500, *(pytest.param(places, marks=pytest.mark.long) for places in (5000, 50_000))],
)
def sized(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Sized]:
    output = built(tmp_path_factory.mktemp("sized"), request.param)
    with served(output) as address:
        yield Sized(request.param, output, address)


@pytest.mark.long
def test_a_page_with_a_map_is_small(sized: Sized, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 640})
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(sized.address)))
    page.goto(sized.address + HUB, wait_until="networkidle")
    live(page)
    context.close()
    assert not [url for url in asked if url.startswith("http")]
    first = [url for url in asked if "leaflet" not in url and not unhashed(url).endswith(LATER)]
    if sized.places == 50:
        # The style sheet has a limit of its own, in test_weights.py.
        assert sum(sized.weight(url) for url in first if "style" not in url) <= 6_000
        assert sum(map(sized.weight, first)) <= 10_500
    if sized.places == 500:
        assert sum(map(sized.weight, asked)) <= 72_000
    assert len(asked) <= 10  # one of them is the style sheet for paper, which nothing waits for
    assert sized.weight(HUB) < 200_000


@pytest.mark.long
def test_every_place_of_a_long_list_can_be_read_and_found(sized: Sized, browser: Browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(sized.address + HUB)
    if sized.places <= PLACES_ON_A_PAGE:
        expect(page.locator(".places > li")).to_have_count(sized.places)
        context.close()
        return
    page.get_by_role("link", name="Next places").click()
    expect(page.locator("h1")).to_have_text("Grit bins: places")
    row = page.locator("#place-300")
    name = row.locator(".place-name").inner_text()
    row.get_by_role("link", name="show on map").click()
    popup = page.get_by_role("dialog")
    expect(popup).to_contain_text(name)
    popup.get_by_role("link", name="In the list").click()
    expect(page.locator("#place-300")).to_contain_text(name)
    context.close()


def test_the_home_page_is_light_with_its_pictures(
    browser: Browser, address: str, sample: Path
) -> None:
    """What a phone with a sharp screen loads before its reader does anything."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, device_scale_factor=2)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(address)))
    page.goto(f"{address}/", wait_until="networkidle")
    context.close()
    site = Sized(0, sample, address)
    weights = {url: site.weight(url) for url in asked}
    assert sum(weights.values()) <= HOME, weights

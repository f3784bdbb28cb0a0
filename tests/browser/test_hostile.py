"""Hostile text in every written or imported field is shown as text and never runs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from browser.conftest import served, visitor
from browser.live_map import live
from nu_checker import faults_in, has_java
from support import DATASET, ISSUES, LICENCE, POST, ROOT, WARD, write_site
from wardblog.build import build_site
from wardblog.content.header import values
from wardblog.content.markdown import cleaning
from wardblog.content.tables import tables
from wardblog.content.toml import table
from wardblog.text.decoding import clean

pytestmark = pytest.mark.browser

ATTACKS = (
    "<script>alert(1)</script>",
    "</script><script>alert(2)</script>",
    "<img src=x onerror=alert(3)>",
    "<svg/onload=alert(4)>",
    "${alert(5)}",
    "`+alert(6)+`",
    "{{ alert(7) }}{% raw %}",
    "'\"-alert(8)-\"'",
    "\\u003cscript\\u003ealert(9)",
    "back\\slash\\",
    "line\u2028and\u2029paragraph",
    "lone \ud800 surrogate",
    "controls \x00\x01\x1b\x7f\x9f",
    "right \u202eot tfel",
    "</title></style></textarea></noscript>",
    "]]><!--",
    "javascript:alert(10)",
    "x" * 100_000,
)
BAD = "{{ 7*7 }}{% raw %}{# \"'></script><img src=x onerror=alert(0)>${alert(0)}`"


def shown(text: str) -> str:
    """What of a text can be shown at all."""
    return " ".join(clean(text).split())


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    features = [
        {
            "type": "Feature",
            "properties": {"Name": attack, attack: attack, BAD: BAD, "Ref": attack[:100]},
            "geometry": {"type": "Point", "coordinates": [-0.165 + n / 1000, 51.465]},
        }
        for n, attack in enumerate(ATTACKS)
    ]
    street = {
        "type": "Feature",
        "properties": {"name": BAD, "attribution": BAD},
        "geometry": {"type": "LineString", "coordinates": [[-0.169, 51.464], [-0.151, 51.464]]},
    }
    outline = {
        "type": "Feature",
        "properties": {"attribution": BAD},
        "geometry": {
            "type": "Polygon",
            "coordinates": [[[-0.17, 51.46], [-0.15, 51.46], [-0.15, 51.47], [-0.17, 51.46]]],
        },
    }
    quoted = json.dumps(BAD)
    post = POST.replace("A fine post", f"A {BAD}").replace("Tags: grit bins", f"Tags: {BAD}, a")
    post = post.replace("Title", "Slug: x\nCard: map\nSummary: " + BAD + "\nTitle")
    places = f"\nPlaces: {BAD.replace('|', '')} | 51.4655, -0.155\nProgress: reported\n\nSome"
    content = write_site(
        folder / "content",
        {
            "ward.toml": WARD.replace('"Shaftesbury"', quoted).replace(
                "[[coun", 'boundary = "data/w.json"\n[[coun'
            )
            + f'[map]\nstreets = "data/s.json"\ntiles = "ask"\ntile_attribution = {quoted}\n',
            "issues.toml": ISSUES.replace('"Grit bins"', quoted)
            + DATASET.replace('"Grit bins"', quoted)
            .replace(LICENCE, f"source = {quoted}\nlicence = {quoted}\n")
            .replace('"Bins"', quoted)
            .replace("data/bins.csv", "data/${alert(0)}<b>.json")
            + 'show = "all"\n',
            "data/${alert(0)}<b>.json": json.dumps(
                {"type": "FeatureCollection", "features": features}
            ),
            "data/w.json": json.dumps(outline),
            "data/s.json": json.dumps(street),
            "posts/fine.md": post.replace("\n\nSome", places),
        },
    )
    with pytest.MonkeyPatch.context() as patch:
        # The guard would stop most of it; this is for what it might miss.
        for room in (cleaning, tables, table, values):
            patch.setattr(room, "harm_in", lambda _: "")
        build_site(ROOT / "pelicanconf.py", content, folder / "output")
    return folder / "output"


def hub_of(output: Path) -> str:
    return next(p.name for p in (output / "issues").iterdir() if any(p.glob("map.*.json")))


def test_nothing_hostile_runs_and_all_of_it_is_shown(browser: Browser, hostile: Path) -> None:
    with served(hostile) as address, visitor(browser, address) as visit:
        page = visit(f"/issues/{hub_of(hostile)}/")
        policy = page.locator("meta[http-equiv]").get_attribute("content") or ""
        assert "unsafe" not in policy
        assert policy.startswith("default-src 'self'; ")
        assert "require-trusted-types-for 'script'" in policy
        live(page)
        assert BAD in page.locator("figcaption").inner_text()
        for number, attack in enumerate((BAD, *ATTACKS), start=1):
            row = page.locator(f"#place-{number}")
            name = row.locator(":is(.place-name, a)").first
            assert " ".join((name.text_content() or "").split()) == shown(attack)
            row.get_by_role("link", name="show on map").click()
            popup = page.get_by_role("dialog")
            told = popup.locator("strong")
            expect(told).to_be_visible()
            assert " ".join((told.text_content() or "").split()) == shown(attack)
            assert popup.locator(":is(script, img, svg)").count() == 0
        assert page.locator("body script, main img").count() == 0


@pytest.mark.long
@pytest.mark.parametrize("path", ["/", "/2026/11/x/", "/map/", "/issues/", "/subscribe/"])
def test_a_hostile_name_is_plain_text_on_every_page(
    path: str, browser: Browser, hostile: Path
) -> None:
    with served(hostile) as address, visitor(browser, address) as visit:
        page = visit(path)
        assert BAD in (page.locator("body").text_content() or "")
        assert page.locator("body script, main img").count() == 0


def test_the_credit_of_street_tiles_is_plain_text(browser: Browser, hostile: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    alerts: list[str] = []
    page.on("dialog", lambda dialog: alerts.append(dialog.message))
    page.route("https://**", lambda route: route.fulfill(status=200, body=b""))
    with served(hostile) as address:
        page.goto(f"{address}/issues/{hub_of(hostile)}/", wait_until="networkidle")
        live(page)
        page.get_by_role("button", name="Show street map").click()
        expect(page.locator(".leaflet-control-attribution")).to_have_text(BAD)
        context.close()
    assert alerts == []


@pytest.mark.parametrize("name", ["map.svg", "card.png"])
def test_pictures_of_hostile_names_are_pictures(name: str, browser: Browser, hostile: Path) -> None:
    """Opened by itself an SVG file could run what is written in it."""
    context = browser.new_context()
    page = context.new_page()
    alerts: list[str] = []
    page.on("dialog", lambda dialog: alerts.append(dialog.message))
    with served(hostile) as address:
        answer = page.goto(f"{address}/issues/{hub_of(hostile)}/{name}")
        assert answer is not None
        assert answer.ok
        page.wait_for_timeout(200)
        assert page.evaluate("document.querySelectorAll('script, foreignObject').length") == 0
        context.close()
    assert alerts == []


def test_a_library_that_writes_html_writes_text(browser: Browser, address: str) -> None:
    """The stock ways in which Leaflet and Folium write HTML lead nowhere under the policy."""
    context = browser.new_context()
    page = context.new_page()
    alerts: list[str] = []
    page.on("dialog", lambda dialog: alerts.append(dialog.message))
    page.goto(f"{address}/issues/grit-bins/", wait_until="networkidle")
    live(page)
    page.evaluate(
        """html => {
          const {map} = ward.live;
          const at = map.getCenter();
          L.popup().setLatLng(at).setContent(html).openOn(map);
          L.tooltip({permanent: true}).setLatLng(at).setContent(html).addTo(map);
          L.marker(at, {icon: L.divIcon({html}), title: html, alt: html}).addTo(map);
          L.control.layers({}, {[html]: L.layerGroup()}).addTo(map);
          L.control.attribution({prefix: html}).addTo(map);
        }""",
        "<img src=x onerror=alert(1)>${alert(2)}",
    )
    page.wait_for_timeout(300)
    assert page.locator(".map-live img[src=x]").count() == 0
    refused = page.evaluate(
        """() => {
          const script = document.createElement("script");
          try { script.src = "/images/other.js"; } catch (error) { return error.name; }
        }"""
    )
    assert refused == "TypeError"
    assert alerts == []
    context.close()


@pytest.mark.long
@pytest.mark.skipif(not has_java(), reason="the Nu HTML checker needs Java")
def test_pages_with_hostile_names_are_valid_html(hostile: Path) -> None:
    assert faults_in([hostile]) == []

"""The still picture of a map in Chromium, without JavaScript: its colours, names and sizes."""

from __future__ import annotations

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from browser.conftest import Visit
from support import ROOT

pytestmark = pytest.mark.browser

HUB = "/issues/grit-bins/"


def colours_of(page: Page) -> set[str]:
    """The colours of which there are many dots in the picture."""
    png = page.locator(".map-frame").screenshot()
    counted = Image.open(io.BytesIO(png)).convert("RGB").getcolors(1_000_000) or []
    return {f"#{r:02x}{g:02x}{b:02x}" for count, (r, g, b) in counted if count > 100}  # type: ignore[misc]


def of_theme(scheme: str, name: str) -> str:
    css = (ROOT / "theme/source/style.css").read_text()
    light, dark = re.findall(rf"--map-{name}: (#\w+)", css)
    short = {"light": light, "dark": dark}[scheme]
    return short if len(short) == 7 else "#" + "".join(c * 2 for c in short[1:])


@pytest.mark.long
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_shared_ground_takes_the_colours_of_the_page(scheme: str, visit: Visit) -> None:
    page = visit(HUB, java_script_enabled=False, color_scheme=scheme)
    found = colours_of(page)
    for name in ("land", "building", "road", "major"):
        assert of_theme(scheme, name) in found, name
    page.emulate_media(media="print", color_scheme=scheme)  # type: ignore[arg-type]
    assert of_theme("light", "land") in colours_of(page)


@pytest.mark.long
@pytest.mark.parametrize(("width", "most"), [(360, 12), (1280, 60)])
def test_names_can_be_read_on_any_screen_and_none_leaves_the_map(
    width: int, most: int, visit: Visit
) -> None:
    page = visit(HUB, java_script_enabled=False, viewport={"width": width, "height": 800})
    frame = page.locator(".map-frame").bounding_box()
    assert frame
    shown = [
        text
        for text in page.locator(".map-picture .map-name, .map-picture .map-label").all()
        if text.is_visible()
    ]
    assert 5 <= len(shown) <= most
    for text in shown:
        box = text.bounding_box()
        assert box
        assert max(box["height"], box["width"]) >= 20
        assert min(box["height"], box["width"]) >= 9.5  # in pixels: about 8 pt
        assert box["x"] >= frame["x"]
        assert box["x"] + box["width"] <= frame["x"] + frame["width"]
    expect(page.locator(".map-picture")).to_be_visible()

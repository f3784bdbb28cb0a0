"""Pages with the letters alone at 200 % (WCAG 2.2, 1.4.4 Resize Text and 1.4.10 Reflow)."""

from __future__ import annotations

from pathlib import Path

import pytest

from browser.conftest import Visit
from page_kinds import kinds_of
from support import mostly_long

pytestmark = pytest.mark.browser

# Twice the size that the style sheet gives, as a reader's own style sheet sets it.
TWICE = "html { font-size: 225% !important; }"
# Words that have room for a few letters only.
SQUEEZED = """() => [...document.querySelectorAll("main :is(h2, p, li, dd)")]
  .filter((one) => one.checkVisibility() && one.textContent.trim().length > 3
    && !one.closest(".hidden") && one.getBoundingClientRect().width < 90)
  .map((one) => one.outerHTML.slice(0, 80))"""


WIDTHS = (1000, 1280)


@pytest.mark.long
@pytest.mark.parametrize("kind", ["post", "home", "hub"])
def test_letters_at_twice_their_size_have_room(visit: Visit, sample: Path, kind: str) -> None:
    page = visit(kinds_of(sample)[kind], bypass_csp=True)
    beside = "getComputedStyle(document.querySelector('.post') ?? document.body).display"
    for width in WIDTHS if kind == "post" else ():
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(beside) == "grid"
    page.add_style_tag(content=TWICE)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(SQUEEZED) == []


KINDS = ("home", "map", "closed-question", "month")


@pytest.mark.long
@pytest.mark.parametrize("kind", mostly_long(KINDS, "home", "month", "closed-question"))
def test_letters_at_twice_their_size_fit_a_phone(visit: Visit, sample: Path, kind: str) -> None:
    page = visit(kinds_of(sample)[kind], viewport={"width": 320, "height": 700}, bypass_csp=True)
    menu = "getComputedStyle(document.querySelector('.masthead ul')).display"
    assert page.evaluate(menu) == "grid"
    page.add_style_tag(content=TWICE)
    for width in (320, 360):
        page.set_viewport_size({"width": width, "height": 700})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(menu) == "flex"

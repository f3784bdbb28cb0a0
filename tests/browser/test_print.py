"""Pages on paper, as Chromium prints them on A4."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from browser.conftest import Visit
from look import LOAD_ALL
from page_kinds import kinds_of

pytestmark = pytest.mark.browser

A4 = (595, 842)  # points
MOST_SHEETS = 4  # of a page that lists what there is
# What nobody can use on paper.
OF_THE_SCREEN = "nav, form, button, .skip, .map-live"


def printed(path: str, visit: Visit) -> list[str]:
    """The text of each sheet; nothing that is of use only on a screen is printed."""
    page = visit(path, bypass_csp=True)
    page.evaluate(LOAD_ALL)
    page.emulate_media(media="print")
    shown = [
        element.evaluate("e => e.outerHTML.slice(0, 80)")
        for element in page.locator(OF_THE_SCREEN).all()
        if element.is_visible()
    ]
    assert shown == []
    with pypdfium2.PdfDocument(page.pdf(format="A4", prefer_css_page_size=True)) as document:
        sheets = [(sheet.get_size(), sheet.get_textpage().get_text_bounded()) for sheet in document]
    for size, _ in sheets:
        assert size == pytest.approx(A4, abs=2)
    return [" ".join(text.split()) for _, text in sheets]


def longest_post(sample: Path) -> str:
    """The path of the longest post among those with a picture and a map."""
    posts = [
        page
        for page in sample.glob("[0-9]*/[0-9]*/*/index.html")
        if all(part in page.read_text(encoding="utf-8") for part in ("<img", '<figure class="map'))
    ]
    post = max(posts, key=lambda page: page.stat().st_size)
    return f"/{post.relative_to(sample).parent.as_posix()}/"


def test_a_post_with_picture_and_map_is_printed_on_one_leaflet_page(
    visit: Visit, sample: Path
) -> None:
    path = longest_post(sample)
    (sheet,) = printed(path, visit)
    assert "Promoted by" in sheet
    assert f"https://ward.example.org{path}" in sheet


@pytest.mark.parametrize("kind", ["home", "hub"])
def test_lists_are_printed_without_what_is_of_use_only_on_a_screen(
    kind: str, visit: Visit, sample: Path
) -> None:
    sheets = printed(kinds_of(sample)[kind], visit)
    assert len(sheets) <= MOST_SHEETS
    assert "Promoted by" in sheets[-1]

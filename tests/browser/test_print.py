"""Pages on paper, as Chromium prints them on A4."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from bs4 import BeautifulSoup

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
    """The path of the longest post with a picture and a map, and without a slip to cut off."""
    posts = [
        page
        for page in sample.glob("[0-9]*/[0-9]*/*/index.html")
        if all(part in page.read_text(encoding="utf-8") for part in ("<img", '<figure class="map'))
        and 'class="slip' not in page.read_text(encoding="utf-8")
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


@pytest.mark.long
@pytest.mark.parametrize("kind", ["home", "hub"])
def test_lists_are_printed_without_what_is_of_use_only_on_a_screen(
    kind: str, visit: Visit, sample: Path
) -> None:
    sheets = printed(kinds_of(sample)[kind], visit)
    assert len(sheets) <= MOST_SHEETS
    assert "Promoted by" in sheets[-1]


@pytest.mark.long
def test_a_question_is_printed_as_a_slip_below_the_imprint(visit: Visit, sample: Path) -> None:
    path = kinds_of(sample)["open-question"]
    sheets = printed(path, visit)
    text = " ".join(sheets)
    assert len(sheets) <= 2
    assert "Promoted by" in sheets[0]  # the leaflet page is whole without the slip
    (slip,) = (sheet for sheet in sheets if "Cut here" in sheet)
    assert text.index("Promoted by") < text.index("Cut here")
    page = BeautifulSoup((sample / path.strip("/") / "index.html").read_text(), "html.parser")
    codes = [code.get_text() for code in page.select(".answers code")]
    words = [span.get_text() for span in page.select(".answers a > bdi")]
    assert len(codes) == len(words) >= 2
    for part in (*codes, "Please tick one box", "Post it to"):
        assert text.count(part) == 1, part
        assert part in slip
    for part in words:
        assert part in slip[slip.index("Please tick one box") :]
    assert text.count("Have your say by") == 1
    assert "Choose your answer" not in text


@pytest.mark.long
def test_the_result_of_a_question_is_printed(visit: Visit, sample: Path) -> None:
    (sheet,) = printed(kinds_of(sample)["closed-question"], visit)
    for part in ("What you said", "chose to answer", "You said, we did", "Promoted by"):
        assert part in sheet


@pytest.mark.long
def test_the_slip_is_only_on_paper(visit: Visit, sample: Path) -> None:
    page = visit(kinds_of(sample)["open-question"], bypass_csp=True)
    assert not page.locator(".slip").is_visible()
    assert page.locator(".question").is_visible()
    page.evaluate("document.querySelectorAll('link[rel=stylesheet]').forEach(e => e.remove())")
    assert not page.locator(".slip").is_visible()


@pytest.mark.long
def test_on_wide_paper_the_picture_ends_where_the_text_ends(visit: Visit, sample: Path) -> None:
    page = visit(longest_post(sample), viewport={"width": 1280, "height": 900})
    page.emulate_media(media="print")
    picture, text = (page.locator(one).bounding_box() for one in (".post .lead", ".post > .text"))
    assert picture is not None
    assert text is not None
    assert picture["x"] + picture["width"] == pytest.approx(text["x"] + text["width"], abs=1)
    where = page.locator(".post > .where").bounding_box()
    assert where is not None
    assert where["x"] == pytest.approx(text["x"], abs=1)

"""Leaflets of the sample as PDF files: for screen readers, for the printer, and for the law.

`pdfua` (from PyPI) checks the part of PDF/UA-1 that can be read from a file; what it leaves out,
such as headings and alternatives, is looked up with pikepdf. typst itself refuses to write a file
that breaks PDF/UA-1.
"""

from __future__ import annotations

import io
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest
from pdfua import validate
from pypdfium2 import PdfDocument, raw

from install_programs import find_program
from office.leaflet_pdfs import (
    MILLIMETRE,
    assert_inside,
    codes_in,
    elements,
    pages_of,
    read_code,
    squeezed,
)
from office.leaflets import EIGHT, PRINTER, leaflet_of, poster_of, sample_site
from support import ROOT, mostly_long
from wardblog.office.leaflet.make import MadeLeaflet
from wardblog.office.leaflet.papers import LEAFLET_SIZES

SIZES = {"A5": (148, 210), "A4": (210, 297), "fold": (297, 210), "A3": (297, 420)}
KINDS = [*LEAFLET_SIZES, "poster", "large poster"]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, MadeLeaflet]:
    """A leaflet of eight posts in each size, and a poster in each size."""
    folder = tmp_path_factory.mktemp("leaflets")
    leaflets = {size: leaflet_of(folder, ",".join(EIGHT), size) for size in LEAFLET_SIZES}
    return {
        **leaflets,
        "poster": poster_of(folder, "Ward surgery"),
        "large poster": poster_of(folder, "2027-02-06", "A3"),
    }


def both(one: MadeLeaflet) -> tuple[Path, Path]:
    return one.printer, one.screen


@pytest.mark.parametrize("kind", mostly_long(KINDS, "fold"))
def test_screen_readers_can_read_it(made: dict[str, MadeLeaflet], kind: str) -> None:
    for path in both(made[kind]):
        report = validate(str(path))
        assert [finding.message for finding in report.findings] == []
        with pikepdf.open(path) as document:
            assert document.Root.Lang == "en-GB"
            assert document.Root.MarkInfo.Marked
            assert document.Root.ViewerPreferences.DisplayDocTitle
            assert str(document.open_metadata()["dc:title"])
            found = list(elements(document))
        headings = [str(one.S) for one in found if str(one.S).startswith("/H")]
        assert headings[0] == "/H1"
        assert headings.count("/H1") == 1
        assert all(int(b[2]) - int(a[2]) <= 1 for a, b in pairwise(headings))
        figures = [one for one in found if one.S == "/Figure"]
        assert len(figures) >= 4
        assert all(str(one.Alt).strip() for one in figures)


@pytest.mark.parametrize("kind", KINDS)
def test_the_printer_gets_three_millimetres_to_cut_off(
    made: dict[str, MadeLeaflet], kind: str
) -> None:
    size = {"poster": "A4", "large poster": "A3"}.get(kind, kind)
    width, height = SIZES[size]
    with pikepdf.open(made[kind].printer) as document:
        for page in document.pages:
            left, bottom, right, top = (float(n) / MILLIMETRE for n in page.trimbox)
            assert (right - left, top - bottom) == pytest.approx((width, height), abs=0.01)
            media = [float(n) / MILLIMETRE for n in page.mediabox]
            outside = [left - media[0], bottom - media[1], media[2] - right, media[3] - top]
            assert outside == pytest.approx([3, 3, 3, 3], abs=0.01)
    if size != "fold":
        with pikepdf.open(made[kind].screen) as document:
            box = [float(n) / MILLIMETRE for n in document.pages[0].mediabox]
            assert box[2:] == pytest.approx((width, height), abs=0.01)


@pytest.mark.parametrize("kind", KINDS)
def test_colour_goes_over_the_edge_of_the_paper(made: dict[str, MadeLeaflet], kind: str) -> None:
    """In each corner of the first page's top there is the colour of the title, not white."""
    page = PdfDocument(made[kind].printer)[0]
    picture = page.render(scale=1).to_pil().convert("RGB")
    colour = tuple(int(sample_site().accent[n : n + 2], 16) for n in (1, 3, 5))
    assert picture.getpixel((picture.width - 2, 1)) == colour
    if kind != "fold":  # there the last page is on the left
        assert picture.getpixel((1, 1)) == colour


@pytest.mark.parametrize("kind", KINDS)
def test_the_imprint_is_where_the_law_asks_for_it(made: dict[str, MadeLeaflet], kind: str) -> None:
    """On the face if there is one side, else on the last page, in at least 7 points."""
    site = sample_site()
    for path in both(made[kind]):
        pages = pages_of(path)
        is_imposed = kind == "fold" and path == made[kind].printer
        page = pages[0] if is_imposed else pages[-1]
        words = squeezed(page.get_text_bounded())
        assert squeezed(f"Printed by {PRINTER}. {site.imprint.sentence}") in words
        start = page.get_text_bounded().index("Printed by")
        size = raw.FPDFText_GetFontSize(page, start)
        low, high = (page.get_charbox(start, loose=True)[n] for n in (1, 3))
        assert size >= 7
        assert high - low >= 7  # as large on the paper as the font says


def test_each_size_has_its_pages(made: dict[str, MadeLeaflet]) -> None:
    assert {kind: len(pages_of(one.screen)) for kind, one in made.items()} == {
        "A5": 2, "A4": 2, "fold": 4, "poster": 1, "large poster": 1
    }  # fmt: skip
    assert len(pages_of(made["fold"].printer)) == 2
    assert len(pages_of(made["A5"].printer)) == 2


def test_a_folded_leaflet_has_its_pages_where_folding_puts_them(
    made: dict[str, MadeLeaflet],
) -> None:
    """Outside 4 and 1, inside 2 and 3, from left to right."""
    pages = [squeezed(page.get_text_bounded()) for page in pages_of(made["fold"].screen)]
    outside, inside = PdfDocument(made["fold"].printer)
    middle = (297 / 2 + 3) * MILLIMETRE
    halves = []
    for page in (outside, inside):
        text, (width, height) = page.get_textpage(), page.get_size()
        halves.append(text.get_text_bounded(0, 0, middle, height))
        halves.append(text.get_text_bounded(middle, 0, width, height))
    order = [sorted(squeezed(half)) for half in halves]
    assert order == [sorted(pages[number]) for number in (3, 0, 1, 2)]


@pytest.mark.parametrize("kind", KINDS)
def test_no_letter_is_near_the_edge(made: dict[str, MadeLeaflet], kind: str) -> None:
    for path in both(made[kind]):
        for page in PdfDocument(path):
            assert_inside(page.get_textpage(), page.get_size(), 8 * MILLIMETRE)


@pytest.mark.parametrize("kind", mostly_long(KINDS, "A5"))
def test_every_code_is_read_from_paper(
    made: dict[str, MadeLeaflet], kind: str, tmp_path: Path
) -> None:
    zbarimg = find_program("zbarimg")
    if zbarimg is None:
        pytest.skip("zbarimg, which reads QR codes, is not installed")
    site = sample_site()
    posts = {post.slug: post for post in site.posts}
    wanted = {site.absolute("")}
    if kind in LEAFLET_SIZES:
        stems = {Path(post.file).stem: post for post in site.posts}
        wanted |= {site.absolute((posts.get(n) or stems[n]).address) for n in EIGHT}
    found = {read_code(zbarimg, one, tmp_path / "code.png") for one in codes_in(made[kind].printer)}
    source = "leaflet-2026-11" if kind in LEAFLET_SIZES else "poster-2026-11"
    assert found == {f"{url}?from={source}" for url in wanted}
    written = "".join(squeezed(page.get_text_bounded()) for page in pages_of(made[kind].screen))
    for url in wanted:
        assert url.removeprefix("https://").rstrip("/") in written
    assert "from=" not in written


def test_eight_posts_on_a5_are_a_small_file(made: dict[str, MadeLeaflet]) -> None:
    assert max(path.stat().st_size for path in both(made["A5"])) <= 500_000


def test_the_same_words_give_the_same_bytes(made: dict[str, MadeLeaflet], tmp_path: Path) -> None:
    again = leaflet_of(tmp_path, ",".join(EIGHT), "A5")
    poster = poster_of(tmp_path, "Ward surgery")
    for one, other in ((again, made["A5"]), (poster, made["poster"])):
        assert one.printer.read_bytes() == other.printer.read_bytes()
        assert one.screen.read_bytes() == other.screen.read_bytes()


def test_nothing_tells_which_computer_made_it(made: dict[str, MadeLeaflet]) -> None:
    data = made["A5"].screen.read_bytes()
    assert str(ROOT).encode() not in data
    with pikepdf.open(io.BytesIO(data)) as document:
        assert str(document.docinfo["/CreationDate"]).startswith("D:20261122000000")


def test_links_work_on_the_screen_only(made: dict[str, MadeLeaflet]) -> None:
    with pikepdf.open(made["A5"].screen) as document:
        found = {str(one.A.URI) for page in document.pages for one in page.get("/Annots", ())}
    site = sample_site()
    assert f"{site.absolute('')}?from=leaflet-2026-11" in found
    assert f"mailto:{site.councillors[0].email}" in found
    with pikepdf.open(made["A5"].printer) as document:
        assert not any("/Annots" in page for page in document.pages)


def test_pictures_have_three_hundred_dots_an_inch_at_most(made: dict[str, MadeLeaflet]) -> None:
    """As many pixels as the box needs, so that a file for the letterbox can go by e-mail."""
    with pikepdf.open(made["A5"].printer) as document:
        widths = [
            int(image.Width)
            for page in document.pages
            for image in page.get_images().values()
            if image.get("/Filter") == "/DCTDecode"
        ]
    assert widths
    assert max(widths) <= 900

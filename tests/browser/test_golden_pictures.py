"""Five pages as they look on a phone, held against stored pictures.

What is compared is not pixels but the mean brightness and colour of squares, so that another
version of a font or of Chromium passes, and a missing style sheet, another colour or another width
does not. After a change of the look that is meant, `pytest tests/browser/test_golden_pictures.py
--update-golden` stores the pictures again; look at them before you commit them.
"""

from __future__ import annotations

import getpass
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Browser, Page

from look import LOAD_ALL
from page_kinds import kinds_of
from support import mostly_long

pytestmark = pytest.mark.browser

GOLDEN = Path(__file__).parents[1] / "golden/pictures"
# Where a page that differs is shown beside its stored picture; it is kept until the next time.
DIFFERENCES = Path(tempfile.gettempdir()) / f"ward-look-{getpass.getuser()}"
PAGES = ("home", "post", "hub", "subscribe", "map")
WIDTH = 390
# These fonts have letters of the same widths, so that lines break at the same words everywhere.
FONTS = "Liberation Sans, Arimo, Arial, Helvetica"
SQUARE = 15  # pixels of the page
# How much the mean of a square may differ, of 255: brightness, and the two directions of colour.
# Letters are grey at their edges in any version of a font, so colour may differ less.
TOLERANCE = (16, 5, 5)
MOST = 0.01  # of the squares may differ more
TALLER = 0.01  # how much the height may differ


def squares(picture: Image.Image) -> Image.Image:
    """The mean of each square as one pixel: brightness and colour."""
    size = (round(picture.width / SQUARE), round(picture.height / SQUARE))
    return picture.convert("YCbCr").resize(size, Image.Resampling.BOX)


def differing(golden: Image.Image, picture: Image.Image) -> Image.Image:
    """A mask of the squares that differ, 255 where they do; sizes must be those of `golden`."""
    bands = ImageChops.difference(squares(golden), squares(picture)).split()
    mask = Image.new("L", bands[0].size)
    for band, most in zip(bands, TOLERANCE, strict=True):
        mask = ImageChops.lighter(mask, band.point([255 * (value > most) for value in range(256)]))
    return mask


def difference(golden: Image.Image, picture: Image.Image) -> tuple[str, Image.Image]:
    """What differs in words, or nothing, and the squares that do."""
    height = golden.height
    fitted = Image.new("RGB", golden.size, "white")
    fitted.paste(picture, (0, 0))
    mask = differing(golden, fitted)
    if abs(picture.height - height) > max(TALLER * height, SQUARE):
        return f"it is {picture.height} pixels high instead of {height}", mask
    share = mask.histogram()[255] / (mask.width * mask.height)
    return (f"{share:.1%} of it differ" if share > MOST else ""), mask


def shown(golden: Image.Image, picture: Image.Image, mask: Image.Image) -> Image.Image:
    """Side by side: as stored, as it is, and what differs in red."""
    red = Image.new("RGB", golden.size, "red")
    marked = Image.composite(
        Image.blend(golden, red, 0.6), golden, mask.resize(golden.size, Image.Resampling.NEAREST)
    )
    sheet = Image.new("RGB", (3 * WIDTH + 40, max(golden.height, picture.height)), "grey")
    for number, part in enumerate((golden, picture, marked)):
        sheet.paste(part, (number * (WIDTH + 20), 0))
    return sheet


@contextmanager
def opened(browser: Browser, url: str, has_style: bool = True) -> Iterator[Page]:
    """The page before the reader does anything, with all its pictures."""
    context = browser.new_context(
        viewport={"width": WIDTH, "height": 844}, bypass_csp=True, color_scheme="light",
        reduced_motion="reduce",
    )  # fmt: skip
    page = context.new_page()
    # The map stays a picture, whatever a browser takes for the reader's doing.
    page.route("**/leaflet.*", lambda route: route.abort())
    if not has_style:
        page.route("**/style.*.css", lambda route: route.abort())
    page.goto(url, wait_until="networkidle")
    page.add_style_tag(content=f"* {{ font-family: {FONTS} !important; }}")
    page.evaluate(LOAD_ALL)
    yield page
    context.close()


def photographed(page: Page) -> Image.Image:
    """The whole page."""
    picture = Image.open(BytesIO(page.screenshot(full_page=True, animations="disabled")))
    return picture.convert("RGB")


def changed(page: Page, css: str) -> Image.Image:
    """The page with `css` as well, which is then taken away again."""
    style = page.add_style_tag(content=css)
    picture = photographed(page)
    style.evaluate("style => style.remove()")
    return picture


def stored(picture: Image.Image, path: Path) -> None:
    path.parent.mkdir(exist_ok=True)
    half = picture.resize((picture.width // 2, picture.height // 2), Image.Resampling.BOX)
    half.save(path, "WEBP", quality=60, method=6)


@pytest.mark.parametrize("kind", PAGES)
def test_a_page_looks_like_its_stored_picture(
    kind: str,
    browser: Browser,
    address: str,
    sample: Path,
    request: pytest.FixtureRequest,
) -> None:
    with opened(browser, address + kinds_of(sample)[kind]) as page:
        picture = photographed(page)
    path = GOLDEN / f"{kind}.webp"
    if request.config.getoption("--update-golden"):
        stored(picture, path)
    half = Image.open(path).convert("RGB")
    golden = half.resize((WIDTH, half.height * 2))
    words, mask = difference(golden, picture)
    if words:
        DIFFERENCES.mkdir(exist_ok=True)
        sheet = DIFFERENCES / f"{kind}.png"
        shown(golden, picture, mask).save(sheet)
        pytest.fail(
            f"The {kind} page does not look like {path.name}: {words}. {sheet} shows both, and what"
            f" differs. (The pictures need one of these fonts: {FONTS}.)"
        )


BREAKS = {
    "another accent": "a { color: #8a1d5f !important; border-color: #8a1d5f !important; }",
    "another background": "body, main { background: #f3eedd !important; }",
    "a narrow column": "main { max-width: 60% !important; }",
    "larger letters": "html { font-size: 118% !important; }",
    "no pictures": "main img, main svg { visibility: hidden !important; }",
}


@pytest.fixture(scope="module")
def hub(browser: Browser, address: str, sample: Path) -> Iterator[Page]:
    with opened(browser, address + kinds_of(sample)["hub"]) as page:
        yield page


@pytest.fixture(scope="module")
def as_it_is(hub: Page) -> Image.Image:
    return photographed(hub)


@pytest.mark.long
@pytest.mark.parametrize("name", mostly_long(BREAKS, "another accent", "a narrow column"))
def test_what_breaks_the_look_is_noticed(name: str, hub: Page, as_it_is: Image.Image) -> None:
    """The test above can fail: each of these is more than its tolerance."""
    assert difference(as_it_is, changed(hub, BREAKS[name]))[0]
    assert difference(as_it_is, photographed(hub))[0] == ""


@pytest.mark.long
def test_a_missing_style_sheet_is_noticed(
    browser: Browser, address: str, sample: Path, as_it_is: Image.Image
) -> None:
    with opened(browser, address + kinds_of(sample)["hub"], has_style=False) as page:
        assert difference(as_it_is, photographed(page))[0]


def test_letters_drawn_otherwise_are_not_noticed(hub: Page, as_it_is: Image.Image) -> None:
    """As in another version of a font or of Chromium: bolder, and half a pixel further down."""
    css = "body { -webkit-text-stroke: 0.15px; position: relative; top: 0.5px; }"
    assert difference(as_it_is, changed(hub, css))[0] == ""

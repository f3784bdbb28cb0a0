"""Pictures of every kind of page, for people to judge the look by.

`PYTHONPATH=plugins:tests python -m look FOLDER` builds the site on a fixed day and writes there
`SITE/KIND.VIEW.png`, for the views phone-light, phone-dark, desktop-light, desktop-dark and print,
and for the home page also no-javascript. Tall pages are cut: of a phone up to four pieces are put
side by side, and of a desktop each piece is a file (`home.desktop-light.2.png`). What comes after
four files is left out.
"""

from __future__ import annotations

import argparse
import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Literal

import pypdfium2
from PIL import Image
from playwright.sync_api import Browser, Page, Route, sync_playwright

from browser.conftest import launched, served
from looked_at import SITES
from made_once import make_once
from page_kinds import kinds_of
from support import EPOCH, ROOT
from wardblog.build import build_site
from wardblog.problems import ContentError

SIZES = {"phone": (390, 844), "desktop": (1280, 800)}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
VIEWS = [*(f"{size}-{scheme}" for size in SIZES for scheme in SCHEMES), "print", "no-javascript"]
TALL, WIDE, GAP = 1500, 1640, 20  # pixels: the most that one picture has, and between two pieces
MOST_FILES = 4  # of one view of one page
# A picture that is loaded late is not on a screenshot of the whole page otherwise.
LOAD_ALL = """async () => {
  for (const image of document.images) image.loading = "eager";
  await Promise.all([...document.images].map((image) => image.decode().catch(() => {})));
}"""


def main() -> None:
    parser = argparse.ArgumentParser(prog="look", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path, help="where the pictures are written")
    parser.add_argument("--site", choices=SITES, default="sample")
    parser.add_argument("--content", type=Path, default=ROOT / "content")
    parser.add_argument("--only", default="", metavar="home,post", help="kinds of page")
    parser.add_argument("--views", default="", metavar="phone,dark", help="parts of their names")
    parser.add_argument("--list", action="store_true", help="only list the kinds of page")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        output = built(arguments.site, arguments.content, Path(work))
        kinds = chosen(kinds_of(output), arguments.only)
        if arguments.list:
            print(*(f"{name:20} {path}" for name, path in kinds.items()), sep="\n")
            return
        views = [v for v in VIEWS if any(p in v for p in arguments.views.split(","))]
        folder = arguments.folder / arguments.site
        folder.mkdir(parents=True, exist_ok=True)
        with sync_playwright() as playwright, served(output) as address:
            browser = launched(playwright)
            for name, path in kinds.items():
                for file in pictures(browser, address + path, folder / name, views):
                    print(file)
            browser.close()


def built(site: str, content: Path, work: Path) -> Path:
    """Builds a site; what took long, such as cards, is kept for the next time."""
    os.environ["SOURCE_DATE_EPOCH"] = EPOCH
    kept = Path(tempfile.gettempdir()) / f"ward-look-{os.getuid()}"
    kept.mkdir(mode=0o700, exist_ok=True)
    make_once(setattr, kept)
    folder = SITES[site](content, work / "content")
    try:
        build_site(ROOT / "pelicanconf.py", folder, work / "output", cache=None)
    except ContentError as error:
        raise SystemExit(str(error)) from error
    return work / "output"


def chosen(kinds: dict[str, str], only: str) -> dict[str, str]:
    """The kinds that were asked for; stops at a name that is none."""
    names = [name for name in only.split(",") if name] or list(kinds)
    if unknown := [name for name in names if name not in kinds]:
        raise SystemExit(f"There is no kind of page called {unknown[0]}, only {', '.join(kinds)}.")
    return {name: kinds[name] for name in names}


def pictures(browser: Browser, url: str, stem: Path, views: Iterable[str]) -> Iterator[Path]:
    """Writes the views of one page; `stem` is the path of its pictures, without their ending."""
    for size, (width, height) in SIZES.items():
        schemes = [scheme for scheme in SCHEMES if f"{size}-{scheme}" in views]
        prints = "print" in views and size == "desktop"
        if not schemes and not prints:
            continue
        context = browser.new_context(viewport={"width": width, "height": height})
        page = opened(context.new_page(), url)
        for scheme in schemes:
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            yield from written(shot(page), stem, f"{size}-{scheme}")
        if prints:
            page.emulate_media(color_scheme="light")
            yield from written(printed(page), stem, "print")
        context.close()
    if "no-javascript" in views and stem.name == "home":
        context = browser.new_context(
            viewport={"width": 390, "height": 844}, java_script_enabled=False
        )
        page = context.new_page()
        page.goto(url, wait_until="networkidle")
        yield from written(shot(page), stem, "no-javascript")
        context.close()


def opened(page: Page, url: str) -> Page:
    """The page with all its pictures, and with the live map if it has one. It stays where it is."""
    page.route("**/*", without_redirect)
    page.goto(url, wait_until="networkidle")
    page.evaluate(LOAD_ALL)
    if page.locator("figure.map").count():
        page.locator("figure.map").first.scroll_into_view_if_needed()
        page.wait_for_load_state("networkidle")
        page.evaluate("scrollTo(0, 0)")
    return page


def without_redirect(route: Route) -> None:
    """Hands on a page that says it has moved without what makes browsers go on at once."""
    if route.request.resource_type != "document":
        route.continue_()
        return
    answer = route.fetch()
    text = re.sub(r'<meta http-equiv="refresh"[^>]*>', "", answer.text())
    route.fulfill(response=answer, body=text)


def shot(page: Page) -> Image.Image:
    return Image.open(BytesIO(page.screenshot(full_page=True, animations="disabled")))


def printed(page: Page) -> Image.Image:
    """The sheets of A4, one below the other."""
    with pypdfium2.PdfDocument(page.pdf(format="A4", prefer_css_page_size=True)) as document:
        sheets = [sheet.render(scale=1.4).to_pil() for sheet in document]
    width = max(sheet.width for sheet in sheets)
    whole = Image.new("RGB", (width, sum(s.height + GAP for s in sheets) - GAP), "#888")
    top = 0
    for sheet in sheets:
        whole.paste(sheet, (0, top))
        top += sheet.height + GAP
    return whole


def written(image: Image.Image, stem: Path, view: str) -> Iterator[Path]:
    """Writes a tall picture as pieces, as many side by side as a screen shows."""
    image = image.convert("RGB")
    tall = 1178 + GAP if view == "print" else TALL
    pieces = [
        image.crop((0, top, image.width, min(top + tall, image.height)))
        for top in range(0, image.height, tall)
    ]
    a_file = max(1, WIDE // (image.width + GAP))
    for number, start in enumerate(range(0, len(pieces), a_file)[:MOST_FILES], 1):
        beside = pieces[start : start + a_file]
        sheet = Image.new(
            "RGB", ((image.width + GAP) * len(beside) - GAP, max(p.height for p in beside)), "#888"
        )
        for index, piece in enumerate(beside):
            sheet.paste(piece, (index * (image.width + GAP), 0))
        path = stem.with_name(f"{stem.name}.{view}{f'.{number}' if number > 1 else ''}.png")
        sheet.save(path)
        yield path


if __name__ == "__main__":
    main()

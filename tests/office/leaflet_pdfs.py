"""What is in the PDF of a leaflet: its structure, its words, and its QR codes on paper."""

from __future__ import annotations

import random
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
from PIL import Image
from pypdfium2 import PdfDocument, PdfTextPage

MILLIMETRE = 72 / 25.4


def elements(document: pikepdf.Pdf) -> Iterator[Any]:
    """The elements of the structure tree in reading order."""
    waiting: list[Any] = [document.Root.StructTreeRoot.K]
    while waiting:
        one = waiting.pop()
        if isinstance(one, pikepdf.Array):
            waiting += reversed(list(one))
        elif isinstance(one, pikepdf.Dictionary) and "/S" in one:
            yield one
            if "/K" in one:
                waiting.append(one.K)


def pages_of(path: Path) -> list[PdfTextPage]:
    return [page.get_textpage() for page in PdfDocument(path)]


def squeezed(words: str) -> str:
    """Words without spaces; a hyphen that ends a line comes out of a PDF as a control character."""
    plain = words.replace("\ufffe", "").replace("\u200b", "").replace("\x02", "-")
    return "".join(plain.split())


def codes_in(path: Path) -> Iterator[Image.Image]:
    """Each QR code as it is on the paper at 150 dpi, with the white around it and some noise."""
    document = PdfDocument(path)
    with pikepdf.open(path) as structure:
        numbers = {page.obj.objgen: number for number, page in enumerate(structure.pages)}
        figures = [one for one in elements(structure) if one.S == "/Figure"]
        boxes = [
            (numbers[one.Pg.objgen], [float(n) for n in one.A[0].BBox])
            for one in figures
            if str(one.Alt).startswith("QR code for")
        ]
    scale, white = 150 / 72, 2.4 * MILLIMETRE
    for number, (left, low, right, high) in boxes:
        page = document[number]
        top = page.get_height()
        picture = page.render(scale=scale).to_pil()
        box = (left - white, top - high - white, right + white, top - low + white)
        yield noisy(picture.crop(tuple(round(edge * scale) for edge in box)))


def read_code(zbarimg: str, picture: Image.Image, path: Path) -> str:
    picture.save(path)
    command = [zbarimg, "--quiet", "--raw", str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()


def noisy(picture: Image.Image) -> Image.Image:
    """A page as a poor scanner sees it: grey, uneven, with specks."""
    chance = random.Random(7)  # noqa: S311 - the same in every run, not a secret
    specks = chance.randbytes(picture.width * picture.height)
    noise = Image.frombytes("L", picture.size, specks)
    return Image.blend(picture.convert("L"), noise, 0.15)


def assert_inside(text: PdfTextPage, size: tuple[float, float], margin: float) -> None:
    """Every visible letter is at least `margin` points inside the page."""
    for index in range(text.count_chars()):
        if not text.get_text_range(index, 1).strip():
            continue
        left, bottom, right, top = text.get_charbox(index)
        assert left >= margin
        assert bottom >= margin
        assert right <= size[0] - margin
        assert top <= size[1] - margin

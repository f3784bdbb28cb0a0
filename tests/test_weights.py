"""How much the style and the scripts weigh: limits that no change of the look may pass."""

from __future__ import annotations

import re
from pathlib import Path

import brotli

STYLE_SHEET = 16_000  # bytes of the published file, before it is compressed
SCRIPTS_WITHOUT_A_MAP = 0  # bytes on a page without a map
SCRIPTS_WITH_A_MAP = 4_500  # before the reader does anything
SCRIPT_OF_THE_SEARCH = 2_550  # compressed by brotli; no other page has it
SCRIPTS_OF_THE_SEARCH = {"results": 1_950, "others": 2_250}  # with a search; with some searches


def test_the_style_sheet_is_small(sample: Path) -> None:
    sheets = list(sample.glob("theme/style.*.css"))
    assert len(sheets) == 1
    assert sheets[0].stat().st_size <= STYLE_SHEET


def test_there_are_no_web_fonts(sample: Path) -> None:
    fonts = [p for p in sample.rglob("*") if p.suffix in (".woff", ".woff2", ".ttf", ".otf")]
    assert fonts == []
    assert [p.name for p in sample.rglob("*.css") if "@font-face" in p.read_text()] == []


def test_what_a_search_loads_is_small(sample: Path) -> None:
    page = (sample / "search/index.html").read_text(encoding="utf-8")
    for name, most in SCRIPTS_OF_THE_SEARCH.items():
        path = re.findall(rf'data-{name}="/([^"]+)"', page)
        assert 0 < len(brotli.compress((sample / path[0]).read_bytes())) <= most, name


def test_pages_load_no_more_script_than_they_need(sample: Path) -> None:
    """Counted in the pages themselves; what they load later is in browser/test_weight.py."""
    heavy = {}
    for page in sample.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        scripts = re.findall(r'<script\b[^>]*\bsrc="/([^"]+)"', text)
        weight = sum((sample / script).stat().st_size for script in scripts)
        assert not re.search(r"<script(?![^>]*\bsrc=)", text), f"a script in {page}"
        if page == sample / "search/index.html":
            weight = sum(len(brotli.compress((sample / one).read_bytes())) for one in scripts)
            assert 0 < weight <= SCRIPT_OF_THE_SEARCH
            continue
        most = SCRIPTS_WITH_A_MAP if 'class="map' in text else SCRIPTS_WITHOUT_A_MAP
        if weight > most:
            heavy[page.relative_to(sample).as_posix()] = weight
    assert heavy == {}

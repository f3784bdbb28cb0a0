"""The sample, end to end: its list of files, and its most telling ones word for word.

After a change that is meant, `pytest --update-golden` writes them again; read the difference.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from support import plain_files_of, unhashed

GOLDEN = Path(__file__).parent / "golden"
WORD_FOR_WORD = (
    "index.html",
    "404.html",
    "2026/10/forty-flats-on-the-site-of-the-old-depot/index.html",
    "2026/11/two-grit-bins-moved-on-the-estate/index.html",
    "2026/11/two-grit-bins-moved-on-the-estate/map.js",
    "2026/11/two-grit-bins-moved-on-the-estate/map.json",
    "2026/11/money-for-one-new-crossing/index.html",
    "2026/11/index.html",
    "about/index.html",
    "theme/style.css",
    "data/grit-bins.csv",
    "data/grit-bins.geojson",
    "feeds/grit-bins.rss.xml",
    "issues/grit-bins/index.html",
    "issues/index.html",
    "questions/index.html",
    "robots.txt",
    "sitemap.xml",
    "subscribe/index.html",
    "tags/winter/index.html",
)


def compare(name: str, content: bytes, request: pytest.FixtureRequest) -> None:
    path, text = GOLDEN / name, unhashed(content.decode())
    if request.config.getoption("--update-golden"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_bytes().decode()


def test_the_sample_has_these_files(sample: Path, request: pytest.FixtureRequest) -> None:
    compare("files.txt", ("\n".join(plain_files_of(sample)) + "\n").encode(), request)


@pytest.mark.parametrize("name", WORD_FOR_WORD)
def test_the_sample_is_word_for_word(
    name: str, sample: Path, request: pytest.FixtureRequest
) -> None:
    compare(name, plain_files_of(sample)[name], request)

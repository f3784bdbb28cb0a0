"""The list of all posts: what its lines say, and what else of the site it leads to."""

from __future__ import annotations

from pathlib import Path

import pytest

from support import EPOCH, ROOT, SQUARE, WARD, write_site
from wardblog.build import build_site

HEAD = "Title: {title}\nDate: {day} 09:00\nTags: {tags}\n{lines}\nSome text.\n"
FILES: dict[str, str | bytes] = {
    "ward.toml": WARD.replace("[[coun", 'boundary = "data/ward.geojson"\n[[coun')
    + '\n[map]\ngazetteer = "data/streets.csv"\n',
    "data/streets.csv": "kind,name,lat,lon\nstreet,Eland Road,51.4655,-0.1600\n",
    "data/ward.geojson": SQUARE,
    "pages/about.md": "Title: Us & you\n\nWe walk round the ward.\n",
    "posts/old.md": HEAD.format(
        title="Bins <moved> & gone", day="2025-01-08", tags="grit bins",
        lines="Slug: bins\nProgress: fixed\nPlaces: Eland Road\n",
    ),
    "posts/welsh.md": HEAD.format(
        title="Ar gau", day="2026-11-02", tags="general", lines="Lang: cy\n"
    ),
    "posts/draft.md": HEAD.format(
        title="Not yet", day="2026-11-03", tags="general", lines="Status: draft\n"
    ),
    "posts/hidden.md": HEAD.format(
        title="Hidden", day="2026-11-04", tags="general", lines="Status: hidden\n"
    ),
}  # fmt: skip


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    content = write_site(tmp_path / "content", FILES)
    (content / "posts/fine.md").unlink()
    build_site(ROOT / "pelicanconf.py", content, tmp_path / "output", None)
    return (tmp_path / "output/all/index.html").read_text(encoding="utf-8")


def test_posts_are_listed_by_year_newest_first_with_what_is_known_of_them(page: str) -> None:
    newer, older = (line for line in page.splitlines() if line.startswith("<li><time"))
    assert newer == (
        '<li><time class="about" datetime="2026-11-02">2 November 2026</time> <span>'
        '<a href="/2026/11/ar-gau/" lang="cy" dir="auto" hreflang="cy">Ar gau</a></span></li>'
    )
    assert older == (
        '<li><time class="about" datetime="2025-01-08">8 January 2025</time> '
        '<span><a href="/2025/01/bins/">Bins &lt;moved&gt; &amp; gone</a> '
        '<span class="about">Grit bins</span> '
        '<span class="progress"><span aria-hidden="true">✓</span> fixed</span></span></li>'
    )
    assert page.index('<h2 id="year-2026">') < page.index('<h2 id="year-2025">')
    assert "Not yet" not in page
    assert "Hidden" not in page


def test_it_leads_to_issues_streets_and_pages(page: str) -> None:
    assert 'href="/issues/grit-bins/">Grit bins</a> <span class="about">1 post</span>' in page
    assert '<span class="about">no posts yet</span>' in page
    assert '<li><a href="/streets/eland-road/">Eland Road</a></li>' in page
    assert '<li><a href="/us-you/">Us &amp; you</a></li>' in page

"""The private pages with the texts to share: only in the preview, and linked from nowhere else."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup

from support import ROOT, files_of, write_site
from wardblog.build.hosted_site import HostedSite
from wardblog.build.live import LiveSite
from wardblog.office.share.channels import CHANNELS
from wardblog.preview import SHARE, Preview
from wardblog.preview.assets import SCRIPT_PATH, STYLES_PATH
from wardblog.preview.share_pages import COPY_PATH

CONFIG = ROOT / "pelicanconf.py"
PAGE = f"{SHARE}2026/11/fine/"
FINE = """\
Title: A <b>fine</b> & "good" post
Slug: fine
Date: 2026-11-20 09:00
Tags: grit bins
Summary: Bins &lt;/textarea> </textarea><b>x</b> & more.

Some text.
"""
DRAFT = FINE.replace("Slug: fine", "Slug: draft\nStatus: draft")
HIDDEN = FINE.replace("Slug: fine", "Slug: hidden\nStatus: hidden")
COMMUNITY = """\
[[site]]
name = "A forum <i>"
url = "https://forum.example.org/?a=1&b=2"
kind = "forum"
rules = "No party politics."
checked = 2026-11-01
"""


@pytest.fixture(autouse=True)
def _a_day(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795305600")
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    files: dict[str, str | bytes] = {
        "posts/fine.md": FINE,
        "posts/draft.md": DRAFT,
        "posts/hidden.md": HIDDEN,
        "community.toml": COMMUNITY,
    }
    return write_site(tmp_path / "content", files)


@pytest.fixture
def preview(content: Path) -> Preview:
    site = LiveSite(CONFIG, content)
    site.update()
    assert site.problems == ""
    return Preview(site, lambda _: None)


def parsed(preview: Preview, path: str) -> BeautifulSoup:
    response = preview.respond(path)
    assert response.status == 200
    return BeautifulSoup(response.content, "html.parser")


def test_the_list_has_the_posts_that_residents_can_read(preview: Preview) -> None:
    links = parsed(preview, SHARE).select("main .posts a")
    assert [str(one["href"]) for one in links] == [f"/{PAGE}"]
    assert links[0].get_text() == 'A <b>fine</b> & "good" post'


def test_a_post_has_a_text_to_copy_for_each_channel(preview: Preview) -> None:
    page = parsed(preview, PAGE)
    boxes = page.select("textarea[readonly]")
    assert [str(one["data-channel"]) for one in boxes] == [one.name for one in CHANNELS]
    labels = [page.select_one(f"#{one['aria-labelledby']}") for one in boxes]
    assert [one.get_text() for one in labels if one] == [one.name for one in CHANNELS]
    assert all("https://ward.example.org/2026/11/fine/" in one.get_text() for one in boxes)
    assert "No party politics." in page.get_text()
    assert page.select_one('a[href="https://forum.example.org/?a=1&b=2"]')
    assert not page.select("main button")  # without the script there is nothing to press


def test_nothing_on_it_runs_or_comes_from_elsewhere(preview: Preview) -> None:
    page = parsed(preview, PAGE)
    scripts = [str(one["src"]) for one in page.select("script")]
    assert scripts == [f"/{COPY_PATH}", f"/{SCRIPT_PATH}"]
    assert not page.select("style, [style]")
    policy = page.select_one("meta[http-equiv=Content-Security-Policy]")
    assert policy
    assert policy["content"] == "default-src 'self'"
    assert preview.respond(COPY_PATH).media_type.startswith("text/javascript")
    assert b"field-sizing" in preview.respond(STYLES_PATH).content
    for link in page.select("main a[target=_blank]"):
        assert link["rel"] == ["noopener", "noreferrer"]
        assert urlsplit(str(link["href"])).scheme in ("https", "mailto")


@pytest.mark.parametrize(("slug", "said"), [("draft", "is a draft"), ("hidden", "is hidden")])
def test_a_draft_has_no_text(slug: str, said: str, preview: Preview) -> None:
    page = parsed(preview, f"{SHARE}2026/11/{slug}/")
    assert said in page.get_text()
    assert not page.select("textarea")


def test_the_page_follows_what_is_saved(preview: Preview, content: Path) -> None:
    page = f"{PAGE}index.html"
    before = parsed(preview, PAGE).select("textarea")[0].get_text()
    with preview.keeping_open(page):
        version = preview._version
        write_site(content, {"posts/fine.md": FINE.replace("& more", "and less"),
                             "community.toml": COMMUNITY})  # fmt: skip
        preview.update({(content / "posts/fine.md").absolute()})
        assert preview.wait(page, version, 0)
    after = parsed(preview, PAGE).select("textarea")[0].get_text()
    assert after != before
    assert "and less" in after


def test_a_problem_in_the_content_is_shown_here_as_well(preview: Preview, content: Path) -> None:
    write_site(content, {"posts/fine.md": FINE.replace("Date:", "Dat:")})
    preview.update()
    assert "Fix this first" in parsed(preview, PAGE).get_text()


def test_other_addresses_below_it_do_not_exist(preview: Preview) -> None:
    assert preview.respond(f"{SHARE}2026/11/other/").status == 404
    assert preview.respond("share/").status == 404


def test_no_page_of_the_site_leads_to_it_and_no_file_is_made(sample: Path) -> None:
    for path, written in files_of(sample).items():
        assert "_preview" not in path
        assert b"_preview/" not in written, path


def test_it_works_with_a_site_that_pelican_makes(content: Path, tmp_path: Path) -> None:
    site = HostedSite(CONFIG, content, tmp_path / "output")
    assert site.shown_site() is None
    assert Preview(site, lambda _: None).respond(SHARE).status == 404
    site.update()
    assert site.problems == ""
    preview = Preview(site, lambda _: None)
    assert len(parsed(preview, PAGE).select("textarea")) == len(CHANNELS)
    assert not [path for path in files_of(tmp_path / "output") if "share" in path]

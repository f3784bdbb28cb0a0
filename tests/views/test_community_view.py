"""The page of other local sites, and the list of them that feed readers import."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from lxml import etree

from install_programs import find_program
from support import files_in, files_of, read_fine
from wardblog.model.outputs import OutputKind
from wardblog.views import outputs

TEXT = """\
[[site]]
name = "News & <b>views</b>"
url = "https://news.example.org/?a=1&b=2"
kind = "news"
feed = "https://news.example.org/feed.xml?a=1&b=2"
about = "Shops, \\"schools\\" & <planning>."
rules = "Not published: rules."
when = "Not published: when."
checked = 2026-11-07

[[site]]
name = "A forum"
url = "https://www.forum.example.org/"
kind = "forum"
checked = 2026-11-07

[[site]]
name = "Other news"
url = "https://other.example.org/"
kind = "news"
checked = 2026-11-07
"""


def opml_of(folder: Path) -> bytes:
    return files_in(outputs(read_fine(folder, {"community.toml": TEXT})))["community.opml"]


def test_the_list_is_opml_with_feeds_and_links(tmp_path: Path) -> None:
    root = etree.fromstring(opml_of(tmp_path))
    assert root.get("version") == "2.0"
    assert root.findtext("head/title") == "Local sites: Shaftesbury ward blog"
    assert root.findtext("head/ownerName") == "Robin Sample"
    assert [dict(one.attrib) for one in root.iter("outline")] == [
        {
            "type": "rss",
            "text": "News & <b>views</b>",
            "title": "News & <b>views</b>",
            "category": "/Local news",
            "description": 'Shops, "schools" & <planning>.',
            "xmlUrl": "https://news.example.org/feed.xml?a=1&b=2",
            "htmlUrl": "https://news.example.org/?a=1&b=2",
        },
        {
            "type": "link",
            "text": "A forum",
            "title": "A forum",
            "category": "/Forums",
            "url": "https://www.forum.example.org/",
        },
        {
            "type": "link",
            "text": "Other news",
            "title": "Other news",
            "category": "/Local news",
            "url": "https://other.example.org/",
        },
    ]


def test_a_feed_reader_imports_the_list(tmp_path: Path) -> None:
    newsboat = find_program("newsboat")
    if newsboat is None:
        pytest.skip("newsboat is not installed, and could not be")
    home = tmp_path / "home"
    home.mkdir()
    (home / "community.opml").write_bytes(opml_of(tmp_path / "content"))
    for name in ("urls", "config"):
        (home / name).touch()
    done = subprocess.run(
        [newsboat, "-u", "urls", "-c", "cache.db", "-C", "config", "-i", "community.opml"],
        cwd=home, env={"HOME": str(home), "PATH": os.defpath, "TERM": "dumb"}, timeout=60,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    listed = (home / "urls").read_text(encoding="utf-8").split()
    assert "https://news.example.org/feed.xml?a=1&b=2" in listed
    shutil.rmtree(home)


def test_without_an_entry_there_is_neither_page_nor_list(tmp_path: Path) -> None:
    paths = {output.path for output in outputs(read_fine(tmp_path))}
    assert not [path for path in paths if path.startswith("community")]


def test_the_page_is_in_the_sitemap_and_the_list_is_for_machines(tmp_path: Path) -> None:
    site = read_fine(tmp_path, {"community.toml": TEXT})
    found = {output.path: output for output in outputs(site)}
    assert found["community/index.html"].in_sitemap
    assert found["community.opml"].kind is OutputKind.MACHINE
    assert (
        b"<loc>https://ward.example.org/community/</loc>" in files_in(outputs(site))["sitemap.xml"]
    )


def test_the_page_of_the_sample_has_every_site_under_its_kind(sample: Path) -> None:
    page = BeautifulSoup((sample / "community/index.html").read_bytes(), "html.parser")
    kinds = [str(one["id"]) for one in page.select("main section h2")]
    assert kinds == ["news", "blog", "forum", "group", "school", "in-a-reader"]
    links = [str(one["href"]) for one in page.select("main .ways li > a")]
    assert links == [
        "https://news.example.org/", "https://walker.example.org/",
        "https://forum.example.org/c/lavender-hill", "https://friends.example.org/green",
        "https://school.example.org/",
    ]  # fmt: skip
    assert all(one["rel"] == ["noreferrer"] for one in page.select("main .ways a"))
    assert page.select_one('nav a[href="/community/"][aria-current=page]')


def test_notes_on_when_and_how_to_post_are_not_published(sample: Path) -> None:
    for path, content in files_of(sample).items():
        assert b"Say that you are a councillor" not in content, path
        assert b"Sunday evening, when most" not in content, path

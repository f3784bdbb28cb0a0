"""The private page with the digest: only in the preview, with what is kept in private/."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from office.leaflets import sample_site
from office.listening import item, moment
from support import ROOT, files_of, write_site
from wardblog.build.hosted_site import HostedSite
from wardblog.build.live import LiveSite
from wardblog.office.listening.digest import make_digest
from wardblog.office.listening.digest_files import save_digest
from wardblog.office.listening.items import FeedItem
from wardblog.preview import LISTEN, Preview

NOW = moment("2026-11-29T09:00")
DAY = moment("2026-11-27T09:00")


@pytest.fixture(autouse=True)
def _a_day(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795305600")
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def preview(tmp_path: Path) -> Preview:
    site = LiveSite(ROOT / "pelicanconf.py", write_site(tmp_path / "content"))
    site.update()
    return Preview(site, lambda _: None, tmp_path / "private")


def shown(preview: Preview) -> BeautifulSoup:
    response = preview.respond(LISTEN)
    assert response.status == 200
    return BeautifulSoup(response.content, "html.parser")


def keep(tmp_path: Path, *items: FeedItem) -> None:
    save_digest(tmp_path / "private", make_digest(items, sample_site(), NOW, 2))


def test_before_the_first_digest_it_says_what_to_do(preview: Preview) -> None:
    assert "There is no digest yet: run make listen." in shown(preview).get_text()


def test_items_are_grouped_by_issue_and_street_newest_first(
    preview: Preview, tmp_path: Path
) -> None:
    keep(
        tmp_path,
        item("Grit bin in Eland Road is empty", link="https://n.example/1", published=DAY),
        item("Grit bins are filled", published=moment("2026-11-28T09:00")),
        item("A concert in Tidy Street", published=DAY),
        item("No street at all"),
    )
    page = shown(preview)
    assert [one.get_text() for one in page.select("h2")] == [
        "Grit bins", "Tidy Street", "Everything else",
    ]  # fmt: skip
    assert [one.get_text() for one in page.select(".what")] == [
        "1 Grit bins are filled",
        "2 Grit bin in Eland Road is empty",
        "3 A concert in Tidy Street",
        "4 No street at all",
    ]
    notes = [one.get_text() for one in page.select("main section .note")]
    assert notes[1] == "Sample Street News · 27 November · also about Eland Road"
    assert notes[3] == "Sample Street News · no date"
    link = page.select_one("main section a")
    assert link
    assert (link["href"], link["rel"]) == ("https://n.example/1", ["noopener", "noreferrer"])


def test_a_new_digest_changes_the_page_that_is_open(preview: Preview, tmp_path: Path) -> None:
    keep(tmp_path, item("First"))
    assert "First" in shown(preview).get_text()
    keep(tmp_path, item("Second"))
    assert "Second" in shown(preview).get_text()


def test_a_damaged_digest_is_a_sentence(preview: Preview, tmp_path: Path) -> None:
    keep(tmp_path, item("First"))
    (tmp_path / "private" / "listening" / "digest.json").write_text("{", encoding="utf-8")
    assert "digest.json is damaged." in shown(preview).get_text()


def test_it_is_part_of_no_site(preview: Preview, tmp_path: Path) -> None:
    keep(tmp_path, item("Kanarienvogel"))
    assert "Kanarienvogel" in shown(preview).get_text()
    hosted = HostedSite(ROOT / "pelicanconf.py", tmp_path / "content", tmp_path / "output")
    hosted.update()
    assert "index.html" in files_of(tmp_path / "output")
    assert not any(b"Kanarienvogel" in data for data in files_of(tmp_path / "output").values())
    assert not any("listen" in path for path in files_of(tmp_path / "output"))

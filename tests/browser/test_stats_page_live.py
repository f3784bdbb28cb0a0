"""The page of figures in a browser: nothing of a log runs, and anybody can read it on a phone."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from browser.axe import violations
from look import SCHEMES
from office.made_totals import FEED, GRIT, LAST, day_of, days_before, store
from preview.test_stats_page import POST, hostile
from support import ROOT, write_site
from wardblog.build.live import LiveSite
from wardblog.office.statistics.totals import DayTotals, FeedDay
from wardblog.preview import STATS, Preview, make_server


def a_quarter() -> dict[date, DayTotals]:
    """Enough for every table and chart, with a gap, and a last day that is hostile."""
    totals = {
        day: day_of(
            {GRIT: 12 if day.weekday() == 3 else 4, "/": 3},
            codes={"leaflet-2026-11": 1},
            feeds={FEED: FeedDay(2, {"Feedly": 12})},
        )
        for day in days_before(84)
    }
    del totals[days_before(10)[0]]
    return {**totals, LAST: hostile()}


@pytest.fixture(params=["figures", "nothing yet"])
def address(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795953600")
    monkeypatch.chdir(tmp_path)
    if request.param == "figures":
        store(tmp_path / "private", a_quarter())
    site = LiveSite(ROOT / "pelicanconf.py", write_site(tmp_path / "content", {"posts/g.md": POST}))
    site.update()
    server = make_server(Preview(site, lambda _: None, tmp_path / "private"), 0)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://localhost:{server.server_port}/{STATS}"
    server.shutdown()
    server.server_close()


@pytest.mark.long
def test_it_fits_a_phone_and_axe_finds_nothing(address: str, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640}, bypass_csp=True)
    page = context.new_page()
    page.goto(address)
    for details in page.locator("summary").all():
        details.click()
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    tables = page.evaluate(
        "[...document.querySelectorAll('table')].map(t => t.getBoundingClientRect().right)"
    )
    assert max(tables, default=0) <= 304.5, str(tables)
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        assert violations(page) == [], scheme
    context.close()


def test_nothing_runs_or_is_asked_for(address: str, browser: Browser) -> None:
    page, asked, said = browser.new_page(), list[str](), list[str]()
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.goto(address)
    page.wait_for_timeout(300)
    assert page.title() == "What is read, and who follows"
    assert all("/_preview/" in url for url in asked)
    assert said == []
    page.close()


@pytest.mark.long
def test_without_scripts_and_on_paper_it_is_all_there(address: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    headings = page.locator("h2").all_inner_texts()
    assert len(headings) in (2, 11)
    page.emulate_media(media="print")
    assert page.locator("h2").all_inner_texts() == headings
    assert page.locator("nav").count() == 0 or not page.locator("nav").is_visible()
    context.close()

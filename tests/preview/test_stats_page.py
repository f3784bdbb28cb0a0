"""The private page of figures: only in the preview, and nothing that a log says breaks it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from nu_checker import faults_in, has_java
from office.logs import ABOUT, log_of, visit
from office.made_totals import FEED, GRIT, LAST, day_of, days_before, store
from support import ROOT, WARD, files_of, write_site
from wardblog.build.hosted_site import HostedSite
from wardblog.build.live import LiveSite
from wardblog.office.statistics.count_logs import count_logs
from wardblog.office.statistics.no_logs import HOSTS
from wardblog.office.statistics.totals import DayTotals, FeedDay
from wardblog.preview import STATS, Preview
from wardblog.preview.assets import STYLES_PATH

POST = """\
Title: Grit bins are full
Slug: grit
Date: 2026-11-12 09:00
Tags: grit bins
Summary: They are full.

Some text.
"""
HOSTILE = (
    "/<script>document.title='taken'</script>/",
    '/"><img src=/taken.png onerror=alert(1)>/',
    "/</th></td></table></main><script src=/taken.js></script>/",
    f"/{'a' * 400}/",
    "/\u202egnitirw/\x00\x1b[31m/\ud800/",
)


@pytest.fixture(autouse=True)
def _a_day(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795953600")  # 29 November 2026
    monkeypatch.chdir(tmp_path)


def preview_of(folder: Path, ward: str = WARD) -> Preview:
    files: dict[str, str | bytes] = {
        "ward.toml": ward,
        "posts/grit.md": POST,
        "posts/draft.md": POST.replace("Slug: grit", "Slug: draft\nStatus: draft"),
    }
    site = LiveSite(ROOT / "pelicanconf.py", write_site(folder / "content", files))
    site.update()
    assert site.problems == ""
    return Preview(site, lambda _: None, folder / "private")


def shown(preview: Preview) -> BeautifulSoup:
    response = preview.respond(STATS)
    assert response.status == 200
    return BeautifulSoup(response.content, "html.parser")


def words(page: Tag) -> str:
    return " ".join(page.get_text(" ").split())


def a_month() -> dict[date, DayTotals]:
    return {
        day: day_of(
            {GRIT: 9, "/": 2},
            source="newsletter",
            codes={"leaflet-2026-11": 1},
            feeds={FEED: FeedDay(2, {"Feedly": 12})},
            excluded={"crawler": 40},
        )
        for day in days_before(28)
    }


def hostile() -> DayTotals:
    """Every word that a log or a stored file could bring in."""
    return replace(
        day_of(),
        reads={path: {f"other: {path}": 3, path: 1} for path in HOSTILE},
        hours=(4 * len(HOSTILE), *[0] * 23),
        campaigns=dict.fromkeys(HOSTILE, 1),
        feeds={path: FeedDay(1, dict.fromkeys(HOSTILE, 2)) for path in HOSTILE},
        excluded=dict.fromkeys(HOSTILE, 1),
    )


def test_each_figure_has_a_sentence_and_what_is_counted_a_table(tmp_path: Path) -> None:
    store(tmp_path / "private", a_month())
    page = shown(preview_of(tmp_path))
    headings = [one.get_text() for one in page.select("section > h2")]
    assert headings == [
        "How much was read", "Which posts and pages", "Which issues", "Which streets",
        "Where readers came from", "Newsletters, leaflets and posters", "Best day and hour",
        "Subscribers before and after a post", "E-mail and feeds", "Subscribers of each feed",
        "What was left out",
    ]  # fmt: skip
    assert len(page.select("section > h2 + .advice")) == len(headings)
    assert [one["href"] for one in page.select("nav a")] == [
        f"#{one['id']}" for one in page.select("section > h2")
    ]
    row = page.select_one("section[aria-labelledby=posts] tbody tr")
    assert row
    assert words(row) == "Grit bins are full 63 252 82%"
    assert len(row.select("svg[aria-hidden=true] rect.column")) == 28


def test_it_says_how_current_it_is_and_how_to_update_it(tmp_path: Path) -> None:
    store(tmp_path / "private", a_month())
    page = shown(preview_of(tmp_path))
    assert "Counted from logs up to Saturday 28 November 2026, 11.59pm." in words(page)
    assert [one.get_text() for one in page.select("code")] == ['make stats LOG="access.log*"']


def test_a_chart_has_its_numbers_in_a_table(tmp_path: Path) -> None:
    totals = a_month()
    del totals[days_before(3)[0]]
    totals[days_before(2)[0]] = day_of({GRIT: 30})
    store(tmp_path / "private", totals)
    section = shown(preview_of(tmp_path)).select("section[aria-labelledby=reads]")[0]
    svg = section.select_one("svg[role=img]")
    assert svg
    assert [len(svg.select(f"rect.{kind}")) for kind in ("column", "gap", "none")] == [27, 1, 0]
    about = section.select_one("desc")
    assert about
    assert about.get_text() == "Most: 30, 27 November. In all 316. 1 day without a log."
    rows = [one.get_text(" ") for one in section.select("details tbody tr")]
    assert rows[-3:] == ["26 November no log", "27 November 30", "28 November 11"]


def test_a_draft_is_not_said_to_have_brought_anybody(tmp_path: Path) -> None:
    store(tmp_path / "private", a_month())
    page = shown(preview_of(tmp_path))
    rows = page.select("section[aria-labelledby=after-posts] tbody tr")
    assert [words(one) for one in rows] == [
        "Grit bins are full 12 November – 14, then 14",
        "A fine post 20 November – 14, then 14",
    ]


def test_nothing_that_is_stored_runs_or_breaks_the_page(tmp_path: Path) -> None:
    store(tmp_path / "private", {LAST: hostile()})
    preview = preview_of(tmp_path)
    page = shown(preview)
    assert len(page.select("script")) == 1  # that of the preview
    assert not page.select("main :is(img, iframe, style, link, form, [style], [onerror])")
    assert len(page.select("main > section")) == 11
    assert HOSTILE[0] in page.get_text()
    assert "a" * 400 in page.get_text()
    assert b"overflow-wrap: anywhere" in preview.respond(STYLES_PATH).content
    policy = page.select_one("meta[http-equiv=Content-Security-Policy]")
    assert policy
    assert policy["content"] == "default-src 'self'"


def test_a_hostile_log_is_counted_and_shown(tmp_path: Path) -> None:
    """In the path, the referrer and the code of a link."""
    script = "<script>alert(1)</script>"
    lines = [
        *visit(f"/{script}/", 0, "192.0.2.1"),
        *visit("/%3Cscript%3Ealert(1)%3C/script%3E/", 60, "192.0.2.2"),
        *visit("/", 120, "192.0.2.3", referrer=f"https://example.org/{script}"),
        *visit("/", 180, "192.0.2.4", referrer=f"https://{script}.example.org/"),
        *visit(f"/?from=leaflet-{script}", 240, "192.0.2.5"),
        *visit("/\x1b[31m\u202e/", 300, "192.0.2.6"),
    ]
    count_logs([log_of(tmp_path, lines)], tmp_path / "private", ABOUT)
    page = shown(preview_of(tmp_path))
    assert "6 reads in the 7 days up to 16 November." in words(page)
    assert len(page.select("script")) == 1
    assert len(page.select("main > section")) == 11
    assert not {"\x1b", "\u202e"} & set(page.get_text())


@pytest.mark.long
@pytest.mark.skipif(not has_java(), reason="the Nu HTML checker needs Java")
def test_it_is_valid_html(tmp_path: Path) -> None:
    named: dict[str, dict[date, DayTotals]] = {
        "a-month": a_month(), "hostile": {LAST: hostile()}, "nothing": {}
    }  # fmt: skip
    for name, days in named.items():
        store(tmp_path / name / "private", days)
        response = preview_of(tmp_path / name).respond(STATS)
        assert response.status == 200
        (tmp_path / f"pages-{name}.html").write_bytes(response.content)
    pages = [tmp_path / f"pages-{name}.html" for name in named]
    assert faults_in(pages) == []


@pytest.mark.parametrize(
    ("settings", "first"),
    [
        ("", ["Shared hosting", "Netlify", "Cloudflare Pages"]),
        ('[publish]\nto = "git"\n', ["GitHub Pages", "Netlify", "Cloudflare Pages"]),
        ('[publish]\nto = "s3"\nbucket = "ward"\n', ["Amazon S3 and CloudFront"]),
        (
            '[publish]\nto = "ssh"\nhost = "me@example.org"\npath = "/srv/ward"\n',
            ["Your own server with nginx", "Your own server with Apache"],
        ),
    ],
)
def test_before_the_first_log_the_own_host_is_explained_first(
    settings: str, first: Sequence[str], tmp_path: Path
) -> None:
    page = shown(preview_of(tmp_path, f"{WARD}\n{settings}"))
    hosts = [one.get_text() for one in page.select("section[aria-labelledby=logs] h3")]
    assert hosts[: len(first)] == first
    assert sorted(hosts) == sorted(host.name for host in HOSTS)
    said = words(page)
    assert said.startswith("What is read, and who follows What is read, and who follows Nothing")
    assert "GitHub does not show them to anybody" in said
    assert "We advise against counters from other companies" in said


def test_subscribers_are_counted_without_a_log(tmp_path: Path) -> None:
    (tmp_path / "private").mkdir()
    (tmp_path / "private/subscribers.csv").write_text(
        "address,state,date,consent,message_id,token,asked,reason\n"
        "kanarienvogel@example.org,confirmed,2026-11-20,,<1@x>,,2026-11-20,\n",
        encoding="utf-8",
    )
    preview = preview_of(tmp_path)
    assert "1 person receives the newsletter." in words(shown(preview))
    store(tmp_path / "private", a_month())
    assert "1 person receives the newsletter." in words(shown(preview))
    assert b"kanarienvogel" not in preview.respond(STATS).content


def test_what_is_counted_meanwhile_is_shown(tmp_path: Path) -> None:
    preview = preview_of(tmp_path)
    assert "Nothing has been counted yet." in words(shown(preview))
    store(tmp_path / "private", {LAST: day_of({GRIT: 3})})
    assert "3 reads in the last 7 days." in words(shown(preview))


def test_damaged_totals_are_a_sentence(tmp_path: Path) -> None:
    store(tmp_path / "private", {LAST: day_of({GRIT: 3})})
    (tmp_path / "private/stats/totals.json").write_text("{", encoding="utf-8")
    assert "totals.json is damaged." in words(shown(preview_of(tmp_path)))


def test_a_folder_in_the_place_of_the_totals_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "private/stats/totals.json").mkdir(parents=True)
    assert "totals.json cannot be read: " in words(shown(preview_of(tmp_path)))


def test_it_is_part_of_no_site(tmp_path: Path) -> None:
    store(tmp_path / "private", {LAST: day_of({"/kanarienvogel/": 3})})
    preview = preview_of(tmp_path)
    assert "kanarienvogel" in words(shown(preview))
    hosted = HostedSite(ROOT / "pelicanconf.py", tmp_path / "content", tmp_path / "output")
    hosted.update()
    written = files_of(tmp_path / "output")
    assert "index.html" in written
    assert not any(b"kanarienvogel" in data or b"_preview/" in data for data in written.values())
    assert Preview(hosted, lambda _: None).respond(STATS).status == 404

"""Which requests are reads of people, and which are not, by how visitors behave."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from office.logs import (
    ABOUT,
    CHROME,
    FEED,
    GOOGLEBOT,
    IPHONE,
    STYLE,
    counted_in,
    in_order,
    line,
    log_of,
    result_of,
    visit,
)
from wardblog.model import CommunitySite
from wardblog.office.statistics.count_logs import count_logs
from wardblog.office.statistics.counting import Surroundings

DAY = 86_400
PAGE = "https://ward.example.org/"


def reads(folder: Path, *lines: str) -> dict[str, int]:
    return result_of(folder, lines)["reads"]


def excluded(folder: Path, *lines: str) -> dict[str, int]:
    """But for what belongs to pages."""
    found = result_of(folder, lines)["excluded"]
    found.pop("not a page", None)
    return found


def test_a_page_with_its_style_is_read(tmp_path: Path) -> None:
    assert reads(tmp_path, *visit("/"), *visit("/2026/11/bins/", 9)) == {
        "/": 1,
        "/2026/11/bins/": 1,
    }


def test_the_style_may_be_in_the_log_before_the_page(tmp_path: Path) -> None:
    """Apache writes a line when an answer is sent, and a long page takes longer."""
    assert reads(tmp_path, line(STYLE), line("/", 1)) == {"/": 1}


@pytest.mark.parametrize(
    "path", ["/index.html", "/2026/11/bins/index.html", "/old.htm", "/?fbclid=x&y=z"]
)
def test_pages_have_one_address(path: str, tmp_path: Path) -> None:
    wanted = path.split("?")[0].removesuffix("index.html")
    assert reads(tmp_path, *visit(path)) == {wanted: 1}


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ("//about/", "/about/"),
        ("/./about/", "/about/"),
        ("/x/../about/", "/about/"),
        ("/about/.", "/about/"),
        ("/about/x/..", "/about/"),
        ("/%2e%2e//a/%2E/about/", "/a/about/"),
        ("/../../about//", "/about/"),
        ("//", "/"),
        ("/about///index.html", "/about/"),
        ("https://ward.example.org//about/", "/about/"),
    ],
)
def test_slashes_and_dots_make_no_other_address(written: str, path: str, tmp_path: Path) -> None:
    assert reads(tmp_path, *visit(written)) == {path: 1}


@pytest.mark.parametrize("query", ["?sentence", "?sentence=", "?x=y&sentence", "?sentence&x=y"])
def test_a_page_that_the_search_quotes_is_not_read(query: str, tmp_path: Path) -> None:
    """The script on /search/ fetches it; its reader has seen one sentence."""
    search = "https://ward.example.org/search/?q=bins"
    quoted = [line(f"/2026/11/bins/{query}", at, referrer=search) for at in (2, 3)]
    lines = [*visit("/search/?q=bins"), *quoted]
    assert reads(tmp_path, *lines) == {"/search/": 1}
    assert excluded(tmp_path, *lines) == {}
    assert result_of(tmp_path / "again", lines)["excluded"] == {"not a page": 3}


def test_a_page_about_sentences_is_read(tmp_path: Path) -> None:
    lines = [*visit("/2026/11/bins/?sentences"), *visit("/sentence/", 9)]
    assert reads(tmp_path, *lines) == {"/2026/11/bins/": 1, "/sentence/": 1}


def test_a_feed_with_two_slashes_is_that_feed(tmp_path: Path) -> None:
    lines = [line(f"{slash}{FEED}", n * 9, agent="Feedly/1.0; 12 subscribers")
             for n, slash in enumerate(("", "/", "/.", "/x/.."))]  # fmt: skip
    assert result_of(tmp_path, lines)["subscribers"] == {FEED: 12}


def test_an_address_without_its_last_slash_is_a_page_if_it_is_sent(tmp_path: Path) -> None:
    lines = [
        *visit("/bookmarked"),
        *visit("/seen", 9, status=304),
        *visit("/moved", 18, status=301),
    ]
    assert reads(tmp_path, *lines) == {"/bookmarked": 1, "/seen": 1}
    assert excluded(tmp_path, *lines) == {}


@pytest.mark.parametrize("path", ["/.well-known/x", "/_redirects", "/healthz", "/feed", "/a.b"])
def test_what_is_known_as_something_else_is_no_page(path: str, tmp_path: Path) -> None:
    assert reads(tmp_path, *visit(path)) == {}


def test_only_the_folder_of_the_site_is_counted(tmp_path: Path) -> None:
    """The paths stay as the log has them; what robots ask the host for is known all the same."""
    about = replace(ABOUT, base_path="/blog")
    lines = [
        *visit("/", 0),
        *visit("/blogger/", 5),
        *[one.replace("/theme/", "/blog/theme/") for one in visit("/blog/about/", 10)],
        line(FEED, 20, agent="Feedly/1.0; 12 subscribers"),
        line(f"/blog{FEED}", 21, agent="Feedly/1.0; 7 subscribers"),
        line("/", 22, method="POST"),
        line("/robots.txt", 60, "192.0.2.9"),
        line("/blog/", 61, "192.0.2.9", status=304),
    ]
    found = count_logs([log_of(tmp_path, lines)], tmp_path / "private", about).as_json()
    assert found == {
        "reads": {"/blog/about/": 1},
        "subscribers": {f"/blog{FEED}": 7},
        "excluded": {
            "outside the folder of this site": 6,
            "not a page": 2,
            "feed": 1,
            "no sign of a browser": 1,
        },
    }


@pytest.mark.parametrize(
    "path", [FEED, "/data/bins.csv", "/2026/11/bins/card.png", "/calendar.ics", "/robots", "/a.pdf"]
)
def test_files_are_no_pages(path: str, tmp_path: Path) -> None:
    assert reads(tmp_path, *visit(path)) == {}


@pytest.mark.parametrize("status", [206, 301, 403, 404, 500])
def test_errors_and_redirects_are_no_reads(status: int, tmp_path: Path) -> None:
    lines = visit("/", status=status)
    assert reads(tmp_path, *lines) == {}
    assert excluded(tmp_path, *lines) == {"error or redirect": 1}


@pytest.mark.parametrize(
    "agent",
    [
        GOOGLEBOT,
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/141.0 Safari/537.36",
        "curl/8.5.0",
        "WhatsApp/2.25.1 A",
        "Mozilla/5.0 (compatible; NewThing/1.0; +https://new.example.org/about)",
        "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    ],
)
def test_crawlers_are_no_people_whatever_they_load(agent: str, tmp_path: Path) -> None:
    lines = visit("/", agent=agent)
    assert reads(tmp_path, *lines) == {}
    assert excluded(tmp_path, *lines) == {"crawler": 1}


def test_a_browser_in_name_only_is_no_reader(tmp_path: Path) -> None:
    """What loads many pages and nothing else pretends to be a browser."""
    lines = [line(f"/2026/11/post-{n}/", n * 10) for n in range(12)]
    assert excluded(tmp_path, *lines) == {"no sign of a browser": 12}


def test_the_preview_of_a_link_is_no_read(tmp_path: Path) -> None:
    """It loads the page and its picture for sharing, and not from the page."""
    lines = [line("/2026/11/bins/"), line("/2026/11/bins/card.png", 1), line("/images/bin.jpg", 1)]
    assert excluded(tmp_path, *lines) == {"no sign of a browser": 1}


def test_a_picture_loaded_by_a_page_is_a_sign_of_a_browser(tmp_path: Path) -> None:
    """Somebody whose browser has kept the style sees a new picture."""
    lines = [line("/2026/11/bins/"), line("/images/bin.jpg", 1, referrer=f"{PAGE}2026/11/bins/")]
    assert reads(tmp_path, *lines) == {"/2026/11/bins/": 1}


def test_an_unchanged_page_is_a_sign_of_a_browser(tmp_path: Path) -> None:
    assert reads(tmp_path, line("/", status=304)) == {"/": 1}


def test_who_checks_links_is_no_reader(tmp_path: Path) -> None:
    """Filters of e-mail ask whether a page is there, and then for all of it."""
    lines = [line("/2026/11/bins/", method="HEAD"), *visit("/2026/11/bins/", 1)]
    assert excluded(tmp_path, *lines) == {"not a GET request": 1, "no sign of a browser": 1}


def test_who_reads_the_rules_for_robots_is_one(tmp_path: Path) -> None:
    lines = [line("/robots.txt"), *visit("/", 1), *visit("/2026/11/bins/", DAY)]
    assert reads(tmp_path, *lines) == {}


def test_who_looks_for_weaknesses_is_no_reader(tmp_path: Path) -> None:
    lines = [line(f"/wp-{n}/", n, status=404) for n in range(8)]
    assert reads(tmp_path, *lines, *visit("/", 9)) == {}


def test_a_returning_reader_needs_no_style(tmp_path: Path) -> None:
    """The browser has kept it, also after an update of itself."""
    newer = CHROME.replace("141", "142")
    lines = [*visit("/"), line("/2026/11/bins/", DAY), line("/2026/11/gate/", 9 * DAY, agent=newer)]
    assert reads(tmp_path, *lines) == {"/": 1, "/2026/11/bins/": 1, "/2026/11/gate/": 1}


def test_a_returning_reader_may_have_a_new_address_in_the_same_network(tmp_path: Path) -> None:
    lines = [*visit("/", address="192.0.2.7"), line("/2026/11/bins/", DAY, "192.0.2.200")]
    assert reads(tmp_path, *lines) == {"/": 1, "/2026/11/bins/": 1}


def test_a_network_that_never_loads_a_style_is_no_network_of_readers(tmp_path: Path) -> None:
    """One reader there does not make all others in a data centre readers."""
    lines = visit("/", address="192.0.2.7")
    lines += [line("/2026/11/bins/", 60 + n, f"192.0.2.{20 + n}") for n in range(50)]
    assert reads(tmp_path, *lines).get("/2026/11/bins/", 0) <= 1


def test_following_links_at_the_pace_of_a_reader_is_a_sign(tmp_path: Path) -> None:
    lines = [
        line("/", 0, address="198.51.100.1"),
        line("/2026/11/bins/", 20, "198.51.100.1", referrer=PAGE),
        line("/2026/11/gate/", 70, "198.51.100.1", referrer=f"{PAGE}2026/11/bins/"),
    ]
    assert sum(reads(tmp_path, *lines).values()) == 3
    quick = [one.replace(":00:20", ":00:01").replace(":01:10", ":00:02") for one in lines]
    assert reads(tmp_path / "quick", *quick) == {}


def test_nobody_reads_a_page_each_second(tmp_path: Path) -> None:
    lines = [one for n in range(40) for one in visit(f"/2026/11/post-{n}/", n)]
    found = result_of(tmp_path, lines)
    assert found["excluded"]["too fast for a person"] == 20
    assert sum(found["reads"].values()) == 20


def test_a_page_is_read_once_in_30_minutes(tmp_path: Path) -> None:
    lines = [*visit("/"), line("/", 1799), line("/", 1801), line("/", 1801, address="192.0.2.8")]
    found = result_of(tmp_path, [*lines, line(STYLE, 1802, "192.0.2.8")])
    assert found["reads"] == {"/": 3}
    assert found["excluded"]["repeated within 30 minutes"] == 1


def test_two_people_behind_one_address_are_two_visitors(tmp_path: Path) -> None:
    assert reads(tmp_path, *visit("/"), *visit("/", 5, agent=IPHONE)) == {"/": 2}


def test_without_a_user_agent_nobody_is_a_reader(tmp_path: Path) -> None:
    assert excluded(tmp_path, *visit("/", agent="-")) == {"no sign of a browser": 1}


def test_every_line_is_counted_once(tmp_path: Path) -> None:
    """As a read or with the reason why it is none."""
    lines = in_order(
        one
        for n in range(200)
        for one in visit(
            f"/p{n % 7}/", n * 97, f"192.0.2.{n % 19}", agent=(CHROME, GOOGLEBOT)[n % 2]
        )
    )
    found = result_of(tmp_path, [*lines, "broken", line(FEED, 99_999)])
    assert sum(found["reads"].values()) + sum(found["excluded"].values()) == len(lines) + 2


@pytest.mark.parametrize(
    ("referrer", "source"),
    [
        ("https://www.google.co.uk/", "search: Google"),
        ("https://news.google.com/", "search: Google"),
        ("https://docs.google.com/", "other: docs.google.com"),
        ("https://google.example.org/", "other: google.example.org"),
        ("https://ask.org.uk/", "other: ask.org.uk"),
        ("https://brave.org/", "other: brave.org"),
        ("https://claude.fr/", "other: claude.fr"),
        ("https://facebook.com.example.org/", "other: facebook.com.example.org"),
        ("android-app://com.facebook.evil/", "other: com.facebook.evil"),
        ("https://mobile.x.com/", "social: X"),
        ("https://uk.search.yahoo.com/", "search: Yahoo"),
        ("https://duckduckgo.com/", "search: DuckDuckGo"),
        ("android-app://com.google.android.googlequicksearchbox/", "search: Google"),
        ("https://l.facebook.com/l.php?u=x", "social: Facebook"),
        ("https://t.co/abc", "social: X"),
        ("https://nextdoor.co.uk/", "social: Nextdoor"),
        ("https://chatgpt.com/", "assistant: ChatGPT"),
        ("https://ward.example.org/2026/", "this site"),
        ("https://www.ward.example.org/2026/", "this site"),
        ("https://forum.example.com/t/7", "local: Our Forum"),
        ("https://facebook.com/groups/ours", "social: Facebook"),
        ("https://mail.google.com/", "e-mail"),
        ("https://blog.example.net/a?b=c", "other: blog.example.net"),
        ("https://notgoogle.example/", "other: notgoogle.example"),
        ("http://203.0.113.9/x", "none"),
        ("-", "none"),
        ("javascript:alert(1)", "none"),
        ("http://[::1", "none"),
    ],
)
def test_where_a_reader_comes_from(referrer: str, source: str, tmp_path: Path) -> None:
    community = (
        CommunitySite(name="Our Forum", url="https://forum.example.com", kind="forum"),
        CommunitySite(name="Our Group", url="https://facebook.com/groups/ours", kind="group"),
    )
    about = Surroundings(hosts=ABOUT.hosts, community=community, now=ABOUT.now)
    log = log_of(tmp_path, visit("/", referrer=referrer))
    (totals,) = count_logs([log], tmp_path / "private", about).days.values()
    assert totals.by_source() == {source: 1}


@pytest.mark.parametrize(
    ("query", "source", "campaign"),
    [
        ("from=newsletter-2026-12", "newsletter", "newsletter-2026-12"),
        ("a=b&from=leaflet-eland-road&fbclid=x", "link: leaflet-eland-road", "leaflet-eland-road"),
        ("from=poster-2026-11", "leaflet", "poster-2026-11"),
        ("from=poster", "link: poster", "poster"),
        ("from=Whatsapp", "link: whatsapp", "whatsapp"),
        ("from=someone@example.org", "none", ""),
        ("from=<script>", "none", ""),
        ("informfrom=x", "none", ""),
    ],
)
def test_the_code_in_a_link_says_where_it_was(
    query: str, source: str, campaign: str, tmp_path: Path
) -> None:
    (totals,) = counted_in(tmp_path, visit(f"/2026/11/bins/?{query}")).days.values()
    assert totals.reads == {"/2026/11/bins/": {source: 1}}
    assert totals.campaigns == ({campaign: 1} if campaign else {})

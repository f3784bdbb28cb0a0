"""Each kind of rot is found on sites of the loopback, and none on living ones."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from datetime import date

import pytest

from office.community_cases import LIVING, NAME, NEW, ROTTEN, TITLE, UNKNOWN, Answers
from office.community_sites import (
    WORDS,
    LocalSites,
    Served,
    feed_link,
    leads_to,
    local_sites,
    page,
    rss,
)
from wardblog.model import CommunitySite
from wardblog.office.community.inspect_site import SiteReport, Verdict, inspect_site
from wardblog.sources.visit import Visitor

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def server() -> Iterator[LocalSites]:
    with local_sites() as found:
        yield found


@pytest.fixture
def sites(server: LocalSites) -> LocalSites:
    server.answers.clear()
    server.asked.clear()
    return server


def inspected(url: str, feed: str = "") -> SiteReport:
    waited: list[float] = []
    site = CommunitySite(name=NAME, url=url, kind="blog", feed=feed)
    report = inspect_site(site, Visitor(waited.append), TODAY)
    assert sum(waited) <= 30
    return report


def served(sites: LocalSites, answers: Answers) -> str:
    """Serve a case, and return the address of its entry."""
    addresses = [sites.put(path, answer) for path, answer in answers.items()]
    return addresses.pop(0)


@pytest.mark.parametrize("case", LIVING)
def test_a_living_site_gives_no_alarm(case: str, sites: LocalSites) -> None:
    report = inspected(served(sites, LIVING[case]))
    assert report.verdict is Verdict.ALIVE, report.words
    assert report.changes["checked"] == TODAY
    assert set(report.changes) <= {"feed", "checked"}


def test_a_site_that_is_busy_at_first_is_asked_again(sites: LocalSites) -> None:
    url = sites.put("/", Served("busy", 503, {"Retry-After": "2"}), page(TITLE))
    assert inspected(url).verdict is Verdict.ALIVE


@pytest.mark.parametrize("case", ["RSS", "Atom", "RSS 1.0", "JSON", "the address of a feed"])
def test_a_feed_is_found(case: str, sites: LocalSites) -> None:
    report = inspected(served(sites, LIVING[case]))
    assert report.changes["feed"] == f"{sites.base}{next(reversed(LIVING[case]))}"


def test_the_feed_of_the_site_comes_before_that_of_comments(sites: LocalSites) -> None:
    head = (
        feed_link("/comments/feed", title="Comments")
        + feed_link("/wp-json/wp/v2/pages/2", "json")
        + feed_link("/feed")
    )
    sites.put("/comments/feed", rss(NEW))
    sites.put("/feed", rss(NEW))
    report = inspected(sites.put("/", page(TITLE, head=head)))
    assert report.changes["feed"] == f"{sites.base}/feed"


@pytest.mark.parametrize("case", UNKNOWN)
def test_what_cannot_be_judged_is_neither_alive_nor_dead(case: str, sites: LocalSites) -> None:
    answers, words = UNKNOWN[case]
    report = inspected(served(sites, answers))
    assert (report.verdict, report.changes) == (Verdict.UNKNOWN, {})
    assert words in report.words
    assert report.hint


@pytest.mark.parametrize("case", ROTTEN)
def test_each_kind_of_rot_is_found(case: str, sites: LocalSites) -> None:
    answers, verdict, words = ROTTEN[case]
    report = inspected(served(sites, answers))
    assert (report.verdict, words in report.words) == (verdict, True), report.words
    if verdict not in (Verdict.MOVED, Verdict.SILENT):
        assert report.changes == {}


def test_every_kind_of_rot_has_a_case() -> None:
    assert {verdict for _, verdict, _ in ROTTEN.values()} == {v for v in Verdict if v.is_rot}


def test_the_new_address_is_proposed(sites: LocalSites) -> None:
    report = inspected(served(sites, ROTTEN["another host"][0]))
    assert report.changes == {"url": f"{sites.other}/walker/", "checked": TODAY}


def test_a_host_that_is_gone_is_dead_and_one_that_sleeps_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def found(number: int) -> SiteReport:
        def fail(*_: object, **__: object) -> None:
            raise socket.gaierror(number, "no")

        with monkeypatch.context() as patch:
            patch.setattr(socket, "getaddrinfo", fail)
            return inspected("http://walker.invalid/")

    gone = found(socket.EAI_NONAME)
    assert (gone.verdict, gone.is_lost) == (Verdict.DEAD, True)
    assert found(socket.EAI_AGAIN).verdict is Verdict.UNKNOWN
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        refused = inspected(f"http://127.0.0.1:{taken.getsockname()[1]}/")
    assert (refused.verdict, refused.words) == (Verdict.UNKNOWN, "it refused the connection")


def test_a_site_that_does_not_answer_is_not_called_dead(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wardblog.sources.look._PATIENCE", 0.05)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        report = inspected(f"http://127.0.0.1:{silent.getsockname()[1]}/")
    assert (report.verdict, report.words) == (Verdict.UNKNOWN, "it did not answer in time")


def test_no_site_leads_into_the_own_network(
    sites: LocalSites, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A site of the internet that redirects to the router of the house is not followed."""
    url = sites.put("/", leads_to("OTHER/admin"))
    sites.put("/admin", page(TITLE))
    monkeypatch.setattr("wardblog.sources.visit.is_inside", lambda url: "localhost" in url)
    assert "inside your own network" in inspected(url).words
    assert "/admin" not in sites.asked


def test_the_listed_feed_is_read_and_a_lost_one_replaced(sites: LocalSites) -> None:
    url = sites.put("/", page(TITLE, head=feed_link("/new.xml")))
    sites.put("/new.xml", rss(NEW))
    assert inspected(url, sites.put("/kept.xml", rss(NEW))).changes == {"checked": TODAY}
    lost = inspected(url, f"{sites.base}/lost.xml")
    assert lost.changes == {"feed": f"{sites.base}/new.xml", "checked": TODAY}
    assert lost.words.startswith("its feed is gone; its feed is at http://")
    moved = inspected(url, sites.put("/moved.xml", leads_to("/new.xml")))
    assert moved.changes["feed"] == f"{sites.base}/new.xml"
    busy = inspected(url, sites.put("/busy.xml", Served("busy", 503)))
    assert (busy.verdict, busy.changes) == (Verdict.ALIVE, {"checked": TODAY})
    instead = inspected(url, sites.put("/page.xml", page("Not a feed")))
    assert instead.changes["feed"] == f"{sites.base}/new.xml"


def test_sites_are_asked_politely(sites: LocalSites) -> None:
    sites.put("/feed", rss(NEW))
    inspected(sites.put("/", page(TITLE, head=feed_link("/feed"))))
    assert sites.asked == ["/robots.txt", "/", "/feed"]
    (agent,) = sites.agents
    assert agent.startswith("wardblog/")
    assert "checks its links to local sites" in agent


def test_a_huge_page_is_read_only_at_its_beginning(sites: LocalSites) -> None:
    body = f"<title>{TITLE}</title><p>{WORDS}</p>" + "<!-- more -->" * 400_000
    assert inspected(sites.put("/", Served(body))).verdict is Verdict.ALIVE
    bomb = Served(b" " * 30_000_000, headers={"Content-Encoding": "gzip"})
    assert inspected(sites.put("/", bomb)).verdict is Verdict.UNKNOWN

"""Looks at one site of community.toml: whether it is there, has moved, or fell silent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field, replace
from datetime import date, timedelta
from enum import Enum

from wardblog.content.community import plain_address
from wardblog.model import CommunitySite
from wardblog.office.community.feed_facts import FeedFacts, read_feed
from wardblog.office.community.likeness import (
    has_lost_name,
    is_almost_empty,
    is_for_sale,
    is_something_else,
    is_waiting_room,
)
from wardblog.office.community.page_facts import PageFacts, read_page
from wardblog.sources.visit import Visit, Visitor
from wardblog.support.late_dataclass import dataclass
from wardblog.support.late_regex import late_regex
from wardblog.support.urls import parts_of, short_host
from wardblog.text.words import long_date

_SILENT = timedelta(days=365)
_LOGIN = late_regex(
    r"(?i)[/?&.](?:log-?in|sign-?in|sso|auth|accounts|checkpoint|consent)(?:[/?&.=]|$)"
)
_OPEN_IT = "Open it in your browser. If it has not changed, write: checked = {today}"
_MOST_FEEDS = 2


class Verdict(Enum):
    """What came of looking at a site; the value is a word for it."""

    ALIVE = "alive"
    UNKNOWN = "could not be checked"
    DEAD = "dead"
    MOVED = "moved"
    SILENT = "silent"
    PARKED = "for sale"
    CHANGED = "something else"

    @property
    def is_rot(self) -> bool:
        return self not in (Verdict.ALIVE, Verdict.UNKNOWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteReport:
    """What was found out about a site, in a sentence or two.

    `changes` are the keys of its entry that could be changed, with their new values. `is_lost` is
    whether there is no such host, which is also how it looks without a network.
    """

    site: CommunitySite
    verdict: Verdict
    words: str = ""
    hint: str = ""
    changes: dict[str, str | date] = field(default_factory=dict)
    is_lost: bool = False


def inspect_site(site: CommunitySite, visitor: Visitor, today: date) -> SiteReport:
    """Visit a site and its feed; a page that cannot be taken apart is not judged."""
    try:
        return _inspect(site, visitor, today)
    except Exception:  # noqa: BLE001 - no site may keep the others from being checked
        return _unknown(site, "its page has errors that this software cannot read")


def _inspect(site: CommunitySite, visitor: Visitor, today: date) -> SiteReport:
    visit = visitor.visit(site.url)
    report, page = _of_page(site, visit, visitor)
    if report.verdict not in (Verdict.ALIVE, Verdict.MOVED) or page is None:
        return replace(report, hint=report.hint.replace("{today}", str(today)))
    report = _with_feed(report, page, visitor, today)
    return replace(report, changes={**report.changes, "checked": today})


def _of_page(
    site: CommunitySite, visit: Visit, visitor: Visitor
) -> tuple[SiteReport, PageFacts | None]:
    """The report without its feed, and the page; None for a page that has nothing to judge."""
    if not visit.is_fine:
        return _without_page(site, visit), None
    if "html" not in visit.media_type and visit.media_type:
        return SiteReport(site=site, verdict=Verdict.ALIVE), _own_feed(visit)
    page = read_page(visit.content, visit.media_type, visit.url)
    if page.refresh and plain_address(page.refresh) != plain_address(visit.url):
        further = visitor.visit(page.refresh, visit.url)
        if further.is_fine:
            is_permanent = further.is_permanent or not further.is_redirected
            visit = replace(
                further, asked=visit.asked, is_redirected=True, is_permanent=is_permanent
            )
            page = read_page(visit.content, visit.media_type, visit.url)
    return _judged(site, visit, page), page


def _own_feed(visit: Visit) -> PageFacts:
    """The page to judge if the address is that of a feed, a picture or a document."""
    nothing = read_page(b"", "", visit.url)
    return replace(nothing, feeds=(visit.url,) if read_feed(visit.content) else ())


def _without_page(site: CommunitySite, visit: Visit) -> SiteReport:
    if visit.is_unknown:
        words = "there is no site at this address any more"
        return SiteReport(site=site, verdict=Verdict.DEAD, words=words, is_lost=True)
    if visit.is_gone:
        words = f"the page is not there any more (the site answered {visit.status})"
        return SiteReport(site=site, verdict=Verdict.DEAD, words=words)
    if visit.trouble:
        return _unknown(site, visit.trouble)
    if 500 <= visit.status < 600 or visit.status == 429:
        words = f"the site is busy or broken just now (it answered {visit.status})"
        return _unknown(site, words, "Try again another day.")
    return _unknown(site, f"the site does not let programs in (it answered {visit.status})")


def _unknown(site: CommunitySite, words: str, hint: str = _OPEN_IT) -> SiteReport:
    return SiteReport(site=site, verdict=Verdict.UNKNOWN, words=words, hint=hint)


def _judged(site: CommunitySite, visit: Visit, page: PageFacts) -> SiteReport:
    """What the words of a page show, and where its address led."""
    host = short_host(visit.url)
    if is_for_sale(site, page, host):
        words = "the address is for sale, or there is nothing on it"
        return SiteReport(site=site, verdict=Verdict.PARKED, words=words)
    if is_something_else(site, page):
        title = page.title[:80] or "no title"
        words = f'somebody else has this address now; the page is called "{title}"'
        return SiteReport(site=site, verdict=Verdict.CHANGED, words=words)
    if page.asks_password and is_short_of_words(page):
        return _unknown(site, "the site asks visitors to log in")
    if visit.is_redirected and _LOGIN.search(visit.url) and not _LOGIN.search(site.url):
        return _unknown(site, "the site asks visitors to log in")
    if is_waiting_room(page) and has_lost_name(site, page):
        return _unknown(site, "the site keeps programs waiting, or is being repaired")
    if is_almost_empty(page):
        return _unknown(site, "a program finds almost no words on the page")
    if has_lost_name(site, page):
        words = f'the page, "{page.title[:80]}", does not mention "{site.name}"'
        return SiteReport(site=site, verdict=Verdict.CHANGED, words=words)
    return _moved(site, visit)


def is_short_of_words(page: PageFacts) -> bool:
    """Whether a page has little more than a form."""
    return len(page.words.split()) < 120


def _moved(site: CommunitySite, visit: Visit) -> SiteReport:
    """Whether the site has a new address for good, other than with https, www. or a slash."""
    alive = SiteReport(site=site, verdict=Verdict.ALIVE)
    if plain_address(visit.url) == plain_address(site.url) or not visit.is_redirected:
        return alive
    old, new = parts_of(site.url), parts_of(visit.url)
    is_same_host = _bare(old.hostname) == _bare(new.hostname) and old.port == new.port
    had_path, has_path = old.path.strip("/"), new.path.strip("/")
    if is_same_host and had_path and not has_path:
        words = "this page is gone: the address leads to the site's home page"
        return SiteReport(site=site, verdict=Verdict.DEAD, words=words)
    if not visit.is_permanent or (is_same_host and not had_path):
        return alive
    return SiteReport(
        site=site,
        verdict=Verdict.MOVED,
        words=f"it is at {visit.url} now",
        changes={"url": visit.url},
    )


def _bare(host: str | None) -> str:
    return (host or "").casefold().removeprefix("www.")


def _with_feed(report: SiteReport, page: PageFacts, visitor: Visitor, today: date) -> SiteReport:
    """The report with what the feed says: the one that is listed, or else one that is found."""
    site = report.site
    notes = []
    if site.feed:
        visit = visitor.visit(site.feed)
        feed = read_feed(visit.content) if visit.is_fine else None
        if feed:
            return _dated(_with_moved_feed(report, visit), feed, today)
        if not (visit.is_gone or visit.is_fine):
            return replace(report, words=_joined(report.words, "its feed could not be checked"))
        notes = ["its feed is gone"]
    for address, feed in _found_feeds(page, visitor, site):
        changes = {**report.changes, "feed": address}
        words = _joined(report.words, *notes, f"its feed is at {address}")
        return _dated(replace(report, words=words, changes=changes), feed, today)
    hint = 'Remove the line "feed" from its entry.' if notes else report.hint
    return replace(report, words=_joined(report.words, *notes), hint=hint)


def _with_moved_feed(report: SiteReport, visit: Visit) -> SiteReport:
    if not visit.is_permanent or plain_address(visit.url) == plain_address(visit.asked):
        return report
    words = _joined(report.words, f"its feed is at {visit.url} now")
    return replace(report, words=words, changes={**report.changes, "feed": visit.url})


def _found_feeds(
    page: PageFacts, visitor: Visitor, site: CommunitySite
) -> Iterator[tuple[str, FeedFacts]]:
    """The feeds that a page names and that can be read; only the first few are tried."""
    others = [one for one in page.feeds if plain_address(one) != plain_address(site.feed)]
    for address in others[:_MOST_FEEDS]:
        visit = visitor.visit(address, site.url)
        feed = read_feed(visit.content) if visit.is_fine else None
        if feed:
            yield address, feed


def _dated(report: SiteReport, feed: FeedFacts, today: date) -> SiteReport:
    if feed.newest is None or today - feed.newest <= _SILENT:
        return report
    words = f"nothing new since {long_date(feed.newest)}"
    verdict = Verdict.SILENT if report.verdict is Verdict.ALIVE else report.verdict
    return replace(report, verdict=verdict, words=_joined(report.words, words))


def _joined(*sentences: str) -> str:
    return "; ".join(filter(None, sentences))

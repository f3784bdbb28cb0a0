"""When a matter was settled and how long that took, counts in words, and the page of figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from support import BASE, MARKDOWN, TODAY, read_all, write_site
from wardblog.content import read_site
from wardblog.model import Site
from wardblog.model.events import LONDON
from wardblog.views import Page, outputs
from wardblog.views.charts import (
    Fill,
    MonthColumn,
    SpanRow,
    StackedRow,
    columns,
    spans,
    stacked,
)
from wardblog.views.figures import FiguresPage, figures_page
from wardblog.views.hubs import hub_page
from wardblog.views.issue_lines import issue_lines
from wardblog.views.lists import home_page
from wardblog.views.posts import post_page


def post(day: str, *lines: str, tags: str = "grit bins") -> str:
    head = [f"Title: A matter of {day}", f"Date: {day}", f"Tags: {tags}", *lines]
    return "\n".join([*head, "", "Some text."])


def fixed(day: str, end: str, **tags: str) -> str:
    return post(day, f"Updated: {end} | fixed | Done", **tags)


def site_of(folder: Path, posts: Mapping[str, str], today: date = TODAY) -> Site:
    """A site with these posts, by their slugs, and no other."""
    files = {f"posts/{slug}.md": f"Slug: {slug}\n{text}" for slug, text in posts.items()}
    content = write_site(folder, files)
    (content / "posts/fine.md").unlink()
    return read_site(content, today, MARKDOWN).site


# The header lines of a post, and what its banner says on 22 November 2026.
SETTLED = {
    "after-days": (fixed("2026-11-03", "2026-11-22"), "Fixed on 22 November, after 19 days"),
    "after-a-day": (fixed("2026-11-20", "2026-11-21"), "Fixed on 21 November, after 1 day"),
    "same-day": (
        fixed("2026-11-20 09:00", "2026-11-20 15:00"),
        "Fixed on 20 November, the day it was reported",
    ),
    "without-an-hour": (
        fixed("2026-11-20 09:00", "2026-11-20"),
        "Fixed on 20 November, the day it was reported",
    ),
    "last-year": (fixed("2025-12-01", "2026-01-02"), "Fixed on 2 January, after 32 days"),
    "in-last-year": (fixed("2025-11-03", "2025-12-22"), "Fixed on 22 December 2025, after 49 days"),
    "reported-before": (
        post(
            "2026-11-07",
            "Updated: 2026-11-03 | reported | Seen",
            "Updated: 2026-11-22 | fixed | OK",
        ),
        "Fixed on 22 November, after 19 days",
    ),
    "told-before": (
        post(
            "2026-11-07", "Updated: 2026-11-03 | | A letter", "Updated: 2026-11-05 | fixed | Done"
        ),
        "Fixed on 5 November, after 2 days",
    ),
    "nobody-says-when-reported": (fixed("2026-11-07", "2026-11-05"), "Fixed on 5 November"),
    "nobody-says-when-fixed": (post("2026-11-07", "Progress: fixed"), "Fixed"),
    "not-possible": (
        post("2026-11-07", "Updated: 2026-11-20 | not possible | No money"),
        "Closed on 20 November: this was not possible",
    ),
    "never-possible": (
        post("2026-11-07", "Progress: not possible"),
        "Closed: this was not possible",
    ),
    "opened-again": (
        post(
            "2026-11-01",
            "Updated: 2026-11-03 | fixed | Done",
            "Updated: 2026-11-10 | in progress | Broken again",
            "Updated: 2026-11-16 | fixed | Done",
        ),
        "Fixed on 16 November, after 15 days",
    ),
    "possible-after-all": (
        post(
            "2026-11-01",
            "Updated: 2026-11-03 | not possible | No",
            "Updated: 2026-11-04 | fixed | Yes",
        ),
        "Fixed on 4 November, after 3 days",
    ),
    "said-twice": (
        post(
            "2026-11-01",
            "Updated: 2026-11-03 | fixed | Done",
            "Updated: 2026-11-08 | | Thank you",
            "Updated: 2026-11-20 | fixed | Still good",
        ),
        "Fixed on 3 November, after 2 days",
    ),
    "before-midnight-elsewhere": (
        fixed("2026-06-01", "2026-06-02 23:30Z"),
        "Fixed on 3 June, after 2 days",
    ),
    "when-the-clocks-go-back": (
        fixed("2026-10-24 23:30", "2026-10-25 00:10"),
        "Fixed on 25 October, after 1 day",
    ),
    "all-places-fixed": (
        post(
            "2026-11-01",
            "Places: A | 51.465, -0.16 | fixed",
            "Places: B | 51.466, -0.16",
            "Updated: 2026-11-03 | fixed | Done",
        ),
        "Fixed on 3 November, after 2 days",
    ),
    "later": (post("2026-11-01", "Progress: reported", "Updated: 2026-11-25 | fixed | Done"), ""),
    "a-line-of-next-week": (
        post(
            "2026-11-01",
            "Updated: 2026-11-03 | fixed | Done",
            "Updated: 2026-11-25 | in progress | A new coat of paint",
        ),
        "Fixed on 3 November, after 2 days",
    ),
    "no-report": (post("2026-11-01", "Places: A | 51.465, -0.16 | fixed"), ""),
}
# The same for posts about which there is something to say although they are open.
SINCE = {
    "moved-on": (
        post("2026-11-01", "Updated: 2026-11-03 | in progress | Begun"),
        "In progress since 3 November",
    ),
    "answered": (
        post("2025-11-01", "Updated: 2025-11-03 | acknowledged | Read"),
        "Acknowledged on 3 November 2025",
    ),
    "more-words": (
        post(
            "2026-11-01",
            "Updated: 2026-11-03 | in progress | Begun",
            "Updated: 2026-11-05 | in progress | More of it",
        ),
        "In progress since 3 November",
    ),
    "begun-again": (
        post(
            "2026-11-01",
            "Updated: 2026-11-03 | fixed | Done",
            "Updated: 2026-11-10 | in progress | Broken again",
        ),
        "In progress again since 10 November",
    ),
    "a-place-is-open": (
        post(
            "2026-11-01",
            "Places: A | 51.465, -0.16 | reported",
            "Places: B | 51.466, -0.16",
            "Updated: 2026-11-03 | fixed | Done",
        ),
        "Fixed in part on 3 November",
    ),
    "as-it-was": (post("2026-11-01", "Progress: in progress"), ""),
    "before-the-post": (post("2026-11-07", "Updated: 2026-11-03 | in progress | Begun"), ""),
    "not-begun": (
        post("2026-11-01", "Progress: reported", "Updated: 2026-11-25 | in progress | Begun"),
        "",
    ),
}


@pytest.fixture(scope="module")
def matters(tmp_path_factory: pytest.TempPathFactory) -> Site:
    texts = {slug: text for slug, (text, _) in (SETTLED | SINCE).items()}
    return site_of(tmp_path_factory.mktemp("matters"), texts)


@pytest.mark.parametrize("slug", SETTLED | SINCE)
def test_a_post_says_when_the_matter_was_settled_or_how_far_it_has_got(
    slug: str, matters: Site
) -> None:
    found = next(one for one in matters.posts if one.slug == slug)
    page = post_page(matters, found)
    expected = (SETTLED[slug][1], "") if slug in SETTLED else ("", SINCE[slug][1])
    assert (page.settled, page.since) == expected


def test_an_update_of_this_afternoon_counts_from_then_on(tmp_path: Path) -> None:
    content = write_site(tmp_path, {"posts/fine.md": fixed("2026-11-20", "2026-11-22 15:00")})
    told = []
    for hour in (14, 15):
        now = datetime(2026, 11, 22, hour, 30, tzinfo=LONDON)
        site = read_site(content, TODAY, MARKDOWN, moment=now).site
        told.append(post_page(site, site.posts[0]).settled)
    assert told == ["", "Fixed on 22 November, after 2 days"]


def test_an_issue_says_how_long_it_takes_from_five_cases_on(tmp_path: Path) -> None:
    ends = ("2026-11-02", "2026-11-03", "2026-11-20", "2026-11-21", "2026-11-22")
    posts = {f"case-{n}": fixed("2026-11-01", end) for n, end in enumerate(ends)}
    posts |= {
        "not-possible": post("2026-11-01", "Updated: 2026-11-02 | not possible | No"),
        "undated": post("2026-11-01", "Progress: fixed"),
        "open": post("2026-11-01", "Progress: reported"),
        "draft": f"Status: draft\n{fixed('2026-11-01', '2026-11-02')}",
        "hidden": f"Status: hidden\n{fixed('2026-11-01', '2026-11-02')}",
    }
    site = site_of(tmp_path, posts)
    hub = hub_page(site, site.issues[0])
    assert hub.days_to_fix == "Usually fixed within 19 days (median of 5 reports)"
    fewer = replace(site, posts=tuple(p for p in site.posts if p.slug != "case-0"))
    assert hub_page(fewer, site.issues[0]).days_to_fix == ""


def test_of_an_even_number_of_cases_more_than_half_are_within_the_days(tmp_path: Path) -> None:
    ends = ("01", "01", "01", "02", "09", "09")
    posts = {f"case-{n}": fixed("2026-11-01", f"2026-11-{end}") for n, end in enumerate(ends)}
    hub = hub_page(site := site_of(tmp_path, posts), site.issues[0])
    assert hub.days_to_fix == "Usually fixed within 1 day (median of 6 reports)"


def test_home_shows_what_was_fixed_in_the_last_ninety_days_newest_first(tmp_path: Path) -> None:
    posts = {
        "long-ago": fixed("2026-08-01", "2026-08-23"),
        "ninety-days-ago": fixed("2026-08-01", "2026-08-24"),
        "today": fixed("2026-11-03", "2026-11-22"),
        "same-day": fixed("2026-11-20 09:00", "2026-11-20 15:00"),
        "unknown": fixed("2026-11-07", "2026-11-05"),
        "undated": post("2026-11-21", "Progress: fixed"),
        "no": post("2026-11-20", "Updated: 2026-11-21 | not possible | No"),
        "hidden": f"Status: hidden\n{fixed('2026-11-20', '2026-11-21')}",
        "tomorrow": fixed("2026-11-20", "2026-11-23"),
    }
    home = home_page(site_of(tmp_path, posts))
    assert [(line.day.isoformat(), line.words) for line in home.fixed] == [
        ("2026-11-22", "fixed after 19 days"),
        ("2026-11-20", "fixed on the same day"),
        ("2026-11-05", "fixed on 5 November"),
        ("2026-08-24", "fixed after 23 days"),
    ]
    more = {f"more-{n}": fixed("2026-11-20", f"2026-11-2{n}") for n in range(3)}
    home = home_page(site_of(tmp_path / "more", posts | more))
    assert [line.day.isoformat() for line in home.fixed] == [
        "2026-11-22", "2026-11-22", "2026-11-21", "2026-11-20",
    ]  # fmt: skip


COMMENT = "Deadline: 2026-12-05 | Comments on 2026/1234 close"
WORDS: list[tuple[str, list[str]]] = [
    ("no posts yet", []),
    ("1 post", [post("2026-11-01")]),
    ("2 open reports", [post("2026-11-01", "Progress: reported")] * 2),
    ("1 open report, 2 posts", [post("2026-11-01", "Progress: reported"), post("2026-11-02")]),
    ("all 4 fixed", [fixed("2026-11-01", "2026-11-02")] * 4),
    ("1 fixed", [fixed("2026-11-01", "2026-11-02")]),
    (
        "1 open report, 2 fixed, 1 not possible, 5 posts",
        [
            *[fixed("2026-11-01", "2026-11-02")] * 2,
            post("2026-11-01", "Progress: in progress"),
            post("2026-11-01", "Progress: not possible"),
            post("2026-11-01"),
        ],
    ),
    ("1 open for comment until 5 December", [post("2026-11-01", COMMENT, "Progress: reported")]),
    (
        "2 open for comment, the first until 5 December, 3 posts",
        [
            post("2026-11-01", COMMENT),
            post("2026-11-01", "Deadline: 2027-01-05 | Have your say on the park"),
            post("2026-11-01", "Deadline: 2026-11-05 | Comments close"),
        ],
    ),
    (
        "1 open for comment until 5 January 2027",
        [post("2026-11-01", "Deadline: 2027-01-05 | The consultation ends")],
    ),
    (
        "1 open report",
        [post("2026-11-01", "Deadline: 2026-11-30 | Order a bin", "Progress: reported")],
    ),
    ("1 deadline on 30 November", [post("2026-11-01", "Deadline: 2026-11-30 | Order a bin")]),
    (
        "2 deadlines, the first on 30 November",
        [post("2026-11-01", f"Deadline: {day} | Order") for day in ("2026-11-30", "2026-12-01")],
    ),
]


@pytest.mark.parametrize(("words", "posts"), WORDS)
def test_an_issue_has_its_counts_in_words(words: str, posts: list[str], tmp_path: Path) -> None:
    site = site_of(tmp_path, {f"post-{n}": text for n, text in enumerate(posts)})
    assert issue_lines(site)[0].words == words


def test_a_report_is_open_until_all_its_places_are(matters: Site) -> None:
    line = issue_lines(matters)[0]
    shown = {row.dot.place.name for row in home_page(matters).places}
    assert line.words.startswith(f"{1 + len(SINCE)} open reports, ")  # "later" is open as well
    assert shown == {"A"}


@pytest.fixture
def figures(tmp_path: Path) -> FiguresPage:
    posts = {f"case-{n}": fixed("2026-11-01", f"2026-11-0{n}") for n in range(1, 6)}
    posts |= {
        "before": post("2026-10-02", "Updated: 2026-09-30 | reported | Seen"),
        "two": post("2026-10-02", "Progress: acknowledged", tags="grit bins, potholes"),
        "hole": post("2026-10-05", "Updated: 2026-11-20 | not possible | No", tags="potholes"),
        "general": fixed("2026-10-06", "2026-10-06", tags="general"),
        "undated": post("2026-11-06", "Progress: fixed", tags="potholes"),
        "story": post("2026-11-07"),
        "draft": f"Status: draft\n{fixed('2026-11-01', '2026-11-02')}",
        "hidden": f"Status: hidden\n{fixed('2026-11-01', '2026-11-02')}",
        "waits": post("2026-11-30", "Progress: reported"),
    }
    return figures_page(site_of(tmp_path, posts))


def test_reports_are_counted_by_issue(figures: FiguresPage) -> None:
    counted = [
        (row.name, row.reports, row.still_open, row.fixed, row.not_possible, row.days)
        for row in (*figures.issues, figures.total)
    ]
    assert counted == [
        ("Grit bins", 7, 2, 5, 0, (0, 1, 2, 3, 4)),
        ("Potholes", 3, 1, 1, 1, ()),
        ("Anything else", 1, 0, 1, 0, (0,)),
        ("All reports", 10, 2, 7, 1, (0, 0, 1, 2, 3, 4)),
    ]
    assert [(row.most, row.slowest) for row in figures.issues] == [
        ("2 days", "4 days"), ("", ""), ("", ""),
    ]  # fmt: skip
    assert figures.summary == (
        "Of the 10 reports on this site, 2 are open, 1 was not possible and 7 are fixed. "
        "Of the 6 whose dates are known, most were fixed within 2 days."
    )


def test_posts_and_reports_are_counted_by_month(figures: FiguresPage) -> None:
    counted = [(p.title, p.address, p.posts, p.reported, p.fixed) for p in figures.periods]
    assert counted == [
        ("Nov 2026", "2026/11/", 7, 6, 5),
        ("Oct 2026", "2026/10/", 4, 3, 1),
        ("Sep 2026", "", 0, 1, 0),
    ]
    assert figures.undated == 1


def test_earlier_years_are_added_up(tmp_path: Path) -> None:
    def periods(name: str, day: str) -> list[tuple[str, int]]:
        posts = {"first": post(day, "Progress: fixed"), "now": post("2026-11-01")}
        found = figures_page(site_of(tmp_path / name, posts)).periods
        return [(period.title, period.posts) for period in found]

    by_month = periods("months", "2024-12-31")
    assert len(by_month) == 24
    assert by_month[-1] == ("Dec 2024", 1)
    by_year = periods("years", "2024-11-30")
    assert len(by_year) == 24
    assert by_year[-2:] == [("Jan 2025", 0), ("2024", 1)]


def test_what_is_drawn_is_also_described(figures: FiguresPage) -> None:
    assert figures.by_issue.about.startswith("Grit bins: 5 fixed, 2 open. Potholes: 1 fixed,")
    assert figures.by_month.about == (
        "What was reported and what was fixed from September 2026 to November 2026, up to 6 in a "
        "month. The table has all the numbers."
    )
    assert figures.days is not None
    assert figures.days.about == (
        "Grit bins: most within 2 days, slowest 4 days. "
        "All reports: most within 2 days, slowest 4 days."
    )


def test_the_words_of_a_span_say_which_days_they_are() -> None:
    rows = [
        SpanRow(
            name="A",
            most=12,
            most_words="most within 12 days",
            slowest=81,
            slowest_words="slowest 81 days",
        ),
        SpanRow(
            name="B",
            most=0,
            most_words="most on the same day",
            slowest=1,
            slowest_words="slowest 1 day",
        ),
    ]
    _, words = spans(rows)
    assert [(one.words, one.x, one.anchor) for one in words if one.words not in "AB"] == [
        ("most within 12 days", 0, "start"),
        ("slowest 81 days", 320, "end"),
        ("most on the same day", 0, "start"),
        ("slowest 1 day", 252, "end"),  # its line ends where the other words are
    ]


def test_an_issue_without_days_to_fix_says_why(figures: FiguresPage) -> None:
    potholes = figures.issues[1]
    never = replace(potholes, fixed=0)
    told = [row.why_no_days for row in (figures.issues[0], potholes, never)]
    assert told == ["", "too few to say", "none fixed yet"]
    assert replace(never, still_open=0).why_no_days == "none fixed"


def test_too_few_days_are_not_drawn(tmp_path: Path) -> None:
    figures = figures_page(site_of(tmp_path, {"one": fixed("2026-11-01", "2026-11-02")}))
    assert figures.days is None
    assert figures.summary == "There is 1 report on this site; it is fixed."


def page_of_figures(site: Site) -> Page | None:
    found = (o for o in outputs(site) if isinstance(o, Page) and o.address == "figures/")
    return next(found, None)


def test_there_is_a_page_of_figures_from_the_first_report_on(tmp_path: Path) -> None:
    assert page_of_figures(site_of(tmp_path, {"story": post("2026-11-01")})) is None
    draft = {"draft": f"Status: draft\n{post('2026-11-01', 'Progress: fixed')}"}
    assert page_of_figures(site_of(tmp_path / "draft", draft)) is None
    site = site_of(tmp_path / "one", {"one": post("2026-11-01", "Progress: reported")})
    page = page_of_figures(site)
    assert page is not None
    assert page.in_sitemap
    assert page.values(page.part)["figures"] == figures_page(site)


def test_a_page_of_ones_own_may_not_take_its_address(tmp_path: Path) -> None:
    own = {**BASE, "pages/figures.md": "Title: Figures\n\nMine.\n"}
    _, problems = read_all(write_site(tmp_path, own))
    assert [p.message for p in problems] == [
        "the address /figures/ is already used by the site itself"
    ]


def test_columns_have_lines_at_round_numbers_and_names_where_there_is_room() -> None:
    months = [MonthColumn(2025 + n // 12, n % 12 + 1, (n * 3, 0)) for n in range(24)]
    bars, words = columns(months, (Fill.HATCHED, Fill.SOLID))
    ticks = [one.words for one in words if one.anchor == "end"]
    assert ticks == ["0", "20", "40", "60", "80"]
    names = [one.words for one in words if one.anchor == "middle"]
    assert names == ["Jan", "2025", "Apr", "Jul", "Oct", "Jan", "2026", "Apr", "Jul", "Oct"]
    assert all(bar.x >= 0 and bar.x + bar.width <= 320 for bar in bars)
    drawn = [bar for bar in bars if bar.fill is Fill.HATCHED]
    assert drawn[-1].height == pytest.approx(69 / 80 * 110, abs=0.1)


def test_a_long_name_is_cut_and_a_narrow_part_has_no_number() -> None:
    parts = ((Fill.SOLID, 90), (Fill.HATCHED, 4))
    bars, words = stacked([StackedRow("Street lights that do not work", "94 reports", parts)])
    assert [one.words for one in words] == ["Street lights that do not…", "94 reports", "90"]
    assert sum(bar.width for bar in bars) == pytest.approx(320)

"""The figures: what they say of small made-up totals, and when they say nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from office.made_totals import (
    FEED,
    GRIT,
    ISSUE,
    LAST,
    SUBJECTS,
    TREES,
    day_of,
    days_before,
    part_of,
)
from wardblog.office.statistics.chance import is_clearly_more, share_in_words, shares
from wardblog.office.statistics.figures import (
    Figures,
    counted_days,
    figures,
    newsletter_words,
)
from wardblog.office.statistics.newsletter_list import NewsletterList, newsletter_list
from wardblog.office.statistics.referrers import source_of_campaign
from wardblog.office.statistics.sections import FigureSection
from wardblog.office.statistics.subjects import Subjects
from wardblog.office.statistics.totals import HOURS, DayTotals, FeedDay
from wardblog.office.subscribers.store import save_subscribers
from wardblog.office.subscribers.subscriber import Subscriber, SubscriberState

TODAY = date(2026, 11, 29)
NONE = NewsletterList()


def figures_of(
    totals: Mapping[date, DayTotals],
    newsletter: NewsletterList = NONE,
    subjects: Subjects = SUBJECTS,
    today: date = TODAY,
) -> Figures:
    parts = {day: (part_of(day, one),) for day, one in totals.items()}
    return figures(counted_days(parts), subjects, newsletter, today)


def section(found: Figures, key: str) -> FigureSection:
    (one,) = [one for one in found.sections if one.key == key]
    return one


def cells(one: FigureSection) -> dict[str, tuple[str, ...]]:
    return {row.name: row.cells for row in one.rows}


def steady(days: int, reads: int = 10, path: str = GRIT) -> dict[date, DayTotals]:
    """The same reads on each day."""
    return {day: day_of({path: reads}) for day in days_before(days)}


# How much was read.


def test_weeks_and_months_beside_those_before() -> None:
    totals = steady(56)
    found = section(figures_of(totals), "reads")
    assert cells(found) == {
        "The last 7 days": ("70", "7 of 7"),
        "The 7 days before": ("70", "7 of 7"),
        "The last 28 days": ("280", "28 of 28"),
        "The 28 days before": ("280", "28 of 28"),
    }
    assert found.advice == "Carry on: about as much was read as in the week before."


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        (1, 2, "Wait before you compare weeks: from about 50 reads in two of them on"),
        (10, 12, "Carry on: about as much was read as in the week before."),
        (10, 20, "Do more of what you did: more was read than in the week before, and you see"),
        (20, 10, "Look below at what was read and from where: it was less than in the week"),
    ],
)
def test_weeks_are_compared_only_where_it_is_no_chance(before: int, now: int, said: str) -> None:
    days = days_before(14)
    totals = {day: day_of({GRIT: before if day in days[:7] else now}) for day in days}
    assert section(figures_of(totals), "reads").advice.startswith(said)


def test_a_day_without_a_log_is_a_gap_and_not_a_zero() -> None:
    totals = steady(28)
    del totals[days_before(28)[25]]
    totals[days_before(28)[24]] = day_of({TREES: 10})
    found = figures_of(totals)
    chart = section(found, "reads").chart
    assert chart
    assert chart.values == (10,) * 25 + (None, 10, 10)
    grit = section(found, "posts").rows[0]
    assert grit.days == (10,) * 24 + (0, None, 10, 10)
    assert section(found, "reads").advice == (
        "Keep counting: 1 of the last 14 days has no log, so the two weeks cannot be compared."
    )
    assert "There is no log of Thursday 26 November 2026." in found.current


def test_a_period_without_any_log_has_no_number() -> None:
    found = section(figures_of(steady(7)), "reads")
    assert cells(found)["The 7 days before"] == ("–", "0 of 7")


# How current it is.


def test_days_of_which_a_log_has_only_a_part_are_left_out() -> None:
    """A log that is rotated in the morning: its first and its last day are not whole."""
    days = days_before(4)
    stored = {day: (part_of(day, day_of({GRIT: 5})),) for day in days}
    stored[days[0]] = (part_of(days[0], day_of({GRIT: 5}), begin=(6, 25)),)
    stored[days[-1]] = (part_of(days[-1], day_of({GRIT: 5}), end=(6, 25)),)
    stored[days[1]] = (part_of(days[1], day_of({GRIT: 5}), begin=(9, 0), end=(9, 5)),)
    found = counted_days(stored)
    assert list(found.days) == days[1:3]
    assert found.partial == (days[0], days[3])
    shown = figures(found, SUBJECTS, NONE, TODAY)
    assert shown.current == (
        "Counted from logs up to Saturday 28 November 2026, 6.25am.",
        "The last 7 days are 21 to 27 November 2026.",
        (
            "Days that are only partly in the logs are left out: Wednesday 25 November 2026; "
            "Saturday 28 November 2026."
        ),
    )


def test_a_log_of_a_single_morning_is_shown_all_the_same() -> None:
    found = counted_days({LAST: (part_of(LAST, day_of({GRIT: 5}), end=(9, 0)),)})
    assert (list(found.days), found.partial) == ([LAST], ())


def test_old_figures_say_how_old_they_are() -> None:
    found = figures_of(steady(7), today=LAST + timedelta(days=12))
    assert found.current[0].endswith("28 November 2026, 11.59pm, 12 days ago.")


@pytest.mark.parametrize(
    ("old", "words"),
    [(1, "the last 7 days"), (2, "the 7 days up to 28 November"),
     (40, "the 7 days up to 28 November 2026")],
)  # fmt: skip
def test_the_last_days_are_named_if_they_are_not_the_last(old: int, words: str) -> None:
    found = figures_of(steady(7), today=LAST + timedelta(days=old))
    assert found.summary == f"70 reads in {words}."
    first = section(found, "reads").rows[0].name
    assert first == f"T{words[1:]}"
    assert ("The last 7 days are" in " ".join(found.current)) == (old == 1)


@pytest.mark.parametrize(("old", "is_too_old"), [(3, False), (4, True)])
def test_an_old_log_has_to_be_fetched_anew(old: int, is_too_old: bool) -> None:
    found = figures_of(steady(7), today=LAST + timedelta(days=old))
    assert ("Fetch a newer log" in " ".join(found.current)) == is_too_old


def test_the_summary_has_what_is_known() -> None:
    totals = steady(7)
    totals[LAST] = day_of({GRIT: 1}, feeds={FEED: FeedDay(0, {"Feedly": 12})})
    assert figures_of(totals, NewsletterList(number=1)).summary == (
        "61 reads in the last 7 days. 1 person receives the newsletter. "
        "The feeds have 12 subscribers."
    )
    assert figures_of(steady(7)).summary == "70 reads in the last 7 days."


# What was read.


def test_posts_issues_and_streets_with_their_shares() -> None:
    totals = {day: day_of({GRIT: 6, TREES: 1, ISSUE: 2, "/": 1}) for day in days_before(28)}
    found = figures_of(totals)
    assert cells(section(found, "posts")) == {
        "Grit bins are full": ("42", "168", "60%"),
        "Grit bins": ("14", "56", "20%"),
        "New trees": ("7", "28", "10%"),
        "Home": ("7", "28", "10%"),
    }
    assert section(found, "posts").advice == (
        "Write a follow-up to “Grit bins are full”: it was read more than any other post."
    )
    assert cells(section(found, "issues")) == {
        "Grit bins": ("56", "224", "80%"), "Trees": ("7", "28", "10%")
    }  # fmt: skip
    assert section(found, "issues").advice == (
        "Put “Grit bins” first in the next newsletter or leaflet: it was read about more than any "
        "other."
    )
    assert cells(section(found, "streets")) == {
        "Eland Road": ("49", "196", "70%"), "Tidy Street": ("7", "28", "10%")
    }  # fmt: skip
    assert section(found, "streets").advice == (
        "Say what happens next in Eland Road: it was read about more than any other street."
    )


def test_small_differences_are_not_called_any() -> None:
    totals = {day: day_of({GRIT: 3, TREES: 2}) for day in days_before(7)}
    found = figures_of(totals)
    assert section(found, "posts").advice == (
        "Write about what matters most to you: no post was read much more than others."
    )
    assert section(found, "issues").advice == (
        "Give each issue its turn: none was read about much more than the others."
    )


def test_where_nothing_was_read_nothing_is_claimed() -> None:
    found = figures_of({LAST: day_of()})
    assert {one.key: one.advice for one in found.sections} == {
        "reads": "Keep counting: 13 of the last 14 days have no log, so the two weeks cannot be "
                 "compared.",
        "posts": "Tell people about your posts: nobody has read one in this time.",
        "issues": "Tell people about your posts on issues: nobody read one in this time.",
        "streets": "Tell people about your posts on streets: nobody read one in this time.",
        "sources": "Share posts where residents already are: nobody is known to have come by a "
                   "link.",
        "codes": "Look here after your next leaflet: nobody has used the code of one yet.",
        "times": "Post when it suits you: after 4 weeks of logs and 200 reads, this says whether a "
                 "day or an hour stands out.",
        "after-posts": "Look here later: a post needs a week before it and a week after it for "
                       "which there are logs, or a list of subscribers.",
        "ways": "Offer a newsletter, or look at its service for the number of its subscribers: "
                "there is no list of them in the private folder.",
        "feeds": "Say on your next leaflet how to follow by feed: nobody is known to do so.",
        "excluded": "There is nothing to do about these requests: they are in none of the other "
                    "numbers.",
    }  # fmt: skip
    assert [one.key for one in found.sections if one.rows] == ["reads", "ways"]


def test_posts_without_issues_and_streets_are_to_have_some() -> None:
    bare = replace(SUBJECTS, issues={ISSUE: ("Grit bins",)}, streets={GRIT: ()})
    found = figures_of({LAST: day_of()}, subjects=bare)
    assert section(found, "issues").advice == (
        "Tag posts with issues if they have none: nothing that was read is about one."
    )
    assert section(found, "streets").advice == (
        "Name streets in posts (Places:) if they have none: nothing read was about one."
    )


# From where, and by what code.


def test_sources_in_words() -> None:
    names = ("none", "this site", "search: Google", "local: Our Forum", "newsletter", "e-mail",
             "link: flyer", "other", "other: example.org", "assistant: ChatGPT")  # fmt: skip
    totals = {LAST: replace(day_of({GRIT: 10}), reads={GRIT: dict.fromkeys(names, 1)})}
    assert list(cells(section(figures_of(totals), "sources"))) == [
        "Not known", "Another page of this site", "Google (search)", "Our Forum (local site)",
        "The newsletter", "A link in an e-mail", "flyer (code in a link)", "Other sites",
        "example.org", "ChatGPT (assistant)",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("newsletter", "the newsletter brought the most readers: keep sending it."),
        ("leaflet", "a leaflet or poster brought the most readers: deliver the next one."),
        ("search: Bing", ("Bing (search) brought the most readers: write titles in the words that "
                         "residents would search for.")),
        ("social: Nextdoor", ("Nextdoor brought the most readers: share your next post there "
                              "first.")),
        ("e-mail", ("a link in an e-mail brought the most readers: ask readers to forward your "
                    "next post.")),
        ("other: a.example", ("a.example brought the most readers: thank them, and tell them about "
                             "your next post.")),
    ],
)  # fmt: skip
def test_the_best_source_and_what_to_do_with_it(source: str, said: str) -> None:
    totals = {LAST: replace(day_of({GRIT: 90}), reads={GRIT: {"none": 60, source: 30}})}
    advice = section(figures_of(totals), "sources").advice
    assert advice == f"Of the ways that are known, {said}"


@pytest.mark.parametrize(
    ("code", "source"),
    [
        ("newsletter-2026-12", "newsletter"),
        ("newsletter-2026-w49", "newsletter"),
        ("newsletter-2026-12-2", "newsletter"),
        ("leaflet-2026-10", "leaflet"),
        ("poster-2026-10-3", "leaflet"),
        ("newsletter", "link: newsletter"),
        ("newsletter-2026-13", "link: newsletter-2026-13"),
        ("newsletter-2026-w54", "link: newsletter-2026-w54"),
        ("leaflet-eland-road", "link: leaflet-eland-road"),
        ("posters-2026-10", "link: posters-2026-10"),
        ("leaflet-2026-10-buy-this", "link: leaflet-2026-10-buy-this"),
    ],
)
def test_only_codes_that_this_software_makes_are_its_own(code: str, source: str) -> None:
    assert source_of_campaign(code) == source


def test_made_up_codes_and_feeds_are_no_advice() -> None:
    totals = {
        LAST: replace(
            day_of({GRIT: 90}, codes={"leaflet-cheap-pills": 30},
                   feeds={"/feeds/pills.rss.xml": FeedDay(0, {"X": 900}), FEED: FeedDay(5, {}),
                          "/feeds/other.rss.xml": FeedDay(2, {})}),
            reads={GRIT: {"link: leaflet-cheap-pills": 30, "none": 60}},
        )
    }  # fmt: skip
    found = figures_of(totals)
    assert not [one.key for one in found.sections if "pills" in one.advice]
    assert section(found, "codes").advice.startswith("Look here after your next leaflet")
    assert section(found, "sources").advice.startswith("Look at the codes in the table")
    assert section(found, "feeds").advice.startswith("Name other feeds as well")


def test_codes_are_counted_for_the_whole_time() -> None:
    totals = {day: day_of({GRIT: 1}) for day in days_before(40)}
    first = min(totals)
    totals[first] = day_of({GRIT: 9}, codes={"leaflet-2026-10": 7, "newsletter-2026-10": 2})
    totals[LAST] = day_of({GRIT: 9}, codes={"leaflet-2026-10": 1, "poster-2026-11": 3})
    found = section(figures_of(totals), "codes")
    assert cells(found) == {
        "leaflet-2026-10": ("1", "1", "8"),
        "poster-2026-11": ("3", "3", "3"),
        "newsletter-2026-10": ("0", "0", "2"),
    }
    assert found.advice == (
        "Compare each leaflet's number with how many you delivered before you print the next."
    )


# When.


def weekly(best: int, hour: int = 19, weeks: int = 4, other: int = 8) -> dict[date, DayTotals]:
    """Thursdays have so many reads, the other days eight, which are in the morning in part."""
    totals = {}
    for day in days_before(7 * weeks):
        number = best if day.weekday() == 3 else other
        hours = [0] * HOURS
        hours[hour], hours[9] = number - number // 3, number // 3
        totals[day] = replace(day_of({GRIT: number}), hours=tuple(hours))
    return totals


def advice_on_times(totals: Mapping[date, DayTotals], published: Mapping[str, date]) -> str:
    subjects = replace(SUBJECTS, published=published)
    return section(figures_of(totals, subjects=subjects), "times").advice


def test_the_day_and_the_hours_that_stand_out() -> None:
    assert advice_on_times(weekly(24), {GRIT: date(2026, 11, 10)}) == (
        "Post on Thursdays before 6pm: more is read on a usual Thursday than on any other day, and "
        "from 6pm to 9pm than at any other time of the day."
    )


def test_a_day_on_which_most_posts_appear_is_no_discovery() -> None:
    published = {GRIT: date(2026, 11, 12), TREES: date(2026, 11, 19)}
    assert advice_on_times(weekly(24), published).startswith("Keep posting on Thursdays before 6pm")


def test_only_a_day_or_only_hours_stand_out() -> None:
    spread = {
        day: replace(one, hours=(one.all_reads // 8,) * HOURS) for day, one in weekly(24).items()
    }
    assert advice_on_times(spread, {}) == (
        "Post on Thursdays: more is read on a usual Thursday than on any other day."
    )
    assert advice_on_times(weekly(9), {}) == (
        "Post before 6pm: more is read from 6pm to 9pm than at any other time of the day."
    )


@pytest.mark.parametrize("hour", range(1, HOURS))
def test_three_hours_may_begin_at_any(hour: int) -> None:
    """Also around midnight, and where a fixed division would cut them."""
    shares = {(hour - 1) % HOURS: 30, hour: 30, (hour + 1) % HOURS: 30}
    hours = tuple(shares.get(n, 0) for n in range(HOURS))
    totals = {
        day: replace(one, hours=hours, reads={GRIT: {"none": 90}}) for day, one in weekly(9).items()
    }
    advice = advice_on_times(totals, {})
    names = [time(n % HOURS).strftime("%I%p").lstrip("0").lower() for n in (hour - 1, hour + 2)]
    begin, end = ({"12am": "midnight", "12pm": "midday"}.get(name, name) for name in names)
    assert f"more is read from {begin} to {end} than at any other time" in advice


def test_the_table_of_days_has_the_usual_number_only() -> None:
    found = section(figures_of(weekly(24)), "times")
    assert found.columns == ("Usual",)
    assert cells(found)["Thursday"] == ("24",)


def test_no_day_stands_out() -> None:
    even = {
        day: replace(one, hours=(1,) * HOURS, reads={GRIT: {"none": HOURS}})
        for day, one in weekly(9).items()
    }
    assert advice_on_times(even, {}) == "No day or hour stands out: post when it suits you."


def test_one_busy_day_is_no_habit() -> None:
    totals = weekly(8)
    thursday = max(day for day in totals if day.weekday() == 3)
    totals[thursday] = day_of({GRIT: 500}, hour=9)
    assert "Thursday" not in advice_on_times(totals, {})


def test_too_little_data_has_no_table_of_times() -> None:
    for totals in (weekly(24, weeks=3), weekly(3, other=1)):
        found = section(figures_of(totals), "times")
        assert (found.rows, found.chart) == ((), None)
        assert found.advice.startswith("Post when it suits you: after 4 weeks")


# Who follows.


def joined(*days: tuple[int, int]) -> NewsletterList:
    """So many who asked on each day of November."""
    found = tuple(date(2026, 11, day) for day, number in days for _ in range(number))
    return NewsletterList(number=len(found), joined=found)


def advice_after(newsletter: NewsletterList, *posts: int) -> str:
    paths = (GRIT, TREES)
    published = {path: date(2026, 11, day) for path, day in zip(paths, posts, strict=False)}
    subjects = replace(SUBJECTS, published=published)
    return section(figures_of({LAST: day_of()}, newsletter, subjects), "after-posts").advice


def test_the_week_after_a_post_beside_that_before_it() -> None:
    newsletter = joined((6, 1), (12, 6), (15, 8))
    subjects = replace(SUBJECTS, published={GRIT: date(2026, 11, 12), TREES: date(2026, 11, 26)})
    found = section(figures_of({LAST: day_of()}, newsletter, subjects), "after-posts")
    assert cells(found) == {"Grit bins are full": ("1, then 14", "–")}
    assert found.rows[0].note == "12 November"
    assert found.advice == (
        "Try another post like “Grit bins are full”: in the week from then on 14 people asked for "
        "the newsletter, and 1 in the week before, though something else may be the reason."
    )


def test_posts_close_together_are_not_named() -> None:
    assert advice_after(joined((6, 1), (12, 6), (15, 8)), 12, 10) == (
        "Think of what you did around 10 November 2026: in the week from then on 14 people asked "
        "for the newsletter, and 1 in the week before, but 2 posts appeared close together."
    )


@pytest.mark.parametrize(
    "newsletter",
    [
        pytest.param(joined((6, 4), (8, 1), (12, 6), (15, 4)), id="no clear difference"),
        pytest.param(joined((15, 14)), id="their e-mail was read on one day only"),
    ],
)
def test_no_post_is_said_to_bring_subscribers_without_reason(newsletter: NewsletterList) -> None:
    assert advice_after(newsletter, 12) == (
        "Judge no post by this: none of them was followed by clearly more subscribers."
    )


def test_where_nobody_subscribed_there_is_no_table() -> None:
    subjects = replace(SUBJECTS, published={GRIT: date(2026, 11, 12)})
    found = section(figures_of({LAST: day_of()}, NewsletterList(number=9), subjects), "after-posts")
    assert (found.rows, found.columns, found.about) == ((), (), "")
    assert found.advice.startswith("Look here after your next post: nobody subscribed")


def test_feeds_after_a_post_need_a_log_of_each_day() -> None:
    def with_feeds(number: int) -> DayTotals:
        return day_of({GRIT: 1}, feeds={FEED: FeedDay(number, {"Feedly": number})})

    totals = {day: with_feeds(5 if day < date(2026, 11, 12) else 30) for day in days_before(28)}
    subjects = replace(SUBJECTS, published={GRIT: date(2026, 11, 12)})
    found = section(figures_of(totals, subjects=subjects), "after-posts")
    assert cells(found) == {"Grit bins are full": ("–", "10, then 60")}
    assert "60 people followed the feeds, and 10 in the week before" in found.advice
    del totals[date(2026, 11, 8)]
    assert section(figures_of(totals, subjects=subjects), "after-posts").rows == ()


def test_e_mail_beside_feeds() -> None:
    feeds = {FEED: FeedDay(3, {"Feedly": 4}), "/feeds/x.atom.xml": FeedDay(1, {})}
    totals = {LAST: day_of({GRIT: 4}, source="newsletter", feeds=feeds)}
    found = section(figures_of(totals, joined((20, 40))), "ways")
    assert cells(found) == {"Newsletter": ("40", "40", "4"), "Feeds": ("8", "–", "–")}
    assert found.advice == (
        "Put urgent news in the newsletter: more people follow by e-mail than by feeds."
    )
    few = section(figures_of(totals, NewsletterList(number=9)), "ways")
    assert few.advice == "Keep both: neither has clearly more subscribers than the other."
    more = {FEED: FeedDay(0, {"Feedly": 60})}
    many = section(figures_of({LAST: day_of(feeds=more)}, NewsletterList(number=9)), "ways")
    assert many.advice == (
        "Mention the newsletter in your next posts: more people follow by feeds than by e-mail."
    )


def test_feeds_with_the_services_that_announced() -> None:
    feeds = {FEED: FeedDay(2, {"Feedly": 40, "Inoreader": 3}), "/x.rss": FeedDay(1, {})}
    subjects = replace(SUBJECTS, feeds={FEED: "Everything", "/x.rss": "X"})
    found = section(figures_of({LAST: day_of(feeds=feeds)}, subjects=subjects), "feeds")
    assert [(row.name, row.cells, row.note) for row in found.rows] == [
        (f"Everything ({FEED})", ("45", "43"), "announced by Feedly 40, Inoreader 3"),
        ("X (/x.rss)", ("1", "0"), ""),
    ]
    assert found.advice == (
        f"Name the feed “Everything ({FEED})” where you say how to follow: it has the most "
        "subscribers."
    )


def test_no_feed_is_named_unless_it_stands_out() -> None:
    one = {FEED: FeedDay(9, {})}
    assert section(figures_of({LAST: day_of(feeds=one)}), "feeds").advice == (
        "Name other feeds as well where you say how to follow: only one has subscribers."
    )
    two = {**one, "/x.rss": FeedDay(8, {})}
    subjects = replace(SUBJECTS, feeds={FEED: "Everything", "/x.rss": "X"})
    both = figures_of({LAST: day_of(feeds=two)}, subjects=subjects)
    assert section(both, "feeds").advice == (
        "Name all feeds where you say how to follow: none has clearly more subscribers."
    )


def test_what_was_left_out_with_its_counts() -> None:
    totals = {LAST: day_of(excluded={"crawler": 999, "broken line": 1})}
    found = section(figures_of(totals), "excluded")
    assert cells(found) == {
        "Crawler": ("999", "999", "100%"), "Broken line": ("1", "1", "under 1%")
    }  # fmt: skip


@pytest.mark.parametrize(("errors", "says_so"), [(10, False), (11, True)])
def test_many_errors_may_be_a_link_that_leads_nowhere(errors: int, says_so: bool) -> None:
    totals = {LAST: day_of(excluded={"error or redirect": errors, "crawler": 100 - errors})}
    advice = section(figures_of(totals), "excluded").advice
    assert advice.startswith("Look in the log for a link that leads nowhere") == says_so


def test_services_have_the_names_that_they_write() -> None:
    names = {"Newsblur": 3, "Bazqux": 2, "Theoldreader (12ab)": 5, "Theoldreader (34cd)": 6,
             "Made Up": 1}  # fmt: skip
    found = section(figures_of({LAST: day_of(feeds={FEED: FeedDay(0, names)})}), "feeds")
    assert found.rows[0].note == ("announced by The Old Reader 11, NewsBlur 3, BazQux 2, Made Up 1")


def test_the_list_of_subscribers_gives_numbers_and_days(tmp_path: Path) -> None:
    assert newsletter_list(tmp_path) == NONE

    def subscriber(name: str, **other: object) -> Subscriber:
        known = {"state": SubscriberState.CONFIRMED, "date": date(2026, 11, 20), **other}
        return Subscriber(address=f"{name}@example.org", **known)  # type: ignore[arg-type]

    save_subscribers(tmp_path, [
        subscriber("one", message_id="<1@x>", asked=date(2026, 11, 18)),
        subscriber("two", message_id="<2@x>"),
        subscriber("brought-in"),
        subscriber("gone", state=SubscriberState.STOPPED, message_id="<3@x>"),
    ])  # fmt: skip
    found = newsletter_list(tmp_path)
    assert found == NewsletterList(number=3, joined=(date(2026, 11, 18), date(2026, 11, 20)))
    assert newsletter_words(found) == "3 people receive the newsletter."
    (tmp_path / "subscribers.csv").write_text("address,state\nx,\n", encoding="utf-8")
    trouble = newsletter_list(tmp_path)
    assert trouble.number is None
    assert trouble.trouble.endswith("subscribers.csv cannot be read: make subscribers says why.")


# What may be said of numbers.


@given(st.lists(st.integers(0, 10**6), max_size=30))
def test_shares_add_up(numbers: list[int]) -> None:
    found = shares(numbers)
    assert sum(found) == (100 if sum(numbers) else 0)
    for number, percent in zip(numbers, found, strict=True):
        assert abs(percent - 100 * number / max(sum(numbers), 1)) < 1
        assert number or not percent


@given(
    st.dictionaries(
        st.sampled_from(days_before(40)),
        st.dictionaries(st.sampled_from((GRIT, TREES, ISSUE, "/", "/?")), st.integers(1, 99)),
    )
)
def test_rows_that_are_parts_of_a_whole_add_up(reads: dict[date, dict[str, int]]) -> None:
    """What is shown and what is left out are all that was read."""
    found = figures_of({**{day: day_of(paths) for day, paths in reads.items()}, LAST: day_of()})
    month = int(cells(section(found, "reads"))["The last 28 days"][0].replace(",", ""))
    for key in ("posts", "sources"):
        rows = section(found, key).rows
        assert sum(int(row.cells[1].replace(",", "")) for row in rows) == month
        percents = [row.cells[2].removesuffix("%") for row in rows]
        total = sum(0 if percent == "under 1" else int(percent) for percent in percents)
        assert total == (100 if month else 0)
        for row in rows:
            days = [n or 0 for n in row.days]
            assert not days or sum(days) == int(row.cells[1].replace(",", ""))


def test_a_difference_has_to_be_more_than_chance() -> None:
    assert is_clearly_more(9, 0) is False
    assert is_clearly_more(10, 0) is True
    assert is_clearly_more(60, 40) is False
    assert is_clearly_more(600, 400) is True
    assert is_clearly_more(40, 600) is False


def test_little_is_not_called_nothing() -> None:
    assert share_in_words(0, 1) == "under 1%"
    assert share_in_words(0, 0) == "0%"

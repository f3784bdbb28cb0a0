"""The report-back: what it tells of a period, in which words, and what it never tells."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from support import MARKDOWN, ROOT, WARD, html_of, write_site
from wardblog.content import read_site
from wardblog.model import Site
from wardblog.model.events import LONDON
from wardblog.office.diary import DiaryEntry
from wardblog.problems import UsageError
from wardblog.scaffold.report_back import (
    ReportBack,
    ReportFacts,
    Voice,
    draft_report,
    gather,
    period_since,
    write_report,
)
from wardblog.scaffold.report_back.phrases import clauses, in_words, listed
from wardblog.text.words import in_sentence

NOW = datetime(2026, 11, 29, 9, 0, tzinfo=LONDON)
DAY = date(2026, 11, 20)
TWO = '\n[[councillor]]\nname = "Asha Specimen"\nemail = "asha@example.org"\n\n[imprint]'
TWO_COUNCILLORS = WARD.replace("\n[imprint]", TWO)
COUNTS = """\
quarter,issue,opened,closed
2026-Q3,Grit bins,fewer than 5,12
2026-Q3,Potholes,not shown,9
2026-Q3,All cases,29,21
"""
REPORT = "Title: Report-back\nDate: 2026-11-14 17:00\nTags: general, report-backs\n\nWords."


def post(title: str, day: str, *lines: str, tags: str = "grit bins") -> str:
    head = [f"Title: {title}", f"Date: {day}", f"Tags: {tags}", *lines]
    return "\n".join([*head, "", "Some text."])


def site_of(
    folder: Path, posts: Mapping[str, str], files: Mapping[str, str] | None = None,
    now: datetime = NOW,
) -> Site:  # fmt: skip
    """A site with these posts, by the names of their files, and no other."""
    own = {f"posts/{name}.md": f"Slug: {name}\n{text}" for name, text in posts.items()}
    content = write_site(folder, {**own, **(files or {})})
    (content / "posts/fine.md").unlink()
    return read_site(content, now.date(), MARKDOWN, moment=now).site


def facts_of(
    site: Site, since: str = "2026-11-15", diary: tuple[DiaryEntry, ...] = (), now: datetime = NOW
) -> ReportFacts:
    return gather(site, period_since(site, since, now), diary)


def text_of(
    site: Site, since: str = "2026-11-15", diary: tuple[DiaryEntry, ...] = ()
) -> ReportBack:
    return draft_report(facts_of(site, since, diary), Voice.of(site))


FIXED = post("The bin is empty", "2026-11-10", "Updated: 2026-11-20 | fixed | Filled to the brim")
MOVED = post("A pothole", "2026-11-03", "Progress: reported",
             "Updated: 2026-11-18 | in progress | A date has been set",
             tags="potholes")  # fmt: skip
REFUSED = post("A camera", "2026-11-01", "Progress: reported",
               "Updated: 2026-11-19 | not possible | It costs too much",
               tags="potholes")  # fmt: skip
NEW = post("A walk", "2026-11-25", "Summary: We meet at ten, by the library", tags="general, walks")


def test_all_that_happened_is_reported_under_its_heading(tmp_path: Path) -> None:
    event = "Event: 2026-12-05 10:00 | A walk in the park | The gate"
    site = site_of(tmp_path, {
        "bin": FIXED, "hole": MOVED, "camera": REFUSED,
        "walk": NEW.replace("\n\n", f"\n{event}\n\n"),
    })  # fmt: skip
    diary = (DiaryEntry(day=date(2026, 11, 21), what="Licensing committee", where="Town hall"),)
    report = text_of(site, diary=diary)
    assert report.title == "Report-back: grit bins, potholes and walks"
    assert (
        report.text
        == """\
Since 15 November, one problem has been fixed, one more has moved on, one request turned out \
not to be possible, and I have published one new post.

## What was fixed

- **Grit bins.** [The bin is empty](bin.md). Filled to the brim. That took ten days.

## What has moved

- **Potholes.** [A pothole](hole.md). A date has been set.

## What was not possible

- **Potholes.** [A camera](camera.md). It costs too much.

## What is new

- **Walks.** [A walk](walk.md). We meet at ten, by the library.

## Where I was

**21 November:** Licensing committee, Town hall.

## Coming up

- **Saturday 5 December, 10am:** [A walk in the park](walk.md), The gate.

Is there something that I should know? Please write to me."""
    )
    assert report.summary == (
        "One repair, one matter that moved and one clear no, from 15 to 29 November 2026."
    )


def test_a_report_of_one_thing_has_no_headings(tmp_path: Path) -> None:
    report = text_of(site_of(tmp_path, {"bin": FIXED}))
    assert (
        report.text
        == """\
Since 15 November, one problem has been fixed.

**Grit bins.** [The bin is empty](bin.md). Filled to the brim. That took ten days.

If you know of something that is missing here, please write to me."""
    )


def test_several_councillors_say_we(tmp_path: Path) -> None:
    site = site_of(tmp_path, {"walk": NEW, "report": REPORT}, {"ward.toml": TWO_COUNCILLORS})
    heard = DiaryEntry(day=DAY, what="Surgery", said="Many asked about the bins")
    text = text_of(site, "", (heard,)).text
    assert text.startswith("Since our last report-back on 14 November, we have published one new")
    assert "**20 November:** Surgery. Many asked about the bins." in text
    assert " I " not in text
    assert " me." not in text


def test_words_are_not_always_the_same(tmp_path: Path) -> None:
    posts = {
        f"bin-{n}": post(f"Bin {n}", "2026-11-10", f"Updated: 2026-11-{15 + n} | fixed | Full")
        for n in range(1, 7)
    }
    text = text_of(site_of(tmp_path, posts)).text
    assert (
        "six problems have been fixed. The quickest repair took six days, and the slowest" in text
    )
    assert "That took 11 days." in text
    assert "It took ten days." in text
    assert "This one took nine days." in text
    assert "- **Grit bins**\n    - [Bin 6](bin-6.md). Full. That took 11 days.\n    - " in text
    assert "\n    - Also fixed: [Bin 3](bin-3.md), [Bin 2](bin-2.md) and [Bin 1](bin-1.md)." in text


@pytest.mark.parametrize(
    ("since", "opening"),
    [
        ("2026-11-22", "In the past week, "),
        ("2026-11-23", "In the past week, "),
        ("2026-10-29", "In the month since 29 October, "),
        ("2026-11-01", "In the month since 1 November, "),
        ("2025-12-01", "Since 1 December 2025, "),
        ("1/11/2026", "In the month since 1 November, "),
        ("1 November 2026", "In the month since 1 November, "),
    ],
)
def test_the_period_is_named_as_people_do(since: str, opening: str, tmp_path: Path) -> None:
    assert text_of(site_of(tmp_path, {"walk": NEW}), since).text.startswith(opening)


@pytest.mark.parametrize(
    ("since", "said"),
    [
        ("2026-12-01", "SINCE=2026-12-01 is in the future, so there is nothing to report yet"),
        ("November", "SINCE=November: this is not a date"),
        ("2026-13-01", "SINCE=2026-13-01: there is no month 13"),
        ("1 November", "SINCE=1 November: this date has no year"),
        ("-", "SINCE=-: this is not a date"),
    ],
)
def test_other_days_are_refused_with_an_example(since: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError) as refused:
        period_since(site_of(tmp_path, {}), since, NOW)
    assert str(refused.value).startswith(said)
    assert refused.value.hint == "make report SINCE=2026-11-01"


def test_without_a_day_it_begins_after_the_last_report_or_a_month_ago(tmp_path: Path) -> None:
    later = {"walk": NEW, "same-day": post("Earlier", "2026-11-14 09:00")}
    later["at-once"] = post("At once", "2026-11-14 17:00")
    site = site_of(tmp_path / "a", {**later, "report": REPORT})
    told_there = DiaryEntry(day=date(2026, 11, 14), what="Surgery")
    facts = facts_of(site, "", (told_there,))
    assert [m.post.title for m in facts.new] == ["A walk"]
    assert facts.outings == ()
    draft = REPORT.replace("\n\n", "\nStatus: draft\n\n")
    site = site_of(tmp_path / "b", {**later, "report": draft})
    facts = facts_of(site, "")
    assert facts.period.first_day == date(2026, 10, 29)
    assert facts.left_out == (
        "posts/report.md is still a draft, so its news is in this report again.",
    )


def test_nothing_that_residents_cannot_read_is_reported(tmp_path: Path) -> None:
    attended = "Event: 2026-11-20 18:00 | Secret talks | attended"
    update = "Updated: 2026-11-20 | fixed | Secret words"
    waiting = {
        name: post("A secret", day, status, attended, update)
        for name, day, status in (
            ("draft", "2026-11-16", "Status: draft"),
            ("hidden", "2026-11-16", "Status: hidden"),
            ("later", "2026-12-24", "Status: published"),
        )
    }
    coming = "Event: 2026-12-03 18:00 | Secret plans"
    waiting["draft-2"] = post("A secret", "2026-11-17", "Status: draft", coming)
    site = site_of(tmp_path, {**waiting, "walk": NEW})
    facts = facts_of(site)
    report = draft_report(facts, Voice.of(site))
    assert "secret" not in f"{report}".casefold()
    assert facts.left_out == (
        "2 posts of these days are drafts, so they are not in the report.",
        "1 post of these days is hidden, so it is not in the report.",
    )


def test_what_the_post_itself_reported_or_is_still_to_come_is_not_news(tmp_path: Path) -> None:
    before = post("Before", "2026-11-16", "Updated: 2026-11-15 | reported | Seen")
    ahead = post("Ahead", "2026-10-16", "Progress: reported", "Updated: 2026-12-01 | fixed | Done")
    old = post("Old", "2026-10-01", "Updated: 2026-10-20 | fixed | Done")
    facts = facts_of(site_of(tmp_path, {"before": before, "ahead": ahead, "old": old}))
    assert [m.post.title for m in facts.matters] == ["Before"]
    assert facts.new


def test_only_the_latest_of_what_moved_is_reported(tmp_path: Path) -> None:
    lines = ("Updated: 2026-11-16 | acknowledged | They have seen it",
             "Updated: 2026-11-17 | in progress | They came",
             "Updated: 2026-11-18 | in progress | They came again",
             "Updated: 2026-11-19 | in progress |")  # fmt: skip
    site = site_of(tmp_path, {"a": post("A", "2026-11-01", *lines[:3]),
                              "b": post("B", "2026-11-01", lines[0], lines[3])})  # fmt: skip
    text = text_of(site).text
    assert "[A](a.md). They have seen it. They came again." in text
    assert "[B](b.md). They have seen it. Work on it is in progress." in text


def test_of_a_post_about_a_person_only_the_title_is_reported(tmp_path: Path) -> None:
    """The person agreed to that post, and to no other."""
    allow = "Allow: personal-data because she asked me to give it"
    summary = "Summary: Ring Anna Baker on 07700 900123"
    site = site_of(tmp_path, {
        "new": post("A club", "2026-11-20", summary, allow),
        "moved": post("A hall", "2026-11-01", allow, "Updated: 2026-11-20 | | Ask 07700 900124"),
        "fixed": post("A lamp", "2026-11-01", allow, "Updated: 2026-11-20 | fixed | 07700 900125"),
    })  # fmt: skip
    facts = facts_of(site)
    text = draft_report(facts, Voice.of(site)).text
    assert "07700" not in text
    assert "Baker" not in text
    assert "[A club](new.md).\n" in text
    assert "[A lamp](fixed.md). Fixed on 20 November, after 19 days." in text
    assert len(facts.left_out) == 3


# ---- meetings, and what people said ----


def test_attended_events_and_the_diary_are_reported_once(tmp_path: Path) -> None:
    lines = ("Event: 2026-11-20 19:00 | Public meeting about the depot | Sample School | attended",
             "Event: 2026-11-21 19:00 | Not been there | Sample School",
             "Event: 2026-10-21 19:00 | Long ago | attended")  # fmt: skip
    site = site_of(tmp_path, {"depot": post("The depot", "2026-11-01", *lines)})
    diary = (
        DiaryEntry(day=DAY, what="public meeting", said="The hall was full"),
        DiaryEntry(day=date(2026, 11, 23), what="Visit to the nursery", where="Eland Road"),
        DiaryEntry(day=date(2026, 11, 24), said="Parents want a crossing"),
        DiaryEntry(day=date(2026, 11, 14), what="Before"),
        DiaryEntry(day=date(2026, 12, 14), what="After"),
    )
    assert (
        text_of(site, diary=diary).text
        == """\
This is what I did since 15 November.

## Where I was, and what I heard

- **20 November:** [Public meeting about the depot](depot.md), Sample School. The hall was full.
- **23 November:** Visit to the nursery, Eland Road.

## What else people said

Parents want a crossing.

If you know of something that is missing here, please write to me."""
    )


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        (DiaryEntry(day=DAY, what="Visit to Mrs Khan"), "somebody's name"),
        (DiaryEntry(day=DAY, what="Surgery", said="Joan Baker has damp"),
         "somebody's name"),
        (DiaryEntry(day=DAY, said="Fatima asked about a school"), "somebody's name"),
        (DiaryEntry(day=DAY, said="Ring 07700 900123"), "a telephone number"),
        (DiaryEntry(day=DAY, said="Write to joan@example.com"), "an e-mail address"),
        (DiaryEntry(day=DAY, said="No lamp works in SW11 5TU"), "a postcode"),
        (DiaryEntry(day=DAY, what="Visit", where="14 Eland Road Surgery"),
         "somebody's address"),
        (DiaryEntry(day=DAY, what="Visit", where="14 eland road"), "somebody's address"),
        (DiaryEntry(day=DAY, said="The lamp outside 14 eland road is out"), "somebody's address"),
        (DiaryEntry(day=DAY, said="House 14 in Eland Road is empty"), "somebody's address"),
        (DiaryEntry(day=DAY, said="Damp at number 14 in Eland Road"), "somebody's address"),
        (DiaryEntry(day=DAY, said="jane doe asked about bins"), "somebody's name"),
        (DiaryEntry(day=DAY, said="All was well with jane's bins"), "somebody's name"),
        (DiaryEntry(day=DAY, said="I met Robin Sample's wife Mary"), "somebody's name"),
    ],
)  # fmt: skip
def test_an_entry_about_a_person_is_left_out_with_its_line_only(
    entry: DiaryEntry, reason: str, tmp_path: Path
) -> None:
    facts = facts_of(site_of(tmp_path, {"walk": NEW}), diary=(entry,))
    assert (facts.outings, facts.heard) == ((), ())
    assert facts.left_out == (
        f"Line 1 of the diary gives away {reason}, so it is not in the report.",
    )


@pytest.mark.parametrize(
    "words",
    [
        "Meeting with Cllr Jones", "Robin Sample spoke at the school", "Visit to St John's church",
        "Nine people came about the depot", "Friends of Battersea Park", "Thomas More Street",
        "On 5 December Eland Road closes", "a resident said that most don't know",
        "3 people in Eland Road want a crossing", "the number 14 bus is late",
    ],
)  # fmt: skip
def test_public_names_and_places_are_kept(words: str, tmp_path: Path) -> None:
    entry = DiaryEntry(day=DAY, what=words)
    facts = facts_of(site_of(tmp_path, {"walk": NEW}), diary=(entry,))
    assert [one.what for one in facts.outings] == [words]


def test_of_many_outings_those_with_something_to_tell_are_named(tmp_path: Path) -> None:
    diary = tuple(
        DiaryEntry(day=date(2026, 1, 1) + timedelta(days=9 * n), what=f"Visit {n}",
                   said="Bins are full" if n < 3 else "")
        for n in range(30)
    )  # fmt: skip
    text = text_of(site_of(tmp_path, {}), "2026-01-01", diary).text
    assert "I went to 30 meetings and visits. Here are 12 of them." in text
    assert "Visit 0. Bins are full." in text
    assert "Visit 29" in text
    assert "Visit 3." not in text


# ---- casework ----


def test_the_summary_of_figures_alone_names_their_months(tmp_path: Path) -> None:
    summary = text_of(site_of(tmp_path, {}, {"casework.csv": COUNTS})).summary
    assert summary == "The latest figures on casework, from July to September 2026."


def test_the_summary_of_one_event_is_not_that_it_lasted(tmp_path: Path) -> None:
    diary = (DiaryEntry(day=DAY, what="Licensing committee"),)
    summary = text_of(site_of(tmp_path, {}), "2026-11-01", diary).summary
    assert summary == "One meeting or visit since 1 November 2026."


def test_the_latest_quarter_is_reported_once(tmp_path: Path) -> None:
    files = {"casework.csv": COUNTS}
    text = text_of(site_of(tmp_path / "a", {}, files)).text
    assert (
        text
        == """\
The latest figures on casework are out.

## Casework

From July to September 2026, 29 new cases came in, and I closed 21.

| Issue | Opened | Closed |
|---|--:|--:|
| Grit bins | fewer than 5 | 12 |
| Potholes | not shown | 9 |
| **All cases** | 29 | 21 |

Small numbers are left out, so that nobody can be recognised. [The page of figures]\
(/figures/#casework-2026-q3) says how this is counted.

If you know of something that is missing here, please write to me."""
    )
    told = REPORT.replace("Words.", text)
    assert facts_of(site_of(tmp_path / "b", {"report": told}, files), "").counts is None
    assert facts_of(site_of(tmp_path / "c", {"report": REPORT}, files), "").counts is not None
    old = {"casework.csv": COUNTS.replace("2026-Q3", "2025-Q4")}
    assert facts_of(site_of(tmp_path / "d", {}, old)).counts is None


@pytest.mark.parametrize(
    ("opened", "closed", "words"),
    [
        ("not shown", "12", "From July to September 2026, I closed 12 cases."),
        ("12", "not shown", "From July to September 2026, 12 new cases came in."),
        ("7", "0", "From July to September 2026, seven new cases came in, and I closed none."),
        ("fewer than 5", "fewer than 5", "fewer than five new cases came in, and I closed fewer"),
        ("not shown", "not shown", "These are the cases from July to September 2026."),
    ],
)  # fmt: skip
def test_counts_in_words(opened: str, closed: str, words: str, tmp_path: Path) -> None:
    one = {"12": "12", "7": "7", "0": "0"}
    rows = [one.get(cell, "fewer than 5") for cell in (opened, closed)]
    text = f"quarter,issue,opened,closed\n2026-Q3,Grit bins,{','.join(rows)}\n"
    text += f"2026-Q3,All cases,{opened},{closed}\n"
    site = site_of(tmp_path, {}, {"casework.csv": text})
    assert words in text_of(site).text


# ---- the file ----


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    site = site_of(tmp_path, {"walk": NEW})
    facts = facts_of(site)
    report = draft_report(facts, Voice.of(site))
    path = write_report(tmp_path, report, facts)
    assert path.name == "2026-11-29-report-back.md"
    path.write_text("My own words", encoding="utf-8")
    with pytest.raises(UsageError, match="exists already, and was not changed"):
        write_report(tmp_path, report, facts)
    assert path.read_text(encoding="utf-8") == "My own words"


def test_titles_and_words_do_no_harm_in_markdown(tmp_path: Path) -> None:
    title = "A *star* & [a link](x) | <b>bold</b>?"
    lines = ("Updated: 2026-11-20 | fixed | 1. Not a list_item_ | really", )  # fmt: skip
    site = site_of(tmp_path, {"a b": post(title, "2026-11-16", *lines)})
    html = html_of(text_of(site).text)
    assert "<em>" not in html
    assert html.count("<a ") == 1
    assert "*star*" in html


@pytest.fixture(scope="module")
def of_sample() -> Site:
    return read_site(ROOT / "content", NOW.date(), MARKDOWN, moment=NOW).site


@pytest.mark.parametrize("since", ["", "2026-11-22", "2026-11-01", "2026-09-01", "2025-11-01"])
def test_the_report_of_the_sample_has_no_empty_section(since: str, of_sample: Site) -> None:
    report = draft_report(facts_of(of_sample, since), Voice.of(of_sample))
    blocks = report.text.split("\n\n")
    assert not any(a.startswith("## ") and b.startswith("## ") for a, b in pairwise(blocks))
    assert not blocks[-1].startswith("## ")
    assert not re.search(r"\.\.(?!/)|\S  |\bno (?:repair|new post)", report.text)
    assert len(report.summary) < 160


def test_small_words() -> None:
    assert [in_words(n) for n in (0, 1, 10, 11, 1204)] == ["no", "one", "ten", "11", "1,204"]
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert clauses(["a", "b"]) == "a and b"
    assert clauses(["a", "b", "c"]) == "a, b, and c"
    assert in_sentence("Grit bins") == "grit bins"
    assert in_sentence("Lavender Hill") == "Lavender Hill"
    assert in_sentence("HMOs") == "HMOs"

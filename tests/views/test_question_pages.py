"""Questions to residents: how they answer, what is shown of the answers, and where."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import feedparser
import pytest
from bs4 import BeautifulSoup, Tag
from icalendar import Calendar

from support import ISSUES, POST, WARD, read_all, read_fine, run_here, write_site
from wardblog.model import Answer, AnswerCounts, AnswerSettings, Channel, Site
from wardblog.model.addresses import has_privacy_notice, has_questions, makes_privacy_page
from wardblog.model.answer_codes import answer_code, code_of
from wardblog.model.events import LONDON
from wardblog.model.outputs import OutputKind
from wardblog.views import SiteAddresses, outputs
from wardblog.views.answer_links import answer_links, me_too_link
from wardblog.views.answer_results import Result, result_of
from wardblog.views.feeds.channels import channels
from wardblog.views.questions import open_questions, question_view

ASKED = """\
Title: One new crossing
Date: 2026-11-20 09:00
Tags: grit bins
Question: Where should the crossing go?
Answer: A | By the school
        B | By the library
Closes: 2026-12-20
Decides: The council’s transport committee, in January

Some text.
"""
CLOSED = ASKED.replace("2026-12-20", "2026-11-21")
EMAIL, PAPER, FORM = Channel.EMAIL, Channel.PAPER, Channel.FORM
# Answers that break addresses which are not encoded.
ODD_WORDS = (
    "By the school",
    "Bins & bags? 50% off + more",
    'The "old" depot’s #2 = A;B,C',
    "Ysbyty’r Dŵr ŷ",
    "أمام المكتبة",
    "🦔" * 140,
    "🦔" * 300,
    "<b>x</b>\\",
)


def asking(folder: Path, text: str = ASKED, ward: str = WARD) -> Site:
    return read_fine(folder, {"posts/fine.md": text, "ward.toml": ward})


def counts(**numbers: int) -> AnswerCounts:
    """The counts by e-mail, by key, on 21 November."""
    channels = {EMAIL: sum(numbers.values())}
    return AnswerCounts(code="", day=date(2026, 11, 21), answers=numbers, channels=channels)


def letter(link: str) -> tuple[str, str, str]:
    """To whom an e-mail goes, its subject and its text, as a program for e-mail reads them."""
    parts = urlsplit(link)
    fields = parse_qs(parts.query, strict_parsing=True)
    assert parts.scheme == "mailto"
    assert set(fields) == {"subject", "body"}
    return parts.path, fields["subject"][0], fields["body"][0]


@pytest.mark.parametrize("words", ODD_WORDS, ids=range(len(ODD_WORDS)))
def test_a_link_writes_the_code_and_the_answer(words: str, tmp_path: Path) -> None:
    site = asking(tmp_path)
    post = replace(site.posts[0], answers=(Answer("A", words),))
    (answer,) = answer_links(site, post)
    to, subject, body = letter(answer.link)
    assert answer.link.isascii()
    assert not set(answer.link) & set("\"'<> \\+")
    assert len(answer.link) < 2048  # Windows opens no longer ones
    assert to == "robin@example.org"
    if len(words) < 80:
        assert subject == f"{answer.code} {words}"
    assert subject.startswith(f"{code_of(post)}-A ")
    assert body == (
        "I agree that my answer is counted.\r\n\r\n"
        "Please leave the subject as it is: it says which answer you chose.\r\n\r\n"
        "We publish only how many people chose each answer, and delete this e-mail by "
        "19 January 2027."
    )  # RFC 6068: lines end with CR LF


def test_the_days_that_answers_are_kept_are_those_of_the_settings(tmp_path: Path) -> None:
    settings = WARD + '\n[answers]\naddress = "say@example.org"\nkeep_days = 1\n'
    site = asking(tmp_path, ward=settings)
    to, _, body = letter(answer_links(site, site.posts[0])[0].link)
    assert to == "say@example.org"
    assert "by 21 December 2026." in body


def test_an_odd_address_arrives_whole(tmp_path: Path) -> None:
    site = replace(asking(tmp_path), answering=AnswerSettings(address="o'c&d?e+f@example.org"))
    link = answer_links(site, site.posts[0])[0].link
    assert link.startswith("mailto:o%27c%26d%3Fe%2Bf@example.org?subject=")


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        (datetime(2026, 12, 20, 23, 59, tzinfo=LONDON), True),
        (datetime(2026, 12, 21, tzinfo=LONDON), False),
    ],
)
def test_a_question_is_open_until_its_day_ends(
    moment: datetime, is_open: bool, tmp_path: Path
) -> None:
    site = replace(asking(tmp_path), moment=moment)
    view = question_view(site, site.posts[0], None)
    assert view is not None
    assert view.is_open is is_open
    assert bool(open_questions(site, site.posts)) is is_open


def test_a_question_with_a_time_closes_then(tmp_path: Path) -> None:
    site = asking(tmp_path, ASKED.replace("12-20", "12-20 17:00"))
    view = question_view(site, site.posts[0], None)
    assert view is not None
    assert view.closes == "on Sunday 20 December 2026, at 5pm"
    later = replace(site, moment=datetime(2026, 12, 20, 17, tzinfo=LONDON))
    assert not open_questions(later, later.posts)


def test_a_post_without_a_question_has_no_view_of_one(tmp_path: Path) -> None:
    site = read_fine(tmp_path)
    assert question_view(site, site.posts[0], None) is None
    assert not has_questions(site)


FEW = "Fewer than 5 people answered, so we do not show how many chose each answer."


@pytest.mark.parametrize(
    ("found", "is_open", "said"),
    [
        (None, True, "We have not counted the answers yet. How many there are will be shown here."),
        (None, False, "We are still counting the answers. The result will be shown here."),
        (counts(A=9), True, "Fewer than 10 people have answered so far."),
        (counts(), True, "Fewer than 10 people have answered so far."),
        (counts(A=6, B=4), True, "10 people chose to answer so far."),
        (replace(counts(), is_hidden=True), True, "Fewer than 10 people have answered so far."),
        (
            replace(counts(), is_hidden=True),
            False,
            "Fewer than 10 people had answered when we last counted, on 21 November 2026.",
        ),
        (counts(), False, "Nobody answered this question."),
        (counts(B=1), False, FEW),
        (counts(A=2, B=2), False, FEW),
        (counts(A=3, B=2), False, "5 people chose to answer."),
        (counts(A=1200, B=34), False, "1,234 people chose to answer."),
        (counts(A=3, Z=30), True, "Fewer than 10 people have answered so far."),
    ],
)
def test_what_is_said_of_the_answers(
    found: AnswerCounts | None, is_open: bool, said: str, tmp_path: Path
) -> None:
    result = result_of(asking(tmp_path).posts[0], found, is_open)
    assert result.said == said
    assert bool(result.rows) is ("chose to answer" in said)


def test_a_few_answers_are_not_told_apart_after_it_has_closed_either(tmp_path: Path) -> None:
    """Nor how they came: one slip among three answers is one person's."""
    answers, channels = {"A": 2, "B": 1}, {EMAIL: 2, PAPER: 1}
    found = replace(counts(), answers=answers, channels=channels, unverified=1)
    result = result_of(asking(tmp_path).posts[0], found, False)
    assert (result.said, result.about, result.rows) == (FEW, "", ())


def test_few_answers_that_were_counted_after_the_closing_are_not_called_the_last_count(
    tmp_path: Path,
) -> None:
    post = asking(tmp_path).posts[0]
    assert post.closes is not None
    hidden = AnswerCounts(code="", is_hidden=True, day=post.closes.day + timedelta(days=1))
    assert result_of(post, hidden, False).said == FEW


def rows_of(result: Result) -> list[tuple[str, str, float]]:
    return [(row.number, row.share, row.width) for row in result.rows]


@pytest.mark.parametrize(
    ("numbers", "rows"),
    [
        ({"A": 15, "B": 15}, [("15", "50%", 50), ("15", "50%", 50)]),
        ({"B": 30}, [("0", "0%", 0), ("30", "100%", 100)]),
        ({"A": 1, "B": 999}, [("1", "under 1%", 0.1), ("999", "over 99%", 99.9)]),
        ({"A": 11, "B": 22}, [("11", "33%", 33.3), ("22", "67%", 66.7)]),
    ],
)
def test_the_numbers_and_shares_of_each_answer(
    numbers: dict[str, int], rows: list[tuple[str, str, float]], tmp_path: Path
) -> None:
    assert rows_of(result_of(asking(tmp_path).posts[0], counts(**numbers), False)) == rows


@pytest.mark.parametrize(("total", "has_shares"), [(29, False), (30, True)])
def test_shares_are_shown_from_thirty_answers_on(
    total: int, has_shares: bool, tmp_path: Path
) -> None:
    """Of 13 people, one more or less would be eight percent."""
    post = asking(tmp_path).posts[0]
    assert result_of(post, counts(A=20, B=total - 20), False).has_shares is has_shares


def with_channels(paper: int, form: int = 0) -> AnswerCounts:
    answers = {"A": 7 + form, "B": 5 + paper}
    channels = {EMAIL: 12, PAPER: paper, FORM: form}
    return replace(counts(), answers=answers, channels=channels, unverified=1)


def test_how_the_answers_came_is_shown_but_not_what_was_chosen_in_each_way(tmp_path: Path) -> None:
    """Whoever saw the only person who handed in a slip would know what that person chose."""
    post = asking(tmp_path).posts[0]
    few = result_of(post, with_channels(1), False)
    assert few.about == (
        "12 by e-mail and 1 on paper. Counted on 21 November 2026. E-mails from 1 address are not "
        "counted, because we could not check who sent them."
    )
    many = result_of(post, with_channels(10, 11), False)
    assert [row.number for row in many.rows] == ["18", "15"]
    assert many.about.startswith("12 by e-mail, 10 on paper and 11 in the form.")


OUTCOMES = """\
Outcome: 2026-11-22 | It will be by the school
         2026-11-21 | We sent your answers to the committee
         2026-11-23 | Not yet
         2026-11-19 | Before the post
Allow: early-outcome because we knew something before
Reply: 2026-11-21 | A resident of Eland Road | The first <reply> & more
       2026-11-21 18:00 | A neighbour | The second
       2026-11-24 | A neighbour | Not yet
"""


def test_outcomes_are_in_the_order_of_time_and_future_ones_wait(tmp_path: Path) -> None:
    site = asking(tmp_path, CLOSED.replace("\n\n", f"\n{OUTCOMES}\n", 1))
    view = question_view(site, site.posts[0], None)
    assert view is not None
    assert [(line.when, line.words) for line in view.outcomes] == [
        ("19 November 2026", "Before the post"),
        ("21 November 2026", "We sent your answers to the committee"),
        ("22 November 2026", "It will be by the school"),
    ]


def test_outcomes_and_replies_are_entries_of_the_feeds(tmp_path: Path) -> None:
    site = asking(tmp_path, CLOSED.replace("\n\n", f"\n{OUTCOMES}\n", 1))
    everything = channels(site)[0].entries
    found = {e.news.anchor: (e.title, e.summary) for e in everything if e.news}
    assert found["ward-outcome-2026-11-22"] == (
        "You said, we did: Where should the crossing go?",
        "It will be by the school.",
    )
    assert found["ward-reply-2026-11-21"] == (
        "A reply to: One new crossing",
        "A resident of Eland Road wrote: “The first <reply> & more”",
    )
    assert set(found) == {
        "ward-outcome-2026-11-22",
        "ward-outcome-2026-11-21",
        "ward-reply-2026-11-21",
        "ward-reply-2026-11-21-2",
        "ward-deadline-2026-11-21",
    }
    assert [e.published for e in everything] == sorted(
        (e.published for e in everything), reverse=True
    )


# A site with open, closed and odd questions, built.
FILES = {
    "ward.toml": WARD + "\n[[surgery]]\n"
    'when = "first Saturday of the month 10:00 - 11:30"\nwhere = "Library"\n',
    "issues.toml": ISSUES + '\n[[issue]]\nname = "Planning"\n',
    "posts/fine.md": ASKED.replace("\n\n", "\nForm: https://forms.example.org/a?b=1&c=2\n\n", 1),
    "posts/sooner.md": ASKED.replace("One new crossing", "Sooner").replace(
        "2026-12-20", "2026-12-01 17:00"
    ),
    "posts/closed.md": CLOSED.replace("One new crossing", "Over").replace(
        "\n\n", f"\n{OUTCOMES}\n", 1
    ),
    "posts/welsh.md": ASKED.replace("One new crossing", "Croesfan newydd")
    .replace("Where should the crossing go?", "Ble dylai’r groesfan fod?")
    .replace("Tags: grit bins", "Tags: potholes\nLang: cy"),
    "posts/few.md": CLOSED.replace("One new crossing", "Few"),
    "posts/report.md": POST.replace("A fine post", "A hole").replace("grit bins", "potholes") + "",
}
FILES["posts/report.md"] = FILES["posts/report.md"].replace(
    "\n\nSome", "\nUpdated: 2026-11-20 10:00 | reported | Seen.\n\nSome"
)
Open = Callable[[str], BeautifulSoup]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("questions")
    site, _ = read_all(write_site(folder / "content", FILES))
    posts = {post.title: post for post in site.posts}
    over, few = code_of(posts["Over"]), code_of(posts["Few"])
    hole = answer_code(posts["A hole"], "").rstrip("-")
    written = {
        "answers/2026-11-over.csv": f"{over},A,,20,2026-11-22\n{over},B,,12,2026-11-22",
        "answers/2026-11-few.csv": f"{few},A,,9,2026-11-22\n{few},B,,4,2026-11-22",
        "answers/me-too.csv": f"{hole},ME-TOO,,12,2026-11-22",
    }
    heading = "code,answer,channel,count,counted\n"
    write_site(folder / "content", {**FILES, **{k: f"{heading}{v}\n" for k, v in written.items()}})
    done = run_here("html", "--content", "content", "--output", "out", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def built(folder: Path) -> Open:
    @cache
    def opened(path: str) -> BeautifulSoup:
        text = (folder / "out" / path / "index.html").read_text(encoding="utf-8")
        return BeautifulSoup(text, "html.parser")

    return opened


def section(page: BeautifulSoup, name: str = "ward-question") -> Tag:
    found = page.find("section", attrs={"aria-labelledby": name})
    assert isinstance(found, Tag)
    return found


def words_of(element: Tag | None) -> str:
    assert element is not None
    return " ".join(element.get_text(" ").split())


def test_the_post_says_how_to_answer_and_what_happens_then(built: Open) -> None:
    page = built("2026/11/one-new-crossing")
    block = section(page)
    said = words_of(block)
    links = block.select(".answers a")
    assert [words_of(link) for link in links] == ["A By the school", "B By the library"]
    for link, code in zip(links, block.select(".answers code"), strict=True):
        assert letter(str(link["href"]))[1].startswith(code.get_text() + " ")
    for part in (
        "Have your say Where should the crossing go?",
        "Closes on Sunday 20 December 2026, at the end of the day",
        "send an e-mail to robin@example.org",
        "Who decides: The council’s transport committee, in January.",
        "This is not a vote, and the people who answer may not speak for everyone.",
        "Please answer only once. If you send several e-mails, we count the last.",
        "By 19 January 2027, we delete the e-mails and the answers in the form, and destroy the",
        "Answer in a form at forms.example.org",
    ):
        assert part in said, part
    (consent,) = (p for p in block.select("p") if "By answering, you agree" in p.get_text())
    assert not consent.has_attr("class")  # as large as the answers, and above them
    assert "We publish only totals." in words_of(consent)
    assert consent.find_next_sibling("ul") is block.select_one(".answers")
    form = block.select_one("a[href^=https]")
    assert form is not None
    assert form["href"] == "https://forms.example.org/a?b=1&c=2"
    assert block.select_one('a[href="/privacy/#ward-answers"]') is not None
    assert built("privacy").find(id="ward-answers") is not None
    assert not page.select("main form, script")
    # It says itself when it closes; the list of dates does not repeat that.
    assert not page.select("header .coming")
    assert block.find(id="ward-deadline-2026-12-20") is not None


def test_without_an_address_there_is_a_form_and_the_slip(tmp_path: Path) -> None:
    text = FILES["posts/fine.md"]
    no_mail = WARD.replace('email = "robin@example.org"', 'phone = "020 7946 0123"')
    write_site(tmp_path / "content", {"ward.toml": no_mail, "posts/fine.md": text})
    done = run_here("html", "--content", "content", "--output", "out", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    html = (tmp_path / "out/2026/11/one-new-crossing/index.html").read_text(encoding="utf-8")
    page = BeautifulSoup(html, "html.parser")
    assert not section(page).select("a[href^=mailto], code")
    assert [words_of(one) for one in page.select(".answers li")] == [
        "A By the school",
        "B By the library",
    ]
    assert "Answer in a form at forms.example.org" in words_of(section(page))
    assert "e-mail" not in words_of(section(page, "ward-slip"))
    feed = (tmp_path / "out/feeds/all.rss.xml").read_text(encoding="utf-8")
    assert "mailto:" not in feed
    assert "Answer in a form" in feed


@pytest.mark.parametrize(
    ("path", "order"),
    [
        ("one-new-crossing", ["header", "div", "section"]),
        ("over", ["header", "section", "div"]),
    ],
)
def test_the_reasons_come_before_the_answers_and_the_result_first(
    path: str, order: list[str], built: Open
) -> None:
    page = built(f"2026/11/{path}")
    parts = [
        part
        for part in page.select(".post > *")
        if part.name == "header" or {"question", "text"} & set(part.get("class") or ())
    ]
    assert [part.name for part in parts] == order
    links = page.select('header a[href="#ward-question"]')
    if order[-1] == "section":
        (link,) = links
        assert words_of(link.parent) == (
            "Have your say by 20 December 2026: Where should the crossing go?"
        )
    else:
        assert not links


def test_the_line_above_the_text_says_at_what_time_it_closes(built: Open) -> None:
    line = built("2026/11/sooner").select_one("header p:has(> a[href='#ward-question'])")
    assert words_of(line).startswith("Have your say by 5pm on 1 December 2026:")


def test_a_closed_question_has_its_result_and_no_links_to_answer(built: Open) -> None:
    page = built("2026/11/over")
    block = section(page)
    assert not block.select("a")
    assert page.find(id="ward-slip") is None
    said = words_of(block)
    assert "Closed on 21 November 2026 . You said, we did" in said
    assert "32 people chose to answer." in said
    assert "Who decides" not in said  # since it is decided
    assert "This was not a vote" in said
    rows = [words_of(row) for row in block.select("tbody tr")]
    assert rows == ["A: By the school 20 62%", "B: By the library 12 38%"]
    assert [bar["width"] for bar in block.select("svg[aria-hidden=true] rect")] == ["62.5", "37.5"]
    assert [words_of(h3) for h3 in block.select("h3")] == ["You said, we did", "Your answers"]
    assert block.find(id="ward-outcome-2026-11-22") is not None
    assert "Not yet" not in said


def test_thirteen_answers_have_bars_but_no_percentages(built: Open) -> None:
    block = section(built("2026/11/few"))
    assert [words_of(row) for row in block.select("tr")] == [
        "Answer Number",
        "A: By the school 9",
        "B: By the library 4",
    ]
    assert len(block.select("svg.bar")) == 2
    assert "%" not in words_of(block)
    assert "Who decides: The council’s transport committee" in words_of(block)  # not yet


def test_replies_are_quoted_with_their_day_and_who_wrote_them(built: Open) -> None:
    replies = section(built("2026/11/over"), "ward-replies")
    figures = replies.select("figure")
    assert [words_of(one.blockquote) for one in figures] == [
        "The first <reply> & more",
        "The second",
    ]
    assert words_of(figures[0].figcaption) == "A resident of Eland Road, 21 November 2026"
    assert figures[0]["id"] == "ward-reply-2026-11-21"
    assert "We publish a reply only if the person who wrote it agrees." in words_of(replies)


def test_the_slip_has_all_that_somebody_with_a_pen_needs(built: Open) -> None:
    page = built("2026/11/one-new-crossing")
    slip = section(page, "ward-slip")
    assert slip.has_attr("hidden")  # without a style sheet it is not shown either
    said = words_of(slip)
    codes = [code.get_text() for code in section(page).select(".answers code")]
    assert [code.get_text() for code in slip.select(".boxes code")] == codes
    for part in (
        "Where should the crossing go?",
        "We need it by Sunday 20 December 2026:",
        "Hand it in: Ward surgery, Library, Saturday 5 December 2026, 10am to 11.30am",
        "Post it to Robin Sample, 1 Sample Street, London SW11 0XX",
        "You need not give your name. By handing it in, you agree that we count your answer.",
        "destroy the slips by 19 January 2027",
    ):
        assert part in said, part
    assert "Hand it in" not in words_of(section(built("2026/11/sooner"), "ward-slip"))


def test_the_words_of_a_welsh_question_have_their_language(built: Open) -> None:
    block = section(built("2026/11/croesfan-newydd"))
    for element in (block.select_one(".asked"), *block.select(".answers a > bdi")):
        assert element is not None
        assert element["lang"] == "cy"
    assert words_of(block.h2) == "Have your say"
    assert not block.h2.has_attr("lang") if block.h2 else False


def test_the_page_of_questions_has_the_open_ones_first(built: Open) -> None:
    page = built("questions")
    asked = [words_of(part.h3) for part in page.select("article")]
    links = [str(part.h3.a["href"]) for part in page.select("article") if part.h3 and part.h3.a]
    assert asked[-1] == "Where should the crossing go?"
    assert links[0] == "/2026/11/sooner/#ward-question"
    assert links[-1] == "/2026/11/over/#ward-question"
    assert [words_of(h2) for h2 in page.select("h2")] == ["Open now", "Closed"]
    assert "32 people chose to answer." in words_of(section(page, "closed"))
    assert "It will be by the school" in words_of(section(page, "closed"))
    assert not section(page, "open").select("a[href^=mailto]")


def test_open_questions_are_on_the_home_page_and_on_their_issue(built: Open) -> None:
    at_home = [str(a["href"]) for a in section(built(""), "questions").select("li a")]
    assert at_home[0] == "/2026/11/sooner/#ward-question"
    assert len(at_home) == 3
    assert "Closes on Tuesday 1 December 2026, at 5pm" in words_of(section(built(""), "questions"))
    on_issue = section(built("issues/potholes"), "questions").select("li a")
    assert [str(a["href"]) for a in on_issue] == ["/2026/11/croesfan-newydd/#ward-question"]
    assert built("issues/planning").find(id="questions") is None
    assert built("2026/11/over").select_one('footer a[href="/questions/"]') is not None


def test_the_closing_is_among_the_dates_and_in_the_calendar(built: Open, folder: Path) -> None:
    coming = words_of(section(built(""), "coming"))
    assert "Deadline: Have your say: Where should the crossing go?" in coming
    calendar = Calendar.from_ical((folder / "out/calendar.ics").read_bytes())
    summaries = {str(e["summary"]): e.decoded("dtstart") for e in calendar.walk("vevent")}
    asked = "Have your say: Where should the crossing go?"
    assert summaries[f"Deadline: {asked}"] == date(2026, 12, 20)
    assert summaries[f"Deadline at 5pm: {asked}"] == date(2026, 12, 1)


def test_the_feeds_ask_while_a_question_is_open(folder: Path) -> None:
    for name in ("all.rss.xml", "all.atom.xml"):
        feed = feedparser.parse((folder / "out/feeds" / name).read_bytes())
        texts = {entry.link: entry.content[0].value for entry in feed.entries}
        asked = BeautifulSoup(texts["https://ward.example.org/2026/11/one-new-crossing/"], "lxml")
        over = BeautifulSoup(texts["https://ward.example.org/2026/11/over/"], "lxml")
        assert [words_of(a) for a in asked.select("li a")] == [
            "A: By the school",
            "B: By the library",
        ]
        assert letter(str(asked.select("li a")[0]["href"]))[0] == "robin@example.org"
        assert words_of(asked).count("20 December 2026") == 1
        assert not over.select("a[href^=mailto]")
        assert "This question has closed." in words_of(over)
        ids = [entry.id for entry in feed.entries]
        assert "https://ward.example.org/2026/11/over/#ward-outcome-2026-11-22" in ids
    items = json.loads((folder / "out/feeds/all.json").read_text(encoding="utf-8"))["items"]
    (reply,) = (i for i in items if i["id"].endswith("/over/#ward-reply-2026-11-21"))
    assert reply["summary"] == "A resident of Eland Road wrote: “The first <reply> & more”"
    assert "&lt;reply&gt; &amp; more" in reply["content_html"]


def test_residents_can_say_that_they_have_the_same_problem(built: Open) -> None:
    block = section(built("2026/11/a-hole"), "ward-me-too")
    (button,) = block.select("a.button")
    code = words_of(block.select_one("code:not(.address)"))
    to, subject, body = letter(str(button["href"]))
    assert to == "robin@example.org"
    assert subject == f"{code} A hole"
    assert code.endswith("-ME-TOO")
    assert "no later than 30 days after the problem is settled" in body
    said = words_of(block)
    assert "12 people have told us that they have this problem too." in said
    assert "write to robin@example.org with the subject" in said


@pytest.mark.parametrize(
    ("lines", "takes"),
    [
        ("Progress: reported", True),
        ("", False),
        ("Updated: 2026-11-21 | fixed | Done", False),
        ("Updated: 2026-11-21 | not possible | No", False),
        ("Progress: reported\nPosition: object", False),
    ],
)
def test_only_an_open_problem_can_be_somebody_elses_too(
    lines: str, takes: bool, tmp_path: Path
) -> None:
    text = POST.replace("\n\nSome", f"\n{lines}\n\nSome") if lines else POST
    site, _ = read_all(write_site(tmp_path, {"posts/fine.md": text}))
    assert site.takes_me_too(site.posts[0]) is takes
    planning = replace(site.posts[0], issues=("planning",))
    assert not site.takes_me_too(planning)
    silent = replace(site, answering=AnswerSettings())
    assert not silent.takes_me_too(site.posts[0])


def test_a_councillor_can_do_without_me_too(tmp_path: Path) -> None:
    text = POST.replace("\n\nSome", "\nProgress: reported\n\nSome")
    settings = f"{WARD}\n[answers]\nme_too = false\n"
    site, _ = read_all(write_site(tmp_path, {"posts/fine.md": text, "ward.toml": settings}))
    assert site.answering.address
    assert not site.takes_me_too(site.posts[0])


def test_a_very_long_title_still_makes_an_address_that_windows_opens(tmp_path: Path) -> None:
    site = asking(tmp_path)
    post = replace(site.posts[0], title="🦔" * 300)
    assert len(me_too_link(site, post)) < 2048


def privacy_of(folder: Path, **files: str) -> tuple[Site, list[str]]:
    site, _ = read_all(write_site(folder, files))
    return site, [o.path for o in outputs(site) if o.path == "privacy/index.html"]


def test_a_page_about_privacy_is_made_where_something_is_collected(tmp_path: Path) -> None:
    page = "Title: Privacy\n\nOur own words.\n"
    plain, none = privacy_of(tmp_path / "plain")
    assert not has_privacy_notice(plain)
    assert none == []
    asked, made = privacy_of(tmp_path / "asked", **{"posts/fine.md": ASKED})
    assert made == ["privacy/index.html"]
    assert makes_privacy_page(asked)
    own, once = privacy_of(tmp_path / "own", **{"posts/fine.md": ASKED, "pages/privacy.md": page})
    assert once == ["privacy/index.html"]
    assert not makes_privacy_page(own)
    addresses = SiteAddresses(asked)
    assert addresses.kind_at("privacy/index.html") is OutputKind.LIST
    assert addresses.kind_at("questions/index.html") is OutputKind.LIST
    assert addresses.is_reserved("questions")
    assert not addresses.is_reserved("privacy")  # a page of the councillor's may be there


NEWSLETTER = (
    '\n[newsletter]\naddress = "news@example.org"\nvia = "smtp"\nhost = "smtp.example.org"\n'
    'imap_host = "imap.example.org"\n'
)


def test_the_page_about_privacy_says_what_the_settings_say(tmp_path: Path) -> None:
    settings = '\n[answers]\naddress = "say@example.org"\nimap_host = "imap.example.net"\n'
    files = {
        "ward.toml": WARD + settings + "keep_days = 14\n",
        "posts/fine.md": FILES["posts/fine.md"],
    }
    said = _privacy(tmp_path, files)
    for part in (
        "When you answer a question",
        "Robin Sample is responsible for what you send us",
        "the “data controller”",
        "because you agree to that when you answer. The question says so, and so do the e-mail and",
        "The company that runs our mailbox (imap.example.net) stores the e-mails for us.",
        "no later than 14 days after the question has closed, we delete",
        "no numbers until 10 people have answered",
        "If fewer than 5 people answered in the end, we do not say how many chose each answer.",
        "we delete the e-mails and the answers in the form, and destroy the slips.",
        "A slip has no name, so we cannot find yours to take it out.",
        "We can remove an answer in a form only if the form asked who you are.",
        "We keep the note for as long as your name is on this site.",
        "keeps no address, no name and no text, only the totals",
        "(forms.example.org)",
        "write to say@example.org",
        "Information Commissioner",
    ):
        assert part in said, part
    assert "me too" not in said
    assert "newsletter" not in said


def test_the_page_about_privacy_covers_the_newsletter_by_e_mail(tmp_path: Path) -> None:
    said = _privacy(tmp_path, {"ward.toml": WARD + NEWSLETTER})
    assert "When you get our newsletter" in said
    assert "the company that sends our e-mails (smtp.example.org)" in said
    assert "from which issue you came, the same for everybody" in said
    assert "news@example.org" in said
    assert "answer a question" not in said
    assert said.count("Information Commissioner") == 1


def test_a_councillors_page_about_privacy_gets_the_section_below_its_text(tmp_path: Path) -> None:
    page = "Title: What we know\nSlug: privacy\n\nOur own words.\n"
    said = _privacy(tmp_path, {"posts/fine.md": ASKED, "pages/what.md": page})
    assert said.index("Our own words.") < said.index("When you answer a question")


def _privacy(folder: Path, files: dict[str, str]) -> str:
    write_site(folder / "content", files)
    done = run_here("html", "--content", "content", "--output", "out", cwd=folder)
    assert done.returncode == 0, done.stderr
    text = (folder / "out/privacy/index.html").read_text(encoding="utf-8")
    return words_of(BeautifulSoup(text, "html.parser").main)


def test_a_site_that_asks_nothing_says_nothing_about_questions(tmp_path: Path) -> None:
    write_site(tmp_path / "content")
    done = run_here("html", "--content", "content", "--output", "out", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    for page in (tmp_path / "out").rglob("*.*"):
        if page.suffix in (".html", ".xml", ".json", ".css"):
            text = page.read_text(encoding="utf-8")
            assert "question" not in text, page
            assert "/privacy/" not in text, page
    assert not list((tmp_path / "out/theme").glob("question*"))


def test_the_reminder_before_it_closes_reads_well(tmp_path: Path) -> None:
    site = asking(tmp_path, ASKED.replace("12-20", "11-25"))
    (news,) = (item.news for item in channels(site)[0].entries if item.news)
    assert news.title == (
        "Deadline on Wednesday 25 November 2026: Have your say: Where should the crossing go?"
    )
    assert news.words == (
        "Have your say: Where should the crossing go? The deadline is Wednesday 25 November 2026."
    )


def test_new_counts_appear_on_the_pages_that_show_them(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder / "content", tmp_path / "content")

    def shown() -> tuple[str, str, str]:
        done = run_here("html", "--content", "content", "--output", "out", cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        paths = ("2026/11/over", "questions", "2026/11/a-hole")
        one, two, three = ((tmp_path / "out" / p / "index.html").read_text() for p in paths)
        return one, two, three

    before = shown()
    for file in (tmp_path / "content/answers").glob("*.csv"):
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace(",12,", ",13,"), encoding="utf-8")
    after = shown()
    for old, new, count in zip(before, after, ("32 people", "32 people", "12 people"), strict=True):
        assert count in old
        assert count not in new
        assert count.replace("2 ", "3 ", 1) in new


def test_a_question_with_only_a_form_promises_nothing_about_e_mails_and_slips(
    tmp_path: Path,
) -> None:
    text = FILES["posts/fine.md"].replace("Answer: A | By the school\n", "")
    text = text.replace("        B | By the library\n", "")
    write_site(tmp_path / "content", {"posts/fine.md": text})
    done = run_here("html", "--content", "content", "--output", "out", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    html = (tmp_path / "out/2026/11/one-new-crossing/index.html").read_text(encoding="utf-8")
    said = words_of(section(BeautifulSoup(html, "html.parser")))
    assert "By 19 January 2027, we delete the answers in the form." in said
    assert "By answering, you agree that we count your answer." in said
    privacy = (tmp_path / "out/privacy/index.html").read_text(encoding="utf-8")
    notice = words_of(BeautifulSoup(privacy, "html.parser").main)
    assert "30 days after the question has closed, we delete the answers in the form." in notice
    assert "We receive what you write there" in notice
    assert "write to robin@example.org" in notice
    for page in (said, notice):
        for part in ("slip", "the e-mail", "several e-mails", "your e-mail address"):
            assert part not in page, part


def test_marks_that_turn_letters_do_not_reach_the_code_beside_an_answer(tmp_path: Path) -> None:
    """After U+202E, all that follows in the line would be shown backwards."""
    text = ASKED.replace("A | By the school", "A | By the\u202e school\u2067")
    write_site(tmp_path / "content", {"posts/fine.md": text})
    done = run_here("html", "--content", "content", "--output", "out", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    html = (tmp_path / "out/2026/11/one-new-crossing/index.html").read_text(encoding="utf-8")
    feed = (tmp_path / "out/feeds/all.rss.xml").read_text(encoding="utf-8")
    for page in (html, feed):
        assert "By the school" in page
        assert not set(page) & set("\u202e\u2067")
    # Letters of another script turn what is next to them as well.
    for isolated in BeautifulSoup(html, "html.parser").select(".answers bdi, .boxes bdi"):
        assert words_of(isolated) in ("By the school", "By the library")
    assert "<bdi>By the school</bdi>" in unescape(feed)


def test_lists_of_posts_say_until_when_a_question_is_open(built: Open) -> None:
    def line_of(page: BeautifulSoup, title: str) -> str:
        (link,) = (a for a in page.select("main :is(h2, h3) > a") if words_of(a) == title)
        heading = f'main :is(h2, h3):has(> a[href="{link["href"]}"])'
        return words_of(page.select_one(f"{heading} + .about"))

    assert line_of(built(""), "Sooner").endswith("Have your say by 1 December")
    month = built("2026/11")
    assert line_of(month, "One new crossing").endswith("Have your say by 20 December")
    assert "Have your say" not in line_of(month, "Over")
    assert "Have your say" not in line_of(month, "A hole")


def test_the_newest_post_on_the_home_page_says_that_it_asks(tmp_path: Path) -> None:
    write_site(tmp_path / "content", {"posts/fine.md": ASKED})
    done = run_here("html", "--content", "content", "--output", "out", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    page = BeautifulSoup((tmp_path / "out/index.html").read_text(encoding="utf-8"), "html.parser")
    assert "Have your say by 20 December" in words_of(page.select_one(".latest .about"))

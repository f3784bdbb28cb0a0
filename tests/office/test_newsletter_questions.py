"""Questions in the newsletter: how to answer, the reminder, and what was done after them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from office.letters import (
    INTRODUCTION,
    POSTS,
    SETTINGS,
    finished,
    full_issue,
    made,
    on,
    order_of,
    site_with,
)
from support import ROOT, TODAY, WARD, write_site
from wardblog.build import read_checked
from wardblog.model import AnswerCounts, Channel, Site
from wardblog.model.answer_codes import code_of
from wardblog.office.newsletter.issue_file import next_file, starting_text
from wardblog.office.newsletter.periods import a_period_after
from wardblog.office.newsletter.record import mark_sent, read_sent
from wardblog.problems import ContentError

ASKED = """\
Title: One new crossing
Date: 2026-11-17 08:00
Slug: crossing
Tags: general
Summary: There is money for one.
Question: Where should the crossing go?
Answer: A | By the school
        B | By the library & the park
Closes: 2026-12-20
Decides: The council's transport committee, in January

Text.
"""
DONE = ASKED.replace(
    "\n\nText",
    "\nOutcome: 2027-01-14 | The committee chose the school\n"
    "         2027-01-14 | Work begins in March\n\nText",
)
SENT = datetime(2026, 11, 22, 10, tzinfo=UTC)
ADDRESS = "2026/11/crossing/"


@pytest.fixture
def private(tmp_path: Path) -> Path:
    return tmp_path / "private"


def asking(folder: Path, post: str = ASKED, day: date = TODAY) -> Site:
    return site_with(folder, {"posts/crossing.md": post}, day)


def code_in(site: Site) -> str:
    return next(code_of(post) for post in site.posts if post.question)


def joined(text: str) -> str:
    return " ".join(text.split())


def hrefs(html: str) -> list[str]:
    return [unescape(one) for one in re.findall(r'href="([^"]*)"', html)]


# The question with its post


def test_each_answer_is_a_link_with_its_code_which_is_written_out(
    tmp_path: Path, private: Path
) -> None:
    site = asking(tmp_path)
    issue, code = finished(site, private), code_in(site)
    answers = [link for link in hrefs(issue.html) if code in link]
    assert [urlsplit(link).path for link in answers] == ["robin@example.org"] * 2
    subjects = [parse_qs(urlsplit(link).query)["subject"] for link in answers]
    assert subjects == [[f"{code}-A By the school"], [f"{code}-B By the library & the park"]]
    for key in "AB":
        assert f">or write {code}-{key}<" in issue.html
    words = joined(issue.html)
    by_hand = (
        "send an e-mail to robin@example.org. Put the code below your answer in the subject line"
    )
    assert f"{by_hand}, such as {code}-A." in words
    assert f"  {code}-A  By the school\n  {code}-B  By the library & the park\n" in issue.text
    assert "To answer, send an e-mail to robin@example.org." in joined(issue.text)


@pytest.mark.parametrize("part", ["html", "text"])
def test_both_parts_say_until_when_who_decides_and_that_it_is_no_vote(
    tmp_path: Path, private: Path, part: str
) -> None:
    issue = finished(asking(tmp_path), private)
    words = joined(re.sub(r"<[^>]*>", "", unescape(issue.html)) if part == "html" else issue.text)
    assert "Where should the crossing go?" in words
    assert "Closes on Sunday 20 December 2026, at the end of the day." in words
    assert "Who decides: The council's transport committee, in January." in words
    assert "This is not a vote, and the people who answer may not speak for everyone." in words
    assert "By 19 January 2027, we delete the e-mails and destroy the slips." in words
    link = "https://ward.example.org/privacy/?from=newsletter-2026-11#ward-answers"
    assert link in (hrefs(issue.html) if part == "html" else issue.text.split("\n"))


def test_a_form_elsewhere_is_a_plain_link(tmp_path: Path, private: Path) -> None:
    form = "https://forms.example.org/crossing?x=1"
    post = re.sub(r"Answer:.*\n.*\n", f"Form: {form}\n", ASKED)
    issue = finished(asking(tmp_path, post), private)
    assert form in hrefs(issue.html)
    assert form in issue.text.split("\n")
    words = "Answer in a form at forms.example.org, which is another site"
    assert words in issue.html
    assert words in joined(issue.text)
    assert "e-mail to robin" not in issue.html + issue.text


def test_a_closed_question_is_not_asked(tmp_path: Path, private: Path) -> None:
    site = asking(tmp_path, ASKED.replace("2026-12-20", "2026-11-21"))
    issue = finished(site, private)
    assert "One new crossing" in issue.text
    assert code_in(site) not in issue.text + issue.html


def test_a_question_in_another_language_has_its_direction(tmp_path: Path, private: Path) -> None:
    arabic = (
        "Title: معبر جديد\nDate: 2026-11-21\nLang: ar\nSlug: ar\nTags: general\n"
        "Question: أين المعبر؟\nAnswer: A | عند المدرسة\n        B | عند المكتبة\n"
        "Closes: 2026-12-20\nDecides: The council\n\nنص.\n"
    )
    issue = finished(asking(tmp_path, arabic), private)
    block = issue.html[issue.html.index('class="ask"') :].partition("</div>")[0]
    assert re.match(r'class="ask" dir="ltr" lang="en-GB"', block)
    assert re.search(r'<strong lang="ar" dir="rtl">أين المعبر؟</strong>', block)
    assert len(re.findall(r'<p class="answer"[^>]* lang="ar"', block)) == 2
    assert len(re.findall(r'<span class="small" dir="ltr" lang="en-GB"', block)) == 2


def test_hostile_words_of_a_question_are_only_words(tmp_path: Path, private: Path) -> None:
    site = asking(tmp_path)
    bad = "<script>x</script> & {{ 7*7 }} \"'"
    posts = tuple(
        replace(
            p, question=bad, decides=bad, answers=tuple(replace(a, words=bad) for a in p.answers)
        )
        for p in site.posts
    )
    issue = finished(replace(site, posts=posts), private)
    assert "<script>" not in issue.html
    assert "&lt;script&gt;x&lt;/script&gt; &amp; {{ 7*7 }}" in issue.html
    assert bad in joined(issue.text)


def test_no_issue_is_made_of_a_question_with_personal_data(tmp_path: Path) -> None:
    """Its words are checked with the site, which `make newsletter` reads."""
    bad = ASKED.replace("By the school", "By Mary Smith, 07700 900123")
    content = write_site(tmp_path, {"ward.toml": WARD, "posts/crossing.md": bad})
    with pytest.raises(ContentError) as error:
        read_checked(ROOT / "pelicanconf.py", content)
    assert [(p.rule, p.file, p.line) for p in error.value.problems] == [
        ("personal-data", "posts/crossing.md", 7)
    ]


# The reminder


def reminded(issue_text: str) -> bool:
    return "Last chance to have your say" in issue_text


def test_a_question_that_closes_before_the_next_issue_is_repeated_once(
    tmp_path: Path, private: Path
) -> None:
    site = asking(tmp_path)
    first = finished(site, private)
    assert not reminded(first.text)  # it is new here, with its question
    mark_sent(private, first.name, SENT)
    later = on(site, date(2026, 12, 6))
    issue = finished(later, private, text="Title: A\n\nHello.\n")
    for part in (issue.html, issue.text):
        assert reminded(part)
        assert order_of(part, "One new crossing", "By the school", "Coming up") == [
            "One new crossing", "By the school", "Coming up"
        ]  # fmt: skip
    mark_sent(private, issue.name, datetime(2026, 12, 6, 9, tzinfo=UTC))
    assert f"{ADDRESS}#closes-2026-12-20" in read_sent(private).items
    again = finished(on(site, date(2026, 12, 13)), private, text="Title: B\n\nHello.\n")
    assert not reminded(again.text)


@pytest.mark.parametrize(
    ("every", "day", "is_told"),
    [
        ("month", date(2026, 11, 19), False), ("month", date(2026, 11, 20), True),
        ("month", date(2026, 12, 20), True), ("month", date(2026, 12, 21), False),
        ("week", date(2026, 12, 12), False), ("week", date(2026, 12, 13), True),
    ],
)  # fmt: skip
def test_only_what_is_open_and_closes_soon_is_repeated(
    tmp_path: Path, private: Path, every: str, day: date, is_told: bool
) -> None:
    old = ASKED.replace("2026-11-17", "2026-09-17")
    site = on(asking(tmp_path, old), day)
    issue = finished(site, private, replace(SETTINGS, every=every), "Title: A\n\nHello.\n")
    assert reminded(issue.text) is is_told


def test_who_has_more_time_is_shown(tmp_path: Path, private: Path) -> None:
    old = ASKED.replace("2026-11-17", "2026-09-17").replace("2026-12-20", "2026-11-30")
    first = finished(asking(tmp_path, old), private)
    assert reminded(first.text)
    mark_sent(private, first.name, SENT)
    longer = asking(tmp_path / "2", old.replace("11-30", "12-11"), date(2026, 12, 1))
    assert reminded(finished(longer, private, text="Title: A\n\nHello.\n").text)


def test_a_reminder_alone_is_no_news(tmp_path: Path, private: Path) -> None:
    site = asking(tmp_path)
    mark_sent(private, finished(site, private).name, SENT)
    assert made(on(site, date(2026, 12, 6)), private).finished is None


def test_a_post_that_is_shown_again_has_its_question_there_alone(
    tmp_path: Path, private: Path
) -> None:
    site = asking(tmp_path, ASKED.replace("2026-11-17", "2026-09-17"))
    issue = finished(site, private, text="Order: One new crossing\n\nHello.\n")
    assert not reminded(issue.text)
    assert issue.html.count('class="ask"') == 1


def test_many_questions_are_counted(tmp_path: Path, private: Path) -> None:
    files = {
        f"posts/q{n}.md": ASKED.replace("2026-11-17", "2026-09-17")
        .replace("Slug: crossing", f"Slug: q{n}")
        .replace("the crossing go", f"number {n} go")
        for n in range(7)
    }
    issue = finished(site_with(tmp_path, files), private)
    assert issue.html.count('class="ask"') == 5
    assert "And 2 more questions:\nhttps://ward.example.org/questions/?from=" in issue.text


# What was done


def counted(site: Site, numbers: dict[str, int]) -> Site:
    code = code_in(site)
    found = AnswerCounts(
        code=code, day=date(2026, 12, 22), answers=numbers,
        channels={Channel.EMAIL: sum(numbers.values())},
    )  # fmt: skip
    return replace(site, answers={code: found})


def test_an_issue_with_outcomes_alone_goes_out_and_they_do_not_come_back(
    tmp_path: Path, private: Path
) -> None:
    site = asking(tmp_path, DONE)
    mark_sent(private, finished(site, private).name, SENT)
    later = counted(on(site, date(2027, 1, 20)), {"A": 40, "B": 21})
    issue = finished(later, private)
    assert "What is new" not in issue.text
    start = issue.text.index("You said, we did")
    link = (
        "https://ward.example.org/2026/11/crossing/?from=newsletter-2027-01#ward-outcome-2027-01-14"
    )
    said = (
        "61 people chose to answer: 40 (66%) for “By the school” and 21 (34%) for\n"
        "“By the library & the park”."
    )
    assert issue.text[start:].startswith(
        "You said, we did\n----------------\n\n"
        f"Where should the crossing go?\n{said}\nThe committee chose the school.\n"
        f"14 January 2027\n{link}\n\n"
        f"Where should the crossing go?\n{said}\nWork begins in March.\n"
        f"14 January 2027\n{link}-2\n"
    )
    assert {link, f"{link}-2"} <= set(hrefs(issue.html))
    assert "You said, we did: Where should the crossing go?" in issue.html  # beside the subject
    mark_sent(private, issue.name, datetime(2027, 1, 20, 9, tzinfo=UTC))
    assert {f"{ADDRESS}#outcome-2027-01-14", f"{ADDRESS}#outcome-2027-01-14-2"} <= (
        read_sent(private).items
    )
    assert made(on(site, date(2027, 1, 27)), private).finished is None


def test_an_outcome_waits_for_its_day(tmp_path: Path, private: Path) -> None:
    site = asking(tmp_path, DONE)
    issue = finished(on(site, date(2027, 1, 13)), private, text="Title: A\n\nHello.\n")
    assert "committee chose" not in issue.html + issue.text


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        (None, "We are still counting the answers."),
        ({}, "Nobody answered this question."),
        ({"A": 1}, "Fewer than 5 people answered, so we do not show how many chose each answer."),
        ({"A": 9}, "9 people chose to answer: 9 for “By the school” and 0 for"),
        ({"A": 30}, "30 people chose to answer: 30 (100%) for “By the school” and 0 (0%) for"),
    ],
)
def test_what_people_said_is_what_is_published(
    tmp_path: Path, private: Path, numbers: dict[str, int] | None, said: str
) -> None:
    site = on(asking(tmp_path, DONE), date(2027, 1, 20))
    site = site if numbers is None else counted(site, numbers)
    assert said in joined(finished(site, private).text)


def test_an_outcome_of_an_open_question_gives_no_result(tmp_path: Path, private: Path) -> None:
    early = DONE.replace("2027-01-14", "2026-12-01").replace("2026-11-17", "2026-10-17")
    site = counted(on(asking(tmp_path, early), date(2026, 12, 6)), {"A": 3, "B": 1})
    text = finished(site, private, text="Title: A\n\nHello.\n").text
    assert "The committee chose the school." in text
    assert "chose to answer" not in text.partition("You said, we did")[2].partition("Coming up")[0]


def test_few_answers_stay_hidden(tmp_path: Path, private: Path) -> None:
    site = on(asking(tmp_path, DONE), date(2027, 1, 20))
    code = code_in(site)
    site = replace(site, answers={code: AnswerCounts(code=code, is_hidden=True)})
    text = joined(finished(site, private).text)
    assert "Fewer than 10 people had answered when we last counted." in text


def test_outcomes_and_reminders_can_be_left_out_for_good(tmp_path: Path, private: Path) -> None:
    site = on(asking(tmp_path, DONE), date(2027, 1, 20))
    for lines in ("You said, we did", "outcomes", "One new crossing"):
        issue = finished(site, private, text=f"Leave out: {lines}\n\nHello.\n")
        assert "committee chose" not in issue.text
    mark_sent(private, issue.name, datetime(2027, 1, 20, 9, tzinfo=UTC))
    assert made(on(site, date(2027, 1, 21)), private).finished is None
    early = on(asking(tmp_path / "2", ASKED.replace("2026-11", "2026-09")), date(2026, 12, 6))
    issue = finished(early, private, text="Leave out: Last chance\n\nHello.\n")
    assert not reminded(issue.text)


# Files from before


OLD_FILE = """\
# Your newsletter. Lines up here that begin with # are notes; only you see them.
# Title is the subject of the e-mail.
Title: Shaftesbury ward blog, {month}
Greeting: Dear neighbours,
# The parts in their order. Move lines to change it. To put a post first, or to have an
# older post again, add a line with its title.
Order: New posts
       What was fixed
       Coming up
       How to reach us
# Posts and parts to leave out of this issue, each on a line of its own, as above.
Leave out:
# Leave the next line empty. Below it, write your introduction, in Markdown as in posts.

"""


def test_a_file_that_does_not_name_the_new_parts_has_them_after_the_posts(
    tmp_path: Path, private: Path
) -> None:
    site = on(asking(tmp_path, DONE), date(2027, 1, 20))
    late = {**POSTS, "posts/fine.md": POSTS["posts/fine.md"].replace("2026-11-03", "2027-01-15")}
    files: dict[str, str | bytes] = {**late, "posts/crossing.md": DONE}
    files["posts/soon.md"] = ASKED.replace("Slug: crossing", "Slug: soon").replace(
        "2026-12-20", "2027-01-30"
    )
    site = on(site_with(tmp_path / "2", files, date(2027, 1, 20)), date(2027, 1, 20))
    usual = ["What is new", "Last chance to have your say", "You said, we did", "How to reach us"]
    for text in (OLD_FILE, "Title: A\n\nHello.\n", "Order: New posts\n\nHello.\n"):
        assert order_of(finished(site, private, text=text).text, *usual) == usual
    moved = (
        OLD_FILE.replace("Order: New posts\n       What was fixed", "Order: What was fixed") + "x"
    )
    moved = moved.replace("reach us\n", "reach us\n       New posts\n")
    text = finished(site, private, text=moved).text
    assert order_of(text, *usual) == [usual[3], *usual[:3]]


def test_an_old_file_that_nobody_changed_is_not_taken_for_one_that_was_begun(
    tmp_path: Path, private: Path
) -> None:
    site = asking(tmp_path, day=date(2026, 12, 1))
    path = private / "newsletters/2026-11.md"
    path.parent.mkdir(parents=True)
    for text, name in ((OLD_FILE, "2026-12"), (f"{OLD_FILE}Hello.\n", "2026-11")):
        path.write_text(text.format(month="November 2026"), encoding="utf-8")
        assert next_file(site, SETTINGS, private, read_sent(private)).name == name
        (private / "newsletters/2026-12.md").unlink(missing_ok=True)


def test_a_new_file_explains_all_parts(tmp_path: Path) -> None:
    text = starting_text(asking(tmp_path), SETTINGS)
    for words in (
        '# "Last chance" repeats',
        '"You said, we did"\n# says what',
        "       Last chance\n",
    ):
        assert words in text


# Where links lead


def test_links_to_our_pages_say_from_which_issue_they_came(tmp_path: Path, private: Path) -> None:
    issue = full_issue(tmp_path)
    own = [link for link in hrefs(issue.html) if link.startswith("https://ward.example.org")]
    assert len(own) > 10
    assert all("from=newsletter-2026-11" in urlsplit(link).query for link in own), own
    others = [link for link in hrefs(issue.html) if link not in own]
    assert others
    assert not any("from=" in link for link in others)
    assert all("from=" not in item for item in read_sent(private).items)
    for link in own:
        assert link in issue.text or f"{link.partition('?')[0]}" in issue.text


def test_the_source_is_the_name_of_the_issue(tmp_path: Path, private: Path) -> None:
    site = asking(tmp_path)
    weekly = finished(site, private / "week", replace(SETTINGS, every="week"))
    assert "/2026/11/crossing/?from=newsletter-2026-w47" in weekly.html
    mark_sent(private, finished(site, private).name, SENT)
    second = finished(site, private, text="Title: B\n\nHello.\n")
    assert f"{site.url}/?from=newsletter-2026-11-2" in second.html


def test_an_address_that_is_written_out_stays_short_in_the_plain_text(
    tmp_path: Path, private: Path
) -> None:
    text = f"{INTRODUCTION}\nSee <https://ward.example.org/map/> and [the map](/map/).\n"
    issue = finished(asking(tmp_path), private, text=text)
    assert "See https://ward.example.org/map/ and the map" in joined(issue.text)
    assert "the map <https://ward.example.org/map/?from=newsletter-2026-11>" in joined(issue.text)
    marked = "https://ward.example.org/map/?from=newsletter-2026-11"
    assert hrefs(issue.html).count(marked) == 2


def test_what_is_remembered_does_not_change_with_the_links(tmp_path: Path, private: Path) -> None:
    mark_sent(private, finished(asking(tmp_path), private).name, SENT)
    assert sorted(read_sent(private).items) == [
        "2026/11/a-pothole/", "2026/11/a-pothole/#fixed-2026-11-14", "2026/11/bins-moved/",
        "2026/11/crossing/", "2026/11/trees-planted/",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("every", "day", "next_day"),
    [
        ("week", date(2026, 12, 29), date(2027, 1, 5)),
        ("month", date(2026, 11, 22), date(2026, 12, 22)),
        ("month", date(2027, 1, 31), date(2027, 2, 28)),
        ("month", date(2026, 12, 31), date(2027, 1, 31)),
        ("month", date(2028, 1, 30), date(2028, 2, 29)),
    ],
)
def test_when_the_next_issue_is_due(every: str, day: date, next_day: date) -> None:
    assert a_period_after(every, day) == next_day

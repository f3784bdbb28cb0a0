"""Header lines about what residents think, in every form in which people write them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path

import pytest

from support import BASE, MARKDOWN, TODAY, post_with, read_all, run_here, write_site
from wardblog.content import read_site
from wardblog.content.header.question_lines import (
    parse_answer,
    parse_closing,
    parse_decides,
    parse_form,
    parse_outcome,
    parse_question,
    parse_reply,
)
from wardblog.content.header.recognise import key_hint
from wardblog.model import Answer, Deadline, Visibility
from wardblog.model.events import LONDON
from wardblog.model.questions import form_host
from wardblog.problems import Problem, Severity
from wardblog.report import ParseError

QUESTION = """\
Question: Where should the crossing go?
Answer: A | By the school
Answer: b | By the library
Closes: 2026-12-20 17:00
Decides: The council's transport committee, in January"""


def problems_with(folder: Path, lines: str, body: str = "Some text.") -> list[Problem]:
    text = BASE["posts/fine.md"].replace("\n\nSome text.", f"\n{lines}\n\n{body}")
    return read_all(write_site(folder, {"posts/fine.md": text}))[1]


def test_a_question_is_read_with_its_answers_and_closing(tmp_path: Path) -> None:
    post = post_with(tmp_path, QUESTION)
    assert post.question == "Where should the crossing go?"
    assert post.answers == (Answer("A", "By the school"), Answer("B", "By the library"))
    assert post.closes == Deadline(date(2026, 12, 20), "", time(17))
    assert [d.words for d in post.deadlines] == ["Have your say: Where should the crossing go?"]


def test_a_header_in_yaml_has_the_same_question(tmp_path: Path) -> None:
    text = """\
---
title: A fine post
date: 2026-11-20 09:00
tags: [grit bins]
question: "Where should the crossing go?"
answer: ["A | By the school", "b | By the library"]
closes: 2026-12-20 17:00
decides: The council's transport committee, in January
outcome:
  - 2027-01-14 | By the school
  - 2027-05-01 | It is open
---
Some text.
"""
    site, problems = read_all(write_site(tmp_path, {"posts/fine.md": text}))
    assert problems == []
    post = site.posts[0]
    plain = post_with(tmp_path / "plain", QUESTION)
    asked = ("question", "answers", "closes", "decides", "deadlines")
    assert [getattr(post, name) for name in asked] == [getattr(plain, name) for name in asked]
    assert [one.words for one in post.outcomes] == ["By the school", "It is open"]


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("By the school", '"A | By the school"'),
        ("A", '"A | By the school"'),
        ("| By the school", '"A | By the school"'),
        ("C) By the school", '"C | By the school"'),
        ("c. By the school", '"C | By the school"'),
        ("C: By the school", '"C | By the school"'),
        ("C – By the school", '"C | By the school"'),
        ("By the school | C", '"C | By the school"'),
        ("Yes, please | By the school", '"A | By the school"'),
        ("C | By the school | in Eland Road", '"C | By the school, in Eland Road"'),
        ("all | By the school", '"A | By the school"'),
        ("metoo | By the school", '"A | By the school"'),
        ("unverified | By the school", '"A | By the school"'),
    ],
)
def test_an_answer_that_cannot_be_read_is_shown_as_it_should_be(written: str, hint: str) -> None:
    with pytest.raises(ParseError) as caught:
        parse_answer(written)
    assert hint in caught.value.hint


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("\u0410 | Cyr", '"\u0410" is not a plain letter'),
        ("\uff21 | Wide", "is not a plain letter"),
        ("\u0623 | Alif", "is not a plain letter"),
        ("A | \u200b", 'the answer "A" has no words'),
        ("A | \u2026", 'the answer "A" has no words'),
    ],
)
def test_an_answer_has_a_letter_that_can_be_typed_and_words(written: str, message: str) -> None:
    with pytest.raises(ParseError, match=message):
        parse_answer(written)


@pytest.mark.parametrize(
    "form",
    [
        "https://[::1/x", "https://[::1]/x", "https://x.org:99999", "https://x.org:0/", "https://.",
        "https://x..y", "https://.x.org", "https://%41.org", "https://x.org:abc/", "https://x.org:",
        "https://x.org/a\u202eb", "https://x.org/a\u200bb", "https://<b>x</b>", "https://x.org/<b>",
        "https://-x.org", "https://x_y.org/", "https://a@x.org/", "https://", "https://x.org/a b",
        "http://x.org/", f"https://{'a' * 64}.org", "https://\u2100.org",
    ],
)  # fmt: skip
def test_what_is_no_address_of_a_form_is_refused(form: str, tmp_path: Path) -> None:
    with pytest.raises(ParseError):
        parse_form(form)
    problems = problems_with(tmp_path, f"Form: {form}\n{QUESTION}")
    assert {problem.line for problem in problems} == {4}


@pytest.mark.parametrize(
    ("form", "host"),
    [
        ("https://forms.example.org/crossing?a=1&b=%20#c", "forms.example.org"),
        ("https://x.org", "x.org"),
        ("https://x.org:8443/", "x.org"),
        ("https://x.org:65535", "x.org"),
        ("https://192.0.2.1/", "192.0.2.1"),
        ("https://xn--fsq.org/", "xn--fsq.org"),
        ("https://Ymgynghoriad-P\u00eal.cymru/", "xn--ymgynghoriad-pl-4nb.cymru"),
        ("https://g\u043e\u043egle.com/", "xn--ggle-55da.com"),
        ("https://x.org/caf\u00e9", "x.org"),
    ],
)
def test_the_address_of_a_form_has_a_host(form: str, host: str) -> None:
    assert parse_form(form) == form
    assert form_host(form) == host


@pytest.mark.parametrize(
    "written", ["2026-12-20 00:00", "2026-12-20T00:00", "2026-12-20 0:00", "2026-12-19 23:00 -1"]
)
def test_a_question_does_not_close_as_its_day_begins(written: str) -> None:
    with pytest.raises(ParseError) as caught:
        parse_closing(written)
    assert '"2026-12-20"' in caught.value.hint
    assert '"2026-12-19 23:59"' in caught.value.hint


@pytest.mark.parametrize(
    ("written", "at"),
    [("2026-12-20", None), ("2026-12-20 00:01", time(0, 1)), ("2026-12-20 23:59", time(23, 59))],
)
def test_a_question_closes_at_the_end_of_a_day_or_at_a_time(written: str, at: time | None) -> None:
    assert parse_closing(written) == Deadline(date(2026, 12, 20), "", at)


@pytest.mark.parametrize(
    "written", ["?", "tbc", "TBA.", "n/a", "Nobody", "unknown", "not yet decided", "\u200b", "???"]
)
def test_a_question_on_which_nobody_decides_is_refused(written: str) -> None:
    with pytest.raises(ParseError, match="does not say who decides"):
        parse_decides(written)
    assert parse_decides("Nobody but the mayor, in May") == "Nobody but the mayor, in May"


@pytest.mark.parametrize(
    ("parse", "before"),
    [(parse_question, ""), (parse_decides, ""), (parse_outcome, "2026-11-21 | ")],
)
def test_no_line_is_too_long_to_read(parse: Callable[[str], object], before: str) -> None:
    assert parse(before + "a" * 300)
    with pytest.raises(ParseError, match="has 301 letters, which is too long"):
        parse(before + "a" * 301)


def test_an_outcome_and_a_reply_have_words() -> None:
    with pytest.raises(ParseError, match="cannot read the outcome"):
        parse_outcome("2026-11-21 | \u200b")
    with pytest.raises(ParseError, match="cannot read the reply"):
        parse_reply("2026-11-21 | A resident | \u2026")
    with pytest.raises(ParseError, match="no words"):
        parse_question("?!")


def test_each_problem_is_on_its_own_line_in_yaml_as_well(tmp_path: Path) -> None:
    text = """\
---
title: A fine post
date: 2026-11-20 09:00
tags: [grit bins]
question: Where?
answer:
  - A | By the school
  - B | By the library
  - B | By the park
closes: 2026-12-20
decides: The council
reply:
  - 2026-11-21 | A resident | Yes.
  - 2026-11-21 | Jane Doe | No.
---
Some text.
"""
    problems = read_all(write_site(tmp_path, {"posts/fine.md": text}))[1]
    assert [(p.rule, p.line) for p in problems] == [("question-answers", 9), ("reply-name", 14)]


def test_an_answer_has_up_to_120_letters() -> None:
    assert parse_answer(f"A | {'x' * 120}").words == "x" * 120
    with pytest.raises(ParseError, match="this answer has 121 letters"):
        parse_answer(f"A | {'x' * 121}")


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Closed", "Closes"), ("Closing", "Closes"), ("Ends", "Closes"), ("Answers", "Answer"),
        ("Option", "Answer"), ("Choices", "Answer"), ("Questions", "Question"),
        ("Poll", "Question"), ("Decision", "Decides"), ("Decided", "Decides"),
        ("Result", "Outcome"), ("Outcomes", "Outcome"), ("Replies", "Reply"),
        ("Comment", "Reply"), ("Forms", "Form"),
    ],
)  # fmt: skip
def test_a_misspelt_line_leads_to_the_right_one(written: str, name: str) -> None:
    assert f'"{name}"' in key_hint(written, "words")


def test_personal_data_in_any_of_the_lines_is_found(tmp_path: Path) -> None:
    lines = """\
Question: Shall I ring 020 7946 0123?
Answer: A | Write to ann.other@gmail.com
Answer: B | Ask at 14 Eland Road, SW11 5JY
Closes: 2026-12-20
Decides: Bob, on 07700 900123
Outcome: 2026-11-21 | Told carol.other@gmail.com
Reply: 2026-11-21 | A resident of 12 Eland Road, SW11 5JY | I use it.
Reply: 2026-11-21 | A resident | My number is 07700 900456."""
    found = [p for p in problems_with(tmp_path, lines) if p.rule == "personal-data"]
    assert sorted({p.line for p in found if p.line}) == [4, 5, 6, 8, 9, 10, 11]


def test_a_question_on_a_page_has_no_effect(tmp_path: Path) -> None:
    page = f"Title: About\n{QUESTION}\nReply: 2026-11-21 | Jane Doe | Yes.\n\nSome text.\n"
    _, problems = read_all(write_site(tmp_path, {"pages/about.md": page}))
    assert {p.rule for p in problems} == {"placed-page"}
    assert all("only works in posts" in p.message for p in problems)


def test_a_question_in_a_draft_only_warns(tmp_path: Path) -> None:
    problems = problems_with(tmp_path, "Status: draft\nQuestion: Where?")
    assert {p.rule for p in problems} >= {"question-closing", "question-decider"}
    assert {p.severity for p in problems} == {Severity.WARN}


def test_a_hidden_post_may_ask(tmp_path: Path) -> None:
    post = post_with(tmp_path, f"Status: hidden\n{QUESTION}")
    assert post.visibility is Visibility.HIDDEN


def test_a_question_in_welsh_may_be_asked(tmp_path: Path) -> None:
    lines = """\
Lang: cy
Question: Ble dylai'r groesfan fod?
Answer: A | Wrth yr ysgol
Answer: B | Wrth y llyfrgell
Closes: 2026-12-20
Decides: Pwyllgor trafnidiaeth y cyngor, yn Ionawr"""
    assert problems_with(tmp_path, lines, "Dywedwch wrthym beth yw eich barn.") == []


def test_numbers_in_a_right_to_left_post_keep_their_order(tmp_path: Path) -> None:
    lines = """\
Lang: ar
Question: 020 7946 0958؟
Answer: A | 020 7946 0958
Answer: B | لا
Closes: 2026-12-20
Decides: 020 7946 0958
Outcome: 2026-11-21 | 020 7946 0958
Reply: 2026-11-21 | فاطمة من 020 7946 0958 | 020 7946 0958"""
    site, _ = read_all(write_site(tmp_path, {"posts/fine.md": _with(lines)}))
    post = site.posts[0]
    shown = (
        post.question, post.answers[0].words, post.decides, post.outcomes[0].words,
        post.replies[0].words, post.replies[0].who, post.deadlines[0].words,
    )  # fmt: skip
    assert all("020 7946 0958" not in words for words in shown), shown
    assert all("0958" in words for words in shown)


def _with(lines: str) -> str:
    return BASE["posts/fine.md"].replace("\n\nSome text.", f"\n{lines}\n\nSome text.")


def test_a_post_is_read_again_when_something_in_it_comes_due(tmp_path: Path) -> None:
    lines = (
        f"{QUESTION}\nOutcome: 2026-11-22 12:00 | Done\nReply: 2026-11-22 10:00 | A resident | Yes."
    )
    content = write_site(tmp_path, {"posts/fine.md": _with(lines)})
    moments = [datetime(2026, 11, 22, hour, tzinfo=LONDON) for hour in (9, 11, 13)]
    ends = []
    for moment in moments:
        reading = read_site(content, TODAY, MARKDOWN, moment=moment)
        ends.append(reading.cache.posts["posts/fine.md"].until)
    assert [datetime.fromtimestamp(end, LONDON) for end in ends] == [
        datetime(2026, 11, 22, 10, tzinfo=LONDON),
        datetime(2026, 11, 22, 12, tzinfo=LONDON),
        datetime(2026, 12, 20, 17, tzinfo=LONDON),
    ]


def test_an_ordinary_text_may_begin_lines_with_these_words(tmp_path: Path) -> None:
    text = """\
We asked the engineer.

Question: when will it be built?

Answer: in spring.

Closes: at dusk. Decides: nobody. Form: a circle. Outcome: good. Reply: none."""
    assert problems_with(tmp_path, "Reference: 1", text) == []


def test_make_new_still_writes_a_plain_post(tmp_path: Path) -> None:
    write_site(tmp_path / "content")
    done = run_here("new", "--title", "Two bins", "--tags", "grit bins", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    [path] = (tmp_path / "content" / "posts").glob("*two-bins.md")
    header = path.read_text(encoding="utf-8").split("\n\n")[0]
    assert [line.split(":")[0] for line in header.splitlines()] == [
        "Title", "Date", "Tags", "Slug", "Summary",
    ]  # fmt: skip


def test_each_mistake_of_a_question_is_reported_once(tmp_path: Path) -> None:
    lines = QUESTION.replace("2026-12-20 17:00", "tomorrow").replace("Decides", "Decided")
    problems = problems_with(tmp_path, lines)
    assert [p.line for p in problems if "closes" in p.message] == []
    assert len(problems) == 3  # the closing, the misspelt line, and that nobody decides

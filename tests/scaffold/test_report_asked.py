"""What a report-back says about questions and replies: as published, and no more."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from support import MARKDOWN, html_of, write_site
from wardblog.content import read_site
from wardblog.model import AnswerCounts, Channel, Site
from wardblog.model.answer_codes import code_of
from wardblog.model.events import LONDON
from wardblog.scaffold.report_back import Voice, draft_report, gather, period_since

NOW = datetime(2027, 1, 20, 9, tzinfo=LONDON)
ASKED = """\
Title: One new crossing
Slug: crossing
Date: 2026-11-17 08:00
Tags: general
Question: Where should the [crossing] go?
Answer: A | By the school
        B | By the library
        C | Elsewhere
Closes: 2026-12-20
Decides: The council
"""
OUTCOME = "Outcome: 2027-01-14 | The committee chose the school"


def site_of(folder: Path, *lines: str, numbers: dict[str, int] | None = None) -> Site:
    post = "\n".join((ASKED.rstrip(), *lines, "", "Some text."))
    content = write_site(folder, {"posts/crossing.md": post})
    (content / "posts/fine.md").unlink()
    site = read_site(content, NOW.date(), MARKDOWN, moment=NOW).site
    if numbers is None:
        return site
    code = code_of(site.posts[0])
    found = AnswerCounts(
        code=code, day=date(2026, 12, 22), answers=numbers,
        channels={Channel.EMAIL: sum(numbers.values())},
    )  # fmt: skip
    return replace(site, answers={code: found})


def text_of(site: Site, since: str) -> str:
    facts = gather(site, period_since(site, since, NOW), ())
    return draft_report(facts, Voice.of(site)).text


def test_a_question_that_closed_is_reported_with_its_result_and_what_was_done(
    tmp_path: Path,
) -> None:
    site = site_of(tmp_path, OUTCOME, numbers={"A": 20, "B": 32, "C": 9})
    facts = gather(site, period_since(site, "2026-12-01", NOW), ())
    report = draft_report(facts, Voice.of(site))
    assert report.text.startswith(
        "Since 1 December 2026, one question to you has closed.\n\n"
        "[Where should the \\[crossing\\] go?](crossing.md) 61 people chose to answer: 32 (52%) "
        "for “By the library”, 20 (33%) for “By the school” and 9 (15%) for “Elsewhere”. "
        "The committee chose the school.\n\n"
        "This was not a vote, and the people who answered may not speak for everyone.\n\n"
    )
    assert report.summary == "One question that closed since 1 December 2026."
    assert "<a href" in html_of(report.text)


def test_what_was_done_later_is_reported_without_the_result_again(tmp_path: Path) -> None:
    site = site_of(tmp_path, OUTCOME, numbers={"A": 20, "B": 32, "C": 9})
    text = text_of(site, "2027-01-10")
    assert "there is news about one earlier question." in text
    assert "](crossing.md) The committee chose the school.\n" in text
    assert "people chose" not in text
    assert "not a vote" not in text


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        (None, "We are still counting the answers."),
        (AnswerCounts(code="", is_hidden=True),
         "Fewer than 10 people had answered when we last counted."),
        (AnswerCounts(code=""), "Nobody answered this question."),
    ],
)  # fmt: skip
def test_no_more_is_reported_than_is_published(
    tmp_path: Path, counts: AnswerCounts | None, said: str
) -> None:
    site = site_of(tmp_path)
    if counts:
        site = replace(site, answers={code_of(site.posts[0]): counts})
    text = text_of(site, "2026-12-01")
    assert f"go?](crossing.md) {said}\n" in text
    assert "not everybody" not in text


def test_an_open_question_has_no_result_yet(tmp_path: Path) -> None:
    site = site_of(tmp_path, numbers={"A": 20, "B": 32})
    now = datetime(2026, 12, 6, 9, tzinfo=LONDON)
    early = replace(site, today=now.date(), moment=now)
    facts = gather(early, period_since(early, "2026-11-15", now), ())
    assert facts.asked == ()
    assert "32" not in draft_report(facts, Voice.of(early)).text


def test_it_is_reported_in_one_report_alone(tmp_path: Path) -> None:
    """The day after the last one on which people could answer belongs to one period."""
    site = site_of(tmp_path)
    for since, is_told in (("2026-12-21", True), ("2026-12-22", False)):
        facts = gather(site, period_since(site, since, NOW), ())
        assert bool(facts.asked) is is_told


def test_published_replies_are_counted(tmp_path: Path) -> None:
    site = site_of(
        tmp_path,
        "Reply: 2027-01-03 | A resident of Eland Road | I would cross there daily.",
        "       2027-01-04 | A driver | So would I.",
        "       2026-11-30 | Earlier | Told before.",
    )
    other = replace(
        site.posts[0], slug="other", title="Other", file="posts/other.md", question="",
        replies=site.posts[0].replies[:1],
    )  # fmt: skip
    text = text_of(site, "2027-01-01")
    assert text.startswith("This is what people told me since 1 January.")
    assert "I published two replies from residents to [One new crossing](crossing.md)." in text
    both = replace(site, posts=(*site.posts, other))
    assert (
        "I published three replies from residents: two to [One new crossing](crossing.md) and one "
        "to [Other](other.md)."
    ) in text_of(both, "2027-01-01")
    assert "I would cross" not in text


def test_headings_say_what_is_below_them(tmp_path: Path) -> None:
    walk = "Title: Walk {0}\nSlug: walk-{0}\nDate: 2027-01-1{0} 09:00\nTags: general\n\nText."
    for number, (lines, heading) in enumerate(
        (((), "What you said"), ((OUTCOME,), "What you said, and what I did"))
    ):
        site = site_of(tmp_path / str(number), *lines, numbers={"A": 20})
        more = write_site(
            tmp_path / f"more-{number}", {f"posts/w{n}.md": walk.format(n) for n in range(1, 4)}
        )
        walks = read_site(more, NOW.date(), MARKDOWN, moment=NOW).site.posts
        both = replace(site, posts=(*site.posts, *walks))
        assert f"\n\n## {heading}\n\n" in text_of(both, "2026-12-01")


def test_words_about_a_person_stay_in_their_post(tmp_path: Path) -> None:
    site = site_of(tmp_path, OUTCOME, "Allow: personal-data because she agreed", numbers={"A": 20})
    text = text_of(site, "2026-12-01")
    assert "[One new crossing](crossing.md)." in text
    assert "committee chose" not in text

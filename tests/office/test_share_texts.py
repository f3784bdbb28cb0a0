"""The texts to share: no channel's is too long, none is cut in two, and each has the link."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
import regex  # type: ignore[import-untyped]
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from support import MARKDOWN, ROOT, TODAY, examples, post_with, read_fine
from wardblog.content import read_site
from wardblog.model import (
    Deadline,
    Election,
    Event,
    Imprint,
    Place,
    Point,
    Post,
    Precision,
    Site,
    Update,
)
from wardblog.model.events import LONDON
from wardblog.office.share.channels import CHANNELS, LONGEST_MAILTO
from wardblog.office.share.choose import shareable
from wardblog.office.share.counting import on_bluesky, on_mastodon
from wardblog.office.share.fitting import ShareContent, fitted
from wardblog.office.share.forms import PLAIN, ShareDraft, in_bbcode, in_markdown
from wardblog.office.share.texts import ShareText, problems_of, texts_of

NOON = datetime(2026, 11, 20, 12, tzinfo=LONDON)
TAG = re.compile(r"\[(/?)(\w+|\*)(?:=[^\]]*)?\]")
ADDRESSES = re.compile(r"https?://\S+|[\w.]+@[\w.]+")
LABELS = ("Read more", "Read more, with our imprint")
DAY = r"Tell us until \d+ \w+(?: \d+)?"
ASKING = (DAY, f"{DAY}, on the page with our imprint")


def by_key(site: Site, post: Post) -> dict[str, ShareText]:
    return {one.channel.key: one for one in texts_of(site, post)}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return read_fine(tmp_path_factory.mktemp("site"))


# Words as people write them, and signs that mean something to one of the channels.
SIGNS = st.sampled_from(
    ["[b]", "[/b]", "[url=x]y[/url]", "[quote]", "*", "**", "_", "~", "`", "#", "@robin", ":smile:",
     "<b>", "&amp;", "|", "\\", "1.", "- ", "> ", "e\u0301" * 4, "👨‍👩‍👧‍👦", "🇬🇧", "🏴󠁧󠁢󠁷󠁬󠁳󠁿",
     "漢字" * 9, "مرحبا",
     "https://example.org/a_b[c]?d=(e)&f", "www.example.org/x_y", "robin_s@example.org", "…",
     "Dr. ", "e" + "\u0301" * 60]
)  # fmt: skip
WORDS = st.lists(
    st.one_of(SIGNS, st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=14),
              st.sampled_from(["the", "bins", "on", "Eland", "Road", "are", "full", "again"])),
    min_size=1, max_size=70,
).map(lambda words: " ".join(" ".join(words).split()))  # fmt: skip
DAYS = st.integers(-30, 60).map(lambda days: TODAY + timedelta(days=days))


@st.composite
def posts(draw: st.DrawFn) -> Post:
    """A post with any words, dates, updates and places."""
    short = WORDS.map(lambda words: words[:200])
    base = _BASE[0]
    slug = draw(st.from_regex(r"[a-z0-9-]{1,80}", fullmatch=True))
    question, closes = draw(st.one_of(st.just(""), WORDS)), Deadline(draw(DAYS), "Closes")
    asking = (replace(closes, words=f"Have your say: {question}"),) if question else ()
    moments = DAYS.map(lambda day: datetime.combine(day, NOON.time(), LONDON))
    return replace(
        base,
        title=draw(WORDS.filter(bool)),
        summary=draw(WORDS),
        address=f"2026/11/{slug}/",
        lang=draw(st.sampled_from(["en", "ar", "cy"])),
        author=draw(short),
        deadlines=(*draw(st.lists(st.builds(Deadline, DAYS, short), max_size=3)), *asking),
        question=question,
        closes=closes if question else None,
        events=tuple(
            Event(start=start, end=None, words=draw(short), where=draw(short))
            for start in draw(st.lists(moments, max_size=3))
        ),
        updates=tuple(
            sorted(
                (
                    Update(moment, None, draw(short))
                    for moment in draw(st.lists(moments, max_size=3))
                ),
                key=lambda update: update.moment,
            )
        ),
        places=tuple(
            Place(name=name, point=Point(51.4652, -0.1609), precision=Precision.STREET)
            for name in draw(st.lists(short.filter(bool), max_size=6))
        ),
    )


_BASE: list[Post] = []


@pytest.fixture(autouse=True)
def _a_post(site: Site) -> None:
    _BASE[:] = [site.posts[0]]


def assert_balanced(text: str) -> None:
    opened: list[str] = []
    for closing, name in TAG.findall(text):
        assert name in ("b", "i", "url"), text
        if closing:
            assert opened.pop() == name, text
        else:
            opened.append(name)
    assert opened == []


def assert_whole(text: str, source: str) -> None:
    """Whether a text that was cut ends between two words, or after an ideograph."""
    kept = text.removesuffix("…").rstrip()
    at = source.find(kept)
    assert at >= 0, (text, source)
    rest = source[at + len(kept) :]
    parts = regex.findall(r"\X", source)
    ends = {0}
    for part in parts:
        ends.add(max(ends) + len(part))
    assert at + len(kept) in ends, "a sign was cut in two"
    is_between = rest[:1].isspace() or not rest or rest[0] in " ,;:–—-([“‘\"'/&…"
    assert is_between or regex.match(r"\p{Han}|\p{Hiragana}|\p{Katakana}", rest[0])


# The work of a channel is the same for every post, so a normal run tries a tenth of them.
COUNT = examples(1000, 100)


@pytest.mark.long
def test_no_text_of_any_post_breaks_a_promise(site: Site) -> None:
    tried = [0]

    @settings(
        max_examples=COUNT, deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )  # fmt: skip
    @given(posts())
    def check(post: Post) -> None:
        tried[0] += 1
        texts = by_key(site, post)
        assert len(texts) == len(CHANNELS)
        url = site.absolute(post.address)
        is_asking = post.closing is not None and post.closing.ends > site.now
        for one in texts.values():
            assert one.channel.count(one.text) == one.count <= one.channel.limit
            assert url in one.text
            label = (ASKING if is_asking else LABELS)[not one.has_imprint]
            assert re.search(rf"^{label}:", one.text, re.MULTILINE)
            assert "51.46" not in one.text
        assert len(texts["email"].link) <= LONGEST_MAILTO
        assert_balanced(texts["bbcode"].text)
        for key in ("facebook", "mastodon", "bluesky"):
            title = texts[key].text.split("\n")[0].lstrip("\u200f")
            assert_whole(title, post.question if is_asking else post.title)
        said = (
            post.title, post.question, post.summary, url, *(one.words for one in post.deadlines),
            *(word for one in post.events for word in (one.words, one.where)),
            *(one.words for one in post.updates), *(one.name for one in post.places),
        )  # fmt: skip
        addresses = {found for words in said for found in ADDRESSES.findall(words)}
        for key in ("facebook", "mastodon", "bluesky"):
            for found in ADDRESSES.findall(texts[key].text):
                # Names of places have commas between them.
                assert found in addresses or found.removesuffix(",") in addresses

    check()
    assert tried[0] >= COUNT // 2


class _Read(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.words = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.words += data


@given(WORDS)
def test_words_stay_words_in_markdown(words: str) -> None:
    """The parser that Discourse uses finds no mark, and the same words."""
    read = _Read(MarkdownIt("commonmark").render(in_markdown(words)))
    assert read.tags <= {"p", "a"}
    assert read.words.replace("https://www.", "www.").split() == words.split()


@pytest.mark.parametrize(
    ("words", "bbcode", "discourse"),
    [
        ("2 [new] bins", "2 (new) bins", r"2 \[new\] bins"),
        ("a_b *c* #d @e", "a_b *c* #d @e", r"a\_b \*c\* \#d \@e"),
        ("See https://x.example/a_b[1].", "See https://x.example/a_b%5B1%5D.",
         "See <https://x.example/a_b[1>]."),
        ("Ask a_b@x.example, now", "Ask a_b@x.example, now", "Ask <a_b@x.example>, now"),
        ("1. April", "1. April", r"1\. April"),
        ("AT&T &amp; 5 < 6", "AT&T &amp; 5 < 6", r"AT&T \&amp; 5 \< 6"),
    ],
)  # fmt: skip
def test_what_is_escaped(words: str, bbcode: str, discourse: str) -> None:
    assert in_bbcode(words) == bbcode
    if "[1]" not in words:
        assert in_markdown(words) == discourse


def is_at_most(limit: int, draft: ShareDraft) -> bool:
    return len(PLAIN.write(draft)) <= limit


def test_an_address_in_a_summary_is_kept_whole_or_left_out_at_every_length() -> None:
    address, mail = "https://x.example/a-b/", "bins@x.example"
    content = ShareContent(
        title="Title", summary=f"One two three four five {address} six {mail}, seven eight nine",
        dates=(), where="", happened="", url="https://w.example/1/", imprint="", sender="",
    )  # fmt: skip
    seen = set()
    for limit in range(60, 190):
        draft = fitted(content, partial(is_at_most, limit))
        assert draft is not None
        words = draft.summary.split()
        assert {word for word in words if "/" in word} <= {address}
        assert {word.rstrip(",") for word in words if "@" in word} <= {mail}
        seen.add(draft.summary)
    assert f"One two three four five {address} …" in seen
    assert "One two three four five…" in seen
    assert content.summary in seen


def test_a_cut_ends_with_a_sentence_if_one_is_near() -> None:
    content = ShareContent(
        title="T", summary="Dr. Sample filled both bins on Monday. The lorry came at seven.",
        dates=(), where="", happened="", url="https://w.example/", imprint="", sender="",
    )  # fmt: skip
    draft = fitted(content, lambda draft: len(draft.summary) <= 50)
    assert draft is not None
    assert draft.summary == "Dr. Sample filled both bins on Monday."


def test_lengths_are_counted_as_the_services_do() -> None:
    assert on_mastodon("x" * 10 + " https://ward.example.org/2026/11/" + "y" * 400) == 11 + 23
    family = "👨‍👩‍👧‍👦"
    assert (on_bluesky(family * 3), len(family * 3)) == (3, 21)
    assert on_bluesky("e" + "\u0301" * 1500) == 301  # one sign, but more bytes than Bluesky takes


def test_a_text_has_what_a_neighbour_asks_for(tmp_path: Path) -> None:
    lines = (
        "Slug: two-bins\nSummary: Two bins have moved.\nPlaces: The depot | 51.4652, -0.1609\n"
        "Deadline: 2026-12-05 | Say what you think\n"
        "Event: 2026-12-01 18:00 - 19:00 | Meeting | Library\n"
        "Progress: in progress\nUpdated: 2026-11-21 | fixed | Both are full."
    )
    post = post_with(tmp_path, lines)
    text = by_key(read_fine(tmp_path), post)["facebook"].text
    assert text == (
        "A fine post\n\nTwo bins have moved.\n\n"
        "When: Meeting, Tuesday 1 December 2026, 6pm to 7pm, Library\n"
        "Deadline: Say what you think, Saturday 5 December 2026\n"
        "Where: The depot\n"
        "Latest: Fixed on 21 November, after 1 day. Both are full.\n\n"
        "Read more:\nhttps://ward.example.org/2026/11/two-bins/\n\n"
        "Promoted by Chris Agent on behalf of Robin Sample, both of 1 Sample Street, London "
        "SW11 0XX."
    )


QUESTION = """\
Title: There is money for one crossing
Date: 2026-11-17
Tags: general
Summary: The council will pay for it in spring.
Question: Where should the crossing go?
Answer: A | By the school
        B | By the library
Closes: 2026-12-20
Deadline: 2026-12-01 | Come to the meeting
Decides: The council
"""


def test_an_open_question_is_what_a_text_asks(tmp_path: Path) -> None:
    site = read_fine(tmp_path, {"posts/asked.md": f"{QUESTION}\nText.\n"})
    post = next(post for post in site.posts if post.question)
    found = by_key(site, post)
    url = "https://ward.example.org/2026/11/there-is-money-for-one-crossing/"
    assert found["nextdoor"].text == (
        "Where should the crossing go?\n\nThe council will pay for it in spring.\n\n"
        "Deadline: Come to the meeting, Tuesday 1 December 2026\n\n"
        f"Tell us until 20 December:\n{url}\n\n{site.imprint.sentence}"
    )
    assert found["whatsapp"].text.startswith("*Where should the crossing go?*\n")
    assert found["discourse"].text.startswith("**Where should the crossing go?**\n")
    (subject,) = parse_qs(urlsplit(found["email"].link).query)["subject"]
    assert subject == "Where should the crossing go?"
    assert "in spring.\n\nWhere should the crossing go?\n\n" in found["email"].text
    for one in found.values():
        assert "Tell us until 20 December" in one.text
        assert "Have your say" not in one.text


def test_until_when_has_the_hour_and_the_year_if_they_matter(tmp_path: Path) -> None:
    for number, (closes, until) in enumerate(
        (("2026-12-20 17:00", "Tell us until 5pm on 20 December:"),
         ("2027-01-05", "Tell us until 5 January 2027:"))
    ):  # fmt: skip
        post = QUESTION.replace("2026-12-20", closes)
        site = read_fine(tmp_path / str(number), {"posts/asked.md": f"{post}\nText.\n"})
        asked = next(post for post in site.posts if post.question)
        assert until in by_key(site, asked)["facebook"].text


def test_a_question_that_has_closed_is_a_post_like_any_other(tmp_path: Path) -> None:
    post = QUESTION.replace("2026-12-20", "2026-11-20")
    site = read_fine(tmp_path, {"posts/asked.md": f"{post}\nText.\n"})
    asked = next(post for post in site.posts if post.question)
    text = by_key(site, asked)["facebook"].text
    assert text.startswith("There is money for one crossing\n")
    assert "Read more:" in text
    assert "Where should" not in text


def test_the_guard_sees_the_words_of_a_question(tmp_path: Path) -> None:
    site = read_fine(tmp_path, {"posts/asked.md": f"{QUESTION}\nText.\n"})
    asked = next(post for post in site.posts if post.question)
    assert problems_of(site, asked) == []
    bad = replace(asked, question="Shall we call Mary Smith on 07700 900123?")
    assert [(p.rule, p.file) for p in problems_of(site, bad)] == [
        ("personal-data", "posts/asked.md")
    ]


def test_where_the_imprint_does_not_fit_the_link_leads_to_it(site: Site) -> None:
    long = Imprint("P" * 150, "O" * 60, "1 Sample Street, " * 6 + "London SW11 0XX")
    found = by_key(replace(site, imprint=long), site.posts[0])
    assert not found["bluesky"].has_imprint
    assert "Read more, with our imprint:\nhttps://" in found["bluesky"].text
    assert found["facebook"].has_imprint
    assert long.sentence in found["facebook"].text
    assert problems_of(replace(site, imprint=long), site.posts[0]) == []


def test_an_address_that_is_too_long_leaves_its_channel_out(site: Site) -> None:
    post = replace(site.posts[0], address=f"2026/11/{'long-' * 60}/")
    assert set(by_key(site, post)) == {c.key for c in CHANNELS} - {"bluesky"}


LINKS: dict[str, Callable[[str], str]] = {
    "whatsapp": lambda link: parse_qs(urlsplit(link).query)["text"][0],
    "bluesky": lambda link: parse_qs(urlsplit(link).query)["text"][0],
    "nextdoor": lambda link: parse_qs(urlsplit(link).query)["body"][0],
    "email": lambda link: parse_qs(urlsplit(link).query)["body"][0],
}


@pytest.mark.parametrize("key", LINKS)
def test_a_link_opens_the_channel_with_the_whole_text(key: str, site: Site) -> None:
    odd = replace(site.posts[0], title="Salt & grit: 50% more + ☃?", summary="A “quoted” #1 word.")
    one = by_key(site, odd)[key]
    assert LINKS[key](one.link) == one.text
    start = {"whatsapp": "https://wa.me/?text=", "email": "mailto:?subject=Salt%20%26%20grit"}
    assert one.link.startswith(start.get(key, "https://"))


def test_facebook_takes_only_the_address(site: Site) -> None:
    link = by_key(site, site.posts[0])["facebook"].link
    assert unquote(link).endswith(f"u={site.absolute(site.posts[0].address)}")


def test_a_rule_that_the_post_keeps_on_its_page_is_kept_in_its_texts(site: Site) -> None:
    post = replace(site.posts[0], summary="Ring Anna on 07700 900123.")
    (problem,) = problems_of(site, post)
    assert (problem.rule, problem.file, problem.line) == ("personal-data", post.file, None)
    assert problems_of(site, site.posts[0]) == []


def test_an_old_post_with_a_link_to_the_council_is_not_shared_before_the_poll(
    tmp_path: Path,
) -> None:
    site = read_fine(tmp_path)
    post = replace(
        site.posts[0],
        date=NOON - timedelta(days=300),
        summary="See https://www.wandsworth.gov.uk/x",
    )
    assert problems_of(site, post) == []
    election = Election(notice=TODAY - timedelta(days=3), poll=TODAY + timedelta(days=20))
    (problem,) = problems_of(replace(site, election=election), post)
    assert problem.rule == "election-link"


def test_every_post_of_the_sample_has_a_text_for_every_channel() -> None:
    sample = read_site(ROOT / "content", TODAY, MARKDOWN).site
    found = shareable(sample)
    assert len(found) >= 20
    for post in found:
        assert problems_of(sample, post) == []
        assert len(texts_of(sample, post)) == len(CHANNELS)

"""The page of a post: when it was changed, its neighbours, and what a reader may want next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup, Tag

from support import ISSUES, POST, TODAY, WARD, read_fine, run, write_site
from wardblog.content import read_site
from wardblog.model import BodyText, Councillor, Post, Site
from wardblog.model import Tag as PostTag
from wardblog.model.digests import Digests
from wardblog.views.posts import Neighbours, PostPage, post_page, posts
from wardblog.views.sharing import letter_about, mailto, share_links

TITLES = (
    'Bins & "boxes": 50% off?',
    "Parking—what’s next",
    "Ysbyty’r Dŵr ŷ",
    "اجتماع عام",
    "NHS اجتماع",
    "Re\u200fverse\u202e marks\u200f",
    "🦔 hedgehogs + foxes #2",
    "a;b,c=d/e\\f",
)


FIXED = "Updated: 2026-11-21 | fixed | Done"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return read_fine(tmp_path)


def titled(site: Site, title: str, lang: str = "en") -> Post:
    return replace(site.posts[0], title=title, lang=lang)


@pytest.mark.parametrize(
    ("lines", "shown"),
    [
        ("", None),
        ("Modified: 2026-11-20", None),
        ("Modified: 2026-11-20 18:00", None),
        ("Modified: 2026-11-19", None),
        ("Modified: 2026-11-21", "2026-11-21"),
        (f"Modified: 2026-11-21\n{FIXED}", None),
        (f"Modified: 2026-11-21\n{FIXED}\n         2026-11-22 | fixed | B", None),
        (f"Modified: 2026-11-22\n{FIXED}", "2026-11-22"),
        ("Modified: 2026-11-23", None),
    ],
)
def test_a_change_is_shown_where_it_says_something_new(
    lines: str, shown: str | None, tmp_path: Path
) -> None:
    text = POST.replace("Tags", f"{lines}\nTags") if lines else POST
    reading = read_site(write_site(tmp_path, {"posts/fine.md": text}), TODAY, {})
    assert not [p for p in reading.problems if p.severity.value == "stop"]
    page = post_page(reading.site, reading.site.posts[0])
    assert (page.changed and page.changed.date().isoformat()) == shown


@pytest.mark.parametrize("title", TITLES)
def test_the_title_arrives_whole_in_each_program(title: str, site: Site) -> None:
    post, url = titled(site, title), "https://ward.example.org/2026/11/a-fine-post/"
    share, letter = share_links(site, post), letter_about(site, post)
    for address in (share.whatsapp, share.email, share.facebook, letter):
        assert address.isascii()
        assert not set(address) & set("\"'<> \\")
    assert parse_qs(urlsplit(share.whatsapp).query) == {"text": [f"{title}\n{url}"]}
    assert parse_qs(urlsplit(share.email).query) == {"subject": [title], "body": [url]}
    assert parse_qs(urlsplit(share.facebook).query) == {"u": [url]}
    assert parse_qs(urlsplit(letter).query) == {"subject": [title]}
    # A plus is not a space in an e-mail (RFC 6068).
    assert "+" not in letter + share.email
    assert share.address == url


def test_a_title_from_right_to_left_that_begins_with_latin_letters_is_marked(site: Site) -> None:
    post = titled(site, "NHS اجتماع", "ar")
    subject = parse_qs(urlsplit(letter_about(site, post)).query)["subject"]
    assert subject == ["\u200fNHS اجتماع"]


@pytest.mark.parametrize("word", ["bins ", "سلة ", "🦔", "x"])
def test_a_very_long_title_is_cut_so_that_windows_opens_the_address(word: str, site: Site) -> None:
    letter = letter_about(site, titled(site, (word * 500).strip()))
    assert len(letter) < 2048
    (subject,) = parse_qs(urlsplit(letter).query)["subject"]
    assert len(subject) <= 150
    assert subject.endswith(f"{word.strip()}…")


def test_only_councillors_with_an_address_are_written_to(site: Site) -> None:
    two = (
        Councillor(name="A", email="a+b@example.org"),
        Councillor(name="B"),
        Councillor(name="C", email="o'c&d?e,f@example.org"),
    )
    letter = letter_about(replace(site, councillors=two), titled(site, "T"))
    assert letter == ("mailto:a%2Bb@example.org,o%27c%26d%3Fe%2Cf@example.org?subject=T")
    assert letter_about(replace(site, councillors=two[1:2]), titled(site, "T")) == ""
    assert mailto((), "T") == "mailto:?subject=T"


Numbered = Callable[..., Site]


@pytest.fixture
def numbered(site: Site) -> Numbered:
    """A site with posts about these issues, the newest first; "" is about none."""

    def made(*topics: str, first: int = 0) -> Site:
        return replace(
            site,
            posts=tuple(
                replace(
                    site.posts[0],
                    file=f"posts/{number}.md",
                    title=str(number),
                    address=f"2026/11/{number}/",
                    body=BodyText("<p>Text</p>"),
                    issues=tuple(topic.split()),
                    tags=tuple(PostTag(slug, slug) for slug in topic.split()),
                )
                for number, topic in enumerate(topics, first)
            ),
        )

    return made


def near(site: Site) -> list[str]:
    """The titles of the posts beside each post."""
    neighbours = Neighbours(site)
    return ["".join(other.title for other in neighbours.of(post)) for post in site.posts]


def test_neighbours_are_about_the_same_issue_or_among_all_posts(numbered: Numbered) -> None:
    site = numbered("grit-bins", "", "potholes", "grit-bins", "grit-bins potholes", "grit-bins")
    assert near(site) == ["345", "023", "4", "045", "35", "4"]


def test_a_hidden_post_has_no_neighbours(site: Site) -> None:
    assert Neighbours(replace(site, posts=())).of(site.posts[0]) == ()


def digests_of(site: Site) -> dict[str, bytes]:
    """Of everything that each page of a post is made from."""
    digests = Digests()
    return {
        page.path: digests.of(page.site, page.posts, page.texts, page.extra) for page in posts(site)
    }


def test_a_new_post_changes_one_page_of_its_issue(numbered: Numbered) -> None:
    topics = ("grit-bins", "potholes") * 20
    before = digests_of(numbered(*topics))
    after = digests_of(numbered("grit-bins", *topics, first=-1))
    assert {path for path in before if after[path] != before[path]} == {"2026/11/0/index.html"}


def test_a_page_receives_its_neighbours(numbered: Numbered) -> None:
    (page, *_) = posts(numbered("grit-bins", "potholes", "grit-bins"))
    view = page.values(page.part)["view"]
    assert isinstance(view, PostPage)
    assert [line.title for line in view.others] == ["2"]
    assert view.issue == PostTag("Grit bins", "grit-bins")
    assert view.calendar == "webcal://ward.example.org/issues/grit-bins/calendar.ics"


CHANNEL = "https://whatsapp.com/channel/0029VaExample"
NEWS = "https://news.example.net/join?a=1&b=2"
ARABIC = """\
Title: اجتماع عام
Date: 2026-11-18 09:00
Tags: potholes
Lang: ar
Slug: arabic
Summary: ملخص الخبر
Event: 2026-12-01 18:00 | اجتماع | Battersea Library
       2026-12-02 18:00 | سوق | المكتبة | cancelled
Deadline: 2026-12-03 | آخر موعد
Updated: 2026-11-19 | in progress | بدأ العمل
         2026-11-20 | fixed | Done

نص عربي.
"""


def in_language(lang: str, title: str, words: str) -> str:
    return (
        f"Title: {title}\nDate: 2026-11-17 09:00\nTags: potholes\nLang: {lang}\nSlug: {lang}\n"
        f"Event: 2026-12-05 18:00 | {words}\nUpdated: 2026-11-19 | in progress | {words}\n\n"
        f"{words}.\n"
    )


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], BeautifulSoup]:
    """Opens a page of a small site with posts in four languages."""
    folder = tmp_path_factory.mktemp("pages")
    dates = "Event: every Tuesday 18:00 | Chat | Cafe | except 2026-12-01, August\n"
    files = {
        "ward.toml": WARD.replace(
            "[ward]", f'newsletter = "{NEWS}"\nwhatsapp = "{CHANNEL}"\n[ward]'
        ).replace("[[councillor]]", '[[councillor]]\nname = "Sans Mail"\n[[councillor]]', 1),
        "issues.toml": ISSUES + 'report_url = "https://www.report.example.net/holes?a=b"\n',
        "posts/fine.md": POST.replace("Tags", f"Modified: 2026-11-21\n{dates}Tags"),
        "posts/older.md": POST.replace("fine", "older").replace("-20", "-19"),
        "posts/general.md": POST.replace("fine", "general").replace("grit bins", "general"),
        "posts/ar.md": ARABIC,
        "posts/cy.md": in_language("cy", "Biniau graean", "Wedi symud"),
        "posts/gd.md": in_language("gd", "Bucaidean grinneil", "Air a ghluasad"),
    }
    write_site(folder / "content", files)
    done = run("html", "--content", "content", "--output", "out", cwd=folder)
    assert done.returncode == 0, done.stderr

    @cache
    def opened(path: str) -> BeautifulSoup:
        text = (folder / "out" / path / "index.html").read_text(encoding="utf-8")
        return BeautifulSoup(text, "html.parser")

    return opened


Open = Callable[[str], BeautifulSoup]


def language(element: object) -> tuple[object, object]:
    assert isinstance(element, Tag)
    return element.get("lang"), element.get("dir")


def section(page: BeautifulSoup, name: str) -> Tag:
    found = page.find("section", attrs={"aria-labelledby": name})
    assert isinstance(found, Tag)
    return found


def links(element: Tag) -> dict[str, str]:
    return {link.get_text(): str(link["href"]) for link in element.select("a")}


def test_a_post_ends_with_the_ways_to_follow_its_issue(built: Open) -> None:
    assert links(section(built("2026/11/a-fine-post"), "ward-follow")) == {
        "By e-mail": NEWS,
        "On WhatsApp": CHANNEL,
        "In your calendar": "webcal://ward.example.org/issues/grit-bins/calendar.ics",
        "In a news reader": "/subscribe/grit-bins/#reader",
        "How each of these works": "/subscribe/grit-bins/",
    }
    general = section(built("2026/11/a-general-post"), "ward-follow")
    assert general.h2 is not None
    assert general.h2.get_text() == "Follow us"
    assert links(general)["In a news reader"] == "/subscribe/all/#reader"
    for path in ("subscribe/grit-bins", "subscribe/all"):
        assert built(path).find(id="reader") is not None


def test_the_button_to_write_names_whom_the_letter_goes_to(built: Open) -> None:
    (button,) = section(built("2026/11/a-fine-post"), "ward-write").select("a.button")
    assert button.get_text() == "E-mail Robin Sample"
    assert str(button["href"]).startswith("mailto:robin@example.org?")


def test_links_that_share_a_post_tell_the_other_site_nothing_more(built: Open) -> None:
    share = section(built("2026/11/a-fine-post"), "ward-share")
    assert list(links(share)) == ["Share on WhatsApp", "Share by E-mail", "Share on Facebook"]
    for link in share.select("a"):
        assert link["rel"] == ["noreferrer"]
    assert not share.select("img, script, iframe, form")
    assert share.code is not None
    assert share.code.get_text() == "https://ward.example.org/2026/11/a-fine-post/"


def test_other_posts_are_named_after_the_issue(built: Open) -> None:
    page = built("2026/11/a-fine-post")
    others = section(page, "ward-more")
    assert others.h2 is not None
    assert others.h2.get_text() == "More about Grit bins"
    assert [about.get_text(" ", strip=True)[:8] for about in others.select(".about")] == [
        "19 Novem"
    ]
    assert links(others) == {
        "A older post": "/2026/11/a-older-post/",
        "All posts about Grit bins": "/issues/grit-bins/#posts",
    }
    assert "changed on 21 November 2026" in page.get_text()
    general = section(built("2026/11/a-general-post"), "ward-more")
    assert general.h2 is not None
    assert general.h2.get_text() == "Other posts"


def test_exceptions_are_shown_beside_the_event(built: Open) -> None:
    (item,) = built("2026/11/a-fine-post").select(".coming li")
    assert item.select(".about")[1].get_text() == "Not on 1 December 2026, or in August"
    assert "(every Tuesday)" in item.get_text()


def test_a_cancelled_event_is_struck_through_and_cannot_be_added(built: Open) -> None:
    for path in ("2026/11/arabic", "", "issues/potholes"):
        what, when = built(path).select(".coming s")
        item = what.find_parent("li")
        assert isinstance(item, Tag)
        assert item.find_all("s") == [what, when]
        assert item.select(".what")[0].get_text().startswith("Cancelled: ")
        assert "سوق" in what.get_text()
        assert when.get_text().startswith("Wednesday 2 December 2026")
        assert not item.select("a.to-calendar")
        assert path == "" or len(built(path).select("a.to-calendar")) >= 2


def test_a_post_from_right_to_left_has_its_language_everywhere(built: Open) -> None:
    page, ar = built("2026/11/arabic"), ("ar", "rtl")
    assert language(page.h1) == language(page.find(class_="text")) == ar
    assert page.title is not None
    assert page.title.get_text() == "\u2067اجتماع عام\u2069 – Shaftesbury ward blog"
    for name in ({"name": "description"}, {"property": "og:description"}):
        meta = page.find("meta", attrs=name)
        assert isinstance(meta, Tag)
        assert meta["content"] == "\u2067ملخص الخبر\u2069"
    for words in ("اجتماع", "سوق", "المكتبة", "آخر موعد", "بدأ العمل"):
        (element,) = (e for e in page.select("main [lang]") if e.get_text() == words)
        assert language(element) == ar
    for words in ("Battersea Library", "Done"):
        assert not [e for e in page.select("[lang=ar]") if words in e.get_text()]
    (added,) = (a["aria-label"] for a in page.select("a.to-calendar") if "اجتماع" in str(a))
    assert added == "Add to calendar: \u2067اجتماع\u2069, Tuesday 1 December 2026, 6pm"
    (listed,) = built("issues/potholes").select("#ward-main .posts a[hreflang=ar]")
    assert language(listed) == ar
    (change, *_) = built("issues/potholes").select("a[href='/2026/11/arabic/']")
    assert change.get_text() == "Fixed: Done"


@pytest.mark.parametrize(("lang", "words"), [("cy", "Wedi symud"), ("gd", "Air a ghluasad")])
def test_a_post_in_welsh_or_gaelic_has_its_language(lang: str, words: str, built: Open) -> None:
    page = built(f"2026/11/{lang}")
    (event,) = page.select(".coming span[lang]")
    (history,) = page.select(".history p[lang]")
    for element in (event, history, page.h1, page.find(class_="text")):
        assert language(element) == (lang, "auto")
    assert event.get_text() == history.get_text() == words
    (listed,) = built("issues/potholes").select(f".coming a[lang={lang}]")
    assert listed.get_text() == words


def test_following_starts_with_what_most_people_want(built: Open) -> None:
    page = built("subscribe")
    assert [h.get_text() for h in page.select("main h2")] == [
        "By e-mail", "On WhatsApp", "In your calendar", "In a news reader",
    ]  # fmt: skip
    assert links(section(page, "email")) == {"Sign up for e-mails": NEWS}
    assert links(section(page, "whatsapp")) == {"Follow us on WhatsApp": CHANNEL}
    issue = built("subscribe/potholes")
    assert [h.get_text() for h in issue.select("main h2")][:3] == [
        "By e-mail or on WhatsApp", "In your calendar", "In a news reader",
    ]  # fmt: skip
    everything = section(issue, "everything")
    assert "E-mail and WhatsApp cover every issue, including this one:" in everything.get_text()
    assert links(everything) == {"Sign up for e-mails": NEWS, "Follow us on WhatsApp": CHANNEL}
    # Buttons are not printed, so paper has the addresses.
    for address in everything.select(".printed-address"):
        assert address.get_text().split(": ")[1] in (NEWS, CHANNEL)


def test_a_link_to_report_a_problem_names_its_site(built: Open) -> None:
    report = section(built("issues"), "report")
    assert links(report)["Potholes"] == "https://www.report.example.net/holes?a=b"
    assert "Potholes on report.example.net" in report.get_text()
    hub = built("issues/potholes")
    assert hub.select_one("a.button[href='https://www.report.example.net/holes?a=b']")
    assert "This link goes to report.example.net." in hub.get_text()

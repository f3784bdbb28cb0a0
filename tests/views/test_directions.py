"""Posts in other languages have their language and direction on pages and in feeds."""

from __future__ import annotations

import json
from pathlib import Path

import feedparser
import pytest
from bs4 import BeautifulSoup, Tag
from icalendar import Calendar
from lxml import etree

from support import POST, read_fine, run, write_site
from wardblog.model import Site
from wardblog.text.directions import direction, isolated, language_in, marked
from wardblog.views.calendar import calendars
from wardblog.views.feeds import feeds
from wardblog.views.output import Files

ARABIC = """\
Title: اجتماع عام
Date: 2026-11-20 09:00
Tags: grit bins
Lang: ar
Updated: 2026-11-21 10:00 | fixed | Done.

نص عربي مع **رقم 12** و [رابط](https://example.org).
"""


def tag(found: object) -> Tag:
    assert isinstance(found, Tag)
    return found


def made(site: Site) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for file in feeds(site):
        if isinstance(file, Files):
            found.update(zip(file.paths, file.contents(site), strict=True))
    return found


@pytest.fixture
def arabic(tmp_path: Path) -> dict[str, bytes]:
    return made(read_fine(tmp_path, {"posts/fine.md": ARABIC}))


def test_the_text_in_every_format_has_its_language_and_direction(arabic: dict[str, bytes]) -> None:
    texts = [
        feedparser.parse(arabic[f"feeds/all.{form}.xml"], sanitize_html=False)
        .entries[1]
        .content[0]
        .value
        for form in ("rss", "atom")
    ]
    item = json.loads(arabic["feeds/all.json"])["items"][1]
    assert item["language"] == "ar"
    for html in (*texts, item["content_html"]):
        soup = BeautifulSoup(html, "html.parser")
        words = tag(soup.find("strong", string="رقم 12"))
        around = tag(words.find_parent("div", attrs={"lang": True}))
        assert around.attrs == {"lang": "ar", "dir": "rtl"}
        imprint = tag(soup.find("small"))
        assert imprint.get_text().startswith("Promoted by")
        assert imprint.find_parent(dir="rtl") is None


def test_an_entry_of_atom_has_its_language(arabic: dict[str, bytes]) -> None:
    root = etree.fromstring(arabic["feeds/all.atom.xml"])
    entries = root.findall("{http://www.w3.org/2005/Atom}entry")
    name = "{http://www.w3.org/XML/1998/namespace}lang"
    assert [entry.get(name) for entry in entries] == [None, "ar"]
    assert entries[1].findtext("{http://www.w3.org/2005/Atom}title") == "اجتماع عام"


def test_news_in_english_sets_the_title_apart(arabic: dict[str, bytes]) -> None:
    item = json.loads(arabic["feeds/all.json"])["items"][0]
    assert (item["title"], item["language"]) == ("Fixed: \u2067اجتماع عام\u2069", "en-GB")
    link = tag(BeautifulSoup(item["content_html"], "html.parser").find("a"))
    assert (link["lang"], link["dir"]) == ("ar", "rtl")


def test_a_title_that_begins_with_latin_letters_is_set_right_to_left(tmp_path: Path) -> None:
    text = ARABIC.replace("Title: ", "Title: NHS ")
    site = read_fine(tmp_path, {"posts/fine.md": text})
    titles = [item["title"] for item in json.loads(made(site)["feeds/all.json"])["items"]]
    assert titles == ["Fixed: \u2067NHS اجتماع عام\u2069", "\u200fNHS اجتماع عام"]


def test_welsh_has_its_language_too(tmp_path: Path) -> None:
    welsh = POST.replace("\n\n", "\nLang: cy\n\n", 1).replace("Some text.", "Biniau halen.")
    found = made(read_fine(tmp_path, {"posts/fine.md": welsh}))
    item = json.loads(found["feeds/all.json"])["items"][0]
    assert '<div lang="cy" dir="ltr"><p>Biniau halen.</p></div>' in item["content_html"]
    assert item["language"] == "cy"
    plain = made(read_fine(tmp_path, {"posts/fine.md": POST}))
    assert "<div" not in json.loads(plain["feeds/all.json"])["items"][0]["content_html"]


def test_pages_and_lists_have_the_direction(tmp_path: Path) -> None:
    write_site(tmp_path / "content", {"posts/fine.md": ARABIC.replace("Tags:", "Slug: a\nTags:")})
    done = run("html", "--content", "content", "--output", "out", cwd=tmp_path)
    assert done.returncode == 0, done.stderr

    def page(path: str) -> BeautifulSoup:
        return BeautifulSoup((tmp_path / "out" / path).read_text(encoding="utf-8"), "html.parser")

    post = page("2026/11/a/index.html")
    for element in (tag(post.h1), tag(post.find(class_="text"))):
        assert (element["lang"], element["dir"]) == ("ar", "rtl")
    assert post.title is not None
    assert post.title.get_text() == "\u2067اجتماع عام\u2069 – Shaftesbury ward blog"
    for path in ("index.html", "2026/11/index.html", "issues/grit-bins/index.html"):
        link = tag(page(path).find("a", href="/2026/11/a/", lang="ar"))
        assert link["dir"] == "rtl"
    standfirst = tag(page("index.html").find(class_="standfirst"))
    assert standfirst["dir"] == "rtl"


@pytest.mark.parametrize(
    ("lang", "way"),
    [
        ("ar", "rtl"), ("he", "rtl"), ("fa", "rtl"), ("ur", "rtl"), ("ps", "rtl"), ("ckb", "rtl"),
        ("ur-pk", "rtl"), ("pa-arab", "rtl"), ("ku-arab-iq", "rtl"), ("ar-latn", "ltr"),
        ("pa", "ltr"), ("cy", "ltr"), ("en", "ltr"), ("ku", "ltr"), ("zh-hant", "ltr"),
    ],
)  # fmt: skip
def test_a_language_has_its_direction(lang: str, way: str) -> None:
    assert direction(lang) == way


@pytest.mark.parametrize(
    ("words", "lang", "title", "expected"),
    [
        ("اجتماع", "ar", "اجتماع عام", "ar"),
        ("NHS اجتماع", "ar", "اجتماع عام", "ar"),
        ("Battersea Library", "ar", "اجتماع عام", "en"),
        ("Café de l’Été, 1º", "ar", "اجتماع عام", "en"),
        ("2026/1234", "ar", "اجتماع عام", "en"),
        ("Llyfrgell", "cy", "Biniau graean", "cy"),
        ("Dŵr ŷ", "cy", "Biniau", "cy"),
        ("Biniau", "cy", "Dŵr, 2º", "cy"),
        ("লাইব্রেরি", "bn", "সভা", "bn"),
        ("Library", "bn", "সভা", "en"),
        ("Library", "en", "A word: سلام", "en"),
    ],
)
def test_words_in_another_script_than_the_title_are_english(
    words: str, lang: str, title: str, expected: str
) -> None:
    assert language_in(words, lang, title) == expected


def test_calendars_and_news_set_words_apart_from_the_english_around_them(tmp_path: Path) -> None:
    lines = "Event: 2026-12-02 | سوق | cancelled\nDeadline: 2026-11-25 | آخر موعد\nUpdated"
    text = ARABIC.replace("Updated", lines).replace("Done.", "تم")
    site = read_fine(tmp_path, {"posts/fine.md": text})
    (whole, *_) = calendars(site)
    calendar = Calendar.from_ical(whole.content(whole.part))
    assert [str(event["summary"]) for event in calendar.walk("VEVENT")] == [
        "Cancelled: \u2067سوق\u2069",
        "Deadline: \u2067آخر موعد\u2069",
    ]
    items = {item["title"]: item for item in json.loads(made(site)["feeds/all.json"])["items"]}
    assert "Deadline on Wednesday 25 November 2026: \u2067آخر موعد\u2069" in items
    assert items["Fixed: \u2067اجتماع عام\u2069"]["summary"].startswith("\u2067تم.\u2069 Fixed")
    dates = items["اجتماع عام"]["content_html"].partition("</ul>")[0]
    assert dates == (
        '<ul><li>Cancelled: <s>Wednesday 2 December 2026: <span lang="ar" dir="rtl">سوق</span></s>'
        '</li><li>Deadline on Wednesday 25 November 2026: <span lang="ar" dir="rtl">آخر موعد'
        "</span></li>"
    )


def test_words_are_marked_only_where_their_letters_do_not_say_it() -> None:
    assert marked("12 بيت", "ar") == "12 بيت"
    assert marked("12", "ar") == "\u200f12"
    assert marked("", "ar") == isolated("", "ar") == ""
    assert marked("NHS", "cy") == isolated("NHS", "cy") == "NHS"


@pytest.mark.parametrize(("lang", "space"), [("ar", "\u00a0"), ("cy", " ")])
def test_numbers_of_several_groups_are_read_from_left_to_right(
    lang: str, space: str, tmp_path: Path
) -> None:
    header = (
        f"Lang: {lang}\nSummary: Rhif 1 23\nUpdated: 2026-11-21 | | Rhif 2 34\n"
        "Deadline: 2026-12-05 | Rhif 3 45\nEvent: 2026-12-06 10:00 | Rhif 4 56 | Ty 5 67\nTags"
    )
    text = POST.replace("A fine post", "Rhif 6 78").replace("Tags", header)
    text = text.replace("Some text.", "Rhif [7 89](https://example.org/).")
    (post,) = read_fine(tmp_path, {"posts/fine.md": text}).posts
    (update,), (deadline,), (event,) = post.updates, post.deadlines, post.events
    words = (post.summary, update.words, deadline.words, event.words, event.where, post.title)
    groups = ("1 23", "2 34", "3 45", "4 56", "5 67", "6 78")
    for told, group in zip((*words, post.body.html), (*groups, "7 89"), strict=True):
        assert group.replace(" ", space) in told

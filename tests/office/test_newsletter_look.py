"""Both parts of the message: what they must have, whatever is in the posts."""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import replace
from email.message import EmailMessage
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from office.letters import INTRODUCTION, POSTS, SETTINGS, finished, made, site_with
from support import WARD, picture
from wardblog.model import Site
from wardblog.model.newsletter import STOP
from wardblog.office.mail_headers import encoded_header
from wardblog.office.newsletter.mail_file import message_bytes, write_mail_files
from wardblog.office.newsletter.plain import WIDTH, text_of_html, wrapped
from wardblog.office.newsletter.preview import write_preview
from wardblog.office.newsletter.render import MOST_BYTES
from wardblog.problems import CommandError, ContentError
from wardblog.text.plain_text import plain


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return site_with(tmp_path)


@pytest.fixture
def private(tmp_path: Path) -> Path:
    return tmp_path / "private"


class Elements(HTMLParser):
    """The elements of a page, with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.comments: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)

    def named(self, *names: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name in names]


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    issues = []
    for folder in ("one", "two"):
        site = site_with(tmp_path / folder)
        issue = finished(site, tmp_path / folder / "private", text=INTRODUCTION)
        issues.append((issue, message_bytes(issue, SETTINGS, site)))
    assert issues[0] == issues[1]


@pytest.mark.parametrize("name", ["html", "text"])
def test_both_parts_have_what_the_law_asks_for(site: Site, private: Path, name: str) -> None:
    issue = finished(site, private)
    words = " ".join((plain(issue.html) if name == "html" else issue.text).split())
    assert site.imprint.sentence in words
    assert "You receive this e-mail because you asked for the newsletter" in words
    assert f"write “{STOP}” to news@ward.example.org" in words
    assert "mailto:news@ward.example.org?subject=Stop%20the%20newsletter" in (
        issue.html if name == "html" else issue.text
    )


def test_an_address_for_one_click_is_in_both_parts_and_keeps_its_token(
    site: Site, private: Path
) -> None:
    url = "https://lists.example.org/stop?a=1&t={token}"
    by_smtp = replace(SETTINGS, via="smtp", unsubscribe=url)
    issue = finished(site, private, by_smtp)
    assert url in issue.text.split("\n")
    assert [a["href"] for a in Elements(issue.html).named("a")].count(url) == 1
    # Nobody else could fill it in.
    issue = finished(site, private, replace(by_smtp, via="file"))
    assert "{token}" not in issue.text + issue.html


def test_it_loads_nothing_and_tells_nobody(site: Site, private: Path) -> None:
    page = Elements(finished(site, private, text=INTRODUCTION).html)
    assert page.named("img", "script", "link", "iframe", "object", "form", "input", "base") == []
    html = finished(site, private).html
    assert "url(" not in html
    assert "@import" not in html
    assert "@font-face" not in html


def test_every_link_is_complete(site: Site, private: Path) -> None:
    issue = finished(site, private, text=INTRODUCTION)
    links = [a["href"] or "" for a in Elements(issue.html).named("a")]
    assert len(links) > 10
    assert all(link.startswith(("https://", "mailto:", "tel:")) for link in links), links
    for link in links:
        shown = link.removeprefix("mailto:").removeprefix("tel:").partition("?")[0]
        assert unquote(shown) in issue.text.replace(" ", "") or shown in issue.text, link


def test_a_site_in_a_subfolder_has_the_right_links(tmp_path: Path, private: Path) -> None:
    settings = WARD.replace("https://ward.example.org", "https://example.org/ward")
    files: dict[str, str | bytes] = {
        "ward.toml": settings, "images/bin.jpg": picture(1200, 800, "JPEG")
    }  # fmt: skip
    text = f"{INTRODUCTION}\n![The bin](images/bin.jpg)\n"
    issue = finished(site_with(tmp_path, files), private, replace(SETTINGS, pictures=True), text)
    page = Elements(issue.html)
    links = [a["href"] or "" for a in page.named("a")] + [i["src"] or "" for i in page.named("img")]
    own = [one for one in links if "//example.org/" in one and one != "https://example.org/a"]
    assert len(own) > 10
    assert all(one.startswith("https://example.org/ward/") for one in own), own
    assert "/ward/ward/" not in issue.html + issue.text
    assert "https://example.org/ward/2026/11/bins-moved/" in issue.text


def test_headings_are_in_order(site: Site, private: Path) -> None:
    html = finished(site, private, text=INTRODUCTION).html
    levels = [int(n) for n in re.findall(r"<h([1-6])", html)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_layout_tables_are_no_tables_for_screen_readers(site: Site, private: Path) -> None:
    page = Elements(finished(site, private, text=INTRODUCTION).html)
    layout = [t for t in page.named("table") if "class" in t]
    assert [t["role"] for t in layout] == ["presentation"]
    assert len(page.named("table")) == 2  # the other one is the introduction's own
    (before, after) = page.comments
    assert before.startswith('[if mso]><table role="presentation"')
    assert 'width="600"' in before
    assert after == "[if mso]></td></tr></table><![endif]"


def test_the_style_is_in_each_element_and_the_dark_in_the_head(site: Site, private: Path) -> None:
    html = finished(site, private).html
    assert re.search(r'<h1 style="[^"]*font-size:30px', html)
    head = html.partition("</head>")[0]
    assert "@media (prefers-color-scheme: dark)" in head
    assert head.index('<meta charset="utf-8">') < 200
    assert "data-css-inline" not in html


def test_hostile_titles_and_summaries_are_only_words(tmp_path: Path, private: Path) -> None:
    title = "<script>alert(1)</script> & \"quoted\" 'x' {{ 7*7 }} <!--[if mso]>"
    post = (
        f"Title: {title.replace('<script>alert(1)</script>', '5 < 6 > 4')}\n"
        "Date: 2026-11-20\nTags: general\n"
        "Summary: </p></div></table><b>bold</b> ]]> <![endif]--> {% raw %}\n"
        "Event: 2026-12-01 | 5 < 6 & {{ x }}\n\nText.\n"
    )
    site = site_with(tmp_path, {"posts/bad.md": post})
    hostile = tuple(
        replace(p, title=title, summary=f"{title}{p.summary}") if "bad" in p.file else p
        for p in site.posts
    )
    issue = finished(replace(site, posts=hostile, title=title), private)
    page = Elements(issue.html)
    assert page.named("script", "b") == []
    assert len(page.comments) == 2
    assert len(page.named("table")) == 1
    assert "{{ 7*7 }}" in plain(issue.html)
    assert title in issue.text.replace("\n", " ")


def test_a_hostile_introduction_is_refused_or_cleaned(site: Site, private: Path) -> None:
    for bad in ("<script>alert(1)</script>", '<a href="javascript:alert(1)">x</a>',
                '<p onclick="x()">y</p>', '<iframe src="https://x.example"></iframe>'):  # fmt: skip
        try:
            html = finished(site, private, text=f"Title: A\n\n{bad}\n").html
        except ContentError:
            continue
        page = Elements(html)
        assert page.named("script", "iframe") == []
        assert not any("onclick" in a or (a.get("href") or "").startswith("java")
                       for _, a in page.found)  # fmt: skip


# What could end, hide or open a part of the message, if it were taken as it is.
PIECES = (
    "<div>", "</div>", "</td></tr></table>", "<table>", "<td>", "<!--", "-->", "<details>", "<b",
    "<a href='x", "\n\n", "\n", "# ", "- ", "> ", "* ", "**", "`", "```\n", "[a](", "b)",
    "|a|b|\n|-|-|",
    "<style>p{display:none}</style>", "<p style='display:none'>", "<p hidden>", "&#0;", "\u202e",
    "word ", "<ol reversed start='-5'>", "<li>", "<pre>", "<br>", "[^1]", "[^1]: note\n",
    "<template>",
    "<svg>", "<![endif]-->", "<!--[if mso]>", "{{ 7*7 }}", "{% raw %}", "\\", "    code\n",
    "<textarea>", "<plaintext>", "<title>", "</body>", "</html>",
)  # fmt: skip


@pytest.fixture(scope="module")
def one_site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return site_with(tmp_path_factory.mktemp("one"))


@given(pieces=st.lists(st.sampled_from(PIECES), min_size=1, max_size=18))
def test_no_introduction_breaks_the_message(
    one_site: Site, tmp_path_factory: pytest.TempPathFactory, pieces: list[str]
) -> None:
    private = tmp_path_factory.mktemp("private")
    try:
        issue = finished(one_site, private, text=f"Title: A\n\n{''.join(pieces)}\n")
    except ContentError:
        return
    page = Elements(issue.html)
    assert len(page.comments) == 2
    assert page.named("script", "template", "svg", "textarea", "plaintext", "xmp") == []
    assert len(page.named("title")) == len(page.named("body")) == len(page.named("h1")) == 1
    hidden = [a for _, a in page.found if "hidden" in a or "display:none" in (a.get("style") or "")]
    assert [a["class"] for a in hidden] == ["preheader"]
    for words in (plain(issue.html), " ".join(issue.text.split())):
        assert words.count(one_site.imprint.sentence) == 1


def test_a_hostile_title_is_only_words_in_the_preview(site: Site, private: Path) -> None:
    issue = finished(site, private, text="Title: <script>alert(1)</script> & co\n\nHello.\n")
    page = write_preview(issue, "<b>Robin</b>", ["<i>A note</i>"], private)
    html = page.read_text(encoding="utf-8")
    assert Elements(html).named("script", "b", "i") == []
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; co" in html


def test_the_introduction_in_plain_text(site: Site, private: Path) -> None:
    text = finished(site, private, text=INTRODUCTION).text
    start, end = text.index("Hello & welcome,"), text.index("What is new")
    assert (
        text[start:end]
        == """\
Hello & welcome,

First
-----

It was a long autumn; see the trees
<https://ward.example.org/2026/11/trees-planted/?from=newsletter-2026-11>,
the bins
<https://ward.example.org/2026/11/bins-moved/?from=newsletter-2026-11>
and https://example.org/a.

Lists
-----

1. One
2. Two by e-mail <robin@example.org>
   - with a part

> Quoted words

Day | Place
Sat | Park

* * *

The end.

"""
    )


def test_a_link_in_the_introduction_that_leads_nowhere_is_reported(
    tmp_path: Path, private: Path
) -> None:
    draft = "Title: Not yet\nDate: 2026-11-20\nTags: general\nStatus: draft\n\nText.\n"
    site = site_with(tmp_path, {"posts/draft.md": draft})
    with pytest.raises(ContentError) as error:
        made(site, private, text="Title: A\n\nHello.\n\nSee [the plan](posts/draft.md).\n")
    (problem,) = error.value.problems
    assert (problem.line, problem.message) == (
        5, 'this links to "posts/draft.md", which residents cannot open'
    )  # fmt: skip


@pytest.mark.parametrize("with_pictures", [True, False])
def test_pictures_are_shown_only_if_wanted(
    tmp_path: Path, private: Path, with_pictures: bool
) -> None:
    files: dict[str, str | bytes] = {
        "images/bin.jpg": picture(1200, 800, "JPEG"),
        "posts/bins.md": POSTS["posts/bins.md"].replace(
            "Deadline", "Image: images/bin.jpg | A bin & its lid\nDeadline"
        ),
    }
    site = site_with(tmp_path, files)
    settings = replace(SETTINGS, pictures=with_pictures)
    text = "Title: A\n\n![The bin](images/bin.jpg)\n"
    if not with_pictures:
        assert Elements(finished(site, private, settings).html).named("img") == []
        with pytest.raises(ContentError, match="the newsletter shows none"):
            made(site, private, settings, text)
        return
    images = Elements(finished(site, private, settings, text).html).named("img")
    assert len(images) == 2
    for image in images:
        assert (image["src"] or "").startswith("https://ward.example.org/images/bin")
        assert image["alt"]
        assert int(image["width"] or 0) > 0
        assert int(image["height"] or 0) > 0
    assert [(image["width"], image["height"]) for image in images] == [("552", "368")] * 2
    assert [image["alt"] for image in images] == ["The bin", "A bin & its lid"]
    with pytest.raises(ContentError, match="on another site"):
        made(site, private, settings, "Title: A\n\n![A bin](https://elsewhere.example/bin.jpg)\n")


def test_a_text_from_right_to_left_has_its_direction(tmp_path: Path, private: Path) -> None:
    post = (
        "Title: تعالوا وتحدثوا معنا\nDate: 2026-11-21\nLang: ar\nSlug: arabic\nTags: general\n"
        "Summary: اتصلوا بنا على الرقم 020 7946 0123.\n\nنستقبلكم في المكتبة.\n"
    )
    settings = WARD.replace('email = "robin', 'phone = "020 7946 0123"\nemail = "robin')
    issue = finished(site_with(tmp_path, {"ward.toml": settings, "posts/ar.md": post}), private)
    page = Elements(issue.html)
    (block,) = [a for a in page.named("div") if a.get("lang") == "ar"]
    assert block["dir"] == "rtl"
    assert "020&nbsp;7946&nbsp;0123" in issue.html
    assert [a["dir"] for a in page.named("span") if a.get("lang") == "en-GB"] == ["ltr"]
    assert page.named("html")[0] == {"lang": "en-GB", "dir": "ltr"}


def many(number: int, words: int) -> dict[str, str]:
    """Posts of this month, with a summary of so many words each."""
    return {
        f"posts/many-{n}.md": f"Title: Post number {n:03}\nDate: 2026-11-{n % 20 + 1:02} 10:00\n"
        f"Tags: general\nSummary: {' '.join(['word'] * words)}.\n\nText.\n"
        for n in range(number)
    }


@pytest.mark.long
def test_300_posts_fit_and_none_is_dropped_in_silence(tmp_path: Path, private: Path) -> None:
    site = site_with(tmp_path, many(300, 30))
    issue = made(site, private)
    assert issue.finished is not None
    html, text = issue.finished.html, issue.finished.text
    size = len(html.encode())
    assert MOST_BYTES * 0.98 < size <= MOST_BYTES
    for part in (html, text):
        assert len(set(re.findall(r"Post number \d{3}", part))) == 300
    full = html.count('<div class="post"')
    assert 0 < full < 303
    assert "these posts have only their titles here" in " ".join(text.split())
    (note,) = issue.notes
    assert note == (
        f"So that Gmail does not cut it off, only {full} of 303 posts could be shown with a "
        f"summary; {303 - full} only with the title."
    )
    assert site.imprint.sentence in html


def test_1200_posts_are_counted_where_they_do_not_fit(tmp_path: Path, private: Path) -> None:
    site = site_with(tmp_path)
    old = site.posts[0]
    posts = tuple(
        replace(old, title=f"Post number {n:04}", address=f"2026/11/{n:04}/", file=f"posts/{n}.md")
        for n in range(1200)
    )
    issue = made(replace(site, posts=posts), private)
    assert issue.finished is not None
    assert len(issue.finished.html.encode()) <= MOST_BYTES
    shown = len(set(re.findall(r"Post number \d{4}", issue.finished.html.partition("<h2")[2])))
    over = 1200 - shown
    assert over > 0
    for part in (plain(issue.finished.html), " ".join(issue.finished.text.split())):
        assert f"And {over:,} more posts on the blog: https://ward.example.org/" in part
    assert "none of 1,200 posts could be shown with a summary" in issue.notes[0]
    assert issue.notes[1] == f"{over:,} posts had no space and are only counted, with a link."


def test_an_introduction_that_is_too_long_is_refused(site: Site, private: Path) -> None:
    with pytest.raises(CommandError, match="even without any post"):
        made(site, private, text=f"Title: A\n\n{'A sentence of some words. ' * 5000}\n")


# The text part


def test_no_line_is_longer_than_72_characters_but_addresses(site: Site, private: Path) -> None:
    text = finished(site, private, text=INTRODUCTION).text
    for line in text.split("\n"):
        assert len(line) <= WIDTH or "http" in line or "mailto:" in line, line


@given(st.text(alphabet=st.sampled_from("ab <>&\"'\n\t*_-é😀"), max_size=300))
def test_wrapping_loses_no_word(words: str) -> None:
    assert wrapped(words).split() == words.split()


def test_an_address_is_never_broken() -> None:
    address = f"https://ward.example.org/{'a-long-name-' * 12}/"
    assert wrapped(f"See {address} today.").split("\n") == ["See", address, "today."]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("<p>One<br>two</p>", "One\ntwo"),
        ("<p>a <em>b</em> c</p><p>d</p>", "a b c\n\nd"),
        ('<p><a href="https://x.example/">x.example</a></p>', "x.example"),
        ('<p><a href="https://x.example/a">Go</a>.</p>', "Go <https://x.example/a>."),
        ('<p><a href="mailto:a@x.example?subject=B">Write</a></p>', "Write <a@x.example>"),
        ('<p><a href="https://x.example/?p=3">Go</a></p>', "Go <https://x.example/?p=3>"),
        ("<ul><li>a<ul><li>b</li></ul></li><li><p>c</p><p>d</p></li></ul>",
         "- a\n  - b\n- c\n  d"),
        ('<ol start="3"><li>a</li></ol>', "3. a"),
        ("<pre><code>a  b\nc</code></pre>", "    a  b\n    c"),
        ('<p><img src="https://x.example/b.jpg" alt="A bin"></p>', "[A bin]"),
        ("<p>5 &lt; 6 &amp; <s>7</s>8</p>", "5 < 6 & 8"),
        ("loose <b>words</b><p>p</p>tail", "loose words\n\np\n\ntail"),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n\n> b"),
        ("<details><summary>S</summary><p>T</p></details>", "S\n\nT"),
        ("<dl><dt>T</dt><dd>D</dd></dl>", "T\n\nD"),
    ],
)  # fmt: skip
def test_html_as_plain_text(html: str, text: str) -> None:
    assert text_of_html(html) == text


# Files for other programs


def test_the_files_for_other_programs(site: Site, private: Path) -> None:
    issue = finished(site, private, text=INTRODUCTION.replace("Winter", "Wintér — größe ❄ " * 6))
    message_file, page = write_mail_files(issue, SETTINGS, site, private)
    assert [p.name for p in (message_file, page)] == ["2026-11.eml", "2026-11.html"]
    assert page.read_text(encoding="utf-8") == issue.html
    data = message_file.read_bytes()
    assert all(len(line) <= 998 for line in data.split(b"\r\n"))
    assert b"\n" not in data.replace(b"\r\n", b"")
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    assert message["Subject"] == issue.subject
    head = data.partition(b"\r\n\r\n")[0]
    assert max(map(len, re.findall(rb"=\?[^?]+\?[bq]\?[^?]*\?=", head))) <= 75
    assert message["From"] == "Robin Sample <news@ward.example.org>"
    assert message["List-Unsubscribe"] == (
        "<mailto:news@ward.example.org?subject=Stop%20the%20newsletter>"
    )
    assert "List-Unsubscribe-Post" not in message
    assert message["Date"].datetime.date() == site.today
    assert message["To"] is None
    text, html = message.iter_parts()
    assert (text.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    assert text.get_content().replace("\r\n", "\n") == issue.text
    assert html.get_content().replace("\r\n", "\n") == issue.html


@given(st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")) | st.just(" "),
               min_size=1, max_size=150))  # fmt: skip
def test_any_subject_survives(subject: str) -> None:
    subject = " ".join(subject.split()) or "x"
    data = f"Subject: {encoded_header(subject, 'Subject')}\r\n".encode("ascii")
    message = email.message_from_bytes(data + b"\r\n", policy=email.policy.default)
    assert message["Subject"] == subject
    assert all(len(line) <= 78 for line in data.split(b"\r\n"))

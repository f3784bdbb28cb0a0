"""Feeds: their entries and news, and that feed readers and validators accept them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

import feedparser
import pytest
import rnc2rng
from bs4 import BeautifulSoup
from lxml import etree

from bench.feeds import made_site
from feed_rules import ATOM, RFC3339, complaints
from support import POST, ROOT, WARD, files_in, files_of, picture, read_all, read_fine, write_site
from wardblog.model import Site
from wardblog.problems import Severity
from wardblog.views.feeds import feeds

URL = "https://ward.example.org/2026/11/a-fine-post/"
NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "georss": "http://www.georss.org/georss",
    "dc": "http://purl.org/dc/elements/1.1/",
}
SCHEMA = etree.RelaxNG(
    etree.fromstring(
        rnc2rng.dumps(rnc2rng.loads((ROOT / "tests/schemas/atom.rnc").read_text())).encode()
    )
)


def made(site: Site) -> dict[str, bytes]:
    return files_in(feeds(site))


def written(lines: str) -> dict[str, str]:
    return {"posts/fine.md": POST.replace("\n\nSome", f"\n{lines}\n\nSome")}


def feeds_of(folder: Path, lines: str = "", **more: str) -> dict[str, bytes]:
    """The feeds of the base site, its post with these lines on top."""
    files = written(lines) if lines else {}
    return made(read_fine(folder, {**files, **more}))


def titles(found: Mapping[str, bytes], path: str = "feeds/all.rss.xml") -> list[str]:
    return [entry.title for entry in feedparser.parse(found[path]).entries]


def assert_valid(found: Mapping[str, bytes]) -> None:
    """Each feed is read without complaint, and has nothing that a validator would name."""
    for path, content in found.items():
        if path.endswith(".json"):
            assert json_complaints(json.loads(content)) == [], path
            continue
        parsed = feedparser.parse(content)
        assert not parsed.bozo, (path, parsed.get("bozo_exception"))
        if path.endswith(".opml"):
            assert opml_complaints(etree.fromstring(content)) == [], path
            continue
        assert complaints(content) == [], path
        if path.endswith(".atom.xml"):
            assert SCHEMA.validate(etree.fromstring(content)), (path, SCHEMA.error_log.last_error)


def json_complaints(feed: dict[str, object]) -> list[str]:
    """What https://www.jsonfeed.org/version/1.1/ asks for and is not there."""
    found = []
    if feed["version"] != "https://jsonfeed.org/version/1.1" or not feed["title"]:
        found.append("version or title")
    known = {"version", "title", "home_page_url", "feed_url", "description", "next_url", "icon",
             "favicon", "authors", "language", "hubs", "items"}  # fmt: skip
    found += [key for key in feed if key not in known and not key.startswith("_")]
    items = feed["items"]
    assert isinstance(items, list)
    if len({item["id"] for item in items}) != len(items):
        found.append("an id twice")
    for item in items:
        known = {"id", "url", "title", "content_html", "summary", "image", "date_published",
                 "date_modified", "authors", "tags", "language", "attachments"}  # fmt: skip
        found += [key for key in item if key not in known and not key.startswith("_")]
        found += [key for key in ("id", "url", "content_html") if not isinstance(item[key], str)]
        for key in ("date_published", "date_modified"):
            if not RFC3339.fullmatch(item[key]):
                found.append(f"{key}: {item[key]}")
        for attachment in item.get("attachments", ()):
            # A size may be left out (https://www.jsonfeed.org/version/1.1/), but not be wrong.
            if set(attachment) - {"size_in_bytes"} != {"url", "mime_type"}:
                found.append("attachment")
            if attachment.get("size_in_bytes", 1) < 1:
                found.append("size_in_bytes")
        if not all(author["name"] for author in item["authors"]):
            found.append("author")
    return found


def opml_complaints(root: etree._Element) -> list[str]:
    """What http://opml.org/spec2.opml asks for and is not there."""
    found = [] if root.tag == "opml" and root.get("version") == "2.0" else ["version"]
    if [child.tag for child in root] != ["head", "body"] or not len(root[1]):
        found.append("head and body")
    wanted = ("type", "text", "xmlUrl")
    return found + [str(o.get("text")) for o in root.iter("outline") if not all(map(o.get, wanted))]


# What a feed is


def test_an_entry_is_complete_in_each_format(tmp_path: Path) -> None:
    site = read_fine(
        tmp_path,
        {
            **written(
                "Summary: Salt & 2 < 3\nPlaces: Eland Road | 51.46671, -0.15602\n"
                "Precision: street\nModified: 2026-11-21\nAuthor: Asha\nImage: images/a b.png",
            ),
            "images/a b.png": picture(),
        },
    )
    found = made(site)
    assert_valid(found)
    item = etree.fromstring(found["feeds/grit-bins.rss.xml"]).find("channel/item")
    entry = etree.fromstring(found["feeds/grit-bins.atom.xml"]).find(f"{ATOM}entry")
    values = json.loads(found["feeds/grit-bins.json"])["items"][0]
    assert item is not None
    assert entry is not None
    assert item.findtext("guid") == entry.findtext(f"{ATOM}id") == values["id"] == URL
    assert item.findtext("description") == "Salt &amp; 2 &lt; 3"
    assert entry.findtext(f"{ATOM}summary") == values["summary"] == "Salt & 2 < 3"
    assert item.findtext("pubDate") == "Fri, 20 Nov 2026 09:00:00 +0000"
    assert values["date_published"] == entry.findtext(f"{ATOM}published")
    assert str(entry.findtext(f"{ATOM}updated")).startswith("2026-11-21T00:00:00.")
    assert item.findtext("dc:creator", namespaces=NAMESPACES) == "Asha"
    assert [c.text for c in item.findall("category")] == values["tags"] == ["Grit bins"]
    assert item.findtext("georss:point", namespaces=NAMESPACES) == "51.467 -0.156"
    assert values["_geo"]["points"] == [[51.467, -0.156]]
    expected = {
        "url": "https://ward.example.org/images/a%20b.png",
        "length": "0",
        "type": "image/png",
    }
    enclosure = item.find("enclosure")
    assert enclosure is not None
    assert dict(enclosure.attrib) == expected
    link = entry.find(f"{ATOM}link[@rel='enclosure']")
    assert link is not None
    # What is published is not the file as it was; how long it is will be known once it is made.
    assert (link.get("href"), link.get("length")) == (expected["url"], None)
    assert "size_in_bytes" not in values["attachments"][0]
    for html in (entry.findtext(f"{ATOM}content"), values["content_html"]):
        assert "Promoted by Chris Agent on behalf of Robin Sample" in str(html)


def test_a_feed_names_its_owner_and_its_other_addresses(tmp_path: Path) -> None:
    ward = WARD.replace("[ward]", 'hub = "https://hub.example.org/"\n[ward]')
    found = feeds_of(tmp_path, **{"ward.toml": ward})
    assert_valid(found)
    channel = etree.fromstring(found["feeds/grit-bins.rss.xml"])[0]
    assert channel.findtext("link") == "https://ward.example.org/issues/grit-bins/"
    assert channel.findtext("copyright", "").startswith("© 2026 Robin Sample. Promoted by")
    assert "Promoted by Chris Agent" in channel.findtext("description", "")
    assert channel.findtext("language") == "en-GB"
    links = {link.get("rel"): link.get("href") for link in channel.findall(f"{ATOM}link")}
    assert links == {
        "self": "https://ward.example.org/feeds/grit-bins.rss.xml",
        "hub": "https://hub.example.org/",
    }
    hubs = json.loads(found["feeds/grit-bins.json"])["hubs"]
    assert hubs == [{"type": "WebSub", "url": "https://hub.example.org/"}]


@pytest.mark.parametrize("where", ["above", "publish"])
def test_a_websub_hub_may_be_set_in_either_place(where: str, tmp_path: Path) -> None:
    line = 'hub = "https://hub.example.org/"\n'
    ward = line + WARD if where == "above" else f"{WARD}[publish]\n{line}"
    assert read_fine(tmp_path, {"ward.toml": ward}).hub == "https://hub.example.org/"


def test_a_tag_of_three_posts_has_a_feed_and_one_of_two_has_none(tmp_path: Path) -> None:
    posts = {
        f"posts/{n}.md": POST.replace("fine", f"{n}").replace(
            "grit bins", "grit bins, winter, all" + (", rare" if n else "")
        )
        for n in range(3)
    }
    found = made(read_fine(tmp_path, posts))
    assert_valid(found)
    assert len(titles(found, "feeds/winter.rss.xml")) == 3
    assert "feeds/rare.rss.xml" not in found
    assert len(titles(found)) == 4  # the feed of everything is not that of the tag "all"
    listed = [o.get("xmlUrl") for o in etree.fromstring(found["feeds.opml"]).iter("outline")]
    assert listed == [
        f"https://ward.example.org/feeds/{slug}.rss.xml"
        for slug in ("all", "grit-bins", "potholes", "winter")
    ]


def test_older_entries_are_in_archives_that_new_posts_do_not_change(tmp_path: Path) -> None:
    def posts(count: int) -> dict[str, str]:
        return {
            f"posts/p{n}.md": POST.replace("A fine post", f"Post {n}").replace(
                "2026-11-20 09:00", f"2025-{1 + n // 28:02}-{1 + n % 28:02}"
            )
            for n in range(count)
        }

    before = made(read_fine(tmp_path / "a", posts(80)))
    after = made(read_fine(tmp_path / "b", posts(81)))
    assert_valid(before)
    archives = {p: c for p, c in before.items() if "/archive/" in p}
    assert archives
    assert {p: after[p] for p in archives} == archives
    assert len([p for p in after if "/archive/" in p]) == len(archives)
    full = [f"feeds/archive/all/{number}.json" for number in (1, 2, 3)]
    assert [len(json.loads(archives[path])["items"]) for path in full] == [15, 15, 30]
    for ending in ("rss.xml", "atom.xml", "json"):
        path = f"feeds/all.{ending}"
        seen: set[str] = set()
        while path:
            found = before[path]
            if ending == "json":
                feed = json.loads(found)
                seen.update(item["id"] for item in feed["items"])
                path = feed.get("next_url", "")
            else:
                root = etree.fromstring(found)
                assert len(feedparser.parse(found).entries) <= 30
                seen.update(e.id for e in feedparser.parse(found).entries)
                link = root.find(f".//{ATOM}link[@rel='prev-archive']")
                path = str(link.get("href")) if link is not None else ""
            path = path.removeprefix("https://ward.example.org/")
        assert len(seen) == 81, ending  # with the base site's own post


def test_a_feed_without_posts_stays_the_same_on_another_day(tmp_path: Path) -> None:
    ward = write_site(tmp_path)
    (ward / "posts/fine.md").unlink()
    site, _ = read_all(ward)
    assert_valid(made(site))
    assert b"2026" not in made(site)["feeds/all.atom.xml"]


def test_the_same_content_gives_the_same_bytes(tmp_path: Path) -> None:
    site = read_fine(tmp_path)
    assert made(site) == made(site)


def test_a_post_that_moved_keeps_its_id(tmp_path: Path) -> None:
    moved = feeds_of(
        tmp_path,
        "Slug: newer\nAliases: /short/\n         /2026/11/a-fine-post/\n         /2026/11/x/",
    )
    entry = feedparser.parse(moved["feeds/all.rss.xml"]).entries[0]
    assert entry.id == URL
    assert entry.link == "https://ward.example.org/2026/11/newer/"


def test_pages_for_people_do_not_link_to_xml(sample: Path) -> None:
    for path in sample.rglob("*.html"):
        page = etree.HTML(path.read_text())
        for link in page.iterfind(".//a[@href]"):
            address = str(link.get("href"))
            assert not re.search(r"^feed:|^/.*\.xml$|^/feeds/", address)
            assert not re.search(r"ward\.example\.org/feeds/[^?]*$", address)


def test_every_page_links_to_the_feeds_of_its_topics(sample: Path) -> None:
    def named(path: str) -> list[str]:
        page = BeautifulSoup((sample / path / "index.html").read_text(), "html.parser")
        links = page.select("link[rel=alternate]:not([type='text/calendar'])")
        assert all((sample / str(link["href"]).lstrip("/")).is_file() for link in links)
        return list(dict.fromkeys(str(link["href"]).split("/")[-1].split(".")[0] for link in links))

    assert named("") == ["all"]
    assert named("about") == ["all"]
    assert named("issues/grit-bins") == ["grit-bins", "all"]
    assert named("map/grit-bins") == ["grit-bins", "all"]
    assert named("tags/winter") == ["winter", "all"]
    assert named("tags/buses") == ["all"]
    assert named("subscribe/winter") == ["winter", "all"]
    assert named("2026/11/two-grit-bins-moved-on-the-estate") == ["grit-bins", "winter", "all"]


def test_the_feeds_of_the_sample_are_valid(sample: Path) -> None:
    found = {p: c for p, c in files_of(sample).items() if p.startswith("feeds")}
    of_streets = [path for path in found if path.startswith("feeds/streets/")]
    assert {path.partition(".")[2] for path in of_streets} == {"rss.xml"}
    of_archive = [path for path in found if path.startswith("feeds/archive/")]
    assert of_archive  # older entries than those of the feed of everything
    assert len(found) - len(of_streets) - len(of_archive) == 8 * 3 + 1
    assert_valid(found)


@pytest.mark.long
@pytest.mark.parametrize(
    ("posts", "issues", "parts", "parts_of_an_issue"),
    [
        (80, 2, 3, 2),
        pytest.param(200, 5, 7, 2, marks=pytest.mark.long),
        pytest.param(1000, 5, 34, 7, marks=pytest.mark.long),
    ],
)
def test_the_feeds_of_many_posts_are_valid(
    tmp_path: Path, posts: int, issues: int, parts: int, parts_of_an_issue: int
) -> None:
    found = made(made_site(tmp_path, posts, issues))
    assert len(found) == 3 * (1 + parts + issues * (1 + parts_of_an_issue)) + 1
    assert_valid(found)


# News


REPORTED = "Progress: reported"
FIXED = f"{REPORTED}\nUpdated: 2026-11-22 | fixed | Contractor came this morning"


def test_a_change_of_progress_is_one_new_entry_in_the_feeds_of_its_post(tmp_path: Path) -> None:
    before = feeds_of(tmp_path / "before", REPORTED)
    after = feeds_of(tmp_path / "after", FIXED)
    assert_valid(after)
    for path in before:
        if not path.endswith((".json", ".opml")):
            told = feedparser.parse(after[path]).entries
            known = {entry.id for entry in feedparser.parse(before[path]).entries}
            new = [entry for entry in told if entry.id not in known]
            assert len(told) == len(known) + len(new)
            if "potholes" in path:
                assert new == []
                continue
            assert [entry.title for entry in new] == ["Fixed: A fine post"]
            assert new[0].id == new[0].link == f"{URL}#ward-fixed"
            assert new[0].summary == "Contractor came this morning. Fixed, 2 days after the post."
            assert new[0].published_parsed[:5] == (2026, 11, 22, 0, 0)
    assert feeds_of(tmp_path / "again", FIXED) == after


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("Progress: fixed\nUpdated: 2026-11-22 | fixed | ", ["fixed"]),
        ("Updated: 2026-11-21 | acknowledged | \n  2026-11-22 | fixed | ",
         ["fixed", "acknowledged"]),
        ("Updated: 2026-11-22 | fixed | \n  2026-11-21 | in progress | ", ["fixed", "in-progress"]),
        ("Updated: 2026-11-21 | fixed | \n  2026-11-22 | reported | ", ["reported", "fixed"]),
        ("Updated: 2026-11-21 | reported | Seen", []),
        ("Updated: 2026-11-21 | | No change, only words", []),
        ("Updated: 2026-11-18 | in progress | Before the post", []),
        ("Progress: fixed\nUpdated: 2026-11-20 | reported | \n  2026-11-20 | fixed | ", []),
        ("Progress: reported\nUpdated: 2026-11-20 | fixed | A part of the post", []),
        ("Updated: 2026-11-20 15:00 | fixed | The same afternoon", ["fixed"]),
        ("Updated: 2026-11-20 08:00 | fixed | Before breakfast", []),
        ("Progress: in progress\nUpdated: 2026-11-19 | in progress | \n  2026-11-22 | fixed | ",
         ["fixed"]),
        ("Updated: 2026-11-30 | fixed | Ahead", []),
        ("Updated: 2026-11-21 | fixed | \n  2026-11-21 | reported | \n  2026-11-22 | fixed | ",
         ["fixed-2", "reported", "fixed"]),
    ],
)  # fmt: skip
def test_only_changes_since_the_post_are_news(lines: str, told: list[str], tmp_path: Path) -> None:
    entries = feedparser.parse(feeds_of(tmp_path, lines)["feeds/all.rss.xml"]).entries
    assert [e.id.partition("#ward-")[2] for e in entries] == [*told, ""]


@pytest.mark.parametrize(
    "changed",
    [
        FIXED.replace("Contractor came this morning", "The contractor came"),
        FIXED.replace("2026-11-22", "2026-11-21"),
        f"{FIXED}\nModified: 2026-11-22\nSummary: Another one.",
        FIXED.replace("Progress: reported", "Progress: fixed"),
        FIXED.replace("Progress: reported\n", ""),
        f"{FIXED}\n         2026-11-21 | acknowledged | A line that was forgotten",
        f"{FIXED}\n         2026-11-22 | | Only words",
    ],
)
def test_an_entry_that_was_published_does_not_appear_again(changed: str, tmp_path: Path) -> None:
    before = feedparser.parse(feeds_of(tmp_path / "a", FIXED)["feeds/all.rss.xml"]).entries
    after = feedparser.parse(feeds_of(tmp_path / "b", changed)["feeds/all.rss.xml"]).entries
    new = {entry.id for entry in after} - {entry.id for entry in before}
    assert new <= {f"{URL}#ward-acknowledged"}
    assert {entry.id for entry in before} <= {entry.id for entry in after}


@pytest.mark.parametrize(
    ("deadline", "day"),
    [
        ("2026-11-30", None),  # eight days from now
        ("2026-11-29", 22),
        ("2026-11-25", 21),  # the post itself came within the week
        ("2026-11-21", 21),
        ("2026-11-20", None),  # the post itself appeared on its last day
    ],
)
def test_a_reminder_appears_a_week_before_a_deadline(
    deadline: str, day: int | None, tmp_path: Path
) -> None:
    found = feeds_of(tmp_path, f"Deadline: {deadline} | Comments close")
    assert_valid(found)
    entries = feedparser.parse(found["feeds/grit-bins.atom.xml"]).entries
    news = [entry for entry in entries if "#" in entry.id]
    if day is None:
        assert news == []
        return
    assert [entry.id for entry in news] == [f"{URL}#ward-deadline-{deadline}"]
    assert re.fullmatch(r"Deadline on \w+day \d+ November 2026: Comments close", news[0].title)
    assert news[0].published_parsed[2] == day


def test_the_links_of_the_feed_lead_to_the_history_on_the_page(sample: Path) -> None:
    feed = feedparser.parse((sample / "feeds/all.rss.xml").read_bytes())
    news = [entry.link for entry in feed.entries if "#" in entry.link]
    assert len(news) >= 4
    for link in news:
        path, _, anchor = link.removeprefix("https://ward.example.org/").partition("#")
        page = BeautifulSoup((sample / path / "index.html").read_text(), "html.parser")
        step = page.find(id=anchor)
        assert step is not None
        assert step.name in ("li", "figure", "p")  # a change, a reply, when a question closes


# Bad input

TAGS = ", ".join(f"tag {n}" for n in range(1000))
TOLD = ("invalid-html", "unsafe-data", "table-headers")
HOSTILE: dict[str, tuple[str, str, int]] = {
    # what it is: header lines, text, and the line of the warning, 0 for none
    "control characters": ("", "Two\x00 words\x0b here", 5),
    "U+FFFE": ("Summary: a\ufffeb", "Text", 4),
    "a reference to no character": ("", "a &#xFFFE; b &#1; &#xD800; &#128; c", 5),
    "a lost character": ("", "don\ufffdt", 5),
    "the end of CDATA": ("Summary: x ]]> y", "a ]]> b `]]>` <b>]]></b>", 0),
    "links without a host": ("", "[a](/issues/) [b](#x) [c](//example.org/d) [d](?q=1)", 0),
    "a picture in the text": ("", "![A bin](data:image/png;base64,iVBORw0KGgo=)", 5),
    "unclosed HTML": ("", "<div><b>bold <i>both\n\n<table><tr><td>cell", 0),
    "wrongly closed HTML": ("", "<b><i>x</b></i> <p>y</div> <br></br> <a href=/issues/>z", 0),
    "titles of HTML": ("Summary: </b> AT&T &copy <script>", "Text", 0),
    "a thousand tags": (f"Summary: x\nTags: grit bins, {TAGS}", "Text", 0),
    "Arabic": ("Lang: ar\nSlug: a-fine-post\nSummary: صناديق الملح", "صناديق الملح في الحي", 0),
    "Welsh": ("Lang: cy\nSummary: Biniau graean yn Nhŷ-coch", "Ŵyth o finiau graean", 0),
    "code that is HTML": ("", "`<script>x()</script>`\n\n    <iframe src=x>", 0),
    "a recording": ("", '<audio controls src="/images/a.mp3">It speaks</audio>', 0),
    "notes, tables and details": (
        "",
        (
            "A[^1]\n\n[^1]: note\n\n| a | b |\n|--:|---|\n| 1 | 2 |\n\n"
            "<details><summary>x</summary>y</details>\n\n"
            "*[HTML]: Hyper\n\nHTML\n\nTerm\n: What it is"
        ),
        0,
    ),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_text_gives_a_valid_feed_and_a_warning(case: str, tmp_path: Path) -> None:
    lines, body, line = HOSTILE[case]
    text = POST.replace("Some text.", body)
    if lines:
        text = text.replace("Tags: grit bins\n", "") if "Tags:" in lines else text
        text = text.replace("\n\n", f"\n{lines}\n\n", 1)
        text = text if "Tags:" in text else text.replace("\n\n", "\nTags: grit bins\n\n", 1)
    files: dict[str, str | bytes] = {"posts/fine.md": text, "images/a.mp3": b"ID3"}
    site, problems = read_all(write_site(tmp_path, files))
    # What is stopped for its HTML gives a valid feed all the same.
    problems = [p for p in problems if p.rule not in TOLD]
    assert [p for p in problems if p.severity is Severity.STOP] == []
    lines_named = {p.line for p in problems if p.file == "posts/fine.md"}
    assert lines_named == ({line} if line else set())
    found = made(site)
    assert_valid(found)
    content = feedparser.parse(found["feeds/grit-bins.atom.xml"]).entries[0].content[0].value
    html = BeautifulSoup(content, "html.parser")
    assert html.find(["script", "form", "iframe", "audio"]) is None
    for tag in html.find_all(["a", "img"]):
        address = str(tag.get("href") or tag.get("src"))
        assert address.startswith("https://"), address


def test_half_a_pair_of_surrogates_is_left_out_with_a_warning(tmp_path: Path) -> None:
    text = POST.replace("Some text", "Some @ text").encode().replace(b"@", b"\xed\xa0\x80")
    site, problems = read_all(write_site(tmp_path, {"posts/fine.md": text}))
    assert [(p.line, p.message) for p in problems] == [
        (5, "an invisible control character (U+D800) was left out")
    ]
    assert_valid(made(site))


def test_a_recording_becomes_a_link(tmp_path: Path) -> None:
    body = '<video src="/images/film.mp4" controls></video>'
    site = read_fine(
        tmp_path, {"posts/fine.md": POST.replace("Some text.", body), "images/film.mp4": b"x"}
    )
    html = feedparser.parse(made(site)["feeds/all.atom.xml"]).entries[0].content[0].value
    assert '<a href="https://ward.example.org/images/film.mp4">Recording: film.mp4</a>' in html


@pytest.mark.parametrize("size", [500_000, pytest.param(5_000_000, marks=pytest.mark.long)])
def test_a_very_long_post_is_complete_in_its_feeds(size: int, tmp_path: Path) -> None:
    body = "A long line about salt. " * (size // 24 + 1)
    site = read_fine(tmp_path, {"posts/fine.md": POST.replace("Some text.", body)})
    found = made(site)
    entry = json.loads(found["feeds/all.json"])["items"][0]
    assert len(entry["content_html"]) > size
    assert etree.fromstring(found["feeds/all.rss.xml"], etree.XMLParser(huge_tree=True)) is not None


def test_the_rules_can_be_broken() -> None:
    """The rules of the validator, against a feed with a few of the usual faults."""
    bad = (
        "<?xml version='1.0' encoding='UTF-8'?>\n"
        '<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel>\n'
        "<title>A &lt;b&gt; title</title><link>/</link>\n"
        "<item><title>T</title><guid>1</guid><author>Jo</author><pubDate>2026-11-20</pubDate>"
        "<description>&lt;a href='/x' onclick='y'&gt;z&lt;/a&gt; &lt;p/&gt;</description></item>"
        "</channel></rss>"
    )
    with pytest.raises(ValueError, match="is not in list"):
        complaints(bad.encode())  # without content:encoded
    whole = bad.replace(
        "</description></item>",
        '</description><e:encoded xmlns:e="http://purl.org/rss/1.0/modules/content/">'
        "&lt;a href='/x' onclick='y'&gt;z&lt;/a&gt;</e:encoded></item>",
    )
    found = " ".join(complaints(whole.encode()))
    for name in ("UnknownNamespace", "MissingAtomSelfLink", "CharacterData", "InvalidHttpGUID",
                 "DuplicateItemSemantics", "InvalidRFC2822Date", "NotHtml", "SecurityRiskAttr",
                 "ContainsRelRef", "ImageTitleDoesntMatch"):  # fmt: skip
        assert name in found, name

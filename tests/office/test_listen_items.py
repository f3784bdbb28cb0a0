"""What is read from a feed, whatever it contains: plain text, links and dates, and no person."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

import pytest

from office.listening import entry, moment, rss
from wardblog.office.listening import read_items
from wardblog.office.listening.items import FeedItem
from wardblog.office.listening.quotations import quotation_from
from wardblog.office.listening.read_items import RawFeed
from wardblog.report import ParseError

NOW = moment("2026-11-29T09:00")
URL = "https://news.example.org/feed/"
ATOM = """\
<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><id>tag:x</id>
<updated>2026-11-24T10:00:00Z</updated><entry>
<title type="html">Bins &lt;b&gt;moved&lt;/b&gt;</title>
<id>tag:x,2026:1</id><link href="../2026/bins/"/><updated>2026-11-24T10:00:00Z</updated>
<author><name>Canary Author</name><uri>https://canary.example.org</uri></author>
<content type="html">
&lt;p&gt;Two bins.&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;</content></entry></feed>
"""
JSON = b"""{"version": "https://jsonfeed.org/version/1.1", "items": [
{"id": "1", "url": "/walk", "title": "A walk", "content_html": "<p>At two.</p>",
 "date_published": "2026-11-24T10:00:00+00:00", "authors": [{"name": "Canary Author"}]}]}"""


def read(content: bytes | str, now: datetime = NOW) -> tuple[FeedItem, ...]:
    data = content.encode() if isinstance(content, str) else content
    return whole(RawFeed(site="News", url=URL, content=data), now)


def whole(feed: RawFeed, now: datetime = NOW) -> tuple[FeedItem, ...]:
    (found,) = read_items.read_items([feed], now)
    if found.trouble:
        raise ParseError(found.trouble)
    return found.items


def test_atom_is_read_with_whole_links() -> None:
    (item,) = read(ATOM)
    assert item == FeedItem(
        site="News",
        title="Bins moved",
        text="Two bins.",
        link="https://news.example.org/2026/bins/",
        guid="tag:x,2026:1",
        published=moment("2026-11-24T10:00"),
    )


def test_a_json_feed_is_read() -> None:
    (item,) = read(JSON)
    assert (item.title, item.text) == ("A walk", "At two.")
    assert item.link == "https://news.example.org/walk"
    assert item.published == moment("2026-11-24T10:00")


def test_nothing_about_the_author_is_read() -> None:
    everything = [*read(rss(entry("Bins", "Two."))), *read(ATOM), *read(JSON)]
    assert len(everything) == 3
    assert "canary" not in repr(everything).casefold()


def test_the_names_of_accounts_are_left_out() -> None:
    text = "Thanks @canary@toot.example and @canary.bsky.social, canary@example.org! "
    reddit = "submitted by <a href='x'>/u/canary</a> <a>[link]</a> <a>[comments]</a>"
    (item,) = read(rss(entry("From u/canary", text + reddit)))
    assert item.title == "From @…"
    assert item.text == "Thanks @… and @…, @…!"


def test_an_item_without_a_title_has_its_first_words() -> None:
    text = (
        "The crossing in Wakehurst Row is open, and the first to use it was a fox, says the forum."
    )
    (item,) = read(rss(entry("", f"<p>{text}</p>")))
    assert item.text == text
    assert item.title == "The crossing in Wakehurst Row is open, and the first to use it was…"


@pytest.mark.parametrize("day", ["01 Jan 1970", "01 Jan 2099", "", "31 Feb 2026", "yesterday"])
def test_a_date_that_cannot_be_true_is_none(day: str) -> None:
    (item,) = read(rss(entry("Bins", day=day)))
    assert item.published is None


def test_html_and_what_is_encoded_twice_become_words() -> None:
    title, text = (
        "Fish &amp; chips &lt;b&gt;now&lt;/b&gt;",
        "&lt;p&gt;A &amp;pound;5 meal&lt;/p&gt;",
    )
    (item,) = read(rss(entry(title, text)))
    assert item.title == "Fish & chips now"
    assert item.text == "A £5 meal"


@pytest.mark.parametrize(
    "link",
    ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "https://[x", "ftp://x/"],
)
def test_only_web_pages_are_linked(link: str) -> None:
    (item,) = read(rss(entry("Bins", link=link)))
    assert item.link == ""


def test_a_long_text_is_cut_and_only_some_items_are_read() -> None:
    items = read(rss(*(entry(f"Item {n}", "word " * 5000) for n in range(260))))
    assert len(items) == 200
    assert all(len(item.text) <= read_items.LONGEST_TEXT for item in items)


LAUGHS = """<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>
<rss version="2.0"><channel><item><title>&b;</title></item></channel></rss>"""
FILE = LAUGHS.replace('"&a;&a;&a;&a;"', 'SYSTEM "file:///etc/passwd"')


@pytest.mark.parametrize("bomb", [LAUGHS, FILE, "<!DOCTYPE rss [ %x; ]><rss></rss>"])
def test_a_feed_that_defines_entities_is_not_read(bomb: str) -> None:
    with pytest.raises(ParseError, match="it defines entities"):
        read(bomb)


@pytest.mark.parametrize(
    "encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7", "cp037"]
)
@pytest.mark.parametrize("bomb", [LAUGHS, FILE])
def test_entities_in_another_encoding_do_not_get_through_either(bomb: str, encoding: str) -> None:
    declared = bomb.replace("?>", f' encoding="{encoding}"?>', 1).encode(encoding)
    kind = f"application/xml; charset={encoding}"
    feed = RawFeed(site="News", url=URL, content=declared, media_type=kind)
    with pytest.raises(ParseError):
        whole(feed)


def test_other_encodings_are_read() -> None:
    for encoding in ("utf-8", "utf-16", "iso-8859-1", "windows-1252"):
        text = rss(entry("Café in Eland Road")).decode()
        declared = text.replace('"utf-8"', f'"{encoding}"')
        assert read(declared.encode(encoding))[0].title == "Café in Eland Road"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "its answer is empty"),
        ("  \n", "its answer is empty"),
        ("<!doctype html><html><p>Log in</p></html>", "its answer is a web page and not a feed"),
        ("/etc/passwd", "its answer is not a feed"),
        ("https://127.0.0.1/", "its answer is not a feed"),
        ("{", "its answer is incomplete, or is not a feed"),
        ('{"version": "1", "items": []}', "its answer is not a feed"),
        ("[" * 100_000, "its answer is not a feed"),
        ("{" + '"a":{' * 100_000, "its answer is incomplete, or is not a feed"),
    ],
)
def test_what_is_no_feed_is_one_sentence(content: str, words: str) -> None:
    with pytest.raises(ParseError) as found:
        read(content)
    assert found.value.message == words


def test_half_a_feed_is_not_taken_for_a_whole_one() -> None:
    whole = rss(*(entry(f"Item {n}") for n in range(20)))
    assert len(read(whole)) == 20
    with pytest.raises(ParseError, match="is incomplete"):
        read(whole[: len(whole) // 2])


@pytest.mark.long
def test_deep_nesting_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    deep = "<div>" * 100_000
    monkeypatch.setattr(read_items, "_SECONDS", 0.5)
    content = rss(f"<title>x</title><description>{deep}</description>")
    # However it ends, it does not take the process of the command with it.
    with suppress(ParseError):
        assert len(read(content)) <= 1


@pytest.mark.long
def test_a_feed_that_takes_too_long_is_given_up_and_the_others_are_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read_one = read_items._read

    def slow(feed: RawFeed, now: datetime) -> tuple[FeedItem, ...]:
        while feed.site == "Endless":
            pass
        return read_one(feed, now)

    monkeypatch.setattr(read_items, "_SECONDS", 0.3)
    monkeypatch.setattr(read_items, "_read", slow)
    names = ("First", "Endless", "Last")
    feeds = [RawFeed(site=name, url=URL, content=rss(entry("Bins"))) for name in names]
    found = read_items.read_items(feeds, NOW)
    assert [one.trouble for one in found] == ["", "it takes too long to read", ""]
    assert [len(one.items) for one in found] == [1, 0, 1]


@pytest.mark.parametrize(
    ("count", "at_once", "sizes"),
    [(0, 2, []), (1, 2, [1]), (3, 2, [2, 1]), (50, 2, [9] * 5 + [5]), (50, 4, [7] * 7 + [1]),
     (11, 1, [6, 5]), (100, 4, [9] * 11 + [1])],
)  # fmt: skip
def test_feeds_are_shared_among_cores_at_most_ten_in_a_process(
    count: int, at_once: int, sizes: list[int]
) -> None:
    feeds = [RawFeed(site=str(number), url=URL, content=b"") for number in range(count)]
    groups = read_items.groups_of(feeds, at_once)
    assert [one for group in groups for one in group] == feeds
    assert [len(group) for group in groups] == sizes


def test_the_sentence_that_names_the_matter_is_kept_and_none_about_a_person() -> None:
    text = (
        "Neighbours met on Monday evening. Jane Smith of 12 Eland Road said the bins in Eland Road "
        "are empty. The bins in Eland Road were filled at 7.30pm by the council. It w…"
    )
    item = FeedItem(site="News", title="x", text=text, link="", guid="", published=None)
    kept = quotation_from(item, lambda sentence: sentence.count("Eland Road"))
    assert kept.startswith("The bins in Eland Road were filled at 7.30pm")
    assert quotation_from(item, lambda _: 0) == "Neighbours met on Monday evening."


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1:8000", "127.1", "2130706433", "0x7f.0x1", "[::1]", "localhost", "a.localhost",
     "router", "nas.local", "192.168.1.1", "１２７.0.0.1", "127。0。0。1"],
)  # fmt: skip
def test_no_feed_links_into_ones_own_network(host: str) -> None:
    (item,) = read(rss(entry("Bins", link=f"http://{host}/admin")))
    assert item.link == ""


def test_the_link_of_feedburner_is_that_of_the_page() -> None:
    burner = '<link xmlns:f="http://rssnamespace.org/feedburner/ext/1.0">https://feeds.example/~r/1</link>'
    origin = (
        '<f:origLink xmlns:f="http://rssnamespace.org/feedburner/ext/1.0">'
        "https://news.example.org/bins</f:origLink>"
    )
    (item,) = read(rss(f"<title>Bins</title>{burner}{origin}"))
    assert item.link == "https://news.example.org/bins"

"""`make listen` as a councillor uses it, with the feeds on the loopback."""

from __future__ import annotations

import json
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from office.listening import FeedServer, entry, feed_server, rss, site_entry
from support import EPOCH, ROOT, run_here, write_site
from wardblog.office.listening.feed_addresses import feed_of_page

SAMPLE = ROOT / "content"
FILES: dict[str, str | bytes] = {
    "issues.toml": (SAMPLE / "issues.toml").read_text(encoding="utf-8").partition("[[dataset]]")[0],
    "data/gazetteer.csv": (SAMPLE / "data" / "gazetteer.csv").read_bytes(),
}
BINS = entry(
    "Grit bins are filled",
    "The bin in Eland Road was filled on Monday. Jo Canary of the forum is glad.",
    "https://news.example.org/bins?utm_source=rss",
    "19 Nov 2026",
    "1",
)
SAME = entry(
    "Grit bins are filled",
    "The bin in Eland Road was filled on Monday. Jo Canary of the forum is glad.",
    "https://news.example.org/bins",
    "20 Nov 2026",
    "f1",
)
WALK = entry("A walk in Silver Street", "At two.", "https://news.example.org/walk", "20 Nov 2026")
OLD = entry("Old news", "From long ago.", "https://news.example.org/old", "24 Nov 2019")


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with feed_server() as found:
        found.put("/news", rss(WALK, BINS, OLD), ETag='"n1"')
        found.put("/forum", rss(SAME))
        yield found


@pytest.fixture
def content(tmp_path: Path, server: FeedServer) -> Path:
    listed = site_entry("Sample News", f"{server.base}/news") + site_entry(
        "The Forum", f"{server.other}/forum", "forum"
    )
    folder = write_site(tmp_path / "content", {**FILES, "community.toml": listed})
    settings = folder / "ward.toml"
    text = settings.read_text(encoding="utf-8")
    mapped = '[map]\ngazetteer = "data/gazetteer.csv"\n'
    settings.write_text(
        text.replace("[map]\n", mapped) if "[map]" in text else f"{text}\n{mapped}",
        encoding="utf-8",
    )
    return folder


def heard(content: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return run_here("listen", "--content", str(content), *words, cwd=content.parent)


def digest(content: Path) -> str:
    path = content.parent / "private" / "listening" / "digest.md"
    return path.read_text(encoding="utf-8")


def test_it_says_whom_it_asks_and_asks_nobody_without_an_answer(
    content: Path, server: FeedServer
) -> None:
    done = heard(content)
    hosts = [url.removeprefix("http://") for url in (server.base, server.other)]
    assert done.stdout.startswith(f"This reads 2 feeds from:\n  {hosts[0]}\n  {hosts[1]}\n")
    assert "No site was opened, since there is no terminal to answer on." in done.stderr
    assert "FORCE=1" in done.stderr
    assert (done.returncode, server.asked) == (1, [])
    assert not (content.parent / "private").exists()


def test_what_is_new_is_grouped_and_each_item_is_there_once(content: Path) -> None:
    done = heard(content, "--force")
    assert (done.returncode, done.stderr) == (0, "")
    assert (
        "2 new items from 2 feeds:\n\n"
        "Grit bins\n  1  Grit bins are filled (Sample News)\n\n"
        "Silver Street\n  2  A walk in Silver Street (Sample News)\n"
    ) in done.stdout
    text = digest(content)
    assert text.count("Grit bins are filled") == 1
    assert "Also at: The Forum" in text
    assert "About: Eland Road" in text
    assert "The bin in Eland Road was filled on Monday." in text
    assert "Canary" not in text
    assert "Old news" not in text


def test_a_second_run_shows_only_what_is_new_and_keeps_the_digest_if_nothing_is(
    content: Path, server: FeedServer
) -> None:
    heard(content, "--force")
    before = digest(content)
    server.asked.clear()
    again = heard(content, "--force")
    assert "Nothing is new in 2 feeds." in again.stdout
    assert digest(content) == before
    assert server.asked[[path for path, _ in server.asked].index("/news")][1]["If-None-Match"]
    server.put("/news", rss(entry("A pothole in Silver Street", day="21 Nov 2026"), WALK, BINS))
    third = heard(content, "--force")
    assert "1 new item from 2 feeds:" in third.stdout
    text = digest(content)
    assert "A pothole in Silver Street" in text
    assert "A walk" not in text
    (earlier,) = (content.parent / "private" / "listening" / "earlier").iterdir()
    assert "A walk" in earlier.read_text(encoding="utf-8")


@pytest.mark.long
def test_what_one_site_repeats_from_another_later_is_not_new(
    content: Path, server: FeedServer
) -> None:
    server.put("/forum", rss(entry("Who has a ladder?", guid="l", day="20 Nov 2026")))
    heard(content, "--force")
    server.put("/forum", rss(SAME))
    assert "Nothing is new in 2 feeds." in heard(content, "--force").stdout


def test_a_feed_that_fails_is_one_sentence_and_the_others_go_on(
    content: Path, server: FeedServer
) -> None:
    server.put("/forum", b"<!doctype html><html><p>Please log in</p></html>", kind="text/html")
    done = heard(content, "--force")
    assert done.returncode == 0
    assert done.stderr == "Could not be read: The Forum: its answer is a web page and not a feed.\n"
    assert "2 new items from 1 feed:" in done.stdout
    assert "The Forum: its answer is a web page and not a feed." in digest(content)
    server.put("/forum", rss(entry("Who has a ladder?", guid="l", day="20 Nov 2026")))
    assert "1 new item from 2 feeds:" in heard(content, "--force").stdout


def test_if_no_feed_answers_the_command_fails_and_the_digest_stays(
    content: Path, server: FeedServer
) -> None:
    heard(content, "--force")
    before = digest(content)
    server.put("/news", b"", 403)
    server.put("/forum", b"", 403)
    done = heard(content, "--force")
    assert done.returncode == 1
    assert "No feed could be read" in done.stderr
    assert digest(content) == before


def test_a_site_that_asks_us_to_stay_away_is_left_alone_until_then(
    content: Path, server: FeedServer
) -> None:
    server.put("/forum", b"", 429, Retry_After="3600")
    done = heard(content, "--force")
    assert "and asks not to be read again before" in done.stderr
    server.asked.clear()
    done = heard(content, "--force")
    assert "The Forum: it asked not to be read again before" in done.stderr
    assert server.paths() == ["/news"]


def test_a_feed_that_moved_for_good_is_named(content: Path, server: FeedServer) -> None:
    server.put("/forum", b"", 301, Location=f"{server.other}/new")
    server.put("/new", rss(SAME))
    done = heard(content, "--force")
    assert f"The Forum: its feed has moved for good; change it to {server.other}/new" in done.stdout


OPML = """\
<?xml version="1.0"?><opml version="2.0"><body><outline text="Folder">
<outline text="Only &lt;b&gt;mine&lt;/b&gt;" xmlUrl="{url}"/>
<outline text="Bad" xmlUrl="javascript:alert(1)"/></outline></body></opml>
"""


def test_feeds_that_only_the_councillor_reads_are_in_an_opml_file(
    content: Path, server: FeedServer
) -> None:
    url = server.put("/mine", rss(entry("Bees in the churchyard", day="20 Nov 2026")))
    private = content.parent / "private"
    private.mkdir()
    (private / "listen.opml").write_text(OPML.format(url=url), encoding="utf-8")
    done = heard(content, "--force")
    assert "Bees in the churchyard (Only mine)" in done.stdout
    assert "private/listen.opml:3: javascript:alert(1) is not the address of a feed" in done.stdout
    (private / "listen.opml").write_text("<opml>\n<body>", encoding="utf-8")
    done = heard(content, "--force")
    assert done.returncode == 1
    assert "private/listen.opml:2: this is not OPML." in done.stderr
    assert "Nothing is new in 2 feeds." in done.stdout


def test_a_name_in_the_private_list_of_feeds_is_in_no_draft(
    content: Path, server: FeedServer
) -> None:
    mine = entry("Grit bins", "They are full.", "https://www.news.example.org/b", "20 Nov 2026")
    private = content.parent / "private"
    private.mkdir()
    url = server.put("/mine", rss(mine))
    (private / "listen.opml").write_text(OPML.format(url=url), encoding="utf-8")
    (content / "community.toml").unlink()
    heard(content, "--force")
    done = run_here("new", "--content", str(content), "--from", "listen:1", cwd=content.parent)
    assert done.returncode == 0, done.stderr
    (path,) = (content / "posts").glob("*says.md")
    text = path.read_text(encoding="utf-8")
    assert "Title: Grit bins: what news.example.org says" in text
    assert "[news.example.org](<https://www.news.example.org/b>)" in text
    assert "mine" not in text + path.name


def test_a_clock_that_was_set_back_silences_no_feed(content: Path, server: FeedServer) -> None:
    server.put("/news", b"", 429, Retry_After="1800")
    heard(content, "--force")
    state = content.parent / "private" / "listening" / "state.json"
    text = state.read_text(encoding="utf-8")
    assert '"wait_until": "2026' in text
    state.write_text(text.replace('"wait_until": "2026', '"wait_until": "2036'), encoding="utf-8")
    server.put("/news", rss(WALK))
    done = heard(content, "--force")
    assert "A walk in Silver Street" in done.stdout


@pytest.mark.parametrize("name", ["listening", "listening/earlier"])
def test_no_folder_of_the_private_ones_is_a_link_to_outside(name: str, content: Path) -> None:
    link = content.parent / "private" / name
    link.parent.mkdir(parents=True)
    link.symlink_to(content / "data")
    before = sorted((content / "data").rglob("*"))
    done = heard(content, "--force")
    assert done.returncode == 2
    assert f"private/{name} is a link that leads out of private" in done.stderr
    assert sorted((content / "data").rglob("*")) == before


def test_nothing_leaves_the_private_folder(content: Path, server: FeedServer) -> None:
    word = "Kanarienvogel"
    server.put("/news", rss(entry(f"{word} in Eland Road", f"{word} is there.", guid=word)))
    heard(content, "--force")
    assert (
        run_here(
            "html", "--content", str(content), "--output", "out", cwd=content.parent
        ).returncode
        == 0
    )
    folder = content.parent / "private" / "listening"
    for path in folder.rglob("*"):
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode == (0o700 if path.is_dir() else 0o600), path
    found = [
        path
        for path in content.parent.rglob("*")
        if path.is_file() and word.encode() in path.read_bytes()
    ]
    assert found
    assert all(folder in path.parents for path in found)


@pytest.mark.parametrize("file", ["state.json", "digest.json"])
def test_a_damaged_file_is_named_and_nothing_is_lost(file: str, content: Path) -> None:
    heard(content, "--force")
    path = content.parent / "private" / "listening" / file
    path.write_bytes(path.read_bytes()[:-20])
    if file == "state.json":
        done = heard(content, "--force")
        assert done.returncode == 1
        assert "private/listening/state.json is damaged.\n  Delete it." in done.stderr
    done = run_here("new", "--content", str(content), "--from", "listen:1", cwd=content.parent)
    assert (done.returncode, "digest.json is damaged" in done.stderr) == (
        (1, True) if file == "digest.json" else (0, False)
    )


def test_without_feeds_it_says_how_to_list_one(tmp_path: Path) -> None:
    content = write_site(tmp_path / "content")
    done = heard(content, "--force")
    assert done.returncode == 0
    assert done.stdout.startswith("There is no feed to read. List a local site with its feed")


def test_a_draft_has_the_link_who_said_it_and_one_sentence(content: Path) -> None:
    heard(content, "--force")
    done = run_here("new", "--content", str(content), "--from", "listen:1", cwd=content.parent)
    assert done.returncode == 0, done.stderr
    (path,) = (content / "posts").glob("*what-*-says.md")
    text = path.read_text(encoding="utf-8")
    head, _, body = text.partition("\n\n")
    assert "\nStatus: draft\n" in head
    assert "\nTags: Grit bins\n" in head
    assert head.endswith("\nPlaces: Eland Road")
    assert "> The bin in Eland Road was filled on Monday.\n" in body
    assert "(<https://news.example.org/bins" in body
    assert "Canary" not in text
    assert body.count("\n> ") == 1
    checked = run_here("check", "--content", str(content), cwd=content.parent)
    assert checked.returncode == 0, checked.stdout


def test_a_sentence_about_a_person_is_not_quoted(content: Path, server: FeedServer) -> None:
    text = "Robin Canary of 12 Eland Road was fined for it on Monday."
    server.put(
        "/news", rss(entry("Dog mess in Eland Road", text, "https://n.example/1", "20 Nov 2026"))
    )
    server.put("/forum", rss())
    heard(content, "--force")
    assert (
        run_here(
            "new", "--content", str(content), "--from", "listen:1", cwd=content.parent
        ).returncode
        == 0
    )
    (path,) = (content / "posts").glob("*sample-news-says.md")
    written = path.read_text(encoding="utf-8")
    assert "Canary" not in written
    assert "[Sample News](<https://n.example/1>) wrote about this on 20 November 2026." in written


def test_a_number_that_is_none_says_which_there_are(content: Path) -> None:
    heard(content, "--force")
    for number in ("99", "0", "", "x"):
        words = ("new", "--content", str(content), "--from", f"listen:{number}")
        done = run_here(*words, cwd=content.parent)
        assert done.returncode == 2
        assert f'There is no item "{number}" in the digest.\n  Its items are 1 to 2' in done.stderr


def test_before_the_first_digest_it_says_what_to_do(content: Path) -> None:
    done = run_here("new", "--content", str(content), "--from", "listen:1", cwd=content.parent)
    assert done.returncode == 2
    assert "There is no digest yet.\n  Run make listen first." in done.stderr


@pytest.mark.long
def test_numbers_stay_until_the_next_digest(content: Path) -> None:
    heard(content, "--force")
    path = content.parent / "private" / "listening" / "digest.json"
    before = json.loads(path.read_text(encoding="utf-8"))
    heard(content, "--force")
    assert json.loads(path.read_text(encoding="utf-8")) == before


@pytest.mark.parametrize(
    ("page", "feed"),
    [
        ("https://toot.example/@ward", "https://toot.example/@ward.rss"),
        ("https://toot.example/tags/Battersea", "https://toot.example/tags/Battersea.rss"),
        ("https://bsky.app/profile/ward.example.org", "https://bsky.app/profile/ward.example.org/rss"),
        ("https://www.reddit.com/r/battersea/", "https://www.reddit.com/r/battersea/new/.rss"),
        ("https://old.reddit.com/r/battersea", "https://www.reddit.com/r/battersea/new/.rss"),
        (
            "https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv/videos",
            "https://www.youtube.com/feeds/videos.xml?channel_id=UCabcdefghijklmnopqrstuv",
        ),
        ("https://wardwalker.wordpress.com/about", "https://wardwalker.wordpress.com/feed/"),
        ("https://wardwalker.blogspot.com", "https://wardwalker.blogspot.com/feeds/posts/default"),
        ("https://www.youtube.com/@council", ""),
        ("https://toot.example/@ward@other.example", ""),
        ("https://www.facebook.com/groups/ward", ""),
        ("https://www.tiktok.com/@ward", ""),
        ("https://forum.example.org/", ""),
    ],
)  # fmt: skip
def test_the_feed_of_a_known_kind_of_page_follows_from_its_address(page: str, feed: str) -> None:
    assert feed_of_page(page) == feed


@pytest.mark.long
def test_what_was_seen_weeks_ago_is_still_not_new(content: Path, server: FeedServer) -> None:
    heard(content, "--force")
    later = str(int(EPOCH) + 40 * 24 * 3600)
    server.put("/news", rss(entry("Bees in the churchyard", guid="b"), WALK, BINS, OLD))
    done = run_here(
        "listen", "--content", str(content), "--force", cwd=content.parent, SOURCE_DATE_EPOCH=later
    )  # fmt: skip
    assert "1 new item from 2 feeds:" in done.stdout
    assert "Bees in the churchyard" in digest(content)

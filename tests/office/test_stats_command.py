"""`make stats`: what it prints, what it keeps, and what it says where there is no log."""

from __future__ import annotations

import gzip
import io
import json
import stat
import sys
from pathlib import Path
from unittest import mock

import pytest

from office.logs import CHROME, FEED, daily, in_order, line, log_of, run_stats, stats_json, visit
from support import ISSUES, POST, WARD, write_site

READER = "newsboat/2.37 (Linux x86_64)"
STREETS = "kind,name,lat,lon\nstreet,Eland Road,51.4652,-0.1609\n"
SITE = {
    "ward.toml": WARD + '\n[map]\ngazetteer = "data/gazetteer.csv"\n',
    "issues.toml": ISSUES,
    "data/gazetteer.csv": STREETS,
    "posts/fine.md": POST.replace("Tags:", "Places: Eland Road\nTags:"),
    "community.toml": (
        '[[site]]\nname = "Our Forum"\nurl = "https://forum.example.com"\nkind = "forum"\n'
    ),
}


def some_lines() -> list[str]:
    """Three reads of a post, one of its issue, one of nothing known, and two feed readers."""
    forum = "https://forum.example.com/t/1"
    lines = [
        *visit("/2026/11/a-fine-post/", 0, "192.0.2.1", referrer=forum),
        *visit("/2026/11/a-fine-post/?from=newsletter-2026-11", 60, "192.0.2.2"),
        *visit("/2026/11/a-fine-post/?from=leaflet-2026-10", 120, "192.0.2.3"),
        *visit("/issues/grit-bins/", 180, "192.0.2.4"),
        *visit("/unknown/", 240, "192.0.2.5"),
        line("/2026/11/a-fine-post/", 300, "198.51.100.9", "Googlebot/2.1"),
    ]
    lines += daily([0], "192.0.2.6", READER)
    lines += daily([0], "192.0.2.7", "Feedly/1.0 (+https://feedly.com/x; 12 subscribers; )")
    return in_order(lines)


def test_the_counts_in_words(tmp_path: Path) -> None:
    write_site(tmp_path / "content", SITE)
    done = run_stats(tmp_path, "--log", str(log_of(tmp_path, some_lines())))
    assert done.returncode == 0, done.stderr
    for words in (
        "5 reads",
        "3        3      60%  A fine post",
        "1        1      20%  /unknown/",
        "4        4      80%  Grit bins",
        "3        3      60%  Eland Road",
        "1        1      20%  Our Forum",
        "1        1      20%  The newsletter\n",
        "1        1        1  newsletter-2026-11",
        "1        1        1  leaflet-2026-10",
        "1        1       3%  Crawler",
        "The street's page and the posts about it. It does not say where readers live.",
        "13        12  Everything (/feeds/all.rss.xml)",
        "announced by Feedly 12",
        "Post when it suits you: after 4 weeks of logs",
        'To bring it up to date: make stats LOG="access.log*"',
    ):
        assert words in done.stdout, done.stdout
    assert done.stderr == ""


def test_a_sentence_has_one_full_stop(tmp_path: Path) -> None:
    done = run_stats(tmp_path, "--log", str(log_of(tmp_path, ["no log"], "bad.txt")))
    assert "bad.txt was left out: its format is not known.\n" in done.stderr


def test_days_after_today_hide_no_others(tmp_path: Path) -> None:
    """A server's clock was wrong by months; the counts are kept, and are in the JSON."""
    lines = [*visit("/a/", 12 * 86_400), *visit("/b/", 100 * 86_400)]
    log = log_of(tmp_path, lines)
    assert stats_json(tmp_path, log)["reads"] == {"/a/": 1, "/b/": 1}
    said = run_stats(tmp_path).stdout
    assert "1 read in the last 7 days." in said
    assert "1 day after today is left out: a clock was wrong." in said
    assert "/b/" not in said


def test_only_days_after_today(tmp_path: Path) -> None:
    log = log_of(tmp_path, visit("/b/", 100 * 86_400))
    done = run_stats(tmp_path, "--log", str(log))
    assert done.returncode == 0
    assert "Nothing has been counted yet." in done.stdout
    assert "1 day after today is left out: a clock was wrong." in done.stdout


def test_json_is_alone_on_standard_output(tmp_path: Path) -> None:
    log = log_of(tmp_path, [*some_lines(), "broken"])
    done = run_stats(tmp_path, "--log", str(log), "--format", "json")
    assert json.loads(done.stdout) == {
        "reads": {"/2026/11/a-fine-post/": 3, "/issues/grit-bins/": 1, "/unknown/": 1},
        "subscribers": {FEED: 13},
        "excluded": {"feed": 24, "not a page": 5, "crawler": 1, "broken line": 1},
    }


def test_json_is_about_these_logs_and_not_about_what_is_stored(tmp_path: Path) -> None:
    stats_json(tmp_path, log_of(tmp_path, visit("/a/")))
    later = log_of(tmp_path / "later", visit("/b/", 90_000))
    assert stats_json(tmp_path, later)["reads"] == {"/b/": 1}
    shown = run_stats(tmp_path).stdout
    assert "/a/" in shown
    assert "/b/" in shown


def test_patterns_folders_and_names_with_spaces(tmp_path: Path) -> None:
    """Make gives the pattern as it was typed."""
    old = log_of(tmp_path, visit("/a/"), "my logs/access.log.2")
    old.with_suffix(".2.gz").write_bytes(gzip.compress(old.read_bytes()))
    old.unlink()
    log_of(tmp_path, visit("/b/", 9_000), "my logs/access.log.1")
    log_of(tmp_path, visit("/c/", 18_000), "my logs/access.log")
    wanted = {"/a/": 1, "/b/": 1, "/c/": 1}
    for written in ("my logs/access.log*", "'my logs'/access.log*", "my logs", '"my logs/"'):
        assert stats_json(tmp_path, written)["reads"] == wanted
    one = stats_json(tmp_path, "'my logs/access.log' 'my logs/access.log.1'")
    assert one["reads"] == {"/b/": 1, "/c/": 1}


def test_a_log_on_standard_input(tmp_path: Path) -> None:
    """Plain or compressed, as `zcat` or `cat` gives it."""
    data = ("\n".join(visit("/")) + "\n").encode()
    for given in (data, gzip.compress(data)):
        with mock.patch("wardblog.office.statistics.log_files.sys") as system:
            system.stdin = mock.Mock(buffer=io.BufferedReader(io.BytesIO(given)))
            assert stats_json(tmp_path, "-")["reads"] == {"/": 1}


def test_without_a_log_it_says_where_logs_are(tmp_path: Path) -> None:
    done = run_stats(tmp_path)
    assert done.returncode == 0
    for words in (
        "/var/log/nginx/access.log*",
        "GitHub Pages",
        "docs/figures.md",
        "Nothing has been",
    ):
        assert words in done.stdout
    assert not (tmp_path / "private").exists()


@pytest.mark.parametrize(
    ("target", "first"), [("git", "GitHub Pages"), ("folder", "Shared hosting")]
)
def test_the_own_host_is_explained_first(target: str, first: str, tmp_path: Path) -> None:
    write_site(tmp_path / "content", {"ward.toml": f'{WARD}\n[publish]\nto = "{target}"\n'})
    said = run_stats(tmp_path).stdout
    assert f'Hosts that fit your settings (to = "{target}") come first.\n\n{first}\n' in said
    assert "We advise against counters from other companies" in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--log", "nosuch*"), "No file is called nosuch*"),
        (("--log", "'open"), "A quotation mark is missing after LOG="),
        (("--log", "x", "--format", "xml"), "FORMAT=xml is unknown"),
        (("--format", "json"), "FORMAT=json counts logs"),
    ],
)
def test_wrong_usage(words: tuple[str, ...], said: str, tmp_path: Path) -> None:
    done = run_stats(tmp_path, *words)
    assert done.returncode in (1, 2)
    assert said in done.stderr
    assert done.stdout == ""


def test_a_mistake_in_a_post_does_not_matter(tmp_path: Path) -> None:
    write_site(tmp_path / "content", {"posts/bad.md": "Title: No date\n\nText.\n"})
    assert stats_json(tmp_path, log_of(tmp_path, visit("/")))["reads"] == {"/": 1}


def test_old_addresses_count_for_the_present_one(tmp_path: Path) -> None:
    post = POST.replace("Tags:", "Aliases: /2025/01/old/\nTags:")
    write_site(tmp_path / "content", {"posts/fine.md": post})
    lines = [*visit("/2026/11/a-fine-post/"), *visit("/2025/01/old/", 9)]
    done = run_stats(tmp_path, "--log", str(log_of(tmp_path, lines)))
    assert "2        2     100%  A fine post" in done.stdout


def test_a_site_in_a_subfolder(tmp_path: Path) -> None:
    ward = WARD.replace("https://ward.example.org", "https://ward.example.org/blog")
    write_site(tmp_path / "content", {"ward.toml": ward})
    lines = [
        one.replace("/theme/", "/blog/theme/")
        for path in ("/blog/2026/11/a-fine-post/", "/blog/2026/11/a-fine-post", "/other/")
        for one in visit(path)
    ]
    done = run_stats(tmp_path, "--log", str(log_of(tmp_path, lines)))
    assert "2        2     100%  A fine post" in done.stdout
    assert "/other/" not in done.stdout


def test_the_common_format_is_explained(tmp_path: Path) -> None:
    lines = [one.split(' "-"')[0] for one in visit("/")]
    done = run_stats(tmp_path, "--log", str(log_of(tmp_path, lines)))
    assert "name neither the program that asked nor the page" in done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes of files")
def test_what_is_kept_is_closed_to_others(tmp_path: Path) -> None:
    run_stats(tmp_path, "--log", str(log_of(tmp_path, visit("/", agent=CHROME))))
    private = tmp_path / "private"
    for path in (private, *private.rglob("*")):
        assert not stat.S_IMODE(path.stat().st_mode) & 0o077
    assert [path.name for path in (private / "stats").iterdir()] == ["totals.json"]

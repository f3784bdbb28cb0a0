"""How long the feeds take, beside feedgen alone with the same entries.

Only the feeds are timed, in all three formats and with their archives; reading the posts is not.
The peer makes RSS and Atom as its documentation says, with neither archives nor absolute links.
"""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from datetime import date
from pathlib import Path

from bench.builds import write_post, write_settings
from support import MARKDOWN
from wardblog.content import read_site
from wardblog.model import Site
from wardblog.model.addresses import FeedFormat
from wardblog.views.feeds import feeds
from wardblog.views.feeds.channels import channels, documents
from wardblog.views.feeds.maker import FeedMaker
from wardblog.views.links import Links
from wardblog.views.output import Files


def made_site(folder: Path, posts: int, issues: int) -> Site:
    names = [f"Issue {number}" for number in range(issues)]
    (folder / "posts").mkdir()
    chance = random.Random(1)  # noqa: S311 - the same posts in every run, not a secret
    for number in range(posts):
        path = folder / "posts" / f"{number}.md"
        write_post(path, number, chance, True, names, has_tag=False)
    write_settings(folder, names)
    return read_site(folder, date(2026, 11, 22), MARKDOWN).site


def small(site: Site) -> float:
    """Seconds for the feeds of the issues alone, in three formats."""
    start = time.perf_counter()
    maker = FeedMaker(site, Links(site), (True, True))
    for channel in channels(site)[1:]:
        for document in documents(channel):
            for form in FeedFormat:
                maker.document(document, form)
    return time.perf_counter() - start


def plain(site: Site) -> float:
    """Seconds that feedgen takes for RSS and Atom of the same posts."""
    from feedgen.feed import FeedGenerator

    start = time.perf_counter()
    for issue in site.issues:
        feed = FeedGenerator()
        feed.id(site.absolute(issue.slug))
        feed.title(issue.name)
        feed.description(issue.name)
        feed.link(href=site.url)
        for post in site.posts_on(issue):
            entry = feed.add_entry()
            entry.id(site.absolute(post.address))
            entry.title(post.title)
            entry.link(href=site.absolute(post.address))
            entry.published(post.date)
            entry.updated(post.date)
            entry.summary(post.summary)
            entry.content(post.html, type="html")
            entry.category(term=issue.name)
        feed.rss_str()
        feed.atom_str()
    return time.perf_counter() - start


def whole(site: Site) -> tuple[float, int]:
    """Seconds for all feeds of a site with their archives, and how many files they are."""
    start = time.perf_counter()
    count = 0
    for output in feeds(site):
        if isinstance(output, Files):
            count += len(output.contents(output.part))
    return time.perf_counter() - start, count


def main(pairs: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        site = made_site(Path(name), 2000, 100)
        both = [(small(site), plain(site)) for _ in range(pairs + 1)][1:]
    ratio = statistics.median(a / b for a, b in both)
    print(f"100 feeds of 20 entries, {pairs} pairs, medians:")
    print(f"  ward blog, RSS, Atom and JSON  {statistics.median(a for a, _ in both):6.2f} s   "
          "(to reach: 1 s)")  # fmt: skip
    print(f"  feedgen alone, RSS and Atom    {statistics.median(b for _, b in both):6.2f} s")
    print(f"  ratio                          {ratio:6.2f}")
    with tempfile.TemporaryDirectory() as name:
        site = made_site(Path(name), 10_000, 50)
        times = [whole(site) for _ in range(3)]
    print(f"All feeds of 10,000 posts and 50 issues, {times[0][1]:,} files with their archives:")
    print(f"  {statistics.median(t for t, _ in times):6.2f} s   (to reach: 3 s)")

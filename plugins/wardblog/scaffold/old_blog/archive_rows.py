"""Where the old lists of all posts lead: those of days, months, authors and sections."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from wardblog.model.addresses import ALL_POSTS, EVERYTHING, feed_path
from wardblog.scaffold.old_blog.exports.site_paths import base_of
from wardblog.scaffold.old_blog.model import OldBlog, OldPost
from wardblog.scaffold.old_blog.titles import london

_ALL = f"/{ALL_POSTS}"


def archive_rows(blog: OldBlog) -> Iterator[tuple[str, str]]:
    """The lists of the old blog that are about no category or tag, with their further pages."""
    base = base_of(blog.url)
    yield from ((page, _ALL) for page in further_pages(blog, base, len(public_posts(blog))))
    yield from _authors(blog)
    if blog.program == "wordpress":
        yield from _dates(blog, base)
    elif blog.program == "blogger":
        for year, month in _months(blog):
            yield f"{base}{year}_{month}_01_archive.html", f"/{year}/{month}/"
    else:
        yield from _sections(blog, base)


def public_posts(blog: OldBlog) -> list[OldPost]:
    """The posts that lists of the old blog showed."""
    return [post for post in blog.posts if post.state == "published" and post.kind == "post"]


def further_pages(blog: OldBlog, first: str, posts: int) -> Iterator[str]:
    """The second and all later pages of a list of so many posts, of which `first` is the first."""
    is_divided = blog.program != "jekyll" or first == base_of(blog.url)
    if not blog.on_a_page or not is_divided or not first.endswith("/") or "?" in first:
        return
    for number in range(2, -(-posts // blog.on_a_page) + 1):
        yield first + blog.further_page.replace("{}", str(number))


def _authors(blog: OldBlog) -> Iterator[tuple[str, str]]:
    counts = Counter(post.author for post in public_posts(blog))
    for author in blog.authors:
        if author.number:
            yield f"{base_of(blog.url)}?author={author.number}", "/"
        if author.address:
            yield author.address, "/"
            yield f"{author.address}feed/", f"/{feed_path(EVERYTHING)}"
            for page in further_pages(blog, author.address, counts[author.name]):
                yield page, _ALL


def _months(blog: OldBlog) -> dict[tuple[str, str], int]:
    """How many posts each month has, as year and month."""
    moments = filter(None, (london(post.moment) for post in public_posts(blog)))
    return Counter((f"{moment:%Y}", f"{moment:%m}") for moment in moments)


def _dates(blog: OldBlog, base: str) -> Iterator[tuple[str, str]]:
    """Years, months and days, in words and numbers; most are where the new ones are."""
    years: Counter[str] = Counter()
    for (year, month), posts in _months(blog).items():
        years[year] += posts
        new = f"/{year}/{month}/"
        yield f"{base}{year}/{month}/", new
        yield f"{base}?m={year}{month}", new
        yield from ((page, new) for page in further_pages(blog, f"{base}{year}/{month}/", posts))
    for year, posts in years.items():
        new = f"/{year}/"
        yield f"{base}{year}/", new
        yield from ((page, new) for page in further_pages(blog, f"{base}{year}/", posts))
    for post in public_posts(blog):
        if post.moment and (moment := london(post.moment)):
            yield f"{base}{post.moment:%Y/%m/%d}/", f"/{moment:%Y/%m}/"


def _sections(blog: OldBlog, base: str) -> Iterator[tuple[str, str]]:
    """The lists of the folders that posts are in, such as `/posts/` and `/blog/`."""
    categories = {term.slug for post in blog.posts for term in post.terms}
    counts: Counter[str] = Counter()
    for post in public_posts(blog):
        folder, slash, _ = next(iter(post.addresses), "").removeprefix(base).partition("/")
        if slash and folder and not folder.isdecimal() and folder not in categories:
            counts[f"{base}{folder}/"] += 1
    for section, posts in counts.items():
        yield section, _ALL
        yield from ((page, _ALL) for page in further_pages(blog, section, posts))

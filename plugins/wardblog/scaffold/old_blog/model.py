"""An old blog as its export has it, in one form for every program that made one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from wardblog.support.late_dataclass import dataclass

TermKind = Literal["category", "tag"]
Program = Literal["wordpress", "blogger", "jekyll", "hugo", "eleventy", "feed"]
PostKind = Literal["post", "page"]
PostState = Literal["published", "draft", "private", "scheduled", "password"]


@dataclass(frozen=True, slots=True, kw_only=True)
class OldTerm:
    """A category or tag; `slug` as in addresses, `address` a path of the old site or "".

    `number` is that of WordPress (the 4 of `/?cat=4`), or "".
    """

    kind: TermKind
    name: str
    slug: str
    address: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OldAuthor:
    """An author whose posts the old blog lists; `address` is the path of that list, or "".

    `number` is that of WordPress (the 1 of `/?author=1`), or "".
    """

    name: str
    address: str
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OldComment:
    """A comment that was shown on the old blog; `moment` has a zone."""

    author: str
    moment: datetime | None
    html: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OldPost:
    """A post or page.

    `addresses` are paths of the old site that begin with a slash, the main one first, also such as
    `/?p=123`. `moment` and `modified` have a zone. `text` is Markdown or HTML. `picture` is the URL
    of the picture above the text, or "". `source` is the file in the export and `line` the line on
    which its text begins, or None if the format has no lines. `number` is that of WordPress (the
    123 of `/?p=123`), or "". `is_classic` is whether blank lines in the HTML are paragraphs.
    """

    kind: PostKind
    guid: str
    addresses: tuple[str, ...]
    title: str
    moment: datetime | None
    modified: datetime | None
    author: str
    text: str
    is_markdown: bool
    summary: str
    state: PostState
    terms: tuple[OldTerm, ...]
    comments: tuple[OldComment, ...]
    picture: str
    picture_alt: str
    slug: str
    lang: str
    source: str
    line: int | None
    number: str = ""
    is_classic: bool = False


def terms_of(posts: Iterable[OldPost]) -> tuple[OldTerm, ...]:
    """The terms of posts, each once, in the order in which they are first met."""
    return tuple(dict.fromkeys(term for post in posts for term in post.terms))


@dataclass(frozen=True, slots=True, kw_only=True)
class OldPicture:
    """A picture, or another upload, that the export names.

    `page_address` is the path of the page about it, or "". `number` is that of WordPress, and
    `post_number` that of the post with which it was uploaded, or "".
    """

    url: str
    alt: str
    caption: str
    page_address: str
    number: str = ""
    post_number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OldBlog:
    """A whole blog.

    `feeds` are the paths of the old site's feeds, and `left_out` says in words what was not
    imported, with counts ("12 earlier versions of posts"). `on_a_page` is how many posts a page of
    a list has, 0 if all are on one, and `further_page` is where page 2 is below the first, with
    `{}` for its number.
    """

    title: str
    url: str
    posts: tuple[OldPost, ...]
    pictures: tuple[OldPicture, ...]
    feeds: tuple[str, ...]
    terms: tuple[OldTerm, ...]
    left_out: tuple[str, ...]
    program: Program = "feed"
    authors: tuple[OldAuthor, ...] = ()
    on_a_page: int = 0
    further_page: str = "page/{}/"

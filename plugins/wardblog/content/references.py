"""Finds the content files that are published, because something published refers to them."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping

from wardblog.content.files import (
    ANSWERS,
    COMMUNITY_FILE,
    ISSUES_FILE,
    SETTINGS_FILE,
    is_text,
    no_sources,
)
from wardblog.content.markdown.html_links import addresses, content_path, split_mark
from wardblog.model import Link, Post, Site, Visibility
from wardblog.model.addresses import cached_for_site, downloads_of
from wardblog.photos import READABLE, is_picture, original_of, versions_of
from wardblog.support.late_regex import late_regex
from wardblog.support.urls import host_of, is_this_computer, is_web_address, parts_of, split_url

# How a template, a style sheet or a setting refers to a picture of the content. A pattern is found
# many times faster if it begins with plain letters than if it first looks at what is before them.
_NAMED = late_regex(r"""images/(?<![\w.-]images/)[^\s"'<>(){}|\\?#]+""")
# A quoted string, in which # has no meaning, or a comment.
_REMARK = late_regex(
    r"""(\"{3}(?:\\.|[^\\])*?\"{3}|'{3}.*?'{3}|"(?:\\.|[^"\\\n])*"|'[^'\n]*')|\#[^\n]*""", re.DOTALL
)
# Pelican's mark of a file that it copies next to a post.
_ATTACHED = "attach"
# Files that are for the software, not for residents.
_OWN = ("data/", ANSWERS)


# A whole address with the name of a host, which no split can refuse, and nothing that is encoded.
_ELSEWHERE = late_regex(r"https?://(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/[\w./=&?#+~-]*)?", re.ASCII)


def leads_away(link: Link) -> bool:
    """Whether a link goes to another site, which is not checked."""
    target = link.target
    if _ELSEWHERE.fullmatch(target):
        return not link.embeds
    if link.embeds:
        return False
    if is_web_address(target):
        return not is_this_computer(host_of(target))
    return parts_of(target).scheme in ("mailto", "tel")


class References:
    """Finds the content files that a text shows or links to.

    `url` is the site's own; links that begin with it are followed as well.
    """

    def __init__(self, url: str) -> None:
        parts = split_url(url)
        self._host = parts.hostname if parts else None
        self._base = parts.path.rstrip("/") if parts else ""

    def of(
        self, html: str, file: str, index: Container[str], download: Callable[[str], str | None]
    ) -> tuple[str, ...]:
        """Return the files that the published HTML refers to, each once.

        The file of a data set is not included: residents get the cleaned download.
        """
        result: dict[str, None] = {}
        for _, _, written in addresses(html):
            if (target := self._within(written)) is None:
                continue
            what, path = (
                content_path(target, file, index)
                or content_path(original_of(target), file, index)
                or ("", "")
            )
            if what == "static" and path in index and download(path) is None:
                result[path] = None
        return tuple(result)

    def _within(self, target: str) -> str | None:
        """Return an address relative to the site's root; None for one that leads elsewhere."""
        parts = split_url(target)
        if parts is None or target.startswith(("{", "|")):
            return None if parts is None else target
        if parts.netloc and parts.scheme in ("", "http", "https"):
            if parts.hostname != self._host:
                return None
        elif parts.scheme:
            return None
        path, base = parts.path, f"{self._base}/"
        return path[len(self._base) :] if self._base and path.startswith(base) else path


def pictures_named_in(text: str) -> frozenset[str]:
    """Return the pictures of the content that a template or style sheet refers to."""
    return frozenset(name.rstrip(".,:;") for name in _NAMED.findall(text))


def pictures_named_in_settings(text: str) -> frozenset[str]:
    """Return the pictures that a settings file refers to, except in comments."""
    return pictures_named_in(_REMARK.sub(lambda result: result[1] or "", text))


@cached_for_site
def published_files(site: Site) -> frozenset[str]:
    """Return the paths of the content files that are published, including pictures."""
    result = set(site.named_files)
    for post in site.having("files"):
        if not post.visibility.is_waiting:
            result.update(post.files)
    datasets = [dataset for issue in site.issues for dataset in issue.datasets]
    ours = frozenset(path for dataset in datasets for path in downloads_of(dataset))
    return frozenset(result & site.files) - ours


def published_paths(site: Site) -> Iterator[str]:
    """Yield the paths at which content files are published: of each picture all sizes."""
    for file in published_files(site):
        picture = site.pictures.get(file)
        if picture is None:
            yield from () if is_picture(file) else (file,)
        elif not picture.fault and picture.kind in READABLE:
            yield from (version.path for version in versions_of(file, picture))


@cached_for_site
def referrers(site: Site) -> Mapping[str, Post | None]:
    """Return each file that is referred to, with the post that decides whether it is published.

    Published posts take precedence over those that wait, and posts that allow the file over others;
    None stands for the settings or the theme.
    """
    named: dict[str, Post | None] = dict.fromkeys(site.named_files & site.files)
    posts = site.index.where("references", _refers)
    found = site.index.made(
        "referrers", (posts, site.pages, site.files), lambda: _first_of(posts, site)
    )
    return named | {file: post for file, post in found.items() if file not in named}


def _first_of(posts: Iterable[Post], site: Site) -> Mapping[str, Post]:
    """Return each file that these posts and the pages refer to, with the first of them."""
    result: dict[str, Post] = {}
    for post in sorted((*posts, *filter(_refers, site.pages)), key=_rank):
        for file in (*post.files, *_attached(post, site)):
            result.setdefault(file, post)
    return result


def _refers(post: Post) -> bool:
    return bool(post.files) or any(_ATTACHED in mark for mark in post.marks)


def _rank(post: Post) -> tuple[bool, bool, bool]:
    allows = any(allowance.rule == "private-file" for allowance in post.allowances)
    is_draft = post.visibility is Visibility.DRAFT
    return is_draft, post.visibility.is_waiting, not allows


def _attached(post: Post, site: Site) -> Iterator[str]:
    """Files that Pelican copies next to the post (`{attach}`)."""
    for mark in post.marks:
        what, path, _ = split_mark(mark)
        if what == _ATTACHED and path in site.files and not is_text(path):
            yield path


@cached_for_site
def unused_files(site: Site) -> tuple[str, ...]:
    """Return the files that nothing refers to, so they are not published."""
    used = {*referrers(site), SETTINGS_FILE, ISSUES_FILE, COMMUNITY_FILE}
    used.update(d.file for issue in site.issues for d in issue.datasets)
    others = (f for f in no_sources(site.files) if "/" in f and not f.startswith(_OWN))
    return tuple(sorted(file for file in others if file not in used))

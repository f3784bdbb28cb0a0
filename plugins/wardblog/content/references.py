"""Which files of the content are published: those that something published refers to."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Mapping

from wardblog.content.file_names import is_text
from wardblog.content.files import ISSUES_FILE, SETTINGS_FILE, is_source
from wardblog.content.markdown.markup import addresses, content_path, split_address, split_mark
from wardblog.model import Post, Site, Visibility
from wardblog.model.addresses import downloads_of, once
from wardblog.photos import original_of

# How a template, a style or a setting names a picture of the content.
_NAMED = re.compile(r"""(?<![\w.-])images/[^\s"'<>(){}|\\?#]+""")
# Words in quotation marks, in which # is a sign like others, or a remark.
_REMARK = re.compile(
    r"""(\"{3}(?:\\.|[^\\])*?\"{3}|'{3}.*?'{3}|"(?:\\.|[^"\\\n])*"|'[^'\n]*')|\#[^\n]*""", re.DOTALL
)
# Lists and notes that residents need not have, and what the software reads itself.
_OWN = ("data/",)


class References:
    """Finds the files of the content that a text shows or links to.

    `url` is the site's own: a link that begins with it leads to the same files.
    """

    def __init__(self, url: str) -> None:
        parts = split_address(url)
        self._host = parts.hostname if parts else None
        self._base = parts.path.rstrip("/") if parts else ""

    def of(
        self, html: str, file: str, asked: Container[str], download: Callable[[str], str | None]
    ) -> tuple[str, ...]:
        """The files that the HTML, as it is shown, needs under their own names, each once.

        A data set's file is not among them: residents get the cleaned download.
        """
        found: dict[str, None] = {}
        for _, _, written in addresses(html):
            if (target := self._within(written)) is None:
                continue
            what, path = (
                content_path(target, file, asked)
                or content_path(original_of(target), file, asked)
                or ("", "")
            )
            if what == "static" and path in asked and download(path) is None:
                found[path] = None
        return tuple(found)

    def _within(self, target: str) -> str | None:
        """An address from the site's root on; None for one that leads elsewhere."""
        parts = split_address(target)
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
    """The pictures of the content that a template or a style names."""
    return frozenset(name.rstrip(".,:;") for name in _NAMED.findall(text))


def pictures_named_in_settings(text: str) -> frozenset[str]:
    """The pictures that a file of settings names, but for those in its remarks."""
    return pictures_named_in(_REMARK.sub(lambda found: found[1] or "", text))


@once
def published_files(site: Site) -> frozenset[str]:
    """The files of the content that are published, pictures among them, by their paths."""
    found = set(site.named_files)
    for post in (*site.posts, *site.pages):
        if post.files and not post.visibility.is_waiting:
            found.update(post.files)
    datasets = [dataset for issue in site.issues for dataset in issue.datasets]
    ours = frozenset(path for dataset in datasets for path in downloads_of(dataset))
    return frozenset(found & site.files) - ours


@once
def referrers(site: Site) -> Mapping[str, Post | None]:
    """Each file that anything refers to, with the post that decides about it.

    That is a published one before one that waits, and one whose author allowed it before others;
    None for a file that settings or the theme name.
    """
    found: dict[str, Post | None] = dict.fromkeys(site.named_files & site.files)
    posts = [post for post in (*site.posts, *site.pages) if post.files or post.marks]
    for post in sorted(posts, key=_rank):
        for file in (*post.files, *_attached(post, site)):
            found.setdefault(file, post)
    return found


def _rank(post: Post) -> tuple[bool, bool, bool]:
    allows = any(allowance.rule == "private-file" for allowance in post.allowances)
    is_draft = post.visibility is Visibility.DRAFT
    return is_draft, post.visibility.is_waiting, not allows


def _attached(post: Post, site: Site) -> Iterator[str]:
    """Files that Pelican puts beside the post, under their own names there."""
    for mark in post.marks:
        what, path, _ = split_mark(mark)
        if what == "attach" and path in site.files and not is_text(path):
            yield path


@once
def unused_files(site: Site) -> tuple[str, ...]:
    """The files that nothing refers to, so that they are not published."""
    used = {*referrers(site), SETTINGS_FILE, ISSUES_FILE, "community.toml"}
    used.update(d.file for issue in site.issues for d in issue.datasets)
    others = (f for f in site.files if "/" in f and not is_source(f) and not f.startswith(_OWN))
    return tuple(sorted(file for file in others if file not in used))

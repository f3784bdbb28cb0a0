"""No two pages at one address: the second would replace the first without a word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from wardblog.addresses import OWN_FILES, RESERVED, current_addresses, is_reserved
from wardblog.model import Post, Site, Visibility
from wardblog.photos import is_picture
from wardblog.problems import Problem
from wardblog.read.files import ISSUES_FILE as ISSUES
from wardblog.read.files import is_source
from wardblog.read.markup import SOURCES

# Whose files are published under their own names, if a post has them.
_PUBLISHED = ("images/", "posts/", "pages/")
_ODD = re.compile(r'[\\"\x00-\x1f\x7f]')
# The folders of lists that may go, so that something else takes their place.
_LISTS = ("issues", "tags", "map")
# What somebody may have written a post in.
_TEXTS = frozenset(
    (".txt", ".text", ".rst", ".html", ".htm", ".doc", ".docx", ".odt", ".rtf", ".pages", "",
     *(ending.lower() for ending in SOURCES))
)  # fmt: skip
# What may lie beside posts for them to show or link to.
_COMPANIONS = frozenset(
    (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg", ".heic", ".pdf", ".csv", ".json",
     ".geojson", ".xlsx", ".ods", ".ics", ".mp3", ".mp4", ".webm", ".vtt")
)  # fmt: skip


def same_address(site: Site) -> Iterator[Problem]:
    taken: dict[str, Post] = {}
    shown = [
        p for p in (*site.pages, *site.posts) if p.address and p.visibility is not Visibility.DRAFT
    ]
    for post in sorted(shown, key=lambda p: p.file):
        first = taken.setdefault(post.address, post)
        if first is post:
            continue
        if "Slug" in post.lines:
            hint = 'Change the "Slug:" of one of the two.'
        else:
            hint = f'Give this one an address of its own, such as "Slug: {post.slug}-2".'
        yield Problem(
            post.file,
            post.line_of("Slug") or post.line_of("Title"),
            f"{{content}}/{first.file} has the same address, /{post.address}",
            hint,
        )


def taken_alias(site: Site) -> Iterator[Problem]:
    """An old address that is still, or again, the address of something else."""
    written = [
        (post.file, post.line_of("Aliases"), alias)
        for post in (*site.pages, *site.posts)
        for alias in post.aliases
    ]
    written += [(ISSUES, issue.line, alias) for issue in site.issues for alias in issue.aliases]
    if not written:
        return
    waiting = (p.address for p in (*site.pages, *site.posts) if p.visibility.is_waiting)
    taken = {*current_addresses(site), *waiting}
    for file, line, alias in written:
        address = alias.lstrip("/")
        if address.endswith("/index.html") or address == "index.html":
            address = address.removesuffix("index.html")
        if _is_ours(address) or address in taken or f"{address}/" in taken:
            yield Problem(
                file,
                line,
                f'the old address "{alias}" is in use',
                "Aliases are for addresses that are no longer there.",
            )
        taken.add(address)


def _is_ours(address: str) -> bool:
    """Whether the software may put a file there; its pages of today are known one by one."""
    folder, _, rest = address.partition("/")
    if address.rsplit("/", 1)[-1] in OWN_FILES - {"index.html"}:
        return True
    return folder in RESERVED and not (folder in _LISTS and rest and address.endswith("/"))


def reserved_address(site: Site) -> Iterator[Problem]:
    for page in site.pages:
        if is_reserved(page.slug):
            yield Problem(
                page.file,
                page.line_of("Slug") or page.line_of("Title"),
                f"the address /{page.address} is already used by the site itself",
                f'Add a line such as "Slug: about-{page.slug}".',
            )


def _no_sources(site: Site) -> list[str]:
    """The files that are read as neither posts nor pages."""
    return sorted(file for file in site.files if not is_source(file))


def not_markdown(site: Site) -> Iterator[Problem]:
    """A post in a form that is not read would otherwise be missing without a word."""
    return (p for p in _unread(site) if PurePosixPath(p.file).suffix.lower() in _TEXTS)


def unknown_file(site: Site) -> Iterator[Problem]:
    return (p for p in _unread(site) if PurePosixPath(p.file).suffix.lower() not in _TEXTS)


def _unread(site: Site) -> Iterator[Problem]:
    """What lies among posts and pages and is neither a text nor what texts show."""
    for file in _no_sources(site):
        path = PurePosixPath(file)
        if path.parts[0] not in ("posts", "pages") or len(path.parts) < 2:
            continue
        if path.suffix in SOURCES or path.suffix.lower() in _COMPANIONS or is_picture(file):
            continue
        name = path.stem if path.stem.endswith(SOURCES) else f"{path.stem}.md"
        yield Problem(
            file,
            None,
            "this file is not Markdown, and would not be published",
            f'If it is a post, save it as plain text, and call it "{name}".',
        )


def odd_name(site: Site) -> Iterator[Problem]:
    """Signs with a meaning of their own in addresses, and for the programs that send files."""
    for file in sorted(filter(_ODD.search, site.files)):
        if file.startswith(_PUBLISHED):
            yield Problem(
                file,
                None,
                "the name of this file has a sign in it that no address can have",
                "Rename it: letters, figures, hyphens and full stops will do.",
            )


def source_among_images(site: Site) -> Iterator[Problem]:
    return (p for p in _elsewhere(site) if p.file.startswith("images/"))


def misplaced(site: Site) -> Iterator[Problem]:
    return (p for p in _elsewhere(site) if not p.file.startswith("images/"))


def _elsewhere(site: Site) -> Iterator[Problem]:
    """Posts that lie elsewhere than among the posts would be missing without a word."""
    for file in _no_sources(site):
        path = PurePosixPath(file)
        if path.suffix.lower() not in (s.lower() for s in SOURCES) or path.stem == "README":
            continue
        if path.parts[0] in ("posts", "pages") and len(path.parts) > 1:
            continue
        yield Problem(
            file,
            None,
            "this file is neither among the posts nor among the pages, and is not published",
            "If it is a post, move it to {content}/posts (with small letters).",
        )

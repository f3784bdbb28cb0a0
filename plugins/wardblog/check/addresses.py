"""Check that no two pages have one address, where the second would silently replace the first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from pathlib import PurePosixPath

from wardblog.check.rule import OfRest
from wardblog.content.files import ISSUES_FILE as ISSUES
from wardblog.content.files import MARKDOWN, REDIRECTS_FILE, SOURCES, is_source, no_sources
from wardblog.content.markdown.html_links import content_path
from wardblog.model import Post, Site, Visibility
from wardblog.model.addresses import (
    HUGO_FEED,
    calendar_path,
    card_path,
    index_of,
    map_picture,
    split_query,
)
from wardblog.model.outputs import Addresses, OutputKind
from wardblog.photos import is_picture
from wardblog.problems import Problem
from wardblog.support.late_regex import late_regex

# Whose files are published under their own names, if a post has them.
_PUBLISHED = ("images/", "posts/", "pages/")
_ODD = late_regex(r'[\\"\x00-\x1f\x7f]')
# What any page may get beside it.
_BESIDE_PAGES = frozenset((calendar_path(), card_path(""), map_picture("")))
# What somebody may have written a post in.
_TEXTS = frozenset((".text", ".rst", ".html", ".htm", "", *MARKDOWN))
# What word processors save; their text must be copied out of it.
_DOCUMENTS = frozenset(
    (".doc", ".docx", ".docm", ".dotx", ".odt", ".fodt", ".ott", ".rtf", ".pages", ".gdoc",
     ".wpd", ".wps")
)  # fmt: skip
_COPY_OUT = 'Open it, copy its text, and paste it into a new post: make new TITLE="..."'
_OF_TEXTS = ("posts/", "pages/")
# What may lie beside posts for them to show or link to.
_COMPANIONS = frozenset(
    (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg", ".heic", ".pdf", ".csv", ".json",
     ".geojson", ".xlsx", ".ods", ".ics", ".mp3", ".mp4", ".webm", ".vtt")
)  # fmt: skip


def same_address(site: Site) -> Iterator[Problem]:
    taken: dict[str, Post] = {}
    of_posts, is_twice = site.index.value(
        "shown", lambda: _addresses_of(site.posts), "address", "visibility"
    )
    of_pages, is_page_twice = _addresses_of(site.pages)
    if not (is_twice or is_page_twice) and of_posts.isdisjoint(of_pages):
        return
    shown = filter(_is_shown, (*site.pages, *site.posts))
    for post in sorted(shown, key=lambda p: p.file):
        first = taken.setdefault(post.address, post)
        if first is post or _stem(first.file) == _stem(post.file):
            continue
        if "Slug" in post.lines:
            hint = 'Change the "Slug:" of one of the two.'
        else:
            hint = f'Give this one an address of its own, such as "Slug: {post.slug}-2".'
        yield Problem(
            file=post.file,
            line=post.line_of("Slug") or post.line_of("Title"),
            message=f"the file {{content}}/{first.file} has the same address, /{post.address}",
            hint=hint,
        )


def _addresses_of(posts: Iterable[Post]) -> tuple[frozenset[str], bool]:
    """The addresses of posts, and whether two have the same one."""
    found = [p.address for p in posts if _is_shown(p)]
    return frozenset(found), len(set(found)) < len(found)


def _is_shown(post: Post) -> bool:
    return bool(post.address) and post.visibility is not Visibility.DRAFT


def two_files(site: Site) -> Iterator[Problem]:
    """One post as `a.md` and as `a.txt`: the older of the two was probably forgotten."""
    first: dict[str, Post] = {}
    twins = _twins(site.files)
    posts = (p for p in (*site.pages, *site.posts) if p.file in twins) if twins else ()
    for post in sorted(posts, key=lambda p: p.file):
        other = first.setdefault(_stem(post.file), post)
        if other is not post:
            yield Problem(
                file=post.file,
                line=None,
                message=(
                    f"the file {{content}}/{other.file} has the same name, "
                    "and only its ending differs"
                ),
                hint=(
                    "Delete the one that is out of date. If they are two posts, rename one of them."
                ),
            )


@lru_cache(maxsize=4)
def _twins(files: frozenset[str]) -> frozenset[str]:
    """The sources whose names differ in their endings only; asked again after each save."""
    texts = [file for file in files if is_source(file)]
    counts = Counter(map(_stem, texts))
    return frozenset(file for file in texts if counts[_stem(file)] > 1)


def _stem(file: str) -> str:
    return file.rpartition(".")[0].casefold()


def taken_alias(site: Site, addresses: Addresses) -> Iterator[Problem]:
    """An old address that is still, or again, the address of something else."""
    written = [
        (post.file, post.line_of("Aliases", number), alias)
        for post in (*site.pages, *site.index.having("aliases"))
        for number, alias in enumerate(post.aliases)
    ]
    written += [(ISSUES, issue.line, alias) for issue in site.issues for alias in issue.aliases]
    written += [(REDIRECTS_FILE, row.line, row.old) for row in site.redirects]
    if not written:
        return
    taken = {post.address for post in site.waiting}
    for file, line, alias in written:
        address = alias.lstrip("/")
        if address.endswith("/index.html") or address == "index.html":
            address = address.removesuffix("index.html")
        if address in taken or f"{address}/" in taken or _is_used(address, addresses):
            yield Problem(
                file=file,
                line=line,
                message=f'the old address "{alias}" is in use',
                hint="Remove it: only an address that no page uses now can be an alias.",
            )
        taken.add(address)


def _is_used(address: str, addresses: Addresses) -> bool:
    """Whether something else has the address now; with a query, nothing has."""
    if split_query(address)[1]:
        return False
    return _is_in_use(address, addresses) or is_for_our_files(address, addresses.is_filled)


def _is_in_use(address: str, addresses: Addresses) -> bool:
    """Whether the site makes something for an address, other than what is at an old one."""
    paths = {index_of(address), index_of(f"{address.removesuffix('/')}/")}
    kinds = ((path, addresses.kind_at(path)) for path in paths)
    return any(kind not in (None, OutputKind.MOVED, _copied(path)) for path, kind in kinds)


def _copied(path: str) -> OutputKind | None:
    """The kind of the copy of a feed that may be at a path; None where feeds themselves are."""
    is_folder = path.endswith("/index.html")
    return OutputKind.FEED if is_folder or not path.startswith("feeds/") else None


def is_for_our_files(address: str, is_filled: Callable[[str], bool]) -> bool:
    """Whether the software may put a file at an address, today or later.

    `is_filled` says whether it writes files to a folder at the site's root. There, an old address
    has no ending, or is that of a feed of Hugo.
    """
    last = address.rsplit("/", 1)[-1]
    if last in _BESIDE_PAGES:
        return True
    folder, _, rest = address.partition("/")
    may_be_old = rest and ("." not in last or last == HUGO_FEED)
    return is_filled(folder) and not may_be_old


def lost_redirect(site: Site, addresses: Addresses) -> Iterator[Problem]:
    if site.redirects:
        # late import: see docs/architecture.md
        from wardblog.check.lost_redirects import lost_redirects

        yield from lost_redirects(site, addresses)


def same_guid(site: Site) -> Iterator[Problem]:
    """To feed readers, two posts with one id are the same post."""
    first: dict[str, Post] = {}
    for post in sorted(site.having("guid"), key=lambda post: post.file):
        other = first.setdefault(post.guid, post)
        if other is not post:
            yield Problem(
                file=post.file,
                line=post.line_of("Guid"),
                message=f"the file {{content}}/{other.file} has the same Guid",
                hint="Remove this line, unless the other post is a copy of this one. Then delete "
                "one of the two.",
            )


def reserved_address(site: Site, addresses: Addresses) -> Iterator[Problem]:
    for page in site.pages:
        if addresses.is_reserved(page.slug):
            yield Problem(
                file=page.file,
                line=page.line_of("Slug") or page.line_of("Title"),
                message=f"the address /{page.address} is already used by the site itself",
                hint=f'Add a line such as "Slug: about-{page.slug}".',
            )


def not_markdown(site: Site) -> Iterator[Problem]:
    """A post in a form that is not read would otherwise be missing without any warning."""
    return (p for p in _unread(site) if _ending(p.file) in _TEXTS | _DOCUMENTS)


def unknown_file(site: Site) -> Iterator[Problem]:
    yield from (p for p in _unread(site) if _ending(p.file) not in _TEXTS | _DOCUMENTS)
    yield from _unlinked_pdfs(site)


def _ending(file: str) -> str:
    return PurePosixPath(file).suffix.lower()


def _unlinked_pdfs(site: Site) -> Iterator[Problem]:
    """A PDF among the posts that none of them links to was probably meant as a post."""
    others = no_sources(site.files)
    pdfs = {f for f in others if f[-4:].lower() == ".pdf" and f.startswith(_OF_TEXTS)}
    if not pdfs:
        return
    for post in (*site.posts, *site.pages):
        linked = (content_path(link.target, post.file, pdfs) for link in post.links)
        pdfs -= {path for _, path in filter(None, linked)}
    for file in sorted(pdfs):
        yield Problem(
            file=file,
            line=None,
            message="no post links to this PDF, so it is not published",
            hint=f"If it is meant as a post: {_COPY_OUT[0].lower()}{_COPY_OUT[1:]}",
        )


def _unread(site: Site) -> Iterator[Problem]:
    """What lies among posts and pages and is neither a text nor what texts show."""
    for file in no_sources(site.files):
        path = PurePosixPath(file)
        if path.parts[0] not in ("posts", "pages") or len(path.parts) < 2:
            continue
        if path.suffix in SOURCES or path.suffix.lower() in _COMPANIONS or is_picture(file):
            continue
        if _ending(file) in _DOCUMENTS:
            message = "this is a word processor file, which would not be published"
            yield Problem(file=file, line=None, message=message, hint=_COPY_OUT)
            continue
        name = path.stem if path.stem.endswith(SOURCES) else f"{path.stem}.md"
        yield Problem(
            file=file,
            line=None,
            message="this file is not Markdown, and would not be published",
            hint=f'If it is a post, save it as plain text, and call it "{name}".',
        )


@OfRest
def odd_name(site: Site) -> Iterator[Problem]:
    """Characters with a meaning of their own in addresses, and for the programs that send files."""
    for file in sorted(filter(_ODD.search, site.files)):
        if file.startswith(_PUBLISHED):
            yield Problem(
                file=file,
                line=None,
                message="the name of this file has a character that web addresses cannot have",
                hint="Rename it, with letters, digits, hyphens and full stops only.",
            )


def source_among_images(site: Site) -> Iterator[Problem]:
    return (p for p in _elsewhere(site) if p.file.startswith("images/"))


def misplaced(site: Site) -> Iterator[Problem]:
    return (p for p in _elsewhere(site) if not p.file.startswith("images/"))


def _elsewhere(site: Site) -> Iterator[Problem]:
    """Posts that lie elsewhere than among the posts would be missing without any warning."""
    for file in no_sources(site.files):
        path = PurePosixPath(file)
        if path.suffix.lower() not in MARKDOWN or path.stem == "README":
            continue
        if path.parts[0] in ("posts", "pages") and len(path.parts) > 1:
            continue
        yield Problem(
            file=file,
            line=None,
            message=(
                "this file is in neither content/posts nor content/pages, so it is not published"
            ),
            hint="If it is a post, move it to {content}/posts (with small letters).",
        )

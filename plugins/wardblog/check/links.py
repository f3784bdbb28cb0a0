"""Check that links to posts, pictures and files work, and that pictures are the site's own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from urllib.parse import unquote

from wardblog.content.files import MARKDOWN, nearest_file
from wardblog.content.markdown.cleaning import is_misspelt
from wardblog.content.markdown.html_links import content_path
from wardblog.content.references import leads_away
from wardblog.model import Link, Post, Site, Visibility
from wardblog.model.addresses import cached_for_site, index_of
from wardblog.model.outputs import Addresses, OutputKind
from wardblog.problems import Problem, nearest
from wardblog.support.late_dataclass import dataclass
from wardblog.support.late_regex import late_regex
from wardblog.support.urls import (
    host_of,
    is_this_computer,
    is_web_address,
    join_url,
    parts_of,
    split_url,
)
from wardblog.text.words import long_date

_MARK = late_regex(r"^[{|]([a-z]+)[|}]")


@dataclass(frozen=True, slots=True)
class Inward:
    """A link of a post to an address of the site, from the site's root."""

    post: Post
    link: Link
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Targets:
    """What the links of a post lead to, as far as it and the names of all files say.

    `problems` are those of links that need no list of the site's addresses, and `inward` the links
    that do. `posts` are the paths of posts and pages, and `files` those of other files of the
    content to which its text links.
    """

    post: Post
    problems: list[Problem] = field(default_factory=list)
    inward: list[Inward] = field(default_factory=list)
    posts: list[tuple[Link, str]] = field(default_factory=list)
    files: list[tuple[Link, str]] = field(default_factory=list)


def broken_link(site: Site, addresses: Addresses) -> Iterator[Problem]:
    """Links that are written wrongly, or to posts, pictures and files that are not there."""
    problems, inward = _links(site)
    yield from problems
    for one in inward:
        if one.link.embeds and not _is_linkable(one.address, addresses):
            yield _missing(one.post, one.link, _path_of(one.link), site.files)


def dead_link(site: Site, addresses: Addresses) -> Iterator[Problem]:
    """Links to addresses of the site, rather than to files of the content."""
    for one in _links(site)[1]:
        if not one.link.embeds and not _is_linkable(one.address, addresses):
            yield _nowhere(one, addresses)


@cached_for_site
def _links(site: Site) -> tuple[tuple[Problem, ...], tuple[Inward, ...]]:
    """The problems of links that need no list of the site's addresses, and the links that do."""
    problems, inward = list[Problem](), list[Inward]()
    waiting = {post.file: post for post in site.waiting}
    for one in _targets(site):
        problems += one.problems
        inward += one.inward
        for link, path in () if one.post.visibility.is_waiting else one.posts:
            if path in waiting:
                problems.append(_early(one.post, link, path, waiting[path]))
    return tuple(problems), tuple(inward)


@cached_for_site
def _targets(site: Site) -> tuple[_Targets, ...]:
    """What the links of all posts and pages lead to."""

    def of(post: Post) -> _Targets:
        return _targets_of(post, site.files)

    posts = site.index.where("links", _has_links)
    found = site.index.each("targets", posts, site.files, of)
    return (*found, *map(of, filter(_has_links, site.pages)))


def _has_links(post: Post) -> bool:
    return bool(post.inward or post.events or post.form)


def header_links(post: Post) -> Iterator[Link]:
    """The links of a post's header: of its events, to an agenda for example, and to a form."""
    for number, event in enumerate(post.events):
        if event.link:
            yield Link(event.link, post.line_of("Event", number) or 1)
    if post.form:
        yield Link(post.form, post.line_of("Form") or 1)


def _targets_of(post: Post, files: frozenset[str]) -> _Targets:
    found = _Targets(post=post)
    header = [link for link in header_links(post) if not leads_away(link)]
    for number, link in enumerate((*post.inward, *header)):
        target = content_path(link.target, post.file, files)
        if target and target[0] == "filename":
            found.posts.append((link, target[1]))
        elif target and number < len(post.inward):
            found.files.append((link, target[1]))
        if target and target[1] in files:
            continue
        judged = _missing(post, link, target[1], files) if target else _unfound(post, link, files)
        if isinstance(judged, Problem):
            found.problems.append(judged)
        elif judged:
            found.inward.append(judged)
    return found


def _early(post: Post, link: Link, path: str, linked: Post) -> Problem:
    return Problem(
        file=post.file,
        line=link.line,
        message=f'the link "{link.target}" leads to a post that is not published yet',
        hint=f"{{content}}/{path} is {_waiting(linked)}. Publish it, or remove the link.",
    )


def _waiting(post: Post) -> str:
    if post.visibility is Visibility.DRAFT:
        return "a draft"
    return f"dated {long_date(post.date)}"


def _unfound(post: Post, link: Link, files: frozenset[str]) -> Problem | Inward | None:
    parts = split_url(link.target)
    mark = _MARK.match(link.target)
    if not link.target.strip():
        return Problem(
            file=post.file,
            line=link.line,
            message=f"this {'picture' if link.embeds else 'link'} has no address",
            hint='Write it in the round brackets: "[the council](https://www.example.gov.uk/)" or '
            '"![The new crossing](../images/crossing.jpg)".',
        )
    is_mark = mark is not None and mark[1] in ("filename", "static", "attach", "tag", "index")
    is_web = parts is not None and parts.scheme in ("http", "https")
    if parts is None or (mark and not is_mark) or (is_web and not is_web_address(link.target)):
        return Problem(
            file=post.file,
            line=link.line,
            message=f'the link "{link.target}" leads nowhere',
            hint='Write it like "https://www.example.gov.uk/" or "../posts/my-post.md".',
        )
    if is_this_computer(host_of(link.target)):
        return Problem(
            file=post.file,
            line=link.line,
            message=f'the link "{link.target}" only works on your own computer',
            hint=f'Write only the part from the first slash: "{parts.path or "/"}".',
        )
    if link.embeds and (is_web or parts.netloc):
        return Problem(
            file=post.file,
            line=link.line,
            message=f"this would be loaded from {parts.netloc}, which could see who reads the page",
            hint="Save the picture in {content}/images and show it from there."
            if link.embeds in ("img", "source")
            else 'Link to it instead, as in "[the video](https://...)".',
        )
    if link.target.startswith("www."):
        return Problem(
            file=post.file,
            line=link.line,
            message=f'the link "{link.target}" leads nowhere',
            hint=f'Write "https://{link.target}".',
        )
    if not link.embeds and len(parts.scheme) > 1 and is_misspelt(link.target):
        return Problem(
            file=post.file,
            line=link.line,
            message=f'the link "{link.target}" leads nowhere',
            hint='Addresses begin with "https://", "mailto:" or "tel:".',
        )
    if mark or parts.netloc or not parts.path or len(parts.scheme) > 1:  # one letter: a disk
        return None
    if not link.embeds and (parts.scheme or parts.path.lower().endswith(MARKDOWN)):
        return _missing(post, link, _path_of(link), files)
    path = join_url(f"/{post.address}", parts.path)
    return Inward(post, link, unquote(path).lstrip("/"))


def _path_of(link: Link) -> str:
    return parts_of(link.target).path.lstrip("/").replace("\\", "/")


def _file_at(address: str, addresses: Addresses) -> OutputKind | None:
    """The file that a server sends for an address; for a folder it sends the folder's page."""
    return addresses.kind_at(index_of(address)) or addresses.kind_at(index_of(f"{address}/"))


def _is_linkable(address: str, addresses: Addresses) -> bool:
    kind = _file_at(address, addresses)
    return kind is not None and kind.is_linkable


def _nowhere(inward: Inward, addresses: Addresses) -> Problem:
    post, link = inward.post, inward.link
    if _file_at(inward.address, addresses):
        return Problem(
            file=post.file,
            line=link.line,
            message=f'the link "{link.target}" leads to an internal file of the site',
            hint="Its name can change, or readers cannot open it. Link to a page instead.",
        )
    known = {address.strip("/"): address for address in addresses.linkable()}
    best = nearest(link.target.strip("/"), known)
    return Problem(
        file=post.file,
        line=link.line,
        message=f'the link "{link.target}" leads nowhere',
        hint=f'Did you mean "/{known[best]}"?'
        if best
        else "There is no such page or file on this site.",
    )


def _missing(post: Post, link: Link, path: str, files: frozenset[str]) -> Problem:
    is_source = path.lower().endswith(MARKDOWN)
    what = "post or page" if is_source else "image" if link.embeds else "file"
    return Problem(
        file=post.file,
        line=link.line,
        message=f'there is no {what} "{link.target}"',
        hint=_guess(path, files),
    )


def _guess(path: str, files: frozenset[str]) -> str:
    best = nearest_file(path, files)
    if best:
        return f'Did you mean "{best}"?'
    return "Check the name. A path begins at this file's folder, or with a slash at {content}."


def replaces_a_page(site: Site, addresses: Addresses) -> Iterator[Problem]:
    """A linked file that would overwrite one that the site makes itself."""
    raw = {d.file for issue in site.issues for d in issue.datasets}
    for one in _targets(site):
        for link, path in one.files:
            if path in raw:
                continue
            first = path.split("/", 1)[0]
            is_ours = addresses.is_reserved(first) and first not in ("data", "images")
            if is_ours or addresses.kind_at(path) not in (None, OutputKind.FILE):
                yield Problem(
                    file=one.post.file,
                    line=link.line,
                    message=f'the file "{path}" would replace one that the site makes itself',
                    hint="Give it another name, and put it in {content}/files.",
                )


def raw_list(site: Site) -> Iterator[Problem]:
    """A link to last year's list, which would publish it with all of the council's columns."""
    datasets = [d for issue in site.issues for d in issue.datasets]
    cleaned = {d.file for d in datasets}
    previous = {d.previous.file for d in datasets if d.previous} - cleaned
    for one in _targets(site) if previous else ():
        for link, path in one.files:
            if path in previous:
                yield Problem(
                    file=one.post.file,
                    line=link.line,
                    message=f'the link "{link.target}" would publish the council\'s list with all '
                    "its columns",
                    hint=(
                        "Give that list a [[dataset]] of its own in "
                        "{content}/issues.toml; the link will "
                        "then go to the cleaned list."
                    ),
                )

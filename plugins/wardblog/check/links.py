"""Links to other posts, pictures and files lead somewhere, and pictures are the site's own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote, urljoin

from wardblog.check.built.targets import NOWHERE
from wardblog.content.file_names import MARKDOWN
from wardblog.content.files import nearest_file
from wardblog.content.markdown.cleaning import is_misspelt
from wardblog.content.markdown.markup import content_path, split_address
from wardblog.model import Link, Post, Site, Visibility
from wardblog.model.addresses import OWN_FILES, downloads_of, every_address, is_reserved, once
from wardblog.problems import Problem, nearest
from wardblog.text.words import long_date

_MARK = re.compile(r"^[{|]([a-z]+)[|}]")
# A whole address with the name of a host, which no split can refuse, and nothing that is encoded.
_ELSEWHERE = re.compile(r"https?://(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/[\w./=&?#+~-]*)?", re.ASCII)
_OWN_MACHINE = ("localhost", "127.0.0.1", "::1")


def broken_link(site: Site) -> Iterator[Problem]:
    return (problem for problem in _broken(site) if problem.rule != NOWHERE)


def link_to_nowhere(site: Site) -> Iterator[Problem]:
    """Addresses of the site itself, rather than files."""
    return (problem for problem in _broken(site) if problem.rule == NOWHERE)


@once
def _broken(site: Site) -> tuple[Problem, ...]:
    return tuple(_find_broken(site))


def _find_broken(site: Site) -> Iterator[Problem]:
    pages: dict[str, Post] = {}
    known: frozenset[str] = frozenset()
    for post in (*site.posts, *site.pages):
        for link in post.links:
            if _leads_away(link):
                continue
            if not known:  # most sites of thousands of posts have few links to ask about
                pages = {p.file: p for p in (*site.posts, *site.pages)}
                known = frozenset(every_address(site))
            problem = _problem(post, link, site, pages, known)
            if problem:
                yield problem


def _leads_away(link: Link) -> bool:
    """Whether a link is one to another site that nothing can be said of."""
    target = link.target
    if _ELSEWHERE.fullmatch(target):
        return not link.embeds
    if link.embeds or not target.startswith(("https://", "http://", "mailto:", "tel:")):
        return False
    parts = split_address(target)
    return parts is not None and parts.hostname not in _OWN_MACHINE


def _problem(
    post: Post, link: Link, site: Site, pages: dict[str, Post], known: frozenset[str]
) -> Problem | None:
    found = content_path(link.target, post.file, site.files)
    if found is None:
        return _unfound(post, link, site, known)
    what, path = found
    if path not in site.files:
        return _missing(post, link, path, site)
    linked = pages.get(path)
    if what != "filename" or linked is None or not linked.visibility.is_waiting:
        return None
    if post.visibility.is_waiting:
        return None
    return Problem(
        file=post.file,
        line=link.line,
        message=f'the link "{link.target}" leads to a post that is not published yet',
        hint=f"{{content}}/{path} is {_waiting(linked)}. Publish it, or take the link out.",
    )


def _waiting(post: Post) -> str:
    if post.visibility is Visibility.DRAFT:
        return "a draft"
    return f"dated {long_date(post.date)}"


def _unfound(post: Post, link: Link, site: Site, known: frozenset[str]) -> Problem | None:
    parts = split_address(link.target)
    mark = _MARK.match(link.target)
    if parts is None or (mark and mark[1] not in ("filename", "static", "attach", "tag", "index")):
        return Problem(
            file=post.file,
            line=link.line,
            message=f'the link "{link.target}" leads nowhere',
            hint='Write it like "https://www.example.gov.uk/" or "../posts/my-post.md".',
        )
    if parts.hostname in _OWN_MACHINE:
        return Problem(
            file=post.file,
            line=link.line,
            message=f'the link "{link.target}" works on your own machine only',
            hint=f'Write it from the first slash on: "{parts.path or "/"}".',
        )
    if link.embeds and (parts.scheme in ("http", "https") or parts.netloc):
        return Problem(
            file=post.file,
            line=link.line,
            message=f"this would be fetched from {parts.netloc}, and tell it who reads the page",
            hint="Save the picture in {content}/images and show it from there."
            if link.embeds in ("img", "source")
            else 'Link to it instead, as in "[the film](https://...)".',
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
    path = parts.path.lstrip("/").replace("\\", "/")
    if link.embeds and _is_address(post, parts.path, known):
        return None
    if link.embeds or parts.scheme or parts.path.lower().endswith(MARKDOWN):
        return _missing(post, link, path, site)
    return None if _is_address(post, parts.path, known) else _nowhere(post, link, known)


def _is_address(post: Post, path: str, known: frozenset[str]) -> bool:
    address = unquote(urljoin(f"/{post.address}", path)).lstrip("/")
    return address.removesuffix("index.html") in known or f"{address}/" in known


def _nowhere(post: Post, link: Link, known: frozenset[str]) -> Problem:
    best = nearest(link.target.strip("/"), [k.strip("/") for k in known])
    return Problem(
        file=post.file,
        line=link.line,
        message=f'the link "{link.target}" leads nowhere',
        hint=f'Did you mean "/{best}/"?' if best else "There is no such page or file on this site.",
        rule=NOWHERE,
    )


def _missing(post: Post, link: Link, path: str, site: Site) -> Problem:
    is_source = path.lower().endswith(MARKDOWN)
    what = "post or page" if is_source else "image" if link.embeds else "file"
    return Problem(
        file=post.file,
        line=link.line,
        message=f'there is no {what} "{link.target}"',
        hint=_guess(path, site),
    )


def _guess(path: str, site: Site) -> str:
    best = nearest_file(path, site.files)
    if best:
        return f'Did you mean "{best}"?'
    return "Paths are written from the file's own folder, or with a slash from {content} on."


def missing_image(site: Site) -> Iterator[Problem]:
    """The picture that a post names in its header."""
    for post in (*site.posts, *site.pages):
        if post.image in site.files and not post.image.startswith("images/"):
            yield Problem(
                file=post.file,
                line=post.line_of("Image"),
                message=f'the image "{post.image}" is not among the images',
                hint="Move it to {content}/images, from where it is published.",
            )
        elif post.image and post.image not in site.files:
            yield Problem(
                file=post.file,
                line=post.line_of("Image"),
                message=f'there is no image "{post.image}"',
                hint=_guess(post.image.lstrip("/"), site),
            )


def _file_of(link: Link, post: Post, site: Site) -> tuple[str, str] | None:
    if link.target.startswith(("https://", "http://")):
        return None
    return content_path(link.target, post.file, site.files)


def replaces_a_page(site: Site) -> Iterator[Problem]:
    """A linked file that would be copied over something that the site makes itself."""
    datasets = [d for issue in site.issues for d in issue.datasets]
    taken = OWN_FILES.union(*map(downloads_of, datasets))
    raw = {d.file for d in datasets}
    for post in (*site.posts, *site.pages):
        for link in post.links:
            found = _file_of(link, post, site)
            if found is None or found[0] == "filename" or found[1] in raw:
                continue
            path = found[1]
            first, name = path.split("/", 1)[0], path.rsplit("/", 1)[-1]
            is_ours = is_reserved(first) and first not in ("data", "images")
            if is_ours or path in taken or name in OWN_FILES:
                yield Problem(
                    file=post.file,
                    line=link.line,
                    message=f'the file "{path}" would replace one that the site makes itself',
                    hint="Give it another name, and put it in {content}/files.",
                )


def raw_list(site: Site) -> Iterator[Problem]:
    """A link to a list of the year before would publish it with all of the council's columns."""
    datasets = [d for issue in site.issues for d in issue.datasets]
    cleaned = {d.file for d in datasets}
    previous = {d.previous.file for d in datasets if d.previous} - cleaned
    for post in (*site.posts, *site.pages):
        for link in post.links:
            found = _file_of(link, post, site)
            if found is not None and found[1] in previous:
                yield Problem(
                    file=post.file,
                    line=link.line,
                    message=f'the link "{link.target}" would publish the council\'s list with all '
                    "its columns",
                    hint=(
                        "Give that list a [[dataset]] of its own in "
                        "{content}/issues.toml; then the "
                        "link leads to the cleaned one."
                    ),
                )

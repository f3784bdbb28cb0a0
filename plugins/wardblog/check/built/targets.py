"""Check that everything that pages and feeds link to or load exists, down to the heading."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from typing import NamedTuple

from wardblog.check.built.file import BuiltFile, LinkTarget, is_drawn
from wardblog.model import Post
from wardblog.problems import Problem, nearest

# Places that every page has (https://html.spec.whatwg.org/#the-indicated-part-of-the-document).
_TOP = ("", "top")
# How the ids of the theme begin.
OWN = "ward-"
# The rule about links within the site, and what it was called in an author's own text.
DEAD_LINK, FORMERLY = "dead-link", "link-to-nowhere"


class Reference(NamedTuple):
    """A link that can only be checked once the page that it leads to is made.

    `about` is the file that has it, `address` the page on which it is, `path` the file that it
    leads to, and `fragment` the place there.
    """

    about: str
    address: str
    written: str
    path: str
    fragment: str


def dead_link(file: BuiltFile) -> Iterator[Problem]:
    allowed = file.post.allowances if file.post else ()
    is_answered = any(one.rule in (DEAD_LINK, FORMERLY) for one in allowed)
    for target in file.targets:
        if target.is_own and is_answered:
            continue
        if not _is_there(file, target) and not is_drawn(target.path):
            yield _dead(_about(file, target), _line(file, target), file.address, target.written)


def dead_anchor(file: BuiltFile) -> Iterator[Problem]:
    """Links within the page itself; links to other pages wait until those are made."""
    for target in file.targets if file.is_page else ():
        if target.path == file.path and _is_missing(target.fragment, file.reading.ids):
            yield _no_place(
                _about(file, target), _line(file, target), target.written, target.fragment,
                file.reading.ids,
            )  # fmt: skip


def references(file: BuiltFile) -> tuple[list[Reference], list[Reference]]:
    """The links that cannot be checked yet: those in the post's own text, and the others."""
    own, others = list[Reference](), list[Reference]()
    for t in file.targets:
        if t.path != file.path and _waits(file, t):
            found = own if t.is_own else others
            found.append(
                Reference(
                    about=_about(file, t),
                    address=file.address,
                    written=t.written,
                    path=t.path,
                    fragment=t.fragment,
                )
            )
    return own, others


def _waits(file: BuiltFile, target: LinkTarget) -> bool:
    if not _is_there(file, target):
        return is_drawn(target.path)
    if file.is_page:
        return target.fragment not in _TOP and target.path.endswith("index.html")
    # What a post's own text leads to is reported on its page, and not again in each feed.
    return target.fragment.startswith(OWN)


def lost(reference: Reference) -> Problem:
    """The problem of a link to a file that was not made."""
    return _dead(reference.about, None, reference.address, reference.written)


def unmet(reference: Reference, ids: Iterable[str], line: int | None) -> Iterator[Problem]:
    """The problem of a reference to a page with these ids, if its id is not among them."""
    known = frozenset(ids)
    if _is_missing(reference.fragment, known):
        yield _no_place(reference.about, line, reference.written, reference.fragment, known)


def _is_there(file: BuiltFile, target: LinkTarget) -> bool:
    """Whether a server would find the file; a folder redirects to its page."""
    return file.exists(target.path) or file.exists(f"{target.path}/index.html")


def _is_missing(fragment: str, ids: Container[str]) -> bool:
    return fragment not in _TOP and not fragment.startswith(":~:") and fragment not in ids


def _about(file: BuiltFile, target: LinkTarget) -> str:
    return file.post.file if file.post and target.is_own else file.about


def _line(file: BuiltFile, target: LinkTarget) -> int | None:
    return line_of(file.post, target.written) if file.post and target.is_own else None


def line_of(post: Post, written: str) -> int | None:
    """Where a link is in a post: the whole address, or its end if the address was completed."""
    return post.line_with(written) or post.line_with("#" + written.partition("#")[2])


def _dead(about: str, line: int | None, address: str, written: str) -> Problem:
    return Problem(
        file=about,
        line=line,
        message=f'{address} links to "{written}", which does not exist',
        hint="Remove the link, or correct its address.",
    )


def _no_place(
    about: str, line: int | None, written: str, fragment: str, ids: Iterable[str]
) -> Problem:
    best = nearest(fragment, [i for i in ids if not i.startswith(OWN)])
    return Problem(
        file=about,
        line=line,
        message=f'the link "{written}" leads to a part that its page does not have',
        hint=f'Did you mean "#{best}"?'
        if best
        else 'Link to a heading by its words, in small letters with hyphens: "#what-counts".',
    )

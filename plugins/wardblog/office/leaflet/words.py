"""The councillor's file with the words of a leaflet or poster: written once, then only read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from wardblog.model import Post, Site
from wardblog.office.leaflet.choose import PosterEvent, reference_of
from wardblog.office.leaflet.question import is_asking
from wardblog.office.private_text import PrivateText
from wardblog.support.late_dataclass import dataclass
from wardblog.support.late_regex import late_regex
from wardblog.text.plain_text import summary_of
from wardblog.text.slugs import slugify
from wardblog.text.words import month_year
from wardblog.views.coming import occasions_of, upcoming

FOLDER = "leaflets"
# The lines of a leaflet's file and of a poster's; whether each may be there more than once.
LEAFLET_LINES = {
    "Title": False, "Subtitle": False, "Posts": True, "Size": False, "Sides": False,
    "Call to action": False, "Address": False, "Pictures": False, "QR codes": False, "Map": False,
    "Questions": False,
}  # fmt: skip
POSTER_LINES = {
    "Title": False, "Size": False, "Call to action": False, "Address": False, "Map": False,
}  # fmt: skip
_LEAFLET_NOTES = """\
# These are the words of a leaflet. Change them as you like, and run make leaflet again.
# It reads this file, and never writes over it. Lines up here that begin with # are notes for you.
#
# Title           the large words on top; the Subtitle is below it
# Size            A5, A4 or fold (an A4 sheet folded to four pages of A5)
# Sides           1 or 2; leave it empty to use as many as the words need
# Call to action  what you ask people to do; its QR code leads to the Address
# Pictures, Map   yes or no
# QR codes        each (one for each post and each answer), one (only that of the call to action)
# Questions       yes or no: the open questions of your posts, with their answers
#
# Below, each post has a section. Keep the {#...} after its heading, which says which post it is.
# The order is that of the leaflet. Delete a section to leave it out; one without {#...} is yours.
"""
_POSTER_NOTES = """\
# These are the words of a poster. Change them as you like, and run make leaflet again.
# It reads this file, and never writes over it. Lines up here that begin with # are notes for you.
#
# Title           the large words on top
# Size            A4 or A3
# Call to action  the words beside the QR code, which leads to the Address
# Map             yes or no: where it is, if the gazetteer knows the place
#
# The date, the time and the place are those of the event, and stay up to date.
"""
_SECTION = late_regex(r"##(?!#)[ \t]*(.*?)[ \t]*(?:\{#([^{}\s]*)\})?[ \t]*#*[ \t]*")
_FENCE = late_regex(r" {0,3}(`{3,}|~{3,})")
_SPECIAL = late_regex(r"([\\`*_\[\]{}])")
_ENTITY = late_regex(r"&(?=#?\w+;)")
_AT_START = late_regex(r"^(\d*)((?<=\d)[.)]|(?<!\d)[#+>-])")
_MOST_LETTERS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class TextSection:
    """A part of a leaflet; `reference` names its post, and is "" if it is about none.

    `line` is that of its heading; the `text` below it is Markdown.
    """

    title: str
    reference: str
    text: str
    line: int


def new_leaflet(site: Site, posts: Sequence[Post], size: str) -> str:
    """The text of a file about some posts, as it is first written."""
    where = f"{site.ward.name} ward" if site.ward.name else site.title
    heads = (
        ("Title", f"News from {where}"),
        ("Subtitle", month_year(site.today.year, site.today.month)),
        *(("" if n else "Posts", reference_of(site, post)) for n, post in enumerate(posts)),
        ("Size", size),
        ("Sides", ""),
        ("Call to action", "What should we look at next? Tell us what you see in your street."),
        ("Address", site.absolute("")),
        ("Pictures", "yes"),
        ("QR codes", "each"),
        ("Map", "yes"),
        *((("Questions", "yes"),) if any(is_asking(site, post) for post in posts) else ()),
    )
    sections = (_section(site, post) for post in posts)
    return f"{_LEAFLET_NOTES}\n{_lines(heads)}\n" + "\n".join(sections)


def new_poster(site: Site, poster: PosterEvent, size: str) -> str:
    """The text of a file about an event, as it is first written."""
    owner = poster.owner
    heads = (
        ("Title", poster.event.words),
        ("Size", size),
        ("Call to action", "More about this, and all our news"),
        ("Address", site.absolute(owner.address if owner else "")),
        ("Map", "yes"),
    )
    text = escaped(_summary(owner)) if owner else _invitation(site)
    return f"{_POSTER_NOTES}\n{_lines(heads)}\n{text}\n"


def _invitation(site: Site) -> str:
    names = [one.name for one in site.councillors]
    listed = f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)
    who = "your ward councillors" if len(names) > 1 else "your ward councillor"
    return escaped(f"Come and talk to {who}, {listed}.")


def _lines(heads: Iterable[tuple[str, str]]) -> str:
    """Lines with keys; a value without a key is indented below the one before."""
    return "".join(
        (f"{key}: {_one_line(value)}".rstrip() if key else f"       {value}") + "\n"
        for key, value in heads
    )


def _section(site: Site, post: Post) -> str:
    parts = [f"## {escaped(_one_line(post.title))} {{#{reference_of(site, post)}}}"]
    parts += [escaped(_summary(post))] if _summary(post) else []
    asked = post.closing.words if post.closing else None  # the question says until when
    coming = [
        row
        for row in upcoming(site, occasions_of(post))
        if not row.is_cancelled and row.words != asked
    ]
    if coming:
        row = coming[0]
        where = f" {escaped(row.where)}." if row.where else ""
        parts.append(f"**{row.when}:** {escaped(row.words)}.{where}")
    return "\n\n".join(parts) + "\n"


def _summary(post: Post | None) -> str:
    if post is None:
        return ""
    return _one_line(post.summary or summary_of(post.html, post.title))


def _one_line(words: str) -> str:
    return " ".join(words.split())


def escaped(words: str) -> str:
    """Words in one line of Markdown that shows them as they are."""
    words = _ENTITY.sub("&amp;", words).replace("<", "&lt;")
    return _AT_START.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", words))


def name_of_leaflet(site: Site, posts: Sequence[Post], taken: Iterable[str]) -> str:
    """A new name for a file, such as `2026-11-four-new-trees`."""
    words = slugify(posts[0].slug)[:_MOST_LETTERS].strip("-") or "leaflet"
    name = first = f"{site.today:%Y-%m}-{words}"
    used, number = frozenset(taken), 1
    while name in used:
        number += 1
        name = f"{first}-{number}"
    return name


def names_in(folder: Path) -> list[str]:
    """The names of the leaflets and posters that have a file of words."""
    return sorted(path.stem for path in folder.glob("*.md"))


def sections_of(text: PrivateText) -> tuple[TextSection, ...]:
    """The sections below headings of the second level; the first may have no heading."""
    found: list[tuple[str, str, int, list[str]]] = [("", "", text.body_line, [])]
    fence = ""
    for number, line in enumerate(text.body.split("\n"), text.body_line):
        if mark := _FENCE.match(line):
            fence = "" if fence and mark[1].startswith(fence) else fence or mark[1]
        heading = None if fence else _SECTION.fullmatch(line)
        if heading:
            found.append((heading[1], heading[2] or "", number, []))
        else:
            found[-1][3].append(line)
    return tuple(
        TextSection(title=title, reference=reference, text="\n".join(lines), line=line)
        for title, reference, line, lines in found
        if title or reference or any(map(str.strip, lines))
    )

"""How pages show the pictures of the content: with sizes, smaller versions, and WebP."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape, unescape
from typing import NamedTuple
from urllib.parse import quote, unquote

from wardblog.model import Picture, SizedPicture
from wardblog.photos import original_of, versions_of
from wardblog.support.late_dataclass import dataclass
from wardblog.support.late_regex import late_regex

IMAGE = late_regex(r"""<img\b((?:[^<>"']|"[^"]*"|'[^']*')*)>""", re.IGNORECASE)
_ATTRIBUTE = late_regex(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+)))?""")
# How wide a text is in the theme, from the browser's own size of letters on: 36rem of 112.5%, or
# on narrow screens all but the margins. To be changed with `.text` and `.measure` of its style.
SIZES = "(min-width: 44em) 41.6em, calc(100vw - 2.25em)"
# A picture of a text that is smaller than this on one side, in pixels, is a sign, such as a logo.
_SIGN = 160
# Finds a picture of the content that can be published.
Known = Callable[[str], Picture | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class PagePicture:
    """A picture of the content as pages show it.

    `src` is its own version, which is `width` times `height` pixels. `srcset` has its versions of
    the same kind, "" if there is only one, and `webp` those as WebP, "" if there are none. All have
    the site's base path, and are not escaped for HTML. `alt` says what it shows, "" for one that
    only decorates.
    """

    src: str
    srcset: str
    webp: str
    width: int
    height: int
    alt: str = ""


class TextPicture(NamedTuple):
    """A picture of the content that a text shows, with its description."""

    file: str
    picture: Picture
    alt: str


def sized_picture(file: str, picture: Picture | None) -> SizedPicture | None:
    """The picture with its size, if it can be published and does not move."""
    if picture is None or picture.frames > 1:
        return None
    return SizedPicture(file, picture.kind, picture.width, picture.height)


def page_picture(base_path: str, picture: SizedPicture, alt: str = "") -> PagePicture:
    """A picture as a page shows it, for the templates; `base_path` is that of the site."""
    file, kind, width, height = picture
    return _in_versions(file, Picture(kind=kind, width=width, height=height), f"{base_path}/", alt)


def pictures_in(html: str, base_path: str, picture: Known) -> tuple[TextPicture, ...]:
    """The pictures of the content that HTML with complete addresses shows, in their order."""
    if "<img" not in html.lower():
        return ()
    return tuple(_found_in(html, f"{base_path}/", picture))


def _found_in(html: str, start: str, picture: Known) -> Iterator[TextPicture]:
    for tag in IMAGE.finditer(html):
        attributes = attributes_of(tag[1])
        if found := _picture_at(attributes.get("src", ""), start, picture):
            yield TextPicture(*found, " ".join(attributes.get("alt", "").split()))


def lead_of(image: str, shown: Sequence[TextPicture], picture: Known) -> SizedPicture | None:
    """The picture that stands for a post: the `image` of its header, or the first of its text."""
    if image and (own := sized_picture(image, picture(image))):
        return own
    pictures = (p for p in shown if min(p.picture.width, p.picture.height) >= _SIGN)
    return next(filter(None, (sized_picture(p.file, p.picture) for p in pictures)), None)


def attributes_of(tag: str) -> dict[str, str]:
    """The attributes of a tag, from the text after its name; attribute names are in lower case."""
    attributes: dict[str, str] = {}
    for name, *values in _ATTRIBUTE.findall(tag):
        attributes.setdefault(name.lower(), unescape("".join(values)))
    return attributes


def with_versions(html: str, base_path: str, picture: Known) -> str:
    """The HTML with each picture of the content in all its published versions.

    The first one is not put off until the reader comes near: it may be the first thing to be seen.
    An author's own `srcset` and `<picture>` are left to the rules.
    """
    if "<img" not in html.lower() or "<picture" in html.lower():
        return html
    start, count = f"{base_path}/", 0

    def shown(tag: re.Match[str]) -> str:
        nonlocal count
        count += 1
        attributes = attributes_of(tag[1])
        found = _picture_at(attributes.get("src", ""), start, picture)
        if found is None or "srcset" in attributes:
            return tag[0]
        return _shown(
            tag[1].rstrip(" /"), attributes, _in_versions(*found, start), is_first=count == 1
        )

    return IMAGE.sub(shown, html)


def _picture_at(source: str, start: str, picture: Known) -> tuple[str, Picture] | None:
    """The picture of the content that is published at an address of the site."""
    if not source.startswith(start):
        return None
    path = unquote(source.removeprefix(start))
    for file in (path, original_of(path)):
        if known := picture(file):
            return file, known
    return None


def _in_versions(file: str, picture: Picture, start: str, alt: str = "") -> PagePicture:
    versions = versions_of(file, picture)
    first, place = versions[0], f"{start}{quote(file)}"
    # What a version adds to the name of its file has no signs to be quoted.
    sizes = [(f"{place}{v.path[len(file) :]}", v.width) for v in versions]
    own = sum(v.kind == first.kind for v in versions)
    return PagePicture(
        src=sizes[0][0],
        srcset=_listed(sizes[:own]) if own > 1 else "",
        webp=_listed(sizes[own:]),
        width=first.width,
        height=first.height,
        alt=alt,
    )


def _shown(written: str, attributes: dict[str, str], page: PagePicture, is_first: bool) -> str:
    added = [*_size(attributes, page)]
    if page.srcset:
        added += [("srcset", escape(page.srcset)), ("sizes", SIZES)]
    added += [("decoding", "async")] if is_first else [("loading", "lazy"), ("decoding", "async")]
    words = "".join(f' {name}="{value}"' for name, value in added if name not in attributes)
    image = f"<img{written}{words}>"
    if not page.webp:
        return image
    sizes = f' sizes="{SIZES}"' if " " in page.webp else ""
    source = f'<source type="image/webp" srcset="{escape(page.webp)}"{sizes}>'
    return f"<picture>{source}{image}</picture>"


def _size(attributes: dict[str, str], version: PagePicture) -> Iterable[tuple[str, str]]:
    """Width and height, so that nothing moves when the picture comes; after the author's own."""
    width = attributes.get("width", "")
    if "height" in attributes or (width and not width.isdecimal()):
        return ()
    if not width:
        return (("width", str(version.width)), ("height", str(version.height)))
    return (("height", str(max(1, round(version.height * int(width) / version.width)))),)


def _listed(sizes: Sequence[tuple[str, int]]) -> str:
    """The candidates of a `srcset`, given widest first and listed narrowest first.

    Each has its address and its width in pixels; a single one needs no width.
    """
    if len(sizes) < 2:
        return "".join(url for url, _ in sizes)
    return ", ".join(f"{url} {width}w" for url, width in reversed(sizes))

"""Adds sizes and smaller versions to the pictures in a post's HTML."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from html import escape, unescape
from urllib.parse import quote, unquote

from wardblog.model import Picture
from wardblog.photos import PictureVersion, original_of, versions_of
from wardblog.support.late_regex import late_regex

IMAGE = late_regex(r"""<img\b((?:[^<>"']|"[^"]*"|'[^']*')*)>""", re.IGNORECASE)
_ATTRIBUTE = late_regex(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+)))?""")
# How wide a text is in the theme, from the browser's own size of letters on: 36rem of 112.5%, or
# on narrow screens all but the margins. To be changed with `.text` and `.measure` of its style.
SIZES = "(min-width: 42.75em) 40.5em, calc(100vw - 2.25em)"


def attributes_of(tag: str) -> dict[str, str]:
    """The attributes of a tag, from the text after its name; attribute names are in lower case."""
    attributes: dict[str, str] = {}
    for name, *values in _ATTRIBUTE.findall(tag):
        attributes.setdefault(name.lower(), unescape("".join(values)))
    return attributes


def with_versions(html: str, base_path: str, picture: Callable[[str], Picture | None]) -> str:
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
        source = attributes.get("src", "")
        if not source.startswith(start) or "srcset" in attributes:
            return tag[0]
        file = unquote(source.removeprefix(start))
        known = picture(file)
        if known is None:
            file = original_of(file)
            known = picture(file)
        if known is None:
            return tag[0]
        return _shown(tag[1].rstrip(" /"), attributes, versions_of(file, known), start, count == 1)

    return IMAGE.sub(shown, html)


def _shown(
    written: str,
    attributes: dict[str, str],
    versions: tuple[PictureVersion, ...],
    start: str,
    is_first: bool,
) -> str:
    own = [v for v in versions if v.kind == versions[0].kind]
    more = versions[len(own) :]
    added = [*_size(attributes, versions[0])]
    if len(own) > 1:
        added += [("srcset", _listed(own, start)), ("sizes", SIZES)]
    added += [("decoding", "async")] if is_first else [("loading", "lazy"), ("decoding", "async")]
    words = "".join(f' {name}="{value}"' for name, value in added if name not in attributes)
    image = f"<img{written}{words}>"
    if not more:
        return image
    sizes = f' sizes="{SIZES}"' if len(more) > 1 else ""
    source = f'<source type="image/webp" srcset="{_listed(more, start)}"{sizes}>'
    return f"<picture>{source}{image}</picture>"


def _size(attributes: dict[str, str], version: PictureVersion) -> Iterable[tuple[str, str]]:
    """Width and height, so that nothing moves when the picture comes; after the author's own."""
    width = attributes.get("width", "")
    if "height" in attributes or (width and not width.isdecimal()):
        return ()
    if not width:
        return (("width", str(version.width)), ("height", str(version.height)))
    return (("height", str(max(1, round(version.height * int(width) / version.width)))),)


def _listed(versions: Iterable[PictureVersion], start: str) -> str:
    """The candidates of a `srcset`, narrowest first; a single one needs no width."""
    ordered = sorted(versions, key=lambda v: v.width)
    words = [(escape(f"{start}{quote(v.path)}"), v.width) for v in ordered]
    return words[0][0] if len(words) == 1 else ", ".join(f"{url} {width}w" for url, width in words)

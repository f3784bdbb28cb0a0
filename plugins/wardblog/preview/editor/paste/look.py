"""What the styles of pasted HTML say: what is hidden, bold, raised, or without space below it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from bs4 import BeautifulSoup, Tag

from wardblog.scaffold.old_blog.conversion.tags import classes_of, value_of
from wardblog.support.late_regex import late_regex

Style = Mapping[str, str]
_SELECTOR = late_regex(r"\s*([a-z][a-z0-9]*)?(?:\.([\w-]+))?\s*", re.IGNORECASE)
# Words that only screen readers say, and that nobody sees on the page.
_UNSEEN = frozenset(
    ("visually-hidden", "visuallyhidden", "sr-only", "screen-reader-text", "screenreader-only",
     "govuk-visually-hidden", "nhsuk-u-visually-hidden", "element-invisible", "a11y-hidden")
)  # fmt: skip
_BOLD = late_regex(r"bold|bolder|[6-9]\d\d", re.IGNORECASE)
_PLAIN = late_regex(r"normal|lighter|[1-5]\d\d", re.IGNORECASE)
_NOTHING = late_regex(r"(?:0|0?\.0\d*)\s*[a-z%]*|auto", re.IGNORECASE)
_ALMOST_NOTHING = late_regex(r"[01](?:\.\d+)?px")
_CLIPPED = late_regex(
    r"rect\(\s*[01](?:px)?(?:[\s,]+[01](?:px)?){3}\s*\)|inset\(\s*(?:50|100)%.*\)"
)


class PastedLook:
    """The styles of one text: those of its elements, and those of its style sheet by class."""

    def __init__(self, soup: BeautifulSoup) -> None:
        self._rules: dict[tuple[str, str], dict[str, str]] = {}
        for sheet in soup.find_all("style"):
            self._read(sheet.get_text())

    def _read(self, sheet: str) -> None:
        before, *after = sheet.replace("<!--", " ").replace("-->", " ").split("/*")
        sheet = before + " ".join(part.partition("*/")[2] for part in after)
        for rule in sheet.split("}"):
            selectors, brace, written = rule.rpartition("{")
            values = dict(_values(written))
            for selector in selectors.split(",") if brace else ():
                match = _SELECTOR.fullmatch(selector)
                if match and (match[1] or match[2]):
                    key = ((match[1] or "").lower(), match[2] or "")
                    self._rules.setdefault(key, {}).update(values)

    def of(self, tag: Tag) -> Style:
        """The style of an element, by its name, its classes and its own attribute."""
        written = value_of(tag, "style")
        found: dict[str, str] = {}
        if self._rules:
            name = tag.name.lower()
            classes = classes_of(tag).split()
            for key in ((name, ""), *(("", c) for c in classes), *((name, c) for c in classes)):
                found.update(self._rules.get(key, ()))
        if written:
            found.update(_values(written))
        return found


def _values(written: str) -> Iterator[tuple[str, str]]:
    for line in written.split(";"):
        name, colon, value = line.partition(":")
        if colon:
            yield name.strip().lower(), " ".join(value.replace("!important", "").split())


def is_hidden(tag: Tag, style: Style) -> bool:
    """Whether nobody sees an element."""
    if "hidden" in tag.attrs or not _UNSEEN.isdisjoint(classes_of(tag).split()):
        return True
    if style.get("display") == "none" or style.get("visibility") in ("hidden", "collapse"):
        return True
    if style.get("mso-hide", "").startswith("all"):
        return True
    if style.get("position") not in ("absolute", "fixed"):
        return False
    is_dot = all(_ALMOST_NOTHING.fullmatch(style.get(side, "")) for side in ("width", "height"))
    clip = (style.get("clip", ""), style.get("clip-path", ""))
    return is_dot or any(_CLIPPED.fullmatch(one) for one in clip)


def stands_apart(style: Style) -> bool:
    """Whether an element in a line is shown as a box of its own, with space around it."""
    return style.get("display", "").startswith(("inline-block", "inline-flex", "flex", "grid"))


def weight(style: Style) -> bool | None:
    """Whether a style says bold or not bold; None if it says neither."""
    value = style.get("font-weight", "")
    if _BOLD.fullmatch(value):
        return True
    return False if _PLAIN.fullmatch(value) else None


def slant(style: Style) -> bool | None:
    """Whether a style says italic or upright; None if it says neither."""
    value = style.get("font-style", "")
    return None if not value or value == "inherit" else value.startswith(("italic", "oblique"))


def is_tight(style: Style, *, is_by_itself: bool) -> bool:
    """Whether there is no space below a block; `is_by_itself` is what it is without a style."""
    below = style.get("margin-bottom", "")
    if not below and (sides := style.get("margin", "").split()):
        below = sides[2] if len(sides) > 2 else sides[0]
    return bool(_NOTHING.fullmatch(below)) if below else is_by_itself

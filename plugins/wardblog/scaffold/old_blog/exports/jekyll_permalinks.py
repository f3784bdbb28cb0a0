"""The addresses that Jekyll gives: templates such as `/:categories/:year/:title:output_ext`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from wardblog.scaffold.old_blog.exports.site_paths import in_path
from wardblog.support.late_dataclass import dataclass
from wardblog.support.late_regex import late_regex

_STYLES = {
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
    "none": "/:categories/:title:output_ext",
}
_CLOCK = {
    "year": "%Y", "short_year": "%y", "w_year": "%G", "month": "%m", "short_month": "%b",
    "long_month": "%B", "day": "%d", "y_day": "%j", "week": "%V", "w_day": "%u",
    "short_day": "%a", "long_day": "%A", "hour": "%H", "minute": "%M", "second": "%S",
}  # fmt: skip
_NAME = late_regex(r":([a-z_]+)")
_NOT_IN_TITLE = late_regex(r"[^\w.~!$&'()+,;=@]+")
_NOT_IN_SLUG = late_regex(r"[\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Placeholders:
    """What a template may name; `path` is the folder of a page, and of others with their name."""

    name: str
    slug: str
    moment: datetime | None
    categories: Sequence[str]
    path: str
    collection: str


def style_of(style: str) -> str:
    """The template of posts; a style may have a name."""
    return _STYLES.get(style, style)


def page_style(style: str, name: str) -> str:
    """The template of pages, which follows from that of posts."""
    if name == "index":
        return "/:path/"
    whole = _STYLES.get(style, style)
    if style not in _STYLES and not whole.endswith(("/", ":output_ext")):
        return "/:path/:basename"
    return "/:path/:basename/" if whole.endswith("/") else "/:path/:basename:output_ext"


def expanded(template: str, values: Placeholders) -> str:
    """The path that a template gives, with what cannot be in a path encoded."""
    known = {
        **(_on_clock(values.moment) if values.moment else {}),
        "title": _stripped(_NOT_IN_TITLE, values.slug),
        "slug": slug_of(values.slug),
        "name": slug_of(values.name),
        "basename": values.name,
        "path": values.path,
        "collection": values.collection,
        "categories": "/".join(dict.fromkeys(one.casefold() for one in values.categories)),
        "slugified_categories": "/".join(map(slug_of, values.categories)),
        "output_ext": ".html",
    }
    # A name may be followed by letters: the longest that is known is meant.
    filled = _NAME.sub(lambda match: _longest(match[1], known), template)
    parts = [in_path(part) for part in filled.split("/") if part not in ("", ".", "..")]
    end = "/" if parts and filled.endswith("/") else ""
    return f"/{'/'.join(parts)}{end}"


def slug_of(words: str) -> str:
    """Words as they are in addresses."""
    return _stripped(_NOT_IN_SLUG, words).casefold()


def _longest(name: str, known: dict[str, str]) -> str:
    for end in range(len(name), 0, -1):
        if name[:end] in known:
            return known[name[:end]] + name[end:]
    return ""


def _on_clock(moment: datetime) -> dict[str, str]:
    found = {name: moment.strftime(form) for name, form in _CLOCK.items()}
    return {**found, "i_month": str(moment.month), "i_day": str(moment.day)}


def _stripped(signs: re.Pattern[str], text: str) -> str:
    return signs.sub("-", text).strip("-")

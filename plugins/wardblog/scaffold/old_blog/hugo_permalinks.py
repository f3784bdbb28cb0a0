"""The addresses that Hugo gives: patterns such as `/:year/:month/:slugorfilename/`."""

from __future__ import annotations

from datetime import datetime

from wardblog.scaffold.old_blog.front_matter import Values, word
from wardblog.scaffold.old_blog.site_paths import in_path
from wardblog.support.late_regex import late_regex

_CLOCK = {
    "year": "%Y", "month": "%m", "monthname": "%B", "day": "%d", "weekdayname": "%A",
    "yearday": "%j",
}  # fmt: skip
_NAME = late_regex(r":([a-z]+)(?:\[[^\]]*\])?")
# What Hugo leaves out of the names that it makes of titles and terms.
_NOT_KEPT = late_regex(r"[^\w.+\-#/@~ ]")
_SPACES = late_regex(r"[ -]*(?: )[ -]*|-{2,}")


def in_address(name: str) -> str:
    """A name or path as a part of an address: hyphens for spaces, the rest encoded."""
    kept = _NOT_KEPT.sub("", name.strip())
    return in_path(_SPACES.sub("-", kept).strip("-")).replace("%2F", "/")


def expanded(
    pattern: str, values: Values, folder: str, name: str, stem: str, moment: datetime | None
) -> str:
    """The path that a pattern gives.

    `name` is that of the file without its day, if Hugo reads days from names; `stem` has it.
    """
    title = in_address(word(values, "title"))
    slug = word(values, "slug")
    known = {
        "title": title,
        "slug": in_address(slug) or title,
        "filename": in_address(name),
        "contentbasename": in_address(stem),
        "slugorfilename": in_address(slug or name),
        "slugorcontentbasename": in_address(slug or stem),
        "section": folder.split("/")[0],
        "sections": in_address(folder),
    }
    if moment:
        known |= {key: moment.strftime(form) for key, form in _CLOCK.items()}
        known["weekday"] = str(moment.isoweekday() % 7)
        known["yearday"] = str(moment.timetuple().tm_yday)
    filled = _NAME.sub(lambda match: known.get(match[1], ""), pattern)
    path = "/".join(part for part in filled.split("/") if part)
    # A pattern without a slash at its end makes a folder as well.
    is_file = path.rpartition("/")[2].endswith((".html", ".htm"))
    return path if is_file else f"{path}/"

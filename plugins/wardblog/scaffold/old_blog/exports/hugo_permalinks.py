"""The addresses that Hugo gives: patterns such as `/:year/:month/:slugorfilename/`."""

from __future__ import annotations

from datetime import datetime

from wardblog.scaffold.old_blog.exports.front_matter import Values, word
from wardblog.support.late_regex import late_regex

_CLOCK = {
    "year": "%Y", "month": "%m", "monthname": "%B", "day": "%d", "weekdayname": "%A",
    "yearday": "%j",
}  # fmt: skip
_NAME = late_regex(r":([a-z]+)(?:\[[^\]]*\])?")
# What Hugo leaves out of addresses.
_NOT_KEPT = late_regex(r"%(?![0-9a-fA-F]{2})|[^\w.+\-#/@~\\%\s]")
# Spaces are one hyphen, and none beside a hyphen; those at the ends are nothing.
_SPACES = late_regex(r"^\s+|\s+$|(?<=-)\s+|\s+(?=-)")
_SPACE = late_regex(r"\s")


def of_file(name: str) -> str:
    """The path of a file, or a term, as a part of an address; not yet encoded."""
    return _NOT_KEPT.sub("", _SPACE.sub("-", name.strip()))


def of_words(words: str) -> str:
    """A title or slug as a part of an address; not yet encoded."""
    kept = _SPACES.sub("", _NOT_KEPT.sub("", words))
    return "-".join(kept.split())


def expanded(
    pattern: str, values: Values, sections: str, slug: str, stem: str, moment: datetime | None
) -> str:
    """The path that a pattern gives; not yet encoded.

    `sections` is the path of the section that it is in, `slug` "" if it has none, and `stem` the
    name of its file.
    """
    title = of_words(word(values, "title").replace("/", " "))
    known = {
        "title": title,
        "slug": of_words(slug) or title,
        "filename": of_file(stem),
        "contentbasename": of_file(stem),
        "slugorfilename": of_words(slug) or of_file(stem),
        "slugorcontentbasename": of_words(slug) or of_file(stem),
        "section": of_file(sections.split("/")[0]),
        "sections": of_file(sections),
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

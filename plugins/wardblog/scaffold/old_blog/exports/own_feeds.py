"""What our own feeds add to the text of a post, so that a site can be made again from them."""

from __future__ import annotations

import re
from typing import NamedTuple

from wardblog.support.late_regex import late_regex

GENERATOR = "Ward blog"
# News about a post is an entry of its own, whose name ends so.
NEWS = "#ward-"
# Lists that a text has itself begin with a line break.
_BEFORE = late_regex(
    r"""(?:<ul><li>.*?</ul>)?
    (?:<p>(?:We[ ]asked|Have[ ]your[ ]say):[ ]<strong>.*?\#ward-question">[^<]*</a></p>)?""",
    re.DOTALL | re.VERBOSE,
)
_AFTER = late_regex(
    r"""(?P<places><p>Where:</p><ul>(?:<li>[^<]*</li>)*</ul>
    (?:<p><a\ href="[^"]*\#ward-map"><img\ [^>]*></a></p>)?)?
    <p><small>[^<]*</small></p>\s*$""",
    re.VERBOSE,
)
_LANGUAGE = late_regex(r'<div lang="[\w-]+" dir="\w+">(.*)</div>', re.DOTALL)


class OwnText(NamedTuple):
    """The text of a post alone, and whether its places were listed below it."""

    html: str
    had_places: bool


def without_additions(html: str) -> OwnText:
    """The text without the dates and the question above it, and the places and imprint below."""
    start = _BEFORE.match(html)
    inner = html[start.end() :] if start else html
    after = _AFTER.search(inner)
    if after:
        inner = inner[: after.start()]
    whole = _LANGUAGE.fullmatch(inner.strip())
    return OwnText(whole[1] if whole else inner, bool(after and after["places"]))

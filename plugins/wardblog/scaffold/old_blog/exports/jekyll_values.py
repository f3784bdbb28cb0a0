"""Values of Jekyll's settings and of a post's header, which the text of the post may show."""

from __future__ import annotations

import re

from wardblog.scaffold.old_blog.exports.front_matter import Values, inside
from wardblog.support.late_regex import late_regex

_VALUE = late_regex(r"\{\{-?\s*(site|page)\.(\w+(?:\.\w+)*)\s*-?\}\}")
_VERBATIM = late_regex(r"(\{%-?\s*raw\s*-?%\}.*?\{%-?\s*endraw\s*-?%\})", re.DOTALL)
# In front of a path, where the address of the site is not part of the text.
_PLACES = frozenset(("url", "baseurl"))


def with_values(text: str, *, site: Values, page: Values) -> str:
    """The text with what its tags name, such as `{{ site.email }}`; others stay as they are."""
    if "{{" not in text:
        return text

    def named(match: re.Match[str]) -> str:
        *above, name = match[2].split(".")
        found = site if match[1] == "site" else page
        for one in above:
            found = inside(found, one)
        value = found.get(name)
        if not isinstance(value, str) or name in _PLACES or "{" in value:
            return match[0]
        return value

    parts = _VERBATIM.split(text)
    parts[::2] = [_VALUE.sub(named, part) for part in parts[::2]]
    return "".join(parts)

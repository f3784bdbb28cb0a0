"""The paragraphs of WordPress's old editor, which keeps blank lines instead of <p>."""

from __future__ import annotations

import re

from wardblog.support.late_regex import late_regex

# Elements that begin and end lines by themselves.
_BLOCKS = (
    r"(?:table|thead|tfoot|caption|col|colgroup|tbody|tr|td|th|div|dl|dd|dt|ul|ol|li|pre|form|map"
    r"|area|blockquote|address|style|p|h[1-6]|hr|fieldset|legend|section|article|aside|hgroup"
    r"|header|footer|nav|figure|figcaption|details|menu|summary|script|iframe|object|center"
    r"|wardblog-leftover)"
)
_AROUND = late_regex(rf"(?:\s|<br>)*(</?{_BLOCKS}(?:\s[^<>]*)?/?>)(?:\s|<br>)*", re.IGNORECASE)
_KEPT = late_regex(
    r"<(pre|script|style|textarea|svg)\b.*?</\1\s*>|<!--.*?-->", re.DOTALL | re.IGNORECASE
)
# Private characters, which no text has any more: each stands for something that stays as it is.
_FIRST_KEPT = 0xF1000
_PLACE = late_regex("<pre ([\U000f1000-\U000fffff])>")
_LINE_END = late_regex(r"(?:<br\s*/?>)?[ \t\xa0]*\n", re.IGNORECASE)
_LINES_OF_A_TAG = late_regex(r"<[^<>]*\n[^<>]*>")


def with_paragraphs(text: str) -> str:
    """Return HTML with <br> at the end of each line, and two of them between paragraphs."""
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        if not match[1]:
            return ""
        kept.append(match[0])
        return f"<pre {chr(_FIRST_KEPT + len(kept) - 1)}>"

    text = _KEPT.sub(keep, text)
    if "\n" in text:
        text = _LINES_OF_A_TAG.sub(lambda tag: tag[0].replace("\n", " "), text)
    text = _AROUND.sub(r"\1", _LINE_END.sub("<br>", text))
    return _PLACE.sub(lambda place: kept[ord(place[1]) - _FIRST_KEPT], text)

"""Posts that say "draft" in their words, but have no "Status: draft" to keep them unpublished."""

from __future__ import annotations

import re
from collections.abc import Sequence

from wardblog.report import Report
from wardblog.support.late_regex import late_regex

_OTHER = r"(?:this|post|is|still|only|just|a|an|my|our|first|second|rough|early|working)"
# A line of its own: "DRAFT", "(first draft)", "*Draft - do not publish!*".
_SAYS_DRAFT = late_regex(
    rf"[\W_]*(?:{_OTHER}\W+){{0,5}}(?:draft(?:\W+(?:only|post|version|\d{{1,2}}))?"
    r"|not\W+(?:yet\W+)?(?:for\W+publication|to\W+be\W+published|published\W+yet))[\W_]*"
    r"|[\W_]*(?:draft\W+)?(?:please\W+)?(?:do\W+not|don\W?t)\W+publish"
    r"(?:\W+(?:(?:this|yet|before|until)\b.{0,40})?)?",
    re.IGNORECASE,
)
_SAYS_SO = late_regex(r"draft|publi", re.IGNORECASE)
_IN_TITLE = late_regex(r"[\[({]\s*draft\s*[\])}]|^\W*(?-i:DRAFT)\s*[:–—-]", re.IGNORECASE)
_TAGS = frozenset(("draft", "drafts", "unpublished", "do not publish"))
_LONGEST = 80
_HINT = 'If this post is a draft, add this line at the top: "Status: draft".'


def report_said_draft(lines: Sequence[str], first_line: int, report: Report) -> None:
    """Reports a text that begins with a line such as "DRAFT"; `lines` are those of the text."""
    for number, line in enumerate(lines, first_line):
        if not re.search(r"\w", line):
            continue
        if len(line) <= _LONGEST and _SAYS_SO.search(line) and _SAYS_DRAFT.fullmatch(line.strip()):
            report.stop(
                number,
                f'"{line.strip()}" is at the beginning of the text, and would be published',
                f"{_HINT} Otherwise remove this line.",
            )
        return


def report_draft_in_header(title: str, tags: str, lines: tuple[int, int], report: Report) -> None:
    """Reports a title or tag that says "draft"; `lines` are the lines of the two in the file."""
    if any(tag.strip().casefold() in _TAGS for tag in re.split("[,;]", tags)):
        message = "this tag does not make the post a draft: it would be published"
        report.stop(lines[1], message, f"{_HINT} Otherwise choose another tag.")
    elif "draft" in title.lower() and _IN_TITLE.search(title):
        report.warn(lines[0], f'the title "{title}" says that this is a draft', _HINT)

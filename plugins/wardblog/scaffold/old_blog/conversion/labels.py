"""Lines of an old text that begin like a header line, such as "Date: Saturday at 7 pm"."""

from __future__ import annotations

from wardblog.content.header.stray_lines import report_stray_lines
from wardblog.report import Report
from wardblog.support.late_regex import late_regex

_LABEL = late_regex(r"([A-Z][\w ]{2,20}:)(?= \S)")
_MAY_BE_LABEL = late_regex(r"(?m)^[A-Z]\w{2,12}:")


def with_bold_labels(text: str) -> str:
    """Return Markdown with the label of such a line in bold, so that it is only words."""
    if not _MAY_BE_LABEL.search(text):
        return text
    lines = text.split("\n")
    report = Report("")
    report_stray_lines(lines, 1, report)
    for number in {problem.line - 1 for problem in report.problems if problem.line}:
        lines[number] = _LABEL.sub(r"**\1**", lines[number], count=1)
        _keep_lines(lines, number)
    return "\n".join(lines)


def _keep_lines(lines: list[str], number: int) -> None:
    """End the lines of the paragraph from here on, which were lines by their form before."""
    while number + 1 < len(lines) and lines[number + 1]:
        if not lines[number].endswith(("\\", "<br>")):
            lines[number] += "\\"
        number += 1

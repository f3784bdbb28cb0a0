"""Escapes control characters in text from elsewhere before it is shown in a terminal or a page.

File names and servers' messages may contain terminal sequences (ECMA-48), or marks that change the
direction of text (UAX #9).
"""

from __future__ import annotations

import re

# Control characters but for the line's end and the tab; marks of direction that stay in force until
# they are ended (UAX #9, 2.1 to 2.5); separators of lines; halves of signs, as file names that are
# not UTF-8 have them.
_STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\u2028\u2029"
    "\ufeff\ud800-\udfff]"
)
# The same, and what may be meant as the end of a line.
_LINE_ENDS = {"\n": "\\n", "\t": "\\t"}


def escape_controls(text: str) -> str:
    """Return text of several lines, with control characters shown as `\\x1b` and the like."""
    return _STEERING.sub(_escaped, text)


def escape_controls_in_line(text: str) -> str:
    """Return text that must stay on one line, such as a file name, with line ends escaped too."""
    for sign, escape in _LINE_ENDS.items():
        text = text.replace(sign, escape)
    return escape_controls(text)


def _escaped(found: re.Match[str]) -> str:
    code = ord(found[0])
    if 0xDC80 <= code <= 0xDCFF:  # a byte that is not text (PEP 383)
        return f"\\x{code - 0xDC00:02x}"
    if found[0] == "\r":
        return "\\r"
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"

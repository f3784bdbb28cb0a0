"""Repairs text that was decoded with the wrong encoding, such as "MÃ´n" for "Môn"."""

from __future__ import annotations

import unicodedata

from wardblog.report import Report
from wardblog.support.late_regex import late_regex

# How the bytes of one character in UTF-8 look when each is taken for a character of its own, in
# Windows-1252 or Latin-1, and in that of old Macs; the library decides whether they are such.
_SUSPECT = late_regex(
    "[\u00c2-\u00f4\u0102\u0104\u0106][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ ]"
    "|√[¢-ÿ†°§ßÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø¿¡¬√ƒ≈∆«»…]|‚[ÄÀÅ]\\S|â€"
)
# The library leaves these alone, since they may be words elsewhere: Welsh circumflexes.
_WELSH = str.maketrans({"´": "Ŵ", "µ": "ŵ", "¶": "Ŷ", "·": "ŷ"})
_WELSH_PAIR = late_regex("Å([´µ¶·])")


def repair_mojibake(text: str, report: Report) -> str:
    """Return the text in NFC with its encoding repaired; reports that once, with an example."""
    if text.isascii():
        return text
    text = unicodedata.normalize("NFC", text)
    if not _SUSPECT.search(text):
        return text
    lines = text.split("\n")
    first: tuple[int, str, str] | None = None
    for index, line in enumerate(lines):
        if _SUSPECT.search(line) and (plain := _repaired_line(line)) != line:
            first = first or (index + 1, line, plain)
            lines[index] = plain
    if first is None:
        return text
    number, before, after = first
    report.warn(
        number,
        "some letters here were saved in the wrong encoding, and have been corrected: "
        + _pair(before, after),
        "Check them, then save the file again with the encoding UTF-8.",
    )
    return unicodedata.normalize("NFC", "\n".join(lines))


def _repaired_line(line: str) -> str:
    # late import: see docs/architecture.md
    import ftfy

    plain = ftfy.fix_encoding(line)
    plain = _WELSH_PAIR.sub(lambda pair: pair[1].translate(_WELSH), plain)
    return plain.replace("â€", "”")  # the last byte of this one is often lost


def _pair(before: str, after: str) -> str:
    """Return the first word that was changed, before and after."""
    old, new = before.split(" "), after.split(" ")
    for one, other in zip(old, new, strict=False):
        if one != other:
            return f'"{other[:40]}", not "{one[:40]}"'
    return f'"{after[:40]}", not "{before[:40]}"'

"""Makes words of others fit to be published: plain, on one line, and without anybody's name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from html import unescape
from urllib.parse import parse_qsl

from wardblog.content.markdown.cleaning import harm_in
from wardblog.privacy import find_personal
from wardblog.privacy.free_text import (
    has_titled_name,
    is_name_in_any_form,
    is_note_about_person,
    names_a_person,
)
from wardblog.privacy.links import decoded, words_of_path
from wardblog.report import Report
from wardblog.support.late_regex import late_regex
from wardblog.support.urls import host_of, is_web_address, parts_of
from wardblog.text.decoding import clean_name
from wardblog.text.mojibake import repair_mojibake
from wardblog.text.postcodes import POSTCODE

_TAG = late_regex(r"<[^<>]{0,500}>")
# What a spreadsheet would take for a formula.
_FORMULA = "=+-@\t\r ＝＋－＠\ufeff"
_LONGEST = 600
# What a name may follow that is on no list of names.
_ROLE = late_regex(
    r"(?i:\bon behalf of\b|\bc/o\b|\bfao\b|\bcare of\b"
    r"|\b(?:applicants?|agents?|objectors?|(?:case |planning )?officers?|appellants?|owners?"
    r"|occupiers?|contacts?|supporters?|architects?)(?: names?)?\s*(?:[:=;(–]|- |is\b|are\b|was\b))"
    r"|\b(?i:submitted|made|lodged|received|objection|comments?|representation) (?i:by|from) [A-Z]"
    r"|\b(?:MR|MRS|MS|MISS|MX|Mr|Mrs|Ms|Miss|Mx)\b\.?",
)
_OF_PEOPLE = late_regex(
    r"applicant|agent|officer|owner|contact|mail|tel|phone|mobile|user|person|surname|forename"
    r"|^(?:full|first|last)?_?name$",
    re.IGNORECASE,
)
# No planning register, meeting or report of a ward is older.
_EARLIEST = date(1974, 1, 1)
_BRITISH = late_regex(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?!\d)")


def plain_words(written: object, longest: int = _LONGEST) -> str:
    """One line of plain text, without tags, entities and wrong encoding; "" for anything else.

    Entities that were encoded twice become their letters; a text that is too long ends in "…".
    """
    if not isinstance(written, str):
        return ""
    text = unescape(unescape(written)) if "&" in written else written
    if not text.isascii():
        text = repair_mojibake(text, Report(""))
    if "<" in text:
        text = _TAG.sub(" ", text)
    words = clean_name(text).lstrip(_FORMULA)
    if len(words) > longest:
        words = f"{words[:longest].rpartition(' ')[0] or words[:longest]}…"
    return "" if harm_in(words) else words


def without_postcode(words: str) -> str:
    """An address without its postcode, which is Royal Mail's."""
    rest = " ".join(POSTCODE.sub("", words).split())
    return re.sub(r"(?:\s*,)+", ",", rest).strip(" ,.;")


def naming_somebody(texts: Sequence[str], are_addresses: bool = False) -> list[bool]:
    """Whether each text names a person, or says how to reach one."""
    return [
        is_personal or names_somebody(text, are_addresses)
        for text, is_personal in zip(texts, holding_personal_data(texts), strict=True)
    ]


def holding_personal_data(texts: Sequence[str]) -> list[bool]:
    """Whether each text has what the checks of the site would report."""
    # A blank line separates the texts, so a match on line 2n + 1 is in text n.
    found = {(one.line - 1) // 2 for one in find_personal("\n\n".join(texts))}
    return [number in found for number in range(len(texts))]


def names_somebody(text: str, is_address: bool = False) -> bool:
    """Whether a text names a person; in an address only one with a title, or at its beginning."""
    if _ROLE.search(text):
        return True
    cased = text.title() if text.isupper() or text.islower() else text
    if is_address:
        first = cased.split(",")[0]
        return (
            any(map(has_titled_name, (text, cased)))
            or any(map(is_note_about_person, (text, cased)))
            or is_name_in_any_form(first)
        )
    return names_a_person(cased)


def day_of(written: object) -> date | None:
    """The day in a text such as "2026-11-03", "2026-11-03T00:00:00Z" or "3/11/2026"; else None."""
    if not isinstance(written, str):
        return None
    text = written.strip()
    try:
        if re.match(r"\d{4}-\d{2}-\d{2}(?!\d)", text):
            day = date.fromisoformat(text[:10])
        elif british := _BRITISH.match(text):
            year = int(british[3]) + (2000 if len(british[3]) == 2 else 0)
            day = date(year, int(british[2]), int(british[1]))
        else:
            day = _spoken_day(text)
    except ValueError:
        return None
    return day if day >= _EARLIEST else None


def _spoken_day(text: str) -> date:
    words = " ".join(re.sub(r"^[A-Za-z]{3,9},? (?=\d)", "", text).split()[:3])
    for form in ("%d %b %Y", "%d %B %Y", "%d-%b-%Y", "%Y%m%d"):
        try:
            return datetime.strptime(words, form).date()  # noqa: DTZ007 - only the day is used
        except ValueError:
            continue
    raise ValueError(text)


def latest(days: Iterable[date | None]) -> date | None:
    return max((day for day in days if day is not None), default=None)


def web_link(written: object) -> str:
    """A link that can be published, or ""; none that names somebody or how to reach them."""
    if not isinstance(written, str) or len(written) > 500:
        return ""
    link = unescape(unescape(written)).strip()
    parts = parts_of(link)
    values = parse_qsl(parts.query, keep_blank_values=True)
    is_plain = link.isascii() and not re.search(r"[\s<>\"'`\\|]", link)
    is_public = is_web_address(link) and "." in host_of(link)
    plain = decoded(link)
    is_safe = "@" not in plain and not harm_in(plain) and not find_personal(link)
    is_unnamed = not any(_tells_of_somebody(key, decoded(value)) for key, value in values)
    path = words_of_path(parts.path).split("|", 1)[-1]
    is_kept = is_plain and is_public and is_safe and is_unnamed and not names_a_person(path)
    return link if is_kept else ""


def _tells_of_somebody(key: str, value: str) -> bool:
    """Whether a value in a link may be about a person: by its name, or as words."""
    is_words = re.search(r"[^\W\d_][\s+_.-]+[^\W\d_]", value) and not re.search(r"\d", value)
    return bool(_OF_PEOPLE.search(key) or is_words)

"""Finds people's telephone numbers, by the numbering plans in the `phonenumbers` package."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wardblog.privacy.matches import Figures, TextMatch, after, before
from wardblog.privacy.names import find_persons
from wardblog.privacy.words import OFFICE_WORDS, ORGANISATIONS
from wardblog.support.late_regex import late_regex

# What people write between the digits of a number, on one line.
BETWEEN_DIGITS = r"[ \u00a0().\-–—/_·•]{0,3}"
_DIGITS = late_regex(rf"[+0](?:{BETWEEN_DIGITS}\d){{8,14}}")
_DATE = late_regex(r"\d\d([./ -])\d\d\1(?:19|20)\d\d(?!\d)")
# How people's numbers begin: 01 and 02 are landlines, 07 mobiles, 05 internet telephony.
_BEGINNING = late_regex(r"\+|0(?:[ ()/-]{0,3}[1257]|0[1-9])")
_FEWEST = 9
# Numbers reserved for drama, some of which are not in the plans:
# https://www.ofcom.org.uk/phones-and-broadband/phone-numbers/numbers-for-drama
_DRAMA = late_regex(
    r"\+44(?:7700900|1632960|1134960|11[4-8]4960|1[2-6]14960|1914980|2079460|2896496|2920180)\d{3}"
)
_PRIVATE = late_regex(
    r"\b(?:at home|home number|(?:her|his|my|their|your)(?: new| own| home| direct)?"
    r" (?:phone|number|mobile|line|landline|tel)|landlord|landlady|neighbour|tenant|granny|grandad"
    r"|complainant|resident|mum|daughter|son|babysit\w*|lessons)\b",
    re.IGNORECASE,
)
# Words before a number that is not a telephone number.
_REFERENCE = late_regex(
    r"\b(?:ref(?:erence)?|order|invoice|account|case|ticket|job|asset|serial|id)"
    r"\.?(?: no\.?| number)?(?: is| was)?:? ?$",
    re.IGNORECASE,
)
# One number as people write it, perhaps with an extension.
_ONE_NUMBER = late_regex(
    r"[+(]{0,2}\d[\d ().\u00a0/–-]*(?:,? ?(?:x|ext\.?|extension) ?\d{1,7})?", re.IGNORECASE
)
_WORDS = late_regex(r"[^\W\d_]+(?:['’]s)?")


def find_phones(text: str, figures: Figures) -> Iterator[TextMatch]:
    """Find mobile numbers, and landlines that are not an organisation's; values are E.164."""
    position = 0
    for first, _ in figures:
        if text[first] != "0" and text[first - 1 : first] != "+":
            continue
        match = _DIGITS.match(text, first - (text[first] != "0" or text[first - 1 : first] == "+"))
        number = _number(text, match) if match and first >= position else None
        position = number.end if number else position
        if number and (
            number.value.startswith("mobile ") or not _is_organisation_line(text, number)
        ):
            yield number._replace(value=number.value.split(" ")[1])


def is_phone_number(written: str) -> bool:
    """Whether this is one telephone number, of as many digits as a number has, and nothing else."""
    if not _ONE_NUMBER.fullmatch(written):
        return False
    # late import: see docs/architecture.md
    import phonenumbers

    try:
        number = phonenumbers.parse(written, "GB")
    except phonenumbers.NumberParseException:
        return False
    reason = phonenumbers.is_possible_number_with_reason(number)
    return reason == phonenumbers.ValidationResult.IS_POSSIBLE


def _number(text: str, match: re.Match[str]) -> TextMatch | None:
    """Return the longest number that starts here, with its kind and E.164 form, or None."""
    start = match.start()
    if _goes_on_from_before(text, start) or _DATE.match(text, start):
        return None
    if _REFERENCE.search(text, max(0, start - 20), start):
        return None
    if text.startswith("0.", start) or not _BEGINNING.match(text, start):
        return None
    groups = [len(group) for group in re.findall(r"\d+", match[0])]
    if max(groups) == 2:
        return None  # opening hours and scores
    for end in range(match.end(), start + _FEWEST - 1, -1):
        if not text[end - 1].isdigit() or text[end : end + 1].isalnum():
            continue
        if sum(c.isdigit() for c in text[start:end]) < _FEWEST:
            return None
        if value := _value(text[start:end]):
            return TextMatch(start - (text[start - 1 : start] == "("), end, value)
    return None


def _goes_on_from_before(text: str, start: int) -> bool:
    """Whether the digits continue a longer number, a price or an amount."""
    if start == 0:
        return False
    last = text[start - 1]
    if last.isalnum() or last in "£€$#_=":
        return True
    earlier = text[start - 2] if start > 1 else ""
    return (last in "./" and earlier.isalnum()) or (last in ",:-–" and earlier.isdigit())


def _value(written: str) -> str:
    """Return "mobile" or "line" and the number as E.164; "" if it cannot be a person's."""
    # late import: see docs/architecture.md
    import phonenumbers

    written = re.sub(r"^00", "+", re.sub(r"[/ –—_·•]", " ", written))
    try:
        number = phonenumbers.parse(written, "GB")
    except phonenumbers.NumberParseException:
        return ""
    value = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    if _DRAMA.fullmatch(value):
        return f"{'mobile' if value.startswith('+447') else 'line'} {value}"
    if not phonenumbers.is_valid_number(number):
        return ""
    kinds = phonenumbers.PhoneNumberType
    kind = phonenumbers.number_type(number)
    if kind in (kinds.MOBILE, kinds.PERSONAL_NUMBER, kinds.FIXED_LINE_OR_MOBILE):
        return f"mobile {value}"
    return f"line {value}" if kind in (kinds.FIXED_LINE, kinds.VOIP) else ""


def _is_organisation_line(text: str, number: TextMatch) -> bool:
    """Whether the sentence says that a landline is an organisation's, and names no person."""
    left, right = before(text, number.start), after(text, number.end)
    if _PRIVATE.search(left) or _PRIVATE.search(right):
        return False
    named = [*find_persons(left[-80:], True), *find_persons(right[:30], True)]
    if any(not person.is_public for person in named):
        return False
    behind = {word[0].lower() for word in _WORDS.finditer(right)}
    return any(word[0].lower() in OFFICE_WORDS for word in _WORDS.finditer(left)) or bool(
        behind & (ORGANISATIONS | {"council", "council's"})
    )

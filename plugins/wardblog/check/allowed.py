"""Decide which personal data is public on a site, and how messages quote what is not."""

from __future__ import annotations

import re
from functools import cached_property

from wardblog.model import PersonalData, PersonalKind, Site
from wardblog.model.addresses import cached_for_site
from wardblog.support.late_regex import late_regex
from wardblog.text.postcodes import ANY_POSTCODE

_WORDS = late_regex(r"[^\W_]+")
# What is quoted of data that nobody should see in full.
_SHOWN = {
    PersonalKind.NI: late_regex(r"[A-Za-z]{2}[ .-]?\d{2}"),
    PersonalKind.NHS: late_regex(r"\d{3}"),
    PersonalKind.PRIVATE: late_regex(r"\W*[\w’'-]+(?:\W+[\w’'-]+(?=\W+\w))?"),
}


class Allowed:
    """Public data: that of councillors, of the imprint, of surgeries, and the `allow` setting."""

    def __init__(self, site: Site) -> None:
        self._councillors = tuple(c.name for c in site.councillors)
        own = [c.email for c in site.councillors] + [c.phone for c in site.councillors]
        own += [site.mailing.address] if site.mailing else []
        own.append(site.answering.address)
        host = site.url.split("://", 1)[-1].split("/", 1)[0].removeprefix("www.")
        own.append(f"@{host}")
        imprint = [site.imprint.promoter, site.imprint.on_behalf_of, site.imprint.address]
        places = [surgery.where for surgery in site.surgeries]
        self._listed = [w.casefold() for w in (*site.allow, *own, *imprint, *places) if w.strip()]

    def __contains__(self, item: object) -> bool:
        if not isinstance(item, PersonalData):
            return False
        if item.kind is PersonalKind.LETTER:
            return item.is_signed_by(self._councillors)
        if item.kind is PersonalKind.EMAIL:
            return not self._addresses.isdisjoint((item.value, "@" + item.value.partition("@")[2]))
        if item.kind is PersonalKind.PHONE:
            return item.value in self._phones or item.value.startswith(self._exchanges)
        if _compact(item.value) in self._compact:
            return True
        return item.kind is PersonalKind.ADDRESS and self._holds_address(item)

    def _holds_address(self, item: PersonalData) -> bool:
        """Whether a postal address is public, by its postcode, its street, or its owner."""
        written, value = _spaced(item.words), _spaced(item.value)
        postcodes = {_compact(code) for code in ANY_POSTCODE.findall(item.value.casefold())}
        if not postcodes.isdisjoint(self._postcodes):
            return True
        return any((one in written and " " in one.strip()) or value in one for one in self._spaced)

    @cached_property
    def _addresses(self) -> frozenset[str]:
        return frozenset(self._listed)

    @cached_property
    def _phones(self) -> frozenset[str]:
        return frozenset(map(_e164, self._listed))

    @cached_property
    def _exchanges(self) -> tuple[str, ...]:
        """The beginnings of phone numbers, such as "01422 28" for all numbers of a council."""
        digits = (w for w in self._listed if re.fullmatch(r"[\d +()-]+", w))
        return tuple(n for n in map(_e164, digits) if 7 <= len(n) <= 11)

    @cached_property
    def _compact(self) -> frozenset[str]:
        return frozenset(map(_compact, self._listed))

    @cached_property
    def _postcodes(self) -> frozenset[str]:
        return frozenset(_compact(code) for w in self._listed for code in ANY_POSTCODE.findall(w))

    @cached_property
    def _spaced(self) -> tuple[str, ...]:
        return tuple(map(_spaced, self._listed))


@cached_for_site
def allowed_on(site: Site) -> Allowed:
    """The public data of a site."""
    return Allowed(site)


def quoted(match: PersonalData) -> str:
    return f'{match.kind.value}: "{words_of(match)}"'


def words_of(match: PersonalData) -> str:
    """The words of a match; only the beginning of an NHS or National Insurance number.

    Messages may be in a public log, such as that of a workflow on GitHub.
    """
    shown = _SHOWN.get(match.kind)
    start = shown.match(match.words) if shown else None
    return f"{start[0]} …" if start else match.words


def if_public(match: PersonalData) -> str:
    if match.kind in _SHOWN or match.kind in (PersonalKind.LETTER, PersonalKind.PRIVATE):
        return ""
    as_value = match.kind in (PersonalKind.ADDRESS, PersonalKind.EMAIL)
    words = match.value if as_value else match.words
    return f' If it is public, add it in {{content}}/ward.toml, under [guard]: allow = ["{words}"]'


def _compact(words: str) -> str:
    return "".join(_WORDS.findall(words.casefold()))


def _spaced(words: str) -> str:
    """The words with spaces around each, so that 4 is not found in 14."""
    return f" {' '.join(_WORDS.findall(words.casefold()))} "


def _e164(written: str) -> str:
    """A British phone number in the international format E.164."""
    digits = re.sub(r"[^+\d]", "", written.replace("(0)", ""))
    if digits.startswith("00"):
        return f"+{digits[2:]}"
    return f"+44{digits[1:]}" if digits.startswith("0") else digits

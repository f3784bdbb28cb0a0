"""Nothing is published that gives away who somebody is, where that lives, or how it is reached."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from wardblog.check.raw import published_raw
from wardblog.model import Dataset, Personal, PersonalKind, Post, PreviousList, Site
from wardblog.problems import Problem
from wardblog.read.postcodes import ANY_POSTCODE
from wardblog.words import counted

_MOST_TOLD = 5
# Of other files that are published as they are nobody sees the lines.
_IN_LINES = (".csv", ".tsv", ".txt", ".json", ".geojson", ".xml", ".ics", ".vtt", ".srt", ".kml",
             ".gpx", ".yaml", ".yml", ".log", ".css")  # fmt: skip
_AS_IT_IS = "It is published as it is. Take that out of it."
_MAY_GIVE_AWAY = re.compile(r"\d|@| at ")
_STRIPPED = (
    "The copy that is published is without it. Take it out with a photo program before you pass "
    "the file on."
)
_SHOWN = {
    PersonalKind.NI: re.compile(r"[A-Za-z]{2}[ .-]?\d{2}"),
    PersonalKind.NHS: re.compile(r"\d{3}"),
}
_WORDS = re.compile(r"[^\W_]+")


class Allowed:
    """What is public: the councillors' own, the imprint's, where surgeries are, and `allow`."""

    def __init__(self, site: Site) -> None:
        own = [c.email for c in site.councillors] + [c.phone for c in site.councillors]
        host = site.url.split("://", 1)[-1].split("/", 1)[0].removeprefix("www.")
        own.append(f"@{host}")
        imprint = [site.imprint.promoter, site.imprint.on_behalf_of, site.imprint.address]
        places = [surgery.where for surgery in site.surgeries]
        self._listed = [w.casefold() for w in (*site.allow, *own, *imprint, *places) if w.strip()]

    def __contains__(self, found: object) -> bool:
        if not isinstance(found, Personal):
            return False
        if found.kind is PersonalKind.EMAIL:
            return not self._addresses.isdisjoint(
                (found.value, "@" + found.value.partition("@")[2])
            )
        if found.kind is PersonalKind.PHONE:
            return found.value in self._phones or found.value.startswith(self._exchanges)
        if _compact(found.value) in self._compact:
            return True
        return found.kind is PersonalKind.ADDRESS and self._holds_address(found)

    def _holds_address(self, found: Personal) -> bool:
        """An address is known by its postcode, by its street, or by whose it is."""
        written, value = _spaced(found.words), _spaced(found.value)
        postcodes = {_compact(code) for code in ANY_POSTCODE.findall(found.value.casefold())}
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
        """The beginnings of numbers, such as "01422 28" for all of a council's."""
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


def _compact(words: str) -> str:
    return "".join(_WORDS.findall(words.casefold()))


def _spaced(words: str) -> str:
    """The words with a space before and behind each, so that 4 is not found in 14."""
    return f" {' '.join(_WORDS.findall(words.casefold()))} "


def _e164(written: str) -> str:
    """A British number as the numbering plans of the world have it, whatever its spaces."""
    digits = re.sub(r"[^+\d]", "", written.replace("(0)", ""))
    if digits.startswith("00"):
        return f"+{digits[2:]}"
    return f"+44{digits[1:]}" if digits.startswith("0") else digits


def personal_data(site: Site) -> Iterator[Problem]:
    allowed = Allowed(site)
    for post in (*site.posts, *site.pages):
        for found in post.personal:
            if found not in allowed:
                yield _in_post(post, found)
    for file in published_raw(site) if site.inspected else ():
        if given := site.inspected.get(file):
            yield from _in_file(file, [one for one in given.personal if one not in allowed])
    yield from _in_settings(site, allowed)
    for listed in _lists(site):
        yield from _in_list(
            listed.file, [f for f in listed.disclosure.personal if f not in allowed]
        )


def _in_post(post: Post, found: Personal) -> Problem:
    return Problem(
        post.file,
        found.line,
        f'this gives away {found.kind.value}: "{_quoted(found)}"',
        'Take it out. If whoever it belongs to agrees, write on top: "Allow: personal-data because '
        f'she asked me to give it".{_if_public(found)}',
    )


def photo_metadata(site: Site) -> Iterator[Problem]:
    """What a camera or a program wrote into a picture; the copy that is published is without it."""
    allowed: Allowed | None = None
    for file, picture in site.pictures.items():
        for found in picture.personal:
            allowed = allowed or Allowed(site)
            if found not in allowed:
                yield Problem(file, None, f"hidden in this picture is {_what(found)}", _STRIPPED)


def _in_file(file: str, found: list[Personal]) -> Iterator[Problem]:
    """What is in a file that is published as it is."""
    for one in found[:_MOST_TOLD]:
        line = one.line if file.lower().endswith(_IN_LINES) else None
        hint = f"{_AS_IT_IS}{_if_public(one)}"
        yield Problem(file, line, f"this file gives away {_what(one)}", hint)
    if more := found[_MOST_TOLD:]:
        yield Problem(file, None, f"it gives away {len(more):,} more of the kind", _AS_IT_IS)


def _in_settings(site: Site, allowed: Allowed) -> Iterator[Problem]:
    for (file, line), words in _own_words(site):
        if not _MAY_GIVE_AWAY.search(words):
            continue
        # Here, since few settings have anything to be looked at.
        from wardblog.read.personal import find_personal

        for found in find_personal(words):
            if found not in allowed:
                hint = f"Take it out.{_if_public(found)}"
                yield Problem(file, line, f"this gives away {_what(found)}", hint)


def _own_words(site: Site) -> Iterator[tuple[tuple[str, int | None], str]]:
    """What the settings say in words of their own, with their file and line."""
    yield ("ward.toml", site.lines.get("site.description")), f"{site.title}. {site.description}"
    for surgery in site.surgeries:
        yield ("ward.toml", None), surgery.words
    for issue in site.issues:
        titles = ". ".join(d.title for d in issue.datasets)
        yield ("issues.toml", issue.line), f"{issue.name}. {issue.about}. {titles}"


def _what(found: Personal) -> str:
    return f'{found.kind.value}: "{_quoted(found)}"'


def _in_list(file: str, found: list[Personal]) -> Iterator[Problem]:
    for one in found[:_MOST_TOLD]:
        yield Problem(
            file,
            one.line,
            f'this row gives away {one.kind.value}: "{_quoted(one)}"',
            f"Take it out of the list.{_if_public(one)}",
        )
    if more := found[_MOST_TOLD:]:
        rows = counted(len({one.line for one in more}), "more row gives", "more rows give")
        yield Problem(file, more[0].line, f"{rows} away something of the kind")


def _quoted(found: Personal) -> str:
    """What was found; of the numbers that open a person's files only the beginning.

    These words also stand in the log of whoever builds the site, such as GitHub.
    """
    shown = _SHOWN.get(found.kind)
    start = shown.match(found.words) if shown else None
    return f"{start[0]} …" if start else found.words


def _if_public(found: Personal) -> str:
    if found.kind in _SHOWN:
        return ""
    as_value = found.kind in (PersonalKind.ADDRESS, PersonalKind.EMAIL)
    words = found.value if as_value else found.words
    return f' If it is public, add it in {{content}}/ward.toml, under [guard]: allow = ["{words}"]'


def _lists(site: Site) -> Iterator[Dataset | PreviousList]:
    """Each data set, and the list before it, where that is not one itself."""
    told: set[str] = set()
    for listed in _all_lists(site):
        if listed.file not in told:
            told.add(listed.file)
            yield listed


def _all_lists(site: Site) -> Iterable[Dataset | PreviousList]:
    datasets = [dataset for issue in site.issues for dataset in issue.datasets]
    return (*datasets, *(d.previous for d in datasets if d.previous))


def people_in_list(site: Site) -> Iterator[Problem]:
    """A list whose places are called by people's names is a list of people."""
    for listed in _lists(site):
        people = listed.disclosure.people
        if people and listed.file not in site.allow:
            yield Problem(
                listed.file,
                1,
                f'the names in the column "{people}" are those of people, and would be published',
                "Choose another column for the names in {content}/issues.toml, such as "
                'name_column = "Location". If they may be published, add the file in '
                f'{{content}}/ward.toml, under [guard]: allow = ["{listed.file}"]',
            )

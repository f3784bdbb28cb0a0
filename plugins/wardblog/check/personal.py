"""Nothing is published that gives away who somebody is, where that lives, or how it is reached."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from wardblog.check.allowed import Allowed, allowed_on
from wardblog.check.raw import published_raw
from wardblog.check.strings import strings_in
from wardblog.model import (
    Dataset,
    Disclosure,
    PersonalData,
    PersonalKind,
    Post,
    PreviousList,
    Site,
    unpublished,
)
from wardblog.model.addresses import once
from wardblog.problems import Problem
from wardblog.text.words import counted

_MOST_TOLD = 5
# Of other files that are published as they are nobody sees the lines.
_IN_LINES = (".csv", ".tsv", ".txt", ".json", ".geojson", ".xml", ".ics", ".vtt", ".srt", ".kml",
             ".gpx", ".yaml", ".yml", ".log", ".css")  # fmt: skip
_AS_IT_IS = "It is published as it is. Take that out of it."
_MAY_GIVE_AWAY = re.compile(r"\d|@| at ")
# So many letters may say something of somebody without any of these.
_PROSE = 40
# What of a site is inspected elsewhere, or not published.
_NOT_SETTINGS = frozenset(
    (
        "posts",
        "pages",
        "issues",
        "files",
        "pictures",
        "inspected",
        "named_files",
        "allow",
        "publish",
        "lines",
    )
)
_NOT_WORDS_OF_LISTS = frozenset(("places", "inside", "previous", "disclosure"))
_TABLES = {"councillors": "councillor", "surgeries": "surgery"}
_STRIPPED = (
    "The copy that is published is without it. Take it out with a photo program before you pass "
    "the file on."
)
_SHOWN = {
    PersonalKind.NI: re.compile(r"[A-Za-z]{2}[ .-]?\d{2}"),
    PersonalKind.NHS: re.compile(r"\d{3}"),
    PersonalKind.PRIVATE: re.compile(r"\W*(?:[\w’'-]+\W+){1,3}"),
}


def personal_data(site: Site) -> Iterator[Problem]:
    allowed = allowed_on(site)
    for post in (*site.posts, *site.pages):
        for found in unpublished(post.personal, allowed) if post.personal else ():
            yield _in_post(post, found)
    for file in published_raw(site) if site.inspected else ():
        if given := site.inspected.get(file):
            yield from _in_file(file, unpublished(given.personal, allowed))
    yield from _in_settings(site, allowed)
    yield from _in_names(site, allowed)
    for listed in lists_of(site):
        yield from _in_list(
            listed.file, [f for f in listed.disclosure.personal if f not in allowed]
        )


def _in_post(post: Post, found: PersonalData) -> Problem:
    return Problem(
        file=post.file,
        line=found.line,
        message=f'this gives away {found.kind.value}: "{_quoted(found)}"',
        hint=(
            'Take it out. If whoever it belongs to agrees, write on top: "Allow: '
            "personal-data because "
            f'she asked me to give it".{_if_public(found)}'
        ),
    )


def photo_metadata(site: Site) -> Iterator[Problem]:
    """What a camera or a program wrote into a picture; the copy that is published is without it."""
    for file, picture in site.pictures.items():
        for found in picture.personal:
            if found not in allowed_on(site):
                yield Problem(
                    file=file,
                    line=None,
                    message=f"hidden in this picture is {quoted(found)}",
                    hint=_STRIPPED,
                )


def _in_file(file: str, found: Sequence[PersonalData]) -> Iterator[Problem]:
    """What is in a file that is published as it is."""
    has_lines = file.lower().endswith(_IN_LINES)
    if not has_lines:
        found = tuple({(one.kind, one.value): one for one in reversed(found)}.values())[::-1]
    for one in found[:_MOST_TOLD]:
        line = one.line if has_lines else None
        hint = f"{_AS_IT_IS}{_if_public(one)}"
        yield Problem(
            file=file, line=line, message=f"this file gives away {quoted(one)}", hint=hint
        )
    if more := found[_MOST_TOLD:]:
        yield Problem(
            file=file,
            line=None,
            message=f"it gives away {len(more):,} more of the kind",
            hint=_AS_IT_IS,
        )


def _in_settings(site: Site, allowed: Allowed) -> Iterator[Problem]:
    for (file, line), words in _own_words(site):
        if not (_MAY_GIVE_AWAY.search(words) or len(words) >= _PROSE):
            continue
        # late import: see docs/architecture.md
        from wardblog.privacy import find_personal
        from wardblog.privacy.links import expand_links

        for found in find_personal(expand_links(words)):
            if found not in allowed:
                hint = f"Take it out.{_if_public(found)}"
                yield Problem(
                    file=file, line=line, message=f"this gives away {quoted(found)}", hint=hint
                )


def _own_words(site: Site) -> Iterator[tuple[tuple[str, int | None], str]]:
    """Every string of the settings that may be published, with its file and line."""
    for path, words in strings_in(site, without=_NOT_SETTINGS):
        yield ("ward.toml", _line_of_setting(site, path)), words
    for issue in site.issues:
        for _, words in strings_in(issue, without=frozenset(("datasets",))):
            yield ("issues.toml", issue.line), words
        for dataset in issue.datasets:
            for _, words in strings_in(dataset, without=_NOT_WORDS_OF_LISTS):
                yield ("issues.toml", dataset.line), words


def _line_of_setting(site: Site, path: str) -> int | None:
    """The line of a field such as `councillors.1.email`, which is `councillor.email` there."""
    table, *rest = path.split(".")
    if not rest:
        return site.lines.get(f"site.{table}")
    if table in _TABLES:
        number = int(rest.pop(0)) - 1
        table = f"{_TABLES[table]}.{number}" if number else _TABLES[table]
    return site.lines.get(".".join((table, *rest)), site.lines.get(table))


@once
def known_personal(site: Site) -> frozenset[tuple[PersonalKind, str]]:
    """What was found where it was written, and is public or reported there, by kind and value."""
    # late import: see docs/architecture.md
    from wardblog.privacy import find_personal
    from wardblog.privacy.links import expand_links, words_of_path

    shown = (p for p in (*site.posts, *site.pages) if not p.visibility.is_waiting)
    found = [one for post in shown for one in post.personal]
    inspected = (site.inspected.get(file) for file in published_raw(site))
    found += [one for given in inspected if given for one in given.personal]
    found += [one for listed in lists_of(site) for one in listed.disclosure.personal]
    words = [expand_links(words) for _, words in _own_words(site)]
    words += map(words_of_path, published_raw(site))
    public = [
        *site.allow,
        *(c.email for c in site.councillors),
        *(c.phone for c in site.councillors),
    ]
    found += find_personal("\n\n".join((*words, *public)))
    return frozenset((one.kind, one.value) for one in found)


def _in_names(site: Site, allowed: Allowed) -> Iterator[Problem]:
    """The names of published files are a part of their addresses."""
    for file, asked in published_raw(site).items():
        if not _MAY_GIVE_AWAY.search(file):
            continue
        from wardblog.privacy import find_personal
        from wardblog.privacy.links import words_of_path

        for found in find_personal(words_of_path(file)):
            if found not in allowed:
                yield Problem(
                    file=asked.file,
                    line=asked.line,
                    message=f'the name of the file "{file}" gives away {quoted(found)}',
                    hint=f"Give the file another name.{_if_public(found)}",
                )


def personal_answer(site: Site) -> Iterator[Problem]:
    """Answers stay in the file, and `make check` repeats them, also in a public workflow's log."""
    for post in (*site.posts, *site.pages):
        for answer in post.allowances:
            from wardblog.privacy import find_personal

            for found in find_personal(answer.reason):
                if found not in allowed_on(site):
                    yield Problem(
                        file=post.file,
                        line=post.line_of("Allow"),
                        message=f"this answer gives away {quoted(found)}",
                        hint=(
                            "Give the reason without it, such as: Allow: personal-data "
                            "because she "
                            "asked me to give it."
                        ),
                    )


def quoted(found: PersonalData) -> str:
    return f'{found.kind.value}: "{_quoted(found)}"'


def _in_list(file: str, found: list[PersonalData]) -> Iterator[Problem]:
    for one in found[:_MOST_TOLD]:
        yield Problem(
            file=file,
            line=one.line,
            message=f'this row gives away {one.kind.value}: "{_quoted(one)}"',
            hint=f"Take it out of the list.{_if_public(one)}",
        )
    if more := found[_MOST_TOLD:]:
        rows = counted(len({one.line for one in more}), "more row gives", "more rows give")
        yield Problem(file=file, line=more[0].line, message=f"{rows} away something of the kind")


def _quoted(found: PersonalData) -> str:
    """What was found; of the numbers that open a person's files only the beginning.

    These words also stand in the log of whoever builds the site, such as GitHub.
    """
    shown = _SHOWN.get(found.kind)
    start = shown.match(found.words) if shown else None
    return f"{start[0]} …" if start else found.words


def _if_public(found: PersonalData) -> str:
    if found.kind in _SHOWN or found.kind in (PersonalKind.LETTER, PersonalKind.PRIVATE):
        return ""
    as_value = found.kind in (PersonalKind.ADDRESS, PersonalKind.EMAIL)
    words = found.value if as_value else found.words
    return f' If it is public, add it in {{content}}/ward.toml, under [guard]: allow = ["{words}"]'


def lists_of(site: Site) -> Iterator[Dataset | PreviousList]:
    """Each data set, and the list before it, where that is not one itself."""
    told: set[str] = set()
    for listed in _all_lists(site):
        if listed.file not in told:
            told.add(listed.file)
            yield listed


def _all_lists(site: Site) -> Iterable[Dataset | PreviousList]:
    datasets = [dataset for issue in site.issues for dataset in issue.datasets]
    return (*datasets, *(d.previous for d in datasets if d.previous))


def _about_names(given: Disclosure) -> str:
    if given.text:
        return (
            f'the column "{given.text}" reads like what somebody wrote, and would be published as '
            "the name of the place"
        )
    if given.line == 1:
        return (
            f'the names in the column "{given.people}" are those of people, and would be published'
        )
    return f'the column "{given.people}" has a person\'s name here, which would be published'


def people_in_list(site: Site) -> Iterator[Problem]:
    """A list whose places are called by people's names, or by what they wrote, is one of people."""
    for listed in lists_of(site):
        given = listed.disclosure
        if (given.people or given.text) and listed.file not in site.allow:
            yield Problem(
                file=listed.file,
                line=given.line,
                message=_about_names(given),
                hint="Choose another column for the names in {content}/issues.toml, such as "
                'name_column = "Location". If they may be published, add the file in '
                f'{{content}}/ward.toml, under [guard]: allow = ["{listed.file}"]',
            )

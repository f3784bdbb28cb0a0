"""Check that no personal data is published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from wardblog.check.allowed import Allowed, allowed_on, if_public, quoted, words_of
from wardblog.check.raw import published_raw
from wardblog.check.rule import OfRest, each_post_and_page
from wardblog.check.strings import strings_in
from wardblog.content.files import CASEWORK_FILE, COMMUNITY_FILE, REDIRECTS_FILE
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
from wardblog.model.addresses import cached_for_site
from wardblog.problems import Problem
from wardblog.support.late_regex import late_regex
from wardblog.text.words import counted

_MOST_REPORTED = 5
# File types in which a line number helps to find something.
_IN_LINES = (".csv", ".tsv", ".txt", ".json", ".geojson", ".xml", ".ics", ".vtt", ".srt", ".kml",
             ".gpx", ".yaml", ".yml", ".log", ".css")  # fmt: skip
_AS_IT_IS = "The file is published unchanged. Remove this from it."
_MAY_GIVE_AWAY = late_regex(r"\d|@| at ")
# Text with this many letters can be about somebody without any of these characters.
_PROSE = 40
# Fields of a site that are checked elsewhere (the gazetteer by `personal_names`), or not published.
_NOT_SETTINGS = frozenset(
    ("posts", "pages", "issues", "files", "pictures", "inspected", "named_files", "community",
     "casework", "redirects", "personal_redirects", "answers", "me_too", "count_lines",
     "consents", "gazetteer", "allow", "publish", "lines")
)  # fmt: skip
_NOT_WORDS_OF_LISTS = frozenset(("places", "inside", "previous", "disclosure", "streets", "table"))
_TABLES = {"councillors": "councillor", "surgeries": "surgery"}
_STRIPPED = (
    "The published copy does not contain it. Remove it with a photo program before you share the "
    "file."
)


def personal_data(site: Site) -> Iterator[Problem]:
    allowed = allowed_on(site)
    for post in site.having("personal"):
        for match in unpublished(post.personal, allowed):
            yield _in_post(post, match)
    for file in published_raw(site) if site.inspected else ():
        if given := site.inspected.get(file):
            yield from _in_file(file, unpublished(given.personal, allowed))
    yield from _in_settings(site, allowed)
    yield from _in_old_addresses(site, allowed)
    yield from _in_names(site, allowed)
    if site.gazetteer.streets or site.gazetteer.places or site.map.base:
        # late import: see docs/architecture.md
        from wardblog.check.ground import personal_names

        yield from personal_names(site)
    for listed in lists_of(site):
        yield from _in_list(
            listed.file, [f for f in listed.disclosure.personal if f not in allowed]
        )


def _in_post(post: Post, match: PersonalData) -> Problem:
    return Problem(
        file=post.file,
        line=match.line,
        message=f'this gives away {match.kind.value}: "{words_of(match)}"',
        hint=(
            'Remove it. If the person agrees, write at the top: "Allow: personal-data because '
            f'she asked me to give it".{if_public(match)}'
        ),
    )


def photo_metadata(site: Site) -> Iterator[Problem]:
    """Personal data that a camera or program wrote into a picture; the published copy has none."""
    for file, picture in site.pictures.items():
        for match in picture.personal:
            if match not in allowed_on(site):
                yield Problem(
                    file=file,
                    line=None,
                    message=f"this picture has {quoted(match)} hidden in it",
                    hint=_STRIPPED,
                )


def _in_file(file: str, matches: Sequence[PersonalData]) -> Iterator[Problem]:
    """Personal data in a file that is published unchanged."""
    has_lines = file.lower().endswith(_IN_LINES)
    if not has_lines:
        matches = tuple({(match.kind, match.value): match for match in reversed(matches)}.values())[
            ::-1
        ]
    for match in matches[:_MOST_REPORTED]:
        line = match.line if has_lines else None
        hint = f"{_AS_IT_IS}{if_public(match)}"
        yield Problem(
            file=file, line=line, message=f"this file gives away {quoted(match)}", hint=hint
        )
    if more := matches[_MOST_REPORTED:]:
        yield Problem(
            file=file,
            line=None,
            message=f"this file gives away {len(more):,} more details like these",
            hint=_AS_IT_IS,
        )


def _in_settings(site: Site, allowed: Allowed) -> Iterator[Problem]:
    for (file, line), words in _own_words(site):
        if not (_MAY_GIVE_AWAY.search(words) or len(words) >= _PROSE):
            continue
        # late import: see docs/architecture.md
        from wardblog.privacy import find_personal
        from wardblog.privacy.links import expand_links

        for match in find_personal(expand_links(words)):
            if match not in allowed:
                hint = f"Remove it.{if_public(match)}"
                yield Problem(
                    file=file, line=line, message=f"this gives away {quoted(match)}", hint=hint
                )


def _in_old_addresses(site: Site, allowed: Allowed) -> Iterator[Problem]:
    """Personal data in redirects.csv: what it lists is the address of a page that forwards."""
    for match in unpublished(site.personal_redirects, allowed):
        yield Problem(
            file=REDIRECTS_FILE,
            line=match.line,
            message=f"this old address gives away {quoted(match)}",
            hint=f"Remove the line.{if_public(match)}",
        )


def _own_words(site: Site) -> Iterator[tuple[tuple[str, int | None], str]]:
    """Every string of the settings that may be published, with its file and line."""
    for path, words in strings_in(site, without=_NOT_SETTINGS):
        yield ("ward.toml", _line_of_setting(site, path)), words
    yield ("ward.toml", site.lines.get("map")), site.gazetteer.attribution
    for one in site.community:
        for key, words in strings_in(one, without=frozenset(("lines",))):
            yield (COMMUNITY_FILE, one.line_of(key)), words
    for counts in site.casework:
        yield from (((CASEWORK_FILE, None), row.issue) for row in counts.rows)
    for issue in site.issues:
        for _, words in strings_in(issue, without=frozenset(("datasets",))):
            yield ("issues.toml", issue.line), words
        for dataset in issue.datasets:
            for _, words in strings_in(dataset, without=_NOT_WORDS_OF_LISTS):
                yield ("issues.toml", dataset.line), words


def _line_of_setting(site: Site, path: str) -> int | None:
    """The line in ward.toml of a field such as `councillors.1.email`."""
    table, *rest = path.split(".")
    if not rest:
        return site.lines.get(f"site.{table}")
    if table in _TABLES:
        number = int(rest.pop(0)) - 1
        table = f"{_TABLES[table]}.{number}" if number else _TABLES[table]
    return site.lines.get(".".join((table, *rest)), site.lines.get(table))


@cached_for_site
def known_personal(site: Site) -> frozenset[tuple[PersonalKind, str]]:
    """The kind and value of personal data that is public, or reported at its source."""
    # late import: see docs/architecture.md
    from wardblog.privacy import find_personal
    from wardblog.privacy.links import expand_links, words_of_path

    shown = (p for p in (*site.posts, *site.pages) if not p.visibility.is_waiting)
    known = [one for post in shown for one in post.personal]
    inspected = (site.inspected.get(file) for file in published_raw(site))
    known += [one for given in inspected if given for one in given.personal]
    known += [one for listed in lists_of(site) for one in listed.disclosure.personal]
    known += site.personal_redirects
    words = [expand_links(words) for _, words in _own_words(site)]
    words += map(words_of_path, published_raw(site))
    public = [
        *site.allow,
        *(c.email for c in site.councillors),
        *(c.phone for c in site.councillors),
    ]
    known += find_personal("\n\n".join((*words, *public)))
    return frozenset((one.kind, one.value) for one in known)


def _in_names(site: Site, allowed: Allowed) -> Iterator[Problem]:
    """Personal data in the names of published files, which are part of their addresses."""
    for file, asked in published_raw(site).items():
        if not _MAY_GIVE_AWAY.search(file):
            continue
        from wardblog.privacy import find_personal
        from wardblog.privacy.links import words_of_path

        for match in find_personal(words_of_path(file)):
            if match not in allowed:
                yield Problem(
                    file=asked.file,
                    line=asked.line,
                    message=f'the name of the file "{file}" gives away {quoted(match)}',
                    hint=f"Give the file another name.{if_public(match)}",
                )


@each_post_and_page
def personal_answer(post: Post, site: Site) -> Iterator[Problem]:
    """Personal data in answers, which `make check` repeats, even in a public workflow log."""
    for number, answer in enumerate(post.allowances):
        # late import: see docs/architecture.md
        from wardblog.privacy import find_personal

        for match in find_personal(answer.reason):
            if match not in allowed_on(site):
                yield Problem(
                    file=post.file,
                    line=post.line_of("Allow", number),
                    message=f"this answer gives away {quoted(match)}",
                    hint="Give the reason without it, such as: Allow: personal-data because she "
                    "asked me to give it.",
                )


def _in_list(file: str, matches: list[PersonalData]) -> Iterator[Problem]:
    for match in matches[:_MOST_REPORTED]:
        yield Problem(
            file=file,
            line=match.line,
            message=f'this row gives away {match.kind.value}: "{words_of(match)}"',
            hint=f"Remove it from the list.{if_public(match)}",
        )
    if more := matches[_MOST_REPORTED:]:
        rows = counted(len({match.line for match in more}), "more row gives", "more rows give")
        yield Problem(file=file, line=more[0].line, message=f"{rows} away something similar")


def lists_of(site: Site) -> Iterator[Dataset | PreviousList]:
    """Each data set and its previous list, without duplicates."""
    reported: set[str] = set()
    for listed in _all_lists(site):
        if listed.file not in reported:
            reported.add(listed.file)
            yield listed


def _all_lists(site: Site) -> Iterable[Dataset | PreviousList]:
    datasets = [dataset for issue in site.issues for dataset in issue.datasets]
    return (*datasets, *(d.previous for d in datasets if d.previous))


def _about_names(given: Disclosure) -> str:
    if given.text:
        return (
            f'the column "{given.text}" looks like text that people wrote, and would be '
            "published as the names of places"
        )
    if given.line == 1:
        return f'the column "{given.people}" has the names of people, which would be published'
    return f'the column "{given.people}" has a person\'s name here, which would be published'


@OfRest
def people_in_list(site: Site) -> Iterator[Problem]:
    """Lists that name their places after people, or by what people wrote."""
    for listed in lists_of(site):
        given = listed.disclosure
        if (given.people or given.text) and listed.file not in site.allow:
            yield Problem(
                file=listed.file,
                line=given.line,
                message=_about_names(given),
                hint="Choose another column for the names in {content}/issues.toml, such as "
                'name_column = "Location". If these names may be published, add the file in '
                f'{{content}}/ward.toml, under [guard]: allow = ["{listed.file}"]',
            )

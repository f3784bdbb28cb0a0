"""Check files that are published unchanged, such as PDFs and spreadsheets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import NamedTuple

from wardblog.check.rule import OfRest
from wardblog.content.files import ANSWERS, CASEWORK_FILE
from wardblog.content.references import referrers, unused_files
from wardblog.model import Post, Site, Visibility
from wardblog.model.addresses import cached_for_site
from wardblog.problems import Problem, Severity
from wardblog.text.words import counted

_IMAGES = "images/"
# Settings and programs, which are never meant for residents.
_SETTINGS = frozenset((".toml", ".env", ".ini", ".cfg"))
_LETTERS = frozenset((".db", ".sqlite", ".eml", ".msg", ".vcf", ".mbox"))
# Web servers may take any of these for the kind of a file, wherever in its name it is.
_ON_SERVERS = frozenset(
    (".html", ".htm", ".xhtml", ".xht", ".shtml", ".php", ".php3", ".php4", ".php5", ".php7",
     ".php8", ".phtml", ".phar", ".asp", ".aspx", ".jsp", ".cgi")
)  # fmt: skip
_RUNS = _ON_SERVERS | frozenset(
    (".js", ".mjs", ".swf", ".exe", ".bat", ".cmd", ".sh", ".svgz", ".xsl", ".xslt", ".mht",
     ".mhtml", ".jar", ".msi", ".ps1", ".hta", ".shtm", ".xhtm", ".pht", ".pl", ".htc", ".xul",
     ".xbl", ".mathml", ".mml", ".dtd", ".wasm", ".com", ".scr", ".vbs", ".wsf", ".lnk", ".url")
)  # fmt: skip
_PACKED = frozenset((".gz", ".br"))
_SHEETS = (".xlsx", ".ods")
_DOCUMENTS = frozenset(
    (*_SHEETS, ".xls", ".xlsm", ".numbers", ".csv", ".tsv", ".json", ".geojson", ".doc", ".docx",
     ".odt", ".rtf", ".pages", ".ppt", ".pptx", ".odp", ".zip", ".7z")
)  # fmt: skip
# The files about people in the private folder, without their endings.
_PRIVATE = frozenset(("casework", "subscribers", "diary", "consents"))
_ANSWER = 'If you have read it and it may be published, write at the top of the post: "Allow: '
_AGAIN = "Open it, check that nothing is missing, and save it again."
_MOST_NAMED = 5


class FileLink(NamedTuple):
    """Where a file is linked: the file and line for messages, and the post, if it is one."""

    file: str
    line: int | None
    post: Post | None


@cached_for_site
def published_raw(site: Site) -> Mapping[str, FileLink]:
    """The files that are, or will be, published unchanged; not yet those linked only in drafts."""
    return {
        path: link
        for path, link in _linked_files(site).items()
        if link.post is None or link.post.visibility is not Visibility.DRAFT
    }


@cached_for_site
def _linked_files(site: Site) -> Mapping[str, FileLink]:
    links = {}
    for path, post in referrers(site).items():
        if path not in site.pictures:
            line = _line(post, path) if post else None
            links[path] = FileLink(post.file if post else path, line, post)
    return dict(sorted(links.items()))


def _line(post: Post, path: str) -> int | None:
    name = path.rsplit("/", 1)[-1]
    if post.image == path:
        return post.line_of("Image")
    return next((link.line for link in post.links if name in link.target), None)


def unsafe_file(site: Site) -> Iterator[Problem]:
    """Files that must never be published."""
    for path, (file, line, _) in _linked_files(site).items():
        ending = PurePosixPath(path).suffix.lower()
        if ending in _SETTINGS or path.startswith(ANSWERS):
            yield Problem(
                file=file,
                line=line,
                message=f'the file "{path}" would be published as it is, with everything in it',
                hint="Remove the link.",
            )
        elif _runs(path):
            yield Problem(
                file=file,
                line=line,
                message=f'the file "{path}" could run a program on the computer of anyone who '
                "opens it",
                hint="Save it as plain SVG, and link to that."
                if ending == ".svgz"
                else "Write its text as a page in {content}/pages, and link to that.",
            )
        elif (found := site.inspected.get(path)) and found.is_unsafe:
            yield Problem(
                file=file,
                line=line,
                message=f'the file "{path}" {found.problem}',
                hint=found.remedy or _AGAIN,
            )


def _runs(path: str) -> bool:
    """Whether a file can run by its name, such as `a.html.gz` or `a.php.txt`.

    Full stops and spaces at its end do not count, as on Windows.
    """
    endings = [s.strip().lower() for s in PurePosixPath(path.rstrip(". ")).suffixes]
    while endings and endings[-1] in _PACKED:
        endings.pop()
    return not _RUNS.isdisjoint(endings[-1:]) or not _ON_SERVERS.isdisjoint(endings)


def private_file(site: Site) -> Iterator[Problem]:
    """Files that could not be inspected, or that were written to one person."""
    for path, (file, line, post) in _linked_files(site).items():
        ending = PurePosixPath(path).suffix.lower()
        if path in site.allow or ending in _SETTINGS or _runs(path):
            continue
        if (found := site.inspected.get(path)) and found.is_unsafe:
            continue
        if ending in _LETTERS:
            yield Problem(
                file=file,
                line=line,
                message=f'the file "{path}" would be published as it is, with everything in it',
                hint=f"Remove the link. {_answer(path, post)}",
            )
        elif path.startswith(_IMAGES) and ending in _DOCUMENTS:
            yield Problem(
                file=file,
                line=line,
                message=f'the file "{path}" is not a picture, but would be published',
                hint="Move it out of {content}/images. If it is for residents, put it into "
                "{content}/files, and link to it.",
            )
        elif reason := _unread(site, path):
            yield Problem(
                file=file,
                line=line,
                message=f'the file "{path}" {reason[0]}',
                hint=_hint(reason[1], path, post),
            )


def _unread(site: Site, path: str) -> tuple[str, str] | None:
    """Why a file must not be published unread, and what to do about it."""
    inspected = site.inspected.get(path)
    if inspected is None:
        return "could not be opened for inspection", ""
    return (inspected.problem, inspected.remedy) if inspected.problem else None


def _hint(remedy: str, path: str, post: Post | None) -> str:
    return f"{remedy or _AGAIN} {_answer(path, post)}"


def _answer(path: str, post: Post | None) -> str:
    if post is None:
        return (
            "If it may be published, add it in {content}/ward.toml, under [guard]: "
            f'allow = ["{path}"]'
        )
    return f'{_ANSWER}private-file because I have read it".'


def unsafe_drawing(site: Site) -> Iterator[Problem]:
    """Drawings that contain code or load something, which the published copy would lose."""
    for path in published_raw(site):
        inspected = site.inspected.get(path)
        if inspected and inspected.harm:
            yield Problem(
                file=path,
                line=inspected.harm_line,
                message=f'the drawing contains "{inspected.harm}", which can run code or load '
                "something",
                hint="Open it in a drawing program, and save it as plain SVG, or as PNG.",
            )


def unread_file(site: Site) -> Iterator[Problem]:
    """Files that software cannot read, such as scans."""
    for path, (file, line, _) in _linked_files(site).items():
        inspected = site.inspected.get(path)
        if inspected and inspected.doubt:
            yield Problem(
                file=file,
                line=line,
                message=f'the file "{path}" {inspected.doubt}',
                hint="Read it for names, addresses and telephone numbers before you publish it. "
                "People who use a screen reader cannot read it either.",
            )


def raw_sheet(site: Site) -> Iterator[Problem]:
    """Spreadsheets, which are published with all sheets, columns, notes and names of authors."""
    for path, (file, line, _) in _linked_files(site).items():
        if path.lower().endswith(_SHEETS) and not path.startswith(_IMAGES):
            yield Problem(
                file=file,
                line=line,
                message=(
                    f'the spreadsheet "{path}" is published with its hidden sheets, columns and '
                    "notes"
                ),
                hint="Save the sheet that residents should see as CSV, and link to that.",
            )


def unused(site: Site) -> Iterator[Problem]:
    """One note for all files that are not published because nothing links to them."""
    files = unused_files(site)
    if not files:
        return
    names = ", ".join(files[:_MOST_NAMED])
    more = f" and {len(files) - _MOST_NAMED:,} more" if len(files) > _MOST_NAMED else ""
    verb = "is used by no post or page, so it is" if len(files) == 1 else (
        "are used by no post or page, so they are"
    )  # fmt: skip
    yield Problem(
        file=files[0].split("/", 1)[0],
        line=None,
        message=f"{counted(len(files), 'file')} {verb} not published: {names}{more}",
        severity=Severity.NOTE,
    )


@OfRest
def private_copy(site: Site) -> Iterator[Problem]:
    """Files about people, by their names, but for the public counts of casework and answers."""
    for file in sorted(site.files):
        name = file.casefold()
        stem = name.rpartition("/")[2].partition(".")[0]
        if stem not in _PRIVATE and not file.startswith(ANSWERS):
            continue
        path = PurePosixPath(name)
        if file.startswith(ANSWERS) and path.suffix != ".csv":
            yield Problem(
                file=file,
                line=None,
                message="only counts belong in this folder, and this file may have single answers",
                hint="Move it out of {content}, and count it from there: make answers FROM=file",
            )
            continue
        is_table = path.suffix in _DOCUMENTS or path.suffix == ".txt"
        if path.stem in _PRIVATE and is_table and file != CASEWORK_FILE:
            yield Problem(
                file=file,
                line=None,
                message="this file has the name of a private one, with residents in it",
                hint="Move it out of {content}: such files belong in the folder private. "
                "If it is something else, rename it.",
            )

"""What is published as it lies there is something that residents are meant to have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from wardblog.addresses import once
from wardblog.model import Site
from wardblog.problems import Problem
from wardblog.read.markup import split_mark

_IMAGES = "images/"
_PRIVATE = frozenset(
    (".toml", ".env", ".ini", ".cfg", ".db", ".sqlite", ".eml", ".msg", ".vcf", ".mbox")
)
_RUNS = frozenset(
    (".html", ".htm", ".xhtml", ".js", ".mjs", ".php", ".swf", ".exe", ".bat", ".cmd", ".sh")
)
_SHEETS = (".xlsx", ".xls", ".xlsm", ".ods", ".numbers")
_DOCUMENTS = frozenset(
    (*_SHEETS, ".csv", ".tsv", ".json", ".geojson", ".doc", ".docx", ".odt", ".rtf", ".pages",
     ".ppt", ".pptx", ".odp", ".zip", ".7z")
)  # fmt: skip


@once
def published_raw(site: Site) -> Mapping[str, tuple[str, int | None]]:
    """The files that are published as they are, each with the file and line that asks for it."""
    found: dict[str, tuple[str, int | None]] = {
        file: (file, None) for file in site.files if file.startswith(_IMAGES)
    }
    lists = {dataset.file for issue in site.issues for dataset in issue.datasets}
    for post in (*site.posts, *site.pages):
        for mark in post.marks:
            what, path, _ = split_mark(mark)
            if what in ("static", "attach") and path in site.files and path not in lists:
                name = path.rsplit("/", 1)[-1]
                line = next((link.line for link in post.links if name in link.target), None)
                found.setdefault(path, (post.file, line))
    return found


def private_file(site: Site) -> Iterator[Problem]:
    for path, (file, line) in sorted(published_raw(site).items()):
        ending = PurePosixPath(path).suffix.lower()
        if ending in _PRIVATE:
            yield Problem(
                file,
                line,
                f'the file "{path}" would be published whole, with all that it says',
                "Take the link out." if file != path else "Move it out of {content}/images.",
            )
        elif ending in _RUNS:
            yield Problem(
                file,
                line,
                f'the file "{path}" could run something on the machine of whoever opens it',
                "Write what it says as a page in {content}/pages, and link to that.",
            )
        elif path.startswith(_IMAGES) and ending in _DOCUMENTS:
            yield Problem(
                file,
                line,
                f'the file "{path}" is no picture, but would be published',
                "Move it out of {content}/images. If it is for residents, put it into "
                "{content}/files, and link to it.",
            )


def raw_sheet(site: Site) -> Iterator[Problem]:
    """A spreadsheet goes out with all its sheets, columns, notes and names of authors."""
    for path, (file, line) in sorted(published_raw(site).items()):
        if path.lower().endswith(_SHEETS) and not path.startswith(_IMAGES):
            yield Problem(
                file,
                line,
                f'the spreadsheet "{path}" is published whole, and was not looked into',
                "Save the sheet that residents are to have as CSV, and link to that.",
            )

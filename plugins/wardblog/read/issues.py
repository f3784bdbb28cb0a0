"""`issues.toml`: which issues there are, and the council's lists that belong to them."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path, PurePosixPath

from wardblog.colours import COLOURS
from wardblog.model import GENERAL, Dataset, Issue, Place, PreviousList
from wardblog.problems import Problem, did_you_mean
from wardblog.read import timelimit
from wardblog.read.boundary import Outline
from wardblog.read.complaints import is_sensitive
from wardblog.read.fields import parse_alias
from wardblog.read.files import ISSUES_FILE as FILE
from wardblog.read.files import nearest_file, on_disk
from wardblog.read.markup import resolve
from wardblog.read.postcodes import POSTCODE
from wardblog.read.repair import repaired
from wardblog.read.report import Report, Unreadable
from wardblog.read.slugs import LONGEST, number_twin, slugify
from wardblog.read.tables import PlaceTable, read_places
from wardblog.read.text import decode_table, decode_utf8, refuse_other_formats, without_controls
from wardblog.read.toml import Table, TomlFile

_KINDS = {".csv": False, ".tsv": False, ".txt": False, ".geojson": True, ".json": True}


def read_issues(
    text: str, report: Report, content: Path, files: frozenset[str], outline: Outline | None
) -> tuple[tuple[Issue, ...], list[Problem]]:
    """The issues with their data sets, and the problems found in the data files."""
    toml = TomlFile.parse(text, report)
    if toml is None:
        return (), []
    issues: dict[str, Issue] = {}
    for number, table in enumerate(toml.tables("issue")):
        issue = _issue(table, COLOURS[number % len(COLOURS)], report)
        if issue.slug in issues:
            first = issues[issue.slug].line
            report.stop(
                issue.line,
                f'the issue "{issue.name}" is declared twice; the first is on line {first}',
                "Remove one of the two.",
            )
        elif issue.slug:
            issues[issue.slug] = issue
    found: list[Problem] = []
    taken: dict[str, str] = {}
    for table in toml.tables("dataset"):
        dataset, problems = _dataset(table, report, content, files, outline, issues)
        found += problems
        if dataset is None:
            continue
        if taken.get(dataset.slug) == dataset.file:
            report.stop(
                dataset.line, f"{dataset.file} stands here twice", "Keep one [[dataset]] of it."
            )
        elif dataset.slug in taken:
            report.stop(
                dataset.line,
                f"{dataset.file} and {taken[dataset.slug]} would have the same download address, "
                f"/data/{dataset.slug}.csv",
                "Rename one of the two files.",
            )
        taken[dataset.slug] = dataset.file
        issue = issues[dataset.issue]
        issues[dataset.issue] = replace(issue, datasets=(*issue.datasets, dataset))
    toml.finish()
    return tuple(issues.values()), found


def _issue(table: Table, colour: str, report: Report) -> Issue:
    name = table.text("name", "", True, '"Grit bins"')
    slug = slugify(name)
    if name and not slug:
        report.stop(
            table.line("name"),
            f'no address can be made from the name "{name}"',
            "Use letters or figures in it.",
        )
    if len(slug) > LONGEST:
        report.stop(table.line("name"), "the name of this issue is too long", "Use a few words.")
        slug = slug[:LONGEST]
    if slug in ("all", GENERAL):
        report.stop(
            table.line("name"),
            f'an issue cannot be called "{name}"',
            "The word has a meaning of its own here. Choose another name.",
        )
    issue = Issue(
        name,
        slug,
        table.colour("colour", colour),
        table.text("about"),
        table.web_address("report_url"),
        table.lines.header,
        aliases=_aliases(table, report),
        is_sensitive=_is_sensitive(table, name),
        colour_line=table.line("colour"),
    )
    table.finish()
    return issue


def _is_sensitive(table: Table, name: str) -> bool:
    said = table.yes_or_no("sensitive")
    return is_sensitive(name) if said is None else said


def _aliases(table: Table, report: Report) -> tuple[str, ...]:
    found = []
    for written in table.each("aliases"):
        with report.at(table.line("aliases")):
            found.append(parse_alias(written))
    return tuple(found)


def _dataset(
    table: Table,
    report: Report,
    content: Path,
    files: frozenset[str],
    outline: Outline | None,
    issues: dict[str, Issue],
) -> tuple[Dataset | None, list[Problem]]:
    wanted = table.text("issue", "", True, '"Grit bins"')
    file = table.text("file", "", True, '"data/grit-bins.csv"')
    previous = table.text("previous")
    name_column = table.text("name_column")
    title = table.text("title")
    texts = {k: table.text(k) for k in ("source", "licence", "attribution")}
    source_url = table.web_address("source_url")
    as_of = table.day("as_of")
    show = table.choice("show", ("ward", "all"), "ward")
    table.finish()
    slug = slugify(wanted)
    issue = issues.get(slug) or issues.get(number_twin(slug, issues) or "")
    if issue is None and wanted:
        names = [i.name for i in issues.values()]
        report.stop(
            table.line("issue"),
            f'there is no issue called "{wanted}"',
            did_you_mean(wanted, names, "Declare it under [[issue]], with its name."),
        )
    found, problems = _places(table, "file", name_column, report, content, files)
    earlier: PlaceTable | None = None
    if previous and resolve(previous, FILE) == resolve(file, FILE):
        report.stop(
            table.line("previous"),
            f'"{previous}" is the list itself, not the one before',
            "Keep last year's list under another name, and name that file here.",
        )
    elif previous:
        earlier, more = _places(table, "previous", name_column, report, content, files)
        problems += more
    if issue is None or found is None:
        return None, problems
    dataset = Dataset(
        slugify(PurePosixPath(file).stem),
        title or issue.name,
        issue.slug,
        found.places,
        _inside(found.places, outline),
        show == "all",
        resolve(file, FILE),
        table.lines.header,
        texts["source"],
        source_url,
        texts["licence"],
        as_of,
        texts["attribution"],
        found.without_position,
        _previous(previous, earlier, outline) if earlier else None,
        found.disclosure,
        _has_postcodes(found.places),
    )
    return dataset, problems


def _previous(written: str, table: PlaceTable, outline: Outline | None) -> PreviousList:
    inside = _inside(table.places, outline)
    return PreviousList(resolve(written, FILE), table.places, inside, table.disclosure)


def _has_postcodes(places: tuple[Place, ...]) -> bool:
    return bool(POSTCODE.search("\n".join(place.name for place in places)))


def _inside(places: tuple[Place, ...], outline: Outline | None) -> tuple[bool, ...]:
    return outline.holds(places) if outline else (True,) * len(places)


def _places(
    table: Table,
    key: str,
    name_column: str,
    report: Report,
    content: Path,
    files: frozenset[str],
) -> tuple[PlaceTable | None, list[Problem]]:
    """The places of the file that a key of the table names."""
    written = table.text(key)
    if not written:
        return None, []
    file = resolve(written, FILE)
    kind = _KINDS.get(PurePosixPath(file).suffix.lower())
    if kind is None:
        report.stop(
            table.line(key),
            f'"{written}" is neither CSV nor GeoJSON',
            "Save the list as CSV from your spreadsheet program, and name that file here.",
        )
        return None, []
    if file not in files:
        best = nearest_file(file, files)
        report.stop(
            table.line(key),
            f'there is no file called "{written}"',
            f'Did you mean "{best}"?' if best else "Put it in the folder {content}/data.",
        )
        return None, []
    if file.startswith("images/"):
        report.stop(
            table.line(key),
            "what lies in the folder of images is published as it is, with all its columns",
            "Move the list to {content}/data.",
        )
    own = Report(file)
    wanted = "" if key == "previous" else name_column
    read = partial(_read_list, on_disk(content, file), kind, wanted, name_column)
    return timelimit.reported(
        own, timelimit.LIST_SECONDS, timelimit.SHORTEN_LIST, read
    ), own.problems


def _read_list(
    path: Path, is_geojson: bool, name_column: str, earlier_column: str, own: Report
) -> PlaceTable | None:
    """One list; a column's name may have changed since the year before."""
    data = path.read_bytes()
    try:
        refuse_other_formats(data, "Save the sheet as CSV from the program that it comes from.")
        text = decode_utf8(data) if is_geojson else decode_table(data)
    except Unreadable as unreadable:
        own.unreadable(unreadable)
        return None
    if not text.strip():
        own.stop(
            None, "this file is empty", "Put the council's list in it, one place on each line."
        )
        return None
    text = without_controls(repaired(text, own), own)
    if earlier_column and not name_column:
        trial = Report(own.file)
        found = read_places(text, is_geojson, earlier_column, trial)
        if found is not None:
            own.problems += trial.problems
            return found
    return read_places(text, is_geojson, name_column, own)


def issue_names(text: str) -> tuple[str, ...]:
    """The names of the declared issues, or none where the file cannot be read."""
    toml = TomlFile.parse(text, Report(FILE))
    return tuple(t.text("name") for t in toml.tables("issue")) if toml else ()

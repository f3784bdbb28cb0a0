"""`issues.toml`: which issues there are, and the council's lists that belong to them."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

from wardblog.content.files import ISSUES_FILE as FILE
from wardblog.content.header.old_address import parse_old_address
from wardblog.content.markdown.html_links import resolve
from wardblog.content.setting_keys import choices_of
from wardblog.content.tables.council_lists import CouncilLists
from wardblog.content.tables.tables import ListOptions, PlaceTable
from wardblog.content.toml.table import Table
from wardblog.content.toml.toml_file import TomlFile
from wardblog.model import GENERAL, Dataset, Issue, Place, Precision, PreviousList
from wardblog.model.issues import names_complaints
from wardblog.places.boundary import Outline
from wardblog.places.grids import Grid
from wardblog.problems import Problem, Severity, did_you_mean
from wardblog.report import Report
from wardblog.support.colours import COLOURS
from wardblog.text.postcodes import POSTCODE
from wardblog.text.slugs import LONGEST, singular_or_plural_of, slugify

_GRIDS = {"british": Grid.BRITISH, "irish": Grid.IRISH, "itm": Grid.ITM}
# Of the words on a button, in letters: they fit on one line of a small phone.
_LONGEST_LABEL = 40
_PRECISIONS = tuple(precision.value for precision in Precision)


def read_issues(
    text: str,
    report: Report,
    content: Path,
    files: frozenset[str],
    outline: Outline | None,
    in_ireland: bool | None = None,
) -> tuple[tuple[Issue, ...], list[Problem]]:
    """The issues with their data sets, and the problems found in the data files.

    `in_ireland` is whether the ward is in Northern Ireland, or None where that is not known.
    """
    toml = TomlFile.parse(text, report)
    if toml is None:
        return (), []
    lists = CouncilLists(
        content, files, in_ireland, [t.text("file") for t in toml.tables("dataset")]
    )
    issues: dict[str, Issue] = {}
    for number, table in enumerate(toml.tables("issue")):
        issue = _issue(table, COLOURS[number % len(COLOURS)], report)
        if issue.slug in issues:
            first = issues[issue.slug].line
            report.stop(
                issue.line,
                f'the issue "{issue.name}" is listed twice; the first is on line {first}',
                "Remove one of the two.",
            )
        elif issue.slug:
            issues[issue.slug] = issue
    list_problems: list[Problem] = []
    taken: dict[str, str] = {}
    for table in toml.tables("dataset"):
        dataset, problems = _dataset(table, report, lists, outline, issues)
        list_problems += problems
        if dataset is None:
            continue
        if taken.get(dataset.slug) == dataset.file:
            report.stop(
                dataset.line, f"{dataset.file} is listed twice", "Keep only one [[dataset]] for it."
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
    return tuple(issues.values()), list_problems


def _issue(table: Table, colour: str, report: Report) -> Issue:
    name = table.text("name", "", True, '"Grit bins"')
    slug = slugify(name)
    if name and not slug:
        report.stop(
            table.line("name"),
            f'no address can be made from the name "{name}"',
            "Use letters or digits in it.",
        )
    if len(slug) > LONGEST:
        report.stop(table.line("name"), "the name of this issue is too long", "Use a few words.")
        slug = slug[:LONGEST]
    if slug in ("all", GENERAL):
        report.stop(
            table.line("name"),
            f'an issue cannot be called "{name}"',
            "This word has a special meaning here. Choose another name.",
        )
    issue = Issue(
        name=name,
        slug=slug,
        colour=table.colour("colour", colour),
        about=table.text("about"),
        report_url=table.web_address("report_url"),
        report_label=_report_label(table),
        line=table.lines.header,
        aliases=_aliases(table, report),
        is_sensitive=_is_sensitive(table, name),
        colour_line=table.line("colour"),
    )
    table.finish()
    return issue


def _report_label(table: Table) -> str:
    """The words on the button that leads to `report_url`."""
    label = " ".join(table.text("report_label").split())
    if len(label) > _LONGEST_LABEL:
        table.report.stop(
            table.line("report_label"),
            f'"report_label" has {len(label)} letters, which is too long for a button',
            f'Use at most {_LONGEST_LABEL}, as in: report_label = "Comment on an application"',
        )
        return ""
    if label and not table.has("report_url"):
        table.report.stop(
            table.line("report_label"),
            '"report_label" is the name of a link, but there is no "report_url" for it to lead to',
            'Add a line such as: report_url = "https://www.example.gov.uk/report"',
        )
    return label


def _is_sensitive(table: Table, name: str) -> bool:
    declared = table.yes_or_no("sensitive")
    return names_complaints(name) if declared is None else declared


def _aliases(table: Table, report: Report) -> tuple[str, ...]:
    aliases = []
    for written in table.each("aliases"):
        with report.at(table.line("aliases")):
            aliases.append(parse_old_address(written))
    return tuple(aliases)


def _dataset(
    table: Table,
    report: Report,
    lists: CouncilLists,
    outline: Outline | None,
    issues: dict[str, Issue],
) -> tuple[Dataset | None, list[Problem]]:
    issue_name = table.text("issue", "", True, '"Grit bins"')
    file = table.text("file", "", True, '"data/grit-bins.csv"')
    previous = table.text("previous")
    name_column = table.text("name_column")
    title = table.text("title")
    credits_ = _credits(table)
    show = table.choice("show", choices_of(FILE, "dataset", "show"), "ward")
    grid = table.text("grid") and table.choice("grid", tuple(_GRIDS), "")
    precision = table.text("precision") and table.choice("precision", _PRECISIONS, "street")
    table.finish()
    issue = _issue_called(issue_name, issues, table, report)
    is_sensitive = issue is not None and issue.is_sensitive
    make = partial(
        Dataset,
        slug=slugify(PurePosixPath(file).stem),
        title=title or (issue.name if issue else ""),
        issue=issue.slug if issue else "",
        file=resolve(file, FILE) if file else "",
        line=table.lines.header,
        **credits_,
    )
    if show == "table":
        _only_of_places(table, report)
        counts, problems = lists.read_counts(table, is_sensitive or names_complaints(title), report)
        if issue is None or counts is None:
            return None, problems
        return make(places=(), inside=(), show_all=False, table=counts), problems
    options = ListOptions(
        _GRIDS.get(grid),
        Precision(precision or ("street" if is_sensitive else "exact")),
        issue.name if issue else "",
    )
    current, problems = lists.read(table, "file", name_column, options, report)
    if current and is_sensitive and not precision:
        problems.append(_reduced(resolve(file, FILE), issue_name))
    earlier: PlaceTable | None = None
    if previous and _is_another(previous, file, table, report):
        earlier, more = lists.read(table, "previous", name_column, options, report)
        problems += more
    if issue is None or current is None:
        return None, problems
    dataset = make(
        places=current.places,
        inside=_inside(current.places, outline),
        show_all=show == "all",
        without_position=current.without_position,
        previous=_previous(previous, earlier, outline) if earlier else None,
        disclosure=current.disclosure,
        has_postcodes=_has_postcodes(current.places),
    )
    return dataset, problems


def _credits(table: Table) -> dict[str, Any]:
    """Whose a list is, and of which day, as fields of a `Dataset`."""
    return {
        **{key: table.text(key) for key in ("source", "licence", "attribution")},
        "source_url": table.web_address("source_url"),
        "as_of": table.day("as_of"),
    }


def _only_of_places(table: Table, report: Report) -> None:
    """Report settings that only lists of places have, for a table of counts."""
    for key in ("previous", "name_column", "grid", "precision"):
        if table.has(key):
            report.stop(
                table.line(key),
                f'"{key}" is for lists of places, but show = "table" makes this a table of counts',
                'Remove this line, or the line show = "table".',
            )


def _is_another(previous: str, file: str, table: Table, report: Report) -> bool:
    """Whether the previous list is another file than the list itself; if not, reports it."""
    if resolve(previous, FILE) != resolve(file, FILE):
        return True
    report.stop(
        table.line("previous"),
        f'"{previous}" is this same list, not the previous one',
        "Save last year's list under another name, and write that name here.",
    )
    return False


def _issue_called(
    name: str, issues: dict[str, Issue], table: Table, report: Report
) -> Issue | None:
    """The issue that a list is about, in singular or plural; reports a name that there is not."""
    slug = slugify(name)
    issue = issues.get(slug) or issues.get(singular_or_plural_of(slug, issues) or "")
    if issue is None and name:
        names = [i.name for i in issues.values()]
        report.stop(
            table.line("issue"),
            f'there is no issue called "{name}"',
            did_you_mean(name, names, "To add it, write [[issue]] and, below that, its name."),
        )
    return issue


def _previous(written: str, table: PlaceTable, outline: Outline | None) -> PreviousList:
    inside = _inside(table.places, outline)
    return PreviousList(resolve(written, FILE), table.places, inside, table.disclosure)


def _has_postcodes(places: tuple[Place, ...]) -> bool:
    return bool(POSTCODE.search("\n".join(place.name for place in places)))


def _inside(places: tuple[Place, ...], outline: Outline | None) -> tuple[bool, ...]:
    return outline.holds(places) if outline else (True,) * len(places)


def _reduced(file: str, issue: str) -> Problem:
    return Problem(
        file=file,
        line=None,
        message=(
            f'"{issue}" is about complaints, so this list shows positions to about 100 m, '
            "and streets or categories instead of what people wrote"
        ),
        hint=(
            "If these are things, not complaints, such as dog bins, write precision = "
            '"exact" under its [[dataset]] in {content}/issues.toml.'
        ),
        severity=Severity.NOTE,
    )


def issue_names(text: str) -> tuple[str, ...]:
    """The names of the declared issues, or none where the file cannot be read."""
    toml = TomlFile.parse(text, Report(FILE))
    return tuple(t.text("name") for t in toml.tables("issue")) if toml else ()

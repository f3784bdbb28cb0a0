"""Tables of counts: what of them is published, and what is left out."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from sources.council_answers import (
    NOWHERE_NEAR,
    ON_ELAND_ROAD,
    ON_HEATHWALL,
    crime,
    crimes_json,
    reports_feed,
    small_site,
    source,
)
from sources.council_answers import TODAY as SOURCE_DAY
from support import (
    ISSUES,
    LICENCE,
    ROOT,
    files_in,
    files_of,
    pages_in,
    read_all,
    read_fine,
    run,
    run_pelican,
    write_files,
    write_site,
)
from wardblog.content.tables.count_tables import read_counts
from wardblog.content.tables.sheets import read_csv
from wardblog.model import CountTable, Dataset, Site
from wardblog.problems import Problem
from wardblog.report import Report
from wardblog.sources.regular import fixmystreet, police
from wardblog.views import outputs
from wardblog.views.hubs import HubPage

CANARY = "Wilhelmina Canary"
GOOD = """category,street,open,closed,link
Potholes,Eland Road,3,1,https://www.fixmystreet.com/reports/A/B?filter_category=Potholes
Potholes,Elsewhere,"1,200",0,https://www.fixmystreet.com/reports/A/B?filter_category=Potholes
Street lighting,Eland Road,2,5,https://www.fixmystreet.com/reports/A/B
"""


def toml(more: str = "", issue: str = "Potholes", file: str = "data/counts.csv") -> str:
    return (
        f'{ISSUES}\n[[dataset]]\nissue = "{issue}"\nfile = "{file}"\nshow = "table"\n'
        f'title = "Reports"\n{LICENCE}{more}'
    )


def read(folder: Path, text: str, more: str = "", issue: str = "Potholes") -> CountTable:
    settings = toml(more, issue)
    if issue == "Dog fouling":
        settings = f'[[issue]]\nname = "Dog fouling"\n\n{settings}'
    site = read_fine(folder, {"issues.toml": settings, "data/counts.csv": text})
    return table_in(site)


def table_in(site: Site) -> CountTable:
    (dataset,) = datasets(site)
    assert dataset.table
    assert (dataset.places, dataset.shown) == ((), ())
    return dataset.table


def hub_of(site: Site) -> HubPage:
    hub = pages_in(site)["issues/potholes/"]["hub"]
    assert isinstance(hub, HubPage)
    return hub


def datasets(site: Site) -> list[Dataset]:
    return [dataset for issue in site.issues for dataset in issue.datasets]


def problems(folder: Path, text: str, more: str = "") -> list[Problem]:
    site, found = read_all(write_site(folder, {"issues.toml": toml(more), "data/counts.csv": text}))
    assert datasets(site) == [] or found == [] or more
    return found


def test_words_numbers_and_links_are_read(tmp_path: Path) -> None:
    table = read(tmp_path, GOOD)
    assert (table.words, table.counts) == (("category", "street"), ("open", "closed"))
    assert [(row.words, row.counts) for row in table.rows] == [
        (("Potholes", "Eland Road"), (3, 1)),
        (("Potholes", "Elsewhere"), (1200, 0)),
        (("Street lighting", "Eland Road"), (2, 5)),
    ]
    assert table.totals == (1205, 6)
    assert table.rows[2].link == "https://www.fixmystreet.com/reports/A/B"


@pytest.mark.parametrize(
    ("column", "cells"),
    [
        ("Reported by", ("Jo", "Al")),
        ("Officer", ("AB", "CD")),
        ("E-mail", ("jo@example.org", "al@example.org")),
        ("Contact", ("07700 900123", "07700 900124")),
        ("Telephone number", ("02079460123", "02079460124")),
        ("Anything", ("07700900123", "07700900124")),
        ("Anything", (CANARY, "x")),
        ("Anything", ("jo@example.org", "x")),
        ("Anything", ("12 Eland Road, SW11 5JY", "x")),
        ("Anything", ("My neighbour shouts at me every night.", "x")),
        ("Anything", ("Mrs Canary's house", "x")),
        ("Details", ("Loud", "Dark")),
        ("Description", ("Bag", "Sofa")),
        ("Report ID", ("1", "2")),
        ("Case number", ("881", "882")),
        ("UPRN", ("100023336956", "100023336957")),
        ("Easting", ("527700", "527800")),
        ("Latitude", ("51.46", "51.47")),
        (CANARY, ("1", "2")),
        ("Robin", ("1", "2")),
        ("link", ("javascript:alert(1)", "https://a.example/")),
        ("link", ("https://jo@a.example/", "https://a.example/")),
    ],
)
def test_a_column_about_people_or_of_their_words_is_never_published(
    column: str, cells: tuple[str, str], tmp_path: Path
) -> None:
    rows = [["category", column, "reports"], ["Potholes", cells[0], "3"], ["Lamps", cells[1], "4"]]
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    site = read_fine(tmp_path, {"issues.toml": toml(), "data/counts.csv": text.getvalue()})
    table = table_in(site)
    assert (table.words, table.counts) == (("category",), ("reports",))
    assert all(not row.link for row in table.rows)
    made = b"".join(files_in(outputs(site)).values()).decode("utf-8", "replace")
    shown = repr(pages_in(site)["issues/potholes/"]["hub"])
    for private in (*cells, column):
        if len(private) > 5:
            assert private not in made
            assert private not in shown


@pytest.mark.parametrize(
    ("column", "cells"),
    [
        ("May", ("1", "2")),
        ("2026-09", ("1", "2")),
        ("Ward average", ("1.5", "2")),
        ("Number of reports", ("1", "2")),
        ("total", ("1", "")),
    ],
)
def test_counts_of_many_names_are_published(
    column: str, cells: tuple[str, str], tmp_path: Path
) -> None:
    table = read(tmp_path, f"category,{column}\nPotholes,{cells[0]}\nLamps,{cells[1]}\n")
    assert table.counts == (column,)


@pytest.mark.parametrize(
    "label",
    [
        "Flytipping", "Graffiti", "Robbery", "Drugs",
        "Violence and sexual offences", "Theft from the person", "Criminal damage and arson",
        "Anti-social behaviour", "Possession of weapons", "Bags left for collection",
        "Eland Road", "St John's Hill", "Robert Street", "Elsewhere", "Sep 2026", "2026-09",
        "Abandoned vehicles", "Parks/Greens", "Ffordd y Môr",
    ],
)  # fmt: skip
def test_ordinary_names_of_things_are_labels(label: str, tmp_path: Path) -> None:
    table = read(tmp_path, f'kind,reports\n"{label}",1\nOther,2\n')
    assert table.rows[0].words == (label,)


def test_rows_with_the_same_words_are_added_up(tmp_path: Path) -> None:
    """Without the column that told them apart, they would be a list of single reports."""
    table = read(tmp_path, f"category,reporter,reports\nA,{CANARY},1\nA,x,1\nB,y,1\n")
    assert [(row.words, row.counts) for row in table.rows] == [(("A",), (2,)), (("B",), (1,))]


def test_about_complaints_there_are_no_streets_days_or_links(tmp_path: Path) -> None:
    text = (
        "category,street,day,case ref,reports,link\n"
        "Fouling,Eland Road,2026-11-03,A1,1,https://a.example/report/1\n"
        "Fouling,Lavender Hill,2026-11-04,A2,1,https://a.example/report/2\n"
    )
    table = read(tmp_path, text, issue="Dog fouling")
    assert [(row.words, row.counts, row.link) for row in table.rows] == [(("Fouling",), (2,), "")]


@pytest.mark.parametrize("last", ["Total,,1205,6,", "TOTAL:,,,,", ",,1205,6,"])
def test_totals_of_the_file_are_not_added_again(last: str, tmp_path: Path) -> None:
    assert read(tmp_path, f"{GOOD}{last}\n").totals == (1205, 6)


def test_averages_have_no_total(tmp_path: Path) -> None:
    assert read(tmp_path, "category,average days\nA,2\nB,4\n").totals == ()


def test_years_are_no_counts(tmp_path: Path) -> None:
    table = read(tmp_path, "year,reports\n2025,3\n2026,4\n")
    assert (table.words, table.counts) == (("year",), ("reports",))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("category,reports\n", "this file has no rows"),
        ("category,kind\nA,x\n", "no column of this table has numbers that can be published"),
        (
            "category,reports\n" + "".join(f"A{n},1\n" for n in range(5001)),
            "this table has 5,001 rows, which is too many for a page",
        ),
        (
            "Name,Phone\nA,07700900123\n",
            "no column of this table has numbers that can be published",
        ),
    ],
)
def test_a_table_that_cannot_be_shown_stops_the_build(
    text: str, message: str, tmp_path: Path
) -> None:
    (found,) = problems(tmp_path, text)
    assert (found.file, found.message) == ("data/counts.csv", message)
    assert found.severity.name == "STOP"


@pytest.mark.parametrize(
    "line",
    ['previous = "data/old.csv"', 'name_column = "x"', 'grid = "british"', 'precision = "street"'],
)
def test_settings_of_lists_are_reported(line: str, tmp_path: Path) -> None:
    (found,) = problems(tmp_path, GOOD, f"{line}\n")
    key = line.split()[0]
    assert found.message.startswith(f'"{key}" is for lists of places, but show = "table" makes')
    assert found.file == "issues.toml"


def test_a_column_that_is_left_out_is_noted(tmp_path: Path) -> None:
    content = write_site(
        tmp_path / "content", {"issues.toml": toml(), "data/counts.csv": f"a,who,n\nx,{CANARY},1\n"}
    )
    done = run("check", "--content", str(content), "--output", "out", cwd=tmp_path)
    assert 'data/counts.csv:1: note: the column "who" is not published, since' in done.stdout
    assert CANARY not in done.stdout + done.stderr


def test_a_table_is_on_the_page_and_in_a_download_but_on_no_map(tmp_path: Path) -> None:
    site = read_fine(tmp_path, {"issues.toml": toml("as_of = 2026-11-20\n"),
                                "data/counts.csv": GOOD})  # fmt: skip
    made = files_in(outputs(site))
    assert [path for path in made if path.startswith("data/")] == [
        "data/counts.csv", "data/counts.csv-metadata.json"
    ]  # fmt: skip
    rows = list(csv.reader(io.StringIO(made["data/counts.csv"].decode("utf-8-sig"))))
    assert rows[0] == ["category", "street", "open", "closed", "link", "as_of", "attribution"]
    assert rows[2][:4] == ["Potholes", "Elsewhere", "1200", "0"]
    assert rows[2][5] == "2026-11-20"
    assert "Open Government Licence v3.0" in rows[2][6]
    about = json.loads(made["data/counts.csv-metadata.json"])
    assert [c["name"] for c in about["tableSchema"]["columns"]] == rows[0]
    assert not any(path.startswith("map") for path in (*made, *pages_in(site)))
    hub = hub_of(site)
    assert (hub.figure, hub.pages, hub.shown_of) == (None, (), "")
    (table,) = hub.tables
    assert table.totals == ("1,205", "6")
    assert table.rows[0].host == "fixmystreet.com"


def test_no_cell_and_no_heading_begins_a_formula(tmp_path: Path) -> None:
    text = '=1+1,n\n"=HYPERLINK(1)",1\n@x,2\n'
    site = read_fine(tmp_path, {"issues.toml": toml(), "data/counts.csv": text})
    made = files_in(outputs(site))["data/counts.csv"].decode("utf-8-sig")
    assert [line.split(",")[0] for line in made.splitlines()] == [
        "'=1+1", "'=HYPERLINK(1)", "'@x"
    ]  # fmt: skip


def test_of_a_long_table_the_page_has_the_highest_numbers(tmp_path: Path) -> None:
    text = "kind,reports\n" + "".join(f"K{n:03},{n % 97}\n" for n in range(200))
    site = read_fine(tmp_path, {"issues.toml": toml(), "data/counts.csv": text})
    (table,) = hub_of(site).tables
    counts = [int(row.counts[0]) for row in table.rows]
    assert len(counts) == 15
    assert counts[0] == 96
    assert counts == sorted(counts, reverse=True)
    assert table.more == (
        "These are the 15 rows with the highest numbers. The download has all 200."
    )
    assert table.total_of == "Total of all 200 rows"
    assert table.totals == (f"{sum(n % 97 for n in range(200)):,}",)


# It takes part in what articles say, so Pelican renders all pages.
TAKES_PART = """
from pelican import signals

def register():
    signals.content_object_init.connect(look)

def look(content):
    pass
"""


@pytest.mark.long
def test_both_builds_give_the_same_bytes(tmp_path: Path) -> None:
    dates = "".join(
        f"Event: 2026-12-{day:02} 19:30 | Cabinet | Town Hall | https://a.example/agenda/{day}\n"
        for day in range(1, 15)
    )
    content = write_site(
        tmp_path / "content",
        {
            "issues.toml": toml(),
            "data/counts.csv": GOOD,
            "pages/meetings.md": f"Title: Meetings\n{dates}\nText.\n",
        },
    )
    done = run("html", "--content", str(content), "--output", str(tmp_path / "ours"), cwd=ROOT)
    assert done.returncode == 0, done.stderr
    config = (ROOT / "pelicanconf.py").read_text(encoding="utf-8")
    config = config.replace(
        'str(Path(__file__).parent / "plugins")', repr(str(ROOT / "plugins"))
    ).replace('THEME = "theme"', f"THEME = {str(ROOT / 'theme')!r}")
    write_files(tmp_path, {"pelicanconf.py": config, "more/takes_part.py": TAKES_PART})
    more = f"\nPLUGIN_PATHS = [{str(tmp_path / 'more')!r}]\nPLUGINS = [build, 'takes_part']\n"
    for number, settings in enumerate((config, config + more)):
        write_files(tmp_path, {"pelicanconf.py": settings})
        output = tmp_path / f"theirs-{number}"
        words = (str(content), "-s", "pelicanconf.py", "-o", str(output))
        done = run_pelican(*words, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        assert ("takes_part" in done.stderr) == (number == 1)
        assert files_of(output) == files_of(tmp_path / "ours")
    hub = (tmp_path / "ours/issues/potholes/index.html").read_text(encoding="utf-8")
    assert hub.count('<th scope="row"') == 4
    assert '<td class="right">1,200</td>' in hub
    dates_page = (tmp_path / "ours/meetings/index.html").read_text(encoding="utf-8")
    assert dates_page.count(">Agenda</a>") == 14


@pytest.mark.parametrize("issue", ["street-reports", "crime"])
def test_all_that_is_fetched_comes_through_as_a_table(issue: str) -> None:
    """The sources write only what this reader publishes."""
    answers = reports_feed((1, "Flytipping", ON_ELAND_ROAD), (2, "Dog fouling", ON_HEATHWALL),
                           (3, CANARY, NOWHERE_NEAR))  # fmt: skip
    own = source("fixmystreet", "https://www.fixmystreet.com/rss/reports/A/B", issue)
    crimes = crimes_json(*(
        crime(n, category, ON_ELAND_ROAD, "2026-09") for n, category in enumerate(police.CATEGORIES)
    ))  # fmt: skip
    fetched = (
        *fixmystreet.read([answers, reports_feed()], own, small_site(), SOURCE_DAY).tables,
        *police.read([crimes], own, small_site(), SOURCE_DAY).tables,
    )
    for table in fetched:
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerows((table.columns, *table.rows))
        report = Report("data/x.csv")
        made = read_counts(read_csv(text.getvalue()), False, report)
        assert report.problems == []
        assert made
        assert (*made.words, *made.counts) == tuple(c for c in table.columns if c != "link")
        assert len(made.rows) == len(table.rows)
        assert CANARY not in text.getvalue()

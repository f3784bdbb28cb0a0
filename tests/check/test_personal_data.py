"""What is allowed of personal data, what an author may answer, and what is said of lists."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support import DATASET, ISSUES, MARKDOWN, POST, TODAY, WARD, map_feature, read_all, write_site
from wardblog.check import check_site
from wardblog.content import read_site
from wardblog.model.digests import Digests
from wardblog.problems import Problem, Severity
from wardblog.views import SiteAddresses

HEADER = "Name,Latitude,Longitude\n"
AT = ",51.4668,-0.1605\n"


def problems_of(folder: Path, body: str, ward: str = WARD, lines: str = "") -> list[Problem]:
    post = POST.replace("\n\nSome text.", f"{lines}\n\n{body}")
    return read_all(write_site(folder, {"posts/fine.md": post, "ward.toml": ward}))[1]


def told_of_lists(folder: Path, issues: str, data: dict[str, str]) -> list[Problem]:
    """All that is told, with the notes."""
    reading = read_site(write_site(folder, {"issues.toml": issues, **data}), TODAY, MARKDOWN)
    return [*reading.problems, *check_site(reading.site, SiteAddresses(reading.site))]


@pytest.mark.parametrize(
    ("allow", "body"),
    [
        ('["+44 20 8871 6000"]', "Mrs Khan has 020 8871 6000."),
        ('["+44 (0)20 8871-6000"]', "Mrs Khan has +44 20 8871 6000."),
        ('"07700 900123"', "Ring 07700900123."),
        ('["@wandsworth.gov.uk"]', "Write to jane.doe@wandsworth.gov.uk."),
        ('["JANE.doe@wandsworth.gov.uk"]', "Write to jane.doe at wandsworth dot gov dot uk."),
        ('["sw115bs"]', "J. Smith, SW11 5BS"),
        ('["14 eland road"]', "Mrs Khan of 14 Eland Road"),
        ('["14 Eland Road, SW11 5JX"]', "Mrs Khan of 14 Eland Road"),
        ('["Jane Malik"]', "Jane Malik, 14 Eland Road"),
        ('["lb19 xkr"]', "The van is LB19XKR."),
    ],
)
def test_allowed_data_is_public_in_any_spelling(allow: str, body: str, tmp_path: Path) -> None:
    assert problems_of(tmp_path, body) != []
    assert problems_of(tmp_path, body, f"{WARD}\n[guard]\nallow = {allow}\n") == []


@pytest.mark.parametrize(
    ("allow", "body"),
    [
        ('["@wandsworth.gov.uk"]', "Write to jane.doe@lambeth.gov.uk."),
        ('["4 Eland Road"]', "Mrs Khan of 14 Eland Road"),
        ('["07700 900124"]', "Ring 07700 900123."),
        ('["Road"]', "Mrs Khan of 14 Eland Road"),
        ('[""]', "Mrs Khan of 14 Eland Road"),
    ],
)
def test_allowing_one_thing_allows_nothing_else(allow: str, body: str, tmp_path: Path) -> None:
    found = problems_of(tmp_path, body, f"{WARD}\n[guard]\nallow = {allow}\n")
    assert [p.rule for p in found] == ["personal-data"]


@pytest.mark.parametrize("ward", [f'allow = ["07700 900123"]\n{WARD}', WARD.replace(
    "[site]\n", '[site]\nallow = ["07700 900123"]\n')])  # fmt: skip
def test_the_allow_list_is_also_read_in_other_tables(ward: str, tmp_path: Path) -> None:
    assert problems_of(tmp_path, "Ring 07700 900123.", ward) == []


@pytest.mark.parametrize("written", ["[12]", "7", "true", '["a\\u0007b"]'])
def test_an_allow_list_of_the_wrong_type_is_reported(written: str, tmp_path: Path) -> None:
    found = problems_of(tmp_path, "Text.", f"{WARD}\n[guard]\nallow = {written}\n")
    assert [(p.file, p.line, p.message) for p in found] == [
        ("ward.toml", 20, '"allow" is not a list of words in quotation marks')
    ]


def test_data_that_the_settings_show_on_every_page_is_public(tmp_path: Path) -> None:
    body = "Robin, robin@example.org, and Chris Agent, 1 Sample Street, London"
    assert problems_of(tmp_path, body) == []


def test_an_author_may_answer_for_a_whole_post(tmp_path: Path) -> None:
    assert problems_of(
        tmp_path, "Ring 07700 900123.", lines="\nAllow: personal-data because she asked me to"
    ) == []  # fmt: skip


def test_personal_data_in_a_draft_is_a_warning(tmp_path: Path) -> None:
    found = problems_of(tmp_path, "Ring 07700 900123.", lines="\nStatus: draft")
    assert [p.severity for p in found] == [Severity.WARN]


def test_the_same_words_are_reported_once_at_their_first_line(tmp_path: Path) -> None:
    found = problems_of(tmp_path, "Ring 07700 900123.\n\nI say: 07700-900123!")
    assert [(p.line, p.message) for p in found] == [
        (5, 'this gives away a telephone number: "07700 900123"')
    ]


def test_identity_numbers_are_only_quoted_in_part(tmp_path: Path) -> None:
    found = problems_of(tmp_path, "QQ123456C\n\nNHS 943 476 5919")
    assert [p.message.split(": ")[1] for p in found] == ['"QQ12 …"', '"943 …"']
    assert not any("3456" in f"{p.message}{p.hint}" or "476" in p.message for p in found)


def test_inspection_results_do_not_change_the_digest_of_a_post(tmp_path: Path) -> None:
    text = POST.replace("grit bins\n", "grit bins\nSummary: The same.\n")
    posts = []
    for words in ("07700 900123", "Some words"):
        site, _ = read_all(
            write_site(tmp_path, {"posts/fine.md": text.replace("Some text", words)})
        )
        posts.append(site.posts[0])
    assert [len(post.personal) for post in posts] == [1, 0]
    assert Digests().of(posts[0]) == Digests().of(posts[1])


def test_columns_that_may_name_people_are_left_out_and_named(tmp_path: Path) -> None:
    rows = (
        "Name,Creator,Editor,CreationDate,last_edited_date,Ownership,Officer,Latitude,Longitude\n"
    )
    rows += "Eland Road,j.smith,k.jones,2026,2026,Council,,51.4668,-0.1605\n"
    old = rows.replace("Editor", "Reported by")
    data = {"data/bins.csv": rows, "data/old.csv": old}
    found = told_of_lists(tmp_path, f'{ISSUES}{DATASET}previous = "data/old.csv"\n', data)
    assert [(p.file, p.line, p.severity, p.message) for p in found] == [
        ("data/bins.csv", 1, Severity.NOTE,
         'the columns "Creator" and "Editor" may hold people\'s names, and are not published'),
        ("data/old.csv", 1, Severity.NOTE,
         'the columns "Creator" and "Reported by" may hold people\'s names, and are not published'),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "column",
    ["Creator", "created_user", "last_edited_user", "EDITOR", "Officer", "Inspector", "Reported by",
     "Customer", "Contact", "Complainant", "Surveyor", "Surveyed_By", "Assigned To", "Tenant"],
)  # fmt: skip
def test_a_column_of_people_is_recognised_by_its_title(column: str, tmp_path: Path) -> None:
    rows = f"Name,{column},Latitude,Longitude\nEland Road,j.smith,51.4668,-0.1605\n"
    found = told_of_lists(tmp_path, ISSUES + DATASET, {"data/bins.csv": rows})
    said = f'the column "{column}" may hold people\'s names, and is not published'
    assert [p.message for p in found] == [said]


@pytest.mark.parametrize(
    "column",
    ["CreationDate", "created_date", "Residential", "Ownership", "Authority", "Nearby", "Layby",
     "Mobile library", "Reported on", "Inspection date"],
)  # fmt: skip
def test_other_columns_are_not_named(column: str, tmp_path: Path) -> None:
    rows = f"Name,{column},Latitude,Longitude\nEland Road,x,51.4668,-0.1605\n"
    assert told_of_lists(tmp_path, ISSUES + DATASET, {"data/bins.csv": rows}) == []


def test_five_rows_are_reported_and_the_rest_counted(tmp_path: Path) -> None:
    rows = "".join(f"Ring 07700 90000{n}{AT}" for n in range(8))
    found = told_of_lists(tmp_path, ISSUES + DATASET, {"data/bins.csv": HEADER + rows})
    assert [p.line for p in found] == [2, 3, 4, 5, 6, 7]
    assert found[-1].message == "3 more rows give away something similar"


def test_a_geojson_row_is_reported_with_its_line(tmp_path: Path) -> None:
    def feature(name: str) -> str:
        point = '{"type": "Point", "coordinates": [-0.16, 51.46]}'
        return f'{{"type": "Feature", "properties": {{"name": "{name}"}}, "geometry": {point}}}'

    rows = f"{feature('Eland Road')},\n{feature('Key: 07700 900123')}"
    text = f'{{"type": "FeatureCollection", "features": [\n{rows}\n]}}'
    issues = ISSUES + DATASET.replace("bins.csv", "bins.geojson")
    found = told_of_lists(tmp_path, issues, {"data/bins.geojson": text})
    assert [(p.file, p.line) for p in found] == [("data/bins.geojson", 3)]


def test_rows_are_inspected_separately(tmp_path: Path) -> None:
    rows = f"By Mrs Khan{AT}14 Eland Road{AT}"
    assert told_of_lists(tmp_path, ISSUES + DATASET, {"data/bins.csv": HEADER + rows}) == []


@pytest.mark.parametrize(
    ("name", "is_personal"),
    [
        ("Mrs Khan's house", True),
        ("Home of Mr John Smith", True),
        ("Ring Jane on 020 7946 0123", True),
        ("jane@example.com", True),
        ("Mr Fothergill's Way", False),
        ("Anne Hathaway's Cottage", False),
        ("Queen's House", False),
        ("Missenden Road", False),
        ("A1234 Link", False),
    ],
)
def test_names_on_the_map_are_read(name: str, is_personal: bool, tmp_path: Path) -> None:
    corners = [[-0.165, 51.465], [-0.155, 51.465], [-0.155, 51.466], [-0.165, 51.465]]
    street = "kind,name,lat,lon\nstreet,Elm Road,51.465,-0.16\n"
    for number, (rows, feature) in enumerate((
        (f'street,"{name}",51.465,-0.16\n', None),
        (f'place,"{name}",51.465,-0.16\n', None),
        ("", map_feature("road", "LineString", corners[:2], name)),
        ("", map_feature("building", "Polygon", [corners], name)),
    )):  # fmt: skip
        settings = '[map]\ngazetteer = "data/names.csv"\n'
        files = {"data/names.csv": street + rows}
        if feature:
            drawn = {"type": "FeatureCollection", "attribution": "x", "features": [feature]}
            files["data/base.json"] = json.dumps(drawn)
            settings += 'base = "data/base.json"\n'
        files["ward.toml"] = WARD + settings
        _, problems = read_all(write_site(tmp_path / str(number), files))
        begin = f"a name in the {'base map' if feature else 'gazetteer'} gives away"
        assert [p.message[: len(begin)] for p in problems] == ([begin] if is_personal else [])

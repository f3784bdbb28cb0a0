"""What becomes of old categories, tags and authors, and the table in which the councillor says."""

from __future__ import annotations

import csv
import stat
from io import StringIO
from pathlib import Path

import pytest

from scaffold.old_blogs import Desk, category, desk_in, headers, old_blog, old_post, tag
from wardblog.problems import CommandError, UsageError
from wardblog.scaffold.old_blog.names import KEYS, NAMES_FILE, NameTable, name_table
from wardblog.scaffold.old_blog.private_table import read_table, table_bytes, write_table
from wardblog.scaffold.old_blog.remembered import FOLDER
from wardblog.scaffold.old_blog.summary import name_lines

COUNCILLORS = ("Robin Sample", "Asha Specimen")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return desk_in(tmp_path)


def proposed(old: str, *issues: str) -> str:
    """The proposal for a category of this name."""
    blog = old_blog(old_post(terms=(category(old),)))
    table = name_table(blog, issues, COUNCILLORS, Path("none.csv"))
    return next(row.new for row in table.rows if row.kind == "category")


def author(old: str, *others: str) -> str:
    posts = [old_post(number, author=name) for number, name in enumerate((old, *others))]
    table = name_table(old_blog(*posts), (), COUNCILLORS, Path("none.csv"))
    return next(row.new for row in table.rows if row.kind == "author" and row.old == old)


def edited(desk: Desk, **new: str) -> None:
    """Fill in the column "new" of the table, as a spreadsheet program saves it."""
    path = desk.private / FOLDER / NAMES_FILE
    rows = list(csv.reader(StringIO(path.read_bytes().decode("utf-8-sig"))))
    for row in rows[1:]:
        row[3] = new.get(row[1].replace(" ", "_"), row[3])
    path.write_bytes("\r\n".join(";".join(row) for row in rows).encode("cp1252"))


def kept(desk: Desk, table: NameTable) -> None:
    write_table(desk.private, NAMES_FILE, table.data())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("grit bins", "Grit bins"),
        ("Grit-Bin", "Grit bins"),
        ("Winter grit bins", "Grit bins"),
        ("Grit", "Grit bins"),
        ("Pothole repairs", "Potholes"),
        ("Poholes", "Potholes"),
        ("Library", ""),
        ("The ward", ""),
        ("Uncategorized", "-"),
    ],
)
def test_an_old_name_becomes_the_issue_with_the_same_words(old: str, new: str) -> None:
    assert proposed(old, "Grit bins", "Potholes") == new


def test_a_name_that_could_be_two_issues_is_left_to_the_councillor() -> None:
    assert proposed("Parking and trees", "Parking", "Trees") == ""


@pytest.mark.parametrize(
    ("old", "others", "new"),
    [
        ("Cllr. Robin Sample", ("Asha",), "Robin Sample"),
        ("Asha", ("Robin",), "Asha Specimen"),
        ("admin", ("Asha",), "Robin Sample"),
        ("somebody", (), "Robin Sample"),
        ("A Guest", ("Robin",), ""),
    ],
)
def test_an_old_author_becomes_the_councillor_of_that_name(
    old: str, others: tuple[str, ...], new: str
) -> None:
    assert author(old, *others) == new


def test_the_table_opens_in_a_spreadsheet_and_only_its_owner_can_read_it(desk: Desk) -> None:
    posts = (
        old_post(1, terms=(category("Tŷ Coch"), tag("=HYPERLINK(1)"))),
        old_post(2, terms=(category("Tŷ Coch"), category("Uncategorized"))),
    )
    kept(desk, desk.names(old_blog(*posts)))
    path = desk.private / FOLDER / NAMES_FILE
    assert path.read_bytes().decode("utf-8") == (
        "\ufeffkind,old name,posts,new,proposed\r\n"
        "category,Tŷ Coch,2,,\r\n"
        "category,Uncategorized,1,-,-\r\n"
        "tag,'=HYPERLINK(1),1,,\r\n"
        "author,admin,2,Robin Sample,Robin Sample\r\n"
    )
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert not desk.names(old_blog(*posts)).is_new


def test_what_the_councillor_wrote_counts_and_new_names_are_added(desk: Desk) -> None:
    blog = old_blog(old_post(1, terms=(category("Roads"), tag("Winter"), category("News"))))
    kept(desk, desk.names(blog))
    edited(desk, Roads="Potholes, Traffic", Winter="-", News="", admin="Asha Specimen")
    more = old_blog(*blog.posts, old_post(2, terms=(tag("Ice"),)))
    table = desk.names(more)
    assert table.is_new
    terms = [("category", "Roads"), ("tag", "Winter"), ("category", "News"), ("tag", "Ice")]
    assert table.tags(terms) == ("Potholes", "Traffic", "News", "Ice")
    assert table.author("admin") == "Asha Specimen"
    assert {(row.old, row.new) for row in table.rows} >= {("Ice", ""), ("Winter", "-")}


def test_an_issue_that_is_added_later_is_proposed_once(desk: Desk) -> None:
    blog = old_blog(old_post(1, terms=(category("Pothole repairs"), category("Trees"))))
    kept(desk, desk.names(blog, ()))
    table = desk.names(blog, ("Potholes",))
    assert table.is_new
    assert {row.old: row.new for row in table.rows}["Pothole repairs"] == "Potholes"
    kept(desk, table)
    edited(desk, Pothole_repairs="")
    table = desk.names(blog, ("Potholes",))
    assert {row.old: row.new for row in table.rows}["Pothole repairs"] == ""
    assert not table.is_new


@pytest.mark.parametrize(
    ("old", "new", "doubt"),
    [
        ("Roads", "Pothols", "not one of your issues; did you mean Potholes?"),
        ("Roads", "general, Potholes, -", '"-" leaves a name out only where it is alone'),
        ("admin", "Robim Sample", "not a councillor in ward.toml; did you mean Robin Sample?"),
        ("Roads", "Potholes, Traffic", ""),
        ("admin", "Asha Specimen", ""),
    ],
)
def test_a_slip_in_a_new_name_is_pointed_out_before_the_question(
    desk: Desk, old: str, new: str, doubt: str
) -> None:
    blog = old_blog(old_post(1, terms=(category("Roads"),)))
    kept(desk, desk.names(blog))
    edited(desk, **{old: new})
    lines = list(name_lines(desk.names(blog), Path("names.csv")))
    shown = f"  {old} becomes {new} (1 post)"
    assert (f"{shown}: {doubt}" if doubt else shown) in lines


def test_a_row_without_a_counterpart_is_named_with_its_line(desk: Desk) -> None:
    data = table_bytes(("kind", "old name", "posts", "new"), [("tag", "Wnter", "1", "Ice")])
    write_table(desk.private, NAMES_FILE, data)
    assert desk.names(old_blog(old_post(terms=(tag("Winter"),)))).unknown == (
        (2, ("tag", "Wnter", "1", "Ice", "")),
    )


def test_names_of_another_export_and_columns_of_the_councillor_stay(desk: Desk) -> None:
    table = "new;my note;Kind;old name;posts\r\nIce;r\xf6ads!;tag;Wnter;1\r\n;why;tag;Snow;1\r\n"
    path = write_table(desk.private, NAMES_FILE, b"")
    path.write_bytes(table.encode("cp1252"))
    names = desk.names(old_blog(old_post(terms=(tag("Winter"), tag("Snow")))))
    write_table(desk.private, NAMES_FILE, names.data(), KEYS)
    assert path.read_text(encoding="utf-8-sig").splitlines() == [
        "kind,old name,posts,new,proposed,my note",
        "tag,Snow,1,,,why",
        "tag,Winter,1,,,",
        "author,admin,1,Robin Sample,Robin Sample,",
        "tag,Wnter,1,Ice,,r\xf6ads!",
    ]


def test_a_file_with_other_columns_is_refused_with_the_remedy(desk: Desk) -> None:
    write_table(desk.private, NAMES_FILE, b"a,b\r\n1,2\r\n")
    with pytest.raises(UsageError, match=r'names\.csv:1: there is no column called "kind"'):
        desk.names(old_blog(old_post()))


def test_a_table_that_is_open_in_excel_is_left_as_it_is(desk: Desk) -> None:
    path = write_table(desk.private, NAMES_FILE, b"a\r\n")
    (path.parent / "~$names.csv").touch()
    assert write_table(desk.private, NAMES_FILE, b"a\r\n") == path
    with pytest.raises(CommandError, match="is open in Excel"):
        write_table(desk.private, NAMES_FILE, b"b\r\n")
    assert path.read_bytes() == b"a\r\n"


def test_a_cell_with_several_lines_is_one_line(tmp_path: Path) -> None:
    """An answer becomes a header line, which a second line would break."""
    path = tmp_path / "table.csv"
    path.write_text('one,two\n"it is\nStatus: published",x\n')
    assert read_table(path, ("one",)) == [(2, {"one": "it is Status: published"})]


def test_no_cell_but_a_lone_hyphen_begins_like_a_formula() -> None:
    cells = ["-2+3+cmd|' /C calc'!A0", "=1", "+1", "@x", "\uff1d1", "-", "a-b"]
    lines = table_bytes(("one",), [(cell,) for cell in cells]).decode("utf-8-sig").splitlines()
    assert lines[1:] == ["'-2+3+cmd|' /C calc'!A0", "'=1", "'+1", "'@x", "'\uff1d1", "-", "a-b"]


@pytest.mark.parametrize(
    "cell", ["=1+1", "+44", "@home", "'quoted", "plain", "-", "-5 degrees", "\uff1d1"]
)
def test_a_cell_that_begins_like_a_formula_is_read_back(cell: str, tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(table_bytes(("one", "two"), [(cell, "x")]))
    assert read_table(path, ("one", "two")) == [(2, {"one": cell, "two": "x"})]


def tags_line(desk: Desk, *terms: str) -> str:
    desk.move(old_blog(old_post(terms=tuple(map(category, terms)))))
    (text,) = desk.texts().values()
    return next(line for line in headers(text) if line.startswith("Tags:"))


def test_issues_come_first_and_each_tag_once(desk: Desk) -> None:
    found = tags_line(desk, "Winter", "grit bin", "Grit bins", "winter")
    assert found == "Tags: Grit bins, Winter"


def test_a_post_without_an_issue_is_general(desk: Desk) -> None:
    assert tags_line(desk, "Winter", "Uncategorized", "general") == "Tags: general, Winter"


def test_a_tag_with_a_comma_is_one_tag(desk: Desk) -> None:
    found = tags_line(desk, "Roads, rail & air", "Snow; ice")
    assert found == "Tags: general; Roads, rail & air; Snow, ice"


def test_a_tag_that_no_address_can_be_made_of_is_left_out(desk: Desk) -> None:
    assert tags_line(desk, "!!!", "x" * 120) == "Tags: general"


def test_large_categories_are_proposed_as_issues() -> None:
    posts = [old_post(number, terms=(category("Parking"),)) for number in range(12)]
    posts += [old_post(20, terms=(category("Once"),))]
    table = name_table(old_blog(*posts), (), COUNCILLORS, Path("none.csv"))
    assert [row.old for row in table.possible_issues()] == ["Parking"]

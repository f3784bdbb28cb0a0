"""`make cases FORGET=...`: everything about a person, nothing about others, and no copy left."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from office.casework import HEADER, CaseDesk, desk_in, everything_in
from support import examples, write_files
from wardblog.office.casework.forgetting import plan_forgetting
from wardblog.office.casework.name_match import Certainty
from wardblog.office.casework.person import person_sought
from wardblog.office.casework.sheet import sheet_of
from wardblog.office.casework.table import CaseworkTable, delete_rows, load_table
from wardblog.problems import CommandError, UsageError
from wardblog.report import Report

SURE, PERHAPS, NOT = Certainty.SURE, Certainty.PERHAPS, Certainty.NOT
PEOPLE = f"""{HEADER},Name,Phone,E-mail
1,2026-11-03,Grit bins,Eland Road,open,,2026-12-24,,,rang twice,Zoë O’Brien,07700 900 461,
2,2026-11-03,Planning,,closed,,,,2026-11-04,"from ZOE OBRIEN,
by e-mail",,,
3,2026-11-03,Planning,,open,,,,,see case 1: Mrs O'Brien,,,
4,2026-11-03,Planning,,open,,2026-12-25,,,,Joe Bloggs,07700 900462,joe@example.net
,,,,,,,,,,,,zoe@example.net
5,2026-11-03,Planning,,open,,,,,,Joe,7.70091E+09,
"""
WHO = "Zoe O'Brien; zoe@example.net; +44 (0)7700 900461"


@pytest.mark.parametrize(
    ("sought", "text", "certainty"),
    [
        ("Jane Doe", "jane doe", SURE),
        ("Jane Doe", "Doe, Jane", SURE),
        ("Doe, Jane", "Jane Doe", SURE),
        ("Jane Doe", "Jane Mary Doe’s hedge", SURE),
        ("Mrs Jane Doe", "JANE   DOE", SURE),
        ("Jane Doe", "jane.doe@example.org", SURE),
        ("Zoe Muller", "Zoë Müller", SURE),
        ("Łukasz O'Neill-Brown", "Lukasz ONeill Brown", SURE),
        ("Doe", "Mr Doe rang", SURE),
        ("Jane Doe", "J. Doe", PERHAPS),
        ("Jane Doe", "Doe J", PERHAPS),
        ("Jane Doe", "Mrs Doe", PERHAPS),
        ("Jane Doe", "Doe", PERHAPS),
        ("Jane Doe", "janedoe@example.org", PERHAPS),
        ("Jane Doe", "Jane and her neighbour and Mr John Doe", PERHAPS),
        ("Jane Doe", "Jane Smith", NOT),
        ("Jane Doe", "Doeville, Janet", NOT),
        ("Jane Doe", "a doe in the park", NOT),
        ("jane@example.org", "<Jane@Example.org>", SURE),
        ("jane@example.org", "mail jane@example.org.", SURE),
        ("jane@example.org", "maryjane@example.org", NOT),
        ("jane@example.org", "jane@example.org.uk", NOT),
        ("jane@example.org", "jane@example.orgs", NOT),
        ("07700 900461", "+44 7700 900461", SURE),
        ("07700 900461", "0044 (0)7700-900-461", SURE),
        ("+447700900461", "07700900461", SURE),
        ("07700 900461", "7700900461", SURE),
        ("07700 900461", "mob 07700 900461, home 020 7946 0123", SURE),
        ("020 7946 0123", "7946 0123", PERHAPS),
        ("07700 900461", "07700 900462", NOT),
        ("07700 900461", "2026-11-03", NOT),
        ("jane@example.org", "'jane@example.org'", SURE),
        ("jane@example.org", "-jane@example.org-", SURE),
        ("jane@example.org", "_jane@example.org_ rang", SURE),
        ("jane@example.org", "mary-jane@example.org", NOT),
        ("07700 900461", "07700\u2011900\u2011461", SURE),
        ("07700 900461", "07700_900_461", SURE),
        ("07700 900461", "07700 \u00b7 900 \u00b7 461", SURE),
        ("07700 900461", "7,700,900,461", SURE),
        ("Zoe O'Brien", "Zoe O Brien", PERHAPS),
        ("Zoe O'Brien", "Mrs O Brien", PERHAPS),
        ("Zoe O Brien", "Zoe O\u2019Brien", PERHAPS),
        ("Zoe O Brien", "Mrs O'Brien", PERHAPS),
        ("Ana De Souza", "Ana DeSouza", PERHAPS),
        ("Ana DeSouza", "Ana de Souza rang", PERHAPS),
        ("Ana De Souza", "Ana de Souza rang", SURE),
        ("Jane Smith-Jones", "Jane Smith rang", PERHAPS),
        ("Jane Smith-Jones", "Mrs Smith", PERHAPS),
        ("Jane Mary Doe", "Jane Doe", PERHAPS),
        ("Hans M\u00fcller", "Hans Mueller", PERHAPS),
        ("Hans Mueller", "Herr Hans M\u00fcller", PERHAPS),
        ("Will Hill", "Will Hill rang", PERHAPS),
        ("Will Hill", "Mr Will Hill rang", SURE),
        ("Will Hill", "the bin men will visit the hill", PERHAPS),
        ("Ann May", "Ann rang in May", PERHAPS),
        ("Ann May", "Ann may call", PERHAPS),
        ("Ann May", "ANN MAY CALL", PERHAPS),
        ("Ann May", "seen by Ann. May is fine", PERHAPS),
        ("Ann May", "Ann May rang", SURE),
        ("Rose Hill", "Rose Hill", PERHAPS),
        ("John Archer", "John Archer Way", PERHAPS),
        ("John Archer", "John Archer: way too late", SURE),
        ("May", "bins emptied in May", PERHAPS),
        ("May", "Mrs May", SURE),
    ],
)
def test_how_sure_it_is(sought: str, text: str, certainty: Certainty) -> None:
    assert person_sought(sought).in_text(text) is certainty


@pytest.mark.parametrize(
    ("sought", "fixed", "free", "certainty"),
    [
        ("Jane Doe", ["1"], ["Jane", "Doe"], SURE),
        ("Jane Doe", ["1"], ["Ms Jane", "DOE", "a note"], SURE),
        ("Jane Doe", [], ["Jane", "a long note about Mr John Doe and others"], PERHAPS),
        ("Jane Doe", [], ["Jane", "Smith"], NOT),
        ("Jane Doe", [], ["the Doe's hedge", ""], PERHAPS),
        ("Jane Doe", ["Doe Lane"], ["a doe in the park"], NOT),
        ("Mark Hill", ["Lavender Hill"], ["Mark Jones"], NOT),
        ("Mark Hill", ["Mark Hill's corner"], [""], SURE),
        ("Hill", ["Lavender Hill"], [""], PERHAPS),
        ("Hill", ["Lavender Hill"], ["Mr Hill"], SURE),
        ("Hill; mark@example.org", ["mark@example.org"], [""], SURE),
        ("Rose Hill", ["Rose Hill"], [""], PERHAPS),
        ("John Archer", ["John Archer Way"], [""], PERHAPS),
        ("May", [], ["May"], PERHAPS),
        ("Jane Doe", [], ["doe rang"], PERHAPS),
        ("Zoe O'Brien", [], ["O Brien rang"], PERHAPS),
        ("Ann May", [], ["Ann", "", "rang in may"], PERHAPS),
    ],
)
def test_a_name_over_several_cells(
    sought: str, fixed: list[str], free: list[str], certainty: Certainty
) -> None:
    assert person_sought(sought).in_cells(fixed, free) is certainty


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("Ann Other <ann@example.org>", ["Ann Other", "ann@example.org"]),
        ("Jane Doe jane@example.org", ["Jane Doe", "jane@example.org"]),
        ("a@example.org, b@example.org", ["a@example.org", "b@example.org"]),
        ("'a@example.org' / mailto:b@example.org", ["a@example.org", "b@example.org"]),
        ("tel: 07700 900123", ["07700 900123"]),
        ("07700 900123 (mobile)", ["07700 900123"]),
        ("07700 900123, 020 7946 0123", ["07700 900123", "020 7946 0123"]),
        ("Jane Doe, 07700 900123", ["Jane Doe", "07700 900123"]),
        ("Doe, Jane, +44 (0)7700 900123", ["Jane Doe", "07700 900123"]),
    ],
)
def test_what_is_written_is_taken_apart(written: str, found: list[str]) -> None:
    person = person_sought(written)
    assert [person.in_text(one) for one in found] == [SURE] * len(found)
    assert len(found) == len(person.names) + len(person.addresses) + len(person.numbers)


@pytest.mark.parametrize(
    "written",
    ["Jane Doe, John Smith", "Jane & John Doe", "07700 900123 020 7946 0123", "14 Eland Road"],
)
def test_what_cannot_be_taken_apart_is_refused(written: str) -> None:
    with pytest.raises(UsageError) as found:
        person_sought(written)
    assert "semicolons" in found.value.hint
    assert written not in str(found.value)


@pytest.mark.parametrize("written", ["", " ; ", "Jo", "12345", "a@b", "-"])
def test_too_little_is_refused(written: str) -> None:
    with pytest.raises(UsageError) as found:
        person_sought(written)
    assert "FORGET=" in found.value.hint


@pytest.fixture
def desk(tmp_path: Path) -> CaseDesk:
    desk = desk_in(tmp_path)
    desk.write(PEOPLE)
    desk.run("cases")
    return desk


FILLER = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)


@settings(max_examples=examples(300, 40))
@given(
    st.lists(st.tuples(FILLER, st.booleans(), st.integers(0, 9)), max_size=8),
    st.sampled_from(["Zoë Quux", "QUUX, zoe", "Zoe  M. Quux", "mail zoe.quux@example.net"]),
    st.sampled_from(",;\t"),
    st.sampled_from(["utf-8-sig", "utf-16"]),
)
def test_after_it_the_name_is_in_no_row(
    rows: list[tuple[str, bool, int]], name: str, delimiter: str, codec: str
) -> None:
    file = StringIO()
    writer = csv.writer(file, delimiter=delimiter)
    writer.writerow(HEADER.split(","))
    for number, (words, is_meant, at) in enumerate(rows):
        cells = [str(number), "", "x", *[words] * 7]
        cells[at] = name if is_meant else words
        writer.writerow(cells)
    data = file.getvalue().encode(codec)
    sheet = sheet_of(data)
    table = CaseworkTable(before=data, sheet=sheet, rows=())
    sure = [one.row for one in plan_forgetting(table, person_sought("Zoe Quux")).sure]
    assert len(sure) == sum(is_meant for _, is_meant, _ in rows)
    left = sheet.without(sure)
    assert "quux" not in left.decode(codec).casefold()
    kept = [row.cells for row in sheet.rows if row not in sure]
    assert [row.cells for row in sheet_of(left).rows] == kept


def test_without_an_answer_nothing_goes(desk: CaseDesk) -> None:
    done = desk.run("cases", "--forget", WHO)
    assert done.returncode == 1
    assert "Nothing was deleted, since there is no terminal to answer on." in done.stderr
    assert desk.casework.read_text(encoding="utf-8") == PEOPLE
    assert "Nothing was deleted." in desk.at_terminal("no\nno\n", "cases", "--forget", WHO).stdout
    assert desk.casework.read_text(encoding="utf-8") == PEOPLE


def test_it_shows_the_rows_without_what_is_in_them(desk: CaseDesk) -> None:
    shown = desk.run("cases", "--forget", WHO).stdout
    assert (
        "3 rows of the casework mention this person:\n"
        '  line 2: case 1, Grit bins, Eland Road (open). Found in: "Name", "Phone"\n'
        '  line 3: case 2, Planning (closed). Found in: "note"\n'
        '  line 7: not a case. Found in: "E-mail"\n'
        "1 row of the casework may be about this person:\n"
        '  line 5: case 3, Planning (open). Found in: "note"\n'
    ) in shown
    assert "as in 4.47701E+11, on these lines: 8." in shown
    for words in ("Zo", "Brien", "900 461", "900461", "example.net"):
        assert words not in shown


@pytest.mark.parametrize(
    ("answers", "left"), [("yes\nno\n", "345"), ("yes\nyes\n", "45"), ("no\nyes\n", "1245")]
)
def test_it_deletes_what_the_councillor_says(desk: CaseDesk, answers: str, left: str) -> None:
    done = desk.at_terminal(answers, "cases", "--forget", WHO)
    assert done.returncode == 0
    rows = desk.casework.read_text(encoding="utf-8").splitlines()
    assert "".join(row[0] for row in rows[1:] if row[:1].isdigit()) == left
    lines = PEOPLE.splitlines(keepends=True)
    kept = [line for line in lines if line[0] in left or line.startswith(HEADER)]
    if answers == "yes\nyes\n":
        assert desk.casework.read_text(encoding="utf-8") == "".join(kept)


def test_nothing_is_left_of_the_person(desk: CaseDesk) -> None:
    assert b"20261224" in (desk.private / "cases.ics").read_bytes()
    done = desk.run("cases", "--forget", WHO, "--force")
    assert (done.returncode, "Deleted 3 rows." in done.stdout) == (0, True)
    assert "Rows that only may be about this person were kept." in done.stdout
    left = everything_in(desk.folder).decode()
    for words in ("Zo", "OBRIEN", "900 461", "zoe@", "20261224"):
        assert words not in left
    assert "20261225" in left
    assert sorted(path.name for path in desk.private.iterdir()) == [
        ".casework.lock", "cases.ics", "casework-changes.json", "casework-next-quarter.txt",
        "casework.csv",
    ]  # fmt: skip


def test_other_files_are_named_with_their_lines(desk: CaseDesk) -> None:
    write_files(desk.private, {
        "diary.csv": "date,meeting\n2026-11-03,with Zoe\n2026-11-04,Zoe O'Brien\n",
        "listening/seen.md": "Zoe\nOBrien wrote\n",
        "replies/brien-zoe-o.md": "x",
        "letter.docx": b"PK\x03\x04",
        "photo.jpg": b"\xff\xd8",
    })  # fmt: skip
    write_files(desk.content, {"posts/fine.md": "Title: x\n\nThanks to Zoë O’Brien.\n"})
    done = desk.run("cases", "--forget", WHO)
    assert (
        "Other private files that may mention this person:\n"
        "  private/diary.csv, line 3\n"
        "  private/listening/seen.md, line 2\n"
    ) in done.stdout
    assert (
        "Files of your site that may mention this person:\n  content/posts/fine.md, line 3\n"
        in (done.stdout)
    )
    assert "could not be searched. Open them yourself:\n  private/letter.docx\n" in done.stdout
    assert "photo.jpg" not in done.stdout
    for place in ("make subscribers FORGET=", "your mailbox", "backups", "git", "calendars"):
        assert place in done.stdout


def test_every_text_is_searched_whatever_its_form(desk: CaseDesk) -> None:
    write_files(desk.private, {
        "sources/lists-1/68a783ed.answer": b'[\n{"by": "Zo\\u00eb O\\u2019Brien\\nx"}]',
        "sources/lists-1/ff.answer": b"<p>Zo&euml; O&#39;Brien</p>",
        "sources/lists-1/00.answer": b'{"by": "nobody"}',
        "sources/lists-1/01.answer": b"\x1f\x8b\x08\x00\x12",
        "people.vcf": "BEGIN:VCARD\r\nFN:Zoe O'Bri\r\n en\r\nEMAIL:zoe@exam\r\n ple.net\r\n",
        "Zoe OBrien/notes.md": "x",
        "zoe-obrien.jpg": b"\xff\xd8\x00",
        "letter-of-zoe-obrien.docx": b"PK\x03\x04",
    })  # fmt: skip
    done = desk.run("cases", "--forget", WHO)
    assert (
        "Other private files that may mention this person:\n"
        "  private/Zoe OBrien, by its name\n"
        "  private/letter-of-zoe-obrien.docx, by its name\n"
        "  private/people.vcf, lines 2, 3, 4\n"
        "  private/zoe-obrien.jpg, by its name\n"
        "  private/sources/lists-1/68a783ed.answer, line 2\n"
        "  private/sources/lists-1/ff.answer, line 1\n"
        "\n"
        "These files could not be searched. Open them yourself:\n"
        "  private/letter-of-zoe-obrien.docx\n"
        "  private/sources/lists-1/01.answer\n"
        "\n"
    ) in done.stdout


def test_the_title_of_the_table_is_searched(desk: CaseDesk) -> None:
    desk.write(f"Cases of Zoe O'Brien,,\n{HEADER}\n1,2026-11-03,Potholes,,open,,,,,\n")
    done = desk.run("cases", "--forget", WHO)
    assert "Change them yourself, on these lines: 1.\n" in done.stdout
    assert "does not mention" not in done.stdout


def test_each_row_that_is_not_sure_is_asked_about(desk: CaseDesk) -> None:
    desk.write(PEOPLE + "6,2026-11-03,Planning,,open,,,,,,Mrs O'Brien,,\n")
    desk.at_terminal("no\nyes\nno\n", "cases", "--forget", WHO)
    left = desk.casework.read_text(encoding="utf-8")
    assert [number for number in "123456" if f"\n{number}," in left] == ["1", "2", "4", "5", "6"]


def test_what_was_made_from_rows_that_are_gone_is_made_again(desk: CaseDesk) -> None:
    lines = PEOPLE.splitlines(keepends=True)
    desk.write("".join(line for line in lines if not line.startswith("1,")))
    done = desk.run("cases", "--forget", "Nobody Known")
    assert "The calendar of due dates was made again" in done.stdout
    assert b"20261224" not in (desk.private / "cases.ics").read_bytes()
    desk.casework.unlink()
    desk.run("cases", "--forget", "Nobody Known")
    assert b"VEVENT" not in (desk.private / "cases.ics").read_bytes()


def test_what_a_run_that_was_cut_off_left_is_removed(desk: CaseDesk) -> None:
    elsewhere = desk.folder / "elsewhere"
    elsewhere.mkdir()
    desk.casework.rename(elsewhere / "target.csv")
    desk.casework.symlink_to(elsewhere / "target.csv")
    names = ("cases.ics", "casework.csv", "casework-changes.json")
    left = [desk.private / f".{name}.4711.new" for name in names]
    left.append(elsewhere / ".target.csv.4711.new")
    for path in left:
        path.write_text("Zoe O'Brien", encoding="utf-8")
    other = elsewhere / ".target.csv.mine.new"
    other.write_text("x", encoding="utf-8")
    desk.run("cases", "--forget", "Nobody Known")
    assert not [path.name for path in left if path.exists()]
    assert other.exists()


def test_a_long_file_is_searched_by_its_lines() -> None:
    person = person_sought("Jane Doe; 07700 900461")
    text = "nothing\n" * 2_000 + "Jane\nDoe\nring 07700 900461\n" + "nothing\n" * 2_000
    assert person.lines_in(text) == [2_002, 2_003]
    assert person.lines_in("nothing about Jane\n" * 2_000) == []


def test_nobody_is_found_without_casework(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    done = desk.run("cases", "--forget", "Jane Doe")
    assert done.returncode == 0
    assert "The casework does not mention this person." in done.stdout
    assert not desk.private.exists()


def test_a_file_that_changed_meanwhile_is_left(desk: CaseDesk) -> None:
    table = load_table(desk.private, Report(""))
    assert table
    rows = [one.row for one in plan_forgetting(table, person_sought(WHO)).sure]
    desk.write(newer := PEOPLE + "9,2026-11-03,x,,open,,,,,,,,\n")
    with pytest.raises(CommandError, match="changed by another program in the meantime"):
        delete_rows(desk.private, table, rows)
    assert desk.casework.read_text(encoding="utf-8") == newer

"""Answers in spreadsheets: slips of paper, forms' exports and totals."""

from __future__ import annotations

import tracemalloc
from dataclasses import replace
from pathlib import Path

import pytest

from office.answers import asked_in, site_with
from spreadsheets import ods, ods_row, row, xlsx
from support import read_all, write_files
from wardblog.model import Channel
from wardblog.office.answers.asked import AskedPost, asked_on
from wardblog.office.answers.count import Aside
from wardblog.office.answers.sheet import column_name, refuse_twice
from wardblog.office.answers.slips import SheetCount, count_sheet
from wardblog.problems import UsageError

SECOND = """\
Title: Benches
Date: 2026-11-03 09:00
Tags: grit bins
Question: Do we need more benches?
Answer: A | Yes
Answer: B | No
Closes: 2026-12-10
Decides: The parks department

Some text.
"""


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, AskedPost], str, str]:
    return asked_in(site_with(tmp_path_factory.mktemp("site")))


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, AskedPost], str, str]:
    """Two questions, and their codes."""
    folder = tmp_path_factory.mktemp("site")
    site_with(folder)
    write_files(folder, {"posts/benches.md": SECOND})
    site, problems = read_all(folder)
    assert not problems
    found = asked_on(site)
    first, second = (
        next(code for code, one in found.items() if one.post.question.startswith(word))
        for word in ("Where", "Do")
    )
    return found, first, second


def counted(
    tmp_path: Path, text: str, asked: dict[str, AskedPost], name: str = "f.csv"
) -> SheetCount:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return count_sheet(path, asked)


def numbers(found: SheetCount) -> dict[str, dict[str, dict[str, int]]]:
    return {
        channel.value: {code: dict(count.numbers) for code, count in counts.items()}
        for channel, counts in found.counts.items()
    }


SLIPS = {
    "codes in one column": "CODE A\nCODE A\nCODE-b\nCODEC\n",
    "one heading": "Slip\nCODE A\nCODE A\nCODE-B\nCODE-C\n",
    "a number for each slip": "No.;Slip;Note\n1;CODE A;\n2;CODE A;torn\n3;CODE-B;\n4;CODE-C;\n",
    "two columns": "code,answer\nCODE,A\nCODE,a\nCODE,By the library\nCODE,C\n",
    "no headings, two columns": "CODE,A\nCODE,A\nCODE,B\nCODE,C\n",
    "the question in words": (
        "Question,Answer\nWhere should the crossing go?,By the school\n"
        "where should the crossing go,A\nWhere should the crossing go?,B\n,C: A crossing at both\n"
    ),
    "only answers": "Answer\nA\nBy the school\nb\nC\n",
    "totals": "Answer,Count\nA,2\nB,1\nC,1\n",
    "totals with codes": "Slips from the library\n\nCode\tTotal\nCODE-A\t2\nCODE-B\t1\nCODE-C\t1\n",
    "Excel's separator": "sep=;\ncode;answer\nCODE;A\nCODE;A\nCODE;B\nCODE;C\n",
    "a day": "Date,Slip\n28/11/2026,CODE A\n28/11/2026,CODE A\n29/11/2026,CODE B\n,CODE C\n",
    "a heading that can be one of counts": "Slips\nCODE A\nCODE A\nCODE-B\nCODE-C\n",
    "a channel": "Slip,Channel\nCODE A,paper\nCODE A,Paper\nCODE B,slip\nCODE C,papur\n",
}


@pytest.mark.parametrize("form", SLIPS)
def test_slips(form: str, tmp_path: Path, asked: tuple[dict[str, AskedPost], str, str]) -> None:
    found = counted(tmp_path, SLIPS[form].replace("CODE", asked[1]), asked[0])
    assert numbers(found) == {"paper": {asked[1]: {"A": 2, "B": 1, "C": 1}}}


FORMS = {
    "as Google writes them": (
        "Timestamp,Email address,Where should the crossing go?\n"
        "2026/11/28 9:05:12 am GMT,ann@x.example,By the school\n"
        "2026/11/28 9:06:12 am GMT,bob@x.example,By the school\n"
        "2026/11/28 9:07:12 am GMT,cat@x.example,By the library\n"
        "2026/11/28 9:08:12 am GMT,dan@x.example,A crossing at both\n"
    ),
    "as Microsoft writes them": (
        "ID,Start time,Completion time,Email,Name,Where should the crossing go?\n"
        "1,11/28/26 9:05:12,11/28/26 9:06:12,anonymous,,By the school\n"
        "2,11/28/26 9:05:12,11/28/26 9:07:12,anonymous,,By the school\n"
        "3,11/28/26 9:05:12,11/28/26 9:07:12,anonymous,,By the library\n"
        "4,11/28/26 9:05:12,11/28/26 9:08:12,anonymous,,A crossing at both\n"
    ),
    "keys, under the code": (
        "Submitted at,CODE: please choose\n28/11/2026 10:00,A\n28/11/2026 10:00,a\n"
        "28/11/2026 10:00,B\n28/11/2026 10:00,C\n"
    ),
    "another heading": (
        "When it came,Your choice please\n28/11/2026 10:00,By the school\n"
        "28/11/2026 10:00,By the school\n28/11/2026 10:00,By the library\n"
        "28/11/2026 10:00,A crossing at both\n"
    ),
    "a channel": (
        "Where should the crossing go?,channel\nBy the school,form\nA,form\nB,form\nC,online\n"
    ),
}


@pytest.mark.parametrize("form", FORMS)
def test_forms(form: str, tmp_path: Path, asked: tuple[dict[str, AskedPost], str, str]) -> None:
    found = counted(tmp_path, FORMS[form].replace("CODE", asked[1]), asked[0])
    assert numbers(found) == {"form": {asked[1]: {"A": 2, "B": 1, "C": 1}}}


def test_the_last_answer_of_an_address_counts(
    tmp_path: Path, asked: tuple[dict[str, AskedPost], str, str]
) -> None:
    text = (
        "Timestamp,Email,Where should the crossing go?\n"
        "28/11/2026 10:00:00,Ann@x.example,B\n"
        "27/11/2026 10:00:00,ann@X.example,A\n"
        "28/11/2026 10:00:00,bob@x.example,A\n"
        "28/11/2026 10:00:00,bob@x.example,C\n"
        "28/11/2026 10:00:00,,A\n"
        "28/11/2026 10:00:00,,A\n"
    )
    (count,) = counted(tmp_path, text, asked[0]).counts[Channel.FORM].values()
    assert count.numbers == {"A": 2, "B": 1, "C": 1}
    assert count.aside == {Aside.AGAIN: 2}


@pytest.mark.parametrize("days", ["20/12/2026 {h},21/12/2026 {h}", "12/20/2026 {h},12/21/2026 {h}",
                                  "2026-12-20T{h}:00Z,2026-12-21 {h}",
                                  "2026-12-21T00:30:00+01:00,2026-12-21T00:30:00Z",
                                  "2026-12-21T05:29:00+0530,2026-12-20T19:30:00-05:00",
                                  "2026-12-21 00:59 BST,2026-12-21 00:01 UTC",
                                  "2026/12/21 0:30:00 am GMT+1,2026/12/20 11:30:00 pm GMT-1",
                                  "2026-12-20 11:59:59 pm,2026-12-21 12:00:00 am"])  # fmt: skip
def test_late_answers_to_a_form_are_counted_separately(
    days: str, tmp_path: Path, asked: tuple[dict[str, AskedPost], str, str]
) -> None:
    before, after = days.format(h="11:30").split(",")
    text = f"Timestamp,Where should the crossing go?\n{before},A\n{after},B\n"
    (count,) = counted(tmp_path, text, asked[0]).counts[Channel.FORM].values()
    assert (count.numbers, count.aside) == ({"A": 1}, {Aside.LATE: 1})


def test_rows_without_an_answer_are_named(
    tmp_path: Path, asked: tuple[dict[str, AskedPost], str, str]
) -> None:
    code = asked[1]
    found = counted(
        tmp_path, f"Slip\n{code} A\nsomething else\n{code} A or B\n{code} D\n", asked[0]
    )
    (count,) = found.counts[Channel.PAPER].values()
    assert (count.numbers, count.aside, found.unread) == ({"A": 1}, {Aside.UNCLEAR: 2}, (3,))
    assert found.notes == (
        "In rows 4, 5, there is no answer that the question has, or more than one.",
    )


def test_several_questions_in_one_file(
    tmp_path: Path, two: tuple[dict[str, AskedPost], str, str]
) -> None:
    asked, first, second = two
    slips = f"Slip\n{first} A\n{second} B\n{first} C\n\n{first}-A {second}-A\n"
    assert numbers(counted(tmp_path, slips, asked)) == {
        "paper": {first: {"A": 2, "C": 1}, second: {"A": 1, "B": 1}}
    }
    form = (
        "Timestamp,Where should the crossing go?,Do we need more benches? (choose one)\n"
        "28/11/2026 10:00,By the school,Yes\n28/11/2026 10:00,,No\n28/11/2026 10:00,A,\n"
    )
    assert numbers(counted(tmp_path, form, asked)) == {
        "form": {first: {"A": 2}, second: {"A": 1, "B": 1}}
    }
    words = "Question,Answer\nDo we need more benches?,yes\nWhere should the crossing go?,B\n"
    assert numbers(counted(tmp_path, words, asked)) == {
        "paper": {first: {"B": 1}, second: {"A": 1}}
    }


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Answer\nA\n", ":2: it is not clear to which question this is an answer"),
        ("Where should the crossing go?\nBy the school\n", "whether .* from paper or from a form"),
        ("Name,Town\nAnn,London\n", "No row of .* has an answer to one of your questions"),
        ("", "No row of"),
        ("Slip\nFIRST-D\nZZZZZ A\n", "No row of .* your questions; look at rows 2, 3"),
        ("FIRST-D\nFIRST E\n", "No row of .* your questions; look at rows 1, 2"),
        (
            "Timestamp,Where should the crossing go?,FIRST\n28/11/2026 10:00,A,B\n",
            "columns B and C may both have the answers",
        ),
        ("Slip,Total\nFIRST A,23\n", "not clear what the numbers in .* are"),
        ("Answer,People\nBy the school,4\n", "not clear what the numbers in .* are"),
        (
            "Timestamp,x,y\n28/11/2026 10:00,By the school,By the library\n",
            "columns B and C may both have the answers",
        ),
        ("FIRST A,3\nFIRST B,4\n", "not clear what the numbers in .* are"),
        ("code,count\nFIRST-A,many\n", ":2: the number of answers is missing, or is not a number"),
        ("code,count\nFIRST-A,\n", ":2: the number of answers is missing, or is not a number"),
        ("code,count\nFIRST-A,-3\n", "is not a number"),
    ],
)
def test_what_is_not_clear_is_reported(
    text: str, message: str, tmp_path: Path, two: tuple[dict[str, AskedPost], str, str]
) -> None:
    with pytest.raises(UsageError, match=message) as raised:
        counted(tmp_path, text.replace("FIRST", two[1]), two[0])
    assert raised.value.hint
    assert "London" not in f"{raised.value}{raised.value.hint}"


@pytest.mark.parametrize(
    "heading",
    ["Where should the crossing go?", "where should the crossing go",
     "Where should the crosssing go?",
     "1. Where should the crossing go? *", "Where should the crossing go? (choose one)", "CODE",
     "CODE: please choose", "CODE Where should the crossing go?", "Your choice please",
     "CODE answer"],
)  # fmt: skip
def test_which_column_was_read_is_shown(
    heading: str, tmp_path: Path, asked: tuple[dict[str, AskedPost], str, str]
) -> None:
    code = asked[1]
    text = f"Timestamp,Any comments,{heading}\n28/11/2026 10:00,By the school,By the library\n"
    found = counted(tmp_path, text.replace("CODE", code), asked[0])
    assert numbers(found) == {"form": {code: {"B": 1}}}
    assert found.notes == (
        f'Column C was read as the answers to "Where should the crossing go?" ({code}).',
    )


@pytest.mark.parametrize(
    "heading",
    ["How did you hear of us?", "Any comments", "Name", "Where should the market go?", "Why",
     "Where should the crossing in Mill Lane go?", "Where should the crossing not go?", "CODE why",
     "When should the crossing go?", "Where should the crossing go in 2027?", "CODE-D",
     "Where should the crossing go 2027?"],
)  # fmt: skip
def test_a_column_about_something_else_is_not_counted(
    heading: str, tmp_path: Path, asked: tuple[dict[str, AskedPost], str, str]
) -> None:
    rows = "28/11/2026 10:00,A\n28/11/2026 10:00,By the school\n28/11/2026 10:00,\n"
    text = f"Timestamp,{heading}\n{rows}".replace("CODE", asked[1])
    if heading == "CODE-D":
        text = text.replace("By the school", "Outside the post office")
    with pytest.raises(UsageError, match="No row of"):
        counted(tmp_path, text, asked[0])
    both = text.replace("\n", ",Where should the crossing go?\n", 1)
    found = counted(tmp_path, both.replace("10:00,A\n", "10:00,A,B\n"), asked[0])
    assert numbers(found) == {"form": {asked[1]: {"B": 1}}}


def test_of_two_questions_that_are_alike_the_same_one_is_read(
    tmp_path: Path, two: tuple[dict[str, AskedPost], str, str]
) -> None:
    asked, first, second = two
    other = replace(asked[second].post, question="Where should the crossings go?")
    asked = asked | {second: replace(asked[second], post=other)}
    for number, code in ((0, first), (1, second)):
        question = asked[code].post.question
        text = f"Timestamp,{question}\n28/11/2026 10:00,{'AB'[number]}\n"
        assert numbers(counted(tmp_path, text, asked)) == {"form": {code: {"AB"[number]: 1}}}


def test_numbers_in_a_form_are_no_counts(
    tmp_path: Path, asked: tuple[dict[str, AskedPost], str, str]
) -> None:
    for heading in ("People", "Total", "Count", "How many"):
        text = f"Timestamp,{heading},Where should the crossing go?\n28/11/2026 10:00,4,A\n"
        assert numbers(counted(tmp_path, text, asked[0])) == {"form": {asked[1]: {"A": 1}}}
    totals = f"Code,People\n{asked[1]}-A,4\n"
    assert numbers(counted(tmp_path, totals, asked[0])) == {"paper": {asked[1]: {"A": 4}}}


def test_a_column_of_names_is_not_read(
    tmp_path: Path, asked: tuple[dict[str, AskedPost], str, str]
) -> None:
    code = asked[1]
    found = counted(
        tmp_path, f"Slip,Full name\n{code} A,Ann\n{code},A\n{code}-B,{code}-C\n", asked[0]
    )
    assert numbers(found) == {"paper": {code: {"A": 1, "B": 1}}}
    assert found.notes == (
        "In row 3, there is no answer that the question has, or more than one.",
        "The column of names was not read. Do not type names; delete them from the file.",
    )


@pytest.mark.parametrize(("number", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ")])
def test_names_of_columns(number: int, name: str) -> None:
    assert column_name(number) == name


def test_no_file_is_counted_twice(tmp_path: Path) -> None:
    files = write_files(tmp_path, {"s1.csv": "x", "s2.csv": "x", "s3.csv": "y", "box/cur/1": ""})
    refuse_twice([files / "s1.csv", files / "s3.csv", files / "box"])
    for names in (("s1.csv", "s1.csv"), ("s1.csv", "s3.csv", "s2.csv"), ("box", "box/../box")):
        with pytest.raises(UsageError, match="would be counted twice"):
            refuse_twice([files / name for name in names])


def test_a_workbook(tmp_path: Path, asked: tuple[dict[str, AskedPost], str, str]) -> None:
    rows = [["Slip"], [f"{asked[1]} A"], [f"{asked[1]} A"], [f"{asked[1]} B"]]
    books = {
        "slips.xlsx": xlsx({"Slips": [row(n, *cells) for n, cells in enumerate(rows, 1)]}),
        "slips.ods": ods({"Slips": [ods_row(*cells) for cells in rows]}),
    }
    for name, data in books.items():
        path = tmp_path / name
        path.write_bytes(data)
        assert numbers(count_sheet(path, asked[0])) == {"paper": {asked[1]: {"A": 2, "B": 1}}}


@pytest.mark.parametrize("data", [b"PK\x03\x04 no workbook", b"\xd0\xcf\x11\xe0 locked"])
def test_a_damaged_workbook_is_refused(
    data: bytes, tmp_path: Path, asked: tuple[dict[str, AskedPost], str, str]
) -> None:
    for name in ("slips.xlsx", "slips.csv"):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(UsageError):
            count_sheet(tmp_path / name, asked[0])


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_encodings_of_spreadsheets(
    encoding: str, tmp_path: Path, asked: tuple[dict[str, AskedPost], str, str]
) -> None:
    (tmp_path / "f.csv").write_bytes(f"Note,Slip\nCafé,{asked[1]}\u2013A\n".encode(encoding))
    assert numbers(count_sheet(tmp_path / "f.csv", asked[0])) == {"paper": {asked[1]: {"A": 1}}}


def test_large_numbers_are_counted_without_making_each_of_them(
    tmp_path: Path, asked: tuple[dict[str, AskedPost], str, str]
) -> None:
    """A digest of each would take gigabytes."""
    (tmp_path / "many.csv").write_text("code,count\n" + f"{asked[1]}-A,999999\n" * 12)
    tracemalloc.start()
    found = count_sheet(tmp_path / "many.csv", asked[0])
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert numbers(found) == {"paper": {asked[1]: {"A": 12 * 999_999}}}
    assert most < 2_000_000

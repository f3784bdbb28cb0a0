"""`content/answers/*.csv`: read whatever a spreadsheet did to it, and written in the same form."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support import BASE, post_with, read_all, read_fine, run_here, write_site
from wardblog.content.answer_counts import (
    ME_TOO_FILE,
    PublicCounts,
    answer_counts_csv,
    as_published,
    counts_file,
    me_too_csv,
    read_answer_counts,
)
from wardblog.model import AnswerCounts, Channel
from wardblog.report import Report
from wardblog.text.decoding import decode_table

FILE = "answers/2026-11-fine.csv"
TEXT = """\
code,answer,channel,count,counted
QH4TZ,A,,1204,2026-11-28
QH4TZ,B,,12,2026-11-28
QH4TZ,C,,0,2026-11-28
QH4TZ,all,e-mail,1209,2026-11-28
QH4TZ,all,paper,7,2026-11-27
QH4TZ,unverified,e-mail,3,2026-11-28
"""
COUNTS = AnswerCounts(
    code="QH4TZ",
    day=date(2026, 11, 28),
    answers={"A": 1204, "B": 12, "C": 0},
    channels={Channel.EMAIL: 1209, Channel.PAPER: 7},
    days={Channel.EMAIL: date(2026, 11, 28), Channel.PAPER: date(2026, 11, 27)},
    unverified=3,
)
HEADER = "code,answer,channel,count,counted\n"


def read(data: str | bytes) -> tuple[PublicCounts, Report]:
    report = Report(FILE)
    text = data if isinstance(data, str) else decode_table(data)
    return read_answer_counts(text, report), report


def test_the_counts_are_read_with_their_lines() -> None:
    found, report = read(TEXT)
    assert report.problems == []
    assert found.answers == {"QH4TZ": COUNTS}
    assert found.lines == {
        "QH4TZ-A": (FILE, 2),
        "QH4TZ-B": (FILE, 3),
        "QH4TZ-C": (FILE, 4),
        "QH4TZ-all": (FILE, 5),
        "QH4TZ-unverified": (FILE, 7),
    }


def moved(text: str) -> str:
    """The same table with its last column first."""
    return "".join(
        ",".join((last, *others)) + "\n"
        for *others, last in (line.split(",") for line in text.splitlines())
    )


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf" + TEXT.encode(),
        TEXT.replace(",", ";").encode(),
        f"sep=;\n{TEXT.replace(',', ';')}".encode(),
        TEXT.replace(",", "\t").replace("\n", "\r\n").encode("utf-16"),
        TEXT.replace("\n", "\n\n").replace("QH4TZ", '"qh4tz"').encode(),
        TEXT.replace("code", " Code").replace("counted\n", "COUNTED\n").encode(),
        TEXT.replace("1204", '"1,204"').replace(",12,", ",12.0,").encode(),
        TEXT.replace(",", ";").replace("1204", "1\u202f204").replace(";7;", ";7,00;").encode(),
        TEXT.replace("2026-11-28", "28/11/2026").replace("2026-11-27", "27/11/26 00:00").encode(),
        TEXT.replace("e-mail", "Email").replace("paper", "Paper ").encode(),
        TEXT.replace(",A,", ",a,").replace("unverified", "Unverified").encode(),
        "\n".join(f"{line},," for line in TEXT.splitlines()).encode(),
        moved(TEXT).encode(),
        f"Answers to our question\n\n{TEXT}".encode(),
    ],
    ids=["mark", "semicolons", "sep", "utf-16", "empty lines", "headings", "numbers", "spaces",
         "days", "channels", "case", "empty columns", "moved", "title"],
)  # fmt: skip
def test_what_a_spreadsheet_saves_is_the_same(data: bytes) -> None:
    found, report = read(data)
    assert report.problems == []
    assert found.answers["QH4TZ"] == COUNTS


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("QA4TZ,A,,12,2026-11-28", '"QA4TZ" is not the code of a question'),
        (",A,,12,2026-11-28", "this line has no code"),
        ("QH4TZ,,,12,2026-11-28", "this line has no answer"),
        ("QH4TZ,By the school,,12,2026-11-28", '"By the school" is not the letter'),
        ("QH4TZ,all,telephone,12,2026-11-28", '"telephone" is not how an answer can come'),
        ("QH4TZ,unverified,,12,2026-11-28", '"" is not how an answer can come'),
        ("QH4TZ,A,paper,1,2026-11-28", 'says how the answers came ("paper"), which can show'),
        ("QH4TZ,A,,about 12,2026-11-28", '"about 12" cannot be the number'),
        ("QH4TZ,A,,-12,2026-11-28", '"-12" cannot be the number'),
        ("QH4TZ,A,,1.204,2026-11-28", '"1.204" cannot be the number'),
        ("QH4TZ,A,,12.5,2026-11-28", '"12.5" cannot be the number'),
        ("QH4TZ,A,,,2026-11-28", '"" cannot be the number'),
        ("QH4TZ,A,,12,", "does not say when it was counted"),
        ("QH4TZ,A,,12,11/28/2026", "there is no month 28"),
        ("QH4TZ,A,,fewer than 10,2026-11-28", 'the line of "A" cannot have the count'),
        ("QH4TZ,all,paper,fewer than 10,2026-11-28", 'the line of "all" cannot have the'),
        ("QH4TZ,all,,12,2026-11-28", 'the line of "all" cannot have the count "12"'),
        ("QH4TZ,ME-TOO,,4,2026-11-28", "4 is too small to be published"),
    ],
)
def test_a_mistake_is_reported_with_its_line(row: str, message: str) -> None:
    found, report = read(f"{HEADER}QH4TZ,B,,20,2026-11-28\n{row}\n")
    assert [(p.file, p.line) for p in report.problems] == [(FILE, 3)]
    assert message in report.problems[0].message
    assert report.problems[0].hint
    assert found.answers["QH4TZ"].of("A") == 0
    assert found.me_too == {}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "this file is empty"),
        (HEADER.replace(",counted", ""), 'there is no column called "counted"'),
        (HEADER.replace("\n", ",notes\n"), 'there is no column called "notes" here'),
        (HEADER.replace("answer", "code"), 'there are two columns called "code"'),
        ("Time,Your e-mail,Answer\n1,a@example.org,B\n", "does not have the columns of counts"),
        (f'{HEADER}QH4TZ,"A,e-mail,12,2026-11-28\n', "quotation mark is opened"),
    ],
)
def test_a_file_without_the_columns_is_not_read(text: str, message: str) -> None:
    found, report = read(text)
    assert len(report.problems) == 1
    assert message in report.problems[0].message
    assert "a@example.org" not in str(report.problems)
    assert found == PublicCounts()


def test_a_count_is_there_once() -> None:
    _, report = read(TEXT + "QH4TZ,a,,7,2026-11-28\nQH4TZ,ALL,Paper,7,2026-11-28\n")
    assert [p.line for p in report.problems] == [8, 9]
    assert '"QH4TZ-A" appears twice; the first time on line 2' in report.problems[0].message
    assert '"QH4TZ-all" appears twice for paper; the first time on line 6' in str(report.problems)


def test_numbers_beside_a_hidden_total_are_reported() -> None:
    _, report = read(f"{HEADER}QH4TZ,all,,fewer than 10,2026-11-28\nQH4TZ,A,,3,2026-11-28\n")
    assert [p.line for p in report.problems] == [2]
    assert 'this line says "fewer than 10"' in report.problems[0].message


def test_few_answers_are_hidden_only_while_the_question_is_open() -> None:
    few = replace(COUNTS, answers={"A": 9}, channels={Channel.EMAIL: 9}, unverified=4)
    hidden = as_published(few, is_open=True)
    assert answer_counts_csv(hidden, "AB") == f"{HEADER}QH4TZ,all,,fewer than 10,2026-11-28\n"
    found, report = read(answer_counts_csv(hidden, "AB"))
    assert (found.answers["QH4TZ"], report.problems) == (hidden, [])
    assert as_published(few, is_open=False) == few
    assert as_published(COUNTS, is_open=True) == COUNTS


def test_a_question_that_nobody_answered_has_rows_as_well() -> None:
    nobody = AnswerCounts(code="QH4TZ", day=date(2026, 11, 28))
    assert answer_counts_csv(nobody, ("YES", "NO")) == (
        f"{HEADER}QH4TZ,YES,,0,2026-11-28\nQH4TZ,NO,,0,2026-11-28\n"
    )


def test_me_too_is_published_from_five_on() -> None:
    text = me_too_csv({"QH4TZ": 5, "BCDFG": 4, "ZZZZZ": 1000, "HJKMN": 0}, date(2026, 11, 28))
    assert text == f"{HEADER}QH4TZ,ME-TOO,,5,2026-11-28\nZZZZZ,ME-TOO,,1000,2026-11-28\n"
    found, report = read(text.replace("ME-TOO", "me too"))
    assert (found.me_too, report.problems) == ({"QH4TZ": 5, "ZZZZZ": 1000}, [])
    assert found.lines["ZZZZZ-ME-TOO"] == (FILE, 3)


numbers = st.integers(0, 999_999)


@given(
    answers=st.dictionaries(st.sampled_from("ABCDEF"), numbers),
    paper=numbers,
    unverified=numbers,
    day=st.dates(date(2026, 1, 1), date(2075, 12, 31)),
)
def test_what_is_written_is_read_again(
    answers: dict[str, int], paper: int, unverified: int, day: date
) -> None:
    total = sum(answers.values())
    ways = {Channel.PAPER: min(paper, total), Channel.FORM: total - min(paper, total)}
    channels = {way: number for way, number in ways.items() if 0 < number <= 999_999}
    if sum(channels.values()) != total:
        channels = {}
    written = AnswerCounts(
        code="QH4TZ",
        day=day,
        answers=answers,
        channels=channels,
        days=dict.fromkeys(channels, day),
        unverified=unverified,
    )
    found, report = read(answer_counts_csv(written, "ABCDEF"))
    assert report.problems == []
    every = {key: answers.get(key, 0) for key in "ABCDEF"}
    assert found.answers["QH4TZ"] == replace(written, answers=every)
    assert found.answers["QH4TZ"].answers == every


def test_the_numbers_of_the_channels_and_of_the_answers_have_one_sum() -> None:
    _, report = read(TEXT.replace("1209", "1208"))
    assert [p.line for p in report.problems] == [5]
    assert "1,215 answers together, and those of its single answers 1,216" in str(report.problems)


def test_the_file_is_called_after_the_lasting_address_of_the_post(tmp_path: Path) -> None:
    post = post_with(tmp_path, "Slug: crossing")
    assert counts_file(post) == "answers/2026-11-crossing.csv"
    moved_post = replace(post, address="2027/01/new/", aliases=("/2026/11/old-name/",))
    assert counts_file(moved_post) == "answers/2026-11-old-name.csv"


def test_the_counts_are_part_of_the_site(tmp_path: Path) -> None:
    site, _ = read_all(
        write_site(tmp_path, {FILE: TEXT, ME_TOO_FILE: f"{HEADER}BCDFG,ME-TOO,,7,2026-11-28\n"})
    )
    assert site.answers == {"QH4TZ": COUNTS}
    assert site.me_too == {"BCDFG": 7}
    assert site.count_lines["BCDFG-ME-TOO"] == (ME_TOO_FILE, 2)


def test_two_files_with_the_same_count_are_reported(tmp_path: Path) -> None:
    _, problems = read_all(write_site(tmp_path, {FILE: TEXT, "answers/copy.csv": TEXT}))
    found = [p for p in problems if "counted" in p.message]
    assert [(p.file, p.line) for p in found] == [("answers/copy.csv", 2)]
    assert f'"QH4TZ-A" was counted in {{content}}/{FILE}:2 already' in found[0].message


def test_a_site_without_counts_has_none(tmp_path: Path) -> None:
    site = read_fine(tmp_path)
    assert (site.answers, site.me_too, site.count_lines) == ({}, {}, {})


@pytest.mark.parametrize(
    "target", ["../answers/2026-11-fine.csv", "{static}/answers/2026-11-fine.csv"]
)
def test_a_file_of_counts_is_never_published(target: str, tmp_path: Path) -> None:
    post = BASE["posts/fine.md"] + f"\nThe [numbers]({target}).\n"
    content = write_site(tmp_path / "content", {FILE: TEXT, "posts/fine.md": post})
    _, problems = read_all(content)
    assert any("would be published as it is" in p.message for p in problems)
    done = run_here("html", "--content", str(content), "--output", str(tmp_path / "out"))
    assert done.returncode == 1
    write_site(tmp_path / "content")
    done = run_here("html", "--content", str(content), "--output", str(tmp_path / "out"))
    assert done.returncode == 0, done.stderr
    written = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert written
    assert not [p for p in written if p.suffix == ".csv" or b"QH4TZ" in p.read_bytes()]
    done = run_here("check", "--content", str(content), cwd=tmp_path)
    assert (done.returncode, "is used by no post" in done.stdout) == (0, False)

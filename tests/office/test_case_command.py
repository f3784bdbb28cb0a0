"""`make case`: one line in the casework file, and every other byte as it was."""

from __future__ import annotations

import csv
import stat
import threading
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from office.casework import HEADER, PEOPLE, WITH_STREETS, CaseDesk, desk_in
from support import examples
from wardblog.office.casework.adding import NewCase, add_case, next_id
from wardblog.office.casework.case import Case
from wardblog.office.casework.read import read_cases
from wardblog.office.casework.sheet import CaseworkSheet
from wardblog.problems import CommandError, ContentError
from wardblog.report import Report
from wardblog.text.decoding import clean

DAY, DUE = date(2026, 11, 22), date(2026, 12, 4)


@pytest.fixture
def desk(tmp_path: Path) -> CaseDesk:
    return desk_in(tmp_path)


def added(private: Path, issue: str = "Grit bins", street: str = "", note: str = "") -> str:
    return add_case(private, NewCase(opened=DAY, due=DUE, issue=issue, street=street, note=note))


@pytest.mark.long
def test_the_first_case_makes_the_file(desk: CaseDesk) -> None:
    done = desk.run("case", "--issue", "grit bins", "--street", "eland rd", "--note", 'say "hi"')
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "Added case 1 to private/casework.csv: Grit bins, Eland Road.\n"
        "It is due on Friday 4 December 2026.\n"
    )
    assert desk.casework.read_bytes().decode("utf-8-sig") == (
        f'{HEADER}\r\n1,2026-11-22,Grit bins,Eland Road,open,,2026-12-04,,,"say ""hi"""\r\n'
    )
    assert desk.casework.read_bytes().startswith(b"\xef\xbb\xbf")  # or Excel spoils "Môn"
    assert stat.S_IMODE(desk.casework.stat().st_mode) == 0o600
    assert stat.S_IMODE(desk.private.stat().st_mode) == 0o700


def test_the_settings_say_when_it_is_due(tmp_path: Path) -> None:
    toml = WITH_STREETS + '\n[casework]\nanswer_within = 7\nnation = "Scotland"\n'
    desk = desk_in(tmp_path, {"ward.toml": toml})
    done = desk.run("case", "--issue", "Potholes")
    # From Sunday 22 November, over St Andrew's Day.
    assert "due on Wednesday 2 December 2026" in done.stdout


def test_a_wrong_setting_is_reported_and_the_case_is_kept(tmp_path: Path) -> None:
    toml = WITH_STREETS + "\n[casework]\nanswer_within = 0\n"
    done = desk_in(tmp_path, {"ward.toml": toml}).run("case", "--issue", "Potholes")
    assert done.returncode == 0
    assert '"answer_within" cannot be 0' in done.stderr
    assert "Until then, the usual values are used." in done.stderr
    assert "due on Friday 4 December 2026" in done.stdout


def test_a_house_number_goes_into_the_note(desk: CaseDesk) -> None:
    done = desk.run("case", "--issue", "potholes", "--street", "14 Eland Road", "--note", "deep")
    assert "What you wrote is in the note" in done.stdout
    (case,) = read_cases(desk.casework, Report(""))
    assert (case.street, case.note) == ("Eland Road", "14 Eland Road: deep")


@pytest.mark.parametrize(
    ("issue", "street", "says"),
    [
        ("grit", "", "Added case 1 to private/casework.csv: Grit bins."),
        ("Housing", "", '"Housing" is not one of your issues, so it is kept as you wrote it.'),
        ("Potholes", "The depot", "Added case 1 to private/casework.csv: Potholes, The depot."),
        ("Potholes", "Gidoen Road", 'If you meant "Gideon Road", correct it in the file.'),
    ],
)
def test_names_are_matched_or_kept(desk: CaseDesk, issue: str, street: str, says: str) -> None:
    done = desk.run("case", "--issue", issue, "--street", street)
    assert done.returncode == 0
    assert says in done.stdout


@pytest.mark.parametrize(
    ("issue", "says"),
    [("Grit bns", 'Did you mean "Grit bins"?'), ("", 'make case ISSUE="Grit bins"')],
)
def test_a_misspelt_issue_adds_nothing(desk: CaseDesk, issue: str, says: str) -> None:
    done = desk.run("case", "--issue", issue)
    assert done.returncode == 2
    assert says in done.stderr
    assert not desk.casework.exists()


@pytest.mark.parametrize(
    ("before", "row", "after"),
    [
        pytest.param(
            f"{HEADER}\r\n7,03/11/2026,x,,open,,24/11/2026,,,\r\nTotal,1,,,,,,,,\r\n".encode(),
            b"8,22/11/2026,Grit bins,,open,,04/12/2026,,,\r\n",
            b"Total,1,,,,,,,,\r\n",
            id="above the total, with its dates",
        ),
        pytest.param(
            b"Name;Due date;Issue;Status;ID;Opened\n"
            b"J\xf6rg;24.11.2026;x;open;7;03.11.2026\n;;;;;\n;;;;;",
            b";04.12.2026;Grit bins;open;8;22.11.2026\n",
            b";;;;;\n;;;;;",
            id="Windows-1252 with semicolons and moved columns",
        ),
        pytest.param(
            f"{HEADER},Name\n7,,x,,open,,,,,,Jane".encode(),
            b"\n8,2026-11-22,Grit bins,,open,,2026-12-04,,,,",
            b"",
            id="without a last line end",
        ),
        pytest.param(
            f"{HEADER}\n1,2026-11-03,x,,open,,,,,\n2,,,,,,,,,\n3,,,,,,,,,\n".encode(),
            b"4,2026-11-22,Grit bins,,open,,2026-12-04,,,\n",
            b"2,,,,,,,,,\n3,,,,,,,,,\n",
            id="before rows that are only numbered",
        ),
    ],
)
def test_every_other_byte_stays(tmp_path: Path, before: bytes, row: bytes, after: bytes) -> None:
    path = tmp_path / "casework.csv"
    path.write_bytes(before)
    added(tmp_path)
    assert path.read_bytes() == before[: len(before) - len(after)] + row + after


@pytest.mark.parametrize(
    ("ids", "following"),
    [
        (["1", "7", "3"], "8"),
        (["017"], "18"),
        (["C-8", "C-9"], "C-10"),
        (["C-008", "C-009"], "C-010"),
        (["2026/17", "2027/3"], "2027/4"),
        (["5", "A1"], "A2"),
        (["9" * 30], "1"),
        (["", "abc"], "1"),
    ],
)
def test_the_next_number(tmp_path: Path, ids: list[str], following: str) -> None:
    rows = "".join(f"{one},,x,,open,,,,,\n" for one in ids)
    (tmp_path / "casework.csv").write_text(f"{HEADER}\n{rows}", encoding="utf-8")
    assert added(tmp_path) == following


def test_a_workbook_in_its_place_is_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / "casework.xlsx").write_bytes(b"PK")
    with pytest.raises(ContentError, match=r"there is casework\.xlsx"):
        added(tmp_path)
    assert not (tmp_path / "casework.csv").exists()


def test_utf_16_stays_utf_16(tmp_path: Path) -> None:
    path = tmp_path / "casework.csv"
    before = f"{HEADER}\r\n7,,Môn,,open,,,,,\r\n".replace(",", "\t").encode("utf-16")
    path.write_bytes(before)
    added(tmp_path, note="Tŷ")
    assert path.read_bytes().startswith(before)
    assert read_cases(path, Report(""))[-1].note == "Tŷ"


def test_a_letter_that_the_file_cannot_hold_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "casework.csv"
    path.write_bytes(before := f"{HEADER}\r\n7,,Môn,,open,,,,,\r\n".encode("cp1252"))
    with pytest.raises(ContentError, match='has no "ŷ"'):
        added(tmp_path, note="Tŷ")
    assert path.read_bytes() == before


def test_a_missing_column_is_refused_rather_than_lost(tmp_path: Path) -> None:
    path = tmp_path / "casework.csv"
    path.write_text(before := "id,opened,issue,status,due\n1,,x,open,\n", encoding="utf-8")
    with pytest.raises(ContentError, match='there is no column called "note"'):
        added(tmp_path, note="x")
    assert path.read_text(encoding="utf-8") == before
    assert added(tmp_path) == "2"


@pytest.mark.parametrize("note", ['=HYPERLINK("http://x")', "+44 7700", "-1", "@SUM(A1)"])
def test_no_note_becomes_a_formula(tmp_path: Path, note: str) -> None:
    added(tmp_path, note=note)
    cells = next(csv.reader((tmp_path / "casework.csv").read_text("utf-8").splitlines()[1:]))
    assert cells[-1] == f" {note}"
    assert read_cases(tmp_path / "casework.csv", Report(""))[0].note == note


@pytest.mark.parametrize(
    ("mark", "program"), [(".~lock.casework.csv#", "LibreOffice"), ("~$casework.csv", "Excel")]
)
def test_a_file_that_is_open_elsewhere_is_left(tmp_path: Path, mark: str, program: str) -> None:
    (tmp_path / "casework.csv").write_text(HEADER, encoding="utf-8")
    (tmp_path / mark).touch()
    with pytest.raises(CommandError, match=f"casework.csv is open in {program}"):
        added(tmp_path)
    assert (tmp_path / "casework.csv").read_text(encoding="utf-8") == HEADER


def test_a_locked_file_is_explained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As Windows does it while Excel has the file."""
    (tmp_path / "casework.csv").write_text(HEADER, encoding="utf-8")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(CommandError) as found:
        added(tmp_path)
    assert "cannot be written: Permission denied" in str(found.value)
    assert "close it there" in found.value.hint
    assert sorted(p.name for p in tmp_path.iterdir()) == [".casework.lock", "casework.csv"]


def test_a_linked_file_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "cloud").mkdir()
    private = tmp_path / "private"
    private.mkdir()
    (private / "casework.csv").symlink_to(tmp_path / "cloud/cases.csv")
    (tmp_path / "cloud/cases.csv").write_text(f"{HEADER}\n", encoding="utf-8")
    added(private)
    assert (private / "casework.csv").is_symlink()
    assert "Grit bins" in (tmp_path / "cloud/cases.csv").read_text(encoding="utf-8")


def test_two_runs_at_once_lose_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def slowly(sheet: CaseworkSheet, cases: list[Case]) -> str:
        number = next_id(sheet, cases)
        time.sleep(0.02)  # all the others begin meanwhile
        return number

    monkeypatch.setattr("wardblog.office.casework.adding.next_id", slowly)
    threads = [threading.Thread(target=added, args=(tmp_path, f"Issue {n}")) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    cases = read_cases(tmp_path / "casework.csv", Report(""))
    assert sorted(case.issue for case in cases) == sorted(f"Issue {n}" for n in range(12))
    assert [case.id for case in cases] == [str(n) for n in range(1, 13)]


def test_a_cut_off_run_leaves_no_copy(tmp_path: Path) -> None:
    (tmp_path / ".casework.csv.123.new").write_text("Jane Doe", encoding="utf-8")
    added(tmp_path)
    assert not (tmp_path / ".casework.csv.123.new").exists()


@settings(max_examples=examples(100, 15))
@example(people=[""] * 6, note="\n0")
@given(st.lists(st.text(max_size=10), min_size=6, max_size=6), st.text(max_size=30))
def test_what_is_added_reads_back(tmp_path_factory: pytest.TempPathFactory, people: list[str],
                                  note: str) -> None:  # fmt: skip
    private = tmp_path_factory.mktemp("case")
    names = ",".join(PEOPLE)
    row = ",".join(f'"{cell}"' for cell in (cell.replace('"', '""') for cell in people))
    before = f"{HEADER},{names}\r\n1,2026-11-03,x,,open,,,,,,{row}\r\n"
    data = before.encode("utf-8", "surrogatepass")
    (private / "casework.csv").write_bytes(data)
    note = note.encode("utf-8", "replace").decode()
    added(private, note=note)
    assert (private / "casework.csv").read_bytes().startswith(data)
    assert read_cases(private / "casework.csv", Report(""))[-1].note == " ".join(
        clean(note).split()
    )

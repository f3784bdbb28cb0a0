"""`make report`, as a councillor runs it."""

from __future__ import annotations

import os
import pty
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from support import EPOCH, ROOT, WARD, files_of, run, run_here, write_site
from wardblog.model.casework import CaseworkQuarter, Quarter

ISSUES_FILE = "id,opened,issue,street,status,next,due,reference,closed,note,name,phone\n"
POST = """\
Title: A walk
Date: 2026-11-20 09:00
Tags: grit bins
Summary: We meet at ten.

Some text.
"""
DIARY = """\
date,what,where,said,who
2026-11-19,Licensing committee,Town hall,,Zebedee Canary
2026-11-20,Visit to Zebedee Canary,,She has damp,
"""
CANARY = "Zebedee Canary"
PHONE = "07700 900777"
NEXT = "casework-next-quarter.txt"


def casework(number: int = 7) -> str:
    """Cases of two quarters; every private column has a canary."""
    rows = [f"1,2026-05-03,Potholes,Canary Street,open,,,,,{CANARY},{CANARY},{PHONE}"]
    rows += [
        f"{n},2026-08-{n:02},Grit bins,Canary Street,closed,Ring {CANARY},2026-08-20,REF-CANARY,"
        f"2026-09-{n:02},{CANARY} has damp,{CANARY},{PHONE}"
        for n in range(2, number + 2)
    ]
    rows += [f"{n},2026-08-03,potholes,Canary Street,open,,,,,,{CANARY},{PHONE}" for n in (90, 91)]
    return ISSUES_FILE + "\n".join(rows) + "\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small site with a private folder beside it."""
    write_site(tmp_path / "content", {"posts/walk.md": POST})
    (tmp_path / "content/posts/fine.md").unlink()
    private = tmp_path / "private"
    private.mkdir(mode=0o700)
    (private / "casework.csv").write_text(casework(), encoding="utf-8")
    (private / "diary.csv").write_text(DIARY, encoding="utf-8")
    (private / NEXT).write_text("2026-Q3", encoding="utf-8")  # the file was begun in spring
    return tmp_path


def report(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return run_here("report", "--content", "content", *words, cwd=folder,
                    PRIVATE=str(folder / "private"), HOME=str(folder / "home"))  # fmt: skip


PATH = "posts/2026-11-22-report-back.md"
COUNTS = """\
quarter,issue,opened,closed
2026-Q3,Grit bins,not shown,7
2026-Q3,Potholes,fewer than 5,0
2026-Q3,All cases,9,7
"""


def test_it_says_what_it_wrote_and_what_it_left_out(folder: Path) -> None:
    done = report(folder, "--since", "2026-11-01")
    assert (done.returncode, done.stderr) == (0, "")
    assert (
        done.stdout
        == """\
These counts of your casework would be added to content/casework.csv, which is public:

July to September 2026
  Issue            opened        closed
  Grit bins     not shown             7
  Potholes   fewer than 5             0
  All cases             9             7

A number from 1 to 4 could point to one person, so it is not given.
A quarter that was published is not changed later.

The counts were not written, because this command could not ask for your confirmation. If \
this is what you want, run the same command with FORCE=1.

Created content/posts/2026-11-22-report-back.md, a draft about the time since 1 November 2026.
Line 3 of the diary gives away somebody's name, so it is not in the report.
Read it, add what only you know, and change what does not sound like you.
Then remove the line "Status: draft" and publish the site.
"""
    )
    assert (
        (folder / "content" / PATH).read_text(encoding="utf-8")
        == """\
Title: Report-back: grit bins
Date: 2026-11-22 00:00
Tags: general, report-backs
Slug: report-back-22-november
Status: draft
Summary: One new post and one meeting or visit, from 1 to 22 November 2026.

Since 1 November, I have published one new post.

**Grit bins.** [A walk](walk.md). We meet at ten.

**19 November:** Licensing committee, Town hall.

If you know of something that is missing here, please write to me.
"""
    )
    assert not (folder / "content/casework.csv").exists()


def test_with_force_the_counts_are_published_and_reported(folder: Path) -> None:
    done = report(folder, "--since", "2026-11-01", "--force")
    assert (done.returncode, done.stderr) == (0, "")
    assert (folder / "content/casework.csv").read_text(encoding="utf-8") == COUNTS
    text = (folder / "content" / PATH).read_text(encoding="utf-8")
    assert "From July to September 2026, nine new cases came in, and I closed seven." in text
    (folder / "content" / PATH).unlink()
    (folder / "private/casework.csv").write_text(casework(20), encoding="utf-8")
    again = report(folder, "--since", "2026-11-01", "--force")
    assert "These counts" not in again.stdout
    assert (folder / "content/casework.csv").read_text(encoding="utf-8") == COUNTS


def test_a_quarter_that_was_removed_is_not_counted_again(folder: Path) -> None:
    """With later numbers, the difference could give somebody away."""
    assert report(folder, "--since", "2026-11-01", "--force").returncode == 0
    remembered = folder / "private" / NEXT
    assert remembered.read_text(encoding="utf-8") == "2026-Q4\n"
    (folder / "content/casework.csv").unlink()
    (folder / "content" / PATH).unlink()
    (folder / "private/casework.csv").write_text(casework(8), encoding="utf-8")
    again = report(folder, "--since", "2026-11-01", "--force")
    assert (again.returncode, again.stderr) == (0, "")
    assert "These counts" not in again.stdout
    assert not (folder / "content/casework.csv").exists()
    for damage in (Path.unlink, lambda path: path.write_text("damaged", encoding="utf-8")):
        damage(remembered)
        (folder / "content" / PATH).unlink()
        again = report(folder, "--since", "2026-11-01", "--force")
        assert "can be published from 1 April 2027." in again.stdout
        assert not (folder / "content/casework.csv").exists()


def test_what_cannot_be_written_does_not_count_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If the program ends between the two files, the quarter is lost, and nobody is found out."""
    from wardblog.office.casework_counts import public_file

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(public_file, "replace_files", killed)
    folders = public_file.PublicFolders(folder / "content", folder / "private", folder / "work")
    new = CaseworkQuarter(quarter=Quarter(2026, 3), rows=())
    with pytest.raises(KeyboardInterrupt):
        public_file.write_casework(folders, (), (new,))
    assert (folder / "private" / NEXT).read_text(encoding="utf-8") == "2026-Q4\n"


@pytest.mark.skipif(sys.platform == "win32", reason="there is no pseudo-terminal")
@pytest.mark.parametrize("answer", ["yes", "no"])
def test_at_a_terminal_the_councillor_is_asked(answer: str, folder: Path) -> None:
    """A no leaves the file as it is, and the report is drafted without the counts."""
    ours, theirs = pty.openpty()
    try:
        os.write(ours, f"{answer}\n".encode())
        done = run("report", "--content", "content", "--since", "2026-11-01", cwd=folder,
                   stdin=theirs, PRIVATE=str(folder / "private"))  # fmt: skip
    finally:
        os.close(ours)
        os.close(theirs)
    assert done.returncode == 0, done.stderr
    assert 'Type "yes" to publish these counts: ' in done.stdout
    assert (folder / "content/casework.csv").exists() == (answer == "yes")
    text = (folder / "content" / PATH).read_text(encoding="utf-8")
    assert ("## Casework" in text) == (answer == "yes")


def test_a_second_report_of_the_day_changes_nothing(folder: Path) -> None:
    assert report(folder, "--since", "2026-11-01").returncode == 0
    before = files_of(folder / "content")
    done = report(folder, "--since", "2026-10-01", "--force")
    assert done.returncode == 2
    assert "2026-11-22-report-back.md exists already, and was not changed" in done.stderr
    assert files_of(folder / "content") == before


def test_nothing_to_report_writes_no_post(folder: Path) -> None:
    done = report(folder, "--since", "2026-11-21")
    assert (done.returncode, done.stderr) == (0, "")
    assert "There is nothing to report since 21 November, so no post was written." in done.stdout
    assert not (folder / "content" / PATH).exists()


@pytest.mark.parametrize("since", ["2026-12-24", "Christmas", "2026-02-30"])
def test_a_wrong_day_writes_nothing(since: str, folder: Path) -> None:
    before = files_of(folder / "content")
    done = report(folder, "--since", since, "--force")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"SINCE={since}")
    assert files_of(folder / "content") == before


def test_nothing_private_is_in_any_output_message_or_cache(folder: Path) -> None:
    """Not in the draft and its counts, not in what is said, and not in what is built from them."""
    words = [report(folder, "--since", "2026-11-01", "--force")]
    text = (folder / "content" / PATH).read_text(encoding="utf-8")
    (folder / "content" / PATH).write_text(text.replace("Status: draft\n", ""), encoding="utf-8")
    words.append(run("html", "--content", "content", "--output", "output", cwd=folder))
    assert [one.returncode for one in words] == [0, 0], words[1].stderr
    assert "/figures/" in (folder / "output/index.html").read_text(encoding="utf-8")
    said = "".join(one.stdout + one.stderr for one in words)
    outside = {p: d for p, d in files_of(folder).items() if not p.startswith("private/")}
    assert any(path.startswith(".wardblog/") for path in outside)
    assert any(path.startswith("output/") for path in outside)
    for secret in (CANARY, "Zebedee", "Canary Street", PHONE, "REF-CANARY", "damp"):
        assert secret not in said
        assert [p for p, data in outside.items() if secret.encode() in data] == []


def test_cases_that_cannot_be_read_are_no_reason_to_stop(folder: Path) -> None:
    (folder / "private/casework.csv").write_bytes(b"PK\x03\x04 a workbook")
    done = report(folder, "--since", "2026-11-01", "--force")
    assert done.returncode == 0
    assert 'Your cases cannot be counted; "make cases" says why.' in done.stdout
    assert (folder / "content" / PATH).exists()
    assert not (folder / "content/casework.csv").exists()


def test_a_damaged_diary_stops_before_anything_is_written(folder: Path) -> None:
    (folder / "private/diary.csv").write_bytes(b"PK\x03\x04 a workbook")
    before = files_of(folder / "content")
    done = report(folder, "--since", "2026-11-01", "--force")
    assert done.returncode == 1
    assert "private/diary.csv: this is a word processor or spreadsheet file" in done.stderr
    assert files_of(folder / "content") == before


def test_issues_that_there_are_not_are_counted_in_a_sentence(folder: Path) -> None:
    path = folder / "private/casework.csv"
    path.write_text(casework().replace(",potholes,", ",Fly-tiping,"), encoding="utf-8")
    done = report(folder, "--since", "2026-11-01")
    assert "2 cases have an issue that is not in issues.toml, counted as" in done.stdout
    assert "tiping" not in done.stdout + done.stderr


@pytest.mark.parametrize("year", [2006, 2025, 2026])
def test_a_file_that_is_new_is_not_counted_whatever_its_dates(year: int, folder: Path) -> None:
    (folder / "private" / NEXT).unlink()
    path = folder / "private/casework.csv"
    path.write_text(casework().replace("2026-05-03", f"{year}-05-03"), encoding="utf-8")
    done = report(folder, "--since", "2026-11-01", "--force")
    assert "Counts of your casework can be published from 1 April 2027." in done.stdout
    assert not (folder / "content/casework.csv").exists()


def test_a_new_file_says_from_when_it_can_be_counted(folder: Path) -> None:
    (folder / "private" / NEXT).unlink()
    rows = "".join(f"{n},2026-11-{n:02},Potholes,,open,,,,,\n" for n in range(1, 9))
    text = f"{ISSUES_FILE.replace(',name,phone', '')}{rows}"
    (folder / "private/casework.csv").write_text(text, encoding="utf-8")
    done = report(folder, "--since", "2026-11-01")
    assert "Counts of your casework can be published from 1 April 2027." in done.stdout


ELECTION = "\n[election]\nnotice = 2026-11-10\npoll = 2026-12-10\n"


def test_in_an_election_the_guard_warns_about_the_draft(folder: Path) -> None:
    (folder / "content/ward.toml").write_text(WARD + ELECTION, encoding="utf-8")
    heard = "date,what,said\n2026-11-19,Surgery,Write to clerk@wandsworth.gov.uk\n"
    heard += "2026-11-20,Stall,Most asked about the bins\n"
    (folder / "private/diary.csv").write_text(heard, encoding="utf-8")
    post = POST.replace("We meet at ten.", "Ask https://www.wandsworth.gov.uk/councillors first.")
    (folder / "content/posts/walk.md").write_text(post.replace("11-20", "11-02"), encoding="utf-8")
    done = report(folder, "--since", "2026-11-01")
    assert done.returncode == 0, done.stderr
    assert "There is an election on 10 December 2026. Read the report with that in mind" in (
        done.stdout
    )
    text = (folder / "content" / PATH).read_text(encoding="utf-8")
    assert "belongs to a council, and must not be here" in done.stderr
    assert "Most asked about the bins." in text


@pytest.mark.skipif(not shutil.which("make"), reason="make is not installed")
def test_make_hands_over_the_day_and_force(folder: Path) -> None:
    done = subprocess.run(
        ["make", "-s", "-f", str(ROOT / "Makefile"), "report", "SINCE=2026-11-01", "FORCE=1",
         f"VENV={sys.prefix}", f"CONTENT={folder / 'content'}", f"PRIVATE={folder / 'private'}"],
        cwd=ROOT, capture_output=True, text=True, check=False,
        env={**os.environ, "SOURCE_DATE_EPOCH": EPOCH, "HOME": str(folder / "home")},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert (folder / "content" / PATH).exists()
    assert (folder / "content/casework.csv").read_text(encoding="utf-8") == COUNTS

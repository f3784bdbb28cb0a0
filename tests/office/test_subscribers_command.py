"""`make subscribers` without a mailbox: show, import, export and forget."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from support import WARD, run, write_site
from wardblog.office.journal import JournalStep, SendingJournal, forget_in_journals, journal_path
from wardblog.office.subscribers.store import load_subscribers

ANN, BOB = "ann@example.org", "bob@example.org"
AGREED = "Yes, please send me the newsletter of my councillors."
LIST = f"""\
Email,Name,Wording,Consent date
{ANN},Ann,"{AGREED}",2026-11-01
{BOB},Bob,"{AGREED}",01/11/2026
cat@example.org,Cat,,2026-11-01
dan@example.org,Dan,"{AGREED}",
eve at example.org,Eve,"{AGREED}",2026-11-01
fay@example.org,Fay,"{AGREED}",2027-11-01
gus@example.org,Gus,"{AGREED}",in November
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_site(tmp_path / "content", {"ward.toml": WARD})
    (tmp_path / "list.csv").write_text(LIST)
    return tmp_path


def subscribers(
    folder: Path, *words: str, private: str = "private"
) -> subprocess.CompletedProcess[str]:
    return run("subscribers", *words, cwd=folder, PRIVATE=private)


def stored(folder: Path) -> dict[str, str]:
    return {one.address: str(one.state) for one in load_subscribers(folder / "private")}


def test_only_rows_with_the_wording_and_the_date_of_the_consent_are_added(folder: Path) -> None:
    done = subscribers(folder, "--from", "list.csv")
    assert done.returncode == 1
    assert done.stdout == "Added 2 subscribers.\n"
    assert (
        done.stderr
        == """\
list.csv:4: what this person agreed to is missing
  Write the words that this person agreed to. Without them, you may not write to this person.
list.csv:5: there is no date of the consent
  Write the day on which this person agreed.
list.csv:6: this is not an e-mail address
  It has the form name@example.org.
list.csv:7: the date of the consent is in the future
  Correct it.
list.csv:8: cannot read "in November" as a date
  Write it as year, month and day: 2026-11-29.

5 problems. These rows were not added.
"""
    )
    assert stored(folder) == {ANN: "confirmed", BOB: "confirmed"}
    ann = load_subscribers(folder / "private").get(ANN)
    assert ann is not None
    assert (ann.consent, str(ann.date)) == (AGREED, "2026-11-01")
    assert len(ann.token) == 20
    path = folder / "private/subscribers.csv"
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    again = subscribers(folder, "--from", "list.csv")
    assert "Added 0 subscribers. On the list already: 2 addresses." in again.stdout


def test_a_list_without_the_columns_is_refused(folder: Path) -> None:
    (folder / "casework.csv").write_text(f"Email,Problem\n{ANN},A pothole\n")
    done = subscribers(folder, "--from", "casework.csv")
    assert done.returncode == 2
    assert done.stderr.startswith('The list needs the columns "address", "consent" and "date".')
    assert not (folder / "private/subscribers.csv").exists()


def test_who_stopped_after_the_consent_is_not_added_again(folder: Path) -> None:
    subscribers(folder, "--from", "list.csv")
    path = folder / "private/subscribers.csv"
    path.write_text(path.read_text().replace("confirmed,2026-11-01", "stopped,2026-11-20"))
    done = subscribers(folder, "--from", "list.csv")
    assert "list.csv:2: this address stopped the newsletter on 20 November 2026" in done.stderr
    assert set(stored(folder).values()) == {"stopped"}
    (folder / "new.csv").write_text(f"address;consent;date\n{ANN};{AGREED};2026-11-21\n")
    assert subscribers(folder, "--from", "new.csv").returncode == 0
    assert stored(folder) == {ANN: "confirmed", BOB: "stopped"}


def test_the_list_is_shown_with_counts(folder: Path) -> None:
    subscribers(folder, "--from", "list.csv")
    path = folder / "private/subscribers.csv"
    path.write_text(path.read_text().replace(f"{BOB},confirmed", f"{BOB},stopped"))
    assert (
        subscribers(folder).stdout
        == f"""\
The mailbox was not read. To receive requests by e-mail, add to [newsletter] in ward.toml: \
imap_host = "imap.example.org"
1 receives the newsletter:
  {ANN}, since 1 November 2026
1 stopped, and receives nothing:
  {BOB}, since 1 November 2026
"""
    )


def test_the_list_can_be_exported_and_imported(folder: Path) -> None:
    subscribers(folder, "--from", "list.csv")
    done = subscribers(folder, "--export", "out.csv")
    assert done.returncode == 0
    assert done.stdout.startswith("Wrote 2 addresses to out.csv.")
    path = folder / "out.csv"
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.read_bytes() == (folder / "private/subscribers.csv").read_bytes()
    done = subscribers(folder, "--from", "out.csv", private="elsewhere")
    assert done.stdout == "Added 2 subscribers.\n"


@pytest.mark.parametrize(
    "target", ["content/list.csv", "output/list.csv", "public/list.csv", "content/data/list.csv"]
)
def test_the_list_is_not_exported_to_where_others_see_it(target: str, folder: Path) -> None:
    subscribers(folder, "--from", "list.csv")
    (folder / target).parent.mkdir(parents=True, exist_ok=True)
    (folder / "link").symlink_to(folder / target)
    for written in (target, "link"):
        done = subscribers(folder, "--export", written)
        assert done.returncode == 2
        assert "is in a folder that others may come to see" in done.stderr
    assert not (folder / target).exists()


def test_an_export_replaces_nothing(folder: Path) -> None:
    subscribers(folder, "--from", "list.csv")
    before = (folder / "list.csv").read_bytes()
    assert "exists already" in subscribers(folder, "--export", "list.csv").stderr
    assert (folder / "list.csv").read_bytes() == before


def test_a_forgotten_person_is_in_no_file_and_comes_back_only_with_a_new_consent(
    folder: Path,
) -> None:
    subscribers(folder, "--from", "list.csv")
    (folder / "list.csv").unlink()
    done = subscribers(folder, "--forget", "ANN@example.org")
    assert done.returncode == 0
    for path in (folder / "private").rglob("*"):
        assert not path.is_file() or b"ann" not in path.read_bytes().lower()
    (folder / "old.csv").write_text(f'address,consent,date\n{ANN},"{AGREED}",2026-11-01\n')
    done = subscribers(folder, "--from", "old.csv")
    assert "asked to be forgotten on 22 November 2026" in done.stderr
    assert stored(folder) == {BOB: "confirmed"}


def test_a_misspelt_address_is_not_forgotten_in_silence(folder: Path) -> None:
    subscribers(folder, "--from", "list.csv")
    done = subscribers(folder, "--forget", "anm@example.org")
    assert done.returncode == 2
    assert f'Did you mean "{ANN}"?' in done.stderr
    assert "FORGET=ann: this is not an e-mail" in subscribers(folder, "--forget", "ann").stderr


def test_only_one_thing_at_a_time(folder: Path) -> None:
    done = subscribers(folder, "--forget", ANN, "--export", "out.csv")
    assert (done.returncode, stored(folder)) == (2, {})
    assert not (folder / "out.csv").exists()


def test_a_line_that_was_cut_off_in_the_address_is_forgotten_too(tmp_path: Path) -> None:
    from datetime import UTC, datetime

    path = journal_path(tmp_path, "2026-12")
    journal = SendingJournal(path, "digest")
    moment = datetime(2026, 11, 22, tzinfo=UTC)
    for address in (ANN, BOB):
        journal.add(JournalStep.TRYING, address, moment)
        journal.add(JournalStep.SENT, address, moment)
    journal.close()
    with path.open("ab") as file:
        file.write(b'{"step": "trying", "address": "ann@exam')
    assert forget_in_journals(tmp_path, ANN) == 1
    assert b"ann" not in path.read_bytes()
    again = SendingJournal(path, "digest")
    assert again.get(BOB)
    assert again.get(ANN) is None
    assert os.stat(path).st_mode & 0o777 == 0o600  # noqa: PTH116 - the mode only

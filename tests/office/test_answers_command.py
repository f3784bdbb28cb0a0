"""`make answers`: what it shows, asks, writes and keeps."""

from __future__ import annotations

import json
import os
import pty
import subprocess
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from office.answers import CLOSED, POSTS, QUESTION, Post, asked_in, made_post, message, site_with
from office.answers import traces_in as traces
from office.test_answers_mailbox import KEY, with_known_key
from support import EPOCH, run, run_here, write_files, write_site
from wardblog.model import Channel
from wardblog.office.answers.count import CodeCount
from wardblog.office.answers.plan import Counting, plan_counts
from wardblog.office.answers.senders import Senders
from wardblog.office.answers.shown import shown_codes

FILE = "content/answers/2026-11-a-crossing-in-eland-road.csv"
TOTALS = "private/answers/totals.json"
TOMORROW = str(int(EPOCH) + 86_400)
AFTER = str(int(CLOSED.timestamp()) + 86_400 * 3)  # 24 December 2026
MUCH_LATER = str(int(CLOSED.timestamp()) + 86_400 * 40)


class Councillor:
    """A councillor with a site that has a question and a report, and files outside of it."""

    def __init__(self, folder: Path, question: str = QUESTION) -> None:
        self.folder = folder
        _, self.code, self.report = asked_in(site_with(folder / "content", question))

    def count(self, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
        return run_here("answers", *words, cwd=self.folder, **variables)

    def at_terminal(self, reply: str, *words: str) -> subprocess.CompletedProcess[str]:
        controller, terminal = pty.openpty()
        try:
            os.write(controller, f"{reply}\n".encode())
            return run("answers", *words, cwd=self.folder, stdin=terminal)
        finally:
            os.close(terminal)
            os.close(controller)

    def mbox(self, keys: Iterable[str], *fields: str, name: str = "answers.mbox") -> str:
        """Messages with one answer each, from as many people."""
        subjects = [key if "-" in key else f"{self.code}-{key}" for key in keys]
        messages = [
            message(f"p{n}@mail.example", subject, *fields).replace(b"\r\n", b"\n")
            for n, subject in enumerate(subjects)
        ]
        separator = b"From - Sat Nov 28 10:00:00 2026\n"
        (self.folder / name).write_bytes(b"".join(separator + one + b"\n" for one in messages))
        return name

    def slips(self, keys: Iterable[str], name: str = "slips.csv") -> str:
        rows = "".join(f"{self.code} {key}\n" for key in keys)
        (self.folder / name).write_text(f"Slip\n{rows}")
        return name

    def rows(self) -> list[str]:
        path = self.folder / FILE
        return path.read_text().splitlines()[1:] if path.exists() else []

    def totals(self) -> dict[str, int]:
        """The numbers of the question by channel and key, as they are kept."""
        kept = json.loads((self.folder / TOTALS).read_bytes())[self.code]["channels"]
        return {f"{way} {key}": n for way, keys in kept.items() for key, n in keys.items()}


@pytest.fixture
def councillor(tmp_path: Path) -> Councillor:
    return Councillor(tmp_path)


def test_the_whole_count(councillor: Councillor) -> None:
    code = councillor.code
    done = councillor.count("--from", councillor.mbox("AAAAAAAAABBC"), "--force")
    assert done.stderr == ""
    assert (
        done.stdout
        == f"""\
Read the headers of 12 messages.

Where should the crossing go? ({code}, open until 20 December 2026)
  A  By the school            9  ##########################
  B  By the library           2  ######
  C  A crossing at both       1  ###
  12 people chose to answer by e-mail.

{code}: delete the messages on 19 January 2027, 30 days after the closing; they are in your \
mailbox and answers.mbox.

This would write, for everybody to see:
  {FILE}: 118 bytes, new
    code,answer,channel,count,counted
    {code},A,e-mail,9,2026-11-22
    {code},B,e-mail,2,2026-11-22
    {code},C,e-mail,1,2026-11-22
Written: 1 file. Run "make serve" to see the result before you publish it.
"""
    )
    assert councillor.rows() == [
        f"{code},{k},e-mail,{n},2026-11-22" for k, n in zip("ABC", (9, 2, 1), strict=True)
    ]
    path = councillor.folder / TOTALS
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_what_a_person_should_look_at_is_said(councillor: Councillor) -> None:
    code = councillor.code
    name = councillor.mbox(["A", f"{code}-A or B", f"{code}-Z", "A street-light", f"{code}-B"])
    path = councillor.folder / name
    path.write_bytes(
        path.read_bytes().replace(b"Hello.", b"Hello.\nFrom eve Sat Nov 28 11:00:00 2026", 1)
    )
    done = councillor.count("--from", name, "--force")
    assert done.stderr == ""
    assert (
        "answers.mbox: no message begins in line 10, though it looks so. Somebody may have written"
    ) in done.stdout
    assert (
        "Read the headers of 5 messages.\n"
        "  1 message has no code in the subject. If there are answers, type them as slips.\n"
        f"  {code} with no clear answer: the messages that arrived on 1 November 2026 (2).\n"
    ) in done.stdout
    assert "mail.example" not in done.stdout


def test_how_a_spreadsheet_was_read_is_said(councillor: Councillor) -> None:
    form = "Timestamp,Where should the crossing go?\n28/11/2026 10:00,By the school\n"
    write_files(councillor.folder, {"form.csv": form, "same.csv": form})
    done = councillor.count("--from", "form.csv", "--force")
    assert '  Column B was read as the answers to "Where should the crossing go?"' in done.stdout
    done = councillor.count("--from", "form.csv same.csv", "--force")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("same.csv would be counted twice, since it is the same as form")


def test_nothing_is_written_before_somebody_agreed(councillor: Councillor) -> None:
    words = ("--from", councillor.mbox("A" * 12))
    done = councillor.count(*words)
    assert done.returncode == 1
    assert done.stderr == (
        "Nothing was written, since nobody could be asked.\n"
        "  If this is what you want, run the same command with FORCE=1.\n"
    )
    assert "Nothing was written; your content" in councillor.at_terminal("no", *words).stderr
    assert not (councillor.folder / FILE).exists()
    assert not (councillor.folder / TOTALS).exists()
    assert councillor.at_terminal("yes", *words).returncode == 0
    assert len(councillor.rows()) == 3


def test_few_answers_are_shown_here_and_not_in_the_file_while_it_is_open(
    councillor: Councillor,
) -> None:
    words = ("--from", councillor.mbox("AAAAAAABB"), "--force")
    done = councillor.count(*words)
    assert "A  By the school            7" in done.stdout
    assert 'While the question is open, the site says only "fewer than 10".' in done.stdout
    assert councillor.rows() == [f"{councillor.code},all,,fewer than 10,2026-11-22"]
    assert councillor.totals() == {"e-mail A": 7, "e-mail B": 2}
    # A tenth on paper is enough.
    councillor.count("--from", councillor.slips("C"), "--force")
    assert f"{councillor.code},C,paper,1,2026-11-22" in councillor.rows()
    # So is the closing.
    other = Councillor(councillor.folder / "other")
    other.count("--from", other.mbox("AAB"), "--force")
    done = other.count("--from", other.mbox("AAB"), "--force", SOURCE_DATE_EPOCH=AFTER)
    assert "closed on 20 December 2026" in done.stdout
    assert "fewer than" not in done.stdout
    assert other.rows() == [
        f"{other.code},A,e-mail,2,2026-12-24",
        f"{other.code},B,e-mail,1,2026-12-24",
        f"{other.code},C,e-mail,0,2026-12-24",
    ]


def test_a_question_that_has_closed_is_shown_by_a_count_of_something_else(
    councillor: Councillor,
) -> None:
    councillor.count("--from", councillor.mbox("AAB"), "--force")
    report = f"{councillor.report}-ME-TOO"
    words = ("--from", councillor.mbox([report] * 5), "--force")
    assert councillor.count(*words, SOURCE_DATE_EPOCH=AFTER).returncode == 0
    assert councillor.rows()[0] == f"{councillor.code},A,e-mail,2,2026-11-22"


def test_channels_are_counted_in_separate_runs(councillor: Councillor) -> None:
    councillor.count("--from", councillor.mbox("A" * 10), "--force")
    done = councillor.count("--from", councillor.slips("BBC"), "--force")
    assert "slips.csv: 3 answers, given on paper." in done.stdout
    assert "13 people chose to answer: 10 by e-mail, 3 on paper." in done.stdout
    assert "delete the messages" not in done.stdout
    form = "Timestamp,Where should the crossing go?\n28/11/2026 10:00,By the school\n"
    write_files(councillor.folder, {"form.csv": form})
    done = councillor.count("--from", "form.csv", "--force")
    assert "form.csv: 1 answer, given in a form." in done.stdout
    assert "14 people chose to answer: 10 by e-mail, 3 on paper, 1 by a form." in done.stdout
    assert councillor.totals() == {
        "e-mail A": 10, "paper B": 2, "paper C": 1, "form A": 1,
    }  # fmt: skip
    # Several files are counted together.
    more = councillor.slips("AAA", "more.csv")
    done = councillor.count("--from", f"{councillor.slips('BBC')} {more}", "--force")
    assert "17 people chose to answer: 10 by e-mail, 6 on paper, 1 by a form." in done.stdout


def test_a_number_that_falls_stays_unless_it_is_forced(councillor: Councillor) -> None:
    fields = ("Authentication-Results: mx; dmarc=fail",)
    councillor.count("--from", councillor.mbox("A" * 12), "--force")
    before = councillor.rows()
    done = councillor.count("--from", councillor.mbox("BBB", *fields))
    assert (done.returncode, done.stderr) == (0, "")
    assert (
        f"{councillor.code}: 0 answers by e-mail were found, and earlier 12. The earlier number "
        "stays, since messages or rows may have been deleted in between. To take the new one, add "
        "FORCE=1."
    ) in done.stdout
    assert "A  By the school           12" in done.stdout
    assert councillor.rows() == before
    assert councillor.totals() == {"e-mail A": 12}
    # Somebody who chose another answer does not make it fall.
    councillor.count("--from", councillor.mbox("A" * 11 + "B"), "--force")
    assert councillor.totals() == {"e-mail A": 11, "e-mail B": 1}
    councillor.count("--from", councillor.mbox("C" * 10), "--force")
    assert councillor.totals() == {"e-mail C": 10}


def test_numbers_of_another_computer_are_taken_from_the_content(councillor: Councillor) -> None:
    councillor.count("--from", councillor.mbox("A" * 12), "--force")
    (councillor.folder / TOTALS).unlink()
    done = councillor.count("--from", councillor.slips("BBC"), "--force")
    assert "15 people chose to answer: 12 by e-mail, 3 on paper." in done.stdout


def test_unverified_answers_are_in_the_file_and_not_in_the_totals(councillor: Councillor) -> None:
    code = councillor.code
    good = councillor.mbox("A" * 10, name="good.mbox")
    bad = councillor.mbox("BBB", "Authentication-Results: mx; spf=fail", name="bad.mbox")
    # From other people than the good ones.
    path = councillor.folder / bad
    path.write_bytes(path.read_bytes().replace(b"p0@", b"q0@").replace(b"p1@", b"q1@"))
    done = councillor.count("--from", f"{good} {bad}", "--force")
    assert "3 people whose messages failed the checks of your mail provider" in done.stdout
    assert councillor.rows()[-1] == f"{code},unverified,e-mail,3,2026-11-22"
    assert councillor.totals() == {"e-mail A": 10}


def test_a_file_is_written_only_if_its_numbers_changed(councillor: Councillor) -> None:
    words = ("--from", councillor.mbox("A" * 12))
    councillor.count(*words, "--force")
    at = (councillor.folder / FILE).stat().st_mtime_ns
    done = councillor.count(*words, SOURCE_DATE_EPOCH=TOMORROW)
    assert done.returncode == 0
    assert "Nothing changes on the site, so no file of it was written." in done.stdout
    assert (councillor.folder / FILE).stat().st_mtime_ns == at
    # After the closing, the last count says that it is of after the closing.
    councillor.count(*words, "--force", SOURCE_DATE_EPOCH=AFTER)
    assert councillor.rows()[0].endswith("2026-12-24")
    # What somebody changed by hand is made right.
    (councillor.folder / FILE).write_text("nonsense")
    assert councillor.count(*words, "--force", SOURCE_DATE_EPOCH=AFTER).returncode == 0
    assert councillor.rows()[0].endswith(",A,e-mail,12,2026-12-24")


def test_me_too_is_public_from_five_on(councillor: Councillor) -> None:
    path = councillor.folder / "content/answers/me-too.csv"
    written = f"{councillor.report}-ME-TOO"
    done = councillor.count("--from", councillor.mbox([written] * 4), "--force")
    assert "A deep pothole" in done.stdout
    assert '4 people say "me too"; the site says it from 5 on.' in done.stdout
    assert not path.exists()
    councillor.count("--from", councillor.mbox([written] * 6), "--force")
    assert path.read_text().splitlines()[1:] == [f"{councillor.report},ME-TOO,,6,2026-11-22"]


def test_when_messages_should_be_deleted(tmp_path: Path) -> None:
    councillor = Councillor(tmp_path)
    settings = tmp_path / "content/ward.toml"
    settings.write_text(f"{settings.read_text()}\n[answers]\nkeep_days = 7\n")
    words = ("--from", councillor.mbox("A" * 12), "--force")
    code = councillor.code
    done = councillor.count(*words)
    assert (
        f"{code}: delete the messages on 27 December 2026, 7 days after the closing" in done.stdout
    )
    done = councillor.count(*words, SOURCE_DATE_EPOCH=MUCH_LATER)
    assert (
        f"{code}: the messages should have been deleted by 27 December 2026. Delete them now; they "
        "are in your mailbox and answers.mbox."
    ) in done.stdout


def test_messages_that_are_gone_when_they_should_be_change_nothing(councillor: Councillor) -> None:
    """Not even with FORCE: there is nothing to count any more."""
    councillor.count("--from", councillor.mbox("A" * 12), "--force")
    found = {Channel.EMAIL: {councillor.code: CodeCount()}}
    site = site_with(councillor.folder / "content")
    asked, _, _ = asked_in(site)
    for day, numbers in ((date(2027, 1, 18), 0), (date(2027, 1, 19), 12)):
        counting = Counting(
            site=replace(site, today=day), asked=asked, now=CLOSED + timedelta(days=40),
            content=councillor.folder / "content", private=councillor.folder / "private",
            is_forced=True,
        )  # fmt: skip
        plan = plan_counts(counting, found)
        assert plan.totals[councillor.code].total == numbers
        assert plan.kept == ()
        assert shown_codes(plan, counting, found[Channel.EMAIL]) == [councillor.code][numbers:]


def test_long_answers_are_cut_in_the_table(tmp_path: Path) -> None:
    words = "By the library, if the buses can keep their stop there"
    councillor = Councillor(tmp_path, QUESTION.replace("By the library", words))
    done = councillor.count("--from", councillor.mbox("A" * 12), "--force")
    assert "\n  B  By the library, if the buses can kee…       0\n" in done.stdout


def test_without_questions_or_a_mailbox_it_says_what_to_do(tmp_path: Path) -> None:
    write_site(tmp_path / "content")
    done = run_here("answers", cwd=tmp_path)
    assert (done.returncode, done.stdout.count("\n")) == (0, 1)
    assert done.stdout.startswith("There is nothing to count yet: no post has a question.")
    write_files(tmp_path / "content", POSTS)
    done = run_here("answers", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("The mailbox was not read.")
    assert not (tmp_path / "private").exists()


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("gone.mbox", None, "There is no file called gone.mbox"),
        ("letter.docx", b"PK", "letter.docx is neither messages nor a spreadsheet"),
        ("content/slips.csv", b"Slip\n", "content/slips.csv is in content, from which the site"),
    ],
)
def test_files_that_cannot_be_counted(
    name: str, content: bytes | None, message: str, councillor: Councillor
) -> None:
    if content is not None:
        write_files(councillor.folder, {name: content})
    done = councillor.count("--from", name, "--force")
    assert done.returncode == 2
    assert done.stderr.startswith(message)


def test_damaged_totals_are_said(councillor: Councillor) -> None:
    write_files(councillor.folder, {TOTALS: "[1"})
    for text in ("[1", "[]", '{"X": 3}', '{"X": {}}', "\x00"):
        (councillor.folder / TOTALS).write_text(text)
        done = councillor.count("--from", councillor.mbox("A" * 12), "--force")
        assert done.returncode == 1, text
        assert done.stderr.startswith(f"{TOTALS} is damaged."), text
    assert councillor.rows() == []


def test_problems_of_the_content_stop_the_count(councillor: Councillor) -> None:
    write_files(councillor.folder / "content", {"posts/bad.md": "Title: x\nDate: never\n\nText.\n"})
    done = councillor.count("--from", councillor.mbox("A" * 12), "--force")
    assert done.returncode == 1
    assert "posts/bad.md:2" in done.stderr


def given_files(post: Post, code: str) -> dict[str, bytes]:
    rows = ["Timestamp,Email,Name,Where should the crossing go?"]
    rows += [
        f"28/11/2026 10:00:{n % 60:02},{who},Vqorl {n},{'ABC'[n % 3]}"
        for n, who in enumerate(post.addresses)
    ]
    slips = "\n".join(["Slip,Name", *(f"{code} A,Vqorl {n}" for n in range(20)), "odd,Vqorl", ""])
    return {
        "all.mbox": post.mbox(),
        "form.csv": "\n".join(rows).encode(),
        "slips.csv": slips.encode(),
        "broken.csv": f'{rows[0]}\n1,zq00001x@mail.example,Vqorl,"'.encode(),
        "unclear.csv": b"Vqorl,zq00001x@mail.example\nzq00002x@mail.example,Vqorl\n",
    }


def test_no_trace_of_a_sender_is_left_by_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Senders, "__init__", with_known_key)
    councillor = Councillor(tmp_path / "site")
    post = made_post(councillor.code, councillor.report, 300)
    write_files(tmp_path / "given", given_files(post, councillor.code))
    home = str(tmp_path / "site/home")
    said = ""
    for name, status in (
        ("all.mbox", 0), ("form.csv", 0), ("slips.csv", 0), ("broken.csv", 2), ("unclear.csv", 2),
    ):  # fmt: skip
        done = councillor.count(
            "--from", f"../given/{name}", "--force", HOME=home, XDG_CACHE_HOME=f"{home}/cache",
            XDG_STATE_HOME=f"{home}/state", TMPDIR=home,
        )  # fmt: skip
        assert done.returncode == status, f"{name}: {done.stdout}{done.stderr}"
        said += f"{done.stdout}{done.stderr}"
    assert councillor.totals()["form A"] == (len(post.addresses) + 2) // 3
    assert list(traces(said.encode(), post, KEY)) == []
    found = {
        str(path): what
        for path in (tmp_path / "site").rglob("*")
        if path.is_file() and (what := list(traces(path.read_bytes(), post, KEY)))
    }
    assert found == {}

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
from wardblog.office.private_lock import private_lock

FILE = "content/answers/2026-11-a-crossing-in-eland-road.csv"
TOTALS = "private/answers/totals.json"
FORM = "Timestamp,Where should the crossing go?\n28/11/2026 10:00,By the school\n"
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

    def at_terminal(
        self, reply: str, *words: str, **variables: str
    ) -> subprocess.CompletedProcess[str]:
        controller, terminal = pty.openpty()
        try:
            os.write(controller, f"{reply}\n".encode())
            return run("answers", *words, cwd=self.folder, stdin=terminal, **variables)
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

    def me_too(self) -> list[str]:
        path = self.folder / "content/answers/me-too.csv"
        return path.read_text().splitlines()[1:] if path.exists() else []

    def totals(self) -> dict[str, int]:
        """The numbers of the question by channel and key, as they are kept."""
        parts = json.loads((self.folder / TOTALS).read_bytes())[self.code]["parts"]
        return {
            f"{' + '.join(part['channels'])} {key}": n
            for part in parts
            for key, n in part["answers"].items()
        }


@pytest.fixture
def councillor(tmp_path: Path) -> Councillor:
    return Councillor(tmp_path)


def test_two_counts_at_once_would_lose_one_of_them(councillor: Councillor) -> None:
    slips = councillor.slips("AAB")
    doing = "counting answers"
    with private_lock(councillor.folder / "private", ".answers.lock", doing):
        done = councillor.count("--from", slips, "--force")
    assert done.returncode == 1
    assert "Another command is counting answers." in done.stderr
    assert not (councillor.folder / FILE).exists()
    assert councillor.count("--from", slips, "--force").returncode == 0


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

{code}: on 19 January 2027, 30 days after the question closes, delete the messages in your \
mailbox and answers.mbox.

This would write, for everybody to see:
  {FILE}: 131 bytes, new
    code,answer,channel,count,counted
    {code},A,,9,2026-11-22
    {code},B,,2,2026-11-22
    {code},C,,1,2026-11-22
    {code},all,e-mail,12,2026-11-22
1 file written. Run "make serve" to see the result before you publish it.
"""
    )
    assert councillor.rows() == [
        *(f"{code},{k},,{n},2026-11-22" for k, n in zip("ABC", (9, 2, 1), strict=True)),
        f"{code},all,e-mail,12,2026-11-22",
    ]
    path = councillor.folder / TOTALS
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_what_a_person_should_look_at_is_reported(councillor: Councillor) -> None:
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


def test_how_a_spreadsheet_was_read_is_shown(councillor: Councillor) -> None:
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
        "Nothing was written, because this command could not ask for your confirmation.\n"
        "  If this is what you want, run the same command with FORCE=1.\n"
    )
    assert "Nothing was written; your content" in councillor.at_terminal("no", *words).stderr
    assert not (councillor.folder / FILE).exists()
    assert not (councillor.folder / TOTALS).exists()
    assert councillor.at_terminal("yes", *words).returncode == 0
    assert len(councillor.rows()) == 4


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
    assert councillor.rows()[2:] == [
        f"{councillor.code},C,,1,2026-11-22",
        f"{councillor.code},all,e-mail,9,2026-11-22",
        f"{councillor.code},all,paper,1,2026-11-22",
    ]
    # So is the closing.
    other = Councillor(councillor.folder / "other")
    other.count("--from", other.mbox("AAAAB"), "--force")
    done = other.count("--from", other.mbox("AAAAB"), "--force", SOURCE_DATE_EPOCH=AFTER)
    assert "closed on 20 December 2026" in done.stdout
    assert "fewer than" not in done.stdout
    assert other.rows() == [
        f"{other.code},A,,4,2026-12-24",
        f"{other.code},B,,1,2026-12-24",
        f"{other.code},C,,0,2026-12-24",
        f"{other.code},all,e-mail,5,2026-12-24",
    ]


def test_of_fewer_than_five_nobody_is_told_apart_after_the_closing_either(
    councillor: Councillor,
) -> None:
    """The page of the question says the same, and the folder of the content may be public."""
    words = ("--from", councillor.mbox("AAB"), "--force")
    done = councillor.count(*words, SOURCE_DATE_EPOCH=AFTER)
    assert 'The site says only "fewer than 5", without the answers.' in done.stdout
    assert councillor.rows() == [f"{councillor.code},all,,fewer than 10,2026-12-24"]


def test_a_question_that_has_closed_is_shown_by_a_count_of_something_else(
    councillor: Councillor,
) -> None:
    councillor.count("--from", councillor.mbox("AAAAB"), "--force")
    report = f"{councillor.report}-ME-TOO"
    words = ("--from", councillor.mbox([report] * 5), "--force")
    assert councillor.count(*words, SOURCE_DATE_EPOCH=AFTER).returncode == 0
    assert councillor.rows()[0] == f"{councillor.code},A,,4,2026-11-22"


def test_channels_are_counted_in_separate_runs(councillor: Councillor) -> None:
    councillor.count("--from", councillor.mbox("A" * 10), "--force")
    done = councillor.count("--from", councillor.slips("BBC"), "--force")
    assert "slips.csv: 3 answers, given on paper." in done.stdout
    assert "13 people chose to answer: 10 by e-mail, 3 on paper." in done.stdout
    assert "delete slips.csv, and destroy the slips of paper." in done.stdout
    assert "messages" not in done.stdout
    write_files(councillor.folder, {"form.csv": FORM})
    done = councillor.count("--from", "form.csv", "--force")
    assert "form.csv: 1 answer, given in a form." in done.stdout
    assert "delete form.csv and the answers on the form's own site." in done.stdout
    assert "14 people chose to answer: 10 by e-mail, 3 on paper, 1 by a form." in done.stdout
    assert councillor.totals() == {
        "e-mail A": 10, "paper B": 2, "paper C": 1, "form A": 1,
    }  # fmt: skip
    # Several files are counted together.
    more = councillor.slips("AAA", "more.csv")
    done = councillor.count("--from", f"{councillor.slips('BBC')} {more}", "--force")
    assert "17 people chose to answer: 10 by e-mail, 6 on paper, 1 by a form." in done.stdout


def test_a_number_that_falls_stays_unless_its_code_is_named(councillor: Councillor) -> None:
    fields = ("Authentication-Results: mx; dmarc=fail",)
    councillor.count("--from", councillor.mbox("A" * 12), "--force")
    before = councillor.rows()
    for force in ((), ("--force",), ("--force=1",), ("--force=0",), ("--force=",)):
        done = councillor.count("--from", councillor.mbox("BBB", *fields), *force)
        assert (done.returncode, done.stderr) == (0, "")
        assert (
            f"{councillor.code}: 0 answers by e-mail were found; last time there were 12. The "
            "earlier number stays, since messages or rows may have been deleted in the meantime."
        ) in done.stdout
        assert f"name its code: FORCE={councillor.code}\n" in done.stdout
        assert "A  By the school           12" in done.stdout
        assert councillor.rows() == before
        assert councillor.totals() == {"e-mail A": 12}
    # Somebody who chose another answer does not make it fall.
    councillor.count("--from", councillor.mbox("A" * 11 + "B"), "--force")
    assert councillor.totals() == {"e-mail A": 11, "e-mail B": 1}
    done = councillor.count("--from", councillor.mbox("C" * 10), f"--force={councillor.code}")
    assert councillor.totals() == {"e-mail C": 10}
    assert "FORCE" not in done.stdout


def test_only_the_numbers_of_the_codes_that_are_named_fall(councillor: Councillor) -> None:
    me_too = [f"{councillor.report}-ME-TOO"]
    councillor.count("--from", councillor.mbox([*"A" * 12, *me_too * 8]), "--force")
    fewer = ("--from", councillor.mbox([*"A" * 11, *me_too * 6]))
    least = ("--from", councillor.mbox([*"A" * 12, *me_too * 6]))
    councillor.count(*least, f"--force={councillor.code}")
    assert councillor.me_too() == [f"{councillor.report},ME-TOO,,8,2026-11-22"]
    kept = json.loads((councillor.folder / TOTALS).read_bytes())
    assert kept[councillor.report]["me_too"] == {"e-mail": 8}
    fewer = ("--from", councillor.mbox([*"A" * 11, *me_too * 6]))
    councillor.count(*fewer, f"--force={councillor.report.lower()}")
    assert councillor.totals() == {"e-mail A": 12}
    assert councillor.me_too() == [f"{councillor.report},ME-TOO,,6,2026-11-22"]
    councillor.count(*fewer, f"--force=1, {councillor.report},{councillor.code}")
    assert councillor.totals() == {"e-mail A": 11}
    done = councillor.count(*fewer, "--force=BCDFG")
    assert (done.returncode, done.stderr.splitlines()[0]) == (2, "No question has the code BCDFG.")


def test_a_number_may_fall_if_the_person_at_the_terminal_says_so(councillor: Councillor) -> None:
    councillor.count("--from", councillor.mbox("A" * 20), "--force")
    fewer = ("--from", councillor.mbox("A" * 14))
    done = councillor.at_terminal("", *fewer)
    assert "14 answers by e-mail were found; last time there were 20." in done.stdout
    assert 'Type "yes" to take the smaller number; anything else keeps' in done.stdout
    assert councillor.totals() == {"e-mail A": 20}
    councillor.at_terminal("yes\nyes", *fewer)
    assert councillor.totals() == {"e-mail A": 14}
    assert councillor.rows()[0].endswith(",A,,14,2026-11-22")


def test_a_late_message_changes_nothing_of_a_closed_question(councillor: Councillor) -> None:
    """After the messages were deleted, nobody is asked; only FORCE with its code makes it fall."""
    councillor.count("--from", councillor.mbox("A" * 21), "--force", SOURCE_DATE_EPOCH=AFTER)
    before = councillor.rows()
    late = message("late@mail.example", f"{councillor.code}-B").replace(b"\r\n", b"\n")
    data = b"From - Sat Jan 30 10:00:00 2027\n" + late.replace(b"1 Nov 2026", b"30 Jan 2027")
    (councillor.folder / "late.mbox").write_bytes(data)
    words = ("--from", "late.mbox")
    done = councillor.count(*words, "--force", SOURCE_DATE_EPOCH=MUCH_LATER)
    assert "1 person who answered after the question had closed" in done.stdout
    assert "last time there were 21. The earlier number stays" in done.stdout
    done = councillor.at_terminal("yes\nyes", *words, SOURCE_DATE_EPOCH=MUCH_LATER)
    assert "Type" not in done.stdout
    assert councillor.rows() == before
    force = f"--force={councillor.code}"
    councillor.count(*words, force, SOURCE_DATE_EPOCH=MUCH_LATER)
    assert councillor.rows()[0].endswith(",A,,0,2027-01-30")


def test_while_a_question_is_open_five_more_must_have_answered(councillor: Councillor) -> None:
    councillor.count("--from", councillor.mbox("A" * 10), "--force")
    before = councillor.rows()
    for keys in ("A" * 9 + "B", "A" * 10 + "B", "A" * 10 + "BBBB"):
        done = councillor.count("--from", councillor.mbox(keys), "--force")
        assert (
            f"{councillor.code}: the site keeps its result of 10 answers. While the question is "
            "open, a new one is published once 5 more people have answered"
        ) in done.stdout
        assert "The site stays as it is." in done.stdout
        assert councillor.rows() == before
        assert sum(councillor.totals().values()) == len(keys)
    councillor.count("--from", councillor.mbox("A" * 10 + "BBBB"), "--force")
    councillor.count("--from", councillor.slips("C"), "--force")
    assert councillor.rows() == [
        f"{councillor.code},{row},2026-11-22"
        for row in ("A,,10", "B,,4", "C,,1", "all,e-mail,14", "all,paper,1")
    ]
    # When it has closed, everything is published.
    words = ("--from", councillor.mbox("A" * 10 + "BBBBB"), "--force")
    councillor.count(*words)
    assert councillor.rows()[1].startswith(f"{councillor.code},B,,4,")
    councillor.count(*words, SOURCE_DATE_EPOCH=AFTER)
    assert councillor.rows()[1].startswith(f"{councillor.code},B,,5,")


def test_an_answer_that_was_taken_out_does_not_come_back_from_what_is_published(
    councillor: Councillor,
) -> None:
    councillor.count("--from", councillor.mbox("A" * 12), "--force")
    councillor.count("--from", councillor.mbox("A" * 11), f"--force={councillor.code}")
    assert councillor.rows()[0].endswith(",A,,12,2026-11-22"), "held back while it is open"
    done = councillor.count("--from", councillor.slips("C"), "--force")
    assert "taken over" not in done.stdout
    assert councillor.totals() == {"e-mail A": 11, "paper C": 1}


def test_a_number_below_ten_is_hidden_again_while_the_question_is_open(
    councillor: Councillor,
) -> None:
    councillor.count("--from", councillor.mbox("A" * 10), "--force")
    councillor.count("--from", councillor.mbox("A" * 9), f"--force={councillor.code}")
    assert councillor.rows() == [f"{councillor.code},all,,fewer than 10,2026-11-22"]


def test_numbers_of_another_computer_are_taken_from_the_content(councillor: Councillor) -> None:
    councillor.count("--from", councillor.mbox("A" * 12), "--force")
    (councillor.folder / TOTALS).unlink()
    done = councillor.count("--from", councillor.slips("BBC"), "--force")
    assert "15 people chose to answer: 12 by e-mail, 3 on paper." in done.stdout


def test_numbers_that_were_counted_later_on_another_computer_are_taken_over(
    councillor: Councillor,
) -> None:
    """Three councillors count on computers of their own, and share the content."""
    councillor.count("--from", councillor.mbox("A" * 12), "--force")
    councillor.count("--from", councillor.slips("BBBCC"), "--force")
    old = (councillor.folder / TOTALS).read_bytes()
    mail = ("--from", councillor.mbox("A" * 18), "--force")
    councillor.count(*mail, SOURCE_DATE_EPOCH=TOMORROW)
    assert councillor.rows()[0].endswith(",A,,18,2026-11-23")
    (councillor.folder / TOTALS).write_bytes(old)
    done = councillor.count("--from", councillor.slips("BBBBCC"), "--force")
    assert (
        f"{councillor.code}: the published numbers were counted later than those on this computer, "
        "so they were taken over.\n"
    ) in done.stdout
    assert councillor.totals() == {"e-mail A": 18, "paper B": 4, "paper C": 2}
    # A number that falls by this is reported.
    (councillor.folder / TOTALS).write_bytes(old.replace(b'"e-mail": 12', b'"e-mail": 30'))
    done = councillor.count("--from", councillor.slips("BBBCC"), "--force")
    assert "There are fewer than here: by e-mail 18 instead of 30." in done.stdout
    # What this computer has counted later stays.
    done = councillor.count("--from", councillor.slips("BBBCCC"), "--force")
    assert "taken over" not in done.stdout
    assert councillor.totals() == {"e-mail A": 18, "paper B": 3, "paper C": 3}


def test_channels_that_only_another_computer_can_tell_apart(councillor: Councillor) -> None:
    councillor.count("--from", councillor.mbox("A" * 12), "--force")
    councillor.count("--from", councillor.slips("BBBCC"), "--force")
    before = councillor.rows()
    (councillor.folder / TOTALS).unlink()
    done = councillor.count("--from", councillor.slips("BBBBBBBBBB"), "--force")
    assert (
        f"{councillor.code}: this computer only knows how many chose each answer by e-mail and on "
        "paper together, so none of these numbers was changed. Count all of them in one run"
    ) in done.stdout
    assert councillor.rows() == before
    assert councillor.totals() == {
        "e-mail + paper A": 12, "e-mail + paper B": 3, "e-mail + paper C": 2,
    }  # fmt: skip
    # Another channel can be added, and all together be counted anew.
    write_files(councillor.folder, {"form.csv": FORM})
    done = councillor.count("--from", "form.csv", "--force")
    assert "18 people chose to answer: 12 by e-mail, 5 on paper, 1 by a form." in done.stdout
    both = f"{councillor.mbox('A' * 13)} {councillor.slips('BBBBBBBBBB')}"
    councillor.count("--from", both, "--force")
    assert councillor.totals() == {"e-mail A": 13, "paper B": 10, "form A": 1}


def test_published_me_too_stays_if_this_computer_does_not_know_it(councillor: Councillor) -> None:
    me_too = f"{councillor.report}-ME-TOO"
    councillor.count("--from", councillor.mbox([me_too] * 12), "--force")
    (councillor.folder / TOTALS).unlink()
    before = councillor.me_too()
    councillor.count("--from", councillor.slips("ABC"), "--force")
    assert councillor.me_too() == before == [f"{councillor.report},ME-TOO,,12,2026-11-22"]
    done = councillor.count("--from", councillor.mbox([me_too] * 7), "--force")
    assert (
        f'{councillor.report}: 7 people who say "me too" were found; the site says 12.'
    ) in done.stdout
    assert councillor.me_too() == before
    councillor.count("--from", councillor.mbox([me_too] * 13), "--force")
    assert councillor.me_too() == [f"{councillor.report},ME-TOO,,13,2026-11-22"]
    done = councillor.count("--from", councillor.mbox([me_too]), "--force")
    assert '1 person who says "me too" by e-mail was found; last time there were 13.' in done.stdout


def test_a_site_without_me_too_counts_none(councillor: Councillor) -> None:
    me_too = f"{councillor.report}-ME-TOO"
    councillor.count("--from", councillor.mbox([me_too] * 6), "--force")
    before = councillor.me_too()
    settings = councillor.folder / "content/ward.toml"
    settings.write_text(f"{settings.read_text()}\n[answers]\nme_too = false\n")
    done = councillor.count("--from", councillor.mbox([me_too] * 9), "--force")
    assert (done.returncode, "me too" in done.stdout, "no post" in done.stdout) == (0, False, False)
    assert councillor.me_too() == before


def test_changed_words_of_an_answer_are_noticed(councillor: Councillor) -> None:
    councillor.count("--from", councillor.mbox("AAB"), "--force")
    post = councillor.folder / "content/posts/crossing.md"
    text = post.read_text()
    post.write_text(text.replace("A | By the school", "A | by the School!"))
    words = ("--from", councillor.mbox("AAB"), "--force")
    assert "words" not in councillor.count(*words).stdout
    swapped = text.replace("By the school", "X").replace("By the library", "By the school")
    post.write_text(swapped.replace("X", "By the library"))
    assert (
        f"{councillor.code}: the words of the answers A and B changed after people had chosen them."
    ) in councillor.count(*words).stdout


def test_more_answers_than_can_be_are_refused(councillor: Councillor) -> None:
    text = f"code;count\n{councillor.code}-A;600000\n"
    write_files(councillor.folder, {"many.csv": f"{text}{councillor.code}-B;600000\n"})
    done = councillor.count("--from", "many.csv", "--force")
    assert done.returncode == 1
    assert f"{councillor.code} would have 1,200,000 answers; more than 999,999" in done.stderr
    assert councillor.rows() == []
    write_files(councillor.folder, {"many.csv": text})
    assert councillor.count("--from", "many.csv", "--force").returncode == 0


def test_messages_with_a_code_of_no_post_are_reported(councillor: Councillor) -> None:
    subjects = ["BCDFG-A By the school", "Re: bcdfg b", "BCDFG: ME-TOO", "BCDFG Road", "BCDFGH-A"]
    done = councillor.count("--from", councillor.mbox([f"- {one}" for one in subjects]), "--force")
    assert "3 messages have a code that no post has (BCDFG). If the address of" in done.stdout
    done = councillor.count("--from", councillor.mbox("A"), "--force")
    assert "no post has" not in done.stdout


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
    assert "The site stays as it is." in done.stdout
    assert (councillor.folder / FILE).stat().st_mtime_ns == at
    # After the closing, the last count says that it is of after the closing.
    councillor.count(*words, "--force", SOURCE_DATE_EPOCH=AFTER)
    assert councillor.rows()[0].endswith("2026-12-24")
    # What somebody changed by hand is made right.
    (councillor.folder / FILE).write_text("nonsense")
    assert councillor.count(*words, "--force", SOURCE_DATE_EPOCH=AFTER).returncode == 0
    assert councillor.rows()[0].endswith(",A,,12,2026-12-24")


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
        f"{code}: on 27 December 2026, 7 days after the question closes, delete the messages in "
    ) in done.stdout
    done = councillor.count(*words, SOURCE_DATE_EPOCH=MUCH_LATER)
    assert (
        f"{code}: everything that was counted should have been deleted by 27 December 2026. Delete "
        "the messages in your mailbox and answers.mbox now."
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
            accepted=frozenset((councillor.code,)),
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
        ("output/answers.mbox", b"From ", "output/answers.mbox is in output, which residents can"),
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


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes")
@pytest.mark.parametrize("name", ["pipe.mbox", "pipe.csv", "pipe.eml", "pipe"])
def test_a_pipe_is_not_waited_for(name: str, councillor: Councillor) -> None:
    os.mkfifo(councillor.folder / name)
    done = councillor.count("--from", name, "--force")
    assert (done.returncode, done.stderr.splitlines()[0]) == (2, f"{name} is not an ordinary file.")


def test_damaged_totals_are_reported(councillor: Councillor) -> None:
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

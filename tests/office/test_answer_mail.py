"""Which messages count, whose they are, and how files of messages are read."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from office.answers import CLOSED, OPENED, asked_in, made_post, message, site_with
from support import examples, write_files
from wardblog.office.answers.asked import AskedPost
from wardblog.office.answers.authentication import Check, checked
from wardblog.office.answers.count import Aside, CodeCount
from wardblog.office.answers.mail_count import MailCount
from wardblog.office.answers.mail_files import heads_in, is_mail
from wardblog.office.answers.mail_heads import MailHead, mail_of
from wardblog.office.answers.senders import Senders, normalised

ANN = "Ann <ann@mail.example>"
OWN = ("answers@ward.example.org",)
NOV = "Sat, 28 Nov 2026 10:00:00 +0000"
LATER = "Mon, 1 Jan 2029 10:00:00 +0000"
AR = "Authentication-Results: mx.example.net; "


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, AskedPost], str, str]:
    return asked_in(site_with(tmp_path_factory.mktemp("site")))


class Counted:
    """Counts messages that are given with the minute at which they were received."""

    def __init__(self, asked: tuple[dict[str, AskedPost], str, str]) -> None:
        self.asked, self.code, self.report = asked
        self.count = MailCount(self.asked, OWN)

    def add(
        self,
        subject: str,
        *fields: str,
        sender: str = ANN,
        at: datetime = OPENED,
        return_path: str | None = None,
    ) -> Counted:
        words = subject.replace("CODE", self.code).replace("REPORT", self.report)
        data = message(sender, words, *fields, return_path=return_path)
        self.count.add(MailHead(data, at))
        return self

    @property
    def result(self) -> CodeCount:
        return self.count.result()[self.code]

    @property
    def aside(self) -> dict[str, int]:
        return {why.name: number for why, number in self.result.aside.items()}


@pytest.fixture
def counted(asked: tuple[dict[str, AskedPost], str, str]) -> Counted:
    return Counted(asked)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("Auto-Submitted: auto-replied", "AUTOMATIC"),
        ("Auto-Submitted: auto-replied (vacation)", "AUTOMATIC"),
        ("Auto-Submitted: auto-generated", "AUTOMATIC"),
        ("Auto-Submitted: auto-notified", "AUTOMATIC"),
        ("Auto-Submitted: no", ""),
        ("X-Autoreply: yes", "AUTOMATIC"),
        ("X-Autorespond: away", "AUTOMATIC"),
        ("Precedence: auto_reply", "AUTOMATIC"),
        ("Precedence: bulk", "LIST"),
        ("Precedence: list", "LIST"),
        ("Precedence: first-class", ""),
        ("List-Id: <talk.example.org>", "LIST"),
        ("List-Unsubscribe: <https://list.example.org/>", "LIST"),
        ("List-Post: <mailto:talk@example.org>", "LIST"),
        ("Content-Type: multipart/report; report-type=delivery-status", "BOUNCE"),
        ("Content-Type: multipart/alternative; boundary=x", ""),
        ("X-Mailer: a program", ""),
        ("In-Reply-To: <1@example.org>", ""),
    ],
)
def test_programs_and_lists_do_not_count(line: str, why: str, counted: Counted) -> None:
    counted.add("CODE-A", line)
    assert counted.result.total == (0 if why else 1)
    assert counted.aside == ({why: 1} if why else {})


@pytest.mark.parametrize(
    "prefix",
    ["Automatic reply: ", "Out of Office: ", "Out of the office: ", "Ateb awtomatig: ",
     "AutoReply: ", "Ymateb awtomatig: ", "Automatische Antwort: ", "Réponse automatique : ",
     "Allan o’r swyddfa: ", "Allan o'r swyddfa: ", "[EXT] Out of office: ", "OOO ", "OOO: ",
     "Re: Automatic reply: ", "[External] Re: FW: Automatic reply: ", "Away: ", "Read: ",
     "Not read: ", "Accepted: ", "Declined: ", "Tentative: ", "EXTERNAL: Out of office "],
)  # fmt: skip
def test_a_clear_subject_of_a_program_does_not_count(prefix: str, counted: Counted) -> None:
    assert counted.add(f"{prefix}CODE-A").aside == {"AUTOMATIC": 1}


@pytest.mark.parametrize(
    ("sender", "return_path", "why"),
    [
        ("Ann <ann@mail.example>", "", "BOUNCE"),
        ("MAILER-DAEMON@mail.example", None, "BOUNCE"),
        ("Answers <ANSWERS@ward.example.org>", None, "OWN"),
        ("answers+test@ward.example.org", None, "OWN"),
        ("ann@mail.example, bob@mail.example", None, "NO_SENDER"),
        ("Ann", "ann@mail.example", "NO_SENDER"),
        ('"Smith, Ann (private)" <ann@mail.example>', None, ""),
        ("ann@mail.example (Ann)", None, ""),
        ("=?utf-8?b?QW5uLCBCb2I=?= <ann@mail.example>", None, ""),
        ("Siân <siân@mail.example>", None, ""),
        ("Ann, X <ann@mail.example>", None, ""),
        ("Ann <ann@mail.example>, ", None, ""),
        ("ann@work <ann@mail.example>", None, ""),
        ("<ann@mail.example> <bob@mail.example>", None, "NO_SENDER"),
        ("bob@mail.example (<ann@mail.example>)", None, ""),
    ],
)
def test_bounces_own_addresses_and_unknown_senders_do_not_count(
    sender: str, return_path: str | None, why: str, counted: Counted
) -> None:
    counted.add("CODE-A", sender=sender, return_path=return_path)
    assert counted.aside == ({why: 1} if why else {})
    assert counted.result.total == (0 if why else 1)


@pytest.mark.parametrize(
    ("results", "is_failed"),
    [
        ("spf=pass; dkim=pass; dmarc=pass", False),
        ("none", False),
        ("spf=none; dkim=none", False),
        ("spf=fail; dkim=pass", False),
        ("spf=pass; dkim=fail", False),
        ("spf=fail; dkim=pass header.d=a; dmarc=fail", True),
        ("spf=pass; dkim=pass; dmarc=fail (p=NONE) header.from=b", True),
        ("spf=fail; dkim=none", True),
        ("spf=softfail; dkim=none; dmarc=none", True),
        ("dkim=fail; spf=neutral", True),
        ("spf=softfail; dmarc=pass", False),
        ("dkim=fail; dkim=pass", False),
        ("spf=temperror; dkim=temperror", False),
        ("SPF=Fail; DKIM=None", True),
        ("spf/1 = fail; dkim = none", True),
        ('spf=fail smtp.mailfrom="a;dkim=pass"@b; dkim=none', True),
        ("spf=fail (sender;dmarc=pass (really); spf=pass) smtp.mailfrom=a", True),
        ("spf=pass (a \\) comment;dmarc=fail) smtp.mailfrom=ann@mail.example", False),
        ("arc=fail; iprev=fail", False),
        ("spf=pass smtp.mailfrom=a;\r\n\tdkim=none;\r\n\tdmarc=fail", True),
    ],
)
def test_the_checks_of_the_provider(results: str, is_failed: bool) -> None:
    mail = mail_of(MailHead(message(ANN, "x", f"{AR}{results}")))
    assert checked(mail.headers, mail.sender).is_failed == is_failed


def check_of(*results: str, sender: str = "ann@mail.example") -> Check:
    return checked({"authentication-results": results}, sender)


def test_a_first_result_without_the_name_of_a_server_is_read() -> None:
    assert check_of("spf=fail (sender IP is 1.2.3.4); dkim=none") is Check.FAILED
    assert check_of("spf=pass (sender IP is 1.2.3.4); dkim=none") is Check.PASSED


@pytest.mark.parametrize(
    ("sender", "domain", "is_own"),
    [
        ("ann@mail.example", "mail.example", True),
        ("ann@mail.example", "MAIL.EXAMPLE.", True),
        ("ann@mail.example", "news.mail.example", True),
        ("ann@news.mail.example", "mail.example", True),
        ("ann@b\u00fccher.example", "xn--bcher-kva.example", True),
        ("ann@mail.example", "evil.example", False),
        ("ann@mail.example", "evilmail.example", False),
        ("ann@mail.example", "mail.example.evil.example", False),
        ("ann@mail.example", "example", False),
        ("ann@ward.co.uk", "co.uk", False),
        ("ann@ward.co.uk", "a.ward.co.uk", True),
        ("ann@org.uk", "evil.org.uk", False),
        ("ann@mail.example", "", False),
    ],
)
def test_spf_and_dkim_pass_only_for_the_senders_own_domain(
    sender: str, domain: str, is_own: bool
) -> None:
    expected = Check.PASSED if is_own else Check.FAILED
    for result in (
        f"spf=pass smtp.mailfrom=x@{domain}", f"spf=pass (of x) smtp.mailfrom={domain}; dmarc=none",
        f"dkim=pass header.d={domain}", f"dkim=pass header.i=@{domain} header.b=abc",
        f"spf=none; dkim=pass header.i=@{domain} header.d={domain}", f"spf=pass smtp.helo={domain}",
        f"dmarc=pass header.from={domain}",
    ):  # fmt: skip
        assert check_of(f"mx; {result}", sender=sender) is expected, result
    assert check_of(f"mx; spf=pass smtp.mailfrom={domain}; dmarc=pass", sender=sender) is (
        Check.PASSED
    )


@pytest.mark.parametrize(
    "result",
    [
        'spf=pass (mx: domain of "a("@evil.com designates 1) smtp.mailfrom=x; dmarc=fail',
        'spf=pass (mx: domain of "a);dmarc=pass;("@evil.com designates 1) smtp.mailfrom=x',
        "spf=pass (an open comment; dmarc=pass",
        'spf=pass smtp.mailfrom="a@b; dmarc=pass',
        'spf=pass; dmarc=pass (the end is missing \\',
        "dmarc=reject", "dmarc=quarantine", "spf=pass; dmarc = fail", "dmarc=pass; dmarc=fail",
        f"dmarc=pass (x) {'y' * 6000}",
        f"spf=pass {' ' * 6000}; dmarc=fail",
    ],
)  # fmt: skip
def test_checks_that_are_refused_damaged_or_cut(result: str) -> None:
    mail = mail_of(MailHead(message(ANN, "x", f"{AR}{result}")))
    assert checked(mail.headers, mail.sender) is Check.REFUSED


def test_checks_at_the_end_of_a_header_that_is_cut() -> None:
    for length in (29_000, 29_900, 29_990, 30_000, 40_000):
        data = b"From: ann@mail.example\nX: " + b"x" * length + f"\n{AR}dmarc=pass".encode()
        mail = mail_of(MailHead(data + b" " * 2000 + b"; dmarc=fail"))
        assert checked(mail.headers, mail.sender) is not Check.PASSED, length


def test_all_fields_of_the_topmost_server_are_read() -> None:
    own = "mail.example"
    spf, dkim = f"mx; spf=fail smtp.mailfrom={own}", f"mx 1; dkim=pass header.d={own}"
    assert check_of(dkim, "mx; dmarc=fail") is Check.REFUSED
    assert check_of("mx; dmarc=none", dkim) is Check.PASSED
    assert check_of("mx; dmarc=pass", dkim, spf) is Check.PASSED
    assert check_of(spf, "mx; dmarc=pass") is Check.FAILED, "the lower one may be forged"
    assert check_of("mx; spf=none", "other; dmarc=fail") is Check.UNKNOWN
    assert check_of("mx; spf=none", "other; x=y", "mx; dmarc=fail") is Check.UNKNOWN


def test_an_unchecked_message_among_checked_ones_is_not_verified(counted: Counted) -> None:
    counted.add("CODE-A", f"{AR}dmarc=pass")
    counted.add("CODE-A", f"{AR}dmarc=pass", sender="bob@mail.example")
    counted.add("CODE-B")
    counted.add("CODE-B", sender="cat@mail.example")
    counted.add("CODE-C", f"{AR}none", sender="dan@mail.example")
    counted.add("CODE-B", f"{AR}none", at=OPENED + timedelta(days=1))
    assert counted.result == CodeCount(numbers={"A": 2, "C": 1}, aside={Aside.UNVERIFIED: 2})


def test_where_no_provider_checks_messages_all_count(counted: Counted) -> None:
    counted.add("CODE-A", f"{AR}dmarc=pass")
    counted.add("CODE-B", at=OPENED + timedelta(days=1))
    counted.add("CODE-B", sender="cat@mail.example")
    assert counted.result == CodeCount(numbers={"B": 2}, aside={Aside.AGAIN: 1})


def test_what_had_no_code_and_when_unclear_answers_arrived(counted: Counted) -> None:
    counted.add("CODE-A or B", at=datetime(2026, 11, 5, 10, tzinfo=UTC))
    counted.add("CODE", at=datetime(2026, 6, 5, 23, 30, tzinfo=UTC), sender="bob@mail.example")
    counted.add("CODE-A or B", "List-Id: <x.example>")
    counted.add("A street light")
    counted.add("Automatic reply: a street light")
    counted.add("Mine", sender=OWN[0])
    days = [str(day) for day in counted.count.unclear[counted.code]]
    assert (days, counted.count.uncoded) == (["2026-11-05", "2026-06-06"], 1)


def test_only_the_topmost_result_is_the_providers_own(counted: Counted) -> None:
    counted.add("CODE-A", f"{AR}spf=fail; dkim=none", f"{AR}dmarc=pass")
    assert counted.aside == {"UNVERIFIED": 1}
    below = "Authentication-Results: other.example; dmarc=fail"
    counted.add("CODE-A", f"{AR}dmarc=pass", below, sender="bob@mail.example")
    assert (counted.result.numbers, counted.aside) == ({"A": 1}, {"UNVERIFIED": 1})


def test_a_forged_message_does_not_replace_an_answer(counted: Counted) -> None:
    counted.add("CODE-A", f"{AR}dmarc=pass")
    later = OPENED + timedelta(days=1)
    counted.add("CODE-B", f"{AR}dmarc=fail", at=later)
    counted.add("CODE-C", f"{AR}spf=fail", at=later)
    assert counted.result == CodeCount(numbers={"A": 1}, aside={Aside.UNVERIFIED: 1})


def test_the_last_answer_by_the_servers_time_counts(counted: Counted) -> None:
    counted.add("CODE-A", at=OPENED + timedelta(hours=2))
    counted.add("CODE-B", at=OPENED + timedelta(hours=1))
    assert (counted.result.numbers, counted.aside) == ({"A": 1}, {"AGAIN": 1})
    counted.add("CODE-C", at=OPENED + timedelta(hours=2))
    assert (counted.result.numbers, counted.aside) == ({"C": 1}, {"AGAIN": 2})
    # What is not clear replaces nothing.
    counted.add("CODE-A or B", at=OPENED + timedelta(hours=3))
    assert counted.result.numbers == {"C": 1}


def test_an_answer_counts_until_the_closing(counted: Counted) -> None:
    counted.add("CODE-A", at=CLOSED - timedelta(seconds=1))
    counted.add("CODE-B", at=CLOSED)
    counted.add("CODE-B", at=CLOSED + timedelta(days=1), sender="bob@mail.example")
    assert counted.result == CodeCount(numbers={"A": 1}, aside={Aside.LATE: 2})


def test_me_too_counts_once_for_each_sender_and_report(counted: Counted) -> None:
    for sender in (ANN, "ANN@mail.example", "bob@mail.example"):
        counted.add("REPORT-ME-TOO", sender=sender, at=CLOSED + timedelta(days=99))
    report = counted.count.result()[counted.report]
    assert report == CodeCount(numbers={"ME-TOO": 2}, aside={Aside.AGAIN: 1})
    assert counted.result == CodeCount()


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("Ann@Mail.Example", "ann@mail.example", True),
        ("ann+votes@mail.example", "ann@mail.example", True),
        ("ann@mail.example.", "ann@mail.example", True),
        ("ann@b\u00fccher.example", "ann@xn--bcher-kva.example", True),
        ("ann@B\u00dcCHER.example", "ann@XN--BCHER-KVA.example", True),
        ("si\u00e2n@mail.example", "sia\u0302n@mail.example", True),
        ("ann@xn--\u00fc.example", "ann@\u00fc.example", False),
        ("ann@xn--99999999.example", "ann@mail.example", False),
        ("+ann@mail.example", "+bob@mail.example", False),
        ("ann@mail.example", "ann@post.example", False),
        ("a.nn@mail.example", "ann@mail.example", False),
    ],
)
def test_ways_to_write_one_address(one: str, other: str, is_same: bool) -> None:
    senders = Senders()
    assert (senders.digest(one) == senders.digest(other)) == is_same
    assert Senders().digest(one) != senders.digest(one), "the key must be another each time"
    assert len({normalised(one), normalised(other)}) == (1 if is_same else 2)


def count_of(path: Path, asked: tuple[dict[str, AskedPost], str, str]) -> MailCount:
    count = MailCount(asked[0], OWN)
    for head in heads_in(path):
        count.add(head)
    return count


def as_mbox(tmp_path: Path, *messages: bytes, start: bytes = b"From - ") -> Path:
    date = b"Sat Nov 28 10:00:00 2026\n"
    parts = [start + date + one.replace(b"\r\n", b"\n") + b"\n" for one in messages]
    (tmp_path / "answers.mbox").write_bytes(b"".join(parts))
    return tmp_path / "answers.mbox"


def test_an_mbox_has_the_same_totals_as_a_mailbox(
    tmp_path: Path, asked: tuple[dict[str, AskedPost], str, str]
) -> None:
    known, code, report = asked
    post = made_post(code, report, 300)
    (tmp_path / "all.mbox").write_bytes(post.mbox())
    count = count_of(tmp_path / "all.mbox", asked)
    assert count.seen == 300
    found = count.result()
    assert found[code].numbers == post.numbers
    assert {why.name: n for why, n in found[code].aside.items()} == post.aside
    assert found[report].numbers == {"ME-TOO": post.me_too}
    assert known.keys() == found.keys()


def maildir(folder: Path, messages: list[bytes]) -> Path:
    names = [
        f"{('cur', 'new')[n % 2]}/{n}.M1.host{(':2,S', '')[n % 2]}" for n in range(len(messages))
    ]
    files: dict[str, str | bytes] = dict(zip(names, messages, strict=True))
    return write_files(folder, files)


def eml_folder(folder: Path, messages: list[bytes]) -> Path:
    return write_files(folder, {f"{n}.EML": one for n, one in enumerate(messages)})


def apple_folder(folder: Path, messages: list[bytes]) -> Path:
    folder.mkdir()
    as_mbox(folder, *messages).rename(folder / "mbox")
    return folder


@pytest.mark.parametrize("write", [maildir, eml_folder, apple_folder])
def test_folders_of_messages(
    write: Callable[[Path, list[bytes]], Path],
    tmp_path: Path,
    asked: tuple[dict[str, AskedPost], str, str],
) -> None:
    messages = [message(f"p{n}@mail.example", f"{asked[1]}-A") for n in range(4)]
    path = write(tmp_path / "given", messages)
    assert is_mail(path)
    assert count_of(path, asked).result()[asked[1]].numbers == {"A": 4}


@pytest.mark.parametrize("name", ["one.eml", "one.mbox"])
def test_a_byte_order_mark_is_no_part_of_the_first_field(
    name: str, tmp_path: Path, asked: tuple[dict[str, AskedPost], str, str]
) -> None:
    data = f"From: {ANN}\nSubject: {asked[1]}-A\n\n"
    if name == "one.mbox":
        data = f"From - Sat Nov 28 10:00:00 2026\n{data}"
    (tmp_path / name).write_bytes(data.encode("utf-8-sig"))
    assert is_mail(tmp_path / name)
    assert count_of(tmp_path / name, asked).result()[asked[1]].numbers == {"A": 1}


def test_a_subject_that_only_looks_like_a_programs_counts(counted: Counted) -> None:
    for number, start in enumerate(("Ready: ", "Away we go ", "Re: [EXT] ", "Accept ", "Zoo ")):
        counted.add(f"{start}CODE-A", sender=f"p{number}@mail.example")
    assert counted.result == CodeCount(numbers={"A": 5})


def test_a_subject_full_of_signs_takes_no_time(counted: Counted) -> None:
    start = time.process_time()
    for signs in ("[]", "[", "re:", "* "):
        for _ in range(100):
            counted.add(signs * 500 + "CODE-A")
    assert time.process_time() - start < 5


def test_one_message_is_a_file(
    tmp_path: Path, asked: tuple[dict[str, AskedPost], str, str]
) -> None:
    path = tmp_path / "one.eml"
    path.write_bytes(message(ANN, f"{asked[1]}-A"))
    assert is_mail(path)
    assert count_of(path, asked).result()[asked[1]].numbers == {"A": 1}
    other = tmp_path / "other.bin"
    other.write_bytes(b"\x00\x01")
    assert not is_mail(other)
    assert not is_mail(write_files(tmp_path / "empty", {"note.md": "x"}))


def test_two_senders_are_none(counted: Counted) -> None:
    counted.add("CODE-A", "From: Bob <bob@mail.example>")
    assert counted.aside == {"NO_SENDER": 1}


def test_no_more_than_the_beginning_of_a_long_header_is_read() -> None:
    data = b"Date: x\n" * 10_000 + b"From: a@b.example\nSubject: x\n"
    mail = mail_of(MailHead(data))
    assert (mail.sender, mail.subject) == ("", "")


def test_deleted_messages_do_not_count(
    tmp_path: Path, asked: tuple[dict[str, AskedPost], str, str]
) -> None:
    subject = f"{asked[1]}-A"
    states = ("0001", "0009", "0000", "1008", "000A")
    messages = [
        message(f"p{n}@mail.example", subject, f"X-Mozilla-Status: {state}")
        for n, state in enumerate(states)
    ]
    assert count_of(as_mbox(tmp_path, *messages), asked).seen == 2
    names = ("cur/1.host:2,S", "cur/2.host:2,ST", "cur/3.hosT", "new/4.host")
    folder = write_files(tmp_path / "box", dict.fromkeys(names, message(ANN, subject)))
    assert count_of(folder, asked).seen == 3


def test_a_line_of_any_length_is_one_line(
    tmp_path: Path, asked: tuple[dict[str, AskedPost], str, str]
) -> None:
    """However long it is, a message cannot begin inside of it."""
    inside = f"From eve Sat Nov 28 10:00:00 2026\r\nFrom: eve@x.example\r\nSubject: {asked[1]}-B"
    for length in (1 << 16, 1 << 17):
        one = message(ANN, f"{asked[1]}-A", body="x" * length + inside)
        count = count_of(as_mbox(tmp_path, one), asked)
        assert (count.seen, count.result()[asked[1]].numbers) == (1, {"A": 1})


def test_a_text_cannot_begin_a_message(
    tmp_path: Path, asked: tuple[dict[str, AskedPost], str, str]
) -> None:
    """mboxo and mboxrd quote such lines; others have no date."""
    inner = f"From: eve@mail.example\nSubject: {asked[1]}-B\n"
    bodies = (
        f"\n>From eve Sat Nov 28 10:00:00 2026\n{inner}\n",
        f"\n>>From eve Sat Nov 28 10:00:00 2026\n{inner}\n",
        f"\nFrom here one can see it\n{inner}\n",
    )
    messages = [
        message(f"p{n}@mail.example", f"{asked[1]}-A") + body.encode()
        for n, body in enumerate(bodies)
    ]
    count = count_of(as_mbox(tmp_path, *messages), asked)
    assert (count.seen, count.result()[asked[1]].numbers) == (3, {"A": 3})


INJECTED = "From eve Sat Nov 28 11:00:00 2026\n"


@pytest.mark.parametrize(
    ("text", "is_message"),
    [
        (f"Hello.\n{INJECTED}From: eve@x.example\nSubject: CODE-B\n\nBye.", False),
        (f"Hello.\n\n{INJECTED}She said that: CODE-B\n\nBye.", False),
        (f"Hello.\n\n{INJECTED}Subject: CODE-B\n\nBye.", False),
        (f"Hello.\n\n{INJECTED}From: eve@x.example\nand so on\nSubject: CODE-B\n\n", False),
        (f"Hello.\n\n{INJECTED}\nFrom: eve@x.example\nSubject: CODE-B\n\n", False),
        (f"Hello.\n\n{INJECTED}From: eve@x.example\nSubject: CODE-B\n\nBye.", True),
        (f"Hello.\r\n\r\n{INJECTED}From: eve@x.example\r\nSubject: CODE-B\r\n", True),
    ],
)
def test_a_message_of_an_mbox_begins_after_an_empty_line_with_a_header(
    text: str, is_message: bool, tmp_path: Path, asked: tuple[dict[str, AskedPost], str, str]
) -> None:
    """A program that does not quote such lines lets the text of a message begin another."""
    first = message(ANN, f"{asked[1]}-A", body=text.replace("CODE", asked[1]))
    last = message("Bob <bob@mail.example>", f"{asked[1]}-A")
    doubts: list[int] = []
    count = MailCount(asked[0], OWN)
    path = as_mbox(tmp_path, first, last)
    for head in heads_in(path, doubts):
        count.add(head)
    assert count.result()[asked[1]].numbers == {"A": 2, **({"B": 1} if is_message else {})}
    lines = path.read_text().splitlines()
    assert [lines[number - 1] for number in doubts] == ([] if is_message else [INJECTED.strip()])


@pytest.mark.parametrize(
    ("received", "separator", "date", "year"),
    [
        (f"Received: by mx; {NOV}\n", "Tue Dec 29 10:00:00 2026", "2027", 11),
        ("", "Tue Dec 29 10:00:00 2026", "2027", 12),
        ("", "Tue Dec 29 10:00:00 +0000 2026", "2026", 12),
        ("Received: by mx; never\n", "Tue Dec 29 10:00:00 2026", "2027", 12),
        (f"Received: by mx;\n\t{NOV}\nReceived: x; {LATER}\n", "x 1:00 2027",
         "2027", 11),
    ],
)  # fmt: skip
def test_when_our_server_received_a_message_in_a_file(
    received: str, separator: str, date: str, year: int, tmp_path: Path
) -> None:
    path = tmp_path / "one.mbox"
    path.write_text(
        f"From - {separator}\n{received}From: a@b.example\nDate: 29 Dec {date} 10:00\n\n"
    )
    (head,) = heads_in(path)
    moment = mail_of(head).received
    assert (moment.year, moment.month) == (2026, year)


def test_a_message_without_any_date_is_received_now() -> None:
    moment = mail_of(MailHead(b"From: a@b.example\nDate: never\n")).received
    assert abs(moment - datetime.now(UTC)) < timedelta(minutes=1)


@pytest.mark.long
def test_hostile_files_neither_stop_the_count_nor_fill_the_memory(
    tmp_path: Path, asked: tuple[dict[str, AskedPost], str, str]
) -> None:
    code, many = asked[1].encode(), examples(100_000)
    start = b"From: eve@mail.example\n"
    path = as_mbox(
        tmp_path,
        message(ANN, f"{asked[1]}-A"),
        start + b"Subject: x\n\n" + b"x" * 500 * many + b"\n",
        b"X-Noise: y\n" * many + start + b"\n",
        start + b"Subject: " + b"y" * 1_000_000 + code + b"-B\n\n",
        start + b"Subject: x\n" + b" and more\n" * many + b" " + code + b"-B\n\n",
        b"Received: " + b"z" * 1_000_000 + b"\n" + b"Received: z\n" * many + start + b"\n",
        b"From: \xff\x00@\x00\nSubject: \x00" + code + b"-B\xff\n\n",
        b"\x00" * 1000 + b"\n",
        message("Bob <bob@mail.example>", f"{asked[1]}-A"),
    )
    tracemalloc.start()
    count = count_of(path, asked)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 3_000_000
    assert count.seen == 8, "zeros are no header"
    assert count.result()[asked[1]].numbers["A"] == 2


@given(data=st.binary(max_size=500))
def test_no_mbox_is_too_odd(
    data: bytes,
    tmp_path_factory: pytest.TempPathFactory,
    asked: tuple[dict[str, AskedPost], str, str],
) -> None:
    path = tmp_path_factory.mktemp("odd") / "odd.mbox"
    path.write_bytes(b"From - Sat Nov 28 10:00:00 2026\n" + data)
    count_of(path, asked)

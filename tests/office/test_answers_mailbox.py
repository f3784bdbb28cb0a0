"""`make answers` with a real dovecot: exact totals, no trace of a sender, and no harm."""

from __future__ import annotations

import contextlib
import json
import shutil
import socket
import subprocess
import threading
import time
import tracemalloc
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from unittest.mock import ANY

import pytest

from office.answers import (
    OPENED,
    POSTS,
    Letter,
    Post,
    asked_in,
    made_post,
    message,
    put_into_mailbox,
    site_with,
    traces_in,
)
from office.mail_servers import NEWS, PASSWORD, MailServers, dovecot
from support import WARD, examples, run_here, write_site
from wardblog.model import MailServer
from wardblog.office.answers.mail_count import MailCount
from wardblog.office.answers.senders import Senders
from wardblog.office.network.mail_heads import read_heads
from wardblog.problems import CommandError
from wardblog.support.progress_bar import no_progress

KEY = b"k" * 32
BOX = "answers@ward.example.org"


def with_known_key(senders: Senders) -> None:
    """So that the test knows the digests that must not be anywhere."""
    senders._key = KEY


@pytest.fixture(scope="module")
def servers() -> Iterator[MailServers]:
    with dovecot() as found:
        yield found


@dataclass(frozen=True)
class Councillor:
    """A councillor with a site, a private folder, a home and a mailbox."""

    folder: Path
    port: int
    user: str = BOX

    def __post_init__(self) -> None:
        mailbox = (
            f'\n[answers]\naddress = "{BOX}"\nimap_host = "127.0.0.1"\nimap_port = {self.port}\n'
            f'imap_tls = "none"\nimap_user = "{self.user}"\n'
        )
        write_site(self.folder / "content", {"ward.toml": WARD + mailbox, **POSTS})

    def count(self, *words: str, password: str = PASSWORD) -> subprocess.CompletedProcess[str]:
        home = self.folder / "home"
        return run_here(
            "answers", *words, cwd=self.folder, WARD_MAIL_PASSWORD=password, HOME=str(home),
            XDG_CACHE_HOME=str(home / "cache"), XDG_STATE_HOME=str(home / "state"),
            TMPDIR=str(home),
        )  # fmt: skip

    def totals(self) -> dict[str, dict[str, object]]:
        found: dict[str, dict[str, object]] = json.loads(
            (self.folder / "private/answers/totals.json").read_bytes()
        )
        return found

    def rows(self, file: str) -> list[str]:
        path = self.folder / "content/answers" / file
        return path.read_text().splitlines() if path.exists() else []


def codes_of(folder: Path) -> tuple[str, str]:
    _, question, report = asked_in(site_with(folder))
    return question, report


def test_totals_are_exact_and_no_trace_of_a_sender_is_left(
    tmp_path: Path, servers: MailServers, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, report = codes_of(tmp_path / "other")
    post = made_post(code, report, examples(10_000, 500))
    user = f"exact{len(post.letters)}@ward.example.org"
    put_into_mailbox(servers, user, post.letters)
    councillor = Councillor(tmp_path / "site", servers.imap, user)
    monkeypatch.setattr(Senders, "__init__", with_known_key)
    started = time.perf_counter()
    done = councillor.count("--force")
    print(f"{len(post.letters):,} messages in {time.perf_counter() - started:.1f} s")
    assert (done.returncode, done.stderr) == (0, "")

    assert councillor.totals()[code] == {
        "parts": [
            {
                "channels": {"e-mail": post.numbers.total()},
                "answers": dict(sorted(post.numbers.items())),
                "counted": "2026-11-22",
            }
        ],
        "unverified": post.aside["UNVERIFIED"],
        "me_too": {},
        "words": dict.fromkeys("ABC", ANY),
        "seen": ANY,
    }
    day = "2026-11-22"
    assert councillor.rows("2026-11-a-crossing-in-eland-road.csv") == [
        "code,answer,channel,count,counted",
        *(f"{code},{key},,{post.numbers[key]},{day}" for key in "ABC"),
        f"{code},all,e-mail,{post.numbers.total()},{day}",
        f"{code},unverified,e-mail,{post.aside['UNVERIFIED']},{day}",
    ]
    assert councillor.rows("me-too.csv")[1:] == [f"{report},ME-TOO,,{post.me_too},{day}"]
    assert_said(done.stdout, post)
    assert_no_traces(councillor.folder, f"{done.stdout}{done.stderr}", post)
    # The mailbox is as it was: nothing is marked as read.
    assert set(servers.flags(user)) == {""}


def assert_said(said: str, post: Post) -> None:
    """Each number that was set aside is in the terminal, once."""
    words = {
        "UNVERIFIED": "whose messages failed the checks",
        "LATE": "who answered after the question had closed",
        "AGAIN": "earlier answers of people",
        "UNCLEAR": "without a clear answer",
        "AUTOMATIC": "written by a program",
        "LIST": "from a mailing list",
    }
    for why, part in words.items():
        lines = [line.split()[0] for line in said.splitlines() if part in line]  # question first
        assert lines[:1] == [f"{post.aside[why]:,}"], f"{why}: {said}"
    assert f"{post.numbers.total():,} people chose to answer by e-mail." in said


def assert_no_traces(folder: Path, said: str, post: Post) -> None:
    found = {
        path.relative_to(folder).as_posix(): traces
        for path in folder.rglob("*")
        if path.is_file() and (traces := list(traces_in(path.read_bytes(), post, KEY)))
    }
    assert found == {}
    assert list(traces_in(said.encode(), post, KEY)) == []
    names = " ".join(str(path.relative_to(folder)) for path in folder.rglob("*"))
    assert list(traces_in(names.encode(), post, KEY)) == []


def test_the_search_finds_what_it_is_for(tmp_path: Path) -> None:
    code, report = codes_of(tmp_path)
    post = made_post(code, report, 100)
    address = post.addresses[7]
    senders = Senders()
    senders._key = KEY
    digest = senders.digest(address.upper())
    for trace in (address.encode(), b"VQORL", digest, digest.hex().encode()):
        assert list(traces_in(b"(" + trace + b")", post, KEY)), trace


def heads(servers: MailServers, user: str, code_folder: Path) -> MailCount:
    asked, _, _ = asked_in(site_with(code_folder))
    count = MailCount(asked, ())
    server = MailServer(host="127.0.0.1", port=servers.imap, tls="none", user=user)
    for head in read_heads(server, PASSWORD, "INBOX", date(2026, 10, 31), no_progress):
        count.add(head)
    return count


def hostile(code: str) -> list[bytes]:
    """Messages that strangers could write, each as an answer B, between two good ones."""
    subject = f"{code}-B".encode()
    start = b"From: bad@mail.example\r\n"
    return [
        message("Ann <ann@mail.example>", f"{code}-A"),
        start + b"Subject: " + subject + b"\r\n\r\n" + b"x" * 79 + b"\r\n" * 600_000,
        b"X-Noise: y\r\n" * 100_000 + start + b"Subject: " + subject + b"\r\n\r\n",
        b"Received: y\r\n" * 1000 + b"Subject: x\r\n" * 100_000 + start + b"\r\n",
        start + b"Subject: " + b"y" * 1_000_000 + subject + b"\r\n\r\n",
        start + b"Subject: =?utf-8?q?" + b"=ff" * 300_000 + b"?= " + subject + b"\r\n\r\n",
        b"From: " + b"(" * 200_000 + b"\r\nSubject: " + subject + b"\r\n\r\n",
        b"From: \xff\xfe@\x01\r\nSubject: =?nonsense?b?!!!?= " + subject + b"\xff\r\n\r\n",
        b"From: a@b.example\x00\r\nSub\x00ject: " + subject + b"\r\n\r\n",
        b"From: =?utf-7?q?+2AA-?= <u@mail.example>\r\nSubject: =?utf-7?q?+2AA-?=\r\n\r\n",
        b"\r\n",
        b"no header at all",
        message("Bob <bob@mail.example>", f"{code}-A"),
    ]


@pytest.mark.long
def test_hostile_messages_neither_stop_the_count_nor_fill_the_memory(
    tmp_path: Path, servers: MailServers
) -> None:
    code, _ = codes_of(tmp_path)
    user = "hostile@ward.example.org"
    letters = [Letter(OPENED, data) for data in hostile(code)]
    big = hostile(code)[1].replace(b"bad@", b"big@") + b"z" * 50_000_000
    put_into_mailbox(servers, user, [*letters, Letter(OPENED, big)])
    del big, letters
    long = Letter(OPENED, b"Subject: " + b"y" * 10_000_000 + b"\r\nFrom: long@mail.example\r\n\r\n")
    put_into_mailbox(servers, user, [long])
    heads(servers, user, tmp_path)  # dovecot has made its index, and we our imports
    tracemalloc.start()
    count = heads(servers, user, tmp_path)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 8_000_000
    assert count.seen == 15
    numbers = count.result()[code].numbers
    # Of the others, some can be read and are answers from two or three addresses.
    assert numbers["A"] == 2
    assert 1 <= numbers["B"] <= 4


@contextlib.contextmanager
def cutting(port: int, after: int) -> Iterator[int]:
    """A connection to a server that is lost once the server has sent so many bytes."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        client, _ = listener.accept()
        with client, socket.create_connection(("127.0.0.1", port)) as server:
            threading.Thread(target=pass_on, args=(client, server, 1 << 40), daemon=True).start()
            pass_on(server, client, after)
            server.shutdown(socket.SHUT_RDWR)
            client.shutdown(socket.SHUT_RDWR)

    def pass_on(giver: socket.socket, taker: socket.socket, most: int) -> None:
        with contextlib.suppress(OSError):
            while most > 0 and (data := giver.recv(min(4096, most))):
                taker.sendall(data)
                most -= len(data)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield int(listener.getsockname()[1])
    finally:
        listener.close()
        thread.join(10)


def files_below(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for part in ("content", "private")
        for path in (folder / part).rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize("after", [600, 5_000, 60_000])
def test_a_lost_connection_leaves_nothing_half_written(
    after: int, tmp_path: Path, servers: MailServers
) -> None:
    code, report = codes_of(tmp_path / "other")
    user = "lost@ward.example.org"
    if not (servers.folder / "mail" / user).exists():
        put_into_mailbox(servers, user, made_post(code, report, 200).letters)
    whole = Councillor(tmp_path, servers.imap, user)
    assert whole.count("--force").returncode == 0
    with cutting(servers.imap, after) as port:
        cut = Councillor(tmp_path, port, user)
        before = files_below(tmp_path)
        done = cut.count("--force")
    assert done.returncode == 1
    said = (
        'stopped answering while the folder "INBOX" was read' if after > 600 else "does not answer"
    )
    assert done.stderr.startswith(f"127.0.0.1 {said}"), done.stderr
    assert done.stdout == ""
    assert files_below(tmp_path) == before


@pytest.mark.parametrize("answer", ["NO", "BAD"])
@pytest.mark.parametrize("command", ["FETCH", "SEARCH"])
def test_a_server_that_refuses_to_show_messages_is_reported(
    answer: str, command: str, tmp_path: Path, servers: MailServers, monkeypatch: pytest.MonkeyPatch
) -> None:
    import imaplib

    code, _ = codes_of(tmp_path / "other")
    user = "refused@ward.example.org"
    put_into_mailbox(servers, user, [Letter(OPENED, message("a@mail.example", f"{code}-A"))])
    send = imaplib.IMAP4.send

    def refused(self: imaplib.IMAP4, data: bytes) -> None:
        """Dovecot answers BAD to what is no command, and NO to what it cannot do."""
        wrong = b"UID NONSENSE" if answer == "BAD" else b'EXAMINE "no such folder"'
        tag = data.partition(b" ")[0]
        is_such = f"UID {command}".encode() in data
        send(self, tag + b" " + wrong + b"\r\n" if is_such else data)

    monkeypatch.setattr(imaplib.IMAP4, "send", refused)
    done = Councillor(tmp_path / "site", servers.imap, user).count("--force")
    assert done.returncode == 1
    assert done.stderr.startswith(
        '127.0.0.1 opened the folder "INBOX", and then refused to show what is in it.'
    )


def test_what_keeps_the_mailbox_from_being_read_is_reported(
    tmp_path: Path, servers: MailServers
) -> None:
    councillor = Councillor(tmp_path, servers.imap)
    done = councillor.count(password="a wrong one")  # noqa: S106 - wrong on purpose
    assert done.returncode == 1
    assert "refuses the user" in done.stderr
    assert "a wrong one" not in done.stderr
    settings = tmp_path / "content/ward.toml"
    settings.write_text(f'{settings.read_text()}folder = "Questions"\n')
    done = councillor.count()
    assert done.stderr == (
        'The folder "Questions" cannot be read at 127.0.0.1.\n'
        '  Check "folder" in ward.toml. The usual one is "INBOX".\n'
    )
    assert files_below(tmp_path).keys() == {
        "content/ward.toml", "content/issues.toml", "content/posts/fine.md", *(
            f"content/{name}" for name in POSTS
        ),
    }  # fmt: skip


def test_only_headers_that_are_needed_are_asked_for(
    tmp_path: Path, servers: MailServers, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the server sends has no text of a message, and not whom else it went to."""
    import imaplib

    code, _ = codes_of(tmp_path / "other")
    user = "needed@ward.example.org"
    data = message("Ann <ann@mail.example>", f"{code}-A", "Cc: cc@mail.example", body="SECRETBODY")
    put_into_mailbox(servers, user, [Letter(OPENED, data)])
    seen: list[bytes] = []
    read, readline = imaplib.IMAP4.read, imaplib.IMAP4.readline

    def noted_read(self: imaplib.IMAP4, size: int) -> bytes:
        seen.append(read(self, size))
        return seen[-1]

    def noted_line(self: imaplib.IMAP4) -> bytes:
        seen.append(readline(self))
        return seen[-1]

    asked: list[bytes] = []
    send = imaplib.IMAP4.send

    def noted_send(self: imaplib.IMAP4, data: bytes) -> None:
        asked.append(data)
        send(self, data)

    monkeypatch.setattr(imaplib.IMAP4, "send", noted_send)
    monkeypatch.setattr(imaplib.IMAP4, "read", noted_read)
    monkeypatch.setattr(imaplib.IMAP4, "readline", noted_line)
    heads(servers, user, tmp_path / "site")
    said = b"".join(asked)
    assert b" EXAMINE " in said
    assert b"BODY.PEEK[" in said
    assert not any(words in said for words in (b"SELECT", b"BODY[", b"STORE", b"RFC822"))
    sent = b"".join(seen)
    assert f"{code}-A".encode() in sent
    assert not any(words in sent for words in (b"SECRETBODY", b"cc@mail.example", b"Received:"))
    assert set(servers.flags(user)) == {""}


def test_messages_from_before_the_question_and_deleted_ones_are_not_asked_for(
    tmp_path: Path, servers: MailServers
) -> None:
    code, _ = codes_of(tmp_path / "other")
    user = "before@ward.example.org"
    old = OPENED.replace(year=2025)
    letters = [Letter(at, message("a@mail.example", f"{code}-A")) for at in (old, OPENED)]
    put_into_mailbox(servers, user, letters)
    box = servers.folder / "mail" / user / "cur"
    new = next(path for path in box.iterdir() if str(int(OPENED.timestamp())) in path.name)
    shutil.copy2(new, new.with_name(f"{int(OPENED.timestamp())}.M9P9.host:2,T"))  # deleted
    assert heads(servers, user, tmp_path / "site").seen == 1


def test_no_connection_is_made_without_encryption() -> None:
    server = MailServer(host="imap.example.org", tls="none", user=NEWS)
    with pytest.raises(CommandError, match="would not be encrypted"):
        list(read_heads(server, PASSWORD, "INBOX", date(2026, 11, 1), no_progress))

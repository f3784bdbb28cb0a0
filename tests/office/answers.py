"""Residents who answer a question by e-mail, and what a correct count of their messages is.

The messages are written by hand, so that nothing of the counting is used to make them.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cache
from pathlib import Path
from random import Random

from office.mail_servers import NEWS, MailServers
from support import ISSUES, WARD, read_fine
from wardblog.model import Site
from wardblog.model.answer_codes import code_of
from wardblog.office.answers.asked import AskedPost, asked_on

QUESTION = """\
Title: A crossing in Eland Road
Date: 2026-11-01 09:00
Tags: grit bins
Question: Where should the crossing go?
Answer: A | By the school
Answer: B | By the library
Answer: C | A crossing at both
Closes: 2026-12-20
Decides: The council's transport committee, in January

Some text.
"""
REPORT = """\
Title: A deep pothole
Date: 2026-11-02 09:00
Tags: potholes
Progress: reported

Some text.
"""
POSTS = {"posts/crossing.md": QUESTION, "posts/pothole.md": REPORT}
OPENED = datetime(2026, 11, 1, 10, tzinfo=UTC)
CLOSED = datetime(2026, 12, 21, tzinfo=UTC)
# What each sender of the made-up mailbox has, in the address and in the name.
LOCAL_PART, NAME = re.compile(rb"zq\d{5}x"), re.compile(rb"Vqorl\w*", re.IGNORECASE)
_PASSED = "mx.example.net; spf=pass smtp.mailfrom={0}; dkim=pass header.d=example; dmarc=pass"
_FORGED = (
    "mx.example.net; dkim=none; spf=softfail smtp.mailfrom={0}; dmarc=fail (p=none) header.from=x",
    "mx.example.net; spf=fail smtp.mailfrom={0}; dkim=none",
    "mx.example.net; dkim=fail (bad signature; spf=pass) header.d=example; spf=none",
    "mx.example.net; spf=pass smtp.mailfrom=x@evil.test; dkim=pass header.d=evil.test; dmarc=none",
    'mx.example.net; spf=pass (mx: domain of "a("@evil.test is fine) smtp.mailfrom=a; dmarc=fail',
    "mx.example.net; dkim=pass header.d={0}\r\nAuthentication-Results: mx.example.net; dmarc=fail",
)
_UNKNOWN = ("mx.example.net; none", "mx.example.net; spf=none; dkim=temperror; dmarc=none")
_SUBJECTS = (
    "{c}-{k} {w}", "Re: {c}-{k} {w}", "RE: AW: {c}-{k}", "Fwd: {c}-{k} {w}", "Parthed: {c}-{k} {w}",
    "Ymlaen: {c}-{k}", "Ateb: Re: {c}-{k} {w}", "[EXTERNAL] {c}-{k} {w}", "{c} {k}", "{c}: {k}.",
    "{c}\u2013{k}", "{c}{k}", "My answer is {c}-{k}, thank you", "{c} - {k}) {w}",
    "\u201c{c}-{k}\u201d", "{c}_{k}",
)  # fmt: skip
_UNCLEAR = ("{c}", "{c}-Z", "{c}-A or B", "{c} A/B", "{c}-A {c}-B", "Re: {c} not A", "{c} both")
_PROGRAMS = (
    "Auto-Submitted: auto-replied", "X-Autoreply: yes", "Precedence: auto_reply",
    "Auto-Submitted: auto-generated", "X-Autorespond: away",
)  # fmt: skip
_LISTS = (
    "List-Id: <talk.example.org>", "List-Unsubscribe: <https://list.example.org/>",
    "Precedence: bulk", "Precedence: list",
)  # fmt: skip


@dataclass(frozen=True)
class Letter:
    """A message as it arrived."""

    received: datetime
    data: bytes


@dataclass
class Post:
    """A made-up mailbox: what is in it, and what a count has to find."""

    letters: list[Letter] = field(default_factory=list)
    numbers: Counter[str] = field(default_factory=Counter)
    aside: Counter[str] = field(default_factory=Counter)
    me_too: int = 0
    addresses: list[str] = field(default_factory=list)

    def mbox(self) -> bytes:
        """All messages as Thunderbird exports them, with the body's lines quoted."""
        parts = []
        for letter in self.letters:
            body = re.sub(rb"(?m)^(>*From )", rb">\1", letter.data.replace(b"\r\n", b"\n"))
            parts.append(b"From - %s\n%s\n" % (_asctime(letter.received), body))
        return b"".join(parts)


def _asctime(moment: datetime) -> bytes:
    return moment.strftime("%a %b %d %H:%M:%S %Y").encode()


def site_with(folder: Path, question: str = QUESTION) -> Site:
    """The site of a folder, with a question and a report."""
    files = {"ward.toml": WARD, "issues.toml": ISSUES, **POSTS, "posts/crossing.md": question}
    return read_fine(folder, files)


def asked_in(site: Site) -> tuple[dict[str, AskedPost], str, str]:
    """All that can be answered, with the codes of the question and of the report."""
    codes = {post.slug: code_of(post) for post in site.posts}
    return asked_on(site), codes["a-crossing-in-eland-road"], codes["a-deep-pothole"]


def message(
    sender: str,
    subject: str,
    *fields: str,
    received: datetime = OPENED,
    body: str = "Hello.",
    return_path: str | None = None,
) -> bytes:
    """A message with fields that servers put above it and beside it."""
    path = sender.rpartition("<")[2].strip("<>") if return_path is None else return_path
    lines = [
        f"Return-Path: <{path}>",
        *(field for field in fields if field.startswith("Authentication-Results")),
        f"Received: from out.example by mx.example.net; {format_datetime(received)}",
        f"From: {sender}",
        f"To: {NEWS}",
        f"Subject: {subject}",
        "Date: Thu, 1 Jan 2026 00:00:00 +0000",
        *(field for field in fields if not field.startswith("Authentication-Results")),
        "",
        body,
        "",
    ]
    return "\r\n".join(lines).encode()


def encoded(random: Random, subject: str) -> str:
    """A subject as programs write it: as it is if it can be, or in encoded words, split or not."""
    way = random.randrange(4)
    if way == 0:
        return f"=?utf-8?b?{base64.b64encode(subject.encode()).decode()}?="
    if way == 1:
        at = random.randrange(1, len(subject))
        parts = (subject[:at], subject[at:])
        words = ["".join(f"={byte:02X}" for byte in part.encode()) for part in parts]
        return "\r\n ".join(f"=?UTF-8?Q?{word}?=" for word in words)
    return subject if subject.isascii() else encoded(random, subject)


class MailMaker:
    """Writes the messages of one mailbox, and notes what a correct count is."""

    def __init__(self, code: str, report: str, seed: int = 10) -> None:
        self.random = Random(seed)  # noqa: S311 - the same each time
        self.code, self.report = code, report
        self.post = Post()

    def person(self) -> str:
        number = len(self.post.addresses)
        address = f"zq{number:05}x@{('mail.example', 'Post.Example.org')[number % 2]}"
        self.post.addresses.append(address)
        return address

    def subject(self, key: str, code: str = "") -> str:
        words = {"A": "By the school", "B": "By the library", "C": "A crossing at both"}
        written = self.random.choice(_SUBJECTS).format(
            c=code or self.code, k=key, w=words.get(key, "")
        )
        case = self.random.choice((str, str, str.lower, str.title, str.upper))
        return encoded(self.random, case(written))

    def write(self, address: str, subject: str, at: int, *fields: str, passed: bool = True) -> None:
        """One message, `at` minutes after the question was asked, from one form of the address."""
        received = OPENED + timedelta(minutes=at)
        local, _, domain = address.partition("@")
        written = self.random.choice((address, address.upper(), f"{local}+votes@{domain}"))
        name = f"Vqorl Sender{address[2:7]}"
        sender = self.random.choice((f"{name} <{written}>", f'"{name}, MBE" <{written}>', written))
        if passed:
            number = int(local[2:7])
            check = _UNKNOWN[number % 2] if number % 5 == 0 else _PASSED
            fields = (*fields, f"Authentication-Results: {check.format(address)}")
        data = message(sender, subject, *fields, received=received)
        self.post.letters.append(Letter(received, data))

    def key(self) -> str:
        return self.random.choice("AAABBC")

    def answers(self, number: int) -> None:
        for _ in range(number):
            key = self.key()
            self.write(self.person(), self.subject(key), self.random.randrange(60_000))
            self.post.numbers[key] += 1

    def changed(self, number: int) -> None:
        """People who answer twice: the message that was received later counts."""
        for _ in range(number):
            who, at = self.person(), self.random.randrange(60_000)
            first, last = self.random.sample("ABC", 2)
            both = [(first, at), (last, at + 5)]
            self.random.shuffle(both)
            for key, when in both:
                self.write(who, self.subject(key), when)
            self.post.numbers[last] += 1
            self.post.aside["AGAIN"] += 1

    def forged(self, number: int) -> None:
        """Somebody else writes in the name of who has answered, with a check that looks passed."""
        for _ in range(number):
            who, key = self.person(), self.key()
            self.write(who, self.subject(key), 100)
            check = self.random.choice(_FORGED).format(who)
            own = f"Authentication-Results: {_PASSED.format(who)}"
            fields = (f"Authentication-Results: {check}", own)
            self.write(who, self.subject("B" if key == "A" else "A"), 200, *fields, passed=False)
            self.post.numbers[key] += 1
            self.post.aside["UNVERIFIED"] += 1

    def unverified(self, number: int) -> None:
        for _ in range(number):
            who = self.person()
            check = f"Authentication-Results: {self.random.choice(_FORGED).format(who)}"
            self.write(who, self.subject(self.key()), 300, check, passed=False)
            self.post.aside["UNVERIFIED"] += 1

    def late(self, number: int) -> None:
        closed = int((CLOSED - OPENED).total_seconds()) // 60
        for _ in range(number):
            self.write(self.person(), self.subject(self.key()), closed + self.random.randrange(99))
            self.post.aside["LATE"] += 1

    def by_programs(self, number: int) -> None:
        for turn in range(number):
            fields = (*_PROGRAMS, *_LISTS, "")
            line = fields[turn % len(fields)]
            subject = f"{'' if line else 'Automatic reply: '}{self.code}-A By the school"
            self.write(self.person(), subject, 400, *([line] if line else []))
            self.post.aside["LIST" if line in _LISTS else "AUTOMATIC"] += 1

    def unclear(self, number: int) -> None:
        for turn in range(number):
            subject = _UNCLEAR[turn % len(_UNCLEAR)].format(c=self.code)
            self.write(self.person(), subject, 500)
            self.post.aside["UNCLEAR"] += 1

    def me_too(self, number: int) -> None:
        ways = ("ME-TOO", "me too", "metoo", "Me-Too!")
        for turn in range(number):
            who = self.person()
            for _ in range(1 + turn % 2):
                self.write(who, f"Re: {self.report} {ways[turn % len(ways)]}", 600)
            self.post.me_too += 1

    def about_something_else(self, number: int) -> None:
        for _ in range(number):
            self.write(self.person(), "A street light in QH4TZ Road is broken", 700)


def made_post(code: str, report: str, size: int) -> Post:
    """About `size` messages from nine tenths as many senders, in no order."""
    maker = MailMaker(code, report)
    share = size // 100
    maker.answers(72 * share)
    maker.changed(5 * share)
    maker.forged(3 * share)
    maker.unverified(2 * share)
    maker.late(2 * share)
    maker.by_programs(2 * share)
    maker.unclear(share)
    maker.me_too(2 * share)
    maker.about_something_else(share)
    while len(maker.post.letters) < size:
        maker.answers(1)
    maker.random.shuffle(maker.post.letters)
    return maker.post


def put_into_mailbox(servers: MailServers, user: str, letters: Sequence[Letter]) -> None:
    """Write messages as dovecot keeps them: when one was received is the time of its file."""
    box = servers.folder / "mail" / user.lower()
    owner = (servers.folder / "mail").stat()
    for name in ("", "cur", "new", "tmp"):
        (box / name).mkdir(parents=True, exist_ok=True)
        os.chown(box / name, owner.st_uid, owner.st_gid)
    for number, letter in enumerate(letters):
        at = int(letter.received.timestamp())
        path = box / f"cur/{at}.M{number:06}P1.host,S={len(letter.data)}:2,"
        path.write_bytes(letter.data)
        os.chown(path, owner.st_uid, owner.st_gid)
        os.utime(path, (at, at))


def traces_in(data: bytes, post: Post, key: bytes) -> Iterator[str]:
    """What of a sender is in the bytes of a file: an address, a name, or a digest of an address."""
    for pattern in (LOCAL_PART, NAME):
        if match := pattern.search(data):
            yield match[0].decode()
    digests = _digests(tuple(post.addresses), key)
    for run in re.findall(rb"[0-9a-fA-F]{16,}", data):
        yield from (run.decode() for digest in digests if digest.hex().encode() in run.lower())
    raw = {digest[:16] for digest in digests}
    yield from ("raw digest" for at in range(len(data)) if data[at : at + 16] in raw)
    plain = {base64.b64encode(digest)[:20] for digest in digests}
    yield from ("digest in base64" for at in range(len(data)) if data[at : at + 20] in plain)


@cache
def _digests(addresses: tuple[str, ...], key: bytes) -> set[bytes]:
    found = set()
    for address in addresses:
        for written in (address, address.lower()):
            name = written.encode()
            found.add(hashlib.blake2b(name, key=key, digest_size=16).digest())
            for kind in ("md5", "sha1", "sha256", "blake2b"):
                found.add(hashlib.new(kind, name).digest())
    return found

"""What `make answers` costs: 10,000 messages from 9,000 senders, in a real dovecot.

The peer fetches the same headers with Python's own imaplib, and does nothing with them.
"""

from __future__ import annotations

import imaplib
import os
import statistics
import tempfile
import time
from pathlib import Path

from office.answers import POSTS, asked_in, made_post, put_into_mailbox, site_with
from office.mail_servers import PASSWORD, MailServers, dovecot
from support import WARD, run, write_site
from wardblog.office.answers.mail_heads import FIELDS

COUNT, LIMIT = 10_000, 10.0
_USER = "answers@ward.example.org"
_AT_ONCE = 500


def main(pairs: int) -> None:
    """The whole command, in a process of its own, after the same mailbox was read once."""
    with dovecot() as servers, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _, code, report = asked_in(site_with(folder / "other"))
        post = made_post(code, report, COUNT)
        put_into_mailbox(servers, _USER, post.letters)
        content = _content(folder, servers)
        first = _command(content)
        mine, theirs = [], []
        for _ in range(pairs):
            mine.append(_command(content))
            theirs.append(_plain_fetch(servers))
        (folder / "all.mbox").write_bytes(post.mbox())
        files = [_command(content, "--from", "all.mbox") for _ in range(pairs)]
    ratio = statistics.median(a / b for a, b in zip(mine, theirs, strict=True))
    print(
        f"answers, {COUNT:,} messages by IMAP: {statistics.median(mine):.2f} s, at first "
        f"{first:.2f} s (goal: {LIMIT:g} s); imaplib alone {statistics.median(theirs):.2f} s, "
        f"ratio {ratio:.1f}; from an mbox {statistics.median(files):.2f} s"
    )


def _content(folder: Path, servers: MailServers) -> Path:
    settings = (
        f'\n[answers]\nimap_host = "127.0.0.1"\nimap_port = {servers.imap}\nimap_tls = "none"\n'
        f'imap_user = "{_USER}"\n'
    )
    return write_site(folder / "content", {"ward.toml": WARD + settings, **POSTS})


def _command(content: Path, *words: str) -> float:
    start = time.perf_counter()
    done = run(
        "answers", "--content", str(content), *words, "--force", cwd=content.parent,
        WARD_MAIL_PASSWORD=PASSWORD, PYTHONHASHSEED="0",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr + os.linesep + done.stdout
    return time.perf_counter() - start


def _plain_fetch(servers: MailServers) -> float:
    """The same fields of the same messages, as many at once."""
    start = time.perf_counter()
    found = 0
    with imaplib.IMAP4("127.0.0.1", servers.imap) as box:
        box.login(_USER, PASSWORD)
        box.select("INBOX", readonly=True)
        uids = box.uid("SEARCH", "ALL")[1][0].split()
        wanted = f"(INTERNALDATE BODY.PEEK[HEADER.FIELDS ({' '.join(sorted(FIELDS))})])"
        for at in range(0, len(uids), _AT_ONCE):
            numbers = b",".join(uids[at : at + _AT_ONCE]).decode()
            found += sum(isinstance(p, tuple) for p in box.uid("FETCH", numbers, wanted)[1])
    assert found == COUNT
    return time.perf_counter() - start

"""Reading a mailbox by IMAP from a real dovecot: encryption, folders, odd messages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import keyring
import pytest
from keyring.backend import KeyringBackend

from office.mail_servers import (
    NEWS,
    PASSWORD,
    Certificate,
    MailServers,
    dovecot,
    make_certificate,
)
from office.residents import letter
from wardblog.model import MailServer
from wardblog.office.network.mailbox import Mailbox, read_mailbox
from wardblog.office.passwords import mail_password
from wardblog.problems import CommandError, UsageError
from wardblog.support.progress_bar import no_progress


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return make_certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture(scope="module")
def servers(certificate: Certificate) -> Iterator[MailServers]:
    with dovecot(certificate) as found:
        found.deliver(NEWS, letter("Ann <ann@example.org>", "Join the newsletter", "Thanks\n"))
        yield found


def account(servers: MailServers, tls: str) -> MailServer:
    port = servers.imaps if tls == "tls" else servers.imap
    return MailServer(host="localhost", port=port, tls=tls, user=NEWS)


def read(
    server: MailServer, password: str = PASSWORD, last: int = 0, folder: str = "INBOX"
) -> Mailbox:
    return read_mailbox(server, password, folder, 0, last, no_progress)


@pytest.mark.parametrize("tls", ["tls", "starttls"])
def test_only_a_trusted_certificate_is_accepted(
    tls: str, servers: MailServers, certificate: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(CommandError, match="no certificate that this computer trusts"):
        read(account(servers, tls))
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.certificate))
    (mail,) = read(account(servers, tls)).messages
    assert (mail.sender, mail.subject, mail.text) == (
        "ann@example.org", "Join the newsletter", "Thanks\r\n",
    )  # fmt: skip


def test_a_wrong_password_or_folder_is_reported_without_showing_it(servers: MailServers) -> None:
    server = account(servers, "none")
    with pytest.raises(CommandError, match="refuses the user") as refused:
        read(server, "a wrong one")
    assert "a wrong one" not in f"{refused.value}{refused.value.hint}"
    with pytest.raises(CommandError, match='The folder "Newsletter" cannot be read'):
        read(server, folder="Newsletter")
    with pytest.raises(CommandError, match="does not answer"):
        read(replace(server, port=1))
    with pytest.raises(UsageError, match="would not be encrypted"):
        read(replace(server, host="imap.example.org"))


def test_odd_messages_do_no_harm(servers: MailServers) -> None:
    box = "odd@ward.example.org"
    odd = (
        b"",
        b"From: a@example.org\r\n\r\n",
        b"From: \xff\xfe <a@example.org>\r\nSubject: =?utf-8?q?=ff=fe?=\r\n\r\n\xff\xfe",
        b"From: a@example.org\r\nContent-Type: text/plain; charset=nonsense\r\n\r\nStop\r\n",
        b"From: a@example.org\r\nContent-Type: text/html\r\n\r\n<p>Stop<p><![CDATA[<",
        b"From: a@example.org\r\nFrom: b@example.org\r\nSubject: x\r\n\r\n",
        b"From: a@example.org\r\nSubject: " + b"x" * 5000 + b"\r\nDate: never\r\n\r\n",
        b"From: a@example.org\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n",
        b"From: a@example.org\r\nSubject: big\r\n\r\n" + b"Stop the newsletter\r\n" * 60_000,
    )
    for message in odd:
        servers.deliver(box, message or b"\r\n")
    server = replace(account(servers, "none"), user=box)
    found = read(server)
    assert len(found.messages) == len(odd)
    assert [mail.sender for mail in found.messages][5:7] == ["", "a@example.org"]
    # Of a message with a large attachment, only the headers are read.
    assert (found.messages[-1].subject, found.messages[-1].text) == ("big", "")
    assert [mail.is_in_part for mail in found.messages][-2:] == [False, True]


NESTED = b"From: a@example.org\r\n" + b"Content-Type: message/rfc822\r\n\r\n" * 1500
# Each of them is a fault of the libraries, or was one of ours.
HARMFUL = (
    b"Content-Type: text/html\r\n\r\n<!-- x --><html><?php ?><p>Hello</p></html>",
    b"Subject: =?utf-8?b?zzzzz?=\r\n\r\nStop",
    b"Subject: =?utf-7?q?+2AA-?=\r\n\r\nJoin the newsletter",
    b"Content-Type: text/plain; charset=idna\r\n\r\n" + b"x" * 100,
    b'Content-Type: text/plain; charset="a\\0b"\r\n\r\nx',
    b"Date: Sat, 28 Nov 2026 10:00:00 +99999999999999999\r\n\r\nx",
)


def test_no_message_of_a_stranger_keeps_others_from_being_read(servers: MailServers) -> None:
    box = "harm@ward.example.org"
    for message in HARMFUL:
        servers.deliver(box, b"From: a@example.org\r\n" + message)
    servers.deliver(box, NESTED)
    servers.deliver(box, b"From: b@example.org\r\nSubject: Stop the newsletter\r\n\r\n")
    found = read(replace(account(servers, "none"), user=box))
    assert len(found.messages) == len(HARMFUL) + 2
    assert found.messages[-1].subject == "Stop the newsletter"
    for mail in found.messages:
        mail.subject.encode()
        mail.text.encode()


def test_reading_goes_on_after_the_last_message(servers: MailServers) -> None:
    box = "more@ward.example.org"
    server = replace(account(servers, "none"), user=box)
    assert read(server).messages == []
    for number in range(3):
        servers.deliver(box, letter("ann@example.org", f"Letter {number}"))
    first = read(server)
    assert [mail.subject for mail in first.messages] == ["Letter 0", "Letter 1", "Letter 2"]
    assert read_mailbox(
        server, PASSWORD, "INBOX", first.validity, first.last, no_progress
    ) == Mailbox(first.validity, first.last, [])
    # If the folder was recreated, its numbers say nothing.
    again = read_mailbox(server, PASSWORD, "INBOX", first.validity + 1, first.last, no_progress)
    assert len(again.messages) == 3


class Ring(KeyringBackend):
    """A keyring that holds one password."""

    priority = -2  # never chosen by itself

    def get_password(self, service: str, username: str) -> str | None:
        return "from the ring" if (service, username) == ("wardblog", NEWS) else None

    def set_password(self, service: str, username: str, password: str) -> None:
        raise NotImplementedError


def test_the_password_comes_from_the_environment_or_the_keyring(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = keyring.get_keyring()
    keyring.set_keyring(Ring())  # type: ignore[no-untyped-call] # keyring's own
    try:
        monkeypatch.delenv("WARD_MAIL_PASSWORD", raising=False)
        assert mail_password(NEWS) == "from the ring"
        with pytest.raises(UsageError, match="There is no password"):
            mail_password("other@example.org")
        monkeypatch.setenv("WARD_MAIL_PASSWORD", "from the environment")
        assert mail_password(NEWS) == "from the environment"
    finally:
        keyring.set_keyring(before)

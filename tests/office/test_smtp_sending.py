"""Sending by SMTP: what the messages are, and what happens if the server refuses or disappears."""

from __future__ import annotations

import email
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import unquote

import pytest

from office.mail_servers import (
    NEWS,
    PASSWORD,
    Certificate,
    Outbox,
    make_certificate,
    outbox,
    settings_for,
)
from support import read_fine
from wardblog.model import MailServer, Site
from wardblog.office.newsletter.finished import FinishedIssue
from wardblog.office.sending import SendingEnvironment, send
from wardblog.office.subscribers.store import (
    load_subscribers,
    save_subscribers,
    subscribers_locked,
)
from wardblog.office.subscribers.subscriber import Subscriber, SubscriberState
from wardblog.problems import CommandError, ContentError, UsageError
from wardblog.support.progress_bar import no_progress

MOMENT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
ISSUE = FinishedIssue(
    name="2026-12",
    subject="News of December – two bins, one crossing and a library that is open on Sundays again",
    html='<html><body><p>Grüße.</p><p><a href="https://x.example/{token}">Stop</a></p></body></html>',
    text="Two bins.\n.A line that begins with a full stop.\nStop: https://x.example/{token}\n",
)
ONE_CLICK = "https://stop.example.org/a/rather/long/path/that/goes/on/and/on?list=ward&who={token}"


class Desk:
    """A councillor who sends: what she is asked, what she is told, and what is marked as sent."""

    def __init__(self, folder: Path, site: Site, server: Outbox) -> None:
        self.private, self.site, self.server = folder / "private", site, server
        self.settings = settings_for(server)
        self.asked: list[str] = []
        self.said: list[str] = []
        self.marked: list[str] = []
        self.waits: list[float] = []
        self.answer = True

    def subscribe(self, *names: str) -> None:
        save_subscribers(
            self.private,
            [
                Subscriber(
                    address=f"{name}@example.org",
                    state=SubscriberState.CONFIRMED,
                    date=date(2026, 11, 1),
                    token=f"secret{name}",
                )
                for name in names
            ],
        )

    def send(self, issue: FinishedIssue = ISSUE, **settings: object) -> None:
        def confirm(words: str) -> bool:
            self.asked.append(words)
            return self.answer

        send(
            issue,
            replace(self.settings, **settings),  # type: ignore[arg-type] # fields by their names
            self.site, self.private, confirm, self.said.append, no_progress,
            SendingEnvironment(
                clock=lambda: MOMENT,
                sleep=self.waits.append,
                mark_sent=lambda _, name, __: self.marked.append(name),
            ),
        )  # fmt: skip

    @property
    def states(self) -> dict[str, str]:
        return {
            one.address.partition("@")[0]: str(one.state) for one in load_subscribers(self.private)
        }

    @property
    def told(self) -> str:
        return "\n".join(self.said)


@pytest.fixture
def server() -> Iterator[Outbox]:
    with outbox() as found:
        yield found


@pytest.fixture
def desk(tmp_path: Path, server: Outbox) -> Desk:
    return Desk(tmp_path, read_fine(tmp_path / "content"), server)


def headers(data: bytes) -> dict[str, str]:
    """The headers as they are on the wire, each on its own line; only a subject may be folded."""
    head = data.partition(b"\r\n\r\n")[0].decode("ascii")
    head = re.sub(r"\r\nSubject: [^\r]*(\r\n[ \t][^\r]*)*", "", head)
    assert not re.search(r"\r\n[ \t]", head), "a header is folded"
    return dict(line.split(": ", 1) for line in head.split("\r\n"))


def test_a_message_has_the_headers_that_it_needs_neither_folded_nor_encoded(desk: Desk) -> None:
    desk.subscribe("ann")
    desk.send()
    (mail,) = desk.server.sent
    found = headers(mail.data)
    assert (mail.sender, mail.recipient) == (NEWS, "ann@example.org")
    assert found["From"] == f"Your ward councillors <{NEWS}>"
    assert found["To"] == "ann@example.org"
    assert found["Date"] == "Sun, 22 Nov 2026 09:30:00 +0000"
    assert found["List-Id"] == "<newsletter.ward.example.org>"
    assert found["List-Unsubscribe"] == (
        f"<mailto:{NEWS}?subject=Stop%20the%20newsletter&body=secretann>"
    )
    assert "List-Unsubscribe-Post" not in found
    assert re.fullmatch(r"<[0-9a-f]{32}@ward\.example\.org>", found["Message-ID"])
    assert "Auto-Submitted" not in found
    assert mail.message["Subject"] == ISSUE.subject
    assert max(map(len, mail.data.split(b"\r\n"))) <= 998
    assert b"\n" not in mail.data.replace(b"\r\n", b"")


@pytest.mark.parametrize(
    "name",
    ["Robin", "Robin Sample, councillor", 'The "ward" news', "Cynghorwyr Llanfairpwllgŵyn" * 3],
)
@pytest.mark.parametrize(
    "subject", ["News", "Newyddion o Lŷn ac Ynys Môn – " * 8, "A long subject " * 20]
)
def test_names_and_subjects_arrive_as_they_were_written(
    name: str, subject: str, desk: Desk
) -> None:
    desk.subscribe("ann")
    desk.send(replace(ISSUE, subject=subject), name=name)
    message = email.message_from_bytes(desk.server.sent[0].data)
    written, address = parseaddr(str(make_header(decode_header(message["From"]))))
    assert (written, address) == (name, NEWS)
    unfolded = message["Subject"].replace("\r\n ", " ")
    assert str(make_header(decode_header(unfolded))) == subject.strip()
    words = re.findall(rb"=\?\S*\?=", desk.server.sent[0].data)
    assert all(len(word) <= 75 for word in words)


def test_both_parts_arrive_as_they_were_written_but_for_the_token(desk: Desk) -> None:
    desk.subscribe("ann", "bob")
    desk.send()
    for mail in desk.server.sent:
        name = mail.recipient.partition("@")[0]
        assert mail.message.get_content_type() == "multipart/alternative"
        text, html = mail.message.iter_parts()
        assert isinstance(text, EmailMessage)
        assert isinstance(html, EmailMessage)
        assert text.get_content().replace("\r\n", "\n") == ISSUE.text.replace(
            "{token}", f"secret{name}"
        )
        assert html.get_content().rstrip("\r\n") == ISSUE.html.replace("{token}", f"secret{name}")


def test_with_an_https_address_one_click_is_enough(desk: Desk) -> None:
    desk.subscribe("ann")
    desk.send(unsubscribe=ONE_CLICK)
    found = headers(desk.server.sent[0].data)
    https, mailto = re.findall(r"<(.*?)>", found["List-Unsubscribe"])
    assert https == ONE_CLICK.replace("{token}", "secretann")
    assert unquote(mailto).startswith(f"mailto:{NEWS}?subject=Stop the newsletter")
    assert found["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_letters_of_another_language_in_that_address_are_not_encoded_as_words(desk: Desk) -> None:
    desk.subscribe("ann")
    desk.send(unsubscribe="https://stop.example.org/peidiwch/ŵyn/?a=%20b&who={token}")
    found = headers(desk.server.sent[0].data)
    assert found["List-Unsubscribe"].startswith(
        "<https://stop.example.org/peidiwch/%C5%B5yn/?a=%20b&who=secretann>, <mailto:"
    )


def test_the_same_issue_has_the_same_bytes_for_one_person(tmp_path: Path, desk: Desk) -> None:
    desk.subscribe("ann")
    desk.send()
    other = Desk(tmp_path / "other", desk.site, desk.server)
    other.subscribe("ann", "bob")
    other.send()
    first, again, for_bob = (mail.data for mail in desk.server.sent)
    assert first == again
    assert headers(for_bob)["Message-ID"] != headers(first)["Message-ID"]


def test_no_sends_nothing_and_the_text_may_still_change(desk: Desk) -> None:
    desk.subscribe("ann")
    desk.answer = False
    with pytest.raises(CommandError, match="Nothing was sent"):
        desk.send()
    assert "goes to 1 subscriber" in desk.told
    assert (desk.server.sent, desk.marked) == ([], [])
    desk.answer = True
    desk.send(replace(ISSUE, text="Another text."))
    assert desk.server.counts == {"ann@example.org": 1}


def test_messages_go_out_at_the_providers_pace(desk: Desk) -> None:
    desk.subscribe("ann", "bob", "cat")
    desk.send(per_minute=20)
    assert desk.waits == [3, 3]
    assert "At 20 a minute, this takes less than a minute." in desk.told


def test_an_address_that_does_not_work_is_set_aside_with_the_reason(desk: Desk) -> None:
    desk.subscribe("ann", "bob", "cat")
    answers = {"bob@example.org": "550 5.1.1 No such user here", "cat@example.org": ""}
    desk.server.refuse = lambda address: answers.get(address, "")
    desk.send()
    assert desk.states == {"ann": "confirmed", "bob": "set aside", "cat": "confirmed"}
    bob = load_subscribers(desk.private).get("bob@example.org")
    assert bob is not None
    assert bob.reason == "550 5.1.1 No such user here"
    assert "bob@example.org: 550 5.1.1 No such user here" in desk.told
    assert desk.marked == ["2026-12"]
    # Not even the next issue goes there, until the councillor says so.
    answers.clear()
    desk.send(replace(ISSUE, name="2027-01"))
    assert desk.server.counts == {"ann@example.org": 2, "cat@example.org": 2}
    path = desk.private / "subscribers.csv"
    path.write_text(path.read_text().replace("set aside", "confirmed"))
    desk.send(replace(ISSUE, name="2027-02"))
    assert desk.server.counts["bob@example.org"] == 1


def test_a_kill_before_an_address_was_set_aside_is_made_good(desk: Desk) -> None:
    desk.subscribe("ann", "bob")
    desk.server.refuse = lambda address: "550 5.1.1 Gone" if address.startswith("bob") else ""
    desk.send()
    list_path = desk.private / "subscribers.csv"
    list_path.write_text(list_path.read_text().replace("set aside", "confirmed"))
    journal = desk.private / "newsletters" / "2026-12.journal"
    lines = journal.read_text().splitlines(keepends=True)
    journal.write_text("".join(lines[: next(i for i, x in enumerate(lines) if "set aside" in x)]))
    desk.send()
    assert desk.states == {"ann": "confirmed", "bob": "set aside"}
    assert desk.server.counts == {"ann@example.org": 1}


def test_an_address_that_accepts_nothing_now_is_kept_for_another_run(desk: Desk) -> None:
    desk.subscribe("ann", "bob")
    answers = {"bob@example.org": "450 4.2.1 Try again later"}
    desk.server.refuse = lambda address: answers.get(address, "")
    desk.send()
    assert desk.states["bob"] == "confirmed"
    assert "1 address accepted no mail just now:\n  bob@example.org: 450 4.2.1 Try" in desk.told
    assert desk.marked == []
    answers.clear()
    desk.send()
    assert desk.server.counts == {"ann@example.org": 1, "bob@example.org": 1}
    assert desk.marked == ["2026-12"]


def test_an_address_that_never_accepts_mail_does_not_keep_an_issue_open(desk: Desk) -> None:
    desk.subscribe("ann", "bob")
    desk.server.refuse = lambda address: "450 Full" if address.startswith("bob") else ""
    desk.send()
    desk.send()
    assert desk.marked == ["2026-12"]
    assert desk.states["bob"] == "confirmed"


@pytest.mark.parametrize(
    "reply", ["550 5.7.1 Relaying denied", "550 5.4.5 Daily sending limit exceeded"]
)
def test_a_refusal_that_may_be_about_us_sets_nobody_aside(reply: str, desk: Desk) -> None:
    desk.subscribe("ann", "bob", "cat")
    desk.server.refuse = lambda address: reply if address.startswith("bob") else ""
    desk.send()
    assert set(desk.states.values()) == {"confirmed"}
    assert desk.marked == []
    desk.server.refuse = lambda _: ""
    desk.send()
    assert desk.server.counts == Counter(f"{n}@example.org" for n in ("ann", "bob", "cat"))
    assert desk.marked == ["2026-12"]


def test_a_server_that_wants_no_mail_from_us_ends_the_run(desk: Desk) -> None:
    desk.subscribe("ann", "bob")
    asked: list[str] = []

    def refuse(address: str) -> str:
        asked.append(address)
        return "530 5.7.0 Log in first"

    desk.server.refuse = refuse
    with pytest.raises(CommandError, match=r"530 5\.7\.0 Log in first"):
        desk.send()
    assert asked == ["ann@example.org"]
    desk.server.refuse = lambda _: ""
    desk.send()
    assert desk.server.counts == {"ann@example.org": 1, "bob@example.org": 1}


@pytest.mark.parametrize("reply", ["554 Go away", "451 Later", "550 5.4.5 Daily limit"])
@pytest.mark.parametrize("at", ["RCPT", "DATA"])
def test_if_everybody_is_refused_it_counts_against_nobody(at: str, reply: str, desk: Desk) -> None:
    names = [f"person{i:02}" for i in range(12)]
    desk.subscribe(*names)
    for _ in range(3):
        if at == "RCPT":
            desk.server.refuse = lambda _: reply
        else:
            desk.server.answer_to_data = lambda _: reply
        with pytest.raises(CommandError, match="5 messages in a row could not be sent"):
            desk.send()
    assert set(desk.states.values()) == {"confirmed"}
    desk.server.refuse = desk.server.answer_to_data = lambda _: ""
    desk.send()
    assert set(desk.server.counts.values()) == {1}
    assert len(desk.server.counts) == 12
    assert desk.marked == ["2026-12"]


def test_a_connection_lost_before_the_message_is_made_again(desk: Desk) -> None:
    desk.subscribe("ann", "bob", "cat")
    drops = ["bob@example.org"]
    desk.server.refuse = lambda address: (
        drops.pop() and "drop" if drops and address == drops[0] else ""
    )
    desk.send()
    assert set(desk.server.counts.values()) == {1}
    assert len(desk.server.counts) == 3
    assert "unknown" not in desk.told


def test_a_connection_lost_after_the_message_is_unknown_and_never_sent_again(desk: Desk) -> None:
    desk.subscribe("ann", "bob", "cat")
    desk.server.answer_to_data = lambda address: (
        "accept and drop" if address.startswith("bob") else ""
    )
    desk.send()
    assert desk.told.count("Whether bob@example.org received this newsletter is unknown") == 1
    assert desk.server.counts == Counter(f"{n}@example.org" for n in ("ann", "bob", "cat"))
    desk.send()
    assert desk.server.counts["bob@example.org"] == 1
    assert desk.told.count("Whether bob@example.org received") == 2
    assert "This newsletter has been sent to 2 subscribers." in desk.told


def test_a_changed_text_does_not_go_to_the_rest(desk: Desk) -> None:
    desk.subscribe("ann", "bob")
    answers = {"bob@example.org": "450 Later"}
    desk.server.refuse = lambda address: answers.get(address, "")
    desk.send()
    answers.clear()
    with pytest.raises(CommandError, match="has changed since it was partly sent"):
        desk.send(replace(ISSUE, text="Corrected."))
    assert desk.server.counts == {"ann@example.org": 1}


def test_two_commands_do_not_send_at_the_same_time(desk: Desk) -> None:
    desk.subscribe("ann")
    with subscribers_locked(desk.private), pytest.raises(CommandError, match="Another command"):
        desk.send()
    assert desk.server.sent == []
    desk.send()
    assert len(desk.server.sent) == 1


def test_a_damaged_journal_stops_everything(desk: Desk) -> None:
    desk.subscribe("ann", "bob")
    desk.send()
    path = desk.private / "newsletters" / "2026-12.journal"
    lines = path.read_text().split("\n")
    lines[2] = lines[2][:20]
    path.write_text("\n".join(lines))
    with pytest.raises(CommandError, match=r"2026-12.journal:3 is damaged"):
        desk.send()
    assert len(desk.server.sent) == 2


@pytest.mark.parametrize("damage", ['"step": "sent"', '"address"', "{"])
def test_a_line_that_was_changed_is_not_taken_for_one_that_was_cut_off(
    damage: str, desk: Desk
) -> None:
    desk.subscribe("ann", "bob")
    desk.send()
    path = desk.private / "newsletters" / "2026-12.journal"
    path.write_text(path.read_text().replace(damage, "x" * len(damage)))
    with pytest.raises(CommandError, match="is damaged"):
        desk.send()
    assert len(desk.server.sent) == 2


def test_a_quotation_mark_that_is_not_closed_stops_sending(desk: Desk) -> None:
    desk.subscribe("ann", "bob")
    path = desk.private / "subscribers.csv"
    lines = path.read_text().split("\n")
    lines[1] = '"' + lines[1]
    path.write_text("\n".join(lines))
    with pytest.raises(ContentError, match="not closed"):
        desk.send()
    assert desk.server.sent == []


def test_a_line_of_the_list_that_cannot_be_read_stops_sending(desk: Desk) -> None:
    desk.subscribe("ann", "bob")
    path = desk.private / "subscribers.csv"
    path.write_text(path.read_text().replace("bob@example.org", "bob at example.org"))
    with pytest.raises(ContentError, match=r"subscribers.csv:3: this is not an e-mail address"):
        desk.send()
    assert desk.server.sent == []


def test_the_password_is_neither_guessed_nor_shown(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.subscribe("ann")
    account = replace(desk.settings.outgoing, user=NEWS)
    monkeypatch.delenv("WARD_MAIL_PASSWORD", raising=False)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    with pytest.raises(UsageError, match="There is no password of the mail account") as missing:
        desk.send(outgoing=account)
    assert "keyring set wardblog" in missing.value.hint
    monkeypatch.setenv("WARD_MAIL_PASSWORD", "a wrong one")
    with pytest.raises(CommandError, match="refuses the user") as refused:
        desk.send(outgoing=account)
    assert "a wrong one" not in f"{refused.value}{refused.value.hint}{desk.told}"
    assert desk.server.sent == []


def test_a_connection_that_others_could_read_is_refused(desk: Desk) -> None:
    desk.subscribe("ann")
    open_server = MailServer(host="smtp.example.org", port=25, tls="none")
    with pytest.raises(UsageError, match="would not be encrypted"):
        desk.send(outgoing=open_server)
    assert desk.asked == []


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return make_certificate(tmp_path_factory.mktemp("certificate"))


@pytest.mark.parametrize("tls", ["tls", "starttls"])
def test_only_a_trusted_certificate_is_accepted(
    tls: str, certificate: Certificate, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.subscribe("ann")
    monkeypatch.setenv("WARD_MAIL_PASSWORD", PASSWORD)
    with outbox(tls=tls, certificate=certificate) as server:
        account = MailServer(host="localhost", port=server.port, tls=tls, user=NEWS)
        with pytest.raises(CommandError, match="no certificate that this computer trusts"):
            desk.send(outgoing=account)
        assert (server.sent, server.logins) == ([], [])
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate.certificate))
        desk.send(outgoing=account)
        (mail,) = server.sent
        assert mail.is_encrypted
        assert server.logins == [(NEWS, PASSWORD)]


def test_a_server_without_encryption_gets_no_password(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.subscribe("ann")
    monkeypatch.setenv("WARD_MAIL_PASSWORD", PASSWORD)
    account = MailServer(host="127.0.0.1", port=desk.server.port, tls="starttls", user=NEWS)
    with pytest.raises(CommandError, match="does not answer with encryption"):
        desk.send(outgoing=account)
    assert desk.server.logins == []


def test_files_are_for_another_program(desk: Desk) -> None:
    desk.answer = False
    with pytest.raises(CommandError, match="not marked as sent"):
        desk.send(via="file")
    assert "private/newsletters/2026-12.eml" in desk.told
    desk.answer = True
    desk.send(via="file")
    assert desk.marked == ["2026-12"]
    assert desk.server.sent == []


def test_the_journal_has_each_step(desk: Desk) -> None:
    desk.subscribe("ann")
    desk.send()
    path = desk.private / "newsletters" / "2026-12.journal"
    steps = [json.loads(line)["step"] for line in path.read_text().splitlines() if line]
    assert steps == ["issue", "trying", "sent", "finished"]
    assert path.stat().st_mode & 0o777 == 0o600

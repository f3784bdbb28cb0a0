"""The newsletter from its page: made, looked at, and sent as it was shown, over real SMTP."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import keyring
import keyring.backend
import pytest

from editor.commands import Job, lines, run
from editor.running import RunningEditor
from office.letters import POSTS
from office.mail_servers import Outbox, outbox
from support import WARD, files_of, write_files
from wardblog.office import passwords
from wardblog.office.subscribers.store import save_subscribers
from wardblog.office.subscribers.subscriber import Subscriber, SubscriberState, new_token

CHANGED = "Something has changed since this was shown, so nothing was sent."
PEOPLE = [f"resident{number}@example.org" for number in range(3)]


@pytest.fixture
def server() -> Iterator[Outbox]:
    with outbox() as found:
        yield found


@pytest.fixture
def desk(editor: RunningEditor, server: Outbox) -> RunningEditor:
    """An editor whose newsletter goes out through the server, to three people."""
    settings = (
        '\n[newsletter]\naddress = "news@ward.example.org"\nvia = "smtp"\nhost = "127.0.0.1"\n'
        f'port = {server.port}\ntls = "none"\n'
    )
    write_files(editor.content, {**POSTS, "ward.toml": WARD + settings})
    subscribe(editor, *PEOPLE)
    editor.editor.desk.live.update()
    return editor


def subscribe(editor: RunningEditor, *addresses: str) -> None:
    editor.private.mkdir(exist_ok=True)
    people = [
        Subscriber(
            address=one, state=SubscriberState.CONFIRMED, date=date(2026, 1, 2), token=new_token()
        )
        for one in addresses
    ]
    save_subscribers(editor.private, people)


def make(editor: RunningEditor) -> Job:
    return run(editor, "office/newsletter/make", {})


def who(editor: RunningEditor) -> Job:
    return run(editor, "newsletter/who", {})


def send(editor: RunningEditor, digest: str) -> Job:
    return run(editor, "newsletter/send", {"digest": digest})


def test_it_is_made_and_shown_but_not_sent(desk: RunningEditor, server: Outbox) -> None:
    assert make(desk)["state"] == "done"
    page = desk.get("office/newsletter").body.decode()
    assert 'sandbox=""' in page
    frames = re.findall(r'data-frame="[^"]*made/([0-9a-f]{16})"', page)
    assert len(frames) == 3
    said = desk.get(f"made/{frames[0]}")
    assert b"A fine post" in said.body or b"<html" in said.body
    policy = said.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "; sandbox;" in policy
    assert desk.get(f"made/{frames[2]}").headers["content-type"] == "text/plain; charset=utf-8"
    assert server.sent == []


def test_it_goes_to_those_who_were_shown_and_once(desk: RunningEditor, server: Outbox) -> None:
    make(desk)
    shown = who(desk)["shown"]
    assert shown["question"] == "to send it to 3 subscribers"
    assert (
        "goes to 3 subscribers, one message each, from news@ward.example.org"
        in (shown["lines"][-1])
    )
    assert server.sent == []
    job = send(desk, shown["digest"])
    assert "Sent to 3 subscribers." in lines(job)
    assert server.counts == dict.fromkeys(PEOPLE, 1)
    send(desk, shown["digest"])
    assert server.counts == dict.fromkeys(PEOPLE, 1)


@pytest.mark.parametrize("change", ["a subscriber more", "a subscriber less", "another text"])
def test_nothing_is_sent_if_anything_changed(
    desk: RunningEditor, server: Outbox, change: str
) -> None:
    make(desk)
    digest = who(desk)["shown"]["digest"]
    if change == "a subscriber more":
        subscribe(desk, *PEOPLE, "another@example.org")
    elif change == "a subscriber less":
        subscribe(desk, *PEOPLE[1:])
    else:
        (file,) = (desk.private / "newsletters").glob("*.md")
        file.write_text(f"{file.read_text()}\nOne more thing.\n")
    job = send(desk, digest)
    assert job["state"] == "failed"
    assert CHANGED in lines(job)
    assert server.sent == []


def test_a_digest_that_was_made_up_sends_nothing(desk: RunningEditor, server: Outbox) -> None:
    make(desk)
    assert CHANGED in lines(send(desk, "0" * 32))
    assert server.sent == []


def test_an_issue_that_nobody_has_seen_is_not_sent(desk: RunningEditor, server: Outbox) -> None:
    job = who(desk)
    assert job["state"] == "failed"
    assert "Nothing was sent, since this issue was begun just now" in lines(job)
    assert server.sent == []


def test_without_an_account_it_is_saved_and_then_marked_as_sent(editor: RunningEditor) -> None:
    write_files(editor.content, POSTS)
    make(editor)
    page = editor.get("office/newsletter").body.decode()
    (mail,) = re.findall(r'made/([0-9a-f]{16})">Save 2026-11.eml<', page)
    said = editor.get(f"made/{mail}")
    assert said.headers["content-type"] == "message/rfc822"
    assert said.headers["content-disposition"] == 'attachment; filename="2026-11.eml"'
    shown = who(editor)["shown"]
    assert shown["question"].startswith("once you have sent it")
    assert not (editor.private / "newsletters/sent.json").exists()
    assert send(editor, shown["digest"])["state"] == "done"
    assert (editor.private / "newsletters/sent.json").is_file()


def test_its_introduction_is_written_on_its_page(desk: RunningEditor) -> None:
    make(desk)
    page = desk.get("office/newsletter").body.decode()
    (words,) = set(re.findall(r"private/([0-9a-f]{16})", page))
    (digest,) = re.findall(r'"digest": "(\w+)"', desk.get(f"private/{words}").body.decode())
    (file,) = (desk.private / "newsletters").glob("*.md")
    text = f"{file.read_text()}\nThank you all for the **lovely** fair.\n"
    desk.post("private/save", {"id": words, "digest": digest, "text": text})
    make(desk)
    assert "Thank you all for the lovely fair." in " ".join(
        (desk.private / "newsletters/preview/issue.txt").read_text().replace("*", "").split()
    )


class Ring(keyring.backend.KeyringBackend):
    """A keyring that keeps passwords as long as the test runs."""

    priority = 1.0

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> Iterator[Ring]:
    before, found = keyring.get_keyring(), Ring()
    monkeypatch.delenv("WARD_MAIL_PASSWORD", raising=False)
    keyring.set_keyring(found)
    yield found
    keyring.set_keyring(before)


@pytest.fixture
def with_account(desk: RunningEditor) -> RunningEditor:
    settings = (desk.content / "ward.toml").read_text() + 'user = "robin@ward.example.org"\n'
    write_files(desk.content, {"ward.toml": settings})
    desk.editor.desk.live.update()
    return desk


def test_a_missing_password_is_asked_for_and_kept_in_the_keyring(
    with_account: RunningEditor, ring: Ring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "_KEYRINGS", {Ring.__module__})
    make(with_account)
    page = with_account.get("office/newsletter").body.decode()
    assert "The password of the mail account “robin@ward.example.org” is missing" in page
    values = {"name": "robin@ward.example.org", "password": "a pass-word"}
    assert with_account.post("newsletter/password", values).status == 200
    assert ring.kept == {("wardblog", "robin@ward.example.org"): "a pass-word"}
    assert "is missing" not in with_account.get("office/newsletter").body.decode()
    parents = with_account.content.parent
    assert not [n for n, data in files_of(parents).items() if b"a pass-word" in data]


def test_a_keyring_that_may_be_an_open_file_gets_no_password(
    with_account: RunningEditor, ring: Ring
) -> None:
    make(with_account)
    page = with_account.get("office/newsletter").body.decode()
    assert "This computer has no keyring that is known to be safe" in page
    assert "WARD_MAIL_PASSWORD" in page
    values = {"name": "robin@ward.example.org", "password": "a pass-word"}
    assert with_account.post("newsletter/password", values).status == 400
    assert ring.kept == {}


@pytest.mark.parametrize(
    ("name", "password"),
    [("another@example.org", "x"), ("", "x"), ("robin@ward.example.org", ""),
     ("robin@ward.example.org", "a\nb"), ("robin@ward.example.org", "x" * 501)],
)  # fmt: skip
def test_only_passwords_of_accounts_in_the_settings_are_kept(
    with_account: RunningEditor,
    ring: Ring,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    password: str,
) -> None:
    monkeypatch.setattr(passwords, "_KEYRINGS", {Ring.__module__})
    values = {"name": name, "password": password}
    assert with_account.post("newsletter/password", values).status in (400, 404)
    assert ring.kept == {}

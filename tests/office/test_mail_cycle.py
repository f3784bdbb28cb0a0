"""Join, confirm, receive, stop: with dovecot for the mailboxes and a real server that sends."""

from __future__ import annotations

import os
import pty
import subprocess
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from office.mail_servers import NEWS, PASSWORD, MailServers, Outbox, dovecot, outbox
from office.residents import answer, letter
from support import BASE, ROOT, WARD, run, write_files
from wardblog.build import read_checked
from wardblog.model import Site
from wardblog.office.newsletter.finished import FinishedIssue
from wardblog.office.sending import SendingEnvironment, send
from wardblog.office.subscribers.memory import load_memory, save_memory
from wardblog.office.subscribers.store import load_subscribers
from wardblog.problems import CommandError
from wardblog.support.progress_bar import no_progress

ANN, BOB, CAT, DAN = (f"{name}@residents.example" for name in ("ann", "bob", "cat", "dan"))
ISSUE = FinishedIssue(
    name="2026-12",
    subject="News of December",
    html="<html><body><p>Two grit bins have moved.</p></body></html>",
    text="Two grit bins have moved.\n",
)
NEXT = FinishedIssue(name="2027-01", subject="News of January", html=ISSUE.html, text=ISSUE.text)


@pytest.fixture(scope="module")
def servers() -> Iterator[MailServers]:
    with dovecot() as found:
        yield found


class Councillor:
    """A councillor at a terminal, with a content folder and a private one."""

    def __init__(self, folder: Path, servers: MailServers, sending: Outbox) -> None:
        self.folder, self.servers, self.sending = folder, servers, sending
        self.private = folder / "private"
        self.marked: list[str] = []
        newsletter = (
            f'\n[newsletter]\naddress = "{NEWS}"\nname = "Your councillors"\nvia = "smtp"\n'
            f'host = "127.0.0.1"\nport = {sending.port}\ntls = "none"\nper_minute = 1000\n'
            f'imap_host = "127.0.0.1"\nimap_port = {servers.imap}\nimap_tls = "none"\n'
            f'imap_user = "{NEWS}"\n\n'
            '[publish]\nto = "folder"\npath = "public"\n'
        )
        write_files(folder / "content", {**BASE, "ward.toml": WARD + newsletter})

    def _run(self, words: tuple[str, ...], stdin: int) -> str:
        done = run(
            *words,
            cwd=self.folder,
            stdin=stdin,
            WARD_MAIL_PASSWORD=PASSWORD,
            HOME=str(self.folder / "home"),
            XDG_CACHE_HOME=str(self.folder / "home/cache"),
            XDG_STATE_HOME=str(self.folder / "home/state"),
            # The servers write the time at which they receive a message.
            SOURCE_DATE_EPOCH=str(int(time.time())),
        )
        assert (done.returncode, done.stderr) == (0, ""), done.stdout
        return done.stdout

    def command(self, *words: str) -> str:
        """Run a command without a terminal; returns what it prints."""
        return self._run(words, subprocess.DEVNULL)

    def at_terminal(self, reply: str, *words: str) -> str:
        """Run a command at a terminal and answer its question."""
        controller, terminal = pty.openpty()
        try:
            os.write(controller, f"{reply}\n".encode())
            return self._run(words, terminal)
        finally:
            os.close(terminal)
            os.close(controller)

    def site(self) -> Site:
        return read_checked(ROOT / "pelicanconf.py", self.folder / "content")

    def send(self, issue: FinishedIssue, confirm: Callable[[str], bool]) -> list[str]:
        site, said = self.site(), list[str]()
        assert site.mailing
        send(
            issue, site.mailing, site, self.private, confirm, said.append, no_progress,
            SendingEnvironment(
                clock=lambda: datetime.now(UTC),
                sleep=lambda _: None,
                mark_sent=lambda _, name, __: self.marked.append(name),
            ),
        )  # fmt: skip
        return said

    def states(self) -> dict[str, str]:
        return {one.address: str(one.state) for one in load_subscribers(self.private)}


@pytest.fixture
def councillor(
    tmp_path: Path, servers: MailServers, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Councillor]:
    monkeypatch.setenv("WARD_MAIL_PASSWORD", PASSWORD)
    for folder in (servers.folder / "mail").glob("*"):
        subprocess.run(["rm", "-r", str(folder)], check=True)
    with outbox(servers) as sending:
        yield Councillor(tmp_path, servers, sending)


def yes(_: str) -> bool:
    return True


def files_with(folder: Path, words: bytes) -> list[str]:
    return [
        path.relative_to(folder).as_posix()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and words.lower() in path.read_bytes().lower()
    ]


def test_join_confirm_receive_and_stop(councillor: Councillor, servers: MailServers) -> None:
    # Three ask; one with other words as well, one by the first line of the text.
    servers.deliver(NEWS, letter(f"Ann <{ANN}>", "Join the newsletter"))
    servers.deliver(NEWS, letter(BOB, "Re: join the newsletter, please"))
    servers.deliver(NEWS, letter(CAT, "Hello", "Join the newsletter\n\nThanks, Cat"))
    servers.deliver(NEWS, letter(DAN, "A broken street light", "It is dark in Eland Road."))

    # Nobody can be asked without a terminal, and "no" sends nothing.
    assert "Nobody was asked to confirm" in councillor.command("subscribers")
    assert "Nothing was sent." in councillor.at_terminal("no", "subscribers")
    assert councillor.sending.sent == []
    assert councillor.states() == {}

    shown = councillor.at_terminal("yes", "subscribers")
    assert "3 people want to join:" in shown
    assert "Asked 3 people to confirm." in shown
    assert councillor.sending.counts == {ANN: 1, BOB: 1, CAT: 1}
    assert set(councillor.states().values()) == {"asked"}
    # Another run sends nothing more.
    assert "want to join" not in councillor.command("subscribers")
    # Nobody has confirmed, so nobody can receive an issue.
    with pytest.raises(CommandError, match="Nobody has confirmed"):
        councillor.send(ISSUE, yes)

    # Two answer from their own mailboxes; Bob's answer comes from somebody else.
    (to_ann,), (to_bob,), _ = map(servers.inbox, (ANN, BOB, CAT))
    servers.deliver(NEWS, answer(f"Ann <{ANN.upper()}>", to_ann, "Yes please!"))
    servers.deliver(NEWS, answer(DAN, to_bob))
    shown = councillor.command("subscribers")
    assert f"Joined: {ANN}" in shown
    assert f"{DAN} answered a request to confirm that was sent to another address" in shown
    assert councillor.states() == {ANN: "confirmed", BOB: "asked", CAT: "asked"}

    asked: list[str] = []

    def confirm(words: str) -> bool:
        asked.append(words)
        return True

    said = councillor.send(ISSUE, confirm)
    assert asked == ["to send it to 1 subscriber"]
    assert "goes to 1 subscriber, one message each" in said[0]
    assert len(servers.inbox(ANN)) == 2
    assert councillor.sending.counts == {ANN: 2, BOB: 1, CAT: 1}
    assert councillor.marked == ["2026-12"]

    # Ann stops by answering the newsletter: it counts before the next issue, without a command.
    servers.deliver(NEWS, answer(ANN, servers.inbox(ANN)[1], "Please stop the newsletter."))
    # Cat stops before her request was confirmed, and then answers the old message.
    servers.deliver(NEWS, letter(CAT, "Stop the newsletter"))
    servers.deliver(NEWS, answer(CAT, servers.inbox(CAT)[0]))
    with pytest.raises(CommandError, match="Nobody has confirmed"):
        councillor.send(NEXT, yes)
    assert councillor.states() == {ANN: "stopped", BOB: "asked", CAT: "stopped"}
    assert councillor.sending.counts == {ANN: 2, BOB: 1, CAT: 1}

    # The mailbox is as it was: nothing was moved, deleted or marked as read.
    assert servers.flags(NEWS) == [""] * 9
    kept = {one.address: one for one in load_subscribers(councillor.private)}
    assert kept[ANN].consent.startswith("I want to receive the newsletter of Shaftesbury")
    assert kept[ANN].message_id.startswith("<")


def test_after_a_whole_cycle_no_subscriber_is_outside_the_private_folder(
    councillor: Councillor, servers: MailServers
) -> None:
    servers.deliver(NEWS, letter(ANN, "Join the newsletter"))
    councillor.at_terminal("yes", "subscribers")
    servers.deliver(NEWS, answer(ANN, servers.inbox(ANN)[0]))
    councillor.command("subscribers")
    councillor.send(ISSUE, yes)
    git = ["git", "-c", "user.name=R", "-c", "user.email=r@example.org"]
    (councillor.folder / ".gitignore").write_text("/private/\n/home/\n")
    councillor.command("html", "--content", "content", "--output", "output")
    councillor.command("publish", "--content", "content", "--output", "output", "--force")
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "A site"]):
        subprocess.run([*git, *words], cwd=councillor.folder, check=True)
    holding = files_with(councillor.folder, ANN.encode())
    assert {name.split("/")[0] for name in holding} == {"private"}, holding
    # The address is where it has to be, so that the search can find it.
    assert holding == ["private/newsletters/2026-12.journal", "private/subscribers.csv"]
    for path in councillor.private.rglob("*"):
        assert path.stat().st_mode & 0o077 == 0, path
    token = next(iter(load_subscribers(councillor.private))).token
    assert files_with(councillor.folder, token.encode()) == ["private/subscribers.csv"]

    shown = councillor.command("subscribers", "--forget", ANN)
    assert f"{ANN} is deleted from the list of subscribers and from 1 journal" in shown
    assert files_with(councillor.folder, b"ann@") == []
    # The messages in the mailbox are still there, and do not bring the address back.
    memory = load_memory(councillor.private)
    memory.last = 0
    memory.handled.clear()
    save_memory(councillor.private, memory)
    assert "There are no subscribers yet." in councillor.command("subscribers")
    assert files_with(councillor.folder, b"ann@") == []
    # A new request is a new request; it may arrive in the same second.
    memory = load_memory(councillor.private)
    memory.forget(ANN, datetime.now(UTC) - timedelta(minutes=1))
    save_memory(councillor.private, memory)
    servers.deliver(NEWS, letter(ANN, "Join the newsletter"))
    assert "1 person wants to join" in councillor.command("subscribers")


@pytest.mark.long
def test_what_programs_write_is_not_answered(councillor: Councillor, servers: MailServers) -> None:
    join = "Join the newsletter"
    for message in (
        letter(ANN, join, Auto_Submitted="auto-replied"),
        letter(ANN, join, Auto_Submitted="auto-generated"),
        letter(ANN, join, Precedence="bulk"),
        letter(ANN, join, X_Autoreply="yes"),
        letter(ANN, join, List_Id="<talk.example.org>"),
        letter(ANN, f"Automatic reply: {join}", join),
        letter("MAILER-DAEMON@example.org", join),
        letter(NEWS, join),
        letter(f"{ANN}, {BOB}", join, Sender=ANN),
    ):
        servers.deliver(NEWS, message)
    servers.deliver(NEWS, letter(BOB, join), "")  # a bounce has no sender to answer
    assert "There are no subscribers yet." in councillor.command("subscribers")

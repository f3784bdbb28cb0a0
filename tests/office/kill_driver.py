"""Sends an issue in child processes that are killed at chosen steps; reports what they said.

One process that has imported everything forks a child for each run, since imports take longer than
most runs. Each step of the journal and each exchange with the server is a place to be killed; a
line of the journal is also cut off in its middle.
"""

from __future__ import annotations

import json
import os
import signal
import smtplib
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from support import TODAY, read_all
from wardblog.model import MailServer, NewsletterSettings, Site
from wardblog.office import journal
from wardblog.office.newsletter.finished import FinishedIssue
from wardblog.office.sending import SendingEnvironment, send
from wardblog.support.progress_bar import no_progress

ISSUE = FinishedIssue(
    name="2026-12",
    subject="News of December",
    html="<!doctype html><html><body><p>Two grit bins.</p></body></html>",
    text="Two grit bins.\n",
)
MOMENT = datetime.combine(TODAY, datetime.min.time(), UTC)


def settings(port: int) -> NewsletterSettings:
    return NewsletterSettings(
        address="news@ward.example.org",
        via="smtp",
        outgoing=MailServer(host="127.0.0.1", port=port, tls="none"),
        per_minute=1000,
    )


class Killer:
    """Ends this process without any warning when its step has come."""

    def __init__(self, step: int) -> None:
        self.left = step
        self._append, self._fsync = journal._append, os.fsync
        journal._append = self.append
        for name in ("getreply", "send"):
            setattr(smtplib.SMTP, name, self.counted(getattr(smtplib.SMTP, name)))

    def step(self) -> bool:
        self.left -= 1
        return self.left == 0

    def append(self, descriptor: int, data: bytes) -> None:
        if self.step():
            die()
        if self.step():
            os.write(descriptor, data[: len(data) // 2])
            die()
        self._append(descriptor, data)

    def counted(self, method: Callable[..., object]) -> Callable[..., object]:
        def called(*words: object) -> object:
            if self.step():
                die()
            result = method(*words)
            if self.step():
                die()
            return result

        return called


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def child(private: Path, site: Site, port: int, step: int, said: Path) -> None:
    lines: list[str] = []
    marked: list[str] = []
    if step:
        Killer(step)

    def remember(_: Path, name: str, __: datetime) -> None:
        marked.append(name)

    send(
        ISSUE,
        settings(port),
        site,
        private,
        confirm=lambda _: True,
        say=lines.append,
        watch=no_progress,
        around=SendingEnvironment(clock=lambda: MOMENT, sleep=lambda _: None, mark_sent=remember),
    )
    said.write_text(json.dumps({"lines": lines, "marked": marked}))


def run(private: Path, site: Site, port: int, step: int) -> dict[str, object] | None:
    """Run once; None if it was killed."""
    said = private.parent / "said.json"
    said.unlink(missing_ok=True)
    process = os.fork()
    if process == 0:
        try:
            child(private, site, port, step, said)
        except BaseException as error:  # noqa: BLE001 - the parent shows it
            said.write_text(json.dumps({"error": repr(error)}))
        os._exit(0)
    _, status = os.waitpid(process, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return None
    found: dict[str, object] = json.loads(said.read_text())
    return found


def main() -> None:
    """For each line on standard input, a step or 0, run once and print the result as a line."""
    private, content, port = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    site, _ = read_all(content)
    for line in sys.stdin:
        print(json.dumps(run(private, site, port, int(line))), flush=True)


if __name__ == "__main__":
    main()

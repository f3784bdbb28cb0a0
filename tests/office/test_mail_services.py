"""Drafts at newsletter services, against a server that records what it is asked.

The services themselves cannot run here. The requests follow their documentation; the answers are in
the form that it gives.
"""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from office.mail_servers import NEWS
from support import read_fine
from wardblog.model import NewsletterSettings, Site
from wardblog.office.newsletter.finished import FinishedIssue
from wardblog.office.sending import SendingEnvironment, send
from wardblog.problems import CommandError, UsageError
from wardblog.support.progress_bar import no_progress

STOP = "https://stop.example.org/?a=1&who={token}"
ISSUE = FinishedIssue(
    name="2026-12",
    subject="Bins {{ 1 }} *|FNAME|*",
    html=(
        "<!doctype html><html><head><style>p{margin:0}</style></head><body>"
        '<p>{{ .Subscriber }} {% now %} *|FNAME|*</p><a href="https://stop.example.org/?a=1&amp;'
        'who={token}">Stop</a></body></html>'
    ),
    text=f"{{{{ .Subscriber }}}} *|FNAME|*\nStop: {STOP}\n",
)
MOMENT = datetime(2026, 11, 22, tzinfo=UTC)


@dataclass
class Asked:
    method: str
    path: str
    headers: dict[str, str]
    value: Any


@dataclass
class Recorder:
    """A service that answers with what is prepared, by method and path."""

    address: str = ""
    asked: list[Asked] = field(default_factory=list)
    answers: dict[str, tuple[int, object]] = field(default_factory=dict)


@contextmanager
def recording() -> Iterator[Recorder]:
    found = Recorder()

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            data = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            found.asked.append(Asked(self.command, self.path, headers, json.loads(data)))
            status, value = found.answers.get(f"{self.command} {self.path}", (404, {}))
            body = value if isinstance(value, bytes) else json.dumps(value).encode()
            self.send_response(status)
            if status in (302, 307):
                other = f"{found.address}/elsewhere" if status == 302 else "https://[x"
                self.send_header("Location", other)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_PUT = do_GET = do_DELETE = answer  # noqa: N815 - http.server names them

        def log_message(self, *_: object) -> None:
            """Nothing is logged."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        found.address = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield found
        finally:
            server.shutdown()
            thread.join()


class Desk:
    def __init__(self, folder: Path, site: Site, service: Recorder) -> None:
        self.folder, self.site, self.service = folder, site, service
        self.said: list[str] = []
        self.marked: list[str] = []
        self.answer = True
        self.settings = NewsletterSettings(
            address=NEWS, name='Your "ward" councillors', server=service.address, audience="3, 4",
            unsubscribe=STOP,
        )  # fmt: skip

    def send(self, via: str, **settings: object) -> None:
        send(
            ISSUE,
            replace(self.settings, via=via, **settings),  # type: ignore[arg-type] # by their names
            self.site, self.folder / "private", lambda _: self.answer, self.said.append,
            no_progress,
            SendingEnvironment(
                clock=lambda: MOMENT, mark_sent=lambda _, name, __: self.marked.append(name)
            ),
        )  # fmt: skip


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    with recording() as service:
        for name in ("WARD_BUTTONDOWN", "WARD_MAILCHIMP"):
            monkeypatch.setenv(name, service.address)
        yield Desk(tmp_path, read_fine(tmp_path / "content"), service)


def test_buttondown_gets_a_draft(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WARD_NEWSLETTER_KEY", "secret-key")
    desk.service.answers["POST /v1/emails"] = (201, {"id": "x", "status": "draft"})
    desk.send("buttondown")
    (asked,) = desk.service.asked
    assert asked.headers["authorization"] == "Token secret-key"
    assert asked.headers["x-api-version"] == "2026-04-01"
    assert asked.value == {
        "subject": ISSUE.subject,
        "status": "draft",
        "body": (
            "<!-- buttondown-editor-mode: fancy --><style>p{margin:0}</style>"
            "<p>&#123;&#123; .Subscriber }} &#123;% now %} *|FNAME|*</p>"
            '<a href="{{ unsubscribe_url }}">Stop</a>'
        ),
    }
    assert desk.marked == ["2026-12"]
    assert "Nothing is sent before you press “Send” there." in desk.said[0]


def test_listmonk_gets_a_draft(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WARD_NEWSLETTER_KEY", "robin:token")
    desk.service.answers["POST /api/campaigns"] = (200, {"data": {"id": 7, "status": "draft"}})
    desk.send("listmonk")
    (asked,) = desk.service.asked
    assert base64.b64decode(asked.headers["authorization"].removeprefix("Basic ")) == (
        b"robin:token"
    )
    value = asked.value
    assert value["lists"] == [3, 4]
    assert value["from_email"] == f'"Your ward councillors" <{NEWS}>'
    assert (value["type"], value["content_type"]) == ("regular", "html")
    assert "send_at" not in value
    assert "status" not in value
    assert value["subject"] == 'Bins {{ "{{" }} 1 }} *|FNAME|*'
    assert "{{ .Subscriber" not in value["body"]
    assert value["body"].count("{{") == 1
    assert '<a href="{{ UnsubscribeURL }}">' in value["body"]
    assert value["altbody"] == ('{{ "{{" }} .Subscriber }} *|FNAME|*\nStop: {{ UnsubscribeURL }}\n')
    assert desk.said[-1].startswith(f"The draft is at {desk.service.address}/admin/campaigns/7.")


def test_mailchimp_gets_a_draft_and_its_text(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WARD_NEWSLETTER_KEY", "0123456789abcdef-us21")
    desk.service.answers["POST /3.0/campaigns"] = (
        200, {"id": "ab12", "web_id": 99, "status": "save"},
    )  # fmt: skip
    desk.service.answers["PUT /3.0/campaigns/ab12/content"] = (200, {"html": "..."})
    desk.send("mailchimp", audience="a1b2c3")
    created, content = desk.service.asked
    assert created.value["type"] == "regular"
    assert created.value["recipients"] == {"list_id": "a1b2c3"}
    assert created.value["settings"]["reply_to"] == NEWS
    assert created.value["settings"]["subject_line"] == "Bins {{ 1 }} * |FNAME|*"
    assert content.value["plain_text"] == "{{ .Subscriber }} * |FNAME|*\nStop: *|UNSUB|*\n"
    assert '<a href="*|UNSUB|*">' in content.value["html"]
    assert desk.marked == ["2026-12"]
    assert "us21.admin.mailchimp.com/campaigns/edit?id=99" in desk.said[-1]


def test_an_empty_draft_that_is_left_is_named(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WARD_NEWSLETTER_KEY", "key-us21")
    desk.service.answers["POST /3.0/campaigns"] = (200, {"id": "ab12", "status": "save"})
    with pytest.raises(CommandError, match="Mailchimp has an empty draft now"):
        desk.send("mailchimp")
    assert desk.marked == []


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ((201, {"status": "about_to_send"}), "and not a draft"),
        ((401, {}), "refuses the key"),
        ((400, {"detail": "subject_invalid"}), "subject_invalid"),
        ((503, {}), "is busy or does not work now"),
        ((200, b"<html>"), "a form that this software does not know"),
        ((302, {}), "does not accept the draft"),
        ((307, {}), "does not accept the draft"),
    ],
    ids=["sending", "key", "refused", "busy", "page", "redirect", "invalid redirect"],
)
def test_what_can_go_wrong_is_reported(
    answer: tuple[int, object], message: str, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WARD_NEWSLETTER_KEY", "a-very-secret-key")
    desk.service.answers["POST /v1/emails"] = answer
    with pytest.raises(CommandError, match=message) as error:
        desk.send("buttondown")
    assert "secret" not in f"{error.value}{error.value.hint}"
    assert desk.marked == []
    # A redirect is not followed, since it would take the key along.
    assert [asked.path for asked in desk.service.asked] == ["/v1/emails"]


def test_nothing_is_created_without_a_yes_or_a_key(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("WARD_NEWSLETTER_KEY", raising=False)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    desk.answer = False
    with pytest.raises(CommandError, match="No draft was created"):
        desk.send("listmonk")
    desk.answer = True
    with pytest.raises(UsageError, match="There is no key for listmonk"):
        desk.send("listmonk")
    monkeypatch.setenv("WARD_NEWSLETTER_KEY", "robin:token")
    with pytest.raises(UsageError, match="without encryption"):
        desk.send("listmonk", server="http://lists.example.org")
    with pytest.raises(UsageError, match='cannot be "ward"'):
        desk.send("listmonk", audience="ward")
    assert desk.service.asked == []

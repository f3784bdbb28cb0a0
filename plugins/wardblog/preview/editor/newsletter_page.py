"""Sending the newsletter from its page: to whom it goes, exactly that, and the password."""

from __future__ import annotations

import json
from typing import Any

from wardblog.office.passwords import accounts_of, can_keep, keep
from wardblog.preview.editor.desk import Desk
from wardblog.preview.editor.job_pages import started
from wardblog.preview.editor.jobs import JobRequest, words_of
from wardblog.preview.editor.office_fields import Option
from wardblog.preview.editor.page import answer
from wardblog.preview.editor.publish_page import digest_in
from wardblog.preview.editor.request import EditorRequest, MissingError
from wardblog.preview.pages import Response
from wardblog.problems import CommandError

_LONGEST_PASSWORD = 500


def show_who(desk: Desk, request: EditorRequest) -> Response:
    """Find out to how many people the newsletter would go; nothing is sent."""
    del request
    return started(desk, _sending(desk, "Who gets it", ("dry-run", None)))


def send_newsletter(desk: Desk, request: EditorRequest) -> Response:
    """Send the newsletter that has this digest, to as many people as were shown."""
    return started(desk, _sending(desk, "Send the newsletter", ("expect", digest_in(request))))


def _sending(desk: Desk, title: str, option: Option) -> JobRequest:
    options: list[Option] = [("content", str(desk.content)), ("send", None), option]
    return JobRequest(
        page="office/newsletter",
        title=title,
        words=words_of("newsletter", options),
        purpose="mail",
        shown=_shown,
    )


def _shown(text: str) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(text)
    except ValueError:
        return {}
    return found


def sending_shown(desk: Desk) -> dict[str, Any]:
    """How the newsletter would be sent, and which passwords are missing."""
    site = desk.live.shown_site()
    settings = site.mailing if site else None
    mailboxes = (site.answering.mailbox,) if site else ()
    accounts = accounts_of(settings, mailboxes)
    return {
        # Without settings, a file is made for another program.
        "via": settings.via if settings else "file",
        "missing": [one for one in accounts if not one.is_known],
        "can_keep": can_keep(),
    }


def subscribers_file(desk: Desk, request: EditorRequest) -> Response:
    """The list of subscribers as a spreadsheet reads it, to save it."""
    # late import: see docs/architecture.md
    from wardblog.office.subscribers.store import as_csv, load_subscribers

    del request
    headers = (("Content-Disposition", 'attachment; filename="subscribers.csv"'),)
    data = as_csv(load_subscribers(desk.private))
    return Response(status=200, media_type="text/csv; charset=utf-8", content=data, headers=headers)


def keep_password(desk: Desk, request: EditorRequest) -> Response:
    """Keep the password of an account of the settings in the computer's keyring."""
    site = desk.live.shown_site()
    accounts = accounts_of(site.mailing, (site.answering.mailbox,)) if site else []
    name, secret = request.text("name", 300), request.text("password", _LONGEST_PASSWORD)
    if name not in (one.name for one in accounts):
        raise MissingError("This account is not in the settings", "Reload this page.")
    if not secret or any(ord(sign) < 32 for sign in secret):
        raise CommandError("The password is empty, or has a line end in it", "Type it again.")
    keep(name, secret)
    return answer({"done": True})

"""Creates a draft of an issue at a newsletter service; it never sends."""

from __future__ import annotations

import base64
import http.client
import json
import os
import re
import ssl
from collections.abc import Callable, Mapping
from urllib.error import HTTPError, URLError
from urllib.request import (
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    build_opener,
)

from wardblog import VERSION
from wardblog.model import NewsletterSettings
from wardblog.office.message import MailSender
from wardblog.office.network.connections import PATIENCE
from wardblog.office.network.service_texts import (
    for_go_template,
    inside_body,
    unquoted,
    with_link,
    without_merge_tags,
    without_templates,
)
from wardblog.office.newsletter.finished import FinishedIssue
from wardblog.office.passwords import newsletter_key
from wardblog.problems import CommandError, UsageError
from wardblog.sources.connection import NoRedirects
from wardblog.sources.services import is_safe
from wardblog.support.late_dataclass import dataclass
from wardblog.support.urls import host_of, is_this_computer

_LONGEST_ANSWER, _LONGEST_REASON = 1_000_000, 200
# Before this version, a message that is created is sent at once, unless it says otherwise.
_BUTTONDOWN_VERSION = "2026-04-01"
_Json = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class ServiceDraft:
    """Where the councillor finds a draft."""

    where: str


def create_draft(
    finished: FinishedIssue, settings: NewsletterSettings, sender: MailSender
) -> ServiceDraft:
    """Create the draft; raises `UsageError` for wrong settings, `CommandError` if it failed."""
    return _SERVICES[settings.via](finished, settings, sender, newsletter_key(settings.via))


def _buttondown(
    finished: FinishedIssue, settings: NewsletterSettings, sender: MailSender, key: str
) -> ServiceDraft:
    """https://docs.buttondown.com/api-emails-create"""
    del sender
    html = with_link(
        inside_body(finished.html), settings, "{{ unsubscribe_url }}", without_templates
    )
    service = _Service(
        "Buttondown",
        _base("WARD_BUTTONDOWN", "https://api.buttondown.com"),
        {"Authorization": f"Token {key}", "X-API-Version": _BUTTONDOWN_VERSION},
    )
    answer = service.ask(
        "POST",
        "/v1/emails",
        {
            "subject": finished.subject,
            "body": f"<!-- buttondown-editor-mode: fancy -->{html}",
            "status": "draft",
        },
    )
    _check_draft(answer.get("status"), "draft", service.name)
    return ServiceDraft("https://buttondown.com/emails")


def _listmonk(
    finished: FinishedIssue, settings: NewsletterSettings, sender: MailSender, key: str
) -> ServiceDraft:
    """https://listmonk.app/docs/apis/campaigns/"""
    base = settings.server.rstrip("/")
    _check_safe(base)
    if ":" not in key:
        raise UsageError(
            "The key for listmonk needs the name of the API user before it",
            'Write it as "name:token", as listmonk shows them under Admin, Users.',
        )
    service = _Service("listmonk", base, {"Authorization": _basic(key)})
    link = "{{ UnsubscribeURL }}"
    answer = service.ask(
        "POST",
        "/api/campaigns",
        {
            "name": f"{sender.title} {finished.name}",
            "subject": for_go_template(finished.subject),
            "lists": _numbers(settings.audience),
            "from_email": f'"{unquoted(sender.name)}" <{sender.address}>',
            "type": "regular",
            "messenger": "email",
            "content_type": "html",
            "body": with_link(inside_body(finished.html), settings, link, without_templates),
            "altbody": with_link(finished.text, settings, link, for_go_template),
        },
    )
    data = answer.get("data")
    campaign = data if isinstance(data, dict) else {}
    _check_draft(campaign.get("status"), "draft", service.name)
    return ServiceDraft(f"{base}/admin/campaigns/{campaign.get('id', '')}")


def _mailchimp(
    finished: FinishedIssue, settings: NewsletterSettings, sender: MailSender, key: str
) -> ServiceDraft:
    """https://mailchimp.com/developer/marketing/api/campaigns/"""
    center = key.rpartition("-")[2]
    if not re.fullmatch(r"[a-z]{2,3}\d{1,3}", center):
        raise UsageError(
            "The key for mailchimp must end with a hyphen and the name of a server, such as -us21",
            "Copy the whole key from Mailchimp, under Profile, Extras, API keys.",
        )
    base = _base("WARD_MAILCHIMP", f"https://{center}.api.mailchimp.com")
    service = _Service("Mailchimp", base, {"Authorization": _basic(f"wardblog:{key}")})
    answer = service.ask(
        "POST",
        "/3.0/campaigns",
        {
            "type": "regular",
            "recipients": {"list_id": settings.audience},
            "settings": {
                "subject_line": without_merge_tags(finished.subject),
                "title": f"{sender.title} {finished.name}",
                "from_name": sender.name,
                "reply_to": sender.address,
            },
        },
    )
    name = str(answer.get("id", ""))
    _check_draft(answer.get("status"), "save", service.name)
    if not re.fullmatch(r"[A-Za-z0-9]{1,40}", name):
        raise CommandError("Mailchimp answers in a form that this software does not know")
    content = {
        "html": with_link(finished.html, settings, "*|UNSUB|*", without_merge_tags),
        "plain_text": with_link(finished.text, settings, "*|UNSUB|*", without_merge_tags),
    }
    try:
        service.ask("PUT", f"/3.0/campaigns/{name}/content", content)
    except CommandError as error:
        raise CommandError(
            f"Mailchimp has an empty draft now, since its text was not accepted: {error}",
            f"Delete the draft there. {error.hint}",
        ) from None
    return ServiceDraft(
        f"https://{center}.admin.mailchimp.com/campaigns/edit?id={answer.get('web_id', '')}"
    )


_SERVICES: Mapping[
    str, Callable[[FinishedIssue, NewsletterSettings, MailSender, str], ServiceDraft]
] = {
    "buttondown": _buttondown,
    "listmonk": _listmonk,
    "mailchimp": _mailchimp,
}


@dataclass(frozen=True, slots=True)
class _Service:
    """A service as it is asked: its name, its address, and the headers that name the account."""

    name: str
    base: str
    headers: Mapping[str, str]

    def ask(self, method: str, path: str, value: object) -> _Json:
        """Send a value as JSON and return the answer; raises `CommandError`."""
        headers = {
            **self.headers,
            "Content-Type": "application/json",
            "Accept": "application/json",
            "User-Agent": f"wardblog/{VERSION}",
        }
        data = json.dumps(value).encode()
        request = Request(f"{self.base}{path}", data, headers, method=method)  # noqa: S310 - checked
        host = host_of(self.base)
        try:
            with _opener(host).open(request, timeout=PATIENCE) as response:
                answer = json.loads(response.read(_LONGEST_ANSWER))
        except HTTPError as error:
            with error:
                raise self._refused(error) from None
        except (URLError, OSError, http.client.HTTPException):
            raise CommandError(
                f"{self.name} does not answer at {host}",
                "Check your connection to the internet. Before you run this again, look there "
                "to see whether there is a draft already.",
            ) from None
        except ValueError:
            answer = None
        if not isinstance(answer, dict):
            raise CommandError(
                f"{self.name} answers in a form that this software does not know",
                "Look there to see whether there is a draft.",
            )
        return answer

    def _refused(self, error: HTTPError) -> CommandError:
        if error.code in (401, 403):
            return CommandError(
                f"{self.name} refuses the key",
                "Make a new key at the service, and save it as before.",
            )
        if error.code == 429 or error.code >= 500:
            return CommandError(
                f"{self.name} is busy or does not work now ({error.code})", "Try again later."
            )
        words = error.read(_LONGEST_ANSWER).decode("utf-8", "replace")
        reason = " ".join("".join(c if c.isprintable() else " " for c in words).split())
        return CommandError(
            f"{self.name} does not accept the draft ({error.code}): {reason[:_LONGEST_REASON]}"
        )


def _opener(host: str) -> OpenerDirector:
    # A redirect would take the key to another address.
    handlers = [NoRedirects(), HTTPSHandler(context=ssl.create_default_context())]
    return build_opener(*handlers, *([ProxyHandler({})] if is_this_computer(host) else []))


def _base(variable: str, usual: str) -> str:
    """The address of a service; an environment variable can name another, for a test."""
    base = os.environ.get(variable, "").strip().rstrip("/") or usual
    _check_safe(base)
    return base


def _check_safe(base: str) -> None:
    if not is_safe(base):
        raise UsageError(
            f"{base} would receive the key without encryption", "Use an address with https://."
        )


def _check_draft(status: object, expected: str, name: str) -> None:
    """The service says what it made; anything but a draft must be noticed at once."""
    if status != expected:
        raise CommandError(
            f'{name} says that the message is "{str(status)[:40]}" and not a draft',
            f"Open {name} now and see whether it is being sent.",
        )


def _basic(words: str) -> str:
    return f"Basic {base64.b64encode(words.encode()).decode()}"


def _numbers(audience: str) -> list[int]:
    """The lists at listmonk, such as "1" or "1, 4"."""
    words = [word.strip() for word in audience.split(",")]
    if not all(word.isascii() and word.isdecimal() for word in words):
        raise UsageError(
            f'"audience" in [newsletter] in ward.toml cannot be "{audience}"',
            'For listmonk it is the number of the list, as in audience = "1".',
        )
    return [int(word) for word in words]

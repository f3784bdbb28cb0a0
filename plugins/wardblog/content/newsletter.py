"""Reads [newsletter] in ward.toml: how the e-mail newsletter is sent, without any password."""

from __future__ import annotations

from wardblog.content.destinations import is_host
from wardblog.content.files import SETTINGS_FILE as FILE
from wardblog.content.setting_keys import choices_of
from wardblog.content.toml.table import Table
from wardblog.model import ENCRYPTION, MailServer, NewsletterSettings
from wardblog.privacy.secrets import is_called_secret

SERVICES = ("buttondown", "listmonk", "mailchimp")
_DEFAULTS = NewsletterSettings()
# The most messages in a minute that is not a mistake.
_MOST_PER_MINUTE = 1000


def read_newsletter(table: Table) -> NewsletterSettings | None:
    """The settings, or None where ward.toml has no such table."""
    if not table.values:
        table.finish()
        return None
    via = table.choice("via", choices_of(FILE, "newsletter", "via"), _DEFAULTS.via)
    host = table.text("host")
    outgoing = MailServer(
        host=host,
        port=_port(table, "port"),
        tls=table.choice("tls", ENCRYPTION, "tls"),
        user=table.text("user"),
    )
    mailbox = mailbox_of(table, outgoing.user)
    settings = NewsletterSettings(
        address=table.email("address"),
        name=table.text("name"),
        every=table.choice("every", choices_of(FILE, "newsletter", "every"), _DEFAULTS.every),
        via=via,
        outgoing=outgoing,
        mailbox=mailbox,
        folder=table.text("folder", _DEFAULTS.folder),
        per_minute=_per_minute(table),
        unsubscribe=_unsubscribe(table),
        server=table.web_address("server"),
        audience=table.text("audience"),
        pictures=table.yes_or_no("pictures") or False,
        line=table.lines.header,
    )
    table.leave(*filter(is_called_secret, table.values))  # they are reported as secrets
    _check_required(settings, table)
    table.finish()
    return settings


def mailbox_of(table: Table, user: str = "") -> MailServer:
    """The mailbox that a table names with `imap_host` and more; `user` is the usual account."""
    table.leave("imap_host", "imap_port")  # so alike that one would be read for the other
    return MailServer(
        host=table.text("imap_host"),
        port=_port(table, "imap_port"),
        tls=table.choice("imap_tls", ENCRYPTION, "tls"),
        user=table.text("imap_user", user),
    )


def _port(table: Table, key: str) -> int:
    port = table.number(key, 0)
    if 0 <= port <= 65535:
        return port
    table.report.stop(
        table.line(key), f'"{key}" cannot be {port}', "Leave it out for the usual one."
    )
    return 0


def _per_minute(table: Table) -> int:
    number = table.number("per_minute", _DEFAULTS.per_minute)
    if 1 <= number <= _MOST_PER_MINUTE:
        return number
    table.report.stop(
        table.line("per_minute"),
        f'"per_minute" cannot be {number}',
        f"Write how many messages your provider accepts in a minute: 1 to {_MOST_PER_MINUTE:,}.",
    )
    return _DEFAULTS.per_minute


def _unsubscribe(table: Table) -> str:
    url = table.web_address("unsubscribe")
    if not url or url.startswith("https://"):
        return url
    table.report.stop(
        table.line("unsubscribe"),
        f'"{url}" cannot stop a newsletter with one click, since it does not begin with https://',
        "Use an address that begins with https://, or leave it out: residents can then stop by "
        "e-mail.",
    )
    return ""


def _check_required(settings: NewsletterSettings, table: Table) -> None:
    """The keys that each way of sending requires; a key with a value was checked before."""
    needed = {
        "smtp": {"address": '"news@ward.example.org"', "host": '"smtp.example.org"'},
        "listmonk": {"server": '"https://lists.example.org"', "audience": '"1"'},
        "mailchimp": {"audience": '"a1b2c3d4e5"'},
    }.get(settings.via, {})
    for key, example in needed.items():
        if not table.values.get(key):
            table.report.stop(
                table.line("via"),
                f'[newsletter] has no "{key}", which via = "{settings.via}" needs',
                f"Add a line such as: {key} = {example}",
            )
    check_host(table, "host", settings.outgoing)
    check_host(table, "imap_host", settings.mailbox)


def check_host(table: Table, key: str, server: MailServer) -> None:
    """Report a host that cannot be one."""
    if server.host and not is_host(server.host):
        table.report.stop(
            table.line(key),
            f'"{key}" cannot be "{server.host}"',
            'Write the name of the mail server, as in "smtp.example.org".',
        )

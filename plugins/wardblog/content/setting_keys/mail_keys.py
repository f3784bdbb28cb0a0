"""The keys of `ward.toml` about the newsletter and answers by e-mail; never a password."""

from __future__ import annotations

from wardblog.content.setting_keys.setting_key import SettingKey as Key
from wardblog.content.setting_keys.setting_key import SettingKind as Kind
from wardblog.content.setting_keys.setting_key import SettingTable

_FILE = "ward.toml"
_HIGHEST_PORT = 65535
_ENCRYPTION = {
    "tls": "from the start (TLS)",
    "starttls": "after a command (STARTTLS)",
    "none": "not at all (only for this computer)",
}
_MAIL_HELP = "Your provider's help pages have it."
_SMTP = ("via", ("smtp",))


def _mailbox(default: str) -> tuple[Key, ...]:
    """The keys of a mailbox; `default` says what it is without them."""
    return (
        Key(
            name="imap_host",
            kind=Kind.WORDS,
            label="Mailbox: server",
            help=f"{default} {_MAIL_HELP}",
            example="imap.example.org",
        ),
        Key(
            name="imap_port",
            kind=Kind.NUMBER,
            label="Mailbox: port",
            help="Leave it empty for the usual one.",
            example="993",
            high=_HIGHEST_PORT,
        ),
        Key(
            name="imap_tls",
            kind=Kind.CHOICE,
            label="Mailbox: encryption",
            choices=_ENCRYPTION,
            usual="tls",
        ),
        Key(
            name="imap_user",
            kind=Kind.WORDS,
            label="Mailbox: account",
            example="news@ward.example.org",
        ),
        Key(
            name="folder",
            kind=Kind.WORDS,
            label="Mailbox: folder",
            help="The folder that is read: INBOX if you write nothing.",
            example="INBOX",
        ),
    )


_NEWSLETTER = SettingTable(
    file=_FILE,
    name="newsletter",
    label="Newsletter",
    help="Your own e-mail newsletter. Leave all of this empty if you have none.",
    keys=(
        Key(
            name="address",
            kind=Kind.EMAIL,
            label="Sender",
            help="Residents also write to this address to join and to stop.",
            example="news@ward.example.org",
        ),
        Key(
            name="name",
            kind=Kind.WORDS,
            label="Name of the sender",
            example="Shaftesbury ward news",
        ),
        Key(
            name="every",
            kind=Kind.CHOICE,
            label="How often",
            choices={"month": "every month", "week": "every week"},
            usual="month",
        ),
        Key(
            name="via",
            kind=Kind.CHOICE,
            label="How it is sent",
            choices={
                "smtp": "through your own e-mail account",
                "buttondown": "as a draft at Buttondown",
                "listmonk": "as a draft at listmonk",
                "mailchimp": "as a draft at Mailchimp",
                "file": "as files for another program",
            },
            usual="file",
        ),
        Key(
            name="host",
            kind=Kind.WORDS,
            label="Sending: server",
            help=_MAIL_HELP,
            example="smtp.example.org",
            only_for=_SMTP,
        ),
        Key(
            name="port",
            kind=Kind.NUMBER,
            label="Sending: port",
            help="Leave it empty for the usual one.",
            example="465",
            high=_HIGHEST_PORT,
            only_for=_SMTP,
        ),
        Key(
            name="tls",
            kind=Kind.CHOICE,
            label="Sending: encryption",
            choices=_ENCRYPTION,
            usual="tls",
            only_for=_SMTP,
        ),
        Key(
            name="user",
            kind=Kind.WORDS,
            label="Sending: account",
            help="The name with which you log in, often your e-mail address. The password is not "
            "written here.",
            example="news@ward.example.org",
            only_for=_SMTP,
        ),
        Key(
            name="per_minute",
            kind=Kind.NUMBER,
            label="Messages in a minute",
            help="How many your provider accepts: 20 if you write nothing.",
            example="20",
            low=1,
            high=1000,
            only_for=_SMTP,
        ),
        *_mailbox("The mailbox where requests to join arrive."),
        Key(
            name="unsubscribe",
            kind=Kind.ADDRESS,
            label="Address to stop with one click",
            help="Leave it empty if you have none: residents then stop by e-mail.",
            example="https://ward.example.org/stop",
        ),
        Key(
            name="server",
            kind=Kind.ADDRESS,
            label="Address of the service",
            example="https://lists.example.org",
            only_for=("via", ("buttondown", "listmonk", "mailchimp")),
        ),
        Key(
            name="audience",
            kind=Kind.WORDS,
            label="List at the service",
            example="1",
            only_for=("via", ("buttondown", "listmonk", "mailchimp")),
        ),
        Key(
            name="pictures",
            kind=Kind.YES_NO,
            label="Pictures in messages",
            help="Mail programs load them from your site, and may ask the reader first.",
        ),
    ),
)
_ANSWERS = SettingTable(
    file=_FILE,
    name="answers",
    label="Answers to questions",
    help="Where residents send their answers. Leave it empty to use the newsletter's mailbox.",
    keys=(
        Key(
            name="address",
            kind=Kind.EMAIL,
            label="Address for answers",
            help="Without it, that of the newsletter or of the first councillor.",
            example="answers@example.org",
        ),
        *_mailbox("Without it, the mailbox of the newsletter."),
        Key(
            name="keep_days",
            kind=Kind.NUMBER,
            label="Days that answers are kept",
            help="After a question has closed: 30 if you write nothing.",
            example="30",
            low=1,
            high=366,
        ),
        Key(
            name="me_too",
            kind=Kind.YES_NO,
            label='"Me too" on reports',
            help="Residents can say that a report concerns them too. Yes if you choose nothing.",
        ),
    ),
)
TABLES = (_NEWSLETTER, _ANSWERS)

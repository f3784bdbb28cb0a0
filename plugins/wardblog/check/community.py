"""Check the list of local sites: that somebody looked at each lately, and that all can be opened.

A closed group cannot be read by a resident who follows the link, and its members did not expect to
be found there. A private profile is a person, not a site.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from wardblog.check.councils import web_host
from wardblog.content.files import COMMUNITY_FILE
from wardblog.model import Site
from wardblog.problems import Problem
from wardblog.support.late_regex import late_regex
from wardblog.support.urls import split_url
from wardblog.text.words import long_date

# How long an entry is trusted after it was checked.
_TRUSTED = timedelta(days=183)
_WHATSAPP_GROUP, _TELEGRAM = (
    "an invitation to a WhatsApp group",
    "an invitation to a Telegram group",
)
_FACEBOOK_GROUP = "a Facebook group"
_DISCORD, _PROFILE = "an invitation to a Discord server", "the profile of a person on {}"
_FACEBOOK, _NEXTDOOR = ("facebook.com", "fb.com", "fb.me"), ("nextdoor.co.uk", "nextdoor.com")
# What an address is, by its site and by its path with the query.
_CLOSED = (
    (("chat.whatsapp.com",), late_regex(r"/."), _WHATSAPP_GROUP),
    (("wa.me", "api.whatsapp.com"), late_regex(r"(?i)/\+?\d|[?&]phone="), "the number of a person"),
    (("t.me", "telegram.me"), late_regex(r"(?i)^/(?:\+|joinchat/)."), _TELEGRAM),
    (("discord.gg",), late_regex(r"/."), _DISCORD),
    (("discord.com", "discordapp.com"), late_regex(r"(?i)^/invite/."), _DISCORD),
    (("signal.group",), late_regex(r""), "an invitation to a Signal group"),
    (_FACEBOOK, late_regex(r"(?i)^/profile\.php\?(?:.*&)?id=|^/people/."), _PROFILE),
    (_FACEBOOK, late_regex(r"(?i)^/groups/."), _FACEBOOK_GROUP),
    (("m.me", "messenger.com"), late_regex(r"/."), "a conversation with a person on Messenger"),
    (_NEXTDOOR, late_regex(r"(?i)^/g/."), "an invitation to a group on Nextdoor"),
    (_NEXTDOOR, late_regex(r"(?i)^/profile/."), "a neighbour on Nextdoor"),
    (("linkedin.com",), late_regex(r"(?i)^/in/."), _PROFILE),
)
_NAMES = {"facebook.com": "Facebook", "fb.com": "Facebook", "fb.me": "Facebook",
          "linkedin.com": "LinkedIn"}  # fmt: skip
_LET_IN = "which residents cannot read unless they are let in"
_PREFIXES = ("www.", "m.", "mobile.", "web.", "en-gb.", "uk.")
_PRIVATE_GROUP = late_regex(r"(?i)\b(?:private|closed|members[- ]only|invitation[- ]only) "
                            r"(?:facebook |whatsapp |telegram )?group\b")  # fmt: skip


def unchecked_site(site: Site) -> Iterator[Problem]:
    """Entries that nobody has checked for half a year."""
    for one in site.community:
        if one.checked is not None and one.checked > site.today:
            yield Problem(
                file=COMMUNITY_FILE,
                line=one.line_of("checked"),
                message=f'"{one.name}" was checked on {long_date(one.checked)}, which is still to '
                "come",
                hint="Write the day on which you last opened it.",
            )
        elif one.checked is None or site.today - one.checked > _TRUSTED:
            when = f"since {long_date(one.checked)}" if one.checked else "yet"
            yield Problem(
                file=COMMUNITY_FILE,
                line=one.line_of("checked"),
                message=f'nobody has checked "{one.name}" {when}',
                hint='Run "make community". Or open it yourself, and write: '
                f"checked = {site.today}",
            )


def closed_group(site: Site) -> Iterator[Problem]:
    """Groups that only their members can read, and profiles of persons."""
    for one in site.community:
        if one.allow:
            continue
        for key, url in (("url", one.url), ("feed", one.feed)):
            if url and (what := what_is_closed(url)):
                yield _closed(one.line_of(key), f'"{one.name}" leads to {what}, {_why(what)}')
        for key, words in (("name", one.name), ("about", one.about)):
            if found := _PRIVATE_GROUP.search(words):
                yield _closed(one.line_of(key), f'"{one.name}" is a "{found[0]}", {_LET_IN}')


def what_is_closed(url: str) -> str:
    """What kind of closed group or profile an address leads to, or ""."""
    parts, host = split_url(url), web_host(url)
    if parts is None:
        return ""
    for prefix in _PREFIXES:
        host = host.removeprefix(prefix)
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    for hosts, pattern, what in _CLOSED:
        if host in hosts and pattern.search(path):
            return what.format(_NAMES.get(host, ""))
    return ""


def _why(what: str) -> str:
    if what == _FACEBOOK_GROUP:
        return "and nobody can see from outside whether it is open to all"
    return _LET_IN if what.startswith("an invitation") else "who may not want to be listed"


def _closed(line: int, what: str) -> Problem:
    return Problem(
        file=COMMUNITY_FILE,
        line=line,
        message=what,
        hint="Remove it, or link to a public page about it. If those who run it agree, add: "
        'allow = "the admin asked me to list it"',
    )

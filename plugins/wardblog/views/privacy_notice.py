"""What is done with the e-mails that residents send to be counted, or to join the newsletter.

It follows from the settings, so that it says what really happens.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from wardblog.model import FEWEST_ANSWERS, FEWEST_ME_TOO, Site
from wardblog.model.addresses import PRIVACY, index_of
from wardblog.model.newsletter import STOP
from wardblog.model.outputs import OutputKind
from wardblog.model.questions import host_of
from wardblog.text.words import counted
from wardblog.views.output import Page, Values, without_posts
from wardblog.views.sharing import shared_picture


@dataclass(frozen=True, slots=True, kw_only=True)
class MailNotice:
    """What is done with e-mails to the newsletter; `sent_by` is the host that sends it, or ""."""

    address: str
    stop: str
    sent_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivacyNotice:
    """What the page about privacy adds; `who` names the councillors, who are responsible.

    `questions` and `me_too` are whether residents can answer a question, or write "me too".
    `address` is where they write, "" if only to a form on one of `form_hosts`; `provider` is the
    host of that mailbox, if it is known. `keep` is for how long messages are kept.
    """

    who: str
    is_one: bool
    questions: bool
    me_too: bool
    address: str
    provider: str
    form_hosts: str
    keep: str
    fewest: int
    fewest_me_too: int
    mail: MailNotice | None


def notice_of(site: Site) -> PrivacyNotice:
    shown = [post for post in site.posts if not post.visibility.is_waiting]
    hosts = (host_of(post.form) for post in shown if post.form and post.question)
    return PrivacyNotice(
        who=_listed(one.name for one in site.councillors),
        is_one=len(site.councillors) == 1,
        questions=any(post.question for post in shown),
        me_too=any(site.takes_me_too(post) for post in shown),
        address=site.answering.address,
        provider=site.answering.mailbox.host,
        form_hosts=_listed(dict.fromkeys(hosts)),
        keep=counted(site.answering.keep_days, "day"),
        fewest=FEWEST_ANSWERS,
        fewest_me_too=FEWEST_ME_TOO,
        mail=_mail(site),
    )


def _mail(site: Site) -> MailNotice | None:
    mailing = site.mailing
    if mailing is None or not site.has_mail:
        return None
    return MailNotice(address=mailing.address, stop=STOP, sent_by=mailing.outgoing.host)


def _listed(names: Iterable[str]) -> str:
    """`A, B and C`."""
    *others, last = (*names,) or ("",)
    return f"{', '.join(others)} and {last}" if others else last


def privacy_page(site: Site) -> Page:
    """The page for a site whose councillors have none about privacy."""
    notice = notice_of(site)
    return Page(
        path=index_of(PRIVACY), kind=OutputKind.LIST, site=without_posts(site), extra=notice,
        address=PRIVACY, template="privacy", values=partial(_values, notice=notice),
        in_sitemap=True,
    )  # fmt: skip


def _values(part: Site, notice: PrivacyNotice) -> Values:
    return {"notice": notice, "card": shared_picture(part)}

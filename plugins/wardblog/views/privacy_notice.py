"""What is done with the e-mails that residents send to be counted, or to join the newsletter.

It follows from the settings, so that it says what really happens.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from wardblog.model import FEWEST_ANSWERS, FEWEST_ME_TOO, FEWEST_WHEN_CLOSED, Site
from wardblog.model.addresses import PRIVACY, index_of
from wardblog.model.newsletter import STOP
from wardblog.model.outputs import OutputKind
from wardblog.model.questions import form_host
from wardblog.support.late_dataclass import dataclass
from wardblog.text.words import counted
from wardblog.views.answer_links import deletion
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
    `address` is where they send that, "" if only to a form on one of `form_hosts`; `contact` is
    where they ask about it. `provider` is the host of that mailbox, if it is known. `slips` is
    whether an answer can be given on paper. `deleted` is what is done with the answers in the end,
    and `keep` how long they are kept.
    """

    who: str
    is_one: bool
    questions: bool
    me_too: bool
    contact: str
    address: str
    provider: str
    form_hosts: str
    slips: bool
    deleted: str
    keep: str
    fewest: int
    fewest_closed: int
    fewest_me_too: int
    mail: MailNotice | None


def notice_of(site: Site) -> PrivacyNotice:
    shown = [post for post in site.posts if not post.visibility.is_waiting]
    asking = [post for post in shown if post.question]
    slips, forms = any(post.answers for post in asking), [p.form for p in asking if p.form]
    me_too = any(site.takes_me_too(post) for post in shown)
    by_mail = site.answering.address if slips or me_too else ""
    return PrivacyNotice(
        who=_listed(one.name for one in site.councillors),
        is_one=len(site.councillors) == 1,
        questions=bool(asking),
        me_too=me_too,
        contact=site.answering.address,
        address=by_mail,
        provider=site.answering.mailbox.host,
        form_hosts=_listed(dict.fromkeys(form_host(form) for form in forms)),
        slips=slips,
        deleted=deletion(is_by_mail=bool(by_mail), has_form=bool(forms), has_slips=slips),
        keep=counted(site.answering.keep_days, "day"),
        fewest=FEWEST_ANSWERS,
        fewest_closed=FEWEST_WHEN_CLOSED,
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

"""Links that begin an e-mail with an answer to a question, or with "me too", and their codes.

Only the code in the subject is counted. It is written out as well, since a link does nothing on a
computer without a program for e-mail.
"""

from __future__ import annotations

from datetime import timedelta

from wardblog.model import ME_TOO, Post, Site
from wardblog.model.answer_codes import answer_code
from wardblog.support.late_dataclass import dataclass
from wardblog.text.words import counted, long_date
from wardblog.views.sharing import mailto, shortened

# How long the words in a subject can be, so that the whole address fits into the 2,048 characters
# that Windows allows.
_WORDS = 80
_PARAGRAPH = "\r\n\r\n"
_KEEP_IT = "Please leave the subject as it is: it says {what}."


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerLink:
    """An answer to choose: `code` is written by hand, `link` is "" if there is no address."""

    key: str
    words: str
    code: str
    link: str


def answer_links(site: Site, post: Post) -> tuple[AnswerLink, ...]:
    """The answers to a post's question, in the order of its lines."""
    return tuple(
        AnswerLink(
            key=answer.key,
            words=answer.words,
            code=(code := answer_code(post, answer.key)),
            link=_link(site, code, answer.words, _answer_body(site, post)),
        )
        for answer in post.answers
    )


def me_too_link(site: Site, post: Post) -> str:
    """A link that says that somebody has the same problem; "" if there is no address."""
    return _link(site, answer_code(post, ME_TOO), post.title, _me_too_body(site))


def deleted_by(site: Site, post: Post) -> str:
    """The day by which answers are deleted: `19 January 2027`; "" if the question has no end."""
    if post.closes is None:
        return ""
    return long_date(post.closes.day + timedelta(days=site.answering.keep_days))


def deletion(*, is_by_mail: bool, has_form: bool, has_slips: bool) -> str:
    """What is done with answers in the end: `delete the e-mails and destroy the slips`."""
    deleted = ["the e-mails"] if is_by_mail else []
    deleted += ["the answers in the form"] if has_form else []
    parts = [f"delete {' and '.join(deleted)}"] if deleted else []
    parts += ["destroy the slips"] if has_slips else []
    return (", and " if len(deleted) > 1 else " and ").join(parts)


def deletion_of(site: Site, post: Post) -> str:
    """What is done by that day: `By 19 January 2027, we delete the e-mails and …`"""
    done = deletion(
        is_by_mail=bool(post.answers and site.answering.address),
        has_form=bool(post.form),
        has_slips=bool(post.answers),
    )
    return f"By {deleted_by(site, post)}, we {done}."


def _link(site: Site, code: str, words: str, body: str) -> str:
    address = site.answering.address
    return mailto((address,), f"{code} {shortened(words, _WORDS)}", body) if address else ""


def _answer_body(site: Site, post: Post) -> str:
    end = f"delete this e-mail by {deleted_by(site, post)}"
    return _PARAGRAPH.join(
        (
            "I agree that my answer is counted.",
            _KEEP_IT.format(what="which answer you chose"),
            f"We publish only how many people chose each answer, and {end}.",
        )
    )


def _me_too_body(site: Site) -> str:
    days = counted(site.answering.keep_days, "day")
    end = f"delete this e-mail no later than {days} after the problem is settled"
    return _PARAGRAPH.join(
        (
            "I have this problem too, and agree that this is counted.",
            _KEEP_IT.format(what="which problem you mean"),
            f"We publish only how many people wrote to us, and {end}.",
        )
    )

"""Links that begin an e-mail with an answer to a question, or with "me too", and their codes.

Only the code in the subject is counted. It is written out as well, since a link does nothing on a
computer without a program for e-mail.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from wardblog.model import ME_TOO, Post, Site
from wardblog.model.answer_codes import answer_code
from wardblog.text.words import counted, long_date
from wardblog.views.sharing import mailto

# The longest subject, so that the whole address fits into the 2,048 characters of Windows.
_SUBJECT = 100
_KEEP_IT = "Please leave the subject as it is: it says {what}."


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerLink:
    """An answer to choose: `code` is written by hand, `link` is "" if there is no address.

    `spelt` is the code as a screen reader should read it: `Q H 4 T Z, A`.
    """

    key: str
    words: str
    code: str
    spelt: str
    link: str


def answer_links(site: Site, post: Post) -> tuple[AnswerLink, ...]:
    """The answers to a post's question, in the order of its lines."""
    return tuple(
        AnswerLink(
            key=answer.key,
            words=answer.words,
            code=(code := answer_code(post, answer.key)),
            spelt=spelt(code),
            link=_link(site, f"{code} {answer.words}", _answer_body(site, post)),
        )
        for answer in post.answers
    )


def me_too_link(site: Site, post: Post) -> str:
    """A link that says that somebody has the same problem; "" if there is no address."""
    return _link(site, f"{answer_code(post, ME_TOO)} {post.title}", _me_too_body(site))


def spelt(code: str) -> str:
    """A code with its letters apart, and its key as a word: `Q H 4 T Z, ME TOO`."""
    letters, _, key = code.partition("-")
    return f"{' '.join(letters)}, {key.replace('-', ' ')}"


def deleted_by(site: Site, post: Post) -> str:
    """The day by which answers are deleted: `19 January 2027`; "" if the question has no end."""
    if post.closes is None:
        return ""
    return long_date(post.closes.day + timedelta(days=site.answering.keep_days))


def _link(site: Site, subject: str, body: str) -> str:
    address = site.answering.address
    return mailto((address,), subject, body, _SUBJECT) if address else ""


def _answer_body(site: Site, post: Post) -> str:
    return "\r\n\r\n".join((
        "I agree that my answer is counted.",
        _KEEP_IT.format(what="which answer you chose"),
        "We publish only how many people chose each answer, and delete this e-mail by "
        f"{deleted_by(site, post)}.",
    ))  # fmt: skip


def _me_too_body(site: Site) -> str:
    days = counted(site.answering.keep_days, "day")
    return "\r\n\r\n".join((
        "I have this problem too, and agree that this is counted.",
        _KEEP_IT.format(what="which problem you mean"),
        "We publish only how many people wrote to us, and delete this e-mail at the latest "
        f"{days} after the problem is settled.",
    ))  # fmt: skip

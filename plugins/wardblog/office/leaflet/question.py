"""An open question on paper: a QR code for each answer, which begins an e-mail with it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wardblog.model import Post, Site
from wardblog.office.leaflet.nodes import printable, short_address
from wardblog.office.leaflet.pictures import PictureFiles
from wardblog.text.directions import direction, language_in, with_whole_numbers
from wardblog.views.answer_links import AnswerLink
from wardblog.views.questions import QuestionView, question_view
from wardblog.views.sharing import mailto

# The longest address that fits into a line of a narrow column, in characters.
_LONGEST_ADDRESS = 40


def is_asking(site: Site, post: Post) -> bool:
    """Whether a post has a question that is open."""
    return post.closing is not None and post.closing.ends > site.now


def question_values(
    site: Site, post: Post, files: PictureFiles, *, has_codes: bool
) -> dict[str, Any] | None:
    """The open question of a post as its template receives it; None if it has none.

    `answers` have a `code` only if there is an address for e-mails, and codes are wanted.
    """
    view = question_view(site, post, None) if is_asking(site, post) else None
    if view is None:
        return None
    decides = language_in(post.decides, post.lang, post.title)
    return {
        "words": printable(view.words),
        "lang": _language(view.lang),
        "dir": direction(view.lang),
        "answers": [_answer(view, answer, files, has_codes) for answer in view.answers],
        "how": _how(site, view, has_codes=has_codes),
        "closes": f"Closes {view.closes}.",
        "decides": printable(with_whole_numbers(view.decides)),
        "decides-lang": _language(decides),
        "decides-dir": direction(decides),
        "fair": printable(_fair(view)),
    }


def _language(lang: str) -> str:
    return lang.split("-")[0].lower()


def _answer(
    view: QuestionView, answer: AnswerLink, files: PictureFiles, has_codes: bool
) -> dict[str, Any]:
    """An answer; its code has no more than has to be in the e-mail, so that it is easy to read."""
    made: dict[str, Any] = {
        "key": answer.key,
        "words": printable(answer.words),
        "written": answer.code if view.address else "",
    }
    if view.address and has_codes:
        link = mailto((view.address,), answer.code)
        made["code"] = files.code(link, f"answer {answer.key}, {answer.words}")
    return made


def _how(site: Site, view: QuestionView, *, has_codes: bool) -> str:
    """How to answer; the address of an e-mail is only broken into lines if it is very long."""
    if not view.address or not view.answers:
        page = printable(short_address(site.absolute(view.post.address)))
        return f"You can answer in a form. This page leads to it: {page}"
    address = view.address if len(view.address) <= _LONGEST_ADDRESS else printable(view.address)
    scan = "Scan the code of your answer, and send the e-mail that opens. Or send" * has_codes
    return (
        f"{scan or 'To answer, send'} an e-mail to {address}, with the code in its subject line, "
        f"such as {view.answers[0].code}."
    )


def _fair(view: QuestionView) -> str:
    told: Iterable[str] = (
        "This is not a vote, and the people who answer may not speak for everyone.",
        "When you send it, you agree that your answer is counted." if view.address else "",
        f"We publish only totals, and delete e-mails by {view.deleted}." if view.address else "",
    )
    return " ".join(filter(None, told))

"""The page of all questions: first the open ones, then what came of those that have closed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from wardblog.model import Site
from wardblog.model.addresses import QUESTIONS, index_of
from wardblog.model.answer_codes import code_of
from wardblog.model.outputs import OutputKind
from wardblog.views.output import Page, Values, without_posts
from wardblog.views.questions import question_view
from wardblog.views.sharing import shared_picture


def question_list(site: Site) -> Iterator[Page]:
    asking = tuple(post for post in site.published if post.question)
    codes = set(map(code_of, asking))
    answers = {code: found for code, found in site.answers.items() if code in codes}
    yield Page(
        path=index_of(QUESTIONS), kind=OutputKind.LIST,
        site=replace(without_posts(site), answers=answers), posts=asking, address=QUESTIONS,
        template="questions", values=_values, in_sitemap=True,
    )  # fmt: skip


def _values(part: Site) -> Values:
    """The open questions, the first to close first, and the closed ones, newest first."""
    found = (question_view(part, post, part.answers.get(code_of(post))) for post in part.posts)
    views = sorted(filter(None, found), key=lambda view: view.closing.iso)
    return {
        "asking": [view for view in views if view.is_open],
        "closed": [view for view in reversed(views) if not view.is_open],
        "card": shared_picture(part),
    }

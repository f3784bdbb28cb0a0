"""What residents can answer: the questions of a site, and its reports with "me too"."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from wardblog.model import ME_TOO, Post, Site
from wardblog.model.answer_codes import code_of
from wardblog.support.late_dataclass import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedPost:
    """A post that can be answered; `keys` has the words of each answer by what is written for it.

    A question has a moment at which it `closes`; a report has none.
    """

    post: Post
    code: str
    keys: Mapping[str, str]
    closes: datetime | None = None

    @property
    def is_question(self) -> bool:
        return bool(self.post.question)

    @property
    def answer_keys(self) -> tuple[str, ...]:
        return tuple(key for key in self.keys if key != ME_TOO)

    @property
    def name(self) -> str:
        return self.post.question or self.post.title

    def is_open(self, moment: datetime) -> bool:
        return self.closes is None or moment < self.closes


def codes_on(site: Site) -> frozenset[str]:
    """The codes of all posts, whether or not somebody can answer them."""
    return frozenset(code_of(post) for post in site.posts if post.address)


def asked_on(site: Site) -> dict[str, AskedPost]:
    """All questions and reports that residents can see, by their codes; newest first."""
    found = {}
    for post in site.posts:
        keys = {answer.key: answer.words for answer in post.answers} if post.question else {}
        if post.progress and site.answering.me_too:
            keys[ME_TOO] = "me too"
        if keys and not post.visibility.is_waiting:
            code = code_of(post)
            closes = post.closes.ends if post.question and post.closes else None
            found[code] = AskedPost(post=post, code=code, keys=keys, closes=closes)
    return found

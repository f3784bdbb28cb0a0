"""What an issue says about questions: what was done after them, and which of them close soon."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime

from wardblog.model import Post, Site
from wardblog.model.addresses import lasting_address
from wardblog.support.late_dataclass import dataclass
from wardblog.text.directions import direction, isolated, language_in
from wardblog.text.words import long_date, sentence
from wardblog.views.answer_words import answers_in_words
from wardblog.views.hearing_news import outcomes_of

_OF_PAGE = "ward-"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeInIssue:
    """What was done after a question; `url` is that of its line in the post.

    `said` is how residents answered, in a sentence, or "". `words` are in the language `lang`.
    """

    post: Post
    key: str
    url: str
    said: str
    words: str
    lang: str
    when: str

    @property
    def asked(self) -> str:
        return self.post.question or self.post.title

    @property
    def dir(self) -> str:
        return direction(self.post.lang)

    @property
    def attributes(self) -> dict[str, str]:
        """Those of its words, if they are not in English."""
        return {} if self.lang == "en" else {"lang": self.lang, "dir": direction(self.lang)}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderInIssue:
    """A post whose question closes before the next issue."""

    post: Post
    key: str
    url: str


def outcomes_since(site: Site, since: date) -> Iterator[OutcomeInIssue]:
    """What was done after questions from a day on, newest first.

    What a post said from the beginning is not news of its own.
    """
    found: list[tuple[datetime, OutcomeInIssue]] = []
    for post in site.published:
        for outcome, anchor in outcomes_of(site, post):
            if outcome.day >= since and outcome.moment > post.date:
                name = anchor.removeprefix(_OF_PAGE)
                one = OutcomeInIssue(
                    post=post,
                    key=f"{lasting_address(post)}#{name}",
                    url=f"{site.absolute(post.address)}#{anchor}",
                    said=_said(site, post),
                    words=sentence(outcome.words),
                    lang=language_in(outcome.words, post.lang, post.title),
                    when=long_date(outcome.day),
                )
                found.append((outcome.moment, one))
    yield from (one for _, one in sorted(found, key=lambda pair: pair[0], reverse=True))


def _said(site: Site, post: Post) -> str:
    return answers_in_words(site, post, lambda words: isolated(words, post.lang))


def closing_by(site: Site, last: date, told: Collection[str]) -> Iterator[ReminderInIssue]:
    """The open questions that close up to a day, the first to close first.

    `told` are the keys of posts that the issue has anyway. A question that is left open for longer
    has a new key, so that residents are told that they have more time.
    """
    closings = ((post.closing, post) for post in site.published)
    found = [
        (closing.ends, lasting_address(post), closing.day, post)
        for closing, post in closings
        if closing and site.now < closing.ends and closing.day <= last
    ]
    for _, address, day, post in sorted(found, key=lambda one: one[:2]):
        if address not in told:
            key = f"{address}#closes-{day.isoformat()}"
            yield ReminderInIssue(post=post, key=key, url=site.absolute(post.address))

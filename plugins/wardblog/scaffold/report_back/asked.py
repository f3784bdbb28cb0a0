"""What residents said, for a report-back: their answers as published, and their replies."""

from __future__ import annotations

from collections.abc import Iterator

from wardblog.model import Outcome, Post, Site
from wardblog.scaffold.report_back.period import ReportPeriod, is_report
from wardblog.scaffold.report_back.phrases import (
    Voice,
    capital,
    ended,
    in_words,
    link_to,
    listed,
    some,
    title_sentence,
)
from wardblog.scaffold.year_on_year import plain_markdown
from wardblog.support.late_dataclass import dataclass
from wardblog.text.plain_text import plain
from wardblog.views.answer_words import answers_in_words
from wardblog.views.hearing_news import outcomes_of, replies_of

_NOT_EVERYBODY = "This was not a vote, and the people who answered may not speak for everyone."


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedMatter:
    """A post with a question that closed in the period, or after which something was done then.

    `said` is how residents answered, in a sentence of Markdown, as published; it is "" if the
    question closed earlier.
    """

    post: Post
    has_closed: bool
    said: str = ""
    outcomes: tuple[Outcome, ...] = ()


@dataclass(frozen=True, slots=True)
class RepliesTo:
    """How many replies of residents were published about a post in the period."""

    post: Post
    number: int


def asked_in(site: Site, period: ReportPeriod) -> Iterator[AskedMatter]:
    """The questions that closed, or after which something was done, newest post first."""
    for post in site.published:
        closing = post.closing
        if closing is None or is_report(post):
            continue
        outcomes = tuple(o for o, _ in outcomes_of(site, post) if period.holds(o.moment))
        has_closed = period.holds(closing.ends)
        if has_closed or outcomes:
            said = answers_in_words(site, post, _in_markdown) if has_closed else ""
            yield AskedMatter(post=post, has_closed=has_closed, said=said, outcomes=outcomes)


def _in_markdown(words: str) -> str:
    return plain_markdown(plain(words))


def replies_in(site: Site, period: ReportPeriod) -> Iterator[RepliesTo]:
    for post in site.published:
        number = sum(period.holds(reply.moment) for reply, _ in replies_of(site, post))
        if number and not is_report(post):
            yield RepliesTo(post, number)


def heading_of(asked: tuple[AskedMatter, ...], voice: Voice) -> str:
    has_closed = any(one.has_closed for one in asked)
    is_done = any(one.outcomes for one in asked)
    if has_closed:
        return f"What you said, and what {voice.i} did" if is_done else "What you said"
    return f"You said, {voice.i} did" if is_done else "What you wrote"


def lines_of(asked: tuple[AskedMatter, ...]) -> list[str]:
    """A line for each question: what was asked, what people answered, and what was done."""
    return [_line(one) for one in asked]


def _line(one: AskedMatter) -> str:
    post = one.post
    if post.is_about_somebody:
        return title_sentence(post)
    if not post.lang.startswith("en"):
        number = ended(one.said.partition(":")[0].rstrip("."))
        return " ".join(filter(None, (title_sentence(post), number)))
    question = link_to(post, post.question)
    told = (question, one.said, *(ended(outcome.words) for outcome in one.outcomes))
    return " ".join(filter(None, told))


def fairness(asked: tuple[AskedMatter, ...]) -> str:
    """What the numbers are, if there are any."""
    return _NOT_EVERYBODY if any(":" in one.said for one in asked) else ""


def replies_sentence(replies: tuple[RepliesTo, ...], voice: Voice) -> str:
    """`We published three replies from residents: two to [A] and one to [B].`"""
    total = sum(one.number for one in replies)
    if not total:
        return ""
    people = "a resident" if total == 1 else "residents"
    what = f"{capital(voice.i)} published {some(total, 'reply', 'replies')} from {people}"
    if len(replies) == 1:
        return f"{what} to {link_to(replies[0].post)}."
    each = [f"{in_words(one.number)} to {link_to(one.post)}" for one in replies]
    return f"{what}: {listed(each)}."

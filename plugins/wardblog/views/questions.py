"""Questions to residents: how to answer, what happens to the answers, and what came of them."""

from __future__ import annotations

from collections.abc import Iterable

from wardblog.model import AnswerCounts, Deadline, Post, Site
from wardblog.model.addresses import PRIVACY
from wardblog.model.questions import form_host
from wardblog.support.late_dataclass import dataclass
from wardblog.text.directions import language_in
from wardblog.text.words import clock, long_date, sentence, weekday_date
from wardblog.views.answer_links import AnswerLink, answer_links, deleted_by, deletion_of
from wardblog.views.answer_results import Result, result_of
from wardblog.views.coming import DateRow, date_rows, surgeries, upcoming
from wardblog.views.hearing_news import outcomes_of

# Where the page about privacy says what is done with answers.
PRIVACY_ANCHOR = "ward-answers"
# How many surgeries a slip names.
_SURGERIES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeLine:
    """What was done on a day; `lang` is the language of its words."""

    when: str
    iso: str
    words: str
    lang: str
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionView:
    """A question as residents see it; `lang` is its language, and that of its answers.

    `closing` is its last day as a date to add to a calendar, and `closes` says when that ends;
    `until` is shorter. `decides` says who decides, `deleted` by when the answers are deleted, and
    `deletion` which those are. `form_host` is the other site on which the form is. A slip of paper
    is handed in at one of the `surgeries`, or sent to `send_to`.
    """

    post: Post
    words: str
    lang: str
    is_open: bool
    closing: DateRow
    closes: str
    until: str
    answers: tuple[AnswerLink, ...]
    address: str
    form: str
    form_host: str
    decides: str
    decides_lang: str
    deleted: str
    deletion: str
    privacy: str
    result: Result | None
    outcomes: tuple[OutcomeLine, ...]
    surgeries: tuple[DateRow, ...]
    send_to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionLine:
    """An open question as a line of a list, with the address of its post."""

    words: str
    lang: str
    address: str
    closes: str


def question_view(site: Site, post: Post, found: AnswerCounts | None) -> QuestionView | None:
    """The question of a post with what was counted of its answers; None if it asks nothing."""
    closing = post.closing
    if closing is None:
        return None
    is_open = closing.ends > site.now
    return QuestionView(
        post=post,
        words=post.question,
        lang=post.lang,
        is_open=is_open,
        closing=next(row for row in date_rows(site, post) if row.words == closing.words),
        closes=_closes(closing) if is_open else f"on {long_date(closing.day)}",
        until=_until(closing),
        answers=answer_links(site, post),
        address=site.answering.address,
        form=post.form,
        form_host=form_host(post.form) if post.form else "",
        decides=sentence(post.decides),
        decides_lang=language_in(post.decides, post.lang, post.title),
        deleted=deleted_by(site, post),
        deletion=deletion_of(site, post),
        privacy=f"{site.base_path}/{PRIVACY}#{PRIVACY_ANCHOR}",
        result=result_of(post, found, is_open) if post.answers else None,
        outcomes=_outcomes(site, post),
        surgeries=_surgeries_before(site, closing) if is_open else (),
        send_to=f"{site.imprint.on_behalf_of or site.imprint.promoter}, {site.imprint.address}",
    )


def open_questions(site: Site, posts: Iterable[Post]) -> tuple[QuestionLine, ...]:
    """The questions among some posts that are still open, the first to close first."""
    asking = [(c, post) for post in posts if (c := post.closing) and c.ends > site.now]
    asking.sort(key=lambda one: one[0].ends)
    return tuple(
        QuestionLine(
            words=post.question,
            lang=post.lang,
            address=post.address,
            closes=f"Closes {_closes(closing)}",
        )
        for closing, post in asking
    )


def _closes(closing: Deadline) -> str:
    """`on Sunday 20 December 2026, at the end of the day`, or `…, at 5pm`."""
    at = clock(closing.ends) if closing.hour else "the end of the day"
    return f"on {weekday_date(closing.day)}, at {at}"


def _until(closing: Deadline) -> str:
    """`20 December 2026`, or `5pm on 20 December 2026`."""
    day = long_date(closing.day)
    return f"{clock(closing.ends)} on {day}" if closing.hour else day


def _outcomes(site: Site, post: Post) -> tuple[OutcomeLine, ...]:
    return tuple(
        OutcomeLine(
            when=long_date(outcome.day),
            iso=outcome.day.isoformat(),
            words=outcome.words,
            lang=language_in(outcome.words, post.lang, post.title),
            anchor=anchor,
        )
        for outcome, anchor in outcomes_of(site, post)
    )


def _surgeries_before(site: Site, closing: Deadline) -> tuple[DateRow, ...]:
    """The next surgeries at which a slip can be handed in, those that are held before it closes."""
    rows = upcoming(site, surgeries(site))
    last = closing.day.isoformat()
    return tuple(row for row in rows if row.iso[:10] <= last and not row.is_cancelled)[:_SURGERIES]

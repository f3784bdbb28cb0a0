"""Check questions to residents, their counted answers, and the replies that are published.

A question is worth asking if the answers can change something (the Gunning principles: a proposal
that is not decided yet, enough information, enough time, and answers that are considered). So it
says when it closes and who decides, and what became of it is published. Answers about local policy
can show political opinions, which are special category data (UK GDPR, article 9): questions do not
ask for more of those than they need, and nothing promises that e-mail is anonymous.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from wardblog.check.law import (
    PLANNING_REFERENCE,
    authors_among,
    deciding_councillors,
    is_about_planning,
)
from wardblog.check.rule import each_post
from wardblog.model import FEWEST_CHOICES, MOST_CHOICES, Post, Site
from wardblog.problems import Problem
from wardblog.support.late_regex import late_regex
from wardblog.text.postcodes import ANY_POSTCODE
from wardblog.text.words import counted, long_date

_OUTCOME_WITHIN = timedelta(days=60)
_USUAL_TIME = timedelta(weeks=4)
_OF_QUESTIONS = ("Answer", "Closes", "Decides", "Form", "Outcome")
_ASK = 'Add a line such as "Question: Where should the crossing go?"'
_AS_UPDATE = (
    'Add the "Question" that it answers, or write it as an update: '
    '"Updated: 2027-01-14 | fixed | what was done".'
)
_LETTERS = "ABCDEF"
# A question mark, a word that asks, or a verb that asks at the beginning; English and Welsh.
_ASKS = late_regex(
    r"[?\u037e\u061f\uff1f]|\b(?:who|whom|whose|what|which|when|where|why|how|whether|beth|pwy|ble"
    r"|pryd|pam|sut|faint|pa)\b"
    r"|^\W*(?:should|shall|will|would|can|could|may|do|does|did|is|are|was|were|has|have|tell|say"
    r"|choose|pick|name|ydy|ydych|yw|oes|a|ai|hoffech|dewiswch|dywedwch)\b",
    re.IGNORECASE,
)
_WITHOUT_NAME = (
    'Describe the person without a name, such as "A resident of Eland Road", and an organisation '
    'with "The", such as "The traders of Eland Road". If the name may be published, add it with '
    "the date and how that was agreed to consents.csv in your private folder."
)


def no_question(post: Post) -> Iterator[Problem]:
    """Lines that only have an effect beside a question."""
    if post.question or not _is_post(post):
        return
    lines = {key: line for key in _OF_QUESTIONS if (line := post.line_of(key))}
    if lines and post.line_of("Question") is None:  # an empty line is reported when it is read
        first = min(lines, key=lambda key: lines[key])
        others = "" if len(lines) == 1 else f" and {counted(len(lines) - 1, 'other line')}"
        verb = "has" if len(lines) == 1 else "have"
        yield Problem(
            file=post.file,
            line=lines[first],
            message=f'"{first}"{others} {verb} no effect without a question',
            hint=_AS_UPDATE if first == "Outcome" else _ASK,
        )


def question_words(post: Post) -> Iterator[Problem]:
    """A question that reads like a heading: people cannot tell what they are asked."""
    if not _asks(post) or post.lang.split("-")[0] not in ("en", "cy"):
        return
    if not _ASKS.search(post.question):
        yield _about(
            post,
            "Question",
            f'"{post.question}" does not read like a question',
            'Say what you want to know: "Where should the bench go?"',
        )


def early_outcome(post: Post) -> Iterator[Problem]:
    """An outcome from before the closing, as if the answers made no difference."""
    if not _asks(post) or post.closes is None:
        return
    for number, outcome in enumerate(post.outcomes):
        if outcome.day < post.closes.day:
            yield _about(
                post,
                "Outcome",
                f"this outcome is from before the question closes, on {long_date(post.closes.day)}",
                "Check both days. If it was decided early, write so, and let the question close "
                "on that day.",
                number,
            )


def question_closing(post: Post) -> Iterator[Problem]:
    if not _asks(post):
        return
    if post.line_of("Closes") is None:
        day = post.date.date() + _USUAL_TIME
        has_deadline = post.line_of("Deadline") is not None
        yield _about(
            post,
            "Question",
            "this question does not say when it closes",
            f'Add a line such as "Closes: {day.isoformat()}".'
            + (' If that is what "Deadline" says, call it "Closes".' if has_deadline else ""),
        )
    elif post.closes and post.line_of("Date") and post.closes.ends <= post.date:
        yield _about(
            post,
            "Closes",
            f"this question closes before the post appears, on {long_date(post.date)}",
            "Leave people enough time to think about it and to answer.",
        )


def question_decider(post: Post) -> Iterator[Problem]:
    if _asks(post) and post.line_of("Decides") is None:
        yield _about(
            post,
            "Question",
            "this question does not say who decides",
            'Add a line such as "Decides: The council\'s transport committee, in January". If '
            "everything is decided already, tell people instead of asking them.",
        )


def question_answers(post: Post) -> Iterator[Problem]:
    """Two to six answers, or a form, and no two that are the same."""
    if not _asks(post):
        return
    number = len(post.answers)
    if post.line_of("Answer") is None and post.line_of("Form") is None:
        yield _about(
            post,
            "Question",
            "this question has no answers to choose from",
            'Add two to six lines such as "Answer: A | By the school", or the address of a form: '
            '"Form: https://...".',
        )
    elif 0 < number < FEWEST_CHOICES:
        yield _about(
            post,
            "Answer",
            "this question has only one answer to choose from",
            'Add another, such as "Answer: B | By the library".',
        )
    elif number > MOST_CHOICES:
        yield _about(
            post,
            "Answer",
            f"this question has {number} answers, and {MOST_CHOICES} are the most that people can "
            "compare",
            "Leave out some, or combine those that are almost the same.",
        )
    yield from _same_answers(post)


def _same_answers(post: Post) -> Iterator[Problem]:
    keys: set[str] = set()
    words: set[str] = set()
    for number, answer in enumerate(post.answers):
        if answer.key in keys:
            free = next((k for k in _LETTERS if k not in {a.key for a in post.answers}), "G")
            yield _about(
                post,
                "Answer",
                f'two answers have the letter "{answer.key}"',
                f'Give each its own, such as "Answer: {free} | {answer.words}".',
                number,
            )
        elif answer.words.casefold() in words:
            message = f'"{answer.words}" appears twice'
            yield _about(post, "Answer", message, "Remove one of them.", number)
        keys.add(answer.key)
        words.add(answer.words.casefold())


@each_post
def question_address(post: Post, site: Site) -> Iterator[Problem]:
    if post.question and not post.form and not site.answering.address:
        yield _about(
            post,
            "Question",
            "residents have no address to send their answers to",
            'Add one in {content}/ward.toml, under [answers], such as address = "answers@'
            'example.org", or the address of a form here: "Form: https://...".',
        )


def sensitive_question(post: Post) -> Iterator[Problem]:
    """Questions about what people are, or that promise what e-mail cannot keep."""
    if _asks(post):
        # late import: see docs/architecture.md
        from wardblog.check.sensitive_questions import sensitive

        yield from sensitive(post)


@each_post
def question_on_planning(post: Post, site: Site) -> Iterator[Problem]:
    """A member of the planning committee asks what to decide on an application."""
    deciding = deciding_councillors(site)
    if not deciding or not post.question or not _is_on_planning(post):
        return
    for councillor in authors_among(post, deciding):
        yield _about(
            post,
            "Question",
            "this question is about a planning application, and "
            f"{councillor.name} is on the committee that decides",
            "Only comments sent to the council count: link to its page for them instead. If "
            "you take no part in the decision, write at the top: "
            "Allow: question-on-planning because I will not vote on it",
        )


def _is_on_planning(post: Post) -> bool:
    if is_about_planning(post) or PLANNING_REFERENCE.match(post.reference):
        return True
    # late import: see docs/architecture.md
    from wardblog.check.planning_questions import asks_about_planning

    return asks_about_planning(post)


@each_post
def question_in_election(post: Post, site: Site) -> Iterator[Problem]:
    """Questions that are, or will be, open between the notice of an election and the poll."""
    election = site.election
    if election is None or election.poll < site.today:
        return
    if not post.question or post.closes is None or post.closes.ends <= site.now:
        return
    if post.date.date() <= election.poll and post.closes.day >= election.notice:
        yield _about(
            post,
            "Closes",
            f"this question is open in the weeks before the poll on "
            f"{long_date(election.poll)}, when it can look like campaigning",
            f"Let it close before {long_date(election.notice)}, or ask it after the poll.",
        )


@each_post
def no_outcome(post: Post, site: Site) -> Iterator[Problem]:
    """People answered long ago, and were never told what came of it."""
    if not post.question or post.closes is None or post.outcomes:
        return
    if site.today - post.closes.day > _OUTCOME_WITHIN and not post.visibility.is_waiting:
        yield _about(
            post,
            "Question",
            f"this question closed on {long_date(post.closes.day)}, and people were not told "
            "what came of their answers",
            f'Add a line such as "Outcome: {site.today.isoformat()} | what was done". If it is '
            "not decided yet, write when it will be.",
        )


def few_answers(site: Site) -> Iterator[Problem]:
    """Numbers that are small enough to show what one person thinks."""
    if site.answers:
        # late import: see docs/architecture.md
        from wardblog.check import question_counts

        yield from question_counts.few_answers(site)


def unknown_count(site: Site) -> Iterator[Problem]:
    """Counts of a question or an answer that does not exist."""
    if site.answers or site.me_too:
        # late import: see docs/architecture.md
        from wardblog.check import question_counts

        yield from question_counts.unknown_count(site)


def same_code(site: Site) -> Iterator[Problem]:
    """Two questions, or two reports, whose answers would be counted together."""
    if site.me_too or site.index.having("question"):
        # late import: see docs/architecture.md
        from wardblog.check import question_counts

        yield from question_counts.same_code(site)


@each_post
def reply_name(post: Post, site: Site) -> Iterator[Problem]:
    """Replies that name somebody who is not known to have agreed."""
    if not post.replies:
        return
    # late import: see docs/architecture.md
    from wardblog.privacy.signatures import names_in_signature

    known = {one.name for one in site.councillors} | site.consents
    reported: set[str] = set()
    for number, reply in enumerate(post.replies):
        names = [n for n in names_in_signature(reply.who) if n not in known | reported]
        reported.update(names)
        for name in names:
            yield _about(
                post,
                "Reply",
                f'a reply is signed "{name}", and there is no record that this person agreed',
                _WITHOUT_NAME,
                number,
            )
        if code := ANY_POSTCODE.search(reply.who):
            yield _about(
                post,
                "Reply",
                f'a reply gives the postcode "{code[0]}", which only a few homes have',
                "Write the street or the part of the ward without it.",
                number,
            )


def _asks(post: Post) -> bool:
    return bool(post.question) and _is_post(post)


def _is_post(post: Post) -> bool:
    return post.file.startswith("posts/")


def _about(post: Post, key: str, message: str, hint: str, number: int = 0) -> Problem:
    """A problem on a line of a post; `number` is which of several, from 0."""
    return Problem(file=post.file, line=post.line_of(key, number), message=message, hint=hint)
